/*
 * touchpoints_io.c
 *		Text and binary forms of type touchpoints.
 *
 * The text is {"003A": 2024-01-05>2<, 2024-02-01<; "003B": 2024-03-01>} skipped 3:
 * contacts with their days, > outbound and < inbound with how often if not
 * once. Ids of type bigint and uuid stand without quotes. Days are in ISO form
 * whatever DateStyle says.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"
#include "utils/uuid.h"

#include "compat.h"
#include "day_text.h"
#include "text_scan.h"
#include "touch/touch_read.h"
#include "touch/touchpoints.h"

PG_FUNCTION_INFO_V1(clientele_touchpoints_in);
PG_FUNCTION_INFO_V1(clientele_touchpoints_out);
PG_FUNCTION_INFO_V1(clientele_touchpoints_recv);
PG_FUNCTION_INFO_V1(clientele_touchpoints_send);

#define SYNTAX_HINT \
	"Write contacts as {\"id\": 2024-01-05>2<, 2024-02-01<; \"id\": ...}: days with > for outbound and < for inbound touches and how many if not one; ids of type bigint or uuid without quotes; \"skipped n\" behind the braces if rows were skipped."

/* Touches that are being read. */
typedef struct TouchList
{
	Touch	   *touches;
	size_t		n;
	size_t		capacity;
	uint32		kind;
	uint32		skipped;
} TouchList;

/* Refuse a text: always false. */
static bool
refuse(Problem *problem, char *detail)
{
	return note_problem(problem, ERRCODE_INVALID_TEXT_REPRESENTATION, detail);
}

/* ------------------------------------------------------------------------
 * Text input
 * ------------------------------------------------------------------------
 */

/* Read an id in quotes; a backslash takes what follows as it is. */
static bool
scan_quoted_id(const char **text, Touch *touch, Problem *problem)
{
	StringInfoData id;
	const char *at = *text;

	initStringInfo(&id);
	for (;; at++)
	{
		if (*at == '\\' && at[1] != '\0')
			at++;
		else if (*at == '"' || *at == '\0')
			break;
		appendStringInfoChar(&id, *at);
	}
	if (*at != '"')
		return refuse(problem, pstrdup("An id in quotes has no end."));
	if (id.len == 0 || id.len > TOUCH_MAX_ID)
		return note_problem(problem, ERRCODE_INVALID_PARAMETER_VALUE,
							psprintf("An id has %d bytes; the limits are 1 and %d.",
									 id.len, TOUCH_MAX_ID));
	touch->id = (unsigned char *) id.data;
	touch->id_length = id.len;
	*text = at + 1;
	return true;
}

/* Read an id without quotes: a uuid, or a number. */
static bool
scan_bare_id(const char **text, Touch *touch, uint32 *kind, Problem *problem)
{
	ContactId  *id = palloc(sizeof(ContactId));
	size_t		length = strspn(*text, UUID_CHARACTERS);
	char	   *word = pnstrdup(*text, Min(length, 64));

	if (length == UUID_TEXT_LENGTH)
	{
		if (!contact_id_of_uuid_text(word, id))
			return refuse(problem, psprintf("\"%s\" is no uuid.", word));
	}
	else
	{
		const char *at = *text;
		bool		negative = scan_character(&at, '-');
		uint64_t	number;

		if (scan_count(&at, (uint64_t) PG_INT64_MAX + (negative ? 1 : 0),
					   &number) != SCAN_OK ||
			at != *text + length)
			return refuse(problem,
						  psprintf("\"%s\" does not start with an id.",
								   text_excerpt(*text)));
		contact_id_of_bigint((int64) (negative ? -number : number), id);
	}
	*kind = id->kind;
	touch->id = id->bytes;
	touch->id_length = id->length;
	*text += length;
	return true;
}

/* Read a direction's sign and its count, 1 where there is none. */
static bool
scan_touches(const char **text, char sign, uint32_t *count, Problem *problem)
{
	uint64_t	number;

	*count = 0;
	if (!scan_character(text, sign))
		return true;
	*count = 1;
	switch (scan_count(text, PG_UINT32_MAX, &number))
	{
		case SCAN_OK:
			*count = (uint32_t) number;
			return number > 0 ||
				refuse(problem, pstrdup("A number of touches is 0."));
		case SCAN_RANGE:
			return note_problem(problem, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
								psprintf("A number of touches exceeds %u.",
										 PG_UINT32_MAX));
		default:
			return true;
	}
}

