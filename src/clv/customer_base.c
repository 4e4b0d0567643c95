/*
 * customer_base.c
 *		Type customer_base: the counted set of (frequency, recency, age).
 *
 * The likelihood of every purchase model depends on a customer by these three
 * numbers alone, and many customers share them: all who bought once and came
 * on one day are one cell. (The regularity models need the sum of the
 * logarithms of the gaps too, as one number for all.)
 */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "clv/customer_base.h"
#include "clv/family/family.h"
#include "compat.h"
#include "purchase/rfm.h"

PG_FUNCTION_INFO_V1(clientele_customer_base_in);
PG_FUNCTION_INFO_V1(clientele_customer_base_out);
PG_FUNCTION_INFO_V1(clientele_customer_base_recv);
PG_FUNCTION_INFO_V1(clientele_customer_base_send);
PG_FUNCTION_INFO_V1(clientele_customer_base_add);
PG_FUNCTION_INFO_V1(clientele_customer_base_union);
PG_FUNCTION_INFO_V1(clientele_customer_base_final);
PG_FUNCTION_INFO_V1(clientele_customer_base_customers);
PG_FUNCTION_INFO_V1(clientele_repeat_customers);
PG_FUNCTION_INFO_V1(clientele_repeat_purchases);
PG_FUNCTION_INFO_V1(clientele_customer_base_cells);

StaticAssertDecl(sizeof(CustomerCell) == 24, "CustomerCell has no padding");
StaticAssertDecl(offsetof(CustomerCell, frequency) == 16,
				 "CustomerCell is a cell of two float8");

/* What is wrong with a cell that was read. */
static char *
check_cell(const CellType *type, const void *key)
{
	const CustomerCell *cell = key;

	(void) type;
	if (cell->frequency > PG_INT32_MAX)
		return psprintf("Its frequency is %u.", cell->frequency);
	if (!(cell->recency >= 0 && cell->recency <= cell->age &&
		  isfinite(cell->age)))
		return psprintf("Its recency is %g and its age %g: they are finite, and 0 <= recency <= age.",
						cell->recency, cell->age);
	if (cell->frequency == 0 && cell->recency > 0)
		return psprintf("Its frequency is 0 and its recency %g: without a repeat purchase it is 0.",
						cell->recency);
	return NULL;
}

const CellType customer_base_type = {
	{
		.type_name = "customer_base",
		.element_name = "cells",
		.version = CELLS_VERSION,
		.header_size = CELLS_HEADER_SIZE,
		.element_size = sizeof(CustomerCell),
		.first_size = 1024,
		.max_elements = PG_INT32_MAX
	},
	0, 2,
	"{(2,213,272),(0,0,272)*117}: frequency, recency and age in days, times customers",
	{NULL, "log_gaps", "log_gaps_rest", "without_log_gaps"},
	check_cell
};

#define PG_GETARG_BASE_P(n) \
	cells_get(&customer_base_type, PG_GETARG_DATUM(n))

/* Check what was read; false, or an error. */
static bool
check_log_gaps(const CellSet *base, struct Node *escontext)
{
	if (base->counts[CUSTOMER_BASE_LOG_GAPS_REST] >= LOG_GAPS_UNITS)
		clientele_return_error(escontext, false,
							   (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
								errmsg("invalid customer_base"),
								errdetail("log_gaps_rest is " INT64_FORMAT ".",
										  base->counts[CUSTOMER_BASE_LOG_GAPS_REST]),
								errhint("It is in units of 1e-12 and less than 1.")));
	return true;
}

/* Text in. */
Datum
clientele_customer_base_in(PG_FUNCTION_ARGS)
{
	CellSet    *base = cells_in(&customer_base_type, PG_GETARG_CSTRING(0),
								CLIENTELE_ESCONTEXT(fcinfo));

	if (base == NULL || !check_log_gaps(base, CLIENTELE_ESCONTEXT(fcinfo)))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(base);
}

/* Text out. */
Datum
clientele_customer_base_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(cells_out(&customer_base_type, PG_GETARG_BASE_P(0)));
}

/* Binary in. */
Datum
clientele_customer_base_recv(PG_FUNCTION_ARGS)
{
	CellSet    *base = cells_recv(&customer_base_type,
								  (StringInfo) PG_GETARG_POINTER(0));

	(void) check_log_gaps(base, NULL);
	PG_RETURN_POINTER(base);
}

/* Binary out. */
Datum
clientele_customer_base_send(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(cells_send(&customer_base_type, PG_GETARG_BASE_P(0)));
}

