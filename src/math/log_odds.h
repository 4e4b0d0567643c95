/*
 * log_odds.h
 *		Probabilities and the logarithms of their odds, to the last digits at
 *		both ends.
 */
#ifndef CLIENTELE_MATH_LOG_ODDS_H
#define CLIENTELE_MATH_LOG_ODDS_H

#include <math.h>

/* ln(p / (1 - p)); infinite at 0 and 1 */
static inline double
log_odds_of(double p)
{
	/* next to 1/2 the quotient is next to 1: its excess over 1 is exact */
	if (p > 0.25 && p < 0.75)
		return log1p((2 * p - 1) / (1 - p));
	return log(p) - log1p(-p);
}

/* 1 / (1 + exp(-x)) */
static inline double
probability_of_log_odds(double x)
{
	double		e;

	if (x >= 0)
		return 1 / (1 + exp(-x));
	e = exp(x);
	return e / (1 + e);
}

/* ln(1 + exp(x)): what a case costs whose log odds of the contrary are x */
static inline double
log_1p_exp(double x)
{
	return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

#endif							/* CLIENTELE_MATH_LOG_ODDS_H */
