/*
 * score_sheet_aggregate.c
 *		Building score sheets from rows, from one record, and from other sheets.
 *
 * The card comes with every row. What is worked out from it (a card out of
 * TOAST, the sheet with which a lead starts) is kept with the call, as a cache
 * alone: an engine that calls the functions without it gets the same answers.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "compat.h"
#include "flat.h"
#include "score/card/score_sheet.h"

PG_FUNCTION_INFO_V1(clientele_score_sheet_add_number);
PG_FUNCTION_INFO_V1(clientele_score_sheet_add_text);
PG_FUNCTION_INFO_V1(clientele_score_sheet_final);
PG_FUNCTION_INFO_V1(clientele_score_sheet_union);
PG_FUNCTION_INFO_V1(clientele_score_sheet_record);

/* What is kept with a call. */
typedef struct CallCache
{
	struct varlena *stored;		/* the card as it was stored */
	Size		stored_size;
	Scorecard  *card;			/* out of TOAST */
	ScoreSheet *empty;			/* the sheet of a card without rows */
} CallCache;

/* ------------------------------------------------------------------------
 * The card
 * ------------------------------------------------------------------------
 */

/* The cache of a call; NULL where the caller keeps none. */
static CallCache *
call_cache(FunctionCallInfo fcinfo)
{
	if (fcinfo->flinfo == NULL)
		return NULL;
	if (fcinfo->flinfo->fn_extra == NULL)
		fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(CallCache));
	return fcinfo->flinfo->fn_extra;
}

/* The card in an argument, taken out of TOAST once for equal ones in a row. */
static const Scorecard *
get_card(FunctionCallInfo fcinfo, int argument, CallCache *cache)
{
	struct varlena *stored =
		(struct varlena *) DatumGetPointer(PG_GETARG_DATUM(argument));
	MemoryContext before;
	Size		size;

	if (!VARATT_IS_EXTENDED(stored))
		return (const Scorecard *) stored;
	if (cache == NULL ||
		(VARATT_IS_EXTERNAL(stored) && !VARATT_IS_EXTERNAL_ONDISK(stored)))
		return (const Scorecard *) PG_DETOAST_DATUM(PointerGetDatum(stored));
	size = VARSIZE_ANY(stored);
	if (cache->stored != NULL && cache->stored_size == size &&
		memcmp(cache->stored, stored, size) == 0)
		return cache->card;
	if (cache->stored != NULL)
	{
		pfree(cache->stored);
		cache->stored = NULL;
		pfree(cache->card);
	}
	before = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	cache->card = (Scorecard *) PG_DETOAST_DATUM_COPY(PointerGetDatum(stored));
	cache->stored = memcpy(palloc(size), stored, size);
	cache->stored_size = size;
	MemoryContextSwitchTo(before);
	return cache->card;
}

/* A sheet of a card without rows. */
static ScoreSheet *
start_sheet(FunctionCallInfo fcinfo, CallCache *cache, const Scorecard *card,
			int64 as_of)
{
	if (cache == NULL)
		return sheet_of_card(card, as_of);
	if (cache->empty == NULL || cache->empty->identity != card->identity ||
		cache->empty->as_of != as_of)
	{
		MemoryContext before;

		if (cache->empty != NULL)
			pfree(cache->empty);
		cache->empty = NULL;
		before = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
		cache->empty = sheet_of_card(card, as_of);
		MemoryContextSwitchTo(before);
	}
	return memcpy(palloc(VARSIZE(cache->empty)), cache->empty,
				  VARSIZE(cache->empty));
}

/* The moment of a sheet in an argument; an error where it is none. */
static int64
get_as_of(FunctionCallInfo fcinfo, int argument)
{
	int64		as_of;

	if (PG_ARGISNULL(argument))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("as_of of a score sheet is null"),
				 errhint("Give the moment as of which to score, such as clientele.as_of().")));
	as_of = PG_GETARG_TIMESTAMPTZ(argument);
	if (TIMESTAMP_NOT_FINITE(as_of))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("as_of of a score sheet is infinite"),
				 errdetail("It is %s.",
						   as_of == DT_NOBEGIN ? "-infinity" : "infinity"),
				 errhint("Give the moment as of which to score, such as clientele.as_of().")));
	return as_of;
}

/* Refuse rows of two cards or two moments. */
static pg_noinline void
refuse_other(const ScoreSheet *state, const Scorecard *card, int64 as_of)
{
	sheet_check_same(state, sheet_of_card(card, as_of));
}

/* ------------------------------------------------------------------------
 * Rows
 * ------------------------------------------------------------------------
 */

/*
 * Ask for the parts of a state that a row will change, all at once: of a
 * million leads none of them is at hand, and one after the other they would take
 * longer than all that is computed. Where the slot is not there, nothing is lost.
 */
static inline void
fetch_state(const char *state, const Scorecard *card, int number)
{
#if defined(__GNUC__)
	__builtin_prefetch(state, 1);
	__builtin_prefetch(state + 64, 1);
	if (card->nsignals <= SHEET_FEW_SLOTS)
	{
		const char *slot = state + SHEET_HEAP_START(card->nsignals) -
			(card->nsignals - number) * sizeof(SheetSlot);

		__builtin_prefetch(slot, 1);
		__builtin_prefetch(slot + sizeof(SheetSlot) - 1, 1);
	}
#endif
}

