-- touchpoint_coverage: whom do we know at this account, whom of them have we
-- reached, and is it enough?
--
-- A row an account that was known as of clientele.as_of(). A contact is reached
-- if a touch in either direction within policy.coverage_window (UTC days) came
-- through: of any outcome but attempted and bounced. Contacts are counted, not
-- touches, and only who is still there: who has left by contact.left_at, or
-- whose contact_employment at the account has ended, was reached in vain.
-- contact.is_active, do_not_contact and, where contact_employment does not say
-- better, contact.account_id are those of today, also as of a past day.
--
-- requires: account_segment contact contact_employment touchpoint policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW touchpoint_coverage WITH (security_invoker = true) AS
SELECT fact.account_id,
	fact.name,
	fact.segment,
	fact.contacts_known,
	fact.contacts_allowed,
	fact.contacts_left,
	fact.contacts_reached,
	fact.contacts_engaged,
	fact.minimum_contacts,
	fact.gap,
	fact.gap = 0 AS is_covered,
	fact.contacts_reached = 1 AS is_single_threaded,
	role.covered AS roles_covered,
	role.missing AS roles_missing,
	fact.last_touched_on,
	clientele.as_of_date() - fact.last_touched_on AS days_since_last_touch,
	CASE
		WHEN fact.gap = 0 THEN NULL
		WHEN fact.contacts_reached = 1 THEN 'all hangs on one contact'
		WHEN fact.contacts_reached > 0 THEN 'fewer contacts reached than policy.minimum_contacts'
		WHEN fact.last_touched_on IS NULL THEN 'never touched'
		WHEN fact.contacts_known = 0 THEN 'no contact is known'
		ELSE 'nobody who is still there was reached within policy.coverage_window'
	END AS reason
