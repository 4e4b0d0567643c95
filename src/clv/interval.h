/*
 * interval.h
 *		How far a prediction can be trusted: the uncertainty of the parameters
 *		carried over to it by the delta method.
 */
#ifndef CLIENTELE_CLV_INTERVAL_H
#define CLIENTELE_CLV_INTERVAL_H

#include <stdbool.h>

/* A positive prediction as a function of the logarithms of the parameters. */
typedef double (*Prediction) (const double *log_parameters, void *context);

/*
 * The prediction f at log_parameters (n of them), its standard error, and an
 * interval estimate * exp(+-quantile * (standard error of ln f)), which is
 * positive by construction. quantile is that of the standard normal (1.96 for
 * 95 %); log_covariance is n x n, row-major. Costs 2 n + 1 calls of f.
 *
 * What is known not to exceed some value (a probability) is to be cut there by
 * the caller. A prediction of 0 has the interval [0, 0]. Returns false if the
 * prediction is not finite and not negative there or in the neighbourhood: then
 * the estimate is what f said, and the rest NAN.
 */
extern bool prediction_interval(Prediction f, void *context,
								const double *log_parameters,
								const double *log_covariance, int n,
								double quantile, double *estimate,
								double *std_error, double *low, double *high);

#endif							/* CLIENTELE_CLV_INTERVAL_H */
