-- Rows for a native workspace of any size, drawn from hashes of their numbers: the
-- same rows each time. An account has about 5 contacts, 10 touches, 6 purchases (a
-- fifth of them never bought) and one each of leads, opportunities, quotes and
-- tickets, and a few have twenty times as many.
--
-- A superuser runs it on an empty native workspace, into a database in which
-- clientele.as_of then stays at the end of the rows:
--
--   psql -v workspace=crm -v accounts=100000 -f bench/workspace.sql
--
-- A foreign key asks for each row by itself, and indexes are built faster than they
-- grow: keys are not looked at here, and indexes are made anew afterwards.
\set ON_ERROR_STOP on
\if :{?accounts}
\else
	\set accounts 100000
\endif
\set until '2026-01-01 00:00+00'
SELECT current_database() AS database \gset
ALTER DATABASE :"database" SET clientele.as_of = :'until';
SET clientele.as_of = :'until';
SET search_path = :"workspace", clientele;
SET session_replication_role = replica;
SET max_parallel_workers_per_gather = 0;
SET maintenance_work_mem = '256MB';
SET work_mem = '256MB';
SET timezone = 'UTC';
SET synchronous_commit = off;

CREATE TEMP TABLE index_before AS
SELECT format('%I.%I', namespace.nspname, relation.relname) AS name, pg_get_indexdef(index.indexrelid) AS definition
FROM pg_index AS index
JOIN pg_class AS relation ON relation.oid = index.indexrelid
JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
JOIN pg_class AS of_table ON of_table.oid = index.indrelid
WHERE namespace.nspname = :'workspace'
	AND of_table.relname = ANY (ARRAY['account', 'product', 'purchase', 'subscription', 'contact', 'lead', 'opportunity', 'touchpoint', 'usage',
		'ticket', 'contact_employment', 'quote', 'referral', 'verification', 'program_member', 'program_cost'])
	AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = index.indexrelid);
SELECT format('DROP INDEX %s', name) FROM index_before \gexec

INSERT INTO owner (owner_id, name, territory, capacity)
SELECT 'O' || lpad(i::text, 5, '0'), 'Owner ' || i, 'Territory ' || 1 + i % 12, 20 + i % 30
FROM generate_series(1, greatest(5, :accounts / 500)) AS i;

INSERT INTO product (product_id, name, category, tier, launched_on, prerequisite_product_id)
SELECT 'P' || lpad(i::text, 3, '0'), 'Product ' || i, 'Category ' || i % 6, (ARRAY['basic', 'plus', 'full'])[1 + i % 3], '2019-01-01'::date + 60 * i,
	CASE WHEN i % 4 = 0 THEN 'P' || lpad((i - 1)::text, 3, '0') END
FROM generate_series(1, 24) AS i;

-- who has bought nothing for two years, and subscribes to nothing, has left
UPDATE policy SET customer_window = '2 years';

-- What an account is like: everything else follows from this row. A few are large.
CREATE TEMP TABLE drawn AS
SELECT i, 'A' || lpad(i::text, 7, '0') AS account_id, 'O' || lpad((1 + i % greatest(5, :accounts / 500))::text, 5, '0') AS owner_id,
	created_at, size, bought_first, active,
	1 + floor(-4.4 * size * ln(1 - sample_rank(i, 1)))::integer AS contacts,
	floor(-10.5 * size * ln(1 - sample_rank(i, 2)))::integer AS touches,
	CASE WHEN bought_first IS NOT NULL THEN 1 + floor(-7 * size * ln(1 - sample_rank(i, 3)))::integer ELSE 0 END AS purchases,
	exp(5 + 2 * sample_rank(i, 4) + 2 * sample_rank(i, 5)) * sqrt(size) AS spend
FROM (
	SELECT i, created_at, size,
		CASE WHEN sample_rank(i, 7) < 0.8 THEN created_at + sample_rank(i, 8) * least('200 days', :'until' - created_at) END AS bought_first,
		-- for how long it buys and is written to: half of them until today
		CASE WHEN sample_rank(i, 9) < 0.5 THEN 1 ELSE sample_rank(i, 10) END AS active
	FROM (
		SELECT i, :'until'::timestamptz - interval '1 hour' - sample_rank(i, 6) * interval '2100 days' AS created_at,
			CASE WHEN sample_rank(i, 0) < 0.002 THEN 20 ELSE 0.96 END AS size
		FROM generate_series(1, :accounts) AS i
		OFFSET 0
	) AS born
	OFFSET 0
) AS life;
ANALYZE drawn;

