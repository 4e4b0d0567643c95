-- Custom: your own views or tables over a CRM that is not in this list, in a
-- schema of yours: each named as an entity, with the columns of
-- clientele.entity_columns() that you have, by their names and in any order.
--
-- A column that yours lacks is NULL, an entity that you do not have is a native
-- table. What must be there stands in "-- reads:"; types are cast: ids may be
-- numbers or uuid, times without a time zone are UTC, a text that should be a
-- number and is none is NULL.
--
-- To run by hand, one section an entity: psql -v source=your_views,
-- SET search_path = your_schema, clientele;

-- entity: account
-- reads: account(account_id)
CREATE VIEW account WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::text AS industry, NULL::integer AS employees, NULL::numeric AS annual_revenue,
	NULL::text AS country, NULL::text AS territory, NULL::text AS owner_id, NULL::text AS parent_account_id,
	NULL::boolean AS is_key_account, NULL::timestamptz AS created_at) AS absent,
LATERAL (
	SELECT account_id::text AS account_id,
		name::text AS name,
		industry::text AS industry,
		CASE WHEN clientele.number(employees) BETWEEN 0 AND 2147483647 THEN clientele.number(employees)::integer END AS employees,
		clientele.number(annual_revenue) AS annual_revenue,
		country::text AS country,
		territory::text AS territory,
		owner_id::text AS owner_id,
		parent_account_id::text AS parent_account_id,
		is_key_account::boolean AS is_key_account,
		clientele.utc(created_at) AS created_at
	FROM :"source".account
) AS here;

-- entity: product
-- reads: product(product_id)
CREATE VIEW product WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::text AS category, NULL::text AS tier, NULL::date AS launched_on,
	NULL::text AS prerequisite_product_id, NULL::text[] AS countries) AS absent,
LATERAL (
	SELECT product_id::text AS product_id,
		name::text AS name,
		category::text AS category,
		tier::text AS tier,
		launched_on::date AS launched_on,
		prerequisite_product_id::text AS prerequisite_product_id,
		countries::text[] AS countries
	FROM :"source".product
) AS here;

-- entity: purchase
-- reads: purchase(purchase_id, account_id)
CREATE VIEW purchase WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::timestamptz AS purchased_at, NULL::numeric AS amount, NULL::numeric AS cost, NULL::text AS product_id,
	NULL::numeric AS list_amount) AS absent,
LATERAL (
	SELECT purchase_id::text AS purchase_id,
		account_id::text AS account_id,
		clientele.utc(purchased_at) AS purchased_at,
		clientele.number(amount) AS amount,
		clientele.number(cost) AS cost,
		product_id::text AS product_id,
		clientele.number(list_amount) AS list_amount
	FROM :"source".purchase
) AS here;

-- entity: subscription
-- reads: subscription(subscription_id, account_id)
CREATE VIEW subscription WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS product_id, NULL::date AS starts_on, NULL::date AS ends_on, NULL::date AS cancelled_on,
	NULL::numeric AS monthly_amount, NULL::integer AS seats) AS absent,
LATERAL (
	SELECT subscription_id::text AS subscription_id,
		account_id::text AS account_id,
		product_id::text AS product_id,
		starts_on::date AS starts_on,
		ends_on::date AS ends_on,
		cancelled_on::date AS cancelled_on,
		clientele.number(monthly_amount) AS monthly_amount,
		CASE WHEN clientele.number(seats) BETWEEN 0 AND 2147483647 THEN clientele.number(seats)::integer END AS seats
	FROM :"source".subscription
) AS here;

-- entity: owner
-- reads: owner(owner_id)
CREATE VIEW owner WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::text AS territory, NULL::integer AS capacity) AS absent,
LATERAL (
	SELECT owner_id::text AS owner_id,
		name::text AS name,
		territory::text AS territory,
		CASE WHEN clientele.number(capacity) BETWEEN 0 AND 2147483647 THEN clientele.number(capacity)::integer END AS capacity
	FROM :"source".owner
) AS here;

-- entity: contact
-- reads: contact(contact_id)
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS account_id, NULL::text AS name, NULL::text AS email, NULL::text AS phone, NULL::text AS title,
	NULL::text AS role, NULL::text AS seniority, NULL::text AS department, NULL::boolean AS is_active,
	NULL::boolean AS do_not_contact, NULL::timestamptz AS created_at, NULL::timestamptz AS left_at) AS absent,
