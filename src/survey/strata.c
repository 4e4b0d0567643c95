/*
 * strata.c
 *		Samples of strata, and estimates from them: what SQL calls.
 *
 * Strata come as arrays, one element a stratum, as array_agg() makes them of
 * any query that has a row a stratum.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "number_text.h"
#include "survey/allocation.h"
#include "survey/stratified.h"
#include "survey/survey_arguments.h"

PG_FUNCTION_INFO_V1(clientele_proportional_allocation);
PG_FUNCTION_INFO_V1(clientele_neyman_allocation);
PG_FUNCTION_INFO_V1(clientele_stratified_proportion);
PG_FUNCTION_INFO_V1(clientele_stratified_mean);

/* The sizes of strata; *total is their sum. */
static AllocationStratum *
take_strata(ArrayType *array, int *nstrata, double *total)
{
	int64	   *sizes = array_of_int8(array, "populations", nstrata);
	AllocationStratum *strata = palloc0(sizeof(AllocationStratum) * (*nstrata + 1));

	*total = 0;
	for (int i = 0; i < *nstrata; i++)
	{
		strata[i].size = checked_count(sizes[i], "population of a stratum");
		*total += strata[i].size;
	}
	if (*total > (double) MAX_COUNT)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("population of all strata is too large"),
				 errdetail("It is %s, the limit is " INT64_FORMAT ".",
						   number_text(*total), MAX_COUNT),
				 errhint("Beyond 2^53 a count is not exact in a double.")));
	return strata;
}

/* Divide n among strata that have their weights, and return the rows. */
static Datum
answer_allocation(FunctionCallInfo fcinfo, AllocationStratum *strata,
				  int nstrata, double total, int64 n, int64 minimum)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum	   *names;
	bool	   *name_nulls;
	int			nnames;
	double		least = 0;
	double	   *breakpoints = palloc(sizeof(double) * 2 * (nstrata + 1));

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, false,
					  TYPALIGN_INT, &names, &name_nulls, &nnames);
	check_same_length(nnames, "strata", nstrata, "populations");
	checked_count(n, "n");
	checked_count(minimum, "minimum");
	if (n > total)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("sample is larger than the population"),
				 errdetail(INT64_FORMAT " are to be drawn of %s.", n,
						   number_text(total)),
				 errhint("sample_size() with a population never asks for more than there are.")));
	for (int i = 0; i < nstrata; i++)
		least += Min((double) minimum, strata[i].size);
	if (least > n)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("sample is too small for the minimum of each stratum"),
				 errdetail("%d strata take at least %s, %s was to be divided.",
						   nstrata, number_text(least),
						   number_text((double) n)),
				 errhint("Draw more, ask for less of each stratum, or put small strata together.")));
	if (nstrata > 0)
		allocate_sample(strata, nstrata, n, minimum, breakpoints);

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < nstrata; i++)
	{
		Datum		values[3];
		bool		nulls[3] = {false, false, false};

		values[0] = names[i];
		nulls[0] = name_nulls[i];
		values[1] = Int64GetDatum((int64) strata[i].size);
		values[2] = Int64GetDatum((int64) strata[i].sample);
		tuplestore_putvalues(info->setResult, info->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* proportional_allocation(strata, populations, n, minimum) */
Datum
clientele_proportional_allocation(PG_FUNCTION_ARGS)
{
	int			nstrata;
	double		total;
	AllocationStratum *strata = take_strata(PG_GETARG_ARRAYTYPE_P(1), &nstrata,
											&total);

	for (int i = 0; i < nstrata; i++)
		strata[i].weight = strata[i].size;
	return answer_allocation(fcinfo, strata, nstrata, total,
							 PG_GETARG_INT64(2), PG_GETARG_INT64(3));
}

/* Refuse a standard deviation that is none. */
static double
checked_deviation(double deviation)
{
	if (!(deviation >= 0) || isinf(deviation))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("standard deviation must be finite and not negative"),
				 errdetail("It is %s.", number_text(deviation)),
				 errhint("stddev_samp() gives it; sqrt(p * (1 - p)) is that of a proportion p.")));
	return deviation;
}

/* neyman_allocation(strata, populations, std_devs, n, minimum) */
Datum
clientele_neyman_allocation(PG_FUNCTION_ARGS)
{
	int			nstrata;
	int			ndeviations;
	double		total;
	double		greatest = 0;
	AllocationStratum *strata = take_strata(PG_GETARG_ARRAYTYPE_P(1), &nstrata,
											&total);
	float8	   *deviations = array_of_float8(PG_GETARG_ARRAYTYPE_P(2),
											 "std_devs", &ndeviations, false);

	check_same_length(nstrata, "populations", ndeviations, "std_devs");
	for (int i = 0; i < nstrata; i++)
		greatest = Max(greatest, checked_deviation(deviations[i]));
	for (int i = 0; i < nstrata; i++)
		strata[i].weight = greatest > 0 ?
			strata[i].size * (deviations[i] / greatest) : 0;
	return answer_allocation(fcinfo, strata, nstrata, total,
							 PG_GETARG_INT64(3), PG_GETARG_INT64(4));
}

/*
 * What was seen in strata with members; an error where nothing was seen. The
 * caller fills in mean and variance of the stratum that *place names.
 */
