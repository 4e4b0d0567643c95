/*
 * score_sheet_add.c
 *		Rows into a score sheet, and one sheet into another.
 *
 * A row's points are worked out in float8, rounded once (exact_points.c), and
 * summed exactly. Which row of several counts ("once", "once a day") depends on
 * their times and points alone, never on the order in which they come.
 */
#include "postgres.h"

#include <math.h>

#include "compat.h"
#include "number_text.h"
#include "text_scan.h"
#include "score/card/score_sheet.h"

/* Cards of up to so many signals have room for all of them from the start. */
#define FEW_SIGNALS		SHEET_FEW_SLOTS

/* ------------------------------------------------------------------------
 * Signals of the card
 * ------------------------------------------------------------------------
 */

/* Flags of limits. */
static uint8
limit_flags(CardLimits limits)
{
	return (isinf(limits.floor) ? 0 : SHEET_HAS_FLOOR) |
		(isinf(limits.cap) ? 0 : SHEET_HAS_CAP);
}

/* What a sheet keeps of a signal. */
static void
name_of_signal(const Scorecard *card, int number, SheetName *name)
{
	const CardSignal *signal = CARD_SIGNALS(card) + number;

	name->number = (uint16) number;
	name->category = signal->category;
	name->axis = signal->axis;
	name->repeat = signal->repeat;
	name->flags = limit_flags(signal->limits) |
		((signal->flags & CARD_HAS_MISSING) ? SHEET_HAS_MISSING : 0);
	name->name_length = (uint8) signal->name.length;
	name->limits = signal->limits;
	name->name = card_text(card, signal->name);
}

/* What a sheet keeps of a category. */
static void
name_of_category(const Scorecard *card, int number, SheetName *name)
{
	const CardCategory *category = CARD_CATEGORIES(card) + number;

	name->number = (uint16) number;
	name->category = CARD_NO_CATEGORY;
	name->axis = (uint8) category->axis;
	name->repeat = CARD_EVERY_TIME;
	name->flags = limit_flags(category->limits);
	name->name_length = (uint8) category->name.length;
	name->limits = category->limits;
	name->name = card_text(card, category->name);
}

/* Add a slot for a signal that has none, with its category; its place. */
static pg_noinline uint32
add_signal(ScoreSheet **sheet, const Scorecard *card, int number)
{
	SheetName	name;
	uint32		place;

	name_of_signal(card, number, &name);
	place = sheet_add_slot(sheet, &name);
	if (name.category != CARD_NO_CATEGORY)
	{
		name_of_category(card, name.category, &name);
		sheet_add_category(sheet, &name);
	}
	return place;
}

/* Do limits make something of nothing? */
static bool
exclude_zero(CardLimits limits)
{
	return limits.floor > 0 || limits.cap < 0;
}

/*
 * The sheet of a card without any row. What gives points nevertheless is in it:
 * signals that give points when they are missing, floors above 0, caps below.
 */
ScoreSheet *
sheet_of_card(const Scorecard *card, int64 as_of)
{
	const CardSignal *signals = CARD_SIGNALS(card);
	SheetCard  *kept = sheet_card_of(card);
	bool		few = card->nsignals <= FEW_SIGNALS;
	uint32		room = 0;
	ScoreSheet *sheet;

	for (uint32 i = 0; few && i < card->nsignals; i++)
		room += MAXALIGN(sizeof(SheetDefinition) + sizeof(CardLimits) +
						 signals[i].name.length);
	sheet = sheet_create(card->identity, as_of, kept,
						 few ? card->nsignals : FEW_SIGNALS / 2, room);
	pfree(kept);
	for (uint32 i = 0; i < card->ncategories; i++)
		if (exclude_zero(CARD_CATEGORIES(card)[i].limits))
		{
			SheetName	name;

			name_of_category(card, (int) i, &name);
			sheet_add_category(&sheet, &name);
		}
	for (uint32 i = 0; i < card->nsignals; i++)
		if ((signals[i].flags & CARD_HAS_MISSING) ||
			exclude_zero(signals[i].limits))
		{
			uint32		place = add_signal(&sheet, card, (int) i);

			if (!exact_from_double(signals[i].missing,
								   &sheet_slot(sheet, place)->points))
				elog(ERROR, "points of a scorecard are out of range");
		}
	return sheet;
}

/* ------------------------------------------------------------------------
 * The value of a row
 * ------------------------------------------------------------------------
 */

/* Is the text of a value this word? */
static inline bool
is_word(const SheetRow *row, const char *word, uint32 length)
{
	return row->kind == ROW_TEXT && row->text_length == length &&
		memcmp(row->text, word, length) == 0;
}