LATERAL (
	SELECT contact_id::text AS contact_id,
		account_id::text AS account_id,
		name::text AS name,
		email::text AS email,
		phone::text AS phone,
		title::text AS title,
		role::text AS role,
		seniority::text AS seniority,
		department::text AS department,
		is_active::boolean AS is_active,
		do_not_contact::boolean AS do_not_contact,
		clientele.utc(created_at) AS created_at,
		clientele.utc(left_at) AS left_at
	FROM :"source".contact
) AS here;

-- entity: lead
-- reads: lead(lead_id)
CREATE VIEW lead WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::text AS company, NULL::text AS name,
	NULL::text AS email, NULL::text AS source, NULL::text AS status, NULL::text AS owner_id, NULL::timestamptz AS created_at,
	NULL::timestamptz AS converted_at) AS absent,
LATERAL (
	SELECT lead_id::text AS lead_id,
		account_id::text AS account_id,
		contact_id::text AS contact_id,
		company::text AS company,
		name::text AS name,
		email::text AS email,
		source::text AS source,
		status::text AS status,
		owner_id::text AS owner_id,
		clientele.utc(created_at) AS created_at,
		clientele.utc(converted_at) AS converted_at
	FROM :"source".lead
) AS here;

-- entity: opportunity
-- reads: opportunity(opportunity_id)
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::text AS lead_id, NULL::text AS kind,
	NULL::text AS product_id, NULL::text AS stage, NULL::numeric AS amount, NULL::text AS owner_id,
	NULL::timestamptz AS opened_at, NULL::timestamptz AS closed_at, NULL::boolean AS is_won) AS absent,
LATERAL (
	SELECT opportunity_id::text AS opportunity_id,
		account_id::text AS account_id,
		contact_id::text AS contact_id,
		lead_id::text AS lead_id,
		kind::text AS kind,
		product_id::text AS product_id,
		stage::text AS stage,
		clientele.number(amount) AS amount,
		owner_id::text AS owner_id,
		clientele.utc(opened_at) AS opened_at,
		clientele.utc(closed_at) AS closed_at,
		is_won::boolean AS is_won
	FROM :"source".opportunity
) AS here;

-- entity: opportunity_stage
-- reads: opportunity_stage(opportunity_id, stage)
CREATE VIEW opportunity_stage WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::timestamptz AS entered_at) AS absent,
LATERAL (
	SELECT opportunity_id::text AS opportunity_id,
		stage::text AS stage,
		clientele.utc(entered_at) AS entered_at
	FROM :"source".opportunity_stage
) AS here;

-- entity: touchpoint
-- reads: touchpoint(touchpoint_id)
CREATE VIEW touchpoint WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::text AS lead_id, NULL::timestamptz AS occurred_at,
	NULL::text AS channel, NULL::text AS direction, NULL::text AS outcome, NULL::text AS purpose, NULL::text AS owner_id,
	NULL::numeric AS duration_minutes, NULL::text AS program_id) AS absent,
LATERAL (
	SELECT touchpoint_id::text AS touchpoint_id,
		account_id::text AS account_id,
		contact_id::text AS contact_id,
		lead_id::text AS lead_id,
		clientele.utc(occurred_at) AS occurred_at,
		channel::text AS channel,
		direction::text AS direction,
		outcome::text AS outcome,
		purpose::text AS purpose,
		owner_id::text AS owner_id,
		clientele.number(duration_minutes) AS duration_minutes,
		program_id::text AS program_id
	FROM :"source".touchpoint
) AS here;

-- entity: usage
-- reads: usage(account_id, used_on)
CREATE VIEW usage WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS product_id, NULL::numeric AS quantity, NULL::numeric AS entitled_quantity,
	NULL::integer AS active_users) AS absent,
LATERAL (
	SELECT account_id::text AS account_id,
		product_id::text AS product_id,
		used_on::date AS used_on,
		clientele.number(quantity) AS quantity,
		clientele.number(entitled_quantity) AS entitled_quantity,
		CASE WHEN clientele.number(active_users) BETWEEN 0 AND 2147483647 THEN clientele.number(active_users)::integer END AS active_users
	FROM :"source".usage
) AS here;

