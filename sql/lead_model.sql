--
-- Models of leads: what is refused, each with where it is and what to write.
--
SET search_path = clientele, public;
SET extra_float_digits = 1;

-- not JSON, or no object
SELECT ''::lead_model;
SELECT 'logistic'::lead_model;
SELECT '{"family": "logistic"'::lead_model;
SELECT '[]'::lead_model;
SELECT '7'::lead_model;
-- family, status, keys
SELECT '{}'::lead_model;
SELECT '{"family": 7}'::lead_model;
SELECT '{"family": "probit"}'::lead_model;
SELECT '{"family": "logistic", "status": "fine", "intercept": 1, "features": {}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {}, "coefficients": {}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 1, "lost": 1, "features": {}, "intercept": 1}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "intercept": 2, "features": {}}'::lead_model;
SELECT '{"family": "logistic", "reason": 1, "intercept": 1, "features": {}}'::lead_model;
-- intercept
SELECT '{"family": "logistic", "features": {}}'::lead_model;
SELECT '{"family": "logistic", "intercept": "1", "features": {}}'::lead_model;
SELECT '{"family": "logistic", "intercept": {}, "features": {}}'::lead_model;
SELECT '{"family": "logistic", "intercept": {"std_error": 1}, "features": {}}'::lead_model;
SELECT '{"family": "logistic", "intercept": {"estimate": 1, "se": 1}, "features": {}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1e200, "features": {}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1e400, "features": {}}'::lead_model;
SELECT '{"family": "logistic", "intercept": {"estimate": 1, "std_error": -1}, "features": {}}'::lead_model;
-- features
SELECT '{"family": "logistic", "intercept": 1}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": 7}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": [7]}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": [{"estimate": 1}]}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": [{"name": 1}]}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"": 1}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": {"name": "b", "estimate": 1}}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": [{"name": "a", "estimate": 1}, {"name": "a"}]}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": "1"}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": {"estimat": 1}}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": {"estimate": true}}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": {"estimate": 1, "mean": "x"}}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": {"estimate": 1, "mean": 1e151}}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": {"estimate": 1, "sd": -1}}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": {"estimate": 1, "missing": {"share": 2}}}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": {"estimate": 1, "missing": [2]}}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": {"levels": ["x"]}}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": {"levels": {}}}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": {"levels": {"x": "1"}}}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": {"levels": {"x": {"estimate": 1, "weight": -1}}}}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": {"levels": {"x": 1, "x": 2}}}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": {"levels": {"x": 1}, "mean": 2}}}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": {"elements": {"x": 1}}}}'::lead_model;
-- how it was fitted
SELECT '{"family": "logistic", "intercept": 1, "features": {}, "iterations": 1.5}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {}, "ridge": -1}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {}, "won": -1}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {}, "prior_shift": 1e200}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {}, "calibration": "platt"}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {}, "covariance": [[1], [0, 1]]}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": 1}, "covariance": [[1], [0]]}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": 1}, "covariance": [[1, 2], [3, 1]]}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": 1}, "covariance": [[1], [0, -1]]}'::lead_model;
SELECT '{"family": "logistic", "intercept": 1, "features": {"a": 1}, "covariance": [[1], [0, null]]}'::lead_model;
-- naive Bayes
SELECT '{"family": "naive bayes", "features": {}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 0, "lost": 5, "features": {}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 1, "lost": 5, "smoothing": -1, "features": {}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 1, "lost": 5, "bounds": 0.1, "features": {}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 1, "lost": 5, "bounds": [0.5, 0.5], "features": {}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 1, "lost": 5, "features": {"a": 1}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 1, "lost": 5, "features": {"a": {"levels": {"x": 1}}}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 1, "lost": 5, "features": {"a": {"levels": {"x": [1]}}}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 1, "lost": 5, "features": {"a": {"levels": {"x": [1, "2"]}}}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 1, "lost": 5, "features": {"a": {"levels": {"x": [1, -2]}}}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 1, "lost": 5, "features": {"a": {"levels": {"x": {"all": [1, 2], "teams": {"North": [1, 1]}}}}}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 1, "lost": 5, "features": {"a": {"levels": {"x": {"teams": {}}}}}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 1, "lost": 5, "teams": ["North"], "features": {}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 1, "lost": 5, "teams": {"North": [1, -1]}, "features": {}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 1, "lost": 5, "features": {"a": {"elements": {"x": [1, 2]}, "minimum": -1}}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 1, "lost": 5, "features": {"a": {"elements": {"x": [1, 6]}, "total": [1, 5]}}}'::lead_model;
SELECT '{"family": "naive bayes", "won": 1, "lost": 5, "features": {"a": {"levels": {"x": [1, 2]}, "total": [1, 5]}}}'::lead_model;
-- limits
SELECT jsonb_build_object('family', 'logistic', 'intercept', 1, 'features', (SELECT jsonb_object_agg('f' || i, i) FROM generate_series(1, 1001) AS i))::text::lead_model;
SELECT jsonb_build_object('family', 'logistic', 'intercept', 1, 'features', (SELECT jsonb_object_agg('f' || i, i) FROM generate_series(1, 1000) AS i))::text::lead_model;
SELECT jsonb_build_object('family', 'naive bayes', 'won', 1, 'lost', 1, 'features', jsonb_build_object('a', jsonb_build_object('levels', (SELECT jsonb_object_agg('f' || i, '[1, 1]'::jsonb) FROM generate_series(1, 100001) AS i))))::text::lead_model;
SELECT jsonb_build_object('family', 'logistic', 'intercept', 1, 'features', jsonb_build_object('a', jsonb_build_object('levels', jsonb_build_object(repeat('x', 1001), 1))))::text::lead_model;
-- as large as can be
SELECT count(*), sum(estimate) FROM coefficients(jsonb_build_object('family', 'logistic', 'intercept', 1, 'features', (SELECT jsonb_object_agg('f' || i, i) FROM generate_series(1, 999) AS i))::text::lead_model);
SELECT win_probability(model, '{"a": "f77"}'::jsonb) = win_probability(model, '{}'::float8[], ARRAY['f77']) AS same, length(model::text) = length(model::text::lead_model::text) AS read_again
FROM (SELECT jsonb_build_object('family', 'naive bayes', 'won', 1, 'lost', 1, 'smoothing', 0.1, 'features', jsonb_build_object('a', jsonb_build_object('levels', (SELECT jsonb_object_agg('f' || i, '[1, 2]'::jsonb) FROM generate_series(1, 100000) AS i))))::text::lead_model AS model) AS s;

