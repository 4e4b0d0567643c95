/*
 * beta_geometric_test.c
 *		BG/NBD and MBG/NBD: the derivatives of one customer, and the posterior
 *		means, against a table of values to 20 digits; what slots and sums
 *		have to do with them.
 */
#include "clv_test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clv/family/family_data.h"

#define NPARAMETERS 4

/* The 15 numbers of one customer's derivatives, in the order of the table. */
static bool
derivatives(const PurchaseFamily *family, const double *parameters,
			const PurchaseHistorySummary *customer, double *values)
{
	double		theta[NPARAMETERS];
	double		hessian[NPARAMETERS * NPARAMETERS];
	int			n = 1 + NPARAMETERS;

	for (int i = 0; i < NPARAMETERS; i++)
		theta[i] = log(parameters[i]);
	if (!family->derivatives_one(theta, customer, &values[0], &values[1], hessian))
		return false;
	for (int i = 0; i < NPARAMETERS; i++)
	{
		for (int j = i; j < NPARAMETERS; j++)
		{
			if (hessian[i * NPARAMETERS + j] != hessian[j * NPARAMETERS + i])
				return false;
			values[n++] = hessian[i * NPARAMETERS + j];
		}
	}
	return true;
}

/* Every line of beta_geometric_reference.txt. */
static void
test_table(void)
{
	FILE	   *file = fopen("beta_geometric_reference.txt", "r");
	char		line[1000];
	double		worst = 0.0;
	double		worst_derivative = 0.0;
	int			lines = 0;

	group("bg/nbd, mbg/nbd: derivatives and posterior means");
	expect(file != NULL, "beta_geometric_reference.txt is missing");
	if (file == NULL)
		return;
	while (fgets(line, sizeof(line), file) != NULL)
	{
		char		kind[20];
		int			m;
		int			at;
		double		p[NPARAMETERS];
		PurchaseHistorySummary c = {0, 0, 0, NAN};
		const PurchaseFamily *family;
		double		expected[15] = {0};
		double		values[15] = {0};
		const char *rest;

		lines++;
		if (sscanf(line, "%19s %d %lf %lf %lf %lf %lf %lf %lf%n", kind, &m, &p[0], &p[1], &p[2], &p[3],
				   &c.frequency, &c.recency, &c.age, &at) != 9)
		{
			expect(false, "not read: %s", line);
			continue;
		}
		family = find_purchase_family(m ? "mbg/nbd" : "bg/nbd");
		rest = line + at;
		for (int i = 0; i < 15 && sscanf(rest, "%lf%n", &expected[i], &at) == 1; i++)
			rest += at;

		if (strcmp(kind, "derivatives") == 0)
		{
			/* Terms of this size cancel in the sums of which these are parts. */
			double		scale = 1.0 + (p[0] + c.frequency) * (1.0 + log1p(c.age / p[1]));

			expect(derivatives(family, p, &c, values), "finite, symmetric");
			expect(fabs(values[0] - family->log_likelihood_one(p, &c)) < 1e-14 * scale, "the value is that of log_likelihood_one: %s", line);
			for (int i = 0; i < 15; i++)
			{
				double		error = fabs(values[i] - expected[i]) / scale;

				expect(error < 1e-13, "derivative %d: %.17g, not %.17g: %s", i, values[i], expected[i], line);
				worst_derivative = fmax(worst_derivative, error);
			}
		}
		else
		{
			double		value = strcmp(kind, "rate") == 0 ? family->purchase_rate(p, &c) : family->dropout(p, &c);

			expect(is_near(value, expected[0], 1e-12), "%.17g: %s", value, line);
			worst = fmax(worst, fabs(value / expected[0] - 1.0));
		}
	}
	fclose(file);
	expect(lines > 400, "only %d lines", lines);
	printf("# %d lines, largest relative error %.1e, of derivatives %.1e\n", lines, worst, worst_derivative);
}

