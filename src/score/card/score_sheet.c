/*
 * score_sheet.c
 *		Layout of type score_sheet; see score_sheet.h.
 *
 * A state grows by doubling into the current memory context; the executor
 * copies what a transition function returns and frees the state before it. The
 * heap moves as a whole, so offsets in it stay. What is replaced in it (a list
 * of days by one of twice the size) is left behind until the sheet comes to
 * rest: never more than is in use.
 */
#include "postgres.h"

#include "common/int.h"
#include "mb/pg_wchar.h"
#include "utils/memutils.h"

#include "compat.h"
#include "days.h"
#include "score/card/score_sheet.h"

/* The smallest state: what the server's allocator hands out for ten signals. */
#define FIRST_SIZE		512

/* ------------------------------------------------------------------------
 * Room
 * ------------------------------------------------------------------------
 */

/* Refuse what no value can hold. */
static void
check_size(uint64 size)
{
	if (size > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("score_sheet is too large"),
				 errdetail("It would take " UINT64_FORMAT " bytes.", size),
				 errhint("Signals that count once a day keep each day: group the rows more finely.")));
}

/* A value of a size, all zero, with so many slots and the rest for the heap. */
static ScoreSheet *
allocate(uint64 size, uint32 capacity)
{
	ScoreSheet *sheet;

	check_size(size);
	sheet = palloc0((Size) size);
	SET_VARSIZE(sheet, size);
	sheet->version = SCORE_SHEET_VERSION;
	sheet->capacity = capacity;
	sheet->heap = SHEET_HEAP_START(capacity);
	return sheet;
}

/* The next power of two: the sizes in which the allocator hands out chunks. */
static uint64
growing_size(uint64 needed)
{
	uint64		size = FIRST_SIZE;

	while (size < needed)
		size *= 2;
	return needed > MaxAllocSize ? needed : Min(size, MaxAllocSize);
}

/* A copy with so many slots and at least so much more room in the heap. */
static ScoreSheet *
enlarge(const ScoreSheet *old, uint32 capacity, uint64 room)
{
	ScoreSheet *sheet;

	sheet = allocate(growing_size(SHEET_HEAP_START(capacity) + old->used + room),
					 capacity);
	sheet->nslots = old->nslots;
	sheet->identity = old->identity;
	sheet->as_of = old->as_of;
	sheet->used = old->used;
	sheet->categories = old->categories;
	sheet->notes = old->notes;
	memcpy(SHEET_KEYS(sheet), SHEET_KEYS(old), old->nslots * sizeof(SheetKey));
	memcpy(SHEET_SLOTS(sheet), SHEET_SLOTS(old),
		   old->capacity * sizeof(SheetSlot));
	memcpy((char *) sheet + sheet->heap, (const char *) old + old->heap,
		   old->used);
	return sheet;
}

/* Room in the heap, all zero: its offset. */
static uint32
heap_allocate(ScoreSheet **sheet, uint64 size)
{
	uint32		offset;

	size = MAXALIGN64(size);
	if ((*sheet)->heap + (uint64) (*sheet)->used + size > VARSIZE(*sheet))
		*sheet = enlarge(*sheet, (*sheet)->capacity, size);
	offset = (*sheet)->used;
	(*sheet)->used += (uint32) size;
	memset(SHEET_AT(*sheet, char, offset), 0, size);
	return offset;
}

/* An empty sheet of a card, with room for so many slots and bytes of a heap. */
ScoreSheet *
sheet_create(uint64 identity, int64 as_of, const SheetCard *card,
			 uint32 capacity, uint32 room)
{
	ScoreSheet *sheet;

	sheet = allocate(growing_size(SHEET_HEAP_START(capacity) +
								  (uint64) card->size + room), capacity);
	sheet->identity = identity;
	sheet->as_of = as_of;
	sheet->used = card->size;
	memcpy((char *) sheet + sheet->heap, card, card->size);
	return sheet;
}

/* ------------------------------------------------------------------------
 * Signals and categories
 * ------------------------------------------------------------------------
 */

/* Bytes of floor, cap and name. */
static inline Size
tail_size(const SheetName *name)
{
	return ((name->flags & SHEET_HAS_FLOOR) ? sizeof(double) : 0) +
		((name->flags & SHEET_HAS_CAP) ? sizeof(double) : 0) +
		name->name_length;
}

