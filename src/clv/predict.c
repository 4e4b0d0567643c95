/*
 * predict.c
 *		What a model says of a customer: is he still there, what will he buy,
 *		what is that worth.
 *
 * A purchase model speaks in its own unit of time; customers (rfm) and horizons
 * come in days. Each function takes them over, asks the family (family.h), and
 * checks that what came back is a number.
 */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/float.h"

#include "clv/family/gamma_gamma.h"
#include "clv/interval_answer.h"
#include "clv/model.h"
#include "clv/opportunities.h"
#include "days.h"
#include "purchase/rfm.h"

PG_FUNCTION_INFO_V1(clientele_p_alive);
PG_FUNCTION_INFO_V1(clientele_expected_purchases);
PG_FUNCTION_INFO_V1(clientele_expected_purchases_new);
PG_FUNCTION_INFO_V1(clientele_purchase_probability);
PG_FUNCTION_INFO_V1(clientele_purchase_probability_new);
PG_FUNCTION_INFO_V1(clientele_discounted_expected_purchases);
PG_FUNCTION_INFO_V1(clientele_log_likelihood_rfm);
PG_FUNCTION_INFO_V1(clientele_expected_spend);
PG_FUNCTION_INFO_V1(clientele_expected_spend_new);
PG_FUNCTION_INFO_V1(clientele_clv);
PG_FUNCTION_INFO_V1(clientele_clv_interval);

/* A question about one customer, in the model's unit of time. */
typedef struct Question
{
	const Model *model;
	const PurchaseFamily *family;
	PurchaseHistorySummary customer;
} Question;

/* Take the model, argument 0, and warn if its fit was no good. */
static void
ask_model(FunctionCallInfo fcinfo, Question *question)
{
	question->model = PG_GETARG_MODEL_P(0);
	question->family = find_purchase_family(question->model->family);
	if (question->family == NULL)
		elog(ERROR, "unexpected family of a model: \"%s\"",
			 question->model->family);
	if (question->model->ncoefficients > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("this purchase_model needs covariates"),
				 errdetail("It was fitted with covariates: each customer has parameters of his own."),
				 errhint("Give with_covariates(model, covariates) instead of the model.")));
	model_warn(fcinfo, question->model);
}

/* Take a customer over into the model's unit of time. */
static void
ask_customer(Question *question, const Rfm *rfm)
{
	if (rfm->flags & RFM_FIRST_INCLUDED)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a purchase model does not count the first purchase"),
				 errdetail("The frequency of this rfm, %d, includes it.",
						   rfm->frequency),
				 errhint("Build it by rfm(history, as_of) without first_included; that option is for spend models alone.")));
	question->customer.frequency = rfm->frequency;
	question->customer.recency = rfm->recency / question->model->unit;
	question->customer.age = rfm->age / question->model->unit;
	question->customer.log_gaps = rfm->log_gaps -
		rfm->frequency * log(question->model->unit);
	if (question->family->discrete)
		check_opportunities(question->family->name, rfm->frequency,
							rfm->recency, rfm->age, question->model->unit,
							&question->customer.recency,
							&question->customer.age);
}

/*
 * A time ahead, in the model's unit of time; under a discrete family the whole
 * opportunities in it.
 */
static double
ask_time(const Question *question, const Interval *interval, const char *what)
{
	double		time = clientele_horizon_days(interval, what) /
		question->model->unit;

	return question->family->discrete ? opportunities_within(time) : time;
}

/* A horizon, in the model's unit of time. */
static double
ask_horizon(const Question *question, const Interval *horizon)
{
	return ask_time(question, horizon, "horizon");
}

/* The rate of continuous discounting for a unit of time. */
static double
ask_discount(const Question *question, double annual_rate)
{
	if (!(annual_rate >= 0 && isfinite(annual_rate)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid annual_rate"),
				 errdetail("The annual rate is %g.", annual_rate),
				 errhint("Give an effective rate a year of zero or more: 0.10 is ten percent.")));
	return log1p(annual_rate) / DAYS_A_YEAR * question->model->unit;
}

/* The number of purchases whose probability is asked for. */
static int
ask_purchases(int n)
{
	if (n < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid number of purchases"),
				 errdetail("The number is %d.", n),
				 errhint("Give zero or more.")));
	return n;
}

