/*
 * card_layers.h
 *		Caps and floors of a card's layers, and what they leave of each signal.
 *
 * Pure C, no postgres.h: tested without a server.
 */
#ifndef CLIENTELE_SCORE_CARD_LAYERS_H
#define CLIENTELE_SCORE_CARD_LAYERS_H

#include "score/card/exact_points.h"

/* A cap, a floor, both or neither. */
typedef struct LayerLimits
{
	bool		has_floor;
	bool		has_cap;
	ExactPoints floor;
	ExactPoints cap;
} LayerLimits;

/* A signal's points, or at the end what no signal accounts for. */
typedef struct LayerItem
{
	int			category;		/* or -1 */
	int			axis;			/* or -1: the total's own */
	ExactPoints points;			/* of the signal after its own limits; after
								 * layers_allocate() what is left of them */
} LayerItem;

/* A category, an axis or the total. */
typedef struct Layer
{
	LayerLimits limits;
	int			axis;			/* of a category */
	ExactPoints points;			/* after the limits */
} Layer;

#define LAYER_AXES	2

typedef struct CardLayers
{
	ExactPoints base;			/* added before the limits of the total */
	int			ncategories;
	Layer	   *categories;
	Layer		axes[LAYER_AXES];
	Layer		total;
} CardLayers;

/* Items that layers_allocate() needs room for, behind those of n signals: one
 * for each category, each axis and the total. */
#define LAYER_EXTRA_ITEMS(layers) ((layers)->ncategories + LAYER_AXES + 1)

extern bool layer_limits(double floor, double cap, LayerLimits *limits);
extern ExactPoints layer_limit(const LayerLimits *limits, ExactPoints points);
extern void layers_sum(CardLayers *layers, const LayerItem *items, int n);
extern void layers_allocate(const CardLayers *layers, LayerItem *items, int n);

#endif							/* CLIENTELE_SCORE_CARD_LAYERS_H */
