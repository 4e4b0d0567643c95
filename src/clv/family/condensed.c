/*
 * condensed.c
 *		BG/CNBD-k and MBG/CNBD-k as families of purchase models.
 *
 * Source: Reutterer, Platzer & Schroeder (2021), Leveraging purchase regularity
 * for predicting customer behavior the easy way, International Journal of
 * Research in Marketing 38; after Platzer (2008). Regularity in this sense is
 * also that of Platzer & Reutterer (2016), Ticking away the moments.
 *
 * Both answer with the functions of condensed_fit.c and condensed_predict.c, to
 * which they say whether a customer may leave after the first purchase.
 */
#include "clv/family/condensed.h"

#define NO_FIRST_DROPOUT	0
#define FIRST_DROPOUT		1

static const char *const parameter_names[] = {"r", "alpha", "a", "b"};
static const int time_power[] = {0, 1, 0, 0};

/* A customer who has just made the first purchase. */
static const PurchaseHistorySummary new_customer = {0.0, 0.0, 0.0, 0.0};

/* BG/CNBD-k */

static bool
bg_log_likelihood(const double *log_parameters, const FamilyData *data,
				  double *value, double *gradient, double *hessian)
{
	return condensed_log_likelihood(NO_FIRST_DROPOUT, log_parameters, data,
									value, gradient, hessian);
}

static double
bg_log_likelihood_one(const double *parameters,
					  const PurchaseHistorySummary *customer)
{
	return condensed_log_likelihood_one(NO_FIRST_DROPOUT, parameters, customer);
}

static double
bg_p_alive(const double *parameters, const PurchaseHistorySummary *customer,
		   double t)
{
	return condensed_p_alive(NO_FIRST_DROPOUT, parameters, customer, t);
}

static double
bg_expected_purchases(const double *parameters,
					  const PurchaseHistorySummary *customer, double t)
{
	return condensed_expected_purchases(NO_FIRST_DROPOUT, parameters, customer, t);
}

static double
bg_expected_purchases_new(const double *parameters, double t)
{
	return bg_expected_purchases(parameters, &new_customer, t);
}

static double
bg_purchase_probability(const double *parameters,
						const PurchaseHistorySummary *customer, int n, double t)
{
	return condensed_purchase_probability(NO_FIRST_DROPOUT, parameters, customer, n, t);
}

static double
bg_purchase_probability_new(const double *parameters, int n, double t)
{
	return bg_purchase_probability(parameters, &new_customer, n, t);
}

static double
bg_discounted_purchases(const double *parameters,
						const PurchaseHistorySummary *customer, double t,
						double delta)
{
	return condensed_discounted_purchases(NO_FIRST_DROPOUT, parameters, customer, t, delta);
}

static double
bg_purchase_rate(const double *parameters,
				 const PurchaseHistorySummary *customer)
{
	return condensed_purchase_rate(NO_FIRST_DROPOUT, parameters, customer);
}

static double
bg_dropout(const double *parameters, const PurchaseHistorySummary *customer)
{
	return condensed_dropout(NO_FIRST_DROPOUT, parameters, customer);
}

const PurchaseFamily bg_cnbd_family = {
	.name = "bg/cnbd-k",
	.nparameters = 4,
	.parameter_names = parameter_names,
	.log_likelihood = bg_log_likelihood,
	.start = condensed_start,
	.time_power = time_power,
	.nconstants = 1,
	.constant_name = "k",
	.constant_max = CONDENSED_MAX,
	.dropout_kind = DROPOUT_PROBABILITY,
	.log_likelihood_one = bg_log_likelihood_one,
	.p_alive = bg_p_alive,
	.expected_purchases = bg_expected_purchases,
	.expected_purchases_new = bg_expected_purchases_new,
	.purchase_probability = bg_purchase_probability,
	.purchase_probability_new = bg_purchase_probability_new,
	.discounted_purchases = bg_discounted_purchases,
	.purchase_rate = bg_purchase_rate,
	.dropout = bg_dropout,
};

/* MBG/CNBD-k */

static bool
mbg_log_likelihood(const double *log_parameters, const FamilyData *data,
				   double *value, double *gradient, double *hessian)
{
	return condensed_log_likelihood(FIRST_DROPOUT, log_parameters, data,
									value, gradient, hessian);
}

static double
mbg_log_likelihood_one(const double *parameters,
					   const PurchaseHistorySummary *customer)
{
	return condensed_log_likelihood_one(FIRST_DROPOUT, parameters, customer);
}

static double
mbg_p_alive(const double *parameters, const PurchaseHistorySummary *customer,
			double t)
{
	return condensed_p_alive(FIRST_DROPOUT, parameters, customer, t);
}

static double
mbg_expected_purchases(const double *parameters,
					   const PurchaseHistorySummary *customer, double t)
{
	return condensed_expected_purchases(FIRST_DROPOUT, parameters, customer, t);
}

static double
mbg_expected_purchases_new(const double *parameters, double t)
{
	return mbg_expected_purchases(parameters, &new_customer, t);
}

static double
mbg_purchase_probability(const double *parameters,
						 const PurchaseHistorySummary *customer, int n, double t)
{
	return condensed_purchase_probability(FIRST_DROPOUT, parameters, customer, n, t);
}

static double
mbg_purchase_probability_new(const double *parameters, int n, double t)
{
	return mbg_purchase_probability(parameters, &new_customer, n, t);
}

static double
mbg_discounted_purchases(const double *parameters,
						 const PurchaseHistorySummary *customer, double t,
						 double delta)
{
	return condensed_discounted_purchases(FIRST_DROPOUT, parameters, customer, t, delta);
}

static double
mbg_purchase_rate(const double *parameters,
				  const PurchaseHistorySummary *customer)
{
	return condensed_purchase_rate(FIRST_DROPOUT, parameters, customer);
}

static double
mbg_dropout(const double *parameters, const PurchaseHistorySummary *customer)
{
	return condensed_dropout(FIRST_DROPOUT, parameters, customer);
}

const PurchaseFamily mbg_cnbd_family = {
	.name = "mbg/cnbd-k",
	.nparameters = 4,
	.parameter_names = parameter_names,
	.log_likelihood = mbg_log_likelihood,
	.start = condensed_start,
	.time_power = time_power,
	.nconstants = 1,
	.constant_name = "k",
	.constant_max = CONDENSED_MAX,
	.dropout_kind = DROPOUT_PROBABILITY,
	.log_likelihood_one = mbg_log_likelihood_one,
	.p_alive = mbg_p_alive,
	.expected_purchases = mbg_expected_purchases,
	.expected_purchases_new = mbg_expected_purchases_new,
	.purchase_probability = mbg_purchase_probability,
	.purchase_probability_new = mbg_purchase_probability_new,
	.discounted_purchases = mbg_discounted_purchases,
	.purchase_rate = mbg_purchase_rate,
	.dropout = mbg_dropout,
};
