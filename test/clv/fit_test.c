/*
 * fit_test.c
 *		Fits of BG/NBD and MBG/NBD: derivatives, published estimates, recovery
 *		of known parameters, starts, small bases, order, units, extreme bases.
 */
#include "clv_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clv/family/family_data.h"

static const FitOptions usual_options = {.unit = 7.0,.prior_sd = INFINITY};

/* Parameters of the simulated customers, in days. */
static const double truth[2][4] = {{0.4, 20.0, 0.8, 2.5}, {0.6, 30.0, 0.9, 1.7}};

/* Simulated customers, a cell each; the ages lie between half and all of age. */
static CustomerCell *
simulate(int first_dropout, size_t n, double age, uint64_t seed)
{
	CustomerCell *cells = test_memory.allocate(n * sizeof(CustomerCell), NULL);

	seed_random(seed);
	for (size_t i = 0; i < n; i++)
		cells[i] = random_customer(first_dropout, truth[first_dropout],
								   ceil(age * (0.5 + 0.5 * random_uniform())));
	return cells;
}

/*
 * Gradient and Hessian against central differences of the value and of the
 * gradient, by two steps and Richardson's extrapolation.
 */
static void
test_derivatives(void)
{
	static const double places[][4] = {
		{-1.0, -0.5, -0.3, 0.8}, {0, 0, 0, 0}, {2, 3, -3, -2}, {-4, -5, 2, 4}, {5, 4, 5, 5}
	};
	const double h = 1e-3;

	group("gradient and Hessian against differences");
	for (int f = 0; f < 2; f++)
	{
		const PurchaseFamily *family = purchase_families[f];
		CustomerCell *cells = simulate(f, 500, 365, 11);
		FamilyData *data;

		/* beyond the tables, and at their edge */
		cells[0] = customer_cell(20.0, 40.0, 200000, 2);
		cells[1] = customer_cell(0.0, 0.0, 0, 3);
		data = family_data_prepare(cells, 500, 0.0, &test_memory);
		for (int i = 0; i < 5; i++)
		{
			double		theta[4];
			double		value;
			double		gradient[4];
			double		hessian[16];
			double		natural[4];
			double		scale = 1.0;

			memcpy(theta, places[i], sizeof(theta));
			expect(family->log_likelihood(theta, data, &value, gradient, hessian), "finite");
			for (int j = 0; j < 4; j++)
				natural[j] = exp(theta[j]);
			expect(is_near(value, sum_of_customers(family, cells, 500, natural, data->days, NAN), 1e-12),
				   "%s place %d: the value is the sum over customers", family->name, i);
			for (int j = 0; j < 16; j++)
				scale = fmax(scale, fabs(hessian[j]));
			for (int j = 0; j < 4; j++)
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
					   "%s place %d, gradient %d: %.12g, difference %.12g", family->name, i, j, gradient[j], slope);
				for (int k = 0; k < 4; k++)
				{
					slope = (8 * (g[0][k] - g[1][k]) - (g[2][k] - g[3][k])) / (12 * h);
					expect(fabs(slope - hessian[4 * j + k]) < 2e-9 * scale,
						   "%s place %d, Hessian %d %d: %.12g, difference %.12g", family->name, i, j, k,
						   hessian[4 * j + k], slope);
				}
			}
		}
	}
}

