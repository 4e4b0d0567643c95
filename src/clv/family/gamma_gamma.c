/*
 * gamma_gamma.c
 *		The gamma-gamma model of spend per purchase (Fader & Hardie 2013).
 *
 * The values of a customer's purchases are Gamma(p, rate v), and v varies over
 * customers as Gamma(q, rate gamma). For x purchases of mean m, y = x m:
 *
 *		l = ln Gamma(p x + q) - ln Gamma(p x) - ln Gamma(q)
 *			- q ln(1 + y / gamma) - p x ln(1 + gamma / y) - ln m
 *
 * which is the published likelihood with its powers of gamma and m brought
 * together: as published, terms as large as p x ln y cancel.
 *
 * The expected value of a purchase is the mean of m and of the population mean
 * p gamma / (q - 1), weighted by p x and q - 1. For q <= 1 the population has no
 * finite mean, and the formula gives the negative customer values that other
 * packages are known for: here it gives NAN, and the fit can keep q above 1.
 *
 * The fit. Money is measured in its mean. The three parameters lie on a ridge
 * (twice gamma with twice q is nearly the same), so the coordinates are ln p,
 * ln q and ln(p gamma / q); with a finite mean ln p, ln(q - 1) and
 * ln(p gamma / (q - 1)). Customers with the same number of purchases share the
 * gamma functions, so that a cell costs one logarithm and one division.
 */
#include "clv/family/gamma_gamma.h"

#include <math.h>
#include <string.h>

#include "clv/family/radix.h"
#include "clv/family/ascent.h"
#include "math/dense.h"
#include "math/gamma.h"
#include "math/newton.h"

/* Coordinates beyond +-LIMIT are at a boundary. */
#define LIMIT	8.0

/* Bases of more cells than twice this are fitted on a sample first. */
#define SAMPLE_CUSTOMERS	20000

/* Cells that are summed without a break. */
#define BLOCK	256

#define N	GAMMA_GAMMA_PARAMETERS

enum
{
	P, Q, GAMMA
};

/* Customers of one number of purchases: cells [first, end). */
typedef struct SpendGroup
{
	double		purchases;
	double		customers;
	double		log_sum;		/* of ln y over customers */
	size_t		first;
	size_t		end;
} SpendGroup;

/* Sum of values, in units of the mean value, and weight of a cell. */
typedef struct ValueCell
{
	double		value;			/* y */
	double		customers;
} ValueCell;

typedef struct SpendData
{
	double		customers;
	double		log_mean;		/* sum of ln m over customers */
	double		scale;			/* the mean value: money in one unit */
	size_t		ncells;
	ValueCell  *cells;
	size_t		ngroups;
	SpendGroup *groups;
	bool		finite_mean;
	double		prior_precision;
} SpendData;

/* Natural parameters at coordinates; shape is q, or q - 1 with a finite mean. */
static void
natural_parameters(const double *theta, bool finite_mean, double *parameters,
				   double *shape)
{
	*shape = exp(theta[Q]);
	parameters[P] = exp(theta[P]);
	parameters[Q] = finite_mean ? 1.0 + *shape : *shape;
	parameters[GAMMA] = exp(theta[GAMMA] - theta[P] + theta[Q]);
}

/*
 * Sums over the cells of a group, block by block: a plain sum over 10^6 cells
 * has a rounding error that the last Newton steps would notice.
 */
static void
sum_values(const SpendData *data, const SpendGroup *group, double gamma,
		   double *log_sum, double *inverse, double *inverse2)
{
	double		over = 1.0 / gamma;

	*log_sum = *inverse = *inverse2 = 0.0;
	for (size_t first = group->first; first < group->end; first += BLOCK)
	{
		size_t		end = group->end - first < BLOCK ? group->end : first + BLOCK;
		double		logs = 0.0;
		double		reciprocals = 0.0;
		double		squares = 0.0;

		for (size_t i = first; i < end; i++)
		{
			const ValueCell *cell = &data->cells[i];
			double		reciprocal = 1.0 / (gamma + cell->value);
			double		weighted = cell->customers * reciprocal;

			logs += cell->customers * log1p(cell->value * over);
			reciprocals += weighted;
			squares += weighted * reciprocal;
		}
		*log_sum += logs;
		*inverse += reciprocals;
		*inverse2 += squares;
	}
}

