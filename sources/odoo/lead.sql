-- entity: lead
-- reads: crm_lead, crm_stage, utm_source, res_partner
CREATE VIEW lead WITH (security_invoker = true) AS
-- what is a lead, and what was one before it became an opportunity
SELECT here.lead_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	here.company,
	here.name,
	here.email,
	source.name AS source,
	CASE WHEN here.is_lost THEN 'lost' ELSE stage.name END AS status,
	here.owner_id,
	here.created_at,
	here.converted_at
FROM (
	SELECT NULL::text AS type,
		NULL::boolean AS active,
		NULL::float8 AS probability,
		NULL::integer AS partner_id,
		NULL::text AS partner_name,
		NULL::text AS contact_name,
		NULL::text AS email_from,
		NULL::integer AS source_id,
		NULL::integer AS stage_id,
		NULL::integer AS user_id,
		NULL::timestamp AS create_date,
		NULL::timestamp AS date_conversion
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS lead_id,
		partner_id,
		partner_name::text AS company,
		contact_name::text AS name,
		email_from::text AS email,
		source_id,
		stage_id,
		active IS FALSE AS is_lost,
		user_id::text AS owner_id,
		create_date AT TIME ZONE 'UTC' AS created_at,
		CASE WHEN type = 'opportunity' THEN date_conversion AT TIME ZONE 'UTC' END AS converted_at
	FROM :"source".crm_lead
	WHERE (type = 'lead' OR date_conversion IS NOT NULL)
		AND (active IS NOT FALSE OR probability = 0)
) AS here
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = here.partner_id
) AS partner ON true
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_3,
		LATERAL (SELECT id, name AS name FROM :"source".utm_source) AS named
	WHERE named.id = here.source_id
) AS source ON true
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_4,
		LATERAL (SELECT id, name AS name FROM :"source".crm_stage) AS named
	WHERE named.id = here.stage_id
) AS stage ON true;
