-- An installation of Mautic 5, filled with the rows of the workspace native. Run
-- by test/installation_mautic.pg, after begin.sql.
--
-- A person is one row, be it a lead or a contact: a lead has its contact's id.
CREATE TABLE installation.contact_of_lead AS SELECT lead_id, contact_id FROM native.lead;
CREATE OR REPLACE FUNCTION installation.id(kind text, native text) RETURNS text LANGUAGE sql STABLE
RETURN CASE kind
	WHEN 'lead' THEN (SELECT installation.number('contact', one.contact_id) FROM installation.contact_of_lead AS one WHERE one.lead_id = native)
	ELSE installation.number(kind, native)
END::text;
CALL installation.take_ids();

CREATE SCHEMA mautic;
SET search_path = mautic, public;

-- ---- who there is ----------------------------------------------------------------
CREATE TABLE users (id integer PRIMARY KEY, is_published smallint, username varchar(191), first_name varchar(191), last_name varchar(191), email varchar(191));
CREATE TABLE companies (id integer PRIMARY KEY, owner_id integer, is_published smallint, date_added timestamp, date_modified timestamp, score integer, companyname varchar(191),
	companyindustry varchar(191), companynumber_of_employees float8, companyannual_revenue float8, companycountry varchar(191), companywebsite varchar(191));
CREATE TABLE stages (id integer PRIMARY KEY, is_published smallint, name varchar(191), weight integer);
CREATE TABLE leads (id bigint PRIMARY KEY, owner_id integer, stage_id integer, is_published smallint, date_added timestamp, date_modified timestamp, date_identified timestamp,
	last_active timestamp, points integer, title varchar(191), firstname varchar(191), lastname varchar(191), company varchar(191), position varchar(191), email varchar(191),
	phone varchar(191), mobile varchar(191), country varchar(191));
CREATE INDEX ON leads (date_added);
CREATE INDEX ON leads (email);
CREATE TABLE companies_leads (company_id integer, lead_id bigint, date_added timestamp, is_primary smallint, manually_removed smallint, manually_added smallint, PRIMARY KEY (company_id, lead_id));
CREATE INDEX ON companies_leads (lead_id);
CREATE TABLE lead_companies_change_log (id serial PRIMARY KEY, lead_id bigint, type text, event_name varchar(191), action_name varchar(191), company_id integer, date_added timestamp);
CREATE INDEX ON lead_companies_change_log (lead_id);
CREATE TABLE lead_donotcontact (id serial PRIMARY KEY, lead_id bigint, date_added timestamp, reason smallint, channel varchar(191), channel_id integer, comments text);
CREATE TABLE lead_utmtags (id serial PRIMARY KEY, lead_id bigint, date_added timestamp, utm_source varchar(191), utm_medium varchar(191), utm_campaign varchar(191));
CREATE TABLE campaigns (id integer PRIMARY KEY, is_published smallint, date_added timestamp, name varchar(191), publish_up timestamp, publish_down timestamp);
CREATE TABLE campaign_events (id integer PRIMARY KEY, campaign_id integer NOT NULL, name varchar(191), type varchar(50));
CREATE TABLE campaign_leads (campaign_id integer, lead_id bigint, date_added timestamp, manually_removed smallint, manually_added smallint, rotation integer, PRIMARY KEY (campaign_id, lead_id));
CREATE TABLE email_stats (id bigint PRIMARY KEY, email_id integer, lead_id bigint, email_address varchar(191), date_sent timestamp, is_read smallint, is_failed smallint, date_read timestamp,
	source varchar(191), source_id integer, open_count integer, last_opened timestamp);
