/*
 * concentration.c
 *		Type concentration: values whose inequality is asked for; its
 *		aggregates and measures.
 *
 * A state is the values as they came; the first question sorts a copy. A stored
 * value is sorted, so that all measures of it together cost one sort. Values that
 * are NULL, NaN, infinite or negative have no share in anything: they are skipped
 * and counted, and never end a scan.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "common/int.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/geo_decls.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "number_text.h"
#include "survey/concentration.h"
#include "survey/concentration_measures.h"
#include "survey/sort_values.h"
#include "survey/survey_arguments.h"

PG_FUNCTION_INFO_V1(clientele_concentration_add);
PG_FUNCTION_INFO_V1(clientele_concentration_add_count);
PG_FUNCTION_INFO_V1(clientele_concentration_add_share);
PG_FUNCTION_INFO_V1(clientele_concentration_union);
PG_FUNCTION_INFO_V1(clientele_concentration_final);
PG_FUNCTION_INFO_V1(clientele_concentration_customers);
PG_FUNCTION_INFO_V1(clientele_concentration_total);
PG_FUNCTION_INFO_V1(clientele_concentration_skipped);
PG_FUNCTION_INFO_V1(clientele_gini);
PG_FUNCTION_INFO_V1(clientele_herfindahl);
PG_FUNCTION_INFO_V1(clientele_top_share);
PG_FUNCTION_INFO_V1(clientele_top_share_final);
PG_FUNCTION_INFO_V1(clientele_share_of_top);
PG_FUNCTION_INFO_V1(clientele_share_of_top_final);
PG_FUNCTION_INFO_V1(clientele_customers_for_share);
PG_FUNCTION_INFO_V1(clientele_customers_for_share_final);
PG_FUNCTION_INFO_V1(clientele_lorenz_final);
PG_FUNCTION_INFO_V1(clientele_lorenz);

static const FlatLayout concentration_layout = {
	.type_name = "concentration",
	.element_name = "values",
	.version = 1,
	.header_size = offsetof(Concentration, values),
	.element_size = sizeof(float8),
	.first_size = 128,
	.max_elements = 134000000
};

/* A concentration of so many values, without a question */
Concentration *
concentration_create(uint32 n, bool growing)
{
	Concentration *state = flat_create(&concentration_layout, n, growing);

	state->question = NAN;
	return state;
}

/* The concentration in a datum, to read */
Concentration *
concentration_get(Datum datum)
{
	return flat_get(&concentration_layout, datum);
}

/* One value more */
Concentration *
concentration_append(Concentration *state, float8 value, bool growing)
{
	uint32		n = state->flat.n;

	if (n == state->flat.capacity)
		state = flat_enlarge(&concentration_layout, state, n + 1, growing);
	/* -0.0 + 0.0 is 0.0 */
	state->values[n] = value + 0.0;
	state->flat.n = n + 1;
	return state;
}

/* The values in order: those of a stored value, or a sorted copy */
static const float8 *
sorted_values(const Concentration *state)
{
	uint32		n = state->flat.n;
	float8	   *values;
	float8	   *scratch = NULL;

	if (state->sorted == n)
		return state->values;
	values = MemoryContextAllocHuge(CurrentMemoryContext,
									(Size) n * sizeof(float8));
	if (n >= SORT_SCRATCH_FROM)
		scratch = MemoryContextAllocHuge(CurrentMemoryContext,
										 (Size) n * sizeof(float8));
	memcpy(values, state->values, (Size) n * sizeof(float8));
	sort_values(values, scratch, n, survey_interrupt);
	if (scratch != NULL)
		pfree(scratch);
	return values;
}

/* Give back what sorted_values() has allocated. */
static void
release(const Concentration *state, const float8 *values)
{
	if (values != state->values)
		pfree(unconstify(float8 *, values));
}

/* The value at rest: sorted, without spare room or a question */
Concentration *
concentration_rest(const Concentration *state)
{
	uint32		n = state->flat.n;
	const float8 *values = sorted_values(state);
	Concentration *result = concentration_create(n, false);

	result->skipped = state->skipped;
	result->sorted = n;
	memcpy(result->values, values, (Size) n * sizeof(float8));
	release(state, values);
	return result;
}

