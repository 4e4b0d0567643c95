-- Calibrations from scores and what became of them, and measures of how well
-- probabilities keep their word.
CREATE FUNCTION clientele.platt(clientele.scored_outcomes, smoothed boolean DEFAULT true, of text DEFAULT 'score') RETURNS clientele.calibration
	AS 'MODULE_PATHNAME', 'clientele_platt'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION clientele.platt(clientele.scored_outcomes, boolean, text) IS
'The logistic curve from scores to probabilities that fits best (Platt 1999; computed as Lin, Lin & Weng, Machine Learning 68 (2007) 267, advise). Smoothed, as Platt has it, a case that was won counts as (won + 1) / (won + 2), one that was lost as 1 / (lost + 2): there is always an answer, and never a probability of 0 or 1. Not smoothed, they count as 1 and 0, which is maximum likelihood. of => ''log odds'' takes scores that are probabilities by their log odds, so that what is calibrated already stays as it is (slope 1, intercept 0). Of one distinct score, slope 0. NULL without cases. Error 22023 for infinite scores, for log odds of what is not between 0 and 1, and, not smoothed, where a threshold separates won from lost cases or one of them is missing; 22003 where no float8 holds the slope.';

CREATE FUNCTION clientele.platt_final(clientele.scored_outcomes) RETURNS clientele.calibration
	AS 'MODULE_PATHNAME', 'clientele_platt_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION clientele.platt_final(clientele.scored_outcomes) IS
'Final function of the aggregate platt(score, outcome).';

