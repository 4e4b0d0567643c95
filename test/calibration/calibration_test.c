/*
 * calibration_test.c
 *		The mathematics of calibration against 20 digits that were computed from
 *		the definitions (calibration_reference.py), and its edges.
 */
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/log_odds.h"
#include "score/calibration/isotonic.h"
#include "score/calibration/logistic_line.h"
#include "score/calibration/reliability.h"

#define MAX_GROUPS	1000

static int	passed = 0;
static int	failed = 0;

/* Count one test; print the message if it failed. */
static void
expect(bool ok, const char *what,...)
{
	va_list		arguments;

	if (ok)
	{
		passed++;
		return;
	}
	failed++;
	printf("FAILED: ");
	va_start(arguments, what);
	vprintf(what, arguments);
	va_end(arguments);
	printf("\n");
}

/* What is asked of each line, and how many lines at least */
static struct
{
	const char *name;
	double		tolerance;
	int			at_least;
	int			lines;
	double		largest;
}			requirements[] = {
	{"line", 1e-10, 30, 0, 0},
	{"offset", 1e-10, 20, 0, 0},
	{"isotonic", 1e-15, 10, 0, 0},
	{"width", 1e-14, 50, 0, 0},
	{"count", 1e-14, 50, 0, 0},
	{"hosmer_lemeshow", 1e-12, 40, 0, 0},
};

/* Values of the bins: the error, then cases, won and mean of each */
static int
values_of_bins(const ReliabilityBin *bins, int nbins, double *values)
{
	int			n = 0;

	values[n++] = expected_error_of_bins(bins, nbins);
	for (int i = 0; i < nbins; i++)
	{
		values[n++] = bins[i].cases;
		values[n++] = bins[i].won;
		values[n++] = bins[i].cases > 0 ? mean_probability(&bins[i]) : 0;
	}
	return n;
}

/* The values of the function of that name at its arguments; how many */
static int
evaluate(const char *name, const double *a, const OutcomeGroup *groups,
		 size_t ngroups, double *values)
{
	LineQuestion question = {groups, ngroups, 1, 0, NULL};
	LogisticLine line;
	ReliabilityBin bins[MAX_GROUPS];

	if (strcmp(name, "line") == 0)
	{
		question.lost_target = a[0];
		question.won_target = a[1];
		fit_logistic_line(&question, &line);
		expect(line.status == LINE_OK, "%s of %zu groups: status %d", name,
			   ngroups, line.status);
		values[0] = line.slope;
		values[1] = line.intercept;
		values[2] = line.variance_slope;
		values[3] = line.variance_intercept;
		values[4] = line.covariance;
		values[5] = line.log_likelihood;
		return 6;
	}
	if (strcmp(name, "offset") == 0)
	{
		fit_logistic_offset(&question, a[0], &line);
		values[0] = line.intercept;
		values[1] = line.variance_intercept;
		return 2;
	}
	if (strcmp(name, "isotonic") == 0)
	{
		IsotonicBlock blocks[MAX_GROUPS];
		size_t		nblocks = isotonic_blocks(groups, ngroups, NULL, blocks);
		size_t		n = 0;

		for (size_t i = 0; i < nblocks; i++)
			while (n < ngroups && groups[n].score <= blocks[i].high)
				values[n++] = blocks[i].won / blocks[i].cases;
		return (int) n;
	}
	if (strcmp(name, "width") == 0)
	{
		bins_of_equal_width(groups, ngroups, (int) a[0], bins);
		return values_of_bins(bins, (int) a[0], values);
	}
	if (strcmp(name, "count") == 0)
		return values_of_bins(bins, bins_of_equal_count(groups, ngroups,
														(int) a[0], bins),
							  values);
	if (strcmp(name, "hosmer_lemeshow") == 0)
	{
		HosmerLemeshow result;

		hosmer_lemeshow_of_bins(bins, bins_of_equal_count(groups, ngroups,
														  (int) a[0], bins),
								(int) a[1], &result);
		values[0] = result.statistic;
		values[1] = result.degrees;
		values[2] = result.p_value;
		return 3;
	}
	return 0;
}

/* How far one value is from another, relative, or absolute next to 0 */
static double
distance(double actual, double expected)
{
	if (actual == expected)
		return 0;
	/* a difference of nothing: what is 0 to 20 digits */
	if (fabs(expected) < 1e-14 && fabs(actual) < 1e-14)
		return 0;
	return fabs(actual - expected) / fabs(expected);
}

