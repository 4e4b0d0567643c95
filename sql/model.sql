-- purchase_model and spend_model: JSON, what they tell, what they refuse.
SET search_path = clientele, public;

-- a model from a paper, typed in
SELECT '{"family": "bg/nbd", "unit": "7 days", "parameters": {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}}'::purchase_model AS model \gset
SELECT :'model'::purchase_model;
SELECT * FROM parameters(:'model'::purchase_model);
SELECT family(m), unit(m), status(m), converged(m), log_likelihood(m), aic(m), bic(m), customers(m), iterations(m), evaluations(m)
FROM (VALUES (:'model'::purchase_model)) AS v (m);
SELECT '{"family": "gamma-gamma", "parameters": {"p": 6.25, "q": 3.74, "gamma": 15.44}}'::spend_model;
-- units: weeks, months of 30.4375 and years of 365.25 days
SELECT u, unit(replace('{"family": "mbg/nbd", "unit": "U", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}}', 'U', u)::purchase_model)
FROM unnest(ARRAY['day', '1 day', 'week', '2 weeks', 'month', '1 year', '12 hours', '0.5 days']) AS u;
-- all that a fit leaves, and back; order of keys and white space do not matter
SELECT '{"log_likelihood": -9582.5, "customers": 2357, "family": "bg/nbd", "status": "ok", "iterations": 9, "evaluations": 11, "unit": "week",
 "parameters": {"b": 2, "a": 0.5, "alpha": 4, "r": 0.25}, "prior_sd": 3,
 "log_covariance": [[0.01, 0, 0, 0], [0, 0.04, 0.001, 0], [0, 0.001, 0.09, 0], [0, 0, 0, 0.16]]}'::purchase_model AS fitted \gset
SELECT :'fitted'::purchase_model;
SELECT (:'fitted'::purchase_model)::text::purchase_model::text = :'fitted' AS round_trip;
SELECT status(m), converged(m), log_likelihood(m), aic(m), round(bic(m)::numeric, 9) AS bic,
	round((4 * ln(2357::float8) + 2 * 9582.5)::numeric, 9) AS expected_bic, customers(m), iterations(m), evaluations(m)
FROM (VALUES (:'fitted'::purchase_model)) AS v (m);
-- standard errors by the delta method: 0.25 * 0.1, 4 * 0.2, 0.5 * 0.3, 2 * 0.4; the interval on the logarithmic scale
SELECT name, estimate, std_error, round(ci_low::numeric, 9) AS low, round(ci_high::numeric, 9) AS high,
	round((estimate * exp(-1.959963984540054 * std_error / estimate))::numeric, 9) AS expected_low,
	round((estimate * exp(1.959963984540054 * std_error / estimate))::numeric, 9) AS expected_high
FROM parameters(:'fitted'::purchase_model);
SELECT name, round((ci_high / estimate)::numeric, 9) AS ratio, round(exp(1.6448536269514722 * std_error / estimate)::numeric, 9) AS expected
FROM parameters(:'fitted'::purchase_model, confidence => 0.9);
SELECT * FROM parameters(:'fitted'::purchase_model, 1);
SELECT * FROM parameters(:'fitted'::purchase_model, 0);
SELECT * FROM parameters(:'fitted'::purchase_model, 'NaN');

-- what is no JSON, and no model
\set VERBOSITY terse
SELECT ''::purchase_model;
SELECT '{'::purchase_model;
\set VERBOSITY default
SELECT 'null'::purchase_model;
SELECT '3'::purchase_model;
SELECT '[]'::purchase_model;
SELECT '{}'::purchase_model;
SELECT '{"family": 3}'::purchase_model;
SELECT '{"family": "bg-nbd", "unit": "week", "parameters": {}}'::purchase_model;
SELECT '{"family": "gamma-gamma", "parameters": {"p": 6.25, "q": 3.74, "gamma": 15.44}}'::purchase_model;
SELECT '{"family": "bg/nbd", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": 7, "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "7 moons", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "0 days", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "-7 days", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week"}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": [1, 1, 1, 1]}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1}}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1, "s": 1}}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": "1", "alpha": 1, "a": 1, "b": 1}}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 0, "alpha": 1, "a": 1, "b": 1}}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": -1, "alpha": 1, "a": 1, "b": 1}}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1e-101, "alpha": 1, "a": 1, "b": 1}}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1, "alpha": 1.1e100, "a": 1, "b": 1}}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1e-100, "alpha": 1e100, "a": 1, "b": 1}}'::purchase_model;
SELECT '{"family": "gamma-gamma", "parameters": {"p": 1e-301, "q": 3.74, "gamma": 15.44}}'::spend_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1e400, "alpha": 1, "a": 1, "b": 1}}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}, "sttus": "ok"}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}, "status": "fine"}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}, "customers": -1}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}, "customers": 1.5}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}, "prior_sd": 0}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}, "log_covariance": 3}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}, "log_covariance": [[1,2],[2,1]]}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}, "log_covariance": [[1,0,0,0],[0,1,0,0],[0,0,1,0],[1,0,0,1]]}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}, "log_covariance": [[1,0,0,0],[0,-1,0,0],[0,0,1,0],[0,0,0,1]]}'::purchase_model;
SELECT '{"family": "gamma-gamma", "unit": "week", "parameters": {"p": 6.25, "q": 3.74, "gamma": 15.44}}'::spend_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}}'::spend_model;

-- fits that have nothing to fit
SELECT fit('{}'::customer_base);
SELECT fit('{(2,3,10)*3}'::customer_base);
SELECT fit('{(0,0,10)*1000}'::customer_base);
SELECT fit('{} dropped 2 one_time 5'::spend_base);
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, 'pareto');
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, unit => '0');
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, unit => '-7 days');
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, prior_sd => 0);
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, prior_sd => 'NaN');
SELECT fit(NULL::customer_base) IS NULL AS purchases, fit(NULL::spend_base) IS NULL AS spend;
-- a million identical customers, and a fit on a ridge: no error, and the status says so
SELECT status(fit('{(2,3,10)*1000000}'::customer_base, f)) AS identical, status(fit('{(0,0,10)*4,(1,5,10)}'::customer_base, f)) AS ridge
FROM unnest(ARRAY['bg/nbd', 'mbg/nbd']) AS f;
SELECT status(fit('{(2,3)*1000000}'::spend_base)) AS identical;
-- parameters of such a fit have no errors, and a prediction from it warns once
SELECT name, std_error, ci_low, ci_high FROM parameters(fit('{(2,3,10)*1000000}'::customer_base));
SELECT count(p_alive(m, rfm(2, 3, 10 + i))) FROM generate_series(1, 5) AS i, (SELECT fit('{(2,3,10)*1000000}'::customer_base) AS m OFFSET 0) AS f;
-- fits that no model could hold: it could be written and not be read again
SELECT fit('{(2,1e299,1e300)*2,(0,0,10)*5}'::customer_base, unit => '1 microsecond');
SELECT fit('{(2,3e-200,1e-190)*2,(0,0,1e-190)*5}'::customer_base, 'pareto/nbd', unit => '1 year');
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, prior_sd => 1e-200);
SELECT fit('{(1,5e-300),(2,6e300)*3,(3,4)*5}'::spend_base);
