-- entity: touchpoint
-- reads: engagement_call(engagement_id), engagement_email(engagement_id), engagement_meeting(engagement_id), engagement_contact(engagement_id, contact_id), contact(property_associatedcompanyid), engagement_communication(engagement_id), contact_form_submission(contact_id, "timestamp")
-- Calls, e-mails and meetings, other messages and forms filled in, a row each of the contacts with which they are
-- associated; not who was only in copy. Notes and tasks are no touches; a meeting
-- that was called off or moved was none. The account is the one for which the
-- person works now.
CREATE VIEW touchpoint WITH (security_invoker = true) AS
WITH call AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::timestamptz AS property_hs_timestamp, NULL::timestamptz AS property_hs_createdate,
		NULL::text AS property_hubspot_owner_id, NULL::text AS property_hs_call_direction, NULL::text AS property_hs_call_status,
		NULL::text AS property_hs_call_disposition, NULL::numeric AS property_hs_call_duration,
		NULL::boolean AS _fivetran_deleted) AS absent,
	LATERAL (
		SELECT engagement_id,
			coalesce(clientele.utc(property_hs_timestamp), clientele.utc(property_hs_createdate)) AS occurred_at,
			'phone' AS channel,
			CASE WHEN property_hs_call_direction = 'INBOUND' THEN 'inbound' ELSE 'outbound' END AS direction,
			-- dispositions are ids: busy, no answer, voicemail, left a message, wrong number; connected
			CASE
				WHEN property_hs_call_disposition = ANY (ARRAY['9d9162e7-6cf3-4944-bf63-4dff82258764', '73a0d17f-1163-4015-bdd5-ec830791da20',
					'b2cf5968-551e-4856-9783-52b3da59a7d0', 'a4c4c377-d246-4b32-a13b-75a56a4cd0ff', '17b47fee-58de-441e-a44c-c6300d46f273']) THEN 'attempted'
				WHEN property_hs_call_disposition = 'f240bbac-87c9-4f6e-bf70-924b57d47db7' THEN 'connected'
				WHEN property_hs_call_status = ANY (ARRAY['BUSY', 'CANCELED', 'FAILED', 'MISSED', 'NO_ANSWER']) THEN 'attempted'
				WHEN clientele.number(property_hs_call_duration) > 0 THEN 'connected'
			END AS outcome,
			property_hubspot_owner_id::text AS owner_id,
			-- in milliseconds
			round(clientele.number(property_hs_call_duration) / 60000, 2) AS minutes,
			NULL::text AS in_copy,
			NULL::text AS addressed
		FROM :"source".engagement_call
		WHERE _fivetran_deleted IS NOT TRUE AND coalesce(property_hs_call_status, '') <> ALL (ARRAY['QUEUED', 'CALLING_CRM_USER'])
	) AS here
), mail AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::timestamptz AS property_hs_timestamp, NULL::timestamptz AS property_hs_createdate,
		NULL::text AS property_hubspot_owner_id, NULL::text AS property_hs_email_direction, NULL::text AS property_hs_email_status,
		NULL::numeric AS property_hs_email_open_count, NULL::numeric AS property_hs_email_reply_count, NULL::text AS property_hs_email_to_email, NULL::text AS property_hs_email_cc_email,
		NULL::boolean AS _fivetran_deleted) AS absent,
	LATERAL (
		SELECT engagement_id,
			coalesce(clientele.utc(property_hs_timestamp), clientele.utc(property_hs_createdate)) AS occurred_at,
			'email' AS channel,
			CASE WHEN property_hs_email_direction = 'INCOMING_EMAIL' THEN 'inbound' ELSE 'outbound' END AS direction,
			CASE
				WHEN property_hs_email_direction = 'INCOMING_EMAIL' THEN 'replied'
				WHEN property_hs_email_status = ANY (ARRAY['BOUNCED', 'FAILED']) THEN 'bounced'
				WHEN clientele.number(property_hs_email_reply_count) > 0 THEN 'replied'
				WHEN clientele.number(property_hs_email_open_count) > 0 THEN 'opened'
				ELSE 'attempted'
			END AS outcome,
			property_hubspot_owner_id::text AS owner_id,
			NULL::numeric AS minutes,
			lower(property_hs_email_cc_email::text) AS in_copy,
			lower(property_hs_email_to_email::text) AS addressed
		FROM :"source".engagement_email
		WHERE _fivetran_deleted IS NOT TRUE AND coalesce(property_hs_email_status, '') <> ALL (ARRAY['SCHEDULED', 'SENDING'])
	) AS here
), meeting AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::timestamptz AS property_hs_timestamp, NULL::timestamptz AS property_hs_meeting_start_time,
		NULL::timestamptz AS property_hs_meeting_end_time, NULL::timestamptz AS property_hs_createdate,
		NULL::text AS property_hubspot_owner_id, NULL::text AS property_hs_meeting_outcome, NULL::boolean AS _fivetran_deleted) AS absent,
	LATERAL (
		SELECT engagement_id,
			coalesce(clientele.utc(property_hs_meeting_start_time), clientele.utc(property_hs_timestamp), clientele.utc(property_hs_createdate)) AS occurred_at,
			'meeting' AS channel,
			'outbound' AS direction,
			CASE WHEN property_hs_meeting_outcome = 'NO_SHOW' THEN 'attempted' ELSE 'attended' END AS outcome,
			property_hubspot_owner_id::text AS owner_id,
			round(extract(epoch FROM clientele.utc(property_hs_meeting_end_time) - clientele.utc(property_hs_meeting_start_time)) / 60, 2) AS minutes,
			NULL::text AS in_copy,
			NULL::text AS addressed
		FROM :"source".engagement_meeting
		WHERE _fivetran_deleted IS NOT TRUE AND coalesce(property_hs_meeting_outcome, '') <> ALL (ARRAY['CANCELED', 'RESCHEDULED'])
	) AS here
), message AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::timestamptz AS property_hs_timestamp, NULL::timestamptz AS property_hs_createdate,
		NULL::text AS property_hubspot_owner_id, NULL::text AS property_hs_communication_channel_type,
		NULL::boolean AS _fivetran_deleted) AS absent,
	LATERAL (
		SELECT engagement_id,
			coalesce(clientele.utc(property_hs_timestamp), clientele.utc(property_hs_createdate)) AS occurred_at,
			CASE property_hs_communication_channel_type WHEN 'LINKEDIN_MESSAGE' THEN 'social' WHEN 'PHYSICAL_MAIL' THEN 'letter'
				WHEN 'SMS' THEN 'sms' ELSE 'chat' END AS channel,
			'outbound' AS direction,
			'attempted' AS outcome,
			property_hubspot_owner_id::text AS owner_id,
			NULL::numeric AS minutes,
			NULL::text AS in_copy,
			NULL::text AS addressed
		FROM :"source".engagement_communication
		WHERE _fivetran_deleted IS NOT TRUE
	) AS here
), form AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS form_id) AS absent,
	LATERAL (
		SELECT contact_id, clientele.utc("timestamp") AS occurred_at, form_id::text AS form_id
		FROM :"source".contact_form_submission
	) AS here
), person AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS property_email, NULL::boolean AS _fivetran_deleted, NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT id, property_associatedcompanyid::text AS account_id, lower(property_email::text) AS email
		FROM :"source".contact
		WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
	) AS here
)
SELECT call.engagement_id::text || '/' || person.id::text AS touchpoint_id,
	person.account_id,
	person.id::text AS contact_id,
	NULL::text AS lead_id,
	call.occurred_at,
	call.channel,
	call.direction,
	call.outcome,
	NULL::text AS purpose,
	call.owner_id,
	call.minutes AS duration_minutes,
	NULL::text AS program_id
