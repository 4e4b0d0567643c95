/*
 * covariate_fit.h
 *		Maximum likelihood for a family of purchase models in which every
 *		customer has parameters of his own, by his covariates.
 */
#ifndef CLIENTELE_CLV_FAMILY_COVARIATE_FIT_H
#define CLIENTELE_CLV_FAMILY_COVARIATE_FIT_H

#include "clv/family/purchase_fit.h"

/* Parameters and coefficients of one model: what the optimizer can take. */
#define COVARIATE_FIT_MAX	64

/* Customers: cells[i] have the m covariates at covariates + i * m. */
typedef struct CovariateData
{
	const CustomerCell *cells;
	const double *covariates;
	size_t		n;
	int			m;
} CovariateData;

typedef struct CovariateOptions
{
	FitOptions	fit;			/* as of purchase_fit() */
	double		prior_sd;		/* standard deviation of a normal prior on
								 * each coefficient times the standard
								 * deviation of its covariate, centred at 0;
								 * INFINITY: none */
	const double *start;		/* to start from, or NULL: natural parameters
								 * of a customer of average covariates, then
								 * coefficients times standard deviations */
} CovariateOptions;

/* What is wrong with the covariates. */
typedef enum CovariateProblem
{
	COVARIATES_WELL,
	COVARIATE_CONSTANT,			/* is the same for all customers */
	COVARIATE_COLLINEAR,		/* is made of those before it */
	COVARIATE_OUT_OF_RANGE		/* its spread is not a number */
} CovariateProblem;

typedef struct CovariateFitResult
{
	CovariateProblem problem;
	int			problem_covariate;	/* from 0; where there is a problem, the
									 * rest is not set */

	/*
	 * The status and the counts; log_likelihood without the priors. The
	 * parameters are those of a customer whose covariates are 0.
	 */
	FitResult	fit;
	int			ncoefficients;
	double		coefficients[COVARIATE_FIT_MAX];	/* slot by slot */
	/* of the logarithms of the parameters and the coefficients, row-major */
	double		covariance[COVARIATE_FIT_MAX * COVARIATE_FIT_MAX];
} CovariateFitResult;

/*
 * The logarithms of the parameters of one customer: those of the model, and
 * what his m covariates and the coefficients (slot by slot) add to them.
 */
extern void covariate_parameters(const PurchaseFamily *family,
								 const double *log_parameters,
								 const double *coefficients,
								 const double *covariates, int m,
								 double *log_individual);

/*
 * Fit a family that has slots to customers whose times are in days. As of
 * purchase_fit(); family->nparameters + family->nslots * m are at most
 * COVARIATE_FIT_MAX. Sums are formed in the order of the cells, so the caller
 * gives them in an order of their own.
 */
extern void covariate_fit(const PurchaseFamily *family,
						  const CovariateData *data,
						  const CovariateOptions *options,
						  const FitMemory *memory, CovariateFitResult *result);

#endif							/* CLIENTELE_CLV_FAMILY_COVARIATE_FIT_H */
