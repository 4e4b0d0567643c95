-- What test/dump dumps and restores: a database as a user may have it.
CREATE EXTENSION clientele;
SELECT format('ALTER DATABASE %I SET clientele.as_of = %L', current_database(), '2026-01-31 12:00') \gexec
SELECT format('ALTER DATABASE %I SET timezone = %L', current_database(), 'UTC') \gexec
SELECT format('ALTER DATABASE %I SET datestyle = %L', current_database(), 'ISO, MDY') \gexec
SELECT format('ALTER DATABASE %I SET intervalstyle = %L', current_database(), 'postgres') \gexec
SELECT format('ALTER DATABASE %I SET extra_float_digits = %L', current_database(), '1') \gexec
\c
CREATE ROLE analyst;

-- ---- a workspace with the sample CRM, adapted ----------------------------------
CALL clientele.create_workspace('crm');
CALL clientele.load_sample('crm', 600, 7, '2026-06-30');
SET search_path = crm, clientele, public;

-- an entity's table has another column, with values
ALTER TABLE crm.account ADD COLUMN nickname text;
UPDATE crm.account SET nickname = upper(left(name, 3)) WHERE account_id < 'A000300';
COMMENT ON COLUMN crm.account.nickname IS 'What we call them.';

-- an entity is a view of a table of the user's
CREATE SCHEMA erp;
CREATE TABLE erp.item AS SELECT product_id AS number, name AS label, category AS family, launched_on FROM crm.product;
ALTER TABLE erp.item ADD PRIMARY KEY (number);
DROP TABLE crm.product CASCADE;
CREATE VIEW crm.product WITH (security_invoker = true) AS
SELECT number AS product_id, label AS name, family AS category, NULL::text AS tier, launched_on,
	NULL::text AS prerequisite_product_id, NULL::text[] AS countries
FROM erp.item;

-- an insight with another column, one with another rule, one of the user's own
DO $$ BEGIN
	EXECUTE format('CREATE OR REPLACE VIEW crm.top_customers WITH (security_invoker = true) AS %s',
		replace(replace(pg_get_viewdef('crm.top_customers'::regclass), ';', ''), 'SELECT rank()', 'SELECT rank()'));
END $$;
CREATE VIEW crm.sleeping WITH (security_invoker = true) AS
SELECT account_id, name, p_alive, clv, clv_low, clv_high
FROM crm.customer_value
WHERE p_alive < 0.4;
CREATE MATERIALIZED VIEW crm.value_then AS
SELECT account_id, p_alive, expected_purchases, clv FROM crm.customer_value;
CREATE UNIQUE INDEX value_then_account ON crm.value_then (account_id);

UPDATE crm.policy SET horizon = '6 months', annual_rate = 0.12, margin = 0.4;
CALL clientele.refresh_workspace('crm');
REFRESH MATERIALIZED VIEW crm.value_then;
CALL clientele.keep_insight('crm', 'customer_value');
CALL clientele.keep_insight('crm', 'sleeping');

-- rights, with row-level security
GRANT USAGE ON SCHEMA crm, erp TO analyst;
GRANT SELECT ON ALL TABLES IN SCHEMA crm TO analyst;
ALTER TABLE crm.purchase ENABLE ROW LEVEL SECURITY;
CREATE POLICY large ON crm.purchase FOR SELECT TO analyst USING (amount > 100);

-- ---- stored facts ---------------------------------------------------------------
CREATE SCHEMA facts;
CREATE TABLE facts.customer (
	account_id text PRIMARY KEY,
	history purchase_history CHECK (purchases(history) >= 0),
	summary rfm,
	with_first rfm,
	repeats integer GENERATED ALWAYS AS (frequency(summary)) STORED
);
INSERT INTO facts.customer (account_id, history, summary, with_first)
SELECT account_id, history, rfm(history, '2026-01-31'), rfm(history, '2026-01-31', true)
FROM (
	SELECT account_id, purchase_history(purchased_at, amount) AS history FROM crm.purchase GROUP BY account_id
) AS fact;
CREATE INDEX customer_summary ON facts.customer (summary);
CREATE INDEX customer_history ON facts.customer USING hash (history);
CREATE INDEX customer_frequency ON facts.customer (frequency(summary));

