-- entity: contact_employment
-- reads: contacts, accounts_contacts
CREATE VIEW contact_employment WITH (security_invoker = true) AS
-- a link bears the time of its last change: when it was made, or, once dead, when it ended
SELECT here.contact_id,
	here.account_id,
	CASE WHEN here.is_living THEN person.title END AS title,
	CASE WHEN here.is_living THEN here.changed_at END AS started_at,
	CASE WHEN NOT here.is_living THEN here.changed_at END AS ended_at
FROM (SELECT NULL::text AS contact_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent
CROSS JOIN LATERAL (
	SELECT contact_id::text AS contact_id,
		account_id::text AS account_id,
		coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true']) AS is_living,
		to_timestamp(extract(epoch FROM date_modified)) AS changed_at
	FROM :"source".accounts_contacts
	WHERE contact_id IS NOT NULL
		AND account_id IS NOT NULL
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS title, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id,
			nullif(title::text, '') AS title
		FROM :"source".contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.contact_id = here.contact_id
) AS person ON true;
