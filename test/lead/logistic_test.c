/*
 * logistic_test.c
 *		The pure parts of a logistic fit, against sums by their definition in
 *		long double, and against what must follow.
 */
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "score/lead/level_table.h"
#include "score/lead/logistic_kernel.h"
#include "score/lead/logistic_solve.h"
#include "score/lead/number_moments.h"

static int	checks = 0;
static int	failures = 0;

/* One finding. */
static void
check(bool holds, const char *what, double actual, double expected)
{
	checks++;
	if (holds)
		return;
	failures++;
	printf("not ok: %s: %.17g, expected %.17g\n", what, actual, expected);
}

/* Equal up to a share of a scale. */
static void
check_near(double actual, long double expected, double scale, const char *what)
{
	check(fabsl((long double) actual - expected) <= 1e-13 * scale, what, actual,
		  (double) expected);
}

/* A generator of our own: the same rows everywhere. */
static uint64_t random_state = 88172645463325252u;

static double
draw(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (double) (random_state >> 11) / 9007199254740992.0;
}

#define MOST_TERMS	12
#define MOST_SLOTS	3

/* A step and its memory */
typedef struct Step
{
	LogisticWork work;
	LogisticSums sums;
	LongSum		gradient[MOST_TERMS];
	double		information[MOST_TERMS * (MOST_TERMS + 1) / 2];
	double		columns[(MOST_TERMS + LOGISTIC_TILE) * LOGISTIC_BLOCK];
	double		weights[LOGISTIC_BLOCK];
	int32_t		slots[LOGISTIC_BLOCK * MOST_SLOTS];
} Step;

/* A step without rows. */
static void
start(Step *step, int ndense, int nterms, int nslots, const double *estimates)
{
	memset(step, 0, sizeof(*step));
	logistic_start(&step->sums);
	step->work.ndense = ndense;
	step->work.nterms = nterms;
	step->work.nslots = nslots;
	step->work.estimates = estimates;
	step->work.sums = &step->sums;
	step->work.gradient = step->gradient;
	step->work.information = step->information;
	step->work.columns = step->columns;
	step->work.weights = step->weights;
	step->work.slots = step->slots;
}

/* Sums of a step against their definition, added at once and in two parts. */
static void
test_kernel(int ndense, int nterms, int nslots, int rows, bool weighted,
			double size)
{
	double		estimates[MOST_TERMS];
	Step		step;
	Step		parts[2];
	int			pending = 0;
	int			part_pending[2] = {0, 0};
	long double likelihood = 0;
	long double gradient[MOST_TERMS] = {0};
	long double information[MOST_TERMS][MOST_TERMS] = {{0}};
	double		scale = 0;

	for (int i = 0; i < nterms; i++)
		estimates[i] = size * (draw() - 0.5);
	start(&step, ndense, nterms, nslots, estimates);
	start(&parts[0], ndense, nterms, nslots, estimates);
	start(&parts[1], ndense, nterms, nslots, estimates);
	for (int row = 0; row < rows; row++)
	{
		double		x[MOST_TERMS] = {1};
		bool		won = draw() < 0.4;
		double		weight = weighted ? floor(draw() * 8 + 1) / 4 : 1;
		long double eta = 0;
		long double p;
		Step	   *both[2] = {&step, &parts[row % 2]};
		int		   *at[2] = {&pending, &part_pending[row % 2]};
		int32_t		slots[MOST_SLOTS];

		for (int j = 1; j < ndense; j++)
			x[j] = draw() - 0.5;
		for (int s = 0; s < nslots; s++)
		{
			/* each slot has terms of its own, as a category has */
			int			first = ndense + s * (nterms - ndense) / nslots;
			int			after = ndense + (s + 1) * (nterms - ndense) / nslots;
			int			pick = first + (int) (draw() * (after - first + 1));

			slots[s] = pick < after ? pick : -1;
			if (pick < after)
				x[pick] = 1;
		}
		for (int b = 0; b < 2; b++)
		{
			for (int j = 1; j < ndense; j++)
				both[b]->columns[j * LOGISTIC_BLOCK + *at[b]] = x[j];
			for (int s = 0; s < nslots; s++)
				both[b]->slots[*at[b] * nslots + s] = slots[s];
			both[b]->weights[(*at[b])++] = won ? weight : -weight;
			if (*at[b] == LOGISTIC_BLOCK)
			{
				logistic_add_block(&both[b]->work, *at[b]);
				*at[b] = 0;
			}
		}
		for (int j = 0; j < nterms; j++)
			eta += (long double) estimates[j] * x[j];
		p = 1 / (1 + expl(-eta));
		likelihood -= weight * log1pl(expl(won ? -eta : eta));
		scale += weight;
		for (int i = 0; i < nterms; i++)
		{
			gradient[i] += weight * x[i] * (won ? 1 / (1 + expl(eta)) : -p);
			for (int j = 0; j <= i; j++)
				information[i][j] += weight * x[i] * x[j] * p / (1 + expl(eta));
		}
	}
	logistic_add_block(&step.work, pending);
	logistic_add_block(&parts[0].work, part_pending[0]);
	logistic_add_block(&parts[1].work, part_pending[1]);
	logistic_merge(&parts[0].work, &parts[1].work);
	for (int b = 0; b < 2; b++)
	{
		Step	   *sums = b == 0 ? &step : &parts[0];

		check(sums->sums.rows == rows, "rows", sums->sums.rows, rows);
		check_near(long_sum_value(&sums->sums.weight), scale, scale, "weight");
		check_near(long_sum_value(&sums->sums.log_likelihood), likelihood,
				   fabsl(likelihood), "log-likelihood");
		for (int i = 0; i < nterms; i++)
		{
			check_near(long_sum_value(&sums->gradient[i]), gradient[i], scale,
					   "gradient");
			for (int j = 0; j <= i; j++)
				check_near(sums->information[logistic_triangle(i) + j],
						   information[i][j], scale, "information");
		}
	}
}

