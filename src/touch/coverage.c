/*
 * coverage.c
 *		What touchpoints tell: how many contacts of an account were reached, who
 *		they are, and when last.
 *
 * A window is as_of - within < day <= as_of: what came later is not seen, so
 * one stored value answers for every day of the past.
 */
#include "postgres.h"

#include <math.h>

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "compat.h"
#include "days.h"
#include "touch/touch_read.h"
#include "touch/touchpoints.h"

PG_FUNCTION_INFO_V1(clientele_coverage);
PG_FUNCTION_INFO_V1(clientele_engaged);
PG_FUNCTION_INFO_V1(clientele_is_covered);
PG_FUNCTION_INFO_V1(clientele_coverage_gap);
PG_FUNCTION_INFO_V1(clientele_contacts);
PG_FUNCTION_INFO_V1(clientele_touch_days);
PG_FUNCTION_INFO_V1(clientele_last_touch);
PG_FUNCTION_INFO_V1(clientele_touched_text);
PG_FUNCTION_INFO_V1(clientele_touched_bigint);
PG_FUNCTION_INFO_V1(clientele_touched_uuid);
PG_FUNCTION_INFO_V1(clientele_forget_text);
PG_FUNCTION_INFO_V1(clientele_forget_bigint);
PG_FUNCTION_INFO_V1(clientele_forget_uuid);
PG_FUNCTION_INFO_V1(clientele_touchpoints_skipped);

/* ------------------------------------------------------------------------
 * Windows
 * ------------------------------------------------------------------------
 */

/* A day that is asked for. */
DateADT
touch_as_of(DateADT as_of, const char *what)
{
	if (DATE_NOT_FINITE(as_of))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("invalid %s", what),
				 errdetail("It is infinite."),
				 errhint("Give a finite day.")));
	return as_of;
}

/* The length of a window in days, which may be broken; an error for none. */
double
touch_within(const Interval *within)
{
	return clientele_positive_days(within, "window",
								   "Give a length of time greater than 0, such as '90 days'.");
}

/* Days of a window, both ends included. */
typedef struct Window
{
	int64		first;
	int64		last;
} Window;

/* The days d with as_of - within < d <= as_of. */
static Window
make_window(DateADT as_of, double within)
{
	Window		window;

	/* 1e9 days are more than there are */
	window.first = as_of - (int64) ceil(Min(within, 1e9)) + 1;
	window.last = as_of;
	return window;
}

/* The window of the arguments within and as_of, from that position on. */
static Window
get_window(FunctionCallInfo fcinfo, int argument)
{
	return make_window(touch_as_of(PG_GETARG_DATEADT(argument + 1), "as_of"),
					   touch_within(PG_GETARG_INTERVAL_P(argument)));
}

/* Contacts with a touch in the window; two_way: with one in either direction. */
static int32
count_contacts(Datum datum, Window window, bool two_way)
{
	TouchView	view;
	TouchReader reader;
	int32		contacts = 0;

	touchpoints_view(datum, &view);
	touch_read(&reader, view.bytes, view.head.settled);
	while (touch_next_contact(&reader))
	{
		bool		outbound = false;
		bool		inbound = false;

		while (touch_next_day(&reader))
		{
			if (reader.touch.day > window.last)
				break;
			if (reader.touch.day < window.first)
				continue;
			outbound = outbound || reader.touch.outbound > 0;
			inbound = inbound || reader.touch.inbound > 0;
			if (outbound && inbound)
				break;
			if (!two_way)
				break;
		}
		if (two_way ? outbound && inbound : outbound || inbound)
			contacts++;
	}
	touchpoints_check_end(reader.broken);
	return contacts;
}

/* coverage(touchpoints, within, as_of) */
Datum
clientele_coverage(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(count_contacts(PG_GETARG_DATUM(0),
								   get_window(fcinfo, 1), false));
}

/* engaged(touchpoints, within, as_of) */
Datum
clientele_engaged(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(count_contacts(PG_GETARG_DATUM(0),
								   get_window(fcinfo, 1), true));
}

/* The number of contacts that are asked for. */
static int32
get_minimum(int32 minimum)
{
	if (minimum < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid minimum"),
				 errdetail("The minimum is %d.", minimum),
				 errhint("Give a number of contacts of one or more, such as 5.")));
	return minimum;
}

