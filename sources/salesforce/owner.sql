-- entity: owner
-- reads: "User"
-- People who can log in today; not integrations, guests and customers' portals.
CREATE VIEW owner WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS "Name", NULL::text AS "FirstName", NULL::text AS "LastName", NULL::boolean AS "IsActive",
	NULL::text AS "UserType") AS absent,
LATERAL (
	SELECT "Id"::text AS owner_id,
		coalesce("Name"::text, nullif(concat_ws(' ', "FirstName", "LastName"), '')) AS name,
		NULL::text AS territory,
		NULL::integer AS capacity
	FROM :"source"."User"
	WHERE "IsActive"::boolean IS NOT FALSE AND coalesce("UserType", 'Standard') = 'Standard'
) AS here;

-- entity: owner
-- reads: "user"
-- People who can log in today; not integrations, guests and customers' portals.
CREATE VIEW owner WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::text AS first_name, NULL::text AS last_name, NULL::boolean AS is_active, NULL::text AS user_type,
	NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id::text AS owner_id,
		coalesce(name::text, nullif(concat_ws(' ', first_name, last_name), '')) AS name,
		NULL::text AS territory,
		NULL::integer AS capacity
	FROM :"source"."user"
	WHERE _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND is_active::boolean IS NOT FALSE AND coalesce(user_type, 'Standard') = 'Standard'
) AS here;

-- entity: owner
-- reads: salesforce_user
-- People who can log in today; not integrations, guests and customers' portals.
CREATE VIEW owner WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::text AS first_name, NULL::text AS last_name, NULL::boolean AS is_active,
	NULL::text AS user_type) AS absent,
LATERAL (
	SELECT id::text AS owner_id,
		coalesce(name::text, nullif(concat_ws(' ', first_name, last_name), '')) AS name,
		NULL::text AS territory,
		NULL::integer AS capacity
	FROM :"source".salesforce_user
	WHERE is_active::boolean IS NOT FALSE AND coalesce(user_type, 'Standard') = 'Standard'
) AS here;
