/*
 * opportunities.c
 *		Times as numbers of opportunities, for the discrete families.
 *
 * A customer of a discrete family buys, or does not, at one opportunity after
 * the other. Bases and customers come in days all the same; what they are in
 * opportunities must be a whole number, up to what rounding has left.
 */
#include "postgres.h"

#include <math.h>

#include "clv/opportunities.h"

/* How far from a whole number is whole. */
#define TOLERANCE	1e-6

/* Days as a whole number of units; an error if they are not. */
static double
whole_opportunities(const char *family, const char *what, double days,
					double unit)
{
	double		opportunities = days / unit;
	double		whole = rint(opportunities);

	if (!(fabs(opportunities - whole) <= TOLERANCE))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s takes whole opportunities", family),
				 errdetail("A customer has %s %.10g days: %.10g opportunities of %.10g days.",
						   what, days, opportunities, unit),
				 errhint("Summarize purchases by rfm(history, as_of, opportunity => ...), with the unit of the model as the opportunity.")));
	if (whole > MAX_OPPORTUNITIES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("too many opportunities for %s", family),
				 errdetail("A customer has %s %.10g days: %.10g opportunities of %.10g days, more than %d.",
						   what, days, opportunities, unit, MAX_OPPORTUNITIES),
				 errhint("Take a longer unit.")));
	return whole;
}

/* Recency and age in opportunities; an error if they are none. */
void
check_opportunities(const char *family, double frequency, double recency,
					double age, double unit, double *recency_opportunities,
					double *age_opportunities)
{
	*recency_opportunities = whole_opportunities(family, "recency", recency,
												 unit);
	*age_opportunities = whole_opportunities(family, "age", age, unit);
	if (frequency > *recency_opportunities)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("more purchases than opportunities for %s", family),
				 errdetail("A customer has frequency %.10g and recency %.10g days: %.10g opportunities of %.10g days.",
						   frequency, recency, *recency_opportunities, unit),
				 errhint("An opportunity counts once, however much is bought at it: summarize purchases by rfm(history, as_of, opportunity => ...), with the unit of the model as the opportunity.")));
}

/* Opportunities that have passed within a horizon. */
double
opportunities_within(double horizon)
{
	if (horizon > MAX_FUTURE_OPPORTUNITIES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("too many opportunities"),
				 errdetail("The time ahead has %.10g opportunities, more than %d.",
						   horizon, MAX_FUTURE_OPPORTUNITIES),
				 errhint("Take a shorter horizon.")));
	return floor(horizon + TOLERANCE);
}
