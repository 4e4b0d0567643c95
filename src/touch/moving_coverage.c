/*
 * moving_coverage.c
 *		How many contacts of an account were reached over time, from one pass.
 *
 * A touch counts at the points in time from its day on as long as the window
 * is. The stretches of a contact's touches are put together, and where they
 * begin and end is noted, so that the sum of the notes up to a point is how many
 * contacts are reached there.
 */
#include "postgres.h"

#include <math.h>

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "compat.h"
#include "days.h"
#include "touch/touch_read.h"
#include "touch/touchpoints.h"

PG_FUNCTION_INFO_V1(clientele_moving_coverage);

/* More points in time than a hundred years of days are a mistake. */
#define MOVING_MAX_POINTS	40000

/* The days from the first to the last, a step apart, counted from the first. */
static DateADT *
make_points(DateADT from, DateADT until, const Interval *step, int *n)
{
	DateADT    *points = palloc(MOVING_MAX_POINTS * sizeof(DateADT));
	Timestamp	start = (Timestamp) from * USECS_PER_DAY;
	Interval	offset = {0};

	for (*n = 0;; (*n)++)
	{
		Datum		moment;
		DateADT		day;

		moment = DirectFunctionCall2(timestamp_pl_interval,
									 TimestampGetDatum(start),
									 IntervalPGetDatum(&offset));
		day = DatumGetDateADT(DirectFunctionCall1(timestamp_date, moment));
		if (day > until)
			return points;
		if (*n > 0 && day <= points[*n - 1])
			clientele_refuse_interval(step, "step",
									  "Give a step of a day or more, such as '1 month'.");
		if (*n == MOVING_MAX_POINTS)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("too many points in time"),
					 errdetail("There are more than %d steps from the first day to the last.",
							   MOVING_MAX_POINTS),
					 errhint("Give a longer step.")));
		points[*n] = day;
		/* from the first, so that the end of January is not lost in March */
		offset.month += step->month;
		offset.day += step->day;
		offset.time += step->time;
	}
}

/* The first of the points that is not before a day. */
static int
point_from(const DateADT *points, int n, int64 day)
{
	int			low = 0;
	int			high = n;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;

		if (points[middle] < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * The points at which one more contact is reached, and at which one less, from
 * its touches; so that the sum up to a point is how many are. from and to are
 * the points of the stretch that is open, as the days ascend.
 */
typedef struct Stretch
{
	int			from;
	int			to;
} Stretch;

static inline void
extend_stretch(Stretch *stretch, int from, int to, int *changes)
{
	if (from >= to)
		return;
	if (stretch->from < stretch->to && from <= stretch->to)
	{
		stretch->to = Max(stretch->to, to);
		return;
	}
	if (stretch->from < stretch->to)
	{
		changes[stretch->from]++;
		changes[stretch->to]--;
	}
	stretch->from = from;
	stretch->to = to;
}

/* moving_coverage(touchpoints, from_day, until, step, within) */
Datum
clientele_moving_coverage(PG_FUNCTION_ARGS)
{
	Touchpoints *touchpoints = PG_GETARG_TOUCHPOINTS_P(0);
	DateADT		from = touch_as_of(PG_GETARG_DATEADT(1), "from_day");
	DateADT		until = touch_as_of(PG_GETARG_DATEADT(2), "until");
	double		within = Min(ceil(touch_within(PG_GETARG_INTERVAL_P(4))), 1e9);
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;
	TouchReader reader;
	DateADT    *points;
	int		   *reached;
	int		   *two_way;
	int			n;
	int			coverage = 0;
	int			engaged = 0;

	points = make_points(from, until, PG_GETARG_INTERVAL_P(3), &n);
	reached = palloc0((n + 1) * sizeof(int));
	two_way = palloc0((n + 1) * sizeof(int));
	touchpoints_reader(touchpoints, &reader);
	while (touch_next_contact(&reader))
	{
		Stretch		any = {0, 0};
		Stretch		both = {0, 0};
		int			outbound_until = 0;
		int			inbound_until = 0;

		while (touch_next_day(&reader))
		{
			int			start = point_from(points, n, reader.touch.day);
			int			end = point_from(points, n,
										 reader.touch.day + (int64) within);

			extend_stretch(&any, start, end, reached);
			/* both directions count as long as the older one does */
			if (reader.touch.outbound > 0)
				outbound_until = end;
			if (reader.touch.inbound > 0)
				inbound_until = end;
			extend_stretch(&both, start, Min(outbound_until, inbound_until),
						   two_way);
		}
		if (any.from < any.to)
		{
			reached[any.from]++;
			reached[any.to]--;
		}
		if (both.from < both.to)
		{
			two_way[both.from]++;
			two_way[both.to]--;
		}
	}
	touchpoints_check_end(reader.broken);

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < n; i++)
	{
		Datum		values[3];
		bool		nulls[3] = {false};

		coverage += reached[i];
		engaged += two_way[i];
		values[0] = DateADTGetDatum(points[i]);
		values[1] = Int32GetDatum(coverage);
		values[2] = Int32GetDatum(engaged);
		tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
	}
	return (Datum) 0;
}