/* Log-likelihood, and its derivatives with respect to the coordinates. */
static bool
spend_log_likelihood(const double *theta, double *value, double *gradient,
					 double *hessian, void *context)
{
	const SpendData *data = context;
	double		parameters[N];
	double		g[N] = {0};
	double		h[N][N] = {{0}};
	double		chain[N][N] = {{0}};	/* d natural / d coordinate */
	double		total = -data->log_mean;
	double		shape;
	double		p;
	double		q;
	double		gamma;

	natural_parameters(theta, data->finite_mean, parameters, &shape);
	p = parameters[P];
	q = parameters[Q];
	gamma = parameters[GAMMA];
	if (!(p > 1e-100 && p < 1e100 && q > 1e-100 && q < 1e100 &&
		  gamma > 1e-100 && gamma < 1e100))
		return false;

	for (size_t i = 0; i < data->ngroups; i++)
	{
		const SpendGroup *group = &data->groups[i];
		double		n = group->customers;
		double		x = group->purchases;
		double		px = p * x;
		double		digamma_px = digamma_difference(px, q);
		double		trigamma_px = trigamma_difference(px, q);
		double		digamma_q = digamma_difference(q, px);
		double		trigamma_q = trigamma_difference(q, px);
		double		log_below;	/* ln(1 + y / gamma) */
		double		log_above;	/* ln(1 + gamma / y) */
		double		inverse;
		double		inverse2;

		sum_values(data, group, gamma, &log_below, &inverse, &inverse2);
		log_above = log_below + (n * log(gamma) - group->log_sum);

		/* ln Gamma(px + q) - ln Gamma(px) - ln Gamma(q) is -ln B(px, q) */
		total -= n * log_beta(px, q) + q * log_below + px * log_above;
		g[P] += x * (n * digamma_px - log_above);
		g[Q] += n * digamma_q - log_below;
		g[GAMMA] += n * q / gamma - (px + q) * inverse;
		h[P][P] += x * x * n * trigamma_px;
		h[P][Q] += x * n * trigamma(px + q);
		h[P][GAMMA] -= x * inverse;
		h[Q][Q] += n * trigamma_q;
		h[Q][GAMMA] += n / gamma - inverse;
		h[GAMMA][GAMMA] += (px + q) * inverse2 - n * q / (gamma * gamma);
	}
	h[Q][P] = h[P][Q];
	h[GAMMA][P] = h[P][GAMMA];
	h[GAMMA][Q] = h[Q][GAMMA];
	if (!isfinite(total))
		return false;

	/*
	 * To the coordinates. Each natural parameter is an exponential of a
	 * linear form (q up to a constant), so that its second derivatives are
	 * again products of its first ones.
	 */
	chain[P][P] = p;
	chain[Q][Q] = shape;
	chain[GAMMA][P] = -gamma;
	chain[GAMMA][Q] = gamma;
	chain[GAMMA][GAMMA] = gamma;
	*value = total;
	for (int i = 0; i < N; i++)
	{
		gradient[i] = 0.0;
		for (int k = 0; k < N; k++)
			gradient[i] += chain[k][i] * g[k];
		for (int j = 0; j < N; j++)
		{
			double		second = 0.0;

			for (int k = 0; k < N; k++)
			{
				double		size = k == P ? p : (k == Q ? shape : gamma);

				second += g[k] * chain[k][i] * chain[k][j] / size;
				for (int l = 0; l < N; l++)
					second += chain[k][i] * h[k][l] * chain[l][j];
			}
			hessian[i * N + j] = second;
		}
	}

	/* The prior is on ln p, ln q (or ln(q - 1)) and ln gamma. */
	if (data->prior_precision > 0.0)
	{
		double		t = data->prior_precision;
		double		log_gamma_parameter = theta[GAMMA] - theta[P] + theta[Q];

		*value -= 0.5 * t * (theta[P] * theta[P] + theta[Q] * theta[Q] +
							 log_gamma_parameter * log_gamma_parameter);
		for (int i = 0; i < N; i++)
		{
			static const double form[N] = {-1.0, 1.0, 1.0};

			gradient[i] -= t * form[i] * log_gamma_parameter;
			for (int j = 0; j < N; j++)
				hessian[i * N + j] -= t * form[i] * form[j];
			if (i != GAMMA)
			{
				gradient[i] -= t * theta[i];
				hessian[i * N + i] -= t;
			}
		}
	}
	for (int i = 0; i < N; i++)
	{
		if (!isfinite(gradient[i]))
			return false;
		for (int j = 0; j < N; j++)
		{
			if (!isfinite(hessian[i * N + j]))
				return false;
		}
	}
	return true;
}

