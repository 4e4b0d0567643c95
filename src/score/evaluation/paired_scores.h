/*
 * paired_scores.h
 *		Type paired_scores: two scores of the same cases, and what became of
 *		them.
 */
#ifndef CLIENTELE_SCORE_PAIRED_SCORES_H
#define CLIENTELE_SCORE_PAIRED_SCORES_H

#include "postgres.h"

#include "compat.h"
#include "flat.h"
#include "score/evaluation/sort_tallies.h"

/*
 * A value at rest is canonical: sorted by both scores and added up, without
 * spare room. A growing one is in the order of rows.
 */
typedef struct PairedScores
{
	FlatHeader	flat;
	int64		skipped;		/* rows without a score or an outcome */
	int64		cases;			/* of all tallies */
	PairTally	tallies[FLEXIBLE_ARRAY_MEMBER];
} PairedScores;

/* paired_scores.c */
extern PairedScores *paired_scores_get(Datum datum);
extern PairedScores *paired_scores_create(uint32 n, bool growing);
extern PairedScores *paired_scores_append(PairedScores *state, float8 a,
										  float8 b, int64 count, bool growing);
extern PairedScores *paired_scores_rest(const PairedScores *state);

#define PG_GETARG_PAIRED_SCORES_P(n) paired_scores_get(PG_GETARG_DATUM(n))

#endif							/* CLIENTELE_SCORE_PAIRED_SCORES_H */
