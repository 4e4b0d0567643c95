/*
 * model.c
 *		The types purchase_model and spend_model: input and output, binary
 *		forms, and the checks that all of them share.
 *
 * Both types have one layout (struct Model) and one C code; they differ in the
 * families that they may hold, and as SQL types they cannot be mistaken for
 * one another.
 */
#include "postgres.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "clv/gamma_gamma.h"
#include "clv/model.h"
#include "compat.h"

PG_FUNCTION_INFO_V1(clientele_purchase_model_in);
PG_FUNCTION_INFO_V1(clientele_spend_model_in);
PG_FUNCTION_INFO_V1(clientele_model_out);
PG_FUNCTION_INFO_V1(clientele_purchase_model_recv);
PG_FUNCTION_INFO_V1(clientele_spend_model_recv);
PG_FUNCTION_INFO_V1(clientele_model_send);

#define SPEND_FAMILY "gamma-gamma"

/* The names of the parameters of a family of purchase models. */
static const char *const *
purchase_parameter_names(const char *family, int *nparameters)
{
	const PurchaseFamily *found = find_purchase_family(family);

	if (found == NULL)
		return NULL;
	*nparameters = found->nparameters;
	return found->parameter_names;
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

/* The names of the parameters of the one family of spend models. */
static const char *const *
spend_parameter_names(const char *family, int *nparameters)
{
	static const char *const names[] = {"p", "q", "gamma"};

	if (strcmp(family, SPEND_FAMILY) != 0)
		return NULL;
	*nparameters = GAMMA_GAMMA_PARAMETERS;
	return names;
}

/* The families of spend models, for hints. */
static char *
spend_family_list(void)
{
	return SPEND_FAMILY;
}

const ModelType purchase_model_type = {
	"purchase_model", true, purchase_parameter_names, purchase_family_list
};
const ModelType spend_model_type = {
	"spend_model", false, spend_parameter_names, spend_family_list
};

/* The names of a model's parameters, whichever its type. */
const char *const *
model_parameter_names(const Model *model)
{
	int			n;
	const char *const *names = purchase_parameter_names(model->family, &n);

	if (names == NULL)
		names = spend_parameter_names(model->family, &n);
	if (names == NULL || n != model->nparameters)
		elog(ERROR, "unexpected family of a model: \"%s\"", model->family);
	return names;
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
	int			n = model->nparameters;
	const char *const *names = model_parameter_names(model);
	const double *covariance = MODEL_LOG_COVARIANCE(model);

	for (int i = 0; i < n; i++)
		if (!(model->values[i] > 0 && isfinite(model->values[i])))
			refuse(type, escontext,
				   errdetail("Parameter %s is %g.", names[i], model->values[i]),
				   errhint("Parameters are finite and greater than 0."));
	if (type->has_unit && !(model->unit > 0 && isfinite(model->unit)))
		refuse(type, escontext,
			   errdetail("The unit is %g days.", model->unit),
			   errhint("A unit of time is finite and longer than 0, such as 7 days."));
	if (!type->has_unit && model->unit != 0)
		refuse(type, escontext,
			   errdetail("The unit is %g days.", model->unit),
			   errhint("A %s has no unit of time.", type->name));
	if (!(model->prior_sd > 0))
		refuse(type, escontext,
			   errdetail("prior_sd is %g.", model->prior_sd),
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
								 names[i], names[j]),
					   errhint("It is the covariance of the logarithms of the parameters; leave it out if it is not known."));
	return true;
}

