/*
 * calibration.h
 *		Type calibration: from a score to a probability that keeps its word.
 *
 * Platt's method is a logistic curve of the score or of its log odds, isotonic
 * regression a rising broken line. A calibration is a value with JSON text; a
 * lead_model may carry one.
 */
#ifndef CLIENTELE_SCORE_CALIBRATION_H
#define CLIENTELE_SCORE_CALIBRATION_H

#include "postgres.h"

#include "fmgr.h"

#include "compat.h"
#include "score/calibration/isotonic.h"

#define CALIBRATION_VERSION		1

/* Places of a broken line, at most; told in an error. */
#define CALIBRATION_MAX_POINTS	1000000

typedef enum CalibrationMethod
{
	CALIBRATION_PLATT,			/* a logistic curve of the score */
	CALIBRATION_PLATT_LOG_ODDS, /* of the log odds of the score */
	CALIBRATION_ISOTONIC		/* a broken line */
} CalibrationMethod;

typedef struct Calibration
{
	int32		vl_len_;		/* varlena header, do not touch */
	uint8		version;		/* CALIBRATION_VERSION */
	uint8		method;			/* CalibrationMethod */
	uint16		reserved;		/* zero */
	uint32		npoints;		/* isotonic: 1 or more; else 0 */
	uint32		padding;		/* zero */
	int64		won;			/* what it was fitted to; -1: not known */
	int64		lost;
	double		slope;			/* Platt; else 0 */
	double		intercept;
	CurvePoint	points[FLEXIBLE_ARRAY_MEMBER];	/* isotonic, ascending */
} Calibration;

#define CALIBRATION_SIZE(npoints) \
	(offsetof(Calibration, points) + (Size) (npoints) * sizeof(CurvePoint))

#define PG_GETARG_CALIBRATION_P(n) \
	((Calibration *) PG_DETOAST_DATUM(PG_GETARG_DATUM(n)))

/* From and to JSON text; NULL, or an error, where it cannot be. */
extern Calibration *calibration_from_json(const char *json, size_t length,
										  struct Node *escontext);
extern char *calibration_to_json(const Calibration *calibration);

/* The calibrated probability of a score; of a model it is the probability. */
extern double calibrated(const Calibration *calibration, double score);

/* One of so many points, with nothing said yet. */
extern Calibration *calibration_create(CalibrationMethod method,
									   uint32 npoints);

#endif							/* CLIENTELE_SCORE_CALIBRATION_H */
