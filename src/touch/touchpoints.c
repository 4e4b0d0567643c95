/*
 * touchpoints.c
 *		Type touchpoints: its parts, and how a log of touches comes to rest.
 *
 * Coverage as of a past day must be right when later touches exist, so the days
 * of every contact are kept: with two or three bytes each that is less than the
 * id of the contact. Ids are kept exactly, since contacts are to be listed,
 * recognized and forgotten, and not merely counted.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/uuid.h"

#include "compat.h"
#include "touch/touch_log.h"
#include "touch/touch_read.h"
#include "touch/touchpoints.h"

const FlatLayout touchpoints_layout = {
	.type_name = "touchpoints",
	.element_name = "bytes",
	.version = TOUCHPOINTS_VERSION,
	.header_size = offsetof(Touchpoints, bytes),
	.element_size = 1,
	.first_size = 128,
	.max_elements = TOUCHPOINTS_MAX_BYTES
};

/* ------------------------------------------------------------------------
 * Ids of contacts
 * ------------------------------------------------------------------------
 */

/* The id in a text; none where it is empty or too long. */
void
contact_id_of_text(text * value, ContactId *id)
{
	id->kind = ID_TEXT;
	id->bytes = (const unsigned char *) VARDATA_ANY(value);
	id->length = VARSIZE_ANY_EXHDR(value);
	if (id->length > TOUCH_MAX_ID)
		id->length = 0;
}

/* The id that is a number: eight bytes that order as the numbers do. */
void
contact_id_of_bigint(int64 value, ContactId *id)
{
	uint64		ordered = (uint64) value ^ (UINT64CONST(1) << 63);

	for (int i = 7; i >= 0; i--, ordered >>= 8)
		id->room[i] = (unsigned char) ordered;
	id->kind = ID_BIGINT;
	id->bytes = id->room;
	id->length = 8;
}

/* The id that is a uuid. */
void
contact_id_of_uuid(Datum value, ContactId *id)
{
	id->kind = ID_UUID;
	id->bytes = DatumGetUUIDP(value)->data;
	id->length = UUID_LEN;
}

/*
 * The id that a text is if it is a uuid in its usual form of 36 characters;
 * false if it is not. uuid_in() itself would raise an error.
 */
bool
contact_id_of_uuid_text(const char *text, ContactId *id)
{
	if (strlen(text) != UUID_TEXT_LENGTH ||
		strspn(text, UUID_CHARACTERS) != UUID_TEXT_LENGTH)
		return false;
	for (int i = 0; i < UUID_TEXT_LENGTH; i++)
		if ((text[i] == '-') != (i == 8 || i == 13 || i == 18 || i == 23))
			return false;
	contact_id_of_uuid(DirectFunctionCall1(uuid_in, CStringGetDatum(text)), id);
	return true;
}

/* The text of an id, whatever its kind. */
char *
contact_id_text(const Touch *touch, uint32 kind)
{
	switch (kind)
	{
		case ID_BIGINT:
			{
				uint64		ordered = 0;
				char		buffer[MAXINT8LEN + 1];

				for (int i = 0; i < 8; i++)
					ordered = ordered << 8 | touch->id[i];
				pg_lltoa((int64) (ordered ^ (UINT64CONST(1) << 63)), buffer);
				return pstrdup(buffer);
			}
		case ID_UUID:
			{
				pg_uuid_t	uuid;

				memcpy(uuid.data, touch->id, UUID_LEN);
				return DatumGetCString(DirectFunctionCall1(uuid_out,
														   UUIDPGetDatum(&uuid)));
			}
		default:
			return pnstrdup((const char *) touch->id, touch->id_length);
	}
}

/* What ids of a kind are, for messages. */
const char *
contact_id_kind_name(uint32 kind)
{
	switch (kind)
	{
		case ID_TEXT:
			return "text";
		case ID_BIGINT:
			return "bigint";
		case ID_UUID:
			return "uuid";
		default:
			return "none";
	}
}

/* Refuse ids of two kinds in one value. */
void
touchpoints_check_kinds(uint32 a, uint32 b)
{
	if (a != b && a != ID_NONE && b != ID_NONE)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("contacts of touchpoints have ids of one type"),
				 errdetail("Ids of type %s and of type %s were to be put together.",
						   contact_id_kind_name(a), contact_id_kind_name(b)),
				 errhint("Cast the ids of all of them to text.")));
}

