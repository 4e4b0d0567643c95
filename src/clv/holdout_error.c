/*
 * holdout_error.c
 *		How far predictions were from what happened: type holdout_sums and the
 *		measures made of it.
 *
 * All measures come of seven sums over the customers. Each sum is kept in two
 * doubles, which add up to it with some 32 digits: so the measures do not
 * depend on the order of the customers or on how they were divided among
 * workers, but for the last digit, and the textbook formulas of variance and
 * correlation, which lose half of the digits and more by cancellation, have
 * digits to lose.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "common/int.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "compat.h"
#include "math/exact.h"
#include "number_text.h"
#include "text_scan.h"

PG_FUNCTION_INFO_V1(clientele_holdout_sums_in);
PG_FUNCTION_INFO_V1(clientele_holdout_sums_out);
PG_FUNCTION_INFO_V1(clientele_holdout_sums_recv);
PG_FUNCTION_INFO_V1(clientele_holdout_sums_send);
PG_FUNCTION_INFO_V1(clientele_holdout_sums_add);
PG_FUNCTION_INFO_V1(clientele_holdout_sums_union);
PG_FUNCTION_INFO_V1(clientele_holdout_error);

/* A sum in two doubles: low is less than half a unit of high's last digit. */
typedef struct DoubleDouble
{
	float8		high;
	float8		low;
} DoubleDouble;

/* What is summed up; the error of a customer is expected - actual. */
enum
{
	SUM_ACTUAL,
	SUM_EXPECTED,
	SUM_ABSOLUTE,				/* |error| */
	SUM_SQUARE,					/* error^2 */
	SUM_ACTUAL_SQUARE,
	SUM_EXPECTED_SQUARE,
	SUM_PRODUCT,				/* actual * expected */
	NSUMS
};

typedef struct HoldoutSums
{
	int64		customers;
	int64		skipped;		/* actual or expected not known */
	DoubleDouble sums[NSUMS];
} HoldoutSums;

StaticAssertDecl(sizeof(HoldoutSums) == 128, "HoldoutSums has no padding");

#define HOLDOUT_SUMS_VERSION	1

/* Values whose squares can be summed up and multiplied without overflow. */
#define MAX_VALUE	1e100

#define SYNTAX_HINT \
	"It is (customers,skipped, and two numbers for each of 7 sums), as printed by this version: compute it again by holdout_sums(actual, expected)."

#define PG_GETARG_SUMS_P(n) ((HoldoutSums *) PG_GETARG_POINTER(n))

/* ------------------------------------------------------------------------
 * Long sums
 * ------------------------------------------------------------------------
 */

/* A sum of two long sums, good to some 32 digits. */
static inline DoubleDouble
long_add(DoubleDouble a, DoubleDouble b)
{
	DoubleDouble result;
	double		high = a.high + b.high;
	double		error = sum_error(a.high, b.high, high);
	double		low = a.low + b.low;
	double		low_error = sum_error(a.low, b.low, low);

	error += low;
	result.high = high + error;
	result.low = sum_error(high, error, result.high) + low_error;
	high = result.high + result.low;
	result.low = sum_error(result.high, result.low, high);
	result.high = high;
	return result;
}

/* The exact product of two numbers. */
static inline DoubleDouble
long_product(double x, double y)
{
	DoubleDouble result;

	result.high = x * y;
	result.low = product_error(x, y, result.high);
	return result;
}

/* A product of two long sums. */
static inline DoubleDouble
long_multiply(DoubleDouble a, DoubleDouble b)
{
	DoubleDouble result = long_product(a.high, b.high);
	double		high;

	result.low += a.high * b.low + a.low * b.high;
	high = result.high + result.low;
	result.low = sum_error(result.high, result.low, high);
	result.high = high;
	return result;
}

static inline DoubleDouble
long_negative(DoubleDouble a)
{
	DoubleDouble result = {-a.high, -a.low};

	return result;
}

/* A mean: a long sum divided by a count, rounded once. */
static double
long_mean(DoubleDouble a, double n)
{
	double		mean = a.high / n;
	double		product = mean * n;

	return mean + ((a.high - product) - product_error(mean, n, product) +
				   a.low) / n;
}

