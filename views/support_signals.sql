-- support_signals: whose requests are open, for how long, how grave, and how
-- content were they with what was settled?
--
-- A row an account that had a ticket by clientele.as_of(). The window is
-- policy.support_window up to the moment. Severity is as of today.
--
-- requires: account ticket policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW support_signals WITH (security_invoker = true) AS
SELECT fact.account_id,
	account.name,
	fact.open::integer AS open_tickets,
	fact.grave::integer AS grave_open_tickets,
	fact.unanswered::integer AS unanswered_tickets,
	extract(epoch FROM clientele.as_of() - fact.oldest_at)::float8 / 86400 AS oldest_open_days,
	fact.recent::integer AS tickets,
	fact.before::integer AS tickets_before,
	fact.abandoned::integer AS abandoned_tickets,
	fact.response_hours AS median_response_hours,
	fact.settling_hours AS median_settling_hours,
	fact.satisfaction,
	fact.satisfaction_before,
	fact.open > fact.maximum_open_tickets OR fact.grave > 0 AS holds_offers,
	nullif(concat_ws('; ',
		CASE WHEN fact.open > fact.maximum_open_tickets THEN format('%s open tickets, policy.maximum_open_tickets is %s', fact.open, fact.maximum_open_tickets) END,
		CASE WHEN fact.grave > 0 THEN format('%s grave %s open', fact.grave, CASE fact.grave WHEN 1 THEN 'ticket is' ELSE 'tickets are' END) END,
		CASE WHEN fact.satisfaction < fact.satisfaction_before THEN 'less content than before' END), '') AS reason
FROM (
	SELECT ticket.account_id,
		asked.maximum_open_tickets,
		count(*) FILTER (WHERE said.is_open) AS open,
		count(*) FILTER (WHERE said.is_open AND lower(ticket.severity) = ANY (asked.grave_severities)) AS grave,
		count(*) FILTER (WHERE said.is_open AND (ticket.first_response_at IS NULL OR ticket.first_response_at > clientele.as_of())) AS unanswered,
		min(ticket.opened_at) FILTER (WHERE said.is_open) AS oldest_at,
		count(*) FILTER (WHERE ticket.opened_at > asked.since) AS recent,
		count(*) FILTER (WHERE ticket.opened_at > asked.since_before AND ticket.opened_at <= asked.since) AS before,
		count(*) FILTER (WHERE NOT said.is_open AND ticket.closed_at > asked.since AND ticket.is_abandoned) AS abandoned,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ticket.first_response_at - ticket.opened_at)::float8 / 3600)
			FILTER (WHERE ticket.first_response_at <= clientele.as_of() AND ticket.first_response_at > asked.since) AS response_hours,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ticket.closed_at - ticket.opened_at)::float8 / 3600)
			FILTER (WHERE NOT said.is_open AND ticket.closed_at > asked.since) AS settling_hours,
		avg(ticket.satisfaction) FILTER (WHERE NOT said.is_open AND ticket.closed_at > asked.since)::float8 AS satisfaction,
		avg(ticket.satisfaction) FILTER (WHERE ticket.closed_at > asked.since_before AND ticket.closed_at <= asked.since)::float8 AS satisfaction_before
	FROM ticket
	CROSS JOIN (
		SELECT (clientele.as_of() AT TIME ZONE 'UTC' - coalesce(policy.support_window, '90 days')) AT TIME ZONE 'UTC' AS since,
			(clientele.as_of() AT TIME ZONE 'UTC' - 2 * coalesce(policy.support_window, '90 days')) AT TIME ZONE 'UTC' AS since_before,
			coalesce(policy.maximum_open_tickets, 2) AS maximum_open_tickets,
			coalesce(policy.grave_severities, ARRAY['high', 'critical']) AS grave_severities
		FROM (VALUES (1)) AS one (row)
		LEFT JOIN (SELECT support_window, maximum_open_tickets, grave_severities FROM policy LIMIT 1) AS policy ON true
	) AS asked
	CROSS JOIN LATERAL (SELECT ticket.closed_at IS NULL OR ticket.closed_at > clientele.as_of()) AS said (is_open)
	WHERE ticket.opened_at <= clientele.as_of()
		AND ticket.account_id IS NOT NULL
	GROUP BY ticket.account_id, asked.maximum_open_tickets
) AS fact
LEFT JOIN account ON account.account_id = fact.account_id;
COMMENT ON VIEW support_signals IS
'Whose requests are open, for how long, how grave, and how content were they with what was settled? A row an account with a ticket.';
COMMENT ON COLUMN support_signals.account_id IS 'The account.';
COMMENT ON COLUMN support_signals.name IS 'Its name.';
COMMENT ON COLUMN support_signals.open_tickets IS 'Tickets open at the moment.';
COMMENT ON COLUMN support_signals.grave_open_tickets IS 'Those of them whose severity is one of policy.grave_severities, as of today.';
COMMENT ON COLUMN support_signals.unanswered_tickets IS 'Those of them that nobody has answered yet.';
COMMENT ON COLUMN support_signals.oldest_open_days IS 'Days for which the oldest of them has been open; NULL: none is.';
COMMENT ON COLUMN support_signals.tickets IS 'Tickets opened within policy.support_window.';
COMMENT ON COLUMN support_signals.tickets_before IS 'Tickets opened within the window before that.';
COMMENT ON COLUMN support_signals.abandoned_tickets IS 'Tickets closed within the window because the customer gave up waiting.';
COMMENT ON COLUMN support_signals.median_response_hours IS 'Median hours to the first answer, of the tickets first answered within the window; see response_parity for those not answered yet.';
COMMENT ON COLUMN support_signals.median_settling_hours IS 'Median hours until they were closed, of the tickets closed within the window.';
COMMENT ON COLUMN support_signals.satisfaction IS 'Mean satisfaction with the tickets closed within the window, on the scale of the CRM.';
COMMENT ON COLUMN support_signals.satisfaction_before IS 'Mean satisfaction with those closed within the window before.';
COMMENT ON COLUMN support_signals.holds_offers IS 'Whether it is to be helped before anything is offered to it: more open tickets than policy.maximum_open_tickets, or a grave one.';
COMMENT ON COLUMN support_signals.reason IS 'What is not well, in words; NULL: nothing.';
