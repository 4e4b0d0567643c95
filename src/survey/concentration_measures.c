/*
 * concentration_measures.c
 *		How unequal numbers are. Pure C.
 *
 * Lorenz 1905 (Publ. Am. Stat. Ass. 9:209); Gini 1912, Variabilita e
 * mutabilita; Herfindahl 1950 and Hirschman 1945 for the sum of squared shares.
 *
 * Where the naive form fails: the Gini coefficient as a sum of (2i - n - 1) x_i
 * cancels when values are nearly alike. Summed by the gaps between neighbours,
 *		G = sum_{i<n} i (n - i) (x_{i+1} - x_i) / (n X),
 * all terms are positive. Values of 1e200 have no squares, and a sum of values
 * of 1e308 is infinite: all are multiplied by a power of two first, which
 * changes no digit. Sums go in ascending order, so that they do not depend on
 * the order of rows.
 */
#include <math.h>

#include "math/sum.h"
#include "survey/concentration_measures.h"

/* A share that is met but for rounding is met: 0.8 is no binary fraction. */
#define ROUNDING 1e-12

/* The power of two that brings the greatest value near 1 */
static double
scale_of(const double *values, size_t n)
{
	int			exponent;

	(void) frexp(values[n - 1], &exponent);
	if (exponent > 1000)
		exponent = 1000;
	if (exponent < -1000)
		exponent = -1000;
	return ldexp(1, -exponent);
}

/* The total times a factor */
static double
scaled_total(const double *values, size_t n, double factor)
{
	LongSum		sum = {0, 0};

	for (size_t i = 0; i < n; i++)
		long_sum_add(&sum, values[i] * factor);
	return long_sum_value(&sum);
}

/* The total */
double
total_of(const double *values, size_t n)
{
	double		factor = scale_of(values, n);

	return scaled_total(values, n, factor) / factor;
}

/* From 0, all alike, to 1 - 1/n, one has it all */
double
gini_coefficient(const double *values, size_t n)
{
	double		factor = scale_of(values, n);
	double		total = scaled_total(values, n, factor);
	LongSum		gaps = {0, 0};

	if (total == 0)
		return NAN;
	for (size_t i = 1; i < n; i++)
	{
		double		gap = (values[i] - values[i - 1]) * factor;

		if (gap > 0)
			long_sum_add(&gaps, (double) i * (double) (n - i) * gap);
	}
	return long_sum_value(&gaps) / total / (double) n;
}

/* The sum of the squared shares, from 1/n to 1 */
double
herfindahl_index(const double *values, size_t n)
{
	double		factor = scale_of(values, n);
	double		total = scaled_total(values, n, factor);
	LongSum		squares = {0, 0};

	if (total == 0)
		return NAN;
	for (size_t i = 0; i < n; i++)
	{
		double		value = values[i] * factor;

		long_sum_add(&squares, value * value);
	}
	return long_sum_value(&squares) / total / total;
}

/* The share of the greatest ones */
double
share_of_greatest(const double *values, size_t n, size_t top)
{
	double		factor = scale_of(values, n);
	double		rest = scaled_total(values, n - top, factor);
	double		sum = scaled_total(values + (n - top), top, factor);

	if (sum == 0)
		return NAN;
	return sum / (rest + sum);
}

/* ceil(fraction * n), where the fraction may stand for a decimal one */
size_t
count_of_fraction(double fraction, size_t n)
{
	double		count = ceil(fraction * (double) n * (1 - ROUNDING));

	if (count < 1)
		return 1;
	return count > (double) n ? n : (size_t) count;
}

/* The fewest of the greatest that reach a share of the total */
size_t
count_for_share(const double *values, size_t n, double share)
{
	double		factor = scale_of(values, n);
	double		goal = share * scaled_total(values, n, factor) * (1 - ROUNDING);
	LongSum		sum = {0, 0};
	size_t		count = 0;

	if (values[n - 1] == 0)
		return 0;
	while (count < n && (count == 0 || long_sum_value(&sum) < goal))
		long_sum_add(&sum, values[n - ++count] * factor);
	return count;
}

/* The curve at its start, (0, 0) */
void
lorenz_start(LorenzCurve *curve, const double *values, size_t n)
{
	curve->values = values;
	curve->n = n;
	curve->at = 0;
	curve->factor = scale_of(values, n);
	curve->total = scaled_total(values, n, curve->factor);
	curve->sum = curve->error = 0;
}

/* The share of one value more */
double
lorenz_next(LorenzCurve *curve)
{
	LongSum		sum = {curve->sum, curve->error};

	long_sum_add(&sum, curve->values[curve->at++] * curve->factor);
	curve->sum = sum.sum;
	curve->error = sum.error;
	return curve->at == curve->n ? 1 : long_sum_value(&sum) / curve->total;
}
