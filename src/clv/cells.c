/*
 * cells.c
 *		Counted sets of cells: growing, merging, and coming to rest.
 *
 * A growing set appends. When its room is used up, the cells that came since
 * the last time are sorted and merged with those before them, equal ones into
 * one; if more than half of the room is still in use then, it is doubled. So
 * each cell is sorted about once and moved a few times, all of it in order of
 * memory: a hash index, which jumps, took three times as long for a million
 * customers in half a million cells, and room of its own.
 *
 * At the end all is sorted, so the same customers make the same bytes in
 * whatever order they came and however they were merged.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "clv/cells.h"
#include "clv/cells_sort.h"

/* An empty set, to be added to. */
CellSet *
cells_empty(const CellType *type)
{
	CellSet    *set = flat_create(&type->layout, 0, true);

	set->kind = type->kind;
	return set;
}

/* Refuse a stored value whose own fields disagree. */
static CellSet *
check_set(const CellType *type, CellSet *set)
{
	if (unlikely(set->sorted > set->flat.n || set->kind != type->kind))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("invalid %s value", type->layout.type_name),
				 errdetail("It is of kind %u, and %u of its %u cells are sorted.",
						   set->kind, set->sorted, set->flat.n),
				 errhint("The stored value is damaged: restore it, or compute it again from its rows.")));
	return set;
}

/* The set in a datum, to read. */
CellSet *
cells_get(const CellType *type, Datum datum)
{
	return check_set(type, flat_get(&type->layout, datum));
}

/* The set in an argument, to change: in place inside an aggregate. */
CellSet *
cells_writable(const CellType *type, FunctionCallInfo fcinfo, int argument)
{
	return check_set(type, flat_writable(&type->layout, fcinfo, argument));
}

/* The order of keys: the number first, then the float8 from the last back. */
int
cells_compare(const CellType *type, const void *a, const void *b)
{
	uint32		number_a = *CELL_NUMBER(type, a);
	uint32		number_b = *CELL_NUMBER(type, b);
	const double *key_a = a;
	const double *key_b = b;

	if (number_a != number_b)
		return number_a < number_b ? -1 : 1;
	for (int i = type->ndoubles - 1; i >= 0; i--)
		if (key_a[i] != key_b[i])
			return key_a[i] < key_b[i] ? -1 : 1;
	return 0;
}

/* The same, as qsort_arg() asks for it. */
static int
compare_cells(const void *a, const void *b, void *type)
{
	return cells_compare(type, a, b);
}

/* Raise a count, which must not overflow. */
static inline void
add_count(const CellType *type, char *cell, uint32 count)
{
	uint32	   *sum = CELL_COUNT(type, cell);

	if (unlikely(count > PG_UINT32_MAX - *sum))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many customers in one cell of a %s",
						type->layout.type_name),
				 errdetail("The limit is %u.", PG_UINT32_MAX),
				 errhint("Fit a sample of the customers.")));
	*sum += count;
}

/*
 * Sort the cells that came last and merge them with the sorted ones before
 * them. The newcomers move to scratch memory, and the merge fills the set from
 * its upper end down, so that it never overtakes what it still has to read;
 * then the result moves to the front.
 */
