/*
 * lead_model.h
 *		Type lead_model: how likely a lead is to be won, as a value.
 *
 * The parts below say what a model is. Fits fill them in, lead_model_build.c makes a
 * flat value of them and back, lead_model_json.c text of them. The layout of
 * the value (lead_model_layout.h) is for predictions alone.
 */
#ifndef CLIENTELE_SCORE_LEAD_MODEL_H
#define CLIENTELE_SCORE_LEAD_MODEL_H

#include "postgres.h"

#include "fmgr.h"

#include "compat.h"

/* Limits, each told in an error. */
#define LEAD_MAX_FEATURES		1000
#define LEAD_MAX_TERMS			1000	/* of a logistic model, the intercept
										 * among them */
#define LEAD_MAX_LEVELS			100000	/* of one feature of naive Bayes */
#define LEAD_MAX_TEAMS			10000
#define LEAD_MAX_TEXT			1000	/* bytes of a name or a level */

typedef enum LeadFamily
{
	LEAD_LOGISTIC,
	LEAD_NAIVE_BAYES
} LeadFamily;

/* How it came to be; the numbers are stored. */
typedef enum LeadStatus
{
	LEAD_GIVEN = 0,				/* typed in */
	LEAD_OK = 1,
	LEAD_SEPARATED = 2,			/* the outcome is told apart perfectly: the
								 * coefficients have no maximum */
	LEAD_NOT_CONVERGED = 3
} LeadStatus;

typedef enum LeadFeatureKind
{
	LEAD_NUMBER,				/* logistic only */
	LEAD_CATEGORY,				/* one text of several */
	LEAD_SET					/* naive Bayes only: an array of texts, each
								 * counts (stages passed, tags) */
} LeadFeatureKind;

/*
 * A term of a logistic model: the intercept, the slope of a number, the
 * indicator that a number is missing, or a level of a category.
 */
typedef struct LeadTerm
{
	double		estimate;
	double		std_error;		/* NaN: not known */
} LeadTerm;

/* A level of a category or an element of a set. */
typedef struct LeadLevel
{
	char	   *name;			/* NULL: the level of the missing ones */
	/* logistic: */
	int			term;			/* its number among the terms; -1: reference */
	double		weight;			/* share of the training rows; NaN: not known */
	/* naive Bayes: counts, for the whole and then for each team */
	double	   *won;
	double	   *lost;
} LeadLevel;

typedef struct LeadFeature
{
	char	   *name;
	LeadFeatureKind kind;
	/* a number: */
	int			term;			/* of its slope; -1: constant, left out */
	int			missing_term;	/* of the indicator; -1: none was missing */
	double		mean;			/* of the training rows: what a missing number
								 * counts as; NaN: not known */
	double		sd;				/* NaN: not known */
	double		missing_share;	/* of the training rows, where it was missing */
	/* a category or set: */
	int			nlevels;
	LeadLevel  *levels;			/* ascending by bytes, the missing one last */
	double		minimum;		/* naive Bayes: a level with fewer
								 * observations (won + lost) is ignored; 0:
								 * none is */
	double	   *total_won;		/* naive Bayes: of how many leads the counts
								 * of a set are, for the whole and then for
								 * each team: an element's share is (count +
								 * k) / (total + k), as of stages reached.
								 * NULL: a count is a share of the feature's
								 * counts */
	double	   *total_lost;
} LeadFeature;

/* A model, taken apart. */
typedef struct LeadModelParts
{
	LeadFamily	family;
	LeadStatus	status;
	char	   *reason;			/* why the status is not ok; NULL */
	char	   *outcome;		/* name of the outcome; NULL: not said */
	int			nfeatures;
	LeadFeature *features;		/* in the order of the arrays that predictions
								 * take */
	double		won;			/* training rows (sums of frequencies); NaN:
								 * not known */
	double		lost;

	/* logistic: terms[0] is the intercept */
	int			nterms;
	LeadTerm   *terms;
	double	   *covariance;		/* nterms x nterms, or NULL */
	double		ridge;			/* 0: none; see fit_lead_model */
	double		log_likelihood; /* NaN: not known */
	double		null_log_likelihood;
	int			iterations;		/* -1: not known */

	/* naive Bayes: */
	double		smoothing;		/* added to each count */
	double		least;			/* bounds of the probability: 0 and 1: none */
	double		most;
	char	   *team;			/* the key of a record that names its team;
								 * NULL: "team" */
	int			nteams;			/* 0: no teams */
	char	  **teams;			/* ascending by bytes */
	double	   *team_won;		/* nteams */
	double	   *team_lost;

	/*
	 * both: what is added to the logit, ln((1 - s) p / (s (1 - p))) of a
	 * training set whose share of won was s where it is p outside; 0
	 */
	double		prior_shift;
	char	   *calibration;	/* JSON of type calibration, or NULL */
} LeadModelParts;

/* The flat value, see lead_model_layout.h. */
typedef struct LeadModel LeadModel;

#define PG_GETARG_LEAD_MODEL_P(n) \
	((LeadModel *) PG_DETOAST_DATUM(PG_GETARG_DATUM(n)))
#define PG_RETURN_LEAD_MODEL_P(model)	PG_RETURN_POINTER(model)

/*
 * lead_model_build.c: check the parts and flatten them (NULL after a soft
 * error); lead_model.c: back. The terms, levels
 * and teams may come in any order: the value has the terms by features, their
 * levels and the teams ascending by bytes. Of the covariance the lower triangle
 * is taken.
 */
extern LeadModel *lead_model_build(const LeadModelParts *parts,
								   struct Node *escontext);
extern LeadModelParts *lead_model_parts(const LeadModel *model);

/* Parts with nothing in them: counts 0, what may be unknown unknown. */
extern LeadModelParts *lead_model_parts_create(LeadFamily family);

/* lead_model_read.c: parts from JSON text; NULL after a soft error */
extern LeadModelParts *lead_model_from_json(char *text,
											struct Node *escontext);

/* lead_model_json.c */
extern char *lead_model_to_json(const LeadModelParts *parts);
extern const char *lead_family_name(LeadFamily family);
extern const char *lead_status_name(LeadStatus status);
extern const char *lead_kind_name(LeadFeatureKind kind);

#endif							/* CLIENTELE_SCORE_LEAD_MODEL_H */
