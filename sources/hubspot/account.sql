-- entity: account
-- reads: company
CREATE VIEW account WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS property_name, NULL::text AS property_industry, NULL::numeric AS property_numberofemployees,
	NULL::numeric AS property_annualrevenue, NULL::text AS property_country, NULL::text AS property_hubspot_owner_id,
	NULL::text AS property_hs_parent_company_id, NULL::boolean AS property_hs_is_target_account, NULL::timestamptz AS property_createdate,
	NULL::boolean AS _fivetran_deleted, NULL::boolean AS is_deleted) AS absent,
LATERAL (
	SELECT id::text AS account_id,
		property_name::text AS name,
		property_industry::text AS industry,
		CASE WHEN clientele.number(property_numberofemployees) BETWEEN 0 AND 2147483647
			THEN clientele.number(property_numberofemployees)::integer END AS employees,
		clientele.number(property_annualrevenue) AS annual_revenue,
		property_country::text AS country,
		NULL::text AS territory,
		property_hubspot_owner_id::text AS owner_id,
		property_hs_parent_company_id::text AS parent_account_id,
		property_hs_is_target_account::boolean AS is_key_account,
		clientele.utc(property_createdate) AS created_at
	FROM :"source".company
	WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
) AS here;
