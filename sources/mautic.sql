-- Mautic (4 to 6): its tables as they are copied to PostgreSQL, or seen through a
-- foreign data wrapper for MySQL, without a prefix of their names.
--
-- What is worth knowing:
-- A person is one row of leads, be it a stranger, a lead or a customer's contact:
-- who was identified (by an address or otherwise) is a contact and a lead here,
-- under the same id; visitors without a name are neither.
-- Of a person's companies the primary one counts, else the newest.
-- leads.title is Mr or Mrs; the title on the card is position.
-- Bounced addresses are among those not to be contacted in Mautic, but nobody
-- asked for that: do_not_contact is who opted out or was put out by hand.
-- Views of pages are no contacts with people and are left out; forms that were
-- sent in and downloads are touches.
-- Times are UTC, with or without a time zone, as the copy has them.
--
-- Not in Mautic: product, purchase, subscription, quote, opportunity, ticket,
-- usage, referral, verification, program_cost.
--
-- To run by hand: SET search_path = your_schema, clientele; \set source mautic

-- entity: account
-- reads: companies
CREATE VIEW account WITH (security_invoker = true) AS
SELECT here.*
FROM (
	SELECT NULL::text AS companyname,
		NULL::text AS companyindustry,
		NULL::text AS companynumber_of_employees,
		NULL::text AS companyannual_revenue,
		NULL::text AS companycountry,
		NULL::text AS owner_id,
		NULL::text AS is_published,
		NULL::timestamp AS date_added
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS account_id,
		companyname::text AS name,
		nullif(companyindustry::text, '') AS industry,
		CASE
			WHEN btrim(companynumber_of_employees::text) ~ '^[0-9]{1,9}$' THEN btrim(companynumber_of_employees::text)::integer
			WHEN btrim(companynumber_of_employees::text) ~ '^[0-9]{1,3}(,[0-9]{3}){1,2}$' THEN replace(btrim(companynumber_of_employees::text), ',', '')::integer
		END AS employees,
		CASE
			WHEN btrim(companyannual_revenue::text) ~ '^[+-]?[0-9]{1,30}([.][0-9]{1,20})?$' THEN btrim(companyannual_revenue::text)::numeric
			WHEN btrim(companyannual_revenue::text) ~ '^[0-9]{1,3}(,[0-9]{3}){1,9}([.][0-9]{1,20})?$' THEN replace(btrim(companyannual_revenue::text), ',', '')::numeric
		END AS annual_revenue,
		nullif(companycountry::text, '') AS country,
		NULL::text AS territory,
		nullif(owner_id::text, '') AS owner_id,
		NULL::text AS parent_account_id,
		NULL::boolean AS is_key_account,
		to_timestamp(extract(epoch FROM date_added)) AS created_at
	FROM :"source".companies
	WHERE coalesce(is_published::text, '1') = ANY (ARRAY['1', 't', 'true'])
) AS here;

