-- entity: contact
-- reads: "Contact", "OpportunityContactRole"("ContactId", "Role")
-- The role is the last one that was given in an opportunity (ids ascend). Who wants no
-- mail or no calls is not to be contacted.
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.contact_id,
	here.account_id,
	here.name,
	here.email,
	here.phone,
	here.title,
	role.role,
	NULL::text AS seniority,
	here.department,
	here.is_active,
	here.do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (SELECT NULL::text AS "AccountId", NULL::text AS "Name", NULL::text AS "FirstName", NULL::text AS "LastName", NULL::text AS "Email",
	NULL::text AS "Phone", NULL::text AS "MobilePhone", NULL::text AS "Title", NULL::text AS "Department",
	NULL::boolean AS "HasOptedOutOfEmail", NULL::boolean AS "DoNotCall", NULL::timestamptz AS "CreatedDate", NULL::boolean AS "IsDeleted",
	NULL::text AS "MasterRecordId") AS absent,
LATERAL (
	SELECT "Id" AS id,
		"Id"::text AS contact_id,
		"AccountId"::text AS account_id,
		coalesce("Name"::text, nullif(concat_ws(' ', "FirstName", "LastName"), '')) AS name,
		"Email"::text AS email,
		coalesce("Phone", "MobilePhone")::text AS phone,
		"Title"::text AS title,
		"Department"::text AS department,
		true AS is_active,
		"HasOptedOutOfEmail"::boolean OR "DoNotCall"::boolean AS do_not_contact,
		clientele.utc("CreatedDate") AS created_at
	FROM :"source"."Contact"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL
) AS here
LEFT JOIN (
	SELECT played.*
	FROM (SELECT NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT part."ContactId" AS contact_id, lower(part."Role"::text) AS role
		FROM :"source"."OpportunityContactRole" AS part
		WHERE "IsDeleted"::boolean IS NOT TRUE AND part."Role" IS NOT NULL
			AND NOT EXISTS (
				SELECT
				FROM :"source"."OpportunityContactRole" AS later
				WHERE "IsDeleted"::boolean IS NOT TRUE AND later."ContactId" = part."ContactId" AND later."Role" IS NOT NULL AND later."Id"::text COLLATE "C" > part."Id"::text)
	) AS played
) AS role ON role.contact_id = here.id;

-- entity: contact
-- reads: "Contact"
-- Who wants no mail or no calls is not to be contacted.
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.contact_id,
	here.account_id,
	here.name,
	here.email,
	here.phone,
	here.title,
	NULL::text AS role,
	NULL::text AS seniority,
	here.department,
	here.is_active,
	here.do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (SELECT NULL::text AS "AccountId", NULL::text AS "Name", NULL::text AS "FirstName", NULL::text AS "LastName", NULL::text AS "Email",
	NULL::text AS "Phone", NULL::text AS "MobilePhone", NULL::text AS "Title", NULL::text AS "Department",
	NULL::boolean AS "HasOptedOutOfEmail", NULL::boolean AS "DoNotCall", NULL::timestamptz AS "CreatedDate", NULL::boolean AS "IsDeleted",
	NULL::text AS "MasterRecordId") AS absent,
LATERAL (
	SELECT "Id" AS id,
		"Id"::text AS contact_id,
		"AccountId"::text AS account_id,
		coalesce("Name"::text, nullif(concat_ws(' ', "FirstName", "LastName"), '')) AS name,
		"Email"::text AS email,
		coalesce("Phone", "MobilePhone")::text AS phone,
		"Title"::text AS title,
		"Department"::text AS department,
		true AS is_active,
		"HasOptedOutOfEmail"::boolean OR "DoNotCall"::boolean AS do_not_contact,
		clientele.utc("CreatedDate") AS created_at
	FROM :"source"."Contact"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL
) AS here;

-- entity: contact
-- reads: contact, opportunity_contact_role(contact_id, role)
-- The role is the last one that was given in an opportunity (ids ascend). Who wants no
-- mail or no calls is not to be contacted.
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.contact_id,
	here.account_id,
	here.name,
	here.email,
	here.phone,
	here.title,
	role.role,
	NULL::text AS seniority,
	here.department,
	here.is_active,
	here.do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (SELECT NULL::text AS account_id, NULL::text AS name, NULL::text AS first_name, NULL::text AS last_name, NULL::text AS email,
	NULL::text AS phone, NULL::text AS mobile_phone, NULL::text AS title, NULL::text AS department, NULL::boolean AS has_opted_out_of_email,
	NULL::boolean AS do_not_call, NULL::timestamptz AS created_date, NULL::boolean AS is_deleted, NULL::text AS master_record_id,
	NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS contact_id,
		account_id::text AS account_id,
		coalesce(name::text, nullif(concat_ws(' ', first_name, last_name), '')) AS name,
		email::text AS email,
		coalesce(phone, mobile_phone)::text AS phone,
		title::text AS title,
		department::text AS department,
		true AS is_active,
		has_opted_out_of_email::boolean OR do_not_call::boolean AS do_not_contact,
		clientele.utc(created_date) AS created_at
	FROM :"source".contact
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here
LEFT JOIN (
	SELECT played.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT part.contact_id AS contact_id, lower(part.role::text) AS role
		FROM :"source".opportunity_contact_role AS part
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND part.role IS NOT NULL
			AND NOT EXISTS (
				SELECT
				FROM :"source".opportunity_contact_role AS later
				WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND later.contact_id = part.contact_id AND later.role IS NOT NULL AND later.id::text COLLATE "C" > part.id::text)
	) AS played
) AS role ON role.contact_id = here.id;

