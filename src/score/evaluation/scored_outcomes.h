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
#include "flat.h"
#include "score/evaluation/outcome_group.h"
#include "score/evaluation/sort_tallies.h"

/* The most cases: counts and their sums are exact in a double. */
#define MAX_OUTCOME_CASES	INT64CONST(9007199254740992)	/* 2^53 */

/*
 * A value at rest is canonical: sorted, without spare room and without a
 * question. A growing one is in the order of rows.
 */
typedef struct ScoredOutcomes
{
	FlatHeader	flat;
	int64		skipped;		/* rows without a score or an outcome */
	int64		cases;			/* of all tallies */
	int32		question;		/* second argument of an aggregate: tiles; 0:
								 * none */
	uint32		sorted;			/* n of flat, if the tallies are sorted and
								 * added up */
	OutcomeTally tallies[FLEXIBLE_ARRAY_MEMBER];
} ScoredOutcomes;

#define PG_GETARG_SCORED_OUTCOMES_P(n) \
	scored_outcomes_get(PG_GETARG_DATUM(n))

/*
 * The groups, ascending by score, in memory of the current context: not to be
 * changed. *ngroups of them; totals where asked for.
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

/* scored_outcomes.c, for the type's input and output */
extern ScoredOutcomes *scored_outcomes_get(Datum datum);
extern ScoredOutcomes *scored_outcomes_create(uint32 n, bool growing);
extern ScoredOutcomes *scored_outcomes_append(ScoredOutcomes *state,
											  float8 score, int64 count,
											  bool growing);
extern ScoredOutcomes *scored_outcomes_rest(const ScoredOutcomes *state);
extern bool add_outcome_cases(int64 *cases, int64 more,
							  struct Node *escontext);
extern void add_skipped_outcomes(int64 *skipped, int64 rows);
extern int32 checked_tiles(int32 tiles);
extern void evaluation_interrupt(void);

#endif							/* CLIENTELE_SCORE_SCORED_OUTCOMES_H */
