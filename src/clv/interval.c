/*
 * interval.c
 *		The delta method.
 *
 * With g the gradient of ln f in the logarithms of the parameters and V their
 * covariance, the standard error of ln f is sqrt(g' V g). Logarithms on both
 * sides because parameters and predictions are positive and their likelihood is
 * nearer to a normal one there: an interval on the natural scale can reach
 * below zero.
 */
#include "clv/interval.h"

#include <math.h>

#define MAX_PARAMETERS	64

/*
 * Half the distance of a difference. Predictions are good to some 1e-12, which
 * a difference over 2e-4 turns into 1e-8; the curvature that it leaves out is
 * of the same size, as logarithms of parameters are of order 1.
 */
#define STEP	1e-4

/* Estimate, standard error and interval of a prediction. */
bool
prediction_interval(Prediction f, void *context, const double *log_parameters,
					const double *log_covariance, int n, double quantile,
					double *estimate, double *std_error, double *low,
					double *high)
{
	double		place[MAX_PARAMETERS];
	double		gradient[MAX_PARAMETERS];
	double		variance = 0.0;
	double		spread;

	*estimate = f(log_parameters, context);
	*std_error = *low = *high = NAN;
	if (n > MAX_PARAMETERS || !isfinite(*estimate) || *estimate < 0.0)
		return false;
	if (*estimate == 0.0)
	{
		*std_error = *low = *high = 0.0;
		return true;
	}

	for (int i = 0; i < n; i++)
		place[i] = log_parameters[i];
	for (int i = 0; i < n; i++)
	{
		double		above = log_parameters[i] + STEP;
		double		below = log_parameters[i] - STEP;

		place[i] = above;
		gradient[i] = f(place, context);
		place[i] = below;
		/* above - below is what was stepped after rounding */
		gradient[i] = log(gradient[i] / f(place, context)) / (above - below);
		place[i] = log_parameters[i];
		if (!isfinite(gradient[i]))
			return false;
	}

	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < n; j++)
			variance += gradient[i] * log_covariance[i * n + j] * gradient[j];
	}
	/* Rounding may leave less than nothing of a variance of zero. */
	spread = variance > 0.0 ? sqrt(variance) : 0.0;
	if (!isfinite(spread))
		return false;
	*std_error = *estimate * spread;
	*low = *estimate * exp(-quantile * spread);
	*high = *estimate * exp(quantile * spread);
	return true;
}
