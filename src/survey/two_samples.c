/*
 * two_samples.c
 *		Type two_samples: values of a group and of the others; its aggregates
 *		and tests.
 *
 * A state is the observations as they came. A test sorts the values of each
 * kind (in the group or not, over or still going on) apart, and walks through
 * them side by side: so rows and workers may come in any order.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "common/int.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/memutils.h"

#include "number_text.h"
#include "survey/rank_tests.h"
#include "survey/sort_values.h"
#include "survey/survey_arguments.h"
#include "survey/two_samples.h"

PG_FUNCTION_INFO_V1(clientele_two_samples_add);
PG_FUNCTION_INFO_V1(clientele_two_samples_add_duration);
PG_FUNCTION_INFO_V1(clientele_two_samples_union);
PG_FUNCTION_INFO_V1(clientele_two_samples_final);
PG_FUNCTION_INFO_V1(clientele_mann_whitney);
PG_FUNCTION_INFO_V1(clientele_log_rank);

#define NKINDS	4

static const FlatLayout two_samples_layout = {
	.type_name = "two_samples",
	.element_name = "observations",
	.version = 1,
	.header_size = offsetof(TwoSamples, observations),
	.element_size = sizeof(Observation),
	.first_size = 256,
	.max_elements = 67000000
};

/* The values of each kind, in order */
typedef struct SortedKinds
{
	float8	   *memory;
	SortedValues kinds[NKINDS];
} SortedKinds;

/* Two samples of so many observations */
TwoSamples *
two_samples_create(uint32 n, bool growing)
{
	return flat_create(&two_samples_layout, n, growing);
}

/* The samples in a datum, to read */
TwoSamples *
two_samples_get(Datum datum)
{
	return flat_get(&two_samples_layout, datum);
}

/* One observation more */
TwoSamples *
two_samples_append(TwoSamples *state, float8 value, uint32 kind, bool growing)
{
	uint32		n = state->flat.n;

	if (n == state->flat.capacity)
		state = flat_enlarge(&two_samples_layout, state, n + 1, growing);
	/* -0.0 + 0.0 is 0.0 */
	state->observations[n].value = value + 0.0;
	state->observations[n].kind = kind;
	state->observations[n].padding = 0;
	state->flat.n = n + 1;
	return state;
}

/* Sort the values of each kind apart. */
static void
sort_kinds(const TwoSamples *state, SortedKinds *sorted)
{
	uint32		n = state->flat.n;
	uint32		counts[NKINDS] = {0};
	float8	   *ends[NKINDS];
	float8	   *at;
	float8	   *scratch = NULL;

	sorted->memory = at =
		MemoryContextAllocHuge(CurrentMemoryContext,
							   ((Size) n + 1) * sizeof(float8));
	for (uint32 i = 0; i < n; i++)
		counts[state->observations[i].kind & (NKINDS - 1)]++;
	for (int kind = 0; kind < NKINDS; kind++)
	{
		sorted->kinds[kind].values = ends[kind] = at;
		sorted->kinds[kind].n = counts[kind];
		at += counts[kind];
	}
	for (uint32 i = 0; i < n; i++)
		*ends[state->observations[i].kind & (NKINDS - 1)]++ =
			state->observations[i].value;
	if (n >= SORT_SCRATCH_FROM)
		scratch = MemoryContextAllocHuge(CurrentMemoryContext,
										 (Size) n * sizeof(float8));
	for (int kind = 0; kind < NKINDS; kind++)
		sort_values(ends[kind] - counts[kind], scratch, counts[kind],
					survey_interrupt);
	if (scratch != NULL)
		pfree(scratch);
}

