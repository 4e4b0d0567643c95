-- entity: ticket
-- reads: "Case", "EmailMessage"("ParentId", "Incoming", "MessageDate")
-- The first answer is the first e-mail to the customer, or at once for a case that
-- was closed when it was made.
-- Cases have no measure of satisfaction, and none says that somebody gave up.
CREATE VIEW ticket WITH (security_invoker = true) AS
SELECT here.ticket_id,
	here.account_id,
	here.contact_id,
	here.opened_at,
	coalesce(here.settled_at_once_at, answer.sent_at) AS first_response_at,
	here.closed_at,
	here.severity,
	NULL::numeric AS satisfaction,
	NULL::boolean AS is_abandoned,
	here.channel
FROM (SELECT NULL::text AS "AccountId", NULL::text AS "ContactId", NULL::timestamptz AS "CreatedDate", NULL::timestamptz AS "ClosedDate",
	NULL::boolean AS "IsClosedOnCreate", NULL::text AS "Priority", NULL::text AS "Origin", NULL::boolean AS "IsDeleted",
	NULL::text AS "MasterRecordId") AS absent,
LATERAL (
	SELECT "Id" AS id,
		"Id"::text AS ticket_id,
		"AccountId"::text AS account_id,
		"ContactId"::text AS contact_id,
		clientele.utc("CreatedDate") AS opened_at,
		CASE WHEN "IsClosedOnCreate"::boolean THEN clientele.utc("CreatedDate") END AS settled_at_once_at,
		clientele.utc("ClosedDate") AS closed_at,
		CASE lower("Priority"::text) WHEN 'medium' THEN 'normal' WHEN 'urgent' THEN 'critical' ELSE lower("Priority"::text) END AS severity,
		lower("Origin"::text) AS channel
	FROM :"source"."Case"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL
) AS here
LEFT JOIN (
	SELECT sent.*
	FROM (SELECT NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT answer."ParentId" AS case_id, clientele.utc(answer."MessageDate") AS sent_at
		FROM :"source"."EmailMessage" AS answer
		WHERE "IsDeleted"::boolean IS NOT TRUE AND answer."Incoming"::boolean IS NOT TRUE AND answer."MessageDate" IS NOT NULL
			AND NOT EXISTS (
				SELECT
				FROM :"source"."EmailMessage" AS earlier
				WHERE "IsDeleted"::boolean IS NOT TRUE AND earlier."ParentId" = answer."ParentId" AND earlier."Incoming"::boolean IS NOT TRUE
					AND (earlier."MessageDate", earlier."Id"::text COLLATE "C") < (answer."MessageDate", answer."Id"::text))
	) AS sent
) AS answer ON answer.case_id = here.id;

-- entity: ticket
-- reads: "Case"
-- Without e-mails the first answer is known only of a case that was closed when
-- it was made.
-- Cases have no measure of satisfaction, and none says that somebody gave up.
CREATE VIEW ticket WITH (security_invoker = true) AS
SELECT here.ticket_id,
	here.account_id,
	here.contact_id,
	here.opened_at,
	here.settled_at_once_at AS first_response_at,
	here.closed_at,
	here.severity,
	NULL::numeric AS satisfaction,
	NULL::boolean AS is_abandoned,
	here.channel
FROM (SELECT NULL::text AS "AccountId", NULL::text AS "ContactId", NULL::timestamptz AS "CreatedDate", NULL::timestamptz AS "ClosedDate",
	NULL::boolean AS "IsClosedOnCreate", NULL::text AS "Priority", NULL::text AS "Origin", NULL::boolean AS "IsDeleted",
	NULL::text AS "MasterRecordId") AS absent,
