-- An installation of Odoo (release 17, of the community, with its modules
-- partner_employee_quantity, partner_capital, subscription_oca and helpdesk_mgmt
-- with ratings), filled with the rows of the workspace native. Run by
-- test/installation_odoo.pg, after begin.sql.
--
-- Several things are rows of one table in Odoo: accounts, contacts and the
-- owners' own addresses are partners; a lead and the opportunity that it became
-- are one; purchases and quotes are lines of orders.
CREATE TABLE installation.opportunity_of_lead AS
SELECT opportunity_id, lead_id FROM native.opportunity WHERE lead_id IS NOT NULL;
CREATE OR REPLACE FUNCTION installation.id(kind text, native text) RETURNS text LANGUAGE sql STABLE
RETURN CASE kind
	WHEN 'account' THEN 1000 + installation.number(kind, native)
	WHEN 'contact' THEN 10000 + installation.number(kind, native)
	WHEN 'opportunity' THEN coalesce((SELECT installation.number('lead', one.lead_id) FROM installation.opportunity_of_lead AS one WHERE one.opportunity_id = native),
		10000 + installation.number(kind, native))
	WHEN 'quote' THEN 10000 + installation.number(kind, native)
	ELSE installation.number(kind, native)
END::text;
CALL installation.take_ids();

CREATE SCHEMA odoo;
SET search_path = odoo, public;

-- ---- who there is ----------------------------------------------------------------
CREATE TABLE res_country (id serial PRIMARY KEY, name jsonb NOT NULL, code varchar(2), create_date timestamp, write_date timestamp);
CREATE TABLE res_partner_industry (id serial PRIMARY KEY, name jsonb, full_name jsonb, active boolean);
CREATE TABLE crm_team (id serial PRIMARY KEY, name jsonb NOT NULL, company_id integer, user_id integer, sequence integer, active boolean);
CREATE TABLE res_company (id serial PRIMARY KEY, name varchar NOT NULL, partner_id integer NOT NULL);
CREATE TABLE res_users (id serial PRIMARY KEY, login varchar NOT NULL, partner_id integer NOT NULL, company_id integer, active boolean, share boolean, sale_team_id integer,
	create_date timestamp);
CREATE TABLE crm_team_member (id serial PRIMARY KEY, user_id integer NOT NULL, crm_team_id integer NOT NULL, assignment_max integer, active boolean, create_date timestamp);
CREATE TABLE res_partner (id serial PRIMARY KEY, name varchar, display_name varchar, is_company boolean, parent_id integer, commercial_partner_id integer,
	type varchar, active boolean, lang varchar, email varchar, email_normalized varchar, phone varchar, mobile varchar, function varchar, title integer,
	industry_id integer, country_id integer, team_id integer, user_id integer, partner_share boolean, company_id integer,
	employee_quantity integer, turnover_amount float8, create_date timestamp, write_date timestamp);
CREATE INDEX res_partner_commercial_partner_id_index ON res_partner (commercial_partner_id);
CREATE INDEX res_partner_parent_id_index ON res_partner (parent_id);
CREATE TABLE mail_blacklist (id serial PRIMARY KEY, email varchar NOT NULL UNIQUE, active boolean, create_date timestamp);

INSERT INTO res_country (name) SELECT DISTINCT jsonb_build_object('en_US', country) FROM native.account WHERE country IS NOT NULL ORDER BY 1;
INSERT INTO res_partner_industry (name, active) SELECT DISTINCT jsonb_build_object('en_US', industry), true FROM native.account WHERE industry IS NOT NULL ORDER BY 1;
INSERT INTO crm_team (name, active)
SELECT jsonb_build_object('en_US', territory), true
FROM (SELECT territory FROM native.account UNION SELECT territory FROM native.owner) AS named WHERE territory IS NOT NULL ORDER BY territory COLLATE "C";
-- the company itself, and its people
INSERT INTO res_partner (id, name, is_company, commercial_partner_id, type, active) VALUES (1, 'We', true, 1, 'contact', true);
INSERT INTO res_company (name, partner_id) VALUES ('We', 1);
INSERT INTO res_partner (id, name, is_company, parent_id, commercial_partner_id, type, active)
SELECT 500 + owner_id::integer, name, false, 1, 1, 'contact', true FROM native.owner;
INSERT INTO res_users (id, login, partner_id, company_id, active, share)
SELECT owner_id::integer, 'user' || owner_id, 500 + owner_id::integer, 1, true, false FROM native.owner;
-- leads to be assigned in 30 days
INSERT INTO crm_team_member (user_id, crm_team_id, assignment_max, active)
SELECT owner_id::integer, crm_team.id, round(capacity * 30 / 7.0), true FROM native.owner JOIN crm_team ON crm_team.name ->> 'en_US' = territory;
INSERT INTO res_partner (id, name, is_company, parent_id, commercial_partner_id, type, active, industry_id, country_id, team_id, user_id, partner_share,
	employee_quantity, turnover_amount, create_date)
