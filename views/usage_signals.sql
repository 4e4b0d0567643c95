-- usage_signals: who uses what it bought, how much of it, and is that more or
-- less than before?
--
-- A row an account that ever used something, or has a running subscription, as
-- of clientele.as_of(). Days are UTC days; the window is policy.signal_window up
-- to and with the day of the moment, the time before is the window before that.
--
-- requires: account usage subscription purchase policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW usage_signals WITH (security_invoker = true) AS
SELECT account.account_id,
	account.name,
	coalesce(used.days, 0)::integer AS usage_days,
	coalesce(used.days_before, 0)::integer AS usage_days_before,
	CASE WHEN used.days_before > 0 THEN (used.days - used.days_before)::float8 / used.days_before END AS change,
	CASE
		WHEN used.account_id IS NULL THEN NULL
		WHEN used.days = 0 AND used.days_before = 0 THEN 'unused'
		WHEN used.days = 0 THEN 'stopped'
		WHEN used.days_before = 0 AND used.first_on <= asked.since THEN 'back'
		WHEN used.days_before = 0 THEN 'new'
		WHEN used.days - used.days_before >= asked.usage_trend * used.days_before AND used.days <> used.days_before THEN 'rising'
		WHEN used.days_before - used.days >= asked.usage_trend * used.days_before AND used.days <> used.days_before THEN 'falling'
		ELSE 'steady'
	END AS trend,
	used.last_on AS last_used_on,
	asked.day - used.last_on AS days_since_use,
	coalesce(owned.products, 0)::integer AS products_owned,
	coalesce(owned.products_used, 0)::integer AS products_used,
	(owned.products_used::float8 / nullif(owned.products, 0)) AS breadth,
	used.share AS usage_share,
	used.users AS active_users,
	contract.seats::integer AS seats,
	used.users::float8 / nullif(contract.seats, 0) AS seat_use,
	CASE WHEN asked.is_measured THEN coalesce(used.days, 0) < asked.minimum_usage_days END AS is_little_used,
	CASE
		WHEN NOT asked.is_measured THEN 'nobody''s use is recorded'
		WHEN used.account_id IS NULL THEN 'pays, and no use was ever recorded'
		WHEN used.days = 0 THEN format('no use within policy.signal_window, the last on %s', to_char(used.last_on, 'YYYY-MM-DD'))
		WHEN used.days < asked.minimum_usage_days THEN 'fewer days of use than policy.minimum_usage_days'
	END AS reason
