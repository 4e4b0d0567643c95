/*
 * clv_test.h
 *		What the tests of the lifetime value models share.
 */
#ifndef CLIENTELE_CLV_TEST_H
#define CLIENTELE_CLV_TEST_H

#include "clv/family/covariate_fit.h"
#include "clv/family/gamma_gamma.h"
#include "clv/family/purchase_fit.h"

/* clv_test.c: count one test; prints the message if it failed. */
extern void expect(bool ok, const char *message,...)
			__attribute__((format(printf, 2, 3)));
extern bool is_near(double value, double expected, double tolerance);

/* Name the group of the tests that follow; closes the one before. */
extern void group(const char *name);

/* Say why something is not tested. */
extern void skip(const char *why);

/* Memory for a fit, and its end. */
extern const FitMemory test_memory;
extern void release_memory(void);

/* The summary of the CDNOW sample, or NULL where it is not present. */
typedef struct SampleCustomer
{
	double		frequency;
	double		recency;		/* weeks */
	double		age;
	double		mean;
} SampleCustomer;
extern const SampleCustomer *cdnow_sample(size_t *n);

/* A cell of so many customers. */
extern CustomerCell customer_cell(double recency, double age,
								  uint32_t frequency, uint32_t customers);

/* Numbers that are numbers, a covariance if and only if the status is ok. */
extern bool is_finite_result(const FitResult *result);

/*
 * Sum of the log-likelihoods of customers one by one, times divided by unit,
 * each with these log_gaps: NAN where nobody is to ask for them.
 */
extern double sum_of_customers(const PurchaseFamily *family,
							   const CustomerCell *cells, size_t n,
							   const double *parameters, double unit,
							   double log_gaps);

/* An interrupt of a fit after so many questions: context is the int. */
extern bool stop_at(void *context);

/* simulate.c: a small generator, and customers of the two families (days). */
extern void seed_random(uint64_t seed);
extern double random_uniform(void);
extern double random_normal(void);
extern double random_gamma(double shape);
extern CustomerCell random_customer(int first_dropout, const double *parameters,
									double age);
extern CustomerCell random_opportunities(const double *parameters, double n);
extern CustomerCell random_pareto_customer(const double *parameters, double age);
extern CustomerCell random_gompertz_customer(const double *parameters, double age);
extern SpendCell random_spend(const double *parameters, uint32_t purchases);
extern void shuffle_cells(void *cells, size_t n, size_t size);

/* predict_test.c, fit_test.c, spend_test.c, covariate_test.c */
extern void test_predictions(void);
extern void test_fits(void);
extern void test_spend(void);
extern void test_covariates(void);

/* coverage_test.c */
extern void test_coverage(void);

/* beta_geometric_test.c */
extern void test_beta_geometric(void);

/* pareto_nbd_test.c */
extern void test_pareto_nbd(void);

/* pareto_nbd_fit_test.c */
extern void test_pareto_nbd_fits(void);

/* beta_binomial_test.c */
extern void test_beta_binomial(void);

/* condensed_test.c, condensed_predict_test.c */
extern void test_condensed(void);
extern void test_condensed_predictions(void);

/* renewal_test.c */
extern void test_renewals(void);

/* gamma_gompertz_test.c, gamma_gompertz_fit_test.c */
extern void test_gamma_gompertz(void);
extern void test_gamma_gompertz_fits(void);

#endif							/* CLIENTELE_CLV_TEST_H */
