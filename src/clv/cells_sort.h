/*
 * cells_sort.h
 *		Ascending order of many cells.
 */
#ifndef CLIENTELE_CLV_CELLS_SORT_H
#define CLIENTELE_CLV_CELLS_SORT_H

#include <stddef.h>
#include <stdint.h>

/* A cell of one or two doubles, a number and a count. */
typedef struct Cell16
{
	double		key[1];
	uint32_t	number;
	uint32_t	count;
} Cell16;

typedef struct Cell24
{
	double		key[2];
	uint32_t	number;
	uint32_t	count;
} Cell24;

/*
 * Sort n cells by number, then by their doubles from the last back. Doubles are
 * neither negative nor -0.0 nor NaN. scratch has room for n cells.
 */
extern void sort_cells16(Cell16 *cells, size_t n, Cell16 *scratch);
extern void sort_cells24(Cell24 *cells, size_t n, Cell24 *scratch);

#endif							/* CLIENTELE_CLV_CELLS_SORT_H */
