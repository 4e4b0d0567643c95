/*
 * beta_binomial_test.c
 *		BG/BB: predictions against a table of values to 20 digits, published
 *		figures, properties, derivatives, fits.
 */
#include "clv_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clv/family/beta_binomial.h"
#include "clv/family/family_data.h"

/* What is promised is 1e-9 */
#define TABLE_TOLERANCE	1e-10

static const FitOptions usual_options = {.unit = 1.0,.prior_sd = INFINITY};

/*
 * 11,104 donors, and how often they gave in six years: Fader, Hardie & Shang
 * (2010), table 2. Recency, age, frequency, customers.
 */
static const CustomerCell donors[] = {
	{6, 6, 6, 1203}, {6, 6, 5, 728}, {6, 6, 4, 512}, {6, 6, 3, 357},
	{6, 6, 2, 234}, {6, 6, 1, 129}, {5, 6, 5, 335}, {5, 6, 4, 284},
	{5, 6, 3, 225}, {5, 6, 2, 173}, {5, 6, 1, 119}, {4, 6, 4, 240},
	{4, 6, 3, 181}, {4, 6, 2, 155}, {4, 6, 1, 78}, {3, 6, 3, 322},
	{3, 6, 2, 255}, {3, 6, 1, 129}, {2, 6, 2, 613}, {2, 6, 1, 277},
	{1, 6, 1, 1091}, {0, 6, 0, 3464}
};

#define DONORS	(sizeof(donors) / sizeof(donors[0]))

static const double published[4] = {1.204, 0.750, 0.657, 2.783};

static CustomerCell *
simulate(const double *p, size_t n, double age, uint64_t seed)
{
	CustomerCell *cells = test_memory.allocate(n * sizeof(CustomerCell), NULL);

	seed_random(seed);
	for (size_t i = 0; i < n; i++)
		cells[i] = random_opportunities(p, ceil(age * (0.5 + 0.5 * random_uniform())));
	return cells;
}

/* Every line of the table. */
static void
test_table(void)
{
	const PurchaseFamily *family = &bg_bb_family;
	FILE	   *file = fopen("beta_binomial_reference.txt", "r");
	char		line[500];
	int			lines = 0;
	double		worst = 0.0;

	group("BG/BB against 20 digits");
	expect(file != NULL, "beta_binomial_reference.txt is missing");
	if (file == NULL)
		return;
	while (fgets(line, sizeof(line), file) != NULL)
	{
		char		kind[20];
		double		p[4];
		PurchaseHistorySummary c = {.log_gaps = NAN};
		double		t;
		int			k;
		double		delta;
		double		expected;
		double		value = NAN;
		double		error;

		if (sscanf(line, "%19s %lf %lf %lf %lf %lf %lf %lf %lf %d %lf %lf", kind, &p[0], &p[1], &p[2], &p[3],
				   &c.frequency, &c.recency, &c.age, &t, &k, &delta, &expected) != 12)
			break;
		if (strcmp(kind, "ll") == 0)
			value = family->log_likelihood_one(p, &c);
		else if (strcmp(kind, "alive") == 0)
			value = family->p_alive(p, &c, t);
		else if (strcmp(kind, "rate") == 0)
			value = family->purchase_rate(p, &c);
		else if (strcmp(kind, "dropout") == 0)
			value = family->dropout(p, &c);
		else if (strcmp(kind, "expected") == 0)
			value = c.age == 0 ? family->expected_purchases_new(p, t) : family->expected_purchases(p, &c, t);
		else if (strcmp(kind, "mass") == 0)
			value = c.age == 0 ? family->purchase_probability_new(p, k, t) :
				family->purchase_probability(p, &c, k, t);
		else if (strcmp(kind, "discounted") == 0)
			value = family->discounted_purchases(p, &c, t, delta);
		error = fabs(value - expected) / fmax(fabs(expected), strcmp(kind, "ll") == 0 ? 1.0 : 0.0);
		expect(error <= TABLE_TOLERANCE, "%.3g off, %.17g: %s", error, value, line);
		worst = fmax(worst, error);
		lines++;
	}
	fclose(file);
	expect(lines > 1500, "%d lines", lines);
	printf("# %d values, the worst %.1e off\n", lines, worst);
}