/* One customer is a base of one. */
static void
test_base_of_one(void)
{
	static const double times[][2] = {{0, 0}, {0, 40}, {12, 40}, {40, 40}};
	static const double p[NPARAMETERS] = {0.6, 0.9, 0.8, 2.5};

	group("bg/nbd, mbg/nbd: one customer as a base");
	for (int i = 0; i < 16; i++)
	{
		const PurchaseFamily *family = purchase_families[i % 2];
		uint32_t	x = (uint32_t) (i / 8 * 60 + (i / 2 % 4 > 1 ? 3 : 0));
		CustomerCell cell = {times[i / 2 % 4][0], times[i / 2 % 4][1], x, 1};
		FamilyData *data = family_data_prepare(&cell, 1, 1.0, &test_memory);
		PurchaseHistorySummary c = {x, cell.recency, cell.age, NAN};
		double		theta[NPARAMETERS];
		double		value[2];
		double		gradient[2][NPARAMETERS];
		double		hessian[2][NPARAMETERS * NPARAMETERS];

		for (int j = 0; j < NPARAMETERS; j++)
			theta[j] = log(p[j]);
		expect(family->log_likelihood(theta, data, &value[0], gradient[0], hessian[0]) &&
			   family->derivatives_one(theta, &c, &value[1], gradient[1], hessian[1]), "finite");
		expect(fabs(value[0] - value[1]) <= 1e-13 * (1 + fabs(value[0])), "value %.17g, %.17g", value[0], value[1]);
		for (int j = 0; j < NPARAMETERS; j++)
			expect(fabs(gradient[0][j] - gradient[1][j]) <= 1e-12 * (1 + x), "gradient %d: %.17g, %.17g", j,
				   gradient[0][j], gradient[1][j]);
		for (int j = 0; j < NPARAMETERS * NPARAMETERS; j++)
			expect(fabs(hessian[0][j] - hessian[1][j]) <= 1e-12 * (1 + x), "Hessian %d: %.17g, %.17g", j,
				   hessian[0][j], hessian[1][j]);
	}
	release_memory();
}

/* What the families say of themselves. */
static void
test_descriptions(void)
{
	static const char *const names[3] = {"purchase", "dropout_a", "dropout_b"};
	static const int parameters[3] = {1, 2, 3};
	static const double signs[3] = {-1, 1, 1};

	group("bg/nbd, mbg/nbd: slots and kinds");
	for (int f = 0; f < 2; f++)
	{
		const PurchaseFamily *family = purchase_families[f];

		expect(family->nslots == 3 && family->dropout_kind == DROPOUT_PROBABILITY && !family->discrete &&
			   family->nconstants == 0, "%s", family->name);
		for (int i = 0; i < family->nslots; i++)
			expect(strcmp(family->slots[i].name, names[i]) == 0 && family->slots[i].parameter == parameters[i] &&
				   family->slots[i].sign == signs[i], "%s, slot %d", family->name, i);
	}
}

/* Means lie where they can; without news they go from the one to the other. */
static void
test_posterior(void)
{
	static const double values[] = {1e-4, 1e-2, 1, 1e2, 1e4};
	static const PurchaseHistorySummary customers[] = {
		{0, 0, 0, NAN}, {0, 0, 36525, NAN}, {1, 0, 0, NAN}, {5, 10, 36525, NAN}, {10000, 36525, 36525, NAN}, {1e9, 0, 1e6, NAN}
	};

	group("bg/nbd, mbg/nbd: posterior means");
	for (int i = 0; i < 625; i++)
	{
		const double p[4] = {values[i % 5], values[i / 5 % 5], values[i / 25 % 5], values[i / 125]};
		const PurchaseFamily *family = purchase_families[i % 2];

		for (int j = 0; j < 6; j++)
		{
			const PurchaseHistorySummary *c = &customers[j];
			double		rate = family->purchase_rate(p, c);
			double		dropout = family->dropout(p, c);
			double		y = c->frequency + i % 2;

			expect(rate >= (p[0] + c->frequency) / (p[1] + c->age) * (1 - 1e-15) &&
				   rate <= (p[0] + c->frequency) / (p[1] + c->recency) * (1 + 1e-15), "rate %g", rate);
			expect(dropout >= p[2] / (p[2] + p[3] + y) * (1 - 1e-15) && dropout <= 1 &&
				   dropout <= (p[2] + 1) / (p[2] + p[3] + y) * (1 + 1e-15), "dropout %g", dropout);
		}
	}
}

void
test_beta_geometric(void)
{
	test_table();
	test_base_of_one();
	test_descriptions();
	test_posterior();
}
