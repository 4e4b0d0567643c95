/*
 * calibration.c
 *		Type calibration: its two forms, what it says of a score, accessors.
 *
 * The binary form is a version byte and the JSON text, so that what a client
 * sends is checked by the one reader that there is.
 */
#include "postgres.h"

#include <math.h>

#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "math/log_odds.h"
#include "number_text.h"
#include "score/calibration/calibration.h"

PG_FUNCTION_INFO_V1(clientele_calibration_in);
PG_FUNCTION_INFO_V1(clientele_calibration_out);
PG_FUNCTION_INFO_V1(clientele_calibration_recv);
PG_FUNCTION_INFO_V1(clientele_calibration_send);
PG_FUNCTION_INFO_V1(clientele_calibrate);
PG_FUNCTION_INFO_V1(clientele_calibration_method);
PG_FUNCTION_INFO_V1(clientele_calibration_slope);
PG_FUNCTION_INFO_V1(clientele_calibration_intercept);
PG_FUNCTION_INFO_V1(clientele_calibration_points);

/* One with nothing said yet */
Calibration *
calibration_create(CalibrationMethod method, uint32 npoints)
{
	Size		size = CALIBRATION_SIZE(npoints);
	Calibration *calibration = palloc0(size);

	SET_VARSIZE(calibration, size);
	calibration->version = CALIBRATION_VERSION;
	calibration->method = method;
	calibration->npoints = npoints;
	calibration->won = -1;
	calibration->lost = -1;
	return calibration;
}

/* The calibrated probability; NAN for NAN, and where log odds are no number. */
double
calibrated(const Calibration *calibration, double score)
{
	double		x = score;

	if (isnan(score))
		return NAN;
	if (calibration->method == CALIBRATION_ISOTONIC)
		return broken_line(calibration->points, calibration->npoints, score);
	if (calibration->method == CALIBRATION_PLATT_LOG_ODDS)
	{
		if (score < 0 || score > 1)
			return NAN;
		x = log_odds_of(score);
	}
	/* a flat curve is flat to infinity */
	if (calibration->slope == 0)
		return probability_of_log_odds(calibration->intercept);
	return probability_of_log_odds(calibration->intercept +
								   calibration->slope * x);
}

/* Text in: JSON. */
Datum
clientele_calibration_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	Calibration *calibration = calibration_from_json(text, strlen(text),
													 CLIENTELE_ESCONTEXT(fcinfo));

	if (calibration == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(calibration);
}

/* Text out: JSON. */
Datum
clientele_calibration_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(calibration_to_json(PG_GETARG_CALIBRATION_P(0)));
}

/* Binary in. */
Datum
clientele_calibration_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	char	   *text;
	int			length;

	if (version != CALIBRATION_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary calibration"),
				 errdetail("Its format is version %d.", version),
				 errhint("This release reads version %d.",
						 CALIBRATION_VERSION)));
	text = pq_getmsgtext(message, message->len - message->cursor, &length);
	if (strlen(text) != (size_t) length)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary calibration"),
				 errdetail("Its text has a zero byte after %zu of %d bytes.",
						   strlen(text), length),
				 errhint("After the version comes the JSON text, to the end of the message.")));
	PG_RETURN_POINTER(calibration_from_json(text, length, NULL));
}

/* Binary out. */
Datum
clientele_calibration_send(PG_FUNCTION_ARGS)
{
	char	   *text = calibration_to_json(PG_GETARG_CALIBRATION_P(0));
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, CALIBRATION_VERSION);
	pq_sendtext(&out, text, strlen(text));
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* calibrate(calibration, score) */
Datum
clientele_calibrate(PG_FUNCTION_ARGS)
{
	Calibration *calibration = PG_GETARG_CALIBRATION_P(0);
	double		score = PG_GETARG_FLOAT8(1);
	double		probability = calibrated(calibration, score);

	if (isnan(score))
		PG_RETURN_NULL();
	if (isnan(probability))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("score must be from 0 to 1"),
				 errdetail("It is %s, and the calibration is one of log odds.",
						   number_text(score)),
				 errhint("Give the probability whose log odds it was fitted to.")));
	PG_RETURN_FLOAT8(probability);
}

/* method(calibration) */
Datum
clientele_calibration_method(PG_FUNCTION_ARGS)
{
	Calibration *calibration = PG_GETARG_CALIBRATION_P(0);

	PG_RETURN_TEXT_P(cstring_to_text(calibration->method == CALIBRATION_ISOTONIC ?
									 "isotonic" : "platt"));
}

/* slope(calibration); NULL of a broken line */
Datum
clientele_calibration_slope(PG_FUNCTION_ARGS)
{
	Calibration *calibration = PG_GETARG_CALIBRATION_P(0);

	if (calibration->method == CALIBRATION_ISOTONIC)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(calibration->slope);
}

/* intercept(calibration); NULL of a broken line */
Datum
clientele_calibration_intercept(PG_FUNCTION_ARGS)
{
	Calibration *calibration = PG_GETARG_CALIBRATION_P(0);

	if (calibration->method == CALIBRATION_ISOTONIC)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(calibration->intercept);
}

/* calibration_points(calibration); no rows of a curve */
Datum
clientele_calibration_points(PG_FUNCTION_ARGS)
{
	Calibration *calibration = PG_GETARG_CALIBRATION_P(0);
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (uint32 i = 0; i < calibration->npoints; i++)
	{
		Datum		values[2];
		bool		nulls[2] = {false, false};

		values[0] = Float8GetDatum(calibration->points[i].score);
		values[1] = Float8GetDatum(calibration->points[i].probability);
		tuplestore_putvalues(info->setResult, info->setDesc, values, nulls);
	}
	return (Datum) 0;
}
