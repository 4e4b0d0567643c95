-- Odoo: its own PostgreSQL database, read in place (releases 14 to 19, and the
-- community's modules for subscriptions, contracts and helpdesk where they are).
--
-- What is worth knowing:
-- An account is a commercial partner (a company, or a person who belongs to
-- none); a contact is a person, not an address for invoices or deliveries.
-- Partners of colleagues and of one's own companies are neither. An archived
-- contact is there, with is_active false; an archived account is not.
-- Times are UTC without a time zone. Translated names are a text before release
-- 16 and JSON by language since.
-- A lead and the opportunity that it becomes are one row of crm_lead. A lost
-- one is archived with probability 0; archived with another one is put away.
-- A done activity is deleted; what it leaves is a message.
-- Ids are numbers there and text here: where one account is read often, an index
-- helps, such as CREATE INDEX ON res_partner ((id::text)) and on
-- ((commercial_partner_id::text)).
--
-- Not in Odoo: usage, referral, verification, program_cost, contact_employment.
--
-- To run by hand: SET search_path = your_schema, clientele; \set source public

-- entity: account
-- reads: res_partner, res_users, res_company, res_country, res_partner_industry, crm_team
CREATE VIEW account WITH (security_invoker = true) AS
SELECT here.account_id,
	here.name,
	industry.name AS industry,
	here.employees,
	here.annual_revenue,
	country.name AS country,
	team.name AS territory,
	here.user_id::text AS owner_id,
	here.parent_id::text AS parent_account_id,
	here.is_key_account,
	here.created_at
FROM (
	SELECT NULL::text AS name,
		NULL::integer AS commercial_partner_id,
		NULL::integer AS parent_id,
		NULL::integer AS industry_id,
		NULL::integer AS country_id,
		NULL::integer AS team_id,
		NULL::integer AS user_id,
		NULL::boolean AS active,
		-- of the community's partner_employee_quantity and partner_capital
		NULL::integer AS employee_quantity,
		NULL::float8 AS turnover_amount,
		NULL::timestamp AS create_date
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS account_id,
		name::text AS name,
		parent_id,
		industry_id,
		country_id,
		team_id,
		user_id,
		employee_quantity::integer AS employees,
		nullif(turnover_amount, 0)::numeric AS annual_revenue,
		NULL::boolean AS is_key_account,
		create_date AT TIME ZONE 'UTC' AS created_at
	FROM :"source".res_partner
	WHERE coalesce(commercial_partner_id, id) = id
		AND active IS NOT FALSE
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::integer AS partner_id) AS absent_0,
				LATERAL (SELECT partner_id AS partner FROM :"source".res_company) AS own
			WHERE own.partner = res_partner.id)
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::integer AS partner_id, NULL::boolean AS share) AS absent_2,
				LATERAL (SELECT partner_id AS partner, share AS is_guest FROM :"source".res_users) AS users
			WHERE users.partner = res_partner.id AND users.is_guest IS NOT TRUE)
) AS here
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_3,
		LATERAL (SELECT id, name AS name FROM :"source".res_partner_industry) AS named
	WHERE named.id = here.industry_id
) AS industry ON true
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_4,
		LATERAL (SELECT id, name AS name FROM :"source".res_country) AS named
	WHERE named.id = here.country_id
) AS country ON true
LEFT JOIN LATERAL (
	SELECT users.sale_team_id
	FROM (SELECT NULL::integer AS sale_team_id) AS absent_5,
		LATERAL (SELECT id, sale_team_id AS sale_team_id FROM :"source".res_users) AS users
	WHERE users.id = here.user_id
) AS seller ON true
LEFT JOIN LATERAL (
	-- the account's team, else the one of its salesperson
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_6,
		LATERAL (SELECT id, name AS name FROM :"source".crm_team) AS named
	WHERE named.id = coalesce(here.team_id, seller.sale_team_id)
) AS team ON true;

-- entity: contact
-- reads: res_partner, res_users, res_company, mail_blacklist
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.contact_id,
	here.account_id,
	here.name,
	here.email,
	here.phone,
	here.title,
	NULL::text AS role,
	NULL::text AS seniority,
	NULL::text AS department,
	here.is_active,
	EXISTS (
		SELECT
		FROM (SELECT NULL::text AS email, NULL::boolean AS active) AS absent_2,
			LATERAL (SELECT email AS address, active AS is_listed FROM :"source".mail_blacklist) AS listed
		WHERE listed.address = here.address AND listed.is_listed IS NOT FALSE) AS do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (
	SELECT NULL::text AS name,
		NULL::text AS email,
		NULL::text AS email_normalized,
		NULL::text AS phone,
		NULL::text AS mobile,
		NULL::text AS function,
		NULL::text AS type,
		NULL::boolean AS is_company,
		NULL::boolean AS active,
		NULL::integer AS commercial_partner_id,
		NULL::timestamp AS create_date
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS contact_id,
		commercial_partner_id::text AS account_id,
		name::text AS name,
		email::text AS email,
		coalesce(email_normalized, lower(btrim(email))) AS address,
		coalesce(nullif(phone, ''), nullif(mobile, ''))::text AS phone,
		function::text AS title,
		active IS NOT FALSE AS is_active,
		create_date AT TIME ZONE 'UTC' AS created_at
	FROM :"source".res_partner
	WHERE is_company IS NOT TRUE
		AND coalesce(type, 'contact') = 'contact'
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::integer AS partner_id) AS absent_0,
				LATERAL (SELECT partner_id AS partner FROM :"source".res_company) AS own
			WHERE own.partner = res_partner.id)
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::integer AS partner_id, NULL::boolean AS share) AS absent_3,
				LATERAL (SELECT partner_id AS partner, share AS is_guest FROM :"source".res_users) AS users
			WHERE users.partner = res_partner.id AND users.is_guest IS NOT TRUE)
) AS here;

-- entity: owner
-- reads: res_users, res_partner, crm_team, crm_team_member
CREATE VIEW owner WITH (security_invoker = true) AS
SELECT here.owner_id,
	person.name,
	member.territory,
	member.capacity
FROM (SELECT NULL::integer AS partner_id, NULL::boolean AS share, NULL::boolean AS active) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		id::text AS owner_id,
		partner_id
	FROM :"source".res_users
	WHERE share IS NOT TRUE
		AND active IS NOT FALSE
) AS here
LEFT JOIN LATERAL (
	SELECT named.name
	FROM (SELECT NULL::text AS name) AS absent_2,
		LATERAL (SELECT id, name::text AS name FROM :"source".res_partner) AS named
	WHERE named.id = here.partner_id
) AS person ON true
LEFT JOIN LATERAL (
	SELECT (array_agg(coalesce(to_jsonb(team.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(team.name), '$.*') #>> '{}', to_jsonb(team.name) #>> '{}')
			ORDER BY teams.id))[1] AS territory,
		-- Odoo's is of 30 days
		round(sum(nullif(teams.assignment_max, 0)) * 7 / 30.0)::integer AS capacity
	FROM (SELECT NULL::integer AS user_id, NULL::integer AS crm_team_id, NULL::integer AS assignment_max, NULL::boolean AS active) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			user_id,
			crm_team_id,
			assignment_max,
			active IS NOT FALSE AS is_member
		FROM :"source".crm_team_member
	) AS teams
	LEFT JOIN LATERAL (
		SELECT named.name
		FROM (SELECT NULL::text AS name) AS absent_4,
			LATERAL (SELECT id, name AS name FROM :"source".crm_team) AS named
		WHERE named.id = teams.crm_team_id
	) AS team ON true
	WHERE teams.user_id = here.id
		AND teams.is_member
) AS member ON true;

