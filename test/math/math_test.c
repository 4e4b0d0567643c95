/*
 * math_test.c
 *		Compares src/math with reference values from mpmath.
 *
 * The expectations are in reference.csv, written by reference.py; none comes
 * from the code under test. For each function a line tells the largest error
 * relative to the scale that the table gives, the tolerance, and how many
 * values were compared. Then come laws, edges of the domains and the tests of
 * newton_test.c.
 */
#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/beta.h"
#include "math/dense.h"
#include "math/exponential_integral.h"
#include "math/gamma.h"
#include "math/hypergeometric.h"
#include "math/incomplete_gamma.h"
#include "math/normal.h"
#include "math/quadrature.h"
#include "math_test.h"

#define RISING_LENGTH 100001

int			tests_passed = 0;
int			tests_failed = 0;

/* Count one test; see math_test.h */
void
expect(bool ok, const char *what,...)
{
	va_list		arguments;

	if (ok)
	{
		tests_passed++;
		return;
	}
	tests_failed++;
	printf("FAILED: ");
	va_start(arguments, what);
	vprintf(what, arguments);
	va_end(arguments);
	printf("\n");
}

static double rising_log[RISING_LENGTH];
static double rising_first[RISING_LENGTH];
static double rising_second[RISING_LENGTH];

static const double *
rising(const double *x, const double *which)
{
	static double filled = -1;

	if (filled != x[0])
		rising_fill(x[0], RISING_LENGTH, rising_log, rising_first,
					rising_second);
	filled = x[0];
	return which + (size_t) x[1];
}

static double
mean_p(double p, double q, void *k)
{
	(void) q;
	(void) k;
	return p;
}

static double
mean_q(double p, double q, void *k)
{
	(void) p;
	(void) k;
	return q;
}

static double
mean_power(double p, double q, void *k)
{
	(void) p;
	return pow(q, *(double *) k);
}

static double
mean_fraction(double p, double q, void *k)
{
	return 1 / (q + p / (1 + *(double *) k));
}

/* (1 - h_s(k/p)) / p with 1 - h_s(z) = s e^z E_{s+1}(z) */
static double
mean_discounted(double p, double q, void *context)
{
	const double *k = context;

	(void) q;
	return k[1] * scaled_exponential_integral(k[1] + 1, k[0] / p) / p;
}

/* I_x(a, b), given the smaller of x (end 0) and 1 - x (end 1) */
static double
beta_at(const double *x)
{
	return x[2] == 0 ? incomplete_beta(x[0], x[1], x[3], 1 - x[3]) :
		incomplete_beta(x[0], x[1], 1 - x[3], x[3]);
}

/* The function of that name at its arguments */
static double
evaluate(const Reference *reference)
{
	const char *name = reference->name;
	const double *x = reference->arguments;
	double		k[2] = {x[2], x[3]};

#define IS(s) (strcmp(name, s) == 0)
	if (IS("log_gamma"))
		return log_gamma(x[0]);
	if (IS("log_gamma_1p"))
		return log_gamma_1p(x[0]);
	if (IS("stirling_error"))
		return stirling_error(x[0]);
	if (IS("digamma"))
		return digamma(x[0]);
	if (IS("trigamma"))
		return trigamma(x[0]);
	if (IS("log_gamma_difference"))
		return log_gamma_difference(x[0], x[1]);
	if (IS("digamma_difference"))
		return digamma_difference(x[0], x[1]);
	if (IS("trigamma_difference"))
		return trigamma_difference(x[0], x[1]);
	if (IS("rising_log"))
		return *rising(x, rising_log);
	if (IS("rising_first"))
		return *rising(x, rising_first);
	if (IS("rising_second"))
		return *rising(x, rising_second);
	if (IS("log_beta"))
		return log_beta(x[0], x[1]);
	if (IS("incomplete_beta"))
		return beta_at(x);
	if (IS("incomplete_gamma_p"))
		return incomplete_gamma_p(x[0], x[1]);
	if (IS("incomplete_gamma_q"))
		return incomplete_gamma_q(x[0], x[1]);
	if (IS("normal_quantile"))
		return normal_quantile(x[0]);
	if (IS("scaled_exponential_integral"))
		return scaled_exponential_integral(x[0], x[1]);
	if (IS("hypergeometric_2f1"))
		return hypergeometric_2f1(x[0], x[1], x[2], x[3]);
	if (IS("log_hypergeometric_2f1"))
		return log_hypergeometric_2f1(x[0], x[1], x[2], x[3]);
	if (IS("expectation_p"))
		return beta_expectation(x[0], x[1], mean_p, k);
	if (IS("expectation_q"))
		return beta_expectation(x[0], x[1], mean_q, k);
	if (IS("expectation_power"))
		return beta_expectation(x[0], x[1], mean_power, k);
	if (IS("expectation_fraction"))
		return beta_expectation(x[0], x[1], mean_fraction, k);
	if (IS("expectation_discounted"))
		return beta_expectation(x[0], x[1], mean_discounted, k);
#undef IS
	expect(false, "%s: no such function", name);
	return NAN;
}

