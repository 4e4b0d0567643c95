/*
 * isotonic.c
 *		Isotonic regression of outcomes on a score. Pure C.
 *
 * Pool adjacent violators (Ayer, Brunk, Ewing, Reid, Silverman, Ann. Math.
 * Statist. 26 (1955) 641; for scores Zadrozny & Elkan 2002): the probabilities
 * that rise with the score and have the greatest likelihood, and also the least
 * squared error. A block that is won no less often than the one behind it is
 * pooled with it, until none is. Each block is pooled once at most, so that the
 * work is linear. Cases of one score are one block to begin with: no order
 * among them matters.
 */
#include <math.h>

#include "score/calibration/isotonic.h"

/* Let the user interrupt after so many groups. */
#define INTERRUPT_EVERY	100000

size_t
isotonic_blocks(const OutcomeGroup *groups, size_t ngroups,
				void (*interrupt) (void), IsotonicBlock *blocks)
{
	size_t		n = 0;

	for (size_t i = 0; i < ngroups; i++)
	{
		IsotonicBlock *last = &blocks[n++];

		if (interrupt != NULL && i % INTERRUPT_EVERY == INTERRUPT_EVERY - 1)
			interrupt();
		last->low = groups[i].score;
		last->high = groups[i].score;
		last->won = (double) groups[i].won;
		last->cases = (double) groups[i].won + (double) groups[i].lost;
		while (n > 1 && last[-1].won * last->cases >= last->won * last[-1].cases)
		{
			last--;
			n--;
			last->high = last[1].high;
			last->won += last[1].won;
			last->cases += last[1].cases;
		}
	}
	return n;
}

double
broken_line(const CurvePoint *points, size_t npoints, double score)
{
	size_t		low = 0;
	size_t		high = npoints - 1;
	const CurvePoint *left;
	const CurvePoint *right;
	double		share;

	if (isnan(score))
		return NAN;
	if (score <= points[low].score)
		return points[low].probability;
	if (score >= points[high].score)
		return points[high].probability;
	/* points[low].score < score < points[high].score */
	while (high - low > 1)
	{
		size_t		middle = low + (high - low) / 2;

		if (score == points[middle].score)
			return points[middle].probability;
		if (score < points[middle].score)
			high = middle;
		else
			low = middle;
	}
	left = &points[low];
	right = &points[high];
	/* towards infinity the line stays where it is */
	if (isinf(left->score))
		return right->probability;
	if (isinf(right->score))
		return left->probability;
	/* halves, for the distance of two doubles need not be one */
	share = (score / 2 - left->score / 2) / (right->score / 2 - left->score / 2);
	if (!(share > 0))
		return left->probability;
	return fmin(left->probability +
				fmin(share, 1) * (right->probability - left->probability),
				right->probability);
}
