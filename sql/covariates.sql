-- covariate_base and models with covariates: text, what they refuse.
SET search_path = clientele, public;
\set VERBOSITY default

-- text in any order comes out sorted, equal cells are added, one zero
SELECT '{ (2, 213, 272, 1, 0.5) , (0,0,272,-1,-0)*117, (2,213,272,1,5e-1)*2, (0,-0,90,0,1e3) } skipped 2'::covariate_base;
SELECT b, customers(b), repeat_customers(b), covariates(b), cells(b), skipped(b) FROM (VALUES ('{}'::covariate_base), ('{} skipped 3'), ('{(1,2,3,4)*5}')) AS v (b);
-- text that does not parse
SELECT ''::covariate_base;
SELECT '{(1,2,3)}'::covariate_base;
SELECT '{(1,2,3,4)'::covariate_base;
SELECT '{(1,2,3,4),(1,2,3,4,5)}'::covariate_base;
SELECT '{(1,2,3,4,5),(1,2,3,4)}'::covariate_base;
SELECT '{(1,2,3,)}'::covariate_base;
SELECT '{(1,2,3,NaN)}'::covariate_base;
SELECT '{(1,2,3,-Infinity)}'::covariate_base;
SELECT '{(1,2,3,1e999)}'::covariate_base;
SELECT '{(1,2,3,4)} dropped 2'::covariate_base;
SELECT '{(1,2,3,4)} skipped -2'::covariate_base;
SELECT '('::covariate_base;
-- cells that cannot be
SELECT '{(1,4,3,1)}'::covariate_base;
SELECT '{(1,-1,3,1)}'::covariate_base;
SELECT '{(0,1,3,1)}'::covariate_base;
SELECT '{(1,2,3,1)*0}'::covariate_base;
SELECT '{(1,2,3,1)*4294967295,(1,2,3,1)}'::covariate_base;
-- the most covariates
SELECT covariates(('{(1,2,3' || repeat(',1', 30) || ')}')::covariate_base);
SELECT ('{(1,2,3' || repeat(',1', 31) || ')}')::covariate_base;

-- the aggregate: no rows, NULL summaries, unknown covariates
SELECT customer_base(NULL::rfm, '{1}'::float8[]), customer_base(NULL::covariate_base);
SELECT customer_base(r, z)
FROM (VALUES ('(2,213,272,22.345)'::rfm, '{1,0.5}'::float8[]), ('(0,0,272,0)', '{0,1}'), ('(0,0,272,0)', '{-0,1}'), (NULL, '{1,1}'), (NULL, '{1}'),
			 ('(1,12,272,3)', NULL), ('(1,12,272,3)', '{1,NULL}'), ('(1,12,272,3)', '{NaN,1}'), ('(1,12,272,3)', '{1,-Infinity}'),
			 ('(1,12,272,3)', '{NULL}'), ('(2,213,272,7)', '{1,0.5}')) AS v (r, z);