/* Count rows that have no share. */
static void
add_skipped(Concentration *state, int64 rows)
{
	if (pg_add_s64_overflow(state->skipped, rows, &state->skipped))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number of skipped rows is out of range for type bigint"),
				 errdetail(INT64_FORMAT " were to be added.", rows),
				 errhint("No table has as many rows: look for a value that was written by hand.")));
}

/* ------------------------------------------------------------------------
 * Aggregates
 * ------------------------------------------------------------------------
 */

/* Refuse a question that changes from row to row. */
static void
ask(Concentration *state, float8 question)
{
	if (isnan(state->question) && state->flat.n == 0 && state->skipped == 0)
		state->question = question;
	else if (state->question != question)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the second argument must be the same for all rows"),
				 errdetail("It was %s and is %s.", number_text(state->question),
						   number_text(question)),
				 errhint("Give a constant, or GROUP BY it.")));
}

/* The transition for a row, under a question or none */
static Datum
add_row(FunctionCallInfo fcinfo, float8 question)
{
	bool		growing = flat_in_aggregate(fcinfo);
	Concentration *state;

	if (PG_ARGISNULL(0))
		state = concentration_create(0, growing);
	else
		state = flat_writable(&concentration_layout, fcinfo, 0);
	if (!isnan(question))
		ask(state, question);
	if (!PG_ARGISNULL(1) && concentration_takes(PG_GETARG_FLOAT8(1)))
		state = concentration_append(state, PG_GETARG_FLOAT8(1), growing);
	else
		add_skipped(state, 1);
	if (!growing)
		state = flat_trim(&concentration_layout, state);
	PG_RETURN_POINTER(state);
}

Datum
clientele_concentration_add(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, NAN);
}

/* A question that is NULL cannot be answered. */
static void
refuse_null(FunctionCallInfo fcinfo, const char *what)
{
	if (PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s must not be NULL", what),
				 errdetail("The second argument is NULL in a row."),
				 errhint("Give a constant.")));
}

/* A number of the greatest values */
static float8
checked_top(int64 top)
{
	if (top < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("n must be at least 1"),
				 errdetail("It is " INT64_FORMAT ".", top),
				 errhint("It says how many of the greatest values count, such as 10.")));
	return (float8) top;
}

/* A share of customers or of the total */
static float8
checked_share(float8 share)
{
	if (!(share > 0 && share <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("share must be above 0 and at most 1"),
				 errdetail("It is %s.", number_text(share)),
				 errhint("It is a fraction, such as 0.2 for 20 %%.")));
	return share;
}

/* The transition of top_share(value, n) */
Datum
clientele_concentration_add_count(PG_FUNCTION_ARGS)
{
	refuse_null(fcinfo, "n");
	return add_row(fcinfo, checked_top(PG_GETARG_INT64(2)));
}

/* The transition of share_of_top(value, fraction) and customers_for_share(value, share) */
Datum
clientele_concentration_add_share(PG_FUNCTION_ARGS)
{
	refuse_null(fcinfo, "share");
	return add_row(fcinfo, checked_share(PG_GETARG_FLOAT8(2)));
}

/* All values of both: combine function and union */
Datum
clientele_concentration_union(PG_FUNCTION_ARGS)
{
	bool		growing = flat_in_aggregate(fcinfo);
	Concentration *state = flat_writable(&concentration_layout, fcinfo, 0);
	const Concentration *other = PG_GETARG_CONCENTRATION_P(1);
	uint32		n = state->flat.n;
	uint32		more = other->flat.n;

	if (!isnan(other->question))
		ask(state, other->question);
	if (more > state->flat.capacity - n)
		state = flat_enlarge(&concentration_layout, state, n + more, growing);
	add_skipped(state, other->skipped);
	memcpy(state->values + n, other->values, (Size) more * sizeof(float8));
	state->flat.n = n + more;
	/* a first part alone is still in order */
	if (n == 0)
		state->sorted = other->sorted;
	PG_RETURN_POINTER(growing ? state : concentration_rest(state));
}

