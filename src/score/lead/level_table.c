/*
 * level_table.c
 *		The levels of categories, found by their text; see level_table.h.
 */
#include <string.h>

#include "score/lead/level_table.h"

/* Bytes of a table with room for so much. */
size_t
level_table_size(uint32_t capacity, uint32_t text_capacity)
{
	return sizeof(LevelTable) +
		(size_t) capacity * (sizeof(CategoryLevel) + 2 * sizeof(uint32_t)) +
		text_capacity;
}

/* An empty table in memory of level_table_size(). */
void
level_table_start(LevelTable *table, uint32_t capacity, uint32_t text_capacity)
{
	memset(table, 0, level_table_size(capacity, text_capacity));
	table->capacity = capacity;
	table->text_capacity = text_capacity;
}

/* FNV-1a of category and text, its bits mixed down to the low ones */
static uint32_t
level_hash(uint32_t category, const char *text, int32_t length)
{
	uint64_t	hash = UINT64_C(14695981039346656037) ^ category;

	hash *= UINT64_C(1099511628211);
	for (int32_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char) text[i]) * UINT64_C(1099511628211);
	hash = (hash ^ (uint32_t) length) * UINT64_C(1099511628211);
	return (uint32_t) (hash ^ (hash >> 32));
}

/* The number of a level, or -1; *slot is its place in the index, or the free
 * one where it would stand. */
static int
find_slot(const LevelTable *table, uint32_t category, const char *text,
		  int32_t length, uint32_t *slot)
{
	const uint32_t *index = level_index(table);
	uint32_t	mask = 2 * table->capacity - 1;

	*slot = level_hash(category, text, length) & mask;
	while (index[*slot] != 0)
	{
		const CategoryLevel *level = LEVELS_OF(table) + index[*slot] - 1;

		if (level->category == category && level->length == length &&
			(length <= 0 ||
			 memcmp(level_text(table, level->offset), text, length) == 0))
			return (int) index[*slot] - 1;
		*slot = (*slot + 1) & mask;
	}
	return -1;
}

/* The number of a level, or -1. */
int
level_table_find(const LevelTable *table, uint32_t category, const char *text,
				 int32_t length)
{
	uint32_t	slot;

	if (table->capacity == 0)
		return -1;
	return find_slot(table, category, text, length, &slot);
}

/* The number of a level, added if it is new; -1 where there is no room. */
int
level_table_add(LevelTable *table, uint32_t category, const char *text,
				int32_t length)
{
	uint32_t	bytes = length > 0 ? length : 0;
	uint32_t	slot;
	CategoryLevel *level;
	int			found;

	if (table->capacity == 0)
		return -1;
	found = find_slot(table, category, text, length, &slot);
	if (found >= 0)
		return found;
	if (table->nlevels == table->capacity ||
		bytes > table->text_capacity - table->text_size)
		return -1;
	level = LEVELS_OF(table) + table->nlevels;
	memset(level, 0, sizeof(*level));
	level->category = category;
	level->offset = table->text_size;
	level->length = length;
	level->term = -1;
	if (bytes > 0)
		memcpy(level_text(table, table->text_size), text, bytes);
	table->text_size += bytes;
	level_index(table)[slot] = ++table->nlevels;
	return (int) table->nlevels - 1;
}

/* The order of levels: by category, by bytes, the missing one last. */
int
level_compare(const LevelTable *table, const CategoryLevel *a,
			  const CategoryLevel *b)
{
	int32_t		shorter = a->length < b->length ? a->length : b->length;
	int			order;

	if (a->category != b->category)
		return a->category < b->category ? -1 : 1;
	if (shorter == LEVEL_MISSING)
		return (a->length == LEVEL_MISSING) - (b->length == LEVEL_MISSING);
	order = memcmp(level_text(table, a->offset), level_text(table, b->offset),
				   shorter);
	return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}
