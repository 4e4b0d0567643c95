/*
 * outcome_counts.c
 *		Type outcome_counts: how many were won and lost at each level; the
 *		table of levels, and its aggregates.
 *
 * A row finds its level by a hash table inside the state, which stands at the end
 * of its spare room: a state is one value, and a row costs no memory. The table
 * is a matter of the state alone. At rest the levels are in order and nothing
 * depends on how the server hashes.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "common/int.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "number_text.h"
#include "score/evidence/outcome_counts.h"

PG_FUNCTION_INFO_V1(clientele_outcome_counts_add);
PG_FUNCTION_INFO_V1(clientele_outcome_counts_add_weight);
PG_FUNCTION_INFO_V1(clientele_outcome_counts_add_set);
PG_FUNCTION_INFO_V1(clientele_outcome_counts_add_set_weight);
PG_FUNCTION_INFO_V1(clientele_outcome_counts_union);
PG_FUNCTION_INFO_V1(clientele_outcome_counts_final);
PG_FUNCTION_INFO_V1(clientele_outcome_counts_won);
PG_FUNCTION_INFO_V1(clientele_outcome_counts_lost);
PG_FUNCTION_INFO_V1(clientele_outcome_counts_skipped);

static const FlatLayout outcome_counts_layout = {
	.type_name = "outcome_counts",
	.element_name = "words of eight bytes",
	.version = 1,
	.header_size = offsetof(OutcomeCounts, words),
	.element_size = sizeof(uint64),
	.first_size = 256,
	.max_elements = OUTCOME_MAX_WORDS
};

/* Sets of more elements are sorted to find what stands in them twice. */
#define FEW_ELEMENTS	16

/* ------------------------------------------------------------------------
 * The table of levels
 * ------------------------------------------------------------------------
 */

/* Counts of no level, to grow. */
OutcomeCounts *
outcome_counts_create(void)
{
	return flat_create(&outcome_counts_layout, 0, true);
}

/* Raise the error for a stored value that is damaged. */
static void
report_broken(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("invalid outcome_counts value"),
			 errdetail("Its bytes are not levels and their counts."),
			 errhint("The stored value is damaged: restore it, or compute it again from its rows.")));
}

/* The level at a place. */
static inline OutcomeLevel *
level_at(const OutcomeCounts *counts, uint32 at)
{
	return (OutcomeLevel *) unconstify(uint64 *, counts->words + at);
}

/* Start to read the levels. */
void
outcome_counts_read(const OutcomeCounts *counts, OutcomeReader *reader)
{
	reader->counts = counts;
	reader->at = 0;
}

/* The next level, NULL behind the last. */
const OutcomeLevel *
outcome_counts_next(OutcomeReader *reader)
{
	const OutcomeCounts *counts = reader->counts;
	uint32		left = counts->flat.n - reader->at;
	const OutcomeLevel *level;

	if (left == 0)
		return NULL;
	if (unlikely(left < OUTCOME_LEVEL_WORDS(0)))
		report_broken();
	level = level_at(counts, reader->at);
	if (unlikely(level->length < -1 || level->length > OUTCOME_MAX_TEXT ||
				 OUTCOME_LEVEL_WORDS(level->length) > left))
		report_broken();
	reader->at += OUTCOME_LEVEL_WORDS(level->length);
	return level;
}

/* The hash table, at the end of the room. */
static inline uint32 *
table_of(OutcomeCounts *counts)
{
	return (uint32 *) (counts->words + counts->flat.capacity) - counts->slots;
}

static inline uint32
hash_of(const char *text, int32 length)
{
	return length < 0 ? 0 : hash_bytes((const unsigned char *) text, length);
}

/* Is a value that was stored what it should be? Its table is not believed. */
static void
check_sound(const OutcomeCounts *counts)
{
	OutcomeReader reader;
	uint32		n = 0;

	if (counts->slots != 0)
		report_broken();
	outcome_counts_read(counts, &reader);
	while (outcome_counts_next(&reader) != NULL)
		n++;
	if (n != counts->nlevels)
		report_broken();
}

/* The value of an argument, to read. */
OutcomeCounts *
outcome_counts_get(Datum datum)
{
	return flat_get(&outcome_counts_layout, datum);
}

/* The state in an argument, to change. */
static OutcomeCounts *
writable_state(FunctionCallInfo fcinfo)
{
	OutcomeCounts *counts = flat_writable(&outcome_counts_layout, fcinfo, 0);

	if (unlikely(!flat_in_aggregate(fcinfo)))
		check_sound(counts);
	return counts;
}

