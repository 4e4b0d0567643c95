-- The tables of SuiteCRM 7 as a copy in PostgreSQL has them, in a new schema
-- suitecrm, empty. Columns that nothing reads (addresses, recurrences, settings)
-- are left out. Its own indexes, as far as they matter here, are at the end.
CREATE SCHEMA suitecrm;
CREATE TABLE suitecrm.accounts (
	id char(36) PRIMARY KEY, account_type varchar(100), annual_revenue varchar(255), assigned_user_id char(36), billing_address_country varchar(255),
	campaign_id char(36), created_by char(36), date_entered timestamp, date_modified timestamp, deleted smallint, description text, employees varchar(255),
	industry varchar(100), modified_user_id char(36), name varchar(255), ownership varchar(255), parent_id char(36), phone_alternate varchar(255), rating varchar(255),
	sic_code varchar(255), ticker_symbol varchar(255), website varchar(255));
CREATE TABLE suitecrm.contacts (
	id char(36) PRIMARY KEY, assigned_user_id char(36), campaign_id char(36), created_by char(36), date_entered timestamp, date_modified timestamp, date_reviewed date,
	deleted smallint, department varchar(255), description text, do_not_call smallint, first_name varchar(255), last_name varchar(255), lead_source varchar(100),
	modified_user_id char(36), phone_home varchar(255), phone_mobile varchar(255), phone_work varchar(255), salutation varchar(100), title varchar(255));
CREATE TABLE suitecrm.leads (
	id char(36) PRIMARY KEY, account_description text, account_id char(36), account_name varchar(255), assigned_user_id char(36), campaign_id char(36),
	contact_id char(36), converted smallint, created_by char(36), date_entered timestamp, date_modified timestamp, date_reviewed date, deleted smallint,
	department varchar(255), description text, do_not_call smallint, first_name varchar(255), last_name varchar(255), lead_source varchar(100),
	lead_source_description text, modified_user_id char(36), opportunity_amount varchar(255), opportunity_id char(36), opportunity_name varchar(255),
	phone_home varchar(255), phone_mobile varchar(255), phone_work varchar(255), refered_by varchar(255), salutation varchar(100), status varchar(100),
	status_description text, title varchar(255), website varchar(255));
CREATE TABLE suitecrm.accounts_contacts (
	id varchar(255) PRIMARY KEY, contact_id varchar(255), account_id varchar(255), date_modified timestamp, deleted smallint);
CREATE TABLE suitecrm.accounts_opportunities (
	id varchar(255) PRIMARY KEY, opportunity_id varchar(255), account_id varchar(255), date_modified timestamp, deleted smallint);
CREATE TABLE suitecrm.opportunities (
	id char(36) PRIMARY KEY, amount float8, amount_usdollar float8, assigned_user_id char(36), campaign_id char(36), created_by char(36), currency_id char(36),
	date_closed date, date_entered timestamp, date_modified timestamp, deleted smallint, description text, lead_source varchar(100), modified_user_id char(36),
	name varchar(255), next_step varchar(255), opportunity_type varchar(100), probability float8, sales_stage varchar(100));
CREATE TABLE suitecrm.opportunities_contacts (
	id varchar(255) PRIMARY KEY, contact_id varchar(255), opportunity_id varchar(255), contact_role varchar(255), date_modified timestamp, deleted smallint);
CREATE TABLE suitecrm.cases (
	id char(36) PRIMARY KEY, account_id char(36), assigned_user_id char(36), case_number integer, contact_created_by_id char(36), created_by char(36),
	date_entered timestamp, date_modified timestamp, deleted smallint, description text, modified_user_id char(36), name varchar(255), priority varchar(100),
	resolution text, state varchar(100), status varchar(100), type varchar(100), work_log text);
CREATE TABLE suitecrm.contacts_cases (
	id varchar(255) PRIMARY KEY, contact_id varchar(255), case_id varchar(255), contact_role varchar(255), date_modified timestamp, deleted smallint);
CREATE TABLE suitecrm.aop_case_updates (
	id char(36) PRIMARY KEY, assigned_user_id char(36), case_id char(36), contact_id char(36), created_by char(36), date_entered timestamp, date_modified timestamp,
	deleted smallint, description text, internal smallint, modified_user_id char(36), name varchar(255));
