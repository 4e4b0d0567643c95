-- entity: program_member
-- reads: campaign_leads, companies_leads
CREATE VIEW program_member WITH (security_invoker = true) AS
-- the accounts of the people who came into a campaign, also of those who left it
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
SELECT here.program_id,
	employer.account_id,
	NULL::boolean AS is_control,
	min(here.joined_at) AS joined_at
FROM (SELECT NULL::text AS campaign_id, NULL::text AS lead_id, NULL::timestamp AS date_added) AS absent
CROSS JOIN LATERAL (
	SELECT campaign_id::text AS program_id,
		lead_id::text AS person_id,
		to_timestamp(extract(epoch FROM date_added)) AS joined_at
	FROM :"source".campaign_leads
	WHERE campaign_id IS NOT NULL
) AS here
JOIN link AS employer ON employer.contact_id = here.person_id
	AND NOT EXISTS (
		SELECT
		FROM link AS better
		WHERE better.contact_id = employer.contact_id
			AND (better.is_primary, better.added_at, better.account_id) > (employer.is_primary, employer.added_at, employer.account_id))
GROUP BY here.program_id, employer.account_id;
