/*
 * covariate_fit.c
 *		Maximum likelihood with covariates.
 *
 * The logarithm of parameter j of a customer with covariates z is
 *
 *		theta_j + sign * sum over k of coefficient_k z_k
 *
 * where a slot of the family acts on j, and theta_j elsewhere (Fader & Hardie
 * 2007, "Incorporating time-invariant covariates into the Pareto/NBD and BG/NBD
 * models"). The family gives the derivatives of one customer's log-likelihood
 * in the logarithms of his own parameters; the chain rule makes of them those
 * in theta and in the coefficients, exactly, and damped Newton steps go on from
 * there as in purchase_fit.c.
 *
 * Within the fit each covariate is centred and divided by its standard
 * deviation, and the mean age is 1, so that the box of the optimizer and the
 * priors mean the same whatever the units of covariates and times. The way back
 * is linear: coefficient / deviation, and log parameter - sign * coefficients
 * times centres; so is that of the covariance.
 *
 * The start is the fit without covariates, with coefficients of 0. A base of
 * many cells is climbed on a systematic sample first. In small bases the
 * likelihood of covariates on dropout can have more than one top (of 400
 * customers under MBG/NBD, one base in ten): there some more climbs, from
 * coefficients all around, look for a higher one.
 */
#include "clv/family/covariate_fit.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "clv/family/ascent.h"
#include "math/dense.h"
#include "math/newton.h"

/* As in purchase_fit.c; coefficients are those of a standard deviation. */
#define LIMIT	8.0

/* Bases of more cells than twice this are fitted on a sample first. */
#define SAMPLE_CUSTOMERS	20000

/* The caller's, the sample's, and three near the fit without covariates. */
#define MAX_STARTS	5

/*
 * A covariate of which the others explain all but this share of the variance
 * is made of them; one of which the spread is this share of its size does not
 * vary.
 */
#define COLLINEAR	1e-8
#define CONSTANT	1e-13

/* Logarithms of parameters beyond this are not to be had as numbers. */
#define LOG_RANGE	650.0

/* Customers between two looks at an interrupt, and to one partial sum. */
#define BLOCK	512

/* Up to so many cells other tops are looked for, from so many places. */
#define SMALL_BASE	1000
#define EXPLORATIONS	30

#define MAX		COVARIATE_FIT_MAX

/* A customer of the fit: time in units of the mean age. */
typedef struct Customer
{
	PurchaseHistorySummary summary;
	double		weight;
} Customer;

/* What the objective function is to know. */
typedef struct Objective
{
	const PurchaseFamily *family;
	const Customer *customers;
	const double *covariates;	/* standardized, n x m */
	size_t		n;
	int			m;
	double		prior_precision;	/* of the parameters */
	double		coefficient_precision;
	const FitOptions *options;
} Objective;

/* Derivatives of a sum of customers; of the Hessian the lower triangle. */
typedef struct Sums
{
	double		value;
	double		gradient[MAX];
	double		hessian[MAX * MAX];
} Sums;

/* The logarithms of the parameters of one customer. */
void
covariate_parameters(const PurchaseFamily *family,
					 const double *log_parameters, const double *coefficients,
					 const double *covariates, int m, double *log_individual)
{
	memcpy(log_individual, log_parameters,
		   family->nparameters * sizeof(double));
	for (int slot = 0; slot < family->nslots; slot++)
	{
		double		sum = 0.0;

		for (int k = 0; k < m; k++)
			sum += coefficients[slot * m + k] * covariates[k];
		log_individual[family->slots[slot].parameter] +=
			family->slots[slot].sign * sum;
	}
}

/*
 * Add the derivatives of one customer, by the chain rule: the coefficient k of
 * a slot moves the parameter of that slot by sign * z_k.
 */
