-- What the people of the sample CRM did: touches, use of products, tickets.
--
-- Each is a stream that runs for all accounts alike, and is changed where an
-- opportunity was won, as sample_leads.sql says: a count that is Poisson with
-- mean m becomes one with mean m exp(b) when so many more are added, or, for b
-- below 0, when each is taken away with probability 1 - exp(b); a day's use of
-- probability p one with the odds p / (1 - p) exp(b).

CREATE FUNCTION clientele.sample_touch_streams(accounts integer, seed bigint, until date,
	OUT touchpoint_id text, OUT account_id text, OUT contact_id text, OUT lead_id text, OUT occurred_at timestamptz, OUT channel text,
	OUT direction text, OUT outcome text, OUT purpose text, OUT owner_id text, OUT duration_minutes numeric)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 60000
BEGIN ATOMIC
	WITH sort AS (
		SELECT sort.number, sort.code, sort.channels, sort.direction, sort.outcome, sort.feature, effect.mean, effect.log_odds, sort.monthly, sort.minutes
		FROM (VALUES
			(1, 'I', ARRAY['web', 'email', 'phone'], 'inbound', 'connected', 'inbound_touches', 0.6::float8, 6),
			(2, 'R', ARRAY['email', 'email', 'social'], 'outbound', 'replied', 'replies', 0.4, 0),
			(3, 'M', ARRAY['meeting', 'video', 'video'], 'outbound', 'attended', 'meetings', 0.2, 45),
			(4, 'O', ARRAY['email', 'email', 'email'], 'outbound', 'opened', 'opened_messages', 0.5, 0),
			(5, 'A', ARRAY['phone', 'phone', 'email'], 'outbound', 'attempted', NULL, 0.3, 0),
			-- of our own accord; at most accounts fewer are made, see below
			(6, 'N', ARRAY['phone', 'phone', 'video'], 'outbound', 'connected', NULL, 0.7, 20)
		) AS sort (number, code, channels, direction, outcome, feature, monthly, minutes)
		LEFT JOIN clientele.sample_lead_effects() AS effect ON effect.kind = 'prospect' AND effect.feature = sort.feature
	), pursued AS (
		-- Leads: at the full rate for two weeks, then at a sixth of it, until the
		-- lead comes to its end.
		SELECT lead.number, lead.account_id, lead.contact_id, lead.lead_id, lead.opened AS since, sort.number AS sort,
			'-' || sort.code AS code,
			clientele.sample_key(lead.key, 30 + sort.number, 0) AS key,
			14 / (coalesce(sort.mean, 1.2) * CASE WHEN lead.is_like_won THEN exp(coalesce(sort.log_odds, 0)) ELSE 1 END) AS gap,
			span.days,
			'sales' AS purpose
		FROM clientele.sample_lead_truth(accounts, seed, until) AS lead
		CROSS JOIN sort
		CROSS JOIN LATERAL (SELECT extract(epoch FROM least(lead.closed, until + 1) - lead.opened)::float8 / 86400) AS life (days)
		CROSS JOIN LATERAL (SELECT CASE WHEN life.days > 14 THEN 14 + (life.days - 14) / 6 ELSE life.days END) AS span (days)
		WHERE sort.code <> 'N'
		OFFSET 0
	), served AS (
		-- customers: as long as they buy, and half a year longer
		SELECT life.number, life.account_id, life.first_day::timestamp AS since, sort.number AS sort, sort.code AS code,
			clientele.sample_key(clientele.sample_key(seed, 24, life.number), 30 + sort.number, 0) AS key,
			30 / sort.monthly AS gap,
			(least(life.last_day + 180, until + 1) - life.first_day)::float8 AS days,
			CASE sort.code WHEN 'N' THEN 'nurture' ELSE 'service' END AS purpose
		FROM clientele.sample_lives(accounts, seed, until) AS life
		CROSS JOIN sort
		UNION ALL
		-- and more often by themselves before an opportunity is won
		SELECT deal.number, deal.account_id, deal.opened - interval '16 days', 1, 'X' || substr(deal.opportunity_id, 2),
			clientele.sample_key(deal.key, 36, 0),
			30 / (effect.mean * (exp(effect.log_odds) - 1)),
			least(30, extract(epoch FROM (until + 1)::timestamp - deal.opened)::float8 / 86400 + 16),
			'sales'
		FROM clientele.sample_deal_truth(accounts, seed, until) AS deal
		JOIN clientele.sample_lead_effects() AS effect ON effect.kind = 'upsell' AND effect.feature = 'inbound_touches'
		WHERE deal.is_like_won AND deal.kind <> 'new' AND deal.opened < until + 1
		OFFSET 0
	), drawn AS (
		SELECT stream.number, stream.account_id, stream.contact_id, stream.lead_id, stream.since, stream.sort, stream.code, stream.key, stream.purpose,
			arrival.draw, arrival.elapsed
		FROM (
			SELECT number, account_id, contact_id, lead_id, since, sort, code, key, gap, days, purpose FROM pursued
			UNION ALL
			SELECT number, account_id, NULL AS contact_id, NULL AS lead_id, since, sort, code, key, gap, days, purpose FROM served
		) AS stream
		CROSS JOIN clientele.sample_arrivals(stream.key, stream.gap, stream.days) AS arrival
	), placed AS (
		SELECT drawn.*,
			drawn.since + CASE WHEN drawn.lead_id IS NOT NULL AND drawn.elapsed > 14 THEN 14 + (drawn.elapsed - 14) * 6 ELSE drawn.elapsed END
				* interval '1 day' AS occurred,
			clientele.sample_uniform(drawn.key, 100000 + drawn.draw) AS choice
		FROM drawn
	)
	SELECT coalesce(placed.lead_id, placed.account_id) || '-' || ltrim(placed.code, '-') || lpad(placed.draw::text, greatest(3, length(placed.draw::text)), '0'),
		placed.account_id,
		-- at a customer, whoever is known for long, but not the one who may leave
		CASE WHEN story.part = 'single-threaded' AND placed.occurred > story.at THEN story.contact_id
			ELSE coalesce(placed.contact_id, placed.account_id || '-C0' || 1 + floor(placed.choice * CASE
				WHEN placed.occurred < account.created_at AT TIME ZONE 'UTC' + interval '300 days' OR account.people = 2 THEN 2
				ELSE account.people - 1 END)) END,
		placed.lead_id,
		date_trunc('second', placed.occurred) AT TIME ZONE 'UTC',
		sort.channels[1 + floor(3 * clientele.sample_uniform(placed.key, 200000 + placed.draw))::integer],
		sort.direction,
		sort.outcome,
		placed.purpose,
		account.owner_id,
		CASE WHEN sort.minutes > 0 THEN round((sort.minutes * (0.5 + clientele.sample_uniform(placed.key, 300000 + placed.draw)))::numeric) END
	FROM placed
	JOIN sort ON sort.number = placed.sort
	JOIN (
		SELECT made.account_id, made.owner_id, made.created_at, made.is_key_account,
			2 + floor(4 * clientele.sample_uniform(clientele.sample_key(seed, 23, substr(made.account_id, 2)::integer), 0))::integer AS people
		FROM clientele.sample_accounts(accounts, seed, until) AS made
		OFFSET 0
	) AS account ON account.account_id = placed.account_id
	LEFT JOIN clientele.sample_cast(accounts, seed, until) AS story
		ON story.account_id = placed.account_id AND story.part = ANY (ARRAY['single-threaded', 'going quiet'])
	WHERE (sort.code <> 'N' OR account.is_key_account OR clientele.sample_uniform(placed.key, 400000 + placed.draw) < 0.3)
		-- the story: since it fell silent nobody has called
		AND (story.part IS DISTINCT FROM 'going quiet' OR sort.direction = 'inbound' OR placed.occurred < story.at + 14);