static SampledStratum *
take_sampled(FunctionCallInfo fcinfo, int *nstrata, int **places, int *length)
{
	int			n;
	int			nsampled;
	int64	   *populations = array_of_int8(PG_GETARG_ARRAYTYPE_P(0),
											"populations", &n);
	int64	   *sampled = array_of_int8(PG_GETARG_ARRAYTYPE_P(1), "sampled",
										&nsampled);
	SampledStratum *strata = palloc(sizeof(SampledStratum) * (n + 1));

	check_same_length(n, "populations", nsampled, "sampled");
	*places = palloc(sizeof(int) * (n + 1));
	*length = n;
	*nstrata = 0;
	for (int i = 0; i < n; i++)
	{
		SampledStratum *stratum = &strata[*nstrata];

		stratum->population = checked_count(populations[i],
											"population of a stratum");
		stratum->sampled = checked_count(sampled[i], "sample of a stratum");
		if (sampled[i] > populations[i])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("population must not be smaller than the sample"),
					 errdetail("Of stratum %d, " INT64_FORMAT " were seen of " INT64_FORMAT ".",
							   i + 1, sampled[i], populations[i]),
					 errhint("Members are drawn once each; count all that could have been drawn.")));
		if (populations[i] == 0)
			continue;
		if (sampled[i] == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a stratum has no sample"),
					 errdetail("Of the " INT64_FORMAT " members of stratum %d none was seen.",
							   populations[i], i + 1),
					 errhint("Draw some, or put the stratum together with one that is like it.")));
		(*places)[(*nstrata)++] = i;
	}
	return strata;
}

/* The estimate's row; NULL of no strata. */
static Datum
answer_estimate(FunctionCallInfo fcinfo, int nstrata,
				const StratifiedEstimate *estimate)
{
	double		numbers[4] = {NAN, NAN, NAN, NAN};

	if (nstrata > 0)
	{
		if (!isfinite(estimate->estimate) || isinf(estimate->std_error) ||
			isinf(estimate->low) || isinf(estimate->high))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("stratified estimate is out of range for type double precision"),
					 errdetail("It is %s, with a standard error of %s.",
							   number_text(estimate->estimate),
							   number_text(estimate->std_error)),
					 errhint("Measure in a greater unit.")));
		numbers[0] = estimate->estimate;
		numbers[1] = estimate->std_error;
		numbers[2] = estimate->low;
		numbers[3] = estimate->high;
	}
	return row_of_float8(fcinfo, numbers, 4);
}

/* stratified_proportion(populations, sampled, successes, confidence) */
Datum
clientele_stratified_proportion(PG_FUNCTION_ARGS)
{
	int			nstrata;
	int			length;
	int			nsuccesses;
	int		   *places;
	SampledStratum *strata = take_sampled(fcinfo, &nstrata, &places, &length);
	int64	   *successes = array_of_int8(PG_GETARG_ARRAYTYPE_P(2),
										  "successes", &nsuccesses);
	double		confidence = checked_confidence(PG_GETARG_FLOAT8(3));
	StratifiedEstimate estimate;

	check_same_length(length, "populations", nsuccesses, "successes");
	for (int i = 0; i < nstrata; i++)
	{
		double		x;
		double		n;

		checked_sample(successes[places[i]], (int64) strata[i].sampled, &x, &n);
		strata[i].mean = x / n;
	}
	if (nstrata > 0)
		stratified_proportion(strata, nstrata, confidence, &estimate);
	return answer_estimate(fcinfo, nstrata, &estimate);
}

/* stratified_mean(populations, sampled, means, std_devs, confidence) */
Datum
clientele_stratified_mean(PG_FUNCTION_ARGS)
{
	int			nstrata;
	int			length;
	int			nmeans;
	int			ndeviations;
	int		   *places;
	SampledStratum *strata = take_sampled(fcinfo, &nstrata, &places, &length);
	float8	   *means = array_of_float8(PG_GETARG_ARRAYTYPE_P(2), "means",
										&nmeans, false);
	float8	   *deviations = array_of_float8(PG_GETARG_ARRAYTYPE_P(3),
											 "std_devs", &ndeviations, true);
	double		confidence = checked_confidence(PG_GETARG_FLOAT8(4));
	StratifiedEstimate estimate;

	check_same_length(length, "populations", nmeans, "means");
	check_same_length(length, "populations", ndeviations, "std_devs");
	for (int i = 0; i < nstrata; i++)
	{
		double		mean = means[places[i]];

		if (!isfinite(mean))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("mean of a stratum must be finite"),
					 errdetail("That of stratum %d is %s.", places[i] + 1,
							   number_text(mean)),
					 errhint("Leave out members without a value.")));
		strata[i].mean = mean;
		/* one member has no deviation, whatever was given */
		strata[i].variance = NAN;
		if (strata[i].sampled > 1)
		{
			double		deviation = checked_deviation(deviations[places[i]]);

			strata[i].variance = deviation * deviation;
		}
	}
	if (nstrata > 0)
		stratified_mean(strata, nstrata, confidence, &estimate);
	return answer_estimate(fcinfo, nstrata, &estimate);
}
