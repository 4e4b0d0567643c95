/*
 * lead_predictor.c
 *		What a lead model makes of a lead.
 */
#include "postgres.h"

#include <math.h>

#include "utils/memutils.h"

#include "score/lead/lead_predictor.h"

/*
 * The model that is an argument, not toasted. What is in memory or in a row as it
 * is, is taken as it is; what is compressed or out of line is kept until
 * another comes.
 */
static const LeadModel *
untoasted_model(LeadPredictor *predictor, struct varlena *raw)
{
	Size		size;
	MemoryContext old;

	if (!VARATT_IS_EXTENDED(raw))
		return (const LeadModel *) raw;
	if (VARATT_IS_EXTERNAL(raw) && !VARATT_IS_EXTERNAL_ONDISK(raw))
		return (const LeadModel *) pg_detoast_datum(raw);
	size = VARSIZE_ANY(raw);
	if (predictor->kept != NULL && predictor->toasted_size == size &&
		memcmp(predictor->toasted, raw, size) == 0)
		return predictor->kept;
	if (predictor->kept != NULL)
	{
		pfree(predictor->kept);
		predictor->kept = NULL;
		pfree(predictor->toasted);
	}
	old = MemoryContextSwitchTo(predictor->context);
	predictor->toasted = palloc(size);
	predictor->toasted_size = size;
	memcpy(predictor->toasted, raw, size);
	predictor->kept = (LeadModel *) pg_detoast_datum(raw);
	MemoryContextSwitchTo(old);
	return predictor->kept;
}

/* Have the model's calibration at hand. */
static void
take_calibration(LeadPredictor *predictor)
{
	const LeadModel *model = predictor->model;
	const char *text = lead_text(model, model->calibration);
	MemoryContext old;

	if (model->calibration.offset == 0)
	{
		predictor->calibration = NULL;
		return;
	}
	if (predictor->calibration != NULL &&
		predictor->calibration_length == model->calibration.length &&
		memcmp(predictor->calibration_text, text,
			   predictor->calibration_length) == 0)
		return;
	if (predictor->calibration_text != NULL)
		pfree(predictor->calibration_text);
	if (predictor->calibration != NULL)
		pfree(predictor->calibration);
	predictor->calibration_text = NULL;
	predictor->calibration = NULL;
	old = MemoryContextSwitchTo(predictor->context);
	predictor->calibration_length = model->calibration.length;
	predictor->calibration_text = palloc(model->calibration.length);
	memcpy(predictor->calibration_text, text, model->calibration.length);
	predictor->calibration = calibration_from_json(text,
												   model->calibration.length,
												   NULL);
	MemoryContextSwitchTo(old);
}

/* Warn of a prediction from a model whose fit says not to rely on it. */
static void
warn(LeadPredictor *predictor)
{
	const LeadModel *model = predictor->model;

	if (model->status == LEAD_GIVEN || model->status == LEAD_OK ||
		predictor->warned)
		return;
	predictor->warned = true;
	ereport(WARNING,
			(errcode(ERRCODE_WARNING),
			 errmsg("prediction from a %s model with status \"%s\"",
					lead_family_name(model->family),
					lead_status_name(model->status)),
			 model->reason.offset == 0 ? 0 :
			 errdetail("%s", pnstrdup(lead_text(model, model->reason),
									  model->reason.length)),
			 errhint("Leave out the features that tell the outcome apart, or fit with a ridge.")));
}

/* The model that is an argument. */
LeadPredictor *
lead_predictor(FunctionCallInfo fcinfo, int argument)
{
	LeadPredictor *predictor = fcinfo->flinfo->fn_extra;

	if (predictor == NULL)
	{
		predictor = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt,
										   sizeof(LeadPredictor));
		predictor->context = fcinfo->flinfo->fn_mcxt;
		fcinfo->flinfo->fn_extra = predictor;
	}
	predictor->model = untoasted_model(predictor, (struct varlena *)
									   PG_GETARG_POINTER(argument));
	take_calibration(predictor);
	warn(predictor);
	return predictor;
}

/* The probability of a logit, within bounds and calibrated. */
double
lead_probability(const LeadPredictor *predictor, double logit)
{
	const LeadModel *model = predictor->model;
	double		probability = 1 / (1 + exp(-logit));

	if (isnan(logit))
		return logit;
	probability = Min(Max(probability, model->least), model->most);
	if (predictor->calibration == NULL)
		return probability;
	probability = calibrated(predictor->calibration, probability);
	return Min(Max(probability, model->least), model->most);
}
