--
-- Type purchase_history: its text, what it refuses, aggregates and union,
-- accessors, order and hash.
--
SET search_path = clientele, public;
SET extra_float_digits = 1;

-- text
SELECT '{2024-01-05:120.5, 2024-02-01:80*2}'::purchase_history AS plain,
       '{}'::purchase_history AS empty,
       '{} skipped 3'::purchase_history AS skipped;
SELECT E' \n{ 2024-01-05 : 120.50 * 1 ,\t2024-02-01:80*2 }  SKIPPED  12 '::purchase_history AS white_space_is_free,
       '{2024-01-05:-0, 2024-01-06:+1e2, 2024-01-07:.5, 2024-01-08:7.}'::purchase_history AS numbers;
-- *n is left out where it says nothing: 1, of a refund 0
SELECT '{2024-01-05:5*1, 2024-01-06:-5*0, 2024-01-07:-5*1, 2024-01-08:0*1, 2024-01-09:1*4294967295}'::purchase_history AS defaults;
-- any order; the same day adds up, cents exactly
SELECT '{2024-02-01:1, 2024-01-05:0.1, 2024-01-05:0.2, 2023-01-05:7, 2024-01-05:-1}'::purchase_history AS sorted;
SELECT '{2024-01-05:0.1, 2024-01-05:0.7, 2024-01-05:1e300}'::purchase_history = '{2024-01-05:1e300, 2024-01-05:0.7, 2024-01-05:0.1}' AS order_does_not_matter;
-- the whole range of dates, leap days, before our era
SELECT '{4714-11-24 BC:1, 0001-12-31 BC:2, 0001-01-01:3, 0005-02-29 BC:4, 2000-02-29:5, 12024-01-05:6, 5874897-12-31:7}'::purchase_history AS range_of_dates;
SELECT purchase_history(d, 1)::text FROM (VALUES (date '4714-11-24 BC'), ('0001-12-31 BC'), ('5874897-12-31')) AS v (d);
-- DateStyle, time zone and extra_float_digits change nothing, in or out
SET datestyle = 'German, DMY';
SET timezone = 'Pacific/Auckland';
SELECT '{2024-01-05:120.5, 0044-03-15 BC:1}'::purchase_history AS german;
SET datestyle = 'SQL, MDY';
SELECT '{2024-01-05:120.5, 0044-03-15 BC:1}'::purchase_history AS sql;
SET datestyle = 'ISO, YMD';
SET extra_float_digits = -5;
SELECT '{2024-01-05:0.30000000000000004}'::purchase_history AS all_digits;
SET extra_float_digits = 1;
SET timezone = 'UTC';

-- malformed text, line by line
SELECT ''::purchase_history;
SELECT '2024-01-05:120.5'::purchase_history;
SELECT '{2024-01-05:120.5'::purchase_history;
SELECT '{2024-01-05:120.5,}'::purchase_history;
SELECT '{,2024-01-05:120.5}'::purchase_history;
SELECT '{2024-01-05:120.5} and more'::purchase_history;
SELECT '{2024-01-05:120.5} skipped'::purchase_history;
SELECT '{2024-01-05:120.5} skipped -1'::purchase_history;
SELECT '{2024-01-05:120.5} skipped 9223372036854775808'::purchase_history;
SELECT '{2024-01-05:120.5} skipped 1 2'::purchase_history;
SELECT '{2024-01-05}'::purchase_history;
SELECT '{2024-01-05 120.5}'::purchase_history;
SELECT '{2024-01-05:}'::purchase_history;
SELECT '{2024-01-05:ten}'::purchase_history;
SELECT '{2024-01-05:1,5}'::purchase_history;
SELECT '{2024-01-05:1 5}'::purchase_history;
SELECT '{2024-01-05:0x10}'::purchase_history;
SELECT '{2024-01-05:1e400}'::purchase_history;
SELECT '{2024-01-05:1e-400}'::purchase_history;
SELECT '{2024-01-05:NaN}'::purchase_history;
SELECT '{2024-01-05:-Infinity}'::purchase_history;
SELECT '{2024-01-05:80*}'::purchase_history;
SELECT '{2024-01-05:80*-1}'::purchase_history;
SELECT '{2024-01-05:80*1.5}'::purchase_history;
SELECT '{2024-01-05:80*4294967296}'::purchase_history;
SELECT '{2024-01-05:80*0}'::purchase_history;
SELECT '{2024-01-05:0*0}'::purchase_history;
SELECT '{infinity:80}'::purchase_history;
SELECT '{05.01.2024:80}'::purchase_history;
SELECT '{24-01-05:80}'::purchase_history;
SELECT '{2024-1-5:80}'::purchase_history;
SELECT '{-2024-01-05:80}'::purchase_history;
SELECT '{20240105:80}'::purchase_history;
SELECT '{2024-02-30:80}'::purchase_history;
SELECT '{2023-02-29:80}'::purchase_history;
SELECT '{2024-13-01:80}'::purchase_history;
SELECT '{2024-00-01:80}'::purchase_history;
SELECT '{2024-01-00:80}'::purchase_history;
SELECT '{0000-01-01:80}'::purchase_history;
SELECT '{4714-11-23 BC:80}'::purchase_history;
SELECT '{9999-01-01 BC:80}'::purchase_history;
SELECT '{5874898-01-01:80}'::purchase_history;
SELECT '{99999999-01-01:80}'::purchase_history;
SELECT '{2024-01-05:1e308, 2024-01-05:1e308}'::purchase_history;
SELECT '{2024-01-05:1*4294967295, 2024-01-05:1}'::purchase_history;
-- the aggregate, rows in any order: same days add up, a refund is no purchase,
-- a purchase of 0 is one, rows without day and amount are none, rows with half
-- of it or with what is not finite are skipped and counted
CREATE TEMP TABLE orders (customer text, day date, amount numeric);
INSERT INTO orders VALUES
	('a', '2024-01-05', 10.1), ('a', '2024-01-01', 20), ('a', '2024-03-01', -3), ('a', '2024-01-05', 0.2), ('a', '2024-02-01', 0),
	('skips', NULL, 3), ('skips', '2024-01-01', NULL), ('skips', '2024-04-01', 'NaN'), ('skips', 'infinity', 1), ('skips', '-infinity', 1),
	('skips', NULL, NULL), ('skips', '2024-04-01', 5), ('skips', '2024-04-02', 'Infinity'), ('skips', '2024-04-02', '-Infinity'),
	('only skips', NULL, 3),
	('nothing', NULL, NULL), ('nothing', NULL, NULL);
