/*
 * rfm.h
 *		Type rfm: what a customer's purchases come to as of a day.
 */
#ifndef CLIENTELE_PURCHASE_RFM_H
#define CLIENTELE_PURCHASE_RFM_H

#include "postgres.h"

#include "fmgr.h"

/*
 * The first purchase is included in frequency and monetary_value: a summary
 * for models of spend, which the models of purchases refuse.
 */
#define RFM_FIRST_INCLUDED		1

/*
 * Lengths are days from the first purchase day. The struct has no padding and
 * one bit pattern a value (no -0.0, one NaN): equal values are equal bytes.
 */
typedef struct Rfm
{
	int32		frequency;		/* repeat purchase days, >= 0 */
	int32		flags;			/* RFM_FIRST_INCLUDED */
	float8		recency;		/* first to last purchase day */
	float8		age;			/* first purchase day to the day of summary */
	float8		monetary_value; /* net revenue per repeat purchase day */
	float8		log_gaps;		/* sum of the logarithms of the gaps between
								 * purchase days; NaN: unknown */
} Rfm;

StaticAssertDecl(sizeof(Rfm) == 40, "Rfm has no padding");

#define DatumGetRfmP(X)			((Rfm *) DatumGetPointer(X))
#define RfmPGetDatum(X)			PointerGetDatum(X)
#define PG_GETARG_RFM_P(n)		DatumGetRfmP(PG_GETARG_DATUM(n))
#define PG_RETURN_RFM_P(x)		return RfmPGetDatum(x)

#endif							/* CLIENTELE_PURCHASE_RFM_H */
