/*
 * rfm.c
 *		Type rfm: what a customer's purchases come to as of a day.
 */
#include "postgres.h"

#include <math.h>

#include "common/hashfn.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "compat.h"
#include "number_text.h"
#include "purchase/rfm.h"
#include "text_scan.h"

PG_FUNCTION_INFO_V1(clientele_rfm_in);
PG_FUNCTION_INFO_V1(clientele_rfm_out);
PG_FUNCTION_INFO_V1(clientele_rfm_recv);
PG_FUNCTION_INFO_V1(clientele_rfm_send);
PG_FUNCTION_INFO_V1(clientele_rfm);
PG_FUNCTION_INFO_V1(clientele_frequency);
PG_FUNCTION_INFO_V1(clientele_recency);
PG_FUNCTION_INFO_V1(clientele_age);
PG_FUNCTION_INFO_V1(clientele_monetary_value);
PG_FUNCTION_INFO_V1(clientele_log_gaps);
PG_FUNCTION_INFO_V1(clientele_first_included);
PG_FUNCTION_INFO_V1(clientele_rfm_eq);
PG_FUNCTION_INFO_V1(clientele_rfm_ne);
PG_FUNCTION_INFO_V1(clientele_rfm_lt);
PG_FUNCTION_INFO_V1(clientele_rfm_le);
PG_FUNCTION_INFO_V1(clientele_rfm_gt);
PG_FUNCTION_INFO_V1(clientele_rfm_ge);
PG_FUNCTION_INFO_V1(clientele_rfm_cmp);
PG_FUNCTION_INFO_V1(clientele_rfm_hash);
PG_FUNCTION_INFO_V1(clientele_rfm_hash_extended);


/*
 * Bring a summary into its one bit pattern, and check it: the rule that it
 * breaks as a sentence, and that rule's SQLSTATE; or NULL if it breaks none.
 */
static char *
broken_rule(Rfm *rfm, int *sqlstate)
{
	int32		repeats = rfm->frequency;

	*sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
	if (!isfinite(rfm->recency))
		return psprintf("recency is %s.", number_text(rfm->recency));
	if (!isfinite(rfm->age))
		return psprintf("age is %s.", number_text(rfm->age));
	if (!isfinite(rfm->monetary_value))
		return psprintf("monetary_value is %s.",
						number_text(rfm->monetary_value));
	if (isinf(rfm->log_gaps))
		return psprintf("log_gaps is %s.", number_text(rfm->log_gaps));

	*sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
	if ((rfm->flags & ~RFM_FIRST_INCLUDED) != 0)
		return psprintf("Its flags are %d, of which only %d is known.",
						rfm->flags, RFM_FIRST_INCLUDED);
	if (rfm->frequency < 0)
		return psprintf("frequency is %d, less than 0.", rfm->frequency);
	if (rfm->recency < 0)
		return psprintf("recency is %s, less than 0.",
						number_text(rfm->recency));
	if (rfm->recency > rfm->age)
		return psprintf("recency is %s, more than age, which is %s.",
						number_text(rfm->recency), number_text(rfm->age));
	if (rfm->flags & RFM_FIRST_INCLUDED)
	{
		if (rfm->frequency == 0)
			return psprintf("frequency is 0, but the first purchase is included.");
		repeats--;
	}
	if (repeats == 0 && rfm->recency != 0)
		return psprintf("recency is %s, but there is no repeat purchase.",
						number_text(rfm->recency));
	if (repeats == 0 && !isnan(rfm->log_gaps) && rfm->log_gaps != 0)
		return psprintf("log_gaps is %s, but there is no repeat purchase.",
						number_text(rfm->log_gaps));

	/* -0.0 + 0.0 is 0.0 */
	rfm->recency += 0.0;
	rfm->age += 0.0;
	rfm->monetary_value += 0.0;
	if (isnan(rfm->log_gaps))
		rfm->log_gaps = get_float8_nan();
	else
		rfm->log_gaps += 0.0;
	return NULL;
}

#define RFM_RULES_HINT \
	"Lengths are days since the first purchase: frequency >= 0, 0 <= recency <= age, recency 0 without a repeat purchase, and every number finite."
#define RFM_SYNTAX_HINT \
	"Write (frequency,recency,age,monetary_value) such as (3,210,365,54.2), then optionally log_gaps and the word first."

/* ------------------------------------------------------------------------
 * Input and output
 * ------------------------------------------------------------------------
 */

/*
 * Read one number of the text form. What went wrong is returned as a sentence
 * with its SQLSTATE, NULL if nothing did.
 */
static char *
read_number(const char **at, const char *field, double *value, int *sqlstate)
{
	*sqlstate = ERRCODE_INVALID_TEXT_REPRESENTATION;
	switch (scan_number(at, value))
	{
		case SCAN_OK:
			return NULL;
		case SCAN_MISSING:
			return psprintf("%s is not a number.", field);
		case SCAN_RANGE:
			*sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			return psprintf("%s is out of range for type double precision.",
							field);
		case SCAN_NOT_FINITE:
			*sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			return psprintf("%s is not finite.", field);
	}
	return NULL;				/* keep the compiler quiet */
}

