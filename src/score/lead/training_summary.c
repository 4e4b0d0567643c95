/*
 * training_summary.c
 *		Type training_summary: what the first pass of a fit finds.
 *
 * For each number how often it is known, its mean, spread and extremes; for
 * each category its levels, with how many leads of each were won and lost.
 * Numbers are gathered into a block first, whose moments are taken together.
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "fmgr.h"
#include "utils/memutils.h"

#include "flat.h"
#include "score/lead/lead_rows.h"
#include "score/lead/training_summary.h"

PG_FUNCTION_INFO_V1(clientele_training_summary_add);
PG_FUNCTION_INFO_V1(clientele_training_summary_union);
PG_FUNCTION_INFO_V1(clientele_training_summary_final);

/* Levels and bytes of text of a first state with categories */
#define FIRST_LEVELS	64
#define FIRST_TEXTS		1024

/* Bytes of a summary. */
static uint64
summary_size(uint32 nnumbers, uint32 ncategories, uint32 levels, uint32 texts)
{
	return sizeof(TrainingSummary) +
		(uint64) nnumbers * (sizeof(NumberMoments) +
							 TRAINING_BLOCK * sizeof(double)) +
		TRAINING_BLOCK * sizeof(double) +
		(uint64) ncategories * sizeof(CategoryState) +
		level_table_size(levels, texts);
}

/* A summary of no rows, with room for so many levels (a power of two or 0). */
TrainingSummary *
training_summary_create(uint32 nnumbers, uint32 ncategories, uint32 levels,
						uint32 texts)
{
	uint64		size;
	TrainingSummary *summary;

	if (nnumbers > LEAD_MAX_FEATURES || ncategories > LEAD_MAX_FEATURES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a lead has at most %d numbers and %d categories",
						LEAD_MAX_FEATURES, LEAD_MAX_FEATURES),
				 errdetail("There are %u and %u.", nnumbers, ncategories),
				 errhint("Leave features out.")));
	size = summary_size(nnumbers, ncategories, levels, texts);
	if (size > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("training_summary is too large"),
				 errdetail("It would have " UINT64_FORMAT " bytes.", size),
				 errhint("Shorten the texts of the categories, or take fewer of them.")));
	summary = palloc0((Size) size);
	SET_VARSIZE(summary, size);
	summary->version = 1;
	summary->nnumbers = nnumbers;
	summary->ncategories = ncategories;
	level_table_start(summary_levels(summary), levels, texts);
	return summary;
}

/* A datum, to read: an error unless its counts agree with its size. */
TrainingSummary *
training_summary_get(Datum datum)
{
	TrainingSummary *summary = (TrainingSummary *) PG_DETOAST_DATUM(datum);
	Size		size = VARSIZE(summary);
	LevelTable *levels;

	if (size >= sizeof(TrainingSummary) && summary->version == 1 &&
		summary->nnumbers <= LEAD_MAX_FEATURES &&
		summary->ncategories <= LEAD_MAX_FEATURES &&
		summary->pending < TRAINING_BLOCK &&
		size >= summary_size(summary->nnumbers, summary->ncategories, 0, 0))
	{
		levels = summary_levels(summary);
		if (levels->nlevels <= levels->capacity &&
			levels->text_size <= levels->text_capacity &&
			size == summary_size(summary->nnumbers, summary->ncategories,
								 levels->capacity, levels->text_capacity))
			return summary;
	}
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("invalid training_summary value"),
			 errdetail("Its counts do not agree with its size of %zu bytes.",
					   size),
			 errhint("The stored value is damaged: compute it again.")));
}

/* Take the rows of the block into the moments. */
static void
add_block(TrainingSummary *summary)
{
	for (uint32 i = 0; i < summary->nnumbers && summary->pending > 0; i++)
		number_moments_add(summary_moments(summary) + i,
						   summary_block(summary) + (size_t) i * TRAINING_BLOCK,
						   summary_weights(summary), summary->pending);
	summary->pending = 0;
}

/* A copy with room for more levels and texts. */
static TrainingSummary *
enlarge(TrainingSummary *old, uint32 levels, uint32 texts)
{
	const LevelTable *from = summary_levels(old);
	TrainingSummary *result = training_summary_create(old->nnumbers,
													  old->ncategories, levels,
													  texts);
	Size		before = (char *) from - (char *) old;
	LevelTable *to = summary_levels(result);

	memcpy((char *) result + sizeof(int32), (char *) old + sizeof(int32),
		   before - sizeof(int32));
	for (uint32 i = 0; i < from->nlevels; i++)
	{
		const CategoryLevel *level = LEVELS_OF(from) + i;
		int			at = level_table_add(to, level->category,
										 level_text(from, level->offset),
										 level->length);

		LEVELS_OF(to)[at].weight = level->weight;
		LEVELS_OF(to)[at].won = level->won;
		LEVELS_OF(to)[at].lost = level->lost;
	}
	return result;
}

