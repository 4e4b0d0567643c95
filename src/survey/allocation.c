/*
 * allocation.c
 *		A sample divided among strata. Pure C.
 *
 * Proportional allocation (Bowley 1926) has weights N_h, Neyman's (J. Royal
 * Stat. Soc. 97 (1934) 558; Cochran 1977, eq. 5.26) N_h S_h. With bounds, the
 * division that keeps the proportions is clip(lambda w_h, least_h, N_h) with
 * the one lambda that makes it sum to n: strata that are full, or at their
 * minimum, leave the rest to the others. The sum is piecewise linear in lambda,
 * which is found between two of the corners. Whole numbers come of the largest
 * remainders (Hamilton's method); equal remainders go to the greater stratum,
 * then to the earlier one.
 */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "math/sum.h"
#include "survey/allocation.h"

static int
compare_numbers(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return x < y ? -1 : x > y;
}

/* The greatest remainder first */
static int
compare_remainders(const void *a, const void *b)
{
	const AllocationStratum *x = a;
	const AllocationStratum *y = b;

	if (x->remainder != y->remainder)
		return x->remainder > y->remainder ? -1 : 1;
	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static int
compare_places(const void *a, const void *b)
{
	const AllocationStratum *x = a;
	const AllocationStratum *y = b;

	return x->place < y->place ? -1 : x->place > y->place;
}

/* What a stratum gets at a lambda */
static double
share_at(const AllocationStratum *stratum, double lambda)
{
	return fmin(fmax(lambda * stratum->rate, stratum->least), stratum->size);
}

/* What the strata that take part get at a lambda */
static double
sum_at(const AllocationStratum *strata, size_t nstrata, double lambda)
{
	LongSum		sum = {0, 0};

	for (size_t i = 0; i < nstrata; i++)
		if (strata[i].rate > 0)
			long_sum_add(&sum, share_at(&strata[i], lambda));
	return long_sum_value(&sum);
}

/* The lambda at which the strata that take part get n */
static double
find_lambda(const AllocationStratum *strata, size_t nstrata, double n,
			double *breakpoints)
{
	size_t		count = 0;
	size_t		low = 0;
	size_t		high;
	LongSum		fixed = {0, 0};
	LongSum		rates = {0, 0};

	for (size_t i = 0; i < nstrata; i++)
		if (strata[i].rate > 0)
		{
			breakpoints[count++] = strata[i].least / strata[i].rate;
			breakpoints[count++] = strata[i].size / strata[i].rate;
		}
	qsort(breakpoints, count, sizeof(double), compare_numbers);
	/* the last corner at which they get no more than n */
	high = count;
	while (high - low > 1)
	{
		size_t		middle = low + (high - low) / 2;

		if (sum_at(strata, nstrata, breakpoints[middle]) <= n)
			low = middle;
		else
			high = middle;
	}
	for (size_t i = 0; i < nstrata; i++)
	{
		if (!(strata[i].rate > 0))
			continue;
		if (strata[i].least / strata[i].rate > breakpoints[low])
			long_sum_add(&fixed, strata[i].least);
		else if (strata[i].size / strata[i].rate <= breakpoints[low])
			long_sum_add(&fixed, strata[i].size);
		else
			long_sum_add(&rates, strata[i].rate);
	}
	if (rates.sum == 0)
		return breakpoints[low];
	return fmax((n - long_sum_value(&fixed)) / long_sum_value(&rates),
				breakpoints[low]);
}

/* Divide n among the strata whose rate is not 0, in whole numbers. */
static void
divide(AllocationStratum *strata, size_t nstrata, double n,
	   double *breakpoints)
{
	double		lambda = find_lambda(strata, nstrata, n, breakpoints);
	double		left = n;

	for (size_t i = 0; i < nstrata; i++)
	{
		double		share;

		if (!(strata[i].rate > 0))
			continue;
		share = share_at(&strata[i], lambda);
		strata[i].sample = floor(share);
		/* remainders that rounding alone tells apart are equal */
		strata[i].remainder = rint((share - strata[i].sample) * 1e9);
		left -= strata[i].sample;
	}
	qsort(strata, nstrata, sizeof(AllocationStratum), compare_remainders);
	/* one round, but for what rounding did to huge numbers */
	while (left != 0)
	{
		double		before = left;

		for (size_t i = 0; i < nstrata && left > 0; i++)
			if (strata[i].rate > 0 && strata[i].sample < strata[i].size)
			{
				strata[i].sample++;
				left--;
			}
		for (size_t i = nstrata; i-- > 0 && left < 0;)
			if (strata[i].rate > 0 && strata[i].sample > strata[i].least)
			{
				strata[i].sample--;
				left++;
			}
		if (left == before)
			break;
	}
	qsort(strata, nstrata, sizeof(AllocationStratum), compare_places);
}

/* Divide a sample; see allocation.h */
void
allocate_sample(AllocationStratum *strata, size_t nstrata, double n,
				double minimum, double *breakpoints)
{
	double		greatest = 0;
	double		weighted = 0;	/* members of strata that have a weight */
	double		rest = n;		/* for these, when the others get the least */
	bool		full;

	for (size_t i = 0; i < nstrata; i++)
	{
		strata[i].place = i;
		strata[i].least = fmin(minimum, strata[i].size);
		strata[i].sample = strata[i].least;
		strata[i].remainder = 0;
		if (strata[i].size > 0)
			greatest = fmax(greatest, strata[i].weight);
	}
	for (size_t i = 0; i < nstrata; i++)
	{
		/* of a size that can be multiplied and added up */
		strata[i].rate = greatest > 0 && strata[i].size > 0 ?
			strata[i].weight / greatest : 0;
		if (strata[i].rate < 1e-280)
			strata[i].rate = 0;
		if (strata[i].rate > 0)
			weighted += strata[i].size;
		else
			rest -= strata[i].least;
	}
	full = rest > weighted;
	if (!full && weighted > 0)
	{
		divide(strata, nstrata, rest, breakpoints);
		return;
	}
	/* all of those that have a weight; what is left goes by size */
	for (size_t i = 0; i < nstrata; i++)
	{
		if (strata[i].rate > 0)
		{
			strata[i].sample = strata[i].size;
			strata[i].rate = 0;
			n -= strata[i].size;
		}
		else
			strata[i].rate = strata[i].size;
	}
	divide(strata, nstrata, n, breakpoints);
}
