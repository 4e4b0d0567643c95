/*
 * card_layers.c
 *		Caps and floors of a card's layers, and what they leave of each signal.
 *
 * Signals sum to their category, categories and signals without one to their
 * axis, the axes and the base to the total; each layer has a cap and a floor.
 *
 * What is shown of each signal is to sum to the total exactly. Where a cap bites,
 * the positive contributions below it shrink in proportion; where a floor bites,
 * the negative ones do. Shares are rounded down to whole units of 1e-12, and what
 * rounding leaves goes to the largest. A cap below the sum of all that is
 * negative (or a floor above all that is positive) leaves a rest that no signal
 * accounts for: it stands in an item of the layer's own.
 */
#include "score/card/card_layers.h"

#include <math.h>

/* Limits in exact points; false for those beyond what points can be. */
bool
layer_limits(double floor, double cap, LayerLimits *limits)
{
	limits->has_floor = !isinf(floor);
	limits->has_cap = !isinf(cap);
	limits->floor = limits->cap = exact_zero();
	return (!limits->has_floor || exact_from_double(floor, &limits->floor)) &&
		(!limits->has_cap || exact_from_double(cap, &limits->cap));
}

/* Points within the limits. */
ExactPoints
layer_limit(const LayerLimits *limits, ExactPoints points)
{
	if (limits->has_cap && exact_compare(points, limits->cap) > 0)
		return limits->cap;
	if (limits->has_floor && exact_compare(points, limits->floor) < 0)
		return limits->floor;
	return points;
}

/* Bring a layer's sum within its limits. */
static void
limit_layer(Layer *layer)
{
	layer->points = layer_limit(&layer->limits, layer->points);
}

/* The points of every layer. */
void
layers_sum(CardLayers *layers, const LayerItem *items, int n)
{
	for (int i = 0; i < layers->ncategories; i++)
		layers->categories[i].points = exact_zero();
	for (int i = 0; i < LAYER_AXES; i++)
		layers->axes[i].points = exact_zero();
	for (int i = 0; i < n; i++)
	{
		Layer	   *layer = items[i].category >= 0 ?
			&layers->categories[items[i].category] :
			&layers->axes[items[i].axis];

		layer->points = exact_add(layer->points, items[i].points);
	}
	for (int i = 0; i < layers->ncategories; i++)
	{
		Layer	   *category = &layers->categories[i];
		Layer	   *axis = &layers->axes[category->axis];

		limit_layer(category);
		axis->points = exact_add(axis->points, category->points);
	}
	layers->total.points = layers->base;
	for (int i = 0; i < LAYER_AXES; i++)
	{
		limit_layer(&layers->axes[i]);
		layers->total.points = exact_add(layers->total.points,
										 layers->axes[i].points);
	}
	limit_layer(&layers->total);
}

/* Does an item belong to a layer? A category's number, or an axis's, or -1. */
static inline bool
belongs(const LayerItem *item, int category, int axis)
{
	if (category >= 0)
		return item->category == category;
	return axis < 0 || item->axis == axis;
}

/*
 * Shrink the items of a sign that belong to a layer from their sum to a smaller
 * one of the same sign; sums and shares are without their sign.
 */
static void
shrink(LayerItem *items, int n, int category, int axis, int sign,
	   ExactPoints sum, ExactPoints target)
{
	ExactPoints left = target;
	int			largest = -1;

	/* first the shares, each kept beside what it came from */
	for (int i = 0; i < n; i++)
	{
		ExactPoints size = items[i].points;

		if (exact_sign(size) != sign || !belongs(&items[i], category, axis))
			continue;
		if (sign < 0)
			size = exact_negate(size);
		left = exact_subtract(left, exact_share(size, target, sum));
		if (largest < 0)
			largest = i;
		else if (exact_compare(items[i].points, items[largest].points) == sign)
			largest = i;
	}
	/* then what rounding has left: the largest first, none above its own */
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < n; i++)
		{
			ExactPoints size = items[i].points;
			ExactPoints share;
			ExactPoints room;

			if ((i == largest) != (pass == 0) ||
				exact_sign(size) != sign || !belongs(&items[i], category, axis))
				continue;
			if (sign < 0)
				size = exact_negate(size);
			share = exact_share(size, target, sum);
			room = exact_subtract(size, share);
			if (exact_compare(left, room) < 0)
				room = left;
			left = exact_subtract(left, room);
			share = exact_add(share, room);
			items[i].points = sign < 0 ? exact_negate(share) : share;
		}
}

/*
 * Make the items of a layer sum to its points. What they cannot is added to the
 * layer's own item.
 */
static void
allocate_layer(LayerItem *items, int n, int category, int axis,
			   ExactPoints points, LayerItem *own)
{
	ExactPoints positive = exact_zero();
	ExactPoints negative = exact_zero();
	ExactPoints target;
	int			direction;

	for (int i = 0; i < n; i++)
		if (belongs(&items[i], category, axis))
		{
			if (exact_sign(items[i].points) > 0)
				positive = exact_add(positive, items[i].points);
			else
				negative = exact_add(negative, items[i].points);
		}
	direction = exact_compare(points, exact_add(positive, negative));
	if (direction == 0)
		return;
	/* what the side that shrinks is to come to */
	target = exact_subtract(points, direction < 0 ? negative : positive);
	if (direction < 0)
	{
		ExactPoints kept = exact_sign(target) > 0 ? target : exact_zero();

		shrink(items, n, category, axis, 1, positive, kept);
		target = exact_subtract(target, kept);
	}
	else
	{
		ExactPoints kept = exact_sign(target) < 0 ? target : exact_zero();

		shrink(items, n, category, axis, -1, exact_negate(negative),
			   exact_negate(kept));
		target = exact_subtract(target, kept);
	}
	own->points = exact_add(own->points, target);
}

/*
 * What the layers leave of each of n items. There is room for
 * LAYER_EXTRA_ITEMS() more, which are set: the rest of each category, of each
 * axis, and of the total with the base, in this order. All of them sum to the
 * points of the total.
 */
void
layers_allocate(const CardLayers *layers, LayerItem *items, int n)
{
	LayerItem  *own = items + n;
	int			all = n + LAYER_EXTRA_ITEMS(layers);

	for (int i = 0; i < layers->ncategories; i++, own++)
	{
		/* of the axis, but not to shrink with the category */
		own->category = -1;
		own->axis = layers->categories[i].axis;
		own->points = exact_zero();
		if (layers->categories[i].limits.has_cap ||
			layers->categories[i].limits.has_floor)
			allocate_layer(items, n, i, -1, layers->categories[i].points, own);
	}
	for (int i = 0; i < LAYER_AXES; i++, own++)
	{
		own->category = -1;
		own->axis = -1;
		own->points = exact_zero();
		allocate_layer(items, n + layers->ncategories, -1, i,
					   layers->axes[i].points, own);
		own->axis = i;
	}
	own->category = -1;
	own->axis = -1;
	own->points = layers->base;
	allocate_layer(items, all, -1, -1, layers->total.points, own);
}
