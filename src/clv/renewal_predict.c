/*
 * renewal_predict.c
 *		What a renewal model says: who stays, how long, and what that is worth.
 *
 * Each prediction is one function of the curve, asked with the model's own
 * parameters for the number, and about them for the interval.
 */
#include "postgres.h"

#include <math.h>

#include "common/hashfn.h"
#include "utils/float.h"

#include "clv/family/shifted_beta_geometric.h"
#include "clv/interval_answer.h"
#include "clv/model.h"
#include "compat.h"

PG_FUNCTION_INFO_V1(clientele_survival);
PG_FUNCTION_INFO_V1(clientele_survival_interval);
PG_FUNCTION_INFO_V1(clientele_survival_further);
PG_FUNCTION_INFO_V1(clientele_survival_further_interval);
PG_FUNCTION_INFO_V1(clientele_churn_probability);
PG_FUNCTION_INFO_V1(clientele_churn_probability_interval);
PG_FUNCTION_INFO_V1(clientele_renewal_rate);
PG_FUNCTION_INFO_V1(clientele_renewal_rate_interval);
PG_FUNCTION_INFO_V1(clientele_churn_propensity);
PG_FUNCTION_INFO_V1(clientele_churn_propensity_interval);
PG_FUNCTION_INFO_V1(clientele_expected_tenure_new);
PG_FUNCTION_INFO_V1(clientele_expected_tenure_new_interval);
PG_FUNCTION_INFO_V1(clientele_expected_tenure);
PG_FUNCTION_INFO_V1(clientele_expected_tenure_interval);
PG_FUNCTION_INFO_V1(clientele_expected_tenure_within);
PG_FUNCTION_INFO_V1(clientele_expected_tenure_within_interval);
PG_FUNCTION_INFO_V1(clientele_discounted_expected_lifetime);
PG_FUNCTION_INFO_V1(clientele_discounted_expected_lifetime_interval);
PG_FUNCTION_INFO_V1(clientele_discounted_expected_lifetime_within);
PG_FUNCTION_INFO_V1(clientele_discounted_expected_lifetime_within_interval);
PG_FUNCTION_INFO_V1(clientele_discounted_expected_renewals);
PG_FUNCTION_INFO_V1(clientele_discounted_expected_renewals_interval);
PG_FUNCTION_INFO_V1(clientele_discounted_expected_renewals_within);
PG_FUNCTION_INFO_V1(clientele_discounted_expected_renewals_within_interval);
PG_FUNCTION_INFO_V1(clientele_subscription_value);
PG_FUNCTION_INFO_V1(clientele_subscription_value_interval);
PG_FUNCTION_INFO_V1(clientele_subscription_value_within);
PG_FUNCTION_INFO_V1(clientele_subscription_value_within_interval);

/* A question to a renewal model. */
typedef struct RenewalQuestion
{
	const Model *model;
	double		tenure;			/* renewals made */
	double		periods;
	double		rate;			/* discount a period */
	double		horizon;		/* in periods; INFINITY: all time to come */
	double		(*predict) (const struct RenewalQuestion *question,
							const RenewalCurve *curve);
	PredictionRange range;
	double		factor;			/* the answer is times this */
} RenewalQuestion;

/* ---- what was answered before ---------------------------------------------- */

/*
 * All customers of one tenure share their predictions, and a query asks for those
 * of a few tenures again and again: the answers of a place in a query are kept
 * until another question needs their room. A model too large for it is never
 * kept; there is none.
 */
#define MEMO_ENTRIES 128
#define MEMO_PROBES 4
#define MEMO_MODEL_SIZE 256

typedef struct MemoKey
{
	double		tenure;
	double		periods;
	double		rate;
	double		horizon;
	double		confidence;		/* 0: no interval was asked for */
	double		(*predict) (const struct RenewalQuestion *question,
							const RenewalCurve *curve);
	char		model[MEMO_MODEL_SIZE]; /* the rest zero */
} MemoKey;