/* Write floor, cap and name. */
static void
write_tail(char *at, const SheetName *name)
{
	if (name->flags & SHEET_HAS_FLOOR)
	{
		memcpy(at, &name->limits.floor, sizeof(double));
		at += sizeof(double);
	}
	if (name->flags & SHEET_HAS_CAP)
	{
		memcpy(at, &name->limits.cap, sizeof(double));
		at += sizeof(double);
	}
	memcpy(at, name->name, name->name_length);
}

/* Read floor, cap and name. */
static void
read_tail(const char *at, SheetName *name)
{
	name->limits.floor = -get_float8_infinity();
	name->limits.cap = get_float8_infinity();
	if (name->flags & SHEET_HAS_FLOOR)
	{
		memcpy(&name->limits.floor, at, sizeof(double));
		at += sizeof(double);
	}
	if (name->flags & SHEET_HAS_CAP)
	{
		memcpy(&name->limits.cap, at, sizeof(double));
		at += sizeof(double);
	}
	name->name = at;
}

/* What the card says of the signal at a place among the keys. */
void
sheet_slot_name(const ScoreSheet *sheet, uint32 place, SheetName *name)
{
	const SheetDefinition *definition =
		SHEET_AT(sheet, const SheetDefinition,
				 sheet_slot(sheet, place)->definition);

	name->number = SHEET_KEYS(sheet)[place].number;
	name->category = definition->category;
	name->axis = definition->axis;
	name->repeat = definition->repeat;
	name->flags = definition->flags;
	name->name_length = definition->name_length;
	read_tail((const char *) (definition + 1), name);
}

/* What the card says of a category. */
void
sheet_category_name(const SheetCategory *category, SheetName *name)
{
	name->number = category->number;
	name->category = CARD_NO_CATEGORY;
	name->axis = category->axis;
	name->repeat = CARD_EVERY_TIME;
	name->flags = category->flags;
	name->name_length = category->name_length;
	read_tail((const char *) (category + 1), name);
}

/* Add a slot, without rows, for a signal that has none; its place. */
uint32
sheet_add_slot(ScoreSheet **sheet, const SheetName *name)
{
	bool		found;
	uint32		place = sheet_find(*sheet, name->number, &found);
	uint32		offset;
	SheetDefinition *definition;
	SheetKey   *keys;
	SheetSlot  *slot;
	uint32		number;

	Assert(!found);
	if ((*sheet)->nslots == (*sheet)->capacity)
		*sheet = enlarge(*sheet,
						 Min(Max((*sheet)->capacity * 2, 4), CARD_MAX_SIGNALS),
						 sizeof(SheetDefinition) + tail_size(name));
	offset = heap_allocate(sheet, sizeof(SheetDefinition) + tail_size(name));
	definition = SHEET_AT(*sheet, SheetDefinition, offset);
	definition->category = name->category;
	definition->axis = name->axis;
	definition->repeat = name->repeat;
	definition->flags = name->flags;
	definition->name_length = name->name_length;
	write_tail((char *) (definition + 1), name);

	keys = SHEET_KEYS(*sheet);
	memmove(keys + place + 1, keys + place,
			((*sheet)->nslots - place) * sizeof(SheetKey));
	number = sheet_first_slot(*sheet, name->number);
	while (SHEET_SLOTS(*sheet)[number].definition != 0)
		number = (number + 1) % (*sheet)->capacity;
	keys[place].number = name->number;
	keys[place].slot = (uint16) number;
	(*sheet)->nslots++;
	slot = SHEET_SLOTS(*sheet) + number;
	slot->last = SHEET_NO_TIME;
	slot->definition = offset;
	return place;
}

/* Add a category, unless it is there. */
void
sheet_add_category(ScoreSheet **sheet, const SheetName *name)
{
	uint32		before = 0;
	uint32		next = (*sheet)->categories;
	uint32		offset;
	SheetCategory *category;

	while (next != 0)
	{
		category = SHEET_AT(*sheet, SheetCategory, next);
		if (category->number == name->number)
			return;
		if (category->number > name->number)
			break;
		before = next;
		next = category->next;
	}
	offset = heap_allocate(sheet, sizeof(SheetCategory) + tail_size(name));
	category = SHEET_AT(*sheet, SheetCategory, offset);
	category->next = next;
	category->number = name->number;
	category->axis = name->axis;
	category->flags = name->flags;
	category->name_length = name->name_length;
	write_tail((char *) (category + 1), name);
	if (before == 0)
		(*sheet)->categories = offset;
	else
		SHEET_AT(*sheet, SheetCategory, before)->next = offset;
}