/* What is asked of each function, and how many values at least */
static const struct
{
	const char *name;
	double		tolerance;
	int			at_least;
}			requirements[] = {
	{"log_gamma", 1e-15, 100},
	{"log_gamma_1p", 1e-15, 30},
	{"stirling_error", 2e-15, 100},
	{"digamma", 2e-15, 100},
	{"trigamma", 2e-15, 100},
	{"log_gamma_difference", 3e-15, 200},
	{"digamma_difference", 2e-15, 200},
	{"trigamma_difference", 2e-15, 200},
	{"rising_log", 1e-15, 30},
	{"rising_first", 1e-15, 30},
	{"rising_second", 1e-15, 30},
	{"log_beta", 4e-15, 150},
	{"incomplete_beta", 3e-13, 250},
	{"incomplete_gamma_p", 1e-12, 250},
	{"incomplete_gamma_q", 1e-12, 250},
	{"normal_quantile", 1e-15, 100},
	{"scaled_exponential_integral", 4e-15, 250},
	{"hypergeometric_2f1", 1e-12, 200},
	{"log_hypergeometric_2f1", 2e-13, 200},
	{"expectation_p", 2e-14, 90},
	{"expectation_q", 2e-14, 90},
	{"expectation_power", 5e-14, 50},
	{"expectation_fraction", 5e-14, 50},
	{"expectation_discounted", 5e-14, 10},
};

static size_t
read_references(const char *path, Reference *references, size_t most)
{
	FILE	   *file = fopen(path, "r");
	char		line[400];
	size_t		n = 0;

	if (file == NULL)
	{
		perror(path);
		exit(2);
	}
	while (n < most && fgets(line, sizeof(line), file))
	{
		Reference  *reference = &references[n];
		double		numbers[MAX_ARGUMENTS + 2];
		int			count = 0;
		char	   *at = strchr(line, ',');

		if (at == NULL || (size_t) (at - line) >= sizeof(reference->name))
			continue;
		memset(reference, 0, sizeof(*reference));
		memcpy(reference->name, line, at - line);
		while (*at == ',' && count < MAX_ARGUMENTS + 2)
			numbers[count++] = strtod(at + 1, &at);
		if (count < 2)
			continue;
		reference->narguments = count - 2;
		memcpy(reference->arguments, numbers, (count - 2) * sizeof(double));
		reference->value = numbers[count - 2];
		reference->scale = numbers[count - 1];
		n++;
	}
	fclose(file);
	return n;
}