SELECT account_id::integer, account.name, true, parent_account_id::integer, account_id::integer, 'contact', true, industry.id, country.id, crm_team.id, owner_id::integer, true,
	employees, annual_revenue, created_at AT TIME ZONE 'UTC'
FROM native.account
LEFT JOIN res_partner_industry AS industry ON industry.name ->> 'en_US' = account.industry
LEFT JOIN res_country AS country ON country.name ->> 'en_US' = account.country
LEFT JOIN crm_team ON crm_team.name ->> 'en_US' = territory;
INSERT INTO res_partner (id, name, is_company, parent_id, commercial_partner_id, type, active, email, email_normalized, phone, function, partner_share, create_date)
SELECT contact_id::integer, name, false, account_id::integer, account_id::integer, 'contact', is_active, email, lower(email), phone, title, true, created_at AT TIME ZONE 'UTC'
FROM native.contact;
INSERT INTO mail_blacklist (email, active) SELECT DISTINCT lower(email), true FROM native.contact WHERE do_not_contact AND email IS NOT NULL;
SELECT setval('res_partner_id_seq', max(id)) FROM res_partner \g /dev/null

-- ---- what is sold ----------------------------------------------------------------
CREATE TABLE product_category (id serial PRIMARY KEY, name varchar NOT NULL, complete_name varchar, parent_id integer);
CREATE TABLE product_template (id serial PRIMARY KEY, name jsonb NOT NULL, categ_id integer, type varchar, sale_ok boolean, active boolean, list_price numeric);
CREATE TABLE product_product (id serial PRIMARY KEY, product_tmpl_id integer NOT NULL, default_code varchar, active boolean);
CREATE TABLE sale_order (id serial PRIMARY KEY, name varchar NOT NULL, partner_id integer NOT NULL, user_id integer, state varchar, date_order timestamp NOT NULL,
	create_date timestamp, validity_date date, currency_rate numeric, website_id integer, opportunity_id integer, amount_untaxed numeric);
CREATE INDEX sale_order_partner_id_index ON sale_order (partner_id);
CREATE TABLE sale_order_line (id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES sale_order, product_id integer, product_uom_qty numeric, price_unit numeric,
	discount numeric, price_subtotal numeric, purchase_price numeric, qty_invoiced numeric, display_type varchar, is_downpayment boolean);
CREATE INDEX sale_order_line_order_id_index ON sale_order_line (order_id);
CREATE TABLE account_move (id serial PRIMARY KEY, move_type varchar, state varchar, partner_id integer, commercial_partner_id integer, invoice_date date,
	amount_untaxed_signed numeric, payment_state varchar);
CREATE TABLE account_move_line (id serial PRIMARY KEY, move_id integer NOT NULL REFERENCES account_move, product_id integer, balance numeric, discount numeric, display_type varchar);
CREATE INDEX account_move_line_move_id_index ON account_move_line (move_id);
CREATE TABLE sale_order_line_invoice_rel (invoice_line_id integer, order_line_id integer, PRIMARY KEY (invoice_line_id, order_line_id));
CREATE INDEX ON sale_order_line_invoice_rel (order_line_id, invoice_line_id);