/* What is printed of the donors. */
static void
test_published(void)
{
	/* Table 6: P(alive) in 2002, after the six years; a year later than now */
	static const struct
	{
		PurchaseHistorySummary customer;
		double		alive;
	}			table_6[] =

	{
		{{0, 0, 6, NAN}, 0.11}, {{2, 4, 6, NAN}, 0.59}, {{6, 6, 6, NAN}, 0.93}
	};

	/* In-sample fit of the authors' spreadsheet: never, and each year */
	static const double in_sample[2] = {3454.9, 1253.1};

	/*
	 * Maximum and standard errors by independent_beta_binomial.py (scipy,
	 * from the published likelihood)
	 */
	static const double estimates[4] = {1.203522, 0.749716, 0.656718, 2.783443};
	static const double errors[4] = {0.0693914, 0.0294477, 0.0510099, 0.3208192};
	const PurchaseFamily *family = &bg_bb_family;
	FitResult	fit;
	double		total = 0.0;
	double		log_likelihood = 0.0;

	group("BG/BB: donors");
	purchase_fit(family, donors, DONORS, &usual_options, &test_memory, &fit);
	expect(fit.status == FIT_OK && fit.has_covariance, "status %d", fit.status);
	expect(fabs(fit.log_likelihood + 33225.6) < 0.05, "log-likelihood %.4f", fit.log_likelihood);
	for (int i = 0; i < 4; i++)
	{
		double		error = fit.parameters[i] * sqrt(fit.log_covariance[5 * i]);

		expect(fabs(fit.parameters[i] - published[i]) < 0.00051, "%s %.6f", family->parameter_names[i],
			   fit.parameters[i]);
		expect(fabs(fit.parameters[i] - estimates[i]) < 2e-6, "%s %.7f", family->parameter_names[i],
			   fit.parameters[i]);
		expect(is_near(error, errors[i], 1e-5), "standard error of %s %.8f", family->parameter_names[i], error);
	}
	for (size_t i = 0; i < DONORS; i++)
	{
		PurchaseHistorySummary h = {donors[i].frequency, donors[i].recency, donors[i].age, NAN};

		total += donors[i].customers * family->expected_purchases(fit.parameters, &h, 5);
		log_likelihood += donors[i].customers * family->log_likelihood_one(fit.parameters, &h);
	}
	expect(fabs(total - 12884.2) < 0.05, "gifts in five years %.4f", total);
	expect(is_near(log_likelihood, fit.log_likelihood, 1e-13), "log-likelihood %.8f of customers", log_likelihood);
	for (int i = 0; i < 3; i++)
	{
		double		alive = family->p_alive(fit.parameters, &table_6[i].customer, 1);

		expect(fabs(alive - table_6[i].alive) < 0.005, "P(alive) %d: %.4f", i, alive);
	}
	for (int i = 0; i < 2; i++)
	{
		double		never = 11104 * family->purchase_probability_new(fit.parameters, 6 * i, 6);

		expect(fabs(never - in_sample[i]) < 0.05, "%d gifts: %.4f donors", 6 * i, never);
	}
	printf("# alpha %.5f beta %.5f gamma %.5f delta %.5f, log-likelihood %.4f, %d evaluations\n", fit.parameters[0],
		   fit.parameters[1], fit.parameters[2], fit.parameters[3], fit.log_likelihood, fit.evaluations);
	release_memory();
}

/*
 * Properties that hold whatever the parameters: probabilities of all numbers of
 * purchases sum to 1 and have the expectation as their mean, now and for a new
 * customer; so do those of all histories of nine opportunities, and expectations
 * over them are those before them.
 */
