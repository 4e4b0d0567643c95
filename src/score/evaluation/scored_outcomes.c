/*
 * scored_outcomes.c
 *		Type scored_outcomes: scores and what became of them; its aggregates.
 *
 * A state is tallies (a score, so many won or so many lost) as they came: one
 * of sixteen bytes a row. When it is full, and a look at every sixteenth tally
 * tells that scores repeat, equal ones are added up instead of taking more
 * memory: points of a scorecard stay some hundred tallies, whatever the rows.
 * A value at rest is sorted and added up, so that rows and workers may come in
 * any order.
 */
#include "postgres.h"

#include <math.h>

#include "common/int.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "number_text.h"
#include "score/evaluation/scored_outcomes.h"
#include "score/evaluation/tiles.h"

PG_FUNCTION_INFO_V1(clientele_scored_outcomes_add);
PG_FUNCTION_INFO_V1(clientele_scored_outcomes_add_tiles);
PG_FUNCTION_INFO_V1(clientele_scored_outcomes_union);
PG_FUNCTION_INFO_V1(clientele_scored_outcomes_final);
PG_FUNCTION_INFO_V1(clientele_scored_outcomes_cases);
PG_FUNCTION_INFO_V1(clientele_scored_outcomes_won);
PG_FUNCTION_INFO_V1(clientele_scored_outcomes_lost);
PG_FUNCTION_INFO_V1(clientele_scored_outcomes_skipped);
PG_FUNCTION_INFO_V1(clientele_outcomes);

/* From so many tallies on it is worth to look whether scores repeat. */
#define ADD_UP_FROM		2048
#define LOOK_AT_EVERY	16

static const FlatLayout scored_outcomes_layout = {
	.type_name = "scored_outcomes",
	.element_name = "scores",
	.version = 1,
	.header_size = offsetof(ScoredOutcomes, tallies),
	.element_size = sizeof(OutcomeTally),
	.first_size = 256,
	.max_elements = 67000000
};

/* For loops in pure C */
void
evaluation_interrupt(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* Scored outcomes of so many tallies */
ScoredOutcomes *
scored_outcomes_create(uint32 n, bool growing)
{
	return flat_create(&scored_outcomes_layout, n, growing);
}

/* The value in a datum, to read */
ScoredOutcomes *
scored_outcomes_get(Datum datum)
{
	return flat_get(&scored_outcomes_layout, datum);
}

/* Count cases: false, or an error, beyond what a double holds exactly. */
bool
add_outcome_cases(int64 *cases, int64 more, struct Node *escontext)
{
	int64		sum;

	if (pg_add_s64_overflow(*cases, more, &sum) || sum > MAX_OUTCOME_CASES)
		clientele_return_error(escontext, false,
							   (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
								errmsg("too many cases"),
								errdetail(INT64_FORMAT " were to be added to " INT64_FORMAT ", the limit is " INT64_FORMAT ".",
										  more, *cases, MAX_OUTCOME_CASES),
								errhint("No table has as many rows: look for a value that was written by hand.")));
	*cases = sum;
	return true;
}

/* Count rows that have no score or no outcome. */
void
add_skipped_outcomes(int64 *skipped, int64 rows)
{
	if (pg_add_s64_overflow(*skipped, rows, skipped))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number of skipped rows is out of range for type bigint"),
				 errdetail(INT64_FORMAT " were to be added.", rows),
				 errhint("No table has as many rows: look for a value that was written by hand.")));
}

/* A number of tiles */
int32
checked_tiles(int32 tiles)
{
	if (tiles < 1 || tiles > MAX_TILES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("tiles must be from 1 to %d", MAX_TILES),
				 errdetail("It is %d.", tiles),
				 errhint("10 are deciles, 100 percentiles.")));
	return tiles;
}

/* Sort tallies in place and add them up: the number left */
static size_t
sort_in_place(OutcomeTally *tallies, size_t n)
{
	OutcomeTally *scratch =
		MemoryContextAllocHuge(CurrentMemoryContext,
							   (n + 1) * sizeof(OutcomeTally));

	n = sort_tallies(tallies, scratch, n, evaluation_interrupt);
	pfree(scratch);
	return n;
}

/* Whether scores repeat so often that adding up saves most of the memory. */
static bool
scores_repeat(const ScoredOutcomes *state)
{
	size_t		looked = state->flat.n / LOOK_AT_EVERY;
	OutcomeTally *sample;
	size_t		distinct;

	if (state->flat.n < ADD_UP_FROM || state->sorted == state->flat.n)
		return false;
	sample = MemoryContextAllocHuge(CurrentMemoryContext,
									looked * sizeof(OutcomeTally));
	for (size_t i = 0; i < looked; i++)
		sample[i] = state->tallies[i * LOOK_AT_EVERY];
	distinct = sort_in_place(sample, looked);
	pfree(sample);
	return distinct < looked / 4 * 3;
}