-- entity: contact
-- reads: leads, companies_leads, lead_donotcontact
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.contact_id,
	employer.account_id,
	here.name,
	here.email,
	here.phone,
	here.title,
	NULL::text AS role,
	NULL::text AS seniority,
	NULL::text AS department,
	true AS is_active,
	EXISTS (
		SELECT
		FROM (SELECT NULL::text AS lead_id, NULL::text AS reason) AS absent_4
		CROSS JOIN LATERAL (SELECT lead_id::text AS person_id, reason::text AS reason FROM :"source".lead_donotcontact) AS refusal
		WHERE refusal.person_id = here.contact_id AND refusal.reason = ANY (ARRAY['1', '3'])) AS do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (
	SELECT NULL::text AS firstname,
		NULL::text AS lastname,
		NULL::text AS email,
		NULL::text AS phone,
		NULL::text AS mobile,
		NULL::text AS position,
		NULL::timestamp AS date_identified,
		NULL::timestamp AS date_added
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS contact_id,
		nullif(concat_ws(' ', nullif(firstname::text, ''), nullif(lastname::text, '')), '') AS name,
		nullif(email::text, '') AS email,
		coalesce(nullif(phone::text, ''), nullif(mobile::text, '')) AS phone,
		nullif(position::text, '') AS title,
		to_timestamp(extract(epoch FROM coalesce(date_identified, date_added))) AS created_at
	FROM :"source".leads
	WHERE (date_identified IS NOT NULL OR email::text <> '')
) AS here
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::text AS company_id,
			NULL::text AS lead_id,
			NULL::text AS is_primary,
			NULL::text AS manually_removed,
			NULL::timestamp AS date_added
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT company_id::text AS account_id,
			lead_id::text AS person_id,
			coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary,
			date_added AS added_at
		FROM :"source".companies_leads
		WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND company_id IS NOT NULL
	) AS each
	WHERE each.person_id = here.contact_id
		AND NOT EXISTS (
			SELECT
			FROM (
				SELECT NULL::text AS company_id,
					NULL::text AS lead_id,
					NULL::text AS is_primary,
					NULL::text AS manually_removed,
					NULL::timestamp AS date_added
			) AS absent_3
			CROSS JOIN LATERAL (
				SELECT company_id::text AS account_id, lead_id::text AS person_id, coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary, date_added AS added_at
				FROM :"source".companies_leads
				WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
					AND company_id IS NOT NULL
			) AS better
			WHERE better.person_id = each.person_id
				AND (better.is_primary, coalesce(better.added_at, '-infinity'), better.account_id) > (each.is_primary, coalesce(each.added_at, '-infinity'), each.account_id))
) AS employer ON true;

-- entity: contact_employment
-- reads: leads, companies_leads, lead_companies_change_log
CREATE VIEW contact_employment WITH (security_invoker = true) AS
SELECT here.contact_id,
	here.account_id,
	CASE WHEN here.is_primary THEN person.title END AS title,
	here.started_at,
	NULL::timestamptz AS ended_at
FROM (
	SELECT NULL::text AS company_id,
		NULL::text AS lead_id,
		NULL::text AS manually_removed,
		NULL::timestamp AS date_added,
		NULL::text AS is_primary
) AS absent
CROSS JOIN LATERAL (
	SELECT company_id::text AS account_id,
		lead_id::text AS contact_id,
		coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary,
		to_timestamp(extract(epoch FROM date_added)) AS started_at
	FROM :"source".companies_leads
	WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND company_id IS NOT NULL
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS position) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id,
			nullif(position::text, '') AS title
		FROM :"source".leads
	) AS each
	WHERE each.contact_id = here.contact_id
) AS person ON true
UNION ALL
-- what is in the log and no living link any more; without a later entry it is over at once
SELECT here.contact_id,
	here.account_id,
	NULL AS title,
	min(here.logged_at) FILTER (WHERE NOT here.is_end) AS started_at,
	greatest(coalesce(max(here.logged_at) FILTER (WHERE here.is_end),
		-- else until another company was logged
		(
			SELECT min(later.logged_at)
			FROM (SELECT NULL::text AS lead_id, NULL::text AS company_id, NULL::text AS action_name, NULL::timestamp AS date_added) AS absent_3
			CROSS JOIN LATERAL (
				SELECT lead_id::text AS contact_id, company_id::text AS account_id, to_timestamp(extract(epoch FROM date_added)) AS logged_at
				FROM :"source".lead_companies_change_log
			) AS later
			WHERE later.contact_id = here.contact_id AND later.account_id <> here.account_id AND later.logged_at > min(here.logged_at)
		)), min(here.logged_at) FILTER (WHERE NOT here.is_end)) AS ended_at
