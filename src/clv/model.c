/*
 * model.c
 *		The types purchase_model, spend_model and renewal_model: input and
 *		output, binary forms, and the checks that all of them share.
 *
 * All types have one layout (struct Model) and one C code; they differ in the
 * families that they may hold, and as SQL types they cannot be mistaken for
 * one another.
 */
#include "postgres.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "clv/family/gamma_gamma.h"
#include "clv/model.h"
#include "compat.h"

PG_FUNCTION_INFO_V1(clientele_purchase_model_in);
PG_FUNCTION_INFO_V1(clientele_spend_model_in);
PG_FUNCTION_INFO_V1(clientele_renewal_model_in);
PG_FUNCTION_INFO_V1(clientele_model_out);
PG_FUNCTION_INFO_V1(clientele_purchase_model_recv);
PG_FUNCTION_INFO_V1(clientele_spend_model_recv);
PG_FUNCTION_INFO_V1(clientele_renewal_model_recv);
PG_FUNCTION_INFO_V1(clientele_model_send);

#define SPEND_FAMILY "gamma-gamma"

/* A family of purchase models. */
static bool
purchase_family(const char *name, ModelFamily *family)
{
	const PurchaseFamily *found = find_purchase_family(name);

	if (found == NULL)
		return false;
	family->name = found->name;
	family->nparameters = found->nparameters;
	family->parameter_names = found->parameter_names;
	family->nconstants = found->nconstants;
	family->constant_max = found->constant_max;
	family->constant_name = found->constant_name;
	family->nslots = found->nslots;
	family->slots = found->slots;
	return true;
}

/* The families of purchase models, for hints. */
static char *
purchase_family_list(void)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = 0; purchase_families[i] != NULL; i++)
		appendStringInfo(&list, "%s%s", i > 0 ? ", " : "",
						 purchase_families[i]->name);
	return list.data;
}

/* The one family of spend models. */
static bool
spend_family(const char *name, ModelFamily *family)
{
	static const char *const names[] = {"p", "q", "gamma"};

	if (strcmp(name, SPEND_FAMILY) != 0)
		return false;
	memset(family, 0, sizeof(ModelFamily));
	family->name = SPEND_FAMILY;
	family->nparameters = GAMMA_GAMMA_PARAMETERS;
	family->parameter_names = names;
	return true;
}

/* The families of spend models, for hints. */
static char *
spend_family_list(void)
{
	return SPEND_FAMILY;
}

/* The families of renewal models: the second has one parameter more. */
static bool
renewal_family(const char *name, ModelFamily *family)
{
	static const char *const names[] = {"alpha", "beta", "c"};
	bool		weibull = strcmp(name, "bdw") == 0;

	if (!weibull && strcmp(name, "sbg") != 0)
		return false;
	memset(family, 0, sizeof(ModelFamily));
	family->name = weibull ? "bdw" : "sbg";
	family->nparameters = weibull ? 3 : 2;
	family->parameter_names = names;
	return true;
}

/* The families of renewal models, for hints. */
static char *
renewal_family_list(void)
{
	return "sbg, bdw";
}

/*
 * The types, with the range of their parameters: within it no product that a
 * prediction is made of leaves the range of a double.
 */
const ModelType purchase_model_type = {
	"purchase_model", true, 1e-100, 1e100, purchase_family, purchase_family_list
};
const ModelType spend_model_type = {
	"spend_model", false, 1e-300, 1e300, spend_family, spend_family_list
};

const ModelType renewal_model_type = {
	"renewal_model", false, 1e-300, 1e300, renewal_family, renewal_family_list
};

static const ModelType *const model_types[] = {
	&purchase_model_type, &spend_model_type, &renewal_model_type
};

/* The family of a model, whichever its type. */
void
model_family(const Model *model, ModelFamily *family)
{
	for (int i = 0; i < (int) lengthof(model_types); i++)
		if (model_types[i]->family(model->family, family) &&
			family->nparameters == model->nparameters &&
			family->nconstants == model->nconstants)
			return;
	elog(ERROR, "unexpected family of a model: \"%s\"", model->family);
}