/* Write the table anew, for that many slots; there is room for them. */
static void
build_table(OutcomeCounts *counts, uint32 slots)
{
	bool		hashed = counts->slots != 0;
	uint32	   *table;

	counts->slots = slots;
	table = table_of(counts);
	memset(table, 0, slots * sizeof(uint32));
	for (uint32 at = 0; at < counts->flat.n;)
	{
		OutcomeLevel *level = level_at(counts, at);
		uint32		slot;

		if (!hashed)
			level->hash = hash_of(level->text, level->length);
		for (slot = level->hash & (slots - 1); table[slot] != 0;)
			slot = (slot + 1) & (slots - 1);
		table[slot] = at + 1;
		at += OUTCOME_LEVEL_WORDS(level->length);
	}
}

/* Make room for a level of so many words, and for its slot. */
static OutcomeCounts *
make_room(OutcomeCounts *counts, uint32 words)
{
	uint32		slots = Max(counts->slots, 8);
	uint32		needed;

	/* at most three quarters of the slots are taken */
	while ((uint64) counts->nlevels + 1 > (uint64) slots / 4 * 3)
		slots *= 2;
	needed = counts->flat.n + words + slots / 2;
	if (needed > counts->flat.capacity)
		counts = flat_enlarge(&outcome_counts_layout, counts, needed, true);
	build_table(counts, slots);
	return counts;
}

/* Refuse a count beyond every table. */
static void
report_overflow(const char *text, int32 length)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("count is out of range for type outcome_counts"),
			 errdetail("A count of the level %s would exceed " INT64_FORMAT ".",
					   length < 0 ? "NULL" : psprintf("\"%.*s\"", length, text),
					   PG_INT64_MAX),
			 errhint("Divide the weights of all rows by the same number.")));
}

/* Count at a level, of length -1 that of NULL; the state may move. */
OutcomeCounts *
outcome_counts_add(OutcomeCounts *counts, const char *text, int32 length,
				   OutcomeSum won, OutcomeSum lost)
{
	uint32		hash = hash_of(text, length);
	uint32		words = OUTCOME_LEVEL_WORDS(length);
	OutcomeLevel *level;

	if (unlikely(counts->slots == 0))
		counts = make_room(counts, words);
	for (;;)
	{
		uint32	   *table = table_of(counts);
		uint32		slot = hash & (counts->slots - 1);

		while (table[slot] != 0)
		{
			level = level_at(counts, table[slot] - 1);
			if (level->hash == hash && level->length == length &&
				(length <= 0 || memcmp(level->text, text, length) == 0))
			{
				if (unlikely(!outcome_sum_add(&level->won, won) ||
							 !outcome_sum_add(&level->lost, lost)))
					report_overflow(text, length);
				return counts;
			}
			slot = (slot + 1) & (counts->slots - 1);
		}
		if (counts->nlevels + 1 <= counts->slots / 4 * 3 &&
			words <= counts->flat.capacity - counts->slots / 2 - counts->flat.n)
		{
			level = level_at(counts, counts->flat.n);
			table[slot] = counts->flat.n + 1;
			break;
		}
		counts = make_room(counts, words);
	}
	memset(level, 0, words * sizeof(uint64));
	level->won = won;
	level->lost = lost;
	level->hash = hash;
	level->length = length;
	if (length > 0)
		memcpy(level->text, text, length);
	counts->flat.n += words;
	counts->nlevels++;
	return counts;
}

/* Count rows that could not be used. */
void
outcome_counts_skip(OutcomeCounts *counts, int64 rows)
{
	if (pg_add_s64_overflow(counts->skipped, rows, &counts->skipped))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number of skipped rows is out of range for type bigint"),
				 errdetail(INT64_FORMAT " were to be added.", rows),
				 errhint("No table has as many rows: look for a value that was written by hand.")));
}

/* Levels ascend by bytes, NULL is last. */
static int
compare_levels(const void *a, const void *b)
{
	const OutcomeLevel *left = *(const OutcomeLevel *const *) a;
	const OutcomeLevel *right = *(const OutcomeLevel *const *) b;
	int			order;

	if (left->length < 0 || right->length < 0)
		return (left->length < 0) - (right->length < 0);
	order = memcmp(left->text, right->text, Min(left->length, right->length));
	return order != 0 ? order : left->length - right->length;
}

