/*
 * predict_value.c
 *		What a purchase of a customer brings, and what the customer is worth:
 *		over a horizon, for all time to come, and before the first purchase.
 */
#include "postgres.h"

#include <math.h>

#include "utils/float.h"

#include "clv/family/gamma_gamma.h"
#include "clv/predict_value.h"

PG_FUNCTION_INFO_V1(clientele_expected_spend);
PG_FUNCTION_INFO_V1(clientele_expected_spend_interval);
PG_FUNCTION_INFO_V1(clientele_expected_spend_new);
PG_FUNCTION_INFO_V1(clientele_expected_spend_new_interval);
PG_FUNCTION_INFO_V1(clientele_clv);
PG_FUNCTION_INFO_V1(clientele_clv_interval);
PG_FUNCTION_INFO_V1(clientele_residual_clv);
PG_FUNCTION_INFO_V1(clientele_residual_clv_interval);
PG_FUNCTION_INFO_V1(clientele_new_customer_value);
PG_FUNCTION_INFO_V1(clientele_new_customer_value_interval);

/* Take the spend model, an argument. */
static void
ask_spend_model(FunctionCallInfo fcinfo, int argument, ValueQuestion *value)
{
	value->spend = PG_GETARG_MODEL_P(argument);
	model_warn(fcinfo, value->spend);
	value->purchases = 0;
	value->mean = 0;
}

/*
 * Take what a customer spent. Net spend below zero (refunds) counts as zero:
 * the model knows values above it.
 */
static void
ask_spend_customer(ValueQuestion *value, const Rfm *rfm)
{
	value->purchases = rfm->frequency;
	value->mean = rfm->frequency > 0 ? Max(rfm->monetary_value, 0) : 0;
}

/* The mean value of a purchase; NAN where the model knows none. */
double
value_spend(const ValueQuestion *value, const double *parameters)
{
	return gamma_gamma_expected_spend(parameters, value->purchases, value->mean);
}

/* The same under the model's own parameters, and an error for NAN. */
double
value_spend_checked(const ValueQuestion *value)
{
	double		spend = value_spend(value, value->spend->values);

	if (isnan(spend))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("expected spend does not exist"),
				 errdetail("For %g purchases p * purchases + q is %g, and must be greater than 1.",
						   value->purchases,
						   value->spend->values[0] * value->purchases +
						   value->spend->values[1]),
				 errhint("Fit the spend model with finite_mean => true, which keeps q above 1.")));
	return spend;
}

/*
 * Spend as a function of the place of its model. Where the neighbourhood has
 * none (q near 1), there is no interval.
 */
static double
spend_at(const double *place, void *context)
{
	const ValueQuestion *value = context;
	double		parameters[GAMMA_GAMMA_PARAMETERS];

	place_to_parameters(value->spend, place, parameters);
	return value_spend(value, parameters);
}

/* The row of expected_spend_interval(). */
static Datum
answer_spend_interval(FunctionCallInfo fcinfo, ValueQuestion *value)
{
	(void) value_spend_checked(value);
	return interval_answer(fcinfo, spend_at, value, RANGE_POSITIVE,
						   &value->spend, 1, 1.0,
						   PG_GETARG_FLOAT8(PG_NARGS() - 1));
}

/* expected_spend(spend_model, rfm): mean value of a purchase. */
Datum
clientele_expected_spend(PG_FUNCTION_ARGS)
{
	ValueQuestion value;

	ask_spend_model(fcinfo, 0, &value);
	ask_spend_customer(&value, PG_GETARG_RFM_P(1));
	PG_RETURN_FLOAT8(value_spend_checked(&value));
}

/* expected_spend_interval(spend_model, rfm, confidence) */
Datum
clientele_expected_spend_interval(PG_FUNCTION_ARGS)
{
	ValueQuestion value;

	ask_spend_model(fcinfo, 0, &value);
	ask_spend_customer(&value, PG_GETARG_RFM_P(1));
	return answer_spend_interval(fcinfo, &value);
}

/* expected_spend(spend_model): mean value of a purchase in the population. */
Datum
clientele_expected_spend_new(PG_FUNCTION_ARGS)
{
	ValueQuestion value;

	ask_spend_model(fcinfo, 0, &value);
	PG_RETURN_FLOAT8(value_spend_checked(&value));
}

/* expected_spend_interval(spend_model, confidence) */
Datum
clientele_expected_spend_new_interval(PG_FUNCTION_ARGS)
{
	ValueQuestion value;

	ask_spend_model(fcinfo, 0, &value);
	return answer_spend_interval(fcinfo, &value);
}

/* Take both models; so far the question is about a new customer. */
void
ask_value_models(FunctionCallInfo fcinfo, int i, ValueQuestion *value)
{
	memset(value, 0, sizeof(ValueQuestion));
	ask_model(fcinfo, i, &value->question);
	ask_spend_model(fcinfo, i + 1, value);
}

/* Take a customer. */
void
ask_value_customer(ValueQuestion *value, const Rfm *rfm)
{
	ask_customer(&value->question, rfm);
	ask_spend_customer(value, rfm);
}

