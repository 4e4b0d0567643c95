/*
 * model.h
 *		A fitted model as a value: the types purchase_model and spend_model.
 */
#ifndef CLIENTELE_CLV_MODEL_H
#define CLIENTELE_CLV_MODEL_H

#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"

#include "clv/family.h"
#include "clv/purchase_fit.h"

#define MODEL_VERSION		1
#define MODEL_FAMILY_LENGTH 16

/* How the parameters came to be; the numbers are stored. */
typedef enum ModelStatus
{
	MODEL_GIVEN = 0,			/* typed in */
	MODEL_OK = 1,				/* fitted, converged */
	MODEL_BOUNDARY = 2,			/* fitted, not identified */
	MODEL_NOT_CONVERGED = 3
} ModelStatus;

#define MODEL_HAS_COVARIANCE	0x01
#define MODEL_FLAGS				0x01

/*
 * A model. After the header come the parameters, then, if there is one, the
 * covariance of their logarithms, row by row. Numbers of a fit that are not
 * known (a model typed in) are NaN, counts are -1.
 */
typedef struct Model
{
	int32		vl_len_;
	uint8		version;
	uint8		status;
	uint8		nparameters;
	uint8		flags;
	int32		iterations;
	int32		evaluations;
	int64		customers;
	double		unit;			/* days; 0 for a model without time */
	double		prior_sd;		/* INFINITY: none */
	double		log_likelihood;
	char		family[MODEL_FAMILY_LENGTH];	/* padded with zeros */
	double		values[FLEXIBLE_ARRAY_MEMBER];
} Model;

#define MODEL_SIZE(n, has_covariance) \
	(offsetof(Model, values) + \
	 sizeof(double) * ((n) + ((has_covariance) ? (n) * (n) : 0)))

#define MODEL_LOG_COVARIANCE(model) ((model)->values + (model)->nparameters)

/* What one SQL type of model may hold. */
typedef struct ModelType
{
	const char *name;			/* of the SQL type */
	bool		has_unit;
	/* the parameters of a family; NULL if there is no such family */
	const char *const *(*parameter_names) (const char *family,
										   int *nparameters);
	char	   *(*family_list) (void);	/* for hints */
} ModelType;

extern const ModelType purchase_model_type;
extern const ModelType spend_model_type;

#define PG_GETARG_MODEL_P(n)	((Model *) PG_GETARG_VARLENA_P(n))

/* A model from the result of a fit. */
extern Model *model_from_fit(const char *family, double unit, double prior_sd,
							 int64 customers, const FitResult *fit);

/* The type whose family this is: both types share their accessors. */
extern const char *const *model_parameter_names(const Model *model);

/* Check what was read; false, or an error, where it cannot be. */
extern bool model_check(const Model *model, const ModelType *type,
						struct Node *escontext);

/* Warn, once a query, of a prediction from a model that was not identified. */
extern void model_warn(FunctionCallInfo fcinfo, const Model *model);

/* The standard normal quantile of a two-sided interval. */
extern double confidence_quantile(double confidence);

/* The two forms of a model; model_json.c */
extern Model *model_from_json(char *text, const ModelType *type,
							  struct Node *escontext);
extern char *model_to_json(const Model *model);
extern const char *model_status_name(int status);

#endif							/* CLIENTELE_CLV_MODEL_H */
