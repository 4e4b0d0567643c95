-- discount_parity: do strangers pay less than customers for the same product?
--
-- A row a product with purchases in policy.parity_window up to
-- clientele.as_of() of which the list price is known (list_amount above 0,
-- amount not negative). The discount of a purchase is 1 - amount / list_amount,
-- so that quantities do not matter; that of several is weighted by list price. A
-- purchase is one of a new customer until policy.newcomer_window after the
-- account's first purchase of anything, and one of an existing customer then.
--
-- The test is that of Mann and Whitney, of the discounts of single purchases;
-- NULL with fewer purchases of either kind than policy.minimum_cases.
--
-- requires: purchase product policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW discount_parity WITH (security_invoker = true) AS
SELECT fact.product_id,
	product.name,
	fact.new_purchases::integer AS new_purchases,
	fact.existing_purchases::integer AS existing_purchases,
	fact.new_discount::float8 AS new_discount,
	fact.existing_discount::float8 AS existing_discount,
	(fact.new_discount - fact.existing_discount)::float8 AS difference,
	fact.new_median,
	fact.existing_median,
	round(fact.existing_list * (fact.new_discount - fact.existing_discount), 2) AS existing_overpaid,
	CASE WHEN fact.is_enough THEN (fact.test).effect END AS effect,
	CASE WHEN fact.is_enough THEN (fact.test).p_value END AS p_value,
	fact.unknown::integer AS purchases_skipped,
	CASE
		WHEN fact.new_purchases + fact.existing_purchases = 0 THEN 'no purchase with a known list price'
		WHEN fact.new_purchases = 0 THEN 'no purchase of a new customer'
		WHEN fact.existing_purchases = 0 THEN 'no purchase of an existing customer'
		WHEN NOT fact.is_enough THEN 'fewer purchases of either kind than policy.minimum_cases: no test'
		WHEN coalesce((fact.test).p_value, 1) >= 1 - fact.confidence THEN 'no difference that could not be luck'
	END AS reason
FROM (
	SELECT priced.product_id,
		priced.confidence,
		count(*) FILTER (WHERE priced.is_known AND priced.is_new) AS new_purchases,
		count(*) FILTER (WHERE priced.is_known AND NOT priced.is_new) AS existing_purchases,
		count(*) FILTER (WHERE NOT priced.is_known) AS unknown,
		1 - sum(priced.amount) FILTER (WHERE priced.is_known AND priced.is_new)
			/ sum(priced.list_amount) FILTER (WHERE priced.is_known AND priced.is_new) AS new_discount,
		1 - sum(priced.amount) FILTER (WHERE priced.is_known AND NOT priced.is_new)
			/ sum(priced.list_amount) FILTER (WHERE priced.is_known AND NOT priced.is_new) AS existing_discount,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY priced.discount) FILTER (WHERE priced.is_known AND priced.is_new) AS new_median,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY priced.discount) FILTER (WHERE priced.is_known AND NOT priced.is_new) AS existing_median,
		sum(priced.list_amount) FILTER (WHERE priced.is_known AND NOT priced.is_new) AS existing_list,
		least(count(*) FILTER (WHERE priced.is_known AND priced.is_new), count(*) FILTER (WHERE priced.is_known AND NOT priced.is_new))
			>= priced.minimum_cases AS is_enough,
		clientele.mann_whitney(priced.discount, priced.is_new) FILTER (WHERE priced.is_known) AS test
	FROM (
		SELECT purchase.product_id,
			purchase.amount,
			purchase.list_amount,
			coalesce(purchase.amount >= 0 AND purchase.list_amount > 0, false) AS is_known,
			(1 - purchase.amount / nullif(purchase.list_amount, 0))::float8 AS discount,
			coalesce(policy.confidence, 0.95) AS confidence,
			coalesce(policy.minimum_cases, 10) AS minimum_cases,
			purchase.purchased_at AT TIME ZONE 'UTC'
				< first.purchased_at AT TIME ZONE 'UTC' + coalesce(policy.newcomer_window, '1 day') AS is_new
		FROM purchase
		LEFT JOIN (SELECT confidence, minimum_cases, newcomer_window, parity_window FROM policy LIMIT 1) AS policy ON true
		CROSS JOIN LATERAL (
			-- an index tells it without reading the other purchases
			SELECT earlier.purchased_at
			FROM purchase AS earlier
			WHERE earlier.account_id = purchase.account_id
				AND earlier.purchased_at <= purchase.purchased_at
				AND coalesce(earlier.amount, 0) >= 0
			ORDER BY earlier.purchased_at
			LIMIT 1
		) AS first
		WHERE purchase.product_id IS NOT NULL
			AND purchase.purchased_at <= clientele.as_of()
			AND purchase.purchased_at > (clientele.as_of() AT TIME ZONE 'UTC' - coalesce(policy.parity_window, '12 months')) AT TIME ZONE 'UTC'
			AND coalesce(purchase.amount, 0) >= 0
	) AS priced
	GROUP BY priced.product_id, priced.confidence, priced.minimum_cases
) AS fact
LEFT JOIN product ON product.product_id = fact.product_id;
COMMENT ON VIEW discount_parity IS
'Do strangers pay less than customers for the same product, and what did that cost the customers? A row a product.';
COMMENT ON COLUMN discount_parity.product_id IS 'The product.';
COMMENT ON COLUMN discount_parity.name IS 'Its name.';
COMMENT ON COLUMN discount_parity.new_purchases IS 'Number of purchases of new customers in policy.parity_window whose list price is known.';
COMMENT ON COLUMN discount_parity.existing_purchases IS 'Number of those of existing customers.';
COMMENT ON COLUMN discount_parity.new_discount IS 'Discount of new customers, as a fraction of the list price, weighted by it; below 0 they paid more than the list price.';
COMMENT ON COLUMN discount_parity.existing_discount IS 'Discount of existing customers, likewise.';
COMMENT ON COLUMN discount_parity.difference IS 'new_discount - existing_discount, a fraction of the list price: above 0 strangers pay less than customers.';
COMMENT ON COLUMN discount_parity.new_median IS 'Median discount of the purchases of new customers, a fraction.';
COMMENT ON COLUMN discount_parity.existing_median IS 'Median discount of the purchases of existing customers, a fraction.';
COMMENT ON COLUMN discount_parity.existing_overpaid IS 'What existing customers would have saved with the discount of new ones, in the currency of the workspace; below 0: what they would have paid more.';
COMMENT ON COLUMN discount_parity.effect IS 'Probability that a new customer has a greater discount than an existing one, from 0 to 1; 0.5: no difference.';
COMMENT ON COLUMN discount_parity.p_value IS 'How likely at least such a difference is by luck alone (Mann-Whitney, two-sided).';
COMMENT ON COLUMN discount_parity.purchases_skipped IS 'Number of purchases whose list price or amount is not known.';
COMMENT ON COLUMN discount_parity.reason IS 'Why a number is NULL, or how to read it; NULL if there is a difference that is hardly luck.';