static void
test_properties(void)
{
	static const double places[][4] = {
		{1.204, 0.750, 0.657, 2.783}, {1, 1, 1, 1}, {0.01, 0.02, 0.03, 0.04}, {500, 900, 1, 30},
		{1e-4, 1e4, 1e4, 1e-4}, {3, 0.5, 1.0 + 1e-12, 7}, {1e4, 1e-4, 1e-4, 1e4}
	};
	static const PurchaseHistorySummary past = {7, 20, 40, NAN};
	const PurchaseFamily *family = &bg_bb_family;

	group("BG/BB: properties");
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
	{
		const double *p = places[i];
		double		choose[10] = {0};
		double		sum = 0.0;
		double		alive = 0.0;
		double		rate = 0.0;
		double		dropout = 0.0;
		double		later = 0.0;
		double		discounted = 0.0;

		for (int t = 1; t <= 100; t += 33)
		{
			double		new_sum = 0.0;
			double		new_mean = 0.0;
			double		past_sum = 0.0;
			double		past_mean = 0.0;

			for (int k = 0; k <= t; k++)
			{
				double		probability = family->purchase_probability_new(p, k, t);

				new_sum += probability;
				new_mean += k * probability;
				probability = family->purchase_probability(p, &past, k, t);
				past_sum += probability;
				past_mean += k * probability;
			}
			expect(is_near(new_sum, 1, 1e-12) && is_near(past_sum, 1, 1e-12), "place %zu, %d: sums %.15g %.15g", i, t,
				   new_sum, past_sum);
			expect(is_near(new_mean, family->expected_purchases_new(p, t), 1e-11) &&
				   fabs(past_mean - family->expected_purchases(p, &past, t)) <= 1e-11 * past_mean,
				   "place %zu, %d: means %.15g %.15g", i, t, new_mean, past_mean);
			expect(family->purchase_probability(p, &past, t + 1, t) == 0.0, "more than there are");
		}

		/*
		 * all histories of 9: C(last - 1, x - 1) ways to have x, the last at
		 * last
		 */
		for (int last = 0; last <= 9; last++)
		{
			for (int x = last > 0; x <= last; x++)
			{
				PurchaseHistorySummary h = {x, last, 9, NAN};
				double		ways = last == 0 ? 1 : choose[x - 1];
				double		weight = ways * exp(family->log_likelihood_one(p, &h));

				sum += weight;
				alive += weight * family->p_alive(p, &h, 4);
				rate += weight * family->purchase_rate(p, &h);
				dropout += weight * family->dropout(p, &h);
				later += weight * family->expected_purchases(p, &h, 60);
				discounted += weight * family->discounted_purchases(p, &h, 700, 0.001);
			}
			/* Pascal's next row */
			if (last == 0)
				choose[0] = 1;
			else
			{
				for (int x = last; x > 0; x--)
					choose[x] += choose[x - 1];
			}
		}
		expect(is_near(sum, 1, 1e-13), "place %zu: histories sum to %.15g", i, sum);
		{
			PurchaseHistorySummary fresh = {0, 0, 0, NAN};
			double		before = 0.0;

			for (int j = 1; j <= 9; j++)
				before += p[0] / (p[0] + p[1]) * family->p_alive(p, &fresh, j) * exp(-0.001 * j);
			expect(is_near(alive, family->p_alive(p, &fresh, 13), 1e-12), "place %zu: alive %.15g", i, alive);
			expect(is_near(rate, p[0] / (p[0] + p[1]), 1e-12), "place %zu: rate %.15g", i, rate);
			expect(is_near(dropout, p[2] / (p[2] + p[3]), 1e-12), "place %zu: dropout %.15g", i, dropout);
			expect(is_near(later + family->expected_purchases_new(p, 9), family->expected_purchases_new(p, 69), 1e-12),
				   "place %zu: later %.15g", i, later);
			expect(is_near(discounted * exp(-0.009) + before, family->discounted_purchases(p, &fresh, 709, 0.001), 1e-11),
				   "place %zu: discounted %.15g", i, discounted);
		}
	}
}

