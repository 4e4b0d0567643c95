/*
 * fit_lead_model.h
 *		What a fit of a lead model was asked for, read and checked.
 *
 * fit_lead_model.c reads the arguments, looks at the columns of the training
 * query and hands the request to the family's fit. A fit runs its aggregates
 * over the query through SPI, so that each pass is one parallel plan.
 */
#ifndef CLIENTELE_SCORE_FIT_LEAD_MODEL_H
#define CLIENTELE_SCORE_FIT_LEAD_MODEL_H

#include "postgres.h"

#include "score/lead/lead_model.h"

/*
 * A feature of the query. The expression is SQL over the alias "training":
 * float8 for a number, text for a category, text[] for a set.
 */
typedef struct FitFeature
{
	char	   *name;
	LeadFeatureKind kind;
	char	   *expression;
	bool		is_stages;		/* a set of the stages that a lead reached */
} FitFeature;

typedef struct LeadFitRequest
{
	char	   *from;			/* SQL after FROM: a relation or a query in
								 * parentheses, with the alias training */
	Oid			relation;		/* whose name was given; invalid: a query */
	char	   *outcome_name;
	char	   *outcome;		/* SQL expression: boolean; NULL is not known */
	char	   *weight;			/* SQL expression float8, or NULL: each row 1 */
	char	   *frequency;		/* SQL expression float8: a row stands for so
								 * many; or NULL: each for 1 */
	char	   *team;			/* SQL expression text, or NULL */
	char	   *team_name;		/* its column: LeadModelParts.team */
	int			nfeatures;
	FitFeature *features;
	double		ridge;
	double		smoothing;
	double		least_won;		/* refuse fewer; 0: anything goes */
	double		least_lost;
	double		least_observations; /* of an element of a set */
	int			most_levels;	/* of a category: those beyond the most
								 * frequent are an error */
} LeadFitRequest;

/* logistic_fit.c, naive_bayes_fit.c: called with SPI connected. The parts are
 * allocated in the given context, which outlives SPI. */
extern LeadModelParts *logistic_fit(const LeadFitRequest *request,
									MemoryContext context);
extern LeadModelParts *naive_bayes_fit(const LeadFitRequest *request,
									   MemoryContext context);

/* Refuse too little data: an error that says what is there and needed. */
extern void refuse_few_outcomes(const LeadFitRequest *request, double won,
								double lost);

#endif							/* CLIENTELE_SCORE_FIT_LEAD_MODEL_H */
