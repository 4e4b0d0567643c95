/*
 * card_tree.h
 *		The JSON of a card as a tree, in which every value knows its path.
 *
 * jsonb will not do: it drops the first of two equal keys in silence, and a
 * rule that stands twice is a mistake to be told. The text is parsed by the
 * server's own parser.
 */
#ifndef CLIENTELE_SCORE_CARD_TREE_H
#define CLIENTELE_SCORE_CARD_TREE_H

#include "postgres.h"

#include "compat.h"

#define CARD_MAX_JSON			(32 * 1024 * 1024)	/* bytes of a card's text */
#define CARD_MAX_VALUES			1000000 /* numbers, texts, ... in it */

typedef enum CardNodeType
{
	CARD_NODE_NULL,
	CARD_NODE_FALSE,
	CARD_NODE_TRUE,
	CARD_NODE_NUMBER,
	CARD_NODE_TEXT,
	CARD_NODE_OBJECT,
	CARD_NODE_ARRAY
} CardNodeType;

/* A value, and where it stands. */
typedef struct CardNode
{
	CardNodeType type;
	uint32		n;				/* members or elements */
	uint32		place;			/* among those of the parent */
	const char *key;			/* of a member of an object, or NULL */
	const char *text;			/* of a text, or the digits of a number */
	struct CardNode *parent;
	struct CardNode *first;		/* of the members or elements */
	struct CardNode *last;
	struct CardNode *next;
} CardNode;

/* Refuse a card for a value in it: returns false, or raises an error. */
#define refuse_card(escontext, code, node, hint, ...) \
	clientele_return_error(escontext, false, \
		(errcode(code), errmsg("invalid scorecard"), \
		 errdetail_internal("%s: %s", card_node_path(node), \
							psprintf(__VA_ARGS__)), hint))

extern CardNode *card_tree_from_json(const char *json, size_t length,
									 struct Node *escontext);
extern const char *card_node_path(const CardNode *node);
extern const char *card_node_shown(const CardNode *node);
extern const char *card_text_shown(const char *text);

#endif							/* CLIENTELE_SCORE_CARD_TREE_H */
