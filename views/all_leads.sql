-- all_leads: which leads are there, of prospects and of customers, and what has
-- become of them?
--
-- A row a lead that was there as of clientele.as_of(): each row of lead (kind
-- prospect), and each opportunity of a customer (upsell, cross-sell, renewal) or
-- of kind new, or of none, without a lead (prospect). What came of a lead is
-- what came of its opportunities: won when the first of them was, lost when all
-- of them were, or when it had come to none within policy.lead_horizon. What
-- was closed after the moment is open.
--
-- Customers that were made leads without the CRM (customer_lead) are here too.
--
-- requires: lead opportunity account policy customer_lead
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW all_leads WITH (security_invoker = true) AS
SELECT 'prospect' AS kind,
	'lead' AS entity,
	lead.lead_id,
	coalesce(lead.company, account.name) AS name,
	lead.account_id,
	coalesce(lead.contact_id, deal.contact_id) AS contact_id,
	deal.product_id,
	lead.owner_id,
	lead.source,
	deal.amount,
	lead.created_at AS opened_at,
	CASE
		WHEN deal.won_at IS NOT NULL THEN deal.won_at
		WHEN deal.running > 0 THEN NULL
		WHEN deal.ended_at IS NOT NULL THEN deal.ended_at
		WHEN given_up.at <= clientele.as_of() THEN given_up.at
	END AS closed_at,
	CASE
		WHEN deal.won_at IS NOT NULL THEN true
		WHEN deal.running > 0 THEN NULL
		WHEN deal.ended_at IS NOT NULL THEN CASE WHEN deal.unknown = 0 THEN false END
		WHEN given_up.at <= clientele.as_of() THEN false
	END AS is_won
FROM (
	-- With the account of the lead, or of its opportunities: each arm has a
	-- plain column there, so that one account's leads are found by index.
	SELECT lead_id, company, account_id, contact_id, owner_id, source, created_at, account_id AS named_account_id
	FROM lead
	WHERE account_id IS NOT NULL
	UNION ALL
	SELECT lead.lead_id, lead.company, first.account_id, lead.contact_id, lead.owner_id, lead.source, lead.created_at, NULL AS named_account_id
	FROM opportunity AS first
	JOIN lead ON lead.lead_id = first.lead_id AND lead.account_id IS NULL
	WHERE first.account_id IS NOT NULL
		AND (first.opened_at IS NULL OR first.opened_at <= clientele.as_of())
		AND NOT EXISTS (
			SELECT
			FROM opportunity AS other
			WHERE other.lead_id = first.lead_id
				AND (other.account_id, other.opportunity_id) < (first.account_id, first.opportunity_id)
				AND (other.opened_at IS NULL OR other.opened_at <= clientele.as_of()))
	UNION ALL
	SELECT lead.lead_id, lead.company, NULL AS account_id, lead.contact_id, lead.owner_id, lead.source, lead.created_at, NULL AS named_account_id
	FROM lead
	WHERE lead.account_id IS NULL
		AND NOT EXISTS (
			SELECT
			FROM opportunity
			WHERE opportunity.lead_id = lead.lead_id
				AND opportunity.account_id IS NOT NULL
				AND (opportunity.opened_at IS NULL OR opportunity.opened_at <= clientele.as_of()))
) AS lead
LEFT JOIN (SELECT lead_horizon FROM policy LIMIT 1) AS policy ON true
CROSS JOIN LATERAL (SELECT (lead.created_at AT TIME ZONE 'UTC' + policy.lead_horizon) AT TIME ZONE 'UTC') AS given_up (at)
CROSS JOIN LATERAL (
	SELECT min(contact_id) AS contact_id,
		min(product_id) AS product_id,
		sum(amount) AS amount,
		min(closed_at) FILTER (WHERE closed_at <= clientele.as_of() AND is_won) AS won_at,
		max(closed_at) AS ended_at,
		count(*) FILTER (WHERE closed_at IS NULL OR closed_at > clientele.as_of()) AS running,
		count(*) FILTER (WHERE is_won IS NULL) AS unknown
	FROM opportunity
	WHERE opportunity.lead_id = lead.lead_id
		AND (opened_at IS NULL OR opened_at <= clientele.as_of())
) AS deal
-- the name of the account that the lead itself names
LEFT JOIN account ON account.account_id = lead.named_account_id
WHERE lead.created_at IS NULL OR lead.created_at <= clientele.as_of()
UNION ALL
SELECT CASE WHEN coalesce(opportunity.kind, 'new') = 'new' THEN 'prospect' ELSE opportunity.kind END AS kind,
	'opportunity' AS entity,
	opportunity.opportunity_id,
	account.name,
	opportunity.account_id,
	opportunity.contact_id,
	opportunity.product_id,
	opportunity.owner_id,
	NULL AS source,
	opportunity.amount,
	opportunity.opened_at,
	CASE WHEN opportunity.closed_at <= clientele.as_of() THEN opportunity.closed_at END AS closed_at,
	CASE WHEN opportunity.closed_at <= clientele.as_of() THEN opportunity.is_won END AS is_won
