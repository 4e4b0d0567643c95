/*
 * score_sheet_rows.c
 *		What a score sheet says in rows: contributions, and rows that do not
 *		count.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "compat.h"
#include "score/card/score_sheet_check.h"

PG_FUNCTION_INFO_V1(clientele_score_sheet_contributions);
PG_FUNCTION_INFO_V1(clientele_score_sheet_skipped);
PG_FUNCTION_INFO_V1(clientele_unknown_signals);

/* A text that is not terminated. */
static Datum
text_datum(const char *text, uint32 length)
{
	return PointerGetDatum(cstring_to_text_with_len(text, (int) length));
}

/* The name of an axis. */
static Datum
axis_datum(int axis)
{
	return PointerGetDatum(cstring_to_text(sheet_axis_words[axis]));
}

/*
 * contributions(score_sheet): signal, category, axis, raw_points,
 * signal_points, points, times, last_seen. Rows without a signal are what no
 * signal accounts for: the rest of a category, of an axis, of the total with its
 * base.
 */
Datum
clientele_score_sheet_contributions(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;
	ScoreSheet *sheet = PG_GETARG_SCORE_SHEET_P(0);
	CardLayers	layers;
	LayerItem  *items = sheet_layers(sheet, &layers);
	LayerItem  *item;
	const SheetCategory **categories;
	ExactPoints *limited = palloc(Max(sheet->nslots, 1) * sizeof(ExactPoints));
	SheetName	name;
	uint32		at = sheet->categories;

	InitMaterializedSRF(fcinfo, 0);
	categories = palloc(Max(layers.ncategories, 1) * sizeof(SheetCategory *));
	for (int i = 0; i < layers.ncategories; i++)
	{
		categories[i] = SHEET_AT(sheet, SheetCategory, at);
		at = categories[i]->next;
	}
	for (uint32 i = 0; i < sheet->nslots; i++)
		limited[i] = items[i].points;
	layers_allocate(&layers, items, sheet->nslots);

	for (uint32 i = 0; i < sheet->nslots; i++)
	{
		const SheetSlot *slot = sheet_slot(sheet, i);
		Datum		values[8];
		bool		nulls[8] = {false};

		CHECK_FOR_INTERRUPTS();
		sheet_slot_name(sheet, i, &name);
		values[0] = text_datum(name.name, name.name_length);
		values[2] = axis_datum(name.axis);
		values[3] = exact_numeric(slot->points);
		values[4] = exact_numeric(limited[i]);
		values[5] = exact_numeric(items[i].points);
		values[6] = Int64GetDatum((int64) slot->times);
		values[7] = TimestampTzGetDatum(slot->last);
		nulls[7] = slot->last == SHEET_NO_TIME;
		nulls[1] = name.category == CARD_NO_CATEGORY;
		if (!nulls[1])
		{
			sheet_category_name(categories[items[i].category], &name);
			values[1] = text_datum(name.name, name.name_length);
		}
		tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
	}

	item = items + sheet->nslots;
	for (int i = 0; i < LAYER_EXTRA_ITEMS(&layers); i++, item++)
	{
		Datum		values[8];
		bool		nulls[8] = {true, true, true, false, false, false, true, true};
		ExactPoints own = exact_zero();

		if (i == layers.ncategories + LAYER_AXES)
			own = layers.base;
		if (exact_sign(item->points) == 0 && exact_sign(own) == 0)
			continue;
		if (i < layers.ncategories)
		{
			nulls[1] = false;
			sheet_category_name(categories[i], &name);
			values[1] = text_datum(name.name, name.name_length);
		}
		if (item->axis >= 0)
		{
			nulls[2] = false;
			values[2] = axis_datum(item->axis);
		}
		values[3] = values[4] = exact_numeric(own);
		values[5] = exact_numeric(item->points);
		tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* Put the notes of some reasons as rows: reason (or not), signal, rows. */
static void
put_notes(ReturnSetInfo *set, const ScoreSheet *sheet, int first, int last,
		  bool with_reason)
{
	for (uint32 at = sheet->notes; at != 0;)
	{
		const SheetNote *note = SHEET_AT(sheet, SheetNote, at);
		Datum		values[3];
		bool		nulls[3] = {false};
		int			n = 0;

		at = note->next;
		if (note->reason < first || note->reason > last)
			continue;
		nulls[n] = note->reason == SKIPPED_NO_SIGNAL ||
			note->reason == UNKNOWN_OTHERS;
		values[n++] = text_datum(sheet_note_name(note), note->name_length);
		if (with_reason)
			values[n++] = PointerGetDatum(cstring_to_text(sheet_reason_words[note->reason]));
		values[n++] = Int64GetDatum((int64) note->rows);
		tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
	}
}

/* skipped(score_sheet): signal, reason, rows */
Datum
clientele_score_sheet_skipped(PG_FUNCTION_ARGS)
{
	InitMaterializedSRF(fcinfo, 0);
	put_notes((ReturnSetInfo *) fcinfo->resultinfo, PG_GETARG_SCORE_SHEET_P(0),
			  SKIPPED_NO_SIGNAL, SKIPPED_NO_ROW, true);
	return (Datum) 0;
}

/* unknown_signals(score_sheet): signal, rows */
Datum
clientele_unknown_signals(PG_FUNCTION_ARGS)
{
	InitMaterializedSRF(fcinfo, 0);
	put_notes((ReturnSetInfo *) fcinfo->resultinfo, PG_GETARG_SCORE_SHEET_P(0),
			  UNKNOWN_SIGNAL, UNKNOWN_OTHERS, false);
	return (Datum) 0;
}
