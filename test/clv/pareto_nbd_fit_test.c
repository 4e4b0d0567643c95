/*
 * pareto_nbd_fit_test.c
 *		Fits of Pareto/NBD and NBD: derivatives, CDNOW, recovery of known
 *		parameters, starts, small bases, order, extreme bases.
 */
#include "clv_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clv/family/family_data.h"

static const FitOptions usual_options = {.unit = 7.0,.prior_sd = INFINITY};

/* Parameters of the simulated customers, in days; NBD has the first two. */
static const double truth[2][4] = {{0.6, 40.0, 0.7, 90.0}, {0.5, 50.0, 1.0, INFINITY}};

static const PurchaseFamily *
tested_family(int f)
{
	return find_purchase_family(f == 0 ? "pareto/nbd" : "nbd");
}

/* Simulated customers, a cell each; the ages lie between half and all of age. */
static CustomerCell *
simulate(int f, size_t n, double age, uint64_t seed)
{
	CustomerCell *cells = test_memory.allocate(n * sizeof(CustomerCell), NULL);

	seed_random(seed);
	for (size_t i = 0; i < n; i++)
		cells[i] = random_pareto_customer(truth[f], ceil(age * (0.5 + 0.5 * random_uniform())));
	return cells;
}

/*
 * Gradient and Hessian against central differences of the value and of the
 * gradient, extrapolated; and the sums over cells against the sums of
 * derivatives_one() over customers.
 */
static void
test_derivatives(void)
{
	static const double places[][4] = {
		{-0.5, -1.0, -0.5, -0.9}, {0, 0, 0, 0}, {2, 3, -3, -2}, {-4, -5, 2, 4}, {5, 5, 5, 5}, {-1, 4, -1, -4}, {-1, -5, 0.5, 5},
		{7.9, 7.9, 7.9, 7.9}, {-7.9, -7.9, -7.9, -7.9}
	};
	const double h = 1e-3;

	group("pareto/nbd, nbd: gradient and Hessian against differences");
	for (int f = 0; f < 2; f++)
	{
		const PurchaseFamily *family = tested_family(f);
		int			p = family->nparameters;
		CustomerCell *cells = simulate(f, 500, 365, 11);
		FamilyData *data;

		/* beyond the tables, and at their edge */
		cells[0] = customer_cell(20.0, 40.0, 200000, 2);
		cells[1] = customer_cell(0.0, 0.0, 0, 3);
		cells[2] = customer_cell(0.0, 300.0, 60, 3);
		data = family_data_prepare(cells, 500, 0.0, &test_memory);
		for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		{
			double		theta[4];
			double		value;
			double		gradient[4];
			double		hessian[16];
			double		natural[4];
			double		scale = 1.0;

			memcpy(theta, places[i], sizeof(theta));
			expect(family->log_likelihood(theta, data, &value, gradient, hessian), "finite");
			for (int j = 0; j < p; j++)
				natural[j] = exp(theta[j]);
			expect(is_near(value, sum_of_customers(family, cells, 500, natural, data->days, NAN), 1e-12),
				   "%s place %zu: the value is the sum over customers", family->name, i);
			for (int j = 0; j < p * p; j++)
				scale = fmax(scale, fabs(hessian[j]));
			for (int j = 0; j < p; j++)
			{
				double		v[4];
				double		g[4][4];
				double		unused[16];
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
					   "%s place %zu, gradient %d: %.12g, difference %.12g", family->name, i, j, gradient[j], slope);
				for (int k = 0; k < p; k++)
				{
					slope = (8 * (g[0][k] - g[1][k]) - (g[2][k] - g[3][k])) / (12 * h);
					expect(fabs(slope - hessian[p * j + k]) < 2e-9 * scale,
						   "%s place %zu, Hessian %d %d: %.12g, difference %.12g", family->name, i, j, k,
						   hessian[p * j + k], slope);
				}
			}
			if (family->derivatives_one != NULL)
			{
				double		sums[21] = {0};
				double		sizes[21] = {0};

				for (int j = 0; j < 500; j++)
				{
					PurchaseHistorySummary c = {cells[j].frequency, cells[j].recency / data->days, cells[j].age / data->days, NAN};
					double		one[21];

					expect(family->derivatives_one(theta, &c, &one[0], &one[1], &one[5]), "finite");
					for (int k = 0; k < 21; k++)
					{
						sums[k] += cells[j].customers * one[k];
						sizes[k] += cells[j].customers * fabs(one[k]);
					}
				}
				expect(fabs(sums[0] - value) < 1e-12 * sizes[0], "value");
				for (int j = 0; j < 4; j++)
				{
					expect(fabs(sums[1 + j] - gradient[j]) < 1e-11 * (sizes[1 + j] + 1), "place %zu gradient %d of customers: %.15g, %.15g", i, j, sums[1 + j], gradient[j]);
					for (int k = 0; k < 4; k++)
						expect(fabs(sums[5 + 4 * j + k] - hessian[4 * j + k]) < 1e-11 * (sizes[5 + 4 * j + k] + 1), "place %zu Hessian %d %d of customers", i, j, k);
				}
			}
		}
	}
}

