/*
 * beta_inverse.c
 *		The inverse of the regularized incomplete beta function.
 *
 * In the logit u = ln(x / (1 - x)) the density of a beta variable is
 * x^a (1-x)^b / B(a, b), which is log-concave, and so is its integral I_x(a, b).
 * Newton's method for ln I - ln p = 0 therefore cannot go astray: a tangent of a
 * concave function lies above it, so that each step ends at or below the
 * solution, from wherever it starts, and from below the steps ascend to it.
 * Of p and q the smaller is solved for (by I_x(a, b) = 1 - I_{1-x}(b, a)), so
 * that ln I is a logarithm of a number that has kept its digits.
 *
 * Where the naive form fails: Newton's method in x itself leaves [0, 1] for
 * small a, and creeps for p = 1e-12; a bracket in x has no digits where x is
 * 1e-300 or 1 - 1e-17.
 */
#include <float.h>
#include <math.h>
#include <stddef.h>

#include "math/beta.h"
#include "math/beta_inverse.h"
#include "math/gamma.h"
#include "math/normal.h"

#define MAX_STEPS 200

/* A logit about where I = p, p <= 1/2. */
static double
first_logit(double a, double b, double p)
{
	/* the power series' first term: I = x^a / (a B(a, b)) for small x */
	double		small = (log(p) + log(a) + log_beta(a, b)) / a;

	/* the logit is about normal, with mean ln(a / b) and variance 1/a + 1/b */
	if (a > 1 && b > 1)
		return log(a / b) + normal_quantile(p) * sqrt(1 / a + 1 / b);
	return small < -1 ? small : 0;
}

/* The logit with I = p for p <= 1/2, p > 0 */
static double
solve(double a, double b, double p)
{
	double		log_p = log(p);
	double		u = first_logit(a, b, p);
	double		below = -INFINITY;	/* the greatest u known to be too small */
	double		above = INFINITY;	/* the smallest u known to be too great */

	for (int step = 0; step < MAX_STEPS; step++)
	{
		double		odds = exp(-fabs(u));
		double		small = odds / (1 + odds);
		double		large = 1 / (1 + odds);
		double		x = u < 0 ? small : large;
		double		y = u < 0 ? large : small;
		double		value = incomplete_beta(a, b, x, y);
		double		next;

		if (value > 0)
		{
			double		error = log(value) - log_p;
			double		slope = exp(log_beta_kernel(a, b, x, y)) / value;

			if (error < 0)
				below = fmax(below, u);
			else
				above = fmin(above, u);
			next = u - error / slope;
			/* what a rounding of u moves, or I's own rounding, is the end */
			if (fabs(next - u) <= 4 * DBL_EPSILON * fmax(fabs(u), 1e-3))
				return next;
		}
		else
		{
			/* I underflows far below the solution, or x itself does */
			if (u < -745)
				return u;
			below = fmax(below, u);
			next = isinf(above) ? u + fmax(1, fabs(u)) : 0.5 * (u + above);
		}
		if (!(next > below && next < above))
		{
			/* rounding alone brings a tangent outside of both */
			if (isinf(below) || isinf(above))
				return u;
			next = below + 0.5 * (above - below);
			if (next == below || next == above)
				return next;
		}
		if (next < -800)
			next = -800;
		u = next;
	}
	return u;
}

/* The inverse; see beta_inverse.h */
double
incomplete_beta_inverse(double a, double b, double p, double q,
						double *complement)
{
	double		other = NAN;
	double		u;
	double		odds;

	if (complement == NULL)
		complement = &other;
	*complement = NAN;
	if (!(a > 0) || !(b > 0) || isinf(a) || isinf(b) ||
		!(p >= 0) || !(q >= 0) || p > 1 || q > 1)
		return NAN;
	if (p == 0 || q == 0)
	{
		*complement = p == 0;
		return q == 0;
	}
	u = p <= q ? solve(a, b, p) : -solve(b, a, q);
	odds = exp(-fabs(u));
	*complement = (u < 0 ? 1 : odds) / (1 + odds);
	return (u < 0 ? odds : 1) / (1 + odds);
}
