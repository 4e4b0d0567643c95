/*
 * gamma_gompertz_fit_test.c
 *		Fits of GGompertz/NBD: derivatives, CDNOW, an independent fit, recovery
 *		of known parameters, starts, small bases, order, extreme bases.
 */
#include "clv_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clv/family/family_data.h"
#include "clv/family/gamma_gompertz.h"

#define P	GOMPERTZ_PARAMETERS

static const PurchaseFamily *const family = &gamma_gompertz_family;
static const FitOptions usual_options = {.unit = 1.0,.prior_sd = INFINITY};

/* Parameters of the simulated customers, in days: a hazard that grows, and one that falls off. */
static const double truth[2][P] = {{0.8, 30.0, 5.0, 0.02, 0.6}, {1.5, 40.0, 0.3, 0.02, 0.3}};

/* Simulated customers, a cell each; the ages lie between half and all of age. */
static CustomerCell *
simulate(const double *parameters, size_t n, double age, uint64_t seed)
{
	CustomerCell *cells = test_memory.allocate(n * sizeof(CustomerCell), NULL);

	seed_random(seed);
	for (size_t i = 0; i < n; i++)
		cells[i] = random_gompertz_customer(parameters, ceil(age * (0.5 + 0.5 * random_uniform())));
	return cells;
}

/* The same in whole days, merged by purchase_fit. */
static CustomerCell *
simulate_days(const double *parameters, size_t n, double age, uint64_t seed)
{
	CustomerCell *cells = simulate(parameters, n, age, seed);

	for (size_t i = 0; i < n; i++)
		cells[i].recency = ceil(cells[i].recency);
	return cells;
}

/*
 * Gradient and Hessian against central differences of the value and of the
 * gradient, extrapolated; the value against the sum over customers.
 */
static void
test_derivatives(void)
{
	static const double places[][P] = {
		{-0.5, -1.0, -0.5, -0.9, -0.3}, {0, 0, 0, 0, 0}, {2, 3, -3, -2, 1}, {-4, -5, 2, 4, -1}, {5, 5, 5, 5, 5},
		{-1, 4, -1, -4, 0}, {-1, -5, 0.5, 5, -4}, {-0.5, -1, -6, -6, -0.5}, {0, 0, 7, 3, -3}, {1, 2, 6, 2, 3},
		{7.9, 7.9, 7.9, 7.9, 7.9}, {-7.9, -7.9, -7.9, -7.9, -7.9}, {-1, 0, -7.9, 7.9, -7.9}, {-1, 0, 7.9, -7.9, 7.9}
	};
	const double h = 1e-3;

	group("ggompertz/nbd: gradient and Hessian against differences");
	for (int f = 0; f < 4; f++)
	{
		int			n = f % 2 == 0 ? 500 : 40;
		CustomerCell *cells = f < 2 ? simulate(truth[0], n, 365, 11) : simulate_days(truth[1], n, 365, 12);
		FamilyData *data;

		/* beyond the tables, and at their edge */
		cells[0] = customer_cell(20.0, 40.0, 200000, 2);
		cells[1] = customer_cell(0.0, 0.0, 0, 3);
		cells[2] = customer_cell(0.0, 300.0, 60, 3);
		cells[3] = customer_cell(40.0, 40.0, 200000, 1);
		data = family_data_prepare(cells, n, 0.0, &test_memory);
		for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		{
			double		theta[P];
			double		value;
			double		gradient[P];
			double		hessian[P * P];
			double		natural[P];
			double		scale = 1.0;

			memcpy(theta, places[i], sizeof(theta));
			expect(family->log_likelihood(theta, data, &value, gradient, hessian), "finite");
			for (int j = 0; j < P; j++)
				natural[j] = exp(theta[j]);
			expect(is_near(value, sum_of_customers(family, cells, n, natural, data->days, NAN), 1e-12),
				   "place %zu: the value %.16g is the sum over customers, %.16g", i, value, sum_of_customers(family, cells, n, natural, data->days, NAN));
			for (int j = 0; j < P * P; j++)
				scale = fmax(scale, fabs(hessian[j]));
			for (int j = 0; j < P; j++)
			{
				double		v[4];
				double		g[4][P];
				double		unused[P * P];
				double		slope;

				for (int k = 0; k < 4; k++)
				{
					static const double steps[4] = {1, -1, 2, -2};

					theta[j] = places[i][j] + steps[k] * h;
					expect(family->log_likelihood(theta, data, &v[k], g[k], unused), "finite");
				}
				theta[j] = places[i][j];
				slope = (8 * (v[0] - v[1]) - (v[2] - v[3])) / (12 * h);
				expect(fabs(slope - gradient[j]) < 1e-9 * scale + 1e-12 * fabs(value) / h,
					   "place %zu, gradient %d: %.12g, difference %.12g", i, j, gradient[j], slope);
				for (int k = 0; k < P; k++)
				{
					slope = (8 * (g[0][k] - g[1][k]) - (g[2][k] - g[3][k])) / (12 * h);
					expect(fabs(slope - hessian[P * j + k]) < 2e-9 * scale,
						   "place %zu, Hessian %d %d: %.12g, difference %.12g", i, j, k, hessian[P * j + k], slope);
				}
			}
		}
	}
}

