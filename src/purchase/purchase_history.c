/*
 * purchase_history.c
 *		What can be read from a purchase_history, its order and its hash.
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "access/htup_details.h"
#include "common/hashfn.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "compat.h"
#include "number_text.h"
#include "purchase/purchase_history.h"
#include "purchase/rfm.h"

PG_FUNCTION_INFO_V1(clientele_purchase_history_skipped);
PG_FUNCTION_INFO_V1(clientele_first_purchase);
PG_FUNCTION_INFO_V1(clientele_last_purchase);
PG_FUNCTION_INFO_V1(clientele_last_purchase_as_of);
PG_FUNCTION_INFO_V1(clientele_purchases);
PG_FUNCTION_INFO_V1(clientele_revenue);
PG_FUNCTION_INFO_V1(clientele_purchases_between);
PG_FUNCTION_INFO_V1(clientele_revenue_between);
PG_FUNCTION_INFO_V1(clientele_purchase_days_between);
PG_FUNCTION_INFO_V1(clientele_purchase_days);
PG_FUNCTION_INFO_V1(clientele_rfm_of_history);
PG_FUNCTION_INFO_V1(clientele_purchase_history_eq);
PG_FUNCTION_INFO_V1(clientele_purchase_history_ne);
PG_FUNCTION_INFO_V1(clientele_purchase_history_lt);
PG_FUNCTION_INFO_V1(clientele_purchase_history_le);
PG_FUNCTION_INFO_V1(clientele_purchase_history_gt);
PG_FUNCTION_INFO_V1(clientele_purchase_history_ge);
PG_FUNCTION_INFO_V1(clientele_purchase_history_cmp);
PG_FUNCTION_INFO_V1(clientele_purchase_history_hash);
PG_FUNCTION_INFO_V1(clientele_purchase_history_hash_extended);

/* 128 bytes hold the header and six days, 256 fourteen, 512 thirty. */
const FlatLayout purchase_history_layout = {
	.type_name = "purchase_history",
	.element_name = "days",
	.version = PURCHASE_HISTORY_VERSION,
	.header_size = offsetof(PurchaseHistory, days),
	.element_size = sizeof(PurchaseDay),
	.first_size = 128,
	.max_elements = PURCHASE_HISTORY_MAX_DAYS,
};

