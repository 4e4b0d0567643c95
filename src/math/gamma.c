/*
 * gamma.c
 *		The gamma function's logarithm, digamma, trigamma and their differences.
 *
 * Three devices carry everything.
 *
 * 1. Stirling's series (DLMF 5.11.1, 5.11.2), ten terms, from x = 10 on:
 *
 *		ln Gamma(x) = (x - 1/2) ln x - x + ln(2 pi)/2 + sum c_k / x^(2k-1)
 *
 *	  There the first term left out is below 1e-19.
 *
 * 2. The recurrence Gamma(x + 1) = x Gamma(x), to get there from below.
 *
 * 3. The Taylor series about 2 (DLMF 5.7.3), which keeps the zeros of
 *	  ln Gamma at 1 and 2 exact:
 *
 *		ln Gamma(2 + e) = e (1 - gamma) + sum_{k>=2} (zeta(k) - 1) (-e)^k / k
 *
 * Where the naive form fails: ln Gamma(x + d) - ln Gamma(x) for x = 1e5 and
 * d = 0.2 is the difference of two numbers near 1e6 and keeps ten digits; for
 * d = 1e-8 it keeps two. Likelihoods are made of such differences. So they are
 * computed as differences from the start: each part of Stirling's formula is
 * written with d as a factor (log1p(d/x), 1/(x+d) - 1/x = -d/(x(x+d)), and the
 * divided difference of a polynomial for the series), and the recurrence as
 * the logarithm of prod (1 + d/(x+i)), of which one is subtracted before it is
 * formed. What is left is relative accuracy in d, for every d.
 *
 * libm's lgamma() is not used: it writes a global sign on some systems, is
 * declared differently on others, and its digits vary from one to the next.
 */
#include <math.h>

#include "math/gamma.h"
#include "math/gamma_table.h"

#define SERIES_TERMS 10
#define ZETA_TERMS 26

/* From here on Stirling's series is good to the last digit. */
#define STIRLING_FROM 10.0

/* Value of the polynomial sum c[k] s^k. */
static double
polynomial(const double *c, int n, double s)
{
	double		value = c[n - 1];

	for (int k = n - 2; k >= 0; k--)
		value = value * s + c[k];
	return value;
}

/*
 * Divided difference (R(t) - R(s)) / (t - s) of the polynomial R, and R(t).
 * The quotient polynomial's coefficients are Horner's intermediate values.
 */
static double
divided_difference(const double *c, int n, double s, double t,
				   double *value_at_t)
{
	double		value = c[n - 1];
	double		quotient = 0;

	for (int k = n - 2; k >= 0; k--)
	{
		quotient = quotient * t + value;
		value = value * s + c[k];
	}
	*value_at_t = value + (t - s) * quotient;
	return quotient;
}

/* ln Gamma(2 + e) for |e| <= 1/2, relatively accurate at e = 0. */
static double
log_gamma_near_two(double e)
{
	double		square = e * e;
	double		even = zeta_series[ZETA_TERMS - 2];
	double		odd = zeta_series[ZETA_TERMS - 1];

	for (int k = ZETA_TERMS - 4; k >= 0; k -= 2)
	{
		even = even * square + zeta_series[k];
		odd = odd * square + zeta_series[k + 1];
	}
	return e * (ONE_MINUS_EULER + e * (even + e * odd));
}

/* ln Gamma(1 + e) for -1/2 <= e <= 1/2, relatively accurate at e = 0. */
double
log_gamma_1p(double e)
{
	return log_gamma_near_two(e) - log1p(e);
}

/* ln Gamma(x), x > 0 */
double
log_gamma(double x)
{
	if (!(x > 0))
		return NAN;
	if (x >= STIRLING_FROM)
	{
		double		inverse = 1 / x;

		/* x ln x would overflow before its difference with x does */
		return x * (log(x) - 1) - 0.5 * log(x) + HALF_LOG_TWO_PI +
			inverse * polynomial(stirling_series, SERIES_TERMS,
								 inverse * inverse);
	}
	if (x >= 2.5)
	{
		double		product = 1;

		while (x >= 2.5)
		{
			x -= 1;
			product *= x;
		}
		return log_gamma_near_two(x - 2) + log(product);
	}
	if (x >= 1.5)
		return log_gamma_near_two(x - 2);
	if (x >= 0.5)
		return log_gamma_1p(x - 1);
	return log_gamma_1p(x) - log(x);
}

