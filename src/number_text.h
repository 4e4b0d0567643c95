/*
 * number_text.h
 *		Numbers as text, exact under every setting.
 *
 * The server's own float8out_internal() rounds to fewer digits where
 * extra_float_digits is 0 or less: neither immutable nor exact.
 */
#ifndef CLIENTELE_NUMBER_TEXT_H
#define CLIENTELE_NUMBER_TEXT_H

#include "postgres.h"

#include "common/shortest_dec.h"

/* The shortest text that reads back as the same number. */
static inline char *
number_text(double value)
{
	char	   *text = palloc(DOUBLE_SHORTEST_DECIMAL_LEN);

	double_to_shortest_decimal_buf(value, text);
	return text;
}

#endif							/* CLIENTELE_NUMBER_TEXT_H */
