/*
 * pareto_nbd_fit.c
 *		Likelihood of Pareto/NBD, its gradient and its Hessian.
 *
 * For a customer with x repeat purchases, the last at t, seen until T, with n =
 * r + x:
 *
 *		log-likelihood = ln Gamma(r + x) - ln Gamma(r) + r ln alpha -
 *			n ln(alpha + T) + s ln beta - s ln(beta + T) + ln(1 + O)
 *
 * where O are the odds of having left (see pareto_nbd_gone.c). The likelihood
 * is a mixture of a customer who is one at T and of those who left at y between
 * t and T. With the weights of the mixture, its gradient is the mean of the
 * scores of its parts, its Hessian the mean of their derivatives and the
 * covariance of the scores: both are sums of positive parts without
 * cancellation, and need no derivative of a hypergeometric function.
 *
 * Relative to the customer who is one at T, and with respect to the logarithms
 * of the parameters, the scores of having left at y are, with
 *
 *		a = ln((alpha + T) / (alpha + y)), c = T/(alpha + T) - y/(alpha + y),
 *		b = ln((beta + T) / (beta + y)), d = T/(beta + T) - y/(beta + y):
 *
 *		r: r a		alpha: -n c		s: 1 + s b		beta: -(s + 1) d - beta/(beta + T)
 *
 * and a, b, c, d are linear in what gone_moments() averages. Let P = O / (1 +
 * O), m the mean score of those who left, C its covariance and D the mean of
 * its derivatives. ln(1 + O) has the gradient P m and the Hessian
 * P (D + C) + P (1 - P) m m^T.
 *
 * Times enter as ln(1 + T/alpha) and T/(alpha + T), once for each distinct
 * time: r and alpha, or s and beta, may grow together (customers who are all
 * alike) without loss of digits. What depends on x alone comes from prefix sums.
 */
#include "clv/family/pareto_nbd.h"

#include <math.h>
#include <string.h>

#include "clv/family/family_data.h"
#include "clv/family/nbd.h"
#include "math/gamma.h"

enum
{
	R = PARETO_R, ALPHA = PARETO_ALPHA, S = PARETO_S, BETA = PARETO_BETA,
	NPARAMETERS = PARETO_PARAMETERS
};

/* Cells that are summed without a break. */
#define BLOCK	256

/* Odds beyond e^this are taken by their logarithm. */
#define MAX_EXPONENT	600.0

/* The value and its derivatives by the logarithms. */
typedef struct Derivatives
{
	double		value;
	double		gradient[NPARAMETERS];
	double		hessian[NPARAMETERS][NPARAMETERS];	/* upper half */
} Derivatives;

/* A cell, or a customer: its times under alpha and beta. */
typedef struct CellTimes
{
	double		recency;
	double		age;
	double		log_alpha_age;	/* ln(1 + T / alpha) */
	double		log_beta_age;
	double		log_alpha;		/* ln((alpha + T) / (alpha + t)) */
	double		log_beta;
} CellTimes;

/* r, alpha, s, beta from their logarithms; false beyond all reason. */
static bool
natural_parameters(const double *log_parameters, double *theta)
{
	for (int i = 0; i < NPARAMETERS; i++)
	{
		theta[i] = exp(log_parameters[i]);
		if (!(theta[i] > 1e-150 && theta[i] < 1e150))
			return false;
	}
	return true;
}

