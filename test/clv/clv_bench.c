/*
 * clv_bench.c
 *		Milliseconds a fit of a million simulated customers, nanoseconds a
 *		prediction; processor time.
 */
#include "clv_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CUSTOMERS	1000000

static void *
allocate(size_t size, void *context)
{
	(void) context;
	return malloc(size);		/* a benchmark may keep it */
}

static double
milliseconds(void)
{
	return 1e3 * (double) clock() / CLOCKS_PER_SEC;
}

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(CustomerCell));
}

/* Merge equal customers, as a customer base does; returns how many cells. */
static size_t
merge(CustomerCell *cells, size_t n)
{
	size_t		m = 0;

	qsort(cells, n, sizeof(CustomerCell), compare);
	for (size_t i = 0; i < n; i++)
	{
		if (m > 0 && cells[m - 1].frequency == cells[i].frequency &&
			cells[m - 1].recency == cells[i].recency && cells[m - 1].age == cells[i].age)
			cells[m - 1].customers++;
		else
			cells[m++] = cells[i];
	}
	return m;
}

/* The sum of the logarithms of the gaps, about what purchases at random have. */
static double
about_log_gaps(const CustomerCell *cells, size_t n)
{
	double		sum = 0.0;

	for (size_t i = 0; i < n; i++)
	{
		if (cells[i].frequency > 0 && cells[i].recency > 0.0)
			sum += cells[i].customers * (double) cells[i].frequency *
				(log(cells[i].recency / cells[i].frequency) - 0.5);
	}
	return sum;
}

static void
bench_fit(const PurchaseFamily *family, int constant, CustomerCell *cells,
		  size_t n, const char *what)
{
	const FitMemory memory = {allocate, NULL};
	FitOptions	options = {.unit = 7.0,.prior_sd = INFINITY};
	double		least = INFINITY;
	FitResult	result;

	options.constant = constant;
	options.log_gaps = about_log_gaps(cells, n);
	for (int i = 0; i < 3; i++)
	{
		double		start = milliseconds();

		purchase_fit(family, cells, n, &options, &memory, &result);
		least = fmin(least, milliseconds() - start);
	}
	printf("fit %-13s", family->name);
	if (family->nconstants > 0)
		printf(" (%s %g%s)", family->constant_name, result.parameters[family->nparameters],
			   constant == 0 ? ", chosen" : "");
	printf(" %7zu cells, %s: %6.1f ms, status %d, %d evaluations of all cells\n",
		   n, what, least, result.status, result.evaluations);
}

static void
bench_fits(CustomerCell *cells, size_t n, const char *what)
{
	for (int f = 0; purchase_families[f] != NULL; f++)
	{
		/* these days are no opportunities: see bench_opportunities() */
		if (purchase_families[f]->discrete)
			continue;
		bench_fit(purchase_families[f], 0, cells, n, what);
		if (purchase_families[f]->nconstants > 0)
		{
			bench_fit(purchase_families[f], 2, cells, n, what);
			bench_fit(purchase_families[f], 4, cells, n, what);
			bench_fit(purchase_families[f], 12, cells, n, what);
		}
	}
}

/* One kind of prediction over many customers. */
#define BENCH(what, n, expression) \
	do { \
		double		start = milliseconds(); \
		for (size_t i = 0; i < (n); i++) \
		{ \
			PurchaseHistorySummary h = {cells[i].frequency, cells[i].recency, cells[i].age, NAN}; \
			(void) h; \
			sum += (expression); \
		} \
		printf("%-13s %-36s %8.0f ns\n", family->name, what, 1e6 * (milliseconds() - start) / (double) (n)); \
	} while (0)

static void
bench_predictions(const CustomerCell *cells, size_t n)
{
	/* CDNOW, in days; ggompertz/nbd: a hazard that grows */
	static const struct
	{
		const char *family;
		double		parameters[FAMILY_MAX_PARAMETERS];
	}			models[] = {
		{"bg/nbd", {0.243, 30.9, 0.793, 2.426}},
		{"mbg/nbd", {0.525, 43.3, 0.891, 1.614}},
		{"pareto/nbd", {0.553, 74.0, 0.606, 81.7}},
		{"nbd", {0.385, 84.5}},
		{"ggompertz/nbd", {0.6, 40.0, 3.0, 0.005, 0.8}},
		{"bg/cnbd-k", {0.3, 20.0, 0.793, 2.426, 2}},
		{"mbg/cnbd-k", {0.6, 10.0, 0.891, 1.614, 6}},
	};
	const double delta = log(1.1) / 365.25;
	double		sum = 0.0;

	for (size_t f = 0; f < sizeof(models) / sizeof(models[0]); f++)
	{
		const PurchaseFamily *family = find_purchase_family(models[f].family);
		const double *p = models[f].parameters;

		BENCH("p_alive", n, family->p_alive(p, &h, 0));
		BENCH("p_alive in 90 days", n, family->p_alive(p, &h, 90));
		BENCH("expected_purchases, 30 days", n, family->expected_purchases(p, &h, 30));
		BENCH("expected_purchases, 1 year", n, family->expected_purchases(p, &h, 365.25));
		BENCH("purchase_probability 0, 1 year", n, family->purchase_probability(p, &h, 0, 365.25));
		BENCH("purchase_probability 3, 1 year", n, family->purchase_probability(p, &h, 3, 365.25));
		BENCH("discounted_purchases, 1 year", n, family->discounted_purchases(p, &h, 365.25, delta));
		BENCH("discounted_purchases, 3 years", n, family->discounted_purchases(p, &h, 3 * 365.25, delta));
		BENCH("discounted_purchases, no end (DERT)", n / 50, family->discounted_purchases(p, &h, INFINITY, delta));
		BENCH("expected_purchases_new, 1 year", n / 50, family->expected_purchases_new(p, 365.25 + 1e-3 * (double) i));
	}
	if (sum == 0.0)
		printf("nothing\n");
}

