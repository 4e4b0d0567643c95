/*
 * fit_lead_model.c
 *		fit_lead_model(): what was asked for, read and checked.
 *
 * The training set is a relation's name or a query, see query_source.c; names
 * of columns are always quoted. Every pass of a fit is a query of its own over
 * the same snapshot.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "number_text.h"
#include "score/lead/fit_lead_model.h"
#include "score/query_source.h"

PG_FUNCTION_INFO_V1(clientele_fit_lead_model);
PG_FUNCTION_INFO_V1(clientele_outcome_from_number);

/* Names told in an error, before it says that there are more */
#define NAMES_TOLD		50

/* Place of the argument stages */
#define STAGES_ARGUMENT	13

typedef LeadModelParts *(*FitFunction) (const LeadFitRequest *request,
										MemoryContext context);

/* The families. */
static const struct
{
	const char *name;
	FitFunction fit;
	LeadFamily	family;
}			fit_families[] =

{
	{"logistic", logistic_fit, LEAD_LOGISTIC},
	{"naive bayes", naive_bayes_fit, LEAD_NAIVE_BAYES},
};

/* The columns of the training set, told in an error. */
static const char *
names_of_columns(TupleDesc columns)
{
	StringInfoData names;

	initStringInfo(&names);
	for (int i = 0; i < columns->natts && i < NAMES_TOLD; i++)
		appendStringInfo(&names, "%s%s", i > 0 ? ", " : "",
						 NameStr(TupleDescAttr(columns, i)->attname));
	if (columns->natts > NAMES_TOLD)
		appendStringInfo(&names, " and %d more", columns->natts - NAMES_TOLD);
	return names.data;
}

/* A column: how SQL names it, and its type beneath domains. */
static char *
find_column(TupleDesc columns, const char *name, const char *what, Oid *type)
{
	int			found = -1;

	for (int i = 0; i < columns->natts; i++)
	{
		if (strcmp(NameStr(TupleDescAttr(columns, i)->attname), name) != 0)
			continue;
		if (found >= 0)
			ereport(ERROR,
					(errcode(ERRCODE_AMBIGUOUS_COLUMN),
					 errmsg("column \"%s\" of the training set is ambiguous", name),
					 errdetail("Columns %d and %d of the training query have this name.",
							   found + 1, i + 1),
					 errhint("Name each column of the query once.")));
		found = i;
	}
	if (found < 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"%s\" does not exist in the training set", name),
				 errdetail("The %s is to be a column of it. It has: %s.", what,
						   names_of_columns(columns)),
				 errhint("Names are taken as they are written, upper and lower case too.")));
	*type = getBaseType(TupleDescAttr(columns, found)->atttypid);
	return psprintf("training.%s", quote_identifier(name));
}

/* Whether numbers of a type are cast to float8. */
static bool
is_number(Oid type)
{
	return type == INT2OID || type == INT4OID || type == INT8OID ||
		type == FLOAT4OID || type == FLOAT8OID || type == NUMERICOID;
}

/* Whether values of a type are levels of a category, by their text. */
static bool
is_category(Oid type)
{
	return type == BOOLOID || type == TEXTOID || type == VARCHAROID ||
		type == BPCHAROID || type == NAMEOID || type == CHAROID ||
		type == UUIDOID || type_is_enum(type);
}

/* An expression cast to a type of the server. */
static char *
cast_to(const char *expression, Oid from, Oid to, const char *type)
{
	return from == to ? pstrdup(expression) :
		psprintf("CAST(%s AS pg_catalog.%s)", expression, type);
}

/* A column of numbers: weight or frequency. */
static char *
number_column(TupleDesc columns, const char *name, const char *what)
{
	Oid			type;
	char	   *column = find_column(columns, name, what, &type);

	if (!is_number(type))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"%s\" cannot be the %s", name, what),
				 errdetail("It is of type %s.", format_type_be(type)),
				 errhint("The %s is a number.", what)));
	return cast_to(column, type, FLOAT8OID, "float8");
}

/* The outcome: boolean, or a number that is 0 or 1. */
static char *
outcome_column(TupleDesc columns, const char *name)
{
	Oid			type;
	char	   *column = find_column(columns, name, "outcome", &type);

	if (type == BOOLOID)
		return column;
	if (!is_number(type))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"%s\" cannot be the outcome", name),
				 errdetail("It is of type %s.", format_type_be(type)),
				 errhint("The outcome is boolean, or a number that is 1 for won and 0 for lost: write a query with a column such as (status = 'won') AS won.")));
	return psprintf("clientele.outcome_from_number(%s)",
					cast_to(column, type, FLOAT8OID, "float8"));
}