-- what is rare: NULL, nothing, refunds, thirds, the ends of the ranges
CREATE TABLE facts.odd (number integer, history purchase_history, summary rfm);
INSERT INTO facts.odd VALUES
	(1, NULL, NULL),
	(2, '{}', '(0,0,0,0)'),
	(3, '{2024-01-05:120.5, 2024-02-01:80*2} skipped 3', '(3,210,365,54.2)'),
	(4, '{2024-01-05:-120.5, 2024-02-01:0.1*3}', '(4,210,365,54.2,,first)'),
	(5, '{4713-01-01 BC:1, 5874897-12-31:1e300}', '(1,0.1,0.3,0.3333333333333333)'),
	(6, '{1999-12-31:5e-324, 2000-01-01:1.7976931348623157e308}', '(2147483647,1e300,1e300,-1e300)'),
	(7, '{2024-02-29:0}', '(5,1e-300,30.25,0)')
;
INSERT INTO facts.odd
SELECT 100, purchase_history(date '2000-01-01' + day, (day * 37 % 1000) / 7.0), NULL
FROM generate_series(0, 4999) AS day;

CREATE TABLE facts.base (segment text, customers customer_base, spenders spend_base);
INSERT INTO facts.base
SELECT left(account_id, 6), customer_base(summary), spend_base(summary) FROM facts.customer GROUP BY 1;
INSERT INTO facts.base
SELECT 'all', customer_base(customers), spend_base(spenders) FROM facts.base;
INSERT INTO facts.base VALUES ('none', NULL, NULL);

-- with covariates: a category, and a number with thirds; now and then unknown
CREATE TABLE facts.covariate (segment text, base covariate_base);
INSERT INTO facts.covariate
SELECT left(account_id, 6), customer_base(summary, ARRAY[(length(country) * ascii(country) % 2)::float8,
	CASE WHEN account_id NOT LIKE '%7' THEN ascii(right(account_id, 1)) / 3.0 - 17 END])
FROM facts.customer JOIN crm.account USING (account_id) GROUP BY 1;
INSERT INTO facts.covariate SELECT 'all', customer_base(base) FROM facts.covariate;
INSERT INTO facts.covariate VALUES ('none', NULL), ('empty', '{}');
CREATE TABLE facts.covariate_model (family text PRIMARY KEY, model purchase_model);
INSERT INTO facts.covariate_model
SELECT family, fit(base, family, prior_sd => 3, coefficient_prior_sd => 0.5)
FROM facts.covariate, unnest(ARRAY['bg/nbd', 'pareto/nbd']) AS family WHERE segment = 'all';
CREATE VIEW facts.covariate_value AS
SELECT account_id, family, expected_purchases(with_covariates(model, ARRAY[1::float8, 0.5::float8]), summary, '1 year')
FROM facts.customer, facts.covariate_model;
CREATE VIEW facts.covariate_total AS
SELECT segment, family, covariates(base), total.* FROM facts.covariate, facts.covariate_model, total_expected_purchases(model, base, '1 year') AS total;

CREATE TABLE facts.calendar (segment text, calendar purchase_calendar, errors holdout_sums);
INSERT INTO facts.calendar
SELECT left(account_id, 6), purchase_calendar(history), holdout_sums(revenue(history), monetary_value(summary) / 3) FROM facts.customer GROUP BY 1;
INSERT INTO facts.calendar
SELECT 'all', purchase_calendar(calendar), holdout_sums(errors) FROM facts.calendar;
INSERT INTO facts.calendar VALUES ('none', NULL, NULL), ('odd', '{4713-01-01 BC:4294967295+0, 5874897-12-31:0+4294967295} skipped 9223372036854775807 without_purchase 1', NULL);

CREATE TABLE facts.model (name text PRIMARY KEY, purchases purchase_model, spend spend_model);
INSERT INTO facts.model
SELECT family, fit(customers, family), fit(spenders)
FROM facts.base, unnest(ARRAY['bg/nbd', 'mbg/nbd', 'mbg/cnbd-2']) AS family
WHERE segment = 'all';
INSERT INTO facts.model VALUES
	('typed', '{"family": "bg/nbd", "unit": "7 days", "parameters": {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}}',
		'{"family": "gamma-gamma", "parameters": {"p": 6.25, "q": 3.74, "gamma": 15.44}}'),
	('none', NULL, NULL);

