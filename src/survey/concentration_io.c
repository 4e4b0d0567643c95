/*
 * concentration_io.c
 *		concentration as text and in binary.
 *
 * Text: {0,12.5,120} skipped 3 - the values, ascending; then how many rows were
 * skipped, if any. A state of an aggregate in work that is shipped from one server to
 * another also has "asked" and the question.
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"

#include "compat.h"
#include "number_text.h"
#include "text_scan.h"
#include "survey/concentration.h"

PG_FUNCTION_INFO_V1(clientele_concentration_in);
PG_FUNCTION_INFO_V1(clientele_concentration_out);
PG_FUNCTION_INFO_V1(clientele_concentration_recv);
PG_FUNCTION_INFO_V1(clientele_concentration_send);

#define BINARY_VERSION	1

/* Refuse a text: false, or an error. */
#define refuse_text(escontext, at, expected) \
	clientele_return_error(escontext, false, \
		(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION), \
		 errmsg("invalid input syntax for type %s", "concentration"), \
		 errdetail("Expected %s at \"%s\".", expected, rest_of(at)), \
		 errhint("Values look like {0,12.5,120} skipped 3.")))

/* Where a text went wrong, short enough to print */
static char *
rest_of(const char *at)
{
	return pnstrdup(at, pg_mbcliplen(at, strlen(at), 40));
}

/* A question is a count of at least 1, or a share. */
static bool
is_question(float8 question)
{
	return question > 0 && question <= 9.3e18;
}

/* Read a number. */
static bool
read_number(const char **at, float8 *number, struct Node *escontext)
{
	switch (scan_number(at, number))
	{
		case SCAN_OK:
			return true;
		case SCAN_RANGE:
			clientele_return_error(escontext, false,
								   (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
									errmsg("number out of range for type %s", "concentration"),
									errdetail("The number is at \"%s\".", rest_of(*at)),
									errhint("Values are of type double precision.")));
		default:
			refuse_text(escontext, *at, "a finite number");
	}
}

/* Read the values between braces. */
static bool
read_values(const char **at, Concentration **state, struct Node *escontext)
{
	if (!scan_character(at, '{'))
		refuse_text(escontext, *at, "\"{\"");
	if (scan_character(at, '}'))
		return true;
	do
	{
		const char *start = *at;
		float8		value;

		if (!read_number(at, &value, escontext))
			return false;
		if (!concentration_takes(value))
			clientele_return_error(escontext, false,
								   (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
									errmsg("values of a %s must not be negative", "concentration"),
									errdetail("The value is at \"%s\".", rest_of(start)),
									errhint("Who has less than nothing has no share: leave the value out, or write 0.")));
		*state = concentration_append(*state, value, true);
	} while (scan_character(at, ','));
	if (!scan_character(at, '}'))
		refuse_text(escontext, *at, "a comma or \"}\"");
	return true;
}

/* Read the whole text. */
static bool
read_text(const char *at, Concentration **state, struct Node *escontext)
{
	float8		question = NAN;
	uint64		skipped = 0;

	*state = concentration_create(0, true);
	if (!read_values(&at, state, escontext))
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

		if (!read_number(&at, &question, escontext))
			return false;
		if (!is_question(question))
			refuse_text(escontext, start, "a number above 0");
		scan_space(&at);
	}
	if (*at != '\0')
		refuse_text(escontext, at, "the end");
	(*state)->skipped = (int64) skipped;
	*state = concentration_rest(*state);
	(*state)->question = question;
	return true;
}

/* Text in */
Datum
clientele_concentration_in(PG_FUNCTION_ARGS)
{
	Concentration *state;

	if (!read_text(PG_GETARG_CSTRING(0), &state, CLIENTELE_ESCONTEXT(fcinfo)))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

/* Text out */
Datum
clientele_concentration_out(PG_FUNCTION_ARGS)
{
	const Concentration *state = PG_GETARG_CONCENTRATION_P(0);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfoChar(&out, '{');
	for (uint32 i = 0; i < state->flat.n; i++)
	{
		char		number[DOUBLE_SHORTEST_DECIMAL_LEN];

		double_to_shortest_decimal_buf(state->values[i], number);
		if (i > 0)
			appendStringInfoChar(&out, ',');
		appendStringInfoString(&out, number);
	}
	appendStringInfoChar(&out, '}');
	if (state->skipped > 0)
		appendStringInfo(&out, " skipped " INT64_FORMAT, state->skipped);
	if (!isnan(state->question))
		appendStringInfo(&out, " asked %s", number_text(state->question));
	PG_RETURN_CSTRING(out.data);
}

/* Refuse a binary form. */
static void
refuse_binary(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary %s", "concentration"),
			 errdetail("%s", detail)));
}

/* Binary in: version, rows skipped, question, number of values, values */
Datum
clientele_concentration_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	int64		skipped;
	float8		question;
	uint32		n;
	Concentration *state;
	Concentration *result;

	if (version != BINARY_VERSION)
		refuse_binary(psprintf("Its format is version %d, this release reads version %d.",
							   version, BINARY_VERSION));
	skipped = pq_getmsgint64(message);
	if (skipped < 0)
		refuse_binary(psprintf(INT64_FORMAT " rows were skipped.", skipped));
	question = pq_getmsgfloat8(message);
	if (!isnan(question) && !is_question(question))
		refuse_binary(psprintf("Its question is %s.", number_text(question)));
	n = pq_getmsgint(message, 4);
	if ((uint64) (message->len - message->cursor) != (uint64) n * 8)
		refuse_binary(psprintf("It claims %u values in %d bytes.", n,
							   message->len - message->cursor));
	state = concentration_create(n, false);
	state->skipped = skipped;
	for (uint32 i = 0; i < n; i++)
	{
		float8		value = pq_getmsgfloat8(message);

		if (!concentration_takes(value))
			refuse_binary(psprintf("Value %u is %s.", i + 1, number_text(value)));
		state->values[i] = value + 0.0;
	}
	result = concentration_rest(state);
	result->question = isnan(question) ? NAN : question;
	PG_RETURN_POINTER(result);
}

/* Binary out */
Datum
clientele_concentration_send(PG_FUNCTION_ARGS)
{
	const Concentration *state = PG_GETARG_CONCENTRATION_P(0);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, BINARY_VERSION);
	pq_sendint64(&out, state->skipped);
	pq_sendfloat8(&out, state->question);
	pq_sendint32(&out, state->flat.n);
	for (uint32 i = 0; i < state->flat.n; i++)
		pq_sendfloat8(&out, state->values[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
