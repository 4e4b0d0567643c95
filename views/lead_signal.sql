-- lead_signal: what speaks for and against each open lead, signal by signal?
--
-- A row a lead and signal, as clientele.score_sheet reads them: what is known of
-- the company and the person, the features of lead_features under their own
-- names (so that a card made from a model reads them too), and each touch,
-- ticket and purchase with its time, so that its points can fade. All of it as
-- of clientele.as_of(). Signals with a row each time: inbound_touch, reply,
-- meeting, call, opened_message, bounce, attempt (value: the channel),
-- open_ticket (value: severity), satisfaction_given, purchase (value: amount).
--
--   SELECT lead_id, points(score_sheet(current_scorecard('all', 'prospect'), signal, value, occurred_at, as_of()))
--   FROM lead_signal WHERE kind = 'prospect' GROUP BY lead_id;
--
-- requires: lead_features touchpoint ticket purchase
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW lead_signal WITH (security_invoker = true) AS
SELECT lead.kind,
	lead.lead_id,
	lead.account_id,
	known.signal,
	known.value,
	known.occurred_at
FROM lead_features AS lead
CROSS JOIN LATERAL (VALUES
	('industry', lead.industry, lead.opened_at),
	('country', lead.country, lead.opened_at),
	('company_size', lead.company_size, lead.opened_at),
	('employees', lead.employees::text, lead.opened_at),
	('is_key_account', lead.is_key_account::text, lead.opened_at),
	('seniority', lead.seniority, lead.opened_at),
	('role', lead.role, lead.opened_at),
	('department', lead.department, lead.opened_at),
	('source', lead.source, lead.opened_at),
	('inbound_touches', lead.inbound_touches::text, lead.measured_at),
	('replies', lead.replies::text, lead.measured_at),
	('meetings', lead.meetings::text, lead.measured_at),
	('calls', lead.calls::text, lead.measured_at),
	('opened_messages', lead.opened_messages::text, lead.measured_at),
	('bounces', lead.bounces::text, lead.measured_at),
	('contacts_reached', lead.contacts_reached::text, lead.measured_at),
	('days_since_touch', lead.days_since_touch::text, lead.measured_at),
	('usage_days', lead.usage_days::text, lead.measured_at),
	('usage_share', lead.usage_share::text, lead.measured_at),
	('active_users', lead.active_users::text, lead.measured_at),
	('open_tickets', lead.open_tickets::text, lead.measured_at),
	('tickets', lead.tickets::text, lead.measured_at),
	('satisfaction', lead.satisfaction::text, lead.measured_at),
	('purchases', lead.purchases::text, lead.measured_at),
	('revenue', lead.revenue::text, lead.measured_at),
	('days_since_purchase', lead.days_since_purchase::text, lead.measured_at),
	('products_owned', lead.products_owned::text, lead.measured_at),
	('subscription_days_left', lead.subscription_days_left::text, lead.measured_at)
) AS known (signal, value, occurred_at)
WHERE known.value IS NOT NULL
UNION ALL
SELECT lead.kind,
	lead.lead_id,
	lead.account_id,
	CASE
		WHEN touchpoint.direction = 'inbound' THEN 'inbound_touch'
		WHEN touchpoint.outcome = 'replied' THEN 'reply'
		WHEN touchpoint.outcome = 'attended' THEN 'meeting'
		WHEN touchpoint.outcome = 'connected' THEN 'call'
		WHEN touchpoint.outcome = 'opened' THEN 'opened_message'
		WHEN touchpoint.outcome = 'bounced' THEN 'bounce'
		ELSE 'attempt'
	END,
	coalesce(touchpoint.channel, 'unknown'),
	touchpoint.occurred_at
FROM all_leads AS lead
JOIN touchpoint
	ON touchpoint.lead_id = CASE WHEN lead.kind = 'prospect' AND lead.entity = 'lead' THEN lead.lead_id END
	OR touchpoint.contact_id = CASE WHEN lead.kind = 'prospect' THEN lead.contact_id END
	OR touchpoint.account_id = CASE WHEN lead.kind <> 'prospect' THEN lead.account_id END
WHERE lead.closed_at IS NULL
	AND touchpoint.occurred_at <= clientele.as_of()
UNION ALL
SELECT lead.kind,
	lead.lead_id,
	lead.account_id,
	told.signal,
	told.value,
	told.occurred_at
FROM all_leads AS lead
JOIN ticket ON ticket.account_id = lead.account_id
CROSS JOIN LATERAL (
	SELECT 'open_ticket' AS signal, coalesce(ticket.severity, 'unknown') AS value, ticket.opened_at AS occurred_at
	WHERE ticket.closed_at IS NULL OR ticket.closed_at > clientele.as_of()
	UNION ALL
	SELECT 'satisfaction_given' AS signal, ticket.satisfaction::text AS value, ticket.closed_at AS occurred_at
	WHERE ticket.closed_at <= clientele.as_of() AND ticket.satisfaction IS NOT NULL
) AS told
WHERE lead.kind <> 'prospect'
	AND lead.closed_at IS NULL
	AND ticket.opened_at <= clientele.as_of()
UNION ALL
SELECT lead.kind,
	lead.lead_id,
	lead.account_id,
	'purchase',
	purchase.amount::text,
	purchase.purchased_at
FROM all_leads AS lead
JOIN purchase ON purchase.account_id = lead.account_id
WHERE lead.kind <> 'prospect'
	AND lead.closed_at IS NULL
	AND purchase.purchased_at <= clientele.as_of()
	AND purchase.amount >= 0;
COMMENT ON VIEW lead_signal IS
'What speaks for and against each open lead? A row a lead and signal, each time: what scorecards read.';
COMMENT ON COLUMN lead_signal.kind IS 'prospect, upsell, cross-sell or renewal: which card reads it.';
COMMENT ON COLUMN lead_signal.lead_id IS 'The lead, or the opportunity of a customer.';
COMMENT ON COLUMN lead_signal.account_id IS 'The account.';
COMMENT ON COLUMN lead_signal.signal IS 'The signal: a feature''s name, or what happened.';
COMMENT ON COLUMN lead_signal.value IS 'Its value, a text or a number as text.';
COMMENT ON COLUMN lead_signal.occurred_at IS 'When it happened; of a feature the moment in question, of what describes company and person the beginning of the lead.';