/* n * (sum of x y) - (sum of x) * (sum of y): n^2 times a covariance. */
static double
scaled_covariance(int64 n, DoubleDouble product, DoubleDouble x, DoubleDouble y)
{
	DoubleDouble count = {(double) n, 0};
	DoubleDouble difference;

	count.low = (double) (n - (int64) count.high);
	difference = long_add(long_multiply(count, product),
						  long_negative(long_multiply(x, y)));
	return difference.high;
}

/* ------------------------------------------------------------------------
 * The type
 * ------------------------------------------------------------------------
 */

/* What is wrong with sums that were read: a sentence, or NULL. */
static char *
broken_rule(const HoldoutSums *sums)
{
	if (sums->customers < 0 || sums->skipped < 0)
		return psprintf("A count is negative: " INT64_FORMAT " customers, " INT64_FORMAT " skipped.",
						sums->customers, sums->skipped);
	for (int i = 0; i < NSUMS; i++)
	{
		const DoubleDouble *sum = &sums->sums[i];

		if (!isfinite(sum->high) || !isfinite(sum->low))
			return psprintf("Sum %d is not finite.", i + 1);
		if (sum->high + sum->low != sum->high)
			return psprintf("The parts of sum %d overlap: %s and %s.", i + 1,
							number_text(sum->high), number_text(sum->low));
		if (i >= SUM_ABSOLUTE && i < SUM_PRODUCT && sum->high < 0)
			return psprintf("Sum %d is negative: %s.", i + 1,
							number_text(sum->high));
		if (sums->customers == 0 && sum->high != 0)
			return psprintf("Sum %d of no customers is %s.", i + 1,
							number_text(sum->high));
	}
	return NULL;
}

/* Text input. */
Datum
clientele_holdout_sums_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	const char *at = text;
	HoldoutSums *sums = palloc0(sizeof(HoldoutSums));
	double	   *numbers = (double *) sums->sums;
	char	   *detail = NULL;
	uint64_t	count;

	if (!scan_character(&at, '('))
		detail = "It does not start with \"(\".";
	for (int i = 0; i < 2 && detail == NULL; i++)
	{
		if ((i > 0 && !scan_character(&at, ',')) ||
			scan_count(&at, PG_INT64_MAX, &count) != SCAN_OK)
			detail = "It does not begin with two counts.";
		else if (i == 0)
			sums->customers = (int64) count;
		else
			sums->skipped = (int64) count;
	}
	for (int i = 0; i < 2 * NSUMS && detail == NULL; i++)
		if (!scan_character(&at, ',') ||
			scan_number(&at, &numbers[i]) != SCAN_OK)
			detail = psprintf("It does not hold %d finite numbers.", 2 * NSUMS);
	if (detail == NULL)
	{
		if (!scan_character(&at, ')'))
			detail = "It does not end with \")\".";
		else
		{
			scan_space(&at);
			if (*at != '\0')
				detail = "There is more text at the end.";
		}
	}
	if (detail == NULL)
		detail = broken_rule(sums);
	if (detail != NULL)
		clientele_return_error(CLIENTELE_ESCONTEXT(fcinfo), (Datum) 0,
							   (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
								errmsg("invalid input syntax for type %s: \"%s\"",
									   "holdout_sums", text),
								errdetail_internal("%s", detail),
								errhint(SYNTAX_HINT)));
	PG_RETURN_POINTER(sums);
}

/* Text output. */
Datum
clientele_holdout_sums_out(PG_FUNCTION_ARGS)
{
	const HoldoutSums *sums = PG_GETARG_SUMS_P(0);
	const double *numbers = (const double *) sums->sums;
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfo(&text, "(" INT64_FORMAT "," INT64_FORMAT, sums->customers,
					 sums->skipped);
	for (int i = 0; i < 2 * NSUMS; i++)
		appendStringInfo(&text, ",%s", number_text(numbers[i]));
	appendStringInfoChar(&text, ')');
	PG_RETURN_CSTRING(text.data);
}

