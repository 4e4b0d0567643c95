/*
 * newton_test.c
 *		Damped Newton on functions whose maxima are known, and on a BG/NBD
 *		likelihood whose maximum mpmath has found (reference.csv).
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "math/gamma.h"
#include "math/newton.h"
#include "math_test.h"

/* A generator of our own, so that every machine draws the same (splitmix64) */
static double
draw(uint64_t *state)
{
	uint64_t	z = (*state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return ((z ^ (z >> 31)) >> 11) * (1.0 / 9007199254740992.0);
}

/* -(x - 1)^2 - 2 (y + 2)^2 - (x - 1)(y + 2) */
static bool
quadratic(const double *t, double *f, double *g, double *h, void *context)
{
	double		x = t[0] - 1,
				y = t[1] + 2;

	(void) context;
	*f = -x * x - 2 * y * y - x * y;
	g[0] = -2 * x - y;
	g[1] = -4 * y - x;
	h[0] = -2;
	h[1] = h[2] = -1;
	h[3] = -4;
	return true;
}

/* Rosenbrock's valley, upside down: top at (1, 1) */
static bool
rosenbrock(const double *t, double *f, double *g, double *h, void *context)
{
	double		x = t[0],
				y = t[1],
				d = y - x * x;

	(void) context;
	*f = -100 * d * d - (1 - x) * (1 - x);
	g[0] = 400 * x * d + 2 * (1 - x);
	g[1] = -200 * d;
	h[0] = 400 * d - 800 * x * x - 2;
	h[1] = h[2] = 400 * x;
	h[3] = -200;
	return true;
}

/* -(x^2 - 1)^2 - y^2: saddle at 0, tops at x = -1 and 1 */
static bool
double_top(const double *t, double *f, double *g, double *h, void *context)
{
	double		x = t[0],
				y = t[1];

	(void) context;
	*f = -(x * x - 1) * (x * x - 1) - y * y;
	g[0] = -4 * x * (x * x - 1);
	g[1] = -2 * y;
	h[0] = -12 * x * x + 4;
	h[1] = h[2] = 0;
	h[3] = -2;
	return true;
}

/* x + y: no maximum */
static bool
unbounded(const double *t, double *f, double *g, double *h, void *context)
{
	(void) context;
	*f = t[0] + t[1];
	g[0] = g[1] = 1;
	memset(h, 0, 4 * sizeof(double));
	return true;
}

/* -exp(-x) - y^2: supremum at infinity */
static bool
vanishing(const double *t, double *f, double *g, double *h, void *context)
{
	(void) context;
	*f = -exp(-t[0]) - t[1] * t[1];
	g[0] = exp(-t[0]);
	g[1] = -2 * t[1];
	h[0] = -exp(-t[0]);
	h[1] = h[2] = 0;
	h[3] = -2;
	return true;
}

/* -(x + y - 1)^2: a ridge */
static bool
ridge(const double *t, double *f, double *g, double *h, void *context)
{
	double		d = t[0] + t[1] - 1;

	(void) context;
	*f = -d * d;
	g[0] = g[1] = -2 * d;
	h[0] = h[1] = h[2] = h[3] = -2;
	return true;
}

/* ln x - x: finite for x > 0 only; top at 1 */
static bool
half_line(const double *t, double *f, double *g, double *h, void *context)
{
	(void) context;
	*f = log(t[0]) - t[0];
	g[0] = 1 / t[0] - 1;
	h[0] = -1 / (t[0] * t[0]);
	return t[0] > 0;
}

/* the same without saying so: NaN beyond the edge */
static bool
careless_half_line(const double *t, double *f, double *g, double *h,
				   void *context)
{
	half_line(t, f, g, h, context);
	return true;
}

/* -(x - 3)^2 - (y - x)^2 */
static bool
outside(const double *t, double *f, double *g, double *h, void *context)
{
	double		d = t[1] - t[0];

	(void) context;
	*f = -(t[0] - 3) * (t[0] - 3) - d * d;
	g[0] = -2 * (t[0] - 3) + 2 * d;
	g[1] = -2 * d;
	h[0] = -4;
	h[1] = h[2] = 2;
	h[3] = -2;
	return true;
}

/* sum of -cosh(x_i - i/10), in as many dimensions as there may be */
static bool
many(const double *t, double *f, double *g, double *h, void *context)
{
	const int	n = NEWTON_MAX_PARAMETERS;

	(void) context;
	memset(h, 0, sizeof(double) * n * n);
	*f = 0;
	for (int i = 0; i < n; i++)
	{
		*f -= cosh(t[i] - i / 10.0);
		g[i] = -sinh(t[i] - i / 10.0);
		h[i * n + i] = -cosh(t[i] - i / 10.0);
	}
	return true;
}

static bool
stop_at_third(void *context)
{
	return ++(*(int *) context) >= 3;
}

static void
test_known(void)
{
	NewtonOptions options = {0};
	NewtonResult result;
	double		t[NEWTON_MAX_PARAMETERS] = {0};
	int			calls = 0;

	t[0] = 1.5;
	t[1] = -1.5;
	newton_maximize(quadratic, NULL, 2, t, &options, &result);
	expect(result.status == NEWTON_CONVERGED && result.iterations <= 2 &&
		   fabs(t[0] - 1) < 1e-14 && fabs(t[1] + 2) < 1e-14, "quadratic");

	for (int i = 0; i < 20; i++)
	{
		t[0] = -10 + i;
		t[1] = 10 - 2 * i;
		newton_maximize(rosenbrock, NULL, 2, t, &options, &result);
		expect(result.status == NEWTON_CONVERGED && fabs(t[0] - 1) < 1e-8 &&
			   fabs(t[1] - 1) < 1e-8, "Rosenbrock from start %d", i);
	}

	t[0] = 0;
	t[1] = 1;
	newton_maximize(double_top, NULL, 2, t, &options, &result);
	expect(result.status == NEWTON_CONVERGED && fabs(fabs(t[0]) - 1) < 1e-9 &&
		   fabs(t[1]) < 1e-9, "from a saddle");

	t[0] = t[1] = 0;
	newton_maximize(unbounded, NULL, 2, t, &options, &result);
	expect(result.status == NEWTON_NOT_CONVERGED, "unbounded, no limit");
	options.limit = 6;
	t[0] = t[1] = 0;
	newton_maximize(unbounded, NULL, 2, t, &options, &result);
	expect(result.status == NEWTON_BOUNDARY && t[0] == 6 && t[1] == 6,
		   "unbounded, limit 6");
	options.limit = 2;
	t[0] = t[1] = -40;
	newton_maximize(outside, NULL, 2, t, &options, &result);
	expect(result.status == NEWTON_BOUNDARY && t[0] == 2 &&
		   fabs(t[1] - 2) < 1e-9, "maximum outside of the box");
	options.limit = 0;

	t[0] = -3;
	t[1] = 2;
	newton_maximize(vanishing, NULL, 2, t, &options, &result);
	expect(result.status == NEWTON_BOUNDARY, "supremum at infinity");
	t[0] = -3;
	t[1] = 7;
	newton_maximize(ridge, NULL, 2, t, &options, &result);
	expect(result.status == NEWTON_BOUNDARY && fabs(t[0] + t[1] - 1) < 1e-9,
		   "ridge");

	for (double start = 1e-6; start < 1e4; start *= 7)
	{
		t[0] = start;
		options.max_iterations = 10000;
		newton_maximize(half_line, NULL, 1, t, &options, &result);
		expect(result.status == NEWTON_CONVERGED && fabs(t[0] - 1) < 1e-8,
			   "half line from %g: status %d at %g", start, result.status, t[0]);
		t[0] = start;
		newton_maximize(careless_half_line, NULL, 1, t, &options, &result);
		expect(result.status == NEWTON_CONVERGED && fabs(t[0] - 1) < 1e-8,
			   "careless half line from %g", start);
		options.max_iterations = 0;
	}
	t[0] = -1;
	newton_maximize(half_line, NULL, 1, t, &options, &result);
	expect(result.status == NEWTON_NOT_FINITE, "start that is not finite");
	t[0] = NAN;
	newton_maximize(half_line, NULL, 1, t, &options, &result);
	expect(result.status == NEWTON_NOT_FINITE, "start that is NaN");

	memset(t, 0, sizeof(t));
	newton_maximize(many, NULL, NEWTON_MAX_PARAMETERS, t, &options, &result);
	expect(result.status == NEWTON_CONVERGED, "as many parameters as allowed");
	for (int i = 0; i < NEWTON_MAX_PARAMETERS; i++)
		expect(fabs(t[i] - i / 10.0) < 1e-9, "parameter %d", i);

	options.interrupt = stop_at_third;
	options.interrupt_context = &calls;
	t[0] = -5;
	t[1] = 5;
	newton_maximize(rosenbrock, NULL, 2, t, &options, &result);
	expect(result.status == NEWTON_INTERRUPTED && calls == 3, "interrupt");
}

/* Log-likelihood of the BG/NBD model in the logarithms of r, alpha, a, b */
typedef struct Customers
{
	size_t		n;
	double		frequency[1000];
	double		recency[1000];
	double		age[1000];
	double		repeat;			/* each customer so many times */
} Customers;

static bool
bg_nbd(const double *theta, double *value, double *gradient, double *hessian,
	   void *context)
{
	const Customers *data = context;
	double		p[4];
	double		sum = 0,
				g[4] = {0},
				h[4][4] = {{0}};

	for (int i = 0; i < 4; i++)
		p[i] = exp(theta[i]);
	for (size_t k = 0; k < data->n; k++)
	{
		double		x = data->frequency[k];
		double		until = p[1] + data->age[k];
		double		last = p[1] + data->recency[k];
		double		n = p[0] + x;
		double		u = -n * log(until);
		double		v = -INFINITY;
		double		w = 1;
		double		ab = p[2] + p[3];
		double		ug[4] = {-log(until), -n / until, 0, 0};
		double		vg[4] = {0};
		double		uh[4][4] = {{0}};
		double		vh[4][4] = {{0}};

		uh[0][1] = uh[1][0] = -1 / until;
		uh[1][1] = n / (until * until);
		sum += log_gamma_difference(p[0], x) + p[0] * theta[1] +
			log_gamma_difference(p[3], x) - log_gamma_difference(ab, x);
		g[0] += digamma_difference(p[0], x) + theta[1];
		g[1] += p[0] / p[1];
		g[2] -= digamma_difference(ab, x);
		g[3] += digamma_difference(p[3], x) - digamma_difference(ab, x);
		h[0][0] += trigamma_difference(p[0], x);
		h[0][1] += 1 / p[1];
		h[1][1] -= p[0] / (p[1] * p[1]);
		h[2][2] -= trigamma_difference(ab, x);
		h[2][3] -= trigamma_difference(ab, x);
		h[3][3] += trigamma_difference(p[3], x) - trigamma_difference(ab, x);
		if (x > 0)
		{
			double		b = p[3] + x - 1;

			v = theta[2] - log(b) - n * log(last);
			w = 1 / (1 + exp(v - u));
			vg[0] = -log(last);
			vg[1] = -n / last;
			vg[2] = 1 / p[2];
			vg[3] = -1 / b;
			vh[0][1] = -1 / last;
			vh[1][1] = n / (last * last);
			vh[2][2] = -1 / (p[2] * p[2]);
			vh[3][3] = 1 / (b * b);
		}
		sum += u > v ? u + log1p(exp(v - u)) : v + log1p(exp(u - v));
		for (int i = 0; i < 4; i++)
		{
			g[i] += w * ug[i] + (1 - w) * vg[i];
			for (int j = i; j < 4; j++)
				h[i][j] += w * uh[i][j] + (1 - w) * vh[i][j] +
					w * (1 - w) * (ug[i] - vg[i]) * (ug[j] - vg[j]);
		}
	}
	*value = sum * data->repeat;
	for (int i = 0; i < 4; i++)
	{
		gradient[i] = g[i] * p[i] * data->repeat;
		for (int j = 0; j < 4; j++)
			hessian[i * 4 + j] = ((i <= j ? h[i][j] : h[j][i]) * p[i] * p[j] +
								  (i == j ? g[i] * p[i] : 0)) * data->repeat;
	}
	return isfinite(sum);
}

static void
test_bg_nbd(const Reference *references, size_t n)
{
	static Customers data;
	double		optimum[4] = {0};
	double		highest = 0;
	double		repeats[] = {1, 4000};
	bool		found = false;

	data.n = 0;
	for (size_t k = 0; k < n; k++)
	{
		const Reference *reference = &references[k];

		if (strcmp(reference->name, "bg_nbd_cell") == 0 && data.n < 1000)
		{
			data.frequency[data.n] = reference->arguments[0];
			data.recency[data.n] = reference->arguments[1];
			data.age[data.n] = reference->arguments[2];
			data.n++;
		}
		else if (strcmp(reference->name, "bg_nbd_optimum") == 0)
		{
			memcpy(optimum, reference->arguments, sizeof(optimum));
			highest = reference->value;
			found = true;
		}
	}
	expect(found && data.n > 100, "BG/NBD data");

	/* 250 customers, and a million */
	for (int which = 0; which < 2; which++)
	{
		NewtonOptions options = {0};
		int			converged = 0,
					boundary = 0,
					iterations = 0,
					most = 0;
		double		farthest = 0;
		uint64_t	seed = 1;

		data.repeat = repeats[which];
		options.scale = (double) data.n * data.repeat;
		options.limit = 12;
		for (int start = 0; start < 500; start++)
		{
			NewtonResult result;
			double		theta[4];
			double		distance = 0;

			for (int i = 0; i < 4; i++)
				theta[i] = -5 + 10 * draw(&seed);
			newton_maximize(bg_nbd, &data, 4, theta, &options, &result);
			for (int i = 0; i < 4; i++)
				distance = fmax(distance, fabs(theta[i] - optimum[i]));
			iterations += result.iterations;
			if (result.iterations > most)
				most = result.iterations;
			if (result.status == NEWTON_CONVERGED)
			{
				converged++;
				farthest = fmax(farthest, distance);
				expect(distance < 1e-8, "BG/NBD start %d: %g from the maximum",
					   start, distance);
				expect(fabs(result.value / data.repeat - highest) < 1e-12 * fabs(highest),
					   "BG/NBD start %d: value", start);
			}
			else
			{
				boundary += result.status == NEWTON_BOUNDARY;
				expect(result.status == NEWTON_BOUNDARY,
					   "BG/NBD start %d: status %d, distance %g, decrement %g", start,
					   result.status, distance, result.decrement);
			}
		}
		printf("newton, BG/NBD of %.0f customers: of 500 random starts %d converged, "
			   "%d at a boundary; iterations %.1f mean, %d most; "
			   "largest error of a log parameter %.1e\n", options.scale,
			   converged, boundary, iterations / 500.0, most, farthest);
		expect(converged >= 450, "BG/NBD: %d of 500 starts converged", converged);
	}
}

void
test_newton(const Reference *references, size_t n)
{
	test_known();
	test_bg_nbd(references, n);
}
