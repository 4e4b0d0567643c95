/*
 * spend_test.c
 *		The gamma-gamma model: published estimates, recovery, starts, small and
 *		extreme bases, order, units of money.
 */
#include "clv_test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "math/quadrature.h"

static const FitOptions usual_options = {.unit = 1.0,.prior_sd = INFINITY};
static const double truth[3] = {6.25, 3.74, 15.44};

static SpendCell *
simulate(const double *parameters, size_t n, uint64_t seed)
{
	SpendCell  *cells = test_memory.allocate(n * sizeof(SpendCell), NULL);

	seed_random(seed);
	for (size_t i = 0; i < n; i++)
		cells[i] = random_spend(parameters, 1 + (uint32_t) (-3.0 * log(random_uniform())));
	return cells;
}

static double
sum_of_spenders(const SpendCell *cells, size_t n, const double *parameters)
{
	double		sum = 0.0;

	for (size_t i = 0; i < n; i++)
		sum += cells[i].customers * gamma_gamma_log_likelihood(parameters, cells[i].purchases, cells[i].mean);
	return sum;
}

/*
 * The optimum, without the derivatives of the fit: the likelihood of customers
 * falls on all sides of it, by what the covariance says.
 */
static void
test_optimum(const SpendCell *cells, size_t n, const FitResult *result)
{
	double		top = sum_of_spenders(cells, n, result->parameters);
	double		information[3][3];
	const double h = 1e-3;

	expect(is_near(result->log_likelihood, top, 1e-11), "log-likelihood %.12g, of customers %.12g",
		   result->log_likelihood, top);
	for (int i = 0; i < 3; i++)
	{
		for (int j = 0; j < 3; j++)
		{
			double		v[4];

			for (int k = 0; k < 4; k++)
			{
				double		p[3];

				memcpy(p, result->parameters, sizeof(p));
				p[i] *= exp(k & 1 ? h : -h);
				p[j] *= exp(k & 2 ? h : -h);
				v[k] = sum_of_spenders(cells, n, p);
			}
			if (i == j)
				expect(v[0] < top && v[3] < top && fabs(v[3] - v[0]) < 0.01 * (2 * top - v[0] - v[3]),
					   "parameter %d: a top: %g %g", i, v[0] - top, v[3] - top);
			information[i][j] = -(v[3] - v[2] - v[1] + v[0]) / (4 * h * h);
		}
	}
	for (int i = 0; i < 3; i++)
	{
		for (int j = 0; j < 3; j++)
		{
			double		product = 0.0;

			for (int k = 0; k < 3; k++)
				product += information[i][k] * result->log_covariance[3 * k + j];
			expect(fabs(product - (i == j)) < 2e-3, "covariance times information: %d %d is %g", i, j, product);
		}
	}
}

static void
test_cdnow(void)
{
	static const double published[3] = {6.25, 3.74, 15.44}; /* Fader & Hardie 2013 */
	size_t		n;
	size_t		used = 0;
	const SampleCustomer *sample = cdnow_sample(&n);
	SpendCell  *cells;

	group("gamma-gamma: CDNOW");
	if (sample == NULL)
	{
		skip("the data are not present (../shared/data, or $CLIENTELE_SHARED/data)");
		return;
	}
	cells = test_memory.allocate(n * sizeof(SpendCell), NULL);
	for (size_t i = 0; i < n; i++)
	{
		if (sample[i].frequency > 0 && sample[i].mean > 0)
		{
			cells[used].mean = sample[i].mean;
			cells[used].purchases = (uint32_t) sample[i].frequency;
			cells[used].customers = 1;
			used++;
		}
	}
	expect(used == 946, "%zu customers", used);
	for (int finite_mean = 0; finite_mean < 2; finite_mean++)
	{
		FitResult	result;

		gamma_gamma_fit(cells, used, finite_mean, &usual_options, &test_memory, &result);
		expect(result.status == FIT_OK && is_finite_result(&result), "converges");
		expect(fabs(result.log_likelihood - -4055.9177) < 5e-5, "log-likelihood %.6f", result.log_likelihood);
		for (int i = 0; i < 3; i++)
			expect(fabs(result.parameters[i] - published[i]) < 0.0051, "parameter %d: %.5f", i, result.parameters[i]);
		test_optimum(cells, used, &result);
		if (!finite_mean)
			printf("# p %.5f q %.5f gamma %.5f, log-likelihood %.4f, %d evaluations\n", result.parameters[0],
				   result.parameters[1], result.parameters[2], result.log_likelihood, result.evaluations);
	}
}

