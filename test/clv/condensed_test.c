/*
 * condensed_test.c
 *		Fits of BG/CNBD-k and MBG/CNBD-k: derivatives, k = 1, the choice of k,
 *		published fits, recovery of known parameters, starts, small bases,
 *		order, units, extreme bases.
 */
#include "clv_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clv/family/family_data.h"

#define NPARAMETERS 4
#define MAX_K		12

static const FitOptions usual_options = {.unit = 1.0,.prior_sd = INFINITY};

/* Parameters of the simulated customers, in days, but for k. */
static const double truth[2][NPARAMETERS] = {{0.8, 16.0, 0.7, 2.5}, {0.9, 18.0, 0.6, 2.2}};

/* BG/CNBD-k or MBG/CNBD-k. */
static const PurchaseFamily *
condensed_family(int f)
{
	return find_purchase_family(f ? "mbg/cnbd-k" : "bg/cnbd-k");
}

/*
 * What a customer did until that age, in continuous time: gaps are sums of k
 * exponentials. Adds to the logarithms of the gaps, in days.
 */
static CustomerCell
regular_customer(int first_dropout, const double *parameters, int k, double age,
				 double *log_gaps)
{
	CustomerCell cell = {0.0, age, 0, 1};
	double		rate = random_gamma(parameters[0]) / parameters[1];
	double		a = random_gamma(parameters[2]);
	double		b = random_gamma(parameters[3]);
	double		p = a + b > 0.0 ? a / (a + b) : 0.5;
	double		time = 0.0;

	if (first_dropout && random_uniform() < p)
		return cell;
	for (;;)
	{
		double		gap = 0.0;

		for (int i = 0; i < k; i++)
			gap -= log(random_uniform()) / rate;
		if (!(time + gap <= age))
			return cell;
		time += gap;
		*log_gaps += log(gap);
		cell.frequency++;
		cell.recency = time;
		if (random_uniform() < p)
			return cell;
	}
}

/* So many of them; the ages lie between half and all of age. */
static CustomerCell *
simulate(int first_dropout, int k, size_t n, double age, uint64_t seed,
		 double *log_gaps)
{
	CustomerCell *cells = test_memory.allocate(n * sizeof(CustomerCell), NULL);
	double		parameters[NPARAMETERS];

	/* as many purchases whatever k */
	memcpy(parameters, truth[first_dropout], sizeof(parameters));
	parameters[1] /= k;
	*log_gaps = 0.0;
	seed_random(seed);
	for (size_t i = 0; i < n; i++)
		cells[i] = regular_customer(first_dropout, parameters, k,
									age * (0.5 + 0.5 * random_uniform()), log_gaps);
	return cells;
}

/* Finite, and the constant too. */
static bool
is_finite_with_constant(const FitResult *result)
{
	double		k = result->parameters[NPARAMETERS];

	return is_finite_result(result) && k > 0.0 && isfinite(k);
}

