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
 *
 * An array of parameters holds the nparameters that are estimated and after
 * them the constants, which are not (k of the regularity models); so does an
 * array of logarithms of parameters, where the constants stay natural.
 *
 * Under a discrete family a unit of time is an opportunity to buy; recency and
 * age are whole numbers, and a part of an opportunity does not count.
 */
#ifndef CLIENTELE_CLV_FAMILY_FAMILY_H
#define CLIENTELE_CLV_FAMILY_FAMILY_H

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
	double		log_gaps;		/* sum of the logarithms of the gaps between
								 * purchases; NAN: unknown */
} PurchaseHistorySummary;

/*
 * Where covariates act: the parameter of a customer with covariates z is
 * parameter * exp(sign * sum of coefficient * z).
 */
typedef struct CovariateSlot
{
	const char *name;			/* of the coefficients: 'purchase' */
	int			parameter;
	double		sign;
} CovariateSlot;

#define FAMILY_MAX_SLOTS 3

/* What dropout() of a family is. */
typedef enum DropoutKind
{
	DROPOUT_NONE,				/* nobody leaves */
	DROPOUT_PROBABILITY,		/* after a purchase, or at an opportunity */
	DROPOUT_RATE				/* a unit of time */
} DropoutKind;

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

	/* A start for the fit, as logarithms; the constant is there already. */
	void		(*start) (const FamilyData *data, double *log_parameters);

	/*
	 * How each parameter scales with time: alpha *= c^1 when time *= c; a
	 * rate has -1, a shape 0.
	 */
	const int  *time_power;

	/* Constants: at most one, a whole number from 1 to constant_max. */
	int			nconstants;
	const char *constant_name;
	int			constant_max;

	bool		discrete;
	DropoutKind dropout_kind;

	/* Covariates, for families that take them. */
	int			nslots;
	const CovariateSlot *slots;

	/* Log-likelihood of one customer. */
	double		(*log_likelihood_one) (const double *parameters,
									   const PurchaseHistorySummary *customer);

	/*
	 * The same with its derivatives with respect to the logarithms of the
	 * parameters, for fits in which every customer has parameters of his own;
	 * false if not finite. NULL for families without slots.
	 */
	bool		(*derivatives_one) (const double *log_parameters,
									const PurchaseHistorySummary *customer,
									double *value, double *gradient,
									double *hessian);

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

	/*
	 * Posterior mean of the customer's own rate of purchases a unit of time
	 * while being one (a probability an opportunity under a discrete family),
	 * and of the dropout (see dropout_kind; NULL with DROPOUT_NONE): whether
	 * still alive or not.
	 */
	double		(*purchase_rate) (const double *parameters,
								  const PurchaseHistorySummary *customer);
	double		(*dropout) (const double *parameters,
							const PurchaseHistorySummary *customer);
} PurchaseFamily;

/* All families, NULL at the end. */
extern const PurchaseFamily *const purchase_families[];

extern const PurchaseFamily *find_purchase_family(const char *name);

/*
 * The same where the name may tell the constant: of 'bg/cnbd-3' it is 3, of
 * 'bg/cnbd-k' 0. It is not checked against constant_max.
 */
extern const PurchaseFamily *find_purchase_family_and_constant(const char *name,
															   int *constant);

#endif							/* CLIENTELE_CLV_FAMILY_FAMILY_H */
