/*
 * score_sheet_receive.c
 *		Score sheets from their binary form; see score_sheet_out.c.
 */
#include "postgres.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"

#include "compat.h"
#include "score/card/score_sheet_check.h"

PG_FUNCTION_INFO_V1(clientele_score_sheet_recv);

/* Bytes of a signal's day. */
#define DAY_BYTES		24

/* Refuse a binary form that is not sound. */
static void
refuse_binary(char *problem)
{
	if (problem == NULL)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid score_sheet in binary form"),
			 errdetail_internal("%s", problem),
			 errhint("Send what score_sheet_send() has written.")));
}

/* Read a text, which is in the encoding of the database. */
static const char *
get_text(StringInfo message, uint8 *length)
{
	const char *text;

	*length = (uint8) pq_getmsgbyte(message);
	text = pq_getmsgbytes(message, *length);
	pg_verifymbstr(text, *length, false);
	return text;
}

/* Read a number; there is one zero. */
static double
get_number(StringInfo message)
{
	return pq_getmsgfloat8(message) + 0.0;
}

/* Read limits. */
static CardLimits
get_limits(StringInfo message)
{
	CardLimits	limits;

	limits.floor = get_number(message);
	limits.cap = get_number(message);
	return limits;
}

/* Flags of limits. */
static uint8
limit_flags(CardLimits limits)
{
	return (isfinite(limits.floor) ? SHEET_HAS_FLOOR : 0) |
		(isfinite(limits.cap) ? SHEET_HAS_CAP : 0);
}

/* Read points. */
static ExactPoints
get_points(StringInfo message)
{
	ExactPoints points;

	points.high = pq_getmsgint64(message);
	points.low = (uint64) pq_getmsgint64(message);
	return points;
}

/* A count of at most so many, of things of at least so many bytes each. */
static uint32
check_count(StringInfo message, uint32 n, uint32 most, uint32 bytes,
			const char *what)
{
	if (n > most || (uint64) n * bytes > (uint64) (message->len - message->cursor))
		refuse_binary(psprintf("It would have %u %s.", n, what));
	return n;
}

/* Read what the sheet keeps of its card, and start it. */
static ScoreSheet *
receive_card(StringInfo message)
{
	ScoreSheet *sheet = NULL;
	SheetCard	head = {0};
	SheetBand	bands[CARD_MAX_BANDS] = {{0}};
	SheetVeto	vetoes[CARD_MAX_VETOES] = {{0}};
	double		cuts[CARD_AXES][CARD_MAX_CUTS];
	SheetCardView view;
	uint64		identity = (uint64) pq_getmsgint64(message);
	int64		as_of = pq_getmsgint64(message);

	view.head = &head;
	view.bands = bands;
	view.vetoes = vetoes;
	view.name = get_text(message, &head.name_length);
	view.segment = get_text(message, &head.segment_length);
	head.card_version = (int32) pq_getmsgint(message, 4);
	head.base = get_number(message);
	head.axes[CARD_FIT] = get_limits(message);
	head.axes[CARD_ENGAGEMENT] = get_limits(message);
	head.total = get_limits(message);
	for (int axis = 0; axis < CARD_AXES; axis++)
	{
		view.cuts[axis] = cuts[axis];
		head.ncuts[axis] = check_count(message, pq_getmsgbyte(message),
									   CARD_MAX_CUTS, 8, "cuts");
		for (int i = 0; i < head.ncuts[axis]; i++)
			cuts[axis][i] = get_number(message);
	}
	head.nbands = check_count(message, pq_getmsgbyte(message), CARD_MAX_BANDS,
							  9, "bands");
	for (int i = 0; i < head.nbands; i++)
	{
		uint8		length;

		view.band_names[i] = get_text(message, &length);
		bands[i].name_length = length;
		bands[i].from = get_number(message);
	}
	head.nvetoes = check_count(message, pq_getmsgbyte(message),
							   CARD_MAX_VETOES, 14, "vetoes");
	for (int i = 0; i < head.nvetoes; i++)
	{
		view.veto_names[i] = get_text(message, &vetoes[i].name_length);
		vetoes[i].signal = (uint16) pq_getmsgint(message, 2);
		vetoes[i].measure = (uint8) pq_getmsgbyte(message);
		vetoes[i].comparison = (uint8) pq_getmsgbyte(message);
		vetoes[i].if_missing = (uint8) pq_getmsgbyte(message);
		vetoes[i].bound = get_number(message);
	}
	refuse_binary(sheet_put_card(&sheet, identity, as_of, &view));
	return sheet;
}

