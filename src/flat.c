/*
 * flat.c
 *		The one way in which aggregates keep a state that grows; see flat.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/memutils.h"

#include "compat.h"
#include "flat.h"

/* Bytes of a value; 64 bits hold the product of any two fields. */
static uint64
flat_size(const FlatLayout *layout, uint32 capacity)
{
	return layout->header_size + (uint64) capacity * layout->element_size;
}

/* Refuse what exceeds the type's limit or what one value can hold. */
static void
check_limit(const FlatLayout *layout, uint32 n)
{
	uint64		limit = MaxAllocSize - layout->header_size;

	limit = Min(limit / layout->element_size, layout->max_elements);
	if (n > limit)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%s is too large", layout->type_name),
				 errdetail("It would hold %u %s, the limit is " UINT64_FORMAT ".",
						   n, layout->element_name, limit),
				 errhint("Group the rows more finely.")));
}

/*
 * Room for at least n elements: all that fits into the next power of two of
 * bytes when the value is to grow further, exactly n otherwise.
 */
static uint32
choose_capacity(const FlatLayout *layout, uint32 n, bool growing)
{
	uint64		size = layout->first_size;
	uint64		needed;

	if (!growing)
		return n;
	needed = flat_size(layout, n);
	while (size < needed)
		size *= 2;
	size = Min(size, MaxAllocSize);
	return (uint32) Min((size - layout->header_size) / layout->element_size,
						layout->max_elements);
}

/*
 * A new value of n elements, all zero but for the flat header; n is 0 at first
 * where elements are added one by one. A growing one has room to spare.
 */
void *
flat_create(const FlatLayout *layout, uint32 n, bool growing)
{
	uint32		capacity;
	uint64		size;
	FlatHeader *value;

	check_limit(layout, n);
	capacity = choose_capacity(layout, n, growing);
	size = flat_size(layout, capacity);
	value = palloc0((Size) size);
	SET_VARSIZE(value, size);
	value->version = layout->version;
	value->n = n;
	value->capacity = capacity;
	return value;
}

/*
 * A copy, in the current context, with room for at least n elements, zero where
 * it is new. The value itself is left as it is, as the executor frees a state
 * that has been replaced.
 */
void *
flat_enlarge(const FlatLayout *layout, void *value, uint32 n, bool growing)
{
	FlatHeader *old = value;
	FlatHeader *result;
	Size		used;

	Assert(n >= old->n);
	result = flat_create(layout, n, growing);
	used = (Size) flat_size(layout, old->n);
	/* all but what flat_create has just set */
	memcpy((char *) result + sizeof(FlatHeader),
		   (char *) old + sizeof(FlatHeader), used - sizeof(FlatHeader));
	result->n = old->n;
	return result;
}

/*
 * The value without spare room: itself if it has none, otherwise a
 * copy. A final function's way out.
 */
void *
flat_trim(const FlatLayout *layout, void *value)
{
	FlatHeader *old = value;
	FlatHeader *result;
	Size		used;

	if (old->n == old->capacity)
		return value;
	used = (Size) flat_size(layout, old->n);
	result = palloc(used);
	memcpy(result, old, used);
	SET_VARSIZE(result, used);
	result->capacity = old->n;
	return result;
}

/* Whether version, counts and size of a value agree with one another. */
bool
flat_is_sound(const FlatLayout *layout, const void *value)
{
	const FlatHeader *header = value;
	Size		size = VARSIZE(value);

	return size >= layout->header_size &&
		header->version == layout->version &&
		header->flags == 0 &&
		header->reserved == 0 &&
		header->n <= header->capacity &&
		header->n <= layout->max_elements &&
		size == flat_size(layout, header->capacity);
}

/* Raise the error for a value that is not sound. */
static void
report_unsound(const FlatLayout *layout, const void *value)
{
	const FlatHeader *header = value;

	if (VARSIZE(value) < layout->header_size)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("invalid %s value", layout->type_name),
				 errdetail("It has %u bytes, fewer than any %s.",
						   (unsigned) VARSIZE(value), layout->type_name),
				 errhint("The stored value is damaged: restore it, or compute it again from its rows.")));
	if (header->version != layout->version)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("invalid %s value", layout->type_name),
				 errdetail("Its format version is %u, this library knows %u.",
						   header->version, layout->version),
				 errhint("It may have been written by a newer version of Clientele: install that.")));
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("invalid %s value", layout->type_name),
			 errdetail("Its counts do not agree with its size: %u of %u %s in %u bytes.",
					   header->n, header->capacity, layout->element_name,
					   (unsigned) VARSIZE(value)),
			 errhint("The stored value is damaged: restore it, or compute it again from its rows.")));
}

/* The value of an argument, to read. */
void *
flat_get(const FlatLayout *layout, Datum datum)
{
	void	   *value = PG_DETOAST_DATUM(datum);

	if (unlikely(!flat_is_sound(layout, value)))
		report_unsound(layout, value);
	return value;
}

/* The value of an argument, a copy that may be changed. */
void *
flat_get_copy(const FlatLayout *layout, Datum datum)
{
	void	   *value = PG_DETOAST_DATUM_COPY(datum);

	if (unlikely(!flat_is_sound(layout, value)))
		report_unsound(layout, value);
	return value;
}

/* Whether a function is called as the transition or combine of an aggregate. */
bool
flat_in_aggregate(FunctionCallInfo fcinfo)
{
	return AggCheckCallContext(fcinfo, NULL) != 0;
}

/*
 * The state in an argument, to change: the state itself inside an aggregate, a
 * copy otherwise. Only for transition and combine functions and their first
 * argument, never for final functions, which may be called again on the state.
 * A state that began as the first input of a strict function may still be
 * packed as it was stored: then this is a copy, too.
 */
void *
flat_writable(const FlatLayout *layout, FunctionCallInfo fcinfo, int argument)
{
	Datum		datum = PG_GETARG_DATUM(argument);

	if (flat_in_aggregate(fcinfo))
		return flat_get(layout, datum);
	return flat_get_copy(layout, datum);
}
