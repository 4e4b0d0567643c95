-- What the customers of the sample CRM were offered, put into a basket, and
-- recommended.

CREATE FUNCTION clientele.sample_quotes(accounts integer, seed bigint, until date,
	OUT quote_id text, OUT account_id text, OUT contact_id text, OUT product_id text, OUT quoted_at timestamptz, OUT expires_on date,
	OUT amount numeric, OUT status text)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 8000
BEGIN ATOMIC
	WITH offered AS MATERIALIZED (
		-- an opportunity that comes to its proposal
		SELECT deal.opportunity_id, deal.account_id, deal.contact_id, deal.product_id, deal.amount, deal.is_won, deal.key, step.entered
		FROM clientele.sample_deal_truth(accounts, seed, until) AS deal
		CROSS JOIN LATERAL clientele.sample_stages(deal.kind, deal.opened, deal.closed, deal.is_like_won, deal.is_won, deal.key) AS step
		WHERE step.stage = 'proposal'
			AND step.entered < until + 1
	), played AS MATERIALIZED (
		SELECT asked.account_id, asked.contact_id, split_part(asked.product_id, '-', 1) AS family, asked.at
		FROM clientele.sample_cast(accounts, seed, until) AS asked
		WHERE asked.part = 'quotes never bought'
	), left_behind AS (
		-- Baskets: some days before a purchase that came, and others
		SELECT 'B' || substr(purchase.purchase_id, 2) AS quote_id,
			purchase.account_id,
			purchase.product_id,
			purchase.amount,
			date_trunc('second', (purchase.purchased_at AT TIME ZONE 'UTC')
				- (0.1 + 4 * clientele.sample_uniform(basket.key, 1)) * interval '1 day') AS quoted,
			basket.key
		FROM clientele.sample_purchases(accounts, seed, until) AS purchase
		CROSS JOIN LATERAL (
			SELECT clientele.sample_key(seed, 45, substr(purchase.account_id, 2)::integer * 100000::bigint + split_part(purchase.purchase_id, '-', 2)::integer) AS key
			OFFSET 0
		) AS basket
		WHERE clientele.sample_uniform(basket.key, 0) < 0.12
			-- not the first one, before which it was no customer
			AND purchase.purchase_id NOT LIKE '%-0001'
		UNION ALL
		SELECT 'B' || substr(basket.account_id, 2) || '-X' || basket.draw,
			basket.account_id,
			(ARRAY['beacon', 'harbor', 'ledger', 'relay'])[1 + floor(4 * clientele.sample_uniform(basket.own_key, 2))::integer] || '-'
				|| (ARRAY['core', 'core', 'plus', 'premium'])[1 + floor(4 * clientele.sample_uniform(basket.own_key, 3))::integer],
			round((300 * exp(3 * clientele.sample_uniform(basket.own_key, 4)))::numeric, 2),
			date_trunc('second', basket.first_day + basket.elapsed * interval '1 day'),
			basket.own_key
		FROM (
			SELECT life.account_id, life.first_day::timestamp AS first_day, arrival.draw, arrival.elapsed,
				clientele.sample_key(life.key, 0, arrival.draw) AS own_key
			FROM (
				SELECT lived.account_id, lived.first_day, lived.last_day, clientele.sample_key(seed, 46, lived.number) AS key
				FROM clientele.sample_lives(accounts, seed, until) AS lived
				OFFSET 0
			) AS life
			-- three in ten years
			CROSS JOIN clientele.sample_arrivals(life.key, 1200, least(life.last_day + 90, until + 1) - life.first_day) AS arrival
			OFFSET 0
		) AS basket
	)
	SELECT 'Q' || substr(offered.opportunity_id, 2),
		offered.account_id,
		offered.contact_id,
		offered.product_id,
		offered.entered AT TIME ZONE 'UTC',
		CASE WHEN clientele.sample_uniform(offered.key, 41) < 0.9 THEN offered.entered::date + 30 END,
		offered.amount,
		CASE WHEN offered.is_won THEN 'accepted' WHEN NOT offered.is_won THEN 'declined' ELSE 'sent' END
	FROM offered
	WHERE offered.account_id NOT IN (SELECT played.account_id FROM played)
		OR offered.is_won
	UNION ALL
	-- one of seven was drafted on the day before, for more
	SELECT 'Q' || substr(offered.opportunity_id, 2) || '-D', offered.account_id, offered.contact_id, offered.product_id,
		(offered.entered - interval '1 day') AT TIME ZONE 'UTC', NULL, round(1.1 * offered.amount, 2), 'draft'
	FROM offered
	WHERE clientele.sample_uniform(offered.key, 42) < 1 / 7.0
	UNION ALL
	SELECT left_behind.quote_id, left_behind.account_id,
		left_behind.account_id || '-C0' || 1 + floor(2 * clientele.sample_uniform(left_behind.key, 6)),
		left_behind.product_id, left_behind.quoted AT TIME ZONE 'UTC', NULL, left_behind.amount, 'basket'
	FROM left_behind
	WHERE left_behind.account_id NOT IN (SELECT played.account_id FROM played)
	UNION ALL
	-- the story: never bought
	SELECT told.sign || substr(played.account_id, 2) || '-S' || told.place, played.account_id, played.contact_id, played.family || told.tier,
		(played.at - told.days + interval '14 hours') AT TIME ZONE 'UTC',
		CASE WHEN told.sign = 'Q' THEN played.at - told.days + 30 END, told.amount, told.status
	FROM played
	CROSS JOIN (VALUES
		(1, 'Q', '-core', 96, 48500.00, 'declined'), (2, 'Q', '-premium', 61, 129000.00, 'sent'),
		(3, 'Q', '-plus', 9, 84000.00, 'sent'), (4, 'B', '-core', 0, 39900.00, 'basket')
	) AS told (place, sign, tier, days, amount, status);
