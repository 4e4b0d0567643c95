-- SuiteCRM 7: its tables as they are copied to PostgreSQL, or seen through a
-- foreign data wrapper for MySQL.
--
-- What is worth knowing:
-- Rows that were deleted stay, with deleted = 1. Turnover and number of employees
-- of an account are free text: what is no number is NULL. Which account a contact
-- or an opportunity belongs to is in a table of links; of several living links
-- the newest counts, and dead ones tell where a contact was before.
-- Amounts are taken in the base currency where there are any (..._usdollar).
-- Times are UTC, with or without a time zone, as the copy has them.
-- A planned call or meeting is no touch; one that was not held is an attempt.
--
-- Not in SuiteCRM: usage, referral, verification.
--
-- To run by hand: SET search_path = your_schema, clientele; \set source suitecrm

-- entity: account
-- reads: accounts
CREATE VIEW account WITH (security_invoker = true) AS
SELECT here.*
FROM (
	SELECT NULL::text AS name,
		NULL::text AS industry,
		NULL::text AS employees,
		NULL::text AS annual_revenue,
		NULL::text AS billing_address_country,
		NULL::text AS assigned_user_id,
		NULL::text AS parent_id,
		NULL::text AS deleted,
		NULL::timestamp AS date_entered
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS account_id,
		name::text AS name,
		nullif(industry::text, '') AS industry,
		CASE
			WHEN btrim(employees::text) ~ '^[0-9]{1,9}$' THEN btrim(employees::text)::integer
			WHEN btrim(employees::text) ~ '^[0-9]{1,3}(,[0-9]{3}){1,2}$' THEN replace(btrim(employees::text), ',', '')::integer
		END AS employees,
		CASE
			WHEN btrim(annual_revenue::text) ~ '^[+-]?[0-9]{1,30}([.][0-9]{1,20})?$' THEN btrim(annual_revenue::text)::numeric
			WHEN btrim(annual_revenue::text) ~ '^[0-9]{1,3}(,[0-9]{3}){1,9}([.][0-9]{1,20})?$' THEN replace(btrim(annual_revenue::text), ',', '')::numeric
		END AS annual_revenue,
		nullif(billing_address_country::text, '') AS country,
		NULL::text AS territory,
		nullif(assigned_user_id::text, '') AS owner_id,
		nullif(nullif(parent_id::text, ''), id::text) AS parent_account_id,
		NULL::boolean AS is_key_account,
		to_timestamp(extract(epoch FROM date_entered)) AS created_at
	FROM :"source".accounts
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here;

-- entity: contact
-- reads: contacts, accounts_contacts, opportunities_contacts, email_addr_bean_rel, email_addresses
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.contact_id,
	employer.account_id,
	here.name,
	email.address AS email,
	here.phone,
	here.title,
	part.role,
	NULL::text AS seniority,
	here.department,
	true AS is_active,
	coalesce(here.is_not_called, false) OR coalesce(email.is_opted_out, false) AS do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (
	SELECT NULL::text AS first_name,
		NULL::text AS last_name,
		NULL::text AS title,
		NULL::text AS department,
		NULL::text AS phone_work,
		NULL::text AS phone_mobile,
		NULL::text AS do_not_call,
		NULL::text AS deleted,
		NULL::timestamp AS date_entered
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS contact_id,
		nullif(concat_ws(' ', nullif(first_name::text, ''), nullif(last_name::text, '')), '') AS name,
		coalesce(nullif(phone_work::text, ''), nullif(phone_mobile::text, '')) AS phone,
		nullif(title::text, '') AS title,
		nullif(department::text, '') AS department,
		do_not_call::text = ANY (ARRAY['1', 't', 'true']) AS is_not_called,
		to_timestamp(extract(epoch FROM date_entered)) AS created_at
	FROM :"source".contacts
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			contact_id::text AS near,
			account_id::text AS account_id,
			date_modified AS changed_at
		FROM :"source".accounts_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.near = here.contact_id
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::text AS contact_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_3
			CROSS JOIN LATERAL (
				SELECT id::text AS link_id, contact_id::text AS near, date_modified AS changed_at
				FROM :"source".accounts_contacts
				WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			) AS newer
			WHERE newer.near = each.near
				AND (coalesce(newer.changed_at, '-infinity'), newer.link_id) > (coalesce(each.changed_at, '-infinity'), each.link_id))
) AS employer ON true
LEFT JOIN LATERAL (
	SELECT address.address, address.is_opted_out
	FROM (
		SELECT NULL::text AS bean_id,
			NULL::text AS bean_module,
			NULL::text AS email_address_id,
			NULL::text AS primary_address,
			NULL::text AS deleted
	) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS rel_id,
			bean_id::text AS bean_id,
			bean_module::text AS module,
			email_address_id::text AS address_id,
			primary_address::text = ANY (ARRAY['1', 't', 'true']) AS is_primary
		FROM :"source".email_addr_bean_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	CROSS JOIN LATERAL (
		SELECT inside.*
		FROM (SELECT NULL::text AS email_address, NULL::text AS opt_out, NULL::text AS deleted) AS absent_5
		CROSS JOIN LATERAL (
			SELECT id::text AS address_id, email_address::text AS address, opt_out::text = ANY (ARRAY['1', 't', 'true']) AS is_opted_out
			FROM :"source".email_addresses
			WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		) AS inside
	) AS address
	WHERE each.bean_id = here.contact_id AND each.module = 'Contacts' AND address.address_id = each.address_id
	ORDER BY each.is_primary DESC NULLS LAST, each.rel_id
	LIMIT 1
) AS email ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS contact_role, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_6
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			contact_id::text AS contact_id,
			contact_role::text AS role,
			date_modified AS changed_at
		FROM :"source".opportunities_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.contact_id = here.contact_id AND each.role <> ''
	ORDER BY each.changed_at DESC NULLS LAST, each.link_id
	LIMIT 1
) AS part ON true;

