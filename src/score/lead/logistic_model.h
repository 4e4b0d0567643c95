/*
 * logistic_model.h
 *		The terms of a logistic regression that is being fitted.
 */
#ifndef CLIENTELE_SCORE_LOGISTIC_MODEL_H
#define CLIENTELE_SCORE_LOGISTIC_MODEL_H

#include "postgres.h"

#include "score/lead/fit_lead_model.h"
#include "score/lead/logistic_solve.h"
#include "score/lead/logistic_step.h"
#include "score/lead/training_summary.h"

/* What a term is of its feature, when it is not a level */
#define TERM_SLOPE			(-1)
#define TERM_MISSING		(-2)
#define TERM_INTERCEPT		(-3)

typedef struct FitTerm
{
	int			feature;		/* of the request */
	int			level;			/* of the feature's, or TERM_... */
} FitTerm;

typedef struct LogisticModel
{
	const LeadFitRequest *request;
	MemoryContext memory;
	/* the first pass: features by their kind */
	int			nnumbers;
	int		   *numbers;		/* number of the feature */
	int			ncategories;
	int		   *categories;
	TrainingSummary *summary;
	CategoryLevel **levels;		/* of each category the first */
	/* the steps: those that have terms */
	int			nstep_numbers;
	int		   *step_numbers;	/* number of the feature */
	int			nstep_categories;
	int		   *step_categories;
	int		   *place;			/* of a feature, among numbers or categories */
	int			nterms;
	FitTerm    *terms;			/* intercept, step numbers, indicators */
	double	   *centers;		/* of step numbers */
	double	   *scales;
	double	   *penalties;
	int		   *order;			/* terms by features */
	bool	   *left_out;
	double	   *factor;			/* memory for logistic_solve */
	int		   *scratch;
} LogisticModel;

/* logistic_model.c */
extern LogisticModel *logistic_model_begin(const LeadFitRequest *request,
										   MemoryContext memory);
extern void logistic_model_terms(LogisticModel *model,
								 TrainingSummary *summary);
extern LogisticStep *logistic_model_step(const LogisticModel *model,
										 const double *estimates);
extern const char *logistic_term_name(const LogisticModel *model, int term);

/* logistic_result.c */
extern void logistic_model_tell_left_out(const LogisticModel *model,
										 const unsigned char *dependence);
extern bool logistic_told_apart(const LogisticModel *model);
extern LeadModelParts *logistic_model_parts(const LogisticModel *model,
											const double *estimates,
											LeadStatus status,
											const char *reason,
											LogisticStep *last,
											const double *direction,
											double gain, int passes);

#endif							/* CLIENTELE_SCORE_LOGISTIC_MODEL_H */
