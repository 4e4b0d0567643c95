/*
 * lead_model_layout.h
 *		The flat value of type lead_model, for what has to be fast.
 *
 * One varlena: the struct LeadModel, tables of fixed-size rows, and the texts
 * that they name; everything is found by an offset from the start of the value.
 * Only lead_model_build() makes one, from parts that it has checked: the binary
 * form that clients send is the JSON text, so a value is sound by construction.
 * What predictions need over and over (the terms beside what they belong to,
 * the mean of a category's levels, the totals of naive Bayes) is worked out
 * once, there.
 */
#ifndef CLIENTELE_SCORE_LEAD_MODEL_LAYOUT_H
#define CLIENTELE_SCORE_LEAD_MODEL_LAYOUT_H

#include "postgres.h"

#include "score/lead/lead_model.h"

#define LEAD_MODEL_VERSION		1

/* A text of the model; not terminated. Offset 0: there is none. */
typedef struct FlatText
{
	uint32		offset;
	uint32		length;
} FlatText;

/* A feature. */
typedef struct FlatFeature
{
	FlatText	name;
	int32		kind;			/* LeadFeatureKind */
	int32		place;			/* among those of its kind, from 0 */
	int32		term;			/* as in LeadFeature */
	int32		missing_term;
	uint32		first_level;
	uint32		nlevels;		/* with the level of the missing ones */
	int32		missing_level;	/* 0 or more: has one, the last; else -1 */
	int32		has_totals;		/* given ones */
	double		slope;			/* of a number; 0 where it is left out */
	double		missing;		/* logit of a missing one; NaN: not known */
	double		unseen;			/* logit of a level that is none of those; NaN */
	double		mean;
	double		sd;
	double		missing_share;
	double		minimum;
} FlatFeature;

/* A level. Those of a feature ascend by bytes; the missing one is the last. */
typedef struct FlatLevel
{
	FlatText	name;
	int32		term;
	int32		reserved;
	double		weight;
	double		logit;			/* logistic: its term, 0 for the reference */
} FlatLevel;

/* Won and lost: of a level, of all levels of a feature, of a team. */
typedef struct FlatCounts
{
	double		won;
	double		lost;
} FlatCounts;

struct LeadModel
{
	int32		vl_len_;		/* varlena header, do not touch */
	uint8		version;		/* of the format, LEAD_MODEL_VERSION */
	uint8		family;			/* LeadFamily */
	uint8		status;			/* LeadStatus */
	uint8		has_covariance;
	uint32		nfeatures;
	uint32		nkind[3];		/* features of each kind */
	uint32		nlevels;
	uint32		nterms;
	uint32		nteams;
	int32		iterations;
	uint32		features;		/* offsets of the tables */
	uint32		levels;
	uint32		terms;			/* LeadTerm */
	uint32		covariance;		/* double, nterms x nterms */
	uint32		teams;			/* FlatText */
	uint32		pools;			/* FlatCounts of the whole and of each team */
	uint32		counts;			/* FlatCounts: level by level, pool by pool */
	uint32		given_totals;	/* FlatCounts: feature by feature, pool by
								 * pool */
	uint32		totals;			/* the same with smoothing: what counts are
								 * divided by; 0 and 0: nothing to go by */
	uint32		reserved;
	FlatText	reason;
	FlatText	outcome;
	FlatText	team;
	FlatText	calibration;
	double		won;
	double		lost;
	double		ridge;
	double		log_likelihood;
	double		null_log_likelihood;
	double		smoothing;
	double		least;
	double		most;
	double		prior_shift;
};

#define LEAD_TABLE(model, type, table) \
	((type *) ((char *) (model) + (model)->table))
#define LEAD_FEATURES(model)	LEAD_TABLE(model, FlatFeature, features)
#define LEAD_LEVELS(model)		LEAD_TABLE(model, FlatLevel, levels)
#define LEAD_TERMS(model)		LEAD_TABLE(model, LeadTerm, terms)
#define LEAD_COVARIANCE(model)	LEAD_TABLE(model, double, covariance)
#define LEAD_TEAMS(model)		LEAD_TABLE(model, FlatText, teams)
#define LEAD_POOLS(model)		LEAD_TABLE(model, FlatCounts, pools)

/* The whole, and the teams after it. */
#define LEAD_NPOOLS(model)		((model)->nteams + 1)

/* The bytes of a text. */
static inline const char *
lead_text(const LeadModel *model, FlatText text)
{
	return (const char *) model + text.offset;
}

/* The counts of a level in a pool (0: the whole, then the teams). */
static inline const FlatCounts *
lead_counts(const LeadModel *model, uint32 level, uint32 pool)
{
	return LEAD_TABLE(model, FlatCounts, counts) +
		(Size) level * LEAD_NPOOLS(model) + pool;
}

/* What they are divided by. */
static inline const FlatCounts *
lead_totals(const LeadModel *model, uint32 feature, uint32 pool)
{
	return LEAD_TABLE(model, FlatCounts, totals) +
		(Size) feature * LEAD_NPOOLS(model) + pool;
}

/*
 * Naive Bayes: may a level with these counts be relied on? One that nobody had
 * tells nothing, and adding to both of its counts would make it say something.
 */
static inline bool
lead_counts_tell(const FlatFeature *feature, const FlatCounts *counts)
{
	double		observations = counts->won + counts->lost;

	return observations > 0 && observations >= feature->minimum;
}

/*
 * lead_model_check.c: check parts (false, or an error); the order of levels, by
 * bytes, the one of the missing ones last, for pointers to pointers to them; the
 * levels of a feature in that order, for the caller to free.
 */
extern bool lead_model_check(const LeadModelParts *parts,
							 struct Node *escontext);
extern int	lead_compare_levels(const void *a, const void *b);
extern LeadLevel **lead_sorted_levels(const LeadFeature *feature);

/* lead_model.c: the order of texts by their bytes. */
extern int	lead_compare_texts(const char *a, size_t a_length,
							   const char *b, size_t b_length);

#endif							/* CLIENTELE_SCORE_LEAD_MODEL_LAYOUT_H */
