/*
 * pareto_nbd_test.c
 *		Pareto/NBD and NBD: against a table of values to 20 digits, published
 *		figures, properties, extremes.
 */
#include "clv_test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clv/family/family_data.h"
#include "math/quadrature.h"

/* What is promised is 1e-9 */
#define TABLE_TOLERANCE	1e-10

/* The 15 numbers of one customer's derivatives, in the order of the table. */
static bool
derivatives(const PurchaseFamily *family, const double *parameters,
			const PurchaseHistorySummary *customer, double *values)
{
	double		theta[4];
	double		hessian[16];
	int			n = 5;

	for (int i = 0; i < 4; i++)
		theta[i] = log(parameters[i]);
	if (!family->derivatives_one(theta, customer, &values[0], &values[1], hessian))
		return false;
	for (int i = 0; i < 4; i++)
	{
		for (int j = i; j < 4; j++)
		{
			if (hessian[i * 4 + j] != hessian[j * 4 + i])
				return false;
			values[n++] = hessian[i * 4 + j];
		}
	}
	return true;
}

/* Our value for a kind of line; NAN if there is no such kind. */
static double
answer(const PurchaseFamily *family, const char *kind, const double *p,
	   const PurchaseHistorySummary *c, double t, int n, double delta)
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

/* Every line of pareto_nbd_reference.txt. */
static void
test_table(void)
{
	FILE	   *file = fopen("pareto_nbd_reference.txt", "r");
	char		line[1000];
	double		worst = 0.0;
	double		worst_derivative = 0.0;
	int			lines = 0;

	group("pareto/nbd, nbd: against 20 digits");
	expect(file != NULL, "pareto_nbd_reference.txt is missing");
	if (file == NULL)
		return;
	while (fgets(line, sizeof(line), file) != NULL)
	{
		char		name[20];
		char		kind[20];
		double		p[4];
		double		t;
		double		delta;
		int			n;
		int			at;
		PurchaseHistorySummary c = {0, 0, 0, NAN};
		const PurchaseFamily *family;
		double		expected[15] = {0};
		double		values[15] = {0};
		const char *rest;
		int			count = 0;

		lines++;
		if (sscanf(line, "%19s %19s %lf %lf %lf %lf %lf %lf %lf %lf %d %lf%n", name, kind, &p[0], &p[1], &p[2], &p[3],
				   &c.frequency, &c.recency, &c.age, &t, &n, &delta, &at) != 12)
		{
			expect(false, "not read: %s", line);
			continue;
		}
		family = find_purchase_family(name);
		rest = line + at;
		while (count < 15 && sscanf(rest, "%lf%n", &expected[count], &at) == 1)
		{
			rest += at;
			count++;
		}

		if (strcmp(kind, "derivatives") == 0)
		{
			/* Terms of this size cancel in the sums of which these are parts. */
			double		scale = 1.0 + (p[0] + c.frequency) * (1.0 + log1p(c.age / p[1])) +
				p[2] * (1.0 + log1p(c.age / p[3]));

			expect(count == 15 && derivatives(family, p, &c, values), "finite, symmetric");
			expect(fabs(values[0] - family->log_likelihood_one(p, &c)) < 1e-13 * scale, "the value is that of log_likelihood_one: %s", line);
			for (int i = 0; i < 15; i++)
			{
				double		error = fabs(values[i] - expected[i]) / scale;

				expect(error < 1e-12, "derivative %d: %.17g, not %.17g, %.1e: %s", i, values[i], expected[i], error, line);
				worst_derivative = fmax(worst_derivative, error);
			}
		}
		else
		{
			double		value = answer(family, kind, p, &c, t, n, delta);
			double		error = fabs(value - expected[0]) /
				fmax(fabs(expected[0]), strcmp(kind, "ll") == 0 ? 1.0 : 0.0);

			expect(count == 1 && error <= TABLE_TOLERANCE, "%.17g, off by %.1e: %s", value, error, line);
			worst = fmax(worst, error);
		}
	}
	fclose(file);
	expect(lines > 2500, "only %d lines", lines);
	printf("# %d lines, largest relative error %.1e, of derivatives %.1e\n", lines, worst, worst_derivative);
}

