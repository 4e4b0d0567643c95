/*
 * two_samples.h
 *		Type two_samples: values of a group and of the others.
 */
#ifndef CLIENTELE_SURVEY_TWO_SAMPLES_H
#define CLIENTELE_SURVEY_TWO_SAMPLES_H

#include "postgres.h"

#include "flat.h"

/* Bits of an observation */
#define OBSERVATION_IN_GROUP	1
#define OBSERVATION_CENSORED	2	/* it was still going on at the value */

typedef struct Observation
{
	float8		value;			/* not NaN */
	uint32		kind;
	uint32		padding;		/* zero */
} Observation;

/*
 * A value at rest is canonical: by kind, ascending by value in each, without
 * spare room. A growing one is in the order of rows.
 */
typedef struct TwoSamples
{
	FlatHeader	flat;
	int64		skipped;		/* rows that were no observations */
	Observation observations[FLEXIBLE_ARRAY_MEMBER];
} TwoSamples;

/* two_samples.c */
extern TwoSamples *two_samples_get(Datum datum);
extern TwoSamples *two_samples_create(uint32 n, bool growing);
extern TwoSamples *two_samples_append(TwoSamples *state, float8 value,
									  uint32 kind, bool growing);
extern TwoSamples *two_samples_rest(const TwoSamples *state);

#define PG_GETARG_TWO_SAMPLES_P(n) two_samples_get(PG_GETARG_DATUM(n))

#endif							/* CLIENTELE_SURVEY_TWO_SAMPLES_H */