FROM call
JOIN :"source".engagement_contact AS link ON link.engagement_id = call.engagement_id
JOIN person ON person.id = link.contact_id
UNION ALL
SELECT mail.engagement_id::text || '/' || person.id::text,
	person.account_id,
	person.id::text,
	NULL::text,
	mail.occurred_at,
	mail.channel,
	mail.direction,
	mail.outcome,
	NULL::text,
	mail.owner_id,
	mail.minutes,
	NULL::text
FROM mail
JOIN :"source".engagement_contact AS link ON link.engagement_id = mail.engagement_id
JOIN person ON person.id = link.contact_id
WHERE NOT (strpos(coalesce(mail.in_copy, ''), person.email) > 0 AND strpos(coalesce(mail.addressed, ''), person.email) = 0)
	OR person.email IS NULL
UNION ALL
SELECT meeting.engagement_id::text || '/' || person.id::text,
	person.account_id,
	person.id::text,
	NULL::text,
	meeting.occurred_at,
	meeting.channel,
	meeting.direction,
	meeting.outcome,
	NULL::text,
	meeting.owner_id,
	meeting.minutes,
	NULL::text
FROM meeting
JOIN :"source".engagement_contact AS link ON link.engagement_id = meeting.engagement_id
JOIN person ON person.id = link.contact_id
UNION ALL
SELECT message.engagement_id::text || '/' || person.id::text,
	person.account_id,
	person.id::text,
	NULL::text,
	message.occurred_at,
	message.channel,
	message.direction,
	message.outcome,
	NULL::text,
	message.owner_id,
	message.minutes,
	NULL::text
