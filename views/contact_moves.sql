-- contact_moves: who left a customer, where is that person now, and who has taken
-- its place?
--
-- A row a contact and an account that it left by clientele.as_of(), where that
-- account is or was a customer. Somebody has left when contact_employment says
-- so, when contact.left_at does, or when the last check that told something did;
-- whoever works there again has not. Where it is now is the job that
-- contact_employment has next, or now has beside; the account, role and
-- department of a contact are otherwise those of today.
--
-- requires: account_segment contact contact_employment verification purchase subscription
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW contact_moves WITH (security_invoker = true) AS
SELECT fact.account_id,
	account.name,
	account.segment,
	fact.contact_id,
	fact.contact_name,
	fact.role,
	fact.left_at,
	job.account_id AS new_account_id,
	new_account.name AS new_name,
	job.title AS new_title,
	job.started_at AS new_since,
	new_account.segment AS new_segment,
	CASE WHEN job.account_id IS NOT NULL THEN
		EXISTS (
			SELECT
			FROM purchase
			WHERE purchase.account_id = job.account_id
				AND purchase.purchased_at < coalesce(job.started_at, fact.left_at)
				AND coalesce(purchase.amount, 0) >= 0)
		OR EXISTS (
			SELECT
			FROM subscription
			WHERE subscription.account_id = job.account_id
				AND coalesce(subscription.starts_on, '-infinity') < (coalesce(job.started_at, fact.left_at) AT TIME ZONE 'UTC')::date)
	END AS new_was_customer,
	heir.contact_id AS replacement_contact_id,
	heir.contact_name AS replacement_name,
	heir.is_new AS replacement_is_new,
	concat_ws('; ',
		CASE
			WHEN job.account_id IS NULL THEN 'where to is not known'
			WHEN new_account.segment = 'customer' THEN 'knows us, and is at a customer'
			WHEN new_account.segment = 'former customer' THEN 'knows us, and is at a former customer'
			ELSE 'knows us, and is at a company that never bought'
		END,
		CASE
			WHEN heir.contact_id IS NOT NULL THEN NULL
			WHEN fact.role IS NULL AND fact.department IS NULL THEN 'whom to replace is not known: it had no role and no department'
			ELSE 'nobody has taken its place: ' || coalesce(fact.role, fact.department)
		END) AS reason
