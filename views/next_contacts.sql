-- next_contacts: whom at this customer should we reach next?
--
-- A row for each contact of a customer as of clientele.as_of() that is known
-- there, may be approached, and was not reached within policy.coverage_window,
-- in the order in which to go: first of a role of which nobody there is reached,
-- then who has been in touch before, the latest first, then who is known
-- longest. What is reached, and what is known of today alone, is told in
-- touchpoint_coverage.
--
-- requires: account_segment contact contact_employment touchpoint policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW next_contacts WITH (security_invoker = true) AS
SELECT fact.account_id,
	fact.name,
	row_number() OVER (PARTITION BY fact.account_id
		ORDER BY fact.is_role_missing DESC, fact.last_touched_on DESC NULLS LAST, fact.created_at, fact.contact_id COLLATE "C")::integer AS place,
	fact.contact_id,
	fact.contact_name,
	fact.title,
	fact.role,
	fact.seniority,
	fact.email,
	fact.phone,
	fact.is_role_missing,
	fact.last_touched_on,
	concat_ws('; ',
		CASE WHEN fact.is_role_missing THEN 'nobody of this role is reached: ' || fact.role END,
		CASE WHEN fact.last_touched_on IS NULL THEN 'never reached'
			ELSE 'last reached on ' || to_char(fact.last_touched_on, 'YYYY-MM-DD') END) AS reason
FROM (
	SELECT person.account_id,
		person.name,
		person.contact_id,
		person.contact_name,
		person.title,
		person.role,
		person.seniority,
		person.email,
		person.phone,
		person.created_at,
		person.do_not_contact,
		person.is_reached,
		person.last_touched_on,
		person.role IS NOT NULL
			AND person.is_wanted
			AND NOT bool_or(person.is_reached) OVER (PARTITION BY person.account_id, person.role) AS is_role_missing
	FROM (
		SELECT account.account_id,
			account.name,
			contact.contact_id,
			contact.name AS contact_name,
			contact.title,
			nullif(lower(btrim(contact.role)), '') AS role,
			contact.seniority,
			contact.email,
			contact.phone,
			contact.created_at,
			contact.do_not_contact,
			policy.wanted_roles IS NULL OR EXISTS (
				SELECT
				FROM unnest(policy.wanted_roles) AS wanted
				WHERE lower(btrim(wanted)) = lower(btrim(contact.role))) AS is_wanted,
			coalesce(clientele.coverage(touched.touchpoints, policy.coverage_window, clientele.as_of_date()), 0) > 0 AS is_reached,
			clientele.last_touch(touched.touchpoints, clientele.as_of_date()) AS last_touched_on
		FROM account_segment AS account
		JOIN contact ON contact.account_id = account.account_id
		CROSS JOIN (
			SELECT coalesce(max(coverage_window), '90 days') AS coverage_window,
				max(wanted_roles) AS wanted_roles
			FROM policy
		) AS policy
		LEFT JOIN (
			SELECT contact_id,
				account_id
			FROM contact_employment
			WHERE started_at IS NULL OR started_at <= clientele.as_of()
			GROUP BY contact_id, account_id
			HAVING NOT bool_or(ended_at IS NULL OR ended_at > clientele.as_of())
		) AS ended ON ended.account_id = contact.account_id AND ended.contact_id = contact.contact_id
		LEFT JOIN (
			SELECT account_id,
				contact_id,
				clientele.touchpoints(contact_id, occurred_at, direction) AS touchpoints
			FROM touchpoint
			WHERE occurred_at <= clientele.as_of()
				AND coalesce(outcome, '') <> ALL (ARRAY['attempted', 'bounced'])
			GROUP BY account_id, contact_id
		) AS touched ON touched.account_id = contact.account_id AND touched.contact_id = contact.contact_id
		WHERE account.segment = 'customer'
			AND coalesce(contact.created_at <= clientele.as_of(), true)
			AND coalesce(contact.left_at > clientele.as_of(), true)
			AND contact.is_active IS NOT FALSE
			AND ended.contact_id IS NULL
	) AS person
) AS fact
WHERE NOT fact.is_reached
	AND fact.do_not_contact IS NOT TRUE;
COMMENT ON VIEW next_contacts IS
'Whom at this customer should we reach next? A row a contact that is known, may be approached, and is not reached.';
COMMENT ON COLUMN next_contacts.account_id IS 'The customer.';
COMMENT ON COLUMN next_contacts.name IS 'Its name.';
COMMENT ON COLUMN next_contacts.place IS 'The order in which to go, from 1 at each customer: a role that is missing first, then who was in touch before, the latest first, then who is known longest.';
COMMENT ON COLUMN next_contacts.contact_id IS 'The contact; it is active, and may be approached, as of today.';
COMMENT ON COLUMN next_contacts.contact_name IS 'Its name.';
COMMENT ON COLUMN next_contacts.title IS 'Its title.';
COMMENT ON COLUMN next_contacts.role IS 'Its part in buying, in lower case.';
COMMENT ON COLUMN next_contacts.seniority IS 'Its level.';
COMMENT ON COLUMN next_contacts.email IS 'Its e-mail address.';
COMMENT ON COLUMN next_contacts.phone IS 'Its telephone number.';
COMMENT ON COLUMN next_contacts.is_role_missing IS 'True if nobody of this role is reached there, and the role is one of policy.wanted_roles (NULL: any role).';
COMMENT ON COLUMN next_contacts.last_touched_on IS 'Last day (UTC) on which it was reached, before policy.coverage_window; NULL if never.';
COMMENT ON COLUMN next_contacts.reason IS 'Why it stands here, in words.';