/* Groups of equal purchases, from cells in order. */
static void
make_spend_groups(SpendData *data, const double *purchases,
				  const FitMemory *memory)
{
	size_t		ngroups = 0;

	for (size_t i = 0; i < data->ncells; i++)
		ngroups += i == 0 || purchases[i] != purchases[i - 1];
	data->groups = memory->allocate(ngroups * sizeof(SpendGroup),
									memory->context);
	data->ngroups = 0;
	data->customers = 0.0;
	data->log_mean = 0.0;
	for (size_t i = 0; i < data->ncells;)
	{
		SpendGroup *group = &data->groups[data->ngroups++];

		group->purchases = purchases[i];
		group->first = i;
		group->customers = 0.0;
		group->log_sum = 0.0;
		for (; i < data->ncells && purchases[i] == group->purchases; i++)
		{
			group->customers += data->cells[i].customers;
			group->log_sum += data->cells[i].customers * log(data->cells[i].value);
		}
		group->end = i;
		data->customers += group->customers;
		data->log_mean += group->log_sum -
			group->customers * log(group->purchases);
	}
}

/*
 * Cells in an order of their own (purchases, mean), equal ones merged: sums do
 * not depend on the order of what comes in.
 */
static void
prepare_spend(const SpendCell *cells, size_t n, SpendData *data,
			  const FitMemory *memory)
{
	double	   *keys = memory->allocate(n * sizeof(double), memory->context);
	double	   *purchases = memory->allocate(n * sizeof(double), memory->context);
	uint32_t   *order = memory->allocate(2 * n * sizeof(uint32_t),
										 memory->context);
	double		sum = 0.0;
	double		customers = 0.0;

	for (size_t i = 0; i < n; i++)
	{
		order[i] = (uint32_t) i;
		keys[i] = cells[i].mean;
	}
	radix_order(keys, n, order, order + n);
	for (size_t i = 0; i < n; i++)
		keys[i] = cells[i].purchases;
	radix_order(keys, n, order, order + n);

	data->cells = memory->allocate(n * sizeof(ValueCell), memory->context);
	data->ncells = 0;
	for (size_t i = 0; i < n; i++)
	{
		const SpendCell *cell = &cells[order[i]];

		if (data->ncells > 0 &&
			purchases[data->ncells - 1] == cell->purchases &&
			data->cells[data->ncells - 1].value == cell->mean)
		{
			data->cells[data->ncells - 1].customers += cell->customers;
			continue;
		}
		purchases[data->ncells] = cell->purchases;
		data->cells[data->ncells].value = cell->mean;
		data->cells[data->ncells++].customers = cell->customers;
	}

	/* Money in units of the mean, and the mean times purchases. */
	for (size_t i = 0; i < data->ncells; i++)
	{
		sum += data->cells[i].value * data->cells[i].customers;
		customers += data->cells[i].customers;
	}
	data->scale = sum / customers;
	if (!(data->scale > 0.0 && isfinite(data->scale)))
		data->scale = 1.0;
	for (size_t i = 0; i < data->ncells; i++)
		data->cells[i].value = data->cells[i].value / data->scale * purchases[i];
	make_spend_groups(data, purchases, memory);
}

/* About that many customers, every k-th of all in their order. */
static void
sample_spend(const SpendData *data, size_t customers, SpendData *sample,
			 const FitMemory *memory)
{
	double	   *purchases = memory->allocate(customers * sizeof(double),
											 memory->context);
	double		step = data->customers / (double) customers;
	double		before = 0.0;
	double		drawn = 0.0;

	*sample = *data;
	sample->cells = memory->allocate(customers * sizeof(ValueCell),
									 memory->context);
	sample->ncells = 0;
	for (size_t g = 0; g < data->ngroups; g++)
	{
		for (size_t i = data->groups[g].first; i < data->groups[g].end; i++)
		{
			double		upto;

			before += data->cells[i].customers;
			upto = floor(before / step + 0.5);
			if (upto > drawn && sample->ncells < customers)
			{
				purchases[sample->ncells] = data->groups[g].purchases;
				sample->cells[sample->ncells] = data->cells[i];
				sample->cells[sample->ncells++].customers = upto - drawn;
				drawn = upto;
			}
		}
	}
	make_spend_groups(sample, purchases, memory);
}

/* The starts to try, the one the caller asked for first; returns how many. */
static int
make_spend_starts(const SpendData *data, const double *start, double starts[][N])
{
	/* coordinates: shape of purchases, of customers, population mean 1 */
	static const double own[3][N] = {{0.7, 1.0, 0.0}, {0.0, 0.0, 0.0}, {3.0, 3.0, 0.0}};
	int			n = 0;

	if (start != NULL)
	{
		double		shape = start[Q] - (data->finite_mean ? 1.0 : 0.0);

		starts[n][P] = log(start[P]);
		starts[n][Q] = shape > 0.0 ? log(shape) : own[0][Q];
		starts[n][GAMMA] = log(start[GAMMA] / data->scale) +
			starts[n][P] - starts[n][Q];
		for (int i = 0; i < N; i++)
		{
			if (!(fabs(starts[n][i]) <= LIMIT))
				starts[n][i] = starts[n][i] > 0.0 ? LIMIT : -LIMIT;
		}
		n++;
	}
	for (int i = 0; i < 3; i++)
		memcpy(starts[n++], own[i], sizeof(own[i]));
	return n;
}

