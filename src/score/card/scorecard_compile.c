/*
 * scorecard_compile.c
 *		A card as a value: tables that aggregates read without parsing.
 */
#include "postgres.h"

#include <math.h>

#include "utils/memutils.h"

#include "score/card/card_parts.h"

/* Where the next bytes of a value go. */
typedef struct Layout
{
	Scorecard  *card;			/* NULL while the size is being found */
	Size		size;
} Layout;

/* Make room for a table; its offset. */
static uint32
place_table(Layout *layout, Size n, Size size)
{
	Size		offset = MAXALIGN(layout->size);

	layout->size = offset + n * size;
	return (uint32) offset;
}

/* Place the bytes of a text. */
static CardText
place_text(Layout *layout, const char *text)
{
	CardText	placed = {(uint32) layout->size, (uint32) strlen(text)};

	if (layout->card != NULL)
		memcpy((char *) layout->card + placed.offset, text, placed.length);
	layout->size += placed.length;
	return placed;
}

/* A table of a value that is being made. */
#define TABLE(layout, type, table) \
	((type *) ((char *) (layout)->card + (layout)->card->table))

/* Place the signals with their bins and choices. */
static void
place_signals(Layout *layout, const CardParts *parts)
{
	uint32		nbins = 0;
	uint32		nchoices = 0;

	for (int i = 0; i < parts->nsignals; i++)
	{
		const SignalParts *from = &parts->signals[i];
		CardText	name = place_text(layout, from->name);
		bool		has_bins = from->kind == CARD_BINS;

		if (layout->card != NULL)
		{
			CardSignal *signal = TABLE(layout, CardSignal, signals) + i;

			signal->name = name;
			signal->kind = from->kind;
			signal->decay = from->decay;
			signal->repeat = from->repeat;
			signal->axis = from->axis;
			signal->category = (uint16) from->category_number;
			signal->flags = (from->otherwise != 0 ? CARD_HAS_OTHERWISE : 0) |
				(from->missing != 0 ? CARD_HAS_MISSING : 0);
			signal->first_rule = has_bins ? nbins :
				from->kind == CARD_CHOICES ? nchoices : 0;
			signal->nrules = from->nrules;
			signal->span = from->span;
			signal->points = from->points;
			signal->otherwise = from->otherwise;
			signal->missing = from->missing;
			signal->limits = from->limits;
			if (has_bins)
				memcpy(TABLE(layout, CardBin, bins) + nbins, from->bins,
					   sizeof(CardBin) * from->nrules);
		}
		if (has_bins)
		{
			nbins += from->nrules;
			continue;
		}
		for (int rule = 0; rule < from->nrules; rule++)
		{
			CardText	value = place_text(layout, from->choices[rule].value);

			if (layout->card != NULL)
			{
				CardChoice *choice = TABLE(layout, CardChoice, choices) +
					nchoices;

				choice->value = value;
				choice->points = from->choices[rule].points;
			}
			nchoices++;
		}
	}
}

/* Place the categories. */
static void
place_categories(Layout *layout, const CardParts *parts)
{
	for (int i = 0; i < parts->ncategories; i++)
	{
		const CategoryParts *from = &parts->categories[i];
		CardText	name = place_text(layout, from->name);

		if (layout->card != NULL)
		{
			CardCategory *category = TABLE(layout, CardCategory, categories) + i;

			category->name = name;
			category->axis = from->axis;
			category->limits = from->limits;
		}
	}
}

/* Place the vetoes and the bands. */
static void
place_verdicts(Layout *layout, const CardParts *parts)
{
	uint32		nchoices = 0;

	for (int i = 0; i < parts->nvetoes; i++)
	{
		const VetoParts *from = &parts->vetoes[i];
		CardText	name = place_text(layout, from->name);

		if (layout->card != NULL)
		{
			CardVeto   *veto = TABLE(layout, CardVeto, vetoes) + i;

			veto->name = name;
			veto->signal = from->signal < 0 ? PG_UINT32_MAX :
				(uint32) from->signal;
			veto->measure = from->measure;
			veto->comparison = from->comparison;
			veto->if_missing = from->if_missing;
			veto->first_choice = nchoices;
			veto->nchoices = from->nchoices;
			veto->bound = from->bound;
		}
		for (int choice = 0; choice < from->nchoices; choice++)
		{
			CardText	value = place_text(layout, from->choices[choice].value);

			if (layout->card != NULL)
				TABLE(layout, CardText, veto_choices)[nchoices] = value;
			nchoices++;
		}
	}
	for (int i = 0; i < parts->nbands; i++)
	{
		CardText	name = place_text(layout, parts->bands[i].name);

		if (layout->card != NULL)
		{
			CardBand   *band = TABLE(layout, CardBand, bands) + i;

			band->name = name;
			band->from = parts->bands[i].from;
		}
	}
}