/* BG/BB by the year, by the month and by the day. */
static void
bench_opportunities(CustomerCell *cells)
{
	static const struct
	{
		const char *what;
		double		parameters[4];
		double		most;		/* opportunities of the oldest customers */
		double		year;		/* opportunities a year */
	}			bases[] = {
		{"24 years", {1.204, 0.750, 0.657, 2.783}, 24, 1},
		{"48 months", {0.8, 4.0, 0.7, 9.0}, 48, 12},
		{"1461 days", {0.6, 60.0, 0.8, 300.0}, 1461, 365.25},
	};
	const PurchaseFamily *family = find_purchase_family("bg/bb");
	const FitMemory memory = {allocate, NULL};
	const FitOptions options = {.unit = 1.0,.prior_sd = INFINITY};
	double		sum = 0.0;

	for (size_t b = 0; b < sizeof(bases) / sizeof(bases[0]); b++)
	{
		const double *p = bases[b].parameters;
		double		year = bases[b].year;
		double		delta = log(1.1) / year;
		size_t		n = CUSTOMERS;
		double		start;
		FitResult	result;

		memset(cells, 0, CUSTOMERS * sizeof(CustomerCell));
		seed_random(1);
		for (size_t i = 0; i < n; i++)
		{
			CustomerCell cell = random_opportunities(p, ceil(bases[b].most * (0.5 + 0.5 * random_uniform())));

			cells[i].frequency = cell.frequency;
			cells[i].recency = cell.recency;
			cells[i].age = cell.age;
			cells[i].customers = 1;
		}
		n = merge(cells, n);
		shuffle_cells(cells, n, sizeof(CustomerCell));
		start = milliseconds();
		purchase_fit(family, cells, n, &options, &memory, &result);
		printf("fit %-13s %7zu cells, %s: %6.1f ms, status %d, %d evaluations of all cells\n", family->name, n,
			   bases[b].what, milliseconds() - start, result.status, result.evaluations);
		if (n > 200000)
			n = 200000;
		BENCH("p_alive", n, family->p_alive(p, &h, 0));
		BENCH("p_alive in a year", n, family->p_alive(p, &h, year));
		BENCH("expected_purchases, 1 year", n, family->expected_purchases(p, &h, year));
		BENCH("purchase_probability 0, 1 year", n, family->purchase_probability(p, &h, 0, year));
		BENCH("purchase_probability 1, 1 year", n, family->purchase_probability(p, &h, 1, year));
		BENCH("discounted_purchases, 1 year", n, family->discounted_purchases(p, &h, year, delta));
		BENCH("discounted_purchases, 3 years", n, family->discounted_purchases(p, &h, 3 * year, delta));
		BENCH("discounted_purchases, no end (DERT)", n, family->discounted_purchases(p, &h, INFINITY, delta));
		BENCH("purchase_rate", n, family->purchase_rate(p, &h));
	}
	if (sum == 0.0)
		printf("nothing\n");
}

int
main(void)
{
	static const double daily[4] = {0.6, 40.0, 0.8, 2.5};
	static const double values[3] = {6.25, 3.74, 15.44};
	const FitMemory memory = {allocate, NULL};
	const FitOptions options = {.unit = 1.0,.prior_sd = INFINITY};
	CustomerCell *cells = calloc(CUSTOMERS, sizeof(CustomerCell));
	SpendCell  *spend = calloc(CUSTOMERS, sizeof(SpendCell));
	size_t		n;

	seed_random(1);
	for (int i = 0; i < CUSTOMERS; i++)
	{
		CustomerCell cell = random_customer(0, daily, 30 + floor(500 * random_uniform()));

		/* field by field: padding stays zero */
		cells[i].frequency = cell.frequency;
		cells[i].recency = cell.recency;
		cells[i].age = cell.age;
		cells[i].customers = 1;
		spend[i] = random_spend(values, cell.frequency > 0 ? cell.frequency : 1);
	}
	n = merge(cells, CUSTOMERS);
	shuffle_cells(cells, n, sizeof(CustomerCell));
	bench_fits(cells, n, "whole days");
	bench_predictions(cells, n < 200000 ? n : 200000);
	for (size_t i = 0; i < n; i++)
	{
		cells[i].age += random_uniform();
		cells[i].recency *= random_uniform();
	}
	bench_fits(cells, n, "all times distinct");
	bench_opportunities(cells);

	for (int finite_mean = 0; finite_mean < 2; finite_mean++)
	{
		double		start = milliseconds();
		FitResult	result;

		gamma_gamma_fit(spend, CUSTOMERS, finite_mean, &options, &memory, &result);
		printf("fit gamma-gamma%s %d cells: %.1f ms, status %d, %d evaluations of all cells\n",
			   finite_mean ? " (finite mean)" : "", CUSTOMERS, milliseconds() - start, result.status,
			   result.evaluations);
	}
	return 0;
}