/* The value at rest: itself, if it is. */
OutcomeCounts *
outcome_counts_rest(const OutcomeCounts *counts)
{
	uint32		nlevels = counts->nlevels;
	const OutcomeLevel **levels;
	const OutcomeLevel *level;
	OutcomeCounts *result;
	OutcomeReader reader;
	uint32		n = 0;

	if (counts->slots == 0 && counts->flat.n == counts->flat.capacity)
		return unconstify(OutcomeCounts *, counts);
	levels = MemoryContextAllocHuge(CurrentMemoryContext,
									Max(nlevels, 1) * sizeof(OutcomeLevel *));
	outcome_counts_read(counts, &reader);
	while ((level = outcome_counts_next(&reader)) != NULL && n < nlevels)
		levels[n++] = level;
	if (n != nlevels || level != NULL)
		report_broken();
	if (counts->slots != 0)
		qsort(levels, n, sizeof(OutcomeLevel *), compare_levels);
	result = flat_create(&outcome_counts_layout, counts->flat.n, false);
	result->skipped = counts->skipped;
	result->nlevels = nlevels;
	for (uint32 i = 0, at = 0; i < nlevels; i++)
	{
		uint32		words = OUTCOME_LEVEL_WORDS(levels[i]->length);

		memcpy(level_at(result, at), levels[i], words * sizeof(uint64));
		level_at(result, at)->hash = 0;
		at += words;
	}
	pfree(levels);
	return result;
}

/* ------------------------------------------------------------------------
 * Rows
 * ------------------------------------------------------------------------
 */

/*
 * Begin with a row: the state, and the counts that the row adds. False if it has
 * none: no outcome, a weight that is none, or 0. Those but the last are counted.
 */
static bool
begin_row(FunctionCallInfo fcinfo, bool weighted, OutcomeCounts **counts,
		  OutcomeSum *won, OutcomeSum *lost)
{
	const OutcomeSum nothing = {0, 0};
	OutcomeSum	sum = {1, 0};
	float8		weight = 1;

	if (PG_ARGISNULL(0))
		*counts = outcome_counts_create();
	else
		*counts = writable_state(fcinfo);
	if (weighted)
		weight = PG_ARGISNULL(3) ? -1 : PG_GETARG_FLOAT8(3);
	if (PG_ARGISNULL(2) || !outcome_weight_is_sound(weight))
	{
		outcome_counts_skip(*counts, 1);
		return false;
	}
	if (weight == 0)
		return false;
	if (weighted)
		sum = outcome_sum_of(weight);
	*won = PG_GETARG_BOOL(2) ? sum : nothing;
	*lost = PG_GETARG_BOOL(2) ? nothing : sum;
	return true;
}

/* The state as the function returns it. */
static Datum
end_row(FunctionCallInfo fcinfo, OutcomeCounts *counts)
{
	if (unlikely(!flat_in_aggregate(fcinfo)))
		counts = outcome_counts_rest(counts);
	PG_RETURN_POINTER(counts);
}

/* The transition for a level and an outcome */
static inline Datum
add_row(FunctionCallInfo fcinfo, bool weighted)
{
	OutcomeCounts *counts;
	OutcomeSum	won;
	OutcomeSum	lost;

	if (begin_row(fcinfo, weighted, &counts, &won, &lost))
	{
		const char *level = NULL;
		int32		length = -1;

		if (!PG_ARGISNULL(1))
		{
			text	   *value = PG_GETARG_TEXT_PP(1);

			level = VARDATA_ANY(value);
			length = VARSIZE_ANY_EXHDR(value);
		}
		if (length > OUTCOME_MAX_TEXT)
			outcome_counts_skip(counts, 1);
		else
			counts = outcome_counts_add(counts, level, length, won, lost);
	}
	return end_row(fcinfo, counts);
}

Datum
clientele_outcome_counts_add(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, false);
}

Datum
clientele_outcome_counts_add_weight(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, true);
}

/* An element of a set */
typedef struct Element
{
	const char *text;
	int32		length;
} Element;

/* Elements ascend by bytes. */
static int
compare_elements(const void *a, const void *b)
{
	const Element *left = a;
	const Element *right = b;
	int			order = memcmp(left->text, right->text,
							   Min(left->length, right->length));

	return order != 0 ? order : left->length - right->length;
}

/* Leave out what stands in a set twice; how many elements remain. */
static int
distinct_elements(Element *elements, int n)
{
	int			kept = 0;

	if (n > FEW_ELEMENTS)
		qsort(elements, n, sizeof(Element), compare_elements);
	for (int i = 0; i < n; i++)
	{
		int			j = n > FEW_ELEMENTS ? Max(kept - 1, 0) : 0;

		while (j < kept && compare_elements(&elements[j], &elements[i]) != 0)
			j++;
		if (j == kept)
			elements[kept++] = elements[i];
	}
	return kept;
}

