/*
 * cells.h
 *		Counted sets of cells: the layout of customer_base and spend_base.
 *
 * The customers of a fit matter only by a few numbers each, and many share
 * them. A cell is one combination that occurs and how many customers have it.
 * All that a fit needs of a billion customers is some megabytes of cells.
 */
#ifndef CLIENTELE_CLV_CELLS_H
#define CLIENTELE_CLV_CELLS_H

#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"

#include "flat.h"

#define CELLS_VERSION		1
#define CELLS_COUNTS		4
#define CELLS_MAX_DOUBLES	2

/*
 * A counted set. A value at rest is canonical: cells in ascending order, none
 * twice, no spare room. A growing one (FLAT_SCRATCH) holds them in order of
 * arrival, with a hash index in the scratch room: two slots of uint32 for each
 * cell that there is room for, a cell's number plus one, or zero.
 *
 * counts[0] is the number of customers in the cells; what the others are is up
 * to the type.
 */
typedef struct CellSet
{
	FlatHeader	flat;
	int64		counts[CELLS_COUNTS];
	char		cells[FLEXIBLE_ARRAY_MEMBER];
} CellSet;

/*
 * What differs between types of counted sets. A cell is ndoubles float8 and two
 * uint32: a number, which is part of the key as they are, and the count.
 */
typedef struct CellType
{
	FlatLayout	layout;
	int			ndoubles;
	const char *example;		/* of the text form, for hints */
	const char *count_names[CELLS_COUNTS];	/* NULL: not used */
	/* what is wrong with the key of a cell that was read; NULL: nothing */
	char	   *(*check) (const void *cell);
} CellType;

#define CELLS_HEADER_SIZE	offsetof(CellSet, cells)
#define CELLS_SCRATCH_SIZE	(2 * sizeof(uint32))
#define CELLS_MAX_SIZE		((CELLS_MAX_DOUBLES + 1) * sizeof(double))
#define CELL_SIZE(type)		((type)->layout.element_size)
#define CELL_AT(type, set, i)	((set)->cells + (Size) (i) * CELL_SIZE(type))
#define CELL_NUMBER(type, cell) \
	((uint32 *) ((double *) (cell) + (type)->ndoubles))
#define CELL_COUNT(type, cell)	(CELL_NUMBER(type, cell) + 1)

#define DatumGetCells(type, datum) \
	((CellSet *) flat_get(&(type)->layout, datum))

/* cells.c */
extern CellSet *cells_empty(const CellType *type);
extern CellSet *cells_add(const CellType *type, CellSet *set,
						  const void *key, uint32 count);
extern CellSet *cells_add_all(const CellType *type, CellSet *set,
							  const CellSet *other);
extern CellSet *cells_canonical(const CellType *type, CellSet *set);
extern int	cells_compare(const CellType *type, const void *a, const void *b);

/* cells_io.c */
extern CellSet *cells_in(const CellType *type, char *text,
						 struct Node *escontext);
extern char *cells_out(const CellType *type, CellSet *set);
extern CellSet *cells_recv(const CellType *type, StringInfo message);
extern bytea *cells_send(const CellType *type, CellSet *set);

#endif							/* CLIENTELE_CLV_CELLS_H */
