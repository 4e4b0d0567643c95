/*
 * decayed_score.h
 *		Type decayed_score: points that fade by half every half-life.
 */
#ifndef CLIENTELE_SCORE_DECAYED_SCORE_H
#define CLIENTELE_SCORE_DECAYED_SCORE_H

#include "postgres.h"

#include "datatype/timestamp.h"
#include "fmgr.h"

/* A score into which no event has gone has this as its last one. */
#define NO_EVENT		PG_INT64_MIN

/*
 * The fields of a DecayedSum (decayed_sum.h) lie apart so that the struct has
 * no padding. Times are microseconds, the origin is that of timestamptz.
 */
typedef struct DecayedScore
{
	float8		mantissa;
	float4		rest;
	uint32		skipped;		/* events that could not be used */
	int64		exponent;
	int64		half_life;
	TimestampTz last;			/* latest event, or NO_EVENT */
} DecayedScore;

StaticAssertDecl(sizeof(DecayedScore) == 40, "DecayedScore has no padding");

#define PG_GETARG_DECAYED_SCORE_P(n)	((DecayedScore *) PG_GETARG_POINTER(n))

#endif							/* CLIENTELE_SCORE_DECAYED_SCORE_H */
