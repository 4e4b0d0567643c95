/*
 * pareto_nbd_predict.c
 *		Predictions of Pareto/NBD.
 *
 * Given that a customer is one at T, what is not known about them is
 * distributed as for a new customer with parameters r + x, alpha + T, s, beta +
 * T. So every prediction is P(alive) = 1 / (1 + O), with the odds O of
 * pareto_nbd_gone.c, times the answer to a question about such a customer:
 *
 *		survival	S(t) = (1 + t / beta)^-s
 *		purchases	r / alpha * integral of S(u) from 0 to t
 *		discounted	r / alpha * integral of e^(-delta u) S(u) from 0 to t
 *		P(n)		NBD(n; t) S(t) + integral of NBD(n; y) d(1 - S(y))
 *
 * Where the textbook forms fail (Schmittlein, Morrison & Colombo 1987; Fader &
 * Hardie 2005): the integral of S is ((1 + t/beta)^(1-s) - 1) / (1 - s) with a
 * hole at s = 1, here expm1(.)/(.) of a logarithm. The discounted one without
 * end is a confluent hypergeometric function Psi(s, s; delta beta) (Fader, Hardie
 * & Lee 2005), which many libraries lack at whole s and large arguments; it is
 * e^z Gamma(1 - s, z) and so an exponential integral, z = delta beta. The
 * probabilities P(n) are a difference of sums of hypergeometric functions that
 * lose all digits from n = 20 or so on; here they are integrals of what is
 * positive.
 */
#include "clv/family/pareto_nbd.h"

#include <math.h>

#include "clv/family/nbd.h"
#include "math/beta.h"
#include "math/exponential_integral.h"
#include "math/quadrature.h"

/* Discounting beyond e^-40 leaves nothing that a double could hold. */
#define MAX_DISCOUNT	40.0

/* What there is to know about a customer who is alive. */
typedef struct Alive
{
	double		r;				/* r + x */
	double		alpha;			/* alpha + T */
	double		s;
	double		beta;			/* beta + T */
} Alive;

/*
 * P(alive now), its complement (neither has lost digits), and the customer
 * given that. The rests, if wanted, are the means of gone_value().
 */
static double
alive_now(const double *parameters, const PurchaseHistorySummary *customer,
		  Alive *posterior, double *gone, double *rest_alpha,
		  double *rest_beta)
{
	double		x = customer->frequency;
	double		recency = x > 0.0 ? customer->recency : 0.0;
	double		gap = customer->age - recency;
	double		alpha_recency = parameters[PARETO_ALPHA] + recency;
	double		beta_recency = parameters[PARETO_BETA] + recency;
	GoneIntegral integral;
	double		odds;
	double		log_odds;

	posterior->r = parameters[PARETO_R] + x;
	posterior->alpha = parameters[PARETO_ALPHA] + customer->age;
	posterior->s = parameters[PARETO_S];
	posterior->beta = parameters[PARETO_BETA] + customer->age;

	*gone = 0.0;
	if (!(gap > 0.0))
		return 1.0;
	gone_prepare(&integral, posterior->r, posterior->s, alpha_recency,
				 beta_recency, log1p(gap / alpha_recency),
				 log1p(gap / beta_recency));
	odds = gone_value(&integral, rest_alpha, rest_beta);
	if (integral.exponent < 600.0)
	{
		odds *= exp(integral.exponent);
		*gone = odds / (1.0 + odds);
		return 1.0 / (1.0 + odds);
	}
	/* e^-600 is beyond any digit of the complement */
	log_odds = integral.exponent + log(odds);
	if (log_odds > 100.0)
	{
		*gone = 1.0;
		return exp(-log_odds);
	}
	odds = exp(log_odds);
	*gone = odds / (1.0 + odds);
	return 1.0 / (1.0 + odds);
}

/* The integral of S from 0 to t, over beta. */
static double
lifetime_if_alive(const Alive *k, double t)
{
	double		excess = k->s - 1.0;
	double		length = log1p(t / k->beta);

	if (isinf(t))
		return excess > 0.0 ? 1.0 / excess : INFINITY;
	if (excess == 0.0)
		return length;
	return -expm1(-excess * length) / excess;
}

/* P(alive), after a further time t without news. */
double
pareto_p_alive(const double *parameters, const PurchaseHistorySummary *customer,
			   double t)
{
	Alive		k;
	double		gone;
	double		alive = alive_now(parameters, customer, &k, &gone, NULL, NULL);

	if (!(t > 0.0))
		return alive;
	return alive * exp(-k.s * log1p(t / k.beta));
}

