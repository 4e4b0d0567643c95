-- entity: quote
-- reads: sale_order, sale_order_line, res_partner
CREATE VIEW quote WITH (security_invoker = true) AS
-- An order that was confirmed was a quote before, and was so on a past day.
SELECT line.id::text AS quote_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	line.product_id::text AS product_id,
	quoted.quoted_at,
	quoted.validity_date AS expires_on,
	round(line.price_subtotal / quoted.rate, 2) AS amount,
	quoted.status
FROM (
	SELECT NULL::text AS state,
		NULL::integer AS partner_id,
		NULL::timestamp AS create_date,
		NULL::timestamp AS date_order,
		NULL::date AS validity_date,
		NULL::numeric AS currency_rate,
		NULL::integer AS website_id
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		partner_id,
		-- date_order moves to the day of confirmation
		coalesce(create_date, date_order) AT TIME ZONE 'UTC' AS quoted_at,
		validity_date::date AS validity_date,
		coalesce(nullif(currency_rate, 0), 1)::numeric AS rate,
		CASE
			WHEN state = 'draft' AND website_id IS NOT NULL THEN 'basket'
			WHEN state = ANY (ARRAY['sale', 'done']) THEN 'accepted'
			WHEN state = 'cancel' THEN 'declined'
			ELSE state::text
		END AS status
	FROM :"source".sale_order
) AS quoted
JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::integer AS order_id,
			NULL::integer AS product_id,
			NULL::numeric AS price_subtotal,
			NULL::text AS display_type,
			NULL::boolean AS is_downpayment
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id, order_id, product_id, price_subtotal::numeric AS price_subtotal
		FROM :"source".sale_order_line
		WHERE display_type IS NULL
			AND is_downpayment IS NOT TRUE
	) AS each
	WHERE each.order_id = quoted.id
) AS line ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = quoted.partner_id
) AS partner ON true;
