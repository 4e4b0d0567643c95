/*
 * nbd.c
 *		NBD (Ehrenberg 1959) as a family of purchase models: a Poisson process
 *		with a rate from Gamma(r, alpha), and nobody ever leaves.
 *
 * It is what is left of the other families without dropout, and there to be
 * compared with them: do customers leave at all? So its likelihood is that of
 * the times of the purchases and not of their number alone,
 *
 *		ln Gamma(r + x) - ln Gamma(r) + r ln alpha - (r + x) ln(alpha + T),
 *
 * which is that of Pareto/NBD as its dropout goes to 0. The time of the last
 * purchase does not enter.
 *
 * The logarithms are regrouped into ln(1 + T / alpha), as for BG/NBD, so that r
 * and alpha may grow together without loss of digits.
 */
#include "clv/family/nbd.h"

#include <math.h>

#include "clv/family/family_data.h"
#include "math/beta.h"
#include "math/gamma.h"

enum
{
	R, ALPHA,
	NPARAMETERS
};

static const char *const parameter_names[] = {"r", "alpha"};
static const int time_power[] = {0, 1};

/* Cells that are summed without a break. */
#define BLOCK	256

/* A customer who has just made the first purchase. */
static const PurchaseHistorySummary new_customer = {0.0, 0.0, 0.0, 0.0};

/* From the gamma function. */
RateRising
rate_rising(double r, double x)
{
	RateRising	result;

	result.log_sum = log_gamma_difference(r, x);
	result.first = digamma_difference(r, x);
	result.second = trigamma_difference(r, x);
	return result;
}

/* Fill the first rising table. */
void
rate_rising_fill(const FamilyData *data, double r)
{
	rising_fill(r, data->rising_length, data->rising[0].log_sum,
				data->rising[0].first, data->rising[0].second);
}

/* Look up, or call the gamma function beyond the end of the table. */
RateRising
rate_rising_at(const FamilyData *data, double r, double x)
{
	RateRising	result;
	size_t		i = (size_t) x;

	if (!(x < (double) data->rising_length))
		return rate_rising(r, x);
	result.log_sum = data->rising[0].log_sum[i];
	result.first = data->rising[0].first[i];
	result.second = data->rising[0].second[i];
	return result;
}

/* Log-likelihood and derivatives with respect to the logarithms. */
static bool
nbd_log_likelihood(const double *log_parameters, const FamilyData *data,
				   double *value, double *gradient, double *hessian)
{
	double		r = exp(log_parameters[R]);
	double		alpha = exp(log_parameters[ALPHA]);
	double	   *log_age = data->age.logarithm;
	double	   *share_age = data->age.share;
	double		total = 0.0;
	double		by_r = 0.0;
	double		by_r_twice = 0.0;
	double		by_alpha = 0.0;
	double		by_alpha_twice = 0.0;
	double		by_both = 0.0;

	if (!(r > 1e-150 && r < 1e150 && alpha > 1e-150 && alpha < 1e150))
		return false;
	rate_rising_fill(data, r);
	for (size_t i = 0; i < data->age.length; i++)
	{
		double		age = data->age.values[i];

		log_age[i] = log1p(age / alpha);
		share_age[i] = age / (alpha + age);
	}

	for (size_t i = 0; i < data->ngroups; i++)
	{
		const FrequencyGroup *group = &data->groups[i];
		double		n = group->customers;
		double		x = group->frequency;
		RateRising	rising = rate_rising_at(data, r, x);
		double		log_sum = 0.0;
		double		share = 0.0;
		double		share_rest = 0.0;

		/* Block by block, as for the other families: the last steps notice. */
		for (size_t first = group->first; first < group->end; first += BLOCK)
		{
			size_t		end = group->end - first < BLOCK ? group->end : first + BLOCK;
			double		block_log = 0.0;
			double		block_share = 0.0;
			double		block_rest = 0.0;

			for (size_t j = first; j < end; j++)
			{
				const TimeCell *cell = &data->cells[j];
				double		s = share_age[cell->age];

				block_log += cell->customers * log_age[cell->age];
				block_share += cell->customers * s;
				block_rest += cell->customers * s * (1.0 - s);
			}
			log_sum += block_log;
			share += block_share;
			share_rest += block_rest;
		}
		total += n * rising.log_sum - r * log_sum -
			x * (log_sum + n * log_parameters[ALPHA]);
		by_r += r * (n * rising.first - log_sum);
		by_r_twice += n * r * r * rising.second;
		by_alpha += r * share - x * (n - share);
		by_alpha_twice -= (r + x) * share_rest;
		by_both += r * share;
	}

	*value = total;
	gradient[R] = by_r;
	gradient[ALPHA] = by_alpha;
	hessian[0] = by_r + by_r_twice;
	hessian[1] = hessian[2] = by_both;
	hessian[3] = by_alpha_twice;
	return isfinite(total) && isfinite(by_r) && isfinite(by_alpha) &&
		isfinite(hessian[0]) && isfinite(by_both) && isfinite(by_alpha_twice);
}