/*
 * On CDNOW there is no growing hazard: the maximum is Pareto/NBD, in the limit of
 * b to 0, and the fit says that it is at a boundary.
 */
static void
test_cdnow(void)
{
	size_t		n;
	const SampleCustomer *sample = cdnow_sample(&n);
	CustomerCell *cells;
	FitOptions	options = usual_options;
	FitResult	weeks;
	FitResult	pareto;

	group("ggompertz/nbd: CDNOW");
	if (sample == NULL)
	{
		skip("the data are not present (../shared/data, or $CLIENTELE_SHARED/data)");
		return;
	}
	cells = test_memory.allocate(n * sizeof(CustomerCell), NULL);
	for (size_t i = 0; i < n; i++)
		cells[i] = customer_cell(round(sample[i].recency * 7), round(sample[i].age * 7),
								 (uint32_t) sample[i].frequency, 1);
	options.unit = 7.0;
	purchase_fit(family, cells, n, &options, &test_memory, &weeks);
	purchase_fit(find_purchase_family("pareto/nbd"), cells, n, &options, &test_memory, &pareto);
	expect(weeks.status == FIT_BOUNDARY && is_finite_result(&weeks), "status %d", weeks.status);
	expect(round(weeks.log_likelihood * 10) == -95950, "log-likelihood %.6f", weeks.log_likelihood);
	expect(weeks.log_likelihood <= pareto.log_likelihood && weeks.log_likelihood > pareto.log_likelihood - 1e-3,
		   "log-likelihood %.6f, of pareto/nbd %.6f", weeks.log_likelihood, pareto.log_likelihood);
	expect(is_near(weeks.log_likelihood, sum_of_customers(family, cells, n, weeks.parameters, 7, NAN), 1e-12), "log-likelihood of customers");
	expect(is_near(weeks.parameters[0], pareto.parameters[0], 1e-3) && is_near(weeks.parameters[1], pareto.parameters[1], 1e-3) &&
		   is_near(weeks.parameters[4], pareto.parameters[2], 1e-3) &&
		   is_near(weeks.parameters[2] / weeks.parameters[3], pareto.parameters[3], 1e-3), "parameters are those of pareto/nbd");
	expect(weeks.evaluations < 200, "%d evaluations", weeks.evaluations);
	printf("# log-likelihood %.6f, status %d after %d evaluations\n", weeks.log_likelihood, weeks.status, weeks.evaluations);
}

