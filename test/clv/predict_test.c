/*
 * predict_test.c
 *		Predictions of BG/NBD and MBG/NBD: against a table of values to 20
 *		digits, against published figures, and properties that hold whatever
 *		the parameters.
 */
#include "clv_test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clv/family/interval.h"
#include "math/quadrature.h"

/* What is promised is 1e-9 */
#define TABLE_TOLERANCE	1e-10

/* One line of the table; returns the value of ours, NAN if it is not one. */
static double
answer(const char *line, double *expected, double *scale)
{
	char		kind[20];
	int			m;
	int			n;
	double		p[4];
	double		t;
	double		delta;
	PurchaseHistorySummary c;
	double		mean;
	const PurchaseFamily *family;

	*scale = 0.0;
	if (sscanf(line, "gg%15s %lf %lf %lf %lf %lf %lf", kind, &p[0], &p[1],
			   &p[2], &p[3], &mean, expected) == 7)
	{
		if (strcmp(kind, "mean") == 0)
			return gamma_gamma_expected_spend(p, p[3], mean);

		/* Relative to the terms of which it is the sum. */
		*scale = 1.0 + 1e-6 * (p[0] * p[3] + p[1]);
		return gamma_gamma_log_likelihood(p, p[3], mean);
	}
	if (sscanf(line, "%19s %d %lf %lf %lf %lf %lf %lf %lf %lf %d %lf %lf", kind, &m,
			   &p[0], &p[1], &p[2], &p[3], &c.frequency, &c.recency, &c.age,
			   &t, &n, &delta, expected) != 13)
		return NAN;
	family = purchase_families[m];
	if (strcmp(kind, "ll") == 0)
	{
		*scale = 1.0;
		return family->log_likelihood_one(p, &c);
	}
	if (strcmp(kind, "alive") == 0)
		return family->p_alive(p, &c, t);
	if (strcmp(kind, "expected") == 0)
		return c.age == 0.0 ? family->expected_purchases_new(p, t) :
			family->expected_purchases(p, &c, t);
	if (strcmp(kind, "mass") == 0)
		return c.age == 0.0 ? family->purchase_probability_new(p, n, t) :
			family->purchase_probability(p, &c, n, t);
	if (strcmp(kind, "discounted") == 0)
		return family->discounted_purchases(p, &c, t, delta);
	return NAN;
}

/* Every line of reference.txt. */
static void
test_table(void)
{
	FILE	   *file = fopen("reference.txt", "r");
	char		line[500];
	double		worst = 0.0;
	int			lines = 0;

	group("predictions against 20 digits");
	expect(file != NULL, "reference.txt is missing");
	if (file == NULL)
		return;
	while (fgets(line, sizeof(line), file) != NULL)
	{
		double		expected = NAN;
		double		scale;
		double		value = answer(line, &expected, &scale);
		double		error = fabs(value - expected) / fmax(scale, fabs(expected));

		lines++;
		expect(error <= TABLE_TOLERANCE, "%.17g, off by %.1e: %s", value, error,
			   line);
		if (error > worst)
			worst = error;
	}
	fclose(file);
	expect(lines > 2000, "only %d lines", lines);
	printf("# %d values, largest relative error %.1e\n", lines, worst);
}