LATERAL (
	SELECT "Id" AS id,
		"Id"::text AS ticket_id,
		"AccountId"::text AS account_id,
		"ContactId"::text AS contact_id,
		clientele.utc("CreatedDate") AS opened_at,
		CASE WHEN "IsClosedOnCreate"::boolean THEN clientele.utc("CreatedDate") END AS settled_at_once_at,
		clientele.utc("ClosedDate") AS closed_at,
		CASE lower("Priority"::text) WHEN 'medium' THEN 'normal' WHEN 'urgent' THEN 'critical' ELSE lower("Priority"::text) END AS severity,
		lower("Origin"::text) AS channel
	FROM :"source"."Case"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL
) AS here;

-- entity: ticket
-- reads: "case", email_message(parent_id, incoming, message_date)
-- The first answer is the first e-mail to the customer, or at once for a case that
-- was closed when it was made.
-- Cases have no measure of satisfaction, and none says that somebody gave up.
CREATE VIEW ticket WITH (security_invoker = true) AS
SELECT here.ticket_id,
	here.account_id,
	here.contact_id,
	here.opened_at,
	coalesce(here.settled_at_once_at, answer.sent_at) AS first_response_at,
	here.closed_at,
	here.severity,
	NULL::numeric AS satisfaction,
	NULL::boolean AS is_abandoned,
	here.channel
FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::timestamptz AS created_date, NULL::timestamptz AS closed_date,
	NULL::boolean AS is_closed_on_create, NULL::text AS priority, NULL::text AS origin, NULL::boolean AS is_deleted,
	NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS ticket_id,
		account_id::text AS account_id,
		contact_id::text AS contact_id,
		clientele.utc(created_date) AS opened_at,
		CASE WHEN is_closed_on_create::boolean THEN clientele.utc(created_date) END AS settled_at_once_at,
		clientele.utc(closed_date) AS closed_at,
		CASE lower(priority::text) WHEN 'medium' THEN 'normal' WHEN 'urgent' THEN 'critical' ELSE lower(priority::text) END AS severity,
		lower(origin::text) AS channel
	FROM :"source"."case"
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here
LEFT JOIN (
	SELECT sent.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT answer.parent_id AS case_id, clientele.utc(answer.message_date) AS sent_at
		FROM :"source".email_message AS answer
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND answer.incoming::boolean IS NOT TRUE AND answer.message_date IS NOT NULL
			AND NOT EXISTS (
				SELECT
				FROM :"source".email_message AS earlier
				WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND earlier.parent_id = answer.parent_id AND earlier.incoming::boolean IS NOT TRUE
					AND (earlier.message_date, earlier.id::text COLLATE "C") < (answer.message_date, answer.id::text))
	) AS sent
) AS answer ON answer.case_id = here.id;

-- entity: ticket
-- reads: "case"
-- Without e-mails the first answer is known only of a case that was closed when
-- it was made.
-- Cases have no measure of satisfaction, and none says that somebody gave up.
CREATE VIEW ticket WITH (security_invoker = true) AS
SELECT here.ticket_id,
	here.account_id,
	here.contact_id,
	here.opened_at,
	here.settled_at_once_at AS first_response_at,
	here.closed_at,
	here.severity,
	NULL::numeric AS satisfaction,
	NULL::boolean AS is_abandoned,
	here.channel
FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::timestamptz AS created_date, NULL::timestamptz AS closed_date,
	NULL::boolean AS is_closed_on_create, NULL::text AS priority, NULL::text AS origin, NULL::boolean AS is_deleted,
	NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS ticket_id,
		account_id::text AS account_id,
		contact_id::text AS contact_id,
		clientele.utc(created_date) AS opened_at,
		CASE WHEN is_closed_on_create::boolean THEN clientele.utc(created_date) END AS settled_at_once_at,
		clientele.utc(closed_date) AS closed_at,
		CASE lower(priority::text) WHEN 'medium' THEN 'normal' WHEN 'urgent' THEN 'critical' ELSE lower(priority::text) END AS severity,
		lower(origin::text) AS channel
	FROM :"source"."case"
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here;
