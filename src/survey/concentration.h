/*
 * concentration.h
 *		Type concentration: values whose inequality is asked for.
 */
#ifndef CLIENTELE_SURVEY_CONCENTRATION_H
#define CLIENTELE_SURVEY_CONCENTRATION_H

#include "postgres.h"

#include <float.h>

#include "flat.h"

/*
 * Finite values, none negative. A value at rest is canonical: sorted ascending,
 * without spare room and without a question. A growing one is in the order of
 * rows; question is the second argument of an aggregate that has one.
 */
typedef struct Concentration
{
	FlatHeader	flat;
	int64		skipped;		/* rows without such a value */
	float8		question;		/* NaN: none */
	uint32		sorted;			/* how many values from the first on are in
								 * order */
	uint32		padding;		/* zero */
	float8		values[FLEXIBLE_ARRAY_MEMBER];
} Concentration;

/* concentration.c */
extern Concentration *concentration_get(Datum datum);
extern Concentration *concentration_create(uint32 n, bool growing);
extern Concentration *concentration_append(Concentration *state, float8 value,
										   bool growing);
extern Concentration *concentration_rest(const Concentration *state);

/* Whether a value can be had a share of. */
static inline bool
concentration_takes(float8 value)
{
	return value >= 0 && value <= DBL_MAX;
}

#define PG_GETARG_CONCENTRATION_P(n) concentration_get(PG_GETARG_DATUM(n))

#endif							/* CLIENTELE_SURVEY_CONCENTRATION_H */
