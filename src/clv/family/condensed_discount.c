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
 * over ln lambda. The function of y is a continued fraction (Gauss; DLMF 15.7.5)
 * all of whose parts are positive; its coefficients serve all nodes.
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

/* Phases that a panel can take, while there are waves. */
#define PANEL_PHASES	10.0

/* Waves are gone when they have fallen by this exponent. */
#define WAVES			28.0

/* Most of the fraction's coefficients; beyond, 2F1 knows another way. */
#define MAX_FRACTION	1000

typedef struct RateAverage
{
	const CondensedAlive *c;
	double		delta;
	double		centre;			/* of lambda */
	int			ncoefficients;	/* those there are yet */
	double		coefficient[MAX_FRACTION + 2];
} RateAverage;

/*
 * y 2F1(1, a; a + b'; -y) = y/(1 + k_1 y/(1 + k_2 y/(1 + ...))), from the back.
 * From one coefficient to the next the error falls by (w - 1) / (w + 1), w the
 * root of 1 + y, or faster; the k_n go to 1/4, so what is left out is put at
 * (1 + w) / 2.
 */
static double
value_of_staying(RateAverage *average, double y)
{
	const CondensedAlive *c = average->c;
	double		sum = c->a + c->b;
	double		root = sqrt(1.0 + y);
	double		length = 18.0 * root + 12.0;
	double		tail = 0.5 * (1.0 + root);
	int			n;

	if (!(length < MAX_FRACTION))
		return y * hypergeometric_2f1(1.0, c->a, sum, -y);
	n = (int) length;
	if (average->ncoefficients == 0)
	{
		average->coefficient[1] = c->a / sum;
		average->ncoefficients = 1;
	}
	while (average->ncoefficients < n)
	{
		double		m = (average->ncoefficients + 1) / 2;
		double	   *next = &average->coefficient[average->ncoefficients + 1];

		next[0] = m * (c->b + (m - 1.0)) /
			((sum + (2.0 * m - 2.0)) * (sum + (2.0 * m - 1.0)));
		next[1] = (c->a + m) * (sum + (m - 1.0)) /
			((sum + (2.0 * m - 1.0)) * (sum + 2.0 * m));
		average->ncoefficients += 2;
	}
	for (int i = n; i >= 1; i--)
		tail = 1.0 + average->coefficient[i] * y / tail;
	return y / tail;
}

/* The expectation's integrand, at lambda = centre e^u. */
static double
residual_at(double u, void *context)
{
	RateAverage *average = context;
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
	return exp(exponent) * sum * value_of_staying(average, y);
}

/* All purchases to come. */
static double
residual(const CondensedAlive *c, double delta)
{
	double		shape = c->r + 1.0;
	RateAverage average;

	average.c = c;
	average.delta = delta;
	average.centre = shape / c->alpha;
	average.ncoefficients = 0;

	/* the density of ln lambda at the centre, by Stirling's formula */
	return line_integral(residual_at, &average, 3.0 / sqrt(shape)) / c->phases *
		(c->r / shape) * sqrt(shape) * exp(-stirling_error(shape) - HALF_LOG_TWO_PI);
}

/* The integral, panel by panel. */
static double
waiting(const CondensedAlive *c, double t, double delta)
{
	double		turn = c->k > 1 ? 2.0 * sin(3.14159265358979323846 / c->k) *
		sin(3.14159265358979323846 / c->k) : INFINITY;
	double		faded = c->alpha * expm1(WAVES / c->r) / turn;
	double		sum = 0.0;
	double		start = 0.0;

	while (start < t)
	{
		double		length = 2.0 * (c->alpha + start);
		double		part = 0.0;
		double		turns;
		double		growth;
		int			order;
		const double *nodes;
		const double *weights;

		/* one root of unity turns slowest, and its waves fade last */
		if (start < faded || start == 0.0)
			length = fmin(length, PANEL_PHASES / (c->r + c->k) * (c->alpha + start));
		else
			length = fmin(length, start);
		length = fmin(length, 8.0 / delta);
		if (length > 0.75 * (t - start))
			length = length < t - start ? 0.5 * (t - start) : t - start;

		/* each good to 1e-12, or to 1e-11 where less than a tenth is waiting */
		turns = length * (c->r + c->k) / (c->alpha + start);
		growth = length / (c->alpha + start);
		order = turns < 2.5 && growth < 1.0 && delta * t < 0.3 ? 8 :
			(turns < 5.0 && growth < 1.2 ? 12 : 16);
		nodes = gauss_legendre_nodes(order);
		weights = gauss_legendre_weights(order);
		for (int i = 0; i < order; i++)
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
