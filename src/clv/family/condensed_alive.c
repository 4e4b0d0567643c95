/*
 * condensed_alive.c
 *		BG/CNBD-k and MBG/CNBD-k: how much longer a customer who is alive stays
 *		one, and with how many purchases.
 *
 * Reutterer, Platzer & Schroeder (2021) and the packages after them approximate the
 * expected purchases, by those of BG/NBD with a factor for the regularity. Here
 * they are exact. With M phases since the last purchase by the end of the
 * horizon (condensed_alive.h), M = j + N,
 *
 *		purchases	G = E[W(floor(M / k))],	W(n) = sum over i < n of V(i)
 *		survival	S = E[V(floor(M / k))],	V(n) = (b')_n / (a + b')_n
 *
 * where V(n) is the probability to stay after n purchases, and W(n) the
 * expected number of n purchases that are made. Two ways:
 *
 * 1. The sums over M, of positive terms. Given j, N is negative binomial; with
 *	  z = t / (alpha' + t), c_j(M) proportional to the probability of j and M,
 *			c_j(M) = c_j(M - 1) z (r' + M - 1) / (M - j),
 *	  k chains of which a step is a multiplication. What they add up to is
 *	  divided by the sum of all of them, in which errors cancel, and which
 *	  stands for powers that could leave the range of a double.
 *
 * 2. If that takes too many terms, the expectation over p, the probability of
 *	  leaving, by double exponential quadrature. Given p, with q = 1 - p and
 *	  s_l, l = 0 .. k - 1, the k-th roots of q, the sum over M can be done: q to
 *	  the power of floor(M / k) is a sum of powers s_l^M, and E[s^N] is known:
 *			S(p) = p/(k q) sum over l of s_l / (1 - s_l) E[s_l^M]
 *				 = p/(k q) sum over l of s_l / (1 - s_l) z_l^-r' Q(s_l / z_l),
 *			z_l = 1 + (1 - s_l) t / alpha', Q(y) = sum of P(j) y^j,
 *			G(p) = (1 - S(p)) / p.
 *	  Only the term of the real root s_0 is large for small p, and its part of
 *	  1 - S(p) is put together from differences that do not cancel. For large p
 *	  all roots are near 0, their terms cancel, and the sum over the first few
 *	  floor(M / k) takes their place.
 */
#include "clv/family/condensed_alive.h"

#include <float.h>
#include <math.h>

#include "math/beta.h"
#include "math/quadrature.h"

/* Longest sum over phases before quadrature is cheaper. */
#define MAX_PHASES		4000

/* Chains that a step goes through at once. */
#define LANES			4
#define MAX_CHAINS		((CONDENSED_MAX + LANES - 1) / LANES * LANES)

/* q below this is left to the first purchases: 0.1^18 is nothing. */
#define SMALL_STAYING	0.1
#define FEW_PURCHASES	18

/*
 * The chains: the (unnormalized) probabilities of M and j, of which chain[i]
 * has j = k - 1 - i, and of everything below k phases.
 */
typedef struct Chains
{
	int			k;
	int			lanes;
	double		r;
	double		z;
	double		none;			/* fewer than k phases: no purchase */
	double		m;				/* phases that the chains are at */
	double		chain[MAX_CHAINS];
	double		inverse[MAX_CHAINS + CONDENSED_MAX];	/* 1 / (M + 1 - j), and
														 * on */
} Chains;

/* Put the chains at M = k - 1, the most without a purchase. */
static void
start_chains(Chains *chains, const CondensedAlive *c, double t, double scale)
{
	double		z = t / (c->alpha + t);
	double		v = c->gap / (c->alpha + t);
	double		y = (t + c->gap) / (c->alpha + t);
	double		term = scale;
	double		rising = scale;
	int			k = c->k;

	chains->k = k;
	chains->lanes = (k + LANES - 1) / LANES * LANES;
	chains->r = c->r;
	chains->z = z;
	chains->m = k - 1;
	chains->none = scale;
	for (int m = 1; m < k; m++)
	{
		term *= (c->r + (m - 1.0)) * y / m;
		rising *= c->r + (m - 1.0);
		chains->none += term;
	}
	for (int i = 0; i < chains->lanes; i++)
	{
		double		value = i < k ? rising : 0.0;
		int			j = k - 1 - i;

		for (int n = 1; n <= j; n++)
			value *= v / n;
		for (int n = 1; n <= k - 1 - j && i < k; n++)
			value *= z / n;
		chains->chain[i] = value;
		chains->inverse[i] = 1.0 / (i + 1.0);
	}
}

