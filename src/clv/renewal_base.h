/*
 * renewal_base.h
 *		Type renewal_base: customers under contract, counted by tenure.
 */
#ifndef CLIENTELE_CLV_RENEWAL_BASE_H
#define CLIENTELE_CLV_RENEWAL_BASE_H

#include "postgres.h"

#include "clv/family/shifted_beta_geometric.h"
#include "flat.h"

/* The longest tenure: 273 years of days. */
#define RENEWAL_MAX_PERIODS	100000

/*
 * The counts of each number of periods from 0 to flat.n - 1. Those of 0 periods
 * are active. A value at rest is canonical: the last counts are not both 0, and
 * there is no spare room. A growing one may have zeros at the end.
 */
typedef struct RenewalBase
{
	FlatHeader	flat;
	int64		customers;		/* the sum of all counts */
	int64		skipped;		/* rows that were none */
	RenewalCount counts[FLEXIBLE_ARRAY_MEMBER];
} RenewalBase;

/* renewal_base.c */
extern RenewalBase *renewal_base_get(Datum datum);
extern RenewalBase *renewal_base_create(void);
extern RenewalBase *renewal_base_add(RenewalBase *base, uint32 periods,
									 int64 churned, int64 active,
									 bool growing);
extern RenewalBase *renewal_base_canonical(RenewalBase *base);
extern void renewal_base_skip(RenewalBase *base, int64 rows);

#define PG_GETARG_RENEWAL_BASE_P(n) renewal_base_get(PG_GETARG_DATUM(n))

#endif							/* CLIENTELE_CLV_RENEWAL_BASE_H */
