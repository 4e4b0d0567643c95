/*
 * purchase_calendar.c
 *		Building a purchase_calendar from histories and from other calendars,
 *		and what can be read from it.
 *
 * The state of the aggregates is a purchase_calendar with room to spare (see
 * flat.h), always canonical. After some thousand customers hardly a day is
 * new, so that adding a history is little more than finding its days.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "common/int.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/datetime.h"

#include "day_text.h"
#include "purchase/purchase_calendar.h"
#include "purchase/purchase_history.h"

PG_FUNCTION_INFO_V1(clientele_purchase_calendar_add);
PG_FUNCTION_INFO_V1(clientele_purchase_calendar_union);
PG_FUNCTION_INFO_V1(clientele_purchase_calendar_final);
PG_FUNCTION_INFO_V1(clientele_purchase_calendar_customers);
PG_FUNCTION_INFO_V1(clientele_purchase_calendar_repeat_purchases);
PG_FUNCTION_INFO_V1(clientele_purchase_calendar_skipped);
PG_FUNCTION_INFO_V1(clientele_purchase_calendar_without_purchase);
PG_FUNCTION_INFO_V1(clientele_purchase_calendar_first_day);
PG_FUNCTION_INFO_V1(clientele_purchase_calendar_last_day);
PG_FUNCTION_INFO_V1(clientele_purchase_calendar_days);

const FlatLayout purchase_calendar_layout = {
	.type_name = "purchase_calendar",
	.element_name = "days",
	.version = PURCHASE_CALENDAR_VERSION,
	.header_size = offsetof(PurchaseCalendar, days),
	.element_size = sizeof(CalendarDay),
	.first_size = 4096,
	.max_elements = PURCHASE_CALENDAR_MAX_DAYS,
};

/*
 * The place of a day; NULL if it is not there. In a calendar without gaps a
 * day's place is its distance from the first one; a gap can only bring it
 * nearer, so that the search has an upper bound to begin with.
 */
static inline CalendarDay *
find_day(PurchaseCalendar *calendar, DateADT day)
{
	uint32		low = 0;
	uint32		high;
	int64		guess;

	if (calendar->flat.n == 0 || day < calendar->days[0].day)
		return NULL;
	guess = Min((int64) day - calendar->days[0].day,
				(int64) calendar->flat.n - 1);
	if (calendar->days[guess].day == day)
		return &calendar->days[guess];
	for (high = (uint32) guess + 1; low < high;)
	{
		uint32		middle = low + (high - low) / 2;

		if (calendar->days[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < calendar->flat.n && calendar->days[low].day == day)
		return &calendar->days[low];
	return NULL;
}

/*
 * Make places for the purchase days of a history, with counts of 0 where they
 * are new. From the last day on, so that each is moved once and in place.
 */
static PurchaseCalendar *
make_places(PurchaseCalendar *calendar, const PurchaseHistory *history,
			bool growing)
{
	uint32		n = calendar->flat.n;
	uint32		m = history->flat.n;
	uint32		total = n;
	CalendarDay *target;

	for (uint32 j = 0; j < m; j++)
		if (history->days[j].purchases > 0 &&
			find_day(calendar, history->days[j].day) == NULL)
			total++;
	if (total > calendar->flat.capacity)
		calendar = flat_enlarge(&purchase_calendar_layout, calendar, total,
								growing);
	for (target = &calendar->days[total]; m > 0 && target > &calendar->days[n];)
	{
		const PurchaseDay *source = &history->days[m - 1];

		if (source->purchases == 0)
			m--;
		else if (n > 0 && calendar->days[n - 1].day >= source->day)
		{
			if (calendar->days[n - 1].day == source->day)
				m--;
			*--target = calendar->days[--n];
		}
		else
		{
			target--;
			target->day = source->day;
			target->new_customers = 0;
			target->repeat_purchases = 0;
			m--;
		}
	}
	calendar->flat.n = total;
	return calendar;
}

/* Raise the error of more customers than fit into a day. */
static void
refuse_customers(DateADT day)
{
	char		buffer[MAXDATELEN + 1];

	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("too many new customers on a day"),
			 errdetail("On %s there would be more than %u.",
					   day_text(day, buffer), PG_UINT32_MAX),
			 errhint("Track a sample of the customers.")));
}

