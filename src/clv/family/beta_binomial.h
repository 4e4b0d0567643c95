/*
 * beta_binomial.h
 *		BG/BB: customers who buy or do not at opportunities, and leave unseen.
 *
 * Fader, Hardie & Shang (2010), Customer-Base Analysis in a Discrete-Time
 * Noncontractual Setting. Before each opportunity a customer leaves with a
 * probability from Beta(gamma, delta); at it one who has not left buys with a
 * probability from Beta(alpha, beta).
 *
 * Parameters: alpha, beta, gamma, delta, in this order. Times are whole numbers
 * of opportunities; what is not whole is rounded, or cut off in a time ahead.
 */
#ifndef CLIENTELE_CLV_FAMILY_BETA_BINOMIAL_H
#define CLIENTELE_CLV_FAMILY_BETA_BINOMIAL_H

#include "clv/family/family.h"

enum
{
	BG_BB_ALPHA, BG_BB_BETA, BG_BB_GAMMA, BG_BB_DELTA,
	BG_BB_PARAMETERS
};

extern const PurchaseFamily bg_bb_family;

/* beta_binomial_fit.c */
extern bool beta_binomial_log_likelihood(const double *log_parameters,
										 const FamilyData *data, double *value,
										 double *gradient, double *hessian);
extern void beta_binomial_start(const FamilyData *data,
								double *log_parameters);

/* beta_binomial_past.c: what the past says of a customer. */

/*
 * The two kinds of pasts that agree with x purchases, the last at opportunity
 * last, of n: the customer is alive at n, or left after last. Probabilities
 * relative to that of having left right after last; alive may be INFINITY for
 * nobody, either may be 0 where it is too small for a double.
 */
typedef struct BetaBinomialPast
{
	double		alive;
	double		left;
} BetaBinomialPast;

extern void beta_binomial_past(const double *parameters, double x, double last,
							   double n, BetaBinomialPast *past);

/*
 * ln of (y)_n / (y + d)_n = y (y+1) ... (y+n-1) / ((y+d) ... (y+d+n-1)): the
 * logarithm of a probability to go n times without what has odds d to y.
 */
extern double log_falling_ratio(double y, double d, double n);

/* beta_binomial_future.c: of a customer who is alive. */

/*
 * Expected number of opportunities among the next n at which the customer is
 * still alive, each discounted by (1 + rate)^-i; delta counts the past ones in.
 */
extern double beta_binomial_opportunities(double gamma, double delta, double n,
										  double rate);

/* P(k purchases at the next n opportunities). */
extern double beta_binomial_mass(const double *parameters, double k, double n);

#endif							/* CLIENTELE_CLV_FAMILY_BETA_BINOMIAL_H */
