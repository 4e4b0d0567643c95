/*
 * covariate_test.c
 *		Tests of fits with covariates.
 *
 * Expectations are the maxima that an independent program found for the same
 * customers (covariate_reference.py), and laws.
 */
#include "clv_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clv/family/family_data.h"
#include "math/incomplete_gamma.h"

#define MAX_CUSTOMERS	2000
#define MAX_COVARIATES	30
#define MAX				COVARIATE_FIT_MAX

static const char *const families[] = {"bg/nbd", "mbg/nbd", "pareto/nbd"};

#define NFAMILIES	(sizeof(families) / sizeof(families[0]))

/* Customers with covariates. */
typedef struct Base
{
	CustomerCell cells[MAX_CUSTOMERS];
	double		covariates[MAX_CUSTOMERS * MAX_COVARIATES];
	size_t		n;
	int			m;
} Base;

/* What the independent program found. */
typedef struct Expected
{
	double		log_likelihood;
	int			n;
	char		names[MAX][20];
	double		estimates[MAX];
	double		errors[MAX];
	double		truth[MAX];
} Expected;

static CovariateOptions
plain_options(double unit)
{
	CovariateOptions options;

	memset(&options, 0, sizeof(options));
	options.fit.unit = unit;
	options.fit.prior_sd = INFINITY;
	options.prior_sd = INFINITY;
	return options;
}

static CovariateFitResult
fit(const PurchaseFamily *family, const Base *base,
	const CovariateOptions *options)
{
	CovariateData data = {base->cells, base->covariates, base->n, base->m};
	CovariateFitResult result;

	covariate_fit(family, &data, options, &test_memory, &result);
	release_memory();
	return result;
}

/* Read the customers of a family and what was found for them. */
static bool
read_reference(const char *family, Base *base, Expected *expected)
{
	FILE	   *file = fopen("covariate_reference.txt", "r");
	char		line[400];

	memset(base, 0, sizeof(*base));
	memset(expected, 0, sizeof(*expected));
	base->m = 2;
	if (file == NULL)
		return false;
	while (fgets(line, sizeof(line), file) != NULL)
	{
		char		word[20];
		char		name[20];
		int			at = 0;

		if (sscanf(line, "%19s %19s%n", word, name, &at) != 2 ||
			strcmp(name, family) != 0)
			continue;
		if (strcmp(word, "customer") == 0 && base->n < MAX_CUSTOMERS)
		{
			CustomerCell *cell = &base->cells[base->n];

			if (sscanf(line + at, "%u %lf %lf %lf %lf", &cell->frequency,
					   &cell->recency, &cell->age,
					   &base->covariates[2 * base->n],
					   &base->covariates[2 * base->n + 1]) == 5)
				base->n++;
			cell->customers = 1;
		}
		else if (strcmp(word, "truth") == 0)
		{
			char	   *place = line + at;

			for (int i = 0; i < MAX && *place != '\n'; i++)
				expected->truth[i] = strtod(place, &place);
		}
		else if (strcmp(word, "maximum") == 0)
			expected->log_likelihood = atof(line + at);
		else if (strcmp(word, "estimate") == 0 && expected->n < MAX &&
				 sscanf(line + at, "%19s %lf %lf", expected->names[expected->n],
						&expected->estimates[expected->n],
						&expected->errors[expected->n]) == 3)
			expected->n++;
	}
	fclose(file);
	return base->n > 0 && expected->n > 0;
}

/* The place of a result: logarithms of parameters, then coefficients. */
static int
place_of(const CovariateFitResult *result, double *place)
{
	int			p = result->fit.nparameters;

	for (int i = 0; i < p; i++)
		place[i] = log(result->fit.parameters[i]);
	memcpy(place + p, result->coefficients,
		   result->ncoefficients * sizeof(double));
	return p + result->ncoefficients;
}

