/*
 * purchase_fit.h
 *		Maximum likelihood for any family of purchase models.
 */
#ifndef CLIENTELE_CLV_FAMILY_PURCHASE_FIT_H
#define CLIENTELE_CLV_FAMILY_PURCHASE_FIT_H

#include "clv/family/family.h"

/* Memory for a fit; nothing is freed one by one, the caller drops it whole. */
typedef struct FitMemory
{
	void	   *(*allocate) (size_t size, void *context);
	void	   *context;
} FitMemory;

typedef enum FitStatus
{
	FIT_OK,
	FIT_BOUNDARY,				/* the likelihood rises towards a boundary or
								 * is flat: the parameters are not identified */
	FIT_NOT_CONVERGED,
	FIT_INTERRUPTED
} FitStatus;

typedef struct FitOptions
{
	double		unit;			/* days in one unit of the model */
	double		prior_sd;		/* standard deviation of a normal prior on the
								 * logarithm of each parameter (time in units
								 * of the mean age), centred at 0; INFINITY:
								 * none */
	const double *start;		/* natural parameters to start from, or NULL */
	int			constant;		/* the constant of a family that has one; 0:
								 * chosen by likelihood, which takes log_gaps
								 * (see purchase_fit.c) */
	double		log_gaps;		/* sum of the logarithms of the gaps between
								 * purchases, in days; NAN: unknown */
	bool		(*interrupt) (void *context);
	void	   *interrupt_context;
} FitOptions;

typedef struct FitResult
{
	FitStatus	status;
	int			nparameters;
	/* natural, in the unit; after them the constants of the family */
	double		parameters[FAMILY_MAX_PARAMETERS];
	/* covariance of the logarithms, row-major; meaningful if has_covariance */
	double		log_covariance[FAMILY_MAX_PARAMETERS * FAMILY_MAX_PARAMETERS];
	bool		has_covariance;
	double		log_likelihood; /* without the prior, times in the unit; NAN
								 * if it takes log_gaps that are unknown */
	int			iterations;
	int			evaluations;	/* of all cells, derivatives included */
} FitResult;

/*
 * Fit a family to n cells whose times are in days. The caller has made sure
 * that there is at least one cell and one repeat purchase, and that all values
 * are finite and in range; for a discrete family, that they are whole numbers of
 * the unit, and recency at least frequency of them. The result does not depend on the order of cells.
 */
extern void purchase_fit(const PurchaseFamily *family,
						 const CustomerCell *cells, size_t n,
						 const FitOptions *options, const FitMemory *memory,
						 FitResult *result);

#endif							/* CLIENTELE_CLV_FAMILY_PURCHASE_FIT_H */