/* The value at rest */
TwoSamples *
two_samples_rest(const TwoSamples *state)
{
	TwoSamples *result = two_samples_create(state->flat.n, false);
	SortedKinds sorted;
	Observation *observation = result->observations;

	sort_kinds(state, &sorted);
	result->skipped = state->skipped;
	for (uint32 kind = 0; kind < NKINDS; kind++)
		for (size_t i = 0; i < sorted.kinds[kind].n; i++, observation++)
		{
			observation->value = sorted.kinds[kind].values[i];
			observation->kind = kind;
		}
	pfree(sorted.memory);
	return result;
}

/* Count rows that are no observations. */
static void
add_skipped(TwoSamples *state, int64 rows)
{
	if (pg_add_s64_overflow(state->skipped, rows, &state->skipped))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number of skipped rows is out of range for type bigint"),
				 errdetail(INT64_FORMAT " were to be added.", rows),
				 errhint("No table has as many rows: look for a value that was written by hand.")));
}

/* The transition for a row that is an observation or not */
static Datum
add_row(FunctionCallInfo fcinfo, bool is_one, float8 value, uint32 kind)
{
	bool		growing = flat_in_aggregate(fcinfo);
	TwoSamples *state;

	if (PG_ARGISNULL(0))
		state = two_samples_create(0, growing);
	else
		state = flat_writable(&two_samples_layout, fcinfo, 0);
	if (is_one)
		state = two_samples_append(state, value, kind, growing);
	else
		add_skipped(state, 1);
	if (!growing)
		state = flat_trim(&two_samples_layout, state);
	PG_RETURN_POINTER(state);
}

/* (value, in_group): an infinite value has its place at an end. */
Datum
clientele_two_samples_add(PG_FUNCTION_ARGS)
{
	bool		known = !PG_ARGISNULL(1) && !PG_ARGISNULL(2);
	float8		value = known ? PG_GETARG_FLOAT8(1) : NAN;
	bool		in_group = known && PG_GETARG_BOOL(2);

	return add_row(fcinfo, !isnan(value), value,
				   in_group ? OBSERVATION_IN_GROUP : 0);
}

/* (duration, event, in_group): a duration is finite and not negative. */
Datum
clientele_two_samples_add_duration(PG_FUNCTION_ARGS)
{
	bool		known = !PG_ARGISNULL(1) && !PG_ARGISNULL(2) && !PG_ARGISNULL(3);
	float8		value = known ? PG_GETARG_FLOAT8(1) : NAN;
	uint32		kind = 0;

	if (known)
		kind = (PG_GETARG_BOOL(2) ? 0 : OBSERVATION_CENSORED) |
			(PG_GETARG_BOOL(3) ? OBSERVATION_IN_GROUP : 0);
	return add_row(fcinfo, value >= 0 && !isinf(value), value, kind);
}

/* All observations of both: combine function and union */
Datum
clientele_two_samples_union(PG_FUNCTION_ARGS)
{
	bool		growing = flat_in_aggregate(fcinfo);
	TwoSamples *state = flat_writable(&two_samples_layout, fcinfo, 0);
	const TwoSamples *other = PG_GETARG_TWO_SAMPLES_P(1);
	uint32		n = state->flat.n;
	uint32		more = other->flat.n;

	if (more > state->flat.capacity - n)
		state = flat_enlarge(&two_samples_layout, state, n + more, growing);
	add_skipped(state, other->skipped);
	memcpy(state->observations + n, other->observations,
		   (Size) more * sizeof(Observation));
	state->flat.n = n + more;
	PG_RETURN_POINTER(growing ? state : two_samples_rest(state));
}

/* The aggregates' state as a value to keep */
Datum
clientele_two_samples_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(two_samples_create(0, false));
	PG_RETURN_POINTER(two_samples_rest(PG_GETARG_TWO_SAMPLES_P(0)));
}

/* A number, NULL where it is NaN */
static void
set_number(Datum *values, bool *nulls, int at, double number)
{
	values[at] = Float8GetDatum(number);
	nulls[at] = isnan(number);
}

/* The row of a test */
static Datum
test_row(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	TupleDesc	desc;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values,
											 nulls));
}

