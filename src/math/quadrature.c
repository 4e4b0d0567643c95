/*
 * quadrature.c
 *		Gauss-Legendre tables and double exponential quadrature.
 *
 * The trapezoidal rule converges exponentially for an analytic function that
 * vanishes at both ends of the line (Takahasi & Mori 1974; Trefethen & Weideman
 * 2014). A substitution x = width * sinh(t) makes an exponential decay double
 * exponential, so that a few dozen points do, whatever the rate of decay:
 * E[f(p)] with p ~ Beta(1e-5, 3) has a tail of length 10^6 in the logit of p
 * and still needs no more. For half lines x = width * exp(t - exp(-t)).
 *
 * Where the naive form fails: Gauss-Legendre or Simpson in p itself, where the
 * density is infinite at an end, or is a spike of width 1e-3. In the logit the
 * density is smooth for every a and b, and log-concave.
 *
 * The step is halved until two levels agree to 1e-13, or until the differences
 * shrink quadratically (the sign of exponential convergence) so that the last
 * level has that accuracy already. The number of levels is capped.
 */
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "math/beta.h"
#include "math/gauss_legendre_table.h"
#include "math/quadrature.h"

#define FIRST_STEP 0.5
#define MAX_LEVEL 8
#define MAX_REACH 60.0			/* sinh(60) = 5e25 */

/* Nodes on [0, 1]; NULL for an order without a table */
const double *
gauss_legendre_nodes(int order)
{
	switch (order)
	{
		case 4:
			return nodes_4;
		case 6:
			return nodes_6;
		case 8:
			return nodes_8;
		case 12:
			return nodes_12;
		case 16:
			return nodes_16;
		case 24:
			return nodes_24;
		case 32:
			return nodes_32;
		default:
			return NULL;
	}
}

/* Weights, which add up to 1 */
const double *
gauss_legendre_weights(int order)
{
	switch (order)
	{
		case 4:
			return weights_4;
		case 6:
			return weights_6;
		case 8:
			return weights_8;
		case 12:
			return weights_12;
		case 16:
			return weights_16;
		case 24:
			return weights_24;
		case 32:
			return weights_32;
		default:
			return NULL;
	}
}

/* A function on the line of the trapezoidal rule, substitution included */
typedef struct Transformed
{
	Integrand	f;
	void	   *context;
	double		width;
	bool		half;
} Transformed;

static double
transformed(const Transformed *g, double t)
{
	double		jacobian;
	double		x;
	double		value;

	if (g->half)
	{
		double		decay = exp(-t);

		x = g->width * exp(t - decay);
		jacobian = x * (1 + decay);
	}
	else
	{
		double		growth = exp(t);

		x = 0.5 * g->width * (growth - 1 / growth);
		jacobian = 0.5 * g->width * (growth + 1 / growth);
	}
	if (jacobian == 0)
		return 0;
	value = g->f(x, g->context);
	return value == 0 ? 0 : value * jacobian;
}

/* Sum over t = start, start + step, ... up to limit (one direction) */
static double
directed_sum(const Transformed *g, double start, double step, int count)
{
	double		sum = 0;

	for (int i = 0; i < count; i++)
		sum += transformed(g, start + i * step);
	return sum;
}

/*
 * How many steps until the function is negligible for good: three terms in a
 * row. Adds them to the sum.
 */
static int
reach(const Transformed *g, double step, double *sum)
{
	int			small = 0;
	int			count = 0;

	while (small < 3 && fabs((count + 1) * step) < MAX_REACH)
	{
		double		term = transformed(g, (count + 1) * step);

		count++;
		*sum += term;
		if (fabs(term) <= DBL_EPSILON / 64 * fabs(*sum))
			small++;
		else
			small = 0;
	}
	return count;
}

static double
trapezoid(const Transformed *g)
{
	double		step = FIRST_STEP;
	double		sum;
	double		previous;
	double		last_change = 1;
	int			right;
	int			left;

	sum = transformed(g, 0);
	right = reach(g, step, &sum);
	left = reach(g, -step, &sum);
	previous = sum * step;
	for (int level = 1; level <= MAX_LEVEL; level++)
	{
		double		value;
		double		change;

		/* the points between those that are there */
		sum += directed_sum(g, step / 2, step, right);
		sum += directed_sum(g, -step / 2, -step, left);
		right *= 2;
		left *= 2;
		step /= 2;
		value = sum * step;
		change = fabs(value - previous);
		if (!(change > 1e-13 * fabs(value)))
			return value;
		change /= fabs(value);
		if (change < 2e-11 && change < pow(last_change, 1.5))
			return value;
		last_change = change;
		previous = value;
	}
	return previous;
}

/* Integral over the line; see quadrature.h */
double
line_integral(Integrand f, void *context, double width)
{
	Transformed g = {f, context, width, false};

	return trapezoid(&g);
}

/* Integral over x > 0 */
double
half_line_integral(Integrand f, void *context, double width)
{
	Transformed g = {f, context, width, true};

	return trapezoid(&g);
}

typedef struct BetaContext
{
	double		a;
	double		b;
	double		p;				/* centre */
	double		q;
	BetaIntegrand f;
	void	   *context;
} BetaContext;

/* Beta density in the logit, relative to the centre, times f */
static double
beta_integrand(double distance, void *context)
{
	const BetaContext *beta = context;
	double		growth = exp(-fabs(distance));
	double		p_part;
	double		q_part;
	double		log_weight;
	double		p;
	double		q;
	double		weight;

	/* p : q = p_part : q_part, neither above 1 */
	if (distance >= 0)
	{
		p_part = beta->p;
		q_part = beta->q * growth;
	}
	else
	{
		p_part = beta->p * growth;
		q_part = beta->q;
	}

	/*
	 * a ln(p/p_c) + b ln(q/q_c) with ln(q/q_c) = -ln(q_c + p_c e^distance),
	 * ln(p/p_c) = -ln(p_c + q_c e^-distance); one is the other and the
	 * distance. The one with the smaller of p_c and q_c is taken.
	 */
	if (beta->p <= 0.5)
		log_weight = beta->a * distance - (beta->a + beta->b) *
			(distance > 500 ? distance + log(beta->p) :
			 log1p(beta->p * expm1(distance)));
	else
		log_weight = -beta->b * distance - (beta->a + beta->b) *
			(distance < -500 ? log(beta->q) - distance :
			 log1p(beta->q * expm1(-distance)));
	weight = exp(log_weight);
	if (weight == 0)
		return 0;
	p = p_part / (p_part + q_part);
	q = q_part / (p_part + q_part);
	/* nearer to an end than a double can tell, f is taken to be level */
	return weight * beta->f(p > DBL_MIN ? p : DBL_MIN,
							q > DBL_MIN ? q : DBL_MIN, beta->context);
}

/* E[f(p)], p ~ Beta(a, b) */
double
beta_expectation(double a, double b, BetaIntegrand f, void *context)
{
	BetaContext beta = {a, b, 0, 0, f, context};
	double		width;

	if (!(a > 0) || !(b > 0) || isinf(a) || isinf(b))
		return NAN;

	/*
	 * The centre: the mode in the logit is p = a / (a+b); adding one to each
	 * moves it, for tiny a or b, from the middle of an exponential tail to
	 * the corner where the density turns. The width is the standard deviation
	 * there, three times.
	 */
	beta.p = (a + 1) / (a + b + 2);
	beta.q = (b + 1) / (a + b + 2);
	width = 3 * sqrt(1 / (a + 1) + 1 / (b + 1));
	return line_integral(beta_integrand, &beta, width) *
		exp(log_beta_kernel(a, b, beta.p, beta.q));
}
