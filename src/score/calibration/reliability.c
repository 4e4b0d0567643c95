/*
 * reliability.c
 *		Predicted probabilities against what came of them, bin by bin. Pure C.
 *
 * Hosmer & Lemeshow, Commun. Statist. A 9 (1980) 1043, their C: about equally
 * many cases a group, and the statistic is the sum over groups of
 *
 *		(won - sum p)^2 / (sum p) + (lost - sum (1 - p))^2 / (sum (1 - p)).
 *
 * What a group does with equal probabilities at its border is not said there,
 * and implementations differ. Here they stay together, with the first of them:
 * of n cases, the one with B below it is in group floor(B g / n). The answer
 * then does not depend on the order of rows.
 *
 * Where the naive form fails: n - sum p has no digits left where all p are next
 * to 1, so the sum of 1 - p is taken of its own.
 */
#include <math.h>

#include "math/incomplete_gamma.h"
#include "math/sum.h"
#include "score/calibration/reliability.h"

static void
start_bin(ReliabilityBin *bin, double low, double high)
{
	bin->low = low;
	bin->high = high;
	bin->cases = 0;
	bin->won = 0;
	bin->sum = 0;
	bin->sum_of_rest = 0;
}

/* Add the groups from first to before last to a bin. */
static void
fill_bin(ReliabilityBin *bin, const OutcomeGroup *groups, size_t first,
		 size_t last)
{
	LongSum		sum = {0, 0};
	LongSum		sum_of_rest = {0, 0};

	for (size_t i = first; i < last; i++)
	{
		double		cases = (double) groups[i].won + (double) groups[i].lost;

		bin->won += (double) groups[i].won;
		bin->cases += cases;
		long_sum_add(&sum, cases * groups[i].score);
		long_sum_add(&sum_of_rest, cases * (1 - groups[i].score));
	}
	bin->sum = long_sum_value(&sum);
	bin->sum_of_rest = long_sum_value(&sum_of_rest);
}

void
bins_of_equal_width(const OutcomeGroup *groups, size_t ngroups, int nbins,
					ReliabilityBin *bins)
{
	size_t		first = 0;

	for (int i = 0; i < nbins; i++)
	{
		/* the border as one writes it: 3 / 10.0 is the double 0.3 */
		double		high = (i + 1) / (double) nbins;
		size_t		last = first;

		while (last < ngroups && (i == nbins - 1 || groups[last].score < high))
			last++;
		start_bin(&bins[i], i / (double) nbins, high);
		fill_bin(&bins[i], groups, first, last);
		first = last;
	}
}

/* floor(before * nbins / total), of any counts */
static int
bin_of(int64_t before, int64_t total, int nbins)
{
	if (before <= INT64_MAX / nbins)
		return (int) (before * nbins / total);
	return (int) fmin((double) before / (double) total * nbins, nbins - 1);
}

int
bins_of_equal_count(const OutcomeGroup *groups, size_t ngroups, int nbins,
					ReliabilityBin *bins)
{
	int64_t		total = 0;
	int64_t		before = 0;
	size_t		first = 0;
	int			n = 0;

	for (size_t i = 0; i < ngroups; i++)
		total += groups[i].won + groups[i].lost;
	while (first < ngroups)
	{
		size_t		last = first;
		int			place = -1;

		for (; last < ngroups; last++)
		{
			int64_t		cases = groups[last].won + groups[last].lost;
			int			here = bin_of(before, total, nbins);

			if (place >= 0 && here != place)
				break;
			place = here;
			before += cases;
		}
		start_bin(&bins[n], groups[first].score, groups[last - 1].score);
		fill_bin(&bins[n], groups, first, last);
		n++;
		first = last;
	}
	return n;
}

double
mean_probability(const ReliabilityBin *bin)
{
	/* rounding is not to leave what the bin holds */
	return fmin(fmax(bin->sum / bin->cases, bin->low), bin->high);
}

double
expected_error_of_bins(const ReliabilityBin *bins, int nbins)
{
	double		cases = 0;
	LongSum		sum = {0, 0};

	for (int i = 0; i < nbins; i++)
	{
		cases += bins[i].cases;
		long_sum_add(&sum, fabs(bins[i].won - bins[i].sum));
	}
	return cases > 0 ? fmin(long_sum_value(&sum) / cases, 1) : NAN;
}

/* (observed - expected)^2 / expected */
static double
pearson_term(double observed, double expected)
{
	double		distance = observed - expected;

	return distance == 0 ? 0 : distance * (distance / expected);
}

void
hosmer_lemeshow_of_bins(const ReliabilityBin *bins, int nbins,
						int lost_degrees, HosmerLemeshow *result)
{
	LongSum		sum = {0, 0};

	for (int i = 0; i < nbins; i++)
	{
		long_sum_add(&sum, pearson_term(bins[i].won, bins[i].sum));
		long_sum_add(&sum, pearson_term(bins[i].cases - bins[i].won,
										bins[i].sum_of_rest));
	}
	result->statistic = long_sum_value(&sum);
	result->degrees = nbins - lost_degrees;
	result->p_value = result->degrees < 1 ? NAN :
		isinf(result->statistic) ? 0 :
		chi_square_tail(result->statistic, result->degrees);
}