END;
COMMENT ON FUNCTION clientele.sample_touch_streams(integer, bigint, date) IS
'The touches of the sample CRM that run all the time: those on leads, what customers are served, and calls of our own accord, more at key accounts.';

CREATE FUNCTION clientele.sample_usage(accounts integer, seed bigint, until date,
	OUT account_id text, OUT product_id text, OUT used_on date, OUT quantity numeric, OUT entitled_quantity numeric, OUT active_users integer)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 100000
BEGIN ATOMIC
	-- A day has some use with probability 1/10, and more often in the 30 days up
	-- to two weeks after an opportunity was opened that was won.
	WITH busy AS (
		SELECT DISTINCT deal.number, (deal.opened + interval '14 days')::date - back AS day
		FROM clientele.sample_deal_truth(accounts, seed, until) AS deal
		CROSS JOIN generate_series(0, 29) AS back
		WHERE deal.is_like_won AND deal.kind <> 'new'
	), chance AS (
		SELECT effect.mean / 30 AS usual,
			effect.mean / 30 * exp(effect.log_odds) / (1 - effect.mean / 30 + effect.mean / 30 * exp(effect.log_odds)) AS busy
		FROM clientele.sample_lead_effects() AS effect
		WHERE effect.feature = 'usage_days'
	)
	SELECT used.account_id,
		(ARRAY['beacon-core', 'harbor-core', 'ledger-core', 'relay-core'])[1 + used.number % 4],
		used.day,
		round((8 * clientele.sample_uniform(used.key, 2 * used.elapsed + 1000001))::numeric, 1),
		6,
		1 + floor(5 * clientele.sample_uniform(used.key, 2 * used.elapsed + 1000001) ^ 2)::integer
	FROM (
		-- the days that are drawn for the greater of the chances
		SELECT life.number, life.account_id, life.key, hit.trial AS elapsed, hit.luck, life.first_day + hit.trial AS day
		FROM (
			SELECT lived.*, clientele.sample_key(seed, 25, lived.number) AS key
			FROM clientele.sample_lives(accounts, seed, until) AS lived
			OFFSET 0
		) AS life
		CROSS JOIN clientele.sample_hits(life.key, least(life.last_day + 180, until) - life.first_day + 1, 2,
			(SELECT greatest(chance.usual, chance.busy) FROM chance)) AS hit
		OFFSET 0
	) AS used
	CROSS JOIN chance
	LEFT JOIN busy ON busy.number = used.number AND busy.day = used.day
	WHERE used.luck < CASE WHEN busy.day IS NULL THEN chance.usual ELSE chance.busy END;
