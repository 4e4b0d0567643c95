/*
 * ask.c
 *		A question to a purchase model: arguments in, answer out.
 *
 * A purchase model speaks in its own unit of time; customers (rfm) and horizons
 * come in days.
 */
#include "postgres.h"

#include <math.h>

#include "utils/float.h"

#include "clv/ask.h"
#include "clv/opportunities.h"
#include "days.h"

/* Take the model, an argument, and warn if its fit was no good. */
void
ask_model(FunctionCallInfo fcinfo, int argument, Question *question)
{
	question->model = PG_GETARG_MODEL_P(argument);
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

/* What is known of a customer, in the model's unit of time. */
void
ask_summary(const Question *question, uint32 frequency, double recency,
			double age, double log_gaps, PurchaseHistorySummary *customer)
{
	double		unit = question->model->unit;

	customer->frequency = frequency;
	customer->recency = recency / unit;
	customer->age = age / unit;
	customer->log_gaps = log_gaps - frequency * log(unit);
	if (question->family->discrete)
		check_opportunities(question->family->name, frequency, recency, age,
							unit, &customer->recency, &customer->age);
}

/* Take the customer of the question. */
void
ask_customer(Question *question, const Rfm *rfm)
{
	if (rfm->flags & RFM_FIRST_INCLUDED)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a purchase model does not count the first purchase"),
				 errdetail("The frequency of this rfm, %d, includes it.",
						   rfm->frequency),
				 errhint("Build it by rfm(history, as_of) without first_included; that option is for spend models alone.")));
	ask_summary(question, rfm->frequency, rfm->recency, rfm->age,
				rfm->log_gaps, &question->customer);
}

/*
 * A time ahead, in the model's unit of time; under a discrete family the whole
 * opportunities in it.
 */
double
ask_horizon(const Question *question, const Interval *horizon, const char *what)
{
	double		time = clientele_horizon_days(horizon, what) /
		question->model->unit;

	return question->family->discrete ? opportunities_within(time) : time;
}

/* A horizon that may be all time to come. */
double
ask_long_horizon(const Question *question, const Interval *horizon)
{
	if (horizon->month >= ALL_TIME_MONTHS)
		return get_float8_infinity();
	return ask_horizon(question, horizon, "horizon");
}

/* The rate of continuous discounting for a unit of time. */
double
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
int
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
double
checked_answer(const Question *question, double value)
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

/* The answer: a number. */
double
answer(const Question *question)
{
	return checked_answer(question,
						  question->predict(question, question->model->values));
}

/* The prediction as a function of the place of the model's parameters. */
static double
answer_at(const double *place, void *context)
{
	const Question *question = context;
	double		parameters[FAMILY_MAX_PARAMETERS];

	place_to_parameters(question->model, place, parameters);
	return checked_answer(question, question->predict(question, parameters));
}

/* The answer with its interval; the confidence is the last argument. */
Datum
answer_interval(FunctionCallInfo fcinfo, Question *question,
				PredictionRange range, double factor)
{
	return interval_answer(fcinfo, answer_at, question, range,
						   &question->model, 1, factor,
						   PG_GETARG_FLOAT8(PG_NARGS() - 1));
}