/* Customers that gamma_gompertz_independent_fit.py simulates and fits too. */
static void
test_independent(void)
{
	static const double estimates[2][P] = {
		{0.823996951, 30.9052168, 4.49672702, 0.0161066902, 0.825246688},
		{1.32830677, 36.7123899, 0.374096855, 0.0165515635, 0.354527598}
	};
	static const double errors[2][P] = {
		{0.03402606, 1.316604, 0.45735, 0.002571288, 0.1765158},
		{0.06862051, 1.803488, 0.04132148, 0.003908776, 0.07361182}
	};
	static const double likelihood[2] = {-66488.627456, -79367.845649};

	group("ggompertz/nbd: an independent fit");
	for (int f = 0; f < 2; f++)
	{
		CustomerCell *cells = simulate(truth[f], 4000, 730, 1 + f);
		FitResult	result;

		purchase_fit(family, cells, 4000, &usual_options, &test_memory, &result);
		expect(result.status == FIT_OK && is_finite_result(&result), "converges");
		expect(fabs(result.log_likelihood - likelihood[f]) < 2e-6, "log-likelihood %.6f", result.log_likelihood);
		for (int i = 0; i < P; i++)
		{
			double		error = result.parameters[i] * sqrt(result.log_covariance[(P + 1) * i]);

			expect(is_near(result.parameters[i], estimates[f][i], 1e-7), "%s %.9g", family->parameter_names[i], result.parameters[i]);
			expect(is_near(error, errors[f][i], 5e-6), "standard error of %s %.9g", family->parameter_names[i], error);
		}
		release_memory();
	}
}

/* Estimates lie about the truth, as far as their standard errors say. */
static void
test_recovery(void)
{
	group("ggompertz/nbd: recovery of known parameters");
	for (int f = 0; f < 2; f++)
	{
		double		squares = 0.0;
		int			covered = 0;
		int			estimates = 0;

		for (int seed = 1; seed <= 20; seed++)
		{
			CustomerCell *cells = simulate(truth[f], 6000, 730, 100 + seed);
			FitResult	result;

			purchase_fit(family, cells, 6000, &usual_options, &test_memory, &result);
			expect(result.status == FIT_OK && is_finite_result(&result), "set %d seed %d: status %d", f, seed, result.status);
			for (int i = 0; i < P && result.status == FIT_OK; i++)
			{
				double		z = log(result.parameters[i] / truth[f][i]) / sqrt(result.log_covariance[(P + 1) * i]);

				expect(fabs(z) < 4.5, "set %d seed %d: %s is %.1f standard errors off", f, seed, family->parameter_names[i], z);
				squares += z * z;
				covered += fabs(z) < 1.96;
				estimates++;
			}
		}
		/* Mean square of 100 correlated standard normals. */
		expect(squares / estimates > 0.4 && squares / estimates < 2.0, "mean square of the errors %.2f", squares / estimates);
		printf("# set %d: mean square of the errors %.2f, 95 %% intervals hold %d of %d\n", f, squares / estimates, covered, estimates);
		release_memory();
	}
}

/* 500 random starts: the same optimum, or it is said that it is none. */
static void
test_starts(void)
{
	group("ggompertz/nbd: 500 random starts");
	for (int f = 0; f < 2; f++)
	{
		int			starts = f == 0 ? 500 : 100;
		CustomerCell *cells = simulate_days(truth[f], 2000, 500, 3);
		FitResult	best;
		int			evaluations = 0;
		int			most = 0;
		int			boundary = 0;
		double		repeat_purchases = 0.0;

		for (int i = 0; i < 2000; i++)
			repeat_purchases += cells[i].frequency;
		purchase_fit(family, cells, 2000, &usual_options, &test_memory, &best);
		expect(best.status == FIT_OK, "converges: status %d", best.status);
		seed_random(5);
		for (int i = 0; i < starts; i++)
		{
			double		start[P];
			FitOptions	options = usual_options;
			FitResult	result;

			options.unit = 365.0;
			for (int j = 0; j < P; j++)
				start[j] = exp(10.0 * random_uniform() - 5.0);
			options.start = start;
			purchase_fit(family, cells, 2000, &options, &test_memory, &result);
			expect(is_finite_result(&result), "finite");
			evaluations += result.evaluations;
			if (result.evaluations > most)
				most = result.evaluations;
			if (result.status == FIT_BOUNDARY)
			{
				boundary++;
				continue;
			}
			expect(result.status == FIT_OK, "start %d: status %d", i, result.status);
			expect(fabs(result.log_likelihood - repeat_purchases * log(365.0) - best.log_likelihood) < 1e-6,
				   "start %d: log-likelihood %.9f", i, result.log_likelihood);
			for (int j = 0; j < P; j++)
				expect(is_near(result.parameters[j] * pow(365.0, family->time_power[j]), best.parameters[j], 1e-4),
					   "start %d: parameter %d: %.9g, not %.9g", i, j, result.parameters[j] * pow(365.0, family->time_power[j]), best.parameters[j]);
		}
		expect(boundary < 25, "%d at a boundary", boundary);
		printf("# set %d: %.1f evaluations on average, %d at most; %d said boundary\n", f, evaluations / (double) starts, most, boundary);
		release_memory();
	}
}

