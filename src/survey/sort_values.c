/*
 * sort_values.c
 *		Numbers in ascending order. Pure C.
 *
 * Many numbers are sorted by digits of eleven bits, the last digit first: six
 * passes whatever the numbers are, without a comparison. A double of IEEE 754
 * is ordered as its bits are when the sign bit is turned over, and for negative
 * ones all other bits too. A digit that all numbers share costs no pass, so
 * that whole numbers take two or three.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "survey/sort_values.h"

#define DIGIT_BITS	11
#define DIGITS		6
#define BUCKETS		(1 << DIGIT_BITS)
#define FEW			24

/* The bits of a number, in the order of numbers */
static inline uint64_t
to_key(double value)
{
	uint64_t	bits;

	memcpy(&bits, &value, sizeof(bits));
	return bits ^ ((uint64_t) -(int64_t) (bits >> 63) | UINT64_C(1) << 63);
}

static inline uint64_t
load_key(const double *place)
{
	uint64_t	key;

	memcpy(&key, place, sizeof(key));
	return key;
}

/* The number with that key */
static inline double
from_key(uint64_t key)
{
	uint64_t	bits = key ^ (((key >> 63) - 1) | UINT64_C(1) << 63);
	double		value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

static int
compare_keys(const void *a, const void *b)
{
	uint64_t	x = to_key(*(const double *) a);
	uint64_t	y = to_key(*(const double *) b);

	return x < y ? -1 : x > y;
}

static void
sort_few(double *values, size_t n)
{
	for (size_t i = 1; i < n; i++)
	{
		double		value = values[i];
		uint64_t	key = to_key(value);
		size_t		at = i;

		for (; at > 0 && to_key(values[at - 1]) > key; at--)
			values[at] = values[at - 1];
		values[at] = value;
	}
}

static void
sort_by_digits(double *values, double *scratch, size_t n,
			   void (*interrupt) (void))
{
	size_t		(*counts)[BUCKETS] = calloc(DIGITS, sizeof(*counts));
	double	   *from = values;
	double	   *to = scratch;

	if (counts == NULL)
	{
		/* slower, but it needs nothing */
		qsort(values, n, sizeof(double), compare_keys);
		return;
	}
	for (size_t i = 0; i < n; i++)
	{
		uint64_t	key = to_key(values[i]);

		memcpy(&values[i], &key, sizeof(key));
		for (int digit = 0; digit < DIGITS; digit++)
			counts[digit][key >> (digit * DIGIT_BITS) & (BUCKETS - 1)]++;
	}
	for (int digit = 0; digit < DIGITS; digit++)
	{
		size_t	   *place = counts[digit];
		int			shift = digit * DIGIT_BITS;
		size_t		sum = 0;
		double	   *other = from;

		if (place[load_key(from) >> shift & (BUCKETS - 1)] == n)
			continue;
		for (int i = 0; i < BUCKETS; i++)
		{
			size_t		count = place[i];

			place[i] = sum;
			sum += count;
		}
		for (size_t i = 0; i < n; i++)
		{
			uint64_t	key = load_key(&from[i]);

			memcpy(&to[place[key >> shift & (BUCKETS - 1)]++], &key,
				   sizeof(key));
		}
		from = to;
		to = other;
	}
	free(counts);
	for (size_t i = 0; i < n; i++)
		values[i] = from_key(load_key(&from[i]));
	interrupt();
}

/* Sort; see sort_values.h */
void
sort_values(double *values, double *scratch, size_t n,
			void (*interrupt) (void))
{
	if (n <= FEW)
		sort_few(values, n);
	else if (n < SORT_SCRATCH_FROM)
		qsort(values, n, sizeof(double), compare_keys);
	else
		sort_by_digits(values, scratch, n, interrupt);
}
