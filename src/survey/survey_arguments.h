/*
 * survey_arguments.h
 *		Arguments of the survey functions, checked, and rows of numbers.
 */
#ifndef CLIENTELE_SURVEY_ARGUMENTS_H
#define CLIENTELE_SURVEY_ARGUMENTS_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/array.h"

/* Counts beyond are not exact in a double. */
#define MAX_COUNT	INT64CONST(9007199254740992)	/* 2^53 */

/* Refuse what is not strictly between 0 and 1; what: its name in errors. */
extern double checked_fraction(double value, const char *what,
							   const char *hint);
extern double checked_confidence(double confidence);

/* Refuse what cannot be added to counts, 0 to 1e9 */
extern double checked_adjustment(double adjustment, const char *hint);

/* Refuse a negative count, or one beyond 2^53. */
extern double checked_count(int64 count, const char *what);

/* Counts of a sample: 0 <= successes <= n, n > 0 */
extern void checked_sample(int64 successes, int64 n, double *x,
						   double *trials);

/* The numbers of an array of one dimension; NULL is refused, or is NaN. */
extern int64 *array_of_int8(ArrayType *array, const char *what, int *n);
extern float8 *array_of_float8(ArrayType *array, const char *what, int *n,
							   bool allow_null);

/* Refuse arrays of different lengths. */
extern void check_same_length(int n, const char *what, int other,
							  const char *other_what);

/* The row that the function returns, of numbers, NaN as NULL */
extern Datum row_of_float8(FunctionCallInfo fcinfo, const double *numbers,
						   int n);

/* Let the user interrupt; for loops in pure C. */
extern void survey_interrupt(void);

#endif							/* CLIENTELE_SURVEY_ARGUMENTS_H */
