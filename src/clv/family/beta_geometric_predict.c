/*
 * beta_geometric_predict.c
 *		Predictions of BG/NBD and MBG/NBD.
 *
 * Given that a customer is alive, what is not known about them is distributed
 * as for a new customer of BG/NBD with parameters r' = r + x, alpha' = alpha +
 * T, a, b' = b + x + m (m = 1 if one may leave after the first purchase): rate
 * from Gamma(r', alpha'), dropout probability p from Beta(a, b'). So every
 * prediction is P(alive) times the answer to a question about such a customer,
 * of which there are three, with tau = t / alpha':
 *
 *		purchases	G(t) = E_p[ (1 - (1 + p tau)^-r') / p ]
 *		survival	S(t) = E_p[ (1 + p tau)^-r' ]
 *		discounted	D(t) = integral over s from 0 to t of e^(-delta s) G'(s)
 *
 * The textbook forms (Fader, Hardie & Lee 2005) write G with a hypergeometric
 * function that is singular at a = 1 and a + b' = 1, where G itself is smooth,
 * and they cancel near there. What is done here instead, in the order tried:
 *
 * 1. With z = t / (alpha' + t), L = ln(1 + tau), c = a + b' - 1 and Euler's
 *	  transformation,
 *			G = c phi - e^(-(a-1) L) Q,
 *			phi = (1 - e^(-(a-1) L)) / (a - 1), which is L at a = 1,
 *			Q = sum of q_n, q_1 = (c - r') z,
 *			q_{n+1} = q_n (a - 1 + n)(c - r' + n) z / ((c + n)(n + 1)).
 *	  Some ten terms for a customer with many purchases; regular everywhere; but
 *	  c phi and Q cancel if c is much larger than r', which is looked at.
 * 2. The sum over the number of purchases N that a customer who cannot leave
 *	  would make, negative binomial: E[number before leaving],
 *			G = sum over n of P(N > n) (b')_n / (a + b')_n,
 *	  all positive. As many terms as purchases.
 * 3. The expectation over p by double exponential quadrature: always right,
 *	  and slower by a factor of ten.
 *
 * S and G' are positive hypergeometric series of the same kind. D is
 * Gauss-Legendre quadrature in w = ln(1 + s / alpha'), in which the integrand
 * is analytic within a distance of pi from the real line whatever the
 * parameters, so the order follows from the length in w alone. The coefficients
 * of the series are the same for all nodes. An infinite horizon, or one beyond
 * reach, takes the expectation over p of
 *
 *		(r'/p) integral from 1 to 1 + p tau of e^(-zeta (y - 1)) y^(-r' - 1) dy,
 *		zeta = alpha' delta / p,
 *
 * by scaled exponential integrals e^z E_s(z): DERT, which no package has for
 * these models, is E_p[ (r'/p) e^zeta E_{r'+1}(zeta) ].
 */
#include "clv/family/beta_geometric.h"

#include <float.h>
#include <math.h>

#include "math/beta.h"
#include "math/exponential_integral.h"
#include "math/gamma.h"
#include "math/hypergeometric.h"
#include "math/quadrature.h"

enum
{
	R, ALPHA, A, B
};

/* No power beyond this: e^-500 is as far from 0 as anything needs. */
#define MAX_EXPONENT	500.0

/* Longest series before quadrature is cheaper. */
#define MAX_TERMS		2000

/* Discounting beyond e^-40 leaves nothing that a double could hold. */
#define MAX_DISCOUNT	40.0

/* What there is to know about a customer who is alive. */
typedef struct Alive
{
	double		r;				/* r + x */
	double		alpha;			/* alpha + T */
	double		a;
	double		b;				/* b + x + m */
	double		surplus;		/* a + b' - r', formed without x */
} Alive;

/*
 * P(alive now), its complement (neither has lost digits), and the customer
 * given that. A NULL posterior is not wanted.
 */