/* Number of days before a day. */
uint32
days_before(const PurchaseHistory *history, DateADT day)
{
	uint32		low = 0;
	uint32		high = history->flat.n;

	while (low < high)
	{
		uint32		middle = low + (high - low) / 2;

		if (history->days[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Number of days up to and including a day. */
uint32
days_through(const PurchaseHistory *history, DateADT day)
{
	/* the last day that a date can be is infinity, and never in a history */
	return day == PG_INT32_MAX ? history->flat.n :
		days_before(history, day + 1);
}

/* ------------------------------------------------------------------------
 * Accessors
 * ------------------------------------------------------------------------
 */

/* skipped(history): rows that could not be used. */
Datum
clientele_purchase_history_skipped(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_PURCHASE_HISTORY_P(0)->skipped);
}

/* first_purchase(history): the first day with a purchase, NULL if none. */
Datum
clientele_first_purchase(PG_FUNCTION_ARGS)
{
	PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY_P(0);

	for (uint32 i = 0; i < history->flat.n; i++)
		if (history->days[i].purchases > 0)
			PG_RETURN_DATEADT(history->days[i].day);
	PG_RETURN_NULL();
}

/* The last day with a purchase among the first n; false if there is none. */
static bool
find_last_purchase(const PurchaseHistory *history, uint32 n, DateADT *day)
{
	while (n-- > 0)
	{
		if (history->days[n].purchases > 0)
		{
			*day = history->days[n].day;
			return true;
		}
	}
	return false;
}

/* last_purchase(history): the last day with a purchase, NULL if none. */
Datum
clientele_last_purchase(PG_FUNCTION_ARGS)
{
	PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY_P(0);
	DateADT		day;

	if (!find_last_purchase(history, history->flat.n, &day))
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(day);
}

/* last_purchase(history, as_of): the same, on or before a day. */
Datum
clientele_last_purchase_as_of(PG_FUNCTION_ARGS)
{
	PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY_P(0);
	DateADT		as_of = PG_GETARG_DATEADT(1);
	DateADT		day;

	if (!find_last_purchase(history, days_through(history, as_of), &day))
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(day);
}

/* Purchases on the days of a range of indexes; 10^5 * 2^32 fit. */
static int64
count_purchases(const PurchaseHistory *history, uint32 from, uint32 to)
{
	int64		count = 0;

	for (uint32 i = from; i < to; i++)
		count += history->days[i].purchases;
	return count;
}

/* Days with a purchase in a range of indexes. */
static int64
count_purchase_days(const PurchaseHistory *history, uint32 from, uint32 to)
{
	int64		count = 0;

	for (uint32 i = from; i < to; i++)
		if (history->days[i].purchases > 0)
			count++;
	return count;
}

/* The value of a sum of amounts, an error if it is out of range. */
double
checked_sum(const MoneySum *sum)
{
	double		value = money_sum_value(sum);

	if (unlikely(isinf(value)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("revenue is out of range for type double precision"),
				 errdetail("The sum of the amounts exceeds %s.",
						   number_text(value > 0 ? DBL_MAX : -DBL_MAX)),
				 errhint("Look for amounts that are no money: purchase_days() lists them.")));
	return value;
}

/* Net revenue of the days of a range of indexes. */
static double
sum_revenue(const PurchaseHistory *history, uint32 from, uint32 to)
{
	MoneySum	sum = {0, 0, 0};

	for (uint32 i = from; i < to; i++)
		money_sum_add(&sum, history->days[i].amount);
	return checked_sum(&sum);
}

/* purchases(history): number of purchases. */
Datum
clientele_purchases(PG_FUNCTION_ARGS)
{
	PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY_P(0);

	PG_RETURN_INT64(count_purchases(history, 0, history->flat.n));
}

/* revenue(history): net revenue. */
Datum
clientele_revenue(PG_FUNCTION_ARGS)
{
	PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY_P(0);

	PG_RETURN_FLOAT8(sum_revenue(history, 0, history->flat.n));
}

/*
 * The history and the range of indexes that the arguments of a _between
 * function stand for: both days belong to it, NULL leaves an end open. False
 * if there is no history.
 */
static bool
get_range(FunctionCallInfo fcinfo, PurchaseHistory **history, uint32 *from,
		  uint32 *to)
{
	if (PG_ARGISNULL(0))
		return false;
	*history = PG_GETARG_PURCHASE_HISTORY_P(0);
	*from = PG_ARGISNULL(1) ? 0 : days_before(*history, PG_GETARG_DATEADT(1));
	*to = PG_ARGISNULL(2) ? (*history)->flat.n :
		days_through(*history, PG_GETARG_DATEADT(2));
	return true;
}

/* purchases_between(history, from_day, to_day): number of purchases. */
Datum
clientele_purchases_between(PG_FUNCTION_ARGS)
{
	PurchaseHistory *history;
	uint32		from;
	uint32		to;

	if (!get_range(fcinfo, &history, &from, &to))
		PG_RETURN_NULL();
	PG_RETURN_INT64(count_purchases(history, from, to));
}

/* revenue_between(history, from_day, to_day): net revenue. */
Datum
clientele_revenue_between(PG_FUNCTION_ARGS)
{
	PurchaseHistory *history;
	uint32		from;
	uint32		to;

	if (!get_range(fcinfo, &history, &from, &to))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(sum_revenue(history, from, to));
}

/* purchase_days_between(history, from_day, to_day): days with a purchase. */
Datum
clientele_purchase_days_between(PG_FUNCTION_ARGS)
{
	PurchaseHistory *history;
	uint32		from;
	uint32		to;

	if (!get_range(fcinfo, &history, &from, &to))
		PG_RETURN_NULL();
	PG_RETURN_INT64(count_purchase_days(history, from, to));
}

/* purchase_days(history): its days as rows. */
Datum
clientele_purchase_days(PG_FUNCTION_ARGS)
{
	FuncCallContext *context;
	PurchaseHistory *history;
	PurchaseDay *day;
	Datum		values[3];
	bool		nulls[3] = {false, false, false};

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;
		TupleDesc	descriptor;

		context = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(context->multi_call_memory_ctx);
		if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "purchase_days must return rows");
		context->tuple_desc = BlessTupleDesc(descriptor);
		history = flat_get_copy(&purchase_history_layout, PG_GETARG_DATUM(0));
		context->user_fctx = history;
		context->max_calls = history->flat.n;
		MemoryContextSwitchTo(caller);
	}
	context = SRF_PERCALL_SETUP();
	if (context->call_cntr >= context->max_calls)
		SRF_RETURN_DONE(context);
	history = context->user_fctx;
	day = &history->days[context->call_cntr];
	values[0] = DateADTGetDatum(day->day);
	values[1] = Int64GetDatum((int64) day->purchases);
	values[2] = Float8GetDatum(day->amount);
	SRF_RETURN_NEXT(context,
					HeapTupleGetDatum(heap_form_tuple(context->tuple_desc,
													  values, nulls)));
}

/* ------------------------------------------------------------------------
 * Summary
 * ------------------------------------------------------------------------
 */

/*
 * The day of the first purchase on or before as_of, with which a summary begins;
 * false if there is none.
 */
bool
first_purchase_day(const PurchaseHistory *history, DateADT as_of,
				   uint32 *first)
{
	uint32		n = history->flat.n;

	if (as_of == DATEVAL_NOEND)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("a summary needs a finite day"),
				 errdetail("as_of is infinity, so age would be infinite."),
				 errhint("Give the last day of the data.")));
	for (*first = 0; *first < n && history->days[*first].purchases == 0;)
		(*first)++;
	return *first < n && history->days[*first].day <= as_of;
}

