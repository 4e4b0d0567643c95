/*
 * decay.c
 *		How points fade, one event at a time: the rules that marketers know.
 *
 * Ages are intervals, as occurred_at subtracted from as_of gives them. An event
 * of the future is as good as one of now, but for a window, which it is not in.
 * decayed_score sums exponential decay over events; the others are summed by
 * sum().
 */
#include "postgres.h"

#include <math.h>

#include "days.h"

PG_FUNCTION_INFO_V1(clientele_exponential_decay);
PG_FUNCTION_INFO_V1(clientele_linear_decay);
PG_FUNCTION_INFO_V1(clientele_step_decay);
PG_FUNCTION_INFO_V1(clientele_window_points);

/* A length of time, in days, that must be longer than none. */
static double
positive_days(const Interval *interval, const char *what)
{
	return clientele_positive_days(interval, what,
								   "Give a length of time greater than 0, such as '30 days'.");
}

/* Points of which only a share is left; no points are none of NaN either. */
static Datum
points_left(double points, double share)
{
	PG_RETURN_FLOAT8(share > 0 ? points * share : points * 0);
}

/* exponential_decay(points, age, half_life) */
Datum
clientele_exponential_decay(PG_FUNCTION_ARGS)
{
	double		age = clientele_interval_days(PG_GETARG_INTERVAL_P(1), "age");
	double		half_life = positive_days(PG_GETARG_INTERVAL_P(2), "half-life");

	return points_left(PG_GETARG_FLOAT8(0), exp2(-Max(age, 0) / half_life));
}

/* linear_decay(points, age, span) */
Datum
clientele_linear_decay(PG_FUNCTION_ARGS)
{
	double		age = clientele_interval_days(PG_GETARG_INTERVAL_P(1), "age");
	double		span = positive_days(PG_GETARG_INTERVAL_P(2), "span");

	/* one subtraction, so that nothing is lost near the end of the span */
	return points_left(PG_GETARG_FLOAT8(0), (span - Max(age, 0)) / span);
}

/* step_decay(points, age, step, share) */
Datum
clientele_step_decay(PG_FUNCTION_ARGS)
{
	double		age = clientele_interval_days(PG_GETARG_INTERVAL_P(1), "age");
	double		step = positive_days(PG_GETARG_INTERVAL_P(2), "step");
	double		share = PG_GETARG_FLOAT8(3);

	if (!(share > 0 && share <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid share"),
				 errdetail("The share is %g.", share),
				 errhint("Give the share of the points that each step takes, greater than 0 and at most 1, such as 0.25.")));
	return points_left(PG_GETARG_FLOAT8(0),
					   1 - share * floor(Max(age, 0) / step));
}

/* window_points(points, age, within) */
Datum
clientele_window_points(PG_FUNCTION_ARGS)
{
	double		age = clientele_interval_days(PG_GETARG_INTERVAL_P(1), "age");
	double		within = positive_days(PG_GETARG_INTERVAL_P(2), "window");

	return points_left(PG_GETARG_FLOAT8(0), age >= 0 && age < within ? 1 : 0);
}
