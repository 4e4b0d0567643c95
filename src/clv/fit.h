/*
 * fit.h
 *		Fits of purchase models, for the SQL functions that fit: one family, or
 *		each of them.
 */
#ifndef CLIENTELE_CLV_FIT_H
#define CLIENTELE_CLV_FIT_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/timestamp.h"

#include "clv/customer_base.h"
#include "clv/model.h"

/* Why there is no fit. */
typedef struct FitRefusal
{
	char	   *detail;
	const char *hint;
} FitRefusal;

/* The standard deviation of a prior, an argument; INFINITY where it is NULL. */
extern double fit_prior(FunctionCallInfo fcinfo, int argument,
						const char *name);

/* The options that all fits share; the prior_sd is an argument, or NULL. */
extern FitOptions fit_options(FunctionCallInfo fcinfo, int prior_argument);

/* Memory for a fit, from a context that the caller drops after it. */
extern FitMemory fit_memory(MemoryContext context);

/* A family, and the constant where there is one, by its name, an argument. */
extern const PurchaseFamily *fit_family(FunctionCallInfo fcinfo, int argument,
										int *constant);

/* The unit of time of a fit, in days. */
extern double fit_unit(const Interval *unit);

/*
 * Is there too little for a fit? The base is canonical, constant that of the
 * fit's options.
 */
extern bool fit_is_refused(const PurchaseFamily *family, int constant,
						   CellSet *base, FitRefusal *refusal);

/* The error of a refused fit. */
extern void refuse_fit(const char *family, const char *detail,
					   const char *hint);

/*
 * Fit a family to a canonical base that is not refused; the gaps between
 * purchases are taken from the base.
 */
extern Model *fit_purchases(const PurchaseFamily *family, CellSet *base,
							const FitOptions *options);

#endif							/* CLIENTELE_CLV_FIT_H */