-- entity: product
-- reads: product_product, product_template, product_category
CREATE VIEW product WITH (security_invoker = true) AS
SELECT here.product_id,
	-- several variants share a template's name; their codes tell them apart
	CASE WHEN here.default_code <> '' THEN '[' || here.default_code || '] ' ELSE '' END || template.name AS name,
	category.name AS category,
	NULL::text AS tier,
	NULL::date AS launched_on,
	NULL::text AS prerequisite_product_id,
	NULL::text[] AS countries
FROM (SELECT NULL::integer AS product_tmpl_id, NULL::text AS default_code, NULL::boolean AS active) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS product_id,
		product_tmpl_id,
		coalesce(default_code, '')::text AS default_code
	FROM :"source".product_product
	WHERE active IS NOT FALSE
) AS here
JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name,
		named.categ_id
	FROM (SELECT NULL::text AS name, NULL::integer AS categ_id, NULL::boolean AS sale_ok) AS absent_2,
		LATERAL (SELECT id, name AS name, categ_id AS categ_id, sale_ok IS NOT FALSE AS is_sold FROM :"source".product_template) AS named
	WHERE named.id = here.product_tmpl_id
		AND named.is_sold
) AS template ON true
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_3,
		LATERAL (SELECT id, name AS name FROM :"source".product_category) AS named
	WHERE named.id = template.categ_id
) AS category ON true;

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
		WHERE coalesce(display_type, 'product') = 'product'
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

-- entity: lead
-- reads: crm_lead, crm_stage, utm_source, res_partner
CREATE VIEW lead WITH (security_invoker = true) AS
-- what is a lead, and what was one before it became an opportunity
SELECT here.lead_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	here.company,
	here.name,
	here.email,
	source.name AS source,
	CASE WHEN here.is_lost THEN 'lost' ELSE stage.name END AS status,
	here.owner_id,
	here.created_at,
	here.converted_at
FROM (
	SELECT NULL::text AS type,
		NULL::boolean AS active,
		NULL::float8 AS probability,
		NULL::integer AS partner_id,
		NULL::text AS partner_name,
		NULL::text AS contact_name,
		NULL::text AS email_from,
		NULL::integer AS source_id,
		NULL::integer AS stage_id,
		NULL::integer AS user_id,
		NULL::timestamp AS create_date,
		NULL::timestamp AS date_conversion
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS lead_id,
		partner_id,
		partner_name::text AS company,
		contact_name::text AS name,
		email_from::text AS email,
		source_id,
		stage_id,
		active IS FALSE AS is_lost,
		user_id::text AS owner_id,
		create_date AT TIME ZONE 'UTC' AS created_at,
		CASE WHEN type = 'opportunity' THEN date_conversion AT TIME ZONE 'UTC' END AS converted_at
	FROM :"source".crm_lead
	WHERE (type = 'lead' OR date_conversion IS NOT NULL)
		AND (active IS NOT FALSE OR probability = 0)
) AS here
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = here.partner_id
) AS partner ON true
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_3,
		LATERAL (SELECT id, name AS name FROM :"source".utm_source) AS named
	WHERE named.id = here.source_id
) AS source ON true
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_4,
		LATERAL (SELECT id, name AS name FROM :"source".crm_stage) AS named
	WHERE named.id = here.stage_id
) AS stage ON true;

-- entity: opportunity
-- reads: crm_lead, crm_stage, res_partner, sale_order
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	here.lead_id,
	-- of who had ordered before it is not known what kind it is
	CASE
		WHEN NOT EXISTS (
			SELECT
			FROM (SELECT NULL::integer AS partner_id, NULL::text AS state, NULL::timestamp AS date_order) AS absent_4
			CROSS JOIN LATERAL (
				SELECT partner_id,
					date_order AT TIME ZONE 'UTC' AS ordered_at
				FROM :"source".sale_order
				WHERE state = ANY (ARRAY['sale', 'done'])
			) AS ordered
			CROSS JOIN LATERAL (SELECT NULL::integer AS commercial_partner_id) AS absent_5
			CROSS JOIN LATERAL (SELECT id, commercial_partner_id FROM :"source".res_partner) AS buyer
			WHERE buyer.id = ordered.partner_id
				AND buyer.commercial_partner_id = partner.commercial_partner_id
				AND ordered.ordered_at < here.opened_at) THEN 'new'
	END AS kind,
	NULL::text AS product_id,
	stage.name AS stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	CASE WHEN here.is_lost OR stage.is_won THEN here.closed_at END AS closed_at,
	CASE WHEN here.is_lost THEN false WHEN stage.is_won THEN true END AS is_won
FROM (
	SELECT NULL::text AS type,
		NULL::boolean AS active,
		NULL::float8 AS probability,
		NULL::integer AS partner_id,
		NULL::integer AS stage_id,
		NULL::integer AS user_id,
		-- expected_revenue was planned_revenue before release 14
		NULL::numeric AS expected_revenue,
		NULL::numeric AS planned_revenue,
		NULL::timestamp AS create_date,
		NULL::timestamp AS write_date,
		NULL::timestamp AS date_conversion,
		NULL::timestamp AS date_closed,
		NULL::timestamp AS date_last_stage_update
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS opportunity_id,
		CASE WHEN date_conversion IS NOT NULL THEN id::text END AS lead_id,
		partner_id,
		stage_id,
		active IS NOT FALSE AS is_active,
		active IS FALSE AND probability = 0 AS is_lost,
		coalesce(expected_revenue, planned_revenue)::numeric AS amount,
		user_id::text AS owner_id,
		coalesce(date_conversion, create_date) AT TIME ZONE 'UTC' AS opened_at,
		coalesce(date_closed, date_last_stage_update, write_date) AT TIME ZONE 'UTC' AS closed_at
	FROM :"source".crm_lead
	WHERE type = 'opportunity'
) AS here
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name,
		named.is_won
	FROM (SELECT NULL::text AS name, NULL::boolean AS is_won) AS absent_2,
		LATERAL (SELECT id, name AS name, is_won AS is_won FROM :"source".crm_stage) AS named
	WHERE named.id = here.stage_id
) AS stage ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = here.partner_id
) AS partner ON true
-- archived, but neither lost nor won: put away
WHERE here.is_active OR here.is_lost OR stage.is_won;

-- entity: opportunity
-- reads: crm_lead, crm_stage, res_partner
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	here.lead_id,
	NULL::text AS kind,
	NULL::text AS product_id,
	stage.name AS stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	CASE WHEN here.is_lost OR stage.is_won THEN here.closed_at END AS closed_at,
	CASE WHEN here.is_lost THEN false WHEN stage.is_won THEN true END AS is_won
FROM (
	SELECT NULL::text AS type,
		NULL::boolean AS active,
		NULL::float8 AS probability,
		NULL::integer AS partner_id,
		NULL::integer AS stage_id,
		NULL::integer AS user_id,
		-- expected_revenue was planned_revenue before release 14
		NULL::numeric AS expected_revenue,
		NULL::numeric AS planned_revenue,
		NULL::timestamp AS create_date,
		NULL::timestamp AS write_date,
		NULL::timestamp AS date_conversion,
		NULL::timestamp AS date_closed,
		NULL::timestamp AS date_last_stage_update
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS opportunity_id,
		CASE WHEN date_conversion IS NOT NULL THEN id::text END AS lead_id,
		partner_id,
		stage_id,
		active IS NOT FALSE AS is_active,
		active IS FALSE AND probability = 0 AS is_lost,
		coalesce(expected_revenue, planned_revenue)::numeric AS amount,
		user_id::text AS owner_id,
		coalesce(date_conversion, create_date) AT TIME ZONE 'UTC' AS opened_at,
		coalesce(date_closed, date_last_stage_update, write_date) AT TIME ZONE 'UTC' AS closed_at
	FROM :"source".crm_lead
	WHERE type = 'opportunity'
) AS here
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name,
		named.is_won
	FROM (SELECT NULL::text AS name, NULL::boolean AS is_won) AS absent_2,
		LATERAL (SELECT id, name AS name, is_won AS is_won FROM :"source".crm_stage) AS named
	WHERE named.id = here.stage_id
) AS stage ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = here.partner_id
) AS partner ON true
-- archived, but neither lost nor won: put away
WHERE here.is_active OR here.is_lost OR stage.is_won;

