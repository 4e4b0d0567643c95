/*
 * lead_predictor.c
 *		What a lead model makes of a lead.
 */
#include "postgres.h"

#include <math.h>

#include "utils/memutils.h"

#include "score/lead/lead_predictor.h"

/* The calibration of a model, in memory that lasts; NULL: none. */
static Calibration *
read_calibration(LeadPredictor *predictor, const LeadModel *model)
{
	MemoryContext old;
	Calibration *calibration;

	if (model->calibration.offset == 0)
		return NULL;
	old = MemoryContextSwitchTo(predictor->context);
	calibration = calibration_from_json(lead_text(model, model->calibration),
										model->calibration.length, NULL);
	MemoryContextSwitchTo(old);
	return calibration;
}

/* Take a model as it is, with its calibration, if it has one, at hand. */
static void
take_plain(LeadPredictor *predictor, const LeadModel *model)
{
	const char *text = lead_text(model, model->calibration);
	Size		length = model->calibration.length;

	predictor->model = model;
	predictor->calibration = NULL;
	if (model->calibration.offset == 0)
		return;
	if (predictor->plain == NULL || predictor->plain_length != length ||
		memcmp(predictor->plain_text, text, length) != 0)
	{
		if (predictor->plain != NULL)
		{
			pfree(predictor->plain);
			predictor->plain = NULL;
			pfree(predictor->plain_text);
		}
		predictor->plain_text = MemoryContextAlloc(predictor->context, length);
		memcpy(predictor->plain_text, text, length);
		predictor->plain_length = length;
		predictor->plain = read_calibration(predictor, model);
	}
	predictor->calibration = predictor->plain;
}

/* Take a model that is compressed or out of line, from what is kept or anew. */
static void
take_toasted(LeadPredictor *predictor, struct varlena *raw)
{
	Size		size = VARSIZE_ANY(raw);
	KeptModel  *kept = NULL;
	MemoryContext old;

	for (int i = 0; kept == NULL && i < LEAD_KEPT_MODELS; i++)
		if (predictor->kept[i].toasted != NULL &&
			predictor->kept[i].toasted_size == size &&
			memcmp(predictor->kept[i].toasted, raw, size) == 0)
			kept = &predictor->kept[i];
	if (kept == NULL)
	{
		kept = &predictor->kept[predictor->next];
		predictor->next = (predictor->next + 1) % LEAD_KEPT_MODELS;
		if (kept->toasted != NULL)
		{
			pfree(kept->toasted);
			pfree(kept->model);
			if (kept->calibration != NULL)
				pfree(kept->calibration);
		}
		memset(kept, 0, sizeof(KeptModel));
		old = MemoryContextSwitchTo(predictor->context);
		kept->model = (LeadModel *) pg_detoast_datum(raw);
		kept->calibration = read_calibration(predictor, kept->model);
		kept->toasted_size = size;
		kept->toasted = memcpy(palloc(size), raw, size);
		MemoryContextSwitchTo(old);
	}
	predictor->model = kept->model;
	predictor->calibration = kept->calibration;
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
	struct varlena *raw;

	if (predictor == NULL)
	{
		predictor = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt,
										   sizeof(LeadPredictor));
		predictor->context = fcinfo->flinfo->fn_mcxt;
		fcinfo->flinfo->fn_extra = predictor;
	}
	raw = (struct varlena *) PG_GETARG_POINTER(argument);
	if (!VARATT_IS_EXTENDED(raw))
		take_plain(predictor, (const LeadModel *) raw);
	else if (VARATT_IS_EXTERNAL(raw) && !VARATT_IS_EXTERNAL_ONDISK(raw))
		take_plain(predictor, (const LeadModel *) pg_detoast_datum(raw));
	else
		take_toasted(predictor, raw);
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
