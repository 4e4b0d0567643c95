/*
 * evaluation_test.c
 *		Compares the measures of a score with reference values from their
 *		definitions, and sorting with qsort().
 *
 * The expectations are in evaluation_reference.txt, written by
 * evaluation_reference.py; none comes from the code under test.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "score/evaluation/delong.h"
#include "score/evaluation/sort_tallies.h"
#include "score/evaluation/tiles.h"

#define MAX_ROWS	200
#define TOLERANCE	1e-13

static int	passed = 0;
static int	failed = 0;
static double worst = 0;

static void
no_interrupt(void)
{
}

/* Count one test. */
static void
expect(bool ok, const char *what)
{
	if (ok)
	{
		passed++;
		return;
	}
	failed++;
	printf("FAILED: %s\n", what);
}

/* Compare with a reference value, relative. */
static void
compare(const char *set, const char *name, double actual, double expected)
{
	double		error = fabs(actual - expected);

	if (isnan(expected) ? isnan(actual) : actual == expected)
		error = 0;
	else if (expected != 0)
		error /= fabs(expected);
	if (error > worst)
		worst = error;
	if (error <= TOLERANCE)
		passed++;
	else
	{
		failed++;
		printf("FAILED: %s of %s is %.17g, expected %.17g\n", name, set, actual, expected);
	}
}

/* The rows of a set */
typedef struct Set
{
	char		name[80];
	size_t		n;
	PairTally	tallies[2 * MAX_ROWS];
	OutcomeGroup groups[2][MAX_ROWS];
	RankedOutcomes ranked[2];
	AreaDifference difference;
} Set;

/* The groups of one of the scores */
static void
make_groups(Set *set, int by_b)
{
	OutcomeTally tallies[2 * MAX_ROWS];
	OutcomeTally scratch[2 * MAX_ROWS];
	OutcomeGroup *groups = set->groups[by_b];
	RankedOutcomes *ranked = &set->ranked[by_b];
	size_t		n;

	for (size_t i = 0; i < set->n; i++)
	{
		tallies[i].score = by_b ? set->tallies[i].b : set->tallies[i].a;
		tallies[i].count = set->tallies[i].count;
	}
	n = sort_tallies(tallies, scratch, set->n, no_interrupt);
	memset(ranked, 0, sizeof(*ranked));
	ranked->groups = groups;
	for (size_t i = 0; i < n; i++)
	{
		if (ranked->n == 0 || groups[ranked->n - 1].score != tallies[i].score)
		{
			groups[ranked->n].won = groups[ranked->n].lost = 0;
			groups[ranked->n++].score = tallies[i].score;
		}
		if (tallies[i].count > 0)
		{
			groups[ranked->n - 1].won = tallies[i].count;
			ranked->won += tallies[i].count;
		}
		else
		{
			groups[ranked->n - 1].lost = -tallies[i].count;
			ranked->lost -= tallies[i].count;
		}
	}
}

/* Read the rows of a set. */
static void
read_set(FILE *file, const char *line, Set *set)
{
	PairTally	scratch[2 * MAX_ROWS];
	int			rows = atoi(strrchr(line, ' '));
	char		text[200];

	snprintf(set->name, sizeof(set->name), "%.*s", (int) (strrchr(line, ' ') - line - 4), line + 4);
	set->n = 0;
	for (int i = 0; i < rows && i < MAX_ROWS; i++)
	{
		char	   *at = text;
		double		a;
		double		b;
		long long	counts[2];

		if (fgets(text, sizeof(text), file) == NULL)
			exit(2);
		a = strtod(at, &at);
		b = strtod(at, &at);
		counts[0] = strtoll(at, &at, 10);
		counts[1] = -strtoll(at, &at, 10);
		for (int j = 0; j < 2; j++)
			if (counts[j] != 0)
			{
				set->tallies[set->n].a = a + 0.0;
				set->tallies[set->n].b = b + 0.0;
				set->tallies[set->n++].count = counts[j];
			}
	}
	make_groups(set, 0);
	make_groups(set, 1);
	set->n = sort_pairs(set->tallies, scratch, set->n, no_interrupt);
	area_difference(set->tallies, scratch, set->n, &set->difference, no_interrupt);
}

/* The index of a set */
static double
stability_of(const Set *set, size_t ntiles)
{
	StabilityBin bins[100];
	size_t		n = stability_bins(&set->ranked[0], ntiles, bins);
	double		sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += stability_part((double) bins[i].base / (double) set->ranked[0].lost,
							  (double) bins[i].current / (double) set->ranked[0].won);
	return sum;
}

