/*
 * card_tree.c
 *		The JSON of a card as a tree, in which every value knows its path.
 */
#include "postgres.h"

#include <ctype.h>

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "score/card/card_tree.h"

/*
 * No card is deeper than five levels. What lies deeper than this is left out
 * of the tree: the value that it lies in is refused as what it is not.
 */
#define CARD_MAX_DEPTH			8

/* Bytes of a name or text that are shown in a message. */
#define SHOWN_BYTES				60

typedef struct TreeBuilder
{
	CardNode   *root;
	CardNode   *current;		/* the object or array that is open */
	char	   *key;			/* of the member that comes */
	int			depth;			/* objects and arrays of the tree that are
								 * open */
	int			left_out;		/* and of those that are not in it */
	int			nvalues;
} TreeBuilder;

/* Put a value into the tree; NULL if there is no place for it. */
static CardNode *
add_node(TreeBuilder *builder, CardNodeType type, char *text)
{
	CardNode   *parent = builder->current;
	CardNode   *node;

	CHECK_FOR_INTERRUPTS();
	if (builder->left_out > 0 || builder->depth >= CARD_MAX_DEPTH ||
		builder->nvalues > CARD_MAX_VALUES)
	{
		if (text != NULL)
			pfree(text);
		return NULL;
	}
	builder->nvalues++;
	node = palloc0(sizeof(CardNode));
	node->type = type;
	node->text = text;
	node->parent = parent;
	if (parent == NULL)
		builder->root = node;
	else
	{
		node->place = parent->n++;
		if (parent->type == CARD_NODE_OBJECT)
			node->key = builder->key;
		if (parent->last == NULL)
			parent->first = node;
		else
			parent->last->next = node;
		parent->last = node;
	}
	return node;
}

/* An object or array begins. */
static void
open_node(TreeBuilder *builder, CardNodeType type)
{
	CardNode   *node = add_node(builder, type, NULL);

	if (node == NULL)
		builder->left_out++;
	else
	{
		builder->current = node;
		builder->depth++;
	}
}

/* The innermost object or array ends. */
static void
close_node(TreeBuilder *builder)
{
	if (builder->left_out > 0)
		builder->left_out--;
	else
	{
		builder->current = builder->current->parent;
		builder->depth--;
	}
}

/* Parser: "{" */
static ClienteleJsonAction
on_object_start(void *state)
{
	open_node(state, CARD_NODE_OBJECT);
	return CLIENTELE_JSON_GO_ON;
}

/* Parser: "[" */
static ClienteleJsonAction
on_array_start(void *state)
{
	open_node(state, CARD_NODE_ARRAY);
	return CLIENTELE_JSON_GO_ON;
}

/* Parser: "}" or "]" */
static ClienteleJsonAction
on_end(void *state)
{
	close_node(state);
	return CLIENTELE_JSON_GO_ON;
}

/* Parser: a key. */
static ClienteleJsonAction
on_key(void *state, char *key, bool is_null)
{
	(void) is_null;
	((TreeBuilder *) state)->key = key;
	return CLIENTELE_JSON_GO_ON;
}

/* Parser: a number, text, true, false or null. */
static ClienteleJsonAction
on_scalar(void *state, char *token, JsonTokenType type)
{
	CardNodeType node_type =
		type == JSON_TOKEN_STRING ? CARD_NODE_TEXT :
		type == JSON_TOKEN_NUMBER ? CARD_NODE_NUMBER :
		type == JSON_TOKEN_TRUE ? CARD_NODE_TRUE :
		type == JSON_TOKEN_FALSE ? CARD_NODE_FALSE : CARD_NODE_NULL;

	(void) add_node(state, node_type, token);
	return CLIENTELE_JSON_GO_ON;
}

/*
 * The tree of a JSON text, which need not be terminated. NULL, or an error,
 * where the text is not JSON or too much of it.
 */
