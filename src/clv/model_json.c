/*
 * model_json.c
 *		A model as JSON text: the form that people read, type in and dump.
 *
 * The text is parsed by the server's jsonb. Numbers are written in the shortest
 * form that reads back to the same float8, so that nothing is lost in a dump.
 */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"
#include "utils/jsonb.h"

#include "clv/model.h"
#include "compat.h"
#include "days.h"
#include "number_text.h"

static const char *const status_names[] = {
	"given", "ok", "boundary", "not converged"
};

/* The keys of a model, in the order in which they are written. */
static const char *const model_keys[] = {
	"family", "unit", "status", "parameters", "log_likelihood", "customers",
	"iterations", "evaluations", "prior_sd", "coefficients",
	"coefficient_prior_sd", "log_covariance"
};

/* What reading needs at every step. */
typedef struct ModelReader
{
	const ModelType *type;
	struct Node *escontext;
	JsonbContainer *root;
} ModelReader;

/* Refuse the text of a model: always NULL, or an error. */
#define refuse_model(reader, detail, hint) \
	clientele_return_error((reader)->escontext, NULL, \
		(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION), \
		 errmsg("invalid %s", (reader)->type->name), detail, hint))

/* A C string of a string value. */
static char *
string_of(const JsonbValue *value)
{
	return pnstrdup(value->val.string.val, value->val.string.len);
}

/* The name of parameter i of a family, or after them that of its constant. */
static const char *
parameter_or_constant(const ModelFamily *family, int i)
{
	return i < family->nparameters ? family->parameter_names[i] :
		family->constant_name;
}

/* The value of a key of an object, NULL where it is missing or null. */
static JsonbValue *
get_key(JsonbContainer *object, const char *key)
{
	JsonbValue *value = getKeyJsonValueFromContainer(object, key, strlen(key),
													 NULL);

	return value == NULL || value->type == jbvNull ? NULL : value;
}

/* Read a number; NULL (not an address that is set) where it is none. */
static const double *
read_number(ModelReader *reader, const JsonbValue *value, const char *path,
			double *number)
{
	char	   *text;
	char	   *end;

	if (value->type != jbvNumeric)
		refuse_model(reader, errdetail("\"%s\" is not a number.", path),
					 errhint("Give a JSON number without quotes."));
	text = DatumGetCString(DirectFunctionCall1(numeric_out,
											   NumericGetDatum(value->val.numeric)));
	*number = clientele_float8_in(text, &end, "double precision", text,
								  reader->escontext);
	if (clientele_error_occurred(reader->escontext))
		return NULL;
	if (!isfinite(*number))
		refuse_model(reader, errdetail("\"%s\" is %s.", path, text),
					 errhint("Give a finite number."));
	return number;
}

/* Read a whole number from 0 to a largest one. */
static const double *
read_count(ModelReader *reader, const JsonbValue *value, const char *path,
		   double largest, double *number)
{
	if (read_number(reader, value, path, number) == NULL)
		return NULL;
	if (*number < 0 || *number > largest || *number != floor(*number))
		refuse_model(reader, errdetail("\"%s\" is %g.", path, *number),
					 errhint("Give a whole number of zero or more."));
	return number;
}

/*
 * Read a unit of time, such as "7 days" or "1 month": a number and a word.
 * The type interval is not used: what it accepts depends on a setting, and the
 * input of a model must not.
 */
static const double *
read_unit(ModelReader *reader, const JsonbValue *value, double *unit)
{
	static const struct
	{
		const char *word;
		double		days;
	}			words[] = {
		{"hour", 1.0 / 24}, {"day", 1}, {"week", 7},
		{"month", DAYS_A_MONTH}, {"year", DAYS_A_YEAR}
	};
	char	   *text;
	char	   *word;
	double		number = 1;

	if (value->type != jbvString)
		refuse_model(reader, errdetail("\"unit\" is not a text."),
					 errhint("Give a length of time such as \"7 days\"."));
	text = word = string_of(value);
	if (*text == '.' || (*text >= '0' && *text <= '9'))
	{
		number = clientele_float8_in(text, &word, "double precision", text,
									 reader->escontext);
		if (clientele_error_occurred(reader->escontext))
			return NULL;
	}
	while (*word == ' ')
		word++;
	for (int i = 0; i < (int) lengthof(words); i++)
	{
		size_t		length = strlen(words[i].word);

		if (strncmp(word, words[i].word, length) == 0 &&
			(word[length] == '\0' || strcmp(word + length, "s") == 0))
		{
			*unit = number * words[i].days;
			return unit;
		}
	}
	refuse_model(reader, errdetail("\"unit\" is \"%s\".", text),
				 errhint("Give a number of hours, days, weeks, months (30.4375 days) or years (365.25 days), such as \"7 days\"."));
}

