/*
 * scorecard_read_verdicts.c
 *		The vetoes, bands and grades of a card, from JSON.
 */
#include "postgres.h"

#include <math.h>

#include "score/card/card_reader.h"

typedef enum VetoKey
{
	KEY_NAME,
	KEY_SIGNAL,
	KEY_OF,
	KEY_BELOW,					/* CardComparison, in its order */
	KEY_AT_MOST,
	KEY_ABOVE,
	KEY_AT_LEAST,
	KEY_ANY_OF,
	KEY_NONE_OF,
	KEY_IF_MISSING,
	VETO_KEYS
} VetoKey;

static const char *const veto_key_names[] = {
	"name", "signal", "of", "below", "at_most", "above", "at_least", "any_of",
	"none_of", "if_missing"
};

StaticAssertDecl(lengthof(veto_key_names) == VETO_KEYS,
				 "every key of a veto has a name");
static const CardKeys veto_keys = {"a veto", VETO_KEYS, veto_key_names};

/* Find the signal that a veto names. */
static bool
find_signal(CardReader *reader, const CardNode *node, int *signal)
{
	CardParts  *parts = reader->parts;
	const char *name;
	const SignalParts *found;
	const char **names;
	const char *nearest;

	if (!card_read_text(reader, node, 1, &name))
		return false;
	found = bsearch(&name, parts->signals, parts->nsignals,
					sizeof(SignalParts), card_name_compare);
	if (found != NULL)
	{
		*signal = (int) (found - parts->signals);
		return true;
	}
	names = palloc(sizeof(char *) * parts->nsignals);
	for (int i = 0; i < parts->nsignals; i++)
		names[i] = parts->signals[i].name;
	nearest = card_nearest(name, names, parts->nsignals);
	refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, node,
		   nearest != NULL ?
		   errhint("Name a signal of the card. Perhaps %s was meant.",
				   card_text_shown(nearest)) :
		   errhint("Name a signal of the card; one that is only to be looked at may give 0 points."),
		   "There is no signal %s.", card_text_shown(name));
}

/* Read what a veto looks at. */
static bool
read_measure(CardReader *reader, const CardNode *node,
			 const CardNode *const *values, VetoParts *veto)
{
	static const char *const of_signal[] = {
		"value", "times", "days since", "points"
	};
	static const CardMeasure signal_measures[] = {
		CARD_OF_VALUE, CARD_OF_TIMES, CARD_OF_DAYS, CARD_OF_POINTS
	};
	static const char *const of_card[] = {
		"fit points", "engagement points", "points"
	};
	int			word = 0;

	veto->signal = -1;
	if (values[KEY_SIGNAL] == NULL)
	{
		if (values[KEY_OF] == NULL)
			refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, node,
				   errhint("Name a \"signal\", or let it be \"of\" \"fit points\", \"engagement points\" or \"points\"."),
				   "Nothing says what the veto looks at.");
		if (!card_read_word(reader, values[KEY_OF], of_card,
							lengthof(of_card), &word))
			return false;
		veto->measure = CARD_OF_FIT + word;
		return true;
	}
	if (!find_signal(reader, values[KEY_SIGNAL], &veto->signal))
		return false;
	if (values[KEY_OF] != NULL &&
		!card_read_word(reader, values[KEY_OF], of_signal,
						lengthof(of_signal), &word))
		return false;
	veto->measure = signal_measures[word];
	return true;
}

/* Read the texts of any_of or none_of. */
static bool
read_texts(CardReader *reader, const CardNode *node, VetoParts *veto)
{
	int			n = 0;

	if (node->type != CARD_NODE_ARRAY)
		refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, node,
			   errhint("Such as [\"student\", \"competitor\"]."),
			   "%s is not an array.", card_node_shown(node));
	if (node->n == 0)
		refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, node,
			   errhint("Such as [\"student\", \"competitor\"]."),
			   "There are no texts.");
	if (node->n > CARD_MAX_RULES)
		refuse(reader, ERRCODE_PROGRAM_LIMIT_EXCEEDED, node,
			   errhint("Give at most %d.", CARD_MAX_RULES),
			   "There are %u texts.", node->n);
	veto->choices = palloc0(sizeof(ChoiceParts) * node->n);
	for (const CardNode *text = node->first; text != NULL; text = text->next)
	{
		ChoiceParts *choice = &veto->choices[n++];

		choice->node = text;
		if (!card_read_text(reader, text, 0, &choice->value))
			return false;
	}
	veto->nchoices = n;
	qsort(veto->choices, n, sizeof(ChoiceParts), card_name_compare);
	for (int i = 1; i < n; i++)
		if (strcmp(veto->choices[i - 1].value, veto->choices[i].value) == 0)
			refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
				   veto->choices[i].node,
				   errhint("Give every text once."),
				   "%s stands twice.", card_node_shown(veto->choices[i].node));
	return true;
}

