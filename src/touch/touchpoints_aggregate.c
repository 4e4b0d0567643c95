/*
 * touchpoints_aggregate.c
 *		Building touchpoints from rows, and from other touchpoints.
 *
 * A row costs no more than a note at the end of the log. When the log is full
 * it comes to rest in the compact form, which is smaller the more often the same
 * contact was touched on the same day; only if that is still large the value
 * grows.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "days.h"
#include "touch/touch_log.h"
#include "touch/touchpoints.h"

PG_FUNCTION_INFO_V1(clientele_touchpoints_add_text_timestamp);
PG_FUNCTION_INFO_V1(clientele_touchpoints_add_text_date);
PG_FUNCTION_INFO_V1(clientele_touchpoints_add_bigint_timestamp);
PG_FUNCTION_INFO_V1(clientele_touchpoints_add_bigint_date);
PG_FUNCTION_INFO_V1(clientele_touchpoints_add_uuid_timestamp);
PG_FUNCTION_INFO_V1(clientele_touchpoints_add_uuid_date);
PG_FUNCTION_INFO_V1(clientele_touch_text_timestamp);
PG_FUNCTION_INFO_V1(clientele_touch_text_date);
PG_FUNCTION_INFO_V1(clientele_touch_bigint_timestamp);
PG_FUNCTION_INFO_V1(clientele_touch_bigint_date);
PG_FUNCTION_INFO_V1(clientele_touch_uuid_timestamp);
PG_FUNCTION_INFO_V1(clientele_touch_uuid_date);
PG_FUNCTION_INFO_V1(clientele_touchpoints_union);
PG_FUNCTION_INFO_V1(clientele_touchpoints_final);

/* Values up to this size simply grow; larger ones come to rest first. */
#define SMALL_VALUE		2048

/* ------------------------------------------------------------------------
 * The parts of a row
 * ------------------------------------------------------------------------
 */

/* The id in an argument. */
static inline void
get_id(FunctionCallInfo fcinfo, int argument, ContactIdKind kind, ContactId *id)
{
	id->kind = kind;
	id->length = 0;
	if (PG_ARGISNULL(argument))
		return;
	if (kind == ID_TEXT)
		contact_id_of_text(PG_GETARG_TEXT_PP(argument), id);
	else if (kind == ID_BIGINT)
		contact_id_of_bigint(PG_GETARG_INT64(argument), id);
	else
		contact_id_of_uuid(PG_GETARG_DATUM(argument), id);
}

/* The day in an argument, the UTC day of a moment; infinite where it has none. */
static inline DateADT
get_day(FunctionCallInfo fcinfo, int argument, bool is_date)
{
	if (PG_ARGISNULL(argument))
		return DATEVAL_NOEND;
	if (is_date)
		return PG_GETARG_DATEADT(argument);
	return clientele_day_of(PG_GETARG_TIMESTAMP(argument));
}

/* Set the count of a direction, 'outbound' or 'inbound'; false if it is none. */
static inline bool
get_direction(FunctionCallInfo fcinfo, int argument, Touch *touch)
{
	text	   *direction;
	const char *word;
	int			length;

	touch->outbound = touch->inbound = 0;
	if (PG_ARGISNULL(argument))
		return false;
	direction = PG_GETARG_TEXT_PP(argument);
	word = VARDATA_ANY(direction);
	length = VARSIZE_ANY_EXHDR(direction);
	if (length == 8 && memcmp(word, "outbound", 8) == 0)
		touch->outbound = 1;
	else if (length == 7 && memcmp(word, "inbound", 7) == 0)
		touch->inbound = 1;
	else
		return false;
	return true;
}

/* ------------------------------------------------------------------------
 * Rows
 * ------------------------------------------------------------------------
 */

/* Count a row that cannot be used. */
static inline void
skip_row(Touchpoints *state)
{
	if (state->skipped < PG_UINT32_MAX)
		state->skipped++;
}

/* Note a touch at the end of the log. */
static inline Touchpoints *
note_touch(Touchpoints *state, const Touch *touch)
{
	uint32		size = LOG_SIZE(touch);

	if (unlikely(size > state->flat.capacity - state->flat.n))
	{
		if (state->flat.n < SMALL_VALUE)
			state = flat_enlarge(&touchpoints_layout, state,
								 state->flat.n + size, true);
		else
			state = touchpoints_settle(state, true, size);
	}
	touch_log_write(touch, state->bytes + state->flat.n);
	state->flat.n += size;
	return state;
}

/*
 * The transition for a row. A row without a contact and a time is none (an
 * outer join makes such rows); one that lacks either, or has an unknown
 * direction, an infinite time or an id that is empty or too long, is skipped and
 * counted.
 */