/* The sample of CDNOW against the papers, and against scipy. */
static void
test_cdnow(void)
{
	/* from independent_fit.py (scipy, from the published likelihood) */
	static const double estimates[2][4] = {
		{0.24259, 4.41360, 0.79292, 2.42591}, {0.52484, 6.18309, 0.89136, 1.61400}
	};
	static const double errors[2][4] = {
		{0.0125574, 0.3782241, 0.1857338, 0.7054143}, {0.0832682, 0.6956206, 0.1547899, 0.5374948}
	};
	static const double published[2][4] = {{0.243, 4.414, 0.793, 2.426}, {0.525, 6.183, 0.891, 1.614}};
	static const double likelihood[2] = {-9582.4292, -9582.1357};
	size_t		n;
	const SampleCustomer *sample = cdnow_sample(&n);
	CustomerCell *cells;

	group("CDNOW");
	if (sample == NULL)
	{
		skip("the data are not present (../shared/data, or $CLIENTELE_SHARED/data)");
		return;
	}
	expect(n == 2357, "%zu customers", n);
	cells = test_memory.allocate(n * sizeof(CustomerCell), NULL);
	for (size_t i = 0; i < n; i++)
		cells[i] = customer_cell(round(sample[i].recency * 7),
								 round(sample[i].age * 7),
								 (uint32_t) sample[i].frequency, 1);

	for (int f = 0; f < 2; f++)
	{
		const PurchaseFamily *family = purchase_families[f];
		FitResult	weeks;
		FitResult	days;
		FitOptions	options = usual_options;

		purchase_fit(family, cells, n, &options, &test_memory, &weeks);
		options.unit = 1.0;
		purchase_fit(family, cells, n, &options, &test_memory, &days);
		expect(weeks.status == FIT_OK && is_finite_result(&weeks), "%s converges", family->name);
		expect(fabs(weeks.log_likelihood - likelihood[f]) < 5e-5, "log-likelihood %.6f", weeks.log_likelihood);
		expect(is_near(weeks.log_likelihood, sum_of_customers(family, cells, n, weeks.parameters, 7, NAN), 1e-12),
			   "log-likelihood of customers");
		for (int i = 0; i < 4; i++)
		{
			double		error = weeks.parameters[i] * sqrt(weeks.log_covariance[5 * i]);

			expect(fabs(weeks.parameters[i] - published[f][i]) < 0.00051, "%s %s %.6f", family->name,
				   family->parameter_names[i], weeks.parameters[i]);
			expect(fabs(weeks.parameters[i] - estimates[f][i]) < 1.1e-5, "%s %s %.6f", family->name,
				   family->parameter_names[i], weeks.parameters[i]);
			expect(is_near(error, errors[f][i], 2e-6), "%s standard error of %s %.7f", family->name,
				   family->parameter_names[i], error);
			expect(is_near(days.parameters[i], weeks.parameters[i] * (i == 1 ? 7 : 1), 1e-14), "in days");
		}
		expect(is_near(weeks.log_likelihood - days.log_likelihood, 2457 * log(7.0), 1e-10),
			   "likelihoods of weeks and days");
		printf("# %s: r %.5f alpha %.5f a %.5f b %.5f, log-likelihood %.4f, %d evaluations\n", family->name,
			   weeks.parameters[0], weeks.parameters[1], weeks.parameters[2], weeks.parameters[3],
			   weeks.log_likelihood, weeks.evaluations);
	}
}

/* Estimates lie about the truth, as far as their standard errors say. */
static void
test_recovery(void)
{
	group("recovery of known parameters");
	for (int f = 0; f < 2; f++)
	{
		double		squares = 0.0;
		int			fits = 0;

		for (int seed = 1; seed <= 20; seed++)
		{
			CustomerCell *cells = simulate(f, 4000, 730, 100 + seed);
			FitOptions	options = usual_options;
			FitResult	result;

			options.unit = 1.0;
			purchase_fit(purchase_families[f], cells, 4000, &options, &test_memory, &result);
			expect(result.status == FIT_OK && is_finite_result(&result), "converges");
			for (int i = 0; i < 4 && result.status == FIT_OK; i++)
			{
				double		z = log(result.parameters[i] / truth[f][i]) / sqrt(result.log_covariance[5 * i]);

				expect(fabs(z) < 4.5, "%s seed %d: %s is %.1f standard errors off", purchase_families[f]->name,
					   seed, purchase_families[f]->parameter_names[i], z);
				squares += z * z;
				fits++;
			}
		}
		/* Mean square of 80 correlated standard normals. */
		expect(squares / fits > 0.5 && squares / fits < 1.7, "mean square of the errors %.2f", squares / fits);
		release_memory();
	}
}

/* 500 random starts: the same optimum, or it is said that it is none. */
static void
test_starts(void)
{
	group("500 random starts");
	for (int f = 0; f < 2; f++)
	{
		CustomerCell *cells = simulate(f, 2000, 365, 3);
		FitResult	best;
		int			boundary = 0;
		int			evaluations = 0;
		int			most = 0;

		purchase_fit(purchase_families[f], cells, 2000, &usual_options, &test_memory, &best);
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
			purchase_fit(purchase_families[f], cells, 2000, &options, &test_memory, &result);
			expect(is_finite_result(&result), "finite");
			evaluations += result.evaluations;
			if (result.evaluations > most)
				most = result.evaluations;
			if (result.status == FIT_BOUNDARY)
			{
				boundary++;
				continue;
			}
			expect(result.status == FIT_OK, "status %d", result.status);
			expect(fabs(result.log_likelihood - best.log_likelihood) < 1e-7, "%s: log-likelihood %.9f, not %.9f",
				   purchase_families[f]->name, result.log_likelihood, best.log_likelihood);
			for (int j = 0; j < 4; j++)
				expect(is_near(result.parameters[j], best.parameters[j], 1e-4), "parameter %d: %.9g, not %.9g", j,
					   result.parameters[j], best.parameters[j]);
		}
		expect(boundary < 50, "%d at a boundary", boundary);
		printf("# %s: %.1f evaluations on average, %d at most; %d said boundary\n", purchase_families[f]->name,
			   evaluations / 500.0, most, boundary);
		release_memory();
	}
}