INSERT INTO account (account_id, name, industry, employees, annual_revenue, country, territory, owner_id, parent_account_id, is_key_account, created_at)
SELECT account_id, 'Account ' || i, (ARRAY['software', 'retail', 'health', 'banking', 'media', 'energy', 'public', 'food'])[1 + floor(8 * sample_rank(i, 11))::integer],
	round(exp(9 * sample_rank(i, 12)) * size), round((spend * 10000)::numeric, -3), (ARRAY['DE', 'FR', 'GB', 'US', 'NL', 'ES', 'IT', 'PL'])[1 + floor(8 * sample_rank(i, 13))::integer],
	'Territory ' || 1 + i % 12, owner_id, CASE WHEN i % 30 = 7 THEN 'A' || lpad((i - 1)::text, 7, '0') END, size > 1, created_at
FROM drawn;

INSERT INTO contact (contact_id, account_id, name, email, phone, title, role, seniority, department, is_active, do_not_contact, created_at, left_at)
SELECT account_id || '-' || lpad(k::text, 4, '0'), account_id, 'Person ' || c, 'person' || c || '@account' || i || '.example',
	CASE WHEN sample_rank(c, 21) < 0.7 THEN '+49 30 ' || c END,
	(ARRAY['Head of Operations', 'Buyer', 'Engineer', 'Director', 'Analyst', 'Assistant'])[1 + floor(6 * sample_rank(c, 22))::integer],
	(ARRAY['champion', 'decision maker', 'user', 'economic buyer', NULL])[1 + floor(5 * sample_rank(c, 23))::integer],
	(ARRAY['executive', 'manager', 'senior', 'junior'])[1 + floor(4 * sample_rank(c, 24))::integer],
	(ARRAY['operations', 'finance', 'it', 'marketing'])[1 + floor(4 * sample_rank(c, 25))::integer],
	left_at IS NULL, sample_rank(c, 26) < 0.03, since, left_at
FROM (
	SELECT i, account_id, k, c, since, CASE WHEN sample_rank(c, 28) < 0.15 THEN since + sample_rank(c, 29) * (:'until' - since) END AS left_at
	FROM (
		SELECT i, account_id, k, i * 1000::bigint + k AS c, created_at + sample_rank(i * 1000::bigint + k, 27) * (:'until' - created_at) * 0.5 AS since
		FROM drawn, generate_series(1, contacts) AS k
		OFFSET 0
	) AS born
	OFFSET 0
) AS person;

INSERT INTO purchase (purchase_id, account_id, purchased_at, amount, cost, product_id, list_amount)
SELECT account_id || '-B' || k, account_id, bought_at, amount, round(amount * 0.6, 2),
	'P' || lpad((1 + (i + k / 3) % 24)::text, 3, '0'), CASE WHEN sample_rank(c, 33) < 0.8 THEN round(amount * (1 + 0.2 * sample_rank(c, 34))::numeric, 2) END
FROM (
	SELECT i, account_id, k, c, CASE WHEN k = 1 THEN bought_first ELSE bought_first + sample_rank(c, 31) * active * (:'until' - bought_first) END AS bought_at,
		round((spend * (0.5 + sample_rank(c, 32)) * CASE WHEN sample_rank(c, 35) < 0.01 THEN -1 ELSE 1 END)::numeric, 2) AS amount
	FROM (SELECT drawn.*, k, i * 10000::bigint + k AS c FROM drawn, generate_series(1, purchases) AS k OFFSET 0) AS each
	OFFSET 0
) AS bought;

-- a third of the customers subscribe, some to several products, year by year
INSERT INTO subscription (subscription_id, account_id, product_id, starts_on, ends_on, cancelled_on, monthly_amount, seats)
SELECT account_id || '-S' || k || '-' || year, account_id, 'P' || lpad((1 + (i + 5 * k) % 24)::text, 3, '0'), starts_on,
	CASE WHEN sample_rank(c, 41) < 0.8 THEN starts_on + 364 END, CASE WHEN sample_rank(c, 42) < 0.1 AND starts_on + 100 < :'until'::date THEN starts_on + 100 END,
	round((spend / 12 * (1 + sample_rank(c, 43)))::numeric, 2), 1 + floor(50 * sample_rank(c, 44))::integer
