/*
 * gamma_gamma.h
 *		The gamma-gamma model of spend per purchase: fit and prediction.
 */
#ifndef CLIENTELE_CLV_FAMILY_GAMMA_GAMMA_H
#define CLIENTELE_CLV_FAMILY_GAMMA_GAMMA_H

#include "clv/family/purchase_fit.h"

#define GAMMA_GAMMA_PARAMETERS 3	/* p, q, gamma, in this order */

/* Customers who share number and mean value of their purchases. */
typedef struct SpendCell
{
	double		mean;			/* > 0 */
	uint32_t	purchases;		/* > 0 */
	uint32_t	customers;
} SpendCell;

/*
 * Fit to n cells; options->unit is ignored. With finite_mean the fit keeps
 * q > 1, so that the population mean exists.
 */
extern void gamma_gamma_fit(const SpendCell *cells, size_t n, bool finite_mean,
							const FitOptions *options,
							const FitMemory *memory, FitResult *result);

/* Log-likelihood of one customer. */
extern double gamma_gamma_log_likelihood(const double *parameters,
										 double purchases, double mean);

/*
 * Expected mean value of a purchase of a customer with that many purchases of
 * that mean; purchases = 0: the population mean. NAN where it does not exist
 * (p * purchases + q <= 1).
 */
extern double gamma_gamma_expected_spend(const double *parameters,
										 double purchases, double mean);

#endif							/* CLIENTELE_CLV_FAMILY_GAMMA_GAMMA_H */