/* An empty model of a family. */
Model *
model_create(const ModelFamily *family, int ncoefficients, bool has_covariance)
{
	Size		size = MODEL_SIZE(MODEL_NVALUES(family->nparameters,
												family->nconstants,
												ncoefficients, has_covariance));
	Model	   *model = palloc0(size);

	SET_VARSIZE(model, size);
	model->version = MODEL_VERSION;
	model->status = MODEL_GIVEN;
	model->nparameters = family->nparameters;
	model->nconstants = family->nconstants;
	model->ncoefficients = ncoefficients;
	model->flags = has_covariance ? MODEL_HAS_COVARIANCE : 0;
	model->iterations = -1;
	model->evaluations = -1;
	model->customers = -1;
	model->prior_sd = get_float8_infinity();
	model->coefficient_prior_sd = get_float8_infinity();
	model->log_likelihood = get_float8_nan();
	strlcpy(model->family, family->name, MODEL_FAMILY_LENGTH);
	return model;
}

/* May a model of the family have that many coefficients? */
bool
model_has_room(const ModelFamily *family, int ncoefficients)
{
	if (ncoefficients == 0)
		return true;
	return family->nslots > 0 && ncoefficients % family->nslots == 0 &&
		family->nparameters + ncoefficients <= MODEL_MAX_DIMENSION;
}

/*
 * The name of what was estimated, number i of MODEL_DIMENSION(model): r, or
 * purchase_2 for the second covariate's effect on purchases.
 */
const char *
model_name(const Model *model, const ModelFamily *family, int i)
{
	int			covariates;

	if (i < model->nparameters)
		return family->parameter_names[i];
	i -= model->nparameters;
	covariates = model->ncoefficients / family->nslots;
	return psprintf("%s_%d", family->slots[i / covariates].name,
					i % covariates + 1);
}

/* Refuse a model that was read: false, or an error. */
#define refuse(type, escontext, ...) \
	clientele_return_error(escontext, false, \
		(errcode(ERRCODE_INVALID_PARAMETER_VALUE), \
		 errmsg("invalid %s", (type)->name), __VA_ARGS__))

/*
 * Check what was read, from text or binary, once its shape is right: ranges
 * alone are left to check.
 */
bool
model_check(const Model *model, const ModelType *type,
			struct Node *escontext)
{
	int			n = MODEL_DIMENSION(model);
	const double *covariance = MODEL_LOG_COVARIANCE(model);
	ModelFamily family;

	model_family(model, &family);
	for (int i = 0; i < model->nparameters; i++)
		if (!(model->values[i] >= type->least && model->values[i] <= type->most))
			refuse(type, escontext,
				   errdetail("Parameter %s is %g.", family.parameter_names[i],
							 model->values[i]),
				   errhint("Parameters are from %g to %g.", type->least,
						   type->most));
	for (int i = 0; i < model->nconstants; i++)
	{
		double		constant = model->values[model->nparameters + i];

		if (!(constant >= 1 && constant <= family.constant_max &&
			  constant == floor(constant)))
			refuse(type, escontext,
				   errdetail("%s is %g.", family.constant_name, constant),
				   errhint("Give a whole number from 1 to %d.",
						   family.constant_max));
	}
	for (int i = 0; i < model->ncoefficients; i++)
		if (!isfinite(MODEL_COEFFICIENTS(model)[i]))
			refuse(type, escontext,
				   errdetail("Coefficient %d is %g.", i + 1,
							 MODEL_COEFFICIENTS(model)[i]),
				   errhint("Coefficients are finite."));
	if (type->has_unit && !(model->unit > 0 && isfinite(model->unit)))
		refuse(type, escontext,
			   errdetail("The unit is %g days.", model->unit),
			   errhint("A unit of time is finite and longer than 0, such as 7 days."));
	if (!type->has_unit && model->unit != 0)
		refuse(type, escontext,
			   errdetail("The unit is %g days.", model->unit),
			   errhint("A %s has no unit of time.", type->name));
	if (!(model->prior_sd > 0) || !(model->coefficient_prior_sd > 0))
		refuse(type, escontext,
			   !(model->prior_sd > 0) ?
			   errdetail("prior_sd is %g.", model->prior_sd) :
			   errdetail("coefficient_prior_sd is %g.",
						 model->coefficient_prior_sd),
			   errhint("The standard deviation of a prior is greater than 0; leave it out if there was no prior."));
	if (!(model->flags & MODEL_HAS_COVARIANCE))
		return true;
	for (int i = 0; i < n; i++)
		for (int j = 0; j <= i; j++)
			if (!isfinite(covariance[i * n + j]) ||
				covariance[i * n + j] != covariance[j * n + i] ||
				covariance[i * n + i] < 0)
				refuse(type, escontext,
					   errdetail("log_covariance of %s and %s is not finite, symmetric and, on the diagonal, 0 or more.",
								 model_name(model, &family, i),
								 model_name(model, &family, j)),
					   errhint("It is the covariance of the logarithms of the parameters; leave it out if it is not known."));
	return true;
}

