/*
 * fit_steps_io.c
 *		Input and output of training_summary and logistic_step.
 *
 * What the passes of a fit hand on is made to be sent from worker to worker,
 * not to be read: its text is the binary form in hexadecimal digits.
 */
#include "postgres.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "score/lead/lead_rows.h"
#include "score/lead/logistic_step.h"
#include "score/lead/training_summary.h"

PG_FUNCTION_INFO_V1(clientele_training_summary_in);
PG_FUNCTION_INFO_V1(clientele_training_summary_out);
PG_FUNCTION_INFO_V1(clientele_training_summary_recv);
PG_FUNCTION_INFO_V1(clientele_training_summary_send);
PG_FUNCTION_INFO_V1(clientele_logistic_step_in);
PG_FUNCTION_INFO_V1(clientele_logistic_step_out);
PG_FUNCTION_INFO_V1(clientele_logistic_step_recv);
PG_FUNCTION_INFO_V1(clientele_logistic_step_send);

/* Refuse a binary value; returns NULL where the error is a soft one. */
#define REFUSE(escontext, type_name, ...) \
	clientele_return_error(escontext, NULL, \
						   (errcode(ERRCODE_INVALID_BINARY_REPRESENTATION), \
							errmsg("invalid binary representation of type %s", \
								   type_name), \
							errdetail(__VA_ARGS__), \
							errhint("Send a value as the type's send function wrote it.")))

/* Bytes that are left to read */
static size_t
bytes_left(StringInfo buffer)
{
	return buffer->len - buffer->cursor;
}

/* Whether all numbers are finite. */
static bool
all_finite(const double *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isfinite(numbers[i]))
			return false;
	return true;
}

/* Send numbers. */
static void
send_numbers(StringInfo buffer, const double *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		pq_sendfloat8(buffer, numbers[i]);
}

/* Receive numbers. */
static void
receive_numbers(StringInfo buffer, double *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		numbers[i] = pq_getmsgfloat8(buffer);
}

/* Send levels: how many, bytes of text; category, length, text of each. */
static void
send_levels(StringInfo buffer, const LevelTable *levels)
{
	pq_sendint32(buffer, levels->nlevels);
	pq_sendint32(buffer, levels->text_size);
	for (uint32 i = 0; i < levels->nlevels; i++)
	{
		const CategoryLevel *level = LEVELS_OF(levels) + i;

		pq_sendint32(buffer, level->category);
		pq_sendint32(buffer, level->length);
		pq_sendbytes(buffer, level_text(levels, level->offset),
					 Max(level->length, 0));
		pq_sendint32(buffer, level->term);
		pq_sendfloat8(buffer, level->weight);
		pq_sendfloat8(buffer, level->won);
		pq_sendfloat8(buffer, level->lost);
	}
}

/* Bytes of a level without its text */
#define LEVEL_BYTES		(3 * sizeof(int32) + 3 * sizeof(float8))

/* How many levels and bytes of text follow; false if there cannot be. */
static bool
receive_level_counts(StringInfo buffer, uint32 *levels, uint32 *texts)
{
	if (bytes_left(buffer) < 2 * sizeof(int32))
		return false;
	*levels = pq_getmsgint(buffer, 4);
	*texts = pq_getmsgint(buffer, 4);
	return *levels <= SUMMARY_MAX_LEVELS &&
		(uint64) *levels * LEVEL_BYTES + *texts == bytes_left(buffer);
}

/* The capacity of a table of so many levels */
static uint32
level_capacity(uint32 levels)
{
	uint32		capacity = 1;

	while (capacity < levels)
		capacity *= 2;
	return levels == 0 ? 0 : capacity;
}

