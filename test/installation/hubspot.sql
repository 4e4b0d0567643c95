-- The sample CRM in HubSpot: the tables of schema hubspot as Fivetran copies them,
-- filled from "native", and what HubSpot cannot hold of the sample.

-- Ids are numbers; a lead is a contact.
CREATE OR REPLACE FUNCTION installation.id(kind text, native text) RETURNS text LANGUAGE sql STABLE
RETURN CASE WHEN kind = 'lead' THEN (SELECT (30000000 + installation.number('contact', contact_id))::text FROM native.lead WHERE lead_id = native)
	ELSE (installation.number(kind, native) + 10000000 * array_position(ARRAY['account', 'owner', 'contact', 'opportunity', 'purchase', 'product', 'ticket', 'touchpoint', 'program', 'quote',
		'subscription', 'referral'], kind))::text END;
CALL installation.take_ids();

-- Who buys has won a deal: a purchase that was none of the sample's opportunities
-- is a deal that was entered when it was won, and one that was won a purchase.
INSERT INTO native.opportunity (opportunity_id, account_id, stage, amount, owner_id, opened_at, closed_at, is_won)
SELECT (45000000 + row_number() OVER (ORDER BY purchase_id))::text, account_id, 'won', amount, account.owner_id, purchased_at, purchased_at, true
FROM native.purchase
JOIN native.account USING (account_id)
WHERE NOT EXISTS (SELECT FROM native.opportunity WHERE is_won AND opportunity.account_id = purchase.account_id AND closed_at = purchased_at);
UPDATE native.opportunity SET product_id = (SELECT product_id FROM native.purchase WHERE purchase.account_id = opportunity.account_id AND purchased_at = closed_at)
WHERE opportunity_id LIKE '45%';
INSERT INTO native.purchase (purchase_id, account_id, purchased_at, amount, product_id)
SELECT (55000000 + row_number() OVER (ORDER BY opportunity_id))::text, account_id, closed_at, amount, product_id
FROM native.opportunity
WHERE is_won AND NOT EXISTS (SELECT FROM native.purchase WHERE opportunity.account_id = purchase.account_id AND closed_at = purchased_at);
-- A history tells companies, not titles: one stay as long as the company is the same.
CREATE TEMP TABLE stay AS
SELECT contact_id, account_id, min(started_at) AS started_at, CASE WHEN bool_and(ended_at IS NOT NULL) THEN max(ended_at) END AS ended_at
FROM (
	SELECT *, count(*) FILTER (WHERE is_new) OVER (PARTITION BY contact_id ORDER BY started_at) AS number
	FROM (SELECT *, lag(account_id) OVER (PARTITION BY contact_id ORDER BY started_at) IS DISTINCT FROM account_id AS is_new FROM native.contact_employment) AS one
) AS numbered
GROUP BY contact_id, account_id, number;
DELETE FROM native.contact_employment;
INSERT INTO native.contact_employment (contact_id, account_id, started_at, ended_at) SELECT * FROM stay;

\ir hubspot_tables.sql

INSERT INTO hubspot.owner (owner_id, first_name, last_name, type) SELECT owner_id::bigint, split_part(name, ' ', 1), split_part(name, ' ', 2), 'PERSON' FROM native.owner;
INSERT INTO hubspot.company (id, _fivetran_deleted, is_deleted, property_name, property_industry, property_numberofemployees, property_annualrevenue, property_country, property_hubspot_owner_id,
	property_hs_parent_company_id, property_hs_is_target_account, property_createdate)
SELECT account_id::bigint, false, false, name, industry, employees, annual_revenue, country, owner_id::bigint, parent_account_id::bigint, is_key_account, created_at FROM native.account;
INSERT INTO hubspot.contact (id, _fivetran_deleted, property_email, property_firstname, property_lastname, property_jobtitle, property_phone, property_associatedcompanyid, property_hs_buying_role,
	property_seniority, property_department, property_hs_email_optout, property_createdate, property_company, property_lifecyclestage, property_hs_lead_status, property_hs_analytics_source,
	property_hubspot_owner_id, property_hs_lifecyclestage_lead_date, property_hs_lifecyclestage_opportunity_date)
SELECT contact.contact_id::bigint, false, contact.email, split_part(contact.name, ' ', 1), split_part(contact.name, ' ', 2), title, phone, contact.account_id::bigint,
	CASE contact.role WHEN 'user' THEN 'END_USER' WHEN 'budget owner' THEN 'BUDGET_HOLDER' ELSE upper(replace(contact.role, ' ', '_')) END,
	upper(seniority), department, do_not_contact, contact.created_at, lead.company, CASE WHEN lead.lead_id IS NULL THEN 'other' WHEN converted_at IS NULL THEN 'lead' ELSE 'opportunity' END,
	upper(lead.status), CASE lead.source WHEN 'web' THEN 'ORGANIC_SEARCH' ELSE 'OFFLINE' END, lead.owner_id::bigint, lead.created_at, lead.converted_at
