/*
 * forecast_error.c
 *		brier(probability, outcome) and log_loss(probability, outcome) as sums
 *		in work.
 *
 * Neither needs the scores in order: the state is an array of three numbers,
 * the cases, the sum of their errors and what that has lost by rounding, so
 * that the order of rows does not show.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"

#include "flat.h"
#include "math/sum.h"
#include "number_text.h"
#include "score/evaluation/ranking.h"

PG_FUNCTION_INFO_V1(clientele_brier_add);
PG_FUNCTION_INFO_V1(clientele_log_loss_add);
PG_FUNCTION_INFO_V1(clientele_forecast_errors_union);
PG_FUNCTION_INFO_V1(clientele_forecast_errors_final);

#define NSUMS	3

/* The sums in an array, checked; it may have been written by hand. */
static float8 *
sums_of(ArrayType *array)
{
	float8	   *sums = (float8 *) ARR_DATA_PTR(array);

	if (ARR_NDIM(array) != 1 || ARR_DIMS(array)[0] != NSUMS ||
		ARR_HASNULL(array) || ARR_ELEMTYPE(array) != FLOAT8OID ||
		!(sums[0] >= 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid sums of forecast errors"),
				 errdetail("A state is an array of %d numbers: cases, the sum of their errors, and what it has lost by rounding.",
						   NSUMS),
				 errhint("Call the aggregate instead.")));
	return sums;
}

/* The state in an argument, to change */
static ArrayType *
writable_state(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
	{
		Datum		zeroes[NSUMS];

		for (int i = 0; i < NSUMS; i++)
			zeroes[i] = Float8GetDatum(0);
		return construct_array(zeroes, NSUMS, FLOAT8OID, sizeof(float8),
							   FLOAT8PASSBYVAL, TYPALIGN_DOUBLE);
	}
	if (flat_in_aggregate(fcinfo))
		return PG_GETARG_ARRAYTYPE_P(0);
	return PG_GETARG_ARRAYTYPE_P_COPY(0);
}

/* Add to the sums of a state. */
static void
add_sums(float8 *sums, float8 cases, float8 sum, float8 lost)
{
	LongSum		total;

	total.sum = sums[1];
	total.error = sums[2];
	sums[0] += cases;
	long_sum_add(&total, sum);
	sums[1] = total.sum;
	sums[2] = total.error + lost;
}

/* The transition of a row */
static Datum
add_forecast(FunctionCallInfo fcinfo, double (*error) (double, int),
			 const char *what)
{
	ArrayType  *state = writable_state(fcinfo);
	float8	   *sums = sums_of(state);
	float8		probability;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || isnan(PG_GETARG_FLOAT8(1)))
		PG_RETURN_POINTER(state);
	probability = PG_GETARG_FLOAT8(1);
	if (!(probability >= 0 && probability <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s needs probabilities as scores", what),
				 errdetail("There is a score of %s.", number_text(probability)),
				 errhint("A probability is from 0 to 1. Points become one by calibrate(), or by probability_from_points().")));
	add_sums(sums, 1, error(probability, PG_GETARG_BOOL(2)), 0);
	PG_RETURN_POINTER(state);
}

Datum
clientele_brier_add(PG_FUNCTION_ARGS)
{
	return add_forecast(fcinfo, squared_error, "brier()");
}

Datum
clientele_log_loss_add(PG_FUNCTION_ARGS)
{
	return add_forecast(fcinfo, logarithmic_error, "log_loss()");
}

/* The sums of both */
Datum
clientele_forecast_errors_union(PG_FUNCTION_ARGS)
{
	ArrayType  *state = writable_state(fcinfo);
	const float8 *other = sums_of(PG_GETARG_ARRAYTYPE_P(1));

	add_sums(sums_of(state), other[0], other[1], other[2]);
	PG_RETURN_POINTER(state);
}

/* The mean error; NULL without cases */
Datum
clientele_forecast_errors_final(PG_FUNCTION_ARGS)
{
	const float8 *sums = sums_of(PG_GETARG_ARRAYTYPE_P(0));
	LongSum		total;

	if (sums[0] == 0)
		PG_RETURN_NULL();
	total.sum = sums[1];
	total.error = sums[2];
	PG_RETURN_FLOAT8(long_sum_value(&total) / sums[0]);
}
