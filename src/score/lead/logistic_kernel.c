/*
 * logistic_kernel.c
 *		What rows add to a step of a logistic regression.
 *
 * With s = 1 for a won row and -1 for a lost one, eta = x'b its logit and
 * m = s eta its margin, a row of weight w adds (McCullagh & Nelder 1989, 4.4)
 *
 *		-w ln(1 + exp(-m))				to the log-likelihood,
 *		w s x / (1 + exp(m))			to its gradient,
 *		w x x' exp(-m) / (1 + exp(-m))^2	to the information.
 *
 * Where the naive form fails: p (1 - p) and 1 - p lose all digits where p is
 * near 1. All of these are written in e = exp(-|m|), which is at most 1.
 *
 * Nearly all the time goes into x x', so rows are gathered into a block, by
 * columns, and the information gets the block's product, computed in tiles
 * that stay in registers. What a block comes to is added to compensated sums.
 * Indicators (levels of categories, missing numbers) are 1 for few terms of a
 * row: only these are touched.
 */
#include <math.h>
#include <string.h>

#include "score/lead/logistic_kernel.h"

#define BLOCK	LOGISTIC_BLOCK
#define TILE	LOGISTIC_TILE

/*
 * Two numbers that the processor works on at once. Where a compiler does not
 * know this they come one after the other.
 */
#if defined(__GNUC__) || defined(__clang__)
typedef double Pair __attribute__((vector_size(16), aligned(8), may_alias));

#define PAIR_AT(numbers, k)		(*(const Pair *) ((numbers) + (k)))
#define PAIR_SET(numbers, k)	(*(Pair *) ((numbers) + (k)))
#define PAIR_SUM(pair)			((pair)[0] + (pair)[1])
#define PAIR_ZERO				{0, 0}
#else
typedef double Pair;			/* one after the other */

#define PAIR_AT(numbers, k)		((numbers)[k])
#define PAIR_SET(numbers, k)	((numbers)[k])
#define PAIR_SUM(pair)			(pair)
#define PAIR_ZERO				0
#endif
#define PAIR_STEP	((int) (sizeof(Pair) / sizeof(double)))

/* Sums of no rows. */
void
logistic_start(LogisticSums *sums)
{
	memset(sums, 0, sizeof(*sums));
	sums->least_margin = INFINITY;
	sums->greatest_margin = -INFINITY;
}

/* The logits of a block's rows. */
static void
block_logits(const LogisticWork *work, int rows, double *logits)
{
	memset(logits, 0, BLOCK * sizeof(double));
	for (int j = 0; j < work->ndense; j++)
	{
		const double *column = work->columns + (size_t) j * BLOCK;

		for (int k = 0; k < BLOCK; k += PAIR_STEP)
			PAIR_SET(logits, k) += work->estimates[j] * PAIR_AT(column, k);
	}
	for (int k = 0; k < rows && work->nslots > 0; k++)
	{
		const int32_t *slots = work->slots + (size_t) k * work->nslots;

		for (int s = 0; s < work->nslots; s++)
			if (slots[s] >= 0)
				logits[k] += work->estimates[slots[s]];
	}
}

/*
 * The residuals and the weights in the information of a block's rows, zero
 * beyond them; what they add to the sums.
 */
static void
block_rows(const LogisticWork *work, int rows, double *residuals,
		   double *weights)
{
	LogisticSums *sums = work->sums;
	double		logits[BLOCK];
	double		below = 0;		/* sum of w max(-m, 0) */
	double		product = 0;	/* of 1 + e, less 1 */
	double		rest = 0;		/* sum of w ln(1 + e) where w is not 1 */
	double		weight = 0;

	block_logits(work, rows, logits);
	for (int k = 0; k < rows; k++)
	{
		double		w = fabs(work->weights[k]);
		double		sign = work->weights[k] > 0 ? 1 : -1;
		double		margin = sign * logits[k];
		double		e = exp(-fabs(margin));
		double		share = 1 / (1 + e);

		weight += w;
		if (margin < sums->least_margin)
			sums->least_margin = margin;
		if (margin > sums->greatest_margin)
			sums->greatest_margin = margin;
		if (margin < 0)
			below -= w * margin;
		if (w == 1)
			product += e + product * e; /* one logarithm for all, exact in
										 * what is small */
		else
			rest += w * log1p(e);
		residuals[k] = sign * w * (margin < 0 ? share : e * share);
		weights[k] = w * e * share * share;
	}
	for (int k = rows; k < BLOCK; k++)
		residuals[k] = weights[k] = 0;
	sums->rows += rows;
	long_sum_add(&sums->weight, weight);
	long_sum_add(&sums->log_likelihood, -(below + rest + log1p(product)));
}

/*
 * Add the product of a tile's weighted columns with another tile's. The nine
 * sums are written out, as a compiler keeps only such in registers.
 */
