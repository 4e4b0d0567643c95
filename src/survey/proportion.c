/*
 * proportion.c
 *		Sample sizes, and intervals of proportions and rates. Pure C.
 *
 * Sources:
 *	 sample size		Cochran, Sampling Techniques, 3rd ed. 1977, section 4.4
 *	 Wilson				Wilson, JASA 22 (1927) 209; with the correction for
 *						continuity Newcombe, Stat. Med. 17 (1998) 857, method 4
 *	 Clopper-Pearson	Biometrika 26 (1934) 404
 *	 Jeffreys			Brown, Cai, DasGupta, Stat. Science 16 (2001) 101, 3.1.2
 *						and 4.3
 *	 Agresti-Coull		Am. Statistician 52 (1998) 119
 *	 difference			Newcombe, Stat. Med. 17 (1998) 873, method 10
 *	 ratio of rates		Przyborowski, Wilenski, Biometrika 31 (1940) 313: given
 *						the sum of two Poisson counts, one of them is binomial
 *
 * Where the naive form fails: the lower end of Wilson's interval as center
 * minus half width loses its digits for one success in a billion. It is a root of a
 * quadratic: the greater root is a sum without cancellation, and the product of
 * both is known.
 */
#include <math.h>
#include <stddef.h>

#include "math/beta.h"
#include "math/beta_inverse.h"
#include "math/normal.h"
#include "survey/proportion.h"

/* The standard normal quantile of a two-sided confidence */
double
two_sided_quantile(double confidence)
{
	/* from the tail that is left, which is exact for confidence >= 1/2 */
	return -normal_quantile((1 - confidence) / 2);
}

/* P(|Z| > |z|) */
double
two_sided_p_value(double z)
{
	return erfc(fabs(z) * 0.70710678118654752440);
}

/* Sample size for a proportion, before rounding */
double
cochran_sample_size(double margin, double confidence, double expected,
					double population)
{
	double		z = two_sided_quantile(confidence);
	double		infinite = z * z * expected * (1 - expected) / margin / margin;

	/* n0 / (1 + (n0 - 1) / N), which is N for n0 = infinity */
	if (isinf(population))
		return infinite;
	if (isinf(infinite))
		return population;
	return infinite / (1 + (infinite - 1) / population);
}

/*
 * The lesser and the greater solution p of (p - c)^2 = z^2 p (1 - p) / n. Their
 * product is c^2 / (1 + z^2 / n).
 */
static double
score_sum(double c, double n, double z)
{
	return (2 * c + z * z / n +
			z * sqrt(z * z / n / n + 4 * c * (1 - c) / n)) / 2;
}

static double
score_low(double c, double n, double z)
{
	return c * c / score_sum(c, n, z);
}

static double
score_high(double c, double n, double z)
{
	return score_sum(c, n, z) / (1 + z * z / n);
}

/*
 * Wilson's interval: the proportions that a score test does not reject; with
 * the correction for continuity half a success is taken off or added.
 */
void
wilson_interval(double x, double n, double confidence, bool continuity,
				ProportionInterval *result)
{
	double		z = two_sided_quantile(confidence);
	double		shift = continuity ? 0.5 : 0;

	result->estimate = x / n;
	result->low = x == 0 ? 0 : score_low((x - shift) / n, n, z);
	result->high = n - x == 0 ? 1 : score_high((x + shift) / n, n, z);
}

/* The interval of those proportions that neither exact one-sided test rejects */
void
clopper_pearson_interval(double x, double n, double confidence,
						 ProportionInterval *result)
{
	double		tail = (1 - confidence) / 2;

	result->estimate = x / n;
	result->low = x == 0 ? 0 :
		incomplete_beta_inverse(x, n - x + 1, tail, 1 - tail, NULL);
	result->high = x == n ? 1 :
		incomplete_beta_inverse(x + 1, n - x, 1 - tail, tail, NULL);
}

/*
 * The equal-tailed interval of the posterior Beta(x + 1/2, n - x + 1/2), which
 * reaches to 0 without successes and to 1 without failures.
 */
