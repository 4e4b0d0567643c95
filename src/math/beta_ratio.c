/*
 * beta_ratio.c
 *		ln [B(a, b) / B(a, b + u)] without cancellation.
 *
 * It is the second difference of ln Gamma,
 *
 *		R = ln Gamma(b + a + u) - ln Gamma(b + a) - ln Gamma(b + u)
 *			+ ln Gamma(b),
 *
 * symmetric in a and u, and positive as ln Gamma is convex. Four logarithms of
 * size 1e5 may leave a difference of 1e-9, and even two differences of
 * ln Gamma, each right to the last digit, cancel when both a and u are small
 * beside b. So it is computed from positive parts alone.
 *
 * 1. Up to b = 10 by the recurrence, each step of which is
 *
 *		R(b) = R(b + 1) + ln(1 + a u / (b (b + a + u))).
 *
 * 2. From there, with a the smaller of the two, by Gauss-Legendre quadrature of
 *
 *		R = int_0^a [psi(b + u + s) - psi(b + s)] ds
 *
 *	  if a is at most a quarter of b: the integrand is smooth on the scale of b,
 *	  so that six nodes give all digits (the nearest singularity is nine half
 *	  lengths away from the middle: an error of 18^-12).
 *
 * 3. Otherwise as the difference of two differences, which then are no more
 *	  than some ten times as large as R.
 */
#include "math/beta_ratio.h"

#include <math.h>

#include "math/gamma.h"
#include "math/quadrature.h"

#define QUADRATURE_FROM	10.0

/* ln [B(a, b) / B(a, b + u)] */
double
log_beta_ratio(double a, double b, double u)
{
	double		excess = 0.0;	/* product of the steps - 1 */
	double		sum = 0.0;

	if (!(a > 0.0) || !(b > 0.0) || !(u >= 0.0) || isinf(a) || isinf(b) ||
		isinf(u))
		return NAN;
	if (u == 0.0)
		return 0.0;
	if (a > u)
	{
		double		swap = a;

		a = u;
		u = swap;
	}
	for (; b < QUADRATURE_FROM; b += 1.0)
	{
		double		step = a / b * (u / (b + a + u));

		excess += step + excess * step;
	}
	if (a <= 0.25 * b)
	{
		int			order = a <= 0.03 * b ? 4 : 6;
		const double *nodes = gauss_legendre_nodes(order);
		const double *weights = gauss_legendre_weights(order);

		for (int i = 0; i < order; i++)
			sum += weights[i] * digamma_difference(b + a * nodes[i], u);
		sum *= a;
	}
	else
		sum = log_gamma_difference(b + u, a) - log_gamma_difference(b, a);
	return sum + log1p(excess);
}
