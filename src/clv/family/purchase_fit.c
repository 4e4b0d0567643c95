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
 *
 * The constant of a family, if it is not given, is the one of the greatest
 * likelihood (with the prior, if there is one). A small base is fitted with
 * each; the greatest of these maxima is the answer. For a large base that is
 * done with the sample, and with all cells only from that constant on, in steps
 * of one, as long as the likelihood rises: the answer is greater than its two
 * neighbours, and the greatest if the likelihood has one peak over the
 * constants.
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

/* Constants are at most this (constant_max of a family). */
#define MAX_CONSTANT	12

/* What the objective function is to know. */
typedef struct Objective
{
	const PurchaseFamily *family;
	const FamilyData *data;
	double		prior_precision;	/* 1 / prior_sd^2, or 0 */
	int			constant;
} Objective;

/*
 * The limit of the logarithms. Parameters of a discrete family may be as large as
 * there are opportunities.
 */
static double
limit_of(const FamilyData *data)
{
	return LIMIT + log(fmax(data->mean_opportunities, 1.0));
}

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

/*
 * The starts to try, the one the caller asked for first; returns how many. A
 * place reached with another constant comes before the family's own start: as
 * many times as there are more of them in a unit of time, times are shorter.
 */
static int
make_starts(const Objective *o, const FitOptions *options,
			const double *neighbour, int neighbour_constant, double *starts)
{
	/* Shifts of the family's own start: spread of rates, and dropout. */
	static const double shifts[3] = {0.0, 1.0, -1.0};
	const PurchaseFamily *family = o->family;
	double		own[FAMILY_MAX_PARAMETERS];
	int			nparameters = family->nparameters;
	double		limit = limit_of(o->data);
	int			n = 0;

	if (family->nconstants > 0)
		own[nparameters] = o->constant;
	family->start(o->data, own);
	if (neighbour != NULL)
	{
		double		ratio = family->nconstants > 0 ?
			log((double) neighbour_constant / o->constant) : 0.0;

		for (int i = 0; i < nparameters; i++)
			starts[i] = neighbour[i] + family->time_power[i] * ratio;
		n++;
	}
	else if (options->start != NULL)
	{
		for (int i = 0; i < nparameters; i++)
		{
			double		value = options->start[i] *
				pow(options->unit / o->data->days, family->time_power[i]);

			starts[i] = value > 0.0 ? log(value) : own[i];
		}
		n++;
	}
	for (int i = 0; i < n * nparameters; i++)
	{
		if (!(starts[i] > -limit))
			starts[i] = -limit;
		if (starts[i] > limit)
			starts[i] = limit;
	}
	for (int shift = 0; shift < 3; shift++, n++)
	{
		for (int i = 0; i < nparameters; i++)
			starts[n * nparameters + i] = own[i] + shifts[shift];
	}
	return n;
}

/* One fit: of a constant, if there is one, to data. */
typedef struct Attempt
{
	bool		made;
	double		theta[FAMILY_MAX_PARAMETERS];
	NewtonResult reached;
} Attempt;

/* Make it. What it took is added to the result. */
static void
make_attempt(const Objective *o, const FitOptions *options,
			 const Attempt *neighbour, int neighbour_constant,
			 Attempt *attempt, FitResult *result)
{
	Objective	same = *o;
	Ascent		ascent = {objective, &same, same.family->nparameters, limit_of(same.data),
	same.data->customers, options};
	double		starts[MAX_STARTS * FAMILY_MAX_PARAMETERS];
	int			nstarts;

	memset(attempt, 0, sizeof(*attempt));
	nstarts = make_starts(o, options,
						  neighbour != NULL ? neighbour->theta : NULL,
						  neighbour_constant, starts);
	ascend(&ascent, starts, nstarts, attempt->theta, &attempt->reached, result);
	attempt->made = true;
}

/*
 * Make that of a constant, unless it is made, from one of another, if any;
 * returns the value that was reached.
 */
static double
value_of_constant(Objective *o, int constant, const FitOptions *options,
				  Attempt *attempts, int neighbour, FitResult *result)
{
	o->constant = constant;
	if (!attempts[constant].made)
		make_attempt(o, options, neighbour > 0 ? &attempts[neighbour] : NULL,
					 neighbour, &attempts[constant], result);
	return attempts[constant].reached.value;
}

/* Was there an interrupt? */
static bool
is_interrupted(const Attempt *attempts, int n)
{
	for (int i = 1; i <= n; i++)
	{
		if (attempts[i].made && attempts[i].reached.status == NEWTON_INTERRUPTED)
			return true;
	}
	return false;
}

