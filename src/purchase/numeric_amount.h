/*
 * numeric_amount.h
 *		Amounts of type numeric as the nearest float8, without a detour.
 *
 * CRMs keep money as numeric. The server's cast to float8 writes it out as text
 * and reads that again, which for each order costs more than all else that a
 * purchase_history does with it, and raises an error where an amount is out of
 * the range of float8; here such an amount is infinite, so that its row can be
 * skipped and counted.
 *
 * A numeric of ordinary size is stored in the short form: 16 bits that hold a
 * mark (10), the sign, the number of decimals to show, and the weight w of the
 * first digit, then digits d to the base 10,000, worth d * 10000^w and so on
 * down. With at most one digit behind the point and fewer than 2^53 units of
 * 1/10,000 in all, the amount is a whole number divided by 10,000: one division
 * that is rounded correctly, hence the float8 nearest to the decimal, just as
 * the cast gives. Everything else is left to the server.
 */
#ifndef CLIENTELE_PURCHASE_NUMERIC_AMOUNT_H
#define CLIENTELE_PURCHASE_NUMERIC_AMOUNT_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "compat.h"

#define NUMERIC_FORM_MASK		0xC000
#define NUMERIC_FORM_SHORT		0x8000
#define NUMERIC_FORM_NEGATIVE	0x2000
#define NUMERIC_FORM_WEIGHT		0x003F
#define NUMERIC_FORM_WEIGHT_NEGATIVE	0x0040

/* The float8 nearest to a numeric; infinite where it is out of range. */
static inline double
numeric_amount(Datum datum)
{
	struct varlena *packed = PG_DETOAST_DATUM_PACKED(datum);
	const char *data = VARDATA_ANY(packed);
	int			ndigits = ((int) VARSIZE_ANY_EXHDR(packed) - 2) / 2;
	uint16		form;
	int			weight;
	int64		units = 0;

	memcpy(&form, data, sizeof(form));
	weight = (form & NUMERIC_FORM_WEIGHT) -
		(form & NUMERIC_FORM_WEIGHT_NEGATIVE ? 64 : 0);

	/* digits from 10000^2 at most down to 10000^-1 at least */
	if ((form & NUMERIC_FORM_MASK) == NUMERIC_FORM_SHORT &&
		weight >= -1 && weight <= 2 && ndigits <= weight + 2)
	{
		for (int i = 0; i < weight + 2; i++)
		{
			int16		digit = 0;

			if (i < ndigits)
				memcpy(&digit, data + 2 + 2 * i, sizeof(digit));
			units = units * 10000 + digit;
		}
		if (units < (INT64CONST(1) << 53))
			return (form & NUMERIC_FORM_NEGATIVE ? -(double) units :
					(double) units) / 10000;
	}
	return DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow,
											  PointerGetDatum(packed)));
}

#endif							/* CLIENTELE_PURCHASE_NUMERIC_AMOUNT_H */
