/*
 * shifted_beta_geometric.h
 *		Customers under contract: the shifted beta-geometric model (Fader &
 *		Hardie 2007) and the beta-discrete-Weibull model (Fader, Hardie et al.
 *		2018).
 */
#ifndef CLIENTELE_CLV_FAMILY_SHIFTED_BETA_GEOMETRIC_H
#define CLIENTELE_CLV_FAMILY_SHIFTED_BETA_GEOMETRIC_H

#include <stddef.h>
#include <stdint.h>

#include "clv/family/purchase_fit.h"

#define RENEWAL_MAX_PARAMETERS	3

/*
 * A customer leaves at his t-th renewal with probability S(t-1) - S(t), where
 * S(t) = B(alpha, beta + t^c) / B(alpha, beta). c is 1 for the shifted
 * beta-geometric model.
 */
typedef struct RenewalCurve
{
	double		alpha;
	double		beta;
	double		c;
} RenewalCurve;

/* S(to) / S(from), 0 <= from <= to: who renewed "from" times will "to" times. */
extern double renewal_survival(const RenewalCurve *curve, double from,
							   double to);

/* 1 - S(tenure + 1) / S(tenure): does not renew next, after tenure renewals */
extern double renewal_churn_rate(const RenewalCurve *curve, double tenure);

/* S(period - 1) - S(period), period >= 1: leaves at that renewal */
extern double renewal_churn_probability(const RenewalCurve *curve,
										double period);

/*
 * Posterior mean of a customer's own theta, the probability to leave at the
 * first renewal, after that many renewals.
 */
extern double renewal_propensity(const RenewalCurve *curve, double tenure);

/*
 * Expected renewals to come of a customer who renewed that many times, of the
 * next "horizon" opportunities (a whole number, or INFINITY), the next one at
 * full weight and each later one discounted by 1 / (1 + rate) more:
 *
 *		sum_{j=1}^{horizon} S(tenure + j) / S(tenure) / (1 + rate)^(j-1)
 *
 * INFINITY where it diverges: rate 0, no horizon, and alpha c <= 1.
 */
extern double renewal_sum(const RenewalCurve *curve, double tenure,
						  double rate, double horizon);

/* How many customers left at a renewal, or were last seen after it. */
typedef struct RenewalCount
{
	int64_t		churned;
	int64_t		active;
} RenewalCount;

/*
 * Fit to counts: counts[t] are the customers of t periods, t < n; counts[0]
 * holds no churned ones. nparameters is 2 (alpha, beta) or 3 (and c). The
 * caller has made sure that someone came to a renewal.
 */
extern void renewal_fit(const RenewalCount *counts, size_t n, int nparameters,
						const FitOptions *options, const FitMemory *memory,
						FitResult *result);

/* Log-likelihood of one customer, as fit() sums it. */
extern double renewal_log_likelihood(const RenewalCurve *curve, double periods,
									 bool churned);

#endif							/* CLIENTELE_CLV_FAMILY_SHIFTED_BETA_GEOMETRIC_H */
