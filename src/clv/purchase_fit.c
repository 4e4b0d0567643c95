/*
 * purchase_fit.c
 *		Maximum likelihood for any family of purchase models.
 *
 * Damped Newton steps in the logarithms of the parameters, with the gradient
 * and the Hessian that the family computes, in a time of which the mean age is
 * 1. A base of many cells is first fitted on a systematic sample of some
 * thousand customers, which costs little, and brings the start so close that
 * all cells are evaluated only a few times.
 *
 * Runaway likelihoods are normal for small bases: with 50 customers, four fits
 * in ten have their maximum at infinity (say, nobody ever leaves). A parameter
 * beyond e^8, in the time of the fit, or a likelihood that is flat, is answered
 * with FIT_BOUNDARY and not with a covariance that means nothing.
 */
#include "clv/purchase_fit.h"

#include <math.h>
#include <string.h>

#include "clv/family_data.h"
#include "math/dense.h"
#include "math/newton.h"

/* Parameters beyond e^+-LIMIT are at a boundary. */
#define LIMIT	8.0

/* Bases of more cells than twice this are fitted on a sample first. */
#define SAMPLE_CUSTOMERS	20000

#define MAX_STARTS	5

/* What the objective function is to know. */
typedef struct Objective
{
	const PurchaseFamily *family;
	const FamilyData *data;
	double		prior_precision;	/* 1 / prior_sd^2, or 0 */
} Objective;

/* Log-likelihood and, if there is a prior, its logarithm. */
static bool
objective(const double *theta, double *value, double *gradient,
		  double *hessian, void *context)
{
	const Objective *o = context;
	int			n = o->family->nparameters;

	if (!o->family->log_likelihood(theta, o->data, value, gradient, hessian))
		return false;
	if (o->prior_precision > 0.0)
	{
		for (int i = 0; i < n; i++)
		{
			*value -= 0.5 * o->prior_precision * theta[i] * theta[i];
			gradient[i] -= o->prior_precision * theta[i];
			hessian[i * n + i] -= o->prior_precision;
		}
	}
	return true;
}

/*
 * Maximize from one start after the other until one converges; theta becomes
 * the best place reached: one that converged unless there is a higher one.
 */
static void
climb(const Objective *o, double starts[][FAMILY_MAX_PARAMETERS], int nstarts,
	  const FitOptions *options, double *theta, NewtonResult *best,
	  FitResult *result)
{
	size_t		size = o->family->nparameters * sizeof(double);

	for (int i = 0; i < nstarts; i++)
	{
		NewtonOptions newton = {0};
		NewtonResult reached;
		double		place[FAMILY_MAX_PARAMETERS];
		bool		better;

		newton.limit = LIMIT;
		newton.scale = o->data->customers;
		newton.interrupt = options->interrupt;
		newton.interrupt_context = options->interrupt_context;
		memcpy(place, starts[i], size);
		memset(&reached, 0, sizeof(reached));
		newton_maximize(objective, (void *) o, o->family->nparameters, place,
						&newton, &reached);
		result->iterations += reached.iterations;
		result->evaluations += reached.evaluations;

		if (i == 0 || best->status == NEWTON_NOT_FINITE)
			better = true;
		else if (reached.status == NEWTON_NOT_FINITE)
			better = false;
		else
		{
			/* Converged is worth a hair's breadth of likelihood. */
			double		slack = 1e-9 * (fabs(best->value) + o->data->customers);

			better = reached.value > best->value +
				(reached.status == NEWTON_CONVERGED ? -slack : slack);
		}
		if (better)
		{
			*best = reached;
			memcpy(theta, place, size);
		}
		if (reached.status == NEWTON_CONVERGED ||
			reached.status == NEWTON_INTERRUPTED)
		{
			if (reached.status == NEWTON_INTERRUPTED)
				best->status = NEWTON_INTERRUPTED;
			break;
		}
	}
}

