/*
 * purchase_calendar_io.c
 *		Text and binary forms of type purchase_calendar.
 *
 * The text is {1997-01-01:12+0, 1997-01-02:9+3} skipped 1 without_purchase 2:
 * days in ISO form, new customers + repeat purchases; what was left out stands
 * behind the braces unless it is 0.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/datetime.h"

#include "compat.h"
#include "day_text.h"
#include "purchase/purchase_calendar.h"
#include "text_scan.h"

PG_FUNCTION_INFO_V1(clientele_purchase_calendar_in);
PG_FUNCTION_INFO_V1(clientele_purchase_calendar_out);
PG_FUNCTION_INFO_V1(clientele_purchase_calendar_recv);
PG_FUNCTION_INFO_V1(clientele_purchase_calendar_send);

#define SYNTAX_HINT \
	"Write days as {1997-01-01:12+0, 1997-01-02:9+3}: YYYY-MM-DD:new customers+repeat purchases; and behind the braces \"skipped n\" and \"without_purchase n\" if there were any."

/* A list of days that is being read. */
typedef struct DayList
{
	CalendarDay *days;
	uint32		n;
	uint32		capacity;
	bool		ascending;		/* strictly */
} DayList;

/*
 * What is wrong with a calendar whose days ascend: a sentence, or NULL if
 * nothing is.
 */
static char *
broken_rule(const CalendarDay *days, uint32 n)
{
	int64		customers = 0;
	char		buffer[MAXDATELEN + 1];

	for (uint32 i = 0; i < n; i++)
	{
		if (days[i].new_customers == 0 && days[i].repeat_purchases == 0)
			return psprintf("On %s nobody bought.",
							day_text(days[i].day, buffer));
		if (days[i].repeat_purchases < 0 ||
			days[i].repeat_purchases > customers)
			return psprintf("On %s there are " INT64_FORMAT " repeat purchases, and " INT64_FORMAT " customers came before: a customer's purchases of one day are one.",
							day_text(days[i].day, buffer),
							days[i].repeat_purchases, customers);
		customers += days[i].new_customers;
	}
	return NULL;
}

/* Assert what holds for every value, and for every state of an aggregate. */
void
check_calendar(const PurchaseCalendar *calendar)
{
#ifdef USE_ASSERT_CHECKING
	Assert(flat_is_sound(&purchase_calendar_layout, calendar));
	Assert(calendar->skipped >= 0);
	Assert(calendar->without_purchase >= 0);
	for (uint32 i = 0; i < calendar->flat.n; i++)
	{
		Assert(IS_VALID_DATE(calendar->days[i].day));
		Assert(i == 0 || calendar->days[i].day > calendar->days[i - 1].day);
	}
	Assert(broken_rule(calendar->days, calendar->flat.n) == NULL);
#else
	(void) calendar;
#endif
}

/* ------------------------------------------------------------------------
 * Text input
 * ------------------------------------------------------------------------
 */

/* Read a count, which is called something. */
static bool
scan_named_count(const char **text, uint64_t limit, const char *name,
				 uint64_t *count, Problem *problem)
{
	const char *start = *text;

	switch (scan_count(text, limit, count))
	{
		case SCAN_OK:
			return true;
		case SCAN_RANGE:
			return note_problem(problem, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
								psprintf("The number of %s exceeds " UINT64_FORMAT ": \"%s\".",
										 name, (uint64) limit, text_excerpt(start)));
		default:
			return note_problem(problem, ERRCODE_INVALID_TEXT_REPRESENTATION,
								psprintf("The number of %s is not a count: \"%s\".",
										 name, text_excerpt(start)));
	}
}

/* Read one day with its counts; repeat purchases may be left out. */
static bool
scan_calendar_day(const char **text, CalendarDay *day, Problem *problem)
{
	const char *start = *text;
	uint64_t	count;

	if (!scan_day(text, &day->day, problem))
		return false;
	if (!scan_character(text, ':'))
		return note_problem(problem, ERRCODE_INVALID_TEXT_REPRESENTATION,
							psprintf("There is no colon behind the day in \"%s\".",
									 text_excerpt(start)));
	if (!scan_named_count(text, PG_UINT32_MAX, "new customers", &count, problem))
		return false;
	day->new_customers = (uint32) count;
	day->repeat_purchases = 0;
	if (scan_character(text, '+'))
	{
		if (!scan_named_count(text, PG_INT64_MAX / 2, "repeat purchases", &count,
							  problem))
			return false;
		day->repeat_purchases = (int64) count;
	}
	return true;
}

