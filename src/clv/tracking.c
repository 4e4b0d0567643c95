/*
 * tracking.c
 *		Actual and expected repeat purchases, period by period.
 *
 * By the end of a day D, a model expects of the customers who came on day s
 *
 *		new customers of s * E[X(D - s)]
 *
 * repeat purchases, X(t) being those of a new customer within t after the first
 * purchase; the sum over all s is what the calendar's repeat purchases up to D
 * are held against (Fader, Hardie and Lee 2005, figure 4). D - s is the age that
 * rfm(history, D) tells, which the model was fitted to.
 *
 * The expectation depends on the age alone, and days and periods share ages: so
 * each is computed once and kept, a few hundred evaluations instead of as many
 * as there are pairs of a day and a period.
 */
#include "postgres.h"

#include <math.h>

#include "common/int.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/float.h"
#include "utils/tuplestore.h"

#include "clv/ask.h"
#include "clv/opportunities.h"
#include "compat.h"
#include "days.h"
#include "math/sum.h"
#include "purchase/purchase_calendar.h"

PG_FUNCTION_INFO_V1(clientele_tracking);
PG_FUNCTION_INFO_V1(clientele_tracking_interval);

/* Ages whose expectations are kept: more than a human life in days. */
#define MAX_KEPT_AGES	100000

/* Expectations under one place of the parameters, by age in days; NaN: not yet. */
typedef struct KeptAges
{
	double		place[MODEL_MAX_DIMENSION];
	double		parameters[FAMILY_MAX_PARAMETERS];
	double	   *expected;
} KeptAges;

/* A place, and one step up and down in each of its dimensions. */
#define MAX_PLACES		(2 * MODEL_MAX_DIMENSION + 1)

typedef struct Tracking
{
	Question	question;
	const PurchaseCalendar *calendar;
	DateADT		from_day;
	DateADT		until;
	int32		months;			/* a period, by the calendar */
	int64		days;
	int64		nages;			/* that are kept */
	int			nplaces;
	KeptAges   *places[MAX_PLACES];
	int64		end;			/* of the period that is asked for */
} Tracking;

/* ------------------------------------------------------------------------
 * Periods
 * ------------------------------------------------------------------------
 */

/* Take the length of a period: months by the calendar, and days. */
static void
ask_period(Tracking *tracking, const Interval *period)
{
	(void) clientele_interval_days(period, "period");
	tracking->months = period->month;
	tracking->days = (int64) period->day + period->time / USECS_PER_DAY;
	if (period->time % USECS_PER_DAY != 0 ||
		tracking->months < 0 || tracking->days < 0 ||
		(tracking->months == 0 && tracking->days == 0))
		clientele_refuse_interval(period, "period",
								  "Give whole days or months, at least one day, such as '7 days' or '1 month'.");
}

/*
 * The last day of a period, the first one being number 1. Months are counted
 * from the first day of the first period, so that they do not drift: from
 * January 31 on, one begins on the last day of February and the next on March
 * 31. A month that is beyond all dates comes out as one beyond all dates.
 */
static int64
period_end(const Tracking *tracking, int64 number)
{
	int64		day = tracking->from_day;

	if (tracking->months > 0)
	{
		int			year;
		int			month;
		int			day_of_month;
		int64		month_number;

		j2date(tracking->from_day + POSTGRES_EPOCH_JDATE, &year, &month,
			   &day_of_month);
		month_number = (int64) year * MONTHS_PER_YEAR + month - 1 +
			number * tracking->months;
		/* years before our era are 0 and less, and then months as well */
		year = (int) Min((month_number + 5000 * MONTHS_PER_YEAR) / MONTHS_PER_YEAR - 5000,
						 JULIAN_MAXYEAR);
		month = (int) ((month_number + 5000 * MONTHS_PER_YEAR) % MONTHS_PER_YEAR) + 1;
		day_of_month = Min(day_of_month, day_tab[isleap(year)][month - 1]);
		if (year >= JULIAN_MAXYEAR)
			return PG_INT64_MAX;
		day = (int64) date2j(year, month, day_of_month) - POSTGRES_EPOCH_JDATE;
	}
	return day + number * tracking->days - 1;
}

