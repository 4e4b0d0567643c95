/*
 * gamma.h
 *		The gamma function and what derives from it: differences of its
 *		logarithm, digamma, trigamma, prefix sums over integer steps.
 */
#ifndef CLIENTELE_MATH_GAMMA_H
#define CLIENTELE_MATH_GAMMA_H

#include <stdbool.h>
#include <stddef.h>

#define HALF_LOG_TWO_PI 0.918938533204672741780329736406

/* ln Gamma(x), x > 0 */
extern double log_gamma(double x);

/* ln Gamma(1 + e), |e| <= 1/2, relatively accurate down to e = 0 */
extern double log_gamma_1p(double e);

/* ln Gamma(x) - [(x - 1/2) ln x - x + ln(2 pi)/2], what Stirling leaves out */
extern double stirling_error(double x);

/* ln Gamma(x + d) - ln Gamma(x), x > 0, x + d > 0, without cancellation */
extern double log_gamma_difference(double x, double d);

/* ln B(a, b), a, b > 0, accurate where a or b is huge or tiny */
extern double log_beta(double a, double b);

/* psi(x) and psi'(x), x > 0 */
extern double digamma(double x);
extern double trigamma(double x);

/* psi(x + d) - psi(x) and psi'(x + d) - psi'(x), without cancellation */
extern double digamma_difference(double x, double d);
extern double trigamma_difference(double x, double d);

/*
 * Prefix sums: after rising_fill(), for n = 0 .. length - 1,
 *		log_sum[n]        = ln Gamma(x + n) - ln Gamma(x)      = sum ln(x + i)
 *		first[n]          = psi(x + n) - psi(x)                = sum 1/(x + i)
 *		second[n]         = psi'(x + n) - psi'(x)              = -sum 1/(x + i)^2
 * compensated, so that entry 10^5 is as good as entry 1. The arrays belong to
 * the caller. log_sum needs no logarithm an entry more than one.
 */
extern void rising_fill(double x, size_t length, double *log_sum,
						double *first, double *second);

#endif							/* CLIENTELE_MATH_GAMMA_H */
