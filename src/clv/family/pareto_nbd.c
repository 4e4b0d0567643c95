/*
 * pareto_nbd.c
 *		Pareto/NBD as a family of purchase models.
 *
 * Sources: Schmittlein, Morrison & Colombo (1987), Counting your customers;
 * Fader & Hardie (2005), A note on deriving the Pareto/NBD model; Fader, Hardie
 * & Lee (2005), RFM and CLV, for discounted purchases; Fader & Hardie (2007),
 * Incorporating time-invariant covariates into the Pareto/NBD.
 */
#include "clv/family/pareto_nbd.h"

static const char *const parameter_names[] = {"r", "alpha", "s", "beta"};
static const int time_power[] = {0, 1, 0, 1};

/* Covariates: both rates are proportional to exp(coefficient * z). */
static const CovariateSlot slots[] = {
	{"purchase", PARETO_ALPHA, -1.0},
	{"dropout", PARETO_BETA, -1.0}
};

/* A customer who has just made the first purchase. */
static const PurchaseHistorySummary new_customer = {0.0, 0.0, 0.0, 0.0};

static double
expected_purchases_new(const double *parameters, double t)
{
	return pareto_expected_purchases(parameters, &new_customer, t);
}

static double
purchase_probability_new(const double *parameters, int n, double t)
{
	return pareto_purchase_probability(parameters, &new_customer, n, t);
}

const PurchaseFamily pareto_nbd_family = {
	.name = "pareto/nbd",
	.nparameters = PARETO_PARAMETERS,
	.parameter_names = parameter_names,
	.log_likelihood = pareto_log_likelihood,
	.start = pareto_start,
	.time_power = time_power,
	.dropout_kind = DROPOUT_RATE,
	.nslots = (int) (sizeof(slots) / sizeof(slots[0])),
	.slots = slots,
	.log_likelihood_one = pareto_log_likelihood_one,
	.derivatives_one = pareto_derivatives_one,
	.p_alive = pareto_p_alive,
	.expected_purchases = pareto_expected_purchases,
	.expected_purchases_new = expected_purchases_new,
	.purchase_probability = pareto_purchase_probability,
	.purchase_probability_new = purchase_probability_new,
	.discounted_purchases = pareto_discounted_purchases,
	.purchase_rate = pareto_purchase_rate,
	.dropout = pareto_dropout,
};
