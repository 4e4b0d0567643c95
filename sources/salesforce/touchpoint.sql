-- entity: touchpoint
-- reads: "Task", "Event", "EmailMessage"("ActivityId", "ParentId"), "Case", "CampaignMember"("CampaignId", "HasResponded"), "Contact", "Lead"
-- Completed calls, messages and visits (tasks that are to do, and notes to
-- oneself, are none), meetings, e-mails on cases,
-- answers to campaigns. One row a person.
CREATE VIEW touchpoint WITH (security_invoker = true) AS
WITH task AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "WhoId", NULL::text AS "WhatId", NULL::text AS "AccountId", NULL::text AS "OwnerId", NULL::text AS "Subject",
		NULL::text AS "Type", NULL::text AS "TaskSubtype", NULL::text AS "Status", NULL::boolean AS "IsClosed",
		NULL::timestamptz AS "CompletedDateTime", NULL::date AS "ActivityDate", NULL::timestamptz AS "CreatedDate",
		NULL::text AS "CallType", NULL::text AS "CallDisposition", NULL::numeric AS "CallDurationInSeconds", NULL::text AS "TaskWhoIds",
		NULL::boolean AS "IsRecurrence", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id" AS id,
			"WhoId" AS who_id,
			"TaskWhoIds"::text AS who_ids,
			"AccountId"::text AS account_id,
			coalesce(clientele.utc("CompletedDateTime"), clientele.utc("ActivityDate"), clientele.utc("CreatedDate")) AS occurred_at,
			CASE
				WHEN "TaskSubtype" = 'Call' OR "Type" ~* 'call|phone' OR "CallType" IS NOT NULL OR "CallDurationInSeconds" IS NOT NULL THEN 'phone'
				WHEN "TaskSubtype" = ANY (ARRAY['Email', 'ListEmail']) OR "Type" ~* 'e-?mail' OR "Subject" ~* '^e-?mail:' THEN 'email'
				WHEN "Type" ~* 'meeting|visit|demo' THEN 'meeting'
				WHEN "TaskSubtype" ~* 'linkedin' OR "Type" ~* 'linkedin|social' THEN 'social'
				WHEN "Type" ~* 'chat|sms|text|letter' THEN lower("Type"::text)
			END AS channel,
			CASE WHEN "CallType" ~* '^inbound' OR "Type" ~* 'inbound|incoming' THEN 'inbound' ELSE 'outbound' END AS direction,
			"CallDisposition"::text AS disposition,
			clientele.number("CallDurationInSeconds") AS seconds,
			CASE
				WHEN "WhatId"::text ~ '^006' THEN 'sales'
				WHEN "WhatId"::text ~ '^500' THEN 'service'
				WHEN "WhatId"::text ~ '^701' THEN 'program'
				WHEN "TaskSubtype" = 'ListEmail' THEN 'nurture'
				WHEN "WhoId"::text ~ '^00Q' THEN 'sales'
			END AS purpose,
			"OwnerId"::text AS owner_id,
			CASE WHEN left("WhatId"::text, 3) = '701' THEN "WhatId"::text END AS program_id
		FROM :"source"."Task"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "IsRecurrence"::boolean IS NOT TRUE AND coalesce("CallType", '') !~* '^internal'
			AND coalesce("IsClosed"::boolean, "Status" ~* '^(completed|closed|done)')
	) AS here
), email AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::boolean AS "Incoming", NULL::boolean AS "IsBounced", NULL::boolean AS "IsOpened",
		NULL::timestamptz AS "FirstOpenedDate", NULL::timestamptz AS "MessageDate", NULL::text AS "ToIds",
		NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "ActivityId" AS task_id,
			"ToIds"::text AS to_ids,
			clientele.utc("MessageDate") AS sent_at,
			CASE WHEN "Incoming"::boolean THEN 'inbound' ELSE 'outbound' END AS direction,
			CASE
				WHEN "Incoming"::boolean THEN 'replied'
				WHEN "IsBounced"::boolean THEN 'bounced'
				WHEN "IsOpened"::boolean OR "FirstOpenedDate" IS NOT NULL THEN 'opened'
			END AS outcome
		FROM :"source"."EmailMessage"
		WHERE "IsDeleted"::boolean IS NOT TRUE
	) AS here
), event AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "WhoId", NULL::text AS "WhatId", NULL::text AS "AccountId", NULL::text AS "OwnerId", NULL::text AS "Subject",
		NULL::text AS "Type", NULL::timestamptz AS "StartDateTime", NULL::timestamptz AS "EndDateTime",
		NULL::timestamptz AS "ActivityDateTime", NULL::date AS "ActivityDate", NULL::numeric AS "DurationInMinutes",
		NULL::text AS "EventWhoIds", NULL::text AS "DeclinedEventInviteeIds", NULL::boolean AS "IsChild", NULL::boolean AS "IsRecurrence",
		NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id" AS id,
			"WhoId" AS who_id,
			"EventWhoIds"::text AS who_ids,
			coalesce("DeclinedEventInviteeIds"::text, '') AS declined,
			"AccountId"::text AS account_id,
			coalesce(clientele.utc("StartDateTime"), clientele.utc("ActivityDateTime"), clientele.utc("ActivityDate")) AS occurred_at,
			CASE WHEN "Type" ~* 'video|virtual|online|web' THEN 'video' WHEN "Type" ~* 'call|phone' THEN 'phone' ELSE 'meeting' END AS channel,
			CASE
				WHEN "WhatId"::text ~ '^006' THEN 'sales'
				WHEN "WhatId"::text ~ '^500' THEN 'service'
				WHEN "WhatId"::text ~ '^701' THEN 'program'
				WHEN "WhoId"::text ~ '^00Q' THEN 'sales'
			END AS purpose,
			"OwnerId"::text AS owner_id,
			coalesce(clientele.number("DurationInMinutes"),
				round(extract(epoch FROM clientele.utc("EndDateTime") - clientele.utc("StartDateTime")) / 60, 2)) AS minutes,
			CASE WHEN left("WhatId"::text, 3) = '701' THEN "WhatId"::text END AS program_id
		FROM :"source"."Event"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "IsChild"::boolean IS NOT TRUE AND "IsRecurrence"::boolean IS NOT TRUE AND coalesce("Subject", '') !~* '^cancell?ed:'
	) AS here
), mail AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "ActivityId", NULL::boolean AS "Incoming", NULL::boolean AS "IsBounced", NULL::boolean AS "IsOpened",
		NULL::timestamptz AS "FirstOpenedDate", NULL::timestamptz AS "MessageDate", NULL::timestamptz AS "CreatedDate",
		NULL::text AS "CreatedById", NULL::text AS "Status", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id"::text AS id,
			"ParentId" AS case_id,
			coalesce(clientele.utc("MessageDate"), clientele.utc("CreatedDate")) AS sent_at,
			CASE WHEN "Incoming"::boolean THEN 'inbound' ELSE 'outbound' END AS direction,
			CASE
				WHEN "Incoming"::boolean THEN 'replied'
				WHEN "IsBounced"::boolean THEN 'bounced'
				WHEN "IsOpened"::boolean OR "FirstOpenedDate" IS NOT NULL THEN 'opened'
				ELSE 'attempted'
			END AS outcome,
			CASE WHEN "Incoming"::boolean IS NOT TRUE THEN "CreatedById"::text END AS owner_id
		FROM :"source"."EmailMessage"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "ActivityId" IS NULL AND coalesce("Status"::text, '') <> ALL (ARRAY['5', 'Draft'])
	) AS here
), ticket AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "AccountId", NULL::text AS "ContactId", NULL::boolean AS "IsDeleted",
		NULL::text AS "MasterRecordId") AS absent,
	LATERAL (
		SELECT "Id" AS id, "AccountId"::text AS account_id, "ContactId"::text AS contact_id
		FROM :"source"."Case"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL
	) AS here
), member AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "ContactId", NULL::text AS "LeadId", NULL::date AS "FirstRespondedDate", NULL::timestamptz AS "CreatedDate",
		NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id"::text AS id,
			"ContactId" AS contact_id,
			"LeadId" AS lead_id,
			coalesce(clientele.utc("FirstRespondedDate"), clientele.utc("CreatedDate")) AS responded_at,
			"CampaignId"::text AS program_id
		FROM :"source"."CampaignMember"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "HasResponded"::boolean
	) AS here
), person AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "AccountId", NULL::boolean AS "IsDeleted", NULL::text AS "MasterRecordId") AS absent,
	LATERAL (SELECT "Id" AS id, "AccountId"::text AS account_id FROM :"source"."Contact" WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL) AS here
), prospect AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::boolean AS "IsDeleted", NULL::text AS "MasterRecordId") AS absent,
	LATERAL (SELECT "Id" AS id FROM :"source"."Lead" WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL) AS here
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
-- reads: "Task", "Event", "Contact", "Lead"
-- Completed calls, messages and visits (tasks that are to do, and notes to
-- oneself, are none), and meetings. One row a person.
CREATE VIEW touchpoint WITH (security_invoker = true) AS
WITH task AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "WhoId", NULL::text AS "WhatId", NULL::text AS "AccountId", NULL::text AS "OwnerId", NULL::text AS "Subject",
		NULL::text AS "Type", NULL::text AS "TaskSubtype", NULL::text AS "Status", NULL::boolean AS "IsClosed",
		NULL::timestamptz AS "CompletedDateTime", NULL::date AS "ActivityDate", NULL::timestamptz AS "CreatedDate",
		NULL::text AS "CallType", NULL::text AS "CallDisposition", NULL::numeric AS "CallDurationInSeconds", NULL::text AS "TaskWhoIds",
		NULL::boolean AS "IsRecurrence", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id" AS id,
			"WhoId" AS who_id,
			"TaskWhoIds"::text AS who_ids,
			"AccountId"::text AS account_id,
			coalesce(clientele.utc("CompletedDateTime"), clientele.utc("ActivityDate"), clientele.utc("CreatedDate")) AS occurred_at,
			CASE
				WHEN "TaskSubtype" = 'Call' OR "Type" ~* 'call|phone' OR "CallType" IS NOT NULL OR "CallDurationInSeconds" IS NOT NULL THEN 'phone'
				WHEN "TaskSubtype" = ANY (ARRAY['Email', 'ListEmail']) OR "Type" ~* 'e-?mail' OR "Subject" ~* '^e-?mail:' THEN 'email'
				WHEN "Type" ~* 'meeting|visit|demo' THEN 'meeting'
				WHEN "TaskSubtype" ~* 'linkedin' OR "Type" ~* 'linkedin|social' THEN 'social'
				WHEN "Type" ~* 'chat|sms|text|letter' THEN lower("Type"::text)
			END AS channel,
			CASE WHEN "CallType" ~* '^inbound' OR "Type" ~* 'inbound|incoming' THEN 'inbound' ELSE 'outbound' END AS direction,
			"CallDisposition"::text AS disposition,
			clientele.number("CallDurationInSeconds") AS seconds,
			CASE
				WHEN "WhatId"::text ~ '^006' THEN 'sales'
				WHEN "WhatId"::text ~ '^500' THEN 'service'
				WHEN "WhatId"::text ~ '^701' THEN 'program'
				WHEN "TaskSubtype" = 'ListEmail' THEN 'nurture'
				WHEN "WhoId"::text ~ '^00Q' THEN 'sales'
			END AS purpose,
			"OwnerId"::text AS owner_id,
			CASE WHEN left("WhatId"::text, 3) = '701' THEN "WhatId"::text END AS program_id
		FROM :"source"."Task"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "IsRecurrence"::boolean IS NOT TRUE AND coalesce("CallType", '') !~* '^internal'
			AND coalesce("IsClosed"::boolean, "Status" ~* '^(completed|closed|done)')
	) AS here
), event AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "WhoId", NULL::text AS "WhatId", NULL::text AS "AccountId", NULL::text AS "OwnerId", NULL::text AS "Subject",
		NULL::text AS "Type", NULL::timestamptz AS "StartDateTime", NULL::timestamptz AS "EndDateTime",
		NULL::timestamptz AS "ActivityDateTime", NULL::date AS "ActivityDate", NULL::numeric AS "DurationInMinutes",
		NULL::text AS "EventWhoIds", NULL::text AS "DeclinedEventInviteeIds", NULL::boolean AS "IsChild", NULL::boolean AS "IsRecurrence",
		NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id" AS id,
			"WhoId" AS who_id,
			"EventWhoIds"::text AS who_ids,
			coalesce("DeclinedEventInviteeIds"::text, '') AS declined,
			"AccountId"::text AS account_id,
			coalesce(clientele.utc("StartDateTime"), clientele.utc("ActivityDateTime"), clientele.utc("ActivityDate")) AS occurred_at,
			CASE WHEN "Type" ~* 'video|virtual|online|web' THEN 'video' WHEN "Type" ~* 'call|phone' THEN 'phone' ELSE 'meeting' END AS channel,
			CASE
				WHEN "WhatId"::text ~ '^006' THEN 'sales'
				WHEN "WhatId"::text ~ '^500' THEN 'service'
				WHEN "WhatId"::text ~ '^701' THEN 'program'
				WHEN "WhoId"::text ~ '^00Q' THEN 'sales'
			END AS purpose,
			"OwnerId"::text AS owner_id,
			coalesce(clientele.number("DurationInMinutes"),
				round(extract(epoch FROM clientele.utc("EndDateTime") - clientele.utc("StartDateTime")) / 60, 2)) AS minutes,
			CASE WHEN left("WhatId"::text, 3) = '701' THEN "WhatId"::text END AS program_id
		FROM :"source"."Event"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "IsChild"::boolean IS NOT TRUE AND "IsRecurrence"::boolean IS NOT TRUE AND coalesce("Subject", '') !~* '^cancell?ed:'
	) AS here
), person AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::boolean AS "IsDeleted", NULL::text AS "MasterRecordId") AS absent,
	LATERAL (SELECT "Id" AS id FROM :"source"."Contact" WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL) AS here
), prospect AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::boolean AS "IsDeleted", NULL::text AS "MasterRecordId") AS absent,
	LATERAL (SELECT "Id" AS id FROM :"source"."Lead" WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL) AS here
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