/* ------------------------------------------------------------------------
 * Days
 * ------------------------------------------------------------------------
 */

/* The days of the signal at a place, with room for n. */
SheetDays *
sheet_days(ScoreSheet **sheet, uint32 place, uint32 n)
{
	SheetDays  *days = SHEET_SLOT_DAYS(*sheet, sheet_slot(*sheet, place));
	SheetDays  *larger;
	uint32		capacity;
	uint32		offset;

	if (days != NULL && days->capacity >= n)
		return days;
	capacity = days == NULL || n == 0 ? n : Max(n, days->capacity * 2);
	check_size(capacity * (uint64) sizeof(SheetDay));
	offset = heap_allocate(sheet,
						   sizeof(SheetDays) + capacity * (uint64) sizeof(SheetDay));
	days = SHEET_SLOT_DAYS(*sheet, sheet_slot(*sheet, place));
	larger = SHEET_AT(*sheet, SheetDays, offset);
	if (days != NULL)
		memcpy(larger, days, sizeof(SheetDays) + days->n * sizeof(SheetDay));
	larger->capacity = capacity;
	sheet_slot(*sheet, place)->days = offset;
	return larger;
}

/* The sum of two points of a signal; an error where it is out of range. */
ExactPoints
sheet_sum(ExactPoints a, ExactPoints b)
{
	ExactPoints sum = exact_add(a, b);

	if (unlikely(!exact_is_sum(sum)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("points of a signal are out of range"),
				 errdetail("Their sum is beyond " EXACT_SUM_TEXT "."),
				 errhint("Give fewer points on the card.")));
	return sum;
}

/* A row of the signal at a place, of which the best of each UTC day counts. */
void
sheet_count_day(ScoreSheet **sheet, uint32 place, int64 time,
				ExactPoints points)
{
	DateADT		day = clientele_day_of(time);
	SheetDays  *days = sheet_days(sheet, place, 0);
	SheetSlot  *slot = sheet_slot(*sheet, place);
	SheetDay   *rows = SHEET_DAYS(days);
	uint32		low = 0;
	uint32		high = days->n;

	/* mostly the last one or a new one */
	if (high > 0 && clientele_day_of(rows[high - 1].time) < day)
		low = high;
	while (low < high)
	{
		uint32		middle = (low + high) / 2;

		if (clientele_day_of(rows[middle].time) < day)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < days->n && clientele_day_of(rows[low].time) == day)
	{
		if (time > rows[low].time ||
			(time == rows[low].time &&
			 exact_compare(points, rows[low].points) > 0))
		{
			slot->points = sheet_sum(slot->points,
									 exact_subtract(points, rows[low].points));
			rows[low].time = time;
			rows[low].points = points;
		}
		return;
	}
	days = sheet_days(sheet, place, days->n + 1);
	slot = sheet_slot(*sheet, place);
	rows = SHEET_DAYS(days);
	memmove(rows + low + 1, rows + low, (days->n - low) * sizeof(SheetDay));
	rows[low].time = time;
	rows[low].points = points;
	days->n++;
	slot->points = sheet_sum(slot->points, points);
	slot->times++;
}

/* ------------------------------------------------------------------------
 * Notes
 * ------------------------------------------------------------------------
 */

/* The name in a note. */
const char *
sheet_note_name(const SheetNote *note)
{
	return (const char *) (note + 1);
}

/* Order of a note and what is to be noted: by reason, then by name. */
static int
compare_note(const SheetNote *note, SheetReason reason, const char *name,
			 uint32 length)
{
	int			order;

	if (note->reason != reason)
		return note->reason < reason ? -1 : 1;
	order = memcmp(sheet_note_name(note), name, Min(note->name_length, length));
	if (order != 0 || note->name_length == length)
		return order;
	return note->name_length < length ? -1 : 1;
}

/* Add to a count that goes no further than bigint. */
static void
add_rows(uint64 *rows, uint64 more)
{
	*rows = more > PG_INT64_MAX - *rows ? PG_INT64_MAX : *rows + more;
}

/*
 * Note rows that do not count, under a name. Of unknown signals those are kept
 * whose names come first: a name that has once been left behind by a hundred
 * smaller ones never comes back, so what is kept does not depend on the order.
 */
