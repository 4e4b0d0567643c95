-- verification_plan(margin, confidence): how many contacts must we check to know
-- how much of what we know is still true?
-- verification_sample(seed, ...): which ones?
--
-- The population are the contacts that are known by clientele.as_of() and, as far
-- as the CRM knows, still there; is_active and account_id are those of today.
-- Strata are the segments of their accounts. The sample depends on the seed and
-- the contacts' ids alone: whoever knows the seed draws the same one. Note the
-- seed before the first check.
--
-- requires: account_segment contact policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE FUNCTION verification_plan(margin float8 DEFAULT 0.05, confidence float8 DEFAULT NULL, expected float8 DEFAULT 0.5,
	OUT stratum text, OUT contacts integer, OUT to_check integer, OUT to_check_alone integer)
RETURNS SETOF record
LANGUAGE sql STABLE ROWS 4
BEGIN ATOMIC
	WITH settings AS (
		SELECT coalesce(verification_plan.confidence, (SELECT policy.confidence FROM policy LIMIT 1), 0.95) AS confidence
	), strata AS (
		SELECT coalesce(account.segment, 'no account') AS stratum, count(*) AS contacts
		FROM contact
		LEFT JOIN account_segment AS account ON account.account_id = contact.account_id
		WHERE coalesce(contact.created_at <= clientele.as_of(), true)
			AND coalesce(contact.left_at > clientele.as_of(), true)
			AND contact.is_active IS NOT FALSE
		GROUP BY 1
	), whole AS (
		SELECT array_agg(strata.stratum ORDER BY strata.stratum COLLATE "C") AS names,
			array_agg(strata.contacts ORDER BY strata.stratum COLLATE "C") AS populations,
			count(*) AS strata,
			sum(strata.contacts)::bigint AS contacts,
			clientele.sample_size(verification_plan.margin, max(settings.confidence), verification_plan.expected, nullif(sum(strata.contacts), 0)::bigint) AS wanted
		FROM settings
		LEFT JOIN strata ON true
		HAVING count(strata.stratum) > 0
	)
	SELECT part.stratum AS stratum,
		part.population::integer AS contacts,
		part.sample::integer AS to_check,
		clientele.sample_size(verification_plan.margin, settings.confidence, verification_plan.expected, part.population)::integer AS to_check_alone
	FROM settings,
		whole,
		-- two of each stratum at least, so that the estimate has an interval
		LATERAL clientele.proportional_allocation(whole.names, whole.populations, whole.wanted, least(2, whole.wanted / whole.strata)) AS part
	UNION ALL
	SELECT 'all' AS stratum, whole.contacts::integer AS contacts, whole.wanted::integer AS to_check, whole.wanted::integer AS to_check_alone
	FROM whole
	WHERE whole.wanted IS NOT NULL;
END;
COMMENT ON FUNCTION verification_plan(float8, float8, float8) IS
'How many contacts must we check to know how much of what we know is still true? Takes the margin of error (0.05 is 5 percentage points), the confidence (NULL: policy.confidence) and the share to come (0.5 asks for the largest sample); returns a row a stratum (the segment of the account, or no account) and one for all: the contacts, how many of them to check so that the share of all is known within the margin, and how many if the share of that stratum alone is to be.';

CREATE FUNCTION verification_sample(seed bigint, margin float8 DEFAULT 0.05, confidence float8 DEFAULT NULL, expected float8 DEFAULT 0.5,
	OUT stratum text, OUT place integer, OUT account_id text, OUT name text, OUT contact_id text, OUT contact_name text,
	OUT email text, OUT phone text, OUT title text, OUT role text)
RETURNS SETOF record
LANGUAGE sql STABLE ROWS 400
BEGIN ATOMIC
	WITH ranked AS (
		SELECT coalesce(account.segment, 'no account') AS stratum,
			contact.contact_id,
			row_number() OVER (PARTITION BY coalesce(account.segment, 'no account')
				ORDER BY clientele.sample_rank(contact.contact_id, verification_sample.seed), contact.contact_id COLLATE "C") AS place
		FROM contact
		LEFT JOIN account_segment AS account ON account.account_id = contact.account_id
		WHERE verification_sample.seed IS NOT NULL
			AND coalesce(contact.created_at <= clientele.as_of(), true)
			AND coalesce(contact.left_at > clientele.as_of(), true)
			AND contact.is_active IS NOT FALSE
	)
	SELECT ranked.stratum,
		ranked.place::integer,
		contact.account_id,
		account.name,
		contact.contact_id,
		contact.name,
		contact.email,
		contact.phone,
		contact.title,
		contact.role
	FROM verification_plan(verification_sample.margin, verification_sample.confidence, verification_sample.expected) AS plan
	JOIN ranked ON ranked.stratum = plan.stratum AND ranked.place <= plan.to_check
	JOIN contact ON contact.contact_id = ranked.contact_id
	LEFT JOIN account ON account.account_id = contact.account_id
	ORDER BY ranked.stratum COLLATE "C", ranked.place;
END;
COMMENT ON FUNCTION verification_sample(bigint, float8, float8, float8) IS
'Which contacts should we check? A random sample of the size of verification_plan, stratum by stratum, in the order in which to go: the same for a seed at any time and on every machine, as long as the contacts are the same; of a larger sample it is the beginning. Whoever cannot be reached is not replaced: record the attempt.';
