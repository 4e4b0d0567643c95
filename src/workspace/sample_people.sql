-- What becomes of the people of the sample CRM: where they worked, whether
-- somebody checked, and who is in it twice.

CREATE FUNCTION clientele.sample_contacts(accounts integer, seed bigint, until date,
	OUT contact_id text, OUT account_id text, OUT name text, OUT email text, OUT phone text, OUT title text, OUT role text, OUT seniority text,
	OUT department text, OUT is_active boolean, OUT do_not_contact boolean, OUT created_at timestamptz, OUT left_at timestamptz)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 10000
BEGIN ATOMIC
	WITH person AS MATERIALIZED (
		SELECT * FROM clientele.sample_people(accounts, seed, until)
	)
	SELECT person.contact_id, person.account_id, person.name, person.email, person.phone, person.title, person.role, person.seniority,
		person.department, person.left_on IS NULL, person.do_not_contact,
		person.created_on::timestamp AT TIME ZONE 'UTC', person.left_on::timestamp AT TIME ZONE 'UTC'
	FROM person
	UNION ALL
	-- Somebody entered them again, some time later: the address in capitals, the
	-- number as it is dialled from abroad, or with a letter missing in the name.
	SELECT again.contact_id || '-D', again.account_id,
		CASE WHEN again.sort < 3 THEN again.name ELSE overlay(again.name PLACING '' FROM length(again.name) - 2 FOR 1) END,
		CASE again.sort WHEN 1 THEN upper(again.email) WHEN 3 THEN again.email END,
		CASE WHEN again.sort > 1 THEN replace(replace(again.phone, '+', '00'), ' ', '') END,
		again.title, NULL, NULL, again.department, true, false,
		again.created_on::timestamp AT TIME ZONE 'UTC', NULL
	FROM (
		SELECT person.contact_id, person.account_id, person.name, person.email, person.phone, person.title, person.department, person.key,
			person.created_on + 30 + floor(300 * clientele.sample_uniform(person.key, 31))::integer AS created_on,
			1 + floor(3 * clientele.sample_uniform(person.key, 32))::integer AS sort
		FROM person
		WHERE clientele.sample_uniform(person.key, 30) < (
				SELECT truth.value FROM clientele.sample_parameters() AS truth WHERE truth.model = 'duplicate')
			AND person.email IS NOT NULL
			AND person.phone IS NOT NULL
			AND person.account_id NOT IN (SELECT played.account_id FROM clientele.sample_cast(accounts, seed, until) AS played)
		OFFSET 0
	) AS again
	WHERE again.created_on <= until;
END;
COMMENT ON FUNCTION clientele.sample_contacts(integer, bigint, date) IS
'The contacts of the sample CRM: two to five an account, and one a prospect''s lead; some are there twice, the second time with an id that ends in -D. Their names are invented, their addresses and numbers lead nowhere.';

CREATE FUNCTION clientele.sample_contact_employments(accounts integer, seed bigint, until date,
	OUT contact_id text, OUT account_id text, OUT title text, OUT started_at timestamptz, OUT ended_at timestamptz)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 8000
