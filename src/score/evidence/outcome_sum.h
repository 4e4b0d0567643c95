/*
 * outcome_sum.h
 *		Sums of weights that do not depend on their order.
 *
 * A sum is a whole number and a part of one, in units of 1e-18: additions are
 * exact, so that rows in any order, divided among workers or merged from stored
 * facts make the same bytes, and the sum can be written as a decimal number. A
 * row's weight is rounded once, to 1e-18; decimal weights of up to 11 places
 * below 1 are held as they were written. Pure C, no postgres.h.
 */
#ifndef CLIENTELE_SCORE_OUTCOME_SUM_H
#define CLIENTELE_SCORE_OUTCOME_SUM_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#define OUTCOME_PARTS		UINT64_C(1000000000000000000)	/* of a whole */
#define OUTCOME_PLACES		18
#define OUTCOME_MAX_WEIGHT	1e15	/* of a row */

typedef struct OutcomeSum
{
	int64_t		whole;			/* not negative */
	uint64_t	part;			/* below OUTCOME_PARTS */
} OutcomeSum;

/* Whether a row can have that weight. */
static inline bool
outcome_weight_is_sound(double weight)
{
	return weight >= 0 && weight <= OUTCOME_MAX_WEIGHT;
}

/* A weight that is sound, rounded. */
static inline OutcomeSum
outcome_sum_of(double weight)
{
	double		whole = floor(weight);
	OutcomeSum	sum;

	sum.whole = (int64_t) whole;
	sum.part = (uint64_t) rint((weight - whole) * 1e18);
	if (sum.part >= OUTCOME_PARTS)
	{
		sum.whole++;
		sum.part -= OUTCOME_PARTS;
	}
	return sum;
}

/* Add to a sum; false, and the sum as it was, where it would exceed its range. */
static inline bool
outcome_sum_add(OutcomeSum *sum, OutcomeSum more)
{
	uint64_t	part = sum->part + more.part;
	int64_t		carry = part >= OUTCOME_PARTS;

	if (more.whole > INT64_MAX - carry - sum->whole)
		return false;
	sum->whole += more.whole + carry;
	sum->part = part - (carry ? OUTCOME_PARTS : 0);
	return true;
}

/* Take away from a sum what has been added to it. */
static inline void
outcome_sum_subtract(OutcomeSum *sum, OutcomeSum less)
{
	bool		borrow = sum->part < less.part;

	sum->whole -= less.whole + borrow;
	sum->part += (borrow ? OUTCOME_PARTS : 0) - less.part;
}

/* The nearest number, to the last bit or the one before it. */
static inline double
outcome_sum_value(OutcomeSum sum)
{
	if (sum.part == 0)
		return (double) sum.whole;
	return (double) sum.whole + (double) sum.part / 1e18;
}

#endif							/* CLIENTELE_SCORE_OUTCOME_SUM_H */
