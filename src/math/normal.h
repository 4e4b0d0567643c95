/*
 * normal.h
 *		The standard normal distribution.
 */
#ifndef CLIENTELE_MATH_NORMAL_H
#define CLIENTELE_MATH_NORMAL_H

/* The value below which a standard normal lies with probability p, 0 < p < 1. */
extern double normal_quantile(double p);

#endif							/* CLIENTELE_MATH_NORMAL_H */
