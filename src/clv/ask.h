/*
 * ask.h
 *		A question to a purchase model: its arguments, taken over from SQL into
 *		the model's unit of time, and its answer.
 *
 * A prediction is put together of three steps: ask_...() take the arguments,
 * question->predict says how the family answers, and answer() or
 * answer_interval() give the number alone or with its interval. So a prediction
 * and its twin _interval cannot differ.
 */
#ifndef CLIENTELE_CLV_ASK_H
#define CLIENTELE_CLV_ASK_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/timestamp.h"

#include "clv/interval_answer.h"
#include "clv/model.h"
#include "purchase/rfm.h"

/*
 * As many months as the longest interval has, rounded down: who asks for the
 * time until then asks for all time to come, which intervals have no word for
 * before release 17 of PostgreSQL.
 */
#define ALL_TIME_MONTHS	(178000000 * 12)

/* A question about one customer, in the model's unit of time. */
typedef struct Question
{
	const Model *model;
	const PurchaseFamily *family;
	PurchaseHistorySummary customer;	/* all 0: a new one */
	int			purchases;		/* whose probability is asked for */
	double		horizon;		/* INFINITY: all time to come */
	double		delta;			/* continuous discount a unit of time */

	/* The prediction under the parameters, natural ones, then constants. */
	double		(*predict) (const struct Question *question,
							const double *parameters);
} Question;

/* Take the model, an argument, and warn if its fit was no good. */
extern void ask_model(FunctionCallInfo fcinfo, int argument,
					  Question *question);

/*
 * Take what is known of a customer, times in days, over into the model's unit
 * of time.
 */
extern void ask_summary(const Question *question, uint32 frequency,
						double recency, double age, double log_gaps,
						PurchaseHistorySummary *customer);

/* Take the customer of the question. */
extern void ask_customer(Question *question, const Rfm *rfm);

/*
 * A time ahead, in the model's unit of time, whole opportunities under a
 * discrete family; what: its name in errors.
 */
extern double ask_horizon(const Question *question, const Interval *horizon,
						  const char *what);

/* The same, where a horizon of ALL_TIME_MONTHS or more is all time to come. */
extern double ask_long_horizon(const Question *question,
							   const Interval *horizon);

/* The rate of continuous discounting for a unit of time. */
extern double ask_discount(const Question *question, double annual_rate);

/* The number of purchases whose probability is asked for. */
extern int	ask_purchases(int n);

/* A number that is one: a family never answers NaN, and if it did, we say so. */
extern double checked_answer(const Question *question, double value);

/* The answer: a number. */
extern double answer(const Question *question);

/*
 * The answer times a factor, with its interval, which is the row that the
 * function returns. The confidence is the last argument.
 */
extern Datum answer_interval(FunctionCallInfo fcinfo, Question *question,
							 PredictionRange range, double factor);

#endif							/* CLIENTELE_CLV_ASK_H */
