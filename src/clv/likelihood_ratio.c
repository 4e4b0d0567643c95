/*
 * likelihood_ratio.c
 *		Is the more complex of two nested models worth its parameters?
 *
 * Twice the difference of the log-likelihoods is about chi-square distributed
 * if the restricted model is true (Wilks 1938), with as many degrees of freedom
 * as there are restrictions. Where the restricted model lies at an end of the
 * complete one's range it is not:
 *
 * - pareto/nbd is ggompertz/nbd with b = 0 (and beta in proportion), one
 *   parameter that cannot be below: half of the time the statistic is 0, half
 *   of the time chi-square of one degree (Chernoff 1954; Self & Liang 1987).
 * - nbd is pareto/nbd in which nobody leaves, where there is nothing to tell s
 *   from beta by: no distribution in closed form (Davies 1977), but the
 *   chi-square of two degrees is beyond it, so that its p-value is too large
 *   rather than too small. test/clv/covariate_test.c simulates that.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"

#include "clv/model.h"
#include "math/incomplete_gamma.h"

PG_FUNCTION_INFO_V1(clientele_likelihood_ratio_test);

/* The distribution of the statistic if the restricted model is true. */
typedef enum Reference
{
	CHI_SQUARE,
	HALF_CHI_SQUARE				/* half at 0 */
} Reference;

/* Families of which one holds the other. */
static const struct
{
	const char *restricted;
	const char *complete;
	Reference	reference;
	int			degrees;
}			nested[] = {
	{"nbd", "pareto/nbd", CHI_SQUARE, 2},
	{"pareto/nbd", "ggompertz/nbd", HALF_CHI_SQUARE, 1},
	{"sbg", "bdw", CHI_SQUARE, 1},
};

/*
 * What a log-likelihood may have lost to rounding, relative to its size; and
 * what lies between the end of the optimizer's box and the boundary itself.
 */
#define ROUNDING	1e-7
#define OUT_OF_REACH	0.1

/* Refuse models whose likelihoods are not to be compared. */
static void
refuse(char *detail, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("no likelihood-ratio test of these models"),
			 errdetail("%s", detail),
			 errhint("%s", hint)));
}

/*
 * Refuse a model that is not the maximum of a likelihood. A complete model of
 * another family than the restricted one ends at a boundary where that is true.
 */
static void
check_fit(const char *which, const Model *model, bool boundary_expected)
{
	if (isnan(model->log_likelihood))
		refuse(psprintf("The %s model, %s, has no log_likelihood.", which,
						model->family),
			   "Give models as fit() returns them.");
	if (!isinf(model->prior_sd) || !isinf(model->coefficient_prior_sd))
		refuse(psprintf("The %s model, %s, was fitted with a prior.", which,
						model->family),
			   "Fit both models without priors: the test compares maxima of the likelihood.");
	if (model->status == MODEL_BOUNDARY && !boundary_expected)
		ereport(WARNING,
				(errcode(ERRCODE_WARNING),
				 errmsg("likelihood-ratio test of a model with status \"%s\"",
						model_status_name(model->status)),
				 errdetail("The parameters of the %s model, %s, are not identified by the data, and so the degrees of freedom not known: the p-value is approximate.",
						   which, model->family),
				 errhint("Fit to more customers.")));
	if (model->status == MODEL_NOT_CONVERGED)
		refuse(psprintf("The fit of the %s model, %s, did not converge.",
						which, model->family),
			   "The test compares maxima of the likelihood: fit to more customers.");
}

/* Which distribution the statistic has; an error if neither holds the other. */
static Reference
find_reference(const Model *restricted, const Model *complete, int *degrees)
{
	if (strcmp(restricted->family, complete->family) == 0)
	{
		int			n = restricted->nparameters;

		*degrees = complete->ncoefficients - restricted->ncoefficients;
		if (*degrees > 0 &&
			memcmp(restricted->values + n, complete->values + n,
				   complete->nconstants * sizeof(double)) == 0)
			return CHI_SQUARE;
		refuse(psprintf("Both are %s, the restricted one with %d coefficients, the complete one with %d.",
						complete->family, restricted->ncoefficients,
						complete->ncoefficients),
			   "The complete model has covariates that the restricted one lacks.");
	}
	for (int i = 0; i < (int) lengthof(nested); i++)
	{
		if (strcmp(restricted->family, nested[i].restricted) != 0 ||
			strcmp(complete->family, nested[i].complete) != 0)
			continue;
		if (restricted->ncoefficients + complete->ncoefficients > 0)
			refuse(psprintf("%s is a case of %s, but one of the two has covariates.",
							restricted->family, complete->family),
				   "Compare families without covariates, or covariates within one family.");
		*degrees = nested[i].degrees;
		return nested[i].reference;
	}
	refuse(psprintf("%s is not a case of %s.", restricted->family,
					complete->family),
		   "Nested are a family without covariates in the same with, nbd in pareto/nbd, pareto/nbd in ggompertz/nbd, and sbg in bdw. Compare others by aic(model) or bic(model).");
	return CHI_SQUARE;			/* not reached */
}

/* likelihood_ratio_test(restricted, complete): statistic, degrees, p_value */
Datum
clientele_likelihood_ratio_test(PG_FUNCTION_ARGS)
{
	const Model *restricted = PG_GETARG_MODEL_P(0);
	const Model *complete = PG_GETARG_MODEL_P(1);
	Reference	reference;
	int			degrees;
	double		statistic;
	double		slack;
	double		p_value;
	TupleDesc	desc;
	Datum		values[3];
	bool		nulls[3] = {false, false, false};

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	reference = find_reference(restricted, complete, &degrees);
	check_fit("restricted", restricted, false);
	check_fit("complete", complete,
			  strcmp(restricted->family, complete->family) != 0);
	if (restricted->customers >= 0 && complete->customers >= 0 &&
		restricted->customers != complete->customers)
		refuse(psprintf("The restricted model was fitted to " INT64_FORMAT " customers, the complete one to " INT64_FORMAT ".",
						restricted->customers, complete->customers),
			   "Fit both to the same customers; those of a base with covariates are without_covariates(base).");
	if (fabs(restricted->unit - complete->unit) > 1e-9 * complete->unit)
		refuse(psprintf("The unit of the restricted model is %g days, that of the complete one %g.",
						restricted->unit, complete->unit),
			   "Fit both with the same unit: the log-likelihood depends on it.");

	statistic = 2 * (complete->log_likelihood - restricted->log_likelihood);
	slack = complete->status == MODEL_BOUNDARY ? OUT_OF_REACH :
		ROUNDING * (1 + fabs(complete->log_likelihood));
	if (statistic < -slack)
		refuse(psprintf("The restricted model has the higher log-likelihood, %.10g against %.10g.",
						restricted->log_likelihood, complete->log_likelihood),
			   "That cannot be if both are maxima for the same customers, with the same covariates and more.");
	statistic = Max(statistic, 0);
	if (reference == HALF_CHI_SQUARE)
		p_value = statistic > 0 ? 0.5 * chi_square_tail(statistic, degrees) : 1;
	else
		p_value = chi_square_tail(statistic, degrees);
	values[0] = Float8GetDatum(statistic);
	values[1] = Int32GetDatum(degrees);
	values[2] = Float8GetDatum(p_value);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc),
													  values, nulls)));
}
