/*
 * shifted_beta_geometric_fit.c
 *		Maximum likelihood for the sBG and BdW models.
 *
 * At its t-th renewal a cohort of R_t customers loses n_t. With
 *
 *		D_t = ln S(t-1) - ln S(t)
 *
 * the likelihood of counts, right-censored ones included, is that of a row of
 * binomials,
 *
 *		LL = sum_t n_t ln(1 - exp(-D_t)) - (R_t - n_t) D_t,
 *
 * and customers of one tenure, or a million, cost the same. Periods in which
 * nobody left and nobody was last seen go together: D over all of them is one
 * difference. For the sBG model D_t is ln(1 + alpha/(beta + t - 1)) and there is
 * no gamma function at all.
 *
 * Derivatives. With x = beta + t^c, D is F(x_2) - F(x_1), F(x) = ln Gamma(x +
 * alpha) - ln Gamma(x), so F' = psi(x + alpha) - psi(x) and so on by the accurate
 * differences of gamma.h.
 *
 * Coordinates: ln alpha, ln(beta / tau^c), ln(c) / 0.4, where tau is the mean
 * tenure. beta is to t^c what a scale is to a time, and its logarithm would
 * slide along with every change of c. The box of +-LIMIT then is alpha from
 * 3e-4 to 3e3, beta the same beside a typical tenure, and c from 1/25 to 25.
 *
 * What is not identified is common here: nobody left (alpha to 0), all did at
 * once (beta to 0), equal customers (alpha and beta to infinity), a single
 * renewal observed (one equation, two parameters). All of these are FIT_BOUNDARY.
 */
#include "clv/family/shifted_beta_geometric.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "clv/family/ascent.h"
#include "math/beta_ratio.h"
#include "math/dense.h"
#include "math/gamma.h"

/* Coordinates beyond +-LIMIT are at a boundary. */
#define LIMIT	8.0

/* ln c is this times its coordinate. */
#define C_SCALE	0.4

#define MAX_N	RENEWAL_MAX_PARAMETERS

enum
{
	ALPHA, BETA, C
};

/* Renewals from + 1 .. to: how many customers left, how many renewed. */
typedef struct Stretch
{
	double		from;
	double		to;
	double		churned;		/* 0 if there are several renewals */
	double		renewed;
} Stretch;

typedef struct RenewalData
{
	int			n;				/* parameters */
	size_t		nstretches;
	const Stretch *stretches;
	double		log_tau;
	double		prior_precision;
	double		limit;			/* of the coordinates */
} RenewalData;

/* The fall of ln S over a stretch, with derivatives by the parameters. */
typedef struct Fall
{
	double		value;
	double		first[MAX_N];
	double		second[MAX_N][MAX_N];	/* upper triangle */
} Fall;

/* D over one renewal, c = 1 */
static void
geometric_fall(double alpha, double beta, double from, Fall *fall)
{
	double		x = beta + from;
	double		u = 1.0 / x;
	double		v = 1.0 / (x + alpha);

	fall->value = log1p(alpha * u);
	fall->first[ALPHA] = v;
	fall->first[BETA] = -alpha * u * v;
	fall->second[ALPHA][ALPHA] = -v * v;
	fall->second[ALPHA][BETA] = -v * v;
	fall->second[BETA][BETA] = alpha * u * v * (u + v);
}

