-- entity: touchpoint
-- reads: calls, calls_contacts, calls_leads, meetings, meetings_contacts, meetings_leads, emails, emails_email_addr_rel, email_addr_bean_rel
-- reads: campaign_log, contacts, leads, accounts, accounts_contacts
CREATE VIEW touchpoint WITH (security_invoker = true) AS
-- what several arms read; not materialized, so that filters reach the tables
WITH link AS NOT MATERIALIZED (
	SELECT each.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			contact_id::text AS contact_id,
			account_id::text AS account_id,
			coalesce(date_modified, '-infinity') AS changed_at
		FROM :"source".accounts_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
), employer AS NOT MATERIALIZED (
	SELECT link.contact_id, link.account_id
	FROM link
	WHERE NOT EXISTS (
		SELECT
		FROM link AS newer
		WHERE newer.contact_id = link.contact_id
			AND (newer.changed_at, newer.link_id) > (link.changed_at, link.link_id))
), contact AS NOT MATERIALIZED (
	SELECT each.*
	FROM (SELECT NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id
		FROM :"source".contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
), lead AS NOT MATERIALIZED (
	-- with the account and the contact that it became
	SELECT here.lead_id, account.account_id, contact.contact_id
	FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::text AS deleted) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id::text AS lead_id,
			account_id::text AS account_ref,
			contact_id::text AS contact_ref
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
	LEFT JOIN contact ON contact.contact_id = here.contact_ref
), call AS NOT MATERIALIZED (
	SELECT each.*
	FROM (
		SELECT NULL::text AS status,
			NULL::timestamp AS date_start,
			NULL::integer AS duration_hours,
			NULL::integer AS duration_minutes,
			NULL::text AS direction,
			NULL::text AS parent_type,
			NULL::text AS assigned_user_id,
			NULL::text AS deleted
	) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS call_id,
			to_timestamp(extract(epoch FROM date_start)) AS starts_at,
			CASE WHEN direction::text = 'Inbound' THEN 'inbound' ELSE 'outbound' END AS direction,
			CASE status::text WHEN 'Held' THEN 'connected' ELSE 'attempted' END AS outcome,
			CASE WHEN parent_type::text = 'Cases' THEN 'service' WHEN parent_type::text = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
			nullif(assigned_user_id::text, '') AS owner_id,
			CASE WHEN status::text = 'Held' THEN nullif(coalesce(duration_hours, 0) * 60 + coalesce(duration_minutes, 0), 0)::numeric END AS minutes
		FROM :"source".calls
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND status::text = ANY (ARRAY['Held', 'Not Held'])
	) AS each
), meeting AS NOT MATERIALIZED (
	SELECT each.*
	FROM (
		SELECT NULL::text AS status,
			NULL::timestamp AS date_start,
			NULL::integer AS duration_hours,
			NULL::integer AS duration_minutes,
			NULL::text AS parent_type,
			NULL::text AS assigned_user_id,
			NULL::text AS deleted
	) AS absent_5
	CROSS JOIN LATERAL (
		SELECT id::text AS meeting_id,
			to_timestamp(extract(epoch FROM date_start)) AS starts_at,
			CASE status::text WHEN 'Held' THEN 'attended' ELSE 'attempted' END AS outcome,
			CASE WHEN parent_type::text = 'Cases' THEN 'service' WHEN parent_type::text = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
			nullif(assigned_user_id::text, '') AS owner_id,
			CASE WHEN status::text = 'Held' THEN nullif(coalesce(duration_hours, 0) * 60 + coalesce(duration_minutes, 0), 0)::numeric END AS minutes
		FROM :"source".meetings
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND status::text = ANY (ARRAY['Held', 'Not Held'])
	) AS each
), email AS NOT MATERIALIZED (
	SELECT each.*
	FROM (
		SELECT NULL::text AS type,
			NULL::text AS status,
			NULL::timestamp AS date_sent_received,
			NULL::timestamp AS date_sent,
			NULL::timestamp AS date_entered,
			NULL::text AS parent_type,
			NULL::text AS assigned_user_id,
			NULL::text AS deleted
	) AS absent_6
	CROSS JOIN LATERAL (
		SELECT id::text AS email_id,
			type::text AS type,
			to_timestamp(extract(epoch FROM coalesce(date_sent_received, date_sent, date_entered))) AS sent_at,
			CASE WHEN status::text = 'send_error' THEN 'bounced' ELSE 'attempted' END AS outcome,
			CASE WHEN parent_type::text = 'Cases' THEN 'service' WHEN parent_type::text = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
			nullif(assigned_user_id::text, '') AS owner_id
		FROM :"source".emails
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND type::text = ANY (ARRAY['out', 'inbound', 'archived'])
			AND coalesce(status::text, '') <> 'draft'
	) AS each
), party AS NOT MATERIALIZED (
	-- who bears an address that is on a message
	SELECT address.email_id, address.address_type, address.address_id, bean.bean_id, bean.module
	FROM (SELECT NULL::text AS email_id, NULL::text AS address_type, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_7
	CROSS JOIN LATERAL (
		SELECT email_id::text AS email_id,
			address_type::text AS address_type,
			email_address_id::text AS address_id
		FROM :"source".emails_email_addr_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS address
	JOIN LATERAL (
		SELECT each.*
		FROM (SELECT NULL::text AS bean_id, NULL::text AS bean_module, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_8
		CROSS JOIN LATERAL (
			SELECT bean_id::text AS bean_id,
				bean_module::text AS module,
				email_address_id::text AS address_id
			FROM :"source".email_addr_bean_rel
			WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		) AS each
		WHERE each.address_id = address.address_id AND each.module = ANY (ARRAY['Contacts', 'Leads'])
	) AS bean ON true
), sending AS NOT MATERIALIZED (
	-- messages: to whom they were addressed, not who has a copy; and from whom they
	-- came. An archived one came in if its sender is a contact or lead.
	SELECT email.email_id, email.sent_at, email.purpose, email.owner_id, party.bean_id, party.module, party.address_id,
		'outbound' AS direction,
		email.outcome
	FROM email
	JOIN party ON party.email_id = email.email_id AND party.address_type = 'to'
	WHERE email.type = 'out'
		OR (email.type = 'archived'
			AND NOT EXISTS (SELECT FROM party AS sender WHERE sender.email_id = email.email_id AND sender.address_type = 'from'))
	UNION ALL
	SELECT email.email_id, email.sent_at, email.purpose, email.owner_id, party.bean_id, party.module, party.address_id,
		'inbound' AS direction,
		'replied' AS outcome
	FROM email
	JOIN party ON party.email_id = email.email_id AND party.address_type = 'from'
	WHERE email.type = ANY (ARRAY['inbound', 'archived'])
), mailing AS NOT MATERIALIZED (
	SELECT each.*
	FROM (
		SELECT NULL::text AS campaign_id,
			NULL::text AS target_id,
			NULL::text AS target_type,
			NULL::text AS activity_type,
			NULL::timestamp AS activity_date,
			NULL::text AS deleted
	) AS absent_9
	CROSS JOIN LATERAL (
		SELECT id::text AS log_id,
			campaign_id::text AS program_id,
			target_id::text AS target_id,
			target_type::text AS target_type,
			CASE activity_type::text WHEN 'targeted' THEN 'attempted' WHEN 'viewed' THEN 'opened' WHEN 'link' THEN 'opened' ELSE 'bounced' END AS outcome,
			to_timestamp(extract(epoch FROM activity_date)) AS happened_at
		FROM :"source".campaign_log
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND activity_type::text = ANY (ARRAY['targeted', 'viewed', 'link', 'send error', 'invalid email'])
	) AS each
)
SELECT 'calls_contacts,' || guest.link_id AS touchpoint_id,
	employer.account_id,
	guest.contact_id,
	NULL::text AS lead_id,
	call.starts_at AS occurred_at,
	'phone' AS channel,
	call.direction AS direction,
	call.outcome AS outcome,
	call.purpose AS purpose,
	call.owner_id AS owner_id,
	call.minutes AS duration_minutes,
	NULL::text AS program_id
FROM call
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS call_id, NULL::text AS contact_id, NULL::text AS accept_status, NULL::text AS deleted) AS absent_10
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			call_id::text AS call_id,
			contact_id::text AS contact_id
		FROM :"source".calls_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND accept_status::text IS DISTINCT FROM 'decline'
	) AS each
	WHERE each.call_id = call.call_id
) AS guest ON true
LEFT JOIN employer ON employer.contact_id = guest.contact_id
UNION ALL
SELECT 'calls_leads,' || guest.link_id AS touchpoint_id,
	lead.account_id,
	lead.contact_id,
	lead.lead_id AS lead_id,
	call.starts_at AS occurred_at,
	'phone' AS channel,
	call.direction AS direction,
	call.outcome AS outcome,
	call.purpose AS purpose,
	call.owner_id AS owner_id,
	call.minutes AS duration_minutes,
	NULL AS program_id
