/*
 * paired_scores_io.c
 *		paired_scores as text and in binary.
 *
 * Text: {(0.2,0.3):0/3,(0.7,0.4):2/5} skipped 3 - two scores, ascending by the
 * first, then by the second, how many of how many cases were won; then how many
 * rows were skipped, if any.
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"

#include "compat.h"
#include "number_text.h"
#include "text_scan.h"
#include "score/evaluation/outcome_text.h"
#include "score/evaluation/paired_scores.h"
#include "score/evaluation/scored_outcomes.h"

PG_FUNCTION_INFO_V1(clientele_paired_scores_in);
PG_FUNCTION_INFO_V1(clientele_paired_scores_out);
PG_FUNCTION_INFO_V1(clientele_paired_scores_recv);
PG_FUNCTION_INFO_V1(clientele_paired_scores_send);

#define TYPE_NAME		"paired_scores"
#define BINARY_VERSION	1
#define TALLY_BYTES		24

/* Read two scores, and how many of how many. */
static bool
read_pair(const OutcomeText *text, const char **at, PairedScores **state)
{
	float8		a;
	float8		b;
	int64		won;
	int64		lost;

	if (!read_outcome_character(text, at, '(') ||
		!read_outcome_score(text, at, &a) ||
		!read_outcome_character(text, at, ',') ||
		!read_outcome_score(text, at, &b) ||
		!read_outcome_character(text, at, ')') ||
		!read_outcome_counts(text, at, &won, &lost, &(*state)->cases))
		return false;
	if (won > 0)
		*state = paired_scores_append(*state, a, b, won, true);
	if (lost > 0)
		*state = paired_scores_append(*state, a, b, -lost, true);
	return true;
}

/* Read the whole text. */
static bool
read_text(const OutcomeText *text, const char *at, PairedScores **state)
{
	*state = paired_scores_create(0, true);
	if (!read_outcome_character(text, &at, '{'))
		return false;
	if (!scan_character(&at, '}'))
	{
		do
		{
			if (!read_pair(text, &at, state))
				return false;
		} while (scan_character(&at, ','));
		if (!scan_character(&at, '}'))
			return refuse_outcome_text(text, at, "a comma or \"}\"");
	}
	if (!read_outcome_skipped(text, &at, &(*state)->skipped))
		return false;
	if (*at != '\0')
		return refuse_outcome_text(text, at, "the end");
	*state = paired_scores_rest(*state);
	return true;
}

/* Text in */
Datum
clientele_paired_scores_in(PG_FUNCTION_ARGS)
{
	OutcomeText text;
	PairedScores *state;

	text.type_name = TYPE_NAME;
	text.hint = "{(0.2,0.3):0/3,(0.7,0.4):2/5} skipped 3: two scores, how many were won of how many";
	text.escontext = CLIENTELE_ESCONTEXT(fcinfo);
	if (!read_text(&text, PG_GETARG_CSTRING(0), &state))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

/* Text out */
Datum
clientele_paired_scores_out(PG_FUNCTION_ARGS)
{
	const PairedScores *state =
		paired_scores_rest(PG_GETARG_PAIRED_SCORES_P(0));
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfoChar(&out, '{');
	for (uint32 i = 0; i < state->flat.n; i++)
	{
		const PairTally *tally = &state->tallies[i];
		int64		won = Max(tally->count, 0);
		int64		lost = Max(-tally->count, 0);
		char		a[DOUBLE_SHORTEST_DECIMAL_LEN];
		char		b[DOUBLE_SHORTEST_DECIMAL_LEN];

		/* the lost cases of the same scores come next */
		if (i + 1 < state->flat.n && tally[1].a == tally->a &&
			tally[1].b == tally->b)
		{
			lost = -tally[1].count;
			i++;
		}
		double_to_shortest_decimal_buf(tally->a, a);
		double_to_shortest_decimal_buf(tally->b, b);
		appendStringInfo(&out, "%s(%s,%s):" INT64_FORMAT "/" INT64_FORMAT,
						 out.len > 1 ? "," : "", a, b, won, won + lost);
	}
	appendStringInfoChar(&out, '}');
	if (state->skipped > 0)
		appendStringInfo(&out, " skipped " INT64_FORMAT, state->skipped);
	PG_RETURN_CSTRING(out.data);
}

/* Whether a tally comes after another in the order of values at rest */
static bool
comes_after(const PairTally *tally, const PairTally *before)
{
	if (tally->a != before->a)
		return tally->a > before->a;
	if (tally->b != before->b)
		return tally->b > before->b;
	return tally->count < 0 && before->count > 0;
}

/*
 * Binary in: version, rows skipped, number of tallies; of each the two scores
 * and the cases, below 0 for lost ones
 */
Datum
clientele_paired_scores_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	int64		skipped;
	uint32		n;
	PairedScores *state;

	if (version != BINARY_VERSION)
		refuse_outcome_binary(TYPE_NAME, psprintf("Its format is version %d, this release reads version %d.",
												  version, BINARY_VERSION));
	skipped = pq_getmsgint64(message);
	if (skipped < 0)
		refuse_outcome_binary(TYPE_NAME, psprintf(INT64_FORMAT " rows were skipped.", skipped));
	n = pq_getmsgint(message, 4);
	if ((uint64) (message->len - message->cursor) != (uint64) n * TALLY_BYTES)
		refuse_outcome_binary(TYPE_NAME, psprintf("It claims %u tallies in %d bytes.", n,
												  message->len - message->cursor));
	state = paired_scores_create(n, false);
	state->skipped = skipped;
	for (uint32 i = 0; i < n; i++)
	{
		PairTally  *tally = &state->tallies[i];

		tally->a = pq_getmsgfloat8(message);
		tally->b = pq_getmsgfloat8(message);
		tally->count = pq_getmsgint64(message);
		if (isnan(tally->a) || isnan(tally->b) ||
			(tally->a == 0 && signbit(tally->a)) ||
			(tally->b == 0 && signbit(tally->b)) ||
			(i > 0 && !comes_after(tally, tally - 1)))
			refuse_outcome_binary(TYPE_NAME, psprintf("Tally %u, of %s and %s, is not after the one before.",
													  i + 1, number_text(tally->a),
													  number_text(tally->b)));
		if (tally->count < -MAX_OUTCOME_CASES)
			tally->count = 0;	/* its negative may not exist */
		check_received_counts(TYPE_NAME, i + 1, Max(tally->count, 0),
							  Max(-tally->count, 0));
		add_outcome_cases(&state->cases, Max(tally->count, -tally->count),
						  NULL);
	}
	PG_RETURN_POINTER(state);
}

/* Binary out */
Datum
clientele_paired_scores_send(PG_FUNCTION_ARGS)
{
	const PairedScores *state =
		paired_scores_rest(PG_GETARG_PAIRED_SCORES_P(0));
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, BINARY_VERSION);
	pq_sendint64(&out, state->skipped);
	pq_sendint32(&out, state->flat.n);
	for (uint32 i = 0; i < state->flat.n; i++)
	{
		pq_sendfloat8(&out, state->tallies[i].a);
		pq_sendfloat8(&out, state->tallies[i].b);
		pq_sendint64(&out, state->tallies[i].count);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
