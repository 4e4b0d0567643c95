/*
 * lead_record.c
 *		A lead, from JSON or from arrays, and what a model adds up for it.
 *
 * The sum is a plain one, in the order in which contributions are told of: who
 * adds them up again (sum() of contributions) has the same to the last bit.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "purchase/numeric_amount.h"
#include "score/lead/lead_predictor.h"
#include "text_scan.h"

/* A sum that is being made. */
typedef struct LeadSum
{
	const LeadModel *model;
	double		logit;
	LeadVisit	visit;
	void	   *arg;
} LeadSum;

/* Take the lead from the argument behind the model, jsonb. */
void
lead_record_of_json(FunctionCallInfo fcinfo, LeadRecord *record)
{
	Jsonb	   *json = PG_GETARG_JSONB_P(1);

	if (!JB_ROOT_IS_OBJECT(json))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the features of a lead are not an object"),
				 errdetail("The jsonb is %s.",
						   JB_ROOT_IS_SCALAR(json) ? "a single value" :
						   "an array"),
				 errhint("Give an object such as {\"employees\": 120}, or to_jsonb() of a row.")));
	memset(record, 0, sizeof(LeadRecord));
	record->object = &json->root;
}

/* Refuse an array that is not one value a feature of its kind. */
static void
check_length(const LeadModel *model, LeadFeatureKind kind, int dimensions,
			 int n)
{
	const char *what = kind == LEAD_NUMBER ? "numbers" : "categories";

	if (dimensions > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("wrong number of dimensions"),
				 errdetail("The array of %s has %d dimensions.", what,
						   dimensions),
				 errhint("Give an array of one dimension, a value each feature.")));
	if (n != (int) model->nkind[kind])
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("wrong number of %s", what),
				 errdetail("The model expects %u, there are %d.",
						   model->nkind[kind], n),
				 errhint("Give them in the order of features(model), NULL for one that is missing; a model with categories takes a text[] of them, too.")));
}

/* The numbers of an array, NaN for NULL. */
static const double *
array_numbers(const LeadModel *model, ArrayType *array)
{
	int			n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	const double *data = (const double *) ARR_DATA_PTR(array);
	const bits8 *nulls = ARR_NULLBITMAP(array);
	double	   *numbers;

	check_length(model, LEAD_NUMBER, ARR_NDIM(array), n);
	if (nulls == NULL)
		return data;
	numbers = palloc(sizeof(double) * n);
	for (int i = 0; i < n; i++)
		numbers[i] = nulls[i / 8] & (1 << (i % 8)) ? *data++ :
			get_float8_nan();
	return numbers;
}

/* Take the lead from the arguments behind the model, arrays. */
void
lead_record_of_arrays(FunctionCallInfo fcinfo, const LeadModel *model,
					  LeadRecord *record)
{
	int			n = 0;
	int			dimensions = 1;

	if (model->nkind[LEAD_SET] > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a model with sets takes no arrays of features"),
				 errdetail("The model has %u sets, each an array of texts.",
						   model->nkind[LEAD_SET]),
				 errhint("Give the features as jsonb.")));
	memset(record, 0, sizeof(LeadRecord));
	record->numbers = array_numbers(model, PG_GETARG_ARRAYTYPE_P(1));
	if (PG_NARGS() > 2)
	{
		ArrayType  *array = PG_GETARG_ARRAYTYPE_P(2);
		Datum	   *texts;
		bool	   *no_text;

		deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &texts,
						  &no_text, &n);
		record->texts = texts;
		record->no_text = no_text;
		dimensions = ARR_NDIM(array);
	}
	check_length(model, LEAD_CATEGORY, dimensions, n);
}

/* A feature whose value is of another kind. */
static void
refuse_value(const LeadModel *model, const FlatFeature *feature,
			 const char *expected, const char *value)
{
	char	   *name = pnstrdup(lead_text(model, feature->name),
								feature->name.length);

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("feature \"%s\" is not %s", name, expected),
			 errdetail("Its value is %s.", value),
			 errhint("A number is a JSON number, true or false, or a text that is one; a category a text, a number, true or false; a set an array of those.")));
}