/* mann_whitney(two_samples), final function of mann_whitney(value, in_group) */
Datum
clientele_mann_whitney(PG_FUNCTION_ARGS)
{
	TwoSamples *state = PG_ARGISNULL(0) ? two_samples_create(0, false) :
		PG_GETARG_TWO_SAMPLES_P(0);
	SortedKinds sorted;
	SortedValues x;
	SortedValues y;
	MannWhitney result = {NAN, NAN, NAN, NAN};
	Datum		values[7];
	bool		nulls[7] = {false};

	sort_kinds(state, &sorted);
	if (sorted.kinds[OBSERVATION_CENSORED].n > 0 ||
		sorted.kinds[OBSERVATION_CENSORED | OBSERVATION_IN_GROUP].n > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("mann_whitney() takes no censored durations"),
				 errdetail("%u of %u observations were still going on.",
						   (unsigned) (sorted.kinds[OBSERVATION_CENSORED].n +
									   sorted.kinds[OBSERVATION_CENSORED | OBSERVATION_IN_GROUP].n),
						   state->flat.n),
				 errhint("Use log_rank().")));
	x = sorted.kinds[OBSERVATION_IN_GROUP];
	y = sorted.kinds[0];
	if (x.n > 0 && y.n > 0)
		mann_whitney(x, y, &result);
	set_number(values, nulls, 0, result.u);
	values[1] = Int64GetDatum((int64) x.n);
	values[2] = Int64GetDatum((int64) y.n);
	set_number(values, nulls, 3, result.z);
	set_number(values, nulls, 4, result.p_value);
	set_number(values, nulls, 5, result.effect);
	values[6] = Int64GetDatum(state->skipped);
	pfree(sorted.memory);
	return test_row(fcinfo, values, nulls);
}

/* log_rank(two_samples), final function of log_rank(duration, event, in_group) */
Datum
clientele_log_rank(PG_FUNCTION_ARGS)
{
	TwoSamples *state = PG_ARGISNULL(0) ? two_samples_create(0, false) :
		PG_GETARG_TWO_SAMPLES_P(0);
	SortedKinds sorted;
	LogRank		result = {NAN, NAN, NAN, NAN, NAN};
	Datum		values[8];
	bool		nulls[8] = {false};
	size_t		n1;
	size_t		n2;

	sort_kinds(state, &sorted);
	for (int kind = 0; kind < NKINDS; kind++)
	{
		SortedValues of = sorted.kinds[kind];

		/* observations of mann_whitney() may be anything */
		if (of.n > 0 && (of.values[0] < 0 || isinf(of.values[of.n - 1])))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("durations must be finite and not negative"),
					 errdetail("There is one of %s.",
							   number_text(of.values[0] < 0 ? of.values[0] : of.values[of.n - 1])),
					 errhint("Who is still there is censored: give the time so far, with event false.")));
	}
	n1 = sorted.kinds[OBSERVATION_IN_GROUP].n +
		sorted.kinds[OBSERVATION_IN_GROUP | OBSERVATION_CENSORED].n;
	n2 = state->flat.n - n1;
	if (n1 > 0 && n2 > 0)
		log_rank(sorted.kinds[OBSERVATION_IN_GROUP],
				 sorted.kinds[OBSERVATION_IN_GROUP | OBSERVATION_CENSORED],
				 sorted.kinds[0], sorted.kinds[OBSERVATION_CENSORED], &result);
	set_number(values, nulls, 0, result.observed);
	set_number(values, nulls, 1, result.expected);
	set_number(values, nulls, 2, result.variance);
	set_number(values, nulls, 3, result.chi_square);
	set_number(values, nulls, 4, result.p_value);
	values[5] = Int64GetDatum((int64) n1);
	values[6] = Int64GetDatum((int64) n2);
	values[7] = Int64GetDatum(state->skipped);
	pfree(sorted.memory);
	return test_row(fcinfo, values, nulls);
}
