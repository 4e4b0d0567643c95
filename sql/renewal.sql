-- renewal_base, renewal_model and their predictions: text forms, and what they refuse.
SET search_path = clientele, public;

-- customers by tenure, in any order, and again
SELECT '{(1,369,0),(2,163,0),(7,21,241)}'::renewal_base, ' { ( 2 , 0 , 5 ) , (1,3,0),(2,1,1) } skipped 4 '::renewal_base AS merged, '{(3,0,0)}'::renewal_base AS nobody, '{}'::renewal_base AS empty;
SELECT '{(0,0,9223372036854775806),(100000,1,0)} skipped 9223372036854775807'::renewal_base AS limits;
SELECT v FROM unnest(ARRAY['{(1,369,0)}', '{}', '{(0,0,3),(12,1,2)} skipped 3']) AS v WHERE v::renewal_base::text IS DISTINCT FROM v;
\set VERBOSITY terse
SELECT ''::renewal_base;
SELECT '{'::renewal_base;
SELECT '{(1,2)}'::renewal_base;
SELECT '{(1,2,3,4)}'::renewal_base;
SELECT '{(1,2,3)'::renewal_base;
SELECT '{(1,2,3),}'::renewal_base;
SELECT '{(1,2,3)} dropped 2'::renewal_base;
SELECT '{(1,2,3)} skipped'::renewal_base;
SELECT '{(1,2,3)} skipped -1'::renewal_base;
SELECT '{(1,2,3)} skipped 2 x'::renewal_base;
SELECT '{(-1,2,3)}'::renewal_base;
SELECT '{(1,-2,3)}'::renewal_base;
SELECT '{(1,2.5,3)}'::renewal_base;
\set VERBOSITY default
SELECT '{(1,2;3)}'::renewal_base;
SELECT '{(100001,2,3)}'::renewal_base;
SELECT '{(1,9223372036854775808,0)}'::renewal_base;
SELECT '{(1,9223372036854775807,0),(2,1,0)}'::renewal_base;
SELECT '{(0,2,3)}'::renewal_base;
-- sums that do not fit
SELECT '{(1,9223372036854775807,0)}'::renewal_base || '{(2,1,0)}';
SELECT '{} skipped 9223372036854775807'::renewal_base || '{} skipped 1';
SELECT renewal_base(1, true, n) FROM unnest(ARRAY[9223372036854775807, 1]) AS n;

-- rows: NULL, out of range, none; each is skipped and counted
SELECT renewal_base(periods, churned) FROM (VALUES (1, true), (0, true), (0, false), (-1, false), (100000, false), (100001, false), (2147483647, true), (NULL, true), (3, NULL), (NULL, NULL)) AS v (periods, churned);
SELECT renewal_base(periods, churned, n) FROM (VALUES (1, true, 5), (1, true, 0), (2, true, -1), (2, false, NULL), (NULL, true, 3), (0, true, 0)) AS v (periods, churned, n);
SELECT renewal_base(b) FROM (VALUES ('{(1,1,1)} skipped 1'::renewal_base), (NULL), ('{(3,1,1)}')) AS v (b);
SELECT renewal_base(1, true) FILTER (WHERE false) AS none, renewal_base(NULL::renewal_base) AS nothing;
-- the transition functions by hand
SELECT renewal_base_add('{(1,1,1)}', 4, false), renewal_base_add('{(1,1,1)}', 4, NULL), renewal_base_add(NULL, 4, true), renewal_base_add('{(1,1,1)}', 1, true, 6), renewal_base_final('{}');

-- survivors
SELECT renewal_base_from_survivors(ARRAY[1000, 631, 468]), renewal_base_from_survivors(NULL);
SELECT renewal_base_from_survivors('{}');
SELECT renewal_base_from_survivors(ARRAY[1000, 631, 632]);
SELECT renewal_base_from_survivors(ARRAY[1000, -1]);
SELECT renewal_base_from_survivors(ARRAY[-1]);
SELECT renewal_base_from_survivors(ARRAY[1000, NULL]);
SELECT renewal_base_from_survivors(ARRAY[[1000, 631], [468, 382]]);
SELECT renewal_base_from_survivors(array_agg(1)) FROM generate_series(0, 100001);

