/*
 * lead_model_access.c
 *		What a lead model tells of itself: its features, coefficients with their
 *		errors, how well it fits, whether the fit came to an end.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "clv/model.h"
#include "score/lead/lead_predictor.h"

PG_FUNCTION_INFO_V1(clientele_lead_features);
PG_FUNCTION_INFO_V1(clientele_coefficients);
PG_FUNCTION_INFO_V1(clientele_covariance);
PG_FUNCTION_INFO_V1(clientele_lead_family);
PG_FUNCTION_INFO_V1(clientele_lead_status);
PG_FUNCTION_INFO_V1(clientele_lead_converged);
PG_FUNCTION_INFO_V1(clientele_lead_reason);
PG_FUNCTION_INFO_V1(clientele_lead_outcome);
PG_FUNCTION_INFO_V1(clientele_lead_won);
PG_FUNCTION_INFO_V1(clientele_lead_lost);
PG_FUNCTION_INFO_V1(clientele_lead_iterations);
PG_FUNCTION_INFO_V1(clientele_lead_log_likelihood);
PG_FUNCTION_INFO_V1(clientele_null_log_likelihood);
PG_FUNCTION_INFO_V1(clientele_lead_aic);
PG_FUNCTION_INFO_V1(clientele_lead_bic);
PG_FUNCTION_INFO_V1(clientele_prior_shift);

#define MISSING_LEVEL	"(missing)"
#define INTERCEPT		"(intercept)"

/* A number, or NULL where it is not known. */
#define RETURN_NUMBER_OR_NULL(number) \
	do { \
		double		number_ = (number); \
		if (isnan(number_)) \
			PG_RETURN_NULL(); \
		PG_RETURN_FLOAT8(number_); \
	} while (0)

/* A text of the model. */
static text *
text_of(const LeadModel *model, FlatText place)
{
	return cstring_to_text_with_len(lead_text(model, place), place.length);
}

/* The name of a level. */
static text *
level_text(const LeadModel *model, const FlatLevel *level)
{
	return level->name.offset == 0 ? cstring_to_text(MISSING_LEVEL) :
		text_of(model, level->name);
}

/* A number of a row, NULL where it is not known. */
static void
put_number(Datum *values, bool *nulls, int column, double number)
{
	values[column] = Float8GetDatum(number);
	nulls[column] = isnan(number);
}

