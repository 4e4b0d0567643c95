/*
 * score_sheet_out.c
 *		Score sheets as text and in binary.
 *
 * The text is JSON: what the sheet keeps of its card, then signals, skipped
 * rows and unknown signals. Points are exact decimals, other numbers the
 * shortest that read back to the same float8; what says nothing is left out.
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/json.h"

#include "compat.h"
#include "number_text.h"
#include "score/card/score_sheet_check.h"

PG_FUNCTION_INFO_V1(clientele_score_sheet_out);
PG_FUNCTION_INFO_V1(clientele_score_sheet_send);

/* ------------------------------------------------------------------------
 * Text
 * ------------------------------------------------------------------------
 */

/* Append a key. */
static void
append_key(StringInfo out, const char *key)
{
	char		before = out->data[out->len - 1];

	if (before != '{' && before != '[')
		appendStringInfoString(out, ", ");
	appendStringInfo(out, "\"%s\": ", key);
}

/* Append a comma between the elements of an array or object. */
static void
append_next(StringInfo out)
{
	char		before = out->data[out->len - 1];

	if (before != '{' && before != '[')
		appendStringInfoString(out, ", ");
}

/* Append a text, as JSON does. */
static void
append_text(StringInfo out, const char *text, uint32 length)
{
	char	   *copy = pnstrdup(text, length);

	escape_json(out, copy);
	pfree(copy);
}

/* Append a key and a number; there is one zero. */
static void
append_number(StringInfo out, const char *key, double number)
{
	append_key(out, key);
	appendStringInfoString(out, number_text(number + 0.0));
}

/* Append a moment. */
static void
append_moment(StringInfo out, int64 moment)
{
	char		buffer[MOMENT_TEXT_LENGTH];

	appendStringInfo(out, "\"%s\"", moment_text(moment, buffer));
}

/* Append exact points. */
static void
append_points(StringInfo out, ExactPoints points)
{
	char		buffer[EXACT_TEXT_LENGTH];

	appendStringInfoString(out, exact_to_text(points, buffer));
}

/* Append cap and floor, if any. */
static void
append_limits(StringInfo out, CardLimits limits)
{
	if (isfinite(limits.cap))
		append_number(out, "cap", limits.cap);
	if (isfinite(limits.floor))
		append_number(out, "floor", limits.floor);
}

/* Append a key and limits in braces, if there are any. */
static void
append_limits_key(StringInfo out, const char *key, CardLimits limits)
{
	if (isinf(limits.cap) && isinf(limits.floor))
		return;
	append_key(out, key);
	appendStringInfoChar(out, '{');
	append_limits(out, limits);
	appendStringInfoChar(out, '}');
}

