/*
 * math_bench.c
 *		Nanoseconds of processor time a call, over ordinary arguments.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include "math/beta.h"
#include "math/exponential_integral.h"
#include "math/gamma.h"
#include "math/hypergeometric.h"
#include "math/normal.h"
#include "math/quadrature.h"

#define ARGUMENTS 1000

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec + 1e-9 * t.tv_nsec;
}

static double
draw(void)
{
	static uint64_t state = 1;
	uint64_t	z = (state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return ((z ^ (z >> 31)) >> 11) * (1.0 / 9007199254740992.0);
}

/* The integrand of discounted expected purchases */
static double
discounted(double p, double q, void *context)
{
	(void) q;
	(void) context;
	return 3.2 * scaled_exponential_integral(4.2, 0.05 / p) / p;
}

static double
identity(double p, double q, void *context)
{
	(void) q;
	(void) context;
	return p;
}

/* u and v are log-uniform in 0.135 .. 20, w uniform in 0 .. 1 */
#define BENCH(label, count, expression) \
	do { \
		double sum = 0; \
		double start = now(); \
		for (int i = 0; i < (count); i++) \
		{ \
			double u = us[i % ARGUMENTS]; \
			double v = vs[i % ARGUMENTS]; \
			double w = ws[i % ARGUMENTS]; \
			sum += 0 * (u + v + w) + (expression); \
		} \
		printf("%-44s %9.1f ns%s\n", label, (now() - start) / (count) * 1e9, \
			   isnan(sum) ? " (NaN)" : ""); \
	} while (0)

int
main(void)
{
	static double us[ARGUMENTS];
	static double vs[ARGUMENTS];
	static double ws[ARGUMENTS];
	static double fill[3][100000];
	double		start;

	for (int i = 0; i < ARGUMENTS; i++)
	{
		us[i] = exp(-2 + 5 * draw());
		vs[i] = exp(-2 + 5 * draw());
		ws[i] = draw();
	}
	BENCH("log, of libm", 1000000,
		  log(u));
	BENCH("log_gamma", 1000000,
		  log_gamma(u));
	BENCH("log_gamma_difference(u, v)", 1000000,
		  log_gamma_difference(u, v));
	BENCH("log_gamma_difference(u, whole number)", 1000000,
		  log_gamma_difference(u, 1 + i % 20));
	BENCH("log_gamma_difference(1e4 u, v)", 1000000,
		  log_gamma_difference(1e4 * u, v));
	BENCH("log_beta", 1000000,
		  log_beta(u, v));
	BENCH("digamma", 1000000,
		  digamma(u));
	BENCH("trigamma", 1000000,
		  trigamma(u));
	BENCH("digamma_difference", 1000000,
		  digamma_difference(u, v));
	BENCH("trigamma_difference", 1000000,
		  trigamma_difference(u, v));
	BENCH("scaled_exponential_integral(u, v)", 1000000,
		  scaled_exponential_integral(u, v));
	BENCH("scaled_exponential_integral(u, w)", 1000000,
		  scaled_exponential_integral(u, w));
	BENCH("scaled_exponential_integral(u, 1 + w)", 1000000,
		  scaled_exponential_integral(u, 1 + w));
	BENCH("incomplete_beta(u, v)", 1000000,
		  incomplete_beta(u, v, w, 1 - w));
	BENCH("incomplete_beta(100 u, 100 v), at the mean", 100000,
		  incomplete_beta(100 * u, 100 * v, u / (u + v), v / (u + v)));
	BENCH("incomplete_beta(1e4 u, 1e4 v), at the mean", 10000,
		  incomplete_beta(1e4 * u, 1e4 * v, u / (u + v), v / (u + v)));
	BENCH("2F1(1, u; u+v+1; z), z < 0.7", 1000000,
		  hypergeometric_2f1(1, u, u + v + 1, 0.7 * w));
	BENCH("2F1(1, u; u+v+1; z), z in 0.7 .. 0.97", 100000,
		  hypergeometric_2f1(1, u, u + v + 1, 0.7 + 0.27 * w));
	BENCH("2F1(1, u; u+v+1; z), z in 0.97 .. 1", 100000,
		  hypergeometric_2f1(1, u, u + v + 1, 0.97 + 0.03 * w));
	BENCH("2F1(u, v; v+0.5; z), z < 0.7", 1000000,
		  hypergeometric_2f1(u, v, v + 0.5, 0.7 * w));
	BENCH("2F1(u, v; v+0.5; z), z in 0.7 .. 0.97", 100000,
		  hypergeometric_2f1(u, v, v + 0.5, 0.7 + 0.27 * w));
	BENCH("2F1(u, v; v+0.5; z), z in 0.97 .. 1", 100000,
		  hypergeometric_2f1(u, v, v + 0.5, 0.97 + 0.03 * w));
	BENCH("2F1(u, v; v+0.5; -u)", 100000,
		  hypergeometric_2f1(u, v, v + 0.5, -u));
	BENCH("normal_quantile", 1000000,
		  normal_quantile(w));
	BENCH("beta_expectation(u, v), p", 10000,
		  beta_expectation(u, v, identity, NULL));
	BENCH("beta_expectation(u, v), discounted purchases", 3000,
		  beta_expectation(u, v, discounted, NULL));
	for (int round = 0; round < 2; round++)
	{
		start = now();
		rising_fill(0.3, 100000, fill[0], fill[1], fill[2]);
		if (round)
			printf("%-44s %9.1f ns\n", "rising_fill, an entry", (now() - start) * 1e4);
	}
	return 0;
}