/*
 * The level of a text, or NULL where the category has too many; the state may
 * be replaced by a larger one.
 */
static CategoryLevel *
find_level(TrainingSummary **summary, uint32 category, const char *text,
		   int32 length)
{
	CategoryState *state = summary_categories(*summary) + category;
	LevelTable *levels = summary_levels(*summary);
	int			at;

	if (length > LEAD_MAX_TEXT)
	{
		state->flags |= CATEGORY_TOO_LONG;
		return NULL;
	}
	at = level_table_find(levels, category, text, length);
	if (at >= 0)
		return LEVELS_OF(levels) + at;
	if (state->nlevels == CATEGORY_MAX_LEVELS)
	{
		state->flags |= CATEGORY_TOO_MANY;
		return NULL;
	}
	if (levels->nlevels == SUMMARY_MAX_LEVELS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the categories have more than %d levels together",
						SUMMARY_MAX_LEVELS),
				 errhint("Leave out features that are different for nearly every lead.")));
	at = level_table_add(levels, category, text, length);
	if (at < 0)
	{
		uint32		capacity = Max(levels->capacity, FIRST_LEVELS / 2);
		uint32		texts = Max(levels->text_capacity, FIRST_TEXTS / 2);

		if (levels->nlevels == levels->capacity)
			capacity *= 2;
		while (texts - levels->text_size < (uint32) Max(length, 0))
			texts *= 2;
		*summary = enlarge(*summary, capacity, texts);
		levels = summary_levels(*summary);
		at = level_table_add(levels, category, text, length);
	}
	summary_categories(*summary)[category].nlevels++;
	return LEVELS_OF(levels) + at;
}

/* Add a row that counts. */
static TrainingSummary *
add_row(TrainingSummary *summary, const LeadRow *row)
{
	NumberMoments *moments = summary_moments(summary);
	double	   *block = summary_block(summary) + summary->pending;
	LeadCategories walk;

	summary->rows++;
	if (row->won)
		summary->won += row->frequency;
	else
		summary->lost += row->frequency;
	summary->weight[row->won] += row->weight;
	for (uint32 i = 0; i < summary->nnumbers; i++)
	{
		bool		known;
		double		value = lead_row_number(row, i, &known);

		if (!(fabs(value) <= DBL_MAX))
		{
			moments[i].not_finite++;
			known = false;
		}
		if (!known)
		{
			moments[i].missing[row->won] += row->frequency;
			value = NAN;
		}
		block[(size_t) i * TRAINING_BLOCK] = value;
	}
	summary_weights(summary)[summary->pending++] =
		row->won ? row->weight : -row->weight;
	if (summary->pending == TRAINING_BLOCK)
		add_block(summary);

	lead_categories_start(&walk, row);
	for (uint32 i = 0; i < summary->ncategories; i++)
	{
		int32		length;
		const char *text = lead_categories_next(&walk, &length);
		CategoryLevel *level = find_level(&summary, i, text, length);

		if (level == NULL)
			continue;
		level->weight += row->weight;
		if (row->won)
			level->won += row->frequency;
		else
			level->lost += row->frequency;
	}
	return summary;
}

/* Refuse rows of another kind. */
static void
check_shape(const TrainingSummary *summary, uint32 nnumbers,
			uint32 ncategories)
{
	if (summary->nnumbers != nnumbers || summary->ncategories != ncategories)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("leads of one training_summary have the same features"),
				 errdetail("There are %u numbers and %u categories after %u and %u.",
						   nnumbers, ncategories, summary->nnumbers,
						   summary->ncategories),
				 errhint("Give every lead the same features, NULL where one is missing.")));
}

/* (state, outcome, weight, frequency, categories, numbers ...) */
Datum
clientele_training_summary_add(PG_FUNCTION_ARGS)
{
	TrainingSummary *summary;
	LeadRow		row;

	lead_row_read(&row, fcinfo, 1);
	if (PG_ARGISNULL(0))
		summary = training_summary_create(row.nnumbers, row.ncategories, 0, 0);
	else
	{
		summary = training_summary_get(PG_GETARG_DATUM(0));
		if (!flat_in_aggregate(fcinfo))
			summary = enlarge(summary, summary_levels(summary)->capacity,
							  summary_levels(summary)->text_capacity);
		check_shape(summary, row.nnumbers, row.ncategories);
	}
	if (!row.counts)
		summary->skipped++;
	else if (row.weight > 0)
		summary = add_row(summary, &row);
	PG_RETURN_POINTER(summary);
}

