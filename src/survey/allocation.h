/*
 * allocation.h
 *		A sample divided among strata. Pure C.
 */
#ifndef CLIENTELE_SURVEY_ALLOCATION_H
#define CLIENTELE_SURVEY_ALLOCATION_H

#include <stddef.h>

typedef struct AllocationStratum
{
	double		size;			/* members, a whole number */
	double		weight;			/* the sample is divided in this proportion */
	double		sample;			/* the answer, a whole number */
	/* at work */
	double		least;
	double		rate;			/* weight of the current division */
	double		remainder;
	size_t		place;
} AllocationStratum;

/*
 * Divide n among the strata: in proportion to the weights, but at least minimum
 * (or all of a smaller stratum) and never more than there are; whole numbers
 * that sum to n. The caller has seen that the least of all is at most n and
 * that all strata have at least n members. Order of strata: as it was.
 * breakpoints has room for 2 nstrata numbers.
 */
extern void allocate_sample(AllocationStratum *strata, size_t nstrata,
							double n, double minimum, double *breakpoints);

#endif							/* CLIENTELE_SURVEY_ALLOCATION_H */