CREATE INDEX ON email_stats (lead_id, date_sent);
CREATE TABLE email_stat_replies (id char(36) PRIMARY KEY, stat_id bigint NOT NULL, date_replied timestamp, message_id varchar(191));
CREATE TABLE sms_message_stats (id bigint PRIMARY KEY, sms_id integer, lead_id bigint, date_sent timestamp, is_failed smallint, source varchar(191), source_id integer);
CREATE TABLE form_submissions (id bigint PRIMARY KEY, form_id integer, lead_id bigint, date_submitted timestamp, referer text);
CREATE TABLE asset_downloads (id bigint PRIMARY KEY, asset_id integer, lead_id bigint, date_download timestamp);
CREATE TABLE lead_notes (id bigint PRIMARY KEY, lead_id bigint, is_published smallint, date_added timestamp, created_by integer, text text, type varchar(50), date_time timestamp);

INSERT INTO users SELECT owner_id::integer, 1, 'user' || owner_id, split_part(name, ' ', 1), substr(name, strpos(name, ' ') + 1) FROM native.owner;
INSERT INTO companies (id, owner_id, is_published, date_added, companyname, companyindustry, companynumber_of_employees, companyannual_revenue, companycountry)
SELECT account_id::integer, owner_id::integer, 1, created_at AT TIME ZONE 'UTC', name, industry, employees, annual_revenue, country FROM native.account;
INSERT INTO stages SELECT row_number() OVER (ORDER BY status COLLATE "C"), 1, status FROM (SELECT DISTINCT status FROM native.lead WHERE status IS NOT NULL) AS named;
INSERT INTO leads (id, owner_id, stage_id, is_published, date_added, date_identified, firstname, lastname, company, position, email, phone)
SELECT contact_id::integer, lead.owner_id::integer, stages.id, 1, contact.created_at AT TIME ZONE 'UTC', contact.created_at AT TIME ZONE 'UTC',
	split_part(contact.name, ' ', 1), substr(contact.name, strpos(contact.name, ' ') + 1), company, title, contact.email, phone
FROM native.contact LEFT JOIN native.lead USING (contact_id) LEFT JOIN stages ON stages.name = status;
INSERT INTO lead_utmtags (lead_id, date_added, utm_source) SELECT contact_id::integer, created_at AT TIME ZONE 'UTC', source FROM native.lead WHERE source IS NOT NULL;
INSERT INTO lead_donotcontact (lead_id, date_added, reason, channel) SELECT contact_id::integer, created_at AT TIME ZONE 'UTC', 1, 'email' FROM native.contact WHERE do_not_contact;
-- the company of today, since when; those of before are in the log
INSERT INTO companies_leads (company_id, lead_id, date_added, is_primary, manually_removed)
SELECT account_id::integer, contact_id::integer,
	coalesce((SELECT max(started_at) FROM native.contact_employment AS job WHERE job.contact_id = contact.contact_id AND job.account_id = contact.account_id AND job.ended_at IS NULL),
		created_at) AT TIME ZONE 'UTC', 1, 0
FROM native.contact WHERE account_id IS NOT NULL;
INSERT INTO lead_companies_change_log (lead_id, type, event_name, action_name, company_id, date_added)
SELECT contact_id::integer, 'company', 'Company', action, account_id::integer, at AT TIME ZONE 'UTC'
FROM native.contact_employment AS job
CROSS JOIN LATERAL (VALUES ('Lead added to the company', started_at), ('Lead removed from the company', ended_at)) AS entry (action, at)
WHERE ended_at IS NOT NULL AND NOT EXISTS (SELECT FROM native.contact WHERE contact.contact_id = job.contact_id AND contact.account_id = job.account_id) AND at IS NOT NULL;

-- ---- campaigns -------------------------------------------------------------------
INSERT INTO campaigns SELECT program_id::integer, 1, starts_on, name, starts_on, ends_on FROM native.program;
INSERT INTO campaign_events SELECT 100 + program_id::integer, program_id::integer, 'Send', 'email.send' FROM native.program;
-- an account comes into a campaign with one of its people
INSERT INTO campaign_leads (campaign_id, lead_id, date_added, manually_removed)
SELECT program_id::integer, min(contact_id::integer), min(joined_at) AT TIME ZONE 'UTC', 0
FROM native.program_member JOIN native.contact USING (account_id) GROUP BY program_id, account_id;

