-- entity: product
-- reads: product
CREATE VIEW product WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS property_name, NULL::text AS property_hs_product_type, NULL::text AS property_hs_status,
	NULL::boolean AS _fivetran_deleted, NULL::boolean AS is_deleted) AS absent,
LATERAL (
	SELECT id::text AS product_id,
		property_name::text AS name,
		lower(property_hs_product_type::text) AS category,
		NULL::text AS tier,
		NULL::date AS launched_on,
		NULL::text AS prerequisite_product_id,
		NULL::text[] AS countries
	FROM :"source".product
	WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE AND coalesce(property_hs_status, '') !~* '^(inactive|archived)'
) AS here;
