-- attention_before_leaving: customers who left, each beside one that stayed: what
-- attention had they in the time before?
--
-- A row a former customer as of clientele.as_of(). It left on the day after its
-- last subscription ended, or when policy.customer_window had passed since its
-- last purchase, whichever came later. Its twin is the present customer that had
-- been one for as long: the last of those who became customers on the same day or
-- before. One twin may stand beside several. Touches of attention (see
-- attention_gap) are counted of both in the policy.attention_window before the
-- day on which the one left. The choice of twins needs every account.
--
-- requires: account_segment subscription touchpoint policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW attention_before_leaving WITH (security_invoker = true) AS
WITH standing AS (
	SELECT account.account_id,
		account.name,
		account.segment,
		nullif(least(account.first_purchased_on, contract.starts_on), '-infinity') AS customer_since,
		greatest(contract.ended_on + 1, (account.last_purchased_on + policy.customer_window)::date) AS left_on,
		policy.attention_window
	FROM account_segment AS account
	CROSS JOIN (
		SELECT max(customer_window) AS customer_window,
			coalesce(max(attention_window), '90 days') AS attention_window
		FROM policy
	) AS policy
	LEFT JOIN (
		SELECT account_id,
			min(coalesce(starts_on, '-infinity')) AS starts_on,
			max(least(ends_on, cancelled_on - 1)) AS ended_on
		FROM subscription
		WHERE coalesce(starts_on, '-infinity') <= clientele.as_of_date()
		GROUP BY account_id
	) AS contract ON contract.account_id = account.account_id
	WHERE account.segment <> 'prospect'
), placed AS (
	SELECT standing.account_id,
		standing.name,
		standing.segment,
		standing.customer_since,
		standing.left_on,
		standing.attention_window,
		CASE WHEN standing.customer_since IS NOT NULL THEN
			max(ARRAY[to_char(standing.customer_since, 'YYYY-MM-DD') COLLATE "C", standing.account_id COLLATE "C"]) FILTER (WHERE standing.segment = 'customer')
				OVER (ORDER BY standing.customer_since RANGE UNBOUNDED PRECEDING)
		END AS twin
	FROM standing
), matched AS (
	SELECT account_id,
		name,
		customer_since,
		left_on,
		attention_window,
		twin[2] COLLATE "default" AS twin_id,
		twin[1]::date AS twin_since
	FROM placed
	WHERE segment = 'former customer'
)
SELECT matched.account_id,
	matched.name,
	matched.customer_since,
	matched.left_on,
	own.touches AS attention_touches,
	matched.twin_id AS twin_account_id,
	twin.name AS twin_name,
	matched.twin_since AS twin_customer_since,
	CASE WHEN matched.twin_id IS NOT NULL THEN twins.touches END AS twin_attention_touches,
	CASE
		WHEN matched.customer_since IS NULL THEN 'not known since when it was a customer'
		WHEN matched.twin_id IS NULL THEN 'nobody who stayed has been a customer for as long'
	END AS reason
FROM matched
LEFT JOIN standing AS twin ON twin.account_id = matched.twin_id
CROSS JOIN LATERAL (
	SELECT count(*)::integer AS touches
	FROM touchpoint
	WHERE touchpoint.account_id = matched.account_id
		AND touchpoint.occurred_at >= (matched.left_on - matched.attention_window) AT TIME ZONE 'UTC'
		AND touchpoint.occurred_at < matched.left_on::timestamp AT TIME ZONE 'UTC'
		AND touchpoint.occurred_at <= clientele.as_of()
		AND coalesce(touchpoint.outcome, '') <> ALL (ARRAY['attempted', 'bounced'])
		AND touchpoint.direction = 'outbound'
		AND coalesce(touchpoint.purpose, '') <> ALL (ARRAY['service', 'program'])
		AND touchpoint.program_id IS NULL
) AS own
CROSS JOIN LATERAL (
	SELECT count(*)::integer AS touches
	FROM touchpoint
	WHERE touchpoint.account_id = matched.twin_id
		AND touchpoint.occurred_at >= (matched.left_on - matched.attention_window) AT TIME ZONE 'UTC'
		AND touchpoint.occurred_at < matched.left_on::timestamp AT TIME ZONE 'UTC'
		AND touchpoint.occurred_at <= clientele.as_of()
		AND coalesce(touchpoint.outcome, '') <> ALL (ARRAY['attempted', 'bounced'])
		AND touchpoint.direction = 'outbound'
		AND coalesce(touchpoint.purpose, '') <> ALL (ARRAY['service', 'program'])
		AND touchpoint.program_id IS NULL
) AS twins;
COMMENT ON VIEW attention_before_leaving IS
'What attention had customers who left in the time before, beside one that stayed? A row a former customer with its twin.';
COMMENT ON COLUMN attention_before_leaving.account_id IS 'The former customer.';
COMMENT ON COLUMN attention_before_leaving.name IS 'Its name.';
COMMENT ON COLUMN attention_before_leaving.customer_since IS 'Day (UTC) of its first purchase or subscription.';
COMMENT ON COLUMN attention_before_leaving.left_on IS 'The day after its last subscription ended, or when policy.customer_window had passed since its last purchase, whichever is later.';
COMMENT ON COLUMN attention_before_leaving.attention_touches IS 'Touches of attention within policy.attention_window before that day: outbound, that came through, not for service nor part of a program.';
COMMENT ON COLUMN attention_before_leaving.twin_account_id IS 'A customer that stayed: the last to become one on the same day or before; NULL if there is none.';
COMMENT ON COLUMN attention_before_leaving.twin_name IS 'Its name.';
COMMENT ON COLUMN attention_before_leaving.twin_customer_since IS 'Since when it has been a customer.';
COMMENT ON COLUMN attention_before_leaving.twin_attention_touches IS 'Its touches of attention in the same days.';
COMMENT ON COLUMN attention_before_leaving.reason IS 'Why there is no twin; NULL if there is one.';
