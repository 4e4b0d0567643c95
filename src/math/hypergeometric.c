/*
 * hypergeometric.c
 *		Gauss's hypergeometric function for nonnegative parameters.
 *
 *		F(a, b; c; z) = sum (a)_n (b)_n / ((c)_n n!) z^n
 *
 * Only forms without cancellation are used:
 *
 * - z < 0: Pfaff's transformation (DLMF 15.8.1) to z/(z-1) in (0, 1), with
 *	 all parameters still nonnegative.
 * - the power series where it is short; all terms are positive. Before it,
 *	 Euler's transformation F = (1-z)^(c-a-b) F(c-a, c-b; c; z) when that
 *	 makes the parameters smaller.
 * - one of a and b equal to 1 (the purchase models): the continued fraction of
 *	 Gauss (DLMF 15.7.5), whose length grows as 1/sqrt(1-z) where that of the
 *	 series grows as 1/(1-z).
 * - everything else: Euler's integral (DLMF 15.6.1) by double exponential
 *	 quadrature in the logit of the variable:
 *
 *		F = E[(1 - z t)^-a],  t ~ Beta(b, c - b).
 *
 *	 The integrand has a single peak; the quadrature is centred there and works
 *	 with differences from it, so huge parameters lose nothing.
 *
 * Where the naive forms fail: the series at z near 1 never ends; the
 * transformation to 1 - z (DLMF 15.8.4) has a pole in each of its two parts
 * whenever c - a - b is an integer, and cancels next to it; F(k, r+x; k+1; z),
 * the form printed for the Pareto/NBD model, overflows from x = 180 on.
 */
#include <float.h>
#include <math.h>

#include "math/beta.h"
#include "math/exact.h"
#include "math/gamma.h"
#include "math/hypergeometric.h"
#include "math/quadrature.h"

#define SERIES_CAP 1500
#define FRACTION_CAP 400

/* A positive number as factor * exp(log_scale) */
typedef struct Scaled
{
	double		factor;
	double		log_scale;
} Scaled;

/* (high + low)^e as a Scaled, all digits of a large e included */
static Scaled
scaled_power(double high, double low, double e)
{
	Scaled		result = {1, 0};
	double		log_power = e * log(high);

	if (fabs(log_power) < 600)
		result.factor = pow(high, e) * exp(e * low / high);
	else
		result.log_scale = log_power + e * low / high;
	return result;
}

/* (1 - z)^e */
static Scaled
complement_power(double z, double e)
{
	double		high = 1 - z;

	return scaled_power(high, sum_error(1, -z, high), e);
}

/*
 * The series, all terms positive; NAN if it is not finished within the cap or
 * overflows.
 */
static double
series(double a, double b, double c, double z)
{
	double		sum = 1;
	double		term = 1;
	double		enough = DBL_EPSILON / 8 * (1 - z);

	for (int n = 0; n < SERIES_CAP; n++)
	{
		term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z;
		sum += term;
		if (term <= sum * enough)
			return isinf(sum) ? NAN : sum;
	}
	return NAN;
}

/*
 * Would the series need more than its cap? The term there, from the gamma
 * function, without walking.
 */
static int
series_is_long(double a, double b, double c, double z)
{
	const int	n = SERIES_CAP - 1;
	double		log_term;

	if (z < 0.6 && a + b - c < 20)
		return 0;
	log_term = log_gamma_difference(a, n) + log_gamma_difference(b, n) -
		log_gamma_difference(c, n) - log_gamma(n + 1.0) + n * log(z);
	return !(log_term < log(DBL_EPSILON / 8 * (1 - z)));
}

/* F(1, b; c; z), c >= b + 0.9, by the continued fraction, from the back */
static double
gauss_fraction(double b, double c, double z, int terms)
{
	double		tail = 1;

	for (int m = terms; m >= 1; m--)
	{
		tail = 1 - (b + m) * (c - 1 + m) * z /
			((c - 1 + 2.0 * m) * (c + 2.0 * m) * tail);
		tail = 1 - m * (c - b - 1 + m) * z /
			((c + 2.0 * m - 2) * (c + 2.0 * m - 1) * tail);
	}
	return 1 / (1 - b / c * z / tail);
}

