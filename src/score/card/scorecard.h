/*
 * scorecard.h
 *		Type scorecard: the rules of a lead score, checked once and compiled.
 *
 * A card is one varlena: the struct Scorecard, tables of fixed-size rows, the
 * texts that they name, and the canonical JSON that the card is shown as.
 * Everything is found by an offset from the start of the value. Only
 * scorecard_compile.c makes one, from JSON: the binary form that clients send
 * is the JSON, so a compiled card is sound by construction.
 */
#ifndef CLIENTELE_SCORE_SCORECARD_H
#define CLIENTELE_SCORE_SCORECARD_H

#include "postgres.h"

#include "fmgr.h"

#include "compat.h"

#define SCORECARD_VERSION		1

/* Limits, each told in an error. */
#define CARD_MAX_SIGNALS		10000
#define CARD_MAX_CATEGORIES		1000
#define CARD_MAX_VETOES			64
#define CARD_MAX_BANDS			32
#define CARD_MAX_CUTS			8	/* of a grade's axis: A to I, 1 to 9 */
#define CARD_MAX_RULES			1000	/* bins or choices of one signal */
#define CARD_MAX_TEXT			200 /* bytes of a name or a choice */
#define CARD_MAX_POINTS			1e9 /* of anything that a card says */

/* A text of the card; not terminated. */
typedef struct CardText
{
	uint32		offset;
	uint32		length;
} CardText;

/* How a row of a signal becomes points. */
typedef enum CardKind
{
	CARD_FLAT,					/* points, whatever the value */
	CARD_PER_UNIT,				/* points * value */
	CARD_BINS,					/* points of the bin in which the value lies */
	CARD_CHOICES				/* points of the text that the value is */
} CardKind;

/* How those points fade with the row's age, over CardSignal.span. */
typedef enum CardDecay
{
	CARD_NO_DECAY,
	CARD_HALF_LIFE,				/* points * 2^(-age / span) */
	CARD_WINDOW,				/* points if age < span, else 0 */
	CARD_LINEAR					/* points * max(0, 1 - age / span) */
} CardDecay;

/* Which rows of a signal count. Among equals the one of more points. */
typedef enum CardRepeat
{
	CARD_EVERY_TIME,
	CARD_ONCE,					/* the latest */
	CARD_ONCE_A_DAY				/* the latest of each UTC day */
} CardRepeat;

typedef enum CardAxis
{
	CARD_FIT,
	CARD_ENGAGEMENT
} CardAxis;
#define CARD_AXES				2

/* A cap, a floor, both or neither: -INFINITY and INFINITY where there is none. */
typedef struct CardLimits
{
	double		floor;
	double		cap;
} CardLimits;

#define CARD_NO_CATEGORY		PG_UINT16_MAX

#define CARD_HAS_OTHERWISE		0x01	/* points of a value in no bin or
										 * choice */
#define CARD_HAS_MISSING		0x02	/* points of a signal without any row */

/* A signal. They stand in the order of their names' bytes. */
typedef struct CardSignal
{
	CardText	name;
	uint8		kind;			/* CardKind */
	uint8		decay;			/* CardDecay */
	uint8		repeat;			/* CardRepeat */
	uint8		axis;			/* CardAxis */
	uint16		category;		/* or CARD_NO_CATEGORY */
	uint8		flags;
	uint8		reserved;
	uint32		first_rule;		/* of its bins or choices */
	uint32		nrules;
	int64		span;			/* microseconds */
	double		points;			/* flat: of a row; per unit: of a unit */
	double		otherwise;		/* 0 unless CARD_HAS_OTHERWISE */
	double		missing;		/* 0 unless CARD_HAS_MISSING */
	CardLimits	limits;
} CardSignal;

/* A bin: from <= value < to. Ascending, never overlapping. */
typedef struct CardBin
{
	double		from;
	double		to;
	double		points;
} CardBin;

/* A choice. Those of a signal stand in the order of their bytes. */
typedef struct CardChoice
{
	CardText	value;
	double		points;
} CardChoice;

/* A category of signals, all of one axis. In the order of their names' bytes. */
typedef struct CardCategory
{
	CardText	name;
	uint32		axis;			/* CardAxis */
	uint32		reserved;
	CardLimits	limits;
} CardCategory;

/* What a veto looks at. */
typedef enum CardMeasure
{
	CARD_OF_VALUE,				/* number of the signal's latest row */
	CARD_OF_CHOICE,				/* text of the signal's latest row */
	CARD_OF_TIMES,				/* rows of the signal that count; 0 without
								 * any */
	CARD_OF_DAYS,				/* days since the signal's latest row */
	CARD_OF_POINTS,				/* points of the signal after its own limits */
	CARD_OF_FIT,				/* points of an axis after its limits */
	CARD_OF_ENGAGEMENT,
	CARD_OF_TOTAL
} CardMeasure;