/* Carry the rest of log_gaps over into whole numbers. */
static void
carry_log_gaps(CellSet *base)
{
	base->counts[CUSTOMER_BASE_LOG_GAPS] +=
		base->counts[CUSTOMER_BASE_LOG_GAPS_REST] / LOG_GAPS_UNITS;
	base->counts[CUSTOMER_BASE_LOG_GAPS_REST] %= LOG_GAPS_UNITS;
}

/*
 * Add the log_gaps of one customer: 0 or more where the gaps are whole days.
 * LOG_GAPS_MAX is more than days since the beginning of time could make, and
 * so little that no sum of as many as there are people overflows.
 */
#define LOG_GAPS_MAX	1e9

static void
add_log_gaps(CellSet *base, double log_gaps)
{
	double		whole = floor(log_gaps);

	base->counts[CUSTOMER_BASE_LOG_GAPS] += (int64) whole;
	base->counts[CUSTOMER_BASE_LOG_GAPS_REST] +=
		(int64) rint((log_gaps - whole) * LOG_GAPS_UNITS);
	carry_log_gaps(base);
}

/* Transition of customer_base(rfm): add one customer. */
Datum
clientele_customer_base_add(PG_FUNCTION_ARGS)
{
	CellSet    *base = cells_writable(&customer_base_type, fcinfo, 0);
	const Rfm  *rfm = PG_GETARG_RFM_P(1);
	CustomerCell key;

	if (unlikely(rfm->flags & RFM_FIRST_INCLUDED))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a customer_base does not count the first purchase"),
				 errdetail("The frequency of this rfm, %d, includes it.",
						   rfm->frequency),
				 errhint("Build it by rfm(history, as_of) without first_included; that option is for spend_base alone.")));
	key.recency = rfm->recency;
	key.age = rfm->age;
	key.frequency = rfm->frequency;
	base = cells_add(&customer_base_type, base, &key, 1);
	if (rfm->log_gaps >= 0 && rfm->log_gaps <= LOG_GAPS_MAX)
		add_log_gaps(base, rfm->log_gaps);
	else if (rfm->frequency > 0)
		base->counts[CUSTOMER_BASE_WITHOUT_LOG_GAPS]++;
	if (!flat_in_aggregate(fcinfo))
		base = cells_canonical(&customer_base_type, base);
	PG_RETURN_POINTER(base);
}

/* Union: the transition of customer_base(customer_base), combine, and ||. */
Datum
clientele_customer_base_union(PG_FUNCTION_ARGS)
{
	CellSet    *base = cells_writable(&customer_base_type, fcinfo, 0);
	CellSet    *other = PG_GETARG_BASE_P(1);

	base = cells_add_all(&customer_base_type, base, other);
	carry_log_gaps(base);
	if (!flat_in_aggregate(fcinfo))
		base = cells_canonical(&customer_base_type, base);
	PG_RETURN_POINTER(base);
}

/* Final function: bring the state to rest. */
Datum
clientele_customer_base_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(cells_canonical(&customer_base_type,
									  PG_GETARG_BASE_P(0)));
}

/* customers(customer_base) */
Datum
clientele_customer_base_customers(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_BASE_P(0)->counts[CUSTOMER_BASE_CUSTOMERS]);
}

/* Customers with at least one repeat purchase. */
int64
customer_base_repeat_customers(const CellSet *base)
{
	const CustomerCell *cells = (const CustomerCell *) base->cells;
	int64		customers = 0;

	for (uint32 i = 0; i < base->flat.n; i++)
		if (cells[i].frequency > 0)
			customers += cells[i].customers;
	return customers;
}

/* repeat_customers(customer_base) */
Datum
clientele_repeat_customers(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(customer_base_repeat_customers(PG_GETARG_BASE_P(0)));
}

/* repeat_purchases(customer_base): the sum of all frequencies. */
Datum
clientele_repeat_purchases(PG_FUNCTION_ARGS)
{
	CellSet    *base = PG_GETARG_BASE_P(0);
	const CustomerCell *cells = (const CustomerCell *) base->cells;
	int64		purchases = 0;

	for (uint32 i = 0; i < base->flat.n; i++)
	{
		int64		product = (int64) cells[i].frequency * cells[i].customers;

		if (purchases > PG_INT64_MAX - product)
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("number of repeat purchases is out of range"),
					 errdetail("It exceeds " INT64_FORMAT ".", PG_INT64_MAX)));
		purchases += product;
	}
	PG_RETURN_INT64(purchases);
}

/* cells(customer_base): how many combinations there are. */
Datum
clientele_customer_base_cells(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_BASE_P(0)->flat.n);
}
