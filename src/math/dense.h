/*
 * dense.h
 *		Small dense symmetric matrices, row by row, n up to DENSE_MAX.
 */
#ifndef CLIENTELE_MATH_DENSE_H
#define CLIENTELE_MATH_DENSE_H

#include <stdbool.h>

#define DENSE_MAX 64

/* a := lower L with L L' = a (row-major n x n); false if not positive definite */
extern bool cholesky(double *a, int n);

/* Solve L L' x = b for a factor of cholesky(); x may be b. */
extern void cholesky_solve(const double *l, int n, const double *b, double *x);

/* inverse := inverse of the symmetric positive definite a; false if it is not */
extern bool symmetric_inverse(const double *a, int n, double *inverse);

/* Eigenvalues, ascending, of the symmetric a (Jacobi rotations). */
extern void symmetric_eigenvalues(const double *a, int n, double *values);

/* The same with the eigenvectors, as the columns of vectors (NULL: not) */
extern void symmetric_eigen(const double *a, int n, double *values,
							double *vectors);

#endif							/* CLIENTELE_MATH_DENSE_H */