typedef struct MemoEntry
{
	bool		is_filled;
	MemoKey		key;
	IntervalAnswer answer;
} MemoEntry;

typedef struct Memo
{
	bool		is_warned;
	MemoEntry	entries[MEMO_ENTRIES];
} Memo;

/* The memo of a place in a query. */
static Memo *
memo_of(FunctionCallInfo fcinfo)
{
	if (fcinfo->flinfo->fn_extra == NULL)
		fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(Memo));
	return fcinfo->flinfo->fn_extra;
}

/* ---- the predictions ------------------------------------------------------- */

static double
predict_survival(const RenewalQuestion *question, const RenewalCurve *curve)
{
	return renewal_survival(curve, question->tenure,
							question->tenure + question->periods);
}

static double
predict_churn(const RenewalQuestion *question, const RenewalCurve *curve)
{
	return question->periods == 0 ? 0 :
		renewal_churn_probability(curve, question->periods);
}

static double
predict_propensity(const RenewalQuestion *question, const RenewalCurve *curve)
{
	return renewal_propensity(curve, question->tenure);
}

/* What a price of 0 makes even of infinitely many periods. */
static double
predict_nothing(const RenewalQuestion *question, const RenewalCurve *curve)
{
	(void) question;
	(void) curve;
	return 0;
}

/* The renewals to come, the next one at full weight. */
static double
predict_renewals(const RenewalQuestion *question, const RenewalCurve *curve)
{
	return renewal_sum(curve, question->tenure, question->rate,
					   question->horizon);
}

/* The current period, and those of the renewals to come. */
static double
predict_periods(const RenewalQuestion *question, const RenewalCurve *curve)
{
	if (question->horizon == 0)
		return 0;
	return 1 + renewal_sum(curve, question->tenure, question->rate,
						   question->horizon - 1) / (1 + question->rate);
}

/* ---- the arguments ---------------------------------------------------------- */

/* Take the model, argument 0, and warn if its fit was no good. */
static void
ask(FunctionCallInfo fcinfo, RenewalQuestion *question,
	double (*predict) (const RenewalQuestion *, const RenewalCurve *),
	PredictionRange range)
{
	Memo	   *memo;

	memset(question, 0, sizeof(RenewalQuestion));
	question->model = PG_GETARG_MODEL_P(0);
	question->predict = predict;
	question->range = range;
	question->horizon = get_float8_infinity();
	question->factor = 1;
	memo = memo_of(fcinfo);
	if (!memo->is_warned)
		memo->is_warned = model_warn_now(question->model);
}

/* A number of periods or renewals; what: its name in errors. */
static double
ask_periods(int32 periods, const char *what)
{
	if (periods < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid %s", what),
				 errdetail("%s is %d.", what, periods),
				 errhint("Give a whole number of periods, zero or more; a tenure counts the renewals made.")));
	return periods;
}

/* A rate of discounting a period. */
static double
ask_rate(double rate)
{
	if (!(rate >= 0 && isfinite(rate)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid rate_per_period"),
				 errdetail("The rate is %g.", rate),
				 errhint("Give an effective rate a period of zero or more: power(1.10, 1 / 12.0) - 1 is ten percent a year in periods of months.")));
	/* a smaller one differs by nothing that shows, and has no reciprocal */
	return rate > 0 ? Max(rate, 1e-300) : 0;
}

/* A price of one period. */
static double
ask_price(double price)
{
	if (!isfinite(price))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid price_per_period"),
				 errdetail("The price is %g.", price),
				 errhint("Give what a period brings, or the margin that is left of it.")));
	return price;
}

/* ---- the answers ------------------------------------------------------------ */