/* Refuse a day that is no day. */
static DateADT
finite_day(DateADT day, const char *name)
{
	if (DATE_NOT_FINITE(day))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("tracking needs finite days"),
				 errdetail("%s is %s.", name,
						   DATE_IS_NOBEGIN(day) ? "-infinity" : "infinity"),
				 errhint("Give the last day of the data as until, and the first day of the first period as from_day, or NULL for the first purchase of all.")));
	return day;
}

/* ------------------------------------------------------------------------
 * Expectations
 * ------------------------------------------------------------------------
 */

/* The repeat purchases that are expected of a new customer within an age. */
static double
expected_at(const Tracking *tracking, const double *parameters, int64 age)
{
	const Question *question = &tracking->question;
	double		time = (double) age / question->model->unit;

	CHECK_FOR_INTERRUPTS();
	if (question->family->discrete)
		time = opportunities_within(time);
	return checked_answer(question,
						  question->family->expected_purchases_new(parameters,
																   time));
}

/*
 * What is kept under a place, which may be new. The model's own parameters are
 * taken as they are, without the detour by their logarithms.
 */
static KeptAges *
find_place(Tracking *tracking, const double *place)
{
	const Model *model = tracking->question.model;
	Size		size = MODEL_DIMENSION(model) * sizeof(double);
	KeptAges   *kept;

	for (int i = 0; i < tracking->nplaces; i++)
		if (memcmp(tracking->places[i]->place, place, size) == 0)
			return tracking->places[i];
	kept = palloc(sizeof(KeptAges));
	memcpy(kept->place, place, size);
	if (tracking->nplaces == 0)
		memcpy(kept->parameters, model->values,
			   (model->nparameters + model->nconstants) * sizeof(double));
	else
		place_to_parameters(model, place, kept->parameters);
	kept->expected = palloc(tracking->nages * sizeof(double));
	for (int64 age = 0; age < tracking->nages; age++)
		kept->expected[age] = get_float8_nan();
	Assert(tracking->nplaces < MAX_PLACES);
	tracking->places[tracking->nplaces++] = kept;
	return kept;
}

/* Cumulative expected purchases by the end of a day. */
static double
expected_by(const Tracking *tracking, KeptAges *kept, int64 end)
{
	const PurchaseCalendar *calendar = tracking->calendar;
	LongSum		sum = {0, 0};

	for (uint32 i = 0; i < calendar->flat.n; i++)
	{
		const CalendarDay *day = &calendar->days[i];
		int64		age = end - day->day;
		double		expected;

		if (age < 0)
			break;
		if (day->new_customers == 0)
			continue;
		if (age >= tracking->nages)
			expected = expected_at(tracking, kept->parameters, age);
		else
		{
			if (isnan(kept->expected[age]))
				kept->expected[age] = expected_at(tracking, kept->parameters,
												  age);
			expected = kept->expected[age];
		}
		long_sum_add(&sum, expected * day->new_customers);
	}
	return long_sum_value(&sum);
}

/* The same as a function of the place of the parameters. */
static double
expected_at_place(const double *place, void *context)
{
	Tracking   *tracking = context;

	return expected_by(tracking, find_place(tracking, place), tracking->end);
}

/* ------------------------------------------------------------------------
 * Rows
 * ------------------------------------------------------------------------
 */

/* Take the arguments; false if there is nothing to track. */
static bool
ask_tracking(FunctionCallInfo fcinfo, Tracking *tracking)
{
	double		place[MODEL_MAX_DIMENSION];
	int64		first;

	for (int i = 0; i < PG_NARGS(); i++)
		if (i != 4 && PG_ARGISNULL(i))
			return false;
	memset(tracking, 0, offsetof(Tracking, places));
	ask_model(fcinfo, 0, &tracking->question);
	tracking->calendar = PG_GETARG_PURCHASE_CALENDAR_P(1);
	tracking->until = finite_day(PG_GETARG_DATEADT(2), "until");
	ask_period(tracking, PG_GETARG_INTERVAL_P(3));
	if (!PG_ARGISNULL(4))
		tracking->from_day = finite_day(PG_GETARG_DATEADT(4), "from_day");
	if (tracking->calendar->flat.n == 0)
		return false;
	first = tracking->calendar->days[0].day;
	if (PG_ARGISNULL(4))
		tracking->from_day = (DateADT) first;
	tracking->nages = Max(Min(tracking->until - first + 1, MAX_KEPT_AGES), 0);
	model_to_place(tracking->question.model, place);
	(void) find_place(tracking, place);
	return true;
}

