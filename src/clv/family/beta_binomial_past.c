/*
 * beta_binomial_past.c
 *		BG/BB: what the past says of a customer, alive or gone.
 *
 * A customer with x purchases, the last at opportunity t of n, has left before
 * opportunity j + 1, for a j of t .. n-1, or is alive at n:
 *
 *		f(j) = B(alpha + x, beta + j - x) B(gamma + 1, delta + j)
 *		A	 = B(alpha + x, beta + n - x) B(gamma, delta + n)
 *
 * (over B(alpha, beta) B(gamma, delta)), and L = A + sum of f(j). Terms fall:
 *
 *		f(j+1)/f(j) = (beta + j - x)/(alpha + beta + j)
 *					  (delta + j)/(gamma + delta + j + 1),
 *
 * so relative to f(t) nothing overflows, and there is no gamma function in the
 * sum; A = f(n) (gamma + delta + n)/gamma.
 *
 * Long sums. T(k) = f(k) + f(k+1) + ... without end is f(k) times a 3F2 at 1,
 *		3F2(1, beta + k - x, delta + k; alpha + beta + k, gamma + delta + k + 1),
 * which falls like a power only. Thomae's transformation turns it into one with
 * terms that fall by a factor of k or so in each step. There are two of these,
 *
 *		(gamma + delta + k)/(alpha + x + gamma)
 *			3F2(1, alpha + x, alpha + beta - delta;
 *				alpha + beta + k, alpha + x + gamma + 1)
 *		(alpha + beta + k - 1)/(alpha + x + gamma)
 *			3F2(1, gamma + 1, gamma + 1 + delta - beta + x;
 *				gamma + delta + k + 1, alpha + x + gamma + 1)
 *
 * and in one of them at least all terms are positive: if alpha + beta < delta,
 * delta > beta. The sum that is wanted is T(t) - T(n). It may cancel, but then
 * L does not: T(n) = E[... theta / (theta + p - theta p)] is less than A, so no
 * digit of L = T(t) + (A - T(n)) is lost. No package has this: they add up the
 * terms, some of them with a gamma function each.
 */
#include "clv/family/beta_binomial.h"

#include <math.h>

#include "math/gamma.h"

/* As many terms are added up one by one. */
#define SHORT	48

/* Where Thomae's series is to start at least, so that it falls quickly. */
#define START	32.0

/* ln of (y)_n / (y + d)_n */
double
log_falling_ratio(double y, double d, double n)
{
	if (n <= 12.0)
	{
		double		above = 1.0;
		double		below = 1.0;

		if (fabs(d) < 0.125 * y)
		{
			/* near 1: what it differs from 1 by */
			double		excess = 0.0;

			for (int i = 0; i < n; i++)
				excess += (1.0 + excess) * (d / (y + i));
			return -log1p(excess);
		}
		for (int i = 0; i < n; i++)
		{
			above *= y + i;
			below *= y + d + i;
		}
		return log(above / below);
	}
	if (fabs(d) < n)
		return log_gamma_difference(y, d) - log_gamma_difference(y + n, d);
	return log_gamma_difference(y, n) - log_gamma_difference(y + d, n);
}

/*
 * T(k)/f(k) by one of Thomae's two series, in no more than limit terms; NAN if
 * they are too few.
 */
static double
endless_sum(const double *parameters, double x, double k, double limit)
{
	double		alpha = parameters[BG_BB_ALPHA];
	double		beta = parameters[BG_BB_BETA];
	double		gamma = parameters[BG_BB_GAMMA];
	double		delta = parameters[BG_BB_DELTA];
	double		s = alpha + x + gamma + 1.0;
	double		first_p = alpha + x;
	double		first_q = (alpha + beta) - delta;
	double		first_u = alpha + beta + k;
	double		second_p = gamma + 1.0;
	double		second_q = (delta - beta) + (gamma + 1.0 + x);
	double		second_u = gamma + delta + k + 1.0;
	double		p;
	double		q;
	double		u;
	double		factor;
	double		less_s;
	double		less_u;
	double		largest;
	double		smallest;
	double		term = 1.0;
	double		sum = 1.0;

	if (first_q >= 0.0 &&
		(second_q < 0.0 ||
		 first_p * first_q * second_u <= second_p * second_q * first_u))
	{
		p = first_p;
		q = first_q;
		u = first_u;
		factor = gamma + delta + k;
		less_s = gamma + 1.0;
		less_u = delta + k;
	}
	else
	{
		p = second_p;
		q = second_q;
		u = second_u;
		factor = alpha + beta + (k - 1.0);
		less_s = alpha + x;
		less_u = beta + (k - x);
	}
	largest = u > s ? u : s;
	smallest = u > s ? s : u;

	for (double i = 0.0; i < limit; i += 1.0)
	{
		double		rest;

		term *= (p + i) * (q + i) / ((u + i) * (s + i));
		sum += term;

		/*
		 * What is left is at most term (largest + i + 1) / rest: with that V,
		 * V(i) - V(i+1) is at least the term.
		 */
		rest = less_s + less_u - 1.0 - less_s * less_u / (smallest + (i + 1.0));
		if (term * (largest + (i + 1.0)) <= 1e-17 * sum * rest)
			return sum * factor / (s - 1.0);
	}
	return NAN;
}

/* The two kinds of pasts, relative to the one that ended right after last. */
void
beta_binomial_past(const double *parameters, double x, double last, double n,
				   BetaBinomialPast *past)
{
	double		alpha = parameters[BG_BB_ALPHA];
	double		beta = parameters[BG_BB_BETA];
	double		gamma = parameters[BG_BB_GAMMA];
	double		delta = parameters[BG_BB_DELTA];
	double		odds = (gamma + delta + n) / gamma; /* A/f(n) */
	double		to = n;
	double		term = 1.0;
	double		sum = 0.0;
	double		j = last;

	if (n - last > SHORT)
		to = fmin(n, fmax(last, START));

	for (; j < to; j += 1.0)
	{
		sum += term;
		term *= (beta + (j - x)) * (delta + j) /
			((alpha + beta + j) * (gamma + delta + (j + 1.0)));
	}
	if (j < n)
	{
		double		start = endless_sum(parameters, x, j, n - j);
		double		end = start > 0.0 ? endless_sum(parameters, x, n, n - j) : NAN;
		double		fall = exp(log_falling_ratio(beta + (j - x), alpha + x, n - j) +
							   log_falling_ratio(delta + j, gamma, n - j)) *
			(gamma + delta + j) / (gamma + delta + n);	/* f(n)/f(j) */

		if (end > 0.0)
		{
			/* T(n) gamma/(gamma + delta + n) < A, but for rounding */
			past->alive = term * fall * odds;
			past->left = sum + term * (start - fall * end);
			return;
		}

		for (; j < n && term * (n - j) > 1e-18 * sum; j += 1.0)
		{
			sum += term;
			term *= (beta + (j - x)) * (delta + j) /
				((alpha + beta + j) * (gamma + delta + (j + 1.0)));
		}
		if (j < n)
			term *= exp(log_falling_ratio(beta + (j - x), alpha + x, n - j) +
						log_falling_ratio(delta + j, gamma, n - j)) *
				(gamma + delta + j) / (gamma + delta + n);
	}
	past->alive = term * odds;
	past->left = sum;
}
