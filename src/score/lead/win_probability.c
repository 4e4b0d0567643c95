/*
 * win_probability.c
 *		How likely a lead is to be won, and the logit of that.
 */
#include "postgres.h"

#include <math.h>

#include "score/lead/lead_predictor.h"

PG_FUNCTION_INFO_V1(clientele_win_probability);
PG_FUNCTION_INFO_V1(clientele_win_probability_of_values);
PG_FUNCTION_INFO_V1(clientele_logit);
PG_FUNCTION_INFO_V1(clientele_logit_of_values);

/* A number, or NULL where there is none. */
static Datum
number_or_null(FunctionCallInfo fcinfo, double number)
{
	if (isnan(number))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(number);
}

/* win_probability(model, features as jsonb) */
Datum
clientele_win_probability(PG_FUNCTION_ARGS)
{
	LeadPredictor *predictor = lead_predictor(fcinfo, 0);
	LeadRecord	record;

	lead_record_of_json(fcinfo, &record);
	return number_or_null(fcinfo,
						  lead_probability(predictor,
										   lead_logit(predictor->model,
													  &record, NULL, NULL)));
}

/* win_probability(model, numbers [, categories]) */
Datum
clientele_win_probability_of_values(PG_FUNCTION_ARGS)
{
	LeadPredictor *predictor = lead_predictor(fcinfo, 0);
	LeadRecord	record;

	lead_record_of_arrays(fcinfo, predictor->model, &record);
	return number_or_null(fcinfo,
						  lead_probability(predictor,
										   lead_logit(predictor->model,
													  &record, NULL, NULL)));
}

/* logit(model, features as jsonb): without bounds and calibration. */
Datum
clientele_logit(PG_FUNCTION_ARGS)
{
	LeadPredictor *predictor = lead_predictor(fcinfo, 0);
	LeadRecord	record;

	lead_record_of_json(fcinfo, &record);
	return number_or_null(fcinfo, lead_logit(predictor->model, &record, NULL,
											 NULL));
}

/* logit(model, numbers [, categories]): without bounds and calibration. */
Datum
clientele_logit_of_values(PG_FUNCTION_ARGS)
{
	LeadPredictor *predictor = lead_predictor(fcinfo, 0);
	LeadRecord	record;

	lead_record_of_arrays(fcinfo, predictor->model, &record);
	return number_or_null(fcinfo, lead_logit(predictor->model, &record, NULL,
											 NULL));
}