-- entity: opportunity_stage
-- reads: crm_lead, crm_stage, mail_message, mail_tracking_value, ir_model_fields
CREATE VIEW opportunity_stage WITH (security_invoker = true) AS
-- Changes of stage are tracked with a message; stages bear their present names.
SELECT here.id::text AS opportunity_id,
	coalesce(stage.name, change.new_value_char) AS stage,
	change.changed_at AS entered_at
FROM (
	SELECT NULL::text AS type,
		NULL::boolean AS active,
		NULL::float8 AS probability,
		NULL::integer AS stage_id,
		NULL::timestamp AS create_date
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		stage_id,
		active IS FALSE AND probability = 0 AS is_lost,
		active IS NOT FALSE AS is_active,
		create_date AT TIME ZONE 'UTC' AS created_at
	FROM :"source".crm_lead
	WHERE type = 'opportunity'
) AS here
LEFT JOIN LATERAL (
	SELECT each.is_won
	FROM (SELECT NULL::boolean AS is_won) AS absent_6,
		LATERAL (SELECT id, is_won AS is_won FROM :"source".crm_stage) AS each
	WHERE each.id = here.stage_id
) AS standing ON true
JOIN LATERAL (
	SELECT message.changed_at, tracked.new_value_integer, tracked.new_value_char
	FROM (
		SELECT NULL::integer AS mail_message_id,
			-- field before release 17
			NULL::integer AS field_id,
			NULL::integer AS field,
			NULL::integer AS old_value_integer,
			NULL::text AS old_value_char,
			NULL::integer AS new_value_integer,
			NULL::text AS new_value_char
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id,
			mail_message_id,
			coalesce(field_id, field) AS field,
			old_value_integer,
			old_value_char::text AS old_value_char,
			new_value_integer,
			new_value_char::text AS new_value_char
		FROM :"source".mail_tracking_value
	) AS tracked
	CROSS JOIN (SELECT NULL::text AS model, NULL::integer AS res_id, NULL::timestamp AS date) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id, model::text AS model, res_id, date AT TIME ZONE 'UTC' AS changed_at
		FROM :"source".mail_message
	) AS message
	WHERE message.id = tracked.mail_message_id
		AND message.model = 'crm.lead'
		AND message.res_id = here.id
		AND tracked.field IN (SELECT id FROM :"source".ir_model_fields WHERE model = 'crm.lead' AND name = 'stage_id')
) AS change ON true
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_4,
		LATERAL (SELECT id, name AS name FROM :"source".crm_stage) AS named
	WHERE named.id = change.new_value_integer
) AS stage ON true
WHERE (here.is_active OR here.is_lost OR standing.is_won)
	AND coalesce(stage.name, change.new_value_char) <> ''
UNION ALL
-- and the one in which it began: before the first change, or the present one
SELECT here.id::text AS opportunity_id,
	coalesce(stage.name, change.old_value_char) AS stage,
	here.created_at AS entered_at
FROM (
	SELECT NULL::text AS type,
		NULL::boolean AS active,
		NULL::float8 AS probability,
		NULL::integer AS stage_id,
		NULL::timestamp AS create_date
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		stage_id,
		active IS FALSE AND probability = 0 AS is_lost,
		active IS NOT FALSE AS is_active,
		create_date AT TIME ZONE 'UTC' AS created_at
	FROM :"source".crm_lead
	WHERE type = 'opportunity'
) AS here
LEFT JOIN LATERAL (
	SELECT each.is_won
	FROM (SELECT NULL::boolean AS is_won) AS absent_6,
		LATERAL (SELECT id, is_won AS is_won FROM :"source".crm_stage) AS each
	WHERE each.id = here.stage_id
) AS standing ON true
LEFT JOIN LATERAL (
	SELECT tracked.old_value_integer, tracked.old_value_char
	FROM (
		SELECT NULL::integer AS mail_message_id,
			-- field before release 17
			NULL::integer AS field_id,
			NULL::integer AS field,
			NULL::integer AS old_value_integer,
			NULL::text AS old_value_char,
			NULL::integer AS new_value_integer,
			NULL::text AS new_value_char
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id,
			mail_message_id,
			coalesce(field_id, field) AS field,
			old_value_integer,
			old_value_char::text AS old_value_char,
			new_value_integer,
			new_value_char::text AS new_value_char
		FROM :"source".mail_tracking_value
	) AS tracked
	CROSS JOIN (SELECT NULL::text AS model, NULL::integer AS res_id, NULL::timestamp AS date) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id, model::text AS model, res_id, date AT TIME ZONE 'UTC' AS changed_at
		FROM :"source".mail_message
	) AS message
	WHERE message.id = tracked.mail_message_id
		AND message.model = 'crm.lead'
		AND message.res_id = here.id
		AND tracked.field IN (SELECT id FROM :"source".ir_model_fields WHERE model = 'crm.lead' AND name = 'stage_id')
	ORDER BY message.changed_at, tracked.id
	LIMIT 1
) AS change ON true
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_4,
		LATERAL (SELECT id, name AS name FROM :"source".crm_stage) AS named
	WHERE named.id = CASE WHEN change IS NULL THEN here.stage_id ELSE change.old_value_integer END
) AS stage ON true
WHERE (here.is_active OR here.is_lost OR standing.is_won)
	AND coalesce(stage.name, change.old_value_char) <> '';

-- entity: touchpoint
-- reads: mail_message, mail_message_res_partner_rel, mail_notification, mail_message_subtype, mail_activity_type
-- reads: calendar_event, calendar_attendee, crm_lead, res_partner, res_users, mailing_trace
CREATE VIEW touchpoint WITH (security_invoker = true) AS
WITH colleague AS (
	SELECT users.partner_id, min(users.id)::text AS owner_id
	FROM (SELECT NULL::integer AS partner_id, NULL::boolean AS share) AS absent
	CROSS JOIN LATERAL (
		SELECT id, partner_id
		FROM :"source".res_users
		WHERE share IS NOT TRUE
	) AS users
	GROUP BY users.partner_id
)
-- sent messages, to those to whom they were written, not to followers and people in copy
SELECT 'mail.message,' || message.id || ',' || partner.id AS touchpoint_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	lead.lead_id,
	message.sent_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	-- whether it was read is not known
	CASE WHEN notification.notification_status = ANY (ARRAY['bounce', 'exception']) THEN 'bounced' ELSE 'attempted' END AS outcome,
	message.purpose,
	author.owner_id,
	NULL::numeric AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS message_type,
		NULL::text AS model,
		NULL::integer AS res_id,
		NULL::timestamp AS date,
		NULL::integer AS author_id,
		NULL::integer AS subtype_id,
		NULL::boolean AS is_internal
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		message_type::text AS message_type,
		model::text AS model,
		res_id,
		date AT TIME ZONE 'UTC' AS sent_at,
		author_id,
		subtype_id,
		CASE
			WHEN model = ANY (ARRAY['crm.lead', 'sale.order']) THEN 'sales'
			WHEN model = ANY (ARRAY['helpdesk.ticket', 'account.move', 'project.task', 'stock.picking']) THEN 'service'
		END AS purpose
	FROM :"source".mail_message
	-- what people wrote: no notices of the system, no notes for colleagues
	WHERE message_type = ANY (ARRAY['comment', 'email'])
		AND is_internal IS NOT TRUE
) AS message
JOIN colleague AS author ON author.partner_id = message.author_id
JOIN :"source".mail_message_res_partner_rel AS recipient ON recipient.mail_message_id = message.id
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = recipient.res_partner_id
) AS partner ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS type, NULL::timestamp AS date_conversion, NULL::integer AS partner_id) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id,
			CASE WHEN type = 'lead' OR date_conversion IS NOT NULL THEN id::text END AS lead_id,
			partner_id
		FROM :"source".crm_lead
	) AS each
	WHERE message.model = 'crm.lead' AND each.id = message.res_id
) AS lead ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::integer AS mail_message_id,
			NULL::integer AS res_partner_id,
			NULL::text AS notification_type,
			NULL::text AS notification_status
	) AS absent_5
	CROSS JOIN LATERAL (
		SELECT mail_message_id,
			res_partner_id,
			notification_type::text AS notification_type,
			notification_status::text AS notification_status
		FROM :"source".mail_notification
	) AS each
	WHERE each.mail_message_id = message.id AND each.res_partner_id = recipient.res_partner_id
) AS notification ON true
WHERE NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id)
	AND notification.notification_status IS DISTINCT FROM 'canceled'
	AND NOT EXISTS (
		SELECT
		FROM (SELECT NULL::boolean AS internal) AS absent_9,
			LATERAL (SELECT id, internal AS is_note FROM :"source".mail_message_subtype) AS subtype
		WHERE subtype.id = message.subtype_id AND subtype.is_note)
