/*
 * logistic_step.c
 *		Type logistic_step: one Newton step of a logistic regression.
 *
 * The state of the aggregate is as large as the model, whatever the rows: an
 * information matrix, a gradient and a block of rows that wait to be added
 * together (see logistic_kernel.c).
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "fmgr.h"
#include "utils/memutils.h"

#include "flat.h"
#include "score/lead/lead_rows.h"
#include "score/lead/logistic_step.h"

PG_FUNCTION_INFO_V1(clientele_logistic_step_add);
PG_FUNCTION_INFO_V1(clientele_logistic_step_union);
PG_FUNCTION_INFO_V1(clientele_logistic_step_final);

/* int32s stand in pairs, so that doubles behind them are aligned. */
#define EVEN(n)		(((size_t) (n) + 1) & ~(size_t) 1)

/* Bytes of a step. */
uint64
logistic_step_size(uint32 nnumbers, uint32 nterms, uint32 ncategories,
				   uint32 nslots, uint32 levels, uint32 texts)
{
	(void) ncategories;
	return sizeof(LogisticStep) +
		sizeof(double) * ((uint64) nterms + 2 * (uint64) nnumbers) +
		sizeof(int32) * EVEN(nnumbers) +
		sizeof(LongSum) * (uint64) nterms +
		sizeof(double) * (logistic_triangle(nterms) +
						  (logistic_columns(nnumbers + 1) + 1) * LOGISTIC_BLOCK) +
		sizeof(int32) * EVEN((uint64) nslots * LOGISTIC_BLOCK) +
		level_table_size(levels, texts);
}

/* The arrays of a step. */
void
step_parts(const LogisticStep *step, StepParts *parts)
{
	LogisticWork *work = &parts->work;
	double	   *at = (double *) ((LogisticStep *) step + 1);

	parts->estimates = at;
	at += step->nterms;
	parts->centers = at;
	at += step->nnumbers;
	parts->scales = at;
	at += step->nnumbers;
	parts->missing = (int32 *) at;
	at = (double *) (parts->missing + EVEN(step->nnumbers));
	work->gradient = (LongSum *) at;
	at = (double *) (work->gradient + step->nterms);
	work->information = at;
	at += logistic_triangle(step->nterms);
	work->columns = at;
	at += logistic_columns(step->nnumbers + 1) * LOGISTIC_BLOCK;
	work->weights = at;
	at += LOGISTIC_BLOCK;
	work->slots = (int32 *) at;
	parts->levels = (LevelTable *) (work->slots +
									EVEN((size_t) step->nslots * LOGISTIC_BLOCK));
	work->ndense = step->nnumbers + 1;
	work->nterms = step->nterms;
	work->nslots = step->nslots;
	work->estimates = parts->estimates;
	work->sums = (LogisticSums *) &step->sums;
}

/* Whether the numbers of a step can be. */
static bool
counts_are_sound(uint32 nnumbers, uint32 nterms, uint32 ncategories,
				 uint32 nslots)
{
	return nterms >= 1 && nterms <= LEAD_MAX_TERMS && nnumbers < nterms &&
		ncategories <= LEAD_MAX_FEATURES &&
		nslots >= ncategories && nslots <= ncategories + nnumbers;
}

/* A step without rows, all of its arrays zero. */
LogisticStep *
logistic_step_create(uint32 nnumbers, uint32 nterms, uint32 ncategories,
					 uint32 nslots, uint32 levels, uint32 texts)
{
	uint64		size = logistic_step_size(nnumbers, nterms, ncategories, nslots,
										  levels, texts);
	LogisticStep *step;
	StepParts	parts;

	Assert(counts_are_sound(nnumbers, nterms, ncategories, nslots));
	step = palloc0((Size) size);
	SET_VARSIZE(step, size);
	step->version = 1;
	step->nnumbers = nnumbers;
	step->nterms = nterms;
	step->ncategories = ncategories;
	step->nslots = nslots;
	logistic_start(&step->sums);
	step_parts(step, &parts);
	level_table_start(parts.levels, levels, texts);
	return step;
}

