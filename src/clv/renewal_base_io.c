/*
 * renewal_base_io.c
 *		renewal_base as text and in binary.
 *
 * Text: {(1,369,0),(2,163,0),(7,21,241)} skipped 3 - the periods, how many
 * customers left at the end of the last of them, how many renewed that often and
 * are active; then how many rows were skipped, if any.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "clv/renewal_base.h"
#include "compat.h"
#include "text_scan.h"

PG_FUNCTION_INFO_V1(clientele_renewal_base_in);
PG_FUNCTION_INFO_V1(clientele_renewal_base_out);
PG_FUNCTION_INFO_V1(clientele_renewal_base_recv);
PG_FUNCTION_INFO_V1(clientele_renewal_base_send);

#define RENEWAL_BASE_EXAMPLE "{(1,369,0),(2,163,0),(7,21,241)}: periods, customers who left at their end, customers who are active after them"

/* Refuse a text: false, or an error. */
#define refuse_text(escontext, at, expected) \
	clientele_return_error(escontext, false, \
		(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION), \
		 errmsg("invalid input syntax for type %s", "renewal_base"), \
		 errdetail("Expected %s at \"%s\".", expected, rest_of(at)), \
		 errhint("Values look like %s.", RENEWAL_BASE_EXAMPLE)))

/* Where a text went wrong, short enough to print. */
static char *
rest_of(const char *at)
{
	return pnstrdup(at, pg_mbcliplen(at, strlen(at), 40));
}

/* Read a whole number from 0 to a largest one. */
static bool
read_whole(const char **at, int64 largest, int64 *number,
		   struct Node *escontext)
{
	uint64		value;

	switch (scan_count(at, largest, &value))
	{
		case SCAN_OK:
			*number = (int64) value;
			return true;
		case SCAN_RANGE:
			clientele_return_error(escontext, false,
								   (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
									errmsg("number out of range for type %s",
										   "renewal_base"),
									errdetail("The number is at \"%s\".",
											  rest_of(*at)),
									errhint("Periods are at most %d, counts at most " INT64_FORMAT ".",
											RENEWAL_MAX_PERIODS, PG_INT64_MAX)));
		default:
			refuse_text(escontext, *at, "a whole number");
	}
}

/* Read the counts of one number of periods, behind the parenthesis. */
static bool
read_counts(const char **at, RenewalBase **base, struct Node *escontext)
{
	int64		periods;
	int64		churned;
	int64		active;
	int64		most;

	if (!read_whole(at, RENEWAL_MAX_PERIODS, &periods, escontext))
		return false;
	if (!scan_character(at, ','))
		refuse_text(escontext, *at, "a comma");
	most = PG_INT64_MAX - (*base)->customers;
	if (!read_whole(at, most, &churned, escontext))
		return false;
	if (!scan_character(at, ','))
		refuse_text(escontext, *at, "a comma");
	if (!read_whole(at, most - churned, &active, escontext))
		return false;
	if (!scan_character(at, ')'))
		refuse_text(escontext, *at, "\")\"");
	if (periods == 0 && churned > 0)
		clientele_return_error(escontext, false,
							   (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
								errmsg("invalid counts of a %s", "renewal_base"),
								errdetail(INT64_FORMAT " customers left after 0 periods.",
										  churned),
								errhint("Who does not renew the first time leaves at the end of period 1.")));
	if (churned + active > 0)
		*base = renewal_base_add(*base, (uint32) periods, churned, active, true);
	return true;
}

/* Read the whole text. */
static bool
read_base(const char *at, RenewalBase **base, struct Node *escontext)
{
	*base = renewal_base_create();
	if (!scan_character(&at, '{'))
		refuse_text(escontext, at, "\"{\"");
	if (!scan_character(&at, '}'))
	{
		do
		{
			if (!scan_character(&at, '('))
				refuse_text(escontext, at, "\"(\"");
			if (!read_counts(&at, base, escontext))
				return false;
		} while (scan_character(&at, ','));
		if (!scan_character(&at, '}'))
			refuse_text(escontext, at, "a comma or \"}\"");
	}
	scan_space(&at);
	if (scan_word(&at, "skipped") &&
		!read_whole(&at, PG_INT64_MAX, &(*base)->skipped, escontext))
		return false;
	scan_space(&at);
	if (*at != '\0')
		refuse_text(escontext, at, "the end");
	*base = renewal_base_canonical(*base);
	return true;
}

