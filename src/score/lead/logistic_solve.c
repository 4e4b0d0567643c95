/*
 * logistic_solve.c
 *		What follows from the sums of a step: collinear terms, the next step,
 *		the covariance.
 *
 * Newton's step d solves (I + P) d = g - P b, with the information I, the
 * gradient g, the estimates b and the penalties P of ridge regression. A term
 * that is a linear combination of others makes I singular: it is found in
 * Cholesky's factorization, taken term by term, where its pivot, the part of
 * its variance that the terms before it leave unexplained, is but rounding
 * error. Such a term is left out, as R's glm() does: of those that depend on
 * one another the last.
 */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "math/dense.h"
#include "score/lead/logistic_kernel.h"
#include "score/lead/logistic_solve.h"

/* The share of a term's variance that must be its own */
#define LEAST_OWN		1e-11

/* How much of another term makes a term depend on it, in standard deviations */
#define LEAST_SHARE		1e-5

/* An element of the information. */
static double
element(const LogisticSystem *system, int i, int j)
{
	return i >= j ? system->information[logistic_triangle(i) + j] :
		system->information[logistic_triangle(j) + i];
}

/* The terms that are not left out, in order; their number. */
static int
kept_terms(const LogisticSystem *system, int *kept)
{
	int			n = 0;

	for (int i = 0; i < system->nterms; i++)
		if (!system->left_out[system->order[i]])
			kept[n++] = system->order[i];
	return n;
}

/*
 * Leave out the terms that depend on those before them; those that are left
 * out already stay so. Returns how many are new. Where term i is left out,
 * dependence[i * nterms + j] tells whether it depends on term j: on none, if
 * it is zero throughout.
 */
int
logistic_leave_out(const LogisticSystem *system, unsigned char *dependence)
{
	int			nterms = system->nterms;
	double	   *factor = system->memory;
	double	   *shares = system->memory + (size_t) nterms * nterms;
	int		   *kept = system->scratch;
	int			n = 0;
	int			found = 0;

	memset(dependence, 0, (size_t) nterms * nterms);
	for (int at = 0; at < nterms; at++)
	{
		int			term = system->order[at];
		double		variance = element(system, term, term);
		double		own = variance + system->penalties[term];
		double	   *row = factor + (size_t) n * nterms;

		if (system->left_out[term])
			continue;
		if (system->interrupt != NULL && at % 16 == 0)
			system->interrupt();
		for (int i = 0; i < n; i++)
		{
			double		sum = element(system, term, kept[i]);

			for (int k = 0; k < i; k++)
				sum -= factor[(size_t) i * nterms + k] * row[k];
			row[i] = sum / factor[(size_t) i * nterms + i];
			own -= row[i] * row[i];
		}
		/* a pivot that is NaN is left to the solution */
		if (variance > 0 && !(own <= LEAST_OWN * variance))
		{
			row[n] = sqrt(own);
			kept[n++] = term;
			continue;
		}
		system->left_out[term] = true;
		found++;
		if (!(variance > 0))
			continue;
		/* what it is made of */
		for (int i = n - 1; i >= 0; i--)
		{
			double		sum = row[i];

			for (int k = i + 1; k < n; k++)
				sum -= factor[(size_t) k * nterms + i] * shares[k];
			shares[i] = sum / factor[(size_t) i * nterms + i];
			if (fabs(shares[i]) * sqrt(element(system, kept[i], kept[i]) / variance) > LEAST_SHARE)
				dependence[(size_t) term * nterms + kept[i]] = 1;
		}
	}
	return found;
}

/* The factor of the terms that are kept, in memory of the system. */
static bool
factorize(const LogisticSystem *system, const int *kept, int n)
{
	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < n; j++)
			system->memory[(size_t) i * n + j] = element(system, kept[i], kept[j]);
		system->memory[(size_t) i * n + i] += system->penalties[kept[i]];
	}
	if (system->interrupt != NULL)
		system->interrupt();
	return cholesky(system->memory, n);
}