/*
 * What Stirling's formula leaves out:
 * ln Gamma(x) - [(x - 1/2) ln x - x + ln(2 pi)/2], x > 0.
 */
double
stirling_error(double x)
{
	double		inverse = 1 / x;

	if (x >= STIRLING_FROM)
		return inverse * polynomial(stirling_series, SERIES_TERMS,
									inverse * inverse);
	return log_gamma(x) - ((x - 0.5) * log(x) - x + HALF_LOG_TWO_PI);
}

/* ln Gamma(x + d) - ln Gamma(x) for x >= STIRLING_FROM, d > 0 */
static double
stirling_difference(double x, double d)
{
	double		y = x + d;
	double		u = 1 / x;
	double		v = 1 / y;
	double		at_y;
	double		slope;

	slope = divided_difference(stirling_series, SERIES_TERMS, u * u, v * v,
							   &at_y);
	/* y > e^2, so that both large terms are positive */
	return d * (log(y) - 1) + (x - 0.5) * log1p(d * u) -
		d * u * v * (at_y + u * (u + v) * slope);
}

/* ln Gamma(x + d) - ln Gamma(x), x > 0, x + d > 0, without cancellation */
double
log_gamma_difference(double x, double d)
{
	double		shift;
	double		excess;

	if (!(x > 0) || !(x + d > 0) || isinf(d))
		return NAN;
	if (d == 0)
		return 0;
	if (d < 0)
		return -log_gamma_difference(x + d, -d);

	/* Few whole steps: a product, exact where it is 1. */
	if (d <= 8 && d == (int) d && x < 1e30)
	{
		double		product = x;

		for (int i = 1; i < (int) d; i++)
			product *= x + i;
		return log(product);
	}
	if (x >= STIRLING_FROM)
		return stirling_difference(x, d);
	/* Far enough apart to subtract. */
	if (d >= 1 || x < 1e-10 * d)
		return log_gamma(x + d) - log_gamma(x);

	/* Both are raised by the same whole number. */
	excess = 0;					/* prod (1 + d/(x+i)) - 1 */
	for (shift = 0; x + shift < STIRLING_FROM; shift += 1)
	{
		double		ratio = d / (x + shift);

		excess += ratio + excess * ratio;
	}
	return stirling_difference(x + shift, d) - log1p(excess);
}

/* ln B(a, b), a, b > 0, accurate where a or b is huge or tiny */
double
log_beta(double a, double b)
{
	double		ratio;

	if (!(a > 0) || !(b > 0))
		return NAN;
	if (a > b)
	{
		double		swap = a;

		a = b;
		b = swap;
	}
	if (a < STIRLING_FROM)
	{
		/* ln Gamma(a) - [ln Gamma(b + a) - ln Gamma(b)] */
		if (a < 0.5)
			return log_gamma_1p(a) - log(a) - log_gamma_difference(b, a);
		return log_gamma(a) - log_gamma_difference(b, a);
	}

	/* Stirling's formula for all three, with what cancels left out */
	ratio = a / b;
	return HALF_LOG_TWO_PI - 0.5 * log(b) +
		(stirling_error(a) + (stirling_error(b) - stirling_error(a + b))) +
		(a - 0.5) * log(ratio / (1 + ratio)) - b * log1p(ratio);
}

/* psi(y) - psi(x), y = x + d, for x >= STIRLING_FROM, d > 0 */
static double
digamma_stirling_difference(double x, double d)
{
	double		u = 1 / x;
	double		v = 1 / (x + d);
	double		at_y;
	double		slope;

	/* psi = ln x - 1/(2x) - u^2 D(u^2) */
	slope = divided_difference(digamma_series, SERIES_TERMS, u * u, v * v,
							   &at_y);
	return log1p(d * u) +
		d * u * v * (0.5 + (u + v) * (at_y + u * u * slope));
}