/* Far from 0 nothing is lost: 1 - p is exp(-eta) there. */
static void
test_far(void)
{
	double		estimate = 40;
	Step		step;

	start(&step, 1, 1, 0, &estimate);
	step.weights[0] = 1;
	step.weights[1] = 1;
	logistic_add_block(&step.work, 2);
	check_near(long_sum_value(&step.sums.log_likelihood) / -2 / exp(-40), 1, 1,
			   "log-likelihood at 40");
	check_near(long_sum_value(&step.gradient[0]) / 2 / exp(-40), 1, 1,
			   "gradient at 40");
	check_near(step.information[0] / 2 / exp(-40), 1, 1, "information at 40");
	estimate = -2000;
	start(&step, 1, 1, 0, &estimate);
	step.weights[0] = 1;
	logistic_add_block(&step.work, 1);
	check(long_sum_value(&step.sums.log_likelihood) == -2000, "at -2000",
		  long_sum_value(&step.sums.log_likelihood), -2000);
	check(long_sum_value(&step.gradient[0]) == 1, "gradient at -2000",
		  long_sum_value(&step.gradient[0]), 1);
}

/* Moments in blocks and merged, of numbers far from 0 */
static void
test_moments(double center, double spread)
{
	NumberMoments all;
	NumberMoments parts[2];
	double		values[5000];
	double		weights[5000];
	long double weight = 0;
	long double sum = 0;
	long double squares = 0;

	memset(&all, 0, sizeof(all));
	memset(parts, 0, sizeof(parts));
	for (int i = 0; i < 5000; i++)
	{
		values[i] = i % 9 == 0 ? NAN : center + spread * (draw() - 0.5);
		weights[i] = (i % 3 == 0 ? 1 : -1) * (1 + i % 4);
		if (isnan(values[i]))
			continue;
		weight += fabs(weights[i]);
		sum += (long double) fabs(weights[i]) * values[i];
	}
	for (int i = 0; i < 5000; i++)
		if (!isnan(values[i]))
			squares += fabs(weights[i]) * (values[i] - sum / weight) * (values[i] - sum / weight);
	for (int i = 0; i < 5000; i += 50)
	{
		number_moments_add(&all, values + i, weights + i, 50);
		number_moments_add(&parts[i % 100 == 0], values + i, weights + i, 50);
	}
	number_moments_merge(&parts[0], &parts[1]);
	for (int b = 0; b < 2; b++)
	{
		NumberMoments *moments = b == 0 ? &all : &parts[0];

		check_near(moments->weight, weight, (double) weight, "weight");
		check_near(moments->mean, sum / weight, fabs(center) + spread, "mean");
		check(fabsl(moments->squares - squares) <=
			  1e-12 * squares * (1 + fabs(center / spread) * 1e-3), "squares",
			  moments->squares, (double) squares);
		check(moments->least[1] == all.least[1] && moments->greatest[0] == all.greatest[0] &&
			  moments->known[0] == all.known[0], "extremes", moments->least[1],
			  all.least[1]);
	}
}

/* What is put in is found, and nothing else. */
static void
test_levels(void)
{
	size_t		size = level_table_size(1024, 8192);
	LevelTable *table = malloc(size);
	char		text[16];

	level_table_start(table, 1024, 8192);
	for (int i = 0; i < 1000; i++)
	{
		int			length = snprintf(text, sizeof(text), "l%d", i / 2);

		check(level_table_add(table, i % 2, text, length) == i, "added", i, i);
		check(level_table_add(table, i % 2, text, length) == i, "again", i, i);
	}
	check(level_table_add(table, 0, "", 0) == 1000, "empty text", 0, 0);
	check(level_table_add(table, 0, NULL, LEVEL_MISSING) == 1001, "missing", 0, 0);
	check(level_table_find(table, 1, NULL, LEVEL_MISSING) == -1, "not there", 0, 0);
	check(level_table_find(table, 2, "l1", 2) == -1, "no such category", 0, 0);
	for (int i = 0; i < 1000; i++)
	{
		int			length = snprintf(text, sizeof(text), "l%d", i / 2);

		check(level_table_find(table, i % 2, text, length) == i, "found", i, i);
	}
	check(level_compare(table, LEVELS_OF(table) + 1001, LEVELS_OF(table) + 1000) > 0,
		  "the missing one is last", 0, 0);
	check(level_compare(table, LEVELS_OF(table), LEVELS_OF(table) + 2) < 0,
		  "in order of bytes", 0, 0);
	for (int i = 0; i < 22; i++)
		level_table_add(table, 3, text, snprintf(text, sizeof(text), "m%d", i));
	check(level_table_add(table, 3, "one more", 8) == -1, "full", 0, 0);
	free(table);
}

