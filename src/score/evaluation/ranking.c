/*
 * ranking.c
 *		How well a score tells won from lost. Pure C.
 *
 * The area under the ROC curve is the chance that a won case has a higher score
 * than a lost one, ties half (Bamber 1975, J. Math. Psychology 12:387). Its
 * variance is that of DeLong, DeLong and Clarke-Pearson 1988 (Biometrics
 * 44:837): with the placement of a case the share of the other class that it
 * beats, the variance of the placements of the won cases over their number plus
 * that of the lost ones over theirs. The definition takes won times lost
 * comparisons; sorted groups with running counts give each placement at once
 * (Sun, Xu 2014, IEEE Signal Processing Letters 21:1389, by midranks).
 *
 * Where the naive form fails: near an area of 1 all placements are near 1, and
 * deviations from their mean are lost in rounding. Placements are kept as
 * counts, halves at most, which are exact, from the side on which they are
 * small.
 */
#include <math.h>

#include "math/sum.h"
#include "score/evaluation/ranking.h"

/* Won times lost pairs in which the won case is higher, ties half */
static double
pairs_in_order(const RankedOutcomes *ranked)
{
	LongSum		pairs = {0, 0};
	int64_t		lost_below = 0;

	for (size_t i = 0; i < ranked->n; i++)
	{
		const OutcomeGroup *group = &ranked->groups[i];

		long_sum_add(&pairs, (double) group->won *
					 ((double) lost_below + 0.5 * (double) group->lost));
		lost_below += group->lost;
	}
	return long_sum_value(&pairs);
}

/* The area under the ROC curve */
double
area_under_curve(const RankedOutcomes *ranked)
{
	return pairs_in_order(ranked) / (double) ranked->won /
		(double) ranked->lost;
}

/*
 * The variance of the area. A placement is counted from below, or from above
 * where the area is more than a half: the variance is the same.
 */
double
area_variance(const RankedOutcomes *ranked)
{
	double		won = (double) ranked->won;
	double		lost = (double) ranked->lost;
	double		pairs = pairs_in_order(ranked);
	int			from_above;
	double		mean_won;
	double		mean_lost;
	int64_t		won_below = 0;
	int64_t		lost_below = 0;
	LongSum		squares_won = {0, 0};
	LongSum		squares_lost = {0, 0};

	if (ranked->won < 2 || ranked->lost < 2)
		return NAN;
	from_above = pairs > 0.5 * won * lost;
	if (from_above)
	{
		/* the pairs out of order, summed anew: the difference would cancel */
		LongSum		others = {0, 0};
		int64_t		below = 0;

		for (size_t i = 0; i < ranked->n; i++)
		{
			const OutcomeGroup *group = &ranked->groups[i];

			long_sum_add(&others, (double) group->lost *
						 ((double) below + 0.5 * (double) group->won));
			below += group->won;
		}
		pairs = long_sum_value(&others);
	}
	mean_won = pairs / won;
	mean_lost = pairs / lost;
	for (size_t i = 0; i < ranked->n; i++)
	{
		const OutcomeGroup *group = &ranked->groups[i];
		int64_t		lost_above = ranked->lost - lost_below - group->lost;
		int64_t		won_above = ranked->won - won_below - group->won;
		double		beaten = (double) (from_above ? lost_above : lost_below) +
			0.5 * (double) group->lost - mean_won;
		double		beating = (double) (from_above ? won_below : won_above) +
			0.5 * (double) group->won - mean_lost;

		if (group->won > 0)
			long_sum_add(&squares_won, (double) group->won * beaten * beaten);
		if (group->lost > 0)
			long_sum_add(&squares_lost, (double) group->lost * beating * beating);
		won_below += group->won;
		lost_below += group->lost;
	}
	return long_sum_value(&squares_won) / lost / lost / (won - 1) / won +
		long_sum_value(&squares_lost) / won / won / (lost - 1) / lost;
}

/*
 * The mean over the won cases of the precision at their scores, the highest
 * first: the sum of precision times the step of recall, without interpolation.
 */
double
mean_precision(const RankedOutcomes *ranked)
{
	LongSum		sum = {0, 0};
	int64_t		won = 0;
	int64_t		cases = 0;

	for (size_t i = ranked->n; i-- > 0;)
	{
		const OutcomeGroup *group = &ranked->groups[i];

		won += group->won;
		cases += group->won + group->lost;
		if (group->won > 0)
			long_sum_add(&sum, (double) group->won *
						 ((double) won / (double) cases));
	}
	return long_sum_value(&sum) / (double) ranked->won;
}

/* The greatest distance between the distributions of won and lost scores */
double
greatest_distance(const RankedOutcomes *ranked)
{
	double		won = (double) ranked->won;
	double		lost = (double) ranked->lost;
	double		greatest = 0;
	int64_t		won_below = 0;
	int64_t		lost_below = 0;

	for (size_t i = 0; i < ranked->n; i++)
	{
		double		x;
		double		y;
		double		distance;

		won_below += ranked->groups[i].won;
		lost_below += ranked->groups[i].lost;
		/* the products are exact with what they have lost */
		x = (double) won_below * lost;
		y = (double) lost_below * won;
		distance = fabs((x - y) + (product_error((double) won_below, lost, x) -
								   product_error((double) lost_below, won, y)));
		if (distance > greatest)
			greatest = distance;
	}
	return greatest / won / lost;
}

/* The square of a forecast's error */
double
squared_error(double probability, int won)
{
	double		error = won ? 1 - probability : probability;

	return error * error;
}

/* Minus the logarithm of the probability that was given to what came */
double
logarithmic_error(double probability, int won)
{
	/* 0 rather than -0 for a sure forecast that came true */
	return (won ? -log(probability) : -log1p(-probability)) + 0.0;
}

/* The mean over all cases of an error of one */
static double
mean_error(const RankedOutcomes *ranked, double (*error) (double, int))
{
	LongSum		sum = {0, 0};

	for (size_t i = 0; i < ranked->n; i++)
	{
		const OutcomeGroup *group = &ranked->groups[i];

		if (group->won > 0)
			long_sum_add(&sum, (double) group->won * error(group->score, 1));
		if (group->lost > 0)
			long_sum_add(&sum, (double) group->lost * error(group->score, 0));
	}
	return long_sum_value(&sum) / (double) (ranked->won + ranked->lost);
}

double
brier_score(const RankedOutcomes *ranked)
{
	return mean_error(ranked, squared_error);
}

double
logarithmic_loss(const RankedOutcomes *ranked)
{
	return mean_error(ranked, logarithmic_error);
}

/* The counts if all at or above a threshold are taken for won */
Confusion
confusion_at(const RankedOutcomes *ranked, double threshold)
{
	Confusion	result = {0, 0, 0, 0};
	size_t		i = ranked->n;

	for (; i > 0 && ranked->groups[i - 1].score >= threshold; i--)
	{
		result.true_positives += ranked->groups[i - 1].won;
		result.false_positives += ranked->groups[i - 1].lost;
	}
	result.false_negatives = ranked->won - result.true_positives;
	result.true_negatives = ranked->lost - result.false_positives;
	return result;
}
