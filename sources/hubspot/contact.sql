-- entity: contact
-- reads: contact
-- Contacts that were merged into others are told by those: an index on (id)
-- WHERE property_hs_merged_object_ids IS NOT NULL finds them without reading all.
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS property_associatedcompanyid, NULL::text AS property_firstname, NULL::text AS property_lastname,
	NULL::text AS property_email, NULL::text AS property_phone, NULL::text AS property_mobilephone, NULL::text AS property_jobtitle,
	NULL::text AS property_hs_buying_role, NULL::text AS property_hs_seniority, NULL::text AS property_seniority,
	NULL::text AS property_department, NULL::boolean AS property_hs_email_optout, NULL::timestamptz AS property_createdate,
	NULL::text AS property_hs_merged_object_ids, NULL::boolean AS _fivetran_deleted, NULL::boolean AS is_deleted) AS absent,
LATERAL (
	SELECT id::text AS contact_id,
		property_associatedcompanyid::text AS account_id,
		nullif(concat_ws(' ', property_firstname, property_lastname), '') AS name,
		property_email::text AS email,
		coalesce(property_phone, property_mobilephone)::text AS phone,
		property_jobtitle::text AS title,
		CASE property_hs_buying_role::text WHEN 'END_USER' THEN 'user' WHEN 'BUDGET_HOLDER' THEN 'budget owner'
			ELSE lower(replace(property_hs_buying_role::text, '_', ' ')) END AS role,
		lower(coalesce(property_hs_seniority, property_seniority)::text) AS seniority,
		property_department::text AS department,
		true AS is_active,
		property_hs_email_optout::boolean AS do_not_contact,
		clientele.utc(property_createdate) AS created_at,
		NULL::timestamptz AS left_at
	FROM :"source".contact AS person
	WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
		AND NOT EXISTS (
			SELECT
			FROM :"source".contact AS survivor
			CROSS JOIN LATERAL unnest(regexp_split_to_array(property_hs_merged_object_ids::text, '[^0-9A-Za-z_-]+')) AS merged (id)
			WHERE property_hs_merged_object_ids IS NOT NULL AND merged.id = person.id::text AND survivor.id <> person.id)
) AS here;
