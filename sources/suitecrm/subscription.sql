-- entity: subscription
-- reads: aos_contracts, aos_products_quotes
CREATE VIEW subscription WITH (security_invoker = true) AS
-- the value of the contract spread over its days; a month has 30.4375
SELECT here.subscription_id,
	here.account_id,
	line.product_id,
	here.starts_on,
	here.ends_on,
	NULL::date AS cancelled_on,
	round(here.value * 30.4375 / nullif(here.ends_on - here.starts_on + 1, 0), 2) AS monthly_amount,
	NULL::integer AS seats
FROM (
	SELECT NULL::text AS contract_account_id,
		NULL::text AS status,
		NULL::date AS start_date,
		NULL::date AS end_date,
		NULL::date AS customer_signed_date,
		NULL::numeric AS total_contract_value,
		NULL::numeric AS total_contract_value_usdollar,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS subscription_id,
		contract_account_id::text AS account_id,
		start_date::date AS starts_on,
		CASE WHEN end_date::date >= coalesce(start_date::date, end_date::date) THEN end_date::date END AS ends_on,
		coalesce(total_contract_value_usdollar, total_contract_value)::numeric AS value
	FROM :"source".aos_contracts
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND contract_account_id::text <> ''
		AND (coalesce(status::text, '') <> 'Not Started' OR customer_signed_date IS NOT NULL)
) AS here
LEFT JOIN LATERAL (
	-- of several products none
	SELECT CASE WHEN count(DISTINCT each.product_id) = 1 THEN min(each.product_id) END AS product_id
	FROM (SELECT NULL::text AS parent_type, NULL::text AS parent_id, NULL::text AS product_id, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT parent_type::text AS parent_type, parent_id::text AS parent_id, nullif(nullif(product_id::text, ''), '0') AS product_id
		FROM :"source".aos_products_quotes
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.parent_type = 'AOS_Contracts' AND each.parent_id = here.subscription_id
) AS line ON true;
