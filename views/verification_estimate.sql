-- verification_estimate: how many of our contacts are still there, and in the role
-- that we know?
--
-- From the checks within policy.verification_window up to clientele.as_of(), the
-- latest of each contact that told something. The population are the contacts
-- that are still there as far as the CRM knows, and those that were checked:
-- who was found to have left and was corrected counts on. It says something of
-- all contacts only if those checked are a random sample, such as
-- verification_sample draws, or all; within a stratum that is all that is needed.
--
-- requires: account_segment contact verification policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW verification_estimate WITH (security_invoker = true) AS
WITH settings AS (
	SELECT coalesce(max(confidence), 0.95) AS confidence,
		(clientele.as_of() AT TIME ZONE 'UTC' - coalesce(max(verification_window), '180 days')) AT TIME ZONE 'UTC' AS since
	FROM policy
), checked AS (
	-- the latest outcome that tells something; NULL: there were attempts alone
	SELECT verification.contact_id,
		(array_agg(verification.outcome ORDER BY verification.verified_at DESC)
			FILTER (WHERE verification.outcome = ANY (ARRAY['same', 'role changed', 'left'])))[1] AS outcome
	FROM verification
	CROSS JOIN settings
	WHERE verification.verified_at <= clientele.as_of()
		AND verification.verified_at > settings.since
	GROUP BY verification.contact_id
), strata AS (
	SELECT coalesce(account.segment, 'no account') AS stratum,
		count(*) AS contacts,
		count(checked.outcome) AS checked,
		count(checked.contact_id) - count(checked.outcome) AS unanswered,
		count(*) FILTER (WHERE checked.outcome <> 'left') AS there,
		count(*) FILTER (WHERE checked.outcome = 'same') AS in_role
	FROM contact
	LEFT JOIN checked ON checked.contact_id = contact.contact_id
	LEFT JOIN account_segment AS account ON account.account_id = contact.account_id
	WHERE coalesce(contact.created_at <= clientele.as_of(), true)
		AND (checked.contact_id IS NOT NULL
			OR (coalesce(contact.left_at > clientele.as_of(), true) AND contact.is_active IS NOT FALSE))
	GROUP BY 1
), whole AS (
	SELECT coalesce(sum(contacts), 0)::bigint AS contacts,
		coalesce(sum(checked), 0)::bigint AS checked,
		coalesce(sum(unanswered), 0)::bigint AS unanswered,
		coalesce(sum(there), 0)::bigint AS there,
		coalesce(sum(in_role), 0)::bigint AS in_role,
		-- NULL, and no estimate, while a stratum is not known at all
		CASE WHEN bool_and(checked > 0) THEN array_agg(contacts ORDER BY stratum) END AS populations,
		array_agg(checked ORDER BY stratum) AS sampled,
		array_agg(there ORDER BY stratum) AS there_of,
		array_agg(in_role ORDER BY stratum) AS in_role_of,
		string_agg(stratum, ', ' ORDER BY stratum) FILTER (WHERE checked = 0) AS unknown
	FROM strata
)
SELECT strata.stratum,
	strata.contacts::integer AS contacts,
	strata.checked::integer AS checked,
	strata.unanswered::integer AS unanswered,
	strata.there::integer AS still_there,
	strata.in_role::integer AS in_role,
	still.estimate AS there_share,
	still.low AS there_low,
	still.high AS there_high,
	role.estimate AS in_role_share,
	role.low AS in_role_low,
	role.high AS in_role_high,
	strata.there / nullif(strata.checked + strata.unanswered, 0)::float8 AS there_share_at_worst,
	CASE WHEN strata.checked = 0 THEN 'nobody was verified within policy.verification_window' END AS reason
FROM strata
CROSS JOIN settings
LEFT JOIN LATERAL clientele.finite_population_interval(strata.there, nullif(strata.checked, 0), strata.contacts, settings.confidence) AS still ON true
LEFT JOIN LATERAL clientele.finite_population_interval(strata.in_role, nullif(strata.checked, 0), strata.contacts, settings.confidence) AS role ON true
UNION ALL
SELECT 'all' AS stratum,
	whole.contacts::integer AS contacts,
	whole.checked::integer AS checked,
	whole.unanswered::integer AS unanswered,
	whole.there::integer AS still_there,
	whole.in_role::integer AS in_role,
	still.estimate AS there_share,
	still.low AS there_low,
	still.high AS there_high,
	role.estimate AS in_role_share,
	role.low AS in_role_low,
	role.high AS in_role_high,
	CASE WHEN still.estimate IS NOT NULL THEN whole.there / nullif(whole.checked + whole.unanswered, 0)::float8 END AS there_share_at_worst,
	CASE
		WHEN whole.contacts = 0 THEN 'no contacts'
		WHEN whole.checked = 0 THEN 'nobody was verified within policy.verification_window'
		WHEN whole.unknown IS NOT NULL THEN 'nobody was verified of: ' || whole.unknown
		WHEN still.low IS NULL THEN 'of one stratum a single contact was verified: no interval'
	END AS reason
FROM whole
CROSS JOIN settings
LEFT JOIN LATERAL clientele.stratified_proportion(whole.populations, whole.sampled, whole.there_of, settings.confidence) AS still ON true
LEFT JOIN LATERAL clientele.stratified_proportion(whole.populations, whole.sampled, whole.in_role_of, settings.confidence) AS role ON true;
COMMENT ON VIEW verification_estimate IS
'How many of our contacts are still there, and in the role that we know? A row a segment, and one for all.';
COMMENT ON COLUMN verification_estimate.stratum IS 'customer, former customer or prospect: the segment of their accounts; no account; all: all of them, each stratum by its size, however many of it were checked.';
COMMENT ON COLUMN verification_estimate.contacts IS 'Contacts that are still there as far as the CRM knows, and those that were checked.';
COMMENT ON COLUMN verification_estimate.checked IS 'Those of them of whom a check within policy.verification_window told something.';
COMMENT ON COLUMN verification_estimate.unanswered IS 'Those whom checks within it did not reach, or that told nothing. Of them it is not known; who has left answers less often.';
COMMENT ON COLUMN verification_estimate.still_there IS 'Of those checked, how many are there.';
COMMENT ON COLUMN verification_estimate.in_role IS 'Of those checked, how many are there in the same role.';
COMMENT ON COLUMN verification_estimate.there_share IS 'Share of the contacts that is still there, as a fraction, from those checked.';
COMMENT ON COLUMN verification_estimate.there_low IS 'Lower end of its interval, at policy.confidence: exact for a stratum, from the strata''s variances for all.';
COMMENT ON COLUMN verification_estimate.there_high IS 'Its upper end.';
COMMENT ON COLUMN verification_estimate.in_role_share IS 'Share of the contacts that is there in the same role, as a fraction.';
COMMENT ON COLUMN verification_estimate.in_role_low IS 'Lower end of its interval, at policy.confidence.';
COMMENT ON COLUMN verification_estimate.in_role_high IS 'Its upper end.';
COMMENT ON COLUMN verification_estimate.there_share_at_worst IS 'Share still there, as a fraction, if all who did not answer have left: of those checked and unanswered as they are, strata not weighted.';
COMMENT ON COLUMN verification_estimate.reason IS 'Why a number is NULL; NULL if none is.';