/* Whatever the arguments: numbers in their range, in order. */
static void
test_extremes(void)
{
	static const double values[] = {1e-4, 0.03, 1.0, 40.0, 1e4};
	static const PurchaseHistorySummary customers[] = {
		{0, 0, 0, NAN}, {0, 0, 1, NAN}, {1, 1, 1, NAN}, {0, 0, 100000, NAN}, {1, 50000, 100000, NAN},
		{100000, 100000, 100000, NAN}, {10000, 10000, 100000, NAN}, {300, 900, 1000, NAN}
	};
	static const double times[] = {0, 1, 48, 49, 512, 513, 36500, 1e6};
	const PurchaseFamily *family = &bg_bb_family;

	group("BG/BB: extremes");
	for (int place = 0; place < 625; place++)
	{
		double		p[4] = {values[place % 5], values[place / 5 % 5], values[place / 25 % 5], values[place / 125]};

		for (size_t c = 0; c < sizeof(customers) / sizeof(customers[0]); c++)
		{
			const PurchaseHistorySummary *h = &customers[c];
			double		likelihood = family->log_likelihood_one(p, h);
			double		rate = family->purchase_rate(p, h);
			double		dropout = family->dropout(p, h);
			double		alive = 1.0;
			double		purchases = 0.0;
			double		discounted = 0.0;

			expect(isfinite(likelihood) && likelihood <= 1e-9, "likelihood %g, place %d, customer %zu", likelihood, place, c);
			expect(rate > 0 && rate < 1 + 1e-12 && dropout > 0 && dropout < 1 + 1e-12, "rate %g, dropout %g, place %d, customer %zu",
				   rate, dropout, place, c);
			for (size_t t = 0; t < sizeof(times) / sizeof(times[0]); t++)
			{
				double		a = family->p_alive(p, h, times[t]);
				double		e = family->expected_purchases(p, h, times[t]);
				double		d = family->discounted_purchases(p, h, times[t], 3e-4);
				double		m = times[t] > 40000 ? 0 : family->purchase_probability(p, h, (int) (times[t] / 3), times[t]);

				expect(a >= 0 && a <= alive * (1 + 1e-9), "alive %g, after %g, place %d, customer %zu, %g", a, alive, place, c, times[t]);
				expect(e >= purchases * (1 - 1e-12) && e <= times[t] * (1 + 1e-12), "purchases %g, after %g, place %d, customer %zu, %g", e,
					   purchases, place, c, times[t]);
				expect(d >= discounted * (1 - 1e-11) && d <= e * (1 + 1e-11), "discounted %g of %g, after %g, place %d, customer %zu, %g", d, e,
					   discounted, place, c, times[t]);
				expect(m >= 0 && m <= 1, "mass %g, place %d, customer %zu", m, place, c);
				alive = a;
				purchases = e;
				discounted = d;
			}
			expect(is_near(family->discounted_purchases(p, h, INFINITY, 3e-4), discounted, 1e-10), "DERT, place %d, customer %zu", place, c);
			expect(family->discounted_purchases(p, h, INFINITY, 800) == 0 && family->discounted_purchases(p, h, 1e6, 800) == 0 &&
				   family->discounted_purchases(p, h, INFINITY, 700) < 1e-300, "DERT, each opportunity worth nothing beside the one before");
			expect(p[2] <= 1 ? isinf(family->discounted_purchases(p, h, INFINITY, 0)) || alive == 0 :
				   isfinite(family->discounted_purchases(p, h, INFINITY, 0)), "DERT without discount");
		}
	}
	/* a part of an opportunity does not count, but for rounding */
	expect(family->expected_purchases_new(published, 3.9) == family->expected_purchases_new(published, 3), "parts");
	expect(family->expected_purchases_new(published, 3 - 1e-9) == family->expected_purchases_new(published, 3), "rounding");
}

/*
 * Gradient and Hessian against central differences, at places and for cells
 * that take each path: one segment and several, rescaled sums, long tables.
 */