END;
COMMENT ON FUNCTION clientele.sample_usage(integer, bigint, date) IS
'The use that customers of the sample CRM make of what they bought, a row a day with any; quantity is in hours.';

CREATE FUNCTION clientele.sample_tickets(accounts integer, seed bigint, until date,
	OUT ticket_id text, OUT account_id text, OUT contact_id text, OUT opened_at timestamptz, OUT first_response_at timestamptz, OUT closed_at timestamptz,
	OUT severity text, OUT satisfaction numeric, OUT is_abandoned boolean, OUT channel text)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 20000
BEGIN ATOMIC
	-- A ticket is open for ten days in the mean, so that at any time there are ten
	-- days' worth of them, in a Poisson number. Fewer are open two weeks after an
	-- opportunity was opened that was won.
	WITH effect AS (
		SELECT effect.mean, effect.log_odds FROM clientele.sample_lead_effects() AS effect WHERE effect.feature = 'open_tickets'
	), stream AS (
		SELECT life.number, life.account_id, life.first_day,
			clientele.sample_key(seed, 26, life.number) AS key,
			10 / effect.mean AS gap,
			(least(life.last_day + 180, until + 1) - life.first_day)::float8 AS days
		FROM clientele.sample_lives(accounts, seed, until) AS life
		CROSS JOIN effect
		OFFSET 0
	), drawn AS (
		SELECT stream.*, arrival.draw, arrival.elapsed
		FROM stream
		CROSS JOIN clientele.sample_arrivals(stream.key, stream.gap, stream.days) AS arrival
	), opened AS (
		SELECT drawn.*,
			date_trunc('second', drawn.first_day + drawn.elapsed * interval '1 day') AS opened,
			date_trunc('second', drawn.first_day + (drawn.elapsed - 10 * ln(clientele.sample_uniform(drawn.key, 100000 + drawn.draw))) * interval '1 day') AS closed
		FROM drawn
		OFFSET 0
	)
	SELECT opened.account_id || '-T' || lpad(opened.draw::text, greatest(3, length(opened.draw::text)), '0'),
		opened.account_id,
		opened.account_id || '-C0' || 1 + floor(2 * clientele.sample_uniform(opened.key, 200000 + opened.draw)),
		opened.opened AT TIME ZONE 'UTC',
		CASE WHEN answered.at < until + 1 THEN answered.at AT TIME ZONE 'UTC' END,
		CASE WHEN opened.closed < until + 1 THEN opened.closed AT TIME ZONE 'UTC' END,
		(ARRAY['low', 'normal', 'normal', 'normal', 'high', 'critical'])[1 + floor(6 * clientele.sample_uniform(opened.key, 400000 + opened.draw))::integer],
		CASE WHEN opened.closed < until + 1 AND clientele.sample_uniform(opened.key, 500000 + opened.draw) < 0.4
			THEN 1 + floor(5 * sqrt(clientele.sample_uniform(opened.key, 600000 + opened.draw)))::numeric END,
		CASE WHEN opened.closed < until + 1 THEN clientele.sample_uniform(opened.key, 700000 + opened.draw) < 0.04 END,
		(ARRAY['email', 'portal', 'phone', 'chat'])[1 + floor(4 * clientele.sample_uniform(opened.key, 800000 + opened.draw))::integer]
	FROM opened
	CROSS JOIN effect
	-- answered after some hours, or at the latest when it is closed
	CROSS JOIN LATERAL (
		SELECT date_trunc('second', least(opened.closed,
			opened.opened - 5 * ln(clientele.sample_uniform(opened.key, 300000 + opened.draw)) * interval '1 hour'))
	) AS answered (at)
	LEFT JOIN (
		SELECT number, array_agg(opened + interval '14 days') AS moments
		FROM clientele.sample_deal_truth(accounts, seed, until)
		WHERE is_like_won AND kind <> 'new'
		GROUP BY number
	) AS deal ON deal.number = opened.number
	LEFT JOIN clientele.sample_cast(accounts, seed, until) AS story ON story.account_id = opened.account_id AND story.part = 'evangelist'
	WHERE (clientele.sample_uniform(opened.key, 900000 + opened.draw) < exp(effect.log_odds)
			OR NOT EXISTS (SELECT FROM unnest(deal.moments) AS moment WHERE opened.opened <= moment AND opened.closed > moment))
		-- the story: nothing keeps us from asking the evangelist
		AND (story.part IS NULL OR opened.opened < until - 60)
	UNION ALL
	-- what prospects ask, in the last two years
	SELECT asked.account_id || '-T' || lpad(asked.draw::text, 3, '0'),
		asked.account_id,
		asked.account_id || '-C0' || 1 + floor(2 * clientele.sample_uniform(asked.key, 200000 + asked.draw)),
		asked.opened AT TIME ZONE 'UTC',
		CASE WHEN asked.answered < until + 1 THEN asked.answered AT TIME ZONE 'UTC' END,
		CASE WHEN asked.closed < until + 1 THEN asked.closed AT TIME ZONE 'UTC' END,
		(ARRAY['low', 'low', 'normal'])[1 + floor(3 * clientele.sample_uniform(asked.key, 400000 + asked.draw))::integer],
		CASE WHEN asked.closed < until + 1 AND clientele.sample_uniform(asked.key, 500000 + asked.draw) < 0.2
			THEN 2 + floor(4 * sqrt(clientele.sample_uniform(asked.key, 600000 + asked.draw)))::numeric END,
		CASE WHEN asked.closed < until + 1 THEN clientele.sample_uniform(asked.key, 700000 + asked.draw) < asked.gives_up END,
		(ARRAY['email', 'chat', 'chat', 'phone'])[1 + floor(4 * clientele.sample_uniform(asked.key, 800000 + asked.draw))::integer]
	FROM (
		SELECT stream.account_id, stream.key, arrival.draw, told.opened, told.closed, stream.gives_up,
			least(told.closed, date_trunc('second', told.opened - stream.answer_hours * ln(clientele.sample_uniform(stream.key, 300000 + arrival.draw)) * interval '1 hour'))
				AS answered
		FROM (
			SELECT hidden.account_id, clientele.sample_key(seed, 26, hidden.number) AS key, truth.answer_hours, truth.gives_up
			FROM clientele.sample_truth(accounts, seed, until) AS hidden
			CROSS JOIN (
				SELECT max(value) FILTER (WHERE model = 'response') AS answer_hours,
					max(value) FILTER (WHERE model = 'abandonment') AS gives_up
				FROM clientele.sample_parameters()
				WHERE parameter = 'prospect'
			) AS truth
			WHERE hidden.first_day IS NULL
			OFFSET 0
		) AS stream
		CROSS JOIN clientele.sample_arrivals(stream.key, 300, 730) AS arrival
		CROSS JOIN LATERAL (
			SELECT date_trunc('second', until - 729 + arrival.elapsed * interval '1 day'),
				date_trunc('second', until - 729 + (arrival.elapsed - 3 * ln(clientele.sample_uniform(stream.key, 100000 + arrival.draw))) * interval '1 day')
		) AS told (opened, closed)
		OFFSET 0
	) AS asked;
END;
COMMENT ON FUNCTION clientele.sample_tickets(integer, bigint, date) IS
'The tickets of the sample CRM: of customers, and fewer ones of prospects, who are answered sooner.';
