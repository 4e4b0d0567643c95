-- The rows of schema salesforce, as they are, in Steampipe's foreign tables in a
-- new schema steampipe: all of the tables that it has, with all columns.
CREATE SCHEMA steampipe;
CREATE TABLE steampipe.salesforce_account (
	id text, name text, annual_revenue float8, industry text, owner_id text, type text, account_source text, clean_status text, created_by_id text,
	created_date timestamptz, description text, is_deleted boolean, last_modified_by_id text, last_modified_date timestamptz,
	number_of_employees float8, ownership text, phone text, rating text, sic text, ticker_symbol text, tradestyle text, website text,
	billing_address jsonb, shipping_address jsonb
);
CREATE TABLE steampipe.salesforce_contact (
	id text, name text, account_id text, email text, lead_source text, owner_id text, title text, assistant_name text, assistant_phone text,
	birthdate timestamptz, clean_status text, created_by_id text, created_date timestamptz, department text, description text,
	email_bounced_date timestamptz, email_bounced_reason text, fax text, home_phone text, individual_id text, is_deleted boolean,
	is_email_bounced boolean, jigsaw text, jigsaw_contact_id text, last_activity_date timestamptz, last_cu_request_date timestamptz,
	last_cu_update_date timestamptz, last_modified_by_id text, last_modified_date timestamptz, last_referenced_date timestamptz,
	last_viewed_date timestamptz, master_record_id text, mobile_phone text, other_phone text, phone text, photo_url text, reports_to_id text,
	system_modstamp timestamptz, other_address jsonb, mailing_address jsonb
);
CREATE TABLE steampipe.salesforce_account_contact_role (
	id text, account_id text, contact_id text, is_primary boolean, role text, created_by_id text, created_date timestamptz, last_modified_by_id text,
	last_modified_date timestamptz
);
CREATE TABLE steampipe.salesforce_lead (
	id text, email text, is_converted boolean, name text, phone text, status text, address jsonb, annual_revenue float8, company text,
	converted_date timestamptz, created_by_id text, created_date timestamptz, industry text, last_modified_by_id text, last_modified_date timestamptz,
	lead_source text, number_of_employees bigint, owner_id text, rating text, website text
);
CREATE TABLE steampipe.salesforce_opportunity (
	id text, account_id text, amount float8, name text, owner_id text, campaign_id text, close_date timestamptz, created_by_id text,
	created_date timestamptz, description text, expected_revenue float8, fiscal_quarter bigint, fiscal_year bigint, forecast_category text,
	forecast_category_name text, has_open_activity boolean, has_opportunity_line_item boolean, has_overdue_task boolean, is_closed boolean,
	is_deleted boolean, is_private boolean, is_won boolean, last_activity_date timestamptz, last_modified_by_id text, last_modified_date timestamptz,
	lead_source text, next_step text, pricebook_2_id text, probability float8, stage_name text, system_modstamp text, total_opportunity_quantity text,
	type text
);
CREATE TABLE steampipe.salesforce_opportunity_contact_role (
	id text, contact_id text, is_primary boolean, opportunity_id text, role text, created_by_id text, created_date timestamptz,
	last_modified_by_id text, last_modified_date timestamptz
);
CREATE TABLE steampipe.salesforce_order (
	id text, name text, account_id text, order_number text, owner_id text, status text, total_amount float8, type text, activated_by_id text,
	activated_date timestamptz, bill_to_contact_id text, billing_address jsonb, company_authorized_by_id text, company_authorized_date timestamptz,
	contract_id text, created_by_id text, created_date timestamptz, customer_authorized_by_id text, customer_authorized_date timestamptz,
	description text, effective_date timestamptz, end_date timestamptz, is_deleted boolean, is_reduction_order boolean, last_modified_by_id text,
	last_modified_date timestamptz, last_referenced_date timestamptz, last_viewed_date timestamptz, order_reference_number text, original_order_id text,
	po_date timestamptz, po_number text, pricebook_2_id text, ship_to_contact_id text, status_code text, system_modstamp timestamptz,
	shipping_address jsonb
);
CREATE TABLE steampipe.salesforce_product (
	id text, name text, family text, product_code text, is_active boolean, created_by_id text, created_date timestamptz, description text,
	display_url text, external_data_source_id text, external_id text, is_archived boolean, is_deleted boolean, last_modified_by_id text,
	last_modified_date timestamptz, last_referenced_date timestamptz, last_viewed_date timestamptz, quantity_unit_of_measure text,
	stock_keeping_unit text, system_modstamp text
);
CREATE TABLE steampipe.salesforce_user (
	id text, alias text, username text, name text, email text, is_active boolean, account_id text, created_by_id text, department text,
	employee_number text, forecast_enabled boolean, last_login_date timestamptz, last_modified_by_id text, profile_id text, state text, user_type text
);
CREATE TABLE steampipe.salesforce_contract (
	id text, account_id text, contract_number text, contract_term bigint, end_date timestamptz, owner_id text, start_date timestamptz, status text,
	activated_by_id text, activated_date timestamptz, billing_address jsonb, company_signed_date timestamptz, company_signed_id text,
	created_by_id text, created_date timestamptz, customer_signed_date timestamptz, customer_signed_id text, customer_signed_title text,
	description text, is_deleted boolean, last_activity_date timestamptz, last_approved_date timestamptz, last_modified_by_id text,
	last_modified_date timestamptz, last_referenced_date timestamptz, last_viewed_date timestamptz, owner_expiration_notice text, pricebook_2_id text,
	special_terms text, system_modstamp timestamptz
);
CREATE TABLE steampipe.salesforce_asset (
	id text, name text, account_id text, asset_level bigint, contact_id text, asset_provided_by_id text, asset_serviced_by_id text, created_by_id text,
	created_date timestamptz, description text, install_date timestamptz, is_competitor_product boolean, is_deleted boolean, is_internal boolean,
	last_modified_by_id text, last_modified_date timestamptz, last_referenced_date timestamptz, last_viewed_date timestamptz, owner_id text,
	parent_id text, price float8, product_2_id text, product_code text, purchase_date timestamptz, quantity float8, root_asset_id text,
	serial_number text, status text, stock_keeping_unit text, system_modstamp timestamptz, usage_end_date timestamptz
);
INSERT INTO steampipe.salesforce_account (id, name, industry, number_of_employees, annual_revenue, billing_address, owner_id, created_date, is_deleted)
SELECT "Id", "Name", "Industry", clientele.number("NumberOfEmployees")::float8, "AnnualRevenue", jsonb_build_object('country', "BillingCountry"), "OwnerId", "CreatedDate" AT TIME ZONE 'UTC', "IsDeleted"
FROM salesforce."Account" WHERE "MasterRecordId" IS NULL;
INSERT INTO steampipe.salesforce_contact (id, account_id, name, email, phone, mobile_phone, title, department, created_date, is_deleted, master_record_id)
SELECT "Id", "AccountId", "Name", "Email", "Phone", "MobilePhone", "Title", "Department", "CreatedDate" AT TIME ZONE 'UTC', "IsDeleted", "MasterRecordId" FROM salesforce."Contact";
INSERT INTO steampipe.salesforce_lead (id, company, name, email, lead_source, status, owner_id, created_date, converted_date)
SELECT "Id", "Company", "Name", "Email", "LeadSource", "Status", "OwnerId", "CreatedDate" AT TIME ZONE 'UTC', "ConvertedDate"::timestamp AT TIME ZONE 'UTC' FROM salesforce."Lead" WHERE NOT "IsDeleted";
INSERT INTO steampipe.salesforce_opportunity (id, account_id, stage_name, amount, close_date, type, is_closed, is_won, owner_id, created_date, is_deleted)
SELECT "Id", "AccountId", "StageName", "Amount", "CloseDate"::timestamp AT TIME ZONE 'UTC', "Type", "IsClosed", "IsWon", "OwnerId", "CreatedDate" AT TIME ZONE 'UTC', "IsDeleted" FROM salesforce."Opportunity";
INSERT INTO steampipe.salesforce_opportunity_contact_role (id, opportunity_id, contact_id, role, is_primary)
SELECT "Id", "OpportunityId", "ContactId", "Role", "IsPrimary" FROM salesforce."OpportunityContactRole" WHERE "IsDeleted" IS NOT TRUE;
INSERT INTO steampipe.salesforce_order (id, account_id, effective_date, status, activated_date, total_amount, created_date, is_deleted, is_reduction_order)
SELECT "Id", "AccountId", "EffectiveDate"::timestamp AT TIME ZONE 'UTC', "Status", "ActivatedDate" AT TIME ZONE 'UTC', "TotalAmount", "CreatedDate" AT TIME ZONE 'UTC', "IsDeleted", "IsReductionOrder" FROM salesforce."Order";
INSERT INTO steampipe.salesforce_product (id, name, family, is_active, is_archived, is_deleted)
SELECT "Id", "Name", "Family", "IsActive", "IsArchived", "IsDeleted" FROM salesforce."Product2";
INSERT INTO steampipe.salesforce_user (id, name, is_active, user_type) SELECT "Id", "Name", "IsActive", "UserType" FROM salesforce."User" WHERE "Name" IS NOT NULL;
INSERT INTO steampipe.salesforce_contract (id, account_id, start_date, end_date, contract_term, status, activated_date, last_modified_date, is_deleted)
SELECT "Id", "AccountId", "StartDate"::timestamp AT TIME ZONE 'UTC', "EndDate"::timestamp AT TIME ZONE 'UTC', "ContractTerm"::bigint, "Status", "ActivatedDate" AT TIME ZONE 'UTC',
	"LastModifiedDate" AT TIME ZONE 'UTC', "IsDeleted" FROM salesforce."Contract";
INSERT INTO steampipe.salesforce_asset (id, account_id, product_2_id, purchase_date, usage_end_date, price, quantity, is_competitor_product, is_deleted)
SELECT "Id", "AccountId", "Product2Id", "PurchaseDate"::timestamp AT TIME ZONE 'UTC', "UsageEndDate"::timestamp AT TIME ZONE 'UTC', "Price", "Quantity", "IsCompetitorProduct", "IsDeleted" FROM salesforce."Asset";
