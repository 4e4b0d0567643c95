/*
 * interval.h
 *		How far a prediction can be trusted: the uncertainty of the parameters
 *		carried over to it by the delta method.
 */
#ifndef CLIENTELE_CLV_FAMILY_INTERVAL_H
#define CLIENTELE_CLV_FAMILY_INTERVAL_H

#include <stdbool.h>

/*
 * Half the distance of a difference. Predictions are good to some 1e-12, which
 * a difference over 2e-4 turns into 1e-8; the curvature that it leaves out is
 * of the same size, as logarithms of parameters are of order 1.
 */
#define PREDICTION_STEP	1e-4

/*
 * A prediction as a function of the place: the logarithms of the parameters,
 * then any coefficients of covariates as they are.
 */
typedef double (*Prediction) (const double *place, void *context);

/* Which values a prediction can have, and so the scale of its interval. */
typedef enum PredictionRange
{
	RANGE_POSITIVE,				/* 0 or more: the logarithm */
	RANGE_PROBABILITY			/* from 0 to 1: the logit */
} PredictionRange;

/*
 * The prediction f at the place (n numbers), its standard error, and an
 * interval that is symmetric on the scale of its range, so that it never leaves
 * it. quantile is that of the standard normal (1.96 for 95 %); covariance is
 * that of the place, n x n, row-major. Costs 2 n + 1 calls of f.
 *
 * A prediction at an end of its range (0, or probability 1) has the interval of
 * that one point. Returns false if the prediction is not in its range, or not
 * finite, there or in the neighbourhood: then the estimate is what f said, and
 * the rest NAN.
 */
extern bool prediction_interval(Prediction f, void *context,
								PredictionRange range, const double *place,
								const double *covariance, int n,
								double quantile, double *estimate,
								double *std_error, double *low, double *high);

#endif							/* CLIENTELE_CLV_FAMILY_INTERVAL_H */