/* D over any stretch, any c */
static void
weibull_fall(double alpha, double beta, double c, const Stretch *stretch,
			 Fall *fall)
{
	/* u = t^c and its derivatives by c, at both ends */
	double		u1 = 0.0;
	double		u2 = pow(stretch->to, c);
	double		log2 = log(stretch->to);
	double		d;
	double		first1 = 0.0;
	double		first2 = u2 * log2;
	double		second1 = 0.0;
	double		second2 = first2 * log2;
	double		x1;
	double		x2;
	double		slope1;			/* F' and F'' */
	double		slope2;
	double		bend1;
	double		bend2;

	if (stretch->from > 0.0)
	{
		double		log1 = log(stretch->from);

		u1 = pow(stretch->from, c);
		first1 = u1 * log1;
		second1 = first1 * log1;
		d = u1 * expm1(c * log1p((stretch->to - stretch->from) / stretch->from));
	}
	else
		d = u2;
	x1 = beta + u1;
	x2 = beta + u2;
	slope1 = digamma_difference(x1, alpha);
	slope2 = digamma_difference(x2, alpha);
	bend1 = trigamma_difference(x1, alpha);
	bend2 = trigamma_difference(x2, alpha);

	fall->value = log_beta_ratio(alpha, x1, d);
	fall->first[ALPHA] = digamma_difference(x1 + alpha, d);
	fall->first[BETA] = slope2 - slope1;
	fall->first[C] = slope2 * first2 - slope1 * first1;
	fall->second[ALPHA][ALPHA] = trigamma_difference(x1 + alpha, d);
	fall->second[ALPHA][BETA] = fall->second[ALPHA][ALPHA];
	fall->second[ALPHA][C] = trigamma(x2 + alpha) * first2 -
		trigamma(x1 + alpha) * first1;
	fall->second[BETA][BETA] = bend2 - bend1;
	fall->second[BETA][C] = bend2 * first2 - bend1 * first1;
	fall->second[C][C] = bend2 * first2 * first2 + slope2 * second2 -
		bend1 * first1 * first1 - slope1 * second1;
}

/* ln(1 - exp(-d)), d > 0 */
static double
log_one_minus_exp(double d)
{
	return d < 0.7 ? log(-expm1(-d)) : log1p(-exp(-d));
}

/*
 * From derivatives by the parameters to those by the logarithms: each is the
 * exponential of its own.
 */
static void
to_logarithms(const double *parameters, int n, double *gradient,
			  double hessian[MAX_N][MAX_N])
{
	for (int i = 0; i < n; i++)
	{
		for (int j = i; j < n; j++)
			hessian[i][j] *= parameters[i] * parameters[j];
		gradient[i] *= parameters[i];
		hessian[i][i] += gradient[i];
	}
	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < i; j++)
			hessian[i][j] = hessian[j][i];
	}
}

/*
 * Log-likelihood and, with a prior, its logarithm; the derivatives are by the
 * logarithms of the parameters.
 */
static bool
log_likelihood(const RenewalData *data, const double *log_parameters,
			   double *value, double *gradient, double hessian[MAX_N][MAX_N])
{
	int			n = data->n;
	double		parameters[MAX_N];
	double		c = 1.0;

	for (int i = 0; i < n; i++)
		parameters[i] = exp(log_parameters[i]);
	if (n > C)
		c = parameters[C];
	*value = 0.0;
	memset(gradient, 0, MAX_N * sizeof(double));
	memset(hessian, 0, MAX_N * sizeof(hessian[0]));

	for (size_t k = 0; k < data->nstretches; k++)
	{
		const Stretch *stretch = &data->stretches[k];
		Fall		fall;
		double		slope = -stretch->renewed;	/* of the term by D */
		double		bend = 0.0;

		if (n <= C && stretch->to - stretch->from == 1.0)
			geometric_fall(parameters[ALPHA], parameters[BETA], stretch->from,
						   &fall);
		else
			weibull_fall(parameters[ALPHA], parameters[BETA], c, stretch,
						 &fall);
		if (!(fall.value > 0.0))
			return false;
		*value -= stretch->renewed * fall.value;
		if (stretch->churned > 0.0)
		{
			double		odds = 1.0 / expm1(fall.value);

			*value += stretch->churned * log_one_minus_exp(fall.value);
			slope += stretch->churned * odds;
			bend -= stretch->churned * odds * (1.0 + odds);
		}
		for (int i = 0; i < n; i++)
		{
			gradient[i] += slope * fall.first[i];
			for (int j = i; j < n; j++)
				hessian[i][j] += slope * fall.second[i][j] +
					bend * fall.first[i] * fall.first[j];
		}
	}
	to_logarithms(parameters, n, gradient, hessian);

	for (int i = 0; i < n && data->prior_precision > 0.0; i++)
	{
		*value -= 0.5 * data->prior_precision * log_parameters[i] *
			log_parameters[i];
		gradient[i] -= data->prior_precision * log_parameters[i];
		hessian[i][i] -= data->prior_precision;
	}
	return isfinite(*value);
}

