/*
 * cells.c
 *		Counted sets of cells: growing, merging, and coming to rest.
 *
 * A growing set is a dense array with a hash index behind it (open addressing,
 * linear probing, at most half full). Adding a customer touches one slot and
 * one cell. At the end the cells are sorted, so the same customers make the
 * same bytes in whatever order they came and however they were merged.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "clv/cells.h"

/* An empty set, to be added to. */
CellSet *
cells_empty(const CellType *type)
{
	return flat_create(&type->layout, 0, true);
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

/* The set of all slots, and how many there are. */
#define SLOTS(type, set)	((uint32 *) FLAT_SCRATCH_ROOM(&(type)->layout, set))
#define NSLOTS(set)			(2 * (uint64) (set)->flat.capacity)

/* Whether two cells have one key; keys are finite, without -0.0. */
static inline bool
same_key(const CellType *type, const char *a, const char *b)
{
	const uint64 *words_a = (const uint64 *) a;
	const uint64 *words_b = (const uint64 *) b;

	for (int i = 0; i < type->ndoubles; i++)
		if (words_a[i] != words_b[i])
			return false;
	return *CELL_NUMBER(type, a) == *CELL_NUMBER(type, b);
}

/* Mix 64 bits so that each depends on all (the finalizer of MurmurHash3). */
static inline uint64
mix(uint64 bits)
{
	bits ^= bits >> 33;
	bits *= UINT64CONST(0xff51afd7ed558ccd);
	bits ^= bits >> 33;
	bits *= UINT64CONST(0xc4ceb9fe1a85ec53);
	return bits ^ (bits >> 33);
}

/* The slot at which the search for a key begins. */
static inline uint64
first_slot(const CellType *type, const CellSet *set, const char *key)
{
	const uint64 *words = (const uint64 *) key;
	uint64		hash = *CELL_NUMBER(type, key);

	for (int i = 0; i < type->ndoubles; i++)
		hash = mix(hash ^ words[i]);
	return ((hash >> 32) * NSLOTS(set)) >> 32;
}

/* The slot of a key: that of its cell, or the free one where it would go. */
static inline uint32 *
find_slot(const CellType *type, CellSet *set, const char *key)
{
	uint32	   *slots = SLOTS(type, set);
	uint64		nslots = NSLOTS(set);
	uint64		i = first_slot(type, set, key);

	while (slots[i] != 0 &&
		   !same_key(type, CELL_AT(type, set, slots[i] - 1), key))
		if (++i == nslots)
			i = 0;
	return &slots[i];
}

/* Make room for n cells in a new copy with an index. */
static CellSet *
enlarge(const CellType *type, CellSet *set, uint32 n)
{
	CellSet    *larger = flat_enlarge(&type->layout, set, n, true);

	for (uint32 i = 0; i < larger->flat.n; i++)
		*find_slot(type, larger, CELL_AT(type, larger, i)) = i + 1;
	return larger;
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
 * Add customers to the cell of a key. Changes the set in place, or returns a
 * larger one and leaves the old one to whoever owns it.
 */
CellSet *
cells_add(const CellType *type, CellSet *set, const void *key, uint32 count)
{
	uint32	   *slot;
	char	   *cell;

	if ((set->flat.flags & FLAT_SCRATCH) == 0)
		set = enlarge(type, set, set->flat.n + 1);
	slot = find_slot(type, set, key);
	if (*slot == 0)
	{
		if (set->flat.n == set->flat.capacity)
		{
			set = enlarge(type, set, set->flat.n + 1);
			slot = find_slot(type, set, key);
		}
		cell = CELL_AT(type, set, set->flat.n);
		memcpy(cell, key, CELL_SIZE(type) - sizeof(uint32));
		*CELL_COUNT(type, cell) = 0;
		*slot = ++set->flat.n;
	}
	else
		cell = CELL_AT(type, set, *slot - 1);
	add_count(type, cell, count);
	set->counts[0] += count;
	return set;
}

/* Add the cells and the further counts of another set, which is left alone. */
CellSet *
cells_add_all(const CellType *type, CellSet *set, const CellSet *other)
{
	for (uint32 i = 0; i < other->flat.n; i++)
	{
		const char *cell = CELL_AT(type, other, i);

		set = cells_add(type, set, cell, *CELL_COUNT(type, cell));
	}
	for (int i = 1; i < CELLS_COUNTS; i++)
		if (other->counts[i] > PG_INT64_MAX - set->counts[i])
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("count of a %s is out of range",
							type->layout.type_name),
					 errdetail("The sum of " INT64_FORMAT " and " INT64_FORMAT " %s.",
							   set->counts[i], other->counts[i],
							   type->count_names[i])));
		else
			set->counts[i] += other->counts[i];
	return set;
}

/* Sort 24-byte and 16-byte cells with the order inlined. */
typedef struct Cell16
{
	double		key[1];
	uint32		number;
	uint32		count;
} Cell16;

typedef struct Cell24
{
	double		key[2];
	uint32		number;
	uint32		count;
} Cell24;

static inline int
compare16(const Cell16 *a, const Cell16 *b)
{
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return a->key[0] < b->key[0] ? -1 : a->key[0] > b->key[0];
}

static inline int
compare24(const Cell24 *a, const Cell24 *b)
{
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	if (a->key[1] != b->key[1])
		return a->key[1] < b->key[1] ? -1 : 1;
	return a->key[0] < b->key[0] ? -1 : a->key[0] > b->key[0];
}

#define ST_SORT sort_cells16
#define ST_ELEMENT_TYPE Cell16
#define ST_COMPARE(a, b) compare16(a, b)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

#define ST_SORT sort_cells24
#define ST_ELEMENT_TYPE Cell24
#define ST_COMPARE(a, b) compare24(a, b)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

/*
 * The set at rest: itself if it is, otherwise a sorted copy without spare room.
 * A final function's way out, so the state itself is not changed.
 */
CellSet *
cells_canonical(const CellType *type, CellSet *set)
{
	CellSet    *rest;

	if ((set->flat.flags & FLAT_SCRATCH) == 0 &&
		set->flat.n == set->flat.capacity)
		return set;
	rest = flat_trim(&type->layout, set);
	if (rest == set)
		elog(ERROR, "unexpected flags of a %s", type->layout.type_name);
	if (type->ndoubles == 1)
		sort_cells16((Cell16 *) rest->cells, rest->flat.n);
	else
		sort_cells24((Cell24 *) rest->cells, rest->flat.n);
	return rest;
}