/* Figures from the papers, or recomputed from their parameters. */
static void
test_published(void)
{
	const PurchaseFamily *bg = find_purchase_family("bg/nbd");
	const PurchaseFamily *mbg = find_purchase_family("mbg/nbd");

	/* Fader, Hardie & Lee (2005) and Batislam et al. (2007), CDNOW, weeks */
	const double bg_parameters[4] = {0.243, 4.414, 0.793, 2.426};

	/* the same maximum with more digits, which the spreadsheet used */
	const double fitted[4] = {0.24259452, 4.41360202, 0.79292202, 2.42590678};
	const double mbg_parameters[4] = {0.525, 6.183, 0.891, 1.614};
	const double spend[3] = {6.25, 3.74, 15.44};
	const PurchaseHistorySummary two = {2, 30.43, 38.86, NAN};
	const PurchaseHistorySummary none = {0, 0, 38.86, NAN};

	/*
	 * The spreadsheet that comes with the 2005 paper, E[X(t)]. Its parameters
	 * have more digits than are printed; at 78 weeks that shows.
	 */
	static const double new_customer[6][2] = {
		{0.1429, 0.0078}, {1, 0.0532}, {3, 0.1506}, {31.8571, 1.0405},
		{32, 1.0437}, {78, 1.8576}
	};
	static const double mass[4] = {0.5737863521, 0.1993952808, 0.0854297595, 0.0458603539};

	group("published figures");
	expect(bg != NULL && mbg != NULL && find_purchase_family("bg") == NULL,
		   "families by name");
	/* the paper has 1.226, from t_x and T that are not rounded */
	expect(fabs(bg->expected_purchases(bg_parameters, &two, 39.0) - 1.226) < 0.0006,
		   "expected_purchases %.6f", bg->expected_purchases(bg_parameters, &two, 39.0));
	expect(is_near(bg->p_alive(bg_parameters, &two, 0), 0.726578570, 1e-9), "p_alive");
	expect(is_near(mbg->p_alive(mbg_parameters, &two, 0), 0.706202265, 1e-9), "p_alive, mbg");
	expect(is_near(bg->expected_purchases(bg_parameters, &none, 39.0), 0.195098052, 3e-9),
		   "expected_purchases without a repeat");
	expect(bg->p_alive(bg_parameters, &none, 0) == 1.0, "p_alive without a repeat");
	for (int i = 0; i < 6; i++)
		expect(fabs(bg->expected_purchases_new(fitted, new_customer[i][0]) -
					new_customer[i][1]) < (i < 5 ? 0.00006 : 0.0005), "E[X(%g)] = %.6f", new_customer[i][0],
			   bg->expected_purchases_new(fitted, new_customer[i][0]));
	for (int n = 0; n < 4; n++)
		expect(is_near(bg->purchase_probability_new(bg_parameters, n, 39.0), mass[n], 2e-9),
			   "P(X(39) = %d)", n);
	expect(is_near(gamma_gamma_expected_spend(spend, 2, 22.35), 24.663714, 3e-8), "expected spend");
	expect(is_near(gamma_gamma_expected_spend(spend, 0, 0), 35.218978, 3e-8), "mean spend");
}

/* Parameters and customers for the properties. */
static const double parameter_sets[][4] = {
	{0.243, 4.414, 0.793, 2.426}, {0.525, 6.183, 0.891, 1.614},
	{0.5, 20, 1, 2}, {0.3, 10, 0.4, 0.6}, {3, 10, 2, 5}, {0.05, 1, 0.1, 0.05},
	{12, 300, 0.3, 1}, {0.7, 3, 0.05, 0.9}
};
static const PurchaseHistorySummary histories[] = {
	{0, 0, 0, NAN}, {0, 0, 38.86, NAN}, {2, 30.43, 38.86, NAN}, {7, 100, 101, NAN}, {40, 300, 365, NAN}
};

#define NSETS		((int) (sizeof(parameter_sets) / sizeof(parameter_sets[0])))
#define NHISTORIES	((int) (sizeof(histories) / sizeof(histories[0])))

/* Probabilities sum to 1, and their mean is the expectation. */
static void
test_mass(const PurchaseFamily *family, const double *p,
		  const PurchaseHistorySummary *h, double t)
{
	double		sum = 0.0;
	double		mean = 0.0;
	double		last = 1.0;
	double		expected = family->expected_purchases(p, h, t);
	int			n = 0;

	/* until what is left is negligible, by a geometric bound */
	for (; n < 20000; n++)
	{
		double		probability = family->purchase_probability(p, h, n, t);

		expect(probability >= 0.0 && probability <= 1.0, "probability %g of %d",
			   probability, n);
		sum += probability;
		mean += n * probability;
		if (n > 20 && probability < last && probability * n / (1 - probability / last) < 1e-14)
			break;
		last = probability;
	}
	expect(fabs(sum - 1.0) < 1e-11, "%s r %g h %g t %g: sum of probabilities 1 %+.2e (%d)",
		   family->name, p[0], h->frequency, t, sum - 1.0, n);
	expect(is_near(mean, expected, 1e-10), "%s r %g x %g t %g: mean %.12g, expected %.12g",
		   family->name, p[0], h->frequency, t, mean, expected);
}