/* Receive levels, in their order; false if they cannot be. */
static bool
receive_levels(StringInfo buffer, LevelTable *levels, uint32 n, uint32 texts,
			   uint32 ncategories, int32 first_term, int32 nterms)
{
	for (uint32 i = 0; i < n; i++)
	{
		CategoryLevel level;
		const char *text;
		int			at;

		if (bytes_left(buffer) < LEVEL_BYTES)
			return false;
		level.category = pq_getmsgint(buffer, 4);
		level.length = (int32) pq_getmsgint(buffer, 4);
		if (level.category >= ncategories || level.length < LEVEL_MISSING ||
			level.length > LEAD_MAX_TEXT ||
			bytes_left(buffer) < LEVEL_BYTES - 2 * sizeof(int32) +
			Max(level.length, 0))
			return false;
		text = pq_getmsgbytes(buffer, Max(level.length, 0));
		level.term = (int32) pq_getmsgint(buffer, 4);
		level.weight = pq_getmsgfloat8(buffer);
		level.won = pq_getmsgfloat8(buffer);
		level.lost = pq_getmsgfloat8(buffer);
		if ((level.term != -1 &&
			 (level.term < first_term || level.term >= nterms)) ||
			!(level.weight >= 0) || !(level.won >= 0) || !(level.lost >= 0))
			return false;
		at = level_table_add(levels, level.category, text, level.length);
		/* one that is there already, or more text than was said */
		if (at != (int) i)
			return false;
		LEVELS_OF(levels)[at].term = level.term;
		LEVELS_OF(levels)[at].weight = level.weight;
		LEVELS_OF(levels)[at].won = level.won;
		LEVELS_OF(levels)[at].lost = level.lost;
		if (i > 0 && level_compare(levels, LEVELS_OF(levels) + i - 1,
								   LEVELS_OF(levels) + i) >= 0)
			return false;
	}
	return levels->text_size == texts;
}

/* Bytes of a number's moments, and of the fields before all of them */
#define MOMENTS_BYTES	(9 * sizeof(float8) + 3 * sizeof(int64))
#define SUMMARY_BYTES	(2 * sizeof(int32) + 2 * sizeof(int64) + 4 * sizeof(float8))

/* Binary output of training_summary */
static bytea *
summary_send(const TrainingSummary *state)
{
	TrainingSummary *summary = training_summary_rest(state);
	StringInfoData buffer;

	pq_begintypsend(&buffer);
	pq_sendbyte(&buffer, summary->version);
	pq_sendint32(&buffer, summary->nnumbers);
	pq_sendint32(&buffer, summary->ncategories);
	pq_sendint64(&buffer, summary->rows);
	pq_sendint64(&buffer, summary->skipped);
	pq_sendfloat8(&buffer, summary->won);
	pq_sendfloat8(&buffer, summary->lost);
	send_numbers(&buffer, summary->weight, 2);
	for (uint32 i = 0; i < summary->nnumbers; i++)
	{
		const NumberMoments *moments = summary_moments(summary) + i;

		pq_sendfloat8(&buffer, moments->weight);
		pq_sendfloat8(&buffer, moments->mean);
		pq_sendfloat8(&buffer, moments->squares);
		send_numbers(&buffer, moments->least, 2);
		send_numbers(&buffer, moments->greatest, 2);
		pq_sendint64(&buffer, moments->known[0]);
		pq_sendint64(&buffer, moments->known[1]);
		send_numbers(&buffer, moments->missing, 2);
		pq_sendint64(&buffer, moments->not_finite);
	}
	for (uint32 i = 0; i < summary->ncategories; i++)
		pq_sendint32(&buffer, summary_categories(summary)[i].flags);
	send_levels(&buffer, summary_levels(summary));
	return pq_endtypsend(&buffer);
}

