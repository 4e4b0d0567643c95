/*
 * renewal_base.c
 *		Type renewal_base: customers under contract, counted by tenure.
 *
 * What a model of renewals sees of a customer is a number of periods and
 * whether he left at their end or is still there, so that all customers are two
 * counts a number of periods. These stand in an array by the number of periods:
 * a row costs an addition, and two bases are one after as many additions as
 * there are periods. Counts are whole numbers, so that the order of rows and
 * merges cannot matter.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/int.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "clv/renewal_base.h"

PG_FUNCTION_INFO_V1(clientele_renewal_base_add);
PG_FUNCTION_INFO_V1(clientele_renewal_base_add_customers);
PG_FUNCTION_INFO_V1(clientele_renewal_base_union);
PG_FUNCTION_INFO_V1(clientele_renewal_base_final);
PG_FUNCTION_INFO_V1(clientele_renewal_base_from_survivors);
PG_FUNCTION_INFO_V1(clientele_renewal_base_customers);
PG_FUNCTION_INFO_V1(clientele_renewal_base_churned);
PG_FUNCTION_INFO_V1(clientele_renewal_base_active);
PG_FUNCTION_INFO_V1(clientele_renewal_base_skipped);
PG_FUNCTION_INFO_V1(clientele_tenures);
PG_FUNCTION_INFO_V1(clientele_retention);

static const FlatLayout renewal_base_layout = {
	.type_name = "renewal_base",
	.element_name = "periods",
	.version = 1,
	.header_size = offsetof(RenewalBase, counts),
	.element_size = sizeof(RenewalCount),
	.first_size = 512,
	.max_elements = RENEWAL_MAX_PERIODS + 1
};

/* An empty base, to be added to. */
RenewalBase *
renewal_base_create(void)
{
	return flat_create(&renewal_base_layout, 0, true);
}

/* The base in a datum, to read. */
RenewalBase *
renewal_base_get(Datum datum)
{
	return flat_get(&renewal_base_layout, datum);
}

/* Raise a count, which must not overflow. */
static inline void
add_checked(int64 *sum, int64 count)
{
	int64		old = *sum;

	if (unlikely(pg_add_s64_overflow(old, count, sum)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number of customers or rows of a %s is out of range for type bigint",
						"renewal_base"),
				 errdetail(INT64_FORMAT " were to be added to " INT64_FORMAT ".",
						   count, old),
				 errhint("There are not as many people: look for counts that were written by hand.")));
}

/* Count rows that are no customers. */
void
renewal_base_skip(RenewalBase *base, int64 rows)
{
	add_checked(&base->skipped, rows);
}

/* Room for the counts of so many periods, 0 where they are new. */
static inline RenewalBase *
make_room(RenewalBase *base, uint32 n, bool growing)
{
	if (likely(n <= base->flat.n))
		return base;
	if (n > base->flat.capacity)
		base = flat_enlarge(&renewal_base_layout, base, n, growing);
	memset(&base->counts[base->flat.n], 0,
		   (n - base->flat.n) * sizeof(RenewalCount));
	base->flat.n = n;
	return base;
}

/* Add customers; periods are at most RENEWAL_MAX_PERIODS, counts not negative. */
RenewalBase *
renewal_base_add(RenewalBase *base, uint32 periods, int64 churned,
				 int64 active, bool growing)
{
	base = make_room(base, periods + 1, growing);
	/* no count is more than their sum */
	add_checked(&base->customers, churned);
	add_checked(&base->customers, active);
	base->counts[periods].churned += churned;
	base->counts[periods].active += active;
	return base;
}

/* The base at rest: neither zeros at the end nor spare room. */
RenewalBase *
renewal_base_canonical(RenewalBase *base)
{
	uint32		n = base->flat.n;
	RenewalBase *result;

	while (n > 0 && base->counts[n - 1].churned == 0 &&
		   base->counts[n - 1].active == 0)
		n--;
	if (n == base->flat.n)
		return flat_trim(&renewal_base_layout, base);
	result = flat_create(&renewal_base_layout, n, false);
	result->customers = base->customers;
	result->skipped = base->skipped;
	memcpy(result->counts, base->counts, n * sizeof(RenewalCount));
	return result;
}

/*
 * The transition for a row of that many customers; negative: the row is none.
 * It is none either without periods and churned, or where the periods are out
 * of range: who left did so at the end of period 1 or later.
 */
static Datum
add_row(FunctionCallInfo fcinfo, int64 customers)
{
	RenewalBase *base;
	bool		growing = flat_in_aggregate(fcinfo);

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	base = flat_writable(&renewal_base_layout, fcinfo, 0);
	if (unlikely(PG_ARGISNULL(1) || PG_ARGISNULL(2) || customers < 0))
		renewal_base_skip(base, 1);
	else
	{
		int32		periods = PG_GETARG_INT32(1);
		bool		churned = PG_GETARG_BOOL(2);

		if (unlikely(periods < (churned ? 1 : 0) ||
					 periods > RENEWAL_MAX_PERIODS))
			renewal_base_skip(base, 1);
		else if (customers > 0)
			base = renewal_base_add(base, (uint32) periods,
									churned ? customers : 0,
									churned ? 0 : customers, growing);
	}
	if (!growing)
		base = renewal_base_canonical(base);
	PG_RETURN_POINTER(base);
}

/* Transition of renewal_base(periods, churned): add one customer. */
Datum
clientele_renewal_base_add(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, 1);
}

/* Transition of renewal_base(periods, churned, customers). */
Datum
clientele_renewal_base_add_customers(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, PG_ARGISNULL(3) ? -1 : PG_GETARG_INT64(3));
}