INSERT INTO product_category (name, complete_name) SELECT DISTINCT category, 'All / ' || category FROM native.product WHERE category IS NOT NULL ORDER BY 1;
INSERT INTO product_template (id, name, categ_id, type, sale_ok, active)
SELECT product_id::integer, jsonb_build_object('en_US', product.name), product_category.id, 'service', true, true
FROM native.product LEFT JOIN product_category ON product_category.name = category;
INSERT INTO product_product (id, product_tmpl_id, active) SELECT product_id::integer, product_id::integer, true FROM native.product;
-- an order a purchase, which was a quote before if there was one, with an invoice
-- that is sent the next day and counts no second time
CREATE TABLE installation.ordered AS
SELECT purchase.*, purchase_id::integer AS id, quote.contact_id, coalesce(quote.quoted_at, purchased_at) AS quoted_at, quote.expires_on
FROM native.purchase
LEFT JOIN LATERAL (
	SELECT contact_id, quoted_at, expires_on
	FROM native.quote
	WHERE status = 'accepted' AND quote.account_id = purchase.account_id AND quote.product_id = purchase.product_id AND quote.amount = purchase.amount AND quoted_at <= purchased_at
	ORDER BY quoted_at DESC
	LIMIT 1
) AS quote ON true;
INSERT INTO sale_order (id, name, partner_id, state, date_order, create_date, validity_date, currency_rate, amount_untaxed)
SELECT id, 'S' || id, coalesce(contact_id, account_id)::integer, 'sale', purchased_at AT TIME ZONE 'UTC', quoted_at AT TIME ZONE 'UTC', expires_on, 1, amount FROM installation.ordered;
-- with discounts to as many decimals as it takes
INSERT INTO sale_order_line (id, order_id, product_id, product_uom_qty, price_unit, discount, price_subtotal, purchase_price, qty_invoiced)
SELECT purchase_id::integer, purchase_id::integer, product_id::integer, 1, list_amount, round((1 - amount / list_amount) * 100, 12), amount, cost, 1 FROM native.purchase;
INSERT INTO account_move (id, move_type, state, partner_id, commercial_partner_id, invoice_date, amount_untaxed_signed, payment_state)
SELECT purchase_id::integer, 'out_invoice', 'posted', account_id::integer, account_id::integer, (purchased_at AT TIME ZONE 'UTC')::date + 1, amount, 'paid' FROM native.purchase;
INSERT INTO account_move_line (id, move_id, product_id, balance, discount, display_type)
SELECT purchase_id::integer, purchase_id::integer, product_id::integer, -amount, 0, 'product' FROM native.purchase;
INSERT INTO sale_order_line_invoice_rel SELECT purchase_id::integer, purchase_id::integer FROM native.purchase;
-- quotes; those that were accepted are the orders above
INSERT INTO sale_order (id, name, partner_id, state, date_order, create_date, validity_date, currency_rate, website_id, amount_untaxed)
SELECT quote_id::integer, 'S' || quote_id, coalesce(contact_id, account_id)::integer,
	CASE status WHEN 'basket' THEN 'draft' WHEN 'declined' THEN 'cancel' ELSE status END,
	quoted_at AT TIME ZONE 'UTC', quoted_at AT TIME ZONE 'UTC', expires_on, 1, CASE WHEN status = 'basket' THEN 1 END, amount
FROM native.quote WHERE status <> 'accepted';
INSERT INTO sale_order_line (id, order_id, product_id, product_uom_qty, price_unit, price_subtotal)
SELECT quote_id::integer, quote_id::integer, product_id::integer, 1, amount, amount FROM native.quote WHERE status <> 'accepted';

CREATE TABLE sale_subscription_template (id serial PRIMARY KEY, name varchar, recurring_rule_type varchar, recurring_interval integer);
CREATE TABLE sale_subscription_stage (id serial PRIMARY KEY, name varchar, type varchar, sequence integer);
CREATE TABLE sale_subscription (id serial PRIMARY KEY, name varchar, partner_id integer NOT NULL, template_id integer, stage_id integer, date_start date, date date,
	recurring_next_date date, recurring_total numeric, close_reason_id integer, active boolean, write_date timestamp);