/* The value as a finite number; false where it is none. */
static bool
value_number(const SheetRow *row, double *number)
{
	char		text[400];
	const char *at = text;

	if (row->kind == ROW_NUMBER)
	{
		*number = row->number;
		return isfinite(row->number);
	}
	if (row->kind != ROW_TEXT || row->text_length >= sizeof(text))
		return false;
	if (is_word(row, "true", 4) || is_word(row, "false", 5))
	{
		*number = row->text[0] == 't';
		return true;
	}
	memcpy(text, row->text, row->text_length);
	text[row->text_length] = '\0';
	if (scan_number(&at, number) != SCAN_OK)
		return false;
	scan_space(&at);
	return at == text + row->text_length;
}

/* The value as a text. */
static const char *
value_text(const SheetRow *row, uint32 *length)
{
	char	   *text;

	if (row->kind == ROW_TEXT)
	{
		*length = row->text_length;
		return row->text;
	}
	text = number_text(row->number == 0 ? 0 : row->number);
	*length = (uint32) strlen(text);
	return text;
}

/* Order of two texts by their bytes. */
static inline int
compare_text(const char *a, uint32 a_length, const char *b, uint32 b_length)
{
	int			order = memcmp(a, b, Min(a_length, b_length));

	if (order != 0 || a_length == b_length)
		return order;
	return a_length < b_length ? -1 : 1;
}

/* Points of the bin in which a number lies. */
static double
points_of_bin(const Scorecard *card, const CardSignal *signal, double number)
{
	const CardBin *bins = CARD_BINS_OF(card) + signal->first_rule;
	uint32		low = 0;
	uint32		high = signal->nrules;

	/* the last bin that starts at the number or before it */
	while (low < high)
	{
		uint32		middle = (low + high) / 2;

		if (bins[middle].from <= number)
			low = middle + 1;
		else
			high = middle;
	}
	if (low > 0 && number < bins[low - 1].to)
		return bins[low - 1].points;
	return signal->otherwise;
}