/* Add the rows of another state, which is left as it is. */
static TrainingSummary *
merge(TrainingSummary *summary, const TrainingSummary *other)
{
	const LevelTable *levels = summary_levels(other);

	check_shape(summary, other->nnumbers, other->ncategories);
	add_block(summary);
	summary->rows += other->rows;
	summary->skipped += other->skipped;
	summary->won += other->won;
	summary->lost += other->lost;
	for (int won = 0; won < 2; won++)
		summary->weight[won] += other->weight[won];
	for (uint32 i = 0; i < summary->nnumbers; i++)
	{
		NumberMoments moments = summary_moments(other)[i];

		number_moments_add(&moments,
						   summary_block(other) + (size_t) i * TRAINING_BLOCK,
						   summary_weights(other), other->pending);
		number_moments_merge(summary_moments(summary) + i, &moments);
	}
	for (uint32 i = 0; i < summary->ncategories; i++)
		summary_categories(summary)[i].flags |=
			summary_categories(other)[i].flags;
	for (uint32 i = 0; i < levels->nlevels; i++)
	{
		const CategoryLevel *from = LEVELS_OF(levels) + i;
		CategoryLevel *into = find_level(&summary, from->category,
										 level_text(levels, from->offset),
										 from->length);

		if (into == NULL)
			continue;
		into->weight += from->weight;
		into->won += from->won;
		into->lost += from->lost;
	}
	return summary;
}

/* The rows of both. */
Datum
clientele_training_summary_union(PG_FUNCTION_ARGS)
{
	TrainingSummary *summary = training_summary_get(PG_GETARG_DATUM(0));
	const TrainingSummary *other = training_summary_get(PG_GETARG_DATUM(1));

	if (flat_in_aggregate(fcinfo))
		PG_RETURN_POINTER(merge(summary, other));
	summary = enlarge(summary, summary_levels(summary)->capacity,
					  summary_levels(summary)->text_capacity);
	PG_RETURN_POINTER(training_summary_rest(merge(summary, other)));
}

/* In qsort_arg */
static int
compare_levels(const void *a, const void *b, void *table)
{
	return level_compare(table, *(CategoryLevel *const *) a,
						 *(CategoryLevel *const *) b);
}

/*
 * The value at rest: all rows among the moments; levels in order, without
 * those of categories that have too many, and without spare room.
 */
TrainingSummary *
training_summary_rest(const TrainingSummary *state)
{
	LevelTable *levels = summary_levels(state);
	CategoryLevel **sorted = palloc((levels->nlevels + 1) * sizeof(void *));
	uint32		n = 0;
	uint32		texts = 0;
	uint32		capacity = 1;
	TrainingSummary *result;
	LevelTable *to;

	for (uint32 i = 0; i < levels->nlevels; i++)
	{
		CategoryLevel *level = LEVELS_OF(levels) + i;

		if (summary_categories(state)[level->category].flags != 0)
			continue;
		sorted[n++] = level;
		texts += Max(level->length, 0);
	}
	if (n > 1)
		qsort_arg(sorted, n, sizeof(*sorted), compare_levels, levels);
	while (capacity < n)
		capacity *= 2;
	result = training_summary_create(state->nnumbers, state->ncategories,
									 n == 0 ? 0 : capacity, TYPEALIGN(8, texts));
	memcpy((char *) result + sizeof(int32), (const char *) state + sizeof(int32),
		   (char *) summary_levels(state) - (char *) state - sizeof(int32));
	add_block(result);
	memset(summary_block(result), 0,
		   (char *) summary_categories(result) - (char *) summary_block(result));
	for (uint32 i = 0; i < result->ncategories; i++)
		summary_categories(result)[i].nlevels = 0;
	to = summary_levels(result);
	for (uint32 i = 0; i < n; i++)
	{
		int			at = level_table_add(to, sorted[i]->category,
										 level_text(levels, sorted[i]->offset),
										 sorted[i]->length);

		LEVELS_OF(to)[at].weight = sorted[i]->weight;
		LEVELS_OF(to)[at].won = sorted[i]->won;
		LEVELS_OF(to)[at].lost = sorted[i]->lost;
		summary_categories(result)[sorted[i]->category].nlevels++;
	}
	pfree(sorted);
	return result;
}

/* The aggregate's state as a value to keep */
Datum
clientele_training_summary_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(training_summary_rest(training_summary_get(PG_GETARG_DATUM(0))));
}
