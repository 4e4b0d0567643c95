-- Twenty, an open-source CRM that keeps its data in PostgreSQL, as views with the
-- names and columns of Clientele's entities: the example of doc/adapting.md.
--
--   psql -v twenty=workspace_3ixj3i1a5avy16ptijtb3lae3 -f twenty.sql
--
-- "twenty" is the schema of your workspace there. The views are made in a schema
-- twenty_entity of yours; CALL clientele.create_workspace('crm', 'custom',
-- source_schema => 'twenty_entity') builds on them.
--
-- Ids are uuid there: an index that finds the rows of one account is one on the
-- text, such as CREATE INDEX ON workspace_....person (("companyId"::text)).
\set ON_ERROR_STOP on
BEGIN;
CREATE SCHEMA twenty_entity;

CREATE VIEW twenty_entity.account WITH (security_invoker = true) AS
SELECT id AS account_id,
	nullif(name, '') AS name,
	employees,
	-- what a company pays Twenty's user a year: not its own revenue, so left out
	nullif("addressAddressCountry", '') AS country,
	"accountOwnerId" AS owner_id,
	"createdAt" AS created_at
FROM :"twenty".company
WHERE "deletedAt" IS NULL;

CREATE VIEW twenty_entity.owner WITH (security_invoker = true) AS
SELECT id AS owner_id,
	nullif(concat_ws(' ', nullif("nameFirstName", ''), nullif("nameLastName", '')), '') AS name
FROM :"twenty"."workspaceMember"
WHERE "deletedAt" IS NULL;

CREATE VIEW twenty_entity.contact WITH (security_invoker = true) AS
SELECT id AS contact_id,
	"companyId" AS account_id,
	nullif(concat_ws(' ', nullif("nameFirstName", ''), nullif("nameLastName", '')), '') AS name,
	nullif("emailsPrimaryEmail", '') AS email,
	nullif(concat_ws(' ', nullif("phonesPrimaryPhoneCallingCode", ''), nullif("phonesPrimaryPhoneNumber", '')), '') AS phone,
	nullif("jobTitle", '') AS title,
	"createdAt" AS created_at
FROM :"twenty".person
WHERE "deletedAt" IS NULL;

-- Twenty has no invoices: what was won counts as bought, on the day on which it
-- was closed. Where invoices are to be had, let purchase come from there.
CREATE VIEW twenty_entity.purchase WITH (security_invoker = true) AS
SELECT id AS purchase_id,
	"companyId" AS account_id,
	"closeDate" AS purchased_at,
	round("amountAmountMicros" / 1000000, 2) AS amount
FROM :"twenty".opportunity
WHERE stage::text = 'CUSTOMER'
	AND "companyId" IS NOT NULL
	AND "deletedAt" IS NULL;

-- The stages are those of Twenty's own pipeline, and LOST, which it has not but
-- which a team that loses adds. A lost one was closed when it came there.
CREATE VIEW twenty_entity.opportunity WITH (security_invoker = true) AS
SELECT deal.id AS opportunity_id,
	deal."companyId" AS account_id,
	deal."pointOfContactId" AS contact_id,
	CASE WHEN EXISTS (
		SELECT
		FROM :"twenty".opportunity AS earlier
		WHERE earlier."companyId" = deal."companyId"
			AND earlier.stage::text = 'CUSTOMER'
			AND earlier."closeDate" <= deal."createdAt"
			AND earlier."deletedAt" IS NULL) THEN 'upsell' ELSE 'new' END AS kind,
	CASE deal.stage::text WHEN 'CUSTOMER' THEN 'won' ELSE lower(deal.stage::text) END AS stage,
	round(deal."amountAmountMicros" / 1000000, 2) AS amount,
	deal."createdAt" AS opened_at,
	CASE deal.stage::text
		WHEN 'CUSTOMER' THEN deal."closeDate"
		WHEN 'LOST' THEN coalesce((
			SELECT max(event."happensAt")
			FROM :"twenty"."timelineActivity" AS event
			WHERE event."targetOpportunityId" = deal.id
				AND event.properties->'diff'->'stage'->>'after' = 'LOST'), deal."updatedAt")
	END AS closed_at,
	deal.stage::text = 'CUSTOMER' AS is_won