/* Read the categories. */
static void
receive_categories(StringInfo message, ScoreSheet **sheet)
{
	uint32		n = check_count(message, pq_getmsgint(message, 2),
								CARD_MAX_CATEGORIES, 20, "categories");

	for (uint32 i = 0; i < n; i++)
	{
		SheetName	name = {0};

		name.name = get_text(message, &name.name_length);
		name.number = (uint16) pq_getmsgint(message, 2);
		name.axis = (uint8) pq_getmsgbyte(message);
		name.limits = get_limits(message);
		name.flags = limit_flags(name.limits);
		refuse_binary(sheet_put_category(sheet, &name));
	}
}

/* Read the signals with their rows. */
static void
receive_signals(StringInfo message, ScoreSheet **sheet)
{
	uint32		n = check_count(message, pq_getmsgint(message, 2),
								CARD_MAX_SIGNALS, 68, "signals");

	for (uint32 i = 0; i < n; i++)
	{
		SheetName	name = {0};
		SheetSlot	rows = {{0, 0}, 0, 0, 0, 0};
		uint64		vetoes;
		uint32		ndays;
		int			may_miss;
		SheetDay   *days = NULL;

		name.name = get_text(message, &name.name_length);
		name.number = (uint16) pq_getmsgint(message, 2);
		name.category = (uint16) pq_getmsgint(message, 2);
		name.axis = (uint8) pq_getmsgbyte(message);
		name.repeat = (uint8) pq_getmsgbyte(message);
		may_miss = pq_getmsgbyte(message);
		name.limits = get_limits(message);
		name.flags = limit_flags(name.limits) |
			(may_miss == 1 ? SHEET_HAS_MISSING : 0);
		if (may_miss > 1)
			refuse_binary(psprintf("A flag is %d.", may_miss));
		rows.points = get_points(message);
		rows.last = pq_getmsgint64(message);
		rows.times = (uint64) pq_getmsgint64(message);
		vetoes = (uint64) pq_getmsgint64(message);
		ndays = check_count(message, pq_getmsgint(message, 4), PG_INT32_MAX,
							DAY_BYTES, "days");
		if (ndays > 0)
			days = palloc(ndays * sizeof(SheetDay));
		for (uint32 j = 0; j < ndays; j++)
		{
			days[j].time = pq_getmsgint64(message);
			days[j].points = get_points(message);
		}
		refuse_binary(sheet_put_signal(sheet, &name, &rows, vetoes, days,
									   ndays));
		if (days != NULL)
			pfree(days);
	}
}

/* Read the rows that do not count. */
static void
receive_notes(StringInfo message, ScoreSheet **sheet)
{
	uint32		n = check_count(message, pq_getmsgint(message, 4), PG_INT32_MAX,
								10, "notes");

	for (uint32 i = 0; i < n; i++)
	{
		int			reason = pq_getmsgbyte(message);
		uint8		length;
		const char *name = get_text(message, &length);
		int64		rows = pq_getmsgint64(message);

		refuse_binary(sheet_put_note(sheet, reason, name, length, rows));
	}
}

/* Binary in. */
Datum
clientele_score_sheet_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	ScoreSheet *sheet;

	if (version != SCORE_SHEET_VERSION)
		refuse_binary(psprintf("Its format is version %d, this release reads version %d.",
							   version, SCORE_SHEET_VERSION));
	sheet = receive_card(message);
	receive_categories(message, &sheet);
	receive_signals(message, &sheet);
	receive_notes(message, &sheet);
	PG_RETURN_SCORE_SHEET_P(sheet_rest(sheet));
}
