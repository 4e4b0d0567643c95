/*
 * cells_io.c
 *		Counted sets of cells as text and in binary.
 *
 * Text: {(2,213,272)*117,(3,90,272)} and then, where they are not zero, the
 * further counts of the type, each a word and a whole number. In parentheses
 * the whole number of the key comes first, then its float8; *n is left out for
 * one customer.
 */
#include "postgres.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "clv/cells.h"
#include "compat.h"
#include "number_text.h"
#include "text_scan.h"

/* What reading a text needs at every step. */
typedef struct CellReader
{
	const CellType *type;
	const char *at;
	struct Node *escontext;
} CellReader;

/* Refuse a text: false, or an error. */
#define refuse_text(reader, expected) \
	clientele_return_error((reader)->escontext, false, \
		(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION), \
		 errmsg("invalid input syntax for type %s", \
				(reader)->type->layout.type_name), \
		 errdetail("Expected %s at \"%s\".", expected, rest_of(reader)), \
		 errhint("Values look like %s.", (reader)->type->example)))

/* Refuse a number that cannot be held. */
#define refuse_range(reader) \
	clientele_return_error((reader)->escontext, false, \
		(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), \
		 errmsg("number out of range for type %s", \
				(reader)->type->layout.type_name), \
		 errdetail("The number is at \"%s\".", rest_of(reader)), \
		 errhint("Values look like %s.", (reader)->type->example)))

/* Where a text went wrong, short enough to print. */
static char *
rest_of(const CellReader *reader)
{
	return pnstrdup(reader->at,
					pg_mbcliplen(reader->at, strlen(reader->at), 40));
}

/* Read a whole number from 0 to a largest one. */
static bool
read_whole(CellReader *reader, uint64 largest, uint64 *number)
{
	switch (scan_count(&reader->at, largest, number))
	{
		case SCAN_OK:
			return true;
		case SCAN_RANGE:
			refuse_range(reader);
		default:
			refuse_text(reader, "a whole number");
	}
}

/* Read a finite number. */
static bool
read_float8(CellReader *reader, double *number)
{
	switch (scan_number(&reader->at, number))
	{
		case SCAN_OK:
			return true;
		case SCAN_RANGE:
			refuse_range(reader);
		default:
			refuse_text(reader, "a finite number");
	}
}

/* Read one cell behind its opening parenthesis. */
static bool
read_cell(CellReader *reader, char *cell)
{
	const CellType *type = reader->type;
	double	   *numbers = (double *) cell;
	uint64		whole;
	uint64		count = 1;
	char	   *problem;

	if (!read_whole(reader, PG_INT32_MAX, &whole))
		return false;
	for (int i = 0; i < type->ndoubles; i++)
	{
		if (!scan_character(&reader->at, ','))
			refuse_text(reader, "a comma");
		if (!read_float8(reader, &numbers[i]))
			return false;
	}
	if (!scan_character(&reader->at, ')'))
		refuse_text(reader, "\")\"");
	if (scan_character(&reader->at, '*') && !read_whole(reader, PG_UINT32_MAX, &count))
		return false;
	*CELL_NUMBER(type, cell) = (uint32) whole;
	*CELL_COUNT(type, cell) = (uint32) count;
	problem = type->check(type, cell);
	if (problem == NULL && count == 0)
		problem = pstrdup("A cell has no customers.");
	if (problem != NULL)
		clientele_return_error(reader->escontext, false,
							   (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
								errmsg("invalid cell of a %s", type->layout.type_name),
								errdetail("%s", problem),
								errhint("Values look like %s.", type->example)));
	return true;
}

/* Read the further counts of the type behind the closing brace. */
static bool
read_counts(CellReader *reader, CellSet *set)
{
	const CellType *type = reader->type;

	for (scan_space(&reader->at); *reader->at != '\0';
		 scan_space(&reader->at))
	{
		int			i = 1;
		uint64		number;

		while (i < CELLS_COUNTS &&
			   (type->count_names[i] == NULL ||
				!scan_word(&reader->at, type->count_names[i])))
			i++;
		if (i == CELLS_COUNTS)
			refuse_text(reader, "the end");
		if (!read_whole(reader, PG_INT64_MAX, &number))
			return false;
		set->counts[i] = (int64) number;
	}
	return true;
}

/* Read the whole text. */
static bool
read_set(CellReader *reader, CellSet **result)
{
	const CellType *type = reader->type;
	CellSet    *set = cells_empty(type);
	union
	{
		double		align[CELLS_MAX_DOUBLES + 1];
		char		bytes[CELLS_MAX_SIZE];
	}			cell;

	if (!scan_character(&reader->at, '{'))
		refuse_text(reader, "\"{\"");
	if (!scan_character(&reader->at, '}'))
	{
		do
		{
			if (!scan_character(&reader->at, '('))
				refuse_text(reader, "\"(\"");
			if (!read_cell(reader, cell.bytes))
				return false;
			set = cells_add(type, set, cell.bytes,
							*CELL_COUNT(type, cell.bytes));
		} while (scan_character(&reader->at, ','));
		if (!scan_character(&reader->at, '}'))
			refuse_text(reader, "a comma or \"}\"");
	}
	if (!read_counts(reader, set))
		return false;
	*result = cells_canonical(type, set);
	return true;
}