/*
 * rfm(history, as_of, first_included): the summary as of a day, NULL if there
 * was no purchase by then. Later days are not seen.
 *
 * Refunds count from the day after the first purchase on (on that day itself,
 * too, where it is included); those before it belong to nothing that is
 * summed up here.
 *
 * The logarithms of the gaps are taken of their product, which is exact up to
 * 2^53: one logarithm for dozens of gaps.
 */
Datum
clientele_rfm_of_history(PG_FUNCTION_ARGS)
{
	PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY_P(0);
	DateADT		as_of = PG_GETARG_DATEADT(1);
	bool		first_included = PG_GETARG_BOOL(2);
	uint32		n;
	uint32		first;
	DateADT		last;
	int32		repeats = 0;
	double		log_gaps = 0;
	double		gaps = 1;
	MoneySum	sum = {0, 0, 0};
	Rfm		   *rfm;

	if (!first_purchase_day(history, as_of, &first))
		PG_RETURN_NULL();

	n = history->flat.n;
	last = history->days[first].day;
	if (first_included)
		money_sum_add(&sum, history->days[first].amount);
	for (uint32 i = first + 1; i < n; i++)
	{
		PurchaseDay *day = &history->days[i];

		if (day->day > as_of)
			break;
		money_sum_add(&sum, day->amount);
		if (day->purchases == 0)
			continue;
		repeats++;
		/* a gap is below 2^31: the product stays finite */
		gaps *= (double) day->day - (double) last;
		if (gaps > 1e290)
		{
			log_gaps += log(gaps);
			gaps = 1;
		}
		last = day->day;
	}

	rfm = palloc(sizeof(Rfm));
	rfm->frequency = repeats + (first_included ? 1 : 0);
	rfm->flags = first_included ? RFM_FIRST_INCLUDED : 0;
	rfm->recency = (double) last - (double) history->days[first].day;
	rfm->age = (double) as_of - (double) history->days[first].day;
	(void) checked_sum(&sum);
	/* -0.0 + 0.0 is 0.0 */
	rfm->monetary_value = rfm->frequency == 0 ? 0 :
		money_sum_mean(&sum, rfm->frequency) + 0.0;
	rfm->log_gaps = gaps > 1 ? log_gaps + log(gaps) : log_gaps;
	PG_RETURN_RFM_P(rfm);
}