static void
sort_and_merge(const CellType *type, CellSet *set)
{
	Size		size = CELL_SIZE(type);
	uint32		n = set->flat.n;
	uint32		nold = set->sorted;
	uint32		nnew = n - nold;
	char	   *scratch;
	char	   *news;
	uint32		at = n;
	char	   *place;

	if (nnew == 0)
		return;
	CHECK_FOR_INTERRUPTS();
	scratch = MemoryContextAllocHuge(CurrentMemoryContext, 2 * nnew * size);
	news = scratch;
	memcpy(news, CELL_AT(type, set, nold), nnew * size);
	if (type->ndoubles == 1)
		sort_cells16((Cell16 *) news, nnew, (Cell16 *) news + nnew);
	else if (type->ndoubles == 2)
		sort_cells24((Cell24 *) news, nnew, (Cell24 *) news + nnew);
	else
		qsort_arg(news, nnew, size, compare_cells, unconstify(CellType *, type));

	/* the largest first, to the upper end; equal ones into one */
	while (nold > 0 || nnew > 0)
	{
		char	   *old = set->cells + ((Size) nold - 1) * size;
		char	   *new = news + ((Size) nnew - 1) * size;
		const char *next;

		if (nnew == 0 || (nold > 0 && cells_compare(type, old, new) > 0))
		{
			next = old;
			nold--;
		}
		else
		{
			next = new;
			nnew--;
		}
		place = CELL_AT(type, set, at);
		if (at < n && cells_compare(type, next, place) == 0)
			add_count(type, place, *CELL_COUNT(type, next));
		else
		{
			at--;
			memmove(CELL_AT(type, set, at), next, size);
		}
	}
	memmove(set->cells, CELL_AT(type, set, at), (n - at) * size);
	set->flat.n = set->sorted = n - at;
	pfree(scratch);
}

/* Make room for more cells, by merging equal ones or in a larger copy. */
static CellSet *
make_room(const CellType *type, CellSet *set, uint32 more)
{
	sort_and_merge(type, set);
	if ((uint64) set->flat.n + more > set->flat.capacity ||
		set->flat.n > set->flat.capacity / 2)
	{
		uint64		n = Max((uint64) set->flat.n + more,
							(uint64) set->flat.capacity + 1);

		/* flat_enlarge refuses what is too much */
		set = flat_enlarge(&type->layout, set,
						   (uint32) Min(n, PG_UINT32_MAX), true);
	}
	return set;
}

/*
 * Add customers to the cell of a key. Changes the set in place, or returns a
 * larger one and leaves the old one to whoever owns it.
 */
CellSet *
cells_add(const CellType *type, CellSet *set, const void *key, uint32 count)
{
	char	   *cell;

	if (unlikely(set->flat.n == set->flat.capacity))
		set = make_room(type, set, 1);
	cell = CELL_AT(type, set, set->flat.n++);
	memcpy(cell, key, CELL_SIZE(type) - sizeof(uint32));
	*CELL_COUNT(type, cell) = count;
	set->counts[0] += count;
	return set;
}

/* Add the cells and the further counts of another set, which is left alone. */
CellSet *
cells_add_all(const CellType *type, CellSet *set, const CellSet *other)
{
	uint32		more = other->flat.n;

	if (more > set->flat.capacity - set->flat.n)
		set = make_room(type, set, more);
	memcpy(CELL_AT(type, set, set->flat.n), other->cells,
		   more * CELL_SIZE(type));
	set->flat.n += more;
	for (int i = 0; i < CELLS_COUNTS; i++)
	{
		if (other->counts[i] > PG_INT64_MAX - set->counts[i])
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("count of a %s is out of range",
							type->layout.type_name),
					 errdetail("It would be the sum of " INT64_FORMAT " and " INT64_FORMAT ".",
							   set->counts[i], other->counts[i]),
					 errhint("Fit a sample of the customers.")));
		set->counts[i] += other->counts[i];
	}
	return set;
}

/*
 * The set at rest: itself if it is, otherwise a sorted copy without spare room.
 * A final function's way out, so the state itself is not changed.
 */
CellSet *
cells_canonical(const CellType *type, CellSet *set)
{
	CellSet    *rest;
	CellSet    *merged;

	if (set->sorted == set->flat.capacity)
		return set;
	rest = flat_trim(&type->layout, set);
	if (rest == set)
		rest = flat_enlarge(&type->layout, set, set->flat.n, false);
	sort_and_merge(type, rest);
	merged = flat_trim(&type->layout, rest);
	if (merged != rest)
		pfree(rest);
	return merged;
}
