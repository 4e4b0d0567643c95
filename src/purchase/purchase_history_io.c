/*
 * purchase_history_io.c
 *		Text and binary forms of type purchase_history.
 *
 * The text is {2024-01-05:120.5, 2024-02-01:80*2} skipped 3: days in ISO form
 * whatever DateStyle says, amounts in their shortest exact form, *n where the
 * number of purchases is not 1 (of an amount >= 0) or 0 (of a refund).
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/float.h"

#include "compat.h"
#include "day_text.h"
#include "number_text.h"
#include "purchase/purchase_history.h"
#include "text_scan.h"

PG_FUNCTION_INFO_V1(clientele_purchase_history_in);
PG_FUNCTION_INFO_V1(clientele_purchase_history_out);
PG_FUNCTION_INFO_V1(clientele_purchase_history_recv);
PG_FUNCTION_INFO_V1(clientele_purchase_history_send);

#define SYNTAX_HINT \
	"Write days as {2024-01-05:120.5, 2024-02-01:80*2}: YYYY-MM-DD:amount, then *purchases if not 1 (0 for a refund), and \"skipped n\" behind the braces if rows were skipped."

/* A list of days that is being read. */
typedef struct DayList
{
	PurchaseDay *days;
	uint32		n;
	uint32		capacity;
	bool		ascending;		/* strictly */
} DayList;

/* Number of purchases of an amount that does not say. */
static uint32
default_purchases(double amount)
{
	return amount >= 0 ? 1 : 0;
}

/* Assert what holds for every value, and for every state of an aggregate. */
void
check_history(const PurchaseHistory *history)
{
#ifdef USE_ASSERT_CHECKING
	Assert(flat_is_sound(&purchase_history_layout, history));
	Assert(history->skipped >= 0);
	for (uint32 i = 0; i < history->flat.n; i++)
	{
		const PurchaseDay *day = &history->days[i];

		Assert(IS_VALID_DATE(day->day));
		Assert(i == 0 || day->day > day[-1].day);
		Assert(isfinite(day->amount));
		Assert(day->amount != 0 || !signbit(day->amount));
		Assert(day->purchases > 0 || day->amount < 0);
	}
#else
	(void) history;
#endif
}

/* ------------------------------------------------------------------------
 * Text input
 * ------------------------------------------------------------------------
 */

/* Read one day with its amount and purchases. */
static bool
scan_purchase_day(const char **text, PurchaseDay *day, Problem *problem)
{
	const char *start = *text;
	uint64_t	purchases;

	if (!scan_day(text, &day->day, problem))
		return false;
	if (!scan_character(text, ':'))
		return note_problem(problem, ERRCODE_INVALID_TEXT_REPRESENTATION,
							psprintf("There is no colon behind the day in \"%s\".",
									 text_excerpt(start)));
	switch (scan_number(text, &day->amount))
	{
		case SCAN_OK:
			break;
		case SCAN_MISSING:
			return note_problem(problem, ERRCODE_INVALID_TEXT_REPRESENTATION,
								psprintf("The amount is not a number in \"%s\".",
										 text_excerpt(start)));
		case SCAN_RANGE:
			return note_problem(problem, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
								psprintf("The amount is out of range for type double precision in \"%s\".",
										 text_excerpt(start)));
		case SCAN_NOT_FINITE:
			return note_problem(problem, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
								psprintf("The amount is not finite in \"%s\".",
										 text_excerpt(start)));
	}
	day->purchases = default_purchases(day->amount);
	if (scan_character(text, '*'))
	{
		switch (scan_count(text, PG_UINT32_MAX, &purchases))
		{
			case SCAN_OK:
				day->purchases = (uint32) purchases;
				break;
			case SCAN_RANGE:
				return note_problem(problem, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
									psprintf("The number of purchases exceeds %u in \"%s\".",
											 PG_UINT32_MAX, text_excerpt(start)));
			default:
				return note_problem(problem, ERRCODE_INVALID_TEXT_REPRESENTATION,
									psprintf("The number of purchases is not a count in \"%s\".",
											 text_excerpt(start)));
		}
	}
	if (day->purchases == 0 && day->amount >= 0)
		return note_problem(problem, ERRCODE_INVALID_PARAMETER_VALUE,
							psprintf("A day without a purchase has a negative amount, unlike \"%s\".",
									 text_excerpt(start)));
	return true;
}

