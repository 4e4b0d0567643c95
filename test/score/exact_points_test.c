/*
 * exact_points_test.c
 *		Tests of exact points and of layers of caps and floors, without a server,
 *		against exact_points_reference.txt.
 */
#include "score/card/card_layers.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ITEMS	64

static int	passed;
static int	failed;

/* Count one test. */
static void
expect(bool ok, const char *what, const char *line)
{
	if (ok)
		passed++;
	else if (++failed <= 20)
		printf("not ok - %s: %s\n", what, line);
}

/* The next word of a line, or an empty one. */
static const char *
next_word(void)
{
	const char *word = strtok(NULL, " \n");

	return word == NULL ? "" : word;
}

/* Read exact points, or end. */
static ExactPoints
read_points(const char *word)
{
	ExactPoints points = exact_zero();

	if (!exact_from_text(word, strlen(word), &points))
	{
		printf("not ok - \"%s\" is no number of points\n", word);
		exit(1);
	}
	return points;
}

/*
 * Read points that may be beyond what a sum may be, as sums of layers are: in two
 * parts.
 */
static ExactPoints
read_large(const char *word)
{
	char		upper[100];
	size_t		digits = strcspn(word, ".");
	ExactPoints points;

	if (digits <= 21)
		return read_points(word);
	/* the digits above the twelfth, times 1e12, and the others */
	memcpy(upper, word, digits - 12);
	upper[digits - 12] = '\0';
	points = read_points(upper);
	for (int i = 0; i < 12; i++)
	{
		ExactPoints twice = exact_add(points, points);
		ExactPoints eight = exact_add(exact_add(twice, twice),
									  exact_add(twice, twice));

		points = exact_add(eight, twice);
	}
	return exact_add(points, read_points(word + digits - 12));
}

/* Are points written like this? */
static bool
reads(ExactPoints points, const char *text)
{
	char		buffer[EXACT_TEXT_LENGTH];

	return strcmp(exact_to_text(points, buffer), text) == 0;
}

/* double value expected */
static void
test_double(const char *line)
{
	double		value = strtod(next_word(), NULL);
	const char *expected = next_word();
	ExactPoints exact;
	ExactPoints back;

	expect(exact_from_double(value, &exact) && reads(exact, expected),
		   "a double", line);
	expect(exact_from_text(expected, strlen(expected), &back) &&
		   exact_compare(exact, back) == 0, "its text", line);
	expect(fabs(exact_to_double(exact) - value) <= 1e-12 + 6e-15 * fabs(value),
		   "and back", line);
}

/* share part target total expected */
static void
test_share(const char *line)
{
	ExactPoints part = read_large(next_word());
	ExactPoints target = read_large(next_word());
	ExactPoints total = read_large(next_word());

	expect(reads(exact_share(part, target, total), next_word()), "a share",
		   line);
}

/* times points times expected */
static void
test_times(const char *line)
{
	ExactPoints points = read_points(next_word());
	uint64_t	times = strtoull(next_word(), NULL, 10);
	const char *expected = next_word();
	ExactPoints product;
	bool		fits = exact_times(points, times, &product);

	if (strcmp(expected, "out") == 0)
		expect(!fits, "a product out of range", line);
	else
		expect(fits && reads(product, expected), "a product", line);
}

/* Read floor and cap. */
static void
read_limits(LayerLimits *limits)
{
	const char *floor = next_word();
	const char *cap;

	limits->has_floor = strcmp(floor, "-") != 0;
	limits->floor = limits->has_floor ? read_points(floor) : exact_zero();
	cap = next_word();
	limits->has_cap = strcmp(cap, "-") != 0;
	limits->cap = limits->has_cap ? read_points(cap) : exact_zero();
}

