/*
 * exponential_integral.h
 *		The generalized exponential integral E_s(z) = int_1^inf e^{-zt} t^{-s} dt.
 */
#ifndef CLIENTELE_MATH_EXPONENTIAL_INTEGRAL_H
#define CLIENTELE_MATH_EXPONENTIAL_INTEGRAL_H

/*
 * e^z E_s(z) for s >= 0 real and z > 0: bounded by 1/z and, for s > 1, 1/(s-1),
 * so it neither overflows nor underflows. INFINITY for z = 0 and s <= 1.
 */
extern double scaled_exponential_integral(double s, double z);

#endif							/* CLIENTELE_MATH_EXPONENTIAL_INTEGRAL_H */