static void
test_derivatives(void)
{
	static const double places[][4] = {
		{0.2, -0.3, -0.4, 1.0}, {0, 0, 0, 0}, {2, 3, -3, -2}, {-4, -5, 2, 4}, {5, 7, 1, 8}, {-1, 6, -5, 5}
	};
	const double h = 1e-3;

	group("BG/BB: gradient and Hessian");
	for (int base = 0; base < 3; base++)
	{
		static const double daily[4] = {0.5, 8.0, 0.5, 200.0};
		size_t		n = base == 0 ? DONORS : 600;
		CustomerCell *cells = test_memory.allocate(n * sizeof(CustomerCell), NULL);
		FamilyData *data;

		if (base == 0)
			memcpy(cells, donors, sizeof(donors));
		else
			cells = simulate(daily, n, base == 1 ? 60 : 3650, 7);
		if (base == 2)
		{
			static const CustomerCell far[] = {
				{9000, 9000, 9000, 1}, {12000, 12000, 9000, 2}, {9001, 20000, 9000, 1}, {19990, 20000, 9000, 1},
				{0, 0, 0, 3}, {0, 20000, 0, 1}, {20000, 20000, 1, 1}, {5000, 20000, 700, 1}, {19000, 20000, 700, 1}
			};

			memcpy(cells, far, sizeof(far));
		}
		data = family_data_prepare(cells, n, 1.0, &test_memory);
		for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		{
			double		theta[4];
			double		value;
			double		gradient[4];
			double		hessian[16];
			double		natural[4];
			double		scale = 1.0;
			double		sum = 0.0;

			memcpy(theta, places[i], sizeof(theta));
			expect(beta_binomial_log_likelihood(theta, data, &value, gradient, hessian), "finite");
			for (int j = 0; j < 4; j++)
				natural[j] = exp(theta[j]);
			for (size_t j = 0; j < n; j++)
			{
				PurchaseHistorySummary c = {cells[j].frequency, cells[j].recency, cells[j].age, NAN};

				sum += cells[j].customers * bg_bb_family.log_likelihood_one(natural, &c);
			}
			expect(is_near(value, sum, 1e-12), "base %d, place %zu: value %.15g, of customers %.15g", base, i, value, sum);
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
					expect(beta_binomial_log_likelihood(theta, data, &v[k], g[k], unused), "finite");
				}
				theta[j] = places[i][j];
				slope = (8 * (v[0] - v[1]) - (v[2] - v[3])) / (12 * h);
				expect(fabs(slope - gradient[j]) < 1e-9 * scale + 1e-12 * fabs(value) / h,
					   "base %d, place %zu, gradient %d: %.12g, difference %.12g", base, i, j, gradient[j], slope);
				for (int k = 0; k < 4; k++)
				{
					slope = (8 * (g[0][k] - g[1][k]) - (g[2][k] - g[3][k])) / (12 * h);
					expect(fabs(slope - hessian[4 * j + k]) < 2e-9 * scale,
						   "base %d, place %zu, Hessian %d %d: %.12g, difference %.12g", base, i, j, k, hessian[4 * j + k], slope);
				}
			}
		}
		release_memory();
	}
	{
		static const CustomerCell impossible[] = {{3, 6, 4, 1}, {1, 6, 1, 1}};
		double		theta[4] = {0, 0, 0, 0};
		double		value;
		double		gradient[4];
		double		hessian[16];

		expect(!beta_binomial_log_likelihood(theta, family_data_prepare(impossible, 2, 1.0, &test_memory), &value,
											 gradient, hessian), "more purchases than opportunities have no likelihood");
	}
	release_memory();
}

/* 500 random starts: the same optimum, or it is said that it is none. */
static void
test_starts(void)
{
	static const double monthly[4] = {0.8, 4.0, 0.7, 9.0};

	group("BG/BB: 500 random starts");
	for (int base = 0; base < 2; base++)
	{
		const CustomerCell *cells = base == 0 ? donors : simulate(monthly, 2000, 36, 3);
		size_t		n = base == 0 ? DONORS : 2000;
		FitResult	best;
		int			boundary = 0;
		int			evaluations = 0;
		int			most = 0;

		purchase_fit(&bg_bb_family, cells, n, &usual_options, &test_memory, &best);
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
			purchase_fit(&bg_bb_family, cells, n, &options, &test_memory, &result);
			evaluations += result.evaluations;
			if (result.evaluations > most)
				most = result.evaluations;
			if (result.status == FIT_BOUNDARY)
			{
				boundary++;
				continue;
			}
			expect(result.status == FIT_OK, "status %d", result.status);
			expect(fabs(result.log_likelihood - best.log_likelihood) < 1e-7, "base %d: log-likelihood %.9f, not %.9f", base,
				   result.log_likelihood, best.log_likelihood);
			for (int j = 0; j < 4; j++)
				expect(is_near(result.parameters[j], best.parameters[j], 1e-4), "parameter %d: %.9g, not %.9g", j,
					   result.parameters[j], best.parameters[j]);
		}
		expect(boundary < 50, "%d at a boundary", boundary);
		printf("# %s: %.1f evaluations on average, %d at most; %d said boundary\n", base == 0 ? "donors" : "months",
			   evaluations / 500.0, most, boundary);
		release_memory();
	}
}

