/*
 * beta_binomial_future.c
 *		BG/BB: what is to be expected of a customer who is alive.
 *
 * Given that, what is known of p and theta are two beta distributions again,
 * with alpha + x, beta + n - x and gamma, delta + n: past opportunities are
 * counted into the parameters, and the customer is as good as new.
 *
 * The expected number of opportunities at which one is still alive is a sum of
 * (delta)_i / (gamma + delta)_i (1 + d)^-i. Without discount it telescopes:
 *
 *		sum over i = 1 .. n = delta [(delta + 1)_n/(gamma + delta)_n - 1] / (1 - gamma)
 *
 * (Fader, Hardie & Shang 2010, equation 7, is this with gamma functions). Both
 * brackets vanish at gamma = 1, together: as expm1(l)/(1 - gamma), where l is
 * the logarithm, which is relatively accurate in 1 - gamma, there is nothing
 * special about 1.
 *
 * With a discount and no end it is E[(1 - theta)/(d + theta)], that is
 *
 *		delta/(gamma + delta) 1/d 2F1(1, gamma; gamma + delta + 1; -1/d)
 *
 * and Gauss's continued fraction for it (DLMF 15.7.1) has positive elements
 * alone. The textbook form, 2F1(1, delta + 1; gamma + delta + 1; 1/(1 + d)), is
 * the same after a transformation, and converges as slowly as the sum itself.
 */
#include "clv/family/beta_binomial.h"

#include <math.h>

#include "math/beta.h"
#include "math/gamma.h"
#include "math/quadrature.h"

/* Sums are formed term by term up to here: without a discount, and with one. */
#define SHORT		48
#define SHORT_DISCOUNTED	512

/* Steps of the continued fraction; beyond them quadrature is cheaper. */
#define MAX_STEPS	2000

/* Without discount. */
static double
undiscounted(double gamma, double delta, double n)
{
	double		e = 1.0 - gamma;
	double		term = 1.0;
	double		sum = 0.0;

	if (isinf(n))
		return gamma > 1.0 ? delta / (gamma - 1.0) : INFINITY;
	if (n <= SHORT)
	{
		for (int i = 0; i < n; i++)
		{
			term *= (delta + i) / (gamma + delta + i);
			sum += term;
		}
		return sum;
	}
	if (e == 0.0)
		return delta * digamma_difference(delta + 1.0, n);
	return delta * (expm1(log_falling_ratio(delta + 1.0, -e, n)) / e);
}

/*
 * E[(1 - theta)/(d + theta)] by the even part of the continued fraction,
 *		1/(1 + c1 - c1 c2/(1 + c2 + c3 - c3 c4/(1 + c4 + c5 - ...))),
 * evaluated forwards by Steed's method; NAN if it is too slow.
 */
static double
endless_fraction(double gamma, double delta, double d)
{
	double		c = gamma + delta;
	double		odd = gamma / ((c + 1.0) * d);	/* c1 */
	double		denominator = 1.0 / (1.0 + odd);
	double		step = denominator;
	double		sum = step;

	for (int j = 1; j <= MAX_STEPS; j++)
	{
		double		at = c + 2.0 * j;
		double		even = j * (delta + j) / ((at - 1.0) * at * d);
		double		next = (gamma + j) * (c + j) / (at * (at + 1.0) * d);
		double		a = odd * even;
		double		before = denominator;

		denominator = 1.0 / (1.0 + even + next - a * before);
		step *= a * before * denominator;
		sum += step;
		if (fabs(step) <= 1e-17 * sum)
			return sum * delta / (c * d);
		odd = next;
	}
	return NAN;
}

/* What is averaged over theta where neither sum nor fraction is short. */
typedef struct DiscountAverage
{
	double		n;
	double		rate;
} DiscountAverage;

/* Sum of q^i, i = 1 .. n, with q = (1 - theta)/(1 + d) */
static double
geometric_sum(double theta, double complement, void *context)
{
	const DiscountAverage *average = context;
	double		away = theta + average->rate;	/* (1 - q)(1 + d) */
	double		ends;

	if (isinf(average->n))
		ends = 1.0;
	else if (complement < 0.5)
		ends = -expm1(average->n * log(complement / (1.0 + average->rate)));
	else
		ends = -expm1(average->n * (log1p(-theta) - log1p(average->rate)));
	return complement * ends / away;
}

