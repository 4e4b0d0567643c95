-- entity: touchpoint
-- reads: task, event, email_message(activity_id, parent_id), "case", campaign_member(campaign_id, has_responded), contact, lead
-- Completed calls, messages and visits (tasks that are to do, and notes to
-- oneself, are none), meetings, e-mails on cases,
-- answers to campaigns. One row a person.
CREATE VIEW touchpoint WITH (security_invoker = true) AS
WITH task AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS who_id, NULL::text AS what_id, NULL::text AS account_id, NULL::text AS owner_id, NULL::text AS subject,
		NULL::text AS type, NULL::text AS task_subtype, NULL::text AS status, NULL::boolean AS is_closed,
		NULL::timestamptz AS completed_date_time, NULL::date AS activity_date, NULL::timestamptz AS created_date, NULL::text AS call_type,
		NULL::text AS call_disposition, NULL::numeric AS call_duration_in_seconds, NULL::text AS task_who_ids,
		NULL::boolean AS is_recurrence, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id,
			who_id AS who_id,
			task_who_ids::text AS who_ids,
			account_id::text AS account_id,
			coalesce(clientele.utc(completed_date_time), clientele.utc(activity_date), clientele.utc(created_date)) AS occurred_at,
			CASE
				WHEN task_subtype = 'Call' OR type ~* 'call|phone' OR call_type IS NOT NULL OR call_duration_in_seconds IS NOT NULL THEN 'phone'
				WHEN task_subtype = ANY (ARRAY['Email', 'ListEmail']) OR type ~* 'e-?mail' OR subject ~* '^e-?mail:' THEN 'email'
				WHEN type ~* 'meeting|visit|demo' THEN 'meeting'
				WHEN task_subtype ~* 'linkedin' OR type ~* 'linkedin|social' THEN 'social'
				WHEN type ~* 'chat|sms|text|letter' THEN lower(type::text)
			END AS channel,
			CASE WHEN call_type ~* '^inbound' OR type ~* 'inbound|incoming' THEN 'inbound' ELSE 'outbound' END AS direction,
			call_disposition::text AS disposition,
			clientele.number(call_duration_in_seconds) AS seconds,
			CASE
				WHEN what_id::text ~ '^006' THEN 'sales'
				WHEN what_id::text ~ '^500' THEN 'service'
				WHEN what_id::text ~ '^701' THEN 'program'
				WHEN task_subtype = 'ListEmail' THEN 'nurture'
				WHEN who_id::text ~ '^00Q' THEN 'sales'
			END AS purpose,
			owner_id::text AS owner_id,
			CASE WHEN left(what_id::text, 3) = '701' THEN what_id::text END AS program_id
		FROM :"source".task
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND is_recurrence::boolean IS NOT TRUE AND coalesce(call_type, '') !~* '^internal'
			AND coalesce(is_closed::boolean, status ~* '^(completed|closed|done)')
	) AS here
), email AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::boolean AS incoming, NULL::boolean AS is_bounced, NULL::boolean AS is_opened, NULL::timestamptz AS first_opened_date,
		NULL::timestamptz AS message_date, NULL::text AS to_ids, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT activity_id AS task_id,
			to_ids::text AS to_ids,
			clientele.utc(message_date) AS sent_at,
			CASE WHEN incoming::boolean THEN 'inbound' ELSE 'outbound' END AS direction,
			CASE
				WHEN incoming::boolean THEN 'replied'
				WHEN is_bounced::boolean THEN 'bounced'
				WHEN is_opened::boolean OR first_opened_date IS NOT NULL THEN 'opened'
			END AS outcome
		FROM :"source".email_message
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
	) AS here
), event AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS who_id, NULL::text AS what_id, NULL::text AS account_id, NULL::text AS owner_id, NULL::text AS subject,
		NULL::text AS type, NULL::timestamptz AS start_date_time, NULL::timestamptz AS end_date_time,
		NULL::timestamptz AS activity_date_time, NULL::date AS activity_date, NULL::numeric AS duration_in_minutes,
		NULL::text AS event_who_ids, NULL::text AS declined_event_invitee_ids, NULL::boolean AS is_child, NULL::boolean AS is_recurrence,
		NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id,
			who_id AS who_id,
			event_who_ids::text AS who_ids,
			coalesce(declined_event_invitee_ids::text, '') AS declined,
			account_id::text AS account_id,
			coalesce(clientele.utc(start_date_time), clientele.utc(activity_date_time), clientele.utc(activity_date)) AS occurred_at,
			CASE WHEN type ~* 'video|virtual|online|web' THEN 'video' WHEN type ~* 'call|phone' THEN 'phone' ELSE 'meeting' END AS channel,
			CASE
				WHEN what_id::text ~ '^006' THEN 'sales'
				WHEN what_id::text ~ '^500' THEN 'service'
				WHEN what_id::text ~ '^701' THEN 'program'
				WHEN who_id::text ~ '^00Q' THEN 'sales'
			END AS purpose,
			owner_id::text AS owner_id,
			coalesce(clientele.number(duration_in_minutes),
				round(extract(epoch FROM clientele.utc(end_date_time) - clientele.utc(start_date_time)) / 60, 2)) AS minutes,
			CASE WHEN left(what_id::text, 3) = '701' THEN what_id::text END AS program_id
		FROM :"source".event
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND is_child::boolean IS NOT TRUE AND is_recurrence::boolean IS NOT TRUE AND coalesce(subject, '') !~* '^cancell?ed:'
	) AS here
), mail AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS activity_id, NULL::boolean AS incoming, NULL::boolean AS is_bounced, NULL::boolean AS is_opened,
		NULL::timestamptz AS first_opened_date, NULL::timestamptz AS message_date, NULL::timestamptz AS created_date,
		NULL::text AS created_by_id, NULL::text AS status, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id::text AS id,
			parent_id AS case_id,
			coalesce(clientele.utc(message_date), clientele.utc(created_date)) AS sent_at,
			CASE WHEN incoming::boolean THEN 'inbound' ELSE 'outbound' END AS direction,
			CASE
				WHEN incoming::boolean THEN 'replied'
				WHEN is_bounced::boolean THEN 'bounced'
				WHEN is_opened::boolean OR first_opened_date IS NOT NULL THEN 'opened'
				ELSE 'attempted'
			END AS outcome,
			CASE WHEN incoming::boolean IS NOT TRUE THEN created_by_id::text END AS owner_id
		FROM :"source".email_message
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND activity_id IS NULL AND coalesce(status::text, '') <> ALL (ARRAY['5', 'Draft'])
	) AS here
), ticket AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::boolean AS is_deleted, NULL::text AS master_record_id,
		NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id, account_id::text AS account_id, contact_id::text AS contact_id
		FROM :"source"."case"
		WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
	) AS here
), member AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS lead_id, NULL::date AS first_responded_date, NULL::timestamptz AS created_date,
		NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id::text AS id,
			contact_id AS contact_id,
			lead_id AS lead_id,
			coalesce(clientele.utc(first_responded_date), clientele.utc(created_date)) AS responded_at,
			campaign_id::text AS program_id
		FROM :"source".campaign_member
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND has_responded::boolean
	) AS here
), person AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS account_id, NULL::boolean AS is_deleted, NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (SELECT id AS id, account_id::text AS account_id FROM :"source".contact WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE) AS here
), prospect AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (SELECT id AS id FROM :"source".lead WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE) AS here
)
SELECT task.id::text AS touchpoint_id,
	task.account_id,
	person.id::text AS contact_id,
	prospect.id::text AS lead_id,
	coalesce(email.sent_at, task.occurred_at) AS occurred_at,
	task.channel,
	coalesce(email.direction, task.direction) AS direction,
	CASE
		WHEN email.outcome IS NOT NULL THEN email.outcome
		WHEN task.channel = 'email' THEN 'attempted'
		WHEN task.channel = 'meeting' THEN 'attended'
		WHEN task.disposition ~* 'no answer|voice ?mail|busy|left|message|not reached|unreach|wrong|attempt' OR task.seconds = 0 THEN 'attempted'
		WHEN task.disposition <> '' OR task.seconds > 0 THEN 'connected'
	END AS outcome,
	task.purpose,
	task.owner_id,
	round(task.seconds / 60, 2) AS duration_minutes,
	task.program_id