FROM account
CROSS JOIN (
	SELECT clientele.as_of_date() AS day,
		(clientele.as_of() AT TIME ZONE 'UTC' - coalesce(policy.signal_window, '30 days'))::date AS since,
		(clientele.as_of() AT TIME ZONE 'UTC' - 2 * coalesce(policy.signal_window, '30 days'))::date AS since_before,
		coalesce(policy.minimum_usage_days, 2) AS minimum_usage_days,
		coalesce(policy.usage_trend, 0.25) AS usage_trend,
		EXISTS (SELECT FROM usage WHERE usage.used_on <= clientele.as_of_date()) AS is_measured
	FROM (VALUES (1)) AS one (row)
	LEFT JOIN (SELECT signal_window, minimum_usage_days, usage_trend FROM policy LIMIT 1) AS policy ON true
) AS asked
LEFT JOIN LATERAL (
	SELECT usage.account_id,
		count(DISTINCT usage.used_on) FILTER (WHERE usage.used_on > asked.since) AS days,
		count(DISTINCT usage.used_on) FILTER (WHERE usage.used_on > asked.since_before AND usage.used_on <= asked.since) AS days_before,
		min(usage.used_on) AS first_on,
		max(usage.used_on) AS last_on,
		(sum(usage.quantity) FILTER (WHERE usage.used_on > asked.since AND usage.entitled_quantity > 0)
			/ nullif(sum(usage.entitled_quantity) FILTER (WHERE usage.used_on > asked.since AND usage.quantity IS NOT NULL), 0))::float8 AS share,
		max(usage.active_users) FILTER (WHERE usage.used_on > asked.since) AS users
	FROM usage
	WHERE usage.account_id = account.account_id
		AND usage.used_on <= asked.day
	GROUP BY usage.account_id
) AS used ON true
LEFT JOIN LATERAL (
	SELECT subscription.account_id,
		sum(subscription.seats) AS seats
	FROM subscription
	WHERE subscription.account_id = account.account_id
		AND coalesce(subscription.starts_on, '-infinity') <= asked.day
		AND (subscription.ends_on IS NULL OR subscription.ends_on >= asked.day)
		AND (subscription.cancelled_on IS NULL OR subscription.cancelled_on > asked.day)
	GROUP BY subscription.account_id
) AS contract ON true
LEFT JOIN LATERAL (
	-- what is subscribed to, or was bought, and what of that was used
	SELECT count(*) AS products,
		count(*) FILTER (WHERE EXISTS (
			SELECT
			FROM usage
			WHERE usage.account_id = account.account_id
				AND usage.product_id = thing.product_id
				AND usage.used_on > asked.since
				AND usage.used_on <= asked.day)) AS products_used
	FROM (
		SELECT purchase.product_id
		FROM purchase
		WHERE purchase.account_id = account.account_id
			AND purchase.purchased_at <= clientele.as_of()
			AND coalesce(purchase.amount, 0) >= 0
		UNION
		SELECT subscription.product_id
		FROM subscription
		WHERE subscription.account_id = account.account_id
			AND coalesce(subscription.starts_on, '-infinity') <= asked.day
			AND (subscription.ends_on IS NULL OR subscription.ends_on >= asked.day)
			AND (subscription.cancelled_on IS NULL OR subscription.cancelled_on > asked.day)
	) AS thing
	WHERE thing.product_id IS NOT NULL
) AS owned ON true
WHERE used.account_id IS NOT NULL
	OR contract.account_id IS NOT NULL;
COMMENT ON VIEW usage_signals IS
'Who uses what it bought, how much of it, and is that more or less than before? A row an account that used something or has a running subscription.';
COMMENT ON COLUMN usage_signals.account_id IS 'The account.';
COMMENT ON COLUMN usage_signals.name IS 'Its name.';
COMMENT ON COLUMN usage_signals.usage_days IS 'Days with any use within policy.signal_window.';
COMMENT ON COLUMN usage_signals.usage_days_before IS 'Days with any use within the window before that.';
COMMENT ON COLUMN usage_signals.change IS 'Change of the days of use, as a fraction of those before; NULL: none before.';
COMMENT ON COLUMN usage_signals.trend IS 'new, rising, steady, falling (by policy.usage_trend), stopped, back (used once, not in the window before), unused (in neither window); NULL: it never used anything.';
COMMENT ON COLUMN usage_signals.last_used_on IS 'The last day of use.';
COMMENT ON COLUMN usage_signals.days_since_use IS 'Days since then.';
COMMENT ON COLUMN usage_signals.products_owned IS 'Different products bought so far or subscribed to now.';
COMMENT ON COLUMN usage_signals.products_used IS 'How many of them were used within the window.';
COMMENT ON COLUMN usage_signals.breadth IS 'The share of them that was used, as a fraction.';
COMMENT ON COLUMN usage_signals.usage_share IS 'Use within the window as a fraction of what was paid for on those days; above 1: more than that.';
COMMENT ON COLUMN usage_signals.active_users IS 'The most people who used it on one day of the window.';
COMMENT ON COLUMN usage_signals.seats IS 'Users that the running subscriptions pay for.';
COMMENT ON COLUMN usage_signals.seat_use IS 'Active users as a fraction of the seats.';
COMMENT ON COLUMN usage_signals.is_little_used IS 'Whether it used it on fewer days than policy.minimum_usage_days: to be helped before anything is offered; NULL: nobody''s use is recorded.';
COMMENT ON COLUMN usage_signals.reason IS 'Why numbers are missing or low; NULL if all is well.';