/* Figures from the papers, or recomputed from their parameters. */
static void
test_published(void)
{
	const PurchaseFamily *family = find_purchase_family("pareto/nbd");
	const PurchaseFamily *nbd = find_purchase_family("nbd");
	const double p[4] = {0.553, 10.578, 0.606, 11.669};
	const double rfm_and_clv[4] = {0.5629966, 12.5590370, 0.4081095, 10.5148048};
	const PurchaseHistorySummary many = {26, 30.86, 31, NAN};
	const PurchaseHistorySummary two = {2, 30.43, 38.86, NAN};
	const PurchaseHistorySummary seven = {7, 35, 77.86, NAN};

	group("pareto/nbd: published figures");
	/* Fader & Hardie (2005), A note on implementing the Pareto/NBD model */
	expect(is_near(family->expected_purchases(p, &many, 52.0), 25.4584730, 3e-9), "expected purchases %.9f",
		   family->expected_purchases(p, &many, 52.0));
	expect(is_near(family->p_alive(p, &two, 0), 0.869167559, 1e-9), "p_alive");
	/* Fader, Hardie & Lee (2005), RFM and CLV */
	expect(is_near(family->discounted_purchases(rfm_and_clv, &seven, INFINITY, 0.0027), 1.864183, 3e-7), "DERT");
	expect(family->dropout_kind == DROPOUT_RATE && family->nslots == 2 && strcmp(family->slots[0].name, "purchase") == 0 &&
		   family->slots[0].parameter == 1 && family->slots[0].sign == -1.0 && strcmp(family->slots[1].name, "dropout") == 0 &&
		   family->slots[1].parameter == 3 && family->slots[1].sign == -1.0, "slots");
	expect(nbd->dropout_kind == DROPOUT_NONE && nbd->dropout == NULL && nbd->nslots == 0, "nobody leaves");
}

/* Parameters and customers for the properties. */
static const double parameter_sets[][4] = {
	{0.553, 10.578, 0.606, 11.669}, {0.563, 12.559, 0.408, 10.515}, {0.5, 20, 1, 20}, {1, 1, 1, 300}, {1, 300, 1, 1},
	{3, 10, 2, 5}, {0.05, 1, 0.1, 0.05}, {12, 300, 0.3, 1}, {0.7, 3, 5, 900}
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
	int			n = 0;

	/* until what is left is negligible, by a geometric bound */
	for (; n < 20000; n++)
	{
		double		probability = family->purchase_probability(p, h, n, t);

		expect(probability >= 0.0 && probability <= 1.0, "probability %g of %d", probability, n);
		sum += probability;
		mean += n * probability;
		if (n > 20 && probability < last && probability * n / (1 - probability / last) < 1e-14)
			break;
		last = probability;
	}
	expect(fabs(sum - 1.0) < 1e-11, "%s r %g s %g x %g t %g: sum of probabilities 1 %+.2e (%d)",
		   family->name, p[0], p[2], h->frequency, t, sum - 1.0, n);
	expect(is_near(mean, family->expected_purchases(p, h, t), 1e-10), "%s r %g s %g x %g t %g: mean %.12g, expected %.12g",
		   family->name, p[0], p[2], h->frequency, t, mean, family->expected_purchases(p, h, t));
}

