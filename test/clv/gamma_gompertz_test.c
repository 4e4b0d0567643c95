/*
 * gamma_gompertz_test.c
 *		GGompertz/NBD: against a table of values to 20 digits, against Pareto/NBD
 *		in the limit, properties, extremes.
 */
#include "clv_test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clv/family/gamma_gompertz.h"
#include "math/quadrature.h"

/* What is promised is 1e-9 */
#define TABLE_TOLERANCE	1e-11

static const PurchaseFamily *const family = &gamma_gompertz_family;

/* r, alpha, beta, b, s; in weeks */
static const double parameter_sets[][GOMPERTZ_PARAMETERS] = {
	{0.55, 10.5, 3.0, 0.05, 0.6}, {1.2, 40.0, 0.3, 0.01, 0.4}, {0.5, 20.0, 1.0, 0.02, 0.5},
	{0.553, 10.578, 11.669e-6, 1e-6, 0.606}, {2.0, 5.0, 100.0, 0.1, 0.05}, {12.0, 100.0, 20.0, 0.01, 3.0},
	{0.05, 1.0, 0.01, 0.3, 0.1}, {0.7, 3.0, 5000.0, 0.04, 10.0}
};
static const PurchaseHistorySummary histories[] = {
	{0, 0, 0, NAN}, {0, 0, 38.86, NAN}, {2, 30.43, 38.86, NAN}, {7, 100, 101, NAN}, {40, 300, 365, NAN}
};

#define NSETS		((int) (sizeof(parameter_sets) / sizeof(parameter_sets[0])))
#define NHISTORIES	((int) (sizeof(histories) / sizeof(histories[0])))

/* Our value for a kind of line; NAN if there is no such kind. */
static double
answer(const char *kind, const double *p, const PurchaseHistorySummary *c,
	   double t, int n, double delta)
{
	if (strcmp(kind, "ll") == 0)
		return family->log_likelihood_one(p, c);
	if (strcmp(kind, "alive") == 0)
		return family->p_alive(p, c, t);
	if (strcmp(kind, "expected") == 0)
		return c->age == 0.0 ? family->expected_purchases_new(p, t) : family->expected_purchases(p, c, t);
	if (strcmp(kind, "mass") == 0)
		return c->age == 0.0 ? family->purchase_probability_new(p, n, t) : family->purchase_probability(p, c, n, t);
	if (strcmp(kind, "discounted") == 0)
		return family->discounted_purchases(p, c, t, delta);
	if (strcmp(kind, "rate") == 0)
		return family->purchase_rate(p, c);
	if (strcmp(kind, "dropout") == 0)
		return family->dropout(p, c);
	return NAN;
}

/* Every line of gamma_gompertz_reference.txt. */
static void
test_table(void)
{
	FILE	   *file = fopen("gamma_gompertz_reference.txt", "r");
	char		line[1000];
	double		worst = 0.0;
	int			lines = 0;

	group("ggompertz/nbd: against 20 digits");
	expect(file != NULL, "gamma_gompertz_reference.txt is missing");
	if (file == NULL)
		return;
	while (fgets(line, sizeof(line), file) != NULL)
	{
		char		kind[20];
		double		p[GOMPERTZ_PARAMETERS];
		double		t;
		double		delta;
		double		expected;
		int			n;
		PurchaseHistorySummary c = {0, 0, 0, NAN};

		lines++;
		if (sscanf(line, "%19s %lf %lf %lf %lf %lf %lf %lf %lf %lf %d %lf %lf", kind, &p[0], &p[1], &p[2], &p[3],
				   &p[4], &c.frequency, &c.recency, &c.age, &t, &n, &delta, &expected) != 13)
			expect(false, "not read: %s", line);
		else
		{
			double		value = answer(kind, p, &c, t, n, delta);
			double		error = fabs(value - expected) /
				fmax(fabs(expected), strcmp(kind, "ll") == 0 ? 1.0 : 0.0);

			expect(error <= TABLE_TOLERANCE, "%.17g, off by %.1e: %s", value, error, line);
			worst = fmax(worst, error);
		}
	}
	fclose(file);
	expect(lines > 2500, "only %d lines", lines);
	printf("# %d lines, largest relative error %.1e\n", lines, worst);
}

/*
 * With beta = b beta' and b to 0 it is Pareto/NBD(r, alpha, s, beta'): what
 * differs is of the order of b times the time at hand.
 */