/* Against an independent fit, and the truth that the customers came from. */
static void
test_reference(const PurchaseFamily *family, const Base *base,
			   const Expected *expected)
{
	CovariateOptions options = plain_options(7.0);
	CovariateFitResult result = fit(family, base, &options);
	double		place[MAX];
	int			n = place_of(&result, place);
	int			p = family->nparameters;
	double		distance = 0.0;

	expect(result.fit.status == FIT_OK && result.fit.has_covariance &&
		   result.problem == COVARIATES_WELL,
		   "%s: status %d", family->name, result.fit.status);
	expect(n == expected->n, "%s: %d estimates", family->name, n);
	expect(is_near(result.fit.log_likelihood, expected->log_likelihood, 1e-11),
		   "%s: log-likelihood %.12g, expected %.12g", family->name,
		   result.fit.log_likelihood, expected->log_likelihood);
	for (int i = 0; i < n; i++)
	{
		double		error = sqrt(result.covariance[i * n + i]);
		double		estimate = i < p ? exp(place[i]) : place[i];

		expect(is_near(error, expected->errors[i], 1e-6),
			   "%s: standard error of %s %.9g, expected %.9g", family->name,
			   expected->names[i], error, expected->errors[i]);
		expect(fabs(estimate - expected->estimates[i]) <=
			   1e-6 * fmax(fabs(expected->estimates[i]), error),
			   "%s: %s is %.9g, expected %.9g", family->name,
			   expected->names[i], estimate, expected->estimates[i]);
		expect(fabs(place[i] - (i < p ? log(expected->truth[i]) :
								expected->truth[i])) < 3.5 * error,
			   "%s: %s is %.9g, the truth %g", family->name,
			   expected->names[i], estimate, expected->truth[i]);
	}

	/* ... all together: Mahalanobis, chi-square of n degrees */
	{
		double		l[MAX * MAX];
		double		difference[MAX];

		for (int i = 0; i < n; i++)
			difference[i] = place[i] -
				(i < p ? log(expected->truth[i]) : expected->truth[i]);
		memcpy(l, result.covariance, sizeof(l));
		/* Gauss elimination, n small */
		for (int k = 0; k < n; k++)
		{
			distance += difference[k] * difference[k] / l[k * n + k];
			for (int i = k + 1; i < n; i++)
			{
				double		factor = l[i * n + k] / l[k * n + k];

				difference[i] -= factor * difference[k];
				for (int j = k; j < n; j++)
					l[i * n + j] -= factor * l[k * n + j];
			}
		}
		expect(chi_square_tail(distance, n) > 0.001,
			   "%s: the truth is %g away", family->name, distance);
	}
}

