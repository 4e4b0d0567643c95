-- Measures of a score: how well it tells won from lost, and how true its
-- probabilities are.
CREATE FUNCTION clientele.auc(clientele.scored_outcomes) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_auc'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.auc(clientele.scored_outcomes) IS
'Area under the ROC curve: the chance that a won case has a higher score than a lost one, ties half (Bamber 1975); 0.5 tells nothing, 1 all, below 0.5 the score points the wrong way. The same as effect of mann_whitney(). NULL if nobody was won or nobody lost.';

CREATE AGGREGATE clientele.auc(score float8, outcome boolean) (
	SFUNC = clientele.scored_outcomes_add,
	STYPE = clientele.scored_outcomes,
	SSPACE = 1024,
	FINALFUNC = clientele.auc,
	COMBINEFUNC = clientele.scored_outcomes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.auc(float8, boolean) IS
'Area under the ROC curve: the chance that a won case has a higher score than a lost one, ties half (Bamber 1975); 0.5 tells nothing, 1 all, below 0.5 the score points the wrong way. The same as effect of mann_whitney(). NULL if nobody was won or nobody lost. Rows whose score is NULL or NaN or whose outcome is NULL are skipped (skipped(scored_outcomes(score, outcome)) counts them).';

CREATE TYPE clientele.auc_interval AS (
	estimate float8,
	std_error float8,
	low float8,
	high float8
);
COMMENT ON TYPE clientele.auc_interval IS
'The area under the ROC curve, its standard error and its confidence interval.';

CREATE FUNCTION clientele.auc_interval(clientele.scored_outcomes, confidence float8 DEFAULT 0.95, scale text DEFAULT 'plain') RETURNS clientele.auc_interval
	AS 'MODULE_PATHNAME', 'clientele_auc_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.auc_interval(clientele.scored_outcomes, float8, text) IS
'Area under the ROC curve with the standard error of DeLong, DeLong and Clarke-Pearson 1988 (Biometrics 44:837; placements as Sun and Xu 2014 count them) and its confidence interval: plain, estimate and so many standard errors, cut at 0 and 1; or logit, symmetric in the log odds, which is better near 1 and with few cases (Pepe 2003, section 5.2). estimate is NULL if nobody was won or nobody lost; std_error also with fewer than two of either. low and high are NULL where std_error is NULL or 0: a sample that the score separates without a fault says nothing of how far it would err elsewhere. Error 22023 for a confidence not between 0 and 1, or another scale.';

CREATE FUNCTION clientele.auc_interval_final(clientele.scored_outcomes) RETURNS clientele.auc_interval
	AS 'MODULE_PATHNAME', 'clientele_auc_interval_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.auc_interval_final(clientele.scored_outcomes) IS
'Final function of the aggregate auc_interval(score, outcome).';

CREATE AGGREGATE clientele.auc_interval(score float8, outcome boolean) (
	SFUNC = clientele.scored_outcomes_add,
	STYPE = clientele.scored_outcomes,
	SSPACE = 1024,
	FINALFUNC = clientele.auc_interval_final,
	COMBINEFUNC = clientele.scored_outcomes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.auc_interval(float8, boolean) IS
'Area under the ROC curve with the standard error of DeLong, DeLong and Clarke-Pearson 1988 (Biometrics 44:837; placements as Sun and Xu 2014 count them) and its confidence interval at 95 %, plain. estimate is NULL if nobody was won or nobody lost; std_error also with fewer than two of either. low and high are NULL where std_error is NULL or 0: a sample that the score separates without a fault says nothing of how far it would err elsewhere. For another confidence: auc_interval(scored_outcomes(score, outcome), 0.9). Rows whose score is NULL or NaN or whose outcome is NULL are skipped (skipped(scored_outcomes(score, outcome)) counts them).';

CREATE FUNCTION clientele.gini(clientele.scored_outcomes) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_outcomes_gini'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.gini(clientele.scored_outcomes) IS
'Gini coefficient of a score, 2 auc - 1 (Somers''s D, accuracy ratio): from -1 to 1, 0 tells nothing. NULL if nobody was won or nobody lost.';

CREATE AGGREGATE clientele.gini(score float8, outcome boolean) (
	SFUNC = clientele.scored_outcomes_add,
	STYPE = clientele.scored_outcomes,
	SSPACE = 1024,
	FINALFUNC = clientele.gini,
	COMBINEFUNC = clientele.scored_outcomes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.gini(float8, boolean) IS
'Gini coefficient of a score, 2 auc - 1 (Somers''s D, accuracy ratio): from -1 to 1, 0 tells nothing. NULL if nobody was won or nobody lost. Rows whose score is NULL or NaN or whose outcome is NULL are skipped (skipped(scored_outcomes(score, outcome)) counts them).';

CREATE FUNCTION clientele.average_precision(clientele.scored_outcomes) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_average_precision'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.average_precision(clientele.scored_outcomes) IS
'Average precision: the sum over scores, the highest first, of precision there times the step of recall, without interpolation; ties are one step. The area under the precision-recall curve; a score that tells nothing has the share of won cases. NULL if nobody was won.';

CREATE AGGREGATE clientele.average_precision(score float8, outcome boolean) (
	SFUNC = clientele.scored_outcomes_add,
	STYPE = clientele.scored_outcomes,
	SSPACE = 1024,
	FINALFUNC = clientele.average_precision,
	COMBINEFUNC = clientele.scored_outcomes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.average_precision(float8, boolean) IS
'Average precision: the sum over scores, the highest first, of precision there times the step of recall, without interpolation; ties are one step. The area under the precision-recall curve; a score that tells nothing has the share of won cases. NULL if nobody was won. Rows whose score is NULL or NaN or whose outcome is NULL are skipped (skipped(scored_outcomes(score, outcome)) counts them).';

CREATE FUNCTION clientele.ks(clientele.scored_outcomes) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_ks'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.ks(clientele.scored_outcomes) IS
'Kolmogorov-Smirnov distance: the greatest distance between the distributions of the scores of won and of lost cases, from 0 to 1; the best sensitivity + specificity - 1 of any threshold. NULL if nobody was won or nobody lost.';

CREATE AGGREGATE clientele.ks(score float8, outcome boolean) (
	SFUNC = clientele.scored_outcomes_add,
	STYPE = clientele.scored_outcomes,
	SSPACE = 1024,
	FINALFUNC = clientele.ks,
	COMBINEFUNC = clientele.scored_outcomes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.ks(float8, boolean) IS
'Kolmogorov-Smirnov distance: the greatest distance between the distributions of the scores of won and of lost cases, from 0 to 1; the best sensitivity + specificity - 1 of any threshold. NULL if nobody was won or nobody lost. Rows whose score is NULL or NaN or whose outcome is NULL are skipped (skipped(scored_outcomes(score, outcome)) counts them).';

CREATE FUNCTION clientele.brier(clientele.scored_outcomes) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_outcomes_brier'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.brier(clientele.scored_outcomes) IS
'Brier score: the mean squared difference of probability and outcome (Brier 1950, Monthly Weather Review 78:1), from 0 to 1; who always says 0.5 has 0.25. NULL without cases. Error 22023 for a score not from 0 to 1.';

CREATE FUNCTION clientele.log_loss(clientele.scored_outcomes) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_outcomes_log_loss'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.log_loss(clientele.scored_outcomes) IS
'Logarithmic loss: the mean of minus the natural logarithm of the probability that was given to what came; who always says 0.5 has ln 2 = 0.693. Infinity if a probability of 0 or 1 was wrong: nothing is clipped in silence; write least(greatest(p, 1e-15), 1 - 1e-15) to bound what one case can cost. NULL without cases. Error 22023 for a score not from 0 to 1.';

CREATE FUNCTION clientele.brier_add(float8[], float8, boolean) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'clientele_brier_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.brier_add(float8[], float8, boolean) IS
'Transition function of the aggregate brier(probability, outcome): cases, the sum of their errors, and what it has lost by rounding. Error 22023 for a probability not from 0 to 1, or an array that is no state.';

CREATE FUNCTION clientele.log_loss_add(float8[], float8, boolean) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'clientele_log_loss_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.log_loss_add(float8[], float8, boolean) IS
'Transition function of the aggregate log_loss(probability, outcome): cases, the sum of their errors, and what it has lost by rounding. Error 22023 for a probability not from 0 to 1, or an array that is no state.';

CREATE FUNCTION clientele.forecast_errors_union(float8[], float8[]) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'clientele_forecast_errors_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.forecast_errors_union(float8[], float8[]) IS
'Combine function of the aggregates brier(probability, outcome) and log_loss(probability, outcome).';

CREATE FUNCTION clientele.forecast_errors_final(float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_forecast_errors_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.forecast_errors_final(float8[]) IS
'Final function of the aggregates brier(probability, outcome) and log_loss(probability, outcome): the mean error.';

CREATE AGGREGATE clientele.brier(probability float8, outcome boolean) (
	SFUNC = clientele.brier_add,
	STYPE = float8[],
	SSPACE = 64,
	FINALFUNC = clientele.forecast_errors_final,
	COMBINEFUNC = clientele.forecast_errors_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.brier(float8, boolean) IS
'Brier score: the mean squared difference of probability and outcome (Brier 1950, Monthly Weather Review 78:1), from 0 to 1; who always says 0.5 has 0.25. NULL without cases. Error 22023 for a probability not from 0 to 1. A running sum: nothing is sorted or kept. Rows with NULL or NaN are skipped.';

CREATE AGGREGATE clientele.log_loss(probability float8, outcome boolean) (
	SFUNC = clientele.log_loss_add,
	STYPE = float8[],
	SSPACE = 64,
	FINALFUNC = clientele.forecast_errors_final,
	COMBINEFUNC = clientele.forecast_errors_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.log_loss(float8, boolean) IS
'Logarithmic loss: the mean of minus the natural logarithm of the probability that was given to what came; who always says 0.5 has ln 2 = 0.693. Infinity if a probability of 0 or 1 was wrong: nothing is clipped in silence; write least(greatest(p, 1e-15), 1 - 1e-15) to bound what one case can cost. NULL without cases. Error 22023 for a probability not from 0 to 1. A running sum: nothing is sorted or kept. Rows with NULL or NaN are skipped.';

CREATE FUNCTION clientele.scored_outcomes_add(clientele.scored_outcomes, float8, boolean, integer) RETURNS clientele.scored_outcomes
	AS 'MODULE_PATHNAME', 'clientele_scored_outcomes_add_tiles'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.scored_outcomes_add(clientele.scored_outcomes, float8, boolean, integer) IS
'Transition function of the measures of a score that take a number of tiles. Error 22023 for tiles not from 1 to 100,000 or not the same in all rows, 22004 for NULL.';

CREATE FUNCTION clientele.lift(clientele.scored_outcomes, tiles integer DEFAULT 10, OUT tile integer, OUT cases bigint, OUT won float8, OUT rate float8, OUT lift float8, OUT cumulative_cases bigint, OUT cumulative_won float8, OUT cumulative_rate float8, OUT cumulative_share float8, OUT cumulative_lift float8, OUT lowest float8, OUT highest float8) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_lift'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;
COMMENT ON FUNCTION clientele.lift(clientele.scored_outcomes, integer) IS
'Lift by tiles of cases, the highest scores first: tiles of as many cases as can be, as ntile() makes them; fewer tiles than asked for where there are fewer cases. Cases of one score have no order: a tile that ends among them takes its part of their won cases, which is what is to be expected by lot, so that won may be a fraction and no answer depends on the order of rows. tile; cases; won of them; rate = won / cases; lift = rate / rate of all; cumulative_ of this tile and those before: cases, won, rate, share of all won, lift; lowest and highest score of the tile. lift, cumulative_share and cumulative_lift are NULL if nobody was won. Error 22023 for tiles not from 1 to 100,000.';

CREATE FUNCTION clientele.lift_final(clientele.scored_outcomes) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'clientele_lift_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.lift_final(clientele.scored_outcomes) IS
'Final function of the aggregates lift(score, outcome) and lift(score, outcome, tiles).';

CREATE AGGREGATE clientele.lift(score float8, outcome boolean) (
	SFUNC = clientele.scored_outcomes_add,
	STYPE = clientele.scored_outcomes,
	SSPACE = 1024,
	FINALFUNC = clientele.lift_final,
	COMBINEFUNC = clientele.scored_outcomes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.lift(float8, boolean) IS
'Lift of each tile of cases, the highest scores first: its share of won cases divided by that of all; (lift(score, outcome))[1] is the lift of the best tenth. Tiles are those of ntile(), ties at their ends are split evenly. lift(scored_outcomes, tiles) tells more of each. NULL if nobody was won. Rows whose score is NULL or NaN or whose outcome is NULL are skipped (skipped(scored_outcomes(score, outcome)) counts them). Ten tiles.';

CREATE AGGREGATE clientele.lift(score float8, outcome boolean, tiles integer) (
	SFUNC = clientele.scored_outcomes_add,
	STYPE = clientele.scored_outcomes,
	SSPACE = 1024,
	FINALFUNC = clientele.lift_final,
	COMBINEFUNC = clientele.scored_outcomes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.lift(float8, boolean, integer) IS
'Lift of each tile of cases, the highest scores first: its share of won cases divided by that of all; (lift(score, outcome, 10))[1] is the lift of the best tenth. Tiles are those of ntile(), ties at their ends are split evenly. lift(scored_outcomes, tiles) tells more of each. NULL if nobody was won. Rows whose score is NULL or NaN or whose outcome is NULL are skipped (skipped(scored_outcomes(score, outcome)) counts them). Error 22023 for tiles not from 1 to 100,000 or not the same in all rows, 22004 for NULL.';

CREATE FUNCTION clientele.gains(clientele.scored_outcomes, points integer DEFAULT 100, OUT share_of_cases float8, OUT share_of_won float8) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_gains'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 101;
COMMENT ON FUNCTION clientele.gains(clientele.scored_outcomes, integer) IS
'The gains curve to be drawn: points + 1 rows from (0, 0) to (1, 1) in equal steps of the share of cases, the highest scores first, and the share of all won cases that is among them; straight among cases of one score. No rows if nobody was won. Error 22023 for points not from 1 to 1,000,000.';

CREATE FUNCTION clientele.gains_final(clientele.scored_outcomes) RETURNS point[]
	AS 'MODULE_PATHNAME', 'clientele_gains_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.gains_final(clientele.scored_outcomes) IS
'Final function of the aggregate gains(score, outcome).';

CREATE AGGREGATE clientele.gains(score float8, outcome boolean) (
	SFUNC = clientele.scored_outcomes_add,
	STYPE = clientele.scored_outcomes,
	SSPACE = 1024,
	FINALFUNC = clientele.gains_final,
	COMBINEFUNC = clientele.scored_outcomes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.gains(float8, boolean) IS
'The gains curve (cumulative accuracy profile), as an array of points from (0,0) to (1,1): x is a share of the cases, the highest scores first, y the share of all won cases among them. A corner for each score: among cases of one score it is straight. NULL if nobody was won. Rows whose score is NULL or NaN or whose outcome is NULL are skipped (skipped(scored_outcomes(score, outcome)) counts them). Error 54000 for a curve beyond a gigabyte.';

CREATE FUNCTION clientele.thresholds(clientele.scored_outcomes, OUT threshold float8, OUT true_positives bigint, OUT false_positives bigint, OUT true_negatives bigint, OUT false_negatives bigint, OUT sensitivity float8, OUT specificity float8, OUT "precision" float8, OUT accuracy float8, OUT f1 float8) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_thresholds'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION clientele.thresholds(clientele.scored_outcomes) IS
'What each threshold would do: a row for each score, the highest first, if all cases at or above it are taken for won. sensitivity = true positives / all won (recall, the y of the ROC curve), specificity = true negatives / all lost (1 - the x of the ROC curve), precision = true positives / all taken for won, accuracy = the share that is right, f1 = the harmonic mean of precision and sensitivity; NULL where that divides by 0.';

CREATE FUNCTION clientele.confusion(clientele.scored_outcomes, threshold float8, OUT true_positives bigint, OUT false_positives bigint, OUT true_negatives bigint, OUT false_negatives bigint, OUT sensitivity float8, OUT specificity float8, OUT "precision" float8, OUT accuracy float8, OUT f1 float8) RETURNS record
	AS 'MODULE_PATHNAME', 'clientele_confusion'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.confusion(clientele.scored_outcomes, float8) IS
'What one threshold does: all cases whose score is at or above it are taken for won. sensitivity = true positives / all won (recall, the y of the ROC curve), specificity = true negatives / all lost (1 - the x of the ROC curve), precision = true positives / all taken for won, accuracy = the share that is right, f1 = the harmonic mean of precision and sensitivity; NULL where that divides by 0. Error 22023 for NaN.';
