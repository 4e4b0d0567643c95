/*
 * condensed_predict_test.c
 *		Predictions of BG/CNBD-k and MBG/CNBD-k: against a table of values to 20
 *		digits, k = 1 against BG/NBD and MBG/NBD, simulated customers, and
 *		properties that hold whatever the parameters.
 */
#include "clv_test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "math/quadrature.h"

/* What is promised is 1e-9 */
#define TABLE_TOLERANCE	1e-10

#define NPARAMETERS 4
#define MAX_K		12

/* BG/CNBD-k or MBG/CNBD-k. */
static const PurchaseFamily *
condensed_family(int f)
{
	return find_purchase_family(f ? "mbg/cnbd-k" : "bg/cnbd-k");
}

/* One line of the table; returns the value of ours, NAN if it is not one. */
static double
answer(const char *line, double *expected, double *scale)
{
	char		kind[20];
	int			m;
	int			k;
	int			n;
	double		p[NPARAMETERS + 1];
	double		t;
	double		delta;
	PurchaseHistorySummary c;
	const PurchaseFamily *family;

	*scale = 0.0;
	if (sscanf(line, "%19s %d %d %lf %lf %lf %lf %lf %lf %lf %lf %d %lf %lf", kind, &m, &k,
			   &p[0], &p[1], &p[2], &p[3], &c.frequency, &c.recency, &c.age,
			   &t, &n, &delta, expected) != 14)
		return NAN;
	p[NPARAMETERS] = k;
	family = condensed_family(m);
	c.log_gaps = delta;
	if (strcmp(kind, "ll") == 0)
	{
		/* Relative to the terms of which it is the sum. */
		*scale = 1.0 + c.frequency * k;
		return family->log_likelihood_one(p, &c);
	}
	c.log_gaps = NAN;
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
	if (strcmp(kind, "rate") == 0)
		return family->purchase_rate(p, &c);
	if (strcmp(kind, "dropout") == 0)
		return family->dropout(p, &c);
	return NAN;
}

/* Every line of condensed_reference.txt. */
static void
test_table(void)
{
	FILE	   *file = fopen("condensed_reference.txt", "r");
	char		line[500];
	double		worst = 0.0;
	int			lines = 0;

	group("cnbd-k: predictions against 20 digits");
	expect(file != NULL, "condensed_reference.txt is missing");
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
	expect(lines > 900, "only %d lines", lines);
	printf("# %d values, largest relative error %.1e\n", lines, worst);
}

/* Parameters and customers for the properties. */
static const double parameter_sets[][NPARAMETERS] = {
	{0.243, 4.414, 0.793, 2.426}, {0.5, 20, 1, 2}, {0.3, 10, 0.4, 0.6},
	{3, 10, 2, 5}, {0.05, 1, 0.1, 0.05}, {12, 60, 0.3, 1}, {0.7, 3, 0.05, 0.9}
};
static const PurchaseHistorySummary histories[] = {
	{0, 0, 0, NAN}, {0, 0, 38.86, NAN}, {2, 30.43, 38.86, NAN}, {7, 100, 101, NAN}, {40, 300, 365, NAN}
};

#define NSETS		((int) (sizeof(parameter_sets) / sizeof(parameter_sets[0])))
#define NHISTORIES	((int) (sizeof(histories) / sizeof(histories[0])))

/* Parameters with a k. */
static void
with_k(const double *parameters, int k, double *p)
{
	memcpy(p, parameters, NPARAMETERS * sizeof(double));
	p[NPARAMETERS] = k;
}

