/*
 * sort_values.h
 *		Numbers in ascending order. Pure C.
 */
#ifndef CLIENTELE_SURVEY_SORT_VALUES_H
#define CLIENTELE_SURVEY_SORT_VALUES_H

#include <stddef.h>

/*
 * Sort n numbers, none of them NaN, -0.0 before 0.0. scratch has room for as
 * many; it is not used for less than SORT_SCRATCH_FROM of them. interrupt is
 * called now and then and may not return.
 */
#define SORT_SCRATCH_FROM	1024
extern void sort_values(double *values, double *scratch, size_t n,
						void (*interrupt) (void));

#endif							/* CLIENTELE_SURVEY_SORT_VALUES_H */
