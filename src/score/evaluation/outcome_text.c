/*
 * outcome_text.c
 *		Pieces of the text forms of scores and outcomes.
 */
#include "postgres.h"

#include <math.h>

#include "mb/pg_wchar.h"

#include "compat.h"
#include "text_scan.h"
#include "score/evaluation/outcome_text.h"
#include "score/evaluation/scored_outcomes.h"

/* Where a text went wrong, short enough to print */
static char *
rest_of(const char *at)
{
	return pnstrdup(at, pg_mbcliplen(at, strlen(at), 40));
}

/* Refuse a text: false, or an error. */
bool
refuse_outcome_text(const OutcomeText *text, const char *at,
					const char *expected)
{
	clientele_return_error(text->escontext, false,
						   (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
							errmsg("invalid input syntax for type %s", text->type_name),
							errdetail("Expected %s at \"%s\".", expected, rest_of(at)),
							errhint("Values look like %s.", text->hint)));
}

/* Read one character. */
bool
read_outcome_character(const OutcomeText *text, const char **at, char expected)
{
	if (scan_character(at, expected))
		return true;
	return refuse_outcome_text(text, *at, psprintf("\"%c\"", expected));
}

/* Read a score, which may be infinite. */
bool
read_outcome_score(const OutcomeText *text, const char **at, float8 *score)
{
	const char *sign = *at;
	bool		negative;

	switch (scan_number(at, score))
	{
		case SCAN_OK:
			return true;
		case SCAN_RANGE:
			clientele_return_error(text->escontext, false,
								   (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
									errmsg("number out of range for type %s", text->type_name),
									errdetail("The number is at \"%s\".", rest_of(*at)),
									errhint("Scores are of type double precision.")));
		case SCAN_NOT_FINITE:
			negative = scan_character(&sign, '-');
			if (!negative)
				scan_character(&sign, '+');
			if (!scan_word(&sign, "infinity") && !scan_word(&sign, "inf"))
				return refuse_outcome_text(text, *at, "a score that is a number");
			*score = negative ? -INFINITY : INFINITY;
			*at = sign;
			return true;
		default:
			return refuse_outcome_text(text, *at, "a score");
	}
}

/* Read a number of cases. */
static bool
read_cases(const OutcomeText *text, const char **at, uint64 *cases,
		   const char *expected)
{
	switch (scan_count(at, MAX_OUTCOME_CASES, cases))
	{
		case SCAN_OK:
			return true;
		case SCAN_RANGE:
			clientele_return_error(text->escontext, false,
								   (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
									errmsg("number of cases out of range for type %s", text->type_name),
									errdetail("The number is at \"%s\".", rest_of(*at)),
									errhint("The limit is " INT64_FORMAT ".", MAX_OUTCOME_CASES)));
		default:
			return refuse_outcome_text(text, *at, expected);
	}
}

/* Read a colon, and how many were won of how many. */
bool
read_outcome_counts(const OutcomeText *text, const char **at, int64 *won,
					int64 *lost, int64 *cases)
{
	uint64		of_won;
	uint64		of_all;
	const char *start;

	if (!read_outcome_character(text, at, ':'))
		return false;
	start = *at;
	if (!read_cases(text, at, &of_won, "how many were won") ||
		!read_outcome_character(text, at, '/') ||
		!read_cases(text, at, &of_all, "of how many"))
		return false;
	if (of_all == 0 || of_won > of_all)
		clientele_return_error(text->escontext, false,
							   (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
								errmsg("won cases of a score must be some of its cases"),
								errdetail("The numbers are at \"%s\".", rest_of(start)),
								errhint("2/5 are two won of five, three of them lost.")));
	*won = (int64) of_won;
	*lost = (int64) (of_all - of_won);
	return add_outcome_cases(cases, (int64) of_all, text->escontext);
}

/* Read how many rows were skipped, if that is told. */
bool
read_outcome_skipped(const OutcomeText *text, const char **at, int64 *skipped)
{
	uint64		count = 0;

	scan_space(at);
	if (!scan_word(at, "skipped"))
		return true;
	if (scan_count(at, PG_INT64_MAX, &count) != SCAN_OK)
		return refuse_outcome_text(text, *at, "a whole number");
	scan_space(at);
	*skipped = (int64) count;
	return true;
}

/* Refuse a binary form. */
void
refuse_outcome_binary(const char *type_name, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary %s", type_name),
			 errdetail("%s", detail),
			 errhint("Send what %s_send() has written.", type_name)));
}

/* Refuse counts that no score has. */
void
check_received_counts(const char *type_name, uint32 place, int64 won,
					  int64 lost)
{
	if (won < 0 || lost < 0 || won > MAX_OUTCOME_CASES ||
		lost > MAX_OUTCOME_CASES || won + lost == 0)
		refuse_outcome_binary(type_name,
							  psprintf("Of score %u, " INT64_FORMAT " are won and " INT64_FORMAT " lost.",
									   place, won, lost));
}
