/*
 * score_sheet_check.c
 *		Score sheets from outside, put together piece by piece and checked.
 *
 * Text and binary input read the pieces in the order of the sheet: its card,
 * categories, signals, notes. Each function answers what is wrong with the
 * piece, or NULL. What passes is what rows could have made.
 */
#include "postgres.h"

#include <math.h>

#include "compat.h"
#include "days.h"
#include "number_text.h"
#include "score/card/score_sheet_check.h"

/* A number that a card may say. */
static bool
is_card_number(double number)
{
	return isfinite(number) && fabs(number) <= CARD_MAX_POINTS;
}

/* Limits that a card may say. */
static bool
are_limits(CardLimits limits)
{
	return (is_card_number(limits.floor) || limits.floor == -INFINITY) &&
		(is_card_number(limits.cap) || limits.cap == INFINITY) &&
		limits.floor <= limits.cap;
}

/* The limits of a name, as its flags say. */
static char *
check_name(const SheetName *name)
{
	if (name->axis >= CARD_AXES)
		return psprintf("The axis of \"%.*s\" is %u.",
						name->name_length, name->name, name->axis);
	if (name->name_length == 0 || name->name_length > CARD_MAX_TEXT)
		return psprintf("A name has %u bytes.", name->name_length);
	if (!are_limits(name->limits) ||
		((name->flags & SHEET_HAS_FLOOR) != 0) != isfinite(name->limits.floor) ||
		((name->flags & SHEET_HAS_CAP) != 0) != isfinite(name->limits.cap))
		return psprintf("The limits of \"%.*s\" are %s and %s.",
						name->name_length, name->name,
						number_text(name->limits.floor),
						number_text(name->limits.cap));
	return NULL;
}

/* A moment that a sheet may hold. */
static bool
is_moment(int64 moment, int64 as_of)
{
	return IS_VALID_TIMESTAMP(moment) && moment <= as_of;
}

/* Does the veto look at the value of a signal? */
static bool
looks_at_value(const SheetVeto *veto)
{
	return veto->measure == CARD_OF_VALUE || veto->measure == CARD_OF_CHOICE;
}

/* Start a sheet with its card. */
char *
sheet_put_card(ScoreSheet **sheet, uint64 identity, int64 as_of,
			   const SheetCardView *view)
{
	const SheetCard *head = view->head;
	SheetCard  *card;

	if (!IS_VALID_TIMESTAMP(as_of))
		return psprintf("It is as of " INT64_FORMAT " microseconds after 2000-01-01.",
						as_of);
	if (head->name_length == 0 || head->name_length > CARD_MAX_TEXT ||
		head->segment_length > CARD_MAX_TEXT)
		return pstrdup("The name of its card is too short or too long.");
	if (head->card_version < 1)
		return psprintf("The version of its card is %d.", head->card_version);
	if (!is_card_number(head->base))
		return psprintf("Its base is %s.", number_text(head->base));
	if (!are_limits(head->axes[CARD_FIT]) ||
		!are_limits(head->axes[CARD_ENGAGEMENT]) || !are_limits(head->total))
		return pstrdup("The limits of its axes or its total are none.");
	for (int axis = 0; axis < CARD_AXES; axis++)
		for (int i = 0; i < head->ncuts[axis]; i++)
			if (!is_card_number(view->cuts[axis][i]) ||
				(i > 0 && view->cuts[axis][i] >= view->cuts[axis][i - 1]))
				return pstrdup("The cuts of its grade do not descend.");
	for (int i = 0; i < head->nbands; i++)
		if (!is_card_number(view->bands[i].from) ||
			view->bands[i].name_length == 0 ||
			view->bands[i].name_length > CARD_MAX_TEXT ||
			(i > 0 && view->bands[i].from >= view->bands[i - 1].from))
			return pstrdup("Its bands do not descend, or have no name.");
	for (int i = 0; i < head->nvetoes; i++)
	{
		const SheetVeto *veto = &view->vetoes[i];

		if (veto->measure > CARD_OF_TOTAL || veto->comparison > CARD_NONE_OF ||
			veto->if_missing > 1 || !is_card_number(veto->bound) ||
			veto->name_length == 0 || veto->name_length > CARD_MAX_TEXT ||
			veto->signal >= (veto->measure <= CARD_OF_POINTS ? CARD_MAX_SIGNALS : 1) ||
			(veto->measure == CARD_OF_CHOICE) != (veto->comparison >= CARD_ANY_OF))
			return psprintf("Veto %d is none.", i);
	}
	card = sheet_card_build(view);
	*sheet = sheet_create(identity, as_of, card, 8, 256);
	pfree(card);
	return NULL;
}