static void
test_limit(void)
{
	static const double pareto[][4] = {{0.553, 10.578, 0.606, 11.669}, {3.0, 5.0, 2.5, 40.0}, {0.1, 100.0, 1.0, 1.0}};
	const PurchaseFamily *other = find_purchase_family("pareto/nbd");

	group("ggompertz/nbd: pareto/nbd in the limit");
	for (int i = 0; i < 3; i++)
	{
		for (double b = 1e-5; b > 1e-12; b /= 10)
		{
			const double p[5] = {pareto[i][0], pareto[i][1], b * pareto[i][3], b, pareto[i][2]};

			for (int j = 0; j < NHISTORIES; j++)
			{
				const PurchaseHistorySummary *h = &histories[j];
				double		near = (10 + h->frequency) * b * (h->age + 52) + 1e-11;

				expect(is_near(family->p_alive(p, h, 0), other->p_alive(pareto[i], h, 0), near) &&
					   is_near(family->p_alive(p, h, 52), other->p_alive(pareto[i], h, 52), near),
					   "b %g x %g: p_alive %.12g, %.12g", b, h->frequency, family->p_alive(p, h, 0), other->p_alive(pareto[i], h, 0));
				expect(fabs(family->log_likelihood_one(p, h) - other->log_likelihood_one(pareto[i], h)) < near,
					   "b %g x %g: log-likelihood", b, h->frequency);
				expect(is_near(family->expected_purchases(p, h, 52), other->expected_purchases(pareto[i], h, 52), near),
					   "b %g x %g: expected purchases", b, h->frequency);
				expect(is_near(family->discounted_purchases(p, h, 52, 0.01), other->discounted_purchases(pareto[i], h, 52, 0.01), near),
					   "b %g x %g: discounted purchases", b, h->frequency);
				/* within the time that the discount leaves */
				expect(is_near(family->discounted_purchases(p, h, INFINITY, 0.5), other->discounted_purchases(pareto[i], h, INFINITY, 0.5), near),
					   "b %g x %g: DERT", b, h->frequency);
				expect(is_near(family->purchase_rate(p, h), other->purchase_rate(pareto[i], h), near), "b %g x %g: rate", b, h->frequency);
				for (int n = 0; n < 5; n++)
					expect(is_near(family->purchase_probability(p, h, n, 52), other->purchase_probability(pareto[i], h, n, 52), near),
						   "b %g x %g: P(%d) %.12g, %.12g", b, h->frequency, n, family->purchase_probability(p, h, n, 52),
						   other->purchase_probability(pareto[i], h, n, 52));
			}
		}
	}
}

/* Probabilities sum to 1, and their mean is the expectation. */
static void
test_mass(const double *p, const PurchaseHistorySummary *h, double t)
{
	double		sum = 0.0;
	double		mean = 0.0;
	double		last = 1.0;
	double		expected = family->expected_purchases(p, h, t);

	/* until what is left is negligible, by a geometric bound */
	for (int n = 0; n < 20000; n++)
	{
		double		probability = family->purchase_probability(p, h, n, t);

		expect(probability >= 0.0 && probability <= 1.0, "probability %g of %d", probability, n);
		sum += probability;
		mean += n * probability;
		if (n > 20 && probability < last && probability * n / (1 - probability / last) < 1e-14)
			break;
		last = probability;
	}
	expect(fabs(sum - 1.0) < 1e-11, "s %g x %g t %g: sum of probabilities 1 %+.2e", p[4], h->frequency, t, sum - 1.0);
	expect(is_near(mean, expected, 1e-10), "s %g x %g t %g: mean %.12g, expected %.12g", p[4], h->frequency, t, mean, expected);
}

/* The same in another unit of time. */
static void
test_unit(const double *p, const PurchaseHistorySummary *h, double t)
{
	const double q[5] = {p[0], p[1] * 7.0, p[2], p[3] / 7.0, p[4]};
	const PurchaseHistorySummary days = {h->frequency, h->recency * 7.0, h->age * 7.0, NAN};

	expect(is_near(family->p_alive(q, &days, t * 7.0), family->p_alive(p, h, t), 1e-12) &&
		   is_near(family->expected_purchases(q, &days, t * 7.0), family->expected_purchases(p, h, t), 1e-12) &&
		   is_near(family->purchase_probability(q, &days, 3, t * 7.0), family->purchase_probability(p, h, 3, t), 1e-12) &&
		   is_near(family->discounted_purchases(q, &days, t * 7.0, 0.01 / 7.0), family->discounted_purchases(p, h, t, 0.01), 1e-12) &&
		   is_near(7.0 * family->purchase_rate(q, &days), family->purchase_rate(p, h), 1e-12) &&
		   is_near(7.0 * family->dropout(q, &days), family->dropout(p, h), 1e-12),
		   "s %g x %g t %g: weeks and days", p[4], h->frequency, t);
	expect(fabs(family->log_likelihood_one(p, h) - family->log_likelihood_one(q, &days) - h->frequency * log(7.0)) <
		   1e-11 * (1 + fabs(family->log_likelihood_one(p, h))), "s %g x %g: likelihood in weeks and days", p[4], h->frequency);
}