-- entity: contact_employment
-- reads: contacts, accounts_contacts
CREATE VIEW contact_employment WITH (security_invoker = true) AS
-- a link bears the time of its last change: when it was made, or, once dead, when it ended
SELECT here.contact_id,
	here.account_id,
	CASE WHEN here.is_living THEN person.title END AS title,
	CASE WHEN here.is_living THEN here.changed_at END AS started_at,
	CASE WHEN NOT here.is_living THEN here.changed_at END AS ended_at
FROM (SELECT NULL::text AS contact_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent
CROSS JOIN LATERAL (
	SELECT contact_id::text AS contact_id,
		account_id::text AS account_id,
		coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true']) AS is_living,
		to_timestamp(extract(epoch FROM date_modified)) AS changed_at
	FROM :"source".accounts_contacts
	WHERE contact_id IS NOT NULL
		AND account_id IS NOT NULL
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS title, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id,
			nullif(title::text, '') AS title
		FROM :"source".contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.contact_id = here.contact_id
) AS person ON true;

-- entity: owner
-- reads: users
CREATE VIEW owner WITH (security_invoker = true) AS
SELECT here.owner_id,
	here.name,
	NULL::text AS territory,
	NULL::integer AS capacity
FROM (
	SELECT NULL::text AS first_name,
		NULL::text AS last_name,
		NULL::text AS user_name,
		NULL::text AS status,
		NULL::text AS is_group,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS owner_id,
		coalesce(nullif(concat_ws(' ', nullif(first_name::text, ''), nullif(last_name::text, '')), ''), user_name::text) AS name
	FROM :"source".users
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND coalesce(status::text, 'Active') = 'Active'
		AND coalesce(is_group::text = ANY (ARRAY['1', 't', 'true']), false) IS FALSE
) AS here;

-- entity: product
-- reads: aos_products, aos_product_categories
CREATE VIEW product WITH (security_invoker = true) AS
SELECT here.product_id,
	here.name,
	coalesce(family.name, here.category) AS category,
	NULL::text AS tier,
	NULL::date AS launched_on,
	NULL::text AS prerequisite_product_id,
	NULL::text[] AS countries
FROM (SELECT NULL::text AS name, NULL::text AS category, NULL::text AS aos_product_category_id, NULL::text AS deleted) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS product_id,
		name::text AS name,
		nullif(category::text, '') AS category,
		aos_product_category_id::text AS category_id
	FROM :"source".aos_products
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS name, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS category_id,
			name::text AS name
		FROM :"source".aos_product_categories
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.category_id = here.category_id
) AS family ON true;

-- entity: product
-- reads: aos_products
CREATE VIEW product WITH (security_invoker = true) AS
SELECT here.product_id,
	here.name,
	here.category AS category,
	NULL::text AS tier,
	NULL::date AS launched_on,
	NULL::text AS prerequisite_product_id,
	NULL::text[] AS countries
FROM (SELECT NULL::text AS name, NULL::text AS category, NULL::text AS deleted) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS product_id,
		name::text AS name,
		nullif(category::text, '') AS category
	FROM :"source".aos_products
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here;

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

-- entity: lead
-- reads: leads, accounts, contacts, opportunities, email_addr_bean_rel, email_addresses
CREATE VIEW lead WITH (security_invoker = true) AS
SELECT here.lead_id,
	account.account_id,
	person.contact_id,
	here.company,
	here.name,
	email.address AS email,
	here.source,
	here.status,
	here.owner_id,
	here.created_at,
	-- the day is not kept: when what it became was made, if that was later
	CASE WHEN here.is_converted THEN greatest(coalesce(deal.created_at, person.created_at, here.changed_at), here.created_at) END AS converted_at
FROM (
	SELECT NULL::text AS first_name,
		NULL::text AS last_name,
		NULL::text AS account_name,
		NULL::text AS account_id,
		NULL::text AS contact_id,
		NULL::text AS opportunity_id,
		NULL::text AS lead_source,
		NULL::text AS status,
		NULL::text AS converted,
		NULL::text AS assigned_user_id,
		NULL::timestamp AS date_entered,
		NULL::timestamp AS date_modified,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS lead_id,
		nullif(concat_ws(' ', nullif(first_name::text, ''), nullif(last_name::text, '')), '') AS name,
		nullif(account_name::text, '') AS company,
		account_id::text AS account_ref,
		contact_id::text AS contact_ref,
		opportunity_id::text AS opportunity_ref,
		nullif(lead_source::text, '') AS source,
		nullif(status::text, '') AS status,
		converted::text = ANY (ARRAY['1', 't', 'true']) OR status::text = 'Converted' AS is_converted,
		nullif(assigned_user_id::text, '') AS owner_id,
		to_timestamp(extract(epoch FROM date_entered)) AS created_at,
		to_timestamp(extract(epoch FROM date_modified)) AS changed_at
	FROM :"source".leads
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
	FROM (SELECT NULL::timestamp AS date_entered) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id,
			to_timestamp(extract(epoch FROM date_entered)) AS created_at
		FROM :"source".contacts
	) AS each
	WHERE each.contact_id = here.contact_ref
) AS person ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::timestamp AS date_entered) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id::text AS opportunity_id,
			to_timestamp(extract(epoch FROM date_entered)) AS created_at
		FROM :"source".opportunities
	) AS each
	WHERE each.opportunity_id = here.opportunity_ref
) AS deal ON true
LEFT JOIN LATERAL (
	SELECT address.address, address.is_opted_out
	FROM (
		SELECT NULL::text AS bean_id,
			NULL::text AS bean_module,
			NULL::text AS email_address_id,
			NULL::text AS primary_address,
			NULL::text AS deleted
	) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS rel_id,
			bean_id::text AS bean_id,
			bean_module::text AS module,
			email_address_id::text AS address_id,
			primary_address::text = ANY (ARRAY['1', 't', 'true']) AS is_primary
		FROM :"source".email_addr_bean_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	CROSS JOIN LATERAL (
		SELECT inside.*
		FROM (SELECT NULL::text AS email_address, NULL::text AS opt_out, NULL::text AS deleted) AS absent_5
		CROSS JOIN LATERAL (
			SELECT id::text AS address_id, email_address::text AS address, opt_out::text = ANY (ARRAY['1', 't', 'true']) AS is_opted_out
			FROM :"source".email_addresses
			WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		) AS inside
	) AS address
	WHERE each.bean_id = here.lead_id AND each.module = 'Leads' AND address.address_id = each.address_id
	ORDER BY each.is_primary DESC NULLS LAST, each.rel_id
	LIMIT 1
) AS email ON true;

