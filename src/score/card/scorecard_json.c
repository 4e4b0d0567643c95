/*
 * scorecard_json.c
 *		The canonical JSON of a card.
 *
 * Keys stand in the order of the documentation; signals, categories and choices
 * in the order of their bytes; numbers are the shortest that read back the
 * same; what is as it would be without is left out. Two cards that say the
 * same have the same text, and the text of a card read again is that text.
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "utils/json.h"

#include "number_text.h"
#include "score/card/card_parts.h"

const char *const card_kind_keys[] = {
	"points", "points_per_unit", "bins", "choices"
};
const char *const card_decay_keys[] = {
	NULL, "half_life", "window", "linear_decay"
};
const char *const card_repeat_words[] = {
	"every time", "once", "once a day"
};
const char *const card_axis_words[] = {
	"fit", "engagement"
};
const char *const card_measure_words[] = {
	"value", "value", "times", "days since", "points", "fit points",
	"engagement points", "points"
};
const char *const card_comparison_keys[] = {
	"below", "at_most", "above", "at_least", "any_of", "none_of"
};

/* Append a key; the first of an object comes without a comma. */
static void
append_key(StringInfo out, const char *key)
{
	char		before = out->data[out->len - 1];

	if (before != '{' && before != '[')
		appendStringInfoString(out, ", ");
	escape_json(out, key);
	appendStringInfoString(out, ": ");
}

/* Append a key and its text. */
static void
append_text(StringInfo out, const char *key, const char *text)
{
	append_key(out, key);
	escape_json(out, text);
}

/* Append a key and its number. */
static void
append_number(StringInfo out, const char *key, double number)
{
	char	   *text = number_text(number);

	append_key(out, key);
	appendStringInfoString(out, text);
	pfree(text);
}

/* Append a cap and a floor, where there are. */
static void
append_limits(StringInfo out, CardLimits limits)
{
	if (!isinf(limits.cap))
		append_number(out, "cap", limits.cap);
	if (!isinf(limits.floor))
		append_number(out, "floor", limits.floor);
}

/* Whether there is a cap or a floor. */
static bool
has_limits(CardLimits limits)
{
	return !isinf(limits.cap) || !isinf(limits.floor);
}

/* Append the points of a signal. */
static void
append_points(StringInfo out, const SignalParts *signal)
{
	const char *key = card_kind_keys[signal->kind];

	switch (signal->kind)
	{
		case CARD_FLAT:
		case CARD_PER_UNIT:
			append_number(out, key, signal->points);
			return;
		case CARD_BINS:
			append_key(out, key);
			appendStringInfoChar(out, '[');
			for (int i = 0; i < signal->nrules; i++)
			{
				const CardBin *bin = &signal->bins[i];

				appendStringInfoString(out, i > 0 ? ", {" : "{");
				if (!isinf(bin->from))
					append_number(out, "from", bin->from);
				if (!isinf(bin->to))
					append_number(out, "to", bin->to);
				append_number(out, "points", bin->points);
				appendStringInfoChar(out, '}');
			}
			appendStringInfoChar(out, ']');
			break;
		case CARD_CHOICES:
			append_key(out, key);
			appendStringInfoChar(out, '{');
			for (int i = 0; i < signal->nrules; i++)
				append_number(out, signal->choices[i].value,
							  signal->choices[i].points);
			appendStringInfoChar(out, '}');
			break;
	}
	if (signal->otherwise != 0)
		append_number(out, "otherwise", signal->otherwise);
}

/* Append a signal. */
static void
append_signal(StringInfo out, const SignalParts *signal)
{
	append_key(out, signal->name);
	appendStringInfoChar(out, '{');
	append_points(out, signal);
	if (signal->missing != 0)
		append_number(out, "missing", signal->missing);
	if (signal->decay != CARD_NO_DECAY)
		append_text(out, card_decay_keys[signal->decay],
					card_span_text(signal->span));
	if (signal->repeat != CARD_EVERY_TIME)
		append_text(out, "repeat", card_repeat_words[signal->repeat]);
	append_limits(out, signal->limits);
	if (signal->category != NULL)
		append_text(out, "category", signal->category);
	else if (signal->axis != CARD_ENGAGEMENT)
		append_text(out, "axis", card_axis_words[signal->axis]);
	appendStringInfoChar(out, '}');
}