/* Another unit, other units of covariates, another order, weights. */
static void
test_invariance(const PurchaseFamily *family, const Base *base)
{
	static Base other;
	CovariateOptions weeks = plain_options(7.0);
	CovariateOptions days = plain_options(1.0);
	CovariateFitResult result;
	CovariateFitResult moved;
	double		place[MAX];
	double		moved_place[MAX];
	int			n;
	int			p = family->nparameters;
	int			m = base->m;
	double		purchases = 0.0;

	/* with priors, too: they do not know of units */
	for (int prior = 0; prior < 2; prior++)
	{
		if (prior)
		{
			weeks.fit.prior_sd = days.fit.prior_sd = 2.0;
			weeks.prior_sd = days.prior_sd = 0.3;
		}
		result = fit(family, base, &weeks);
		n = place_of(&result, place);
		purchases = 0.0;
		for (size_t i = 0; i < base->n; i++)
			purchases += base->cells[i].frequency;

		moved = fit(family, base, &days);
		place_of(&moved, moved_place);
		expect(is_near(moved.fit.log_likelihood,
					   result.fit.log_likelihood - purchases * log(7.0), 1e-12),
			   "%s: log-likelihood in days %.15g", family->name,
			   moved.fit.log_likelihood);
		for (int i = 0; i < n; i++)
		{
			double		expected = place[i] +
				(i < p ? family->time_power[i] * log(7.0) : 0.0);

			expect(fabs(moved_place[i] - expected) < 1e-9,
				   "%s: place %d in days %.12g, expected %.12g", family->name,
				   i, moved_place[i], expected);
			expect(is_near(moved.covariance[i * n + i],
						   result.covariance[i * n + i], 1e-8),
				   "%s: variance %d in days", family->name, i);
		}

		/* z -> 2 z + 3 for the first, 1000 z - 70 for the second */
		other = *base;
		for (size_t i = 0; i < base->n; i++)
		{
			other.covariates[2 * i] = 2.0 * base->covariates[2 * i] + 3.0;
			other.covariates[2 * i + 1] = 1000.0 * base->covariates[2 * i + 1] - 70.0;
		}
		moved = fit(family, &other, &weeks);
		place_of(&moved, moved_place);
		expect(is_near(moved.fit.log_likelihood, result.fit.log_likelihood,
					   1e-12), "%s: log-likelihood of other units %.15g",
			   family->name, moved.fit.log_likelihood);
		for (int s = 0; s < family->nslots; s++)
		{
			int			at = p + s * m;
			int			parameter = family->slots[s].parameter;
			double		sign = family->slots[s].sign;

			expect(fabs(moved_place[at] - place[at] / 2.0) < 1e-9 &&
				   fabs(moved_place[at + 1] - place[at + 1] / 1000.0) < 1e-12,
				   "%s: coefficients of other units %.12g %.12g",
				   family->name, moved_place[at], moved_place[at + 1]);
			expect(is_near(moved.covariance[at * n + at],
						   result.covariance[at * n + at] / 4.0, 1e-8) &&
				   is_near(moved.covariance[at * n + at + 1],
						   result.covariance[at * n + at + 1] / 2000.0, 1e-7),
				   "%s: covariance of other units", family->name);
			/* the same customer has the same parameters */
			expect(fabs(place[parameter] + sign * place[at] -
						(moved_place[parameter] + sign * 5.0 * moved_place[at] -
						 sign * 70.0 * moved_place[at + 1])) < 1e-8,
				   "%s: parameter %d of a customer with other units",
				   family->name, parameter);
		}
	}
	weeks = plain_options(7.0);
	result = fit(family, base, &weeks);
	place_of(&result, place);

	/* each customer twice, as two and as one cell of two; another order */
	other = *base;
	other.n = base->n / 2;
	moved = fit(family, &other, &weeks);
	for (size_t i = 0; i < other.n; i++)
	{
		other.cells[other.n + i] = other.cells[other.n - 1 - i];
		memcpy(other.covariates + (other.n + i) * m,
			   other.covariates + (other.n - 1 - i) * m, m * sizeof(double));
	}
	other.n *= 2;
	result = fit(family, &other, &weeks);
	n = place_of(&result, place);
	other.n /= 2;
	for (size_t i = 0; i < other.n; i++)
		other.cells[i].customers = 2;
	moved = fit(family, &other, &weeks);
	place_of(&moved, moved_place);
	expect(is_near(moved.fit.log_likelihood, result.fit.log_likelihood, 1e-12),
		   "%s: log-likelihood of weights %.15g, of customers %.15g",
		   family->name, moved.fit.log_likelihood, result.fit.log_likelihood);
	for (int i = 0; i < n; i++)
		expect(fabs(moved_place[i] - place[i]) < 1e-8,
			   "%s: place %d of weights %.12g, of customers %.12g",
			   family->name, i, moved_place[i], place[i]);
}

/*
 * One binary covariate makes two groups that share the parameters on which no
 * slot acts and have each their own of the others. Where the likelihood of both
 * together, computed by the family for whole groups, has its maximum: the
 * gradient in a group's own parameters is 0, that in the shared ones adds up to
 * 0.
 */
