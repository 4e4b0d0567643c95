/*
 * money.h
 *		Adding amounts of money so that orders commute.
 *
 * Amounts are float8, but money is decimal: 0.1 + 0.2 is to be 0.3, whichever
 * came first and however partial sums were merged. So amounts of at most four
 * decimal places are added as whole numbers of 1e-4 ("ticks"), which is exact,
 * and divided back, which gives the double nearest to the decimal sum. What is
 * no such decimal is added as float8.
 *
 * An amount v is taken for the decimal k / 1e4 if the nearest double of
 * k / 1e4 is v itself. Below 2^50 ticks (about 1.1e11) that k is unique and is
 * found by rounding v * 1e4, whose error is then below one quarter; the sum of
 * two such numbers is still exact.
 *
 * Pure C, no postgres.h. Built without contraction and fast-math, see the
 * Makefile.
 */
#ifndef CLIENTELE_MONEY_H
#define CLIENTELE_MONEY_H

#include <math.h>
#include <stdbool.h>

#define MONEY_TICKS				1e4
#define MONEY_TICKS_LIMIT		1125899906842624.0	/* 2^50 */
/* adding and subtracting this rounds to a whole number: 1.5 * 2^52 */
#define MONEY_ROUND				6755399441055744.0

/* An amount in ticks, if it is a decimal of at most four places. */
static inline bool
money_ticks(double amount, double *ticks)
{
	double		scaled = amount * MONEY_TICKS;

	if (!(scaled > -MONEY_TICKS_LIMIT && scaled < MONEY_TICKS_LIMIT))
		return false;
	*ticks = (scaled + MONEY_ROUND) - MONEY_ROUND;
	return *ticks / MONEY_TICKS == amount;
}

/* The sum of two amounts. */
static inline double
money_add(double a, double b)
{
	double		a_ticks;
	double		b_ticks;

	if (money_ticks(a, &a_ticks) && money_ticks(b, &b_ticks))
		return (a_ticks + b_ticks) / MONEY_TICKS;
	return a + b;
}

/*
 * A sum of many amounts: decimals exactly, as long as their sum stays below
 * 2^53 ticks; the others as float8, with the rounding errors carried along
 * (Neumaier 1974). Starts as all zeroes.
 */
typedef struct MoneySum
{
	double		ticks;
	double		rest;
	double		error;			/* of rest */
} MoneySum;

static inline void
money_sum_add(MoneySum *sum, double amount)
{
	double		ticks;
	double		total;

	if (money_ticks(amount, &ticks) &&
		fabs(sum->ticks + ticks) < 8.0 * MONEY_TICKS_LIMIT)
	{
		sum->ticks += ticks;
		return;
	}
	total = sum->rest + amount;
	if (fabs(sum->rest) >= fabs(amount))
		sum->error += (sum->rest - total) + amount;
	else
		sum->error += (amount - total) + sum->rest;
	sum->rest = total;
}

/* The value of a sum; infinite if it exceeds the range of float8. */
static inline double
money_sum_value(const MoneySum *sum)
{
	double		decimals = sum->ticks / MONEY_TICKS;

	/* the error of an infinite sum is not a number */
	if (!isfinite(sum->rest))
		return sum->rest;
	return decimals + (sum->rest + sum->error);
}

/*
 * The sum divided by a count. For decimals this is one division of whole
 * numbers, hence the double nearest to the true mean: (0.1 + 0.2 + 0.3) / 3 is
 * 0.2.
 */
static inline double
money_sum_mean(const MoneySum *sum, double count)
{
	if (sum->rest == 0 && sum->error == 0)
		return sum->ticks / (MONEY_TICKS * count);
	return money_sum_value(sum) / count;
}

#endif							/* CLIENTELE_MONEY_H */
