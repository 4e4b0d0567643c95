/*
 * evaluation.h
 *		What the measures of a score share.
 */
#ifndef CLIENTELE_SCORE_EVALUATION_H
#define CLIENTELE_SCORE_EVALUATION_H

#include "score/evaluation/ranking.h"
#include "score/evaluation/scored_outcomes.h"

#define MAX_ROW_NUMBERS	8

/* The groups of a fact with their counts, until release_ranked() */
extern RankedOutcomes ranked_outcomes(const ScoredOutcomes *state);
extern void release_ranked(const RankedOutcomes *ranked);

/* The row that the function returns, of numbers, NaN as NULL */
extern Datum evaluation_row(FunctionCallInfo fcinfo, const double *numbers,
							int n);

/* The normal quantile of a two-sided interval; an error for no confidence */
extern double evaluation_quantile(double confidence);

#endif							/* CLIENTELE_SCORE_EVALUATION_H */