/* Where to start: a moderate spread about the rate of all. */
static void
nbd_start(const FamilyData *data, double *log_parameters)
{
	double		age = 0.0;
	double		log_rate;

	for (size_t i = 0; i < data->ncells; i++)
		age += data->cells[i].customers * data->age.values[data->cells[i].age];
	log_rate = age > 0.0 ? log(data->repeat_purchases / age) : 0.0;
	log_rate = log_rate < -5.0 ? -5.0 : (log_rate > 5.0 ? 5.0 : log_rate);
	log_parameters[R] = log(0.7);
	log_parameters[ALPHA] = log_parameters[R] - log_rate;
}

static double
nbd_log_likelihood_one(const double *parameters,
					   const PurchaseHistorySummary *customer)
{
	double		r = parameters[R];
	double		alpha = parameters[ALPHA];
	double		x = customer->frequency;

	return log_gamma_difference(r, x) - r * log1p(customer->age / alpha) -
		x * log(alpha + customer->age);
}

/* Nobody leaves. */
static double
nbd_p_alive(const double *parameters, const PurchaseHistorySummary *customer,
			double t)
{
	(void) parameters;
	(void) customer;
	(void) t;
	return 1.0;
}

/* Posterior mean of the rate. */
static double
nbd_purchase_rate(const double *parameters,
				  const PurchaseHistorySummary *customer)
{
	return (parameters[R] + customer->frequency) /
		(parameters[ALPHA] + customer->age);
}

/* Expected purchases in (age, age + t]. */
static double
nbd_expected_purchases(const double *parameters,
					   const PurchaseHistorySummary *customer, double t)
{
	return t > 0.0 ? nbd_purchase_rate(parameters, customer) * t : 0.0;
}

static double
nbd_expected_purchases_new(const double *parameters, double t)
{
	return nbd_expected_purchases(parameters, &new_customer, t);
}

/* P(n purchases within t), rate from Gamma(r, alpha) */
double
nbd_probability(double r, double alpha, double n, double t)
{
	double		result;

	if (!(t > 0.0))
		return n == 0.0 ? 1.0 : 0.0;
	if (isinf(t) || n < 0.0)
		return 0.0;
	if (n == 0.0)
		return exp(-r * log1p(t / alpha));
	/* the kernel has 1 / B(n, r) for 1 / (n B(n, r)) */
	result = exp(log_beta_kernel(n, r, t / (alpha + t), alpha / (alpha + t))) / n;
	return result < 1.0 ? result : 1.0;
}

static double
nbd_purchase_probability(const double *parameters,
						 const PurchaseHistorySummary *customer, int n, double t)
{
	return nbd_probability(parameters[R] + customer->frequency,
						   parameters[ALPHA] + customer->age, n, t);
}

static double
nbd_purchase_probability_new(const double *parameters, int n, double t)
{
	return nbd_purchase_probability(parameters, &new_customer, n, t);
}

/* Without end if nothing is discounted: nobody leaves. */
static double
nbd_discounted_purchases(const double *parameters,
						 const PurchaseHistorySummary *customer, double t,
						 double delta)
{
	double		rate = nbd_purchase_rate(parameters, customer);

	if (!(t > 0.0))
		return 0.0;
	if (delta == 0.0)
		return rate * t;
	if (isinf(t))
		return rate / delta;
	return rate * (delta * t < 1e-300 ? t : -expm1(-delta * t) / delta);
}

const PurchaseFamily nbd_family = {
	.name = "nbd",
	.nparameters = NPARAMETERS,
	.parameter_names = parameter_names,
	.log_likelihood = nbd_log_likelihood,
	.start = nbd_start,
	.time_power = time_power,
	.dropout_kind = DROPOUT_NONE,
	.log_likelihood_one = nbd_log_likelihood_one,
	.p_alive = nbd_p_alive,
	.expected_purchases = nbd_expected_purchases,
	.expected_purchases_new = nbd_expected_purchases_new,
	.purchase_probability = nbd_purchase_probability,
	.purchase_probability_new = nbd_purchase_probability_new,
	.discounted_purchases = nbd_discounted_purchases,
	.purchase_rate = nbd_purchase_rate,
};