/* Binary input. */
Datum
clientele_holdout_sums_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	HoldoutSums *sums = palloc0(sizeof(HoldoutSums));
	double	   *numbers = (double *) sums->sums;
	char	   *detail = NULL;

	if (version != HOLDOUT_SUMS_VERSION)
		detail = psprintf("Its format version is %d, this library knows %d.",
						  version, HOLDOUT_SUMS_VERSION);
	else
	{
		sums->customers = pq_getmsgint64(message);
		sums->skipped = pq_getmsgint64(message);
		for (int i = 0; i < 2 * NSUMS; i++)
			/* -0.0 + 0.0 is 0.0 */
			numbers[i] = pq_getmsgfloat8(message) + 0.0;
		detail = broken_rule(sums);
	}
	if (detail != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid holdout_sums in binary form"),
				 errdetail_internal("%s", detail),
				 errhint("Send format version 1, customers and skipped (int8 >= 0 each), then 14 numbers (float8), as holdout_sums_send() does.")));
	PG_RETURN_POINTER(sums);
}

/* Binary output. */
Datum
clientele_holdout_sums_send(PG_FUNCTION_ARGS)
{
	const HoldoutSums *sums = PG_GETARG_SUMS_P(0);
	const double *numbers = (const double *) sums->sums;
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendint8(&message, HOLDOUT_SUMS_VERSION);
	pq_sendint64(&message, sums->customers);
	pq_sendint64(&message, sums->skipped);
	for (int i = 0; i < 2 * NSUMS; i++)
		pq_sendfloat8(&message, numbers[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* ------------------------------------------------------------------------
 * The aggregates
 * ------------------------------------------------------------------------
 */

/* The sums in argument 0, to change: in place inside an aggregate. */
static HoldoutSums *
writable_sums(FunctionCallInfo fcinfo)
{
	HoldoutSums *copy;

	if (!PG_ARGISNULL(0) && AggCheckCallContext(fcinfo, NULL))
		return PG_GETARG_SUMS_P(0);
	copy = palloc0(sizeof(HoldoutSums));
	if (!PG_ARGISNULL(0))
		memcpy(copy, PG_GETARG_SUMS_P(0), sizeof(HoldoutSums));
	return copy;
}

/* Add to a sum. */
static inline void
add_to(HoldoutSums *sums, int which, DoubleDouble value)
{
	sums->sums[which] = long_add(sums->sums[which], value);
}

/* Transition: one customer. What is not known on both sides is counted. */
Datum
clientele_holdout_sums_add(PG_FUNCTION_ARGS)
{
	HoldoutSums *sums = writable_sums(fcinfo);
	double		actual;
	double		expected;
	DoubleDouble error;
	DoubleDouble square;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) ||
		!isfinite(PG_GETARG_FLOAT8(1)) || !isfinite(PG_GETARG_FLOAT8(2)))
	{
		sums->skipped++;
		PG_RETURN_POINTER(sums);
	}
	/* -0.0 + 0.0 is 0.0 */
	actual = PG_GETARG_FLOAT8(1) + 0.0;
	expected = PG_GETARG_FLOAT8(2) + 0.0;
	if (fabs(actual) > MAX_VALUE || fabs(expected) > MAX_VALUE)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value is out of range for a holdout"),
				 errdetail("Actual is %s and expected %s, the limit is %g.",
						   number_text(actual), number_text(expected), MAX_VALUE),
				 errhint("Measure in a larger unit.")));
	sums->customers++;
	add_to(sums, SUM_ACTUAL, long_product(actual, 1));
	add_to(sums, SUM_EXPECTED, long_product(expected, 1));
	error.high = expected - actual;
	error.low = sum_error(expected, -actual, error.high);
	square = long_multiply(error, error);
	add_to(sums, SUM_ABSOLUTE, error.high < 0 ? long_negative(error) : error);
	add_to(sums, SUM_SQUARE, square);
	add_to(sums, SUM_ACTUAL_SQUARE, long_product(actual, actual));
	add_to(sums, SUM_EXPECTED_SQUARE, long_product(expected, expected));
	add_to(sums, SUM_PRODUCT, long_product(actual, expected));
	PG_RETURN_POINTER(sums);
}

