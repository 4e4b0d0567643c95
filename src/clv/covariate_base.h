/*
 * covariate_base.h
 *		Type covariate_base: the customers of a fit with covariates.
 */
#ifndef CLIENTELE_CLV_COVARIATE_BASE_H
#define CLIENTELE_CLV_COVARIATE_BASE_H

#include "utils/array.h"

#include "clv/cells.h"
#include "clv/family/covariate_fit.h"
#include "clv/model.h"

/*
 * The most covariates that any family takes: those with two slots and four
 * parameters.
 */
#define COVARIATE_BASE_MAX		((MODEL_MAX_DIMENSION - 4) / 2)

/* The counts of a base. */
#define COVARIATE_BASE_CUSTOMERS	0
/* customers left out, because a covariate of theirs is not known */
#define COVARIATE_BASE_SKIPPED		1

/*
 * Cells are recency, age and the covariates, all float8, then frequency and
 * count; CellSet.kind is the number of covariates, 0 where there are no cells.
 */
typedef struct CovariateBase
{
	const CellType *type;
	CellSet    *set;			/* canonical */
	int			covariates;
} CovariateBase;

/* The base in a datum, at rest. */
extern CovariateBase covariate_base_get(Datum datum);

/* Its customers taken apart, for a fit; memory of the current context. */
extern CovariateData covariate_base_data(const CovariateBase *base);

/*
 * The covariates in an array of SQL. False if one of them is NULL or not
 * finite; *length is how many there are, at most COVARIATE_BASE_MAX.
 */
extern bool covariates_from_array(ArrayType *array, double *covariates,
								  int *length);

#endif							/* CLIENTELE_CLV_COVARIATE_BASE_H */