CREATE TABLE suitecrm.calls (
	id char(36) PRIMARY KEY, assigned_user_id char(36), created_by char(36), date_end timestamp, date_entered timestamp, date_modified timestamp, date_start timestamp,
	deleted smallint, description text, direction varchar(100), duration_hours integer, duration_minutes integer, modified_user_id char(36), name varchar(255),
	parent_id char(36), parent_type varchar(255), status varchar(100));
CREATE TABLE suitecrm.calls_contacts (
	id varchar(255) PRIMARY KEY, call_id varchar(255), contact_id varchar(255), required varchar(255), accept_status varchar(255), date_modified timestamp,
	deleted smallint);
CREATE TABLE suitecrm.calls_leads (
	id varchar(255) PRIMARY KEY, call_id varchar(255), lead_id varchar(255), required varchar(255), accept_status varchar(255), date_modified timestamp,
	deleted smallint);
CREATE TABLE suitecrm.meetings (
	id char(36) PRIMARY KEY, assigned_user_id char(36), created_by char(36), date_end timestamp, date_entered timestamp, date_modified timestamp, date_start timestamp,
	deleted smallint, description text, duration_hours integer, duration_minutes integer, location varchar(255), modified_user_id char(36), name varchar(255),
	parent_id char(36), parent_type varchar(255), sequence integer, status varchar(100), type varchar(100));
CREATE TABLE suitecrm.meetings_contacts (
	id varchar(255) PRIMARY KEY, meeting_id varchar(255), contact_id varchar(255), required varchar(255), accept_status varchar(255), date_modified timestamp,
	deleted smallint);
CREATE TABLE suitecrm.meetings_leads (
	id varchar(255) PRIMARY KEY, meeting_id varchar(255), lead_id varchar(255), required varchar(255), accept_status varchar(255), date_modified timestamp,
	deleted smallint);
CREATE TABLE suitecrm.emails (
	id char(36) PRIMARY KEY, assigned_user_id char(36), category_id varchar(100), created_by char(36), date_entered timestamp, date_modified timestamp,
	date_sent_received timestamp, deleted smallint, flagged smallint, intent varchar(255), last_synced timestamp, mailbox_id char(36), message_id varchar(255),
	modified_user_id char(36), name varchar(255), orphaned smallint, parent_id char(36), parent_type varchar(255), reply_to_status smallint, status varchar(100),
	type varchar(100), uid varchar(255));
CREATE TABLE suitecrm.emails_email_addr_rel (
	id char(36) PRIMARY KEY, email_id char(36), address_type varchar(255), email_address_id char(36), deleted smallint);
CREATE TABLE suitecrm.email_addr_bean_rel (
	id char(36) PRIMARY KEY, email_address_id char(36), bean_id char(36), bean_module varchar(255), primary_address smallint, reply_to_address smallint,
	date_created timestamp, date_modified timestamp, deleted smallint);
CREATE TABLE suitecrm.email_addresses (
	id char(36) PRIMARY KEY, email_address varchar(255), email_address_caps varchar(255), invalid_email smallint, opt_out smallint, date_created timestamp,
	date_modified timestamp, deleted smallint);
CREATE TABLE suitecrm.campaigns (
	id char(36) PRIMARY KEY, actual_cost float8, assigned_user_id char(36), budget float8, campaign_type varchar(100), content text, created_by char(36),
	currency_id char(36), date_entered timestamp, date_modified timestamp, deleted smallint, end_date date, expected_cost float8, expected_revenue float8,
	frequency varchar(100), impressions integer, modified_user_id char(36), name varchar(255), objective text, start_date date, status varchar(100), survey_id char(36));
CREATE TABLE suitecrm.campaign_log (
	id char(36) PRIMARY KEY, activity_date timestamp, activity_type varchar(100), archived smallint, campaign_id char(36), date_modified timestamp, deleted smallint,
	hits integer, list_id char(36), marketing_id char(36), more_information varchar(255), related_id varchar(255), related_name varchar(255), related_type varchar(255),
	target_id varchar(255), target_type varchar(255));