/*
 * Read the parameters and the constant, each by its name, all of them and no
 * others.
 */
static const double *
read_parameters(ModelReader *reader, const ModelFamily *family,
				double *parameters)
{
	JsonbValue *value = get_key(reader->root, "parameters");
	JsonbContainer *object;
	StringInfoData list;
	int			n = family->nparameters + family->nconstants;

	initStringInfo(&list);
	for (int i = 0; i < n; i++)
		appendStringInfo(&list, "%s%s", i > 0 ? ", " : "",
						 parameter_or_constant(family, i));
	if (value == NULL || value->type != jbvBinary ||
		!JsonContainerIsObject(value->val.binary.data))
		refuse_model(reader,
					 errdetail("\"parameters\" is missing or not an object."),
					 errhint("The parameters of %s are %s.", family->name,
							 list.data));
	object = value->val.binary.data;
	for (int i = 0; i < n; i++)
	{
		const char *name = parameter_or_constant(family, i);
		char	   *path = psprintf("parameters.%s", name);

		value = get_key(object, name);
		if (value == NULL)
			refuse_model(reader, errdetail("\"%s\" is missing.", path),
						 errhint("The parameters of %s are %s.", family->name,
								 list.data));
		if (read_number(reader, value, path, &parameters[i]) == NULL)
			return NULL;
	}
	if (JsonContainerSize(object) != (uint32) n)
		refuse_model(reader,
					 errdetail("\"parameters\" holds %u values instead of %d.",
							   JsonContainerSize(object), n),
					 errhint("The parameters of %s are %s.", family->name,
							 list.data));
	return parameters;
}

/*
 * Read the coefficients of covariates, an object of one array for each slot of
 * the family, all of one length; leaves them alone, 0 of them, where there are
 * none. Returns how many there are, or -1 after a soft error.
 */
static int
read_coefficients(ModelReader *reader, const ModelFamily *family,
				  double *coefficients)
{
	JsonbValue *value = get_key(reader->root, "coefficients");
	JsonbContainer *object;
	int			covariates = 0;
	int			n = 0;

#define refuse_coefficients(detail, hint) \
	clientele_return_error(reader->escontext, -1, \
		(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION), \
		 errmsg("invalid %s", reader->type->name), detail, hint))

	if (value == NULL)
		return 0;
	if (family->nslots == 0)
		refuse_coefficients(errdetail("%s takes no \"coefficients\".",
									  family->name),
							errhint("Leave them out."));
	object = value->type == jbvBinary ? value->val.binary.data : NULL;
	if (object == NULL || !JsonContainerIsObject(object) ||
		JsonContainerSize(object) != (uint32) family->nslots)
		refuse_coefficients(errdetail("\"coefficients\" is not an object of %d arrays.",
									  family->nslots),
							errhint("Such as {\"%s\": [0.1, -0.2], ...}, one number a covariate.",
									family->slots[0].name));
	for (int slot = 0; slot < family->nslots; slot++)
	{
		char	   *path = psprintf("coefficients.%s",
									family->slots[slot].name);
		JsonbContainer *array;

		value = get_key(object, family->slots[slot].name);
		array = value != NULL && value->type == jbvBinary ?
			value->val.binary.data : NULL;
		if (array == NULL || !JsonContainerIsArray(array))
			refuse_coefficients(errdetail("\"%s\" is missing or not an array.",
										  path),
								errhint("Give one number a covariate."));
		if (slot == 0)
			covariates = (int) Min(JsonContainerSize(array),
								   MODEL_MAX_DIMENSION);
		if (JsonContainerSize(array) != (uint32) covariates ||
			covariates == 0 ||
			!model_has_room(family, covariates * family->nslots))
			refuse_coefficients(errdetail("\"%s\" holds %u numbers.", path,
										  JsonContainerSize(array)),
								errhint("Give one number a covariate, at most %d.",
										(MODEL_MAX_DIMENSION -
										 family->nparameters) / family->nslots));
		for (int i = 0; i < covariates; i++)
			if (read_number(reader, getIthJsonbValueFromContainer(array, i),
							path, &coefficients[n++]) == NULL)
				return -1;
	}
	return n;
}

