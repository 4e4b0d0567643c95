-- customer_first_queue: what is to be done next, by whom, and why in this order?
--
-- One list as of clientele.as_of(): tickets, customer leads that are qualified,
-- and leads of prospects that no veto stops. Customers cut in: their tickets
-- that have waited longer than policy.response_target for a first answer, their
-- other tickets, what they may buy, then the tickets of others, then prospects.
-- Within each: grave tickets first, leads by points, in tens; value breaks ties.
-- An owner's list ends where owner.capacity does. Ranks need every row: one
-- account's place is found no faster than all places.
--
-- requires: account account_segment ticket customer_leads lead_scores customer_value owner policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW customer_first_queue WITH (security_invoker = true) AS
SELECT ranked.place::integer AS place,
	ranked.owner_id,
	owner.name AS owner,
	CASE WHEN ranked.owner_id IS NOT NULL THEN ranked.owner_place::integer END AS owner_place,
	CASE WHEN ranked.owner_id IS NOT NULL THEN owner.capacity IS NULL OR ranked.owner_place <= owner.capacity END AS is_within_capacity,
	ranked.item,
	ranked.kind,
	ranked.item_id,
	ranked.account_id,
	ranked.name,
	ranked.is_customer,
	ranked.contact_id,
	ranked.product_id,
	ranked.since,
	ranked.points,
	ranked.value,
	ranked.reason || CASE WHEN ranked.owner_id IS NULL THEN '; nobody looks after it' ELSE '' END AS reason
