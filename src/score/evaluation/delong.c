/*
 * delong.c
 *		Whether one score ranks better than another on the same cases. Pure C.
 *
 * DeLong, DeLong and Clarke-Pearson 1988 (Biometrics 44:837), equations 4 to 7
 * for the contrast of two areas. The placement of a case is the share of the
 * other class that it beats, ties half. The variance of the difference is that
 * of the differences of a case's two placements, won and lost cases apart:
 *		var = var_won(V_a - V_b) / won + var_lost(V_a - V_b) / lost,
 * which is the sum of variances less twice the covariance without its
 * cancellation, and exactly 0 for scores that rank alike. Placements are counts
 * and halves, exact in a double: those by a stand in place of a when the cases
 * are put in order of b. Two sorts, no n^2.
 */
#include <math.h>

#include "math/sum.h"
#include "score/evaluation/delong.h"

/* Counts of the tallies, or of those with the same score */
typedef struct Counts
{
	double		won;
	double		lost;
} Counts;

/* Count tallies from one on, up to where a score changes, or all. */
static size_t
count_alike(const PairTally *tallies, size_t start, size_t n, int by_b,
			Counts *counts)
{
	double		score = by_b ? tallies[start].b : tallies[start].a;
	size_t		i = start;

	counts->won = counts->lost = 0;
	for (; i < n && (by_b ? tallies[i].b : tallies[i].a) == score; i++)
	{
		if (tallies[i].count > 0)
			counts->won += (double) tallies[i].count;
		else
			counts->lost -= (double) tallies[i].count;
	}
	return i;
}

/*
 * How many of the other class a case beats, less those that it does not: twice
 * the placement about its middle
 */
static double
placement(int won, Counts below, Counts same, Counts all)
{
	if (won)
		return below.lost - (all.lost - below.lost - same.lost);
	return (all.won - below.won - same.won) - below.won;
}

/*
 * Put in place of a score twice the placements about their middle by it, or
 * those less the ones that stand there already: the pairs in order.
 */
static double
place(PairTally *tallies, size_t n, int by_b, Counts all)
{
	Counts		below = {0, 0};
	LongSum		pairs = {0, 0};

	for (size_t start = 0; start < n;)
	{
		Counts		same;
		size_t		end = count_alike(tallies, start, n, by_b, &same);

		long_sum_add(&pairs, same.won * (below.lost + 0.5 * same.lost));
		for (; start < end; start++)
		{
			PairTally  *tally = &tallies[start];
			double		beats = placement(tally->count > 0, below, same, all);

			tally->a = by_b ? tally->a - beats : beats;
		}
		below.won += same.won;
		below.lost += same.lost;
	}
	return long_sum_value(&pairs);
}

/* The sum over a class of what stands in place of a */
static double
sum_of_class(const PairTally *tallies, size_t n, int won)
{
	LongSum		sum = {0, 0};

	for (size_t i = 0; i < n; i++)
		if ((tallies[i].count > 0) == won)
			long_sum_add(&sum, fabs((double) tallies[i].count) * tallies[i].a);
	return long_sum_value(&sum);
}

/* The variance of the mean placement's difference of a class */
static double
class_variance(const PairTally *tallies, size_t n, int won, double cases,
			   double others)
{
	double		mean = sum_of_class(tallies, n, won) / cases;
	LongSum		squares = {0, 0};

	for (size_t i = 0; i < n; i++)
		if ((tallies[i].count > 0) == won)
		{
			double		deviation = tallies[i].a - mean;

			long_sum_add(&squares, fabs((double) tallies[i].count) *
						 deviation * deviation);
		}
	return long_sum_value(&squares) / (2 * others) / (2 * others) /
		(cases - 1) / cases;
}

/* The difference; see delong.h */
void
area_difference(PairTally *tallies, PairTally *scratch, size_t n,
				AreaDifference *result, void (*interrupt) (void))
{
	Counts		all = {0, 0};

	for (size_t i = 0; i < n; i++)
	{
		if (tallies[i].count > 0)
			all.won += (double) tallies[i].count;
		else
			all.lost -= (double) tallies[i].count;
	}
	result->area_a = place(tallies, n, 0, all) / all.won / all.lost;
	sort_pairs_by_b(tallies, scratch, n, interrupt);
	result->area_b = place(tallies, n, 1, all) / all.won / all.lost;
	result->difference = sum_of_class(tallies, n, 1) / (2 * all.lost) / all.won;
	result->std_error = NAN;
	if (all.won < 2 || all.lost < 2)
		return;
	result->std_error =
		sqrt(class_variance(tallies, n, 1, all.won, all.lost) +
			 class_variance(tallies, n, 0, all.lost, all.won));
}