UNION ALL
-- one that names nobody outside went to those to whom it was e-mailed
SELECT 'mail.message,' || message.id || ',' || partner.id AS touchpoint_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	lead.lead_id,
	message.sent_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	CASE WHEN notification.notification_status = ANY (ARRAY['bounce', 'exception']) THEN 'bounced' ELSE 'attempted' END AS outcome,
	message.purpose,
	author.owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM (
	SELECT NULL::text AS message_type,
		NULL::text AS model,
		NULL::integer AS res_id,
		NULL::timestamp AS date,
		NULL::integer AS author_id,
		NULL::integer AS subtype_id,
		NULL::boolean AS is_internal
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		message_type::text AS message_type,
		model::text AS model,
		res_id,
		date AT TIME ZONE 'UTC' AS sent_at,
		author_id,
		subtype_id,
		CASE
			WHEN model = ANY (ARRAY['crm.lead', 'sale.order']) THEN 'sales'
			WHEN model = ANY (ARRAY['helpdesk.ticket', 'account.move', 'project.task', 'stock.picking']) THEN 'service'
		END AS purpose
	FROM :"source".mail_message
	-- what people wrote: no notices of the system, no notes for colleagues
	WHERE message_type = ANY (ARRAY['comment', 'email'])
		AND is_internal IS NOT TRUE
) AS message
JOIN colleague AS author ON author.partner_id = message.author_id
JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::integer AS mail_message_id,
			NULL::integer AS res_partner_id,
			NULL::text AS notification_type,
			NULL::text AS notification_status
	) AS absent_5
	CROSS JOIN LATERAL (
		SELECT mail_message_id,
			res_partner_id,
			notification_type::text AS notification_type,
			notification_status::text AS notification_status
		FROM :"source".mail_notification
	) AS each
	WHERE each.mail_message_id = message.id AND each.notification_type = 'email'
) AS notification ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = notification.res_partner_id
) AS partner ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS type, NULL::timestamp AS date_conversion, NULL::integer AS partner_id) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id,
			CASE WHEN type = 'lead' OR date_conversion IS NOT NULL THEN id::text END AS lead_id,
			partner_id
		FROM :"source".crm_lead
	) AS each
	WHERE message.model = 'crm.lead' AND each.id = message.res_id
) AS lead ON true
WHERE NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id)
	AND notification.notification_status IS DISTINCT FROM 'canceled'
	AND NOT EXISTS (
		SELECT
		FROM :"source".mail_message_res_partner_rel AS recipient
		WHERE recipient.mail_message_id = message.id
			AND NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = recipient.res_partner_id))
	AND NOT EXISTS (
		SELECT
		FROM (SELECT NULL::boolean AS internal) AS absent_9,
			LATERAL (SELECT id, internal AS is_note FROM :"source".mail_message_subtype) AS subtype
		WHERE subtype.id = message.subtype_id AND subtype.is_note)
UNION ALL
-- messages that came in
SELECT 'mail.message,' || message.id || ',' || partner.id AS touchpoint_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	lead.lead_id,
	message.sent_at AS occurred_at,
	CASE WHEN message.model = ANY (ARRAY['mail.channel', 'discuss.channel']) THEN 'chat' ELSE 'email' END AS channel,
	'inbound' AS direction,
	'replied' AS outcome,
	message.purpose,
	NULL AS owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM (
	SELECT NULL::text AS message_type,
		NULL::text AS model,
		NULL::integer AS res_id,
		NULL::timestamp AS date,
		NULL::integer AS author_id,
		NULL::integer AS subtype_id,
		NULL::boolean AS is_internal
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		message_type::text AS message_type,
		model::text AS model,
		res_id,
		date AT TIME ZONE 'UTC' AS sent_at,
		author_id,
		subtype_id,
		CASE
			WHEN model = ANY (ARRAY['crm.lead', 'sale.order']) THEN 'sales'
			WHEN model = ANY (ARRAY['helpdesk.ticket', 'account.move', 'project.task', 'stock.picking']) THEN 'service'
		END AS purpose
	FROM :"source".mail_message
	-- what people wrote: no notices of the system, no notes for colleagues
	WHERE message_type = ANY (ARRAY['comment', 'email'])
		AND is_internal IS NOT TRUE
) AS message
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = message.author_id
) AS partner ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS type, NULL::timestamp AS date_conversion, NULL::integer AS partner_id) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id,
			CASE WHEN type = 'lead' OR date_conversion IS NOT NULL THEN id::text END AS lead_id,
			partner_id
		FROM :"source".crm_lead
	) AS each
	WHERE message.model = 'crm.lead' AND each.id = message.res_id
) AS lead ON true
WHERE NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id)
	AND NOT EXISTS (
		SELECT
		FROM (SELECT NULL::boolean AS internal) AS absent_9,
			LATERAL (SELECT id, internal AS is_note FROM :"source".mail_message_subtype) AS subtype
		WHERE subtype.id = message.subtype_id AND subtype.is_note)
UNION ALL
-- and those to a lead from an address that is no partner's
SELECT 'mail.message,' || message.id AS touchpoint_id,
	NULL AS account_id,
	NULL AS contact_id,
	lead.lead_id,
	message.sent_at AS occurred_at,
	'email' AS channel,
	'inbound' AS direction,
	'replied' AS outcome,
	message.purpose,
	NULL AS owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM (
	SELECT NULL::text AS message_type,
		NULL::text AS model,
		NULL::integer AS res_id,
		NULL::timestamp AS date,
		NULL::integer AS author_id,
		NULL::integer AS subtype_id,
		NULL::boolean AS is_internal
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		message_type::text AS message_type,
		model::text AS model,
		res_id,
		date AT TIME ZONE 'UTC' AS sent_at,
		author_id,
		subtype_id,
		CASE
			WHEN model = ANY (ARRAY['crm.lead', 'sale.order']) THEN 'sales'
			WHEN model = ANY (ARRAY['helpdesk.ticket', 'account.move', 'project.task', 'stock.picking']) THEN 'service'
		END AS purpose
	FROM :"source".mail_message
	-- what people wrote: no notices of the system, no notes for colleagues
	WHERE message_type = ANY (ARRAY['comment', 'email'])
		AND is_internal IS NOT TRUE
) AS message
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS type, NULL::timestamp AS date_conversion, NULL::integer AS partner_id) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id,
			CASE WHEN type = 'lead' OR date_conversion IS NOT NULL THEN id::text END AS lead_id,
			partner_id
		FROM :"source".crm_lead
	) AS each
	WHERE message.model = 'crm.lead' AND each.id = message.res_id
) AS lead ON true
WHERE message.author_id IS NULL
	AND message.message_type = 'email'
	AND lead.lead_id IS NOT NULL
	AND NOT EXISTS (
		SELECT
		FROM (SELECT NULL::boolean AS internal) AS absent_9,
			LATERAL (SELECT id, internal AS is_note FROM :"source".mail_message_subtype) AS subtype
		WHERE subtype.id = message.subtype_id AND subtype.is_note)
