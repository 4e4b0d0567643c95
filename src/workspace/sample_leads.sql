-- The people and leads of the sample CRM: contacts, leads, deals and touches.
--
-- Who is won is settled by the purchases, which come first. What a lead looked
-- like is drawn afterwards, from another distribution for those that were won:
-- if the shares of a feature's levels among the lost are s and those among the
-- won s exp(b), up to a constant, then the odds of being won rise with exp(b):
-- a logistic model whose coefficients are the b, exactly. Likewise a count that
-- is Poisson with mean m among the lost and m exp(b) among the won.

CREATE FUNCTION clientele.company_size(employees integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
-- not declared strict, so that it is inlined
RETURN CASE WHEN employees < 20 THEN '1-19' WHEN employees < 100 THEN '20-99' WHEN employees < 500 THEN '100-499' WHEN employees >= 500 THEN '500+' END;
COMMENT ON FUNCTION clientele.company_size(integer) IS
'The size of a company in four classes by its number of employees: 1-19, 20-99, 100-499, 500+; NULL of NULL.';

CREATE FUNCTION clientele.sample_lead_truth(accounts integer, seed bigint, until date,
	OUT number integer, OUT account_id text, OUT lead_id text, OUT contact_id text, OUT key bigint,
	OUT opened timestamp, OUT converted timestamp, OUT closed timestamp, OUT is_like_won boolean, OUT is_won boolean, OUT source text, OUT seniority text)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 5000
BEGIN ATOMIC
	WITH hidden AS MATERIALIZED (
		SELECT number, account_id, first_day FROM clientele.sample_truth(accounts, seed, until)
	), choice AS (
		-- upper ends of the levels' shares among the won and the lost
		SELECT drawn.feature,
			drawn.is_like_won,
			array_agg(drawn.level ORDER BY drawn.place) AS levels,
			array_agg(drawn.upto / drawn.total ORDER BY drawn.place) AS upper
		FROM (
			SELECT effect.feature, effect.level, effect.place, type.is_like_won,
				sum(effect.share * CASE WHEN type.is_like_won THEN exp(effect.log_odds) ELSE 1 END)
					OVER (PARTITION BY effect.feature, type.is_like_won ORDER BY effect.place) AS upto,
				sum(effect.share * CASE WHEN type.is_like_won THEN exp(effect.log_odds) ELSE 1 END)
					OVER (PARTITION BY effect.feature, type.is_like_won ORDER BY effect.place
						ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS total
			FROM clientele.sample_lead_effects() WITH ORDINALITY AS effect (kind, feature, level, share, mean, log_odds, place)
			CROSS JOIN (VALUES (true), (false)) AS type (is_like_won)
			WHERE effect.share IS NOT NULL
		) AS drawn
		GROUP BY drawn.feature, drawn.is_like_won
	), dated AS (
		-- a customer's own lead: from when the account came to be known to its first purchase
		SELECT hidden.number,
			hidden.account_id,
			0 AS place,
			clientele.sample_key(seed, 20, hidden.number * 100::bigint) AS key,
			(hidden.first_day - floor(180 * clientele.sample_uniform(clientele.sample_key(seed, 6, hidden.number), 8))::integer)::timestamp
				+ clientele.sample_uniform(clientele.sample_key(seed, 20, hidden.number * 100::bigint), 2) * interval '8 hours' AS opened,
			hidden.first_day::timestamp
				+ (28800 + floor(32400 * clientele.sample_uniform(clientele.sample_key(seed, 11, hidden.number), 12))) * interval '1 second' AS closed,
			true AS is_like_won,
			true AS is_won
		FROM hidden
		WHERE hidden.first_day IS NOT NULL
		UNION ALL
		-- a prospect's leads: fewer ones of the companies that are likely to be won
		SELECT spread.number, spread.account_id, spread.place, spread.key, spread.opened, spread.closed,
			-- what has not come to an end may be of either kind
			spread.closed >= until + 1 AND clientele.sample_uniform(spread.key, 4) < 0.3,
			CASE WHEN spread.closed < until + 1 THEN false END
		FROM (
			SELECT tried.*, tried.opened + (20 + 150 * clientele.sample_uniform(tried.key, 3)) * interval '1 day' AS closed
			FROM (
				SELECT hidden.number,
					hidden.account_id,
					place,
					clientele.sample_key(seed, 20, hidden.number * 100::bigint + place) AS key,
					(until - floor(1461 * clientele.sample_uniform(clientele.sample_key(seed, 20, hidden.number * 100::bigint + place), 1))::integer)::timestamp
						+ (8 + 9 * clientele.sample_uniform(clientele.sample_key(seed, 20, hidden.number * 100::bigint + place), 2)) * interval '1 hour' AS opened
				FROM hidden
				CROSS JOIN generate_series(1, 16) AS place
				LEFT JOIN clientele.sample_lead_effects() AS effect
					ON effect.feature = 'company_size'
					AND effect.level = clientele.company_size(
						CASE WHEN clientele.sample_uniform(clientele.sample_key(seed, 6, hidden.number), 2) > 0.08
							THEN ceil(5 * exp(5.5 * clientele.sample_uniform(clientele.sample_key(seed, 7, hidden.number), 0)))::integer END)
				WHERE hidden.first_day IS NULL
					AND clientele.sample_uniform(clientele.sample_key(seed, 20, hidden.number * 100::bigint + place), 0)
						< exp(-coalesce(effect.log_odds, 0) + (SELECT min(log_odds) FROM clientele.sample_lead_effects() WHERE feature = 'company_size'))
				OFFSET 0
			) AS tried
			OFFSET 0
		) AS spread
	)
	SELECT dated.number,
		dated.account_id,
		'L' || substr(dated.account_id, 2) || '-' || lpad(dated.place::text, 2, '0'),
		CASE WHEN dated.place = 0 THEN dated.account_id || '-C01' ELSE 'L' || substr(dated.account_id, 2) || '-' || lpad(dated.place::text, 2, '0') || '-C' END,
		dated.key,
		date_trunc('second', dated.opened),
		-- some never become an opportunity
		CASE WHEN dated.is_won OR clientele.sample_uniform(dated.key, 7) < 0.6
			THEN date_trunc('second', dated.opened + 0.4 * (dated.closed - dated.opened)) END,
		date_trunc('second', dated.closed),
		dated.is_like_won,
		dated.is_won,
		source.levels[1 + width_bucket(clientele.sample_uniform(dated.key, 5), source.upper)],
		seniority.levels[1 + width_bucket(clientele.sample_uniform(dated.key, 6), seniority.upper)]
	FROM dated
	JOIN choice AS source ON source.feature = 'source' AND source.is_like_won = dated.is_like_won
	JOIN choice AS seniority ON seniority.feature = 'seniority' AND seniority.is_like_won = dated.is_like_won
	OFFSET 0;
END;
COMMENT ON FUNCTION clientele.sample_lead_truth(integer, bigint, date) IS
'What the sample CRM hides of its leads: when each becomes an opportunity (NULL: never) and comes to its end, be it after the last day (times in UTC), whether it is won (NULL: not settled), and whether its features are drawn like those of the won.';

CREATE FUNCTION clientele.sample_deal_truth(accounts integer, seed bigint, until date,
	OUT number integer, OUT account_id text, OUT opportunity_id text, OUT contact_id text, OUT lead_id text, OUT kind text, OUT product_id text,
	OUT amount numeric, OUT opened timestamp, OUT closed timestamp, OUT is_like_won boolean, OUT is_won boolean, OUT key bigint)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 6000
BEGIN ATOMIC
	WITH bought AS (
		SELECT purchase.account_id,
			substr(purchase.account_id, 2)::integer AS number,
			split_part(purchase.purchase_id, '-', 2)::integer AS place,
			purchase.purchased_at AT TIME ZONE 'UTC' AS bought,
			purchase.amount,
			purchase.product_id,
			min(purchase.purchased_at AT TIME ZONE 'UTC') OVER customer AS first_at
		FROM clientele.sample_purchases(accounts, seed, until) AS purchase
		WINDOW customer AS (PARTITION BY purchase.account_id)
	), step AS (
		-- Each second purchase goes a step further: to the next tier, or, after
		-- the last one, to another family of products. It was an opportunity before.
		SELECT tried.*,
			tried.bought - (15 + 75 * clientele.sample_uniform(tried.key, 1)) * interval '1 day' AS opened
		FROM (
			SELECT bought.*, clientele.sample_key(seed, 21, bought.number * 100000::bigint + bought.place * 10) AS key
			FROM bought
			WHERE bought.place > 1 AND bought.place % 2 = 1
			OFFSET 0
		) AS tried
	), taken AS (
		-- not two at a time, so that each has a month of its own
		SELECT spaced.*
		FROM (
			SELECT step.*, lag(step.opened) OVER (PARTITION BY step.number ORDER BY step.opened) AS before
			FROM step
		) AS spaced
		WHERE spaced.opened > spaced.first_at + interval '20 days'
			AND (spaced.before IS NULL OR spaced.opened > spaced.before + interval '60 days')
	), missed AS (
		-- and others of the same kind came to nothing
		SELECT tried.*,
			tried.opened + (20 + 100 * clientele.sample_uniform(tried.key, 3)) * interval '1 day' AS closed
		FROM (
			SELECT bought.*,
				try,
				clientele.sample_key(seed, 21, bought.number * 100000::bigint + bought.place * 10 + try) AS key,
				bought.bought + 60 * (try - 1 + clientele.sample_uniform(
					clientele.sample_key(seed, 21, bought.number * 100000::bigint + bought.place * 10 + try), 1)) * interval '1 day' AS opened
			FROM bought
			CROSS JOIN generate_series(1, 2) AS try
			WHERE bought.place % 2 = 0
			OFFSET 0
		) AS tried
		LEFT JOIN (SELECT taken.number, array_agg(taken.opened) AS opened FROM taken GROUP BY taken.number) AS others
			ON others.number = tried.number
		WHERE tried.opened > tried.first_at + interval '20 days'
			AND tried.opened < until + 1
			AND NOT EXISTS (
				SELECT
				FROM unnest(others.opened) AS other
				WHERE other BETWEEN tried.opened - interval '60 days' AND tried.opened + interval '60 days')
	)
	SELECT lead.number, lead.account_id, 'O' || substr(lead.lead_id, 2), lead.contact_id, lead.lead_id, 'new',
		(ARRAY['beacon-core', 'harbor-core', 'ledger-core', 'relay-core'])[1 + lead.number % 4],
		coalesce(bought.amount, round((400 * exp(3 * clientele.sample_uniform(lead.key, 8)))::numeric, 2)),
		lead.converted, lead.closed, lead.is_like_won, lead.is_won, lead.key
	FROM clientele.sample_lead_truth(accounts, seed, until) AS lead
	LEFT JOIN bought ON lead.is_won AND bought.number = lead.number AND bought.place = 1
	WHERE lead.converted IS NOT NULL
	UNION ALL
	SELECT taken.number, taken.account_id, 'O' || substr(taken.account_id, 2) || '-' || taken.place || '-0', taken.account_id || '-C01', NULL,
		CASE WHEN taken.place % 6 = 1 THEN 'cross-sell' ELSE 'upsell' END, taken.product_id,
		taken.amount, date_trunc('second', taken.opened), taken.bought, true, true, taken.key
	FROM taken
	UNION ALL
	SELECT missed.number, missed.account_id, 'O' || substr(missed.account_id, 2) || '-' || missed.place || '-' || missed.try, missed.account_id || '-C01', NULL,
		CASE WHEN missed.place % 6 = 0 THEN 'cross-sell' ELSE 'upsell' END,
		(ARRAY['beacon', 'harbor', 'ledger', 'relay'])[1 + (missed.number + missed.place / 6) % 4] || '-'
			|| (ARRAY['core', 'plus', 'premium'])[1 + missed.place % 6 / 2],
		round(missed.amount * (0.5 + clientele.sample_uniform(missed.key, 4))::numeric, 2), date_trunc('second', missed.opened), date_trunc('second', missed.closed),
		missed.closed >= until + 1 AND clientele.sample_uniform(missed.key, 5) < 0.4,
		CASE WHEN missed.closed < until + 1 THEN false END, missed.key
	FROM missed
	OFFSET 0;
END;
COMMENT ON FUNCTION clientele.sample_deal_truth(integer, bigint, date) IS
'What the sample CRM hides of its opportunities: when each comes to its end, be it after the last day (times in UTC), whether it is won (NULL: not settled), and whether its features are drawn like those of the won.';

CREATE FUNCTION clientele.sample_lives(accounts integer, seed bigint, until date,
	OUT number integer, OUT account_id text, OUT first_day date, OUT last_day date)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 2000
BEGIN ATOMIC
	SELECT substr(purchase.account_id, 2)::integer,
		purchase.account_id,
		min(purchase.purchased_at AT TIME ZONE 'UTC')::date,
		max(purchase.purchased_at AT TIME ZONE 'UTC')::date
	FROM clientele.sample_purchases(accounts, seed, until) AS purchase
	GROUP BY purchase.account_id;
END;
COMMENT ON FUNCTION clientele.sample_lives(integer, bigint, date) IS
'The customers of the sample CRM with the days of their first and last purchase.';

CREATE FUNCTION clientele.sample_owners(OUT owner_id text, OUT name text, OUT territory text, OUT capacity integer)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 12
BEGIN ATOMIC
	SELECT place.territory || '-' || desk,
		(ARRAY['Ada Lindqvist', 'Bruno Keller', 'Carla Moreau', 'Dirk Hansen', 'Elena Novak', 'Farid Aziz', 'Greta Vos', 'Hugo Brandt',
			'Ines Duarte', 'Jonas Weiss', 'Karin Dahl', 'Lukas Novotny'])[3 * (place.number - 1) + desk],
		place.territory,
		20 + 5 * desk
	FROM (VALUES (1, 'central'), (2, 'west'), (3, 'north'), (4, 'east')) AS place (number, territory)
	CROSS JOIN generate_series(1, 3) AS desk;
END;
COMMENT ON FUNCTION clientele.sample_owners() IS
'The owners of the sample CRM: three a territory.';

CREATE FUNCTION clientele.sample_person(key bigint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
-- this and the next one are not declared strict, so that they are inlined
RETURN (ARRAY['Anna', 'Ben', 'Clara', 'David', 'Emma', 'Felix', 'Greta', 'Hannes', 'Ida', 'Jan', 'Klara', 'Leo', 'Mia', 'Nils', 'Olga', 'Paul',
		'Rosa', 'Simon', 'Tess', 'Victor'])[1 + floor(20 * clientele.sample_uniform(key, 0))::integer]
	|| ' '
	|| (ARRAY['Abbot', 'Berg', 'Conti', 'Dupont', 'Eriksen', 'Fischer', 'Gruber', 'Holm', 'Ivanov', 'Jansen', 'Kowalski', 'Larsen', 'Meyer', 'Nowak',
		'Olsen', 'Petit', 'Quist', 'Rossi', 'Svoboda', 'Tanaka', 'Urban', 'Visser', 'Weber', 'Young', 'Zeman'])
		[1 + floor(25 * clientele.sample_uniform(key, 1))::integer];
COMMENT ON FUNCTION clientele.sample_person(bigint) IS
'An invented name of a person, from the stream key.';

CREATE FUNCTION clientele.sample_email(key bigint, account_id text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN clientele.sample_uniform(key, 3) > 0.06
	THEN lower(replace(clientele.sample_person(key), ' ', '.')) || '@' || lower(substr(account_id, 2)) || '.example' END;
COMMENT ON FUNCTION clientele.sample_email(bigint, text) IS
'That person''s address at an account, in a domain that does not exist; now and then NULL.';

CREATE FUNCTION clientele.sample_people(accounts integer, seed bigint, until date,
	OUT contact_id text, OUT account_id text, OUT place integer, OUT key bigint, OUT name text, OUT email text, OUT phone text, OUT title text, OUT role text,
	OUT seniority text, OUT department text, OUT do_not_contact boolean, OUT created_on date, OUT left_on date)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 10000
BEGIN ATOMIC
	WITH lead AS (
		SELECT * FROM clientele.sample_lead_truth(accounts, seed, until)
	)
	SELECT person.contact_id,
		person.account_id,
		person.place,
		person.key,
		clientele.sample_person(person.key),
		clientele.sample_email(person.key, person.account_id),
		-- 1632 is kept free for stories; then the account's number and an extension
		CASE WHEN clientele.sample_uniform(person.key, 4) > 0.25
			THEN '+44 1632 ' || lpad(person.number::text, greatest(6, length(person.number::text)), '0') || ' ' || person.extension END,
		CASE WHEN person.seniority = 'junior' THEN person.department || ' Assistant'
			WHEN person.seniority = 'manager' THEN person.department || ' Manager'
			WHEN person.seniority = 'director' THEN 'Director of ' || person.department
			ELSE 'Vice President, ' || person.department
		END,
		CASE WHEN clientele.sample_uniform(person.key, 6) > 0.15 THEN
			CASE WHEN person.seniority = ANY (ARRAY['director', 'executive'])
				THEN (ARRAY['decision maker', 'decision maker', 'budget owner'])[1 + floor(3 * clientele.sample_uniform(person.key, 7))::integer]
				ELSE (ARRAY['user', 'user', 'champion', 'influencer'])[1 + floor(4 * clientele.sample_uniform(person.key, 7))::integer]
			END
		END,
		person.seniority,
		person.department,
		clientele.sample_uniform(person.key, 8) < 0.03,
		person.created_on,
		person.left_on
	FROM (
		SELECT known.*,
			CASE WHEN known.left_day <= until THEN known.left_day END AS left_on,
			(ARRAY['Operations', 'Finance', 'IT', 'Purchasing', 'Sales'])[1 + floor(5 * clientele.sample_uniform(known.key, 2))::integer] AS department
		FROM (
			-- two to five people an account, of whom the last one may have left
			SELECT account.account_id || '-C' || lpad(place::text, 2, '0') AS contact_id,
				account.account_id,
				account.number,
				place,
				20 + place AS extension,
				clientele.sample_key(seed, 22, account.number * 10::bigint + place) AS key,
				CASE WHEN place = 1 AND lead.seniority IS NOT NULL THEN lead.seniority
					ELSE (ARRAY['junior', 'junior', 'manager', 'manager', 'director', 'executive'])
						[1 + floor(6 * clientele.sample_uniform(clientele.sample_key(seed, 22, account.number * 10::bigint + place), 9))::integer]
				END AS seniority,
				account.created_on + CASE WHEN place < 3 THEN 0
					ELSE floor(300 * clientele.sample_uniform(clientele.sample_key(seed, 22, account.number * 10::bigint + place), 10)) END::integer AS created_on,
				CASE WHEN place > 2 AND place = account.people
						AND clientele.sample_uniform(clientele.sample_key(seed, 22, account.number * 10::bigint + place), 11) < 0.35
					THEN account.created_on + 300
						+ floor(900 * clientele.sample_uniform(clientele.sample_key(seed, 22, account.number * 10::bigint + place), 12))::integer
				END AS left_day
			FROM (
				SELECT made.account_id, (made.created_at AT TIME ZONE 'UTC')::date AS created_on, substr(made.account_id, 2)::integer AS number,
					2 + floor(4 * clientele.sample_uniform(clientele.sample_key(seed, 23, substr(made.account_id, 2)::integer), 0))::integer AS people
				FROM clientele.sample_accounts(accounts, seed, until) AS made
				OFFSET 0
			) AS account
			CROSS JOIN generate_series(1, account.people) AS place
			LEFT JOIN lead ON place = 1 AND lead.contact_id = account.account_id || '-C01'
			UNION ALL
			SELECT lead.contact_id, lead.account_id, lead.number, 0 AS place, 50 + right(lead.lead_id, 2)::integer AS extension,
				clientele.sample_key(lead.key, 22, 0) AS key, lead.seniority, lead.opened::date AS created_on, NULL AS left_day
			FROM lead
			WHERE lead.contact_id <> lead.account_id || '-C01'
		) AS known
		WHERE known.created_on <= until
		OFFSET 0
	) AS person;
END;
COMMENT ON FUNCTION clientele.sample_people(integer, bigint, date) IS
'The people of the sample CRM: two to five an account, by their place there, and one a prospect''s lead, of place 0.';

CREATE FUNCTION clientele.sample_leads(accounts integer, seed bigint, until date,
	OUT lead_id text, OUT account_id text, OUT contact_id text, OUT company text, OUT name text, OUT email text, OUT source text, OUT status text,
	OUT owner_id text, OUT created_at timestamptz, OUT converted_at timestamptz)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 5000
BEGIN ATOMIC
	SELECT lead.lead_id,
		lead.account_id,
		lead.contact_id,
		account.name,
		clientele.sample_person(person.key),
		clientele.sample_email(person.key, lead.account_id),
		lead.source,
		CASE
			WHEN lead.is_won THEN 'converted'
			WHEN NOT lead.is_won THEN 'lost'
			WHEN lead.converted < until + 1 THEN 'converted'
			WHEN lead.opened > until - 14 THEN 'new'
			ELSE 'working'
		END,
		account.owner_id,
		lead.opened AT TIME ZONE 'UTC',
		CASE WHEN lead.converted < until + 1 THEN lead.converted AT TIME ZONE 'UTC' END
	FROM clientele.sample_lead_truth(accounts, seed, until) AS lead
	JOIN clientele.sample_accounts(accounts, seed, until) AS account ON account.account_id = lead.account_id
	CROSS JOIN LATERAL (
		-- the keys of sample_contacts
		SELECT CASE WHEN lead.contact_id = lead.account_id || '-C01' THEN clientele.sample_key(seed, 22, lead.number * 10::bigint + 1)
			ELSE clientele.sample_key(lead.key, 22, 0) END
	) AS person (key);
END;
COMMENT ON FUNCTION clientele.sample_leads(integer, bigint, date) IS
'The leads of the sample CRM: one of each customer, which was won, and some nine of each prospect. How they were won is what clientele.sample_parameters() says of model prospect.';

CREATE FUNCTION clientele.sample_stages(kind text, opened timestamp, closed timestamp, is_like_won boolean, is_won boolean, key bigint,
	OUT stage text, OUT entered timestamp)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 4
BEGIN ATOMIC
	-- A customer needs no qualifying. Who is lost stops on the way.
	SELECT ladder.stage,
		date_trunc('second', opened + CASE WHEN kind = 'new' THEN (ladder.number - 1) / 4.0 ELSE (ladder.number - 2) / 3.0 END * (closed - opened))
	FROM (VALUES (1, 'qualified'), (2, 'solution'), (3, 'proposal'), (4, 'negotiation')) AS ladder (number, stage)
	WHERE (kind = 'new' OR ladder.number > 1)
		AND (is_like_won OR ladder.number <= 2 + floor(3 * clientele.sample_uniform(key, 9)))
	UNION ALL
	SELECT CASE WHEN is_won THEN 'won' ELSE 'lost' END, closed
	WHERE is_won IS NOT NULL;
END;
COMMENT ON FUNCTION clientele.sample_stages(text, timestamp, timestamp, boolean, boolean, bigint) IS
'The stages that an opportunity of the sample CRM comes to and when (UTC), be it after the last day.';

CREATE FUNCTION clientele.sample_opportunity_stages(accounts integer, seed bigint, until date,
	OUT opportunity_id text, OUT stage text, OUT entered_at timestamptz)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 20000
BEGIN ATOMIC
	SELECT deal.opportunity_id, step.stage, step.entered AT TIME ZONE 'UTC'
	FROM (
		SELECT opportunity_id, kind, opened, closed, is_like_won, is_won, key FROM clientele.sample_deal_truth(accounts, seed, until)
		UNION ALL
		SELECT opportunity_id, 'renewal' AS kind, opened, closed, is_like_won, is_won, key FROM clientele.sample_renewal_truth(accounts, seed, until)
	) AS deal
	CROSS JOIN LATERAL clientele.sample_stages(deal.kind, deal.opened, deal.closed, deal.is_like_won, deal.is_won, deal.key) AS step
	WHERE step.entered < until + 1;
END;
COMMENT ON FUNCTION clientele.sample_opportunity_stages(integer, bigint, date) IS
'The stages that the opportunities of the sample CRM came to: qualified, solution, proposal, negotiation, and won or lost; those of customers begin with the second.';

CREATE FUNCTION clientele.sample_opportunities(accounts integer, seed bigint, until date,
	OUT opportunity_id text, OUT account_id text, OUT contact_id text, OUT lead_id text, OUT kind text, OUT product_id text, OUT stage text,
	OUT amount numeric, OUT owner_id text, OUT opened_at timestamptz, OUT closed_at timestamptz, OUT is_won boolean)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 6000
BEGIN ATOMIC
	SELECT deal.opportunity_id,
		deal.account_id,
		deal.contact_id,
		deal.lead_id,
		deal.kind,
		deal.product_id,
		step.stage,
		deal.amount,
		account.owner_id,
		deal.opened AT TIME ZONE 'UTC',
		CASE WHEN deal.is_won IS NOT NULL THEN deal.closed AT TIME ZONE 'UTC' END,
		deal.is_won
	FROM (
		SELECT opportunity_id, account_id, contact_id, lead_id, kind, product_id, amount, opened, closed, is_like_won, is_won, key
		FROM clientele.sample_deal_truth(accounts, seed, until)
		UNION ALL
		SELECT opportunity_id, account_id, contact_id, NULL AS lead_id, 'renewal' AS kind, product_id, amount, opened, closed, is_like_won, is_won, key
		FROM clientele.sample_renewal_truth(accounts, seed, until)
	) AS deal
	JOIN clientele.sample_accounts(accounts, seed, until) AS account ON account.account_id = deal.account_id
	CROSS JOIN LATERAL (
		SELECT reached.stage
		FROM clientele.sample_stages(deal.kind, deal.opened, deal.closed, deal.is_like_won, deal.is_won, deal.key) AS reached
		WHERE reached.entered < until + 1
		ORDER BY reached.entered DESC
		LIMIT 1
	) AS step
	WHERE deal.opened < until + 1;
END;
COMMENT ON FUNCTION clientele.sample_opportunities(integer, bigint, date) IS
'The opportunities of the sample CRM: those of leads, of kind new, and those of customers: each purchase of a further tier (upsell) or of a further family of products (cross-sell) was one, and others came to nothing; and renewals of contracts.';
