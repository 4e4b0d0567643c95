-- entity: subscription
-- reads: sale_subscription_plan, sale_order (subscription_state), sale_order_line, product_product, product_template, res_partner
CREATE VIEW subscription WITH (security_invoker = true) AS
-- orders that recur, of release 17 and later (not in the community's edition)
SELECT line.id::text AS subscription_id,
	partner.commercial_partner_id::text AS account_id,
	line.product_id::text AS product_id,
	ordered.starts_on,
	CASE WHEN ordered.ends_on >= ordered.starts_on THEN ordered.ends_on END AS ends_on,
	ordered.cancelled_on,
	round(line.price_subtotal / ordered.rate / plan.months, 2) AS monthly_amount,
	NULL::integer AS seats
FROM (
	SELECT NULL::text AS state,
		NULL::text AS subscription_state,
		NULL::boolean AS is_subscription,
		NULL::integer AS partner_id,
		NULL::integer AS plan_id,
		NULL::date AS start_date,
		NULL::date AS end_date,
		NULL::date AS next_invoice_date,
		NULL::timestamp AS date_order,
		NULL::numeric AS currency_rate
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		partner_id,
		plan_id,
		coalesce(start_date, date_order::date) AS starts_on,
		CASE WHEN subscription_state = '5_renewed' THEN coalesce(end_date, next_invoice_date - 1) ELSE end_date END AS ends_on,
		CASE WHEN subscription_state = '6_churn' THEN coalesce(end_date, next_invoice_date) END AS cancelled_on,
		coalesce(nullif(currency_rate, 0), 1)::numeric AS rate
	FROM :"source".sale_order
	WHERE state = ANY (ARRAY['sale', 'done'])
		AND is_subscription IS NOT FALSE
		AND subscription_state = ANY (ARRAY['3_progress', '4_paused', '5_renewed', '6_churn'])
) AS ordered
JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::integer AS order_id,
			NULL::integer AS product_id,
			NULL::numeric AS price_subtotal,
			NULL::text AS display_type,
			NULL::boolean AS recurring_invoice
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id, order_id, product_id, price_subtotal::numeric AS price_subtotal, recurring_invoice
		FROM :"source".sale_order_line
		WHERE display_type IS NULL
	) AS each
	WHERE each.order_id = ordered.id
) AS line ON true
LEFT JOIN LATERAL (
	SELECT template.recurs
	FROM (SELECT NULL::integer AS product_tmpl_id, NULL::boolean AS recurring_invoice) AS absent_3
	CROSS JOIN LATERAL (SELECT id, product_tmpl_id FROM :"source".product_product) AS variant
	CROSS JOIN LATERAL (SELECT id, recurring_invoice AS recurs FROM :"source".product_template) AS template
	WHERE variant.id = line.product_id AND template.id = variant.product_tmpl_id
) AS product ON true
LEFT JOIN LATERAL (
	SELECT each.months
	FROM (SELECT NULL::integer AS billing_period_value, NULL::text AS billing_period_unit) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id,
			-- a month is 30.4375 days
			nullif(billing_period_value, 0) * CASE billing_period_unit
				WHEN 'day' THEN 1 / 30.4375 WHEN 'week' THEN 7 / 30.4375 WHEN 'month' THEN 1 WHEN 'year' THEN 12
			END AS months
		FROM :"source".sale_subscription_plan
	) AS each
	WHERE each.id = ordered.plan_id
) AS plan ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_5
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = ordered.partner_id
) AS partner ON true
WHERE coalesce(line.recurring_invoice, product.recurs, true);

-- entity: subscription
-- reads: sale_subscription, sale_subscription_line, sale_subscription_template, sale_subscription_stage, res_partner
CREATE VIEW subscription WITH (security_invoker = true) AS
-- the community's subscription_oca, and Odoo's own module up to release 15
SELECT line.id::text AS subscription_id,
	partner.commercial_partner_id::text AS account_id,
	line.product_id::text AS product_id,
	here.starts_on,
	CASE WHEN here.ends_on >= coalesce(here.starts_on, here.ends_on) THEN here.ends_on END AS ends_on,
	-- the day of closing is not kept: no later than the last change
	CASE WHEN stage.is_closed AND coalesce(here.ends_on > here.changed_on, true) THEN here.changed_on END AS cancelled_on,
	round(line.price_subtotal / template.months, 2) AS monthly_amount,
	NULL::integer AS seats
