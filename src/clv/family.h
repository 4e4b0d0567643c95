/*
 * family.h
 *		The interface of a family of purchase models: customers who buy at
 *		times of their own and leave unseen.
 *
 * Pure C, no postgres.h. Parameters are positive and natural (r, alpha, ...);
 * times are in the unit of the model. A customer is (frequency, recency, age):
 * repeat purchases, time of the last one, time observed, both since the first
 * purchase. Functions return values in their mathematical range for every
 * valid argument, INFINITY only where the value is infinite.
 */
#ifndef CLIENTELE_CLV_FAMILY_H
#define CLIENTELE_CLV_FAMILY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FAMILY_MAX_PARAMETERS 8

/* One cell of a customer base: customers who share frequency, recency, age. */
typedef struct CustomerCell
{
	double		recency;
	double		age;
	uint32_t	frequency;
	uint32_t	customers;
} CustomerCell;

typedef struct PurchaseHistorySummary
{
	double		frequency;
	double		recency;
	double		age;
} PurchaseHistorySummary;

/* What a fit works on; made once by purchase_fit(), see purchase_fit.c. */
typedef struct FamilyData FamilyData;

typedef struct PurchaseFamily
{
	const char *name;			/* as in SQL: 'bg/nbd' */
	int			nparameters;
	const char *const *parameter_names;

	/*
	 * Log-likelihood of the data, and its derivatives with respect to the
	 * LOGARITHMS of the parameters. False if not finite.
	 */
	bool		(*log_likelihood) (const double *log_parameters,
								   const FamilyData *data, double *value,
								   double *gradient, double *hessian);

	/* A start for the fit, as logarithms. */
	void		(*start) (const FamilyData *data, double *log_parameters);

	/* Which parameters scale with time (alpha *= c when time *= c). */
	const bool *is_time;

	/* Log-likelihood of one customer. */
	double		(*log_likelihood_one) (const double *parameters,
									   const PurchaseHistorySummary *customer);

	/* P(alive after a further time t >= 0 without news); t = 0 is now. */
	double		(*p_alive) (const double *parameters,
							const PurchaseHistorySummary *customer, double t);

	/* Expected purchases in (age, age + t]. */
	double		(*expected_purchases) (const double *parameters,
									   const PurchaseHistorySummary *customer,
									   double t);

	/* The same for a new customer, repeat purchases within t of the first. */
	double		(*expected_purchases_new) (const double *parameters, double t);

	/* P(n purchases in (age, age + t]), and for a new customer. */
	double		(*purchase_probability) (const double *parameters,
										 const PurchaseHistorySummary *customer,
										 int n, double t);
	double		(*purchase_probability_new) (const double *parameters, int n,
											 double t);

	/*
	 * Expected purchases in (age, age + t], each discounted by exp(-delta *
	 * (time since age)); t may be INFINITY (DERT). For a new customer pass
	 * frequency = recency = age = 0: a customer of age 0 IS a new one under
	 * each family.
	 */
	double		(*discounted_purchases) (const double *parameters,
										 const PurchaseHistorySummary *customer,
										 double t, double delta);
} PurchaseFamily;

/* All families, NULL at the end. */
extern const PurchaseFamily *const purchase_families[];

extern const PurchaseFamily *find_purchase_family(const char *name);

#endif							/* CLIENTELE_CLV_FAMILY_H */
