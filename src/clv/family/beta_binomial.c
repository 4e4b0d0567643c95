/*
 * beta_binomial.c
 *		BG/BB as a family of purchase models.
 *
 * A prediction is P(alive), of beta_binomial_past.c, times what is to be
 * expected of a customer who is alive, of beta_binomial_future.c, with the past
 * counted into the parameters.
 */
#include "clv/family/beta_binomial.h"

#include <math.h>

#include "math/gamma.h"

/* A time ahead is cut to whole opportunities, up to what rounding left. */
#define TOLERANCE	1e-6

static const char *const parameter_names[] = {"alpha", "beta", "gamma", "delta"};
static const int time_power[] = {0, 0, 0, 0};

/* A customer who has just made the first purchase. */
static const PurchaseHistorySummary new_customer = {0.0, 0.0, 0.0, 0.0};

/* Whole opportunities within a time ahead. */
static double
whole(double t)
{
	return t > 0.0 ? floor(t + TOLERANCE) : 0.0;
}

/*
 * P(alive at n), its complement (neither has lost digits), and the parameters
 * of the customer given that. NULL posterior: not wanted.
 */
static double
alive_now(const double *parameters, const PurchaseHistorySummary *customer,
		  double *posterior, double *gone)
{
	double		x = customer->frequency;
	double		last = x > 0.0 ? rint(customer->recency) : 0.0;
	double		n = rint(customer->age);
	BetaBinomialPast past;

	if (posterior != NULL)
	{
		posterior[BG_BB_ALPHA] = parameters[BG_BB_ALPHA] + x;
		posterior[BG_BB_BETA] = parameters[BG_BB_BETA] + (n - x);
		posterior[BG_BB_GAMMA] = parameters[BG_BB_GAMMA];
		posterior[BG_BB_DELTA] = parameters[BG_BB_DELTA] + n;
	}
	beta_binomial_past(parameters, x, last, n, &past);
	*gone = past.left / (past.alive + past.left);
	return past.alive / (past.alive + past.left);
}

static double
bg_bb_log_likelihood_one(const double *parameters,
						 const PurchaseHistorySummary *customer)
{
	double		alpha = parameters[BG_BB_ALPHA];
	double		beta = parameters[BG_BB_BETA];
	double		gamma = parameters[BG_BB_GAMMA];
	double		delta = parameters[BG_BB_DELTA];
	double		x = customer->frequency;
	double		last = x > 0.0 ? rint(customer->recency) : 0.0;
	double		n = rint(customer->age);
	double		miss = last - x;
	BetaBinomialPast past;

	beta_binomial_past(parameters, x, last, n, &past);

	/*
	 * f(last): x purchases and then misses, (alpha)_x / (alpha + beta)_x and
	 * (beta)_miss / (alpha + beta + x)_miss, and left after last.
	 */
	return log_falling_ratio(alpha, beta, x) +
		log_falling_ratio(beta, alpha + x, miss) +
		log_falling_ratio(delta, gamma, last) +
		log((past.alive + past.left) * (gamma / (gamma + delta + last)));
}

static double
bg_bb_p_alive(const double *parameters, const PurchaseHistorySummary *customer,
			  double t)
{
	double		gone;
	double		alive = alive_now(parameters, customer, NULL, &gone);
	double		later = whole(t);

	if (later == 0.0 || alive == 0.0)
		return alive;
	if (isinf(later))
		return 0.0;
	return alive *
		exp(log_falling_ratio(parameters[BG_BB_DELTA] + rint(customer->age),
							  parameters[BG_BB_GAMMA], later));
}

static double
bg_bb_discounted_purchases(const double *parameters,
						   const PurchaseHistorySummary *customer, double t,
						   double delta)
{
	double		posterior[BG_BB_PARAMETERS];
	double		gone;
	double		alive = alive_now(parameters, customer, posterior, &gone);

	if (alive == 0.0)
		return 0.0;
	return alive *
		(posterior[BG_BB_ALPHA] / (posterior[BG_BB_ALPHA] + posterior[BG_BB_BETA])) *
		beta_binomial_opportunities(posterior[BG_BB_GAMMA],
									posterior[BG_BB_DELTA], whole(t),
									expm1(delta));
}