/* Opportunities to come while alive, each discounted. */
double
beta_binomial_opportunities(double gamma, double delta, double n, double rate)
{
	DiscountAverage average = {n, rate};

	/* discounted beyond any number, nothing is left, and no sum would end */
	if (!(n > 0.0) || isinf(rate))
		return 0.0;
	if (rate == 0.0)
		return undiscounted(gamma, delta, n);

	/* One after the other, as far as the discount leaves anything. */
	if (n <= SHORT_DISCOUNTED || rate > 0.25)
	{
		double		q = 1.0 / (1.0 + rate);
		double		term = 1.0;
		double		sum = 0.0;

		for (double i = 0.0; i < n; i += 1.0)
		{
			term *= q * ((delta + i) / (gamma + delta + i));
			sum += term;
			if (term <= 1e-17 * rate * sum)
				break;
		}
		return sum;
	}

	/* The endless sum, less what comes after n: where that is not nearly all. */
	if (isinf(n) || rate * n > 0.2)
	{
		double		all = endless_fraction(gamma, delta, rate);
		double		after = 0.0;

		if (!isinf(n))
			after = exp(log_falling_ratio(delta, gamma, n) - n * log1p(rate));
		if (after > 0.0)
			after *= endless_fraction(gamma, delta + n, rate);
		if (!isnan(all) && !isnan(after))
			return all - after;
	}
	return beta_expectation(gamma, delta, geometric_sum, &average);
}

/*
 * P(k purchases at the next n opportunities): alive at n, or left after i of
 * them, i = k .. n-1 (Fader, Hardie & Shang 2010, equation 4). The sum is over
 *		C(i, k) B(alpha + k, beta + i - k) B(gamma + 1, delta + i),
 * by ratios. It starts at i = k, where the term may be far too small for a
 * double, so its logarithm is kept apart.
 */
double
beta_binomial_mass(const double *parameters, double k, double n)
{
	double		alpha = parameters[BG_BB_ALPHA];
	double		beta = parameters[BG_BB_BETA];
	double		gamma = parameters[BG_BB_GAMMA];
	double		delta = parameters[BG_BB_DELTA];
	double		x;
	double		complement;
	double		log_alive;
	double		log_scale;
	double		term = 1.0;
	double		sum = 0.0;
	double		turn;

	if (k < 0.0 || k > n)
		return 0.0;
	if (k == 0.0)
	{
		BetaBinomialPast past;

		beta_binomial_past(parameters, 0.0, 0.0, n, &past);
		return (past.alive + past.left) * gamma / (gamma + delta);
	}

	/*
	 * C(n, k) B(alpha + k, beta + n - k)/B(alpha, beta) from three beta
	 * densities about the mean, where none of them is a difference of large
	 * numbers.
	 */
	x = (alpha + k) / (alpha + beta + n);
	complement = (beta + (n - k)) / (alpha + beta + n);
	log_alive = log_beta_kernel(alpha, beta, x, complement) +
		log_beta_kernel(k + 1.0, n - k + 1.0, x, complement) -
		log_beta_kernel(alpha + k, beta + (n - k), x, complement) -
		log((n + 1.0) * x * complement) + log_falling_ratio(delta, gamma, n);

	/*
	 * Terms rise where (i+1)(beta+i-k)(delta+i) is more than
	 * (i+1-k)(alpha+beta+i)(gamma+delta+i+1). The difference is a quadratic
	 * in i, -(alpha + gamma + 1) i^2 + linear i + ...: once beyond its top
	 * and falling, they fall for good.
	 */
	turn = ((beta - k) * (delta + 1.0) + delta) -
		((alpha + beta) * (gamma + delta + 1.0) +
		 (1.0 - k) * (alpha + beta + gamma + delta + 1.0));
	turn /= 2.0 * (alpha + gamma + 1.0);

	log_scale = log_falling_ratio(alpha, beta, k) +
		log_falling_ratio(delta, gamma, k) + log(gamma / (gamma + delta + k));
	for (double i = k; i < n; i += 1.0)
	{
		double		ratio = (i + 1.0) * (beta + (i - k)) * (delta + i) /
			((i + 1.0 - k) * (alpha + beta + i) * (gamma + delta + i + 1.0));

		sum += term;
		term *= ratio;
		if (term > 1e200)
		{
			term *= 1e-200;
			sum *= 1e-200;
			log_scale += 460.51701859880913680; /* ln 1e200 */
		}
		if (ratio < 1.0 && i > turn && term * (n - i) <= 1e-17 * sum)
			break;
	}
	return exp(log_alive) + (sum > 0.0 ? exp(log_scale + log(sum)) : 0.0);
}
