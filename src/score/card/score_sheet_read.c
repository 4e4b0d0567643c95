/*
 * score_sheet_read.c
 *		What a score sheet says: points, band and grade, vetoes.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "compat.h"
#include "score/card/card_layers.h"
#include "score/card/score_sheet.h"

PG_FUNCTION_INFO_V1(clientele_score_sheet_points);
PG_FUNCTION_INFO_V1(clientele_raw_points);
PG_FUNCTION_INFO_V1(clientele_fit_points);
PG_FUNCTION_INFO_V1(clientele_engagement_points);
PG_FUNCTION_INFO_V1(clientele_band);
PG_FUNCTION_INFO_V1(clientele_grade);
PG_FUNCTION_INFO_V1(clientele_vetoes);
PG_FUNCTION_INFO_V1(clientele_is_disqualified);
PG_FUNCTION_INFO_V1(clientele_card_name);
PG_FUNCTION_INFO_V1(clientele_card_version);
PG_FUNCTION_INFO_V1(clientele_score_sheet_segment);
PG_FUNCTION_INFO_V1(clientele_score_sheet_as_of);

/* ------------------------------------------------------------------------
 * Layers
 * ------------------------------------------------------------------------
 */

/* Exact points of what the card says; sheets hold none that are out of range. */
static ExactPoints
points_of(double number)
{
	ExactPoints exact;

	if (!exact_from_double(number, &exact))
		elog(ERROR, "points of a score sheet are out of range");
	return exact;
}

/* Exact limits of what the card says. */
static void
limits_of(CardLimits limits, LayerLimits *result)
{
	if (!layer_limits(limits.floor, limits.cap, result))
		elog(ERROR, "limits of a score sheet are out of range");
}

/* Points of the signal at a place after its own limits. */
static ExactPoints
limited_points(const ScoreSheet *sheet, uint32 place, const SheetName *name)
{
	ExactPoints points = sheet_slot(sheet, place)->points;
	LayerLimits limits;

	if (!(name->flags & (SHEET_HAS_FLOOR | SHEET_HAS_CAP)))
		return points;
	limits_of(name->limits, &limits);
	return layer_limit(&limits, points);
}

/*
 * The layers of a sheet, summed, and the signals in them: an item for each
 * slot, with room for LAYER_EXTRA_ITEMS() more.
 */
LayerItem *
sheet_layers(const ScoreSheet *sheet, CardLayers *layers)
{
	const SheetCard *card = SHEET_CARD(sheet);
	uint16	   *numbers;
	LayerItem  *items;
	int			n = 0;

	for (uint32 at = sheet->categories; at != 0;
		 at = SHEET_AT(sheet, SheetCategory, at)->next)
		n++;
	layers->ncategories = n;
	layers->categories = palloc(Max(n, 1) * sizeof(Layer));
	numbers = palloc(Max(n, 1) * sizeof(uint16));
	n = 0;
	for (uint32 at = sheet->categories; at != 0; n++)
	{
		const SheetCategory *category = SHEET_AT(sheet, SheetCategory, at);
		SheetName	name;

		sheet_category_name(category, &name);
		numbers[n] = name.number;
		layers->categories[n].axis = name.axis;
		limits_of(name.limits, &layers->categories[n].limits);
		at = category->next;
	}
	for (int axis = 0; axis < CARD_AXES; axis++)
		limits_of(card->axes[axis], &layers->axes[axis].limits);
	limits_of(card->total, &layers->total.limits);
	layers->base = points_of(card->base);

	items = palloc((sheet->nslots + LAYER_EXTRA_ITEMS(layers)) *
				   sizeof(LayerItem));
	for (uint32 i = 0; i < sheet->nslots; i++)
	{
		SheetName	name;

		sheet_slot_name(sheet, i, &name);
		items[i].axis = name.axis;
		items[i].category = -1;
		items[i].points = limited_points(sheet, i, &name);
		if (name.category != CARD_NO_CATEGORY)
		{
			int			low = 0;
			int			high = n - 1;

			while (low < high)
			{
				int			middle = (low + high) / 2;

				if (numbers[middle] < name.category)
					low = middle + 1;
				else
					high = middle;
			}
			items[i].category = low;
		}
	}
	pfree(numbers);
	layers_sum(layers, items, sheet->nslots);
	return items;
}

