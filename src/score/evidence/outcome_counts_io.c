/*
 * outcome_counts_io.c
 *		outcome_counts as text and in binary.
 *
 * Text: {"cold": 20:240, "web": 60.5:140, null: 1:2} skipped 3 - levels in quotes,
 * won and lost; then how many rows were skipped, if any. Counts are decimal
 * numbers of up to 18 places, exactly those that are held.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"

#include "compat.h"
#include "day_text.h"
#include "text_scan.h"
#include "score/evidence/outcome_counts.h"

PG_FUNCTION_INFO_V1(clientele_outcome_counts_in);
PG_FUNCTION_INFO_V1(clientele_outcome_counts_out);
PG_FUNCTION_INFO_V1(clientele_outcome_counts_recv);
PG_FUNCTION_INFO_V1(clientele_outcome_counts_send);

#define BINARY_VERSION	1

/* Refuse a text: always false. */
static bool
refuse(Problem *problem, char *detail)
{
	return note_problem(problem, ERRCODE_INVALID_TEXT_REPRESENTATION, detail);
}

/* Where a text went wrong, short enough to print */
static char *
rest_of(const char *at)
{
	return pnstrdup(at, pg_mbcliplen(at, strlen(at), 40));
}

/* ------------------------------------------------------------------------
 * Text input
 * ------------------------------------------------------------------------
 */

/* Read a level in quotes, in which a backslash takes what follows as it is. */
static bool
scan_level(const char **text, StringInfo level, Problem *problem)
{
	const char *at = *text;

	resetStringInfo(level);
	for (;; at++)
	{
		if (*at == '\\' && at[1] != '\0')
			at++;
		else if (*at == '"' || *at == '\0')
			break;
		appendStringInfoChar(level, *at);
	}
	if (*at != '"')
		return refuse(problem, pstrdup("A level in quotes has no end."));
	if (level->len > OUTCOME_MAX_TEXT)
		return note_problem(problem, ERRCODE_INVALID_PARAMETER_VALUE,
							psprintf("A level has %d bytes, the limit is %d.",
									 level->len, OUTCOME_MAX_TEXT));
	*text = at + 1;
	return true;
}

/* Read a count: digits, and up to 18 behind a point. */
static bool
scan_sum(const char **text, OutcomeSum *sum, Problem *problem)
{
	const char *at = *text;
	uint64_t	whole;
	uint64_t	unit = OUTCOME_PARTS;

	scan_space(&at);
	switch (scan_count(&at, PG_INT64_MAX, &whole))
	{
		case SCAN_OK:
			break;
		case SCAN_RANGE:
			return note_problem(problem, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
								psprintf("A count exceeds " INT64_FORMAT ".",
										 PG_INT64_MAX));
		default:
			return refuse(problem, psprintf("There is no count at \"%s\".",
											rest_of(at)));
	}
	sum->whole = (int64) whole;
	sum->part = 0;
	if (*at == '.')
	{
		const char *digits = ++at;

		for (; *at >= '0' && *at <= '9'; at++)
		{
			unit /= 10;
			if (unit == 0)
				return refuse(problem,
							  psprintf("A count has more than %d decimal places at \"%s\".",
									   OUTCOME_PLACES, rest_of(digits)));
			sum->part += (uint64_t) (*at - '0') * unit;
		}
		if (at == digits)
			return refuse(problem, psprintf("There are no digits behind a point at \"%s\".",
											rest_of(digits)));
	}
	*text = at;
	return true;
}