/* Add ln(1 + O) of so many customers who may have left. */
static void
add_gone(double customers, double power, const double *theta,
		 const CellTimes *cell, double share_alpha, double share_beta,
		 Derivatives *d)
{
	GoneIntegral gone;
	GoneMoments moments;
	double		r = theta[R];
	double		s = theta[S];
	double		alpha_recency = theta[ALPHA] + cell->recency;
	double		beta_recency = theta[BETA] + cell->recency;
	double		gap = cell->age - cell->recency;
	double		keep_alpha = theta[ALPHA] / alpha_recency;
	double		keep_beta = theta[BETA] / beta_recency;
	double		integral;
	double		left;
	double		weight;
	double		mixed;
	double		a;
	double		b;
	double		c;
	double		e;
	double		m_alpha;
	double		m_s;
	double		m_beta;
	double		m_r;
	double		scale[GONE_MEANS];

	gone_prepare(&gone, power, s, alpha_recency, beta_recency,
				 cell->log_alpha, cell->log_beta);
	integral = gone_moments(&gone, &moments);
	if (gone.exponent < MAX_EXPONENT)
	{
		double		odds = exp(gone.exponent) * integral;

		d->value += customers * log(1.0 + odds);
		left = odds / (1.0 + odds);
		mixed = left / (1.0 + odds);
	}
	else
	{
		double		log_odds = gone.exponent + log(integral);
		double		inverse = exp(-fabs(log_odds));

		d->value += customers * ((log_odds > 0.0 ? log_odds : 0.0) + log1p(inverse));
		left = log_odds > 0.0 ? 1.0 / (1.0 + inverse) : inverse / (1.0 + inverse);
		mixed = inverse / ((1.0 + inverse) * (1.0 + inverse));
	}
	weight = customers * left;
	mixed *= customers;

	/* a, c, b, d of the comment above, on average */
	a = cell->log_alpha - moments.mean[GONE_LOG_ALPHA];
	c = keep_alpha * (gap / (theta[ALPHA] + cell->age) -
					  moments.mean[GONE_SHARE_ALPHA]);
	b = cell->log_beta - moments.mean[GONE_LOG_BETA];
	e = keep_beta * (gap / (theta[BETA] + cell->age) -
					 moments.mean[GONE_SHARE_BETA]);

	/* the mean scores */
	m_r = r * a;
	m_alpha = -power * c;
	m_s = 1.0 + s * b;
	m_beta = -(s + 1.0) * e - (1.0 - share_beta);
	d->gradient[R] += weight * m_r;
	d->gradient[ALPHA] += weight * m_alpha;
	d->gradient[S] += weight * m_s;
	d->gradient[BETA] += weight * m_beta;

	/* what the scores are times what was averaged, signs included */
	scale[GONE_LOG_ALPHA] = -r;
	scale[GONE_SHARE_ALPHA] = power * keep_alpha;
	scale[GONE_LOG_BETA] = -s;
	scale[GONE_SHARE_BETA] = (s + 1.0) * keep_beta;

#define COVARIANCE(i, j) (scale[i] * scale[j] * moments.covariance[i][j])
	d->hessian[R][R] += weight * (m_r + COVARIANCE(GONE_LOG_ALPHA, GONE_LOG_ALPHA)) +
		mixed * m_r * m_r;
	d->hessian[R][ALPHA] += weight * (COVARIANCE(GONE_LOG_ALPHA, GONE_SHARE_ALPHA) - r * c) +
		mixed * m_r * m_alpha;
	d->hessian[R][S] += weight * COVARIANCE(GONE_LOG_ALPHA, GONE_LOG_BETA) +
		mixed * m_r * m_s;
	d->hessian[R][BETA] += weight * COVARIANCE(GONE_LOG_ALPHA, GONE_SHARE_BETA) +
		mixed * m_r * m_beta;
	d->hessian[ALPHA][ALPHA] += weight *
		(COVARIANCE(GONE_SHARE_ALPHA, GONE_SHARE_ALPHA) +
		 power * (c * (1.0 - 2.0 * share_alpha) + c * c +
				  keep_alpha * keep_alpha *
				  moments.covariance[GONE_SHARE_ALPHA][GONE_SHARE_ALPHA])) +
		mixed * m_alpha * m_alpha;
	d->hessian[ALPHA][S] += weight * COVARIANCE(GONE_SHARE_ALPHA, GONE_LOG_BETA) +
		mixed * m_alpha * m_s;
	d->hessian[ALPHA][BETA] += weight * COVARIANCE(GONE_SHARE_ALPHA, GONE_SHARE_BETA) +
		mixed * m_alpha * m_beta;
	d->hessian[S][S] += weight * (s * b + COVARIANCE(GONE_LOG_BETA, GONE_LOG_BETA)) +
		mixed * m_s * m_s;
	d->hessian[S][BETA] += weight * (COVARIANCE(GONE_LOG_BETA, GONE_SHARE_BETA) - s * e) +
		mixed * m_s * m_beta;
	d->hessian[BETA][BETA] += weight *
		(COVARIANCE(GONE_SHARE_BETA, GONE_SHARE_BETA) +
		 (s + 1.0) * (e * (1.0 - 2.0 * share_beta) + e * e +
					  keep_beta * keep_beta *
					  moments.covariance[GONE_SHARE_BETA][GONE_SHARE_BETA]) -
		 share_beta * (1.0 - share_beta)) +
		mixed * m_beta * m_beta;
#undef COVARIANCE
}