/* The transition for a row: state, card, signal, value, occurred_at, as_of. */
static inline Datum
add_row(FunctionCallInfo fcinfo, bool is_text)
{
	CallCache  *cache;
	const Scorecard *card;
	ScoreSheet *state;
	SheetRow	row;
	int64		as_of;
	bool		in_aggregate = flat_in_aggregate(fcinfo);

	/* no card for this lead */
	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	cache = call_cache(fcinfo);
	card = get_card(fcinfo, 1, cache);
	row.signal = "";
	row.signal_length = 0;
	if (!PG_ARGISNULL(2))
	{
		text	   *signal = PG_GETARG_TEXT_PP(2);

		row.signal = VARDATA_ANY(signal);
		row.signal_length = VARSIZE_ANY_EXHDR(signal);
		row.signal_number = scorecard_find(card, row.signal, row.signal_length);
		if (in_aggregate && !PG_ARGISNULL(0) && row.signal_number >= 0)
			fetch_state(DatumGetPointer(PG_GETARG_DATUM(0)), card,
						row.signal_number);
	}
	as_of = get_as_of(fcinfo, 5);
	if (PG_ARGISNULL(0))
		state = start_sheet(fcinfo, cache, card, as_of);
	else
	{
		state = sheet_get(PG_GETARG_DATUM(0));
		if (unlikely(state->identity != card->identity ||
					 state->as_of != as_of))
			refuse_other(state, card, as_of);
		if (!in_aggregate)
			state = memcpy(palloc(VARSIZE(state)), state, VARSIZE(state));
	}

	row.kind = ROW_NO_VALUE;
	row.times = 1;
	row.occurred_at = PG_ARGISNULL(4) ? SHEET_NO_TIME : PG_GETARG_TIMESTAMPTZ(4);
	if (!PG_ARGISNULL(3) && is_text)
	{
		text	   *value = PG_GETARG_TEXT_PP(3);

		row.kind = ROW_TEXT;
		row.text = VARDATA_ANY(value);
		row.text_length = VARSIZE_ANY_EXHDR(value);
	}
	else if (!PG_ARGISNULL(3))
	{
		row.kind = ROW_NUMBER;
		row.number = PG_GETARG_FLOAT8(3);
	}
	if (!PG_ARGISNULL(2))
		state = sheet_add_row(state, card, &row);
	else if ((row.kind != ROW_NO_VALUE || !PG_ARGISNULL(4)) &&
			 row.occurred_at <= as_of)
		/* a row of nothing but NULLs is none: an outer join makes such rows */
		sheet_note(&state, SKIPPED_NO_SIGNAL, "", 0, 1);
	if (!in_aggregate)
		state = sheet_rest(state);
	PG_RETURN_SCORE_SHEET_P(state);
}

Datum
clientele_score_sheet_add_number(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, false);
}

Datum
clientele_score_sheet_add_text(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, true);
}

/* Final function: bring the state to rest. */
Datum
clientele_score_sheet_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_SCORE_SHEET_P(sheet_rest(PG_GETARG_SCORE_SHEET_P(0)));
}

/*
 * a + b, the transition of score_sheet(score_sheet), and combine of the
 * aggregates. The first is changed in place by an aggregate alone.
 */
Datum
clientele_score_sheet_union(PG_FUNCTION_ARGS)
{
	ScoreSheet *state;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	if (PG_ARGISNULL(0))
		PG_RETURN_SCORE_SHEET_P(PG_GETARG_SCORE_SHEET_P(1));
	state = PG_GETARG_SCORE_SHEET_P(0);
	if (flat_in_aggregate(fcinfo))
		PG_RETURN_SCORE_SHEET_P(sheet_merge(state, PG_GETARG_SCORE_SHEET_P(1)));
	state = memcpy(palloc(VARSIZE(state)), state, VARSIZE(state));
	state = sheet_merge(state, PG_GETARG_SCORE_SHEET_P(1));
	PG_RETURN_SCORE_SHEET_P(sheet_rest(state));
}

/* ------------------------------------------------------------------------
 * One record
 * ------------------------------------------------------------------------
 */

/* What adding a record needs at every step. */
typedef struct RecordReader
{
	ScoreSheet *sheet;
	const Scorecard *card;
	SheetRow	row;			/* signal is set */
} RecordReader;

/* Note a row that is no row. */
static void
skip_row(RecordReader *reader)
{
	sheet_note(&reader->sheet, SKIPPED_NO_ROW, reader->row.signal,
			   reader->row.signal_length, 1);
}

