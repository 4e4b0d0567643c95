-- entity: touchpoint
-- reads: mail_message, mail_message_res_partner_rel, mail_notification, mail_message_subtype, mail_activity_type
-- reads: calendar_event, calendar_attendee, crm_lead, res_partner, res_users
CREATE VIEW touchpoint WITH (security_invoker = true) AS
-- what several arms read; not materialized, so that filters reach the tables
WITH colleague AS (
	SELECT users.partner_id, min(users.id)::text AS owner_id
	FROM (SELECT NULL::integer AS partner_id, NULL::boolean AS share) AS absent
	CROSS JOIN LATERAL (
		SELECT id, partner_id
		FROM :"source".res_users
		WHERE share IS NOT TRUE
	) AS users
	GROUP BY users.partner_id
), partner AS NOT MATERIALIZED (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id::text AS account_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
), lead AS NOT MATERIALIZED (
	SELECT each.*
	FROM (SELECT NULL::text AS type, NULL::timestamp AS date_conversion, NULL::integer AS partner_id) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			CASE WHEN type = 'lead' OR date_conversion IS NOT NULL THEN id::text END AS lead_id,
			partner_id
		FROM :"source".crm_lead
	) AS each
), message AS NOT MATERIALIZED (
	-- what people wrote: no notices of the system, no notes for colleagues
	SELECT each.*
	FROM (
		SELECT NULL::text AS message_type,
			NULL::text AS model,
			NULL::integer AS res_id,
			NULL::timestamp AS date,
			NULL::integer AS author_id,
			NULL::integer AS subtype_id,
			NULL::boolean AS is_internal
	) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id,
			message_type::text AS message_type,
			date AT TIME ZONE 'UTC' AS sent_at,
			author_id,
			subtype_id,
			CASE WHEN model = 'crm.lead' THEN res_id END AS crm_lead_id,
			CASE
				WHEN model = ANY (ARRAY['crm.lead', 'sale.order']) THEN 'sales'
				WHEN model = ANY (ARRAY['helpdesk.ticket', 'account.move', 'project.task', 'stock.picking']) THEN 'service'
			END AS purpose
		FROM :"source".mail_message
		WHERE message_type = ANY (ARRAY['comment', 'email'])
			AND is_internal IS NOT TRUE
	) AS each
	WHERE NOT EXISTS (
		SELECT
		FROM (SELECT NULL::boolean AS internal) AS absent_5,
			LATERAL (SELECT id, internal AS is_note FROM :"source".mail_message_subtype) AS subtype
		WHERE subtype.id = each.subtype_id AND subtype.is_note)
), notification AS NOT MATERIALIZED (
	SELECT each.*
	FROM (
		SELECT NULL::integer AS mail_message_id,
			NULL::integer AS res_partner_id,
			NULL::text AS notification_type,
			NULL::text AS notification_status
	) AS absent_6
	CROSS JOIN LATERAL (
		SELECT mail_message_id,
			res_partner_id,
			notification_type::text AS type,
			notification_status IS NOT DISTINCT FROM 'canceled' AS is_canceled,
			-- whether it was read is not known
			CASE WHEN notification_status = ANY (ARRAY['bounce', 'exception']) THEN 'bounced' ELSE 'attempted' END AS outcome
		FROM :"source".mail_notification
	) AS each
), call AS NOT MATERIALIZED (
	SELECT message.*
	FROM (
		SELECT NULL::text AS model,
			NULL::integer AS res_id,
			NULL::timestamp AS date,
			NULL::integer AS author_id,
			NULL::integer AS mail_activity_type_id
	) AS absent_7
	CROSS JOIN LATERAL (
		SELECT id,
			model::text AS model,
			res_id,
			date AT TIME ZONE 'UTC' AS sent_at,
			author_id,
			mail_activity_type_id
		FROM :"source".mail_message
	) AS message
	JOIN LATERAL (
		SELECT each.*
		FROM (SELECT NULL::text AS category) AS absent_8
		CROSS JOIN LATERAL (SELECT id, category::text AS category FROM :"source".mail_activity_type) AS each
		WHERE each.id = message.mail_activity_type_id AND each.category = 'phonecall'
	) AS activity ON true
)
-- sent messages, to those to whom they were written, not to followers and people in copy
SELECT 'mail.message,' || message.id || ',' || partner.id AS touchpoint_id,
	partner.account_id,
	partner.contact_id,
	lead.lead_id,
	message.sent_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	coalesce(notification.outcome, 'attempted') AS outcome,
	message.purpose,
	author.owner_id,
	NULL::numeric AS duration_minutes,
	NULL::text AS program_id
FROM message
JOIN colleague AS author ON author.partner_id = message.author_id
JOIN :"source".mail_message_res_partner_rel AS recipient ON recipient.mail_message_id = message.id
JOIN partner ON partner.id = recipient.res_partner_id
LEFT JOIN lead ON lead.id = message.crm_lead_id
LEFT JOIN notification ON notification.mail_message_id = message.id AND notification.res_partner_id = recipient.res_partner_id
WHERE NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id)
	AND notification.is_canceled IS NOT TRUE
