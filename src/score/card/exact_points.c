/*
 * exact_points.c
 *		Points as whole numbers of 1e-12, in 128 bits; see exact_points.h.
 */
#include "score/card/exact_points.h"

#include <math.h>
#include <string.h>

/* The largest sum, 1e33 units of 1e-12: 1e33 = 54210108624275 * 2^64 + rest. */
#define LARGEST_HIGH	INT64_C(54210108624275)
#define LARGEST_LOW		UINT64_C(4089650035136921600)

/* a * b for a below 2^63. */
static ExactPoints
multiply(uint64_t a, uint64_t b)
{
	uint64_t	a_low = a & UINT32_MAX;
	uint64_t	a_high = a >> 32;
	uint64_t	b_low = b & UINT32_MAX;
	uint64_t	b_high = b >> 32;
	uint64_t	low = a_low * b_low;
	uint64_t	middle = a_high * b_low + (low >> 32);
	uint64_t	other = a_low * b_high + (middle & UINT32_MAX);
	ExactPoints product;

	product.low = other << 32 | (low & UINT32_MAX);
	product.high = (int64_t) (a_high * b_high + (middle >> 32) +
							  (other >> 32));
	return product;
}

/*
 * The decimal that a number of points stands for: rounded to 1e-12, and to 15
 * digits where it has more. A double carries 15 decimal digits, so a number
 * that was written with up to 15 comes back as it was written. False for what
 * is beyond EXACT_MOST_POINTS, infinite or not a number.
 *
 * The scaled number is below 2^50 and rounded once by the product, so that it
 * is off by less than an eighth before it is rounded to a whole one.
 */
bool
exact_from_double(double points, ExactPoints *exact)
{
	double		size = fabs(points);
	double		scale = 1e12;
	double		limit = 1e3;
	uint64_t	factor = 1;
	uint64_t	digits;

	if (!(size <= EXACT_MOST_POINTS))
		return false;
	while (size >= limit && scale > 1)
	{
		limit *= 10;
		scale /= 10;
		factor *= 10;
	}
	digits = (uint64_t) rint(size * scale);
	if (factor == 1)
	{
		exact->high = 0;
		exact->low = digits;
	}
	else
		*exact = multiply(digits, factor);
	if (points < 0)
		*exact = exact_negate(*exact);
	return true;
}

/* The nearest double, or its neighbour: for what need not be exact. */
double
exact_to_double(ExactPoints exact)
{
	bool		negative = exact.high < 0;
	double		size;

	if (negative)
		exact = exact_negate(exact);
	size = ((double) exact.high * 18446744073709551616.0 +
			(double) exact.low) / 1e12;
	return negative ? -size : size;
}

/* Is this within what a sum may come to? */
bool
exact_is_sum(ExactPoints exact)
{
	const ExactPoints largest = {LARGEST_HIGH, LARGEST_LOW};

	return exact_compare(exact, largest) <= 0 &&
		exact_compare(exact, exact_negate(largest)) >= 0;
}

/* So many times the points; false where that is beyond what a sum may be. */
bool
exact_times(ExactPoints points, uint64_t times, ExactPoints *product)
{
	ExactPoints size = exact_sign(points) < 0 ? exact_negate(points) : points;
	ExactPoints upper;

	if (!exact_is_sum(size) || times > INT64_MAX)
		return false;
	/* below 2^46 * 2^63 for the upper half, which is to fit as a whole */
	upper = multiply((uint64_t) size.high, times);
	if (upper.high != 0 || upper.low > (uint64_t) LARGEST_HIGH)
		return false;
	*product = multiply(times, size.low);
	product->high += (int64_t) upper.low;
	if (!exact_is_sum(*product))
		return false;
	if (exact_sign(points) < 0)
		*product = exact_negate(*product);
	return true;
}

/*
 * part * target / total, rounded down, for 0 <= part, 0 <= target <= total and
 * 0 < total < 2^125, bit by bit: after each bit of the part, what has been read
 * of it times the target is quotient * total + rest, with a rest below the total.
 */
