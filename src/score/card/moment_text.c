/*
 * moment_text.c
 *		Moments as ISO 8601 text, the same under every setting.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/datetime.h"

#include "compat.h"
#include "score/card/score_sheet.h"

/* The text of a moment in UTC; the buffer holds MOMENT_TEXT_LENGTH. */
char *
moment_text(int64 moment, char *buffer)
{
	struct pg_tm tm;
	fsec_t		fsec;

	if (TIMESTAMP_NOT_FINITE(moment) ||
		timestamp2tm(moment, NULL, &tm, &fsec, NULL, NULL) != 0)
	{
		strcpy(buffer, moment == DT_NOEND ? "infinity" : "-infinity");
		return buffer;
	}
	tm.tm_isdst = 0;
	EncodeDateTime(&tm, fsec, true, 0, NULL, USE_XSD_DATES, buffer);
	return buffer;
}

/* Read a number of so many digits. */
static bool
read_digits(const char **at, const char *end, int least, int most, int *number)
{
	int			digits = 0;

	*number = 0;
	for (; *at < end && **at >= '0' && **at <= '9' && digits < most; (*at)++)
	{
		*number = *number * 10 + (**at - '0');
		digits++;
	}
	return digits >= least;
}

/* Skip one character. */
static bool
read_character(const char **at, const char *end, char character)
{
	if (*at >= end || **at != character)
		return false;
	(*at)++;
	return true;
}

/* Read Z or an offset from UTC, in seconds; UTC where there is none. */
static bool
read_zone(const char **at, const char *end, int *zone)
{
	int			hours;
	int			minutes = 0;
	int			seconds = 0;
	bool		west;

	*zone = 0;
	if (*at >= end || **at == ' ')
		return true;
	if (read_character(at, end, 'Z') || read_character(at, end, 'z'))
		return true;
	west = **at == '-';
	if (!read_character(at, end, west ? '-' : '+') ||
		!read_digits(at, end, 2, 2, &hours))
		return false;
	if (read_character(at, end, ':'))
	{
		if (!read_digits(at, end, 2, 2, &minutes))
			return false;
		if (read_character(at, end, ':') &&
			!read_digits(at, end, 2, 2, &seconds))
			return false;
	}
	else if (*at < end && **at >= '0' && **at <= '9' &&
			 !read_digits(at, end, 2, 2, &minutes))
		return false;
	if (hours > 15 || minutes > 59 || seconds > 59)
		return false;
	*zone = (hours * 60 + minutes) * 60 + seconds;
	if (west)
		*zone = -*zone;
	return true;
}

/*
 * Read a moment: a day YYYY-MM-DD, then optionally T or a space and HH:MM,
 * seconds with up to six places, and an offset from UTC, which is the zone
 * where there is none. The server's own input depends on DateStyle and TimeZone.
 */
bool
moment_from_text(const char *text, size_t length, int64 *moment)
{
	const char *at = text;
	const char *end = text + length;
	struct pg_tm tm;
	int			fraction = 0;
	int			zone = 0;

	memset(&tm, 0, sizeof(tm));
	if (length == 9 && memcmp(text, "-infinity", 9) == 0)
	{
		*moment = DT_NOBEGIN;
		return true;
	}
	if (length == 8 && memcmp(text, "infinity", 8) == 0)
	{
		*moment = DT_NOEND;
		return true;
	}
	if (!read_digits(&at, end, 4, 6, &tm.tm_year) ||
		!read_character(&at, end, '-') ||
		!read_digits(&at, end, 2, 2, &tm.tm_mon) ||
		!read_character(&at, end, '-') ||
		!read_digits(&at, end, 2, 2, &tm.tm_mday))
		return false;
	if (end - at >= 6 && (*at == 'T' || *at == 't' || *at == ' '))
	{
		at++;
		if (!read_digits(&at, end, 2, 2, &tm.tm_hour) ||
			!read_character(&at, end, ':') ||
			!read_digits(&at, end, 2, 2, &tm.tm_min))
			return false;
		if (read_character(&at, end, ':'))
		{
			if (!read_digits(&at, end, 2, 2, &tm.tm_sec))
				return false;
			if (read_character(&at, end, '.'))
			{
				const char *start = at;

				if (!read_digits(&at, end, 1, 6, &fraction))
					return false;
				for (int digits = (int) (at - start); digits < 6; digits++)
					fraction *= 10;
				/* further digits are below a microsecond */
				while (at < end && *at >= '0' && *at <= '9')
					at++;
			}
		}
		if (!read_zone(&at, end, &zone))
			return false;
	}
	if (end - at == 3 && memcmp(at, " BC", 3) == 0)
	{
		tm.tm_year = 1 - tm.tm_year;
		at = end;
	}
	else if (tm.tm_year == 0)
		return false;
	if (at != end || tm.tm_mon < 1 || tm.tm_mon > 12 || tm.tm_mday < 1 ||
		tm.tm_mday > day_tab[isleap(tm.tm_year)][tm.tm_mon - 1] ||
		tm.tm_min > 59 || tm.tm_sec > 59 || tm.tm_hour > 24 ||
		(tm.tm_hour == 24 && (tm.tm_min > 0 || tm.tm_sec > 0 || fraction > 0)))
		return false;
	/* the server counts zones westward */
	zone = -zone;
	return tm2timestamp(&tm, fraction, &zone, moment) == 0 &&
		IS_VALID_TIMESTAMP(*moment);
}