FROM (
	SELECT drawn.*, k, year, i * 100::bigint + 10 * k + year AS c, bought_first::date + 365 * year AS starts_on
	FROM drawn, generate_series(1, 1 + i % 2) AS k, generate_series(0, 5) AS year
	WHERE bought_first IS NOT NULL AND i % 3 = 0 AND bought_first + active * (:'until' - bought_first) > bought_first + year * interval '365 days'
	OFFSET 0
) AS subscribed;

-- leads: two of three of an account known, a third of these converted
INSERT INTO lead (lead_id, account_id, contact_id, company, name, email, source, status, owner_id, created_at, converted_at)
SELECT 'L' || lpad(i::text, 7, '0'), CASE WHEN i % 3 > 0 THEN account_id END, CASE WHEN converted_at IS NOT NULL OR i % 9 = 4 THEN account_id || '-0001' END,
	'Account ' || i, 'Lead ' || i, 'lead' || i || '@account' || i || '.example', (ARRAY['web', 'event', 'referral', 'list'])[1 + floor(4 * sample_rank(i, 51))::integer],
	CASE WHEN converted_at IS NOT NULL THEN 'converted' WHEN sample_rank(i, 52) < 0.4 THEN 'disqualified' ELSE 'open' END, owner_id, opened, converted_at
FROM (
	SELECT drawn.*, :'until'::timestamptz - sample_rank(i, 53) ^ 2 * (:'until' - created_at) AS opened,
		CASE WHEN i % 9 IN (1, 2) THEN created_at + sample_rank(i, 54) * (:'until' - created_at) END AS wanted
	FROM drawn
	OFFSET 0
) AS told, LATERAL (SELECT CASE WHEN wanted > opened THEN wanted END AS converted_at) AS conversion;

-- opportunities: a fifth is open; of customers mostly further sales
INSERT INTO opportunity (opportunity_id, account_id, contact_id, lead_id, kind, product_id, stage, amount, owner_id, opened_at, closed_at, is_won)
SELECT 'D' || lpad(i::text, 7, '0') || '-' || k, account_id, account_id || '-0001', CASE WHEN kind = 'new' AND sample_rank(c, 67) < 0.6 THEN 'L' || lpad(i::text, 7, '0') END,
	kind, 'P' || lpad((1 + (i + 3 * k) % 24)::text, 3, '0'), CASE WHEN closed_at IS NULL THEN (ARRAY['qualify', 'propose', 'negotiate'])[1 + i % 3] WHEN won THEN 'won' ELSE 'lost' END,
	round((spend * 3)::numeric, 2), owner_id, opened_at, closed_at, CASE WHEN closed_at IS NOT NULL THEN won END
FROM (
	SELECT begun.*, sample_rank(c, 63) < 0.3 + 0.2 * sample_rank(i, 64) AS won,
		CASE WHEN sample_rank(c, 65) < 0.8 THEN opened_at + least(sample_rank(c, 66) * interval '150 days', :'until' - opened_at) END AS closed_at,
		CASE WHEN k = 1 OR bought_first IS NULL THEN 'new' ELSE (ARRAY['upsell', 'cross-sell', 'renewal'])[1 + floor(3 * sample_rank(c, 62))::integer] END AS kind
	FROM (
		SELECT drawn.*, k, i * 100::bigint + k AS c, created_at + sample_rank(i * 100::bigint + k, 61) * (:'until' - created_at) AS opened_at
		FROM drawn, generate_series(1, CASE WHEN size > 1 THEN 10 WHEN i % 4 = 0 THEN 0 WHEN i % 4 = 1 THEN 2 ELSE 1 END) AS k
		OFFSET 0
	) AS begun
	OFFSET 0
) AS deal;

INSERT INTO opportunity_stage (opportunity_id, stage, entered_at)
SELECT opportunity_id, stages.stage, opened_at + (place - 1) / 4.0::float8 * (coalesce(closed_at, :'until') - opened_at)
FROM opportunity, unnest(ARRAY['qualify', 'propose', 'negotiate', 'won']) WITH ORDINALITY AS stages (stage, place)
WHERE place <= CASE WHEN is_won THEN 4 WHEN closed_at IS NULL THEN array_position(ARRAY['qualify', 'propose', 'negotiate'], opportunity.stage)
	ELSE 1 + length(opportunity_id) % 2 + (product_id > 'P012')::integer END;