/* 200 small bases: they converge or say boundary. */
static void
test_small(void)
{
	static const int sizes[3] = {50, 100, 250};

	group("ggompertz/nbd: small bases");
	for (int f = 0; f < 2; f++)
	{
		for (int s = 0; s < 3; s++)
		{
			int			boundary = 0;
			int			most = 0;
			int			with_prior = 0;

			for (int i = 0; i < 200; i++)
			{
				CustomerCell *cells = simulate_days(truth[f], sizes[s], 365, 1000 + i);
				FitOptions	options = usual_options;
				FitResult	result;

				if (cells[0].frequency == 0)
					cells[0] = customer_cell(30.0, 200.0, 1, 1);
				purchase_fit(family, cells, sizes[s], &options, &test_memory, &result);
				expect(is_finite_result(&result), "%d customers, seed %d", sizes[s], i);
				expect(result.status == FIT_OK || result.status == FIT_BOUNDARY, "%d customers, seed %d: status %d",
					   sizes[s], i, result.status);
				boundary += result.status == FIT_BOUNDARY;
				if (result.evaluations > most)
					most = result.evaluations;

				/* A prior gives a maximum that is inside. */
				options.prior_sd = 1.5;
				purchase_fit(family, cells, sizes[s], &options, &test_memory, &result);
				expect(result.status == FIT_OK && is_finite_result(&result), "%d customers, seed %d: with a prior %d",
					   sizes[s], i, result.status);
				with_prior += result.status == FIT_OK;
			}
			printf("# set %d, %d customers: %d of 200 at a boundary, at most %d evaluations; with a prior %d converge\n",
				   f, sizes[s], boundary, most, with_prior);
			release_memory();
		}
	}
}

static bool
same_result(const FitResult *a, const FitResult *b)
{
	return a->status == b->status && a->log_likelihood == b->log_likelihood &&
		memcmp(a->parameters, b->parameters, sizeof(a->parameters)) == 0 &&
		memcmp(a->log_covariance, b->log_covariance, sizeof(a->log_covariance)) == 0;
}