-- predictions: what is not what the model takes
CREATE TABLE fits AS SELECT '{"family": "logistic", "intercept": 1, "features": [{"name": "a", "estimate": 2}, {"name": "b", "levels": {"x": 0.5}}, {"name": "c", "estimate": 3}]}'::lead_model AS model,
	'{"family": "naive bayes", "won": 1, "lost": 5, "features": {"s": {"elements": {"x": [1, 2]}}}}'::lead_model AS sets;
SELECT win_probability(model, '[1]'::jsonb) FROM fits;
SELECT win_probability(model, '1'::jsonb) FROM fits;
SELECT win_probability(model, '{"a": "one"}'::jsonb) FROM fits;
SELECT win_probability(model, '{"a": ""}'::jsonb) FROM fits;
SELECT win_probability(model, '{"a": [1]}'::jsonb) FROM fits;
SELECT win_probability(model, '{"a": 1, "b": {"x": 1}}'::jsonb) FROM fits;
SELECT win_probability(model, ARRAY[1, 2]) FROM fits;
SELECT win_probability(model, ARRAY[1, 2, 3], ARRAY['x']) FROM fits;
SELECT win_probability(model, ARRAY[[1, 2]], ARRAY['x']) FROM fits;
SELECT win_probability(model, ARRAY[1, 2], ARRAY['x', 'y']) FROM fits;
SELECT win_probability(model, ARRAY[1, 2], ARRAY[]::text[]) FROM fits;
SELECT win_probability(sets, ARRAY[]::float8[], ARRAY['x']) FROM fits;
SELECT win_probability(sets, '{"s": {"x": 1}}'::jsonb) FROM fits;
SELECT win_probability(sets, '{"s": [["x"]]}'::jsonb) FROM fits;
SELECT win_probability(sets, jsonb_build_object('s', (SELECT jsonb_agg(i) FROM generate_series(1, 1001) AS i))) FROM fits;
SELECT logit(model, '{"a": "one"}'::jsonb) FROM fits;
SELECT contributions(model, '{"a": "one"}'::jsonb) FROM fits;
SELECT reasons(model, '{}'::jsonb, -1) FROM fits;
SELECT coefficients(model, 1) FROM fits;
SELECT win_probability(NULL, '{}'::jsonb), win_probability(model, NULL::jsonb), logit(model, NULL::float8[]) FROM fits;

-- a fit that is no good warns, once a query
CREATE TABLE bad AS SELECT '{"family": "logistic", "status": "separated", "reason": "a tells won from lost.", "intercept": 1, "features": {"a": 2}}'::lead_model AS model FROM generate_series(1, 3);
SELECT round(sum(win_probability(model, '{"a": 1}'::jsonb))::numeric, 6) FROM bad;
SELECT (SELECT sum(log_odds) FROM contributions(model, ARRAY[1])) FROM bad;
UPDATE bad SET model = '{"family": "logistic", "status": "not converged", "intercept": 1, "features": {}}';
SELECT sum(logit(model, '{}'::jsonb)) FROM bad;

-- another prior, a calibration
SELECT with_prior(model, 0, 0.5) FROM fits;
SELECT with_prior(model, 0.5, 1) FROM fits;
SELECT with_prior(model, 'NaN', 0.5) FROM fits;
SELECT with_prior(model, 0.5) FROM fits;
SELECT with_prior('{"family": "logistic", "won": 3, "lost": 0, "intercept": 1, "features": {}}', 0.5);

-- cards
SELECT scorecard(model, 'x', base_odds => 0) FROM fits;
SELECT scorecard(model, 'x', base_score => 'NaN') FROM fits;
SELECT scorecard(model, 'x', points_to_double_odds => -20) FROM fits;
SELECT scorecard(model, 'x', decimals => 10) FROM fits;
SELECT scorecard(model, '') FROM fits;
SELECT scorecard(model, 'x', version => 0) FROM fits;
SELECT scorecard('{"family": "logistic", "intercept": 1, "features": {}}'::lead_model, 'x');
SELECT scorecard('{"family": "logistic", "intercept": 1, "features": {"a": 1e100}}'::lead_model, 'x');
SELECT scorecard('{"family": "naive bayes", "won": 1, "lost": 5, "features": {"s": {"levels": {"x": [0, 2], "y": [1, 3]}}}}'::lead_model, 'x');
SELECT points_from_probability(1.5);
SELECT points_from_probability('NaN');
SELECT probability_from_points(500, base_odds => -1);
SELECT probability_from_points('NaN') IS NULL AS no_points;
DROP TABLE fits, bad;
