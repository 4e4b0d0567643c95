/*
 * ranking.h
 *		How well a score tells won from lost. Pure C.
 *
 * All take groups in ascending order of score, at least one won and one lost
 * case where a function says so, and at most 2^53 cases.
 */
#ifndef CLIENTELE_SCORE_RANKING_H
#define CLIENTELE_SCORE_RANKING_H

#include <stddef.h>
#include <stdint.h>

#include "score/evaluation/outcome_group.h"

/* The groups of a fact */
typedef struct RankedOutcomes
{
	const OutcomeGroup *groups;
	size_t		n;
	int64_t		won;
	int64_t		lost;
} RankedOutcomes;

/* Who is at or above a threshold is taken for won. */
typedef struct Confusion
{
	int64_t		true_positives;
	int64_t		false_positives;
	int64_t		true_negatives;
	int64_t		false_negatives;
} Confusion;

/* The area under the ROC curve: won and lost cases needed */
extern double area_under_curve(const RankedOutcomes *ranked);

/* DeLong's variance of the area; NaN with fewer than two of either */
extern double area_variance(const RankedOutcomes *ranked);

/* Average precision: won cases needed */
extern double mean_precision(const RankedOutcomes *ranked);

/* The greatest distance of the distributions: won and lost cases needed */
extern double greatest_distance(const RankedOutcomes *ranked);

/* Means over the cases, of which there is one; scores are probabilities. */
extern double brier_score(const RankedOutcomes *ranked);
extern double logarithmic_loss(const RankedOutcomes *ranked);

/* What one case adds to these */
extern double squared_error(double probability, int won);
extern double logarithmic_error(double probability, int won);

/* The cases at or above the score of a group, and those below */
extern Confusion confusion_at(const RankedOutcomes *ranked, double threshold);

#endif							/* CLIENTELE_SCORE_RANKING_H */
