-- entity: ticket
-- reads: cases, contacts_cases, aop_case_updates, cases_audit, accounts, contacts
CREATE VIEW ticket WITH (security_invoker = true) AS
-- an update without a contact that is not internal is an answer; when it was closed tells the audit
SELECT here.ticket_id,
	account.account_id,
	coalesce(person.contact_id, named.contact_id) AS contact_id,
	here.opened_at,
	response.first_response_at,
	CASE WHEN here.is_closed THEN coalesce(closing.closed_at, here.changed_at) END AS closed_at,
	here.severity,
	NULL::numeric AS satisfaction,
	NULL::boolean AS is_abandoned,
	NULL::text AS channel
FROM (
	SELECT NULL::text AS account_id,
		NULL::text AS contact_created_by_id,
		NULL::text AS status,
		NULL::text AS state,
		NULL::text AS priority,
		NULL::timestamp AS date_entered,
		NULL::timestamp AS date_modified,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS ticket_id,
		account_id::text AS account_ref,
		contact_created_by_id::text AS contact_ref,
		to_timestamp(extract(epoch FROM date_entered)) AS opened_at,
		to_timestamp(extract(epoch FROM date_modified)) AS changed_at,
		coalesce(state::text = 'Closed', false) OR coalesce(status::text LIKE 'Closed%', false) AS is_closed,
		CASE priority::text WHEN 'P1' THEN 'high' WHEN 'P2' THEN 'normal' WHEN 'P3' THEN 'low' ELSE lower(nullif(priority::text, '')) END AS severity
	FROM :"source".cases
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS account_id
		FROM :"source".accounts
	) AS each
	WHERE each.account_id = here.account_ref
) AS account ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS contact_id
		FROM :"source".contacts
	) AS each
	WHERE each.contact_id = here.contact_ref
) AS person ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS case_id, NULL::text AS contact_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			case_id::text AS case_id,
			contact_id::text AS contact_id,
			date_modified AS changed_at
		FROM :"source".contacts_cases
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.case_id = here.ticket_id
	ORDER BY each.changed_at, each.link_id
	LIMIT 1
) AS named ON true
LEFT JOIN LATERAL (
	SELECT min(each.answered_at) AS first_response_at
	FROM (
		SELECT NULL::text AS case_id,
			NULL::text AS contact_id,
			NULL::text AS internal,
			NULL::timestamp AS date_entered,
			NULL::text AS deleted
	) AS absent_3
	CROSS JOIN LATERAL (
		SELECT case_id::text AS case_id,
			nullif(contact_id::text, '') AS contact_id,
			internal::text = ANY (ARRAY['1', 't', 'true']) AS is_internal,
			to_timestamp(extract(epoch FROM date_entered)) AS answered_at
		FROM :"source".aop_case_updates
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.case_id = here.ticket_id AND each.contact_id IS NULL AND each.is_internal IS NOT TRUE AND each.answered_at >= here.opened_at
) AS response ON true
LEFT JOIN LATERAL (
	SELECT max(each.changed_at) AS closed_at
	FROM (
		SELECT NULL::text AS parent_id,
			NULL::text AS field_name,
			NULL::text AS before_value_string,
			NULL::text AS after_value_string,
			NULL::timestamp AS date_created
	) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS change_id,
			parent_id::text AS parent_id,
			field_name::text AS field,
			before_value_string::text AS before,
			after_value_string::text AS after,
			to_timestamp(extract(epoch FROM date_created)) AS changed_at
		FROM :"source".cases_audit
	) AS each
	WHERE each.parent_id = here.ticket_id AND each.field = ANY (ARRAY['status', 'state']) AND each.after LIKE 'Closed%'
) AS closing ON true;