static void
test_two_groups(const PurchaseFamily *family, const Base *base)
{
	static Base binary;
	static CustomerCell group_cells[MAX_CUSTOMERS];
	CovariateOptions options = plain_options(1.0);
	CovariateFitResult result;
	double		place[MAX];
	int			p = family->nparameters;
	double		shared[FAMILY_MAX_PARAMETERS] = {0.0};
	double		total = 0.0;
	bool		slot_acts[FAMILY_MAX_PARAMETERS] = {false};

	binary = *base;
	binary.m = 1;
	for (size_t i = 0; i < base->n; i++)
		binary.covariates[i] = base->covariates[2 * i];
	result = fit(family, &binary, &options);
	place_of(&result, place);
	expect(result.fit.status == FIT_OK, "%s: two groups, status %d",
		   family->name, result.fit.status);
	for (int s = 0; s < family->nslots; s++)
		slot_acts[family->slots[s].parameter] = true;

	for (int z = 0; z < 2; z++)
	{
		double		one = z;
		double		own[FAMILY_MAX_PARAMETERS];
		double		value;
		double		gradient[FAMILY_MAX_PARAMETERS];
		double		hessian[FAMILY_MAX_PARAMETERS * FAMILY_MAX_PARAMETERS];
		size_t		n = 0;
		FamilyData *data;

		covariate_parameters(family, place, place + p, &one, 1, own);
		for (size_t i = 0; i < base->n; i++)
		{
			if (binary.covariates[i] == one)
				group_cells[n++] = binary.cells[i];
		}
		data = family_data_prepare(group_cells, n, 0.0, &test_memory);
		for (int i = 0; i < p; i++)
			own[i] -= family->time_power[i] * log(data->days);
		expect(family->log_likelihood(own, data, &value, gradient, hessian),
			   "%s: group %d", family->name, z);
		total += value - data->repeat_purchases * log(data->days);
		release_memory();
		for (int i = 0; i < p; i++)
		{
			shared[i] += gradient[i];
			if (slot_acts[i])
				expect(fabs(gradient[i]) < 1e-6,
					   "%s: group %d, gradient %d is %g", family->name, z, i,
					   gradient[i]);
		}
	}
	for (int i = 0; i < p; i++)
		expect(fabs(shared[i]) < 1e-6, "%s: gradient %d is %g", family->name,
			   i, shared[i]);
	expect(is_near(result.fit.log_likelihood, total, 1e-12),
		   "%s: log-likelihood %.15g, of the groups %.15g", family->name,
		   result.fit.log_likelihood, total);
}

