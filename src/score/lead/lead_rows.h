/*
 * lead_rows.h
 *		A lead among the arguments of an aggregate: outcome, weight, frequency,
 *		categories, numbers.
 *
 * Numbers come as arguments of their own, as the executor takes as long to
 * put twenty of them into an array as for all the rest of a pass; or, where
 * they are too many for that, as an array.
 */
#ifndef CLIENTELE_SCORE_LEAD_ROWS_H
#define CLIENTELE_SCORE_LEAD_ROWS_H

#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/array.h"

#include "compat.h"
#include "score/lead/level_table.h"

/* Leads that one row may stand for, and its weight. */
#define LEAD_MAX_WEIGHT		1e15

typedef struct LeadRow
{
	bool		counts;			/* outcome and weight are known */
	bool		won;
	double		weight;			/* weight times frequency, more than 0 */
	double		frequency;
	int			nnumbers;
	int			ncategories;
	ArrayType  *categories;		/* NULL: none */
	FunctionCallInfo fcinfo;
	int			first;			/* argument of the first number */
	const double *numbers;		/* of an array without NULL, or NULL */
	Datum	   *array;			/* of an array with NULL, or NULL */
	bool	   *array_nulls;
} LeadRow;

/* Number i; *known is false where it is NULL. */
static inline double
lead_row_number(const LeadRow *row, int i, bool *known)
{
	if (row->numbers != NULL)
	{
		*known = true;
		return row->numbers[i];
	}
	if (row->array != NULL)
	{
		*known = !row->array_nulls[i];
		return *known ? DatumGetFloat8(row->array[i]) : 0;
	}
	*known = !row->fcinfo->args[row->first + i].isnull;
	return *known ? DatumGetFloat8(row->fcinfo->args[row->first + i].value) : 0;
}

/* A walk through the categories of a row. */
typedef struct LeadCategories
{
	const char *at;
	const bits8 *bitmap;
	int			i;
} LeadCategories;

/* lead_rows.c */
extern void lead_row_read(LeadRow *row, FunctionCallInfo fcinfo, int first);
extern void lead_categories_start(LeadCategories *walk, const LeadRow *row);
extern const char *lead_categories_next(LeadCategories *walk, int32 *length);

/* The form that is sent, as text, and back. */
extern Datum hex_out(bytea *value);
extern StringInfo hex_in(const char *text, const char *type_name,
						 struct Node *escontext);

#endif							/* CLIENTELE_SCORE_LEAD_ROWS_H */