void
sheet_note(ScoreSheet **sheet, SheetReason reason, const char *name,
		   uint32 length, uint64 rows)
{
	uint32		before = 0;
	uint32		next = (*sheet)->notes;
	uint32		offset;
	uint32		unknown = 0;
	uint32		before_last = 0;
	uint32		last = 0;
	SheetNote  *note;
	uint64		others = 0;

	if (length > CARD_MAX_TEXT)
		length = pg_mbcliplen(name, length, CARD_MAX_TEXT);
	while (next != 0)
	{
		int			order;

		note = SHEET_AT(*sheet, SheetNote, next);
		order = compare_note(note, reason, name, length);
		if (order == 0)
		{
			add_rows(&note->rows, rows);
			return;
		}
		if (order > 0)
			break;
		unknown += note->reason == UNKNOWN_SIGNAL ? 1 : 0;
		before = next;
		next = note->next;
	}
	if (reason == UNKNOWN_SIGNAL)
	{
		/* those that come behind, and the last of all */
		uint32		previous = before;

		last = before;
		for (uint32 at = next; at != 0; at = note->next)
		{
			note = SHEET_AT(*sheet, SheetNote, at);
			if (note->reason != UNKNOWN_SIGNAL)
				break;
			unknown++;
			before_last = previous;
			previous = last = at;
		}
	}
	if (reason == UNKNOWN_SIGNAL && unknown >= SHEET_MOST_UNKNOWN)
	{
		if (last == before)
		{
			sheet_note(sheet, UNKNOWN_OTHERS, "", 0, rows);
			return;
		}
		/* the last one goes */
		note = SHEET_AT(*sheet, SheetNote, last);
		others = note->rows;
		if (before_last == 0)
			(*sheet)->notes = note->next;
		else
			SHEET_AT(*sheet, SheetNote, before_last)->next = note->next;
		if (next == last)
			next = note->next;
	}
	else
		last = 0;

	/* in the room of the one that went, where that is enough */
	if (last != 0 && SHEET_AT(*sheet, SheetNote, last)->name_room >= length)
		offset = last;
	else
	{
		uint16		room = TYPEALIGN(32, length);

		offset = heap_allocate(sheet, sizeof(SheetNote) + room);
		SHEET_AT(*sheet, SheetNote, offset)->name_room = room;
	}
	note = SHEET_AT(*sheet, SheetNote, offset);
	note->next = next;
	note->name_length = length;
	note->reason = reason;
	note->rows = rows;
	memcpy(note + 1, name, length);
	if (before == 0)
		(*sheet)->notes = offset;
	else
		SHEET_AT(*sheet, SheetNote, before)->next = offset;
	if (others > 0)
		sheet_note(sheet, UNKNOWN_OTHERS, "", 0, others);
}

/* ------------------------------------------------------------------------
 * At rest
 * ------------------------------------------------------------------------
 */

/* Copy a stretch of a heap to the end of another. */
static uint32
copy_stretch(ScoreSheet *sheet, const void *from, Size size)
{
	uint32		offset = sheet->used;

	memcpy(SHEET_AT(sheet, char, offset), from, size);
	sheet->used += MAXALIGN(size);
	return offset;
}

/* Bytes that definition or category take. */
static Size
named_size(Size head, const SheetName *name)
{
	return head + tail_size(name);
}