/* Read a level and its counts. */
static bool
scan_counts(const char **text, StringInfo level, OutcomeCounts **counts,
			Problem *problem)
{
	OutcomeSum	won;
	OutcomeSum	lost;
	uint32		nlevels;
	bool		is_null = false;

	if (scan_character(text, '"'))
	{
		if (!scan_level(text, level, problem))
			return false;
	}
	else if (scan_word(text, "null"))
		is_null = true;
	else
		return refuse(problem, psprintf("There is no level at \"%s\".",
										rest_of(*text)));
	if (!scan_character(text, ':'))
		return refuse(problem, psprintf("There is no colon behind a level at \"%s\".",
										rest_of(*text)));
	if (!scan_sum(text, &won, problem))
		return false;
	if (!scan_character(text, ':'))
		return refuse(problem, psprintf("There is no colon between won and lost at \"%s\".",
										rest_of(*text)));
	if (!scan_sum(text, &lost, problem))
		return false;
	nlevels = (*counts)->nlevels;
	*counts = outcome_counts_add(*counts, level->data,
								 is_null ? -1 : level->len, won, lost);
	if ((*counts)->nlevels == nlevels)
		return refuse(problem, psprintf("The level %s is there twice.",
										is_null ? "null" :
										psprintf("\"%s\"", rest_of(level->data))));
	return true;
}

/* Read the whole text. */
static bool
scan_text(const char *text, OutcomeCounts **counts, Problem *problem)
{
	StringInfoData level;
	uint64_t	skipped = 0;

	initStringInfo(&level);
	if (!scan_character(&text, '{'))
		return refuse(problem, pstrdup("It does not start with \"{\"."));
	if (!scan_character(&text, '}'))
	{
		do
		{
			if (!scan_counts(&text, &level, counts, problem))
				return false;
		} while (scan_character(&text, ','));
		if (!scan_character(&text, '}'))
			return refuse(problem, psprintf("There is no comma or \"}\" at \"%s\".",
											rest_of(text)));
	}
	if (scan_word(&text, "skipped"))
	{
		if (scan_count(&text, PG_INT64_MAX, &skipped) != SCAN_OK)
			return refuse(problem, psprintf("There is no whole number behind \"skipped\" at \"%s\".",
											rest_of(text)));
	}
	scan_space(&text);
	if (*text != '\0')
		return refuse(problem, psprintf("There is more text at \"%s\".",
										rest_of(text)));
	(*counts)->skipped = (int64) skipped;
	return true;
}

/* Text in: levels in any order */
Datum
clientele_outcome_counts_in(PG_FUNCTION_ARGS)
{
	OutcomeCounts *counts = outcome_counts_create();
	Problem		problem;

	if (!scan_text(PG_GETARG_CSTRING(0), &counts, &problem))
		clientele_return_error(CLIENTELE_ESCONTEXT(fcinfo), (Datum) 0,
							   (errcode(problem.sqlstate),
								errmsg("invalid input syntax for type %s", "outcome_counts"),
								errdetail_internal("%s", problem.detail),
								errhint("Write levels with how many were won and lost, as in {\"cold\": 20:240, \"web\": 60:140, null: 1:2} skipped 3.")));
	PG_RETURN_POINTER(outcome_counts_rest(counts));
}

/* ------------------------------------------------------------------------
 * Text output
 * ------------------------------------------------------------------------
 */

/* Write a level as it is read. */
static void
write_level(StringInfo text, const OutcomeLevel *level)
{
	if (level->length < 0)
	{
		appendStringInfoString(text, "null");
		return;
	}
	appendStringInfoChar(text, '"');
	for (int i = 0; i < level->length; i++)
	{
		if (level->text[i] == '"' || level->text[i] == '\\')
			appendStringInfoChar(text, '\\');
		appendStringInfoChar(text, level->text[i]);
	}
	appendStringInfoChar(text, '"');
}

/* Write a count without zeros at its end. */
static void
write_sum(StringInfo text, OutcomeSum sum)
{
	appendStringInfo(text, INT64_FORMAT, (int64) sum.whole);
	if (sum.part > 0)
	{
		appendStringInfo(text, ".%018llu",
						 (unsigned long long) sum.part);
		while (text->data[text->len - 1] == '0')
			text->data[--text->len] = '\0';
	}
}