/* The prediction at parameters. */
static double
answer_for(const RenewalQuestion *question, const double *parameters)
{
	RenewalCurve curve = {parameters[0], parameters[1], 1};
	double		value;

	if (question->model->nparameters > 2)
		curve.c = parameters[2];
	value = question->predict(question, &curve);
	if (isnan(value))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("prediction is out of range"),
				 errdetail("Model %s, tenure %g, periods %g, rate %g, horizon %g.",
						   model_to_json(question->model), question->tenure,
						   question->periods, question->rate,
						   question->horizon),
				 errhint("This is a defect of Clientele: please report it with this detail.")));
	return value;
}

/* The prediction as a function of the place. */
static double
answer_at(const double *place, void *context)
{
	const RenewalQuestion *question = context;
	double		parameters[RENEWAL_MAX_PARAMETERS];

	place_to_parameters(question->model, place, parameters);
	return answer_for(question, parameters);
}

/*
 * The answer, from the memo if it is there; confidence 0: without an interval. An
 * error leaves the memo as it was.
 */
static IntervalAnswer
recall_or_answer(FunctionCallInfo fcinfo, RenewalQuestion *question,
				 double confidence)
{
	Size		size = VARSIZE(question->model);
	IntervalAnswer answer;
	MemoEntry  *entry = NULL;
	MemoKey		key;
	uint32		place;

	memset(&answer, 0, sizeof(answer));
	if (size <= MEMO_MODEL_SIZE)
	{
		memset(&key, 0, sizeof(key));
		key.tenure = question->tenure;
		key.periods = question->periods;
		key.rate = question->rate;
		key.horizon = question->horizon;
		key.confidence = confidence;
		key.predict = question->predict;
		memcpy(key.model, question->model, size);
		/* one of the places after its own: it is there, or one is free */
		place = hash_bytes((const unsigned char *) &key, sizeof(key));
		for (int probe = MEMO_PROBES - 1; probe >= 0; probe--)
		{
			MemoEntry  *looked = &memo_of(fcinfo)->entries[(place + probe) % MEMO_ENTRIES];

			if (looked->is_filled && memcmp(&looked->key, &key, sizeof(key)) == 0)
				return looked->answer;
			if (entry == NULL || entry->is_filled || !looked->is_filled)
				entry = looked;
		}
	}
	if (confidence != 0)
		interval_of(answer_at, question, question->range, &question->model, 1,
					confidence, &answer);
	else
		answer.estimate = answer_for(question, question->model->values);
	if (entry != NULL)
	{
		entry->is_filled = true;
		entry->key = key;
		entry->answer = answer;
	}
	return answer;
}

/* What takes the arguments of a prediction and of its twin. */
typedef void (*Ask) (FunctionCallInfo fcinfo, RenewalQuestion *question);

/* The answer: a number. */
static Datum
answer(FunctionCallInfo fcinfo, Ask ask_question)
{
	RenewalQuestion question;

	ask_question(fcinfo, &question);
	PG_RETURN_FLOAT8(question.factor *
					 recall_or_answer(fcinfo, &question, 0).estimate);
}

/* The answer with its interval; the confidence is the last argument. */
static Datum
answer_interval(FunctionCallInfo fcinfo, Ask ask_question)
{
	double		confidence = PG_GETARG_FLOAT8(PG_NARGS() - 1);
	RenewalQuestion question;
	IntervalAnswer answer;

	ask_question(fcinfo, &question);
	/* refuses what is no confidence, 0 among it */
	(void) confidence_quantile(confidence);
	answer = recall_or_answer(fcinfo, &question, confidence);
	return interval_row(fcinfo, &answer, question.factor);
}

/* survival(model, periods) */
static void
ask_survival(FunctionCallInfo fcinfo, RenewalQuestion *question)
{
	ask(fcinfo, question, predict_survival, RANGE_PROBABILITY);
	question->periods = ask_periods(PG_GETARG_INT32(1), "periods");
}

Datum
clientele_survival(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, ask_survival);
}

Datum
clientele_survival_interval(PG_FUNCTION_ARGS)
{
	return answer_interval(fcinfo, ask_survival);
}