/* Points of the choice that a text is. */
static double
points_of_choice(const Scorecard *card, const CardSignal *signal,
				 const char *text, uint32 length)
{
	const CardChoice *choices = CARD_CHOICES_OF(card) + signal->first_rule;
	uint32		low = 0;
	uint32		high = signal->nrules;

	while (low < high)
	{
		uint32		middle = (low + high) / 2;
		CardText	value = choices[middle].value;
		int			order = compare_text(card_text(card, value), value.length,
										 text, length);

		if (order == 0)
			return choices[middle].points;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return signal->otherwise;
}

/* Points of a row before it fades; 0, or why it does not count. */
static inline int
points_of_value(const Scorecard *card, const CardSignal *signal,
				const SheetRow *row, double *points)
{
	double		number;

	if (signal->kind == CARD_FLAT)
	{
		*points = signal->points;
		return 0;
	}
	if (row->kind == ROW_NO_VALUE)
		return SKIPPED_NO_VALUE;
	if (signal->kind == CARD_CHOICES)
	{
		uint32		length;
		const char *text = value_text(row, &length);

		*points = points_of_choice(card, signal, text, length);
		return 0;
	}
	if (!value_number(row, &number))
		return SKIPPED_NO_NUMBER;
	if (signal->kind == CARD_PER_UNIT)
		*points = signal->points * number;
	else
		*points = points_of_bin(card, signal, number);
	return 0;
}

/* Does a veto hold for the value of a row? */
static bool
veto_holds(const Scorecard *card, const CardVeto *veto, const SheetRow *row)
{
	const CardText *choices = CARD_VETO_CHOICES(card) + veto->first_choice;
	const char *text;
	uint32		length;
	double		number;

	if (veto->measure == CARD_OF_VALUE)
	{
		if (!value_number(row, &number))
			return veto->if_missing;
		switch (veto->comparison)
		{
			case CARD_BELOW:
				return number < veto->bound;
			case CARD_AT_MOST:
				return number <= veto->bound;
			case CARD_ABOVE:
				return number > veto->bound;
			default:
				return number >= veto->bound;
		}
	}
	if (row->kind == ROW_NO_VALUE)
		return veto->if_missing;
	text = value_text(row, &length);
	for (uint32 i = 0; i < veto->nchoices; i++)
		if (compare_text(card_text(card, choices[i]), choices[i].length,
						 text, length) == 0)
			return veto->comparison == CARD_ANY_OF;
	return veto->comparison == CARD_NONE_OF;
}

/* The vetoes that hold for the value of a row; false if none looks at it. */
static inline bool
value_vetoes(const Scorecard *card, int number, const SheetRow *row,
			 uint64 *held)
{
	const CardVeto *vetoes = CARD_VETOES(card);
	bool		any = false;

	*held = 0;
	for (uint32 i = 0; i < card->nvetoes; i++)
	{
		if (vetoes[i].signal != (uint32) number ||
			(vetoes[i].measure != CARD_OF_VALUE &&
			 vetoes[i].measure != CARD_OF_CHOICE))
			continue;
		any = true;
		if (veto_holds(card, &vetoes[i], row))
			*held |= UINT64CONST(1) << i;
	}
	return any;
}

/* ------------------------------------------------------------------------
 * Rows
 * ------------------------------------------------------------------------
 */

/* Note a row that does not count. */
static pg_noinline ScoreSheet *
note_row(ScoreSheet *sheet, SheetReason reason, const SheetRow *row)
{
	sheet_note(&sheet, reason, row->signal, row->signal_length, row->times);
	return sheet;
}

/*
 * What vetoes make of the latest row: of rows of one moment that of more
 * points if one of them counts alone, otherwise all of them.
 */
static void
note_vetoes(ScoreSheet **sheet, uint32 place, uint8 repeat, uint64 held,
			int64 time, bool counts, ExactPoints points)
{
	SheetDays  *days = sheet_days(sheet, place, 0);
	const SheetSlot *slot = sheet_slot(*sheet, place);
	int			order = 0;

	if (repeat == CARD_ONCE && counts && slot->times > 0)
		order = exact_compare(points, slot->points);
	if (time > slot->last || (time == slot->last && order > 0))
		days->vetoes = held;
	else if (time == slot->last && order == 0)
		days->vetoes |= held;
}

/* Points of rows of one time, or sums of them, into the slot at a place. */
static inline void
count_rows(SheetSlot *slot, uint8 repeat, int64 time, ExactPoints points,
		   uint64 times)
{
	if (repeat == CARD_ONCE)
	{
		if (slot->times == 0 || time > slot->last ||
			(time == slot->last && exact_compare(points, slot->points) > 0))
			slot->points = points;
		slot->times = 1;
	}
	else
	{
		/* the points of a signal that is missing go */
		if (slot->times == 0)
			slot->points = exact_zero();
		slot->points = sheet_sum(slot->points, points);
		slot->times = times > PG_INT64_MAX - slot->times ? PG_INT64_MAX :
			slot->times + times;
	}
}

/* Add a row. What came later than the moment of the sheet is not seen. */
ScoreSheet *
sheet_add_row(ScoreSheet *sheet, const Scorecard *card, const SheetRow *row)
{
	const CardSignal *signal;
	int			number;
	int			reason;
	bool		found;
	bool		faded = false;
	bool		vetoed;
	uint32		place;
	uint64		held = 0;
	double		points;
	ExactPoints exact;
	SheetSlot  *slot;

	if (row->occurred_at > sheet->as_of || row->times == 0)
		return sheet;
	number = row->signal_number;
	if (unlikely(number < 0))
		return note_row(sheet, UNKNOWN_SIGNAL, row);
	signal = CARD_SIGNALS(card) + number;
	if (signal->kind == CARD_FLAT && is_word(row, "false", 5))
		return sheet;
	reason = points_of_value(card, signal, row, &points);
	if (unlikely(reason != 0))
		return note_row(sheet, reason, row);
	if (signal->decay != CARD_NO_DECAY || signal->repeat != CARD_EVERY_TIME)
	{
		/* moments may be further apart than an int64 holds */
		uint64		age = (uint64) sheet->as_of - (uint64) row->occurred_at;

		if (unlikely(row->occurred_at == SHEET_NO_TIME))
			return note_row(sheet, SKIPPED_NO_TIME, row);
		if (signal->decay == CARD_HALF_LIFE)
			points *= exp2(-((double) age / (double) signal->span));
		else if (signal->decay != CARD_NO_DECAY)
		{
			faded = age >= (uint64) signal->span;
			if (signal->decay == CARD_LINEAR)
				points *= 1 - (double) age / (double) signal->span;
		}
	}
	if (faded)
		exact = exact_zero();
	else if (unlikely(!exact_from_double(points, &exact) ||
					  (row->times > 1 && signal->repeat == CARD_EVERY_TIME &&
					   !exact_times(exact, row->times, &exact))))
		return note_row(sheet, SKIPPED_POINTS, row);

	vetoed = card->nvetoes > 0 && value_vetoes(card, number, row, &held);
	place = sheet_find(sheet, (uint16) number, &found);
	if (!found)
		place = add_signal(&sheet, card, number);
	if (vetoed)
		note_vetoes(&sheet, place, signal->repeat, held, row->occurred_at,
					!faded, exact);
	slot = sheet_slot(sheet, place);
	if (!faded)
	{
		if (signal->repeat == CARD_ONCE_A_DAY)
		{
			if (slot->times == 0)
				slot->points = exact_zero();
			sheet_count_day(&sheet, place, row->occurred_at, exact);
			slot = sheet_slot(sheet, place);
		}
		else
			count_rows(slot, signal->repeat, row->occurred_at, exact,
					   row->times);
	}
	if (row->occurred_at > slot->last)
		slot->last = row->occurred_at;
	return sheet;
}

/* ------------------------------------------------------------------------
 * Sheets
 * ------------------------------------------------------------------------
 */

/*
 * Refuse sheets that claim one card and do not keep to it: what they say of a
 * signal or of a category must agree.
 */
static void
refuse_other_name(const SheetName *mine, const SheetName *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("score sheets of different cards cannot be merged"),
			 errdetail("They claim one card, and differ in \"%.*s\" and \"%.*s\".",
					   mine->name_length, mine->name,
					   name->name_length, name->name),
			 errhint("Score sheets are made by score_sheet(scorecard, ...).")));
}

