-- The contracts of the sample CRM, by the year, and what is negotiated before
-- each of them ends.
--
-- A contract is renewed at the end of each year but with a probability that is
-- each customer's own, and beta among them: the shifted beta-geometric model
-- (Fader and Hardie 2007). It tells nothing of what else the customer buys.

CREATE FUNCTION clientele.sample_contract_truth(accounts integer, seed bigint, until date,
	OUT number integer, OUT account_id text, OUT key bigint, OUT product_id text, OUT starts_on date, OUT years integer)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 800
BEGIN ATOMIC
	SELECT drawn.number,
		drawn.account_id,
		drawn.key,
		-- what it bought first, and uses
		(ARRAY['beacon-core', 'harbor-core', 'ledger-core', 'relay-core'])[1 + drawn.number % 4],
		drawn.starts_on,
		-- geometric; a hundred years are more than fit into the time until the end
		least(1 + floor(ln(clientele.sample_uniform(drawn.key, 2)) / ln(1 - drawn.leaves)), 100)::integer
	FROM (
		SELECT hidden.number,
			hidden.account_id,
			contract.key,
			hidden.first_day + floor(60 * clientele.sample_uniform(contract.key, 1))::integer AS starts_on,
			greatest(contract.beta_a / (contract.beta_a + contract.beta_b), 1e-12) AS leaves
		FROM clientele.sample_truth(accounts, seed, until) AS hidden
		CROSS JOIN (
			SELECT max(value) FILTER (WHERE parameter = 'alpha') AS alpha,
				max(value) FILTER (WHERE parameter = 'beta') AS beta
			FROM clientele.sample_parameters()
			WHERE model = 'sbg'
		) AS truth
		CROSS JOIN LATERAL (
			SELECT clientele.sample_key(seed, 40, hidden.number) AS key,
				clientele.sample_gamma(clientele.sample_key(seed, 41, hidden.number), truth.alpha) AS beta_a,
				clientele.sample_gamma(clientele.sample_key(seed, 42, hidden.number), truth.beta) AS beta_b
			OFFSET 0
		) AS contract
		-- every other customer has one
		WHERE hidden.first_day IS NOT NULL
			AND clientele.sample_uniform(contract.key, 0) < 0.5
	) AS drawn
	WHERE drawn.starts_on <= until
	OFFSET 0;
END;
COMMENT ON FUNCTION clientele.sample_contract_truth(integer, bigint, date) IS
'What the sample CRM hides of its contracts: when each begins, and after how many years it is not renewed any more, be it after the last day.';

CREATE FUNCTION clientele.sample_terms(accounts integer, seed bigint, until date,
	OUT number integer, OUT account_id text, OUT key bigint, OUT product_id text, OUT year integer, OUT is_renewed boolean,
	OUT starts_on date, OUT ends_on date, OUT seats integer, OUT monthly_amount numeric)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 1600
BEGIN ATOMIC
	SELECT term.number,
		term.account_id,
		term.key,
		term.product_id,
		term.year,
		term.year < term.years,
		term.starts_on,
		term.ends_on,
		term.seats,
		round((term.seats * (15 + 45 * clientele.sample_uniform(term.key, 4)) * 1.02 ^ (term.year - 1))::numeric, 2)
	FROM (
		SELECT contract.number,
			contract.account_id,
			contract.key,
			contract.product_id,
			contract.years,
			year.year,
			(contract.starts_on + (year.year - 1) * interval '1 year')::date AS starts_on,
			(contract.starts_on + year.year * interval '1 year')::date - 1 AS ends_on,
			-- some grow by a few seats at a renewal, some let one go
			5 + floor(6 * clientele.sample_uniform(contract.key, 3))::integer + (
				SELECT coalesce(sum(CASE WHEN luck.luck < 0.3 THEN 1 + floor(10 * luck.luck) WHEN luck.luck > 0.93 THEN -1 ELSE 0 END), 0)::integer
				FROM generate_series(2, year.year) AS renewal
				CROSS JOIN LATERAL (SELECT clientele.sample_uniform(contract.key, 10 * renewal) AS luck) AS luck
			) AS seats
		FROM clientele.sample_contract_truth(accounts, seed, until) AS contract
		CROSS JOIN generate_series(1, contract.years) AS year (year)
		WHERE (contract.starts_on + (year.year - 1) * interval '1 year')::date <= until
	) AS term
	OFFSET 0;