/* Read what a veto compares its measure with. */
static bool
read_comparison(CardReader *reader, const CardNode *node,
				const CardNode *const *values, VetoParts *veto)
{
	const SignalParts *signal = veto->signal < 0 ? NULL :
		&reader->parts->signals[veto->signal];
	int			key = -1;

	for (int i = KEY_BELOW; i <= KEY_NONE_OF; i++)
	{
		if (values[i] == NULL)
			continue;
		if (key >= 0)
			refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, values[i],
				   errhint("Give exactly one comparison; for both write two vetoes."),
				   "There is \"%s\" already.", veto_key_names[key]);
		key = i;
	}
	if (key < 0)
		refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, node,
			   errhint("Give one of \"below\", \"at_most\", \"above\", \"at_least\", \"any_of\" and \"none_of\"."),
			   "Nothing says when the veto holds.");
	veto->comparison = key - KEY_BELOW;
	if (key < KEY_ANY_OF)
	{
		if (veto->measure == CARD_OF_VALUE && signal->kind == CARD_CHOICES)
			refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, values[key],
				   errhint("Compare it by \"any_of\" or \"none_of\"."),
				   "The value of signal %s is a text.",
				   card_text_shown(signal->name));
		return card_read_number(reader, values[key], &veto->bound);
	}
	if (veto->measure != CARD_OF_VALUE)
		refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, values[key],
			   errhint("Compare it by \"below\", \"at_most\", \"above\" or \"at_least\"."),
			   "The measure \"%s\" is a number.",
			   card_measure_words[veto->measure]);
	if (signal->kind == CARD_PER_UNIT || signal->kind == CARD_BINS)
		refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, values[key],
			   errhint("Compare it by \"below\", \"at_most\", \"above\" or \"at_least\"."),
			   "The value of signal %s is a number.",
			   card_text_shown(signal->name));
	veto->measure = CARD_OF_CHOICE;
	return read_texts(reader, values[key], veto);
}

/* Read a veto. */
static bool
read_veto(CardReader *reader, const CardNode *node, VetoParts *veto)
{
	const CardNode *values[VETO_KEYS];
	const CardNode *if_missing;

	veto->node = node;
	if (!card_read_keys(reader, node, &veto_keys, values))
		return false;
	if (values[KEY_NAME] == NULL)
		refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, node,
			   errhint("Give every veto a \"name\": it is the reason that is shown."),
			   "\"name\" is missing.");
	if (!card_read_text(reader, values[KEY_NAME], 1, &veto->name) ||
		!read_measure(reader, node, values, veto) ||
		!read_comparison(reader, node, values, veto))
		return false;
	if_missing = values[KEY_IF_MISSING];
	if (if_missing == NULL)
		return true;
	if (if_missing->type != CARD_NODE_TRUE &&
		if_missing->type != CARD_NODE_FALSE)
		refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, if_missing,
			   errhint("Give true or false without quotes."),
			   "%s is neither true nor false.", card_node_shown(if_missing));
	veto->if_missing = if_missing->type == CARD_NODE_TRUE;
	if (veto->if_missing && veto->measure != CARD_OF_VALUE &&
		veto->measure != CARD_OF_CHOICE && veto->measure != CARD_OF_DAYS)
		refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, if_missing,
			   errhint("Only \"value\" and \"days since\" can be missing; leave it out."),
			   "The measure \"%s\" is known even of a signal without a row.",
			   card_measure_words[veto->measure]);
	return true;
}

