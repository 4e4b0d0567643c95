/*
 * coverage_test.c
 *		Do intervals hold what they promise? Of simulated bases, whose
 *		parameters are known, 95 of 100 intervals at 95 % contain the truth; and
 *		the delta method agrees with parameters drawn at random from their
 *		covariance.
 */
#include "clv_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "clv/family/beta_geometric.h"
#include "clv/family/interval.h"

#define BASES		200
#define CUSTOMERS	1000
#define YEAR		365.0
#define N			4
#define Z			1.959963984540054

/* What is predicted. */
enum
{
	NEW_CUSTOMER,				/* purchases in a year */
	CUSTOMER,					/* the same of one who is known */
	ALIVE,						/* is he */
	TOTAL,						/* purchases of the base in a year */
	QUESTIONS
};

typedef struct Ask
{
	const PurchaseFamily *family;
	int			question;
	const CustomerCell *cells;
} Ask;

/* The customer who is known. */
static const PurchaseHistorySummary known = {2.0, 150.0, 300.0, NAN};

/* A prediction under natural parameters. */
static double
predict(const Ask *ask, const double *parameters)
{
	double		sum = 0.0;

	switch (ask->question)
	{
		case NEW_CUSTOMER:
			return ask->family->expected_purchases_new(parameters, YEAR);
		case CUSTOMER:
			return ask->family->expected_purchases(parameters, &known, YEAR);
		case ALIVE:
			return ask->family->p_alive(parameters, &known, 0.0);
		default:
			for (int i = 0; i < CUSTOMERS; i++)
			{
				PurchaseHistorySummary customer = {ask->cells[i].frequency,
				ask->cells[i].recency, ask->cells[i].age, NAN};

				sum += ask->family->expected_purchases(parameters, &customer,
													   YEAR);
			}
			return sum;
	}
}

/* The same at a place. */
static double
predict_at(const double *place, void *context)
{
	double		parameters[N];

	for (int i = 0; i < N; i++)
		parameters[i] = exp(place[i]);
	return predict(context, parameters);
}

/* The interval of a prediction from a fit. */
static bool
interval_of(Ask *ask, const FitResult *fit, double *estimate,
			double *std_error, double *low, double *high)
{
	double		place[N];

	for (int i = 0; i < N; i++)
		place[i] = log(fit->parameters[i]);
	return prediction_interval(predict_at, ask,
							   ask->question == ALIVE ? RANGE_PROBABILITY : RANGE_POSITIVE,
							   place, fit->log_covariance, N, Z, estimate,
							   std_error, low, high);
}

/* Parameters drawn from the covariance of a fit, against its interval. */
static void
compare_draws(Ask *ask, const FitResult *fit)
{
	const int	draws = ask->question == TOTAL ? 400 : 10000;
	double		root[N][N] = {{0}};
	double		estimate;
	double		std_error;
	double		low;
	double		high;
	double		center;
	double		spread;
	double		square = 0.0;
	int			inside = 0;

	expect(interval_of(ask, fit, &estimate, &std_error, &low, &high),
		   "question %d has an interval", ask->question);
	/* Cholesky */
	for (int i = 0; i < N; i++)
	{
		for (int j = 0; j <= i; j++)
		{
			double		sum = fit->log_covariance[i * N + j];

			for (int k = 0; k < j; k++)
				sum -= root[i][k] * root[j][k];
			root[i][j] = i == j ? sqrt(sum) : sum / root[j][j];
		}
	}
	center = ask->question == ALIVE ? log(estimate / (1.0 - estimate)) : log(estimate);
	spread = ask->question == ALIVE ? std_error / (estimate * (1.0 - estimate)) :
		std_error / estimate;
	for (int draw = 0; draw < draws; draw++)
	{
		double		normal[N];
		double		parameters[N];
		double		value;

		for (int i = 0; i < N; i++)
			normal[i] = random_normal();
		for (int i = 0; i < N; i++)
		{
			double		moved = log(fit->parameters[i]);

			for (int k = 0; k <= i; k++)
				moved += root[i][k] * normal[k];
			parameters[i] = exp(moved);
		}
		value = predict(ask, parameters);
		inside += value >= low && value <= high;
		if (ask->question == ALIVE)
			value = log(value / (1.0 - value));
		else
			value = log(value);
		square += (value - center) * (value - center);
	}
	expect(is_near(sqrt(square / draws), spread, ask->question == TOTAL ? 0.15 : 0.08),
		   "question %d: drawn spread %g, delta method %g", ask->question,
		   sqrt(square / draws), spread);
	expect(fabs(inside / (double) draws - 0.95) < (ask->question == TOTAL ? 0.035 : 0.02),
		   "question %d: %d of %d drawn are in the interval", ask->question,
		   inside, draws);
}

/* Intervals of simulated bases. */
void
test_coverage(void)
{
	/* MBG/NBD in days: 3.8 repeat purchases a year at first, 30 % leave */
	const double truth[N] = {0.8, 70.0, 1.2, 2.8};
	static CustomerCell cells[CUSTOMERS];
	Ask			ask = {&mbg_nbd_family, 0, cells};
	int			covered[QUESTIONS] = {0};
	int			intervals = 0;

	group("coverage of intervals");
	seed_random(20240601);
	for (int base = 0; base < BASES; base++)
	{
		FitOptions	options = {.unit = 1.0,.prior_sd = INFINITY};
		FitResult	fit;

		for (int i = 0; i < CUSTOMERS; i++)
			cells[i] = random_customer(1, truth, 180.0 + i % 400);
		purchase_fit(&mbg_nbd_family, cells, CUSTOMERS, &options, &test_memory,
					 &fit);
		release_memory();
		if (!fit.has_covariance)
			continue;
		intervals++;
		for (int question = 0; question < QUESTIONS; question++)
		{
			double		estimate;
			double		std_error;
			double		low;
			double		high;
			double		value;

			ask.question = question;
			value = predict(&ask, truth);
			if (interval_of(&ask, &fit, &estimate, &std_error, &low, &high))
				covered[question] += low <= value && value <= high;
			if (base == 0)
				compare_draws(&ask, &fit);
		}
	}
	expect(intervals >= BASES - 2, "%d of %d bases have a covariance",
		   intervals, BASES);
	/* of 200, 190 +- 3 standard deviations of 3.1 */
	for (int question = 0; question < QUESTIONS; question++)
		expect(covered[question] >= 181 && covered[question] <= 199,
			   "question %d: %d of %d intervals hold the truth", question,
			   covered[question], intervals);
	if (getenv("VERBOSE"))
		printf("# of %d intervals at 95 %%: new customer %d, customer %d, alive %d, total %d\n",
			   intervals, covered[NEW_CUSTOMER], covered[CUSTOMER],
			   covered[ALIVE], covered[TOTAL]);
}
