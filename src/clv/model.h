/*
 * model.h
 *		A fitted model as a value: the types purchase_model, spend_model and
 *		renewal_model, and the layout that they share.
 */
#ifndef CLIENTELE_CLV_MODEL_H
#define CLIENTELE_CLV_MODEL_H

#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"

#include "clv/family/family.h"
#include "clv/family/purchase_fit.h"

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

/* Coefficients of covariates: as many as the optimizer can take, at most. */
#define MODEL_MAX_DIMENSION		64
#define MODEL_MAX_COEFFICIENTS	(MODEL_MAX_DIMENSION - 2)

/*
 * A model. After the header come the parameters, the constants of the family
 * (k of the regularity models), the coefficients of covariates, slot by slot,
 * and then, if there is one, the covariance, row by row: of the logarithms of
 * the parameters, then of the coefficients as they are. Numbers of a fit that
 * are not known (a model typed in) are NaN, counts are -1.
 */
typedef struct Model
{
	int32		vl_len_;
	uint8		version;
	uint8		status;
	uint8		nparameters;	/* estimated ones, without coefficients */
	uint8		nconstants;
	uint8		ncoefficients;
	uint8		flags;
	uint8		unused[2];
	int32		iterations;
	int32		evaluations;
	int64		customers;
	double		unit;			/* days; 0 for a model without time */
	double		prior_sd;		/* of the parameters; INFINITY: none */
	double		coefficient_prior_sd;	/* of the coefficients */
	double		log_likelihood;
	char		family[MODEL_FAMILY_LENGTH];	/* padded with zeros */
	double		values[FLEXIBLE_ARRAY_MEMBER];
} Model;

/* What was estimated, and so the dimension of the covariance. */
#define MODEL_DIMENSION(model) \
	((model)->nparameters + (model)->ncoefficients)

#define MODEL_NVALUES(nparameters, nconstants, ncoefficients, has_covariance) \
	((nparameters) + (nconstants) + (ncoefficients) + \
	 ((has_covariance) ? \
	  ((nparameters) + (ncoefficients)) * ((nparameters) + (ncoefficients)) : 0))
#define MODEL_SIZE(nvalues) (offsetof(Model, values) + sizeof(double) * (nvalues))

#define MODEL_COEFFICIENTS(model) \
	((model)->values + (model)->nparameters + (model)->nconstants)
#define MODEL_LOG_COVARIANCE(model) \
	(MODEL_COEFFICIENTS(model) + (model)->ncoefficients)

/* A family, as far as a model is to know it. */
typedef struct ModelFamily
{
	const char *name;
	int			nparameters;
	const char *const *parameter_names;
	int			nconstants;		/* 0 or 1, a whole number from 1 to */
	int			constant_max;
	const char *constant_name;
	int			nslots;			/* where covariates act */
	const CovariateSlot *slots;
} ModelFamily;

/* What one SQL type of model may hold. */
typedef struct ModelType
{
	const char *name;			/* of the SQL type */
	bool		has_unit;
	double		least;			/* parameter there may be */
	double		most;
	/* fill in the family of that name; false if there is none */
	bool		(*family) (const char *name, ModelFamily *family);
	char	   *(*family_list) (void);	/* for hints */
} ModelType;

extern const ModelType purchase_model_type;
extern const ModelType spend_model_type;
extern const ModelType renewal_model_type;

#define PG_GETARG_MODEL_P(n)	((Model *) PG_GETARG_VARLENA_P(n))

/* An empty model of a family, as if typed in, all values 0. */
extern Model *model_create(const ModelFamily *family, int ncoefficients,
						   bool has_covariance);

/* Fill in what a model tells of its fit, beside what was estimated. */
extern void model_describe_fit(Model *model, double unit, double prior_sd,
							   int64 customers, const FitResult *fit);

/* A model from the result of a fit. */
extern Model *model_from_fit(const ModelType *type, const char *family,
							 double unit, double prior_sd, int64 customers,
							 const FitResult *fit);

/* The family of a model, whichever its type: all types share their accessors. */
extern void model_family(const Model *model, ModelFamily *family);

extern bool model_has_room(const ModelFamily *family, int ncoefficients);
extern const char *model_name(const Model *model, const ModelFamily *family,
							  int i);

/* Check what was read; false, or an error, where it cannot be. */
extern bool model_check(const Model *model, const ModelType *type,
						struct Node *escontext);

/*
 * Warn of a prediction from a model that was not identified, and say whether
 * there was anything to warn of; model_warn() does so once a query, for which it
 * takes fn_extra.
 */
extern bool model_warn_now(const Model *model);
extern void model_warn(FunctionCallInfo fcinfo, const Model *model);

/* The number of parameters, as AIC and BIC count them. */
extern int	model_degrees(const Model *model);

/* Their criteria; NaN for a model without a log-likelihood or customers. */
extern double model_aic(const Model *model);
extern double model_bic(const Model *model);

/* The standard normal quantile of a two-sided interval. */
extern double confidence_quantile(double confidence);

/* The two forms of a model; model_json.c */
extern Model *model_from_json(char *text, const ModelType *type,
							  struct Node *escontext);
extern char *model_to_json(const Model *model);
extern const char *model_status_name(int status);

#endif							/* CLIENTELE_CLV_MODEL_H */
