/*
 * lift.c
 *		Tiles, curves and thresholds of a score, as rows and arrays.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/geo_decls.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "number_text.h"
#include "score/evaluation/evaluation.h"
#include "score/evaluation/tiles.h"

PG_FUNCTION_INFO_V1(clientele_lift);
PG_FUNCTION_INFO_V1(clientele_lift_final);
PG_FUNCTION_INFO_V1(clientele_gains);
PG_FUNCTION_INFO_V1(clientele_gains_final);
PG_FUNCTION_INFO_V1(clientele_thresholds);
PG_FUNCTION_INFO_V1(clientele_confusion);

/* Tiles where an aggregate does not say how many */
#define DECILES		10
#define MAX_POINTS	1000000

/* One row more of numbers, NaN as NULL; places from..to are counts */
static void
put_row(ReturnSetInfo *info, const double *numbers, int n, int counts_from,
		const int64 *counts, int ncounts)
{
	Datum		values[16];
	bool		nulls[16] = {false};

	for (int i = 0, number = 0; i < n; i++)
	{
		if (i >= counts_from && i < counts_from + ncounts)
			values[i] = Int64GetDatum(counts[i - counts_from]);
		else
		{
			values[i] = Float8GetDatum(numbers[number]);
			nulls[i] = isnan(numbers[number]);
			number++;
		}
	}
	tuplestore_putvalues(info->setResult, info->setDesc, values, nulls);
}

/* A share, NaN of nothing */
static double
share(double part, double whole)
{
	return whole == 0 ? NAN : part / whole;
}

/* The tiles of a fact; *n of them */
static LiftTile *
tiles_of(const RankedOutcomes *ranked, int32 ntiles, size_t *n)
{
	LiftTile   *tiles = palloc(sizeof(LiftTile) * ntiles);

	*n = lift_tiles(ranked, (size_t) ntiles, tiles);
	return tiles;
}

/* lift(scored_outcomes, tiles) */
Datum
clientele_lift(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	int32		ntiles = checked_tiles(PG_GETARG_INT32(1));
	RankedOutcomes ranked = ranked_outcomes(PG_GETARG_SCORED_OUTCOMES_P(0));
	double		won = (double) ranked.won;
	double		all = share(won, won + (double) ranked.lost);
	size_t		n;
	LiftTile   *tiles = tiles_of(&ranked, ntiles, &n);

	InitMaterializedSRF(fcinfo, 0);
	for (size_t i = 0; i < n; i++)
	{
		const LiftTile *tile = &tiles[i];
		double		rate = tile->won / (double) tile->cases;
		double		cumulative = tile->cumulative_won / (double) tile->cumulative_cases;
		Datum		row[12];
		bool		nulls[12] = {false};

		row[0] = Int32GetDatum((int32) i + 1);
		row[1] = Int64GetDatum(tile->cases);
		row[2] = Float8GetDatum(tile->won);
		row[3] = Float8GetDatum(rate);
		row[4] = Float8GetDatum(share(rate, all));
		row[5] = Int64GetDatum(tile->cumulative_cases);
		row[6] = Float8GetDatum(tile->cumulative_won);
		row[7] = Float8GetDatum(cumulative);
		row[8] = Float8GetDatum(share(tile->cumulative_won, won));
		row[9] = Float8GetDatum(share(cumulative, all));
		row[10] = Float8GetDatum(tile->lowest);
		row[11] = Float8GetDatum(tile->highest);
		nulls[4] = nulls[8] = nulls[9] = ranked.won == 0;
		tuplestore_putvalues(info->setResult, info->setDesc, row, nulls);
	}
	return (Datum) 0;
}

/* Final function of lift(score, outcome [, tiles]): the lift of each tile */
Datum
clientele_lift_final(PG_FUNCTION_ARGS)
{
	const ScoredOutcomes *state;
	RankedOutcomes ranked;
	LiftTile   *tiles;
	Datum	   *lifts;
	size_t		n;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = PG_GETARG_SCORED_OUTCOMES_P(0);
	ranked = ranked_outcomes(state);
	if (ranked.won == 0)
		PG_RETURN_NULL();
	tiles = tiles_of(&ranked, state->question == 0 ? DECILES : state->question,
					 &n);
	lifts = palloc(sizeof(Datum) * n);
	for (size_t i = 0; i < n; i++)
		lifts[i] = Float8GetDatum(tiles[i].won / (double) tiles[i].cases /
								  share((double) ranked.won, (double) ranked.won + (double) ranked.lost));
	release_ranked(&ranked);
	PG_RETURN_ARRAYTYPE_P(construct_array(lifts, (int) n, FLOAT8OID,
										  sizeof(float8), FLOAT8PASSBYVAL,
										  TYPALIGN_DOUBLE));
}

/* ------------------------------------------------------------------------
 * Gains
 * ------------------------------------------------------------------------
 */