/* The starts to try, the one the caller asked for first; returns how many. */
static int
make_starts(const PurchaseFamily *family, const FamilyData *data,
			const FitOptions *options,
			double starts[MAX_STARTS][FAMILY_MAX_PARAMETERS])
{
	/* Shifts of the family's own start: spread of rates, and dropout. */
	static const double shifts[3] = {0.0, 1.0, -1.0};
	double		own[FAMILY_MAX_PARAMETERS];
	int			n = 0;

	family->start(data, own);
	if (options->start != NULL)
	{
		for (int i = 0; i < family->nparameters; i++)
		{
			double		value = options->start[i];
			double		log_value;

			if (family->is_time[i])
				value *= options->unit / data->days;
			log_value = value > 0.0 ? log(value) : own[i];
			if (!(log_value > -LIMIT))
				log_value = -LIMIT;
			starts[n][i] = log_value < LIMIT ? log_value : LIMIT;
		}
		n++;
	}
	for (int shift = 0; shift < 3; shift++, n++)
	{
		for (int i = 0; i < family->nparameters; i++)
			starts[n][i] = own[i] + shifts[shift];
	}
	return n;
}

/* What the end of the ascent says of the fit. */
FitStatus
fit_status(const NewtonResult *reached, const double *theta, int n,
		   double limit)
{
	switch (reached->status)
	{
		case NEWTON_CONVERGED:
			return FIT_OK;
		case NEWTON_BOUNDARY:
			return FIT_BOUNDARY;
		case NEWTON_INTERRUPTED:
			return FIT_INTERRUPTED;
		case NEWTON_NOT_CONVERGED:
			/* Rounding may hide the last step along a bound. */
			for (int i = 0; i < n; i++)
			{
				if (fabs(theta[i]) >= limit)
					return FIT_BOUNDARY;
			}
			return FIT_NOT_CONVERGED;
		default:
			return FIT_NOT_CONVERGED;
	}
}

/* Fit a family to cells. */
void
purchase_fit(const PurchaseFamily *family, const CustomerCell *cells, size_t n,
			 const FitOptions *options, const FitMemory *memory,
			 FitResult *result)
{
	int			nparameters = family->nparameters;
	FamilyData *data = family_data_prepare(cells, n, 0.0, memory);
	Objective	o = {family, data, 0.0};
	double		starts[MAX_STARTS][FAMILY_MAX_PARAMETERS];
	double		theta[FAMILY_MAX_PARAMETERS];
	int			nstarts;
	NewtonResult best;
	double		ratio = data->days / options->unit;

	memset(result, 0, sizeof(FitResult));
	memset(&best, 0, sizeof(best));
	result->nparameters = nparameters;
	if (options->prior_sd > 0.0 && isfinite(options->prior_sd))
		o.prior_precision = 1.0 / (options->prior_sd * options->prior_sd);

	nstarts = make_starts(family, data, options, starts);
	if (data->ncells > 2 * SAMPLE_CUSTOMERS)
	{
		Objective	sample = o;
		int			iterations = result->iterations;
		int			evaluations = result->evaluations;

		sample.data = family_data_sample(data, SAMPLE_CUSTOMERS, memory);
		climb(&sample, starts, nstarts, options, theta, &best, result);
		if (best.status == NEWTON_CONVERGED)
		{
			memmove(starts[1], starts[0],
					(MAX_STARTS - 1) * sizeof(starts[0]));
			memcpy(starts[0], theta, sizeof(theta));
			nstarts = nstarts < MAX_STARTS ? nstarts + 1 : nstarts;
		}
		/* What is reported are the evaluations of all cells. */
		result->iterations = iterations;
		result->evaluations = evaluations;
	}
	if (best.status != NEWTON_INTERRUPTED)
		climb(&o, starts, nstarts, options, theta, &best, result);

	result->status = fit_status(&best, theta, nparameters, LIMIT);

	/* The log-likelihood without the prior, and back to the unit. */
	result->log_likelihood = best.value;
	for (int i = 0; i < nparameters; i++)
	{
		result->log_likelihood += 0.5 * o.prior_precision * theta[i] * theta[i];
		result->parameters[i] = exp(theta[i]) * (family->is_time[i] ? ratio : 1.0);
	}
	result->log_likelihood -= data->repeat_purchases * log(ratio);

	if (result->status == FIT_OK)
	{
		double		negative[FAMILY_MAX_PARAMETERS * FAMILY_MAX_PARAMETERS];

		for (int i = 0; i < nparameters * nparameters; i++)
			negative[i] = -best.hessian[i];
		result->has_covariance = symmetric_inverse(negative, nparameters,
												   result->log_covariance);
	}
}
