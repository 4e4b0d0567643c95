-- entity: account
-- reads: "Account"
CREATE VIEW account WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS "Name", NULL::text AS "Industry", NULL::numeric AS "NumberOfEmployees", NULL::numeric AS "AnnualRevenue",
	NULL::text AS "BillingCountry", NULL::text AS "OwnerId", NULL::text AS "ParentId", NULL::timestamptz AS "CreatedDate",
	NULL::boolean AS "IsDeleted", NULL::text AS "MasterRecordId") AS absent,
LATERAL (
	SELECT "Id"::text AS account_id,
		"Name"::text AS name,
		"Industry"::text AS industry,
		CASE WHEN clientele.number("NumberOfEmployees") BETWEEN 0 AND 2147483647
			THEN clientele.number("NumberOfEmployees")::integer END AS employees,
		clientele.number("AnnualRevenue") AS annual_revenue,
		"BillingCountry"::text AS country,
		NULL::text AS territory,
		"OwnerId"::text AS owner_id,
		"ParentId"::text AS parent_account_id,
		NULL::boolean AS is_key_account,
		clientele.utc("CreatedDate") AS created_at
	FROM :"source"."Account"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL
) AS here;

-- entity: account
-- reads: account
CREATE VIEW account WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::text AS industry, NULL::numeric AS number_of_employees, NULL::numeric AS annual_revenue,
	NULL::text AS billing_country, NULL::text AS owner_id, NULL::text AS parent_id, NULL::timestamptz AS created_date,
	NULL::boolean AS is_deleted, NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted,
	NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id::text AS account_id,
		name::text AS name,
		industry::text AS industry,
		CASE WHEN clientele.number(number_of_employees) BETWEEN 0 AND 2147483647
			THEN clientele.number(number_of_employees)::integer END AS employees,
		clientele.number(annual_revenue) AS annual_revenue,
		billing_country::text AS country,
		NULL::text AS territory,
		owner_id::text AS owner_id,
		parent_id::text AS parent_account_id,
		NULL::boolean AS is_key_account,
		clientele.utc(created_date) AS created_at
	FROM :"source".account
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here;

-- entity: account
-- reads: salesforce_account
CREATE VIEW account WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::text AS industry, NULL::numeric AS number_of_employees, NULL::numeric AS annual_revenue,
	NULL::jsonb AS billing_address, NULL::text AS owner_id, NULL::text AS parent_id, NULL::timestamptz AS created_date,
	NULL::boolean AS is_deleted, NULL::text AS master_record_id) AS absent,
LATERAL (
	SELECT id::text AS account_id,
		name::text AS name,
		industry::text AS industry,
		CASE WHEN clientele.number(number_of_employees) BETWEEN 0 AND 2147483647
			THEN clientele.number(number_of_employees)::integer END AS employees,
		clientele.number(annual_revenue) AS annual_revenue,
		(billing_address::jsonb ->> 'country') AS country,
		NULL::text AS territory,
		owner_id::text AS owner_id,
		parent_id::text AS parent_account_id,
		NULL::boolean AS is_key_account,
		clientele.utc(created_date) AS created_at
	FROM :"source".salesforce_account
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL
) AS here;
