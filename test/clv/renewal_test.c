/*
 * renewal_test.c
 *		The sBG and BdW models: values to 20 digits, published estimates, the
 *		optimum, starts, small and extreme bases, identities.
 */
#include "clv_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clv/family/shifted_beta_geometric.h"

/* What is promised is 1e-9 */
#define TABLE_TOLERANCE	1e-10

#define MAX_COUNTS	200

static const FitOptions usual_options = {.unit = 1.0,.prior_sd = INFINITY};

#define MAX_LEFT	13

/* How many of a cohort are left after 0, 1, ... 12 periods; one made up. */
typedef double Survivors[MAX_LEFT];
static const Survivors made_up = {2000, 1693, 1433, 1247, 1118, 1011, 929, 865, 817, 762, 718, 689, 649};

/* The two cohorts of Fader & Hardie 2007; false where they are not present. */
static Survivors regular;
static Survivors high_end;

static bool
read_survivors(void)
{
	const char *shared = getenv("CLIENTELE_SHARED");
	char		path[1000];
	char		line[200];
	FILE	   *file;
	int			n = 0;

	snprintf(path, sizeof(path), "%s/data/sbg_survivors.csv", shared != NULL ? shared : "../../../shared");
	file = fopen(path, "r");
	if (file == NULL)
		return false;
	while (n < MAX_LEFT && fgets(line, sizeof(line), file) != NULL)
	{
		if (sscanf(line, "%*d,%lf,%lf", &regular[n], &high_end[n]) == 2)
			n++;
	}
	fclose(file);
	return n == MAX_LEFT;
}

/* One line of the table; returns the value of ours, NAN if it is not one. */
static double
answer(const char *line, double *expected)
{
	char		kind[20];
	RenewalCurve curve;
	double		tenure;
	double		periods;
	double		rate;
	char		horizon[20];

	if (sscanf(line, "%19s %lf %lf %lf %lf %lf %lf %19s %lf", kind, &curve.alpha, &curve.beta, &curve.c,
			   &tenure, &periods, &rate, horizon, expected) != 9)
		return NAN;
	if (strcmp(kind, "survival") == 0)
		return renewal_survival(&curve, tenure, tenure + periods);
	if (strcmp(kind, "churn") == 0)
		return renewal_churn_probability(&curve, periods);
	if (strcmp(kind, "churn_rate") == 0)
		return renewal_churn_rate(&curve, tenure);
	if (strcmp(kind, "propensity") == 0)
		return renewal_propensity(&curve, tenure);
	if (strcmp(kind, "sum") == 0)
		return renewal_sum(&curve, tenure, rate, atof(horizon));
	return NAN;
}

/* Every line of renewal_reference.txt. */
static void
test_table(void)
{
	FILE	   *file = fopen("renewal_reference.txt", "r");
	char		line[500];
	double		worst = 0.0;
	int			lines = 0;

	group("renewals against 20 digits");
	expect(file != NULL, "renewal_reference.txt is missing");
	if (file == NULL)
		return;
	while (fgets(line, sizeof(line), file) != NULL)
	{
		double		expected = NAN;
		double		value = answer(line, &expected);

		/* what is 0 there is below 1e-300 */
		double		error = expected == 0.0 && value >= 0.0 && value < 1.01e-300 ? 0.0 :
			fabs(value - expected) / fabs(expected);

		lines++;
		expect(error <= TABLE_TOLERANCE, "%.16g, off by %g: %s", value, error, line);
		worst = fmax(worst, error);
	}
	fclose(file);
	expect(lines > 1700, "%d lines", lines);
	printf("# renewals: %d values, largest relative error %.2g\n", lines, worst);
}

/* Counts of one cohort of which so many are left after 0 .. n - 1 periods. */
static void
from_survivors(const double *left, size_t n, RenewalCount *counts)
{
	memset(counts, 0, n * sizeof(RenewalCount));
	for (size_t t = 1; t < n; t++)
		counts[t].churned = (int64_t) (left[t - 1] - left[t]);
	counts[n - 1].active = (int64_t) left[n - 1];
}