/* Covariates from which nothing can be learned, and priors that help. */
static void
test_dependent(const PurchaseFamily *family, const Base *base)
{
	static Base other;
	CovariateOptions options = plain_options(7.0);
	CovariateFitResult result;
	CovariateFitResult without;
	int			n;

	other = *base;
	other.m = 3;
	for (int kind = 0; kind < 3; kind++)
	{
		for (size_t i = 0; i < base->n; i++)
		{
			const double *z = base->covariates + 2 * i;
			double	   *to = other.covariates + 3 * i;

			to[0] = z[0];
			to[1] = kind == 1 ? 0.1 : z[1];
			to[2] = kind == 0 ? 3.7 * z[0] - 0.3 * z[1] + 1e3 :
				kind == 1 ? z[1] : 1.0 - z[0];
		}
		options.prior_sd = INFINITY;
		result = fit(family, &other, &options);
		expect(result.problem == (kind == 1 ? COVARIATE_CONSTANT :
								  COVARIATE_COLLINEAR) &&
			   result.problem_covariate == (kind == 1 ? 1 : 2),
			   "%s: kind %d, problem %d of %d", family->name, kind,
			   result.problem, result.problem_covariate);
		options.prior_sd = 0.5;
		result = fit(family, &other, &options);
		n = family->nparameters + result.ncoefficients;
		expect(result.problem == COVARIATES_WELL &&
			   result.fit.status == FIT_OK && result.fit.has_covariance,
			   "%s: kind %d with a prior, status %d", family->name, kind,
			   result.fit.status);
		if (kind == 1)
		{
			int			at = family->nparameters + 1;

			/* nothing known of it but the prior */
			expect(fabs(result.coefficients[1]) < 1e-12 &&
				   is_near(result.covariance[at * n + at], 0.25, 1e-9),
				   "%s: constant with a prior %g, variance %g", family->name,
				   result.coefficients[1], result.covariance[at * n + at]);
		}
	}

	/* a sharp prior leaves the fit without covariates */
	options.prior_sd = 1e-6;
	result = fit(family, base, &options);
	{
		FitResult	plain;

		purchase_fit(family, base->cells, base->n, &options.fit, &test_memory,
					 &plain);
		release_memory();
		without = result;
		expect(is_near(without.fit.log_likelihood, plain.log_likelihood, 1e-8),
			   "%s: sharp prior, log-likelihood %.12g, without %.12g",
			   family->name, without.fit.log_likelihood, plain.log_likelihood);
		for (int i = 0; i < family->nparameters; i++)
			expect(is_near(without.fit.parameters[i], plain.parameters[i], 1e-4),
				   "%s: sharp prior, parameter %d %g, without %g",
				   family->name, i, without.fit.parameters[i],
				   plain.parameters[i]);
	}

	/* not a number once squared */
	other = *base;
	other.covariates[1] = 1e200;
	options.prior_sd = INFINITY;
	result = fit(family, &other, &options);
	expect(result.problem == COVARIATE_OUT_OF_RANGE &&
		   result.problem_covariate == 1, "%s: huge covariate", family->name);

	/* parameters at covariates 0 that are no numbers */
	other = *base;
	for (size_t i = 0; i < base->n; i++)
		other.covariates[2 * i + 1] += 1e5;
	result = fit(family, &other, &options);
	expect(result.fit.status == FIT_OK &&
		   !(result.fit.parameters[1] > 1e-200 && result.fit.parameters[1] < 1e200),
		   "%s: covariates far from 0, status %d", family->name,
		   result.fit.status);
}

/* From anywhere to the same place; small bases end well or at a boundary. */
static void
test_starts(const PurchaseFamily *family, const Base *base, int nstarts)
{
	static Base small;
	CovariateOptions options = plain_options(7.0);
	CovariateFitResult best;
	int			n = family->nparameters + 2 * family->nslots;
	int			there = 0;
	int			ended = 0;
	int			iterations = 0;

	small = *base;
	small.n = 400;
	best = fit(family, &small, &options);
	for (int i = 0; i < nstarts; i++)
	{
		double		start[MAX];
		CovariateFitResult result;

		for (int j = 0; j < n; j++)
			start[j] = j < family->nparameters ?
				exp(10.0 * random_uniform() - 5.0) : 4.0 * random_uniform() - 2.0;
		options.start = start;
		result = fit(family, &small, &options);
		iterations += result.fit.iterations;
		if (result.fit.status == best.fit.status &&
			is_near(result.fit.log_likelihood, best.fit.log_likelihood, 1e-10))
			there++;
		else
			expect(result.fit.log_likelihood < best.fit.log_likelihood,
				   "%s: start %d leads higher, to %.12g", family->name, i,
				   result.fit.log_likelihood);
	}
	/* mbg/nbd has a second top here, 2.2 lower */
	expect(best.fit.status == FIT_OK && there >=
		   (strcmp(family->name, "mbg/nbd") == 0 ? 0.9 : 1.0) * nstarts,
		   "%s: %d of %d starts lead to the maximum", family->name, there,
		   nstarts);
	printf("# %s: %d starts, %.1f iterations on average\n", family->name,
		   nstarts, (double) iterations / nstarts);

	options.start = NULL;
	for (int i = 0; i < 100; i++)
	{
		CovariateFitResult result;
		int			purchases = 0;

		small.n = 60;
		for (size_t k = 0; k < small.n; k++)
		{
			size_t		drawn = (size_t) (random_uniform() * (double) base->n);

			small.cells[k] = base->cells[drawn];
			memcpy(small.covariates + 2 * k, base->covariates + 2 * drawn,
				   2 * sizeof(double));
			purchases += small.cells[k].frequency;
		}
		if (purchases == 0)
			small.cells[0] = base->cells[0];
		result = fit(family, &small, &options);
		if (result.problem == COVARIATES_WELL &&
			(result.fit.status == FIT_OK || result.fit.status == FIT_BOUNDARY) &&
			isfinite(result.fit.log_likelihood))
			ended++;
		options.prior_sd = 1.0;
		options.fit.prior_sd = 3.0;
		result = fit(family, &small, &options);
		expect(result.fit.status == FIT_OK, "%s: resample %d with priors, status %d",
			   family->name, i, result.fit.status);
		options = plain_options(7.0);
	}
	expect(ended == 100, "%s: %d of 100 small bases end ok or at a boundary",
		   family->name, ended);
}

