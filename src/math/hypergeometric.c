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
	double		low = z <= 1 ? (1 - high) - z : 1 - (high + z);

	if (fabs(z) > 1)
		low = (-z - high) + 1;
	return scaled_power(high, low, e);
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

/* F(1, b; c; z), c >= b, by the continued fraction, from the back */
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
	double		a,
				b,
				c;
	double		t,
				t_complement;	/* centre and 1 - centre */
	double		ratio,
				ratio_complement;	/* t (1-z) / (1-zt) and 1 - it */
} EulerContext;

/* ln(q + p e^d), p + q = 1 */
static double
log_mean_exp(double p, double q, double d)
{
	if (d > 500)
		return d + log(p);
	if (fabs(d) < 0.5)
		return log1p(p * expm1(d));
	return log(q + p * exp(d));
}

/* Euler's integrand at a distance from the centre, relative to that there */
static double
euler_integrand(double distance, void *context)
{
	const EulerContext *euler = context;

	return exp(euler->b * distance -
			   (euler->c - euler->a) * log_mean_exp(euler->t,
													euler->t_complement,
													distance) -
			   euler->a * log_mean_exp(euler->ratio, euler->ratio_complement,
									   distance));
}

/*
 * Where the integrand peaks, with one added to b and c - b so that tiny ones
 * have their centre where the function turns: the zero in u = -logit(t) of
 *
 *		(c-b+1) - (c+2-a) s(u) - a s(u - ln(1-z)),  s(u) = 1/(1+e^-u).
 *
 * It falls through zero once.
 */
static double
euler_centre(double a, double b, double c, double z)
{
	double		offset = log1p(-z);
	double		low = -750;
	double		high = 750;

	for (int i = 0; i < 60 && high - low > 1e-3; i++)
	{
		double		u = 0.5 * (low + high);
		double		value = (c - b + 1) - (c + 2 - a) / (1 + exp(-u)) -
			a / (1 + exp(offset - u));

		if (value > 0)
			low = u;
		else
			high = u;
	}
	return 0.5 * (low + high);
}

/* E[(1 - z t)^-a], t ~ Beta(b, c - b), 0 < z < 1, c > b */
static Scaled
euler_integral(double a, double b, double c, double z)
{
	EulerContext euler;
	double		u = euler_centre(a, b, c, z);
	double		growth = exp(-fabs(u));
	double		base;			/* 1 - z t */
	double		curvature;
	double		s;
	double		shape;
	Scaled		result;

	euler.a = a;
	euler.b = b;
	euler.c = c;
	/* the smaller of t and 1 - t exact */
	if (u >= 0)
	{
		euler.t = growth / (1 + growth);
		euler.t_complement = 1 - euler.t;
		base = 1 - z * euler.t;
	}
	else
	{
		euler.t_complement = growth / (1 + growth);
		euler.t = 1 - euler.t_complement;
		base = (1 - z) + z * euler.t_complement;
	}
	euler.ratio = euler.t * (1 - z) / base;
	euler.ratio_complement = euler.t_complement / base;

	s = euler.t * euler.t_complement;
	curvature = (c + 2 - a) * s + a * euler.ratio * euler.ratio_complement;
	/* never wider than without a */
	if (!(curvature > s))
		curvature = s;
	shape = 3 / sqrt(curvature);
	if (shape > 6)
		shape = 6;

	result = scaled_power(base, 0, -a);
	result.log_scale += log_beta_kernel(b, c - b, euler.t, euler.t_complement);
	result.factor *= line_integral(euler_integrand, &euler, shape);
	return result;
}

/* 0 < z < 1 */
static Scaled
positive_argument(double a, double b, double c, double z)
{
	Scaled		result = {1, 0};
	double		value;

	if (b == c || a == c)
		return complement_power(z, b == c ? -a : -b);

	/* Euler's transformation, if it makes the terms smaller */
	if (a + b > c && c > a && c > b)
	{
		double		swap = c - a;

		result = complement_power(z, c - a - b);
		a = c - b;
		b = swap;
	}
	if (!series_is_long(a, b, c, z))
	{
		value = series(a, b, c, z);
		if (!isnan(value))
		{
			result.factor *= value;
			return result;
		}
	}
	if (a == 1 || b == 1)
	{
		double		other = a == 1 ? b : a;
		double		terms = 10 / sqrt(1 - z) + 5;

		if (terms <= FRACTION_CAP && c >= other)
		{
			result.factor *= gauss_fraction(other, c, z, (int) terms);
			return result;
		}
	}

	/* the parameter of the beta distribution: the one with the wider choice */
	{
		double		room_b = c - b < b ? c - b : b;
		double		room_a = c - a < a ? c - a : a;
		Scaled		integral = room_b >= room_a ?
			euler_integral(a, b, c, z) : euler_integral(b, a, c, z);

		result.factor *= integral.factor;
		result.log_scale += integral.log_scale;
	}
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
	if (z > 0)
		return positive_argument(a, b, c, z);

	/* z < 0: (1-z)^-a F(a, c-b; c; z/(z-1)), with c >= b */
	{
		double		power = a;
		double		rest = c - b;
		Scaled		transformed;

		if (c < b || (c >= a && a > b))
		{
			power = b;
			rest = c - a;
		}
		result = complement_power(z, -power);
		if (rest == 0)
			return result;
		transformed = positive_argument(power, rest, c, z / (z - 1));
		result.factor *= transformed.factor;
		result.log_scale += transformed.log_scale;
		return result;
	}
}

/* F(a, b; c; z) */
double
hypergeometric_2f1(double a, double b, double c, double z)
{
	Scaled		value = hypergeometric(a, b, c, z);

	return value.log_scale == 0 ? value.factor :
		exp(value.log_scale + log(value.factor));
}

/* ln F(a, b; c; z) */
double
log_hypergeometric_2f1(double a, double b, double c, double z)
{
	Scaled		value = hypergeometric(a, b, c, z);

	return log(value.factor) + value.log_scale;
}