static double
alive_now(int first_dropout, const double *parameters,
		  const PurchaseHistorySummary *customer, Alive *posterior,
		  double *gone)
{
	double		r = parameters[R];
	double		alpha = parameters[ALPHA];
	double		a = parameters[A];
	double		b = parameters[B];
	double		x = customer->frequency;
	double		recency = x > 0.0 ? customer->recency : 0.0;
	double		log_odds;
	double		e;
	double		large;
	double		small;

	if (posterior != NULL)
	{
		posterior->r = r + x;
		posterior->alpha = alpha + customer->age;
		posterior->a = a;
		posterior->b = b + (x + first_dropout);
		posterior->surplus = a + ((b + first_dropout) - r);
	}
	if (x + first_dropout == 0.0)
	{
		*gone = 0.0;
		return 1.0;
	}

	log_odds = log(a / (b + (x + first_dropout - 1.0))) +
		(r + x) * log1p((customer->age - recency) / (alpha + recency));
	e = exp(-fabs(log_odds));
	large = 1.0 / (1.0 + e);
	small = e * large;
	*gone = log_odds > 0.0 ? large : small;
	return log_odds > 0.0 ? small : large;
}

/*
 * Gauss's series 2F1(a, b; c; z), a >= 0, b, c > 0, 0 <= z < 1: all terms are
 * positive. Returns false if it is too long.
 */
static bool
positive_series(double a, double b, double c, double z, double *result)
{
	double		term = 1.0;
	double		sum = 1.0;

	for (int n = 0; n < MAX_TERMS; n++)
	{
		double		ratio = (a + n) * (b + n) / ((c + n) * (n + 1.0)) * z;

		term *= ratio;
		sum += term;
		if (ratio < z)
			ratio = z;
		if (term <= 1e-17 * (1.0 - ratio) * sum)
		{
			*result = sum;
			return isfinite(sum);
		}
	}
	return false;
}

/* Way 1 of G: the regular series. Returns false if it is not accurate. */
static bool
purchases_by_series(const Alive *k, double t, double *result)
{
	double		a1 = k->a - 1.0;
	double		c = k->b + a1;
	double		excess = k->surplus - 1.0;	/* c - r' */
	double		z = t / (k->alpha + t);
	double		length = log1p(t / k->alpha);
	double		decay = a1 * length;
	double		term = excess * z;
	double		sum = term;
	double		constant;
	bool		done = term == 0.0;

	if (excess < -1.0 || decay > MAX_EXPONENT)
		return false;

	for (int n = 1; n < MAX_TERMS && !done; n++)
	{
		double		ratio = (a1 + n) * (excess + n) * z / ((c + n) * (n + 1.0));

		term *= ratio;
		sum += term;
		if (ratio < z)
			ratio = z;
		done = fabs(term) <= 1e-17 * (1.0 - ratio) * fabs(sum);
	}
	if (!done)
		return false;

	constant = c * (a1 == 0.0 ? length : -expm1(-decay) / a1);
	*result = constant - exp(-decay) * sum;

	/* At most two digits may cancel. */
	return isfinite(*result) && *result > 0.01 * fabs(constant);
}

/* Way 2 of G: the sum over the purchases of one who cannot leave. */
static bool
purchases_by_count(const Alive *k, double t, double *result)
{
	double		tau = t / k->alpha;
	double		z = t / (k->alpha + t);
	double		decay = k->r * log1p(tau);
	double		mean = k->r * tau;
	double		probability;
	double		first;
	double		beyond;			/* P(N > n) */
	double		staying = 1.0;	/* (b)_n / (a + b)_n */
	double		sum;

	if (decay > MAX_EXPONENT ||
		mean + 10.0 * sqrt(mean * (1.0 + tau)) + 40.0 * (1.0 + tau) > 2.0 * MAX_TERMS)
		return false;

	probability = exp(-decay);
	first = beyond = -expm1(-decay);
	sum = beyond;
	for (int n = 1; n < 4 * MAX_TERMS; n++)
	{
		probability *= (k->r + (n - 1.0)) / n * z;
		beyond -= probability;
		staying *= (k->b + (n - 1.0)) / (k->a + k->b + (n - 1.0));
		sum += beyond * staying;

		/*
		 * Beyond is a difference whose error stays as it becomes small, so it
		 * is the probability that says when to stop.
		 */
		if (n > mean && probability * (1.0 + tau) * (1.0 + tau) < 1e-17 * first)
		{
			*result = sum;
			return true;
		}
	}
	return false;
}

/* Way 3 of G: what is averaged over p. */
typedef struct DropoutAverage
{
	const Alive *k;
	double		tau;
	double		delta;
	double		t;
} DropoutAverage;

static double
purchases_given_dropout(double p, double complement, void *context)
{
	const DropoutAverage *d = context;

	(void) complement;
	if (p < 1e-200)
		return d->k->r * d->tau;
	return -expm1(-d->k->r * log1p(p * d->tau)) / p;
}

