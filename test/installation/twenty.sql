-- Tables of Twenty with the columns that doc/examples/twenty.sql reads, named as
-- in the standard objects of its server (packages/twenty-server/src/modules), and
-- filled from the sample. Values of a pipeline's stages are a company's own.
\set installed twenty
\set system Twenty

-- Twenty's ids are uuid.
CREATE OR REPLACE FUNCTION installation.id(kind text, native text) RETURNS text LANGUAGE sql STABLE
RETURN left(md5(kind), 8) || '-0000-4000-8000-' || lpad(installation.number(kind, native)::text, 12, '0');
CALL installation.take_ids();

CREATE SCHEMA twenty;
CREATE TYPE twenty."opportunity_stage_enum" AS ENUM ('NEW', 'SCREENING', 'MEETING', 'QUALIFIED', 'SOLUTION', 'PROPOSAL', 'NEGOTIATION', 'CUSTOMER', 'LOST');
CREATE TYPE twenty."messageParticipant_role_enum" AS ENUM ('from', 'to', 'cc', 'bcc');
CREATE TYPE twenty."calendarEventParticipant_responseStatus_enum" AS ENUM ('NEEDS_ACTION', 'DECLINED', 'TENTATIVE', 'ACCEPTED');
CREATE TABLE twenty.company (
	id uuid PRIMARY KEY, "createdAt" timestamptz NOT NULL DEFAULT now(), "updatedAt" timestamptz NOT NULL DEFAULT now(), "deletedAt" timestamptz,
	name text DEFAULT '', "domainNamePrimaryLinkUrl" text DEFAULT '', "addressAddressCity" text DEFAULT '', "addressAddressCountry" text DEFAULT '',
	employees float8, "annualRecurringRevenueAmountMicros" numeric, "accountOwnerId" uuid
);
CREATE TABLE twenty."workspaceMember" (
	id uuid PRIMARY KEY, "createdAt" timestamptz NOT NULL DEFAULT now(), "deletedAt" timestamptz,
	"nameFirstName" text DEFAULT '', "nameLastName" text DEFAULT '', "userEmail" text
);
CREATE TABLE twenty.person (
	id uuid PRIMARY KEY, "createdAt" timestamptz NOT NULL DEFAULT now(), "updatedAt" timestamptz NOT NULL DEFAULT now(), "deletedAt" timestamptz,
	"nameFirstName" text DEFAULT '', "nameLastName" text DEFAULT '', "emailsPrimaryEmail" text DEFAULT '', "jobTitle" text DEFAULT '',
	"phonesPrimaryPhoneNumber" text DEFAULT '', "phonesPrimaryPhoneCountryCode" text DEFAULT '', "phonesPrimaryPhoneCallingCode" text DEFAULT '', "companyId" uuid
);
CREATE TABLE twenty.opportunity (
	id uuid PRIMARY KEY, "createdAt" timestamptz NOT NULL DEFAULT now(), "updatedAt" timestamptz NOT NULL DEFAULT now(), "deletedAt" timestamptz,
	name text, "amountAmountMicros" numeric, "amountCurrencyCode" text, "closeDate" timestamptz, stage twenty."opportunity_stage_enum" NOT NULL DEFAULT 'NEW',
	"pointOfContactId" uuid, "companyId" uuid
);
CREATE TABLE twenty."timelineActivity" (
	id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "createdAt" timestamptz NOT NULL DEFAULT now(), "deletedAt" timestamptz,
	"happensAt" timestamptz NOT NULL, name text, properties jsonb, "targetOpportunityId" uuid, "targetPersonId" uuid, "targetCompanyId" uuid
);
CREATE TABLE twenty.message (
	id uuid PRIMARY KEY, "createdAt" timestamptz NOT NULL DEFAULT now(), "deletedAt" timestamptz, subject text, text text, "receivedAt" timestamptz
);
CREATE TABLE twenty."messageParticipant" (
	id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "createdAt" timestamptz NOT NULL DEFAULT now(), "deletedAt" timestamptz,
	role twenty."messageParticipant_role_enum", handle text, "messageId" uuid, "personId" uuid, "workspaceMemberId" uuid
);
CREATE TABLE twenty."calendarEvent" (
	id uuid PRIMARY KEY, "createdAt" timestamptz NOT NULL DEFAULT now(), "deletedAt" timestamptz,
	title text, "isCanceled" boolean NOT NULL DEFAULT false, "startsAt" timestamptz, "endsAt" timestamptz
);
CREATE TABLE twenty."calendarEventParticipant" (
	id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "createdAt" timestamptz NOT NULL DEFAULT now(), "deletedAt" timestamptz,
	"calendarEventId" uuid, "personId" uuid, "workspaceMemberId" uuid, "isOrganizer" boolean NOT NULL DEFAULT false,
	"responseStatus" twenty."calendarEventParticipant_responseStatus_enum" NOT NULL DEFAULT 'NEEDS_ACTION'
);
CREATE INDEX ON twenty."messageParticipant" ("messageId");
CREATE INDEX ON twenty."messageParticipant" ("personId");
CREATE INDEX ON twenty."calendarEventParticipant" ("calendarEventId");
CREATE INDEX ON twenty."calendarEventParticipant" ("personId");
CREATE INDEX ON twenty."timelineActivity" ("targetOpportunityId");
CREATE INDEX ON twenty.opportunity ("companyId");
-- as doc/adapting.md says
CREATE INDEX ON twenty.company ((id::text));
CREATE INDEX ON twenty.person ((id::text));
CREATE INDEX ON twenty.person (("companyId"::text));
CREATE INDEX ON twenty.opportunity ((id::text));
CREATE INDEX ON twenty.opportunity (("companyId"::text));
CREATE INDEX ON twenty."timelineActivity" (("targetOpportunityId"::text));