static void
test_recovery(void)
{
	double		squares = 0.0;

	group("gamma-gamma: recovery of known parameters");
	for (int seed = 1; seed <= 20; seed++)
	{
		SpendCell  *cells = simulate(truth, 2000, seed);
		FitResult	result;
		FitResult	finite;
		FitResult	cents;

		gamma_gamma_fit(cells, 2000, false, &usual_options, &test_memory, &result);
		gamma_gamma_fit(cells, 2000, true, &usual_options, &test_memory, &finite);
		expect(result.status == FIT_OK && is_finite_result(&result), "converges");
		if (seed == 1)
		{
			test_optimum(cells, 2000, &result);
			test_optimum(cells, 2000, &finite);
		}
		for (int i = 0; i < 3; i++)
		{
			double		z = log(result.parameters[i] / truth[i]) / sqrt(result.log_covariance[4 * i]);

			expect(fabs(z) < 4.5, "parameter %d is %.1f standard errors off", i, z);
			squares += z * z;
			expect(is_near(finite.parameters[i], result.parameters[i], 1e-8) &&
				   is_near(finite.log_covariance[4 * i], result.log_covariance[4 * i], 1e-6),
				   "with a finite mean: the same, as q is above 1");
		}
		for (int i = 0; i < 2000; i++)
			cells[i].mean *= 100;
		gamma_gamma_fit(cells, 2000, false, &usual_options, &test_memory, &cents);
		expect(is_near(cents.parameters[0], result.parameters[0], 1e-9) &&
			   is_near(cents.parameters[1], result.parameters[1], 1e-9) &&
			   is_near(cents.parameters[2], 100 * result.parameters[2], 1e-9) &&
			   is_near(result.log_likelihood - cents.log_likelihood, 2000 * log(100.0), 1e-10), "in cents");
		release_memory();
	}
	expect(squares / 60 > 0.4 && squares / 60 < 1.9, "mean square of the errors %.2f", squares / 60);
}

/* Without a finite mean the model says so, and the fit can be kept from there. */
static void
test_finite_mean(void)
{
	static const double heavy[3] = {3.0, 0.8, 10.0};
	SpendCell  *cells = simulate(heavy, 5000, 31);
	FitResult	result;

	group("gamma-gamma: a population without a mean");
	gamma_gamma_fit(cells, 5000, false, &usual_options, &test_memory, &result);
	expect(result.status == FIT_OK && result.parameters[1] < 1.0, "q %g", result.parameters[1]);
	expect(isnan(gamma_gamma_expected_spend(result.parameters, 0, 0)), "no population mean");
	expect(gamma_gamma_expected_spend(result.parameters, 3, 20) > 0, "a customer has one");
	gamma_gamma_fit(cells, 5000, true, &usual_options, &test_memory, &result);
	expect(result.status == FIT_BOUNDARY && result.parameters[1] > 1.0 && result.parameters[1] < 1.001 &&
		   is_finite_result(&result), "kept above 1: status %d, q %g", result.status, result.parameters[1]);
	expect(gamma_gamma_expected_spend(result.parameters, 0, 0) > 0, "a population mean");
	release_memory();
}

static void
test_starts_and_order(void)
{
	SpendCell  *cells = simulate(truth, 1000, 77);
	FitResult	best;
	int			boundary = 0;

	group("gamma-gamma: starts, order of cells");
	gamma_gamma_fit(cells, 1000, false, &usual_options, &test_memory, &best);
	for (int i = 0; i < 500; i++)
	{
		double		start[3];
		FitOptions	options = usual_options;
		FitResult	result;

		for (int j = 0; j < 3; j++)
			start[j] = exp(10.0 * random_uniform() - 5.0);
		options.start = start;
		gamma_gamma_fit(cells, 1000, i % 2, &options, &test_memory, &result);
		expect(is_finite_result(&result), "finite");
		boundary += result.status == FIT_BOUNDARY;
		expect(result.status == FIT_BOUNDARY ||
			   (result.status == FIT_OK && is_near(result.log_likelihood, best.log_likelihood, 1e-11)),
			   "status %d, log-likelihood %.9f, not %.9f", result.status, result.log_likelihood, best.log_likelihood);
	}
	expect(boundary < 50, "%d at a boundary", boundary);

	for (size_t n = 1000; n <= 100000; n *= 100)
	{
		FitResult	again;

		cells = simulate(truth, n, 78);
		gamma_gamma_fit(cells, n, false, &usual_options, &test_memory, &best);
		shuffle_cells(cells, n, sizeof(SpendCell));
		gamma_gamma_fit(cells, n, false, &usual_options, &test_memory, &again);
		expect(best.status == FIT_OK && best.log_likelihood == again.log_likelihood &&
			   memcmp(best.parameters, again.parameters, sizeof(best.parameters)) == 0 &&
			   memcmp(best.log_covariance, again.log_covariance, sizeof(best.log_covariance)) == 0,
			   "%zu cells in another order", n);
		expect(best.evaluations <= (n > 40000 ? 6 : 20), "%d evaluations", best.evaluations);
	}
	release_memory();
}