SELECT customer_base(r, z) FROM (VALUES ('(1,2,3,4)'::rfm, NULL::float8[])) AS v (r, z);
SELECT customer_base(b), min(covariates(b)) FROM (VALUES ('{} skipped 1'::covariate_base), ('{(1,2,3,4)*2} skipped 2'), ('{(0,0,3,1),(1,2,3,4)}'), ('{}'), (NULL)) AS v (b);
SELECT '{}'::covariate_base || '{(1,2,3,4)}' AS a, '{(1,2,3,4)}'::covariate_base || '{}' AS b, '{(1,2,3,4)}'::covariate_base || '{(0,0,3,1)}' AS c;
-- unlike many covariates, none, too many, a matrix
SELECT customer_base('(1,2,3,4)'::rfm, z) FROM (VALUES ('{1,2}'::float8[]), ('{1,2,3}')) AS v (z);
SELECT '{(1,2,3,4)}'::covariate_base || '{(1,2,3,4,5)}';
SELECT customer_base(b) FROM (VALUES ('{(1,2,3,4)}'::covariate_base), ('{(1,2,3,4,5)}')) AS v (b);
SELECT customer_base('(1,2,3,4)'::rfm, '{}'::float8[]);
SELECT customer_base('(1,2,3,4)'::rfm, array_fill(1.0::float8, ARRAY[31]));
SELECT customer_base('(1,2,3,4)'::rfm, '{{1,2},{3,4}}'::float8[]);
SELECT customer_base('(3,213,272,22.345,,first)'::rfm, '{1}'::float8[]);
-- the state outside an aggregate is a copy; a running base over a window
CREATE TEMP TABLE stored AS SELECT '{(0,0,3,1)}'::covariate_base AS b;
SELECT covariate_base_add(b, '(1,2,3,4)', '{2}'), covariate_base_add(b, '(1,2,3,4)', NULL) FROM stored;
SELECT b FROM stored;
SELECT i, customer_base(rfm(i, i, 10 * i), ARRAY[i]::float8[]) OVER (ORDER BY i) FROM generate_series(1, 3) AS i;
-- growth: 5,000 distinct cells, each twice
SELECT customers(b), cells(b), b::text::covariate_base::text = b::text AS round_trip
FROM (SELECT customer_base(rfm(i % 5000, i % 5000, 5000), ARRAY[-i % 5000, i % 2, 1.0 / (1 + i % 5000)]::float8[]) AS b FROM generate_series(0, 9999) AS i) AS s;
SELECT without_covariates('{(2,213,272,1,0.5)*3,(2,213,272,0,0.5),(0,0,272,1,1)} skipped 2');

-- fits that have nothing to fit
SELECT fit('{}'::covariate_base);
SELECT fit('{(2,3,10,1)*3} skipped 7'::covariate_base);
SELECT fit('{(0,0,10,1)*1000,(0,0,10,0)*1000}'::covariate_base);
\set VERBOSITY terse
SELECT fit('{(2,3,10,1)*20,(0,0,10,0)*50}'::covariate_base, 'pareto');
\set VERBOSITY default
SELECT fit('{(2,3,10,1)*20,(0,0,10,0)*50}'::covariate_base, 'nbd');
SELECT fit('{(2,3,10,1)*20,(0,0,10,0)*50}'::covariate_base, unit => '0');
SELECT fit('{(2,3,10,1)*20,(0,0,10,0)*50}'::covariate_base, prior_sd => 0);
SELECT fit('{(2,3,10,1)*20,(0,0,10,0)*50}'::covariate_base, coefficient_prior_sd => -1);
SELECT fit(('{(2,3,10' || repeat(',1', 21) || ')*100}')::covariate_base);
SELECT fit(NULL::covariate_base) IS NULL AS nothing;
-- covariates that tell nothing
SELECT fit('{(2,3,10,1,1)*20,(0,0,10,0,1)*50,(4,9,10,1,1)*5,(1,7,8,0,1)*10}'::covariate_base);
SELECT fit('{(2,3,10,1,0)*20,(0,0,10,0,1)*50,(4,9,10,1,0)*5,(1,7,8,0,1)*10}'::covariate_base);
SELECT fit('{(2,3,10,1)*20,(0,0,10,1e300)*50,(4,9,10,1)*5,(1,7,8,0)*10}'::covariate_base);
SELECT fit(customer_base(rfm(1 + i % 3, 5, 10 + i % 20), ARRAY[1e6 + i % 2]::float8[]), prior_sd => 1) FROM generate_series(1, 200) AS i;
-- of a constant covariate with a prior nothing is known but the prior: 0 +- 0.5
SELECT name, round(estimate::numeric, 9) AS estimate, round(std_error::numeric, 9) AS std_error
FROM parameters(fit('{(2,3,10,1,7)*20,(0,0,10,0,7)*50,(4,9,10,1,7)*5,(1,7,8,0,7)*10}'::covariate_base, prior_sd => 2, coefficient_prior_sd => 0.5)) WHERE name LIKE '%\_2';