/* 200 resamples of the donors: they converge or say boundary. */
static void
test_small(void)
{
	static const int sizes[3] = {50, 100, 250};

	group("BG/BB: small bases");
	for (int s = 0; s < 3; s++)
	{
		int			boundary = 0;
		int			most = 0;

		for (int i = 0; i < 200; i++)
		{
			CustomerCell cells[DONORS];
			FitOptions	options = usual_options;
			FitResult	result;
			size_t		n = 0;

			memcpy(cells, donors, sizeof(donors));
			for (size_t c = 0; c < DONORS; c++)
				cells[c].customers = 0;
			seed_random(1000 + i);
			for (int draw = 0; draw < sizes[s]; draw++)
			{
				double		at = random_uniform() * 11104;
				size_t		c = 0;

				while (c < DONORS - 1 && at >= donors[c].customers)
					at -= donors[c++].customers;
				cells[c].customers++;
			}
			for (size_t c = 0; c < DONORS; c++)
			{
				if (cells[c].customers > 0)
					cells[n++] = cells[c];
			}
			purchase_fit(&bg_bb_family, cells, n, &options, &test_memory, &result);
			expect(result.status == FIT_OK || result.status == FIT_BOUNDARY, "%d customers, seed %d: status %d", sizes[s], i,
				   result.status);
			expect(result.has_covariance == (result.status == FIT_OK) && isfinite(result.log_likelihood), "%d customers, seed %d",
				   sizes[s], i);
			boundary += result.status == FIT_BOUNDARY;
			if (result.evaluations > most)
				most = result.evaluations;

			options.prior_sd = 1.5;
			purchase_fit(&bg_bb_family, cells, n, &options, &test_memory, &result);
			expect(result.status == FIT_OK, "%d customers, seed %d: with a prior %d", sizes[s], i, result.status);
		}
		printf("# %d donors: %d of 200 at a boundary, at most %d evaluations\n", sizes[s], boundary, most);
		release_memory();
	}
}

/* Estimates lie about the truth, as far as their standard errors say. */
static void
test_recovery(void)
{
	static const double truths[3][4] = {{1.2, 0.75, 0.66, 2.8}, {0.8, 4.0, 0.7, 9.0}, {0.6, 60.0, 0.8, 300.0}};
	static const double ages[3] = {6, 48, 730};

	group("BG/BB: recovery of known parameters");
	for (int t = 0; t < 3; t++)
	{
		double		squares = 0.0;
		int			count = 0;

		for (int seed = 1; seed <= 20; seed++)
		{
			CustomerCell *cells = simulate(truths[t], 4000, ages[t], 100 + seed);
			FitResult	result;

			purchase_fit(&bg_bb_family, cells, 4000, &usual_options, &test_memory, &result);
			expect(result.status == FIT_OK, "status %d", result.status);
			for (int i = 0; i < 4 && result.status == FIT_OK; i++)
			{
				double		z = log(result.parameters[i] / truths[t][i]) / sqrt(result.log_covariance[5 * i]);

				expect(fabs(z) < 4.5, "truth %d, seed %d: parameter %d is %.1f standard errors off", t, seed, i, z);
				squares += z * z;
				count++;
			}
			release_memory();
		}
		expect(squares / count > 0.5 && squares / count < 1.7, "mean square of the errors %.2f", squares / count);
	}
}

