/*
 * evaluation.c
 *		Measures of a score, one number each: over a fact, and as aggregates.
 *
 * A measure that needs a class which is missing is NULL: nobody won, or nobody
 * lost.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "math/normal.h"
#include "number_text.h"
#include "score/evaluation/evaluation.h"

PG_FUNCTION_INFO_V1(clientele_auc);
PG_FUNCTION_INFO_V1(clientele_auc_interval);
PG_FUNCTION_INFO_V1(clientele_auc_interval_final);
PG_FUNCTION_INFO_V1(clientele_average_precision);
PG_FUNCTION_INFO_V1(clientele_ks);
PG_FUNCTION_INFO_V1(clientele_outcomes_gini);
PG_FUNCTION_INFO_V1(clientele_outcomes_brier);
PG_FUNCTION_INFO_V1(clientele_outcomes_log_loss);

/* The groups of a fact, with their counts */
RankedOutcomes
ranked_outcomes(const ScoredOutcomes *state)
{
	RankedOutcomes ranked;
	int64		won;
	int64		lost;

	ranked.groups = scored_outcomes_groups(state, &ranked.n, &won, &lost);
	ranked.won = won;
	ranked.lost = lost;
	return ranked;
}

/* Give back what ranked_outcomes() has allocated. */
void
release_ranked(const RankedOutcomes *ranked)
{
	pfree(unconstify(OutcomeGroup *, ranked->groups));
}

/* Answer with a measure that needs so many won and lost cases. */
static Datum
answer(FunctionCallInfo fcinfo, double (*measure) (const RankedOutcomes *),
	   bool needs_won, bool needs_lost, const char *probabilities_for)
{
	RankedOutcomes ranked = ranked_outcomes(PG_GETARG_SCORED_OUTCOMES_P(0));
	double		result = NAN;

	if (probabilities_for != NULL)
		require_probabilities(ranked.groups, ranked.n, probabilities_for);
	if (ranked.n > 0 && (ranked.won > 0 || !needs_won) &&
		(ranked.lost > 0 || !needs_lost))
		result = measure(&ranked);
	release_ranked(&ranked);
	if (isnan(result))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

Datum
clientele_auc(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, area_under_curve, true, true, NULL);
}

Datum
clientele_average_precision(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, mean_precision, true, false, NULL);
}

Datum
clientele_ks(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, greatest_distance, true, true, NULL);
}

/* Gini coefficient of a score, Somers's D */
static double
gini_of_score(const RankedOutcomes *ranked)
{
	return 2 * area_under_curve(ranked) - 1;
}

Datum
clientele_outcomes_gini(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, gini_of_score, true, true, NULL);
}

Datum
clientele_outcomes_brier(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, brier_score, false, false, "brier()");
}

Datum
clientele_outcomes_log_loss(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, logarithmic_loss, false, false, "log_loss()");
}

/* ------------------------------------------------------------------------
 * The area with its interval
 * ------------------------------------------------------------------------
 */

/* A row of numbers, NaN as NULL */
Datum
evaluation_row(FunctionCallInfo fcinfo, const double *numbers, int n)
{
	TupleDesc	desc;
	Datum		values[MAX_ROW_NUMBERS];
	bool		nulls[MAX_ROW_NUMBERS];

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	Assert(n == desc->natts && n <= MAX_ROW_NUMBERS);
	for (int i = 0; i < n; i++)
	{
		values[i] = Float8GetDatum(numbers[i]);
		nulls[i] = isnan(numbers[i]);
	}
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values,
											 nulls));
}

/* A confidence as the normal quantile of its two sides */
double
evaluation_quantile(double confidence)
{
	if (!(confidence > 0 && confidence < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence must be between 0 and 1"),
				 errdetail("It is %s.", number_text(confidence)),
				 errhint("It is a fraction, such as 0.95 for 95 %%.")));
	return -normal_quantile((1 - confidence) / 2);
}

/* Whether an interval is to be symmetric in the log odds of the area */
static bool
is_logit_scale(const text * name)
{
	char	   *scale = text_to_cstring(name);

	if (strcmp(scale, "logit") == 0)
		return true;
	if (strcmp(scale, "plain") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown scale of an interval"),
				 errdetail("It is \"%s\".", scale),
				 errhint("Write 'plain' or 'logit'.")));
	return false;
}

/* The row of an area; one that is certain in the sample has no interval */
static Datum
interval_row(FunctionCallInfo fcinfo, const ScoredOutcomes *state,
			 double quantile, bool logit)
{
	RankedOutcomes ranked = ranked_outcomes(state);
	double		row[4] = {NAN, NAN, NAN, NAN};

	if (ranked.won > 0 && ranked.lost > 0)
	{
		row[0] = area_under_curve(&ranked);
		row[1] = sqrt(area_variance(&ranked));
	}
	release_ranked(&ranked);
	if (row[1] > 0 && logit && row[0] > 0 && row[0] < 1)
	{
		double		middle = log(row[0]) - log1p(-row[0]);
		double		reach = quantile * row[1] / (row[0] * (1 - row[0]));

		row[2] = 1 / (1 + exp(reach - middle));
		row[3] = 1 / (1 + exp(-reach - middle));
	}
	else if (row[1] > 0 && !logit)
	{
		row[2] = fmax(row[0] - quantile * row[1], 0);
		row[3] = fmin(row[0] + quantile * row[1], 1);
	}
	return evaluation_row(fcinfo, row, 4);
}

/* auc_interval(scored_outcomes, confidence, scale) */
Datum
clientele_auc_interval(PG_FUNCTION_ARGS)
{
	return interval_row(fcinfo, PG_GETARG_SCORED_OUTCOMES_P(0),
						evaluation_quantile(PG_GETARG_FLOAT8(1)),
						is_logit_scale(PG_GETARG_TEXT_PP(2)));
}

/* Final function of auc_interval(score, outcome) */
Datum
clientele_auc_interval_final(PG_FUNCTION_ARGS)
{
	return interval_row(fcinfo, PG_ARGISNULL(0) ?
						scored_outcomes_create(0, false) :
						PG_GETARG_SCORED_OUTCOMES_P(0),
						evaluation_quantile(0.95), false);
}
