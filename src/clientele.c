/*
 * clientele.c
 *		The module: what is loaded with it, its settings, its version.
 */
#include "postgres.h"

#include "access/xact.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/guc.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "days.h"

CLIENTELE_MODULE_MAGIC;

void		_PG_init(void);

PG_FUNCTION_INFO_V1(clientele_as_of);
PG_FUNCTION_INFO_V1(clientele_as_of_date);
PG_FUNCTION_INFO_V1(clientele_version);

/* The setting clientele.as_of: its text, and the moment that it stands for. */
static char *as_of_text = NULL;
static TimestampTz as_of_moment = 0;
static bool as_of_is_set = false;

/*
 * Words whose meaning changes with the clock and the session's time zone: the
 * setting keeps one moment, so it does not take them. (ParseDateTime has made
 * them lower case.)
 */
static bool
is_relative_day(const char *word)
{
	return strcmp(word, "now") == 0 || strcmp(word, "today") == 0 ||
		strcmp(word, "tomorrow") == 0 || strcmp(word, "yesterday") == 0;
}

/*
 * Read a moment. A text without a time zone is UTC, as every day in Clientele
 * is a UTC day, so that the setting means the same in every session.
 */
static bool
parse_moment(const char *text, TimestampTz *moment)
{
	char		work[MAXDATELEN + MAXDATEFIELDS];
	char	   *field[MAXDATEFIELDS];
	int			ftype[MAXDATEFIELDS];
	int			nf;
	int			dtype;
	int			tz = 0;
	struct pg_tm tm;
	fsec_t		fsec;

	if (ParseDateTime(text, work, sizeof(work), field, ftype,
					  MAXDATEFIELDS, &nf) != 0)
		return false;
	for (int i = 0; i < nf; i++)
	{
		if (is_relative_day(field[i]))
			return false;
	}
	/* without room for a zone, a text that names one is refused */
	if (clientele_decode_datetime(field, ftype, nf, &dtype, &tm, &fsec,
								  NULL) != 0 || dtype != DTK_DATE)
	{
		if (ParseDateTime(text, work, sizeof(work), field, ftype,
						  MAXDATEFIELDS, &nf) != 0 ||
			clientele_decode_datetime(field, ftype, nf, &dtype, &tm, &fsec,
									  &tz) != 0 || dtype != DTK_DATE)
			return false;
	}
	return tm2timestamp(&tm, fsec, &tz, moment) == 0;
}

/*
 * Check a new value of clientele.as_of, and replace it by one canonical text,
 * which a parallel worker reads alike whatever its DateStyle is by then.
 */
static bool
check_as_of(char **newval, void **extra, GucSource source)
{
	TimestampTz moment;
	TimestampTz *stored;
	char	   *copy;
	struct pg_tm tm;
	fsec_t		fsec;
	char		canonical[MAXDATELEN + 1];

	(void) source;
	if (*newval == NULL || (*newval)[0] == '\0')
		return true;
	if (!parse_moment(*newval, &moment))
	{
		GUC_check_errcode(ERRCODE_INVALID_DATETIME_FORMAT);
		GUC_check_errdetail("\"%s\" is not a fixed moment in time.", *newval);
		GUC_check_errhint("Give a day or a time such as '2026-01-01' or '2026-01-01 12:00+02'; one without a time zone is UTC. An empty text means now.");
		return false;
	}
	if (timestamp2tm(moment, NULL, &tm, &fsec, NULL, NULL) != 0)
		return false;
	EncodeDateTime(&tm, fsec, true, 0, "UTC", USE_ISO_DATES, canonical);
	copy = clientele_guc_malloc(strlen(canonical) + 1);
	if (copy == NULL)
		return false;
	strcpy(copy, canonical);
	stored = clientele_guc_malloc(sizeof(TimestampTz));
	if (stored == NULL)
		return false;
	*stored = moment;
	*extra = stored;
	clientele_guc_free(*newval);
	*newval = copy;
	return true;
}

/* Keep the moment that was read when the setting was checked. */
static void
assign_as_of(const char *newval, void *extra)
{
	(void) newval;
	as_of_is_set = (extra != NULL);
	as_of_moment = as_of_is_set ? *(TimestampTz *) extra : 0;
}

void
_PG_init(void)
{
	DefineCustomStringVariable("clientele.as_of",
							   "The moment as of which Clientele's views answer.",
							   "Empty means now. A time without a time zone is UTC.",
							   &as_of_text,
							   "",
							   PGC_USERSET,
							   0,
							   check_as_of,
							   assign_as_of,
							   NULL);
	MarkGUCPrefixReserved("clientele");
}

/* The moment as of which to answer. */
static TimestampTz
current_as_of(void)
{
	return as_of_is_set ? as_of_moment : GetCurrentTransactionStartTimestamp();
}

/* clientele.as_of(): the setting where it is set, otherwise now(). */
Datum
clientele_as_of(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_TIMESTAMPTZ(current_as_of());
}

/* clientele.as_of_date(): the UTC day of clientele.as_of(). */
Datum
clientele_as_of_date(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_DATEADT(clientele_day_of(current_as_of()));
}

/* clientele.version(): the version of the loaded library. */
Datum
clientele_version(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_TEXT_P(cstring_to_text(CLIENTELE_VERSION));
}