/* The same in another unit of time. */
static void
test_unit(const PurchaseFamily *family, const double *p,
		  const PurchaseHistorySummary *h, double t)
{
	const double scaled[4] = {p[0], p[1] * 7.0, p[2], p[3]};
	const PurchaseHistorySummary days = {h->frequency, h->recency * 7.0, h->age * 7.0, NAN};

	expect(is_near(family->p_alive(scaled, &days, t * 7.0), family->p_alive(p, h, t), 1e-12) &&
		   is_near(family->expected_purchases(scaled, &days, t * 7.0),
				   family->expected_purchases(p, h, t), 1e-12) &&
		   is_near(family->purchase_probability(scaled, &days, 3, t * 7.0),
				   family->purchase_probability(p, h, 3, t), 1e-12) &&
		   is_near(family->discounted_purchases(scaled, &days, t * 7.0, 0.01 / 7.0),
				   family->discounted_purchases(p, h, t, 0.01), 1e-11),
		   "%s r %g x %g t %g: weeks and days", family->name, p[0], h->frequency, t);
	expect(fabs(family->log_likelihood_one(p, h) - family->log_likelihood_one(scaled, &days) -
				h->frequency * log(7.0)) < 1e-11 * (1 + fabs(family->log_likelihood_one(p, h))),
		   "%s r %g x %g: likelihood in weeks and days", family->name, p[0], h->frequency);
}

/* Order, limits, and what functions have to do with each other. */
static void
test_relations(const PurchaseFamily *family, const double *p,
			   const PurchaseHistorySummary *h)
{
	static const double times[] = {0, 1e-9, 1e-3, 0.1, 1, 10, 52, 365, 3000, 1e5, 1e9};
	double		alive = family->p_alive(p, h, 0);
	double		last_alive = alive;
	double		last_purchases = 0.0;
	double		last_discounted = 0.0;
	double		rate = (p[0] + h->frequency) / (p[1] + h->age);

	expect(alive > 0.0 && alive <= 1.0, "p_alive %g", alive);
	for (int i = 0; i < 11; i++)
	{
		double		t = times[i];
		double		now = family->p_alive(p, h, t);
		double		purchases = family->expected_purchases(p, h, t);
		double		discounted = family->discounted_purchases(p, h, t, 0.002);

		expect(now >= 0.0 && now <= last_alive, "p_alive falls to %g at %g", now, t);
		expect(purchases >= last_purchases * (1 - 1e-13) && purchases <= alive * rate * t * (1 + 1e-12),
			   "%s: expected purchases %g at %g after %g", family->name, purchases, t, last_purchases);
		expect(discounted >= last_discounted * (1 - 1e-12) && discounted <= purchases * (1 + 1e-12),
			   "discounted %g of %g at %g", discounted, purchases, t);
		expect(family->discounted_purchases(p, h, t, 0.0) == purchases, "no discount");
		expect(is_near(family->discounted_purchases(p, h, t, 1e-13 / (1 + t)), purchases, 1e-12),
			   "%s r %g x %g t %g: next to no discount: %.16g, %.16g", family->name, p[0], h->frequency, t,
			   family->discounted_purchases(p, h, t, 1e-13 / (1 + t)), purchases);
		last_alive = now;
		last_purchases = purchases;
		last_discounted = discounted;
	}
	expect(last_discounted <= family->discounted_purchases(p, h, INFINITY, 0.002) * (1 + 1e-12),
		   "discounted without end");
	expect(is_near(family->discounted_purchases(p, h, 36525.0, 0.002),
				   family->discounted_purchases(p, h, INFINITY, 0.002), 1e-12),
		   "a century is without end at that rate");
	/* At a steep discount only the present rate of purchases counts. */
	expect(is_near(1e9 * family->discounted_purchases(p, h, INFINITY, 1e9), rate * alive, 1e-7),
		   "DERT at a steep discount");
	if (p[2] > 1.0)
		expect(is_near(family->discounted_purchases(p, h, INFINITY, 0.0),
					   alive * (p[2] + p[3] + h->frequency + (family == purchase_families[1]) - 1) / (p[2] - 1),
					   1e-13), "purchases without end or discount");
	else
		expect(isinf(family->discounted_purchases(p, h, INFINITY, 0.0)), "infinitely many");
	expect(family->p_alive(p, h, INFINITY) == 0.0 && family->purchase_probability(p, h, -1, 1.0) == 0.0 &&
		   family->purchase_probability(p, h, 0, 0.0) == 1.0, "limits");
}