/* Read the covariance, an array of n arrays of n numbers. */
static const double *
read_covariance(ModelReader *reader, const JsonbValue *value, int n,
				double *covariance)
{
	for (int i = 0; i < n; i++)
	{
		JsonbValue *row = NULL;

		if (value->type == jbvBinary &&
			JsonContainerIsArray(value->val.binary.data) &&
			JsonContainerSize(value->val.binary.data) == (uint32) n)
			row = getIthJsonbValueFromContainer(value->val.binary.data, i);
		if (row == NULL || row->type != jbvBinary ||
			!JsonContainerIsArray(row->val.binary.data) ||
			JsonContainerSize(row->val.binary.data) != (uint32) n)
			refuse_model(reader,
						 errdetail("\"log_covariance\" is not an array of %d arrays of %d numbers.", n, n),
						 errhint("It is the covariance of the logarithms of the parameters, in their order; leave it out if it is not known."));
		for (int j = 0; j < n; j++)
		{
			JsonbValue *cell = getIthJsonbValueFromContainer(row->val.binary.data, j);

			if (read_number(reader, cell, "log_covariance",
							&covariance[i * n + j]) == NULL)
				return NULL;
		}
	}
	return covariance;
}

/* Refuse keys that no model has: most likely a misspelt one. */
static const JsonbContainer *
check_keys(ModelReader *reader)
{
	JsonbIterator *iterator = JsonbIteratorInit(reader->root);
	JsonbValue	value;
	JsonbIteratorToken token;

	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		bool		known = false;

		if (token != WJB_KEY)
			continue;
		for (int i = 0; i < (int) lengthof(model_keys); i++)
			if (value.val.string.len == (int) strlen(model_keys[i]) &&
				memcmp(value.val.string.val, model_keys[i],
					   value.val.string.len) == 0)
				known = true;
		if (!known)
			refuse_model(reader,
						 errdetail("There is no key \"%s\" in a model.",
								   string_of(&value)),
						 errhint("A model that is typed in needs \"family\" and \"parameters\", and a purchase_model also \"unit\"."));
	}
	return reader->root;
}

/* Read a model from its JSON text; NULL after a soft error. */
Model *
model_from_json(char *text, const ModelType *type, struct Node *escontext)
{
	ModelReader reader = {type, escontext, NULL};
	Datum		datum;
	Model	   *model;
	JsonbValue *value;
	char	   *name;
	ModelFamily family;
	int			ncoefficients;
	double		coefficients[MODEL_MAX_DIMENSION];
	double		number;

	if (!clientele_input(jsonb_in, text, escontext, &datum))
		return NULL;
	reader.root = &DatumGetJsonbP(datum)->root;
	if (!JsonContainerIsObject(reader.root) ||
		JsonContainerIsScalar(reader.root))
		refuse_model(&reader, errdetail("The text is not a JSON object."),
					 errhint("Such as {\"family\": ..., \"parameters\": {...}}."));
	if (check_keys(&reader) == NULL)
		return NULL;

	value = get_key(reader.root, "family");
	if (value == NULL || value->type != jbvString)
		refuse_model(&reader, errdetail("\"family\" is missing or not a text."),
					 errhint("Families of a %s: %s.", type->name,
							 type->family_list()));
	name = string_of(value);
	if (!type->family(name, &family))
		refuse_model(&reader, errdetail("\"family\" is \"%s\".", name),
					 errhint("Families of a %s: %s.", type->name,
							 type->family_list()));
	ncoefficients = read_coefficients(&reader, &family, coefficients);
	if (ncoefficients < 0)
		return NULL;
	model = model_create(&family, ncoefficients,
						 get_key(reader.root, "log_covariance") != NULL);
	memcpy(MODEL_COEFFICIENTS(model), coefficients,
		   ncoefficients * sizeof(double));

	value = get_key(reader.root, "unit");
	if ((value != NULL) != type->has_unit)
		refuse_model(&reader,
					 type->has_unit ?
					 errdetail("\"unit\" is missing.") :
					 errdetail("A %s has no \"unit\".", type->name),
					 type->has_unit ?
					 errhint("The unit of time that the parameters are in, such as \"7 days\".") :
					 errhint("Leave it out."));
	if (value != NULL && read_unit(&reader, value, &model->unit) == NULL)
		return NULL;

	value = get_key(reader.root, "status");
	if (value != NULL)
	{
		int			status = -1;

		for (int i = 0; i < (int) lengthof(status_names); i++)
			if (value->type == jbvString &&
				strcmp(string_of(value), status_names[i]) == 0)
				status = i;
		if (status < 0)
			refuse_model(&reader, errdetail("\"status\" is not known."),
						 errhint("It is \"given\", \"ok\", \"boundary\" or \"not converged\"."));
		model->status = status;
	}
	if (read_parameters(&reader, &family, model->values) == NULL)
		return NULL;
	value = get_key(reader.root, "log_likelihood");
	if (value != NULL && read_number(&reader, value, "log_likelihood",
									 &model->log_likelihood) == NULL)
		return NULL;
	value = get_key(reader.root, "prior_sd");
	if (value != NULL && read_number(&reader, value, "prior_sd",
									 &model->prior_sd) == NULL)
		return NULL;
	value = get_key(reader.root, "coefficient_prior_sd");
	if (value != NULL && read_number(&reader, value, "coefficient_prior_sd",
									 &model->coefficient_prior_sd) == NULL)
		return NULL;
	value = get_key(reader.root, "customers");
	if (value != NULL)
	{
		if (read_count(&reader, value, "customers", 9007199254740992.0,
					   &number) == NULL)
			return NULL;
		model->customers = (int64) number;
	}
	value = get_key(reader.root, "iterations");
	if (value != NULL)
	{
		if (read_count(&reader, value, "iterations", PG_INT32_MAX,
					   &number) == NULL)
			return NULL;
		model->iterations = (int32) number;
	}
	value = get_key(reader.root, "evaluations");
	if (value != NULL)
	{
		if (read_count(&reader, value, "evaluations", PG_INT32_MAX,
					   &number) == NULL)
			return NULL;
		model->evaluations = (int32) number;
	}
	value = get_key(reader.root, "log_covariance");
	if (value != NULL && read_covariance(&reader, value, MODEL_DIMENSION(model),
										 MODEL_LOG_COVARIANCE(model)) == NULL)
		return NULL;
	return model_check(model, type, escontext) ? model : NULL;
}

