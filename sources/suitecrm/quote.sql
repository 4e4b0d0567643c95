-- entity: quote
-- reads: aos_quotes, aos_products_quotes, accounts, contacts
CREATE VIEW quote WITH (security_invoker = true) AS
SELECT coalesce(line.line_id, here.quote_id) AS quote_id,
	account.account_id,
	person.contact_id,
	line.product_id,
	here.quoted_at,
	here.expires_on,
	round(CASE WHEN line.line_id IS NULL THEN here.amount ELSE line.amount END, 2) AS amount,
	here.status
FROM (
	SELECT NULL::text AS billing_account_id,
		NULL::text AS billing_contact_id,
		NULL::timestamp AS date_entered,
		NULL::date AS expiration,
		NULL::text AS stage,
		NULL::numeric AS subtotal_amount,
		NULL::numeric AS subtotal_amount_usdollar,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS quote_id,
		billing_account_id::text AS account_ref,
		billing_contact_id::text AS contact_ref,
		to_timestamp(extract(epoch FROM date_entered)) AS quoted_at,
		expiration::date AS expires_on,
		coalesce(subtotal_amount_usdollar, subtotal_amount)::numeric AS amount,
		CASE stage::text WHEN 'Closed Accepted' THEN 'accepted' WHEN 'Closed Lost' THEN 'declined' WHEN 'Closed Dead' THEN 'declined' WHEN 'Delivered' THEN 'sent' ELSE lower(nullif(stage::text, '')) END AS status
	FROM :"source".aos_quotes
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS account_id
		FROM :"source".accounts
	) AS each
	WHERE each.account_id = here.account_ref
) AS account ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS contact_id
		FROM :"source".contacts
	) AS each
	WHERE each.contact_id = here.contact_ref
) AS person ON true
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
	WHERE each.parent_type = 'AOS_Quotes' AND each.parent_id = here.quote_id
) AS line ON true;
