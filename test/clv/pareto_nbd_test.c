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

void
test_pareto_nbd(void)
{
	test_table();
}
