-- entity: program_member
-- reads: campaign_log, accounts_contacts
CREATE VIEW program_member WITH (security_invoker = true) AS
-- the accounts to whose people a campaign went
WITH link AS NOT MATERIALIZED (
	SELECT each.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			contact_id::text AS contact_id,
			account_id::text AS account_id,
			coalesce(date_modified, '-infinity') AS changed_at
		FROM :"source".accounts_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
)
SELECT here.campaign_id AS program_id,
	employer.account_id,
	NULL::boolean AS is_control,
	min(here.happened_at) AS joined_at
FROM (
	SELECT NULL::text AS campaign_id,
		NULL::text AS target_id,
		NULL::text AS target_type,
		NULL::text AS activity_type,
		NULL::timestamp AS activity_date,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS log_id,
		campaign_id::text AS campaign_id,
		target_id::text AS target_id,
		target_type::text AS target_type,
		activity_type::text AS activity,
		to_timestamp(extract(epoch FROM activity_date)) AS happened_at
	FROM :"source".campaign_log
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND activity_type::text = 'targeted'
		AND target_type::text = 'Contacts'
		AND campaign_id::text <> ''
) AS here
JOIN link AS employer ON employer.contact_id = here.target_id
	AND NOT EXISTS (
		SELECT
		FROM link AS newer
		WHERE newer.contact_id = employer.contact_id
			AND (newer.changed_at, newer.link_id) > (employer.changed_at, employer.link_id))
GROUP BY here.campaign_id, employer.account_id;
