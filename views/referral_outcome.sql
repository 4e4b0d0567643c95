-- referral_outcome: what became of each referral?
--
-- A row a referral up to clientele.as_of(). An account that had bought or
-- subscribed before it, or had been referred before, was not won by it. Of a lead
-- that was referred the account is that of today. Revenue is that of purchases.
--
-- requires: referral lead contact account purchase subscription
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW referral_outcome WITH (security_invoker = true) AS
SELECT fact.account_id,
	account.name,
	fact.referral_id,
	fact.contact_id,
	fact.referred_at,
	fact.referred_account_id,
	referred.name AS referred_name,
	fact.referred_lead_id,
	fact.outcome,
	CASE WHEN fact.outcome = 'won' THEN fact.won_at END AS won_at,
	CASE WHEN fact.outcome = 'won' THEN extract(epoch FROM fact.won_at - fact.referred_at)::float8 / 86400 END AS days_to_win,
	CASE WHEN fact.outcome = 'won' THEN (
		SELECT coalesce(sum(purchase.amount), 0)
		FROM purchase
		WHERE purchase.account_id = fact.referred_account_id
			AND purchase.purchased_at >= fact.referred_at
			AND purchase.purchased_at <= clientele.as_of()
	) END AS revenue,
	CASE
		WHEN fact.referred_account_id IS NULL THEN 'there is no account of it yet'
		WHEN fact.referred_at IS NULL THEN 'when it was made is not known'
		WHEN fact.outcome = 'already a customer' THEN 'it had bought or subscribed before'
		WHEN fact.outcome = 'referred before' THEN 'an earlier referral of the same account goes before'
	END AS reason
FROM (
	SELECT made.*,
		first.won_at,
		judged.outcome
	FROM (
		-- with the account of the contact where it names none
		SELECT referral.referral_id, referral.referrer_account_id AS account_id, referral.referrer_contact_id AS contact_id, referral.referred_at,
			coalesce(referral.referred_account_id, lead.account_id) AS referred_account_id, referral.referred_lead_id
		FROM referral
		LEFT JOIN lead ON lead.lead_id = referral.referred_lead_id AND coalesce(lead.created_at <= clientele.as_of(), true)
		WHERE referral.referrer_account_id IS NOT NULL
			AND coalesce(referral.referred_at <= clientele.as_of(), true)
		UNION ALL
		SELECT referral.referral_id, contact.account_id, referral.referrer_contact_id AS contact_id, referral.referred_at,
			coalesce(referral.referred_account_id, lead.account_id) AS referred_account_id, referral.referred_lead_id
		FROM referral
		LEFT JOIN contact ON contact.contact_id = referral.referrer_contact_id
		LEFT JOIN lead ON lead.lead_id = referral.referred_lead_id AND coalesce(lead.created_at <= clientele.as_of(), true)
		WHERE referral.referrer_account_id IS NULL
			AND coalesce(referral.referred_at <= clientele.as_of(), true)
	) AS made
	CROSS JOIN LATERAL (
		SELECT least(
			(SELECT min(purchase.purchased_at)
			FROM purchase
			WHERE purchase.account_id = made.referred_account_id
				AND purchase.purchased_at >= made.referred_at
				AND purchase.purchased_at <= clientele.as_of()
				AND coalesce(purchase.amount, 0) >= 0),
			-- a subscription of the same day begins no earlier than the referral
			(SELECT greatest(min(subscription.starts_on)::timestamp AT TIME ZONE 'UTC', made.referred_at)
			FROM subscription
			WHERE subscription.account_id = made.referred_account_id
				AND subscription.starts_on >= (made.referred_at AT TIME ZONE 'UTC')::date
				AND subscription.starts_on <= clientele.as_of_date()
			HAVING count(*) > 0)) AS won_at
		-- here and below: once a referral, not once for each column that rests on it
		OFFSET 0
	) AS first
	CROSS JOIN LATERAL (
		SELECT CASE
			WHEN made.referred_account_id IS NULL THEN 'open'
			WHEN made.referred_at IS NULL THEN 'not known'
			WHEN EXISTS (
					SELECT
					FROM purchase
					WHERE purchase.account_id = made.referred_account_id
						AND purchase.purchased_at < made.referred_at
						AND coalesce(purchase.amount, 0) >= 0)
				OR EXISTS (
					SELECT
					FROM subscription
					WHERE subscription.account_id = made.referred_account_id
						AND coalesce(subscription.starts_on, '-infinity') < (made.referred_at AT TIME ZONE 'UTC')::date)
				THEN 'already a customer'
			WHEN EXISTS (
					SELECT
					FROM referral AS earlier
					WHERE earlier.referred_account_id = made.referred_account_id
						AND (earlier.referred_at, earlier.referral_id) < (made.referred_at, made.referral_id))
				OR EXISTS (
					SELECT
					FROM lead
					JOIN referral AS earlier ON earlier.referred_lead_id = lead.lead_id
					WHERE lead.account_id = made.referred_account_id
						AND coalesce(lead.created_at <= clientele.as_of(), true)
						AND earlier.referred_account_id IS NULL
						AND (earlier.referred_at, earlier.referral_id) < (made.referred_at, made.referral_id))
				THEN 'referred before'
			WHEN first.won_at IS NOT NULL THEN 'won'
			ELSE 'open'
		END AS outcome
		OFFSET 0
	) AS judged
) AS fact
LEFT JOIN account ON account.account_id = fact.account_id
LEFT JOIN account AS referred ON referred.account_id = fact.referred_account_id;
COMMENT ON VIEW referral_outcome IS
'What became of each referral? A row a referral.';
COMMENT ON COLUMN referral_outcome.account_id IS 'Who made it; the account of its contact where the referral names none.';
COMMENT ON COLUMN referral_outcome.name IS 'The account''s name.';
COMMENT ON COLUMN referral_outcome.referral_id IS 'The referral.';
COMMENT ON COLUMN referral_outcome.contact_id IS 'The person who made it.';
COMMENT ON COLUMN referral_outcome.referred_at IS 'When.';
COMMENT ON COLUMN referral_outcome.referred_account_id IS 'Who was referred; of a lead its account, as of today; NULL: there is none.';
COMMENT ON COLUMN referral_outcome.referred_name IS 'That account''s name.';
COMMENT ON COLUMN referral_outcome.referred_lead_id IS 'The lead that was referred, if it was one.';
COMMENT ON COLUMN referral_outcome.outcome IS 'won: it bought or subscribed for the first time since; open: it has not yet; already a customer: it had before; referred before: an earlier referral named it; not known: when it was referred is not.';
COMMENT ON COLUMN referral_outcome.won_at IS 'When it first bought or subscribed since, if it was won.';
COMMENT ON COLUMN referral_outcome.days_to_win IS 'Days from the referral until then.';
COMMENT ON COLUMN referral_outcome.revenue IS 'Revenue with it since the referral, refunds taken off, in the currency of the workspace; NULL: it was not won. Each account counts for one referral.';
COMMENT ON COLUMN referral_outcome.reason IS 'Why it was not won, or is not known to be, in words; NULL: it was, or it is open.';
