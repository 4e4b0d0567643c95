/*
 * calibration_measures.c
 *		Whether probabilities keep their word: what SQL calls.
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "math/incomplete_gamma.h"
#include "math/log_odds.h"
#include "number_text.h"
#include "score/calibration/log_odds_groups.h"
#include "score/calibration/logistic_line.h"
#include "score/calibration/reliability.h"
#include "survey/proportion.h"
#include "survey/survey_arguments.h"

PG_FUNCTION_INFO_V1(clientele_reliability);
PG_FUNCTION_INFO_V1(clientele_expected_calibration_error);
PG_FUNCTION_INFO_V1(clientele_expected_calibration_error_final);
PG_FUNCTION_INFO_V1(clientele_hosmer_lemeshow);
PG_FUNCTION_INFO_V1(clientele_calibration_test);
PG_FUNCTION_INFO_V1(clientele_prior_correction);

#define MAX_BINS		100000

/* Refuse a number of bins that is none, or absurd. */
static int
checked_bins(int32 bins, int least, const char *what)
{
	if (bins < least)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be at least %d", what, least),
				 errdetail("It is %d.", bins),
				 errhint("10 is usual.")));
	if (bins > MAX_BINS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%s must be at most %d", what, MAX_BINS),
				 errdetail("It is %d.", bins),
				 errhint("10 is usual.")));
	return bins;
}

/* Divide probabilities among bins of equal width, or of equal count. */
static ReliabilityBin *
take_bins(const ScoredOutcomes *outcomes, int nbins, text * method,
		  const char *what, int *used)
{
	char	   *word = text_to_cstring(method);
	bool		by_width = strcmp(word, "width") == 0;
	size_t		ngroups;
	const OutcomeGroup *groups = scored_outcomes_groups(outcomes, &ngroups,
														NULL, NULL);
	ReliabilityBin *bins;

	if (!by_width && strcmp(word, "count") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("bins cannot be of equal \"%s\"", word),
				 errhint("They are of equal \"width\", or of about equal \"count\".")));
	require_probabilities(groups, ngroups, what);
	bins = palloc(sizeof(ReliabilityBin) * nbins);
	*used = nbins;
	if (ngroups == 0)
		*used = 0;
	else if (by_width)
		bins_of_equal_width(groups, ngroups, nbins, bins);
	else
		*used = bins_of_equal_count(groups, ngroups, nbins, bins);
	return bins;
}