/* Choose the constant by fits to all of the data, with every constant. */
static int
choose_among_all(Objective *o, const FitOptions *options, Attempt *attempts,
				 FitResult *result)
{
	int			most = o->family->constant_max;
	int			best = 1;

	for (int i = 1; i <= most; i++)
	{
		double		value = value_of_constant(o, i, options, attempts, i - 1,
											  result);

		if (is_interrupted(attempts, most))
			return i;
		if (value > attempts[best].reached.value)
			best = i;
	}
	return best;
}

/* The same by climbing from one of them, attempts[start] being made. */
static int
choose_by_climbing(Objective *o, int start, const FitOptions *options,
				   Attempt *attempts, FitResult *result)
{
	int			most = o->family->constant_max;
	int			best = start;
	int			last;

	do
	{
		last = best;
		for (int step = -1; step <= 1; step += 2)
		{
			int			next = last + step;

			if (next < 1 || next > most)
				continue;
			if (value_of_constant(o, next, options, attempts, last, result) >
				attempts[best].reached.value)
				best = next;
			if (is_interrupted(attempts, most))
				return next;
		}
	} while (best != last);
	return best;
}

/*
 * Fit all of the data, a sample first if they are many: the constant that is
 * given or, if none is, the one that was chosen.
 */
static void
make_attempts(Objective *o, const FitOptions *options, const FitMemory *memory,
			  Attempt *attempt, FitResult *result)
{
	const FamilyData *data = o->data;
	bool		choose = o->family->nconstants > 0 && options->constant == 0;
	int			most = choose ? o->family->constant_max : 1;
	Attempt    *attempts = memory->allocate(2 * (MAX_CONSTANT + 1) * sizeof(Attempt),
											memory->context);
	Attempt    *rehearsals = attempts + MAX_CONSTANT + 1;
	int			best = 1;

	memset(attempts, 0, 2 * (MAX_CONSTANT + 1) * sizeof(Attempt));
	o->constant = choose ? 1 : options->constant;
	if (data->ncells > 2 * SAMPLE_CUSTOMERS)
	{
		FamilyData *sample = family_data_sample(data, SAMPLE_CUSTOMERS, memory);

		/* the sum of gaps is known of all: as much of it as of purchases */
		if (data->repeat_purchases > 0.0)
			sample->log_gaps = data->log_gaps *
				(sample->repeat_purchases / data->repeat_purchases);
		o->data = sample;
		if (choose)
			best = choose_among_all(o, options, rehearsals, result);
		else
			make_attempt(o, options, NULL, 0, &rehearsals[best], result);
		o->data = data;

		/* What is reported are the evaluations of all cells. */
		result->iterations = 0;
		result->evaluations = 0;
	}

	if (is_interrupted(rehearsals, most))
		*attempt = rehearsals[best];
	else if (choose)
	{
		if (rehearsals[best].made)
		{
			o->constant = best;
			make_attempt(o, options,
						 rehearsals[best].reached.status == NEWTON_CONVERGED ?
						 &rehearsals[best] : NULL, best, &attempts[best], result);
			if (!is_interrupted(attempts, most))
				best = choose_by_climbing(o, best, options, attempts, result);
		}
		else
			best = choose_among_all(o, options, attempts, result);
		o->constant = best;
		*attempt = attempts[best];
	}
	else
		make_attempt(o, options,
					 rehearsals[best].made &&
					 rehearsals[best].reached.status == NEWTON_CONVERGED ?
					 &rehearsals[best] : NULL, o->constant, attempt, result);
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
	Objective	o = {family, data, 0.0, 0};
	double		ratio = data->days / options->unit;
	Attempt		best;

	memset(result, 0, sizeof(FitResult));
	result->nparameters = nparameters;
	if (options->prior_sd > 0.0 && isfinite(options->prior_sd))
		o.prior_precision = 1.0 / (options->prior_sd * options->prior_sd);
	if (isfinite(options->log_gaps))
		data->log_gaps = options->log_gaps -
			data->repeat_purchases * log(data->days);

	make_attempts(&o, options, memory, &best, result);
	result->status = fit_status(&best.reached, best.theta, nparameters,
								limit_of(data));

	/* The log-likelihood without the prior, and back to the unit. */
	result->log_likelihood = best.reached.value;
	for (int i = 0; i < nparameters; i++)
	{
		result->log_likelihood += 0.5 * o.prior_precision * best.theta[i] * best.theta[i];
		result->parameters[i] = exp(best.theta[i]) *
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
			negative[i] = -best.reached.hessian[i];
		result->has_covariance = symmetric_inverse(negative, nparameters,
												   result->log_covariance);
	}
}
