/*
 * card_parts.h
 *		A card, taken apart and checked: between the JSON and the value.
 */
#ifndef CLIENTELE_SCORE_CARD_PARTS_H
#define CLIENTELE_SCORE_CARD_PARTS_H

#include "postgres.h"

#include "score/card/card_tree.h"
#include "score/card/scorecard.h"

/*
 * Everything is sorted as the value has it. Texts are terminated; the node is
 * where a part came from, for what is checked later.
 */
typedef struct ChoiceParts
{
	const char *value;
	double		points;
	const CardNode *node;
} ChoiceParts;

typedef struct SignalParts
{
	const char *name;
	CardKind	kind;
	CardDecay	decay;
	CardRepeat	repeat;
	CardAxis	axis;
	const CardNode *axis_node;	/* what says the axis; NULL: nothing does */
	const char *category;		/* or NULL */
	int			category_number;	/* or CARD_NO_CATEGORY */
	int64		span;			/* of the decay, microseconds */
	double		points;
	double		otherwise;
	double		missing;
	CardLimits	limits;
	int			nrules;
	CardBin    *bins;
	ChoiceParts *choices;
	const CardNode *node;
} SignalParts;

typedef struct CategoryParts
{
	const char *name;
	CardAxis	axis;
	const CardNode *axis_node;	/* what said the axis; NULL: nothing did */
	CardLimits	limits;
	bool		is_used;
	const CardNode *node;		/* NULL: named by signals alone */
} CategoryParts;

typedef struct VetoParts
{
	const char *name;
	int			signal;			/* its number, -1: an axis or the total */
	CardMeasure measure;
	CardComparison comparison;
	bool		if_missing;
	double		bound;
	int			nchoices;
	ChoiceParts *choices;		/* their points mean nothing */
	const CardNode *node;
} VetoParts;

typedef struct BandParts
{
	const char *name;
	double		from;
	const CardNode *node;
} BandParts;

typedef struct CardParts
{
	const char *name;
	int			version;
	const char *segment;		/* or NULL */
	double		base;
	int			nsignals;
	SignalParts *signals;
	int			ncategories;
	CategoryParts *categories;
	CardLimits	axes[CARD_AXES];
	CardLimits	total;
	int			nvetoes;
	VetoParts  *vetoes;
	int			nbands;
	BandParts  *bands;
	int			ncuts[CARD_AXES];
	double		cuts[CARD_AXES][CARD_MAX_CUTS];
} CardParts;

/* The words of the JSON, in the order of their enums; scorecard_json.c */
extern const char *const card_kind_keys[];
extern const char *const card_decay_keys[];
extern const char *const card_repeat_words[];
extern const char *const card_axis_words[];
extern const char *const card_measure_words[];
extern const char *const card_comparison_keys[];

/* The parts of a JSON text; NULL, or an error; scorecard_read.c */
extern CardParts *card_parts_from_json(const char *json, size_t length,
									   struct Node *escontext);

/* scorecard_span.c */
extern bool card_span_read(const CardNode *node, int64 *span,
						   struct Node *escontext);
extern char *card_span_text(int64 span);

/* The canonical JSON; scorecard_json.c */
extern char *card_parts_to_json(const CardParts *parts);

/* The value; scorecard_compile.c */
extern Scorecard *card_parts_compile(const CardParts *parts,
									 struct Node *escontext);

#endif							/* CLIENTELE_SCORE_CARD_PARTS_H */
