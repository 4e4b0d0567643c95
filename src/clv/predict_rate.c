/*
 * predict_rate.c
 *		What kind of customer somebody is: how often he buys while he is one,
 *		how readily he leaves. Posterior means, each with a twin that has its
 *		interval.
 *
 * Families differ in what they know: some have customers leave after a
 * purchase, with a probability, others at any time, at a rate, and under one
 * nobody leaves. A question that a family does not know is refused, with the
 * families that do.
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"

#include "clv/ask.h"
#include "days.h"

PG_FUNCTION_INFO_V1(clientele_purchase_rate);
PG_FUNCTION_INFO_V1(clientele_purchase_rate_interval);
PG_FUNCTION_INFO_V1(clientele_dropout_probability);
PG_FUNCTION_INFO_V1(clientele_dropout_probability_interval);
PG_FUNCTION_INFO_V1(clientele_dropout_rate);
PG_FUNCTION_INFO_V1(clientele_dropout_rate_interval);

/* The families whose customers leave in a way. */
static char *
families_with_dropout(DropoutKind kind)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = 0; purchase_families[i] != NULL; i++)
		if (purchase_families[i]->dropout_kind == kind &&
			purchase_families[i]->dropout != NULL)
			appendStringInfo(&list, "%s%s", list.len > 0 ? ", " : "",
							 purchase_families[i]->name);
	return list.len > 0 ? list.data : "none";
}

/* The families that tell the rate of purchases. */
static char *
families_with_purchase_rate(void)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = 0; purchase_families[i] != NULL; i++)
		if (purchase_families[i]->purchase_rate != NULL)
			appendStringInfo(&list, "%s%s", list.len > 0 ? ", " : "",
							 purchase_families[i]->name);
	return list.len > 0 ? list.data : "none";
}

/* How many units of the model there are in the time that a rate is for. */
static double
ask_per(const Question *question, const Interval *per)
{
	double		days = clientele_interval_days(per, "per");

	if (!(days > 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid time of a rate"),
				 errdetail("per is %g days.", days),
				 errhint("Give an interval longer than 0: '1 year' for purchases a year.")));
	return days / question->model->unit;
}

/* The rate of purchases. */
static double
predict_purchase_rate(const Question *question, const double *parameters)
{
	return question->family->purchase_rate(parameters, &question->customer);
}

/* The probability or rate of leaving. */
static double
predict_dropout(const Question *question, const double *parameters)
{
	return question->family->dropout(parameters, &question->customer);
}

/*
 * The arguments of purchase_rate(model, rfm, per): returns the units of the
 * model in per. Under a discrete family the family's rate is a probability an
 * opportunity, and there are as many of these in per as units.
 */
static double
ask_purchase_rate(FunctionCallInfo fcinfo, Question *question)
{
	ask_model(fcinfo, 0, question);
	ask_customer(question, PG_GETARG_RFM_P(1));
	if (question->family->purchase_rate == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("family %s does not tell a customer's rate of purchases",
						question->family->name),
				 errhint("Families that do: %s.", families_with_purchase_rate())));
	question->predict = predict_purchase_rate;
	return ask_per(question, PG_GETARG_INTERVAL_P(2));
}

/* purchase_rate(model, rfm, per) */
Datum
clientele_purchase_rate(PG_FUNCTION_ARGS)
{
	Question	question;
	double		units = ask_purchase_rate(fcinfo, &question);

	PG_RETURN_FLOAT8(units * answer(&question));
}

/* purchase_rate_interval(model, rfm, per, confidence) */
Datum
clientele_purchase_rate_interval(PG_FUNCTION_ARGS)
{
	Question	question;
	double		units = ask_purchase_rate(fcinfo, &question);

	return answer_interval(fcinfo, &question,
						   question.family->discrete ? RANGE_PROBABILITY :
						   RANGE_POSITIVE, units);
}

/* Refuse a kind of dropout that the family does not have. */
static void
check_dropout(const PurchaseFamily *family, DropoutKind kind)
{
	const char *what = kind == DROPOUT_RATE ? "rate" : "probability";

	if (family->dropout_kind == kind && family->dropout != NULL)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("family %s has no dropout %s", family->name, what),
			 family->dropout_kind == DROPOUT_NONE ?
			 errdetail("Under it nobody leaves.") :
			 family->dropout_kind == DROPOUT_RATE ?
			 errdetail("Under it a customer leaves at any time: ask for the dropout_rate.") :
			 family->discrete ?
			 errdetail("Under it a customer leaves at an opportunity: ask for the dropout_probability.") :
			 errdetail("Under it a customer leaves after a purchase: ask for the dropout_probability."),
			 errhint("Families with a dropout %s: %s.", what,
					 families_with_dropout(kind))));
}

/* The arguments of dropout_probability(model, rfm). */
static void
ask_dropout_probability(FunctionCallInfo fcinfo, Question *question)
{
	ask_model(fcinfo, 0, question);
	ask_customer(question, PG_GETARG_RFM_P(1));
	check_dropout(question->family, DROPOUT_PROBABILITY);
	question->predict = predict_dropout;
}

/* dropout_probability(model, rfm) */
Datum
clientele_dropout_probability(PG_FUNCTION_ARGS)
{
	Question	question;

	ask_dropout_probability(fcinfo, &question);
	PG_RETURN_FLOAT8(answer(&question));
}

/* dropout_probability_interval(model, rfm, confidence) */
Datum
clientele_dropout_probability_interval(PG_FUNCTION_ARGS)
{
	Question	question;

	ask_dropout_probability(fcinfo, &question);
	return answer_interval(fcinfo, &question, RANGE_PROBABILITY, 1.0);
}

/* The arguments of dropout_rate(model, rfm, per): returns the units in per. */
static double
ask_dropout_rate(FunctionCallInfo fcinfo, Question *question)
{
	ask_model(fcinfo, 0, question);
	ask_customer(question, PG_GETARG_RFM_P(1));
	check_dropout(question->family, DROPOUT_RATE);
	question->predict = predict_dropout;
	return ask_per(question, PG_GETARG_INTERVAL_P(2));
}

/* dropout_rate(model, rfm, per) */
Datum
clientele_dropout_rate(PG_FUNCTION_ARGS)
{
	Question	question;
	double		units = ask_dropout_rate(fcinfo, &question);

	PG_RETURN_FLOAT8(units * answer(&question));
}

/* dropout_rate_interval(model, rfm, per, confidence) */
Datum
clientele_dropout_rate_interval(PG_FUNCTION_ARGS)
{
	Question	question;
	double		units = ask_dropout_rate(fcinfo, &question);

	return answer_interval(fcinfo, &question, RANGE_POSITIVE, units);
}
