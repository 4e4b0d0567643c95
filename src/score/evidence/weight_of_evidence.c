/*
 * weight_of_evidence.c
 *		What a level says about an outcome, from counted won and lost ones.
 *
 * The weight of evidence of level i is
 *
 *		w_i = ln(p_i / q_i),	p_i = (won_i + a) / (won + a k),
 *								q_i = (lost_i + a) / (lost + a k),
 *
 * the logarithm of how much likelier the level is among the won than among the
 * lost (Good, Probability and the Weighing of Evidence, 1950); a is the
 * adjustment added to each of the 2 k cells, without which an empty one has infinite
 * evidence. The information value is the sum of (p_i - q_i) w_i, the symmetric
 * divergence of the two distributions (Kullback, Leibler, Ann. Math. Statistics 22
 * (1951) 79, their J; Siddiqi, Credit Risk Scorecards, 2006, for its use).
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "number_text.h"
#include "score/evidence/outcome_counts.h"
#include "score/evidence/weight_of_evidence.h"
#include "survey/survey_arguments.h"

PG_FUNCTION_INFO_V1(clientele_weight_of_evidence);
PG_FUNCTION_INFO_V1(clientele_weight_of_evidence_plain);
PG_FUNCTION_INFO_V1(clientele_weight_of_evidence_rows);
PG_FUNCTION_INFO_V1(clientele_information_value);

/*
 * The evidence of a level. False where there is none to be had: neither won nor
 * lost ones at the level, or nothing of one of them at all.
 */
bool
evidence_of(const EvidenceTotals *totals, double won, double lost,
			Evidence *evidence)
{
	double		a = totals->adjustment;
	double		p;
	double		q;
	double		x;
	double		y;

	evidence->share_won = totals->won > 0 ? won / totals->won : NAN;
	evidence->share_lost = totals->lost > 0 ? lost / totals->lost : NAN;
	evidence->weight = NAN;
	evidence->information = NAN;
	if (!(totals->won > 0 && totals->lost > 0))
		return false;
	p = (won + a) / (totals->won + a * totals->levels);
	q = (lost + a) / (totals->lost + a * totals->levels);
	evidence->share_won = p;
	evidence->share_lost = q;
	if (won + a == 0 && lost + a == 0)
	{
		evidence->information = 0;
		return false;
	}
	/* apart, as quotients may be smaller than any number */
	evidence->weight = log(won + a) - log(lost + a) -
		log(totals->won + a * totals->levels) +
		log(totals->lost + a * totals->levels);
	if (p > DBL_MIN && q > DBL_MIN)
		evidence->weight = log(p) - log(q);

	/*
	 * shares that hardly differ: the ratio's distance from 1, of products
	 * that are mostly exact
	 */
	x = (won + a) * (totals->lost + a * totals->levels);
	y = (lost + a) * (totals->won + a * totals->levels);
	if (x < 2 * y && y < 2 * x && x < DBL_MAX && y > DBL_MIN)
		evidence->weight = log1p((x - y) / y);
	evidence->information = (p - q) * evidence->weight;
	return true;
}

/* The totals of counts. */
static EvidenceTotals
totals_of(const OutcomeCounts *counts, double adjustment)
{
	EvidenceTotals totals;

	outcome_counts_totals(counts, &totals.won, &totals.lost);
	totals.levels = counts->nlevels;
	totals.adjustment = checked_adjustment(adjustment, ADJUSTMENT_HINT);
	return totals;
}

/* A number for a row, NaN as NULL */
static inline Datum
number_or_null(double number, bool *is_null)
{
	*is_null = isnan(number);
	return Float8GetDatum(number);
}

