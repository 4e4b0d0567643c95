/*
 * population_stability.c
 *		How far a population has moved from the one of a base period.
 *
 * The fact is scored_outcomes: its outcome says whether a case is of the
 * current period. A bin that one of the periods lacks makes the index infinite,
 * as its definition says, unless a number is added to each count.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/tuplestore.h"

#include "math/sum.h"
#include "number_text.h"
#include "score/evaluation/evaluation.h"
#include "score/evaluation/tiles.h"
#include "survey/survey_arguments.h"

PG_FUNCTION_INFO_V1(clientele_population_stability);
PG_FUNCTION_INFO_V1(clientele_population_stability_index);
PG_FUNCTION_INFO_V1(clientele_population_stability_index_final);
PG_FUNCTION_INFO_V1(clientele_population_stability_index_of_shares);

#define DECILES		10

#define ADJUSTMENT_HINT \
	"It is added to the count of each bin; 0.5 is usual, 0 changes nothing."

/* The bins of a fact; *n of them, 0 if one period is missing */
static StabilityBin *
bins_of(const ScoredOutcomes *state, int32 ntiles, size_t *n, int64 *base,
		int64 *current)
{
	RankedOutcomes ranked = ranked_outcomes(state);
	StabilityBin *bins = palloc(sizeof(StabilityBin) * ntiles);

	*base = ranked.lost;
	*current = ranked.won;
	*n = 0;
	if (ranked.won > 0 && ranked.lost > 0)
		*n = stability_bins(&ranked, (size_t) ntiles, bins);
	release_ranked(&ranked);
	return bins;
}

/* A share with the adjustment of all bins */
static double
adjusted_share(double count, double total, double adjustment, size_t nbins)
{
	return (count + adjustment) / (total + adjustment * (double) nbins);
}

/* The index over tiles of the base period */
static Datum
answer_index(FunctionCallInfo fcinfo, const ScoredOutcomes *state,
			 int32 ntiles, double adjustment)
{
	LongSum		sum = {0, 0};
	size_t		n;
	int64		base;
	int64		current;
	StabilityBin *bins = bins_of(state, ntiles, &n, &base, &current);

	if (n == 0)
		PG_RETURN_NULL();
	for (size_t i = 0; i < n; i++)
		long_sum_add(&sum, stability_part(adjusted_share((double) bins[i].base, (double) base, adjustment, n),
										  adjusted_share((double) bins[i].current, (double) current, adjustment, n)));
	pfree(bins);
	PG_RETURN_FLOAT8(long_sum_value(&sum));
}

/* population_stability_index(scored_outcomes, tiles, adjustment) */
Datum
clientele_population_stability_index(PG_FUNCTION_ARGS)
{
	return answer_index(fcinfo, PG_GETARG_SCORED_OUTCOMES_P(0),
						checked_tiles(PG_GETARG_INT32(1)),
						checked_adjustment(PG_GETARG_FLOAT8(2), ADJUSTMENT_HINT));
}

/* Final function of population_stability_index(score, is_current [, tiles]) */
Datum
clientele_population_stability_index_final(PG_FUNCTION_ARGS)
{
	const ScoredOutcomes *state;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = PG_GETARG_SCORED_OUTCOMES_P(0);
	return answer_index(fcinfo, state,
						state->question == 0 ? DECILES : state->question, 0);
}

/* population_stability(scored_outcomes, tiles, adjustment): the bins */
Datum
clientele_population_stability(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	int32		ntiles = checked_tiles(PG_GETARG_INT32(1));
	double		adjustment = checked_adjustment(PG_GETARG_FLOAT8(2), ADJUSTMENT_HINT);
	size_t		n;
	int64		base;
	int64		current;
	StabilityBin *bins = bins_of(PG_GETARG_SCORED_OUTCOMES_P(0), ntiles, &n,
								 &base, &current);

	InitMaterializedSRF(fcinfo, 0);
	for (size_t i = 0; i < n; i++)
	{
		double		base_share = adjusted_share((double) bins[i].base, (double) base, adjustment, n);
		double		current_share = adjusted_share((double) bins[i].current, (double) current, adjustment, n);
		Datum		row[8];
		bool		nulls[8] = {false};

		row[0] = Int32GetDatum((int32) i + 1);
		row[1] = Float8GetDatum(bins[i].low);
		row[2] = Float8GetDatum(bins[i].high);
		row[3] = Int64GetDatum(bins[i].base);
		row[4] = Int64GetDatum(bins[i].current);
		row[5] = Float8GetDatum(base_share);
		row[6] = Float8GetDatum(current_share);
		row[7] = Float8GetDatum(stability_part(base_share, current_share));
		tuplestore_putvalues(info->setResult, info->setDesc, row, nulls);
	}
	return (Datum) 0;
}

/* Counts or shares of an array, their sum, and how many */
static float8 *
checked_shares(ArrayType *array, const char *what, int *n, double *total)
{
	Datum	   *elements;
	bool	   *nulls;
	float8	   *shares;
	LongSum		sum = {0, 0};

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s must be an array of one dimension", what),
				 errdetail("It has %d.", ARR_NDIM(array)),
				 errhint("Give one share or count a bin.")));
	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL,
					  TYPALIGN_DOUBLE, &elements, &nulls, n);
	shares = palloc(sizeof(float8) * (*n + 1));
	for (int i = 0; i < *n; i++)
	{
		shares[i] = nulls[i] ? NAN : DatumGetFloat8(elements[i]);
		if (!(shares[i] >= 0 && shares[i] <= 1e300))
			ereport(ERROR,
					(errcode(nulls[i] ? ERRCODE_NULL_VALUE_NOT_ALLOWED :
							 ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s must hold shares or counts", what),
					 errdetail("Element %d is %s.", i + 1,
							   nulls[i] ? "NULL" : number_text(shares[i])),
					 errhint("Give numbers from 0 to 1e300, one a bin; write 0 for a bin that is empty.")));
		long_sum_add(&sum, shares[i]);
	}
	*total = long_sum_value(&sum);
	return shares;
}

/* population_stability_index(base, current, adjustment) */
Datum
clientele_population_stability_index_of_shares(PG_FUNCTION_ARGS)
{
	int			n;
	int			m;
	double		base_total;
	double		current_total;
	float8	   *base = checked_shares(PG_GETARG_ARRAYTYPE_P(0), "base", &n, &base_total);
	float8	   *current = checked_shares(PG_GETARG_ARRAYTYPE_P(1), "current", &m, &current_total);
	double		adjustment = checked_adjustment(PG_GETARG_FLOAT8(2), ADJUSTMENT_HINT);
	LongSum		sum = {0, 0};

	if (n != m)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("base and current must have the same length"),
				 errdetail("They have %d and %d elements.", n, m),
				 errhint("Give the same bins in the same order, 0 for one that is empty.")));
	if (base_total == 0 || current_total == 0)
		PG_RETURN_NULL();
	for (int i = 0; i < n; i++)
		long_sum_add(&sum, stability_part(adjusted_share(base[i], base_total, adjustment, (size_t) n),
										  adjusted_share(current[i], current_total, adjustment, (size_t) n)));
	PG_RETURN_FLOAT8(long_sum_value(&sum));
}