/* layers: see the reference */
static void
test_layers(const char *line)
{
	CardLayers	layers;
	Layer		categories[MAX_ITEMS];
	LayerItem	items[MAX_ITEMS];
	ExactPoints sum = exact_zero();
	int			n;

	layers.base = read_points(next_word());
	read_limits(&layers.total.limits);
	read_limits(&layers.axes[0].limits);
	read_limits(&layers.axes[1].limits);
	layers.ncategories = atoi(next_word());
	layers.categories = categories;
	for (int i = 0; i < layers.ncategories; i++)
	{
		categories[i].axis = atoi(next_word());
		read_limits(&categories[i].limits);
	}
	n = atoi(next_word());
	for (int i = 0; i < n; i++)
	{
		items[i].category = atoi(next_word());
		items[i].axis = atoi(next_word());
		items[i].points = read_points(next_word());
	}
	layers_sum(&layers, items, n);
	for (int i = 0; i < layers.ncategories; i++)
		expect(reads(categories[i].points, next_word()), "a category", line);
	expect(reads(layers.axes[0].points, next_word()), "fit", line);
	expect(reads(layers.axes[1].points, next_word()), "engagement", line);
	expect(reads(layers.total.points, next_word()), "the total", line);
	layers_allocate(&layers, items, n);
	for (int i = 0; i < n + LAYER_EXTRA_ITEMS(&layers); i++)
	{
		expect(reads(items[i].points, next_word()), "what is left", line);
		sum = exact_add(sum, items[i].points);
	}
	expect(exact_compare(sum, layers.total.points) == 0,
		   "all sums to the total", line);
}

/* What is no number of points. */
static void
test_refused(void)
{
	static const char *const texts[] = {
		"", "-", ".", "+", "1.2.3", "1e3", "0x1", " 1", "1 ", "--1",
		"0.0000000000001", "1000000000000000000001", "1000000000000000000000.1",
		"99999999999999999999999999999999999999999999999999", "NaN", "1\0002"
	};
	static const double doubles[] = {1.1e15, -1.1e15, INFINITY, -INFINITY, NAN};
	ExactPoints exact;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		expect(!exact_from_text(texts[i], i + 1 == sizeof(texts) / sizeof(texts[0]) ?
								3 : strlen(texts[i]), &exact),
			   "a text is refused", texts[i]);
	for (size_t i = 0; i < sizeof(doubles) / sizeof(doubles[0]); i++)
		expect(!exact_from_double(doubles[i], &exact), "a double is refused",
			   "");
	expect(exact_from_text("1000000000000000000000", 22, &exact) &&
		   exact_is_sum(exact), "the largest sum", "");
	expect(exact_from_text("+01.5000000000000000", 20, &exact) &&
		   reads(exact, "1.5"), "zeroes that count for nothing", "");
	expect(exact_from_double(-0.0, &exact) && reads(exact, "0"), "one zero",
		   "");
	exact.high = INT64_MAX;
	exact.low = UINT64_MAX;
	expect(reads(exact, "170141183460469231731687303.715884105727"),
		   "the longest text", "");
	expect(reads(exact_negate(exact),
				 "-170141183460469231731687303.715884105727"),
		   "the longest text, with its sign", "");
}

int
main(void)
{
	static char line[20000];
	static char copy[20000];
	FILE	   *file = fopen("exact_points_reference.txt", "r");

	if (file == NULL)
	{
		printf("not ok - there is no exact_points_reference.txt\n");
		return 1;
	}
	while (fgets(line, sizeof(line), file) != NULL)
	{
		const char *word;

		strcpy(copy, line);
		word = strtok(copy, " \n");
		if (word == NULL || *word == '#')
			continue;
		if (strcmp(word, "double") == 0)
			test_double(line);
		else if (strcmp(word, "share") == 0)
			test_share(line);
		else if (strcmp(word, "times") == 0)
			test_times(line);
		else if (strcmp(word, "layers") == 0)
			test_layers(line);
		else
			expect(false, "a line is known", line);
	}
	fclose(file);
	test_refused();
	printf("%d tests of exact points passed, %d failed\n", passed, failed);
	return failed > 0 || passed < 3000;
}
