-- entity: touchpoint
-- reads: email_stats, email_stat_replies, sms_message_stats, form_submissions, asset_downloads, lead_notes, campaign_events, leads, companies_leads
CREATE VIEW touchpoint WITH (security_invoker = true) AS
-- what all arms read; not materialized, so that filters reach the tables
WITH link AS NOT MATERIALIZED (
	SELECT each.*
	FROM (
		SELECT NULL::text AS company_id,
			NULL::text AS lead_id,
			NULL::text AS is_primary,
			NULL::text AS manually_removed,
			NULL::timestamp AS date_added
	) AS absent
	CROSS JOIN LATERAL (
		SELECT company_id::text AS account_id,
			lead_id::text AS contact_id,
			coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary,
			coalesce(date_added, '-infinity') AS added_at
		FROM :"source".companies_leads
		WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND company_id IS NOT NULL
	) AS each
), person AS NOT MATERIALIZED (
	SELECT here.contact_id, employer.account_id
	FROM (SELECT NULL::text AS email, NULL::timestamp AS date_identified) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id
		FROM :"source".leads
		WHERE (date_identified IS NOT NULL OR email::text <> '')
	) AS here
	LEFT JOIN link AS employer ON employer.contact_id = here.contact_id
		AND NOT EXISTS (
			SELECT
			FROM link AS better
			WHERE better.contact_id = employer.contact_id
				AND (better.is_primary, better.added_at, better.account_id) > (employer.is_primary, employer.added_at, employer.account_id))
), event AS NOT MATERIALIZED (
	SELECT each.*
	FROM (SELECT NULL::text AS campaign_id) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id::text AS event_id,
			campaign_id::text AS program_id
		FROM :"source".campaign_events
	) AS each
), message AS NOT MATERIALIZED (
	SELECT each.*
	FROM (
		SELECT NULL::text AS lead_id,
			NULL::timestamp AS date_sent,
			NULL::text AS is_failed,
			NULL::text AS is_read,
			NULL::text AS source,
			NULL::text AS source_id
	) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS message_id,
			lead_id::text AS contact_id,
			to_timestamp(extract(epoch FROM date_sent)) AS sent_at,
			CASE
				WHEN is_failed::text = ANY (ARRAY['1', 't', 'true']) THEN 'bounced'
				WHEN is_read::text = ANY (ARRAY['1', 't', 'true']) THEN 'opened'
				ELSE 'attempted'
			END AS outcome,
			CASE WHEN source::text = 'campaign.event' THEN source_id::text END AS event_id
		FROM :"source".email_stats
	) AS each
)
-- messages; one that was answered has a further row
SELECT 'email_stats,' || message.message_id AS touchpoint_id,
	person.account_id,
	person.contact_id,
	person.contact_id AS lead_id,
	message.sent_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	message.outcome,
	'nurture' AS purpose,
	NULL::text AS owner_id,
	NULL::numeric AS duration_minutes,
	event.program_id
FROM message
JOIN person ON person.contact_id = message.contact_id
LEFT JOIN event ON event.event_id = message.event_id
UNION ALL
SELECT 'email_stat_replies,' || reply.reply_id AS touchpoint_id,
	person.account_id,
	person.contact_id,
	person.contact_id AS lead_id,
	reply.replied_at AS occurred_at,
	'email' AS channel,
	'inbound' AS direction,
	'replied' AS outcome,
	'nurture' AS purpose,
	NULL AS owner_id,
	NULL AS duration_minutes,
	event.program_id
FROM (SELECT NULL::text AS stat_id, NULL::timestamp AS date_replied) AS absent_5
CROSS JOIN LATERAL (
	SELECT id::text AS reply_id,
		stat_id::text AS message_id,
		to_timestamp(extract(epoch FROM date_replied)) AS replied_at
	FROM :"source".email_stat_replies
) AS reply
JOIN message ON message.message_id = reply.message_id
JOIN person ON person.contact_id = message.contact_id
LEFT JOIN event ON event.event_id = message.event_id
UNION ALL
SELECT 'sms_message_stats,' || text.message_id AS touchpoint_id,
	person.account_id,
	person.contact_id,
	person.contact_id AS lead_id,
	text.sent_at AS occurred_at,
	'sms' AS channel,
	'outbound' AS direction,
	text.outcome,
	'nurture' AS purpose,
	NULL AS owner_id,
	NULL AS duration_minutes,
	event.program_id