/* Simulated again and again, the truth is in the interval as often as it says. */
static void
test_interval_coverage(void)
{
	static Base base;
	const PurchaseFamily *family = find_purchase_family("mbg/nbd");
	const double truth[] = {0.9, 30.0, 0.7, 2.2};
	const double coefficient = 0.5;
	CovariateOptions options = plain_options(7.0);
	int			covered = 0;
	int			ok = 0;

	base.n = 800;
	base.m = 1;
	for (int round = 0; round < 150; round++)
	{
		CovariateFitResult result;

		for (size_t i = 0; i < base.n; i++)
		{
			double		z = random_normal();
			double		own[4];

			memcpy(own, truth, sizeof(own));
			own[1] *= exp(-coefficient * z);
			base.cells[i] = random_customer(1, own, 100.0 + floor(200.0 * random_uniform()));
			base.covariates[i] = z;
		}
		result = fit(family, &base, &options);
		if (result.fit.status != FIT_OK)
			continue;
		ok++;
		if (fabs(result.coefficients[0] - coefficient) <
			1.96 * sqrt(result.covariance[4 * 7 + 4]))
			covered++;
	}
	/* binomial(150, 0.95): 142.5 +- 2.7 */
	expect(ok >= 145 && covered >= 0.95 * ok - 4 * 2.7,
		   "the coefficient is in %d intervals of %d", covered, ok);
}

/*
 * The likelihood-ratio test of nbd against pareto/nbd by the chi-square of two
 * degrees is conservative: customers none of whom leaves are rejected at 5 %
 * less often than that.
 */
static void
test_nobody_leaves(void)
{
	static CustomerCell cells[400];
	const PurchaseFamily *nbd = find_purchase_family("nbd");
	const PurchaseFamily *pareto = find_purchase_family("pareto/nbd");
	CovariateOptions options = plain_options(7.0);
	int			rejected = 0;
	int			exceeds = 0;
	const int	rounds = 400;

	if (nbd == NULL || pareto == NULL)
	{
		skip("there is no nbd or pareto/nbd");
		return;
	}
	for (int round = 0; round < rounds; round++)
	{
		FitResult	restricted;
		FitResult	complete;
		double		statistic;

		for (int i = 0; i < 400; i++)
		{
			double		rate = random_gamma(1.2) / 40.0;
			double		time = 0.0;

			cells[i].recency = 0.0;
			cells[i].age = 150.0 + floor(150.0 * random_uniform());
			cells[i].frequency = 0;
			cells[i].customers = 1;
			for (;;)
			{
				time -= log(random_uniform()) / rate;
				if (!(time <= cells[i].age))
					break;
				cells[i].frequency++;
				cells[i].recency = time;
			}
		}
		purchase_fit(nbd, cells, 400, &options.fit, &test_memory, &restricted);
		purchase_fit(pareto, cells, 400, &options.fit, &test_memory, &complete);
		release_memory();
		statistic = 2.0 * (complete.log_likelihood - restricted.log_likelihood);
		if (chi_square_tail(fmax(statistic, 0.0), 2.0) < 0.05)
			rejected++;
		if (chi_square_tail(fmax(statistic, 0.0), 2.0) < 0.5)
			exceeds++;
	}
	printf("# nbd in pareto/nbd, true: p < 0.05 in %d and p < 0.5 in %d of %d\n",
		   rejected, exceeds, rounds);
	expect(rejected < 0.05 * rounds && exceeds < 0.5 * rounds,
		   "%d of %d rejected", rejected, rounds);
}