/* Add a category; they ascend. */
char *
sheet_put_category(ScoreSheet **sheet, const SheetName *name)
{
	char	   *problem = check_name(name);

	if (problem != NULL)
		return problem;
	if (name->number >= CARD_MAX_CATEGORIES ||
		(name->flags & ~(SHEET_HAS_FLOOR | SHEET_HAS_CAP)) != 0)
		return psprintf("The category \"%.*s\" is none.",
						name->name_length, name->name);
	for (uint32 at = (*sheet)->categories; at != 0;)
	{
		const SheetCategory *category = SHEET_AT(*sheet, SheetCategory, at);

		if (category->number >= name->number)
			return pstrdup("The categories do not ascend by number.");
		at = category->next;
	}
	sheet_add_category(sheet, name);
	return NULL;
}

/* Is there a category of this number and axis? */
static bool
has_category(const ScoreSheet *sheet, uint16 number, uint8 axis)
{
	for (uint32 at = sheet->categories; at != 0;)
	{
		const SheetCategory *category = SHEET_AT(sheet, SheetCategory, at);

		if (category->number == number)
			return category->axis == axis;
		at = category->next;
	}
	return false;
}

/* The vetoes that may hold for the latest value of a signal. */
static uint64
possible_vetoes(const ScoreSheet *sheet, uint16 number)
{
	SheetCardView card;
	uint64		vetoes = 0;

	sheet_card_view(SHEET_CARD(sheet), &card);
	for (int i = 0; i < card.head->nvetoes; i++)
		if (looks_at_value(&card.vetoes[i]) && card.vetoes[i].signal == number)
			vetoes |= UINT64CONST(1) << i;
	return vetoes;
}

/* The days of a signal: ascending, and summing to its points. */
static char *
check_days(const ScoreSheet *sheet, const SheetName *name,
		   const SheetSlot *slot, const SheetDay *days, uint32 n)
{
	ExactPoints sum = exact_zero();

	if (name->repeat != CARD_ONCE_A_DAY)
		return n == 0 ? NULL :
			psprintf("\"%.*s\" has days, but does not count once a day.",
					 name->name_length, name->name);
	for (uint32 i = 0; i < n; i++)
	{
		ExactPoints most;

		if (!exact_from_double(EXACT_MOST_POINTS, &most) ||
			exact_compare(days[i].points, most) > 0 ||
			exact_compare(days[i].points, exact_negate(most)) < 0 ||
			!is_moment(days[i].time, Min(sheet->as_of, slot->last)) ||
			(i > 0 && clientele_day_of(days[i].time) <=
			 clientele_day_of(days[i - 1].time)))
			return psprintf("A day of \"%.*s\" is out of range or out of order.",
							name->name_length, name->name);
		sum = exact_add(sum, days[i].points);
		if (!exact_is_sum(sum))
			return pstrdup("Points are out of range.");
	}
	if (slot->times != n || (n > 0 && exact_compare(sum, slot->points) != 0))
		return psprintf("The days of \"%.*s\" do not sum to its points.",
						name->name_length, name->name);
	return NULL;
}

