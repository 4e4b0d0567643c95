/*
 * scored_outcomes.h
 *		Type scored_outcomes: scores and what became of them, the one fact from
 *		which every measure of a score is read.
 *
 * The value keeps each distinct score once it is finished: how many had it,
 * and how many of them were won. While it grows it may hold rows that are not
 * yet sorted; scored_outcomes_groups() shows it as it is when finished.
 */
#ifndef CLIENTELE_SCORE_SCORED_OUTCOMES_H
#define CLIENTELE_SCORE_SCORED_OUTCOMES_H

#include "postgres.h"

#include "fmgr.h"

#include "compat.h"
#include "score/evaluation/outcome_group.h"

/* The flat value; only scored_outcomes.c knows what is inside. */
typedef struct ScoredOutcomes ScoredOutcomes;

#define PG_GETARG_SCORED_OUTCOMES_P(n) \
	((ScoredOutcomes *) PG_DETOAST_DATUM(PG_GETARG_DATUM(n)))

/*
 * The groups, ascending by score, in memory of the current context or of the
 * value itself: not to be changed. *ngroups of them; totals where asked for.
 */
extern const OutcomeGroup *scored_outcomes_groups(const ScoredOutcomes *value,
												  size_t *ngroups,
												  int64 *won, int64 *lost);

/*
 * An error unless every score is from 0 to 1: the name of the function that
 * needs a probability is told.
 */
extern void require_probabilities(const OutcomeGroup *groups, size_t ngroups,
								  const char *what);

#endif							/* CLIENTELE_SCORE_SCORED_OUTCOMES_H */
