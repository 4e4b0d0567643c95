/*
 * calibration_json.c
 *		A calibration as JSON text: the form that people read, type in and dump.
 *
 * The text is parsed by the server's jsonb. Numbers are written in the shortest
 * form that reads back to the same float8. JSON knows no infinity: a score that
 * is infinite is a text, "-Infinity" or "Infinity".
 */
#include "postgres.h"

#include <math.h>

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/jsonb.h"

#include "number_text.h"
#include "score/calibration/calibration.h"

/* The keys, in the order in which they are written. */
static const char *const calibration_keys[] = {
	"method", "of", "slope", "intercept", "points", "won", "lost"
};

#define KEYS_HINT \
	errhint("Such as {\"method\": \"platt\", \"slope\": 1.2, \"intercept\": -0.4}, with \"of\": \"log odds\" if the slope is that of the log odds of a probability, or {\"method\": \"isotonic\", \"points\": [[0.1, 0.05], [0.5, 0.3]]}; \"won\" and \"lost\" may be there too.")

/* Refuse the text: always NULL, or an error. */
#define refuse(escontext, detail, hint) \
	clientele_return_error(escontext, NULL, \
		(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION), \
		 errmsg("invalid calibration"), detail, hint))

/* The value of a key, NULL where it is missing or null. */
static JsonbValue *
get_key(JsonbContainer *object, const char *key)
{
	JsonbValue *value = getKeyJsonValueFromContainer(object, key, strlen(key),
													 NULL);

	return value == NULL || value->type == jbvNull ? NULL : value;
}

/* Is a value that text? */
static bool
is_text(const JsonbValue *value, const char *text)
{
	return value != NULL && value->type == jbvString &&
		value->val.string.len == (int) strlen(text) &&
		memcmp(value->val.string.val, text, value->val.string.len) == 0;
}

/* A text for a message: what a string is, or what kind of value it is not. */
static char *
shown(const JsonbValue *value)
{
	if (value == NULL)
		return "missing";
	if (value->type == jbvString)
		return psprintf("\"%s\"", pnstrdup(value->val.string.val,
										   pg_mbcliplen(value->val.string.val,
														value->val.string.len,
														100)));
	if (value->type == jbvNumeric)
		return psprintf("%s",
						DatumGetCString(DirectFunctionCall1(numeric_out,
															NumericGetDatum(value->val.numeric))));
	return value->type == jbvBool ? "a truth value" :
		value->type == jbvNull ? "null" : "an array or an object";
}

/* Read a finite number; NULL (not an address that is set) where it is none. */
static const double *
read_number(struct Node *escontext, const JsonbValue *value, const char *path,
			double *number)
{
	char	   *text;
	char	   *end;

	if (value == NULL || value->type != jbvNumeric)
		refuse(escontext,
			   value == NULL ? errdetail("%s: it is missing.", path) :
			   errdetail("%s: it is %s, not a number.", path, shown(value)),
			   errhint("Give a JSON number without quotes."));
	text = DatumGetCString(DirectFunctionCall1(numeric_out,
											   NumericGetDatum(value->val.numeric)));
	*number = clientele_float8_in(text, &end, "double precision", text,
								  escontext);
	if (clientele_error_occurred(escontext))
		return NULL;
	if (!isfinite(*number))
		refuse(escontext, errdetail("%s: it is %s.", path, text),
			   errhint("Give a finite number."));
	/* there is one zero */
	*number += 0.0;
	return number;
}

/* Read a number of cases, which may be missing. */
static const int64 *
read_count(struct Node *escontext, JsonbContainer *root, const char *key,
		   int64 *count)
{
	JsonbValue *value = get_key(root, key);
	double		number;

	if (value == NULL)
		return count;
	if (read_number(escontext, value, key, &number) == NULL)
		return NULL;
	if (number < 0 || number > 9e18 || number != floor(number))
		refuse(escontext, errdetail("%s: it is %s.", key, shown(value)),
			   errhint("Give the number of cases that it was fitted to, or leave it out."));
	/* exact beyond 2^53, too */
	*count = DatumGetInt64(DirectFunctionCall1(numeric_int8,
											   NumericGetDatum(value->val.numeric)));
	return count;
}

