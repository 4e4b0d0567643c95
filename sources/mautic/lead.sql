-- entity: lead
-- reads: leads, companies_leads, stages, lead_utmtags
CREATE VIEW lead WITH (security_invoker = true) AS
WITH link AS NOT MATERIALIZED (
	SELECT each.*
	FROM (
		SELECT NULL::text AS company_id,
			NULL::text AS lead_id,
			NULL::text AS is_primary,
			NULL::text AS manually_removed,
			NULL::timestamp AS date_added
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT company_id::text AS account_id,
			lead_id::text AS contact_id,
			coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary,
			coalesce(date_added, '-infinity') AS added_at
		FROM :"source".companies_leads
		WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND company_id IS NOT NULL
	) AS each
)
SELECT here.lead_id,
	employer.account_id,
	here.lead_id AS contact_id,
	here.company,
	here.name,
	here.email,
	origin.source,
	stage.name AS status,
	here.owner_id,
	here.created_at,
	NULL::timestamptz AS converted_at
FROM (
	SELECT NULL::text AS firstname,
		NULL::text AS lastname,
		NULL::text AS email,
		NULL::text AS company,
		NULL::text AS owner_id,
		NULL::text AS stage_id,
		NULL::timestamp AS date_identified,
		NULL::timestamp AS date_added
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS lead_id,
		nullif(concat_ws(' ', nullif(firstname::text, ''), nullif(lastname::text, '')), '') AS name,
		nullif(email::text, '') AS email,
		nullif(company::text, '') AS company,
		stage_id::text AS stage_id,
		nullif(owner_id::text, '') AS owner_id,
		to_timestamp(extract(epoch FROM coalesce(date_identified, date_added))) AS created_at
	FROM :"source".leads
	WHERE (date_identified IS NOT NULL OR email::text <> '')
) AS here
LEFT JOIN link AS employer ON employer.contact_id = here.lead_id
	AND NOT EXISTS (
		SELECT
		FROM link AS better
		WHERE better.contact_id = employer.contact_id
			AND (better.is_primary, better.added_at, better.account_id) > (employer.is_primary, employer.added_at, employer.account_id))
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS name) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS stage_id,
			name::text AS name
		FROM :"source".stages
	) AS each
	WHERE each.stage_id = here.stage_id
) AS stage ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS lead_id, NULL::text AS utm_source, NULL::timestamp AS date_added) AS absent_5
	CROSS JOIN LATERAL (
		SELECT id AS tag_id,
			lead_id::text AS person_id,
			nullif(utm_source::text, '') AS source,
			date_added AS added_at
		FROM :"source".lead_utmtags
	) AS each
	WHERE each.person_id = here.lead_id AND each.source IS NOT NULL
	ORDER BY each.added_at, each.tag_id
	LIMIT 1
) AS origin ON true;