-- the model of a customer
SELECT '{"family": "bg/nbd", "unit": "7 days", "parameters": {"r": 0.5, "alpha": 4, "a": 0.75, "b": 2}, "coefficients": {"purchase": [0, 2], "dropout_a": [0, -1], "dropout_b": [1, 0]}}'::purchase_model AS m \gset
SELECT with_covariates(:'m', '{7,0}');
SELECT with_covariates(:'m', ARRAY[0, ln(2)]);
SELECT with_covariates(:'m', NULL) IS NULL AS a, with_covariates(:'m', '{1,NULL}') IS NULL AS b, with_covariates(:'m', '{1,NaN}') IS NULL AS c, with_covariates(:'m', '{Infinity,1}') IS NULL AS d;
SELECT with_covariates(:'m', '{1}');
SELECT with_covariates(:'m', '{1,2,3}');
SELECT with_covariates(:'m', '{}');
SELECT with_covariates(:'m', '{{1,2}}');
SELECT with_covariates(:'m', '{0,1e5}');
SELECT with_covariates('{"family": "bg/nbd", "unit": "7 days", "parameters": {"r": 0.5, "alpha": 4, "a": 0.75, "b": 2}}', '{1}');
SELECT p_alive(:'m'::purchase_model, '(2,213,272,22)'::rfm);
-- a covariance of zero stays zero; one of coefficients alone is sum and square
SELECT with_covariates('{"family": "pareto/nbd", "unit": "7 days", "parameters": {"r": 0.5, "alpha": 4, "s": 0.75, "beta": 2}, "coefficients": {"purchase": [0.5], "dropout": [0]},
 "log_covariance": [[0,0,0,0,0,0],[0,1,0,0,0.25,0],[0,0,0,0,0,0],[0,0,0,0,0,0],[0,0.25,0,0,4,0],[0,0,0,0,0,9]]}', '{2}')::text::jsonb -> 'log_covariance' AS covariance;

SELECT with_covariates('{"family": "pareto/nbd", "unit": "7 days", "parameters": {"r": 0.5, "alpha": 4, "s": 0.75, "beta": 2}, "coefficients": {"purchase": [0], "dropout": [0]},
 "log_covariance": [[0,0,0,0,0,0],[0,1,0,0,0,0],[0,0,0,0,0,0],[0,0,0,0,0,0],[0,0,0,0,4,0],[0,0,0,0,0,9]]}', '{1e200}');

-- sums
SELECT total_expected_purchases(:'m', '{(1,2,3,4)}'::covariate_base, '1 year');
SELECT total_expected_purchases('{"family": "bg/nbd", "unit": "7 days", "parameters": {"r": 0.5, "alpha": 4, "a": 0.75, "b": 2}}', '{(1,2,3,4)}'::covariate_base, '1 year');
SELECT total_expected_purchases(:'m', '{(1,2,3,4,5)}'::covariate_base, '-1 year');
SELECT total_expected_purchases(:'m', '{(1,2,3,4,500)}'::covariate_base, '1 year');
SELECT std_error, low, high FROM total_expected_purchases(:'m', '{(1,2,3,4,0.5)}'::covariate_base, '1 year');
SELECT * FROM total_expected_purchases(:'m', '{} skipped 2'::covariate_base, '1 year');

-- likelihood ratios that are none
CREATE FUNCTION model(family text, rest text) RETURNS purchase_model LANGUAGE sql AS $$
	SELECT format('{"family": "%s", "unit": "7 days", "parameters": {"r": 1, "alpha": 1%s}%s}', family, CASE family WHEN 'nbd' THEN '' WHEN 'pareto/nbd' THEN ', "s": 1, "beta": 1' ELSE ', "a": 1, "b": 1' END, rest)::purchase_model $$;
