-- What fits and models of regular purchases refuse, and how they say it.
SET search_path = clientele, public;

-- k in the name of the family
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, 'bg/cnbd-0');
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, 'bg/cnbd-13');
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, 'mbg/cnbd-99999999999999999999');
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, 'mbg/cnbd--1');
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, 'bg/cnbd-2.5');
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, 'bg/cnbd-');
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, 'bg/cnbd');
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, 'bg/cnbd-3 ');
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, 'cnbd-3');
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, 'bg/nbd-3');

-- gaps that are not known, of all or of some; typed in without a word of them
SELECT fit(customer_base(rfm(1 + i % 3, 30 + i, 50 + i, 10)), 'bg/cnbd-k') FROM generate_series(1, 10) AS i;
SELECT fit(customer_base(CASE WHEN i % 5 = 0 THEN rfm(3, 30 + i, 50 + i, 10) ELSE r END), 'mbg/cnbd-k')
FROM (SELECT i, rfm(purchase_history(d, 1), '2024-03-01') AS r FROM generate_series(1, 10) AS i, unnest(ARRAY['2024-01-01', '2024-01-01'::date + 3 + i, '2024-01-20'::date + i]) AS d GROUP BY i) AS s;
SELECT fit('{(2,3,10)*2,(0,0,10)*5}'::customer_base, 'bg/cnbd-k');
SELECT fit('{(2,3,10)*2,(0,0,10)*5} log_gaps 2 without_log_gaps 1'::customer_base, 'bg/cnbd-k');
-- a gap of a day each is known to be one
SELECT family(fit('{(2,2,10)*20,(0,0,10)*5}'::customer_base, 'bg/cnbd-k'));
-- too little, as of any family
SELECT fit('{(2,3,10)*3}'::customer_base, 'bg/cnbd-2');
SELECT fit('{(0,0,10)*1000}'::customer_base, 'mbg/cnbd-k');

-- k of a model that is typed in
SELECT '{"family": "bg/cnbd-k", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}}'::purchase_model;
SELECT '{"family": "bg/cnbd-k", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1, "k": 0}}'::purchase_model;
SELECT '{"family": "bg/cnbd-k", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1, "k": 13}}'::purchase_model;
SELECT '{"family": "bg/cnbd-k", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1, "k": 2.5}}'::purchase_model;
SELECT '{"family": "bg/cnbd-k", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1, "k": "3"}}'::purchase_model;
SELECT '{"family": "bg/cnbd-3", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1}}'::purchase_model;
SELECT '{"family": "bg/nbd", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1, "k": 1}}'::purchase_model;
SELECT '{"family": "mbg/cnbd-k", "unit": "week", "parameters": {"k": 12, "r": 1, "alpha": 1, "a": 1, "b": 1}}'::purchase_model;
SELECT '{"family": "mbg/cnbd-k", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1, "k": 2}, "log_covariance": [[1,0,0,0,0],[0,1,0,0,0],[0,0,1,0,0],[0,0,0,1,0],[0,0,0,0,1]]}'::purchase_model;

-- the likelihood of one customer takes the gaps: NULL where they are not known
SELECT log_likelihood(m, rfm(2, 3, 10, 5)) IS NULL AS unknown, log_likelihood(m, rfm(0, 0, 10, 0)) IS NULL AS none
FROM (SELECT '{"family": "mbg/cnbd-k", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1, "k": 2}}'::purchase_model AS m) AS s;
-- a first purchase is not counted, times ahead are not behind
SELECT p_alive(m, rfm('{2024-01-01:5, 2024-01-20:5}'::purchase_history, '2024-02-01', true)) FROM (SELECT '{"family": "mbg/cnbd-k", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1, "k": 2}}'::purchase_model AS m) AS s;
SELECT expected_purchases(m, rfm(2, 3, 10, 5), '-1 day') FROM (SELECT '{"family": "mbg/cnbd-k", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1, "k": 2}}'::purchase_model AS m) AS s;
SELECT dropout_rate(m, rfm(2, 3, 10, 5)) FROM (SELECT '{"family": "mbg/cnbd-k", "unit": "week", "parameters": {"r": 1, "alpha": 1, "a": 1, "b": 1, "k": 2}}'::purchase_model AS m) AS s;
