/*
 * interval.c
 *		The delta method.
 *
 * With g the gradient of ln f at the place and V the covariance there, the
 * standard error of ln f is sqrt(g' V g). Logarithms on both sides because
 * parameters and predictions are positive and their likelihood is nearer to a
 * normal one there: an interval on the natural scale can reach below zero. A
 * probability is taken by its logit, for the same reason at both of its ends.
 */
#include "clv/family/interval.h"

#include <math.h>

#define MAX_PARAMETERS	64

/*
 * The difference of two near values of the prediction on the scale of its
 * range. The complement of a probability that is rounded to 1 is not known.
 */
static double
scaled_difference(PredictionRange range, double above, double below)
{
	double		difference = log(above / below);

	if (range == RANGE_PROBABILITY)
		difference -= log1p((below - above) / (1.0 - below));
	return difference;
}

/* Estimate, standard error and interval of a prediction. */
bool
prediction_interval(Prediction f, void *context, PredictionRange range,
					const double *place, const double *covariance, int n,
					double quantile, double *estimate, double *std_error,
					double *low, double *high)
{
	double		moved[MAX_PARAMETERS];
	double		gradient[MAX_PARAMETERS];
	double		variance = 0.0;
	double		spread;
	double		up;

	*estimate = f(place, context);
	*std_error = *low = *high = NAN;
	if (n > MAX_PARAMETERS || !isfinite(*estimate) || *estimate < 0.0 ||
		(range == RANGE_PROBABILITY && *estimate > 1.0))
		return false;
	if (*estimate == 0.0 || (range == RANGE_PROBABILITY && *estimate == 1.0))
	{
		*std_error = 0.0;
		*low = *high = *estimate;
		return true;
	}

	for (int i = 0; i < n; i++)
		moved[i] = place[i];
	for (int i = 0; i < n; i++)
	{
		double		above = place[i] + PREDICTION_STEP;
		double		below = place[i] - PREDICTION_STEP;

		moved[i] = above;
		gradient[i] = f(moved, context);
		moved[i] = below;
		/* above - below is what was stepped after rounding */
		gradient[i] = scaled_difference(range, gradient[i],
										f(moved, context)) / (above - below);
		moved[i] = place[i];
		if (!isfinite(gradient[i]))
			return false;
	}

	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < n; j++)
			variance += gradient[i] * covariance[i * n + j] * gradient[j];
	}
	/* Rounding may leave less than nothing of a variance of zero. */
	spread = variance > 0.0 ? sqrt(variance) : 0.0;
	if (!isfinite(spread))
		return false;
	up = exp(quantile * spread);
	if (range == RANGE_POSITIVE)
	{
		*std_error = *estimate * spread;
		*low = *estimate / up;
		*high = *estimate * up;
	}
	else
	{
		double		p = *estimate;

		*std_error = p * (1.0 - p) * spread;
		*low = p / (p + (1.0 - p) * up);
		*high = p / (p + (1.0 - p) / up);
	}
	return true;
}
