-- All touches of the sample CRM: the streams of sample_touches.sql, and what was
-- done besides: the first answer to a lead, a second owner who approaches it, what
-- programs send, and the story. Of the latter nothing tells whether a lead is won:
-- nobody is reached, or it is somebody else.

CREATE FUNCTION clientele.sample_touchpoints(accounts integer, seed bigint, until date,
	OUT touchpoint_id text, OUT account_id text, OUT contact_id text, OUT lead_id text, OUT occurred_at timestamptz, OUT channel text,
	OUT direction text, OUT outcome text, OUT purpose text, OUT owner_id text, OUT duration_minutes numeric, OUT program_id text)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 60000
BEGIN ATOMIC
	WITH account AS MATERIALIZED (
		SELECT made.account_id, made.owner_id, made.territory, right(made.owner_id, 1)::integer AS desk
		FROM clientele.sample_accounts(accounts, seed, until) AS made
	), lead AS MATERIALIZED (
		SELECT truth.account_id, truth.lead_id, truth.contact_id, truth.source, truth.opened, truth.closed, clientele.sample_key(truth.key, 37, 0) AS key
		FROM clientele.sample_lead_truth(accounts, seed, until) AS truth
	)
	SELECT stream.touchpoint_id, stream.account_id, stream.contact_id, stream.lead_id, stream.occurred_at, stream.channel,
		stream.direction, stream.outcome, stream.purpose, stream.owner_id, stream.duration_minutes, NULL::text
	FROM clientele.sample_touch_streams(accounts, seed, until) AS stream
	UNION ALL
	-- who asks of his own accord is answered within hours
	SELECT answer.lead_id || '-F001', answer.account_id, answer.contact_id, answer.lead_id, answer.occurred AT TIME ZONE 'UTC',
		(ARRAY['email', 'email', 'phone'])[1 + floor(3 * clientele.sample_uniform(answer.key, 2))::integer],
		'outbound', 'attempted', 'sales', account.owner_id, NULL, NULL
	FROM (
		SELECT lead.lead_id, lead.account_id, lead.contact_id, lead.key,
			date_trunc('second', lead.opened - truth.value * ln(clientele.sample_uniform(lead.key, 1)) * interval '1 hour') AS occurred
		FROM lead
		JOIN clientele.sample_parameters() AS truth ON truth.model = 'response' AND truth.parameter = 'prospect'
		WHERE lead.source <> 'outbound'
		OFFSET 0
	) AS answer
	JOIN account ON account.account_id = answer.account_id
	WHERE answer.occurred < until + 1
	UNION ALL
	-- a second owner, in the days in which the first one is at it
	SELECT other.lead_id || '-K001', other.account_id, other.contact_id, NULL, other.occurred AT TIME ZONE 'UTC',
		'phone', 'outbound', 'attempted', 'sales', account.territory || '-' || 1 + account.desk % 3, NULL, NULL
	FROM (
		SELECT lead.lead_id, lead.account_id, lead.contact_id, lead.closed,
			date_trunc('second', lead.opened + (0.5 + 5 * clientele.sample_uniform(lead.key, 4)) * interval '1 day') AS occurred
		FROM lead
		WHERE clientele.sample_uniform(lead.key, 3) < (SELECT truth.value FROM clientele.sample_parameters() AS truth WHERE truth.model = 'collision')
		OFFSET 0
	) AS other
	JOIN account ON account.account_id = other.account_id
	WHERE other.occurred < least(other.closed, until + 1)
	UNION ALL
	-- programs write once or twice, to the second person of an account
	SELECT sent.account_id || '-P-' || sent.program_id || '-' || sent.place, sent.account_id, sent.account_id || '-C02', NULL, sent.occurred AT TIME ZONE 'UTC',
		'email', 'outbound',
		(ARRAY['attempted', 'attempted', 'attempted', 'attempted', 'attempted', 'opened', 'opened', 'opened', 'replied', 'bounced'])
			[1 + floor(10 * clientele.sample_uniform(sent.key, 3 * sent.place + 1))::integer],
		'program', account.owner_id, NULL, sent.program_id
	FROM (
		SELECT member.account_id, member.program_id, place, drawn.key,
			date_trunc('second', member.joined_at AT TIME ZONE 'UTC' + (place * 20 - 19 + 10 * clientele.sample_uniform(drawn.key, 3 * place)) * interval '1 day') AS occurred
		FROM clientele.sample_program_members(accounts, seed, until) AS member
		CROSS JOIN LATERAL (
			SELECT clientele.sample_key(seed, 50, hashtextextended(member.program_id, substr(member.account_id, 2)::bigint)) AS key
			OFFSET 0
		) AS drawn
		CROSS JOIN generate_series(1, 2) AS place
		WHERE NOT member.is_control
			AND (place = 1 OR clientele.sample_uniform(drawn.key, 1) < 0.2)
		OFFSET 0
	) AS sent
	JOIN account ON account.account_id = sent.account_id
	WHERE sent.occurred < until + 1
	UNION ALL
	-- the story: three owners at one person, sixteen times in four weeks
	SELECT played.account_id || '-S' || lpad(place::text, 3, '0'), played.account_id, played.contact_id, NULL,
		(played.at + place * 40 * interval '1 hour' + interval '9 hours') AT TIME ZONE 'UTC',
		CASE WHEN place % 2 = 0 THEN 'phone' ELSE 'email' END, 'outbound', 'attempted', 'sales',
		account.territory || '-' || 1 + (account.desk + place) % 3, NULL, NULL
	FROM clientele.sample_cast(accounts, seed, until) AS played
	JOIN account ON account.account_id = played.account_id
	CROSS JOIN generate_series(1, 16) AS place
	WHERE played.part = 'approached by several';
END;
COMMENT ON FUNCTION clientele.sample_touchpoints(integer, bigint, date) IS
'The touches of the sample CRM: of leads, and of customers.';