/* ------------------------------------------------------------------------
 * Order and hash
 * ------------------------------------------------------------------------
 */

/*
 * Order by the days in turn, each by day, purchases and amount, a history
 * before its continuations; then by skipped rows. Detoasted copies are freed:
 * sorts and indexes call this often in one context.
 */
static int
compare_arguments(FunctionCallInfo fcinfo)
{
	PurchaseHistory *a = PG_GETARG_PURCHASE_HISTORY_P(0);
	PurchaseHistory *b = PG_GETARG_PURCHASE_HISTORY_P(1);
	uint32		n = Min(a->flat.n, b->flat.n);
	int			order = 0;

	for (uint32 i = 0; i < n && order == 0; i++)
	{
		PurchaseDay *left = &a->days[i];
		PurchaseDay *right = &b->days[i];

		if (left->day != right->day)
			order = left->day < right->day ? -1 : 1;
		else if (left->purchases != right->purchases)
			order = left->purchases < right->purchases ? -1 : 1;
		else if (left->amount != right->amount)
			order = left->amount < right->amount ? -1 : 1;
	}
	if (order == 0 && a->flat.n != b->flat.n)
		order = a->flat.n < b->flat.n ? -1 : 1;
	if (order == 0 && a->skipped != b->skipped)
		order = a->skipped < b->skipped ? -1 : 1;
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return order;
}

/* Equal values are equal bytes, whatever room they have to spare. */
static bool
arguments_are_equal(FunctionCallInfo fcinfo)
{
	PurchaseHistory *a = PG_GETARG_PURCHASE_HISTORY_P(0);
	PurchaseHistory *b = PG_GETARG_PURCHASE_HISTORY_P(1);
	bool		equal;

	equal = a->flat.n == b->flat.n && a->skipped == b->skipped &&
		memcmp(a->days, b->days, a->flat.n * sizeof(PurchaseDay)) == 0;
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return equal;
}

Datum
clientele_purchase_history_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(arguments_are_equal(fcinfo));
}

Datum
clientele_purchase_history_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!arguments_are_equal(fcinfo));
}

Datum
clientele_purchase_history_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) < 0);
}

Datum
clientele_purchase_history_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) <= 0);
}

Datum
clientele_purchase_history_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) > 0);
}

Datum
clientele_purchase_history_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) >= 0);
}

Datum
clientele_purchase_history_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare_arguments(fcinfo));
}

/* Hash of the days and the skipped rows. */
static uint64
hash_argument(FunctionCallInfo fcinfo, uint64 seed)
{
	PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY_P(0);
	uint64		hash;

	hash = hash_bytes_extended((unsigned char *) history->days,
							   (int) (history->flat.n * sizeof(PurchaseDay)),
							   seed);
	/* the seed 0 is to give the hash without a seed in its low bits */
	hash ^= hash_bytes_extended((unsigned char *) &history->skipped,
								sizeof(history->skipped), seed);
	PG_FREE_IF_COPY(history, 0);
	return hash;
}

Datum
clientele_purchase_history_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT32((uint32) hash_argument(fcinfo, 0));
}

Datum
clientele_purchase_history_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT64(hash_argument(fcinfo, (uint64) PG_GETARG_INT64(1)));
}
