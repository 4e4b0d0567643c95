/*
 * lead_predictor.h
 *		What a lead model makes of a lead: one way for probabilities, for their
 *		reasons and for the points of a card, so that they cannot differ.
 */
#ifndef CLIENTELE_SCORE_LEAD_PREDICTOR_H
#define CLIENTELE_SCORE_LEAD_PREDICTOR_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/jsonb.h"

#include "score/calibration/calibration.h"
#include "score/lead/lead_model_layout.h"

/* Models that are kept: those of a query that scores every segment by its own. */
#define LEAD_KEPT_MODELS	8

/* A model that came compressed or out of line, and what it was. */
typedef struct KeptModel
{
	char	   *toasted;		/* as it came; NULL: none yet */
	Size		toasted_size;
	LeadModel  *model;
	Calibration *calibration;	/* NULL: none */
} KeptModel;

/*
 * A model that is asked again and again. It is kept in fn_extra, but only as a
 * cache: a model that is kept out of line is taken out of its table once, not
 * once a row, and its calibration read once.
 */
typedef struct LeadPredictor
{
	const LeadModel *model;
	Calibration *calibration;	/* NULL: none */
	KeptModel	kept[LEAD_KEPT_MODELS];
	int			next;			/* to give way to another */
	Calibration *plain;			/* calibration of a model that was not toasted */
	char	   *plain_text;		/* what it was read from */
	Size		plain_length;
	bool		warned;
	MemoryContext context;
} LeadPredictor;

/* The lead: a JSON object, or the values of its features in their order. */
typedef struct LeadRecord
{
	JsonbContainer *object;		/* or NULL, and these */
	const double *numbers;		/* not finite: missing */
	const Datum *texts;
	const bool *no_text;
} LeadRecord;

/* What a feature adds to the logit. */
typedef struct LeadContribution
{
	const FlatFeature *feature; /* NULL: the intercept or the prior */
	const char *name;			/* of those */
	bool		missing;
	double		number;			/* of a number */
	const char *text;			/* of a category or an element; or NULL */
	Size		length;
	double		log_odds;
	double		usual;			/* the same of the average lead of the
								 * training data; NaN: not known */
} LeadContribution;

/* What is told of each contribution, in the order in which they are added. */
typedef void (*LeadVisit) (void *arg, const LeadContribution *contribution);

/* The model that is an argument. Warns, once a query, of one that is no good. */
extern LeadPredictor *lead_predictor(FunctionCallInfo fcinfo, int argument);

/* Take the lead from the argument behind the model, jsonb. */
extern void lead_record_of_json(FunctionCallInfo fcinfo, LeadRecord *record);

/* The same from arrays: numbers, and behind them categories if there are any. */
extern void lead_record_of_arrays(FunctionCallInfo fcinfo,
								  const LeadModel *model, LeadRecord *record);

/*
 * The logit of a lead, with visit (if given) told of what it is the sum of. NaN
 * where the model does not say what a missing value is worth, and where one
 * feature rules out that it be won, another that it be lost.
 */
extern double lead_logit(const LeadModel *model, const LeadRecord *record,
						 LeadVisit visit, void *arg);

/* The probability of a logit, within bounds and calibrated. NaN of NaN. */
extern double lead_probability(const LeadPredictor *predictor, double logit);

/* The log-odds that a level of naive Bayes adds in a pool. */
extern double lead_level_log_odds(const LeadModel *model, uint32 feature,
								  uint32 level, uint32 pool);

#endif							/* CLIENTELE_SCORE_LEAD_PREDICTOR_H */
