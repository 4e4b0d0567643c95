/*
 * score_sheet_card.c
 *		What a score sheet needs of its card.
 */
#include "postgres.h"

#include "compat.h"
#include "score/card/score_sheet.h"

/* Append a text to what is behind the tables. */
static char *
append_text(char *at, const char *text, uint32 length)
{
	memcpy(at, text, length);
	return at + length;
}

/* Put one together: the view's head has the counts, its size is set here. */
SheetCard *
sheet_card_build(const SheetCardView *view)
{
	const SheetCard *head = view->head;
	Size		size = sizeof(SheetCard);
	SheetCard  *card;
	double	   *cuts;
	SheetBand  *bands;
	SheetVeto  *vetoes;
	char	   *text;

	size += (head->ncuts[CARD_FIT] + head->ncuts[CARD_ENGAGEMENT]) *
		sizeof(double);
	size += head->nbands * sizeof(SheetBand);
	size += head->nvetoes * sizeof(SheetVeto);
	size += head->name_length + head->segment_length;
	for (int i = 0; i < head->nbands; i++)
		size += view->bands[i].name_length;
	for (int i = 0; i < head->nvetoes; i++)
		size += view->vetoes[i].name_length;
	size = MAXALIGN(size);

	card = palloc0(size);
	*card = *head;
	card->size = (uint32) size;
	cuts = (double *) (card + 1);
	for (int axis = 0; axis < CARD_AXES; axis++)
	{
		memcpy(cuts, view->cuts[axis], head->ncuts[axis] * sizeof(double));
		cuts += head->ncuts[axis];
	}
	bands = (SheetBand *) cuts;
	memcpy(bands, view->bands, head->nbands * sizeof(SheetBand));
	vetoes = (SheetVeto *) (bands + head->nbands);
	memcpy(vetoes, view->vetoes, head->nvetoes * sizeof(SheetVeto));
	text = append_text((char *) (vetoes + head->nvetoes), view->name,
					   head->name_length);
	text = append_text(text, view->segment, head->segment_length);
	for (int i = 0; i < head->nbands; i++)
		text = append_text(text, view->band_names[i], bands[i].name_length);
	for (int i = 0; i < head->nvetoes; i++)
		text = append_text(text, view->veto_names[i], vetoes[i].name_length);
	return card;
}

/* Take it apart. */
void
sheet_card_view(const SheetCard *card, SheetCardView *view)
{
	const double *cuts = (const double *) (card + 1);
	const char *text;

	view->head = card;
	for (int axis = 0; axis < CARD_AXES; axis++)
	{
		view->cuts[axis] = cuts;
		cuts += card->ncuts[axis];
	}
	view->bands = (const SheetBand *) cuts;
	view->vetoes = (const SheetVeto *) (view->bands + card->nbands);
	view->name = (const char *) (view->vetoes + card->nvetoes);
	view->segment = view->name + card->name_length;
	text = view->segment + card->segment_length;
	for (int i = 0; i < card->nbands; i++)
	{
		view->band_names[i] = text;
		text += view->bands[i].name_length;
	}
	for (int i = 0; i < card->nvetoes; i++)
	{
		view->veto_names[i] = text;
		text += view->vetoes[i].name_length;
	}
}

/* What a sheet needs of a card. */
SheetCard *
sheet_card_of(const Scorecard *card)
{
	SheetCard	head;
	SheetBand	bands[CARD_MAX_BANDS];
	SheetVeto	vetoes[CARD_MAX_VETOES];
	SheetCardView view;

	memset(&head, 0, sizeof(head));
	memset(bands, 0, sizeof(bands));
	memset(vetoes, 0, sizeof(vetoes));
	view.head = &head;
	view.bands = bands;
	view.vetoes = vetoes;
	head.base = card->base;
	memcpy(head.axes, card->axes, sizeof(head.axes));
	head.total = card->total;
	head.card_version = card->card_version;
	for (int axis = 0; axis < CARD_AXES; axis++)
	{
		head.ncuts[axis] = (uint8) card->ncuts[axis];
		view.cuts[axis] = card->cuts[axis];
	}
	head.nbands = (uint8) card->nbands;
	head.nvetoes = (uint8) card->nvetoes;
	head.name_length = (uint8) card->name.length;
	head.segment_length = (uint8) card->segment.length;
	view.name = card_text(card, card->name);
	view.segment = card_text(card, card->segment);
	for (uint32 i = 0; i < card->nbands; i++)
	{
		const CardBand *band = CARD_BANDS(card) + i;

		bands[i].from = band->from;
		bands[i].name_length = band->name.length;
		view.band_names[i] = card_text(card, band->name);
	}
	for (uint32 i = 0; i < card->nvetoes; i++)
	{
		const CardVeto *veto = CARD_VETOES(card) + i;

		vetoes[i].bound = veto->bound;
		vetoes[i].signal = veto->measure <= CARD_OF_POINTS ?
			(uint16) veto->signal : 0;
		vetoes[i].measure = veto->measure;
		vetoes[i].comparison = veto->comparison;
		vetoes[i].if_missing = veto->if_missing;
		vetoes[i].name_length = (uint8) veto->name.length;
		view.veto_names[i] = card_text(card, veto->name);
	}
	return sheet_card_build(&view);
}