/* A number that is one: a family never answers NaN, and if it did, we say so. */
static double
answer(const Question *question, double value)
{
	if (isnan(value))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("prediction is out of range"),
				 errdetail("Model %s, customer with frequency %g, recency %g, age %g in units of %g days.",
						   model_to_json(question->model),
						   question->customer.frequency,
						   question->customer.recency,
						   question->customer.age,
						   question->model->unit),
				 errhint("This is a defect of Clientele: please report it with this detail.")));
	return value;
}

/* p_alive(model, rfm, after): now, or after a further time without news. */
Datum
clientele_p_alive(PG_FUNCTION_ARGS)
{
	Question	question;
	double		after;

	ask_model(fcinfo, &question);
	ask_customer(&question, PG_GETARG_RFM_P(1));
	after = ask_time(&question, PG_GETARG_INTERVAL_P(2), "time after");
	PG_RETURN_FLOAT8(answer(&question,
							question.family->p_alive(question.model->values,
													 &question.customer, after)));
}

/* expected_purchases(model, rfm, horizon) */
Datum
clientele_expected_purchases(PG_FUNCTION_ARGS)
{
	Question	question;
	double		horizon;

	ask_model(fcinfo, &question);
	ask_customer(&question, PG_GETARG_RFM_P(1));
	horizon = ask_horizon(&question, PG_GETARG_INTERVAL_P(2));
	PG_RETURN_FLOAT8(answer(&question,
							question.family->expected_purchases(question.model->values,
																&question.customer,
																horizon)));
}

/* expected_purchases(model, horizon): of a new customer. */
Datum
clientele_expected_purchases_new(PG_FUNCTION_ARGS)
{
	Question	question = {0};
	double		horizon;

	ask_model(fcinfo, &question);
	horizon = ask_horizon(&question, PG_GETARG_INTERVAL_P(1));
	PG_RETURN_FLOAT8(answer(&question,
							question.family->expected_purchases_new(question.model->values,
																	horizon)));
}

/* purchase_probability(model, rfm, n, horizon) */
Datum
clientele_purchase_probability(PG_FUNCTION_ARGS)
{
	Question	question;
	int			n = ask_purchases(PG_GETARG_INT32(2));
	double		horizon;

	ask_model(fcinfo, &question);
	ask_customer(&question, PG_GETARG_RFM_P(1));
	horizon = ask_horizon(&question, PG_GETARG_INTERVAL_P(3));
	PG_RETURN_FLOAT8(answer(&question,
							question.family->purchase_probability(question.model->values,
																  &question.customer,
																  n, horizon)));
}

/* purchase_probability(model, n, horizon): of a new customer. */
Datum
clientele_purchase_probability_new(PG_FUNCTION_ARGS)
{
	Question	question = {0};
	int			n = ask_purchases(PG_GETARG_INT32(1));
	double		horizon;

	ask_model(fcinfo, &question);
	horizon = ask_horizon(&question, PG_GETARG_INTERVAL_P(2));
	PG_RETURN_FLOAT8(answer(&question,
							question.family->purchase_probability_new(question.model->values,
																	  n, horizon)));
}

/*
 * discounted_expected_purchases(model, rfm, annual_rate [, horizon]): without a
 * horizon for all time to come (DERT), Infinity where that has no end.
 */
Datum
clientele_discounted_expected_purchases(PG_FUNCTION_ARGS)
{
	Question	question;
	double		delta;
	double		horizon = get_float8_infinity();

	ask_model(fcinfo, &question);
	ask_customer(&question, PG_GETARG_RFM_P(1));
	delta = ask_discount(&question, PG_GETARG_FLOAT8(2));
	if (PG_NARGS() > 3)
		horizon = ask_horizon(&question, PG_GETARG_INTERVAL_P(3));
	PG_RETURN_FLOAT8(answer(&question,
							question.family->discounted_purchases(question.model->values,
																  &question.customer,
																  horizon, delta)));
}

/* log_likelihood(model, rfm): one customer's share in that of a fit. */
Datum
clientele_log_likelihood_rfm(PG_FUNCTION_ARGS)
{
	Question	question;

	ask_model(fcinfo, &question);
	ask_customer(&question, PG_GETARG_RFM_P(1));
	PG_RETURN_FLOAT8(answer(&question,
							question.family->log_likelihood_one(question.model->values,
																&question.customer)));
}