ExactPoints
exact_share(ExactPoints part, ExactPoints target, ExactPoints total)
{
	ExactPoints quotient = {0, 0};
	ExactPoints rest = {0, 0};

	for (int bit = 126; bit >= 0; bit--)
	{
		uint64_t	word = bit >= 64 ? (uint64_t) part.high : part.low;

		quotient = exact_add(quotient, quotient);
		rest = exact_add(rest, rest);
		if (word >> (bit & 63) & 1)
			rest = exact_add(rest, target);
		while (exact_compare(rest, total) >= 0)
		{
			const ExactPoints one = {0, 1};

			rest = exact_subtract(rest, total);
			quotient = exact_add(quotient, one);
		}
	}
	return quotient;
}

/* Divide by a number below 2^32; returns the rest. */
static uint32_t
divide_small(ExactPoints *value, uint32_t divisor)
{
	uint64_t	words[4] = {
		(uint64_t) value->high >> 32, (uint64_t) value->high & UINT32_MAX,
		value->low >> 32, value->low & UINT32_MAX
	};
	uint64_t	rest = 0;

	for (int i = 0; i < 4; i++)
	{
		uint64_t	part = rest << 32 | words[i];

		words[i] = part / divisor;
		rest = part % divisor;
	}
	value->high = (int64_t) (words[0] << 32 | words[1]);
	value->low = words[2] << 32 | words[3];
	return (uint32_t) rest;
}

/*
 * The decimal text, without zeroes behind the last digit that counts; in a
 * buffer of EXACT_TEXT_LENGTH bytes. Returns where in it the text starts.
 */
char *
exact_to_text(ExactPoints exact, char *buffer)
{
	bool		negative = exact_sign(exact) < 0;
	char	   *at = buffer + EXACT_TEXT_LENGTH - 1;
	bool		printed = false;
	int			places = 0;

	if (negative)
		exact = exact_negate(exact);
	*at = '\0';
	while (exact_sign(exact) != 0 || places <= EXACT_DIGITS)
	{
		uint32_t	chunk = divide_small(&exact, 1000000);

		for (int i = 0; i < 6; i++, chunk /= 10)
		{
			if (places == EXACT_DIGITS && printed)
				*--at = '.';
			printed = printed || chunk % 10 != 0 || places >= EXACT_DIGITS;
			if (printed)
				*--at = (char) ('0' + chunk % 10);
			places++;
		}
	}
	/* zeroes ahead of the first digit */
	while (*at == '0' && at[1] != '\0' && at[1] != '.')
		at++;
	if (negative)
		*--at = '-';
	return at;
}

/*
 * Read a decimal text: a sign, digits, at most twelve places behind the point
 * (zeroes beyond them count for nothing). False for anything else, and for what
 * is beyond what a sum may be.
 */
bool
exact_from_text(const char *text, size_t length, ExactPoints *exact)
{
	const ExactPoints zero = {0, 0};
	ExactPoints value = zero;
	bool		negative = false;
	bool		point = false;
	bool		digits = false;
	int			places = 0;

	for (size_t i = 0; i < length; i++)
	{
		char		c = text[i];

		if (i == 0 && (c == '-' || c == '+'))
			negative = c == '-';
		else if (c == '.' && !point)
			point = true;
		else if (c >= '0' && c <= '9')
		{
			digits = true;
			if (point && ++places > EXACT_DIGITS)
			{
				if (c != '0')
					return false;
				continue;
			}
			if (!exact_times(value, 10, &value))
				return false;
			value.low += (uint64_t) (c - '0');
			if (value.low < (uint64_t) (c - '0'))
				value.high++;
		}
		else
			return false;
	}
	if (!digits)
		return false;
	for (; places < EXACT_DIGITS; places++)
		if (!exact_times(value, 10, &value))
			return false;
	if (!exact_is_sum(value))
		return false;
	*exact = negative ? exact_negate(value) : value;
	return true;
}
