/*
 * hypergeometric.h
 *		Gauss's hypergeometric function 2F1 in the regimes that the purchase
 *		models need.
 */
#ifndef CLIENTELE_MATH_HYPERGEOMETRIC_H
#define CLIENTELE_MATH_HYPERGEOMETRIC_H

/*
 * 2F1(a, b; c; z) for a, b >= 0, c > 0 and z < 1 (z may be negative and huge);
 * c > b or c > a so that an integral representation exists. NAN outside.
 * Relative error below 1e-12 for a, b, c up to 1e5, also close to z = 1.
 * May overflow to infinity where the value does: log_hypergeometric_2f1 is the
 * logarithm, which does not.
 */
extern double hypergeometric_2f1(double a, double b, double c, double z);
extern double log_hypergeometric_2f1(double a, double b, double c, double z);

#endif							/* CLIENTELE_MATH_HYPERGEOMETRIC_H */
