--
-- The workspace: what it lists and refuses, and its insights on a small CRM
-- whose answers are worked out by hand.
--
SET timezone = 'UTC';
SET datestyle = 'ISO';
SET client_min_messages = notice;
\set SHOW_CONTEXT never

SELECT * FROM clientele.sources() WHERE source = 'native';
SELECT entity FROM clientele.entities();
SELECT insight, kind FROM clientele.insights() WHERE insight LIKE 'top%';

-- what cannot be made
CALL clientele.create_workspace('');
CALL clientele.create_workspace('pg_crm');
CALL clientele.create_workspace('clientele');
CALL clientele.create_workspace('public');
CALL clientele.create_workspace(repeat('crm', 30));
-- the hint names every source
\set VERBOSITY terse
CALL clientele.create_workspace('crm', 'a spreadsheet');
\set VERBOSITY default
CALL clientele.create_workspace('crm', 'native', 'public');
CALL clientele.refresh_workspace('public');
CALL clientele.drop_workspace('public');
CALL clientele.drop_workspace('crm');

-- a CRM of five accounts
CALL clientele.create_workspace('crm');
CALL clientele.create_workspace('crm');
SELECT kind, name, template, is_adapted FROM clientele.workspace_objects('crm') WHERE template LIKE 'sources/%' OR name LIKE 'top%';
INSERT INTO crm.account (account_id, name, created_at) VALUES
	('1', 'Ada', '2024-01-01'), ('2', 'Ben', '2024-01-01'), ('3', 'Cleo', '2024-01-01'), ('4', 'Dan', '2024-01-01'), ('5', 'Eve', '2026-01-01');
INSERT INTO crm.purchase (purchase_id, account_id, purchased_at, amount) VALUES
	('a', '1', '2024-03-01 09:00', 400), ('b', '1', '2024-03-31 09:00', 100), ('c', '1', '2025-03-01 09:00', 100),
	('d', '2', '2024-05-01 09:00', 300),
	('e', '3', '2025-06-01 09:00', 100), ('f', '3', '2025-06-02 09:00', -100),
	('g', '5', '2026-02-01 09:00', 1000);

-- Eve comes later; Dan never bought
SET clientele.as_of = '2025-07-01';
SELECT account_id, segment, reason, days_since_last_purchase, purchases, revenue FROM crm.account_segment ORDER BY account_id;
-- 900 in all: 600, 300, 0
SELECT rank, name, revenue, round(share::numeric, 4) AS share, round(cumulative_share::numeric, 4) AS cumulative_share FROM crm.top_customers ORDER BY rank;
-- Ben and Cleo, Dan is no customer, Zoe is nobody: 2 of 3
SELECT guessed, correct, unknown, round(recall::numeric, 4) AS recall FROM crm.top_customer_recall('{ben, CLEO, Dan, Zoe}');
-- all: 600, 300, 0: (2/3)^2 + (1/3)^2 = 5/9; gini (2 600 + 0 300 - 2 0) / (3 900) = 4/9
-- 2024: 500, 300: 34/64; gini (1 500 - 1 300) / (2 800) = 1/8
-- 2025: 100, 0: 1; gini (1 100 - 1 0) / (2 100) = 1/2
SELECT period, customers, revenue, customers_for_50_percent AS for_50, customers_for_80_percent AS for_80,
	round(top_20_percent_share::numeric, 4) AS top_20, round(herfindahl::numeric, 4) AS herfindahl, round(gini::numeric, 4) AS gini, reason
FROM crm.revenue_concentration ORDER BY year NULLS FIRST;
-- too few to fit a model: said, not an error
CALL clientele.refresh_workspace('crm');
SELECT segment, as_of, status, customers, repeat_customers, reason FROM crm.model;
SELECT name, frequency, recency, age, monetary_value, clv, reason FROM crm.customer_value ORDER BY account_id;
-- Eve, too
SET clientele.as_of = '2026-02-02';
SELECT rank, name, revenue FROM crm.top_customers ORDER BY rank;

-- a view of the user's keeps it
CREATE VIEW public.best AS SELECT name FROM crm.top_customers WHERE rank = 1;
CALL clientele.drop_workspace('crm');
SELECT * FROM public.best;
DROP VIEW public.best;
CALL clientele.load_sample('crm', 10);
CALL clientele.drop_workspace('crm');
CALL clientele.load_sample('crm', 10);

-- the sample says what it is drawn from
SELECT * FROM clientele.sample_parameters();
CALL clientele.create_workspace('sample');
CALL clientele.load_sample('sample', 0);
CALL clientele.load_sample('sample', 300, until => '2026-06-30');
SET clientele.as_of = '2026-07-01';
CALL clientele.refresh_workspace('sample');
SELECT status, customers, clientele.family(purchases) FROM sample.model;
SELECT count(*) AS customers, count(clv) AS valued, bool_and(p_alive BETWEEN 0 AND 1 AND clv_low <= clv AND clv <= clv_high) AS sane FROM sample.customer_value;
CALL clientele.drop_workspace('sample');
