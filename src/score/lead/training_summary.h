/*
 * training_summary.h
 *		Type training_summary: what the first pass of a fit finds.
 *
 * In one piece: the struct, moments of the numbers, a block of rows that are
 * not yet among them, the state of the categories, and their levels.
 */
#ifndef CLIENTELE_SCORE_TRAINING_SUMMARY_H
#define CLIENTELE_SCORE_TRAINING_SUMMARY_H

#include "postgres.h"

#include "fmgr.h"

#include "compat.h"
#include "score/lead/lead_model.h"
#include "score/lead/level_table.h"
#include "score/lead/number_moments.h"

#define TRAINING_BLOCK		64	/* rows of a block */
#define CATEGORY_MAX_LEVELS LEAD_MAX_TERMS	/* of which levels are counted */
#define SUMMARY_MAX_LEVELS	100000	/* of all categories */

/* Why the levels of a category are not all there. */
#define CATEGORY_TOO_MANY	1	/* more than CATEGORY_MAX_LEVELS */
#define CATEGORY_TOO_LONG	2	/* a text of more than LEAD_MAX_TEXT bytes */

typedef struct CategoryState
{
	uint32		nlevels;
	uint32		flags;
} CategoryState;

typedef struct TrainingSummary
{
	int32		vl_len_;		/* varlena header, do not touch */
	uint8		version;
	uint8		flags;			/* zero */
	uint16		reserved;		/* zero */
	uint32		nnumbers;
	uint32		ncategories;
	uint32		pending;		/* rows in the block */
	uint32		unused;			/* zero */
	int64		rows;
	int64		skipped;		/* without outcome or weight */
	double		won;			/* leads, sums of frequencies */
	double		lost;
	double		weight[2];		/* of lost and of won rows */
} TrainingSummary;

/* The parts. */
static inline NumberMoments *
summary_moments(const TrainingSummary *summary)
{
	return (NumberMoments *) ((TrainingSummary *) summary + 1);
}

static inline double *
summary_block(const TrainingSummary *summary)
{
	return (double *) (summary_moments(summary) + summary->nnumbers);
}

/* after a column a number: negative for lost rows */
static inline double *
summary_weights(const TrainingSummary *summary)
{
	return summary_block(summary) + (size_t) summary->nnumbers * TRAINING_BLOCK;
}

static inline CategoryState *
summary_categories(const TrainingSummary *summary)
{
	return (CategoryState *) (summary_weights(summary) + TRAINING_BLOCK);
}

static inline LevelTable *
summary_levels(const TrainingSummary *summary)
{
	return (LevelTable *) (summary_categories(summary) + summary->ncategories);
}

/* training_summary.c */
extern TrainingSummary *training_summary_create(uint32 nnumbers,
												uint32 ncategories,
												uint32 levels, uint32 texts);
extern TrainingSummary *training_summary_get(Datum datum);
extern TrainingSummary *training_summary_rest(const TrainingSummary *state);

#endif							/* CLIENTELE_SCORE_TRAINING_SUMMARY_H */