FROM (
	SELECT NULL::integer AS partner_id,
		NULL::integer AS template_id,
		NULL::integer AS stage_id,
		NULL::date AS date_start,
		NULL::date AS date,
		NULL::boolean AS active,
		NULL::timestamp AS write_date
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		partner_id,
		template_id,
		stage_id,
		date_start::date AS starts_on,
		date::date AS ends_on,
		write_date::date AS changed_on
	FROM :"source".sale_subscription
	WHERE active IS NOT FALSE
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::integer AS sale_subscription_id,
			NULL::integer AS analytic_account_id,
			NULL::integer AS product_id,
			NULL::numeric AS price_subtotal
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id,
			coalesce(sale_subscription_id, analytic_account_id) AS subscription,
			product_id,
			price_subtotal::numeric AS price_subtotal
		FROM :"source".sale_subscription_line
	) AS each
	WHERE each.subscription = here.id
) AS line ON true
LEFT JOIN LATERAL (
	SELECT each.months
	FROM (SELECT NULL::integer AS recurring_interval, NULL::text AS recurring_rule_type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			nullif(recurring_interval, 0) * CASE
				WHEN recurring_rule_type IN ('days', 'daily') THEN 1 / 30.4375
				WHEN recurring_rule_type IN ('weeks', 'weekly') THEN 7 / 30.4375
				WHEN recurring_rule_type IN ('months', 'monthly') THEN 1
				WHEN recurring_rule_type IN ('years', 'yearly') THEN 12
			END AS months
		FROM :"source".sale_subscription_template
	) AS each
	WHERE each.id = here.template_id
) AS template ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS type, NULL::text AS category) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id,
			type = 'post' OR category = 'closed' AS is_closed,
			coalesce(type = ANY (ARRAY['draft', 'pre']) OR category = 'draft', false) AS is_draft
		FROM :"source".sale_subscription_stage
	) AS each
	WHERE each.id = here.stage_id
) AS stage ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_5
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = here.partner_id
) AS partner ON true
WHERE stage.is_draft IS NOT TRUE;

-- entity: subscription
-- reads: contract_contract, contract_line, res_partner
CREATE VIEW subscription WITH (security_invoker = true) AS
-- the community's module contract
SELECT line.id::text AS subscription_id,
	partner.commercial_partner_id::text AS account_id,
	line.product_id::text AS product_id,
	line.starts_on,
	CASE WHEN line.ends_on >= coalesce(line.starts_on, line.ends_on) THEN line.ends_on END AS ends_on,
	here.terminated_on AS cancelled_on,
	round(line.amount / CASE coalesce(line.rule, here.rule)
		WHEN 'daily' THEN 1 / 30.4375
		WHEN 'weekly' THEN 7 / 30.4375
		WHEN 'monthly' THEN 1
		WHEN 'monthlylastday' THEN 1
		WHEN 'quarterly' THEN 3
		WHEN 'semesterly' THEN 6
		WHEN 'yearly' THEN 12
	END / coalesce(line.times, here.times, 1), 2) AS monthly_amount,
	NULL::integer AS seats
FROM (
	SELECT NULL::integer AS partner_id,
		NULL::text AS contract_type,
		NULL::boolean AS active,
		NULL::boolean AS is_terminated,
		NULL::date AS terminate_date,
		NULL::text AS recurring_rule_type,
		NULL::integer AS recurring_interval
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		partner_id,
		CASE WHEN is_terminated THEN terminate_date END AS terminated_on,
		recurring_rule_type::text AS rule,
		nullif(recurring_interval, 0) AS times
	FROM :"source".contract_contract
	WHERE active IS NOT FALSE
		AND contract_type IS DISTINCT FROM 'purchase'
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::integer AS contract_id,
			NULL::integer AS product_id,
			NULL::date AS date_start,
			NULL::date AS date_end,
			NULL::numeric AS quantity,
			NULL::numeric AS price_unit,
			NULL::numeric AS discount,
			NULL::boolean AS is_canceled,
			NULL::text AS display_type,
			NULL::text AS recurring_rule_type,
			NULL::integer AS recurring_interval
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id,
			contract_id,
			product_id,
			date_start::date AS starts_on,
			date_end::date AS ends_on,
			(quantity * price_unit * (1 - coalesce(discount, 0) / 100))::numeric AS amount,
			recurring_rule_type::text AS rule,
			nullif(recurring_interval, 0) AS times
		FROM :"source".contract_line
		WHERE is_canceled IS NOT TRUE
			AND display_type IS NULL
	) AS each
	WHERE each.contract_id = here.id
) AS line ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = here.partner_id
) AS partner ON true;