/* Append what is known of the card. */
static void
append_card(StringInfo out, const ScoreSheet *sheet)
{
	SheetCardView card;

	sheet_card_view(SHEET_CARD(sheet), &card);
	append_key(out, "card");
	append_text(out, card.name, card.head->name_length);
	append_key(out, "version");
	appendStringInfo(out, "%d", card.head->card_version);
	if (card.head->segment_length > 0)
	{
		append_key(out, "segment");
		append_text(out, card.segment, card.head->segment_length);
	}
	append_key(out, "identity");
	appendStringInfo(out, "\"%016llx\"",
					 (unsigned long long) sheet->identity);
	append_key(out, "as_of");
	append_moment(out, sheet->as_of);
	if (card.head->base != 0)
		append_number(out, "base", card.head->base);
	append_limits_key(out, "fit", card.head->axes[CARD_FIT]);
	append_limits_key(out, "engagement", card.head->axes[CARD_ENGAGEMENT]);
	append_limits_key(out, "total", card.head->total);
	if (card.head->nvetoes > 0)
	{
		append_key(out, "vetoes");
		appendStringInfoChar(out, '[');
		for (int i = 0; i < card.head->nvetoes; i++)
		{
			const SheetVeto *veto = &card.vetoes[i];

			append_next(out);
			appendStringInfoChar(out, '{');
			append_key(out, "name");
			append_text(out, card.veto_names[i], veto->name_length);
			append_key(out, "of");
			appendStringInfo(out, "\"%s\"", sheet_measure_words[veto->measure]);
			if (veto->measure <= CARD_OF_POINTS)
			{
				append_key(out, "number");
				appendStringInfo(out, "%u", veto->signal);
			}
			append_number(out, sheet_comparison_words[veto->comparison],
						  veto->bound);
			if (veto->if_missing)
			{
				append_key(out, "if_missing");
				appendStringInfoString(out, "true");
			}
			appendStringInfoChar(out, '}');
		}
		appendStringInfoChar(out, ']');
	}
	if (card.head->nbands > 0)
	{
		append_key(out, "bands");
		appendStringInfoChar(out, '[');
		for (int i = 0; i < card.head->nbands; i++)
		{
			append_next(out);
			appendStringInfoChar(out, '[');
			append_text(out, card.band_names[i], card.bands[i].name_length);
			appendStringInfo(out, ", %s]", number_text(card.bands[i].from + 0.0));
		}
		appendStringInfoChar(out, ']');
	}
	for (int axis = 0; axis < CARD_AXES; axis++)
	{
		if (card.head->ncuts[axis] == 0)
			continue;
		append_key(out, axis == CARD_FIT ? "fit_cuts" : "engagement_cuts");
		appendStringInfoChar(out, '[');
		for (int i = 0; i < card.head->ncuts[axis]; i++)
		{
			append_next(out);
			appendStringInfoString(out, number_text(card.cuts[axis][i] + 0.0));
		}
		appendStringInfoChar(out, ']');
	}
}

/* Append the categories. */
static void
append_categories(StringInfo out, const ScoreSheet *sheet)
{
	if (sheet->categories == 0)
		return;
	append_key(out, "categories");
	appendStringInfoChar(out, '[');
	for (uint32 at = sheet->categories; at != 0;)
	{
		const SheetCategory *category = SHEET_AT(sheet, SheetCategory, at);
		SheetName	name;

		sheet_category_name(category, &name);
		append_next(out);
		appendStringInfoChar(out, '{');
		append_key(out, "category");
		append_text(out, name.name, name.name_length);
		append_key(out, "number");
		appendStringInfo(out, "%u", name.number);
		append_key(out, "axis");
		appendStringInfo(out, "\"%s\"", sheet_axis_words[name.axis]);
		append_limits(out, name.limits);
		appendStringInfoChar(out, '}');
		at = category->next;
	}
	appendStringInfoChar(out, ']');
}

/* Append the signal at a place. */
static void
append_signal(StringInfo out, const ScoreSheet *sheet, uint32 place)
{
	const SheetSlot *slot = sheet_slot(sheet, place);
	const SheetDays *days = SHEET_SLOT_DAYS(sheet, slot);
	SheetName	name;

	sheet_slot_name(sheet, place, &name);
	append_next(out);
	appendStringInfoChar(out, '{');
	append_key(out, "signal");
	append_text(out, name.name, name.name_length);
	append_key(out, "number");
	appendStringInfo(out, "%u", name.number);
	if (name.category != CARD_NO_CATEGORY)
	{
		append_key(out, "category");
		appendStringInfo(out, "%u", name.category);
	}
	append_key(out, "axis");
	appendStringInfo(out, "\"%s\"", sheet_axis_words[name.axis]);
	if (name.repeat != CARD_EVERY_TIME)
	{
		append_key(out, "repeat");
		appendStringInfo(out, "\"%s\"", sheet_repeat_words[name.repeat]);
	}
	append_limits(out, name.limits);
	if (name.flags & SHEET_HAS_MISSING)
	{
		append_key(out, "may_miss");
		appendStringInfoString(out, "true");
	}
	append_key(out, "points");
	append_points(out, slot->points);
	append_key(out, "times");
	appendStringInfo(out, UINT64_FORMAT, slot->times);
	if (slot->last != SHEET_NO_TIME)
	{
		append_key(out, "last_seen");
		append_moment(out, slot->last);
	}
	if (days != NULL && days->vetoes != 0)
	{
		append_key(out, "vetoes");
		appendStringInfoChar(out, '[');
		for (int i = 0; i < CARD_MAX_VETOES; i++)
			if (days->vetoes >> i & 1)
			{
				append_next(out);
				appendStringInfo(out, "%d", i);
			}
		appendStringInfoChar(out, ']');
	}
	if (days != NULL && days->n > 0)
	{
		append_key(out, "days");
		appendStringInfoChar(out, '[');
		for (uint32 i = 0; i < days->n; i++)
		{
			append_next(out);
			appendStringInfoChar(out, '[');
			append_moment(out, SHEET_DAYS(days)[i].time);
			appendStringInfoString(out, ", ");
			append_points(out, SHEET_DAYS(days)[i].points);
			appendStringInfoChar(out, ']');
		}
		appendStringInfoChar(out, ']');
	}
	appendStringInfoChar(out, '}');
}

