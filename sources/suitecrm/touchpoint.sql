-- entity: touchpoint
-- reads: calls, calls_contacts, calls_leads, meetings, meetings_contacts, meetings_leads, emails, emails_email_addr_rel, email_addr_bean_rel
-- reads: campaign_log, contacts, leads, accounts, accounts_contacts
CREATE VIEW touchpoint WITH (security_invoker = true) AS
-- calls
SELECT 'calls_contacts,' || guest.link_id AS touchpoint_id,
	employer.account_id AS account_id,
	guest.contact_id AS contact_id,
	NULL::text AS lead_id,
	here.starts_at AS occurred_at,
	'phone' AS channel,
	CASE WHEN here.direction = 'Inbound' THEN 'inbound' ELSE 'outbound' END AS direction,
	CASE here.status WHEN 'Held' THEN 'connected' ELSE 'attempted' END AS outcome,
	CASE WHEN here.parent_type = 'Cases' THEN 'service' WHEN here.parent_type = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
	here.owner_id AS owner_id,
	CASE WHEN here.status = 'Held' THEN nullif(here.minutes, 0) END AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS status,
		NULL::timestamp AS date_start,
		NULL::integer AS duration_hours,
		NULL::integer AS duration_minutes,
		NULL::text AS direction,
		NULL::text AS parent_type,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS event_id,
		status::text AS status,
		to_timestamp(extract(epoch FROM date_start)) AS starts_at,
		direction::text AS direction,
		parent_type::text AS parent_type,
		nullif(assigned_user_id::text, '') AS owner_id,
		(coalesce(duration_hours, 0) * 60 + coalesce(duration_minutes, 0))::numeric AS minutes
	FROM :"source".calls
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND status::text = ANY (ARRAY['Held', 'Not Held'])
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS call_id, NULL::text AS contact_id, NULL::text AS accept_status, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			call_id::text AS event_id,
			contact_id::text AS contact_id
		FROM :"source".calls_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND accept_status::text IS DISTINCT FROM 'decline'
	) AS each
	WHERE each.event_id = here.event_id
) AS guest ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			contact_id::text AS near,
			account_id::text AS account_id,
			date_modified AS changed_at
		FROM :"source".accounts_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.near = guest.contact_id
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::text AS contact_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_4
			CROSS JOIN LATERAL (
				SELECT id::text AS link_id, contact_id::text AS near, date_modified AS changed_at
				FROM :"source".accounts_contacts
				WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			) AS newer
			WHERE newer.near = each.near
				AND (coalesce(newer.changed_at, '-infinity'), newer.link_id) > (coalesce(each.changed_at, '-infinity'), each.link_id))
) AS employer ON true
UNION ALL
SELECT 'calls_leads,' || guest.link_id AS touchpoint_id,
	account.account_id AS account_id,
	NULL AS contact_id,
	guest.lead_id AS lead_id,
	here.starts_at AS occurred_at,
	'phone' AS channel,
	CASE WHEN here.direction = 'Inbound' THEN 'inbound' ELSE 'outbound' END AS direction,
	CASE here.status WHEN 'Held' THEN 'connected' ELSE 'attempted' END AS outcome,
	CASE WHEN here.parent_type = 'Cases' THEN 'service' WHEN here.parent_type = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
	here.owner_id AS owner_id,
	CASE WHEN here.status = 'Held' THEN nullif(here.minutes, 0) END AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS status,
		NULL::timestamp AS date_start,
		NULL::integer AS duration_hours,
		NULL::integer AS duration_minutes,
		NULL::text AS direction,
		NULL::text AS parent_type,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS event_id,
		status::text AS status,
		to_timestamp(extract(epoch FROM date_start)) AS starts_at,
		direction::text AS direction,
		parent_type::text AS parent_type,
		nullif(assigned_user_id::text, '') AS owner_id,
		(coalesce(duration_hours, 0) * 60 + coalesce(duration_minutes, 0))::numeric AS minutes
	FROM :"source".calls
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND status::text = ANY (ARRAY['Held', 'Not Held'])
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS call_id, NULL::text AS lead_id, NULL::text AS accept_status, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			call_id::text AS event_id,
			lead_id::text AS lead_id
		FROM :"source".calls_leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND accept_status::text IS DISTINCT FROM 'decline'
	) AS each
	WHERE each.event_id = here.event_id
) AS guest ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS account_id, NULL::text AS deleted) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id::text AS lead_id,
			account_id::text AS account_ref
		FROM :"source".leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.lead_id = guest.lead_id
) AS person ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS account_id
		FROM :"source".accounts
	) AS each
	WHERE each.account_id = person.account_ref
) AS account ON true
UNION ALL
-- meetings
SELECT 'meetings_contacts,' || guest.link_id AS touchpoint_id,
	employer.account_id AS account_id,
	guest.contact_id AS contact_id,
	NULL::text AS lead_id,
	here.starts_at AS occurred_at,
	'meeting' AS channel,
	'outbound' AS direction,
	CASE here.status WHEN 'Held' THEN 'attended' ELSE 'attempted' END AS outcome,
	CASE WHEN here.parent_type = 'Cases' THEN 'service' WHEN here.parent_type = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
	here.owner_id AS owner_id,
	CASE WHEN here.status = 'Held' THEN nullif(here.minutes, 0) END AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS status,
		NULL::timestamp AS date_start,
		NULL::integer AS duration_hours,
		NULL::integer AS duration_minutes,
		NULL::text AS parent_type,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS event_id,
		status::text AS status,
		to_timestamp(extract(epoch FROM date_start)) AS starts_at,
		parent_type::text AS parent_type,
		nullif(assigned_user_id::text, '') AS owner_id,
		(coalesce(duration_hours, 0) * 60 + coalesce(duration_minutes, 0))::numeric AS minutes
	FROM :"source".meetings
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND status::text = ANY (ARRAY['Held', 'Not Held'])
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS meeting_id, NULL::text AS contact_id, NULL::text AS accept_status, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			meeting_id::text AS event_id,
			contact_id::text AS contact_id
		FROM :"source".meetings_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND accept_status::text IS DISTINCT FROM 'decline'
	) AS each
	WHERE each.event_id = here.event_id
) AS guest ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			contact_id::text AS near,
			account_id::text AS account_id,
			date_modified AS changed_at
		FROM :"source".accounts_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.near = guest.contact_id
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::text AS contact_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_4
			CROSS JOIN LATERAL (
				SELECT id::text AS link_id, contact_id::text AS near, date_modified AS changed_at
				FROM :"source".accounts_contacts
				WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			) AS newer
			WHERE newer.near = each.near
				AND (coalesce(newer.changed_at, '-infinity'), newer.link_id) > (coalesce(each.changed_at, '-infinity'), each.link_id))
) AS employer ON true
UNION ALL
SELECT 'meetings_leads,' || guest.link_id AS touchpoint_id,
	account.account_id AS account_id,
	NULL AS contact_id,
	guest.lead_id AS lead_id,
	here.starts_at AS occurred_at,
	'meeting' AS channel,
	'outbound' AS direction,
	CASE here.status WHEN 'Held' THEN 'attended' ELSE 'attempted' END AS outcome,
	CASE WHEN here.parent_type = 'Cases' THEN 'service' WHEN here.parent_type = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
	here.owner_id AS owner_id,
	CASE WHEN here.status = 'Held' THEN nullif(here.minutes, 0) END AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS status,
		NULL::timestamp AS date_start,
		NULL::integer AS duration_hours,
		NULL::integer AS duration_minutes,
		NULL::text AS parent_type,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS event_id,
		status::text AS status,
		to_timestamp(extract(epoch FROM date_start)) AS starts_at,
		parent_type::text AS parent_type,
		nullif(assigned_user_id::text, '') AS owner_id,
		(coalesce(duration_hours, 0) * 60 + coalesce(duration_minutes, 0))::numeric AS minutes
	FROM :"source".meetings
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND status::text = ANY (ARRAY['Held', 'Not Held'])
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS meeting_id, NULL::text AS lead_id, NULL::text AS accept_status, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			meeting_id::text AS event_id,
			lead_id::text AS lead_id
		FROM :"source".meetings_leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND accept_status::text IS DISTINCT FROM 'decline'
	) AS each
	WHERE each.event_id = here.event_id
) AS guest ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS account_id, NULL::text AS deleted) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id::text AS lead_id,
			account_id::text AS account_ref
		FROM :"source".leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.lead_id = guest.lead_id
) AS person ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS account_id
		FROM :"source".accounts
	) AS each
	WHERE each.account_id = person.account_ref
) AS account ON true
UNION ALL
-- messages: to whom they were addressed, not who has a copy
SELECT 'emails,' || here.email_id || ',' || person.bean_id AS touchpoint_id,
	employer.account_id AS account_id,
	contact.contact_id AS contact_id,
	NULL::text AS lead_id,
	here.sent_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	CASE WHEN here.status = 'send_error' THEN 'bounced' ELSE 'attempted' END AS outcome,
	CASE WHEN here.parent_type = 'Cases' THEN 'service' WHEN here.parent_type = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
	here.owner_id AS owner_id,
	NULL::numeric AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS type,
		NULL::text AS status,
		NULL::timestamp AS date_sent_received,
		NULL::timestamp AS date_sent,
		NULL::timestamp AS date_entered,
		NULL::text AS parent_type,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS email_id,
		type::text AS type,
		status::text AS status,
		to_timestamp(extract(epoch FROM coalesce(date_sent_received, date_sent, date_entered))) AS sent_at,
		parent_type::text AS parent_type,
		nullif(assigned_user_id::text, '') AS owner_id
	FROM :"source".emails
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND type::text = ANY (ARRAY['out', 'archived'])
		AND coalesce(status::text, '') <> 'draft'
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS email_id, NULL::text AS address_type, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT email_id::text AS email_id,
			address_type::text AS address_type,
			email_address_id::text AS address_id
		FROM :"source".emails_email_addr_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.email_id = here.email_id AND each.address_type = 'to'
) AS address ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS bean_id, NULL::text AS bean_module, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_3
	CROSS JOIN LATERAL (
		SELECT bean_id::text AS bean_id,
			bean_module::text AS module,
			email_address_id::text AS address_id
		FROM :"source".email_addr_bean_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.address_id = address.address_id AND each.module = 'Contacts'
) AS person ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS deleted) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id
		FROM :"source".contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.contact_id = person.bean_id
) AS contact ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_5
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			contact_id::text AS near,
			account_id::text AS account_id,
			date_modified AS changed_at
		FROM :"source".accounts_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.near = contact.contact_id
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::text AS contact_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_6
			CROSS JOIN LATERAL (
				SELECT id::text AS link_id, contact_id::text AS near, date_modified AS changed_at
				FROM :"source".accounts_contacts
				WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			) AS newer
			WHERE newer.near = each.near
				AND (coalesce(newer.changed_at, '-infinity'), newer.link_id) > (coalesce(each.changed_at, '-infinity'), each.link_id))
) AS employer ON true
WHERE (here.type = 'out' OR NOT EXISTS (
	SELECT
	FROM (SELECT NULL::text AS email_id, NULL::text AS address_type, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_7
	CROSS JOIN LATERAL (
		SELECT email_id::text AS email_id, address_type::text AS address_type, email_address_id::text AS address_id
		FROM :"source".emails_email_addr_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS sender
	CROSS JOIN LATERAL (
		SELECT inside.*
		FROM (SELECT NULL::text AS bean_module, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_8
		CROSS JOIN LATERAL (
			SELECT bean_module::text AS module, email_address_id::text AS address_id
			FROM :"source".email_addr_bean_rel
			WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		) AS inside
	) AS author
	WHERE sender.email_id = here.email_id AND sender.address_type = 'from' AND author.address_id = sender.address_id AND author.module = ANY (ARRAY['Contacts', 'Leads'])))
UNION ALL
SELECT 'emails,' || here.email_id || ',' || person.bean_id AS touchpoint_id,
	account.account_id AS account_id,
	NULL AS contact_id,
	lead.lead_id AS lead_id,
	here.sent_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	CASE WHEN here.status = 'send_error' THEN 'bounced' ELSE 'attempted' END AS outcome,
	CASE WHEN here.parent_type = 'Cases' THEN 'service' WHEN here.parent_type = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
	here.owner_id AS owner_id,
	NULL::numeric AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS type,
		NULL::text AS status,
		NULL::timestamp AS date_sent_received,
		NULL::timestamp AS date_sent,
		NULL::timestamp AS date_entered,
		NULL::text AS parent_type,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS email_id,
		type::text AS type,
		status::text AS status,
		to_timestamp(extract(epoch FROM coalesce(date_sent_received, date_sent, date_entered))) AS sent_at,
		parent_type::text AS parent_type,
		nullif(assigned_user_id::text, '') AS owner_id
	FROM :"source".emails
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND type::text = ANY (ARRAY['out', 'archived'])
		AND coalesce(status::text, '') <> 'draft'
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS email_id, NULL::text AS address_type, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT email_id::text AS email_id,
			address_type::text AS address_type,
			email_address_id::text AS address_id
		FROM :"source".emails_email_addr_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.email_id = here.email_id AND each.address_type = 'to'
) AS address ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS bean_id, NULL::text AS bean_module, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_3
	CROSS JOIN LATERAL (
		SELECT bean_id::text AS bean_id,
			bean_module::text AS module,
			email_address_id::text AS address_id
		FROM :"source".email_addr_bean_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.address_id = address.address_id AND each.module = 'Leads'
) AS person ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS account_id, NULL::text AS deleted) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS lead_id,
			account_id::text AS account_ref
		FROM :"source".leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.lead_id = person.bean_id
) AS lead ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS account_id
		FROM :"source".accounts
	) AS each
	WHERE each.account_id = lead.account_ref
) AS account ON true
WHERE (here.type = 'out' OR NOT EXISTS (
	SELECT
	FROM (SELECT NULL::text AS email_id, NULL::text AS address_type, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_5
	CROSS JOIN LATERAL (
		SELECT email_id::text AS email_id, address_type::text AS address_type, email_address_id::text AS address_id
		FROM :"source".emails_email_addr_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS sender
	CROSS JOIN LATERAL (
		SELECT inside.*
		FROM (SELECT NULL::text AS bean_module, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_6
		CROSS JOIN LATERAL (
			SELECT bean_module::text AS module, email_address_id::text AS address_id
			FROM :"source".email_addr_bean_rel
			WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		) AS inside
	) AS author
	WHERE sender.email_id = here.email_id AND sender.address_type = 'from' AND author.address_id = sender.address_id AND author.module = ANY (ARRAY['Contacts', 'Leads'])))
UNION ALL
-- and from whom they came
SELECT 'emails,' || here.email_id || ',' || person.bean_id AS touchpoint_id,
	employer.account_id AS account_id,
	contact.contact_id AS contact_id,
	NULL::text AS lead_id,
	here.sent_at AS occurred_at,
	'email' AS channel,
	'inbound' AS direction,
	'replied' AS outcome,
	CASE WHEN here.parent_type = 'Cases' THEN 'service' WHEN here.parent_type = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
	here.owner_id AS owner_id,
	NULL::numeric AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS type,
		NULL::text AS status,
		NULL::timestamp AS date_sent_received,
		NULL::timestamp AS date_sent,
		NULL::timestamp AS date_entered,
		NULL::text AS parent_type,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS email_id,
		type::text AS type,
		status::text AS status,
		to_timestamp(extract(epoch FROM coalesce(date_sent_received, date_sent, date_entered))) AS sent_at,
		parent_type::text AS parent_type,
		nullif(assigned_user_id::text, '') AS owner_id
	FROM :"source".emails
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND type::text = ANY (ARRAY['inbound', 'archived'])
		AND coalesce(status::text, '') <> 'draft'
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS email_id, NULL::text AS address_type, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT email_id::text AS email_id,
			address_type::text AS address_type,
			email_address_id::text AS address_id
		FROM :"source".emails_email_addr_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.email_id = here.email_id AND each.address_type = 'from'
) AS address ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS bean_id, NULL::text AS bean_module, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_3
	CROSS JOIN LATERAL (
		SELECT bean_id::text AS bean_id,
			bean_module::text AS module,
			email_address_id::text AS address_id
		FROM :"source".email_addr_bean_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.address_id = address.address_id AND each.module = 'Contacts'
) AS person ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS deleted) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id
		FROM :"source".contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.contact_id = person.bean_id
) AS contact ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_5
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			contact_id::text AS near,
			account_id::text AS account_id,
			date_modified AS changed_at
		FROM :"source".accounts_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.near = contact.contact_id
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::text AS contact_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_6
			CROSS JOIN LATERAL (
				SELECT id::text AS link_id, contact_id::text AS near, date_modified AS changed_at
				FROM :"source".accounts_contacts
				WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			) AS newer
			WHERE newer.near = each.near
				AND (coalesce(newer.changed_at, '-infinity'), newer.link_id) > (coalesce(each.changed_at, '-infinity'), each.link_id))
) AS employer ON true
UNION ALL
SELECT 'emails,' || here.email_id || ',' || person.bean_id AS touchpoint_id,
	account.account_id AS account_id,
	NULL AS contact_id,
	lead.lead_id AS lead_id,
	here.sent_at AS occurred_at,
	'email' AS channel,
	'inbound' AS direction,
	'replied' AS outcome,
	CASE WHEN here.parent_type = 'Cases' THEN 'service' WHEN here.parent_type = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
	here.owner_id AS owner_id,
	NULL::numeric AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS type,
		NULL::text AS status,
		NULL::timestamp AS date_sent_received,
		NULL::timestamp AS date_sent,
		NULL::timestamp AS date_entered,
		NULL::text AS parent_type,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS email_id,
		type::text AS type,
		status::text AS status,
		to_timestamp(extract(epoch FROM coalesce(date_sent_received, date_sent, date_entered))) AS sent_at,
		parent_type::text AS parent_type,
		nullif(assigned_user_id::text, '') AS owner_id
	FROM :"source".emails
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND type::text = ANY (ARRAY['inbound', 'archived'])
		AND coalesce(status::text, '') <> 'draft'
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS email_id, NULL::text AS address_type, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT email_id::text AS email_id,
			address_type::text AS address_type,
			email_address_id::text AS address_id
		FROM :"source".emails_email_addr_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.email_id = here.email_id AND each.address_type = 'from'
) AS address ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS bean_id, NULL::text AS bean_module, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_3
	CROSS JOIN LATERAL (
		SELECT bean_id::text AS bean_id,
			bean_module::text AS module,
			email_address_id::text AS address_id
		FROM :"source".email_addr_bean_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.address_id = address.address_id AND each.module = 'Leads'
) AS person ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS account_id, NULL::text AS deleted) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS lead_id,
			account_id::text AS account_ref
		FROM :"source".leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.lead_id = person.bean_id
) AS lead ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS account_id
		FROM :"source".accounts
	) AS each
	WHERE each.account_id = lead.account_ref
) AS account ON true
UNION ALL
-- campaigns
SELECT 'campaign_log,' || here.log_id AS touchpoint_id,
	employer.account_id AS account_id,
	contact.contact_id AS contact_id,
	NULL::text AS lead_id,
	here.happened_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	CASE here.activity WHEN 'targeted' THEN 'attempted' WHEN 'viewed' THEN 'opened' WHEN 'link' THEN 'opened' ELSE 'bounced' END AS outcome,
	'nurture' AS purpose,
	NULL::text AS owner_id,
	NULL::numeric AS duration_minutes,
	here.campaign_id AS program_id
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
		AND activity_type::text = ANY (ARRAY['targeted', 'viewed', 'link', 'send error', 'invalid email'])
		AND target_type::text = 'Contacts'
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id
		FROM :"source".contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.contact_id = here.target_id
) AS contact ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			contact_id::text AS near,
			account_id::text AS account_id,
			date_modified AS changed_at
		FROM :"source".accounts_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.near = contact.contact_id
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::text AS contact_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_4
			CROSS JOIN LATERAL (
				SELECT id::text AS link_id, contact_id::text AS near, date_modified AS changed_at
				FROM :"source".accounts_contacts
				WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			) AS newer
			WHERE newer.near = each.near
				AND (coalesce(newer.changed_at, '-infinity'), newer.link_id) > (coalesce(each.changed_at, '-infinity'), each.link_id))
) AS employer ON true
UNION ALL
SELECT 'campaign_log,' || here.log_id AS touchpoint_id,
	account.account_id AS account_id,
	NULL AS contact_id,
	lead.lead_id AS lead_id,
	here.happened_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	CASE here.activity WHEN 'targeted' THEN 'attempted' WHEN 'viewed' THEN 'opened' WHEN 'link' THEN 'opened' ELSE 'bounced' END AS outcome,
	'nurture' AS purpose,
	NULL::text AS owner_id,
	NULL::numeric AS duration_minutes,
	here.campaign_id AS program_id
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
		AND activity_type::text = ANY (ARRAY['targeted', 'viewed', 'link', 'send error', 'invalid email'])
		AND target_type::text = 'Leads'
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS account_id, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS lead_id,
			account_id::text AS account_ref
		FROM :"source".leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.lead_id = here.target_id
) AS lead ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS account_id
		FROM :"source".accounts
	) AS each
	WHERE each.account_id = lead.account_ref
) AS account ON true;