CREATE TABLE sale_subscription_line (id serial PRIMARY KEY, sale_subscription_id integer, product_id integer, product_uom_qty numeric, price_unit numeric, price_subtotal numeric);
CREATE INDEX ON sale_subscription_line (sale_subscription_id);
INSERT INTO sale_subscription_template VALUES (1, 'Yearly', 'years', 1);
INSERT INTO sale_subscription_stage VALUES (1, 'Running', 'in_progress'), (2, 'Closed', 'post');
INSERT INTO sale_subscription (id, partner_id, template_id, stage_id, date_start, date, recurring_total, active, write_date)
SELECT subscription_id::integer, account_id::integer, 1, CASE WHEN cancelled_on IS NULL THEN 1 ELSE 2 END, starts_on, ends_on, 12 * monthly_amount, true, cancelled_on
FROM native.subscription;
INSERT INTO sale_subscription_line (id, sale_subscription_id, product_id, product_uom_qty, price_unit, price_subtotal)
SELECT subscription_id::integer, subscription_id::integer, product_id::integer, coalesce(seats, 1), 12 * monthly_amount / nullif(seats, 0), 12 * monthly_amount FROM native.subscription;

-- ---- leads and opportunities -----------------------------------------------------
CREATE TABLE utm_source (id serial PRIMARY KEY, name varchar NOT NULL);
CREATE TABLE utm_campaign (id serial PRIMARY KEY, name varchar NOT NULL, title jsonb NOT NULL, active boolean, is_auto_campaign boolean, user_id integer, create_date timestamp);
CREATE TABLE crm_stage (id serial PRIMARY KEY, name jsonb NOT NULL, is_won boolean, sequence integer);
CREATE TABLE crm_lead (id serial PRIMARY KEY, name varchar NOT NULL, type varchar NOT NULL, active boolean, probability double precision, automated_probability double precision,
	partner_id integer, partner_name varchar, contact_name varchar, email_from varchar, email_normalized varchar, source_id integer, stage_id integer, team_id integer, user_id integer,
	lost_reason_id integer, expected_revenue numeric, create_date timestamp, write_date timestamp, date_open timestamp, date_conversion timestamp, date_closed timestamp,
	date_last_stage_update timestamp);
CREATE INDEX crm_lead_partner_id_index ON crm_lead (partner_id);
CREATE TABLE ir_model_fields (id serial PRIMARY KEY, model varchar NOT NULL, name varchar NOT NULL);
CREATE TABLE mail_message_subtype (id serial PRIMARY KEY, name jsonb, internal boolean);
CREATE TABLE mail_activity_type (id serial PRIMARY KEY, name jsonb, category varchar);
CREATE TABLE mail_message (id serial PRIMARY KEY, message_type varchar NOT NULL, model varchar, res_id integer, date timestamp, author_id integer, parent_id integer,
	subtype_id integer, is_internal boolean, mail_activity_type_id integer, email_from varchar, message_id varchar, create_date timestamp);
CREATE INDEX mail_message_model_res_id_idx ON mail_message (model, res_id);
CREATE INDEX mail_message_author_id_index ON mail_message (author_id);
CREATE TABLE mail_message_res_partner_rel (mail_message_id integer, res_partner_id integer, PRIMARY KEY (mail_message_id, res_partner_id));
CREATE INDEX ON mail_message_res_partner_rel (res_partner_id, mail_message_id);
CREATE TABLE mail_notification (id serial PRIMARY KEY, mail_message_id integer NOT NULL, res_partner_id integer, notification_type varchar, notification_status varchar, is_read boolean);
CREATE INDEX mail_notification_mail_message_id_index ON mail_notification (mail_message_id);
CREATE TABLE mail_tracking_value (id serial PRIMARY KEY, mail_message_id integer NOT NULL, field_id integer, old_value_integer integer, old_value_char varchar,
	new_value_integer integer, new_value_char varchar);
CREATE INDEX mail_tracking_value_mail_message_id_index ON mail_tracking_value (mail_message_id);