/* A number of a JSON object. False: missing. */
static bool
json_number(const LeadModel *model, const FlatFeature *feature,
			const JsonbValue *value, double *number)
{
	char	   *text;
	const char *cursor;
	ScanResult	result;

	switch (value->type)
	{
		case jbvNull:
			return false;
		case jbvBool:
			*number = value->val.boolean;
			return true;
		case jbvNumeric:
			*number = numeric_amount(NumericGetDatum(value->val.numeric));
			return isfinite(*number);
		case jbvString:
			cursor = text = pnstrdup(value->val.string.val,
									 value->val.string.len);
			result = scan_number(&cursor, number);
			scan_space(&cursor);
			if (result == SCAN_NOT_FINITE || result == SCAN_RANGE)
				return false;
			if (result != SCAN_OK || *cursor != '\0')
				refuse_value(model, feature, "a number",
							 psprintf("\"%s\"", text));
			pfree(text);
			return true;
		default:
			refuse_value(model, feature, "a number", "an array or an object");
			return false;
	}
}

/* A text of a JSON value. False: missing. */
static bool
json_text(const LeadModel *model, const FlatFeature *feature,
		  const JsonbValue *value, const char **text, Size *length)
{
	switch (value->type)
	{
		case jbvNull:
			return false;
		case jbvBool:
			*text = value->val.boolean ? "true" : "false";
			break;
		case jbvNumeric:
			*text = DatumGetCString(DirectFunctionCall1(numeric_out,
														NumericGetDatum(value->val.numeric)));
			break;
		case jbvString:
			*text = value->val.string.val;
			*length = value->val.string.len;
			return true;
		default:
			refuse_value(model, feature, "a category", "an array or an object");
			return false;
	}
	*length = strlen(*text);
	return true;
}

/* The value of a feature in a JSON object; NULL: there is none. */
static JsonbValue *
json_value(const LeadModel *model, const FlatFeature *feature,
		   const LeadRecord *record, JsonbValue *buffer)
{
	return getKeyJsonValueFromContainer(record->object,
										lead_text(model, feature->name),
										(int) feature->name.length, buffer);
}

/* A number of a lead. False: missing. */
static bool
record_number(const LeadModel *model, const FlatFeature *feature,
			  const LeadRecord *record, double *number)
{
	JsonbValue	buffer;
	JsonbValue *value;

	if (record->object == NULL)
	{
		*number = record->numbers[feature->place];
		return isfinite(*number);
	}
	value = json_value(model, feature, record, &buffer);
	return value != NULL && json_number(model, feature, value, number);
}

/* A category of a lead. False: missing. */
static bool
record_text(const LeadModel *model, const FlatFeature *feature,
			const LeadRecord *record, const char **text, Size *length)
{
	JsonbValue	buffer;
	JsonbValue *value;

	if (record->object == NULL)
	{
		struct varlena *packed;

		if (record->no_text[feature->place])
			return false;
		packed = PG_DETOAST_DATUM_PACKED(record->texts[feature->place]);
		*text = VARDATA_ANY(packed);
		*length = VARSIZE_ANY_EXHDR(packed);
		return true;
	}
	value = json_value(model, feature, record, &buffer);
	return value != NULL && json_text(model, feature, value, text, length);
}

/* Add what a feature contributes, and tell of it. */
static void
add(LeadSum *sum, const LeadContribution *contribution)
{
	sum->logit += contribution->log_odds;
	if (sum->visit != NULL)
		sum->visit(sum->arg, contribution);
}

/* Add what belongs to no feature. */
static void
add_constant(LeadSum *sum, const char *name, double log_odds,
			 FlatText value)
{
	LeadContribution contribution;

	memset(&contribution, 0, sizeof(contribution));
	contribution.name = name;
	contribution.missing = value.offset == 0;
	contribution.text = value.offset == 0 ? NULL : lead_text(sum->model, value);
	contribution.length = value.length;
	contribution.log_odds = log_odds;
	contribution.usual = log_odds;
	add(sum, &contribution);
}

