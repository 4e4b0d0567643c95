/*
 * score_sheet.h
 *		Type score_sheet: the points of a lead by a card, with their reasons.
 *
 * A sheet stands alone: it carries what it needs of the card, and of the card's
 * signals those that occurred or that give points when they are missing. It is
 * one varlena, changed in place while an aggregate runs:
 *
 *	 ScoreSheet			the header
 *	 SheetKey[]			capacity of them; the first nslots in use, ascending
 *	 SheetSlot[]		capacity of them, free ones among them
 *	 heap				at offsets from its start, multiples of 8: first the card
 *						(SheetCard), then a SheetDefinition for each slot, and
 *						SheetCategory, SheetDays and SheetNote as needed
 *
 * At rest there is no spare room and everything stands in one order, so that
 * equal sheets are equal bytewise.
 */
#ifndef CLIENTELE_SCORE_SCORE_SHEET_H
#define CLIENTELE_SCORE_SCORE_SHEET_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/timestamp.h"

#include "score/card/card_layers.h"
#include "score/card/exact_points.h"
#include "score/card/scorecard.h"

#define SCORE_SHEET_VERSION		1

/* Names of unknown signals that are kept, those first by their bytes. */
#define SHEET_MOST_UNKNOWN		100

/* A time that is not known; also the latest of no row. */
#define SHEET_NO_TIME			DT_NOBEGIN

typedef struct ScoreSheet
{
	int32		vl_len_;
	uint8		version;		/* of the format */
	uint8		flags;			/* zero */
	uint16		nslots;
	uint64		identity;		/* of the card */
	int64		as_of;
	uint32		capacity;		/* slots that there is room for */
	uint32		heap;			/* offset of the heap */
	uint32		used;			/* bytes of the heap */
	uint32		reserved;		/* zero */
	uint32		categories;		/* the first SheetCategory, or 0 */
	uint32		notes;			/* the first SheetNote, or 0 */
} ScoreSheet;

/* Which slot a signal of the card has. */
typedef struct SheetKey
{
	uint16		number;			/* in the card */
	uint16		slot;
} SheetKey;

/* A signal's rows. Without any that counts, its points are those of "missing". */
typedef struct SheetSlot
{
	ExactPoints points;			/* raw: before any limit */
	int64		last;			/* latest row, SHEET_NO_TIME without a time */
	uint64		times;			/* rows that count */
	uint32		definition;		/* SheetDefinition; 0: a free slot */
	uint32		days;			/* SheetDays, or 0 */
} SheetSlot;

#define SHEET_HAS_FLOOR		0x01
#define SHEET_HAS_CAP		0x02
#define SHEET_HAS_MISSING	0x04	/* a signal: points without a row */
#define SHEET_ALL_FLAGS		0x07

/* What the card says of a signal. Floor, cap and name follow. */
typedef struct SheetDefinition
{
	uint16		category;		/* number in the card, or CARD_NO_CATEGORY */
	uint8		axis;
	uint8		repeat;
	uint8		flags;
	uint8		name_length;
	uint16		reserved;
} SheetDefinition;

/* A category of a signal here. Floor, cap and name follow. */
typedef struct SheetCategory
{
	uint32		next;			/* or 0; ascending by number at rest */
	uint16		number;			/* in the card */
	uint8		axis;
	uint8		flags;
	uint8		name_length;
	uint8		reserved[7];
} SheetCategory;

/* The row of a day that counts. */
typedef struct SheetDay
{
	int64		time;
	ExactPoints points;
} SheetDay;

/* What merging needs beyond sums: of signals that count once a day, or that
 * vetoes look at. SheetDay[capacity] follow, n in use, ascending. */
typedef struct SheetDays
{
	uint64		vetoes;			/* bit i: the latest row's value makes veto i
								 * hold */
	uint32		n;
	uint32		capacity;
} SheetDays;

#define SHEET_DAYS(days)	((SheetDay *) ((days) + 1))

