/*
 * paired_scores.c
 *		Type paired_scores: two scores of the same cases; its aggregates and
 *		the test of their areas.
 *
 * A state is the cases as they came; the question sorts a copy. Two models are
 * compared on the same cases or not at all: a row that lacks one score is left
 * out for both.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "utils/memutils.h"

#include "score/evaluation/delong.h"
#include "score/evaluation/evaluation.h"
#include "score/evaluation/paired_scores.h"

PG_FUNCTION_INFO_V1(clientele_paired_scores_add);
PG_FUNCTION_INFO_V1(clientele_paired_scores_union);
PG_FUNCTION_INFO_V1(clientele_paired_scores_final);
PG_FUNCTION_INFO_V1(clientele_paired_scores_cases);
PG_FUNCTION_INFO_V1(clientele_paired_scores_skipped);
PG_FUNCTION_INFO_V1(clientele_auc_difference);
PG_FUNCTION_INFO_V1(clientele_auc_difference_final);

#define SQRT_HALF 0.707106781186547524400844362105

static const FlatLayout paired_scores_layout = {
	.type_name = "paired_scores",
	.element_name = "pairs of scores",
	.version = 1,
	.header_size = offsetof(PairedScores, tallies),
	.element_size = sizeof(PairTally),
	.first_size = 256,
	.max_elements = 44000000
};

/* Paired scores of so many tallies */
PairedScores *
paired_scores_create(uint32 n, bool growing)
{
	return flat_create(&paired_scores_layout, n, growing);
}

/* The value in a datum, to read */
PairedScores *
paired_scores_get(Datum datum)
{
	return flat_get(&paired_scores_layout, datum);
}

/* So many cases of two scores, won ones if count is positive */
PairedScores *
paired_scores_append(PairedScores *state, float8 a, float8 b, int64 count,
					 bool growing)
{
	uint32		n = state->flat.n;
	PairTally  *tally;

	if (n == state->flat.capacity)
		state = flat_enlarge(&paired_scores_layout, state, n + 1, growing);
	tally = &state->tallies[n];
	/* -0.0 + 0.0 is 0.0 */
	tally->a = a + 0.0;
	tally->b = b + 0.0;
	tally->count = count;
	state->flat.n = n + 1;
	return state;
}

/* A sorted copy of the tallies; *n of them */
static PairTally *
sorted_pairs(const PairedScores *state, PairTally **scratch, size_t *n)
{
	Size		size = ((Size) state->flat.n + 1) * sizeof(PairTally);
	PairTally  *tallies = MemoryContextAllocHuge(CurrentMemoryContext, size);

	*scratch = MemoryContextAllocHuge(CurrentMemoryContext, size);
	memcpy(tallies, state->tallies, state->flat.n * sizeof(PairTally));
	*n = sort_pairs(tallies, *scratch, state->flat.n, evaluation_interrupt);
	return tallies;
}

/* The value at rest */
PairedScores *
paired_scores_rest(const PairedScores *state)
{
	size_t		n;
	PairTally  *scratch;
	PairTally  *tallies = sorted_pairs(state, &scratch, &n);
	PairedScores *result = paired_scores_create((uint32) n, false);

	result->skipped = state->skipped;
	result->cases = state->cases;
	memcpy(result->tallies, tallies, n * sizeof(PairTally));
	pfree(tallies);
	pfree(scratch);
	return result;
}

