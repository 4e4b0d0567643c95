-- entity: product
-- reads: aos_products, aos_product_categories
CREATE VIEW product WITH (security_invoker = true) AS
SELECT here.product_id,
	here.name,
	coalesce(family.name, here.category) AS category,
	NULL::text AS tier,
	NULL::date AS launched_on,
	NULL::text AS prerequisite_product_id,
	NULL::text[] AS countries
FROM (SELECT NULL::text AS name, NULL::text AS category, NULL::text AS aos_product_category_id, NULL::text AS deleted) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS product_id,
		name::text AS name,
		nullif(category::text, '') AS category,
		aos_product_category_id::text AS category_id
	FROM :"source".aos_products
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS name, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS category_id,
			name::text AS name
		FROM :"source".aos_product_categories
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.category_id = here.category_id
) AS family ON true;

-- entity: product
-- reads: aos_products
CREATE VIEW product WITH (security_invoker = true) AS
SELECT here.product_id,
	here.name,
	here.category AS category,
	NULL::text AS tier,
	NULL::date AS launched_on,
	NULL::text AS prerequisite_product_id,
	NULL::text[] AS countries
FROM (SELECT NULL::text AS name, NULL::text AS category, NULL::text AS deleted) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS product_id,
		name::text AS name,
		nullif(category::text, '') AS category
	FROM :"source".aos_products
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here;