CREATE TABLE suitecrm.aos_contracts (
	id char(36) PRIMARY KEY, assigned_user_id char(36), call_id char(36), company_signed_date date, contact_id char(36), contract_account_id char(36),
	contract_type varchar(100), created_by char(36), currency_id char(36), customer_signed_date date, date_entered timestamp, date_modified timestamp, deleted smallint,
	description text, end_date date, modified_user_id char(36), name varchar(255), opportunity_id char(36), reference_code varchar(255), start_date date,
	status varchar(100), subtotal_amount numeric(26,6), subtotal_amount_usdollar numeric(26,6), tax_amount numeric(26,6), tax_amount_usdollar numeric(26,6),
	total_amount numeric(26,6), total_amount_usdollar numeric(26,6), total_contract_value numeric(26,6), total_contract_value_usdollar numeric(26,6));
-- the logs of changes, a table a module, all of one form
CREATE TABLE suitecrm.opportunities_audit (
	id char(36) PRIMARY KEY, parent_id char(36), date_created timestamp, created_by varchar(36), field_name varchar(100), data_type varchar(100),
	before_value_string varchar(255), after_value_string varchar(255), before_value_text text, after_value_text text);
CREATE TABLE suitecrm.cases_audit (LIKE suitecrm.opportunities_audit INCLUDING INDEXES);
-- and what the list of columns does not hold
CREATE TABLE suitecrm.users (id char(36) PRIMARY KEY, user_name varchar(60), first_name varchar(255), last_name varchar(255), status varchar(100), is_group smallint, deleted smallint);
CREATE TABLE suitecrm.aos_product_categories (id char(36) PRIMARY KEY, name varchar(255), deleted smallint);
CREATE TABLE suitecrm.aos_products (id char(36) PRIMARY KEY, name varchar(255), category varchar(100), aos_product_category_id char(36), part_number varchar(25),
	cost numeric(26,6), price numeric(26,6), deleted smallint);
CREATE TABLE suitecrm.aos_invoices (id char(36) PRIMARY KEY, name varchar(255), billing_account_id char(36), billing_contact_id char(36), invoice_date date, date_entered timestamp,
	status varchar(100), subtotal_amount numeric(26,6), subtotal_amount_usdollar numeric(26,6), total_amount numeric(26,6), deleted smallint);
CREATE TABLE suitecrm.aos_quotes (id char(36) PRIMARY KEY, name varchar(255), billing_account_id char(36), billing_contact_id char(36), opportunity_id char(36), expiration date,
	date_entered timestamp, stage varchar(100), subtotal_amount numeric(26,6), subtotal_amount_usdollar numeric(26,6), deleted smallint);
CREATE TABLE suitecrm.aos_products_quotes (id char(36) PRIMARY KEY, parent_type varchar(100), parent_id char(36), product_id char(36), product_qty numeric(18,4),
	product_unit_price numeric(26,6), product_list_price numeric(26,6), product_list_price_usdollar numeric(26,6), product_cost_price numeric(26,6),
	product_cost_price_usdollar numeric(26,6), product_total_price numeric(26,6), product_total_price_usdollar numeric(26,6), deleted smallint);
CREATE INDEX ON suitecrm.accounts_contacts (contact_id);
CREATE INDEX ON suitecrm.accounts_contacts (account_id, contact_id);
CREATE INDEX ON suitecrm.accounts_opportunities (opportunity_id);
CREATE INDEX ON suitecrm.opportunities_contacts (contact_id);
CREATE INDEX ON suitecrm.opportunities_contacts (opportunity_id);
CREATE INDEX ON suitecrm.contacts_cases (case_id);
CREATE INDEX ON suitecrm.calls_contacts (call_id);
CREATE INDEX ON suitecrm.calls_contacts (contact_id);
CREATE INDEX ON suitecrm.calls_leads (call_id);
CREATE INDEX ON suitecrm.calls_leads (lead_id);
CREATE INDEX ON suitecrm.meetings_contacts (meeting_id);
CREATE INDEX ON suitecrm.meetings_contacts (contact_id);
CREATE INDEX ON suitecrm.meetings_leads (meeting_id);
CREATE INDEX ON suitecrm.meetings_leads (lead_id);
CREATE INDEX ON suitecrm.campaign_log (target_id);
INSERT INTO installation.unlisted
SELECT name, '*', 'AOS and the logs of changes as in SuiteCRM''s own sources'
FROM unnest(ARRAY['opportunities_audit', 'cases_audit', 'users', 'aos_product_categories', 'aos_products', 'aos_invoices', 'aos_quotes', 'aos_products_quotes']) AS name;