UNION ALL
-- calls that were marked as done
SELECT 'mail.message,' || message.id || ',' || partner.id AS touchpoint_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	lead.lead_id,
	message.sent_at AS occurred_at,
	'phone' AS channel,
	'outbound' AS direction,
	'connected' AS outcome,
	CASE WHEN message.model = 'crm.lead' THEN 'sales' END AS purpose,
	author.owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM (
	SELECT NULL::text AS model,
		NULL::integer AS res_id,
		NULL::timestamp AS date,
		NULL::integer AS author_id,
		NULL::integer AS mail_activity_type_id
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		model::text AS model,
		res_id,
		date AT TIME ZONE 'UTC' AS sent_at,
		author_id,
		mail_activity_type_id
	FROM :"source".mail_message
	WHERE model = ANY (ARRAY['res.partner', 'crm.lead'])
) AS message
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS category) AS absent_2
	CROSS JOIN LATERAL (SELECT id, category::text AS category FROM :"source".mail_activity_type) AS each
	WHERE each.id = message.mail_activity_type_id AND each.category = 'phonecall'
) AS activity ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS type, NULL::timestamp AS date_conversion, NULL::integer AS partner_id) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id,
			CASE WHEN type = 'lead' OR date_conversion IS NOT NULL THEN id::text END AS lead_id,
			partner_id
		FROM :"source".crm_lead
	) AS each
	WHERE message.model = 'crm.lead' AND each.id = message.res_id
) AS lead ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = CASE WHEN message.model = 'res.partner' THEN message.res_id ELSE lead.partner_id END
) AS partner ON true
LEFT JOIN colleague AS author ON author.partner_id = message.author_id
WHERE NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id)
UNION ALL
-- Meetings, for each who was invited and did not decline. Whether one came is
-- not recorded; a meeting that did not take place is archived or deleted.
SELECT 'calendar.event,' || event.id || ',' || partner.id AS touchpoint_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	lead.lead_id,
	event.starts_at AS occurred_at,
	'meeting' AS channel,
	'outbound' AS direction,
	CASE WHEN event.is_missed THEN 'attempted' ELSE 'attended' END AS outcome,
	CASE WHEN event.opportunity_id IS NOT NULL THEN 'sales' END AS purpose,
	event.owner_id,
	event.duration_minutes,
	NULL AS program_id
FROM (
	SELECT NULL::timestamp AS start,
		NULL::timestamp AS stop,
		NULL::boolean AS allday,
		NULL::boolean AS active,
		NULL::integer AS user_id,
		NULL::integer AS opportunity_id,
		-- of the appointments of release 18
		NULL::text AS appointment_status
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		start AT TIME ZONE 'UTC' AS starts_at,
		CASE WHEN allday IS NOT TRUE AND stop >= start THEN round(extract(epoch FROM stop - start) / 60, 2) END AS duration_minutes,
		user_id::text AS owner_id,
		opportunity_id,
		coalesce(appointment_status = 'no_show', false) AS is_missed
	FROM :"source".calendar_event
	WHERE active IS NOT FALSE
		AND coalesce(appointment_status, '') <> ALL (ARRAY['cancelled', 'request'])
) AS event
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS event_id, NULL::integer AS partner_id, NULL::text AS state) AS absent_2
	CROSS JOIN LATERAL (
		SELECT event_id, partner_id
		FROM :"source".calendar_attendee
		WHERE state IS DISTINCT FROM 'declined'
	) AS each
	WHERE each.event_id = event.id
) AS attendee ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = attendee.partner_id
) AS partner ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS type, NULL::timestamp AS date_conversion, NULL::integer AS partner_id) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id,
			CASE WHEN type = 'lead' OR date_conversion IS NOT NULL THEN id::text END AS lead_id,
			partner_id
		FROM :"source".crm_lead
	) AS each
	WHERE each.id = event.opportunity_id
) AS lead ON true
WHERE NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id)
UNION ALL
-- mailings
SELECT 'mailing.trace,' || trace.id AS touchpoint_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	lead.lead_id,
	trace.sent_at AS occurred_at,
	trace.channel,
	'outbound' AS direction,
	trace.outcome,
	'nurture' AS purpose,
	NULL AS owner_id,
	NULL AS duration_minutes,
	trace.campaign_id::text AS program_id
FROM (
	SELECT NULL::text AS trace_type,
		NULL::text AS model,
		NULL::integer AS res_id,
		NULL::text AS trace_status,
		-- state before release 15
		NULL::text AS state,
		NULL::timestamp AS sent_datetime,
		NULL::timestamp AS sent,
		NULL::integer AS campaign_id
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		model::text AS model,
		res_id,
		coalesce(sent_datetime, sent) AT TIME ZONE 'UTC' AS sent_at,
		CASE WHEN trace_type = 'sms' THEN 'sms' ELSE 'email' END AS channel,
		CASE coalesce(trace_status, state)
			WHEN 'reply' THEN 'replied'
			WHEN 'replied' THEN 'replied'
			WHEN 'open' THEN 'opened'
			WHEN 'opened' THEN 'opened'
			WHEN 'bounce' THEN 'bounced'
			WHEN 'bounced' THEN 'bounced'
			WHEN 'error' THEN 'bounced'
			WHEN 'exception' THEN 'bounced'
			ELSE 'attempted'
		END AS outcome,
		campaign_id
	FROM :"source".mailing_trace
	WHERE coalesce(sent_datetime, sent) IS NOT NULL
		AND model = ANY (ARRAY['res.partner', 'crm.lead'])
) AS trace
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS type, NULL::timestamp AS date_conversion, NULL::integer AS partner_id) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id,
			CASE WHEN type = 'lead' OR date_conversion IS NOT NULL THEN id::text END AS lead_id,
			partner_id
		FROM :"source".crm_lead
	) AS each
	WHERE trace.model = 'crm.lead' AND each.id = trace.res_id
) AS lead ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = CASE WHEN trace.model = 'res.partner' THEN trace.res_id ELSE lead.partner_id END
) AS partner ON true
WHERE (partner.id IS NULL OR NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id))
	AND (partner.id IS NOT NULL OR lead.lead_id IS NOT NULL);

