/*
 * sort_tallies.c
 *		Tallies of outcomes, sorted by score and added up. Pure C.
 *
 * Many are sorted by digits of eleven bits, the last digit first, as
 * sort_values() of the survey does it for bare numbers: at most six passes,
 * without a comparison, and a digit that all share costs none. Few are merged
 * in runs. Both keep the order of what is alike, so that pairs are sorted by
 * their second score and then by the first.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "score/evaluation/sort_tallies.h"

#define DIGIT_BITS	11
#define DIGITS		6
#define BUCKETS		(1 << DIGIT_BITS)
#define BY_DIGITS_FROM	1024
#define RUN			16

/* The bits of a number, in the order of numbers */
static inline uint64_t
to_key(const char *place)
{
	uint64_t	bits;

	memcpy(&bits, place, sizeof(bits));
	return bits ^ ((uint64_t) -(int64_t) (bits >> 63) | UINT64_C(1) << 63);
}

/* Sort a run by insertion. */
static inline void
sort_run(char *records, size_t n, size_t size, size_t key_at)
{
	char		record[sizeof(PairTally)];

	for (size_t i = 1; i < n; i++)
	{
		uint64_t	key = to_key(records + i * size + key_at);
		size_t		at = i;

		if (to_key(records + (i - 1) * size + key_at) <= key)
			continue;
		memcpy(record, records + i * size, size);
		for (; at > 0 && to_key(records + (at - 1) * size + key_at) > key; at--)
			memcpy(records + at * size, records + (at - 1) * size, size);
		memcpy(records + at * size, record, size);
	}
}

/* Merge runs of width records, from one array into the other. */
static inline void
merge_runs(const char *from, char *to, size_t n, size_t width, size_t size,
		   size_t key_at)
{
	for (size_t start = 0; start < n; start += 2 * width)
	{
		size_t		left = start;
		size_t		middle = start + width < n ? start + width : n;
		size_t		right = middle;
		size_t		end = start + 2 * width < n ? start + 2 * width : n;

		for (size_t i = start; i < end; i++)
		{
			bool		take_left = left < middle &&
				(right == end || to_key(from + left * size + key_at) <=
				 to_key(from + right * size + key_at));
			size_t		taken = take_left ? left++ : right++;

			memcpy(to + i * size, from + taken * size, size);
		}
	}
}

/* Sort without counts of digits: it needs no memory of its own. */
static inline void
sort_by_merging(char *records, char *scratch, size_t n, size_t size,
				size_t key_at)
{
	char	   *from = records;
	char	   *to = scratch;

	for (size_t start = 0; start < n; start += RUN)
		sort_run(records + start * size, n - start < RUN ? n - start : RUN,
				 size, key_at);
	for (size_t width = RUN; width < n; width *= 2)
	{
		char	   *other = from;

		merge_runs(from, to, n, width, size, key_at);
		from = to;
		to = other;
	}
	if (from != records && n > 0)
		memcpy(records, from, n * size);
}

/* Sort records of a size by the double at an offset of each. */
static inline void
sort_records(char *records, char *scratch, size_t n, size_t size,
			 size_t key_at, void (*interrupt) (void))
{
	size_t		(*counts)[BUCKETS] = NULL;
	char	   *from = records;
	char	   *to = scratch;

	if (n >= BY_DIGITS_FROM)
		counts = calloc(DIGITS, sizeof(*counts));
	if (counts == NULL)
	{
		sort_by_merging(records, scratch, n, size, key_at);
		return;
	}
	for (size_t i = 0; i < n; i++)
	{
		uint64_t	key = to_key(records + i * size + key_at);

		for (int digit = 0; digit < DIGITS; digit++)
			counts[digit][key >> (digit * DIGIT_BITS) & (BUCKETS - 1)]++;
	}
	for (int digit = 0; digit < DIGITS; digit++)
	{
		size_t	   *place = counts[digit];
		int			shift = digit * DIGIT_BITS;
		size_t		sum = 0;
		char	   *other = from;

		if (place[to_key(from + key_at) >> shift & (BUCKETS - 1)] == n)
			continue;
		for (int i = 0; i < BUCKETS; i++)
		{
			size_t		count = place[i];

			place[i] = sum;
			sum += count;
		}
		for (size_t i = 0; i < n; i++)
		{
			const char *record = from + i * size;
			uint64_t	key = to_key(record + key_at);

			memcpy(to + place[key >> shift & (BUCKETS - 1)]++ * size, record,
				   size);
		}
		from = to;
		to = other;
	}
	free(counts);
	if (from != records)
		memcpy(records, from, n * size);
	interrupt();
}

/* Sort tallies; see sort_tallies.h */
size_t
sort_tallies(OutcomeTally *tallies, OutcomeTally *scratch, size_t n,
			 void (*interrupt) (void))
{
	size_t		left = 0;

	sort_records((char *) tallies, (char *) scratch, n, sizeof(OutcomeTally),
				 offsetof(OutcomeTally, score), interrupt);
	for (size_t i = 0; i < n;)
	{
		double		score = tallies[i].score;
		int64_t		won = 0;
		int64_t		lost = 0;

		for (; i < n && tallies[i].score == score; i++)
		{
			int64_t		count = tallies[i].count;

			if (count > 0)
				won += count;
			else
				lost += count;
		}
		if (won != 0)
			tallies[left++] = (OutcomeTally)
		{
			score, won
		};
		if (lost != 0)
			tallies[left++] = (OutcomeTally)
		{
			score, lost
		};
	}
	return left;
}

/* Sort pairs by their second score. */
void
sort_pairs_by_b(PairTally *tallies, PairTally *scratch, size_t n,
				void (*interrupt) (void))
{
	sort_records((char *) tallies, (char *) scratch, n, sizeof(PairTally),
				 offsetof(PairTally, b), interrupt);
}

/* Sort pairs; see sort_tallies.h */
size_t
sort_pairs(PairTally *tallies, PairTally *scratch, size_t n,
		   void (*interrupt) (void))
{
	size_t		left = 0;

	sort_pairs_by_b(tallies, scratch, n, interrupt);
	sort_records((char *) tallies, (char *) scratch, n, sizeof(PairTally),
				 offsetof(PairTally, a), interrupt);
	for (size_t i = 0; i < n;)
	{
		PairTally	first = tallies[i];
		int64_t		won = 0;
		int64_t		lost = 0;

		for (; i < n && tallies[i].a == first.a && tallies[i].b == first.b; i++)
		{
			int64_t		count = tallies[i].count;

			if (count > 0)
				won += count;
			else
				lost += count;
		}
		if (won != 0)
			tallies[left++] = (PairTally)
		{
			first.a, first.b, won
		};
		if (lost != 0)
			tallies[left++] = (PairTally)
		{
			first.a, first.b, lost
		};
	}
	return left;
}