UNION ALL
-- one that names nobody outside went to those to whom it was e-mailed
SELECT 'mail.message,' || message.id || ',' || partner.id AS touchpoint_id,
	partner.account_id,
	partner.contact_id,
	lead.lead_id,
	message.sent_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	notification.outcome,
	message.purpose,
	author.owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM message
JOIN colleague AS author ON author.partner_id = message.author_id
JOIN notification ON notification.mail_message_id = message.id
JOIN partner ON partner.id = notification.res_partner_id
LEFT JOIN lead ON lead.id = message.crm_lead_id
WHERE notification.type = 'email'
	AND notification.is_canceled IS NOT TRUE
	AND NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id)
	AND NOT EXISTS (
		SELECT
		FROM :"source".mail_message_res_partner_rel AS recipient
		WHERE recipient.mail_message_id = message.id
			AND NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = recipient.res_partner_id))
UNION ALL
-- messages that came in
SELECT 'mail.message,' || message.id || ',' || partner.id AS touchpoint_id,
	partner.account_id,
	partner.contact_id,
	lead.lead_id,
	message.sent_at AS occurred_at,
	'email' AS channel,
	'inbound' AS direction,
	'replied' AS outcome,
	message.purpose,
	NULL AS owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM message
JOIN partner ON partner.id = message.author_id
LEFT JOIN lead ON lead.id = message.crm_lead_id
WHERE NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id)
UNION ALL
-- and those to a lead from an address that is no partner's
SELECT 'mail.message,' || message.id AS touchpoint_id,
	NULL AS account_id,
	NULL AS contact_id,
	lead.lead_id,
	message.sent_at AS occurred_at,
	'email' AS channel,
	'inbound' AS direction,
	'replied' AS outcome,
	message.purpose,
	NULL AS owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM message
JOIN lead ON lead.id = message.crm_lead_id
WHERE message.author_id IS NULL
	AND message.message_type = 'email'
	AND lead.lead_id IS NOT NULL
UNION ALL
-- calls that were marked as done, with partners and on leads
SELECT 'mail.message,' || call.id || ',' || partner.id AS touchpoint_id,
	partner.account_id,
	partner.contact_id,
	NULL AS lead_id,
	call.sent_at AS occurred_at,
	'phone' AS channel,
	'outbound' AS direction,
	'connected' AS outcome,
	NULL AS purpose,
	author.owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM call
JOIN partner ON partner.id = call.res_id
LEFT JOIN colleague AS author ON author.partner_id = call.author_id
WHERE call.model = 'res.partner'
	AND NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id)
UNION ALL
SELECT 'mail.message,' || call.id || ',' || partner.id AS touchpoint_id,
	partner.account_id,
	partner.contact_id,
	lead.lead_id,
	call.sent_at AS occurred_at,
	'phone' AS channel,
	'outbound' AS direction,
	'connected' AS outcome,
	'sales' AS purpose,
	author.owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM call
JOIN lead ON lead.id = call.res_id
JOIN partner ON partner.id = lead.partner_id
LEFT JOIN colleague AS author ON author.partner_id = call.author_id
WHERE call.model = 'crm.lead'
	AND NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id)
UNION ALL
-- Meetings, for each who was invited and did not decline. Whether one came is
-- not recorded; a meeting that did not take place is archived or deleted.
SELECT 'calendar.event,' || event.id || ',' || partner.id AS touchpoint_id,
	partner.account_id,
	partner.contact_id,
	lead.lead_id,
	event.starts_at AS occurred_at,
	'meeting' AS channel,
	'outbound' AS direction,
	CASE WHEN event.is_missed THEN 'attempted' ELSE 'attended' END AS outcome,
	CASE WHEN event.opportunity_id IS NOT NULL THEN 'sales' END AS purpose,
	event.owner_id,
	event.duration_minutes,
	NULL AS program_id
FROM (
	SELECT NULL::timestamp AS start,
		NULL::timestamp AS stop,
		NULL::boolean AS allday,
		NULL::boolean AS active,
		NULL::integer AS user_id,
		NULL::integer AS opportunity_id,
		-- of the appointments of release 18
		NULL::text AS appointment_status
) AS absent_9
CROSS JOIN LATERAL (
	SELECT id,
		start AT TIME ZONE 'UTC' AS starts_at,
		CASE WHEN allday IS NOT TRUE AND stop >= start THEN round(extract(epoch FROM stop - start) / 60, 2) END AS duration_minutes,
		user_id::text AS owner_id,
		opportunity_id,
		coalesce(appointment_status = 'no_show', false) AS is_missed
	FROM :"source".calendar_event
	WHERE active IS NOT FALSE
		AND coalesce(appointment_status, '') <> ALL (ARRAY['cancelled', 'request'])
) AS event
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS event_id, NULL::integer AS partner_id, NULL::text AS state) AS absent_10
	CROSS JOIN LATERAL (
		SELECT event_id, partner_id
		FROM :"source".calendar_attendee
		WHERE state IS DISTINCT FROM 'declined'
	) AS each
	WHERE each.event_id = event.id
) AS attendee ON true
JOIN partner ON partner.id = attendee.partner_id
LEFT JOIN lead ON lead.id = event.opportunity_id
WHERE NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id);
