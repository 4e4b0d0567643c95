-- What fit_lead_model() refuses, and what it tells.
SET search_path = public, clientele;
\set SHOW_CONTEXT never
CREATE TABLE lead (id integer, won boolean, closed integer, price numeric, employees float8, source text, tags text[], opened_at timestamptz, weight float8, score integer);
INSERT INTO lead
SELECT i, (i * i * 31 + i * 17) % 103 < 40 + i % 13, ((i * i * 31 + i * 17) % 103 < 40 + i % 13)::int, i % 13, (i * 37) % 101, CASE WHEN i % 11 > 0 THEN substr('abcde', 1 + i % 5, 1) END, ARRAY['a', 'b'], '2026-01-01', 1, i % 3
FROM generate_series(1, 400) AS i;

-- ---- what the training set is -------------------------------------------------
SELECT fit_lead_model('nowhere', 'won', '{price}');
SELECT fit_lead_model('no such name', 'won', '{price}');
SELECT fit_lead_model('', 'won', '{price}');
SELECT fit_lead_model('SELECT * FROM lead; DROP TABLE lead', 'won', '{price}');
SELECT fit_lead_model('(SELECT * FROM lead) AS x; --', 'won', '{price}');
SELECT fit_lead_model('SELECT * INTO copied FROM lead', 'won', '{price}');
SELECT fit_lead_model('WITH gone AS (DELETE FROM lead RETURNING *) SELECT * FROM gone', 'won', '{price}');
SELECT fit_lead_model('WITH x AS (SELECT 1) DELETE FROM lead', 'won', '{price}');
SELECT fit_lead_model('SELECT * FROM lead)', 'won', '{price}');
SELECT fit_lead_model('SELECT 1 AS won, 2 AS price) AS training; DROP TABLE lead; SELECT * FROM (SELECT 1', 'won', '{price}');
SELECT fit_lead_model('/* nothing */', 'won', '{price}');
SELECT fit_lead_model('SELECT won, 1 AS price, 2 AS price FROM lead', 'won', '{price}');
SELECT count(*) FROM lead;

-- ---- columns ----------------------------------------------------------------------
SELECT fit_lead_model('lead', 'is_won', '{price}');
SELECT fit_lead_model('lead', 'Won', '{price}');
SELECT fit_lead_model('lead', 'won', '{price,employee}');
SELECT fit_lead_model('lead', 'won', '{price}', weight => 'wait');
SELECT fit_lead_model('lead', 'won', '{price}', frequency => 'often');
SELECT fit_lead_model('lead', 'won', '{price}', weight => 'source');
SELECT fit_lead_model('lead', 'won', '{price}', frequency => 'opened_at');
SELECT fit_lead_model('lead', 'source', '{price}');
SELECT fit_lead_model('lead', 'score', '{price}');
SELECT fit_lead_model('lead', 'won', '{opened_at}');
SELECT fit_lead_model('lead', 'won', '{tags}');
SELECT fit_lead_model('lead', 'won', '{won}');
SELECT fit_lead_model('lead', 'won', '{price,source,price}');
SELECT fit_lead_model('lead', 'won', '{price,NULL}');
SELECT fit_lead_model('lead', 'won', '{}');
SELECT fit_lead_model('lead', 'won', array_fill('price'::text, ARRAY[1001]));

