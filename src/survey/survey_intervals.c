/*
 * survey_intervals.c
 *		Sample sizes, intervals and comparisons of two rates: what SQL calls.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"

#include "number_text.h"
#include "survey/finite_population.h"
#include "survey/proportion.h"
#include "survey/survey_arguments.h"

PG_FUNCTION_INFO_V1(clientele_sample_size);
PG_FUNCTION_INFO_V1(clientele_wilson_interval);
PG_FUNCTION_INFO_V1(clientele_clopper_pearson_interval);
PG_FUNCTION_INFO_V1(clientele_jeffreys_interval);
PG_FUNCTION_INFO_V1(clientele_agresti_coull_interval);
PG_FUNCTION_INFO_V1(clientele_finite_population_interval);
PG_FUNCTION_INFO_V1(clientele_difference_of_proportions);
PG_FUNCTION_INFO_V1(clientele_rate_ratio);

/* sample_size(margin, confidence, expected, population): NULL is infinite */
Datum
clientele_sample_size(PG_FUNCTION_ARGS)
{
	double		margin;
	double		confidence;
	double		expected;
	double		population = INFINITY;
	double		size;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	margin = checked_fraction(PG_GETARG_FLOAT8(0), "margin",
							  "It is half the width of the interval, a fraction, such as 0.05 for plus or minus 5 percentage points.");
	confidence = checked_confidence(PG_GETARG_FLOAT8(1));
	expected = checked_fraction(PG_GETARG_FLOAT8(2), "expected proportion",
								"It is a fraction; 0.5 is right whatever it turns out to be.");
	if (!PG_ARGISNULL(3))
	{
		population = checked_count(PG_GETARG_INT64(3), "population");
		if (population == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("population must be at least 1"),
					 errdetail("It is 0."),
					 errhint("NULL stands for a population without end.")));
	}
	size = ceil(cochran_sample_size(margin, confidence, expected, population));
	if (size > (double) MAX_COUNT)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("sample size is out of range"),
				 errdetail("It would be %s.", number_text(size)),
				 errhint("Allow a greater margin than %s, or give the population.",
						 number_text(margin))));
	PG_RETURN_INT64((int64) fmin(fmax(size, 1), population));
}

/* Take successes, n and confidence, and answer with the interval's row. */
static Datum
answer_proportion(FunctionCallInfo fcinfo,
				  void (*interval) (double x, double n, double confidence,
									ProportionInterval *result))
{
	double		x;
	double		n;
	ProportionInterval result;
	double		numbers[3];

	checked_sample(PG_GETARG_INT64(0), PG_GETARG_INT64(1), &x, &n);
	interval(x, n, checked_confidence(PG_GETARG_FLOAT8(2)), &result);
	numbers[0] = result.estimate;
	numbers[1] = result.low;
	numbers[2] = result.high;
	return row_of_float8(fcinfo, numbers, 3);
}

static void
wilson_plain(double x, double n, double confidence, ProportionInterval *result)
{
	wilson_interval(x, n, confidence, false, result);
}

static void
wilson_continuity(double x, double n, double confidence,
				  ProportionInterval *result)
{
	wilson_interval(x, n, confidence, true, result);
}

Datum
clientele_wilson_interval(PG_FUNCTION_ARGS)
{
	return answer_proportion(fcinfo, PG_GETARG_BOOL(3) ? wilson_continuity :
							 wilson_plain);
}

Datum
clientele_clopper_pearson_interval(PG_FUNCTION_ARGS)
{
	return answer_proportion(fcinfo, clopper_pearson_interval);
}

Datum
clientele_jeffreys_interval(PG_FUNCTION_ARGS)
{
	return answer_proportion(fcinfo, jeffreys_interval);
}

Datum
clientele_agresti_coull_interval(PG_FUNCTION_ARGS)
{
	return answer_proportion(fcinfo, agresti_coull_interval);
}