/* Expected purchases within t of a customer who is alive. */
static double
expected_if_alive(const Alive *k, double t)
{
	DropoutAverage average = {k, t / k->alpha, 0.0, t};
	double		result;

	if (!(t > 0.0))
		return 0.0;
	if (isinf(t))
		return k->a > 1.0 ? (k->b + (k->a - 1.0)) / (k->a - 1.0) : INFINITY;
	if (purchases_by_series(k, t, &result) || purchases_by_count(k, t, &result))
		return result;
	return beta_expectation(k->a, k->b, purchases_given_dropout, &average);
}

/* Probability that a customer who is alive is so still after t. */
static double
survival_if_alive(const Alive *k, double t)
{
	double		z = t / (k->alpha + t);
	double		length = log1p(t / k->alpha);
	double		series;
	double		result;

	if (!(t > 0.0))
		return 1.0;
	if (isinf(t))
		return 0.0;
	if (k->surplus >= 0.0 && k->a * length < MAX_EXPONENT &&
		positive_series(k->surplus, k->a, k->a + k->b, z, &series))
		result = exp(-k->a * length) * series;
	else if (k->r * length < MAX_EXPONENT &&
			 positive_series(k->r, k->b, k->a + k->b, z, &series))
		result = exp(-k->r * length) * series;
	else
		result = exp(log_hypergeometric_2f1(k->r, k->a, k->a + k->b, -t / k->alpha));
	return result < 1.0 ? result : 1.0;
}

/* P(alive), after a further time t without news. */
double
beta_geometric_p_alive(int first_dropout, const double *parameters,
					   const PurchaseHistorySummary *customer, double t)
{
	Alive		k;
	double		gone;

	if (!(t > 0.0))
		return alive_now(first_dropout, parameters, customer, NULL, &gone);
	return alive_now(first_dropout, parameters, customer, &k, &gone) *
		survival_if_alive(&k, t);
}

/* Expected purchases in (age, age + t]. */
double
beta_geometric_expected_purchases(int first_dropout, const double *parameters,
								  const PurchaseHistorySummary *customer,
								  double t)
{
	Alive		k;
	double		gone;
	double		alive = alive_now(first_dropout, parameters, customer, &k, &gone);

	return alive == 0.0 ? 0.0 : alive * expected_if_alive(&k, t);
}

/*
 * P(n purchases in (age, age + t]): either alive after n, or left at the n-th
 * while the process that goes on without the customer has at least n,
 *
 *		E[(1-p)^n] P(N = n) + E[p (1-p)^(n-1)] P(N >= n).
 */
double
beta_geometric_purchase_probability(int first_dropout, const double *parameters,
									const PurchaseHistorySummary *customer,
									int n, double t)
{
	Alive		k;
	double		gone;
	double		alive = alive_now(first_dropout, parameters, customer, &k, &gone);
	double		z;
	double		complement;
	double		staying;
	double		result;

	if (n < 0)
		return 0.0;
	if (!(t > 0.0))
		return n == 0 ? 1.0 : 0.0;
	if (isinf(t))
	{
		z = 1.0;
		complement = 0.0;
	}
	else
	{
		z = t / (k.alpha + t);
		complement = k.alpha / (k.alpha + t);
	}

	if (n == 0)
		result = gone + (isinf(t) ? 0.0 :
						 alive * exp(-k.r * log1p(t / k.alpha)));
	else
	{
		/* E[(1-p)^(n-1)] = (b)_{n-1} / (a + b)_{n-1} */
		double		m = n - 1.0;
		double		sum = k.a + k.b;

		if (k.a < m)
			staying = log_gamma_difference(k.b, k.a) -
				log_gamma_difference(k.b + m, k.a);
		else
			staying = log_gamma_difference(k.b, m) -
				log_gamma_difference(sum, m);
		result = k.a / (sum + m) * incomplete_beta(n, k.r, z, complement);
		if (complement > 0.0)
			result += (k.b + m) / (sum + m) *
				exp(log_beta_kernel(n, k.r, z, complement)) / n;
		result *= alive * exp(staying);
	}
	return result < 0.0 ? 0.0 : (result > 1.0 ? 1.0 : result);
}

