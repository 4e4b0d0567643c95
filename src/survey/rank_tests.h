/*
 * rank_tests.h
 *		Whether two groups differ, by the order of their values. Pure C.
 */
#ifndef CLIENTELE_SURVEY_RANK_TESTS_H
#define CLIENTELE_SURVEY_RANK_TESTS_H

#include <stddef.h>

typedef struct MannWhitney
{
	double		u;
	double		z;				/* NAN where all values are tied */
	double		p_value;
	double		effect;			/* P(X > Y) + P(X = Y) / 2 */
} MannWhitney;

typedef struct LogRank
{
	double		observed;
	double		expected;
	double		variance;
	double		chi_square;		/* NAN where the variance is 0 */
	double		p_value;
} LogRank;

/* Sorted values, none NaN, of one kind */
typedef struct SortedValues
{
	const double *values;
	size_t		n;
} SortedValues;

/* x: the group, y: the others; neither is empty. */
extern void mann_whitney(SortedValues x, SortedValues y, MannWhitney *result);

/* Times of events and of ends of observation, of the group and of the others */
extern void log_rank(SortedValues events, SortedValues censored,
					 SortedValues other_events, SortedValues other_censored,
					 LogRank *result);

#endif							/* CLIENTELE_SURVEY_RANK_TESTS_H */