FROM (
	SELECT NULL::text AS lead_id,
		NULL::timestamp AS date_sent,
		NULL::text AS is_failed,
		NULL::text AS source,
		NULL::text AS source_id
) AS absent_6
CROSS JOIN LATERAL (
	SELECT id::text AS message_id,
		lead_id::text AS contact_id,
		to_timestamp(extract(epoch FROM date_sent)) AS sent_at,
		CASE WHEN is_failed::text = ANY (ARRAY['1', 't', 'true']) THEN 'bounced' ELSE 'attempted' END AS outcome,
		CASE WHEN source::text = 'campaign.event' THEN source_id::text END AS event_id
	FROM :"source".sms_message_stats
) AS text
JOIN person ON person.contact_id = text.contact_id
LEFT JOIN event ON event.event_id = text.event_id
UNION ALL
-- forms and downloads
SELECT 'form_submissions,' || form.submission_id AS touchpoint_id,
	person.account_id,
	person.contact_id,
	person.contact_id AS lead_id,
	form.sent_at AS occurred_at,
	'web' AS channel,
	'inbound' AS direction,
	'replied' AS outcome,
	NULL AS purpose,
	NULL AS owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM (SELECT NULL::text AS lead_id, NULL::timestamp AS date_submitted) AS absent_7
CROSS JOIN LATERAL (
	SELECT id::text AS submission_id,
		lead_id::text AS contact_id,
		to_timestamp(extract(epoch FROM date_submitted)) AS sent_at
	FROM :"source".form_submissions
) AS form
JOIN person ON person.contact_id = form.contact_id
UNION ALL
SELECT 'asset_downloads,' || download.download_id AS touchpoint_id,
	person.account_id,
	person.contact_id,
	person.contact_id AS lead_id,
	download.happened_at AS occurred_at,
	'web' AS channel,
	'inbound' AS direction,
	'opened' AS outcome,
	NULL AS purpose,
	NULL AS owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM (SELECT NULL::text AS lead_id, NULL::timestamp AS date_download) AS absent_8
CROSS JOIN LATERAL (
	SELECT id::text AS download_id,
		lead_id::text AS contact_id,
		to_timestamp(extract(epoch FROM date_download)) AS happened_at
	FROM :"source".asset_downloads
) AS download
JOIN person ON person.contact_id = download.contact_id
UNION ALL
-- what colleagues noted of calls, meetings and messages
SELECT 'lead_notes,' || note.note_id AS touchpoint_id,
	person.account_id,
	person.contact_id,
	person.contact_id AS lead_id,
	note.happened_at AS occurred_at,
	CASE note.type WHEN 'call' THEN 'phone' ELSE note.type END AS channel,
	'outbound' AS direction,
	CASE note.type WHEN 'call' THEN 'connected' WHEN 'meeting' THEN 'attended' ELSE 'attempted' END AS outcome,
	'sales' AS purpose,
	note.owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM (
	SELECT NULL::text AS lead_id,
		NULL::text AS type,
		NULL::timestamp AS date_time,
		NULL::timestamp AS date_added,
		NULL::text AS created_by,
		NULL::text AS is_published
) AS absent_9
CROSS JOIN LATERAL (
	SELECT id::text AS note_id,
		lead_id::text AS contact_id,
		type::text AS type,
		to_timestamp(extract(epoch FROM coalesce(date_time, date_added))) AS happened_at,
		nullif(created_by::text, '') AS owner_id
	FROM :"source".lead_notes
	WHERE type::text = ANY (ARRAY['call', 'meeting', 'email'])
		AND coalesce(is_published::text, '1') <> ALL (ARRAY['0', 'f', 'false'])
) AS note
JOIN person ON person.contact_id = note.contact_id;
