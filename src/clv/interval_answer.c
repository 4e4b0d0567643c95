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

/* A prediction of one model or two, and its interval. */
void
interval_of(Prediction f, void *context, PredictionRange range,
			const Model *const *models, int nmodels, double confidence,
			IntervalAnswer *answer)
{
	double		quantile = confidence_quantile(confidence);
	double		place[2 * MODEL_MAX_DIMENSION];
	double	   *covariance;
	int			n = 0;
	int			at = 0;
	bool		has_covariance = true;

	Assert(nmodels <= 2);
	for (int part = 0; part < nmodels; part++)
	{
		model_to_place(models[part], place + n);
		n += MODEL_DIMENSION(models[part]);
		if (!(models[part]->flags & MODEL_HAS_COVARIANCE))
			has_covariance = false;
	}
	answer->has_interval = false;
	if (!has_covariance)
	{
		answer->estimate = f(place, context);
		return;
	}
	covariance = palloc0(sizeof(double) * n * n);
	for (int part = 0; part < nmodels; part++)
	{
		int			m = MODEL_DIMENSION(models[part]);

		for (int i = 0; i < m; i++)
			memcpy(covariance + (at + i) * n + at,
				   MODEL_LOG_COVARIANCE(models[part]) + i * m,
				   m * sizeof(double));
		at += m;
	}
	answer->has_interval =
		prediction_interval(f, context, range, place, covariance, n, quantile,
							&answer->estimate, &answer->std_error,
							&answer->low, &answer->high);
	pfree(covariance);
}

/* A product: nothing of what is infinite is nothing, and there is one zero. */
static double
times(double factor, double value)
{
	return factor == 0 ? 0 : factor * value + 0.0;
}

/* The row of a prediction with its interval. */
Datum
interval_row(FunctionCallInfo fcinfo, const IntervalAnswer *answer,
			 double factor)
{
	TupleDesc	desc;
	Datum		values[4] = {0};
	bool		nulls[4] = {false, true, true, true};

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	values[0] = Float8GetDatum(times(factor, answer->estimate));
	if (answer->has_interval)
	{
		values[1] = Float8GetDatum(times(fabs(factor), answer->std_error));
		values[2] = Float8GetDatum(times(factor, factor < 0 ? answer->high : answer->low));
		values[3] = Float8GetDatum(times(factor, factor < 0 ? answer->low : answer->high));
		nulls[1] = nulls[2] = nulls[3] = false;
	}
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc),
													  values, nulls)));
}

/* Both in one. */
Datum
interval_answer(FunctionCallInfo fcinfo, Prediction f, void *context,
				PredictionRange range, const Model *const *models, int nmodels,
				double factor, double confidence)
{
	IntervalAnswer answer;

	interval_of(f, context, range, models, nmodels, confidence, &answer);
	return interval_row(fcinfo, &answer, factor);
}
