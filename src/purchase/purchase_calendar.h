/*
 * purchase_calendar.h
 *		Type purchase_calendar: how many customers came and how many came back,
 *		day by day.
 */
#ifndef CLIENTELE_PURCHASE_PURCHASE_CALENDAR_H
#define CLIENTELE_PURCHASE_PURCHASE_CALENDAR_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/date.h"

#include "flat.h"

/* A day of a calendar, a UTC day. One of the counts at least is above 0. */
typedef struct CalendarDay
{
	DateADT		day;
	uint32		new_customers;	/* whose first purchase day this is */
	int64		repeat_purchases;	/* customers who bought, and not first */
} CalendarDay;

/*
 * The days ascend strictly, in a growing state too. Nobody buys on more than
 * all days, so the repeat purchases of a day are at most the customers who came
 * before it; hence the counts are far from overflowing. See check_calendar().
 */
typedef struct PurchaseCalendar
{
	FlatHeader	flat;
	int64		skipped;		/* rows that the histories could not use */
	int64		without_purchase;	/* histories without a purchase day */
	CalendarDay days[FLEXIBLE_ARRAY_MEMBER];
} PurchaseCalendar;

StaticAssertDecl(sizeof(CalendarDay) == 16, "CalendarDay has no padding");
StaticAssertDecl(offsetof(PurchaseCalendar, days) == 32,
				 "PurchaseCalendar has no padding");

/* The documented limits. */
#define PURCHASE_CALENDAR_MAX_DAYS	1000000
#define PURCHASE_CALENDAR_VERSION	1

extern const FlatLayout purchase_calendar_layout;

#define DatumGetPurchaseCalendarP(X) \
	((PurchaseCalendar *) flat_get(&purchase_calendar_layout, X))
#define PG_GETARG_PURCHASE_CALENDAR_P(n) \
	DatumGetPurchaseCalendarP(PG_GETARG_DATUM(n))
#define PG_RETURN_PURCHASE_CALENDAR_P(x) PG_RETURN_POINTER(x)

/* purchase_calendar_io.c */
extern void check_calendar(const PurchaseCalendar *calendar);

#endif							/* CLIENTELE_PURCHASE_PURCHASE_CALENDAR_H */