/*
 * The transition for a set and an outcome: each distinct element counts once, an
 * element that is NULL is none. An array that is NULL counts as the level NULL,
 * an empty one nowhere. A set with an element that is too long is skipped.
 */
static Datum
add_set(FunctionCallInfo fcinfo, bool weighted)
{
	OutcomeCounts *counts;
	OutcomeSum	won;
	OutcomeSum	lost;
	Datum	   *values;
	bool	   *nulls;
	Element    *elements;
	int			nvalues;
	int			n = 0;

	if (!begin_row(fcinfo, weighted, &counts, &won, &lost))
		return end_row(fcinfo, counts);
	if (PG_ARGISNULL(1))
	{
		counts = outcome_counts_add(counts, NULL, -1, won, lost);
		return end_row(fcinfo, counts);
	}
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false,
					  TYPALIGN_INT, &values, &nulls, &nvalues);
	elements = palloc(Max(nvalues, 1) * sizeof(Element));
	for (int i = 0; i < nvalues; i++)
		if (!nulls[i])
		{
			text	   *value = DatumGetTextPP(values[i]);

			elements[n].text = VARDATA_ANY(value);
			elements[n].length = VARSIZE_ANY_EXHDR(value);
			if (elements[n++].length > OUTCOME_MAX_TEXT)
			{
				outcome_counts_skip(counts, 1);
				return end_row(fcinfo, counts);
			}
		}
	n = distinct_elements(elements, n);
	for (int i = 0; i < n; i++)
		counts = outcome_counts_add(counts, elements[i].text,
									elements[i].length, won, lost);
	return end_row(fcinfo, counts);
}

Datum
clientele_outcome_counts_add_set(PG_FUNCTION_ARGS)
{
	return add_set(fcinfo, false);
}

Datum
clientele_outcome_counts_add_set_weight(PG_FUNCTION_ARGS)
{
	return add_set(fcinfo, true);
}

/* The counts of both: combine function and union */
Datum
clientele_outcome_counts_union(PG_FUNCTION_ARGS)
{
	OutcomeCounts *counts = writable_state(fcinfo);
	const OutcomeCounts *other = PG_GETARG_OUTCOME_COUNTS_P(1);
	const OutcomeLevel *level;
	OutcomeReader reader;

	outcome_counts_skip(counts, other->skipped);
	outcome_counts_read(other, &reader);
	while ((level = outcome_counts_next(&reader)) != NULL)
	{
		CHECK_FOR_INTERRUPTS();
		counts = outcome_counts_add(counts, level->text, level->length,
									level->won, level->lost);
	}
	return end_row(fcinfo, counts);
}

/* Final function: the state at rest; empty without rows */
Datum
clientele_outcome_counts_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(outcome_counts_rest(outcome_counts_create()));
	PG_RETURN_POINTER(outcome_counts_rest(PG_GETARG_OUTCOME_COUNTS_P(0)));
}

/* ------------------------------------------------------------------------
 * Totals
 * ------------------------------------------------------------------------
 */

/* How many were won and lost at all levels. */
void
outcome_counts_totals(const OutcomeCounts *counts, double *won, double *lost)
{
	OutcomeSum	sum_won = {0, 0};
	OutcomeSum	sum_lost = {0, 0};
	const OutcomeLevel *level;
	OutcomeReader reader;

	outcome_counts_read(counts, &reader);
	while ((level = outcome_counts_next(&reader)) != NULL)
		if (!outcome_sum_add(&sum_won, level->won) ||
			!outcome_sum_add(&sum_lost, level->lost))
			report_overflow(level->text, level->length);
	*won = outcome_sum_value(sum_won);
	*lost = outcome_sum_value(sum_lost);
}

Datum
clientele_outcome_counts_won(PG_FUNCTION_ARGS)
{
	float8		won;
	float8		lost;

	outcome_counts_totals(PG_GETARG_OUTCOME_COUNTS_P(0), &won, &lost);
	PG_RETURN_FLOAT8(won);
}

Datum
clientele_outcome_counts_lost(PG_FUNCTION_ARGS)
{
	float8		won;
	float8		lost;

	outcome_counts_totals(PG_GETARG_OUTCOME_COUNTS_P(0), &won, &lost);
	PG_RETURN_FLOAT8(lost);
}

Datum
clientele_outcome_counts_skipped(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_OUTCOME_COUNTS_P(0)->skipped);
}