static void
add_customer(const Objective *o, const double *z, double weight, double value,
			 const double *gradient, const double *hessian, Sums *sums)
{
	const CovariateSlot *slots = o->family->slots;
	int			p = o->family->nparameters;
	int			m = o->m;
	int			n = p + o->family->nslots * m;

	sums->value += weight * value;
	for (int i = 0; i < p; i++)
	{
		sums->gradient[i] += weight * gradient[i];
		for (int j = 0; j <= i; j++)
			sums->hessian[i * n + j] += weight * hessian[i * p + j];
	}
	for (int s = 0; s < o->family->nslots; s++)
	{
		int			of = slots[s].parameter;

		for (int k = 0; k < m; k++)
		{
			double		factor = weight * slots[s].sign * z[k];
			double	   *row = sums->hessian + (p + s * m + k) * n;

			if (factor == 0.0)
				continue;
			sums->gradient[p + s * m + k] += factor * gradient[of];
			for (int j = 0; j < p; j++)
				row[j] += factor * hessian[of * p + j];
			for (int t = 0; t <= s; t++)
			{
				double		both = factor * slots[t].sign *
					hessian[of * p + slots[t].parameter];
				double	   *at = row + p + t * m;

				for (int l = 0; l < (t < s ? m : k + 1); l++)
					at[l] += both * z[l];
			}
		}
	}
}

/* Log-likelihood and, where there are priors, their logarithm. */
static bool
objective(const double *theta, double *value, double *gradient,
		  double *hessian, void *context)
{
	const Objective *o = context;
	int			p = o->family->nparameters;
	int			n = p + o->family->nslots * o->m;
	Sums		block;
	double		lost = 0.0;

	*value = 0.0;
	memset(gradient, 0, n * sizeof(double));
	memset(hessian, 0, (size_t) n * n * sizeof(double));
	for (size_t first = 0; first < o->n; first += BLOCK)
	{
		size_t		end = first + BLOCK < o->n ? first + BLOCK : o->n;
		double		sum;

		if (first > 0 && first % (16 * BLOCK) == 0 &&
			o->options->interrupt != NULL &&
			o->options->interrupt(o->options->interrupt_context))
			return false;
		block.value = 0.0;
		memset(block.gradient, 0, n * sizeof(double));
		memset(block.hessian, 0, (size_t) n * n * sizeof(double));
		for (size_t i = first; i < end; i++)
		{
			const double *z = o->covariates + i * o->m;
			double		own[FAMILY_MAX_PARAMETERS];
			double		one;
			double		one_gradient[FAMILY_MAX_PARAMETERS];
			double		one_hessian[FAMILY_MAX_PARAMETERS * FAMILY_MAX_PARAMETERS];

			covariate_parameters(o->family, theta, theta + p, z, o->m, own);
			for (int j = 0; j < p; j++)
			{
				if (!(fabs(own[j]) < LOG_RANGE))
					return false;
			}
			if (!o->family->derivatives_one(own, &o->customers[i].summary,
											&one, one_gradient, one_hessian))
				return false;
			add_customer(o, z, o->customers[i].weight, one, one_gradient,
						 one_hessian, &block);
		}

		/* the value with what its rounding lost: steps are judged by it */
		block.value += lost;
		sum = *value + block.value;
		lost = block.value - (sum - *value);
		*value = sum;
		for (int i = 0; i < n; i++)
		{
			gradient[i] += block.gradient[i];
			for (int j = 0; j <= i; j++)
				hessian[i * n + j] += block.hessian[i * n + j];
		}
	}
	*value += lost;

	for (int i = 0; i < n; i++)
	{
		double		precision = i < p ? o->prior_precision :
			o->coefficient_precision;

		*value -= 0.5 * precision * theta[i] * theta[i];
		gradient[i] -= precision * theta[i];
		hessian[i * n + i] -= precision;
		for (int j = 0; j < i; j++)
			hessian[j * n + i] = hessian[i * n + j];
	}
	return true;
}

/* Centre and standard deviation of each covariate; false if not finite. */
static bool
find_scales(const CovariateData *data, double *centre, double *scale,
			CovariateFitResult *result)
{
	double		customers = 0.0;

	for (size_t i = 0; i < data->n; i++)
		customers += data->cells[i].customers;
	for (int k = 0; k < data->m; k++)
	{
		double		mean = 0.0;
		double		rest = 0.0;
		double		square = 0.0;
		double		largest = 0.0;

		for (size_t i = 0; i < data->n; i++)
		{
			double		z = data->covariates[i * data->m + k];

			mean += data->cells[i].customers / customers * z;
			largest = fmax(largest, fabs(z));
		}
		/* about the mean, which is put right by what is left of it */
		for (size_t i = 0; i < data->n; i++)
		{
			double		z = data->covariates[i * data->m + k] - mean;
			double		weight = data->cells[i].customers / customers;

			rest += weight * z;
			square += weight * z * z;
		}
		centre[k] = mean + rest;
		scale[k] = sqrt(fmax(0.0, square - rest * rest));
		if (!isfinite(centre[k]) || !isfinite(square))
		{
			result->problem = COVARIATE_OUT_OF_RANGE;
			result->problem_covariate = k;
			return false;
		}
		if (!(scale[k] > CONSTANT * largest) || scale[k] < DBL_MIN)
			scale[k] = 0.0;
	}
	return true;
}