/* A feature, by the type of its column. */
static void
feature_column(TupleDesc columns, const char *name, LeadFamily family,
			   FitFeature *feature)
{
	Oid			type;
	Oid			element;
	char	   *column = find_column(columns, name, "feature", &type);

	feature->name = pstrdup(name);
	element = get_element_type(type);
	if (OidIsValid(element))
		element = getBaseType(element);
	if (is_number(type) && family == LEAD_LOGISTIC)
	{
		feature->kind = LEAD_NUMBER;
		feature->expression = cast_to(column, type, FLOAT8OID, "float8");
		return;
	}
	if (is_category(type))
	{
		feature->kind = LEAD_CATEGORY;
		feature->expression = cast_to(column, type, TEXTOID, "text");
		return;
	}
	if (OidIsValid(element) && is_category(element) &&
		family == LEAD_NAIVE_BAYES)
	{
		feature->kind = LEAD_SET;
		feature->expression = element == TEXTOID ? column :
			psprintf("CAST(%s AS pg_catalog.text[])", column);
		return;
	}
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("column \"%s\" cannot be a feature", name),
			 errdetail("It is of type %s.", format_type_be(type)),
			 is_number(type) ?
			 errhint("Naive Bayes counts categories: cut the number into bins, as width_bucket() does, and take their text.") :
			 OidIsValid(element) ?
			 errhint("Logistic regression takes numbers and categories: write a query with a column for each element, such as ('demo' = ANY (tags)) AS has_demo, or fit family 'naive bayes'.") :
			 errhint("Features are numbers, or categories: boolean, text, enums, uuid. Of a moment or a duration take a number, such as extract(epoch FROM ...) / 86400.")));
}

/* A number among the options: finite, not negative. */
static double
option_number(double value, const char *name)
{
	if (!(value >= 0) || isinf(value))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid %s", name),
				 errdetail("%s is %s.", name, number_text(value)),
				 errhint("Give a finite number that is not negative.")));
	return value;
}

/* The family's place in the table. */
static int
find_family(const char *name)
{
	StringInfoData names;

	for (int i = 0; i < (int) lengthof(fit_families); i++)
		if (pg_strcasecmp(name, fit_families[i].name) == 0)
			return i;
	initStringInfo(&names);
	for (int i = 0; i < (int) lengthof(fit_families); i++)
		appendStringInfo(&names, "%s'%s'", i > 0 ? ", " : "",
						 fit_families[i].name);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown family \"%s\"", name),
			 errhint("Families are: %s.", names.data)));
	pg_unreachable();
}

/* The features of the argument. */
static void
read_features(LeadFitRequest *request, ArrayType *array, TupleDesc columns,
			  LeadFamily family)
{
	Datum	   *names;
	bool	   *nulls;
	int			n;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls,
					  &n);
	if (n < 1 || n > LEAD_MAX_FEATURES)
		ereport(ERROR,
				(errcode(n < 1 ? ERRCODE_INVALID_PARAMETER_VALUE :
						 ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a lead model has from 1 to %d features",
						LEAD_MAX_FEATURES),
				 errdetail("%d are named.", n),
				 errhint("Name columns of the training set, such as ARRAY['employees', 'source'].")));
	request->nfeatures = n;
	request->features = palloc0(n * sizeof(FitFeature));
	for (int i = 0; i < n; i++)
	{
		char	   *name;

		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("the name of feature %d is NULL", i + 1),
					 errhint("Name a column of the training set.")));
		name = TextDatumGetCString(names[i]);
		if (strcmp(name, request->outcome_name) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the outcome \"%s\" cannot be a feature", name),
					 errdetail("It would be told by itself."),
					 errhint("Leave it out of the features.")));
		for (int j = 0; j < i; j++)
			if (strcmp(name, request->features[j].name) == 0)
				ereport(ERROR,
						(errcode(ERRCODE_DUPLICATE_COLUMN),
						 errmsg("feature \"%s\" is named twice", name),
						 errdetail("It is number %d and number %d.", j + 1, i + 1),
						 errhint("Name each feature once.")));
		feature_column(columns, name, family, &request->features[i]);
	}
}

/* Which of the features are stages. */
static void
read_stages(LeadFitRequest *request, ArrayType *array, LeadFamily family)
{
	Datum	   *names;
	bool	   *nulls;
	int			n;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls,
					  &n);
	for (int i = 0; i < n; i++)
	{
		FitFeature *feature = NULL;
		char	   *name;

		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("name %d of stages is NULL", i + 1),
					 errhint("Name a feature.")));
		name = TextDatumGetCString(names[i]);
		for (int j = 0; j < request->nfeatures && feature == NULL; j++)
			if (strcmp(name, request->features[j].name) == 0)
				feature = &request->features[j];
		if (feature == NULL)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("stages \"%s\" are none of the features", name),
					 errhint("Name the feature that is an array of the stages that a lead reached.")));
		if (family != LEAD_NAIVE_BAYES || feature->kind != LEAD_SET)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("feature \"%s\" cannot be stages", name),
					 errdetail("It is not a set of a naive Bayes model."),
					 errhint("Stages are a column that is an array of the stages that a lead reached, of family 'naive bayes'.")));
		feature->is_stages = true;
	}
}

