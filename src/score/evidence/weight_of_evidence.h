/*
 * weight_of_evidence.h
 *		What a level says about an outcome.
 */
#ifndef CLIENTELE_SCORE_WEIGHT_OF_EVIDENCE_H
#define CLIENTELE_SCORE_WEIGHT_OF_EVIDENCE_H

#include "postgres.h"

/* Of all levels together */
typedef struct EvidenceTotals
{
	double		won;
	double		lost;
	double		levels;			/* how many */
	double		adjustment;		/* added to each count */
} EvidenceTotals;

/* Of a level; NaN: none */
typedef struct Evidence
{
	double		share_won;
	double		share_lost;
	double		weight;
	double		information;
} Evidence;

/* What checked_adjustment() says of it */
#define ADJUSTMENT_HINT \
	"It is added to each count, so that a level without won or lost ones has finite evidence; 0.5 is usual, 0 adds nothing."

extern bool evidence_of(const EvidenceTotals *totals, double won, double lost,
						Evidence *evidence);

#endif							/* CLIENTELE_SCORE_WEIGHT_OF_EVIDENCE_H */