/* The order of cells, and how customers are divided among them, do not show. */
static void
test_order(void)
{
	static const double daily[4] = {0.6, 20.0, 0.8, 300.0};

	group("BG/BB: order and division of cells");
	for (size_t n = 3000; n <= 120000; n *= 40)
	{
		CustomerCell *cells = simulate(daily, n, 730, 17);
		CustomerCell *doubled = test_memory.allocate(2 * n * sizeof(CustomerCell), NULL);
		FitResult	results[3];

		for (size_t i = 0; i < n; i++)
		{
			cells[i].customers = 1 + i % 3;
			doubled[2 * i] = doubled[2 * i + 1] = cells[i];
			doubled[2 * i].customers = 1;
			doubled[2 * i + 1].customers = i % 3;
		}
		purchase_fit(&bg_bb_family, cells, n, &usual_options, &test_memory, &results[0]);
		shuffle_cells(cells, n, sizeof(CustomerCell));
		purchase_fit(&bg_bb_family, cells, n, &usual_options, &test_memory, &results[1]);
		shuffle_cells(doubled, 2 * n, sizeof(CustomerCell));
		purchase_fit(&bg_bb_family, doubled, 2 * n, &usual_options, &test_memory, &results[2]);
		expect(results[0].status == FIT_OK, "converges");
		for (int i = 1; i < 3; i++)
			expect(results[i].log_likelihood == results[0].log_likelihood &&
				   memcmp(results[i].parameters, results[0].parameters, sizeof(results[0].parameters)) == 0 &&
				   memcmp(results[i].log_covariance, results[0].log_covariance, sizeof(results[0].log_covariance)) == 0,
				   "%zu cells, way %d", n, i);
		expect(results[0].evaluations <= (n > 100000 ? 6 : 20), "%d evaluations", results[0].evaluations);
		release_memory();
	}
}

/* Bases that teach nothing, or too much: an answer, and not after long. */
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
		{"always", {{100, 100, 100, 10}, {50, 50, 50, 7}}, 2},
		{"recency is age", {{100, 100, 5, 10}, {50, 50, 2, 7}}, 2},
		{"one opportunity", {{1, 1, 1, 10}, {0, 1, 0, 5}}, 2},
		{"a century of days", {{36500, 36500, 10000, 1}, {20000, 36500, 3, 5}, {0, 36500, 0, 9}, {4000, 4000, 17, 2}}, 4},
		{"all that fits", {{100000, 100000, 100000, 4294967295u}, {1, 1, 1, 4294967295u}, {1, 100000, 1, 4294967295u}}, 3},
		{"a new customer and one who came back", {{0, 0, 0, 1000}, {10, 300, 1, 1}}, 2},
		{"one in a million came back", {{0, 300, 0, 1000000}, {10, 300, 1, 1}}, 2},
	};

	group("BG/BB: extreme bases");
	for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++)
	{
		for (int prior = 0; prior < 2; prior++)
		{
			FitOptions	options = usual_options;
			FitResult	result;

			options.prior_sd = prior ? 1.0 : INFINITY;
			purchase_fit(&bg_bb_family, bases[i].cells, bases[i].n, &options, &test_memory, &result);
			expect(isfinite(result.log_likelihood) && (result.status == FIT_OK || result.status == FIT_BOUNDARY) &&
				   result.has_covariance == (result.status == FIT_OK), "%s: status %d, %g", bases[i].what, result.status,
				   result.log_likelihood);
			expect(result.evaluations < 1000, "%s: %d evaluations", bases[i].what, result.evaluations);
			if (getenv("VERBOSE") != NULL)
				printf("# bg/bb, %s%s: status %d after %d: %g %g %g %g, %g\n", bases[i].what, prior ? " (prior)" : "",
					   result.status, result.evaluations, result.parameters[0], result.parameters[1], result.parameters[2],
					   result.parameters[3], result.log_likelihood);
			release_memory();
		}
	}
}

void
test_beta_binomial(void)
{
	test_table();
	test_published();
	test_properties();
	test_extremes();
	test_derivatives();
	test_starts();
	test_small();
	test_recovery();
	test_order();
	test_extreme_bases();
}
