/*
 * rank_tests.c
 *		Whether two groups differ, by the order of their values. Pure C.
 *
 * Mann and Whitney, Ann. Math. Stat. 18 (1947) 50; variance with ties:
 * Hollander, Wolfe, Chicken, Nonparametric Statistical Methods, 3rd ed. 2014,
 * eq. 4.13. Log-rank test: Mantel, Cancer Chemother. Rep. 50 (1966) 163;
 * variance with ties: the hypergeometric one of each time of events.
 *
 * U is counted in halves of a pair, in whole numbers: no order of rows and no
 * division among workers can change it.
 */
#include <math.h>
#include <stdint.h>

#include "math/incomplete_gamma.h"
#include "math/sum.h"
#include "survey/proportion.h"
#include "survey/rank_tests.h"

/* How many values from a place on are equal to a value */
static size_t
run_length(const SortedValues *sorted, size_t at, double value)
{
	size_t		end = at;

	while (end < sorted->n && sorted->values[end] == value)
		end++;
	return end - at;
}

/* U, its normal approximation and the probability of superiority */
void
mann_whitney(SortedValues x, SortedValues y, MannWhitney *result)
{
	size_t		i = 0;
	size_t		j = 0;
	uint64_t	halves = 0;		/* 2 U: pairs with x > y twice, ties once */
	double		ties = 0;		/* sum of t^3 - t */
	double		pairs = (double) x.n * (double) y.n;
	double		all = (double) x.n + (double) y.n;
	double		distance;
	double		variance;

	while (i < x.n || j < y.n)
	{
		double		value = j == y.n || (i < x.n && x.values[i] <= y.values[j]) ?
			x.values[i] : y.values[j];
		size_t		of_x = run_length(&x, i, value);
		size_t		of_y = run_length(&y, j, value);
		double		tied = (double) (of_x + of_y);

		halves += (uint64_t) of_x * (2 * (uint64_t) j + of_y);
		ties += (tied * tied - 1) * tied;
		i += of_x;
		j += of_y;
	}
	result->u = (double) halves / 2;
	result->effect = (double) halves / (2 * pairs);
	distance = ((double) halves - pairs) / 2;
	/* correction for continuity: half a pair towards the mean */
	if (distance != 0)
		distance -= copysign(0.5, distance);
	variance = pairs / 12 * ((all + 1) - ties / all / (all - 1));
	/* what rounding leaves of the variance of a constant is none */
	result->z = ties < (all * all - 1) * all ? distance / sqrt(variance) : NAN;
	result->p_value = two_sided_p_value(result->z);
}

/* Observed and expected events of the group, and how far apart they may be */
void
log_rank(SortedValues events, SortedValues censored,
		 SortedValues other_events, SortedValues other_censored,
		 LogRank *result)
{
	size_t		i = 0;
	size_t		j = 0;
	size_t		gone = 0;
	size_t		other_gone = 0;
	LongSum		expected = {0, 0};
	LongSum		variance = {0, 0};

	while (i < events.n || j < other_events.n)
	{
		double		time = j == other_events.n ||
			(i < events.n && events.values[i] <= other_events.values[j]) ?
			events.values[i] : other_events.values[j];
		size_t		happened = run_length(&events, i, time);
		size_t		other_happened = run_length(&other_events, j, time);
		double		at_risk;
		double		all;
		double		died = (double) (happened + other_happened);

		/* whose observation ends at the time of an event was still at risk */
		while (gone < censored.n && censored.values[gone] < time)
			gone++;
		while (other_gone < other_censored.n &&
			   other_censored.values[other_gone] < time)
			other_gone++;
		at_risk = (double) (events.n - i) + (double) (censored.n - gone);
		all = at_risk + (double) (other_events.n - j) +
			(double) (other_censored.n - other_gone);
		long_sum_add(&expected, died * at_risk / all);
		if (all > 1)
			long_sum_add(&variance, died * (at_risk / all) *
						 ((all - at_risk) / all) * ((all - died) / (all - 1)));
		i += happened;
		j += other_happened;
	}
	result->observed = (double) events.n;
	result->expected = long_sum_value(&expected);
	result->variance = long_sum_value(&variance);
	if (result->variance > 0)
	{
		double		distance = result->observed - result->expected;

		result->chi_square = distance * distance / result->variance;
		result->p_value = chi_square_tail(result->chi_square, 1);
	}
	else
		result->chi_square = result->p_value = NAN;
}
