/*
 * days.h
 *		Lengths of time as numbers of days.
 */
#ifndef CLIENTELE_DAYS_H
#define CLIENTELE_DAYS_H

#include "postgres.h"

#include "utils/timestamp.h"

/* A mean month and a mean year of the Julian calendar, in days. */
#define DAYS_A_MONTH	30.4375
#define DAYS_A_YEAR		365.25

/* Days in an interval; an error for an infinite one. */
extern double clientele_interval_days(const Interval *interval,
									  const char *what);

/* The same, and an error unless it is zero or more. */
extern double clientele_horizon_days(const Interval *interval,
									 const char *what);

/* An interval of so many days. */
extern Interval *clientele_days_interval(double days);

#endif							/* CLIENTELE_DAYS_H */