static RenewalCurve
curve_of(const FitResult *result)
{
	RenewalCurve curve = {result->parameters[0], result->parameters[1], 1.0};

	if (result->nparameters > 2)
		curve.c = result->parameters[2];
	return curve;
}

static double
sum_of_counts(const RenewalCount *counts, size_t n, const RenewalCurve *curve)
{
	double		sum = 0.0;

	for (size_t t = 0; t < n; t++)
	{
		if (counts[t].churned > 0)
			sum += counts[t].churned * renewal_log_likelihood(curve, (double) t, true);
		if (counts[t].active > 0)
			sum += counts[t].active * renewal_log_likelihood(curve, (double) t, false);
	}
	return sum;
}

/*
 * The optimum, without the derivatives of the fit: the likelihood of customers
 * falls on all sides of it, by what the covariance says.
 */
static void
test_optimum(const RenewalCount *counts, size_t n, const FitResult *result)
{
	RenewalCurve best = curve_of(result);
	double		top = sum_of_counts(counts, n, &best);
	int			m = result->nparameters;
	double		information[3][3];
	const double h = 1e-3;

	expect(result->status == FIT_OK && result->has_covariance, "status %d", result->status);
	expect(is_near(result->log_likelihood, top, 1e-11), "log-likelihood %.12g, of customers %.12g",
		   result->log_likelihood, top);
	for (int i = 0; i < m; i++)
	{
		for (int j = 0; j < m; j++)
		{
			double		v[4];

			for (int k = 0; k < 4; k++)
			{
				FitResult	moved = *result;
				RenewalCurve curve;

				moved.parameters[i] *= exp(k & 1 ? h : -h);
				moved.parameters[j] *= exp(k & 2 ? h : -h);
				curve = curve_of(&moved);
				v[k] = sum_of_counts(counts, n, &curve);
			}
			if (i == j)
				expect(v[0] < top && v[3] < top && fabs(v[3] - v[0]) < 0.01 * (2 * top - v[0] - v[3]),
					   "parameter %d: a top: %g %g", i, v[0] - top, v[3] - top);
			information[i][j] = -(v[3] - v[2] - v[1] + v[0]) / (4 * h * h);
		}
	}
	for (int i = 0; i < m; i++)
	{
		for (int j = 0; j < m; j++)
		{
			double		product = 0.0;

			for (int k = 0; k < m; k++)
				product += information[i][k] * result->log_covariance[m * k + j];
			expect(fabs(product - (i == j)) < 5e-3, "covariance times information: %d %d is %g", i, j, product);
		}
	}
}

static void
fit(const RenewalCount *counts, size_t n, int nparameters, const FitOptions *options, FitResult *result)
{
	renewal_fit(counts, n, nparameters, options, &test_memory, result);
}

/*
 * Published estimates: sBG of Fader & Hardie 2007 (years 0-7), BdW of the high
 * end customers' years 0-4 as others have them, and fits of our own by 40 digits
 * (renewal_independent_fit.py), with the standard errors of the logarithms.
 */