/* The sample of CDNOW against the paper, and against SciPy. */
static void
test_cdnow(void)
{
	/* from independent_fit.py */
	static const double estimates[2][4] = {{0.5532770, 10.5776827, 0.6062399, 11.6687324}, {0.3847661, 12.0720226}};
	static const double errors[2][4] = {{0.0476279, 0.8427223, 0.1872809, 6.2110984}, {0.0209854, 0.8087231}};
	static const double likelihood[2] = {-9594.976179, -9763.657615};
	static const double published[4] = {0.553, 10.578, 0.606, 11.669};
	size_t		n;
	const SampleCustomer *sample = cdnow_sample(&n);
	CustomerCell *cells;

	group("pareto/nbd, nbd: CDNOW");
	if (sample == NULL)
	{
		skip("the data are not present (../shared/data, or $CLIENTELE_SHARED/data)");
		return;
	}
	cells = test_memory.allocate(n * sizeof(CustomerCell), NULL);
	for (size_t i = 0; i < n; i++)
		cells[i] = customer_cell(round(sample[i].recency * 7), round(sample[i].age * 7),
								 (uint32_t) sample[i].frequency, 1);
	for (int f = 0; f < 2; f++)
	{
		const PurchaseFamily *family = tested_family(f);
		FitResult	weeks;
		FitResult	days;
		FitOptions	options = usual_options;
		int			p = family->nparameters;

		purchase_fit(family, cells, n, &options, &test_memory, &weeks);
		options.unit = 1.0;
		purchase_fit(family, cells, n, &options, &test_memory, &days);
		expect(weeks.status == FIT_OK && is_finite_result(&weeks), "%s converges", family->name);
		expect(fabs(weeks.log_likelihood - likelihood[f]) < 5e-6, "log-likelihood %.6f", weeks.log_likelihood);
		expect(is_near(weeks.log_likelihood, sum_of_customers(family, cells, n, weeks.parameters, 7, NAN), 1e-12),
			   "log-likelihood of customers");
		for (int i = 0; i < p; i++)
		{
			double		error = weeks.parameters[i] * sqrt(weeks.log_covariance[(p + 1) * i]);

			expect(f == 1 || fabs(weeks.parameters[i] - published[i]) < 0.00051, "%s %s %.6f", family->name,
				   family->parameter_names[i], weeks.parameters[i]);
			expect(is_near(weeks.parameters[i], estimates[f][i], 1e-6), "%s %s %.7f", family->name,
				   family->parameter_names[i], weeks.parameters[i]);
			expect(is_near(error, errors[f][i], 5e-6), "%s standard error of %s %.7f", family->name,
				   family->parameter_names[i], error);
			expect(is_near(days.parameters[i], weeks.parameters[i] * (i % 2 == 1 ? 7 : 1), 1e-14), "in days");
		}
		expect(is_near(weeks.log_likelihood - days.log_likelihood, 2457 * log(7.0), 1e-10),
			   "likelihoods of weeks and days");
	}
}