/* The sums of all customers of both: combine function and union. */
Datum
clientele_holdout_sums_union(PG_FUNCTION_ARGS)
{
	HoldoutSums *sums = writable_sums(fcinfo);
	const HoldoutSums *other = PG_GETARG_SUMS_P(1);

	if (pg_add_s64_overflow(sums->customers, other->customers,
							&sums->customers) ||
		pg_add_s64_overflow(sums->skipped, other->skipped, &sums->skipped))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("count of holdout_sums is out of range for type bigint"),
				 errdetail(INT64_FORMAT " customers and " INT64_FORMAT " skipped were to be added.",
						   other->customers, other->skipped),
				 errhint("No table has as many rows: look for sums that were written by hand.")));
	for (int i = 0; i < NSUMS; i++)
	{
		add_to(sums, i, other->sums[i]);
		if (!isfinite(sums->sums[i].high) || !isfinite(sums->sums[i].low))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("holdout_sums are out of range for type double precision"),
					 errdetail("Sum %d was to grow by %s.", i + 1,
							   number_text(other->sums[i].high)),
					 errhint("Look for sums that were written by hand.")));
	}
	PG_RETURN_POINTER(sums);
}

/*
 * The measures, as a row: final function of holdout_error(actual, expected),
 * and what stored sums come to. Without customers: counts alone.
 */
Datum
clientele_holdout_error(PG_FUNCTION_ARGS)
{
	static const HoldoutSums none = {0};
	const HoldoutSums *sums = PG_ARGISNULL(0) ? &none : PG_GETARG_SUMS_P(0);
	const DoubleDouble *sum = sums->sums;
	double		n = (double) sums->customers;
	TupleDesc	desc;
	Datum		values[9] = {0};
	bool		nulls[9] = {0};

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	values[0] = Int64GetDatum(sums->customers);
	values[1] = Int64GetDatum(sums->skipped);
	for (int i = 2; i < 9; i++)
		nulls[i] = true;
	if (sums->customers > 0)
	{
		DoubleDouble error = long_add(sum[SUM_EXPECTED],
									  long_negative(sum[SUM_ACTUAL]));
		double		actual_variance = scaled_covariance(sums->customers,
														sum[SUM_ACTUAL_SQUARE],
														sum[SUM_ACTUAL],
														sum[SUM_ACTUAL]);
		double		expected_variance = scaled_covariance(sums->customers,
														  sum[SUM_EXPECTED_SQUARE],
														  sum[SUM_EXPECTED],
														  sum[SUM_EXPECTED]);

		values[2] = Float8GetDatum(sum[SUM_ACTUAL].high);
		values[3] = Float8GetDatum(sum[SUM_EXPECTED].high);
		values[4] = Float8GetDatum(error.high / sum[SUM_ACTUAL].high);
		values[5] = Float8GetDatum(long_mean(error, n));
		values[6] = Float8GetDatum(long_mean(sum[SUM_ABSOLUTE], n));
		values[7] = Float8GetDatum(sqrt(long_mean(sum[SUM_SQUARE], n)));
		nulls[2] = nulls[3] = nulls[5] = nulls[6] = nulls[7] = false;
		nulls[4] = sum[SUM_ACTUAL].high == 0;

		/*
		 * What is left of the variance of a constant by rounding is no
		 * variance: some 1e-32 of the square for each customer.
		 */
		if (actual_variance > 1e-24 * n * sum[SUM_ACTUAL_SQUARE].high &&
			expected_variance > 1e-24 * n * sum[SUM_EXPECTED_SQUARE].high)
		{
			double		correlation = scaled_covariance(sums->customers,
														sum[SUM_PRODUCT],
														sum[SUM_ACTUAL],
														sum[SUM_EXPECTED]) /
				(sqrt(actual_variance) * sqrt(expected_variance));

			values[8] = Float8GetDatum(Max(Min(correlation, 1), -1));
			nulls[8] = false;
		}
	}
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc),
													  values, nulls)));
}