/* ------------------------------------------------------------------------
 * Reading a value
 * ------------------------------------------------------------------------
 */

/* Read contacts and days of a value at rest. */
void
touchpoints_reader(const Touchpoints *touchpoints, TouchReader *reader)
{
	touch_read(reader, touchpoints->bytes, touchpoints->settled);
}

/* Raise the error for a stored value that is damaged. */
static void
report_broken(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("invalid touchpoints value"),
			 errdetail("Its bytes are not contacts and days."),
			 errhint("The stored value is damaged: restore it, or compute it again from its rows.")));
}

/* See that what was read came to its end. */
void
touchpoints_check_end(bool broken)
{
	if (unlikely(broken))
		report_broken();
}

/* Is a value, at rest, in its one form? For what comes from outside. */
bool
touchpoints_are_sound(const Touchpoints *touchpoints)
{
	TouchReader reader;
	uint32_t	contacts;

	if (touchpoints->settled != touchpoints->flat.n ||
		touchpoints->kind > ID_UUID ||
		!touch_is_sound(touchpoints->bytes, touchpoints->settled, &contacts) ||
		contacts != touchpoints->contacts ||
		(contacts > 0) != (touchpoints->kind != ID_NONE))
		return false;
	touchpoints_reader(touchpoints, &reader);
	while (touch_next_contact(&reader))
	{
		if ((touchpoints->kind == ID_BIGINT && reader.touch.id_length != 8) ||
			(touchpoints->kind == ID_UUID && reader.touch.id_length != UUID_LEN))
			return false;
		while (touch_next_day(&reader))
			if (!IS_VALID_DATE(reader.touch.day))
				return false;
	}
	return true;
}

/* ------------------------------------------------------------------------
 * From a log to rest
 * ------------------------------------------------------------------------
 */

/* qsort's view of touch_compare(). */
static int
compare_touches(const void *a, const void *b)
{
	return touch_compare(a, b);
}

/* Add a touch to an array that grows. */
static inline Touch *
append_touch(Touch *touches, size_t *n, size_t *capacity, const Touch *touch)
{
	if (*n == *capacity)
	{
		*capacity *= 2;
		touches = repalloc_huge(touches, *capacity * sizeof(Touch));
	}
	touches[(*n)++] = *touch;
	return touches;
}

/*
 * Append the touches of a value, of its log too, to an array in the current
 * context (NULL at first). The ids stay where they are.
 */
Touch *
touchpoints_collect(const Touchpoints *touchpoints, Touch *touches, size_t *n,
					size_t *capacity)
{
	TouchReader reader;
	const unsigned char *at = touchpoints->bytes + touchpoints->settled;
	const unsigned char *end = touchpoints->bytes + touchpoints->flat.n;
	Touch		touch;

	if (touches == NULL)
	{
		/* a touch takes some bytes: mostly enough, at first */
		*n = 0;
		*capacity = Max(touchpoints->flat.n / 8, 8);
		touches = MemoryContextAllocHuge(CurrentMemoryContext,
										 *capacity * sizeof(Touch));
	}
	touchpoints_reader(touchpoints, &reader);
	while (touch_next_contact(&reader))
	{
		while (touch_next_day(&reader))
			touches = append_touch(touches, n, capacity, &reader.touch);
	}
	touchpoints_check_end(reader.broken);
	while (at < end)
	{
		if (!touch_log_next(&at, end, &touch))
			report_broken();
		touches = append_touch(touches, n, capacity, &touch);
	}
	return touches;
}

/* Put touches in order; they mostly are, or are few. */
static void
sort_touches(Touch *touches, size_t n)
{
	bool		ordered = true;

	if (n > 16)
	{
		for (size_t i = 1; ordered && i < n; i++)
			ordered = touch_compare(&touches[i - 1], &touches[i]) <= 0;
		if (!ordered)
			qsort(touches, n, sizeof(Touch), compare_touches);
		return;
	}
	for (size_t i = 1; i < n; i++)
	{
		Touch		touch = touches[i];
		size_t		j = i;

		for (; j > 0 && touch_compare(&touches[j - 1], &touch) > 0; j--)
			touches[j] = touches[j - 1];
		touches[j] = touch;
	}
}