SELECT customer, purchase_history(day, amount) FROM orders GROUP BY customer ORDER BY customer;
SELECT customer, purchase_history(day, amount ORDER BY amount) = purchase_history(day, amount ORDER BY amount DESC) AS any_order
FROM orders GROUP BY customer ORDER BY customer;
SELECT purchase_history(day, amount) IS NULL AS no_rows FROM orders WHERE false;
-- amounts of other types
SELECT purchase_history(day, amount::int) AS "int", purchase_history(day, amount::bigint) AS "bigint", purchase_history(day, amount::real) AS "real"
FROM orders WHERE customer = 'a' AND amount = trunc(amount);
-- DISTINCT, FILTER, and grouping sets
SELECT purchase_history(DISTINCT day, amount) FILTER (WHERE amount >= 0) FROM (SELECT * FROM orders UNION ALL SELECT * FROM orders) o WHERE customer = 'a';
SELECT customer, purchase_history(day, amount) FROM orders WHERE customer IN ('a', 'skips') GROUP BY ROLLUP (customer) ORDER BY customer;

-- a moment counts for its UTC day, before 2000 too
SET timezone = 'America/Los_Angeles';
SELECT purchase_history(t, 1) FROM (VALUES (timestamptz '2024-01-05 23:59:59.999999+00'), ('2024-01-06 00:00+00'), ('2024-01-06 20:00-08'),
	('1999-12-31 23:59:59.999999+00'), ('1999-12-31 00:00+00'), ('1970-01-01 00:30+01'), ('infinity'), ('-infinity'), (NULL)) AS v (t);
SELECT purchase_history(t, 1) FROM (VALUES (timestamptz '4713-01-01 00:00+00 BC'), ('294276-12-31 23:59:59.999999+00')) AS v (t);
-- a timestamp counts for the day it names, in every time zone
SELECT purchase_history(t, 1) FROM (VALUES (timestamp '2024-01-05 23:59:59.999999'), ('2024-01-06 00:00'), ('1999-12-31 23:00'), ('infinity')) AS v (t);
SET timezone = 'UTC';

-- overflow of a day
SELECT purchase_history(date '2024-01-05', 1e308) FROM generate_series(1, 2);
SELECT purchase_history_add('{2024-01-05:1*4294967295}', date '2024-01-05', 1);
SELECT purchase_history_add('{2024-01-05:1*4294967295}', date '2024-01-05', -1);
-- the limit of days
SELECT purchases(purchase_history(date '1900-01-01' + i, 1)) FROM generate_series(1, 100000) i;
SELECT purchases(purchase_history(date '1900-01-01' + i, 1)) FROM generate_series(1, 100001) i;
SELECT purchases(purchase_history(date '1900-01-01' + i, 1)) FROM generate_series(100000, 1, -1) i;
SELECT purchase_history_add(purchase_history(date '1900-01-01' + i, 1), date '1800-01-01', 1) FROM generate_series(1, 100000) i;
SELECT purchase_history(date '1900-01-01' + i, 1) || '{1800-01-01:1}' FROM generate_series(1, 100000) i;
SELECT length((purchase_history(date '1900-01-01' + i, 1) || '{1900-01-02:1}')::text) FROM generate_series(1, 100000) i;