static void
compare(const Reference *references, size_t n)
{
	printf("%-30s %6s %10s %10s %10s\n", "function", "values", "exact",
		   "largest", "tolerance");
	for (size_t i = 0; i < sizeof(requirements) / sizeof(requirements[0]); i++)
	{
		const char *name = requirements[i].name;
		double		tolerance = requirements[i].tolerance;
		double		largest = 0;
		int			count = 0;
		int			small = 0;

		for (size_t k = 0; k < n; k++)
		{
			const Reference *reference = &references[k];
			double		value;
			double		error;

			if (strcmp(reference->name, name) != 0)
				continue;
			value = evaluate(reference);
			error = fabs(value - reference->value);
			if (reference->scale > 0)
				error /= reference->scale;
			expect(error <= tolerance,
				   "%s(%.17g, %.17g, %.17g, %.17g) = %.17g, expected %.17g, error %.2g",
				   name, reference->arguments[0], reference->arguments[1],
				   reference->arguments[2], reference->arguments[3],
				   value, reference->value, error);
			if (!(error <= largest))
				largest = error;
			if (error <= DBL_EPSILON)
				small++;
			count++;
		}
		expect(count >= requirements[i].at_least,
			   "%s: %d values, at least %d expected", name, count,
			   requirements[i].at_least);
		printf("%-30s %6d %9d%% %10.1e %10.1e\n", name, count,
			   count ? 100 * small / count : 0, largest, tolerance);
	}
	printf("(exact: share of values with an error within 2^-52)\n");
}

/* What the functions answer at the edges and outside of their domains */
static void
test_edges(void)
{
	const double bad[] = {-1, NAN, -INFINITY};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
	{
		double		x = bad[i];

		expect(isnan(log_gamma(x)), "log_gamma(%g)", x);
		expect(isnan(digamma(x)), "digamma(%g)", x);
		expect(isnan(trigamma(x)), "trigamma(%g)", x);
		expect(isnan(log_gamma_difference(x, 1)), "log_gamma_difference(%g, 1)", x);
		expect(isnan(log_gamma_difference(1, 2 * x)), "log_gamma_difference(1, %g)", 2 * x);
		expect(isnan(digamma_difference(x, 1)), "digamma_difference(%g, 1)", x);
		expect(isnan(trigamma_difference(x, 1)), "trigamma_difference(%g, 1)", x);
		expect(isnan(log_beta(x, 1)) && isnan(log_beta(1, x)), "log_beta(%g)", x);
		expect(isnan(incomplete_beta(x, 1, 0.5, 0.5)), "incomplete_beta(%g, 1)", x);
		expect(isnan(incomplete_beta(1, x, 0.5, 0.5)), "incomplete_beta(1, %g)", x);
		expect(isnan(incomplete_beta(1, 1, x, 0.5)), "incomplete_beta(1, 1, %g)", x);
		expect(isnan(scaled_exponential_integral(x, 1)), "scaled_exponential_integral(%g, 1)", x);
		expect(isnan(scaled_exponential_integral(1, x)), "scaled_exponential_integral(1, %g)", x);
		expect(isnan(hypergeometric_2f1(x, 1, 2, 0.5)), "hypergeometric_2f1(%g, 1, 2, .5)", x);
		expect(isnan(hypergeometric_2f1(1, 1, x, 0.5)), "hypergeometric_2f1(1, 1, %g, .5)", x);
		expect(isnan(normal_quantile(x)), "normal_quantile(%g)", x);
		expect(isnan(incomplete_gamma_p(x, 1)) && isnan(incomplete_gamma_p(1, x)) &&
			   isnan(incomplete_gamma_q(x, 1)) && isnan(incomplete_gamma_q(1, x)),
			   "incomplete_gamma(%g)", x);
		expect(isnan(beta_expectation(x, 1, mean_p, NULL)), "beta_expectation(%g, 1)", x);
	}
	expect(isnan(log_gamma(0)), "log_gamma(0)");
	expect(isnan(hypergeometric_2f1(1, 1, 2, 1)), "2F1 at z = 1");
	expect(isnan(hypergeometric_2f1(1, 2, 2, NAN)), "2F1 at z = NaN");
	expect(isnan(hypergeometric_2f1(3, 3, 2, 0.5)), "2F1 without integral representation");
	expect(isnan(incomplete_beta(1, 1, 0.5, NAN)), "incomplete_beta, complement NaN");

	expect(log_gamma(1) == 0 && log_gamma(2) == 0, "zeros of log_gamma");
	expect(log_gamma_difference(3, 0) == 0, "difference of nothing");
	expect(log_gamma_difference(1, 1) == 0, "ln 1");
	expect(incomplete_beta(2, 3, 0, 1) == 0 && incomplete_beta(2, 3, 1, 0) == 1,
		   "ends of incomplete_beta");
	expect(scaled_exponential_integral(0, 4) == 0.25, "E_0");
	expect(isinf(scaled_exponential_integral(1, 0)), "E_1 at 0");
	expect(isinf(scaled_exponential_integral(0.5, 0)), "E_1/2 at 0");
	expect(scaled_exponential_integral(3, 0) == 0.5, "E_3 at 0");
	expect(scaled_exponential_integral(3, INFINITY) == 0, "E_3 at infinity");
	expect(incomplete_gamma_p(2, 0) == 0 && incomplete_gamma_q(2, 0) == 1 &&
		   incomplete_gamma_p(2, INFINITY) == 1 &&
		   incomplete_gamma_q(2, INFINITY) == 0 && isnan(incomplete_gamma_q(0, 1)),
		   "ends of incomplete_gamma");
	/* two degrees of freedom are an exponential, one a squared normal */
	for (double x = 1e-6; x < 1400; x *= 1.3)
	{
		expect(fabs(chi_square_tail(x, 2) / exp(-x / 2) - 1) < 1e-13,
			   "chi-square of 2 beyond %g", x);
		expect(fabs(chi_square_tail(x, 1) / erfc(sqrt(x / 2)) - 1) < 1e-12,
			   "chi-square of 1 beyond %g", x);
	}
	expect(normal_quantile(0.5) == 0, "median");
	expect(normal_quantile(0) == -INFINITY && normal_quantile(1) == INFINITY,
		   "ends of normal_quantile");
	expect(hypergeometric_2f1(0, 5, 7, 0.9) == 1 &&
		   hypergeometric_2f1(5, 0, 7, -9) == 1 &&
		   hypergeometric_2f1(5, 6, 7, 0) == 1, "2F1 = 1");
	expect(gauss_legendre_nodes(7) == NULL && gauss_legendre_weights(0) == NULL,
		   "orders without a table");
}