/* Room for more tallies, if need be by adding up */
static ScoredOutcomes *
make_room(ScoredOutcomes *state, uint32 more, bool growing)
{
	uint32		n = state->flat.n;

	if (more <= state->flat.capacity - n)
		return state;
	if (growing && scores_repeat(state))
	{
		n = (uint32) sort_in_place(state->tallies, n);
		state->flat.n = state->sorted = n;
		/* at least half is to be free, lest the next look comes soon */
		if (more <= state->flat.capacity / 2 && n <= state->flat.capacity / 2)
			return state;
	}
	if (more > PG_UINT32_MAX - n)
		more = PG_UINT32_MAX - n;	/* refused as too large */
	return flat_enlarge(&scored_outcomes_layout, state, n + more, growing);
}

/* So many cases of a score, won ones if count is positive */
ScoredOutcomes *
scored_outcomes_append(ScoredOutcomes *state, float8 score, int64 count,
					   bool growing)
{
	OutcomeTally *tally;

	state = make_room(state, 1, growing);
	tally = &state->tallies[state->flat.n++];
	/* -0.0 + 0.0 is 0.0 */
	tally->score = score + 0.0;
	tally->count = count;
	return state;
}

/* The tallies in order, those of the value or a sorted copy; *n of them */
static const OutcomeTally *
sorted_tallies(const ScoredOutcomes *state, size_t *n)
{
	OutcomeTally *tallies;

	*n = state->flat.n;
	if (state->sorted == state->flat.n)
		return state->tallies;
	tallies = MemoryContextAllocHuge(CurrentMemoryContext,
									 *n * sizeof(OutcomeTally));
	memcpy(tallies, state->tallies, *n * sizeof(OutcomeTally));
	*n = sort_in_place(tallies, *n);
	return tallies;
}

/* Give back what sorted_tallies() has allocated. */
static void
release(const ScoredOutcomes *state, const OutcomeTally *tallies)
{
	if (tallies != state->tallies)
		pfree(unconstify(OutcomeTally *, tallies));
}

/* The value at rest: sorted and added up, without spare room or a question */
ScoredOutcomes *
scored_outcomes_rest(const ScoredOutcomes *state)
{
	size_t		n;
	const OutcomeTally *tallies = sorted_tallies(state, &n);
	ScoredOutcomes *result = scored_outcomes_create((uint32) n, false);

	result->skipped = state->skipped;
	result->cases = state->cases;
	result->sorted = (uint32) n;
	memcpy(result->tallies, tallies, n * sizeof(OutcomeTally));
	release(state, tallies);
	return result;
}

/* The groups of a value; see scored_outcomes.h */
const OutcomeGroup *
scored_outcomes_groups(const ScoredOutcomes *value, size_t *ngroups,
					   int64 *won, int64 *lost)
{
	size_t		n;
	const OutcomeTally *tallies = sorted_tallies(value, &n);
	OutcomeGroup *groups =
		MemoryContextAllocHuge(CurrentMemoryContext,
							   (n + 1) * sizeof(OutcomeGroup));
	OutcomeGroup *group = groups;
	int64		total = 0;

	for (size_t i = 0; i < n; i++)
	{
		bool		same = group > groups && group[-1].score == tallies[i].score;

		if (!same)
		{
			group->score = tallies[i].score;
			group->won = group->lost = 0;
			group++;
		}
		if (tallies[i].count > 0)
		{
			group[-1].won = tallies[i].count;
			total += tallies[i].count;
		}
		else
			group[-1].lost = -tallies[i].count;
	}
	release(value, tallies);
	*ngroups = (size_t) (group - groups);
	if (won != NULL)
		*won = total;
	if (lost != NULL)
		*lost = value->cases - total;
	return groups;
}

/* Refuse scores that are no probabilities. */
void
require_probabilities(const OutcomeGroup *groups, size_t ngroups,
					  const char *what)
{
	double		bad;

	if (ngroups == 0 ||
		(groups[0].score >= 0 && groups[ngroups - 1].score <= 1))
		return;
	bad = groups[0].score < 0 ? groups[0].score : groups[ngroups - 1].score;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s needs probabilities as scores", what),
			 errdetail("There is a score of %s.", number_text(bad)),
			 errhint("A probability is from 0 to 1. Points become one by calibrate(), or by probability_from_points().")));
}

/* ------------------------------------------------------------------------
 * Aggregates
 * ------------------------------------------------------------------------
 */

