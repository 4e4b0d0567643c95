-- touch_collisions: which accounts do several of us approach at once, and which
-- contacts too often?
--
-- Two kinds of rows as of clientele.as_of(). several owners: an account that more
-- than one owner approached within policy.collision_window, at different moments
-- (a meeting that two of us hold is one approach), for other things than service
-- and programs. too often: a contact that was approached at an account more often
-- than policy.touch_cap within policy.touch_cap_window, by whomever, programs
-- included, service not. To approach is to begin a touch, in vain too; a message
-- that bounced approached nobody.
--
-- requires: account_segment contact owner touchpoint policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW touch_collisions WITH (security_invoker = true) AS
SELECT fact.account_id,
	account.name,
	account.segment,
	fact.kind,
	fact.contact_id,
	contact.name AS contact_name,
	fact.owners::integer AS owners,
	fact.touches::integer AS touches,
	fact.allowed,
	fact.who,
	fact.first_touched_at,
	fact.last_touched_at,
	CASE fact.kind
		WHEN 'several owners' THEN format('%s owners within policy.collision_window: %s', fact.owners, fact.who)
		ELSE format('%s touches within policy.touch_cap_window, policy.touch_cap is %s', fact.touches, fact.allowed)
	END AS reason
FROM (
	SELECT part.account_id,
		'several owners' AS kind,
		NULL AS contact_id,
		count(*) AS owners,
		sum(part.touches) AS touches,
		1 AS allowed,
		string_agg(concat(coalesce(owner.name, part.owner_id), ' ', part.touches), ', '
			ORDER BY part.touches DESC, coalesce(owner.name, part.owner_id) COLLATE "C", part.owner_id COLLATE "C") AS who,
		min(part.first_touched_at) AS first_touched_at,
		max(part.last_touched_at) AS last_touched_at
	FROM (
		SELECT touchpoint.account_id,
			touchpoint.owner_id,
			count(*) AS touches,
			min(touchpoint.occurred_at) AS first_touched_at,
			max(touchpoint.occurred_at) AS last_touched_at
		FROM touchpoint
		WHERE touchpoint.occurred_at <= clientele.as_of()
			AND touchpoint.occurred_at > (
				SELECT (clientele.as_of() AT TIME ZONE 'UTC' - coalesce(max(collision_window), '7 days')) AT TIME ZONE 'UTC'
				FROM policy)
			AND touchpoint.direction = 'outbound'
			AND coalesce(touchpoint.outcome, '') <> 'bounced'
			AND coalesce(touchpoint.purpose, '') <> ALL (ARRAY['service', 'program'])
			AND touchpoint.program_id IS NULL
			AND touchpoint.owner_id IS NOT NULL
			AND touchpoint.account_id IS NOT NULL
		GROUP BY touchpoint.account_id, touchpoint.owner_id
	) AS part
	LEFT JOIN owner ON owner.owner_id = part.owner_id
	GROUP BY part.account_id
	HAVING count(*) > 1
		AND min(part.first_touched_at) < max(part.last_touched_at)
	UNION ALL
	SELECT part.account_id,
		'too often' AS kind,
		part.contact_id,
		count(part.owner_id) AS owners,
		sum(part.touches) AS touches,
		policy.touch_cap AS allowed,
		string_agg(concat(coalesce(owner.name, part.owner_id), ' ', part.touches), ', '
			ORDER BY part.touches DESC, coalesce(owner.name, part.owner_id) COLLATE "C", part.owner_id COLLATE "C") FILTER (WHERE part.owner_id IS NOT NULL) AS who,
		min(part.first_touched_at) AS first_touched_at,
		max(part.last_touched_at) AS last_touched_at
	FROM (
		SELECT touchpoint.account_id,
			touchpoint.contact_id,
			touchpoint.owner_id,
			count(*) AS touches,
			min(touchpoint.occurred_at) AS first_touched_at,
			max(touchpoint.occurred_at) AS last_touched_at
		FROM touchpoint
		WHERE touchpoint.occurred_at <= clientele.as_of()
			AND touchpoint.occurred_at > (
				SELECT (clientele.as_of() AT TIME ZONE 'UTC' - coalesce(max(touch_cap_window), '30 days')) AT TIME ZONE 'UTC'
				FROM policy)
			AND touchpoint.direction = 'outbound'
			AND coalesce(touchpoint.outcome, '') <> 'bounced'
			AND coalesce(touchpoint.purpose, '') <> 'service'
			AND touchpoint.contact_id IS NOT NULL
		GROUP BY touchpoint.account_id, touchpoint.contact_id, touchpoint.owner_id
	) AS part
	CROSS JOIN (SELECT coalesce(max(touch_cap), 8) AS touch_cap FROM policy) AS policy
	LEFT JOIN owner ON owner.owner_id = part.owner_id
	GROUP BY part.account_id, part.contact_id, policy.touch_cap
	HAVING sum(part.touches) > policy.touch_cap
) AS fact
LEFT JOIN account_segment AS account ON account.account_id = fact.account_id
LEFT JOIN contact ON contact.contact_id = fact.contact_id;
COMMENT ON VIEW touch_collisions IS
'Which accounts do several of us approach at once, and which contacts too often? A row an account or contact.';
COMMENT ON COLUMN touch_collisions.account_id IS 'The account; NULL for touches of a contact that name none.';
COMMENT ON COLUMN touch_collisions.name IS 'Its name.';
COMMENT ON COLUMN touch_collisions.segment IS 'customer, former customer or prospect; see account_segment.';
COMMENT ON COLUMN touch_collisions.kind IS 'several owners: more than one approached the account within policy.collision_window, service and programs apart; too often: a contact was approached more than policy.touch_cap times within policy.touch_cap_window, service apart.';
COMMENT ON COLUMN touch_collisions.contact_id IS 'The contact; NULL for several owners.';
COMMENT ON COLUMN touch_collisions.contact_name IS 'Its name.';
COMMENT ON COLUMN touch_collisions.owners IS 'How many owners.';
COMMENT ON COLUMN touch_collisions.touches IS 'How many touches, one a person; in vain too, unless bounced.';
COMMENT ON COLUMN touch_collisions.allowed IS 'How many owners, or touches, there may be.';
COMMENT ON COLUMN touch_collisions.who IS 'The owners, each with the number of its touches, divided by commas; those without an owner are not told.';
COMMENT ON COLUMN touch_collisions.first_touched_at IS 'The first of these touches.';
COMMENT ON COLUMN touch_collisions.last_touched_at IS 'The last of them.';
COMMENT ON COLUMN touch_collisions.reason IS 'What is amiss, in words.';