/* Why rows do not count; the numbers are stored. */
typedef enum SheetReason
{
	SKIPPED_NO_SIGNAL = 1,
	SKIPPED_NO_VALUE,
	SKIPPED_NO_NUMBER,
	SKIPPED_NO_TIME,
	SKIPPED_POINTS,
	SKIPPED_NO_ROW,
	UNKNOWN_SIGNAL,				/* not in the card, by name */
	UNKNOWN_OTHERS				/* those beyond the names that are kept */
} SheetReason;

/* Rows that do not count. The name follows, in name_room bytes. */
typedef struct SheetNote
{
	uint32		next;			/* or 0; ascending by reason and name at rest */
	uint16		name_room;
	uint8		name_length;
	uint8		reason;
	uint64		rows;
} SheetNote;

/* What a sheet needs of its card. Tables follow, then the texts: cuts of fit
 * and of engagement, bands, vetoes; name, segment, names of bands and vetoes. */
typedef struct SheetCard
{
	double		base;
	CardLimits	axes[CARD_AXES];
	CardLimits	total;
	int32		card_version;
	uint32		size;			/* with tables and texts */
	uint8		ncuts[CARD_AXES];
	uint8		nbands;
	uint8		nvetoes;
	uint8		name_length;
	uint8		segment_length;
	uint16		reserved;
} SheetCard;

typedef struct SheetBand
{
	double		from;
	uint32		name_length;
	uint32		reserved;
} SheetBand;

typedef struct SheetVeto
{
	double		bound;
	uint16		signal;			/* number in the card; 0 unless of a signal */
	uint8		measure;		/* CardMeasure */
	uint8		comparison;		/* CardComparison */
	uint8		if_missing;
	uint8		name_length;
	uint16		reserved;
} SheetVeto;

/* A SheetCard taken apart; texts are not terminated. */
typedef struct SheetCardView
{
	const SheetCard *head;
	const double *cuts[CARD_AXES];
	const SheetBand *bands;
	const SheetVeto *vetoes;
	const char *name;
	const char *segment;
	const char *band_names[CARD_MAX_BANDS];
	const char *veto_names[CARD_MAX_VETOES];
} SheetCardView;

/* A definition or a category, taken apart. */
typedef struct SheetName
{
	uint16		number;
	uint16		category;		/* of a signal */
	uint8		axis;
	uint8		repeat;			/* of a signal */
	uint8		flags;
	uint8		name_length;
	CardLimits	limits;
	const char *name;
} SheetName;

/* The card of a sheet. */
#define SHEET_CARD(sheet)	((const SheetCard *) ((const char *) (sheet) + (sheet)->heap))
#define SHEET_KEYS(sheet) \
	((SheetKey *) ((char *) (sheet) + MAXALIGN(sizeof(ScoreSheet))))
#define SHEET_SLOTS(sheet) \
	((SheetSlot *) ((char *) SHEET_KEYS(sheet) + \
					MAXALIGN((sheet)->capacity * sizeof(SheetKey))))
#define SHEET_HEAP_START(capacity) \
	(MAXALIGN(sizeof(ScoreSheet)) + \
	 MAXALIGN((capacity) * sizeof(SheetKey)) + (capacity) * sizeof(SheetSlot))
/* What stands in the heap at an offset. */
#define SHEET_AT(sheet, type, offset) \
	((type *) ((char *) (sheet) + (sheet)->heap + (offset)))
#define SHEET_SLOT_DAYS(sheet, slot) \
	((slot)->days == 0 ? NULL : SHEET_AT(sheet, SheetDays, (slot)->days))

/* Has the signal had any row, one that has faded to nothing among them? */
static inline bool
sheet_was_seen(const SheetSlot *slot)
{
	return slot->times > 0 || slot->last != SHEET_NO_TIME;
}

