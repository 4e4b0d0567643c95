/*
 * scorecard_span.c
 *		Lengths of time on a card, such as "30 days".
 *
 * A number and a unit, a month being 30.4375 days and a year 365.25 days. The
 * type interval is not used: what it accepts depends on a setting, and what a
 * card says must not. Spans are kept in microseconds, those of a year and more
 * in whole seconds: so the text of every span is exact.
 */
#include "postgres.h"

#include <ctype.h>
#include <math.h>

#include "datatype/timestamp.h"

#include "score/card/card_parts.h"

#define USECS_PER_YEAR			(INT64CONST(31557600) * USECS_PER_SEC)
#define USECS_PER_MONTH			(USECS_PER_YEAR / 12)
#define LONGEST_SPAN			(1000 * USECS_PER_YEAR)

typedef struct CardUnit
{
	const char *word;
	int64		length;			/* microseconds */
	bool		is_written;		/* weeks are written as days */
} CardUnit;

static const CardUnit units[] = {
	{"year", USECS_PER_YEAR, true},
	{"month", USECS_PER_MONTH, true},
	{"week", 7 * USECS_PER_DAY, false},
	{"day", USECS_PER_DAY, true},
	{"hour", USECS_PER_HOUR, true},
	{"minute", USECS_PER_MINUTE, true},
	{"second", USECS_PER_SEC, true}
};

/* The unit of a word, in one or several, or -1. */
static int
find_unit(const char *word)
{
	for (int i = 0; i < (int) lengthof(units); i++)
	{
		size_t		length = strlen(units[i].word);

		if (strncmp(word, units[i].word, length) == 0 &&
			(word[length] == '\0' || strcmp(word + length, "s") == 0))
			return i;
	}
	return -1;
}

/* Read a span; false, or an error, where it is none. */
bool
card_span_read(const CardNode *node, int64 *span, struct Node *escontext)
{
	const char *text = node->text;
	const char *cursor = text;
	int			ndigits = 0;
	int			unit = -1;
	double		number;

	if (node->type != CARD_NODE_TEXT)
		refuse_card(escontext, ERRCODE_INVALID_TEXT_REPRESENTATION, node,
					errhint("Give a number and a unit in quotes, such as \"30 days\"."),
					"%s is not a length of time.", card_node_shown(node));
	/* digits with at most one point among them; strtod would take more */
	while (isdigit((unsigned char) *cursor))
		cursor++, ndigits++;
	if (*cursor == '.')
		cursor++;
	while (isdigit((unsigned char) *cursor))
		cursor++, ndigits++;
	if (ndigits > 0)
	{
		while (*cursor == ' ')
			cursor++;
		unit = find_unit(cursor);
	}
	if (unit < 0)
		refuse_card(escontext, ERRCODE_INVALID_TEXT_REPRESENTATION, node,
					errhint("Give a number of seconds, minutes, hours, days, weeks, months (30.4375 days) or years (365.25 days), such as \"30 days\"."),
					"%s is not a length of time.", card_node_shown(node));
	number = strtod(text, NULL) * (double) units[unit].length;
	if (!(number >= USECS_PER_SEC && number <= (double) LONGEST_SPAN))
		refuse_card(escontext, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, node,
					errhint("Give a length of time from 1 second to 1000 years."),
					"%s is out of range.", card_node_shown(node));
	*span = number < (double) USECS_PER_YEAR ? (int64) rint(number) :
		(int64) rint(number / USECS_PER_SEC) * USECS_PER_SEC;
	return true;
}

/* The text of a span: in the longest unit of which it is a whole number. */
char *
card_span_text(int64 span)
{
	int64		seconds = span / USECS_PER_SEC;
	char	   *text;
	int			length;

	for (int i = 0; i < (int) lengthof(units); i++)
		if (units[i].is_written && span % units[i].length == 0)
		{
			int64		number = span / units[i].length;

			return psprintf(INT64_FORMAT " %s%s", number, units[i].word,
							number == 1 ? "" : "s");
		}
	text = psprintf(INT64_FORMAT ".%06d", seconds,
					(int) (span % USECS_PER_SEC));
	length = (int) strlen(text);
	while (text[length - 1] == '0')
		text[--length] = '\0';
	return psprintf("%s seconds", text);
}
