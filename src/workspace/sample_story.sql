-- The story that the sample CRM tells: accounts to which something has happened
-- that an insight finds. Who they are follows from what was drawn anyway, so that
-- purchases and people are those of everybody else; only what others did there is
-- told differently (sample_touchpoints.sql, sample_quotes.sql, sample_people.sql).

CREATE FUNCTION clientele.sample_cast(accounts integer, seed bigint, until date,
	OUT part text, OUT account_id text, OUT contact_id text, OUT product_id text, OUT other_account_id text, OUT at date)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 6
BEGIN ATOMIC
	-- Among the first 4,000 accounts: the story of a larger sample is the same.
	WITH bought AS (
		SELECT life.*,
			(life.last_day - life.first_day)::float8 / nullif(life.purchases - 1, 0) AS gap
		FROM (
			SELECT purchase.account_id,
				substr(purchase.account_id, 2)::integer AS number,
				count(*) AS purchases,
				sum(purchase.amount) AS revenue,
				coalesce(sum(purchase.amount) FILTER (WHERE purchase.purchased_at > (until - 365)::timestamp AT TIME ZONE 'UTC'), 0) AS recent_revenue,
				min(purchase.purchased_at AT TIME ZONE 'UTC')::date AS first_day,
				max(purchase.purchased_at AT TIME ZONE 'UTC')::date AS last_day
			FROM clientele.sample_purchases(least(accounts, 4000), seed, until) AS purchase
			GROUP BY purchase.account_id
		) AS life
	), person AS (
		SELECT known.contact_id, known.account_id, known.role, known.place, known.left_on
		FROM clientele.sample_people(least(accounts, 4000), seed, until) AS known
		WHERE known.place > 0
	), quiet AS (
		-- bought time and again, and not for several times as long as was usual
		SELECT bought.account_id, bought.last_day
		FROM bought
		WHERE bought.purchases >= 6
			AND until - bought.last_day BETWEEN 60 AND 330
			AND until - bought.last_day > 3 * bought.gap
		ORDER BY bought.purchases >= 12 AND until - bought.last_day > 7 * bought.gap DESC, bought.revenue DESC, bought.account_id
		LIMIT 1
	), thread AS (
		-- the greatest key account with enough people
		SELECT bought.account_id
		FROM bought
		JOIN (
			SELECT person.account_id, count(*) AS people
			FROM person
			GROUP BY person.account_id
			HAVING count(*) >= 4 AND count(person.left_on) = 0
		) AS staff ON staff.account_id = bought.account_id
		JOIN clientele.sample_accounts(least(accounts, 4000), seed, until) AS account ON account.account_id = bought.account_id
		WHERE bought.last_day >= until - 60
			AND bought.purchases >= 4
		ORDER BY account.is_key_account DESC, staff.people = 5 AND bought.purchases >= 6 DESC, bought.recent_revenue DESC, bought.account_id
		LIMIT 1
	), evangelist AS (
		-- long a customer, and still one
		SELECT bought.account_id, bought.first_day
		FROM bought
		WHERE bought.first_day <= until - 900
			AND bought.last_day >= until - 60
			AND bought.account_id NOT IN (SELECT thread.account_id FROM thread)
		ORDER BY bought.purchases DESC, bought.account_id
		LIMIT 1
	), asked AS (
		-- has bought of two families of products at most: of the fourth it never did
		SELECT bought.account_id, bought.number
		FROM bought
		WHERE bought.purchases BETWEEN 7 AND 12
			AND bought.last_day >= until - 90
			AND bought.account_id NOT IN (SELECT thread.account_id FROM thread UNION ALL SELECT evangelist.account_id FROM evangelist)
		ORDER BY bought.revenue DESC, bought.account_id
		LIMIT 1
	), pressed AS (
		SELECT bought.account_id
		FROM bought
		WHERE bought.last_day >= until - 45
			AND bought.purchases >= 3
			AND bought.account_id NOT IN (SELECT thread.account_id FROM thread UNION ALL SELECT evangelist.account_id FROM evangelist
				UNION ALL SELECT asked.account_id FROM asked)
		ORDER BY bought.recent_revenue DESC, bought.account_id
		LIMIT 1
	), champion AS (
		-- the last one who left and may have a new job by now
		SELECT person.account_id, person.contact_id, person.left_on
		FROM person
		JOIN bought ON bought.account_id = person.account_id
		WHERE person.role = 'champion'
			AND person.left_on BETWEEN until - 400 AND until - 20
			AND person.left_on > bought.first_day
		ORDER BY person.left_on DESC, person.contact_id
		LIMIT 1
	)
	SELECT 'going quiet', quiet.account_id, NULL::text, NULL::text, NULL::text, quiet.last_day FROM quiet
	UNION ALL
	SELECT 'single-threaded', thread.account_id, thread.account_id || '-C01', NULL, NULL, until - 200 FROM thread
	UNION ALL
	SELECT 'evangelist', evangelist.account_id, evangelist.account_id || '-C01', NULL, NULL, evangelist.first_day FROM evangelist
	UNION ALL
	SELECT 'quotes never bought', asked.account_id, asked.account_id || '-C01',
		(ARRAY['beacon', 'harbor', 'ledger', 'relay'])[1 + (asked.number + 3) % 4] || '-core', NULL, until - 12 FROM asked
	UNION ALL
	SELECT 'approached by several', pressed.account_id, pressed.account_id || '-C01', NULL, NULL, until - 27 FROM pressed
	UNION ALL
	-- to an account that never bought
	SELECT 'champion who moved', champion.account_id, champion.contact_id, NULL,
		'A' || lpad(prospect.number::text, greatest(6, length(prospect.number::text)), '0'), champion.left_on
	FROM champion
	CROSS JOIN LATERAL (
		SELECT 5 * (1 + floor((least(accounts, 4000) / 5) * clientele.sample_uniform(clientele.sample_key(seed, 60, 0), 0))::integer) AS number
	) AS prospect
	WHERE accounts >= 5
	OFFSET 0;