/* Points as numeric, without zeroes at the end. */
Datum
exact_numeric(ExactPoints points)
{
	char		buffer[EXACT_TEXT_LENGTH];

	return DirectFunctionCall3(numeric_in,
							   CStringGetDatum(exact_to_text(points, buffer)),
							   ObjectIdGetDatum(InvalidOid),
							   Int32GetDatum(-1));
}

/* The layers alone. */
static void
get_layers(const ScoreSheet *sheet, CardLayers *layers)
{
	pfree(sheet_layers(sheet, layers));
	pfree(layers->categories);
}

/* points(score_sheet) */
Datum
clientele_score_sheet_points(PG_FUNCTION_ARGS)
{
	CardLayers	layers;

	get_layers(PG_GETARG_SCORE_SHEET_P(0), &layers);
	PG_RETURN_DATUM(exact_numeric(layers.total.points));
}

/* raw_points(score_sheet): before any limit */
Datum
clientele_raw_points(PG_FUNCTION_ARGS)
{
	ScoreSheet *sheet = PG_GETARG_SCORE_SHEET_P(0);
	ExactPoints sum = points_of(SHEET_CARD(sheet)->base);

	for (uint32 i = 0; i < sheet->nslots; i++)
		sum = exact_add(sum, sheet_slot(sheet, i)->points);
	PG_RETURN_DATUM(exact_numeric(sum));
}

/* fit_points(score_sheet) */
Datum
clientele_fit_points(PG_FUNCTION_ARGS)
{
	CardLayers	layers;

	get_layers(PG_GETARG_SCORE_SHEET_P(0), &layers);
	PG_RETURN_DATUM(exact_numeric(layers.axes[CARD_FIT].points));
}

/* engagement_points(score_sheet) */
Datum
clientele_engagement_points(PG_FUNCTION_ARGS)
{
	CardLayers	layers;

	get_layers(PG_GETARG_SCORE_SHEET_P(0), &layers);
	PG_RETURN_DATUM(exact_numeric(layers.axes[CARD_ENGAGEMENT].points));
}

/* ------------------------------------------------------------------------
 * Band and grade
 * ------------------------------------------------------------------------
 */

/* band(score_sheet): the highest that the points reach, or NULL */
Datum
clientele_band(PG_FUNCTION_ARGS)
{
	ScoreSheet *sheet = PG_GETARG_SCORE_SHEET_P(0);
	SheetCardView card;
	CardLayers	layers;

	get_layers(sheet, &layers);
	sheet_card_view(SHEET_CARD(sheet), &card);
	for (int i = 0; i < card.head->nbands; i++)
		if (exact_compare(layers.total.points,
						  points_of(card.bands[i].from)) >= 0)
			PG_RETURN_TEXT_P(cstring_to_text_with_len(card.band_names[i],
													  (int) card.bands[i].name_length));
	PG_RETURN_NULL();
}

/* grade(score_sheet): a letter for fit and a digit for engagement, or NULL */
Datum
clientele_grade(PG_FUNCTION_ARGS)
{
	ScoreSheet *sheet = PG_GETARG_SCORE_SHEET_P(0);
	static const char first[CARD_AXES] = {'A', '1'};
	SheetCardView card;
	CardLayers	layers;
	char		grade[CARD_AXES];
	int			length = 0;

	get_layers(sheet, &layers);
	sheet_card_view(SHEET_CARD(sheet), &card);
	for (int axis = 0; axis < CARD_AXES; axis++)
	{
		int			n = card.head->ncuts[axis];
		int			i = 0;

		if (n == 0)
			continue;
		while (i < n && exact_compare(layers.axes[axis].points,
									  points_of(card.cuts[axis][i])) < 0)
			i++;
		grade[length++] = (char) (first[axis] + i);
	}
	if (length == 0)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text_with_len(grade, length));
}

/* ------------------------------------------------------------------------
 * Vetoes
 * ------------------------------------------------------------------------
 */

/* How an order comes out for a comparison. */
static bool
order_holds(int order, uint8 comparison)
{
	switch (comparison)
	{
		case CARD_BELOW:
			return order < 0;
		case CARD_AT_MOST:
			return order <= 0;
		case CARD_ABOVE:
			return order > 0;
		default:
			return order >= 0;
	}
}

/* Order of a number and a bound. */
static int
compare_number(double number, double bound)
{
	return number < bound ? -1 : number > bound;
}