/* Text out */
Datum
clientele_outcome_counts_out(PG_FUNCTION_ARGS)
{
	const OutcomeCounts *counts = outcome_counts_rest(PG_GETARG_OUTCOME_COUNTS_P(0));
	const OutcomeLevel *level;
	OutcomeReader reader;
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfoChar(&text, '{');
	outcome_counts_read(counts, &reader);
	while ((level = outcome_counts_next(&reader)) != NULL)
	{
		if (text.len > 1)
			appendStringInfoString(&text, ", ");
		write_level(&text, level);
		appendStringInfoString(&text, ": ");
		write_sum(&text, level->won);
		appendStringInfoChar(&text, ':');
		write_sum(&text, level->lost);
	}
	appendStringInfoChar(&text, '}');
	if (counts->skipped > 0)
		appendStringInfo(&text, " skipped " INT64_FORMAT, counts->skipped);
	PG_RETURN_CSTRING(text.data);
}

/* ------------------------------------------------------------------------
 * Binary forms
 * ------------------------------------------------------------------------
 */

/* Refuse a binary form. */
static void
refuse_binary(char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid outcome_counts in binary form"),
			 errdetail_internal("%s", detail),
			 errhint("Send what outcome_counts_send() has written.")));
}

/* Read a count. */
static OutcomeSum
receive_sum(StringInfo message)
{
	OutcomeSum	sum;

	sum.whole = pq_getmsgint64(message);
	sum.part = (uint64) pq_getmsgint64(message);
	if (sum.whole < 0 || sum.part >= OUTCOME_PARTS)
		refuse_binary(psprintf("A count has " INT64_FORMAT " wholes and " UINT64_FORMAT " parts of 1e-18.",
							   (int64) sum.whole, (uint64) sum.part));
	return sum;
}

/*
 * Binary in: version, rows skipped, number of levels; each with its length (-1:
 * NULL), its text, won and lost in wholes and parts. Levels ascend.
 */
Datum
clientele_outcome_counts_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	OutcomeCounts *counts = outcome_counts_create();
	const char *before = NULL;
	int32		length_before = -1;
	uint32		nlevels;

	if (version != BINARY_VERSION)
		refuse_binary(psprintf("Its format is version %d, this release reads version %d.",
							   version, BINARY_VERSION));
	counts->skipped = pq_getmsgint64(message);
	if (counts->skipped < 0)
		refuse_binary(psprintf(INT64_FORMAT " rows were skipped.",
							   counts->skipped));
	nlevels = pq_getmsgint(message, 4);
	for (uint32 i = 0; i < nlevels; i++)
	{
		int32		length = (int32) pq_getmsgint(message, 4);
		const char *text = NULL;
		OutcomeSum	won;
		OutcomeSum	lost;

		if (length < -1 || length > OUTCOME_MAX_TEXT ||
			(length < 0 && i != nlevels - 1))
			refuse_binary(psprintf("Level %u has %d bytes.", i + 1, length));
		if (length >= 0)
		{
			int			order = 1;

			text = pq_getmsgbytes(message, length);
			pg_verifymbstr(text, length, false);
			if (i > 0)
				order = memcmp(text, before, Min(length, length_before));
			if (order < 0 || (order == 0 && length <= length_before))
				refuse_binary(psprintf("Level %u is not behind the one before it.",
									   i + 1));
			before = text;
			length_before = length;
		}
		won = receive_sum(message);
		lost = receive_sum(message);
		counts = outcome_counts_add(counts, text, length, won, lost);
	}
	PG_RETURN_POINTER(outcome_counts_rest(counts));
}

/* Binary out */
Datum
clientele_outcome_counts_send(PG_FUNCTION_ARGS)
{
	const OutcomeCounts *counts = outcome_counts_rest(PG_GETARG_OUTCOME_COUNTS_P(0));
	const OutcomeLevel *level;
	OutcomeReader reader;
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendbyte(&message, BINARY_VERSION);
	pq_sendint64(&message, counts->skipped);
	pq_sendint32(&message, counts->nlevels);
	outcome_counts_read(counts, &reader);
	while ((level = outcome_counts_next(&reader)) != NULL)
	{
		pq_sendint32(&message, (uint32) level->length);
		if (level->length > 0)
			pq_sendbytes(&message, level->text, level->length);
		pq_sendint64(&message, (uint64) level->won.whole);
		pq_sendint64(&message, level->won.part);
		pq_sendint64(&message, (uint64) level->lost.whole);
		pq_sendint64(&message, level->lost.part);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}