/* One line of the reference */
static void
test_line(char *line, int number)
{
	static double arguments[10 + 3 * MAX_GROUPS];
	static double values[4 * MAX_GROUPS];
	static OutcomeGroup groups[MAX_GROUPS];
	char	   *word = strtok(line, " \n");
	const char *name = word;
	int			n = 0;
	int			place = strcmp(word, "isotonic") == 0 ? 0 :
		strcmp(word, "line") == 0 || strcmp(word, "hosmer_lemeshow") == 0 ? 2 : 1;
	size_t		ngroups;
	int			nvalues;
	int			i = 0;

	while ((word = strtok(NULL, " \n")) != NULL && strcmp(word, "|") != 0)
		arguments[n++] = strtod(word, NULL);
	ngroups = (size_t) arguments[place];
	for (size_t g = 0; g < ngroups; g++)
	{
		groups[g].score = arguments[place + 1 + 3 * g];
		groups[g].won = (int64_t) arguments[place + 2 + 3 * g];
		groups[g].lost = (int64_t) arguments[place + 3 + 3 * g];
	}
	nvalues = evaluate(name, arguments, groups, ngroups, values);
	for (size_t r = 0; r < sizeof(requirements) / sizeof(*requirements); r++)
	{
		if (strcmp(requirements[r].name, name) != 0)
			continue;
		requirements[r].lines++;
		while ((word = strtok(NULL, " \n")) != NULL && i < nvalues)
		{
			double		expected = strtod(word, NULL);
			double		far = distance(values[i], expected);

			expect(far <= requirements[r].tolerance,
				   "line %d, %s, value %d: %.17g, expected %.17g", number,
				   name, i, values[i], expected);
			requirements[r].largest = fmax(requirements[r].largest, far);
			i++;
		}
		expect(word == NULL && i == nvalues, "line %d, %s: number of values",
			   number, name);
	}
}

/* What has no answer, and says so */
static void
test_refusals(void)
{
	OutcomeGroup separated[] = {{1, 0, 3}, {2, 2, 0}};
	OutcomeGroup touching[] = {{1, 0, 3}, {2, 2, 1}, {3, 4, 0}};
	OutcomeGroup crossing[] = {{1, 1, 3}, {2, 2, 0}, {3, 3, 1}};
	OutcomeGroup won[] = {{1, 1, 0}, {2, 2, 0}};
	OutcomeGroup one[] = {{7, 3, 1}};
	OutcomeGroup wide[] = {{-1.7e308, 1, 2}, {1.7e308, 2, 1}};
	OutcomeGroup tiny[] = {{0, 1, 2}, {5e-324, 2, 1}};
	LineQuestion question = {separated, 2, 1, 0, NULL};
	LogisticLine line;

	fit_logistic_line(&question, &line);
	expect(line.status == LINE_SEPARATED, "separated");
	question.groups = touching;
	question.ngroups = 3;
	fit_logistic_line(&question, &line);
	expect(line.status == LINE_SEPARATED, "separated but for one score");
	question.groups = crossing;
	fit_logistic_line(&question, &line);
	expect(line.status == LINE_OK, "not separated");
	question.groups = won;
	question.ngroups = 2;
	fit_logistic_line(&question, &line);
	expect(line.status == LINE_SEPARATED, "none lost");
	fit_logistic_offset(&question, 1, &line);
	expect(line.status == LINE_SEPARATED, "no offset either");
	question.groups = one;
	question.ngroups = 1;
	fit_logistic_line(&question, &line);
	expect(line.status == LINE_CONSTANT && line.slope == 0 &&
		   fabs(line.intercept - log(3)) < 1e-15, "one score");
	question.groups = wide;
	question.ngroups = 2;
	fit_logistic_line(&question, &line);
	expect(line.status == LINE_OUT_OF_RANGE, "a slope that is no double: %d, %g",
		   line.status, line.slope);
	question.groups = tiny;
	fit_logistic_line(&question, &line);
	expect(line.status == LINE_OUT_OF_RANGE, "nor infinite: %d, %g",
		   line.status, line.slope);
}