/* Logarithms of the parameters at coordinates. */
static void
from_coordinates(const RenewalData *data, const double *theta,
				 double *log_parameters)
{
	double		c = 1.0;

	log_parameters[ALPHA] = theta[ALPHA];
	if (data->n > C)
	{
		log_parameters[C] = C_SCALE * theta[C];
		c = exp(log_parameters[C]);
	}
	log_parameters[BETA] = theta[BETA] + c * data->log_tau;
}

/* Coordinates of a start, within the box. */
static void
to_coordinates(const RenewalData *data, const double *log_parameters,
			   double *theta)
{
	theta[ALPHA] = log_parameters[ALPHA];
	theta[BETA] = log_parameters[BETA] -
		(data->n > C ? exp(log_parameters[C]) : 1.0) * data->log_tau;
	if (data->n > C)
		theta[C] = log_parameters[C] / C_SCALE;
	for (int i = 0; i < data->n; i++)
		theta[i] = fmax(-data->limit, fmin(data->limit, theta[i]));
}

/* What is maximized, over the coordinates. */
static bool
objective(const double *theta, double *value, double *gradient,
		  double *hessian, void *context)
{
	const RenewalData *data = context;
	int			n = data->n;
	double		log_parameters[MAX_N];
	double		g[MAX_N];
	double		h[MAX_N][MAX_N];
	double		chain[MAX_N][MAX_N] = {{0}};	/* d ln p / d theta */

	from_coordinates(data, theta, log_parameters);
	if (!log_likelihood(data, log_parameters, value, g, h))
		return false;
	chain[ALPHA][ALPHA] = 1.0;
	chain[BETA][BETA] = 1.0;
	if (n > C)
	{
		chain[C][C] = C_SCALE;
		chain[BETA][C] = C_SCALE * exp(log_parameters[C]) * data->log_tau;
	}
	for (int i = 0; i < n; i++)
	{
		gradient[i] = 0.0;
		for (int k = 0; k < n; k++)
			gradient[i] += chain[k][i] * g[k];
		for (int j = 0; j < n; j++)
		{
			double		sum = 0.0;

			for (int k = 0; k < n; k++)
			{
				for (int l = 0; l < n; l++)
					sum += chain[k][i] * h[k][l] * chain[l][j];
			}
			hessian[i * n + j] = sum;
		}
	}
	/* ln beta is not linear in the coordinate of c */
	if (n > C)
		hessian[C * n + C] += g[BETA] * C_SCALE * chain[BETA][C];
	for (int i = 0; i < n; i++)
	{
		if (!isfinite(gradient[i]))
			return false;
		for (int j = 0; j < n; j++)
		{
			if (!isfinite(hessian[i * n + j]))
				return false;
		}
	}
	return true;
}

/*
 * Stretches from counts, first renewal first. Returns how many customers came
 * to a renewal; sets the logarithm of their mean number of renewals to decide.
 */
static double
make_stretches(const RenewalCount *counts, size_t n, RenewalData *data,
			   const FitMemory *memory)
{
	Stretch    *stretches = memory->allocate(n * sizeof(Stretch),
											 memory->context);
	double	   *at_risk = memory->allocate((n + 1) * sizeof(double),
										   memory->context);
	double		decisions = 0.0;

	/* at the t-th renewal: who left then or was there after it */
	at_risk[n] = 0.0;
	for (size_t t = n - 1; t >= 1; t--)
	{
		at_risk[t] = at_risk[t + 1] + (double) counts[t].churned +
			(double) counts[t].active;
		decisions += at_risk[t];
	}
	data->nstretches = 0;
	for (size_t t = 1; t < n; t++)
	{
		Stretch    *last = data->nstretches > 0 ?
			&stretches[data->nstretches - 1] : NULL;
		double		churned = (double) counts[t].churned;

		if (last != NULL && churned == 0.0 && last->churned == 0.0 &&
			last->renewed == at_risk[t])
		{
			last->to = (double) t;
			continue;
		}
		last = &stretches[data->nstretches++];
		last->from = (double) (t - 1);
		last->to = (double) t;
		last->churned = churned;
		last->renewed = at_risk[t] - churned;
	}
	data->stretches = stretches;
	data->log_tau = log(decisions / at_risk[1]);
	return at_risk[1];
}