/* Read the vetoes; they keep their order. */
bool
card_read_vetoes(CardReader *reader, const CardNode *node)
{
	CardParts  *parts = reader->parts;

	if (node->type != CARD_NODE_ARRAY)
		refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, node,
			   errhint("Such as [{\"name\": \"little usage\", \"signal\": \"usage_days\", \"below\": 3}]."),
			   "%s is not an array.", card_node_shown(node));
	if (node->n > CARD_MAX_VETOES)
		refuse(reader, ERRCODE_PROGRAM_LIMIT_EXCEEDED, node,
			   errhint("Give at most %d.", CARD_MAX_VETOES),
			   "There are %u vetoes.", node->n);
	parts->vetoes = palloc0(sizeof(VetoParts) * (node->n + 1));
	for (const CardNode *veto = node->first; veto != NULL; veto = veto->next)
	{
		if (!read_veto(reader, veto, &parts->vetoes[parts->nvetoes]))
			return false;
		for (int i = 0; i < parts->nvetoes; i++)
			if (strcmp(parts->vetoes[i].name,
					   parts->vetoes[parts->nvetoes].name) == 0)
				refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, veto,
					   errhint("Give every veto a name of its own."),
					   "The name %s is that of another veto.",
					   card_text_shown(parts->vetoes[i].name));
		parts->nvetoes++;
	}
	return true;
}

/* Order of bands: the highest first. */
static int
compare_bands(const void *a, const void *b)
{
	double		left = ((const BandParts *) a)->from;
	double		right = ((const BandParts *) b)->from;

	return left > right ? -1 : left < right ? 1 : 0;
}

/* Read the bands, and put the highest first. */
bool
card_read_bands(CardReader *reader, const CardNode *node)
{
	CardParts  *parts = reader->parts;
	int			n = 0;

	if (!card_read_object(reader, node, 0, CARD_MAX_BANDS, "bands",
						  "Such as {\"hot\": 80, \"warm\": 50, \"cold\": 0}."))
		return false;
	parts->bands = palloc(sizeof(BandParts) * (node->n + 1));
	for (const CardNode *member = node->first; member != NULL;
		 member = member->next)
	{
		BandParts  *band = &parts->bands[n];

		band->node = member;
		if (!card_read_name(reader, member, 1, &band->name) ||
			!card_read_number(reader, member, &band->from))
			return false;
		for (int i = 0; i < n; i++)
		{
			if (strcmp(parts->bands[i].name, band->name) == 0)
				refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, member,
					   errhint("Give every band once."),
					   "The band stands twice.");
			if (parts->bands[i].from == band->from)
				refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, member,
					   errhint("Let every band begin at points of its own."),
					   "The band %s begins at %s, too.",
					   card_text_shown(parts->bands[i].name),
					   card_node_shown(member));
		}
		n++;
	}
	parts->nbands = n;
	qsort(parts->bands, n, sizeof(BandParts), compare_bands);
	return true;
}

/* Read the cuts of the grade of an axis. */
static bool
read_cuts(CardReader *reader, const CardNode *node, int axis)
{
	double	   *cuts = reader->parts->cuts[axis];
	int			n = 0;

	if (node->type != CARD_NODE_ARRAY)
		refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, node,
			   errhint("Such as [70, 40]: the first grade from 70 points on, the second from 40 on, the third below."),
			   "%s is not an array.", card_node_shown(node));
	if (node->n == 0)
		refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, node,
			   errhint("Such as [70, 40]: the first grade from 70 points on, the second from 40 on, the third below."),
			   "There are no cuts.");
	if (node->n > CARD_MAX_CUTS)
		refuse(reader, ERRCODE_PROGRAM_LIMIT_EXCEEDED, node,
			   errhint("Give at most %d.", CARD_MAX_CUTS),
			   "There are %u cuts.", node->n);
	for (const CardNode *cut = node->first; cut != NULL; cut = cut->next)
	{
		if (!card_read_number(reader, cut, &cuts[n]))
			return false;
		if (n > 0 && cuts[n] >= cuts[n - 1])
			refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, cut,
				   errhint("Give the cuts in descending order."),
				   "The cut %s is not below the cut in front of it.",
				   card_node_shown(cut));
		n++;
	}
	reader->parts->ncuts[axis] = n;
	return true;
}

/* Read the cuts of the grade, of both axes. */
bool
card_read_grade(CardReader *reader, const CardNode *node)
{
	CardKeys	keys = {"the grade", CARD_AXES, card_axis_words};
	const CardNode *values[CARD_AXES];

	if (!card_read_keys(reader, node, &keys, values))
		return false;
	for (int axis = 0; axis < CARD_AXES; axis++)
	{
		if (values[axis] == NULL)
			refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, node,
				   errhint("A grade takes cuts of both axes, such as {\"fit\": [70, 40], \"engagement\": [70, 40]}."),
				   "\"%s\" is missing.", card_axis_words[axis]);
		if (!read_cuts(reader, values[axis], axis))
			return false;
	}
	return true;
}