END;
COMMENT ON FUNCTION clientele.sample_cast(integer, bigint, date) IS
'Who plays the story of the sample CRM: the part, its account and contact, a product that it was offered, the account to which the champion went, and the day on which that part of the story begins.';

CREATE FUNCTION clientele.sample_story(accounts integer, seed bigint, until date,
	OUT story text, OUT account_id text, OUT contact_id text, OUT product_id text, OUT insight text, OUT what text)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 7
BEGIN ATOMIC
	SELECT told.part, played.account_id, played.contact_id, played.product_id, told.insight,
		format(told.what, to_char(played.at, 'YYYY-MM-DD'), played.other_account_id)
	FROM (VALUES
		(1, 'going quiet', 'customer_value, attention_gap',
			'bought time and again until %1$s, and nobody has called since: its P(alive) is low, its revenue is not'),
		(2, 'single-threaded', 'touchpoint_coverage, coverage_gaps, next_contacts',
			'a customer of some weight: of all its people only one was reached since %1$s'),
		(3, 'champion who moved', 'contact_moves', 'left on %1$s and is now at %2$s, which never bought'),
		(4, 'evangelist', 'evangelists, referrals', 'recommended us to six who became customers; it may be asked again'),
		(5, 'quotes never bought', 'quoted_not_bought', 'was offered three tiers of a product, put one into a basket on %1$s, and never bought any'),
		(6, 'approached by several', 'touch_collisions', 'three owners have approached the same person since %1$s, sixteen times'),
		(7, 'customers wait', 'response_parity', 'customers are answered after hours, whoever is none within the first two')
	) AS told (place, part, insight, what)
	LEFT JOIN clientele.sample_cast(accounts, seed, until) AS played ON played.part = told.part
	WHERE played.part IS NOT NULL OR told.place = 7
	ORDER BY told.place;
END;
COMMENT ON FUNCTION clientele.sample_story(integer, bigint, date) IS
'The story of the sample CRM for a number of accounts, a seed and a last day: what happened, at which account and to whom, which insights find it and what they show. A small sample may lack a part.';
