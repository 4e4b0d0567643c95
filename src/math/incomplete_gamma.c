/*
 * incomplete_gamma.c
 *		The regularized incomplete gamma functions.
 *
 * Below about the mean (x < a + 1) the power series of P (DLMF 8.7.1, all of
 * its terms positive), above it the continued fraction of Q (DLMF 8.9.2). The
 * other one of the two is the complement, which is then not small. One case is
 * left: a near 0 and x below 1, where P is near 1 and Q neither that nor within
 * the fraction's reach; there Q is what two near cancelling parts leave, each
 * of which can be had to its own last digit.
 *
 * Where the naive form fails: exp(a ln x - x - ln Gamma(a)) loses as many
 * digits as the three have more than their sum; for large a they are put
 * together as a times a function of x / a that is 0 at its maximum.
 */
#include <float.h>
#include <math.h>

#include "math/beta.h"
#include "math/gamma.h"
#include "math/incomplete_gamma.h"

/* From here on the kernel is that of Stirling's formula. */
#define LARGE_A		10.0

/* The work near the mean: some 6 sqrt(a) terms, so enough for a = 10^10. */
#define MOST_TERMS	1000000

/* x^a e^-x / Gamma(a + 1), x > 0 */
static double
kernel(double a, double x)
{
	double		t;

	if (a < LARGE_A)
	{
		/* in two halves, as the whole may pass through the smallest numbers */
		double		half = exp(-0.5 * x);
		double		divisor = a < 0.5 ? log_gamma_1p(a) : log_gamma(a + 1.0);

		return half * pow(x, a) * exp(-divisor) * half;
	}
	t = (x - a) / a;
	return exp(a * (t < -0.4 ? log(x / a) - t : log1p_minus(t)) -
			   HALF_LOG_TWO_PI - 0.5 * log(a) - stirling_error(a));
}

/* P by its power series. */
static double
series(double a, double x)
{
	double		sum = 1.0;
	double		term = 1.0;

	for (int n = 1; n < MOST_TERMS; n++)
	{
		term *= x / (a + n);
		sum += term;
		if (term < 0.25 * DBL_EPSILON * sum)
			return fmin(1.0, kernel(a, x) * sum);
	}
	return NAN;
}

/* Q by its continued fraction, evaluated by Lentz's algorithm. */
static double
fraction(double a, double x)
{
	double		b = x + 1.0 - a;
	double		c = INFINITY;
	double		d = 1.0 / b;
	double		value = d;

	for (int n = 1; n < MOST_TERMS; n++)
	{
		double		numerator = n * (a - n);
		double		factor;

		b += 2.0;
		d = 1.0 / (b + numerator * d);
		c = b + numerator / c;
		factor = c * d;
		value *= factor;
		if (fabs(factor - 1.0) < DBL_EPSILON)
			return fmin(1.0, kernel(a, x) * a * value);
	}
	return NAN;
}

/*
 * Q for a <= 1/2 and x < 1. With u = x^a / Gamma(1 + a),
 *
 *		Q = (1 - u) + u a sum over k >= 1 of -(-x)^k / (k! (a + k))
 */
static double
small_a_tail(double a, double x)
{
	double		log_u = a * log(x) - log_gamma_1p(a);
	double		sum = 0.0;
	double		power = 1.0;

	for (int k = 1; k < 40; k++)
	{
		power *= -x / k;
		sum -= power / (a + k);
		if (fabs(power) < 0.25 * DBL_EPSILON * sum)
			break;
	}
	return -expm1(log_u) + exp(log_u) * a * sum;
}

/* Is Q the one to be computed by the fraction? */
static int
above_mean(double a, double x)
{
	return x >= (a < 1.0 ? 1.0 : a + 1.0);
}

/* P(a, x) */
double
incomplete_gamma_p(double a, double x)
{
	if (!(a > 0.0) || isinf(a) || !(x >= 0.0))
		return NAN;
	if (x == 0.0)
		return 0.0;
	if (isinf(x))
		return 1.0;
	return above_mean(a, x) ? 1.0 - fraction(a, x) : series(a, x);
}

/* Q(a, x) */
double
incomplete_gamma_q(double a, double x)
{
	if (!(a > 0.0) || isinf(a) || !(x >= 0.0))
		return NAN;
	if (x == 0.0)
		return 1.0;
	if (isinf(x))
		return 0.0;
	if (above_mean(a, x))
		return fraction(a, x);
	return a <= 0.5 ? small_a_tail(a, x) : 1.0 - series(a, x);
}

/* P(a chi-square of that many degrees of freedom > statistic) */
double
chi_square_tail(double statistic, double degrees)
{
	return incomplete_gamma_q(0.5 * degrees, 0.5 * statistic);
}
