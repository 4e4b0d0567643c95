/*
 * finite_population.c
 *		The exact interval of a proportion in a finite population. Pure C.
 *
 * A sample without replacement of n out of N has a hypergeometric number of
 * successes. The interval holds the numbers of successes in the population
 * that neither one-sided exact test rejects, as Clopper and Pearson have it for
 * the binomial (Buonaccorsi, Biometrika 74 (1987) 215; Wright, Exact
 * Confidence Bounds when Sampling from Small Finite Universes, 1991). Tails are
 * sums of probabilities from x outwards, each the one before times a ratio.
 *
 * Where the naive form fails: the factorials of a population of 1e9 are
 * logarithms of 1e10 that cancel, and six digits are left. With any p a
 * hypergeometric probability is a product of two binomial ones by a third
 * (Loader 2000), and those come from log_beta_kernel(), which does not cancel.
 */
#include <float.h>
#include <math.h>

#include "math/beta.h"
#include "survey/finite_population.h"
#include "survey/proportion.h"

/* ln P(X = x), X ~ Binomial(n, p), q = 1 - p */
static double
log_binomial(double x, double n, double p, double q)
{
	if (n == 0)
		return 0;
	if (x == 0)
		return n * (p < q ? log1p(-p) : log(q));
	if (x == n)
		return n * (p < q ? log(p) : log1p(-q));
	return log_beta_kernel(x, n - x, p, q) + log(n / x / (n - x));
}

/* P(X = x), x within what is possible */
static double
hypergeometric(double x, double n, double successes, double population)
{
	double		p = n / population;
	double		q = (population - n) / population;

	if (q == 0)
		return 1;
	return exp(log_binomial(x, successes, p, q) +
			   log_binomial(n - x, population - successes, p, q) -
			   log_binomial(n, population, p, q));
}

/* The probabilities from x on in one direction, as a multiple of the first */
static double
sum_outwards(double x, double n, double successes, double population, bool up)
{
	double		rest = population - successes - n;
	double		sum = 1;
	double		term = 1;

	/* failures in the sample and both in what was not drawn limit the way */
	while (term > DBL_EPSILON / 8 * sum)
	{
		if (up)
			term *= (successes - x) / (x + 1) * ((n - x) / (rest + x + 1));
		else
			term *= x / (successes - x + 1) * ((rest + x) / (n - x + 1));
		sum += term;
		x += up ? 1 : -1;
	}
	return sum;
}

/* A tail; see finite_population.h */
double
hypergeometric_tail(double x, double n, double successes, double population,
					bool upper)
{
	double		least = fmax(0, n - (population - successes));
	double		most = fmin(n, successes);
	double		mean = n * (successes / population);

	if (upper ? x <= least : x >= most)
		return 1;
	if (upper ? x > most : x < least)
		return 0;
	/* the side of x on which the probabilities descend */
	if (upper ? x >= mean : x <= mean)
		return hypergeometric(x, n, successes, population) *
			sum_outwards(x, n, successes, population, upper);
	x += upper ? -1 : 1;
	return 1 - hypergeometric(x, n, successes, population) *
		sum_outwards(x, n, successes, population, !upper);
}

/* The smallest number of successes with P(X >= x) > tail */
double
finite_population_low(double x, double n, double population, double tail)
{
	double		low = x;		/* candidates, ascending: rejected below */
	double		high = floor(population * (x / n));
	double		step;
	double		spread = sqrt(n) * (population / n);

	if (x == 0)
		return 0;
	high = fmin(fmax(high, low), population - (n - x));
	/* the estimate is not rejected, but for a tail of about a half */
	while (high < population - (n - x) &&
		   !(hypergeometric_tail(x, n, high, population, true) > tail))
	{
		low = high + 1;
		high = fmin(high + fmax(1, floor(spread)), population - (n - x));
	}
	/* from there down in steps about as long as the interval */
	for (step = fmax(1, floor(spread)); high - step > low; step *= 2)
	{
		if (!(hypergeometric_tail(x, n, high - step, population, true) > tail))
		{
			low = high - step + 1;
			break;
		}
		high -= step;
	}
	while (low < high)
	{
		double		middle = floor(low + (high - low) / 2);

		if (hypergeometric_tail(x, n, middle, population, true) > tail)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* The greatest one with P(X <= x) > tail: seen from the failures, the smallest */
double
finite_population_high(double x, double n, double population, double tail)
{
	return population - finite_population_low(n - x, n, population, tail);
}