/* Add a day to the list. */
static void
append_day(DayList *list, const CalendarDay *day)
{
	if (list->n == list->capacity)
	{
		list->capacity = list->capacity == 0 ? 64 : list->capacity * 2;
		list->days = list->days == NULL ?
			palloc(list->capacity * sizeof(CalendarDay)) :
			repalloc(list->days, list->capacity * sizeof(CalendarDay));
	}
	if (list->n > 0 && day->day <= list->days[list->n - 1].day)
		list->ascending = false;
	list->days[list->n++] = *day;
}

/* Order of days. */
static int
compare_days(const void *left, const void *right)
{
	DateADT		a = ((const CalendarDay *) left)->day;
	DateADT		b = ((const CalendarDay *) right)->day;

	return a == b ? 0 : a < b ? -1 : 1;
}

/* Sort the days, and make one of several of the same day. */
static bool
canonicalize_days(DayList *list, Problem *problem)
{
	uint32		last = 0;
	char		buffer[MAXDATELEN + 1];

	if (list->ascending)
		return true;
	qsort(list->days, list->n, sizeof(CalendarDay), compare_days);
	for (uint32 i = 1; i < list->n; i++)
	{
		CalendarDay *day = &list->days[i];
		CalendarDay *sum = &list->days[last];

		if (day->day != sum->day)
		{
			list->days[++last] = *day;
			continue;
		}
		if (day->new_customers > PG_UINT32_MAX - sum->new_customers ||
			day->repeat_purchases > PG_INT64_MAX / 2 - sum->repeat_purchases)
			return note_problem(problem, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
								psprintf("The counts of %s are too large.",
										 day_text(day->day, buffer)));
		sum->new_customers += day->new_customers;
		sum->repeat_purchases += day->repeat_purchases;
	}
	list->n = last + 1;
	return true;
}

/* Read the whole text. */
static bool
parse_calendar(const char *text, DayList *list, int64 *skipped,
			   int64 *without_purchase, Problem *problem)
{
	const char *at = text;
	uint64_t	count;
	char	   *rule;

	if (!scan_character(&at, '{'))
		return note_problem(problem, ERRCODE_INVALID_TEXT_REPRESENTATION,
							pstrdup("It does not start with \"{\"."));
	if (!scan_character(&at, '}'))
	{
		do
		{
			CalendarDay day;

			CHECK_FOR_INTERRUPTS();
			if (list->n == PURCHASE_CALENDAR_MAX_DAYS)
				return note_problem(problem, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
									psprintf("It lists more than %d days.",
											 PURCHASE_CALENDAR_MAX_DAYS));
			if (!scan_calendar_day(&at, &day, problem))
				return false;
			append_day(list, &day);
		} while (scan_character(&at, ','));
		if (!scan_character(&at, '}'))
			return note_problem(problem, ERRCODE_INVALID_TEXT_REPRESENTATION,
								psprintf("There is neither a comma nor \"}\" before \"%s\".",
										 text_excerpt(at)));
	}
	*skipped = *without_purchase = 0;
	if (scan_word(&at, "skipped"))
	{
		if (!scan_named_count(&at, PG_INT64_MAX, "skipped rows", &count, problem))
			return false;
		*skipped = (int64) count;
	}
	if (scan_word(&at, "without_purchase"))
	{
		if (!scan_named_count(&at, PG_INT64_MAX, "histories without purchase",
							  &count, problem))
			return false;
		*without_purchase = (int64) count;
	}
	scan_space(&at);
	if (*at != '\0')
		return note_problem(problem, ERRCODE_INVALID_TEXT_REPRESENTATION,
							psprintf("There is more text at the end: \"%s\".",
									 text_excerpt(at)));
	if (!canonicalize_days(list, problem))
		return false;
	rule = broken_rule(list->days, list->n);
	if (rule != NULL)
		return note_problem(problem, ERRCODE_INVALID_PARAMETER_VALUE, rule);
	return true;
}

/* Text input. */
Datum
clientele_purchase_calendar_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	struct Node *escontext = CLIENTELE_ESCONTEXT(fcinfo);
	DayList		list = {NULL, 0, 0, true};
	Problem		problem;
	int64		skipped = 0;
	int64		without_purchase = 0;
	PurchaseCalendar *calendar;

	if (!parse_calendar(text, &list, &skipped, &without_purchase, &problem))
		clientele_return_error(escontext, (Datum) 0,
							   (errcode(problem.sqlstate),
								errmsg("invalid input syntax for type %s: \"%s\"",
									   "purchase_calendar", text),
								errdetail_internal("%s", problem.detail),
								errhint(SYNTAX_HINT)));
	calendar = flat_create(&purchase_calendar_layout, list.n, false);
	calendar->skipped = skipped;
	calendar->without_purchase = without_purchase;
	if (list.n > 0)
		memcpy(calendar->days, list.days, list.n * sizeof(CalendarDay));
	check_calendar(calendar);
	PG_RETURN_PURCHASE_CALENDAR_P(calendar);
}