-- entity: opportunity
-- reads: opportunities, accounts_opportunities, opportunities_contacts, leads
CREATE VIEW opportunity WITH (security_invoker = true) AS
-- Existing Business may be upsell, cross-sell or renewal: it is not known which
SELECT here.opportunity_id,
	buyer.account_id,
	part.contact_id,
	origin.lead_id,
	here.kind,
	NULL::text AS product_id,
	here.stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	here.closed_at,
	here.is_won
FROM (
	SELECT NULL::text AS sales_stage,
		NULL::text AS opportunity_type,
		NULL::numeric AS amount,
		NULL::numeric AS amount_usdollar,
		NULL::date AS date_closed,
		NULL::timestamp AS date_entered,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS opportunity_id,
		nullif(sales_stage::text, '') AS stage,
		CASE WHEN opportunity_type::text = 'New Business' THEN 'new' END AS kind,
		coalesce(amount_usdollar, amount)::numeric AS amount,
		nullif(assigned_user_id::text, '') AS owner_id,
		to_timestamp(extract(epoch FROM date_entered)) AS opened_at,
		CASE WHEN sales_stage::text = ANY (ARRAY['Closed Won', 'Closed Lost']) THEN date_closed::timestamp AT TIME ZONE 'UTC' END AS closed_at,
		CASE sales_stage::text WHEN 'Closed Won' THEN true WHEN 'Closed Lost' THEN false END AS is_won
	FROM :"source".opportunities
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS opportunity_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			opportunity_id::text AS near,
			account_id::text AS account_id,
			date_modified AS changed_at
		FROM :"source".accounts_opportunities
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.near = here.opportunity_id
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::text AS opportunity_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_3
			CROSS JOIN LATERAL (
				SELECT id::text AS link_id, opportunity_id::text AS near, date_modified AS changed_at
				FROM :"source".accounts_opportunities
				WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			) AS newer
			WHERE newer.near = each.near
				AND (coalesce(newer.changed_at, '-infinity'), newer.link_id) > (coalesce(each.changed_at, '-infinity'), each.link_id))
) AS buyer ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS opportunity_id, NULL::text AS contact_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			opportunity_id::text AS opportunity_id,
			contact_id::text AS contact_id,
			date_modified AS changed_at
		FROM :"source".opportunities_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.opportunity_id = here.opportunity_id
	ORDER BY each.changed_at, each.link_id
	LIMIT 1
) AS part ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS opportunity_id, NULL::timestamp AS date_entered, NULL::text AS deleted) AS absent_5
	CROSS JOIN LATERAL (
		SELECT id::text AS lead_id,
			opportunity_id::text AS opportunity_id,
			date_entered AS entered_at
		FROM :"source".leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.opportunity_id = here.opportunity_id
	ORDER BY each.entered_at, each.lead_id
	LIMIT 1
) AS origin ON true;

-- entity: opportunity_stage
-- reads: opportunities, opportunities_audit
CREATE VIEW opportunity_stage WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	change.after AS stage,
	change.changed_at AS entered_at
FROM (SELECT NULL::text AS deleted) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS opportunity_id
	FROM :"source".opportunities
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::text AS parent_id,
			NULL::text AS field_name,
			NULL::text AS before_value_string,
			NULL::text AS after_value_string,
			NULL::timestamp AS date_created
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS change_id,
			parent_id::text AS parent_id,
			field_name::text AS field,
			before_value_string::text AS before,
			after_value_string::text AS after,
			to_timestamp(extract(epoch FROM date_created)) AS changed_at
		FROM :"source".opportunities_audit
	) AS each
	WHERE each.parent_id = here.opportunity_id AND each.field = 'sales_stage' AND each.after <> ''
) AS change ON true
UNION ALL
-- and the one in which it began: before the first change, or the present one
SELECT here.opportunity_id,
	CASE WHEN change.change_id IS NULL THEN here.stage ELSE change.before END AS stage,
	here.opened_at AS entered_at
FROM (SELECT NULL::text AS sales_stage, NULL::timestamp AS date_entered, NULL::text AS deleted) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS opportunity_id,
		sales_stage::text AS stage,
		to_timestamp(extract(epoch FROM date_entered)) AS opened_at
	FROM :"source".opportunities
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::text AS parent_id,
			NULL::text AS field_name,
			NULL::text AS before_value_string,
			NULL::text AS after_value_string,
			NULL::timestamp AS date_created
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS change_id,
			parent_id::text AS parent_id,
			field_name::text AS field,
			before_value_string::text AS before,
			after_value_string::text AS after,
			to_timestamp(extract(epoch FROM date_created)) AS changed_at
		FROM :"source".opportunities_audit
	) AS each
	WHERE each.parent_id = here.opportunity_id AND each.field = 'sales_stage'
	ORDER BY each.changed_at, each.change_id
	LIMIT 1
) AS change ON true
WHERE CASE WHEN change.change_id IS NULL THEN here.stage ELSE change.before END <> '';