END;
COMMENT ON FUNCTION clientele.sample_terms(integer, bigint, date) IS
'The years of the sample CRM''s contracts that had begun by the last day, and whether each is renewed, be it after the last day.';

CREATE FUNCTION clientele.sample_subscriptions(accounts integer, seed bigint, until date,
	OUT subscription_id text, OUT account_id text, OUT product_id text, OUT starts_on date, OUT ends_on date, OUT cancelled_on date,
	OUT monthly_amount numeric, OUT seats integer)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 1600
BEGIN ATOMIC
	SELECT 'S' || substr(term.account_id, 2) || '-' || term.year,
		term.account_id,
		term.product_id,
		term.starts_on,
		term.ends_on,
		-- who does not renew has cancelled to that day, or let it run out
		CASE WHEN NOT term.is_renewed AND term.ends_on < until AND clientele.sample_uniform(term.key, 5) < 0.5 THEN term.ends_on + 1 END,
		term.monthly_amount,
		term.seats
	FROM clientele.sample_terms(accounts, seed, until) AS term;
END;
COMMENT ON FUNCTION clientele.sample_subscriptions(integer, bigint, date) IS
'The subscriptions of the sample CRM: every other customer''s, a row a year. How many are renewed is what clientele.sample_parameters() says of model sbg.';

CREATE FUNCTION clientele.sample_renewal_truth(accounts integer, seed bigint, until date,
	OUT number integer, OUT account_id text, OUT opportunity_id text, OUT contact_id text, OUT product_id text,
	OUT amount numeric, OUT opened timestamp, OUT closed timestamp, OUT is_like_won boolean, OUT is_won boolean, OUT key bigint)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 1000
BEGIN ATOMIC
	SELECT deal.number,
		deal.account_id,
		'O' || substr(deal.account_id, 2) || '-R' || deal.year,
		deal.account_id || '-C01',
		deal.product_id,
		round(12 * deal.monthly_amount, 2),
		date_trunc('second', deal.opened),
		date_trunc('second', deal.closed),
		deal.is_renewed,
		CASE WHEN date_trunc('second', deal.closed) < until + 1 THEN deal.is_renewed END,
		deal.key
	FROM (
		SELECT term.number, term.account_id, term.product_id, term.year, term.monthly_amount, term.is_renewed, term.key,
			term.opened,
			-- who renews says so sooner
			term.opened + CASE WHEN term.is_renewed THEN 20 + 55 * clientele.sample_uniform(term.key, 2)
				ELSE 35 + 52 * clientele.sample_uniform(term.key, 2) END * interval '1 day' AS closed
		FROM (
			SELECT run.number, run.account_id, run.product_id, run.year, run.monthly_amount, run.is_renewed,
				talk.key,
				(run.ends_on - 89)::timestamp + (8 + 9 * clientele.sample_uniform(talk.key, 1)) * interval '1 hour' AS opened
			FROM clientele.sample_terms(accounts, seed, until) AS run
			CROSS JOIN LATERAL (SELECT clientele.sample_key(seed, 43, run.number * 100::bigint + run.year) AS key OFFSET 0) AS talk
			-- of the others nobody makes an opportunity
			WHERE clientele.sample_uniform(talk.key, 0) < 0.7
		) AS term
		WHERE term.opened < until + 1
	) AS deal
	OFFSET 0;
END;
COMMENT ON FUNCTION clientele.sample_renewal_truth(integer, bigint, date) IS
'What the sample CRM hides of its renewals: opportunities of seven of ten contracts about to end, when each is settled, be it after the last day (times in UTC), and whether it is won (NULL: not settled).';