/* A datum, to read: an error unless its counts agree with its size. */
LogisticStep *
logistic_step_get(Datum datum)
{
	LogisticStep *step = (LogisticStep *) PG_DETOAST_DATUM(datum);
	Size		size = VARSIZE(step);

	if (size >= sizeof(LogisticStep) && step->version == 1 &&
		step->pending < LOGISTIC_BLOCK &&
		counts_are_sound(step->nnumbers, step->nterms, step->ncategories,
						 step->nslots) &&
		size >= logistic_step_size(step->nnumbers, step->nterms,
								   step->ncategories, step->nslots, 0, 0))
	{
		StepParts	parts;

		step_parts(step, &parts);
		if (parts.levels->nlevels <= parts.levels->capacity &&
			parts.levels->text_size <= parts.levels->text_capacity &&
			size == logistic_step_size(step->nnumbers, step->nterms,
									   step->ncategories, step->nslots,
									   parts.levels->capacity,
									   parts.levels->text_capacity))
			return step;
	}
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("invalid logistic_step value"),
			 errdetail("Its counts do not agree with its size of %zu bytes.",
					   size),
			 errhint("The stored value is damaged: compute it again.")));
}

/* FNV-1a over bytes */
static uint64
hash_bytes(uint64 hash, const void *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ ((const unsigned char *) bytes)[i]) *
			UINT64CONST(1099511628211);
	return hash;
}

/* Set the identity, from everything that says what to do. */
void
logistic_step_identify(LogisticStep *step)
{
	uint64		hash = UINT64CONST(14695981039346656037);
	StepParts	parts;

	step_parts(step, &parts);
	hash = hash_bytes(hash, &step->nnumbers, 4 * sizeof(uint32));
	hash = hash_bytes(hash, parts.estimates,
					  (step->nterms + 2 * step->nnumbers) * sizeof(double));
	hash = hash_bytes(hash, parts.missing, step->nnumbers * sizeof(int32));
	for (uint32 i = 0; i < parts.levels->nlevels; i++)
	{
		const CategoryLevel *level = LEVELS_OF(parts.levels) + i;

		hash = hash_bytes(hash, &level->category, sizeof(uint32));
		hash = hash_bytes(hash, &level->length, 2 * sizeof(int32));
		hash = hash_bytes(hash, level_text(parts.levels, level->offset),
						  Max(level->length, 0));
	}
	step->identity = hash;
}

/* A copy. */
static LogisticStep *
copy_step(const LogisticStep *step)
{
	LogisticStep *copy = palloc(VARSIZE(step));

	memcpy(copy, step, VARSIZE(step));
	return copy;
}

/* Add the rows of the block. */
static void
add_block(LogisticStep *step, const StepParts *parts)
{
	logistic_add_block(&parts->work, step->pending);
	step->pending = 0;
}

/* The value at rest: no rows wait in the block. */
LogisticStep *
logistic_step_rest(const LogisticStep *state)
{
	LogisticStep *step = copy_step(state);
	StepParts	parts;

	step_parts(step, &parts);
	add_block(step, &parts);
	memset(parts.work.columns, 0,
		   (char *) parts.levels - (char *) parts.work.columns);
	return step;
}