/* weight_of_evidence(outcome_counts, adjustment): the levels */
Datum
clientele_weight_of_evidence_rows(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	const OutcomeCounts *counts = outcome_counts_rest(PG_GETARG_OUTCOME_COUNTS_P(0));
	EvidenceTotals totals = totals_of(counts, PG_GETARG_FLOAT8(1));
	const OutcomeLevel *level;
	OutcomeReader reader;

	InitMaterializedSRF(fcinfo, 0);
	outcome_counts_read(counts, &reader);
	while ((level = outcome_counts_next(&reader)) != NULL)
	{
		double		won = outcome_sum_value(level->won);
		double		lost = outcome_sum_value(level->lost);
		Evidence	evidence;
		Datum		row[7];
		bool		nulls[7] = {false};

		evidence_of(&totals, won, lost, &evidence);
		nulls[0] = level->length < 0;
		if (!nulls[0])
			row[0] = PointerGetDatum(cstring_to_text_with_len(level->text,
															  level->length));
		else
			row[0] = (Datum) 0;
		row[1] = Float8GetDatum(won);
		row[2] = Float8GetDatum(lost);
		row[3] = number_or_null(evidence.share_won, &nulls[3]);
		row[4] = number_or_null(evidence.share_lost, &nulls[4]);
		row[5] = number_or_null(evidence.weight, &nulls[5]);
		row[6] = number_or_null(evidence.information, &nulls[6]);
		tuplestore_putvalues(info->setResult, info->setDesc, row, nulls);
	}
	return (Datum) 0;
}

/* information_value(outcome_counts, adjustment) */
Datum
clientele_information_value(PG_FUNCTION_ARGS)
{
	/* at rest, so that the sum does not depend on the order of rows */
	const OutcomeCounts *counts = outcome_counts_rest(PG_GETARG_OUTCOME_COUNTS_P(0));
	EvidenceTotals totals = totals_of(counts, PG_GETARG_FLOAT8(1));
	const OutcomeLevel *level;
	OutcomeReader reader;
	double		sum = 0;

	if (!(totals.won > 0 && totals.lost > 0))
		PG_RETURN_NULL();
	outcome_counts_read(counts, &reader);
	while ((level = outcome_counts_next(&reader)) != NULL)
	{
		Evidence	evidence;

		evidence_of(&totals, outcome_sum_value(level->won),
					outcome_sum_value(level->lost), &evidence);
		sum += evidence.information;
	}
	PG_RETURN_FLOAT8(sum);
}

/* Refuse counts that are none. */
static void
check_counts(double won, double lost, double total_won, double total_lost)
{
	const char *name[4] = {"won", "lost", "total_won", "total_lost"};
	double		count[4] = {won, lost, total_won, total_lost};

	for (int i = 0; i < 4; i++)
		if (!(count[i] >= 0 && count[i] <= DBL_MAX))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s must be a finite number of at least 0", name[i]),
					 errdetail("It is %s.", number_text(count[i])),
					 errhint("It is a number of deals, or a sum of their weights.")));
	for (int i = 0; i < 2; i++)
		if (count[i] > count[i + 2])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s must not exceed %s", name[i], name[i + 2]),
					 errdetail("They are %s and %s.", number_text(count[i]),
							   number_text(count[i + 2])),
					 errhint("The total is that of all levels together.")));
}

/* The weight of evidence of one level. */
static Datum
weight_of_level(FunctionCallInfo fcinfo, double adjustment, double levels)
{
	EvidenceTotals totals;
	Evidence	evidence;

	check_counts(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1),
				 PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3));
	totals.won = PG_GETARG_FLOAT8(2);
	totals.lost = PG_GETARG_FLOAT8(3);
	totals.adjustment = adjustment;
	totals.levels = levels;
	if (!evidence_of(&totals, PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1),
					 &evidence))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(evidence.weight);
}

/* weight_of_evidence(won, lost, total_won, total_lost) */
Datum
clientele_weight_of_evidence_plain(PG_FUNCTION_ARGS)
{
	return weight_of_level(fcinfo, 0, 1);
}

/* weight_of_evidence(won, lost, total_won, total_lost, adjustment, levels) */
Datum
clientele_weight_of_evidence(PG_FUNCTION_ARGS)
{
	double		adjustment = checked_adjustment(PG_GETARG_FLOAT8(4),
												ADJUSTMENT_HINT);
	int32		levels = PG_GETARG_INT32(5);

	if (levels < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("levels must be at least 1"),
				 errdetail("It is %d.", levels),
				 errhint("It is how many levels the feature has: the adjustment is added to each.")));
	return weight_of_level(fcinfo, adjustment, levels);
}