-- entity: touchpoint
-- reads: mail_message, mail_message_res_partner_rel, mail_notification, mail_message_subtype, mail_activity_type
-- reads: calendar_event, calendar_attendee, crm_lead, res_partner, res_users
CREATE VIEW touchpoint WITH (security_invoker = true) AS
WITH colleague AS (
	SELECT users.partner_id, min(users.id)::text AS owner_id
	FROM (SELECT NULL::integer AS partner_id, NULL::boolean AS share) AS absent
	CROSS JOIN LATERAL (
		SELECT id, partner_id
		FROM :"source".res_users
		WHERE share IS NOT TRUE
	) AS users
	GROUP BY users.partner_id
)
-- sent messages, to those to whom they were written, not to followers and people in copy
SELECT 'mail.message,' || message.id || ',' || partner.id AS touchpoint_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	lead.lead_id,
	message.sent_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	-- whether it was read is not known
	CASE WHEN notification.notification_status = ANY (ARRAY['bounce', 'exception']) THEN 'bounced' ELSE 'attempted' END AS outcome,
	message.purpose,
	author.owner_id,
	NULL::numeric AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS message_type,
		NULL::text AS model,
		NULL::integer AS res_id,
		NULL::timestamp AS date,
		NULL::integer AS author_id,
		NULL::integer AS subtype_id,
		NULL::boolean AS is_internal
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		message_type::text AS message_type,
		model::text AS model,
		res_id,
		date AT TIME ZONE 'UTC' AS sent_at,
		author_id,
		subtype_id,
		CASE
			WHEN model = ANY (ARRAY['crm.lead', 'sale.order']) THEN 'sales'
			WHEN model = ANY (ARRAY['helpdesk.ticket', 'account.move', 'project.task', 'stock.picking']) THEN 'service'
		END AS purpose
	FROM :"source".mail_message
	-- what people wrote: no notices of the system, no notes for colleagues
	WHERE message_type = ANY (ARRAY['comment', 'email'])
		AND is_internal IS NOT TRUE
) AS message
JOIN colleague AS author ON author.partner_id = message.author_id
JOIN :"source".mail_message_res_partner_rel AS recipient ON recipient.mail_message_id = message.id
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = recipient.res_partner_id
) AS partner ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS type, NULL::timestamp AS date_conversion, NULL::integer AS partner_id) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id,
			CASE WHEN type = 'lead' OR date_conversion IS NOT NULL THEN id::text END AS lead_id,
			partner_id
		FROM :"source".crm_lead
	) AS each
	WHERE message.model = 'crm.lead' AND each.id = message.res_id
) AS lead ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::integer AS mail_message_id,
			NULL::integer AS res_partner_id,
			NULL::text AS notification_type,
			NULL::text AS notification_status
	) AS absent_5
	CROSS JOIN LATERAL (
		SELECT mail_message_id,
			res_partner_id,
			notification_type::text AS notification_type,
			notification_status::text AS notification_status
		FROM :"source".mail_notification
	) AS each
	WHERE each.mail_message_id = message.id AND each.res_partner_id = recipient.res_partner_id
) AS notification ON true
WHERE NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id)
	AND notification.notification_status IS DISTINCT FROM 'canceled'
	AND NOT EXISTS (
		SELECT
		FROM (SELECT NULL::boolean AS internal) AS absent_9,
			LATERAL (SELECT id, internal AS is_note FROM :"source".mail_message_subtype) AS subtype
		WHERE subtype.id = message.subtype_id AND subtype.is_note)
UNION ALL
-- one that names nobody outside went to those to whom it was e-mailed
SELECT 'mail.message,' || message.id || ',' || partner.id AS touchpoint_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	lead.lead_id,
	message.sent_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	CASE WHEN notification.notification_status = ANY (ARRAY['bounce', 'exception']) THEN 'bounced' ELSE 'attempted' END AS outcome,
	message.purpose,
	author.owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM (
	SELECT NULL::text AS message_type,
		NULL::text AS model,
		NULL::integer AS res_id,
		NULL::timestamp AS date,
		NULL::integer AS author_id,
		NULL::integer AS subtype_id,
		NULL::boolean AS is_internal
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		message_type::text AS message_type,
		model::text AS model,
		res_id,
		date AT TIME ZONE 'UTC' AS sent_at,
		author_id,
		subtype_id,
		CASE
			WHEN model = ANY (ARRAY['crm.lead', 'sale.order']) THEN 'sales'
			WHEN model = ANY (ARRAY['helpdesk.ticket', 'account.move', 'project.task', 'stock.picking']) THEN 'service'
		END AS purpose
	FROM :"source".mail_message
	-- what people wrote: no notices of the system, no notes for colleagues
	WHERE message_type = ANY (ARRAY['comment', 'email'])
		AND is_internal IS NOT TRUE
) AS message
JOIN colleague AS author ON author.partner_id = message.author_id
JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::integer AS mail_message_id,
			NULL::integer AS res_partner_id,
			NULL::text AS notification_type,
			NULL::text AS notification_status
	) AS absent_5
	CROSS JOIN LATERAL (
		SELECT mail_message_id,
			res_partner_id,
			notification_type::text AS notification_type,
			notification_status::text AS notification_status
		FROM :"source".mail_notification
	) AS each
	WHERE each.mail_message_id = message.id AND each.notification_type = 'email'
) AS notification ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = notification.res_partner_id
) AS partner ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS type, NULL::timestamp AS date_conversion, NULL::integer AS partner_id) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id,
			CASE WHEN type = 'lead' OR date_conversion IS NOT NULL THEN id::text END AS lead_id,
			partner_id
		FROM :"source".crm_lead
	) AS each
	WHERE message.model = 'crm.lead' AND each.id = message.res_id
) AS lead ON true
WHERE NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id)
	AND notification.notification_status IS DISTINCT FROM 'canceled'
	AND NOT EXISTS (
		SELECT
		FROM :"source".mail_message_res_partner_rel AS recipient
		WHERE recipient.mail_message_id = message.id
			AND NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = recipient.res_partner_id))
	AND NOT EXISTS (
		SELECT
		FROM (SELECT NULL::boolean AS internal) AS absent_9,
			LATERAL (SELECT id, internal AS is_note FROM :"source".mail_message_subtype) AS subtype
		WHERE subtype.id = message.subtype_id AND subtype.is_note)
UNION ALL
-- messages that came in
SELECT 'mail.message,' || message.id || ',' || partner.id AS touchpoint_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	lead.lead_id,
	message.sent_at AS occurred_at,
	CASE WHEN message.model = ANY (ARRAY['mail.channel', 'discuss.channel']) THEN 'chat' ELSE 'email' END AS channel,
	'inbound' AS direction,
	'replied' AS outcome,
	message.purpose,
	NULL AS owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM (
	SELECT NULL::text AS message_type,
		NULL::text AS model,
		NULL::integer AS res_id,
		NULL::timestamp AS date,
		NULL::integer AS author_id,
		NULL::integer AS subtype_id,
		NULL::boolean AS is_internal
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		message_type::text AS message_type,
		model::text AS model,
		res_id,
		date AT TIME ZONE 'UTC' AS sent_at,
		author_id,
		subtype_id,
		CASE
			WHEN model = ANY (ARRAY['crm.lead', 'sale.order']) THEN 'sales'
			WHEN model = ANY (ARRAY['helpdesk.ticket', 'account.move', 'project.task', 'stock.picking']) THEN 'service'
		END AS purpose
	FROM :"source".mail_message
	-- what people wrote: no notices of the system, no notes for colleagues
	WHERE message_type = ANY (ARRAY['comment', 'email'])
		AND is_internal IS NOT TRUE
) AS message
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = message.author_id
) AS partner ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS type, NULL::timestamp AS date_conversion, NULL::integer AS partner_id) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id,
			CASE WHEN type = 'lead' OR date_conversion IS NOT NULL THEN id::text END AS lead_id,
			partner_id
		FROM :"source".crm_lead
	) AS each
	WHERE message.model = 'crm.lead' AND each.id = message.res_id
) AS lead ON true
WHERE NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id)
	AND NOT EXISTS (
		SELECT
		FROM (SELECT NULL::boolean AS internal) AS absent_9,
			LATERAL (SELECT id, internal AS is_note FROM :"source".mail_message_subtype) AS subtype
		WHERE subtype.id = message.subtype_id AND subtype.is_note)
