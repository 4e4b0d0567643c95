-- Weight of evidence: the text form of outcome_counts, and what is refused.
SET search_path = clientele, public;
\set VERBOSITY default

-- in any order and space, out in one form
SELECT '{}'::outcome_counts AS nothing, ' { NULL : 1 : 2 ,"web":60.50:140 , "cold" :020:240.000, "":0:1 } SKIPPED 3 '::outcome_counts AS anyhow;
SELECT E'{"say \\"hi\\" \\\\ : , }": 1:0, "Zoë": 0.1:0.2, "null": 1:1}'::outcome_counts AS quotes;
SELECT '{"a": 0.000000000000000001:9223372036854775807.999999999999999999}'::outcome_counts AS ends;
SELECT length(('{"' || repeat('x', 1000) || '": 1:0}')::outcome_counts::text) AS longest;

-- malformed text, line by line
SELECT ''::outcome_counts;
SELECT '{'::outcome_counts;
SELECT '{a: 1:2}'::outcome_counts;
SELECT '{"a": 1:2'::outcome_counts;
SELECT '{"a: 1:2}'::outcome_counts;
SELECT '{"a" 1:2}'::outcome_counts;
SELECT '{"a": 1}'::outcome_counts;
SELECT '{"a": 1:}'::outcome_counts;
SELECT '{"a": -1:2}'::outcome_counts;
SELECT '{"a": 1.:2}'::outcome_counts;
SELECT '{"a": 1e3:2}'::outcome_counts;
SELECT '{"a": NaN:2}'::outcome_counts;
SELECT '{"a": 0.0000000000000000001:2}'::outcome_counts;
SELECT '{"a": 9223372036854775808:2}'::outcome_counts;
SELECT '{"a": 1:2,}'::outcome_counts;
SELECT '{"a": 1:2 "b": 1:2}'::outcome_counts;
SELECT '{"a": 1:2, "a": 3:4}'::outcome_counts;
SELECT '{null: 1:2, null: 3:4}'::outcome_counts;
SELECT ('{"' || repeat('x', 1001) || '": 1:0}')::outcome_counts;
SELECT '{} skipped'::outcome_counts;
SELECT '{} skipped -1'::outcome_counts;
SELECT '{} skipped 1.5'::outcome_counts;
SELECT '{} and more'::outcome_counts;

-- rows: what is skipped, and counted
SELECT outcome_counts(level, outcome) FROM (VALUES ('a', true), ('a', NULL), (NULL, false), (NULL, NULL), ('', true), (repeat('x', 1001), true)) AS v (level, outcome);
SELECT outcome_counts(level, outcome, weight)
FROM (VALUES ('a', true, 0.1::float8), ('a', true, 0.2), ('a', false, 1e15), ('b', true, NULL), ('b', true, 'NaN'), ('b', true, -1), ('b', true, 'Infinity'), ('b', true, 1.1e15), ('b', true, 0), ('b', NULL, 1), ('c', false, 1e-18), ('c', false, 1e-19)) AS v (level, outcome, weight);
SELECT outcome_counts(elements, outcome) FROM (VALUES (ARRAY['a', 'b', 'a', NULL], true), ('{}', true), (NULL, false), (ARRAY[repeat('x', 1001), 'a'], true), (ARRAY[['a', 'c'], ['b', 'a']], false), (ARRAY['a'], NULL)) AS v (elements, outcome);
SELECT outcome_counts(elements, outcome, weight) FROM (VALUES (ARRAY['a', 'b'], true, 0.5::float8), (ARRAY['b', 'c'], false, 2), (ARRAY['a'], true, NULL)) AS v (elements, outcome, weight);
SELECT outcome_counts(NULL::text, NULL::boolean) AS only_bad_ones;
SELECT outcome_counts_add(NULL, 'a', true), outcome_counts_add('{"b": 1:1}', 'a', true), outcome_counts_add('{"b": 1:1}', NULL::text, NULL);
SELECT '{"a": 9223372036854775807:0}'::outcome_counts + '{"a": 1:0}';
SELECT '{} skipped 9223372036854775807'::outcome_counts + '{} skipped 1';
SELECT won('{"a": 9223372036854775807:0, "b": 1:0}'::outcome_counts);
SELECT '{"a": 1:0}'::outcome_counts + NULL IS NULL AS null_is_null;

-- evidence
SELECT * FROM weight_of_evidence('{}'::outcome_counts);
SELECT information_value('{}'::outcome_counts), information_value('{"a": 1:0}'::outcome_counts), information_value('{"a": 1:1}'::outcome_counts), information_value('{"a": 1:0, "b": 0:1}'::outcome_counts, 0), information_value('{"a": 0:0, "b": 1:1}'::outcome_counts, 0);
SELECT level, won, lost, share_won, share_lost, weight_of_evidence, information_value FROM weight_of_evidence('{"a": 1:0, "b": 3:4, "c": 0:4, "d": 0:0}'::outcome_counts, 0);
SELECT level, share_won, share_lost, weight_of_evidence FROM weight_of_evidence('{"a": 1:0, "b": 3:0}'::outcome_counts);
SELECT * FROM weight_of_evidence('{"a": 1:2}'::outcome_counts, -0.5);
SELECT information_value('{"a": 1:2}'::outcome_counts, 'NaN');
SELECT information_value('{"a": 1:2}'::outcome_counts, 'Infinity');
SELECT information_value('{"a": 1:2}'::outcome_counts, NULL) IS NULL AS null_is_null;
SELECT weight_of_evidence(-1, 1, 2, 2);
SELECT weight_of_evidence(1, 'NaN', 2, 2);
SELECT weight_of_evidence(1, 1, 'Infinity', 2);
SELECT weight_of_evidence(3, 1, 2, 2);
SELECT weight_of_evidence(1, 3, 2, 2);
SELECT weight_of_evidence(1, 1, 2, 2, -1, 2);
SELECT weight_of_evidence(1, 1, 2, 2, 0.5, 0);
SELECT weight_of_evidence(1e300, 1e-300, 1.7e308, 1.7e308) AS absurd, weight_of_evidence(0, 0, 0, 0), weight_of_evidence(1, 1, NULL, 2);

-- bins of a number
SELECT evidence_edges('{}'::scored_outcomes), evidence_edges(1::float8, NULL::boolean), evidence_edges('NaN'::float8, true), (SELECT evidence_edges(1::float8, true) WHERE false);
SELECT * FROM evidence_bins('{}'::scored_outcomes);
SELECT * FROM evidence_bins('{1:3/3,2:5/5}'::scored_outcomes);
SELECT bin, low, high, won, lost, won_share FROM evidence_bins('{-Infinity:0/100,0:0/20,1:50/60,Infinity:99/100}'::scored_outcomes);
SELECT bin, low, high, won, lost, won_share FROM evidence_bins('{-Infinity:0/100,0:0/20,1:50/60,Infinity:99/100}'::scored_outcomes, 2);
SELECT bin, low, high, won, lost, won_share FROM evidence_bins('{-Infinity:0/100,0:0/20,1:50/60,Infinity:99/100}'::scored_outcomes, least_share => 0.4);
SELECT evidence_edges('{0:0/1000,1:1000/1000}'::scored_outcomes, least_share => 1);
SELECT evidence_edges('{}'::scored_outcomes, 0);
SELECT evidence_edges('{}'::scored_outcomes, 101);
SELECT evidence_edges('{}'::scored_outcomes, 5, -0.1);
SELECT evidence_edges('{}'::scored_outcomes, 5, 'NaN');
SELECT evidence_bins('{1:1/2}'::scored_outcomes, adjustment => -1);
