/*
 * delong.h
 *		Whether one score ranks better than another on the same cases. Pure C.
 */
#ifndef CLIENTELE_SCORE_DELONG_H
#define CLIENTELE_SCORE_DELONG_H

#include "score/evaluation/sort_tallies.h"

typedef struct AreaDifference
{
	double		area_a;
	double		area_b;
	double		difference;		/* a - b */
	double		std_error;		/* NaN with fewer than two of a class */
} AreaDifference;

/*
 * The areas of two scores of the same cases, won and lost ones among them, and
 * the standard error of their difference. Tallies are sorted by a and b, and
 * are changed; scratch has room for as many.
 */
extern void area_difference(PairTally *tallies, PairTally *scratch, size_t n,
							AreaDifference *result, void (*interrupt) (void));

#endif							/* CLIENTELE_SCORE_DELONG_H */
