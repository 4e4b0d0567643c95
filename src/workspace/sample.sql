-- The sample CRM: accounts, products and purchases drawn from known models, the
-- same ones for a seed on every machine and release of PostgreSQL. Its people
-- and leads are in sample_leads.sql, what they did in sample_touches.sql.

CREATE FUNCTION clientele.sample_lead_effects(OUT kind text, OUT feature text, OUT level text, OUT share float8, OUT mean float8, OUT log_odds float8)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 19
BEGIN ATOMIC
	SELECT truth.kind, truth.feature, truth.level, truth.share::float8, truth.mean::float8, truth.log_odds::float8
	FROM (VALUES
		('prospect', 'source', 'web', 0.45, NULL, 0),
		('prospect', 'source', 'outbound', 0.35, NULL, -0.6),
		('prospect', 'source', 'event', 0.15, NULL, 0.4),
		('prospect', 'source', 'referral', 0.05, NULL, 1.2),
		('prospect', 'seniority', 'junior', 0.35, NULL, 0),
		('prospect', 'seniority', 'manager', 0.35, NULL, 0.3),
		('prospect', 'seniority', 'director', 0.20, NULL, 0.7),
		('prospect', 'seniority', 'executive', 0.10, NULL, 1.0),
		-- of the account, which is there before the lead
		('prospect', 'company_size', '1-19', NULL, NULL, -0.5),
		('prospect', 'company_size', '20-99', NULL, NULL, 0),
		('prospect', 'company_size', '100-499', NULL, NULL, 0.4),
		('prospect', 'company_size', '500+', NULL, NULL, 0.8),
		-- within two weeks of the lead's beginning
		('prospect', 'inbound_touches', NULL, NULL, 0.5, 0.4),
		('prospect', 'replies', NULL, NULL, 0.4, 0.5),
		('prospect', 'meetings', NULL, NULL, 0.15, 0.9),
		('prospect', 'opened_messages', NULL, NULL, 1.5, 0),
		-- within the 30 days up to two weeks after a customer's opportunity was opened
		('upsell', 'usage_days', NULL, NULL, 3, 0.15),
		('upsell', 'inbound_touches', NULL, NULL, 0.6, 0.4),
		-- open two weeks after it was opened
		('upsell', 'open_tickets', NULL, NULL, 0.2, -0.8)
	) AS truth (kind, feature, level, share, mean, log_odds);
END;
COMMENT ON FUNCTION clientele.sample_lead_effects() IS
'How the won leads of the sample CRM differ from the lost ones: the shares of a feature''s levels or the mean of a count among the lost, and the log odds of being won that a level or one more adds. What is drawn for upsell is drawn for cross-sell too.';

CREATE FUNCTION clientele.sample_parameters(OUT model text, OUT parameter text, OUT value float8, OUT unit text)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 40
BEGIN ATOMIC
	SELECT truth.model, truth.parameter, truth.value::float8, truth.unit
	FROM (VALUES
		('mbg/nbd', 'r', 1.2, NULL),
		('mbg/nbd', 'alpha', 20, '7 days'),
		('mbg/nbd', 'a', 0.9, NULL),
		('mbg/nbd', 'b', 3.6, NULL),
		('gamma-gamma', 'p', 4, NULL),
		('gamma-gamma', 'q', 4.2, NULL),
		('gamma-gamma', 'gamma', 1600, 'currency'),
		-- contracts: the chance that one is not renewed is beta among customers
		('sbg', 'alpha', 0.9, NULL),
		('sbg', 'beta', 3, NULL),
		-- mean time to the first answer
		('response', 'customer', 5, 'hours'),
		('response', 'prospect', 1.5, 'hours'),
		-- share of the requests of which the asker gave up waiting
		('abandonment', 'customer', 0.04, 'share'),
		('abandonment', 'prospect', 0.01, 'share'),
		-- members of a program against its controls: odds of buying within 90 days
		('program', 'customer-days', 0.7, 'log odds'),
		('program', 'trade-fair', 0, 'log odds'),
		-- referrals a customer and year: in the last year, and before
		('referral', 'now', 0.16, 'a year'),
		('referral', 'before', 0.10, 'a year'),
		-- what a check of a contact finds, if it finds anything
		('verification', 'still there', 0.94, 'share'),
		('verification', 'in role', 0.85, 'share'),
		-- contacts that are there twice; leads that a second owner approaches
		('duplicate', 'contacts', 0.02, 'share'),
		('collision', 'leads', 0.1, 'share')
	) AS truth (model, parameter, value, unit)
	UNION ALL
	SELECT kind, feature || coalesce(': ' || level, ''), log_odds, 'log odds'
	FROM clientele.sample_lead_effects();