/* Laws that hold whatever the numbers */
static void
test_laws(void)
{
	const int	orders[] = {4, 6, 8, 12, 16, 24, 32};

	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
	{
		const double *node = gauss_legendre_nodes(orders[i]);
		const double *weight = gauss_legendre_weights(orders[i]);

		/* exact for polynomials up to degree 2 order - 1 */
		for (int degree = 0; degree < 2 * orders[i]; degree++)
		{
			double		sum = 0;

			for (int k = 0; k < orders[i]; k++)
				sum += weight[k] * pow(node[k], degree);
			expect(fabs(sum * (degree + 1) - 1) < 2e-15 * (degree + 1),
				   "Gauss-Legendre %d, degree %d", orders[i], degree);
		}
	}
	for (double a = 1e-3; a < 1e6; a *= 3.7)
		for (double b = 1e-3; b < 1e6; b *= 4.1)
		{
			double		before = 0;

			for (int i = 1; i < 40; i++)
			{
				/* the mass of the distribution is where it is in the logit */
				double		logit = log(a / b) + (i - 20) * 0.3 *
					(sqrt(1 / a + 1 / b) < 5 ? sqrt(1 / a + 1 / b) : 5);
				double		x = 1 / (1 + exp(-logit));
				double		y = 1 / (1 + exp(logit));
				double		value = incomplete_beta(a, b, x, y);

				expect(value >= before - 4e-16 && value <= 1,
					   "incomplete_beta(%g, %g, %g) grows", a, b, x);
				expect(fabs(value + incomplete_beta(b, a, y, x) - 1) < 1e-14,
					   "incomplete_beta(%g, %g, %g) + complement", a, b, x);
				before = value;
			}
		}
}

