/*
 * predict.c
 *		What a purchase model says of a customer: is he still there, what will
 *		he buy. Each answer has a twin with its interval.
 */
#include "postgres.h"

#include <math.h>

#include "utils/float.h"

#include "clv/ask.h"

PG_FUNCTION_INFO_V1(clientele_p_alive);
PG_FUNCTION_INFO_V1(clientele_p_alive_interval);
PG_FUNCTION_INFO_V1(clientele_expected_purchases);
PG_FUNCTION_INFO_V1(clientele_expected_purchases_interval);
PG_FUNCTION_INFO_V1(clientele_expected_purchases_new);
PG_FUNCTION_INFO_V1(clientele_expected_purchases_new_interval);
PG_FUNCTION_INFO_V1(clientele_purchase_probability);
PG_FUNCTION_INFO_V1(clientele_purchase_probability_interval);
PG_FUNCTION_INFO_V1(clientele_purchase_probability_new);
PG_FUNCTION_INFO_V1(clientele_purchase_probability_new_interval);
PG_FUNCTION_INFO_V1(clientele_discounted_expected_purchases);
PG_FUNCTION_INFO_V1(clientele_discounted_expected_purchases_interval);
PG_FUNCTION_INFO_V1(clientele_discounted_expected_purchases_new);
PG_FUNCTION_INFO_V1(clientele_discounted_expected_purchases_new_interval);
PG_FUNCTION_INFO_V1(clientele_log_likelihood_rfm);

/* P(alive), now or after a further time. */
static double
predict_p_alive(const Question *question, const double *parameters)
{
	return question->family->p_alive(parameters, &question->customer,
									 question->horizon);
}

/* The arguments of p_alive(model, rfm, after). */
static void
ask_p_alive(FunctionCallInfo fcinfo, Question *question)
{
	ask_model(fcinfo, 0, question);
	ask_customer(question, PG_GETARG_RFM_P(1));
	question->horizon = ask_horizon(question, PG_GETARG_INTERVAL_P(2),
									"time after");
	question->predict = predict_p_alive;
}

/* p_alive(model, rfm, after): now, or after a further time without news. */
Datum
clientele_p_alive(PG_FUNCTION_ARGS)
{
	Question	question;

	ask_p_alive(fcinfo, &question);
	PG_RETURN_FLOAT8(answer(&question));
}

/* p_alive_interval(model, rfm, after, confidence) */
Datum
clientele_p_alive_interval(PG_FUNCTION_ARGS)
{
	Question	question;

	ask_p_alive(fcinfo, &question);
	return answer_interval(fcinfo, &question, RANGE_PROBABILITY, 1.0);
}

/* Purchases within the horizon. */
static double
predict_purchases(const Question *question, const double *parameters)
{
	return question->family->expected_purchases(parameters,
												&question->customer,
												question->horizon);
}

/* The arguments of expected_purchases(model, rfm, horizon). */
static void
ask_expected_purchases(FunctionCallInfo fcinfo, Question *question)
{
	ask_model(fcinfo, 0, question);
	ask_customer(question, PG_GETARG_RFM_P(1));
	question->horizon = ask_horizon(question, PG_GETARG_INTERVAL_P(2),
									"horizon");
	question->predict = predict_purchases;
}

/* expected_purchases(model, rfm, horizon) */
Datum
clientele_expected_purchases(PG_FUNCTION_ARGS)
{
	Question	question;

	ask_expected_purchases(fcinfo, &question);
	PG_RETURN_FLOAT8(answer(&question));
}

/* expected_purchases_interval(model, rfm, horizon, confidence) */
Datum
clientele_expected_purchases_interval(PG_FUNCTION_ARGS)
{
	Question	question;

	ask_expected_purchases(fcinfo, &question);
	return answer_interval(fcinfo, &question, RANGE_POSITIVE, 1.0);
}

/* Repeat purchases of a new customer within the horizon. */
static double
predict_purchases_new(const Question *question, const double *parameters)
{
	return question->family->expected_purchases_new(parameters,
													question->horizon);
}

/* The arguments of expected_purchases(model, horizon). */
static void
ask_expected_purchases_new(FunctionCallInfo fcinfo, Question *question)
{
	memset(question, 0, sizeof(Question));
	ask_model(fcinfo, 0, question);
	question->horizon = ask_horizon(question, PG_GETARG_INTERVAL_P(1),
									"horizon");
	question->predict = predict_purchases_new;
}

/* expected_purchases(model, horizon): of a new customer. */
Datum
clientele_expected_purchases_new(PG_FUNCTION_ARGS)
{
	Question	question;

	ask_expected_purchases_new(fcinfo, &question);
	PG_RETURN_FLOAT8(answer(&question));
}

/* expected_purchases_interval(model, horizon, confidence) */
Datum
clientele_expected_purchases_new_interval(PG_FUNCTION_ARGS)
{
	Question	question;

	ask_expected_purchases_new(fcinfo, &question);
	return answer_interval(fcinfo, &question, RANGE_POSITIVE, 1.0);
}

/* P(n purchases within the horizon). */
static double
predict_probability(const Question *question, const double *parameters)
{
	return question->family->purchase_probability(parameters,
												  &question->customer,
												  question->purchases,
												  question->horizon);
}