/* Against central differences, by two steps and Richardson's extrapolation. */
static void
test_derivatives(void)
{
	static const double places[][NPARAMETERS] = {
		{-1.0, -0.5, -0.3, 0.8}, {0, 0, 0, 0}, {2, 3, -3, -2}, {-4, -5, 2, 4}, {5, 4, 5, 5}
	};
	static const int ks[] = {1, 2, 3, 7, 12};
	const double h = 1e-3;

	group("cnbd-k: gradient and Hessian against differences");
	for (int f = 0; f < 2; f++)
	{
		for (int place = 0; place < 5; place++)
		{
			const PurchaseFamily *family = condensed_family(f);
			int			k = ks[(place + 2 * f) % 5];
			double		log_gaps;
			CustomerCell *cells = simulate(f, k, 500, 365, 11, &log_gaps);
			FamilyData *data;
			double		theta[NPARAMETERS + 1];
			double		natural[NPARAMETERS + 1];
			double		value;
			double		gradient[NPARAMETERS];
			double		hessian[NPARAMETERS * NPARAMETERS];
			double		scale = 1.0;
			double		expected;

			/* beyond the tables, and at their edge */
			cells[0] = (CustomerCell)
			{
				20.0, 40.0, 200000, 2
			};
			cells[1] = (CustomerCell)
			{
				0.0, 0.0, 0, 3
			};
			data = family_data_prepare(cells, 500, 0.0, &test_memory);
			data->log_gaps = 123.0;
			memcpy(theta, places[place], sizeof(places[place]));
			theta[NPARAMETERS] = natural[NPARAMETERS] = k;
			for (int j = 0; j < NPARAMETERS; j++)
				natural[j] = exp(theta[j]);
			expect(family->log_likelihood(theta, data, &value, gradient, hessian), "finite");
			expected = sum_of_customers(family, cells, 500, natural, data->days, 0.0) + (k - 1) * 123.0;
			expect(is_near(value, expected, 1e-12), "%s k %d: value %.17g, sum over customers %.17g", family->name, k,
				   value, expected);
			for (int j = 0; j < NPARAMETERS * NPARAMETERS; j++)
				scale = fmax(scale, fabs(hessian[j]));
			for (int j = 0; j < NPARAMETERS; j++)
			{
				static const double steps[4] = {1, -1, 2, -2};
				double		v[4];
				double		g[4][NPARAMETERS];
				double		unused[NPARAMETERS * NPARAMETERS];
				double		slope;

				for (int i = 0; i < 4; i++)
				{
					theta[j] = places[place][j] + steps[i] * h;
					expect(family->log_likelihood(theta, data, &v[i], g[i], unused), "finite");
				}
				theta[j] = places[place][j];
				slope = (8 * (v[0] - v[1]) - (v[2] - v[3])) / (12 * h);
				expect(fabs(slope - gradient[j]) < 2e-9 * scale + 1e-12 * fabs(value) / h,
					   "%s k %d, gradient %d: %.12g, difference %.12g", family->name, k, j, gradient[j], slope);
				for (int i = 0; i < NPARAMETERS; i++)
				{
					slope = (8 * (g[0][i] - g[1][i]) - (g[2][i] - g[3][i])) / (12 * h);
					expect(fabs(slope - hessian[NPARAMETERS * j + i]) < 4e-9 * scale,
						   "%s k %d, Hessian %d %d: %.12g, difference %.12g", family->name, k, j, i,
						   hessian[NPARAMETERS * j + i], slope);
				}
			}
			release_memory();
		}
	}
}

/* k = 1 is BG/NBD and MBG/NBD: the value, its derivatives, the fit. */
static void
test_one(void)
{
	group("cnbd-1 is bg/nbd, mbg/nbd: fits");
	for (int f = 0; f < 2; f++)
	{
		double		log_gaps;
		CustomerCell *cells = simulate(f, 1, 3000, 500, 5, &log_gaps);
		FamilyData *data = family_data_prepare(cells, 3000, 0.0, &test_memory);
		const double theta[NPARAMETERS + 1] = {-0.2, 0.3, -0.4, 0.8, 1};
		FitOptions	options = usual_options;
		FitResult	result[2];
		double		value[2];
		double		gradient[2][NPARAMETERS];
		double		hessian[2][NPARAMETERS * NPARAMETERS];

		expect(condensed_family(f)->log_likelihood(theta, data, &value[0], gradient[0], hessian[0]) &&
			   purchase_families[f]->log_likelihood(theta, data, &value[1], gradient[1], hessian[1]), "finite");
		expect(is_near(value[0], value[1], 1e-14), "value %.17g, %.17g", value[0], value[1]);
		for (int i = 0; i < NPARAMETERS; i++)
			expect(fabs(gradient[0][i] - gradient[1][i]) < 1e-12 * fabs(value[1]), "gradient %d", i);
		for (int i = 0; i < NPARAMETERS * NPARAMETERS; i++)
			expect(fabs(hessian[0][i] - hessian[1][i]) < 1e-12 * fabs(value[1]), "Hessian %d", i);

		/* no gaps are asked for */
		options.log_gaps = NAN;
		options.constant = 1;
		purchase_fit(condensed_family(f), cells, 3000, &options, &test_memory, &result[0]);
		purchase_fit(purchase_families[f], cells, 3000, &options, &test_memory, &result[1]);
		expect(result[0].status == FIT_OK && result[0].parameters[NPARAMETERS] == 1, "converges");
		expect(is_near(result[0].log_likelihood, result[1].log_likelihood, 1e-13), "log-likelihood %.12g, %.12g",
			   result[0].log_likelihood, result[1].log_likelihood);
		for (int i = 0; i < NPARAMETERS; i++)
			expect(is_near(result[0].parameters[i], result[1].parameters[i], 1e-7), "parameter %d", i);

		/* k > 1 without the gaps: a fit without a likelihood */
		options.constant = 3;
		purchase_fit(condensed_family(f), cells, 3000, &options, &test_memory, &result[0]);
		options.log_gaps = log_gaps;
		purchase_fit(condensed_family(f), cells, 3000, &options, &test_memory, &result[1]);
		expect(isnan(result[0].log_likelihood) && is_finite_with_constant(&result[1]), "without gaps, with them");
		for (int i = 0; i < NPARAMETERS; i++)
			expect(is_near(result[0].parameters[i], result[1].parameters[i], 1e-7), "parameter %d", i);
		release_memory();
	}
}