static void
test_published(void)
{
	static const struct
	{
		const double *left;
		int			years;
		int			nparameters;
		double		parameters[3];
		double		digits;		/* relative */
		double		errors[3];
		double		log_likelihood;
	}			fits[] = {
		{regular, 7, 2, {0.704, 1.182}, 5e-4, {0}, 0},
		{high_end, 7, 2, {0.668, 3.806}, 5e-4, {0}, 0},
		{high_end, 4, 3, {0.25934, 1.72256, 1.58435}, 1e-4, {0}, -1222.749318},
#include "renewal_fits.txt"
	};

	bool		present = read_survivors();

	group("renewals: published and independent fits");
	if (!present)
		skip("the published cohorts are not present (../shared/data, or $CLIENTELE_SHARED/data)");
	for (size_t k = 0; k < sizeof(fits) / sizeof(fits[0]); k++)
	{
		RenewalCount counts[MAX_LEFT];
		size_t		n = fits[k].years + 1;
		int			m = fits[k].nparameters;
		FitResult	result;

		if (fits[k].left != made_up && !present)
			continue;
		from_survivors(fits[k].left, n, counts);
		fit(counts, n, m, &usual_options, &result);
		for (int i = 0; i < m; i++)
		{
			expect(is_near(result.parameters[i], fits[k].parameters[i], fits[k].digits),
				   "fit %zu: parameter %d is %.10g, published %.10g", k, i, result.parameters[i], fits[k].parameters[i]);
			if (fits[k].errors[i] > 0)
				expect(is_near(sqrt(result.log_covariance[i * m + i]), fits[k].errors[i], 1e-7),
					   "fit %zu: error %d is %.10g, not %.10g", k, i, sqrt(result.log_covariance[i * m + i]), fits[k].errors[i]);
		}
		if (fits[k].log_likelihood < 0)
			expect(is_near(result.log_likelihood, fits[k].log_likelihood, 1e-9),
				   "fit %zu: log-likelihood %.12g", k, result.log_likelihood);
		test_optimum(counts, n, &result);
	}
}

/* Fader & Hardie 2010: DERL of customers in their 1st .. 5th period, d = 0.1 */
static void
test_discounted(void)
{
	static const double published[5] = {3.3098, 3.4510, 3.5865, 3.7168, 3.8421};
	RenewalCurve curve = {3.80, 15.20, 1.0};

	group("renewals: published DERL");
	for (int n = 0; n < 5; n++)
		expect(fabs(renewal_sum(&curve, n, 0.1, INFINITY) - published[n]) < 5e-5,
			   "DERL after %d renewals: %.6g", n, renewal_sum(&curve, n, 0.1, INFINITY));
}

/* A customer of the model, followed for up to some periods. */
static void
add_random_customer(const RenewalCurve *curve, int longest, RenewalCount *counts)
{
	double		a = random_gamma(curve->alpha);
	double		b = random_gamma(curve->beta);
	double		log_stay = log1p(-a / (a + b));
	int			followed = 1 + (int) (random_uniform() * longest);

	/* there after t renewals with exp(log_stay t^c): the first t at which not */
	double		fate = log(random_uniform());

	for (int t = 1; t <= followed; t++)
	{
		if (fate > log_stay * pow(t, curve->c))
		{
			counts[t].churned++;
			return;
		}
	}
	counts[followed].active++;
}

/* Many customers: the parameters that they were made with. */
static void
test_recovery(void)
{
	static const RenewalCurve truths[4] = {{0.7, 1.2, 1.0}, {0.26, 1.72, 1.58}, {2.0, 20.0, 0.7}, {1.2, 100.0, 2.0}};

	group("renewals: recovery of parameters");
	for (int k = 0; k < 4; k++)
	{
		int			m = truths[k].c == 1.0 ? 2 : 3;
		const double truth[3] = {truths[k].alpha, truths[k].beta, truths[k].c};
		RenewalCount counts[61] = {{0}};
		FitResult	result;

		seed_random(100 + k);
		for (int i = 0; i < 100000; i++)
			add_random_customer(&truths[k], 60, counts);
		fit(counts, 61, m, &usual_options, &result);
		test_optimum(counts, 61, &result);
		for (int i = 0; i < m; i++)
		{
			double		error = sqrt(result.log_covariance[i * m + i]);

			expect(fabs(log(result.parameters[i] / truth[i])) < 4 * error && error < 0.3,
				   "model %d, parameter %d: %g instead of %g, error %g", k, i, result.parameters[i], truth[i], error);
		}
	}
}