static void
add_tile(const LogisticWork *work, int i, int j,
		 double weighted[TILE][BLOCK])
{
	const double *x = work->columns + (size_t) j * BLOCK;
	Pair		s00 = PAIR_ZERO,
				s01 = PAIR_ZERO,
				s02 = PAIR_ZERO;
	Pair		s10 = PAIR_ZERO,
				s11 = PAIR_ZERO,
				s12 = PAIR_ZERO;
	Pair		s20 = PAIR_ZERO,
				s21 = PAIR_ZERO,
				s22 = PAIR_ZERO;

	for (int k = 0; k < BLOCK; k += PAIR_STEP)
	{
		Pair		x0 = PAIR_AT(x, k);
		Pair		x1 = PAIR_AT(x, BLOCK + k);
		Pair		x2 = PAIR_AT(x, 2 * BLOCK + k);
		Pair		weighted0 = PAIR_AT(weighted[0], k);
		Pair		weighted1 = PAIR_AT(weighted[1], k);
		Pair		weighted2 = PAIR_AT(weighted[2], k);

		s00 += weighted0 * x0;
		s01 += weighted0 * x1;
		s02 += weighted0 * x2;
		s10 += weighted1 * x0;
		s11 += weighted1 * x1;
		s12 += weighted1 * x2;
		s20 += weighted2 * x0;
		s21 += weighted2 * x1;
		s22 += weighted2 * x2;
	}

	{
		const double sums[TILE][TILE] = {
			{PAIR_SUM(s00), PAIR_SUM(s01), PAIR_SUM(s02)},
			{PAIR_SUM(s10), PAIR_SUM(s11), PAIR_SUM(s12)},
			{PAIR_SUM(s20), PAIR_SUM(s21), PAIR_SUM(s22)}
		};

		for (int a = 0; a < TILE && i + a < work->ndense; a++)
		{
			double	   *row = work->information + logistic_triangle(i + a);

			for (int b = 0; b < TILE && j + b <= i + a; b++)
				row[j + b] += sums[a][b];
		}
	}
}

/* What the dense terms of a block add. */
static void
add_dense(const LogisticWork *work, const double *residuals,
		  const double *weights)
{
	for (int i = 0; i < work->ndense; i += TILE)
	{
		double		weighted[TILE][BLOCK];

		for (int a = 0; a < TILE; a++)
		{
			const double *x = work->columns + (size_t) (i + a) * BLOCK;
			Pair		sum = PAIR_ZERO;

			for (int k = 0; k < BLOCK; k += PAIR_STEP)
			{
				PAIR_SET(weighted[a], k) = PAIR_AT(weights, k) * PAIR_AT(x, k);
				sum += PAIR_AT(residuals, k) * PAIR_AT(x, k);
			}
			if (i + a < work->ndense)
				long_sum_add(&work->gradient[i + a], PAIR_SUM(sum));
		}
		for (int j = 0; j <= i; j += TILE)
			add_tile(work, i, j, weighted);
	}
}

/* What the indicators of a block add. */
static void
add_indicators(const LogisticWork *work, int rows, const double *residuals,
			   const double *weights)
{
	for (int k = 0; k < rows; k++)
	{
		const int32_t *slots = work->slots + (size_t) k * work->nslots;

		for (int s = 0; s < work->nslots; s++)
		{
			double	   *row;

			if (slots[s] < 0)
				continue;
			row = work->information + logistic_triangle(slots[s]);
			long_sum_add(&work->gradient[slots[s]], residuals[k]);
			for (int j = 0; j < work->ndense; j++)
				row[j] += weights[k] * work->columns[(size_t) j * BLOCK + k];
			for (int t = 0; t < work->nslots; t++)
				if (slots[t] >= 0 && slots[t] <= slots[s])
					row[slots[t]] += weights[k];
		}
	}
}

/*
 * Add the rows of the block. Its columns beyond the rows may hold anything
 * finite; the column of the intercept, and those that fill up the last tile,
 * are set here.
 */
void
logistic_add_block(const LogisticWork *work, int rows)
{
	double		residuals[BLOCK];
	double		weights[BLOCK];

	if (rows == 0)
		return;
	for (int k = 0; k < BLOCK; k++)
		work->columns[k] = 1;
	for (size_t j = work->ndense; j < logistic_columns(work->ndense); j++)
		memset(work->columns + j * BLOCK, 0, BLOCK * sizeof(double));
	block_rows(work, rows, residuals, weights);
	add_dense(work, residuals, weights);
	if (work->nslots > 0)
		add_indicators(work, rows, residuals, weights);
}

/* Add one compensated sum to another. */
static void
merge_sum(LongSum *into, const LongSum *from)
{
	long_sum_add(into, from->sum);
	into->error += from->error;
}

/* Add the sums of other rows; neither has rows left in its block. */
void
logistic_merge(const LogisticWork *into, const LogisticWork *from)
{
	size_t		size = logistic_triangle(into->nterms);

	into->sums->rows += from->sums->rows;
	into->sums->skipped += from->sums->skipped;
	merge_sum(&into->sums->weight, &from->sums->weight);
	merge_sum(&into->sums->log_likelihood, &from->sums->log_likelihood);
	into->sums->least_margin = fmin(into->sums->least_margin,
									from->sums->least_margin);
	into->sums->greatest_margin = fmax(into->sums->greatest_margin,
									   from->sums->greatest_margin);
	for (int i = 0; i < into->nterms; i++)
		merge_sum(&into->gradient[i], &from->gradient[i]);
	for (size_t i = 0; i < size; i++)
		into->information[i] += from->information[i];
}