INSERT INTO utm_source (name) SELECT DISTINCT source FROM native.lead WHERE source IS NOT NULL ORDER BY 1;
-- a campaign begins when it is made
INSERT INTO utm_campaign (id, name, title, active, is_auto_campaign, create_date)
SELECT program_id::integer, 'campaign-' || program_id, jsonb_build_object('en_US', name), true, false, starts_on FROM native.program;
INSERT INTO crm_stage (name, is_won)
SELECT jsonb_build_object('en_US', stage), stage = 'won'
FROM (SELECT stage FROM native.opportunity_stage UNION SELECT status FROM native.lead) AS named WHERE stage <> ALL (ARRAY['lost', 'converted']) ORDER BY stage COLLATE "C";
-- what was lost is archived, in the stage that it had come to
INSERT INTO crm_lead (id, name, type, active, probability, partner_id, partner_name, contact_name, email_from, source_id, stage_id, user_id, expected_revenue, create_date, date_conversion, date_closed)
SELECT coalesce(lead_id, opportunity_id)::integer, coalesce(lead.name, 'Opportunity'), CASE WHEN opportunity_id IS NULL THEN 'lead' ELSE 'opportunity' END,
	outcome.is_won IS NOT FALSE, CASE WHEN outcome.is_won THEN 100 WHEN outcome.is_won IS FALSE THEN 0 ELSE 20 END,
	coalesce(opportunity.contact_id, lead.contact_id, opportunity.account_id, lead.account_id)::integer, lead.company, lead.name, lead.email, utm_source.id, crm_stage.id,
	coalesce(opportunity.owner_id, lead.owner_id)::integer, opportunity.amount, coalesce(lead.created_at, opportunity.opened_at) AT TIME ZONE 'UTC',
	lead.converted_at AT TIME ZONE 'UTC', opportunity.closed_at AT TIME ZONE 'UTC'
FROM native.lead
FULL JOIN native.opportunity USING (lead_id)
CROSS JOIN LATERAL (SELECT CASE WHEN opportunity_id IS NOT NULL THEN opportunity.is_won WHEN lead.status = 'lost' THEN false END AS is_won) AS outcome
LEFT JOIN LATERAL (
	SELECT stage FROM native.opportunity_stage AS entered WHERE entered.opportunity_id = opportunity.opportunity_id AND stage <> 'lost' ORDER BY entered_at DESC LIMIT 1
) AS latest ON true
LEFT JOIN crm_stage ON crm_stage.name ->> 'en_US' = coalesce(latest.stage, lead.status)
LEFT JOIN utm_source ON utm_source.name = lead.source;
INSERT INTO ir_model_fields VALUES (500, 'crm.lead', 'stage_id'), (501, 'crm.lead', 'user_id');
INSERT INTO mail_message_subtype VALUES (1, '{"en_US": "Discussions"}', false), (2, '{"en_US": "Note"}', true);
INSERT INTO mail_activity_type VALUES (1, '{"en_US": "To-Do"}', 'default'), (2, '{"en_US": "Call"}', 'phonecall');
-- each change of stage is a message of the system with what was before and after
CREATE TEMP TABLE stage_change AS
SELECT 1000000 + row_number() OVER (ORDER BY opportunity_id, entered_at) AS id, opportunity_id::integer AS lead, entered_at AT TIME ZONE 'UTC' AS at, crm_stage.id AS stage,
	lag(crm_stage.id) OVER (PARTITION BY opportunity_id ORDER BY entered_at) AS before
FROM native.opportunity_stage JOIN crm_stage ON crm_stage.name ->> 'en_US' = stage;
INSERT INTO mail_message (id, message_type, model, res_id, date, author_id, subtype_id) SELECT id, 'notification', 'crm.lead', lead, at, 501, 2 FROM stage_change WHERE before IS NOT NULL;
INSERT INTO mail_tracking_value (mail_message_id, field_id, old_value_integer, new_value_integer) SELECT id, 500, before, stage FROM stage_change WHERE before IS NOT NULL;

-- ---- tickets ---------------------------------------------------------------------
CREATE TABLE helpdesk_ticket_stage (id serial PRIMARY KEY, name jsonb, closed boolean);
CREATE TABLE helpdesk_ticket_channel (id serial PRIMARY KEY, name jsonb);
CREATE TABLE helpdesk_ticket (id serial PRIMARY KEY, number varchar, name varchar, partner_id integer, commercial_partner_id integer, user_id integer, stage_id integer, channel_id integer,
	priority varchar, active boolean, create_date timestamp, assigned_date timestamp, closed_date timestamp, last_stage_update timestamp, rating_last_value double precision);
