/*
 * tiles.h
 *		Scores in tiles: lift, gains and the stability of a population. Pure C.
 */
#ifndef CLIENTELE_SCORE_TILES_H
#define CLIENTELE_SCORE_TILES_H

#include <stddef.h>
#include <stdint.h>

#include "score/evaluation/ranking.h"

#define MAX_TILES	100000

/* A tile of ntile(), the highest scores first */
typedef struct LiftTile
{
	int64_t		cases;
	double		won;			/* expected, where a tie is cut */
	int64_t		cumulative_cases;
	double		cumulative_won;
	double		highest;		/* score of its first case */
	double		lowest;			/* score of its last case */
} LiftTile;

/* How far a walk from the highest score down has come */
typedef struct LiftWalk
{
	const RankedOutcomes *ranked;
	size_t		at;				/* groups from here on have been passed */
	int64_t		cases;			/* in the groups passed */
	int64_t		won;			/* of these */
} LiftWalk;

/* A bin of two periods */
typedef struct StabilityBin
{
	double		low;			/* above this score */
	double		high;			/* up to this one, included */
	int64_t		base;
	int64_t		current;
} StabilityBin;

/* The walk at its start */
extern void lift_start(LiftWalk *walk, const RankedOutcomes *ranked);

/* Cases won that are to be expected among the highest ones, ties in any order */
extern double lift_won(LiftWalk *walk, int64_t cases);

/* As many tiles as there are cases, at most so many; room for ntiles */
extern size_t lift_tiles(const RankedOutcomes *ranked, size_t ntiles,
						 LiftTile *tiles);

/* Bins by tiles of the base period (lost); room for ntiles, won is current */
extern size_t stability_bins(const RankedOutcomes *ranked, size_t ntiles,
							 StabilityBin *bins);

/* What a bin adds to the index */
extern double stability_part(double base_share, double current_share);

#endif							/* CLIENTELE_SCORE_TILES_H */
