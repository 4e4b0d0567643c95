/*
 * purchase_history.h
 *		Type purchase_history: the days on which a customer bought.
 */
#ifndef CLIENTELE_PURCHASE_PURCHASE_HISTORY_H
#define CLIENTELE_PURCHASE_PURCHASE_HISTORY_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/date.h"

#include "flat.h"
#include "money.h"

/* A day of a history, a UTC day. */
typedef struct PurchaseDay
{
	DateADT		day;
	uint32		purchases;		/* 0 where there were refunds only */
	float8		amount;			/* net of refunds; finite, no -0.0 */
} PurchaseDay;

/*
 * The days ascend strictly, in a growing state too: it differs from a stored
 * value by its room to spare alone. A day without a purchase has a negative
 * amount. See check_history() for all that holds.
 */
typedef struct PurchaseHistory
{
	FlatHeader	flat;
	int64		skipped;		/* rows that could not be used, >= 0 */
	PurchaseDay days[FLEXIBLE_ARRAY_MEMBER];
} PurchaseHistory;

StaticAssertDecl(sizeof(PurchaseDay) == 16, "PurchaseDay has no padding");
StaticAssertDecl(offsetof(PurchaseHistory, days) == 24,
				 "PurchaseHistory has no padding");

/* The documented limits. */
#define PURCHASE_HISTORY_MAX_DAYS	100000
#define PURCHASE_HISTORY_VERSION	1

extern const FlatLayout purchase_history_layout;

#define DatumGetPurchaseHistoryP(X) \
	((PurchaseHistory *) flat_get(&purchase_history_layout, X))
#define PG_GETARG_PURCHASE_HISTORY_P(n) \
	DatumGetPurchaseHistoryP(PG_GETARG_DATUM(n))
#define PG_RETURN_PURCHASE_HISTORY_P(x) PG_RETURN_POINTER(x)

/* What adding to a day can come to. */
typedef enum DayOverflow
{
	DAY_FITS,
	DAY_AMOUNT_OVERFLOW,
	DAY_PURCHASES_OVERFLOW
} DayOverflow;

/* Add purchases and amount to a day; left as it is if they do not fit. */
static inline DayOverflow
add_to_day(PurchaseDay *day, uint32 purchases, double amount)
{
	double		sum = money_add(day->amount, amount);

	if (unlikely(isinf(sum)))
		return DAY_AMOUNT_OVERFLOW;
	if (unlikely(purchases > PG_UINT32_MAX - day->purchases))
		return DAY_PURCHASES_OVERFLOW;
	day->amount = sum;
	day->purchases += purchases;
	return DAY_FITS;
}

/* purchase_history.c */
extern uint32 days_before(const PurchaseHistory *history, DateADT day);
extern uint32 days_through(const PurchaseHistory *history, DateADT day);
extern double checked_sum(const MoneySum *sum);
extern bool first_purchase_day(const PurchaseHistory *history, DateADT as_of,
							   uint32 *first);

/* purchase_history_io.c */
extern void check_history(const PurchaseHistory *history);

#endif							/* CLIENTELE_PURCHASE_PURCHASE_HISTORY_H */