/* The text form; a sentence about what is wrong, or NULL. */
static char *
parse_rfm(const char *text, Rfm *rfm, int *sqlstate)
{
	const char *at = text;
	uint64_t	count;
	char	   *problem;

	*sqlstate = ERRCODE_INVALID_TEXT_REPRESENTATION;
	rfm->flags = 0;
	rfm->log_gaps = get_float8_nan();
	if (!scan_character(&at, '('))
		return pstrdup("It does not start with \"(\".");
	switch (scan_count(&at, PG_INT32_MAX, &count))
	{
		case SCAN_OK:
			rfm->frequency = (int32) count;
			break;
		case SCAN_RANGE:
			*sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			return pstrdup("frequency is out of range for type integer.");
		default:
			return pstrdup("frequency is not an integer of 0 or more.");
	}
	if (!scan_character(&at, ','))
		return pstrdup("There is no comma behind frequency.");
	if ((problem = read_number(&at, "recency", &rfm->recency, sqlstate)))
		return problem;
	if (!scan_character(&at, ','))
		return pstrdup("There is no comma behind recency.");
	if ((problem = read_number(&at, "age", &rfm->age, sqlstate)))
		return problem;
	if (!scan_character(&at, ','))
		return pstrdup("There is no comma behind age.");
	if ((problem = read_number(&at, "monetary_value", &rfm->monetary_value,
							   sqlstate)))
		return problem;
	if (scan_character(&at, ','))
	{
		const char *behind;

		scan_space(&at);
		behind = at;
		/* an empty field: not known */
		if (!scan_character(&behind, ',') && !scan_character(&behind, ')') &&
			(problem = read_number(&at, "log_gaps", &rfm->log_gaps, sqlstate)))
			return problem;
		if (scan_character(&at, ','))
		{
			if (!scan_word(&at, "first"))
				return pstrdup("The sixth field is not \"first\".");
			rfm->flags |= RFM_FIRST_INCLUDED;
		}
	}
	if (!scan_character(&at, ')'))
		return pstrdup("There is no \")\" behind the last field.");
	scan_space(&at);
	if (*at != '\0')
		return pstrdup("There is more text behind \")\".");
	*sqlstate = 0;
	return NULL;
}

/* Text input. */
Datum
clientele_rfm_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	struct Node *escontext = CLIENTELE_ESCONTEXT(fcinfo);
	Rfm		   *rfm = palloc(sizeof(Rfm));
	char	   *problem;
	int			sqlstate;

	problem = parse_rfm(text, rfm, &sqlstate);
	if (problem != NULL)
		clientele_return_error(escontext, (Datum) 0,
							   (errcode(sqlstate),
								errmsg("invalid input syntax for type %s: \"%s\"",
									   "rfm", text),
								errdetail_internal("%s", problem),
								errhint(RFM_SYNTAX_HINT)));
	problem = broken_rule(rfm, &sqlstate);
	if (problem != NULL)
		clientele_return_error(escontext, (Datum) 0,
							   (errcode(sqlstate),
								errmsg("invalid rfm: \"%s\"", text),
								errdetail_internal("%s", problem),
								errhint(RFM_RULES_HINT)));
	PG_RETURN_RFM_P(rfm);
}

/* Text output: fields that say nothing are left out at the end. */
Datum
clientele_rfm_out(PG_FUNCTION_ARGS)
{
	Rfm		   *rfm = PG_GETARG_RFM_P(0);
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfo(&text, "(%d,%s,%s,%s", rfm->frequency,
					 number_text(rfm->recency), number_text(rfm->age),
					 number_text(rfm->monetary_value));
	if (!isnan(rfm->log_gaps))
		appendStringInfo(&text, ",%s", number_text(rfm->log_gaps));
	else if (rfm->flags & RFM_FIRST_INCLUDED)
		appendStringInfoChar(&text, ',');
	if (rfm->flags & RFM_FIRST_INCLUDED)
		appendStringInfoString(&text, ",first");
	appendStringInfoChar(&text, ')');
	PG_RETURN_CSTRING(text.data);
}

/* Binary input: the fields in the order of the text form, flags second. */
Datum
clientele_rfm_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	Rfm		   *rfm = palloc(sizeof(Rfm));
	char	   *problem;
	int			sqlstate;

	rfm->frequency = pq_getmsgint(message, 4);
	rfm->flags = pq_getmsgint(message, 4);
	rfm->recency = pq_getmsgfloat8(message);
	rfm->age = pq_getmsgfloat8(message);
	rfm->monetary_value = pq_getmsgfloat8(message);
	rfm->log_gaps = pq_getmsgfloat8(message);
	problem = broken_rule(rfm, &sqlstate);
	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid rfm in binary form"),
				 errdetail_internal("%s", problem),
				 errhint(RFM_RULES_HINT)));
	PG_RETURN_RFM_P(rfm);
}