/* 500 random starts reach the same place. */
static void
test_starts(void)
{
	int			worst = 0;

	group("renewals: 500 random starts");
	for (int m = 2; m <= 3; m++)
	{
		for (int years = 5; years <= 12; years += 7)
		{
			RenewalCount counts[MAX_LEFT];
			FitResult	usual;

			from_survivors(made_up, years + 1, counts);
			fit(counts, years + 1, m, &usual_options, &usual);
			seed_random(7 + m);
			for (int i = 0; i < 500; i++)
			{
				double		start[3];
				FitOptions	options = usual_options;
				FitResult	result;

				for (int j = 0; j < m; j++)
					start[j] = exp((random_uniform() - 0.5) * (j == 2 ? 4.0 : 10.0));
				options.start = start;
				fit(counts, years + 1, m, &options, &result);
				expect(result.status == FIT_OK, "start %d: status %d", i, result.status);
				for (int j = 0; j < m; j++)
					expect(is_near(result.parameters[j], usual.parameters[j], 1e-6),
						   "start %d (%g %g): parameter %d is %.10g, not %.10g", i, start[0], start[1], j,
						   result.parameters[j], usual.parameters[j]);
				if (result.evaluations > worst)
					worst = result.evaluations;
				release_memory();
			}
		}
	}
	printf("# renewals: most evaluations from any start: %d\n", worst);
}

/*
 * 200 resamples of 50, 100 and 250 customers: an optimum or a boundary, and one
 * that no other start beats.
 */
static void
test_resamples(void)
{
	static const int sizes[3] = {50, 100, 250};

	group("renewals: small resamples");
	for (int m = 2; m <= 3; m++)
	{
		for (int s = 0; s < 3; s++)
		{
			int			boundary = 0;

			seed_random(1000 * m + sizes[s]);
			for (int i = 0; i < 200; i++)
			{
				RenewalCount counts[8] = {{0}};
				FitOptions	options = usual_options;
				FitResult	result;
				FitResult	other;
				double		start[3];

				for (int customer = 0; customer < sizes[s]; customer++)
				{
					double		place = random_uniform() * made_up[0];
					int			t = 1;

					while (t < 8 && place < made_up[t])
						t++;
					if (t == 8)
						counts[7].active++;
					else
						counts[t].churned++;
				}
				fit(counts, 8, m, &usual_options, &result);
				expect(is_finite_result(&result), "resample %d of %d: not finite, status %d", i, sizes[s], result.status);
				expect(result.status == FIT_OK || result.status == FIT_BOUNDARY, "resample %d of %d: status %d",
					   i, sizes[s], result.status);
				boundary += result.status == FIT_BOUNDARY;
				for (int j = 0; j < 3; j++)
					start[j] = exp((random_uniform() - 0.5) * 4.0);
				options.start = start;
				fit(counts, 8, m, &options, &other);
				expect(fabs(other.log_likelihood - result.log_likelihood) < 1e-5 * sizes[s],
					   "resample %d of %d: %.10g from another start, not %.10g", i, sizes[s],
					   other.log_likelihood, result.log_likelihood);

				/* a weak prior leaves nothing at a boundary */
				options = usual_options;
				options.prior_sd = 3.0;
				fit(counts, 8, m, &options, &other);
				expect(other.status == FIT_OK && is_finite_result(&other), "resample %d of %d with a prior: status %d (%g %g %g ll %g)",
					   i, sizes[s], other.status, other.parameters[0], other.parameters[1], other.parameters[2], other.log_likelihood - result.log_likelihood);
				release_memory();
			}
			printf("# renewals: %s, %d customers: %.1f %% at a boundary\n", m == 2 ? "sbg" : "bdw", sizes[s], boundary / 2.0);
		}
	}
}