/* Append a key, and a number that reads back to the same float8. */
static void
append_number(StringInfo out, const char *key, double number)
{
	appendStringInfo(out, ", \"%s\": %s", key, number_text(number));
}

/* Write a model as JSON; what is not known is left out. */
char *
model_to_json(const Model *model)
{
	int			n = MODEL_DIMENSION(model);
	const double *covariance = MODEL_LOG_COVARIANCE(model);
	ModelFamily family;
	StringInfoData out;

	model_family(model, &family);
	initStringInfo(&out);
	appendStringInfo(&out, "{\"family\": \"%s\"", model->family);
	if (model->unit > 0)
		appendStringInfo(&out, ", \"unit\": \"%s %s\"",
						 number_text(model->unit),
						 model->unit == 1 ? "day" : "days");
	if (model->status != MODEL_GIVEN)
		appendStringInfo(&out, ", \"status\": \"%s\"",
						 status_names[model->status]);
	appendStringInfoString(&out, ", \"parameters\": {");
	for (int i = 0; i < model->nparameters + model->nconstants; i++)
		appendStringInfo(&out, "%s\"%s\": %s", i > 0 ? ", " : "",
						 parameter_or_constant(&family, i),
						 number_text(model->values[i]));
	appendStringInfoChar(&out, '}');
	if (model->ncoefficients > 0)
	{
		int			covariates = model->ncoefficients / family.nslots;

		appendStringInfoString(&out, ", \"coefficients\": {");
		for (int i = 0; i < model->ncoefficients; i++)
		{
			if (i % covariates == 0)
				appendStringInfo(&out, "%s\"%s\": [", i > 0 ? "], " : "",
								 family.slots[i / covariates].name);
			appendStringInfo(&out, "%s%s", i % covariates > 0 ? ", " : "",
							 number_text(MODEL_COEFFICIENTS(model)[i]));
		}
		appendStringInfoString(&out, "]}");
	}
	if (!isnan(model->log_likelihood))
		append_number(&out, "log_likelihood", model->log_likelihood);
	if (model->customers >= 0)
		appendStringInfo(&out, ", \"customers\": " INT64_FORMAT,
						 model->customers);
	if (model->iterations >= 0)
		appendStringInfo(&out, ", \"iterations\": %d", model->iterations);
	if (model->evaluations >= 0)
		appendStringInfo(&out, ", \"evaluations\": %d", model->evaluations);
	if (!isinf(model->prior_sd))
		append_number(&out, "prior_sd", model->prior_sd);
	if (!isinf(model->coefficient_prior_sd))
		append_number(&out, "coefficient_prior_sd",
					  model->coefficient_prior_sd);
	if (model->flags & MODEL_HAS_COVARIANCE)
	{
		appendStringInfoString(&out, ", \"log_covariance\": [");
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
				appendStringInfo(&out, "%s%s%s",
								 j > 0 ? ", " : i > 0 ? "], [" : "[",
								 number_text(covariance[i * n + j]),
								 i == n - 1 && j == n - 1 ? "]" : "");
		appendStringInfoChar(&out, ']');
	}
	appendStringInfoChar(&out, '}');
	return out.data;
}

/* The word for a status. */
const char *
model_status_name(int status)
{
	return status_names[status];
}
