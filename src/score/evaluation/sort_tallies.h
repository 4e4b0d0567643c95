/*
 * sort_tallies.h
 *		Tallies of outcomes, sorted by score and added up. Pure C.
 */
#ifndef CLIENTELE_SCORE_SORT_TALLIES_H
#define CLIENTELE_SCORE_SORT_TALLIES_H

#include <stddef.h>
#include <stdint.h>

/* So many cases of a score: won ones if the count is above 0, else lost. */
typedef struct OutcomeTally
{
	double		score;			/* not NaN, not -0.0 */
	int64_t		count;			/* not 0 */
} OutcomeTally;

/* The same for two scores of each case. */
typedef struct PairTally
{
	double		a;
	double		b;
	int64_t		count;
} PairTally;

/*
 * Sort ascending by score, won before lost, and add up what is alike: the
 * number of tallies left. scratch has room for as many. interrupt is called now
 * and then, and may not return. Sums of counts must not overflow.
 */
extern size_t sort_tallies(OutcomeTally *tallies, OutcomeTally *scratch,
						   size_t n, void (*interrupt) (void));

/* The same by a, then by b */
extern size_t sort_pairs(PairTally *tallies, PairTally *scratch, size_t n,
						 void (*interrupt) (void));

/* Sort by b alone, without adding up; the order of what is alike stays. */
extern void sort_pairs_by_b(PairTally *tallies, PairTally *scratch, size_t n,
							void (*interrupt) (void));

#endif							/* CLIENTELE_SCORE_SORT_TALLIES_H */
