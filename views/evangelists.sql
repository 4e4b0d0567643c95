-- evangelists: whom should we ask for a recommendation next, and who was asked too
-- often?
--
-- A row a customer as of clientele.as_of(). No CRM records that somebody was asked
-- for a recommendation as such: outbound touches whose purpose is program, within
-- policy.ask_window, count as asking. In the order in which to ask:
-- WHERE advice = 'ask' ORDER BY won DESC, referrals DESC, purchases DESC.
--
-- requires: account_segment referral_outcome referral support_signals contact touchpoint policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW evangelists WITH (security_invoker = true) AS
SELECT fact.account_id,
	fact.name,
	fact.advice,
	fact.referrals,
	fact.won,
	fact.revenue AS referred_revenue,
	fact.last_referred_at,
	fact.purchases,
	fact.asked,
	fact.last_asked_at,
	fact.satisfaction,
	person.contact_id,
	person.contact_name,
	CASE fact.advice
		WHEN 'help first' THEN 'open tickets: ' || fact.trouble
		WHEN 'asked too often' THEN format('asked %s times within policy.ask_window, policy.maximum_asks is %s', fact.asked, fact.maximum_asks)
		WHEN 'thank' THEN 'referred on ' || to_char(fact.last_referred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') || ', within policy.ask_window'
		WHEN 'ask' THEN concat_ws('; ',
			CASE WHEN fact.referrals > 0 THEN format('referred %s, of whom %s became customers', fact.referrals, fact.won)
				ELSE format('bought %s times and has not referred anybody yet', fact.purchases) END,
			CASE WHEN person.contact_id IS NULL THEN 'there is nobody who may be approached' END)
		ELSE 'has neither referred anybody nor bought as often as policy.evangelist_purchases'
	END AS reason
FROM (
	SELECT account.account_id,
		account.name,
		account.purchases,
		coalesce(made.referrals, 0)::integer AS referrals,
		coalesce(made.won, 0)::integer AS won,
		coalesce(made.revenue, 0) AS revenue,
		made.last_referred_at,
		coalesce(asking.asked, 0)::integer AS asked,
		asking.last_asked_at,
		support.satisfaction,
		support.reason AS trouble,
		settings.maximum_asks,
		CASE
			WHEN support.holds_offers THEN 'help first'
			WHEN coalesce(asking.asked, 0) > settings.maximum_asks THEN 'asked too often'
			WHEN made.last_referred_at > settings.since THEN 'thank'
			WHEN made.referrals > 0 OR account.purchases >= settings.evangelist_purchases THEN 'ask'
			ELSE 'not yet'
		END AS advice
	FROM account_segment AS account
	CROSS JOIN (
		SELECT (clientele.as_of() AT TIME ZONE 'UTC' - coalesce(max(ask_window), '90 days')) AT TIME ZONE 'UTC' AS since,
			coalesce(max(maximum_asks), 1) AS maximum_asks,
			coalesce(max(evangelist_purchases), 3) AS evangelist_purchases
		FROM policy
	) AS settings
	LEFT JOIN (
		SELECT account_id,
			count(*) AS referrals,
			count(*) FILTER (WHERE outcome = 'won') AS won,
			sum(revenue) AS revenue,
			max(referred_at) AS last_referred_at
		FROM referral_outcome
		GROUP BY account_id
	) AS made ON made.account_id = account.account_id
	LEFT JOIN support_signals AS support ON support.account_id = account.account_id
	LEFT JOIN (
		SELECT touchpoint.account_id, count(*) AS asked, max(touchpoint.occurred_at) AS last_asked_at
		FROM touchpoint
		CROSS JOIN (
			SELECT (clientele.as_of() AT TIME ZONE 'UTC' - coalesce(max(ask_window), '90 days')) AT TIME ZONE 'UTC' AS since
			FROM policy
		) AS settings
		WHERE touchpoint.occurred_at > settings.since
			AND touchpoint.occurred_at <= clientele.as_of()
			AND touchpoint.direction = 'outbound'
			AND touchpoint.purpose = 'program'
		GROUP BY touchpoint.account_id
	) AS asking ON asking.account_id = account.account_id
	WHERE account.segment = 'customer'
) AS fact
LEFT JOIN LATERAL (
	SELECT contact.contact_id, contact.name AS contact_name
	FROM contact
	CROSS JOIN LATERAL (
		SELECT (SELECT max(touchpoint.occurred_at)
				FROM touchpoint
				WHERE touchpoint.contact_id = contact.contact_id
					AND touchpoint.occurred_at <= clientele.as_of()
					AND (touchpoint.direction = 'inbound' OR touchpoint.outcome = ANY (ARRAY['connected', 'replied', 'attended']))),
			(SELECT max(referral.referred_at)
				FROM referral
				WHERE referral.referrer_contact_id = contact.contact_id
					AND referral.referred_at <= clientele.as_of())
	) AS known (heard_at, referred_at)
	WHERE contact.account_id = fact.account_id
		AND coalesce(contact.created_at <= clientele.as_of(), true)
		AND coalesce(contact.left_at > clientele.as_of(), true)
		AND contact.is_active IS NOT FALSE
		AND contact.do_not_contact IS NOT TRUE
	-- who referred last, else who was heard from last, else who is known longest
	ORDER BY known.referred_at DESC NULLS LAST, known.heard_at DESC NULLS LAST, contact.created_at, contact.contact_id COLLATE "C"
	LIMIT 1
) AS person ON true;
COMMENT ON VIEW evangelists IS
'Whom should we ask for a recommendation next, and who was asked too often? A row a customer.';
COMMENT ON COLUMN evangelists.account_id IS 'The customer.';
COMMENT ON COLUMN evangelists.name IS 'Its name.';
COMMENT ON COLUMN evangelists.advice IS 'help first: it waits for help (support_signals.holds_offers); asked too often: more than policy.maximum_asks times within policy.ask_window; thank: it referred somebody within that time; ask: it has referred before, or has bought at least policy.evangelist_purchases times; not yet: neither. The first that holds.';
COMMENT ON COLUMN evangelists.referrals IS 'Referrals that it made.';
COMMENT ON COLUMN evangelists.won IS 'Those of them that became customers.';
COMMENT ON COLUMN evangelists.referred_revenue IS 'Revenue with those since they were referred, in the currency of the workspace.';
COMMENT ON COLUMN evangelists.last_referred_at IS 'When it made the last one.';
COMMENT ON COLUMN evangelists.purchases IS 'Number of its own purchases so far.';
COMMENT ON COLUMN evangelists.asked IS 'Outbound touches whose purpose is program within policy.ask_window.';
COMMENT ON COLUMN evangelists.last_asked_at IS 'The last of them.';
COMMENT ON COLUMN evangelists.satisfaction IS 'Mean satisfaction with the tickets closed within policy.support_window, on the scale of the CRM.';
COMMENT ON COLUMN evangelists.contact_id IS 'Whom to ask there: who referred last, otherwise who was heard from last; only who is there and may be approached, as of today.';
COMMENT ON COLUMN evangelists.contact_name IS 'That person''s name.';
COMMENT ON COLUMN evangelists.reason IS 'Why, in words.';
