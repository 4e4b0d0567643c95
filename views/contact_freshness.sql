-- contact_freshness: is what we know of each contact still true, and whom should
-- we check again?
--
-- A row a contact that is known by clientele.as_of() and, as far as the CRM
-- knows, still there. A check tells if its outcome is same, role changed or
-- left; unreachable and unknown are attempts. Whoever answers a call or comes to
-- a meeting is there too, but may do something else by now: that is told beside
-- it and is no check. contact.account_id, role, is_active and do_not_contact are
-- those of today. The due list: WHERE is_due ORDER BY segment, days_overdue DESC.
--
-- requires: account_segment contact verification touchpoint policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW contact_freshness WITH (security_invoker = true) AS
SELECT fact.account_id,
	fact.name,
	fact.contact_id,
	fact.contact_name,
	fact.role,
	fact.segment,
	CASE
		WHEN fact.outcome = 'left' THEN 'left'
		WHEN fact.verified_at IS NULL THEN 'never verified'
		WHEN fact.verified_at > fact.since THEN 'verified'
		ELSE 'out of date'
	END AS freshness,
	fact.verified_at,
	fact.outcome,
	extract(epoch FROM clientele.as_of() - fact.verified_at)::float8 / 86400 AS days_since_verified,
	fact.attempts,
	fact.last_heard_at,
	fact.due_on,
	(fact.outcome IS DISTINCT FROM 'left' AND (fact.verified_at IS NULL OR fact.verified_at <= fact.since)) AS is_due,
	CASE
		WHEN fact.outcome IS DISTINCT FROM 'left' AND (fact.verified_at IS NULL OR fact.verified_at <= fact.since)
			THEN clientele.as_of_date() - fact.due_on
	END AS days_overdue,
	fact.do_not_contact,
	concat_ws('; ',
		CASE
			WHEN fact.outcome = 'left'
				THEN 'has left, said the check on ' || to_char(fact.verified_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') || ', but the CRM holds it as there'
			WHEN fact.verified_at IS NULL THEN 'never verified'
			WHEN fact.verified_at <= fact.since
				THEN 'not verified within policy.verification_window, last on ' || to_char(fact.verified_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')
			WHEN fact.outcome = 'role changed'
				THEN 'has another role since the check on ' || to_char(fact.verified_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')
		END,
		CASE WHEN fact.attempts = 1 THEN 'one attempt since told nothing'
			WHEN fact.attempts > 1 THEN fact.attempts || ' attempts since told nothing' END,
		CASE WHEN (fact.verified_at IS NULL OR fact.verified_at <= fact.since) AND fact.last_heard_at > fact.since
			THEN 'heard from on ' || to_char(fact.last_heard_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') END) AS reason
FROM (
	SELECT contact.account_id,
		account.name,
		contact.contact_id,
		contact.name AS contact_name,
		contact.role,
		coalesce(account.segment, 'no account') AS segment,
		checked.verified_at,
		checked.outcome,
		tried.attempts::integer AS attempts,
		heard.occurred_at AS last_heard_at,
		settings.since,
		((coalesce(checked.verified_at AT TIME ZONE 'UTC' + settings.span, contact.created_at AT TIME ZONE 'UTC')))::date AS due_on,
		contact.do_not_contact
	FROM contact
	CROSS JOIN (
		SELECT coalesce(max(verification_window), '180 days') AS span,
			(clientele.as_of() AT TIME ZONE 'UTC' - coalesce(max(verification_window), '180 days')) AT TIME ZONE 'UTC' AS since
		FROM policy
	) AS settings
	LEFT JOIN account_segment AS account ON account.account_id = contact.account_id
	LEFT JOIN LATERAL (
		SELECT verification.verified_at, verification.outcome
		FROM verification
		WHERE verification.contact_id = contact.contact_id
			AND verification.verified_at <= clientele.as_of()
			AND verification.outcome = ANY (ARRAY['same', 'role changed', 'left'])
		ORDER BY verification.verified_at DESC
		LIMIT 1
	) AS checked ON true
	CROSS JOIN LATERAL (
		SELECT count(*) AS attempts
		FROM verification
		WHERE verification.contact_id = contact.contact_id
			AND verification.verified_at <= clientele.as_of()
			AND verification.verified_at > coalesce(checked.verified_at, '-infinity')
	) AS tried
	LEFT JOIN LATERAL (
		SELECT touchpoint.occurred_at
		FROM touchpoint
		WHERE touchpoint.contact_id = contact.contact_id
			AND touchpoint.occurred_at <= clientele.as_of()
			AND (touchpoint.direction = 'inbound' OR touchpoint.outcome = ANY (ARRAY['connected', 'replied', 'attended']))
			AND touchpoint.outcome IS DISTINCT FROM 'bounced'
		ORDER BY touchpoint.occurred_at DESC
		LIMIT 1
	) AS heard ON true
	WHERE coalesce(contact.created_at <= clientele.as_of(), true)
		AND coalesce(contact.left_at > clientele.as_of(), true)
		AND contact.is_active IS NOT FALSE
) AS fact;
COMMENT ON VIEW contact_freshness IS
'Is what we know of each contact still true, and whom should we check again? A row a contact that is still there, as far as is known.';
COMMENT ON COLUMN contact_freshness.account_id IS 'The account of the contact, as of today; NULL: none.';
COMMENT ON COLUMN contact_freshness.name IS 'The account''s name.';
COMMENT ON COLUMN contact_freshness.contact_id IS 'The contact.';
COMMENT ON COLUMN contact_freshness.contact_name IS 'Its name.';
COMMENT ON COLUMN contact_freshness.role IS 'Its role, as of today.';
COMMENT ON COLUMN contact_freshness.segment IS 'customer, former customer or prospect: the account''s; no account: the contact has none.';
COMMENT ON COLUMN contact_freshness.freshness IS 'verified: a check within policy.verification_window told that it is there; out of date: one before that did; never verified: none did; left: the last one told that it is there no more.';
COMMENT ON COLUMN contact_freshness.verified_at IS 'When a check last told something.';
COMMENT ON COLUMN contact_freshness.outcome IS 'What it told: same, role changed or left.';
COMMENT ON COLUMN contact_freshness.days_since_verified IS 'Days since then.';
COMMENT ON COLUMN contact_freshness.attempts IS 'Checks since then that told nothing (unreachable, unknown); all of them, if none ever told anything.';
COMMENT ON COLUMN contact_freshness.last_heard_at IS 'When the person last took part in a touch (spoke, replied, came, or approached the company): it is there, which is no check of its role.';
COMMENT ON COLUMN contact_freshness.due_on IS 'Day (UTC) on which policy.verification_window after the last check is over; of one that was never checked, the day on which it came to be known; NULL: that is not known.';
COMMENT ON COLUMN contact_freshness.is_due IS 'Whether it is to be checked: out of date or never verified. One that has left is to be corrected in the CRM instead.';
COMMENT ON COLUMN contact_freshness.days_overdue IS 'Days since due_on; NULL: it is not due, or since when is not known.';
COMMENT ON COLUMN contact_freshness.do_not_contact IS 'True for who must not be approached, as of today: check it by other means.';
COMMENT ON COLUMN contact_freshness.reason IS 'What is to be known of it, in words; empty: verified, in the same role.';