/* Add a day to the list. */
static void
append_day(DayList *list, const PurchaseDay *day)
{
	if (list->n == list->capacity)
	{
		list->capacity = list->capacity == 0 ? 16 : list->capacity * 2;
		list->days = list->days == NULL ?
			palloc(list->capacity * sizeof(PurchaseDay)) :
			repalloc(list->days, list->capacity * sizeof(PurchaseDay));
	}
	if (list->n > 0 && day->day <= list->days[list->n - 1].day)
		list->ascending = false;
	list->days[list->n++] = *day;
}

/*
 * Order of days, and of entries of the same day, so that their sum does not
 * depend on their order in the text even where it is rounded.
 */
static int
compare_days(const void *left, const void *right)
{
	const PurchaseDay *a = left;
	const PurchaseDay *b = right;

	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	if (a->amount != b->amount)
		return a->amount < b->amount ? -1 : 1;
	return 0;
}

/* Sort the days, and make one of several of the same day. */
static bool
canonicalize_days(DayList *list, Problem *problem)
{
	uint32		last = 0;
	char		buffer[MAXDATELEN + 1];

	if (list->ascending)
		return true;
	qsort(list->days, list->n, sizeof(PurchaseDay), compare_days);
	for (uint32 i = 1; i < list->n; i++)
	{
		PurchaseDay *day = &list->days[i];

		if (day->day != list->days[last].day)
		{
			list->days[++last] = *day;
			continue;
		}
		switch (add_to_day(&list->days[last], day->purchases, day->amount))
		{
			case DAY_FITS:
				break;
			case DAY_AMOUNT_OVERFLOW:
				return note_problem(problem, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
									psprintf("The sum of the amounts of %s is out of range for type double precision.",
											 day_text(day->day, buffer)));
			case DAY_PURCHASES_OVERFLOW:
				return note_problem(problem, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
									psprintf("The number of purchases exceeds %u on %s.",
											 PG_UINT32_MAX,
											 day_text(day->day, buffer)));
		}
	}
	list->n = last + 1;
	return true;
}

/* Read the whole text. */
static bool
parse_history(const char *text, DayList *list, int64 *skipped,
			  Problem *problem)
{
	const char *at = text;
	uint64_t	count;

	if (!scan_character(&at, '{'))
		return note_problem(problem, ERRCODE_INVALID_TEXT_REPRESENTATION,
							pstrdup("It does not start with \"{\"."));
	if (!scan_character(&at, '}'))
	{
		do
		{
			PurchaseDay day;

			CHECK_FOR_INTERRUPTS();
			if (list->n == PURCHASE_HISTORY_MAX_DAYS)
				return note_problem(problem, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
									psprintf("It lists more than %d days.",
											 PURCHASE_HISTORY_MAX_DAYS));
			if (!scan_purchase_day(&at, &day, problem))
				return false;
			append_day(list, &day);
		} while (scan_character(&at, ','));
		if (!scan_character(&at, '}'))
			return note_problem(problem, ERRCODE_INVALID_TEXT_REPRESENTATION,
								psprintf("There is neither a comma nor \"}\" before \"%s\".",
										 text_excerpt(at)));
	}
	*skipped = 0;
	if (scan_word(&at, "skipped"))
	{
		switch (scan_count(&at, PG_INT64_MAX, &count))
		{
			case SCAN_OK:
				*skipped = (int64) count;
				break;
			case SCAN_RANGE:
				return note_problem(problem, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
									pstrdup("The number of skipped rows is out of range for type bigint."));
			default:
				return note_problem(problem, ERRCODE_INVALID_TEXT_REPRESENTATION,
									pstrdup("The number of skipped rows is not a count."));
		}
	}
	scan_space(&at);
	if (*at != '\0')
		return note_problem(problem, ERRCODE_INVALID_TEXT_REPRESENTATION,
							psprintf("There is more text at the end: \"%s\".",
									 text_excerpt(at)));
	return canonicalize_days(list, problem);
}

/* Text input. */
Datum
clientele_purchase_history_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	struct Node *escontext = CLIENTELE_ESCONTEXT(fcinfo);
	DayList		list = {NULL, 0, 0, true};
	Problem		problem;
	int64		skipped = 0;
	PurchaseHistory *history;

	if (!parse_history(text, &list, &skipped, &problem))
		clientele_return_error(escontext, (Datum) 0,
							   (errcode(problem.sqlstate),
								errmsg("invalid input syntax for type %s: \"%s\"",
									   "purchase_history", text),
								errdetail_internal("%s", problem.detail),
								errhint(SYNTAX_HINT)));
	history = flat_create(&purchase_history_layout, list.n, false);
	history->skipped = skipped;
	if (list.n > 0)
		memcpy(history->days, list.days, list.n * sizeof(PurchaseDay));
	check_history(history);
	PG_RETURN_PURCHASE_HISTORY_P(history);
}