FROM opportunity
LEFT JOIN account ON account.account_id = opportunity.account_id
WHERE (opportunity.opened_at IS NULL OR opportunity.opened_at <= clientele.as_of())
	AND (opportunity.kind = ANY (ARRAY['upsell', 'cross-sell', 'renewal']) OR opportunity.lead_id IS NULL)
UNION ALL
SELECT customer_lead.kind,
	'customer_lead' AS entity,
	customer_lead.customer_lead_id AS lead_id,
	account.name,
	customer_lead.account_id,
	customer_lead.contact_id,
	customer_lead.product_id,
	state.owner_id,
	NULL AS source,
	customer_lead.amount,
	customer_lead.opened_at,
	CASE WHEN state.event = 'closed' THEN state.happened_at END AS closed_at,
	CASE state.outcome WHEN 'won' THEN true WHEN 'lost' THEN false END AS is_won
FROM customer_lead
LEFT JOIN account ON account.account_id = customer_lead.account_id
CROSS JOIN LATERAL (
	SELECT event.event, event.happened_at, event.owner_id, event.opportunity_id, event.outcome
	FROM customer_lead_event AS event
	WHERE event.customer_lead_id = customer_lead.customer_lead_id
		AND event.happened_at <= clientele.as_of()
	ORDER BY event.step DESC
	LIMIT 1
) AS state
-- one that an opportunity of the CRM stands for is that
WHERE state.opportunity_id IS NULL;
COMMENT ON VIEW all_leads IS
'Which leads are there, of prospects and of customers, and what has become of them? A row a lead or a customer''s opportunity.';
COMMENT ON COLUMN all_leads.kind IS 'prospect; upsell, cross-sell or renewal for a customer''s.';
COMMENT ON COLUMN all_leads.entity IS 'What holds it: the entity lead or opportunity, or the workspace''s own table customer_lead.';
COMMENT ON COLUMN all_leads.lead_id IS 'Its id there.';
COMMENT ON COLUMN all_leads.name IS 'The company''s name, as given by the lead or of the account.';
COMMENT ON COLUMN all_leads.account_id IS 'The account.';
COMMENT ON COLUMN all_leads.contact_id IS 'The contact.';
COMMENT ON COLUMN all_leads.product_id IS 'What would be bought; of several opportunities the first by id.';
COMMENT ON COLUMN all_leads.owner_id IS 'Who works on it, as of today.';
COMMENT ON COLUMN all_leads.source IS 'Where the lead came from; NULL for an opportunity.';
COMMENT ON COLUMN all_leads.amount IS 'Amount of its opportunities, in the currency of the workspace.';
COMMENT ON COLUMN all_leads.opened_at IS 'When it began.';
COMMENT ON COLUMN all_leads.closed_at IS 'When it was won or lost; NULL: it is open.';
COMMENT ON COLUMN all_leads.is_won IS 'Whether it was won; NULL: it is open, or the CRM does not say.';