FROM task
LEFT JOIN email ON email.task_id = task.id
LEFT JOIN person ON person.id = task.who_id
LEFT JOIN prospect ON prospect.id = task.who_id
WHERE task.channel IS NOT NULL AND (task.account_id IS NOT NULL OR person.id IS NOT NULL OR prospect.id IS NOT NULL)
UNION ALL
-- further people of the task
SELECT task.id::text || '/' || other.id,
	task.account_id,
	person.id::text,
	prospect.id::text,
	task.occurred_at,
	task.channel,
	task.direction,
	CASE
		WHEN task.channel = 'meeting' THEN 'attended'
		WHEN task.disposition ~* 'no answer|voice ?mail|busy|left|message|not reached|unreach|wrong|attempt' OR task.seconds = 0 THEN 'attempted'
		WHEN task.disposition <> '' OR task.seconds > 0 THEN 'connected'
	END,
	task.purpose,
	task.owner_id,
	round(task.seconds / 60, 2),
	task.program_id
FROM task
CROSS JOIN LATERAL unnest(regexp_split_to_array(task.who_ids, '[^A-Za-z0-9_-]+')) AS other (id)
LEFT JOIN person ON person.id = other.id
LEFT JOIN prospect ON prospect.id = other.id
WHERE task.who_ids ~ '\w\W+\w' AND task.channel <> 'email' AND other.id IS DISTINCT FROM task.who_id AND (person.id IS NOT NULL OR prospect.id IS NOT NULL)
UNION ALL
-- further people to whom an e-mail went, not who was in copy
SELECT task.id::text || '/' || other.id,
	task.account_id,
	person.id::text,
	prospect.id::text,
	coalesce(email.sent_at, task.occurred_at),
	task.channel,
	email.direction,
	coalesce(email.outcome, 'attempted'),
	task.purpose,
	task.owner_id,
	round(task.seconds / 60, 2),
	task.program_id
