/*
 * cells_sort.c
 *		Ascending order of many cells, without comparisons.
 *
 * The bits of a double that is not negative, read as a whole number, ascend
 * with its value, so a radix sort from the lowest digit up puts cells in order.
 * Days are small whole numbers of whose 64 bits only some ten or twenty differ;
 * digits begin at a bit that differs and runs of equal ones are skipped. A
 * million cells of whole days take five or six passes.
 */
#include <string.h>

#include "clv/cells_sort.h"

/* Up to so many cells, insertion is faster than any counting. */
#define INSERTION_CELLS 32
/* Digits are short where there are too few cells to pay for long tables. */
#define MANY_CELLS	8192
#define MANY_BITS	11
#define FEW_BITS	8

#define CELL Cell16
#define NKEYS 2
#define SORT_CELLS sort_cells16
#define INSERT_CELLS insert_cells16
#define CELL_KEY cell16_key
#include "clv/cells_sort_template.h"

#define CELL Cell24
#define NKEYS 3
#define SORT_CELLS sort_cells24
#define INSERT_CELLS insert_cells24
#define CELL_KEY cell24_key
#include "clv/cells_sort_template.h"
