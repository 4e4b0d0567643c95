/*
 * beta.c
 *		The regularized incomplete beta function I_x(a, b).
 *
 *		I_x(a, b) = 1/B(a, b) int_0^x t^(a-1) (1-t)^(b-1) dt
 *
 * Two expansions cover the square.
 *
 * - Below the mean, the continued fraction for I_x in its contracted (even)
 *	 form, whose partial denominators are free of cancellation when they are
 *	 written with lambda = a - (a + b) x (Didonato & Morris, Significant digit
 *	 computation of the incomplete beta function ratios, 1992, eq. 8; it is the
 *	 even part of DLMF 8.17.22). Above the mean, one minus the same of the
 *	 complement.
 * - Where one parameter is below 1 and its end of the interval is near, the
 *	 power series in that end (DLMF 8.17.7). There I_x or its complement is
 *	 of the order of the small parameter; it is formed as expm1 of a small
 *	 logarithm, never as 1 - (1 - small).
 *
 * Where the naive form fails: the factor x^a (1-x)^b / B(a, b). With
 * a = b = 1e5 its three logarithms are near 7e4 each and cancel: eleven digits
 * are left. It is computed from Stirling's formula with the cancelling parts
 * taken out (Loader 2000, "saddle-point expansion"): what remains is
 * a (ln(1+t) - t) with t = x (a+b)/a - 1, and t is found from an exact product.
 *
 * When the fraction does not settle within its cap (a and b beyond 1e9, at the mean), a
 * double exponential quadrature of the tail takes its place.
 */
#include <float.h>
#include <math.h>

#include "math/beta.h"
#include "math/exact.h"
#include "math/gamma.h"
#include "math/quadrature.h"

#define FRACTION_CAP 2000
#define SERIES_CAP 500

/* ln(1 + t) - t for t > -1, accurate at t = 0 */
double
log1p_minus(double t)
{
	double		r;
	double		square;
	double		sum = 0;

	if (t < -0.4 || t > 0.7)
		return log1p(t) - t;
	if (fabs(t) < 1e-9)
		return t * t * (t / 3 - 0.5);
	/* ln(1+t) = 2 atanh(r), r = t / (2 + t), |r| < 0.26 */
	r = t / (2 + t);
	square = r * r;
	for (int k = 27; k >= 3; k -= 2)
		sum = sum * square + 1.0 / k;
	return r * (2 * square * sum - t);
}

/* a - (a + b) x with the rounding of the sum and of the product put back */
static double
mean_distance(double a, double b, double x)
{
	double		sum = a + b;
	double		product = sum * x;

	if (sum > 1e290)
		return a - product;
	return (a - product) -
		(product_error(sum, x, product) + sum_error(a, b, sum) * x);
}

/*
 * ln of x^a (1-x)^b / B(a, b). The smaller of x and complement is taken as
 * exact.
 */
double
log_beta_kernel(double a, double b, double x, double complement)
{
	double		sum = a + b;
	double		distance;
	double		from_a;
	double		from_b;

	if (a < 1 || b < 1)
	{
		double		log_x = x <= complement ? log(x) : log1p(-complement);
		double		log_y = x <= complement ? log1p(-x) : log(complement);
		double		small = a < b ? a : b;
		double		large = a < b ? b : a;

		/*
		 * 1/B = small * Gamma(large + small) / (Gamma(large) Gamma(1 +
		 * small))
		 */
		return a * log_x + b * log_y + log(small) +
			log_gamma_difference(large, small) -
			(small <= 0.5 ? log_gamma_1p(small) : log_gamma(1 + small));
	}

	if (x <= complement)
		distance = -mean_distance(a, b, x);
	else
		distance = mean_distance(b, a, complement);
	/* x (a+b) / a - 1 = distance / a */
	from_a = distance / a < -0.5 ? log(x / a * sum) - distance / a :
		log1p_minus(distance / a);
	from_b = distance / b > 0.5 ? log(complement / b * sum) + distance / b :
		log1p_minus(-distance / b);
	return a * from_a + b * from_b +
		0.5 * log(a < b ? a * (b / sum) : b * (a / sum)) - HALF_LOG_TWO_PI +
		(stirling_error(sum) - stirling_error(a) - stirling_error(b));
}

/*
 * The continued fraction, without the kernel: I_x(a, b) = kernel * fraction,
 * for x at or below about the mean. lambda = a - (a + b) x. NAN if it does not
 * settle.
 */