FROM email
JOIN task ON task.id = email.task_id
CROSS JOIN LATERAL unnest(regexp_split_to_array(email.to_ids, '[^A-Za-z0-9_-]+')) AS other (id)
LEFT JOIN person ON person.id = other.id
LEFT JOIN prospect ON prospect.id = other.id
WHERE email.to_ids ~ '\w\W+\w' AND task.channel = 'email' AND other.id IS DISTINCT FROM task.who_id AND (person.id IS NOT NULL OR prospect.id IS NOT NULL)
UNION ALL
-- meetings, held when their time has come
SELECT event.id::text,
	event.account_id,
	person.id::text,
	prospect.id::text,
	event.occurred_at,
	event.channel,
	'outbound',
	CASE
		WHEN strpos(event.declined, event.who_id::text) > 0 THEN 'attempted'
		WHEN event.channel = 'phone' THEN 'connected'
		ELSE 'attended'
	END,
	event.purpose,
	event.owner_id,
	event.minutes,
	event.program_id
FROM event
LEFT JOIN person ON person.id = event.who_id
LEFT JOIN prospect ON prospect.id = event.who_id
WHERE event.account_id IS NOT NULL OR person.id IS NOT NULL OR prospect.id IS NOT NULL
UNION ALL
-- further people of the meeting
SELECT event.id::text || '/' || other.id,
	event.account_id,
	person.id::text,
	prospect.id::text,
	event.occurred_at,
	event.channel,
	'outbound',
	CASE
		WHEN strpos(event.declined, other.id::text) > 0 THEN 'attempted'
		WHEN event.channel = 'phone' THEN 'connected'
		ELSE 'attended'
	END,
	event.purpose,
	event.owner_id,
	event.minutes,
	event.program_id
FROM event
CROSS JOIN LATERAL unnest(regexp_split_to_array(event.who_ids, '[^A-Za-z0-9_-]+')) AS other (id)
LEFT JOIN person ON person.id = other.id
LEFT JOIN prospect ON prospect.id = other.id
WHERE event.who_ids ~ '\w\W+\w' AND other.id IS DISTINCT FROM event.who_id AND (person.id IS NOT NULL OR prospect.id IS NOT NULL)
UNION ALL
-- e-mails on cases that have no task
SELECT mail.id,
	ticket.account_id,
	ticket.contact_id,
	NULL::text,
	mail.sent_at,
	'email',
	mail.direction,
	mail.outcome,
	'service',
	mail.owner_id,
	NULL::numeric,
	NULL::text
FROM mail
JOIN ticket ON ticket.id = mail.case_id
UNION ALL
-- answers to campaigns; who was only sent something has no row
SELECT member.id,
	person.account_id,
	person.id::text,
	prospect.id::text,
	member.responded_at,
	'campaign',
	'inbound',
	'replied',
	'program',
	NULL::text,
	NULL::numeric,
	member.program_id