static void
test_extreme_spend(void)
{
	static const struct
	{
		const char *what;
		SpendCell	cells[3];
		int			n;
	}			bases[] = {
		{"one customer", {{22.5, 2, 1}}, 1},
		{"a million alike", {{22.5, 2, 1000000}}, 1},
		{"all spend the same", {{10, 1, 5}, {10, 3, 5}, {10, 100, 5}}, 3},
		{"a billion purchases", {{10, 1000000000, 1}, {20, 1, 5}, {5, 7, 9}}, 3},
		{"fractions and fortunes", {{1e-9, 1, 5}, {1e12, 3, 5}, {1, 2, 100}}, 3},
		{"all that fits", {{1e300, 4294967295u, 4294967295u}, {1e-300, 1, 4294967295u}}, 2},
	};

	group("gamma-gamma: extreme bases");
	for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++)
	{
		for (int variant = 0; variant < 4; variant++)
		{
			FitOptions	options = usual_options;
			FitResult	result;

			options.prior_sd = variant & 1 ? 1.0 : INFINITY;
			gamma_gamma_fit(bases[i].cells, bases[i].n, variant & 2, &options, &test_memory, &result);
			expect(is_finite_result(&result) && result.evaluations < 1000, "%s: status %d after %d: %g %g %g, %g",
				   bases[i].what, result.status, result.evaluations, result.parameters[0], result.parameters[1],
				   result.parameters[2], result.log_likelihood);
		}
	}
	for (int size = 20; size <= 100; size += 80)
	{
		for (int seed = 0; seed < 200; seed++)
		{
			SpendCell  *cells = simulate(truth, size, 5000 + seed);
			FitResult	result;

			gamma_gamma_fit(cells, size, seed & 1, &usual_options, &test_memory, &result);
			expect(is_finite_result(&result) && (result.status == FIT_OK || result.status == FIT_BOUNDARY),
				   "%d customers, seed %d: status %d after %d", size, seed, result.status, result.evaluations);
		}
	}
	release_memory();
}

/* The density adds up to 1. */
typedef struct DensityContext
{
	double		purchases;
	double		power;			/* of the mean in the integral */
} DensityContext;

static double
density(double log_mean, void *context)
{
	const DensityContext *c = context;

	return exp(gamma_gamma_log_likelihood(truth, c->purchases, exp(log_mean)) + log_mean * (1.0 + c->power));
}

static void
test_density(void)
{
	group("gamma-gamma: density");
	for (int x = 1; x < 40; x += 3)
	{
		double		total[2] = {0.0, 0.0};

		for (int power = 0; power < 2; power++)
		{
			DensityContext context = {x, power};

			for (int panel = -10; panel < 15; panel++)
			{
				for (int i = 0; i < 32; i++)
					total[power] += gauss_legendre_weights(32)[i] *
						density(panel + gauss_legendre_nodes(32)[i], &context);
			}
		}
		expect(fabs(total[0] - 1.0) < 1e-9, "x = %d: 1 %+g", x, total[0] - 1.0);
		expect(is_near(total[1], gamma_gamma_expected_spend(truth, 0, 0), 1e-7), "x = %d: mean %g", x, total[1]);
	}
}

void
test_spend(void)
{
	test_density();
	test_cdnow();
	test_recovery();
	test_finite_mean();
	test_starts_and_order();
	test_extreme_spend();
}