/*
 * The mean value of a customer's purchases that a spend model expects. Net
 * spend below zero (refunds) counts as zero: the model knows values above it.
 */
static double
spend_of(const double *parameters, double purchases, double mean)
{
	double		spend = gamma_gamma_expected_spend(parameters, purchases,
												   purchases > 0 ? Max(mean, 0) : 0);

	if (isnan(spend))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("expected spend does not exist"),
				 errdetail("For %g purchases p * purchases + q is %g, and must be greater than 1.",
						   purchases, parameters[0] * purchases + parameters[1]),
				 errhint("Fit the spend model with finite_mean => true, which keeps q above 1.")));
	return spend;
}

/* expected_spend(spend_model, rfm): mean value of a purchase. */
Datum
clientele_expected_spend(PG_FUNCTION_ARGS)
{
	Model	   *model = PG_GETARG_MODEL_P(0);
	Rfm		   *rfm = PG_GETARG_RFM_P(1);

	model_warn(fcinfo, model);
	PG_RETURN_FLOAT8(spend_of(model->values, rfm->frequency,
							  rfm->monetary_value));
}

/* expected_spend(spend_model): mean value of a purchase in the population. */
Datum
clientele_expected_spend_new(PG_FUNCTION_ARGS)
{
	Model	   *model = PG_GETARG_MODEL_P(0);

	model_warn(fcinfo, model);
	PG_RETURN_FLOAT8(spend_of(model->values, 0, 0));
}

/* What the value of one customer is made of. */
typedef struct ValueQuestion
{
	Question	question;
	const Model *spend;
	double		monetary_value;
	double		horizon;
	double		delta;
	double		margin;
} ValueQuestion;

/* Take the arguments that clv() and clv_interval() share. */
static void
ask_value(FunctionCallInfo fcinfo, ValueQuestion *value)
{
	Rfm		   *rfm = PG_GETARG_RFM_P(2);

	ask_model(fcinfo, &value->question);
	ask_customer(&value->question, rfm);
	value->spend = PG_GETARG_MODEL_P(1);
	model_warn(fcinfo, value->spend);
	value->monetary_value = rfm->monetary_value;
	value->horizon = ask_horizon(&value->question, PG_GETARG_INTERVAL_P(3));
	value->delta = ask_discount(&value->question, PG_GETARG_FLOAT8(4));
	value->margin = PG_GETARG_FLOAT8(5);
	if (!isfinite(value->margin))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid margin"),
				 errdetail("The margin is %g.", value->margin),
				 errhint("Give the share of revenue that is left, such as 0.3; 1 values revenue.")));
}

/* Discounted revenue: purchases, discounted, times the value of each. */
static double
revenue_of(const ValueQuestion *value, const double *purchase_parameters,
		   const double *spend_parameters)
{
	const Question *question = &value->question;

	return question->family->discounted_purchases(purchase_parameters,
												  &question->customer,
												  value->horizon,
												  value->delta) *
		spend_of(spend_parameters, question->customer.frequency,
				 value->monetary_value);
}

/* clv(purchase_model, spend_model, rfm, horizon, annual_rate, margin) */
Datum
clientele_clv(PG_FUNCTION_ARGS)
{
	ValueQuestion value;

	ask_value(fcinfo, &value);
	PG_RETURN_FLOAT8(value.margin *
					 answer(&value.question,
							revenue_of(&value, value.question.model->values,
									   value.spend->values)));
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
	return answer(&value->question,
				  revenue_of(value, purchase_parameters, spend_parameters));
}

/*
 * clv_interval(..., confidence): the same value with its standard error and an
 * interval, from the covariance of both models' parameters (fitted apart, so
 * taken as independent) by the delta method on the logarithm of the value.
 * Without a covariance the estimate stands alone.
 */
Datum
clientele_clv_interval(PG_FUNCTION_ARGS)
{
	ValueQuestion value;
	const Model *models[2];

	ask_value(fcinfo, &value);
	models[0] = value.question.model;
	models[1] = value.spend;
	return interval_answer(fcinfo, revenue_at, &value, RANGE_POSITIVE, models,
						   2, value.margin, PG_GETARG_FLOAT8(6));
}