/* Add a row of a scalar; null is no row of a flat signal. */
static void
add_scalar(RecordReader *reader, const JsonbValue *value)
{
	SheetRow   *row = &reader->row;

	switch (value->type)
	{
		case jbvNull:
			if (row->signal_number >= 0 &&
				CARD_SIGNALS(reader->card)[row->signal_number].kind == CARD_FLAT)
				return;
			row->kind = ROW_NO_VALUE;
			break;
		case jbvBool:
			row->kind = ROW_TEXT;
			row->text = value->val.boolean ? "true" : "false";
			row->text_length = (uint32) strlen(row->text);
			break;
		case jbvNumeric:
			row->kind = ROW_NUMBER;
			row->number =
				DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow,
												   NumericGetDatum(value->val.numeric)));
			break;
		default:
			row->kind = ROW_TEXT;
			row->text = value->val.string.val;
			row->text_length = (uint32) value->val.string.len;
	}
	reader->sheet = sheet_add_row(reader->sheet, reader->card, row);
}

/* Read a number of times: a whole one from 0. */
static bool
read_times(const JsonbValue *value, uint64 *times)
{
	double		number;

	if (value->type != jbvNumeric)
		return false;
	number = DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow,
												NumericGetDatum(value->val.numeric)));
	if (!(number >= 0 && number <= 9007199254740992.0 &&
		  number == floor(number)))
		return false;
	*times = (uint64) number;
	return true;
}

/* Read a time: null is one that is not known. */
static bool
read_time(const JsonbValue *value, int64 *moment)
{
	*moment = SHEET_NO_TIME;
	return value->type == jbvNull ||
		(value->type == jbvString &&
		 moment_from_text(value->val.string.val,
						  (size_t) value->val.string.len, moment));
}

/* Is a key of an object this one? */
static inline bool
is_key(const JsonbValue *key, const char *name)
{
	return key->val.string.len == (int) strlen(name) &&
		memcmp(key->val.string.val, name, strlen(name)) == 0;
}

/* Add a row that says more than its value. */
static void
add_object(RecordReader *reader, JsonbContainer *object)
{
	JsonbIterator *iterator = JsonbIteratorInit(object);
	JsonbIteratorToken token;
	JsonbValue	item;
	JsonbValue	key = {0};
	JsonbValue	value = {0};
	bool		has_value = false;
	bool		is_row = true;

	while ((token = JsonbIteratorNext(&iterator, &item, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
			key = item;
		if (token != WJB_VALUE)
			continue;
		if (is_key(&key, "value") && item.type != jbvBinary)
		{
			value = item;
			has_value = true;
		}
		else if (is_key(&key, "occurred_at"))
			is_row = is_row && read_time(&item, &reader->row.occurred_at);
		else if (is_key(&key, "times"))
			is_row = is_row && read_times(&item, &reader->row.times);
		else
			is_row = false;
	}
	if (!is_row)
		skip_row(reader);
	else if (has_value)
		add_scalar(reader, &value);
	else
	{
		reader->row.kind = ROW_NO_VALUE;
		reader->sheet = sheet_add_row(reader->sheet, reader->card,
									  &reader->row);
	}
}

/* Add what a record says of a signal: a value, a row, or an array of them. */
static void
add_item(RecordReader *reader, const JsonbValue *item, bool in_array)
{
	reader->row.occurred_at = reader->sheet->as_of;
	reader->row.times = 1;
	if (item->type != jbvBinary)
		add_scalar(reader, item);
	else if (JsonContainerIsObject(item->val.binary.data))
		add_object(reader, item->val.binary.data);
	else if (in_array)
		skip_row(reader);
	else
	{
		JsonbIterator *iterator = JsonbIteratorInit(item->val.binary.data);
		JsonbIteratorToken token;
		JsonbValue	element;

		while ((token = JsonbIteratorNext(&iterator, &element, true)) != WJB_DONE)
			if (token == WJB_ELEM)
				add_item(reader, &element, true);
	}
}

/* score_sheet(scorecard, record jsonb, as_of) */
Datum
clientele_score_sheet_record(PG_FUNCTION_ARGS)
{
	CallCache  *cache = call_cache(fcinfo);
	Jsonb	   *record = PG_GETARG_JSONB_P(1);
	RecordReader reader = {0};
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue	item;

	reader.card = get_card(fcinfo, 0, cache);
	if (!JB_ROOT_IS_OBJECT(record))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a record to score is not a JSON object"),
				 errdetail("It is %s.",
						   JB_ROOT_IS_SCALAR(record) ? "a single value" : "an array"),
				 errhint("Write {\"signal\": value, ...}; a value may be an array, or an object with \"value\", \"occurred_at\" and \"times\".")));
	reader.sheet = start_sheet(fcinfo, cache, reader.card, get_as_of(fcinfo, 2));
	iterator = JsonbIteratorInit(&record->root);
	while ((token = JsonbIteratorNext(&iterator, &item, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
		{
			reader.row.signal = item.val.string.val;
			reader.row.signal_length = (uint32) item.val.string.len;
			reader.row.signal_number = scorecard_find(reader.card, reader.row.signal,
													  reader.row.signal_length);
		}
		else if (token == WJB_VALUE)
			add_item(&reader, &item, false);
	}
	PG_RETURN_SCORE_SHEET_P(sheet_rest(reader.sheet));
}