/* Binary output. */
Datum
clientele_rfm_send(PG_FUNCTION_ARGS)
{
	Rfm		   *rfm = PG_GETARG_RFM_P(0);
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendint32(&message, (uint32) rfm->frequency);
	pq_sendint32(&message, (uint32) rfm->flags);
	pq_sendfloat8(&message, rfm->recency);
	pq_sendfloat8(&message, rfm->age);
	pq_sendfloat8(&message, rfm->monetary_value);
	pq_sendfloat8(&message, rfm->log_gaps);
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* ------------------------------------------------------------------------
 * Constructor and accessors
 * ------------------------------------------------------------------------
 */

/* rfm(frequency, recency, age, monetary_value): a summary made elsewhere. */
Datum
clientele_rfm(PG_FUNCTION_ARGS)
{
	int64		frequency = PG_GETARG_INT64(0);
	Rfm		   *rfm = palloc(sizeof(Rfm));
	char	   *problem;
	int			sqlstate;

	/* a bigint, as count(*) is one */
	if (frequency < PG_INT32_MIN || frequency > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("invalid rfm"),
				 errdetail("frequency is " INT64_FORMAT ".", frequency),
				 errhint("The largest frequency is %d.", PG_INT32_MAX)));
	rfm->frequency = (int32) frequency;
	rfm->flags = 0;
	rfm->recency = PG_GETARG_FLOAT8(1);
	rfm->age = PG_GETARG_FLOAT8(2);
	rfm->monetary_value = PG_GETARG_FLOAT8(3);
	rfm->log_gaps = get_float8_nan();
	problem = broken_rule(rfm, &sqlstate);
	if (problem != NULL)
		ereport(ERROR,
				(errcode(sqlstate),
				 errmsg("invalid rfm"),
				 errdetail_internal("%s", problem),
				 errhint(RFM_RULES_HINT)));
	PG_RETURN_RFM_P(rfm);
}

/* frequency(rfm): repeat purchase days. */
Datum
clientele_frequency(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_RFM_P(0)->frequency);
}

/* recency(rfm): days from the first to the last purchase day. */
Datum
clientele_recency(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_RFM_P(0)->recency);
}

/* age(rfm): days from the first purchase day to the day of the summary. */
Datum
clientele_age(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_RFM_P(0)->age);
}

/* monetary_value(rfm): net revenue per repeat purchase day. */
Datum
clientele_monetary_value(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_RFM_P(0)->monetary_value);
}

/* log_gaps(rfm): sum of the logarithms of the gaps, NULL if not known. */
Datum
clientele_log_gaps(PG_FUNCTION_ARGS)
{
	Rfm		   *rfm = PG_GETARG_RFM_P(0);

	if (isnan(rfm->log_gaps))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rfm->log_gaps);
}

/* first_included(rfm): whether the first purchase counts. */
Datum
clientele_first_included(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL((PG_GETARG_RFM_P(0)->flags & RFM_FIRST_INCLUDED) != 0);
}

/* ------------------------------------------------------------------------
 * Order and hash
 * ------------------------------------------------------------------------
 */

/* Order by the fields in turn; an unknown log_gaps is last. */
static int
compare_rfm(const Rfm *a, const Rfm *b)
{
	int			order;

	if (a->frequency != b->frequency)
		return a->frequency < b->frequency ? -1 : 1;
	if ((order = float8_cmp_internal(a->recency, b->recency)) != 0 ||
		(order = float8_cmp_internal(a->age, b->age)) != 0 ||
		(order = float8_cmp_internal(a->monetary_value,
									 b->monetary_value)) != 0 ||
		(order = float8_cmp_internal(a->log_gaps, b->log_gaps)) != 0)
		return order;
	if (a->flags != b->flags)
		return a->flags < b->flags ? -1 : 1;
	return 0;
}

Datum
clientele_rfm_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(memcmp(PG_GETARG_RFM_P(0), PG_GETARG_RFM_P(1),
						  sizeof(Rfm)) == 0);
}

Datum
clientele_rfm_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(memcmp(PG_GETARG_RFM_P(0), PG_GETARG_RFM_P(1),
						  sizeof(Rfm)) != 0);
}

Datum
clientele_rfm_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_rfm(PG_GETARG_RFM_P(0), PG_GETARG_RFM_P(1)) < 0);
}

Datum
clientele_rfm_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_rfm(PG_GETARG_RFM_P(0), PG_GETARG_RFM_P(1)) <= 0);
}

Datum
clientele_rfm_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_rfm(PG_GETARG_RFM_P(0), PG_GETARG_RFM_P(1)) > 0);
}

Datum
clientele_rfm_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_rfm(PG_GETARG_RFM_P(0), PG_GETARG_RFM_P(1)) >= 0);
}

Datum
clientele_rfm_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare_rfm(PG_GETARG_RFM_P(0), PG_GETARG_RFM_P(1)));
}

Datum
clientele_rfm_hash(PG_FUNCTION_ARGS)
{
	return hash_any((unsigned char *) PG_GETARG_RFM_P(0), sizeof(Rfm));
}

Datum
clientele_rfm_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((unsigned char *) PG_GETARG_RFM_P(0),
							 sizeof(Rfm), PG_GETARG_INT64(1));
}