/* Binary input of training_summary */
static TrainingSummary *
summary_receive(StringInfo buffer, struct Node *escontext)
{
	const char *type_name = "training_summary";
	TrainingSummary *summary;
	int			version;
	uint32		nnumbers;
	uint32		ncategories;
	uint32		levels;
	uint32		texts;
	int			counts;
	bool		sound = true;

	if (bytes_left(buffer) < 1 + SUMMARY_BYTES)
		REFUSE(escontext, type_name, "It is cut short.");
	version = pq_getmsgbyte(buffer);
	if (version != 1)
		REFUSE(escontext, type_name,
			   "Its version is %d, this library knows 1.", version);
	nnumbers = pq_getmsgint(buffer, 4);
	ncategories = pq_getmsgint(buffer, 4);
	if (nnumbers > LEAD_MAX_FEATURES || ncategories > LEAD_MAX_FEATURES ||
		bytes_left(buffer) < SUMMARY_BYTES - 2 * sizeof(int32) +
		nnumbers * MOMENTS_BYTES + ncategories * sizeof(int32))
		REFUSE(escontext, type_name,
			   "%u numbers and %u categories do not fit in.", nnumbers,
			   ncategories);
	/* the levels' counts stand behind all that */
	counts = buffer->cursor;
	buffer->cursor += SUMMARY_BYTES - 2 * sizeof(int32) +
		nnumbers * MOMENTS_BYTES + ncategories * sizeof(int32);
	if (!receive_level_counts(buffer, &levels, &texts))
		REFUSE(escontext, type_name,
			   "The number of levels does not agree with its size.");
	buffer->cursor = counts;
	summary = training_summary_create(nnumbers, ncategories,
									  level_capacity(levels),
									  TYPEALIGN(8, texts));
	summary->rows = pq_getmsgint64(buffer);
	summary->skipped = pq_getmsgint64(buffer);
	summary->won = pq_getmsgfloat8(buffer);
	summary->lost = pq_getmsgfloat8(buffer);
	receive_numbers(buffer, summary->weight, 2);
	sound = summary->rows >= 0 && summary->skipped >= 0 &&
		summary->won >= 0 && summary->lost >= 0 &&
		summary->weight[0] >= 0 && summary->weight[1] >= 0 &&
		all_finite(&summary->won, 2) && all_finite(summary->weight, 2);
	for (uint32 i = 0; i < nnumbers; i++)
	{
		NumberMoments *moments = summary_moments(summary) + i;

		moments->weight = pq_getmsgfloat8(buffer);
		moments->mean = pq_getmsgfloat8(buffer);
		moments->squares = pq_getmsgfloat8(buffer);
		receive_numbers(buffer, moments->least, 2);
		receive_numbers(buffer, moments->greatest, 2);
		moments->known[0] = pq_getmsgint64(buffer);
		moments->known[1] = pq_getmsgint64(buffer);
		receive_numbers(buffer, moments->missing, 2);
		moments->not_finite = pq_getmsgint64(buffer);
		sound = sound && moments->weight >= 0 && moments->known[0] >= 0 &&
			moments->known[1] >= 0 && moments->not_finite >= 0 &&
			moments->missing[0] >= 0 && moments->missing[1] >= 0 &&
			all_finite(moments->least, 2) && all_finite(moments->greatest, 2);
	}
	for (uint32 i = 0; i < ncategories; i++)
	{
		summary_categories(summary)[i].flags = pq_getmsgint(buffer, 4);
		sound = sound && summary_categories(summary)[i].flags <=
			(CATEGORY_TOO_MANY | CATEGORY_TOO_LONG);
	}
	buffer->cursor += 2 * sizeof(int32);
	if (!sound ||
		!receive_levels(buffer, summary_levels(summary), levels, texts,
						ncategories, 0, -1))
		REFUSE(escontext, type_name, "A count or a level of it cannot be.");
	for (uint32 i = 0; i < levels; i++)
	{
		uint32		category = LEVELS_OF(summary_levels(summary))[i].category;

		if (++summary_categories(summary)[category].nlevels > CATEGORY_MAX_LEVELS ||
			summary_categories(summary)[category].flags != 0)
			REFUSE(escontext, type_name, "A category has too many levels.");
	}
	return summary;
}