/* Order, limits, and what functions have to do with each other. */
static void
test_relations(const double *p, const PurchaseHistorySummary *h)
{
	static const double times[] = {0, 1e-9, 1e-3, 0.1, 1, 10, 52, 365, 3000, 1e5, 1e9};
	double		alive = family->p_alive(p, h, 0);
	double		last_alive = alive;
	double		last_purchases = 0.0;
	double		last_discounted = 0.0;
	double		rate = (p[0] + h->frequency) / (p[1] + h->age);
	double		slope;
	double		step;

	expect(alive > 0.0 && alive <= 1.0, "p_alive %g", alive);
	for (int i = 0; i < 11; i++)
	{
		double		t = times[i];
		double		now = family->p_alive(p, h, t);
		double		purchases = family->expected_purchases(p, h, t);
		double		discounted = family->discounted_purchases(p, h, t, 0.002);

		expect(now >= 0.0 && now <= last_alive, "p_alive falls to %g at %g", now, t);
		expect(purchases >= last_purchases * (1 - 1e-13) && purchases <= alive * rate * t * (1 + 1e-12),
			   "expected purchases %g at %g after %g", purchases, t, last_purchases);
		expect(discounted >= last_discounted * (1 - 1e-12) && discounted <= purchases * (1 + 1e-12),
			   "discounted %g of %g at %g", discounted, purchases, t);
		expect(family->discounted_purchases(p, h, t, 0.0) == purchases, "no discount");
		expect(is_near(family->discounted_purchases(p, h, t, 1e-13 / (1 + t)), purchases, 2e-12),
			   "s %g x %g t %g: next to no discount: %.16g, %.16g", p[4], h->frequency, t,
			   family->discounted_purchases(p, h, t, 1e-13 / (1 + t)), purchases);
		last_alive = now;
		last_purchases = purchases;
		last_discounted = discounted;
	}
	expect(is_near(family->discounted_purchases(p, h, 36525.0, 0.002), family->discounted_purchases(p, h, INFINITY, 0.002), 1e-12),
		   "a century is without end at that rate");
	/* At a steep discount only the present rate of purchases counts. */
	expect(is_near(1e9 * family->discounted_purchases(p, h, INFINITY, 1e9), rate * alive, 1e-7), "DERT at a steep discount");
	expect(isfinite(family->expected_purchases(p, h, INFINITY)) &&
		   is_near(family->expected_purchases(p, h, INFINITY), family->expected_purchases(p, h, 1e12), 1e-12), "all of a lifetime");
	expect(family->p_alive(p, h, INFINITY) == 0.0 && family->purchase_probability(p, h, -1, 1.0) == 0.0 &&
		   family->purchase_probability(p, h, 0, 0.0) == 1.0, "limits");
	expect(is_near(family->purchase_probability(p, h, 2, INFINITY), family->purchase_probability(p, h, 2, 1e12), 1e-11),
		   "two purchases in all");

	/* who is alive has the present rate, who has left had a higher one */
	expect(family->purchase_rate(p, h) >= rate * (1 - 1e-13) &&
		   family->purchase_rate(p, h) <= (p[0] + h->frequency) / (p[1] + h->recency) * (1 + 1e-13), "rate");
	/* the hazard is the slope of the logarithm of survival */
	step = 1e-5 / (family->dropout(p, h) + p[3]);
	slope = -log(family->p_alive(p, h, step) / alive) / step;
	expect(is_near(family->dropout(p, h), slope, 1e-4), "hazard %g, slope %g", family->dropout(p, h), slope);
}

/*
 * The likelihood adds up to 1 over all histories until T, and the expected
 * purchases after them to what a new customer is expected to add after T.
 */
static void
test_prior_predictive(const double *p, double T, double t)
{
	const double *nodes = gauss_legendre_nodes(32);
	const double *weights = gauss_legendre_weights(32);
	PurchaseHistorySummary h = {0, 0, T, NAN};
	double		probability = exp(family->log_likelihood_one(p, &h));
	double		total = probability;
	double		purchases = probability * family->expected_purchases(p, &h, t);
	double		rate = probability * family->purchase_rate(p, &h);
	double		alive = probability * family->p_alive(p, &h, 0);
	const PurchaseHistorySummary new_customer = {0, 0, 0, NAN};
	double		expected = family->expected_purchases_new(p, T + t) - family->expected_purchases_new(p, T);

	for (int x = 1; x < 300; x++)
	{
		double		part = 0.0;

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
				density = length * weights[i] * exp(family->log_likelihood_one(p, &h) + x * log(T) + (x - 1.0) * log(u) - lgamma(x));
				part += density;
				purchases += density * family->expected_purchases(p, &h, t);
				rate += density * family->purchase_rate(p, &h);
				alive += density * family->p_alive(p, &h, 0);
			}
		}
		total += part;
		if (x > 20 && part < 1e-14)
			break;
	}
	expect(fabs(total - 1.0) < 1e-9, "s %g: all histories have probability 1 %+.1e", p[4], total - 1.0);
	expect(is_near(purchases, expected, 1e-8), "s %g: %.10g purchases, expected %.10g", p[4], purchases, expected);
	expect(is_near(rate, p[0] / p[1], 1e-8), "s %g: mean rate %.10g, expected %.10g", p[4], rate, p[0] / p[1]);
	expect(is_near(alive, family->p_alive(p, &new_customer, T), 1e-8), "s %g: %.10g alive", p[4], alive);
}

