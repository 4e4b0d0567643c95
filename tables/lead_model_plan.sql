-- lead_model_plan: which models of leads clientele.refresh_workspace fits, and
-- to which features of lead_training. A row a kind and role: change it with
-- UPDATE, add a challenger with INSERT.
--
-- A workspace of an older version gets the rows below of which it has none:
-- rows: lead_model_plan kind role
--
-- To run by hand: SET search_path = your_schema, clientele;
CREATE TABLE lead_model_plan (
	kind text NOT NULL CHECK (kind = ANY (ARRAY['prospect', 'upsell', 'cross-sell', 'renewal'])),
	role text NOT NULL DEFAULT 'champion' CHECK (role = ANY (ARRAY['champion', 'challenger'])),
	family text NOT NULL DEFAULT 'logistic',
	features text[] NOT NULL CHECK (cardinality(features) > 0),
	ridge float8 NOT NULL DEFAULT 0 CHECK (ridge >= 0 AND ridge < 'Infinity'),
	PRIMARY KEY (kind, role)
);
INSERT INTO lead_model_plan (kind, role, family, features) VALUES
	('prospect', 'champion', 'logistic', ARRAY['source', 'seniority', 'company_size', 'inbound_touches', 'replies', 'meetings', 'opened_messages']),
	('prospect', 'challenger', 'naive bayes', ARRAY['source', 'seniority', 'company_size', 'industry']),
	('upsell', 'champion', 'logistic', ARRAY['usage_days', 'open_tickets', 'inbound_touches', 'meetings', 'contacts_reached']),
	('cross-sell', 'champion', 'logistic', ARRAY['usage_days', 'open_tickets', 'inbound_touches', 'meetings', 'contacts_reached']),
	('renewal', 'champion', 'logistic', ARRAY['usage_days', 'open_tickets', 'inbound_touches', 'contacts_reached', 'days_since_purchase']);
COMMENT ON TABLE lead_model_plan IS 'Which models of leads are fitted when the workspace is refreshed. A row a kind of leads and role.';
COMMENT ON COLUMN lead_model_plan.kind IS 'The leads: prospect, upsell, cross-sell or renewal.';
COMMENT ON COLUMN lead_model_plan.role IS 'champion: the model that is used; challenger: one beside it, to be compared in champion_challenger.';
COMMENT ON COLUMN lead_model_plan.family IS 'logistic, or naive bayes, which takes categories alone.';
COMMENT ON COLUMN lead_model_plan.features IS 'Columns of lead_training.';
COMMENT ON COLUMN lead_model_plan.ridge IS 'Penalty of clientele.fit_lead_model; 0: none.';