UNION ALL
-- and those to a lead from an address that is no partner's
SELECT 'mail.message,' || message.id AS touchpoint_id,
	NULL AS account_id,
	NULL AS contact_id,
	lead.lead_id,
	message.sent_at AS occurred_at,
	'email' AS channel,
	'inbound' AS direction,
	'replied' AS outcome,
	message.purpose,
	NULL AS owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM (
	SELECT NULL::text AS message_type,
		NULL::text AS model,
		NULL::integer AS res_id,
		NULL::timestamp AS date,
		NULL::integer AS author_id,
		NULL::integer AS subtype_id,
		NULL::boolean AS is_internal
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		message_type::text AS message_type,
		model::text AS model,
		res_id,
		date AT TIME ZONE 'UTC' AS sent_at,
		author_id,
		subtype_id,
		CASE
			WHEN model = ANY (ARRAY['crm.lead', 'sale.order']) THEN 'sales'
			WHEN model = ANY (ARRAY['helpdesk.ticket', 'account.move', 'project.task', 'stock.picking']) THEN 'service'
		END AS purpose
	FROM :"source".mail_message
	-- what people wrote: no notices of the system, no notes for colleagues
	WHERE message_type = ANY (ARRAY['comment', 'email'])
		AND is_internal IS NOT TRUE
) AS message
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS type, NULL::timestamp AS date_conversion, NULL::integer AS partner_id) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id,
			CASE WHEN type = 'lead' OR date_conversion IS NOT NULL THEN id::text END AS lead_id,
			partner_id
		FROM :"source".crm_lead
	) AS each
	WHERE message.model = 'crm.lead' AND each.id = message.res_id
) AS lead ON true
WHERE message.author_id IS NULL
	AND message.message_type = 'email'
	AND lead.lead_id IS NOT NULL
	AND NOT EXISTS (
		SELECT
		FROM (SELECT NULL::boolean AS internal) AS absent_9,
			LATERAL (SELECT id, internal AS is_note FROM :"source".mail_message_subtype) AS subtype
		WHERE subtype.id = message.subtype_id AND subtype.is_note)
UNION ALL
-- calls that were marked as done
SELECT 'mail.message,' || message.id || ',' || partner.id AS touchpoint_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	lead.lead_id,
	message.sent_at AS occurred_at,
	'phone' AS channel,
	'outbound' AS direction,
	'connected' AS outcome,
	CASE WHEN message.model = 'crm.lead' THEN 'sales' END AS purpose,
	author.owner_id,
	NULL AS duration_minutes,
	NULL AS program_id
FROM (
	SELECT NULL::text AS model,
		NULL::integer AS res_id,
		NULL::timestamp AS date,
		NULL::integer AS author_id,
		NULL::integer AS mail_activity_type_id
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		model::text AS model,
		res_id,
		date AT TIME ZONE 'UTC' AS sent_at,
		author_id,
		mail_activity_type_id
	FROM :"source".mail_message
	WHERE model = ANY (ARRAY['res.partner', 'crm.lead'])
) AS message
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS category) AS absent_2
	CROSS JOIN LATERAL (SELECT id, category::text AS category FROM :"source".mail_activity_type) AS each
	WHERE each.id = message.mail_activity_type_id AND each.category = 'phonecall'
) AS activity ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS type, NULL::timestamp AS date_conversion, NULL::integer AS partner_id) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id,
			CASE WHEN type = 'lead' OR date_conversion IS NOT NULL THEN id::text END AS lead_id,
			partner_id
		FROM :"source".crm_lead
	) AS each
	WHERE message.model = 'crm.lead' AND each.id = message.res_id
) AS lead ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = CASE WHEN message.model = 'res.partner' THEN message.res_id ELSE lead.partner_id END
) AS partner ON true
LEFT JOIN colleague AS author ON author.partner_id = message.author_id
WHERE NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id)
UNION ALL
-- Meetings, for each who was invited and did not decline. Whether one came is
-- not recorded; a meeting that did not take place is archived or deleted.
SELECT 'calendar.event,' || event.id || ',' || partner.id AS touchpoint_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	lead.lead_id,
	event.starts_at AS occurred_at,
	'meeting' AS channel,
	'outbound' AS direction,
	CASE WHEN event.is_missed THEN 'attempted' ELSE 'attended' END AS outcome,
	CASE WHEN event.opportunity_id IS NOT NULL THEN 'sales' END AS purpose,
	event.owner_id,
	event.duration_minutes,
	NULL AS program_id
FROM (
	SELECT NULL::timestamp AS start,
		NULL::timestamp AS stop,
		NULL::boolean AS allday,
		NULL::boolean AS active,
		NULL::integer AS user_id,
		NULL::integer AS opportunity_id,
		-- of the appointments of release 18
		NULL::text AS appointment_status
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		start AT TIME ZONE 'UTC' AS starts_at,
		CASE WHEN allday IS NOT TRUE AND stop >= start THEN round(extract(epoch FROM stop - start) / 60, 2) END AS duration_minutes,
		user_id::text AS owner_id,
		opportunity_id,
		coalesce(appointment_status = 'no_show', false) AS is_missed
	FROM :"source".calendar_event
	WHERE active IS NOT FALSE
		AND coalesce(appointment_status, '') <> ALL (ARRAY['cancelled', 'request'])
) AS event
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS event_id, NULL::integer AS partner_id, NULL::text AS state) AS absent_2
	CROSS JOIN LATERAL (
		SELECT event_id, partner_id
		FROM :"source".calendar_attendee
		WHERE state IS DISTINCT FROM 'declined'
	) AS each
	WHERE each.event_id = event.id
) AS attendee ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = attendee.partner_id
) AS partner ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS type, NULL::timestamp AS date_conversion, NULL::integer AS partner_id) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id,
			CASE WHEN type = 'lead' OR date_conversion IS NOT NULL THEN id::text END AS lead_id,
			partner_id
		FROM :"source".crm_lead
	) AS each
	WHERE each.id = event.opportunity_id
) AS lead ON true
WHERE NOT EXISTS (SELECT FROM colleague WHERE colleague.partner_id = partner.id);

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

-- entity: ticket
-- reads: helpdesk_ticket, helpdesk_ticket_stage, helpdesk_ticket_channel, res_partner, res_users, mail_message, mail_message_subtype
CREATE VIEW ticket WITH (security_invoker = true) AS
-- the community's helpdesk_mgmt
SELECT here.ticket_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	here.opened_at,
	response.first_response_at,
	CASE WHEN stage.is_closed THEN here.closed_at END AS closed_at,
	here.severity,
	here.satisfaction,
	NULL::boolean AS is_abandoned,
	channel.name AS channel
FROM (
	SELECT NULL::integer AS partner_id,
		NULL::integer AS stage_id,
		NULL::integer AS channel_id,
		NULL::text AS priority,
		NULL::boolean AS active,
		NULL::timestamp AS create_date,
		NULL::timestamp AS write_date,
		NULL::timestamp AS closed_date,
		NULL::timestamp AS close_date,
		NULL::timestamp AS last_stage_update,
		NULL::timestamp AS date_last_stage_update,
		NULL::float8 AS rating_last_value
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		id::text AS ticket_id,
		partner_id,
		stage_id,
		channel_id,
		create_date AT TIME ZONE 'UTC' AS opened_at,
		coalesce(closed_date, close_date, last_stage_update, date_last_stage_update, write_date) AT TIME ZONE 'UTC' AS closed_at,
		CASE priority::text WHEN '0' THEN 'low' WHEN '1' THEN 'normal' WHEN '2' THEN 'high' WHEN '3' THEN 'critical' END AS severity,
		-- 1 to 5; 0 says that nobody rated
		nullif(rating_last_value, 0)::numeric AS satisfaction
	FROM :"source".helpdesk_ticket
	WHERE active IS NOT FALSE
) AS here
LEFT JOIN LATERAL (
	SELECT each.is_closed
	FROM (SELECT NULL::boolean AS closed) AS absent_2,
		LATERAL (SELECT id, closed AS is_closed FROM :"source".helpdesk_ticket_stage) AS each
	WHERE each.id = here.stage_id
) AS stage ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = here.partner_id
) AS partner ON true
LEFT JOIN LATERAL (
	-- the first message of a colleague that the customer can read
	SELECT min(message.sent_at) AS first_response_at
	FROM (
		SELECT NULL::text AS model,
			NULL::integer AS res_id,
			NULL::text AS message_type,
			NULL::timestamp AS date,
			NULL::integer AS author_id,
			NULL::integer AS subtype_id,
			NULL::boolean AS is_internal,
			NULL::boolean AS internal,
			NULL::integer AS partner_id,
			NULL::boolean AS share
	) AS absent_4
	CROSS JOIN LATERAL (
		SELECT model::text AS model, res_id, date AT TIME ZONE 'UTC' AS sent_at, author_id, subtype_id
		FROM :"source".mail_message
		WHERE message_type = ANY (ARRAY['comment', 'email'])
			AND is_internal IS NOT TRUE
	) AS message
	WHERE message.model = 'helpdesk.ticket'
		AND message.res_id = here.id
		AND message.sent_at >= here.opened_at
		AND EXISTS (
			SELECT
			FROM LATERAL (SELECT partner_id AS partner, share AS is_guest FROM :"source".res_users) AS users
			WHERE users.partner = message.author_id AND users.is_guest IS NOT TRUE)
		AND NOT EXISTS (
			SELECT
			FROM LATERAL (SELECT id, internal AS is_note FROM :"source".mail_message_subtype) AS subtype
			WHERE subtype.id = message.subtype_id AND subtype.is_note)
) AS response ON true
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_5,
		LATERAL (SELECT id, name AS name FROM :"source".helpdesk_ticket_channel) AS named
	WHERE named.id = here.channel_id
) AS channel ON true;