/* The place of a signal among the keys, or where it would be. */
static inline uint32
sheet_find(const ScoreSheet *sheet, uint16 number, bool *found)
{
	const SheetKey *keys = SHEET_KEYS(sheet);
	uint32		low = 0;
	uint32		high = sheet->nslots;

	while (low < high)
	{
		uint32		middle = (low + high) / 2;

		if (keys[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	*found = low < sheet->nslots && keys[low].number == number;
	return low;
}

/* Sheets of so few slots have that of a signal mostly at its number. */
#define SHEET_FEW_SLOTS		16

/* The first slot to look at for a new signal. */
static inline uint32
sheet_first_slot(const ScoreSheet *sheet, uint16 number)
{
	return number < SHEET_FEW_SLOTS && number < sheet->capacity ?
		number : sheet->nslots;
}

/* The slot of a signal by its place among the keys. */
static inline SheetSlot *
sheet_slot(const ScoreSheet *sheet, uint32 place)
{
	return SHEET_SLOTS(sheet) + SHEET_KEYS(sheet)[place].slot;
}

/* score_sheet.c: layout */
extern ScoreSheet *sheet_create(uint64 identity, int64 as_of,
								const SheetCard *card, uint32 capacity,
								uint32 room);
extern uint32 sheet_add_slot(ScoreSheet **sheet, const SheetName *name);
extern void sheet_add_category(ScoreSheet **sheet, const SheetName *name);
extern SheetDays *sheet_days(ScoreSheet **sheet, uint32 place, uint32 n);
extern void sheet_count_day(ScoreSheet **sheet, uint32 place, int64 time,
							ExactPoints points);
extern ExactPoints sheet_sum(ExactPoints a, ExactPoints b);
extern void sheet_note(ScoreSheet **sheet, SheetReason reason,
					   const char *name, uint32 length, uint64 rows);
extern void sheet_slot_name(const ScoreSheet *sheet, uint32 place,
							SheetName *name);
extern void sheet_category_name(const SheetCategory *category,
								SheetName *name);
extern const char *sheet_note_name(const SheetNote *note);
extern ScoreSheet *sheet_rest(const ScoreSheet *sheet);
extern ScoreSheet *sheet_get(Datum datum);
extern void sheet_check_same(const ScoreSheet *sheet, const ScoreSheet *other);

/* score_sheet_card.c: what a sheet needs of its card */
extern SheetCard *sheet_card_build(const SheetCardView *view);
extern SheetCard *sheet_card_of(const Scorecard *card);
extern void sheet_card_view(const SheetCard *card, SheetCardView *view);

/* score_sheet_add.c: rows */
typedef enum RowValueKind
{
	ROW_NO_VALUE,
	ROW_NUMBER,
	ROW_TEXT
} RowValueKind;

/* A row of a signal. */
typedef struct SheetRow
{
	const char *signal;
	uint32		signal_length;
	RowValueKind kind;
	double		number;
	const char *text;
	uint32		text_length;
	int64		occurred_at;	/* SHEET_NO_TIME: not known */
	uint64		times;			/* rows like this, 1 mostly */
	int			signal_number;	/* in the card, or -1 */
} SheetRow;

extern ScoreSheet *sheet_of_card(const Scorecard *card, int64 as_of);
extern ScoreSheet *sheet_add_row(ScoreSheet *sheet, const Scorecard *card,
								 const SheetRow *row);
extern ScoreSheet *sheet_merge(ScoreSheet *sheet, const ScoreSheet *other);

/* score_sheet_read.c */
extern LayerItem *sheet_layers(const ScoreSheet *sheet, CardLayers *layers);
extern Datum exact_numeric(ExactPoints points);

/* moment_text.c: moments as ISO 8601 text, whatever the settings */
#define MOMENT_TEXT_LENGTH	(MAXDATELEN + 1)
extern char *moment_text(int64 moment, char *buffer);
extern bool moment_from_text(const char *text, size_t length, int64 *moment);

#define PG_GETARG_SCORE_SHEET_P(n)	sheet_get(PG_GETARG_DATUM(n))
#define PG_RETURN_SCORE_SHEET_P(x)	PG_RETURN_POINTER(x)

#endif							/* CLIENTELE_SCORE_SCORE_SHEET_H */
