/*
 * scorecard_read_signal.c
 *		The signals of a card, from JSON.
 */
#include "postgres.h"

#include <math.h>

#include "score/card/card_reader.h"

/* The keys of a signal: enum and names go together. */
typedef enum SignalKey
{
	KEY_POINTS,					/* CardKind, in its order */
	KEY_POINTS_PER_UNIT,
	KEY_BINS,
	KEY_CHOICES,
	KEY_OTHERWISE,
	KEY_MISSING,
	KEY_HALF_LIFE,				/* CardDecay, in its order, without none */
	KEY_WINDOW,
	KEY_LINEAR_DECAY,
	KEY_REPEAT,
	KEY_CAP,
	KEY_FLOOR,
	KEY_CATEGORY,
	KEY_AXIS,
	SIGNAL_KEYS
} SignalKey;

static const char *const signal_key_names[] = {
	"points", "points_per_unit", "bins", "choices", "otherwise", "missing",
	"half_life", "window", "linear_decay", "repeat", "cap", "floor",
	"category", "axis"
};

StaticAssertDecl(lengthof(signal_key_names) == SIGNAL_KEYS,
				 "every key of a signal has a name");
static const CardKeys signal_keys = {
	"a signal", SIGNAL_KEYS, signal_key_names
};

/* Read one bin, the i-th of n. */
static bool
read_bin(CardReader *reader, const CardNode *node, int i, int n, CardBin *bins)
{
	static const char *const names[] = {"from", "to", "points"};
	static const CardKeys keys = {"a bin", lengthof(names), names};
	const CardNode *values[lengthof(names)];
	CardBin    *bin = &bins[i];

	if (!card_read_keys(reader, node, &keys, values))
		return false;
	bin->from = -INFINITY;
	bin->to = INFINITY;
	if (values[2] == NULL)
		refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, node,
			   errhint("Such as {\"from\": 0, \"to\": 10, \"points\": 5}."),
			   "\"points\" is missing.");
	if (values[0] == NULL && i > 0)
		refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, node,
			   errhint("Only the first bin may be without \"from\": it begins at minus infinity."),
			   "\"from\" is missing.");
	if (values[1] == NULL && i < n - 1)
		refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, node,
			   errhint("Only the last bin may be without \"to\": it ends at infinity."),
			   "\"to\" is missing.");
	if ((values[0] != NULL &&
		 !card_read_number(reader, values[0], &bin->from)) ||
		(values[1] != NULL &&
		 !card_read_number(reader, values[1], &bin->to)) ||
		!card_read_number(reader, values[2], &bin->points))
		return false;
	if (bin->from >= bin->to)
		refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, node,
			   errhint("A value is in a bin if from <= value < to."),
			   "\"from\" %s is not less than \"to\" %s.",
			   card_node_shown(values[0]), card_node_shown(values[1]));
	if (i > 0 && bin->from < bins[i - 1].to)
		refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, node,
			   errhint("Give bins in ascending order that do not overlap."),
			   "The bin begins at %s, before the end of the bin in front of it.",
			   card_node_shown(values[0]));
	return true;
}

/* Read the bins of a signal. */
static bool
read_bins(CardReader *reader, const CardNode *node, SignalParts *signal)
{
	int			i = 0;

	if (node->type != CARD_NODE_ARRAY)
		refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, node,
			   errhint("Such as [{\"from\": 0, \"to\": 10, \"points\": 3}, {\"from\": 10, \"points\": 5}]."),
			   "%s is not an array.", card_node_shown(node));
	if (node->n == 0)
		refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, node,
			   errhint("Such as [{\"from\": 0, \"to\": 10, \"points\": 3}, {\"from\": 10, \"points\": 5}]."),
			   "There are no bins.");
	if (node->n > CARD_MAX_RULES)
		refuse(reader, ERRCODE_PROGRAM_LIMIT_EXCEEDED, node,
			   errhint("Give at most %d.", CARD_MAX_RULES),
			   "There are %u bins.", node->n);
	signal->nrules = (int) node->n;
	signal->bins = palloc(sizeof(CardBin) * node->n);
	for (const CardNode *bin = node->first; bin != NULL; bin = bin->next)
		if (!read_bin(reader, bin, i++, signal->nrules, signal->bins))
			return false;
	return true;
}