/* psi(x + d) - psi(x), x > 0, x + d > 0 */
double
digamma_difference(double x, double d)
{
	double		sum = 0;
	double		y;

	if (!(x > 0) || !(x + d > 0) || isinf(d))
		return NAN;
	if (d == 0)
		return 0;
	if (d < 0)
		return -digamma_difference(x + d, -d);
	y = x + d;
	while (x < STIRLING_FROM)
	{
		/* 1/x - 1/y, each term positive */
		sum += d / y / x;
		x += 1;
		y += 1;
	}
	return sum + digamma_stirling_difference(x, d);
}

/* psi(x), x > 0 */
double
digamma(double x)
{
	double		sum = 0;
	double		inverse;
	double		square;

	if (!(x > 0))
		return NAN;
	/* about the zero the difference from it has all digits */
	if (fabs(x - DIGAMMA_ZERO) < 0.7)
		return digamma_difference(DIGAMMA_ZERO, x - DIGAMMA_ZERO) +
			DIGAMMA_AT_ZERO;
	while (x < STIRLING_FROM)
	{
		sum += 1 / x;
		x += 1;
	}
	inverse = 1 / x;
	square = inverse * inverse;
	return log(x) - 0.5 * inverse -
		square * polynomial(digamma_series, SERIES_TERMS, square) - sum;
}

/* psi'(x), x > 0 */
double
trigamma(double x)
{
	double		sum = 0;
	double		inverse;
	double		square;

	if (!(x > 0))
		return NAN;
	while (x < STIRLING_FROM)
	{
		inverse = 1 / x;
		sum += inverse * inverse;
		x += 1;
	}
	inverse = 1 / x;
	square = inverse * inverse;
	return sum + inverse * (1 + inverse *
							(0.5 + inverse *
							 polynomial(trigamma_series, SERIES_TERMS, square)));
}

/* psi'(x + d) - psi'(x), x > 0, x + d > 0 */
double
trigamma_difference(double x, double d)
{
	double		sum = 0;
	double		y;
	double		u;
	double		v;
	double		at_y;
	double		slope;

	if (!(x > 0) || !(x + d > 0) || isinf(d))
		return NAN;
	if (d == 0)
		return 0;
	if (d < 0)
		return -trigamma_difference(x + d, -d);
	y = x + d;
	while (x < STIRLING_FROM)
	{
		/* 1/x^2 - 1/y^2 = (1/x - 1/y) (1/x + 1/y) */
		u = 1 / x;
		v = 1 / y;
		sum += d * v * u * (u + v);
		x += 1;
		y += 1;
	}
	/* psi' = u + u^2/2 + u W(u^2), W(s) = s T(s) */
	u = 1 / x;
	v = 1 / y;
	slope = divided_difference(trigamma_series, SERIES_TERMS, u * u, v * v,
							   &at_y);
	slope = at_y + u * u * slope;	/* of W */
	return -(sum + d * u * v * (1 + 0.5 * (u + v) +
								v * v * at_y + u * (u + v) * slope));
}

/* Add to a sum kept as a pair, high part and what it has lost (Neumaier). */
static inline void
compensated_add(double *high, double *low, double term)
{
	double		sum = *high + term;

	if (fabs(*high) >= fabs(term))
		*low += (*high - sum) + term;
	else
		*low += (term - sum) + *high;
	*high = sum;
}

/* Prefix sums of ln(x + i), 1/(x + i), -1/(x + i)^2; see gamma.h */
void
rising_fill(double x, size_t length, double *log_sum, double *first,
			double *second)
{
	double		log_high = 0,
				log_low = 0;
	double		first_high = 0,
				first_low = 0;
	double		second_high = 0,
				second_low = 0;

	for (size_t n = 0; n < length; n++)
	{
		double		step = x + (double) n;
		double		inverse = 1 / step;

		log_sum[n] = log_high + log_low;
		first[n] = first_high + first_low;
		second[n] = -(second_high + second_low);
		compensated_add(&log_high, &log_low, log(step));
		compensated_add(&first_high, &first_low, inverse);
		compensated_add(&second_high, &second_low, inverse * inverse);
	}
}