/* Read the days of a contact. */
static bool
scan_days(const char **text, Touch *touch, TouchList *list, Problem *problem)
{
	do
	{
		DateADT		day;

		if (!scan_day(text, &day, problem) ||
			!scan_touches(text, '>', &touch->outbound, problem) ||
			!scan_touches(text, '<', &touch->inbound, problem))
			return false;
		if (touch->outbound == 0 && touch->inbound == 0)
			return refuse(problem,
						  psprintf("There is neither \">\" nor \"<\" behind a day of \"%s\".",
								   text_excerpt(*text)));
		touch->day = day;
		if (list->n == list->capacity)
		{
			list->capacity *= 2;
			list->touches = repalloc_huge(list->touches,
										  list->capacity * sizeof(Touch));
		}
		list->touches[list->n++] = *touch;
	} while (scan_character(text, ','));
	return true;
}

/* Read the text form. */
static bool
scan_touchpoints(const char *text, TouchList *list, Problem *problem)
{
	if (!scan_character(&text, '{'))
		return refuse(problem, pstrdup("It does not start with \"{\"."));
	if (!scan_character(&text, '}'))
	{
		do
		{
			Touch		touch;
			uint32		kind = ID_TEXT;

			scan_space(&text);
			if (*text == '"')
			{
				text++;
				if (!scan_quoted_id(&text, &touch, problem))
					return false;
			}
			else if (!scan_bare_id(&text, &touch, &kind, problem))
				return false;
			if (list->kind != ID_NONE && list->kind != kind)
				return refuse(problem,
							  psprintf("Ids are of type %s and of type %s.",
									   contact_id_kind_name(list->kind),
									   contact_id_kind_name(kind)));
			list->kind = kind;
			if (!scan_character(&text, ':'))
				return refuse(problem,
							  pstrdup("There is no colon behind an id."));
			if (!scan_days(&text, &touch, list, problem))
				return false;
		} while (scan_character(&text, ';'));
		if (!scan_character(&text, '}'))
			return refuse(problem,
						  psprintf("There is no \"}\", \";\" or \",\" before \"%s\".",
								   text_excerpt(text)));
	}
	if (scan_word(&text, "skipped"))
	{
		uint64_t	skipped;

		if (scan_count(&text, PG_UINT32_MAX, &skipped) != SCAN_OK)
			return refuse(problem,
						  psprintf("There is no number up to %u behind \"skipped\".",
								   PG_UINT32_MAX));
		list->skipped = (uint32) skipped;
	}
	scan_space(&text);
	if (*text != '\0')
		return refuse(problem, pstrdup("There is more text behind \"}\"."));
	return true;
}

/* Text in: contacts and days in any order. */
Datum
clientele_touchpoints_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	TouchList	list = {0};
	Problem		problem;

	list.capacity = 16;
	list.touches = palloc(list.capacity * sizeof(Touch));
	if (!scan_touchpoints(text, &list, &problem))
		clientele_return_error(CLIENTELE_ESCONTEXT(fcinfo), (Datum) 0,
							   (errcode(problem.sqlstate),
								errmsg("invalid input syntax for type %s: \"%s\"",
									   "touchpoints",
									   pnstrdup(text, pg_mbcliplen(text, strlen(text), 80))),
								errdetail_internal("%s", problem.detail),
								errhint(SYNTAX_HINT)));
	PG_RETURN_TOUCHPOINTS_P(touchpoints_from(list.touches, list.n, list.kind,
											 list.skipped));
}

/* ------------------------------------------------------------------------
 * Text output
 * ------------------------------------------------------------------------
 */

/* Write an id as it is read. */
static void
write_id(StringInfo text, const Touch *touch, uint32 kind)
{
	char	   *id = contact_id_text(touch, kind);

	if (kind != ID_TEXT)
		appendStringInfoString(text, id);
	else
	{
		appendStringInfoChar(text, '"');
		for (const char *at = id; *at != '\0'; at++)
		{
			if (*at == '"' || *at == '\\')
				appendStringInfoChar(text, '\\');
			appendStringInfoChar(text, *at);
		}
		appendStringInfoChar(text, '"');
	}
	pfree(id);
}

