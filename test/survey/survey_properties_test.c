/*
 * survey_properties_test.c
 *		Vectors of SipHash, uniformity of its ranks, the order of sorted
 *		numbers, what every allocation must be, and edges of domains.
 */
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/beta.h"
#include "math/beta_inverse.h"
#include "math/incomplete_gamma.h"
#include "survey/allocation.h"
#include "survey/concentration_measures.h"
#include "survey/finite_population.h"
#include "survey/siphash.h"
#include "survey/sort_values.h"
#include "survey_test.h"

/* A generator of its own, so that every machine tests the same: splitmix64 */
static uint64_t
next_random(void)
{
	static uint64_t state = 20260401;
	uint64_t	z = (state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/*
 * The vectors that come with the specification: key 00 .. 0f, inputs of the
 * bytes 00, 01, ... of each length. Appendix A has that of 15 bytes.
 */
static void
test_siphash(void)
{
	static const unsigned char vectors[][8] = {
		{0x31, 0x0e, 0x0e, 0xdd, 0x47, 0xdb, 0x6f, 0x72},
		{0xfd, 0x67, 0xdc, 0x93, 0xc5, 0x39, 0xf8, 0x74},
		{0x5a, 0x4f, 0xa9, 0xd9, 0x09, 0x80, 0x6c, 0x0d},
		{0x2d, 0x7e, 0xfb, 0xd7, 0x96, 0x66, 0x67, 0x85},
		{0xb7, 0x87, 0x71, 0x27, 0xe0, 0x94, 0x27, 0xcf},
		{0x8d, 0xa6, 0x99, 0xcd, 0x64, 0x55, 0x76, 0x18},
		{0xce, 0xe3, 0xfe, 0x58, 0x6e, 0x46, 0xc9, 0xcb},
		{0x37, 0xd1, 0x01, 0x8b, 0xf5, 0x00, 0x02, 0xab},
		{0x62, 0x24, 0x93, 0x9a, 0x79, 0xf5, 0xf5, 0x93},
	};
	unsigned char bytes[64];
	const uint64_t key0 = UINT64_C(0x0706050403020100);
	const uint64_t key1 = UINT64_C(0x0f0e0d0c0b0a0908);

	for (int i = 0; i < 64; i++)
		bytes[i] = (unsigned char) i;
	for (size_t length = 0; length < sizeof(vectors) / 8; length++)
	{
		uint64_t	expected = 0;

		for (int i = 0; i < 8; i++)
			expected |= (uint64_t) vectors[length][i] << (8 * i);
		expect(siphash24(bytes, length, key0, key1) == expected,
			   "SipHash-2-4 of %d bytes", (int) length);
	}
	expect(siphash24(bytes, 15, key0, key1) == UINT64_C(0xa129ca6149be45e5),
		   "SipHash-2-4 of appendix A");
}

/* Chi-square tests of ranks: of numbered keys, and of pairs of seeds */
static void
test_uniformity(void)
{
	enum
	{
		KEYS = 1000000, CELLS = 1000, SIDE = 30
	};
	static int	cells[CELLS];
	static int	pairs[SIDE * SIDE];
	double		chi_square = 0;
	double		pair_square = 0;
	double		p;

	for (int i = 0; i < KEYS; i++)
	{
		char		key[20];
		int			length = snprintf(key, sizeof(key), "%d", i);
		double		rank = (double) (siphash24((unsigned char *) key, length, 42, 0) >> 11) / 9007199254740992.0;
		double		other = (double) (siphash24((unsigned char *) key, length, 43, 0) >> 11) / 9007199254740992.0;

		cells[(int) (rank * CELLS)]++;
		pairs[(int) (rank * SIDE) * SIDE + (int) (other * SIDE)]++;
	}
	for (int i = 0; i < CELLS; i++)
		chi_square += pow(cells[i] - (double) KEYS / CELLS, 2) / ((double) KEYS / CELLS);
	for (int i = 0; i < SIDE * SIDE; i++)
		pair_square += pow(pairs[i] - (double) KEYS / (SIDE * SIDE), 2) / ((double) KEYS / (SIDE * SIDE));
	p = chi_square_tail(chi_square, CELLS - 1);
	expect(p > 1e-4 && p < 1 - 1e-4, "ranks are uniform: p = %g", p);
	p = chi_square_tail(pair_square, SIDE * SIDE - 1);
	expect(p > 1e-4 && p < 1 - 1e-4, "ranks of two seeds are independent: p = %g", p);
}

static int
compare_doubles(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return x < y ? -1 : x > y;
}

static void
test_sort(void)
{
	const size_t sizes[] = {0, 1, 2, 24, 25, 1000, 1023, 1024, 5000, 100000};

	for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++)
		for (int kind = 0; kind < 5; kind++)
		{
			size_t		n = sizes[k];
			double	   *values = malloc(sizeof(double) * (n + 1));
			double	   *expected = malloc(sizeof(double) * (n + 1));
			double	   *scratch = malloc(sizeof(double) * (n + 1));

			for (size_t i = 0; i < n; i++)
			{
				uint64_t	bits = next_random();
				double		value;

				memcpy(&value, &bits, sizeof(value));
				if (isnan(value) || kind == 1)
					value = (double) (bits % 1000);
				else if (kind == 2)
					value = 7;
				else if (kind == 3)
					value = -(double) i;
				else if (kind == 4)
					value = (bits & 1) ? INFINITY : (bits & 2) ? -INFINITY : -0.5;
				values[i] = expected[i] = value;
			}
			qsort(expected, n, sizeof(double), compare_doubles);
			sort_values(values, scratch, n, no_interrupt);
			expect(memcmp(values, expected, n * sizeof(double)) == 0,
				   "%d values of kind %d sorted", (int) n, kind);
			free(values);
			free(expected);
			free(scratch);
		}
}

/* What every allocation must be, at random sizes, weights and minima */
static void
test_allocation(void)
{
	for (int round = 0; round < 20000; round++)
	{
		AllocationStratum strata[12];
		double		breakpoints[24];
		size_t		nstrata = 1 + next_random() % 12;
		double		scale = round % 3 == 0 ? 1e12 : round % 3 == 1 ? 1000 : 8;
		double		minimum = (double) (next_random() % 4);
		double		least = 0;
		double		total = 0;
		double		sum = 0;
		double		low = 0;
		double		high = INFINITY;
		double		n;
		bool		within = true;

		for (size_t i = 0; i < nstrata; i++)
		{
			strata[i].size = floor((double) (next_random() >> 11) / 9007199254740992.0 * scale);
			strata[i].weight = round % 2 == 0 ? strata[i].size :
				next_random() % 5 == 0 ? 0 : strata[i].size * (double) (next_random() % 1000);
			total += strata[i].size;
			least += fmin(minimum, strata[i].size);
		}
		n = least + floor((double) (next_random() >> 11) / 9007199254740992.0 * (total - least + 1));
		allocate_sample(strata, nstrata, n, minimum, breakpoints);
		for (size_t i = 0; i < nstrata; i++)
		{
			sum += strata[i].sample;
			within = within && strata[i].sample == floor(strata[i].sample) &&
				strata[i].sample >= fmin(minimum, strata[i].size) &&
				strata[i].sample <= strata[i].size;
			/* one lambda for all that are not held at a bound */
			if (strata[i].weight > 0 && strata[i].sample > fmin(minimum, strata[i].size) + 1)
				low = fmax(low, (strata[i].sample - 1) / strata[i].weight);
			if (strata[i].weight > 0 && strata[i].sample < strata[i].size - 1)
				high = fmin(high, (strata[i].sample + 1) / strata[i].weight);
		}
		expect(sum == n, "allocation %d sums to %.17g, not %.17g", round, sum, n);
		expect(within, "allocation %d is within its bounds", round);
		expect(low <= high * (1 + 1e-9), "allocation %d is in proportion: %g, %g", round, low, high);
	}
}

/* Ends of domains, and that an inverse is one */
static void
test_edges(void)
{
	const double bad[] = {-1, NAN, -INFINITY, INFINITY};
	double		complement;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
	{
		expect(isnan(incomplete_beta_inverse(bad[i], 1, 0.5, 0.5, NULL)), "inverse, a = %g", bad[i]);
		expect(isnan(incomplete_beta_inverse(1, bad[i], 0.5, 0.5, NULL)), "inverse, b = %g", bad[i]);
		expect(isnan(incomplete_beta_inverse(1, 1, bad[i], 0.5, NULL)), "inverse, p = %g", bad[i]);
		expect(isnan(incomplete_beta_inverse(1, 1, 0.5, bad[i], &complement)) && isnan(complement), "inverse, q = %g", bad[i]);
	}
	expect(incomplete_beta_inverse(2, 3, 0, 1, &complement) == 0 && complement == 1, "inverse of 0");
	expect(incomplete_beta_inverse(2, 3, 1, 0, &complement) == 1 && complement == 0, "inverse of 1");
	/* x beyond the smallest double: 0, not a loop without end */
	expect(incomplete_beta_inverse(1e-5, 1, 1e-10, 1, &complement) < 1e-300, "inverse that underflows");
	for (int i = 0; i < 3000; i++)
	{
		double		a = exp((double) (next_random() % 4170) / 100 - 5);
		double		b = exp((double) (next_random() % 4170) / 100 - 5);
		double		p = exp(-(double) (next_random() % 5000) / 100 - 0.01);
		double		x = incomplete_beta_inverse(a, b, p, 1 - p, &complement);
		double		slope;

		if (x < 1e-300 || complement < 1e-300)
			continue;
		/* what a rounding of x changes I by is not its fault */
		slope = exp(log_beta_kernel(a, b, x, complement));
		expect(fabs(incomplete_beta(a, b, x, complement) - p) <= 1e-11 * p + 4e-15 * slope * fmax(1, fabs(log(x / complement))),
			   "I at its inverse: a %.17g, b %.17g, p %.17g: %.17g", a, b, p,
			   incomplete_beta(a, b, x, complement));
	}
	/* a census, and a large population: no doubt, and nearly the binomial */
	expect(finite_population_low(7, 30, 30, 0.025) == 7 && finite_population_high(7, 30, 30, 0.025) == 7, "census");
	expect(fabs(finite_population_low(81, 263, 1e15, 0.025) / 1e15 - 0.25273674558527121) < 1e-9, "a population without end");
	expect(finite_population_high(1e8, 1e9, 1e12, 0.025) > 1e11 && finite_population_high(1e8, 1e9, 1e12, 0.025) < 1.001e11, "a sample of 1e9");
	{
		const double zeros[] = {0, 0};
		const double values[] = {1, 2, 3, 4};

		expect(isnan(gini_coefficient(zeros, 2)) && isnan(herfindahl_index(zeros, 2)) &&
			   isnan(share_of_greatest(zeros, 2, 1)) && count_for_share(zeros, 2, 0.5) == 0, "no total");
		expect(count_of_fraction(0.07, 100) == 7 && count_of_fraction(0.2, 4) == 1 && count_of_fraction(1, 4) == 4 &&
			   count_of_fraction(1e-300, 4) == 1 && count_of_fraction(0.250001, 4) == 2, "fractions, rounded up");
		expect(count_for_share(values, 4, 0.4) == 1 && count_for_share(values, 4, 0.7) == 2 && count_for_share(values, 4, 1e-300) == 1, "shares reached exactly");
	}
}

void
test_properties(void)
{
	test_siphash();
	test_uniformity();
	test_sort();
	test_allocation();
	test_edges();
}
