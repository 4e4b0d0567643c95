/*
 * decayed_sum_test.c
 *		Tests of exponentially decaying sums, without a server.
 */
#include "score/decayed_sum.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOUR	INT64_C(3600000000)
#define DAY		(24 * HOUR)
#define YEAR	(8766 * HOUR)
#define MAX_EVENTS	64

static int	passed;
static int	failed;

/* Count one test. */
static void
expect(bool ok, const char *what)
{
	if (ok)
		passed++;
	else if (++failed <= 20)
		printf("not ok - %s\n", what);
}

/* Equal up to a relative tolerance. */
static bool
is_near(double value, double expected, double tolerance)
{
	return fabs(value - expected) <= tolerance * fabs(expected);
}

/* A sum of these parts, sound or not. */
static DecayedSum
make_sum(double mantissa, float rest, int64_t exponent)
{
	DecayedSum	sum = {mantissa, rest, exponent};

	return sum;
}

/* A small generator of its own: the same numbers everywhere. */
static uint64_t state = 1;

static uint64_t
random_bits(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static double
random_uniform(void)
{
	return (double) (random_bits() >> 11) * 1.1102230246251565e-16;
}

/* One line of the reference, its events in another order in every round. */
static void
test_line(char *line)
{
	double		points[MAX_EVENTS];
	int64_t		times[MAX_EVENTS];
	char	   *at = line;
	int64_t		half_life = strtoll(at, &at, 10);
	int64_t		as_of = strtoll(at, &at, 10);
	int			n = (int) strtol(at, &at, 10);
	double		value = strtod(at, &at);
	double		first = 0.0;

	for (int i = 0; i < n; i++)
	{
		points[i] = strtod(at, &at);
		times[i] = strtoll(at, &at, 10);
	}
	for (int round = 0; round < 5; round++)
	{
		DecayedSum	sum = {0.0, 0.0f, 0};
		DecayedSum	half[2] = {{0.0, 0.0f, 0}, {0.0, 0.0f, 0}};
		double		whole;

		for (int i = 0; i < n; i++)
		{
			DecayedSum	event = decayed_sum(points[i], times[i], half_life);

			expect(decayed_sum_is_sound(event), "an event is sound");
			sum = decayed_sum_add(sum, event);
			half[i % 2] = decayed_sum_add(half[i % 2], event);
		}
		expect(decayed_sum_is_sound(sum), "a sum is sound");
		whole = decayed_sum_at(sum, as_of, half_life);
		expect(is_near(whole, value, 1e-13), line);
		expect(is_near(decayed_sum_at(decayed_sum_add(half[0], half[1]), as_of, half_life),
					   value, 1e-13), "a sum of two halves");
		if (round == 0)
			first = whole;
		expect(is_near(whole, first, 3e-16), "in any order");

		for (int i = n - 1; i > 0; i--)
		{
			int			j = (int) (random_bits() % (uint64_t) (i + 1));
			double		swap_points = points[i];
			int64_t		swap_time = times[i];

			points[i] = points[j];
			points[j] = swap_points;
			times[i] = times[j];
			times[j] = swap_time;
		}
	}
}

/* The values of reference.txt. */
static void
test_reference(void)
{
	static char line[16384];
	FILE	   *file = fopen("reference.txt", "r");

	if (file == NULL)
	{
		expect(false, "reference.txt can be read");
		return;
	}
	while (fgets(line, sizeof(line), file) != NULL)
		test_line(line);
	fclose(file);
}

/* The order of two sums is that of their values, at any time. */
static void
test_order(void)
{
	for (int i = 0; i < 20000; i++)
	{
		int64_t		half_life = HOUR + (int64_t) (random_uniform() * 10 * YEAR);
		int64_t		time = (int64_t) (random_uniform() * 100 * YEAR) - 30 * YEAR;
		int64_t		gap = (int64_t) (random_uniform() * 4 * half_life);
		double		p = floor(random_uniform() * 21) - 10;
		double		q = floor(random_uniform() * 21) - 10;
		DecayedSum	a = decayed_sum(p, time, half_life);
		DecayedSum	b = decayed_sum(q, time + gap, half_life);
		double		value_a = decayed_sum_at(a, time + gap, half_life);
		double		value_b = decayed_sum_at(b, time + gap, half_life);
		int			order = decayed_sum_compare(a, b);

		expect(decayed_sum_compare(b, a) == -order, "the order has two sides");
		expect(decayed_sum_compare(a, a) == 0, "what is equal is equal");
		if (!is_near(value_a, value_b, 1e-15))
			expect(order == (value_a > value_b) - (value_a < value_b),
				   "the order is that of the values");
		expect(decayed_sum_compare(decayed_sum_negate(b), decayed_sum_negate(a)) == order,
			   "the other sign turns the order round");
	}
}

/* What is taken back is gone, and what is at the ends stays in range. */
static void
test_edges(void)
{
	DecayedSum	zero = {0.0, 0.0f, 0};
	DecayedSum	huge = decayed_sum(1.7e308, 100 * YEAR, HOUR);
	DecayedSum	tiny = decayed_sum(4.9e-324, -30 * YEAR, HOUR);
	DecayedSum	many = {0.0, 0.0f, 0};

	expect(decayed_sum_compare(decayed_sum(0.0, 5, HOUR), zero) == 0, "no points are zero");
	expect(decayed_sum_compare(decayed_sum(-0.0, 5, HOUR), zero) == 0, "nor less than that");
	expect(decayed_sum_at(zero, 5, HOUR) == 0.0, "zero is worth 0");
	for (int i = 0; i < 1000; i++)
	{
		DecayedSum	event = decayed_sum(random_uniform() * 20 - 10, (int64_t) (random_uniform() * YEAR), DAY);

		expect(decayed_sum_compare(decayed_sum_add(event, decayed_sum_negate(event)), zero) == 0,
			   "taken back is zero");
	}
	expect(is_near(decayed_sum_at(huge, 100 * YEAR, HOUR), 1.7e308, 1e-15), "huge points");
	expect(isinf(decayed_sum_at(decayed_sum_add(huge, huge), 100 * YEAR, HOUR)), "beyond the largest double");
	expect(is_near(decayed_sum_at(decayed_sum_add(huge, huge), 100 * YEAR + 2 * HOUR, HOUR), 0.85e308, 1e-15),
		   "and back in range later");
	expect(decayed_sum_at(huge, 290000 * YEAR, HOUR) == 0.0, "gone after long");
	expect(decayed_sum_at(tiny, -30 * YEAR, HOUR) == 4.9e-324, "the smallest double");
	expect(decayed_sum_compare(tiny, zero) > 0, "is more than nothing");
	expect(decayed_sum_compare(decayed_sum_add(huge, tiny), huge) == 0, "but not beside a huge one");
	expect(isinf(decayed_sum_at(huge, INT64_MIN + 1, 1000000)), "the ends of time do not overflow");
	expect(decayed_sum_at(decayed_sum(1.0, INT64_MIN + 1, 1000000), INT64_MAX, 1000000) == 0.0, "either way");
	expect(decayed_sum_is_sound(decayed_sum(1.0, INT64_MIN + 1, 1000000)), "and are sound");

	/* a million events: as many digits as one */
	for (int i = 0; i < 1000000; i++)
		many = decayed_sum_add(many, decayed_sum(0.1, i * HOUR, 1000000 * HOUR));

	/*
	 * the geometric series 0.1 (2 - 1) / (1 - 2^-1e-6) / 2 ... at the last
	 * event
	 */
	expect(is_near(decayed_sum_at(many, 999999 * HOUR, 1000000 * HOUR),
				   0.1 * -expm1(-M_LN2) / -expm1(-M_LN2 * 1e-6), 1e-14),
		   "a million events are a geometric series");
	expect(!decayed_sum_is_sound(make_sum(0.5, 0.0f, 0)), "a small mantissa is not sound");
	expect(!decayed_sum_is_sound(make_sum(0.0, 0.0f, 1)), "nor zero with an exponent");
	expect(!decayed_sum_is_sound(make_sum(NAN, 0.0f, 0)), "nor NaN");
	expect(!decayed_sum_is_sound(make_sum(1.0, 0.5f, 0)), "nor a large rest");
	expect(!decayed_sum_is_sound(make_sum(1.0, NAN, 0)), "nor a rest that is none");
}

int
main(void)
{
	test_reference();
	test_order();
	test_edges();
	printf("%d passed, %d failed\n", passed, failed);
	return failed != 0;
}