-- adding to a stored history; it is not changed itself
CREATE TEMP TABLE stored (id int, h purchase_history);
INSERT INTO stored VALUES (1, '{}'), (2, '{2024-01-05:1, 2024-01-07:2} skipped 1'), (3, NULL);
SELECT id, purchase_history_add(h, date '2024-01-06', 5) AS between, purchase_history_add(h, date '2024-01-05', -5) AS same_day,
       purchase_history_add(h, date '2024-01-08', NULL) AS skipped, purchase_history_add(h, NULL::date, NULL) AS no_row
FROM stored ORDER BY id;
SELECT purchase_history_add(purchase_history_add(h, timestamptz '2024-01-05 23:00-05', 1), timestamp '2024-01-04 23:00', 1) FROM stored WHERE id = 2;
SELECT * FROM stored ORDER BY id;

-- union
SELECT '{2024-01-01:1, 2024-01-03:2}'::purchase_history || '{2024-01-02:1.1, 2024-01-03:2.2, 2025-01-01:-3} skipped 2' AS "union";
SELECT a || b AS "union", a || b = b || a AS commutes, purchase_history_union(a, b) = a || b AS same
FROM (VALUES ('{}'::purchase_history, '{}'::purchase_history), ('{}', '{2024-01-01:1}'), ('{2024-01-01:0.1}', '{2024-01-01:0.2} skipped 1'),
	('{2024-01-05:1, 2024-01-06:2}', '{2023-01-05:1, 2024-01-07:2}'), ('{2024-01-05:5}', '{2024-01-05:-5}'), ('{2024-01-05:-5}', '{2024-01-05:-5*1}'), (NULL, '{}')) AS v (a, b);
SELECT '{2024-01-05:1e308}'::purchase_history || '{2024-01-05:1e308}';
SELECT '{2024-01-05:1*4294967295}'::purchase_history || '{2024-01-05:1}';
SELECT '{} skipped 9223372036854775807'::purchase_history || '{} skipped 1';
SELECT purchase_history(h) AS "union" FROM (VALUES ('{2024-01-01:1, 2024-01-03:2}'::purchase_history), (NULL), ('{2024-01-02:1, 2024-01-03:2} skipped 1'), ('{2023-01-01:-1}'), ('{} skipped 2')) AS v (h);
SELECT purchase_history(h) IS NULL AS no_rows FROM stored WHERE id = 3;
-- it gives what the rows give
SELECT purchase_history(h) = (SELECT purchase_history(day, amount) FROM orders) AS same
FROM (SELECT purchase_history(day, amount) AS h FROM orders GROUP BY customer) AS _;

-- accessors
SELECT h, first_purchase(h), last_purchase(h), purchases(h), revenue(h), skipped(h)
FROM (VALUES ('{2024-01-01:-7, 2024-01-05:120.5, 2024-02-01:80*2, 2024-03-01:-0.5} skipped 3'::purchase_history), ('{}'), ('{2024-01-01:-7}'), ('{2024-01-05:0.1, 2024-01-06:0.2}'), ('{2024-01-05:-20*1}'), (NULL)) AS v (h);
SELECT as_of, last_purchase('{2024-01-01:-7, 2024-01-05:120.5, 2024-02-01:80*2, 2024-03-01:-0.5}', as_of)
FROM (VALUES (date '-infinity'), ('2024-01-01'), ('2024-01-04'), ('2024-01-05'), ('2024-01-31'), ('2024-02-01'), ('2024-03-01'), ('infinity'), (NULL)) AS v (as_of);
SELECT * FROM purchase_days('{2024-01-01:-7, 2024-01-05:120.5, 2024-02-01:80*2}');
SELECT * FROM purchase_days('{}');
SELECT * FROM purchase_days(NULL);
SELECT id, d.* FROM stored, purchase_days(h) d ORDER BY id, purchased_on;
-- both days belong to it, NULL leaves an end open
SELECT from_day, to_day, purchases_between(h, from_day, to_day), purchase_days_between(h, from_day, to_day), revenue_between(h, from_day, to_day)
FROM (VALUES (date '2024-01-05', date '2024-02-01'), ('2024-01-06', '2024-02-01'), ('2024-01-05', '2024-01-31'), ('2024-01-06', '2024-01-31'), ('2024-02-01', '2024-01-05'),
	(NULL, '2024-01-05'), ('2024-02-01', NULL), (NULL, NULL), ('-infinity', 'infinity'), ('infinity', NULL), (NULL, '-infinity'), ('2024-03-01', '2024-03-01')) AS v (from_day, to_day),
	(VALUES ('{2024-01-01:-7, 2024-01-05:120.5, 2024-02-01:80*2, 2024-03-01:-0.5}'::purchase_history)) AS w (h);