FROM (
	SELECT listed.*,
		row_number() OVER (ORDER BY listed.tier, listed.urgency DESC NULLS LAST, listed.value DESC NULLS LAST, listed.since, listed.account_id, listed.kind, listed.item_id, listed.product_id) AS place,
		row_number() OVER (PARTITION BY listed.owner_id
			ORDER BY listed.tier, listed.urgency DESC NULLS LAST, listed.value DESC NULLS LAST, listed.since, listed.account_id, listed.kind, listed.item_id, listed.product_id) AS owner_place
	FROM (
		SELECT CASE WHEN segment.segment IS DISTINCT FROM 'customer' THEN 4 WHEN waiting.is_late THEN 1 ELSE 2 END AS tier,
			(lower(ticket.severity) = ANY (coalesce(policy.grave_severities, ARRAY['high', 'critical'])) IS TRUE)::integer::numeric AS urgency,
			account.owner_id,
			'ticket' AS item,
			ticket.severity AS kind,
			ticket.ticket_id AS item_id,
			ticket.account_id,
			account.name,
			coalesce(segment.segment = 'customer', false) AS is_customer,
			ticket.contact_id,
			NULL::text AS product_id,
			ticket.opened_at AS since,
			NULL::numeric AS points,
			coalesce(customer.clv, nullif(segment.revenue, 0)) AS value,
			concat_ws(', ',
				CASE WHEN segment.segment = 'customer' THEN 'a customer''s ticket' ELSE 'a ticket' END,
				CASE WHEN waiting.is_late THEN 'without an answer for longer than policy.response_target'
					WHEN waiting.is_unanswered THEN 'without an answer yet' END,
				CASE WHEN ticket.severity IS NOT NULL THEN 'severity ' || ticket.severity END) AS reason
		FROM ticket
		LEFT JOIN (SELECT response_target, grave_severities FROM policy LIMIT 1) AS policy ON true
		LEFT JOIN account ON account.account_id = ticket.account_id
		-- OFFSET 0: account by account, by index
		LEFT JOIN LATERAL (
			SELECT account_segment.segment, account_segment.revenue
			FROM account_segment
			WHERE account_segment.account_id = ticket.account_id
			OFFSET 0
		) AS segment ON true
		LEFT JOIN LATERAL (
			SELECT customer_value.clv
			FROM customer_value
			WHERE customer_value.account_id = ticket.account_id
			OFFSET 0
		) AS customer ON true
		CROSS JOIN LATERAL (
			SELECT ticket.first_response_at IS NULL OR ticket.first_response_at > clientele.as_of(),
				(ticket.first_response_at IS NULL OR ticket.first_response_at > clientele.as_of())
					AND ticket.opened_at + coalesce(policy.response_target, '4 hours') < clientele.as_of()
		) AS waiting (is_unanswered, is_late)
		WHERE ticket.opened_at <= clientele.as_of()
			AND (ticket.closed_at IS NULL OR ticket.closed_at > clientele.as_of())
		UNION ALL
		SELECT 3 AS tier,
			round(lead.points / 10) AS urgency,
			lead.owner_id,
			'customer lead' AS item,
			lead.kind,
			lead.lead_id AS item_id,
			lead.account_id,
			lead.name,
			true AS is_customer,
			lead.contact_id,
			lead.product_id,
			NULL AS since,
			lead.points,
			lead.value,
			concat_ws(': ', CASE lead.state WHEN 'open' THEN 'a customer''s ' ELSE 'a customer for ' END || lead.kind, lead.reasons) AS reason
		FROM customer_leads AS lead
		WHERE lead.is_qualified
		UNION ALL
		SELECT CASE WHEN segment.segment = 'customer' THEN 3 ELSE 5 END AS tier,
			round(lead.points / 10) AS urgency,
			lead.owner_id,
			'lead' AS item,
			lead.kind,
			lead.lead_id AS item_id,
			lead.account_id,
			lead.name,
			coalesce(segment.segment = 'customer', false) AS is_customer,
			lead.contact_id,
			lead.product_id,
			lead.opened_at AS since,
			lead.points,
			round(lead.win_probability::numeric * lead.amount, 2) AS value,
			concat_ws(': ', CASE WHEN segment.segment = 'customer' THEN 'a customer''s lead' ELSE 'a prospect' END, lead.top_reasons) AS reason
		FROM lead_scores AS lead
		LEFT JOIN LATERAL (
			SELECT account_segment.segment
			FROM account_segment
			WHERE account_segment.account_id = lead.account_id
			OFFSET 0
		) AS segment ON true
		WHERE lead.kind = 'prospect'
			AND lead.is_disqualified IS NOT TRUE
	) AS listed
) AS ranked
LEFT JOIN owner ON owner.owner_id = ranked.owner_id;
COMMENT ON VIEW customer_first_queue IS
'What is to be done next, by whom, and why in this order? A row a ticket, customer lead or lead: customers cut in, value breaks ties, and each owner''s list ends where its capacity does.';
COMMENT ON COLUMN customer_first_queue.place IS 'Place on the list of all.';
COMMENT ON COLUMN customer_first_queue.owner_id IS 'Who is to do it, as of today: who works on it, or else looks after the account.';
COMMENT ON COLUMN customer_first_queue.owner IS 'Its name.';
COMMENT ON COLUMN customer_first_queue.owner_place IS 'Place on that person''s own list; NULL: nobody looks after it.';
COMMENT ON COLUMN customer_first_queue.is_within_capacity IS 'Whether owner.capacity (leads and customers a week) reaches so far; true where it is not known; NULL: nobody looks after it.';
COMMENT ON COLUMN customer_first_queue.item IS 'ticket, customer lead or lead.';
COMMENT ON COLUMN customer_first_queue.kind IS 'Of a ticket its severity, as of today; of the others upsell, cross-sell, renewal or prospect.';
COMMENT ON COLUMN customer_first_queue.item_id IS 'The ticket, the opportunity, the customer lead or the lead; NULL: a customer lead that nobody works on yet, see customer_leads.';
COMMENT ON COLUMN customer_first_queue.account_id IS 'The account.';
COMMENT ON COLUMN customer_first_queue.name IS 'Its name.';
COMMENT ON COLUMN customer_first_queue.is_customer IS 'Whether it is a customer.';
COMMENT ON COLUMN customer_first_queue.contact_id IS 'The contact.';
COMMENT ON COLUMN customer_first_queue.product_id IS 'What would be bought.';
COMMENT ON COLUMN customer_first_queue.since IS 'Since when the ticket or lead is open.';
COMMENT ON COLUMN customer_first_queue.points IS 'Points of a lead; NULL: it is none, or was only found.';
COMMENT ON COLUMN customer_first_queue.value IS 'What breaks ties, in the currency of the workspace: the customer''s CLV (without a model its revenue so far), of a prospect its amount times its probability.';
COMMENT ON COLUMN customer_first_queue.reason IS 'Why it stands where it stands, in words.';
