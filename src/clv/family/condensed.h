/*
 * condensed.h
 *		BG/CNBD-k and MBG/CNBD-k: customers who buy at regular times.
 *
 * A customer's phases follow a Poisson process with a rate from Gamma(r,
 * alpha), and every k-th phase is a purchase: the gaps between purchases have
 * an Erlang distribution of shape k, less spread than the exponential one of
 * BG/NBD, which is k = 1. Leaving is as there: with a probability from Beta(a,
 * b) after each repeat purchase and, under MBG/CNBD-k (first_dropout = 1), also
 * after the first purchase of all.
 *
 * Parameters: r, alpha, a, b and the constant k, in this order. Every function
 * takes first_dropout, 0 or 1, first.
 */
#ifndef CLIENTELE_CLV_FAMILY_CONDENSED_H
#define CLIENTELE_CLV_FAMILY_CONDENSED_H

#include "clv/family/family.h"

/* Greatest k. */
#define CONDENSED_MAX	12

extern const PurchaseFamily bg_cnbd_family;
extern const PurchaseFamily mbg_cnbd_family;

/* condensed_fit.c */
extern bool condensed_log_likelihood(int first_dropout,
									 const double *log_parameters,
									 const FamilyData *data, double *value,
									 double *gradient, double *hessian);
extern void condensed_start(const FamilyData *data, double *log_parameters);
extern double condensed_log_likelihood_one(int first_dropout,
										   const double *parameters,
										   const PurchaseHistorySummary *customer);

/* condensed_predict.c */
extern double condensed_p_alive(int first_dropout, const double *parameters,
								const PurchaseHistorySummary *customer,
								double t);
extern double condensed_expected_purchases(int first_dropout,
										   const double *parameters,
										   const PurchaseHistorySummary *customer,
										   double t);
extern double condensed_purchase_probability(int first_dropout,
											 const double *parameters,
											 const PurchaseHistorySummary *customer,
											 int n, double t);
extern double condensed_discounted_purchases(int first_dropout,
											 const double *parameters,
											 const PurchaseHistorySummary *customer,
											 double t, double delta);
extern double condensed_purchase_rate(int first_dropout,
									  const double *parameters,
									  const PurchaseHistorySummary *customer);
extern double condensed_dropout(int first_dropout, const double *parameters,
								const PurchaseHistorySummary *customer);

#endif							/* CLIENTELE_CLV_FAMILY_CONDENSED_H */
