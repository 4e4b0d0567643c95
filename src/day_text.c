/*
 * day_text.c
 *		Days in the text forms of the types; see day_text.h.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/datetime.h"

#include "day_text.h"
#include "text_scan.h"

/* The ISO text of a day; the buffer holds MAXDATELEN + 1. */
char *
day_text(DateADT day, char *buffer)
{
	struct pg_tm tm;

	j2date(day + POSTGRES_EPOCH_JDATE, &tm.tm_year, &tm.tm_mon, &tm.tm_mday);
	EncodeDateOnly(&tm, USE_ISO_DATES, buffer);
	return buffer;
}

/* Note what is wrong; false, for the caller to return. */
bool
note_problem(Problem *problem, int sqlstate, char *detail)
{
	problem->sqlstate = sqlstate;
	problem->detail = detail;
	return false;
}

/* The stretch of text up to the next comma or brace, for messages. */
char *
text_excerpt(const char *start)
{
	int			length;

	scan_space(&start);
	length = (int) Min(strcspn(start, ",{}"), 1000);
	if (length == 0 && *start != '\0')
		length = 1;
	return pnstrdup(start, pg_mbcliplen(start, length, 60));
}

/* Read so many digits, and no more. */
static bool
scan_digits(const char **text, int least, int most, int *value)
{
	const char *at = *text;
	int			digits = 0;

	*value = 0;
	for (; *at >= '0' && *at <= '9'; at++)
	{
		if (++digits > most)
			return false;
		*value = *value * 10 + (*at - '0');
	}
	if (digits < least)
		return false;
	*text = at;
	return true;
}

/* Read a day: YYYY-MM-DD, years before our era with BC behind. */
bool
scan_day(const char **text, DateADT *day, Problem *problem)
{
	const char *start;
	const char *at;
	int			year;
	int			month;
	int			day_of_month;

	scan_space(text);
	start = at = *text;
	if (!scan_digits(&at, 4, 7, &year) || *at++ != '-' ||
		!scan_digits(&at, 2, 2, &month) || *at++ != '-' ||
		!scan_digits(&at, 2, 2, &day_of_month))
		return note_problem(problem, ERRCODE_INVALID_TEXT_REPRESENTATION,
							psprintf("\"%s\" does not start with a day.",
									 text_excerpt(start)));
	if (year == 0 || month < 1 || month > 12 || day_of_month < 1)
		return note_problem(problem, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
							psprintf("There is no such day: \"%s\".", text_excerpt(start)));
	if (scan_word(&at, "bc"))
		year = 1 - year;
	if (day_of_month > day_tab[isleap(year)][month - 1])
		return note_problem(problem, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
							psprintf("There is no such day: \"%s\".", text_excerpt(start)));
	if (!IS_VALID_JULIAN(year, month, day_of_month))
		return note_problem(problem, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
							psprintf("The day is outside the range of type date: \"%s\".",
									 text_excerpt(start)));
	*day = date2j(year, month, day_of_month) - POSTGRES_EPOCH_JDATE;
	if (!IS_VALID_DATE(*day))
		return note_problem(problem, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
							psprintf("The day is outside the range of type date: \"%s\".",
									 text_excerpt(start)));
	*text = at;
	return true;
}