/* Put a row that counts into the block. */
static void
add_row(LogisticStep *step, const StepParts *parts, const LeadRow *row)
{
	const LogisticWork *work = &parts->work;
	double	   *column = work->columns + step->pending;
	int32	   *slots = work->slots + (size_t) step->pending * step->nslots;
	uint32		nslots = step->ncategories;

	for (uint32 i = 0; i < step->nnumbers; i++)
	{
		bool		known;
		double		value = lead_row_number(row, i, &known);

		column += LOGISTIC_BLOCK;
		if (known && fabs(value) <= DBL_MAX)
		{
			*column = (value - parts->centers[i]) * parts->scales[i];
			continue;
		}
		*column = 0;
		if (parts->missing[i] >= 0)
			slots[nslots++] = parts->missing[i];
	}
	for (uint32 i = nslots; i < step->nslots; i++)
		slots[i] = -1;
	if (step->ncategories > 0)
	{
		LeadCategories walk;

		lead_categories_start(&walk, row);
		for (uint32 i = 0; i < step->ncategories; i++)
		{
			int32		length;
			const char *text = lead_categories_next(&walk, &length);
			int			at = level_table_find(parts->levels, i, text, length);

			slots[i] = at < 0 ? -1 : LEVELS_OF(parts->levels)[at].term;
		}
	}
	work->weights[step->pending++] = row->won ? row->weight : -row->weight;
	if (step->pending == LOGISTIC_BLOCK)
		add_block(step, parts);
}

/* (state, step, outcome, weight, frequency, categories, numbers ...) */
Datum
clientele_logistic_step_add(PG_FUNCTION_ARGS)
{
	bool		growing = flat_in_aggregate(fcinfo);
	const LogisticStep *todo;
	LogisticStep *state;
	StepParts	parts;
	LeadRow		row;

	if (PG_ARGISNULL(1))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("the step of logistic_step() is NULL"),
				 errhint("Give a step that says what terms and estimates there are.")));
	todo = (const LogisticStep *) PG_DETOAST_DATUM(PG_GETARG_DATUM(1));
	if (PG_ARGISNULL(0))
	{
		todo = logistic_step_get(PG_GETARG_DATUM(1));
		if (todo->sums.rows != 0 || todo->sums.skipped != 0 ||
			todo->pending != 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the step of logistic_step() has rows"),
					 errhint("Give a step without rows.")));
		state = copy_step(todo);
	}
	else
	{
		/* an aggregate's state is one that this function has returned */
		state = growing ? (LogisticStep *) PG_GETARG_POINTER(0) :
			copy_step(logistic_step_get(PG_GETARG_DATUM(0)));
		if (unlikely(VARSIZE(todo) != VARSIZE(state) ||
					 state->identity != todo->identity))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("all rows of logistic_step() take the same step"),
					 errhint("Group by the step.")));
	}
	lead_row_read(&row, fcinfo, 2);
	if (row.nnumbers < (int) state->nnumbers ||
		row.ncategories != (int) state->ncategories)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the lead has other features than the step"),
				 errdetail("There are %d numbers and %d categories; the step has %u and %u.",
						   row.nnumbers, row.ncategories, state->nnumbers,
						   state->ncategories),
				 errhint("Give every lead the features of the step, NULL where one is missing.")));
	step_parts(state, &parts);
	if (!row.counts)
		state->sums.skipped++;
	else if (row.weight > 0)
		add_row(state, &parts, &row);
	PG_RETURN_POINTER(state);
}

/* The rows of both. */
Datum
clientele_logistic_step_union(PG_FUNCTION_ARGS)
{
	LogisticStep *state = logistic_step_get(PG_GETARG_DATUM(0));
	LogisticStep *other = logistic_step_get(PG_GETARG_DATUM(1));
	StepParts	into;
	StepParts	from;

	if (state->identity != other->identity ||
		VARSIZE(state) != VARSIZE(other))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("only rows of the same step can be added together"),
				 errhint("Estimates and terms of both must be the same.")));
	if (!flat_in_aggregate(fcinfo))
		state = copy_step(state);
	if (other->pending > 0)
		other = logistic_step_rest(other);
	step_parts(state, &into);
	step_parts(other, &from);
	add_block(state, &into);
	logistic_merge(&into.work, &from.work);
	if (!flat_in_aggregate(fcinfo))
		state = logistic_step_rest(state);
	PG_RETURN_POINTER(state);
}

/* The aggregate's state as a value to keep */
Datum
clientele_logistic_step_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(logistic_step_rest(logistic_step_get(PG_GETARG_DATUM(0))));
}
