/*
 * survey_test.c
 *		Compares src/survey and the inverse of the incomplete beta function
 *		with reference values from mpmath and from fractions.
 *
 * The expectations are in survey_reference.txt, written by
 * survey_reference.py; none comes from the code under test. For each function a
 * line tells the largest relative error, the tolerance, and how many values
 * were compared. Then come the properties of survey_properties_test.c.
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/beta_inverse.h"
#include "survey/concentration_measures.h"
#include "survey/finite_population.h"
#include "survey/proportion.h"
#include "survey/rank_tests.h"
#include "survey/sort_values.h"
#include "survey/stratified.h"
#include "survey_test.h"

#define MAX_NUMBERS 4000

static int	tests_passed = 0;
static int	tests_failed = 0;

/* Count one test; see survey_test.h */
void
expect(bool ok, const char *what,...)
{
	va_list		arguments;

	if (ok)
	{
		tests_passed++;
		return;
	}
	tests_failed++;
	printf("FAILED: ");
	va_start(arguments, what);
	vprintf(what, arguments);
	va_end(arguments);
	printf("\n");
}

void
no_interrupt(void)
{
}

/* What is asked of each function, and how many lines at least */
static struct
{
	const char *name;
	double		tolerance;
	int			at_least;
	int			lines;
	double		largest;
}			requirements[] = {
	{"beta_inverse", 1e-12, 150, 0, 0},
	{"wilson", 1e-14, 80, 0, 0},
	{"wilson_continuity", 1e-14, 80, 0, 0},
	{"agresti_coull", 1e-12, 80, 0, 0},
	{"clopper_pearson", 1e-12, 60, 0, 0},
	{"jeffreys", 1e-12, 60, 0, 0},
	{"finite_population", 0, 40, 0, 0},
	{"hypergeometric_tail", 1e-10, 40, 0, 0},
	{"sample_size", 1e-14, 200, 0, 0},
	{"difference", 1e-10, 20, 0, 0},
	{"rate_ratio", 1e-12, 15, 0, 0},
	{"student", 1e-12, 30, 0, 0},
	{"stratified_mean", 1e-12, 8, 0, 0},
	{"stratified_proportion", 1e-12, 8, 0, 0},
	{"inequality", 1e-14, 12, 0, 0},
	{"mann_whitney", 1e-14, 6, 0, 0},
	{"log_rank", 1e-12, 5, 0, 0},
};

/* Sort numbers of which every stride-th counts, those whose kind is asked for. */
static SortedValues
pick(const double *numbers, int n, int stride, int event, int group,
	 double *place)
{
	SortedValues result = {place, 0};

	for (int i = 0; i + stride <= n; i += stride)
		if (stride == 1 || (numbers[i + 1] == event && numbers[i + 2] == group))
			place[result.n++] = numbers[i];
	sort_values(place, NULL, result.n, no_interrupt);
	return result;
}

static void
strata_of(const double *a, int n, int width, SampledStratum *strata)
{
	for (int i = 0; i < n / width; i++)
	{
		const double *from = a + 1 + i * width;

		strata[i].population = from[0];
		strata[i].sampled = from[1];
		strata[i].mean = width == 4 ? from[2] : from[2] / from[1];
		strata[i].variance = width == 4 ? from[3] * from[3] : NAN;
	}
}

