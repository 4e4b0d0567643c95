-- HubSpot's objects as Fivetran copies them: in a new schema hubspot, empty.
CREATE SCHEMA hubspot;
CREATE TABLE hubspot.company (
	_fivetran_synced timestamptz, _fivetran_deleted boolean, id bigint, is_deleted boolean, property_name text, property_description text,
	property_createdate timestamptz, property_industry text, property_address text, property_address_2 text, property_city text, property_state text,
	property_country text, property_annualrevenue bigint, property_numberofemployees bigint, property_hubspot_owner_id bigint,
	property_hs_parent_company_id bigint, property_hs_is_target_account boolean
);
CREATE TABLE hubspot.contact (
	_fivetran_deleted boolean, _fivetran_synced timestamptz, id bigint, property_hs_merged_object_ids text, property_email text, property_company text,
	property_firstname text, property_lastname text, property_createdate timestamptz, property_jobtitle text, property_annualrevenue bigint,
	property_phone text, property_mobilephone text, property_associatedcompanyid bigint, property_lifecyclestage text, property_hs_lead_status text,
	property_hubspot_owner_id bigint, property_hs_buying_role text, property_seniority text, property_department text, property_hs_email_optout boolean,
	property_hs_analytics_source text, property_hs_lifecyclestage_lead_date timestamptz, property_hs_lifecyclestage_opportunity_date timestamptz
);
CREATE TABLE hubspot.contact_form_submission (
	_fivetran_synced timestamptz, "timestamp" timestamptz, form_id bigint, contact_id bigint, conversion_id bigint, page_id bigint, page_url text,
	portal_id bigint, title text
);
CREATE TABLE hubspot.contact_property_history (
	_fivetran_synced timestamptz, contact_id bigint, name text, source text, source_id text, "timestamp" timestamptz, value text
);
CREATE TABLE hubspot.deal (
	_fivetran_synced timestamptz, _fivetran_deleted boolean, deal_id bigint, deal_pipeline_id text, deal_pipeline_stage_id text, is_deleted boolean,
	owner_id bigint, portal_id bigint, property_dealname text, property_description text, property_amount float8, property_closedate timestamptz,
	property_createdate timestamptz, property_dealtype text, property_amount_in_home_currency float8
);
CREATE TABLE hubspot.deal_company (
	_fivetran_synced timestamptz, deal_id bigint, company_id bigint, type_id bigint, category text
);
CREATE TABLE hubspot.deal_contact (
	_fivetran_synced timestamptz, deal_id bigint, contact_id bigint, type_id bigint, category text
);
CREATE TABLE hubspot.deal_pipeline_stage (
	_fivetran_deleted boolean, _fivetran_synced timestamptz, active boolean, closed_won boolean, is_closed boolean, display_order bigint, label text,
	pipeline_id text, probability float8, stage_id text, created_at timestamptz, updated_at timestamptz
);
CREATE TABLE hubspot.deal_property_history (
	_fivetran_synced timestamptz, deal_id bigint, name text, source text, source_id text, "timestamp" timestamptz, value text
);
CREATE TABLE hubspot.deal_stage (
	_fivetran_active boolean, _fivetran_end timestamptz, _fivetran_start timestamptz, _fivetran_synced timestamptz, date_entered timestamptz,
	deal_id bigint, source text, source_id text, value text
);
CREATE TABLE hubspot.merged_deal (
	_fivetran_synced timestamptz, deal_id bigint, merged_deal_id bigint
);
CREATE TABLE hubspot.engagement_call (
	_fivetran_synced timestamptz, _fivetran_deleted boolean, engagement_id bigint, type text, property_hs_createdate timestamptz,
	property_hs_timestamp timestamptz, property_hubspot_owner_id bigint, property_hubspot_team_id bigint, property_hs_call_direction text,
	property_hs_call_status text, property_hs_call_disposition text, property_hs_call_duration bigint
);
CREATE TABLE hubspot.engagement_communication (
	_fivetran_synced timestamptz, _fivetran_deleted boolean, engagement_id bigint, type text, property_hs_createdate timestamptz,
	property_hs_timestamp timestamptz, property_hubspot_owner_id bigint, property_hubspot_team_id bigint, property_hs_communication_channel_type text
);
CREATE TABLE hubspot.engagement_email (
	_fivetran_synced timestamptz, _fivetran_deleted boolean, type text, engagement_id bigint, property_hs_createdate timestamptz,
	property_hs_timestamp timestamptz, property_hubspot_owner_id bigint, property_hubspot_team_id bigint, property_hs_email_direction text,
	property_hs_email_status text, property_hs_email_open_count bigint, property_hs_email_reply_count bigint, property_hs_email_to_email text, property_hs_email_cc_email text
);
CREATE TABLE hubspot.engagement_meeting (
	_fivetran_synced timestamptz, _fivetran_deleted boolean, type text, engagement_id bigint, property_hs_createdate timestamptz,
	property_hs_timestamp timestamptz, property_hubspot_owner_id bigint, property_hubspot_team_id bigint, property_hs_meeting_start_time timestamptz,
	property_hs_meeting_end_time timestamptz, property_hs_meeting_outcome text
);
CREATE TABLE hubspot.engagement_note (
	_fivetran_synced timestamptz, _fivetran_deleted boolean, body text, type text, engagement_id bigint, property_hs_createdate timestamptz,
	property_hs_timestamp timestamptz, property_hubspot_owner_id bigint, property_hubspot_team_id bigint
);
CREATE TABLE hubspot.engagement_contact (
	_fivetran_synced timestamptz, contact_id bigint, engagement_id bigint, category text
);
CREATE TABLE hubspot.owner (
	_fivetran_synced timestamptz, active_user_id bigint, created_at timestamptz, email text, first_name text, last_name text, owner_id bigint,
	portal_id bigint, type text, updated_at timestamptz
);
CREATE TABLE hubspot.ticket (
	_fivetran_synced timestamptz, id bigint, _fivetran_deleted boolean, is_deleted boolean, property_closed_date timestamptz,
	property_createdate timestamptz, property_first_agent_reply_date timestamptz, property_hs_pipeline text, property_hs_pipeline_stage text,
	property_hs_ticket_category text, property_hs_ticket_priority text, property_hubspot_owner_id bigint, property_subject text, property_content text,
	property_source_type text
);
CREATE TABLE hubspot.ticket_company (
	_fivetran_synced timestamptz, ticket_id bigint, company_id bigint, category text
);
CREATE TABLE hubspot.ticket_contact (
	_fivetran_synced timestamptz, ticket_id bigint, contact_id bigint, category text
);
CREATE TABLE hubspot.product (id bigint, is_deleted boolean, _fivetran_deleted boolean, property_name text, property_price float8, property_hs_product_type text);
CREATE TABLE hubspot.line_item (id bigint, is_deleted boolean, _fivetran_deleted boolean, product_id bigint, property_amount float8, property_price float8, property_quantity float8);
CREATE TABLE hubspot.line_item_deal (line_item_id bigint, deal_id bigint, _fivetran_synced timestamptz);
