/*
 * finite_population.h
 *		The exact interval of a proportion in a finite population. Pure C.
 */
#ifndef CLIENTELE_SURVEY_FINITE_POPULATION_H
#define CLIENTELE_SURVEY_FINITE_POPULATION_H

#include <stdbool.h>

/* The largest sample and population that are taken */
#define FINITE_MAX_SAMPLE		1000000000.0
#define FINITE_MAX_POPULATION	1e15

/*
 * P(X >= x), or P(X <= x) if upper is false, for the number X of successes in
 * a sample of n out of a population with successes among its members.
 */
extern double hypergeometric_tail(double x, double n, double successes,
								  double population, bool upper);

/*
 * How many successes the population has at least and at most: the smallest
 * number with P(X >= x) > tail, the greatest with P(X <= x) > tail.
 */
extern double finite_population_low(double x, double n, double population,
									double tail);
extern double finite_population_high(double x, double n, double population,
									 double tail);

#endif							/* CLIENTELE_SURVEY_FINITE_POPULATION_H */