/* Add a signal with its rows; they ascend. */
char *
sheet_put_signal(ScoreSheet **sheet, const SheetName *name,
				 const SheetSlot *rows, uint64 vetoes, const SheetDay *days,
				 uint32 n)
{
	char	   *problem = check_name(name);
	bool		seen = sheet_was_seen(rows);
	ExactPoints most;
	uint32		place;

	if (problem == NULL && (name->number >= CARD_MAX_SIGNALS ||
							name->repeat > CARD_ONCE_A_DAY ||
							(name->flags & ~SHEET_ALL_FLAGS) != 0))
		problem = psprintf("The signal \"%.*s\" is none.",
						   name->name_length, name->name);
	if (problem == NULL && (*sheet)->nslots > 0)
	{
		SheetName	before;
		int			order;

		sheet_slot_name(*sheet, (*sheet)->nslots - 1, &before);
		order = memcmp(before.name, name->name,
					   Min(before.name_length, name->name_length));
		if (before.number >= name->number || order > 0 ||
			(order == 0 && before.name_length >= name->name_length))
			problem = pstrdup("The signals do not ascend by number and name.");
	}
	if (problem == NULL && name->category != CARD_NO_CATEGORY &&
		!has_category(*sheet, name->category, name->axis))
		problem = psprintf("The category of \"%.*s\" is not there.",
						   name->name_length, name->name);
	if (problem == NULL &&
		((rows->last != SHEET_NO_TIME && !is_moment(rows->last, (*sheet)->as_of)) ||
		 rows->times > PG_INT64_MAX || !exact_is_sum(rows->points) ||
		 (name->repeat == CARD_ONCE && rows->times > 1) ||
		 (name->repeat != CARD_EVERY_TIME && rows->times > 0 &&
		  rows->last == SHEET_NO_TIME)))
		problem = psprintf("The rows of \"%.*s\" are out of range.",
						   name->name_length, name->name);
	if (problem == NULL && rows->times == 0)
	{
		ExactPoints size = exact_sign(rows->points) < 0 ?
			exact_negate(rows->points) : rows->points;

		if (!(name->flags & SHEET_HAS_MISSING))
			most = exact_zero();
		else if (!exact_from_double(CARD_MAX_POINTS, &most))
			elog(ERROR, "limit of a scorecard is out of range");
		if (exact_compare(size, most) > 0)
			problem = psprintf("\"%.*s\" has points without rows.",
							   name->name_length, name->name);
	}
	if (problem == NULL &&
		((vetoes & ~possible_vetoes(*sheet, name->number)) != 0 ||
		 (vetoes != 0 && !seen)))
		problem = psprintf("A veto of \"%.*s\" does not look at its value.",
						   name->name_length, name->name);
	if (problem == NULL)
		problem = check_days(*sheet, name, rows, days, n);
	if (problem != NULL)
		return problem;

	place = sheet_add_slot(sheet, name);
	if (vetoes != 0 || n > 0)
	{
		SheetDays  *kept = sheet_days(sheet, place, n);

		kept->vetoes = vetoes;
		kept->n = n;
		if (n > 0)
			memcpy(SHEET_DAYS(kept), days, n * sizeof(SheetDay));
	}
	sheet_slot(*sheet, place)->points = rows->points;
	sheet_slot(*sheet, place)->last = rows->last;
	sheet_slot(*sheet, place)->times = rows->times;
	return NULL;
}

/* Add a note; they ascend by reason and name, see sheet_note(). */
char *
sheet_put_note(ScoreSheet **sheet, int reason, const char *name,
			   uint32 length, int64 rows)
{
	const SheetNote *last = NULL;
	uint32		unknown = 0;

	if (reason < SKIPPED_NO_SIGNAL || reason > UNKNOWN_OTHERS || rows < 1 ||
		length > CARD_MAX_TEXT ||
		((reason == SKIPPED_NO_SIGNAL || reason == UNKNOWN_OTHERS) && length > 0))
		return psprintf("A note of " INT64_FORMAT " skipped rows is none.", rows);
	for (uint32 at = (*sheet)->notes; at != 0; at = last->next)
	{
		last = SHEET_AT(*sheet, SheetNote, at);
		unknown += last->reason == UNKNOWN_SIGNAL ? 1 : 0;
	}
	if (last != NULL)
	{
		int			order = (int) last->reason - reason;

		if (order == 0)
			order = memcmp(sheet_note_name(last), name,
						   Min(last->name_length, length));
		if (order == 0)
			order = last->name_length < length ? -1 : 0;
		if (order >= 0)
			return pstrdup("Skipped rows are not in order.");
	}
	if ((reason == UNKNOWN_SIGNAL && unknown >= SHEET_MOST_UNKNOWN) ||
		(reason == UNKNOWN_OTHERS && unknown < SHEET_MOST_UNKNOWN))
		return psprintf("It names %u unknown signals.", unknown);
	sheet_note(sheet, reason, name, length, rows);
	return NULL;
}
