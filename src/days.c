/*
 * days.c
 *		Lengths of time as numbers of days.
 *
 * The models count days. A month has no fixed number of them, so it counts as
 * the mean month of the Julian calendar, 30.4375 days, and a year as 365.25.
 */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "days.h"
#include "compat.h"

/* Raise the error of an interval that cannot be what it is called. */
void
clientele_refuse_interval(const Interval *interval, const char *what,
						  const char *hint)
{
	char	   *text = DatumGetCString(DirectFunctionCall1(interval_out,
														   IntervalPGetDatum(interval)));

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid %s", what),
			 errdetail("The %s is \"%s\".", what, text),
			 errhint("%s", hint)));
}

/* Days in an interval; an error for an infinite one. */
double
clientele_interval_days(const Interval *interval, const char *what)
{
	if (CLIENTELE_INTERVAL_NOT_FINITE(interval))
		clientele_refuse_interval(interval, what,
								  "Give a finite interval such as '1 year'.");
	return interval->month * DAYS_A_MONTH + interval->day +
		(double) interval->time / USECS_PER_DAY;
}

/* Days in an interval; an error unless it is finite and zero or more. */
double
clientele_horizon_days(const Interval *interval, const char *what)
{
	double		days = clientele_interval_days(interval, what);

	if (days < 0)
		clientele_refuse_interval(interval, what,
								  "Give an interval of zero or more, such as '1 year'.");
	return days;
}

/* Days in an interval; an error unless it is finite and longer than zero. */
double
clientele_positive_days(const Interval *interval, const char *what,
						const char *hint)
{
	double		days = clientele_interval_days(interval, what);

	if (!(days > 0))
		clientele_refuse_interval(interval, what, hint);
	return days;
}

/* An interval of so many days, to the microsecond. */
Interval *
clientele_days_interval(double days)
{
	Interval   *interval = palloc0(sizeof(Interval));
	double		whole = floor(days);

	if (!(whole >= -PG_INT32_MAX && whole <= PG_INT32_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("interval out of range"),
				 errdetail("It would be %g days.", days)));
	interval->day = (int32) whole;
	interval->time = (TimeOffset) rint((days - whole) * USECS_PER_DAY);
	return interval;
}