-- entity: ticket
-- reads: cases, contacts_cases, aop_case_updates, cases_audit, accounts, contacts
CREATE VIEW ticket WITH (security_invoker = true) AS
-- an update without a contact that is not internal is an answer; when it was closed tells the audit
SELECT here.ticket_id,
	account.account_id,
	coalesce(person.contact_id, named.contact_id) AS contact_id,
	here.opened_at,
	response.first_response_at,
	CASE WHEN here.is_closed THEN coalesce(closing.closed_at, here.changed_at) END AS closed_at,
	here.severity,
	NULL::numeric AS satisfaction,
	NULL::boolean AS is_abandoned,
	NULL::text AS channel
FROM (
	SELECT NULL::text AS account_id,
		NULL::text AS contact_created_by_id,
		NULL::text AS status,
		NULL::text AS state,
		NULL::text AS priority,
		NULL::timestamp AS date_entered,
		NULL::timestamp AS date_modified,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS ticket_id,
		account_id::text AS account_ref,
		contact_created_by_id::text AS contact_ref,
		to_timestamp(extract(epoch FROM date_entered)) AS opened_at,
		to_timestamp(extract(epoch FROM date_modified)) AS changed_at,
		coalesce(state::text = 'Closed', false) OR coalesce(status::text LIKE 'Closed%', false) AS is_closed,
		CASE priority::text WHEN 'P1' THEN 'high' WHEN 'P2' THEN 'normal' WHEN 'P3' THEN 'low' ELSE lower(nullif(priority::text, '')) END AS severity
	FROM :"source".cases
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
	FROM (SELECT NULL::text AS case_id, NULL::text AS contact_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			case_id::text AS case_id,
			contact_id::text AS contact_id,
			date_modified AS changed_at
		FROM :"source".contacts_cases
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.case_id = here.ticket_id
	ORDER BY each.changed_at, each.link_id
	LIMIT 1
) AS named ON true
LEFT JOIN LATERAL (
	SELECT min(each.answered_at) AS first_response_at
	FROM (
		SELECT NULL::text AS case_id,
			NULL::text AS contact_id,
			NULL::text AS internal,
			NULL::timestamp AS date_entered,
			NULL::text AS deleted
	) AS absent_3
	CROSS JOIN LATERAL (
		SELECT case_id::text AS case_id,
			nullif(contact_id::text, '') AS contact_id,
			internal::text = ANY (ARRAY['1', 't', 'true']) AS is_internal,
			to_timestamp(extract(epoch FROM date_entered)) AS answered_at
		FROM :"source".aop_case_updates
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.case_id = here.ticket_id AND each.contact_id IS NULL AND each.is_internal IS NOT TRUE AND each.answered_at >= here.opened_at
) AS response ON true
LEFT JOIN LATERAL (
	SELECT max(each.changed_at) AS closed_at
	FROM (
		SELECT NULL::text AS parent_id,
			NULL::text AS field_name,
			NULL::text AS before_value_string,
			NULL::text AS after_value_string,
			NULL::timestamp AS date_created
	) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS change_id,
			parent_id::text AS parent_id,
			field_name::text AS field,
			before_value_string::text AS before,
			after_value_string::text AS after,
			to_timestamp(extract(epoch FROM date_created)) AS changed_at
		FROM :"source".cases_audit
	) AS each
	WHERE each.parent_id = here.ticket_id AND each.field = ANY (ARRAY['status', 'state']) AND each.after LIKE 'Closed%'
) AS closing ON true;

-- entity: touchpoint
-- reads: calls, calls_contacts, calls_leads, meetings, meetings_contacts, meetings_leads, emails, emails_email_addr_rel, email_addr_bean_rel
-- reads: campaign_log, contacts, leads, accounts, accounts_contacts
CREATE VIEW touchpoint WITH (security_invoker = true) AS
-- calls
SELECT 'calls_contacts,' || guest.link_id AS touchpoint_id,
	employer.account_id AS account_id,
	guest.contact_id AS contact_id,
	NULL::text AS lead_id,
	here.starts_at AS occurred_at,
	'phone' AS channel,
	CASE WHEN here.direction = 'Inbound' THEN 'inbound' ELSE 'outbound' END AS direction,
	CASE here.status WHEN 'Held' THEN 'connected' ELSE 'attempted' END AS outcome,
	CASE WHEN here.parent_type = 'Cases' THEN 'service' WHEN here.parent_type = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
	here.owner_id AS owner_id,
	CASE WHEN here.status = 'Held' THEN nullif(here.minutes, 0) END AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS status,
		NULL::timestamp AS date_start,
		NULL::integer AS duration_hours,
		NULL::integer AS duration_minutes,
		NULL::text AS direction,
		NULL::text AS parent_type,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS event_id,
		status::text AS status,
		to_timestamp(extract(epoch FROM date_start)) AS starts_at,
		direction::text AS direction,
		parent_type::text AS parent_type,
		nullif(assigned_user_id::text, '') AS owner_id,
		(coalesce(duration_hours, 0) * 60 + coalesce(duration_minutes, 0))::numeric AS minutes
	FROM :"source".calls
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND status::text = ANY (ARRAY['Held', 'Not Held'])
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS call_id, NULL::text AS contact_id, NULL::text AS accept_status, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			call_id::text AS event_id,
			contact_id::text AS contact_id
		FROM :"source".calls_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND accept_status::text IS DISTINCT FROM 'decline'
	) AS each
	WHERE each.event_id = here.event_id
) AS guest ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			contact_id::text AS near,
			account_id::text AS account_id,
			date_modified AS changed_at
		FROM :"source".accounts_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.near = guest.contact_id
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::text AS contact_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_4
			CROSS JOIN LATERAL (
				SELECT id::text AS link_id, contact_id::text AS near, date_modified AS changed_at
				FROM :"source".accounts_contacts
				WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			) AS newer
			WHERE newer.near = each.near
				AND (coalesce(newer.changed_at, '-infinity'), newer.link_id) > (coalesce(each.changed_at, '-infinity'), each.link_id))
) AS employer ON true
UNION ALL
SELECT 'calls_leads,' || guest.link_id AS touchpoint_id,
	account.account_id AS account_id,
	NULL AS contact_id,
	guest.lead_id AS lead_id,
	here.starts_at AS occurred_at,
	'phone' AS channel,
	CASE WHEN here.direction = 'Inbound' THEN 'inbound' ELSE 'outbound' END AS direction,
	CASE here.status WHEN 'Held' THEN 'connected' ELSE 'attempted' END AS outcome,
	CASE WHEN here.parent_type = 'Cases' THEN 'service' WHEN here.parent_type = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
	here.owner_id AS owner_id,
	CASE WHEN here.status = 'Held' THEN nullif(here.minutes, 0) END AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS status,
		NULL::timestamp AS date_start,
		NULL::integer AS duration_hours,
		NULL::integer AS duration_minutes,
		NULL::text AS direction,
		NULL::text AS parent_type,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS event_id,
		status::text AS status,
		to_timestamp(extract(epoch FROM date_start)) AS starts_at,
		direction::text AS direction,
		parent_type::text AS parent_type,
		nullif(assigned_user_id::text, '') AS owner_id,
		(coalesce(duration_hours, 0) * 60 + coalesce(duration_minutes, 0))::numeric AS minutes
	FROM :"source".calls
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND status::text = ANY (ARRAY['Held', 'Not Held'])
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS call_id, NULL::text AS lead_id, NULL::text AS accept_status, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			call_id::text AS event_id,
			lead_id::text AS lead_id
		FROM :"source".calls_leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND accept_status::text IS DISTINCT FROM 'decline'
	) AS each
	WHERE each.event_id = here.event_id
) AS guest ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS account_id, NULL::text AS deleted) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id::text AS lead_id,
			account_id::text AS account_ref
		FROM :"source".leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.lead_id = guest.lead_id
) AS person ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS account_id
		FROM :"source".accounts
	) AS each
	WHERE each.account_id = person.account_ref
) AS account ON true
UNION ALL
-- meetings
SELECT 'meetings_contacts,' || guest.link_id AS touchpoint_id,
	employer.account_id AS account_id,
	guest.contact_id AS contact_id,
	NULL::text AS lead_id,
	here.starts_at AS occurred_at,
	'meeting' AS channel,
	'outbound' AS direction,
	CASE here.status WHEN 'Held' THEN 'attended' ELSE 'attempted' END AS outcome,
	CASE WHEN here.parent_type = 'Cases' THEN 'service' WHEN here.parent_type = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
	here.owner_id AS owner_id,
	CASE WHEN here.status = 'Held' THEN nullif(here.minutes, 0) END AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS status,
		NULL::timestamp AS date_start,
		NULL::integer AS duration_hours,
		NULL::integer AS duration_minutes,
		NULL::text AS parent_type,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS event_id,
		status::text AS status,
		to_timestamp(extract(epoch FROM date_start)) AS starts_at,
		parent_type::text AS parent_type,
		nullif(assigned_user_id::text, '') AS owner_id,
		(coalesce(duration_hours, 0) * 60 + coalesce(duration_minutes, 0))::numeric AS minutes
	FROM :"source".meetings
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND status::text = ANY (ARRAY['Held', 'Not Held'])
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS meeting_id, NULL::text AS contact_id, NULL::text AS accept_status, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			meeting_id::text AS event_id,
			contact_id::text AS contact_id
		FROM :"source".meetings_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND accept_status::text IS DISTINCT FROM 'decline'
	) AS each
	WHERE each.event_id = here.event_id
) AS guest ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			contact_id::text AS near,
			account_id::text AS account_id,
			date_modified AS changed_at
		FROM :"source".accounts_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.near = guest.contact_id
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::text AS contact_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_4
			CROSS JOIN LATERAL (
				SELECT id::text AS link_id, contact_id::text AS near, date_modified AS changed_at
				FROM :"source".accounts_contacts
				WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			) AS newer
			WHERE newer.near = each.near
				AND (coalesce(newer.changed_at, '-infinity'), newer.link_id) > (coalesce(each.changed_at, '-infinity'), each.link_id))
) AS employer ON true
UNION ALL
SELECT 'meetings_leads,' || guest.link_id AS touchpoint_id,
	account.account_id AS account_id,
	NULL AS contact_id,
	guest.lead_id AS lead_id,
	here.starts_at AS occurred_at,
	'meeting' AS channel,
	'outbound' AS direction,
	CASE here.status WHEN 'Held' THEN 'attended' ELSE 'attempted' END AS outcome,
	CASE WHEN here.parent_type = 'Cases' THEN 'service' WHEN here.parent_type = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
	here.owner_id AS owner_id,
	CASE WHEN here.status = 'Held' THEN nullif(here.minutes, 0) END AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS status,
		NULL::timestamp AS date_start,
		NULL::integer AS duration_hours,
		NULL::integer AS duration_minutes,
		NULL::text AS parent_type,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS event_id,
		status::text AS status,
		to_timestamp(extract(epoch FROM date_start)) AS starts_at,
		parent_type::text AS parent_type,
		nullif(assigned_user_id::text, '') AS owner_id,
		(coalesce(duration_hours, 0) * 60 + coalesce(duration_minutes, 0))::numeric AS minutes
	FROM :"source".meetings
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND status::text = ANY (ARRAY['Held', 'Not Held'])
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS meeting_id, NULL::text AS lead_id, NULL::text AS accept_status, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			meeting_id::text AS event_id,
			lead_id::text AS lead_id
		FROM :"source".meetings_leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			AND accept_status::text IS DISTINCT FROM 'decline'
	) AS each
	WHERE each.event_id = here.event_id
) AS guest ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS account_id, NULL::text AS deleted) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id::text AS lead_id,
			account_id::text AS account_ref
		FROM :"source".leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.lead_id = guest.lead_id
) AS person ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS account_id
		FROM :"source".accounts
	) AS each
	WHERE each.account_id = person.account_ref
) AS account ON true
UNION ALL
-- messages: to whom they were addressed, not who has a copy
SELECT 'emails,' || here.email_id || ',' || person.bean_id AS touchpoint_id,
	employer.account_id AS account_id,
	contact.contact_id AS contact_id,
	NULL::text AS lead_id,
	here.sent_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	CASE WHEN here.status = 'send_error' THEN 'bounced' ELSE 'attempted' END AS outcome,
	CASE WHEN here.parent_type = 'Cases' THEN 'service' WHEN here.parent_type = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
	here.owner_id AS owner_id,
	NULL::numeric AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS type,
		NULL::text AS status,
		NULL::timestamp AS date_sent_received,
		NULL::timestamp AS date_sent,
		NULL::timestamp AS date_entered,
		NULL::text AS parent_type,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS email_id,
		type::text AS type,
		status::text AS status,
		to_timestamp(extract(epoch FROM coalesce(date_sent_received, date_sent, date_entered))) AS sent_at,
		parent_type::text AS parent_type,
		nullif(assigned_user_id::text, '') AS owner_id
	FROM :"source".emails
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND type::text = ANY (ARRAY['out', 'archived'])
		AND coalesce(status::text, '') <> 'draft'
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS email_id, NULL::text AS address_type, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT email_id::text AS email_id,
			address_type::text AS address_type,
			email_address_id::text AS address_id
		FROM :"source".emails_email_addr_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.email_id = here.email_id AND each.address_type = 'to'
) AS address ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS bean_id, NULL::text AS bean_module, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_3
	CROSS JOIN LATERAL (
		SELECT bean_id::text AS bean_id,
			bean_module::text AS module,
			email_address_id::text AS address_id
		FROM :"source".email_addr_bean_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.address_id = address.address_id AND each.module = 'Contacts'
) AS person ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS deleted) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id
		FROM :"source".contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.contact_id = person.bean_id
) AS contact ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_5
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			contact_id::text AS near,
			account_id::text AS account_id,
			date_modified AS changed_at
		FROM :"source".accounts_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.near = contact.contact_id
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::text AS contact_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_6
			CROSS JOIN LATERAL (
				SELECT id::text AS link_id, contact_id::text AS near, date_modified AS changed_at
				FROM :"source".accounts_contacts
				WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			) AS newer
			WHERE newer.near = each.near
				AND (coalesce(newer.changed_at, '-infinity'), newer.link_id) > (coalesce(each.changed_at, '-infinity'), each.link_id))
) AS employer ON true
WHERE (here.type = 'out' OR NOT EXISTS (
	SELECT
	FROM (SELECT NULL::text AS email_id, NULL::text AS address_type, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_7
	CROSS JOIN LATERAL (
		SELECT email_id::text AS email_id, address_type::text AS address_type, email_address_id::text AS address_id
		FROM :"source".emails_email_addr_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS sender
	CROSS JOIN LATERAL (
		SELECT inside.*
		FROM (SELECT NULL::text AS bean_module, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_8
		CROSS JOIN LATERAL (
			SELECT bean_module::text AS module, email_address_id::text AS address_id
			FROM :"source".email_addr_bean_rel
			WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		) AS inside
	) AS author
	WHERE sender.email_id = here.email_id AND sender.address_type = 'from' AND author.address_id = sender.address_id AND author.module = ANY (ARRAY['Contacts', 'Leads'])))
UNION ALL
SELECT 'emails,' || here.email_id || ',' || person.bean_id AS touchpoint_id,
	account.account_id AS account_id,
	NULL AS contact_id,
	lead.lead_id AS lead_id,
	here.sent_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	CASE WHEN here.status = 'send_error' THEN 'bounced' ELSE 'attempted' END AS outcome,
	CASE WHEN here.parent_type = 'Cases' THEN 'service' WHEN here.parent_type = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
	here.owner_id AS owner_id,
	NULL::numeric AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS type,
		NULL::text AS status,
		NULL::timestamp AS date_sent_received,
		NULL::timestamp AS date_sent,
		NULL::timestamp AS date_entered,
		NULL::text AS parent_type,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS email_id,
		type::text AS type,
		status::text AS status,
		to_timestamp(extract(epoch FROM coalesce(date_sent_received, date_sent, date_entered))) AS sent_at,
		parent_type::text AS parent_type,
		nullif(assigned_user_id::text, '') AS owner_id
	FROM :"source".emails
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND type::text = ANY (ARRAY['out', 'archived'])
		AND coalesce(status::text, '') <> 'draft'
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS email_id, NULL::text AS address_type, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT email_id::text AS email_id,
			address_type::text AS address_type,
			email_address_id::text AS address_id
		FROM :"source".emails_email_addr_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.email_id = here.email_id AND each.address_type = 'to'
) AS address ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS bean_id, NULL::text AS bean_module, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_3
	CROSS JOIN LATERAL (
		SELECT bean_id::text AS bean_id,
			bean_module::text AS module,
			email_address_id::text AS address_id
		FROM :"source".email_addr_bean_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.address_id = address.address_id AND each.module = 'Leads'
) AS person ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS account_id, NULL::text AS deleted) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS lead_id,
			account_id::text AS account_ref
		FROM :"source".leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.lead_id = person.bean_id
) AS lead ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS account_id
		FROM :"source".accounts
	) AS each
	WHERE each.account_id = lead.account_ref
) AS account ON true
WHERE (here.type = 'out' OR NOT EXISTS (
	SELECT
	FROM (SELECT NULL::text AS email_id, NULL::text AS address_type, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_5
	CROSS JOIN LATERAL (
		SELECT email_id::text AS email_id, address_type::text AS address_type, email_address_id::text AS address_id
		FROM :"source".emails_email_addr_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS sender
	CROSS JOIN LATERAL (
		SELECT inside.*
		FROM (SELECT NULL::text AS bean_module, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_6
		CROSS JOIN LATERAL (
			SELECT bean_module::text AS module, email_address_id::text AS address_id
			FROM :"source".email_addr_bean_rel
			WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		) AS inside
	) AS author
	WHERE sender.email_id = here.email_id AND sender.address_type = 'from' AND author.address_id = sender.address_id AND author.module = ANY (ARRAY['Contacts', 'Leads'])))
UNION ALL
-- and from whom they came
SELECT 'emails,' || here.email_id || ',' || person.bean_id AS touchpoint_id,
	employer.account_id AS account_id,
	contact.contact_id AS contact_id,
	NULL::text AS lead_id,
	here.sent_at AS occurred_at,
	'email' AS channel,
	'inbound' AS direction,
	'replied' AS outcome,
	CASE WHEN here.parent_type = 'Cases' THEN 'service' WHEN here.parent_type = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
	here.owner_id AS owner_id,
	NULL::numeric AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS type,
		NULL::text AS status,
		NULL::timestamp AS date_sent_received,
		NULL::timestamp AS date_sent,
		NULL::timestamp AS date_entered,
		NULL::text AS parent_type,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS email_id,
		type::text AS type,
		status::text AS status,
		to_timestamp(extract(epoch FROM coalesce(date_sent_received, date_sent, date_entered))) AS sent_at,
		parent_type::text AS parent_type,
		nullif(assigned_user_id::text, '') AS owner_id
	FROM :"source".emails
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND type::text = ANY (ARRAY['inbound', 'archived'])
		AND coalesce(status::text, '') <> 'draft'
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS email_id, NULL::text AS address_type, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT email_id::text AS email_id,
			address_type::text AS address_type,
			email_address_id::text AS address_id
		FROM :"source".emails_email_addr_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.email_id = here.email_id AND each.address_type = 'from'
) AS address ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS bean_id, NULL::text AS bean_module, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_3
	CROSS JOIN LATERAL (
		SELECT bean_id::text AS bean_id,
			bean_module::text AS module,
			email_address_id::text AS address_id
		FROM :"source".email_addr_bean_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.address_id = address.address_id AND each.module = 'Contacts'
) AS person ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS deleted) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id
		FROM :"source".contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.contact_id = person.bean_id
) AS contact ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_5
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			contact_id::text AS near,
			account_id::text AS account_id,
			date_modified AS changed_at
		FROM :"source".accounts_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.near = contact.contact_id
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::text AS contact_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_6
			CROSS JOIN LATERAL (
				SELECT id::text AS link_id, contact_id::text AS near, date_modified AS changed_at
				FROM :"source".accounts_contacts
				WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			) AS newer
			WHERE newer.near = each.near
				AND (coalesce(newer.changed_at, '-infinity'), newer.link_id) > (coalesce(each.changed_at, '-infinity'), each.link_id))
) AS employer ON true
UNION ALL
SELECT 'emails,' || here.email_id || ',' || person.bean_id AS touchpoint_id,
	account.account_id AS account_id,
	NULL AS contact_id,
	lead.lead_id AS lead_id,
	here.sent_at AS occurred_at,
	'email' AS channel,
	'inbound' AS direction,
	'replied' AS outcome,
	CASE WHEN here.parent_type = 'Cases' THEN 'service' WHEN here.parent_type = ANY (ARRAY['Leads', 'Opportunities', 'AOS_Quotes']) THEN 'sales' END AS purpose,
	here.owner_id AS owner_id,
	NULL::numeric AS duration_minutes,
	NULL::text AS program_id
