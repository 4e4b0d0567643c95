/*
 * decayed_sum.c
 *		An exponentially decaying sum, kept where it never needs rewriting.
 *
 * The time in half-lives is split into a whole number, which goes into the
 * exponent and is exact, and a fraction from 0 to 1, of which 2 is raised to
 * the power: no digit is lost however far the origin is.
 */
#include "score/decayed_sum.h"

#include <math.h>
#include <string.h>

#include "math/exact.h"

/* Beyond what comes about: 2^63 microseconds in half-lives of ten. */
#define EXPONENT_LIMIT	(INT64_C(1) << 60)

/* A term 2^-NEGLIGIBLE of another is below all digits that are kept. */
#define NEGLIGIBLE		120

/* Whole half-lives in a time, rounded down, and the fraction that is left. */
static int64_t
half_lives(int64_t time, int64_t half_life, double *fraction)
{
	int64_t		whole = time / half_life;
	int64_t		left = time % half_life;

	if (left < 0)
	{
		left += half_life;
		whole--;
	}
	*fraction = (double) left / (double) half_life;
	return whole;
}

/* 2^n for n from -1022 to 1023, without a call. */
static inline double
power_of_two(int n)
{
	uint64_t	bits = (uint64_t) (n + 1023) << 52;
	double		power;

	memcpy(&power, &bits, sizeof(power));
	return power;
}

/* The n for which a normal value is 2^n times a number from 1 to 2. */
static inline int
binary_exponent(double value)
{
	uint64_t	bits;

	memcpy(&bits, &value, sizeof(bits));
	return (int) ((bits >> 52) & 0x7ff) - 1023;
}

/*
 * Bring (value + rest) * 2^exponent into its one form. What is passed here is
 * no sum that a double could not hold: 0, or from 2^-1000 to 2^1000.
 */
static DecayedSum
normalize(double value, double rest, int64_t exponent)
{
	DecayedSum	sum = {0.0, 0.0f, 0};
	double		mantissa = value + rest;
	double		scale;
	int			shift;

	if (mantissa == 0.0)
		return sum;
	rest = sum_error(value, rest, mantissa);
	shift = binary_exponent(mantissa);
	scale = power_of_two(-shift);
	sum.mantissa = mantissa * scale;
	sum.rest = (float) (rest * scale);
	sum.exponent = exponent + shift;
	return sum;
}

/* Points that were given at a time. */
DecayedSum
decayed_sum(double points, int64_t time, int64_t half_life)
{
	double		fraction;
	int64_t		exponent = half_lives(time, half_life, &fraction);
	double		growth = exp2(fraction);
	double		value;

	/* points may be so large or small that a product with its error is not */
	if (!(fabs(points) > 1e-270 && fabs(points) < 1e270))
	{
		int			shift;

		points = frexp(points, &shift);
		exponent += shift;
	}
	value = points * growth;
	return normalize(value, product_error(points, growth, value), exponent);
}

/* The sum of two of the same half-life. */
DecayedSum
decayed_sum_add(DecayedSum a, DecayedSum b)
{
	double		scale;
	double		value;
	double		small;

	if (a.mantissa == 0.0)
		return b;
	if (b.mantissa == 0.0)
		return a;
	if (a.exponent < b.exponent)
	{
		DecayedSum	swap = a;

		a = b;
		b = swap;
	}
	if (a.exponent - b.exponent > NEGLIGIBLE)
		return a;
	scale = power_of_two((int) (b.exponent - a.exponent));
	small = b.mantissa * scale;
	value = a.mantissa + small;
	return normalize(value,
					 sum_error(a.mantissa, small, value) +
					 ((double) a.rest + (double) b.rest * scale),
					 a.exponent);
}

/* The same sum with the other sign. */
DecayedSum
decayed_sum_negate(DecayedSum a)
{
	if (a.mantissa != 0.0)
	{
		a.mantissa = -a.mantissa;
		/* there is one zero */
		a.rest = 0 - a.rest;
	}
	return a;
}

/* Order at any time. */
int
decayed_sum_compare(DecayedSum a, DecayedSum b)
{
	int			sign_a = (a.mantissa > 0.0) - (a.mantissa < 0.0);
	int			sign_b = (b.mantissa > 0.0) - (b.mantissa < 0.0);

	if (sign_a != sign_b)
		return sign_a < sign_b ? -1 : 1;
	if (a.exponent != b.exponent)
		return (a.exponent < b.exponent) == (sign_a > 0) ? -1 : 1;
	if (a.mantissa != b.mantissa)
		return a.mantissa < b.mantissa ? -1 : 1;
	if (a.rest != b.rest)
		return a.rest < b.rest ? -1 : 1;
	return 0;
}

/* The value at a time. */
double
decayed_sum_at(DecayedSum sum, int64_t time, int64_t half_life)
{
	double		fraction;
	int64_t		whole = half_lives(time, half_life, &fraction);
	double		growth;
	double		value;
	double		back;

	if (sum.mantissa == 0.0)
		return 0.0;
	/* beyond what ldexp() can tell apart from infinity and from 0 */
	if (sum.exponent > whole && (uint64_t) sum.exponent - (uint64_t) whole > 5000)
		return copysign(INFINITY, sum.mantissa);
	if (sum.exponent < whole && (uint64_t) whole - (uint64_t) sum.exponent > 5000)
		return 0.0;

	/*
	 * Divided by what decayed_sum() multiplied by, to the last digit: 10
	 * points are 5 after a half-life, and not a little less.
	 */
	growth = exp2(fraction);
	value = sum.mantissa / growth;
	back = value * growth;
	value += ((sum.mantissa - back) - product_error(value, growth, back) +
			  sum.rest) / growth;
	return ldexp(value, (int) (sum.exponent - whole));
}

/* Is this a sum that the functions above could have made? */
bool
decayed_sum_is_sound(DecayedSum sum)
{
	if (sum.mantissa == 0.0)
		return !signbit(sum.mantissa) && sum.rest == 0.0f &&
			!signbit(sum.rest) && sum.exponent == 0;
	return fabs(sum.mantissa) >= 1.0 && fabs(sum.mantissa) < 2.0 &&
		fabs(sum.rest) <= 2.3e-16 &&
		sum.exponent >= -EXPONENT_LIMIT && sum.exponent <= EXPONENT_LIMIT;
}
