/*
 * days.h
 *		Lengths of time as numbers of days.
 */
#ifndef CLIENTELE_DAYS_H
#define CLIENTELE_DAYS_H

#include "postgres.h"

#include "utils/date.h"
#include "utils/timestamp.h"

#include "compat.h"

/* A mean month and a mean year of the Julian calendar, in days. */
#define DAYS_A_MONTH	30.4375
#define DAYS_A_YEAR		365.25

/* The error of an interval that cannot be what it is called. */
CLIENTELE_NORETURN extern void clientele_refuse_interval(const Interval *interval,
														 const char *what,
														 const char *hint);

/* Days in an interval; an error for an infinite one. */
extern double clientele_interval_days(const Interval *interval,
									  const char *what);

/* The same, and an error unless it is zero or more. */
extern double clientele_horizon_days(const Interval *interval,
									 const char *what);

/* The same, and an error with a hint of the caller unless it is longer than 0. */
extern double clientele_positive_days(const Interval *interval,
									  const char *what, const char *hint);

/* An interval of so many days. */
extern Interval *clientele_days_interval(double days);

/*
 * The day of a moment: its UTC day, or for a moment without a time zone the day
 * that it names, as the bits of both are the same. Infinite for an infinite one.
 */
static inline DateADT
clientele_day_of(Timestamp moment)
{
	Timestamp	day = moment / USECS_PER_DAY;

	if (TIMESTAMP_NOT_FINITE(moment))
		return DATEVAL_NOEND;
	if (moment % USECS_PER_DAY < 0)
		day--;
	return (DateADT) day;
}

#endif							/* CLIENTELE_DAYS_H */