/* Transition: (score_a, score_b, outcome) */
Datum
clientele_paired_scores_add(PG_FUNCTION_ARGS)
{
	bool		growing = flat_in_aggregate(fcinfo);
	PairedScores *state;

	if (PG_ARGISNULL(0))
		state = paired_scores_create(0, growing);
	else
		state = flat_writable(&paired_scores_layout, fcinfo, 0);
	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2) && !PG_ARGISNULL(3) &&
		!isnan(PG_GETARG_FLOAT8(1)) && !isnan(PG_GETARG_FLOAT8(2)))
	{
		add_outcome_cases(&state->cases, 1, NULL);
		state = paired_scores_append(state, PG_GETARG_FLOAT8(1),
									 PG_GETARG_FLOAT8(2),
									 PG_GETARG_BOOL(3) ? 1 : -1, growing);
	}
	else
		add_skipped_outcomes(&state->skipped, 1);
	if (!growing)
		state = flat_trim(&paired_scores_layout, state);
	PG_RETURN_POINTER(state);
}

/* All cases of both: combine function and union */
Datum
clientele_paired_scores_union(PG_FUNCTION_ARGS)
{
	bool		growing = flat_in_aggregate(fcinfo);
	PairedScores *state = flat_writable(&paired_scores_layout, fcinfo, 0);
	const PairedScores *other = PG_GETARG_PAIRED_SCORES_P(1);
	uint32		n = state->flat.n;
	uint32		more = other->flat.n;

	add_outcome_cases(&state->cases, other->cases, NULL);
	add_skipped_outcomes(&state->skipped, other->skipped);
	if (more > state->flat.capacity - n)
		state = flat_enlarge(&paired_scores_layout, state, n + more, growing);
	memcpy(state->tallies + n, other->tallies, (Size) more * sizeof(PairTally));
	state->flat.n = n + more;
	PG_RETURN_POINTER(growing ? state : paired_scores_rest(state));
}

/* The aggregates' state as a value to keep */
Datum
clientele_paired_scores_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(paired_scores_create(0, false));
	PG_RETURN_POINTER(paired_scores_rest(PG_GETARG_PAIRED_SCORES_P(0)));
}

Datum
clientele_paired_scores_cases(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_PAIRED_SCORES_P(0)->cases);
}

Datum
clientele_paired_scores_skipped(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_PAIRED_SCORES_P(0)->skipped);
}

/* Whether there are won cases, or lost ones */
static bool
has_class(const PairedScores *state, bool won)
{
	for (uint32 i = 0; i < state->flat.n; i++)
		if ((state->tallies[i].count > 0) == won)
			return true;
	return false;
}

/* The row of the test */
static Datum
difference_row(FunctionCallInfo fcinfo, const PairedScores *state,
			   double quantile)
{
	double		row[8] = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
	AreaDifference result;
	PairTally  *scratch;
	PairTally  *tallies;
	size_t		n;

	if (!has_class(state, true) || !has_class(state, false))
		return evaluation_row(fcinfo, row, 8);
	tallies = sorted_pairs(state, &scratch, &n);
	area_difference(tallies, scratch, n, &result, evaluation_interrupt);
	pfree(tallies);
	pfree(scratch);
	row[0] = result.area_a;
	row[1] = result.area_b;
	row[2] = result.difference;
	row[3] = result.std_error;
	if (result.std_error > 0)
	{
		row[4] = result.difference / result.std_error;
		row[5] = erfc(fabs(row[4]) * SQRT_HALF);
		row[6] = fmax(result.difference - quantile * result.std_error, -1);
		row[7] = fmin(result.difference + quantile * result.std_error, 1);
	}
	return evaluation_row(fcinfo, row, 8);
}

/* auc_difference(paired_scores, confidence) */
Datum
clientele_auc_difference(PG_FUNCTION_ARGS)
{
	return difference_row(fcinfo, PG_GETARG_PAIRED_SCORES_P(0),
						  evaluation_quantile(PG_GETARG_FLOAT8(1)));
}

/* Final function of auc_difference(score_a, score_b, outcome) */
Datum
clientele_auc_difference_final(PG_FUNCTION_ARGS)
{
	return difference_row(fcinfo, PG_ARGISNULL(0) ?
						  paired_scores_create(0, false) :
						  PG_GETARG_PAIRED_SCORES_P(0),
						  evaluation_quantile(0.95));
}
