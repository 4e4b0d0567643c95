/*
 * covariate_base.c
 *		Type covariate_base: the counted set of (frequency, recency, age,
 *		covariates).
 *
 * A customer_base (see there) whose cells carry what else is known of the
 * customers. All cells have the same number of covariates, which the first one
 * brings along; a base without cells has none yet. Customers of whom a
 * covariate is not known are left out and counted.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "clv/covariate_base.h"
#include "clv/customer_base.h"
#include "compat.h"
#include "purchase/rfm.h"

PG_FUNCTION_INFO_V1(clientele_covariate_base_in);
PG_FUNCTION_INFO_V1(clientele_covariate_base_out);
PG_FUNCTION_INFO_V1(clientele_covariate_base_recv);
PG_FUNCTION_INFO_V1(clientele_covariate_base_send);
PG_FUNCTION_INFO_V1(clientele_covariate_base_add);
PG_FUNCTION_INFO_V1(clientele_covariate_base_union);
PG_FUNCTION_INFO_V1(clientele_covariate_base_final);
PG_FUNCTION_INFO_V1(clientele_covariate_base_customers);
PG_FUNCTION_INFO_V1(clientele_covariate_base_repeat_customers);
PG_FUNCTION_INFO_V1(clientele_covariates);
PG_FUNCTION_INFO_V1(clientele_skipped);
PG_FUNCTION_INFO_V1(clientele_covariate_base_cells);
PG_FUNCTION_INFO_V1(clientele_without_covariates);

StaticAssertDecl(COVARIATE_BASE_MAX + 2 <= CELLS_MAX_DOUBLES,
				 "a cell holds the most covariates");
StaticAssertDecl(COVARIATE_FIT_MAX == MODEL_MAX_DIMENSION,
				 "a model holds what a fit can find");

/* What is wrong with a cell that was read. */
static char *
check_cell(const CellType *type, const void *cell)
{
	const double *numbers = cell;
	uint32		frequency = *CELL_NUMBER(type, cell);

	if (type->kind == 0)
		return "It has no covariates.";
	if (frequency > PG_INT32_MAX)
		return psprintf("Its frequency is %u.", frequency);
	if (!(numbers[0] >= 0 && numbers[0] <= numbers[1] && isfinite(numbers[1])))
		return psprintf("Its recency is %g and its age %g: they are finite, and 0 <= recency <= age.",
						numbers[0], numbers[1]);
	if (frequency == 0 && numbers[0] > 0)
		return psprintf("Its frequency is 0 and its recency %g: without a repeat purchase it is 0.",
						numbers[0]);
	for (int i = 2; i < type->ndoubles; i++)
		if (!isfinite(numbers[i]))
			return psprintf("Covariate %d is %g: they are finite.", i - 1,
							numbers[i]);
	return NULL;
}

/* The type of sets with that many covariates. */
static const CellType *
type_of(int covariates)
{
	static CellType types[COVARIATE_BASE_MAX + 1];
	CellType   *type = &types[covariates];

	if (type->check == NULL)
	{
		type->layout.type_name = "covariate_base";
		type->layout.element_name = "cells";
		type->layout.version = CELLS_VERSION;
		type->layout.header_size = CELLS_HEADER_SIZE;
		type->layout.element_size = (covariates + 3) * sizeof(double);
		type->layout.first_size = 1024;
		type->layout.max_elements = PG_INT32_MAX;
		type->kind = covariates;
		type->ndoubles = covariates + 2;
		type->example = "{(2,213,272,1,0.5)*3,(0,0,272,0,1.5)}: frequency, recency and age in days, covariates, times customers";
		type->count_names[COVARIATE_BASE_SKIPPED] = "skipped";
		type->check = check_cell;
	}
	return type;
}

