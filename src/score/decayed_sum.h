/*
 * decayed_sum.h
 *		An exponentially decaying sum, kept where it never needs rewriting.
 *
 * Points that halve every half-life h, given at time t, are worth
 * points * 2^((t - now) / h) now. All sums of one half-life shrink by the same
 * factor, so their order never changes, and the value at a fixed origin in
 * time, points * 2^(t / h), says everything. That number is far beyond any
 * floating point range (a century of half-lives of an hour is 2^876600), so it
 * is kept as a mantissa and an exponent of its own.
 *
 * Pure C, no postgres.h. Times and half-lives are microseconds; the origin is
 * time 0.
 */
#ifndef CLIENTELE_SCORE_DECAYED_SUM_H
#define CLIENTELE_SCORE_DECAYED_SUM_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The value at the origin is (mantissa + rest) * 2^exponent, 1 <= |mantissa| <
 * 2. rest is what the mantissa has lost by rounding: sums that are formed in
 * another order differ in it at most. Zero is all zeros.
 */
typedef struct DecayedSum
{
	double		mantissa;
	float		rest;
	int64_t		exponent;
} DecayedSum;

/* Finite points that were given at a time. */
extern DecayedSum decayed_sum(double points, int64_t time, int64_t half_life);

/* The sum of two of the same half-life. */
extern DecayedSum decayed_sum_add(DecayedSum a, DecayedSum b);

/* The same sum with the other sign. */
extern DecayedSum decayed_sum_negate(DecayedSum a);

/* Order at any time: -1, 0 or 1. */
extern int	decayed_sum_compare(DecayedSum a, DecayedSum b);

/*
 * The value at a time, to 1e-15 relative; 0 where it is below the smallest
 * double, +-INFINITY where it is beyond the largest.
 */
extern double decayed_sum_at(DecayedSum sum, int64_t time, int64_t half_life);

/* Is this a sum that the functions above could have made? */
extern bool decayed_sum_is_sound(DecayedSum sum);

#endif							/* CLIENTELE_SCORE_DECAYED_SUM_H */