/* Bytes of a step before its arrays */
#define STEP_BYTES		(4 * sizeof(int32) + 2 * sizeof(int64) + 6 * sizeof(float8))

/* Binary output of logistic_step */
static bytea *
step_send(const LogisticStep *state)
{
	LogisticStep *step = logistic_step_rest(state);
	StepParts	parts;
	StringInfoData buffer;

	step_parts(step, &parts);
	pq_begintypsend(&buffer);
	pq_sendbyte(&buffer, step->version);
	pq_sendint32(&buffer, step->nnumbers);
	pq_sendint32(&buffer, step->nterms);
	pq_sendint32(&buffer, step->ncategories);
	pq_sendint32(&buffer, step->nslots);
	pq_sendint64(&buffer, step->sums.rows);
	pq_sendint64(&buffer, step->sums.skipped);
	pq_sendfloat8(&buffer, step->sums.weight.sum);
	pq_sendfloat8(&buffer, step->sums.weight.error);
	pq_sendfloat8(&buffer, step->sums.log_likelihood.sum);
	pq_sendfloat8(&buffer, step->sums.log_likelihood.error);
	pq_sendfloat8(&buffer, step->sums.least_margin);
	pq_sendfloat8(&buffer, step->sums.greatest_margin);
	send_numbers(&buffer, parts.estimates, step->nterms);
	send_numbers(&buffer, parts.centers, step->nnumbers);
	send_numbers(&buffer, parts.scales, step->nnumbers);
	for (uint32 i = 0; i < step->nnumbers; i++)
		pq_sendint32(&buffer, parts.missing[i]);
	for (uint32 i = 0; i < step->nterms; i++)
	{
		pq_sendfloat8(&buffer, parts.work.gradient[i].sum);
		pq_sendfloat8(&buffer, parts.work.gradient[i].error);
	}
	send_numbers(&buffer, parts.work.information,
				 logistic_triangle(step->nterms));
	send_levels(&buffer, parts.levels);
	return pq_endtypsend(&buffer);
}

