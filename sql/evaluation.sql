-- The measures of a score: what they refuse, and what the text forms of
-- scored_outcomes and paired_scores take.
SET search_path = clientele, public;
\set VERBOSITY default

-- scored_outcomes: text in any order comes out sorted and added up
SELECT ' { 3 : 1 / 2 , 1e2:0/1,0:1/1, -0:0/3, +Infinity:1/1,-inf:2/2 } SKIPPED 7 '::scored_outcomes, '{}'::scored_outcomes, '{5:1/1} asked 10'::scored_outcomes, '{5e-324:1/1,1.7976931348623157e308:0/9007199254740991}'::scored_outcomes;
SELECT ''::scored_outcomes;
SELECT '{'::scored_outcomes;
SELECT '{1'::scored_outcomes;
SELECT '{1:'::scored_outcomes;
SELECT '{1:1'::scored_outcomes;
SELECT '{1:1/'::scored_outcomes;
SELECT '{1:1/2'::scored_outcomes;
SELECT '{1:1/2,}'::scored_outcomes;
SELECT '{x:1/2}'::scored_outcomes;
SELECT '{NaN:1/2}'::scored_outcomes;
SELECT '{1e999:1/2}'::scored_outcomes;
SELECT '{1:-1/2}'::scored_outcomes;
SELECT '{1:3/2}'::scored_outcomes;
SELECT '{1:0/0}'::scored_outcomes;
SELECT '{1:1/9007199254740993}'::scored_outcomes;
SELECT '{1:1/9007199254740992,2:1/1}'::scored_outcomes;
SELECT '{1:1/1} skipped'::scored_outcomes;
SELECT '{1:1/1} skipped 9223372036854775808'::scored_outcomes;
SELECT '{1:1/1} asked 0'::scored_outcomes;
SELECT '{1:1/1} asked 100001'::scored_outcomes;
SELECT '{1:1/1} asked 10 more'::scored_outcomes;
SELECT scored_outcomes_union('{1:1/1} skipped 9223372036854775807', '{} skipped 1');
SELECT scored_outcomes_union('{1:1/9007199254740992}', '{1:1/1}');

-- paired_scores
SELECT ' { ( 3 , 1 ) : 1 / 2 , (1e2,-inf):0/1,(0,2):1/1, (-0,2):0/3, (Infinity,1):1/1 } SKIPPED 7 '::paired_scores, '{}'::paired_scores;
SELECT ''::paired_scores;
SELECT '{1'::paired_scores;
SELECT '{(1'::paired_scores;
SELECT '{(1,'::paired_scores;
SELECT '{(1,NaN):1/1}'::paired_scores;
SELECT '{(1,2:1/1}'::paired_scores;
SELECT '{(1,2)}'::paired_scores;
SELECT '{(1,2):2/1}'::paired_scores;
SELECT '{(1,2):1/1'::paired_scores;
SELECT '{(1,2):1/1} skipped x'::paired_scores;
SELECT '{(1,2):1/1} asked 10'::paired_scores;
SELECT '{(1,2):1/9007199254740992,(1,1):1/1}'::paired_scores;

-- arguments
SELECT auc_interval('{1:1/2}'::scored_outcomes, 0);
SELECT auc_interval('{1:1/2}'::scored_outcomes, 95);
SELECT auc_interval('{1:1/2}'::scored_outcomes, 'NaN');
SELECT auc_interval('{1:1/2}'::scored_outcomes, 0.9, 'wald');
SELECT auc_difference('{(1,2):1/2}'::paired_scores, 1);
SELECT brier('{1.5:1/2}'::scored_outcomes);
SELECT log_loss('{-0.5:1/2,1:1/1}'::scored_outcomes);
SELECT brier(score, true) FROM (VALUES (0.5::float8), (80)) AS v (score);
SELECT log_loss(score, true) FROM (VALUES (0.5::float8), ('Infinity')) AS v (score);
SELECT * FROM lift('{1:1/2}'::scored_outcomes, 0);
SELECT * FROM lift('{1:1/2}'::scored_outcomes, 100001);
SELECT lift(score, true, 0) FROM (VALUES (0.5::float8)) AS v (score);
SELECT lift(score, true, NULL) FROM (VALUES (0.5::float8)) AS v (score);
SELECT lift(score, true, i) FROM (VALUES (0.5::float8, 2), (0.5, 3)) AS v (score, i);
SELECT * FROM gains('{1:1/2}'::scored_outcomes, 0);
SELECT * FROM gains('{1:1/2}'::scored_outcomes, 1000001);
SELECT confusion('{1:1/2}'::scored_outcomes, 'NaN');
SELECT population_stability_index('{1:1/2}'::scored_outcomes, 0);
SELECT population_stability_index('{1:1/2}'::scored_outcomes, 10, -1);
SELECT * FROM population_stability('{1:1/2}'::scored_outcomes, 10, 'NaN');
SELECT population_stability_index('{0.5,0.5}'::float8[], '{1}');
SELECT population_stability_index('{0.5,NULL}'::float8[], '{0.5,0.5}');
SELECT population_stability_index('{0.5,0.5}'::float8[], '{0.5,-0.5}');
SELECT population_stability_index('{0.5,Infinity}'::float8[], '{0.5,0.5}');
SELECT population_stability_index('{{0.5,0.5}}'::float8[], '{0.5,0.5}');

-- steps of aggregates, called by hand
SELECT scored_outcomes_add(NULL, 0.5, true), scored_outcomes_add('{0.5:1/1}', 0.5, false), scored_outcomes_add('{0.5:1/1}', 'NaN', false), scored_outcomes_add('{0.5:1/1} asked 3', 1, true, 3);
SELECT scored_outcomes_add('{0.5:1/1}', 1, true, 3);
SELECT paired_scores_add(NULL, 0.5, 1, true), paired_scores_add('{(0.5,1):1/1}', 0.5, 1, false);
SELECT brier_add(NULL, 0.5, true), brier_add('{1,0.25,0}', 1, false), log_loss_add('{1,0,0}', NULL, true);
SELECT brier_add('{1,2}', 0.5, true);
SELECT brier_add('{1,2,NULL}', 0.5, true);
SELECT brier_add('{{1,2,3}}', 0.5, true);
SELECT brier_add('{-1,2,3}', 0.5, true);
SELECT forecast_errors_union('{1,2,3}', '{}');
SELECT forecast_errors_final('{0,0,0}'), forecast_errors_final('{2,1,0}'), lift_final('{1:0/2,2:2/2} asked 2');