/*
 * Gauss-Legendre for D: the orders there are, and up to which length in w and
 * up to which factor e^fall over a panel, each is good to 1e-13 by itself
 * (the two together: 1e-11).
 */
static const struct
{
	int			order;
	double		length;
	double		fall;
}			gauss_orders[] =

{
	{4, 0.28, 0.34},
	{6, 0.98, 1.7},
	{8, 1.9, 4.2},
	{12, 3.5, 10.0}
};

#define GAUSS_ORDERS	((int) (sizeof(gauss_orders) / sizeof(gauss_orders[0])))
#define MAX_PANELS		5
#define NODE_BLOCK		4
#define MAX_NODES		(12 * MAX_PANELS)

/*
 * Polynomials of n coefficients at nodes, a whole number of blocks: the nodes of
 * a block are independent of each other and share the processor.
 */
static void
horner(const double *coefficients, int n, const double *z, int nodes,
	   double *values)
{
	for (int block = 0; block < nodes; block += NODE_BLOCK)
	{
		double		sums[NODE_BLOCK];
		double		at[NODE_BLOCK];

		for (int j = 0; j < NODE_BLOCK; j++)
		{
			at[j] = z[block + j];
			sums[j] = coefficients[n - 1];
		}
		for (int i = n - 2; i >= 0; i--)
		{
			for (int j = 0; j < NODE_BLOCK; j++)
				sums[j] = sums[j] * at[j] + coefficients[i];
		}
		for (int j = 0; j < NODE_BLOCK; j++)
			values[block + j] = sums[j];
	}
}

/*
 * D by quadrature in w of
 *		G'(s) ds/dw = r' e^(-(a-1) w) 2F1(a + b' - r' - 1, a; a + b'; z)
 *					= r' e^(-r' w) 2F1(r' + 1, b'; a + b'; z),
 * z = 1 - e^(-w). The first form converges faster; where its first parameter
 * is negative the second is the positive one. Returns false if too long.
 */
static bool
discounted_by_quadrature(const Alive *k, double t, double delta, double *result)
{
	double		coefficients[MAX_TERMS + 1];
	double		z[MAX_NODES];
	double		weights[MAX_NODES];
	double		values[MAX_NODES];
	double		length = log1p(t / k->alpha);
	double		last = t / (k->alpha + t);
	double		c = k->a + k->b;
	double		mean = k->a / c;
	double		spread = sqrt(mean * (1.0 - mean) / (c + 1.0));
	double		fall;
	double		rate;
	double		first;
	double		second;
	double		sum = 0.0;
	double		term = 1.0;
	double		total = 1.0;
	int			choice = 0;
	int			panels = 1;
	int			order;
	int			n = 1;
	int			nodes = 0;

	/*
	 * How much the logarithm of the integrand changes in all, about. The
	 * discount changes most in the last panel, where little is left. For a
	 * small a next to all p are next to 0, and the few that are not fall
	 * steeply: mean and spread do not tell.
	 */
	fall = mean + 3.0 * spread < 1.0 ? mean + 3.0 * spread : 1.0;
	if (k->a < 0.3)
		fall = fmax(fall, -expm1(-6.0 / k->b));
	fall = length * fmax(1.0, (k->r + 1.0) * fall) + delta * t;
	while (length > gauss_orders[choice].length * panels ||
		   fall > gauss_orders[choice].fall * panels)
	{
		if (choice + 1 < GAUSS_ORDERS)
			choice++;
		else if (++panels > MAX_PANELS)
			return false;
	}
	order = gauss_orders[choice].order;

	if (k->surplus >= 1.0)
	{
		rate = k->a - 1.0;
		first = k->surplus - 1.0;
		second = k->a;
	}
	else
	{
		rate = k->r;
		first = k->r + 1.0;
		second = k->b;
	}
	if (rate * length > MAX_EXPONENT)
		return false;

	coefficients[0] = 1.0;
	for (;;)
	{
		double		ratio = (first + (n - 1.0)) * (second + (n - 1.0)) /
			((c + (n - 1.0)) * n);

		coefficients[n] = coefficients[n - 1] * ratio;
		n++;
		ratio *= last;
		term *= ratio;
		total += term;
		if (ratio < last)
			ratio = last;
		if (term <= 1e-15 * (1.0 - ratio) * total)
			break;
		if (n > MAX_TERMS)
			return false;
	}
	if (!isfinite(total) || !isfinite(coefficients[n - 1]))
		return false;

	for (int panel = 0; panel < panels; panel++)
	{
		const double *at = gauss_legendre_nodes(order);
		const double *weight = gauss_legendre_weights(order);

		for (int j = 0; j < order; j++)
		{
			double		w = length * (panel + at[j]) / panels;

			z[nodes] = -expm1(-w);
			weights[nodes] = weight[j] *
				exp(-rate * w - delta * k->alpha * (z[nodes] / (1.0 - z[nodes])));
			nodes++;
		}
	}
	while (nodes % NODE_BLOCK != 0)
	{
		z[nodes] = 0.0;
		weights[nodes++] = 0.0;
	}

	horner(coefficients, n, z, nodes, values);
	for (int j = 0; j < nodes; j++)
		sum += weights[j] * values[j];
	*result = sum * k->r * length / panels;
	return isfinite(*result);
}