/* A copy in its one form, without spare room. */
ScoreSheet *
sheet_rest(const ScoreSheet *sheet)
{
	const SheetCard *card = SHEET_CARD(sheet);
	ScoreSheet *result;
	uint64		size = SHEET_HEAP_START(sheet->nslots) + (uint64) card->size;
	uint32		link;
	SheetName	name;

	for (uint32 i = 0; i < sheet->nslots; i++)
	{
		const SheetDays *days = SHEET_SLOT_DAYS(sheet, sheet_slot(sheet, i));

		sheet_slot_name(sheet, i, &name);
		size += MAXALIGN(named_size(sizeof(SheetDefinition), &name));
		if (days != NULL && (days->n > 0 || days->vetoes != 0))
			size += sizeof(SheetDays) + days->n * sizeof(SheetDay);
	}
	for (uint32 at = sheet->categories; at != 0;)
	{
		const SheetCategory *category = SHEET_AT(sheet, SheetCategory, at);

		sheet_category_name(category, &name);
		size += MAXALIGN(named_size(sizeof(SheetCategory), &name));
		at = category->next;
	}
	for (uint32 at = sheet->notes; at != 0;)
	{
		const SheetNote *note = SHEET_AT(sheet, SheetNote, at);

		size += sizeof(SheetNote) + MAXALIGN(note->name_length);
		at = note->next;
	}

	result = allocate(size, sheet->nslots);
	result->nslots = sheet->nslots;
	result->identity = sheet->identity;
	result->as_of = sheet->as_of;
	copy_stretch(result, card, card->size);
	for (uint32 i = 0; i < sheet->nslots; i++)
	{
		SheetSlot  *slot = SHEET_SLOTS(result) + i;
		const SheetDays *days;

		*slot = *sheet_slot(sheet, i);
		SHEET_KEYS(result)[i].number = SHEET_KEYS(sheet)[i].number;
		SHEET_KEYS(result)[i].slot = i;
		days = SHEET_SLOT_DAYS(sheet, slot);
		sheet_slot_name(sheet, i, &name);
		slot->definition =
			copy_stretch(result,
						 SHEET_AT(sheet, SheetDefinition, slot->definition),
						 named_size(sizeof(SheetDefinition), &name));
		slot->days = 0;
		if (days != NULL && (days->n > 0 || days->vetoes != 0))
		{
			slot->days = copy_stretch(result, days, sizeof(SheetDays) +
									  days->n * sizeof(SheetDay));
			SHEET_AT(result, SheetDays, slot->days)->capacity = days->n;
		}
	}
	link = 0;
	for (uint32 at = sheet->categories; at != 0;)
	{
		const SheetCategory *category = SHEET_AT(sheet, SheetCategory, at);
		uint32		copy;

		sheet_category_name(category, &name);
		copy = copy_stretch(result, category,
							named_size(sizeof(SheetCategory), &name));
		if (link == 0)
			result->categories = copy;
		else
			SHEET_AT(result, SheetCategory, link)->next = copy;
		SHEET_AT(result, SheetCategory, copy)->next = 0;
		link = copy;
		at = category->next;
	}
	link = 0;
	for (uint32 at = sheet->notes; at != 0;)
	{
		const SheetNote *note = SHEET_AT(sheet, SheetNote, at);
		uint32		copy = copy_stretch(result, note, sizeof(SheetNote) +
										note->name_length);

		if (link == 0)
			result->notes = copy;
		else
			SHEET_AT(result, SheetNote, link)->next = copy;
		SHEET_AT(result, SheetNote, copy)->next = 0;
		SHEET_AT(result, SheetNote, copy)->name_room =
			MAXALIGN(note->name_length);
		link = copy;
		at = note->next;
	}
	Assert(result->heap + result->used == size);
	return result;
}

/* The value of an argument. */
ScoreSheet *
sheet_get(Datum datum)
{
	ScoreSheet *sheet = (ScoreSheet *) PG_DETOAST_DATUM(datum);
	Size		size = VARSIZE(sheet);

	if (unlikely(size < sizeof(ScoreSheet) + sizeof(SheetCard) ||
				 sheet->version != SCORE_SHEET_VERSION || sheet->flags != 0 ||
				 sheet->capacity > CARD_MAX_SIGNALS ||
				 sheet->nslots > sheet->capacity ||
				 sheet->heap != SHEET_HEAP_START(sheet->capacity) ||
				 (uint64) sheet->heap + sheet->used > size ||
				 sheet->used < sizeof(SheetCard)))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("invalid score_sheet value"),
				 errdetail("Its format version is %u, its counts do not agree with its %u bytes.",
						   size > VARHDRSZ ? sheet->version : 0,
						   (unsigned) size),
				 errhint("The stored value is damaged or was written by a newer version of Clientele: compute it again from its rows.")));
	return sheet;
}

/* Refuse sheets of two cards or two days. */
void
sheet_check_same(const ScoreSheet *sheet, const ScoreSheet *other)
{
	const ScoreSheet *sheets[2] = {sheet, other};
	char	   *texts[2];

	if (sheet->identity == other->identity && sheet->as_of == other->as_of)
		return;
	for (int i = 0; i < 2; i++)
	{
		SheetCardView view;
		char		moment[MOMENT_TEXT_LENGTH];

		sheet_card_view(SHEET_CARD(sheets[i]), &view);
		moment_text(sheets[i]->as_of, moment);
		texts[i] = psprintf("card \"%.*s\" version %d (%016llx) as of %s",
							view.head->name_length, view.name,
							view.head->card_version,
							(unsigned long long) sheets[i]->identity, moment);
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("score sheets of different cards or moments cannot be merged"),
			 errdetail("They are of %s and of %s.", texts[0], texts[1]),
			 errhint("Merge sheets of one card as of one moment; to compare two, see score_changes().")));
}
