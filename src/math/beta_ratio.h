/*
 * beta_ratio.h
 *		The ratio of two beta functions, as survival under a beta mixture is made
 *		of it.
 */
#ifndef CLIENTELE_MATH_BETA_RATIO_H
#define CLIENTELE_MATH_BETA_RATIO_H

/*
 * ln [B(a, b) / B(a, b + u)] for a, b > 0 and u >= 0: zero or more, and
 * relatively accurate however near to zero it is.
 */
extern double log_beta_ratio(double a, double b, double u);

#endif							/* CLIENTELE_MATH_BETA_RATIO_H */
