-- source_contradictions: where do the sources contradict themselves, or one another?
--
-- A row a kind of contradiction, also of those of which there are none, as of
-- clientele.as_of(): what happened before it could, people at the wrong account, and
-- finance (purchases, subscriptions) against CRM (opportunities, leads). Whoever
-- moved to another account is not at the wrong one if contact_employment knows;
-- the account of a contact is otherwise that of today.
--
-- requires: account_segment account contact contact_employment lead touchpoint purchase subscription quote usage ticket opportunity policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW source_contradictions WITH (security_invoker = true) AS
WITH settings AS (
	SELECT coalesce(max(booking_window), '30 days') AS span
	FROM policy
), sale AS (
	SELECT account_id,
		purchased_at AT TIME ZONE 'UTC' AS sold_at
	FROM purchase
	WHERE purchased_at <= clientele.as_of()
		AND coalesce(amount, 0) >= 0
	UNION ALL
	SELECT account_id,
		coalesce(starts_on::timestamp, '-infinity') AS sold_at
	FROM subscription
	WHERE coalesce(starts_on, '-infinity') <= clientele.as_of_date()
), found AS (
	SELECT 'contact' AS entity,
		'left before it was known' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE contact.left_at < contact.created_at) AS rows,
		min(contact.contact_id COLLATE "C") FILTER (WHERE contact.left_at < contact.created_at) AS example_id,
		max(contact.contact_id COLLATE "C") FILTER (WHERE contact.left_at < contact.created_at) AS other_example_id
	FROM contact
	WHERE contact.created_at <= clientele.as_of()
		AND contact.left_at <= clientele.as_of()
	UNION ALL
	SELECT 'contact_employment' AS entity,
		'ended before it began' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE contact_employment.ended_at < contact_employment.started_at) AS rows,
		min(contact_employment.contact_id COLLATE "C") FILTER (WHERE contact_employment.ended_at < contact_employment.started_at) AS example_id,
		max(contact_employment.contact_id COLLATE "C") FILTER (WHERE contact_employment.ended_at < contact_employment.started_at) AS other_example_id
	FROM contact_employment
	WHERE contact_employment.started_at <= clientele.as_of()
		AND contact_employment.ended_at <= clientele.as_of()
	UNION ALL
	SELECT 'lead' AS entity,
		'converted before it came in' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE lead.converted_at < lead.created_at) AS rows,
		min(lead.lead_id COLLATE "C") FILTER (WHERE lead.converted_at < lead.created_at) AS example_id,
		max(lead.lead_id COLLATE "C") FILTER (WHERE lead.converted_at < lead.created_at) AS other_example_id
	FROM lead
	WHERE lead.created_at <= clientele.as_of()
		AND lead.converted_at <= clientele.as_of()
	UNION ALL
	SELECT 'opportunity' AS entity,
		'closed before it was opened' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE opportunity.closed_at < opportunity.opened_at) AS rows,
		min(opportunity.opportunity_id COLLATE "C") FILTER (WHERE opportunity.closed_at < opportunity.opened_at) AS example_id,
		max(opportunity.opportunity_id COLLATE "C") FILTER (WHERE opportunity.closed_at < opportunity.opened_at) AS other_example_id
	FROM opportunity
	WHERE opportunity.opened_at <= clientele.as_of()
		AND opportunity.closed_at <= clientele.as_of()
	UNION ALL
	SELECT 'ticket' AS entity,
		'answered before it came in' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE ticket.first_response_at < ticket.opened_at) AS rows,
		min(ticket.ticket_id COLLATE "C") FILTER (WHERE ticket.first_response_at < ticket.opened_at) AS example_id,
		max(ticket.ticket_id COLLATE "C") FILTER (WHERE ticket.first_response_at < ticket.opened_at) AS other_example_id
	FROM ticket
	WHERE ticket.opened_at <= clientele.as_of()
		AND ticket.first_response_at <= clientele.as_of()
	UNION ALL
	SELECT 'ticket' AS entity,
		'closed before it came in' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE ticket.closed_at < ticket.opened_at) AS rows,
		min(ticket.ticket_id COLLATE "C") FILTER (WHERE ticket.closed_at < ticket.opened_at) AS example_id,
		max(ticket.ticket_id COLLATE "C") FILTER (WHERE ticket.closed_at < ticket.opened_at) AS other_example_id
	FROM ticket
	WHERE ticket.opened_at <= clientele.as_of()
		AND ticket.closed_at <= clientele.as_of()
	UNION ALL
	SELECT 'subscription' AS entity,
		'ends before it starts' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE least(subscription.ends_on, subscription.cancelled_on) < subscription.starts_on) AS rows,
		min(subscription.subscription_id COLLATE "C") FILTER (WHERE least(subscription.ends_on, subscription.cancelled_on) < subscription.starts_on) AS example_id,
		max(subscription.subscription_id COLLATE "C") FILTER (WHERE least(subscription.ends_on, subscription.cancelled_on) < subscription.starts_on) AS other_example_id
	FROM subscription
	WHERE subscription.starts_on <= clientele.as_of_date()
		AND coalesce(subscription.ends_on, subscription.cancelled_on) IS NOT NULL
	UNION ALL
	SELECT 'quote' AS entity,
		'expired before it was made' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE quote.expires_on < (quote.quoted_at AT TIME ZONE 'UTC')::date) AS rows,
		min(quote.quote_id COLLATE "C") FILTER (WHERE quote.expires_on < (quote.quoted_at AT TIME ZONE 'UTC')::date) AS example_id,
		max(quote.quote_id COLLATE "C") FILTER (WHERE quote.expires_on < (quote.quoted_at AT TIME ZONE 'UTC')::date) AS other_example_id
	FROM quote
	WHERE quote.quoted_at <= clientele.as_of()
		AND quote.expires_on IS NOT NULL
	UNION ALL
	SELECT 'purchase' AS entity,
		'bought before the account was known' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE purchase.purchased_at < account.created_at) AS rows,
		min(purchase.purchase_id COLLATE "C") FILTER (WHERE purchase.purchased_at < account.created_at) AS example_id,
		max(purchase.purchase_id COLLATE "C") FILTER (WHERE purchase.purchased_at < account.created_at) AS other_example_id
	FROM purchase
	JOIN account ON account.account_id = purchase.account_id
	WHERE purchase.purchased_at <= clientele.as_of()
		AND account.created_at <= clientele.as_of()
	UNION ALL
	-- now, and never worked at this one as far as contact_employment knows
	SELECT 'touchpoint' AS entity,
		'its contact works at another account' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE contact.account_id <> touchpoint.account_id AND job.contact_id IS NULL) AS rows,
		min(touchpoint.touchpoint_id COLLATE "C") FILTER (WHERE contact.account_id <> touchpoint.account_id AND job.contact_id IS NULL) AS example_id,
		max(touchpoint.touchpoint_id COLLATE "C") FILTER (WHERE contact.account_id <> touchpoint.account_id AND job.contact_id IS NULL) AS other_example_id
	FROM touchpoint
	JOIN contact ON contact.contact_id = touchpoint.contact_id
	LEFT JOIN (
		SELECT contact_employment.contact_id, contact_employment.account_id
		FROM contact_employment
		WHERE coalesce(contact_employment.started_at <= clientele.as_of(), true)
		GROUP BY contact_employment.contact_id, contact_employment.account_id
	) AS job ON job.contact_id = touchpoint.contact_id AND job.account_id = touchpoint.account_id
	WHERE touchpoint.occurred_at <= clientele.as_of()
		AND touchpoint.account_id IS NOT NULL
		AND contact.account_id IS NOT NULL
		AND coalesce(contact.created_at <= clientele.as_of(), true)
	UNION ALL
	SELECT 'ticket' AS entity,
		'its contact works at another account' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE contact.account_id <> ticket.account_id AND job.contact_id IS NULL) AS rows,
		min(ticket.ticket_id COLLATE "C") FILTER (WHERE contact.account_id <> ticket.account_id AND job.contact_id IS NULL) AS example_id,
		max(ticket.ticket_id COLLATE "C") FILTER (WHERE contact.account_id <> ticket.account_id AND job.contact_id IS NULL) AS other_example_id
	FROM ticket
	JOIN contact ON contact.contact_id = ticket.contact_id
	LEFT JOIN (
		SELECT contact_employment.contact_id, contact_employment.account_id
		FROM contact_employment
		WHERE coalesce(contact_employment.started_at <= clientele.as_of(), true)
		GROUP BY contact_employment.contact_id, contact_employment.account_id
	) AS job ON job.contact_id = ticket.contact_id AND job.account_id = ticket.account_id
	WHERE ticket.opened_at <= clientele.as_of()
		AND ticket.account_id IS NOT NULL
		AND contact.account_id IS NOT NULL
		AND coalesce(contact.created_at <= clientele.as_of(), true)
	UNION ALL
	SELECT 'opportunity' AS entity,
		'its contact works at another account' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE contact.account_id <> opportunity.account_id AND job.contact_id IS NULL) AS rows,
		min(opportunity.opportunity_id COLLATE "C") FILTER (WHERE contact.account_id <> opportunity.account_id AND job.contact_id IS NULL) AS example_id,
		max(opportunity.opportunity_id COLLATE "C") FILTER (WHERE contact.account_id <> opportunity.account_id AND job.contact_id IS NULL) AS other_example_id
	FROM opportunity
	JOIN contact ON contact.contact_id = opportunity.contact_id
	LEFT JOIN (
		SELECT contact_employment.contact_id, contact_employment.account_id
		FROM contact_employment
		WHERE coalesce(contact_employment.started_at <= clientele.as_of(), true)
		GROUP BY contact_employment.contact_id, contact_employment.account_id
	) AS job ON job.contact_id = opportunity.contact_id AND job.account_id = opportunity.account_id
	WHERE opportunity.opened_at <= clientele.as_of()
		AND opportunity.account_id IS NOT NULL
		AND contact.account_id IS NOT NULL
		AND coalesce(contact.created_at <= clientele.as_of(), true)
	UNION ALL
	SELECT 'quote' AS entity,
		'its contact works at another account' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE contact.account_id <> quote.account_id AND job.contact_id IS NULL) AS rows,
		min(quote.quote_id COLLATE "C") FILTER (WHERE contact.account_id <> quote.account_id AND job.contact_id IS NULL) AS example_id,
		max(quote.quote_id COLLATE "C") FILTER (WHERE contact.account_id <> quote.account_id AND job.contact_id IS NULL) AS other_example_id
	FROM quote
	JOIN contact ON contact.contact_id = quote.contact_id
	LEFT JOIN (
		SELECT contact_employment.contact_id, contact_employment.account_id
		FROM contact_employment
		WHERE coalesce(contact_employment.started_at <= clientele.as_of(), true)
		GROUP BY contact_employment.contact_id, contact_employment.account_id
	) AS job ON job.contact_id = quote.contact_id AND job.account_id = quote.account_id
	WHERE quote.quoted_at <= clientele.as_of()
		AND quote.account_id IS NOT NULL
		AND contact.account_id IS NOT NULL
		AND coalesce(contact.created_at <= clientele.as_of(), true)
	UNION ALL
	-- finance against CRM: neither a purchase nor the beginning of a subscription within
	-- policy.booking_window, before or after
	SELECT 'opportunity' AS entity,
		'won, and nothing was bought' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE booked.opportunity_id IS NULL) AS rows,
		min(won.opportunity_id COLLATE "C") FILTER (WHERE booked.opportunity_id IS NULL) AS example_id,
		max(won.opportunity_id COLLATE "C") FILTER (WHERE booked.opportunity_id IS NULL) AS other_example_id
	FROM (
		SELECT opportunity.opportunity_id
		FROM opportunity
		CROSS JOIN settings
		WHERE opportunity.is_won
			AND opportunity.opened_at <= clientele.as_of()
			AND opportunity.closed_at AT TIME ZONE 'UTC' <= clientele.as_of() AT TIME ZONE 'UTC' - settings.span
			AND opportunity.account_id IS NOT NULL
	) AS won
	LEFT JOIN (
		SELECT opportunity.opportunity_id
		FROM opportunity
		CROSS JOIN settings
		JOIN sale ON sale.account_id = opportunity.account_id
		WHERE opportunity.is_won
			AND sale.sold_at BETWEEN (opportunity.closed_at AT TIME ZONE 'UTC') - settings.span AND (opportunity.closed_at AT TIME ZONE 'UTC') + settings.span
		GROUP BY opportunity.opportunity_id
	) AS booked ON booked.opportunity_id = won.opportunity_id
	WHERE won.opportunity_id IS NOT NULL
	UNION ALL
	-- CRM against finance; the id is that of the account
	SELECT 'purchase' AS entity,
		'first bought, and nothing was won' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE booked.account_id IS NULL) AS rows,
		min(first_sale.account_id COLLATE "C") FILTER (WHERE booked.account_id IS NULL) AS example_id,
		max(first_sale.account_id COLLATE "C") FILTER (WHERE booked.account_id IS NULL) AS other_example_id
	FROM (
		SELECT sale.account_id, min(sale.sold_at) AS sold_at
		FROM sale
		GROUP BY sale.account_id
	) AS first_sale
	CROSS JOIN settings
	LEFT JOIN (
		SELECT bought.account_id
		FROM (
			SELECT sale.account_id, min(sale.sold_at) AS sold_at
			FROM sale
			GROUP BY sale.account_id
		) AS bought
		CROSS JOIN settings
		JOIN opportunity ON opportunity.account_id = bought.account_id
		WHERE opportunity.is_won
			AND opportunity.closed_at <= clientele.as_of()
			AND (opportunity.closed_at AT TIME ZONE 'UTC') BETWEEN bought.sold_at - settings.span AND bought.sold_at + settings.span
		GROUP BY bought.account_id
	) AS booked ON booked.account_id = first_sale.account_id
	WHERE first_sale.sold_at <= clientele.as_of() AT TIME ZONE 'UTC' - settings.span
		-- a CRM that knows no won deals at all contradicts nothing
		AND EXISTS (SELECT FROM opportunity AS any_won WHERE any_won.is_won AND any_won.closed_at <= clientele.as_of())
	UNION ALL
	-- a customer whom the CRM takes for a stranger: the same e-mail address, and no account
	SELECT 'lead' AS entity,
		'not converted, and the person is at a customer' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE customer.email IS NOT NULL) AS rows,
		min(lead.lead_id COLLATE "C") FILTER (WHERE customer.email IS NOT NULL) AS example_id,
		max(lead.lead_id COLLATE "C") FILTER (WHERE customer.email IS NOT NULL) AS other_example_id
	FROM lead
	LEFT JOIN (
		SELECT lower(btrim(contact.email)) AS email
		FROM contact
		JOIN account_segment ON account_segment.account_id = contact.account_id
		WHERE account_segment.segment = 'customer'
			AND coalesce(contact.created_at <= clientele.as_of(), true)
			AND contact.email LIKE '%@%'
		GROUP BY lower(btrim(contact.email))
	) AS customer ON customer.email = lower(btrim(lead.email))
	WHERE lead.created_at <= clientele.as_of()
		AND coalesce(lead.converted_at > clientele.as_of(), true)
		AND lead.account_id IS NULL
		AND lead.email LIKE '%@%'
	UNION ALL
	-- the id is that of the account
	SELECT 'usage' AS entity,
		'used before anything was bought' AS kind,
		count(*) AS compared,
		count(*) FILTER (WHERE coalesce(usage.used_on < bought.sold_on, true)) AS rows,
		min(usage.account_id COLLATE "C") FILTER (WHERE coalesce(usage.used_on < bought.sold_on, true)) AS example_id,
		max(usage.account_id COLLATE "C") FILTER (WHERE coalesce(usage.used_on < bought.sold_on, true)) AS other_example_id
	FROM usage
	LEFT JOIN (
		SELECT sale.account_id,
			min(sale.sold_at)::date AS sold_on
		FROM sale
		GROUP BY sale.account_id
	) AS bought ON bought.account_id = usage.account_id
	WHERE usage.used_on <= clientele.as_of_date()
)
SELECT found.entity,
	found.kind,
	found.compared::integer AS compared,
	found.rows::integer AS rows,
	found.rows::float8 / nullif(found.compared, 0) AS share,
	found.example_id COLLATE "default" AS example_id,
	nullif(found.other_example_id, found.example_id) COLLATE "default" AS other_example_id,
	CASE
		WHEN found.compared = 0 THEN 'no row of which it could be told'
		WHEN found.rows = 0 THEN NULL
		WHEN found.kind LIKE 'its contact%' THEN 'the row or the contact stands under the wrong account, or a move is not in contact_employment'
		WHEN found.kind LIKE 'won%' THEN 'the deal was not booked, was booked under another account, or was not won'
		WHEN found.kind LIKE 'first%' THEN 'the deal is not in the CRM, or stands under another account'
		WHEN found.kind LIKE 'not converted%' THEN 'a customer is treated as a stranger: give the lead its account'
		WHEN found.kind LIKE 'used%' THEN 'a purchase is missing, or stands under another account; or it was a trial'
		ELSE 'one of the two times is wrong'
	END AS reason
FROM found;
COMMENT ON VIEW source_contradictions IS
'Where do the sources contradict themselves, or one another? A row a kind of contradiction.';
COMMENT ON COLUMN source_contradictions.entity IS 'The entity whose rows these are.';
COMMENT ON COLUMN source_contradictions.kind IS 'What is wrong with them, in words.';
COMMENT ON COLUMN source_contradictions.compared IS 'Rows of which it could be told: those that have what is compared.';
COMMENT ON COLUMN source_contradictions.rows IS 'Rows that contradict; of first purchases, accounts.';
COMMENT ON COLUMN source_contradictions.share IS 'Their share, as a fraction; NULL: nothing could be compared.';
COMMENT ON COLUMN source_contradictions.example_id IS 'The id of one of them: of usage and first purchases the account''s, of contact_employment the contact''s.';
COMMENT ON COLUMN source_contradictions.other_example_id IS 'That of another, if there is more than one.';
COMMENT ON COLUMN source_contradictions.reason IS 'What may be behind it, in words; NULL: there is none.';
