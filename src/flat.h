/*
 * flat.h
 *		The one way in which aggregates keep a state that grows.
 *
 * A state is one flat varlena: a header, an array of n elements, room for
 * (capacity - n) more. Inside an aggregate it is changed in place, and replaced by one of twice the size when
 * it is full: the executor copies what a transition function returns into the
 * aggregate's memory and frees the state before it. So a group costs one chunk
 * of memory, and the state is a value of a published type: engines can ship it
 * from worker to worker without knowing more.
 *
 * The sizes of growing states are powers of two, as those are the sizes in
 * which the server's allocator hands out chunks. Final functions call
 * flat_trim(): what is stored carries no spare room.
 *
 * Who uses this starts a struct with FlatHeader, followed by fields of its own
 * up to FlatLayout.header_size, followed by the elements.
 */
#ifndef CLIENTELE_FLAT_H
#define CLIENTELE_FLAT_H

#include "postgres.h"

#include "fmgr.h"

typedef struct FlatHeader
{
	int32		vl_len_;		/* varlena header, do not touch */
	uint8		version;		/* of the format, FlatLayout.version */
	uint8		flags;			/* zero */
	uint16		reserved;		/* zero */
	uint32		n;				/* elements in use */
	uint32		capacity;		/* elements that there is room for */
} FlatHeader;

/* What distinguishes one type from another; a static const of its file. */
typedef struct FlatLayout
{
	const char *type_name;		/* in messages: "purchase_history" */
	const char *element_name;	/* in messages, plural: "days" */
	uint8		version;
	uint32		header_size;	/* bytes before the first element */
	uint32		element_size;
	uint32		first_size;		/* bytes of a first growing state: a power of
								 * two */
	uint32		max_elements;	/* the documented limit */
} FlatLayout;

/* The elements. */
#define FLAT_ELEMENTS(layout, value) \
	((void *) ((char *) (value) + (layout)->header_size))

/* flat.c */
extern void *flat_create(const FlatLayout *layout, uint32 n, bool growing);
extern void *flat_enlarge(const FlatLayout *layout, void *value, uint32 n,
						  bool growing);
extern void *flat_trim(const FlatLayout *layout, void *value);
extern bool flat_is_sound(const FlatLayout *layout, const void *value);
extern void *flat_get(const FlatLayout *layout, Datum datum);
extern void *flat_get_copy(const FlatLayout *layout, Datum datum);
extern bool flat_in_aggregate(FunctionCallInfo fcinfo);
extern void *flat_writable(const FlatLayout *layout, FunctionCallInfo fcinfo,
						   int argument);

#endif							/* CLIENTELE_FLAT_H */