/* Broken lines, and groups that could not be told apart */
static void
test_edges(void)
{
	CurvePoint	points[] = {{-INFINITY, 0}, {0, 0.25}, {1, 0.25}, {3, 0.75}, {INFINITY, 1}};
	CurvePoint	wide[] = {{-1.7e308, 0}, {1.7e308, 1}};
	CurvePoint	near[] = {{0, 0}, {5e-324, 1}};
	OutcomeGroup sure[] = {{0, 0, 5}, {1, 5, 0}};
	OutcomeGroup wrong[] = {{0, 1, 5}, {1, 5, 0}};
	OutcomeGroup huge[] = {{0.1, INT64_C(1) << 61, 1}, {0.2, 1, INT64_C(1) << 61}, {0.3, 5, 5}};
	ReliabilityBin bins[10];
	HosmerLemeshow result;
	int			n;

	expect(broken_line(points, 5, -INFINITY) == 0, "at minus infinity");
	expect(broken_line(points, 5, -1e300) == 0.25, "between it and a number");
	expect(broken_line(points, 5, 0.5) == 0.25, "flat");
	expect(broken_line(points, 5, 2) == 0.5, "half way");
	expect(broken_line(points, 5, 3) == 0.75, "at a place");
	expect(broken_line(points, 5, 1e308) == 0.75, "before infinity");
	expect(broken_line(points, 5, INFINITY) == 1, "at infinity");
	expect(isnan(broken_line(points, 5, NAN)), "not a number");
	expect(broken_line(points + 1, 1, 7) == 0.25, "one place");
	expect(broken_line(wide, 2, 0) == 0.5, "as wide as it gets");
	expect(broken_line(near, 2, 0) == 0 && broken_line(near, 2, 1) == 1,
		   "as near as it gets");

	n = bins_of_equal_count(sure, 2, 10, bins);
	hosmer_lemeshow_of_bins(bins, n, 0, &result);
	expect(n == 2 && result.statistic == 0 && result.p_value == 1,
		   "sure and right");
	n = bins_of_equal_count(wrong, 2, 10, bins);
	hosmer_lemeshow_of_bins(bins, n, 0, &result);
	expect(isinf(result.statistic) && result.p_value == 0, "sure and wrong");
	hosmer_lemeshow_of_bins(bins, n, 2, &result);
	expect(result.degrees == 0 && isnan(result.p_value), "no degrees");
	n = bins_of_equal_count(huge, 3, 10, bins);
	expect(n == 3 && bins[0].low == 0.1 && bins[2].high == 0.3, "counts of 2^61");

	expect(log_odds_of(0.5) == 0 && log_odds_of(0) == -INFINITY &&
		   log_odds_of(1) == INFINITY, "log odds");
	expect(probability_of_log_odds(INFINITY) == 1 &&
		   probability_of_log_odds(-INFINITY) == 0 &&
		   probability_of_log_odds(0) == 0.5, "and back");
	for (double p = 1e-300; p < 1; p = p < 0.01 ? p * 3 : p + 0.001)
		expect(fabs(probability_of_log_odds(log_odds_of(p)) - p) <= 1e-13 * p,
			   "there and back at %g", p);
}

/* Random groups: what holds of every isotonic fit, bin and line */
static void
test_properties(void)
{
	static OutcomeGroup groups[MAX_GROUPS];
	static IsotonicBlock blocks[MAX_GROUPS];
	static ReliabilityBin bins[MAX_GROUPS];

	srand(5);
	for (int round = 0; round < 3000; round++)
	{
		size_t		n = (size_t) (1 + rand() % 60);
		double		won = 0;
		double		cases = 0;
		double		in_blocks = 0;
		double		in_bins = 0;
		size_t		nblocks;
		int			nbins;
		bool		rising = true;

		for (size_t i = 0; i < n; i++)
		{
			groups[i].score = (i + (rand() % 100) / 100.0) / (double) n;
			groups[i].won = rand() % 4;
			groups[i].lost = rand() % 3 + (groups[i].won == 0);
			won += (double) groups[i].won;
			cases += (double) (groups[i].won + groups[i].lost);
		}
		nblocks = isotonic_blocks(groups, n, NULL, blocks);
		for (size_t i = 0; i < nblocks; i++)
		{
			in_blocks += blocks[i].won;
			if (i > 0 && !(blocks[i - 1].won / blocks[i - 1].cases <
						   blocks[i].won / blocks[i].cases &&
						   blocks[i - 1].high < blocks[i].low))
				rising = false;
		}
		expect(rising, "blocks rise");
		expect(in_blocks == won, "blocks hold every case");
		nbins = bins_of_equal_count(groups, n, 1 + rand() % 20, bins);
		for (int i = 0; i < nbins; i++)
			in_bins += bins[i].cases;
		expect(in_bins == cases, "bins hold every case");
		if (won > 0 && won < cases)
		{
			LineQuestion question = {groups, n, (won + 1) / (won + 2),
			1 / (cases - won + 2), NULL};
			LogisticLine line;

			fit_logistic_line(&question, &line);
			expect(line.status == LINE_OK || (n == 1 && line.status == LINE_CONSTANT),
				   "Platt's targets always have a fit: %d", line.status);
		}
	}
}

int
main(int argc, char **argv)
{
	static char line[100000];
	FILE	   *file = fopen(argc > 1 ? argv[1] : "calibration_reference.txt", "r");
	int			number = 0;

	if (file == NULL)
	{
		printf("no reference file\n");
		return 1;
	}
	while (fgets(line, sizeof(line), file) != NULL)
		test_line(line, ++number);
	fclose(file);
	for (size_t r = 0; r < sizeof(requirements) / sizeof(*requirements); r++)
	{
		expect(requirements[r].lines >= requirements[r].at_least,
			   "%s: %d lines", requirements[r].name, requirements[r].lines);
		printf("%-16s %4d lines, largest error %.1e\n", requirements[r].name,
			   requirements[r].lines, requirements[r].largest);
	}
	test_refusals();
	test_edges();
	test_properties();
	printf("calibration: %d passed, %d failed\n", passed, failed);
	return failed > 0;
}