/* Read place i of a broken line, and hold it against the one before. */
static const CurvePoint *
read_point(struct Node *escontext, JsonbContainer *array, uint32 i,
		   CurvePoint *points)
{
	JsonbValue *value = getIthJsonbValueFromContainer(array, i);
	JsonbContainer *pair = value->type == jbvBinary ? value->val.binary.data :
		NULL;
	char		path[50];
	JsonbValue *score;

	snprintf(path, sizeof(path), "points[%u]", i);
	if (pair == NULL || !JsonContainerIsArray(pair) ||
		JsonContainerSize(pair) != 2)
		refuse(escontext,
			   errdetail("%s: it is not an array of two numbers.", path),
			   errhint("Give a score and its probability, such as [0.1, 0.05]."));
	score = getIthJsonbValueFromContainer(pair, 0);
	if (is_text(score, "-Infinity") || is_text(score, "Infinity"))
		points[i].score = *score->val.string.val == '-' ? -INFINITY : INFINITY;
	else if (read_number(escontext, score, path, &points[i].score) == NULL)
		return NULL;
	if (read_number(escontext, getIthJsonbValueFromContainer(pair, 1), path,
					&points[i].probability) == NULL)
		return NULL;
	if (points[i].probability < 0 || points[i].probability > 1)
		refuse(escontext, errdetail("%s: the probability is %s.", path,
									number_text(points[i].probability)),
			   errhint("Probabilities are from 0 to 1."));
	if (i > 0 && points[i].score <= points[i - 1].score)
		refuse(escontext,
			   errdetail("%s: the score %s comes after %s.", path,
						 number_text(points[i].score),
						 number_text(points[i - 1].score)),
			   errhint("Scores ascend, and each is there once."));
	if (i > 0 && points[i].probability < points[i - 1].probability)
		refuse(escontext,
			   errdetail("%s: the probability %s comes after %s.", path,
						 number_text(points[i].probability),
						 number_text(points[i - 1].probability)),
			   errhint("Probabilities rise with the score; of a score that falls with it, give the negative."));
	return &points[i];
}

/* Refuse keys that no calibration has: most likely a misspelt one. */
static const JsonbContainer *
check_keys(struct Node *escontext, JsonbContainer *root)
{
	JsonbIterator *iterator = JsonbIteratorInit(root);
	JsonbValue	value;
	JsonbIteratorToken token;

	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		bool		known = false;

		if (token != WJB_KEY)
			continue;
		for (int i = 0; i < (int) lengthof(calibration_keys); i++)
			known = known || is_text(&value, calibration_keys[i]);
		if (!known)
			refuse(escontext,
				   errdetail("There is no key %s in a calibration.",
							 shown(&value)),
				   KEYS_HINT);
	}
	return root;
}

/* Refuse a key that the method has no use for. */
static const JsonbContainer *
refuse_keys(struct Node *escontext, JsonbContainer *root, const char *method,
			const char *const *keys, int nkeys)
{
	for (int i = 0; i < nkeys; i++)
		if (get_key(root, keys[i]) != NULL)
			refuse(escontext,
				   errdetail("%s: the method \"%s\" has none.", keys[i],
							 method),
				   KEYS_HINT);
	return root;
}

/* Platt's curve */
static Calibration *
read_curve(struct Node *escontext, JsonbContainer *root)
{
	static const char *const others[] = {"points"};
	JsonbValue *of = get_key(root, "of");
	Calibration *calibration = calibration_create(CALIBRATION_PLATT, 0);

	if (refuse_keys(escontext, root, "platt", others, lengthof(others)) == NULL)
		return NULL;
	if (is_text(of, "log odds"))
		calibration->method = CALIBRATION_PLATT_LOG_ODDS;
	else if (of != NULL && !is_text(of, "score"))
		refuse(escontext, errdetail("of: it is %s.", shown(of)),
			   errhint("It is \"score\" or \"log odds\"; left out it is \"score\"."));
	if (read_number(escontext, get_key(root, "slope"), "slope",
					&calibration->slope) == NULL ||
		read_number(escontext, get_key(root, "intercept"), "intercept",
					&calibration->intercept) == NULL)
		return NULL;
	return calibration;
}