/* The aggregates' state as a value to keep */
Datum
clientele_concentration_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(concentration_create(0, false));
	PG_RETURN_POINTER(concentration_rest(PG_GETARG_CONCENTRATION_P(0)));
}

/* ------------------------------------------------------------------------
 * Measures
 * ------------------------------------------------------------------------
 */

Datum
clientele_concentration_customers(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_CONCENTRATION_P(0)->flat.n);
}

Datum
clientele_concentration_skipped(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_CONCENTRATION_P(0)->skipped);
}

/* The sum of the values */
Datum
clientele_concentration_total(PG_FUNCTION_ARGS)
{
	const Concentration *state = PG_GETARG_CONCENTRATION_P(0);
	const float8 *values = sorted_values(state);
	float8		total = state->flat.n == 0 ? 0 : total_of(values, state->flat.n);

	if (isinf(total))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("total is out of range for type double precision"),
				 errdetail("The greatest of %u values is %s.", state->flat.n,
						   number_text(values[state->flat.n - 1])),
				 errhint("Measure in a greater unit.")));
	PG_RETURN_FLOAT8(total);
}

/* A measure of the sorted values; NULL without any, or where all are 0 */
static Datum
measure(FunctionCallInfo fcinfo, double (*of) (const double *values, size_t n))
{
	const Concentration *state;
	const float8 *values;
	double		answer;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = PG_GETARG_CONCENTRATION_P(0);
	if (state->flat.n == 0)
		PG_RETURN_NULL();
	values = sorted_values(state);
	answer = of(values, state->flat.n);
	release(state, values);
	if (isnan(answer))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(answer);
}

Datum
clientele_gini(PG_FUNCTION_ARGS)
{
	return measure(fcinfo, gini_coefficient);
}

Datum
clientele_herfindahl(PG_FUNCTION_ARGS)
{
	return measure(fcinfo, herfindahl_index);
}

/* The share of the greatest top values, or of a fraction of them if top is 0 */
static Datum
answer_top(FunctionCallInfo fcinfo, const Concentration *state, float8 top,
		   float8 fraction)
{
	uint32		n = state->flat.n;
	const float8 *values;
	double		answer;

	if (n == 0)
		PG_RETURN_NULL();
	values = sorted_values(state);
	answer = share_of_greatest(values, n,
							   top == 0 ? count_of_fraction(fraction, n) :
							   (size_t) Min(top, (float8) n));
	release(state, values);
	if (isnan(answer))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(answer);
}

/* top_share(concentration, n) */
Datum
clientele_top_share(PG_FUNCTION_ARGS)
{
	return answer_top(fcinfo, PG_GETARG_CONCENTRATION_P(0),
					  checked_top(PG_GETARG_INT64(1)), 0);
}

/* share_of_top(concentration, fraction) */
Datum
clientele_share_of_top(PG_FUNCTION_ARGS)
{
	return answer_top(fcinfo, PG_GETARG_CONCENTRATION_P(0), 0,
					  checked_share(PG_GETARG_FLOAT8(1)));
}

/* The state of an aggregate that has a question; NULL without rows */
static const Concentration *
asked_state(FunctionCallInfo fcinfo)
{
	const Concentration *state;

	if (PG_ARGISNULL(0))
		return NULL;
	state = PG_GETARG_CONCENTRATION_P(0);
	return isnan(state->question) ? NULL : state;
}

/* Final function of top_share(value, n) */
Datum
clientele_top_share_final(PG_FUNCTION_ARGS)
{
	const Concentration *state = asked_state(fcinfo);

	if (state == NULL)
		PG_RETURN_NULL();
	return answer_top(fcinfo, state, Max(state->question, 1), 0);
}

/* Final function of share_of_top(value, fraction) */
Datum
clientele_share_of_top_final(PG_FUNCTION_ARGS)
{
	const Concentration *state = asked_state(fcinfo);

	if (state == NULL)
		PG_RETURN_NULL();
	return answer_top(fcinfo, state, 0, state->question);
}

