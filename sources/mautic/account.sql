-- entity: account
-- reads: companies
CREATE VIEW account WITH (security_invoker = true) AS
SELECT here.*
FROM (
	SELECT NULL::text AS companyname,
		NULL::text AS companyindustry,
		NULL::text AS companynumber_of_employees,
		NULL::text AS companyannual_revenue,
		NULL::text AS companycountry,
		NULL::text AS owner_id,
		NULL::text AS is_published,
		NULL::timestamp AS date_added
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS account_id,
		companyname::text AS name,
		nullif(companyindustry::text, '') AS industry,
		CASE
			WHEN btrim(companynumber_of_employees::text) ~ '^[0-9]{1,9}$' THEN btrim(companynumber_of_employees::text)::integer
			WHEN btrim(companynumber_of_employees::text) ~ '^[0-9]{1,3}(,[0-9]{3}){1,2}$' THEN replace(btrim(companynumber_of_employees::text), ',', '')::integer
		END AS employees,
		CASE
			WHEN btrim(companyannual_revenue::text) ~ '^[+-]?[0-9]{1,30}([.][0-9]{1,20})?$' THEN btrim(companyannual_revenue::text)::numeric
			WHEN btrim(companyannual_revenue::text) ~ '^[0-9]{1,3}(,[0-9]{3}){1,9}([.][0-9]{1,20})?$' THEN replace(btrim(companyannual_revenue::text), ',', '')::numeric
		END AS annual_revenue,
		nullif(companycountry::text, '') AS country,
		NULL::text AS territory,
		nullif(owner_id::text, '') AS owner_id,
		NULL::text AS parent_account_id,
		NULL::boolean AS is_key_account,
		to_timestamp(extract(epoch FROM date_added)) AS created_at
	FROM :"source".companies
	WHERE coalesce(is_published::text, '1') <> ALL (ARRAY['0', 'f', 'false'])
) AS here;