INSERT INTO twenty.company (id, name, employees, "addressAddressCountry", "accountOwnerId", "createdAt")
SELECT account_id::uuid, name, employees, coalesce(country, ''), owner_id::uuid, created_at FROM native.account;
INSERT INTO twenty.company (id, name, "deletedAt") VALUES (gen_random_uuid(), 'Deleted', now());
INSERT INTO twenty."workspaceMember" (id, "nameFirstName", "nameLastName")
SELECT owner_id::uuid, split_part(name, ' ', 1), substr(name, strpos(name, ' ') + 1) FROM native.owner;
INSERT INTO twenty.person (id, "nameFirstName", "nameLastName", "emailsPrimaryEmail", "jobTitle", "phonesPrimaryPhoneCallingCode", "phonesPrimaryPhoneNumber", "companyId", "createdAt")
SELECT contact_id::uuid, split_part(name, ' ', 1), substr(name, strpos(name, ' ') + 1), coalesce(email, ''), coalesce(title, ''),
	CASE WHEN phone LIKE '% %' THEN split_part(phone, ' ', 1) ELSE '' END, coalesce(substr(phone, strpos(phone, ' ') + 1), ''), account_id::uuid, created_at
FROM native.contact;
INSERT INTO twenty.opportunity (id, "companyId", "pointOfContactId", stage, "amountAmountMicros", "closeDate", "createdAt")
SELECT opportunity_id::uuid, account_id::uuid, contact_id::uuid,
	(CASE stage WHEN 'won' THEN 'CUSTOMER' ELSE upper(stage) END)::twenty."opportunity_stage_enum", amount * 1000000, closed_at, opened_at
FROM native.opportunity;
INSERT INTO twenty."timelineActivity" (name, "targetOpportunityId", "happensAt", properties)
SELECT CASE place WHEN 1 THEN 'opportunity.created' ELSE 'opportunity.updated' END, opportunity_id::uuid, entered_at,
	CASE place WHEN 1 THEN jsonb_build_object('after', jsonb_build_object('stage', stage))
		ELSE jsonb_build_object('diff', jsonb_build_object('stage', jsonb_build_object('before', before, 'after', stage))) END