/* Expected purchases in (age, age + t]. */
double
pareto_expected_purchases(const double *parameters,
						  const PurchaseHistorySummary *customer, double t)
{
	Alive		k;
	double		gone;
	double		alive = alive_now(parameters, customer, &k, &gone, NULL, NULL);

	if (alive == 0.0 || !(t > 0.0))
		return 0.0;
	return alive * (k.r * (k.beta / k.alpha)) * lifetime_if_alive(&k, t);
}

/*
 * The integral of e^(-delta u) S(u) from 0 to t, over beta. In w = ln(1 + u /
 * beta) it is that of exp(-(s - 1) w - z (e^w - 1)), z = delta beta, which is
 * entire: one panel of Gauss-Legendre does unless t is large. For large t it is
 * the difference of two exponential integrals, where that does not cancel.
 */
static double
discounted_lifetime_if_alive(const Alive *k, double t, double delta)
{
	double		z = k->beta * delta;
	double		length;
	double		fall;
	double		end;
	double		sum = 0.0;
	int			panels;

	if (delta * t > MAX_DISCOUNT)
		t = INFINITY;
	if (isinf(t))
		return scaled_exponential_integral(k->s, z);

	length = log1p(t / k->beta);
	fall = fabs(k->s - 1.0) * length;
	end = delta * t;
	if (length > 2.0 || fall + end > 8.0)
	{
		double		whole = scaled_exponential_integral(k->s, z);
		double		rest = exp(-(k->s - 1.0) * length - end) *
			scaled_exponential_integral(k->s, z * (1.0 + t / k->beta));

		if (rest < 0.7 * whole)
			return whole - rest;
	}

	/* With s large the end is not worth its panels. */
	if (k->s > 1.0 && fall > MAX_DISCOUNT)
		length *= MAX_DISCOUNT / fall;
	panels = (int) ceil(fmax(length / 2.0,
							 fmin(fall, MAX_DISCOUNT) / 8.0 + end / 8.0));
	if (panels < 1)
		panels = 1;
	for (int panel = 0; panel < panels; panel++)
	{
		const double *at = gauss_legendre_nodes(12);
		const double *weight = gauss_legendre_weights(12);

		for (int j = 0; j < 12; j++)
		{
			double		w = length * (panel + at[j]) / panels;

			sum += weight[j] * exp(-(k->s - 1.0) * w - z * expm1(w));
		}
	}
	return sum * length / panels;
}

/* Expected discounted purchases in (age, age + t]; DERT for infinite t. */
double
pareto_discounted_purchases(const double *parameters,
							const PurchaseHistorySummary *customer, double t,
							double delta)
{
	Alive		k;
	double		gone;
	double		alive = alive_now(parameters, customer, &k, &gone, NULL, NULL);

	if (alive == 0.0 || !(t > 0.0))
		return 0.0;
	return alive * (k.r * (k.beta / k.alpha)) *
		(delta == 0.0 ? lifetime_if_alive(&k, t) :
		 discounted_lifetime_if_alive(&k, t, delta));
}

/*
 * Those who leave within t after n >= 1 purchases: the integral over y of
 * NBD(n; y) and the density of leaving at y. In u = ln y its logarithm
 *
 *		(n + 1) u - (n + r) ln(alpha + y) - (s + 1) ln(beta + y) + constants
 *
 * is concave, with slopes n + 1 and -(r + s) far out. The integral goes from
 * its peak, or from t if that comes first, outward in panels, each of a length
 * over which the integrand falls by e^8 or so.
 */
typedef struct LeavingAfter
{
	double		rise;			/* n + 1 */
	double		alpha_power;	/* n + r */
	double		beta_power;		/* s + 1 */
	double		alpha_share;	/* y / (alpha + y) where the peak is */
	double		beta_share;
} LeavingAfter;

#define PANEL_FALL		8.0
#define PANEL_LENGTH	2.5
#define PANEL_ORDER		16
#define ENOUGH			42.0

/* Outward from the peak over a length, forward or back; relative to the peak. */
static double
directed_integral(const LeavingAfter *f, double direction, double length)
{
	const double *at = gauss_legendre_nodes(PANEL_ORDER);
	const double *weight = gauss_legendre_weights(PANEL_ORDER);
	double		total = 0.0;
	double		start = 0.0;

	while (start < length)
	{
		/* Slope and curvature where the panel starts. */
		double		growth = exp(direction * start);
		double		a = f->alpha_share * growth /
			(1.0 + f->alpha_share * (growth - 1.0));
		double		b = f->beta_share * growth /
			(1.0 + f->beta_share * (growth - 1.0));
		double		slope = fabs(f->rise - f->alpha_power * a - f->beta_power * b);
		double		bend = f->alpha_power * a * (1.0 - a) +
			f->beta_power * b * (1.0 - b);
		double		step = 2.0 * PANEL_FALL /
			(slope + sqrt(slope * slope + 2.0 * PANEL_FALL * bend));
		double		sum = 0.0;
		double		last = 0.0;

		if (step > PANEL_LENGTH)
			step = PANEL_LENGTH;
		if (step > length - start)
			step = length - start;
		for (int j = 0; j < PANEL_ORDER; j++)
		{
			double		u = direction * (start + step * at[j]);
			double		e = expm1(u);

			last = f->rise * u - f->alpha_power * log1p(f->alpha_share * e) -
				f->beta_power * log1p(f->beta_share * e);
			sum += weight[j] * exp(last);
		}
		total += step * sum;
		start += step;
		if (last < -ENOUGH)
			break;
	}
	return total;
}