/* What cannot be identified, and what is extreme. */
static void
test_boundaries(void)
{
	RenewalCount counts[MAX_COUNTS];
	FitResult	result;
	double		left;

	group("renewals: boundaries");
	for (int m = 2; m <= 3; m++)
	{
		memset(counts, 0, sizeof(counts));
		counts[1].churned = 100;
		fit(counts, 2, m, &usual_options, &result);
		expect(result.status == FIT_BOUNDARY && is_finite_result(&result), "all leave at once: %d", result.status);

		memset(counts, 0, sizeof(counts));
		counts[0].active = 10;
		counts[5].active = 100;
		fit(counts, 6, m, &usual_options, &result);
		expect(result.status == FIT_BOUNDARY && is_finite_result(&result), "nobody leaves: %d", result.status);
		expect(result.parameters[0] / result.parameters[1] < 1e-3, "nobody leaves: %g of %g", result.parameters[0], result.parameters[1]);

		memset(counts, 0, sizeof(counts));
		left = 1e6;
		for (int t = 1; t < 20; t++)
		{
			counts[t].churned = (int64_t) rint(left * 0.2);
			left -= counts[t].churned;
		}
		counts[19].active = (int64_t) left;
		fit(counts, 20, m, &usual_options, &result);
		expect(result.status == FIT_BOUNDARY && is_finite_result(&result), "equal customers: %d", result.status);
		if (m == 2)
			expect(is_near(result.parameters[0] / (result.parameters[0] + result.parameters[1]), 0.2, 1e-3),
				   "equal customers: %g of %g", result.parameters[0], result.parameters[1]);

		memset(counts, 0, sizeof(counts));
		counts[1].churned = 30;
		counts[1].active = 70;
		fit(counts, 2, m, &usual_options, &result);
		expect(result.status == FIT_BOUNDARY && is_finite_result(&result), "one renewal: %d", result.status);
		expect(is_near(result.log_likelihood, 30 * log(0.3) + 70 * log(0.7), 1e-9), "one renewal: %.12g", result.log_likelihood);

		/* one customer, far away; and as many as can be counted */
		memset(counts, 0, sizeof(counts));
		counts[MAX_COUNTS - 1].churned = 1;
		fit(counts, MAX_COUNTS, m, &usual_options, &result);
		expect(is_finite_result(&result), "one customer: %d", result.status);
		counts[1].churned = counts[2].churned = counts[5].active = INT64_MAX / 4;
		fit(counts, MAX_COUNTS, m, &usual_options, &result);
		expect(is_finite_result(&result), "2^63 customers: %d", result.status);
	}

	/* a long base, days of 27 years, of which most renewals see nobody leave */
	{
		size_t		n = 10001;
		RenewalCount *days = calloc(n, sizeof(RenewalCount));
		FitResult	weibull;
		const RenewalCurve slow = {1.5, 800.0, 1.0};

		seed_random(5);
		for (int i = 0; i < 3000; i++)
			add_random_customer(&slow, 10000, days);
		fit(days, n, 2, &usual_options, &result);
		test_optimum(days, n, &result);
		fit(days, n, 3, &usual_options, &weibull);
		test_optimum(days, n, &weibull);
		expect(weibull.log_likelihood >= result.log_likelihood - 1e-6, "BdW is below sBG: %.10g %.10g",
			   weibull.log_likelihood, result.log_likelihood);
		free(days);
	}
	release_memory();
}

