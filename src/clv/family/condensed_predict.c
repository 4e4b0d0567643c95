/*
 * condensed_predict.c
 *		Predictions of BG/CNBD-k and MBG/CNBD-k.
 *
 * P(alive), by the odds e^(v - u) of condensed_fit.c; and what a customer who
 * is alive does, see condensed_alive.h, times that.
 */
#include "clv/family/condensed_alive.h"

#include <math.h>

#include "math/beta.h"
#include "math/gamma.h"

enum
{
	R, ALPHA, A, B, K
};

/*
 * P(alive now), its complement (neither has lost digits), and the customer
 * given that.
 */
static double
alive_now(int first_dropout, const double *parameters,
		  const PurchaseHistorySummary *customer, CondensedAlive *posterior,
		  double *gone)
{
	double		alpha = parameters[ALPHA];
	double		a = parameters[A];
	double		b = parameters[B];
	double		x = customer->frequency;
	double		recency = x > 0.0 ? customer->recency : 0.0;
	double		w;
	double		term = 1.0;
	double		log_odds;
	double		e;
	double		large;
	double		small;

	posterior->k = (int) parameters[K];
	posterior->r = parameters[R] + parameters[K] * x;
	posterior->alpha = alpha + customer->age;
	posterior->a = a;
	posterior->b = b + (x + first_dropout);
	posterior->gap = customer->age - recency;
	posterior->phases = posterior->phase[0] = 1.0;
	w = posterior->gap / posterior->alpha;
	for (int j = 1; j < posterior->k; j++)
	{
		term *= (posterior->r + (j - 1.0)) * w / j;
		posterior->phase[j] = term;
		posterior->phases += term;
	}
	for (int j = 0; j < posterior->k; j++)
		posterior->phase[j] /= posterior->phases;

	if (x + first_dropout == 0.0)
	{
		*gone = 0.0;
		return 1.0;
	}
	log_odds = log(a / ((b + (x + first_dropout - 1.0)) * posterior->phases)) +
		posterior->r * log1p(posterior->gap / (alpha + recency));
	e = exp(-fabs(log_odds));
	large = 1.0 / (1.0 + e);
	small = e * large;
	*gone = log_odds > 0.0 ? large : small;
	return log_odds > 0.0 ? small : large;
}

/* P(alive), after a further time t without news. */
double
condensed_p_alive(int first_dropout, const double *parameters,
				  const PurchaseHistorySummary *customer, double t)
{
	CondensedAlive c;
	double		gone;
	double		alive = alive_now(first_dropout, parameters, customer, &c, &gone);

	return alive == 0.0 || !(t > 0.0) ? alive : alive * condensed_survival(&c, t);
}

/* Expected purchases in (age, age + t]. */
double
condensed_expected_purchases(int first_dropout, const double *parameters,
							 const PurchaseHistorySummary *customer, double t)
{
	CondensedAlive c;
	double		gone;
	double		alive = alive_now(first_dropout, parameters, customer, &c, &gone);

	return alive == 0.0 ? 0.0 : alive * condensed_purchases(&c, t);
}

/* Expected discounted purchases in (age, age + t]; DERT for infinite t. */
double
condensed_discounted_purchases(int first_dropout, const double *parameters,
							   const PurchaseHistorySummary *customer,
							   double t, double delta)
{
	CondensedAlive c;
	double		gone;
	double		alive = alive_now(first_dropout, parameters, customer, &c, &gone);

	return alive == 0.0 ? 0.0 : alive * condensed_discounted(&c, t, delta);
}

/* P(M < k): (1-z)^r' sum over m < k of (r')_m y^m / m!, y = 1 - (1-w)(1-z) */
static double
no_purchase(const CondensedAlive *c, double t)
{
	double		y = (t + c->gap) / (c->alpha + t);
	double		term = 1.0;
	double		sum = 1.0;

	for (int m = 1; m < c->k; m++)
	{
		term *= (c->r + (m - 1.0)) * y / m;
		sum += term;
	}
	return exp(-c->r * log1p(t / c->alpha)) * (sum / c->phases);
}

/*
 * P(M = m) for m >= k: the sum over j of P(j) times a negative binomial
 * probability, z^(m-j) (1-z)^(r'+j) Gamma(r'+m) / (Gamma(r'+j) (m-j)!), which
 * from one j to the next has the ratio gap / t (m - j) / (j + 1).
 */
static double
exactly_phases(const CondensedAlive *c, double m, double t, double z,
			   double complement)
{
	double		ratio = c->gap / t;
	double		term = 1.0;
	double		sum = 1.0;
	double		logarithm = log_beta_kernel(m, c->r, z, complement);

	for (int j = 0; j < c->k - 1; j++)
	{
		term *= ratio * ((m - j) / (j + 1.0));
		sum += term;
		if (sum > 1e200)
		{
			sum *= 1e-200;
			term *= 1e-200;
			logarithm += 200.0 * 2.30258509299404568402;
		}
	}
	return exp(logarithm + log(sum / (m * c->phases)));
}