/* k = 1 is BG/NBD and MBG/NBD, which are computed in other ways. */
static void
test_one(void)
{
	static const double times[] = {1e-3, 1, 39, 365.25, 3000};
	double		worst = 0.0;

	group("cnbd-1 is bg/nbd, mbg/nbd: predictions");
	for (int i = 0; i < 2 * NSETS * NHISTORIES * 5; i++)
	{
		const PurchaseFamily *one = condensed_family(i % 2);
		const PurchaseFamily *other = purchase_families[i % 2];
		const PurchaseHistorySummary *h = &histories[i / 2 % NHISTORIES];
		double		p[NPARAMETERS + 1];
		double		t = times[i / 2 / NHISTORIES % 5];
		double		pairs[9][2];

		with_k(parameter_sets[i / 2 / NHISTORIES / 5], 1, p);
		pairs[0][0] = one->p_alive(p, h, 0);
		pairs[0][1] = other->p_alive(p, h, 0);
		pairs[1][0] = one->p_alive(p, h, t);
		pairs[1][1] = other->p_alive(p, h, t);
		pairs[2][0] = one->expected_purchases(p, h, t);
		pairs[2][1] = other->expected_purchases(p, h, t);
		pairs[3][0] = one->purchase_probability(p, h, i % 9, t);
		pairs[3][1] = other->purchase_probability(p, h, i % 9, t);
		pairs[4][0] = one->discounted_purchases(p, h, t, 0.002);
		pairs[4][1] = other->discounted_purchases(p, h, t, 0.002);
		pairs[5][0] = one->discounted_purchases(p, h, INFINITY, 0.002);
		pairs[5][1] = other->discounted_purchases(p, h, INFINITY, 0.002);
		pairs[6][0] = one->purchase_rate(p, h);
		pairs[6][1] = other->purchase_rate(p, h);
		pairs[7][0] = one->dropout(p, h);
		pairs[7][1] = other->dropout(p, h);
		pairs[8][0] = 1.0 + fabs(one->log_likelihood_one(p, h));
		pairs[8][1] = 1.0 + fabs(other->log_likelihood_one(p, h));
		for (int j = 0; j < 9; j++)
		{
			double		error = fabs(pairs[j][0] / pairs[j][1] - 1.0);

			expect(error <= 1e-12, "%s set %d x %g t %g, %d: %.17g, %.17g", other->name, i / 2 / NHISTORIES / 5,
				   h->frequency, t, j, pairs[j][0], pairs[j][1]);
			worst = fmax(worst, error);
		}
	}
	printf("# largest relative difference %.1e\n", worst);
}

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
	expect(fabs(sum - 1.0) < 1e-11, "%s k %g r %g x %g t %g: sum of probabilities 1 %+.2e (%d)",
		   family->name, p[4], p[0], h->frequency, t, sum - 1.0, n);
	expect(is_near(mean, expected, 1e-10), "%s k %g r %g x %g t %g: mean %.12g, expected %.12g",
		   family->name, p[4], p[0], h->frequency, t, mean, expected);
}