-- a model from a paper, typed in
SELECT '{"family": "sbg", "parameters": {"beta": 3.806, "alpha": 0.668}}'::renewal_model;
SELECT '{"family": "bdw", "parameters": {"alpha": 0.259, "beta": 1.722, "c": 1.584}, "status": "ok", "customers": 1000, "log_covariance": [[0.2, 0, 0], [0, 0.2, 0.01], [0, 0.01, 0.05]]}'::renewal_model AS bdw \gset
SELECT :'bdw'::renewal_model;
SELECT name, estimate, round(std_error::numeric, 9) AS std_error, round((estimate * sqrt(v))::numeric, 9) AS expected
FROM parameters(:'bdw'::renewal_model) JOIN (VALUES ('alpha', 0.2), ('beta', 0.2), ('c', 0.05)) AS s (name, v) USING (name);
SELECT family(m), status(m), converged(m), log_likelihood(m), aic(m), bic(m), customers(m), iterations(m), evaluations(m) FROM (VALUES (:'bdw'::renewal_model)) AS v (m);
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}}'::renewal_model;
SELECT '{"family": "sbg", "unit": "1 month", "parameters": {"alpha": 1, "beta": 1}}'::renewal_model;
SELECT '{"family": "sbg", "parameters": {"alpha": 1, "beta": 1, "c": 1}}'::renewal_model;
SELECT '{"family": "bdw", "parameters": {"alpha": 1, "beta": 1}}'::renewal_model;
SELECT '{"family": "bdw", "parameters": {"alpha": 1, "beta": 1, "c": 0}}'::renewal_model;
SELECT '{"family": "sbg", "parameters": {"alpha": 1, "beta": 1}, "coefficients": {"x": [1]}}'::renewal_model;
SELECT '{"family": "sbg", "parameters": {"alpha": 1, "beta": 1}}'::spend_model;

-- fits that have nothing to fit
SELECT fit('{}'::renewal_base);
SELECT fit('{(0,0,1000)}'::renewal_base);
SELECT fit('{(1,1,0),(0,0,1000)}'::renewal_base);
SELECT fit('{(1,1,1)}'::renewal_base, 'bdw');
SELECT fit('{(1,10,10)}'::renewal_base, 'bg/nbd');
SELECT fit('{(1,10,10)}'::renewal_base, prior_sd => 0);
SELECT fit('{(1,10,10)}'::renewal_base, prior_sd => 'NaN');
SELECT fit(NULL::renewal_base) IS NULL AS base, fit('{(1,10,10)}'::renewal_base, NULL) IS NULL AS family;
-- what is not identified: no error, the status says so, and a prediction warns once
SELECT status(fit(b, f)), (SELECT count(std_error) FROM parameters(fit(b, f))) AS errors
FROM unnest(ARRAY['sbg', 'bdw']) AS f, unnest(ARRAY['{(1,100,0)}', '{(9,0,100)}', '{(1,30,70)}', '{(1,9223372036854775806,0),(100000,0,1)}']::renewal_base[]) AS b;
SELECT count(survival(m, i)) FROM generate_series(1, 5) AS i, (SELECT fit('{(1,100,0)}'::renewal_base) AS m OFFSET 0) AS f;

-- predictions refuse
SELECT '{"family": "sbg", "parameters": {"alpha": 0.668, "beta": 3.806}}'::renewal_model AS sbg \gset
SELECT survival(:'sbg', -1);
SELECT survival(:'sbg', -1, 5);
SELECT survival(:'sbg', 5, -1);
SELECT churn_probability(:'sbg', -1);
SELECT renewal_rate(:'sbg', -1);
SELECT churn_propensity(:'sbg', -1);
SELECT expected_tenure(:'sbg', -1);
SELECT expected_tenure(:'sbg', 1, -1);
SELECT discounted_expected_lifetime(:'sbg', -0.1);
SELECT discounted_expected_renewals(:'sbg', 1, 'NaN');
SELECT discounted_expected_renewals(:'sbg', 1, 'Infinity');
SELECT discounted_expected_renewals(:'sbg', 1, 0.1, -1);
SELECT subscription_value(:'sbg', 1, 'NaN', 0.1);
SELECT * FROM survival_interval(:'sbg', 1, 1.0);
SELECT * FROM survival_interval(:'sbg', 1, 'NaN'::float8);
SELECT survival(:'sbg', NULL), survival(NULL, 3), discounted_expected_renewals(:'sbg', 1, NULL);
-- the ends of the ranges
SELECT survival(m, 2147483647) BETWEEN 0 AND 1 AS survival, churn_probability(m, 2147483647) BETWEEN 0 AND 1 AS churn, renewal_rate(m, 2147483647) BETWEEN 0 AND 1 AS rate,
	churn_propensity(m, 2147483647) BETWEEN 0 AND 1 AS propensity, expected_tenure(m, 2147483647, 2147483647) BETWEEN 1 AND 2147483647 AS tenure,
	discounted_expected_renewals(m, 2147483647, 1e-12) BETWEEN 0 AND 1e13 AS renewals
FROM unnest(ARRAY[:'sbg', :'bdw', '{"family": "bdw", "parameters": {"alpha": 1e300, "beta": 1e-300, "c": 1000}}', '{"family": "bdw", "parameters": {"alpha": 1e-300, "beta": 1e300, "c": 1e-300}}']::renewal_model[]) AS m;
