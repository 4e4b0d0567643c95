/*
 * proportion.h
 *		Sample sizes, and intervals of proportions and rates. Pure C.
 *
 * Counts are whole numbers in doubles, exact up to 2^53. Arguments have been
 * checked by the caller: 0 <= x <= n, n > 0, 0 < confidence < 1.
 */
#ifndef CLIENTELE_SURVEY_PROPORTION_H
#define CLIENTELE_SURVEY_PROPORTION_H

#include <stdbool.h>

typedef struct ProportionInterval
{
	double		estimate;
	double		low;
	double		high;
} ProportionInterval;

/* A difference of two proportions, and the test of their equality. */
typedef struct ProportionDifference
{
	double		difference;
	double		low;
	double		high;
	double		z;				/* NAN where both samples are all 0 or all 1 */
	double		p_value;
} ProportionDifference;

/* A ratio of two rates; NAN where the rate before is 0. */
typedef struct RateRatio
{
	double		ratio;
	double		low;
	double		high;
	double		p_value;
} RateRatio;

/* The standard normal quantile z with P(|Z| < z) = confidence */
extern double two_sided_quantile(double confidence);

/* P(|Z| > |z|) */
extern double two_sided_p_value(double z);

/* The sample size before rounding; population INFINITY: no correction */
extern double cochran_sample_size(double margin, double confidence,
								  double expected, double population);

extern void wilson_interval(double x, double n, double confidence,
							bool continuity, ProportionInterval *result);
extern void clopper_pearson_interval(double x, double n, double confidence,
									 ProportionInterval *result);
extern void jeffreys_interval(double x, double n, double confidence,
							  ProportionInterval *result);
extern void agresti_coull_interval(double x, double n, double confidence,
								   ProportionInterval *result);
extern void difference_of_proportions(double x1, double n1,
									  double x2, double n2, double confidence,
									  ProportionDifference *result);
extern void rate_ratio(double events_now, double exposure_now,
					   double events_before, double exposure_before,
					   double confidence, RateRatio *result);

#endif							/* CLIENTELE_SURVEY_PROPORTION_H */
