/*
 * model_access.c
 *		What a model tells of itself: its parameters with their errors, how well
 *		it fits, whether the fit came to an end.
 */
#include "postgres.h"

#include <math.h>

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/tuplestore.h"

#include "clv/model.h"
#include "days.h"
#include "math/normal.h"

PG_FUNCTION_INFO_V1(clientele_parameters);
PG_FUNCTION_INFO_V1(clientele_family);
PG_FUNCTION_INFO_V1(clientele_unit);
PG_FUNCTION_INFO_V1(clientele_status);
PG_FUNCTION_INFO_V1(clientele_converged);
PG_FUNCTION_INFO_V1(clientele_log_likelihood);
PG_FUNCTION_INFO_V1(clientele_aic);
PG_FUNCTION_INFO_V1(clientele_bic);
PG_FUNCTION_INFO_V1(clientele_model_customers);
PG_FUNCTION_INFO_V1(clientele_iterations);
PG_FUNCTION_INFO_V1(clientele_evaluations);

/*
 * parameters(model, confidence): name, estimate, standard error, interval.
 *
 * The covariance is that of the logarithms. The standard error is carried over
 * by the delta method (estimate times that of the logarithm), the interval by
 * the exponential, so that it never leaves the positive numbers. Coefficients
 * of covariates are normal as they are. A constant (k) has no error.
 */
Datum
clientele_parameters(PG_FUNCTION_ARGS)
{
	Model	   *model = PG_GETARG_MODEL_P(0);
	double		confidence = PG_GETARG_FLOAT8(1);
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;
	const double *covariance = MODEL_LOG_COVARIANCE(model);
	double		quantile = confidence_quantile(confidence);
	int			n = MODEL_DIMENSION(model);
	ModelFamily family;

	model_family(model, &family);
	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < n; i++)
	{
		bool		coefficient = i >= model->nparameters;
		double		estimate = coefficient ?
			MODEL_COEFFICIENTS(model)[i - model->nparameters] :
			model->values[i];
		Datum		values[5];
		bool		nulls[5] = {false, false, true, true, true};

		memset(values, 0, sizeof(values));
		values[0] = CStringGetTextDatum(model_name(model, &family, i));
		values[1] = Float8GetDatum(estimate);
		if (model->flags & MODEL_HAS_COVARIANCE)
		{
			double		error = sqrt(covariance[i * n + i]);
			double		reach = quantile * error;

			values[2] = Float8GetDatum(coefficient ? error : estimate * error);
			values[3] = Float8GetDatum(coefficient ? estimate - reach :
									   estimate * exp(-reach));
			values[4] = Float8GetDatum(coefficient ? estimate + reach :
									   estimate * exp(reach));
			nulls[2] = nulls[3] = nulls[4] = false;
		}
		tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
	}
	for (int i = 0; i < model->nconstants; i++)
	{
		Datum		values[5];
		bool		nulls[5] = {false, false, true, true, true};

		memset(values, 0, sizeof(values));
		values[0] = CStringGetTextDatum(family.constant_name);
		values[1] = Float8GetDatum(model->values[model->nparameters + i]);
		tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* The standard normal quantile of a two-sided interval. */
double
confidence_quantile(double confidence)
{
	if (!(confidence > 0 && confidence < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid confidence"),
				 errdetail("The confidence is %g.", confidence),
				 errhint("Give a number between 0 and 1, such as 0.95.")));
	return normal_quantile(0.5 + confidence / 2);
}

/* family(model): its name. */
Datum
clientele_family(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(PG_GETARG_MODEL_P(0)->family));
}

/* unit(purchase_model): the unit of time of its parameters. */
Datum
clientele_unit(PG_FUNCTION_ARGS)
{
	PG_RETURN_INTERVAL_P(clientele_days_interval(PG_GETARG_MODEL_P(0)->unit));
}

/* status(model): 'given', 'ok', 'boundary' or 'not converged'. */
Datum
clientele_status(PG_FUNCTION_ARGS)
{
	Model	   *model = PG_GETARG_MODEL_P(0);

	PG_RETURN_TEXT_P(cstring_to_text(model_status_name(model->status)));
}

/* converged(model): NULL for a model that was typed in. */
Datum
clientele_converged(PG_FUNCTION_ARGS)
{
	Model	   *model = PG_GETARG_MODEL_P(0);

	if (model->status == MODEL_GIVEN)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(model->status == MODEL_OK);
}

/* log_likelihood(model), without the prior. */
Datum
clientele_log_likelihood(PG_FUNCTION_ARGS)
{
	Model	   *model = PG_GETARG_MODEL_P(0);

	if (isnan(model->log_likelihood))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(model->log_likelihood);
}

/* What was chosen for the data: a constant, chosen by likelihood, is one more. */
int
model_degrees(const Model *model)
{
	return MODEL_DIMENSION(model) + model->nconstants;
}

/* 2 k - 2 log-likelihood. */
double
model_aic(const Model *model)
{
	return 2.0 * model_degrees(model) - 2 * model->log_likelihood;
}

/* k ln n - 2 log-likelihood, n the customers. */
double
model_bic(const Model *model)
{
	if (model->customers <= 0)
		return get_float8_nan();
	return model_degrees(model) * log((double) model->customers) -
		2 * model->log_likelihood;
}

/* aic(model) */
Datum
clientele_aic(PG_FUNCTION_ARGS)
{
	double		aic = model_aic(PG_GETARG_MODEL_P(0));

	if (isnan(aic))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(aic);
}

/* bic(model) */
Datum
clientele_bic(PG_FUNCTION_ARGS)
{
	double		bic = model_bic(PG_GETARG_MODEL_P(0));

	if (isnan(bic))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(bic);
}

/* customers(model): how many it was fitted to. */
Datum
clientele_model_customers(PG_FUNCTION_ARGS)
{
	Model	   *model = PG_GETARG_MODEL_P(0);

	if (model->customers < 0)
		PG_RETURN_NULL();
	PG_RETURN_INT64(model->customers);
}

/* iterations(model) of the optimizer. */
Datum
clientele_iterations(PG_FUNCTION_ARGS)
{
	Model	   *model = PG_GETARG_MODEL_P(0);

	if (model->iterations < 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(model->iterations);
}

/* evaluations(model) of the likelihood over all of the data. */
Datum
clientele_evaluations(PG_FUNCTION_ARGS)
{
	Model	   *model = PG_GETARG_MODEL_P(0);

	if (model->evaluations < 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(model->evaluations);
}