/* Append the rows that do not count. */
static void
append_notes(StringInfo out, const ScoreSheet *sheet)
{
	if (sheet->notes == 0)
		return;
	append_key(out, "skipped");
	appendStringInfoChar(out, '[');
	for (uint32 at = sheet->notes; at != 0;)
	{
		const SheetNote *note = SHEET_AT(sheet, SheetNote, at);

		append_next(out);
		appendStringInfoChar(out, '{');
		append_key(out, "reason");
		appendStringInfo(out, "\"%s\"", sheet_reason_words[note->reason]);
		if (note->reason != SKIPPED_NO_SIGNAL && note->reason != UNKNOWN_OTHERS)
		{
			append_key(out, "signal");
			append_text(out, sheet_note_name(note), note->name_length);
		}
		append_key(out, "rows");
		appendStringInfo(out, UINT64_FORMAT, note->rows);
		appendStringInfoChar(out, '}');
		at = note->next;
	}
	appendStringInfoChar(out, ']');
}

/* Text out. */
Datum
clientele_score_sheet_out(PG_FUNCTION_ARGS)
{
	ScoreSheet *sheet = PG_GETARG_SCORE_SHEET_P(0);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfoChar(&out, '{');
	append_card(&out, sheet);
	append_categories(&out, sheet);
	append_key(&out, "signals");
	appendStringInfoChar(&out, '[');
	for (uint32 i = 0; i < sheet->nslots; i++)
		append_signal(&out, sheet, i);
	appendStringInfoChar(&out, ']');
	append_notes(&out, sheet);
	appendStringInfoChar(&out, '}');
	PG_RETURN_CSTRING(out.data);
}

/* ------------------------------------------------------------------------
 * Binary
 * ------------------------------------------------------------------------
 */

/* Send a text of at most 255 bytes. */
static void
send_text(StringInfo message, const char *text, uint32 length)
{
	pq_sendbyte(message, length);
	pq_sendbytes(message, text, (int) length);
}

/* Send limits, infinite where there are none. */
static void
send_limits(StringInfo message, CardLimits limits)
{
	pq_sendfloat8(message, limits.floor);
	pq_sendfloat8(message, limits.cap);
}

/* Send points. */
static void
send_points(StringInfo message, ExactPoints points)
{
	pq_sendint64(message, points.high);
	pq_sendint64(message, points.low);
}