/* Count rows or histories that are not among the days. */
static void
add_count(int64 *count, int64 more)
{
	if (pg_add_s64_overflow(*count, more, count))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("count of a purchase_calendar is out of range for type bigint"),
				 errdetail(INT64_FORMAT " were to be added.", more),
				 errhint("No table has as many rows: look for a value that was written by hand.")));
}

/*
 * Transition of purchase_calendar(purchase_history): add one customer. As in
 * rfm(), a day with purchases counts once, the first of them makes the
 * customer, and a day with refunds only is none.
 */
Datum
clientele_purchase_calendar_add(PG_FUNCTION_ARGS)
{
	bool		growing = flat_in_aggregate(fcinfo);
	PurchaseCalendar *calendar = flat_writable(&purchase_calendar_layout,
											   fcinfo, 0);
	PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY_P(1);
	bool		is_first = true;

	for (uint32 i = 0; i < history->flat.n; i++)
	{
		const PurchaseDay *bought = &history->days[i];
		CalendarDay *place;

		if (bought->purchases == 0)
			continue;
		place = find_day(calendar, bought->day);
		if (unlikely(place == NULL))
		{
			calendar = make_places(calendar, history, growing);
			place = find_day(calendar, bought->day);
		}
		if (is_first)
		{
			if (unlikely(place->new_customers == PG_UINT32_MAX))
				refuse_customers(place->day);
			place->new_customers++;
			is_first = false;
		}
		else
			place->repeat_purchases++;
	}
	if (is_first)
		add_count(&calendar->without_purchase, 1);
	if (unlikely(history->skipped > 0))
		add_count(&calendar->skipped, history->skipped);
	if (!growing)
		calendar = flat_trim(&purchase_calendar_layout, calendar);
	check_calendar(calendar);
	PG_RETURN_PURCHASE_CALENDAR_P(calendar);
}

/*
 * Merge the days of one calendar into another, from the last day on. The
 * second one is not changed.
 */
static PurchaseCalendar *
merge_calendar(PurchaseCalendar *into, const PurchaseCalendar *from,
			   bool growing)
{
	uint32		n = into->flat.n;
	uint32		m = from->flat.n;
	uint32		total = n;
	CalendarDay *target;

	for (uint32 j = 0; j < m; j++)
		if (find_day(into, from->days[j].day) == NULL)
			total++;
	if (total > into->flat.capacity)
		into = flat_enlarge(&purchase_calendar_layout, into, total, growing);
	for (target = &into->days[total]; m > 0;)
	{
		const CalendarDay *source = &from->days[m - 1];

		target--;
		if (n > 0 && into->days[n - 1].day >= source->day)
		{
			*target = into->days[n - 1];
			n--;
			if (target->day != source->day)
				continue;
			if (source->new_customers > PG_UINT32_MAX - target->new_customers)
				refuse_customers(target->day);
			target->new_customers += source->new_customers;
			/* both are below 2^52, see PurchaseCalendar */
			target->repeat_purchases += source->repeat_purchases;
		}
		else
			*target = *source;
		m--;
	}
	into->flat.n = total;
	add_count(&into->skipped, from->skipped);
	add_count(&into->without_purchase, from->without_purchase);
	return into;
}

/* The union of two calendars: transition, combine function and operator. */
Datum
clientele_purchase_calendar_union(PG_FUNCTION_ARGS)
{
	bool		growing = flat_in_aggregate(fcinfo);
	PurchaseCalendar *from = PG_GETARG_PURCHASE_CALENDAR_P(1);
	PurchaseCalendar *into = flat_writable(&purchase_calendar_layout, fcinfo,
										   0);

	into = merge_calendar(into, from, growing);
	if (!growing)
		into = flat_trim(&purchase_calendar_layout, into);
	check_calendar(into);
	PG_RETURN_PURCHASE_CALENDAR_P(into);
}