FROM (SELECT NULL::text AS lead_id, NULL::text AS company_id, NULL::text AS action_name, NULL::timestamp AS date_added) AS absent
CROSS JOIN LATERAL (
	SELECT id AS entry_id,
		lead_id::text AS contact_id,
		company_id::text AS account_id,
		coalesce(action_name::text ~* 'remove|delete', false) AS is_end,
		to_timestamp(extract(epoch FROM date_added)) AS logged_at
	FROM :"source".lead_companies_change_log
	WHERE lead_id IS NOT NULL
		AND company_id IS NOT NULL
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS contact_id
		FROM :"source".leads
	) AS each
	WHERE each.contact_id = here.contact_id
) AS person ON true
WHERE NOT EXISTS (
	SELECT
	FROM (SELECT NULL::text AS company_id, NULL::text AS lead_id, NULL::text AS manually_removed) AS absent_2
	CROSS JOIN LATERAL (
		SELECT company_id::text AS account_id, lead_id::text AS contact_id
		FROM :"source".companies_leads
		WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS living
	WHERE living.contact_id = here.contact_id AND living.account_id = here.account_id)
GROUP BY here.contact_id, here.account_id;

-- entity: lead
-- reads: leads, companies_leads, stages, lead_utmtags
CREATE VIEW lead WITH (security_invoker = true) AS
SELECT here.lead_id,
	employer.account_id,
	here.lead_id AS contact_id,
	here.company,
	here.name,
	here.email,
	origin.source,
	stage.name AS status,
	here.owner_id,
	here.created_at,
	NULL::timestamptz AS converted_at
FROM (
	SELECT NULL::text AS firstname,
		NULL::text AS lastname,
		NULL::text AS email,
		NULL::text AS company,
		NULL::text AS owner_id,
		NULL::text AS stage_id,
		NULL::timestamp AS date_identified,
		NULL::timestamp AS date_added
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS lead_id,
		nullif(concat_ws(' ', nullif(firstname::text, ''), nullif(lastname::text, '')), '') AS name,
		nullif(email::text, '') AS email,
		nullif(company::text, '') AS company,
		stage_id::text AS stage_id,
		nullif(owner_id::text, '') AS owner_id,
		to_timestamp(extract(epoch FROM coalesce(date_identified, date_added))) AS created_at
	FROM :"source".leads
	WHERE (date_identified IS NOT NULL OR email::text <> '')
) AS here
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::text AS company_id,
			NULL::text AS lead_id,
			NULL::text AS is_primary,
			NULL::text AS manually_removed,
			NULL::timestamp AS date_added
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT company_id::text AS account_id,
			lead_id::text AS person_id,
			coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary,
			date_added AS added_at
		FROM :"source".companies_leads
		WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND company_id IS NOT NULL
	) AS each
	WHERE each.person_id = here.lead_id
		AND NOT EXISTS (
			SELECT
			FROM (
				SELECT NULL::text AS company_id,
					NULL::text AS lead_id,
					NULL::text AS is_primary,
					NULL::text AS manually_removed,
					NULL::timestamp AS date_added
			) AS absent_3
			CROSS JOIN LATERAL (
				SELECT company_id::text AS account_id, lead_id::text AS person_id, coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary, date_added AS added_at
				FROM :"source".companies_leads
				WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
					AND company_id IS NOT NULL
			) AS better
			WHERE better.person_id = each.person_id
				AND (better.is_primary, coalesce(better.added_at, '-infinity'), better.account_id) > (each.is_primary, coalesce(each.added_at, '-infinity'), each.account_id))
) AS employer ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS name) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS stage_id,
			name::text AS name
		FROM :"source".stages
	) AS each
	WHERE each.stage_id = here.stage_id
) AS stage ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS lead_id, NULL::text AS utm_source, NULL::timestamp AS date_added) AS absent_5
	CROSS JOIN LATERAL (
		SELECT id AS tag_id,
			lead_id::text AS person_id,
			nullif(utm_source::text, '') AS source,
			date_added AS added_at
		FROM :"source".lead_utmtags
	) AS each
	WHERE each.person_id = here.lead_id AND each.source IS NOT NULL
	ORDER BY each.added_at, each.tag_id
	LIMIT 1
) AS origin ON true;