static inline Datum
add_row(FunctionCallInfo fcinfo, ContactIdKind kind, bool is_date)
{
	Touchpoints *state;
	ContactId	id;
	Touch		touch;
	bool		in_aggregate = flat_in_aggregate(fcinfo);

	if (PG_ARGISNULL(1) && PG_ARGISNULL(2))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	if (PG_ARGISNULL(0))
		state = flat_create(&touchpoints_layout, 0, true);
	else
		state = flat_writable(&touchpoints_layout, fcinfo, 0);

	get_id(fcinfo, 1, kind, &id);
	touch.day = get_day(fcinfo, 2, is_date);
	if (!get_direction(fcinfo, 3, &touch) || id.length == 0 ||
		DATE_NOT_FINITE(touch.day))
		skip_row(state);
	else
	{
		if (unlikely(state->kind != (uint32) kind))
		{
			touchpoints_check_kinds(state->kind, kind);
			state->kind = kind;
		}
		touch.id = id.bytes;
		touch.id_length = id.length;
		state = note_touch(state, &touch);
	}
	if (!in_aggregate)
		state = touchpoints_at_rest(state);
	PG_RETURN_TOUCHPOINTS_P(state);
}

Datum
clientele_touchpoints_add_text_timestamp(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, ID_TEXT, false);
}

Datum
clientele_touchpoints_add_text_date(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, ID_TEXT, true);
}

Datum
clientele_touchpoints_add_bigint_timestamp(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, ID_BIGINT, false);
}

Datum
clientele_touchpoints_add_bigint_date(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, ID_BIGINT, true);
}

Datum
clientele_touchpoints_add_uuid_timestamp(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, ID_UUID, false);
}

Datum
clientele_touchpoints_add_uuid_date(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, ID_UUID, true);
}

/* ------------------------------------------------------------------------
 * One touch
 * ------------------------------------------------------------------------
 */

/* touch(contact_id, occurred_at, direction): the touchpoints of one touch. */
static Datum
one_touch(FunctionCallInfo fcinfo, ContactIdKind kind, bool is_date)
{
	ContactId	id;
	Touch		touch;

	get_id(fcinfo, 0, kind, &id);
	touch.day = get_day(fcinfo, 1, is_date);
	if (id.length == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid contact_id"),
				 errdetail("It has %d bytes.",
						   (int) VARSIZE_ANY_EXHDR(PG_GETARG_TEXT_PP(0))),
				 errhint("Give an id of 1 to %d bytes.", TOUCH_MAX_ID)));
	if (DATE_NOT_FINITE(touch.day))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("invalid time of a touch"),
				 errdetail("It is infinite."),
				 errhint("Give a finite time.")));
	if (!get_direction(fcinfo, 2, &touch))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid direction"),
				 errdetail("The direction is \"%s\".",
						   text_to_cstring(PG_GETARG_TEXT_PP(2))),
				 errhint("It is 'outbound', from us to the contact, or 'inbound'.")));
	touch.id = id.bytes;
	touch.id_length = id.length;
	PG_RETURN_TOUCHPOINTS_P(touchpoints_from(&touch, 1, kind, 0));
}

Datum
clientele_touch_text_timestamp(PG_FUNCTION_ARGS)
{
	return one_touch(fcinfo, ID_TEXT, false);
}

Datum
clientele_touch_text_date(PG_FUNCTION_ARGS)
{
	return one_touch(fcinfo, ID_TEXT, true);
}

Datum
clientele_touch_bigint_timestamp(PG_FUNCTION_ARGS)
{
	return one_touch(fcinfo, ID_BIGINT, false);
}

Datum
clientele_touch_bigint_date(PG_FUNCTION_ARGS)
{
	return one_touch(fcinfo, ID_BIGINT, true);
}

Datum
clientele_touch_uuid_timestamp(PG_FUNCTION_ARGS)
{
	return one_touch(fcinfo, ID_UUID, false);
}

Datum
clientele_touch_uuid_date(PG_FUNCTION_ARGS)
{
	return one_touch(fcinfo, ID_UUID, true);
}

/* ------------------------------------------------------------------------
 * Union
 * ------------------------------------------------------------------------
 */

/* Rows skipped by either. */
static uint32
add_skipped(const Touchpoints *a, const Touchpoints *b)
{
	return a->skipped > PG_UINT32_MAX - b->skipped ? PG_UINT32_MAX :
		a->skipped + b->skipped;
}

/*
 * a || b, the transition of touchpoints(touchpoints), and combine of both
 * aggregates: what comes is noted in the log of the first, which an aggregate
 * changes in place.
 */
Datum
clientele_touchpoints_union(PG_FUNCTION_ARGS)
{
	Touchpoints *state;
	Touchpoints *other;
	Touch	   *touches;
	size_t		n;
	size_t		capacity;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	other = flat_get(&touchpoints_layout, PG_GETARG_DATUM(1));
	if (PG_ARGISNULL(0))
		state = flat_create(&touchpoints_layout, 0, true);
	else
		state = flat_writable(&touchpoints_layout, fcinfo, 0);
	touchpoints_check_kinds(state->kind, other->kind);
	state->kind = Max(state->kind, other->kind);
	state->skipped = add_skipped(state, other);
	touches = touchpoints_collect(other, NULL, &n, &capacity);
	for (size_t i = 0; i < n; i++)
		state = note_touch(state, &touches[i]);
	pfree(touches);
	if (!flat_in_aggregate(fcinfo))
		state = touchpoints_at_rest(state);
	PG_RETURN_TOUCHPOINTS_P(state);
}

/* Final function: bring the state to rest. */
Datum
clientele_touchpoints_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_TOUCHPOINTS_P(touchpoints_at_rest(flat_get(&touchpoints_layout,
														 PG_GETARG_DATUM(0))));
}
