/*
 * concentration_measures.h
 *		How unequal numbers are. Pure C.
 *
 * All take n > 0 values in ascending order, finite and not negative. NAN where
 * all are 0: there is nothing to be shared then.
 */
#ifndef CLIENTELE_SURVEY_CONCENTRATION_MEASURES_H
#define CLIENTELE_SURVEY_CONCENTRATION_MEASURES_H

#include <stddef.h>

extern double gini_coefficient(const double *values, size_t n);
extern double herfindahl_index(const double *values, size_t n);

/* The share of the greatest ones in the total, top <= n of them */
extern double share_of_greatest(const double *values, size_t n, size_t top);

/* How many a fraction of n is, rounded up */
extern size_t count_of_fraction(double fraction, size_t n);

/* How many of the greatest make a share of the total; 0 if that is 0 */
extern size_t count_for_share(const double *values, size_t n, double share);

/*
 * The Lorenz curve at i of n values, for each i up to n, one after the other:
 * curve is started with lorenz_start() and moved on by lorenz_next(), which
 * gives the share of the smallest i values.
 */
typedef struct LorenzCurve
{
	const double *values;
	size_t		n;
	size_t		at;
	double		factor;
	double		total;			/* times factor */
	double		sum;
	double		error;
} LorenzCurve;

extern void lorenz_start(LorenzCurve *curve, const double *values, size_t n);
extern double lorenz_next(LorenzCurve *curve);

/* The total, which may be infinite */
extern double total_of(const double *values, size_t n);

#endif							/* CLIENTELE_SURVEY_CONCENTRATION_MEASURES_H */