/* finite_population_interval(successes, n, population, confidence) */
Datum
clientele_finite_population_interval(PG_FUNCTION_ARGS)
{
	double		x;
	double		n;
	double		population = checked_count(PG_GETARG_INT64(2), "population");
	double		tail = (1 - checked_confidence(PG_GETARG_FLOAT8(3))) / 2;
	double		numbers[3];

	checked_sample(PG_GETARG_INT64(0), PG_GETARG_INT64(1), &x, &n);
	if (population < n)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("population must not be smaller than the sample"),
				 errdetail("A sample of " INT64_FORMAT " was drawn from " INT64_FORMAT ".",
						   PG_GETARG_INT64(1), PG_GETARG_INT64(2)),
				 errhint("Members are drawn once each; count all that could have been drawn.")));
	if (n > FINITE_MAX_SAMPLE || population > FINITE_MAX_POPULATION)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("sample or population is too large for an exact interval"),
				 errdetail("The sample is %s of at most %s, the population %s of at most %s.",
						   number_text(n), number_text(FINITE_MAX_SAMPLE),
						   number_text(population),
						   number_text(FINITE_MAX_POPULATION)),
				 errhint("Use clopper_pearson_interval(), which is no narrower.")));
	numbers[0] = x / n;
	numbers[1] = finite_population_low(x, n, population, tail) / population;
	survey_interrupt();
	numbers[2] = finite_population_high(x, n, population, tail) / population;
	return row_of_float8(fcinfo, numbers, 3);
}

/* difference_of_proportions(successes, n, other_successes, other_n, confidence) */
Datum
clientele_difference_of_proportions(PG_FUNCTION_ARGS)
{
	double		x1;
	double		n1;
	double		x2;
	double		n2;
	ProportionDifference result;
	double		numbers[5];

	checked_sample(PG_GETARG_INT64(0), PG_GETARG_INT64(1), &x1, &n1);
	checked_sample(PG_GETARG_INT64(2), PG_GETARG_INT64(3), &x2, &n2);
	difference_of_proportions(x1, n1, x2, n2,
							  checked_confidence(PG_GETARG_FLOAT8(4)), &result);
	numbers[0] = result.difference;
	numbers[1] = result.low;
	numbers[2] = result.high;
	numbers[3] = result.z;
	numbers[4] = result.p_value;
	return row_of_float8(fcinfo, numbers, 5);
}

/* An exposure that events can have happened in */
static double
checked_exposure(double exposure, int64 events, const char *what)
{
	if (!(exposure >= 0) || isinf(exposure))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be finite and not negative", what),
				 errdetail("It is %s.", number_text(exposure)),
				 errhint("It is the time, or the number of customers, in which events were counted.")));
	if (exposure == 0 && events > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not be 0 where events were counted", what),
				 errdetail("In no exposure there were " INT64_FORMAT " events.",
						   events),
				 errhint("It is the time, or the number of customers, in which events were counted.")));
	return exposure;
}

/* rate_ratio(events_now, exposure_now, events_before, exposure_before, confidence) */
Datum
clientele_rate_ratio(PG_FUNCTION_ARGS)
{
	double		now = checked_count(PG_GETARG_INT64(0), "events_now");
	double		before = checked_count(PG_GETARG_INT64(2), "events_before");
	double		exposure_now = checked_exposure(PG_GETARG_FLOAT8(1),
												PG_GETARG_INT64(0),
												"exposure_now");
	double		exposure_before = checked_exposure(PG_GETARG_FLOAT8(3),
												   PG_GETARG_INT64(2),
												   "exposure_before");
	double		confidence = checked_confidence(PG_GETARG_FLOAT8(4));
	int			exponent;
	RateRatio	result;
	double		numbers[4];

	/* only their ratio matters: neither their sum nor it is to overflow */
	(void) frexp(fmax(exposure_now, exposure_before), &exponent);
	rate_ratio(now, ldexp(exposure_now, -exponent), before,
			   ldexp(exposure_before, -exponent), confidence, &result);
	if (isinf(result.ratio) || isinf(result.high) ||
		(exposure_now > 0 && ldexp(exposure_now, -exponent) == 0) ||
		(exposure_before > 0 && ldexp(exposure_before, -exponent) == 0))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("rate ratio is out of range for type double precision"),
				 errdetail("The exposures are %s and %s.",
						   number_text(exposure_now),
						   number_text(exposure_before)),
				 errhint("Measure both in the same unit.")));
	numbers[0] = result.ratio;
	numbers[1] = result.low;
	numbers[2] = result.high;
	numbers[3] = result.p_value;
	return row_of_float8(fcinfo, numbers, 4);
}