/* features(model): a row each, in the order of the arrays. */
Datum
clientele_lead_features(PG_FUNCTION_ARGS)
{
	LeadModel  *model = PG_GETARG_LEAD_MODEL_P(0);
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (uint32 i = 0; i < model->nfeatures; i++)
	{
		const FlatFeature *feature = LEAD_FEATURES(model) + i;
		bool		number = feature->kind == LEAD_NUMBER;
		Datum		values[9];
		bool		nulls[9];

		memset(values, 0, sizeof(values));
		memset(nulls, 0, sizeof(nulls));
		values[0] = Int32GetDatum(feature->place + 1);
		values[1] = PointerGetDatum(text_of(model, feature->name));
		values[2] = CStringGetTextDatum(lead_kind_name(feature->kind));
		put_number(values, nulls, 3, number ? feature->mean : get_float8_nan());
		put_number(values, nulls, 4, number ? feature->sd : get_float8_nan());
		put_number(values, nulls, 5, number ? feature->missing_share :
				   get_float8_nan());
		nulls[6] = nulls[7] = number;
		values[8] = BoolGetDatum(model->family == LEAD_NAIVE_BAYES ||
								 !number || feature->term >= 0);
		if (!number)
		{
			Datum	   *levels = palloc(sizeof(Datum) * feature->nlevels);
			int			n = 0;

			nulls[7] = true;
			for (uint32 j = 0; j < feature->nlevels; j++)
			{
				const FlatLevel *level = LEAD_LEVELS(model) +
					feature->first_level + j;

				if (level->name.offset != 0)
					levels[n++] = PointerGetDatum(text_of(model, level->name));
				if (model->family == LEAD_LOGISTIC && level->term < 0 &&
					nulls[7])
				{
					values[7] = PointerGetDatum(level_text(model, level));
					nulls[7] = false;
				}
			}
			values[6] = PointerGetDatum(construct_array(levels, n, TEXTOID, -1,
														false, TYPALIGN_INT));
		}
		tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* Where rows of coefficients go. */
typedef struct CoefficientRows
{
	const LeadModel *model;
	ReturnSetInfo *set;
	double		quantile;		/* of the interval */
} CoefficientRows;

/* A row of coefficients(). */
static void
put_coefficient(const CoefficientRows *rows, text * feature, text * level,
				double estimate, double std_error)
{
	double		z = std_error > 0 ? estimate / std_error : get_float8_nan();
	Datum		values[9];
	bool		nulls[9];

	memset(values, 0, sizeof(values));
	memset(nulls, 0, sizeof(nulls));
	values[0] = PointerGetDatum(feature);
	values[1] = PointerGetDatum(level);
	nulls[1] = level == NULL;
	put_number(values, nulls, 2, estimate);
	put_number(values, nulls, 3, std_error);
	put_number(values, nulls, 4, z);
	/* both tails of the standard normal */
	put_number(values, nulls, 5, erfc(fabs(z) * 0.70710678118654752440));
	put_number(values, nulls, 6, exp(estimate));
	put_number(values, nulls, 7, estimate - rows->quantile * std_error);
	put_number(values, nulls, 8, estimate + rows->quantile * std_error);
	tuplestore_putvalues(rows->set->setResult, rows->set->setDesc, values,
						 nulls);
}

/* A row of a term, if there is one. */
static void
put_term(const CoefficientRows *rows, text * feature, text * level, int32 term)
{
	if (term >= 0)
		put_coefficient(rows, feature, level,
						LEAD_TERMS(rows->model)[term].estimate,
						LEAD_TERMS(rows->model)[term].std_error);
}

/*
 * The levels of naive Bayes: the log-odds that each adds in the whole, nothing
 * for those that are not relied on.
 */
static void
put_level_log_odds(const CoefficientRows *rows, uint32 number)
{
	const LeadModel *model = rows->model;
	const FlatFeature *feature = LEAD_FEATURES(model) + number;

	for (uint32 i = 0; i < feature->nlevels; i++)
	{
		const FlatLevel *level = LEAD_LEVELS(model) + feature->first_level + i;

		if ((int32) i == feature->missing_level ||
			!lead_counts_tell(feature,
							  lead_counts(model, feature->first_level + i, 0)))
			continue;
		put_coefficient(rows, text_of(model, feature->name),
						level_text(model, level),
						lead_level_log_odds(model, number, i, 0),
						get_float8_nan());
	}
}

/* coefficients(model, confidence): a row a term, or a level of naive Bayes. */
Datum
clientele_coefficients(PG_FUNCTION_ARGS)
{
	LeadModel  *model = PG_GETARG_LEAD_MODEL_P(0);
	CoefficientRows rows;

	rows.model = model;
	rows.quantile = confidence_quantile(PG_GETARG_FLOAT8(1));
	rows.set = (ReturnSetInfo *) fcinfo->resultinfo;
	InitMaterializedSRF(fcinfo, 0);
	if (model->family == LEAD_LOGISTIC)
		put_term(&rows, cstring_to_text(INTERCEPT), NULL, 0);
	else
		put_coefficient(&rows, cstring_to_text(INTERCEPT), NULL,
						log(model->won / model->lost), get_float8_nan());
	for (uint32 i = 0; i < model->nfeatures; i++)
	{
		const FlatFeature *feature = LEAD_FEATURES(model) + i;
		text	   *name = text_of(model, feature->name);

		if (model->family == LEAD_NAIVE_BAYES)
		{
			put_level_log_odds(&rows, i);
			continue;
		}
		put_term(&rows, name, NULL, feature->term);
		put_term(&rows, name, cstring_to_text(MISSING_LEVEL),
				 feature->missing_term);
		for (uint32 j = 0; j < feature->nlevels; j++)
		{
			const FlatLevel *level = LEAD_LEVELS(model) +
				feature->first_level + j;

			put_term(&rows, name, level_text(model, level), level->term);
		}
	}
	return (Datum) 0;
}

/* What a term belongs to. */
typedef struct TermName
{
	text	   *feature;
	text	   *level;			/* or NULL */
} TermName;

/* The names of all terms. */
static TermName *
term_names(const LeadModel *model)
{
	TermName   *names = palloc0(sizeof(TermName) * model->nterms);

	names[0].feature = cstring_to_text(INTERCEPT);
	for (uint32 i = 0; i < model->nfeatures; i++)
	{
		const FlatFeature *feature = LEAD_FEATURES(model) + i;
		text	   *name = text_of(model, feature->name);

		if (feature->term >= 0)
			names[feature->term].feature = name;
		if (feature->missing_term >= 0)
		{
			names[feature->missing_term].feature = name;
			names[feature->missing_term].level = cstring_to_text(MISSING_LEVEL);
		}
		for (uint32 j = 0; j < feature->nlevels; j++)
		{
			const FlatLevel *level = LEAD_LEVELS(model) +
				feature->first_level + j;

			if (level->term < 0)
				continue;
			names[level->term].feature = name;
			names[level->term].level = level_text(model, level);
		}
	}
	return names;
}

/* covariance(model): a row for each two terms, both ways around. */
Datum
clientele_covariance(PG_FUNCTION_ARGS)
{
	LeadModel  *model = PG_GETARG_LEAD_MODEL_P(0);
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;
	TermName   *names;

	InitMaterializedSRF(fcinfo, 0);
	if (!model->has_covariance)
		return (Datum) 0;
	names = term_names(model);
	for (uint32 i = 0; i < model->nterms; i++)
		for (uint32 j = 0; j < model->nterms; j++)
		{
			Datum		values[5];
			bool		nulls[5] = {false, names[i].level == NULL, false,
			names[j].level == NULL, false};

			CHECK_FOR_INTERRUPTS();
			values[0] = PointerGetDatum(names[i].feature);
			values[1] = PointerGetDatum(names[i].level);
			values[2] = PointerGetDatum(names[j].feature);
			values[3] = PointerGetDatum(names[j].level);
			values[4] = Float8GetDatum(LEAD_COVARIANCE(model)[(Size) i * model->nterms + j]);
			tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
		}
	return (Datum) 0;
}

/* family(model) */
Datum
clientele_lead_family(PG_FUNCTION_ARGS)
{
	LeadModel  *model = PG_GETARG_LEAD_MODEL_P(0);

	PG_RETURN_TEXT_P(cstring_to_text(lead_family_name(model->family)));
}

/* status(model) */
Datum
clientele_lead_status(PG_FUNCTION_ARGS)
{
	LeadModel  *model = PG_GETARG_LEAD_MODEL_P(0);

	PG_RETURN_TEXT_P(cstring_to_text(lead_status_name(model->status)));
}

/* converged(model): NULL for a model that was typed in. */
Datum
clientele_lead_converged(PG_FUNCTION_ARGS)
{
	LeadModel  *model = PG_GETARG_LEAD_MODEL_P(0);

	if (model->status == LEAD_GIVEN)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(model->status == LEAD_OK);
}

/* reason(model): why the status is not ok. */
Datum
clientele_lead_reason(PG_FUNCTION_ARGS)
{
	LeadModel  *model = PG_GETARG_LEAD_MODEL_P(0);

	if (model->reason.offset == 0)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(text_of(model, model->reason));
}

/* outcome(model): what it predicts. */
Datum
clientele_lead_outcome(PG_FUNCTION_ARGS)
{
	LeadModel  *model = PG_GETARG_LEAD_MODEL_P(0);

	if (model->outcome.offset == 0)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(text_of(model, model->outcome));
}

/* won(model) */
Datum
clientele_lead_won(PG_FUNCTION_ARGS)
{
	RETURN_NUMBER_OR_NULL(PG_GETARG_LEAD_MODEL_P(0)->won);
}

/* lost(model) */
Datum
clientele_lead_lost(PG_FUNCTION_ARGS)
{
	RETURN_NUMBER_OR_NULL(PG_GETARG_LEAD_MODEL_P(0)->lost);
}

/* iterations(model) */
Datum
clientele_lead_iterations(PG_FUNCTION_ARGS)
{
	LeadModel  *model = PG_GETARG_LEAD_MODEL_P(0);

	if (model->iterations < 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(model->iterations);
}

/* log_likelihood(model) */
Datum
clientele_lead_log_likelihood(PG_FUNCTION_ARGS)
{
	RETURN_NUMBER_OR_NULL(PG_GETARG_LEAD_MODEL_P(0)->log_likelihood);
}

/* null_log_likelihood(model) */
Datum
clientele_null_log_likelihood(PG_FUNCTION_ARGS)
{
	RETURN_NUMBER_OR_NULL(PG_GETARG_LEAD_MODEL_P(0)->null_log_likelihood);
}

/* aic(model): 2 k - 2 log-likelihood. */
Datum
clientele_lead_aic(PG_FUNCTION_ARGS)
{
	LeadModel  *model = PG_GETARG_LEAD_MODEL_P(0);

	RETURN_NUMBER_OR_NULL(2.0 * model->nterms - 2 * model->log_likelihood);
}

/* bic(model): k ln n - 2 log-likelihood. */
Datum
clientele_lead_bic(PG_FUNCTION_ARGS)
{
	LeadModel  *model = PG_GETARG_LEAD_MODEL_P(0);
	double		n = model->won + model->lost;

	if (!(n > 0))
		PG_RETURN_NULL();
	RETURN_NUMBER_OR_NULL(model->nterms * log(n) - 2 * model->log_likelihood);
}

/* prior_shift(model) */
Datum
clientele_prior_shift(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_LEAD_MODEL_P(0)->prior_shift);
}
