/*
 * tiles.c
 *		Scores in tiles: lift, gains and the stability of a population. Pure C.
 *
 * Tiles of lift are those of ntile(): of as many cases as can be, the first ones
 * by one case greater. Cases of the same score have no order among themselves:
 * where a tile ends among them it takes its part of their won cases, which is
 * what is to be expected if they are drawn by lot. So a lift does not depend on
 * the order of rows, and all tiles have their size.
 *
 * The population stability index is the sum over bins of (current share - base
 * share) ln(current share / base share), the symmetric divergence of Jeffreys
 * 1946 and Kullback and Leibler 1951. A score of a later day must find its bin
 * by its value alone: here ties stay together, and bins end at scores of the
 * base period.
 */
#include <math.h>

#include "score/evaluation/tiles.h"

/* The walk at its start */
void
lift_start(LiftWalk *walk, const RankedOutcomes *ranked)
{
	walk->ranked = ranked;
	walk->at = ranked->n;
	walk->cases = walk->won = 0;
}

/* The group that the walk has come to holds the next case. */
static const OutcomeGroup *
next_group(const LiftWalk *walk)
{
	return &walk->ranked->groups[walk->at - 1];
}

/* Pass the groups that lie within the highest cases whole. */
static void
walk_to(LiftWalk *walk, int64_t cases)
{
	while (walk->at > 0)
	{
		const OutcomeGroup *group = next_group(walk);

		if (group->won + group->lost > cases - walk->cases)
			break;
		walk->cases += group->won + group->lost;
		walk->won += group->won;
		walk->at--;
	}
}

/* The part of the next group's won cases that some of its cases have */
static double
part_won(const LiftWalk *walk, int64_t cases)
{
	const OutcomeGroup *group;

	if (cases == 0)
		return 0;
	group = next_group(walk);
	return (double) group->won * ((double) cases /
								  (double) (group->won + group->lost));
}

/* Cases won among the highest ones */
double
lift_won(LiftWalk *walk, int64_t cases)
{
	walk_to(walk, cases);
	return (double) walk->won + part_won(walk, cases - walk->cases);
}

/* The tiles, from the highest scores down */
size_t
lift_tiles(const RankedOutcomes *ranked, size_t ntiles, LiftTile *tiles)
{
	int64_t		cases = ranked->won + ranked->lost;
	int64_t		size;
	int64_t		greater;
	LiftWalk	walk;

	if ((uint64_t) cases < ntiles)
		ntiles = (size_t) cases;
	if (ntiles == 0)
		return 0;
	size = cases / (int64_t) ntiles;
	greater = cases % (int64_t) ntiles;
	lift_start(&walk, ranked);
	for (size_t i = 0; i < ntiles; i++)
	{
		LiftTile   *tile = &tiles[i];
		int64_t		start = i == 0 ? 0 : tiles[i - 1].cumulative_cases;
		LiftWalk	before = walk;

		tile->cases = size + ((int64_t) i < greater);
		tile->cumulative_cases = start + tile->cases;
		tile->highest = next_group(&walk)->score;
		tile->cumulative_won = lift_won(&walk, tile->cumulative_cases);
		/* whole groups by their counts, and a part at each end */
		if (walk.at == before.at)
			tile->won = part_won(&walk, tile->cases);
		else
			tile->won = (double) (walk.won - before.won) -
				part_won(&before, start - before.cases) +
				part_won(&walk, tile->cumulative_cases - walk.cases);
		tile->lowest = walk.cases < tile->cumulative_cases ?
			next_group(&walk)->score : ranked->groups[walk.at].score;
	}
	return ntiles;
}

/* ceil(k * cases / tiles) without a product that overflows */
static int64_t
tile_end(int64_t cases, int64_t ntiles, int64_t k)
{
	return cases / ntiles * k + (cases % ntiles * k + ntiles - 1) / ntiles;
}

/* Bins of two periods; see tiles.h */
size_t
stability_bins(const RankedOutcomes *ranked, size_t ntiles, StabilityBin *bins)
{
	int64_t		base = 0;
	int64_t		k = 1;
	size_t		nbins = 0;

	for (size_t i = 0; i < ranked->n; i++)
	{
		const OutcomeGroup *group = &ranked->groups[i];

		if (i == 0 || (base < ranked->lost &&
					   base >= tile_end(ranked->lost, (int64_t) ntiles, k)))
		{
			while (i > 0 && base >= tile_end(ranked->lost, (int64_t) ntiles, k))
				k++;
			bins[nbins].low = i == 0 ? -INFINITY : ranked->groups[i - 1].score;
			bins[nbins].base = bins[nbins].current = 0;
			nbins++;
		}
		bins[nbins - 1].high = group->score;
		bins[nbins - 1].base += group->lost;
		bins[nbins - 1].current += group->won;
		base += group->lost;
	}
	if (nbins > 0)
		bins[nbins - 1].high = INFINITY;
	return nbins;
}

/* What a bin adds to the index */
double
stability_part(double base_share, double current_share)
{
	if (base_share == current_share)
		return 0;
	return (current_share - base_share) * log(current_share / base_share);
}
