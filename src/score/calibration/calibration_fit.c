/*
 * calibration_fit.c
 *		Calibrations from scores and what became of them: what SQL calls.
 */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/memutils.h"

#include "math/log_odds.h"
#include "number_text.h"
#include "score/calibration/calibration.h"
#include "score/calibration/log_odds_groups.h"
#include "score/calibration/logistic_line.h"

PG_FUNCTION_INFO_V1(clientele_platt);
PG_FUNCTION_INFO_V1(clientele_platt_final);
PG_FUNCTION_INFO_V1(clientele_isotonic);

/* Is a curve to be one of log odds? */
static bool
of_log_odds(text * of)
{
	char	   *word = text_to_cstring(of);

	if (strcmp(word, "log odds") == 0)
		return true;
	if (strcmp(word, "score") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a curve cannot be one of \"%s\"", word),
				 errhint("It is one of the \"score\", or of the \"log odds\" of a score that is a probability.")));
	return false;
}

/* Refuse a score that no curve goes through. */
static void
require_finite(const OutcomeGroup *groups, size_t ngroups)
{
	if (ngroups == 0 ||
		(isfinite(groups[0].score) && isfinite(groups[ngroups - 1].score)))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("Platt's calibration needs finite scores"),
			 errdetail("There is a score of %s.",
					   number_text(isfinite(groups[0].score) ?
								   groups[ngroups - 1].score :
								   groups[0].score)),
			 errhint("isotonic() takes infinite scores.")));
}

/*
 * The groups with the log odds in place of their probabilities, in memory of
 * their own. An error where a probability is 0 or 1, or none.
 */
OutcomeGroup *
log_odds_groups(const OutcomeGroup *groups, size_t ngroups, const char *what)
{
	OutcomeGroup *result;

	require_probabilities(groups, ngroups, what);
	if (ngroups > 0 && (groups[0].score == 0 || groups[ngroups - 1].score == 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s needs probabilities between 0 and 1", what),
				 errdetail("There is a probability of %d, whose log odds are infinite.",
						   groups[0].score == 0 ? 0 : 1),
				 errhint("Write least(greatest(score, 1e-6), 1 - 1e-6) for what is never quite sure.")));
	result = MemoryContextAllocHuge(CurrentMemoryContext,
									sizeof(OutcomeGroup) * (ngroups + 1));
	for (size_t i = 0; i < ngroups; i++)
	{
		result[i] = groups[i];
		result[i].score = log_odds_of(groups[i].score);
	}
	return result;
}

/* Refuse a fit without an answer. */
static void
require_line(const LogisticLine *line, int64 won, int64 lost)
{
	switch (line->status)
	{
		case LINE_OK:
		case LINE_CONSTANT:
			return;
		case LINE_SEPARATED:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the curve that fits best is a step"),
					 won == 0 || lost == 0 ?
					 errdetail("Of " INT64_FORMAT " cases " INT64_FORMAT " were won.",
							   won + lost, won) :
					 errdetail("A threshold of the score separates the cases that were won from those that were lost: the likelihood rises with the slope without end."),
					 errhint("Platt's own targets, smoothed => true, have an answer here.")));
			break;
		default:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("Platt's calibration has no answer in double precision"),
					 errdetail("The slope is %s, after %d iterations.",
							   number_text(line->slope), line->iterations),
					 errhint("Scores are too near to one another, or some too far from all others. isotonic() asks for their order only.")));
	}
}

/* Fit a logistic curve. */
static Calibration *
fit_platt(const ScoredOutcomes *outcomes, bool smoothed, bool log_odds)
{
	size_t		ngroups;
	int64		won;
	int64		lost;
	const OutcomeGroup *groups = scored_outcomes_groups(outcomes, &ngroups,
														&won, &lost);
	LineQuestion question = {groups, ngroups, 1, 0, evaluation_interrupt};
	LogisticLine line;
	Calibration *calibration;

	if (ngroups == 0)
		return NULL;
	if (log_odds)
		question.groups = log_odds_groups(groups, ngroups, "platt() of log odds");
	else
		require_finite(groups, ngroups);
	if (smoothed)
	{
		question.won_target = ((double) won + 1) / ((double) won + 2);
		question.lost_target = 1 / ((double) lost + 2);
	}
	fit_logistic_line(&question, &line);
	require_line(&line, won, lost);
	calibration = calibration_create(log_odds ? CALIBRATION_PLATT_LOG_ODDS :
									 CALIBRATION_PLATT, 0);
	/* there is one zero */
	calibration->slope = line.slope + 0.0;
	calibration->intercept = line.intercept + 0.0;
	calibration->won = won;
	calibration->lost = lost;
	return calibration;
}

/* platt(scored_outcomes, smoothed, of); NULL without cases */
Datum
clientele_platt(PG_FUNCTION_ARGS)
{
	Calibration *calibration = fit_platt(PG_GETARG_SCORED_OUTCOMES_P(0),
										 PG_GETARG_BOOL(1),
										 of_log_odds(PG_GETARG_TEXT_PP(2)));

	if (calibration == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(calibration);
}

/* Final function of platt(score, outcome) */
Datum
clientele_platt_final(PG_FUNCTION_ARGS)
{
	Calibration *calibration = fit_platt(PG_GETARG_SCORED_OUTCOMES_P(0), true,
										 false);

	if (calibration == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(calibration);
}

/* isotonic(scored_outcomes), and final function; NULL without cases */
Datum
clientele_isotonic(PG_FUNCTION_ARGS)
{
	size_t		ngroups;
	int64		won;
	int64		lost;
	const OutcomeGroup *groups = scored_outcomes_groups(PG_GETARG_SCORED_OUTCOMES_P(0),
														&ngroups, &won, &lost);
	IsotonicBlock *blocks;
	size_t		nblocks;
	size_t		npoints = 0;
	Calibration *calibration;
	CurvePoint *point;

	if (ngroups == 0)
		PG_RETURN_NULL();
	blocks = MemoryContextAllocHuge(CurrentMemoryContext,
									sizeof(IsotonicBlock) * ngroups);
	nblocks = isotonic_blocks(groups, ngroups, evaluation_interrupt, blocks);
	for (size_t i = 0; i < nblocks; i++)
		npoints += blocks[i].low < blocks[i].high ? 2 : 1;
	if (npoints > CALIBRATION_MAX_POINTS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("calibration has too many places"),
				 errdetail("There would be %zu, the limit is %d.", npoints,
						   CALIBRATION_MAX_POINTS),
				 errhint("Round the scores before they are counted.")));
	calibration = calibration_create(CALIBRATION_ISOTONIC, (uint32) npoints);
	calibration->won = won;
	calibration->lost = lost;
	point = calibration->points;
	for (size_t i = 0; i < nblocks; i++)
	{
		point->score = blocks[i].low + 0.0;
		point++->probability = blocks[i].won / blocks[i].cases;
		if (blocks[i].low < blocks[i].high)
		{
			point->score = blocks[i].high + 0.0;
			point++->probability = blocks[i].won / blocks[i].cases;
		}
	}
	pfree(blocks);
	PG_RETURN_POINTER(calibration);
}