static void
test_dense(void)
{
	double		a[DENSE_MAX * DENSE_MAX];
	double		l[DENSE_MAX * DENSE_MAX];
	double		inverse[DENSE_MAX * DENSE_MAX];
	double		vectors[DENSE_MAX * DENSE_MAX];
	double		values[DENSE_MAX];
	double		x[DENSE_MAX];
	int			sizes[] = {1, 2, 3, 4, 8, 64};

	for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
	{
		int			n = sizes[s];
		double		worst = 0;

		/*
		 * The second difference matrix: eigenvalues 2 - 2 cos(k pi / (n+1)),
		 * inverse min(i,j) (n + 1 - max(i,j)) / (n + 1).
		 */
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
				a[i * n + j] = i == j ? 2 : abs(i - j) == 1 ? -1 : 0;
		expect(symmetric_inverse(a, n, inverse), "inverse, n = %d", n);
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
			{
				int			low = (i < j ? i : j) + 1;
				int			high = (i < j ? j : i) + 1;

				worst = fmax(worst, fabs(inverse[i * n + j] -
										 (double) low * (n + 1 - high) / (n + 1)));
			}
		expect(worst < 1e-12, "inverse of second differences, n = %d: %g", n, worst);
		worst = 0;
		symmetric_eigen(a, n, values, vectors);
		for (int k = 0; k < n; k++)
		{
			double		half = sin((k + 1) * 3.14159265358979323846 / (2 * (n + 1)));

			worst = fmax(worst, fabs(values[k] / (4 * half * half) - 1));
			for (int i = 0; i < n; i++)
			{
				double		residual = -values[k] * vectors[i * n + k];

				for (int j = 0; j < n; j++)
					residual += a[i * n + j] * vectors[j * n + k];
				worst = fmax(worst, fabs(residual));
			}
		}
		expect(worst < 1e-12, "eigenvalues of second differences, n = %d: %g", n, worst);
		memcpy(l, a, sizeof(a));
		expect(cholesky(l, n), "cholesky, n = %d", n);
		for (int i = 0; i < n; i++)
			x[i] = i == 0 || i == n - 1 ? (n == 1 ? 2 : 1) : 0;
		cholesky_solve(l, n, x, x);
		for (int i = 0; i < n; i++)
			expect(fabs(x[i] - 1) < 1e-12, "solution, n = %d", n);
		a[0] = -1;
		expect(!symmetric_inverse(a, n, inverse), "indefinite, n = %d", n);
		a[0] = NAN;
		memcpy(l, a, sizeof(a));
		expect(!cholesky(l, n), "NaN, n = %d", n);
		symmetric_eigenvalues(a, n, values);	/* comes to an end */
	}

	/* singular: rank one */
	for (int i = 0; i < 9; i++)
		a[i] = (i / 3 + 1) * (i % 3 + 1);
	expect(!symmetric_inverse(a, 3, inverse), "rank one has no inverse");
	symmetric_eigenvalues(a, 3, values);
	expect(fabs(values[0]) < 1e-14 && fabs(values[1]) < 1e-14 &&
		   fabs(values[2] - 14) < 1e-13, "eigenvalues of rank one");
	/* graded: 1e-12 beside 1 keeps its digits; det = 1e-12 (1 - 1/4) */
	a[0] = 1;
	a[1] = a[2] = 0.5e-6;
	a[3] = 1e-12;
	symmetric_eigenvalues(a, 2, values);
	expect(fabs(values[0] / 0.75e-12 - 1) < 1e-11, "graded matrix %.17g", values[0]);
}

int
main(int argc, char **argv)
{
	static Reference references[8000];
	size_t		n = read_references(argc > 1 ? argv[1] : "reference.csv",
									references, 8000);

	compare(references, n);
	test_edges();
	test_laws();
	test_dense();
	test_newton(references, n);
	printf("%d passed, %d failed\n", tests_passed, tests_failed);
	return tests_failed > 0;
}