FROM (
	SELECT NULL::text AS type,
		NULL::text AS status,
		NULL::timestamp AS date_sent_received,
		NULL::timestamp AS date_sent,
		NULL::timestamp AS date_entered,
		NULL::text AS parent_type,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS email_id,
		type::text AS type,
		status::text AS status,
		to_timestamp(extract(epoch FROM coalesce(date_sent_received, date_sent, date_entered))) AS sent_at,
		parent_type::text AS parent_type,
		nullif(assigned_user_id::text, '') AS owner_id
	FROM :"source".emails
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND type::text = ANY (ARRAY['inbound', 'archived'])
		AND coalesce(status::text, '') <> 'draft'
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS email_id, NULL::text AS address_type, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT email_id::text AS email_id,
			address_type::text AS address_type,
			email_address_id::text AS address_id
		FROM :"source".emails_email_addr_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.email_id = here.email_id AND each.address_type = 'from'
) AS address ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS bean_id, NULL::text AS bean_module, NULL::text AS email_address_id, NULL::text AS deleted) AS absent_3
	CROSS JOIN LATERAL (
		SELECT bean_id::text AS bean_id,
			bean_module::text AS module,
			email_address_id::text AS address_id
		FROM :"source".email_addr_bean_rel
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.address_id = address.address_id AND each.module = 'Leads'
) AS person ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS account_id, NULL::text AS deleted) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS lead_id,
			account_id::text AS account_ref
		FROM :"source".leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.lead_id = person.bean_id
) AS lead ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS account_id
		FROM :"source".accounts
	) AS each
	WHERE each.account_id = lead.account_ref
) AS account ON true
UNION ALL
-- campaigns
SELECT 'campaign_log,' || here.log_id AS touchpoint_id,
	employer.account_id AS account_id,
	contact.contact_id AS contact_id,
	NULL::text AS lead_id,
	here.happened_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	CASE here.activity WHEN 'targeted' THEN 'attempted' WHEN 'viewed' THEN 'opened' WHEN 'link' THEN 'opened' ELSE 'bounced' END AS outcome,
	'nurture' AS purpose,
	NULL::text AS owner_id,
	NULL::numeric AS duration_minutes,
	here.campaign_id AS program_id