-- ---- messages, forms, notes --------------------------------------------------------
-- An answer is a row of its own. Forms are what a visit of the website leaves;
-- calls that were connected and meetings are noted.
CREATE TABLE installation.touch AS
SELECT touchpoint_id::integer AS id, touchpoint.*, occurred_at AT TIME ZONE 'UTC' AS at,
	CASE
		WHEN contact_id IS NULL THEN NULL
		WHEN channel = 'email' AND direction = 'outbound' THEN 'email_stats'
		WHEN channel = 'web' THEN 'form_submissions'
		WHEN channel = ANY (ARRAY['meeting', 'video']) OR (channel = 'phone' AND outcome = 'connected') THEN 'lead_notes'
	END AS form
FROM native.touchpoint;
INSERT INTO email_stats (id, email_id, lead_id, date_sent, is_read, is_failed, date_read, source, source_id)
SELECT id, 1, contact_id::integer, at, (outcome = ANY (ARRAY['opened', 'replied']))::integer, (outcome = 'bounced')::integer, CASE WHEN outcome = ANY (ARRAY['opened', 'replied']) THEN at END,
	CASE WHEN program_id IS NULL THEN 'email' ELSE 'campaign.event' END, coalesce(100 + program_id::integer, 1)
FROM installation.touch WHERE form = 'email_stats';
INSERT INTO email_stat_replies (id, stat_id, date_replied)
SELECT lpad(touchpoint_id, 36, '0'), id, at FROM installation.touch WHERE form = 'email_stats' AND outcome = 'replied';
INSERT INTO form_submissions (id, form_id, lead_id, date_submitted) SELECT id, 1, contact_id::integer, at FROM installation.touch WHERE form = 'form_submissions';
INSERT INTO lead_notes (id, lead_id, is_published, date_added, created_by, text, type, date_time)
SELECT id, contact_id::integer, 1, at, owner_id::integer, 'Note', CASE channel WHEN 'phone' THEN 'call' ELSE 'meeting' END, at FROM installation.touch WHERE form = 'lead_notes';
-- what sources/mautic/about.sql advises
CREATE INDEX ON companies ((id::text));
CREATE INDEX ON leads ((id::text));
CREATE INDEX ON companies_leads ((lead_id::text));
CREATE INDEX ON companies_leads ((company_id::text));
CREATE INDEX ON email_stats ((lead_id::text));
CREATE INDEX ON email_stats ((id::text));
CREATE INDEX ON email_stat_replies ((stat_id::text));
CREATE INDEX ON form_submissions ((lead_id::text));
CREATE INDEX ON lead_notes ((lead_id::text));
CREATE INDEX ON sms_message_stats ((lead_id::text));
CREATE INDEX ON asset_downloads ((lead_id::text));
DO $$ DECLARE name text; BEGIN
	FOR name IN SELECT relname FROM pg_class WHERE relnamespace = 'mautic'::regnamespace AND relkind = 'r' LOOP EXECUTE format('ANALYZE mautic.%I', name); END LOOP; END $$;
SET search_path = public;
INSERT INTO installation.unlisted
SELECT relname, '*', 'as in Mautic''s own sources' FROM pg_class WHERE relnamespace = 'mautic'::regnamespace AND relkind = 'r';

-- ---- what comes back in another form -----------------------------------------------
UPDATE native.touchpoint SET touchpoint_id = form || ',' || id FROM installation.touch WHERE touch.touchpoint_id = touchpoint.touchpoint_id AND form IS NOT NULL;
INSERT INTO native.touchpoint (touchpoint_id, account_id, contact_id, occurred_at, channel, direction, outcome, program_id)
SELECT 'email_stat_replies,' || lpad(touchpoint_id, 36, '0'), account_id, contact_id, occurred_at, 'email', 'inbound', 'replied', program_id
FROM installation.touch WHERE form = 'email_stats' AND outcome = 'replied';
-- everybody is a lead, since it is known
CREATE TABLE installation.person AS
SELECT contact_id AS lead_id, contact.account_id, contact_id, company, contact.name, contact.email, source, status, lead.owner_id, contact.created_at, NULL::timestamptz AS converted_at
FROM native.contact LEFT JOIN native.lead USING (contact_id);
DO $$ BEGIN
	SET LOCAL session_replication_role = replica; -- what refers to leads stays
	DELETE FROM native.lead;
	INSERT INTO native.lead TABLE installation.person;