/* The same in another unit of time. */
static void
test_unit(const PurchaseFamily *family, const double *p,
		  const PurchaseHistorySummary *h, double t)
{
	const double scaled[4] = {p[0], p[1] * 7.0, p[2], p[3] * 7.0};
	const PurchaseHistorySummary days = {h->frequency, h->recency * 7.0, h->age * 7.0, NAN};

	expect(is_near(family->p_alive(scaled, &days, t * 7.0), family->p_alive(p, h, t), 1e-12) &&
		   is_near(family->expected_purchases(scaled, &days, t * 7.0), family->expected_purchases(p, h, t), 1e-12) &&
		   is_near(family->purchase_probability(scaled, &days, 3, t * 7.0), family->purchase_probability(p, h, 3, t), 1e-12) &&
		   is_near(family->discounted_purchases(scaled, &days, t * 7.0, 0.01 / 7.0), family->discounted_purchases(p, h, t, 0.01), 1e-12) &&
		   is_near(family->purchase_rate(scaled, &days) * 7.0, family->purchase_rate(p, h), 1e-12) &&
		   (family->dropout == NULL || is_near(family->dropout(scaled, &days) * 7.0, family->dropout(p, h), 1e-12)),
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
			   "%s r %g x %g t %g: next to no discount", family->name, p[0], h->frequency, t);
		last_alive = now;
		last_purchases = purchases;
		last_discounted = discounted;
	}
	expect(is_near(family->discounted_purchases(p, h, 36525.0, 0.002),
				   family->discounted_purchases(p, h, INFINITY, 0.002), 1e-12), "a century is without end at that rate");
	/* At a steep discount only the present rate of purchases counts. */
	expect(is_near(1e9 * family->discounted_purchases(p, h, INFINITY, 1e9), rate * alive, 1e-7),
		   "DERT at a steep discount");
	if (family->dropout != NULL && p[2] > 1.0)
		expect(is_near(family->discounted_purchases(p, h, INFINITY, 0.0),
					   alive * rate * (p[3] + h->age) / (p[2] - 1), 1e-13), "purchases without end or discount");
	else
		expect(isinf(family->discounted_purchases(p, h, INFINITY, 0.0)), "infinitely many");
	expect(family->purchase_probability(p, h, -1, 1.0) == 0.0 && family->purchase_probability(p, h, 0, 0.0) == 1.0, "limits");
	if (family->dropout != NULL)
	{
		double		recency = h->frequency > 0 ? h->recency : 0.0;

		expect(family->purchase_rate(p, h) >= rate * (1 - 1e-14) &&
			   family->purchase_rate(p, h) <= (p[0] + h->frequency) / (p[1] + recency) * (1 + 1e-14), "rate");
		expect(family->dropout(p, h) >= p[2] / (p[3] + h->age) * (1 - 1e-14) &&
			   family->dropout(p, h) <= (p[2] + 1) / (p[3] + recency) * (1 + 1e-14), "dropout");
		expect(family->p_alive(p, h, INFINITY) == 0.0, "nobody is there for ever");
	}
}