-- entity: contact
-- reads: contact
-- Who wants no mail or no calls is not to be contacted.
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.contact_id,
	here.account_id,
	here.name,
	here.email,
	here.phone,
	here.title,
	NULL::text AS role,
	NULL::text AS seniority,
	here.department,
	here.is_active,
	here.do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (SELECT NULL::text AS account_id, NULL::text AS name, NULL::text AS first_name, NULL::text AS last_name, NULL::text AS email,
	NULL::text AS phone, NULL::text AS mobile_phone, NULL::text AS title, NULL::text AS department, NULL::boolean AS has_opted_out_of_email,
	NULL::boolean AS do_not_call, NULL::timestamptz AS created_date, NULL::boolean AS is_deleted, NULL::text AS master_record_id,
	NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS contact_id,
		account_id::text AS account_id,
		coalesce(name::text, nullif(concat_ws(' ', first_name, last_name), '')) AS name,
		email::text AS email,
		coalesce(phone, mobile_phone)::text AS phone,
		title::text AS title,
		department::text AS department,
		true AS is_active,
		has_opted_out_of_email::boolean OR do_not_call::boolean AS do_not_contact,
		clientele.utc(created_date) AS created_at
	FROM :"source".contact
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here;

-- entity: contact
-- reads: salesforce_contact, salesforce_account_contact_role(contact_id, role)
-- The role is the last one that was given at the account (ids ascend). Who wants no
-- mail or no calls is not to be contacted.
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.contact_id,
	here.account_id,
	here.name,
	here.email,
	here.phone,
	here.title,
	role.role,
	NULL::text AS seniority,
	here.department,
	here.is_active,
	here.do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (SELECT NULL::text AS account_id, NULL::text AS name, NULL::text AS first_name, NULL::text AS last_name, NULL::text AS email,
	NULL::text AS phone, NULL::text AS mobile_phone, NULL::text AS title, NULL::text AS department, NULL::boolean AS has_opted_out_of_email,
	NULL::boolean AS do_not_call, NULL::timestamptz AS created_date, NULL::boolean AS is_deleted, NULL::text AS master_record_id) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS contact_id,
		account_id::text AS account_id,
		coalesce(name::text, nullif(concat_ws(' ', first_name, last_name), '')) AS name,
		email::text AS email,
		coalesce(phone, mobile_phone)::text AS phone,
		title::text AS title,
		department::text AS department,
		true AS is_active,
		has_opted_out_of_email::boolean OR do_not_call::boolean AS do_not_contact,
		clientele.utc(created_date) AS created_at
	FROM :"source".salesforce_contact
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL
) AS here
LEFT JOIN (
	SELECT played.*
	FROM (SELECT NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT part.contact_id AS contact_id, lower(part.role::text) AS role
		FROM :"source".salesforce_account_contact_role AS part
		WHERE is_deleted::boolean IS NOT TRUE AND part.role IS NOT NULL
			AND NOT EXISTS (
				SELECT
				FROM :"source".salesforce_account_contact_role AS later
				WHERE is_deleted::boolean IS NOT TRUE AND later.contact_id = part.contact_id AND later.role IS NOT NULL AND later.id::text COLLATE "C" > part.id::text)
	) AS played
) AS role ON role.contact_id = here.id;

-- entity: contact
-- reads: salesforce_contact
-- Who wants no mail or no calls is not to be contacted.
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.contact_id,
	here.account_id,
	here.name,
	here.email,
	here.phone,
	here.title,
	NULL::text AS role,
	NULL::text AS seniority,
	here.department,
	here.is_active,
	here.do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (SELECT NULL::text AS account_id, NULL::text AS name, NULL::text AS first_name, NULL::text AS last_name, NULL::text AS email,
	NULL::text AS phone, NULL::text AS mobile_phone, NULL::text AS title, NULL::text AS department, NULL::boolean AS has_opted_out_of_email,
	NULL::boolean AS do_not_call, NULL::timestamptz AS created_date, NULL::boolean AS is_deleted, NULL::text AS master_record_id) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS contact_id,
		account_id::text AS account_id,
		coalesce(name::text, nullif(concat_ws(' ', first_name, last_name), '')) AS name,
		email::text AS email,
		coalesce(phone, mobile_phone)::text AS phone,
		title::text AS title,
		department::text AS department,
		true AS is_active,
		has_opted_out_of_email::boolean OR do_not_call::boolean AS do_not_contact,
		clientele.utc(created_date) AS created_at
	FROM :"source".salesforce_contact
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL
) AS here;
