-- What test/releases takes from one release of PostgreSQL to another: a workspace
-- with rows, models and an adapted view, and one over the tables of a CRM.
CREATE EXTENSION clientele;
SELECT format('ALTER DATABASE %I SET clientele.as_of = %L', current_database(), '2026-07-01') \gexec
\c
CALL clientele.create_workspace('crm');
CALL clientele.load_sample('crm', 60, 7, '2026-06-30');
INSERT INTO crm.subscription (subscription_id, account_id, starts_on, ends_on, monthly_amount)
SELECT format('taken along %s', account_id), account_id, created_at::date, created_at::date + 364, 100
FROM crm.account
WHERE account_id LIKE '%5'
ON CONFLICT DO NOTHING;
UPDATE crm.policy SET margin = 0.4, minimum_subscriptions = 10, minimum_churned_subscriptions = 5;
CALL clientele.refresh_workspace('crm');
CALL clientele.keep_insight('crm', 'customer_value');

-- an insight with a column more, and one that is the user's own
SELECT format('CREATE OR REPLACE VIEW crm.top_customers WITH (security_invoker = true) AS SELECT template.*, revenue > 10000 AS is_large FROM (%s) AS template',
	rtrim(pg_get_viewdef('crm.top_customers'::regclass), ';')) \gexec
CREATE VIEW crm.large WITH (security_invoker = true) AS SELECT name FROM crm.top_customers WHERE is_large;

CREATE SCHEMA salesforce;
CREATE TABLE salesforce."Account" ("Id" text PRIMARY KEY, "Name" text, "Industry" text, "CreatedDate" timestamptz);
CREATE TABLE salesforce."Contact" ("Id" text PRIMARY KEY, "AccountId" text, "Name" text, "Email" text, "IsDeleted" boolean, "CreatedDate" timestamptz);
INSERT INTO salesforce."Account" VALUES ('001', 'One', 'Trade', '2025-01-01'), ('002', 'Two', NULL, NULL);
INSERT INTO salesforce."Contact" VALUES ('003', '001', 'Ann', 'ann@one.example', false, '2025-02-01'), ('004', '001', 'Bob', NULL, true, NULL);
CALL clientele.create_workspace('sales', 'salesforce', 'salesforce');