/* Union: the transition of renewal_base(renewal_base), combine, and ||. */
Datum
clientele_renewal_base_union(PG_FUNCTION_ARGS)
{
	RenewalBase *base = flat_writable(&renewal_base_layout, fcinfo, 0);
	RenewalBase *other = PG_GETARG_RENEWAL_BASE_P(1);
	bool		growing = flat_in_aggregate(fcinfo);

	base = make_room(base, other->flat.n, growing);
	add_checked(&base->customers, other->customers);
	renewal_base_skip(base, other->skipped);
	for (uint32 t = 0; t < other->flat.n; t++)
	{
		base->counts[t].churned += other->counts[t].churned;
		base->counts[t].active += other->counts[t].active;
	}
	if (!growing)
		base = renewal_base_canonical(base);
	PG_RETURN_POINTER(base);
}

/* Final function: bring the state to rest. */
Datum
clientele_renewal_base_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(renewal_base_canonical(PG_GETARG_RENEWAL_BASE_P(0)));
}

/* Refuse a list of survivors. */
static void
refuse_survivors(char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid list of survivors"),
			 errdetail("%s", detail),
			 errhint("Give the customers of one cohort who are left after 0, 1, 2, ... periods: none is negative, and none more than before.")));
}

/* renewal_base_from_survivors(bigint[]): a cohort from how many were left. */
Datum
clientele_renewal_base_from_survivors(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	RenewalBase *base = renewal_base_create();
	int			n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	int64	   *left = (int64 *) ARR_DATA_PTR(array);

	if (ARR_NDIM(array) > 1)
		refuse_survivors(psprintf("The array has %d dimensions.",
								  ARR_NDIM(array)));
	if (array_contains_nulls(array))
		refuse_survivors("The array contains NULL.");
	if (n == 0)
		refuse_survivors("The array is empty.");
	if (n > RENEWAL_MAX_PERIODS + 1)
		refuse_survivors(psprintf("There are %d numbers; a tenure is at most %d periods.",
								  n, RENEWAL_MAX_PERIODS));
	if (left[0] < 0)
		refuse_survivors(psprintf("The number after 0 periods is " INT64_FORMAT ".",
								  left[0]));
	for (int t = 1; t < n; t++)
	{
		if (left[t] < 0 || left[t] > left[t - 1])
			refuse_survivors(psprintf("After %d periods there are " INT64_FORMAT ", after %d there were " INT64_FORMAT ".",
									  t, left[t], t - 1, left[t - 1]));
		base = renewal_base_add(base, t, left[t - 1] - left[t], 0, true);
	}
	base = renewal_base_add(base, n - 1, 0, left[n - 1], true);
	PG_RETURN_POINTER(renewal_base_canonical(base));
}

/* customers(renewal_base) */
Datum
clientele_renewal_base_customers(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_RENEWAL_BASE_P(0)->customers);
}

/* The sum of the churned. */
static int64
sum_churned(const RenewalBase *base)
{
	int64		churned = 0;

	for (uint32 t = 0; t < base->flat.n; t++)
		churned += base->counts[t].churned;
	return churned;
}

/* churned(renewal_base) */
Datum
clientele_renewal_base_churned(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(sum_churned(PG_GETARG_RENEWAL_BASE_P(0)));
}

/* active(renewal_base) */
Datum
clientele_renewal_base_active(PG_FUNCTION_ARGS)
{
	RenewalBase *base = PG_GETARG_RENEWAL_BASE_P(0);

	PG_RETURN_INT64(base->customers - sum_churned(base));
}

/* skipped(renewal_base) */
Datum
clientele_renewal_base_skipped(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_RENEWAL_BASE_P(0)->skipped);
}

/* tenures(renewal_base): periods, churned, active; those with customers. */
Datum
clientele_tenures(PG_FUNCTION_ARGS)
{
	RenewalBase *base = PG_GETARG_RENEWAL_BASE_P(0);
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (uint32 t = 0; t < base->flat.n; t++)
	{
		Datum		values[3];
		bool		nulls[3] = {false, false, false};

		if (base->counts[t].churned == 0 && base->counts[t].active == 0)
			continue;
		values[0] = Int32GetDatum((int32) t);
		values[1] = Int64GetDatum(base->counts[t].churned);
		values[2] = Int64GetDatum(base->counts[t].active);
		tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * retention(renewal_base): period, customers who came to its renewal, those who
 * left then, the share that renewed, and the product of these shares (Kaplan &
 * Meier's estimate of survival).
 */
Datum
clientele_retention(PG_FUNCTION_ARGS)
{
	RenewalBase *base = PG_GETARG_RENEWAL_BASE_P(0);
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;
	int64		at_risk = base->customers;
	double		survival = 1.0;

	InitMaterializedSRF(fcinfo, 0);
	for (uint32 t = 1; t < base->flat.n; t++)
	{
		int64		churned = base->counts[t].churned;
		double		rate;
		Datum		values[5];
		bool		nulls[5] = {false, false, false, false, false};

		/* who was last seen after the renewal before did not come to this */
		at_risk -= base->counts[t - 1].active + base->counts[t - 1].churned;
		if (at_risk == 0)
			break;				/* a growing value, zeros at its end */
		rate = (double) (at_risk - churned) / (double) at_risk;
		survival *= rate;
		values[0] = Int32GetDatum((int32) t);
		values[1] = Int64GetDatum(at_risk);
		values[2] = Int64GetDatum(churned);
		values[3] = Float8GetDatum(rate);
		values[4] = Float8GetDatum(survival);
		tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
	}
	return (Datum) 0;
}
