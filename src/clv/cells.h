/*
 * cells.h
 *		Counted sets of cells: the layout of customer_base, spend_base and
 *		covariate_base.
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
#define CELLS_MAX_DOUBLES	32

/*
 * A counted set. The first "sorted" cells are in ascending order, none twice;
 * behind them a growing set keeps cells as they came, equal ones unmerged, and
 * spare room. A value at rest is canonical: sorted = n = capacity.
 *
 * counts[0] is the number of customers in the cells; what the others are is up
 * to the type.
 */
typedef struct CellSet
{
	FlatHeader	flat;
	uint32		sorted;
	uint32		kind;			/* CellType.kind */
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
	uint32		kind;			/* distinguishes cells of one SQL type that
								 * have unlike many float8; 0 where there are
								 * none */
	int			ndoubles;
	const char *example;		/* of the text form, for hints */
	const char *count_names[CELLS_COUNTS];	/* NULL: not used */
	/* what is wrong with the key of a cell that was read; NULL: nothing */
	char	   *(*check) (const struct CellType *type, const void *cell);
} CellType;

#define CELLS_HEADER_SIZE	offsetof(CellSet, cells)
#define CELLS_MAX_SIZE		((CELLS_MAX_DOUBLES + 1) * sizeof(double))
#define CELL_SIZE(type)		((type)->layout.element_size)
#define CELL_AT(type, set, i)	((set)->cells + (Size) (i) * CELL_SIZE(type))
#define CELL_NUMBER(type, cell) \
	((uint32 *) ((double *) (cell) + (type)->ndoubles))
#define CELL_COUNT(type, cell)	(CELL_NUMBER(type, cell) + 1)

/* cells.c */
extern CellSet *cells_empty(const CellType *type);
extern CellSet *cells_add(const CellType *type, CellSet *set,
						  const void *key, uint32 count);
extern CellSet *cells_add_all(const CellType *type, CellSet *set,
							  const CellSet *other);
extern CellSet *cells_writable(const CellType *type,
							   FunctionCallInfo fcinfo, int argument);
extern CellSet *cells_get(const CellType *type, Datum datum);
extern CellSet *cells_canonical(const CellType *type, CellSet *set);
extern int	cells_compare(const CellType *type, const void *a, const void *b);

/* cells_io.c */
extern CellSet *cells_in(const CellType *type, char *input,
						 struct Node *escontext);
extern char *cells_out(const CellType *type, CellSet *set);
extern CellSet *cells_recv(const CellType *type, StringInfo message);
extern bytea *cells_send(const CellType *type, CellSet *set);

#endif							/* CLIENTELE_CLV_CELLS_H */