/*
 * The likelihood adds up to 1 over all histories until T, and the expected
 * purchases after them to what a new customer is expected to add after T.
 */
static void
test_prior_predictive(const PurchaseFamily *family, const double *p, double T,
					  double t)
{
	const double *nodes = gauss_legendre_nodes(32);
	const double *weights = gauss_legendre_weights(32);
	PurchaseHistorySummary h = {0, 0, T, NAN};
	double		probability = exp(family->log_likelihood_one(p, &h));
	double		total = probability;
	double		purchases = probability * family->expected_purchases(p, &h, t);
	double		expected = family->expected_purchases_new(p, T + t) -
		family->expected_purchases_new(p, T);

	for (int x = 1; x < 300; x++)
	{
		double		part = 0.0;
		double		part_purchases = 0.0;

		h.frequency = x;
		/* panels that halve towards T, where t_x^(x-1) is steep */
		for (int panel = 0; panel < 10; panel++)
		{
			double		length = panel < 9 ? ldexp(1.0, -panel - 1) : ldexp(1.0, -9);
			double		start = 1.0 - ldexp(1.0, -panel);

			for (int i = 0; i < 32; i++)
			{
				double		u = start + length * nodes[i];
				double		density;

				/* times the orders of the purchases before the last one */
				h.recency = T * u;
				density = length * weights[i] *
					exp(family->log_likelihood_one(p, &h) + x * log(T) +
						(x - 1.0) * log(u) - lgamma(x));
				part += density;
				part_purchases += density * family->expected_purchases(p, &h, t);
			}
		}
		total += part;
		purchases += part_purchases;
	}
	expect(fabs(total - 1.0) < 1e-9, "%s r %g: all histories have probability 1 %+.1e",
		   family->name, p[0], total - 1.0);
	expect(is_near(purchases, expected, 1e-8), "%s r %g: %.10g purchases, expected %.10g",
		   family->name, p[0], purchases, expected);
}

static void
test_properties(void)
{
	group("probabilities sum to 1, their mean is the expectation");
	for (int f = 0; f < 2; f++)
	{
		for (int i = 0; i < NSETS; i++)
		{
			for (int j = 0; j < NHISTORIES; j++)
			{
				test_mass(purchase_families[f], parameter_sets[i], &histories[j], 5.0);
				test_mass(purchase_families[f], parameter_sets[i], &histories[j], 52.0);
			}
		}
	}

	group("weeks and days");
	for (int f = 0; f < 2; f++)
		for (int i = 0; i < NSETS; i++)
			for (int j = 0; j < NHISTORIES; j++)
				test_unit(purchase_families[f], parameter_sets[i], &histories[j], 26.0);

	group("ranges, limits, order");
	for (int f = 0; f < 2; f++)
		for (int i = 0; i < NSETS; i++)
			for (int j = 0; j < NHISTORIES; j++)
				test_relations(purchase_families[f], parameter_sets[i], &histories[j]);

	group("all histories together");
	for (int f = 0; f < 2; f++)
	{
		test_prior_predictive(purchase_families[f], parameter_sets[0], 38.86, 39);
		test_prior_predictive(purchase_families[f], parameter_sets[2], 30, 52);
		test_prior_predictive(purchase_families[f], parameter_sets[3], 20, 10);
		test_prior_predictive(purchase_families[f], parameter_sets[4], 30, 10);
	}
}