FROM (
	SELECT departure.account_id,
		departure.contact_id,
		contact.name AS contact_name,
		nullif(lower(btrim(contact.role)), '') AS role,
		nullif(lower(btrim(contact.department)), '') AS department,
		max(departure.left_at) AS left_at
	FROM (
		SELECT job.contact_id, job.account_id, job.ended_at AS left_at
		FROM contact_employment AS job
		WHERE job.ended_at <= clientele.as_of()
		UNION ALL
		SELECT gone.contact_id, gone.account_id, gone.left_at
		FROM contact AS gone
		WHERE gone.left_at <= clientele.as_of()
			-- where the history has an end of its own, that is the day
			AND NOT EXISTS (
				SELECT
				FROM contact_employment AS job
				WHERE job.contact_id = gone.contact_id
					AND job.account_id = gone.account_id
					AND job.ended_at <= clientele.as_of())
		UNION ALL
		SELECT unseen.contact_id, unseen.account_id, told.verified_at AS left_at
		FROM contact AS unseen
		CROSS JOIN LATERAL (
			SELECT verification.verified_at, verification.outcome
			FROM verification
			WHERE verification.contact_id = unseen.contact_id
				AND verification.verified_at <= clientele.as_of()
				AND verification.outcome = ANY (ARRAY['same', 'role changed', 'left'])
			ORDER BY verification.verified_at DESC
			LIMIT 1
		) AS told
		WHERE told.outcome = 'left'
			AND coalesce(unseen.left_at > clientele.as_of(), true)
			AND NOT EXISTS (
				SELECT
				FROM contact_employment AS job
				WHERE job.contact_id = unseen.contact_id
					AND job.account_id = unseen.account_id
					AND job.ended_at <= clientele.as_of())
	) AS departure
	JOIN contact ON contact.contact_id = departure.contact_id
	WHERE departure.account_id IS NOT NULL
		AND coalesce(contact.created_at <= clientele.as_of(), true)
		AND NOT EXISTS (
			-- a new title at the same account, or back again
			SELECT
			FROM contact_employment AS again
			WHERE again.contact_id = departure.contact_id
				AND again.account_id = departure.account_id
				AND again.started_at <= clientele.as_of()
				AND again.started_at >= departure.left_at
				AND coalesce(again.ended_at > clientele.as_of(), true))
	GROUP BY departure.account_id, departure.contact_id, contact.name, contact.role, contact.department
) AS fact
JOIN account_segment AS account ON account.account_id = fact.account_id AND account.segment <> 'prospect'
LEFT JOIN LATERAL (
	SELECT job.account_id, job.title, job.started_at
	FROM contact_employment AS job
	WHERE job.contact_id = fact.contact_id
		AND job.account_id <> fact.account_id
		AND coalesce(job.started_at <= clientele.as_of(), true)
		AND coalesce(job.ended_at > clientele.as_of(), true)
	ORDER BY job.started_at DESC NULLS LAST, job.account_id COLLATE "C"
	LIMIT 1
) AS job ON true
LEFT JOIN LATERAL (
	-- few have another job that is known: those accounts alone, not all of them
	SELECT segment.name, segment.segment
	FROM account_segment AS segment
	WHERE segment.account_id = job.account_id
	OFFSET 0
) AS new_account ON true
LEFT JOIN LATERAL (
	SELECT other.contact_id,
		other.name AS contact_name,
		coalesce(other.created_at >= fact.left_at, false) AS is_new
	FROM contact AS other
	WHERE other.account_id = fact.account_id
		AND other.contact_id <> fact.contact_id
		AND coalesce(other.created_at <= clientele.as_of(), true)
		AND coalesce(other.left_at > clientele.as_of(), true)
		AND other.is_active IS NOT FALSE
		AND (lower(btrim(other.role)) = fact.role OR (fact.role IS NULL AND lower(btrim(other.department)) = fact.department))
	-- who came since, the first of them; else who has been there longest
	ORDER BY coalesce(other.created_at >= fact.left_at, false) DESC, other.created_at, other.contact_id COLLATE "C"
	LIMIT 1
) AS heir ON true;
COMMENT ON VIEW contact_moves IS
'Who left a customer, where is that person now, and who has taken its place? A row a contact and an account that it left.';
COMMENT ON COLUMN contact_moves.account_id IS 'The customer, or former customer, that it left.';
COMMENT ON COLUMN contact_moves.name IS 'Its name.';
COMMENT ON COLUMN contact_moves.segment IS 'customer or former customer, at the moment.';
COMMENT ON COLUMN contact_moves.contact_id IS 'Who left.';
COMMENT ON COLUMN contact_moves.contact_name IS 'Its name.';
COMMENT ON COLUMN contact_moves.role IS 'Its role, in lower case, as of today.';
COMMENT ON COLUMN contact_moves.left_at IS 'When it left; where a check alone says so, when that was made.';
COMMENT ON COLUMN contact_moves.new_account_id IS 'The account where it works now, by contact_employment; NULL: not known.';
COMMENT ON COLUMN contact_moves.new_name IS 'That account''s name.';
COMMENT ON COLUMN contact_moves.new_title IS 'Its title there.';
COMMENT ON COLUMN contact_moves.new_since IS 'Since when it works there.';
COMMENT ON COLUMN contact_moves.new_segment IS 'customer, former customer or prospect: that account at the moment.';
COMMENT ON COLUMN contact_moves.new_was_customer IS 'Whether that account had bought or subscribed before the person came; NULL: no such account is known. False, and a customer now: look whether the person brought it.';
COMMENT ON COLUMN contact_moves.replacement_contact_id IS 'Who at the old account has the same role (where the role is not known, is in the same department): the first who came since, otherwise who has been known longest; NULL: nobody.';
COMMENT ON COLUMN contact_moves.replacement_name IS 'That person''s name.';
COMMENT ON COLUMN contact_moves.replacement_is_new IS 'Whether that person came to be known since.';
COMMENT ON COLUMN contact_moves.reason IS 'What to make of it, in words.';