/*
 * Add so many customers of power r + x: what the times say of one who is one at
 * T, and ln(1 + O).
 */
static inline void
add_cell(double customers, double power, const double *theta,
		 const CellTimes *cell, Derivatives *d)
{
	double		r = theta[R];
	double		s = theta[S];
	double		x_rest;
	double		share_alpha = cell->age / (theta[ALPHA] + cell->age);
	double		share_beta = cell->age / (theta[BETA] + cell->age);

	/* -n ln(1 + T/alpha) - s ln(1 + T/beta); -x ln alpha is added elsewhere */
	d->value -= customers * (power * cell->log_alpha_age +
							 s * cell->log_beta_age);
	x_rest = r * cell->log_alpha_age;
	d->gradient[R] -= customers * x_rest;
	d->gradient[ALPHA] += customers * power * share_alpha;
	d->gradient[S] -= customers * s * cell->log_beta_age;
	d->gradient[BETA] += customers * s * share_beta;
	d->hessian[R][R] -= customers * x_rest;
	d->hessian[R][ALPHA] += customers * r * share_alpha;
	d->hessian[ALPHA][ALPHA] -= customers * power * share_alpha * (1.0 - share_alpha);
	d->hessian[S][S] -= customers * s * cell->log_beta_age;
	d->hessian[S][BETA] += customers * s * share_beta;
	d->hessian[BETA][BETA] -= customers * s * share_beta * (1.0 - share_beta);
	if (cell->age > cell->recency)
		add_gone(customers, power, theta, cell, share_alpha, share_beta, d);
}

/* Add what the number of purchases x of so many customers says. */
static void
add_frequency(double customers, double x, double r, double log_alpha,
			  const RateRising *rising, Derivatives *d)
{
	double		first = r * rising->first;

	d->value += customers * (rising->log_sum - x * log_alpha);
	d->gradient[R] += customers * first;
	d->gradient[ALPHA] -= customers * x;
	d->hessian[R][R] += customers * (first + r * r * rising->second);
}

/* total += part */
static void
add_derivatives(Derivatives *total, const Derivatives *part)
{
	total->value += part->value;
	for (int i = 0; i < NPARAMETERS; i++)
	{
		total->gradient[i] += part->gradient[i];
		for (int j = i; j < NPARAMETERS; j++)
			total->hessian[i][j] += part->hessian[i][j];
	}
}

/* Write them out; false if not finite. */
static bool
write_derivatives(const Derivatives *d, double *value, double *gradient,
				  double *hessian)
{
	bool		finite = isfinite(d->value);

	*value = d->value;
	for (int i = 0; i < NPARAMETERS; i++)
	{
		gradient[i] = d->gradient[i];
		finite = finite && isfinite(gradient[i]);
		for (int j = i; j < NPARAMETERS; j++)
		{
			hessian[i * NPARAMETERS + j] = d->hessian[i][j];
			hessian[j * NPARAMETERS + i] = d->hessian[i][j];
			finite = finite && isfinite(d->hessian[i][j]);
		}
	}
	return finite;
}

/* The logarithms under alpha and beta of each distinct time. */
static void
fill_dictionary(const TimeDictionary *dictionary, const double *theta)
{
	for (size_t i = 0; i < dictionary->length; i++)
	{
		double		time = dictionary->values[i];

		dictionary->logarithm[i] = log1p(time / theta[ALPHA]);
		dictionary->share[i] = log1p(time / theta[BETA]);
	}
}