/* Text in. */
Datum
clientele_renewal_base_in(PG_FUNCTION_ARGS)
{
	RenewalBase *base;

	if (!read_base(PG_GETARG_CSTRING(0), &base, CLIENTELE_ESCONTEXT(fcinfo)))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(base);
}

/* Text out. */
Datum
clientele_renewal_base_out(PG_FUNCTION_ARGS)
{
	RenewalBase *base = PG_GETARG_RENEWAL_BASE_P(0);
	const char *separator = "";
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfoChar(&out, '{');
	for (uint32 t = 0; t < base->flat.n; t++)
	{
		const RenewalCount *count = &base->counts[t];

		if (count->churned == 0 && count->active == 0)
			continue;
		appendStringInfo(&out, "%s(%u," INT64_FORMAT "," INT64_FORMAT ")",
						 separator, t, (int64) count->churned,
						 (int64) count->active);
		separator = ",";
	}
	appendStringInfoChar(&out, '}');
	if (base->skipped > 0)
		appendStringInfo(&out, " skipped " INT64_FORMAT, base->skipped);
	PG_RETURN_CSTRING(out.data);
}

/* Refuse a binary form. */
static void
refuse_binary(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary %s", "renewal_base"),
			 errdetail("%s", detail)));
}

/* The layout's version, which is that of the binary form too. */
#define BINARY_VERSION	1

/* Bytes of the counts of one number of periods. */
#define BINARY_COUNTS	(4 + 8 + 8)

/*
 * Binary in: version, rows skipped, how many numbers of periods have customers,
 * and for each of these, ascending, the periods and both counts.
 */
Datum
clientele_renewal_base_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	RenewalBase *base;
	int64		skipped;
	uint32		n;
	int64		last = -1;

	if (version != BINARY_VERSION)
		refuse_binary(psprintf("Its format is version %d, this release reads version %d.",
							   version, BINARY_VERSION));
	skipped = pq_getmsgint64(message);
	if (skipped < 0)
		refuse_binary(psprintf(INT64_FORMAT " rows were skipped.", skipped));
	n = pq_getmsgint(message, 4);
	if ((uint64) (message->len - message->cursor) != (uint64) n * BINARY_COUNTS)
		refuse_binary(psprintf("It claims %u numbers of periods in %d bytes.", n,
							   message->len - message->cursor));
	base = renewal_base_create();
	renewal_base_skip(base, skipped);
	for (uint32 i = 0; i < n; i++)
	{
		uint32		periods = pq_getmsgint(message, 4);
		int64		churned = pq_getmsgint64(message);
		int64		active = pq_getmsgint64(message);

		if (periods > RENEWAL_MAX_PERIODS || (int64) periods <= last)
			refuse_binary(psprintf("%u periods come after " INT64_FORMAT "; they ascend to at most %d.",
								   periods, last, RENEWAL_MAX_PERIODS));
		if (churned < 0 || active < 0 || (churned == 0 && active == 0) ||
			(periods == 0 && churned > 0) ||
			churned > PG_INT64_MAX - base->customers ||
			active > PG_INT64_MAX - base->customers - churned)
			refuse_binary(psprintf("After %u periods " INT64_FORMAT " customers left and " INT64_FORMAT " are active.",
								   periods, churned, active));
		base = renewal_base_add(base, periods, churned, active, true);
		last = periods;
	}
	PG_RETURN_POINTER(renewal_base_canonical(base));
}

/* Binary out. */
Datum
clientele_renewal_base_send(PG_FUNCTION_ARGS)
{
	RenewalBase *base = PG_GETARG_RENEWAL_BASE_P(0);
	uint32		n = 0;
	StringInfoData out;

	for (uint32 t = 0; t < base->flat.n; t++)
		n += base->counts[t].churned > 0 || base->counts[t].active > 0;
	pq_begintypsend(&out);
	pq_sendbyte(&out, BINARY_VERSION);
	pq_sendint64(&out, base->skipped);
	pq_sendint32(&out, n);
	for (uint32 t = 0; t < base->flat.n; t++)
	{
		const RenewalCount *count = &base->counts[t];

		if (count->churned == 0 && count->active == 0)
			continue;
		pq_sendint32(&out, t);
		pq_sendint64(&out, count->churned);
		pq_sendint64(&out, count->active);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
