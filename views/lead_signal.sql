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
-- lead_signals(lead) is the one place that says which signals a lead has: what
-- is added there is known to every card.
--
--   SELECT lead_id, points(score_sheet(current_scorecard('all', 'prospect'), signal, value, occurred_at, as_of()))
--   FROM lead_signal WHERE kind = 'prospect' GROUP BY lead_id;
--
-- requires: lead_features touchpoint ticket purchase
-- To run by hand: SET search_path = your_schema, clientele;
CREATE FUNCTION lead_signals(lead jsonb, OUT signal text, OUT value text, OUT occurred_at timestamptz)
RETURNS SETOF record
LANGUAGE sql STABLE ROWS 40
BEGIN ATOMIC
	SELECT told.signal, told.value, told.occurred_at
	FROM (
		-- OFFSET 0: read once
		SELECT (lead_signals.lead->>'opened_at')::timestamptz AS opened_at,
			(lead_signals.lead->>'measured_at')::timestamptz AS measured_at,
			-- a prospect's lead is judged by what was done with it, a customer's by
			-- all that was done with the account
			CASE WHEN kind.is_prospect AND lead_signals.lead->>'entity' = 'lead' THEN lead_signals.lead->>'lead_id' END AS of_lead,
			CASE WHEN kind.is_prospect THEN lead_signals.lead->>'contact_id' END AS of_contact,
			CASE WHEN NOT kind.is_prospect THEN lead_signals.lead->>'account_id' END AS of_account
		FROM (SELECT lead_signals.lead->>'kind' = 'prospect') AS kind (is_prospect)
		OFFSET 0
	) AS asked
	CROSS JOIN LATERAL (
		SELECT feature.key AS signal,
			feature.value,
			CASE WHEN feature.key = ANY (ARRAY['industry', 'country', 'company_size', 'employees', 'is_key_account', 'seniority', 'role', 'department', 'source'])
				THEN asked.opened_at ELSE asked.measured_at END AS occurred_at
		FROM jsonb_each_text(lead_signals.lead) AS feature
		WHERE feature.value IS NOT NULL
			AND feature.key <> ALL (ARRAY['kind', 'entity', 'lead_id', 'name', 'account_id', 'contact_id', 'product_id', 'owner_id', 'opened_at', 'measured_at',
				'amount', 'days_open', 'segment'])
		UNION ALL
		SELECT CASE
				WHEN touchpoint.direction = 'inbound' THEN 'inbound_touch'
				WHEN touchpoint.outcome = 'replied' THEN 'reply'
				WHEN touchpoint.outcome = 'attended' THEN 'meeting'
				WHEN touchpoint.outcome = 'connected' THEN 'call'
				WHEN touchpoint.outcome = 'opened' THEN 'opened_message'
				WHEN touchpoint.outcome = 'bounced' THEN 'bounce'
				ELSE 'attempt'
			END AS signal,
			coalesce(touchpoint.channel, 'unknown') AS value,
			touchpoint.occurred_at
		FROM (
			-- not one condition with OR: where touchpoint is a view over a CRM, that
			-- would read all of it for each lead
			SELECT by_lead.channel, by_lead.direction, by_lead.outcome, by_lead.occurred_at
			FROM touchpoint AS by_lead
			WHERE by_lead.lead_id = asked.of_lead
			UNION ALL
			SELECT by_contact.channel, by_contact.direction, by_contact.outcome, by_contact.occurred_at
			FROM touchpoint AS by_contact
			WHERE by_contact.contact_id = asked.of_contact
				AND coalesce(by_contact.lead_id <> asked.of_lead, true)
			UNION ALL
			SELECT by_account.channel, by_account.direction, by_account.outcome, by_account.occurred_at
			FROM touchpoint AS by_account
			WHERE by_account.account_id = asked.of_account
		) AS touchpoint
		WHERE touchpoint.occurred_at <= asked.measured_at
		UNION ALL
		-- an open ticket, or what the customer said of it when it was closed
		SELECT CASE WHEN was.open THEN 'open_ticket' ELSE 'satisfaction_given' END AS signal,
			CASE WHEN was.open THEN coalesce(ticket.severity, 'unknown') ELSE trim_scale(ticket.satisfaction)::text END AS value,
			CASE WHEN was.open THEN ticket.opened_at ELSE ticket.closed_at END AS occurred_at
		FROM ticket
		CROSS JOIN LATERAL (SELECT ticket.closed_at IS NULL OR ticket.closed_at > asked.measured_at) AS was (open)
		WHERE ticket.account_id = asked.of_account
			AND ticket.opened_at <= asked.measured_at
			AND (was.open OR ticket.satisfaction IS NOT NULL)
		UNION ALL
		SELECT 'purchase' AS signal,
			trim_scale(purchase.amount)::text AS value,
			purchase.purchased_at AS occurred_at
		FROM purchase
		WHERE purchase.account_id = asked.of_account
			AND purchase.purchased_at <= asked.measured_at
			AND purchase.amount >= 0
	) AS told;
END;
COMMENT ON FUNCTION lead_signals(jsonb) IS
'What speaks for and against one lead? Takes its row of lead_features, to_jsonb(lead_features); returns a row a signal, each time: its name, its value as text and when it happened.';

CREATE VIEW lead_signal WITH (security_invoker = true) AS
SELECT lead.kind,
	lead.lead_id,
	lead.account_id,
	told.signal,
	told.value,
	told.occurred_at
FROM lead_features AS lead
CROSS JOIN LATERAL lead_signals(to_jsonb(lead)) AS told;
COMMENT ON VIEW lead_signal IS
'What speaks for and against each open lead? A row a lead and signal, each time: what scorecards read.';
COMMENT ON COLUMN lead_signal.kind IS 'prospect, upsell, cross-sell or renewal: which card reads it.';
COMMENT ON COLUMN lead_signal.lead_id IS 'The lead, or the opportunity of a customer.';
COMMENT ON COLUMN lead_signal.account_id IS 'The account.';
COMMENT ON COLUMN lead_signal.signal IS 'The signal: a feature''s name, or what happened.';
COMMENT ON COLUMN lead_signal.value IS 'Its value, a text or a number as text.';
COMMENT ON COLUMN lead_signal.occurred_at IS 'When it happened; of a feature the moment in question, of what describes company and person the beginning of the lead.';