CREATE TABLE facts.subscription (cohort text PRIMARY KEY, customers renewal_base, model renewal_model);
INSERT INTO facts.subscription
SELECT left(account_id, 6), renewal_base(least(frequency(summary), 12), frequency(summary) BETWEEN 1 AND 11), NULL FROM facts.customer GROUP BY 1;
INSERT INTO facts.subscription
SELECT family, customers, fit(customers, family) FROM (SELECT renewal_base(customers) AS customers FROM facts.subscription) AS every, unnest(ARRAY['sbg', 'bdw']) AS family;
INSERT INTO facts.subscription VALUES ('none', NULL, NULL), ('odd', '{(0,0,9223372036854775806),(100000,1,0)} skipped 9223372036854775807',
	'{"family": "bdw", "parameters": {"alpha": 1e-300, "beta": 0.1, "c": 0.3333333333333333}}');

CREATE TABLE facts.account (account_id text PRIMARY KEY, touches touchpoints, score decayed_score);
INSERT INTO facts.account
SELECT account_id, touchpoints(account_id || '-' || purchase_id::text, purchased_at, CASE WHEN amount < 1000 THEN 'inbound' ELSE 'outbound' END),
	decayed_score(amount::float8, purchased_at, '90 days')
FROM crm.purchase GROUP BY account_id;
CREATE INDEX account_score ON facts.account (score DESC);
INSERT INTO facts.account VALUES ('none', NULL, NULL),
	('numbers', '{-9223372036854775808: 4713-01-01 BC>; 9223372036854775807: 5874897-12-31<4294967295}', '(0,0,7776000000000,,0,4294967295)'),
	('uuids', '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11: 2024-01-05>2<3} skipped 4294967295', '(-1.0000000000000002,1152921504606846976,7776000000000,7,1.1102230246251565e-16)'),
	('quotes', E'{"say \\"hi\\" \\\\ ; } :": 2024-01-05>; "Zoë\t": 2024-01-05<}', NULL);
CREATE TABLE facts.survey (segment text, revenues concentration, samples two_samples);
INSERT INTO facts.survey
SELECT left(account_id, 6), concentration(revenue(history)), two_samples(age(summary), frequency(summary) = 0, monetary_value(summary) > 100) FROM facts.customer GROUP BY 1;
INSERT INTO facts.survey
SELECT 'all', concentration(revenues), two_samples(samples) FROM facts.survey;
INSERT INTO facts.survey VALUES ('none', NULL, NULL), ('odd', '{0,5e-324,1.7976931348623157e+308} skipped 9223372036854775807', '{-Infinity:0,0.1+:1,Infinity:1} skipped 1');
CREATE TABLE facts.evidence (segment text, counts outcome_counts);
INSERT INTO facts.evidence
SELECT left(account_id, 6), outcome_counts(frequency(summary)::text, age(summary) > 300, monetary_value(summary) / 7) FROM facts.customer GROUP BY 1;
INSERT INTO facts.evidence
SELECT 'all', outcome_counts(counts) FROM facts.evidence;
INSERT INTO facts.evidence VALUES ('none', NULL), ('odd', E'{"": 0:0, "say \\"hi\\" \\\\ : , }\t": 0.000000000000000001:9223372036854775807.999999999999999999, null: 1:2} skipped 9223372036854775807');

CREATE TABLE facts.evaluation (segment text, outcomes scored_outcomes, pairs paired_scores);
INSERT INTO facts.evaluation
SELECT left(account_id, 6), scored_outcomes(monetary_value(summary) / 3, frequency(summary) > 2), paired_scores(monetary_value(summary) / 3, age(summary), frequency(summary) > 2) FROM facts.customer GROUP BY 1;
INSERT INTO facts.evaluation
SELECT 'all', scored_outcomes(outcomes), paired_scores(pairs) FROM facts.evaluation;
INSERT INTO facts.evaluation VALUES ('none', NULL, NULL), ('odd', '{-Infinity:0/1,5e-324:9007199254740990/9007199254740990,Infinity:1/1} skipped 9223372036854775807', '{(-Infinity,5e-324):0/1,(0.1,0.3333333333333333):9007199254740990/9007199254740991} skipped 1');
CREATE TABLE facts.calibrated (segment text, calibration calibration);
INSERT INTO facts.calibrated
SELECT segment, platt(outcomes) FROM facts.evaluation WHERE segment <> 'odd' UNION ALL SELECT segment, isotonic(outcomes) FROM facts.evaluation;
INSERT INTO facts.calibrated VALUES ('typed in', '{"method": "platt", "of": "log odds", "slope": 0.30000000000000004, "intercept": -5e-324, "lost": 9007199254740993}');