INSERT INTO program (program_id, name, segment, starts_on, ends_on)
SELECT 'G' || lpad(i::text, 2, '0'), 'Program ' || i, (ARRAY['customer', 'prospect'])[1 + i % 2], '2023-01-01'::date + 80 * i, '2023-01-01'::date + 80 * i + 120
FROM generate_series(1, 12) AS i;
INSERT INTO program_member (program_id, account_id, is_control, joined_at)
SELECT 'G' || lpad((1 + i % 12)::text, 2, '0'), account_id, sample_rank(i, 71) < 0.3, '2023-01-01'::timestamptz + interval '80 days' * (1 + i % 12)
FROM drawn WHERE sample_rank(i, 72) < 0.1;
INSERT INTO program_cost (program_id, segment, spent_on, amount)
SELECT CASE WHEN month % 3 > 0 THEN 'G' || lpad((1 + month % 12)::text, 2, '0') END, segment.segment, '2021-01-15'::date + 30 * month, round((1000 * sample_rank(month, 73))::numeric * :accounts / 1000, 2)
FROM generate_series(0, 59) AS month, (VALUES ('customer'), ('prospect')) AS segment (segment);

-- touches: of a contact, of whom a few have most; of a lead in one of eight
INSERT INTO touchpoint (touchpoint_id, account_id, contact_id, lead_id, occurred_at, channel, direction, outcome, purpose, owner_id, duration_minutes, program_id)
SELECT account_id || '-T' || k, account_id, CASE WHEN of_lead OR sample_rank(c, 81) < 0.05 THEN NULL
		ELSE account_id || '-' || lpad((1 + floor(contacts * sample_rank(c, 82) ^ 2))::text, 4, '0') END,
	CASE WHEN of_lead THEN 'L' || lpad(i::text, 7, '0') END, occurred_at,
	(ARRAY['email', 'email', 'phone', 'meeting', 'video', 'web'])[1 + sort], CASE WHEN sample_rank(c, 83) < 0.35 THEN 'inbound' ELSE 'outbound' END,
	(ARRAY['connected', 'replied', 'attended', 'opened', 'attempted', 'attempted', 'bounced'])[1 + floor(6.2 * sample_rank(c, 84))::integer],
	CASE WHEN of_lead THEN 'sales' ELSE (ARRAY['sales', 'service', 'service', 'nurture', 'program'])[1 + floor(5 * sample_rank(c, 85))::integer] END,
	owner_id, CASE WHEN sort >= 2 THEN round((60 * sample_rank(c, 86))::numeric) END, CASE WHEN sample_rank(c, 87) < 0.03 THEN 'G' || lpad((1 + i % 12)::text, 2, '0') END
FROM (
	SELECT drawn.*, k, i * 100000::bigint + k AS c, k % 8 = 0 AND i % 3 > 0 AS of_lead, floor(6 * sample_rank(i * 100000::bigint + k, 88))::integer AS sort,
		created_at + (1 - sample_rank(i * 100000::bigint + k, 89) ^ 2) * CASE WHEN active < 1 THEN 0.2 + 0.8 * active ELSE 1 END * (:'until' - created_at) AS occurred_at
	FROM drawn, generate_series(1, touches) AS k
	OFFSET 0
) AS touched;

-- use, an eighth of the accounts: 25 days of the last two years, most of late
INSERT INTO usage (account_id, product_id, used_on, quantity, entitled_quantity, active_users)
SELECT account_id, 'P' || lpad((1 + i % 24)::text, 3, '0'), :'until'::date - 1 - k * (k + 2) - floor(2 * k * sample_rank(i * 100::bigint + k, 91))::integer,
	round((100 * sample_rank(i, 92) * (1 + sample_rank(i * 100::bigint + k, 93)))::numeric, 1), 120, 1 + floor(9 * sample_rank(i, 94))::integer
FROM drawn, generate_series(0, 24) AS k
WHERE bought_first < :'until'::timestamptz - k * k * interval '1 day' AND sample_rank(i, 95) < 0.15;

