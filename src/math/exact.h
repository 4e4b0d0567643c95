/*
 * exact.h
 *		What a sum or a product of two doubles has lost by rounding.
 *
 * For where a difference is about to cancel, or a rounding is about to be
 * raised to a large power. No fused multiply-add: the same digits everywhere.
 */
#ifndef CLIENTELE_MATH_EXACT_H
#define CLIENTELE_MATH_EXACT_H

/* x + y - sum, exactly (Knuth) */
static inline double
sum_error(double x, double y, double sum)
{
	double		y_part = sum - x;
	double		x_part = sum - y_part;

	return (x - x_part) + (y - y_part);
}

/* x * y - product, exactly for |x|, |y| < 1e290 (Dekker, Veltkamp) */
static inline double
product_error(double x, double y, double product)
{
	const double split = 134217729.0;	/* 2^27 + 1 */
	double		x_high = x * split;
	double		x_low;
	double		y_high = y * split;
	double		y_low;

	x_high = x_high - (x_high - x);
	x_low = x - x_high;
	y_high = y_high - (y_high - y);
	y_low = y - y_high;
	return ((x_high * y_high - product) + x_high * y_low + x_low * y_high) +
		x_low * y_low;
}

#endif							/* CLIENTELE_MATH_EXACT_H */
