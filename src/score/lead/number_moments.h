/*
 * number_moments.h
 *		Mean, spread and extremes of a number over the training rows.
 *
 * Pure mathematics, without postgres.h.
 */
#ifndef CLIENTELE_SCORE_NUMBER_MOMENTS_H
#define CLIENTELE_SCORE_NUMBER_MOMENTS_H

#include <stdint.h>

/* Starts as zeroes: extremes count where there is a row. */
typedef struct NumberMoments
{
	double		weight;			/* of the rows that have the number */
	double		mean;
	double		squares;		/* sum of w (x - mean)^2 */
	double		least[2];		/* of lost and of won rows */
	double		greatest[2];
	int64_t		known[2];		/* lost and won rows that have the number */
	double		missing[2];		/* leads, lost and won, that do not */
	int64_t		not_finite;		/* rows whose number was NaN or infinite */
} NumberMoments;

extern void number_moments_add(NumberMoments *moments, const double *values,
							   const double *weights, int n);
extern void number_moments_merge(NumberMoments *into,
								 const NumberMoments *from);

#endif							/* CLIENTELE_SCORE_NUMBER_MOMENTS_H */
