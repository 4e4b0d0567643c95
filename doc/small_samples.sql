-- What a weak prior does to small samples: the table of doc/clv.md. 200 draws each
-- of 50, 100, 250 and 1000 customers out of 9,600 whose true model is known.
--   test/with-server psql -X -f doc/small_samples.sql
CREATE EXTENSION IF NOT EXISTS clientele;
SET search_path = public, clientele;
SET client_min_messages = error;
CALL create_workspace('small_samples');
CALL load_sample('small_samples', 12000, 5, '2026-06-30');

CREATE TEMP TABLE customer AS
SELECT row_number() OVER () AS number, rfm(history, '2026-06-30') AS r
FROM (SELECT purchase_history(purchased_at, amount) AS history FROM small_samples.purchase GROUP BY account_id) AS h;

-- SELECT * FROM sample_parameters()
CREATE TEMP TABLE truth AS
SELECT '{"family": "mbg/nbd", "unit": "7 days", "parameters": {"r": 1.2, "alpha": 20, "a": 0.9, "b": 3.6}}'::purchase_model AS m;

CREATE TEMP TABLE draw AS
SELECT n, k, customer_base(r) AS base
FROM unnest(ARRAY[50, 100, 250, 1000]) AS n, generate_series(1, 200) AS k,
	LATERAL (SELECT r FROM customer ORDER BY hashint8extended(number, k * 1000 + n) LIMIT n) AS drawn
GROUP BY n, k;

CREATE TEMP TABLE result AS
SELECT n, prior_sd, status(fitted.m) AS status, t.estimate / true_one.estimate - 1 AS error,
	true_one.estimate BETWEEN t.low AND t.high AS inside
FROM draw, truth, unnest(ARRAY[NULL, 3, 1.5, 1]::float8[]) AS prior_sd,
	LATERAL (SELECT fit(base, 'mbg/nbd', '7 days', prior_sd) AS m) AS fitted,
	total_expected_purchases(fitted.m, base, '1 year') AS t,
	total_expected_purchases(truth.m, base, '1 year') AS true_one;

SELECT n AS customers, prior_sd,
	round(100.0 * count(*) FILTER (WHERE status = 'boundary') / count(*), 1) AS boundary,
	round(100 * percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(error))::numeric, 1) AS error_median,
	round(100 * percentile_cont(0.9) WITHIN GROUP (ORDER BY abs(error))::numeric, 1) AS error_of_90,
	round(100 * avg(error)::numeric, 1) AS bias,
	round(100.0 * count(*) FILTER (WHERE inside) / nullif(count(inside), 0), 1) AS inside
FROM result
GROUP BY 1, 2
ORDER BY 1, 2 DESC;