static void
test_properties(void)
{
	group("ggompertz/nbd: probabilities sum to 1, their mean is the expectation");
	for (int i = 0; i < NSETS; i++)
	{
		for (int j = 0; j < NHISTORIES; j++)
		{
			test_mass(parameter_sets[i], &histories[j], 5.0);
			test_mass(parameter_sets[i], &histories[j], 52.0);
		}
	}

	group("ggompertz/nbd: weeks and days");
	for (int i = 0; i < NSETS; i++)
		for (int j = 0; j < NHISTORIES; j++)
			test_unit(parameter_sets[i], &histories[j], 26.0);

	group("ggompertz/nbd: ranges, limits, order");
	for (int i = 0; i < NSETS; i++)
		for (int j = 0; j < NHISTORIES; j++)
			test_relations(parameter_sets[i], &histories[j]);

	group("ggompertz/nbd: all histories together");
	test_prior_predictive(parameter_sets[0], 38.86, 39);
	test_prior_predictive(parameter_sets[1], 30, 52);
	test_prior_predictive(parameter_sets[4], 20, 10);
}

/* Nothing that is valid is answered with NAN or out of range. */
static void
test_extremes(void)
{
	static const double values[] = {1e-4, 1e-2, 1, 1e2, 1e4};
	static const double wide[] = {1e-30, 1e-8, 1, 1e8, 1e30};
	static const PurchaseHistorySummary extreme[] = {
		{0, 0, 0, NAN}, {0, 0, 1, NAN}, {0, 0, 36525, NAN}, {1, 0, 0, NAN}, {1, 0, 36525, NAN}, {1, 36525, 36525, NAN},
		{5, 1e-3, 1e-3, NAN}, {10000, 36525, 36525, NAN}, {10000, 1, 36525, NAN}, {1e9, 1e6, 1e6, NAN}, {1e9, 0, 1e6, NAN}
	};
	static const double times[] = {1e-3, 1, 365.25, 1e5};

	group("ggompertz/nbd: extreme parameters and customers");
	for (int i = 0; i < 6250; i++)
	{
		const double *value = i < 3125 ? values : wide;
		const double p[5] = {value[i % 5], value[i / 5 % 5], value[i / 25 % 5], value[i / 125 % 5], value[i / 625 % 5]};

		for (int j = i % 2; j < 11; j += 2)
		{
			const PurchaseHistorySummary *h = &extreme[j];
			double		t = times[(i + j) % 4];
			double		rate = (p[0] + h->frequency) / (p[1] + h->age);
			double		most = (p[0] + h->frequency) / (p[1] + h->recency);
			double		alive = family->p_alive(p, h, 0);
			double		later = family->p_alive(p, h, t);
			double		purchases = family->expected_purchases(p, h, t);
			double		discounted = family->discounted_purchases(p, h, t, 2.6e-4);
			double		residual = family->discounted_purchases(p, h, INFINITY, 2.6e-4);
			double		probability = family->purchase_probability(p, h, (i + 3 * j) % 12, t);
			double		own = family->purchase_rate(p, h);

			expect(alive >= 0 && alive <= 1 && later >= 0 && later <= alive &&
				   purchases >= 0 && purchases <= rate * t * (1 + 1e-9) &&
				   discounted >= 0 && discounted <= purchases * (1 + 1e-9) &&
				   residual >= discounted * (1 - 1e-9) && isfinite(residual) && probability >= 0 && probability <= 1 &&
				   own >= rate * (1 - 1e-9) && own <= most * (1 + 1e-9) && family->dropout(p, h) >= 0 &&
				   isfinite(family->log_likelihood_one(p, h)),
				   "%g %g %g %g %g, customer %g %g %g, t %g: %g %g %g %g %g %g %g, %g", p[0], p[1], p[2], p[3], p[4],
				   h->frequency, h->recency, h->age, t, alive, later, purchases, discounted, residual, probability, own,
				   family->log_likelihood_one(p, h));
		}
	}
}

void
test_gamma_gompertz(void)
{
	expect(family->dropout_kind == DROPOUT_RATE && find_purchase_family("ggompertz/nbd") == family, "a family");
	test_table();
	test_limit();
	test_properties();
	test_extremes();
}