/*
 * The k of the simulation is found, and the estimates lie about the truth as
 * far as their standard errors say.
 */
static void
test_recovery(void)
{
	static const int ks[] = {1, 2, 3, 5, 8, 12};

	group("cnbd-k: recovery of k and of parameters");
	for (int f = 0; f < 2; f++)
	{
		double		squares = 0.0;
		int			fits = 0;

		for (int seed = 0; seed < 18; seed++)
		{
			int			k = ks[seed % 6];
			double		log_gaps;
			CustomerCell *cells = simulate(f, k, 3000, 730, 100 + seed, &log_gaps);
			FitOptions	options = usual_options;
			FitResult	result;

			options.log_gaps = log_gaps;
			purchase_fit(condensed_family(f), cells, 3000, &options, &test_memory, &result);
			expect(result.status == FIT_OK && is_finite_with_constant(&result), "converges");
			expect(result.parameters[NPARAMETERS] == k, "%s: k %g, not %d", condensed_family(f)->name,
				   result.parameters[NPARAMETERS], k);
			for (int i = 0; i < NPARAMETERS && result.status == FIT_OK; i++)
			{
				double		z = log(result.parameters[i] / (truth[f][i] / (i == 1 ? k : 1))) / sqrt(result.log_covariance[5 * i]);

				expect(fabs(z) < 4.5, "%s seed %d: %s is %.1f standard errors off", condensed_family(f)->name,
					   seed, condensed_family(f)->parameter_names[i], z);
				squares += z * z;
				fits++;
			}
		}
		expect(squares / fits > 0.5 && squares / fits < 1.7, "mean square of the errors %.2f", squares / fits);
		printf("# %s: %d fits, mean square of the standardized errors %.2f\n", condensed_family(f)->name, fits / NPARAMETERS,
			   squares / fits);
		release_memory();
	}
}

/* The k that is chosen is the best of all, of a base that is small or large. */
static void
test_choice(void)
{
	group("cnbd-k: the choice of k");
	for (int f = 0; f < 2; f++)
	{
		for (size_t n = 400; n <= 60000; n *= 150)
		{
			double		log_gaps;
			CustomerCell *cells = simulate(f, 4, n, 365, 77, &log_gaps);
			FitOptions	options = usual_options;
			FitResult	chosen;
			double		likelihood[MAX_K + 1];

			options.log_gaps = log_gaps;
			purchase_fit(condensed_family(f), cells, n, &options, &test_memory, &chosen);
			for (int k = 1; k <= MAX_K; k++)
			{
				FitResult	result;

				options.constant = k;
				purchase_fit(condensed_family(f), cells, n, &options, &test_memory, &result);
				expect(is_finite_with_constant(&result) && result.parameters[NPARAMETERS] == k, "k %d", k);
				likelihood[k] = result.log_likelihood;
			}
			for (int k = 1; k <= MAX_K; k++)
				expect(chosen.log_likelihood >= likelihood[k] - 1e-7, "%s, %zu customers: k %g has %.6f, k %d %.6f",
					   condensed_family(f)->name, n, chosen.parameters[NPARAMETERS], chosen.log_likelihood, k, likelihood[k]);
			printf("# %s, %zu customers: k %g, %d evaluations of all cells\n", condensed_family(f)->name, n,
				   chosen.parameters[NPARAMETERS], chosen.evaluations);
			release_memory();
		}
	}
}