static double
leaving_after(const Alive *k, double n, double t)
{
	LeavingAfter f;
	double		sum = k->r + k->s;
	double		linear = (n - k->s) * k->alpha + (1.0 - k->r) * k->beta;
	double		constant = (n + 1.0) * k->alpha * k->beta;
	double		root = sqrt(linear * linear + 4.0 * sum * constant);
	double		peak;
	double		result;

	/* Where the slope is 0: sum y^2 - linear y - constant = 0. */
	peak = linear > 0.0 ? (linear + root) / (2.0 * sum) :
		2.0 * constant / (root - linear);
	if (peak > t)
		peak = t;
	f.rise = n + 1.0;
	f.alpha_power = n + k->r;
	f.beta_power = k->s + 1.0;
	f.alpha_share = peak / (k->alpha + peak);
	f.beta_share = peak / (k->beta + peak);
	result = directed_integral(&f, -1.0, INFINITY);
	if (peak < t)
		result += directed_integral(&f, 1.0, log(t / peak));
	return result * nbd_probability(k->r, k->alpha, n, peak) *
		k->s * f.beta_share * exp(-k->s * log1p(peak / k->beta));
}

/* P(n purchases in (age, age + t]) */
double
pareto_purchase_probability(const double *parameters,
							const PurchaseHistorySummary *customer, int n,
							double t)
{
	Alive		k;
	double		gone;
	double		alive = alive_now(parameters, customer, &k, &gone, NULL, NULL);
	double		result;

	if (n < 0)
		return 0.0;
	if (!(t > 0.0))
		return n == 0 ? 1.0 : 0.0;
	if (n == 0)
	{
		/* Silent until t: still one then, or has left before. */
		GoneIntegral left;

		if (isinf(t))
			t = 1e300;
		gone_prepare(&left, k.r, k.s, k.alpha, k.beta, log1p(t / k.alpha),
					 log1p(t / k.beta));
		result = exp(-left.exponent) + gone_value(&left, NULL, NULL);
		result = gone + alive * result;
	}
	else
	{
		GoneIntegral left;

		/* Left at y after n: among the silent, weighted by (y/(alpha+y))^n. */
		if (!isinf(t))
			gone_prepare(&left, k.r, k.s, k.alpha, k.beta, log1p(t / k.alpha),
						 log1p(t / k.beta));
		if (!isinf(t) && gone_power(&left, n, &result))
		{
			/* (r)_n / n! */
			for (int i = 0; i < n; i++)
				result *= (k.r + i) / (i + 1.0);
		}
		else
			result = leaving_after(&k, n, t);
		if (!isinf(t))
			result += nbd_probability(k.r, k.alpha, n, t) *
				exp(-k.s * log1p(t / k.beta));
		result *= alive;
	}
	return result < 1.0 ? result : 1.0;
}

/*
 * Posterior mean of the customer's rate of purchases while being one: who left
 * at y has made x purchases until y.
 */
double
pareto_purchase_rate(const double *parameters,
					 const PurchaseHistorySummary *customer)
{
	Alive		k;
	double		gone;
	double		rest_alpha = 0.0;
	double		rest_beta = 0.0;
	double		alive = alive_now(parameters, customer, &k, &gone, &rest_alpha,
								  &rest_beta);
	double		recency = customer->frequency > 0.0 ? customer->recency : 0.0;

	/* 1 / (alpha + y) = rest / (alpha + t_x) */
	return k.r * (alive / k.alpha + gone * rest_alpha /
				  (parameters[PARETO_ALPHA] + recency));
}

/* Posterior mean of the customer's rate of leaving. */
double
pareto_dropout(const double *parameters, const PurchaseHistorySummary *customer)
{
	Alive		k;
	double		gone;
	double		rest_alpha = 0.0;
	double		rest_beta = 0.0;
	double		alive = alive_now(parameters, customer, &k, &gone, &rest_alpha,
								  &rest_beta);
	double		recency = customer->frequency > 0.0 ? customer->recency : 0.0;

	return alive * (k.s / k.beta) + gone * (k.s + 1.0) * rest_beta /
		(parameters[PARETO_BETA] + recency);
}
