-- response_parity: are customers answered as fast as prospects, and do they give
-- up waiting more often?
--
-- A row for customers and one for prospects: their requests of the
-- policy.response_window up to clientele.as_of(). Requests are tickets, and leads
-- that came of their own accord (lead.source is not outbound). Whoever had
-- bought, or had a subscription that had started, by the moment of the request
-- asked as a customer; everybody else, strangers included, as a prospect. A lead
-- is answered by the first outbound touch of it, or of its contact, that did not
-- bounce and is not part of a program.
--
-- Who still waits, or gave up, counts as having waited longer than anybody who
-- was answered; in the test of the difference (log-rank) as having waited at
-- least so long. That a ticket was abandoned is known from when it was closed;
-- with no such moment, from the beginning.
--
-- requires: purchase subscription ticket lead touchpoint policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW response_parity WITH (security_invoker = true) AS
WITH settings AS (
	SELECT (clientele.as_of() AT TIME ZONE 'UTC' - coalesce(max(response_window), '12 months')) AT TIME ZONE 'UTC' AS since,
		extract(epoch FROM coalesce(max(response_target), '4 hours'))::float8 / 3600 AS target_hours,
		coalesce(max(confidence), 0.95) AS confidence,
		coalesce(max(minimum_cases), 10) AS minimum_cases
	FROM policy
), request AS (
	SELECT account_id,
		true AS is_ticket,
		opened_at AS asked_at,
		CASE WHEN first_response_at <= clientele.as_of() THEN first_response_at END AS answered_at,
		CASE WHEN closed_at <= clientele.as_of() THEN closed_at END AS closed_at,
		coalesce(is_abandoned AND coalesce(closed_at <= clientele.as_of(), true), false) AS is_abandoned
	FROM ticket
	WHERE opened_at <= clientele.as_of()
		AND opened_at > (SELECT since FROM settings)
	UNION ALL
	SELECT lead.account_id,
		false AS is_ticket,
		lead.created_at AS asked_at,
		answer.answered_at,
		NULL AS closed_at,
		false AS is_abandoned
	FROM lead
	LEFT JOIN LATERAL (
		SELECT min(touched.occurred_at) AS answered_at
		FROM (
			SELECT min(touchpoint.occurred_at) AS occurred_at
			FROM touchpoint
			WHERE touchpoint.lead_id = lead.lead_id
				AND touchpoint.occurred_at BETWEEN lead.created_at AND clientele.as_of()
				AND touchpoint.direction = 'outbound'
				AND coalesce(touchpoint.outcome, '') <> 'bounced'
				AND coalesce(touchpoint.purpose, '') <> 'program'
				AND touchpoint.program_id IS NULL
			UNION ALL
			SELECT min(touchpoint.occurred_at) AS occurred_at
			FROM touchpoint
			WHERE touchpoint.contact_id = lead.contact_id
				AND touchpoint.occurred_at BETWEEN lead.created_at AND clientele.as_of()
				AND touchpoint.direction = 'outbound'
				AND coalesce(touchpoint.outcome, '') <> 'bounced'
				AND coalesce(touchpoint.purpose, '') <> 'program'
				AND touchpoint.program_id IS NULL
		) AS touched
	) AS answer ON true
	WHERE lead.created_at <= clientele.as_of()
		AND lead.created_at > (SELECT since FROM settings)
		AND lower(btrim(coalesce(lead.source, ''))) <> 'outbound'
), waited AS (
	SELECT coalesce(request.asked_at >= least(bought.since, contract.since), false) AS is_customer,
		request.is_ticket,
		request.is_abandoned,
		request.answered_at IS NOT NULL AS is_answered,
		-- an answer from before the question took no time
		greatest(extract(epoch FROM coalesce(request.answered_at, request.closed_at, clientele.as_of()) - request.asked_at)::float8 / 3600, 0) AS hours
	FROM request
	LEFT JOIN (
		SELECT account_id,
			min(purchased_at) AS since
		FROM purchase
		WHERE purchased_at <= clientele.as_of()
			AND coalesce(amount, 0) >= 0
		GROUP BY account_id
	) AS bought ON bought.account_id = request.account_id
	LEFT JOIN (
		SELECT account_id,
			min(coalesce(starts_on::timestamp, '-infinity')) AT TIME ZONE 'UTC' AS since
		FROM subscription
		WHERE coalesce(starts_on, '-infinity') <= clientele.as_of_date()
		GROUP BY account_id
	) AS contract ON contract.account_id = request.account_id
), counted AS (
	SELECT is_customer,
		count(*) AS requests,
		count(*) FILTER (WHERE is_answered) AS answered,
		count(*) FILTER (WHERE is_ticket) AS tickets,
		count(*) FILTER (WHERE is_abandoned) AS abandoned,
		percentile_disc(0.5) WITHIN GROUP (ORDER BY CASE WHEN is_answered THEN hours ELSE 'Infinity' END) AS median,
		percentile_disc(0.9) WITHIN GROUP (ORDER BY CASE WHEN is_answered THEN hours ELSE 'Infinity' END) AS p90,
		-- who has waited for less than the target may yet be answered in time
		count(*) FILTER (WHERE is_answered OR is_abandoned OR hours > (SELECT target_hours FROM settings)) AS judged,
		count(*) FILTER (WHERE is_answered AND hours <= (SELECT target_hours FROM settings)) AS in_time
	FROM waited
	GROUP BY is_customer
), answer AS (
	SELECT part.is_customer,
		coalesce(counted.requests, 0) AS requests,
		coalesce(counted.answered, 0) AS answered,
		coalesce(counted.tickets, 0) AS tickets,
		coalesce(counted.abandoned, 0) AS abandoned,
		nullif(counted.median, 'Infinity') AS median,
		nullif(counted.p90, 'Infinity') AS p90,
		coalesce(counted.judged, 0) AS judged,
		coalesce(counted.in_time, 0) AS in_time
	FROM (VALUES (true), (false)) AS part (is_customer)
	LEFT JOIN counted ON counted.is_customer = part.is_customer
), tested AS (
	SELECT customer.requests >= settings.minimum_cases AND prospect.requests >= settings.minimum_cases AS is_enough,
		customer.tickets >= settings.minimum_cases AND prospect.tickets >= settings.minimum_cases AS are_tickets_enough,
		format('too few requests to compare: %s of customers, %s of prospects, policy.minimum_cases is %s',
			customer.requests, prospect.requests, settings.minimum_cases) AS too_few,
		format('too few tickets to compare who gave up: %s of customers, %s of prospects, policy.minimum_cases is %s',
			customer.tickets, prospect.tickets, settings.minimum_cases) AS too_few_tickets,
		response.observed < response.expected AS are_customers_slower,
		response.p_value AS response_p_value,
		leaving.difference,
		leaving.p_value AS abandonment_p_value
	FROM settings
	JOIN answer AS customer ON customer.is_customer
	JOIN answer AS prospect ON NOT prospect.is_customer
	CROSS JOIN (
		SELECT (test.result).observed, (test.result).expected, (test.result).p_value
		FROM (SELECT clientele.log_rank(hours, is_answered, is_customer) AS result FROM waited) AS test
	) AS response
	LEFT JOIN LATERAL clientele.difference_of_proportions(customer.abandoned, nullif(customer.tickets, 0), prospect.abandoned, nullif(prospect.tickets, 0),
		settings.confidence) AS leaving ON true
)
SELECT CASE WHEN answer.is_customer THEN 'customer' ELSE 'prospect' END AS segment,
	answer.requests::integer AS requests,
	answer.answered::integer AS answered,
	(answer.requests - answer.answered)::integer AS unanswered,
	answer.median AS median_hours,
	answer.p90 AS p90_hours,
	settings.target_hours,
	answer.in_time::float8 / nullif(answer.judged, 0) AS in_time_share,
	answer.tickets::integer AS tickets,
	answer.abandoned::integer AS abandoned,
	leaving.estimate AS abandoned_share,
	leaving.low AS abandoned_share_low,
	leaving.high AS abandoned_share_high,
	CASE WHEN tested.is_enough THEN tested.response_p_value END AS response_p_value,
	CASE
		WHEN NOT tested.is_enough OR tested.response_p_value IS NULL THEN NULL
		WHEN tested.response_p_value >= 1 - settings.confidence THEN 'no difference that chance could not make'
		WHEN tested.are_customers_slower THEN 'customers wait longer than prospects'
		ELSE 'customers are answered sooner than prospects'
	END AS response_finding,
	CASE WHEN tested.are_tickets_enough THEN tested.abandonment_p_value END AS abandonment_p_value,
	CASE
		WHEN NOT tested.are_tickets_enough OR tested.abandonment_p_value IS NULL THEN NULL
		WHEN tested.abandonment_p_value >= 1 - settings.confidence THEN 'no difference that chance could not make'
		WHEN tested.difference > 0 THEN 'customers give up more often than prospects'
		ELSE 'customers give up less often than prospects'
	END AS abandonment_finding,
	nullif(concat_ws('; ',
		CASE WHEN answer.requests = 0 THEN 'no requests' END,
		CASE WHEN answer.requests > 0 AND answer.median IS NULL THEN 'more than half are not answered'
			WHEN answer.requests > 0 AND answer.p90 IS NULL THEN 'more than a tenth are not answered' END,
		CASE WHEN NOT tested.is_enough THEN tested.too_few END,
		CASE WHEN tested.is_enough AND tested.response_p_value IS NULL THEN 'nothing tells the answers apart' END,
		CASE WHEN NOT tested.are_tickets_enough THEN tested.too_few_tickets END), '') AS reason
