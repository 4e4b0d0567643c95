/*
 * condensed_fit.c
 *		Likelihood of BG/CNBD-k and MBG/CNBD-k, its gradient and its Hessian.
 *
 * With m = 1 if a customer may leave after the first purchase and 0 otherwise,
 * for a customer with x repeat purchases, the last at t, seen until T, and with
 * P = r + k x (Reutterer, Platzer & Schroeder 2021, in another arrangement):
 *
 *		A = ln Gamma(r + k x) - ln Gamma(r)
 *		D = ln B(a, b + x + m) - ln B(a, b)
 *		G = (k - 1) (sum of the logarithms of the gaps) - x ln (k - 1)!
 *		u = ln(sum over j < k of (P)_j w^j / j!), w = (T - t) / (alpha + T)
 *		v = ln(a / (b + x + m - 1)) + P ln((alpha + T) / (alpha + t))
 *		log-likelihood = A + r ln alpha + D + G - P ln(alpha + T) + ln(e^u + e^v)
 *
 * where v, that the customer has left after the last purchase, is missing for
 * x = m = 0, and the sum in u is over the phases j that may have passed since
 * then without a purchase. For k = 1 it is 1, and all this is BG/NBD.
 *
 * G does not depend on the parameters: it takes part in the choice of k alone.
 *
 * Derivatives: the terms of the sum, scaled to 1, are the posterior
 * probabilities of the phases. With expectations over them, h_j = psi(P + j) -
 * psi(P), g_j the same of -psi', and S = T / (alpha + T),
 *		du/dP = E[h]			d2u/dP2 = E[h^2 - g] - E[h]^2
 *		du/dln alpha = -(1 - S) E[j]
 *		d2u/dln alpha2 = (1 - S)^2 Var[j] - S (1 - S) E[j]
 *		d2u/dP dln alpha = -(1 - S) Cov[j, h]
 * so that six polynomials in w, whose coefficients are those of a frequency,
 * are all that there is to be computed for a cell beyond BG/NBD. Everything
 * else, the forms that keep their digits and the order of the sums, is as in
 * beta_geometric_fit.c.
 */
#include "clv/family/condensed.h"

#include <math.h>
#include <string.h>

#include "clv/family/family_data.h"
#include "math/gamma.h"

enum
{
	R, ALPHA, A, B,
	NPARAMETERS,
	K = NPARAMETERS				/* the constant */
};

/* Cells that are summed without a break. */
#define BLOCK	256

/* ln Gamma(theta + n) - ln Gamma(theta) and its two derivatives. */
typedef struct Rising
{
	double		log_sum;
	double		first;
	double		second;
} Rising;

/* The polynomials of one frequency: the coefficient of w^j. */
typedef struct PhaseCoefficients
{
	double		mass;			/* (P)_j / j! */
	double		h;				/* times h_j */
	double		hh;				/* times h_j^2 - g_j */
	double		j;				/* times j */
	double		jh;				/* times j h_j */
	double		jj;				/* times j^2 */
} PhaseCoefficients;

/*
 * What the cells of one frequency have in common.
 */
typedef struct Frequency
{
	int			k;
	bool		may_have_left;
	double		power;			/* P */
	double		log_odds;		/* ln(a / (b + x + m - 1)) */
	PhaseCoefficients phase[CONDENSED_MAX];
} Frequency;

/*
 * Sums over the cells of one frequency: of ln(e^u + e^v), and of its
 * derivatives by P and ln alpha; w is the probability of e^u.
 */
typedef struct CellSums
{
	double		log_mixture;
	double		log_age;		/* ln(1 + T / alpha) */
	double		share;			/* S */
	double		share_rest;		/* S (1 - S) */
	double		power;
	double		alpha;
	double		power_power;
	double		power_alpha;
	double		alpha_alpha;
	double		dead;			/* 1 - w */
	/* w (1 - w) times 1, (v - u) by P, by ln alpha */
	double		mixed;
	double		mixed_power;
	double		mixed_alpha;
} CellSums;

