-- product_ownership: who owns what, and since when?
--
-- A row an account and product that it bought by clientele.as_of(), or to which
-- a subscription of its runs then. A subscription that has ended leaves nothing;
-- a refund is no purchase, and does not take a purchase back.
--
-- requires: purchase subscription product account
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW product_ownership WITH (security_invoker = true) AS
SELECT fact.account_id,
	account.name,
	fact.product_id,
	product.name AS product,
	fact.owned_since,
	fact.last_bought_on,
	fact.purchases::integer AS purchases,
	fact.subscriptions > 0 AS is_subscribed
FROM (
	SELECT part.account_id,
		part.product_id,
		min(part.day) AS owned_since,
		max(part.day) FILTER (WHERE NOT part.is_contract) AS last_bought_on,
		count(*) FILTER (WHERE NOT part.is_contract) AS purchases,
		count(*) FILTER (WHERE part.is_contract) AS subscriptions
	FROM (
		SELECT account_id, product_id, (purchased_at AT TIME ZONE 'UTC')::date AS day, false AS is_contract
		FROM purchase
		WHERE purchased_at <= clientele.as_of()
			AND coalesce(amount, 0) >= 0
			AND product_id IS NOT NULL
		UNION ALL
		SELECT account_id, product_id, starts_on AS day, true AS is_contract
		FROM subscription
		WHERE coalesce(starts_on, '-infinity') <= clientele.as_of_date()
			AND (ends_on IS NULL OR ends_on >= clientele.as_of_date())
			AND (cancelled_on IS NULL OR cancelled_on > clientele.as_of_date())
			AND product_id IS NOT NULL
	) AS part
	GROUP BY part.account_id, part.product_id
) AS fact
LEFT JOIN account ON account.account_id = fact.account_id
LEFT JOIN product ON product.product_id = fact.product_id;
COMMENT ON VIEW product_ownership IS
'Who owns what, and since when? A row an account and product.';
COMMENT ON COLUMN product_ownership.account_id IS 'The account.';
COMMENT ON COLUMN product_ownership.name IS 'Its name.';
COMMENT ON COLUMN product_ownership.product_id IS 'What it bought, or is subscribed to.';
COMMENT ON COLUMN product_ownership.product IS 'The product''s name.';
COMMENT ON COLUMN product_ownership.owned_since IS 'Day of the first purchase, or on which the running subscription began; NULL: it is not known.';
COMMENT ON COLUMN product_ownership.last_bought_on IS 'Day of the last purchase; NULL: it is subscribed to alone.';
COMMENT ON COLUMN product_ownership.purchases IS 'Number of purchases; refunds do not count.';
COMMENT ON COLUMN product_ownership.is_subscribed IS 'Whether a subscription to it runs.';
