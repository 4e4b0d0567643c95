-- entity: lead
-- reads: "Lead"
-- A conversion has a day and no time: on the day of its arrival a lead is
-- converted when it arrives.
CREATE VIEW lead WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS "ConvertedAccountId", NULL::text AS "ConvertedContactId", NULL::text AS "Company", NULL::text AS "Name",
	NULL::text AS "FirstName", NULL::text AS "LastName", NULL::text AS "Email", NULL::text AS "LeadSource", NULL::text AS "Status",
	NULL::text AS "OwnerId", NULL::timestamptz AS "CreatedDate", NULL::date AS "ConvertedDate", NULL::boolean AS "IsDeleted",
	NULL::text AS "MasterRecordId") AS absent,
LATERAL (
	SELECT "Id"::text AS lead_id,
		"ConvertedAccountId"::text AS account_id,
		"ConvertedContactId"::text AS contact_id,
		"Company"::text AS company,
		coalesce("Name"::text, nullif(concat_ws(' ', "FirstName", "LastName"), '')) AS name,
		"Email"::text AS email,
		lower("LeadSource"::text) AS source,
		lower("Status"::text) AS status,
		"OwnerId"::text AS owner_id,
		clientele.utc("CreatedDate") AS created_at,
		CASE WHEN "ConvertedDate" IS NOT NULL THEN greatest(clientele.utc("ConvertedDate"), clientele.utc("CreatedDate")) END AS converted_at
	FROM :"source"."Lead"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL
) AS here;

-- entity: lead
-- reads: lead
-- A conversion has a day and no time: on the day of its arrival a lead is
-- converted when it arrives.
CREATE VIEW lead WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS converted_account_id, NULL::text AS converted_contact_id, NULL::text AS company, NULL::text AS name,
	NULL::text AS first_name, NULL::text AS last_name, NULL::text AS email, NULL::text AS lead_source, NULL::text AS status,
	NULL::text AS owner_id, NULL::timestamptz AS created_date, NULL::date AS converted_date, NULL::boolean AS is_deleted,
	NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id::text AS lead_id,
		converted_account_id::text AS account_id,
		converted_contact_id::text AS contact_id,
		company::text AS company,
		coalesce(name::text, nullif(concat_ws(' ', first_name, last_name), '')) AS name,
		email::text AS email,
		lower(lead_source::text) AS source,
		lower(status::text) AS status,
		owner_id::text AS owner_id,
		clientele.utc(created_date) AS created_at,
		CASE WHEN converted_date IS NOT NULL THEN greatest(clientele.utc(converted_date), clientele.utc(created_date)) END AS converted_at
	FROM :"source".lead
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here;

-- entity: lead
-- reads: salesforce_lead
-- A conversion has a day and no time: on the day of its arrival a lead is
-- converted when it arrives.
CREATE VIEW lead WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS converted_account_id, NULL::text AS converted_contact_id, NULL::text AS company, NULL::text AS name,
	NULL::text AS first_name, NULL::text AS last_name, NULL::text AS email, NULL::text AS lead_source, NULL::text AS status,
	NULL::text AS owner_id, NULL::timestamptz AS created_date, NULL::date AS converted_date, NULL::boolean AS is_deleted,
	NULL::text AS master_record_id) AS absent,
LATERAL (
	SELECT id::text AS lead_id,
		converted_account_id::text AS account_id,
		converted_contact_id::text AS contact_id,
		company::text AS company,
		coalesce(name::text, nullif(concat_ws(' ', first_name, last_name), '')) AS name,
		email::text AS email,
		lower(lead_source::text) AS source,
		lower(status::text) AS status,
		owner_id::text AS owner_id,
		clientele.utc(created_date) AS created_at,
		CASE WHEN converted_date IS NOT NULL THEN greatest(clientele.utc(converted_date), clientele.utc(created_date)) END AS converted_at
	FROM :"source".salesforce_lead
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL
) AS here;