FROM answer
CROSS JOIN settings
CROSS JOIN tested
LEFT JOIN LATERAL clientele.wilson_interval(answer.abandoned, nullif(answer.tickets, 0), settings.confidence) AS leaving ON true;
COMMENT ON VIEW response_parity IS
'Are customers answered as fast as prospects, and do they give up waiting more often? A row for customers, and one for prospects.';
COMMENT ON COLUMN response_parity.segment IS 'customer: had bought, or had a subscription that had started, by the moment of the request; prospect: everybody else.';
COMMENT ON COLUMN response_parity.requests IS 'Tickets, and leads that came of their own accord, within policy.response_window.';
COMMENT ON COLUMN response_parity.answered IS 'How many have been answered by a person.';
COMMENT ON COLUMN response_parity.unanswered IS 'How many have not.';
COMMENT ON COLUMN response_parity.median_hours IS 'Hours to the first response by which half of all requests were answered; NULL if more than half are not.';
COMMENT ON COLUMN response_parity.p90_hours IS 'Hours by which nine of ten were answered; NULL if more than a tenth are not.';
COMMENT ON COLUMN response_parity.target_hours IS 'policy.response_target, in hours.';
COMMENT ON COLUMN response_parity.in_time_share IS 'Share answered within that, as a fraction of all but those who still wait for less.';
COMMENT ON COLUMN response_parity.tickets IS 'How many of the requests are tickets: of leads it is not known who gave up.';
COMMENT ON COLUMN response_parity.abandoned IS 'How many tickets were abandoned: the customer gave up waiting.';
COMMENT ON COLUMN response_parity.abandoned_share IS 'Their share of the tickets, as a fraction.';
COMMENT ON COLUMN response_parity.abandoned_share_low IS 'Lower end of its interval (Wilson) at policy.confidence.';
COMMENT ON COLUMN response_parity.abandoned_share_high IS 'Its upper end.';
COMMENT ON COLUMN response_parity.response_p_value IS 'p value of customers and prospects being answered alike (log-rank); the same in both rows. NULL below policy.minimum_cases requests of either.';
COMMENT ON COLUMN response_parity.response_finding IS 'What that says at policy.confidence, in words.';
COMMENT ON COLUMN response_parity.abandonment_p_value IS 'Two-sided p value of customers and prospects giving up alike; the same in both rows. NULL below policy.minimum_cases tickets of either.';
COMMENT ON COLUMN response_parity.abandonment_finding IS 'What that says at policy.confidence, in words.';
COMMENT ON COLUMN response_parity.reason IS 'What the numbers rest too little on; NULL if nothing.';