FROM call
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS call_id, NULL::text AS lead_id, NULL::text AS accept_status, NULL::text AS deleted) AS absent_11
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			call_id::text AS call_id,
			lead_id::text AS lead_id
		FROM :"source".calls_leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND accept_status::text IS DISTINCT FROM 'decline'
	) AS each
	WHERE each.call_id = call.call_id
) AS guest ON true
JOIN lead ON lead.lead_id = guest.lead_id
UNION ALL
SELECT 'meetings_contacts,' || guest.link_id AS touchpoint_id,
	employer.account_id,
	guest.contact_id,
	NULL AS lead_id,
	meeting.starts_at AS occurred_at,
	'meeting' AS channel,
	'outbound' AS direction,
	meeting.outcome AS outcome,
	meeting.purpose AS purpose,
	meeting.owner_id AS owner_id,
	meeting.minutes AS duration_minutes,
	NULL AS program_id
FROM meeting
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS meeting_id, NULL::text AS contact_id, NULL::text AS accept_status, NULL::text AS deleted) AS absent_12
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			meeting_id::text AS meeting_id,
			contact_id::text AS contact_id
		FROM :"source".meetings_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND accept_status::text IS DISTINCT FROM 'decline'
	) AS each
	WHERE each.meeting_id = meeting.meeting_id
) AS guest ON true
LEFT JOIN employer ON employer.contact_id = guest.contact_id
UNION ALL
SELECT 'meetings_leads,' || guest.link_id AS touchpoint_id,
	lead.account_id,
	lead.contact_id,
	lead.lead_id AS lead_id,
	meeting.starts_at AS occurred_at,
	'meeting' AS channel,
	'outbound' AS direction,
	meeting.outcome AS outcome,
	meeting.purpose AS purpose,
	meeting.owner_id AS owner_id,
	meeting.minutes AS duration_minutes,
	NULL AS program_id
