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