/* Signals and categories ascend by number and by name. */
static void
check_same_name(const SheetName *mine, const SheetName *name)
{
	int			expected = (mine->number > name->number) -
		(mine->number < name->number);
	int			order = memcmp(mine->name, name->name,
							   Min(mine->name_length, name->name_length));

	if (order == 0)
		order = mine->name_length - name->name_length;
	if ((order > 0) - (order < 0) != expected ||
		(order == 0 && (mine->category != name->category ||
						mine->axis != name->axis ||
						mine->repeat != name->repeat ||
						mine->flags != name->flags ||
						mine->limits.floor != name->limits.floor ||
						mine->limits.cap != name->limits.cap)))
		refuse_other_name(mine, name);
}

/* The signal at a place, against one of another sheet */
static void
check_same_signal(const ScoreSheet *sheet, uint32 place, const SheetName *name)
{
	SheetName	mine;

	sheet_slot_name(sheet, place, &mine);
	check_same_name(&mine, name);
}

/* Add the rows of a slot of another sheet. */
static ScoreSheet *
merge_slot(ScoreSheet *sheet, const ScoreSheet *other, uint32 other_place)
{
	const SheetSlot *from = sheet_slot(other, other_place);
	const SheetDays *days = SHEET_SLOT_DAYS(other, from);
	SheetName	name;
	SheetSlot  *slot;
	bool		found;
	uint32		place;

	sheet_slot_name(other, other_place, &name);
	place = sheet_find(sheet, name.number, &found);
	if (place < sheet->nslots)
		check_same_signal(sheet, place, &name);
	if (!found)
	{
		if (place > 0)
			check_same_signal(sheet, place - 1, &name);
		place = sheet_add_slot(&sheet, &name);
		/* the points of a signal that is missing */
		if (from->times == 0)
			sheet_slot(sheet, place)->points = from->points;
	}
	if (!sheet_was_seen(from))
		return sheet;
	/* a sheet at rest keeps no days for a latest row that no veto minds */
	if (days != NULL || sheet_slot(sheet, place)->days != 0)
		note_vetoes(&sheet, place, name.repeat,
					days == NULL ? 0 : days->vetoes, from->last,
					from->times > 0, from->points);
	slot = sheet_slot(sheet, place);
	if (from->times > 0 && name.repeat == CARD_ONCE_A_DAY)
	{
		if (slot->times == 0)
			slot->points = exact_zero();
		for (uint32 i = 0; days != NULL && i < days->n; i++)
			sheet_count_day(&sheet, place, SHEET_DAYS(days)[i].time,
							SHEET_DAYS(days)[i].points);
		slot = sheet_slot(sheet, place);
	}
	else if (from->times > 0)
		count_rows(slot, name.repeat, from->last, from->points, from->times);
	slot->last = Max(slot->last, from->last);
	return sheet;
}

/* Add the rows of another sheet of the same card and moment. */
ScoreSheet *
sheet_merge(ScoreSheet *sheet, const ScoreSheet *other)
{
	sheet_check_same(sheet, other);
	for (uint32 at = other->categories; at != 0;)
	{
		const SheetCategory *category = SHEET_AT(other, SheetCategory, at);
		SheetName	name;

		sheet_category_name(category, &name);
		for (uint32 mine = sheet->categories; mine != 0;)
		{
			SheetName	my_name;

			category = SHEET_AT(sheet, SheetCategory, mine);
			sheet_category_name(category, &my_name);
			check_same_name(&my_name, &name);
			mine = category->next;
		}
		category = SHEET_AT(other, SheetCategory, at);
		sheet_add_category(&sheet, &name);
		at = category->next;
	}
	for (uint32 i = 0; i < other->nslots; i++)
		sheet = merge_slot(sheet, other, i);
	for (uint32 at = other->notes; at != 0;)
	{
		const SheetNote *note = SHEET_AT(other, SheetNote, at);

		sheet_note(&sheet, note->reason, sheet_note_name(note),
				   note->name_length, note->rows);
		at = note->next;
	}
	return sheet;
}
