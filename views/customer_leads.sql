-- customer_leads: which customers are worth a seller's time, for what, and why?
--
-- A row a customer, kind and product as of clientele.as_of(): those that are
-- being worked on (state open: opportunities of the CRM, and customer_lead), and
-- those that nobody works on yet (state found): subscriptions that end within
-- policy.renewal_notice, use beyond policy.full_use, quotes and baskets that were
-- not bought, and the product that goes best with what is owned
-- (product_association, lift above 1). clientele.open_customer_lead takes one up.
-- Whom the CRM forbids to contact is as of today.
--
-- requires: account account_segment contact lead_scores all_leads subscription usage_signals support_signals quoted_not_bought product product_ownership product_association customer_value policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW customer_leads WITH (security_invoker = true) AS
WITH pair AS MATERIALIZED (
	-- once, not once an account; the less place, the better
	SELECT row_number() OVER (ORDER BY association.confidence DESC, association.owners DESC, association.next_product_id, association.product_id) AS place,
		association.product_id,
		association.next_product_id,
		format('%s of %s who own %s own it', association.both_owners, association.owners, coalesce(association.product, association.product_id)) AS why,
		product.countries,
		product.prerequisite_product_id
	FROM product_association AS association
	JOIN product ON product.product_id = association.next_product_id
	LEFT JOIN (SELECT minimum_both_owners FROM policy LIMIT 1) AS policy ON true
	WHERE association.lift > 1
		AND association.both_owners >= coalesce(policy.minimum_both_owners, 5)
		AND (product.launched_on IS NULL OR product.launched_on <= clientele.as_of_date())
)
SELECT fact.account_id,
	segment.name,
	fact.kind,
	fact.product_id,
	product.name AS product,
	fact.state,
	fact.entity,
	fact.lead_id,
	fact.contact_id,
	coalesce(fact.owner_id, account.owner_id) AS owner_id,
	fact.amount,
	fact.points,
	fact.grade,
	fact.win_probability,
	coalesce(customer.clv, segment.revenue) AS value,
	held.back IS NULL AS is_qualified,
	fact.reasons,
	held.back AS reason