FROM native.contact LEFT JOIN native.lead USING (contact_id);
INSERT INTO hubspot.contact_property_history (contact_id, name, value, "timestamp")
SELECT contact_id::bigint, 'associatedcompanyid', account_id, started_at FROM native.contact_employment
UNION ALL
SELECT contact_id::bigint, 'associatedcompanyid', '', ended_at FROM native.contact_employment AS stay
WHERE ended_at IS NOT NULL AND NOT EXISTS (SELECT FROM native.contact_employment AS next WHERE next.contact_id = stay.contact_id AND next.started_at = stay.ended_at);
INSERT INTO hubspot.product (id, is_deleted, _fivetran_deleted, property_name) SELECT product_id::bigint, false, false, name FROM native.product;
INSERT INTO hubspot.deal_pipeline_stage (_fivetran_deleted, pipeline_id, stage_id, label, is_closed, closed_won, probability)
SELECT false, 'default', 'stage-' || stage, stage, stage IN ('won', 'lost'), stage = 'won', CASE stage WHEN 'won' THEN 1 WHEN 'lost' THEN 0 ELSE 0.5 END
FROM (SELECT stage FROM native.opportunity UNION SELECT stage FROM native.opportunity_stage) AS known;
INSERT INTO hubspot.deal (deal_id, _fivetran_deleted, is_deleted, deal_pipeline_id, deal_pipeline_stage_id, owner_id, property_dealname, property_amount, property_amount_in_home_currency, property_dealtype,
	property_closedate, property_createdate)
SELECT opportunity_id::bigint, false, false, 'default', 'stage-' || stage, owner_id::bigint, 'Deal ' || opportunity_id, amount, amount, CASE kind WHEN 'new' THEN 'newbusiness' ELSE kind END,
	coalesce(closed_at, opened_at + interval '90 days'), opened_at
FROM native.opportunity;
INSERT INTO hubspot.deal_company (deal_id, company_id, type_id) SELECT opportunity_id::bigint, account_id::bigint, 5 FROM native.opportunity;
INSERT INTO hubspot.deal_contact (deal_id, contact_id) SELECT opportunity_id::bigint, contact_id::bigint FROM native.opportunity WHERE contact_id IS NOT NULL;
INSERT INTO hubspot.deal_stage (deal_id, value, date_entered, _fivetran_active) SELECT opportunity_id::bigint, 'stage-' || stage, entered_at, true FROM native.opportunity_stage;
-- lines: what was bought, and what an opportunity is about
INSERT INTO hubspot.line_item (id, is_deleted, _fivetran_deleted, product_id, property_amount, property_price, property_quantity)
SELECT purchase_id::bigint, false, false, product_id::bigint, amount, list_amount, 1 FROM native.purchase;
INSERT INTO hubspot.line_item_deal (line_item_id, deal_id)
SELECT purchase_id::bigint, opportunity_id::bigint FROM native.purchase JOIN native.opportunity ON is_won AND opportunity.account_id = purchase.account_id AND closed_at = purchased_at;
INSERT INTO hubspot.line_item (id, is_deleted, _fivetran_deleted, product_id, property_amount, property_price, property_quantity)
SELECT opportunity_id::bigint, false, false, product_id::bigint, amount, amount, 1 FROM native.opportunity WHERE is_won IS NOT TRUE AND product_id IS NOT NULL;
INSERT INTO hubspot.line_item_deal (line_item_id, deal_id) SELECT opportunity_id::bigint, opportunity_id::bigint FROM native.opportunity WHERE is_won IS NOT TRUE AND product_id IS NOT NULL;
INSERT INTO hubspot.ticket (id, _fivetran_deleted, is_deleted, property_createdate, property_first_agent_reply_date, property_closed_date, property_hs_ticket_priority, property_source_type)
SELECT ticket_id::bigint, false, false, opened_at, first_response_at, closed_at, CASE severity WHEN 'normal' THEN 'MEDIUM' WHEN 'critical' THEN 'URGENT' ELSE upper(severity) END,
	CASE channel WHEN 'portal' THEN 'FORM' ELSE upper(channel) END
FROM native.ticket;
INSERT INTO hubspot.ticket_company (ticket_id, company_id) SELECT ticket_id::bigint, account_id::bigint FROM native.ticket WHERE account_id IS NOT NULL;
INSERT INTO hubspot.ticket_contact (ticket_id, contact_id) SELECT ticket_id::bigint, contact_id::bigint FROM native.ticket WHERE contact_id IS NOT NULL;
INSERT INTO hubspot.engagement_contact (engagement_id, contact_id) SELECT touchpoint_id::bigint, contact_id::bigint FROM native.touchpoint WHERE contact_id IS NOT NULL AND channel <> 'web';
INSERT INTO hubspot.engagement_call (_fivetran_deleted, engagement_id, property_hs_timestamp, property_hubspot_owner_id, property_hs_call_direction, property_hs_call_status, property_hs_call_disposition,
	property_hs_call_duration)
