-- entity: product
-- reads: product_product, product_template, product_category
CREATE VIEW product WITH (security_invoker = true) AS
SELECT here.product_id,
	-- several variants share a template's name; their codes tell them apart
	CASE WHEN here.default_code <> '' THEN '[' || here.default_code || '] ' ELSE '' END || template.name AS name,
	category.name AS category,
	NULL::text AS tier,
	NULL::date AS launched_on,
	NULL::text AS prerequisite_product_id,
	NULL::text[] AS countries
FROM (SELECT NULL::integer AS product_tmpl_id, NULL::text AS default_code, NULL::boolean AS active) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS product_id,
		product_tmpl_id,
		coalesce(default_code, '')::text AS default_code
	FROM :"source".product_product
	WHERE active IS NOT FALSE
) AS here
JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name,
		named.categ_id
	FROM (SELECT NULL::text AS name, NULL::integer AS categ_id, NULL::boolean AS sale_ok) AS absent_2,
		LATERAL (SELECT id, name AS name, categ_id AS categ_id, sale_ok IS NOT FALSE AS is_sold FROM :"source".product_template) AS named
	WHERE named.id = here.product_tmpl_id
		AND named.is_sold
) AS template ON true
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_3,
		LATERAL (SELECT id, name AS name FROM :"source".product_category) AS named
	WHERE named.id = template.categ_id
) AS category ON true;