/* Random starts: the same optimum, or it is said that it is none. */
static void
test_starts(void)
{
	group("cnbd-k: 500 random starts");
	for (int f = 0; f < 2; f++)
	{
		int			k = f ? 5 : 2;
		double		log_gaps;
		CustomerCell *cells = simulate(f, k, 1500, 365, 3, &log_gaps);
		FitResult	best;
		FitOptions	options = usual_options;
		int			boundary = 0;
		int			evaluations = 0;
		int			most = 0;

		options.log_gaps = log_gaps;
		options.constant = k;
		purchase_fit(condensed_family(f), cells, 1500, &options, &test_memory, &best);
		expect(best.status == FIT_OK, "converges");
		seed_random(5);
		for (int i = 0; i < 500; i++)
		{
			double		start[NPARAMETERS];
			FitResult	result;

			for (int j = 0; j < NPARAMETERS; j++)
				start[j] = exp(10.0 * random_uniform() - 5.0);
			options.start = start;
			purchase_fit(condensed_family(f), cells, 1500, &options, &test_memory, &result);
			expect(is_finite_with_constant(&result), "finite");
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
				   condensed_family(f)->name, result.log_likelihood, best.log_likelihood);
			for (int j = 0; j < NPARAMETERS; j++)
				expect(is_near(result.parameters[j], best.parameters[j], 1e-4), "parameter %d: %.9g, not %.9g", j,
					   result.parameters[j], best.parameters[j]);
		}
		expect(boundary < 50, "%d at a boundary", boundary);
		printf("# %s, k %d: %.1f evaluations on average, %d at most; %d said boundary\n", condensed_family(f)->name, k,
			   evaluations / 500.0, most, boundary);
		release_memory();
	}
}

/* 200 small bases: they converge or say boundary, k chosen or not. */
static void
test_small(void)
{
	static const int sizes[3] = {50, 100, 250};

	group("cnbd-k: small bases");
	for (int f = 0; f < 2; f++)
	{
		for (int s = 0; s < 3; s++)
		{
			int			boundary = 0;
			int			right = 0;

			for (int i = 0; i < 200; i++)
			{
				double		log_gaps;
				CustomerCell *cells = simulate(f, 3, sizes[s], 273, 1000 + i, &log_gaps);
				FitOptions	options = usual_options;
				FitResult	result;

				options.log_gaps = log_gaps;
				purchase_fit(condensed_family(f), cells, sizes[s], &options, &test_memory, &result);
				expect(is_finite_with_constant(&result), "%s %d customers, seed %d", condensed_family(f)->name, sizes[s], i);
				expect(result.status == FIT_OK || result.status == FIT_BOUNDARY, "%s %d customers, seed %d: status %d",
					   condensed_family(f)->name, sizes[s], i, result.status);
				boundary += result.status == FIT_BOUNDARY;
				right += result.parameters[NPARAMETERS] == 3;

				/* A prior gives a maximum that is inside. */
				options.prior_sd = 1.5;
				options.constant = 1 + i % MAX_K;
				purchase_fit(condensed_family(f), cells, sizes[s], &options, &test_memory, &result);
				expect(result.status == FIT_OK && is_finite_with_constant(&result), "%s %d customers, seed %d: with a prior %d",
					   condensed_family(f)->name, sizes[s], i, result.status);
				release_memory();
			}
			printf("# %s, %d customers: %d of 200 at a boundary, %d with the true k\n", condensed_family(f)->name,
				   sizes[s], boundary, right);
		}
	}
}

