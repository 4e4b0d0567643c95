/*
 * beta_geometric.h
 *		BG/NBD and MBG/NBD: what the two families share.
 *
 * A customer buys as a Poisson process with a rate from Gamma(r, alpha), and
 * leaves with a probability from Beta(a, b) after each repeat purchase; under
 * MBG/NBD (first_dropout = 1) also after the first purchase of all, so that a
 * customer who never came back may have left.
 *
 * Parameters: r, alpha, a, b, in this order. Every function takes
 * first_dropout, 0 or 1, first.
 */
#ifndef CLIENTELE_CLV_FAMILY_BETA_GEOMETRIC_H
#define CLIENTELE_CLV_FAMILY_BETA_GEOMETRIC_H

#include "clv/family/family.h"

extern const PurchaseFamily bg_nbd_family;
extern const PurchaseFamily mbg_nbd_family;

/* beta_geometric_fit.c */
extern bool beta_geometric_log_likelihood(int first_dropout,
										  const double *log_parameters,
										  const FamilyData *data,
										  double *value, double *gradient,
										  double *hessian);
extern void beta_geometric_start(const FamilyData *data,
								 double *log_parameters);
extern double beta_geometric_log_likelihood_one(int first_dropout,
												const double *parameters,
												const PurchaseHistorySummary *customer);
extern bool beta_geometric_derivatives_one(int first_dropout,
										   const double *log_parameters,
										   const PurchaseHistorySummary *customer,
										   double *value, double *gradient,
										   double *hessian);

/* beta_geometric_predict.c */
extern double beta_geometric_p_alive(int first_dropout,
									 const double *parameters,
									 const PurchaseHistorySummary *customer,
									 double t);
extern double beta_geometric_expected_purchases(int first_dropout,
												const double *parameters,
												const PurchaseHistorySummary *customer,
												double t);
extern double beta_geometric_purchase_probability(int first_dropout,
												  const double *parameters,
												  const PurchaseHistorySummary *customer,
												  int n, double t);
extern double beta_geometric_discounted_purchases(int first_dropout,
												  const double *parameters,
												  const PurchaseHistorySummary *customer,
												  double t, double delta);
extern double beta_geometric_purchase_rate(int first_dropout,
										   const double *parameters,
										   const PurchaseHistorySummary *customer);
extern double beta_geometric_dropout(int first_dropout,
									 const double *parameters,
									 const PurchaseHistorySummary *customer);

#endif							/* CLIENTELE_CLV_FAMILY_BETA_GEOMETRIC_H */