/*
 * Refuse the result of a fit that no model can hold, for it could be written and
 * never be read again: times in a unit that is out of all proportion to them.
 */
static void
check_fit(const ModelType *type, const ModelFamily *family, double unit,
		  const FitResult *fit)
{
	for (int i = 0; i < fit->nparameters; i++)
		if (!(fit->parameters[i] >= type->least &&
			  fit->parameters[i] <= type->most))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("fit of %s is out of range", family->name),
					 type->has_unit ?
					 errdetail("Parameter %s is %g in units of %g days.",
							   family->parameter_names[i], fit->parameters[i],
							   unit) :
					 errdetail("Parameter %s is %g.",
							   family->parameter_names[i], fit->parameters[i]),
					 errhint("Look for values that cannot be, and give a unit of time about as long as the time between purchases.")));
	if (isinf(fit->log_likelihood))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("fit of %s is out of range", family->name),
				 errdetail("The log-likelihood is %g.", fit->log_likelihood),
				 errhint("Look for values that cannot be, and for a prior_sd next to 0.")));
}

/* What a model tells of its fit, beside what was estimated. */
void
model_describe_fit(Model *model, double unit, double prior_sd,
				   int64 customers, const FitResult *fit)
{
	model->status = fit->status == FIT_OK ? MODEL_OK :
		fit->status == FIT_BOUNDARY ? MODEL_BOUNDARY : MODEL_NOT_CONVERGED;
	model->iterations = fit->iterations;
	model->evaluations = fit->evaluations;
	model->customers = customers;
	model->unit = unit;
	model->prior_sd = prior_sd;
	model->log_likelihood = fit->log_likelihood;
}

/* A model from the result of a fit. */
Model *
model_from_fit(const ModelType *type, const char *name, double unit,
			   double prior_sd, int64 customers, const FitResult *fit)
{
	ModelFamily family;
	Model	   *model;
	int			n = fit->nparameters;

	if (!type->family(name, &family))
		elog(ERROR, "unexpected family of a model: \"%s\"", name);
	check_fit(type, &family, unit, fit);
	model = model_create(&family, 0, fit->has_covariance);
	model_describe_fit(model, unit, prior_sd, customers, fit);
	memcpy(model->values, fit->parameters,
		   (n + family.nconstants) * sizeof(double));
	if (fit->has_covariance)
	{
		double	   *covariance = MODEL_LOG_COVARIANCE(model);

		/* rounding must not make what is symmetric look forged */
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
				covariance[i * n + j] =
					fit->log_covariance[Max(i, j) * n + Min(i, j)];
	}
	return model;
}

/*
 * Warn of a prediction from a model whose fit says that it is not to be relied
 * on; false if there is nothing to warn of.
 */
bool
model_warn_now(const Model *model)
{
	if (model->status == MODEL_GIVEN || model->status == MODEL_OK)
		return false;
	ereport(WARNING,
			(errcode(ERRCODE_WARNING),
			 errmsg("prediction from a %s model with status \"%s\"",
					model->family, model_status_name(model->status)),
			 errdetail("Its parameters are not identified by the data that it was fitted to."),
			 errhint("Fit it to more customers, to a longer time, or with a weak prior (prior_sd => 3).")));
	return true;
}

/* The same once for each place in a query, not once a row. */
void
model_warn(FunctionCallInfo fcinfo, const Model *model)
{
	if (fcinfo->flinfo->fn_extra == NULL && model_warn_now(model))
		fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, 1);
}