/* A broken line */
static Calibration *
read_line(struct Node *escontext, JsonbContainer *root)
{
	static const char *const others[] = {"of", "slope", "intercept"};
	JsonbValue *value = get_key(root, "points");
	JsonbContainer *array = value != NULL && value->type == jbvBinary ?
		value->val.binary.data : NULL;
	Calibration *calibration;
	uint32		n;

	if (refuse_keys(escontext, root, "isotonic", others,
					lengthof(others)) == NULL)
		return NULL;
	if (array == NULL || !JsonContainerIsArray(array) ||
		JsonContainerSize(array) == 0)
		refuse(escontext,
			   errdetail("points: it is %s.", value == NULL ? "missing" :
						 "not an array of one place or more"),
			   KEYS_HINT);
	n = JsonContainerSize(array);
	if (n > CALIBRATION_MAX_POINTS)
		clientele_return_error(escontext, NULL,
							   (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
								errmsg("invalid calibration"),
								errdetail("points: there are %u, the limit is %d.",
										  n, CALIBRATION_MAX_POINTS),
								errhint("Leave places out: between two of them the line is straight.")));
	calibration = calibration_create(CALIBRATION_ISOTONIC, n);
	for (uint32 i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (read_point(escontext, array, i, calibration->points) == NULL)
			return NULL;
	}
	return calibration;
}

/* Read a calibration, which need not be terminated; NULL after a soft error. */
Calibration *
calibration_from_json(const char *json, size_t length,
					  struct Node *escontext)
{
	Datum		datum;
	JsonbContainer *root;
	JsonbValue *method;
	Calibration *calibration;

	if (!clientele_input(jsonb_in, pnstrdup(json, length), escontext, &datum))
		return NULL;
	root = &DatumGetJsonbP(datum)->root;
	if (!JsonContainerIsObject(root) || JsonContainerIsScalar(root))
		refuse(escontext, errdetail("The text is not a JSON object."),
			   KEYS_HINT);
	if (check_keys(escontext, root) == NULL)
		return NULL;
	method = get_key(root, "method");
	if (is_text(method, "platt"))
		calibration = read_curve(escontext, root);
	else if (is_text(method, "isotonic"))
		calibration = read_line(escontext, root);
	else
		refuse(escontext, errdetail("method: it is %s.", shown(method)),
			   errhint("It is \"platt\" or \"isotonic\"."));
	if (calibration == NULL ||
		read_count(escontext, root, "won", &calibration->won) == NULL ||
		read_count(escontext, root, "lost", &calibration->lost) == NULL)
		return NULL;
	return calibration;
}

/* Write a score, which may be infinite. */
static void
append_score(StringInfo out, double score)
{
	if (isinf(score))
		appendStringInfoString(out, score < 0 ? "\"-Infinity\"" :
							   "\"Infinity\"");
	else
		appendStringInfoString(out, number_text(score));
}

/* Write a calibration; what is not known is left out. */
char *
calibration_to_json(const Calibration *calibration)
{
	StringInfoData out;

	initStringInfo(&out);
	if (calibration->method == CALIBRATION_ISOTONIC)
	{
		appendStringInfoString(&out, "{\"method\": \"isotonic\", \"points\": [");
		for (uint32 i = 0; i < calibration->npoints; i++)
		{
			appendStringInfoString(&out, i > 0 ? ", [" : "[");
			append_score(&out, calibration->points[i].score);
			appendStringInfo(&out, ", %s]",
							 number_text(calibration->points[i].probability));
		}
		appendStringInfoChar(&out, ']');
	}
	else
		appendStringInfo(&out, "{\"method\": \"platt\"%s, \"slope\": %s, \"intercept\": %s",
						 calibration->method == CALIBRATION_PLATT_LOG_ODDS ?
						 ", \"of\": \"log odds\"" : "",
						 number_text(calibration->slope),
						 number_text(calibration->intercept));
	if (calibration->won >= 0)
		appendStringInfo(&out, ", \"won\": " INT64_FORMAT, calibration->won);
	if (calibration->lost >= 0)
		appendStringInfo(&out, ", \"lost\": " INT64_FORMAT, calibration->lost);
	appendStringInfoChar(&out, '}');
	return out.data;
}