END;
COMMENT ON FUNCTION clientele.sample_parameters() IS
'The truth about the sample CRM: the parameters of the models that it is drawn from. Purchases: MBG/NBD, times in weeks; amounts: gamma-gamma; leads that are won: logistic, by log odds of a level or of one more, features measured 14 days after the beginning (prospect: leads; upsell: opportunities of customers, for cross-sell too). Renewals of contracts: sbg, by the year. The others are told by their units: the mean time to the first answer and the share that gave up waiting, of customers and prospects; how much better the odds of members of a program are than those of its controls; referrals a customer; what checks of contacts find; how many contacts are there twice, and leads that two approach at once.';

CREATE FUNCTION clientele.sample_truth(accounts integer, seed bigint, until date,
	OUT number integer, OUT account_id text, OUT rate float8, OUT dropout float8, OUT spend_rate float8, OUT first_day date)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 2000
BEGIN ATOMIC
	-- Of five accounts, four are or were customers. Their first purchases lie in
	-- the four years up to a month before the end.
	SELECT number,
		'A' || lpad(number::text, greatest(6, length(number::text)), '0'),
		clientele.sample_gamma(clientele.sample_key(seed, 1, number), truth.r) / (truth.alpha * 7),
		beta_a / (beta_a + beta_b),
		clientele.sample_gamma(clientele.sample_key(seed, 4, number), truth.q) / truth.gamma,
		CASE WHEN number % 5 <> 0
			THEN until - 30 - floor(clientele.sample_uniform(clientele.sample_key(seed, 5, number), 0) * 1431)::integer END
	FROM (
		SELECT max(value) FILTER (WHERE parameter = 'r') AS r,
			max(value) FILTER (WHERE parameter = 'alpha') AS alpha,
			max(value) FILTER (WHERE parameter = 'a') AS a,
			max(value) FILTER (WHERE parameter = 'b') AS b,
			max(value) FILTER (WHERE parameter = 'q') AS q,
			max(value) FILTER (WHERE parameter = 'gamma') AS gamma
		FROM clientele.sample_parameters()
		WHERE model = ANY (ARRAY['mbg/nbd', 'gamma-gamma'])
	) AS truth
	CROSS JOIN generate_series(1, accounts) AS number
	CROSS JOIN LATERAL (
		SELECT clientele.sample_gamma(clientele.sample_key(seed, 2, number), truth.a) AS beta_a,
			clientele.sample_gamma(clientele.sample_key(seed, 3, number), truth.b) AS beta_b
		OFFSET 0
	) AS beta
	-- a fence: whoever uses a column several times draws it once
	OFFSET 0;
END;
COMMENT ON FUNCTION clientele.sample_truth(integer, bigint, date) IS
'What the sample CRM hides: of each account the purchases a day (rate), the probability to leave after a purchase (dropout), the rate of the gamma distribution of its amounts (spend_rate) and the day of its first purchase (NULL: a prospect).';

CREATE FUNCTION clientele.sample_accounts(accounts integer, seed bigint, until date,
	OUT account_id text, OUT name text, OUT industry text, OUT employees integer, OUT annual_revenue numeric, OUT country text,
	OUT territory text, OUT owner_id text, OUT parent_account_id text, OUT is_key_account boolean, OUT created_at timestamptz)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 2000
