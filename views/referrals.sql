-- referrals: which customers recommend us, and what comes of it?
--
-- A row an account that made a referral up to clientele.as_of(); those of nobody
-- known are in referral_outcome alone. An account that several recommended counts
-- for the first.
--
-- requires: referral_outcome account_segment policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW referrals WITH (security_invoker = true) AS
SELECT fact.account_id,
	account.name,
	account.segment,
	fact.referrals::integer AS referrals,
	fact.won::integer AS won,
	fact.open::integer AS open,
	fact.other::integer AS not_counted,
	share.estimate AS won_share,
	share.low AS won_share_low,
	share.high AS won_share_high,
	fact.revenue,
	account.revenue AS own_revenue,
	fact.first_referred_at,
	fact.last_referred_at,
	fact.median_days_to_win,
	CASE WHEN fact.won + fact.open = 0 THEN 'all whom it referred were customers or had been referred before' END AS reason
FROM (
	SELECT outcome.account_id,
		count(*) AS referrals,
		count(*) FILTER (WHERE outcome.outcome = 'won') AS won,
		count(*) FILTER (WHERE outcome.outcome = 'open') AS open,
		count(*) FILTER (WHERE outcome.outcome <> ALL (ARRAY['won', 'open'])) AS other,
		coalesce(sum(outcome.revenue), 0) AS revenue,
		min(outcome.referred_at) AS first_referred_at,
		max(outcome.referred_at) AS last_referred_at,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY outcome.days_to_win) AS median_days_to_win
	FROM referral_outcome AS outcome
	WHERE outcome.account_id IS NOT NULL
	GROUP BY outcome.account_id
) AS fact
LEFT JOIN (SELECT confidence FROM policy LIMIT 1) AS policy ON true
LEFT JOIN account_segment AS account ON account.account_id = fact.account_id
LEFT JOIN LATERAL clientele.wilson_interval(fact.won, nullif(fact.won + fact.open, 0), coalesce(policy.confidence, 0.95)) AS share ON true;
COMMENT ON VIEW referrals IS
'Which customers recommend us, and what comes of it? A row an account that made a referral.';
COMMENT ON COLUMN referrals.account_id IS 'Who made them.';
COMMENT ON COLUMN referrals.name IS 'Its name.';
COMMENT ON COLUMN referrals.segment IS 'customer, former customer or prospect.';
COMMENT ON COLUMN referrals.referrals IS 'Referrals that it made.';
COMMENT ON COLUMN referrals.won IS 'Those of them that became customers.';
COMMENT ON COLUMN referrals.open IS 'Those that have not yet.';
COMMENT ON COLUMN referrals.not_counted IS 'Those of accounts that were customers or had been referred before, or of which it is not known when they were made.';
COMMENT ON COLUMN referrals.won_share IS 'Share won of those won or open, as a fraction; young ones have had little time.';
COMMENT ON COLUMN referrals.won_share_low IS 'Lower end of its Wilson interval, at policy.confidence.';
COMMENT ON COLUMN referrals.won_share_high IS 'Its upper end.';
COMMENT ON COLUMN referrals.revenue IS 'Revenue with those won since they were referred, in the currency of the workspace.';
COMMENT ON COLUMN referrals.own_revenue IS 'Its own revenue so far, in the currency of the workspace.';
COMMENT ON COLUMN referrals.first_referred_at IS 'When it made the first one whose time is known.';
COMMENT ON COLUMN referrals.last_referred_at IS 'When it made the last one.';
COMMENT ON COLUMN referrals.median_days_to_win IS 'Median days from the referral to the first purchase or subscription, of those won.';
COMMENT ON COLUMN referrals.reason IS 'Why won_share is NULL; NULL if it is not.';