INSERT INTO ticket (ticket_id, account_id, contact_id, opened_at, first_response_at, closed_at, severity, satisfaction, is_abandoned, channel)
SELECT account_id || '-H' || k, account_id, account_id || '-0001', opened_at, answered_at, closed_at,
	(ARRAY['low', 'normal', 'normal', 'normal', 'high', 'critical'])[1 + floor(6 * sample_rank(c, 102))::integer],
	CASE WHEN closed_at IS NOT NULL AND sample_rank(c, 103) < 0.4 THEN 1 + floor(5 * sqrt(sample_rank(c, 104)))::numeric END,
	CASE WHEN closed_at IS NOT NULL THEN sample_rank(c, 105) < 0.04 END, (ARRAY['email', 'portal', 'phone', 'chat'])[1 + floor(4 * sample_rank(c, 106))::integer]
FROM (
	SELECT i, account_id, k, c, opened_at, least(opened_at - 5 * ln(1 - sample_rank(c, 107)) * interval '1 hour', :'until') AS answered_at,
		nullif(least(opened_at + interval '8 hours' - 10 * ln(1 - sample_rank(c, 108)) * interval '1 day', :'until'), :'until') AS closed_at
	FROM (
		SELECT drawn.*, k, i * 1000::bigint + k AS c, bought_first + sample_rank(i * 1000::bigint + k, 101) * (:'until' - bought_first) AS opened_at
		FROM drawn, generate_series(1, least(99, purchases / 6)) AS k
		OFFSET 0
	) AS opened
	OFFSET 0
) AS ticket;

INSERT INTO contact_employment (contact_id, account_id, title, started_at, ended_at)
SELECT contact_id, account_id, title, created_at, left_at FROM contact WHERE sample_rank(contact_id, 111) < 0.3;
-- of those who left, some are known to be elsewhere
INSERT INTO contact_employment (contact_id, account_id, title, started_at, ended_at)
SELECT contact_id, 'A' || lpad((1 + floor(:accounts * sample_rank(contact_id, 112)))::text, 7, '0'), 'Director', left_at, NULL
FROM contact WHERE left_at IS NOT NULL AND sample_rank(contact_id, 113) < 0.2
ON CONFLICT DO NOTHING;

INSERT INTO verification (contact_id, verified_at, outcome, verified_by)
SELECT contact_id, created_at + sample_rank(contact_id, 114) * (:'until' - created_at),
	CASE WHEN left_at IS NOT NULL THEN 'left' ELSE (ARRAY['same', 'same', 'same', 'same', 'role changed', 'unreachable', 'unknown'])[1 + floor(7 * sample_rank(contact_id, 115))::integer] END, 'O00001'
FROM contact WHERE sample_rank(contact_id, 116) < 0.1;

INSERT INTO quote (quote_id, account_id, contact_id, product_id, quoted_at, expires_on, amount, status)
SELECT account_id || '-Q' || k, account_id, account_id || '-0001', 'P' || lpad((1 + (i + k) % 24)::text, 3, '0'), quoted_at, quoted_at::date + 60, round((spend * 2)::numeric, 2),
	(ARRAY['sent', 'accepted', 'declined', 'draft'])[1 + floor(4 * sample_rank(i * 10::bigint + k, 121))::integer]
FROM (
	SELECT drawn.*, k, :'until'::timestamptz - sample_rank(i * 10::bigint + k, 122) * (:'until' - created_at) AS quoted_at
	FROM drawn, generate_series(1, i % 3) AS k
	OFFSET 0
) AS quoted;

INSERT INTO referral (referral_id, referrer_account_id, referrer_contact_id, referred_account_id, referred_lead_id, referred_at)
SELECT 'R' || i, 'A' || lpad((1 + (i * 7919) % :accounts)::text, 7, '0'), 'A' || lpad((1 + (i * 7919) % :accounts)::text, 7, '0') || '-0001', CASE WHEN i % 4 > 0 THEN account_id END,
	CASE WHEN i % 3 > 0 AND i % 5 = 0 THEN 'L' || lpad(i::text, 7, '0') END, created_at + sample_rank(i, 131) * (:'until' - created_at)
FROM (SELECT i::bigint AS i, account_id, created_at FROM drawn WHERE sample_rank(i, 132) < 0.03) AS referred
WHERE 'A' || lpad((1 + (i * 7919) % :accounts)::text, 7, '0') <> account_id;

SELECT definition FROM index_before \gexec
DROP TABLE drawn, index_before;
RESET session_replication_role;
VACUUM ANALYZE;