BEGIN ATOMIC
	SELECT drawn.account_id,
		drawn.head || drawn.middle || drawn.tail || ' ' || line.noun
			|| CASE WHEN drawn.number > 30000 THEN ' ' || ((drawn.number - 1) / 30000 + 1) ELSE '' END,
		-- some fields are empty, as they are
		CASE WHEN clientele.sample_uniform(drawn.key, 1) > 0.04 THEN line.industry END,
		CASE WHEN clientele.sample_uniform(drawn.key, 2) > 0.08 THEN drawn.employees END,
		CASE WHEN clientele.sample_uniform(drawn.key, 3) > 0.15
			THEN round((drawn.employees * (60000 + 180000 * clientele.sample_uniform(drawn.key, 4)))::numeric, -4) END,
		place.country,
		place.territory,
		place.territory || '-' || (1 + floor(3 * clientele.sample_uniform(drawn.key, 5)))::integer,
		CASE WHEN drawn.number > 20 AND clientele.sample_uniform(drawn.key, 6) < 0.04
			THEN 'A' || lpad((1 + floor((drawn.number - 1) * clientele.sample_uniform(drawn.key, 7)))::integer::text,
				greatest(6, length((1 + floor((drawn.number - 1) * clientele.sample_uniform(drawn.key, 7)))::integer::text)), '0') END,
		-- named for what they are good for a year while they buy: some of them will
		-- have gone quiet since
		drawn.first_day IS NOT NULL AND drawn.rate * 365.25 * truth.p / drawn.spend_rate > 25000,
		(CASE
			-- prospects have been known all the time
			WHEN drawn.first_day IS NULL THEN until - 1461 - floor(365 * clientele.sample_uniform(drawn.key, 8))::integer
			ELSE drawn.first_day - floor(180 * clientele.sample_uniform(drawn.key, 8))::integer
		END)::timestamp AT TIME ZONE 'UTC'
	FROM (
		SELECT hidden.*,
			clientele.sample_key(seed, 6, hidden.number) AS key,
			-- a walk through all 30,000 names that meets each once
			(ARRAY['Al', 'Ar', 'Bel', 'Bren', 'Cal', 'Car', 'Cor', 'Dal', 'Dor', 'El', 'Em', 'Fal', 'Fen', 'Gal', 'Gar', 'Hal', 'Hol', 'Il', 'Jar', 'Kel',
				'Kor', 'Lan', 'Lor', 'Mal', 'Mer', 'Nar', 'Nor', 'Ol', 'Or', 'Pal', 'Per', 'Quel', 'Ran', 'Sal', 'Sor', 'Tal', 'Tor', 'Ul', 'Val', 'Wil'])
				[1 + word % 40] AS head,
			(ARRAY['a', 'e', 'i', 'o', 'u', 'ama', 'ane', 'ari', 'avo', 'edi', 'ele', 'emo', 'eni', 'era', 'esta', 'ibe', 'ido', 'ila', 'ime', 'ina',
				'ire', 'iva', 'obe', 'oda', 'oli', 'ona', 'ora', 'ovi', 'una', 'uve'])[1 + word / 40 % 30] AS middle,
			(ARRAY['bek', 'brand', 'crest', 'dale', 'dorn', 'fell', 'ford', 'gard', 'holm', 'kamp', 'lind', 'lund', 'mark', 'mond', 'mont', 'quist',
				'rath', 'ric', 'stad', 'stein', 'thal', 'ton', 'vik', 'well', 'wick'])[1 + word / 1200 % 25] AS tail,
			ceil(5 * exp(5.5 * clientele.sample_uniform(clientele.sample_key(seed, 7, hidden.number), 0)))::integer AS employees
		FROM clientele.sample_truth(accounts, seed, until) AS hidden
		CROSS JOIN LATERAL (
			SELECT ((hidden.number::bigint * 7919 + (clientele.sample_key(seed, 8, 0) & 65535)) % 30000)::integer AS word
		) AS walk
		OFFSET 0
	) AS drawn
	CROSS JOIN (SELECT value AS p FROM clientele.sample_parameters() WHERE parameter = 'p') AS truth
	JOIN (VALUES
		(0, 'Logistics', 'Freight'), (1, 'Machinery', 'Machine Works'), (2, 'Food', 'Foods'), (3, 'Chemicals', 'Chemicals'),
		(4, 'Health', 'Clinics'), (5, 'Software', 'Systems'), (6, 'Energy', 'Energy'), (7, 'Retail', 'Stores'),
		(8, 'Construction', 'Construction'), (9, 'Finance', 'Savings')
	) AS line (number, industry, noun)
		ON line.number = floor(10 * clientele.sample_uniform(drawn.key, 9))::integer
	JOIN (VALUES
		(0, 'DE', 'central'), (1, 'DE', 'central'), (2, 'AT', 'central'), (3, 'CH', 'central'), (4, 'FR', 'west'), (5, 'NL', 'west'),
		(6, 'BE', 'west'), (7, 'GB', 'west'), (8, 'SE', 'north'), (9, 'DK', 'north'), (10, 'PL', 'east'), (11, 'CZ', 'east')
	) AS place (number, country, territory)
		ON place.number = floor(12 * clientele.sample_uniform(drawn.key, 10))::integer;
END;
COMMENT ON FUNCTION clientele.sample_accounts(integer, bigint, date) IS
'The accounts of the sample CRM. Their names are invented; a company of such a name is one by chance.';

CREATE FUNCTION clientele.sample_products(OUT product_id text, OUT name text, OUT category text, OUT tier text,
	OUT launched_on date, OUT prerequisite_product_id text, OUT countries text[])
RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 12
BEGIN ATOMIC
	-- Four families of three tiers; each tier asks for the one below.
	SELECT lower(family.name) || '-' || tier.name,
		family.name || ' ' || initcap(tier.name),
		family.category,
		tier.name,
		family.launched_on + 200 * (tier.number - 1),
		CASE tier.number WHEN 2 THEN lower(family.name) || '-core' WHEN 3 THEN lower(family.name) || '-plus' END,
		-- the others are sold everywhere
		CASE family.number WHEN 4 THEN ARRAY['AT', 'BE', 'CH', 'CZ', 'DE', 'DK', 'FR', 'GB', 'NL', 'PL', 'SE'] END
	FROM (VALUES
		(1, 'Beacon', 'planning', date '2017-03-01'), (2, 'Harbor', 'storage', date '2018-02-01'),
		(3, 'Ledger', 'billing', date '2019-05-01'), (4, 'Relay', 'transport', date '2020-09-01')
	) AS family (number, name, category, launched_on)
	CROSS JOIN (VALUES (1, 'core'), (2, 'plus'), (3, 'premium')) AS tier (number, name)
	ORDER BY family.number, tier.number;
END;
COMMENT ON FUNCTION clientele.sample_products() IS
'The products of the sample CRM: four families of three tiers, core, plus and premium, each of which needs the one below.';

CREATE FUNCTION clientele.sample_purchases(accounts integer, seed bigint, until date,
	OUT purchase_id text, OUT account_id text, OUT purchased_at timestamptz, OUT amount numeric, OUT cost numeric,
	OUT product_id text, OUT list_amount numeric)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 10000
BEGIN ATOMIC
	WITH life AS (
		-- How many purchases it makes in all before it leaves: geometric. Millions
		-- of them are more than fit into the time until the end.
		SELECT hidden.*,
			clientele.sample_key(seed, 9, hidden.number) AS gap_key,
			until - hidden.first_day AS days,
			least(floor(ln(clientele.sample_uniform(clientele.sample_key(seed, 10, hidden.number), 0)) / ln(1 - hidden.dropout)), 1e6)::integer AS draws
		FROM clientele.sample_truth(accounts, seed, until) AS hidden
		WHERE hidden.first_day IS NOT NULL
	), bought AS (
		SELECT number, account_id, spend_rate, first_day, days, 0 AS draw, 0 AS day
		FROM life
		UNION ALL
		SELECT life.number, life.account_id, life.spend_rate, life.first_day, life.days, arrival.draw, floor(arrival.elapsed + 0.5)::integer AS day
		FROM life
		CROSS JOIN clientele.sample_arrivals(life.gap_key, 1 / life.rate, life.days + 0.5, life.draws) AS arrival
	), placed AS (
		-- One order a day: one that falls on the day of the last one waits for the
		-- next day, as none may be lost to the models, which count days.
		SELECT number, account_id, spend_rate, first_day + day AS day,
			clientele.sample_key(seed, 11, number) AS key,
			draw + 1 AS place
		FROM (
			SELECT bought.*, draw + max(day - draw) OVER (PARTITION BY number ORDER BY draw) AS free_day
			FROM bought
		) AS waiting (number, account_id, spend_rate, first_day, days, draw, drawn_day, day)
		WHERE day <= days
		OFFSET 0
	), priced AS (
		-- Gamma of shape p = 4 is the sum of four exponentials.
		SELECT placed.*,
			greatest(round((-ln(clientele.sample_uniform(key, 8 * place) * clientele.sample_uniform(key, 8 * place + 1)
				* clientele.sample_uniform(key, 8 * place + 2) * clientele.sample_uniform(key, 8 * place + 3)) / spend_rate)::numeric, 2), 0.01) AS amount,
			-- six purchases in one family of products, up its tiers, then the next one
			(number + (place - 1) / 6) % 4 AS family,
			(place - 1) % 6 / 2 AS tier
		FROM placed
	)
	SELECT account_id || '-' || lpad(place::text, greatest(4, length(place::text)), '0'),
		account_id,
		(day::timestamp + (28800 + floor(32400 * clientele.sample_uniform(key, 8 * place + 4))) * interval '1 second') AT TIME ZONE 'UTC',
		amount,
		round(amount * (45 + floor(20 * clientele.sample_uniform(key, 8 * place + 5)))::numeric / 100, 2),
		(ARRAY['beacon', 'harbor', 'ledger', 'relay'])[1 + family] || '-' || (ARRAY['core', 'plus', 'premium'])[1 + tier],
		round(amount / (1 - 0.05 * floor(4 * clientele.sample_uniform(key, 8 * place + 6))::numeric), 2)
	FROM priced;
END;
COMMENT ON FUNCTION clientele.sample_purchases(integer, bigint, date) IS
'The purchases of the sample CRM. Times are drawn from MBG/NBD and amounts from gamma-gamma, with the parameters of clientele.sample_parameters().';
