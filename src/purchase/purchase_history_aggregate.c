/*
 * purchase_history_aggregate.c
 *		Building a purchase_history from rows, and from other histories.
 *
 * The state of the aggregates is a purchase_history with room to spare (see
 * flat.h), always canonical: a row goes to its day at once. Rows mostly come
 * in the order of time, or a customer has few days, so that little is moved.
 */
#include "postgres.h"

#include <math.h>

#include "common/int.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "day_text.h"
#include "days.h"
#include "number_text.h"
#include "purchase/numeric_amount.h"
#include "purchase/purchase_history.h"

PG_FUNCTION_INFO_V1(clientele_purchase_history_add_date);
PG_FUNCTION_INFO_V1(clientele_purchase_history_add_timestamp);
PG_FUNCTION_INFO_V1(clientele_purchase_history_add_date_numeric);
PG_FUNCTION_INFO_V1(clientele_purchase_history_add_timestamp_numeric);
PG_FUNCTION_INFO_V1(clientele_purchase_history_union);
PG_FUNCTION_INFO_V1(clientele_purchase_history_final);

/* Add to a day of the history, an error if it does not fit. */
static inline void
add_checked(PurchaseDay *day, uint32 purchases, double amount)
{
	DayOverflow overflow = add_to_day(day, purchases, amount);
	char		buffer[MAXDATELEN + 1];

	if (likely(overflow == DAY_FITS))
		return;
	if (overflow == DAY_AMOUNT_OVERFLOW)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("amount of a day is out of range for type double precision"),
				 errdetail("On %s, %s was to be added to %s.",
						   day_text(day->day, buffer),
						   number_text(amount),
						   number_text(day->amount)),
				 errhint("Leave out amounts that are no money.")));
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("too many purchases on a day"),
			 errdetail("On %s there would be more than %u.",
					   day_text(day->day, buffer), PG_UINT32_MAX),
			 errhint("Group the rows more finely.")));
}

/* Add a purchase or a refund to its day, which may be new. */
static PurchaseHistory *
insert_day(PurchaseHistory *history, DateADT day, double amount, bool growing)
{
	uint32		n = history->flat.n;
	uint32		purchases = amount >= 0 ? 1 : 0;
	uint32		at = n;

	if (n > 0 && day <= history->days[n - 1].day)
	{
		if (day == history->days[n - 1].day)
			at = n - 1;
		else
			at = days_before(history, day);
		if (history->days[at].day == day)
		{
			add_checked(&history->days[at], purchases, amount);
			return history;
		}
	}
	if (n == history->flat.capacity)
		history = flat_enlarge(&purchase_history_layout, history, n + 1,
							   growing);
	if (at < n)
		memmove(&history->days[at + 1], &history->days[at],
				(n - at) * sizeof(PurchaseDay));
	history->days[at].day = day;
	history->days[at].purchases = purchases;
	/* -0.0 + 0.0 is 0.0 */
	history->days[at].amount = amount + 0.0;
	history->flat.n = n + 1;
	return history;
}

/* Count rows that could not be used. */
static void
add_skipped(PurchaseHistory *history, int64 rows)
{
	if (pg_add_s64_overflow(history->skipped, rows, &history->skipped))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number of skipped rows is out of range for type bigint"),
				 errdetail(INT64_FORMAT " were to be added.", rows),
				 errhint("No table has as many rows: look for a history that was written by hand.")));
}

/*
 * The transition for a row. A row without day and amount is none (an outer
 * join makes such rows); one that lacks either, or whose day or amount is not
 * finite, is skipped and counted.
 */
static Datum
add_row(FunctionCallInfo fcinfo, DateADT day, double amount)
{
	bool		growing;
	PurchaseHistory *history;

	if (PG_ARGISNULL(1) && PG_ARGISNULL(2))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	growing = flat_in_aggregate(fcinfo);
	if (PG_ARGISNULL(0))
		history = flat_create(&purchase_history_layout, 0, growing);
	else
		history = flat_writable(&purchase_history_layout, fcinfo, 0);
	if (!DATE_NOT_FINITE(day) && isfinite(amount))
		history = insert_day(history, day, amount, growing);
	else
		add_skipped(history, 1);
	if (!growing)
		history = flat_trim(&purchase_history_layout, history);
	check_history(history);
	PG_RETURN_PURCHASE_HISTORY_P(history);
}

