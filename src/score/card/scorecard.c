/*
 * scorecard.c
 *		Type scorecard: its forms, what it tells, and its order.
 */
#include "postgres.h"

#include <math.h>

#include "common/hashfn.h"
#include "datatype/timestamp.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/jsonb.h"
#include "utils/tuplestore.h"

#include "score/card/card_parts.h"

PG_FUNCTION_INFO_V1(clientele_scorecard_in);
PG_FUNCTION_INFO_V1(clientele_scorecard_out);
PG_FUNCTION_INFO_V1(clientele_scorecard_recv);
PG_FUNCTION_INFO_V1(clientele_scorecard_send);
PG_FUNCTION_INFO_V1(clientele_scorecard_from_jsonb);
PG_FUNCTION_INFO_V1(clientele_scorecard_to_jsonb);
PG_FUNCTION_INFO_V1(clientele_scorecard_name);
PG_FUNCTION_INFO_V1(clientele_scorecard_version);
PG_FUNCTION_INFO_V1(clientele_scorecard_segment);
PG_FUNCTION_INFO_V1(clientele_with_version);
PG_FUNCTION_INFO_V1(clientele_signals);
PG_FUNCTION_INFO_V1(clientele_scorecard_cmp);
PG_FUNCTION_INFO_V1(clientele_scorecard_eq);
PG_FUNCTION_INFO_V1(clientele_scorecard_ne);
PG_FUNCTION_INFO_V1(clientele_scorecard_lt);
PG_FUNCTION_INFO_V1(clientele_scorecard_le);
PG_FUNCTION_INFO_V1(clientele_scorecard_gt);
PG_FUNCTION_INFO_V1(clientele_scorecard_ge);
PG_FUNCTION_INFO_V1(clientele_scorecard_hash);
PG_FUNCTION_INFO_V1(clientele_scorecard_hash_extended);

/* Columns of signals() */
#define SIGNALS_COLUMNS			10

/* A text of the card as a value. */
static Datum
text_of(const Scorecard *card, CardText text)
{
	return PointerGetDatum(cstring_to_text_with_len(card_text(card, text),
													(int) text.length));
}

/* The canonical JSON, terminated. */
static char *
json_of(const Scorecard *card)
{
	return pnstrdup(card_text(card, card->json), card->json.length);
}

/* Text in: JSON. */
Datum
clientele_scorecard_in(PG_FUNCTION_ARGS)
{
	char	   *json = PG_GETARG_CSTRING(0);
	Scorecard  *card = scorecard_from_json(json, strlen(json),
										   CLIENTELE_ESCONTEXT(fcinfo));

	if (card == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(card);
}

/* Text out: canonical JSON. */
Datum
clientele_scorecard_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(json_of(PG_GETARG_SCORECARD_P(0)));
}

/* Binary in: the version of the format, and the text. */
Datum
clientele_scorecard_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	char	   *json;
	int			length;

	if (version != SCORECARD_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary scorecard"),
				 errdetail("Its format is version %d.", version),
				 errhint("This release reads version %d.",
						 SCORECARD_VERSION)));
	json = pq_getmsgtext(message, message->len - message->cursor, &length);
	PG_RETURN_POINTER(scorecard_from_json(json, length, NULL));
}

/* Binary out. */
Datum
clientele_scorecard_send(PG_FUNCTION_ARGS)
{
	const Scorecard *card = PG_GETARG_SCORECARD_P(0);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, SCORECARD_VERSION);
	pq_sendtext(&out, card_text(card, card->json), (int) card->json.length);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* A card from jsonb. */
Datum
clientele_scorecard_from_jsonb(PG_FUNCTION_ARGS)
{
	Jsonb	   *value = PG_GETARG_JSONB_P(0);
	char	   *json = JsonbToCString(NULL, &value->root, VARSIZE(value));

	PG_RETURN_POINTER(scorecard_from_json(json, strlen(json), NULL));
}

/* A card as jsonb. */
Datum
clientele_scorecard_to_jsonb(PG_FUNCTION_ARGS)
{
	char	   *json = json_of(PG_GETARG_SCORECARD_P(0));

	PG_RETURN_DATUM(DirectFunctionCall1(jsonb_in, CStringGetDatum(json)));
}

/* The name of a card. */
Datum
clientele_scorecard_name(PG_FUNCTION_ARGS)
{
	const Scorecard *card = PG_GETARG_SCORECARD_P(0);

	PG_RETURN_DATUM(text_of(card, card->name));
}

/* The version of a card. */
Datum
clientele_scorecard_version(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_SCORECARD_P(0)->card_version);
}

/* The segment of a card, or NULL. */
Datum
clientele_scorecard_segment(PG_FUNCTION_ARGS)
{
	const Scorecard *card = PG_GETARG_SCORECARD_P(0);

	if (card->segment.length == 0)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(text_of(card, card->segment));
}

