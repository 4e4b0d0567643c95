/*
 * scorecard_read.c
 *		A card from JSON: its parts, checked.
 *
 * Every refusal names the path of the value that it refuses. null is as if a
 * key were left out, but for what a user names: a signal cannot be null.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"

#include "score/card/card_reader.h"

typedef enum CardKey
{
	KEY_NAME,
	KEY_VERSION,
	KEY_SEGMENT,
	KEY_BASE,
	KEY_SIGNALS,
	KEY_CATEGORIES,
	KEY_AXES,
	KEY_TOTAL,
	KEY_VETOES,
	KEY_BANDS,
	KEY_GRADE,
	CARD_KEYS
} CardKey;

static const char *const card_key_names[] = {
	"name", "version", "segment", "base", "signals", "categories", "axes",
	"total", "vetoes", "bands", "grade"
};

StaticAssertDecl(lengthof(card_key_names) == CARD_KEYS,
				 "every key of a card has a name");
static const CardKeys card_keys = {"a card", CARD_KEYS, card_key_names};

static const char *const limit_names[] = {"cap", "floor"};

/* Read the version: a whole number from 1 on. */
static bool
read_version(CardReader *reader, const CardNode *node, int *version)
{
	double		number;

	if (node->type != CARD_NODE_NUMBER)
		refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, node,
			   errhint("Give a whole number from 1 on, without quotes."),
			   "%s is not a number.", card_node_shown(node));
	number = strtod(node->text, NULL);
	if (number != floor(number) && fabs(number) <= PG_INT32_MAX)
		refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, node,
			   errhint("Give a whole number from 1 on."),
			   "%s is not a whole number.", card_node_shown(node));
	if (!(number >= 1 && number <= PG_INT32_MAX))
		refuse(reader, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, node,
			   errhint("Give a whole number from 1 to %d.", PG_INT32_MAX),
			   "%s is out of range.", card_node_shown(node));
	*version = (int) number;
	return true;
}

/* Read the signals, and put them in order. */
static bool
read_signals(CardReader *reader, const CardNode *node)
{
	CardParts  *parts = reader->parts;
	int			n = 0;

	if (!card_read_object(reader, node, 1, CARD_MAX_SIGNALS, "signals",
						  "Such as {\"visit\": {\"points\": 1, \"half_life\": \"30 days\"}}."))
		return false;
	parts->signals = palloc(sizeof(SignalParts) * node->n);
	for (const CardNode *member = node->first; member != NULL;
		 member = member->next)
	{
		CHECK_FOR_INTERRUPTS();
		if (!card_read_signal(reader, member, &parts->signals[n++]))
			return false;
	}
	parts->nsignals = n;
	qsort(parts->signals, n, sizeof(SignalParts), card_name_compare);
	for (int i = 1; i < n; i++)
		if (strcmp(parts->signals[i - 1].name, parts->signals[i].name) == 0)
			refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
				   parts->signals[i].node,
				   errhint("Give every signal once."),
				   "The signal stands twice.");
	return true;
}

/* Read what the card says of a category. */
static bool
read_category(CardReader *reader, const CardNode *node,
			  CategoryParts *category)
{
	static const char *const names[] = {"cap", "floor", "axis"};
	static const CardKeys keys = {"a category", lengthof(names), names};
	const CardNode *values[lengthof(names)];
	int			word = CARD_ENGAGEMENT;

	memset(category, 0, sizeof(*category));
	category->node = node;
	if (!card_read_name(reader, node, 1, &category->name) ||
		!card_read_keys(reader, node, &keys, values) ||
		!card_read_limits(reader, values[0], values[1], &category->limits))
		return false;
	if (values[2] != NULL &&
		!card_read_word(reader, values[2], card_axis_words, CARD_AXES, &word))
		return false;
	category->axis = word;
	category->axis_node = values[2];
	return true;
}

/*
 * Read the categories that the card speaks of, and add those that signals
 * alone name.
 */
static bool
read_categories(CardReader *reader, const CardNode *node)
{
	CardParts  *parts = reader->parts;
	int			ndeclared = 0;
	int			nnames = 0;
	int			n = 0;
	const char **names = palloc(sizeof(char *) * parts->nsignals);

	if (node != NULL)
	{
		if (!card_read_object(reader, node, 0, CARD_MAX_CATEGORIES, "categories",
							  "Such as {\"web\": {\"cap\": 40}}."))
			return false;
		ndeclared = (int) node->n;
	}
	for (int i = 0; i < parts->nsignals; i++)
		if (parts->signals[i].category != NULL)
			names[nnames++] = parts->signals[i].category;
	qsort(names, nnames, sizeof(char *), card_name_compare);
	parts->categories = palloc(sizeof(CategoryParts) *
							   (ndeclared + nnames + 1));
	if (node != NULL)
		for (const CardNode *member = node->first; member != NULL;
			 member = member->next)
			if (!read_category(reader, member, &parts->categories[n++]))
				return false;
	qsort(parts->categories, n, sizeof(CategoryParts), card_name_compare);
	for (int i = 1; i < ndeclared; i++)
		if (strcmp(parts->categories[i - 1].name,
				   parts->categories[i].name) == 0)
			refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
				   parts->categories[i].node,
				   errhint("Give every category once."),
				   "The category stands twice.");
	for (int i = 0; i < nnames; i++)
	{
		CategoryParts *category;

		if (i > 0 && strcmp(names[i - 1], names[i]) == 0)
			continue;
		category = bsearch(&names[i], parts->categories, ndeclared,
						   sizeof(CategoryParts), card_name_compare);
		if (category == NULL)
		{
			category = &parts->categories[n++];
			memset(category, 0, sizeof(*category));
			category->name = names[i];
			category->axis = CARD_ENGAGEMENT;
			category->limits.floor = -INFINITY;
			category->limits.cap = INFINITY;
		}
		category->is_used = true;
	}
	if (n > CARD_MAX_CATEGORIES)
		refuse(reader, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
			   parts->signals[0].node->parent,
			   errhint("Give at most %d.", CARD_MAX_CATEGORIES),
			   "There are %d categories.", n);
	parts->ncategories = n;
	for (int i = 0; i < ndeclared; i++)
		if (!parts->categories[i].is_used)
			refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE,
				   parts->categories[i].node,
				   errhint("Name it as the \"category\" of a signal, or leave it out."),
				   "No signal is of this category.");
	qsort(parts->categories, n, sizeof(CategoryParts), card_name_compare);
	return true;
}