\set one '"coefficients": {"purchase": [1], "dropout_a": [1], "dropout_b": [1]}'
SELECT likelihood_ratio_test(model('bg/nbd', ', "log_likelihood": -10'), model('bg/nbd', ', "log_likelihood": -9'));
SELECT likelihood_ratio_test(model('bg/nbd', ', "log_likelihood": -10, ' || :'one'), model('bg/nbd', ', "log_likelihood": -9'));
SELECT likelihood_ratio_test(model('bg/nbd', ', "log_likelihood": -10'), model('mbg/nbd', ', "log_likelihood": -9, ' || :'one'));
SELECT likelihood_ratio_test(model('pareto/nbd', ', "log_likelihood": -10'), model('nbd', ', "log_likelihood": -9'));
SELECT likelihood_ratio_test(model('nbd', ', "log_likelihood": -10'), model('pareto/nbd', ', "log_likelihood": -9, "coefficients": {"purchase": [1], "dropout": [1]}'));
SELECT likelihood_ratio_test(model('bg/nbd', ''), model('bg/nbd', ', "log_likelihood": -9, ' || :'one'));
SELECT likelihood_ratio_test(model('bg/nbd', ', "log_likelihood": -10, "prior_sd": 3'), model('bg/nbd', ', "log_likelihood": -9, ' || :'one'));
SELECT likelihood_ratio_test(model('bg/nbd', ', "log_likelihood": -10'), model('bg/nbd', ', "log_likelihood": -9, "coefficient_prior_sd": 1, ' || :'one'));
SELECT likelihood_ratio_test(model('bg/nbd', ', "log_likelihood": -10'), model('bg/nbd', ', "log_likelihood": -9, "status": "not converged", ' || :'one'));
SELECT likelihood_ratio_test(model('bg/nbd', ', "log_likelihood": -10, "customers": 100'), model('bg/nbd', ', "log_likelihood": -9, "customers": 99, ' || :'one'));
SELECT likelihood_ratio_test(replace(model('bg/nbd', ', "log_likelihood": -10')::text, '7 days', '1 day')::purchase_model, model('bg/nbd', ', "log_likelihood": -9, ' || :'one'));
SELECT likelihood_ratio_test(model('bg/nbd', ', "log_likelihood": -9'), model('bg/nbd', ', "log_likelihood": -10, ' || :'one'));
SELECT likelihood_ratio_test(model('bg/nbd', ', "log_likelihood": -9'), model('bg/nbd', ', "log_likelihood": -9.0000000001, ' || :'one'));
SELECT likelihood_ratio_test('{"family": "bdw", "parameters": {"alpha": 1, "beta": 1, "c": 1}, "log_likelihood": -10}', '{"family": "sbg", "parameters": {"alpha": 1, "beta": 1}, "log_likelihood": -9}'::renewal_model);
-- at a boundary the degrees of freedom are not known; not so where the restricted family is one
SELECT likelihood_ratio_test(model('bg/nbd', ', "log_likelihood": -10'), model('bg/nbd', ', "log_likelihood": -8, "status": "boundary", ' || :'one'));
SELECT likelihood_ratio_test(model('nbd', ', "log_likelihood": -10'), model('pareto/nbd', ', "log_likelihood": -10, "status": "boundary"'));
-- ... and the optimizer's box ends just before the boundary
SELECT likelihood_ratio_test(model('nbd', ', "log_likelihood": -10'), model('pareto/nbd', ', "log_likelihood": -10.01, "status": "boundary"'));
SELECT likelihood_ratio_test('{"family": "pareto/nbd", "unit": "7 days", "parameters": {"r": 1, "alpha": 1, "s": 1, "beta": 1}, "log_likelihood": -10}', '{"family": "ggompertz/nbd", "unit": "7 days", "parameters": {"r": 1, "alpha": 1, "b": 1, "s": 1, "beta": 1}, "log_likelihood": -8.6472280535}'::purchase_model);
DROP FUNCTION model;