/*
 * Find the first covariate that does not vary or is made of those before it:
 * Cholesky's factorization of the correlations, in which the square of each
 * pivot is the share of variance that those before leave unexplained.
 */
static bool
find_dependent(const CovariateData *data, const Customer *customers,
			   const double *standardized, const double *scale,
			   CovariateFitResult *result)
{
	int			m = data->m;
	double		l[MAX * MAX] = {0.0};
	double		total = 0.0;

	for (int k = 0; k < m; k++)
	{
		if (scale[k] == 0.0)
		{
			result->problem = COVARIATE_CONSTANT;
			result->problem_covariate = k;
			return false;
		}
	}
	for (size_t i = 0; i < data->n; i++)
	{
		const double *z = standardized + i * m;

		total += customers[i].weight;
		for (int j = 0; j < m; j++)
		{
			for (int k = 0; k <= j; k++)
				l[j * m + k] += customers[i].weight * z[j] * z[k];
		}
	}
	for (int j = 0; j < m; j++)
	{
		for (int k = 0; k <= j; k++)
		{
			double		sum = l[j * m + k] / total;

			for (int i = 0; i < k; i++)
				sum -= l[j * m + i] * l[k * m + i];
			if (k < j)
				l[j * m + k] = sum / l[k * m + k];
			else if (sum < COLLINEAR)
			{
				result->problem = COVARIATE_COLLINEAR;
				result->problem_covariate = j;
				return false;
			}
			else
				l[j * m + j] = sqrt(sum);
		}
	}
	return true;
}

/* The mean age in days; 1 if all are 0. */
static double
mean_age(const CovariateData *data)
{
	double		sum = 0.0;
	double		customers = 0.0;

	for (size_t i = 0; i < data->n; i++)
	{
		sum += data->cells[i].customers * data->cells[i].age;
		customers += data->cells[i].customers;
	}
	return sum > 0.0 ? sum / customers : 1.0;
}

/* A systematic sample: every k-th customer in the order of the cells. */
static void
draw_sample(const Objective *all, double total, const FitMemory *memory,
			Objective *sample)
{
	size_t		size = SAMPLE_CUSTOMERS;
	Customer   *customers = memory->allocate(size * sizeof(Customer),
											 memory->context);
	double	   *covariates = memory->allocate(size * all->m * sizeof(double),
											  memory->context);
	double		step = total / (double) size;
	double		before = 0.0;
	double		drawn = 0.0;

	*sample = *all;
	sample->customers = customers;
	sample->covariates = covariates;
	sample->n = 0;
	for (size_t i = 0; i < all->n && sample->n < size; i++)
	{
		double		upto;

		before += all->customers[i].weight;
		upto = floor(before / step + 0.5);
		if (upto <= drawn)
			continue;
		customers[sample->n] = all->customers[i];
		customers[sample->n].weight = upto - drawn;
		memcpy(covariates + sample->n * all->m,
			   all->covariates + i * all->m, all->m * sizeof(double));
		sample->n++;
		drawn = upto;
	}
}

/*
 * The starts to try, the one the caller asked for first; then the fit without
 * covariates, as it is and shifted, with coefficients of 0. Returns how many.
 */
static int
make_starts(const PurchaseFamily *family, const CovariateOptions *options,
			const FitResult *plain, double ratio, int n, double *starts)
{
	static const double shifts[3] = {0.0, 1.0, -1.0};
	const double *asked = options->start;
	int			p = family->nparameters;
	int			row = 0;

	if (asked != NULL)
	{
		for (int i = 0; i < n; i++)
			starts[i] = i < p ? log(asked[i]) -
				family->time_power[i] * log(ratio) : asked[i];
		row++;
	}
	for (int shift = 0; shift < 3; shift++, row++)
	{
		double	   *start = starts + row * n;

		memset(start, 0, n * sizeof(double));
		for (int i = 0; i < p; i++)
		{
			double		place = log(plain->parameters[i]) -
				family->time_power[i] * log(ratio);

			/* a fit that ended at the box starts well within */
			place = fmax(-0.75 * LIMIT, fmin(0.75 * LIMIT, place));
			start[i] = place + shifts[shift];
		}
	}
	return row;
}

