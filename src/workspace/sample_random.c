/*
 * sample_random.c
 *		The random numbers of the sample CRM.
 *
 * A random number is a hash of its stream's key and its place in the stream,
 * so that each can be drawn alone, in any order, on any machine.
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/float.h"
#include "utils/fmgrprotos.h"

/*
 * A try of a gamma variate is accepted with probability above 0.95, so that
 * so many of them do not fail in the life of the universe.
 */
#define GAMMA_TRIES 24

/* More arrivals than this are nobody's purchases or calls. */
#define MOST_ARRIVALS 1000000

PG_FUNCTION_INFO_V1(clientele_sample_uniform);
PG_FUNCTION_INFO_V1(clientele_sample_gamma);
PG_FUNCTION_INFO_V1(clientele_sample_arrivals);
PG_FUNCTION_INFO_V1(clientele_sample_hits);

/*
 * Number draw of the stream key: 52 bits and a half, so never 0, never 1, and
 * exact in a double. The hash is taken twice: once leaves neighbouring draws
 * correlated (-0.003), which shows.
 */
static double
uniform(int64 key, int32 draw)
{
	Datum		once = DirectFunctionCall2(hashint8extended,
										   Int64GetDatum((int64) draw),
										   Int64GetDatum(key));
	uint64		twice = DatumGetUInt64(DirectFunctionCall2(hashint8extended,
														   Int64GetDatum(INT64CONST(1)),
														   once));

	return ((double) ((twice >> 12) & UINT64CONST(4503599627370495)) + 0.5) / 4503599627370496.0;
}

/* sample_uniform(key, draw) */
Datum
clientele_sample_uniform(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(uniform(PG_GETARG_INT64(0), PG_GETARG_INT32(1)));
}

/*
 * sample_gamma(key, shape)
 *
 * Marsaglia and Tsang, "A simple method for generating gamma variables", ACM
 * TOMS 26 (2000): cube a normal variate and reject; a shape below 1 comes from
 * that shape + 1 and a power of a uniform.
 */
Datum
clientele_sample_gamma(PG_FUNCTION_ARGS)
{
	int64		key = PG_GETARG_INT64(0);
	double		shape = PG_GETARG_FLOAT8(1);
	double		d = (shape < 1 ? shape + 1 : shape) - 1 / 3.0;

	if (!(shape > 0 && shape <= DBL_MAX))
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("shape of a gamma distribution is out of range: %g", shape),
				errhint("Give a number above 0."));
	for (int attempt = 0; attempt < GAMMA_TRIES; attempt++)
	{
		double		normal = sqrt(-2 * log(uniform(key, 3 * attempt + 1)))
			* cos(2 * M_PI * uniform(key, 3 * attempt + 2));
		double		cube = pow(1 + normal / sqrt(9 * d), 3);

		if (cube > 0 && log(uniform(key, 3 * attempt + 3)) <
			normal * normal / 2 + d - d * cube + d * log(cube))
			PG_RETURN_FLOAT8(d * cube * (shape < 1 ? pow(uniform(key, 0), 1 / shape) : 1));
	}
	PG_RETURN_NULL();
}

/*
 * sample_arrivals(key, gap, span, most)
 *
 * Exponential gaps are added up until they leave the span.
 */
Datum
clientele_sample_arrivals(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	int64		key = PG_GETARG_INT64(0);
	double		gap = PG_GETARG_FLOAT8(1);
	double		span = PG_GETARG_FLOAT8(2);
	int32		most = PG_GETARG_INT32(3);
	double		elapsed = 0;

	InitMaterializedSRF(fcinfo, 0);
	if (!(gap > 0 && gap <= DBL_MAX))
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("mean time between arrivals is out of range: %g", gap),
				errhint("Give a number above 0."));
	if (isnan(span) || span / gap > MOST_ARRIVALS)
		ereport(ERROR,
				errcode(isnan(span) ? ERRCODE_INVALID_PARAMETER_VALUE : ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				errmsg("time of arrivals is out of range: %g", span),
				errhint("Give a time of at most %d times the mean between two of them.", MOST_ARRIVALS));
	/* a million, and what luck adds: draw does not overflow */
	for (int32 draw = 1; draw <= most; draw++)
	{
		Datum		values[2];
		bool		nulls[2] = {false, false};

		CHECK_FOR_INTERRUPTS();
		elapsed += -log(uniform(key, draw)) * gap;
		if (!(elapsed < span))
			break;
		values[0] = Int32GetDatum(draw);
		values[1] = Float8GetDatum(elapsed);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	PG_RETURN_NULL();
}

/*
 * sample_hits(key, trials, step, chance)
 *
 * Trial i from 0 hits if number step * i of the stream is below the chance.
 */
Datum
clientele_sample_hits(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	int64		key = PG_GETARG_INT64(0);
	int32		trials = PG_GETARG_INT32(1);
	int32		step = PG_GETARG_INT32(2);
	double		chance = PG_GETARG_FLOAT8(3);

	InitMaterializedSRF(fcinfo, 0);
	if (step < 1 || (int64) trials * step > PG_INT32_MAX)
		ereport(ERROR,
				errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				errmsg("number of trials is out of range: %d, at a step of %d", trials, step),
				errhint("Their product is at most %d, the step at least 1.", PG_INT32_MAX));
	for (int32 trial = 0; trial < trials; trial++)
	{
		double		luck = uniform(key, step * trial);
		Datum		values[2];
		bool		nulls[2] = {false, false};

		CHECK_FOR_INTERRUPTS();
		if (!(luck < chance))
			continue;
		values[0] = Int32GetDatum(trial);
		values[1] = Float8GetDatum(luck);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	PG_RETURN_NULL();
}