CREATE TABLE facts.card (number integer PRIMARY KEY, card scorecard, version integer GENERATED ALWAYS AS (version(card)) STORED);
INSERT INTO facts.card VALUES (0, NULL),
	(1, '{"name": "prospects", "signals": {"visit": {"points": 1, "half_life": "30 days", "cap": 10}}}'),
	(2, E'{"name": "odd \\"\\\\ \\u0001 Zoë", "version": 2147483647, "base": -0.1, "signals": {"a.b": {"bins": [{"to": 0.3333333333333333, "points": 5e-324}, {"from": 1e9, "points": -1e9}]}}}');
INSERT INTO facts.card
SELECT 3, format('{"name": "large", "signals": {%s}}', string_agg(format('"s%s": {"points": %s, "window": "%s.5 hours", "category": "c%s"}', i, i / 7.0, i, i % 100), ', '))::scorecard
FROM generate_series(1, 2000) AS i;
CREATE INDEX card_hash ON facts.card USING hash (card);
CREATE VIEW facts.card_signal AS
SELECT name(card), signal.* FROM facts.card, signals(card) AS signal;

CREATE TABLE facts.lead (name text PRIMARY KEY, model lead_model, won float8 GENERATED ALWAYS AS (won(model)) STORED);
INSERT INTO facts.lead VALUES ('none', NULL),
	('typed', '{"family": "logistic", "intercept": -2.1, "features": {"employees": 0.01, "a": {"levels": {"web": 0, "referral": 1.2}}}}'),
	('odd', E'{"family": "logistic", "status": "not converged", "reason": "say \\"hi\\" \\u0001 Zoë", "intercept": 5e-324, "features": [{"name": "Zoë\\t", "estimate": 0.1, "std_error": 0.30000000000000004, "mean": 1e150, "sd": 5e-324, "missing": {"estimate": -1e150, "share": 0.3333333333333333}}, {"name": "b", "levels": {"": {"weight": 0.1}, "\\\\": 1}}], "won": 1e15}'),
	('bayes', '{"family": "naive bayes", "won": 8.1, "lost": 24.3, "smoothing": 0.1, "bounds": [0.0001, 0.9999], "team": "t", "teams": {"North": [3, 9]}, "features": {"stage": {"elements": {"new": {"all": [8, 24], "teams": {"North": [3, 9]}}}, "minimum": 50, "total": {"all": [8, 24], "teams": {"North": [3, 9]}}}, "source": {"levels": {"web": [3, 12]}, "missing": [1, 0]}}}');
INSERT INTO facts.lead
SELECT 'large', format('{"family": "logistic", "intercept": {"estimate": 1}, "features": {"c": {"levels": {%s}}}}', string_agg(format('"level %s": {"estimate": %s, "weight": %s}', i, i / 7.0, i / 3.0), ', '))::lead_model
FROM generate_series(1, 900) AS i;
INSERT INTO facts.lead
SELECT 'calibrated', with_calibration(with_prior(model, 0.3, 0.1), calibration) FROM facts.lead, facts.calibrated WHERE name = 'typed' AND segment = 'typed in';
CREATE VIEW facts.lead_probability AS
SELECT name, win_probability(model, '{"employees": 120, "a": "web", "stage": ["new"], "c": "level 77"}'::jsonb), coefficient.*
FROM facts.lead, coefficients(model) AS coefficient WHERE name <> 'odd';

