/*
 * scored_outcomes_io.c
 *		scored_outcomes as text and in binary.
 *
 * Text: {0.2:0/3,0.7:2/5} skipped 3 - each score, ascending, how many of how
 * many cases were won; then how many rows were skipped, if any. A state of an
 * aggregate in work that is shipped from one server to another also has
 * "asked" and the number of tiles.
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"

#include "compat.h"
#include "number_text.h"
#include "text_scan.h"
#include "score/evaluation/outcome_text.h"
#include "score/evaluation/scored_outcomes.h"
#include "score/evaluation/tiles.h"

PG_FUNCTION_INFO_V1(clientele_scored_outcomes_in);
PG_FUNCTION_INFO_V1(clientele_scored_outcomes_out);
PG_FUNCTION_INFO_V1(clientele_scored_outcomes_recv);
PG_FUNCTION_INFO_V1(clientele_scored_outcomes_send);

#define TYPE_NAME		"scored_outcomes"
#define BINARY_VERSION	1
#define GROUP_BYTES		24

/* Read a score, and how many of how many. */
static bool
read_group(const OutcomeText *text, const char **at, ScoredOutcomes **state)
{
	float8		score;
	int64		won;
	int64		lost;

	if (!read_outcome_score(text, at, &score) ||
		!read_outcome_counts(text, at, &won, &lost, &(*state)->cases))
		return false;
	if (won > 0)
		*state = scored_outcomes_append(*state, score, won, true);
	if (lost > 0)
		*state = scored_outcomes_append(*state, score, -lost, true);
	return true;
}

/* Read the groups between braces. */
static bool
read_groups(const OutcomeText *text, const char **at, ScoredOutcomes **state)
{
	if (!read_outcome_character(text, at, '{'))
		return false;
	if (scan_character(at, '}'))
		return true;
	do
	{
		if (!read_group(text, at, state))
			return false;
	} while (scan_character(at, ','));
	if (!scan_character(at, '}'))
		return refuse_outcome_text(text, *at, "a comma or \"}\"");
	return true;
}

/* Read the whole text. */
static bool
read_text(const OutcomeText *text, const char *at, ScoredOutcomes **state)
{
	uint64		question = 0;

	*state = scored_outcomes_create(0, true);
	if (!read_groups(text, &at, state) ||
		!read_outcome_skipped(text, &at, &(*state)->skipped))
		return false;
	if (scan_word(&at, "asked"))
	{
		const char *start = at;

		if (scan_count(&at, MAX_TILES, &question) != SCAN_OK || question == 0)
			return refuse_outcome_text(text, start, "a number of tiles");
		scan_space(&at);
	}
	if (*at != '\0')
		return refuse_outcome_text(text, at, "the end");
	*state = scored_outcomes_rest(*state);
	(*state)->question = (int32) question;
	return true;
}

/* Text in */
Datum
clientele_scored_outcomes_in(PG_FUNCTION_ARGS)
{
	OutcomeText text;
	ScoredOutcomes *state;

	text.type_name = TYPE_NAME;
	text.hint = "{0.2:0/3,0.7:2/5} skipped 3: a score, how many were won of how many";
	text.escontext = CLIENTELE_ESCONTEXT(fcinfo);
	if (!read_text(&text, PG_GETARG_CSTRING(0), &state))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

/* Text out */
Datum
clientele_scored_outcomes_out(PG_FUNCTION_ARGS)
{
	const ScoredOutcomes *state = PG_GETARG_SCORED_OUTCOMES_P(0);
	size_t		n;
	const OutcomeGroup *groups = scored_outcomes_groups(state, &n, NULL, NULL);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfoChar(&out, '{');
	for (size_t i = 0; i < n; i++)
	{
		char		number[DOUBLE_SHORTEST_DECIMAL_LEN];

		double_to_shortest_decimal_buf(groups[i].score, number);
		if (i > 0)
			appendStringInfoChar(&out, ',');
		appendStringInfo(&out, "%s:" INT64_FORMAT "/" INT64_FORMAT, number,
						 (int64) groups[i].won,
						 (int64) (groups[i].won + groups[i].lost));
	}
	appendStringInfoChar(&out, '}');
	if (state->skipped > 0)
		appendStringInfo(&out, " skipped " INT64_FORMAT, state->skipped);
	if (state->question != 0)
		appendStringInfo(&out, " asked %d", state->question);
	PG_RETURN_CSTRING(out.data);
}

/* Read the group after the one of the score before. */
static void
receive_group(StringInfo message, uint32 place, float8 *before,
			  ScoredOutcomes **state)
{
	float8		score = pq_getmsgfloat8(message);
	int64		won = pq_getmsgint64(message);
	int64		lost = pq_getmsgint64(message);

	if (isnan(score) || (place > 1 && score <= *before) ||
		(score == 0 && signbit(score)))
		refuse_outcome_binary(TYPE_NAME, psprintf("Score %u is %s, which is not above the one before.",
												  place, number_text(score)));
	check_received_counts(TYPE_NAME, place, won, lost);
	add_outcome_cases(&(*state)->cases, won + lost, NULL);
	if (won > 0)
		*state = scored_outcomes_append(*state, score, won, true);
	if (lost > 0)
		*state = scored_outcomes_append(*state, score, -lost, true);
	*before = score;
}

/*
 * Binary in: version, rows skipped, tiles, number of scores; of each the
 * score, cases won, cases lost
 */
Datum
clientele_scored_outcomes_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	int64		skipped;
	int32		question;
	uint32		n;
	float8		before = 0;
	ScoredOutcomes *state;

	if (version != BINARY_VERSION)
		refuse_outcome_binary(TYPE_NAME, psprintf("Its format is version %d, this release reads version %d.",
												  version, BINARY_VERSION));
	skipped = pq_getmsgint64(message);
	if (skipped < 0)
		refuse_outcome_binary(TYPE_NAME, psprintf(INT64_FORMAT " rows were skipped.", skipped));
	question = (int32) pq_getmsgint(message, 4);
	if (question < 0 || question > MAX_TILES)
		refuse_outcome_binary(TYPE_NAME, psprintf("%d tiles were asked for.", question));
	n = pq_getmsgint(message, 4);
	if ((uint64) (message->len - message->cursor) != (uint64) n * GROUP_BYTES)
		refuse_outcome_binary(TYPE_NAME, psprintf("It claims %u scores in %d bytes.", n,
												  message->len - message->cursor));
	state = scored_outcomes_create(0, true);
	state->skipped = skipped;
	for (uint32 i = 0; i < n; i++)
		receive_group(message, i + 1, &before, &state);
	state->sorted = state->flat.n;
	state = scored_outcomes_rest(state);
	state->question = question;
	PG_RETURN_POINTER(state);
}

/* Binary out */
Datum
clientele_scored_outcomes_send(PG_FUNCTION_ARGS)
{
	const ScoredOutcomes *state = PG_GETARG_SCORED_OUTCOMES_P(0);
	size_t		n;
	const OutcomeGroup *groups = scored_outcomes_groups(state, &n, NULL, NULL);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, BINARY_VERSION);
	pq_sendint64(&out, state->skipped);
	pq_sendint32(&out, state->question);
	pq_sendint32(&out, (uint32) n);
	for (size_t i = 0; i < n; i++)
	{
		pq_sendfloat8(&out, groups[i].score);
		pq_sendint64(&out, groups[i].won);
		pq_sendint64(&out, groups[i].lost);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