/* Count the rows of the tables, and place the tables. */
static void
place_tables(Layout *layout, const CardParts *parts, Scorecard *header)
{
	header->nsignals = parts->nsignals;
	header->ncategories = parts->ncategories;
	header->nvetoes = parts->nvetoes;
	header->nbands = parts->nbands;
	for (int i = 0; i < parts->nsignals; i++)
	{
		if (parts->signals[i].kind == CARD_BINS)
			header->nbins += parts->signals[i].nrules;
		else
			header->nchoices += parts->signals[i].nrules;
	}
	for (int i = 0; i < parts->nvetoes; i++)
		header->nveto_choices += parts->vetoes[i].nchoices;
	header->index_size = 2;
	while (header->index_size < 2 * header->nsignals)
		header->index_size *= 2;

	header->signals = place_table(layout, header->nsignals,
								  sizeof(CardSignal));
	header->bins = place_table(layout, header->nbins, sizeof(CardBin));
	header->choices = place_table(layout, header->nchoices,
								  sizeof(CardChoice));
	header->categories = place_table(layout, header->ncategories,
									 sizeof(CardCategory));
	header->vetoes = place_table(layout, header->nvetoes, sizeof(CardVeto));
	header->veto_choices = place_table(layout, header->nveto_choices,
									   sizeof(CardText));
	header->bands = place_table(layout, header->nbands, sizeof(CardBand));
	header->index = place_table(layout, header->index_size, sizeof(uint32));
}

/* Place everything, into the value if there is one yet. */
static void
place_card(Layout *layout, const CardParts *parts, const char *json,
		   Scorecard *header)
{
	place_tables(layout, parts, header);
	if (layout->card != NULL)
		memcpy(layout->card, header, sizeof(Scorecard));
	place_signals(layout, parts);
	place_categories(layout, parts);
	place_verdicts(layout, parts);
	header->name = place_text(layout, parts->name);
	header->segment = place_text(layout, parts->segment == NULL ? "" :
								 parts->segment);
	header->json = place_text(layout, json);
}

/* Fill in the index by name, which scorecard_find() reads. */
static void
fill_index(Scorecard *card)
{
	uint32	   *index = (uint32 *) ((char *) card + card->index);
	uint32		mask = card->index_size - 1;

	for (uint32 i = 0; i < card->nsignals; i++)
	{
		CardText	name = CARD_SIGNALS(card)[i].name;
		uint32		slot = (uint32) card_hash(card_text(card, name),
											  name.length) & mask;

		while (index[slot] != 0)
			slot = (slot + 1) & mask;
		index[slot] = i + 1;
	}
}

/* The value of a card's parts; NULL, or an error, if it would be too large. */
Scorecard *
card_parts_compile(const CardParts *parts, struct Node *escontext)
{
	char	   *json = card_parts_to_json(parts);
	size_t		length = strlen(json);
	Scorecard	header = {0};
	Layout		layout = {NULL, sizeof(Scorecard)};
	Scorecard  *card;
	Size		size;

	if (length > CARD_MAX_JSON)
		clientele_return_error(escontext, NULL,
							   (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
								errmsg("invalid scorecard"),
								errdetail("Its canonical text has %zu bytes.",
										  length),
								errhint("The text of a card has at most %d bytes.",
										CARD_MAX_JSON)));
	place_card(&layout, parts, json, &header);
	size = layout.size;
	if (!AllocSizeIsValid(size))
		elog(ERROR, "a card of %zu bytes is too large", size);
	card = palloc0(size);

	memset(&header, 0, sizeof(header));
	header.version = SCORECARD_VERSION;
	header.identity = card_hash(json, length);
	header.card_version = parts->version;
	header.base = parts->base;
	header.total = parts->total;
	for (int axis = 0; axis < CARD_AXES; axis++)
	{
		header.axes[axis] = parts->axes[axis];
		header.ncuts[axis] = parts->ncuts[axis];
	}
	memcpy(header.cuts, parts->cuts, sizeof(header.cuts));
	layout.card = card;
	layout.size = sizeof(Scorecard);
	place_card(&layout, parts, json, &header);
	Assert(layout.size == size);
	memcpy(card, &header, sizeof(Scorecard));
	SET_VARSIZE(card, size);
	fill_index(card);
	return card;
}

/* A card from JSON text, which need not be terminated; NULL, or an error. */
Scorecard *
scorecard_from_json(const char *json, size_t length, struct Node *escontext)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext work = AllocSetContextCreate(caller, "scorecard",
											   ALLOCSET_DEFAULT_SIZES);
	CardParts  *parts;
	Scorecard  *card = NULL;

	MemoryContextSwitchTo(work);
	parts = card_parts_from_json(json, length, escontext);
	if (parts != NULL)
		card = card_parts_compile(parts, escontext);
	MemoryContextSwitchTo(caller);
	/* the text of a soft error lies there: it goes with the caller's memory */
	if (card == NULL)
		return NULL;
	card = memcpy(palloc(VARSIZE(card)), card, VARSIZE(card));
	MemoryContextDelete(work);
	return card;
}