/* The values of the function of that name at its arguments; how many */
static int
evaluate(const char *name, const double *a, int n, double *values)
{
	static double places[4][MAX_NUMBERS];
	ProportionInterval interval = {NAN, NAN, NAN};
	ProportionDifference difference;
	RateRatio	ratio;
	SampledStratum strata[100];
	StratifiedEstimate estimate;
	MannWhitney test;
	LogRank		survival;

#define IS(s) (strcmp(name, s) == 0)
	if (IS("beta_inverse"))
	{
		values[0] = a[3] == 0 ?
			incomplete_beta_inverse(a[0], a[1], a[2], 1 - a[2], &values[1]) :
			incomplete_beta_inverse(a[0], a[1], 1 - a[2], a[2], &values[1]);
		return 2;
	}
	if (IS("finite_population"))
	{
		values[0] = finite_population_low(a[0], a[1], a[2], (1 - a[3]) / 2);
		values[1] = finite_population_high(a[0], a[1], a[2], (1 - a[3]) / 2);
		return 2;
	}
	if (IS("hypergeometric_tail"))
	{
		values[0] = hypergeometric_tail(a[0], a[1], a[2], a[3], a[4] != 0);
		return 1;
	}
	if (IS("sample_size"))
	{
		values[0] = cochran_sample_size(a[0], a[1], a[2],
										a[3] == 0 ? INFINITY : a[3]);
		return 1;
	}
	if (IS("student"))
	{
		values[0] = student_quantile(a[0], a[1]);
		return 1;
	}
	if (IS("difference"))
	{
		difference_of_proportions(a[0], a[1], a[2], a[3], a[4], &difference);
		memcpy(values, &difference, sizeof(difference));
		return 5;
	}
	if (IS("rate_ratio"))
	{
		rate_ratio(a[0], a[1], a[2], a[3], a[4], &ratio);
		memcpy(values, &ratio, sizeof(ratio));
		return 4;
	}
	if (IS("stratified_mean") || IS("stratified_proportion"))
	{
		int			width = IS("stratified_mean") ? 4 : 3;

		strata_of(a, n - 1, width, strata);
		if (width == 4)
			stratified_mean(strata, (n - 1) / width, a[0], &estimate);
		else
			stratified_proportion(strata, (n - 1) / width, a[0], &estimate);
		memcpy(values, &estimate, sizeof(estimate));
		return 4;
	}
	if (IS("inequality"))
	{
		const double fractions[] = {0.1, 0.2, 1};
		const double shares[] = {0.5, 0.8, 1};

		pick(a, n, 1, 0, 0, places[0]);
		values[0] = gini_coefficient(places[0], n);
		values[1] = herfindahl_index(places[0], n);
		for (int i = 0; i < 3; i++)
		{
			values[2 + i] = share_of_greatest(places[0], n, count_of_fraction(fractions[i], n));
			values[5 + i] = (double) count_for_share(places[0], n, shares[i]);
		}
		return 8;
	}
	if (IS("mann_whitney"))
	{
		int			n1 = (int) a[0];

		mann_whitney(pick(a + 1, n1, 1, 0, 0, places[0]),
					 pick(a + 1 + n1, n - 1 - n1, 1, 0, 0, places[1]), &test);
		memcpy(values, &test, sizeof(test));
		return 4;
	}
	if (IS("log_rank"))
	{
		log_rank(pick(a, n, 3, 1, 1, places[0]), pick(a, n, 3, 0, 1, places[1]),
				 pick(a, n, 3, 1, 0, places[2]), pick(a, n, 3, 0, 0, places[3]),
				 &survival);
		memcpy(values, &survival, sizeof(survival));
		return 5;
	}
	if (IS("wilson"))
		wilson_interval(a[0], a[1], a[2], false, &interval);
	else if (IS("wilson_continuity"))
		wilson_interval(a[0], a[1], a[2], true, &interval);
	else if (IS("clopper_pearson"))
		clopper_pearson_interval(a[0], a[1], a[2], &interval);
	else if (IS("jeffreys"))
		jeffreys_interval(a[0], a[1], a[2], &interval);
	else if (IS("agresti_coull"))
		agresti_coull_interval(a[0], a[1], a[2], &interval);
	memcpy(values, &interval, sizeof(interval));
	return 3;
#undef IS
}

/* How far a value is from what is expected: relative, NaN is NaN */
static double
error_of(double value, double expected)
{
	if (isnan(expected) || isnan(value))
		return isnan(expected) && isnan(value) ? 0 : INFINITY;
	if (expected == 0)
		return fabs(value) * 1e4;	/* of a difference of fractions */
	return fabs(value / expected - 1);
}

/* Read numbers that a count precedes. */
static int
read_numbers(FILE *file, double *numbers)
{
	int			n;

	if (fscanf(file, "%d", &n) != 1 || n < 0 || n > MAX_NUMBERS)
		exit(2);
	for (int i = 0; i < n; i++)
	{
		char		text[100];

		if (fscanf(file, "%99s", text) != 1)
			exit(2);
		numbers[i] = strtod(text, NULL);
	}
	return n;
}

static void
compare(const char *path)
{
	static double arguments[MAX_NUMBERS];
	static double expected[MAX_NUMBERS];
	double		values[10] = {0};
	FILE	   *file = fopen(path, "r");
	char		name[40];
	size_t		count = sizeof(requirements) / sizeof(requirements[0]);

	if (file == NULL)
	{
		perror(path);
		exit(2);
	}
	while (fscanf(file, "%39s", name) == 1)
	{
		int			n = read_numbers(file, arguments);
		int			nvalues = read_numbers(file, expected);
		size_t		at = 0;

		while (at < count && strcmp(requirements[at].name, name) != 0)
			at++;
		expect(at < count, "%s: no such function", name);
		if (at == count)
			continue;
		expect(evaluate(name, arguments, n, values) == nvalues, "%s: number of values", name);
		requirements[at].lines++;
		for (int i = 0; i < nvalues; i++)
		{
			double		error = error_of(values[i], expected[i]);

			expect(error <= requirements[at].tolerance,
				   "%s(%.17g, %.17g, %.17g, %.17g, ...) [%d] = %.17g, expected %.17g, error %.2g",
				   name, arguments[0], arguments[1], arguments[2], arguments[3],
				   i, values[i], expected[i], error);
			requirements[at].largest = fmax(requirements[at].largest, error);
		}
	}
	fclose(file);
	printf("%-22s %6s %10s %10s\n", "function", "lines", "largest", "tolerance");
	for (size_t at = 0; at < count; at++)
	{
		expect(requirements[at].lines >= requirements[at].at_least,
			   "%s: %d lines, at least %d expected", requirements[at].name,
			   requirements[at].lines, requirements[at].at_least);
		printf("%-22s %6d %10.1e %10.1e\n", requirements[at].name,
			   requirements[at].lines, requirements[at].largest,
			   requirements[at].tolerance);
	}
}

int
main(int argc, char **argv)
{
	compare(argc > 1 ? argv[1] : "survey_reference.txt");
	test_properties();
	printf("%d passed, %d failed\n", tests_passed, tests_failed);
	return tests_failed > 0;
}