/*
 * The likelihood adds up to 1 over all histories until T, the expected purchases
 * after them to what a new customer is expected to add after T, the rates to
 * those of the population.
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
	double		rate = probability * family->purchase_rate(p, &h);
	double		dropout = family->dropout == NULL ? 0.0 : probability * family->dropout(p, &h);
	double		expected = family->expected_purchases_new(p, T + t) -
		family->expected_purchases_new(p, T);

	for (int x = 1; x < 300; x++)
	{
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
				total += density;
				purchases += density * family->expected_purchases(p, &h, t);
				rate += density * family->purchase_rate(p, &h);
				if (family->dropout != NULL)
					dropout += density * family->dropout(p, &h);
			}
		}
	}
	expect(fabs(total - 1.0) < 1e-9, "%s r %g: all histories have probability 1 %+.1e",
		   family->name, p[0], total - 1.0);
	expect(is_near(purchases, expected, 1e-8), "%s r %g: %.10g purchases, expected %.10g",
		   family->name, p[0], purchases, expected);
	expect(is_near(rate, p[0] / p[1], 1e-8), "%s r %g: mean rate %.10g", family->name, p[0], rate);
	expect(family->dropout == NULL || is_near(dropout, p[2] / p[3], 1e-9), "%s r %g: mean dropout %.10g", family->name, p[0], dropout);
}

/* Pareto/NBD whose customers hardly leave is NBD. */
static void
test_limit(void)
{
	const PurchaseFamily *pareto = find_purchase_family("pareto/nbd");
	const PurchaseFamily *nbd = find_purchase_family("nbd");
	const double p[4] = {0.553, 10.578, 1e-15, 11.669};

	group("pareto/nbd without dropout is nbd");
	for (int i = 0; i < NHISTORIES; i++)
	{
		const PurchaseHistorySummary *h = &histories[i];

		expect(fabs(pareto->log_likelihood_one(p, h) - nbd->log_likelihood_one(p, h)) < 1e-10 &&
			   is_near(pareto->expected_purchases(p, h, 52), nbd->expected_purchases(p, h, 52), 1e-10) &&
			   is_near(pareto->purchase_probability(p, h, 2, 52), nbd->purchase_probability(p, h, 2, 52), 1e-10) &&
			   is_near(pareto->purchase_probability(p, h, 0, 52), nbd->purchase_probability(p, h, 0, 52), 1e-10) &&
			   is_near(pareto->discounted_purchases(p, h, 52, 0.01), nbd->discounted_purchases(p, h, 52, 0.01), 1e-10) &&
			   is_near(pareto->discounted_purchases(p, h, INFINITY, 0.01), nbd->discounted_purchases(p, h, INFINITY, 0.01), 1e-10) &&
			   is_near(pareto->purchase_rate(p, h), nbd->purchase_rate(p, h), 1e-10), "history %d", i);
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

	group("pareto/nbd, nbd: extreme parameters and customers");
	for (int i = 0; i < 1250; i++)
	{
		const double p[4] = {values[i % 5], values[i / 5 % 5], values[i / 25 % 5], values[i / 125 % 5]};
		const PurchaseFamily *family = find_purchase_family(i < 625 ? "pareto/nbd" : "nbd");

		for (int j = 0; j < 11; j++)
		{
			const PurchaseHistorySummary *h = &extreme[j];
			double		t = times[(i + j) % 4];
			double		rate = (p[0] + h->frequency) / (p[1] + h->age);
			double		recency = h->frequency > 0 ? h->recency : 0.0;
			double		alive = family->p_alive(p, h, 0);
			double		later = family->p_alive(p, h, t);
			double		purchases = family->expected_purchases(p, h, t);
			double		discounted = family->discounted_purchases(p, h, t, 2.6e-4);
			double		residual = family->discounted_purchases(p, h, INFINITY, 2.6e-4);
			double		probability = family->purchase_probability(p, h, (i + 3 * j) % 12, t);
			double		mean_rate = family->purchase_rate(p, h);
			double		dropout = family->dropout == NULL ? 0.0 : family->dropout(p, h);

			expect(alive >= 0 && alive <= 1 && later >= 0 && later <= alive &&
				   purchases >= 0 && purchases <= alive * rate * t * (1 + 1e-12) + 1e-300 &&
				   discounted >= 0 && discounted <= purchases * (1 + 1e-12) + 1e-300 &&
				   residual >= 0 && isfinite(residual) && probability >= 0 && probability <= 1 &&
				   isfinite(family->log_likelihood_one(p, h)) &&
				   mean_rate >= rate * (1 - 1e-12) && mean_rate <= (p[0] + h->frequency) / (p[1] + recency) * (1 + 1e-12) &&
				   dropout >= 0 && dropout <= (p[2] + 1) / (p[3] + recency) * (1 + 1e-12),
				   "%s %g %g %g %g, customer %g %g %g, t %g: %g %g %g %g %g %g %g %g", family->name,
				   p[0], p[1], p[2], p[3], h->frequency, h->recency, h->age, t,
				   alive, later, purchases, discounted, residual, probability, mean_rate, dropout);
		}
	}
}

void
test_pareto_nbd(void)
{
	test_table();
	test_published();
	for (int f = 0; f < 2; f++)
	{
		const PurchaseFamily *family = find_purchase_family(f == 0 ? "pareto/nbd" : "nbd");

		group(f == 0 ? "pareto/nbd: properties" : "nbd: properties");
		for (int i = 0; i < NSETS; i++)
		{
			for (int j = 0; j < NHISTORIES; j++)
			{
				test_mass(family, parameter_sets[i], &histories[j], 5.0);
				test_mass(family, parameter_sets[i], &histories[j], 52.0);
				test_unit(family, parameter_sets[i], &histories[j], 26.0);
				test_relations(family, parameter_sets[i], &histories[j]);
			}
		}
		test_prior_predictive(family, parameter_sets[0], 38.86, 39);
		test_prior_predictive(family, parameter_sets[2], 30, 52);
		test_prior_predictive(family, parameter_sets[5], 30, 10);
	}
	test_limit();
	test_extremes();
}