/* reliability(scored_outcomes, bins, method, confidence) */
Datum
clientele_reliability(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	int			nbins = checked_bins(PG_GETARG_INT32(1), 1, "bins");
	double		confidence = checked_confidence(PG_GETARG_FLOAT8(3));
	int			used;
	ReliabilityBin *bins = take_bins(PG_GETARG_SCORED_OUTCOMES_P(0), nbins,
									 PG_GETARG_TEXT_PP(2), "reliability()",
									 &used);

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < used; i++)
	{
		Datum		values[8];
		bool		nulls[8] = {false};

		values[0] = Int32GetDatum(i + 1);
		values[1] = Float8GetDatum(bins[i].low);
		values[2] = Float8GetDatum(bins[i].high);
		values[3] = Int64GetDatum((int64) bins[i].cases);
		if (bins[i].cases > 0)
		{
			ProportionInterval interval;

			wilson_interval(bins[i].won, bins[i].cases, confidence, false,
							&interval);
			values[4] = Float8GetDatum(mean_probability(&bins[i]));
			values[5] = Float8GetDatum(interval.estimate);
			values[6] = Float8GetDatum(interval.low);
			values[7] = Float8GetDatum(interval.high);
		}
		else
			nulls[4] = nulls[5] = nulls[6] = nulls[7] = true;
		tuplestore_putvalues(info->setResult, info->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* expected_calibration_error(scored_outcomes, bins, method) */
Datum
clientele_expected_calibration_error(PG_FUNCTION_ARGS)
{
	int			used;
	ReliabilityBin *bins = take_bins(PG_GETARG_SCORED_OUTCOMES_P(0),
									 checked_bins(PG_GETARG_INT32(1), 1,
												  "bins"),
									 PG_GETARG_TEXT_PP(2),
									 "expected_calibration_error()", &used);

	if (used == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(expected_error_of_bins(bins, used));
}

/* Final function of expected_calibration_error(score, outcome) */
Datum
clientele_expected_calibration_error_final(PG_FUNCTION_ARGS)
{
	int			used;
	ReliabilityBin *bins = take_bins(PG_GETARG_SCORED_OUTCOMES_P(0), 10,
									 cstring_to_text("width"),
									 "expected_calibration_error()", &used);

	if (used == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(expected_error_of_bins(bins, used));
}

/* hosmer_lemeshow(scored_outcomes, groups, fitted) */
Datum
clientele_hosmer_lemeshow(PG_FUNCTION_ARGS)
{
	int			ngroups = checked_bins(PG_GETARG_INT32(1), 2, "groups");
	int			used;
	ReliabilityBin *bins = take_bins(PG_GETARG_SCORED_OUTCOMES_P(0), ngroups,
									 cstring_to_text("count"),
									 "hosmer_lemeshow()", &used);
	HosmerLemeshow result;
	TupleDesc	desc;
	Datum		values[3];
	bool		nulls[3] = {false, false, false};

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	hosmer_lemeshow_of_bins(bins, used, PG_GETARG_BOOL(2) ? 2 : 0, &result);
	nulls[0] = nulls[1] = used == 0;
	nulls[2] = isnan(result.p_value);
	values[0] = Float8GetDatum(result.statistic);
	values[1] = Int32GetDatum(Max(result.degrees, 0));
	values[2] = Float8GetDatum(result.p_value);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values,
											 nulls));
}

/*
 * calibration_test(scored_outcomes): the logistic regression of the outcomes
 * on the log odds of their probabilities (Cox 1958), and its intercept with
 * the slope left at 1.
 */
Datum
clientele_calibration_test(PG_FUNCTION_ARGS)
{
	size_t		ngroups;
	const OutcomeGroup *groups = scored_outcomes_groups(PG_GETARG_SCORED_OUTCOMES_P(0),
														&ngroups, NULL, NULL);
	LineQuestion question = {NULL, ngroups, 1, 0, evaluation_interrupt};
	LogisticLine line;
	double		numbers[8];

	for (int i = 0; i < 8; i++)
		numbers[i] = NAN;
	if (ngroups == 0)
		return row_of_float8(fcinfo, numbers, 8);
	question.groups = log_odds_groups(groups, ngroups, "calibration_test()");
	fit_logistic_line(&question, &line);
	if (line.status == LINE_OK)
	{
		double		change = line.log_likelihood -
			logistic_line_log_likelihood(&question, 0, 1);

		numbers[0] = line.slope;
		numbers[1] = sqrt(line.variance_slope);
		numbers[2] = line.intercept;
		numbers[3] = sqrt(line.variance_intercept);
		numbers[6] = fmax(2 * change, 0);
		numbers[7] = chi_square_tail(numbers[6], 2);
	}
	fit_logistic_offset(&question, 1, &line);
	if (line.status == LINE_OK)
	{
		numbers[4] = line.intercept;
		numbers[5] = sqrt(line.variance_intercept);
	}
	return row_of_float8(fcinfo, numbers, 8);
}

/* A share that there is, of a class that there is */
static double
checked_share(double share, const char *what)
{
	return checked_fraction(share, what,
							"It is the share of cases that were won, such as 0.5 in a training set that has as many lost ones as won ones.");
}

/* prior_correction(probability, sample_share, true_share) */
Datum
clientele_prior_correction(PG_FUNCTION_ARGS)
{
	double		p = PG_GETARG_FLOAT8(0);
	double		sample_share = checked_share(PG_GETARG_FLOAT8(1),
											 "sample_share");
	double		true_share = checked_share(PG_GETARG_FLOAT8(2), "true_share");
	double		won = p * true_share * (1 - sample_share);
	double		lost = (1 - p) * sample_share * (1 - true_share);

	if (isnan(p))
		PG_RETURN_NULL();
	if (p < 0 || p > 1)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("probability must be from 0 to 1"),
				 errdetail("It is %s.", number_text(p)),
				 errhint("Points become a probability by calibrate(), or by probability_from_points().")));
	/* the certain stays certain, and so does what is next to it */
	if (p == 0 || p == 1 || sample_share == true_share)
		PG_RETURN_FLOAT8(p);
	/* products of what is next to 0 may be none */
	if (won + lost < DBL_MIN)
		PG_RETURN_FLOAT8(probability_of_log_odds(log_odds_of(p) -
												 log_odds_of(sample_share) +
												 log_odds_of(true_share)));
	PG_RETURN_FLOAT8(won / (won + lost));
}
