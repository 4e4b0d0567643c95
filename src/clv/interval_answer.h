/*
 * interval_answer.h
 *		A prediction with its interval, as a row of SQL.
 */
#ifndef CLIENTELE_CLV_INTERVAL_ANSWER_H
#define CLIENTELE_CLV_INTERVAL_ANSWER_H

#include "clv/family/interval.h"
#include "clv/model.h"

/* A prediction and, if it has_interval, how far it can be trusted. */
typedef struct IntervalAnswer
{
	double		estimate;
	double		std_error;
	double		low;
	double		high;
	bool		has_interval;
} IntervalAnswer;

/*
 * A prediction f of one model or two. The place that f gets holds, model by
 * model, the logarithms of the parameters and the coefficients:
 * MODEL_DIMENSION(model) numbers each. Models are fitted apart, so their errors
 * are taken as independent. Where a model has no covariance, or the prediction
 * no interval, the estimate stands alone.
 */
extern void interval_of(Prediction f, void *context, PredictionRange range,
						const Model *const *models, int nmodels,
						double confidence, IntervalAnswer *answer);

/*
 * The row (estimate, std_error, low, high), all multiplied by factor, which may
 * be negative.
 */
extern Datum interval_row(FunctionCallInfo fcinfo,
						  const IntervalAnswer *answer, double factor);

/* Both in one. */
extern Datum interval_answer(FunctionCallInfo fcinfo, Prediction f,
							 void *context, PredictionRange range,
							 const Model *const *models, int nmodels,
							 double factor, double confidence);

/*
 * Natural parameters, and after them the constants, from a place of
 * interval_answer(); what a family takes.
 */
extern void place_to_parameters(const Model *model, const double *place,
								double *parameters);

/* The place of a model's own parameters. */
extern void model_to_place(const Model *model, double *place);

#endif							/* CLIENTELE_CLV_INTERVAL_ANSWER_H */
