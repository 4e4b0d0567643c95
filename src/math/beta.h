/*
 * beta.h
 *		The regularized incomplete beta function.
 */
#ifndef CLIENTELE_MATH_BETA_H
#define CLIENTELE_MATH_BETA_H

/*
 * I_x(a, b) for a, b > 0 and 0 <= x <= 1; complement is 1 - x given by the
 * caller, so that neither end loses digits: the smaller of the two is taken as
 * exact. NAN outside the domain.
 */
extern double incomplete_beta(double a, double b, double x, double complement);

/* ln of x^a (1-x)^b / B(a, b), without cancellation for large a and b */
extern double log_beta_kernel(double a, double b, double x, double complement);

/* ln(1 + t) - t, accurate at t = 0 */
extern double log1p_minus(double t);

#endif							/* CLIENTELE_MATH_BETA_H */