FROM (
	SELECT scored.account_id,
		scored.kind,
		scored.product_id,
		'open' AS state,
		scored.entity,
		scored.lead_id,
		scored.contact_id,
		scored.owner_id,
		scored.amount,
		scored.points,
		scored.grade,
		scored.win_probability,
		scored.vetoes,
		scored.top_reasons AS reasons
	FROM lead_scores AS scored
	WHERE scored.kind <> 'prospect'
	UNION ALL
	SELECT found.account_id,
		found.kind,
		found.product_id,
		'found' AS state,
		NULL AS entity,
		NULL AS lead_id,
		min(found.contact_id) AS contact_id,
		NULL AS owner_id,
		max(found.amount) AS amount,
		NULL AS points,
		NULL AS grade,
		NULL AS win_probability,
		NULL AS vetoes,
		string_agg(found.why, '; ' ORDER BY found.place, found.why COLLATE "C") AS reasons
	FROM (
		SELECT running.account_id,
			'renewal' AS kind,
			running.product_id,
			NULL::text AS contact_id,
			NULL::numeric AS amount,
			1 AS place,
			'the subscription ends on ' || to_char(running.ends_on, 'YYYY-MM-DD') AS why
		FROM subscription AS running
		LEFT JOIN (SELECT renewal_notice FROM policy LIMIT 1) AS policy ON true
		WHERE coalesce(running.starts_on, '-infinity') <= clientele.as_of_date()
			AND running.ends_on >= clientele.as_of_date()
			AND running.ends_on <= (clientele.as_of() AT TIME ZONE 'UTC' + coalesce(policy.renewal_notice, '90 days'))::date
			AND (running.cancelled_on IS NULL OR running.cancelled_on > clientele.as_of_date())
			AND NOT EXISTS (
				SELECT
				FROM subscription AS next
				WHERE next.account_id = running.account_id
					AND next.product_id IS NOT DISTINCT FROM running.product_id
					AND next.subscription_id <> running.subscription_id
					AND coalesce(next.starts_on, '-infinity') <= clientele.as_of_date()
					AND (next.ends_on IS NULL OR next.ends_on > running.ends_on)
					AND (next.cancelled_on IS NULL OR next.cancelled_on > clientele.as_of_date()))
		UNION ALL
		SELECT used.account_id,
			'upsell' AS kind,
			NULL AS product_id,
			NULL AS contact_id,
			NULL AS amount,
			2 AS place,
			concat_ws(', ',
				CASE WHEN used.usage_share >= coalesce(policy.full_use, 0.8) THEN format('it uses %s %% of what it pays for', round(100 * used.usage_share)) END,
				CASE WHEN used.seat_use >= coalesce(policy.full_use, 0.8) THEN format('%s of %s seats are used', used.active_users, used.seats) END) AS why
		FROM usage_signals AS used
		LEFT JOIN (SELECT full_use FROM policy LIMIT 1) AS policy ON true
		WHERE used.usage_share >= coalesce(policy.full_use, 0.8)
			OR used.seat_use >= coalesce(policy.full_use, 0.8)
		UNION ALL
		SELECT quoted.account_id,
			CASE WHEN owned.product_id IS NULL THEN 'cross-sell' ELSE 'upsell' END AS kind,
			quoted.product_id,
			quoted.contact_id,
			quoted.amount,
			3 AS place,
			quoted.reason AS why
		FROM quoted_not_bought AS quoted
		LEFT JOIN LATERAL (
			SELECT product_ownership.product_id
			FROM product_ownership
			WHERE product_ownership.account_id = quoted.account_id AND product_ownership.product_id = quoted.product_id
			OFFSET 0
		) AS owned ON true
		WHERE quoted.is_latest
			AND quoted.is_expired IS NOT TRUE
		UNION ALL
		SELECT best.account_id,
			'cross-sell' AS kind,
			pair.next_product_id AS product_id,
			NULL AS contact_id,
			NULL AS amount,
			4 AS place,
			pair.why
		FROM (
			SELECT owned.account_id, min(pair.place) AS place
			FROM (
				SELECT product_ownership.account_id, array_agg(product_ownership.product_id) AS products
				FROM product_ownership
				GROUP BY product_ownership.account_id
			) AS owned
			JOIN account ON account.account_id = owned.account_id
			CROSS JOIN LATERAL unnest(owned.products) AS mine (product_id)
			JOIN pair ON pair.product_id = mine.product_id
			WHERE pair.next_product_id <> ALL (owned.products)
				-- CASE: the planner expects one in two, instead of next to none
				AND CASE WHEN pair.countries IS NULL OR account.country IS NULL THEN true ELSE account.country = ANY (pair.countries) END
				AND CASE WHEN pair.prerequisite_product_id IS NULL THEN true ELSE pair.prerequisite_product_id = ANY (owned.products) END
			GROUP BY owned.account_id
		) AS best
		JOIN pair ON pair.place = best.place
	) AS found
	-- what somebody works on, or what may be that, is not found again
	WHERE NOT EXISTS (
		SELECT
		FROM all_leads AS open
		WHERE open.account_id = found.account_id
			AND open.kind = found.kind
			AND open.kind <> 'prospect'
			AND open.closed_at IS NULL
			AND (open.product_id = found.product_id OR open.product_id IS NULL OR found.product_id IS NULL))
	GROUP BY found.account_id, found.kind, found.product_id
) AS fact
JOIN account ON account.account_id = fact.account_id
-- a customer; so said, the planner does not expect next to none
JOIN account_segment AS segment ON segment.account_id = fact.account_id AND segment.segment <> ALL (ARRAY['prospect', 'former customer'])
LEFT JOIN product ON product.product_id = fact.product_id
LEFT JOIN customer_value AS customer ON customer.account_id = fact.account_id
LEFT JOIN support_signals AS support ON support.account_id = fact.account_id
LEFT JOIN usage_signals AS used ON used.account_id = fact.account_id
CROSS JOIN LATERAL (
	SELECT nullif(concat_ws('; ',
		fact.vetoes,
		-- who is to renew is talked to all the sooner
		CASE WHEN fact.kind <> 'renewal' AND support.holds_offers THEN support.reason END,
		CASE WHEN fact.kind <> 'renewal' AND used.is_little_used THEN used.reason END,
		CASE WHEN NOT EXISTS (
			SELECT
			FROM contact
			WHERE contact.account_id = fact.account_id
				AND contact.is_active IS NOT FALSE
				AND contact.do_not_contact IS NOT TRUE
				AND (contact.created_at IS NULL OR contact.created_at <= clientele.as_of())
				AND (contact.left_at IS NULL OR contact.left_at > clientele.as_of())) THEN 'no contact is known who may be approached' END), '') AS back
) AS held;
COMMENT ON VIEW customer_leads IS
'Which customers are worth a seller''s time, for what, and why? A row a customer, kind and product: those being worked on, and those that nobody works on yet.';
COMMENT ON COLUMN customer_leads.account_id IS 'The customer.';
COMMENT ON COLUMN customer_leads.name IS 'Its name.';
COMMENT ON COLUMN customer_leads.kind IS 'upsell, cross-sell or renewal.';
COMMENT ON COLUMN customer_leads.product_id IS 'What would be bought; NULL: nothing in particular.';
COMMENT ON COLUMN customer_leads.product IS 'The product''s name.';
COMMENT ON COLUMN customer_leads.state IS 'open: somebody works on it; found: nobody does yet.';
COMMENT ON COLUMN customer_leads.entity IS 'Of an open one, where it is kept: opportunity of the CRM, or customer_lead of the workspace.';
COMMENT ON COLUMN customer_leads.lead_id IS 'Its id there.';
COMMENT ON COLUMN customer_leads.contact_id IS 'The contact with whom it is talked about, or to whom the quote went.';
COMMENT ON COLUMN customer_leads.owner_id IS 'Who works on it, or else looks after the account, as of today.';
COMMENT ON COLUMN customer_leads.amount IS 'Its amount, in the currency of the workspace.';
COMMENT ON COLUMN customer_leads.points IS 'Points of an open one; see lead_scores.';
COMMENT ON COLUMN customer_leads.grade IS 'Its grade.';
COMMENT ON COLUMN customer_leads.win_probability IS 'Probability that it is won, from 0 to 1.';
COMMENT ON COLUMN customer_leads.value IS 'What the customer is worth: its CLV, or without a model its revenue so far, in the currency of the workspace.';
COMMENT ON COLUMN customer_leads.is_qualified IS 'Whether nothing speaks against asking now.';
COMMENT ON COLUMN customer_leads.reasons IS 'What speaks for it, in words.';
COMMENT ON COLUMN customer_leads.reason IS 'What holds it back: vetoes of the card, open tickets, little use, nobody to ask; NULL: nothing.';