/* Nothing that is valid is answered with NAN or out of range. */
static void
test_extremes(void)
{
	static const double values[] = {1e-4, 1e-2, 1, 1e2, 1e4};
	static const PurchaseHistorySummary extreme[] = {
		{0, 0, 0, NAN}, {0, 0, 1, NAN}, {0, 0, 36525, NAN}, {1, 0, 0, NAN}, {1, 0, 36525, NAN}, {1, 36525, 36525, NAN},
		{5, 1e-3, 1e-3, NAN}, {10000, 36525, 36525, NAN}, {10000, 1, 36525, NAN}, {1e9, 1e6, 1e6, NAN}, {1e9, 0, 1e6, NAN}
	};
	static const double times[] = {1e-3, 1, 365.25, 1e5};

	group("extreme parameters and customers");
	for (int i = 0; i < 625; i++)
	{
		const double p[4] = {values[i % 5], values[i / 5 % 5], values[i / 25 % 5], values[i / 125]};
		const PurchaseFamily *family = purchase_families[i % 2];

		for (int j = 0; j < 11; j++)
		{
			const PurchaseHistorySummary *h = &extreme[j];
			double		t = times[(i + j) % 4];
			double		rate = (p[0] + h->frequency) / (p[1] + h->age);
			double		alive = family->p_alive(p, h, 0);
			double		later = family->p_alive(p, h, t);
			double		purchases = family->expected_purchases(p, h, t);
			double		discounted = family->discounted_purchases(p, h, t, 2.6e-4);
			double		residual = (i + j) % 7 == 0 ? family->discounted_purchases(p, h, INFINITY, 2.6e-4) : 0.0;
			double		probability = family->purchase_probability(p, h, (i + 3 * j) % 12, t);

			expect(alive >= 0 && alive <= 1 && later >= 0 && later <= alive &&
				   purchases >= 0 && purchases <= rate * t * (1 + 1e-9) &&
				   discounted >= 0 && discounted <= purchases * (1 + 1e-9) &&
				   residual >= 0 && isfinite(residual) && probability >= 0 && probability <= 1 &&
				   isfinite(family->log_likelihood_one(p, h)),
				   "%s %g %g %g %g, customer %g %g %g, t %g: %g %g %g %g %g %g", family->name,
				   p[0], p[1], p[2], p[3], h->frequency, h->recency, h->age, t,
				   alive, later, purchases, discounted, residual, probability);
		}
	}
}

/* ln f = sum of c_i theta_i: the delta method is exact. */
static double
power_product(const double *log_parameters, void *context)
{
	const double *c = context;

	return exp(c[0] * log_parameters[0] + c[1] * log_parameters[1]);
}

static double
constant(const double *log_parameters, void *context)
{
	(void) log_parameters;
	return *(const double *) context;
}

static void
test_interval(void)
{
	double		exponents[2] = {2.0, -1.0};
	const double place[2] = {0.3, -1.2};
	const double covariance[4] = {0.04, 0.01, 0.01, 0.09};
	double		spread = sqrt(4 * 0.04 - 2 * 2 * 0.01 + 0.09);
	double		estimate;
	double		error;
	double		low;
	double		high;
	double		value;

	group("intervals");
	expect(prediction_interval(power_product, exponents, RANGE_POSITIVE, place, covariance, 2, 1.96,
							   &estimate, &error, &low, &high), "an interval");
	expect(is_near(estimate, exp(1.8), 1e-14) && is_near(error, exp(1.8) * spread, 1e-9) &&
		   is_near(low, exp(1.8 - 1.96 * spread), 1e-9) && is_near(high, exp(1.8 + 1.96 * spread), 1e-9),
		   "a product of powers: %g %g %g %g", estimate, error, low, high);
	value = 0.0;
	expect(prediction_interval(constant, &value, RANGE_POSITIVE, place, covariance, 2, 1.96, &estimate, &error, &low, &high) &&
		   estimate == 0 && error == 0 && low == 0 && high == 0, "nothing");
	value = 5.0;
	expect(prediction_interval(constant, &value, RANGE_POSITIVE, place, covariance, 2, 1.96, &estimate, &error, &low, &high) &&
		   low == 5 && high == 5 && error == 0, "a constant");
	value = INFINITY;
	expect(!prediction_interval(constant, &value, RANGE_POSITIVE, place, covariance, 2, 1.96, &estimate, &error, &low, &high) &&
		   isinf(estimate) && isnan(low), "infinite");
}

void
test_predictions(void)
{
	test_table();
	test_published();
	test_properties();
	test_extremes();
	test_interval();
}
