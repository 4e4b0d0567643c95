-- Naive Bayes: what a fit says and refuses.
SET search_path = clientele, public;
\set VERBOSITY default
CREATE TABLE deal AS
SELECT i, i % 3 = 0 AS won, CASE WHEN i % 7 > 0 THEN 'source ' || i % 4 END AS source, CASE WHEN i % 5 > 0 THEN ARRAY['tag ' || i % 2, 'rare ' || i] END AS tags,
	('{one,two,three}'::text[])[1:1 + i % 3] AS stages, i % 2 AS team, 1.5 AS weight, 2 AS copies
FROM generate_series(1, 300) AS i;

-- too little
SELECT fit_lead_model('SELECT * FROM deal WHERE i <= 100', 'won', ARRAY['source'], 'naive bayes');
SELECT fit_lead_model('SELECT * FROM deal WHERE i <= 100', 'won', ARRAY['source'], 'naive bayes', minimum_won => 33);
SELECT fit_lead_model('SELECT * FROM deal WHERE won', 'won', ARRAY['source'], 'naive bayes', minimum_won => 0, minimum_lost => 0);
SELECT fit_lead_model('SELECT * FROM deal WHERE false', 'won', ARRAY['source'], 'naive bayes', minimum_won => 0, minimum_lost => 0);
SELECT fit_lead_model('SELECT * FROM deal WHERE false', 'won', ARRAY['source'], 'naive bayes', team => 'team', minimum_won => 0, minimum_lost => 0);
-- a frequency counts for it
SELECT fit_lead_model('SELECT * FROM deal WHERE i <= 100', 'won', ARRAY['source'], 'naive bayes', frequency => 'copies') IS NOT NULL AS enough;

-- features that are none
SELECT fit_lead_model('deal', 'won', ARRAY['i'], 'naive bayes');
SELECT fit_lead_model('deal', 'won', ARRAY['nothing'], 'naive bayes');
SELECT fit_lead_model('deal', 'won', ARRAY['source', 'source'], 'naive bayes');
SELECT fit_lead_model('deal', 'won', ARRAY['source'], 'naive bayes', maximum_levels => 3);
SELECT fit_lead_model('deal', 'won', ARRAY['source'], 'naive');

-- stages
SELECT fit_lead_model('deal', 'won', ARRAY['source', 'stages'], 'naive bayes', stages => ARRAY['steps']);
SELECT fit_lead_model('deal', 'won', ARRAY['source', 'stages'], 'naive bayes', stages => ARRAY['source']);
SELECT fit_lead_model('deal', 'won', ARRAY['source', 'stages'], 'naive bayes', stages => ARRAY['stages', NULL]);
SELECT fit_lead_model('deal', 'won', ARRAY['source'], stages => ARRAY['source']);
SELECT fit_lead_model('deal', 'won', ARRAY['stages'], 'naive bayes', stages => ARRAY['stages']);
SELECT fit_lead_model('deal', 'won', ARRAY['stages'], 'naive bayes', stages => '{}');

-- teams: of any type; not named by nothing
SELECT fit_lead_model('deal', 'won', ARRAY['source'], 'naive bayes', team => 'team');
SELECT fit_lead_model($$SELECT *, '' AS nobody FROM deal$$, 'won', ARRAY['source'], 'naive bayes', team => 'nobody');
SELECT fit_lead_model($$SELECT *, repeat('x', 1001) AS long FROM deal$$, 'won', ARRAY['source'], 'naive bayes', team => 'long');
SELECT fit_lead_model('SELECT won, source, g AS team FROM deal, generate_series(1, 10001) AS g WHERE i % 150 = 0', 'won', ARRAY['source'], 'naive bayes', team => 'team');

-- rows and values that do not count
SELECT fit_lead_model($$SELECT nullif(i % 3, 1) = 0 AS won, CASE WHEN i % 50 = 0 THEN repeat('x', 1001) ELSE source END AS source, CASE WHEN i % 60 = 0 THEN float8 'NaN' WHEN i % 60 = 1 THEN -1 WHEN i % 60 = 2 THEN float8 'Infinity' WHEN i % 60 = 3 THEN NULL ELSE 1 END AS weight FROM deal$$,
	'won', ARRAY['source'], 'naive bayes', weight => 'weight');
SELECT fit_lead_model('SELECT won, NULL::text AS empty, tags[2:2] AS rare, tags[3:3] AS no_tags FROM deal', 'won', ARRAY['empty', 'rare', 'no_tags'], 'naive bayes');
SELECT fit_lead_model('SELECT *, 1e308 AS huge FROM deal', 'won', ARRAY['source'], 'naive bayes', weight => 'huge');
SELECT fit_lead_model('SELECT *, 1e15 AS large, 2 AS twice FROM deal', 'won', ARRAY['source'], 'naive bayes', weight => 'large', frequency => 'twice');
SELECT fit_lead_model('SELECT *, 0 AS none FROM deal', 'won', ARRAY['source'], 'naive bayes', weight => 'none');
SELECT fit_lead_model('SELECT *, 0 AS none FROM deal', 'won', ARRAY['source'], 'naive bayes', frequency => 'none');
SELECT fit_lead_model('SELECT *, 1e-300 AS tiny, (i % 10) * 1e-200 AS less FROM deal', 'won', ARRAY['source'], 'naive bayes', weight => 'tiny', frequency => 'less', minimum_won => 0, minimum_lost => 0);
SELECT fit_lead_model('deal', 'won', ARRAY['source'], 'naive bayes', smoothing => -1);
SELECT fit_lead_model('deal', 'won', ARRAY['source'], 'naive bayes', smoothing => 'Infinity');
SELECT fit_lead_model('deal', 'won', ARRAY['source'], 'naive bayes', smoothing => 1e10);
DROP TABLE deal;