/* The same in another unit of time. */
static void
test_unit(const PurchaseFamily *family, const double *p,
		  const PurchaseHistorySummary *h, double t)
{
	const double scaled[NPARAMETERS + 1] = {p[0], p[1] * 7.0, p[2], p[3], p[4]};
	PurchaseHistorySummary days = {h->frequency, h->recency * 7.0, h->age * 7.0, 3.0 + h->frequency * log(7.0)};
	PurchaseHistorySummary weeks = {h->frequency, h->recency, h->age, 3.0};
	double		one;
	double		other;

	expect(is_near(family->p_alive(scaled, &days, t * 7.0), family->p_alive(p, h, t), 1e-12) &&
		   is_near(family->expected_purchases(scaled, &days, t * 7.0),
				   family->expected_purchases(p, h, t), 1e-12) &&
		   is_near(family->purchase_probability(scaled, &days, 3, t * 7.0),
				   family->purchase_probability(p, h, 3, t), 1e-11) &&
		   is_near(family->discounted_purchases(scaled, &days, t * 7.0, 0.01 / 7.0),
				   family->discounted_purchases(p, h, t, 0.01), 1e-11) &&
		   is_near(family->purchase_rate(scaled, &days) * 7.0, family->purchase_rate(p, h), 1e-13) &&
		   is_near(family->dropout(scaled, &days), family->dropout(p, h), 1e-13),
		   "%s k %g r %g x %g t %g: weeks and days", family->name, p[4], p[0], h->frequency, t);
	one = family->log_likelihood_one(p, &weeks);
	other = family->log_likelihood_one(scaled, &days) + h->frequency * log(7.0);
	expect(fabs(one - other) < 1e-11 * (1 + fabs(one) + h->frequency * p[4]),
		   "%s k %g r %g x %g: likelihood in weeks and days %.15g %.15g", family->name, p[4], p[0], h->frequency, one, other);
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

	expect(alive > 0.0 && alive <= 1.0, "p_alive %g", alive);
	for (int i = 0; i < 11; i++)
	{
		double		t = times[i];
		double		now = family->p_alive(p, h, t);
		double		purchases = family->expected_purchases(p, h, t);
		double		discounted = family->discounted_purchases(p, h, t, 0.002);

		expect(now >= 0.0 && now <= last_alive * (1 + 1e-13), "p_alive falls to %g at %g", now, t);
		expect(purchases >= last_purchases * (1 - 1e-12), "%s k %g: expected purchases %.17g at %g after %.17g",
			   family->name, p[4], purchases, t, last_purchases);
		expect(discounted >= last_discounted * (1 - 1e-11) && discounted <= purchases * (1 + 1e-12),
			   "%s k %g r %g x %g: discounted %.17g at %g after %.17g, of %g", family->name, p[4], p[0], h->frequency,
			   discounted, t, last_discounted, purchases);
		expect(family->discounted_purchases(p, h, t, 0.0) == purchases, "no discount");
		expect(is_near(family->discounted_purchases(p, h, t, 1e-13 / (1 + t)), purchases, 1e-12),
			   "%s r %g x %g t %g: next to no discount", family->name, p[0], h->frequency, t);

		/*
		 * who leaves does so with a purchase: what is lost by t is at most
		 * what was bought
		 */
		expect(alive - now <= purchases * (1 + 1e-12), "%s k %g: %g lost, %g bought", family->name, p[4],
			   alive - now, purchases);
		last_alive = now;
		last_purchases = purchases;
		last_discounted = discounted;
	}
	expect(is_near(family->discounted_purchases(p, h, 19000.0, 0.002),
				   family->discounted_purchases(p, h, INFINITY, 0.002), 1e-11),
		   "%s k %g r %g x %g: fifty years are without end at that rate: %.15g, %.15g", family->name, p[4], p[0],
		   h->frequency, family->discounted_purchases(p, h, 19000.0, 0.002),
		   family->discounted_purchases(p, h, INFINITY, 0.002));
	if (p[2] > 1.0)
		expect(is_near(family->discounted_purchases(p, h, INFINITY, 0.0),
					   alive * (p[2] + p[3] + h->frequency + (family == condensed_family(1)) - 1) / (p[2] - 1),
					   1e-13), "purchases without end or discount");
	else
		expect(isinf(family->discounted_purchases(p, h, INFINITY, 0.0)), "infinitely many");
	expect(family->p_alive(p, h, INFINITY) == 0.0 && family->purchase_probability(p, h, -1, 1.0) == 0.0 &&
		   family->purchase_probability(p, h, 0, 0.0) == 1.0, "limits");
}

/*
 * A new customer's likelihood over all histories of one purchase adds up to the
 * probability of one; with gaps t1 alone, the last purchase is the first gap.
 * And what a customer with no purchase until T is expected to buy, and one with
 * one, and so on, adds up.
 */