/* A new value of touches in order, growing with so much room or at rest. */
static Touchpoints *
write_touches(const Touch *touches, size_t n, uint32 kind, uint32 skipped,
			  bool growing, uint32 room)
{
	uint32_t	contacts;
	size_t		length = touch_write(touches, n, NULL, &contacts);
	Touchpoints *result;
	uint64		size = (uint64) length + (growing ? length + room : 0);

	result = flat_create(&touchpoints_layout,
						 (uint32) Min(size, PG_UINT32_MAX), growing);
	touch_write(touches, n, result->bytes, &contacts);
	result->flat.n = (uint32) length;
	result->settled = (uint32) length;
	result->contacts = contacts;
	result->kind = contacts > 0 ? kind : ID_NONE;
	result->skipped = skipped;
	return result;
}

/* A value at rest of touches in any order. */
Touchpoints *
touchpoints_from(const Touch *touches, size_t n, ContactIdKind kind,
				 uint32 skipped)
{
	Touch	   *sorted = MemoryContextAllocHuge(CurrentMemoryContext,
												Max(n, 1) * sizeof(Touch));
	Touchpoints *result;

	memcpy(sorted, touches, n * sizeof(Touch));
	sort_touches(sorted, n);
	result = write_touches(sorted, n, kind, skipped, false, 0);
	pfree(sorted);
	return result;
}

/*
 * A copy whose log has gone into the compact form; growing, it has room for as
 * much again and that many bytes more.
 */
Touchpoints *
touchpoints_settle(const Touchpoints *touchpoints, bool growing, uint32 room)
{
	size_t		n;
	size_t		capacity;
	Touch	   *touches = touchpoints_collect(touchpoints, NULL, &n, &capacity);
	Touchpoints *result;

	sort_touches(touches, n);
	result = write_touches(touches, n, touchpoints->kind, touchpoints->skipped,
						   growing, room);
	pfree(touches);
	return result;
}

/* The value without log and spare room: itself, if it has neither. */
Touchpoints *
touchpoints_at_rest(Touchpoints *touchpoints)
{
	if (touchpoints->settled != touchpoints->flat.n)
		return touchpoints_settle(touchpoints, false, 0);
	return flat_trim(&touchpoints_layout, touchpoints);
}

/* The value of an argument, at rest. */
Touchpoints *
touchpoints_get(Datum datum)
{
	Touchpoints *touchpoints = flat_get(&touchpoints_layout, datum);

	if (unlikely(touchpoints->settled > touchpoints->flat.n))
		report_broken();
	if (unlikely(touchpoints->settled != touchpoints->flat.n))
		return touchpoints_settle(touchpoints, false, 0);
	return touchpoints;
}

/*
 * The value of an argument, to read its compact form. A value of some hundred
 * bytes is stored with a short header and at any address; to bring it into the
 * form of the struct would cost more than to count its contacts.
 */
void
touchpoints_view(Datum datum, TouchView *view)
{
	struct varlena *value = PG_DETOAST_DATUM_PACKED(datum);
	const char *data = VARDATA_ANY(value);
	Size		size = VARSIZE_ANY_EXHDR(value) + VARHDRSZ;

	if (unlikely(size < offsetof(Touchpoints, bytes)))
		report_broken();
	SET_VARSIZE(&view->head, size);
	memcpy((char *) &view->head + VARHDRSZ, data,
		   offsetof(Touchpoints, bytes) - VARHDRSZ);
	view->bytes = (const unsigned char *) data +
		(offsetof(Touchpoints, bytes) - VARHDRSZ);
	if (unlikely(view->head.settled != view->head.flat.n ||
				 !flat_is_sound(&touchpoints_layout, &view->head)))
	{
		/* an error, or a value that comes to rest first */
		Touchpoints *touchpoints = touchpoints_get(datum);

		memcpy(&view->head, touchpoints, offsetof(Touchpoints, bytes));
		view->bytes = touchpoints->bytes;
	}
}
