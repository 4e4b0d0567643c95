/*
 * beta_inverse.h
 *		The inverse of the regularized incomplete beta function.
 */
#ifndef CLIENTELE_MATH_BETA_INVERSE_H
#define CLIENTELE_MATH_BETA_INVERSE_H

/*
 * The x with I_x(a, b) = p, and 1 - x in *complement, each to its own relative
 * accuracy. q is 1 - p given by the caller: the smaller of the two is taken as
 * exact. NAN outside of the domain a, b > 0, p and q in [0, 1].
 */
extern double incomplete_beta_inverse(double a, double b, double p, double q,
									  double *complement);

#endif							/* CLIENTELE_MATH_BETA_INVERSE_H */
