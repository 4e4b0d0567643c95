/*
 * pareto_nbd.h
 *		Pareto/NBD: customers who may leave at any moment.
 *
 * Parameters: r, alpha, s, beta, in this order. A customer buys as a Poisson
 * process with a rate from Gamma(r, alpha) during an exponential lifetime with
 * a rate from Gamma(s, beta).
 */
#ifndef CLIENTELE_CLV_FAMILY_PARETO_NBD_H
#define CLIENTELE_CLV_FAMILY_PARETO_NBD_H

#include "clv/family/family.h"

enum
{
	PARETO_R, PARETO_ALPHA, PARETO_S, PARETO_BETA,
	PARETO_PARAMETERS
};

extern const PurchaseFamily pareto_nbd_family;

/* pareto_nbd_gone.c: the integral over the moments of having left. */

/*
 * Made by gone_prepare(). Of alpha and beta the smaller is called near, the
 * other far; the variable is ln((near + y) / (near + t_x)).
 */
typedef struct GoneIntegral
{
	bool		alpha_near;
	double		near_power;
	double		far_power;
	double		ratio;			/* (near + t_x) / (far + t_x), at most 1 */
	double		factor;			/* what multiplies the integral */
	double		exponent;		/* and the logarithm of what is left out */
	double		length;
	double		fall;			/* of the logarithm of the integrand, at most */
	int			order;
	int			panels;
} GoneIntegral;

/*
 * Averages over the moments y of having left. Logs are ln((alpha + y) / (alpha
 * + t_x)), shares (y - t_x) / (alpha + y), the same with beta.
 */
enum
{
	GONE_LOG_ALPHA, GONE_SHARE_ALPHA, GONE_LOG_BETA, GONE_SHARE_BETA,
	GONE_MEANS
};

typedef struct GoneMoments
{
	double		mean[GONE_MEANS];
	double		covariance[GONE_MEANS][GONE_MEANS]; /* upper half */
} GoneMoments;

/*
 * For the power r + x, alpha + t_x, beta + t_x, ln((alpha + T) / (alpha + t_x))
 * > 0 and the same with beta.
 */
extern void gone_prepare(GoneIntegral *gone, double power, double s,
						 double alpha_recency, double beta_recency,
						 double log_alpha, double log_beta);

/*
 * The odds of having left are exp(gone->exponent) times what the first two
 * return. The first gives two means, if wanted: of (alpha + t_x) / (alpha + y)
 * and the same with beta; the second all those above and their covariances.
 */
extern double gone_value(const GoneIntegral *gone, double *rest_alpha,
						 double *rest_beta);
extern double gone_moments(const GoneIntegral *gone, GoneMoments *moments);

/*
 * The same integral of the n-th power of the share of alpha, 0 < n <=
 * GONE_MAX_POWER; false if it is not an easy one.
 */
#define GONE_MAX_POWER	10
extern bool gone_power(const GoneIntegral *gone, int n, double *result);

/* pareto_nbd_fit.c */
extern bool pareto_log_likelihood(const double *log_parameters,
								  const FamilyData *data, double *value,
								  double *gradient, double *hessian);
extern void pareto_start(const FamilyData *data, double *log_parameters);
extern double pareto_log_likelihood_one(const double *parameters,
										const PurchaseHistorySummary *customer);
extern bool pareto_derivatives_one(const double *log_parameters,
								   const PurchaseHistorySummary *customer,
								   double *value, double *gradient,
								   double *hessian);

/* pareto_nbd_predict.c */
extern double pareto_p_alive(const double *parameters,
							 const PurchaseHistorySummary *customer, double t);
extern double pareto_expected_purchases(const double *parameters,
										const PurchaseHistorySummary *customer,
										double t);
extern double pareto_purchase_probability(const double *parameters,
										  const PurchaseHistorySummary *customer,
										  int n, double t);
extern double pareto_discounted_purchases(const double *parameters,
										  const PurchaseHistorySummary *customer,
										  double t, double delta);
extern double pareto_purchase_rate(const double *parameters,
								   const PurchaseHistorySummary *customer);
extern double pareto_dropout(const double *parameters,
							 const PurchaseHistorySummary *customer);

#endif							/* CLIENTELE_CLV_FAMILY_PARETO_NBD_H */