BEGIN ATOMIC
	WITH person AS MATERIALIZED (
		SELECT known.contact_id, known.account_id, known.title, known.department, known.seniority, known.key, known.created_on, known.left_on,
			-- it was there before we knew, for a time that a share of them told us
			CASE WHEN clientele.sample_uniform(known.key, 21) < 0.8
				THEN known.created_on - 1 - floor(1500 * clientele.sample_uniform(known.key, 22))::integer END AS started_on,
			-- and one of eight has a new title since
			CASE WHEN known.left_on IS NULL AND clientele.sample_uniform(known.key, 23) < 0.12
				THEN known.created_on + 60 + floor(900 * clientele.sample_uniform(known.key, 24))::integer END AS promoted_on
		FROM clientele.sample_people(accounts, seed, until) AS known
		-- of the others nobody keeps a history
		WHERE known.left_on IS NOT NULL OR clientele.sample_uniform(known.key, 20) < 0.7
	), moved AS (
		SELECT person.contact_id, person.title, person.left_on, person.account_id, played.other_account_id, person.key
		FROM person
		LEFT JOIN clientele.sample_cast(accounts, seed, until) AS played
			ON played.part = 'champion who moved' AND played.contact_id = person.contact_id
		-- of half of those who left it is known where they are
		WHERE person.left_on IS NOT NULL
			AND (clientele.sample_uniform(person.key, 25) < 0.5 OR played.part IS NOT NULL)
	)
	SELECT person.contact_id, person.account_id,
		CASE WHEN person.promoted_on <= until THEN person.department || ' Assistant' ELSE person.title END,
		person.started_on::timestamp AT TIME ZONE 'UTC',
		CASE WHEN person.promoted_on <= until THEN person.promoted_on ELSE person.left_on END::timestamp AT TIME ZONE 'UTC'
	FROM person
	UNION ALL
	SELECT person.contact_id, person.account_id, person.title, person.promoted_on::timestamp AT TIME ZONE 'UTC', NULL
	FROM person
	WHERE person.promoted_on <= until
	UNION ALL
	SELECT job.contact_id, job.account_id, job.title, job.started_on::timestamp AT TIME ZONE 'UTC', NULL
	FROM (
		SELECT moved.contact_id,
			moved.account_id AS old_account_id,
			moved.title,
			coalesce(moved.other_account_id, 'A' || lpad(place.number::text, greatest(6, length(place.number::text)), '0')) AS account_id,
			moved.left_on + CASE WHEN moved.other_account_id IS NOT NULL THEN 14
				ELSE 20 + floor(40 * clientele.sample_uniform(moved.key, 26))::integer END AS started_on
		FROM moved
		CROSS JOIN LATERAL (SELECT 1 + floor(accounts * clientele.sample_uniform(moved.key, 27))::integer AS number) AS place
		OFFSET 0
	) AS job
	WHERE job.started_on <= until
		AND job.account_id <> job.old_account_id;
END;
COMMENT ON FUNCTION clientele.sample_contact_employments(integer, bigint, date) IS
'Where the people of the sample CRM work and worked: some have another title since, and of half of those who left an account it is known to which they went.';

CREATE FUNCTION clientele.sample_verifications(accounts integer, seed bigint, until date,
	OUT contact_id text, OUT verified_at timestamptz, OUT outcome text, OUT verified_by text)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 3000
BEGIN ATOMIC
	SELECT tried.contact_id,
		date_trunc('second', tried.day::timestamp + (8 + 9 * clientele.sample_uniform(tried.key, 3)) * interval '1 hour') AT TIME ZONE 'UTC',
		-- Whether it tells anything is drawn apart from what it tells. Who was found
		-- to be gone would not be checked again: the first of two found it there.
		CASE
			WHEN clientele.sample_uniform(tried.key, 4) < 0.08 THEN 'unreachable'
			WHEN clientele.sample_uniform(tried.key, 4) < 0.12 THEN 'unknown'
			WHEN clientele.sample_uniform(tried.key, 5) < truth.in_role THEN 'same'
			WHEN clientele.sample_uniform(tried.key, 5) < truth.there OR tried.round = 1 THEN 'role changed'
			ELSE 'left'
		END,
		account.owner_id
	FROM (
		SELECT known.contact_id, known.account_id, known.created_on, known.left_on,
			round.round,
			check_of.key,
			-- one in six within the last half year, one in six in the year and a half before
			CASE round.round WHEN 2 THEN until - floor(170 * clientele.sample_uniform(check_of.key, 2))::integer
				ELSE until - 190 - floor(500 * clientele.sample_uniform(check_of.key, 2))::integer END AS day
		FROM clientele.sample_people(accounts, seed, until) AS known
		CROSS JOIN generate_series(1, 2) AS round (round)
		CROSS JOIN LATERAL (SELECT clientele.sample_key(known.key, 44, round.round) AS key OFFSET 0) AS check_of
		WHERE clientele.sample_uniform(check_of.key, 1) < 1 / 6.0
		OFFSET 0
	) AS tried
	JOIN clientele.sample_accounts(accounts, seed, until) AS account ON account.account_id = tried.account_id
	CROSS JOIN (
		SELECT max(value) FILTER (WHERE parameter = 'still there') AS there,
			max(value) FILTER (WHERE parameter = 'in role') AS in_role
		FROM clientele.sample_parameters()
		WHERE model = 'verification'
	) AS truth
	WHERE tried.day > tried.created_on
		AND (tried.left_on IS NULL OR tried.day < tried.left_on);
END;
COMMENT ON FUNCTION clientele.sample_verifications(integer, bigint, date) IS
'The checks of the sample CRM''s contacts. What they find, where they find anything, is what clientele.sample_parameters() says of model verification.';