SELECT false, touchpoint_id::bigint, occurred_at, owner_id::bigint, upper(direction), CASE outcome WHEN 'attempted' THEN 'NO_ANSWER' ELSE 'COMPLETED' END,
	CASE outcome WHEN 'connected' THEN 'f240bbac-87c9-4f6e-bf70-924b57d47db7' END, duration_minutes * 60000
FROM native.touchpoint
WHERE channel = 'phone';
INSERT INTO hubspot.engagement_email (_fivetran_deleted, engagement_id, property_hs_timestamp, property_hubspot_owner_id, property_hs_email_direction, property_hs_email_status, property_hs_email_open_count,
	property_hs_email_reply_count)
SELECT false, touchpoint_id::bigint, occurred_at, owner_id::bigint, CASE direction WHEN 'inbound' THEN 'INCOMING_EMAIL' ELSE 'EMAIL' END, CASE outcome WHEN 'bounced' THEN 'BOUNCED' ELSE 'SENT' END,
	CASE outcome WHEN 'opened' THEN 2 WHEN 'replied' THEN 1 END, CASE outcome WHEN 'replied' THEN 1 END
FROM native.touchpoint
WHERE channel = 'email';
INSERT INTO hubspot.engagement_meeting (_fivetran_deleted, engagement_id, property_hs_timestamp, property_hubspot_owner_id, property_hs_meeting_start_time, property_hs_meeting_end_time, property_hs_meeting_outcome)
SELECT false, touchpoint_id::bigint, occurred_at, owner_id::bigint, occurred_at, occurred_at + duration_minutes * interval '1 minute', 'COMPLETED'
FROM native.touchpoint
WHERE channel = ANY (ARRAY['meeting', 'video']);
INSERT INTO hubspot.engagement_communication (_fivetran_deleted, engagement_id, property_hs_timestamp, property_hubspot_owner_id, property_hs_communication_channel_type)
SELECT false, touchpoint_id::bigint, occurred_at, owner_id::bigint, 'LINKEDIN_MESSAGE' FROM native.touchpoint WHERE channel = 'social';
INSERT INTO hubspot.contact_form_submission (form_id, contact_id, "timestamp") SELECT 7, contact_id::bigint, occurred_at FROM native.touchpoint WHERE channel = 'web' AND contact_id IS NOT NULL;
\ir hubspot_indexes.sql
ANALYZE;

INSERT INTO installation.lost VALUES
	('account', 'territory', 'NULL', 'there is no such property'),
	('owner', 'territory', 'NULL', 'there is no such property'),
	('owner', 'capacity', 'NULL', 'there is no such property'),
	('product', 'category', 'NULL', 'the type of a product is whether it is a good or a service'),
	('product', 'tier', 'NULL', 'there is no such property'),
	('product', 'launched_on', 'NULL', 'there is no such property'),
	('product', 'prerequisite_product_id', 'NULL', 'there is no such property'),
	('product', 'countries', 'NULL', 'there is no such property'),
	('contact', 'is_active', 'true', 'there is no such property'),
	('contact', 'left_at', 'NULL', 'there is no such property'),
	('contact_employment', 'title', 'NULL', 'the history of the company tells no title'),
	('lead', 'source', 'CASE source WHEN ''web'' THEN ''organic search'' ELSE ''offline'' END', 'sources are those that HubSpot''s analytics knows'),
	('purchase', 'cost', 'NULL', 'the cost is one of the product today'),
	('ticket', 'satisfaction', 'NULL', 'surveys are not copied'),
	('ticket', 'is_abandoned', 'NULL', 'there is no such property'),
	('ticket', 'channel', 'CASE channel WHEN ''portal'' THEN ''form'' ELSE channel END', 'the portal''s form'),
	('touchpoint', 'touchpoint_id', 'CASE WHEN channel = ''web'' THEN concat_ws(''/'', ''form'', 7, contact_id, extract(epoch FROM occurred_at)) ELSE touchpoint_id || ''/'' || contact_id END',
		'an engagement may have several people'),
	('touchpoint', 'lead_id', 'NULL', 'a lead is a contact'),
	('touchpoint', 'channel', 'CASE channel WHEN ''video'' THEN ''meeting'' ELSE channel END', 'a meeting does not tell where'),
	('touchpoint', 'outcome', 'CASE WHEN channel = ''social'' THEN ''attempted'' WHEN channel = ANY (ARRAY[''meeting'', ''video'']) THEN ''attended''
		WHEN channel = ''web'' OR channel = ''email'' AND direction = ''inbound'' THEN ''replied'' ELSE outcome END', 'messages elsewhere tell no outcome; who writes has replied; who comes to a meeting attends it'),
	('touchpoint', 'purpose', 'NULL', 'engagements are not told apart'),
	('touchpoint', 'program_id', 'NULL', 'engagements are not told apart'),
	('touchpoint', 'owner_id', 'CASE WHEN channel <> ''web'' THEN owner_id END', 'a form has no owner'),
	('touchpoint', 'duration_minutes', 'CASE WHEN channel <> ALL (ARRAY[''email'', ''web'']) THEN duration_minutes END', 'an e-mail and a form take no time');