/* Final function: the state without room to spare. */
Datum
clientele_purchase_calendar_final(PG_FUNCTION_ARGS)
{
	PurchaseCalendar *calendar = PG_GETARG_PURCHASE_CALENDAR_P(0);

	PG_RETURN_PURCHASE_CALENDAR_P(flat_trim(&purchase_calendar_layout,
											calendar));
}

/* ------------------------------------------------------------------------
 * Accessors
 * ------------------------------------------------------------------------
 */

/* customers(calendar): all who came; 10^6 * 2^32 fit. */
Datum
clientele_purchase_calendar_customers(PG_FUNCTION_ARGS)
{
	PurchaseCalendar *calendar = PG_GETARG_PURCHASE_CALENDAR_P(0);
	int64		customers = 0;

	for (uint32 i = 0; i < calendar->flat.n; i++)
		customers += calendar->days[i].new_customers;
	PG_RETURN_INT64(customers);
}

/* repeat_purchases(calendar): of all days. */
Datum
clientele_purchase_calendar_repeat_purchases(PG_FUNCTION_ARGS)
{
	PurchaseCalendar *calendar = PG_GETARG_PURCHASE_CALENDAR_P(0);
	int64		purchases = 0;

	for (uint32 i = 0; i < calendar->flat.n; i++)
		add_count(&purchases, calendar->days[i].repeat_purchases);
	PG_RETURN_INT64(purchases);
}

/* skipped(calendar): rows that the histories could not use. */
Datum
clientele_purchase_calendar_skipped(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_PURCHASE_CALENDAR_P(0)->skipped);
}

/* without_purchase(calendar): histories without a purchase day. */
Datum
clientele_purchase_calendar_without_purchase(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_PURCHASE_CALENDAR_P(0)->without_purchase);
}

/* first_day(calendar): NULL if it has none. */
Datum
clientele_purchase_calendar_first_day(PG_FUNCTION_ARGS)
{
	PurchaseCalendar *calendar = PG_GETARG_PURCHASE_CALENDAR_P(0);

	if (calendar->flat.n == 0)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(calendar->days[0].day);
}

/* last_day(calendar): NULL if it has none. */
Datum
clientele_purchase_calendar_last_day(PG_FUNCTION_ARGS)
{
	PurchaseCalendar *calendar = PG_GETARG_PURCHASE_CALENDAR_P(0);

	if (calendar->flat.n == 0)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(calendar->days[calendar->flat.n - 1].day);
}

/* days(calendar): its days as rows. */
Datum
clientele_purchase_calendar_days(PG_FUNCTION_ARGS)
{
	FuncCallContext *context;
	PurchaseCalendar *calendar;
	CalendarDay *day;
	Datum		values[3];
	bool		nulls[3] = {false, false, false};

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;
		TupleDesc	descriptor;

		context = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(context->multi_call_memory_ctx);
		if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "days must return rows");
		context->tuple_desc = BlessTupleDesc(descriptor);
		calendar = flat_get_copy(&purchase_calendar_layout, PG_GETARG_DATUM(0));
		context->user_fctx = calendar;
		context->max_calls = calendar->flat.n;
		MemoryContextSwitchTo(caller);
	}
	context = SRF_PERCALL_SETUP();
	if (context->call_cntr >= context->max_calls)
		SRF_RETURN_DONE(context);
	calendar = context->user_fctx;
	day = &calendar->days[context->call_cntr];
	values[0] = DateADTGetDatum(day->day);
	values[1] = Int64GetDatum((int64) day->new_customers);
	values[2] = Int64GetDatum(day->repeat_purchases);
	SRF_RETURN_NEXT(context,
					HeapTupleGetDatum(heap_form_tuple(context->tuple_desc,
													  values, nulls)));
}