/* 200 small bases: they converge or say boundary. */
static void
test_small(void)
{
	static const int sizes[3] = {50, 100, 250};

	group("small bases");
	for (int f = 0; f < 2; f++)
	{
		for (int s = 0; s < 3; s++)
		{
			int			boundary = 0;
			int			with_prior = 0;
			int			most = 0;

			for (int i = 0; i < 200; i++)
			{
				CustomerCell *cells = simulate(f, sizes[s], 273, 1000 + i);
				FitOptions	options = usual_options;
				FitResult	result;

				/* one repeat purchase at least is what a fit asks for */
				if (cells[0].frequency == 0)
					cells[0] = customer_cell(30.0, 200.0, 1, 1);
				purchase_fit(purchase_families[f], cells, sizes[s], &options, &test_memory, &result);
				expect(is_finite_result(&result), "%s %d customers, seed %d", purchase_families[f]->name, sizes[s], i);
				expect(result.status == FIT_OK || result.status == FIT_BOUNDARY, "%s %d customers, seed %d: status %d",
					   purchase_families[f]->name, sizes[s], i, result.status);
				boundary += result.status == FIT_BOUNDARY;
				if (result.evaluations > most)
					most = result.evaluations;

				/* A prior gives a maximum that is inside. */
				options.prior_sd = 1.5;
				purchase_fit(purchase_families[f], cells, sizes[s], &options, &test_memory, &result);
				expect(result.status == FIT_OK && is_finite_result(&result), "%s %d customers, seed %d: with a prior %d",
					   purchase_families[f]->name, sizes[s], i, result.status);
				with_prior += result.status == FIT_OK;
			}
			printf("# %s, %d customers: %d of 200 at a boundary, at most %d evaluations; with a prior %d converge\n",
				   purchase_families[f]->name, sizes[s], boundary, most, with_prior);
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
	group("order and division of cells");
	for (int f = 0; f < 2; f++)
	{
		/* the second size is fitted on a sample first */
		for (size_t n = 3000; n <= 300000; n *= 100)
		{
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
			purchase_fit(purchase_families[f], cells, n, &usual_options, &test_memory, &first);
			shuffle_cells(cells, n, sizeof(CustomerCell));
			purchase_fit(purchase_families[f], cells, n, &usual_options, &test_memory, &second);
			shuffle_cells(doubled, 2 * n, sizeof(CustomerCell));
			purchase_fit(purchase_families[f], doubled, 2 * n, &usual_options, &test_memory, &parts);
			expect(first.status == FIT_OK, "converges");
			expect(same_result(&first, &second), "%zu cells in another order", n);
			expect(same_result(&first, &parts), "%zu cells in parts", n);
			expect(first.evaluations <= (n > 100000 ? 6 : 20), "%s, %zu cells: %d evaluations",
				   purchase_families[f]->name, n, first.evaluations);
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
	};

	group("extreme bases");
	for (int f = 0; f < 2; f++)
	{
		for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++)
		{
			FitOptions	options = usual_options;
			FitResult	result;

			for (int prior = 0; prior < 2; prior++)
			{
				options.prior_sd = prior ? 1.0 : INFINITY;
				purchase_fit(purchase_families[f], bases[i].cells, bases[i].n, &options, &test_memory, &result);
				expect(is_finite_result(&result), "%s, %s: %g %g %g %g, %g", purchase_families[f]->name, bases[i].what,
					   result.parameters[0], result.parameters[1], result.parameters[2], result.parameters[3],
					   result.log_likelihood);
				expect(result.evaluations < 1000, "%s, %s: %d evaluations", purchase_families[f]->name, bases[i].what,
					   result.evaluations);
				if (getenv("VERBOSE") != NULL)
					printf("# %s, %s%s: status %d after %d: %g %g %g %g, %g\n", purchase_families[f]->name, bases[i].what,
						   prior ? " (prior)" : "", result.status, result.evaluations, result.parameters[0],
						   result.parameters[1], result.parameters[2], result.parameters[3], result.log_likelihood);
			}
		}
	}
}

static void
test_interrupt(void)
{
	CustomerCell *cells = simulate(0, 60000, 730, 23);

	group("interrupts");
	for (size_t n = 1000; n <= 60000; n += 59000)
	{
		for (int call = 1; call <= 4; call++)
		{
			FitOptions	options = usual_options;
			FitResult	result;
			int			countdown = call;

			options.interrupt = stop_at;
			options.interrupt_context = &countdown;
			purchase_fit(purchase_families[0], cells, n, &options, &test_memory, &result);
			expect(result.status == FIT_INTERRUPTED && !result.has_covariance && countdown == 0,
				   "stopped at call %d: status %d, countdown %d", call, result.status, countdown);
			expect(is_finite_result(&result), "finite");
		}
	}
	release_memory();
}

void
test_fits(void)
{
	test_derivatives();
	test_cdnow();
	test_recovery();
	test_starts();
	test_small();
	test_order();
	test_extreme_bases();
	test_interrupt();
}
