/*
 * predict_total.c
 *		What all customers of a base will buy.
 *
 * The same parameters stand behind every customer: where they are too high, all
 * expectations are. So the error of a total is not put together of those of the
 * single customers, but carried over from the parameters to the total itself.
 * The chance of the purchases is another matter: it is each customer's own, and
 * in a total much of it cancels. Who asks for it gets it added.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "clv/ask.h"
#include "clv/customer_base.h"
#include "math/sum.h"

PG_FUNCTION_INFO_V1(clientele_total_expected_purchases);

/* A question about all customers of a base. */
typedef struct TotalQuestion
{
	Question	question;
	const CustomerCell *cells;
	PurchaseHistorySummary *customers;	/* of each cell */
	uint32		ncells;
} TotalQuestion;

/* Take the customers of a base over into the model's unit of time. */
static void
ask_base(TotalQuestion *total, CellSet *base)
{
	total->cells = (const CustomerCell *) base->cells;
	total->ncells = base->flat.n;
	total->customers = MemoryContextAllocHuge(CurrentMemoryContext,
											  Max(total->ncells, 1) *
											  sizeof(PurchaseHistorySummary));
	for (uint32 i = 0; i < total->ncells; i++)
	{
		const CustomerCell *cell = &total->cells[i];

		ask_summary(&total->question, cell->frequency, cell->recency, cell->age,
					NAN, &total->customers[i]);
	}
}

/* Purchases expected of all, as a function of the place of the model. */
static double
total_at(const double *place, void *context)
{
	const TotalQuestion *total = context;
	Question	question = total->question;
	double		parameters[FAMILY_MAX_PARAMETERS];
	LongSum		sum = {0};

	place_to_parameters(question.model, place, parameters);
	for (uint32 i = 0; i < total->ncells; i++)
	{
		double		expected;

		CHECK_FOR_INTERRUPTS();
		question.customer = total->customers[i];
		expected = question.family->expected_purchases(parameters,
													   &question.customer,
													   question.horizon);
		long_sum_add(&sum, total->cells[i].customers *
					 checked_answer(&question, expected));
	}
	return long_sum_value(&sum);
}

/*
 * The variance of one customer's number of purchases, from the probabilities of
 * each number: all terms are positive. Their tails fall at least like those of a
 * geometric series, whose remainder is what is left out; before it may end,
 * nearly all probability has been seen, as a customer who may have left or not
 * has two humps.
 */
static double
purchase_variance(const Question *question)
{
	const double *parameters = question->model->values;
	double		mean = question->family->expected_purchases(parameters,
															&question->customer,
															question->horizon);
	double		sum = 0;
	double		seen = 0;
	double		before = 0;

	if (!(mean > 0))
		return 0;
	for (int n = 0; n < PG_INT32_MAX; n++)
	{
		double		probability;
		double		term;
		double		ratio;

		CHECK_FOR_INTERRUPTS();
		probability = checked_answer(question,
									 question->family->purchase_probability(parameters,
																			&question->customer,
																			n, question->horizon));
		term = (n - mean) * (n - mean) * probability;
		sum += term;
		seen += probability;
		ratio = before > 0 ? term / before : 0;
		before = term;
		if (n > mean && seen > 1 - 1e-6 && ratio < 1 &&
			term * ratio <= 1e-10 * (1 - ratio) * sum)
			break;
	}
	return sum;
}

/* The variance of the purchases of all, who buy independently. */
static double
total_variance(const TotalQuestion *total)
{
	Question	question = total->question;
	LongSum		sum = {0};

	for (uint32 i = 0; i < total->ncells; i++)
	{
		question.customer = total->customers[i];
		long_sum_add(&sum, total->cells[i].customers *
					 purchase_variance(&question));
	}
	return long_sum_value(&sum);
}

/*
 * total_expected_purchases(model, base, horizon, confidence, with_chance): takes
 * 2 n + 1 expectations a cell, n the parameters of the model; the chance takes
 * some dozens of probabilities a cell more.
 */
Datum
clientele_total_expected_purchases(PG_FUNCTION_ARGS)
{
	TotalQuestion total;
	double		confidence = PG_GETARG_FLOAT8(3);
	double		quantile = confidence_quantile(confidence);
	IntervalAnswer answer;

	memset(&total, 0, sizeof(total));
	ask_model(fcinfo, 0, &total.question);
	total.question.horizon = ask_horizon(&total.question,
										 PG_GETARG_INTERVAL_P(2), "horizon");
	ask_base(&total, cells_get(&customer_base_type, PG_GETARG_DATUM(1)));
	interval_of(total_at, &total, RANGE_POSITIVE, &total.question.model, 1,
				confidence, &answer);
	if (PG_GETARG_BOOL(4) && answer.has_interval && answer.estimate > 0)
	{
		double		up;

		answer.std_error = sqrt(answer.std_error * answer.std_error +
								total_variance(&total));
		up = exp(quantile * answer.std_error / answer.estimate);
		answer.low = answer.estimate / up;
		answer.high = answer.estimate * up;
	}
	return interval_row(fcinfo, &answer, 1.0);
}