INSERT INTO helpdesk_ticket_stage VALUES (1, '{"en_US": "New"}', false), (2, '{"en_US": "Done"}', true);
INSERT INTO helpdesk_ticket_channel (name) SELECT DISTINCT jsonb_build_object('en_US', channel) FROM native.ticket WHERE channel IS NOT NULL ORDER BY 1;
INSERT INTO helpdesk_ticket (id, number, partner_id, commercial_partner_id, stage_id, channel_id, priority, active, create_date, closed_date, last_stage_update, rating_last_value)
SELECT ticket_id::integer, 'HT' || ticket_id, coalesce(contact_id, account_id)::integer, account_id::integer, CASE WHEN closed_at IS NULL THEN 1 ELSE 2 END, helpdesk_ticket_channel.id,
	CASE severity WHEN 'low' THEN '0' WHEN 'normal' THEN '1' WHEN 'high' THEN '2' WHEN 'critical' THEN '3' END, true,
	opened_at AT TIME ZONE 'UTC', closed_at AT TIME ZONE 'UTC', closed_at AT TIME ZONE 'UTC', satisfaction
FROM native.ticket LEFT JOIN helpdesk_ticket_channel ON helpdesk_ticket_channel.name ->> 'en_US' = channel;
-- the answer, which the customer reads in the portal
INSERT INTO mail_message (id, message_type, model, res_id, date, author_id, subtype_id, is_internal)
SELECT 2000000 + ticket_id::integer, 'comment', 'helpdesk.ticket', ticket_id::integer, first_response_at AT TIME ZONE 'UTC', 501, 1, false FROM native.ticket WHERE first_response_at IS NOT NULL;

-- ---- messages, calls, meetings, mailings -----------------------------------------
CREATE TABLE calendar_event (id serial PRIMARY KEY, name varchar, start timestamp, stop timestamp, allday boolean, active boolean, user_id integer, opportunity_id integer,
	res_model varchar, res_id integer, appointment_status varchar);
CREATE TABLE calendar_attendee (id serial PRIMARY KEY, event_id integer NOT NULL REFERENCES calendar_event, partner_id integer NOT NULL, state varchar);
CREATE INDEX calendar_attendee_event_id_index ON calendar_attendee (event_id);
CREATE INDEX calendar_attendee_partner_id_index ON calendar_attendee (partner_id);
CREATE TABLE mailing_trace (id serial PRIMARY KEY, trace_type varchar NOT NULL, model varchar NOT NULL, res_id integer, email varchar, mass_mailing_id integer, campaign_id integer,
	trace_status varchar, sent_datetime timestamp, open_datetime timestamp, reply_datetime timestamp);
CREATE INDEX mailing_trace_model_res_id_idx ON mailing_trace (model, res_id);

-- Messages that were opened or answered, or are part of a campaign, went out as
-- mailings: of other messages Odoo does not know what became of them. Who is
-- spoken to is the person, else the account.
CREATE TABLE installation.touch AS
SELECT touchpoint_id::integer AS id, touchpoint.*, coalesce(contact_id, account_id)::integer AS partner, occurred_at AT TIME ZONE 'UTC' AS at, 500 + owner_id::integer AS colleague,
	CASE
		WHEN channel = 'email' AND direction = 'outbound' AND (program_id IS NOT NULL OR outcome = ANY (ARRAY['opened', 'replied'])) THEN 'mailing.trace'
		WHEN channel = 'email' THEN 'mail.message'
		WHEN channel = 'phone' AND outcome = 'connected' THEN 'call'
		WHEN channel = ANY (ARRAY['meeting', 'video']) THEN 'calendar.event'
	END AS form
FROM native.touchpoint;
INSERT INTO mail_message (id, message_type, model, res_id, date, author_id, subtype_id, is_internal, mail_activity_type_id)
SELECT id, CASE WHEN form = 'call' THEN 'notification' WHEN direction = 'inbound' THEN 'email' ELSE 'comment' END,
	-- what a message is about tells its purpose
	about.model, CASE about.model WHEN 'crm.lead' THEN lead_id::integer WHEN 'res.partner' THEN partner ELSE 1 END,
	at, CASE WHEN direction = 'inbound' AND form = 'mail.message' THEN partner ELSE colleague END, CASE form WHEN 'call' THEN 2 ELSE 1 END, false, CASE form WHEN 'call' THEN 2 END