typedef struct EulerContext
{
	double		a;				/* power of 1 - z t */
	double		slope;			/* c - a */
	double		linear;			/* what multiplies the distance */
	double		t,
				t_complement;	/* centre and 1 - centre */
	double		ratio,
				ratio_complement;	/* t (1-z) / (1-zt) and 1 - it */
} EulerContext;

/* ln(1 + p (e^d - 1)), 0 <= p <= 1/2 */
static double
log_mean_exp(double p, double d)
{
	return d > 500 ? d + log(p) : log1p(p * expm1(d));
}

/*
 * Euler's integrand at a distance d from the centre, relative to that there:
 *
 *		b d - (c-a) m(t, d) - a m(ratio, d),  m(p, d) = ln(1 + p (e^d - 1)).
 *
 * m(p, d) = d + m(1-p, -d). The form whose p is below 1/2 is taken, so that
 * with b near c and both huge the multiples of d cancel beforehand.
 */
static double
euler_integrand(double distance, void *context)
{
	const EulerContext *euler = context;
	double		exponent = euler->linear * distance;

	exponent -= euler->slope *
		(euler->t > 0.5 ?
		 log_mean_exp(euler->t_complement, -distance) :
		 log_mean_exp(euler->t, distance));
	exponent -= euler->a *
		(euler->ratio > 0.5 ?
		 log_mean_exp(euler->ratio_complement, -distance) :
		 log_mean_exp(euler->ratio, distance));
	return exp(exponent);
}

/*
 * Where the integrand peaks, with one added to b and to c - b so that tiny
 * ones have their centre where the function turns: the zero in u = -logit(t) of
 *
 *		(rest+1) - (c+2-a) s(u) - a s(u - ln(1-z)),  s(u) = 1/(1+e^-u).
 *
 * It falls through zero once. Found to a tenth of the peak's width, or so.
 */
static double
euler_centre(double a, double b, double rest, double slope, double z)
{
	double		offset = log1p(-z);
	double		low = -750;
	double		high = 750;
	double		enough = 0.1 / sqrt(1 + a + b + rest);

	while (high - low > enough)
	{
		double		u = 0.5 * (low + high);
		double		value = (rest + 1) - (slope + 2) / (1 + exp(-u)) -
			a / (1 + exp(offset - u));

		if (u <= low || u >= high)
			break;
		if (value > 0)
			low = u;
		else
			high = u;
	}
	return 0.5 * (low + high);
}

/* E[(1 - z t)^-a], t ~ Beta(b, rest), rest = c - b > 0, slope = c - a */
static Scaled
euler_integral(double a, double b, double rest, double slope, double z)
{
	EulerContext euler;
	double		u = euler_centre(a, b, rest, slope, z);
	double		growth = exp(-fabs(u));
	double		small = growth / (1 + growth);
	double		product = z * small;
	double		product_lost = product_error(z, small, product);
	double		base;			/* 1 - z t = base + lost */
	double		lost;
	double		s;
	double		curvature;
	double		width;
	Scaled		result;

	euler.a = a;
	euler.slope = slope;
	/* the smaller of t and 1 - t is exact */
	if (u >= 0)
	{
		euler.t = small;
		euler.t_complement = 1 - small;
		base = 1 - product;
		lost = sum_error(1, -product, base) - product_lost;
	}
	else
	{
		double		high = 1 - z;

		euler.t_complement = small;
		euler.t = 1 - small;
		base = high + product;
		lost = sum_error(1, -z, high) + sum_error(high, product, base) +
			product_lost;
	}
	euler.ratio = euler.t * (1 - z) / base;
	euler.ratio_complement = euler.t_complement / base;
	if (euler.t > 0.5)
		euler.linear = euler.ratio > 0.5 ? -rest : a - rest;
	else
		euler.linear = euler.ratio > 0.5 ? b - a : b;

	/* the width of the peak from the second derivative */
	s = euler.t * euler.t_complement;
	curvature = (slope + 2) * s + a * euler.ratio * euler.ratio_complement;
	if (!(curvature > s))
		curvature = s;
	width = 3 / sqrt(curvature);

	result = scaled_power(base, lost, -a);
	result.log_scale += log_beta_kernel(b, rest, euler.t, euler.t_complement);
	result.factor *= line_integral(euler_integrand, &euler,
								   width < 6 ? width : 6);
	return result;
}