FROM member
LEFT JOIN person ON person.id = member.contact_id
LEFT JOIN prospect ON prospect.id = member.lead_id;

-- entity: touchpoint
-- reads: task, event, contact, lead
-- Completed calls, messages and visits (tasks that are to do, and notes to
-- oneself, are none), and meetings. One row a person.
CREATE VIEW touchpoint WITH (security_invoker = true) AS
WITH task AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS who_id, NULL::text AS what_id, NULL::text AS account_id, NULL::text AS owner_id, NULL::text AS subject,
		NULL::text AS type, NULL::text AS task_subtype, NULL::text AS status, NULL::boolean AS is_closed,
		NULL::timestamptz AS completed_date_time, NULL::date AS activity_date, NULL::timestamptz AS created_date, NULL::text AS call_type,
		NULL::text AS call_disposition, NULL::numeric AS call_duration_in_seconds, NULL::text AS task_who_ids,
		NULL::boolean AS is_recurrence, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id,
			who_id AS who_id,
			task_who_ids::text AS who_ids,
			account_id::text AS account_id,
			coalesce(clientele.utc(completed_date_time), clientele.utc(activity_date), clientele.utc(created_date)) AS occurred_at,
			CASE
				WHEN task_subtype = 'Call' OR type ~* 'call|phone' OR call_type IS NOT NULL OR call_duration_in_seconds IS NOT NULL THEN 'phone'
				WHEN task_subtype = ANY (ARRAY['Email', 'ListEmail']) OR type ~* 'e-?mail' OR subject ~* '^e-?mail:' THEN 'email'
				WHEN type ~* 'meeting|visit|demo' THEN 'meeting'
				WHEN task_subtype ~* 'linkedin' OR type ~* 'linkedin|social' THEN 'social'
				WHEN type ~* 'chat|sms|text|letter' THEN lower(type::text)
			END AS channel,
			CASE WHEN call_type ~* '^inbound' OR type ~* 'inbound|incoming' THEN 'inbound' ELSE 'outbound' END AS direction,
			call_disposition::text AS disposition,
			clientele.number(call_duration_in_seconds) AS seconds,
			CASE
				WHEN what_id::text ~ '^006' THEN 'sales'
				WHEN what_id::text ~ '^500' THEN 'service'
				WHEN what_id::text ~ '^701' THEN 'program'
				WHEN task_subtype = 'ListEmail' THEN 'nurture'
				WHEN who_id::text ~ '^00Q' THEN 'sales'
			END AS purpose,
			owner_id::text AS owner_id,
			CASE WHEN left(what_id::text, 3) = '701' THEN what_id::text END AS program_id
		FROM :"source".task
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND is_recurrence::boolean IS NOT TRUE AND coalesce(call_type, '') !~* '^internal'
			AND coalesce(is_closed::boolean, status ~* '^(completed|closed|done)')
	) AS here
), event AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS who_id, NULL::text AS what_id, NULL::text AS account_id, NULL::text AS owner_id, NULL::text AS subject,
		NULL::text AS type, NULL::timestamptz AS start_date_time, NULL::timestamptz AS end_date_time,
		NULL::timestamptz AS activity_date_time, NULL::date AS activity_date, NULL::numeric AS duration_in_minutes,
		NULL::text AS event_who_ids, NULL::text AS declined_event_invitee_ids, NULL::boolean AS is_child, NULL::boolean AS is_recurrence,
		NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id,
			who_id AS who_id,
			event_who_ids::text AS who_ids,
			coalesce(declined_event_invitee_ids::text, '') AS declined,
			account_id::text AS account_id,
			coalesce(clientele.utc(start_date_time), clientele.utc(activity_date_time), clientele.utc(activity_date)) AS occurred_at,
			CASE WHEN type ~* 'video|virtual|online|web' THEN 'video' WHEN type ~* 'call|phone' THEN 'phone' ELSE 'meeting' END AS channel,
			CASE
				WHEN what_id::text ~ '^006' THEN 'sales'
				WHEN what_id::text ~ '^500' THEN 'service'
				WHEN what_id::text ~ '^701' THEN 'program'
				WHEN who_id::text ~ '^00Q' THEN 'sales'
			END AS purpose,
			owner_id::text AS owner_id,
			coalesce(clientele.number(duration_in_minutes),
				round(extract(epoch FROM clientele.utc(end_date_time) - clientele.utc(start_date_time)) / 60, 2)) AS minutes,
			CASE WHEN left(what_id::text, 3) = '701' THEN what_id::text END AS program_id
		FROM :"source".event
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND is_child::boolean IS NOT TRUE AND is_recurrence::boolean IS NOT TRUE AND coalesce(subject, '') !~* '^cancell?ed:'
	) AS here
), person AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (SELECT id AS id FROM :"source".contact WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE) AS here
), prospect AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (SELECT id AS id FROM :"source".lead WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE) AS here
)
SELECT task.id::text AS touchpoint_id,
	task.account_id,
	person.id::text AS contact_id,
	prospect.id::text AS lead_id,
	task.occurred_at,
	task.channel,
	task.direction,
	CASE
		WHEN task.channel = 'email' THEN 'attempted'
		WHEN task.channel = 'meeting' THEN 'attended'
		WHEN task.disposition ~* 'no answer|voice ?mail|busy|left|message|not reached|unreach|wrong|attempt' OR task.seconds = 0 THEN 'attempted'
		WHEN task.disposition <> '' OR task.seconds > 0 THEN 'connected'
	END AS outcome,
	task.purpose,
	task.owner_id,
	round(task.seconds / 60, 2) AS duration_minutes,
	task.program_id