-- entity: owner
-- reads: users
CREATE VIEW owner WITH (security_invoker = true) AS
SELECT here.owner_id,
	here.name,
	NULL::text AS territory,
	NULL::integer AS capacity
FROM (SELECT NULL::text AS first_name, NULL::text AS last_name, NULL::text AS username, NULL::text AS is_published) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS owner_id,
		coalesce(nullif(concat_ws(' ', nullif(first_name::text, ''), nullif(last_name::text, '')), ''), username::text) AS name
	FROM :"source".users
	WHERE coalesce(is_published::text, '1') = ANY (ARRAY['1', 't', 'true'])
) AS here;

-- entity: touchpoint
-- reads: email_stats, email_stat_replies, sms_message_stats, form_submissions, asset_downloads, lead_notes, campaign_events, leads, companies_leads
CREATE VIEW touchpoint WITH (security_invoker = true) AS
-- messages; one that was answered has a further row
SELECT 'email_stats,' || here.touch_id AS touchpoint_id,
	employer.account_id,
	person.contact_id,
	person.contact_id AS lead_id,
	here.occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	CASE WHEN here.is_failed THEN 'bounced' WHEN here.is_read THEN 'opened' ELSE 'attempted' END AS outcome,
	'nurture' AS purpose,
	NULL::text AS owner_id,
	NULL::numeric AS duration_minutes,
	event.campaign_id AS program_id
FROM (
	SELECT NULL::text AS lead_id,
		NULL::timestamp AS date_sent,
		NULL::text AS is_failed,
		NULL::text AS is_read,
		NULL::text AS source,
		NULL::text AS source_id
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS touch_id,
		lead_id::text AS person_id,
		to_timestamp(extract(epoch FROM date_sent)) AS occurred_at,
		is_failed::text = ANY (ARRAY['1', 't', 'true']) AS is_failed,
		is_read::text = ANY (ARRAY['1', 't', 'true']) AS is_read,
		source::text AS source,
		source_id::text AS source_id
	FROM :"source".email_stats
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS email, NULL::timestamp AS date_identified) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id
		FROM :"source".leads
		WHERE (date_identified IS NOT NULL OR email::text <> '')
	) AS each
	WHERE each.contact_id = here.person_id
) AS person ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::text AS company_id,
			NULL::text AS lead_id,
			NULL::text AS is_primary,
			NULL::text AS manually_removed,
			NULL::timestamp AS date_added
	) AS absent_3
	CROSS JOIN LATERAL (
		SELECT company_id::text AS account_id,
			lead_id::text AS person_id,
			coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary,
			date_added AS added_at
		FROM :"source".companies_leads
		WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND company_id IS NOT NULL
	) AS each
	WHERE each.person_id = here.person_id
		AND NOT EXISTS (
			SELECT
			FROM (
				SELECT NULL::text AS company_id,
					NULL::text AS lead_id,
					NULL::text AS is_primary,
					NULL::text AS manually_removed,
					NULL::timestamp AS date_added
			) AS absent_4
			CROSS JOIN LATERAL (
				SELECT company_id::text AS account_id, lead_id::text AS person_id, coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary, date_added AS added_at
				FROM :"source".companies_leads
				WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
					AND company_id IS NOT NULL
			) AS better
			WHERE better.person_id = each.person_id
				AND (better.is_primary, coalesce(better.added_at, '-infinity'), better.account_id) > (each.is_primary, coalesce(each.added_at, '-infinity'), each.account_id))
) AS employer ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS campaign_id) AS absent_5
	CROSS JOIN LATERAL (
		SELECT id::text AS event_id,
			campaign_id::text AS campaign_id
		FROM :"source".campaign_events
	) AS each
	WHERE here.source = 'campaign.event' AND each.event_id = here.source_id
) AS event ON true
UNION ALL
SELECT 'email_stat_replies,' || here.touch_id AS touchpoint_id,
	employer.account_id,
	person.contact_id,
	person.contact_id AS lead_id,
	here.occurred_at,
	'email' AS channel,
	'inbound' AS direction,
	'replied' AS outcome,
	'nurture' AS purpose,
	NULL::text AS owner_id,
	NULL::numeric AS duration_minutes,
	event.campaign_id AS program_id