/* The card with another version. */
Datum
clientele_with_version(PG_FUNCTION_ARGS)
{
	const Scorecard *card = PG_GETARG_SCORECARD_P(0);
	int32		version = PG_GETARG_INT32(1);
	CardParts  *parts;

	if (version < 1)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("version out of range"),
				 errdetail("The version is %d.", version),
				 errhint("Give a whole number from 1 on.")));
	parts = card_parts_from_json(card_text(card, card->json),
								 card->json.length, NULL);
	parts->version = version;
	PG_RETURN_POINTER(card_parts_compile(parts, NULL));
}

/*
 * A length of time: days and the rest of one. Months of an interval would be
 * those of the calendar.
 */
static Datum
span_interval(int64 span)
{
	Interval   *interval = palloc0(sizeof(Interval));

	interval->day = (int32) (span / USECS_PER_DAY);
	interval->time = span % USECS_PER_DAY;
	return PointerGetDatum(interval);
}

/* The signals of a card, a row each. */
Datum
clientele_signals(PG_FUNCTION_ARGS)
{
	const Scorecard *card = PG_GETARG_SCORECARD_P(0);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (uint32 i = 0; i < card->nsignals; i++)
	{
		const CardSignal *signal = CARD_SIGNALS(card) + i;
		bool		is_rate = signal->kind == CARD_FLAT ||
			signal->kind == CARD_PER_UNIT;
		Datum		values[SIGNALS_COLUMNS] = {0};
		bool		nulls[SIGNALS_COLUMNS] = {false};

		values[0] = text_of(card, signal->name);
		values[1] = CStringGetTextDatum(card_kind_keys[signal->kind]);
		nulls[2] = !is_rate;
		values[2] = Float8GetDatum(signal->points);
		nulls[3] = nulls[4] = signal->decay == CARD_NO_DECAY;
		if (signal->decay != CARD_NO_DECAY)
		{
			values[3] = CStringGetTextDatum(card_decay_keys[signal->decay]);
			values[4] = span_interval(signal->span);
		}
		values[5] = CStringGetTextDatum(card_repeat_words[signal->repeat]);
		nulls[6] = signal->category == CARD_NO_CATEGORY;
		if (!nulls[6])
			values[6] = text_of(card,
								CARD_CATEGORIES(card)[signal->category].name);
		values[7] = CStringGetTextDatum(card_axis_words[signal->axis]);
		nulls[8] = isinf(signal->limits.cap);
		values[8] = Float8GetDatum(signal->limits.cap);
		nulls[9] = isinf(signal->limits.floor);
		values[9] = Float8GetDatum(signal->limits.floor);
		tuplestore_putvalues(result->setResult, result->setDesc, values,
							 nulls);
	}
	return (Datum) 0;
}

/* Order of cards: of the bytes of their canonical texts. */
static int
compare_cards(FunctionCallInfo fcinfo)
{
	Scorecard  *left = PG_GETARG_SCORECARD_P(0);
	Scorecard  *right = PG_GETARG_SCORECARD_P(1);
	uint32		shorter = Min(left->json.length, right->json.length);
	int			order = memcmp(card_text(left, left->json),
							   card_text(right, right->json), shorter);

	if (order == 0)
		order = (left->json.length > right->json.length) -
			(left->json.length < right->json.length);
	/* an index may call this for every row of a table in one context */
	PG_FREE_IF_COPY(left, 0);
	PG_FREE_IF_COPY(right, 1);
	return order;
}

Datum
clientele_scorecard_cmp(PG_FUNCTION_ARGS)
{
	int			order = compare_cards(fcinfo);

	PG_RETURN_INT32((order > 0) - (order < 0));
}

Datum
clientele_scorecard_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_cards(fcinfo) == 0);
}

Datum
clientele_scorecard_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_cards(fcinfo) != 0);
}

Datum
clientele_scorecard_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_cards(fcinfo) < 0);
}

Datum
clientele_scorecard_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_cards(fcinfo) <= 0);
}

Datum
clientele_scorecard_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_cards(fcinfo) > 0);
}

Datum
clientele_scorecard_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_cards(fcinfo) >= 0);
}

/* Hash of 32 bits. */
Datum
clientele_scorecard_hash(PG_FUNCTION_ARGS)
{
	const Scorecard *card = PG_GETARG_SCORECARD_P(0);

	return hash_any((const unsigned char *) card_text(card, card->json),
					(int) card->json.length);
}

/* Hash of 64 bits with a seed. */
Datum
clientele_scorecard_hash_extended(PG_FUNCTION_ARGS)
{
	const Scorecard *card = PG_GETARG_SCORECARD_P(0);

	return hash_any_extended((const unsigned char *) card_text(card, card->json),
							 (int) card->json.length, PG_GETARG_INT64(1));
}
