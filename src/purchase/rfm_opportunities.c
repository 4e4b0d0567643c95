/*
 * rfm_opportunities.c
 *		A history summarized in opportunities to buy: calendar periods, each of
 *		which counts once, whatever was bought in it.
 *
 * The models of discrete opportunities (gifts by the year, orders by the month)
 * take whole numbers of them. Periods are those of the calendar, the same for
 * all customers, and not counted from each one's first day: what is bought in a
 * month or a year is what the calendar, and not the customer, divides.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/float.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "days.h"
#include "purchase/purchase_history.h"
#include "purchase/rfm.h"

PG_FUNCTION_INFO_V1(clientele_rfm_of_opportunities);

/* A Monday, 2001-01-01, in days since 2000-01-01. */
#define A_MONDAY	366

/* A calendar of periods of so many months, or else of so many days. */
typedef struct PeriodCalendar
{
	int64		months;
	int64		days;
} PeriodCalendar;

/* Whole months or whole days; an error for anything else. */
static PeriodCalendar
get_calendar(const Interval *opportunity)
{
	PeriodCalendar calendar = {0, 0};

	if (!CLIENTELE_INTERVAL_NOT_FINITE(opportunity))
	{
		if (opportunity->month > 0 && opportunity->day == 0 &&
			opportunity->time == 0)
			calendar.months = opportunity->month;
		else if (opportunity->month == 0 &&
				 opportunity->time % USECS_PER_DAY == 0)
			calendar.days = opportunity->day +
				opportunity->time / USECS_PER_DAY;
	}
	if (calendar.months <= 0 && calendar.days <= 0)
		clientele_refuse_interval(opportunity, "opportunity",
								  "Give whole months, such as '1 month' or '1 year', or whole days, such as '7 days'.");
	return calendar;
}

/* Quotient, rounded down. */
static int64
floor_divide(int64 value, int64 divisor)
{
	return value >= 0 ? value / divisor : -1 - (-1 - value) / divisor;
}

/*
 * The number of the period in which a day lies. A day beyond the range of dates
 * by one is fine.
 */
static int64
period_of(const PeriodCalendar *calendar, int64 day)
{
	int			year;
	int			month;
	int			day_of_month;

	if (calendar->days > 0)
		return floor_divide(day - A_MONDAY, calendar->days);
	/* the year before year 1 is 0 here */
	j2date((int) (day + POSTGRES_EPOCH_JDATE), &year, &month, &day_of_month);
	return floor_divide(((int64) year - 1) * MONTHS_PER_YEAR + (month - 1),
						calendar->months);
}

/*
 * rfm(history, as_of, opportunity): the summary in opportunities that have ended
 * by as_of, NULL if there was no purchase by then.
 *
 * The period of the first purchase is period 0, which belongs to the first
 * purchase as its day does in the other summary; nothing in it is a repeat
 * purchase. Nor is anything in a period that has not ended: whether there will
 * be a purchase in it is not known.
 */
Datum
clientele_rfm_of_opportunities(PG_FUNCTION_ARGS)
{
	PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY_P(0);
	DateADT		as_of = PG_GETARG_DATEADT(1);
	PeriodCalendar calendar = get_calendar(PG_GETARG_INTERVAL_P(2));
	double		length = calendar.months > 0 ?
		(double) calendar.months * DAYS_A_MONTH : (double) calendar.days;
	uint32		n = history->flat.n;
	uint32		first;
	int64		first_period;
	int64		last_period;
	int64		ended;			/* the last period that has */
	int32		repeats = 0;
	MoneySum	sum = {0, 0, 0};
	Rfm		   *rfm;

	if (!first_purchase_day(history, as_of, &first))
		PG_RETURN_NULL();

	first_period = last_period = period_of(&calendar, history->days[first].day);
	ended = period_of(&calendar, (int64) as_of + 1) - 1;
	for (uint32 i = first + 1; i < n; i++)
	{
		PurchaseDay *day = &history->days[i];
		int64		period;

		if (day->day > as_of)
			break;
		period = period_of(&calendar, day->day);
		if (period > ended)
			break;
		if (period == first_period)
			continue;
		money_sum_add(&sum, day->amount);
		if (day->purchases > 0 && period > last_period)
		{
			repeats++;
			last_period = period;
		}
	}

	rfm = palloc(sizeof(Rfm));
	rfm->frequency = repeats;
	rfm->flags = 0;
	rfm->recency = (double) (last_period - first_period) * length;
	rfm->age = ended > first_period ?
		(double) (ended - first_period) * length : 0;
	(void) checked_sum(&sum);
	/* -0.0 + 0.0 is 0.0 */
	rfm->monetary_value = repeats == 0 ? 0 :
		money_sum_mean(&sum, repeats) + 0.0;
	rfm->log_gaps = get_float8_nan();
	PG_RETURN_RFM_P(rfm);
}