/* Read the choices of a signal. */
static bool
read_choices(CardReader *reader, const CardNode *node, SignalParts *signal)
{
	int			n = 0;

	if (!card_read_object(reader, node, 1, CARD_MAX_RULES, "choices",
						  "Such as {\"software\": 20, \"retail\": 10}."))
		return false;
	signal->choices = palloc(sizeof(ChoiceParts) * node->n);
	for (const CardNode *member = node->first; member != NULL;
		 member = member->next)
	{
		ChoiceParts *choice = &signal->choices[n++];

		choice->node = member;
		if (!card_read_name(reader, member, 0, &choice->value) ||
			!card_read_number(reader, member, &choice->points))
			return false;
	}
	signal->nrules = n;
	qsort(signal->choices, n, sizeof(ChoiceParts), card_name_compare);
	for (int i = 1; i < n; i++)
		if (strcmp(signal->choices[i - 1].value, signal->choices[i].value) == 0)
			refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
				   signal->choices[i].node,
				   errhint("Give every choice once."),
				   "The choice stands twice.");
	return true;
}

/* Read how a row of the signal becomes points: exactly one of four ways. */
static bool
read_kind(CardReader *reader, const CardNode *node,
		  const CardNode *const *values, SignalParts *signal)
{
	int			kind = -1;

	for (int i = KEY_POINTS; i <= KEY_CHOICES; i++)
	{
		if (values[i] == NULL)
			continue;
		if (kind >= 0)
			refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, values[i],
				   errhint("Give exactly one of \"points\", \"points_per_unit\", \"bins\" and \"choices\"."),
				   "There is \"%s\" already.", signal_key_names[kind]);
		kind = i;
	}
	if (kind < 0)
		refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, node,
			   errhint("Give exactly one of \"points\", \"points_per_unit\", \"bins\" and \"choices\"."),
			   "Nothing says how many points it gives.");
	signal->kind = kind - KEY_POINTS;
	if (values[KEY_OTHERWISE] != NULL)
	{
		if (signal->kind != CARD_BINS && signal->kind != CARD_CHOICES)
			refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE,
				   values[KEY_OTHERWISE],
				   errhint("\"otherwise\" is for values in none of the \"bins\" or \"choices\"; leave it out."),
				   "With \"%s\" there is no other value.",
				   signal_key_names[kind]);
		if (!card_read_number(reader, values[KEY_OTHERWISE],
							  &signal->otherwise))
			return false;
	}
	switch (signal->kind)
	{
		case CARD_FLAT:
		case CARD_PER_UNIT:
			return card_read_number(reader, values[kind], &signal->points);
		case CARD_BINS:
			return read_bins(reader, values[kind], signal);
		case CARD_CHOICES:
			return read_choices(reader, values[kind], signal);
	}
	pg_unreachable();
}

/* Read how the points fade: at most one of three ways. */
static bool
read_decay(CardReader *reader, const CardNode *const *values,
		   SignalParts *signal)
{
	int			key = -1;

	for (int i = KEY_HALF_LIFE; i <= KEY_LINEAR_DECAY; i++)
	{
		if (values[i] == NULL)
			continue;
		if (key >= 0)
			refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, values[i],
				   errhint("Give at most one of \"half_life\", \"window\" and \"linear_decay\"."),
				   "There is \"%s\" already.", signal_key_names[key]);
		key = i;
	}
	if (key < 0)
		return true;
	signal->decay = CARD_HALF_LIFE + (key - KEY_HALF_LIFE);
	return card_span_read(values[key], &signal->span, reader->escontext);
}

/* Read a signal. */
bool
card_read_signal(CardReader *reader, const CardNode *node, SignalParts *signal)
{
	const CardNode *values[SIGNAL_KEYS];
	int			word;

	memset(signal, 0, sizeof(*signal));
	signal->node = node;
	signal->axis = CARD_ENGAGEMENT;
	signal->category_number = CARD_NO_CATEGORY;
	if (!card_read_name(reader, node, 1, &signal->name) ||
		!card_read_keys(reader, node, &signal_keys, values) ||
		!read_kind(reader, node, values, signal) ||
		!read_decay(reader, values, signal) ||
		!card_read_limits(reader, values[KEY_CAP], values[KEY_FLOOR],
						  &signal->limits))
		return false;
	if (values[KEY_MISSING] != NULL &&
		!card_read_number(reader, values[KEY_MISSING], &signal->missing))
		return false;
	if (values[KEY_REPEAT] != NULL)
	{
		if (!card_read_word(reader, values[KEY_REPEAT], card_repeat_words,
							CARD_ONCE_A_DAY + 1, &word))
			return false;
		signal->repeat = word;
	}
	if (values[KEY_CATEGORY] != NULL &&
		!card_read_text(reader, values[KEY_CATEGORY], 1, &signal->category))
		return false;
	if (values[KEY_AXIS] != NULL)
	{
		if (!card_read_word(reader, values[KEY_AXIS], card_axis_words,
							CARD_AXES, &word))
			return false;
		signal->axis = word;
		signal->axis_node = values[KEY_AXIS];
	}
	return true;
}