/* Log-likelihood and derivatives with respect to the logarithms. */
bool
pareto_log_likelihood(const double *log_parameters, const FamilyData *data,
					  double *value, double *gradient, double *hessian)
{
	double		theta[NPARAMETERS];
	Derivatives total;

	if (!natural_parameters(log_parameters, theta))
		return false;
	memset(&total, 0, sizeof(total));
	fill_dictionary(&data->age, theta);
	fill_dictionary(&data->recency, theta);
	rate_rising_fill(data, theta[R]);

	for (size_t i = 0; i < data->ngroups; i++)
	{
		const FrequencyGroup *group = &data->groups[i];
		double		x = group->frequency;
		RateRising	rising = rate_rising_at(data, theta[R], x);

		/*
		 * Block by block: a plain sum over 10^5 cells has a rounding error
		 * that the last Newton steps would notice.
		 */
		for (size_t first = group->first; first < group->end; first += BLOCK)
		{
			size_t		end = group->end - first < BLOCK ? group->end : first + BLOCK;
			Derivatives block;

			memset(&block, 0, sizeof(block));
			for (size_t j = first; j < end; j++)
			{
				const TimeCell *cell = &data->cells[j];
				CellTimes	times;

				times.recency = data->recency.values[cell->recency];
				times.age = data->age.values[cell->age];
				times.log_alpha_age = data->age.logarithm[cell->age];
				times.log_beta_age = data->age.share[cell->age];
				times.log_alpha = times.log_alpha_age -
					data->recency.logarithm[cell->recency];
				times.log_beta = times.log_beta_age -
					data->recency.share[cell->recency];
				add_cell(cell->customers, theta[R] + x, theta, &times, &block);
			}
			add_derivatives(&total, &block);
		}
		add_frequency(group->customers, x, theta[R], log_parameters[ALPHA],
					  &rising, &total);
	}
	return write_derivatives(&total, value, gradient, hessian);
}

/* The same for one customer. */
bool
pareto_derivatives_one(const double *log_parameters,
					   const PurchaseHistorySummary *customer, double *value,
					   double *gradient, double *hessian)
{
	double		theta[NPARAMETERS];
	double		x = customer->frequency;
	Derivatives d;
	CellTimes	times;
	RateRising	rising;

	if (!natural_parameters(log_parameters, theta))
		return false;
	memset(&d, 0, sizeof(d));
	times.recency = x > 0.0 ? customer->recency : 0.0;
	times.age = customer->age;
	times.log_alpha_age = log1p(times.age / theta[ALPHA]);
	times.log_beta_age = log1p(times.age / theta[BETA]);
	times.log_alpha = log1p((times.age - times.recency) /
							(theta[ALPHA] + times.recency));
	times.log_beta = log1p((times.age - times.recency) /
						   (theta[BETA] + times.recency));
	rising = rate_rising(theta[R], x);
	add_cell(1.0, theta[R] + x, theta, &times, &d);
	add_frequency(1.0, x, theta[R], log_parameters[ALPHA], &rising, &d);
	return write_derivatives(&d, value, gradient, hessian);
}

/* A logarithm within what a start may be. */
static double
within(double log_parameter)
{
	if (!(log_parameter > -5.0))
		return -5.0;
	return log_parameter < 5.0 ? log_parameter : 5.0;
}

/*
 * Where to start: a moderate spread of rates, half of the customers leaving
 * within the mean age or so.
 */
void
pareto_start(const FamilyData *data, double *log_parameters)
{
	double		mean = data->repeat_purchases / data->customers;

	log_parameters[R] = log(0.7);
	log_parameters[ALPHA] = within(log(0.5 / mean));
	log_parameters[S] = log(0.7);
	log_parameters[BETA] = log(0.5);
}

/* Log-likelihood of one customer. */
double
pareto_log_likelihood_one(const double *parameters,
						  const PurchaseHistorySummary *customer)
{
	double		r = parameters[R];
	double		alpha = parameters[ALPHA];
	double		s = parameters[S];
	double		beta = parameters[BETA];
	double		x = customer->frequency;
	double		recency = x > 0.0 ? customer->recency : 0.0;
	double		gap = customer->age - recency;
	GoneIntegral gone;
	double		result;
	double		log_integral = -INFINITY;
	double		log_odds = -INFINITY;

	if (gap > 0.0)
	{
		gone_prepare(&gone, r + x, s, alpha + recency, beta + recency,
					 log1p(gap / (alpha + recency)), log1p(gap / (beta + recency)));
		log_integral = log(gone_value(&gone, NULL, NULL));
		log_odds = gone.exponent + log_integral;
	}

	/*
	 * Regrouped so that r and s may be large. Who has left for sure is the
	 * part to start from: the two may be far apart.
	 */
	if (log_odds > 0.0)
		result = log_integral - r * log1p(recency / alpha) -
			x * log(alpha + recency) - s * log1p(recency / beta);
	else
		result = -r * log1p(customer->age / alpha) -
			x * log(alpha + customer->age) - s * log1p(customer->age / beta);
	return log_gamma_difference(r, x) + result + log1p(exp(-fabs(log_odds)));
}