FROM message
JOIN :"source".engagement_contact AS link ON link.engagement_id = message.engagement_id
JOIN person ON person.id = link.contact_id
UNION ALL
SELECT concat_ws('/', 'form', form.form_id, person.id, extract(epoch FROM form.occurred_at)),
	person.account_id,
	person.id::text,
	NULL::text,
	form.occurred_at,
	'web',
	'inbound',
	'replied',
	NULL::text,
	NULL::text,
	NULL::numeric,
	NULL::text
FROM form
JOIN person ON person.id = form.contact_id;

-- entity: touchpoint
-- reads: engagement_call(engagement_id), engagement_email(engagement_id), engagement_meeting(engagement_id), engagement_contact(engagement_id, contact_id), contact(property_associatedcompanyid)
-- Calls, e-mails and meetings, a row each of the contacts with which they are
-- associated; not who was only in copy. Notes and tasks are no touches; a meeting
-- that was called off or moved was none. The account is the one for which the
-- person works now.
CREATE VIEW touchpoint WITH (security_invoker = true) AS
WITH call AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::timestamptz AS property_hs_timestamp, NULL::timestamptz AS property_hs_createdate,
		NULL::text AS property_hubspot_owner_id, NULL::text AS property_hs_call_direction, NULL::text AS property_hs_call_status,
		NULL::text AS property_hs_call_disposition, NULL::numeric AS property_hs_call_duration,
		NULL::boolean AS _fivetran_deleted) AS absent,
	LATERAL (
		SELECT engagement_id,
			coalesce(clientele.utc(property_hs_timestamp), clientele.utc(property_hs_createdate)) AS occurred_at,
			'phone' AS channel,
			CASE WHEN property_hs_call_direction = 'INBOUND' THEN 'inbound' ELSE 'outbound' END AS direction,
			-- dispositions are ids: busy, no answer, voicemail, left a message, wrong number; connected
			CASE
				WHEN property_hs_call_disposition = ANY (ARRAY['9d9162e7-6cf3-4944-bf63-4dff82258764', '73a0d17f-1163-4015-bdd5-ec830791da20',
					'b2cf5968-551e-4856-9783-52b3da59a7d0', 'a4c4c377-d246-4b32-a13b-75a56a4cd0ff', '17b47fee-58de-441e-a44c-c6300d46f273']) THEN 'attempted'
				WHEN property_hs_call_disposition = 'f240bbac-87c9-4f6e-bf70-924b57d47db7' THEN 'connected'
				WHEN property_hs_call_status = ANY (ARRAY['BUSY', 'CANCELED', 'FAILED', 'MISSED', 'NO_ANSWER']) THEN 'attempted'
				WHEN clientele.number(property_hs_call_duration) > 0 THEN 'connected'
			END AS outcome,
			property_hubspot_owner_id::text AS owner_id,
			-- in milliseconds
			round(clientele.number(property_hs_call_duration) / 60000, 2) AS minutes,
			NULL::text AS in_copy,
			NULL::text AS addressed
		FROM :"source".engagement_call
		WHERE _fivetran_deleted IS NOT TRUE AND coalesce(property_hs_call_status, '') <> ALL (ARRAY['QUEUED', 'CALLING_CRM_USER'])
	) AS here
), mail AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::timestamptz AS property_hs_timestamp, NULL::timestamptz AS property_hs_createdate,
		NULL::text AS property_hubspot_owner_id, NULL::text AS property_hs_email_direction, NULL::text AS property_hs_email_status,
		NULL::numeric AS property_hs_email_open_count, NULL::numeric AS property_hs_email_reply_count, NULL::text AS property_hs_email_to_email, NULL::text AS property_hs_email_cc_email,
		NULL::boolean AS _fivetran_deleted) AS absent,
	LATERAL (
		SELECT engagement_id,
			coalesce(clientele.utc(property_hs_timestamp), clientele.utc(property_hs_createdate)) AS occurred_at,
			'email' AS channel,
			CASE WHEN property_hs_email_direction = 'INCOMING_EMAIL' THEN 'inbound' ELSE 'outbound' END AS direction,
			CASE
				WHEN property_hs_email_direction = 'INCOMING_EMAIL' THEN 'replied'
				WHEN property_hs_email_status = ANY (ARRAY['BOUNCED', 'FAILED']) THEN 'bounced'
				WHEN clientele.number(property_hs_email_reply_count) > 0 THEN 'replied'
				WHEN clientele.number(property_hs_email_open_count) > 0 THEN 'opened'
				ELSE 'attempted'
			END AS outcome,
			property_hubspot_owner_id::text AS owner_id,
			NULL::numeric AS minutes,
			lower(property_hs_email_cc_email::text) AS in_copy,
			lower(property_hs_email_to_email::text) AS addressed
		FROM :"source".engagement_email
		WHERE _fivetran_deleted IS NOT TRUE AND coalesce(property_hs_email_status, '') <> ALL (ARRAY['SCHEDULED', 'SENDING'])
	) AS here
), meeting AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::timestamptz AS property_hs_timestamp, NULL::timestamptz AS property_hs_meeting_start_time,
		NULL::timestamptz AS property_hs_meeting_end_time, NULL::timestamptz AS property_hs_createdate,
		NULL::text AS property_hubspot_owner_id, NULL::text AS property_hs_meeting_outcome, NULL::boolean AS _fivetran_deleted) AS absent,
	LATERAL (
		SELECT engagement_id,
			coalesce(clientele.utc(property_hs_meeting_start_time), clientele.utc(property_hs_timestamp), clientele.utc(property_hs_createdate)) AS occurred_at,
			'meeting' AS channel,
			'outbound' AS direction,
			CASE WHEN property_hs_meeting_outcome = 'NO_SHOW' THEN 'attempted' ELSE 'attended' END AS outcome,
			property_hubspot_owner_id::text AS owner_id,
			round(extract(epoch FROM clientele.utc(property_hs_meeting_end_time) - clientele.utc(property_hs_meeting_start_time)) / 60, 2) AS minutes,
			NULL::text AS in_copy,
			NULL::text AS addressed
		FROM :"source".engagement_meeting
		WHERE _fivetran_deleted IS NOT TRUE AND coalesce(property_hs_meeting_outcome, '') <> ALL (ARRAY['CANCELED', 'RESCHEDULED'])
	) AS here
), person AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS property_email, NULL::boolean AS _fivetran_deleted, NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT id, property_associatedcompanyid::text AS account_id, lower(property_email::text) AS email
		FROM :"source".contact
		WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
	) AS here
)
SELECT call.engagement_id::text || '/' || person.id::text AS touchpoint_id,
	person.account_id,
	person.id::text AS contact_id,
	NULL::text AS lead_id,
	call.occurred_at,
	call.channel,
	call.direction,
	call.outcome,
	NULL::text AS purpose,
	call.owner_id,
	call.minutes AS duration_minutes,
	NULL::text AS program_id
