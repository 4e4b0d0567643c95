/*
 * radix.c
 *		Stable ascending order of many non-negative doubles.
 *
 * The bits of a non-negative double, read as an integer, ascend with its value:
 * a radix sort from the lowest digit up sorts without a comparison. Days are
 * small whole numbers, of whose 64 bits at most a third ever differ, and the
 * digits that do not differ are skipped.
 */
#include "clv/family/radix.h"

#include <string.h>

#define DIGIT_BITS	11
#define RADIX		(1 << DIGIT_BITS)

/* The bits of a key; -0.0 is 0.0. */
static uint64_t
key_bits(double key)
{
	uint64_t	bits;

	key += 0.0;
	memcpy(&bits, &key, sizeof(bits));
	return bits;
}

/* Reorder order[] so that the keys ascend. */
void
radix_order(const double *keys, size_t n, uint32_t *order, uint32_t *scratch)
{
	uint32_t   *from = order;
	uint32_t   *to = scratch;
	uint64_t	all_or = 0;
	uint64_t	all_and = ~UINT64_C(0);
	uint64_t	varying;

	for (size_t i = 0; i < n; i++)
	{
		uint64_t	bits = key_bits(keys[order[i]]);

		all_or |= bits;
		all_and &= bits;
	}
	varying = all_or & ~all_and;

	for (int shift = 0; shift < 64;)
	{
		size_t		counts[RADIX];
		size_t		sum = 0;

		/* Start each digit at the next bit that differs. */
		if ((varying >> shift) == 0)
			break;
		while (((varying >> shift) & 1) == 0)
			shift++;

		memset(counts, 0, sizeof(counts));
		for (size_t i = 0; i < n; i++)
			counts[(key_bits(keys[from[i]]) >> shift) & (RADIX - 1)]++;
		for (int digit = 0; digit < RADIX; digit++)
		{
			size_t		count = counts[digit];

			counts[digit] = sum;
			sum += count;
		}
		for (size_t i = 0; i < n; i++)
			to[counts[(key_bits(keys[from[i]]) >> shift) & (RADIX - 1)]++] = from[i];

		{
			uint32_t   *swap = from;

			from = to;
			to = swap;
		}
		shift += DIGIT_BITS;
	}

	if (from != order)
		memcpy(order, from, n * sizeof(uint32_t));
}