FROM (
	SELECT opportunity_id, entered_at, CASE stage WHEN 'won' THEN 'CUSTOMER' ELSE upper(stage) END AS stage,
		lag(CASE stage WHEN 'won' THEN 'CUSTOMER' ELSE upper(stage) END) OVER past AS before,
		row_number() OVER past AS place
	FROM native.opportunity_stage
	WINDOW past AS (PARTITION BY opportunity_id ORDER BY entered_at)
) AS step;
INSERT INTO twenty.message (id, "receivedAt") SELECT touchpoint_id::uuid, occurred_at FROM native.touchpoint WHERE channel = 'email';
INSERT INTO twenty."messageParticipant" (id, "messageId", role, "personId")
SELECT touchpoint_id::uuid, touchpoint_id::uuid, (CASE direction WHEN 'inbound' THEN 'from' ELSE 'to' END)::twenty."messageParticipant_role_enum", contact_id::uuid
FROM native.touchpoint WHERE channel = 'email';
INSERT INTO twenty."messageParticipant" ("messageId", role, "workspaceMemberId")
SELECT touchpoint_id::uuid, (CASE direction WHEN 'inbound' THEN 'to' ELSE 'from' END)::twenty."messageParticipant_role_enum", owner_id::uuid
FROM native.touchpoint WHERE channel = 'email';
-- somebody in copy is not reached
INSERT INTO twenty."messageParticipant" ("messageId", role, "personId")
SELECT touchpoint_id::uuid, 'cc', (SELECT min(contact_id) FROM native.contact)::uuid FROM native.touchpoint WHERE channel = 'email';
INSERT INTO twenty."calendarEvent" (id, "startsAt", "endsAt")
SELECT touchpoint_id::uuid, occurred_at, occurred_at + duration_minutes * interval '1 minute' FROM native.touchpoint WHERE channel = ANY (ARRAY['meeting', 'video']);
INSERT INTO twenty."calendarEventParticipant" (id, "calendarEventId", "personId", "responseStatus")
SELECT touchpoint_id::uuid, touchpoint_id::uuid, contact_id::uuid, 'ACCEPTED' FROM native.touchpoint WHERE channel = ANY (ARRAY['meeting', 'video']);
INSERT INTO twenty."calendarEventParticipant" ("calendarEventId", "workspaceMemberId", "isOrganizer", "responseStatus")
SELECT touchpoint_id::uuid, owner_id::uuid, true, 'ACCEPTED' FROM native.touchpoint WHERE channel = ANY (ARRAY['meeting', 'video']);
-- a meeting that did not take place
INSERT INTO twenty."calendarEvent" (id, "startsAt", "isCanceled") VALUES ('00000000-0000-4000-8000-000000000000', '2025-06-01', true);
INSERT INTO twenty."calendarEventParticipant" ("calendarEventId", "personId") SELECT '00000000-0000-4000-8000-000000000000', min(contact_id)::uuid FROM native.contact;

-- Twenty has no invoices: what was won counts as bought.
DELETE FROM native.purchase;
INSERT INTO native.purchase (purchase_id, account_id, purchased_at, amount)
SELECT opportunity_id, account_id, closed_at, amount FROM native.opportunity WHERE is_won;

INSERT INTO installation.lost
SELECT entity, part, 'NULL', 'Twenty has no such field'
FROM (VALUES
	('account', 'industry,annual_revenue,territory,parent_account_id,is_key_account'),
	('contact', 'role,seniority,department,is_active,do_not_contact,left_at'),
	('owner', 'territory,capacity'),
	('opportunity', 'lead_id,product_id,owner_id'),
	('touchpoint', 'lead_id,purpose,program_id')
) AS gone (entity, parts), string_to_table(parts, ',') AS part;
INSERT INTO installation.lost VALUES
	('opportunity', 'kind', $$CASE WHEN EXISTS (SELECT FROM native.purchase WHERE purchase.account_id = opportunity.account_id
		AND purchase.purchased_at <= opportunity.opened_at) THEN 'upsell' ELSE 'new' END$$, 'it is not told whether a customer buys more or another product'),
	('opportunity', 'is_won', 'coalesce(is_won, false)', 'an open one is not won; the contract says nothing of it'),
	('touchpoint', '*', $$channel = ANY (ARRAY['email', 'meeting', 'video'])$$, 'Twenty knows mails and meetings'),
	('touchpoint', 'channel', $$CASE channel WHEN 'video' THEN 'meeting' ELSE channel END$$, 'a meeting is a meeting'),
	('touchpoint', 'outcome', $$CASE WHEN channel <> 'email' THEN 'attended' WHEN direction = 'inbound' THEN 'replied' ELSE 'attempted' END$$, 'it is not told whether a mail was read; who comes to a meeting attends it'),
	('touchpoint', 'duration_minutes', $$CASE WHEN channel <> 'email' THEN duration_minutes END$$, 'a mail takes no time');
INSERT INTO installation.unlisted
SELECT relname, '*', 'Twenty is not in the list' FROM pg_class WHERE relnamespace = 'twenty'::regnamespace AND relkind = 'r';
ANALYZE;
