/*
 * logistic_kernel.h
 *		What rows add to a step of a logistic regression.
 *
 * Pure mathematics, without postgres.h: the aggregate logistic_step lends the
 * memory, logistic_fit.c solves what comes of it.
 */
#ifndef CLIENTELE_SCORE_LOGISTIC_KERNEL_H
#define CLIENTELE_SCORE_LOGISTIC_KERNEL_H

#include <stddef.h>
#include <stdint.h>

#include "math/sum.h"

/* Rows are added by so many at a time. */
#define LOGISTIC_BLOCK		32

/* Columns of a block stand in tiles of so many. */
#define LOGISTIC_TILE		3

/* What the rows come to. */
typedef struct LogisticSums
{
	int64_t		rows;			/* that counted */
	int64_t		skipped;		/* without outcome or weight */
	LongSum		weight;
	LongSum		log_likelihood;
	double		least_margin;	/* of +logit of a won row, -logit of a lost
								 * one */
	double		greatest_margin;
} LogisticSums;

/*
 * A step in the making: pointers into memory of somebody else. The dense terms
 * are the intercept and the standardized numbers; then come indicators, of
 * which each row has few.
 */
typedef struct LogisticWork
{
	int			ndense;			/* 1 + numbers */
	int			nterms;
	int			nslots;			/* most indicators of a row */
	const double *estimates;	/* nterms */
	LogisticSums *sums;
	LongSum    *gradient;		/* nterms: of the log-likelihood */
	double	   *information;	/* lower triangle, row by row */
	/* the block: */
	double	   *columns;		/* logistic_columns(ndense) of LOGISTIC_BLOCK */
	double	   *weights;		/* LOGISTIC_BLOCK; negative: lost */
	int32_t    *slots;			/* LOGISTIC_BLOCK times nslots: terms or -1 */
} LogisticWork;

/* Columns that a block has room for: whole tiles. */
static inline size_t
logistic_columns(size_t ndense)
{
	return (ndense + LOGISTIC_TILE - 1) / LOGISTIC_TILE * LOGISTIC_TILE;
}

/* Numbers of a lower triangle. */
static inline size_t
logistic_triangle(size_t n)
{
	return n * (n + 1) / 2;
}

extern void logistic_start(LogisticSums *sums);
extern void logistic_add_block(const LogisticWork *work, int rows);
extern void logistic_merge(const LogisticWork *into, const LogisticWork *from);

#endif							/* CLIENTELE_SCORE_LOGISTIC_KERNEL_H */
