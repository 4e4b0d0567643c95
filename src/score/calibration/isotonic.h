/*
 * isotonic.h
 *		Isotonic regression of outcomes on a score. Pure C.
 */
#ifndef CLIENTELE_SCORE_ISOTONIC_H
#define CLIENTELE_SCORE_ISOTONIC_H

#include <stddef.h>

#include "score/evaluation/outcome_group.h"

/* Neighbouring scores that have one probability: won / cases */
typedef struct IsotonicBlock
{
	double		low;			/* the least score */
	double		high;			/* the greatest */
	double		won;			/* counts, exact up to 2^53 */
	double		cases;
} IsotonicBlock;

/* A place of a broken line. */
typedef struct CurvePoint
{
	double		score;
	double		probability;
} CurvePoint;

/*
 * The blocks of groups that ascend by score; room for ngroups of them. Returns
 * how many there are.
 */
extern size_t isotonic_blocks(const OutcomeGroup *groups, size_t ngroups,
							  void (*interrupt) (void),
							  IsotonicBlock *blocks);

/*
 * The broken line through points whose scores and probabilities ascend (the
 * first score may be -INFINITY, the last INFINITY), flat beyond its ends. NAN
 * for a score that is.
 */
extern double broken_line(const CurvePoint *points, size_t npoints,
						  double score);

#endif							/* CLIENTELE_SCORE_ISOTONIC_H */
