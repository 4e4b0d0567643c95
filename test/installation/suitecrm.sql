-- An installation of SuiteCRM 7, filled with the rows of the workspace native.
-- Run by test/installation_suitecrm.pg, after begin.sql.
--
-- Its ids have 36 characters: here the kind and the number in their order.
CREATE OR REPLACE FUNCTION installation.id(kind text, native text) RETURNS text LANGUAGE sql STABLE
RETURN format('%s-0000-4000-8000-%s', substr(md5(kind), 1, 8), lpad(installation.number(kind, native)::text, 12, '0'));
CALL installation.take_ids();
-- An id of something that is no row of the sample: of a link, or a line.
CREATE FUNCTION installation.other_id(kind text, id text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN substr(md5(kind), 1, 8) || substr(id, 9);

\ir suitecrm_tables.sql
SET search_path = suitecrm, public;

-- ---- who there is ----------------------------------------------------------------
INSERT INTO users (id, user_name, first_name, last_name, status, is_group, deleted)
SELECT owner_id, 'user' || right(owner_id, 2), split_part(name, ' ', 1), substr(name, strpos(name, ' ') + 1), 'Active', 0, 0 FROM native.owner;
INSERT INTO accounts (id, name, industry, employees, annual_revenue, billing_address_country, parent_id, assigned_user_id, date_entered, deleted)
SELECT account_id, name, coalesce(industry, ''), employees, annual_revenue, country, coalesce(parent_account_id, ''), coalesce(owner_id, ''), created_at AT TIME ZONE 'UTC', 0 FROM native.account;
INSERT INTO contacts (id, first_name, last_name, title, department, phone_work, do_not_call, date_entered, deleted)
SELECT contact_id, split_part(name, ' ', 1), substr(name, strpos(name, ' ') + 1), title, department, coalesce(phone, ''), do_not_contact::integer, created_at AT TIME ZONE 'UTC', 0 FROM native.contact;
-- a link bears the time of its last change; one of a job that ended is dead
INSERT INTO accounts_contacts (id, contact_id, account_id, date_modified, deleted)
SELECT installation.other_id('link', contact_id), contact_id, account_id,
	coalesce((SELECT max(started_at) FROM native.contact_employment AS job WHERE job.contact_id = contact.contact_id AND job.account_id = contact.account_id AND job.ended_at IS NULL),
		created_at) AT TIME ZONE 'UTC', 0
FROM native.contact WHERE account_id IS NOT NULL;
INSERT INTO accounts_contacts (id, contact_id, account_id, date_modified, deleted)
SELECT md5(contact_id || account_id || ended_at), contact_id, account_id, ended_at AT TIME ZONE 'UTC', 1 FROM native.contact_employment AS job
WHERE ended_at IS NOT NULL AND NOT EXISTS (SELECT FROM native.contact WHERE contact.contact_id = job.contact_id AND contact.account_id = job.account_id);
-- an address is the contact's, and the lead's that the contact was
INSERT INTO email_addresses (id, email_address, invalid_email, opt_out, deleted)
SELECT installation.other_id('address', contact_id), email, 0, 0, 0 FROM native.contact WHERE email IS NOT NULL;
INSERT INTO email_addr_bean_rel (id, email_address_id, bean_id, bean_module, primary_address, deleted)
SELECT installation.other_id('bearer', contact_id), installation.other_id('address', contact_id), contact_id, 'Contacts', 1, 0 FROM native.contact WHERE email IS NOT NULL;
INSERT INTO email_addr_bean_rel (id, email_address_id, bean_id, bean_module, primary_address, deleted)
SELECT installation.other_id('bearing lead', lead_id), installation.other_id('address', contact_id), lead_id, 'Leads', 1, 0
FROM native.lead JOIN native.contact USING (contact_id) WHERE contact.email IS NOT NULL;

-- ---- what is sold ----------------------------------------------------------------
INSERT INTO aos_product_categories SELECT DISTINCT installation.other_id('category', min(product_id)), category, 0 FROM native.product WHERE category IS NOT NULL GROUP BY category;
INSERT INTO aos_products (id, name, aos_product_category_id, deleted)
SELECT product_id, product.name, family.id, 0 FROM native.product LEFT JOIN aos_product_categories AS family ON family.name = category;
INSERT INTO aos_invoices (id, name, billing_account_id, invoice_date, date_entered, status, subtotal_amount, subtotal_amount_usdollar, deleted)
SELECT installation.other_id('invoice', purchase_id), 'Invoice', account_id, (purchased_at AT TIME ZONE 'UTC')::date, purchased_at AT TIME ZONE 'UTC', 'Paid', amount, amount, 0 FROM native.purchase;
INSERT INTO aos_products_quotes (id, parent_type, parent_id, product_id, product_qty, product_unit_price, product_list_price, product_cost_price, product_total_price, deleted)
SELECT purchase_id, 'AOS_Invoices', installation.other_id('invoice', purchase_id), product_id, 1, amount, list_amount, cost, amount, 0 FROM native.purchase;
INSERT INTO aos_quotes (id, name, billing_account_id, billing_contact_id, expiration, date_entered, stage, subtotal_amount, deleted)
SELECT installation.other_id('offer', quote_id), 'Quote', account_id, coalesce(contact_id, ''), expires_on, quoted_at AT TIME ZONE 'UTC',
	CASE status WHEN 'accepted' THEN 'Closed Accepted' WHEN 'declined' THEN 'Closed Lost' WHEN 'sent' THEN 'Delivered' ELSE initcap(status) END, amount, 0
FROM native.quote WHERE status <> 'basket';
INSERT INTO aos_products_quotes (id, parent_type, parent_id, product_id, product_qty, product_unit_price, product_list_price, product_total_price, deleted)
SELECT quote_id, 'AOS_Quotes', installation.other_id('offer', quote_id), product_id, 1, amount, amount, amount, 0 FROM native.quote WHERE status <> 'basket';
-- the value of a contract is of all its days
INSERT INTO aos_contracts (id, name, contract_account_id, status, start_date, end_date, total_contract_value, deleted)
SELECT subscription_id, 'Contract', account_id, 'Signed', starts_on, ends_on, monthly_amount * (ends_on - starts_on + 1) / 30.4375, 0 FROM native.subscription;
INSERT INTO aos_products_quotes (id, parent_type, parent_id, product_id, product_qty, deleted)
SELECT installation.other_id('contracted', subscription_id), 'AOS_Contracts', subscription_id, product_id, 1, 0 FROM native.subscription WHERE product_id IS NOT NULL;

-- ---- leads and opportunities -----------------------------------------------------
INSERT INTO leads (id, first_name, last_name, account_name, account_id, contact_id, opportunity_id, lead_source, status, converted, assigned_user_id, date_entered, date_modified, deleted)
SELECT lead_id, split_part(lead.name, ' ', 1), substr(lead.name, strpos(lead.name, ' ') + 1), company, coalesce(lead.account_id, ''), coalesce(lead.contact_id, ''), opportunity_id,
	coalesce(source, ''), status, (converted_at IS NOT NULL)::integer, coalesce(lead.owner_id, ''), created_at AT TIME ZONE 'UTC', coalesce(closed_at, created_at) AT TIME ZONE 'UTC', 0
FROM native.lead LEFT JOIN native.opportunity USING (lead_id);
-- what was settled is called so in SuiteCRM; stages before that are a list of one's own
CREATE FUNCTION installation.stage(stage text) RETURNS text LANGUAGE sql IMMUTABLE RETURN CASE stage WHEN 'won' THEN 'Closed Won' WHEN 'lost' THEN 'Closed Lost' ELSE stage END;
INSERT INTO opportunities (id, name, opportunity_type, amount, amount_usdollar, date_closed, sales_stage, assigned_user_id, date_entered, deleted)
SELECT opportunity_id, 'Opportunity', CASE kind WHEN 'new' THEN 'New Business' ELSE 'Existing Business' END, amount, amount,
	coalesce((closed_at AT TIME ZONE 'UTC')::date, (opened_at AT TIME ZONE 'UTC')::date + 90), installation.stage(stage), coalesce(owner_id, ''), opened_at AT TIME ZONE 'UTC', 0
FROM native.opportunity;
INSERT INTO accounts_opportunities (id, opportunity_id, account_id, date_modified, deleted)
SELECT installation.other_id('buyer', opportunity_id), opportunity_id, account_id, opened_at AT TIME ZONE 'UTC', 0 FROM native.opportunity WHERE account_id IS NOT NULL;
INSERT INTO opportunities_contacts (id, contact_id, opportunity_id, contact_role, date_modified, deleted)
SELECT installation.other_id('part', opportunity_id), contact_id, opportunity_id, coalesce(role, ''), opened_at AT TIME ZONE 'UTC', 0
FROM native.opportunity JOIN native.contact USING (contact_id);
INSERT INTO opportunities_audit (id, parent_id, date_created, field_name, before_value_string, after_value_string)
SELECT md5(opportunity_id || entered_at), opportunity_id, entered_at AT TIME ZONE 'UTC', 'sales_stage', installation.stage(before), installation.stage(stage)
FROM (SELECT *, lag(stage) OVER (PARTITION BY opportunity_id ORDER BY entered_at) AS before FROM native.opportunity_stage) AS entered
WHERE before IS NOT NULL;

-- ---- tickets ---------------------------------------------------------------------
INSERT INTO cases (id, case_number, account_id, contact_created_by_id, status, state, priority, date_entered, date_modified, deleted)
SELECT ticket_id, right(ticket_id, 9)::integer, coalesce(account_id, ''), coalesce(contact_id, ''), CASE WHEN closed_at IS NULL THEN 'Open_Assigned' ELSE 'Closed_Closed' END,
	CASE WHEN closed_at IS NULL THEN 'Open' ELSE 'Closed' END, CASE severity WHEN 'high' THEN 'P1' WHEN 'normal' THEN 'P2' WHEN 'low' THEN 'P3' ELSE initcap(severity) END,
	opened_at AT TIME ZONE 'UTC', timestamp '2025-12-31 23:00', 0
FROM native.ticket;
INSERT INTO aop_case_updates (id, case_id, contact_id, internal, date_entered, deleted)
SELECT installation.other_id('answer', ticket_id), ticket_id, '', 0, first_response_at AT TIME ZONE 'UTC', 0 FROM native.ticket WHERE first_response_at IS NOT NULL;
INSERT INTO cases_audit (id, parent_id, date_created, field_name, before_value_string, after_value_string)
SELECT installation.other_id('closing', ticket_id), ticket_id, closed_at AT TIME ZONE 'UTC', 'status', 'Open_Assigned', 'Closed_Closed' FROM native.ticket WHERE closed_at IS NOT NULL;

-- ---- campaigns -------------------------------------------------------------------
INSERT INTO campaigns (id, name, start_date, end_date, actual_cost, date_entered, deleted)
SELECT program_id, name, starts_on, ends_on, (SELECT sum(amount) FROM native.program_cost AS cost WHERE cost.program_id = program.program_id), starts_on, 0 FROM native.program;

-- ---- calls, meetings, messages ---------------------------------------------------
-- Of a message that was opened only campaigns know. Messages that were answered
-- are known by the answer, one that came in. What has a lead is the lead's.
CREATE TABLE installation.touch AS
SELECT touchpoint.*, installation.other_id('part', touchpoint_id) AS other, occurred_at AT TIME ZONE 'UTC' AS at,
	CASE
		WHEN channel = 'phone' THEN 'calls'
		WHEN channel = ANY (ARRAY['meeting', 'video']) THEN 'meetings'
		WHEN channel = 'email' AND direction = 'outbound' AND (outcome = 'opened' OR program_id IS NOT NULL) THEN 'campaign_log'
		WHEN channel = 'email' AND EXISTS (SELECT FROM native.contact WHERE contact.contact_id = touchpoint.contact_id AND email IS NOT NULL) THEN 'emails'
	END AS form,
	CASE purpose WHEN 'service' THEN 'Cases' WHEN 'sales' THEN 'Opportunities' ELSE 'Accounts' END AS about
FROM native.touchpoint;
INSERT INTO calls (id, status, direction, date_start, duration_hours, duration_minutes, parent_type, assigned_user_id, deleted)
SELECT touchpoint_id, CASE outcome WHEN 'connected' THEN 'Held' ELSE 'Not Held' END, initcap(direction), at, duration_minutes::integer / 60, duration_minutes::integer % 60, about, owner_id, 0
FROM installation.touch WHERE form = 'calls';
INSERT INTO calls_contacts (id, call_id, contact_id, accept_status, deleted) SELECT touchpoint_id, touchpoint_id, contact_id, 'none', 0 FROM installation.touch WHERE form = 'calls' AND lead_id IS NULL;
INSERT INTO calls_leads (id, call_id, lead_id, accept_status, deleted) SELECT touchpoint_id, touchpoint_id, lead_id, 'none', 0 FROM installation.touch WHERE form = 'calls' AND lead_id IS NOT NULL;
INSERT INTO meetings (id, status, date_start, duration_hours, duration_minutes, parent_type, assigned_user_id, deleted)
SELECT touchpoint_id, CASE outcome WHEN 'attempted' THEN 'Not Held' ELSE 'Held' END, at, duration_minutes::integer / 60, duration_minutes::integer % 60, about, owner_id, 0
FROM installation.touch WHERE form = 'meetings';
INSERT INTO meetings_contacts (id, meeting_id, contact_id, accept_status, deleted) SELECT touchpoint_id, touchpoint_id, contact_id, 'accept', 0 FROM installation.touch WHERE form = 'meetings' AND lead_id IS NULL;
INSERT INTO meetings_leads (id, meeting_id, lead_id, accept_status, deleted) SELECT touchpoint_id, touchpoint_id, lead_id, 'accept', 0 FROM installation.touch WHERE form = 'meetings' AND lead_id IS NOT NULL;
INSERT INTO emails (id, type, status, date_sent_received, parent_type, assigned_user_id, deleted)
SELECT touchpoint_id, CASE WHEN direction = 'inbound' OR outcome = 'replied' THEN 'inbound' ELSE 'out' END, CASE outcome WHEN 'bounced' THEN 'send_error' ELSE 'sent' END, at, about, owner_id, 0
FROM installation.touch WHERE form = 'emails';
INSERT INTO emails_email_addr_rel (id, email_id, address_type, email_address_id, deleted)
SELECT other, touchpoint_id, CASE WHEN direction = 'inbound' OR outcome = 'replied' THEN 'from' ELSE 'to' END, installation.other_id('address', contact_id), 0
FROM installation.touch WHERE form = 'emails';
INSERT INTO campaign_log (id, campaign_id, target_id, target_type, activity_type, activity_date, deleted)
SELECT touchpoint_id, program_id, coalesce(lead_id, contact_id), CASE WHEN lead_id IS NULL THEN 'Contacts' ELSE 'Leads' END,
	CASE outcome WHEN 'opened' THEN 'viewed' WHEN 'replied' THEN 'link' WHEN 'bounced' THEN 'send error' ELSE 'targeted' END, at, 0
FROM installation.touch WHERE form = 'campaign_log';
-- what sources/suitecrm/about.sql advises
CREATE INDEX ON accounts ((id::text));
CREATE INDEX ON contacts ((id::text));
CREATE INDEX ON leads ((id::text));
CREATE INDEX ON leads ((account_id::text));
CREATE INDEX ON leads ((contact_id::text));
CREATE INDEX ON calls ((id::text));
CREATE INDEX ON meetings ((id::text));
CREATE INDEX ON emails ((id::text));
CREATE INDEX ON emails_email_addr_rel ((email_id::text));
CREATE INDEX ON emails_email_addr_rel ((email_address_id::text));
CREATE INDEX ON email_addr_bean_rel ((bean_id::text));
CREATE INDEX ON email_addr_bean_rel ((email_address_id::text));
CREATE INDEX ON aos_invoices ((billing_account_id::text));
CREATE INDEX ON aos_products_quotes ((parent_id::text));
DO $$ DECLARE name text; BEGIN
	FOR name IN SELECT relname FROM pg_class WHERE relnamespace = 'suitecrm'::regnamespace AND relkind = 'r' LOOP EXECUTE format('ANALYZE suitecrm.%I', name); END LOOP; END $$;
SET search_path = public;

-- ---- what comes back in another form -----------------------------------------------
UPDATE native.touchpoint SET touchpoint_id = CASE form
		WHEN 'emails' THEN 'emails,' || touch.touchpoint_id || ',' || touch.contact_id
		WHEN 'campaign_log' THEN 'campaign_log,' || touch.touchpoint_id
		ELSE form || CASE WHEN touch.lead_id IS NULL THEN '_contacts,' ELSE '_leads,' END || touch.touchpoint_id END
FROM installation.touch WHERE touch.touchpoint_id = touchpoint.touchpoint_id AND form IS NOT NULL;
DELETE FROM native.touchpoint WHERE touchpoint_id IN (SELECT touchpoint_id FROM installation.touch WHERE form IS NULL AND channel = 'email');
UPDATE native.opportunity SET stage = installation.stage(stage);
UPDATE native.opportunity_stage SET stage = installation.stage(stage);
-- everybody has a job, since the link was made, which nobody removed of who left; of one that ended the beginning is not kept
CREATE TABLE installation.job AS
SELECT contact_id, account_id, NULL::text AS title, NULL::timestamptz AS started_at, ended_at FROM native.contact_employment AS job
WHERE ended_at IS NOT NULL AND NOT EXISTS (SELECT FROM native.contact WHERE contact.contact_id = job.contact_id AND contact.account_id = job.account_id)
UNION ALL
SELECT contact_id, account_id, title, coalesce((SELECT max(started_at) FROM native.contact_employment AS job
	WHERE job.contact_id = contact.contact_id AND job.account_id = contact.account_id AND job.ended_at IS NULL), created_at), NULL
FROM native.contact WHERE account_id IS NOT NULL;
DELETE FROM native.contact_employment;
INSERT INTO native.contact_employment TABLE installation.job;
-- the cost of a campaign is one sum, on its last day
CREATE TABLE installation.cost AS
SELECT program_id, NULL::text AS segment, coalesce(ends_on, starts_on) AS spent_on, sum(amount) AS amount FROM native.program_cost JOIN native.program USING (program_id) GROUP BY program_id, ends_on, starts_on;
DELETE FROM native.program_cost;
INSERT INTO native.program_cost TABLE installation.cost;
-- whose people a campaign had for its target is its member, since then
DELETE FROM native.program_member;
INSERT INTO native.program_member (program_id, account_id, joined_at)
SELECT program_id, account_id, min(occurred_at) FROM installation.touch
WHERE form = 'campaign_log' AND program_id IS NOT NULL AND lead_id IS NULL AND outcome <> ALL (ARRAY['opened', 'replied', 'bounced']) GROUP BY program_id, account_id;

-- ---- what SuiteCRM cannot hold ------------------------------------------------------
INSERT INTO installation.lost VALUES
	('account', 'territory', 'NULL', 'areas are of a module of their own'),
	('account', 'is_key_account', 'NULL', 'there is no such field'),
	('contact', 'role', 'CASE WHEN EXISTS (SELECT FROM native.opportunity WHERE opportunity.contact_id = contact.contact_id) THEN role END', 'it is a part in an opportunity'),
	('contact', 'seniority', 'NULL', 'there is no such field'),
	('contact', 'is_active', 'true', 'who is not deleted is there'),
	('contact', 'left_at', 'NULL', 'there is no such field'),
	('owner', 'territory', 'NULL', 'there is no such field'),
	('owner', 'capacity', 'NULL', 'there is no such field'),
	('product', 'tier', 'NULL', 'there is no such field'),
	('product', 'launched_on', 'NULL', 'there is no such field'),
	('product', 'prerequisite_product_id', 'NULL', 'there is no such field'),
	('purchase', 'purchased_at', $$date_trunc('day', purchased_at, 'UTC')$$, 'an invoice has a day'),
	('opportunity', 'kind', $$CASE kind WHEN 'new' THEN 'new' END$$, 'Existing Business is all of the others'),
	('opportunity', 'product_id', 'NULL', 'there is no such field'),
	('opportunity', 'closed_at', $$date_trunc('day', closed_at, 'UTC')$$, 'it is closed on a day'),
	('ticket', 'satisfaction', 'NULL', 'surveys are of campaigns'),
	('ticket', 'is_abandoned', 'NULL', 'there is no such field'),
	('ticket', 'channel', 'NULL', 'there is no such field'),
	('touchpoint', '*', $$channel <> ALL (ARRAY['social', 'web'])$$, 'social networks and visits of the website leave nothing'),
	('touchpoint', 'channel', $$CASE channel WHEN 'video' THEN 'meeting' ELSE channel END$$, 'a meeting is a meeting'),
	('touchpoint', 'direction', $$CASE WHEN channel = 'email' AND outcome = 'replied' AND program_id IS NULL THEN 'inbound' ELSE direction END$$, 'an answer is a message that came in'),
	('touchpoint', 'outcome', $$CASE WHEN channel = 'email' AND direction = 'inbound' THEN 'replied' WHEN program_id IS NOT NULL AND outcome = 'replied' THEN 'opened'
		WHEN channel = 'email' AND outcome = 'replied' THEN 'replied' WHEN channel = ANY (ARRAY['meeting', 'video']) AND outcome <> 'attempted' THEN 'attended' ELSE outcome END$$, 'who wrote has answered'),
	('touchpoint', 'lead_id', $$CASE WHEN channel = 'email' AND NOT (direction = 'outbound' AND (outcome = 'opened' OR program_id IS NOT NULL)) THEN NULL ELSE lead_id END$$,
		'a message went to the address, which is the contact''s by now'),
	('touchpoint', 'purpose', $$CASE WHEN channel = 'email' AND direction = 'outbound' AND (outcome = 'opened' OR program_id IS NOT NULL) THEN 'nurture'
		WHEN purpose = ANY (ARRAY['sales', 'service']) THEN purpose END$$, 'campaigns nurture'),
	('touchpoint', 'owner_id', $$CASE WHEN channel = 'email' AND direction = 'outbound' AND (outcome = 'opened' OR program_id IS NOT NULL) THEN NULL ELSE owner_id END$$, 'campaigns are nobody''s own'),
	('product', 'countries', 'NULL', 'there is no such field'),
	('program', 'segment', 'NULL', 'there is no such field'),
	('subscription', 'cancelled_on', 'NULL', 'there is no such field'),
	('subscription', 'seats', 'NULL', 'there is no such field'),
	('quote', '*', $$status <> 'basket'$$, 'there are no baskets'),
	('touchpoint', 'duration_minutes', $$CASE WHEN channel = 'email' OR outcome = 'attempted' THEN NULL ELSE duration_minutes END$$, 'of calls and meetings that were held alone it is kept how long they were');