END;
COMMENT ON FUNCTION clientele.sample_quotes(integer, bigint, date) IS
'The quotes of the sample CRM, one of each opportunity that came to its proposal, and baskets that were left, of which some were bought some days later.';

CREATE FUNCTION clientele.sample_referrals(accounts integer, seed bigint, until date,
	OUT referral_id text, OUT referrer_account_id text, OUT referrer_contact_id text, OUT referred_account_id text, OUT referred_lead_id text,
	OUT referred_at timestamptz)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 500
BEGIN ATOMIC
	-- Customers recommend at one rate in the last year and at another before. To
	-- whom: mostly, of some accounts drawn by lot the first that was a lead then
	-- and became a customer later; else a prospect, or nobody whom the CRM knows.
	WITH lead AS MATERIALIZED (
		SELECT won.number, won.account_id, won.lead_id, won.opened, won.closed,
			won.source = 'referral' AS was_referred
		FROM clientele.sample_lead_truth(accounts, seed, until) AS won
		WHERE won.is_won
	), played AS MATERIALIZED (
		SELECT part.account_id, part.contact_id, part.at
		FROM clientele.sample_cast(accounts, seed, until) AS part
		WHERE part.part = 'evangelist'
	), convert AS MATERIALIZED (
		-- the story: six that the evangelist won, none within the last hundred days
		SELECT lead.number, lead.account_id, lead.lead_id, lead.opened, played.account_id AS referrer_account_id, played.contact_id AS referrer_contact_id
		FROM lead
		CROSS JOIN played
		WHERE lead.was_referred
			AND lead.number <= 4000
			AND lead.opened > played.at + 30
			AND lead.opened < until - 100
		ORDER BY clientele.sample_uniform(clientele.sample_key(seed, 61, lead.number), 0)
		LIMIT 6
	), made AS MATERIALIZED (
		SELECT rate.code || arrival.draw AS place,
			life.number,
			life.account_id,
			date_trunc('second', greatest(life.first_day::timestamp, rate.since) + arrival.elapsed * interval '1 day') AS referred,
			clientele.sample_key(life.key, rate.number + 2, arrival.draw) AS key
		FROM (
			SELECT lived.number, lived.account_id, lived.first_day, clientele.sample_key(seed, 47, lived.number) AS key
			FROM clientele.sample_lives(accounts, seed, until) AS lived
			OFFSET 0
		) AS life
		CROSS JOIN (
			SELECT told.number, told.code, told.since, told.until, truth.value
			FROM (VALUES
				(0, 'R', timestamp '-infinity', (until + 1)::timestamp - interval '1 year'),
				(1, 'N', (until + 1)::timestamp - interval '1 year', (until + 1)::timestamp)
			) AS told (number, code, since, until)
			JOIN clientele.sample_parameters() AS truth ON truth.model = 'referral' AND truth.parameter = CASE told.number WHEN 0 THEN 'before' ELSE 'now' END
		) AS rate
		CROSS JOIN LATERAL clientele.sample_arrivals(clientele.sample_key(life.key, rate.number, 0), 365.25 / rate.value,
			extract(epoch FROM rate.until - greatest(life.first_day::timestamp, rate.since))::float8 / 86400) AS arrival
		WHERE life.first_day < rate.until
		OFFSET 0
	), found AS (
		-- accounts with a smaller number, so that a greater sample names the same
		SELECT DISTINCT ON (made.account_id, made.place) made.account_id, made.place, lead.number AS found_number
		FROM made
		CROSS JOIN generate_series(1, 16) AS try
		JOIN lead ON lead.number = 1 + floor((made.number - 1) * clientele.sample_uniform(made.key, 10 + try))::integer
			AND lead.opened <= made.referred
			AND lead.closed > made.referred
		WHERE made.number > 1
			AND clientele.sample_uniform(made.key, 0) < 0.7
		ORDER BY made.account_id, made.place, try
	), named AS (
		SELECT made.place, made.account_id, made.referred, made.key, made.number, found.found_number,
			5 * (1 + floor((made.number / 5) * clientele.sample_uniform(made.key, 1))::integer) AS prospect_number
		FROM made
		LEFT JOIN found ON found.account_id = made.account_id AND found.place = made.place
	)
	SELECT 'R' || substr(named.account_id, 2) || '-' || named.place,
		named.account_id,
		CASE WHEN clientele.sample_uniform(named.key, 2) < 0.9 THEN named.account_id || '-C0' || 1 + floor(2 * clientele.sample_uniform(named.key, 3)) END,
		target.account_id,
		CASE WHEN lead.was_referred THEN lead.lead_id END,
		named.referred AT TIME ZONE 'UTC'
	FROM named
	LEFT JOIN lead ON lead.number = named.found_number
	CROSS JOIN LATERAL (
		SELECT coalesce(lead.account_id,
			CASE WHEN clientele.sample_uniform(named.key, 4) < 0.7 AND named.prospect_number < named.number
				THEN 'A' || lpad(named.prospect_number::text, greatest(6, length(named.prospect_number::text)), '0') END) AS account_id
	) AS target
	WHERE target.account_id IS NULL
		OR target.account_id NOT IN (SELECT convert.account_id FROM convert)
	UNION ALL
	SELECT 'R' || substr(convert.referrer_account_id, 2) || '-S' || convert.number, convert.referrer_account_id, convert.referrer_contact_id,
		convert.account_id, convert.lead_id, convert.opened AT TIME ZONE 'UTC'
	FROM convert;
END;
COMMENT ON FUNCTION clientele.sample_referrals(integer, bigint, date) IS
'The referrals of the sample CRM. How many a customer makes is what clientele.sample_parameters() says of model referral.';