static double
bg_bb_expected_purchases(const double *parameters,
						 const PurchaseHistorySummary *customer, double t)
{
	return bg_bb_discounted_purchases(parameters, customer, t, 0.0);
}

static double
bg_bb_expected_purchases_new(const double *parameters, double t)
{
	return bg_bb_expected_purchases(parameters, &new_customer, t);
}

static double
bg_bb_purchase_probability(const double *parameters,
						   const PurchaseHistorySummary *customer, int n,
						   double t)
{
	double		posterior[BG_BB_PARAMETERS];
	double		gone;
	double		alive = alive_now(parameters, customer, posterior, &gone);
	double		result = n == 0 ? gone : 0.0;

	if (alive > 0.0)
		result += alive * beta_binomial_mass(posterior, n, whole(t));
	return result < 1.0 ? result : 1.0;
}

static double
bg_bb_purchase_probability_new(const double *parameters, int n, double t)
{
	return bg_bb_purchase_probability(parameters, &new_customer, n, t);
}

/*
 * The posterior mean of p is the prior one times L(alpha + 1)/L(alpha), and of
 * theta that times L(gamma + 1)/L(gamma): multiplying the integrand of L by p or
 * by theta raises its parameter by one.
 */
static double
posterior_mean(const double *parameters, const PurchaseHistorySummary *customer,
			   int raised, double factor)
{
	double		more[BG_BB_PARAMETERS];
	double		x = customer->frequency;
	double		last = x > 0.0 ? rint(customer->recency) : 0.0;
	double		n = rint(customer->age);
	BetaBinomialPast past;
	BetaBinomialPast past_of_more;

	for (int i = 0; i < BG_BB_PARAMETERS; i++)
		more[i] = parameters[i] + (i == raised ? 1.0 : 0.0);
	beta_binomial_past(parameters, x, last, n, &past);
	beta_binomial_past(more, x, last, n, &past_of_more);
	return factor * ((past_of_more.alive + past_of_more.left) /
					 (past.alive + past.left));
}

static double
bg_bb_purchase_rate(const double *parameters,
					const PurchaseHistorySummary *customer)
{
	double		x = customer->frequency;
	double		last = x > 0.0 ? rint(customer->recency) : 0.0;
	double		alpha = parameters[BG_BB_ALPHA];

	/* of f(last), to which both pasts are relative */
	return posterior_mean(parameters, customer, BG_BB_ALPHA,
						  (alpha + x) / (alpha + parameters[BG_BB_BETA] + last));
}

static double
bg_bb_dropout(const double *parameters, const PurchaseHistorySummary *customer)
{
	double		last = customer->frequency > 0.0 ? rint(customer->recency) : 0.0;
	double		gamma = parameters[BG_BB_GAMMA];

	return posterior_mean(parameters, customer, BG_BB_GAMMA,
						  (gamma + 1.0) /
						  (gamma + parameters[BG_BB_DELTA] + (last + 1.0)));
}

const PurchaseFamily bg_bb_family = {
	.name = "bg/bb",
	.nparameters = BG_BB_PARAMETERS,
	.parameter_names = parameter_names,
	.log_likelihood = beta_binomial_log_likelihood,
	.start = beta_binomial_start,
	.time_power = time_power,
	.discrete = true,
	.dropout_kind = DROPOUT_PROBABILITY,
	.log_likelihood_one = bg_bb_log_likelihood_one,
	.p_alive = bg_bb_p_alive,
	.expected_purchases = bg_bb_expected_purchases,
	.expected_purchases_new = bg_bb_expected_purchases_new,
	.purchase_probability = bg_bb_purchase_probability,
	.purchase_probability_new = bg_bb_purchase_probability_new,
	.discounted_purchases = bg_bb_discounted_purchases,
	.purchase_rate = bg_bb_purchase_rate,
	.dropout = bg_bb_dropout,
};
