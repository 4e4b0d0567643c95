/*
 * level_table.h
 *		The levels of categories, found by their text.
 *
 * Pure C, without postgres.h. A table lies in one piece of memory, which may
 * be copied as it is: the struct, the levels, a hash index, the texts.
 */
#ifndef CLIENTELE_SCORE_LEVEL_TABLE_H
#define CLIENTELE_SCORE_LEVEL_TABLE_H

#include <stddef.h>
#include <stdint.h>

#define LEVEL_MISSING	(-1)	/* the length of the level without text */

typedef struct CategoryLevel
{
	uint32_t	category;
	uint32_t	offset;			/* among the texts */
	int32_t		length;
	int32_t		term;			/* of a model; -1: none */
	double		weight;			/* sum of weights of its rows */
	double		won;			/* leads, sums of frequencies */
	double		lost;
} CategoryLevel;

typedef struct LevelTable
{
	uint32_t	nlevels;
	uint32_t	capacity;		/* zero or a power of two */
	uint32_t	text_size;
	uint32_t	text_capacity;	/* a multiple of 8 */
} LevelTable;

#define LEVELS_OF(table)	((CategoryLevel *) ((LevelTable *) (table) + 1))

/* The index has two slots a level: number of the level plus 1, or 0. */
static inline uint32_t *
level_index(const LevelTable *table)
{
	return (uint32_t *) (LEVELS_OF(table) + table->capacity);
}

/* The bytes of a level's text. */
static inline char *
level_text(const LevelTable *table, uint32_t offset)
{
	return (char *) (level_index(table) + 2 * (size_t) table->capacity) + offset;
}

extern size_t level_table_size(uint32_t capacity, uint32_t text_capacity);
extern void level_table_start(LevelTable *table, uint32_t capacity,
							  uint32_t text_capacity);
extern int	level_table_find(const LevelTable *table, uint32_t category,
							 const char *text, int32_t length);
extern int	level_table_add(LevelTable *table, uint32_t category,
							const char *text, int32_t length);
extern int	level_compare(const LevelTable *table, const CategoryLevel *a,
						  const CategoryLevel *b);

#endif							/* CLIENTELE_SCORE_LEVEL_TABLE_H */
