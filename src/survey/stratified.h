/*
 * stratified.h
 *		Estimates from a stratified sample. Pure C.
 */
#ifndef CLIENTELE_SURVEY_STRATIFIED_H
#define CLIENTELE_SURVEY_STRATIFIED_H

#include <stdbool.h>
#include <stddef.h>

/* What was seen in a stratum: 0 < sampled <= population. */
typedef struct SampledStratum
{
	double		population;
	double		sampled;
	double		mean;
	double		variance;		/* of the sample, with n - 1; NAN for one */
} SampledStratum;

/* An estimate; the error and the interval are NAN where a stratum has too few. */
typedef struct StratifiedEstimate
{
	double		estimate;
	double		std_error;
	double		low;
	double		high;
} StratifiedEstimate;

extern void stratified_mean(const SampledStratum *strata, size_t nstrata,
							double confidence, StratifiedEstimate *result);

/* The same of proportions: the variance is not read. */
extern void stratified_proportion(SampledStratum *strata, size_t nstrata,
								  double confidence,
								  StratifiedEstimate *result);

/* The quantile t of Student's distribution with P(|T| < t) = confidence */
extern double student_quantile(double confidence, double degrees);

#endif							/* CLIENTELE_SURVEY_STRATIFIED_H */