/* Refuse a question that changes from row to row. */
static void
ask(ScoredOutcomes *state, int32 question)
{
	if (state->question == 0 && state->cases == 0 && state->skipped == 0)
		state->question = question;
	else if (state->question != question)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("tiles must be the same for all rows"),
				 errdetail("It was %d and is %d.", state->question, question),
				 errhint("Give a constant, or GROUP BY it.")));
}

/* The transition for a row, under a question or none (0) */
static Datum
add_row(FunctionCallInfo fcinfo, int32 question)
{
	bool		growing = flat_in_aggregate(fcinfo);
	ScoredOutcomes *state;

	if (PG_ARGISNULL(0))
		state = scored_outcomes_create(0, growing);
	else
		state = flat_writable(&scored_outcomes_layout, fcinfo, 0);
	if (question != 0)
		ask(state, question);
	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2) && !isnan(PG_GETARG_FLOAT8(1)))
	{
		add_outcome_cases(&state->cases, 1, NULL);
		state = scored_outcomes_append(state, PG_GETARG_FLOAT8(1),
									   PG_GETARG_BOOL(2) ? 1 : -1, growing);
	}
	else
		add_skipped_outcomes(&state->skipped, 1);
	if (!growing)
		state = flat_trim(&scored_outcomes_layout, state);
	PG_RETURN_POINTER(state);
}

Datum
clientele_scored_outcomes_add(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, 0);
}

/* The transition of aggregates whose third argument is a number of tiles */
Datum
clientele_scored_outcomes_add_tiles(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("tiles must not be NULL"),
				 errdetail("The third argument is NULL in a row."),
				 errhint("Give a constant, such as 10.")));
	return add_row(fcinfo, checked_tiles(PG_GETARG_INT32(3)));
}

/* All cases of both: combine function and union */
Datum
clientele_scored_outcomes_union(PG_FUNCTION_ARGS)
{
	bool		growing = flat_in_aggregate(fcinfo);
	ScoredOutcomes *state = flat_writable(&scored_outcomes_layout, fcinfo, 0);
	const ScoredOutcomes *other = PG_GETARG_SCORED_OUTCOMES_P(1);
	uint32		more = other->flat.n;
	uint32		n;

	if (other->question != 0)
		ask(state, other->question);
	add_outcome_cases(&state->cases, other->cases, NULL);
	add_skipped_outcomes(&state->skipped, other->skipped);
	state = make_room(state, more, growing);
	n = state->flat.n;
	memcpy(state->tallies + n, other->tallies,
		   (Size) more * sizeof(OutcomeTally));
	state->flat.n = n + more;
	/* a first part alone is still in order */
	if (n == 0)
		state->sorted = other->sorted;
	PG_RETURN_POINTER(growing ? state : scored_outcomes_rest(state));
}

/* The aggregates' state as a value to keep */
Datum
clientele_scored_outcomes_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(scored_outcomes_create(0, false));
	PG_RETURN_POINTER(scored_outcomes_rest(PG_GETARG_SCORED_OUTCOMES_P(0)));
}

/* ------------------------------------------------------------------------
 * What is in a value
 * ------------------------------------------------------------------------
 */

Datum
clientele_scored_outcomes_cases(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_SCORED_OUTCOMES_P(0)->cases);
}

/* The cases that were won */
static int64
won_cases(const ScoredOutcomes *state)
{
	int64		won = 0;

	for (uint32 i = 0; i < state->flat.n; i++)
		won += Max(state->tallies[i].count, 0);
	return won;
}

Datum
clientele_scored_outcomes_won(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(won_cases(PG_GETARG_SCORED_OUTCOMES_P(0)));
}

Datum
clientele_scored_outcomes_lost(PG_FUNCTION_ARGS)
{
	const ScoredOutcomes *state = PG_GETARG_SCORED_OUTCOMES_P(0);

	PG_RETURN_INT64(state->cases - won_cases(state));
}

Datum
clientele_scored_outcomes_skipped(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_SCORED_OUTCOMES_P(0)->skipped);
}

/* outcomes(scored_outcomes): a row for each score */
Datum
clientele_outcomes(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	size_t		n;
	const OutcomeGroup *groups =
		scored_outcomes_groups(PG_GETARG_SCORED_OUTCOMES_P(0), &n, NULL, NULL);

	InitMaterializedSRF(fcinfo, 0);
	for (size_t i = 0; i < n; i++)
	{
		Datum		row[3] = {Float8GetDatum(groups[i].score),
			Int64GetDatum(groups[i].won),
		Int64GetDatum(groups[i].lost)};
		bool		nulls[3] = {false, false, false};

		CHECK_FOR_INTERRUPTS();
		tuplestore_putvalues(info->setResult, info->setDesc, row, nulls);
	}
	return (Datum) 0;
}