/* The type of a set; whether the set is sound is checked by who takes it. */
static const CellType *
type_of_set(const CellSet *set)
{
	if (VARSIZE(set) < CELLS_HEADER_SIZE || set->kind > COVARIATE_BASE_MAX)
		return type_of(0);
	return type_of(set->kind);
}

/* The base in a datum, as it is: perhaps still growing. */
static CovariateBase
get_growing(Datum datum)
{
	CovariateBase base;

	base.set = (CellSet *) PG_DETOAST_DATUM(datum);
	base.type = type_of_set(base.set);
	base.set = cells_get(base.type, PointerGetDatum(base.set));
	base.covariates = base.set->kind;
	return base;
}

/* The base in a datum, at rest. */
CovariateBase
covariate_base_get(Datum datum)
{
	CovariateBase base = get_growing(datum);

	base.set = cells_canonical(base.type, base.set);
	return base;
}

/* The base in an argument, to change: in place inside an aggregate. */
static CovariateBase
get_writable(FunctionCallInfo fcinfo, int argument)
{
	CovariateBase base;

	base.type = type_of_set((CellSet *) PG_GETARG_VARLENA_P(argument));
	base.set = cells_writable(base.type, fcinfo, argument);
	base.covariates = base.set->kind;
	return base;
}

/*
 * Make sure that cells of so many covariates can go into a base: one that has
 * none yet is replaced, and any other has to have as many.
 */
static void
take_covariates(CovariateBase *base, int covariates)
{
	CellSet    *empty = base->set;

	if (likely(base->covariates == covariates))
		return;
	if (base->covariates > 0)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("customers of a covariate_base have unlike many covariates"),
				 errdetail("Some have %d, some %d.",
						   Min(base->covariates, covariates),
						   Max(base->covariates, covariates)),
				 errhint("Give every customer the same covariates in the same order; what is not known is NULL or NaN.")));
	base->type = type_of(covariates);
	base->covariates = covariates;
	base->set = cells_empty(base->type);
	memcpy(base->set->counts, empty->counts, sizeof(empty->counts));
}

/* A transition's answer: the state, or at rest where there is none. */
static Datum
return_base(FunctionCallInfo fcinfo, const CovariateBase *base)
{
	PG_RETURN_POINTER(flat_in_aggregate(fcinfo) ? base->set :
					  cells_canonical(base->type, base->set));
}

/* Text in: the first cell tells how many covariates there are. */
Datum
clientele_covariate_base_in(PG_FUNCTION_ARGS)
{
	char	   *input = PG_GETARG_CSTRING(0);
	struct Node *escontext = CLIENTELE_ESCONTEXT(fcinfo);
	const char *cell = strchr(input, '(');
	int			commas = 0;
	CellSet    *set;

	for (const char *at = cell; at != NULL && *at != '\0' && *at != ')'; at++)
		if (*at == ',')
			commas++;
	if (commas - 2 > COVARIATE_BASE_MAX)
		clientele_return_error(escontext, (Datum) 0,
							   (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
								errmsg("too many covariates for type %s",
									   "covariate_base"),
								errdetail("The first cell has %d.", commas - 2),
								errhint("The limit is %d.", COVARIATE_BASE_MAX)));
	set = cells_in(type_of(cell == NULL ? 0 : Max(commas - 2, 1)), input,
				   escontext);
	if (set == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(set);
}

/* Text out. */
Datum
clientele_covariate_base_out(PG_FUNCTION_ARGS)
{
	CovariateBase base = get_growing(PG_GETARG_DATUM(0));

	PG_RETURN_CSTRING(cells_out(base.type, base.set));
}

/* Binary in: how many covariates there are, and the set. */
Datum
clientele_covariate_base_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			covariates = pq_getmsgbyte(message);
	CellSet    *set;

	if (covariates > COVARIATE_BASE_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary %s", "covariate_base"),
				 errdetail("It claims %d covariates, the limit is %d.",
						   covariates, COVARIATE_BASE_MAX)));
	set = cells_recv(type_of(covariates), message);
	if (covariates > 0 && set->flat.n == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary %s", "covariate_base"),
				 errdetail("It claims %d covariates of no customers.",
						   covariates)));
	PG_RETURN_POINTER(set);
}