END $$;
-- and has a job, since the link was made; nobody removed the link of who left
CREATE TABLE installation.job AS
SELECT contact_id, account_id, NULL::text AS title, started_at, ended_at FROM native.contact_employment AS job
WHERE ended_at IS NOT NULL AND NOT EXISTS (SELECT FROM native.contact WHERE contact.contact_id = job.contact_id AND contact.account_id = job.account_id)
UNION ALL
SELECT contact_id, account_id, title, coalesce((SELECT max(started_at) FROM native.contact_employment AS job
	WHERE job.contact_id = contact.contact_id AND job.account_id = contact.account_id AND job.ended_at IS NULL), created_at), NULL
FROM native.contact WHERE account_id IS NOT NULL;
DELETE FROM native.contact_employment;
INSERT INTO native.contact_employment TABLE installation.job;

-- ---- what Mautic cannot hold --------------------------------------------------------
INSERT INTO installation.lost VALUES
	('account', 'territory', 'NULL', 'there is no such field'),
	('account', 'is_key_account', 'NULL', 'there is no such field'),
	('account', 'parent_account_id', 'NULL', 'there is no such field'),
	('contact', 'role', 'NULL', 'there is no such field'),
	('contact', 'seniority', 'NULL', 'there is no such field'),
	('contact', 'department', 'NULL', 'there is no such field'),
	('contact', 'is_active', 'true', 'who is not deleted is there'),
	('contact', 'left_at', 'NULL', 'there is no such field'),
	('owner', 'territory', 'NULL', 'there is no such field'),
	('owner', 'capacity', 'NULL', 'there is no such field'),
	('touchpoint', '*', $$contact_id IS NOT NULL AND (channel = ANY (ARRAY['web', 'meeting', 'video']) OR (channel = 'email' AND (direction = 'outbound' OR touchpoint_id LIKE '%repl%'))
		OR (channel = 'phone' AND outcome = 'connected'))$$, 'messages that come in by themselves, calls in vain and social networks leave nothing'),
	('touchpoint', 'lead_id', 'contact_id', 'a person is both'),
	('touchpoint', 'channel', $$CASE channel WHEN 'video' THEN 'meeting' ELSE channel END$$, 'a meeting is a meeting'),
	('touchpoint', 'direction', $$CASE channel WHEN 'phone' THEN 'outbound' ELSE direction END$$, 'a note of a call does not say who called'),
	('touchpoint', 'outcome', $$CASE WHEN channel = 'web' THEN 'replied' WHEN channel = 'email' AND direction = 'outbound' AND outcome = 'replied' THEN 'opened' WHEN channel = ANY (ARRAY['meeting', 'video']) THEN 'attended' ELSE outcome END$$,
		'who sends a form in has answered; an answer is a row of its own'),
	('touchpoint', 'purpose', $$CASE channel WHEN 'email' THEN 'nurture' WHEN 'web' THEN NULL ELSE 'sales' END$$, 'its own messages nurture, and notes are of sales'),
	('touchpoint', 'owner_id', $$CASE WHEN channel = ANY (ARRAY['email', 'web']) THEN NULL ELSE owner_id END$$, 'its own messages are nobody''s'),
	('touchpoint', 'duration_minutes', 'NULL', 'there is no such field'),
	('program', 'segment', 'NULL', 'there is no such field'),
	('program_member', 'is_control', 'NULL', 'there is no such field');