/*
 * The next step of the estimates, 0 for terms that are left out; *decrement
 * is twice the gain in the penalized log-likelihood that it promises. Returns
 * the number of terms kept, 0 where the information is singular.
 */
int
logistic_newton_step(const LogisticSystem *system, double *step,
					 double *decrement)
{
	int		   *kept = system->scratch;
	int			n = kept_terms(system, kept);
	double	   *right = system->memory + (size_t) n * n;

	if (!factorize(system, kept, n))
		return 0;
	for (int i = 0; i < n; i++)
		step[i] = long_sum_value(&system->gradient[kept[i]]) -
			system->penalties[kept[i]] * system->estimates[kept[i]];
	cholesky_solve(system->memory, n, step, right);
	*decrement = 0;
	for (int i = 0; i < n; i++)
		*decrement += step[i] * right[i];
	memset(step, 0, system->nterms * sizeof(double));
	for (int i = 0; i < n; i++)
		step[kept[i]] = right[i];
	return n;
}

/* What a step adds to the log-likelihood, without penalties. */
double
logistic_gain(const LogisticSystem *system, const double *step)
{
	double		gain = 0;

	for (int i = 0; i < system->nterms; i++)
	{
		double		product = 0;

		if (step[i] == 0)
			continue;
		for (int j = 0; j < system->nterms; j++)
			product += element(system, i, j) * step[j];
		gain += step[i] * (long_sum_value(&system->gradient[i]) - product / 2);
	}
	return gain;
}

/*
 * The covariance of the n terms kept, in the units of the numbers: the inverse
 * of information and penalties. Terms 1 to nnumbers are numbers: x enters as
 * (x - center) * scale, so their slopes are to be multiplied by the scale, and
 * the intercept loses slope times center. Rows and columns stand in the order
 * of the kept terms' numbers. The factor is that of the step before.
 */
void
logistic_covariance(const LogisticSystem *system, int n, const double *scales,
					const double *centers, int nnumbers, double *covariance)
{
	int		   *kept = system->scratch;
	int		   *place = system->scratch + system->nterms;
	double	   *column = system->memory + (size_t) n * n;
	int			at = 0;

	kept_terms(system, kept);
	for (int i = 0; i < system->nterms; i++)
		place[i] = system->left_out[i] ? -1 : at++;
	for (int j = 0; j < n; j++)
	{
		if (system->interrupt != NULL)
			system->interrupt();
		for (int i = 0; i < n; i++)
			column[i] = i == j ? 1 : 0;
		cholesky_solve(system->memory, n, column, column);
		for (int i = 0; i < n; i++)
			covariance[(size_t) place[kept[i]] * n + place[kept[j]]] = column[i];
	}
	/* the same to the last bit on both sides */
	for (int i = 0; i < n; i++)
		for (int j = 0; j < i; j++)
			covariance[(size_t) j * n + i] = covariance[(size_t) i * n + j];
	for (int term = 1; term <= nnumbers; term++)
	{
		int			j = place[term];

		if (j < 0)
			continue;
		for (int i = 0; i < n; i++)
		{
			covariance[(size_t) i * n + j] *= scales[term - 1];
			covariance[(size_t) j * n + i] *= scales[term - 1];
		}
	}
	/* first the column of the intercept, then its row with the new column */
	for (int pass = 0; pass < 2; pass++)
		for (int term = 1; term <= nnumbers; term++)
		{
			int			j = place[term];

			for (int i = 0; i < n && j >= 0; i++)
				if (pass == 0)
					covariance[(size_t) i * n] -=
						centers[term - 1] * covariance[(size_t) i * n + j];
				else
					covariance[i] -=
						centers[term - 1] * covariance[(size_t) j * n + i];
		}
	for (int i = 1; i < n; i++)
		covariance[i] = covariance[(size_t) i * n];
}