/* Binary out. */
Datum
clientele_covariate_base_send(PG_FUNCTION_ARGS)
{
	CovariateBase base = covariate_base_get(PG_GETARG_DATUM(0));
	bytea	   *cells = cells_send(base.type, base.set);
	Size		size = VARSIZE(cells) + 1;
	bytea	   *message = palloc(size);

	SET_VARSIZE(message, size);
	*VARDATA(message) = (char) base.covariates;
	memcpy(VARDATA(message) + 1, VARDATA(cells), VARSIZE(cells) - VARHDRSZ);
	PG_RETURN_BYTEA_P(message);
}

/*
 * The covariates in an array of SQL; see covariate_base.h. A customer of whom
 * one is not known is nobody's mistake, a list that no base can hold is.
 */
bool
covariates_from_array(ArrayType *array, double *covariates, int *length)
{
	int			n = ARR_NDIM(array) == 0 ? 0 : ARR_DIMS(array)[0];
	const bits8 *known = ARR_NULLBITMAP(array);
	const double *values = (const double *) ARR_DATA_PTR(array);

	if (ARR_NDIM(array) > 1 || n < 1 || n > COVARIATE_BASE_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("invalid covariates"),
				 ARR_NDIM(array) > 1 ?
				 errdetail("The array has %d dimensions.", ARR_NDIM(array)) :
				 errdetail("There are %d covariates.", n),
				 errhint("Give an array of one dimension with 1 to %d numbers.",
						 COVARIATE_BASE_MAX)));
	Assert(ARR_ELEMTYPE(array) == FLOAT8OID);
	*length = n;
	for (int i = 0; i < n; i++)
	{
		double		value;

		if (known != NULL && !(known[i / 8] & (1 << (i % 8))))
			return false;
		value = *values++;
		if (!isfinite(value))
			return false;
		/* one zero */
		covariates[i] = value + 0.0;
	}
	return true;
}

/*
 * Transition of customer_base(rfm, covariates): add one customer. Not strict:
 * without a summary there is no customer, without covariates there is one who
 * is counted as left out.
 */
Datum
clientele_covariate_base_add(PG_FUNCTION_ARGS)
{
	CovariateBase base;
	const Rfm  *rfm;
	union
	{
		double		numbers[CELLS_MAX_DOUBLES + 1];
		char		bytes[CELLS_MAX_SIZE];
	}			key;
	int			covariates;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	base = get_writable(fcinfo, 0);
	if (PG_ARGISNULL(1))
		return return_base(fcinfo, &base);
	rfm = PG_GETARG_RFM_P(1);
	if (unlikely(rfm->flags & RFM_FIRST_INCLUDED))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a covariate_base does not count the first purchase"),
				 errdetail("The frequency of this rfm, %d, includes it.",
						   rfm->frequency),
				 errhint("Build it by rfm(history, as_of) without first_included; that option is for spend_base alone.")));
	if (PG_ARGISNULL(2) ||
		!covariates_from_array(PG_GETARG_ARRAYTYPE_P(2), key.numbers + 2,
							   &covariates))
	{
		base.set->counts[COVARIATE_BASE_SKIPPED]++;
		return return_base(fcinfo, &base);
	}
	take_covariates(&base, covariates);
	key.numbers[0] = rfm->recency;
	key.numbers[1] = rfm->age;
	*CELL_NUMBER(base.type, key.bytes) = rfm->frequency;
	base.set = cells_add(base.type, base.set, key.bytes, 1);
	return return_base(fcinfo, &base);
}