void
jeffreys_interval(double x, double n, double confidence,
				  ProportionInterval *result)
{
	double		tail = (1 - confidence) / 2;
	double		a = x + 0.5;
	double		b = n - x + 0.5;

	result->estimate = x / n;
	result->low = x == 0 ? 0 :
		incomplete_beta_inverse(a, b, tail, 1 - tail, NULL);
	result->high = x == n ? 1 :
		incomplete_beta_inverse(a, b, 1 - tail, tail, NULL);
}

/* The textbook interval about Wilson's center; it may leave [0, 1]. */
void
agresti_coull_interval(double x, double n, double confidence,
					   ProportionInterval *result)
{
	double		z = two_sided_quantile(confidence);
	double		trials = n + z * z;
	double		center = (x + z * z / 2) / trials;
	double		half = z * sqrt(center * (1 - center) / trials);

	result->estimate = x / n;
	result->low = center - half;
	result->high = center + half;
}

/* p1 - p2 by Newcombe's hybrid of two Wilson intervals, and the pooled z test */
void
difference_of_proportions(double x1, double n1, double x2, double n2,
						  double confidence, ProportionDifference *result)
{
	ProportionInterval first;
	ProportionInterval second;
	double		p = (x1 + x2) / (n1 + n2);
	double		q = ((n1 - x1) + (n2 - x2)) / (n1 + n2);
	double		spread = sqrt(p * q * (1 / n1 + 1 / n2));

	wilson_interval(x1, n1, confidence, false, &first);
	wilson_interval(x2, n2, confidence, false, &second);
	result->difference = first.estimate - second.estimate;
	result->low = result->difference -
		hypot(first.estimate - first.low, second.high - second.estimate);
	result->high = result->difference +
		hypot(first.high - first.estimate, second.estimate - second.low);
	result->z = spread > 0 ? result->difference / spread : NAN;
	result->p_value = two_sided_p_value(result->z);
}

/* P(X >= x) for X ~ Binomial(n, p), q = 1 - p */
static double
binomial_upper(double x, double n, double p, double q)
{
	return x <= 0 ? 1 : incomplete_beta(x, n - x + 1, p, q);
}

/* P(X <= x) */
static double
binomial_lower(double x, double n, double p, double q)
{
	return x >= n ? 1 : incomplete_beta(n - x, x + 1, q, p);
}

/*
 * The ratio of two Poisson rates. Given the sum of the counts the later one is
 * binomial, with odds of the ratio times that of the exposures; the interval of
 * Clopper and Pearson for its probability is turned into one for the ratio. The
 * p value of "no change" is twice the smaller exact tail, so that it is below
 * 1 - confidence just when the interval does not hold 1.
 */
void
rate_ratio(double events_now, double exposure_now, double events_before,
		   double exposure_before, double confidence, RateRatio *result)
{
	double		all = events_now + events_before;
	double		tail = (1 - confidence) / 2;
	double		scale = exposure_before / exposure_now;
	double		p = exposure_now / (exposure_now + exposure_before);
	double		q = exposure_before / (exposure_now + exposure_before);
	double		complement;
	double		x;

	result->ratio = result->low = result->high = result->p_value = NAN;
	if (!(exposure_now > 0) || !(exposure_before > 0))
		return;
	result->p_value = 2 * fmin(binomial_upper(events_now, all, p, q),
							   binomial_lower(events_now, all, p, q));
	if (result->p_value > 1)
		result->p_value = 1;
	if (events_before == 0)
		return;
	result->ratio = events_now / events_before * scale;
	if (events_now == 0)
		result->low = 0;
	else
	{
		x = incomplete_beta_inverse(events_now, events_before + 1,
									tail, 1 - tail, &complement);
		result->low = x / complement * scale;
	}
	x = incomplete_beta_inverse(events_now + 1, events_before,
								1 - tail, tail, &complement);
	result->high = x / complement * scale;
}
