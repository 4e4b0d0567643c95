-- customer_value: what is each customer worth, is it still alive, and how sure
-- is that?
--
-- A row an account with a purchase up to clientele.as_of(). The numbers rest on
-- the latest model of table model that was fitted as of then or earlier, to the
-- account's segment if policy.model_segment makes such and there is one; horizon,
-- discount rate, margin and confidence are those of policy. Where a number is
-- NULL, reason says why.
--
-- requires: account purchase policy model
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW customer_value WITH (security_invoker = true) AS
SELECT fact.account_id,
	account.name,
	fact.first_purchased_on,
	fact.last_purchased_on,
	clientele.as_of_date() - fact.last_purchased_on AS days_since_last_purchase,
	clientele.frequency(fact.rfm) AS frequency,
	clientele.recency(fact.rfm)::integer AS recency,
	clientele.age(fact.rfm)::integer AS age,
	round(clientele.monetary_value(fact.rfm)::numeric, 2) AS monetary_value,
	fact.revenue,
	clientele.p_alive(fitted.purchases, fact.rfm) AS p_alive,
	clientele.expected_purchases(fitted.purchases, fact.rfm, policy.horizon) AS expected_purchases,
	round(clientele.expected_spend(fitted.spend, fact.rfm)::numeric, 2) AS expected_spend,
	round(clientele.clv(fitted.purchases, fitted.spend, fact.rfm, policy.horizon, policy.annual_rate, policy.margin)::numeric, 2) AS clv,
	round((sure.clv_interval).low::numeric, 2) AS clv_low,
	round((sure.clv_interval).high::numeric, 2) AS clv_high,
	fitted.family AS model,
	fitted.model_id,
	fitted.as_of AS model_as_of,
	fact.skipped::integer AS purchases_skipped,
	CASE
		WHEN fact.rfm IS NULL THEN 'no purchase with a known day and amount'
		WHEN policy.horizon IS NULL THEN 'policy has no row'
		WHEN fitted.model_id IS NULL THEN coalesce(
			(
				SELECT model.reason
				FROM model
				WHERE model.as_of <= clientele.as_of() AND model.segment = 'all'
				ORDER BY model.as_of DESC
				LIMIT 1
			), 'no model as of this moment: CALL clientele.refresh_workspace')
		ELSE fitted.reason
	END AS reason
FROM (
	SELECT account_id,
		sum(amount) AS revenue,
		clientele.rfm(clientele.purchase_history(purchased_at, amount), clientele.as_of_date()) AS rfm,
		clientele.first_purchase(clientele.purchase_history(purchased_at, amount)) AS first_purchased_on,
		clientele.last_purchase(clientele.purchase_history(purchased_at, amount)) AS last_purchased_on,
		clientele.skipped(clientele.purchase_history(purchased_at, amount)) AS skipped,
		count(*) FILTER (WHERE coalesce(amount, 0) >= 0) AS purchases
	FROM purchase
	WHERE purchased_at <= clientele.as_of()
		AND account_id IS NOT NULL
	GROUP BY account_id
) AS fact
LEFT JOIN account ON account.account_id = fact.account_id
LEFT JOIN (SELECT horizon, annual_rate, margin, confidence, model_segment FROM policy LIMIT 1) AS policy ON true
LEFT JOIN (
	SELECT model_id, as_of, family, purchases, spend, reason
	FROM model
	WHERE as_of <= clientele.as_of()
		AND segment = 'all'
		AND status = ANY (ARRAY['ok', 'boundary', 'given'])
	ORDER BY as_of DESC
	LIMIT 1
) AS whole ON true
LEFT JOIN (
	SELECT DISTINCT ON (segment) segment, model_id, as_of, family, purchases, spend, reason
	FROM model
	WHERE as_of <= clientele.as_of()
		AND segment <> 'all'
		AND status = ANY (ARRAY['ok', 'given'])
	ORDER BY segment, as_of DESC
) AS special ON special.segment = policy.model_segment || ': ' ||
	CASE policy.model_segment WHEN 'industry' THEN account.industry WHEN 'country' THEN account.country WHEN 'territory' THEN account.territory END
CROSS JOIN LATERAL (
	-- the model of its segment, if that has one
	SELECT coalesce(special.model_id, whole.model_id) AS model_id,
		coalesce(special.as_of, whole.as_of) AS as_of,
		coalesce(special.family, whole.family) AS family,
		coalesce(special.purchases, whole.purchases) AS purchases,
		coalesce(special.spend, whole.spend) AS spend,
		CASE WHEN special.model_id IS NULL THEN whole.reason ELSE special.reason END AS reason
) AS fitted
CROSS JOIN LATERAL (
	-- once for both of its ends, and not at all where neither is asked for
	SELECT clientele.clv_interval(fitted.purchases, fitted.spend, fact.rfm, policy.horizon, policy.annual_rate, policy.margin, policy.confidence) AS clv_interval
	OFFSET 0
) AS sure
WHERE fact.purchases > 0;
COMMENT ON VIEW customer_value IS
'What is each customer worth over policy.horizon, is it still alive, and how sure is that? A row a customer.';
COMMENT ON COLUMN customer_value.account_id IS 'The account.';
COMMENT ON COLUMN customer_value.name IS 'Its name.';
COMMENT ON COLUMN customer_value.first_purchased_on IS 'Day of its first purchase (UTC).';
COMMENT ON COLUMN customer_value.last_purchased_on IS 'Day of its last purchase (UTC).';
COMMENT ON COLUMN customer_value.days_since_last_purchase IS 'Days since then.';
COMMENT ON COLUMN customer_value.frequency IS 'Repeat purchases: days with a purchase after the first such day.';
COMMENT ON COLUMN customer_value.recency IS 'Days from the first to the last purchase.';
COMMENT ON COLUMN customer_value.age IS 'Days since the first purchase.';
COMMENT ON COLUMN customer_value.monetary_value IS 'Mean revenue of a repeat purchase day, refunds taken off, in the currency of the workspace; 0 without a repeat purchase.';
COMMENT ON COLUMN customer_value.revenue IS 'Revenue so far, refunds taken off, in the currency of the workspace.';
COMMENT ON COLUMN customer_value.p_alive IS 'Probability that it is still a customer, from 0 to 1.';
COMMENT ON COLUMN customer_value.expected_purchases IS 'Purchase days to expect within policy.horizon.';
COMMENT ON COLUMN customer_value.expected_spend IS 'Revenue to expect of one of them, in the currency of the workspace.';
COMMENT ON COLUMN customer_value.clv IS 'Value of the coming policy.horizon: expected purchases times expected spend, discounted at policy.annual_rate, times policy.margin, in the currency of the workspace.';
COMMENT ON COLUMN customer_value.clv_low IS 'Lower end of the interval of clv that comes from the uncertainty of the model''s parameters, at policy.confidence. The customer''s own luck comes on top.';
COMMENT ON COLUMN customer_value.clv_high IS 'Its upper end.';
COMMENT ON COLUMN customer_value.model IS 'Family of the model used.';
COMMENT ON COLUMN customer_value.model_id IS 'The model used, in table model.';
COMMENT ON COLUMN customer_value.model_as_of IS 'The moment as of which that model was fitted.';
COMMENT ON COLUMN customer_value.purchases_skipped IS 'Rows of this account that could not be used for want of an amount.';
COMMENT ON COLUMN customer_value.reason IS 'Why a number is NULL, or to be read with care; NULL if all is well.';