/*
 * 0 < z < 1, a <= b: series or fraction; the factor is NAN where neither is
 * short. rest = c - b, without the rounding of a c that is not exact.
 */
static Scaled
short_expansion(double a, double b, double c, double rest, double z)
{
	Scaled		result = {1, 0};
	double		excess = rest - a;	/* c - a - b */

	if (rest == 0)
		return complement_power(z, -a);

	/* one parameter is 1: the fraction, unless the series is short */
	if (a == 1 || b == 1)
	{
		double		other = a == 1 ? b : a;
		double		terms = 10 / sqrt(1 - z) + 5;

		/* with c - other below 1 it would cancel where F is large */
		if (c - other >= 0.9 && terms <= FRACTION_CAP &&
			(other + 60) / (c + 60) * z > 0.75)
		{
			result.factor = gauss_fraction(other, c, z, (int) terms);
			return result;
		}
	}

	/* Euler's transformation, if it makes the terms smaller */
	if (excess < -1 && rest > 0)
	{
		result = complement_power(z, excess);
		b = c - a;
		a = rest;
	}
	if (series_is_long(a, b, c, z))
		result.factor = NAN;
	else
		result.factor *= series(a, b, c, z);
	return result;
}

static Scaled
hypergeometric(double a, double b, double c, double z)
{
	Scaled		result = {NAN, 0};

	if (!(a >= 0) || !(b >= 0) || !(c > 0) || !(z < 1) || isinf(z) ||
		isinf(a) || isinf(b) || isinf(c) || !(c >= a || c >= b))
		return result;
	if (a == 0 || b == 0 || z == 0)
	{
		result.factor = 1;
		return result;
	}
	if (a > b)
	{
		double		swap = a;

		a = b;
		b = swap;
	}
	if (c == a || c == b)
		return complement_power(z, c == a ? -b : -a);

	if (z > 0)
		result = short_expansion(a, b, c, c - b, z);
	else
	{
		/* (1-z)^-power F(power, c - other; c; z/(z-1)), power the smaller */
		double		power = c >= b ? a : b;
		double		other = c >= b ? b : a;
		double		factor = c - other;

		result = complement_power(z, -power);
		/* a power taken as logarithm would cancel against the series */
		if (result.log_scale == 0)
		{
			Scaled		transformed = power <= factor ?
				short_expansion(power, factor, c, other, z / (z - 1)) :
				short_expansion(factor, power, c, c - power, z / (z - 1));

			result.factor *= transformed.factor;
			result.log_scale = transformed.log_scale;
		}
		else
			result.factor = NAN;
	}
	if (!isnan(result.factor))
		return result;

	/*
	 * The smaller parameter is the power: with the larger, the power and the
	 * density would be huge and tiny at the peak, and cancel.
	 */
	if (c > b)
		return euler_integral(a, b, c - b, c - a, z);
	return euler_integral(b, a, c - a, c - b, z);
}

/* F(a, b; c; z) */
double
hypergeometric_2f1(double a, double b, double c, double z)
{
	Scaled		value = hypergeometric(a, b, c, z);

	if (fabs(value.log_scale) < 700)
		return value.factor * exp(value.log_scale);
	return exp(value.log_scale + log(value.factor));
}

/* ln F(a, b; c; z) */
double
log_hypergeometric_2f1(double a, double b, double c, double z)
{
	Scaled		value = hypergeometric(a, b, c, z);

	return log(value.factor) + value.log_scale;
}
