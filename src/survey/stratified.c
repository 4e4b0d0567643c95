/*
 * stratified.c
 *		Estimates from a stratified sample. Pure C.
 *
 * Cochran, Sampling Techniques, 3rd ed. 1977, sections 5.3 to 5.4 and 5.10:
 *		estimate = sum N_h y_h / N
 *		variance = sum (N_h / N)^2 (1 - n_h / N_h) s_h^2 / n_h
 * with s_h^2 = n_h p_h (1 - p_h) / (n_h - 1) for a proportion.
 *
 * The interval of a mean is Student's, with Satterthwaite's degrees of freedom
 * (eq. 5.16). That of a proportion is Wilson's with the effective sample size
 * p (1 - p) / variance (Korn, Graubard, Survey Methodology 24 (1998) 193, for
 * the idea; Dean, Pagano, J. Survey Stat. Methodology 3 (2015) 484, for
 * Wilson's): it stays within 0 and 1 and does not shrink to a point when all of
 * a sample agree. Then, as the variance is no help, the effective size is that
 * of a simple random sample of as many, n / (1 - n / N).
 */
#include <math.h>

#include "math/beta_inverse.h"
#include "math/sum.h"
#include "survey/proportion.h"
#include "survey/stratified.h"

/* Student's quantile: degrees / (degrees + t^2) is a beta variable. */
double
student_quantile(double confidence, double degrees)
{
	double		complement;
	double		x;

	if (degrees > 1e15)
		return two_sided_quantile(confidence);
	x = incomplete_beta_inverse(degrees / 2, 0.5, 1 - confidence, confidence,
								&complement);
	return sqrt(complement / x * degrees);
}

/* The weighted mean */
static double
weighted_mean(const SampledStratum *strata, size_t nstrata, double *members)
{
	LongSum		sum = {0, 0};

	*members = 0;
	for (size_t i = 0; i < nstrata; i++)
		*members += strata[i].population;
	for (size_t i = 0; i < nstrata; i++)
		long_sum_add(&sum, strata[i].population / *members * strata[i].mean);
	return long_sum_value(&sum);
}

/* What a stratum adds to the variance */
static double
variance_part(const SampledStratum *stratum, double members)
{
	double		weight = stratum->population / members;

	/* all of it was seen */
	if (stratum->sampled == stratum->population)
		return 0;
	return weight * weight *
		((stratum->population - stratum->sampled) / stratum->population) *
		(stratum->variance / stratum->sampled);
}

/* The estimate of a mean */
void
stratified_mean(const SampledStratum *strata, size_t nstrata,
				double confidence, StratifiedEstimate *result)
{
	double		members;
	LongSum		variance = {0, 0};
	double		squares = 0;
	double		greatest = 0;
	double		half = 0;

	result->estimate = weighted_mean(strata, nstrata, &members);
	for (size_t i = 0; i < nstrata; i++)
	{
		double		part = variance_part(&strata[i], members);

		long_sum_add(&variance, part);
		if (part > greatest)
			greatest = part;
	}
	for (size_t i = 0; i < nstrata; i++)
	{
		double		part = variance_part(&strata[i], members);

		if (part > 0)
			squares += (part / greatest) * (part / greatest) /
				(strata[i].sampled - 1);
	}
	result->std_error = sqrt(long_sum_value(&variance));
	if (result->std_error > 0)
	{
		double		sum = long_sum_value(&variance) / greatest;

		half = student_quantile(confidence, sum * sum / squares) *
			result->std_error;
	}
	else if (isnan(result->std_error))
		half = NAN;
	result->low = result->estimate - half;
	result->high = result->estimate + half;
}

/* The estimate of a proportion */
void
stratified_proportion(SampledStratum *strata, size_t nstrata,
					  double confidence, StratifiedEstimate *result)
{
	double		members;
	double		sampled = 0;
	double		effective;
	LongSum		variance = {0, 0};
	double		p;
	ProportionInterval interval;

	for (size_t i = 0; i < nstrata; i++)
	{
		SampledStratum *stratum = &strata[i];

		stratum->variance = stratum->sampled > 1 ?
			stratum->mean * (1 - stratum->mean) * stratum->sampled /
			(stratum->sampled - 1) : NAN;
		sampled += stratum->sampled;
	}
	p = weighted_mean(strata, nstrata, &members);
	/* weights may sum to a little more than 1 */
	p = p > 1 ? 1 : p;
	for (size_t i = 0; i < nstrata; i++)
		long_sum_add(&variance, variance_part(&strata[i], members));
	result->estimate = p;
	result->std_error = sqrt(long_sum_value(&variance));
	if (isnan(result->std_error))
	{
		result->low = result->high = NAN;
		return;
	}
	if (sampled == members)
	{
		result->low = result->high = p;
		return;
	}
	if (result->std_error > 0 && p > 0 && p < 1)
		effective = p * (1 - p) / (result->std_error * result->std_error);
	else
		effective = sampled / ((members - sampled) / members);
	wilson_interval(p * effective, effective, confidence, false, &interval);
	result->low = interval.low;
	result->high = interval.high;
}
