-- entity: purchase
-- reads: aos_invoices, aos_products_quotes
CREATE VIEW purchase WITH (security_invoker = true) AS
-- lines of invoices, before tax; an invoice without lines by its sum
SELECT coalesce(line.line_id, here.invoice_id) AS purchase_id,
	here.account_id,
	here.purchased_at,
	round(CASE WHEN line.line_id IS NULL THEN here.amount ELSE line.amount END, 2) AS amount,
	round(line.cost, 2) AS cost,
	line.product_id,
	round(line.list_amount, 2) AS list_amount
FROM (
	SELECT NULL::text AS billing_account_id,
		NULL::date AS invoice_date,
		NULL::timestamp AS date_entered,
		NULL::text AS status,
		NULL::numeric AS subtotal_amount,
		NULL::numeric AS subtotal_amount_usdollar,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS invoice_id,
		billing_account_id::text AS account_id,
		coalesce(invoice_date::timestamp AT TIME ZONE 'UTC', to_timestamp(extract(epoch FROM date_entered))) AS purchased_at,
		coalesce(subtotal_amount_usdollar, subtotal_amount)::numeric AS amount
	FROM :"source".aos_invoices
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND billing_account_id::text <> ''
		AND coalesce(status::text, '') <> 'Cancelled'
) AS here
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::text AS parent_type,
			NULL::text AS parent_id,
			NULL::text AS product_id,
			NULL::numeric AS product_qty,
			NULL::numeric AS product_total_price,
			NULL::numeric AS product_total_price_usdollar,
			NULL::numeric AS product_list_price,
			NULL::numeric AS product_list_price_usdollar,
			NULL::numeric AS product_cost_price,
			NULL::numeric AS product_cost_price_usdollar,
			NULL::text AS deleted
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS line_id,
			parent_type::text AS parent_type,
			parent_id::text AS parent_id,
			nullif(nullif(product_id::text, ''), '0') AS product_id,
			coalesce(product_total_price_usdollar, product_total_price)::numeric AS amount,
			(coalesce(product_list_price_usdollar, product_list_price) * product_qty)::numeric AS list_amount,
			(coalesce(product_cost_price_usdollar, product_cost_price) * product_qty)::numeric AS cost
		FROM :"source".aos_products_quotes
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.parent_type = 'AOS_Invoices' AND each.parent_id = here.invoice_id
) AS line ON true;