/* Write a direction's sign and its count. */
static void
write_touches(StringInfo text, char sign, uint32 count)
{
	if (count > 0)
		appendStringInfoChar(text, sign);
	if (count > 1)
		appendStringInfo(text, "%u", count);
}

/* Text out. */
Datum
clientele_touchpoints_out(PG_FUNCTION_ARGS)
{
	Touchpoints *touchpoints = PG_GETARG_TOUCHPOINTS_P(0);
	StringInfoData text;
	TouchReader reader;
	bool		first = true;

	initStringInfo(&text);
	appendStringInfoChar(&text, '{');
	touchpoints_reader(touchpoints, &reader);
	while (touch_next_contact(&reader))
	{
		const char *before = ": ";

		if (!first)
			appendStringInfoString(&text, "; ");
		first = false;
		write_id(&text, &reader.touch, touchpoints->kind);
		while (touch_next_day(&reader))
		{
			char		buffer[MAXDATELEN + 1];

			appendStringInfo(&text, "%s%s", before,
							 day_text(reader.touch.day, buffer));
			write_touches(&text, '>', reader.touch.outbound);
			write_touches(&text, '<', reader.touch.inbound);
			before = ", ";
		}
	}
	touchpoints_check_end(reader.broken);
	appendStringInfoChar(&text, '}');
	if (touchpoints->skipped > 0)
		appendStringInfo(&text, " skipped %u", touchpoints->skipped);
	PG_RETURN_CSTRING(text.data);
}

/* ------------------------------------------------------------------------
 * Binary forms
 * ------------------------------------------------------------------------
 */

/* Refuse a binary form. */
static void
refuse_binary(char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid touchpoints in binary form"),
			 errdetail_internal("%s", detail),
			 errhint("Send what touchpoints_send() has written.")));
}

/* Binary in: version, kind of ids, contacts, skipped, then the compact form. */
Datum
clientele_touchpoints_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	int			kind = pq_getmsgbyte(message);
	uint32		contacts = pq_getmsgint(message, 4);
	uint32		skipped = pq_getmsgint(message, 4);
	int			length = message->len - message->cursor;
	Touchpoints *touchpoints;

	if (version != TOUCHPOINTS_VERSION)
		refuse_binary(psprintf("Its format is version %d, this release reads version %d.",
							   version, TOUCHPOINTS_VERSION));
	if (length > TOUCHPOINTS_MAX_BYTES)
		refuse_binary(psprintf("It has %d bytes.", length));
	touchpoints = flat_create(&touchpoints_layout, length, false);
	memcpy(touchpoints->bytes, pq_getmsgbytes(message, length), length);
	touchpoints->settled = length;
	touchpoints->contacts = contacts;
	touchpoints->kind = kind;
	touchpoints->skipped = skipped;
	if (!touchpoints_are_sound(touchpoints))
		refuse_binary(psprintf("Its %d bytes are not %u contacts of kind %d with their days.",
							   length, contacts, kind));
	if (kind == ID_TEXT)
	{
		TouchReader reader;

		/* what is text here is text in the database's encoding */
		touchpoints_reader(touchpoints, &reader);
		while (touch_next_contact(&reader))
			pg_verifymbstr((const char *) reader.touch.id,
						   reader.touch.id_length, false);
	}
	PG_RETURN_TOUCHPOINTS_P(touchpoints);
}

/* Binary out. */
Datum
clientele_touchpoints_send(PG_FUNCTION_ARGS)
{
	Touchpoints *touchpoints = PG_GETARG_TOUCHPOINTS_P(0);
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendbyte(&message, TOUCHPOINTS_VERSION);
	pq_sendbyte(&message, touchpoints->kind);
	pq_sendint32(&message, touchpoints->contacts);
	pq_sendint32(&message, touchpoints->skipped);
	pq_sendbytes(&message, (const char *) touchpoints->bytes,
				 touchpoints->settled);
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}