FROM meeting
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS meeting_id, NULL::text AS lead_id, NULL::text AS accept_status, NULL::text AS deleted) AS absent_13
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			meeting_id::text AS meeting_id,
			lead_id::text AS lead_id
		FROM :"source".meetings_leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND accept_status::text IS DISTINCT FROM 'decline'
	) AS each
	WHERE each.meeting_id = meeting.meeting_id
) AS guest ON true
JOIN lead ON lead.lead_id = guest.lead_id
UNION ALL
SELECT 'emails,' || sending.email_id || ',' || sending.bean_id AS touchpoint_id,
	employer.account_id,
	contact.contact_id,
	NULL AS lead_id,
	sending.sent_at AS occurred_at,
	'email' AS channel,
	sending.direction AS direction,
	sending.outcome AS outcome,
	sending.purpose AS purpose,
	sending.owner_id AS owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM sending
JOIN contact ON contact.contact_id = sending.bean_id
LEFT JOIN employer ON employer.contact_id = contact.contact_id
WHERE sending.module = 'Contacts'
UNION ALL
-- a lead bears the same address as the contact that it became: that one has the touch
SELECT 'emails,' || sending.email_id || ',' || sending.bean_id AS touchpoint_id,
	lead.account_id,
	lead.contact_id,
	lead.lead_id AS lead_id,
	sending.sent_at AS occurred_at,
	'email' AS channel,
	sending.direction AS direction,
	sending.outcome AS outcome,
	sending.purpose AS purpose,
	sending.owner_id AS owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM sending
JOIN lead ON lead.lead_id = sending.bean_id
WHERE sending.module = 'Leads'
	AND NOT EXISTS (
		SELECT
		FROM (SELECT NULL::text AS bean_id, NULL::text AS bean_module, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_14
		CROSS JOIN LATERAL (
			SELECT bean_id::text AS bean_id,
				bean_module::text AS module,
				email_address_id::text AS address_id
			FROM :"source".email_addr_bean_rel
			WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		) AS same
		WHERE same.address_id = sending.address_id AND same.module = 'Contacts' AND same.bean_id = lead.contact_id)
UNION ALL
-- campaigns
SELECT 'campaign_log,' || mailing.log_id AS touchpoint_id,
	employer.account_id,
	contact.contact_id,
	NULL AS lead_id,
	mailing.happened_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	mailing.outcome AS outcome,
	'nurture' AS purpose,
	NULL AS owner_id,
	NULL AS duration_minutes,
	mailing.program_id AS program_id
FROM mailing
JOIN contact ON contact.contact_id = mailing.target_id
LEFT JOIN employer ON employer.contact_id = contact.contact_id
WHERE mailing.target_type = 'Contacts'
UNION ALL
SELECT 'campaign_log,' || mailing.log_id AS touchpoint_id,
	lead.account_id,
	lead.contact_id,
	lead.lead_id AS lead_id,
	mailing.happened_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	mailing.outcome AS outcome,
	'nurture' AS purpose,
	NULL AS owner_id,
	NULL AS duration_minutes,
	mailing.program_id AS program_id
FROM mailing
JOIN lead ON lead.lead_id = mailing.target_id
WHERE mailing.target_type = 'Leads';