FROM call
JOIN :"source".engagement_contact AS link ON link.engagement_id = call.engagement_id
JOIN person ON person.id = link.contact_id
UNION ALL
SELECT mail.engagement_id::text || '/' || person.id::text,
	person.account_id,
	person.id::text,
	NULL::text,
	mail.occurred_at,
	mail.channel,
	mail.direction,
	mail.outcome,
	NULL::text,
	mail.owner_id,
	mail.minutes,
	NULL::text
FROM mail
JOIN :"source".engagement_contact AS link ON link.engagement_id = mail.engagement_id
JOIN person ON person.id = link.contact_id
WHERE NOT (strpos(coalesce(mail.in_copy, ''), person.email) > 0 AND strpos(coalesce(mail.addressed, ''), person.email) = 0)
	OR person.email IS NULL
UNION ALL
SELECT meeting.engagement_id::text || '/' || person.id::text,
	person.account_id,
	person.id::text,
	NULL::text,
	meeting.occurred_at,
	meeting.channel,
	meeting.direction,
	meeting.outcome,
	NULL::text,
	meeting.owner_id,
	meeting.minutes,
	NULL::text
FROM meeting
JOIN :"source".engagement_contact AS link ON link.engagement_id = meeting.engagement_id
JOIN person ON person.id = link.contact_id;