/*
 * Look for a higher top than the one reached: from places around the fit
 * without covariates, each parameter and coefficient moved by up to 2 either
 * way. The moves are the same for every fit (Weyl's sequence: multiples of
 * square roots of primes), so a fit can be repeated to the last bit.
 */
static void
explore(const Ascent *ascent, const double *around, double *theta,
		NewtonResult *best, FitResult *result)
{
	static const double roots[] = {
		1.4142135623730951, 1.7320508075688772, 2.2360679774997898,
		2.6457513110645907, 3.3166247903554, 3.605551275463989,
		4.123105625617661, 4.358898943540674
	};
	const int	nroots = sizeof(roots) / sizeof(roots[0]);

	for (int i = 1; i <= EXPLORATIONS; i++)
	{
		NewtonResult reached;
		double		start[MAX];
		double		place[MAX];
		double		slack = 1e-9 * (fabs(best->value) + ascent->customers);

		for (int j = 0; j < ascent->n; j++)
		{
			double		point = i * roots[j % nroots] * (1 + j / nroots);

			start[j] = around[j] + 4.0 * (point - floor(point)) - 2.0;
		}
		memset(&reached, 0, sizeof(reached));
		ascend(ascent, start, 1, place, &reached, result);
		if (reached.status == NEWTON_INTERRUPTED)
		{
			best->status = NEWTON_INTERRUPTED;
			return;
		}
		if (reached.status == NEWTON_CONVERGED &&
			reached.value > best->value + slack)
		{
			*best = reached;
			memcpy(theta, place, ascent->n * sizeof(double));
		}
	}
}

/*
 * From the place of the optimizer back to the unit and to covariates as they
 * came. The map is linear, place to place, and so carries the covariance.
 */
static void
carry_back(const PurchaseFamily *family, int m, const double *theta,
		   const double *covariance, const double *centre, const double *scale,
		   double ratio, CovariateFitResult *result)
{
	int			p = family->nparameters;
	int			n = p + family->nslots * m;
	double		map[MAX * MAX] = {0.0};
	double		half[MAX * MAX];

	for (int i = 0; i < p; i++)
		map[i * n + i] = 1.0;
	for (int s = 0; s < family->nslots; s++)
	{
		for (int k = 0; k < m; k++)
		{
			int			at = p + s * m + k;
			double		factor = scale[k] > 0.0 ? 1.0 / scale[k] : 1.0;

			map[at * n + at] = factor;
			map[family->slots[s].parameter * n + at] =
				-family->slots[s].sign * factor * centre[k];
		}
	}
	for (int i = 0; i < n; i++)
	{
		double		sum = 0.0;

		for (int j = 0; j < n; j++)
			sum += map[i * n + j] * theta[j];
		if (i >= p)
			result->coefficients[i - p] = sum;
		else
		{
			sum += family->time_power[i] * log(ratio);
			result->fit.parameters[i] = exp(sum);
		}
	}
	if (covariance == NULL)
		return;
	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < n; j++)
		{
			half[i * n + j] = 0.0;
			for (int k = 0; k < n; k++)
				half[i * n + j] += map[i * n + k] * covariance[k * n + j];
		}
	}
	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j <= i; j++)
		{
			double		sum = 0.0;

			for (int k = 0; k < n; k++)
				sum += half[i * n + k] * map[j * n + k];
			result->covariance[i * n + j] = result->covariance[j * n + i] = sum;
		}
	}
}

/* The precision of a prior, 0 without one. */
static double
precision_of(double sd)
{
	return sd > 0.0 && isfinite(sd) ? 1.0 / (sd * sd) : 0.0;
}