FROM (SELECT NULL::text AS stat_id, NULL::timestamp AS date_replied) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS touch_id,
		stat_id::text AS stat_id,
		to_timestamp(extract(epoch FROM date_replied)) AS occurred_at
	FROM :"source".email_stat_replies
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS lead_id, NULL::text AS source, NULL::text AS source_id) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS stat_id,
			lead_id::text AS person_id,
			source::text AS source,
			source_id::text AS source_id
		FROM :"source".email_stats
	) AS each
	WHERE each.stat_id = here.stat_id
) AS message ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS email, NULL::timestamp AS date_identified) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id
		FROM :"source".leads
		WHERE (date_identified IS NOT NULL OR email::text <> '')
	) AS each
	WHERE each.contact_id = message.person_id
) AS person ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::text AS company_id,
			NULL::text AS lead_id,
			NULL::text AS is_primary,
			NULL::text AS manually_removed,
			NULL::timestamp AS date_added
	) AS absent_4
	CROSS JOIN LATERAL (
		SELECT company_id::text AS account_id,
			lead_id::text AS person_id,
			coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary,
			date_added AS added_at
		FROM :"source".companies_leads
		WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND company_id IS NOT NULL
	) AS each
	WHERE each.person_id = message.person_id
		AND NOT EXISTS (
			SELECT
			FROM (
				SELECT NULL::text AS company_id,
					NULL::text AS lead_id,
					NULL::text AS is_primary,
					NULL::text AS manually_removed,
					NULL::timestamp AS date_added
			) AS absent_5
			CROSS JOIN LATERAL (
				SELECT company_id::text AS account_id, lead_id::text AS person_id, coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary, date_added AS added_at
				FROM :"source".companies_leads
				WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
					AND company_id IS NOT NULL
			) AS better
			WHERE better.person_id = each.person_id
				AND (better.is_primary, coalesce(better.added_at, '-infinity'), better.account_id) > (each.is_primary, coalesce(each.added_at, '-infinity'), each.account_id))
) AS employer ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS campaign_id) AS absent_6
	CROSS JOIN LATERAL (
		SELECT id::text AS event_id,
			campaign_id::text AS campaign_id
		FROM :"source".campaign_events
	) AS each
	WHERE message.source = 'campaign.event' AND each.event_id = message.source_id
) AS event ON true
UNION ALL
SELECT 'sms_message_stats,' || here.touch_id AS touchpoint_id,
	employer.account_id,
	person.contact_id,
	person.contact_id AS lead_id,
	here.occurred_at,
	'sms' AS channel,
	'outbound' AS direction,
	CASE WHEN here.is_failed THEN 'bounced' ELSE 'attempted' END AS outcome,
	'nurture' AS purpose,
	NULL::text AS owner_id,
	NULL::numeric AS duration_minutes,
	event.campaign_id AS program_id
