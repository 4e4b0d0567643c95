-- source_health: can what each source says be relied on?
--
-- A row an entity of the workspace: what of it was there by clientele.as_of(). A
-- row without a time counts as having been there. Rows later than that are not
-- looked at, but for those of after now, and these only when the moment is not a
-- past one. What was there of what a row refers to is what was known by then.
--
-- It rests on no keys and no statistics of the server, so it holds for views over
-- the CRM's own tables too. Every entity is read once, but for those to which
-- others refer, and once more for contradictions.
--
-- requires: source_contradictions account contact contact_employment lead touchpoint purchase product subscription quote usage ticket opportunity opportunity_stage referral verification program program_member program_cost owner policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW source_health WITH (security_invoker = true) AS
WITH counted AS (
	SELECT 'account' AS entity,
		count(*) FILTER (WHERE coalesce(account.created_at <= clientele.as_of(), true)) AS rows,
		count(account.created_at) FILTER (WHERE coalesce(account.created_at <= clientele.as_of(), true)) AS dated,
		min(account.created_at) FILTER (WHERE coalesce(account.created_at <= clientele.as_of(), true)) AS first_at,
		max(account.created_at) FILTER (WHERE coalesce(account.created_at <= clientele.as_of(), true)) AS last_at,
		count(*) FILTER (WHERE account.created_at > now()) AS future,
		count(CASE WHEN coalesce(account.created_at <= clientele.as_of(), true) THEN account.account_id END) - count(DISTINCT (CASE WHEN coalesce(account.created_at <= clientele.as_of(), true) THEN account.account_id END) COLLATE "C") AS repeated,
		'account' AS refers_to,
		count(*) FILTER (WHERE coalesce(account.created_at <= clientele.as_of(), true) AND account.parent_account_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(account.created_at <= clientele.as_of(), true) AND account.parent_account_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM account
	LEFT JOIN (SELECT known.account_id AS id FROM account AS known WHERE coalesce(known.created_at <= clientele.as_of(), true) GROUP BY known.account_id) AS parent ON parent.id = account.parent_account_id
	UNION ALL
	SELECT 'contact' AS entity,
		count(*) FILTER (WHERE coalesce(contact.created_at <= clientele.as_of(), true)) AS rows,
		count(contact.created_at) FILTER (WHERE coalesce(contact.created_at <= clientele.as_of(), true)) AS dated,
		min(contact.created_at) FILTER (WHERE coalesce(contact.created_at <= clientele.as_of(), true)) AS first_at,
		max(contact.created_at) FILTER (WHERE coalesce(contact.created_at <= clientele.as_of(), true)) AS last_at,
		count(*) FILTER (WHERE contact.created_at > now()) AS future,
		count(CASE WHEN coalesce(contact.created_at <= clientele.as_of(), true) THEN contact.contact_id END) - count(DISTINCT (CASE WHEN coalesce(contact.created_at <= clientele.as_of(), true) THEN contact.contact_id END) COLLATE "C") AS repeated,
		'account' AS refers_to,
		count(*) FILTER (WHERE coalesce(contact.created_at <= clientele.as_of(), true) AND contact.account_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(contact.created_at <= clientele.as_of(), true) AND contact.account_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM contact
	LEFT JOIN (SELECT known.account_id AS id FROM account AS known WHERE coalesce(known.created_at <= clientele.as_of(), true) GROUP BY known.account_id) AS parent ON parent.id = contact.account_id
	UNION ALL
	SELECT 'contact_employment' AS entity,
		count(*) FILTER (WHERE coalesce(contact_employment.started_at <= clientele.as_of(), true)) AS rows,
		count(contact_employment.started_at) FILTER (WHERE coalesce(contact_employment.started_at <= clientele.as_of(), true)) AS dated,
		min(contact_employment.started_at) FILTER (WHERE coalesce(contact_employment.started_at <= clientele.as_of(), true)) AS first_at,
		max(contact_employment.started_at) FILTER (WHERE coalesce(contact_employment.started_at <= clientele.as_of(), true)) AS last_at,
		count(*) FILTER (WHERE contact_employment.started_at > now()) AS future,
		NULL AS repeated,
		'contact' AS refers_to,
		count(*) FILTER (WHERE coalesce(contact_employment.started_at <= clientele.as_of(), true) AND contact_employment.contact_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(contact_employment.started_at <= clientele.as_of(), true) AND contact_employment.contact_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM contact_employment
	LEFT JOIN (SELECT known.contact_id AS id FROM contact AS known WHERE coalesce(known.created_at <= clientele.as_of(), true) GROUP BY known.contact_id) AS parent ON parent.id = contact_employment.contact_id
	UNION ALL
	SELECT 'lead' AS entity,
		count(*) FILTER (WHERE coalesce(lead.created_at <= clientele.as_of(), true)) AS rows,
		count(lead.created_at) FILTER (WHERE coalesce(lead.created_at <= clientele.as_of(), true)) AS dated,
		min(lead.created_at) FILTER (WHERE coalesce(lead.created_at <= clientele.as_of(), true)) AS first_at,
		max(lead.created_at) FILTER (WHERE coalesce(lead.created_at <= clientele.as_of(), true)) AS last_at,
		count(*) FILTER (WHERE lead.created_at > now()) AS future,
		count(CASE WHEN coalesce(lead.created_at <= clientele.as_of(), true) THEN lead.lead_id END) - count(DISTINCT (CASE WHEN coalesce(lead.created_at <= clientele.as_of(), true) THEN lead.lead_id END) COLLATE "C") AS repeated,
		'account' AS refers_to,
		count(*) FILTER (WHERE coalesce(lead.created_at <= clientele.as_of(), true) AND lead.account_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(lead.created_at <= clientele.as_of(), true) AND lead.account_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM lead
	LEFT JOIN (SELECT known.account_id AS id FROM account AS known WHERE coalesce(known.created_at <= clientele.as_of(), true) GROUP BY known.account_id) AS parent ON parent.id = lead.account_id
	UNION ALL
	SELECT 'touchpoint' AS entity,
		count(*) FILTER (WHERE coalesce(touchpoint.occurred_at <= clientele.as_of(), true)) AS rows,
		count(touchpoint.occurred_at) FILTER (WHERE coalesce(touchpoint.occurred_at <= clientele.as_of(), true)) AS dated,
		min(touchpoint.occurred_at) FILTER (WHERE coalesce(touchpoint.occurred_at <= clientele.as_of(), true)) AS first_at,
		max(touchpoint.occurred_at) FILTER (WHERE coalesce(touchpoint.occurred_at <= clientele.as_of(), true)) AS last_at,
		count(*) FILTER (WHERE touchpoint.occurred_at > now()) AS future,
		count(CASE WHEN coalesce(touchpoint.occurred_at <= clientele.as_of(), true) THEN touchpoint.touchpoint_id END) - count(DISTINCT (CASE WHEN coalesce(touchpoint.occurred_at <= clientele.as_of(), true) THEN touchpoint.touchpoint_id END) COLLATE "C") AS repeated,
		'account' AS refers_to,
		count(*) FILTER (WHERE coalesce(touchpoint.occurred_at <= clientele.as_of(), true) AND touchpoint.account_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(touchpoint.occurred_at <= clientele.as_of(), true) AND touchpoint.account_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM touchpoint
	LEFT JOIN (SELECT known.account_id AS id FROM account AS known WHERE coalesce(known.created_at <= clientele.as_of(), true) GROUP BY known.account_id) AS parent ON parent.id = touchpoint.account_id
	UNION ALL
	SELECT 'purchase' AS entity,
		count(*) FILTER (WHERE coalesce(purchase.purchased_at <= clientele.as_of(), true)) AS rows,
		count(purchase.purchased_at) FILTER (WHERE coalesce(purchase.purchased_at <= clientele.as_of(), true)) AS dated,
		min(purchase.purchased_at) FILTER (WHERE coalesce(purchase.purchased_at <= clientele.as_of(), true)) AS first_at,
		max(purchase.purchased_at) FILTER (WHERE coalesce(purchase.purchased_at <= clientele.as_of(), true)) AS last_at,
		count(*) FILTER (WHERE purchase.purchased_at > now()) AS future,
		count(CASE WHEN coalesce(purchase.purchased_at <= clientele.as_of(), true) THEN purchase.purchase_id END) - count(DISTINCT (CASE WHEN coalesce(purchase.purchased_at <= clientele.as_of(), true) THEN purchase.purchase_id END) COLLATE "C") AS repeated,
		'account' AS refers_to,
		count(*) FILTER (WHERE coalesce(purchase.purchased_at <= clientele.as_of(), true) AND purchase.account_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(purchase.purchased_at <= clientele.as_of(), true) AND purchase.account_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM purchase
	LEFT JOIN (SELECT known.account_id AS id FROM account AS known WHERE coalesce(known.created_at <= clientele.as_of(), true) GROUP BY known.account_id) AS parent ON parent.id = purchase.account_id
	UNION ALL
	SELECT 'product' AS entity,
		count(*) FILTER (WHERE coalesce(product.launched_on <= clientele.as_of_date(), true)) AS rows,
		count(product.launched_on) FILTER (WHERE coalesce(product.launched_on <= clientele.as_of_date(), true)) AS dated,
		min(product.launched_on::timestamp AT TIME ZONE 'UTC') FILTER (WHERE coalesce(product.launched_on <= clientele.as_of_date(), true)) AS first_at,
		max(product.launched_on::timestamp AT TIME ZONE 'UTC') FILTER (WHERE coalesce(product.launched_on <= clientele.as_of_date(), true)) AS last_at,
		count(*) FILTER (WHERE product.launched_on > (now() AT TIME ZONE 'UTC')::date) AS future,
		count(CASE WHEN coalesce(product.launched_on <= clientele.as_of_date(), true) THEN product.product_id END) - count(DISTINCT (CASE WHEN coalesce(product.launched_on <= clientele.as_of_date(), true) THEN product.product_id END) COLLATE "C") AS repeated,
		'product' AS refers_to,
		count(*) FILTER (WHERE coalesce(product.launched_on <= clientele.as_of_date(), true) AND product.prerequisite_product_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(product.launched_on <= clientele.as_of_date(), true) AND product.prerequisite_product_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM product
	LEFT JOIN (SELECT known.product_id AS id FROM product AS known WHERE coalesce(known.launched_on <= clientele.as_of_date(), true) GROUP BY known.product_id) AS parent ON parent.id = product.prerequisite_product_id
	UNION ALL
	SELECT 'subscription' AS entity,
		count(*) FILTER (WHERE coalesce(subscription.starts_on <= clientele.as_of_date(), true)) AS rows,
		count(subscription.starts_on) FILTER (WHERE coalesce(subscription.starts_on <= clientele.as_of_date(), true)) AS dated,
		min(subscription.starts_on::timestamp AT TIME ZONE 'UTC') FILTER (WHERE coalesce(subscription.starts_on <= clientele.as_of_date(), true)) AS first_at,
		max(subscription.starts_on::timestamp AT TIME ZONE 'UTC') FILTER (WHERE coalesce(subscription.starts_on <= clientele.as_of_date(), true)) AS last_at,
		count(*) FILTER (WHERE subscription.starts_on > (now() AT TIME ZONE 'UTC')::date) AS future,
		count(CASE WHEN coalesce(subscription.starts_on <= clientele.as_of_date(), true) THEN subscription.subscription_id END) - count(DISTINCT (CASE WHEN coalesce(subscription.starts_on <= clientele.as_of_date(), true) THEN subscription.subscription_id END) COLLATE "C") AS repeated,
		'account' AS refers_to,
		count(*) FILTER (WHERE coalesce(subscription.starts_on <= clientele.as_of_date(), true) AND subscription.account_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(subscription.starts_on <= clientele.as_of_date(), true) AND subscription.account_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM subscription
	LEFT JOIN (SELECT known.account_id AS id FROM account AS known WHERE coalesce(known.created_at <= clientele.as_of(), true) GROUP BY known.account_id) AS parent ON parent.id = subscription.account_id
	UNION ALL
	SELECT 'quote' AS entity,
		count(*) FILTER (WHERE coalesce(quote.quoted_at <= clientele.as_of(), true)) AS rows,
		count(quote.quoted_at) FILTER (WHERE coalesce(quote.quoted_at <= clientele.as_of(), true)) AS dated,
		min(quote.quoted_at) FILTER (WHERE coalesce(quote.quoted_at <= clientele.as_of(), true)) AS first_at,
		max(quote.quoted_at) FILTER (WHERE coalesce(quote.quoted_at <= clientele.as_of(), true)) AS last_at,
		count(*) FILTER (WHERE quote.quoted_at > now()) AS future,
		count(CASE WHEN coalesce(quote.quoted_at <= clientele.as_of(), true) THEN quote.quote_id END) - count(DISTINCT (CASE WHEN coalesce(quote.quoted_at <= clientele.as_of(), true) THEN quote.quote_id END) COLLATE "C") AS repeated,
		'account' AS refers_to,
		count(*) FILTER (WHERE coalesce(quote.quoted_at <= clientele.as_of(), true) AND quote.account_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(quote.quoted_at <= clientele.as_of(), true) AND quote.account_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM quote
	LEFT JOIN (SELECT known.account_id AS id FROM account AS known WHERE coalesce(known.created_at <= clientele.as_of(), true) GROUP BY known.account_id) AS parent ON parent.id = quote.account_id
	UNION ALL
	SELECT 'usage' AS entity,
		count(*) FILTER (WHERE coalesce(usage.used_on <= clientele.as_of_date(), true)) AS rows,
		count(usage.used_on) FILTER (WHERE coalesce(usage.used_on <= clientele.as_of_date(), true)) AS dated,
		min(usage.used_on::timestamp AT TIME ZONE 'UTC') FILTER (WHERE coalesce(usage.used_on <= clientele.as_of_date(), true)) AS first_at,
		max(usage.used_on::timestamp AT TIME ZONE 'UTC') FILTER (WHERE coalesce(usage.used_on <= clientele.as_of_date(), true)) AS last_at,
		count(*) FILTER (WHERE usage.used_on > (now() AT TIME ZONE 'UTC')::date) AS future,
		NULL AS repeated,
		'account' AS refers_to,
		count(*) FILTER (WHERE coalesce(usage.used_on <= clientele.as_of_date(), true) AND usage.account_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(usage.used_on <= clientele.as_of_date(), true) AND usage.account_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM usage
	LEFT JOIN (SELECT known.account_id AS id FROM account AS known WHERE coalesce(known.created_at <= clientele.as_of(), true) GROUP BY known.account_id) AS parent ON parent.id = usage.account_id
	UNION ALL
	SELECT 'ticket' AS entity,
		count(*) FILTER (WHERE coalesce(ticket.opened_at <= clientele.as_of(), true)) AS rows,
		count(ticket.opened_at) FILTER (WHERE coalesce(ticket.opened_at <= clientele.as_of(), true)) AS dated,
		min(ticket.opened_at) FILTER (WHERE coalesce(ticket.opened_at <= clientele.as_of(), true)) AS first_at,
		max(ticket.opened_at) FILTER (WHERE coalesce(ticket.opened_at <= clientele.as_of(), true)) AS last_at,
		count(*) FILTER (WHERE ticket.opened_at > now()) AS future,
		count(CASE WHEN coalesce(ticket.opened_at <= clientele.as_of(), true) THEN ticket.ticket_id END) - count(DISTINCT (CASE WHEN coalesce(ticket.opened_at <= clientele.as_of(), true) THEN ticket.ticket_id END) COLLATE "C") AS repeated,
		'account' AS refers_to,
		count(*) FILTER (WHERE coalesce(ticket.opened_at <= clientele.as_of(), true) AND ticket.account_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(ticket.opened_at <= clientele.as_of(), true) AND ticket.account_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM ticket
	LEFT JOIN (SELECT known.account_id AS id FROM account AS known WHERE coalesce(known.created_at <= clientele.as_of(), true) GROUP BY known.account_id) AS parent ON parent.id = ticket.account_id
	UNION ALL
	SELECT 'opportunity' AS entity,
		count(*) FILTER (WHERE coalesce(opportunity.opened_at <= clientele.as_of(), true)) AS rows,
		count(opportunity.opened_at) FILTER (WHERE coalesce(opportunity.opened_at <= clientele.as_of(), true)) AS dated,
		min(opportunity.opened_at) FILTER (WHERE coalesce(opportunity.opened_at <= clientele.as_of(), true)) AS first_at,
		max(opportunity.opened_at) FILTER (WHERE coalesce(opportunity.opened_at <= clientele.as_of(), true)) AS last_at,
		count(*) FILTER (WHERE opportunity.opened_at > now()) AS future,
		count(CASE WHEN coalesce(opportunity.opened_at <= clientele.as_of(), true) THEN opportunity.opportunity_id END) - count(DISTINCT (CASE WHEN coalesce(opportunity.opened_at <= clientele.as_of(), true) THEN opportunity.opportunity_id END) COLLATE "C") AS repeated,
		'account' AS refers_to,
		count(*) FILTER (WHERE coalesce(opportunity.opened_at <= clientele.as_of(), true) AND opportunity.account_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(opportunity.opened_at <= clientele.as_of(), true) AND opportunity.account_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM opportunity
	LEFT JOIN (SELECT known.account_id AS id FROM account AS known WHERE coalesce(known.created_at <= clientele.as_of(), true) GROUP BY known.account_id) AS parent ON parent.id = opportunity.account_id
	UNION ALL
	SELECT 'opportunity_stage' AS entity,
		count(*) FILTER (WHERE coalesce(opportunity_stage.entered_at <= clientele.as_of(), true)) AS rows,
		count(opportunity_stage.entered_at) FILTER (WHERE coalesce(opportunity_stage.entered_at <= clientele.as_of(), true)) AS dated,
		min(opportunity_stage.entered_at) FILTER (WHERE coalesce(opportunity_stage.entered_at <= clientele.as_of(), true)) AS first_at,
		max(opportunity_stage.entered_at) FILTER (WHERE coalesce(opportunity_stage.entered_at <= clientele.as_of(), true)) AS last_at,
		count(*) FILTER (WHERE opportunity_stage.entered_at > now()) AS future,
		NULL AS repeated,
		'opportunity' AS refers_to,
		count(*) FILTER (WHERE coalesce(opportunity_stage.entered_at <= clientele.as_of(), true) AND opportunity_stage.opportunity_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(opportunity_stage.entered_at <= clientele.as_of(), true) AND opportunity_stage.opportunity_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM opportunity_stage
	LEFT JOIN (SELECT known.opportunity_id AS id FROM opportunity AS known WHERE coalesce(known.opened_at <= clientele.as_of(), true) GROUP BY known.opportunity_id) AS parent ON parent.id = opportunity_stage.opportunity_id
	UNION ALL
	SELECT 'referral' AS entity,
		count(*) FILTER (WHERE coalesce(referral.referred_at <= clientele.as_of(), true)) AS rows,
		count(referral.referred_at) FILTER (WHERE coalesce(referral.referred_at <= clientele.as_of(), true)) AS dated,
		min(referral.referred_at) FILTER (WHERE coalesce(referral.referred_at <= clientele.as_of(), true)) AS first_at,
		max(referral.referred_at) FILTER (WHERE coalesce(referral.referred_at <= clientele.as_of(), true)) AS last_at,
		count(*) FILTER (WHERE referral.referred_at > now()) AS future,
		count(CASE WHEN coalesce(referral.referred_at <= clientele.as_of(), true) THEN referral.referral_id END) - count(DISTINCT (CASE WHEN coalesce(referral.referred_at <= clientele.as_of(), true) THEN referral.referral_id END) COLLATE "C") AS repeated,
		'account' AS refers_to,
		count(*) FILTER (WHERE coalesce(referral.referred_at <= clientele.as_of(), true) AND referral.referrer_account_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(referral.referred_at <= clientele.as_of(), true) AND referral.referrer_account_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM referral
	LEFT JOIN (SELECT known.account_id AS id FROM account AS known WHERE coalesce(known.created_at <= clientele.as_of(), true) GROUP BY known.account_id) AS parent ON parent.id = referral.referrer_account_id
	UNION ALL
	SELECT 'verification' AS entity,
		count(*) FILTER (WHERE coalesce(verification.verified_at <= clientele.as_of(), true)) AS rows,
		count(verification.verified_at) FILTER (WHERE coalesce(verification.verified_at <= clientele.as_of(), true)) AS dated,
		min(verification.verified_at) FILTER (WHERE coalesce(verification.verified_at <= clientele.as_of(), true)) AS first_at,
		max(verification.verified_at) FILTER (WHERE coalesce(verification.verified_at <= clientele.as_of(), true)) AS last_at,
		count(*) FILTER (WHERE verification.verified_at > now()) AS future,
		NULL AS repeated,
		'contact' AS refers_to,
		count(*) FILTER (WHERE coalesce(verification.verified_at <= clientele.as_of(), true) AND verification.contact_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(verification.verified_at <= clientele.as_of(), true) AND verification.contact_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM verification
	LEFT JOIN (SELECT known.contact_id AS id FROM contact AS known WHERE coalesce(known.created_at <= clientele.as_of(), true) GROUP BY known.contact_id) AS parent ON parent.id = verification.contact_id
	UNION ALL
	SELECT 'program' AS entity,
		count(*) FILTER (WHERE coalesce(program.starts_on <= clientele.as_of_date(), true)) AS rows,
		count(program.starts_on) FILTER (WHERE coalesce(program.starts_on <= clientele.as_of_date(), true)) AS dated,
		min(program.starts_on::timestamp AT TIME ZONE 'UTC') FILTER (WHERE coalesce(program.starts_on <= clientele.as_of_date(), true)) AS first_at,
		max(program.starts_on::timestamp AT TIME ZONE 'UTC') FILTER (WHERE coalesce(program.starts_on <= clientele.as_of_date(), true)) AS last_at,
		count(*) FILTER (WHERE program.starts_on > (now() AT TIME ZONE 'UTC')::date) AS future,
		count(CASE WHEN coalesce(program.starts_on <= clientele.as_of_date(), true) THEN program.program_id END) - count(DISTINCT (CASE WHEN coalesce(program.starts_on <= clientele.as_of_date(), true) THEN program.program_id END) COLLATE "C") AS repeated,
		NULL AS refers_to,
		NULL AS without,
		NULL AS unmatched
	FROM program
	UNION ALL
	SELECT 'program_member' AS entity,
		count(*) FILTER (WHERE coalesce(program_member.joined_at <= clientele.as_of(), true)) AS rows,
		count(program_member.joined_at) FILTER (WHERE coalesce(program_member.joined_at <= clientele.as_of(), true)) AS dated,
		min(program_member.joined_at) FILTER (WHERE coalesce(program_member.joined_at <= clientele.as_of(), true)) AS first_at,
		max(program_member.joined_at) FILTER (WHERE coalesce(program_member.joined_at <= clientele.as_of(), true)) AS last_at,
		count(*) FILTER (WHERE program_member.joined_at > now()) AS future,
		NULL AS repeated,
		'account' AS refers_to,
		count(*) FILTER (WHERE coalesce(program_member.joined_at <= clientele.as_of(), true) AND program_member.account_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(program_member.joined_at <= clientele.as_of(), true) AND program_member.account_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM program_member
	LEFT JOIN (SELECT known.account_id AS id FROM account AS known WHERE coalesce(known.created_at <= clientele.as_of(), true) GROUP BY known.account_id) AS parent ON parent.id = program_member.account_id
	UNION ALL
	SELECT 'program_cost' AS entity,
		count(*) FILTER (WHERE coalesce(program_cost.spent_on <= clientele.as_of_date(), true)) AS rows,
		count(program_cost.spent_on) FILTER (WHERE coalesce(program_cost.spent_on <= clientele.as_of_date(), true)) AS dated,
		min(program_cost.spent_on::timestamp AT TIME ZONE 'UTC') FILTER (WHERE coalesce(program_cost.spent_on <= clientele.as_of_date(), true)) AS first_at,
		max(program_cost.spent_on::timestamp AT TIME ZONE 'UTC') FILTER (WHERE coalesce(program_cost.spent_on <= clientele.as_of_date(), true)) AS last_at,
		count(*) FILTER (WHERE program_cost.spent_on > (now() AT TIME ZONE 'UTC')::date) AS future,
		NULL AS repeated,
		'program' AS refers_to,
		count(*) FILTER (WHERE coalesce(program_cost.spent_on <= clientele.as_of_date(), true) AND program_cost.program_id IS NULL) AS without,
		count(*) FILTER (WHERE coalesce(program_cost.spent_on <= clientele.as_of_date(), true) AND program_cost.program_id IS NOT NULL AND parent.id IS NULL) AS unmatched
	FROM program_cost
	LEFT JOIN (SELECT known.program_id AS id FROM program AS known WHERE coalesce(known.starts_on <= clientele.as_of_date(), true) GROUP BY known.program_id) AS parent ON parent.id = program_cost.program_id
	UNION ALL
	SELECT 'owner' AS entity,
		count(*) AS rows,
		NULL AS dated,
		NULL AS first_at,
		NULL AS last_at,
		NULL AS future,
		count(owner.owner_id) - count(DISTINCT owner.owner_id COLLATE "C") AS repeated,
		NULL AS refers_to,
		NULL AS without,
		NULL AS unmatched
	FROM owner
)
SELECT counted.entity,
	counted.rows::integer AS rows,
	counted.dated::integer AS rows_dated,
	counted.first_at,
	counted.last_at,
	extract(epoch FROM clientele.as_of() - counted.last_at)::float8 / 86400 AS days_since_last,
	fresh.is_stale,
	counted.refers_to,
	counted.without::integer AS rows_without,
	counted.unmatched::integer AS rows_unmatched,
	1 - counted.unmatched::float8 / nullif(counted.rows - counted.without, 0) AS match_rate,
	counted.repeated::integer AS repeated_ids,
	CASE WHEN clientele.as_of() >= now() THEN counted.future::integer END AS rows_in_future,
	coalesce(wrong.rows, 0)::integer AS contradictions,
	nullif(concat_ws('; ',
		CASE WHEN counted.rows = 0 THEN 'no rows' END,
		CASE WHEN fresh.is_stale THEN format('nothing new since %s, which is longer ago than policy.source_window', to_char(counted.last_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')) END,
		CASE WHEN counted.rows > 0 AND counted.dated = 0 THEN 'no row says when it was' END,
		CASE WHEN counted.unmatched > 0 THEN format('%s rows refer to what is not there as %s', counted.unmatched, counted.refers_to) END,
		CASE WHEN counted.repeated > 0 THEN format('%s rows repeat an id', counted.repeated) END,
		CASE WHEN clientele.as_of() >= now() AND counted.future > 0 THEN format('%s rows are of a time to come', counted.future) END,
		CASE WHEN wrong.rows > 0 THEN format('%s contradictions: see source_contradictions', wrong.rows) END), '') AS reason
FROM counted
CROSS JOIN (SELECT coalesce(max(source_window), '30 days') AS source_window FROM policy) AS settings
CROSS JOIN LATERAL (
	-- of products, programs and people nothing new needs to come
	SELECT CASE
			WHEN counted.entity <> ALL (ARRAY['product', 'program', 'owner'])
				THEN counted.last_at <= (clientele.as_of() AT TIME ZONE 'UTC' - settings.source_window) AT TIME ZONE 'UTC'
		END AS is_stale
) AS fresh
LEFT JOIN (
	SELECT source_contradictions.entity,
		sum(source_contradictions.rows) AS rows
	FROM source_contradictions
	GROUP BY source_contradictions.entity
) AS wrong ON wrong.entity = counted.entity;
COMMENT ON VIEW source_health IS
'Can what each source says be relied on: how much is there, how fresh, what does it belong to, and does it contradict itself? A row an entity.';
COMMENT ON COLUMN source_health.entity IS 'The entity: a table or view of this workspace.';
COMMENT ON COLUMN source_health.rows IS 'Rows that were there.';
COMMENT ON COLUMN source_health.rows_dated IS 'How many of them say when it was. NULL: the entity has no time.';
COMMENT ON COLUMN source_health.first_at IS 'The earliest time; of days the beginning of the day (UTC).';
COMMENT ON COLUMN source_health.last_at IS 'The latest time.';
COMMENT ON COLUMN source_health.days_since_last IS 'Days since then.';
COMMENT ON COLUMN source_health.is_stale IS 'True if that is longer ago than policy.source_window. NULL: no time is known, or it is product, program or owner, of which nothing new needs to come.';
COMMENT ON COLUMN source_health.refers_to IS 'What its rows belong to: account, contact (of contact_employment and verification), opportunity (of opportunity_stage), program (of program_cost), product (that is needed first); an account to its parent, a referral to who made it. NULL: to nothing.';
COMMENT ON COLUMN source_health.rows_without IS 'Rows that belong to none: of leads, and of parents, that is nothing wrong.';
COMMENT ON COLUMN source_health.rows_unmatched IS 'Rows that belong to one that is not there: orphans.';
COMMENT ON COLUMN source_health.match_rate IS 'Share of the rows that name one whose one is there, as a fraction; NULL: no row names any.';
COMMENT ON COLUMN source_health.repeated_ids IS 'Rows with an id that another row has: all but one of each. NULL: the entity has no id.';
COMMENT ON COLUMN source_health.rows_in_future IS 'Rows of a time to come, seen from now; NULL as of a past moment, where nothing later is read. Subscriptions and programs may well begin later.';
COMMENT ON COLUMN source_health.contradictions IS 'Rows that contradict themselves or another source: see source_contradictions.';
COMMENT ON COLUMN source_health.reason IS 'What to look at, in words; NULL: nothing.';