/* is_covered(touchpoints, minimum, within, as_of) */
Datum
clientele_is_covered(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(count_contacts(PG_GETARG_DATUM(0),
								  get_window(fcinfo, 2), false) >=
				   get_minimum(PG_GETARG_INT32(1)));
}

/* coverage_gap(touchpoints, minimum, within, as_of): contacts that are missing. */
Datum
clientele_coverage_gap(PG_FUNCTION_ARGS)
{
	int32		gap = get_minimum(PG_GETARG_INT32(1)) -
		count_contacts(PG_GETARG_DATUM(0), get_window(fcinfo, 2), false);

	PG_RETURN_INT32(Max(gap, 0));
}

/* ------------------------------------------------------------------------
 * Who, and when
 * ------------------------------------------------------------------------
 */

/* contacts(touchpoints, as_of): a row for each that was touched by then. */
Datum
clientele_contacts(PG_FUNCTION_ARGS)
{
	Touchpoints *touchpoints = PG_GETARG_TOUCHPOINTS_P(0);
	DateADT		as_of = touch_as_of(PG_GETARG_DATEADT(1), "as_of");
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;
	TouchReader reader;

	InitMaterializedSRF(fcinfo, 0);
	touchpoints_reader(touchpoints, &reader);
	while (touch_next_contact(&reader))
	{
		char	   *id = contact_id_text(&reader.touch, touchpoints->kind);
		int64		outbound = 0;
		int64		inbound = 0;
		DateADT		first = DATEVAL_NOEND;
		DateADT		last = DATEVAL_NOBEGIN;

		while (touch_next_day(&reader) && reader.touch.day <= as_of)
		{
			first = Min(first, reader.touch.day);
			last = reader.touch.day;
			outbound += reader.touch.outbound;
			inbound += reader.touch.inbound;
		}
		if (last != DATEVAL_NOBEGIN)
		{
			Datum		values[5];
			bool		nulls[5] = {false};

			values[0] = CStringGetTextDatum(id);
			values[1] = DateADTGetDatum(first);
			values[2] = DateADTGetDatum(last);
			values[3] = Int64GetDatum(outbound);
			values[4] = Int64GetDatum(inbound);
			tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
			pfree(DatumGetPointer(values[0]));
		}
		pfree(id);
		CHECK_FOR_INTERRUPTS();
	}
	touchpoints_check_end(reader.broken);
	return (Datum) 0;
}

/* touch_days(touchpoints): a row for each contact and day. */
Datum
clientele_touch_days(PG_FUNCTION_ARGS)
{
	Touchpoints *touchpoints = PG_GETARG_TOUCHPOINTS_P(0);
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;
	TouchReader reader;

	InitMaterializedSRF(fcinfo, 0);
	touchpoints_reader(touchpoints, &reader);
	while (touch_next_contact(&reader))
	{
		char	   *id = contact_id_text(&reader.touch, touchpoints->kind);
		Datum		values[4];
		bool		nulls[4] = {false};

		values[0] = CStringGetTextDatum(id);
		while (touch_next_day(&reader))
		{
			values[1] = DateADTGetDatum(reader.touch.day);
			values[2] = Int64GetDatum(reader.touch.outbound);
			values[3] = Int64GetDatum(reader.touch.inbound);
			tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
		}
		pfree(DatumGetPointer(values[0]));
		pfree(id);
		CHECK_FOR_INTERRUPTS();
	}
	touchpoints_check_end(reader.broken);
	return (Datum) 0;
}

/* last_touch(touchpoints, as_of): NULL if there was none by then. */
Datum
clientele_last_touch(PG_FUNCTION_ARGS)
{
	Touchpoints *touchpoints = PG_GETARG_TOUCHPOINTS_P(0);
	DateADT		as_of = touch_as_of(PG_GETARG_DATEADT(1), "as_of");
	DateADT		last = DATEVAL_NOBEGIN;
	TouchReader reader;

	touchpoints_reader(touchpoints, &reader);
	while (touch_next_contact(&reader))
		while (touch_next_day(&reader) && reader.touch.day <= as_of)
			last = Max(last, reader.touch.day);
	touchpoints_check_end(reader.broken);
	if (last == DATEVAL_NOBEGIN)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(last);
}

/* ------------------------------------------------------------------------
 * One contact
 * ------------------------------------------------------------------------
 */

