/*
 * lead_model_change.c
 *		A lead model for another share of won ones than it was fitted to, and one
 *		with a calibration.
 */
#include "postgres.h"

#include <math.h>

#include "score/calibration/calibration.h"
#include "score/lead/lead_model_layout.h"

PG_FUNCTION_INFO_V1(clientele_with_prior);
PG_FUNCTION_INFO_V1(clientele_with_true_share);
PG_FUNCTION_INFO_V1(clientele_with_calibration);

/* A share that is neither nothing nor all. */
static void
check_share(double share, const char *name)
{
	if (!(share > 0 && share < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid share of won leads"),
				 errdetail("%s is %g.", name, share),
				 errhint("A share is between 0 and 1, such as 0.05.")));
}

/* The model with a shift of its prior, in place of any that it had. */
static Datum
with_shift(const LeadModel *model, double sample_share, double true_share)
{
	LeadModel  *answer;
	Size		size = VARSIZE(model);

	check_share(sample_share, "sample_share");
	check_share(true_share, "true_share");
	answer = palloc(size);
	memcpy(answer, model, size);
	/* no zero has a sign */
	answer->prior_shift = (log(true_share) - log1p(-true_share)) -
		(log(sample_share) - log1p(-sample_share)) + 0.0;
	PG_RETURN_LEAD_MODEL_P(answer);
}

/* with_prior(model, sample_share, true_share) */
Datum
clientele_with_prior(PG_FUNCTION_ARGS)
{
	return with_shift(PG_GETARG_LEAD_MODEL_P(0), PG_GETARG_FLOAT8(1),
					  PG_GETARG_FLOAT8(2));
}

/* with_prior(model, true_share): the sample is what it was fitted to. */
Datum
clientele_with_true_share(PG_FUNCTION_ARGS)
{
	LeadModel  *model = PG_GETARG_LEAD_MODEL_P(0);

	if (isnan(model->won) || isnan(model->lost))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the share of won leads in the training data is not known"),
				 errdetail("The model does not say how many leads were won and lost."),
				 errhint("Give it: with_prior(model, sample_share, true_share).")));
	return with_shift(model, model->won / (model->won + model->lost),
					  PG_GETARG_FLOAT8(1));
}

/* with_calibration(model, calibration), in place of any that it had. */
Datum
clientele_with_calibration(PG_FUNCTION_ARGS)
{
	LeadModelParts *parts = lead_model_parts(PG_GETARG_LEAD_MODEL_P(0));

	parts->calibration = calibration_to_json(PG_GETARG_CALIBRATION_P(1));
	PG_RETURN_LEAD_MODEL_P(lead_model_build(parts, NULL));
}
