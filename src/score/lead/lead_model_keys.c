/*
 * lead_model_keys.c
 *		The keys of a JSON text as they are written.
 *
 * jsonb keeps the last of two equal keys in silence, and puts shorter ones
 * first. But a coefficient that stands twice is a mistake to be told, and
 * features stand in the order in which they are typed: predictions take arrays
 * in that order. So the server's parser goes over the text once more.
 */
#include "postgres.h"

#include "common/jsonapi.h"
#include "miscadmin.h"

#include "compat.h"
#include "score/lead/lead_model_reader.h"

/* A key, and the object that it belongs to: objects are numbered from 1. */
typedef struct JsonKey
{
	uint32		object;
	uint32		place;			/* among all keys */
	char	   *name;
} JsonKey;

typedef struct KeyScan
{
	uint32		nobjects;
	uint32		features;		/* the object of features, 0: none yet */
	bool		features_come;	/* "features" of the root was the last key */
	int			depth;			/* objects that are open, innermost last */
	int			depth_capacity;
	uint32	   *open;
	Size		nkeys;
	Size		capacity;
	JsonKey    *keys;
} KeyScan;

/* Parser: "{" */
static ClienteleJsonAction
on_object_start(void *state)
{
	KeyScan    *scan = state;

	if (scan->depth == scan->depth_capacity)
	{
		scan->depth_capacity *= 2;
		scan->open = repalloc(scan->open,
							  sizeof(uint32) * scan->depth_capacity);
	}
	scan->open[scan->depth++] = ++scan->nobjects;
	if (scan->features_come)
		scan->features = scan->nobjects;
	scan->features_come = false;
	return CLIENTELE_JSON_GO_ON;
}

/* Parser: "}" */
static ClienteleJsonAction
on_object_end(void *state)
{
	((KeyScan *) state)->depth--;
	return CLIENTELE_JSON_GO_ON;
}

/* Parser: "[" */
static ClienteleJsonAction
on_array_start(void *state)
{
	((KeyScan *) state)->features_come = false;
	return CLIENTELE_JSON_GO_ON;
}

/* Parser: a key. */
static ClienteleJsonAction
on_key(void *state, char *name, bool is_null)
{
	KeyScan    *scan = state;
	JsonKey    *key;

	(void) is_null;
	CHECK_FOR_INTERRUPTS();
	if (scan->nkeys == scan->capacity)
	{
		scan->capacity *= 2;
		scan->keys = repalloc_huge(scan->keys,
								   sizeof(JsonKey) * scan->capacity);
	}
	key = &scan->keys[scan->nkeys];
	key->object = scan->open[scan->depth - 1];
	key->place = (uint32) scan->nkeys++;
	key->name = name;
	scan->features_come = key->object == 1 && strcmp(name, "features") == 0;
	return CLIENTELE_JSON_GO_ON;
}

/* By objects, in each by bytes. */
static int
compare_keys(const void *a, const void *b)
{
	const JsonKey *x = a;
	const JsonKey *y = b;

	if (x->object != y->object)
		return x->object < y->object ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* By place. */
static int
compare_places(const void *a, const void *b)
{
	const JsonKey *x = a;
	const JsonKey *y = b;

	return x->place < y->place ? -1 : x->place > y->place;
}

/*
 * Look at the keys of a text that is a JSON object: false, or an error, where
 * one stands twice in an object. *features are the names in the object
 * "features", as typed; none where that is not an object.
 */
bool
lead_model_keys(char *text, struct Node *escontext, char ***features,
				int *nfeatures)
{
	KeyScan		scan = {0};
	JsonSemAction actions = {0};
	JsonLexContext *lexer = clientele_json_lexer(text, (int) strlen(text));
	JsonKey    *first = NULL;
	int			n = 0;

	scan.depth_capacity = 16;
	scan.open = palloc(sizeof(uint32) * scan.depth_capacity);
	scan.capacity = 256;
	scan.keys = palloc(sizeof(JsonKey) * scan.capacity);
	actions.semstate = &scan;
	actions.object_start = on_object_start;
	actions.object_end = on_object_end;
	actions.array_start = on_array_start;
	actions.object_field_start = on_key;
	if (pg_parse_json(lexer, &actions) != JSON_SUCCESS)
		elog(ERROR, "text that jsonb has read is not JSON");
	qsort(scan.keys, scan.nkeys, sizeof(JsonKey), compare_keys);
	for (Size i = 0; i < scan.nkeys; i++)
	{
		JsonKey    *key = &scan.keys[i];

		if (i > 0 && compare_keys(key - 1, key) == 0)
			clientele_return_error(escontext, false,
								   (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
									errmsg("invalid lead_model"),
									errdetail("Key \"%s\" stands twice in one object.",
											  key->name),
									errhint("Leave one of them out.")));
		if (scan.features == 0 || key->object != scan.features)
			continue;
		if (n++ == 0)
			first = key;
	}
	*features = palloc(sizeof(char *) * Max(n, 1));
	*nfeatures = n;
	if (n > 0)
		qsort(first, n, sizeof(JsonKey), compare_places);
	for (int i = 0; i < n; i++)
		(*features)[i] = first[i].name;
	return true;
}