/* Look up, or call the gamma function beyond the end of the table. */
static Rising
rising_at(const RisingTable *table, size_t length, double theta, double n)
{
	Rising		result;

	if (table != NULL && n < (double) length)
	{
		size_t		i = (size_t) n;

		result.log_sum = table->log_sum[i];
		result.first = table->first[i];
		result.second = table->second[i];
	}
	else
	{
		result.log_sum = log_gamma_difference(theta, n);
		result.first = digamma_difference(theta, n);
		result.second = trigamma_difference(theta, n);
	}
	return result;
}

/* ln(1 + time / alpha) and time / (alpha + time) of each distinct time. */
static void
fill_dictionary(const TimeDictionary *dictionary, double alpha)
{
	for (size_t i = 0; i < dictionary->length; i++)
	{
		double		time = dictionary->values[i];

		dictionary->logarithm[i] = log1p(time / alpha);
		dictionary->share[i] = time / (alpha + time);
	}
}

/* The polynomials. */
static void
fill_phases(Frequency *frequency)
{
	double		mass = 1.0;
	double		h = 0.0;
	double		g = 0.0;

	for (int j = 0; j < frequency->k; j++)
	{
		PhaseCoefficients *c = &frequency->phase[j];
		double		inverse = 1.0 / (frequency->power + j);

		c->mass = mass;
		c->h = mass * h;
		c->hh = mass * (h * h - g);
		c->j = mass * j;
		c->jh = mass * j * h;
		c->jj = mass * j * j;
		mass *= (frequency->power + j) / (j + 1.0);
		h += inverse;
		g += inverse * inverse;
	}
}

/* Sums over the cells [first, end). Adds to result. */
static void
sum_block(const FamilyData *data, size_t first, size_t end,
		  const Frequency *frequency, double alpha, CellSums *result)
{
	CellSums	sums = {0};
	int			k = frequency->k;
	double		power = frequency->power;

	for (size_t i = first; i < end; i++)
	{
		const TimeCell *cell = &data->cells[i];
		double		customers = cell->customers;
		double		age = data->age.values[cell->age];
		double		gap = age - data->recency.values[cell->recency];
		double		w = gap / (alpha + age);
		double		la = data->age.logarithm[cell->age];
		double		sa = data->age.share[cell->age];
		double		rest = 1.0 - sa;
		PhaseCoefficients sum = frequency->phase[k - 1];
		double		scale;
		double		log_alive = 0.0;
		double		mean_h = 0.0;
		double		mean_j = 0.0;
		double		u_pp = 0.0;
		double		u_pa = 0.0;
		double		u_aa = 0.0;
		double		u_a;
		double		alive = 1.0;

		if (k > 1)
		{
			for (int j = k - 2; j >= 0; j--)
			{
				const PhaseCoefficients *c = &frequency->phase[j];

				sum.mass = sum.mass * w + c->mass;
				sum.h = sum.h * w + c->h;
				sum.hh = sum.hh * w + c->hh;
				sum.j = sum.j * w + c->j;
				sum.jh = sum.jh * w + c->jh;
				sum.jj = sum.jj * w + c->jj;
			}
			scale = 1.0 / sum.mass;
			log_alive = log(sum.mass);
			mean_h = sum.h * scale;
			mean_j = sum.j * scale;
			u_pp = sum.hh * scale - mean_h * mean_h;
			u_pa = -rest * (sum.jh * scale - mean_j * mean_h);
			u_aa = rest * (rest * (sum.jj * scale - mean_j * mean_j) -
						   sa * mean_j);
		}
		u_a = -rest * mean_j;

		sums.log_age += customers * la;
		sums.share += customers * sa;
		sums.share_rest += customers * sa * rest;
		if (frequency->may_have_left)
		{
			double		sr = data->recency.share[cell->recency];
			double		dlog = la - data->recency.logarithm[cell->recency];
			double		dshare = sa - sr;
			double		odds = frequency->log_odds + power * dlog - log_alive;	/* v - u */
			double		e = exp(-fabs(odds));
			double		large = 1.0 / (1.0 + e);
			double		small = e * large;
			double		dead = odds > 0.0 ? large : small;
			double		by_power = dlog - mean_h;	/* of v - u */
			double		by_alpha = -power * dshare - u_a;
			double		weight = customers * dead;

			alive = odds > 0.0 ? small : large;
			log_alive += (odds > 0.0 ? odds : 0.0) + log(1.0 + e);
			sums.dead += weight;
			sums.power += weight * dlog;
			sums.alpha -= weight * power * dshare;
			sums.power_alpha -= weight * dshare;
			sums.alpha_alpha += weight * power * dshare * (rest - sr);
			weight = customers * large * small;
			sums.mixed += weight;
			sums.mixed_power += weight * by_power;
			sums.mixed_alpha += weight * by_alpha;
			sums.power_power += weight * by_power * by_power;
			sums.power_alpha += weight * by_power * by_alpha;
			sums.alpha_alpha += weight * by_alpha * by_alpha;
		}
		alive *= customers;
		sums.log_mixture += customers * log_alive;
		sums.power += alive * mean_h;
		sums.alpha += alive * u_a;
		sums.power_power += alive * u_pp;
		sums.power_alpha += alive * u_pa;
		sums.alpha_alpha += alive * u_aa;
	}

	result->log_mixture += sums.log_mixture;
	result->log_age += sums.log_age;
	result->share += sums.share;
	result->share_rest += sums.share_rest;
	result->power += sums.power;
	result->alpha += sums.alpha;
	result->power_power += sums.power_power;
	result->power_alpha += sums.power_alpha;
	result->alpha_alpha += sums.alpha_alpha;
	result->dead += sums.dead;
	result->mixed += sums.mixed;
	result->mixed_power += sums.mixed_power;
	result->mixed_alpha += sums.mixed_alpha;
}