/* Take annual_rate and margin. */
void
ask_value_terms(FunctionCallInfo fcinfo, int i, ValueQuestion *value)
{
	value->question.delta = ask_discount(&value->question, PG_GETARG_FLOAT8(i));
	value->margin = PG_GETARG_FLOAT8(i + 1);
	if (!isfinite(value->margin))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid margin"),
				 errdetail("The margin is %g.", value->margin),
				 errhint("Give the share of revenue that is left, such as 0.3; 1 values revenue.")));
}

/* Purchases, discounted. */
double
value_purchases(const ValueQuestion *value, const double *parameters)
{
	const Question *question = &value->question;

	return value->first +
		checked_answer(question,
					   question->family->discounted_purchases(parameters,
															  &question->customer,
															  question->horizon,
															  question->delta));
}

/* Revenue as a function of the place of both models. */
static double
revenue_at(const double *place, void *context)
{
	const ValueQuestion *value = context;
	const Model *purchases = value->question.model;
	double		purchase_parameters[FAMILY_MAX_PARAMETERS];
	double		spend_parameters[GAMMA_GAMMA_PARAMETERS];

	place_to_parameters(purchases, place, purchase_parameters);
	place_to_parameters(value->spend, place + MODEL_DIMENSION(purchases),
						spend_parameters);
	return value_purchases(value, purchase_parameters) *
		value_spend(value, spend_parameters);
}

/* The answer: a number. */
static Datum
answer_value(const ValueQuestion *value)
{
	double		purchases = value_purchases(value, value->question.model->values);

	double		revenue = purchases * value_spend_checked(value);

	/* nothing of what never ends is nothing */
	PG_RETURN_FLOAT8(value->margin == 0 ? 0 : value->margin * revenue);
}

/*
 * The answer with its interval. Both models were fitted apart, so their errors
 * are taken as independent.
 */
static Datum
answer_value_interval(FunctionCallInfo fcinfo, ValueQuestion *value)
{
	const Model *models[2] = {value->question.model, value->spend};

	(void) value_spend_checked(value);
	return interval_answer(fcinfo, revenue_at, value, RANGE_POSITIVE, models,
						   2, value->margin, PG_GETARG_FLOAT8(PG_NARGS() - 1));
}

/* The arguments of clv(). */
static void
ask_clv(FunctionCallInfo fcinfo, ValueQuestion *value)
{
	ask_value_models(fcinfo, 0, value);
	ask_value_customer(value, PG_GETARG_RFM_P(2));
	value->question.horizon = ask_long_horizon(&value->question,
											   PG_GETARG_INTERVAL_P(3));
	ask_value_terms(fcinfo, 4, value);
}

/* clv(purchase_model, spend_model, rfm, horizon, annual_rate, margin) */
Datum
clientele_clv(PG_FUNCTION_ARGS)
{
	ValueQuestion value;

	ask_clv(fcinfo, &value);
	return answer_value(&value);
}

/* clv_interval(..., confidence) */
Datum
clientele_clv_interval(PG_FUNCTION_ARGS)
{
	ValueQuestion value;

	ask_clv(fcinfo, &value);
	return answer_value_interval(fcinfo, &value);
}

/* The arguments of residual_clv(): clv() for all time to come. */
static void
ask_residual_clv(FunctionCallInfo fcinfo, ValueQuestion *value)
{
	ask_value_models(fcinfo, 0, value);
	ask_value_customer(value, PG_GETARG_RFM_P(2));
	value->question.horizon = get_float8_infinity();
	ask_value_terms(fcinfo, 3, value);
}

/* residual_clv(purchase_model, spend_model, rfm, annual_rate, margin) */
Datum
clientele_residual_clv(PG_FUNCTION_ARGS)
{
	ValueQuestion value;

	ask_residual_clv(fcinfo, &value);
	return answer_value(&value);
}

/* residual_clv_interval(..., confidence) */
Datum
clientele_residual_clv_interval(PG_FUNCTION_ARGS)
{
	ValueQuestion value;

	ask_residual_clv(fcinfo, &value);
	return answer_value_interval(fcinfo, &value);
}

/* The arguments of new_customer_value(). */
static void
ask_new_customer_value(FunctionCallInfo fcinfo, ValueQuestion *value)
{
	ask_value_models(fcinfo, 0, value);
	value->question.horizon = ask_long_horizon(&value->question,
											   PG_GETARG_INTERVAL_P(2));
	ask_value_terms(fcinfo, 3, value);
	value->first = PG_GETARG_BOOL(5) ? 1.0 : 0.0;
}

/*
 * new_customer_value(purchase_model, spend_model, horizon, annual_rate, margin,
 * first_included): of somebody who is about to buy for the first time.
 */
Datum
clientele_new_customer_value(PG_FUNCTION_ARGS)
{
	ValueQuestion value;

	ask_new_customer_value(fcinfo, &value);
	return answer_value(&value);
}

/* new_customer_value_interval(..., confidence) */
Datum
clientele_new_customer_value_interval(PG_FUNCTION_ARGS)
{
	ValueQuestion value;

	ask_new_customer_value(fcinfo, &value);
	return answer_value_interval(fcinfo, &value);
}