/*
 * That of pareto/nbd against ggompertz/nbd has a statistic of 0 half of the
 * time, and a p-value of half a chi-square of one degree.
 */
static void
test_nobody_ages(void)
{
	static CustomerCell cells[600];
	const PurchaseFamily *pareto = find_purchase_family("pareto/nbd");
	const PurchaseFamily *gompertz = find_purchase_family("ggompertz/nbd");
	CovariateOptions options = plain_options(7.0);
	int			nothing = 0;
	int			rejected = 0;
	int			below = 0;
	double		lowest = 0.0;
	const int	rounds = 200;

	for (int round = 0; round < rounds; round++)
	{
		FitResult	restricted;
		FitResult	complete;
		double		statistic;

		for (int i = 0; i < 600; i++)
		{
			double		rate = random_gamma(1.2) / 30.0;
			double		leaves = -log(random_uniform()) / (random_gamma(1.5) / 150.0);
			double		time = 0.0;

			cells[i].recency = 0.0;
			cells[i].age = 150.0 + floor(150.0 * random_uniform());
			cells[i].frequency = 0;
			cells[i].customers = 1;
			for (;;)
			{
				time -= log(random_uniform()) / rate;
				if (!(time <= cells[i].age && time <= leaves))
					break;
				cells[i].frequency++;
				cells[i].recency = time;
			}
		}
		purchase_fit(pareto, cells, 600, &options.fit, &test_memory, &restricted);
		purchase_fit(gompertz, cells, 600, &options.fit, &test_memory, &complete);
		release_memory();
		statistic = 2.0 * (complete.log_likelihood - restricted.log_likelihood);
		lowest = fmin(lowest, statistic);
		if (statistic < 0.01)
			nothing++;
		else if (chi_square_tail(statistic, 1.0) < 0.1)
			rejected++;
		if (statistic > 0.0 && chi_square_tail(statistic, 1.0) < 0.5)
			below++;
	}
	/* expected 100, 10 and 50, give or take 7.1, 3.1 and 6.1 */
	expect(abs(nothing - rounds / 2) < 28 && abs(rejected - rounds / 20) < 12 &&
		   abs(below - rounds / 4) < 24,
		   "%d of %d are 0, p < 0.05 in %d, p < 0.25 in %d", nothing, rounds,
		   rejected, below);
	/* as near as the optimizer's box comes to the boundary */
	expect(lowest > -0.05, "a statistic of %g", lowest);
}

/* Fits with covariates. */
void
test_covariates(void)
{
	static Base base;
	static Expected expected;

	seed_random(20260601);
	for (size_t f = 0; f < NFAMILIES; f++)
	{
		const PurchaseFamily *family = find_purchase_family(families[f]);
		static char names[NFAMILIES][40];

		if (family == NULL || family->derivatives_one == NULL)
			continue;
		snprintf(names[f], sizeof(names[f]), "covariates of %s", family->name);
		group(names[f]);
		if (!read_reference(family->name, &base, &expected))
		{
			expect(false, "no covariate_reference.txt");
			continue;
		}
		test_reference(family, &base, &expected);
		test_invariance(family, &base);
		test_two_groups(family, &base);
		test_dependent(family, &base);
		test_starts(family, &base, 500);
	}
	group("covariates: intervals cover the truth");
	test_interval_coverage();
	group("likelihood ratio: nobody leaves");
	test_nobody_leaves();
	group("likelihood ratio: nobody ages");
	test_nobody_ages();
}
