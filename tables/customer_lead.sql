-- customer_lead: customers who are leads for something more, and what has
-- become of that. A customer stays a customer, and its contact a contact: nothing
-- in the CRM is converted, and nothing of it is touched. What has happened is in
-- customer_lead_event, a row each time; nothing is overwritten there, so that
-- every past day can be told. Fill both with clientele.open_customer_lead,
-- close_customer_lead and reopen_customer_lead.
--
-- To run by hand: SET search_path = your_schema, clientele;
CREATE TABLE customer_lead (
	customer_lead_id text PRIMARY KEY DEFAULT gen_random_uuid()::text,
	account_id text NOT NULL,
	contact_id text,
	kind text NOT NULL CHECK (kind = ANY (ARRAY['upsell', 'cross-sell', 'renewal'])),
	product_id text,
	amount numeric CHECK (amount > '-Infinity' AND amount < 'Infinity'),
	opened_at timestamptz NOT NULL CHECK (isfinite(opened_at)),
	follows_id text REFERENCES customer_lead CHECK (follows_id <> customer_lead_id),
	-- one after the other, so that a transaction which cannot see the one that
	-- another has opened by now fails rather than opening a second
	UNIQUE NULLS NOT DISTINCT (account_id, kind, product_id, follows_id)
);
CREATE INDEX customer_lead_account_id ON customer_lead (account_id, opened_at);
CREATE INDEX customer_lead_follows_id ON customer_lead (follows_id);
CREATE TABLE customer_lead_event (
	customer_lead_id text NOT NULL REFERENCES customer_lead ON DELETE CASCADE,
	step integer NOT NULL CHECK (step > 0),
	happened_at timestamptz NOT NULL CHECK (isfinite(happened_at)),
	event text NOT NULL CHECK (event = ANY (ARRAY['opened', 'changed', 'closed', 'reopened'])),
	stage text NOT NULL CHECK (stage = ANY (ARRAY['lead', 'opportunity'])),
	owner_id text,
	opportunity_id text,
	outcome text CHECK (outcome = ANY (ARRAY['won', 'lost', 'returned'])),
	note text,
	recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	recorded_by text NOT NULL DEFAULT current_user,
	PRIMARY KEY (customer_lead_id, step),
	CHECK ((event = 'closed') = (outcome IS NOT NULL))
);
COMMENT ON TABLE customer_lead IS 'Customers who are leads for something more: kept here, beside the CRM, so that nobody is converted. One row a lead; what has become of it is in customer_lead_event.';
COMMENT ON COLUMN customer_lead.customer_lead_id IS 'Its id.';
COMMENT ON COLUMN customer_lead.account_id IS 'The customer.';
COMMENT ON COLUMN customer_lead.contact_id IS 'The contact with whom it is to be talked about; NULL: none in particular.';
COMMENT ON COLUMN customer_lead.kind IS 'upsell, cross-sell or renewal.';
COMMENT ON COLUMN customer_lead.product_id IS 'What would be bought; NULL: nothing in particular.';
COMMENT ON COLUMN customer_lead.amount IS 'What it may bring, in the currency of the workspace.';
COMMENT ON COLUMN customer_lead.opened_at IS 'When it was opened.';
COMMENT ON COLUMN customer_lead.follows_id IS 'The last one before it of the same customer, kind and product.';
COMMENT ON TABLE customer_lead_event IS 'What has become of each customer lead, a row each time. Nothing is overwritten.';
COMMENT ON COLUMN customer_lead_event.customer_lead_id IS 'The customer lead.';
COMMENT ON COLUMN customer_lead_event.step IS 'Number of the event, from 1.';
COMMENT ON COLUMN customer_lead_event.happened_at IS 'When it happened.';
COMMENT ON COLUMN customer_lead_event.event IS 'opened; changed: another stage, owner or opportunity; closed; reopened: a closing was taken back.';
COMMENT ON COLUMN customer_lead_event.stage IS 'lead, or opportunity: somebody is negotiating.';
COMMENT ON COLUMN customer_lead_event.owner_id IS 'Who works on it from then on.';
COMMENT ON COLUMN customer_lead_event.opportunity_id IS 'The opportunity of the CRM that stands for it from then on; with one, all_leads shows that instead.';
COMMENT ON COLUMN customer_lead_event.outcome IS 'Of a closing: won, lost, or returned: nothing was decided, the customer is a customer as before.';
COMMENT ON COLUMN customer_lead_event.note IS 'What there was to say.';
COMMENT ON COLUMN customer_lead_event.recorded_at IS 'When it was written down.';
COMMENT ON COLUMN customer_lead_event.recorded_by IS 'The database role that did.';