/* ------------------------------------------------------------------------
 * Text output and binary forms
 * ------------------------------------------------------------------------
 */

/* Text output. */
Datum
clientele_purchase_calendar_out(PG_FUNCTION_ARGS)
{
	PurchaseCalendar *calendar = PG_GETARG_PURCHASE_CALENDAR_P(0);
	StringInfoData text;
	char		buffer[MAXDATELEN + 1];

	initStringInfo(&text);
	appendStringInfoChar(&text, '{');
	for (uint32 i = 0; i < calendar->flat.n; i++)
	{
		CalendarDay *day = &calendar->days[i];

		if (i > 0)
			appendStringInfoString(&text, ", ");
		appendStringInfo(&text, "%s:%u+" INT64_FORMAT,
						 day_text(day->day, buffer), day->new_customers,
						 day->repeat_purchases);
	}
	appendStringInfoChar(&text, '}');
	if (calendar->skipped > 0)
		appendStringInfo(&text, " skipped " INT64_FORMAT, calendar->skipped);
	if (calendar->without_purchase > 0)
		appendStringInfo(&text, " without_purchase " INT64_FORMAT,
						 calendar->without_purchase);
	PG_RETURN_CSTRING(text.data);
}

/* Raise the error for a forged or damaged message. */
static void
refuse_binary(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid purchase_calendar in binary form"),
			 errdetail_internal("%s", detail),
			 errhint("Send format version 1, skipped rows and histories without purchase (int8 >= 0 each), the number of days (int4), then for each day, ascending: day (int4), new customers (int4 without sign), repeat purchases (int8).")));
}

/*
 * Binary input. The count of days is compared with the bytes that there are
 * before any memory is taken for it.
 */
Datum
clientele_purchase_calendar_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	int64		skipped;
	int64		without_purchase;
	uint32		n;
	char	   *rule;
	PurchaseCalendar *calendar;

	if (version != PURCHASE_CALENDAR_VERSION)
		refuse_binary(psprintf("Its format version is %d, this library knows %d.",
							   version, PURCHASE_CALENDAR_VERSION));
	skipped = pq_getmsgint64(message);
	without_purchase = pq_getmsgint64(message);
	if (skipped < 0 || without_purchase < 0)
		refuse_binary(psprintf("It has " INT64_FORMAT " skipped rows and " INT64_FORMAT " histories without purchase.",
							   skipped, without_purchase));
	n = pq_getmsgint(message, 4);
	if ((uint64) n * sizeof(CalendarDay) !=
		(uint64) (message->len - message->cursor))
		refuse_binary(psprintf("It announces %u days, and %d bytes follow.",
							   n, message->len - message->cursor));
	calendar = flat_create(&purchase_calendar_layout, n, false);
	calendar->skipped = skipped;
	calendar->without_purchase = without_purchase;
	for (uint32 i = 0; i < n; i++)
	{
		CalendarDay *day = &calendar->days[i];

		day->day = (DateADT) pq_getmsgint(message, 4);
		day->new_customers = pq_getmsgint(message, 4);
		day->repeat_purchases = pq_getmsgint64(message);
		if (!IS_VALID_DATE(day->day))
			refuse_binary(psprintf("Day %d from 2000-01-01 is outside the range of type date.",
								   day->day));
		if (i > 0 && day->day <= day[-1].day)
			refuse_binary("The days do not ascend.");
	}
	rule = broken_rule(calendar->days, n);
	if (rule != NULL)
		refuse_binary(rule);
	check_calendar(calendar);
	PG_RETURN_PURCHASE_CALENDAR_P(calendar);
}

/* Binary output. */
Datum
clientele_purchase_calendar_send(PG_FUNCTION_ARGS)
{
	PurchaseCalendar *calendar = PG_GETARG_PURCHASE_CALENDAR_P(0);
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendint8(&message, PURCHASE_CALENDAR_VERSION);
	pq_sendint64(&message, calendar->skipped);
	pq_sendint64(&message, calendar->without_purchase);
	pq_sendint32(&message, calendar->flat.n);
	for (uint32 i = 0; i < calendar->flat.n; i++)
	{
		pq_sendint32(&message, (uint32) calendar->days[i].day);
		pq_sendint32(&message, calendar->days[i].new_customers);
		pq_sendint64(&message, calendar->days[i].repeat_purchases);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}