FROM task
LEFT JOIN person ON person.id = task.who_id
LEFT JOIN prospect ON prospect.id = task.who_id
WHERE task.channel IS NOT NULL AND (task.account_id IS NOT NULL OR person.id IS NOT NULL OR prospect.id IS NOT NULL)
UNION ALL
-- further people of the task; those of an e-mail may have been in copy alone
SELECT task.id::text || '/' || other.id,
	task.account_id,
	person.id::text,
	prospect.id::text,
	task.occurred_at,
	task.channel,
	task.direction,
	CASE
		WHEN task.channel = 'meeting' THEN 'attended'
		WHEN task.disposition ~* 'no answer|voice ?mail|busy|left|message|not reached|unreach|wrong|attempt' OR task.seconds = 0 THEN 'attempted'
		WHEN task.disposition <> '' OR task.seconds > 0 THEN 'connected'
	END,
	task.purpose,
	task.owner_id,
	round(task.seconds / 60, 2),
	task.program_id
FROM task
CROSS JOIN LATERAL unnest(regexp_split_to_array(task.who_ids, '[^A-Za-z0-9_-]+')) AS other (id)
LEFT JOIN person ON person.id = other.id
LEFT JOIN prospect ON prospect.id = other.id
WHERE task.who_ids ~ '\w\W+\w' AND task.channel <> 'email' AND other.id IS DISTINCT FROM task.who_id AND (person.id IS NOT NULL OR prospect.id IS NOT NULL)
UNION ALL
-- meetings, held when their time has come
SELECT event.id::text,
	event.account_id,
	person.id::text,
	prospect.id::text,
	event.occurred_at,
	event.channel,
	'outbound',
	CASE
		WHEN strpos(event.declined, event.who_id::text) > 0 THEN 'attempted'
		WHEN event.channel = 'phone' THEN 'connected'
		ELSE 'attended'
	END,
	event.purpose,
	event.owner_id,
	event.minutes,
	event.program_id
FROM event
LEFT JOIN person ON person.id = event.who_id
LEFT JOIN prospect ON prospect.id = event.who_id
WHERE event.account_id IS NOT NULL OR person.id IS NOT NULL OR prospect.id IS NOT NULL
UNION ALL
-- further people of the meeting
SELECT event.id::text || '/' || other.id,
	event.account_id,
	person.id::text,
	prospect.id::text,
	event.occurred_at,
	event.channel,
	'outbound',
	CASE
		WHEN strpos(event.declined, other.id::text) > 0 THEN 'attempted'
		WHEN event.channel = 'phone' THEN 'connected'
		ELSE 'attended'
	END,
	event.purpose,
	event.owner_id,
	event.minutes,
	event.program_id
FROM event
CROSS JOIN LATERAL unnest(regexp_split_to_array(event.who_ids, '[^A-Za-z0-9_-]+')) AS other (id)
LEFT JOIN person ON person.id = other.id
LEFT JOIN prospect ON prospect.id = other.id
WHERE event.who_ids ~ '\w\W+\w' AND other.id IS DISTINCT FROM event.who_id AND (person.id IS NOT NULL OR prospect.id IS NOT NULL);