/*
 * Covariance of ln p, ln q, ln gamma from that of the coordinates, of which
 * they are linear forms, but for ln q with a finite mean.
 */
static void
natural_covariance(const double *covariance, double q_slope, double *result)
{
	double		forms[N][N] = {{1.0, 0.0, 0.0}, {0.0, 0.0, 0.0}, {-1.0, 1.0, 1.0}};

	forms[Q][Q] = q_slope;
	for (int i = 0; i < N; i++)
	{
		for (int j = 0; j < N; j++)
		{
			double		sum = 0.0;

			for (int k = 0; k < N; k++)
			{
				for (int l = 0; l < N; l++)
					sum += forms[i][k] * covariance[k * N + l] * forms[j][l];
			}
			result[i * N + j] = sum;
		}
	}
}

/* Fit to cells. */
void
gamma_gamma_fit(const SpendCell *cells, size_t n, bool finite_mean,
				const FitOptions *options, const FitMemory *memory,
				FitResult *result)
{
	SpendData	data = {0};
	double		starts[5][N];
	double		theta[N];
	double		shape;
	int			nstarts;
	NewtonResult best;
	Ascent		ascent = {spend_log_likelihood, &data, N, LIMIT, 0.0, options};

	memset(result, 0, sizeof(FitResult));
	memset(&best, 0, sizeof(best));
	result->nparameters = N;
	prepare_spend(cells, n, &data, memory);
	data.finite_mean = finite_mean;
	ascent.customers = data.customers;
	if (options->prior_sd > 0.0 && isfinite(options->prior_sd))
		data.prior_precision = 1.0 / (options->prior_sd * options->prior_sd);

	nstarts = make_spend_starts(&data, options->start, starts);
	if (data.ncells > 2 * SAMPLE_CUSTOMERS)
	{
		SpendData	sample;
		Ascent		rehearsal = ascent;

		sample_spend(&data, SAMPLE_CUSTOMERS, &sample, memory);
		rehearsal.context = &sample;
		rehearsal.customers = sample.customers;
		ascend(&rehearsal, starts[0], nstarts, theta, &best, result);
		if (best.status == NEWTON_CONVERGED)
		{
			memmove(starts[1], starts[0], nstarts * sizeof(starts[0]));
			memcpy(starts[0], theta, sizeof(theta));
			nstarts++;
		}
		/* What is reported are the evaluations of all cells. */
		result->iterations = 0;
		result->evaluations = 0;
	}
	if (best.status != NEWTON_INTERRUPTED)
		ascend(&ascent, starts[0], nstarts, theta, &best, result);

	result->status = fit_status(&best, theta, N, LIMIT);

	natural_parameters(theta, finite_mean, result->parameters, &shape);
	result->log_likelihood = best.value - data.customers * log(data.scale);
	if (data.prior_precision > 0.0)
	{
		double		log_gamma_parameter = theta[GAMMA] - theta[P] + theta[Q];

		result->log_likelihood += 0.5 * data.prior_precision *
			(theta[P] * theta[P] + theta[Q] * theta[Q] +
			 log_gamma_parameter * log_gamma_parameter);
	}
	if (result->status == FIT_OK)
	{
		double		negative[N * N];
		double		covariance[N * N];

		for (int i = 0; i < N * N; i++)
			negative[i] = -best.hessian[i];
		result->has_covariance = symmetric_inverse(negative, N, covariance);
		if (result->has_covariance)
			natural_covariance(covariance, shape / result->parameters[Q],
							   result->log_covariance);
	}
	result->parameters[GAMMA] *= data.scale;
}

/* Log-likelihood of one customer. */
double
gamma_gamma_log_likelihood(const double *parameters, double purchases,
						   double mean)
{
	double		px = parameters[P] * purchases;
	double		q = parameters[Q];
	double		y = purchases * mean;

	return -log_beta(px, q) - q * log1p(y / parameters[GAMMA]) -
		px * log1p(parameters[GAMMA] / y) - log(mean);
}

/* Expected mean value of a purchase. */
double
gamma_gamma_expected_spend(const double *parameters, double purchases,
						   double mean)
{
	double		p = parameters[P];
	double		q = parameters[Q];
	double		px = p * purchases;
	double		y = purchases > 0.0 ? purchases * mean : 0.0;

	if (!(px + (q - 1.0) > 0.0))
		return NAN;
	return p * (parameters[GAMMA] + y) / (px + (q - 1.0));
}