/* Repeat purchases of the days up to end, from *next on, which is moved. */
static void
count_actual(const PurchaseCalendar *calendar, uint32 *next, int64 end,
			 int64 *actual)
{
	for (; *next < calendar->flat.n && calendar->days[*next].day <= end; ++*next)
		if (pg_add_s64_overflow(*actual, calendar->days[*next].repeat_purchases,
								actual))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("number of repeat purchases is out of range for type bigint"),
					 errdetail("It exceeds " INT64_FORMAT ".", PG_INT64_MAX),
					 errhint("No table has as many rows: look for a calendar that was written by hand.")));
}

/*
 * tracking(model, calendar, until, period, from_day): a row a period that has
 * ended by until.
 */
Datum
clientele_tracking(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;
	Tracking	tracking;
	uint32		next = 0;
	int64		actual = 0;
	double		expected;

	InitMaterializedSRF(fcinfo, 0);
	if (!ask_tracking(fcinfo, &tracking))
		PG_RETURN_NULL();
	count_actual(tracking.calendar, &next, (int64) tracking.from_day - 1,
				 &actual);
	expected = expected_by(&tracking, tracking.places[0],
						   (int64) tracking.from_day - 1);
	for (int64 number = 1;; number++)
	{
		int64		end = period_end(&tracking, number);
		int64		actual_before = actual;
		double		expected_before = expected;
		Datum		values[6];
		bool		nulls[6] = {0};

		if (end > tracking.until)
			break;
		CHECK_FOR_INTERRUPTS();
		count_actual(tracking.calendar, &next, end, &actual);
		expected = expected_by(&tracking, tracking.places[0], end);
		values[0] = Int32GetDatum((int32) number);
		values[1] = DateADTGetDatum((DateADT) end);
		values[2] = Int64GetDatum(actual - actual_before);
		values[3] = Float8GetDatum(expected - expected_before);
		values[4] = Int64GetDatum(actual);
		values[5] = Float8GetDatum(expected);
		tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
	}
	PG_RETURN_NULL();
}

/*
 * tracking_interval(model, calendar, until, period, from_day, confidence): the
 * cumulative expectation with its standard error and interval, by the delta
 * method on its logarithm.
 */
Datum
clientele_tracking_interval(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;
	Tracking	tracking;
	const Model *model;
	double		quantile;
	uint32		next = 0;
	int64		actual = 0;

	InitMaterializedSRF(fcinfo, 0);
	if (!ask_tracking(fcinfo, &tracking))
		PG_RETURN_NULL();
	model = tracking.question.model;
	quantile = confidence_quantile(PG_GETARG_FLOAT8(5));
	for (int64 number = 1;; number++)
	{
		Datum		values[7] = {0};
		bool		nulls[7] = {0};
		double		estimate;
		double		error;
		double		low;
		double		high;

		tracking.end = period_end(&tracking, number);
		if (tracking.end > tracking.until)
			break;
		CHECK_FOR_INTERRUPTS();
		count_actual(tracking.calendar, &next, tracking.end, &actual);
		if ((model->flags & MODEL_HAS_COVARIANCE) &&
			prediction_interval(expected_at_place, &tracking, RANGE_POSITIVE,
								tracking.places[0]->place,
								MODEL_LOG_COVARIANCE(model),
								MODEL_DIMENSION(model), quantile, &estimate,
								&error, &low, &high))
		{
			values[4] = Float8GetDatum(error);
			values[5] = Float8GetDatum(low);
			values[6] = Float8GetDatum(high);
		}
		else
		{
			estimate = expected_by(&tracking, tracking.places[0], tracking.end);
			nulls[4] = nulls[5] = nulls[6] = true;
		}
		values[0] = Int32GetDatum((int32) number);
		values[1] = DateADTGetDatum((DateADT) tracking.end);
		values[2] = Int64GetDatum(actual);
		values[3] = Float8GetDatum(estimate);
		tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
	}
	PG_RETURN_NULL();
}