FROM :"twenty".opportunity AS deal
WHERE deal."deletedAt" IS NULL;

-- The timeline notes each change with the value before and after.
CREATE VIEW twenty_entity.opportunity_stage WITH (security_invoker = true) AS
SELECT event."targetOpportunityId" AS opportunity_id,
	CASE entered.stage WHEN 'CUSTOMER' THEN 'won' ELSE lower(entered.stage) END AS stage,
	event."happensAt" AS entered_at
FROM :"twenty"."timelineActivity" AS event
CROSS JOIN LATERAL (
	SELECT coalesce(event.properties->'diff'->'stage'->>'after', event.properties->'after'->>'stage') AS stage
) AS entered
WHERE event.name = ANY (ARRAY['opportunity.created', 'opportunity.updated'])
	AND event."targetOpportunityId" IS NOT NULL
	AND entered.stage IS NOT NULL
	AND event."deletedAt" IS NULL;

-- One row a person: who is in copy is not reached. Twenty writes the roles of
-- participants in capitals in some releases and in small letters in others.
CREATE VIEW twenty_entity.touchpoint WITH (security_invoker = true) AS
SELECT participant.id AS touchpoint_id,
	person."companyId" AS account_id,
	person.id AS contact_id,
	message."receivedAt" AS occurred_at,
	'email' AS channel,
	CASE WHEN participant.role::text ILIKE 'from' THEN 'inbound' ELSE 'outbound' END AS direction,
	-- whether a message was read is not known
	CASE WHEN participant.role::text ILIKE 'from' THEN 'replied' ELSE 'attempted' END AS outcome,
	ours."workspaceMemberId" AS owner_id,
	NULL::integer AS duration_minutes
FROM :"twenty"."messageParticipant" AS participant
JOIN :"twenty".person AS person ON person.id = participant."personId" AND person."deletedAt" IS NULL
JOIN :"twenty".message AS message ON message.id = participant."messageId" AND message."deletedAt" IS NULL
LEFT JOIN LATERAL (
	-- who of us: the sender, or else one to whom it went
	SELECT own."workspaceMemberId",
		own.role::text ILIKE 'from' AS is_sender
	FROM :"twenty"."messageParticipant" AS own
	WHERE own."messageId" = message.id
		AND own."workspaceMemberId" IS NOT NULL
		AND own."deletedAt" IS NULL
	ORDER BY own.role::text ILIKE 'from' DESC, own.id
	LIMIT 1
) AS ours ON true
WHERE participant."deletedAt" IS NULL
	-- from a person, or from one of us to a person; not among outsiders
	AND (participant.role::text ILIKE 'from' OR participant.role::text ILIKE 'to' AND ours.is_sender)
UNION ALL
SELECT guest.id AS touchpoint_id,
	person."companyId" AS account_id,
	person.id AS contact_id,
	event."startsAt" AS occurred_at,
	'meeting' AS channel,
	CASE WHEN guest."isOrganizer" THEN 'inbound' ELSE 'outbound' END AS direction,
	CASE WHEN guest."responseStatus"::text = 'DECLINED' THEN 'attempted' ELSE 'attended' END AS outcome,
	(
		SELECT own."workspaceMemberId"
		FROM :"twenty"."calendarEventParticipant" AS own
		WHERE own."calendarEventId" = event.id
			AND own."workspaceMemberId" IS NOT NULL
			AND own."deletedAt" IS NULL
		ORDER BY own."isOrganizer" DESC, own.id
		LIMIT 1
	) AS owner_id,
	(extract(epoch FROM event."endsAt" - event."startsAt") / 60)::integer AS duration_minutes
FROM :"twenty"."calendarEventParticipant" AS guest
JOIN :"twenty".person AS person ON person.id = guest."personId" AND person."deletedAt" IS NULL
JOIN :"twenty"."calendarEvent" AS event ON event.id = guest."calendarEventId" AND event."deletedAt" IS NULL
WHERE NOT event."isCanceled"
	AND guest."deletedAt" IS NULL;

COMMIT;