static void
test_one_purchase(const PurchaseFamily *family, const double *p, double T)
{
	const double *nodes = gauss_legendre_nodes(32);
	const double *weights = gauss_legendre_weights(32);
	PurchaseHistorySummary h = {0, 0, T, 0.0};
	double		none = exp(family->log_likelihood_one(p, &h));
	double		total = 0.0;

	h.frequency = 1;
	for (int panel = 0; panel < 16; panel++)
	{
		for (int i = 0; i < 32; i++)
		{
			h.recency = T * (panel + nodes[i]) / 16.0;
			h.log_gaps = log(h.recency);
			total += T / 16.0 * weights[i] * exp(family->log_likelihood_one(p, &h));
		}
	}
	expect(is_near(none, family->purchase_probability_new(p, 0, T), 1e-12), "%s k %g: no purchase %.15g, %.15g",
		   family->name, p[4], none, family->purchase_probability_new(p, 0, T));
	expect(is_near(total, family->purchase_probability_new(p, 1, T), 1e-10), "%s k %g: one purchase %.15g, %.15g",
		   family->name, p[4], total, family->purchase_probability_new(p, 1, T));
}

static void
test_properties(void)
{
	static const int ks[] = {1, 2, 3, 5, 12};
	double		p[NPARAMETERS + 1];

	group("cnbd-k: probabilities sum to 1, their mean is the expectation");
	for (int i = 0; i < NSETS * NHISTORIES; i++)
	{
		with_k(parameter_sets[i % NSETS], ks[i % 5 * 3 % 5], p);
		for (int f = 0; f < 2; f++)
		{
			test_mass(condensed_family(f), p, &histories[i / NSETS], 5.0);
			test_mass(condensed_family(f), p, &histories[i / NSETS], 52.0);
		}
	}

	group("cnbd-k: weeks and days");
	for (int i = 0; i < NSETS * NHISTORIES; i++)
	{
		with_k(parameter_sets[i % NSETS], ks[i % 5], p);
		test_unit(condensed_family(i / 5 % 2), p, &histories[i / NSETS], 26.0);
	}

	group("cnbd-k: ranges, limits, order");
	for (int i = 0; i < NSETS * NHISTORIES; i++)
	{
		with_k(parameter_sets[i % NSETS], ks[i % 5], p);
		test_relations(condensed_family(i % 2), p, &histories[i / NSETS]);
	}

	group("cnbd-k: histories of one purchase together");
	for (int i = 0; i < 2 * 5 * 4; i++)
	{
		with_k(parameter_sets[i % 4], ks[i / 4 % 5], p);
		test_one_purchase(condensed_family(i / 20), p, 30.0);
	}
}

/*
 * What simulated customers do after T, of those who did nothing until then and
 * of those who bought once: against all predictions at once.
 */
