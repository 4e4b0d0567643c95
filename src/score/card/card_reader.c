/*
 * card_reader.c
 *		What the readers of a card's parts have in common.
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "utils/varlena.h"

#include "score/card/card_reader.h"

/* Longer texts are not compared with what they may have been meant to be. */
#define MAX_MEANT				60

/*
 * Compare what begins with a pointer to a name, by bytes: an array of parts can
 * be sorted with this, whichever parts they are.
 */
int
card_name_compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* The word that a text may have been meant to be, or NULL. */
const char *
card_nearest(const char *text, const char *const *words, int n)
{
	int			length = (int) strlen(text);
	int			least = Min(3, length / 2 + 1);
	const char *nearest = NULL;

	if (length > MAX_MEANT)
		return NULL;
	for (int i = 0; i < n; i++)
	{
		int			word_length = (int) strlen(words[i]);
		int			distance;

		if (word_length > MAX_MEANT || abs(word_length - length) >= least)
			continue;
		distance = varstr_levenshtein_less_equal(text, length, words[i],
												 word_length, 1, 1, 1,
												 least, true);
		if (distance < least)
		{
			least = distance;
			nearest = words[i];
		}
	}
	return nearest;
}

/* A list of words for a hint, and which of them may have been meant. */
static char *
list_of_words(const char *const *words, int n, const char *given)
{
	const char *nearest = card_nearest(given, words, n);
	StringInfoData out;

	initStringInfo(&out);
	for (int i = 0; i < n; i++)
		appendStringInfo(&out, "%s\"%s\"", i > 0 ? ", " : "", words[i]);
	appendStringInfoChar(&out, '.');
	if (nearest != NULL)
		appendStringInfo(&out, " Perhaps \"%s\" was meant.", nearest);
	return out.data;
}

/*
 * Read the members of an object whose keys are known: those that are left out,
 * or null, become NULL.
 */
bool
card_read_keys(CardReader *reader, const CardNode *node, const CardKeys *keys,
			   const CardNode **values)
{
	uint64		seen = 0;

	Assert(keys->n <= 64);
	if (node->type != CARD_NODE_OBJECT)
		refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, node,
			   errhint("The keys of %s are %s", keys->what,
					   list_of_words(keys->keys, keys->n, "")),
			   "%s is %s instead of an object.", keys->what,
			   card_node_shown(node));
	memset(values, 0, sizeof(*values) * keys->n);
	for (const CardNode *member = node->first; member != NULL;
		 member = member->next)
	{
		int			i = 0;

		while (i < keys->n && strcmp(member->key, keys->keys[i]) != 0)
			i++;
		if (i == keys->n)
			refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, member,
				   errhint("The keys of %s are %s", keys->what,
						   list_of_words(keys->keys, keys->n, member->key)),
				   "There is no key %s in %s.", card_text_shown(member->key),
				   keys->what);
		if (seen & (UINT64CONST(1) << i))
			refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, member,
				   errhint("Give every key once."),
				   "The key stands twice.");
		seen |= UINT64CONST(1) << i;
		if (member->type != CARD_NODE_NULL)
			values[i] = member;
	}
	return true;
}

/* Check that a value is an object of so many names. */
bool
card_read_object(CardReader *reader, const CardNode *node, int least,
				 int most, const char *plural, const char *hint)
{
	if (node->type != CARD_NODE_OBJECT)
		refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, node,
			   errhint("%s", hint), "%s is not an object.",
			   card_node_shown(node));
	if (node->n < (uint32) least)
		refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, node,
			   errhint("%s", hint), "There are no %s.", plural);
	if (node->n > (uint32) most)
		refuse(reader, ERRCODE_PROGRAM_LIMIT_EXCEEDED, node,
			   errhint("Give at most %d.", most), "There are %u %s.", node->n,
			   plural);
	return true;
}

/* Read a number: finite, and not too large. */
bool
card_read_number(CardReader *reader, const CardNode *node, double *number)
{
	if (node->type != CARD_NODE_NUMBER)
		refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, node,
			   errhint("Give a JSON number without quotes."),
			   "%s is not a number.", card_node_shown(node));
	*number = strtod(node->text, NULL);
	if (!(fabs(*number) <= CARD_MAX_POINTS))
		refuse(reader, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, node,
			   errhint("Give a number from -%.0f to %.0f.", CARD_MAX_POINTS,
					   CARD_MAX_POINTS),
			   "%s is out of range.", card_node_shown(node));
	if (*number == 0)
		*number = 0;			/* not -0 */
	return true;
}

/* Check the length of a name or text. */
static bool
check_length(CardReader *reader, const CardNode *node, int least,
			 const char *text)
{
	size_t		length = strlen(text);

	if (length < (size_t) least)
		refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, node,
			   errhint("Give %d to %d bytes.", least, CARD_MAX_TEXT),
			   "The text is empty.");
	if (length > CARD_MAX_TEXT)
		refuse(reader, ERRCODE_PROGRAM_LIMIT_EXCEEDED, node,
			   errhint("Give at most %d bytes.", CARD_MAX_TEXT),
			   "The text has %zu bytes.", length);
	return true;
}

/* Read a text of at least so many bytes. */
bool
card_read_text(CardReader *reader, const CardNode *node, int least,
			   const char **text)
{
	if (node->type != CARD_NODE_TEXT)
		refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, node,
			   errhint("Give a text in quotes."),
			   "%s is not a text.", card_node_shown(node));
	*text = node->text;
	return check_length(reader, node, least, node->text);
}

/* Read the key of a member whose key is a name of the user's. */
bool
card_read_name(CardReader *reader, const CardNode *node, int least,
			   const char **name)
{
	*name = node->key;
	return check_length(reader, node, least, node->key);
}

/* Read one of several words; NULL among them are passed over. */
bool
card_read_word(CardReader *reader, const CardNode *node,
			   const char *const *words, int n, int *word)
{
	if (node->type == CARD_NODE_TEXT)
		for (*word = 0; *word < n; (*word)++)
			if (strcmp(node->text, words[*word]) == 0)
				return true;
	refuse(reader, ERRCODE_INVALID_TEXT_REPRESENTATION, node,
		   errhint("It is one of %s",
				   list_of_words(words, n, node->type == CARD_NODE_TEXT ?
								 node->text : "")),
		   "%s is not known here.", card_node_shown(node));
}

/* Read a cap and a floor, either of which may be NULL: none. */
bool
card_read_limits(CardReader *reader, const CardNode *cap,
				 const CardNode *floor, CardLimits *limits)
{
	limits->floor = -INFINITY;
	limits->cap = INFINITY;
	if (cap != NULL && !card_read_number(reader, cap, &limits->cap))
		return false;
	if (floor != NULL && !card_read_number(reader, floor, &limits->floor))
		return false;
	if (limits->floor > limits->cap)
		refuse(reader, ERRCODE_INVALID_PARAMETER_VALUE, floor,
			   errhint("A floor is at most the cap."),
			   "The floor %s is above the cap %s.", card_node_shown(floor),
			   card_node_shown(cap));
	return true;
}
