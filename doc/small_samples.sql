CREATE EXTENSION clientele; SET search_path=public,clientele; SET client_min_messages=error;
CALL create_workspace('crm'); CALL load_sample('crm', 12000, 5, '2026-06-30');
CREATE TABLE c AS SELECT row_number() OVER () AS i, rfm(h, '2026-06-30') AS r FROM (SELECT purchase_history(purchased_at, amount) AS h FROM crm.purchase GROUP BY account_id) q;
SELECT count(*) FROM c;
SELECT * FROM sample_parameters();
CREATE TABLE truth AS SELECT '{"family":"mbg/nbd","unit":"7 days","parameters":{"r":1.2,"alpha":20,"a":0.9,"b":3.6}}'::purchase_model AS m;
CREATE TABLE draw AS SELECT n, k, customer_base(r) AS base FROM unnest(ARRAY[50,100,250,1000]) AS n, generate_series(1,200) AS k, LATERAL (SELECT r FROM c ORDER BY hashint8extended(i, k*1000+n) LIMIT n) s GROUP BY n,k;
CREATE TABLE result AS SELECT n, p, status(f.m) AS status, t.estimate / tt.estimate - 1 AS error, t.low IS NOT NULL AS has, tt.estimate BETWEEN t.low AND t.high AS inside, t.high/t.low AS width, (SELECT estimate FROM parameters(f.m) WHERE name='b') AS b
FROM draw, unnest(ARRAY['Infinity', 3, 1.5, 1]::float8[]) AS p, LATERAL (SELECT fit(base, 'mbg/nbd', '7 days', nullif(p, 'Infinity'::float8)) AS m) f, truth,
LATERAL total_expected_purchases(f.m, base, '1 year') t, LATERAL total_expected_purchases(truth.m, base, '1 year') tt;
SELECT n, p AS prior_sd, round(100.0*count(*) FILTER (WHERE status='boundary')/count(*),1) AS boundary_pct, round(100*percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(error))::numeric,1) AS median_abs_err, round(100*percentile_cont(0.9) WITHIN GROUP (ORDER BY abs(error))::numeric,1) AS p90_err, round(100*avg(error)::numeric,1) AS bias, round(100.0*count(*) FILTER (WHERE inside)/nullif(count(inside),0),1) AS inside_pct, count(*) filter (where status not in ('ok','boundary')) AS other, round(percentile_cont(0.5) within group (order by b)::numeric,2) AS median_b FROM result GROUP BY 1,2 ORDER BY 1,2 DESC;
