/*
 * two_samples_io.c
 *		two_samples as text and in binary.
 *
 * Text: {6:0,10+:1} skipped 3 - a value, a plus sign if it was still going on
 * then, and 1 for a member of the group or 0; then how many rows were skipped, if
 * any.
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"

#include "compat.h"
#include "number_text.h"
#include "text_scan.h"
#include "survey/two_samples.h"

PG_FUNCTION_INFO_V1(clientele_two_samples_in);
PG_FUNCTION_INFO_V1(clientele_two_samples_out);
PG_FUNCTION_INFO_V1(clientele_two_samples_recv);
PG_FUNCTION_INFO_V1(clientele_two_samples_send);

#define BINARY_VERSION	1

/* Bytes of an observation */
#define BINARY_OBSERVATION	(8 + 1)

/* Refuse a text: false, or an error. */
#define refuse_text(escontext, at, expected) \
	clientele_return_error(escontext, false, \
		(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION), \
		 errmsg("invalid input syntax for type %s", "two_samples"), \
		 errdetail("Expected %s at \"%s\".", expected, rest_of(at)), \
		 errhint("Values look like {6:0,10+:1} skipped 3: 10 of the group, still going on.")))

/* Where a text went wrong, short enough to print */
static char *
rest_of(const char *at)
{
	return pnstrdup(at, pg_mbcliplen(at, strlen(at), 40));
}

/* Read the value of an observation, which may be infinite. */
static bool
read_value(const char **at, float8 *value, struct Node *escontext)
{
	const char *start = *at;

	switch (scan_number(at, value))
	{
		case SCAN_OK:
			return true;
		case SCAN_RANGE:
			clientele_return_error(escontext, false,
								   (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
									errmsg("number out of range for type %s", "two_samples"),
									errdetail("The number is at \"%s\".", rest_of(*at)),
									errhint("Values are of type double precision.")));
		default:
			break;
	}
	*at = start;
	scan_space(at);
	if (scan_word(at, "infinity"))
		*value = INFINITY;
	else if (scan_character(at, '-') && scan_word(at, "infinity"))
		*value = -INFINITY;
	else
		refuse_text(escontext, start, "a number");
	return true;
}

/* Read one observation. */
static bool
read_observation(const char **at, TwoSamples **state, struct Node *escontext)
{
	float8		value;
	uint32		kind = 0;

	if (!read_value(at, &value, escontext))
		return false;
	if (scan_character(at, '+'))
		kind |= OBSERVATION_CENSORED;
	if (!scan_character(at, ':'))
		refuse_text(escontext, *at, "\":\"");
	if (scan_character(at, '1'))
		kind |= OBSERVATION_IN_GROUP;
	else if (!scan_character(at, '0'))
		refuse_text(escontext, *at, "1 or 0");
	*state = two_samples_append(*state, value, kind, true);
	return true;
}

/* Read the whole text. */
static bool
read_text(const char *at, TwoSamples **state, struct Node *escontext)
{
	uint64		skipped = 0;

	*state = two_samples_create(0, true);
	if (!scan_character(&at, '{'))
		refuse_text(escontext, at, "\"{\"");
	if (!scan_character(&at, '}'))
	{
		do
		{
			if (!read_observation(&at, state, escontext))
				return false;
		} while (scan_character(&at, ','));
		if (!scan_character(&at, '}'))
			refuse_text(escontext, at, "a comma or \"}\"");
	}
	scan_space(&at);
	if (scan_word(&at, "skipped"))
	{
		if (scan_count(&at, PG_INT64_MAX, &skipped) != SCAN_OK)
			refuse_text(escontext, at, "a whole number");
		scan_space(&at);
	}
	if (*at != '\0')
		refuse_text(escontext, at, "the end");
	(*state)->skipped = (int64) skipped;
	*state = two_samples_rest(*state);
	return true;
}

/* Text in */
Datum
clientele_two_samples_in(PG_FUNCTION_ARGS)
{
	TwoSamples *state;

	if (!read_text(PG_GETARG_CSTRING(0), &state, CLIENTELE_ESCONTEXT(fcinfo)))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

/* Text out */
Datum
clientele_two_samples_out(PG_FUNCTION_ARGS)
{
	const TwoSamples *state = PG_GETARG_TWO_SAMPLES_P(0);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfoChar(&out, '{');
	for (uint32 i = 0; i < state->flat.n; i++)
	{
		const Observation *observation = &state->observations[i];
		char		number[DOUBLE_SHORTEST_DECIMAL_LEN];

		double_to_shortest_decimal_buf(observation->value, number);
		if (i > 0)
			appendStringInfoChar(&out, ',');
		appendStringInfoString(&out, number);
		if (observation->kind & OBSERVATION_CENSORED)
			appendStringInfoChar(&out, '+');
		appendStringInfoString(&out, observation->kind & OBSERVATION_IN_GROUP ?
							   ":1" : ":0");
	}
	appendStringInfoChar(&out, '}');
	if (state->skipped > 0)
		appendStringInfo(&out, " skipped " INT64_FORMAT, state->skipped);
	PG_RETURN_CSTRING(out.data);
}

/* Refuse a binary form. */
static void
refuse_binary(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary %s", "two_samples"),
			 errdetail("%s", detail)));
}

/* Binary in: version, rows skipped, number, and of each a value and its kind */
Datum
clientele_two_samples_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	int64		skipped;
	uint32		n;
	TwoSamples *state;

	if (version != BINARY_VERSION)
		refuse_binary(psprintf("Its format is version %d, this release reads version %d.",
							   version, BINARY_VERSION));
	skipped = pq_getmsgint64(message);
	if (skipped < 0)
		refuse_binary(psprintf(INT64_FORMAT " rows were skipped.", skipped));
	n = pq_getmsgint(message, 4);
	if ((uint64) (message->len - message->cursor) != (uint64) n * BINARY_OBSERVATION)
		refuse_binary(psprintf("It claims %u observations in %d bytes.", n,
							   message->len - message->cursor));
	state = two_samples_create(n, false);
	state->skipped = skipped;
	for (uint32 i = 0; i < n; i++)
	{
		float8		value = pq_getmsgfloat8(message);
		int			kind = pq_getmsgbyte(message);

		if (isnan(value) ||
			(kind & ~(OBSERVATION_IN_GROUP | OBSERVATION_CENSORED)) != 0)
			refuse_binary(psprintf("Observation %u is %s of kind %d.", i + 1,
								   number_text(value), kind));
		state->observations[i].value = value + 0.0;
		state->observations[i].kind = kind;
	}
	PG_RETURN_POINTER(two_samples_rest(state));
}

/* Binary out */
Datum
clientele_two_samples_send(PG_FUNCTION_ARGS)
{
	const TwoSamples *state = PG_GETARG_TWO_SAMPLES_P(0);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, BINARY_VERSION);
	pq_sendint64(&out, state->skipped);
	pq_sendint32(&out, state->flat.n);
	for (uint32 i = 0; i < state->flat.n; i++)
	{
		pq_sendfloat8(&out, state->observations[i].value);
		pq_sendbyte(&out, state->observations[i].kind);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