FROM (
	SELECT account.account_id,
		account.name,
		account.segment,
		coalesce(known.contacts, 0)::integer AS contacts_known,
		coalesce(known.allowed, 0)::integer AS contacts_allowed,
		coalesce(known.gone, 0)::integer AS contacts_left,
		coalesce(clientele.coverage(touched.touchpoints, policy.coverage_window, clientele.as_of_date()), 0) AS contacts_reached,
		coalesce(clientele.engaged(touched.touchpoints, policy.coverage_window, clientele.as_of_date()), 0) AS contacts_engaged,
		policy.minimum_contacts,
		coalesce(clientele.coverage_gap(touched.touchpoints, policy.minimum_contacts, policy.coverage_window, clientele.as_of_date()),
			policy.minimum_contacts) AS gap,
		(touched.last_touched_at AT TIME ZONE 'UTC')::date AS last_touched_on,
		touched.touchpoints,
		known.contact_ids,
		known.roles,
		policy.wanted_roles,
		policy.coverage_window
	FROM account_segment AS account
	CROSS JOIN (
		-- one row, whether or not there is a policy
		SELECT coalesce(max(minimum_contacts), 5) AS minimum_contacts,
			coalesce(max(coverage_window), '90 days') AS coverage_window,
			max(wanted_roles) AS wanted_roles
		FROM policy
	) AS policy
	LEFT JOIN (
		SELECT touchpoint.account_id,
			clientele.touchpoints(touchpoint.contact_id, touchpoint.occurred_at, touchpoint.direction)
				FILTER (WHERE coalesce(job.is_there, contact.account_id = touchpoint.account_id, true)
					AND coalesce(contact.left_at > clientele.as_of(), true)
					AND contact.is_active IS NOT FALSE) AS touchpoints,
			max(touchpoint.occurred_at) AS last_touched_at
		FROM touchpoint
		LEFT JOIN contact ON contact.contact_id = touchpoint.contact_id
		LEFT JOIN (
			SELECT contact_id,
				account_id,
				bool_or(ended_at IS NULL OR ended_at > clientele.as_of()) AS is_there
			FROM contact_employment
			WHERE started_at IS NULL OR started_at <= clientele.as_of()
			GROUP BY contact_id, account_id
		) AS job ON job.account_id = touchpoint.account_id AND job.contact_id = touchpoint.contact_id
		WHERE touchpoint.occurred_at <= clientele.as_of()
			AND coalesce(touchpoint.outcome, '') <> ALL (ARRAY['attempted', 'bounced'])
		GROUP BY touchpoint.account_id
	) AS touched ON touched.account_id = account.account_id
	LEFT JOIN (
		SELECT person.account_id,
			count(*) FILTER (WHERE person.is_there) AS contacts,
			count(*) FILTER (WHERE person.is_there AND person.do_not_contact IS NOT TRUE) AS allowed,
			count(*) FILTER (WHERE NOT person.is_there) AS gone,
			array_agg(person.contact_id) FILTER (WHERE person.is_there) AS contact_ids,
			array_agg(person.role) FILTER (WHERE person.is_there) AS roles
		FROM (
			SELECT contact.account_id,
				contact.contact_id,
				nullif(lower(btrim(contact.role)), '') AS role,
				contact.do_not_contact,
				ended.contact_id IS NULL
					AND coalesce(contact.left_at > clientele.as_of(), true)
					AND contact.is_active IS NOT FALSE AS is_there
			FROM contact
			LEFT JOIN (
				SELECT contact_id,
					account_id
				FROM contact_employment
				WHERE started_at IS NULL OR started_at <= clientele.as_of()
				GROUP BY contact_id, account_id
				HAVING NOT bool_or(ended_at IS NULL OR ended_at > clientele.as_of())
			) AS ended ON ended.account_id = contact.account_id AND ended.contact_id = contact.contact_id
			WHERE contact.created_at IS NULL OR contact.created_at <= clientele.as_of()
		) AS person
		GROUP BY person.account_id
	) AS known ON known.account_id = account.account_id
) AS fact
CROSS JOIN LATERAL (
	SELECT string_agg(part.role, ', ' ORDER BY part.role COLLATE "C") FILTER (WHERE part.is_reached) AS covered,
		string_agg(part.role, ', ' ORDER BY part.role COLLATE "C") FILTER (WHERE part.is_wanted AND NOT part.is_reached) AS missing
	FROM (
		SELECT named.role,
			bool_or(named.is_reached) AS is_reached,
			bool_or(named.is_wanted) AS is_wanted
		FROM (
			SELECT person.role,
				coalesce(clientele.touched(fact.touchpoints, person.contact_id, fact.coverage_window, clientele.as_of_date()), false) AS is_reached,
				fact.wanted_roles IS NULL AS is_wanted
			FROM unnest(fact.contact_ids, fact.roles) AS person (contact_id, role)
			WHERE person.role IS NOT NULL
			UNION ALL
			SELECT lower(btrim(wanted)), false, true
			FROM unnest(fact.wanted_roles) AS wanted
			WHERE btrim(wanted) <> ''
		) AS named
		GROUP BY named.role
	) AS part
) AS role;
COMMENT ON VIEW touchpoint_coverage IS
'Whom do we know at this account, whom of them have we reached, and is it enough? A row an account.';
COMMENT ON COLUMN touchpoint_coverage.account_id IS 'The account.';
COMMENT ON COLUMN touchpoint_coverage.name IS 'Its name.';
COMMENT ON COLUMN touchpoint_coverage.segment IS 'customer, former customer or prospect; see account_segment.';
COMMENT ON COLUMN touchpoint_coverage.contacts_known IS 'Contacts that are known there and have not left; is_active is that of today.';
COMMENT ON COLUMN touchpoint_coverage.contacts_allowed IS 'How many of them may be approached; do_not_contact is that of today.';
COMMENT ON COLUMN touchpoint_coverage.contacts_left IS 'Contacts that have left, or are not active.';
COMMENT ON COLUMN touchpoint_coverage.contacts_reached IS 'Different contacts, still there, with whom a touch in either direction came through within policy.coverage_window. A touch of unknown outcome counts.';
COMMENT ON COLUMN touchpoint_coverage.contacts_engaged IS 'How many of them were touched in both directions: we approached them, and they us.';
COMMENT ON COLUMN touchpoint_coverage.minimum_contacts IS 'How many are to be reached: policy.minimum_contacts.';
COMMENT ON COLUMN touchpoint_coverage.gap IS 'How many are missing to that; 0 if none.';
COMMENT ON COLUMN touchpoint_coverage.is_covered IS 'Whether enough contacts are reached.';
COMMENT ON COLUMN touchpoint_coverage.is_single_threaded IS 'True if just one contact is reached: when that person leaves, nobody there knows us.';
COMMENT ON COLUMN touchpoint_coverage.roles_covered IS 'Roles of the contacts that are reached, in lower case, divided by commas; NULL if none is known.';
COMMENT ON COLUMN touchpoint_coverage.roles_missing IS 'Roles of which nobody is reached: of policy.wanted_roles or, if that is NULL, of the contacts known there; NULL if none.';
COMMENT ON COLUMN touchpoint_coverage.last_touched_on IS 'Last day (UTC) on which a touch came through, of whomever; NULL if never.';
COMMENT ON COLUMN touchpoint_coverage.days_since_last_touch IS 'Days since then.';
COMMENT ON COLUMN touchpoint_coverage.reason IS 'Why the account is not covered; NULL if it is.';
