/*
 * clv_test.c
 *		Tests of the lifetime value models, without a server.
 */
#include "clv_test.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static int	passed;
static int	failed;
static int	group_passed;
static int	group_failed;
static const char *group_name;

/* Count one test; prints the message if it failed. */
void
expect(bool ok, const char *message,...)
{
	va_list		arguments;

	if (ok)
	{
		group_passed++;
		return;
	}
	if (++group_failed > 20)
		return;
	printf("not ok - %s: ", group_name);
	va_start(arguments, message);
	vprintf(message, arguments);
	va_end(arguments);
	printf("\n");
}

/* Equal up to a relative tolerance. */
bool
is_near(double value, double expected, double tolerance)
{
	return fabs(value - expected) <= tolerance * fabs(expected);
}

/* A cell of so many customers. */
CustomerCell
customer_cell(double recency, double age, uint32_t frequency,
			  uint32_t customers)
{
	CustomerCell cell = {recency, age, frequency, customers};

	return cell;
}

/* Numbers that are numbers, a covariance if and only if the status is ok. */
bool
is_finite_result(const FitResult *result)
{
	int			n = result->nparameters;

	for (int i = 0; i < n; i++)
	{
		if (!(result->parameters[i] > 0.0 && isfinite(result->parameters[i])))
			return false;
	}
	for (int i = 0; result->has_covariance && i < n * n; i++)
	{
		if (!isfinite(result->log_covariance[i]))
			return false;
	}
	return isfinite(result->log_likelihood) && result->has_covariance == (result->status == FIT_OK);
}

/* Sum of the log-likelihoods of customers one by one. */
double
sum_of_customers(const PurchaseFamily *family, const CustomerCell *cells,
				 size_t n, const double *parameters, double unit,
				 double log_gaps)
{
	double		sum = 0.0;

	for (size_t i = 0; i < n; i++)
	{
		PurchaseHistorySummary h = {cells[i].frequency, cells[i].recency / unit, cells[i].age / unit, log_gaps};

		sum += cells[i].customers * family->log_likelihood_one(parameters, &h);
	}
	return sum;
}

/* An interrupt of a fit after so many questions. */
bool
stop_at(void *context)
{
	return --(*(int *) context) <= 0;
}

/* Name the group of the tests that follow; closes the one before. */
void
group(const char *name)
{
	if (group_name != NULL)
	{
		printf("%s - %s: %d passed, %d failed\n",
			   group_failed == 0 ? "ok" : "not ok", group_name, group_passed,
			   group_failed);
		fflush(stdout);
	}
	passed += group_passed;
	failed += group_failed;
	group_passed = group_failed = 0;
	group_name = name;
}

/* Say why something is not tested. */
void
skip(const char *why)
{
	printf("skipped - %s: %s\n", group_name, why);
}

/* Memory for a fit: a list of what was handed out. */
static void **blocks;
static size_t nblocks;

static void *
allocate(size_t size, void *context)
{
	(void) context;
	blocks = realloc(blocks, (nblocks + 1) * sizeof(void *));
	blocks[nblocks] = malloc(size);
	if (blocks[nblocks] == NULL)
		abort();
	return blocks[nblocks++];
}

const FitMemory test_memory = {allocate, NULL};

/* Free all that fits were given. */
void
release_memory(void)
{
	while (nblocks > 0)
		free(blocks[--nblocks]);
	free(blocks);
	blocks = NULL;
}

/* The summary of the CDNOW sample, or NULL where it is not present. */
const SampleCustomer *
cdnow_sample(size_t *n)
{
	static SampleCustomer customers[3000];
	static size_t count;
	const char *shared = getenv("CLIENTELE_SHARED");
	char		path[1000];
	char		line[200];
	FILE	   *file;

	snprintf(path, sizeof(path), "%s/data/cdnow_sample_cbs_btyd.csv",
			 shared != NULL ? shared : "../../../shared");
	*n = count;
	if (count > 0)
		return customers;
	file = fopen(path, "r");
	if (file == NULL)
		return NULL;
	while (count < 3000 && fgets(line, sizeof(line), file) != NULL)
	{
		SampleCustomer *c = &customers[count];

		if (sscanf(line, "%*d,%lf,%lf,%lf,%*d,%lf", &c->frequency, &c->recency,
				   &c->age, &c->mean) == 4)
			count++;
	}
	fclose(file);
	*n = count;
	return count > 0 ? customers : NULL;
}

int
main(void)
{
	test_predictions();
	test_fits();
	test_spend();
	test_coverage();
	test_covariates();
	test_beta_geometric();
	test_pareto_nbd();
	test_pareto_nbd_fits();
	test_condensed();
	test_beta_binomial();
	test_renewals();
	test_gamma_gompertz();
	test_gamma_gompertz_fits();
	test_condensed_predictions();
	group(NULL);
	printf("%d passed, %d failed\n", passed, failed);
	return failed == 0 ? 0 : 1;
}
