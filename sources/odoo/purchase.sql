-- entity: purchase
-- reads: sale_order, sale_order_line, res_partner, account_move, account_move_line, sale_order_line_invoice_rel
CREATE VIEW purchase WITH (security_invoker = true) AS
-- lines of confirmed orders, on the day of confirmation
SELECT 'sale.order.line,' || line.id AS purchase_id,
	partner.commercial_partner_id::text AS account_id,
	ordered.purchased_at,
	round(line.price_subtotal / ordered.rate, 2) AS amount,
	round(line.purchase_price * line.product_uom_qty / ordered.rate, 2) AS cost,
	line.product_id::text AS product_id,
	-- before the discount of the line; a line given for nothing at its unit price
	round(CASE WHEN line.discount < 100 THEN line.price_subtotal / (1 - line.discount / 100) ELSE line.price_unit * line.product_uom_qty END
		/ ordered.rate, 2) AS list_amount
FROM (SELECT NULL::text AS state, NULL::integer AS partner_id, NULL::timestamp AS date_order, NULL::numeric AS currency_rate) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		partner_id,
		date_order AT TIME ZONE 'UTC' AS purchased_at,
		-- of the order's currency to the company's
		coalesce(nullif(currency_rate, 0), 1)::numeric AS rate
	FROM :"source".sale_order
	WHERE state = ANY (ARRAY['sale', 'done'])
) AS ordered
JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::integer AS order_id,
			NULL::integer AS product_id,
			NULL::numeric AS price_subtotal,
			NULL::numeric AS price_unit,
			NULL::numeric AS purchase_price,
			NULL::numeric AS product_uom_qty,
			NULL::numeric AS discount,
			NULL::text AS display_type,
			NULL::boolean AS is_downpayment
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id,
			order_id,
			product_id,
			price_subtotal::numeric AS price_subtotal,
			price_unit::numeric AS price_unit,
			purchase_price::numeric AS purchase_price,
			product_uom_qty::numeric AS product_uom_qty,
			coalesce(discount, 0)::numeric AS discount
		FROM :"source".sale_order_line
		-- neither headings and notes nor payments in advance
		WHERE display_type IS NULL
			AND is_downpayment IS NOT TRUE
	) AS each
	WHERE each.order_id = ordered.id
) AS line ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id) AS absent_3
	CROSS JOIN LATERAL (SELECT id, commercial_partner_id FROM :"source".res_partner) AS each
	WHERE each.id = ordered.partner_id
) AS partner ON true
UNION ALL
-- Lines of posted invoices and credit notes that belong to no order. A credit
-- note of an order counts while the order stands for more than was invoiced:
-- not when it was invoiced again, or the order cut down.
SELECT 'account.move.line,' || line.id AS purchase_id,
	partner.commercial_partner_id::text AS account_id,
	move.purchased_at,
	-- in the company's currency; revenue is a credit
	round(-line.balance, 2) AS amount,
	NULL AS cost,
	line.product_id::text AS product_id,
	CASE WHEN line.discount < 100 THEN round(-line.balance / (1 - line.discount / 100), 2) END AS list_amount
