/*
 * lead_rows.c
 *		A lead among the arguments of an aggregate; see lead_rows.h.
 */
#include "postgres.h"

#include <math.h>

#include "access/tupmacs.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "score/lead/lead_rows.h"

/* Refuse an array that is not a plain list. */
static void
check_list(ArrayType *array, const char *what)
{
	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s must be a plain list", what),
				 errdetail("The array has %d dimensions.", ARR_NDIM(array)),
				 errhint("Give an array of one dimension.")));
}

/*
 * Read outcome, weight, frequency, categories and numbers, from that argument
 * on. A row that does not count has its numbers and categories all the same.
 */
void
lead_row_read(LeadRow *row, FunctionCallInfo fcinfo, int first)
{
	row->counts = !PG_ARGISNULL(first) && !PG_ARGISNULL(first + 1) &&
		!PG_ARGISNULL(first + 2);
	if (row->counts)
	{
		double		weight = PG_GETARG_FLOAT8(first + 1);

		row->won = PG_GETARG_BOOL(first);
		row->frequency = PG_GETARG_FLOAT8(first + 2);
		row->weight = weight * row->frequency;
		/* written so that NaN fails */
		row->counts = weight >= 0 && row->frequency >= 0 &&
			weight <= LEAD_MAX_WEIGHT && row->frequency <= LEAD_MAX_WEIGHT;
	}
	row->categories = NULL;
	row->ncategories = 0;
	if (!PG_ARGISNULL(first + 3))
	{
		row->categories = PG_GETARG_ARRAYTYPE_P(first + 3);
		check_list(row->categories, "categories");
		row->ncategories = ArrayGetNItems(ARR_NDIM(row->categories),
										  ARR_DIMS(row->categories));
	}
	row->fcinfo = fcinfo;
	row->first = first + 4;
	row->numbers = NULL;
	row->array = NULL;
	row->nnumbers = PG_NARGS() - row->first;
	if (row->nnumbers == 1)
	{
		ArrayType  *array;

		/* an array of numbers; NULL: none */
		row->nnumbers = 0;
		if (PG_ARGISNULL(row->first))
			return;
		array = PG_GETARG_ARRAYTYPE_P(row->first);
		check_list(array, "numbers");
		row->nnumbers = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
		if (ARR_HASNULL(array))
			deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL,
							  TYPALIGN_DOUBLE, &row->array, &row->array_nulls,
							  &row->nnumbers);
		else
			row->numbers = (const double *) ARR_DATA_PTR(array);
	}
}

/* Begin a walk through the categories. */
void
lead_categories_start(LeadCategories *walk, const LeadRow *row)
{
	walk->at = row->categories == NULL ? NULL : ARR_DATA_PTR(row->categories);
	walk->bitmap = row->categories == NULL ? NULL :
		ARR_NULLBITMAP(row->categories);
	walk->i = 0;
}

/* The text of the next one; its length is LEVEL_MISSING where it is NULL. */
const char *
lead_categories_next(LeadCategories *walk, int32 *length)
{
	const char *text;
	int			i = walk->i++;

	if (walk->bitmap != NULL && (walk->bitmap[i / 8] & (1 << (i % 8))) == 0)
	{
		*length = LEVEL_MISSING;
		return NULL;
	}
	text = VARDATA_ANY(walk->at);
	*length = VARSIZE_ANY_EXHDR(walk->at);
	walk->at = att_addlength_pointer(walk->at, -1, walk->at);
	walk->at = (const char *) att_align_nominal(walk->at, TYPALIGN_INT);
	return text;
}

/* The form that is sent, in hexadecimal digits. */
Datum
hex_out(bytea *value)
{
	size_t		length = VARSIZE_ANY_EXHDR(value);
	char	   *text = MemoryContextAllocHuge(CurrentMemoryContext,
											  2 * length + 1);

	hex_encode(VARDATA_ANY(value), length, text);
	text[2 * length] = '\0';
	return CStringGetDatum(text);
}

/* And back: what a receive function reads. */
StringInfo
hex_in(const char *text, const char *type_name, struct Node *escontext)
{
	StringInfo	buffer = makeStringInfo();
	size_t		length = strlen(text);
	size_t		digits = strspn(text, "0123456789abcdefABCDEF");

	if (digits != length || length % 2 != 0)
		clientele_return_error(escontext, NULL,
							   (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
								errmsg("invalid input syntax for type %s",
									   type_name),
								digits != length ?
								errdetail("Character %zu is not a hexadecimal digit.",
										  digits + 1) :
								errdetail("There is an odd number of digits: %zu.",
										  length),
								errhint("Give a value that the type wrote.")));
	enlargeStringInfo(buffer, (int) Min(length / 2 + 1, MaxAllocSize / 2));
	buffer->len = (int) hex_decode(text, length, buffer->data);
	buffer->data[buffer->len] = '\0';
	return buffer;
}