FROM (
	SELECT NULL::text AS campaign_id,
		NULL::text AS target_id,
		NULL::text AS target_type,
		NULL::text AS activity_type,
		NULL::timestamp AS activity_date,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS log_id,
		campaign_id::text AS campaign_id,
		target_id::text AS target_id,
		target_type::text AS target_type,
		activity_type::text AS activity,
		to_timestamp(extract(epoch FROM activity_date)) AS happened_at
	FROM :"source".campaign_log
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND activity_type::text = ANY (ARRAY['targeted', 'viewed', 'link', 'send error', 'invalid email'])
		AND target_type::text = 'Contacts'
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS contact_id
		FROM :"source".contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.contact_id = here.target_id
) AS contact ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			contact_id::text AS near,
			account_id::text AS account_id,
			date_modified AS changed_at
		FROM :"source".accounts_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.near = contact.contact_id
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::text AS contact_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_4
			CROSS JOIN LATERAL (
				SELECT id::text AS link_id, contact_id::text AS near, date_modified AS changed_at
				FROM :"source".accounts_contacts
				WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			) AS newer
			WHERE newer.near = each.near
				AND (coalesce(newer.changed_at, '-infinity'), newer.link_id) > (coalesce(each.changed_at, '-infinity'), each.link_id))
) AS employer ON true
UNION ALL
SELECT 'campaign_log,' || here.log_id AS touchpoint_id,
	account.account_id AS account_id,
	NULL AS contact_id,
	lead.lead_id AS lead_id,
	here.happened_at AS occurred_at,
	'email' AS channel,
	'outbound' AS direction,
	CASE here.activity WHEN 'targeted' THEN 'attempted' WHEN 'viewed' THEN 'opened' WHEN 'link' THEN 'opened' ELSE 'bounced' END AS outcome,
	'nurture' AS purpose,
	NULL::text AS owner_id,
	NULL::numeric AS duration_minutes,
	here.campaign_id AS program_id
