-- account_segment: is this account a customer, a former customer or a prospect,
-- and why? The one place that says so.
--
-- A row an account that was known as of clientele.as_of(): created by then, or
-- had bought by then. A purchase is a row of purchase whose amount is not
-- negative; a refund is none. Days are UTC days.
--
-- requires: account purchase subscription policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW account_segment WITH (security_invoker = true) AS
SELECT fact.account_id,
	fact.name,
	CASE
		WHEN fact.subscriptions_running > 0 THEN 'customer'
		WHEN fact.last_purchased_at > fact.customer_since THEN 'customer'
		WHEN fact.last_purchased_at IS NOT NULL OR fact.subscription_ended_on IS NOT NULL THEN 'former customer'
		ELSE 'prospect'
	END AS segment,
	CASE
		WHEN fact.subscriptions_running > 0 THEN 'a subscription is running'
		WHEN fact.last_purchased_at > fact.customer_since
			THEN 'bought on ' || to_char(fact.last_purchased_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')
		WHEN fact.last_purchased_at IS NOT NULL
			THEN 'no purchase within policy.customer_window, the last on ' || to_char(fact.last_purchased_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')
		WHEN fact.subscription_ended_on IS NOT NULL
			THEN 'the last subscription ended on ' || to_char(fact.subscription_ended_on, 'YYYY-MM-DD')
		ELSE 'never bought'
	END AS reason,
	(fact.first_purchased_at AT TIME ZONE 'UTC')::date AS first_purchased_on,
	(fact.last_purchased_at AT TIME ZONE 'UTC')::date AS last_purchased_on,
	clientele.as_of_date() - (fact.last_purchased_at AT TIME ZONE 'UTC')::date AS days_since_last_purchase,
	fact.purchases,
	fact.revenue,
	fact.subscriptions_running
FROM (
	SELECT account.account_id,
		account.name,
		bought.first_purchased_at,
		bought.last_purchased_at,
		coalesce(bought.purchases, 0)::integer AS purchases,
		coalesce(bought.revenue, 0) AS revenue,
		coalesce(contract.running, 0)::integer AS subscriptions_running,
		contract.ended_on AS subscription_ended_on,
		coalesce(clientele.as_of() - policy.customer_window, '-infinity') AS customer_since
	FROM account
	LEFT JOIN (SELECT customer_window FROM policy LIMIT 1) AS policy ON true
	LEFT JOIN (
		SELECT account_id,
			min(purchased_at) FILTER (WHERE coalesce(amount, 0) >= 0) AS first_purchased_at,
			max(purchased_at) FILTER (WHERE coalesce(amount, 0) >= 0) AS last_purchased_at,
			count(*) FILTER (WHERE coalesce(amount, 0) >= 0) AS purchases,
			sum(amount) AS revenue
		FROM purchase
		WHERE purchased_at <= clientele.as_of()
		GROUP BY account_id
	) AS bought ON bought.account_id = account.account_id
	LEFT JOIN (
		SELECT account_id,
			count(*) FILTER (WHERE (ends_on IS NULL OR ends_on >= clientele.as_of_date())
				AND (cancelled_on IS NULL OR cancelled_on > clientele.as_of_date())) AS running,
			max(least(ends_on, cancelled_on - 1)) AS ended_on
		FROM subscription
		WHERE coalesce(starts_on, '-infinity') <= clientele.as_of_date()
		GROUP BY account_id
	) AS contract ON contract.account_id = account.account_id
	WHERE account.created_at IS NULL
		OR account.created_at <= clientele.as_of()
		OR bought.account_id IS NOT NULL
		OR contract.account_id IS NOT NULL
) AS fact;
COMMENT ON VIEW account_segment IS
'Is this account a customer, a former customer or a prospect, and why? A row an account.';
COMMENT ON COLUMN account_segment.account_id IS 'The account.';
COMMENT ON COLUMN account_segment.name IS 'Its name.';
COMMENT ON COLUMN account_segment.segment IS 'customer: bought (within policy.customer_window, if that is set) or has a running subscription; former customer: did once; prospect: never did.';
COMMENT ON COLUMN account_segment.reason IS 'Why it is in this segment, in words.';
COMMENT ON COLUMN account_segment.first_purchased_on IS 'Day of its first purchase (UTC); NULL if it never bought.';
COMMENT ON COLUMN account_segment.last_purchased_on IS 'Day of its last purchase (UTC); refunds do not count.';
COMMENT ON COLUMN account_segment.days_since_last_purchase IS 'Days since then.';
COMMENT ON COLUMN account_segment.purchases IS 'Number of purchases so far; refunds do not count.';
COMMENT ON COLUMN account_segment.revenue IS 'Revenue so far, refunds taken off, in the currency of the workspace.';
COMMENT ON COLUMN account_segment.subscriptions_running IS 'Number of subscriptions that run on the day.';