/* ------------------------------------------------------------------------
 * Text output and binary forms
 * ------------------------------------------------------------------------
 */

/* Text output. */
Datum
clientele_purchase_history_out(PG_FUNCTION_ARGS)
{
	PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY_P(0);
	StringInfoData text;
	char		buffer[MAXDATELEN + 1];

	initStringInfo(&text);
	appendStringInfoChar(&text, '{');
	for (uint32 i = 0; i < history->flat.n; i++)
	{
		PurchaseDay *day = &history->days[i];
		char	   *amount = number_text(day->amount);

		if (i > 0)
			appendStringInfoString(&text, ", ");
		appendStringInfo(&text, "%s:%s", day_text(day->day, buffer), amount);
		pfree(amount);
		if (day->purchases != default_purchases(day->amount))
			appendStringInfo(&text, "*%u", day->purchases);
	}
	appendStringInfoChar(&text, '}');
	if (history->skipped > 0)
		appendStringInfo(&text, " skipped " INT64_FORMAT, history->skipped);
	PG_RETURN_CSTRING(text.data);
}

/* Raise the error for a forged or damaged message. */
static void
refuse_binary(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid purchase_history in binary form"),
			 errdetail_internal("%s", detail),
			 errhint("Send format version 1, skipped rows (int8 >= 0), the number of days (int4), then for each day, ascending: day (int4), purchases (int4 without sign), amount (float8).")));
}

/*
 * Binary input. The count of days is compared with the bytes that there are
 * before any memory is taken for it.
 */
Datum
clientele_purchase_history_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	int64		skipped;
	uint32		n;
	PurchaseHistory *history;

	if (version != PURCHASE_HISTORY_VERSION)
		refuse_binary(psprintf("Its format version is %d, this library knows %d.",
							   version, PURCHASE_HISTORY_VERSION));
	skipped = pq_getmsgint64(message);
	if (skipped < 0)
		refuse_binary(psprintf("The number of skipped rows is " INT64_FORMAT ".",
							   skipped));
	n = pq_getmsgint(message, 4);
	if ((uint64) n * sizeof(PurchaseDay) !=
		(uint64) (message->len - message->cursor))
		refuse_binary(psprintf("It announces %u days, and %d bytes follow.",
							   n, message->len - message->cursor));
	history = flat_create(&purchase_history_layout, n, false);
	history->skipped = skipped;
	for (uint32 i = 0; i < n; i++)
	{
		PurchaseDay *day = &history->days[i];

		day->day = (DateADT) pq_getmsgint(message, 4);
		day->purchases = pq_getmsgint(message, 4);
		/* -0.0 + 0.0 is 0.0 */
		day->amount = pq_getmsgfloat8(message) + 0.0;
		if (!IS_VALID_DATE(day->day))
			refuse_binary(psprintf("Day %d from 2000-01-01 is outside the range of type date.",
								   day->day));
		if (i > 0 && day->day <= day[-1].day)
			refuse_binary("The days do not ascend.");
		if (!isfinite(day->amount))
			refuse_binary(psprintf("An amount is %s.",
								   number_text(day->amount)));
		if (day->purchases == 0 && day->amount >= 0)
			refuse_binary(psprintf("A day without a purchase has the amount %s, which is not negative.",
								   number_text(day->amount)));
	}
	check_history(history);
	PG_RETURN_PURCHASE_HISTORY_P(history);
}

/* Binary output. */
Datum
clientele_purchase_history_send(PG_FUNCTION_ARGS)
{
	PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY_P(0);
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendint8(&message, PURCHASE_HISTORY_VERSION);
	pq_sendint64(&message, history->skipped);
	pq_sendint32(&message, history->flat.n);
	for (uint32 i = 0; i < history->flat.n; i++)
	{
		pq_sendint32(&message, (uint32) history->days[i].day);
		pq_sendint32(&message, history->days[i].purchases);
		pq_sendfloat8(&message, history->days[i].amount);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}
