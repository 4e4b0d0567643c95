-- entity: account
-- reads: accounts
CREATE VIEW account WITH (security_invoker = true) AS
SELECT here.*
FROM (
	SELECT NULL::text AS name,
		NULL::text AS industry,
		NULL::text AS employees,
		NULL::text AS annual_revenue,
		NULL::text AS billing_address_country,
		NULL::text AS assigned_user_id,
		NULL::text AS parent_id,
		NULL::text AS deleted,
		NULL::timestamp AS date_entered
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS account_id,
		name::text AS name,
		nullif(industry::text, '') AS industry,
		CASE
			WHEN btrim(employees::text) ~ '^[0-9]{1,9}$' THEN btrim(employees::text)::integer
			WHEN btrim(employees::text) ~ '^[0-9]{1,3}(,[0-9]{3}){1,2}$' THEN replace(btrim(employees::text), ',', '')::integer
		END AS employees,
		CASE
			WHEN btrim(annual_revenue::text) ~ '^[+-]?[0-9]{1,30}([.][0-9]{1,20})?$' THEN btrim(annual_revenue::text)::numeric
			WHEN btrim(annual_revenue::text) ~ '^[0-9]{1,3}(,[0-9]{3}){1,9}([.][0-9]{1,20})?$' THEN replace(btrim(annual_revenue::text), ',', '')::numeric
		END AS annual_revenue,
		nullif(billing_address_country::text, '') AS country,
		NULL::text AS territory,
		nullif(assigned_user_id::text, '') AS owner_id,
		nullif(nullif(parent_id::text, ''), id::text) AS parent_account_id,
		NULL::boolean AS is_key_account,
		to_timestamp(extract(epoch FROM date_entered)) AS created_at
	FROM :"source".accounts
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here;