/* Estimates lie about the truth, as far as their standard errors say. */
static void
test_recovery(void)
{
	group("pareto/nbd, nbd: recovery of known parameters");
	for (int f = 0; f < 2; f++)
	{
		const PurchaseFamily *family = tested_family(f);
		double		squares = 0.0;
		int			fits = 0;

		for (int seed = 1; seed <= 20; seed++)
		{
			CustomerCell *cells = simulate(f, 4000, 730, 100 + seed);
			FitOptions	options = usual_options;
			FitResult	result;

			options.unit = 1.0;
			purchase_fit(family, cells, 4000, &options, &test_memory, &result);
			expect(result.status == FIT_OK && is_finite_result(&result), "converges");
			for (int i = 0; i < family->nparameters && result.status == FIT_OK; i++)
			{
				double		z = log(result.parameters[i] / truth[f][i]) /
					sqrt(result.log_covariance[(family->nparameters + 1) * i]);

				expect(fabs(z) < 4.5, "%s seed %d: %s is %.1f standard errors off", family->name,
					   seed, family->parameter_names[i], z);
				squares += z * z;
				fits++;
			}
		}
		/* Mean square of 80 (40) correlated standard normals. */
		expect(squares / fits > 0.4 && squares / fits < 2.0, "%s: mean square of the errors %.2f", family->name, squares / fits);
		printf("# %s: mean square of the errors %.2f\n", family->name, squares / fits);
		release_memory();
	}
}

/* 500 random starts: the same optimum. */
static void
test_starts(void)
{
	group("pareto/nbd, nbd: 500 random starts");
	for (int f = 0; f < 2; f++)
	{
		const PurchaseFamily *family = tested_family(f);
		CustomerCell *cells = simulate(f, 2000, 365, 3);
		FitResult	best;
		int			evaluations = 0;
		int			most = 0;

		purchase_fit(family, cells, 2000, &usual_options, &test_memory, &best);
		expect(best.status == FIT_OK, "converges");
		seed_random(5);
		for (int i = 0; i < 500; i++)
		{
			double		start[4];
			FitOptions	options = usual_options;
			FitResult	result;

			for (int j = 0; j < 4; j++)
				start[j] = exp(10.0 * random_uniform() - 5.0);
			options.start = start;
			purchase_fit(family, cells, 2000, &options, &test_memory, &result);
			expect(is_finite_result(&result), "finite");
			evaluations += result.evaluations;
			if (result.evaluations > most)
				most = result.evaluations;
			expect(result.status == FIT_OK, "%s start %d: status %d", family->name, i, result.status);
			expect(fabs(result.log_likelihood - best.log_likelihood) < 1e-7, "%s: log-likelihood %.9f, not %.9f",
				   family->name, result.log_likelihood, best.log_likelihood);
			for (int j = 0; j < family->nparameters; j++)
				expect(is_near(result.parameters[j], best.parameters[j], 1e-4), "parameter %d: %.9g, not %.9g", j,
					   result.parameters[j], best.parameters[j]);
		}
		printf("# %s: %.1f evaluations on average, %d at most\n", family->name, evaluations / 500.0, most);
		release_memory();
	}
}