/* The next k phases, one purchase; returns their probability. */
static double
next_purchase(Chains *chains)
{
	double	   *restrict chain = chains->chain;
	double		sums[LANES] = {0};
	int			lanes = chains->lanes;
	int			k = chains->k;
	double		m = chains->m;

	for (int step = 0; step < k; step++)
		chains->inverse[lanes + step] = 1.0 / (m - k + 2.0 + lanes + step);
	for (int step = 0; step < k; step++)
	{
		const double *restrict inverse = chains->inverse + step;
		double		factor = chains->z * (chains->r + m);

		m++;
		for (int i = 0; i < lanes; i += LANES)
		{
			double		next[LANES];

			for (int l = 0; l < LANES; l++)
				next[l] = chain[i + l] * (factor * inverse[i + l]);
			for (int l = 0; l < LANES; l++)
				chain[i + l] = next[l];
			for (int l = 0; l < LANES; l++)
				sums[l] += next[l];
		}
	}
	chains->m = m;
	for (int i = 0; i < lanes; i++)
		chains->inverse[i] = chains->inverse[i + k];
	return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/* Way 1: G and S. Returns false if it takes too long. */
static bool
sum_over_phases(const CondensedAlive *c, double t, double *purchases,
				double *survival)
{
	Chains		chains;
	double		tau = t / c->alpha;
	double		mean = (c->r + c->k) * tau;
	double		total;
	double		made = 0.0;
	double		staying;
	double		v = 1.0;		/* V(n) */
	double		w = 0.0;		/* W(n) */

	if (!(mean + 10.0 * sqrt(mean * (1.0 + tau)) + 40.0 * (1.0 + tau) < MAX_PHASES))
		return false;

	start_chains(&chains, c, t, 1.0);
	total = staying = chains.none;
	for (double n = 0.0; n < 4.0 * MAX_PHASES; n++)
	{
		double		block = next_purchase(&chains);
		double		slowest;

		w += v;
		v *= (c->b + n) / (c->a + c->b + n);
		total += block;
		made += block * w;
		staying += block * v;

		/* from one block to the next at most this, once it is below 1 */
		slowest = chains.z * (c->r + chains.m) / (chains.m + 2.0 - c->k);
		if (slowest < 1.0)
		{
			double		rest = block / (1.0 - slowest);

			if (rest * (w + 1.0 / (1.0 - slowest)) <= 1e-15 * made &&
				rest * v <= 1e-15 * staying)
			{
				*purchases = made / total;
				*survival = staying / total;
				return true;
			}
		}
		if (total > 1e200)
		{
			for (int i = 0; i < chains.lanes; i++)
				chains.chain[i] *= 1e-200;
			total *= 1e-200;
			made *= 1e-200;
			staying *= 1e-200;
		}
	}
	return false;
}

/* Way 2: what is averaged over p. */
typedef struct DropoutAverage
{
	const CondensedAlive *c;
	double		tau;
	double		p;				/* the centre of an integral */
	double		q;
	double		cosine[CONDENSED_MAX];	/* of the roots of unity */
	double		sine[CONDENSED_MAX];
	double		exactly[FEW_PURCHASES + 1]; /* P(floor(M / k) = n) */
	double		at_least[FEW_PURCHASES + 1];
} DropoutAverage;

/* Make ready for it. */
static void
start_average(DropoutAverage *average, const CondensedAlive *c, double t)
{
	Chains		chains;
	double		below;

	average->c = c;
	average->tau = t / c->alpha;
	for (int l = 0; l < c->k; l++)
	{
		double		angle = 2.0 * 3.14159265358979323846 * l / c->k;

		average->cosine[l] = cos(angle);
		average->sine[l] = sin(angle);
	}

	start_chains(&chains, c, t, exp(-c->r * log1p(average->tau)) / c->phases);
	below = average->exactly[0] = chains.none;
	for (int n = 1; n <= FEW_PURCHASES; n++)
	{
		average->at_least[n] = below < 1.0 ? 1.0 - below : 0.0;
		average->exactly[n] = next_purchase(&chains);
		below += average->exactly[n];
	}
}

/*
 * The sum over the roots l > 0 of s / (1 - s) z^-r' Q(s / z), where s0 is the
 * real root. Conjugate roots come in pairs.
 */
static double
sum_over_roots(const DropoutAverage *average, double s0)
{
	const CondensedAlive *c = average->c;
	double		sum = 0.0;

	for (int l = 1; l <= c->k / 2; l++)
	{
		double		sr = s0 * average->cosine[l];
		double		si = s0 * average->sine[l];
		double		zr = 1.0 + (1.0 - sr) * average->tau;
		double		zi = -si * average->tau;
		double		log_size = log(zr) + 0.5 * log1p(zi / zr * (zi / zr));
		double		size;
		double		angle;
		double		norm;
		double		yr;
		double		yi;
		double		qr = c->phase[c->k - 1];
		double		qi = 0.0;
		double		ur;
		double		ui;

		if (c->r * log_size > 745.0)
			continue;
		/* y = s / z, and Q(y) */
		norm = zr * zr + zi * zi;
		yr = (sr * zr + si * zi) / norm;
		yi = (si * zr - sr * zi) / norm;
		for (int j = c->k - 2; j >= 0; j--)
		{
			double		next = qr * yr - qi * yi + c->phase[j];

			qi = qr * yi + qi * yr;
			qr = next;
		}
		/* u = s / (1 - s) Q */
		norm = (1.0 - sr) * (1.0 - sr) + si * si;
		yr = (sr * (1.0 - sr) - si * si) / norm;
		yi = si / norm;
		ur = yr * qr - yi * qi;
		ui = yr * qi + yi * qr;
		/* times z^-r' */
		size = exp(-c->r * log_size);
		angle = -c->r * atan2(zi, zr);
		sum += (2 * l == c->k ? 1.0 : 2.0) * size * (ur * cos(angle) - ui * sin(angle));
	}
	return sum;
}

/* S(p). */
static double
survival_at(const DropoutAverage *average, double p, double q)
{
	const CondensedAlive *c = average->c;
	double		log_root;
	double		s;
	double		gap;			/* 1 - s */
	double		z;
	double		sum;

	if (q < SMALL_STAYING)
	{
		double		term = average->exactly[FEW_PURCHASES];

		sum = term;
		for (int n = FEW_PURCHASES - 1; n >= 0; n--)
		{
			term *= q;
			sum = sum * q + average->exactly[n];
		}
		if (average->exactly[0] > 1e-300 && term <= 1e-15 * sum)
			return sum;
	}

	log_root = (p < 0.5 ? log1p(-p) : log(q)) / c->k;
	s = exp(log_root);
	gap = -expm1(log_root);
	z = 1.0 + gap * average->tau;
	sum = c->phase[c->k - 1];
	for (int j = c->k - 2; j >= 0; j--)
		sum = sum * (s / z) + c->phase[j];
	sum *= s / gap * exp(-c->r * log1p(gap * average->tau));
	sum += sum_over_roots(average, s);
	sum *= p / (c->k * q);
	return sum < 0.0 ? 0.0 : (sum > 1.0 ? 1.0 : sum);
}

/*
 * S times the density of the logit of p, at a distance from the centre and
 * relative to the density there.
 */
static double
survival_integrand(double distance, void *context)
{
	const DropoutAverage *average = context;
	const CondensedAlive *c = average->c;
	double		pc = average->p;
	double		qc = average->q;
	double		growth = exp(-fabs(distance));
	double		p = distance < 0.0 ? pc * growth : pc;
	double		q = distance < 0.0 ? qc : qc * growth;
	double		weight;

	/* ln(p / pc) and ln(q / qc), the one from the other and the distance */
	if (pc <= 0.5)
	{
		double		log_q = distance > 500.0 ? -distance - log(pc) :
			-log1p(pc * expm1(distance));

		weight = exp(c->a * distance + (c->a + c->b) * log_q);
	}
	else
	{
		double		log_p = distance < -500.0 ? distance - log(qc) :
			-log1p(qc * expm1(-distance));

		weight = exp((c->a + c->b) * log_p - c->b * distance);
	}
	if (weight == 0.0)
		return 0.0;
	growth = p + q;
	p /= growth;
	q /= growth;
	return weight * survival_at(average, p > DBL_MIN ? p : DBL_MIN,
								q > DBL_MIN ? q : DBL_MIN);
}

/*
 * E[S(p)]. S may be next to nothing where p has its mass, so that the tail at
 * small p is what counts: the quadrature is centred where the logarithm of the
 * density times S turns (with one added to a and b', as in beta_expectation()):
 *		(a + 1) q = (b' + 1) p + r' tau p s / (k z).
 */
static double
survival_average(DropoutAverage *average)
{
	const CondensedAlive *c = average->c;
	double		low = -700.0;	/* of the logit of p */
	double		high = 700.0;
	double		width;

	for (int i = 0; i < 60; i++)
	{
		double		u = 0.5 * (low + high);
		double		p = 1.0 / (1.0 + exp(-u));
		double		q = 1.0 / (1.0 + exp(u));
		double		log_root = (p < 0.5 ? log1p(-p) : log(q)) / c->k;
		double		slope = (c->a + 1.0) * q - (c->b + 1.0) * p -
			c->r * average->tau * p * exp(log_root) /
			(c->k * (1.0 - expm1(log_root) * average->tau));

		average->p = p;
		average->q = q;
		if (slope > 0.0)
			low = u;
		else
			high = u;
	}
	width = 3.0 * sqrt((1.0 + average->p / average->q) / (c->a + 1.0));
	return exp(log_beta_kernel(c->a, c->b, average->p, average->q)) *
		line_integral(survival_integrand, average, width);
}

/*
 * G(p) = (1 - S(p)) / p. Of the real root's part, D_j E_j for each j with
 *		D_j = p s^(j+1) / (k q (1 - s)) = 1/k sum over i < k of s^(j+i-k+1),
 *		E_j = (1 + (1 - s) t / alpha')^-(r' + j),
 * 1 - D E = (1 - E) - E (D - 1), each without cancellation.
 */
static double
purchases_given_dropout(double p, double q, void *context)
{
	const DropoutAverage *average = context;
	const CondensedAlive *c = average->c;
	int			k = c->k;
	double		log_root;
	double		s;
	double		gap;
	double		reach;
	double		decay;
	double		shrink;			/* 1 / z */
	double		lost;			/* 1 - 1 / z^j */
	double		power = 1.0;	/* 1 / z^j */
	double		e0;
	double		one_minus_e0;
	double		up[2 * CONDENSED_MAX];	/* s^(i-k+1) - 1 */
	double		excess = 0.0;
	double		result = 0.0;

	if (q < SMALL_STAYING)
	{
		for (int n = FEW_PURCHASES; n >= 1; n--)
			result = result * q + average->at_least[n];
		return result;
	}

	log_root = (p < 0.5 ? log1p(-p) : log(q)) / k;
	s = exp(log_root);
	gap = -expm1(log_root);
	reach = gap * average->tau;
	decay = -c->r * log1p(reach);
	e0 = exp(decay);
	one_minus_e0 = -expm1(decay);
	shrink = 1.0 / (1.0 + reach);
	lost = 0.0;

	/* (1 - s) / s more or s less at each power, one way and the other */
	up[k - 1] = 0.0;
	for (int i = k - 2; i >= 0; i--)
		up[i] = up[i + 1] + (1.0 + up[i + 1]) * (gap / s);
	for (int i = k; i < 2 * k - 1; i++)
		up[i] = up[i - 1] - (1.0 + up[i - 1]) * gap;
	for (int i = 0; i < k; i++)
		excess += up[i];

	for (int j = 0; j < k; j++)
	{
		result += c->phase[j] * ((one_minus_e0 + e0 * lost) -
								 e0 * power * (excess / k));
		if (j + 1 < k)
			excess += up[j + k] - up[j];
		lost += power * reach * shrink;
		power *= shrink;
	}
	result /= p;
	if (k > 1)
		result -= sum_over_roots(average, s) / (k * q);
	return result > 0.0 ? result : 0.0;
}

/* Expected purchases within t. */
double
condensed_purchases(const CondensedAlive *c, double t)
{
	DropoutAverage average;
	double		purchases;
	double		survival;

	if (!(t > 0.0))
		return 0.0;
	if (isinf(t))
		return c->a > 1.0 ? (c->b + (c->a - 1.0)) / (c->a - 1.0) : INFINITY;
	if (sum_over_phases(c, t, &purchases, &survival))
		return purchases;
	start_average(&average, c, t);
	return beta_expectation(c->a, c->b, purchases_given_dropout, &average);
}

/* Probability to be alive after t. */
double
condensed_survival(const CondensedAlive *c, double t)
{
	DropoutAverage average;
	double		purchases;
	double		survival;

	if (!(t > 0.0))
		return 1.0;
	if (isinf(t))
		return 0.0;
	/* far below 1 it may have lost digits where the sums were scaled */
	if (!sum_over_phases(c, t, &purchases, &survival) || survival < 1e-90)
	{
		start_average(&average, c, t);
		survival = survival_average(&average);
	}
	return survival < 1.0 ? survival : 1.0;
}
