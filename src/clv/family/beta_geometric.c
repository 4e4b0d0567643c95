/*
 * beta_geometric.c
 *		BG/NBD and MBG/NBD as families of purchase models.
 *
 * Sources: Fader, Hardie & Lee (2005), "Counting your customers" the easy way;
 * Batislam, Denizel & Filiztekin (2007), and Hoppe & Wagner (2007) for MBG/NBD.
 *
 * Both answer with the functions of beta_geometric_fit.c and
 * beta_geometric_predict.c, to which they say whether a customer may leave
 * after the first purchase.
 */
#include "clv/family/beta_geometric.h"

#define NO_FIRST_DROPOUT	0
#define FIRST_DROPOUT		1

static const char *const parameter_names[] = {"r", "alpha", "a", "b"};
static const int time_power[] = {0, 1, 0, 0};

/*
 * Covariates (Fader & Hardie 2007): a rate is proportional to exp(coefficient *
 * z). The two of dropout move its mean and its spread apart.
 */
static const CovariateSlot slots[] = {
	{"purchase", 1, -1.0},
	{"dropout_a", 2, 1.0},
	{"dropout_b", 3, 1.0}
};

#define NSLOTS	((int) (sizeof(slots) / sizeof(slots[0])))

/* A customer who has just made the first purchase. */
static const PurchaseHistorySummary new_customer = {0.0, 0.0, 0.0, 0.0};

/* BG/NBD */

static bool
bg_log_likelihood(const double *log_parameters, const FamilyData *data,
				  double *value, double *gradient, double *hessian)
{
	return beta_geometric_log_likelihood(NO_FIRST_DROPOUT, log_parameters, data,
										 value, gradient, hessian);
}

static double
bg_log_likelihood_one(const double *parameters,
					  const PurchaseHistorySummary *customer)
{
	return beta_geometric_log_likelihood_one(NO_FIRST_DROPOUT, parameters,
											 customer);
}

static double
bg_p_alive(const double *parameters, const PurchaseHistorySummary *customer,
		   double t)
{
	return beta_geometric_p_alive(NO_FIRST_DROPOUT, parameters, customer, t);
}

static double
bg_expected_purchases(const double *parameters,
					  const PurchaseHistorySummary *customer, double t)
{
	return beta_geometric_expected_purchases(NO_FIRST_DROPOUT, parameters,
											 customer, t);
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
	return beta_geometric_purchase_probability(NO_FIRST_DROPOUT, parameters,
											   customer, n, t);
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
	return beta_geometric_discounted_purchases(NO_FIRST_DROPOUT, parameters,
											   customer, t, delta);
}

static bool
bg_derivatives_one(const double *log_parameters,
				   const PurchaseHistorySummary *customer, double *value,
				   double *gradient, double *hessian)
{
	return beta_geometric_derivatives_one(NO_FIRST_DROPOUT, log_parameters, customer, value,
										  gradient, hessian);
}

static double
bg_purchase_rate(const double *parameters,
				 const PurchaseHistorySummary *customer)
{
	return beta_geometric_purchase_rate(NO_FIRST_DROPOUT, parameters, customer);
}

static double
bg_dropout(const double *parameters, const PurchaseHistorySummary *customer)
{
	return beta_geometric_dropout(NO_FIRST_DROPOUT, parameters, customer);
}

const PurchaseFamily bg_nbd_family = {
	.name = "bg/nbd",
	.nparameters = 4,
	.parameter_names = parameter_names,
	.log_likelihood = bg_log_likelihood,
	.start = beta_geometric_start,
	.time_power = time_power,
	.dropout_kind = DROPOUT_PROBABILITY,
	.nslots = NSLOTS,
	.slots = slots,
	.log_likelihood_one = bg_log_likelihood_one,
	.derivatives_one = bg_derivatives_one,
	.p_alive = bg_p_alive,
	.expected_purchases = bg_expected_purchases,
	.expected_purchases_new = bg_expected_purchases_new,
	.purchase_probability = bg_purchase_probability,
	.purchase_probability_new = bg_purchase_probability_new,
	.discounted_purchases = bg_discounted_purchases,
	.purchase_rate = bg_purchase_rate,
	.dropout = bg_dropout,
};

/* MBG/NBD */

static bool
mbg_log_likelihood(const double *log_parameters, const FamilyData *data,
				   double *value, double *gradient, double *hessian)
{
	return beta_geometric_log_likelihood(FIRST_DROPOUT, log_parameters, data,
										 value, gradient, hessian);
}

static double
mbg_log_likelihood_one(const double *parameters,
					   const PurchaseHistorySummary *customer)
{
	return beta_geometric_log_likelihood_one(FIRST_DROPOUT, parameters,
											 customer);
}

static double
mbg_p_alive(const double *parameters, const PurchaseHistorySummary *customer,
			double t)
{
	return beta_geometric_p_alive(FIRST_DROPOUT, parameters, customer, t);
}

static double
mbg_expected_purchases(const double *parameters,
					   const PurchaseHistorySummary *customer, double t)
{
	return beta_geometric_expected_purchases(FIRST_DROPOUT, parameters,
											 customer, t);
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
	return beta_geometric_purchase_probability(FIRST_DROPOUT, parameters,
											   customer, n, t);
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
	return beta_geometric_discounted_purchases(FIRST_DROPOUT, parameters,
											   customer, t, delta);
}

static bool
mbg_derivatives_one(const double *log_parameters,
					const PurchaseHistorySummary *customer, double *value,
					double *gradient, double *hessian)
{
	return beta_geometric_derivatives_one(FIRST_DROPOUT, log_parameters, customer, value,
										  gradient, hessian);
}

static double
mbg_purchase_rate(const double *parameters,
				  const PurchaseHistorySummary *customer)
{
	return beta_geometric_purchase_rate(FIRST_DROPOUT, parameters, customer);
}

static double
mbg_dropout(const double *parameters, const PurchaseHistorySummary *customer)
{
	return beta_geometric_dropout(FIRST_DROPOUT, parameters, customer);
}

const PurchaseFamily mbg_nbd_family = {
	.name = "mbg/nbd",
	.nparameters = 4,
	.parameter_names = parameter_names,
	.log_likelihood = mbg_log_likelihood,
	.start = beta_geometric_start,
	.time_power = time_power,
	.dropout_kind = DROPOUT_PROBABILITY,
	.nslots = NSLOTS,
	.slots = slots,
	.log_likelihood_one = mbg_log_likelihood_one,
	.derivatives_one = mbg_derivatives_one,
	.p_alive = mbg_p_alive,
	.expected_purchases = mbg_expected_purchases,
	.expected_purchases_new = mbg_expected_purchases_new,
	.purchase_probability = mbg_purchase_probability,
	.purchase_probability_new = mbg_purchase_probability_new,
	.discounted_purchases = mbg_discounted_purchases,
	.purchase_rate = mbg_purchase_rate,
	.dropout = mbg_dropout,
};