/* Union: the transition of customer_base(covariate_base), combine, and ||. */
Datum
clientele_covariate_base_union(PG_FUNCTION_ARGS)
{
	CovariateBase base = get_writable(fcinfo, 0);
	CovariateBase other = get_growing(PG_GETARG_DATUM(1));

	if (other.covariates > 0)
		take_covariates(&base, other.covariates);
	base.set = cells_add_all(base.type, base.set, other.set);
	return return_base(fcinfo, &base);
}

/* Final function: bring the state to rest. */
Datum
clientele_covariate_base_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(covariate_base_get(PG_GETARG_DATUM(0)).set);
}

/* customers(covariate_base): those that a fit takes. */
Datum
clientele_covariate_base_customers(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(get_growing(PG_GETARG_DATUM(0)).set->counts[COVARIATE_BASE_CUSTOMERS]);
}

/* skipped(covariate_base) */
Datum
clientele_skipped(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(get_growing(PG_GETARG_DATUM(0)).set->counts[COVARIATE_BASE_SKIPPED]);
}

/* repeat_customers(covariate_base) */
Datum
clientele_covariate_base_repeat_customers(PG_FUNCTION_ARGS)
{
	CovariateBase base = get_growing(PG_GETARG_DATUM(0));
	int64		customers = 0;

	for (uint32 i = 0; i < base.set->flat.n; i++)
	{
		const char *cell = CELL_AT(base.type, base.set, i);

		if (*CELL_NUMBER(base.type, cell) > 0)
			customers += *CELL_COUNT(base.type, cell);
	}
	PG_RETURN_INT64(customers);
}

/* covariates(covariate_base): how many each customer has. */
Datum
clientele_covariates(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(get_growing(PG_GETARG_DATUM(0)).covariates);
}

/* cells(covariate_base): how many combinations there are. */
Datum
clientele_covariate_base_cells(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(covariate_base_get(PG_GETARG_DATUM(0)).set->flat.n);
}

/* without_covariates(covariate_base): the same customers as a customer_base. */
Datum
clientele_without_covariates(PG_FUNCTION_ARGS)
{
	CovariateBase base = get_growing(PG_GETARG_DATUM(0));
	CellSet    *set = cells_empty(&customer_base_type);

	for (uint32 i = 0; i < base.set->flat.n; i++)
	{
		const char *cell = CELL_AT(base.type, base.set, i);
		const double *numbers = (const double *) cell;
		CustomerCell key;

		key.recency = numbers[0];
		key.age = numbers[1];
		key.frequency = *CELL_NUMBER(base.type, cell);
		set = cells_add(&customer_base_type, set, &key,
						*CELL_COUNT(base.type, cell));
		if (key.frequency > 0)
			set->counts[CUSTOMER_BASE_WITHOUT_LOG_GAPS] +=
				*CELL_COUNT(base.type, cell);
	}
	PG_RETURN_POINTER(cells_canonical(&customer_base_type, set));
}

/* The customers of a base taken apart, for a fit. */
CovariateData
covariate_base_data(const CovariateBase *base)
{
	CovariateData data;
	Size		n = base->set->flat.n;
	Size		m = base->covariates;
	CustomerCell *cells = MemoryContextAllocHuge(CurrentMemoryContext,
												 Max(n, 1) * sizeof(CustomerCell));
	double	   *covariates = MemoryContextAllocHuge(CurrentMemoryContext,
													Max(n * m, 1) * sizeof(double));

	for (Size i = 0; i < n; i++)
	{
		const char *cell = CELL_AT(base->type, base->set, i);
		const double *numbers = (const double *) cell;

		cells[i].recency = numbers[0];
		cells[i].age = numbers[1];
		cells[i].frequency = *CELL_NUMBER(base->type, cell);
		cells[i].customers = *CELL_COUNT(base->type, cell);
		memcpy(covariates + i * m, numbers + 2, m * sizeof(double));
	}
	data.cells = cells;
	data.covariates = covariates;
	data.n = n;
	data.m = base->covariates;
	return data;
}