/*
 * Give every signal its category, and every category and signal its axis: what
 * the category says; else what a signal of it says; else engagement.
 */
static bool
settle_axes(CardReader *reader)
{
	CardParts  *parts = reader->parts;

	for (int i = 0; i < parts->nsignals; i++)
	{
		SignalParts *signal = &parts->signals[i];
		CategoryParts *category;

		if (signal->category == NULL)
			continue;
		category = bsearch(&signal->category, parts->categories,
						   parts->ncategories, sizeof(CategoryParts),
						   card_name_compare);
		Assert(category != NULL);
		signal->category_number = (int) (category - parts->categories);
		if (signal->axis_node == NULL)
			continue;
		if (category->axis_node == NULL)
		{
			category->axis = signal->axis;
			category->axis_node = signal->axis_node;
		}
		else if (category->axis != signal->axis)
			refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, signal->axis_node,
				   errhint("All signals of a category are of one axis: give this one another category or no axis."),
				   "The category \"%s\" is of axis \"%s\" (%s).",
				   signal->category, card_axis_words[category->axis],
				   card_node_path(category->axis_node));
	}
	for (int i = 0; i < parts->nsignals; i++)
		if (parts->signals[i].category != NULL)
			parts->signals[i].axis =
				parts->categories[parts->signals[i].category_number].axis;
	return true;
}

/* Read an object of a cap and a floor; NULL: neither. */
static bool
read_layer(CardReader *reader, const CardNode *node, const char *what,
		   CardLimits *limits)
{
	CardKeys	keys = {what, lengthof(limit_names), limit_names};
	const CardNode *values[lengthof(limit_names)] = {NULL, NULL};

	if (node != NULL && !card_read_keys(reader, node, &keys, values))
		return false;
	return card_read_limits(reader, values[0], values[1], limits);
}

/* Read the caps and floors of the axes and of the total. */
static bool
read_layers(CardReader *reader, const CardNode *axes, const CardNode *total)
{
	CardKeys	keys = {"the axes", CARD_AXES, card_axis_words};
	const CardNode *values[CARD_AXES] = {NULL, NULL};

	if (axes != NULL && !card_read_keys(reader, axes, &keys, values))
		return false;
	for (int axis = 0; axis < CARD_AXES; axis++)
		if (!read_layer(reader, values[axis], "an axis",
						&reader->parts->axes[axis]))
			return false;
	return read_layer(reader, total, "the total", &reader->parts->total);
}

/* Read a card. */
static bool
read_card(CardReader *reader, const CardNode *root)
{
	CardParts  *parts = reader->parts;
	const CardNode *values[CARD_KEYS];

	if (!card_read_keys(reader, root, &card_keys, values))
		return false;
	if (values[KEY_NAME] == NULL)
		refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, root,
			   errhint("Give every card a \"name\" and \"signals\"."),
			   "\"name\" is missing.");
	if (values[KEY_SIGNALS] == NULL)
		refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, root,
			   errhint("Give every card a \"name\" and \"signals\", such as {\"visit\": {\"points\": 1}}."),
			   "\"signals\" is missing.");
	parts->version = 1;
	return card_read_text(reader, values[KEY_NAME], 1, &parts->name) &&
		(values[KEY_VERSION] == NULL ||
		 read_version(reader, values[KEY_VERSION], &parts->version)) &&
		(values[KEY_SEGMENT] == NULL ||
		 card_read_text(reader, values[KEY_SEGMENT], 1, &parts->segment)) &&
		(values[KEY_BASE] == NULL ||
		 card_read_number(reader, values[KEY_BASE], &parts->base)) &&
		read_signals(reader, values[KEY_SIGNALS]) &&
		read_categories(reader, values[KEY_CATEGORIES]) &&
		settle_axes(reader) &&
		read_layers(reader, values[KEY_AXES], values[KEY_TOTAL]) &&
		(values[KEY_VETOES] == NULL ||
		 card_read_vetoes(reader, values[KEY_VETOES])) &&
		(values[KEY_BANDS] == NULL ||
		 card_read_bands(reader, values[KEY_BANDS])) &&
		(values[KEY_GRADE] == NULL ||
		 card_read_grade(reader, values[KEY_GRADE]));
}

/* The parts of a JSON text, which need not be terminated; NULL, or an error. */
CardParts *
card_parts_from_json(const char *json, size_t length, struct Node *escontext)
{
	CardReader	reader = {palloc0(sizeof(CardParts)), escontext};
	const CardNode *root = card_tree_from_json(json, length, escontext);

	return root != NULL && read_card(&reader, root) ? reader.parts : NULL;
}