/* Sums over a group, block by block, for the sake of the last digits. */
static void
sum_cells(const FamilyData *data, const FrequencyGroup *group,
		  const Frequency *frequency, double alpha, CellSums *result)
{
	memset(result, 0, sizeof(*result));
	for (size_t i = group->first; i < group->end; i += BLOCK)
		sum_block(data, i, group->end - i < BLOCK ? group->end : i + BLOCK,
				  frequency, alpha, result);
}

/* Log-likelihood and derivatives with respect to the logarithms. */
bool
condensed_log_likelihood(int first_dropout, const double *log_parameters,
						 const FamilyData *data, double *value,
						 double *gradient, double *hessian)
{
	double		theta[NPARAMETERS];
	double		g[NPARAMETERS] = {0};
	double		h[NPARAMETERS][NPARAMETERS] = {{0}};
	double		k = log_parameters[K];
	double		total = (k - 1.0) * data->log_gaps -
		data->repeat_purchases * log_gamma(k);
	double		log_alpha = log_parameters[ALPHA];
	double		ab;

	for (int i = 0; i < NPARAMETERS; i++)
	{
		theta[i] = exp(log_parameters[i]);
		if (!(theta[i] > 1e-150 && theta[i] < 1e150))
			return false;
	}
	ab = theta[A] + theta[B];

	fill_dictionary(&data->age, theta[ALPHA]);
	fill_dictionary(&data->recency, theta[ALPHA]);
	rising_fill(theta[B], data->rising_length, data->rising[1].log_sum,
				data->rising[1].first, data->rising[1].second);
	rising_fill(ab, data->rising_length, data->rising[2].log_sum,
				data->rising[2].first, data->rising[2].second);

	for (size_t i = 0; i < data->ngroups; i++)
	{
		const FrequencyGroup *group = &data->groups[i];
		double		n = group->customers;
		double		x = group->frequency;
		double		y = x + first_dropout;
		double		phases = k * x;
		double		power = theta[R] + phases;
		double		inverse_a = 1.0 / theta[A];
		double		inverse_b = y > 0.0 ? 1.0 / (theta[B] + (y - 1.0)) : 0.0;
		Rising		rate = rising_at(NULL, 0, theta[R], phases);
		Rising		b = rising_at(&data->rising[1], data->rising_length,
								  theta[B], y);
		Rising		c = rising_at(&data->rising[2], data->rising_length,
								  ab, y);
		Frequency	frequency;
		CellSums	s;

		frequency.k = (int) k;
		frequency.may_have_left = y > 0.0;
		frequency.power = power;
		frequency.log_odds = y > 0.0 ? log(theta[A] * inverse_b) : 0.0;
		fill_phases(&frequency);
		sum_cells(data, group, &frequency, theta[ALPHA], &s);

		total += n * (rate.log_sum + (b.log_sum - c.log_sum)) -
			theta[R] * s.log_age - phases * (s.log_age + n * log_alpha) +
			s.log_mixture;

		g[R] += n * rate.first - s.log_age + s.power;
		g[ALPHA] += theta[R] * s.share - phases * (n - s.share) + s.alpha;
		g[A] += s.dead * inverse_a - n * c.first;
		g[B] += n * (b.first - c.first) - s.dead * inverse_b;

		h[R][R] += n * rate.second + s.power_power;
		h[R][ALPHA] += s.share + s.power_alpha;
		h[R][A] += inverse_a * s.mixed_power;
		h[R][B] -= inverse_b * s.mixed_power;
		h[ALPHA][ALPHA] += s.alpha_alpha - power * s.share_rest;
		h[ALPHA][A] += inverse_a * s.mixed_alpha;
		h[ALPHA][B] -= inverse_b * s.mixed_alpha;
		h[A][A] += (s.mixed - s.dead) * inverse_a * inverse_a - n * c.second;
		h[A][B] -= s.mixed * inverse_a * inverse_b + n * c.second;
		h[B][B] += (s.mixed + s.dead) * inverse_b * inverse_b +
			n * (b.second - c.second);
	}

	/* From the parameters to their logarithms; alpha is there already. */
	if (!isfinite(total))
		return false;
	*value = total;
	theta[ALPHA] = 1.0;
	for (int i = 0; i < NPARAMETERS; i++)
	{
		gradient[i] = theta[i] * g[i];
		if (!isfinite(gradient[i]))
			return false;
	}
	for (int i = 0; i < NPARAMETERS; i++)
	{
		for (int j = i; j < NPARAMETERS; j++)
		{
			double		second = theta[i] * theta[j] * h[i][j];

			if (i == j && i != ALPHA)
				second += gradient[i];
			if (!isfinite(second))
				return false;
			hessian[i * NPARAMETERS + j] = second;
			hessian[j * NPARAMETERS + i] = second;
		}
	}
	return true;
}