/* Append the categories of which there is more to say than their names. */
static void
append_categories(StringInfo out, const CardParts *parts)
{
	bool		any = false;

	for (int i = 0; i < parts->ncategories; i++)
	{
		const CategoryParts *category = &parts->categories[i];

		if (!has_limits(category->limits) && category->axis == CARD_ENGAGEMENT)
			continue;
		if (!any)
		{
			append_key(out, "categories");
			appendStringInfoChar(out, '{');
			any = true;
		}
		append_key(out, category->name);
		appendStringInfoChar(out, '{');
		append_limits(out, category->limits);
		if (category->axis != CARD_ENGAGEMENT)
			append_text(out, "axis", card_axis_words[category->axis]);
		appendStringInfoChar(out, '}');
	}
	if (any)
		appendStringInfoChar(out, '}');
}

/* Append the caps and floors of the axes and of the total. */
static void
append_layers(StringInfo out, const CardParts *parts)
{
	if (has_limits(parts->axes[CARD_FIT]) ||
		has_limits(parts->axes[CARD_ENGAGEMENT]))
	{
		append_key(out, "axes");
		appendStringInfoChar(out, '{');
		for (int axis = 0; axis < CARD_AXES; axis++)
			if (has_limits(parts->axes[axis]))
			{
				append_key(out, card_axis_words[axis]);
				appendStringInfoChar(out, '{');
				append_limits(out, parts->axes[axis]);
				appendStringInfoChar(out, '}');
			}
		appendStringInfoChar(out, '}');
	}
	if (has_limits(parts->total))
	{
		append_key(out, "total");
		appendStringInfoChar(out, '{');
		append_limits(out, parts->total);
		appendStringInfoChar(out, '}');
	}
}

/* Append a veto. */
static void
append_veto(StringInfo out, const CardParts *parts, const VetoParts *veto)
{
	appendStringInfoChar(out, '{');
	append_text(out, "name", veto->name);
	if (veto->signal >= 0)
		append_text(out, "signal", parts->signals[veto->signal].name);
	if (veto->measure != CARD_OF_VALUE && veto->measure != CARD_OF_CHOICE)
		append_text(out, "of", card_measure_words[veto->measure]);
	if (veto->measure == CARD_OF_CHOICE)
	{
		append_key(out, card_comparison_keys[veto->comparison]);
		appendStringInfoChar(out, '[');
		for (int i = 0; i < veto->nchoices; i++)
		{
			if (i > 0)
				appendStringInfoString(out, ", ");
			escape_json(out, veto->choices[i].value);
		}
		appendStringInfoChar(out, ']');
	}
	else
		append_number(out, card_comparison_keys[veto->comparison],
					  veto->bound);
	if (veto->if_missing)
	{
		append_key(out, "if_missing");
		appendStringInfoString(out, "true");
	}
	appendStringInfoChar(out, '}');
}

/* Append the vetoes, the bands and the cuts of the grade. */
static void
append_verdicts(StringInfo out, const CardParts *parts)
{
	if (parts->nvetoes > 0)
	{
		append_key(out, "vetoes");
		appendStringInfoChar(out, '[');
		for (int i = 0; i < parts->nvetoes; i++)
		{
			if (i > 0)
				appendStringInfoString(out, ", ");
			append_veto(out, parts, &parts->vetoes[i]);
		}
		appendStringInfoChar(out, ']');
	}
	if (parts->nbands > 0)
	{
		append_key(out, "bands");
		appendStringInfoChar(out, '{');
		for (int i = 0; i < parts->nbands; i++)
			append_number(out, parts->bands[i].name, parts->bands[i].from);
		appendStringInfoChar(out, '}');
	}
	if (parts->ncuts[CARD_FIT] > 0)
	{
		append_key(out, "grade");
		for (int axis = 0; axis < CARD_AXES; axis++)
		{
			appendStringInfo(out, "%s\"%s\": [", axis == 0 ? "{" : ", ",
							 card_axis_words[axis]);
			for (int i = 0; i < parts->ncuts[axis]; i++)
				appendStringInfo(out, "%s%s", i > 0 ? ", " : "",
								 number_text(parts->cuts[axis][i]));
			appendStringInfoChar(out, ']');
		}
		appendStringInfoChar(out, '}');
	}
}

/* The canonical JSON of a card. */
char *
card_parts_to_json(const CardParts *parts)
{
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfoChar(&out, '{');
	append_text(&out, "name", parts->name);
	if (parts->version != 1)
	{
		append_key(&out, "version");
		appendStringInfo(&out, "%d", parts->version);
	}
	if (parts->segment != NULL)
		append_text(&out, "segment", parts->segment);
	if (parts->base != 0)
		append_number(&out, "base", parts->base);
	append_key(&out, "signals");
	appendStringInfoChar(&out, '{');
	for (int i = 0; i < parts->nsignals; i++)
		append_signal(&out, &parts->signals[i]);
	appendStringInfoChar(&out, '}');
	append_categories(&out, parts);
	append_layers(&out, parts);
	append_verdicts(&out, parts);
	appendStringInfoChar(&out, '}');
	return out.data;
}
