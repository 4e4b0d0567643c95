/*
 * beta.h
 *		The regularized incomplete beta function.
 */
#ifndef CLIENTELE_MATH_BETA_H
#define CLIENTELE_MATH_BETA_H

/*
 * I_x(a, b) for a, b > 0 and 0 <= x <= 1; complement is 1 - x given by the
 * caller, so that neither end loses digits. NAN outside the domain.
 */
extern double incomplete_beta(double a, double b, double x, double complement);

#endif							/* CLIENTELE_MATH_BETA_H */