FROM (
	SELECT NULL::text AS move_type,
		NULL::text AS state,
		NULL::integer AS partner_id,
		NULL::date AS invoice_date
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		partner_id,
		move_type,
		invoice_date::timestamp AT TIME ZONE 'UTC' AS purchased_at
	FROM :"source".account_move
	WHERE state = 'posted'
		AND move_type = ANY (ARRAY['out_invoice', 'out_refund', 'out_receipt'])
) AS move
JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::integer AS move_id,
			NULL::integer AS product_id,
			NULL::numeric AS balance,
			NULL::numeric AS discount,
			NULL::text AS display_type,
			NULL::boolean AS exclude_from_invoice_tab
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id,
			move_id,
			product_id,
			balance::numeric AS balance,
			coalesce(discount, 0)::numeric AS discount
		FROM :"source".account_move_line
		-- not taxes, terms of payment, headings and notes
		WHERE (display_type = 'product' OR display_type IS NULL)
			AND exclude_from_invoice_tab IS NOT TRUE
	) AS each
	WHERE each.move_id = move.id
) AS line ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id) AS absent_3
	CROSS JOIN LATERAL (SELECT id, commercial_partner_id FROM :"source".res_partner) AS each
	WHERE each.id = move.partner_id
) AS partner ON true
WHERE NOT EXISTS (
	SELECT
	FROM :"source".sale_order_line_invoice_rel AS rel
	JOIN LATERAL (
		SELECT each.*
		FROM (
			SELECT NULL::integer AS order_id,
				NULL::numeric AS qty_invoiced,
				NULL::numeric AS product_uom_qty
		) AS absent_4
		CROSS JOIN LATERAL (SELECT id, order_id, qty_invoiced < product_uom_qty AS is_open FROM :"source".sale_order_line) AS each
		WHERE each.id = rel.order_line_id
	) AS origin ON true
	LEFT JOIN LATERAL (
		SELECT each.*
		FROM (SELECT NULL::text AS state) AS absent_5
		CROSS JOIN LATERAL (SELECT id, state = ANY (ARRAY['sale', 'done']) AS is_confirmed FROM :"source".sale_order) AS each
		WHERE each.id = origin.order_id
	) AS origin_order ON true
	WHERE rel.invoice_line_id = line.id
		AND NOT (move.move_type = 'out_refund' AND origin.is_open IS NOT FALSE AND origin_order.is_confirmed));

-- entity: purchase
-- reads: sale_order, sale_order_line, res_partner
CREATE VIEW purchase WITH (security_invoker = true) AS
-- lines of confirmed orders, on the day of confirmation
SELECT 'sale.order.line,' || line.id AS purchase_id,
	partner.commercial_partner_id::text AS account_id,
	ordered.purchased_at,
	round(line.price_subtotal / ordered.rate, 2) AS amount,
	round(line.purchase_price * line.product_uom_qty / ordered.rate, 2) AS cost,
	line.product_id::text AS product_id,
	round(CASE WHEN line.discount < 100 THEN line.price_subtotal / (1 - line.discount / 100) ELSE line.price_unit * line.product_uom_qty END
		/ ordered.rate, 2) AS list_amount
FROM (SELECT NULL::text AS state, NULL::integer AS partner_id, NULL::timestamp AS date_order, NULL::numeric AS currency_rate) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		partner_id,
		date_order AT TIME ZONE 'UTC' AS purchased_at,
		coalesce(nullif(currency_rate, 0), 1)::numeric AS rate
	FROM :"source".sale_order
	WHERE state = ANY (ARRAY['sale', 'done'])
) AS ordered
JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::integer AS order_id,
			NULL::integer AS product_id,
			NULL::numeric AS price_subtotal,
			NULL::numeric AS price_unit,
			NULL::numeric AS purchase_price,
			NULL::numeric AS product_uom_qty,
			NULL::numeric AS discount,
			NULL::text AS display_type,
			NULL::boolean AS is_downpayment
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id,
			order_id,
			product_id,
			price_subtotal::numeric AS price_subtotal,
			price_unit::numeric AS price_unit,
			purchase_price::numeric AS purchase_price,
			product_uom_qty::numeric AS product_uom_qty,
			coalesce(discount, 0)::numeric AS discount
		FROM :"source".sale_order_line
		WHERE display_type IS NULL
			AND is_downpayment IS NOT TRUE
	) AS each
	WHERE each.order_id = ordered.id
) AS line ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id) AS absent_3
	CROSS JOIN LATERAL (SELECT id, commercial_partner_id FROM :"source".res_partner) AS each
	WHERE each.id = ordered.partner_id
) AS partner ON true;
