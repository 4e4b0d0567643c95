/*
 * exact_points.h
 *		Points as whole numbers of 1e-12, in 128 bits.
 *
 * Sums of such numbers are exact: they do not depend on the order of rows, on
 * how partial sums were merged, or on the number of workers, and the parts of a
 * score sum to it to the last digit. Compilers without a type of 128 bits will
 * do.
 *
 * Pure C, no postgres.h: tested without a server.
 */
#ifndef CLIENTELE_SCORE_EXACT_POINTS_H
#define CLIENTELE_SCORE_EXACT_POINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In two's complement: high * 2^64 + low units of 1e-12. */
typedef struct ExactPoints
{
	int64_t		high;
	uint64_t	low;
} ExactPoints;

/* Digits behind the point. */
#define EXACT_DIGITS		12

/* What one row may bring, and what a sum may come to: ten thousand such sums
 * still fit into 125 bits. */
#define EXACT_MOST_POINTS	1e15
#define EXACT_SUM_TEXT		"1e21"

/* Bytes of the longest text, with its end. */
#define EXACT_TEXT_LENGTH	48

static inline ExactPoints
exact_zero(void)
{
	ExactPoints zero = {0, 0};

	return zero;
}

static inline ExactPoints
exact_add(ExactPoints a, ExactPoints b)
{
	ExactPoints sum;

	sum.low = a.low + b.low;
	sum.high = (int64_t) ((uint64_t) a.high + (uint64_t) b.high +
						  (sum.low < a.low ? 1 : 0));
	return sum;
}

static inline ExactPoints
exact_negate(ExactPoints a)
{
	ExactPoints negative;

	negative.low = ~a.low + 1;
	negative.high = (int64_t) (~(uint64_t) a.high +
							   (negative.low == 0 ? 1 : 0));
	return negative;
}

static inline ExactPoints
exact_subtract(ExactPoints a, ExactPoints b)
{
	return exact_add(a, exact_negate(b));
}

/* -1, 0 or 1. */
static inline int
exact_compare(ExactPoints a, ExactPoints b)
{
	if (a.high != b.high)
		return a.high < b.high ? -1 : 1;
	if (a.low != b.low)
		return a.low < b.low ? -1 : 1;
	return 0;
}

static inline int
exact_sign(ExactPoints a)
{
	if (a.high < 0)
		return -1;
	return a.high != 0 || a.low != 0;
}

/* exact_points.c */
extern bool exact_from_double(double points, ExactPoints *exact);
extern double exact_to_double(ExactPoints exact);
extern bool exact_is_sum(ExactPoints exact);
extern bool exact_times(ExactPoints points, uint64_t times,
						ExactPoints *product);
extern ExactPoints exact_share(ExactPoints part, ExactPoints target,
							   ExactPoints total);
extern char *exact_to_text(ExactPoints exact, char *buffer);
extern bool exact_from_text(const char *text, size_t length,
							ExactPoints *exact);

#endif							/* CLIENTELE_SCORE_EXACT_POINTS_H */