/* Text in: JSON. */
Datum
clientele_purchase_model_in(PG_FUNCTION_ARGS)
{
	Model	   *model = model_from_json(PG_GETARG_CSTRING(0),
										&purchase_model_type,
										CLIENTELE_ESCONTEXT(fcinfo));

	if (model == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(model);
}

/* Text in: JSON. */
Datum
clientele_spend_model_in(PG_FUNCTION_ARGS)
{
	Model	   *model = model_from_json(PG_GETARG_CSTRING(0),
										&spend_model_type,
										CLIENTELE_ESCONTEXT(fcinfo));

	if (model == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(model);
}

/* Text in: JSON. */
Datum
clientele_renewal_model_in(PG_FUNCTION_ARGS)
{
	Model	   *model = model_from_json(PG_GETARG_CSTRING(0),
										&renewal_model_type,
										CLIENTELE_ESCONTEXT(fcinfo));

	if (model == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(model);
}

/* Text out: JSON. */
Datum
clientele_model_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(model_to_json(PG_GETARG_MODEL_P(0)));
}

/* Read the binary form; everything that it claims is checked. */
static Model *
model_receive(StringInfo message, const ModelType *type)
{
	int			version = pq_getmsgbyte(message);
	int			status;
	int			nparameters;
	int			nconstants;
	int			ncoefficients;
	int			flags;
	const char *name;
	bool		has_covariance;
	ModelFamily family;
	int			nvalues;
	Model	   *model;

	if (version != MODEL_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary %s", type->name),
				 errdetail("Its format is version %d.", version),
				 errhint("This release reads version %d.", MODEL_VERSION)));
	status = pq_getmsgbyte(message);
	nparameters = pq_getmsgbyte(message);
	nconstants = pq_getmsgbyte(message);
	ncoefficients = pq_getmsgbyte(message);
	flags = pq_getmsgbyte(message);
	has_covariance = (flags & MODEL_HAS_COVARIANCE) != 0;
	name = pq_getmsgstring(message);
	if (strlen(name) >= MODEL_FAMILY_LENGTH || !type->family(name, &family) ||
		family.nparameters != nparameters || family.nconstants != nconstants ||
		!model_has_room(&family, ncoefficients) ||
		status > MODEL_NOT_CONVERGED || (flags & ~MODEL_FLAGS) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary %s", type->name),
				 errdetail("Family \"%s\", %d parameters, %d constants, %d coefficients, status %d, flags %d.",
						   name, nparameters, nconstants, ncoefficients, status,
						   flags),
				 errhint("Families: %s.", type->family_list())));
	model = model_create(&family, ncoefficients, has_covariance);
	model->status = status;
	model->iterations = pq_getmsgint(message, 4);
	model->evaluations = pq_getmsgint(message, 4);
	model->customers = pq_getmsgint64(message);
	model->unit = pq_getmsgfloat8(message);
	model->prior_sd = pq_getmsgfloat8(message);
	model->coefficient_prior_sd = pq_getmsgfloat8(message);
	model->log_likelihood = pq_getmsgfloat8(message);
	nvalues = MODEL_NVALUES(nparameters, nconstants, ncoefficients,
							has_covariance);
	for (int i = 0; i < nvalues; i++)
		model->values[i] = pq_getmsgfloat8(message);
	if (model->iterations < -1 || model->evaluations < -1 ||
		model->customers < -1 || isinf(model->log_likelihood))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary %s", type->name),
				 errdetail("A count or the log-likelihood is out of range.")));
	(void) model_check(model, type, NULL);
	return model;
}

/* Binary in. */
Datum
clientele_purchase_model_recv(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(model_receive((StringInfo) PG_GETARG_POINTER(0),
									&purchase_model_type));
}

/* Binary in. */
Datum
clientele_spend_model_recv(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(model_receive((StringInfo) PG_GETARG_POINTER(0),
									&spend_model_type));
}

/* Binary in. */
Datum
clientele_renewal_model_recv(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(model_receive((StringInfo) PG_GETARG_POINTER(0),
									&renewal_model_type));
}

/* Binary out. */
Datum
clientele_model_send(PG_FUNCTION_ARGS)
{
	Model	   *model = PG_GETARG_MODEL_P(0);
	int			nvalues = MODEL_NVALUES(model->nparameters, model->nconstants,
										model->ncoefficients,
										model->flags & MODEL_HAS_COVARIANCE);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, model->version);
	pq_sendbyte(&out, model->status);
	pq_sendbyte(&out, model->nparameters);
	pq_sendbyte(&out, model->nconstants);
	pq_sendbyte(&out, model->ncoefficients);
	pq_sendbyte(&out, model->flags);
	pq_sendstring(&out, model->family);
	pq_sendint32(&out, model->iterations);
	pq_sendint32(&out, model->evaluations);
	pq_sendint64(&out, model->customers);
	pq_sendfloat8(&out, model->unit);
	pq_sendfloat8(&out, model->prior_sd);
	pq_sendfloat8(&out, model->coefficient_prior_sd);
	pq_sendfloat8(&out, model->log_likelihood);
	for (int i = 0; i < nvalues; i++)
		pq_sendfloat8(&out, model->values[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