typedef enum CardComparison
{
	CARD_BELOW,
	CARD_AT_MOST,
	CARD_ABOVE,
	CARD_AT_LEAST,
	CARD_ANY_OF,				/* a choice: is one of these */
	CARD_NONE_OF				/* a choice: is none of these */
} CardComparison;

/*
 * A veto: what disqualifies, though the points stay to be seen. A measure that
 * needs a row of the signal, without any, does not hold unless if_missing.
 */
typedef struct CardVeto
{
	CardText	name;			/* what is shown */
	uint32		signal;			/* unless of an axis or the total */
	uint8		measure;		/* CardMeasure */
	uint8		comparison;		/* CardComparison */
	uint8		if_missing;		/* holds where there is no row */
	uint8		reserved;
	uint32		first_choice;	/* CardText of the comparison's texts, sorted */
	uint32		nchoices;
	double		bound;
} CardVeto;

/* A band: from this total on. Descending. */
typedef struct CardBand
{
	CardText	name;
	double		from;
} CardBand;

typedef struct Scorecard
{
	int32		vl_len_;
	uint8		version;		/* of the format, SCORECARD_VERSION */
	uint8		flags;			/* zero */
	uint16		reserved;		/* zero */
	uint64		identity;		/* FNV-1a of the canonical JSON */
	int32		card_version;	/* 1 or more */
	uint32		nsignals;
	uint32		nbins;
	uint32		nchoices;
	uint32		ncategories;
	uint32		nvetoes;
	uint32		nveto_choices;
	uint32		nbands;
	uint32		ncuts[CARD_AXES];	/* of the grade; 0 and 0: no grade */
	uint32		index_size;		/* a power of two; see scorecard_find */
	uint32		signals;		/* offsets of the tables */
	uint32		bins;
	uint32		choices;
	uint32		categories;
	uint32		vetoes;
	uint32		veto_choices;
	uint32		bands;
	uint32		index;			/* uint32: number of a signal plus 1, or 0 */
	CardText	name;
	CardText	segment;		/* length 0: none */
	CardText	json;			/* canonical */
	double		base;			/* points that everyone has, of no axis */
	CardLimits	axes[CARD_AXES];
	CardLimits	total;
	double		cuts[CARD_AXES][CARD_MAX_CUTS]; /* descending, inclusive */
} Scorecard;

#define CARD_TABLE(card, type, table) \
	((const type *) ((const char *) (card) + (card)->table))
#define CARD_SIGNALS(card)		CARD_TABLE(card, CardSignal, signals)
#define CARD_BINS_OF(card)		CARD_TABLE(card, CardBin, bins)
#define CARD_CHOICES_OF(card)	CARD_TABLE(card, CardChoice, choices)
#define CARD_CATEGORIES(card)	CARD_TABLE(card, CardCategory, categories)
#define CARD_VETOES(card)		CARD_TABLE(card, CardVeto, vetoes)
#define CARD_VETO_CHOICES(card) CARD_TABLE(card, CardText, veto_choices)
#define CARD_BANDS(card)		CARD_TABLE(card, CardBand, bands)

/* The bytes of a text of the card. */
static inline const char *
card_text(const Scorecard *card, CardText text)
{
	return (const char *) card + text.offset;
}

#define PG_GETARG_SCORECARD_P(n) \
	((Scorecard *) PG_DETOAST_DATUM(PG_GETARG_DATUM(n)))

/* FNV-1a, 64 bits: of names in the index, of the card's identity. */
static inline uint64
card_hash(const char *bytes, size_t length)
{
	uint64		hash = UINT64CONST(14695981039346656037);

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char) bytes[i]) * UINT64CONST(1099511628211);
	return hash;
}

/* The number of a signal, or -1. Open addressing, linear probing. */
static inline int
scorecard_find(const Scorecard *card, const char *name, size_t length)
{
	const uint32 *index = CARD_TABLE(card, uint32, index);
	uint32		mask = card->index_size - 1;
	uint32		slot = (uint32) card_hash(name, length) & mask;

	while (index[slot] != 0)
	{
		const CardSignal *signal = CARD_SIGNALS(card) + index[slot] - 1;

		if (signal->name.length == length &&
			memcmp(card_text(card, signal->name), name, length) == 0)
			return (int) index[slot] - 1;
		slot = (slot + 1) & mask;
	}
	return -1;
}

/*
 * scorecard_compile.c: a card from JSON text, which need not be terminated.
 * NULL, or an error, where it cannot be.
 */
extern Scorecard *scorecard_from_json(const char *json, size_t length,
									  struct Node *escontext);

#endif							/* CLIENTELE_SCORE_SCORECARD_H */
