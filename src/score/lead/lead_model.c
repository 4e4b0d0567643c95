/*
 * lead_model.c
 *		Type lead_model: a value taken apart; input and output.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "compat.h"
#include "score/lead/lead_model_layout.h"

PG_FUNCTION_INFO_V1(clientele_lead_model_in);
PG_FUNCTION_INFO_V1(clientele_lead_model_out);
PG_FUNCTION_INFO_V1(clientele_lead_model_recv);
PG_FUNCTION_INFO_V1(clientele_lead_model_send);

/* The order of texts by their bytes. */
int
lead_compare_texts(const char *a, size_t a_length,
				   const char *b, size_t b_length)
{
	int			order = memcmp(a, b, Min(a_length, b_length));

	return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

/* Parts with nothing in them. */
LeadModelParts *
lead_model_parts_create(LeadFamily family)
{
	LeadModelParts *parts = palloc0(sizeof(LeadModelParts));

	parts->family = family;
	parts->status = LEAD_GIVEN;
	parts->won = parts->lost = get_float8_nan();
	parts->log_likelihood = parts->null_log_likelihood = get_float8_nan();
	parts->iterations = -1;
	parts->most = 1;
	return parts;
}

/* A text of the value as a C string. */
static char *
copy_text(const LeadModel *model, FlatText text)
{
	return text.offset == 0 ? NULL :
		pnstrdup(lead_text(model, text), text.length);
}

/* The counts of all pools, which stand side by side. */
static void
copy_counts(const FlatCounts *counts, uint32 npools, double **won,
			double **lost)
{
	*won = palloc(sizeof(double) * npools);
	*lost = palloc(sizeof(double) * npools);
	for (uint32 i = 0; i < npools; i++)
	{
		(*won)[i] = counts[i].won;
		(*lost)[i] = counts[i].lost;
	}
}

/* A feature, taken apart. */
static void
copy_feature(const LeadModel *model, uint32 number, LeadFeature *feature)
{
	const FlatFeature *flat = LEAD_FEATURES(model) + number;
	uint32		npools = LEAD_NPOOLS(model);

	feature->name = copy_text(model, flat->name);
	feature->kind = flat->kind;
	feature->term = flat->term;
	feature->missing_term = flat->missing_term;
	feature->mean = flat->mean;
	feature->sd = flat->sd;
	feature->missing_share = flat->missing_share;
	feature->minimum = flat->minimum;
	feature->nlevels = (int) flat->nlevels;
	feature->levels = palloc0(sizeof(LeadLevel) * Max(flat->nlevels, 1));
	for (uint32 i = 0; i < flat->nlevels; i++)
	{
		const FlatLevel *level = LEAD_LEVELS(model) + flat->first_level + i;

		feature->levels[i].name = copy_text(model, level->name);
		feature->levels[i].term = level->term;
		feature->levels[i].weight = level->weight;
		if (model->family == LEAD_NAIVE_BAYES)
			copy_counts(lead_counts(model, flat->first_level + i, 0), npools,
						&feature->levels[i].won, &feature->levels[i].lost);
	}
	if (flat->has_totals)
		copy_counts(LEAD_TABLE(model, FlatCounts, given_totals) +
					(Size) number * npools, npools,
					&feature->total_won, &feature->total_lost);
}

/* Take a value apart. */
LeadModelParts *
lead_model_parts(const LeadModel *model)
{
	LeadModelParts *parts = lead_model_parts_create(model->family);
	Size		ncovariances = (Size) model->nterms * model->nterms;

	parts->status = model->status;
	parts->reason = copy_text(model, model->reason);
	parts->outcome = copy_text(model, model->outcome);
	parts->team = copy_text(model, model->team);
	parts->calibration = copy_text(model, model->calibration);
	parts->won = model->won;
	parts->lost = model->lost;
	parts->ridge = model->ridge;
	parts->log_likelihood = model->log_likelihood;
	parts->null_log_likelihood = model->null_log_likelihood;
	parts->iterations = model->iterations;
	parts->smoothing = model->smoothing;
	parts->least = model->least;
	parts->most = model->most;
	parts->prior_shift = model->prior_shift;
	parts->nfeatures = (int) model->nfeatures;
	parts->features = palloc0(sizeof(LeadFeature) * Max(model->nfeatures, 1));
	for (uint32 i = 0; i < model->nfeatures; i++)
		copy_feature(model, i, &parts->features[i]);
	parts->nterms = (int) model->nterms;
	parts->terms = palloc(sizeof(LeadTerm) * Max(model->nterms, 1));
	memcpy(parts->terms, LEAD_TERMS(model), sizeof(LeadTerm) * model->nterms);
	if (model->has_covariance)
	{
		parts->covariance = palloc(sizeof(double) * ncovariances);
		memcpy(parts->covariance, LEAD_COVARIANCE(model),
			   sizeof(double) * ncovariances);
	}
	parts->nteams = (int) model->nteams;
	parts->teams = palloc(sizeof(char *) * Max(model->nteams, 1));
	parts->team_won = palloc(sizeof(double) * Max(model->nteams, 1));
	parts->team_lost = palloc(sizeof(double) * Max(model->nteams, 1));
	for (uint32 i = 0; i < model->nteams; i++)
	{
		parts->teams[i] = copy_text(model, LEAD_TEAMS(model)[i]);
		parts->team_won[i] = LEAD_POOLS(model)[i + 1].won;
		parts->team_lost[i] = LEAD_POOLS(model)[i + 1].lost;
	}
	return parts;
}

/* Text in: JSON. */
Datum
clientele_lead_model_in(PG_FUNCTION_ARGS)
{
	struct Node *escontext = CLIENTELE_ESCONTEXT(fcinfo);
	LeadModelParts *parts = lead_model_from_json(PG_GETARG_CSTRING(0),
												 escontext);
	LeadModel  *model = parts == NULL ? NULL :
		lead_model_build(parts, escontext);

	if (model == NULL)
		PG_RETURN_NULL();
	PG_RETURN_LEAD_MODEL_P(model);
}

/* Text out: JSON. */
Datum
clientele_lead_model_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(lead_model_to_json(lead_model_parts(PG_GETARG_LEAD_MODEL_P(0))));
}

/* Binary in: the version of the format, and the JSON. */
Datum
clientele_lead_model_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	char	   *text;
	int			length;

	if (version != LEAD_MODEL_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary lead_model"),
				 errdetail("Its format is version %d.", version),
				 errhint("This release reads version %d.",
						 LEAD_MODEL_VERSION)));
	text = pq_getmsgtext(message, message->len - message->cursor, &length);
	if (strlen(text) != (size_t) length)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary lead_model"),
				 errdetail("It holds a zero byte.")));
	PG_RETURN_LEAD_MODEL_P(lead_model_build(lead_model_from_json(text, NULL),
											NULL));
}

/* Binary out. */
Datum
clientele_lead_model_send(PG_FUNCTION_ARGS)
{
	char	   *text = lead_model_to_json(lead_model_parts(PG_GETARG_LEAD_MODEL_P(0)));
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, LEAD_MODEL_VERSION);
	pq_sendtext(&out, text, strlen(text));
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