/* Send what is known of the card. */
static void
send_card(StringInfo message, const ScoreSheet *sheet)
{
	SheetCardView card;

	sheet_card_view(SHEET_CARD(sheet), &card);
	send_text(message, card.name, card.head->name_length);
	send_text(message, card.segment, card.head->segment_length);
	pq_sendint32(message, card.head->card_version);
	pq_sendfloat8(message, card.head->base);
	send_limits(message, card.head->axes[CARD_FIT]);
	send_limits(message, card.head->axes[CARD_ENGAGEMENT]);
	send_limits(message, card.head->total);
	for (int axis = 0; axis < CARD_AXES; axis++)
	{
		pq_sendbyte(message, card.head->ncuts[axis]);
		for (int i = 0; i < card.head->ncuts[axis]; i++)
			pq_sendfloat8(message, card.cuts[axis][i]);
	}
	pq_sendbyte(message, card.head->nbands);
	for (int i = 0; i < card.head->nbands; i++)
	{
		send_text(message, card.band_names[i], card.bands[i].name_length);
		pq_sendfloat8(message, card.bands[i].from);
	}
	pq_sendbyte(message, card.head->nvetoes);
	for (int i = 0; i < card.head->nvetoes; i++)
	{
		const SheetVeto *veto = &card.vetoes[i];

		send_text(message, card.veto_names[i], veto->name_length);
		pq_sendint16(message, veto->signal);
		pq_sendbyte(message, veto->measure);
		pq_sendbyte(message, veto->comparison);
		pq_sendbyte(message, veto->if_missing);
		pq_sendfloat8(message, veto->bound);
	}
}

/* Send the categories. */
static void
send_categories(StringInfo message, const ScoreSheet *sheet)
{
	uint32		n = 0;

	for (uint32 at = sheet->categories; at != 0;
		 at = SHEET_AT(sheet, SheetCategory, at)->next)
		n++;
	pq_sendint16(message, n);
	for (uint32 at = sheet->categories; at != 0;)
	{
		const SheetCategory *category = SHEET_AT(sheet, SheetCategory, at);
		SheetName	name;

		sheet_category_name(category, &name);
		send_text(message, name.name, name.name_length);
		pq_sendint16(message, name.number);
		pq_sendbyte(message, name.axis);
		send_limits(message, name.limits);
		at = category->next;
	}
}

/* Send the signals with their rows. */
static void
send_signals(StringInfo message, const ScoreSheet *sheet)
{
	pq_sendint16(message, sheet->nslots);
	for (uint32 i = 0; i < sheet->nslots; i++)
	{
		const SheetSlot *slot = sheet_slot(sheet, i);
		const SheetDays *days = SHEET_SLOT_DAYS(sheet, slot);
		SheetName	name;

		sheet_slot_name(sheet, i, &name);
		send_text(message, name.name, name.name_length);
		pq_sendint16(message, name.number);
		pq_sendint16(message, name.category);
		pq_sendbyte(message, name.axis);
		pq_sendbyte(message, name.repeat);
		pq_sendbyte(message, name.flags & SHEET_HAS_MISSING ? 1 : 0);
		send_limits(message, name.limits);
		send_points(message, slot->points);
		pq_sendint64(message, slot->last);
		pq_sendint64(message, slot->times);
		pq_sendint64(message, days == NULL ? 0 : days->vetoes);
		pq_sendint32(message, days == NULL ? 0 : days->n);
		for (uint32 j = 0; days != NULL && j < days->n; j++)
		{
			pq_sendint64(message, SHEET_DAYS(days)[j].time);
			send_points(message, SHEET_DAYS(days)[j].points);
		}
	}
}

/* Send the rows that do not count. */
static void
send_notes(StringInfo message, const ScoreSheet *sheet)
{
	uint32		n = 0;

	for (uint32 at = sheet->notes; at != 0;
		 at = SHEET_AT(sheet, SheetNote, at)->next)
		n++;
	pq_sendint32(message, n);
	for (uint32 at = sheet->notes; at != 0;)
	{
		const SheetNote *note = SHEET_AT(sheet, SheetNote, at);

		pq_sendbyte(message, note->reason);
		send_text(message, sheet_note_name(note), note->name_length);
		pq_sendint64(message, note->rows);
		at = note->next;
	}
}

/* Binary out. */
Datum
clientele_score_sheet_send(PG_FUNCTION_ARGS)
{
	ScoreSheet *sheet = PG_GETARG_SCORE_SHEET_P(0);
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendbyte(&message, SCORE_SHEET_VERSION);
	pq_sendint64(&message, sheet->identity);
	pq_sendint64(&message, sheet->as_of);
	send_card(&message, sheet);
	send_categories(&message, sheet);
	send_signals(&message, sheet);
	send_notes(&message, sheet);
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}