/* survival(model, tenure, further) */
static void
ask_survival_further(FunctionCallInfo fcinfo, RenewalQuestion *question)
{
	ask(fcinfo, question, predict_survival, RANGE_PROBABILITY);
	question->tenure = ask_periods(PG_GETARG_INT32(1), "tenure");
	question->periods = ask_periods(PG_GETARG_INT32(2), "further");
}

Datum
clientele_survival_further(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, ask_survival_further);
}

Datum
clientele_survival_further_interval(PG_FUNCTION_ARGS)
{
	return answer_interval(fcinfo, ask_survival_further);
}

/* churn_probability(model, period) */
static void
ask_churn_probability(FunctionCallInfo fcinfo, RenewalQuestion *question)
{
	ask(fcinfo, question, predict_churn, RANGE_PROBABILITY);
	question->periods = ask_periods(PG_GETARG_INT32(1), "period");
}

Datum
clientele_churn_probability(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, ask_churn_probability);
}

Datum
clientele_churn_probability_interval(PG_FUNCTION_ARGS)
{
	return answer_interval(fcinfo, ask_churn_probability);
}

/* renewal_rate(model, tenure) */
static void
ask_renewal_rate(FunctionCallInfo fcinfo, RenewalQuestion *question)
{
	ask(fcinfo, question, predict_survival, RANGE_PROBABILITY);
	question->tenure = ask_periods(PG_GETARG_INT32(1), "tenure");
	question->periods = 1;
}

Datum
clientele_renewal_rate(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, ask_renewal_rate);
}

Datum
clientele_renewal_rate_interval(PG_FUNCTION_ARGS)
{
	return answer_interval(fcinfo, ask_renewal_rate);
}

/* churn_propensity(model, tenure) */
static void
ask_churn_propensity(FunctionCallInfo fcinfo, RenewalQuestion *question)
{
	ask(fcinfo, question, predict_propensity, RANGE_PROBABILITY);
	question->tenure = ask_periods(PG_GETARG_INT32(1), "tenure");
}

Datum
clientele_churn_propensity(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, ask_churn_propensity);
}

Datum
clientele_churn_propensity_interval(PG_FUNCTION_ARGS)
{
	return answer_interval(fcinfo, ask_churn_propensity);
}

/* expected_tenure(model) */
static void
ask_expected_tenure_new(FunctionCallInfo fcinfo, RenewalQuestion *question)
{
	ask(fcinfo, question, predict_periods, RANGE_POSITIVE);
}

Datum
clientele_expected_tenure_new(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, ask_expected_tenure_new);
}

Datum
clientele_expected_tenure_new_interval(PG_FUNCTION_ARGS)
{
	return answer_interval(fcinfo, ask_expected_tenure_new);
}

/* expected_tenure(model, tenure) */
static void
ask_expected_tenure(FunctionCallInfo fcinfo, RenewalQuestion *question)
{
	ask(fcinfo, question, predict_periods, RANGE_POSITIVE);
	question->tenure = ask_periods(PG_GETARG_INT32(1), "tenure");
}

Datum
clientele_expected_tenure(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, ask_expected_tenure);
}

Datum
clientele_expected_tenure_interval(PG_FUNCTION_ARGS)
{
	return answer_interval(fcinfo, ask_expected_tenure);
}

/* expected_tenure(model, tenure, horizon) */
static void
ask_expected_tenure_within(FunctionCallInfo fcinfo, RenewalQuestion *question)
{
	ask_expected_tenure(fcinfo, question);
	question->horizon = ask_periods(PG_GETARG_INT32(2), "horizon");
}

Datum
clientele_expected_tenure_within(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, ask_expected_tenure_within);
}

Datum
clientele_expected_tenure_within_interval(PG_FUNCTION_ARGS)
{
	return answer_interval(fcinfo, ask_expected_tenure_within);
}