FROM (
	SELECT NULL::text AS lead_id,
		NULL::timestamp AS date_sent,
		NULL::text AS is_failed,
		NULL::text AS source,
		NULL::text AS source_id
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS touch_id,
		lead_id::text AS person_id,
		to_timestamp(extract(epoch FROM date_sent)) AS occurred_at,
		is_failed::text = ANY (ARRAY['1', 't', 'true']) AS is_failed,
		source::text AS source,
		source_id::text AS source_id
	FROM :"source".sms_message_stats
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS email, NULL::timestamp AS date_identified) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id
		FROM :"source".leads
		WHERE (date_identified IS NOT NULL OR email::text <> '')
	) AS each
	WHERE each.contact_id = here.person_id
) AS person ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::text AS company_id,
			NULL::text AS lead_id,
			NULL::text AS is_primary,
			NULL::text AS manually_removed,
			NULL::timestamp AS date_added
	) AS absent_3
	CROSS JOIN LATERAL (
		SELECT company_id::text AS account_id,
			lead_id::text AS person_id,
			coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary,
			date_added AS added_at
		FROM :"source".companies_leads
		WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND company_id IS NOT NULL
	) AS each
	WHERE each.person_id = here.person_id
		AND NOT EXISTS (
			SELECT
			FROM (
				SELECT NULL::text AS company_id,
					NULL::text AS lead_id,
					NULL::text AS is_primary,
					NULL::text AS manually_removed,
					NULL::timestamp AS date_added
			) AS absent_4
			CROSS JOIN LATERAL (
				SELECT company_id::text AS account_id, lead_id::text AS person_id, coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary, date_added AS added_at
				FROM :"source".companies_leads
				WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
					AND company_id IS NOT NULL
			) AS better
			WHERE better.person_id = each.person_id
				AND (better.is_primary, coalesce(better.added_at, '-infinity'), better.account_id) > (each.is_primary, coalesce(each.added_at, '-infinity'), each.account_id))
) AS employer ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS campaign_id) AS absent_5
	CROSS JOIN LATERAL (
		SELECT id::text AS event_id,
			campaign_id::text AS campaign_id
		FROM :"source".campaign_events
	) AS each
	WHERE here.source = 'campaign.event' AND each.event_id = here.source_id
) AS event ON true
UNION ALL
-- forms and downloads
SELECT 'form_submissions,' || here.touch_id AS touchpoint_id,
	employer.account_id,
	person.contact_id,
	person.contact_id AS lead_id,
	here.occurred_at,
	'web' AS channel,
	'inbound' AS direction,
	'replied' AS outcome,
	NULL::text AS purpose,
	NULL::text AS owner_id,
	NULL::numeric AS duration_minutes,
	NULL::text AS program_id
FROM (SELECT NULL::text AS lead_id, NULL::timestamp AS date_submitted) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS touch_id,
		lead_id::text AS person_id,
		to_timestamp(extract(epoch FROM date_submitted)) AS occurred_at
	FROM :"source".form_submissions
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS email, NULL::timestamp AS date_identified) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id
		FROM :"source".leads
		WHERE (date_identified IS NOT NULL OR email::text <> '')
	) AS each
	WHERE each.contact_id = here.person_id
) AS person ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::text AS company_id,
			NULL::text AS lead_id,
			NULL::text AS is_primary,
			NULL::text AS manually_removed,
			NULL::timestamp AS date_added
	) AS absent_3
	CROSS JOIN LATERAL (
		SELECT company_id::text AS account_id,
			lead_id::text AS person_id,
			coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary,
			date_added AS added_at
		FROM :"source".companies_leads
		WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND company_id IS NOT NULL
	) AS each
	WHERE each.person_id = here.person_id
		AND NOT EXISTS (
			SELECT
			FROM (
				SELECT NULL::text AS company_id,
					NULL::text AS lead_id,
					NULL::text AS is_primary,
					NULL::text AS manually_removed,
					NULL::timestamp AS date_added
			) AS absent_4
			CROSS JOIN LATERAL (
				SELECT company_id::text AS account_id, lead_id::text AS person_id, coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary, date_added AS added_at
				FROM :"source".companies_leads
				WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
					AND company_id IS NOT NULL
			) AS better
			WHERE better.person_id = each.person_id
				AND (better.is_primary, coalesce(better.added_at, '-infinity'), better.account_id) > (each.is_primary, coalesce(each.added_at, '-infinity'), each.account_id))
) AS employer ON true
UNION ALL
SELECT 'asset_downloads,' || here.touch_id AS touchpoint_id,
	employer.account_id,
	person.contact_id,
	person.contact_id AS lead_id,
	here.occurred_at,
	'web' AS channel,
	'inbound' AS direction,
	'opened' AS outcome,
	NULL::text AS purpose,
	NULL::text AS owner_id,
	NULL::numeric AS duration_minutes,
	NULL::text AS program_id