/* 200 small bases: they converge or say boundary. */
static void
test_small(void)
{
	static const int sizes[3] = {50, 100, 250};

	group("pareto/nbd, nbd: small bases");
	for (int f = 0; f < 2; f++)
	{
		const PurchaseFamily *family = tested_family(f);

		for (int s = 0; s < 3; s++)
		{
			int			boundary = 0;
			int			most = 0;

			for (int i = 0; i < 200; i++)
			{
				CustomerCell *cells = simulate(f, sizes[s], 273, 1000 + i);
				FitOptions	options = usual_options;
				FitResult	result;

				if (cells[0].frequency == 0)
					cells[0] = customer_cell(30.0, 200.0, 1, 1);
				purchase_fit(family, cells, sizes[s], &options, &test_memory, &result);
				expect(is_finite_result(&result), "%s %d customers, seed %d", family->name, sizes[s], i);
				expect(result.status == FIT_OK || result.status == FIT_BOUNDARY, "%s %d customers, seed %d: status %d",
					   family->name, sizes[s], i, result.status);
				boundary += result.status == FIT_BOUNDARY;
				if (result.evaluations > most)
					most = result.evaluations;

				/* A prior gives a maximum that is inside. */
				options.prior_sd = 1.5;
				purchase_fit(family, cells, sizes[s], &options, &test_memory, &result);
				expect(result.status == FIT_OK && is_finite_result(&result), "%s %d customers, seed %d: with a prior %d",
					   family->name, sizes[s], i, result.status);
			}
			printf("# %s, %d customers: %d of 200 at a boundary, at most %d evaluations\n",
				   family->name, sizes[s], boundary, most);
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
	group("pareto/nbd, nbd: order and division of cells");
	for (int f = 0; f < 2; f++)
	{
		/* the second size is fitted on a sample first */
		for (size_t n = 3000; n <= 150000; n *= 50)
		{
			const PurchaseFamily *family = tested_family(f);
			CustomerCell *cells = simulate(f, n, 730, 17);
			CustomerCell *doubled = test_memory.allocate(2 * n * sizeof(CustomerCell), NULL);
			FitResult	first;
			FitResult	second;
			FitResult	parts;

			for (size_t i = 0; i < n; i++)
			{
				cells[i].customers = 1 + i % 3;
				if (i % 2 == 0)
				{
					cells[i].age += 0.25 * random_uniform();
					cells[i].recency *= random_uniform();
				}
				doubled[2 * i] = doubled[2 * i + 1] = cells[i];
				doubled[2 * i].customers = 1;
				doubled[2 * i + 1].customers = i % 3;
			}
			purchase_fit(family, cells, n, &usual_options, &test_memory, &first);
			shuffle_cells(cells, n, sizeof(CustomerCell));
			purchase_fit(family, cells, n, &usual_options, &test_memory, &second);
			shuffle_cells(doubled, 2 * n, sizeof(CustomerCell));
			purchase_fit(family, doubled, 2 * n, &usual_options, &test_memory, &parts);
			expect(first.status == FIT_OK, "converges");
			expect(same_result(&first, &second), "%zu cells in another order", n);
			expect(same_result(&first, &parts), "%zu cells in parts", n);
			expect(first.evaluations <= (n > 100000 ? 6 : 20), "%s, %zu cells: %d evaluations",
				   family->name, n, first.evaluations);
			release_memory();
		}
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

	group("pareto/nbd, nbd: extreme bases");
	for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++)
	{
		for (int f = 0; f < 4; f++)
		{
			const PurchaseFamily *family = tested_family(f % 2);
			FitOptions	options = usual_options;
			FitResult	result;

			if (f >= 2)
				options.prior_sd = 1.0;
			purchase_fit(family, bases[i].cells, bases[i].n, &options, &test_memory, &result);
			expect(is_finite_result(&result), "%s, %s: %g %g, %g", family->name, bases[i].what,
				   result.parameters[0], result.parameters[1], result.log_likelihood);
			expect(result.evaluations < 1000, "%s, %s: %d evaluations", family->name, bases[i].what,
				   result.evaluations);
			if (result.status != FIT_OK && result.status != FIT_BOUNDARY)
				printf("# %s, %s%s: status %d after %d: %g %g %g %g, %g\n", family->name, bases[i].what,
					   f >= 2 ? " (prior)" : "", result.status, result.evaluations, result.parameters[0],
					   result.parameters[1], result.parameters[2], result.parameters[3], result.log_likelihood);
		}
	}
	release_memory();
}

void
test_pareto_nbd_fits(void)
{
	test_derivatives();
	test_cdnow();
	test_recovery();
	test_starts();
	test_small();
	test_order();
	test_extreme_bases();
}