FROM installation.touch
CROSS JOIN LATERAL (SELECT CASE WHEN lead_id IS NOT NULL THEN 'crm.lead' WHEN form = 'call' THEN 'res.partner'
	WHEN purpose = 'sales' THEN 'sale.order' WHEN purpose = 'service' THEN 'project.task' ELSE 'res.partner' END AS model) AS about
WHERE form = ANY (ARRAY['mail.message', 'call']);
INSERT INTO mail_message_res_partner_rel SELECT id, partner FROM installation.touch WHERE form = 'mail.message' AND direction = 'outbound';
INSERT INTO mail_notification (mail_message_id, res_partner_id, notification_type, notification_status)
SELECT id, partner, 'email', CASE outcome WHEN 'bounced' THEN 'bounce' ELSE 'sent' END FROM installation.touch WHERE form = 'mail.message' AND direction = 'outbound';
INSERT INTO calendar_event (id, name, start, stop, allday, active, user_id, opportunity_id, res_model, res_id)
SELECT id, 'Meeting', at, at + duration_minutes * interval '1 minute', false, true, owner_id::integer, lead_id::integer, CASE WHEN lead_id IS NOT NULL THEN 'crm.lead' END, lead_id::integer
FROM installation.touch WHERE form = 'calendar.event';
INSERT INTO calendar_attendee (event_id, partner_id, state) SELECT id, partner, 'accepted' FROM installation.touch WHERE form = 'calendar.event';
INSERT INTO calendar_attendee (event_id, partner_id, state) SELECT id, colleague, 'accepted' FROM installation.touch WHERE form = 'calendar.event' AND colleague IS NOT NULL;
INSERT INTO mailing_trace (id, trace_type, model, res_id, campaign_id, trace_status, sent_datetime)
SELECT id, 'mail', CASE WHEN lead_id IS NULL THEN 'res.partner' ELSE 'crm.lead' END, coalesce(lead_id::integer, partner), program_id::integer,
	CASE outcome WHEN 'opened' THEN 'open' WHEN 'replied' THEN 'reply' WHEN 'bounced' THEN 'bounce' ELSE 'sent' END, at
FROM installation.touch WHERE form = 'mailing.trace';
-- what sources/odoo/about.sql advises, where one account is read often
CREATE INDEX ON res_partner ((id::text));
CREATE INDEX ON res_partner ((commercial_partner_id::text));
CREATE INDEX ON res_partner ((CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END));
CREATE INDEX ON crm_lead ((id::text));
CREATE INDEX ON crm_lead ((CASE WHEN type = 'lead' OR date_conversion IS NOT NULL THEN id::text END));
DO $$ DECLARE name text; BEGIN
	FOR name IN SELECT relname FROM pg_class WHERE relnamespace = 'odoo'::regnamespace AND relkind = 'r' LOOP EXECUTE format('ANALYZE odoo.%I', name); END LOOP; END $$;
SET search_path = public;

-- ---- what comes back in another form -----------------------------------------------
-- the id tells the table, and the person where several may be concerned
UPDATE native.purchase SET purchase_id = 'sale.order.line,' || purchase_id;
UPDATE native.touchpoint SET touchpoint_id = CASE WHEN form = 'call' THEN 'mail.message' ELSE form END || ',' || id || CASE WHEN form <> 'mailing.trace' THEN ',' || partner ELSE '' END
FROM installation.touch WHERE touch.touchpoint_id = touchpoint.touchpoint_id AND form IS NOT NULL;
-- every order was a quote before, and that one was accepted
DELETE FROM native.quote WHERE status = 'accepted';
INSERT INTO native.quote (quote_id, account_id, contact_id, product_id, quoted_at, expires_on, amount, status)
SELECT purchase_id, account_id, contact_id, product_id, quoted_at, expires_on, amount, 'accepted' FROM installation.ordered;
-- whom a mailing of the campaign reached is its member, since the first of them
DELETE FROM native.program_member;
INSERT INTO native.program_member (program_id, account_id, joined_at)
SELECT program_id, account_id, min(occurred_at) FROM installation.touch WHERE form = 'mailing.trace' AND program_id IS NOT NULL AND account_id IS NOT NULL GROUP BY program_id, account_id;