FROM (SELECT NULL::text AS lead_id, NULL::timestamp AS date_download) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS touch_id,
		lead_id::text AS person_id,
		to_timestamp(extract(epoch FROM date_download)) AS occurred_at
	FROM :"source".asset_downloads
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS email, NULL::timestamp AS date_identified) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id
		FROM :"source".leads
		WHERE (date_identified IS NOT NULL OR email::text <> '')
	) AS each
	WHERE each.contact_id = here.person_id
) AS person ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::text AS company_id,
			NULL::text AS lead_id,
			NULL::text AS is_primary,
			NULL::text AS manually_removed,
			NULL::timestamp AS date_added
	) AS absent_3
	CROSS JOIN LATERAL (
		SELECT company_id::text AS account_id,
			lead_id::text AS person_id,
			coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary,
			date_added AS added_at
		FROM :"source".companies_leads
		WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND company_id IS NOT NULL
	) AS each
	WHERE each.person_id = here.person_id
		AND NOT EXISTS (
			SELECT
			FROM (
				SELECT NULL::text AS company_id,
					NULL::text AS lead_id,
					NULL::text AS is_primary,
					NULL::text AS manually_removed,
					NULL::timestamp AS date_added
			) AS absent_4
			CROSS JOIN LATERAL (
				SELECT company_id::text AS account_id, lead_id::text AS person_id, coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary, date_added AS added_at
				FROM :"source".companies_leads
				WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
					AND company_id IS NOT NULL
			) AS better
			WHERE better.person_id = each.person_id
				AND (better.is_primary, coalesce(better.added_at, '-infinity'), better.account_id) > (each.is_primary, coalesce(each.added_at, '-infinity'), each.account_id))
) AS employer ON true
UNION ALL
-- what colleagues noted of calls, meetings and messages
SELECT 'lead_notes,' || here.touch_id AS touchpoint_id,
	employer.account_id,
	person.contact_id,
	person.contact_id AS lead_id,
	here.occurred_at,
	CASE here.type WHEN 'call' THEN 'phone' ELSE here.type END AS channel,
	'outbound' AS direction,
	CASE here.type WHEN 'call' THEN 'connected' WHEN 'meeting' THEN 'attended' ELSE 'attempted' END AS outcome,
	'sales' AS purpose,
	here.owner_id AS owner_id,
	NULL::numeric AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS lead_id,
		NULL::text AS type,
		NULL::timestamp AS date_time,
		NULL::timestamp AS date_added,
		NULL::text AS created_by,
		NULL::text AS is_published
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS touch_id,
		lead_id::text AS person_id,
		type::text AS type,
		to_timestamp(extract(epoch FROM coalesce(date_time, date_added))) AS occurred_at,
		nullif(created_by::text, '') AS owner_id
	FROM :"source".lead_notes
	WHERE type::text = ANY (ARRAY['call', 'meeting', 'email'])
		AND coalesce(is_published::text, '1') = ANY (ARRAY['1', 't', 'true'])
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS email, NULL::timestamp AS date_identified) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id
		FROM :"source".leads
		WHERE (date_identified IS NOT NULL OR email::text <> '')
	) AS each
	WHERE each.contact_id = here.person_id
) AS person ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::text AS company_id,
			NULL::text AS lead_id,
			NULL::text AS is_primary,
			NULL::text AS manually_removed,
			NULL::timestamp AS date_added
	) AS absent_3
	CROSS JOIN LATERAL (
		SELECT company_id::text AS account_id,
			lead_id::text AS person_id,
			coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary,
			date_added AS added_at
		FROM :"source".companies_leads
		WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND company_id IS NOT NULL
	) AS each
	WHERE each.person_id = here.person_id
		AND NOT EXISTS (
			SELECT
			FROM (
				SELECT NULL::text AS company_id,
					NULL::text AS lead_id,
					NULL::text AS is_primary,
					NULL::text AS manually_removed,
					NULL::timestamp AS date_added
			) AS absent_4
			CROSS JOIN LATERAL (
				SELECT company_id::text AS account_id, lead_id::text AS person_id, coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary, date_added AS added_at
				FROM :"source".companies_leads
				WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
					AND company_id IS NOT NULL
			) AS better
			WHERE better.person_id = each.person_id
				AND (better.is_primary, coalesce(better.added_at, '-infinity'), better.account_id) > (each.is_primary, coalesce(each.added_at, '-infinity'), each.account_id))
) AS employer ON true;

