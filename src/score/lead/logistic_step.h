/*
 * logistic_step.h
 *		Type logistic_step: one Newton step of a logistic regression.
 *
 * A value without rows says what to do: terms and estimates. The aggregate
 * adds rows: log-likelihood, gradient and information at these estimates. In
 * one piece: the struct, arrays in the order of step_work(), the levels of
 * the categories with their terms.
 */
#ifndef CLIENTELE_SCORE_LOGISTIC_STEP_H
#define CLIENTELE_SCORE_LOGISTIC_STEP_H

#include "postgres.h"

#include "fmgr.h"

#include "compat.h"
#include "score/lead/lead_model.h"
#include "score/lead/level_table.h"
#include "score/lead/logistic_kernel.h"

typedef struct LogisticStep
{
	int32		vl_len_;		/* varlena header, do not touch */
	uint8		version;
	uint8		flags;			/* zero */
	uint16		reserved;		/* zero */
	uint32		nnumbers;
	uint32		nterms;			/* intercept, numbers, indicators */
	uint32		ncategories;
	uint32		nslots;			/* most indicators that a row can have */
	uint32		pending;		/* rows in the block */
	uint32		unused;			/* zero */
	uint64		identity;		/* of what to do: FNV-1a */
	LogisticSums sums;
} LogisticStep;

/* The arrays of a step. */
typedef struct StepParts
{
	double	   *estimates;		/* nterms */
	double	   *centers;		/* nnumbers */
	double	   *scales;			/* nnumbers: (x - center) * scale enters */
	int32	   *missing;		/* nnumbers: term of the indicator, or -1 */
	LevelTable *levels;
	LogisticWork work;
} StepParts;

/* logistic_step.c */
extern uint64 logistic_step_size(uint32 nnumbers, uint32 nterms,
								 uint32 ncategories, uint32 nslots,
								 uint32 levels, uint32 texts);
extern LogisticStep *logistic_step_create(uint32 nnumbers, uint32 nterms,
										  uint32 ncategories, uint32 nslots,
										  uint32 levels, uint32 texts);
extern void step_parts(const LogisticStep *step, StepParts *parts);
extern void logistic_step_identify(LogisticStep *step);
extern LogisticStep *logistic_step_get(Datum datum);
extern LogisticStep *logistic_step_rest(const LogisticStep *state);

#endif							/* CLIENTELE_SCORE_LOGISTIC_STEP_H */
