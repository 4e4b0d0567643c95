/*
 * sum.h
 *		A sum of many terms that keeps what rounding would lose.
 */
#ifndef CLIENTELE_MATH_SUM_H
#define CLIENTELE_MATH_SUM_H

#include <math.h>

#include "math/exact.h"

/* The sum so far and what it has lost (Neumaier 1974). Starts as zeroes. */
typedef struct LongSum
{
	double		sum;
	double		error;
} LongSum;

/* Add a term. */
static inline void
long_sum_add(LongSum *sum, double term)
{
	double		total = sum->sum + term;

	sum->error += sum_error(sum->sum, term, total);
	sum->sum = total;
}

/* Its value; what an infinite sum has lost is not a number. */
static inline double
long_sum_value(const LongSum *sum)
{
	return isfinite(sum->sum) ? sum->sum + sum->error : sum->sum;
}

#endif							/* CLIENTELE_MATH_SUM_H */