/* The starts to try, the one the caller asked for first; returns how many. */
static int
make_starts(const RenewalData *data, const FitOptions *options,
			double starts[][MAX_N])
{
	/* alpha and c; beta so that the mean share that leaves is as observed */
	static const double own[4][2] = {{1.0, 1.0}, {0.3, 1.5}, {3.0, 0.8}, {1.0, 3.0}};
	double		churned = 0.5;
	double		renewed = 0.5;
	int			n = 0;
	double		log_parameters[MAX_N];

	if (options->start != NULL)
	{
		for (int i = 0; i < data->n; i++)
			log_parameters[i] = log(options->start[i]);
		to_coordinates(data, log_parameters, starts[n++]);
	}
	for (size_t k = 0; k < data->nstretches; k++)
	{
		const Stretch *stretch = &data->stretches[k];

		churned += stretch->churned;
		renewed += stretch->renewed * (stretch->to - stretch->from);
	}
	for (int i = 0; i < 4; i++)
	{
		log_parameters[ALPHA] = log(own[i][0]);
		log_parameters[C] = log(own[i][1]);
		log_parameters[BETA] = log(own[i][0] * renewed / churned) +
			(data->n > C ? own[i][1] - 1.0 : 0.0) * data->log_tau;
		to_coordinates(data, log_parameters, starts[n++]);
	}
	return n;
}

/* Fit to counts. */
void
renewal_fit(const RenewalCount *counts, size_t n, int nparameters,
			const FitOptions *options, const FitMemory *memory,
			FitResult *result)
{
	RenewalData data = {.n = nparameters};
	double		starts[5][MAX_N];
	double		theta[MAX_N] = {0};
	double		log_parameters[MAX_N];
	int			nstarts;
	NewtonResult best = {.status = NEWTON_NOT_FINITE};
	Ascent		ascent = {objective, &data, nparameters, 0.0, 0.0, options};

	memset(result, 0, sizeof(FitResult));
	result->nparameters = nparameters;
	ascent.customers = make_stretches(counts, n, &data, memory);
	data.limit = LIMIT;
	if (options->prior_sd > 0.0 && isfinite(options->prior_sd))
	{
		/* with a prior there always is a top, if a distant one */
		data.prior_precision = 1.0 / (options->prior_sd * options->prior_sd);
		data.limit = 4.0 * LIMIT;
	}
	ascent.limit = data.limit;

	/*
	 * The likelihood of BdW can have several tops (a c below 1 and equal
	 * customers, or one above 1 and different ones), and an evaluation costs
	 * next to nothing: climb from every start and keep the highest.
	 */
	nstarts = make_starts(&data, options, starts);
	for (int i = 0; i < nstarts && best.status != NEWTON_INTERRUPTED; i++)
	{
		NewtonResult reached;
		double		place[MAX_N];
		double		slack;

		ascend(&ascent, starts[i], 1, place, &reached, result);
		slack = 1e-9 * (fabs(best.value) + ascent.customers);
		if (best.status == NEWTON_NOT_FINITE ||
			reached.status == NEWTON_INTERRUPTED ||
			(reached.status != NEWTON_NOT_FINITE &&
			 reached.value > best.value +
			 (reached.status == NEWTON_CONVERGED && best.status != NEWTON_CONVERGED ? -slack : slack)))
		{
			best = reached;
			memcpy(theta, place, sizeof(theta));
		}
		if (nparameters <= C && best.status == NEWTON_CONVERGED)
			break;
	}

	result->status = fit_status(&best, theta, nparameters, data.limit);
	from_coordinates(&data, theta, log_parameters);
	result->log_likelihood = best.value;
	for (int i = 0; i < nparameters; i++)
	{
		result->parameters[i] = exp(log_parameters[i]);
		result->log_likelihood += 0.5 * data.prior_precision *
			log_parameters[i] * log_parameters[i];
	}
	if (result->status == FIT_OK)
	{
		double		value;
		double		g[MAX_N];
		double		h[MAX_N][MAX_N];
		double		negative[MAX_N * MAX_N];

		if (!log_likelihood(&data, log_parameters, &value, g, h))
			return;
		for (int i = 0; i < nparameters * nparameters; i++)
			negative[i] = -h[i / nparameters][i % nparameters];
		result->has_covariance = symmetric_inverse(negative, nparameters,
												   result->log_covariance);
	}
}
