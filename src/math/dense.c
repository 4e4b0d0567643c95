/*
 * dense.c
 *		Small dense symmetric matrices.
 *
 * Cholesky's factorization, the solution and inverse by it, and eigenvalues by
 * cyclic Jacobi rotations (Golub & Van Loan, Matrix Computations, 8.5): of all
 * methods the one that gives small eigenvalues of a graded matrix their digits,
 * and fast enough for the few parameters of a model. Where the naive form
 * fails: the covariance of parameters on a ridge is the inverse of a matrix
 * that is barely positive definite; the factorization says so instead of
 * returning a negative variance.
 */
#include <float.h>
#include <math.h>
#include <stddef.h>

#include "math/dense.h"

#define JACOBI_SWEEPS 60

/* a := lower L with L L' = a; false if not positive definite */
bool
cholesky(double *a, int n)
{
	for (int j = 0; j < n; j++)
	{
		double		diagonal = a[j * n + j];
		double		pivot = diagonal;

		for (int k = 0; k < j; k++)
			pivot -= a[j * n + k] * a[j * n + k];

		/*
		 * A pivot that is only rounding error is none. The comparison is
		 * written so that a NaN fails, too.
		 */
		if (!(pivot > 4 * n * DBL_EPSILON * diagonal) || isinf(pivot))
			return false;
		pivot = sqrt(pivot);
		a[j * n + j] = pivot;
		for (int i = j + 1; i < n; i++)
		{
			double		sum = a[i * n + j];

			for (int k = 0; k < j; k++)
				sum -= a[i * n + k] * a[j * n + k];
			a[i * n + j] = sum / pivot;
		}
		for (int i = 0; i < j; i++)
			a[i * n + j] = 0;
	}
	return true;
}

/* Solve L L' x = b; x may be b. */
void
cholesky_solve(const double *l, int n, const double *b, double *x)
{
	for (int i = 0; i < n; i++)
	{
		double		sum = b[i];

		for (int k = 0; k < i; k++)
			sum -= l[i * n + k] * x[k];
		x[i] = sum / l[i * n + i];
	}
	for (int i = n - 1; i >= 0; i--)
	{
		double		sum = x[i];

		for (int k = i + 1; k < n; k++)
			sum -= l[k * n + i] * x[k];
		x[i] = sum / l[i * n + i];
	}
}

/* inverse := inverse of the symmetric positive definite a */
bool
symmetric_inverse(const double *a, int n, double *inverse)
{
	double		l[DENSE_MAX * DENSE_MAX];
	double		column[DENSE_MAX];

	if (n < 0 || n > DENSE_MAX)
		return false;
	for (int i = 0; i < n * n; i++)
		l[i] = a[i];
	if (!cholesky(l, n))
		return false;
	for (int j = 0; j < n; j++)
	{
		for (int i = 0; i < n; i++)
			column[i] = i == j ? 1 : 0;
		cholesky_solve(l, n, column, column);
		/* both triangles from one, so that it is symmetric to the last bit */
		for (int i = j; i < n; i++)
		{
			inverse[i * n + j] = column[i];
			inverse[j * n + i] = column[i];
		}
	}
	return true;
}

/*
 * Eigenvalues, ascending, and (if vectors is not NULL) the eigenvectors as the
 * columns of an orthogonal matrix.
 */
void
symmetric_eigen(const double *a, int n, double *values, double *vectors)
{
	double		m[DENSE_MAX * DENSE_MAX];

	if (n <= 0 || n > DENSE_MAX)
		return;
	for (int i = 0; i < n * n; i++)
		m[i] = a[i];
	if (vectors)
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
				vectors[i * n + j] = i == j ? 1 : 0;

	for (int sweep = 0; sweep < JACOBI_SWEEPS; sweep++)
	{
		bool		rotated = false;

		for (int p = 0; p < n - 1; p++)
			for (int q = p + 1; q < n; q++)
			{
				double		off = m[p * n + q];
				double		half;
				double		tangent;
				double		cosine;
				double		sine;

				if (!(fabs(off) > DBL_EPSILON / 4 *
					  sqrt(fabs(m[p * n + p])) * sqrt(fabs(m[q * n + q]))))
				{
					/* as small as the rounding of what it would change */
					m[p * n + q] = m[q * n + p] = 0;
					continue;
				}
				rotated = true;
				half = (m[q * n + q] - m[p * n + p]) / (2 * off);
				tangent = (half >= 0 ? 1.0 : -1.0) /
					(fabs(half) + hypot(1, half));
				cosine = 1 / hypot(1, tangent);
				sine = tangent * cosine;
				m[p * n + p] -= tangent * off;
				m[q * n + q] += tangent * off;
				m[p * n + q] = m[q * n + p] = 0;
				for (int k = 0; k < n; k++)
				{
					double		kp,
								kq;

					if (vectors)
					{
						kp = vectors[k * n + p];
						kq = vectors[k * n + q];
						vectors[k * n + p] = cosine * kp - sine * kq;
						vectors[k * n + q] = sine * kp + cosine * kq;
					}
					if (k == p || k == q)
						continue;
					kp = m[k * n + p];
					kq = m[k * n + q];
					m[k * n + p] = m[p * n + k] = cosine * kp - sine * kq;
					m[k * n + q] = m[q * n + k] = sine * kp + cosine * kq;
				}
			}
		if (!rotated)
			break;
	}

	/* Ascending, the vectors along with them (few: insertion). */
	for (int i = 0; i < n; i++)
		values[i] = m[i * n + i];
	for (int i = 1; i < n; i++)
		for (int j = i; j > 0 && values[j] < values[j - 1]; j--)
		{
			double		swap = values[j];

			values[j] = values[j - 1];
			values[j - 1] = swap;
			for (int k = 0; vectors && k < n; k++)
			{
				swap = vectors[k * n + j];
				vectors[k * n + j] = vectors[k * n + j - 1];
				vectors[k * n + j - 1] = swap;
			}
		}
}

/* Eigenvalues, ascending, of the symmetric a. */
void
symmetric_eigenvalues(const double *a, int n, double *values)
{
	symmetric_eigen(a, n, values, NULL);
}
