/*
 * interval_answer.c
 *		A prediction with its interval, as a row of SQL.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"

#include "clv/interval_answer.h"

/* The place of a model's own parameters. */
void
model_to_place(const Model *model, double *place)
{
	for (int i = 0; i < model->nparameters; i++)
		place[i] = log(model->values[i]);
	memcpy(place + model->nparameters, MODEL_COEFFICIENTS(model),
		   model->ncoefficients * sizeof(double));
}

/*
 * Natural parameters and constants, from a place. A parameter that has not
 * moved is the model's own to the last bit, and not exp of its logarithm: so the
 * estimate is that of the plain prediction.
 */
void
place_to_parameters(const Model *model, const double *place,
					double *parameters)
{
	for (int i = 0; i < model->nparameters; i++)
		parameters[i] = place[i] == log(model->values[i]) ? model->values[i] :
			exp(place[i]);
	memcpy(parameters + model->nparameters, model->values + model->nparameters,
		   model->nconstants * sizeof(double));
}

/* The row of a prediction with its interval. */
Datum
interval_answer(FunctionCallInfo fcinfo, Prediction f, void *context,
				PredictionRange range, const Model *const *models, int nmodels,
				double factor, double confidence)
{
	double		quantile = confidence_quantile(confidence);
	double		place[2 * MODEL_MAX_DIMENSION];
	double		estimate;
	double		error;
	double		low;
	double		high;
	int			n = 0;
	bool		has_covariance = true;
	TupleDesc	desc;
	Datum		values[4] = {0};
	bool		nulls[4] = {false, true, true, true};

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	Assert(nmodels <= 2);
	for (int part = 0; part < nmodels; part++)
	{
		model_to_place(models[part], place + n);
		n += MODEL_DIMENSION(models[part]);
		if (!(models[part]->flags & MODEL_HAS_COVARIANCE))
			has_covariance = false;
	}
	if (has_covariance)
	{
		double	   *covariance = palloc0(sizeof(double) * n * n);
		int			at = 0;

		for (int part = 0; part < nmodels; part++)
		{
			int			m = MODEL_DIMENSION(models[part]);

			for (int i = 0; i < m; i++)
				memcpy(covariance + (at + i) * n + at,
					   MODEL_LOG_COVARIANCE(models[part]) + i * m,
					   m * sizeof(double));
			at += m;
		}
		if (prediction_interval(f, context, range, place, covariance, n,
								quantile, &estimate, &error, &low, &high))
		{
			values[1] = Float8GetDatum(fabs(factor) * error);
			values[2] = Float8GetDatum(factor * (factor < 0 ? high : low));
			values[3] = Float8GetDatum(factor * (factor < 0 ? low : high));
			nulls[1] = nulls[2] = nulls[3] = false;
		}
		pfree(covariance);
	}
	else
		estimate = f(place, context);
	/* nothing of what is infinite is nothing */
	values[0] = Float8GetDatum(factor == 0 ? 0 : factor * estimate);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc),
													  values, nulls)));
}
