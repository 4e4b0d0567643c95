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
#include "clv/family/purchase_fit.h"

#include <math.h>
#include <string.h>

#include "clv/family/ascent.h"
#include "clv/family/family_data.h"
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
	int			constant;
} Objective;

/* Log-likelihood and, if there is a prior, its logarithm. */
static bool
objective(const double *theta, double *value, double *gradient,
		  double *hessian, void *context)
{
	const Objective *o = context;
	int			n = o->family->nparameters;
	double		place[FAMILY_MAX_PARAMETERS];

	memcpy(place, theta, n * sizeof(double));
	if (o->family->nconstants > 0)
		place[n] = o->constant;
	if (!o->family->log_likelihood(place, o->data, value, gradient, hessian))
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

/* The starts to try, the one the caller asked for first; returns how many. */
static int
make_starts(const PurchaseFamily *family, const FamilyData *data,
			const FitOptions *options,
			double *starts)
{
	/* Shifts of the family's own start: spread of rates, and dropout. */
	static const double shifts[3] = {0.0, 1.0, -1.0};
	double		own[FAMILY_MAX_PARAMETERS];
	int			nparameters = family->nparameters;
	int			n = 0;

	family->start(data, own);
	if (options->start != NULL)
	{
		for (int i = 0; i < nparameters; i++)
		{
			double		value = options->start[i] *
				pow(options->unit / data->days, family->time_power[i]);
			double		log_value;

			log_value = value > 0.0 ? log(value) : own[i];
			if (!(log_value > -LIMIT))
				log_value = -LIMIT;
			starts[i] = log_value < LIMIT ? log_value : LIMIT;
		}
		n++;
	}
	for (int shift = 0; shift < 3; shift++, n++)
	{
		for (int i = 0; i < nparameters; i++)
			starts[n * nparameters + i] = own[i] + shifts[shift];
	}
	return n;
}

/* Fit a family to cells. */
void
purchase_fit(const PurchaseFamily *family, const CustomerCell *cells, size_t n,
			 const FitOptions *options, const FitMemory *memory,
			 FitResult *result)
{
	int			nparameters = family->nparameters;
	FamilyData *data = family_data_prepare(cells, n,
										   family->discrete ? options->unit : 0.0,
										   memory);
	Objective	o = {family, data, 0.0, options->constant};
	Ascent		ascent = {objective, &o, nparameters, LIMIT, data->customers, options};
	double		starts[MAX_STARTS * FAMILY_MAX_PARAMETERS];
	double		theta[FAMILY_MAX_PARAMETERS];
	int			nstarts;
	NewtonResult best;
	double		ratio = data->days / options->unit;

	memset(result, 0, sizeof(FitResult));
	memset(&best, 0, sizeof(best));
	result->nparameters = nparameters;
	if (options->prior_sd > 0.0 && isfinite(options->prior_sd))
		o.prior_precision = 1.0 / (options->prior_sd * options->prior_sd);
	if (isfinite(options->log_gaps))
		data->log_gaps = options->log_gaps -
			data->repeat_purchases * log(data->days);

	nstarts = make_starts(family, data, options, starts);
	if (data->ncells > 2 * SAMPLE_CUSTOMERS)
	{
		Objective	sample = o;
		Ascent		rehearsal = ascent;

		sample.data = family_data_sample(data, SAMPLE_CUSTOMERS, memory);
		rehearsal.context = &sample;
		rehearsal.customers = sample.data->customers;
		ascend(&rehearsal, starts, nstarts, theta, &best, result);
		if (best.status == NEWTON_CONVERGED)
		{
			memmove(starts + nparameters, starts,
					(size_t) nstarts * nparameters * sizeof(double));
			memcpy(starts, theta, nparameters * sizeof(double));
			nstarts++;
		}
		/* What is reported are the evaluations of all cells. */
		result->iterations = 0;
		result->evaluations = 0;
	}
	if (best.status != NEWTON_INTERRUPTED)
		ascend(&ascent, starts, nstarts, theta, &best, result);

	result->status = fit_status(&best, theta, nparameters, LIMIT);

	/* The log-likelihood without the prior, and back to the unit. */
	result->log_likelihood = best.value;
	for (int i = 0; i < nparameters; i++)
	{
		result->log_likelihood += 0.5 * o.prior_precision * theta[i] * theta[i];
		result->parameters[i] = exp(theta[i]) *
			pow(ratio, family->time_power[i]);
	}
	result->log_likelihood -= data->repeat_purchases * log(ratio);
	if (family->nconstants > 0)
	{
		result->parameters[nparameters] = o.constant;
		if (o.constant != 1 && !isfinite(options->log_gaps))
			result->log_likelihood = NAN;
	}

	if (result->status == FIT_OK)
	{
		double		negative[FAMILY_MAX_PARAMETERS * FAMILY_MAX_PARAMETERS];

		for (int i = 0; i < nparameters * nparameters; i++)
			negative[i] = -best.hessian[i];
		result->has_covariance = symmetric_inverse(negative, nparameters,
												   result->log_covariance);
	}
}