/* An optional name; NULL where the argument is. */
static char *
optional_name(FunctionCallInfo fcinfo, int argument)
{
	return PG_ARGISNULL(argument) ? NULL :
		text_to_cstring(PG_GETARG_TEXT_PP(argument));
}

/* Refuse too little data: an error that says what is there and needed. */
void
refuse_few_outcomes(const LeadFitRequest *request, double won, double lost)
{
	if (!(won > 0) || !(lost > 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the training set has no %s leads",
						won > 0 ? "lost" : lost > 0 ? "won" : "won and no lost"),
				 errdetail("Of those with a known outcome, %s were won and %s were lost.",
						   number_text(won), number_text(lost)),
				 errhint("A model tells won leads from lost ones: it needs both.")));
	if (won < request->least_won || lost < request->least_lost)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("too few leads to fit a model"),
				 errdetail("%s were won and %s were lost; at least %s and %s are needed.",
						   number_text(won), number_text(lost),
						   number_text(request->least_won),
						   number_text(request->least_lost)),
				 errhint("Collect more, or give lower minimum_won and minimum_lost and trust the model less.")));
}

/* fit_lead_model(): NULL for a NULL but weight, frequency, team and stages */
Datum
clientele_fit_lead_model(PG_FUNCTION_ARGS)
{
	LeadFitRequest request = {0};
	MemoryContext context = CurrentMemoryContext;
	LeadModelParts *parts;
	TupleDesc	columns;
	char	   *training;
	char	   *weight = optional_name(fcinfo, 4);
	char	   *frequency = optional_name(fcinfo, 5);
	char	   *team = optional_name(fcinfo, 8);
	int			family;
	int			most_levels;

	for (int i = 0; i < PG_NARGS(); i++)
		if (PG_ARGISNULL(i) && i != 4 && i != 5 && i != 8 && i != STAGES_ARGUMENT)
			PG_RETURN_NULL();
	training = text_to_cstring(PG_GETARG_TEXT_PP(0));
	request.outcome_name = text_to_cstring(PG_GETARG_TEXT_PP(1));
	family = find_family(text_to_cstring(PG_GETARG_TEXT_PP(3)));
	request.ridge = option_number(PG_GETARG_FLOAT8(6), "ridge");
	request.smoothing = option_number(PG_GETARG_FLOAT8(7), "smoothing");
	request.least_won = option_number(PG_GETARG_INT32(9), "minimum_won");
	request.least_lost = option_number(PG_GETARG_INT32(10), "minimum_lost");
	request.least_observations = option_number(PG_GETARG_INT32(11),
											   "minimum_observations");
	most_levels = PG_GETARG_INT32(12);
	if (most_levels < 1 || most_levels > LEAD_MAX_LEVELS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid maximum_levels"),
				 errdetail("maximum_levels is %d.", most_levels),
				 errhint("Give a number from 1 to %d.", LEAD_MAX_LEVELS)));
	request.most_levels = most_levels;

	SPI_connect();
	request.from = query_source(training, "training", "training set",
								&request.relation);
	/* What are its columns? Nothing is run for this. */
	SPI_execute(psprintf("SELECT * FROM %s LIMIT 0", request.from), true, 0);
	columns = SPI_tuptable->tupdesc;
	request.outcome = outcome_column(columns, request.outcome_name);
	read_features(&request, PG_GETARG_ARRAYTYPE_P(2), columns,
				  fit_families[family].family);
	if (!PG_ARGISNULL(STAGES_ARGUMENT))
		read_stages(&request, PG_GETARG_ARRAYTYPE_P(STAGES_ARGUMENT),
					fit_families[family].family);
	if (weight != NULL)
		request.weight = number_column(columns, weight, "weight");
	if (frequency != NULL)
		request.frequency = number_column(columns, frequency, "frequency");
	if (team != NULL)
	{
		Oid			type;
		char	   *column = find_column(columns, team, "team", &type);

		request.team_name = team;
		/* ids of teams may be numbers */
		request.team = cast_to(column, type, TEXTOID, "text");
	}
	parts = fit_families[family].fit(&request, context);
	SPI_finish();
	PG_RETURN_LEAD_MODEL_P(lead_model_build(parts, NULL));
}

/* outcome_from_number(float8): 1 is won, 0 is lost, anything else an error. */
Datum
clientele_outcome_from_number(PG_FUNCTION_ARGS)
{
	double		value = PG_GETARG_FLOAT8(0);

	if (value != 0 && value != 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid outcome"),
				 errdetail("It is %s.", number_text(value)),
				 errhint("An outcome is 1 for won, 0 for lost, NULL where it is not known.")));
	PG_RETURN_BOOL(value == 1);
}
