/*
 * survey_arguments.c
 *		Arguments of the survey functions, checked, and rows of numbers.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"

#include "number_text.h"
#include "survey/survey_arguments.h"

/* Refuse what is not strictly between 0 and 1. */
double
checked_fraction(double value, const char *what, const char *hint)
{
	if (!(value > 0 && value < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be between 0 and 1", what),
				 errdetail("It is %s.", number_text(value)),
				 errhint("%s", hint)));
	return value;
}

/* The confidence of an interval */
double
checked_confidence(double confidence)
{
	return checked_fraction(confidence, "confidence",
							"It is a fraction, such as 0.95 for 95 %.");
}

/* What is added to counts */
double
checked_adjustment(double adjustment, const char *hint)
{
	if (!(adjustment >= 0 && adjustment <= 1e9))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("adjustment must be from 0 to 1e9"),
				 errdetail("It is %s.", number_text(adjustment)),
				 errhint("%s", hint)));
	return adjustment;
}

/* A number of things */
double
checked_count(int64 count, const char *what)
{
	if (count < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not be negative", what),
				 errdetail("It is " INT64_FORMAT ".", count),
				 errhint("Give a number of things.")));
	if (count > MAX_COUNT)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s is too large", what),
				 errdetail("It is " INT64_FORMAT ", the limit is " INT64_FORMAT ".",
						   count, MAX_COUNT),
				 errhint("Beyond 2^53 a count is not exact in a double.")));
	return (double) count;
}

/* A number of successes and a number of trials */
void
checked_sample(int64 successes, int64 n, double *x, double *trials)
{
	*x = checked_count(successes, "successes");
	*trials = checked_count(n, "n");
	if (n == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("n must be at least 1"),
				 errdetail("A sample of nothing says nothing of a proportion."),
				 errhint("Write nullif(n, 0): the answer for NULL is NULL.")));
	if (successes > n)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("successes must not exceed n"),
				 errdetail(INT64_FORMAT " successes among " INT64_FORMAT ".",
						   successes, n),
				 errhint("n counts all that were tried, successes among them.")));
}

/* The elements of an array */
static Datum *
elements_of(ArrayType *array, Oid type, const char *what, int *n,
			bool allow_null)
{
	Datum	   *elements;
	bool	   *nulls;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s must be an array of one dimension", what),
				 errdetail("It has %d.", ARR_NDIM(array)),
				 errhint("Give one number a stratum, such as array_agg() makes them.")));
	deconstruct_array(array, type, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
					  &elements, &nulls, n);
	for (int i = 0; i < *n; i++)
		if (nulls[i] && allow_null)
			elements[i] = Float8GetDatum(NAN);
		else if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("%s must not hold NULL", what),
					 errdetail("Element %d is NULL.", i + 1),
					 errhint("Leave the stratum out, in all arrays.")));
	return elements;
}

int64 *
array_of_int8(ArrayType *array, const char *what, int *n)
{
	Datum	   *elements = elements_of(array, INT8OID, what, n, false);
	int64	   *result = palloc(sizeof(int64) * (*n + 1));

	for (int i = 0; i < *n; i++)
		result[i] = DatumGetInt64(elements[i]);
	return result;
}

float8 *
array_of_float8(ArrayType *array, const char *what, int *n, bool allow_null)
{
	Datum	   *elements = elements_of(array, FLOAT8OID, what, n,
									   allow_null);
	float8	   *result = palloc(sizeof(float8) * (*n + 1));

	for (int i = 0; i < *n; i++)
		result[i] = DatumGetFloat8(elements[i]);
	return result;
}

/* Arrays that belong together */
void
check_same_length(int n, const char *what, int other, const char *other_what)
{
	if (n != other)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s and %s must have the same length", what,
						other_what),
				 errdetail("They have %d and %d elements.", n, other),
				 errhint("Build them in one query, as array_agg(a ORDER BY k), array_agg(b ORDER BY k).")));
}

/* A row of numbers */
Datum
row_of_float8(FunctionCallInfo fcinfo, const double *numbers, int n)
{
	TupleDesc	desc;
	Datum		values[8];
	bool		nulls[8];

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	Assert(n == desc->natts && n <= 8);
	for (int i = 0; i < n; i++)
	{
		values[i] = Float8GetDatum(numbers[i]);
		nulls[i] = isnan(numbers[i]);
	}
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values,
											 nulls));
}

/* For loops in pure C */
void
survey_interrupt(void)
{
	CHECK_FOR_INTERRUPTS();
}
