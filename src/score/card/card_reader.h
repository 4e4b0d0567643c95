/*
 * card_reader.h
 *		What the readers of a card's parts have in common.
 *
 * Each function returns whether it could read; where not, it has raised an
 * error, which is hard where there is no context for soft ones.
 */
#ifndef CLIENTELE_SCORE_CARD_READER_H
#define CLIENTELE_SCORE_CARD_READER_H

#include "postgres.h"

#include "score/card/card_parts.h"

typedef struct CardReader
{
	CardParts  *parts;
	struct Node *escontext;
} CardReader;

#define refuse(reader, code, node, hint, ...) \
	refuse_card((reader)->escontext, code, node, hint, __VA_ARGS__)

/* The keys that an object may have. */
typedef struct CardKeys
{
	const char *what;			/* the object, in messages */
	int			n;
	const char *const *keys;
} CardKeys;

/* card_reader.c */
extern bool card_read_keys(CardReader *reader, const CardNode *node,
						   const CardKeys *keys, const CardNode **values);
extern bool card_read_object(CardReader *reader, const CardNode *node,
							 int least, int most, const char *plural,
							 const char *hint);
extern bool card_read_number(CardReader *reader, const CardNode *node,
							 double *number);
extern bool card_read_text(CardReader *reader, const CardNode *node,
						   int least, const char **text);
extern bool card_read_word(CardReader *reader, const CardNode *node,
						   const char *const *words, int n, int *word);
extern bool card_read_name(CardReader *reader, const CardNode *node,
						   int least, const char **name);
extern bool card_read_limits(CardReader *reader, const CardNode *cap,
							 const CardNode *floor, CardLimits *limits);
extern const char *card_nearest(const char *text, const char *const *words,
								int n);
extern int	card_name_compare(const void *a, const void *b);

/* scorecard_read_signal.c */
extern bool card_read_signal(CardReader *reader, const CardNode *node,
							 SignalParts *signal);

/* scorecard_read_verdicts.c */
extern bool card_read_vetoes(CardReader *reader, const CardNode *node);
extern bool card_read_bands(CardReader *reader, const CardNode *node);
extern bool card_read_grade(CardReader *reader, const CardNode *node);

#endif							/* CLIENTELE_SCORE_CARD_READER_H */