-- entity: ticket
-- reads: ticket(ticket_id)
CREATE VIEW ticket WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::timestamptz AS opened_at,
	NULL::timestamptz AS first_response_at, NULL::timestamptz AS closed_at, NULL::text AS severity,
	NULL::numeric AS satisfaction, NULL::boolean AS is_abandoned, NULL::text AS channel) AS absent,
LATERAL (
	SELECT ticket_id::text AS ticket_id,
		account_id::text AS account_id,
		contact_id::text AS contact_id,
		clientele.utc(opened_at) AS opened_at,
		clientele.utc(first_response_at) AS first_response_at,
		clientele.utc(closed_at) AS closed_at,
		severity::text AS severity,
		clientele.number(satisfaction) AS satisfaction,
		is_abandoned::boolean AS is_abandoned,
		channel::text AS channel
	FROM :"source".ticket
) AS here;

-- entity: contact_employment
-- reads: contact_employment(contact_id, account_id)
CREATE VIEW contact_employment WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS title, NULL::timestamptz AS started_at, NULL::timestamptz AS ended_at) AS absent,
LATERAL (
	SELECT contact_id::text AS contact_id,
		account_id::text AS account_id,
		title::text AS title,
		clientele.utc(started_at) AS started_at,
		clientele.utc(ended_at) AS ended_at
	FROM :"source".contact_employment
) AS here;

-- entity: quote
-- reads: quote(quote_id)
CREATE VIEW quote WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::text AS product_id, NULL::timestamptz AS quoted_at,
	NULL::date AS expires_on, NULL::numeric AS amount, NULL::text AS status) AS absent,
LATERAL (
	SELECT quote_id::text AS quote_id,
		account_id::text AS account_id,
		contact_id::text AS contact_id,
		product_id::text AS product_id,
		clientele.utc(quoted_at) AS quoted_at,
		expires_on::date AS expires_on,
		clientele.number(amount) AS amount,
		status::text AS status
	FROM :"source".quote
) AS here;

-- entity: referral
-- reads: referral(referral_id)
CREATE VIEW referral WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS referrer_account_id, NULL::text AS referrer_contact_id, NULL::text AS referred_account_id,
	NULL::text AS referred_lead_id, NULL::timestamptz AS referred_at) AS absent,
LATERAL (
	SELECT referral_id::text AS referral_id,
		referrer_account_id::text AS referrer_account_id,
		referrer_contact_id::text AS referrer_contact_id,
		referred_account_id::text AS referred_account_id,
		referred_lead_id::text AS referred_lead_id,
		clientele.utc(referred_at) AS referred_at
	FROM :"source".referral
) AS here;

-- entity: verification
-- reads: verification(contact_id, verified_at, outcome)
CREATE VIEW verification WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS verified_by) AS absent,
LATERAL (
	SELECT contact_id::text AS contact_id,
		clientele.utc(verified_at) AS verified_at,
		outcome::text AS outcome,
		verified_by::text AS verified_by
	FROM :"source".verification
) AS here;

-- entity: program
-- reads: program(program_id)
CREATE VIEW program WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::text AS segment, NULL::date AS starts_on, NULL::date AS ends_on) AS absent,
LATERAL (
	SELECT program_id::text AS program_id,
		name::text AS name,
		segment::text AS segment,
		starts_on::date AS starts_on,
		ends_on::date AS ends_on
	FROM :"source".program
) AS here;

-- entity: program_member
-- reads: program_member(program_id, account_id)
CREATE VIEW program_member WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::boolean AS is_control, NULL::timestamptz AS joined_at) AS absent,
LATERAL (
	SELECT program_id::text AS program_id,
		account_id::text AS account_id,
		is_control::boolean AS is_control,
		clientele.utc(joined_at) AS joined_at
	FROM :"source".program_member
) AS here;

-- entity: program_cost
-- reads: program_cost(spent_on)
CREATE VIEW program_cost WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS program_id, NULL::text AS segment, NULL::numeric AS amount) AS absent,
LATERAL (
	SELECT program_id::text AS program_id,
		segment::text AS segment,
		spent_on::date AS spent_on,
		clientele.number(amount) AS amount
	FROM :"source".program_cost
) AS here;
