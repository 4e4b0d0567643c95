-- The programs of the sample CRM, who was in them, and what winning and keeping
-- customers cost.
--
-- Who buys follows from the purchases, which come first. Who of those that bought
-- within 90 days, and of those that did not, is a member and who a control is
-- drawn afterwards, so that the odds of buying of members are those of controls
-- times exp(b), whatever the share that buys.

CREATE FUNCTION clientele.sample_programs(accounts integer, seed bigint, until date,
	OUT program_id text, OUT name text, OUT segment text, OUT starts_on date, OUT ends_on date)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 4
BEGIN ATOMIC
	SELECT told.program_id, told.name, told.segment, until - told.starts, until - told.ends
	FROM (VALUES
		('customer-days', 'Customer Days', 'customer', 540, 420),
		('trade-fair', 'Trade Fair', 'prospect', 400, 390),
		('newsletter', 'Newsletter', NULL, 1200, NULL),
		('academy', 'Academy', 'customer', 75, NULL)
	) AS told (program_id, name, segment, starts, ends);
END;
COMMENT ON FUNCTION clientele.sample_programs(integer, bigint, date) IS
'The programs of the sample CRM: one that brings something, one that does not, one without controls, and one that is too young to tell.';

CREATE FUNCTION clientele.sample_program_members(accounts integer, seed bigint, until date,
	OUT program_id text, OUT account_id text, OUT is_control boolean, OUT joined_at timestamptz)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 3000
BEGIN ATOMIC
	SELECT drawn.program_id,
		drawn.account_id,
		drawn.luck > 0.6,
		drawn.joined AT TIME ZONE 'UTC'
	FROM (
		SELECT eligible.program_id, eligible.account_id, eligible.joined, eligible.effect,
			clientele.sample_uniform(eligible.key, 1) AS luck,
			EXISTS (
				SELECT
				FROM unnest(eligible.days) AS day
				WHERE day > eligible.joined
					AND day <= eligible.joined + interval '90 days') AS has_bought
		FROM (
			SELECT told.program_id, hidden.account_id, hidden.first_day, told.segment, member.key, bought.days, truth.value AS effect,
				-- as sample_accounts has it
				hidden.first_day - floor(180 * clientele.sample_uniform(clientele.sample_key(seed, 6, hidden.number), 8))::integer AS known_on,
				date_trunc('second', (until - told.first + floor((told.first - told.last) * clientele.sample_uniform(member.key, 2))::integer)::timestamp
					+ (8 + 9 * clientele.sample_uniform(member.key, 3)) * interval '1 hour') AS joined
			FROM (VALUES
				(1, 'customer-days', 'customer', 520, 440, 0.7), (2, 'trade-fair', 'prospect', 400, 390, 0.4),
				(3, 'newsletter', NULL, 1200, 1, 0.1), (4, 'academy', 'customer', 60, 5, 0.3)
			) AS told (number, program_id, segment, first, last, share)
			CROSS JOIN clientele.sample_truth(accounts, seed, until) AS hidden
			CROSS JOIN LATERAL (SELECT clientele.sample_key(clientele.sample_key(seed, 48, hidden.number), told.number, 0) AS key OFFSET 0) AS member
			LEFT JOIN (
				SELECT purchase.account_id, array_agg(purchase.purchased_at AT TIME ZONE 'UTC') AS days
				FROM clientele.sample_purchases(accounts, seed, until) AS purchase
				GROUP BY purchase.account_id
			) AS bought ON bought.account_id = hidden.account_id
			LEFT JOIN clientele.sample_parameters() AS truth ON truth.model = 'program' AND truth.parameter = told.program_id
			WHERE clientele.sample_uniform(member.key, 0) < told.share
				AND (told.program_id <> 'academy'
					OR hidden.account_id NOT IN (SELECT played.account_id FROM clientele.sample_cast(accounts, seed, until) AS played))
			OFFSET 0
		) AS eligible
		-- whoever is a customer by then, or is known and is none
		WHERE CASE eligible.segment WHEN 'customer' THEN eligible.first_day < eligible.joined
			WHEN 'prospect' THEN eligible.first_day IS NULL OR (eligible.first_day > eligible.joined AND eligible.known_on < eligible.joined)
			ELSE eligible.first_day IS NULL OR eligible.first_day < eligible.joined END
		OFFSET 0
	) AS drawn
	-- Of those that bought six of ten are members and four controls. Of the others
	-- as many are controls, and fewer members; some are neither.
	WHERE CASE WHEN drawn.luck > 0.6 THEN drawn.program_id <> 'newsletter'
		ELSE drawn.has_bought OR drawn.luck < 0.6 * exp(-coalesce(drawn.effect, 0)) END;
END;
COMMENT ON FUNCTION clientele.sample_program_members(integer, bigint, date) IS
'The members and controls of the sample CRM''s programs. How much better their odds of buying within 90 days are is what clientele.sample_parameters() says of model program.';

CREATE FUNCTION clientele.sample_program_costs(accounts integer, seed bigint, until date,
	OUT program_id text, OUT segment text, OUT spent_on date, OUT amount numeric)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 120
BEGIN ATOMIC
	-- Each month so much for each account: for winning customers three times what
	-- is spent on keeping them.
	SELECT NULL::text, told.segment, until - 30 * month,
		round((accounts * told.rate * (0.8 + 0.4 * clientele.sample_uniform(clientele.sample_key(seed, 49, month), told.number)))::numeric, 2)
	FROM (VALUES (1, 'prospect', 24), (2, 'customer', 8)) AS told (number, segment, rate)
	CROSS JOIN generate_series(0, 47) AS month
	UNION ALL
	SELECT told.program_id, told.segment, until - told.days, round(accounts * told.rate, 2)
	FROM (VALUES
		('customer-days', NULL, 530, 6.50), ('customer-days', NULL, 425, 9.00), ('trade-fair', NULL, 440, 12.00), ('trade-fair', NULL, 395, 20.00),
		('newsletter', 'customer', 1200, 1.50), ('newsletter', 'prospect', 1200, 1.50), ('academy', NULL, 70, 5.00)
	) AS told (program_id, segment, days, rate);
END;
COMMENT ON FUNCTION clientele.sample_program_costs(integer, bigint, date) IS
'What winning and keeping customers costs in the sample CRM: each month, and each program.';