/* The arguments of purchase_probability(model, rfm, n, horizon). */
static void
ask_probability(FunctionCallInfo fcinfo, Question *question)
{
	question->purchases = ask_purchases(PG_GETARG_INT32(2));
	ask_model(fcinfo, 0, question);
	ask_customer(question, PG_GETARG_RFM_P(1));
	question->horizon = ask_horizon(question, PG_GETARG_INTERVAL_P(3),
									"horizon");
	question->predict = predict_probability;
}

/* purchase_probability(model, rfm, n, horizon) */
Datum
clientele_purchase_probability(PG_FUNCTION_ARGS)
{
	Question	question;

	ask_probability(fcinfo, &question);
	PG_RETURN_FLOAT8(answer(&question));
}

/* purchase_probability_interval(model, rfm, n, horizon, confidence) */
Datum
clientele_purchase_probability_interval(PG_FUNCTION_ARGS)
{
	Question	question;

	ask_probability(fcinfo, &question);
	return answer_interval(fcinfo, &question, RANGE_PROBABILITY, 1.0);
}

/* P(n repeat purchases of a new customer within the horizon). */
static double
predict_probability_new(const Question *question, const double *parameters)
{
	return question->family->purchase_probability_new(parameters,
													  question->purchases,
													  question->horizon);
}

/* The arguments of purchase_probability(model, n, horizon). */
static void
ask_probability_new(FunctionCallInfo fcinfo, Question *question)
{
	memset(question, 0, sizeof(Question));
	question->purchases = ask_purchases(PG_GETARG_INT32(1));
	ask_model(fcinfo, 0, question);
	question->horizon = ask_horizon(question, PG_GETARG_INTERVAL_P(2),
									"horizon");
	question->predict = predict_probability_new;
}

/* purchase_probability(model, n, horizon): of a new customer. */
Datum
clientele_purchase_probability_new(PG_FUNCTION_ARGS)
{
	Question	question;

	ask_probability_new(fcinfo, &question);
	PG_RETURN_FLOAT8(answer(&question));
}

/* purchase_probability_interval(model, n, horizon, confidence) */
Datum
clientele_purchase_probability_new_interval(PG_FUNCTION_ARGS)
{
	Question	question;

	ask_probability_new(fcinfo, &question);
	return answer_interval(fcinfo, &question, RANGE_PROBABILITY, 1.0);
}

/* Purchases within the horizon, discounted. */
static double
predict_discounted(const Question *question, const double *parameters)
{
	return question->family->discounted_purchases(parameters,
												  &question->customer,
												  question->horizon,
												  question->delta);
}

/*
 * The rate and the horizon of discounted_expected_purchases(), arguments i and
 * i + 1; without a horizon for all time to come (DERT).
 */
static void
ask_discounted(FunctionCallInfo fcinfo, Question *question, int i,
			   bool has_horizon)
{
	question->delta = ask_discount(question, PG_GETARG_FLOAT8(i));
	question->horizon = has_horizon ?
		ask_long_horizon(question, PG_GETARG_INTERVAL_P(i + 1)) :
		get_float8_infinity();
	question->predict = predict_discounted;
}

/*
 * discounted_expected_purchases(model, rfm, annual_rate [, horizon]): Infinity
 * where that has no end.
 */
Datum
clientele_discounted_expected_purchases(PG_FUNCTION_ARGS)
{
	Question	question;

	ask_model(fcinfo, 0, &question);
	ask_customer(&question, PG_GETARG_RFM_P(1));
	ask_discounted(fcinfo, &question, 2, PG_NARGS() > 3);
	PG_RETURN_FLOAT8(answer(&question));
}

/*
 * discounted_expected_purchases_interval(model, rfm, annual_rate, horizon,
 * confidence)
 */
Datum
clientele_discounted_expected_purchases_interval(PG_FUNCTION_ARGS)
{
	Question	question;

	ask_model(fcinfo, 0, &question);
	ask_customer(&question, PG_GETARG_RFM_P(1));
	ask_discounted(fcinfo, &question, 2, true);
	return answer_interval(fcinfo, &question, RANGE_POSITIVE, 1.0);
}

/* discounted_expected_purchases(model, annual_rate [, horizon]): a new one. */
Datum
clientele_discounted_expected_purchases_new(PG_FUNCTION_ARGS)
{
	Question	question = {0};

	ask_model(fcinfo, 0, &question);
	ask_discounted(fcinfo, &question, 1, PG_NARGS() > 2);
	PG_RETURN_FLOAT8(answer(&question));
}

/*
 * discounted_expected_purchases_interval(model, annual_rate, horizon,
 * confidence)
 */
Datum
clientele_discounted_expected_purchases_new_interval(PG_FUNCTION_ARGS)
{
	Question	question = {0};

	ask_model(fcinfo, 0, &question);
	ask_discounted(fcinfo, &question, 1, true);
	return answer_interval(fcinfo, &question, RANGE_POSITIVE, 1.0);
}

/*
 * log_likelihood(model, rfm): one customer's share in that of a fit. NULL if it
 * takes the gaps between purchases, and they are not known.
 */
Datum
clientele_log_likelihood_rfm(PG_FUNCTION_ARGS)
{
	Question	question;
	double		value;

	ask_model(fcinfo, 0, &question);
	ask_customer(&question, PG_GETARG_RFM_P(1));
	value = question.family->log_likelihood_one(question.model->values,
												&question.customer);
	if (isnan(value) && isnan(question.customer.log_gaps))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(checked_answer(&question, value));
}