/* A model from the result of a fit. */
Model *
model_from_fit(const char *family, double unit, double prior_sd,
			   int64 customers, const FitResult *fit)
{
	int			n = fit->nparameters;
	Size		size = MODEL_SIZE(n, fit->has_covariance);
	Model	   *model = palloc0(size);

	SET_VARSIZE(model, size);
	model->version = MODEL_VERSION;
	model->status = fit->status == FIT_OK ? MODEL_OK :
		fit->status == FIT_BOUNDARY ? MODEL_BOUNDARY : MODEL_NOT_CONVERGED;
	model->nparameters = n;
	model->flags = fit->has_covariance ? MODEL_HAS_COVARIANCE : 0;
	model->iterations = fit->iterations;
	model->evaluations = fit->evaluations;
	model->customers = customers;
	model->unit = unit;
	model->prior_sd = prior_sd;
	model->log_likelihood = fit->log_likelihood;
	strlcpy(model->family, family, MODEL_FAMILY_LENGTH);
	memcpy(model->values, fit->parameters, n * sizeof(double));
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
 * on: once for each place in a query, not once a row.
 */
void
model_warn(FunctionCallInfo fcinfo, const Model *model)
{
	if (model->status == MODEL_GIVEN || model->status == MODEL_OK ||
		fcinfo->flinfo->fn_extra != NULL)
		return;
	fcinfo->flinfo->fn_extra = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt,
													  1);
	ereport(WARNING,
			(errcode(ERRCODE_WARNING),
			 errmsg("prediction from a %s model with status \"%s\"",
					model->family, model_status_name(model->status)),
			 errdetail("Its parameters are not identified by the data that it was fitted to."),
			 errhint("Fit it to more customers, to a longer time, or with a weak prior (prior_sd => 3).")));
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
	int			status = pq_getmsgbyte(message);
	int			nparameters = pq_getmsgbyte(message);
	int			flags = pq_getmsgbyte(message);
	const char *family;
	bool		has_covariance = (flags & MODEL_HAS_COVARIANCE) != 0;
	int			n;
	int			nvalues;
	Model	   *model;

	if (version != MODEL_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary %s", type->name),
				 errdetail("Its format is version %d.", version),
				 errhint("This release reads version %d.", MODEL_VERSION)));
	family = pq_getmsgstring(message);
	if (strlen(family) >= MODEL_FAMILY_LENGTH ||
		type->parameter_names(family, &n) == NULL || n != nparameters ||
		status > MODEL_NOT_CONVERGED || (flags & ~MODEL_FLAGS) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary %s", type->name),
				 errdetail("Family \"%s\", %d parameters, status %d, flags %d.",
						   family, nparameters, status, flags),
				 errhint("Families: %s.", type->family_list())));
	model = palloc0(MODEL_SIZE(n, has_covariance));
	SET_VARSIZE(model, MODEL_SIZE(n, has_covariance));
	model->version = version;
	model->status = status;
	model->nparameters = nparameters;
	model->flags = flags;
	strlcpy(model->family, family, MODEL_FAMILY_LENGTH);
	model->iterations = pq_getmsgint(message, 4);
	model->evaluations = pq_getmsgint(message, 4);
	model->customers = pq_getmsgint64(message);
	model->unit = pq_getmsgfloat8(message);
	model->prior_sd = pq_getmsgfloat8(message);
	model->log_likelihood = pq_getmsgfloat8(message);
	nvalues = n + (has_covariance ? n * n : 0);
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

/* Binary out. */
Datum
clientele_model_send(PG_FUNCTION_ARGS)
{
	Model	   *model = PG_GETARG_MODEL_P(0);
	int			n = model->nparameters;
	int			nvalues = n + (model->flags & MODEL_HAS_COVARIANCE ? n * n : 0);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, model->version);
	pq_sendbyte(&out, model->status);
	pq_sendbyte(&out, model->nparameters);
	pq_sendbyte(&out, model->flags);
	pq_sendstring(&out, model->family);
	pq_sendint32(&out, model->iterations);
	pq_sendint32(&out, model->evaluations);
	pq_sendint64(&out, model->customers);
	pq_sendfloat8(&out, model->unit);
	pq_sendfloat8(&out, model->prior_sd);
	pq_sendfloat8(&out, model->log_likelihood);
	for (int i = 0; i < nvalues; i++)
		pq_sendfloat8(&out, model->values[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