FROM (
	SELECT NULL::text AS campaign_id,
		NULL::text AS target_id,
		NULL::text AS target_type,
		NULL::text AS activity_type,
		NULL::timestamp AS activity_date,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS log_id,
		campaign_id::text AS campaign_id,
		target_id::text AS target_id,
		target_type::text AS target_type,
		activity_type::text AS activity,
		to_timestamp(extract(epoch FROM activity_date)) AS happened_at
	FROM :"source".campaign_log
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND activity_type::text = ANY (ARRAY['targeted', 'viewed', 'link', 'send error', 'invalid email'])
		AND target_type::text = 'Leads'
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS account_id, NULL::text AS deleted) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS lead_id,
			account_id::text AS account_ref
		FROM :"source".leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.lead_id = here.target_id
) AS lead ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT id::text AS account_id
		FROM :"source".accounts
	) AS each
	WHERE each.account_id = lead.account_ref
) AS account ON true;

-- entity: program
-- reads: campaigns
CREATE VIEW program WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::date AS start_date, NULL::date AS end_date, NULL::text AS deleted) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS program_id,
		name::text AS name,
		NULL::text AS segment,
		start_date::date AS starts_on,
		CASE WHEN end_date::date >= coalesce(start_date::date, end_date::date) THEN end_date::date END AS ends_on
	FROM :"source".campaigns
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here;