-- entity: ticket
-- reads: helpdesk_ticket, helpdesk_stage, res_partner, res_users, mail_message, mail_message_subtype
CREATE VIEW ticket WITH (security_invoker = true) AS
-- Odoo's own helpdesk (not in the community's edition): a ticket in a folded stage is closed
SELECT here.ticket_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	here.opened_at,
	response.first_response_at,
	CASE WHEN stage.is_closed THEN here.closed_at END AS closed_at,
	here.severity,
	here.satisfaction,
	NULL::boolean AS is_abandoned,
	NULL::text AS channel
FROM (
	SELECT NULL::integer AS partner_id,
		NULL::integer AS stage_id,
		NULL::integer AS channel_id,
		NULL::text AS priority,
		NULL::boolean AS active,
		NULL::timestamp AS create_date,
		NULL::timestamp AS write_date,
		NULL::timestamp AS closed_date,
		NULL::timestamp AS close_date,
		NULL::timestamp AS last_stage_update,
		NULL::timestamp AS date_last_stage_update,
		NULL::float8 AS rating_last_value
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		id::text AS ticket_id,
		partner_id,
		stage_id,
		channel_id,
		create_date AT TIME ZONE 'UTC' AS opened_at,
		coalesce(closed_date, close_date, last_stage_update, date_last_stage_update, write_date) AT TIME ZONE 'UTC' AS closed_at,
		CASE priority::text WHEN '0' THEN 'low' WHEN '1' THEN 'normal' WHEN '2' THEN 'high' WHEN '3' THEN 'critical' END AS severity,
		-- 1 to 5; 0 says that nobody rated
		nullif(rating_last_value, 0)::numeric AS satisfaction
	FROM :"source".helpdesk_ticket
	WHERE active IS NOT FALSE
) AS here
LEFT JOIN LATERAL (
	SELECT each.is_closed
	FROM (SELECT NULL::boolean AS fold) AS absent_2,
		LATERAL (SELECT id, fold AS is_closed FROM :"source".helpdesk_stage) AS each
	WHERE each.id = here.stage_id
) AS stage ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = here.partner_id
) AS partner ON true
LEFT JOIN LATERAL (
	-- the first message of a colleague that the customer can read
	SELECT min(message.sent_at) AS first_response_at
	FROM (
		SELECT NULL::text AS model,
			NULL::integer AS res_id,
			NULL::text AS message_type,
			NULL::timestamp AS date,
			NULL::integer AS author_id,
			NULL::integer AS subtype_id,
			NULL::boolean AS is_internal,
			NULL::boolean AS internal,
			NULL::integer AS partner_id,
			NULL::boolean AS share
	) AS absent_4
	CROSS JOIN LATERAL (
		SELECT model::text AS model, res_id, date AT TIME ZONE 'UTC' AS sent_at, author_id, subtype_id
		FROM :"source".mail_message
		WHERE message_type = ANY (ARRAY['comment', 'email'])
			AND is_internal IS NOT TRUE
	) AS message
	WHERE message.model = 'helpdesk.ticket'
		AND message.res_id = here.id
		AND message.sent_at >= here.opened_at
		AND EXISTS (
			SELECT
			FROM LATERAL (SELECT partner_id AS partner, share AS is_guest FROM :"source".res_users) AS users
			WHERE users.partner = message.author_id AND users.is_guest IS NOT TRUE)
		AND NOT EXISTS (
			SELECT
			FROM LATERAL (SELECT id, internal AS is_note FROM :"source".mail_message_subtype) AS subtype
			WHERE subtype.id = message.subtype_id AND subtype.is_note)
) AS response ON true;

-- entity: program
-- reads: utm_campaign
CREATE VIEW program WITH (security_invoker = true) AS
SELECT here.program_id,
	coalesce(coalesce(to_jsonb(here.title) ->> 'en_US', jsonb_path_query_first(to_jsonb(here.title), '$.*') #>> '{}', to_jsonb(here.title) #>> '{}'),
		coalesce(to_jsonb(here.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(here.name), '$.*') #>> '{}', to_jsonb(here.name) #>> '{}')) AS name,
	NULL::text AS segment,
	here.starts_on,
	NULL::date AS ends_on
FROM (
	SELECT NULL::text AS name,
		NULL::text AS title,
		NULL::boolean AS active,
		NULL::boolean AS is_auto_campaign,
		NULL::timestamp AS create_date
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS program_id,
		title AS title,
		name AS name,
		create_date::date AS starts_on
	FROM :"source".utm_campaign
	WHERE active IS NOT FALSE
		AND is_auto_campaign IS NOT TRUE
) AS here;

-- entity: program_member
-- reads: mailing_trace, crm_lead, res_partner, res_users
CREATE VIEW program_member WITH (security_invoker = true) AS
-- the accounts to whose people a mailing of the campaign went
SELECT trace.campaign_id::text AS program_id,
	partner.commercial_partner_id::text AS account_id,
	NULL::boolean AS is_control,
	min(trace.sent_at) AS joined_at
FROM (
	SELECT NULL::text AS model,
		NULL::integer AS res_id,
		NULL::timestamp AS sent_datetime,
		NULL::timestamp AS sent,
		NULL::integer AS campaign_id
) AS absent
CROSS JOIN LATERAL (
	SELECT model::text AS model,
		res_id,
		coalesce(sent_datetime, sent) AT TIME ZONE 'UTC' AS sent_at,
		campaign_id
	FROM :"source".mailing_trace
	WHERE coalesce(sent_datetime, sent) IS NOT NULL
		AND campaign_id IS NOT NULL
) AS trace
LEFT JOIN LATERAL (
	SELECT each.partner_id
	FROM (SELECT NULL::integer AS partner_id) AS absent_2
	CROSS JOIN LATERAL (SELECT id, partner_id FROM :"source".crm_lead) AS each
	WHERE trace.model = 'crm.lead' AND each.id = trace.res_id
) AS lead ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = CASE trace.model WHEN 'res.partner' THEN trace.res_id WHEN 'crm.lead' THEN lead.partner_id END
) AS partner ON true
WHERE partner.commercial_partner_id IS NOT NULL
	AND NOT EXISTS (
		SELECT
		FROM (SELECT NULL::integer AS partner_id, NULL::boolean AS share) AS absent_4,
			LATERAL (SELECT partner_id AS partner, share AS is_guest FROM :"source".res_users) AS users
		WHERE users.partner = partner.id AND users.is_guest IS NOT TRUE)
GROUP BY trace.campaign_id::text, partner.commercial_partner_id::text;
