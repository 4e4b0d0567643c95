-- entity: lead
-- reads: leads, accounts, contacts, opportunities, email_addr_bean_rel, email_addresses
CREATE VIEW lead WITH (security_invoker = true) AS
SELECT here.lead_id,
	account.account_id,
	person.contact_id,
	here.company,
	here.name,
	email.address AS email,
	here.source,
	here.status,
	here.owner_id,
	here.created_at,
	-- the day is not kept: when what it became was made, if that was later
	CASE WHEN here.is_converted THEN greatest(coalesce(deal.created_at, person.created_at, here.changed_at), here.created_at) END AS converted_at
FROM (
	SELECT NULL::text AS first_name,
		NULL::text AS last_name,
		NULL::text AS account_name,
		NULL::text AS account_id,
		NULL::text AS contact_id,
		NULL::text AS opportunity_id,
		NULL::text AS lead_source,
		NULL::text AS status,
		NULL::text AS converted,
		NULL::text AS assigned_user_id,
		NULL::timestamp AS date_entered,
		NULL::timestamp AS date_modified,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS lead_id,
		nullif(concat_ws(' ', nullif(first_name::text, ''), nullif(last_name::text, '')), '') AS name,
		nullif(account_name::text, '') AS company,
		account_id::text AS account_ref,
		contact_id::text AS contact_ref,
		opportunity_id::text AS opportunity_ref,
		nullif(lead_source::text, '') AS source,
		nullif(status::text, '') AS status,
		converted::text = ANY (ARRAY['1', 't', 'true']) OR status::text = 'Converted' AS is_converted,
		nullif(assigned_user_id::text, '') AS owner_id,
		to_timestamp(extract(epoch FROM date_entered)) AS created_at,
		to_timestamp(extract(epoch FROM date_modified)) AS changed_at
	FROM :"source".leads
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS account_id
		FROM :"source".accounts
	) AS each
	WHERE each.account_id = here.account_ref
) AS account ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::timestamp AS date_entered) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id,
			to_timestamp(extract(epoch FROM date_entered)) AS created_at
		FROM :"source".contacts
	) AS each
	WHERE each.contact_id = here.contact_ref
) AS person ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::timestamp AS date_entered) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id::text AS opportunity_id,
			to_timestamp(extract(epoch FROM date_entered)) AS created_at
		FROM :"source".opportunities
	) AS each
	WHERE each.opportunity_id = here.opportunity_ref
) AS deal ON true
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
	WHERE each.bean_id = here.lead_id AND each.module = 'Leads' AND address.address_id = each.address_id
	ORDER BY each.is_primary DESC NULLS LAST, each.rel_id
	LIMIT 1
) AS email ON true;