/* Identities, over random curves. */
static void
test_identities(void)
{
	group("renewals: identities");
	seed_random(11);
	for (int i = 0; i < 2000; i++)
	{
		RenewalCurve curve = {exp((random_uniform() - 0.5) * 18.0), exp((random_uniform() - 0.5) * 18.0),
		exp((random_uniform() - 0.5) * 4.6)};
		RenewalCurve sbg = {curve.alpha, curve.beta, 1.0};
		double		n = floor(exp(random_uniform() * 9.2)) - 1.0;
		double		rate = exp(-15.0 * random_uniform());
		double		sum = 0.0;
		double		value;
		double		by_hand = 0.0;
		int			h = 1 + (int) (random_uniform() * 300);
		double		s = 1.0;

		/* the probabilities of leaving, and of staying, sum to 1 */
		for (int t = 1; t <= 100; t++)
			sum += renewal_churn_probability(&curve, t);
		expect(fabs(sum + renewal_survival(&curve, 0, 100) - 1.0) < 1e-12, "probabilities sum to %.16g",
			   sum + renewal_survival(&curve, 0, 100));
		value = renewal_churn_rate(&curve, n);
		expect(value >= 0.0 && value <= 1.0 && fabs(value + renewal_survival(&curve, n, n + 1) - 1.0) < 1e-14,
			   "churn rate %g", value);

		/* survival in two steps */
		value = renewal_survival(&curve, 0, n + 7);
		expect(value < 1e-290 || is_near(renewal_survival(&curve, 0, n) * renewal_survival(&curve, n, n + 7), value, 1e-10),
			   "survival in steps: %g", value);

		/* sBG is BdW with c = 1: by the way of any c */
		for (int t = 1; t <= 200 && t <= 1 + n; t++)
			s *= (sbg.beta + t - 1) / (sbg.alpha + sbg.beta + t - 1);
		value = renewal_survival(&sbg, 0, fmin(200, 1 + n));
		expect(s < 1e-290 || is_near(value, s, 1e-10), "survival %g, as a product %g", value, s);
		value = renewal_sum(&sbg, n, rate, INFINITY);
		sbg.c = 1.0 + 1e-15;
		expect(is_near(renewal_sum(&sbg, n, rate, INFINITY), value, 1e-10), "BdW at c = 1: %.14g, sBG: %.14g (%g %g %g %g)",
			   renewal_sum(&sbg, n, rate, INFINITY), value, sbg.alpha, sbg.beta, n, rate);

		/*
		 * a sum is its first term and the rest, and within a horizon the
		 * terms
		 */
		value = renewal_sum(&curve, n, rate, INFINITY);
		expect(isfinite(value) && value >= 0.0 && value <= (1 + rate) / rate, "sum %g", value);
		if (value > 1e-290)
			expect(is_near(renewal_survival(&curve, n, n + 1) * (1 + renewal_sum(&curve, n + 1, rate, INFINITY) / (1 + rate)), value, 1e-10),
				   "sum %.14g in two parts", value);
		for (int j = h; j >= 1; j--)
			by_hand = by_hand / (1 + rate) + renewal_survival(&curve, n, n + j);
		value = renewal_sum(&curve, n, rate, h);
		expect(by_hand < 1e-290 || is_near(value, by_hand, 1e-11), "horizon %d: %.14g, by hand %.14g", h, value, by_hand);
		if (curve.alpha * curve.c > 1.001)
		{
			value = renewal_sum(&curve, n, 0.0, INFINITY);
			expect(isfinite(value) && (value < 1e-290 || is_near(renewal_survival(&curve, n, n + 1) * (1 + renewal_sum(&curve, n + 1, 0.0, INFINITY)), value, 1e-10)),
				   "undiscounted %.14g in two parts", value);
		}
		else if (curve.alpha * curve.c < 1.0)
			expect(isinf(renewal_sum(&curve, n, 0.0, INFINITY)), "diverges");
	}
	{
		RenewalCurve curve = {0.7, 1.2, 1.0};
		RenewalCurve wild = {1e300, 1e-300, 1e3};
		RenewalCurve slow = {1e-300, 1e300, 1e-3};

		expect(renewal_sum(&curve, 3, 0.1, 0) == 0.0, "no horizon");
		expect(renewal_survival(&curve, 5, 5) == 1.0, "no time");
		expect(!isnan(renewal_sum(&wild, 3, 0.1, INFINITY)) && !isnan(renewal_sum(&wild, 0, 0, INFINITY)), "wild");
		expect(!isnan(renewal_sum(&slow, 3, 0.1, INFINITY)) && !isnan(renewal_sum(&slow, 3, 1e-300, INFINITY)), "slow");
		expect(!isnan(renewal_sum(&curve, 0, 1e300, INFINITY)) && !isnan(renewal_sum(&curve, 2147483647, 1e-12, 2147483647)), "extreme");
	}
}

/* Tests of customers under contract. */
void
test_renewals(void)
{
	test_table();
	test_published();
	test_discounted();
	test_recovery();
	test_starts();
	test_resamples();
	test_boundaries();
	test_identities();
	release_memory();
}