/* The order of cells, and how customers are divided among them, do not show. */
static void
test_order(void)
{
	group("ggompertz/nbd: order and division of cells");
	/* the second size is fitted on a sample first */
	for (size_t n = 3000; n <= 90000; n *= 30)
	{
		CustomerCell *cells = simulate_days(truth[0], n, 730, 17);
		CustomerCell *doubled = test_memory.allocate(2 * n * sizeof(CustomerCell), NULL);
		FitResult	first;
		FitResult	second;
		FitResult	parts;

		for (size_t i = 0; i < n; i++)
		{
			cells[i].customers = 1 + i % 3;
			if (i % 2 == 0)
				cells[i].age += 0.25 * random_uniform();
			doubled[2 * i] = doubled[2 * i + 1] = cells[i];
			doubled[2 * i].customers = 1;
			doubled[2 * i + 1].customers = i % 3;
		}
		purchase_fit(family, cells, n, &usual_options, &test_memory, &first);
		shuffle_cells(cells, n, sizeof(CustomerCell));
		purchase_fit(family, cells, n, &usual_options, &test_memory, &second);
		shuffle_cells(doubled, 2 * n, sizeof(CustomerCell));
		purchase_fit(family, doubled, 2 * n, &usual_options, &test_memory, &parts);
		expect(first.status == FIT_OK, "converges: status %d", first.status);
		expect(same_result(&first, &second), "%zu cells in another order", n);
		expect(same_result(&first, &parts), "%zu cells in parts", n);
		expect(first.evaluations <= (n > 80000 ? 8 : 30), "%zu cells: %d evaluations", n, first.evaluations);
		release_memory();
	}
}

/* Bases that teach nothing, or too much. */
static void
test_extreme_bases(void)
{
	static const struct
	{
		const char *what;
		CustomerCell cells[4];
		int			n;
	}			bases[] = {
		{"one customer", {{30, 100, 2, 1}}, 1},
		{"one cell of a million", {{30, 100, 2, 1000000}}, 1},
		{"recency is age", {{100, 100, 5, 10}, {50, 50, 2, 7}}, 2},
		{"one age", {{30, 100, 2, 10}, {90, 100, 7, 10}, {0, 100, 0, 50}, {10, 100, 1, 20}}, 4},
		{"age 0", {{0, 0, 3, 10}, {0, 0, 0, 10}}, 2},
		{"recency 0", {{0, 100, 3, 10}, {0, 100, 0, 10}}, 2},
		{"a billion purchases", {{1e6, 1e6, 1000000000, 1}, {0, 1e6, 0, 5}, {10, 1e6, 3, 5}}, 3},
		{"all that fits", {{1e6, 1e6, 4294967295u, 4294967295u}, {1e-3, 1e-3, 1, 4294967295u}}, 2},
		{"minutes", {{1e-3, 1e-3, 2, 5}, {0, 1e-3, 0, 20}, {5e-4, 1e-3, 1, 4}}, 3},
		{"a new customer and one who came back", {{0, 0, 0, 1000}, {10, 300, 1, 1}}, 2},
		{"one in a million came back", {{0, 300, 0, 1000000}, {10, 300, 1, 1}}, 2},
		{"one hundred thousand", {{300, 365, 100000, 3}, {200, 365, 99999, 2}, {30, 365, 100001, 4}}, 3},
		{"a century", {{36524, 36525, 40, 30}, {0, 36525, 0, 500}, {1, 36525, 3, 20}, {20000, 36525, 10000, 10}}, 4},
	};

	group("ggompertz/nbd: extreme bases");
	for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++)
	{
		for (int prior = 0; prior < 2; prior++)
		{
			FitOptions	options = usual_options;
			FitResult	result;

			options.unit = 7.0;
			if (prior)
				options.prior_sd = 1.0;
			purchase_fit(family, bases[i].cells, bases[i].n, &options, &test_memory, &result);
			expect(is_finite_result(&result), "%s: %g %g %g", bases[i].what, result.parameters[0], result.parameters[1],
				   result.log_likelihood);
			expect(result.evaluations < 1000, "%s: %d evaluations", bases[i].what, result.evaluations);
			if (result.status != FIT_OK && result.status != FIT_BOUNDARY)
				printf("# %s%s: status %d after %d: %g %g %g %g %g, %g\n", bases[i].what, prior ? " (prior)" : "", result.status,
					   result.evaluations, result.parameters[0], result.parameters[1], result.parameters[2],
					   result.parameters[3], result.parameters[4], result.log_likelihood);
		}
	}
	release_memory();
}

void
test_gamma_gompertz_fits(void)
{
	test_derivatives();
	test_cdnow();
	test_independent();
	test_recovery();
	test_starts();
	test_small();
	test_order();
	test_extreme_bases();
}
