/*
 * fit_covariates.c
 *		The fit with covariates, as SQL calls it; see fit.c and covariate_fit.c.
 */
#include "postgres.h"

#include <math.h>

#include "utils/memutils.h"

#include "clv/covariate_base.h"
#include "clv/fit.h"

PG_FUNCTION_INFO_V1(clientele_fit_covariates);

/* The families that take covariates, for hints. */
static char *
families_with_covariates(void)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = 0; purchase_families[i] != NULL; i++)
		if (purchase_families[i]->nslots > 0)
			appendStringInfo(&list, "%s%s", list.len > 0 ? ", " : "",
							 purchase_families[i]->name);
	return list.data;
}

/* Refuse what cannot be fitted. */
static void
check_base(const PurchaseFamily *family, const CovariateBase *base)
{
	int64		customers = base->set->counts[COVARIATE_BASE_CUSTOMERS];
	int			ncoefficients = family->nslots * base->covariates;
	int			most;

	if (family->nslots == 0)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("%s takes no covariates", family->name),
				 errdetail("The base has %d covariates.", base->covariates),
				 errhint("Families that do: %s. A base without them is without_covariates(base).",
						 families_with_covariates())));
	most = (MODEL_MAX_DIMENSION - family->nparameters) / family->nslots;
	if (base->covariates > most)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many covariates for %s", family->name),
				 errdetail("The base has %d, each with %d coefficients.",
						   base->covariates, family->nslots),
				 errhint("The limit is %d.", most)));
	if (customers < family->nparameters + ncoefficients)
		refuse_fit(family->name,
				   psprintf("There are " INT64_FORMAT " customers, %d parameters and %d coefficients; " INT64_FORMAT " customers were skipped.",
							customers, family->nparameters, ncoefficients,
							base->set->counts[COVARIATE_BASE_SKIPPED]),
				   "Fit more customers: at least as many as parameters and coefficients, better some hundreds.");
	for (uint32 i = 0; i < base->set->flat.n; i++)
		if (*CELL_NUMBER(base->type, CELL_AT(base->type, base->set, i)) > 0)
			return;
	refuse_fit(family->name,
			   psprintf("None of the " INT64_FORMAT " customers came back.",
						customers),
			   "At least one customer with a repeat purchase is needed, better some hundreds: wait, or take a model fitted to a larger group.");
}

/* Refuse covariates from which nothing can be learned. */
static void
check_covariates(const CovariateFitResult *result)
{
	int			number = result->problem_covariate + 1;

	switch (result->problem)
	{
		case COVARIATES_WELL:
			return;
		case COVARIATE_CONSTANT:
			ereport(ERROR,
					(errcode(ERRCODE_DATA_EXCEPTION),
					 errmsg("covariate %d is constant", number),
					 errdetail("It has the same value for every customer, so nothing tells its effect from the parameters."),
					 errhint("Leave it out, or give a coefficient_prior_sd, under which its coefficients are 0.")));
			break;
		case COVARIATE_COLLINEAR:
			ereport(ERROR,
					(errcode(ERRCODE_DATA_EXCEPTION),
					 errmsg("covariate %d is collinear", number),
					 errdetail("It is a sum of multiples of the covariates before it, so nothing tells its effect from theirs."),
					 errhint("Leave it out (of the dummies of a category leave out one), or give a coefficient_prior_sd, under which they share the effect.")));
			break;
		case COVARIATE_OUT_OF_RANGE:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("covariate %d is out of range", number),
					 errdetail("The square of its spread is beyond the range of float8."),
					 errhint("Give it in other units.")));
	}
}

/* Refuse a result that no model can hold, as it could never be read again. */
static void
check_result(const PurchaseFamily *family, const CovariateFitResult *result)
{
	int			n = family->nparameters + result->ncoefficients;
	bool		finite = !isinf(result->fit.log_likelihood);

	for (int i = 0; i < family->nparameters; i++)
		if (!(result->fit.parameters[i] >= purchase_model_type.least &&
			  result->fit.parameters[i] <= purchase_model_type.most))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("parameters are out of range"),
					 errdetail("%s is %g for a customer whose covariates are 0, too far from the customers at hand.",
							   family->parameter_names[i],
							   result->fit.parameters[i]),
					 errhint("Take a typical value from each covariate: year - 1990 instead of year.")));
	for (int i = 0; i < result->ncoefficients; i++)
		finite = finite && isfinite(result->coefficients[i]);
	for (int i = 0; i < n * n && result->fit.has_covariance; i++)
		finite = finite && isfinite(result->covariance[i]);
	if (!finite)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("fit of %s is out of range", family->name),
				 errdetail("A coefficient, its variance or the log-likelihood is beyond the range of float8."),
				 errhint("Give covariates in other units: such as differ by about 1 between customers.")));
}

/* fit(covariate_base, family, unit, prior_sd, coefficient_prior_sd) */
Datum
clientele_fit_covariates(PG_FUNCTION_ARGS)
{
	CovariateBase base;
	const PurchaseFamily *family;
	CovariateOptions options;
	CovariateData data;
	CovariateFitResult *result;
	FitMemory	memory;
	MemoryContext context;
	MemoryContext caller;
	ModelFamily model_of;
	int			constant;
	Model	   *model;
	int			n;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	base = covariate_base_get(PG_GETARG_DATUM(0));
	family = fit_family(fcinfo, 1, &constant);
	options.fit = fit_options(fcinfo, 3);
	options.fit.unit = fit_unit(PG_GETARG_INTERVAL_P(2));
	options.start = NULL;
	options.prior_sd = fit_prior(fcinfo, 4, "coefficient_prior_sd");
	check_base(family, &base);

	context = AllocSetContextCreate(CurrentMemoryContext, "clientele fit",
									ALLOCSET_DEFAULT_SIZES);
	memory = fit_memory(context);
	result = palloc(sizeof(CovariateFitResult));
	caller = MemoryContextSwitchTo(context);
	data = covariate_base_data(&base);
	MemoryContextSwitchTo(caller);
	covariate_fit(family, &data, &options, &memory, result);
	MemoryContextDelete(context);
	check_covariates(result);
	check_result(family, result);

	if (!purchase_model_type.family(family->name, &model_of))
		elog(ERROR, "unexpected family of a model: \"%s\"", family->name);
	model = model_create(&model_of, result->ncoefficients,
						 result->fit.has_covariance);
	model_describe_fit(model, options.fit.unit, options.fit.prior_sd,
					   base.set->counts[COVARIATE_BASE_CUSTOMERS],
					   &result->fit);
	model->coefficient_prior_sd = options.prior_sd;
	memcpy(model->values, result->fit.parameters,
		   family->nparameters * sizeof(double));
	memcpy(MODEL_COEFFICIENTS(model), result->coefficients,
		   result->ncoefficients * sizeof(double));
	n = MODEL_DIMENSION(model);
	if (result->fit.has_covariance)
		memcpy(MODEL_LOG_COVARIANCE(model), result->covariance,
			   n * n * sizeof(double));
	PG_RETURN_POINTER(model);
}