/* The day of a row, infinite where it has none. */
static inline DateADT
day_of_date(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(1) ? DATEVAL_NOEND : PG_GETARG_DATEADT(1);
}

/* The day of a row with a moment. */
static inline DateADT
day_of_timestamp(FunctionCallInfo fcinfo)
{
	return clientele_day_of(PG_ARGISNULL(1) ? DT_NOEND :
							PG_GETARG_TIMESTAMP(1));
}

/* The amount of a row, NaN where it has none. */
static inline double
amount_of_float8(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(2) ? get_float8_nan() : PG_GETARG_FLOAT8(2);
}

static inline double
amount_of_numeric(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(2) ? get_float8_nan() :
		numeric_amount(PG_GETARG_DATUM(2));
}

/* Transition for a row with a day. */
Datum
clientele_purchase_history_add_date(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, day_of_date(fcinfo), amount_of_float8(fcinfo));
}

/* The same with an amount of type numeric. */
Datum
clientele_purchase_history_add_date_numeric(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, day_of_date(fcinfo), amount_of_numeric(fcinfo));
}

/* Transition for a row with a moment. */
Datum
clientele_purchase_history_add_timestamp(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, day_of_timestamp(fcinfo), amount_of_float8(fcinfo));
}

/* The same with an amount of type numeric. */
Datum
clientele_purchase_history_add_timestamp_numeric(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, day_of_timestamp(fcinfo), amount_of_numeric(fcinfo));
}

/*
 * Merge the days of one history into another, from the last day on, so that
 * each is moved once and in place. The second one is not changed.
 */
static PurchaseHistory *
merge_history(PurchaseHistory *into, const PurchaseHistory *from, bool growing)
{
	uint32		n = into->flat.n;
	uint32		m = from->flat.n;
	uint32		total = n + m;
	PurchaseDay *target;

	/* days that both have take one place */
	for (uint32 i = 0, j = 0; i < n && j < m;)
	{
		if (into->days[i].day == from->days[j].day)
		{
			total--;
			i++;
			j++;
		}
		else if (into->days[i].day < from->days[j].day)
			i++;
		else
			j++;
	}
	if (total > into->flat.capacity)
		into = flat_enlarge(&purchase_history_layout, into, total, growing);
	for (target = &into->days[total]; m > 0;)
	{
		const PurchaseDay *source = &from->days[m - 1];

		target--;
		if (n > 0 && into->days[n - 1].day >= source->day)
		{
			*target = into->days[n - 1];
			n--;
			if (target->day != source->day)
				continue;
			add_checked(target, source->purchases, source->amount);
		}
		else
			*target = *source;
		m--;
	}
	into->flat.n = total;
	add_skipped(into, from->skipped);
	return into;
}

/* The union of two histories: transition, combine function and operator. */
Datum
clientele_purchase_history_union(PG_FUNCTION_ARGS)
{
	bool		growing = flat_in_aggregate(fcinfo);
	PurchaseHistory *from = PG_GETARG_PURCHASE_HISTORY_P(1);
	PurchaseHistory *into = flat_writable(&purchase_history_layout, fcinfo, 0);

	into = merge_history(into, from, growing);
	if (!growing)
		into = flat_trim(&purchase_history_layout, into);
	check_history(into);
	PG_RETURN_PURCHASE_HISTORY_P(into);
}

/* Final function: the state without room to spare. */
Datum
clientele_purchase_history_final(PG_FUNCTION_ARGS)
{
	PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY_P(0);

	PG_RETURN_PURCHASE_HISTORY_P(flat_trim(&purchase_history_layout, history));
}
