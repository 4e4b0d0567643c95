/*
 * incomplete_gamma.h
 *		The regularized incomplete gamma functions, and the chi-square
 *		distribution.
 */
#ifndef CLIENTELE_MATH_INCOMPLETE_GAMMA_H
#define CLIENTELE_MATH_INCOMPLETE_GAMMA_H

/*
 * P(a, x) and Q(a, x) = 1 - P(a, x) for a > 0, x >= 0, each to its own relative
 * accuracy, however small it is. NAN outside of the domain. The work grows with
 * the square root of a where x is near it.
 */
extern double incomplete_gamma_p(double a, double x);
extern double incomplete_gamma_q(double a, double x);

/* P(a chi-square of that many degrees of freedom > statistic) */
extern double chi_square_tail(double statistic, double degrees);

#endif							/* CLIENTELE_MATH_INCOMPLETE_GAMMA_H */