CREATE AGGREGATE clientele.platt(score float8, outcome boolean) (
	SFUNC = clientele.scored_outcomes_add,
	STYPE = clientele.scored_outcomes,
	SSPACE = 1024,
	FINALFUNC = clientele.platt_final,
	COMBINEFUNC = clientele.scored_outcomes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.platt(float8, boolean) IS
'The logistic curve from scores to probabilities that fits best, with Platt''s targets (Platt 1999): platt(scored_outcomes(score, outcome)). Rows whose score is NULL or NaN or whose outcome is NULL are skipped. NULL without cases. Error 22023 for infinite scores.';

CREATE FUNCTION clientele.isotonic(clientele.scored_outcomes) RETURNS clientele.calibration
	AS 'MODULE_PATHNAME', 'clientele_isotonic'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.isotonic(clientele.scored_outcomes) IS
'Isotonic regression: of all probabilities that rise with the score, those of the greatest likelihood, by pooling adjacent violators (Ayer et al. 1955; for scores Zadrozny & Elkan 2002); cases of one score are pooled first. At a score that was seen it is that probability, between two of them it is on the straight line, beyond the ends it stays as it is: 0 below, where the lowest scores were never won, and 1 above. It wants more cases than platt(), a thousand or so. NULL without cases. Error 54000 beyond 1,000,000 places.';

CREATE AGGREGATE clientele.isotonic(score float8, outcome boolean) (
	SFUNC = clientele.scored_outcomes_add,
	STYPE = clientele.scored_outcomes,
	SSPACE = 1024,
	FINALFUNC = clientele.isotonic,
	COMBINEFUNC = clientele.scored_outcomes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.isotonic(float8, boolean) IS
'Isotonic regression of outcomes on scores: isotonic(scored_outcomes(score, outcome)). Rows whose score is NULL or NaN or whose outcome is NULL are skipped. NULL without cases.';

CREATE FUNCTION clientele.reliability(clientele.scored_outcomes, bins integer DEFAULT 10, method text DEFAULT 'width', confidence float8 DEFAULT 0.95, OUT bin integer, OUT low float8, OUT high float8, OUT cases bigint, OUT mean_score float8, OUT won_share float8, OUT ci_low float8, OUT ci_high float8) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_reliability'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;
COMMENT ON FUNCTION clientele.reliability(clientele.scored_outcomes, integer, text, float8) IS
'Predicted probabilities against what came of them, bin by bin: mean_score is the mean probability, won_share the share that was won, with Wilson''s interval. By width the bins are low <= score < high, the last one with 1, and all of them are there: an empty one has 0 cases and NULLs. By count they have about equally many cases, one score never parted (it stands where the first of its cases falls), low and high are scores that were seen, and there are fewer where scores repeat. No rows without cases. Error 22023 for a score that is not from 0 to 1, for fewer than 1 bin, another method, or a confidence that is not between 0 and 1; 54000 beyond 100,000 bins.';

CREATE FUNCTION clientele.expected_calibration_error(clientele.scored_outcomes, bins integer DEFAULT 10, method text DEFAULT 'width') RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_expected_calibration_error'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.expected_calibration_error(clientele.scored_outcomes, integer, text) IS
'Mean of |won_share - mean_score| over the bins of reliability(), weighted by their cases, from 0 to 1 (Naeini, Cooper & Hauskrecht 2015). It depends on the bins, and is above 0 by chance alone where they have few cases. NULL without cases. Errors as of reliability().';

CREATE FUNCTION clientele.expected_calibration_error_final(clientele.scored_outcomes) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_expected_calibration_error_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.expected_calibration_error_final(clientele.scored_outcomes) IS
'Final function of the aggregate expected_calibration_error(score, outcome).';

CREATE AGGREGATE clientele.expected_calibration_error(score float8, outcome boolean) (
	SFUNC = clientele.scored_outcomes_add,
	STYPE = clientele.scored_outcomes,
	SSPACE = 1024,
	FINALFUNC = clientele.expected_calibration_error_final,
	COMBINEFUNC = clientele.scored_outcomes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.expected_calibration_error(float8, boolean) IS
'Expected calibration error of probabilities in 10 bins of equal width: expected_calibration_error(scored_outcomes(score, outcome)). NULL without cases. Error 22023 for a score that is not from 0 to 1.';

CREATE FUNCTION clientele.hosmer_lemeshow(clientele.scored_outcomes, groups integer DEFAULT 10, fitted boolean DEFAULT true, OUT statistic float8, OUT degrees integer, OUT p_value float8)
	AS 'MODULE_PATHNAME', 'clientele_hosmer_lemeshow'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.hosmer_lemeshow(clientele.scored_outcomes, integer, boolean) IS
'The test of Hosmer & Lemeshow (1980) that probabilities are what they say: in groups of about equally many cases, the sum of (seen - expected)^2 / expected of won and of lost cases, a chi-square of groups - 2 degrees of freedom for the data that the model was fitted to; fitted => false is for other data, with as many degrees as groups. A small p_value says that they are not calibrated. One score is never parted: of n cases, the one with B below it is in group floor(B groups / n), so that there are fewer groups where scores repeat. Infinity with p 0 where what had probability 0 came; p_value NULL without degrees of freedom; all NULL without cases. Error 22023 for a score that is not from 0 to 1 or fewer than 2 groups, 54000 beyond 100,000.';

CREATE FUNCTION clientele.calibration_test(clientele.scored_outcomes, OUT slope float8, OUT slope_std_error float8, OUT intercept float8, OUT intercept_std_error float8, OUT in_the_large float8, OUT in_the_large_std_error float8, OUT statistic float8, OUT p_value float8)
	AS 'MODULE_PATHNAME', 'clientele_calibration_test'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION clientele.calibration_test(clientele.scored_outcomes) IS
'Calibration slope and intercept (Cox, Biometrika 45 (1958) 562): the logistic regression of the outcomes on the log odds of their probabilities. Calibrated is slope 1 and intercept 0; a slope below 1 says that the probabilities are too extreme, as those of an overfitted model are. in_the_large is the intercept with the slope left at 1: above 0 more came than was predicted. statistic is the likelihood ratio against slope 1 and intercept 0, a chi-square of 2 degrees of freedom, and p_value its tail. NULLs where there is no finite answer: without cases, with one distinct probability (no slope), without both won and lost cases, or where a threshold separates them. Error 22023 for a probability of 0 or 1, whose log odds are infinite, or beyond.';

CREATE FUNCTION clientele.prior_correction(probability float8, sample_share float8, true_share float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_prior_correction'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.prior_correction(float8, float8, float8) IS
'A probability from a model whose training set had another share of won cases than there is: its odds times (true_share / (1 - true_share)) / (sample_share / (1 - sample_share)) (King & Zeng, Political Analysis 9 (2001) 137, section 4.1). NULL for NaN. Error 22003 for a probability that is not from 0 to 1, 22023 for a share that is not between 0 and 1.';
