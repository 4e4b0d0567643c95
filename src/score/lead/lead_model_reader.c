/*
 * lead_model_reader.c
 *		Pieces of the JSON of a lead model: each is read, or refused with its
 *		path.
 */
#include "postgres.h"

#include <math.h>

#include "utils/memutils.h"

#include "purchase/numeric_amount.h"
#include "score/lead/lead_model_reader.h"

/* Where the reader is, and a key there. */
char *
lead_read_path(const LeadReader *reader, const char *key)
{
	StringInfoData path;

	initStringInfo(&path);
	if (reader->feature != NULL)
		appendStringInfo(&path, "features.%s", reader->feature);
	if (reader->group != NULL)
		appendStringInfo(&path, "%s%s", path.len > 0 ? "." : "",
						 reader->group);
	if (reader->level != NULL)
		appendStringInfo(&path, ".%s", reader->level);
	if (key != NULL)
		appendStringInfo(&path, "%s%s", path.len > 0 ? "." : "", key);
	return path.data;
}

/* A C string of a string value. */
char *
lead_json_string(const JsonbValue *value)
{
	return pnstrdup(value->val.string.val, value->val.string.len);
}

/* The value of a key of an object, NULL where it is missing or null. */
JsonbValue *
lead_json_member(JsonbContainer *object, const char *key)
{
	JsonbValue *value = getKeyJsonValueFromContainer(object, key, strlen(key),
													 NULL);

	return value == NULL || value->type == jbvNull ? NULL : value;
}

/* The object that a value is, or NULL. */
JsonbContainer *
lead_json_object(const JsonbValue *value)
{
	return value != NULL && value->type == jbvBinary &&
		JsonContainerIsObject(value->val.binary.data) ?
		value->val.binary.data : NULL;
}

/* The array that a value is, or NULL. */
JsonbContainer *
lead_json_array(const JsonbValue *value)
{
	return value != NULL && value->type == jbvBinary &&
		JsonContainerIsArray(value->val.binary.data) ?
		value->val.binary.data : NULL;
}

/* Refuse keys that are not known here: most likely misspelt ones. */
bool
lead_read_keys(LeadReader *reader, JsonbContainer *object,
			   const char *const *keys)
{
	JsonbIterator *iterator = JsonbIteratorInit(object);
	JsonbValue	value;
	JsonbIteratorToken token;

	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		StringInfoData known;
		bool		found = false;

		if (token != WJB_KEY)
			continue;
		for (int i = 0; !found && keys[i] != NULL; i++)
			found = value.val.string.len == (int) strlen(keys[i]) &&
				memcmp(value.val.string.val, keys[i],
					   value.val.string.len) == 0;
		if (found)
			continue;
		initStringInfo(&known);
		for (int i = 0; keys[i] != NULL; i++)
			appendStringInfo(&known, "%s%s", i > 0 ? ", " : "", keys[i]);
		refuse(reader,
			   errdetail("%s: there is no such key.",
						 lead_read_path(reader, lead_json_string(&value))),
			   errhint("Known here: %s.", known.data));
	}
	return true;
}

/* Read a number. */
bool
lead_read_number(LeadReader *reader, const JsonbValue *value, const char *key,
				 double *number)
{
	if (value == NULL || value->type != jbvNumeric)
		refuse(reader,
			   errdetail("%s: is not a number.", lead_read_path(reader, key)),
			   errhint("Give a JSON number without quotes."));
	*number = numeric_amount(NumericGetDatum(value->val.numeric));
	if (!isfinite(*number))
		refuse(reader,
			   errdetail("%s: is out of the range of numbers.",
						 lead_read_path(reader, key)),
			   errhint("Give a number of at most 1e150."));
	return true;
}

/* Read a number that need not be there. */
bool
lead_read_optional(LeadReader *reader, JsonbContainer *object, const char *key,
				   double *number)
{
	JsonbValue *value = lead_json_member(object, key);

	return value == NULL || lead_read_number(reader, value, key, number);
}

/* Read a text that need not be there. */
bool
lead_read_text(LeadReader *reader, JsonbContainer *object, const char *key,
			   char **text)
{
	JsonbValue *value = lead_json_member(object, key);

	if (value == NULL)
		return true;
	if (value->type != jbvString)
		refuse(reader,
			   errdetail("%s: is not a text.", lead_read_path(reader, key)),
			   errhint("Give a text in quotes."));
	*text = lead_json_string(value);
	return true;
}

/* Add a term; its number. */
static int
add_term(LeadReader *reader, double estimate, double std_error)
{
	LeadModelParts *parts = reader->parts;

	if (parts->nterms == reader->term_capacity)
	{
		reader->term_capacity = Max(16, reader->term_capacity * 2);
		parts->terms = parts->terms == NULL ?
			palloc(sizeof(LeadTerm) * reader->term_capacity) :
			repalloc_huge(parts->terms,
						  sizeof(LeadTerm) * reader->term_capacity);
	}
	parts->terms[parts->nterms].estimate = estimate;
	parts->terms[parts->nterms].std_error = std_error;
	return parts->nterms++;
}

/*
 * Read a term: a number, or an object with an estimate and a standard error.
 * Where the object has no estimate, *term is -1.
 */
bool
lead_read_term(LeadReader *reader, const JsonbValue *value, const char *key,
			   const char *const *keys, int *term)
{
	JsonbContainer *object = lead_json_object(value);
	double		estimate = 0;
	double		std_error = get_float8_nan();

	*term = -1;
	if (value != NULL && value->type == jbvNumeric)
	{
		if (!lead_read_number(reader, value, key, &estimate))
			return false;
	}
	else
	{
		if (object == NULL)
			refuse(reader,
				   errdetail("%s: is neither a number nor an object.",
							 lead_read_path(reader, key)),
				   errhint("Such as 0.7, or {\"estimate\": 0.7, \"std_error\": 0.2}."));
		if (keys != NULL && !lead_read_keys(reader, object, keys))
			return false;
		if (lead_json_member(object, "estimate") == NULL)
		{
			if (lead_json_member(object, "std_error") != NULL)
				refuse(reader,
					   errdetail("%s: has a \"std_error\" without an \"estimate\".",
								 lead_read_path(reader, key)),
					   errhint("Give both, or the estimate alone."));
			return true;
		}
		if (!lead_read_optional(reader, object, "estimate", &estimate) ||
			!lead_read_optional(reader, object, "std_error", &std_error))
			return false;
	}
	*term = add_term(reader, estimate, std_error);
	return true;
}

/* Read two counts, won and lost. */
bool
lead_read_pair(LeadReader *reader, const JsonbValue *value, const char *key,
			   double *won, double *lost)
{
	JsonbContainer *array = lead_json_array(value);

	if (array == NULL || JsonContainerSize(array) != 2)
		refuse(reader,
			   errdetail("%s: is not an array of two numbers.",
						 lead_read_path(reader, key)),
			   errhint("Such as [12, 30], 12 won and 30 lost."));
	return lead_read_number(reader, getIthJsonbValueFromContainer(array, 0), key,
							won) &&
		lead_read_number(reader, getIthJsonbValueFromContainer(array, 1), key,
						 lost);
}
