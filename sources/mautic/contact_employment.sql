-- entity: contact_employment
-- reads: leads, companies_leads, lead_companies_change_log
CREATE VIEW contact_employment WITH (security_invoker = true) AS
SELECT here.contact_id,
	here.account_id,
	CASE WHEN here.is_primary THEN person.title END AS title,
	here.started_at,
	NULL::timestamptz AS ended_at
FROM (
	SELECT NULL::text AS company_id,
		NULL::text AS lead_id,
		NULL::text AS manually_removed,
		NULL::timestamp AS date_added,
		NULL::text AS is_primary
) AS absent
CROSS JOIN LATERAL (
	SELECT company_id::text AS account_id,
		lead_id::text AS contact_id,
		coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary,
		to_timestamp(extract(epoch FROM date_added)) AS started_at
	FROM :"source".companies_leads
	WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND company_id IS NOT NULL
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS position) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id,
			nullif(position::text, '') AS title
		FROM :"source".leads
	) AS each
	WHERE each.contact_id = here.contact_id
) AS person ON true
UNION ALL
-- what is in the log and no living link any more; without a later entry it is over at once
SELECT here.contact_id,
	here.account_id,
	NULL AS title,
	min(here.logged_at) FILTER (WHERE NOT here.is_end) AS started_at,
	greatest(coalesce(max(here.logged_at) FILTER (WHERE here.is_end),
		-- else until another company was logged
		(
			SELECT min(later.logged_at)
			FROM (SELECT NULL::text AS lead_id, NULL::text AS company_id, NULL::text AS action_name, NULL::timestamp AS date_added) AS absent_3
			CROSS JOIN LATERAL (
				SELECT lead_id::text AS contact_id, company_id::text AS account_id, to_timestamp(extract(epoch FROM date_added)) AS logged_at
				FROM :"source".lead_companies_change_log
			) AS later
			WHERE later.contact_id = here.contact_id AND later.account_id <> here.account_id AND later.logged_at > min(here.logged_at)
		)), min(here.logged_at) FILTER (WHERE NOT here.is_end)) AS ended_at
FROM (SELECT NULL::text AS lead_id, NULL::text AS company_id, NULL::text AS action_name, NULL::timestamp AS date_added) AS absent
CROSS JOIN LATERAL (
	SELECT id AS entry_id,
		lead_id::text AS contact_id,
		company_id::text AS account_id,
		coalesce(action_name::text ~* 'remove|delete', false) AS is_end,
		to_timestamp(extract(epoch FROM date_added)) AS logged_at
	FROM :"source".lead_companies_change_log
	WHERE lead_id IS NOT NULL
		AND company_id IS NOT NULL
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS contact_id
		FROM :"source".leads
	) AS each
	WHERE each.contact_id = here.contact_id
) AS person ON true
WHERE NOT EXISTS (
	SELECT
	FROM (SELECT NULL::text AS company_id, NULL::text AS lead_id, NULL::text AS manually_removed) AS absent_2
	CROSS JOIN LATERAL (
		SELECT company_id::text AS account_id, lead_id::text AS contact_id
		FROM :"source".companies_leads
		WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS living
	WHERE living.contact_id = here.contact_id AND living.account_id = here.account_id)
GROUP BY here.contact_id, here.account_id;