/* discounted_expected_lifetime(model, rate_per_period) */
static void
ask_discounted_expected_lifetime(FunctionCallInfo fcinfo,
								 RenewalQuestion *question)
{
	ask(fcinfo, question, predict_periods, RANGE_POSITIVE);
	question->rate = ask_rate(PG_GETARG_FLOAT8(1));
}

Datum
clientele_discounted_expected_lifetime(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, ask_discounted_expected_lifetime);
}

Datum
clientele_discounted_expected_lifetime_interval(PG_FUNCTION_ARGS)
{
	return answer_interval(fcinfo, ask_discounted_expected_lifetime);
}

/* discounted_expected_lifetime(model, rate_per_period, horizon) */
static void
ask_discounted_expected_lifetime_within(FunctionCallInfo fcinfo,
										RenewalQuestion *question)
{
	ask_discounted_expected_lifetime(fcinfo, question);
	question->horizon = ask_periods(PG_GETARG_INT32(2), "horizon");
}

Datum
clientele_discounted_expected_lifetime_within(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, ask_discounted_expected_lifetime_within);
}

Datum
clientele_discounted_expected_lifetime_within_interval(PG_FUNCTION_ARGS)
{
	return answer_interval(fcinfo, ask_discounted_expected_lifetime_within);
}

/* discounted_expected_renewals(model, tenure, rate_per_period) */
static void
ask_discounted_expected_renewals(FunctionCallInfo fcinfo,
								 RenewalQuestion *question)
{
	ask(fcinfo, question, predict_renewals, RANGE_POSITIVE);
	question->tenure = ask_periods(PG_GETARG_INT32(1), "tenure");
	question->rate = ask_rate(PG_GETARG_FLOAT8(2));
}

Datum
clientele_discounted_expected_renewals(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, ask_discounted_expected_renewals);
}

Datum
clientele_discounted_expected_renewals_interval(PG_FUNCTION_ARGS)
{
	return answer_interval(fcinfo, ask_discounted_expected_renewals);
}

/* discounted_expected_renewals(model, tenure, rate_per_period, horizon) */
static void
ask_discounted_expected_renewals_within(FunctionCallInfo fcinfo,
										RenewalQuestion *question)
{
	ask_discounted_expected_renewals(fcinfo, question);
	question->horizon = ask_periods(PG_GETARG_INT32(3), "horizon");
}

Datum
clientele_discounted_expected_renewals_within(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, ask_discounted_expected_renewals_within);
}

Datum
clientele_discounted_expected_renewals_within_interval(PG_FUNCTION_ARGS)
{
	return answer_interval(fcinfo, ask_discounted_expected_renewals_within);
}

/* subscription_value(model, tenure, price_per_period, rate_per_period) */
static void
ask_subscription_value(FunctionCallInfo fcinfo, RenewalQuestion *question)
{
	ask(fcinfo, question, predict_renewals, RANGE_POSITIVE);
	question->tenure = ask_periods(PG_GETARG_INT32(1), "tenure");
	question->factor = ask_price(PG_GETARG_FLOAT8(2));
	question->rate = ask_rate(PG_GETARG_FLOAT8(3));
	if (question->factor == 0)
		question->predict = predict_nothing;
}

Datum
clientele_subscription_value(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, ask_subscription_value);
}

Datum
clientele_subscription_value_interval(PG_FUNCTION_ARGS)
{
	return answer_interval(fcinfo, ask_subscription_value);
}

/* subscription_value(..., horizon) */
static void
ask_subscription_value_within(FunctionCallInfo fcinfo,
							  RenewalQuestion *question)
{
	ask_subscription_value(fcinfo, question);
	question->horizon = ask_periods(PG_GETARG_INT32(4), "horizon");
}

Datum
clientele_subscription_value_within(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, ask_subscription_value_within);
}

Datum
clientele_subscription_value_within_interval(PG_FUNCTION_ARGS)
{
	return answer_interval(fcinfo, ask_subscription_value_within);
}