static void
test_simulation(void)
{
	enum
	{
		CUSTOMERS = 400000
	};
	const double T = 20.0;
	const double t = 15.0;
	const double delta = 0.03;

	group("cnbd-k: simulated customers");
	for (int f = 0; f < 2; f++)
	{
		for (int k = 2; k <= 5; k += 3)
		{
			const PurchaseFamily *family = condensed_family(f);
			const double p[NPARAMETERS + 1] = {2.0, 3.0, 0.8, 2.0, k};

			/* observed and expected by purchases until T, 0 or 1 or 2 */
			double		seen[3][5] = {{0}};
			double		expected[3][5] = {{0}};
			double		square[3] = {0};
			double		number[3] = {0};

			seed_random(9);
			for (int i = 0; i < CUSTOMERS; i++)
			{
				double		rate = random_gamma(p[0]) / p[1];
				double		a = random_gamma(p[2]);
				double		b = random_gamma(p[3]);
				double		leaving = a / (a + b);
				bool		alive = !(f == 1 && random_uniform() < leaving);
				bool		alive_then;
				double		time = 0.0;
				PurchaseHistorySummary h = {0, 0, T, NAN};
				double		future = 0.0;
				double		worth = 0.0;
				int			class;

				alive_then = alive;
				while (alive)
				{
					time += random_gamma(k) / rate;
					if (time > T + t)
						break;
					if (time <= T)
					{
						h.frequency++;
						h.recency = time;
					}
					else
					{
						future++;
						worth += exp(-delta * (time - T));
					}
					alive = random_uniform() >= leaving;
					if (time <= T)
						alive_then = alive;
				}
				class = (int) h.frequency;
				if (class > 2)
					continue;
				number[class]++;
				seen[class][0] += alive_then;
				seen[class][1] += future;
				seen[class][2] += worth;
				seen[class][3] += future == 1;
				seen[class][4] += alive;
				square[class] += future * future;

				/*
				 * predictions depend on the time of the last: every 20th
				 * customer
				 */
				if (class > 0 && (int) number[class] % 20 != 1)
					continue;
				if (class == 0 && number[class] > 1)
					continue;
				expected[class][0] += family->p_alive(p, &h, 0);
				expected[class][1] += family->expected_purchases(p, &h, t);
				expected[class][2] += family->discounted_purchases(p, &h, t, delta);
				expected[class][3] += family->purchase_probability(p, &h, 1, t);
				expected[class][4] += family->p_alive(p, &h, t);
			}
			for (int class = 0; class < 3; class++)
			{
				double		samples = class == 0 ? 1.0 : ceil(number[class] / 20.0);

				for (int i = 0; i < 5; i++)
				{
					double		mean = seen[class][i] / number[class];
					double		prediction = expected[class][i] / samples;

					/* standard errors of both sides, generously */
					double		error = sqrt(square[class] / number[class] + 1.0) *
						sqrt(1.0 / number[class] + (class == 0 ? 0.0 : 1.0 / samples));

					expect(fabs(mean - prediction) < 4.0 * error, "%s k %d, %d purchases, %d: simulated %.5f, predicted %.5f",
						   family->name, k, class, i, mean, prediction);
				}
			}
		}
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

	group("cnbd-k: extreme parameters and customers");
	for (int i = 0; i < 625; i++)
	{
		double		p[NPARAMETERS + 1] = {values[i % 5], values[i / 5 % 5], values[i / 25 % 5], values[i / 125], 1 + i % 12};
		const PurchaseFamily *family = condensed_family(i % 2);

		for (int j = i % 3; j < 11; j += 3)
		{
			const PurchaseHistorySummary *h = &extreme[j];
			double		t = times[(i + j) % 4];
			double		alive = family->p_alive(p, h, 0);
			double		later = family->p_alive(p, h, t);
			double		purchases = family->expected_purchases(p, h, t);
			double		discounted = (i + j) % 5 == 0 ? family->discounted_purchases(p, h, t, 2.6e-4) : 0.0;
			double		residual = (i + j) % 7 == 0 ? family->discounted_purchases(p, h, INFINITY, 2.6e-4) : 0.0;
			double		probability = family->purchase_probability(p, h, (i + 3 * j) % 12, t);
			double		rate = family->purchase_rate(p, h);
			double		dropout = family->dropout(p, h);

			expect(alive >= 0 && alive <= 1 && later >= 0 && later <= alive * (1 + 1e-12) &&
				   purchases >= 0 && isfinite(purchases) &&
				   discounted >= 0 && discounted <= purchases * (1 + 1e-9) &&
				   residual >= 0 && isfinite(residual) && probability >= 0 && probability <= 1 &&
				   rate > 0 && isfinite(rate) && dropout > 0 && dropout <= 1,
				   "%s %g %g %g %g %g, customer %g %g %g, t %g: %g %g %g %g %g %g %g %g", family->name,
				   p[0], p[1], p[2], p[3], p[4], h->frequency, h->recency, h->age, t,
				   alive, later, purchases, discounted, residual, probability, rate, dropout);
		}
	}
}

void
test_condensed_predictions(void)
{
	test_table();
	test_one();
	test_properties();
	test_simulation();
	test_extremes();
}
