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
#include "mb/pg_wchar.h"

#include "compat.h"
#include "number_text.h"
#include "text_scan.h"
#include "score/evaluation/scored_outcomes.h"
#include "score/evaluation/tiles.h"

PG_FUNCTION_INFO_V1(clientele_scored_outcomes_in);
PG_FUNCTION_INFO_V1(clientele_scored_outcomes_out);
PG_FUNCTION_INFO_V1(clientele_scored_outcomes_recv);
PG_FUNCTION_INFO_V1(clientele_scored_outcomes_send);

#define BINARY_VERSION	1
#define GROUP_BYTES		24

/* Refuse a text: false, or an error. */
#define refuse_text(escontext, at, expected) \
	clientele_return_error(escontext, false, \
		(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION), \
		 errmsg("invalid input syntax for type %s", "scored_outcomes"), \
		 errdetail("Expected %s at \"%s\".", expected, rest_of(at)), \
		 errhint("Values look like {0.2:0/3,0.7:2/5} skipped 3: a score, how many were won of how many.")))

/* Where a text went wrong, short enough to print */
static char *
rest_of(const char *at)
{
	return pnstrdup(at, pg_mbcliplen(at, strlen(at), 40));
}

/* Read a score, which may be infinite. */
static bool
read_score(const char **at, float8 *score, struct Node *escontext)
{
	switch (scan_number(at, score))
	{
		case SCAN_OK:
			return true;
		case SCAN_RANGE:
			clientele_return_error(escontext, false,
								   (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
									errmsg("number out of range for type %s", "scored_outcomes"),
									errdetail("The number is at \"%s\".", rest_of(*at)),
									errhint("Scores are of type double precision.")));
		case SCAN_NOT_FINITE:
			{
				const char *sign = *at;
				bool		negative = scan_character(&sign, '-');

				if (!negative)
					scan_character(&sign, '+');
				if (scan_word(&sign, "infinity") || scan_word(&sign, "inf"))
				{
					*score = negative ? -INFINITY : INFINITY;
					*at = sign;
					return true;
				}
				refuse_text(escontext, *at, "a score that is a number");
			}
		default:
			refuse_text(escontext, *at, "a score");
	}
}

/* Read a number of cases. */
static bool
read_cases(const char **at, uint64 *cases, const char *expected,
		   struct Node *escontext)
{
	switch (scan_count(at, MAX_OUTCOME_CASES, cases))
	{
		case SCAN_OK:
			return true;
		case SCAN_RANGE:
			clientele_return_error(escontext, false,
								   (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
									errmsg("number of cases out of range for type %s", "scored_outcomes"),
									errdetail("The number is at \"%s\".", rest_of(*at)),
									errhint("The limit is " INT64_FORMAT ".", MAX_OUTCOME_CASES)));
		default:
			refuse_text(escontext, *at, expected);
	}
}

/* Read a score, and how many of how many. */
static bool
read_group(const char **at, ScoredOutcomes **state, struct Node *escontext)
{
	float8		score;
	uint64		won;
	uint64		cases;
	const char *start;

	if (!read_score(at, &score, escontext))
		return false;
	if (!scan_character(at, ':'))
		refuse_text(escontext, *at, "\":\"");
	start = *at;
	if (!read_cases(at, &won, "how many were won", escontext))
		return false;
	if (!scan_character(at, '/'))
		refuse_text(escontext, *at, "\"/\"");
	if (!read_cases(at, &cases, "of how many", escontext))
		return false;
	if (cases == 0 || won > cases)
		clientele_return_error(escontext, false,
							   (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
								errmsg("won cases of a score must be some of its cases"),
								errdetail("The numbers are at \"%s\".", rest_of(start)),
								errhint("2/5 are two won of five, three of them lost.")));
	if (!add_outcome_cases(&(*state)->cases, (int64) cases, escontext))
		return false;
	if (won > 0)
		*state = scored_outcomes_append(*state, score, (int64) won, true);
	if (won < cases)
		*state = scored_outcomes_append(*state, score,
										(int64) won - (int64) cases, true);
	return true;
}

/* Read the groups between braces. */
static bool
read_groups(const char **at, ScoredOutcomes **state, struct Node *escontext)
{
	if (!scan_character(at, '{'))
		refuse_text(escontext, *at, "\"{\"");
	if (scan_character(at, '}'))
		return true;
	do
	{
		if (!read_group(at, state, escontext))
			return false;
	} while (scan_character(at, ','));
	if (!scan_character(at, '}'))
		refuse_text(escontext, *at, "a comma or \"}\"");
	return true;
}

/* Read the whole text. */
static bool
read_text(const char *at, ScoredOutcomes **state, struct Node *escontext)
{
	uint64		question = 0;
	uint64		skipped = 0;

	*state = scored_outcomes_create(0, true);
	if (!read_groups(&at, state, escontext))
		return false;
	scan_space(&at);
	if (scan_word(&at, "skipped"))
	{
		if (scan_count(&at, PG_INT64_MAX, &skipped) != SCAN_OK)
			refuse_text(escontext, at, "a whole number");
		scan_space(&at);
	}
	if (scan_word(&at, "asked"))
	{
		const char *start = at;

		if (scan_count(&at, MAX_TILES, &question) != SCAN_OK || question == 0)
			refuse_text(escontext, start, "a number of tiles");
		scan_space(&at);
	}
	if (*at != '\0')
		refuse_text(escontext, at, "the end");
	(*state)->skipped = (int64) skipped;
	*state = scored_outcomes_rest(*state);
	(*state)->question = (int32) question;
	return true;
}

/* Text in */
Datum
clientele_scored_outcomes_in(PG_FUNCTION_ARGS)
{
	ScoredOutcomes *state;

	if (!read_text(PG_GETARG_CSTRING(0), &state, CLIENTELE_ESCONTEXT(fcinfo)))
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

/* Refuse a binary form. */
static void
refuse_binary(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary %s", "scored_outcomes"),
			 errdetail("%s", detail),
			 errhint("Send what scored_outcomes_send() has written.")));
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
		refuse_binary(psprintf("Score %u is %s, which is not above the one before.",
							   place, number_text(score)));
	if (won < 0 || lost < 0 || won > MAX_OUTCOME_CASES ||
		lost > MAX_OUTCOME_CASES || won + lost == 0)
		refuse_binary(psprintf("Of score %u, " INT64_FORMAT " are won and " INT64_FORMAT " lost.",
							   place, won, lost));
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
		refuse_binary(psprintf("Its format is version %d, this release reads version %d.",
							   version, BINARY_VERSION));
	skipped = pq_getmsgint64(message);
	if (skipped < 0)
		refuse_binary(psprintf(INT64_FORMAT " rows were skipped.", skipped));
	question = (int32) pq_getmsgint(message, 4);
	if (question < 0 || question > MAX_TILES)
		refuse_binary(psprintf("%d tiles were asked for.", question));
	n = pq_getmsgint(message, 4);
	if ((uint64) (message->len - message->cursor) != (uint64) n * GROUP_BYTES)
		refuse_binary(psprintf("It claims %u scores in %d bytes.", n,
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
