/*
 * spend_base.c
 *		Type spend_base: the counted set of (purchases, mean value).
 *
 * The gamma-gamma model knows customers with repeat purchases of a mean value
 * above zero. The others are left out and counted, so that nobody wonders where
 * they went.
 */
#include "postgres.h"

#include <math.h>

#include "clv/family/gamma_gamma.h"
#include "clv/spend_base.h"
#include "compat.h"
#include "purchase/rfm.h"

PG_FUNCTION_INFO_V1(clientele_spend_base_in);
PG_FUNCTION_INFO_V1(clientele_spend_base_out);
PG_FUNCTION_INFO_V1(clientele_spend_base_recv);
PG_FUNCTION_INFO_V1(clientele_spend_base_send);
PG_FUNCTION_INFO_V1(clientele_spend_base_add);
PG_FUNCTION_INFO_V1(clientele_spend_base_union);
PG_FUNCTION_INFO_V1(clientele_spend_base_final);
PG_FUNCTION_INFO_V1(clientele_spend_base_customers);
PG_FUNCTION_INFO_V1(clientele_dropped);
PG_FUNCTION_INFO_V1(clientele_one_time);
PG_FUNCTION_INFO_V1(clientele_spend_base_cells);
PG_FUNCTION_INFO_V1(clientele_spend_correlation);

StaticAssertDecl(sizeof(SpendCell) == 16, "SpendCell has no padding");
StaticAssertDecl(offsetof(SpendCell, purchases) == 8,
				 "SpendCell is a cell of one float8");

/* What is wrong with a cell that was read. */
static char *
check_cell(const CellType *type, const void *key)
{
	const SpendCell *cell = key;

	(void) type;
	if (cell->purchases < 1 || cell->purchases > PG_INT32_MAX)
		return psprintf("Its number of purchases is %u.", cell->purchases);
	if (!(cell->mean > 0 && isfinite(cell->mean)))
		return psprintf("Its mean value is %g: it is finite and greater than 0.",
						cell->mean);
	return NULL;
}

const CellType spend_base_type = {
	{
		.type_name = "spend_base",
		.element_name = "cells",
		.version = CELLS_VERSION,
		.header_size = CELLS_HEADER_SIZE,
		.element_size = sizeof(SpendCell),
		.first_size = 1024,
		.max_elements = PG_INT32_MAX
	},
	0, 1,
	"{(2,22.35),(1,11.77)*3}: repeat purchases and their mean value, times customers",
	{NULL, "dropped", "one_time", NULL},
	check_cell
};

#define PG_GETARG_BASE_P(n) \
	cells_get(&spend_base_type, PG_GETARG_DATUM(n))

/* Text in. */
Datum
clientele_spend_base_in(PG_FUNCTION_ARGS)
{
	CellSet    *base = cells_in(&spend_base_type, PG_GETARG_CSTRING(0),
								CLIENTELE_ESCONTEXT(fcinfo));

	if (base == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(base);
}

/* Text out. */
Datum
clientele_spend_base_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(cells_out(&spend_base_type, PG_GETARG_BASE_P(0)));
}

/* Binary in. */
Datum
clientele_spend_base_recv(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(cells_recv(&spend_base_type,
								 (StringInfo) PG_GETARG_POINTER(0)));
}

/* Binary out. */
Datum
clientele_spend_base_send(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(cells_send(&spend_base_type, PG_GETARG_BASE_P(0)));
}

/* Transition of spend_base(rfm): add one customer. */
Datum
clientele_spend_base_add(PG_FUNCTION_ARGS)
{
	CellSet    *base = cells_writable(&spend_base_type, fcinfo, 0);
	const Rfm  *rfm = PG_GETARG_RFM_P(1);
	SpendCell	key;

	if (rfm->frequency == 0)
		base->counts[SPEND_BASE_ONE_TIME]++;
	else if (!(rfm->monetary_value > 0))
		base->counts[SPEND_BASE_DROPPED]++;
	else
	{
		key.mean = rfm->monetary_value;
		key.purchases = rfm->frequency;
		base = cells_add(&spend_base_type, base, &key, 1);
	}
	if (!flat_in_aggregate(fcinfo))
		base = cells_canonical(&spend_base_type, base);
	PG_RETURN_POINTER(base);
}

/* Union: the transition of spend_base(spend_base), combine, and ||. */
Datum
clientele_spend_base_union(PG_FUNCTION_ARGS)
{
	CellSet    *base = cells_writable(&spend_base_type, fcinfo, 0);
	CellSet    *other = PG_GETARG_BASE_P(1);

	base = cells_add_all(&spend_base_type, base, other);
	if (!flat_in_aggregate(fcinfo))
		base = cells_canonical(&spend_base_type, base);
	PG_RETURN_POINTER(base);
}

/* Final function: bring the state to rest. */
Datum
clientele_spend_base_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(cells_canonical(&spend_base_type, PG_GETARG_BASE_P(0)));
}

/* customers(spend_base): those that a fit takes. */
Datum
clientele_spend_base_customers(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_BASE_P(0)->counts[SPEND_BASE_CUSTOMERS]);
}

/* dropped(spend_base) */
Datum
clientele_dropped(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_BASE_P(0)->counts[SPEND_BASE_DROPPED]);
}

/* one_time(spend_base) */
Datum
clientele_one_time(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_BASE_P(0)->counts[SPEND_BASE_ONE_TIME]);
}

/* cells(spend_base): how many combinations there are. */
Datum
clientele_spend_base_cells(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_BASE_P(0)->flat.n);
}

/*
 * spend_correlation(spend_base): Pearson's correlation of the number of
 * purchases and their mean value, which the model takes to be independent.
 * Two passes, about the means.
 */
Datum
clientele_spend_correlation(PG_FUNCTION_ARGS)
{
	CellSet    *base = cells_canonical(&spend_base_type, PG_GETARG_BASE_P(0));
	const SpendCell *cells = (const SpendCell *) base->cells;
	double		customers = base->counts[SPEND_BASE_CUSTOMERS];
	double		mean_purchases = 0;
	double		mean_value = 0;
	double		xx = 0;
	double		yy = 0;
	double		xy = 0;

	for (uint32 i = 0; i < base->flat.n; i++)
	{
		double		weight = cells[i].customers / customers;

		mean_purchases += weight * cells[i].purchases;
		mean_value += weight * cells[i].mean;
	}
	for (uint32 i = 0; i < base->flat.n; i++)
	{
		double		weight = cells[i].customers / customers;
		double		x = cells[i].purchases - mean_purchases;
		double		y = cells[i].mean / mean_value - 1;

		xx += weight * x * x;
		yy += weight * y * y;
		xy += weight * x * y;
	}
	if (!(xx > 0 && yy > 0))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(Max(-1, Min(1, xy / sqrt(xx) / sqrt(yy))));
}
