-- entity: contact
-- reads: contacts, accounts_contacts, opportunities_contacts, email_addr_bean_rel, email_addresses
CREATE VIEW contact WITH (security_invoker = true) AS
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
SELECT here.contact_id,
	employer.account_id,
	here.name,
	email.address AS email,
	here.phone,
	here.title,
	part.role,
	NULL::text AS seniority,
	here.department,
	true AS is_active,
	coalesce(here.is_not_called, false) OR coalesce(email.is_opted_out, false) AS do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (
	SELECT NULL::text AS first_name,
		NULL::text AS last_name,
		NULL::text AS title,
		NULL::text AS department,
		NULL::text AS phone_work,
		NULL::text AS phone_mobile,
		NULL::text AS do_not_call,
		NULL::text AS deleted,
		NULL::timestamp AS date_entered
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS contact_id,
		nullif(concat_ws(' ', nullif(first_name::text, ''), nullif(last_name::text, '')), '') AS name,
		coalesce(nullif(phone_work::text, ''), nullif(phone_mobile::text, '')) AS phone,
		nullif(title::text, '') AS title,
		nullif(department::text, '') AS department,
		do_not_call::text = ANY (ARRAY['1', 't', 'true']) AS is_not_called,
		to_timestamp(extract(epoch FROM date_entered)) AS created_at
	FROM :"source".contacts
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here
LEFT JOIN link AS employer ON employer.contact_id = here.contact_id
	AND NOT EXISTS (
		SELECT
		FROM link AS newer
		WHERE newer.contact_id = employer.contact_id
			AND (newer.changed_at, newer.link_id) > (employer.changed_at, employer.link_id))
LEFT JOIN LATERAL (
	SELECT address.address, address.is_opted_out
	FROM (
		SELECT NULL::text AS bean_id,
			NULL::text AS bean_module,
			NULL::text AS email_address_id,
			NULL::text AS primary_address,
			NULL::text AS deleted
	) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS rel_id,
			bean_id::text AS bean_id,
			bean_module::text AS module,
			email_address_id::text AS address_id,
			primary_address::text = ANY (ARRAY['1', 't', 'true']) AS is_primary
		FROM :"source".email_addr_bean_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	CROSS JOIN LATERAL (
		SELECT inside.*
		FROM (SELECT NULL::text AS email_address, NULL::text AS opt_out, NULL::text AS deleted) AS absent_5
		CROSS JOIN LATERAL (
			SELECT id::text AS address_id, email_address::text AS address, opt_out::text = ANY (ARRAY['1', 't', 'true']) AS is_opted_out
			FROM :"source".email_addresses
			WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		) AS inside
	) AS address
	WHERE each.bean_id = here.contact_id AND each.module = 'Contacts' AND address.address_id = each.address_id
	ORDER BY each.is_primary DESC NULLS LAST, each.rel_id
	LIMIT 1
) AS email ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS contact_role, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_6
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			contact_id::text AS contact_id,
			contact_role::text AS role,
			date_modified AS changed_at
		FROM :"source".opportunities_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.contact_id = here.contact_id AND each.role <> ''
	ORDER BY each.changed_at DESC NULLS LAST, each.link_id
	LIMIT 1
) AS part ON true;