/* Binary input of logistic_step */
static LogisticStep *
step_receive(StringInfo buffer, struct Node *escontext)
{
	const char *type_name = "logistic_step";
	LogisticStep *step;
	StepParts	parts;
	int			version;
	uint32		nnumbers;
	uint32		nterms;
	uint32		ncategories;
	uint32		nslots;
	uint32		levels;
	uint32		texts;
	size_t		size;
	int			start;
	bool		sound;

	if (bytes_left(buffer) < 1 + STEP_BYTES)
		REFUSE(escontext, type_name, "It is cut short.");
	version = pq_getmsgbyte(buffer);
	if (version != 1)
		REFUSE(escontext, type_name,
			   "Its version is %d, this library knows 1.", version);
	nnumbers = pq_getmsgint(buffer, 4);
	nterms = pq_getmsgint(buffer, 4);
	ncategories = pq_getmsgint(buffer, 4);
	nslots = pq_getmsgint(buffer, 4);
	if (nterms < 1 || nterms > LEAD_MAX_TERMS || nnumbers >= nterms ||
		ncategories > LEAD_MAX_FEATURES || nslots < ncategories ||
		nslots > ncategories + nnumbers)
		REFUSE(escontext, type_name,
			   "It cannot have %u terms of %u numbers and %u categories.",
			   nterms, nnumbers, ncategories);
	size = STEP_BYTES - 4 * sizeof(int32) +
		sizeof(float8) * (3 * nterms + 2 * nnumbers + logistic_triangle(nterms)) +
		sizeof(int32) * nnumbers;
	if (bytes_left(buffer) < size)
		REFUSE(escontext, type_name, "It is cut short.");
	/* the levels' counts stand behind all that */
	start = buffer->cursor;
	buffer->cursor += (int) size;
	if (!receive_level_counts(buffer, &levels, &texts))
		REFUSE(escontext, type_name,
			   "The number of levels does not agree with its size.");
	buffer->cursor = start;
	step = logistic_step_create(nnumbers, nterms, ncategories, nslots,
								level_capacity(levels), TYPEALIGN(8, texts));
	step_parts(step, &parts);
	step->sums.rows = pq_getmsgint64(buffer);
	step->sums.skipped = pq_getmsgint64(buffer);
	step->sums.weight.sum = pq_getmsgfloat8(buffer);
	step->sums.weight.error = pq_getmsgfloat8(buffer);
	step->sums.log_likelihood.sum = pq_getmsgfloat8(buffer);
	step->sums.log_likelihood.error = pq_getmsgfloat8(buffer);
	step->sums.least_margin = pq_getmsgfloat8(buffer);
	step->sums.greatest_margin = pq_getmsgfloat8(buffer);
	receive_numbers(buffer, parts.estimates, nterms);
	receive_numbers(buffer, parts.centers, nnumbers);
	receive_numbers(buffer, parts.scales, nnumbers);
	sound = step->sums.rows >= 0 && step->sums.skipped >= 0 &&
		all_finite(parts.estimates, nterms) &&
		all_finite(parts.centers, nnumbers) &&
		all_finite(parts.scales, nnumbers);
	for (uint32 i = 0; i < nnumbers; i++)
	{
		int32		term = (int32) pq_getmsgint(buffer, 4);

		parts.missing[i] = term;
		sound = sound && (term == -1 || (term > (int32) nnumbers &&
										 term < (int32) nterms));
	}
	/* a row must not have more indicators than it has room for */
	if (sound)
	{
		uint32		indicators = ncategories;

		for (uint32 i = 0; i < nnumbers; i++)
			indicators += parts.missing[i] >= 0;
		sound = indicators == nslots;
	}
	for (uint32 i = 0; i < nterms; i++)
	{
		parts.work.gradient[i].sum = pq_getmsgfloat8(buffer);
		parts.work.gradient[i].error = pq_getmsgfloat8(buffer);
	}
	receive_numbers(buffer, parts.work.information, logistic_triangle(nterms));
	buffer->cursor += 2 * sizeof(int32);
	if (!sound ||
		!receive_levels(buffer, parts.levels, levels, texts, ncategories,
						nnumbers + 1, nterms))
		REFUSE(escontext, type_name, "A count, a term or a level of it cannot be.");
	logistic_step_identify(step);
	return step;
}

Datum
clientele_training_summary_send(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(summary_send(training_summary_get(PG_GETARG_DATUM(0))));
}

Datum
clientele_training_summary_out(PG_FUNCTION_ARGS)
{
	return hex_out(summary_send(training_summary_get(PG_GETARG_DATUM(0))));
}

Datum
clientele_training_summary_recv(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(summary_receive((StringInfo) PG_GETARG_POINTER(0), NULL));
}

Datum
clientele_training_summary_in(PG_FUNCTION_ARGS)
{
	struct Node *escontext = CLIENTELE_ESCONTEXT(fcinfo);
	StringInfo	buffer = hex_in(PG_GETARG_CSTRING(0), "training_summary",
								escontext);

	if (buffer == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(summary_receive(buffer, escontext));
}

Datum
clientele_logistic_step_send(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(step_send(logistic_step_get(PG_GETARG_DATUM(0))));
}

Datum
clientele_logistic_step_out(PG_FUNCTION_ARGS)
{
	return hex_out(step_send(logistic_step_get(PG_GETARG_DATUM(0))));
}

Datum
clientele_logistic_step_recv(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(step_receive((StringInfo) PG_GETARG_POINTER(0), NULL));
}

Datum
clientele_logistic_step_in(PG_FUNCTION_ARGS)
{
	struct Node *escontext = CLIENTELE_ESCONTEXT(fcinfo);
	StringInfo	buffer = hex_in(PG_GETARG_CSTRING(0), "logistic_step",
								escontext);

	if (buffer == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(step_receive(buffer, escontext));
}
