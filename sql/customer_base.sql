-- customer_base and spend_base: text, aggregates, unions, what they refuse.
SET search_path = clientele, public;
\set VERBOSITY default

-- text in any order comes out sorted, equal cells are added
SELECT '{ (2, 213, 272) , (0,0,272)*117, (2,213,272)*2, (0,-0,90) }'::customer_base;
SELECT '{}'::customer_base, customers('{}'::customer_base), cells('{}'::customer_base);
SELECT '{(1,3,10)} log_gaps 1 log_gaps_rest 98612288668 without_log_gaps 0'::customer_base;
SELECT '{(2,22.35)*3,(1,11.77)} one_time 4 dropped 1'::spend_base;

-- text that does not parse
SELECT ''::customer_base;
SELECT '{'::customer_base;
SELECT '{(1,2,3)'::customer_base;
SELECT '{(1,2,3),}'::customer_base;
SELECT '{(1,2)}'::customer_base;
SELECT '{(1,2,3,4)}'::customer_base;
SELECT '{(1.5,2,3)}'::customer_base;
SELECT '{(-1,2,3)}'::customer_base;
SELECT '{(1,2,3)*}'::customer_base;
SELECT '{(1,2,3)*-1}'::customer_base;
SELECT '{(1,2,3)} garbage'::customer_base;
SELECT '{(1,2,3)} log_gaps'::customer_base;
SELECT '{(1,NaN,3)}'::customer_base;
SELECT '{(1,2,Infinity)}'::customer_base;
SELECT '{(1,2,1e999)}'::customer_base;
SELECT '{(2147483648,2,3)}'::customer_base;
SELECT '{(1,2,3)*4294967296}'::customer_base;
-- cells that cannot be
SELECT '{(1,4,3)}'::customer_base;
SELECT '{(1,-1,3)}'::customer_base;
SELECT '{(0,1,3)}'::customer_base;
SELECT '{(1,2,3)*0}'::customer_base;
SELECT '{(1,2,3)*4294967295,(1,2,3)}'::customer_base;
SELECT '{} log_gaps_rest 1000000000000'::customer_base;
SELECT '{(0,11.77)}'::spend_base;
SELECT '{(1,0)}'::spend_base;
SELECT '{(1,-5)}'::spend_base;

-- the aggregates: NULLs are skipped, no rows make an empty base
SELECT customer_base(NULL::rfm), spend_base(NULL::rfm);
SELECT customer_base(r), spend_base(r)
FROM (VALUES ('(2,213,272,22.345)'::rfm), ('(0,0,272,0)'), ('(0,0,272,0)'),
			 (NULL), ('(1,12,272,-3)'), ('(1,12,272,0)'), ('(2,213,272,22.345)')) AS v (r);
-- one region and another make both
SELECT customer_base(b), spend_base(s)
FROM (VALUES ('{(1,2,3)*2,(0,0,3)}'::customer_base, '{(1,2.5)} dropped 2'::spend_base),
			 ('{(0,0,3)*5,(1,1,3)}', '{(1,2.5),(7,3)} dropped 1 one_time 3'),
			 (NULL, NULL)) AS v (b, s);
SELECT '{(1,2,3)*2,(0,0,3)}'::customer_base || '{(0,0,3)*5,(1,1,3)}'::customer_base AS customers,
	'{(1,2.5)} dropped 2'::spend_base || '{(1,2.5),(7,3)} dropped 1 one_time 3'::spend_base AS spend;
SELECT customers(b), repeat_customers(b), repeat_purchases(b), cells(b)
FROM (VALUES ('{(1,2,3)*2,(0,0,3)*10,(5,2,3)*3}'::customer_base)) AS v (b);
SELECT customers(b), dropped(b), one_time(b), cells(b)
FROM (VALUES ('{(1,2.5)*2,(7,3)} dropped 4 one_time 30'::spend_base)) AS v (b);
-- one customer more than a cell can count
SELECT customer_base(b) FROM (VALUES ('{(1,2,3)*4294967295}'::customer_base), ('{(1,2,3)}')) AS v (b);
-- summaries with the first purchase are for spend alone
SELECT customer_base('(3,213,272,22.345,,first)'::rfm);
SELECT spend_base('(3,213,272,22.345,,first)'::rfm);
-- correlation of 1, 2, 3 and 2, 4, 6 is 1; nothing varies: NULL
SELECT spend_correlation('{(1,2),(2,4),(3,6)}'), spend_correlation('{(1,2)*5}'), spend_correlation('{}');
SELECT round(spend_correlation('{(1,5)*2,(2,3),(4,9)*3}')::numeric, 12) AS correlation,
	round((SELECT corr(x, m) FROM (VALUES (1,5),(1,5),(2,3),(4,9),(4,9),(4,9)) AS v (x, m))::numeric, 12) AS expected;

-- the state outside an aggregate is a copy: a stored value does not change
CREATE TEMP TABLE stored AS SELECT '{(0,0,3)}'::customer_base AS b;
SELECT customer_base_add(b, '(1,2,3,4)') FROM stored;
SELECT b FROM stored;
-- a running base over a window
SELECT i, customer_base(rfm(i, i, 10 * i)) OVER (ORDER BY i) FROM generate_series(1, 3) AS i;
-- growth: 5,000 distinct cells, each twice
SELECT customers(b), cells(b), repeat_purchases(b), b::text::customer_base::text = b::text AS round_trip
FROM (SELECT customer_base(rfm(i % 5000, i % 5000, 5000)) AS b FROM generate_series(0, 9999) AS i) AS s;