/* Does a veto hold? */
static bool
veto_holds(const ScoreSheet *sheet, const CardLayers *layers,
		   const SheetVeto *veto, int number)
{
	const SheetSlot *slot = NULL;
	const SheetDays *days;
	SheetName	name;
	bool		found;
	uint32		place;
	ExactPoints points = exact_zero();

	switch (veto->measure)
	{
		case CARD_OF_FIT:
			points = layers->axes[CARD_FIT].points;
			break;
		case CARD_OF_ENGAGEMENT:
			points = layers->axes[CARD_ENGAGEMENT].points;
			break;
		case CARD_OF_TOTAL:
			points = layers->total.points;
			break;
		default:
			place = sheet_find(sheet, veto->signal, &found);
			if (found)
				slot = sheet_slot(sheet, place);
			if (veto->measure == CARD_OF_TIMES)
				return order_holds(compare_number(found ? (double) slot->times : 0,
												  veto->bound),
								   veto->comparison);
			if (veto->measure == CARD_OF_POINTS)
			{
				if (found)
				{
					sheet_slot_name(sheet, place, &name);
					points = limited_points(sheet, place, &name);
				}
				break;
			}
			if (!found || !sheet_was_seen(slot))
				return veto->if_missing;
			if (veto->measure == CARD_OF_DAYS)
			{
				if (slot->last == SHEET_NO_TIME)
					return veto->if_missing;
				return order_holds(compare_number((double) ((uint64) sheet->as_of -
															(uint64) slot->last) /
												  USECS_PER_DAY, veto->bound),
								   veto->comparison);
			}
			days = SHEET_SLOT_DAYS(sheet, slot);
			return days != NULL && (days->vetoes >> number & 1);
	}
	return order_holds(exact_compare(points, points_of(veto->bound)),
					   veto->comparison);
}

/* The names of the vetoes that hold, as an array of text. */
static int
held_vetoes(const ScoreSheet *sheet, Datum *names)
{
	SheetCardView card;
	CardLayers	layers;
	int			n = 0;

	sheet_card_view(SHEET_CARD(sheet), &card);
	if (card.head->nvetoes == 0)
		return 0;
	get_layers(sheet, &layers);
	for (int i = 0; i < card.head->nvetoes; i++)
		if (veto_holds(sheet, &layers, &card.vetoes[i], i))
		{
			if (names != NULL)
				names[n] = PointerGetDatum(cstring_to_text_with_len(card.veto_names[i],
																	card.vetoes[i].name_length));
			n++;
		}
	return n;
}

/* vetoes(score_sheet): those that hold, in the order of the card */
Datum
clientele_vetoes(PG_FUNCTION_ARGS)
{
	Datum		names[CARD_MAX_VETOES];
	int			n = held_vetoes(PG_GETARG_SCORE_SHEET_P(0), names);

	if (n == 0)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(TEXTOID));
	PG_RETURN_ARRAYTYPE_P(construct_array(names, n, TEXTOID, -1, false,
										  TYPALIGN_INT));
}

/* is_disqualified(score_sheet) */
Datum
clientele_is_disqualified(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(held_vetoes(PG_GETARG_SCORE_SHEET_P(0), NULL) > 0);
}

/* ------------------------------------------------------------------------
 * The card and the moment
 * ------------------------------------------------------------------------
 */

/* card_name(score_sheet) */
Datum
clientele_card_name(PG_FUNCTION_ARGS)
{
	SheetCardView card;

	sheet_card_view(SHEET_CARD(PG_GETARG_SCORE_SHEET_P(0)), &card);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(card.name,
											  card.head->name_length));
}

/* card_version(score_sheet) */
Datum
clientele_card_version(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(SHEET_CARD(PG_GETARG_SCORE_SHEET_P(0))->card_version);
}

/* segment(score_sheet): NULL if the card has none */
Datum
clientele_score_sheet_segment(PG_FUNCTION_ARGS)
{
	SheetCardView card;

	sheet_card_view(SHEET_CARD(PG_GETARG_SCORE_SHEET_P(0)), &card);
	if (card.head->segment_length == 0)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text_with_len(card.segment,
											  card.head->segment_length));
}

/* as_of(score_sheet) */
Datum
clientele_score_sheet_as_of(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIMESTAMPTZ(PG_GETARG_SCORE_SHEET_P(0)->as_of);
}