/* D given p, for the expectation over p. */
static double
discounted_given_dropout(double p, double complement, void *context)
{
	const DropoutAverage *d = context;
	double		r = d->k->r;
	double		zeta;
	double		length;
	double		sum = 0.0;
	int			panels;

	(void) complement;
	if (p < 1e-200)
		return r / d->k->alpha *
			(isinf(d->t) ? 1.0 / d->delta : -expm1(-d->delta * d->t) / d->delta);

	zeta = d->k->alpha * d->delta / p;
	if (isinf(d->t))
		return r / p * scaled_exponential_integral(r + 1.0, zeta);

	length = log1p(p * d->tau);
	if (r * length + d->delta * d->t > 0.7)
		return r / p * (scaled_exponential_integral(r + 1.0, zeta) -
						exp(-r * length - d->delta * d->t) *
						scaled_exponential_integral(r + 1.0,
													zeta * (1.0 + p * d->tau)));

	/* The difference would cancel; the integrand hardly changes. */
	panels = 1 + (int) length;
	for (int panel = 0; panel < panels; panel++)
	{
		const double *at = gauss_legendre_nodes(12);
		const double *weight = gauss_legendre_weights(12);

		for (int j = 0; j < 12; j++)
		{
			double		w = length * (panel + at[j]) / panels;

			sum += weight[j] * exp(-r * w - zeta * expm1(w));
		}
	}
	return r / p * sum * length / panels;
}

/* Expected purchases within t of a customer who is alive, discounted. */
static double
discounted_if_alive(const Alive *k, double t, double delta)
{
	DropoutAverage average = {k, t / k->alpha, delta, t};
	double		result;

	if (!(t > 0.0))
		return 0.0;
	if (delta == 0.0)
		return expected_if_alive(k, t);
	if (delta * t > MAX_DISCOUNT)
		average.t = INFINITY;
	if (discounted_by_quadrature(k, fmin(t, MAX_DISCOUNT / delta), delta, &result))
		return result;
	return beta_expectation(k->a, k->b, discounted_given_dropout, &average);
}

/* Expected discounted purchases in (age, age + t]; DERT for infinite t. */
double
beta_geometric_discounted_purchases(int first_dropout, const double *parameters,
									const PurchaseHistorySummary *customer,
									double t, double delta)
{
	Alive		k;
	double		gone;
	double		alive = alive_now(first_dropout, parameters, customer, &k, &gone);

	return alive == 0.0 ? 0.0 : alive * discounted_if_alive(&k, t, delta);
}

/*
 * Posterior mean of the customer's rate of purchases while being one. One who
 * has left made all x purchases by the last of them.
 */
double
beta_geometric_purchase_rate(int first_dropout, const double *parameters,
							 const PurchaseHistorySummary *customer)
{
	double		power = parameters[R] + customer->frequency;
	double		recency = customer->frequency > 0.0 ? customer->recency : 0.0;
	double		gone;
	double		alive = alive_now(first_dropout, parameters, customer, NULL, &gone);

	return alive * (power / (parameters[ALPHA] + customer->age)) +
		gone * (power / (parameters[ALPHA] + recency));
}

/* Posterior mean of the customer's probability of leaving after a purchase. */
double
beta_geometric_dropout(int first_dropout, const double *parameters,
					   const PurchaseHistorySummary *customer)
{
	double		gone;

	(void) alive_now(first_dropout, parameters, customer, NULL, &gone);
	return (parameters[A] + gone) /
		(parameters[A] + parameters[B] + (customer->frequency + first_dropout));
}