/* Fit a family with covariates. */
void
covariate_fit(const PurchaseFamily *family, const CovariateData *data,
			  const CovariateOptions *options, const FitMemory *memory,
			  CovariateFitResult *result)
{
	int			p = family->nparameters;
	int			m = data->m;
	int			n = p + family->nslots * m;
	double		days = mean_age(data);
	double		ratio = days / options->fit.unit;
	double		centre[MAX];
	double		scale[MAX];
	double		total = 0.0;
	double		repeat_purchases = 0.0;
	double		theta[MAX];
	double		starts[MAX_STARTS * MAX];
	int			nstarts;
	Customer   *customers;
	double	   *standardized;
	FitResult	plain;
	NewtonResult best;
	Objective	o = {family, NULL, NULL, data->n, m,
		precision_of(options->fit.prior_sd), precision_of(options->prior_sd),
	&options->fit};
	Ascent		ascent = {objective, &o, n, LIMIT, 0.0, &options->fit};

	memset(result, 0, sizeof(*result));
	memset(&best, 0, sizeof(best));
	result->ncoefficients = n - p;
	result->fit.nparameters = p;
	if (!find_scales(data, centre, scale, result))
		return;

	customers = memory->allocate(data->n * sizeof(Customer), memory->context);
	standardized = memory->allocate(data->n * m * sizeof(double),
									memory->context);
	for (size_t i = 0; i < data->n; i++)
	{
		const CustomerCell *cell = &data->cells[i];

		customers[i].summary.frequency = cell->frequency;
		customers[i].summary.recency = cell->frequency > 0 ?
			cell->recency / days : 0.0;
		customers[i].summary.age = cell->age / days;
		customers[i].summary.log_gaps = NAN;
		customers[i].weight = cell->customers;
		total += cell->customers;
		repeat_purchases += (double) cell->customers * cell->frequency;
		for (int k = 0; k < m; k++)
			standardized[i * m + k] = scale[k] > 0.0 ?
				(data->covariates[i * m + k] - centre[k]) / scale[k] : 0.0;
	}
	o.customers = customers;
	o.covariates = standardized;
	ascent.customers = total;
	if (o.coefficient_precision == 0.0 &&
		!find_dependent(data, customers, standardized, scale, result))
		return;

	purchase_fit(family, data->cells, data->n, &options->fit, memory, &plain);
	if (plain.status == FIT_INTERRUPTED)
	{
		result->fit.status = FIT_INTERRUPTED;
		return;
	}
	nstarts = make_starts(family, options, &plain, ratio, n, starts);
	if (data->n > 2 * SAMPLE_CUSTOMERS)
	{
		Objective	sample;
		Ascent		rehearsal = ascent;

		draw_sample(&o, total, memory, &sample);
		rehearsal.context = &sample;
		rehearsal.customers = SAMPLE_CUSTOMERS;
		ascend(&rehearsal, starts, nstarts, theta, &best, &result->fit);
		if (best.status == NEWTON_CONVERGED)
		{
			memmove(starts + n, starts, (size_t) nstarts * n * sizeof(double));
			memcpy(starts, theta, n * sizeof(double));
			nstarts++;
		}
		/* What is reported are the evaluations of all customers. */
		result->fit.iterations = 0;
		result->fit.evaluations = 0;
	}
	if (best.status != NEWTON_INTERRUPTED)
		ascend(&ascent, starts, nstarts, theta, &best, &result->fit);
	if (best.status == NEWTON_CONVERGED && data->n <= SMALL_BASE &&
		options->start == NULL)
		explore(&ascent, starts, theta, &best, &result->fit);

	result->fit.status = fit_status(&best, theta, n, LIMIT);
	result->fit.log_likelihood = best.value;
	for (int i = 0; i < n; i++)
		result->fit.log_likelihood += 0.5 * theta[i] * theta[i] *
			(i < p ? o.prior_precision : o.coefficient_precision);
	result->fit.log_likelihood -= repeat_purchases * log(ratio);

	if (result->fit.status == FIT_OK)
	{
		double		negative[MAX * MAX];
		double		covariance[MAX * MAX];

		for (int i = 0; i < n * n; i++)
			negative[i] = -best.hessian[i];
		result->fit.has_covariance = symmetric_inverse(negative, n, covariance);
		carry_back(family, m, theta,
				   result->fit.has_covariance ? covariance : NULL, centre,
				   scale, ratio, result);
	}
	else
		carry_back(family, m, theta, NULL, centre, scale, ratio, result);
}
