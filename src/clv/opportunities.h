/*
 * opportunities.h
 *		Times as numbers of opportunities, for the discrete families.
 */
#ifndef CLIENTELE_CLV_OPPORTUNITIES_H
#define CLIENTELE_CLV_OPPORTUNITIES_H

#include "postgres.h"

/* The documented limits: more than a century of days, and than two millennia. */
#define MAX_OPPORTUNITIES			100000
#define MAX_FUTURE_OPPORTUNITIES	1000000

/*
 * Recency and age, in days, as whole numbers of opportunities of unit days
 * each; an error if they are none, or if the customer bought more often than
 * there were opportunities to.
 */
extern void check_opportunities(const char *family, double frequency,
								double recency, double age, double unit,
								double *recency_opportunities,
								double *age_opportunities);

/* Opportunities that have passed within a horizon, which is in opportunities. */
extern double opportunities_within(double horizon);

#endif							/* CLIENTELE_CLV_OPPORTUNITIES_H */