SELECT purchases_between(NULL, '2024-01-01', NULL) IS NULL AS purchases, purchase_days_between(NULL, '2024-01-01', NULL) IS NULL AS days, revenue_between(NULL, '2024-01-01', NULL) IS NULL AS revenue;
SELECT purchases_between('{}', NULL, NULL), purchase_days_between('{}', NULL, NULL), revenue_between('{}', NULL, NULL);
SELECT revenue('{2024-01-01:1e308, 2024-01-02:1e308}');
SELECT revenue('{2024-01-01:-1e308, 2024-01-02:-1e308}');
-- a sum of cents is exact, large amounts keep their small change
SELECT revenue('{2024-01-01:1e17, 2024-01-02:0.25, 2024-01-03:-1e17, 2024-01-04:0.1, 2024-01-05:0.2}');

-- order: by the days in turn, a history before its continuations, then skipped
SELECT h FROM (VALUES ('{2024-01-05:1, 2024-01-06:1}'::purchase_history), ('{2024-01-05:1}'), ('{2024-01-05:1} skipped 1'), ('{}'), ('{2024-01-04:9}'),
	('{2024-01-05:0.5}'), ('{2024-01-05:0.5*2}'), ('{2024-01-05:-1}'), (NULL)) AS v (h)
ORDER BY h;
SELECT a < b AS lt, a <= b AS le, a = b AS eq, a <> b AS ne, a >= b AS ge, a > b AS gt, purchase_history_cmp(a, b)
FROM (VALUES ('{2024-01-05:1}'::purchase_history, '{2024-01-05:2}'::purchase_history), ('{2024-01-05:1}', '{2024-01-05:1.0*1}'), ('{2024-01-06:1}', '{2024-01-05:2}'), ('{2024-01-06:1} skipped 1', '{2024-01-06:1}')) AS v (a, b);
SELECT purchase_history_hash('{2024-01-05:-0*1}') = purchase_history_hash('{2024-01-05:0}') AS hash,
       purchase_history_hash('{2024-01-05:0} skipped 1') <> purchase_history_hash('{2024-01-05:0}') AS skipped_counts,
       purchase_history_hash_extended('{2024-01-05:-0}', 7) = purchase_history_hash_extended('{2024-01-05:0*1}', 7) AS extended,
       purchase_history_hash_extended('{2024-01-05:0}', 7) <> purchase_history_hash_extended('{2024-01-05:0}', 8) AS seeded,
       purchase_history_hash('{2024-01-05:0}')::bigint & 4294967295 = purchase_history_hash_extended('{2024-01-05:0}', 0) & 4294967295 AS seed_0_is_none;
SELECT count(DISTINCT h), count(*) FROM (VALUES ('{2024-01-05:1}'::purchase_history), ('{2024-01-05:1.0*1}'), ('{2024-01-05:1} skipped 1')) AS v (h);

-- a column of it: indexes, compressed and out of line
CREATE TEMP TABLE indexed (id int, h purchase_history PRIMARY KEY);
CREATE INDEX indexed_hash ON indexed USING hash (h);
INSERT INTO indexed SELECT i, purchase_history_add(NULL, date '2024-01-01' + i, i) FROM generate_series(1, 999) i;
INSERT INTO indexed VALUES (0, '{2024-01-08:7.0*1}');
SET enable_seqscan = off;
SELECT id FROM indexed WHERE h = '{2024-01-08:7}';
SELECT id FROM indexed WHERE h > '{2026-09-24:997}' ORDER BY h;
RESET enable_seqscan;
INSERT INTO stored SELECT 4, purchase_history(date '2000-01-01' + i, i % 7) FROM generate_series(1, 9000) i;
INSERT INTO stored SELECT 5, purchase_history(date '2000-01-01' + i, i + 0.1) FROM generate_series(1, 9000) i;
SELECT id, purchases(h), revenue(h), pg_column_size(h) < 16 * 9000 AS compressed FROM stored WHERE id >= 4 ORDER BY id;
SELECT purchases(purchase_history(h)) FROM stored WHERE id >= 4;

-- binary
SELECT purchase_history_send('{2024-01-05:1.5*3} skipped 2') AS binary;