/* gains(scored_outcomes, points): the curve in equal steps of cases */
Datum
clientele_gains(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	int32		npoints = PG_GETARG_INT32(1);
	RankedOutcomes ranked;
	uint64		cases;
	LiftWalk	walk;

	if (npoints < 1 || npoints > MAX_POINTS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("points must be from 1 to %d", MAX_POINTS),
				 errdetail("It is %d.", npoints),
				 errhint("100 draw a smooth curve.")));
	InitMaterializedSRF(fcinfo, 0);
	ranked = ranked_outcomes(PG_GETARG_SCORED_OUTCOMES_P(0));
	if (ranked.won == 0)
		return (Datum) 0;
	cases = (uint64) (ranked.won + ranked.lost);
	lift_start(&walk, &ranked);
	for (uint64 i = 0; i <= (uint64) npoints; i++)
	{
		/* i / points of all cases: so many whole ones and a part of the next */
		uint64		points = (uint64) npoints;
		uint64		rest = cases % points * i;
		int64		whole = (int64) (cases / points * i + rest / points);
		double		won = lift_won(&walk, whole);
		double		row[2];

		if (rest % points != 0)
		{
			LiftWalk	next = walk;

			won += (lift_won(&next, whole + 1) - won) *
				((double) (rest % points) / (double) points);
		}
		row[0] = (double) i / (double) points;
		row[1] = i == points ? 1 : won / (double) ranked.won;
		put_row(info, row, 2, 2, NULL, 0);
	}
	return (Datum) 0;
}

/*
 * Final function of gains(score, outcome): the corners of the curve, from
 * (0,0) to (1,1). Among cases of one score it is straight.
 */
Datum
clientele_gains_final(PG_FUNCTION_ARGS)
{
	RankedOutcomes ranked;
	double		cases = 0;
	double		won = 0;
	double		all;
	Size		size;
	ArrayType  *array;
	Point	   *points;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	ranked = ranked_outcomes(PG_GETARG_SCORED_OUTCOMES_P(0));
	if (ranked.won == 0)
		PG_RETURN_NULL();
	all = (double) (ranked.won + ranked.lost);
	size = ARR_OVERHEAD_NONULLS(1) + (ranked.n + 1) * sizeof(Point);
	if (!AllocSizeIsValid(size))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("curve is too large"),
				 errdetail("It has %zu corners.", ranked.n + 1),
				 errhint("Use gains(scored_outcomes(score, outcome), points).")));
	array = palloc0(size);
	SET_VARSIZE(array, size);
	array->ndim = 1;
	array->elemtype = POINTOID;
	ARR_DIMS(array)[0] = (int) ranked.n + 1;
	ARR_LBOUND(array)[0] = 1;
	points = (Point *) ARR_DATA_PTR(array);
	for (size_t i = ranked.n; i-- > 0;)
	{
		cases += (double) (ranked.groups[i].won + ranked.groups[i].lost);
		won += (double) ranked.groups[i].won;
		points[ranked.n - i].x = cases / all;
		points[ranked.n - i].y = won / (double) ranked.won;
	}
	release_ranked(&ranked);
	PG_RETURN_POINTER(array);
}

/* ------------------------------------------------------------------------
 * Thresholds
 * ------------------------------------------------------------------------
 */

#define NRATES	5

/* What the counts of a threshold say */
static void
rates_of(const Confusion *counts, double *rates)
{
	double		tp = (double) counts->true_positives;
	double		fp = (double) counts->false_positives;
	double		tn = (double) counts->true_negatives;
	double		fn = (double) counts->false_negatives;

	rates[0] = share(tp, tp + fn);
	rates[1] = share(tn, tn + fp);
	rates[2] = share(tp, tp + fp);
	rates[3] = share(tp + tn, tp + fp + tn + fn);
	rates[4] = share(2 * tp, 2 * tp + fp + fn);
}

/* thresholds(scored_outcomes): a row for each score, the highest first */
Datum
clientele_thresholds(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	RankedOutcomes ranked = ranked_outcomes(PG_GETARG_SCORED_OUTCOMES_P(0));
	Confusion	at = {0, 0, ranked.lost, ranked.won};

	InitMaterializedSRF(fcinfo, 0);
	for (size_t i = ranked.n; i-- > 0;)
	{
		double		numbers[1 + NRATES];
		int64		counts[4];

		CHECK_FOR_INTERRUPTS();
		at.true_positives += ranked.groups[i].won;
		at.false_positives += ranked.groups[i].lost;
		at.true_negatives -= ranked.groups[i].lost;
		at.false_negatives -= ranked.groups[i].won;
		counts[0] = at.true_positives;
		counts[1] = at.false_positives;
		counts[2] = at.true_negatives;
		counts[3] = at.false_negatives;
		numbers[0] = ranked.groups[i].score;
		rates_of(&at, numbers + 1);
		put_row(info, numbers, 5 + NRATES, 1, counts, 4);
	}
	return (Datum) 0;
}

/* confusion(scored_outcomes, threshold) */
Datum
clientele_confusion(PG_FUNCTION_ARGS)
{
	float8		threshold = PG_GETARG_FLOAT8(1);
	RankedOutcomes ranked;
	Confusion	counts;
	double		rates[NRATES];
	TupleDesc	desc;
	Datum		values[4 + NRATES];
	bool		nulls[4 + NRATES] = {false};

	if (isnan(threshold))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("threshold must be a number"),
				 errdetail("It is %s.", number_text(threshold)),
				 errhint("Scores at or above it are taken for won.")));
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	ranked = ranked_outcomes(PG_GETARG_SCORED_OUTCOMES_P(0));
	counts = confusion_at(&ranked, threshold);
	rates_of(&counts, rates);
	values[0] = Int64GetDatum(counts.true_positives);
	values[1] = Int64GetDatum(counts.false_positives);
	values[2] = Int64GetDatum(counts.true_negatives);
	values[3] = Int64GetDatum(counts.false_negatives);
	for (int i = 0; i < NRATES; i++)
	{
		values[4 + i] = Float8GetDatum(rates[i]);
		nulls[4 + i] = isnan(rates[i]);
	}
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values,
											 nulls));
}