-- entity: program_member
-- reads: campaign_log, accounts_contacts
CREATE VIEW program_member WITH (security_invoker = true) AS
-- the accounts to whose people a campaign went
SELECT here.campaign_id AS program_id,
	employer.account_id,
	NULL::boolean AS is_control,
	min(here.happened_at) AS joined_at
FROM (
	SELECT NULL::text AS campaign_id,
		NULL::text AS target_id,
		NULL::text AS target_type,
		NULL::text AS activity_type,
		NULL::timestamp AS activity_date,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS log_id,
		campaign_id::text AS campaign_id,
		target_id::text AS target_id,
		target_type::text AS target_type,
		activity_type::text AS activity,
		to_timestamp(extract(epoch FROM activity_date)) AS happened_at
	FROM :"source".campaign_log
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND activity_type::text = 'targeted'
		AND target_type::text = 'Contacts'
		AND campaign_id::text <> ''
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			contact_id::text AS near,
			account_id::text AS account_id,
			date_modified AS changed_at
		FROM :"source".accounts_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.near = here.target_id
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::text AS contact_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_3
			CROSS JOIN LATERAL (
				SELECT id::text AS link_id, contact_id::text AS near, date_modified AS changed_at
				FROM :"source".accounts_contacts
				WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
			) AS newer
			WHERE newer.near = each.near
				AND (coalesce(newer.changed_at, '-infinity'), newer.link_id) > (coalesce(each.changed_at, '-infinity'), each.link_id))
) AS employer ON true
GROUP BY here.campaign_id, employer.account_id;

-- entity: program_cost
-- reads: campaigns
CREATE VIEW program_cost WITH (security_invoker = true) AS
-- what a campaign cost, on its last day
SELECT here.*
FROM (
	SELECT NULL::numeric AS actual_cost,
		NULL::date AS start_date,
		NULL::date AS end_date,
		NULL::timestamp AS date_entered,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS program_id,
		NULL::text AS segment,
		coalesce(end_date::date, start_date::date, (to_timestamp(extract(epoch FROM date_entered)) AT TIME ZONE 'UTC')::date) AS spent_on,
		actual_cost::numeric AS amount
	FROM :"source".campaigns
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND actual_cost <> 0
) AS here;
