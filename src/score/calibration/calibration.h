/*
 * calibration.h
 *		Type calibration: from a score to a probability that keeps its word.
 *
 * Platt's method is a logistic curve of the score, isotonic regression a
 * rising step or broken line. A calibration is a value with JSON text; a
 * lead_model may carry one.
 */
#ifndef CLIENTELE_SCORE_CALIBRATION_H
#define CLIENTELE_SCORE_CALIBRATION_H

#include "postgres.h"

#include "fmgr.h"

#include "compat.h"

typedef struct Calibration Calibration;

#define PG_GETARG_CALIBRATION_P(n) \
	((Calibration *) PG_DETOAST_DATUM(PG_GETARG_DATUM(n)))

/* From and to JSON text; NULL, or an error, where it cannot be. */
extern Calibration *calibration_from_json(const char *json, size_t length,
										  struct Node *escontext);
extern char *calibration_to_json(const Calibration *calibration);

/* The calibrated probability of a score; of a model it is the probability. */
extern double calibrated(const Calibration *calibration, double score);

#endif							/* CLIENTELE_SCORE_CALIBRATION_H */