/* The order of cells, and another unit of time, do not show. */
static void
test_order(void)
{
	group("cnbd-k: order of cells, unit");
	for (int f = 0; f < 2; f++)
	{
		for (size_t n = 3000; n <= 60000; n *= 20)
		{
			double		log_gaps;
			CustomerCell *cells = simulate(f, 3, n, 730, 17, &log_gaps);
			FitOptions	options = usual_options;
			FitResult	first;
			FitResult	second;
			double		purchases = 0.0;

			for (size_t i = 0; i < n; i++)
				purchases += cells[i].frequency;
			options.log_gaps = log_gaps;
			purchase_fit(condensed_family(f), cells, n, &options, &test_memory, &first);
			shuffle_cells(cells, n, sizeof(CustomerCell));
			options.unit = 7.0;
			purchase_fit(condensed_family(f), cells, n, &options, &test_memory, &second);
			expect(first.status == FIT_OK && first.parameters[NPARAMETERS] == 3, "converges");
			expect(second.parameters[NPARAMETERS] == 3 &&
				   is_near(second.log_likelihood - first.log_likelihood, purchases * log(7.0), 1e-9), "likelihood");
			for (int i = 0; i < NPARAMETERS; i++)
				expect(is_near(first.parameters[i], second.parameters[i] * (i == 1 ? 7 : 1), 1e-14), "parameter %d", i);
			expect(memcmp(first.log_covariance, second.log_covariance, sizeof(first.log_covariance)) == 0, "covariance");
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
		{"a new customer and one who came back", {{0, 0, 0, 1000}, {10, 300, 1, 1}}, 2},
		{"one hundred thousand", {{300, 365, 100000, 3}, {200, 365, 99999, 2}, {30, 365, 100001, 4}}, 3},
	};

	group("cnbd-k: extreme bases");
	for (int f = 0; f < 2; f++)
	{
		for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++)
		{
			for (int k = 0; k <= MAX_K; k += 4)
			{
				for (int prior = 0; prior < 2; prior++)
				{
					FitOptions	options = usual_options;
					FitResult	result;

					options.constant = k;
					options.prior_sd = prior ? 1.0 : INFINITY;
					purchase_fit(condensed_family(f), bases[i].cells, bases[i].n, &options, &test_memory, &result);
					expect(is_finite_with_constant(&result), "%s, k %d, %s: %g %g %g %g, %g", condensed_family(f)->name, k, bases[i].what,
						   result.parameters[0], result.parameters[1], result.parameters[2], result.parameters[3],
						   result.log_likelihood);
					expect(result.evaluations < 4000, "%s, %s: %d evaluations", condensed_family(f)->name, bases[i].what,
						   result.evaluations);
				}
			}
		}
	}
	release_memory();
}

static void
test_interrupt(void)
{
	double		log_gaps;
	CustomerCell *cells = simulate(0, 2, 60000, 730, 23, &log_gaps);

	group("cnbd-k: interrupts");
	for (size_t n = 1000; n <= 60000; n += 59000)
	{
		for (int call = 1; call <= 100; call += 9)
		{
			FitOptions	options = usual_options;
			FitResult	result;
			int			countdown = call;

			options.interrupt = stop_at;
			options.interrupt_context = &countdown;
			purchase_fit(condensed_family(0), cells, n, &options, &test_memory, &result);
			expect(countdown > 0 || (result.status == FIT_INTERRUPTED && !result.has_covariance && countdown == 0),
				   "stopped at call %d: status %d, countdown %d", call, result.status, countdown);
		}
	}
	release_memory();
}

void
test_condensed(void)
{
	test_derivatives();
	test_one();
	test_recovery();
	test_choice();
	test_starts();
	test_small();
	test_order();
	test_extreme_bases();
	test_interrupt();
}