/* Read a set from text; NULL after a soft error. */
CellSet *
cells_in(const CellType *type, char *input, struct Node *escontext)
{
	CellReader	reader = {type, input, escontext};
	CellSet    *set;

	return read_set(&reader, &set) ? set : NULL;
}

/* Write a set as text. */
char *
cells_out(const CellType *type, CellSet *set)
{
	StringInfoData out;

	set = cells_canonical(type, set);
	initStringInfo(&out);
	appendStringInfoChar(&out, '{');
	for (uint32 i = 0; i < set->flat.n; i++)
	{
		char	   *cell = CELL_AT(type, set, i);
		const double *numbers = (const double *) cell;
		uint32		count = *CELL_COUNT(type, cell);

		appendStringInfo(&out, "%s(%u", i > 0 ? "," : "",
						 *CELL_NUMBER(type, cell));
		for (int j = 0; j < type->ndoubles; j++)
		{
			char	   *number = number_text(numbers[j]);

			appendStringInfo(&out, ",%s", number);
			pfree(number);
		}
		appendStringInfoChar(&out, ')');
		if (count != 1)
			appendStringInfo(&out, "*%u", count);
	}
	appendStringInfoChar(&out, '}');
	for (int i = 1; i < CELLS_COUNTS; i++)
		if (set->counts[i] != 0)
			appendStringInfo(&out, " %s " INT64_FORMAT, type->count_names[i],
							 set->counts[i]);
	return out.data;
}

/* Refuse a binary form. */
static void
refuse_binary(const CellType *type, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary %s", type->layout.type_name),
			 errdetail("%s", detail)));
}

/*
 * Read the binary form. What it claims is checked before memory is taken for
 * it: a cell takes as many bytes in the message as in memory.
 */
CellSet *
cells_recv(const CellType *type, StringInfo message)
{
	Size		cell_size = CELL_SIZE(type);
	int			version = pq_getmsgbyte(message);
	uint32		n;
	CellSet    *set;
	int64		customers = 0;

	if (version != CELLS_VERSION)
		refuse_binary(type, psprintf("Its format is version %d, this release reads version %d.",
									 version, CELLS_VERSION));
	n = pq_getmsgint(message, 4);
	if ((Size) (message->len - message->cursor) !=
		CELLS_COUNTS * sizeof(int64) + n * (uint64) cell_size)
		refuse_binary(type, psprintf("It claims %u cells in %d bytes.", n,
									 message->len - message->cursor));
	set = flat_create(&type->layout, n, false);
	set->kind = type->kind;
	for (int i = 0; i < CELLS_COUNTS; i++)
	{
		set->counts[i] = pq_getmsgint64(message);
		if (set->counts[i] < 0 ||
			(i > 0 && set->counts[i] > 0 && type->count_names[i] == NULL))
			refuse_binary(type, psprintf("Count %d is " INT64_FORMAT ".", i,
										 set->counts[i]));
	}
	for (uint32 i = 0; i < n; i++)
	{
		char	   *cell = CELL_AT(type, set, i);
		double	   *numbers = (double *) cell;
		char	   *problem;

		*CELL_NUMBER(type, cell) = pq_getmsgint(message, 4);
		for (int j = 0; j < type->ndoubles; j++)
			numbers[j] = pq_getmsgfloat8(message) + 0.0;
		*CELL_COUNT(type, cell) = pq_getmsgint(message, 4);
		problem = type->check(type, cell);
		if (problem == NULL && *CELL_COUNT(type, cell) == 0)
			problem = "A cell has no customers.";
		if (problem == NULL && i > 0 &&
			cells_compare(type, cell - cell_size, cell) >= 0)
			problem = "Its cells are not in ascending order.";
		if (problem != NULL)
			refuse_binary(type, problem);
		customers += *CELL_COUNT(type, cell);
	}
	set->sorted = n;
	if (customers != set->counts[0])
		refuse_binary(type, psprintf("It claims " INT64_FORMAT " customers, its cells hold " INT64_FORMAT ".",
									 set->counts[0], customers));
	return set;
}

/* Write the binary form. */
bytea *
cells_send(const CellType *type, CellSet *set)
{
	StringInfoData out;

	set = cells_canonical(type, set);
	pq_begintypsend(&out);
	pq_sendbyte(&out, CELLS_VERSION);
	pq_sendint32(&out, set->flat.n);
	for (int i = 0; i < CELLS_COUNTS; i++)
		pq_sendint64(&out, set->counts[i]);
	for (uint32 i = 0; i < set->flat.n; i++)
	{
		char	   *cell = CELL_AT(type, set, i);
		const double *numbers = (const double *) cell;

		pq_sendint32(&out, *CELL_NUMBER(type, cell));
		for (int j = 0; j < type->ndoubles; j++)
			pq_sendfloat8(&out, numbers[j]);
		pq_sendint32(&out, *CELL_COUNT(type, cell));
	}
	return pq_endtypsend(&out);
}