CREATE TABLE facts.fit (name text, summary training_summary, step logistic_step);
INSERT INTO facts.fit
SELECT 'fitted', training_summary(i % 3 = 0, i / 7.0, 1, ARRAY['level ' || i % 50, NULL], i / 3.0, NULL, i % 5, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	logistic_step('01000000000000000200000001000000010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000007ff0000000000000fff00000000000003fb999999999999abfd555555555555500000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000200000002000000000000000161ffffffff00000000000000000000000000000000000000000000000000000000000000016200000001000000000000000000000000000000000000000000000000', i % 3 = 0, i / 7.0, 1, ARRAY[CASE WHEN i % 2 = 0 THEN 'b' ELSE 'a' END], NULL::float8[])
FROM generate_series(1, 200) AS i;
INSERT INTO facts.fit VALUES ('none', NULL, NULL);
CREATE TABLE facts.score (account_id text, sheet score_sheet);
INSERT INTO facts.score
SELECT account_id, score_sheet(scorecard '{"name": "bought", "segment": "customer", "base": 1, "signals": {"large": {"points": 3, "half_life": "90 days", "cap": 7.7, "category": "money"}, "day": {"points_per_unit": 0.1, "repeat": "once a day", "missing": -2}, "never": {"points": 1, "missing": -0.3}},
	"categories": {"money": {"cap": 5}}, "vetoes": [{"name": "cheap", "signal": "day", "below": 100}], "bands": {"hot": 10, "cold": -5}, "grade": {"fit": [1], "engagement": [10, 5]}}',
	CASE WHEN amount > 1000 THEN 'large' WHEN amount > 10 THEN 'day' ELSE 'small' END, amount::float8, purchased_at, '2026-01-31Z') FROM crm.purchase GROUP BY account_id;
INSERT INTO facts.score SELECT 'all', score_sheet(sheet) FROM facts.score;
INSERT INTO facts.score VALUES ('none', NULL), ('odd', score_sheet(scorecard E'{"name": "odd \\"\\\\ \\u0001 Zoë", "signals": {"\\u0001": {"points": 1e-12}}}', E'{"\\u0001": [{"occurred_at": "4714-11-24 00:00:00 BC", "times": 9007199254740992}], "\\"": 1, "": 2}', '2026-01-31Z'));
CREATE VIEW facts.reason AS
SELECT account_id, points(sheet) AS total, band(sheet), grade(sheet), vetoes(sheet), contribution.* FROM facts.score, contributions(sheet) AS contribution;

-- what is computed from them
CREATE VIEW facts.renewal AS
SELECT cohort, survival(model, 12), (discounted_expected_renewals_interval(model, 3, 0.1)).* FROM facts.subscription;
CREATE VIEW facts.value AS
SELECT account_id, name, p_alive(purchases, summary), expected_purchases(purchases, summary, '1 year'),
	clv(purchases, spend, summary), (clv_interval(purchases, spend, summary)).*
FROM facts.customer, facts.model
WHERE purchases IS NOT NULL;
CREATE TABLE facts.total (model text, value total_value);
INSERT INTO facts.total
SELECT name, total_clv(purchases, spend, summary, '1 year', 0.12, 0.4) FROM facts.customer, facts.model GROUP BY name;
INSERT INTO facts.total VALUES ('none', NULL), ('odd', '(1,2,Infinity,,,)');
CREATE VIEW facts.total_purchases AS
SELECT model.name AS model, total.* FROM facts.base, facts.model, total_expected_purchases(purchases, customers, '1 year') AS total;
CREATE VIEW facts.tracking AS
SELECT segment, model.name AS model, tracking.* FROM facts.calendar, facts.model, tracking(purchases, calendar, '2026-01-31', '1 month', '2023-01-01') AS tracking;
CREATE VIEW facts.error AS
SELECT segment, (holdout_error(errors)).* FROM facts.calendar;
CREATE VIEW facts.frequency AS
SELECT segment, model.name AS model, frequency.* FROM facts.base, facts.model, frequency_distribution(purchases, customers, 5) AS frequency;
CREATE VIEW facts.inequality AS
SELECT segment, gini(revenues), top_share(revenues, 10), (log_rank(samples)).* FROM facts.survey WHERE segment <> 'odd';
CREATE VIEW facts.quality AS
SELECT segment, auc(outcomes), (auc_difference(pairs)).* FROM facts.evaluation;
CREATE VIEW facts.days AS
SELECT account_id, day.* FROM facts.customer, purchase_days(history) AS day;
CREATE VIEW facts.parameter AS
SELECT model.name AS model, parameter.* FROM facts.model, parameters(purchases) AS parameter;
ANALYZE;