static double
beta_fraction(double a, double b, double x, double y, double lambda)
{
	/* numerators A and denominators B of the convergents, B scaled to 1 */
	double		previous_a = 0,
				previous_b = 1;
	double		value_a = 1,
				value_b;
	double		result;

	/* first partial denominator */
	value_b = a / (a + 1) * (lambda + 1);
	result = value_a / value_b;
	previous_a = 0;
	previous_b = 1;

	for (int n = 1; n <= FRACTION_CAP; n++)
	{
		double		two_n = a + 2.0 * n;
		double		term = n * (b - n) * x;
		double		alpha;
		double		beta;
		double		next;

		alpha = (a + n - 1) / (two_n - 1) * (a + b + n - 1) * x *
			(term / (two_n - 1));
		beta = n + term / (two_n - 1) +
			(a + n) / (two_n + 1) * (lambda + 1 + n * (1 + y));

		next = alpha * previous_a + beta * value_a;
		previous_a = value_a;
		value_a = next;
		next = alpha * previous_b + beta * value_b;
		previous_b = value_b;
		value_b = next;

		next = value_a / value_b;
		if (fabs(next - result) <= DBL_EPSILON / 2 * next)
			return next;
		result = next;

		/* keep the pair from overflowing */
		previous_a /= value_b;
		previous_b /= value_b;
		value_a = next;
		value_b = 1;
	}
	return NAN;
}

/*
 * Sum of the power series about x = 0 without its first term:
 * sum_{n>=1} (1-b)_n x^n / (n! (a + n)), for b x < 1.
 */
static double
beta_series(double a, double b, double x)
{
	double		term = 1;
	double		sum = 0;

	for (int n = 1; n <= SERIES_CAP; n++)
	{
		double		addend;

		term *= (n - b) * x / n;
		addend = term / (a + n);
		sum += addend;
		if (fabs(addend) <= DBL_EPSILON / 4 * fabs(sum))
			break;
	}
	return sum;
}

/* ln of x^a / (a B(a, b)), small where a is */
static double
log_series_factor(double a, double b, double log_x)
{
	return a * log_x + log_gamma_difference(b, a) -
		(a <= 0.5 ? log_gamma_1p(a) : log_gamma(1 + a));
}

typedef struct TailContext
{
	double		a,
				b;
	double		odds;			/* x / y */
	double		linear;			/* (lambda + x) / y */
} TailContext;

/*
 * Density of the tail at t = x e^-w, relative to that at x, times t/x:
 * exp(-a w) (1 + e x/y)^(b-1), e = 1 - e^-w, with what cancels in the exponent
 * at first order in e written as lambda.
 */
static double
tail_integrand(double w, void *context)
{
	TailContext *tail = context;
	double		e = -expm1(-w);

	if (e == 1)
		return 0;
	return exp(tail->a * log1p_minus(-e) +
			   (tail->b - 1) * log1p_minus(e * tail->odds) -
			   e * tail->linear);
}

/* The same as beta_fraction(), by quadrature: for parameters without bound. */
static double
beta_tail(double a, double b, double x, double y, double lambda)
{
	TailContext tail = {a, b, x / y, (lambda + x) / y};
	double		width = sqrt(a) * sqrt(a / b + 1) / a;	/* of the peak, in ln t */

	/* away from the peak the decay is exponential, at rate lambda / y */
	if (lambda > 0 && y / lambda < width)
		width = y / lambda;
	return half_line_integral(tail_integrand, &tail, width) / y;
}

/* I_x(a, b), x below or about the mean, without the complement */
static double
beta_lower(double a, double b, double x, double y)
{
	double		lambda = x <= y ? mean_distance(a, b, x) :
		-mean_distance(b, a, y);
	double		kernel = exp(log_beta_kernel(a, b, x, y));
	double		fraction;

	if (kernel == 0)
		return 0;
	fraction = beta_fraction(a, b, x, y, lambda);
	if (isnan(fraction))
		fraction = beta_tail(a, b, x, y, lambda);
	return kernel * fraction;
}

/* I_x(a, b); complement = 1 - x */
double
incomplete_beta(double a, double b, double x, double complement)
{
	double		result;

	if (!(a > 0) || !(b > 0) || isinf(a) || isinf(b) ||
		!(x >= 0) || !(complement >= 0) || x > 1 || complement > 1)
		return NAN;
	if (x == 0)
		return 0;
	if (complement == 0)
		return 1;

	/* a below 1 and x small: I = e^L (1 + a * series) */
	if (a < 1 && x * (b > 1 ? b : 1) <= 0.7)
		return exp(log_series_factor(a, b, log(x))) *
			(1 + a * beta_series(a, b, x));

	/* b below 1 and 1 - x small: 1 - I = e^L (1 + b * series) */
	if (b < 1 && complement * (a > 1 ? a : 1) <= 0.7)
	{
		double		l = log_series_factor(b, a, log(complement));

		return -(expm1(l) + exp(l) * b * beta_series(b, a, complement));
	}

	if (x <= (a + 1) / (a + b + 2))
		result = beta_lower(a, b, x, complement);
	else
		result = 1 - beta_lower(b, a, complement, x);
	return result < 0 ? 0 : result > 1 ? 1 : result;
}