/* Terms 1, x, y, 2 x - y + 3: the last follows from the others. */
static void
test_solve(void)
{
	double		estimates[4] = {0};
	double		penalties[4] = {0};
	int			order[4] = {0, 1, 2, 3};
	bool		left_out[4] = {false};
	double		memory[4 * 4 + 4];
	int			scratch[8];
	unsigned char dependence[16];
	double		step[4];
	double		decrement;
	double		scales[3] = {2, 0.5, 1};
	double		centers[3] = {3, -1, 0};
	double		covariance[9];
	Step		sums;
	LogisticSystem system = {4, order, penalties, estimates, NULL, NULL, left_out,
	memory, scratch, NULL};

	start(&sums, 4, 4, 0, estimates);
	for (int k = 0; k < 20 * LOGISTIC_BLOCK; k++)
	{
		int			at = k % LOGISTIC_BLOCK;
		double		x = draw();
		double		y = draw();

		sums.columns[LOGISTIC_BLOCK + at] = x;
		sums.columns[2 * LOGISTIC_BLOCK + at] = y;
		sums.columns[3 * LOGISTIC_BLOCK + at] = 2 * x - y + 3;
		sums.weights[at] = draw() < x ? 1 : -1;
		if (at == LOGISTIC_BLOCK - 1)
			logistic_add_block(&sums.work, LOGISTIC_BLOCK);
	}
	system.gradient = sums.gradient;
	system.information = sums.information;
	check(logistic_leave_out(&system, dependence) == 1 && left_out[3],
		  "the last is left out", left_out[3], 1);
	check(dependence[12] && dependence[13] && dependence[14] && !dependence[15],
		  "it depends on the others", dependence[12], 1);
	check(logistic_newton_step(&system, step, &decrement) == 3 && step[3] == 0 &&
		  decrement > 0, "a step of three terms", decrement, 1);
	/* information times step is the gradient */
	for (int i = 0; i < 3; i++)
	{
		double		sum = 0;

		for (int j = 0; j < 3; j++)
			sum += step[j] * sums.information[i >= j ? logistic_triangle(i) + j : logistic_triangle(j) + i];
		check_near(sum, long_sum_value(&sums.gradient[i]), 640, "the step solves");
	}
	check_near(logistic_gain(&system, step), decrement / 2, decrement,
			   "the gain is half the decrement");
	logistic_covariance(&system, 3, scales, centers, 3, covariance);
	/* the variance of the slope of (x - center) scale, in units of x */
	{
		double		plain[9];
		double		none[3] = {0};
		double		one[3] = {1, 1, 1};

		logistic_newton_step(&system, step, &decrement);
		logistic_covariance(&system, 3, one, none, 3, plain);
		check_near(covariance[4], 4 * plain[4], plain[4], "variance of x");
		check_near(covariance[5], plain[5], plain[4], "covariance of x and y");
		check_near(covariance[0], plain[0] + 36 * plain[4] + 0.25 * plain[8] -
				   12 * plain[1] + plain[2] - 6 * plain[5], 36 * plain[4],
				   "variance of the intercept");
		check_near(covariance[1], covariance[3], plain[4], "symmetric");
	}
	/* with a ridge it is not left out */
	memset(left_out, 0, sizeof(left_out));
	penalties[1] = penalties[2] = penalties[3] = 1;
	check(logistic_leave_out(&system, dependence) == 0, "kept with a ridge", 0, 0);
}

int
main(void)
{
	for (int rows = 0; rows <= 100; rows += 7)
		for (int ndense = 1; ndense <= 7; ndense++)
		{
			test_kernel(ndense, ndense, 0, rows, rows % 2 == 1, 3);
			test_kernel(ndense, ndense + 5, 3, rows, rows % 2 == 0, 3);
			test_kernel(ndense, ndense + 1, 1, rows, false, 30);
		}
	test_kernel(6, 12, 2, 100000, true, 2);
	test_far();
	test_moments(0, 1);
	test_moments(1e9, 1);
	test_moments(-1e-200, 1e-100);
	test_levels();
	test_solve();
	printf("lead: %d passed, %d failed\n", checks - failures, failures);
	return failures > 0;
}
