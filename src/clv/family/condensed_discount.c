/*
 * condensed_discount.c
 *		BG/CNBD-k and MBG/CNBD-k: the purchases to come, each discounted.
 *
 * Without end, given the rate lambda of the phases: a phase is worth phi =
 * lambda / (lambda + delta) of what came before it, so that the purchases of a
 * customer in phase j are worth, with q = 1 - p the probability of staying,
 *		sum over n >= 1 of q^(n-1) phi^(n k - j) = phi^-j y / (1 + p y),
 *		y = phi^k / (1 - phi^k),
 * of which the expectation over p is y 2F1(1, a; a + b'; -y). What j and lambda
 * have in common leaves, for lambda from Gamma(r', alpha'),
 *		E[ sum over j of ((lambda + delta) gap)^j / j!  y 2F1(1, a; a + b'; -y) ]
 * divided by the sum of the phases' weights: one double exponential quadrature
 * over ln lambda.
 *
 * For a horizon t, with G(s) the expected purchases within s, by parts:
 *		e^(-delta t) G(t) + integral from 0 to t of delta e^(-delta s) G(s) ds
 * by Gauss-Legendre: the integral is what waiting costs, and usually small. G
 * has waves, because purchases are regular, which fade within some purchases;
 * until then the panels are short. It is analytic in s but for a neighbourhood
 * of s <= -alpha'/2, so that panels can grow with alpha' + s in any case.
 */
#include "clv/family/condensed_alive.h"

#include <math.h>

#include "math/gamma.h"
#include "math/hypergeometric.h"
#include "math/quadrature.h"

/* Discounting beyond e^-40 leaves nothing that a double could hold. */
#define MAX_DISCOUNT	40.0

/* Phases that a panel of ORDER nodes can take, while there are waves. */
#define ORDER			16
#define PANEL_PHASES	10.0

/* Waves are gone when they have fallen by this exponent. */
#define WAVES			28.0

typedef struct RateAverage
{
	const CondensedAlive *c;
	double		delta;
	double		centre;			/* of lambda */
} RateAverage;

/* The expectation's integrand, at lambda = centre e^u. */
static double
residual_at(double u, void *context)
{
	const RateAverage *average = context;
	const CondensedAlive *c = average->c;
	double		lambda = average->centre * exp(u);
	double		exponent = c->r * u - (c->r + 1.0) * expm1(u);
	double		reach = (lambda + average->delta) * c->gap;
	double		sum = 1.0;
	double		y;

	if (!(exponent > -745.0) || lambda == 0.0)
		return 0.0;
	y = 1.0 / expm1(c->k * log1p(average->delta / lambda));
	if (y == 0.0)
		return 0.0;
	for (int j = c->k - 1; j >= 1; j--)
		sum = sum * (reach / j) + 1.0;
	return exp(exponent) * sum *
		(y * hypergeometric_2f1(1.0, c->a, c->a + c->b, -y));
}

/* All purchases to come. */
static double
residual(const CondensedAlive *c, double delta)
{
	double		shape = c->r + 1.0;
	RateAverage average = {c, delta, shape / c->alpha};

	/* the density of ln lambda at the centre, by Stirling's formula */
	return line_integral(residual_at, &average, 3.0 / sqrt(shape)) / c->phases *
		(c->r / shape) * sqrt(shape) * exp(-stirling_error(shape) - HALF_LOG_TWO_PI);
}

/* The integral, panel by panel. */
static double
waiting(const CondensedAlive *c, double t, double delta)
{
	const double *nodes = gauss_legendre_nodes(ORDER);
	const double *weights = gauss_legendre_weights(ORDER);
	double		turn = c->k > 1 ? 2.0 * sin(3.14159265358979323846 / c->k) *
		sin(3.14159265358979323846 / c->k) : INFINITY;
	double		faded = c->alpha * expm1(WAVES / c->r) / turn;
	double		sum = 0.0;
	double		start = 0.0;

	while (start < t)
	{
		double		length = 2.0 * (c->alpha + start);
		double		part = 0.0;

		/* one root of unity turns slowest, and its waves fade last */
		if (start < faded || start == 0.0)
			length = fmin(length, PANEL_PHASES / (c->r + c->k) * (c->alpha + start));
		else
			length = fmin(length, start);
		length = fmin(length, 8.0 / delta);
		if (length > 0.75 * (t - start))
			length = length < t - start ? 0.5 * (t - start) : t - start;
		for (int i = 0; i < ORDER; i++)
		{
			double		s = start + length * nodes[i];

			part += weights[i] * exp(-delta * s) * condensed_purchases(c, s);
		}
		sum += part * length;
		start += length;
		if (t - start <= 1e-14 * t)
			break;
	}
	return delta * sum;
}

/* Expected purchases within t, discounted. */
double
condensed_discounted(const CondensedAlive *c, double t, double delta)
{
	if (!(t > 0.0))
		return 0.0;
	if (delta == 0.0)
		return condensed_purchases(c, t);
	if (delta * t > MAX_DISCOUNT)
		return residual(c, delta);
	return exp(-delta * t) * condensed_purchases(c, t) + waiting(c, t, delta);
}
