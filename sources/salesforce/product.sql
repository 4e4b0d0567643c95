-- entity: product
-- reads: "Product2"
-- What is archived or not active cannot be bought any more.
CREATE VIEW product WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS "Name", NULL::text AS "Family", NULL::boolean AS "IsActive", NULL::boolean AS "IsArchived",
	NULL::boolean AS "IsDeleted") AS absent,
LATERAL (
	SELECT "Id"::text AS product_id,
		"Name"::text AS name,
		"Family"::text AS category,
		NULL::text AS tier,
		NULL::date AS launched_on,
		NULL::text AS prerequisite_product_id,
		NULL::text[] AS countries
	FROM :"source"."Product2"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "IsActive"::boolean IS NOT FALSE AND "IsArchived"::boolean IS NOT TRUE
) AS here;

-- entity: product
-- reads: product_2
-- What is archived or not active cannot be bought any more.
CREATE VIEW product WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::text AS family, NULL::boolean AS is_active, NULL::boolean AS is_archived,
	NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id::text AS product_id,
		name::text AS name,
		family::text AS category,
		NULL::text AS tier,
		NULL::date AS launched_on,
		NULL::text AS prerequisite_product_id,
		NULL::text[] AS countries
	FROM :"source".product_2
	WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND is_active::boolean IS NOT FALSE AND is_archived::boolean IS NOT TRUE
) AS here;

-- entity: product
-- reads: salesforce_product
-- What is archived or not active cannot be bought any more.
CREATE VIEW product WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::text AS family, NULL::boolean AS is_active, NULL::boolean AS is_archived,
	NULL::boolean AS is_deleted) AS absent,
LATERAL (
	SELECT id::text AS product_id,
		name::text AS name,
		family::text AS category,
		NULL::text AS tier,
		NULL::date AS launched_on,
		NULL::text AS prerequisite_product_id,
		NULL::text[] AS countries
	FROM :"source".salesforce_product
	WHERE is_deleted::boolean IS NOT TRUE AND is_active::boolean IS NOT FALSE AND is_archived::boolean IS NOT TRUE
) AS here;