/*
 * P(M >= m) for m >= k: the sum over j of P(j) I_z(m - j, r' + j), where
 *		I_z(m - j - 1, r' + j + 1) = I_z(m - j, r' + j) + B_j,
 *		B_j = z^(m-j-1) (1-z)^(r'+j) Gamma(r' + m) / (Gamma(m - j) Gamma(r' + j + 1)),
 * so that it is I_z(m, r') + sum over j of B_j P(more than j).
 */
static double
at_least_phases(const CondensedAlive *c, double m, double z, double complement)
{
	double		beyond[CONDENSED_MAX];
	double		result = incomplete_beta(m, c->r, z, complement);
	double		ratio = complement / z;
	double		term = 1.0;
	double		sum = 0.0;
	double		logarithm;

	if (c->k == 1)
		return result;
	beyond[c->k - 1] = 0.0;
	for (int j = c->k - 2; j >= 0; j--)
		beyond[j] = beyond[j + 1] + c->phase[j + 1];
	if (beyond[0] == 0.0)
		return result;
	logarithm = log_beta_kernel(m, c->r, z, complement) - log(z * c->r);
	for (int j = 0; j < c->k - 1; j++)
	{
		sum += term * beyond[j];
		term *= ratio * ((m - j - 1.0) / (c->r + j + 1.0));
		if (term > 1e200)
		{
			sum *= 1e-200;
			term *= 1e-200;
			logarithm += 200.0 * 2.30258509299404568402;
		}
	}
	return result + exp(logarithm + log(sum));
}

/*
 * P(n purchases in (age, age + t]): either alive after n, or left at the n-th
 * while the phases that go on without the customer are at least n k.
 */
double
condensed_purchase_probability(int first_dropout, const double *parameters,
							   const PurchaseHistorySummary *customer, int n,
							   double t)
{
	CondensedAlive c;
	double		gone;
	double		alive = alive_now(first_dropout, parameters, customer, &c, &gone);
	double		z;
	double		complement;
	double		phases = (double) n * c.k;
	double		staying;
	double		result;

	if (n < 0)
		return 0.0;
	if (!(t > 0.0))
		return n == 0 ? 1.0 : 0.0;
	if (n == 0)
		result = gone + (isinf(t) ? 0.0 : alive * no_purchase(&c, t));
	else
	{
		/* E[(1-p)^(n-1)] = (b)_{n-1} / (a + b)_{n-1} */
		double		m = n - 1.0;
		double		sum = c.a + c.b;

		if (c.a < m)
			staying = log_gamma_difference(c.b, c.a) -
				log_gamma_difference(c.b + m, c.a);
		else
			staying = log_gamma_difference(c.b, m) -
				log_gamma_difference(sum, m);
		z = isinf(t) ? 1.0 : t / (c.alpha + t);
		complement = isinf(t) ? 0.0 : c.alpha / (c.alpha + t);
		if (complement > 0.0)
		{
			double		exactly = 0.0;

			for (int i = 0; i < c.k; i++)
				exactly += exactly_phases(&c, phases + i, t, z, complement);
			result = c.a / (sum + m) * at_least_phases(&c, phases, z, complement) +
				(c.b + m) / (sum + m) * exactly;
		}
		else
			result = c.a / (sum + m);
		result *= alive * exp(staying);
	}
	return result < 0.0 ? 0.0 : (result > 1.0 ? 1.0 : result);
}

/*
 * Posterior mean of the customer's rate of purchases while being one, k phases
 * each. One who has left made all purchases by the last of them.
 */
double
condensed_purchase_rate(int first_dropout, const double *parameters,
						const PurchaseHistorySummary *customer)
{
	CondensedAlive c;
	double		gone;
	double		alive = alive_now(first_dropout, parameters, customer, &c, &gone);
	double		recency = customer->frequency > 0.0 ? customer->recency : 0.0;
	double		phase = 0.0;

	for (int j = c.k - 1; j > 0; j--)
		phase += j * c.phase[j];
	return (alive * ((c.r + phase) / c.alpha) +
			gone * (c.r / (parameters[ALPHA] + recency))) / c.k;
}

/* Posterior mean of the customer's probability of leaving after a purchase. */
double
condensed_dropout(int first_dropout, const double *parameters,
				  const PurchaseHistorySummary *customer)
{
	CondensedAlive c;
	double		gone;

	(void) alive_now(first_dropout, parameters, customer, &c, &gone);
	return (parameters[A] + gone) /
		(parameters[A] + parameters[B] + (customer->frequency + first_dropout));
}