-- ---- options ----------------------------------------------------------------------
SELECT fit_lead_model('lead', 'won', '{price}', family => 'forest');
SELECT fit_lead_model('lead', 'won', '{price}', ridge => -1);
SELECT fit_lead_model('lead', 'won', '{price}', ridge => 'NaN');
SELECT fit_lead_model('lead', 'won', '{price}', ridge => 'Infinity');
SELECT fit_lead_model('lead', 'won', '{price}', smoothing => -0.1);
SELECT fit_lead_model('lead', 'won', '{price}', minimum_won => -1);
SELECT fit_lead_model('lead', 'won', '{price}', minimum_lost => -1);
SELECT fit_lead_model('lead', 'won', '{price}', maximum_levels => 0);
SELECT fit_lead_model('lead', 'won', '{source}', maximum_levels => 4);
SELECT fit_lead_model('SELECT won, md5(id::text) AS id FROM lead', 'won', '{id}');
SELECT fit_lead_model('SELECT i % 2 = 0 AS won, i::text AS id FROM generate_series(1, 1200) AS i', 'won', '{id}');
SELECT fit_lead_model('SELECT i % 2 = 0 AS won, (i % 900)::text AS a, (i % 200)::text AS b FROM generate_series(1, 2000) AS i', 'won', '{a,b}', maximum_levels => 1000);
SELECT fit_lead_model('SELECT won, repeat(''x'', 1001) AS long FROM lead', 'won', '{long}');
SELECT fit_lead_model(NULL, 'won', '{price}') IS NULL, fit_lead_model('lead', NULL, '{price}') IS NULL, fit_lead_model('lead', 'won', NULL) IS NULL, fit_lead_model('lead', 'won', '{price}', ridge => NULL) IS NULL;

-- ---- too little, one class, nothing --------------------------------------------------
SELECT fit_lead_model('SELECT * FROM lead LIMIT 60', 'won', '{price}');
SELECT fit_lead_model('SELECT * FROM lead', 'won', '{price}', minimum_won => 1000);
SELECT fit_lead_model('SELECT * FROM lead WHERE won', 'won', '{price}', minimum_won => 0, minimum_lost => 0);
SELECT fit_lead_model('SELECT * FROM lead WHERE NOT won', 'won', '{price}', minimum_won => 0, minimum_lost => 0);
SELECT fit_lead_model('SELECT * FROM lead WHERE false', 'won', '{price}', minimum_won => 0, minimum_lost => 0);
SELECT fit_lead_model('SELECT *, NULL::boolean AS unknown FROM lead', 'unknown', '{price}', minimum_won => 0, minimum_lost => 0);
SELECT fit_lead_model('SELECT won, 1e308 * (id % 3 - 1) AS x FROM lead', 'won', '{x}');

-- ---- what is told -----------------------------------------------------------------------
SELECT status(fit_lead_model('SELECT CASE WHEN id > 5 THEN won END AS won, price FROM lead', 'won', '{price}'));
SELECT status(fit_lead_model('SELECT won, price, CASE WHEN id = 7 THEN ''NaN''::float8 WHEN id = 9 THEN -1 ELSE 1 END::float8 AS weight FROM lead', 'won', '{price}', weight => 'weight'));
SELECT status(fit_lead_model('SELECT won, price, CASE WHEN id % 3 = 0 THEN ''NaN''::float8 WHEN id % 3 = 1 THEN ''Infinity'' ELSE id END AS x FROM lead', 'won', '{price,x}'));
SELECT status(fit_lead_model('SELECT *, 1 AS one, NULL::text AS nothing FROM lead', 'won', '{price,one,nothing}'));
SELECT status(fit_lead_model('SELECT *, 2 * price + employees AS sum, price - 1 AS less, source = ''b'' AS is_b FROM lead', 'won', '{price,employees,sum,less,source,is_b}'));
SELECT status(fit_lead_model('SELECT *, price + CASE WHEN won THEN 100 END AS after FROM lead', 'won', '{price,after}'));
SELECT status(fit_lead_model('SELECT won, CASE WHEN won THEN 20 ELSE 1 END + id % 7 AS amount, price FROM lead', 'won', '{price,amount}'));
SELECT status(fit_lead_model('SELECT won OR source = ''c'' AS won, source, price FROM lead', 'won', '{price,source}'));
SELECT status(fit_lead_model('SELECT won OR source = ''c'' AS won, source, price FROM lead', 'won', '{price,source}', ridge => 1));
-- an error in the query is the query's
SELECT fit_lead_model('SELECT won, 1 / (id - 200) AS x FROM lead', 'won', '{x}');
-- without the right to read
CREATE ROLE regress_lead_reader;
SET ROLE regress_lead_reader;
SELECT fit_lead_model('lead', 'won', '{price}');
RESET ROLE;
DROP ROLE regress_lead_reader;
SELECT outcome_from_number(1), outcome_from_number(0), outcome_from_number(NULL);
SELECT outcome_from_number('NaN');
DROP TABLE lead;