-- entity: program
-- reads: campaigns
CREATE VIEW program WITH (security_invoker = true) AS
SELECT here.program_id,
	here.name,
	NULL::text AS segment,
	here.starts_on,
	CASE WHEN here.ends_on >= coalesce(here.starts_on, here.ends_on) THEN here.ends_on END AS ends_on
FROM (
	SELECT NULL::text AS name,
		NULL::text AS is_published,
		NULL::timestamp AS publish_up,
		NULL::timestamp AS publish_down,
		NULL::timestamp AS date_added
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS program_id,
		name::text AS name,
		(to_timestamp(extract(epoch FROM coalesce(publish_up, date_added))) AT TIME ZONE 'UTC')::date AS starts_on,
		(to_timestamp(extract(epoch FROM publish_down)) AT TIME ZONE 'UTC')::date AS ends_on
	FROM :"source".campaigns
	WHERE coalesce(is_published::text, '1') = ANY (ARRAY['1', 't', 'true'])
) AS here;

-- entity: program_member
-- reads: campaign_leads, companies_leads
CREATE VIEW program_member WITH (security_invoker = true) AS
-- the accounts of the people who came into a campaign, also of those who left it
SELECT here.program_id,
	employer.account_id,
	NULL::boolean AS is_control,
	min(here.joined_at) AS joined_at
FROM (SELECT NULL::text AS campaign_id, NULL::text AS lead_id, NULL::timestamp AS date_added) AS absent
CROSS JOIN LATERAL (
	SELECT campaign_id::text AS program_id,
		lead_id::text AS person_id,
		to_timestamp(extract(epoch FROM date_added)) AS joined_at
	FROM :"source".campaign_leads
	WHERE campaign_id IS NOT NULL
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::text AS company_id,
			NULL::text AS lead_id,
			NULL::text AS is_primary,
			NULL::text AS manually_removed,
			NULL::timestamp AS date_added
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT company_id::text AS account_id,
			lead_id::text AS person_id,
			coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary,
			date_added AS added_at
		FROM :"source".companies_leads
		WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND company_id IS NOT NULL
	) AS each
	WHERE each.person_id = here.person_id
		AND NOT EXISTS (
			SELECT
			FROM (
				SELECT NULL::text AS company_id,
					NULL::text AS lead_id,
					NULL::text AS is_primary,
					NULL::text AS manually_removed,
					NULL::timestamp AS date_added
			) AS absent_3
			CROSS JOIN LATERAL (
				SELECT company_id::text AS account_id, lead_id::text AS person_id, coalesce(is_primary::text = ANY (ARRAY['1', 't', 'true']), false) AS is_primary, date_added AS added_at
				FROM :"source".companies_leads
				WHERE coalesce(manually_removed::text, '0') <> ALL (ARRAY['1', 't', 'true'])
					AND company_id IS NOT NULL
			) AS better
			WHERE better.person_id = each.person_id
				AND (better.is_primary, coalesce(better.added_at, '-infinity'), better.account_id) > (each.is_primary, coalesce(each.added_at, '-infinity'), each.account_id))
) AS employer ON true
GROUP BY here.program_id, employer.account_id;