-- ---- what Odoo cannot hold ------------------------------------------------------------
INSERT INTO installation.lost VALUES
	('contact', 'do_not_contact', 'coalesce(lower(email) IN (SELECT lower(email) FROM native.contact WHERE do_not_contact), false)', 'the blacklist is one of addresses, of which two contacts may have the same'),
	('account', 'is_key_account', 'NULL', 'there is no such field'),
	('contact', 'role', 'NULL', 'there is no such field'),
	('contact', 'seniority', 'NULL', 'there is no such field'),
	('contact', 'department', 'NULL', 'there is no such field'),
	('contact', 'left_at', 'NULL', 'a partner is archived, and it is not kept when'),
	('product', 'tier', 'NULL', 'there is no such field'),
	('product', 'launched_on', 'NULL', 'there is no such field'),
	('product', 'prerequisite_product_id', 'NULL', 'there is no such field'),
	('product', 'countries', 'NULL', 'there is no such field'),
	('subscription', 'seats', 'NULL', 'quantities of a contract need not be users'),
	('subscription', 'cancelled_on', 'CASE WHEN ends_on > cancelled_on OR ends_on IS NULL THEN cancelled_on END', 'one that was closed when it ended is not told from one that ended'),
	('program', 'segment', 'NULL', 'there is no such field'),
	('program', 'ends_on', 'NULL', 'there is no such field'),
	('lead', 'status', $$CASE WHEN status = 'lost' THEN 'lost' WHEN converted_at IS NOT NULL THEN (SELECT stage FROM native.opportunity WHERE opportunity.lead_id = lead.lead_id) ELSE status END$$,
		'a lead becomes the opportunity, and stands where that one stands'),
	('opportunity', 'kind', $$CASE WHEN NOT EXISTS (SELECT FROM native.purchase WHERE purchase.account_id = opportunity.account_id AND purchased_at < opened_at) THEN 'new' END$$,
		'it is known of those alone who had not ordered before'),
	('opportunity', 'product_id', 'NULL', 'there is no such field'),
	('opportunity', 'stage', $$coalesce((SELECT entered.stage FROM native.opportunity_stage AS entered WHERE entered.opportunity_id = opportunity.opportunity_id ORDER BY entered_at DESC LIMIT 1), stage)$$,
		'a lost one stays in the stage that it had come to'),
	('opportunity_stage', '*', $$stage <> 'lost'$$, 'to be lost is no stage'),
	('ticket', 'is_abandoned', 'NULL', 'there is no such field'),
	('touchpoint', '*', $$channel = ANY (ARRAY['email', 'meeting', 'video']) OR (channel = 'phone' AND outcome = 'connected')$$,
		'calls in vain, social networks and visits of the website leave no message'),
	('touchpoint', 'channel', $$CASE channel WHEN 'video' THEN 'meeting' ELSE channel END$$, 'a meeting is a meeting'),
	('touchpoint', 'direction', $$CASE channel WHEN 'phone' THEN 'outbound' ELSE direction END$$, 'a call that was done does not say who called'),
	('touchpoint', 'outcome', $$CASE WHEN channel = 'email' AND direction = 'inbound' THEN 'replied' WHEN channel = ANY (ARRAY['meeting', 'video']) THEN 'attended' ELSE outcome END$$, 'who wrote has answered'),
	('touchpoint', 'purpose', $$CASE WHEN channel = 'email' AND direction = 'outbound' AND (program_id IS NOT NULL OR outcome = ANY (ARRAY['opened', 'replied'])) THEN 'nurture'
		WHEN channel = 'email' AND purpose = ANY (ARRAY['sales', 'service']) THEN purpose WHEN lead_id IS NOT NULL THEN 'sales' END$$, 'mailings nurture; calls and meetings are of a lead, or of nothing'),
	('touchpoint', 'owner_id', $$CASE WHEN (channel = 'email' AND direction = 'outbound' AND (program_id IS NOT NULL OR outcome = ANY (ARRAY['opened', 'replied'])))
		OR (channel = 'email' AND direction = 'inbound') THEN NULL ELSE owner_id END$$, 'mailings are nobody''s own, and a message that comes in names nobody'),
	('touchpoint', 'duration_minutes', $$CASE WHEN channel = ANY (ARRAY['meeting', 'video']) THEN duration_minutes END$$, 'of meetings alone it is kept how long they were');
