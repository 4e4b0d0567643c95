/*
 * outcome_counts.h
 *		Type outcome_counts: how many were won and lost at each level.
 */
#ifndef CLIENTELE_SCORE_OUTCOME_COUNTS_H
#define CLIENTELE_SCORE_OUTCOME_COUNTS_H

#include "postgres.h"

#include "fmgr.h"

#include "compat.h"
#include "flat.h"
#include "score/evidence/outcome_sum.h"

/*
 * The elements are words of eight bytes: levels, one behind the other. While an
 * aggregate runs they stand in the order in which they came, and the spare room
 * ends with a hash table of their places: slots numbers of four bytes, a place
 * in words plus 1, or 0. At rest the levels ascend by bytes, the one of NULL is
 * last, and there is no table.
 */
typedef struct OutcomeCounts
{
	FlatHeader	flat;
	int64		skipped;		/* rows that could not be used */
	uint32		nlevels;
	uint32		slots;			/* 0, or a power of two */
	uint64		words[FLEXIBLE_ARRAY_MEMBER];
} OutcomeCounts;

/* A level; the next one follows at a multiple of eight bytes. */
typedef struct OutcomeLevel
{
	OutcomeSum	won;
	OutcomeSum	lost;
	uint32		hash;			/* 0 at rest */
	int32		length;			/* of the text; -1: NULL */
	char		text[FLEXIBLE_ARRAY_MEMBER];
} OutcomeLevel;

#define OUTCOME_MAX_TEXT		1000	/* bytes of a level */
#define OUTCOME_MAX_WORDS		60000000	/* 480 million bytes */

/* Words that a level of such a length takes. */
#define OUTCOME_LEVEL_WORDS(length) \
	((uint32) ((offsetof(OutcomeLevel, text) + Max(length, 0) + 7) / 8))

/* Where one is among the levels; at is in words. */
typedef struct OutcomeReader
{
	const OutcomeCounts *counts;
	uint32		at;
} OutcomeReader;

/* outcome_counts.c */
extern OutcomeCounts *outcome_counts_create(void);
extern OutcomeCounts *outcome_counts_get(Datum datum);
extern OutcomeCounts *outcome_counts_add(OutcomeCounts *counts,
										 const char *text, int32 length,
										 OutcomeSum won, OutcomeSum lost);
extern OutcomeCounts *outcome_counts_rest(const OutcomeCounts *counts);
extern void outcome_counts_read(const OutcomeCounts *counts,
								OutcomeReader *reader);
extern const OutcomeLevel *outcome_counts_next(OutcomeReader *reader);
extern void outcome_counts_totals(const OutcomeCounts *counts, double *won,
								  double *lost);
extern void outcome_counts_skip(OutcomeCounts *counts, int64 rows);

#define PG_GETARG_OUTCOME_COUNTS_P(n) outcome_counts_get(PG_GETARG_DATUM(n))

#endif							/* CLIENTELE_SCORE_OUTCOME_COUNTS_H */