/* The measure of a name */
static double
measure(const Set *set, const char *name)
{
	const RankedOutcomes *a = &set->ranked[0];

	if (strcmp(name, "auc_a") == 0)
	{
		expect(set->difference.area_a == area_under_curve(a), "both ways to the area are one");
		return area_under_curve(a);
	}
	if (strcmp(name, "auc_b") == 0)
		return set->difference.area_b;
	if (strcmp(name, "std_error_a") == 0)
		return sqrt(area_variance(a));
	if (strcmp(name, "std_error_b") == 0)
		return sqrt(area_variance(&set->ranked[1]));
	if (strcmp(name, "difference") == 0)
		return set->difference.difference;
	if (strcmp(name, "std_error") == 0)
		return set->difference.std_error;
	if (strcmp(name, "average_precision") == 0)
		return mean_precision(a);
	if (strcmp(name, "ks") == 0)
		return greatest_distance(a);
	if (strcmp(name, "brier") == 0)
		return brier_score(a);
	if (strcmp(name, "log_loss") == 0)
		return logarithmic_loss(a);
	if (strncmp(name, "tile/", 5) == 0)
	{
		LiftTile	tiles[100];
		size_t		place = (size_t) atoi(strrchr(name, '/') + 1);
		size_t		n = lift_tiles(a, (size_t) atoi(name + 5), tiles);

		return place <= n ? tiles[place - 1].won : NAN;
	}
	if (strncmp(name, "stability/", 10) == 0)
		return stability_of(set, (size_t) atoi(name + 10));
	printf("FAILED: there is no measure %s\n", name);
	exit(2);
}

/* All sets of the reference file */
static void
compare_all(const char *path)
{
	FILE	   *file = fopen(path, "r");
	char		line[200];
	Set		   *set = malloc(sizeof(Set));

	if (file == NULL || set == NULL)
		exit(2);
	while (fgets(line, sizeof(line), file) != NULL)
	{
		char		name[80];
		char		value[80];

		if (strncmp(line, "set ", 4) == 0)
			read_set(file, line, set);
		else if (sscanf(line, "%79s %79s", name, value) == 2)
			compare(set->name, name, measure(set, name), strtod(value, NULL));
	}
	fclose(file);
	free(set);
}

static int
compare_tallies(const void *x, const void *y)
{
	const PairTally *a = x;
	const PairTally *b = y;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	if (a->b != b->b)
		return a->b < b->b ? -1 : 1;
	return (a->count < 0) - (b->count < 0);
}

/* A number from a generator of our own, from 0 to 2^32 - 1 */
static uint32_t
next_number(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t) (*state >> 32);
}

/* Sorting n pairs with so many distinct scores, against qsort() */
static void
sort_test(size_t n, uint32_t distinct, uint64_t seed)
{
	PairTally  *pairs = malloc((n + 1) * sizeof(PairTally));
	PairTally  *expected = malloc((n + 1) * sizeof(PairTally));
	PairTally  *scratch = malloc((n + 1) * sizeof(PairTally));
	size_t		left = 0;
	bool		same;

	for (size_t i = 0; i < n; i++)
	{
		double		a = (double) (next_number(&seed) % distinct) - distinct / 2;

		pairs[i].a = distinct > 3 ? a * exp((double) (next_number(&seed) % 3)) : a;
		pairs[i].b = next_number(&seed) % 97 == 0 ? -INFINITY : (double) (next_number(&seed) % distinct) / 7;
		pairs[i].count = next_number(&seed) % 2 ? 1 : -1;
	}
	memcpy(expected, pairs, n * sizeof(PairTally));
	qsort(expected, n, sizeof(PairTally), compare_tallies);
	for (size_t i = 0; i < n; i++)
		if (left > 0 && compare_tallies(&expected[left - 1], &expected[i]) == 0)
			expected[left - 1].count += expected[i].count;
		else
			expected[left++] = expected[i];
	same = sort_pairs(pairs, scratch, n, no_interrupt) == left;
	for (size_t i = 0; same && i < left; i++)
		same = compare_tallies(&pairs[i], &expected[i]) == 0 && pairs[i].count == expected[i].count;
	expect(same, "pairs are sorted and added up");
	free(pairs);
	free(expected);
	free(scratch);
}

/* A walk of any length comes to the same as the tiles. */
static void
walk_test(void)
{
	OutcomeGroup groups[3] = {{1, 2, 1}, {2, 0, 5}, {3, 4, 4}};
	RankedOutcomes ranked = {groups, 3, 6, 10};
	LiftWalk	walk;
	LiftTile	tile;
	const double expected[17] = {0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4, 4, 4, 4, 4, 4 + 2.0 / 3, 4 + 4.0 / 3, 6};

	lift_start(&walk, &ranked);
	for (int64_t i = 0; i <= 16; i++)
		expect(fabs(lift_won(&walk, i) - expected[i]) < 1e-15, "won cases among the highest ones");
	expect(lift_tiles(&ranked, 1, &tile) == 1 && tile.won == 6, "one tile");
}

int
main(int argc, char **argv)
{
	const size_t sizes[] = {0, 1, 2, 15, 16, 17, 33, 100, 1023, 1024, 1025, 5000, 100000};

	if (argc != 2)
		return 2;
	compare_all(argv[1]);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (uint32_t distinct = 1; distinct < 100000; distinct = distinct * 5 + 1)
			sort_test(sizes[i], distinct, i + distinct);
	walk_test();
	printf("%d passed, %d failed; largest relative error %.1e\n", passed, failed, worst);
	return failed == 0 ? 0 : 1;
}
