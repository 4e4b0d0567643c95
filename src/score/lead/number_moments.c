/*
 * number_moments.c
 *		Mean, spread and extremes of a number over the training rows.
 *
 * Where the naive form fails: the difference of the sum of squares and the
 * square of the sum has no digits left where the mean is large. Rows come in
 * blocks; a block's moments are taken about its own mean, and merged (Chan,
 * Golub & LeVeque, American Statistician 37 (1983) 242).
 */
#include <math.h>

#include "score/lead/number_moments.h"

/* Merge weight, mean and squares. */
static void
merge_moments(NumberMoments *into, double weight, double mean, double squares)
{
	double		total = into->weight + weight;
	double		apart = mean - into->mean;

	if (!(weight > 0))
		return;
	if (into->weight == 0)
	{
		into->weight = weight;
		into->mean = mean;
		into->squares = squares;
		return;
	}
	into->mean += apart * (weight / total);
	into->squares += squares + apart * apart * (into->weight * (weight / total));
	into->weight = total;
}

/* Take a value of one outcome for the extremes. */
static void
add_extremes(NumberMoments *moments, int won, int64_t known, double least,
			 double greatest)
{
	if (known == 0)
		return;
	if (moments->known[won] == 0 || least < moments->least[won])
		moments->least[won] = least;
	if (moments->known[won] == 0 || greatest > moments->greatest[won])
		moments->greatest[won] = greatest;
	moments->known[won] += known;
}

/* Add a block of values, NaN where there is none; negative weights: lost. */
void
number_moments_add(NumberMoments *moments, const double *values,
				   const double *weights, int n)
{
	double		weight = 0;
	double		sum = 0;
	double		mean;
	double		squares = 0;

	for (int k = 0; k < n; k++)
		if (!isnan(values[k]))
		{
			weight += fabs(weights[k]);
			sum += fabs(weights[k]) * values[k];
			add_extremes(moments, weights[k] > 0, 1, values[k], values[k]);
		}
	if (!(weight > 0))
		return;
	mean = sum / weight;
	for (int k = 0; k < n; k++)
		if (!isnan(values[k]))
			squares += fabs(weights[k]) * (values[k] - mean) * (values[k] - mean);
	merge_moments(moments, weight, mean, squares);
}

/* Add the moments of other rows. */
void
number_moments_merge(NumberMoments *into, const NumberMoments *from)
{
	merge_moments(into, from->weight, from->mean, from->squares);
	for (int won = 0; won < 2; won++)
	{
		add_extremes(into, won, from->known[won], from->least[won],
					 from->greatest[won]);
		into->missing[won] += from->missing[won];
	}
	into->not_finite += from->not_finite;
}
