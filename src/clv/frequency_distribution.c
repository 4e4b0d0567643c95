/*
 * frequency_distribution.c
 *		How many customers bought how often, actual and expected.
 *
 * Of the customers of a base who are known for a time, a model expects the
 * share P(X(time) = n) to have n repeat purchases; the sum over the distinct
 * ages is the expected number. (Fader, Hardie and Lee 2007, "Creating a fit
 * histogram for the BG/NBD model".)
 */
#include "postgres.h"

#include <math.h>

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "clv/ask.h"
#include "clv/customer_base.h"
#include "clv/opportunities.h"
#include "math/sum.h"

PG_FUNCTION_INFO_V1(clientele_frequency_distribution);
PG_FUNCTION_INFO_V1(clientele_expected_frequency);

/* Rows that a distribution may have. */
#define MAX_FREQUENCY	100000

/* Customers who share an age, in the model's unit of time. */
typedef struct AgeGroup
{
	double		age;
	double		customers;
} AgeGroup;

typedef struct AgeGroups
{
	AgeGroup   *groups;
	uint32		n;
} AgeGroups;

/* Order of ages. */
static int
compare_ages(const void *left, const void *right)
{
	double		a = ((const AgeGroup *) left)->age;
	double		b = ((const AgeGroup *) right)->age;

	return a == b ? 0 : a < b ? -1 : 1;
}

/* The customers of a base by age. */
static AgeGroups
group_by_age(const Question *question, const CellSet *base)
{
	const CustomerCell *cells = (const CustomerCell *) base->cells;
	AgeGroups	ages = {0};
	double		unit = question->model->unit;

	ages.groups = MemoryContextAllocHuge(CurrentMemoryContext,
										 Max(base->flat.n, 1) * sizeof(AgeGroup));
	for (uint32 i = 0; i < base->flat.n; i++)
	{
		AgeGroup   *group = &ages.groups[i];
		double		recency;

		group->age = cells[i].age / unit;
		group->customers = cells[i].customers;
		if (question->family->discrete)
			check_opportunities(question->family->name, cells[i].frequency,
								cells[i].recency, cells[i].age, unit,
								&recency, &group->age);
	}
	CHECK_FOR_INTERRUPTS();
	qsort(ages.groups, base->flat.n, sizeof(AgeGroup), compare_ages);
	for (uint32 i = 0; i < base->flat.n; i++)
	{
		if (ages.n > 0 && ages.groups[ages.n - 1].age == ages.groups[i].age)
			ages.groups[ages.n - 1].customers += ages.groups[i].customers;
		else
			ages.groups[ages.n++] = ages.groups[i];
	}
	return ages;
}

/* The number of customers who are expected to have n repeat purchases. */
static double
expected_customers(const Question *question, const AgeGroups *ages, int n)
{
	LongSum		sum = {0, 0};

	for (uint32 i = 0; i < ages->n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		long_sum_add(&sum, ages->groups[i].customers *
					 checked_answer(question,
									question->family->purchase_probability_new(question->model->values,
																			   n, ages->groups[i].age)));
	}
	return long_sum_value(&sum);
}

/* The base in an argument, at rest. */
static CellSet *
ask_base(FunctionCallInfo fcinfo, int argument)
{
	return cells_canonical(&customer_base_type,
						   cells_get(&customer_base_type,
									 PG_GETARG_DATUM(argument)));
}

/* expected_frequency(model, base, n) */
Datum
clientele_expected_frequency(PG_FUNCTION_ARGS)
{
	Question	question = {0};
	AgeGroups	ages;
	int			n = ask_purchases(PG_GETARG_INT32(2));

	ask_model(fcinfo, 0, &question);
	ages = group_by_age(&question, ask_base(fcinfo, 1));
	PG_RETURN_FLOAT8(expected_customers(&question, &ages, n));
}

/*
 * frequency_distribution(model, base, most): a row for each frequency below
 * most, and one for most and all above, which has what the others leave of the
 * customers: so both columns add up to them.
 */
Datum
clientele_frequency_distribution(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;
	Question	question = {0};
	CellSet    *base;
	const CustomerCell *cells;
	AgeGroups	ages;
	int			most = PG_GETARG_INT32(2);
	int64	   *actual;
	double		rest;

	InitMaterializedSRF(fcinfo, 0);
	if (most < 0 || most > MAX_FREQUENCY)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid highest frequency"),
				 errdetail("most is %d.", most),
				 errhint("Give a number from 0 to %d: the last row counts the customers with as many repeat purchases or more.",
						 MAX_FREQUENCY)));
	ask_model(fcinfo, 0, &question);
	base = ask_base(fcinfo, 1);
	cells = (const CustomerCell *) base->cells;
	ages = group_by_age(&question, base);

	actual = palloc0((most + 1) * sizeof(int64));
	for (uint32 i = 0; i < base->flat.n; i++)
		actual[Min(cells[i].frequency, (uint32) most)] += cells[i].customers;
	rest = (double) base->counts[CUSTOMER_BASE_CUSTOMERS];
	for (int n = 0; n <= most; n++)
	{
		Datum		values[3];
		bool		nulls[3] = {0};
		double		expected;

		expected = n == most ? Max(rest, 0) :
			expected_customers(&question, &ages, n);
		rest -= expected;
		values[0] = Int32GetDatum(n);
		values[1] = Int64GetDatum(actual[n]);
		values[2] = Float8GetDatum(expected);
		tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
	}
	PG_RETURN_NULL();
}