/*
 * Where to start: a moderate spread of rates around the mean one, k phases to a
 * purchase, one customer in four leaving after a purchase.
 */
void
condensed_start(const FamilyData *data, double *log_parameters)
{
	double		mean = data->repeat_purchases / data->customers;
	double		log_alpha = log(0.5 / (mean * log_parameters[K]));

	log_parameters[R] = log(0.5);
	log_parameters[ALPHA] = log_alpha < -5.0 ? -5.0 : (log_alpha > 5.0 ? 5.0 : log_alpha);
	log_parameters[A] = log(0.5);
	log_parameters[B] = log(1.5);
}

/*
 * Log-likelihood of one customer; NAN if it takes the gaps and they are not
 * known.
 */
double
condensed_log_likelihood_one(int first_dropout, const double *parameters,
							 const PurchaseHistorySummary *customer)
{
	double		r = parameters[R];
	double		alpha = parameters[ALPHA];
	double		a = parameters[A];
	double		b = parameters[B];
	double		k = parameters[K];
	double		x = customer->frequency;
	double		y = x + first_dropout;
	double		age = customer->age;
	double		recency = x > 0.0 ? customer->recency : 0.0;
	double		power = r + k * x;
	double		w = (age - recency) / (alpha + age);
	double		term = 1.0;
	double		alive = 1.0;
	double		odds;
	double		result;

	/* Regroup r ln alpha - (r + kx) ln(alpha + T) so that r may be large. */
	result = log_gamma_difference(r, k * x) - r * log1p(age / alpha) -
		k * x * log(alpha + age);
	if (k > 1.0 && x > 0.0)
		result += (k - 1.0) * customer->log_gaps - x * log_gamma(k);
	for (int j = 1; j < (int) k; j++)
	{
		term *= (power + (j - 1.0)) * w / j;
		alive += term;
	}
	result += log(alive);
	if (y == 0.0)
		return result;

	result += log_gamma_difference(b, y) - log_gamma_difference(a + b, y);
	odds = log(a / (b + (y - 1.0))) +
		power * log1p((age - recency) / (alpha + recency)) - log(alive);
	return result + (odds > 0.0 ? odds : 0.0) + log1p(exp(-fabs(odds)));
}