/* Which level a text is, from 0; -1: none. */
static int
find_level(const LeadModel *model, const FlatFeature *feature,
		   const char *text, Size length)
{
	const FlatLevel *levels = LEAD_LEVELS(model) + feature->first_level;
	int			low = 0;
	int			high = (int) feature->nlevels -
		(feature->missing_level >= 0 ? 1 : 0);

	while (low < high)
	{
		int			middle = (low + high) / 2;
		FlatText	name = levels[middle].name;
		int			order = lead_compare_texts(lead_text(model, name),
											   name.length, text, length);

		if (order == 0)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}

/* Add up a logistic model. */
static void
add_logistic(LeadSum *sum, const LeadRecord *record)
{
	const LeadModel *model = sum->model;
	const FlatFeature *features = LEAD_FEATURES(model);

	for (uint32 i = 0; i < model->nfeatures; i++)
	{
		const FlatFeature *feature = &features[i];
		LeadContribution contribution;

		if (feature->kind == LEAD_NUMBER)
		{
			contribution.missing = !record_number(model, feature, record,
												  &contribution.number);
			contribution.text = NULL;
			contribution.log_odds = contribution.missing ? feature->missing :
				feature->slope == 0 ? 0 : feature->slope * contribution.number;
			contribution.usual = feature->slope * feature->mean +
				(feature->missing_term < 0 ? 0 :
				 feature->missing_share *
				 LEAD_TERMS(model)[feature->missing_term].estimate);
		}
		else
		{
			contribution.missing = !record_text(model, feature, record,
												&contribution.text,
												&contribution.length);
			if (contribution.missing)
				contribution.log_odds = feature->missing;
			else
			{
				int			level = find_level(model, feature,
											   contribution.text,
											   contribution.length);

				contribution.log_odds = level < 0 ? feature->unseen :
					LEAD_LEVELS(model)[feature->first_level + level].logit;
			}
			contribution.usual = feature->unseen;
		}
		contribution.feature = feature;
		contribution.name = NULL;
		add(sum, &contribution);
	}
}

/* The log-odds that a level of naive Bayes adds in a pool. */
double
lead_level_log_odds(const LeadModel *model, uint32 feature, uint32 level,
					uint32 pool)
{
	const FlatFeature *flat = LEAD_FEATURES(model) + feature;
	const FlatCounts *counts = lead_counts(model, flat->first_level + level,
										   pool);
	const FlatCounts *totals = lead_totals(model, feature, pool);

	if (!lead_counts_tell(flat, counts) || totals->won <= 0 ||
		totals->lost <= 0)
		return 0;
	return log((counts->won + model->smoothing) / totals->won) -
		log((counts->lost + model->smoothing) / totals->lost);
}

/* The same, on average over the leads of the pool that had any level. */
static double
usual_log_odds(const LeadModel *model, uint32 feature, uint32 pool)
{
	const FlatFeature *flat = LEAD_FEATURES(model) + feature;
	double		leads = 0;
	double		sum = 0;

	for (uint32 level = 0; level < flat->nlevels; level++)
	{
		const FlatCounts *counts;

		if ((int32) level == flat->missing_level)
			continue;
		counts = lead_counts(model, flat->first_level + level, pool);
		if (counts->won + counts->lost <= 0)
			continue;
		leads += counts->won + counts->lost;
		sum += (counts->won + counts->lost) *
			lead_level_log_odds(model, feature, level, pool);
	}
	return leads > 0 ? sum / leads : 0;
}

/* The pool of a lead's team: the whole where that has no history of both. */
static uint32
find_pool(const LeadModel *model, const LeadRecord *record)
{
	const char *key = model->team.offset == 0 ? "team" :
		lead_text(model, model->team);
	int			key_length = model->team.offset == 0 ? 4 :
		(int) model->team.length;
	int			low = 0;
	int			high = (int) model->nteams;
	JsonbValue	buffer;
	JsonbValue *value;
	const char *text;
	Size		length;

	if (model->nteams == 0 || record->object == NULL)
		return 0;
	value = getKeyJsonValueFromContainer(record->object, key, key_length,
										 &buffer);
	if (value == NULL || value->type == jbvBinary ||
		!json_text(model, NULL, value, &text, &length))
		return 0;
	while (low < high)
	{
		int			middle = (low + high) / 2;
		FlatText	name = LEAD_TEAMS(model)[middle];
		int			order = lead_compare_texts(lead_text(model, name),
											   name.length, text, length);

		if (order == 0)
		{
			const FlatCounts *pool = LEAD_POOLS(model) + middle + 1;

			return pool->won > 0 && pool->lost > 0 ? (uint32) middle + 1 : 0;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

/* Add a level or an element. */
static void
add_level(LeadSum *sum, uint32 number, uint32 pool,
		  LeadContribution *contribution)
{
	const FlatFeature *feature = LEAD_FEATURES(sum->model) + number;
	int			level = find_level(sum->model, feature, contribution->text,
								   contribution->length);

	contribution->log_odds = level < 0 ? 0 :
		lead_level_log_odds(sum->model, number, (uint32) level, pool);
	add(sum, contribution);
}

/* Did an element stand in the array before place n? */
static bool
element_was_there(const LeadModel *model, const FlatFeature *feature,
				  JsonbContainer *array, uint32 n, const char *text,
				  Size length)
{
	for (uint32 i = 0; i < n; i++)
	{
		const char *other;
		Size		other_length;

		if (json_text(model, feature, getIthJsonbValueFromContainer(array, i),
					  &other, &other_length) &&
			other_length == length && memcmp(other, text, length) == 0)
			return true;
	}
	return false;
}

/* Add the elements of a set, each once. */
static void
add_set(LeadSum *sum, uint32 number, uint32 pool, const LeadRecord *record)
{
	const LeadModel *model = sum->model;
	const FlatFeature *feature = LEAD_FEATURES(model) + number;
	LeadContribution contribution;
	JsonbValue	buffer;
	JsonbValue *value = json_value(model, feature, record, &buffer);
	JsonbContainer *array = NULL;
	bool		any = false;

	memset(&contribution, 0, sizeof(contribution));
	contribution.feature = feature;
	if (value != NULL && value->type == jbvBinary)
	{
		array = value->val.binary.data;
		if (!JsonContainerIsArray(array))
			refuse_value(model, feature, "a set", "an object");
		if (JsonContainerSize(array) > LEAD_MAX_FEATURES)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("too many elements of a set"),
					 errdetail("There are %u.", JsonContainerSize(array)),
					 errhint("At most %d are possible.", LEAD_MAX_FEATURES)));
	}
	for (uint32 i = 0; array != NULL && i < JsonContainerSize(array); i++)
	{
		value = getIthJsonbValueFromContainer(array, i);
		if (!json_text(model, feature, value, &contribution.text,
					   &contribution.length) ||
			element_was_there(model, feature, array, i, contribution.text,
							  contribution.length))
			continue;
		any = true;
		add_level(sum, number, pool, &contribution);
	}
	if (array == NULL && value != NULL &&
		json_text(model, feature, value, &contribution.text,
				  &contribution.length))
	{
		any = true;
		add_level(sum, number, pool, &contribution);
	}
	if (any)
		return;
	contribution.missing = true;
	contribution.text = NULL;
	contribution.log_odds = 0;
	add(sum, &contribution);
}

/* Add up naive Bayes, whose intercept is the prior of the lead's team. */
static void
add_naive_bayes(LeadSum *sum, uint32 pool, const LeadRecord *record)
{
	const LeadModel *model = sum->model;

	for (uint32 i = 0; i < model->nfeatures; i++)
	{
		const FlatFeature *feature = LEAD_FEATURES(model) + i;
		LeadContribution contribution;

		if (feature->kind == LEAD_SET)
		{
			add_set(sum, i, pool, record);
			continue;
		}
		memset(&contribution, 0, sizeof(contribution));
		contribution.feature = feature;
		contribution.missing = !record_text(model, feature, record,
											&contribution.text,
											&contribution.length);
		if (sum->visit != NULL)
			contribution.usual = usual_log_odds(model, i, pool);
		if (!contribution.missing)
			add_level(sum, i, pool, &contribution);
		else
			add(sum, &contribution);
	}
}

/* The logit of a lead. */
double
lead_logit(const LeadModel *model, const LeadRecord *record,
		   LeadVisit visit, void *arg)
{
	LeadSum		sum = {model, 0, visit, arg};
	bool		bayes = model->family == LEAD_NAIVE_BAYES;
	uint32		pool = bayes ? find_pool(model, record) : 0;
	FlatText	none = {0, 0};

	add_constant(&sum, "(intercept)", bayes ?
				 log(LEAD_POOLS(model)[pool].won / LEAD_POOLS(model)[pool].lost) :
				 LEAD_TERMS(model)[0].estimate,
				 pool > 0 ? LEAD_TEAMS(model)[pool - 1] : none);
	if (model->prior_shift != 0)
		add_constant(&sum, "(prior)", model->prior_shift, none);
	if (bayes)
		add_naive_bayes(&sum, pool, record);
	else
		add_logistic(&sum, record);
	return sum.logit;
}