/*
 * The id of a contact in the kind that the value has: an id given as text is
 * read as number or uuid, and the other way round. False if it cannot be one.
 */
static bool
convert_id(ContactId *id, uint32 kind)
{
	Touch		touch;
	char	   *text;

	if (id->kind == kind || id->length == 0)
		return id->length > 0;
	touch.id = id->bytes;
	touch.id_length = id->length;
	text = contact_id_text(&touch, id->kind);
	if (kind == ID_TEXT)
	{
		contact_id_of_text(cstring_to_text(text), id);
		return true;
	}
	if (kind == ID_BIGINT)
	{
		char	   *end;
		int64		number;

		errno = 0;
		number = strtoi64(text, &end, 10);
		if (*text == '\0' || *end != '\0' || errno != 0)
			return false;
		contact_id_of_bigint(number, id);
		return true;
	}
	return kind == ID_UUID && contact_id_of_uuid_text(text, id);
}

/* Is this the contact? */
static bool
is_contact(const Touch *touch, const ContactId *id)
{
	return touch->id_length == id->length &&
		memcmp(touch->id, id->bytes, id->length) == 0;
}

/* touched(touchpoints, contact_id, within, as_of) */
static Datum
touched(FunctionCallInfo fcinfo, ContactId *id)
{
	Touchpoints *touchpoints = PG_GETARG_TOUCHPOINTS_P(0);
	Window		window = get_window(fcinfo, 2);
	TouchReader reader;

	if (!convert_id(id, touchpoints->kind))
		PG_RETURN_BOOL(false);
	touchpoints_reader(touchpoints, &reader);
	while (touch_next_contact(&reader))
	{
		if (!is_contact(&reader.touch, id))
			continue;
		while (touch_next_day(&reader))
			if (reader.touch.day >= window.first && reader.touch.day <= window.last)
				PG_RETURN_BOOL(true);
		break;
	}
	touchpoints_check_end(reader.broken);
	PG_RETURN_BOOL(false);
}

/* forget(touchpoints, contact_id): all of it, but for one contact. */
static Datum
forget(FunctionCallInfo fcinfo, ContactId *id)
{
	Touchpoints *touchpoints = PG_GETARG_TOUCHPOINTS_P(0);
	Touch	   *touches;
	size_t		n;
	size_t		capacity;
	size_t		kept = 0;

	if (!convert_id(id, touchpoints->kind))
		PG_RETURN_TOUCHPOINTS_P(touchpoints);
	touches = touchpoints_collect(touchpoints, NULL, &n, &capacity);
	for (size_t i = 0; i < n; i++)
		if (!is_contact(&touches[i], id))
			touches[kept++] = touches[i];
	PG_RETURN_TOUCHPOINTS_P(touchpoints_from(touches, kept, touchpoints->kind,
											 touchpoints->skipped));
}

Datum
clientele_touched_text(PG_FUNCTION_ARGS)
{
	ContactId	id;

	contact_id_of_text(PG_GETARG_TEXT_PP(1), &id);
	return touched(fcinfo, &id);
}

Datum
clientele_touched_bigint(PG_FUNCTION_ARGS)
{
	ContactId	id;

	contact_id_of_bigint(PG_GETARG_INT64(1), &id);
	return touched(fcinfo, &id);
}

Datum
clientele_touched_uuid(PG_FUNCTION_ARGS)
{
	ContactId	id;

	contact_id_of_uuid(PG_GETARG_DATUM(1), &id);
	return touched(fcinfo, &id);
}

Datum
clientele_forget_text(PG_FUNCTION_ARGS)
{
	ContactId	id;

	contact_id_of_text(PG_GETARG_TEXT_PP(1), &id);
	return forget(fcinfo, &id);
}

Datum
clientele_forget_bigint(PG_FUNCTION_ARGS)
{
	ContactId	id;

	contact_id_of_bigint(PG_GETARG_INT64(1), &id);
	return forget(fcinfo, &id);
}

Datum
clientele_forget_uuid(PG_FUNCTION_ARGS)
{
	ContactId	id;

	contact_id_of_uuid(PG_GETARG_DATUM(1), &id);
	return forget(fcinfo, &id);
}

/* skipped(touchpoints): rows that could not be used. */
Datum
clientele_touchpoints_skipped(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_TOUCHPOINTS_P(0)->skipped);
}