CardNode *
card_tree_from_json(const char *json, size_t length, struct Node *escontext)
{
	TreeBuilder builder = {0};
	JsonSemAction actions = {0};
	JsonLexContext *lexer;
	JsonParseErrorType result;

	if (length > CARD_MAX_JSON)
		clientele_return_error(escontext, NULL,
							   (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
								errmsg("invalid scorecard"),
								errdetail("Its text has %zu bytes.", length),
								errhint("The text of a card has at most %d bytes.",
										CARD_MAX_JSON)));
	actions.semstate = &builder;
	actions.object_start = on_object_start;
	actions.object_end = on_end;
	actions.array_start = on_array_start;
	actions.array_end = on_end;
	actions.object_field_start = on_key;
	actions.scalar = on_scalar;
	/* the lexer reads, though older releases do not say so */
	lexer = clientele_json_lexer(unconstify(char *, json), (int) length);
	result = pg_parse_json(lexer, &actions);
	if (result != JSON_SUCCESS)
		clientele_return_error(escontext, NULL,
							   (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
								errmsg("invalid scorecard"),
								errdetail_internal("It is not JSON, line %d: %s",
												   lexer->line_number,
												   json_errdetail(result, lexer)),
								errhint("A card is a JSON object, such as {\"name\": \"prospects\", \"signals\": {\"visit\": {\"points\": 1}}}.")));
	if (builder.nvalues > CARD_MAX_VALUES)
		clientele_return_error(escontext, NULL,
							   (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
								errmsg("invalid scorecard"),
								errdetail("It holds more than %d values.",
										  CARD_MAX_VALUES),
								errhint("Give fewer signals, bins or choices.")));
	return builder.root;
}

/* Append as much of a text as a message shows. */
static void
append_clipped(StringInfo out, const char *text)
{
	int			length = (int) strlen(text);
	int			shown = pg_mbcliplen(text, length, SHOWN_BYTES);

	appendBinaryStringInfo(out, text, shown);
	if (shown < length)
		appendStringInfoString(out, "...");
}

/* A text as a message shows it: in quotes, clipped. */
const char *
card_text_shown(const char *text)
{
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfoChar(&out, '"');
	append_clipped(&out, text);
	appendStringInfoChar(&out, '"');
	return out.data;
}

/* Whether a key can stand in a path without quotes. */
static bool
is_plain(const char *key)
{
	if (*key == '\0')
		return false;
	for (; *key != '\0'; key++)
		if (!IS_HIGHBIT_SET(*key) && !isalnum((unsigned char) *key) &&
			strchr("_- /", *key) == NULL)
			return false;
	return true;
}

/* Append the path of a value, from the card on. */
static void
append_path(StringInfo out, const CardNode *node)
{
	if (node->parent == NULL)
		return;
	append_path(out, node->parent);
	if (node->key == NULL)
	{
		appendStringInfo(out, "[%u]", node->place);
		return;
	}
	if (out->len > 0)
		appendStringInfoChar(out, '.');
	if (is_plain(node->key))
		append_clipped(out, node->key);
	else
		appendStringInfoString(out, card_text_shown(node->key));
}

/* Where a value stands, such as signals.visit.bins[0].from */
const char *
card_node_path(const CardNode *node)
{
	StringInfoData out;

	initStringInfo(&out);
	append_path(&out, node);
	return out.len > 0 ? out.data : "card";
}

/* What a value is, for a message. */
const char *
card_node_shown(const CardNode *node)
{
	StringInfoData out;

	switch (node->type)
	{
		case CARD_NODE_NULL:
			return "null";
		case CARD_NODE_FALSE:
			return "false";
		case CARD_NODE_TRUE:
			return "true";
		case CARD_NODE_NUMBER:
			initStringInfo(&out);
			append_clipped(&out, node->text);
			return out.data;
		case CARD_NODE_TEXT:
			return card_text_shown(node->text);
		case CARD_NODE_OBJECT:
			return "an object";
		case CARD_NODE_ARRAY:
			return "an array";
	}
	pg_unreachable();
}
