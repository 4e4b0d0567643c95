-- entity: contact
-- reads: leads, companies_leads, lead_donotcontact
CREATE VIEW contact WITH (security_invoker = true) AS
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
SELECT here.contact_id,
	employer.account_id,
	here.name,
	here.email,
	here.phone,
	here.title,
	NULL::text AS role,
	NULL::text AS seniority,
	NULL::text AS department,
	true AS is_active,
	EXISTS (
		SELECT
		FROM (SELECT NULL::text AS lead_id, NULL::text AS reason) AS absent_4
		CROSS JOIN LATERAL (SELECT lead_id::text AS person_id, reason::text AS reason FROM :"source".lead_donotcontact) AS refusal
		WHERE refusal.person_id = here.contact_id AND refusal.reason = ANY (ARRAY['1', '3'])) AS do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (
	SELECT NULL::text AS firstname,
		NULL::text AS lastname,
		NULL::text AS email,
		NULL::text AS phone,
		NULL::text AS mobile,
		NULL::text AS position,
		NULL::timestamp AS date_identified,
		NULL::timestamp AS date_added
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS contact_id,
		nullif(concat_ws(' ', nullif(firstname::text, ''), nullif(lastname::text, '')), '') AS name,
		nullif(email::text, '') AS email,
		coalesce(nullif(phone::text, ''), nullif(mobile::text, '')) AS phone,
		nullif(position::text, '') AS title,
		to_timestamp(extract(epoch FROM coalesce(date_identified, date_added))) AS created_at
	FROM :"source".leads
	WHERE (date_identified IS NOT NULL OR email::text <> '')
) AS here
LEFT JOIN link AS employer ON employer.contact_id = here.contact_id
	AND NOT EXISTS (
		SELECT
		FROM link AS better
		WHERE better.contact_id = employer.contact_id
			AND (better.is_primary, better.added_at, better.account_id) > (employer.is_primary, employer.added_at, employer.account_id));
