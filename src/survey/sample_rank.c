/*
 * sample_rank.c
 *		A reproducible random order, and how much of a list was guessed.
 *
 * The rank of a key is SipHash-2-4 of its UTF-8 bytes under a key of 16 bytes:
 * the seed, eight bytes little-endian, and eight zero bytes. Its upper 53 bits
 * are the binary digits of a number from 0 to 1. Nothing of it comes from the
 * server, so that a sample can be drawn again on another one, or by a script.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "access/htup_details.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/uuid.h"

#include "survey/siphash.h"

PG_FUNCTION_INFO_V1(clientele_sample_rank);
PG_FUNCTION_INFO_V1(clientele_sample_rank_bigint);
PG_FUNCTION_INFO_V1(clientele_sample_rank_uuid);
PG_FUNCTION_INFO_V1(clientele_top_recall);

/* The rank of bytes */
static double
rank_of(const char *bytes, size_t length, int64 seed)
{
	uint64		hash = siphash24((const unsigned char *) bytes, length,
								 (uint64) seed, 0);

	return (double) (hash >> 11) * (1.0 / 9007199254740992.0);
}

/* sample_rank(text, seed) */
Datum
clientele_sample_rank(PG_FUNCTION_ARGS)
{
	text	   *key = PG_GETARG_TEXT_PP(0);
	char	   *bytes = VARDATA_ANY(key);
	int			length = VARSIZE_ANY_EXHDR(key);
	char	   *converted = bytes;

	/* what is written alike ranks alike, however the server encodes it */
	if (length > 0)
		converted = pg_server_to_any(bytes, length, PG_UTF8);
	if (converted != bytes)
		length = (int) strlen(converted);
	PG_RETURN_FLOAT8(rank_of(converted, length, PG_GETARG_INT64(1)));
}

/* sample_rank(bigint, seed): that of its decimal digits */
Datum
clientele_sample_rank_bigint(PG_FUNCTION_ARGS)
{
	char		digits[MAXINT8LEN + 1];
	int			length = pg_lltoa(PG_GETARG_INT64(0), digits);

	PG_RETURN_FLOAT8(rank_of(digits, length, PG_GETARG_INT64(1)));
}

/* sample_rank(uuid, seed): that of its text, lower case with hyphens */
Datum
clientele_sample_rank_uuid(PG_FUNCTION_ARGS)
{
	static const char hex[] = "0123456789abcdef";
	pg_uuid_t  *uuid = PG_GETARG_UUID_P(0);
	char		digits[36];
	int			length = 0;

	for (int i = 0; i < UUID_LEN; i++)
	{
		if (i == 4 || i == 6 || i == 8 || i == 10)
			digits[length++] = '-';
		digits[length++] = hex[uuid->data[i] >> 4];
		digits[length++] = hex[uuid->data[i] & 15];
	}
	PG_RETURN_FLOAT8(rank_of(digits, length, PG_GETARG_INT64(1)));
}

/* Order of two texts by their bytes */
static int
compare_texts(const void *a, const void *b)
{
	const		text *x = *(text * const *) a;
	const		text *y = *(text * const *) b;
	int			x_length = VARSIZE_ANY_EXHDR(x);
	int			y_length = VARSIZE_ANY_EXHDR(y);
	int			order = memcmp(VARDATA_ANY(x), VARDATA_ANY(y),
							   Min(x_length, y_length));

	if (order != 0)
		return order;
	return x_length < y_length ? -1 : x_length > y_length;
}

/* The different texts of an array, sorted, without NULL */
static text * *distinct_texts(ArrayType *array, int *n)
{
	Datum	   *elements;
	bool	   *nulls;
	int			nelements;
	text	  **texts;
	int			count = 0;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elements,
					  &nulls, &nelements);
	texts = palloc(sizeof(text *) * (nelements + 1));
	for (int i = 0; i < nelements; i++)
		if (!nulls[i])
			texts[count++] = DatumGetTextPP(elements[i]);
	qsort(texts, count, sizeof(text *), compare_texts);
	*n = 0;
	for (int i = 0; i < count; i++)
		if (*n == 0 || compare_texts(&texts[*n - 1], &texts[i]) != 0)
			texts[(*n)++] = texts[i];
	return texts;
}

/* top_recall(guesses, actual): how many of actual were guessed */
Datum
clientele_top_recall(PG_FUNCTION_ARGS)
{
	int			nguesses;
	int			nactual;
	text	  **guesses = distinct_texts(PG_GETARG_ARRAYTYPE_P(0), &nguesses);
	text	  **actual = distinct_texts(PG_GETARG_ARRAYTYPE_P(1), &nactual);
	int			hits = 0;
	TupleDesc	desc;
	Datum		values[2];
	bool		nulls[2] = {false, nactual == 0};

	for (int i = 0, j = 0; i < nguesses && j < nactual;)
	{
		int			order = compare_texts(&guesses[i], &actual[j]);

		hits += order == 0;
		i += order <= 0;
		j += order >= 0;
	}
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	values[0] = Int32GetDatum(hits);
	values[1] = Float8GetDatum(nactual == 0 ? 0 : (double) hits / nactual);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc),
													  values, nulls)));
}
