/*
 * normal.c
 *		Quantiles of the standard normal distribution.
 *
 * A start from the leading terms of the inverse, then Halley's iteration on
 * ln Q(x) = ln p, Q the upper tail, which libm's erfc() gives to its last
 * digit. Two regions need care, and there the naive form (Newton on
 * Phi(x) - p) fails: near p = 1/2, where x is small and must keep relative
 * accuracy, the equation is erf(x / sqrt 2) / 2 = p - 1/2, whose right side is
 * exact; and in the far tail, where Q is near or below the smallest normal
 * number, Q is its density times Mills's ratio as a continued fraction
 * (DLMF 7.9.3), in logarithms.
 */
#include <math.h>

#include "math/normal.h"

#define SQRT_HALF 0.707106781186547524400844362105
#define SQRT_TWO_PI 2.50662827463100050241576528481
#define HALF_LOG_TWO_PI 0.918938533204672741780329736406

/* Q(x) / density(x), x > 0 not small: x + 1/(x + 2/(x + ...)), inverted */
static double
mills_ratio(double x)
{
	double		tail = x;

	for (int k = 60; k >= 1; k--)
		tail = x + k / tail;
	return 1 / tail;
}

/* The x > 0 with Q(x) = p, p < 0.2 */
static double
tail_quantile(double p)
{
	double		log_p = log(p);
	double		x = sqrt(-2 * log_p);

	/* x^2 = -2 ln p - ln(2 pi) - 2 ln x, once; then Halley */
	x = sqrt(x * x - 2 * (HALF_LOG_TWO_PI + log(x)) > 0.25 ?
			 x * x - 2 * (HALF_LOG_TWO_PI + log(x)) : 0.25);
	for (int i = 0; i < 8; i++)
	{
		double		ratio;
		double		error;
		double		step;

		/* error = ln Q(x) - ln p, ratio = Q / density */
		if (x > 5)
		{
			ratio = mills_ratio(x);
			error = log(ratio) - 0.5 * x * x - HALF_LOG_TWO_PI - log_p;
		}
		else
		{
			double		q = 0.5 * erfc(x * SQRT_HALF);

			ratio = q * SQRT_TWO_PI * exp(0.5 * x * x);
			error = log(q / p);
		}
		/* (ln Q)' = -1/ratio, (ln Q)'' = (x - 1/ratio) / ratio */
		step = error * ratio;
		step /= 1 + 0.5 * error * (x * ratio - 1);
		x += step;
		if (fabs(step) < 1e-9 * x)
			break;
	}
	return x;
}

/* The value below which a standard normal lies with probability p */
double
normal_quantile(double p)
{
	double		excess;
	double		x;

	if (!(p > 0) || !(p < 1))
		return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
	if (p < 0.2)
		return -tail_quantile(p);
	if (p > 0.8)
		return tail_quantile(1 - p);

	/* erf(x / sqrt 2) / 2 = excess; f'' / f' = -x */
	excess = p - 0.5;
	x = SQRT_TWO_PI * excess;
	for (int i = 0; i < 8; i++)
	{
		double		step = (0.5 * erf(x * SQRT_HALF) - excess) *
			SQRT_TWO_PI * exp(0.5 * x * x);

		step /= 1 + 0.5 * x * step;
		x -= step;
		if (fabs(step) <= 1e-9 * fabs(x))
			break;
	}
	return x;
}