/* How many of the greatest make a share */
static Datum
answer_count(FunctionCallInfo fcinfo, const Concentration *state, float8 share)
{
	uint32		n = state->flat.n;
	const float8 *values;
	size_t		count;

	if (n == 0)
		PG_RETURN_NULL();
	values = sorted_values(state);
	count = count_for_share(values, n, share);
	release(state, values);
	if (count == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT64((int64) count);
}

/* customers_for_share(concentration, share) */
Datum
clientele_customers_for_share(PG_FUNCTION_ARGS)
{
	return answer_count(fcinfo, PG_GETARG_CONCENTRATION_P(0),
						checked_share(PG_GETARG_FLOAT8(1)));
}

/* Final function of customers_for_share(value, share) */
Datum
clientele_customers_for_share_final(PG_FUNCTION_ARGS)
{
	const Concentration *state = asked_state(fcinfo);

	if (state == NULL)
		PG_RETURN_NULL();
	return answer_count(fcinfo, state, state->question);
}

/* ------------------------------------------------------------------------
 * The Lorenz curve
 * ------------------------------------------------------------------------
 */

/*
 * Final function of lorenz(value): the corners of the curve, from (0,0) to
 * (1,1). Between equal values it is straight and has no corner.
 */
Datum
clientele_lorenz_final(PG_FUNCTION_ARGS)
{
	const Concentration *state;
	const float8 *values;
	uint32		n;
	uint32		ncorners = 1;
	LorenzCurve curve;
	Size		size;
	ArrayType  *array;
	Point	   *points;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = PG_GETARG_CONCENTRATION_P(0);
	n = state->flat.n;
	if (n == 0)
		PG_RETURN_NULL();
	values = sorted_values(state);
	if (values[n - 1] == 0)
		PG_RETURN_NULL();
	for (uint32 i = 0; i < n; i++)
		ncorners += i == n - 1 || values[i] != values[i + 1];
	size = ARR_OVERHEAD_NONULLS(1) + (Size) ncorners * sizeof(Point);
	if (!AllocSizeIsValid(size))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("curve is too large"),
				 errdetail("It has %u corners.", ncorners),
				 errhint("Use lorenz(concentration(value), points).")));
	array = palloc0(size);
	SET_VARSIZE(array, size);
	array->ndim = 1;
	array->elemtype = POINTOID;
	ARR_DIMS(array)[0] = (int) ncorners;
	ARR_LBOUND(array)[0] = 1;
	points = (Point *) ARR_DATA_PTR(array);
	ncorners = 1;
	lorenz_start(&curve, values, n);
	for (uint32 i = 0; i < n; i++)
	{
		double		share = lorenz_next(&curve);

		if (i < n - 1 && values[i] == values[i + 1])
			continue;
		points[ncorners].x = (double) (i + 1) / n;
		points[ncorners++].y = share;
	}
	release(state, values);
	PG_RETURN_POINTER(array);
}

/* lorenz(concentration, points): the curve in equal steps of customers */
Datum
clientele_lorenz(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	const Concentration *state = PG_GETARG_CONCENTRATION_P(0);
	int32		npoints = PG_GETARG_INT32(1);
	uint32		n = state->flat.n;
	const float8 *values;
	LorenzCurve curve;
	double		before = 0;
	double		share = 0;

	if (npoints < 1 || npoints > 1000000)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("points must be from 1 to 1000000"),
				 errdetail("It is %d.", npoints),
				 errhint("100 draw a smooth curve.")));
	InitMaterializedSRF(fcinfo, 0);
	if (n == 0)
		return (Datum) 0;
	values = sorted_values(state);
	if (values[n - 1] == 0)
		return (Datum) 0;
	lorenz_start(&curve, values, n);
	for (int32 i = 0; i <= npoints; i++)
	{
		/* i / points of n customers: so many whole ones and a part */
		uint64		whole = (uint64) i * n / npoints;
		uint64		part = (uint64) i * n % npoints;
		Datum		row[2];
		bool		nulls[2] = {false, false};

		while (curve.at < Min(whole + 1, n))
		{
			before = share;
			share = lorenz_next(&curve);
		}
		row[0] = Float8GetDatum((double) i / npoints);
		row[1] = Float8GetDatum(whole == n ? 1 :
								before + (share - before) * ((double) part / npoints));
		tuplestore_putvalues(info->setResult, info->setDesc, row, nulls);
	}
	release(state, values);
	return (Datum) 0;
}
