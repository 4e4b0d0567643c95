-- Salesforce: its objects in a schema of this database, as a tool that copies
-- them left them: with Salesforce's own names ("Account"."OwnerId"), with those
-- of Fivetran (account.owner_id) or of Steampipe (salesforce_account.owner_id).
--
-- Money is taken as it stands, in one currency: an organisation with several
-- converts it in the views account, opportunity, purchase, subscription, quote.
-- What Salesforce does not hold (usage, referrals, verifications) is a native
-- table. Deleted rows and rows merged into others are not there. Times without
-- a time zone are UTC.
--
-- To run by hand, one section an entity: psql -v source=schema_of_salesforce,
-- SET search_path = your_schema, clientele;
--
-- Each "-- entity:" line begins one entity; of several for one entity the first
-- is taken whose relations and columns in "-- reads:" are there. A column that
-- an installation lacks is found in "absent" instead, and is NULL.

-- entity: account
-- reads: "Account"
CREATE VIEW account WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS "Name", NULL::text AS "Industry", NULL::numeric AS "NumberOfEmployees", NULL::numeric AS "AnnualRevenue",
	NULL::text AS "BillingCountry", NULL::text AS "OwnerId", NULL::text AS "ParentId", NULL::timestamptz AS "CreatedDate",
	NULL::boolean AS "IsDeleted", NULL::text AS "MasterRecordId") AS absent,
LATERAL (
	SELECT "Id"::text AS account_id,
		"Name"::text AS name,
		"Industry"::text AS industry,
		CASE WHEN clientele.number("NumberOfEmployees") BETWEEN 0 AND 2147483647
			THEN clientele.number("NumberOfEmployees")::integer END AS employees,
		clientele.number("AnnualRevenue") AS annual_revenue,
		"BillingCountry"::text AS country,
		NULL::text AS territory,
		"OwnerId"::text AS owner_id,
		"ParentId"::text AS parent_account_id,
		NULL::boolean AS is_key_account,
		clientele.utc("CreatedDate") AS created_at
	FROM :"source"."Account"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL
) AS here;

-- entity: account
-- reads: account
CREATE VIEW account WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::text AS industry, NULL::numeric AS number_of_employees, NULL::numeric AS annual_revenue,
	NULL::text AS billing_country, NULL::text AS owner_id, NULL::text AS parent_id, NULL::timestamptz AS created_date,
	NULL::boolean AS is_deleted, NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted,
	NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id::text AS account_id,
		name::text AS name,
		industry::text AS industry,
		CASE WHEN clientele.number(number_of_employees) BETWEEN 0 AND 2147483647
			THEN clientele.number(number_of_employees)::integer END AS employees,
		clientele.number(annual_revenue) AS annual_revenue,
		billing_country::text AS country,
		NULL::text AS territory,
		owner_id::text AS owner_id,
		parent_id::text AS parent_account_id,
		NULL::boolean AS is_key_account,
		clientele.utc(created_date) AS created_at
	FROM :"source".account
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here;

-- entity: account
-- reads: salesforce_account
CREATE VIEW account WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::text AS industry, NULL::numeric AS number_of_employees, NULL::numeric AS annual_revenue,
	NULL::jsonb AS billing_address, NULL::text AS owner_id, NULL::text AS parent_id, NULL::timestamptz AS created_date,
	NULL::boolean AS is_deleted, NULL::text AS master_record_id) AS absent,
LATERAL (
	SELECT id::text AS account_id,
		name::text AS name,
		industry::text AS industry,
		CASE WHEN clientele.number(number_of_employees) BETWEEN 0 AND 2147483647
			THEN clientele.number(number_of_employees)::integer END AS employees,
		clientele.number(annual_revenue) AS annual_revenue,
		(billing_address::jsonb ->> 'country') AS country,
		NULL::text AS territory,
		owner_id::text AS owner_id,
		parent_id::text AS parent_account_id,
		NULL::boolean AS is_key_account,
		clientele.utc(created_date) AS created_at
	FROM :"source".salesforce_account
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL
) AS here;

-- entity: product
-- reads: "Product2"
-- What is archived or not active cannot be bought any more.
CREATE VIEW product WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS "Name", NULL::text AS "Family", NULL::boolean AS "IsActive", NULL::boolean AS "IsArchived",
	NULL::boolean AS "IsDeleted") AS absent,
LATERAL (
	SELECT "Id"::text AS product_id,
		"Name"::text AS name,
		"Family"::text AS category,
		NULL::text AS tier,
		NULL::date AS launched_on,
		NULL::text AS prerequisite_product_id,
		NULL::text[] AS countries
	FROM :"source"."Product2"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "IsActive"::boolean IS NOT FALSE AND "IsArchived"::boolean IS NOT TRUE
) AS here;

-- entity: product
-- reads: product_2
-- What is archived or not active cannot be bought any more.
CREATE VIEW product WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::text AS family, NULL::boolean AS is_active, NULL::boolean AS is_archived,
	NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id::text AS product_id,
		name::text AS name,
		family::text AS category,
		NULL::text AS tier,
		NULL::date AS launched_on,
		NULL::text AS prerequisite_product_id,
		NULL::text[] AS countries
	FROM :"source".product_2
	WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND is_active::boolean IS NOT FALSE AND is_archived::boolean IS NOT TRUE
) AS here;

-- entity: product
-- reads: salesforce_product
-- What is archived or not active cannot be bought any more.
CREATE VIEW product WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::text AS family, NULL::boolean AS is_active, NULL::boolean AS is_archived,
	NULL::boolean AS is_deleted) AS absent,
LATERAL (
	SELECT id::text AS product_id,
		name::text AS name,
		family::text AS category,
		NULL::text AS tier,
		NULL::date AS launched_on,
		NULL::text AS prerequisite_product_id,
		NULL::text[] AS countries
	FROM :"source".salesforce_product
	WHERE is_deleted::boolean IS NOT TRUE AND is_active::boolean IS NOT FALSE AND is_archived::boolean IS NOT TRUE
) AS here;

-- entity: purchase
-- reads: "Order", "OrderItem"("OrderId"), "Opportunity"("AccountId"), "OpportunityLineItem"("OpportunityId")
-- Lines of activated orders, and activated orders without lines. Who keeps no
-- orders at all buys by winning opportunities. A reduction order is a refund.
CREATE VIEW purchase WITH (security_invoker = true) AS
WITH bought AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "AccountId", NULL::date AS "EffectiveDate", '-infinity'::timestamptz AS "ActivatedDate",
		NULL::timestamptz AS "CreatedDate", NULL::text AS "Status", NULL::numeric AS "TotalAmount", NULL::boolean AS "IsReductionOrder",
		NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id" AS id,
			"AccountId"::text AS account_id,
			coalesce(clientele.utc("EffectiveDate"), nullif(clientele.utc("ActivatedDate"), '-infinity'), clientele.utc("CreatedDate")) AS purchased_at,
			clientele.number("TotalAmount") AS amount,
			"IsReductionOrder"::boolean AS is_reduction
		FROM :"source"."Order"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "AccountId" IS NOT NULL AND "ActivatedDate" IS NOT NULL AND coalesce("Status", '') !~* '^(draft|cancel)'
	) AS here
), bought_line AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::numeric AS "Quantity", NULL::numeric AS "UnitPrice", NULL::numeric AS "ListPrice", NULL::numeric AS "TotalPrice",
		NULL::text AS "Product2Id", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id"::text AS line_id,
			"OrderId" AS whole_id,
			coalesce(clientele.number("TotalPrice"), clientele.number("UnitPrice") * clientele.number("Quantity")) AS amount,
			"Product2Id"::text AS product_id,
			clientele.number("ListPrice") * clientele.number("Quantity") AS list_amount
		FROM :"source"."OrderItem"
		WHERE "IsDeleted"::boolean IS NOT TRUE
	) AS here
), won AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::numeric AS "Amount", NULL::date AS "CloseDate", NULL::timestamptz AS "LastStageChangeDate",
		NULL::timestamptz AS "CreatedDate", NULL::boolean AS "IsWon", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id" AS id,
			"AccountId"::text AS account_id,
			greatest(least(clientele.utc("CloseDate"), clientele.utc("LastStageChangeDate")), clientele.utc("CreatedDate")) AS purchased_at,
			clientele.number("Amount") AS amount
		FROM :"source"."Opportunity"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "IsWon"::boolean AND "AccountId" IS NOT NULL
	) AS here
), won_line AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::numeric AS "Quantity", NULL::numeric AS "UnitPrice", NULL::numeric AS "ListPrice", NULL::numeric AS "TotalPrice",
		NULL::text AS "Product2Id", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id"::text AS line_id,
			"OpportunityId" AS whole_id,
			coalesce(clientele.number("TotalPrice"), clientele.number("UnitPrice") * clientele.number("Quantity")) AS amount,
			"Product2Id"::text AS product_id,
			clientele.number("ListPrice") * clientele.number("Quantity") AS list_amount
		FROM :"source"."OpportunityLineItem"
		WHERE "IsDeleted"::boolean IS NOT TRUE
	) AS here
)
SELECT line.line_id AS purchase_id,
	bought.account_id,
	bought.purchased_at,
	CASE WHEN bought.is_reduction THEN -abs(line.amount) ELSE line.amount END AS amount,
	NULL::numeric AS cost,
	line.product_id,
	CASE WHEN bought.is_reduction THEN -abs(line.list_amount) ELSE line.list_amount END AS list_amount
FROM bought
JOIN bought_line AS line ON line.whole_id = bought.id
UNION ALL
SELECT bought.id::text,
	bought.account_id,
	bought.purchased_at,
	CASE WHEN bought.is_reduction THEN -abs(bought.amount) ELSE bought.amount END,
	NULL::numeric,
	NULL::text,
	NULL::numeric
FROM bought
WHERE NOT EXISTS (SELECT FROM bought_line AS line WHERE line.whole_id = bought.id)
UNION ALL
SELECT line.line_id,
	won.account_id,
	won.purchased_at,
	line.amount,
	NULL::numeric,
	line.product_id,
	line.list_amount
FROM won
JOIN won_line AS line ON line.whole_id = won.id
WHERE NOT EXISTS (SELECT FROM :"source"."Order")
UNION ALL
SELECT won.id::text,
	won.account_id,
	won.purchased_at,
	won.amount,
	NULL::numeric,
	NULL::text,
	NULL::numeric
FROM won
WHERE NOT EXISTS (SELECT FROM :"source"."Order") AND NOT EXISTS (SELECT FROM won_line AS line WHERE line.whole_id = won.id);

-- entity: purchase
-- reads: "Opportunity"("AccountId"), "OpportunityLineItem"("OpportunityId")
-- Without orders: lines of won opportunities, and won opportunities without lines.
CREATE VIEW purchase WITH (security_invoker = true) AS
WITH won AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::numeric AS "Amount", NULL::date AS "CloseDate", NULL::timestamptz AS "LastStageChangeDate",
		NULL::timestamptz AS "CreatedDate", NULL::boolean AS "IsWon", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id" AS id,
			"AccountId"::text AS account_id,
			greatest(least(clientele.utc("CloseDate"), clientele.utc("LastStageChangeDate")), clientele.utc("CreatedDate")) AS purchased_at,
			clientele.number("Amount") AS amount
		FROM :"source"."Opportunity"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "IsWon"::boolean AND "AccountId" IS NOT NULL
	) AS here
), won_line AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::numeric AS "Quantity", NULL::numeric AS "UnitPrice", NULL::numeric AS "ListPrice", NULL::numeric AS "TotalPrice",
		NULL::text AS "Product2Id", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id"::text AS line_id,
			"OpportunityId" AS whole_id,
			coalesce(clientele.number("TotalPrice"), clientele.number("UnitPrice") * clientele.number("Quantity")) AS amount,
			"Product2Id"::text AS product_id,
			clientele.number("ListPrice") * clientele.number("Quantity") AS list_amount
		FROM :"source"."OpportunityLineItem"
		WHERE "IsDeleted"::boolean IS NOT TRUE
	) AS here
)
SELECT line.line_id AS purchase_id,
	won.account_id,
	won.purchased_at,
	line.amount,
	NULL::numeric AS cost,
	line.product_id,
	line.list_amount
FROM won
JOIN won_line AS line ON line.whole_id = won.id
UNION ALL
SELECT won.id::text,
	won.account_id,
	won.purchased_at,
	won.amount,
	NULL::numeric,
	NULL::text,
	NULL::numeric
FROM won
WHERE NOT EXISTS (SELECT FROM won_line AS line WHERE line.whole_id = won.id);

-- entity: purchase
-- reads: "Opportunity"("AccountId")
-- Without orders and lines: won opportunities.
CREATE VIEW purchase WITH (security_invoker = true) AS
WITH won AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::numeric AS "Amount", NULL::date AS "CloseDate", NULL::timestamptz AS "LastStageChangeDate",
		NULL::timestamptz AS "CreatedDate", NULL::boolean AS "IsWon", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id" AS id,
			"AccountId"::text AS account_id,
			greatest(least(clientele.utc("CloseDate"), clientele.utc("LastStageChangeDate")), clientele.utc("CreatedDate")) AS purchased_at,
			clientele.number("Amount") AS amount
		FROM :"source"."Opportunity"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "IsWon"::boolean AND "AccountId" IS NOT NULL
	) AS here
)
SELECT won.id::text AS purchase_id,
	won.account_id,
	won.purchased_at,
	won.amount,
	NULL::numeric AS cost,
	NULL::text AS product_id,
	NULL::numeric AS list_amount
FROM won;

-- entity: purchase
-- reads: "order", order_item(order_id), opportunity(account_id), opportunity_line_item(opportunity_id)
-- Lines of activated orders, and activated orders without lines. Who keeps no
-- orders at all buys by winning opportunities. A reduction order is a refund.
CREATE VIEW purchase WITH (security_invoker = true) AS
WITH bought AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS account_id, NULL::date AS effective_date, '-infinity'::timestamptz AS activated_date,
		NULL::timestamptz AS created_date, NULL::text AS status, NULL::numeric AS total_amount, NULL::boolean AS is_reduction_order,
		NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id,
			account_id::text AS account_id,
			coalesce(clientele.utc(effective_date), nullif(clientele.utc(activated_date), '-infinity'), clientele.utc(created_date)) AS purchased_at,
			clientele.number(total_amount) AS amount,
			is_reduction_order::boolean AS is_reduction
		FROM :"source"."order"
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND account_id IS NOT NULL AND activated_date IS NOT NULL AND coalesce(status, '') !~* '^(draft|cancel)'
	) AS here
), bought_line AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::numeric AS quantity, NULL::numeric AS unit_price, NULL::numeric AS list_price, NULL::numeric AS total_price,
		NULL::text AS product_2_id, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id::text AS line_id,
			order_id AS whole_id,
			coalesce(clientele.number(total_price), clientele.number(unit_price) * clientele.number(quantity)) AS amount,
			product_2_id::text AS product_id,
			clientele.number(list_price) * clientele.number(quantity) AS list_amount
		FROM :"source".order_item
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
	) AS here
), won AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::numeric AS amount, NULL::date AS close_date, NULL::timestamptz AS last_stage_change_date,
		NULL::timestamptz AS created_date, NULL::boolean AS is_won, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id,
			account_id::text AS account_id,
			greatest(least(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) AS purchased_at,
			clientele.number(amount) AS amount
		FROM :"source".opportunity
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND is_won::boolean AND account_id IS NOT NULL
	) AS here
), won_line AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::numeric AS quantity, NULL::numeric AS unit_price, NULL::numeric AS list_price, NULL::numeric AS total_price,
		NULL::text AS product_2_id, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id::text AS line_id,
			opportunity_id AS whole_id,
			coalesce(clientele.number(total_price), clientele.number(unit_price) * clientele.number(quantity)) AS amount,
			product_2_id::text AS product_id,
			clientele.number(list_price) * clientele.number(quantity) AS list_amount
		FROM :"source".opportunity_line_item
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
	) AS here
)
SELECT line.line_id AS purchase_id,
	bought.account_id,
	bought.purchased_at,
	CASE WHEN bought.is_reduction THEN -abs(line.amount) ELSE line.amount END AS amount,
	NULL::numeric AS cost,
	line.product_id,
	CASE WHEN bought.is_reduction THEN -abs(line.list_amount) ELSE line.list_amount END AS list_amount
FROM bought
JOIN bought_line AS line ON line.whole_id = bought.id
UNION ALL
SELECT bought.id::text,
	bought.account_id,
	bought.purchased_at,
	CASE WHEN bought.is_reduction THEN -abs(bought.amount) ELSE bought.amount END,
	NULL::numeric,
	NULL::text,
	NULL::numeric
FROM bought
WHERE NOT EXISTS (SELECT FROM bought_line AS line WHERE line.whole_id = bought.id)
UNION ALL
SELECT line.line_id,
	won.account_id,
	won.purchased_at,
	line.amount,
	NULL::numeric,
	line.product_id,
	line.list_amount
FROM won
JOIN won_line AS line ON line.whole_id = won.id
WHERE NOT EXISTS (SELECT FROM :"source"."order")
UNION ALL
SELECT won.id::text,
	won.account_id,
	won.purchased_at,
	won.amount,
	NULL::numeric,
	NULL::text,
	NULL::numeric
FROM won
WHERE NOT EXISTS (SELECT FROM :"source"."order") AND NOT EXISTS (SELECT FROM won_line AS line WHERE line.whole_id = won.id);

-- entity: purchase
-- reads: opportunity(account_id), opportunity_line_item(opportunity_id)
-- Without orders: lines of won opportunities, and won opportunities without lines.
CREATE VIEW purchase WITH (security_invoker = true) AS
WITH won AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::numeric AS amount, NULL::date AS close_date, NULL::timestamptz AS last_stage_change_date,
		NULL::timestamptz AS created_date, NULL::boolean AS is_won, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id,
			account_id::text AS account_id,
			greatest(least(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) AS purchased_at,
			clientele.number(amount) AS amount
		FROM :"source".opportunity
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND is_won::boolean AND account_id IS NOT NULL
	) AS here
), won_line AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::numeric AS quantity, NULL::numeric AS unit_price, NULL::numeric AS list_price, NULL::numeric AS total_price,
		NULL::text AS product_2_id, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id::text AS line_id,
			opportunity_id AS whole_id,
			coalesce(clientele.number(total_price), clientele.number(unit_price) * clientele.number(quantity)) AS amount,
			product_2_id::text AS product_id,
			clientele.number(list_price) * clientele.number(quantity) AS list_amount
		FROM :"source".opportunity_line_item
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
	) AS here
)
SELECT line.line_id AS purchase_id,
	won.account_id,
	won.purchased_at,
	line.amount,
	NULL::numeric AS cost,
	line.product_id,
	line.list_amount
FROM won
JOIN won_line AS line ON line.whole_id = won.id
UNION ALL
SELECT won.id::text,
	won.account_id,
	won.purchased_at,
	won.amount,
	NULL::numeric,
	NULL::text,
	NULL::numeric
FROM won
WHERE NOT EXISTS (SELECT FROM won_line AS line WHERE line.whole_id = won.id);

-- entity: purchase
-- reads: opportunity(account_id)
-- Without orders and lines: won opportunities.
CREATE VIEW purchase WITH (security_invoker = true) AS
WITH won AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::numeric AS amount, NULL::date AS close_date, NULL::timestamptz AS last_stage_change_date,
		NULL::timestamptz AS created_date, NULL::boolean AS is_won, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id,
			account_id::text AS account_id,
			greatest(least(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) AS purchased_at,
			clientele.number(amount) AS amount
		FROM :"source".opportunity
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND is_won::boolean AND account_id IS NOT NULL
	) AS here
)
SELECT won.id::text AS purchase_id,
	won.account_id,
	won.purchased_at,
	won.amount,
	NULL::numeric AS cost,
	NULL::text AS product_id,
	NULL::numeric AS list_amount
FROM won;

-- entity: purchase
-- reads: salesforce_order, salesforce_opportunity(account_id)
-- Activated orders. Who keeps no orders at all buys by winning opportunities. A
-- reduction order is a refund.
CREATE VIEW purchase WITH (security_invoker = true) AS
WITH bought AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS account_id, NULL::date AS effective_date, '-infinity'::timestamptz AS activated_date,
		NULL::timestamptz AS created_date, NULL::text AS status, NULL::numeric AS total_amount, NULL::boolean AS is_reduction_order,
		NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT id AS id,
			account_id::text AS account_id,
			coalesce(clientele.utc(effective_date), nullif(clientele.utc(activated_date), '-infinity'), clientele.utc(created_date)) AS purchased_at,
			clientele.number(total_amount) AS amount,
			is_reduction_order::boolean AS is_reduction
		FROM :"source".salesforce_order
		WHERE is_deleted::boolean IS NOT TRUE AND account_id IS NOT NULL AND activated_date IS NOT NULL AND coalesce(status, '') !~* '^(draft|cancel)'
	) AS here
), won AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::numeric AS amount, NULL::date AS close_date, NULL::timestamptz AS last_stage_change_date,
		NULL::timestamptz AS created_date, NULL::boolean AS is_won, NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT id AS id,
			account_id::text AS account_id,
			greatest(least(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) AS purchased_at,
			clientele.number(amount) AS amount
		FROM :"source".salesforce_opportunity
		WHERE is_deleted::boolean IS NOT TRUE AND is_won::boolean AND account_id IS NOT NULL
	) AS here
)
SELECT bought.id::text AS purchase_id,
	bought.account_id,
	bought.purchased_at,
	CASE WHEN bought.is_reduction THEN -abs(bought.amount) ELSE bought.amount END AS amount,
	NULL::numeric AS cost,
	NULL::text AS product_id,
	NULL::numeric AS list_amount
FROM bought
UNION ALL
SELECT won.id::text,
	won.account_id,
	won.purchased_at,
	won.amount,
	NULL::numeric,
	NULL::text,
	NULL::numeric
FROM won
WHERE NOT EXISTS (SELECT FROM :"source".salesforce_order);

-- entity: purchase
-- reads: salesforce_opportunity(account_id)
-- Without orders: won opportunities.
CREATE VIEW purchase WITH (security_invoker = true) AS
WITH won AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::numeric AS amount, NULL::date AS close_date, NULL::timestamptz AS last_stage_change_date,
		NULL::timestamptz AS created_date, NULL::boolean AS is_won, NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT id AS id,
			account_id::text AS account_id,
			greatest(least(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) AS purchased_at,
			clientele.number(amount) AS amount
		FROM :"source".salesforce_opportunity
		WHERE is_deleted::boolean IS NOT TRUE AND is_won::boolean AND account_id IS NOT NULL
	) AS here
)
SELECT won.id::text AS purchase_id,
	won.account_id,
	won.purchased_at,
	won.amount,
	NULL::numeric AS cost,
	NULL::text AS product_id,
	NULL::numeric AS list_amount
FROM won;

-- entity: subscription
-- reads: "Contract", "ServiceContract"
-- Contracts that were activated, and service contracts. A terminated one has no date of its
-- own: the day of its last change stands for it.
CREATE VIEW subscription WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS "AccountId", NULL::date AS "StartDate", NULL::date AS "EndDate", NULL::integer AS "ContractTerm",
	NULL::text AS "Status", '-infinity'::timestamptz AS "ActivatedDate", NULL::timestamptz AS "LastModifiedDate",
	NULL::boolean AS "IsDeleted") AS absent,
LATERAL (
	SELECT "Id"::text AS subscription_id,
		"AccountId"::text AS account_id,
		NULL::text AS product_id,
		(clientele.utc("StartDate") AT TIME ZONE 'UTC')::date AS starts_on,
		coalesce((clientele.utc("EndDate") AT TIME ZONE 'UTC')::date,
			(clientele.utc("StartDate") AT TIME ZONE 'UTC' + clientele.number("ContractTerm")::integer * interval '1 month' - interval '1 day')::date) AS ends_on,
		CASE WHEN "Status" ~* '^(terminat|cancel)'
			THEN (clientele.utc("LastModifiedDate") AT TIME ZONE 'UTC')::date END AS cancelled_on,
		NULL::numeric AS monthly_amount,
		NULL::integer AS seats
	FROM :"source"."Contract"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "AccountId" IS NOT NULL AND "ActivatedDate" IS NOT NULL
		AND coalesce("Status", '') !~* '^(draft|in ?approval|reject)'
) AS here
UNION ALL
SELECT here.*
FROM (SELECT NULL::text AS "AccountId", NULL::date AS "StartDate", NULL::date AS "EndDate", NULL::integer AS "Term",
	NULL::numeric AS "TotalPrice", NULL::text AS "Status", NULL::text AS "ApprovalStatus", NULL::timestamptz AS "LastModifiedDate",
	NULL::boolean AS "IsDeleted") AS absent,
LATERAL (
	SELECT "Id"::text AS subscription_id,
		"AccountId"::text AS account_id,
		NULL::text AS product_id,
		(clientele.utc("StartDate") AT TIME ZONE 'UTC')::date AS starts_on,
		(clientele.utc("EndDate") AT TIME ZONE 'UTC')::date AS ends_on,
		CASE WHEN "Status" ~* '^(terminat|cancel)'
			THEN (clientele.utc("LastModifiedDate") AT TIME ZONE 'UTC')::date END AS cancelled_on,
		round(clientele.number("TotalPrice") / nullif(clientele.number("Term"), 0), 2) AS monthly_amount,
		NULL::integer AS seats
	FROM :"source"."ServiceContract"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "AccountId" IS NOT NULL
		AND coalesce("Status", '') !~* '^(draft|inactive)' AND coalesce("ApprovalStatus", '') !~* '^(draft|in ?approval|reject)'
) AS here;

-- entity: subscription
-- reads: "Contract"
-- Contracts that were activated. A terminated one has no date of its
-- own: the day of its last change stands for it.
CREATE VIEW subscription WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS "AccountId", NULL::date AS "StartDate", NULL::date AS "EndDate", NULL::integer AS "ContractTerm",
	NULL::text AS "Status", '-infinity'::timestamptz AS "ActivatedDate", NULL::timestamptz AS "LastModifiedDate",
	NULL::boolean AS "IsDeleted") AS absent,
LATERAL (
	SELECT "Id"::text AS subscription_id,
		"AccountId"::text AS account_id,
		NULL::text AS product_id,
		(clientele.utc("StartDate") AT TIME ZONE 'UTC')::date AS starts_on,
		coalesce((clientele.utc("EndDate") AT TIME ZONE 'UTC')::date,
			(clientele.utc("StartDate") AT TIME ZONE 'UTC' + clientele.number("ContractTerm")::integer * interval '1 month' - interval '1 day')::date) AS ends_on,
		CASE WHEN "Status" ~* '^(terminat|cancel)'
			THEN (clientele.utc("LastModifiedDate") AT TIME ZONE 'UTC')::date END AS cancelled_on,
		NULL::numeric AS monthly_amount,
		NULL::integer AS seats
	FROM :"source"."Contract"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "AccountId" IS NOT NULL AND "ActivatedDate" IS NOT NULL
		AND coalesce("Status", '') !~* '^(draft|in ?approval|reject)'
) AS here;

-- entity: subscription
-- reads: "Asset"("UsageEndDate")
-- Without contracts: assets whose use ends some day; those of competitors are not ours.
CREATE VIEW subscription WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS "AccountId", NULL::text AS "Product2Id", NULL::date AS "InstallDate", NULL::date AS "PurchaseDate",
	NULL::numeric AS "Price", NULL::numeric AS "Quantity", NULL::text AS "Status", NULL::boolean AS "IsCompetitorProduct",
	NULL::boolean AS "IsDeleted") AS absent,
LATERAL (
	SELECT "Id"::text AS subscription_id,
		"AccountId"::text AS account_id,
		"Product2Id"::text AS product_id,
		run.starts_on,
		run.ends_on,
		NULL::date AS cancelled_on,
		round(clientele.number("Price") / nullif((run.ends_on - run.starts_on + 1) / 30.4375, 0), 2) AS monthly_amount,
		CASE WHEN clientele.number("Quantity") BETWEEN 0 AND 2147483647 THEN clientele.number("Quantity")::integer END AS seats
	FROM :"source"."Asset",
	LATERAL (
		SELECT (coalesce(clientele.utc("InstallDate"), clientele.utc("PurchaseDate")) AT TIME ZONE 'UTC')::date AS starts_on,
			(clientele.utc("UsageEndDate") AT TIME ZONE 'UTC')::date AS ends_on
	) AS run
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "AccountId" IS NOT NULL AND "UsageEndDate" IS NOT NULL AND "IsCompetitorProduct"::boolean IS NOT TRUE
) AS here;

-- entity: subscription
-- reads: contract, service_contract
-- Contracts that were activated, and service contracts. A terminated one has no date of its
-- own: the day of its last change stands for it.
CREATE VIEW subscription WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS account_id, NULL::date AS start_date, NULL::date AS end_date, NULL::integer AS contract_term,
	NULL::text AS status, '-infinity'::timestamptz AS activated_date, NULL::timestamptz AS last_modified_date, NULL::boolean AS is_deleted,
	NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id::text AS subscription_id,
		account_id::text AS account_id,
		NULL::text AS product_id,
		(clientele.utc(start_date) AT TIME ZONE 'UTC')::date AS starts_on,
		coalesce((clientele.utc(end_date) AT TIME ZONE 'UTC')::date,
			(clientele.utc(start_date) AT TIME ZONE 'UTC' + clientele.number(contract_term)::integer * interval '1 month' - interval '1 day')::date) AS ends_on,
		CASE WHEN status ~* '^(terminat|cancel)'
			THEN (clientele.utc(last_modified_date) AT TIME ZONE 'UTC')::date END AS cancelled_on,
		NULL::numeric AS monthly_amount,
		NULL::integer AS seats
	FROM :"source".contract
	WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND account_id IS NOT NULL AND activated_date IS NOT NULL
		AND coalesce(status, '') !~* '^(draft|in ?approval|reject)'
) AS here
UNION ALL
SELECT here.*
FROM (SELECT NULL::text AS account_id, NULL::date AS start_date, NULL::date AS end_date, NULL::integer AS term,
	NULL::numeric AS total_price, NULL::text AS status, NULL::text AS approval_status, NULL::timestamptz AS last_modified_date,
	NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id::text AS subscription_id,
		account_id::text AS account_id,
		NULL::text AS product_id,
		(clientele.utc(start_date) AT TIME ZONE 'UTC')::date AS starts_on,
		(clientele.utc(end_date) AT TIME ZONE 'UTC')::date AS ends_on,
		CASE WHEN status ~* '^(terminat|cancel)'
			THEN (clientele.utc(last_modified_date) AT TIME ZONE 'UTC')::date END AS cancelled_on,
		round(clientele.number(total_price) / nullif(clientele.number(term), 0), 2) AS monthly_amount,
		NULL::integer AS seats
	FROM :"source".service_contract
	WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND account_id IS NOT NULL
		AND coalesce(status, '') !~* '^(draft|inactive)' AND coalesce(approval_status, '') !~* '^(draft|in ?approval|reject)'
) AS here;

-- entity: subscription
-- reads: contract
-- Contracts that were activated. A terminated one has no date of its
-- own: the day of its last change stands for it.
CREATE VIEW subscription WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS account_id, NULL::date AS start_date, NULL::date AS end_date, NULL::integer AS contract_term,
	NULL::text AS status, '-infinity'::timestamptz AS activated_date, NULL::timestamptz AS last_modified_date, NULL::boolean AS is_deleted,
	NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id::text AS subscription_id,
		account_id::text AS account_id,
		NULL::text AS product_id,
		(clientele.utc(start_date) AT TIME ZONE 'UTC')::date AS starts_on,
		coalesce((clientele.utc(end_date) AT TIME ZONE 'UTC')::date,
			(clientele.utc(start_date) AT TIME ZONE 'UTC' + clientele.number(contract_term)::integer * interval '1 month' - interval '1 day')::date) AS ends_on,
		CASE WHEN status ~* '^(terminat|cancel)'
			THEN (clientele.utc(last_modified_date) AT TIME ZONE 'UTC')::date END AS cancelled_on,
		NULL::numeric AS monthly_amount,
		NULL::integer AS seats
	FROM :"source".contract
	WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND account_id IS NOT NULL AND activated_date IS NOT NULL
		AND coalesce(status, '') !~* '^(draft|in ?approval|reject)'
) AS here;

-- entity: subscription
-- reads: asset(usage_end_date)
-- Without contracts: assets whose use ends some day; those of competitors are not ours.
CREATE VIEW subscription WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS account_id, NULL::text AS product_2_id, NULL::date AS install_date, NULL::date AS purchase_date,
	NULL::numeric AS price, NULL::numeric AS quantity, NULL::text AS status, NULL::boolean AS is_competitor_product,
	NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id::text AS subscription_id,
		account_id::text AS account_id,
		product_2_id::text AS product_id,
		run.starts_on,
		run.ends_on,
		NULL::date AS cancelled_on,
		round(clientele.number(price) / nullif((run.ends_on - run.starts_on + 1) / 30.4375, 0), 2) AS monthly_amount,
		CASE WHEN clientele.number(quantity) BETWEEN 0 AND 2147483647 THEN clientele.number(quantity)::integer END AS seats
	FROM :"source".asset,
	LATERAL (
		SELECT (coalesce(clientele.utc(install_date), clientele.utc(purchase_date)) AT TIME ZONE 'UTC')::date AS starts_on,
			(clientele.utc(usage_end_date) AT TIME ZONE 'UTC')::date AS ends_on
	) AS run
	WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND account_id IS NOT NULL AND usage_end_date IS NOT NULL AND is_competitor_product::boolean IS NOT TRUE
) AS here;

-- entity: subscription
-- reads: salesforce_contract
-- Contracts that were activated. A terminated one has no date of its
-- own: the day of its last change stands for it.
CREATE VIEW subscription WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS account_id, NULL::date AS start_date, NULL::date AS end_date, NULL::integer AS contract_term,
	NULL::text AS status, '-infinity'::timestamptz AS activated_date, NULL::timestamptz AS last_modified_date,
	NULL::boolean AS is_deleted) AS absent,
LATERAL (
	SELECT id::text AS subscription_id,
		account_id::text AS account_id,
		NULL::text AS product_id,
		(clientele.utc(start_date) AT TIME ZONE 'UTC')::date AS starts_on,
		coalesce((clientele.utc(end_date) AT TIME ZONE 'UTC')::date,
			(clientele.utc(start_date) AT TIME ZONE 'UTC' + clientele.number(contract_term)::integer * interval '1 month' - interval '1 day')::date) AS ends_on,
		CASE WHEN status ~* '^(terminat|cancel)'
			THEN (clientele.utc(last_modified_date) AT TIME ZONE 'UTC')::date END AS cancelled_on,
		NULL::numeric AS monthly_amount,
		NULL::integer AS seats
	FROM :"source".salesforce_contract
	WHERE is_deleted::boolean IS NOT TRUE AND account_id IS NOT NULL AND activated_date IS NOT NULL
		AND coalesce(status, '') !~* '^(draft|in ?approval|reject)'
) AS here;

-- entity: subscription
-- reads: salesforce_asset(usage_end_date)
-- Without contracts: assets whose use ends some day; those of competitors are not ours.
CREATE VIEW subscription WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS account_id, NULL::text AS product_2_id, NULL::date AS install_date, NULL::date AS purchase_date,
	NULL::numeric AS price, NULL::numeric AS quantity, NULL::text AS status, NULL::boolean AS is_competitor_product,
	NULL::boolean AS is_deleted) AS absent,
LATERAL (
	SELECT id::text AS subscription_id,
		account_id::text AS account_id,
		product_2_id::text AS product_id,
		run.starts_on,
		run.ends_on,
		NULL::date AS cancelled_on,
		round(clientele.number(price) / nullif((run.ends_on - run.starts_on + 1) / 30.4375, 0), 2) AS monthly_amount,
		CASE WHEN clientele.number(quantity) BETWEEN 0 AND 2147483647 THEN clientele.number(quantity)::integer END AS seats
	FROM :"source".salesforce_asset,
	LATERAL (
		SELECT (coalesce(clientele.utc(install_date), clientele.utc(purchase_date)) AT TIME ZONE 'UTC')::date AS starts_on,
			(clientele.utc(usage_end_date) AT TIME ZONE 'UTC')::date AS ends_on
	) AS run
	WHERE is_deleted::boolean IS NOT TRUE AND account_id IS NOT NULL AND usage_end_date IS NOT NULL AND is_competitor_product::boolean IS NOT TRUE
) AS here;

-- entity: owner
-- reads: "User"
-- People who can log in today; not integrations, guests and customers' portals.
CREATE VIEW owner WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS "Name", NULL::text AS "FirstName", NULL::text AS "LastName", NULL::boolean AS "IsActive",
	NULL::text AS "UserType") AS absent,
LATERAL (
	SELECT "Id"::text AS owner_id,
		coalesce("Name"::text, nullif(concat_ws(' ', "FirstName", "LastName"), '')) AS name,
		NULL::text AS territory,
		NULL::integer AS capacity
	FROM :"source"."User"
	WHERE "IsActive"::boolean IS NOT FALSE AND coalesce("UserType", 'Standard') = 'Standard'
) AS here;

-- entity: owner
-- reads: "user"
-- People who can log in today; not integrations, guests and customers' portals.
CREATE VIEW owner WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::text AS first_name, NULL::text AS last_name, NULL::boolean AS is_active, NULL::text AS user_type,
	NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id::text AS owner_id,
		coalesce(name::text, nullif(concat_ws(' ', first_name, last_name), '')) AS name,
		NULL::text AS territory,
		NULL::integer AS capacity
	FROM :"source"."user"
	WHERE _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND is_active::boolean IS NOT FALSE AND coalesce(user_type, 'Standard') = 'Standard'
) AS here;

-- entity: owner
-- reads: salesforce_user
-- People who can log in today; not integrations, guests and customers' portals.
CREATE VIEW owner WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::text AS first_name, NULL::text AS last_name, NULL::boolean AS is_active,
	NULL::text AS user_type) AS absent,
LATERAL (
	SELECT id::text AS owner_id,
		coalesce(name::text, nullif(concat_ws(' ', first_name, last_name), '')) AS name,
		NULL::text AS territory,
		NULL::integer AS capacity
	FROM :"source".salesforce_user
	WHERE is_active::boolean IS NOT FALSE AND coalesce(user_type, 'Standard') = 'Standard'
) AS here;

-- entity: contact
-- reads: "Contact", "OpportunityContactRole"("ContactId", "Role")
-- The role is the last one that was given in an opportunity (ids ascend). Who wants no
-- mail or no calls is not to be contacted.
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.contact_id,
	here.account_id,
	here.name,
	here.email,
	here.phone,
	here.title,
	role.role,
	NULL::text AS seniority,
	here.department,
	here.is_active,
	here.do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (SELECT NULL::text AS "AccountId", NULL::text AS "Name", NULL::text AS "FirstName", NULL::text AS "LastName", NULL::text AS "Email",
	NULL::text AS "Phone", NULL::text AS "MobilePhone", NULL::text AS "Title", NULL::text AS "Department",
	NULL::boolean AS "HasOptedOutOfEmail", NULL::boolean AS "DoNotCall", NULL::timestamptz AS "CreatedDate", NULL::boolean AS "IsDeleted",
	NULL::text AS "MasterRecordId") AS absent,
LATERAL (
	SELECT "Id" AS id,
		"Id"::text AS contact_id,
		"AccountId"::text AS account_id,
		coalesce("Name"::text, nullif(concat_ws(' ', "FirstName", "LastName"), '')) AS name,
		"Email"::text AS email,
		coalesce("Phone", "MobilePhone")::text AS phone,
		"Title"::text AS title,
		"Department"::text AS department,
		true AS is_active,
		"HasOptedOutOfEmail"::boolean OR "DoNotCall"::boolean AS do_not_contact,
		clientele.utc("CreatedDate") AS created_at
	FROM :"source"."Contact"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL
) AS here
LEFT JOIN (
	SELECT played.*
	FROM (SELECT NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT part."ContactId" AS contact_id, lower(part."Role"::text) AS role
		FROM :"source"."OpportunityContactRole" AS part
		WHERE "IsDeleted"::boolean IS NOT TRUE AND part."Role" IS NOT NULL
			AND NOT EXISTS (
				SELECT
				FROM :"source"."OpportunityContactRole" AS later
				WHERE "IsDeleted"::boolean IS NOT TRUE AND later."ContactId" = part."ContactId" AND later."Role" IS NOT NULL AND later."Id"::text COLLATE "C" > part."Id"::text)
	) AS played
) AS role ON role.contact_id = here.id;

-- entity: contact
-- reads: "Contact"
-- Who wants no mail or no calls is not to be contacted.
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.contact_id,
	here.account_id,
	here.name,
	here.email,
	here.phone,
	here.title,
	NULL::text AS role,
	NULL::text AS seniority,
	here.department,
	here.is_active,
	here.do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (SELECT NULL::text AS "AccountId", NULL::text AS "Name", NULL::text AS "FirstName", NULL::text AS "LastName", NULL::text AS "Email",
	NULL::text AS "Phone", NULL::text AS "MobilePhone", NULL::text AS "Title", NULL::text AS "Department",
	NULL::boolean AS "HasOptedOutOfEmail", NULL::boolean AS "DoNotCall", NULL::timestamptz AS "CreatedDate", NULL::boolean AS "IsDeleted",
	NULL::text AS "MasterRecordId") AS absent,
LATERAL (
	SELECT "Id" AS id,
		"Id"::text AS contact_id,
		"AccountId"::text AS account_id,
		coalesce("Name"::text, nullif(concat_ws(' ', "FirstName", "LastName"), '')) AS name,
		"Email"::text AS email,
		coalesce("Phone", "MobilePhone")::text AS phone,
		"Title"::text AS title,
		"Department"::text AS department,
		true AS is_active,
		"HasOptedOutOfEmail"::boolean OR "DoNotCall"::boolean AS do_not_contact,
		clientele.utc("CreatedDate") AS created_at
	FROM :"source"."Contact"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL
) AS here;

-- entity: contact
-- reads: contact, opportunity_contact_role(contact_id, role)
-- The role is the last one that was given in an opportunity (ids ascend). Who wants no
-- mail or no calls is not to be contacted.
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.contact_id,
	here.account_id,
	here.name,
	here.email,
	here.phone,
	here.title,
	role.role,
	NULL::text AS seniority,
	here.department,
	here.is_active,
	here.do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (SELECT NULL::text AS account_id, NULL::text AS name, NULL::text AS first_name, NULL::text AS last_name, NULL::text AS email,
	NULL::text AS phone, NULL::text AS mobile_phone, NULL::text AS title, NULL::text AS department, NULL::boolean AS has_opted_out_of_email,
	NULL::boolean AS do_not_call, NULL::timestamptz AS created_date, NULL::boolean AS is_deleted, NULL::text AS master_record_id,
	NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS contact_id,
		account_id::text AS account_id,
		coalesce(name::text, nullif(concat_ws(' ', first_name, last_name), '')) AS name,
		email::text AS email,
		coalesce(phone, mobile_phone)::text AS phone,
		title::text AS title,
		department::text AS department,
		true AS is_active,
		has_opted_out_of_email::boolean OR do_not_call::boolean AS do_not_contact,
		clientele.utc(created_date) AS created_at
	FROM :"source".contact
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here
LEFT JOIN (
	SELECT played.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT part.contact_id AS contact_id, lower(part.role::text) AS role
		FROM :"source".opportunity_contact_role AS part
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND part.role IS NOT NULL
			AND NOT EXISTS (
				SELECT
				FROM :"source".opportunity_contact_role AS later
				WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND later.contact_id = part.contact_id AND later.role IS NOT NULL AND later.id::text COLLATE "C" > part.id::text)
	) AS played
) AS role ON role.contact_id = here.id;

-- entity: contact
-- reads: contact
-- Who wants no mail or no calls is not to be contacted.
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.contact_id,
	here.account_id,
	here.name,
	here.email,
	here.phone,
	here.title,
	NULL::text AS role,
	NULL::text AS seniority,
	here.department,
	here.is_active,
	here.do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (SELECT NULL::text AS account_id, NULL::text AS name, NULL::text AS first_name, NULL::text AS last_name, NULL::text AS email,
	NULL::text AS phone, NULL::text AS mobile_phone, NULL::text AS title, NULL::text AS department, NULL::boolean AS has_opted_out_of_email,
	NULL::boolean AS do_not_call, NULL::timestamptz AS created_date, NULL::boolean AS is_deleted, NULL::text AS master_record_id,
	NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS contact_id,
		account_id::text AS account_id,
		coalesce(name::text, nullif(concat_ws(' ', first_name, last_name), '')) AS name,
		email::text AS email,
		coalesce(phone, mobile_phone)::text AS phone,
		title::text AS title,
		department::text AS department,
		true AS is_active,
		has_opted_out_of_email::boolean OR do_not_call::boolean AS do_not_contact,
		clientele.utc(created_date) AS created_at
	FROM :"source".contact
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here;

-- entity: contact
-- reads: salesforce_contact, salesforce_account_contact_role(contact_id, role)
-- The role is the last one that was given at the account (ids ascend). Who wants no
-- mail or no calls is not to be contacted.
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.contact_id,
	here.account_id,
	here.name,
	here.email,
	here.phone,
	here.title,
	role.role,
	NULL::text AS seniority,
	here.department,
	here.is_active,
	here.do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (SELECT NULL::text AS account_id, NULL::text AS name, NULL::text AS first_name, NULL::text AS last_name, NULL::text AS email,
	NULL::text AS phone, NULL::text AS mobile_phone, NULL::text AS title, NULL::text AS department, NULL::boolean AS has_opted_out_of_email,
	NULL::boolean AS do_not_call, NULL::timestamptz AS created_date, NULL::boolean AS is_deleted, NULL::text AS master_record_id) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS contact_id,
		account_id::text AS account_id,
		coalesce(name::text, nullif(concat_ws(' ', first_name, last_name), '')) AS name,
		email::text AS email,
		coalesce(phone, mobile_phone)::text AS phone,
		title::text AS title,
		department::text AS department,
		true AS is_active,
		has_opted_out_of_email::boolean OR do_not_call::boolean AS do_not_contact,
		clientele.utc(created_date) AS created_at
	FROM :"source".salesforce_contact
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL
) AS here
LEFT JOIN (
	SELECT played.*
	FROM (SELECT NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT part.contact_id AS contact_id, lower(part.role::text) AS role
		FROM :"source".salesforce_account_contact_role AS part
		WHERE is_deleted::boolean IS NOT TRUE AND part.role IS NOT NULL
			AND NOT EXISTS (
				SELECT
				FROM :"source".salesforce_account_contact_role AS later
				WHERE is_deleted::boolean IS NOT TRUE AND later.contact_id = part.contact_id AND later.role IS NOT NULL AND later.id::text COLLATE "C" > part.id::text)
	) AS played
) AS role ON role.contact_id = here.id;

-- entity: contact
-- reads: salesforce_contact
-- Who wants no mail or no calls is not to be contacted.
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.contact_id,
	here.account_id,
	here.name,
	here.email,
	here.phone,
	here.title,
	NULL::text AS role,
	NULL::text AS seniority,
	here.department,
	here.is_active,
	here.do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (SELECT NULL::text AS account_id, NULL::text AS name, NULL::text AS first_name, NULL::text AS last_name, NULL::text AS email,
	NULL::text AS phone, NULL::text AS mobile_phone, NULL::text AS title, NULL::text AS department, NULL::boolean AS has_opted_out_of_email,
	NULL::boolean AS do_not_call, NULL::timestamptz AS created_date, NULL::boolean AS is_deleted, NULL::text AS master_record_id) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS contact_id,
		account_id::text AS account_id,
		coalesce(name::text, nullif(concat_ws(' ', first_name, last_name), '')) AS name,
		email::text AS email,
		coalesce(phone, mobile_phone)::text AS phone,
		title::text AS title,
		department::text AS department,
		true AS is_active,
		has_opted_out_of_email::boolean OR do_not_call::boolean AS do_not_contact,
		clientele.utc(created_date) AS created_at
	FROM :"source".salesforce_contact
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL
) AS here;

-- entity: lead
-- reads: "Lead"
-- A conversion has a day and no time: on the day of its arrival a lead is
-- converted when it arrives.
CREATE VIEW lead WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS "ConvertedAccountId", NULL::text AS "ConvertedContactId", NULL::text AS "Company", NULL::text AS "Name",
	NULL::text AS "FirstName", NULL::text AS "LastName", NULL::text AS "Email", NULL::text AS "LeadSource", NULL::text AS "Status",
	NULL::text AS "OwnerId", NULL::timestamptz AS "CreatedDate", NULL::date AS "ConvertedDate", NULL::boolean AS "IsDeleted",
	NULL::text AS "MasterRecordId") AS absent,
LATERAL (
	SELECT "Id"::text AS lead_id,
		"ConvertedAccountId"::text AS account_id,
		"ConvertedContactId"::text AS contact_id,
		"Company"::text AS company,
		coalesce("Name"::text, nullif(concat_ws(' ', "FirstName", "LastName"), '')) AS name,
		"Email"::text AS email,
		lower("LeadSource"::text) AS source,
		lower("Status"::text) AS status,
		"OwnerId"::text AS owner_id,
		clientele.utc("CreatedDate") AS created_at,
		CASE WHEN "ConvertedDate" IS NOT NULL THEN greatest(clientele.utc("ConvertedDate"), clientele.utc("CreatedDate")) END AS converted_at
	FROM :"source"."Lead"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL
) AS here;

-- entity: lead
-- reads: lead
-- A conversion has a day and no time: on the day of its arrival a lead is
-- converted when it arrives.
CREATE VIEW lead WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS converted_account_id, NULL::text AS converted_contact_id, NULL::text AS company, NULL::text AS name,
	NULL::text AS first_name, NULL::text AS last_name, NULL::text AS email, NULL::text AS lead_source, NULL::text AS status,
	NULL::text AS owner_id, NULL::timestamptz AS created_date, NULL::date AS converted_date, NULL::boolean AS is_deleted,
	NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id::text AS lead_id,
		converted_account_id::text AS account_id,
		converted_contact_id::text AS contact_id,
		company::text AS company,
		coalesce(name::text, nullif(concat_ws(' ', first_name, last_name), '')) AS name,
		email::text AS email,
		lower(lead_source::text) AS source,
		lower(status::text) AS status,
		owner_id::text AS owner_id,
		clientele.utc(created_date) AS created_at,
		CASE WHEN converted_date IS NOT NULL THEN greatest(clientele.utc(converted_date), clientele.utc(created_date)) END AS converted_at
	FROM :"source".lead
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here;

-- entity: lead
-- reads: salesforce_lead
-- A conversion has a day and no time: on the day of its arrival a lead is
-- converted when it arrives.
CREATE VIEW lead WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS converted_account_id, NULL::text AS converted_contact_id, NULL::text AS company, NULL::text AS name,
	NULL::text AS first_name, NULL::text AS last_name, NULL::text AS email, NULL::text AS lead_source, NULL::text AS status,
	NULL::text AS owner_id, NULL::timestamptz AS created_date, NULL::date AS converted_date, NULL::boolean AS is_deleted,
	NULL::text AS master_record_id) AS absent,
LATERAL (
	SELECT id::text AS lead_id,
		converted_account_id::text AS account_id,
		converted_contact_id::text AS contact_id,
		company::text AS company,
		coalesce(name::text, nullif(concat_ws(' ', first_name, last_name), '')) AS name,
		email::text AS email,
		lower(lead_source::text) AS source,
		lower(status::text) AS status,
		owner_id::text AS owner_id,
		clientele.utc(created_date) AS created_at,
		CASE WHEN converted_date IS NOT NULL THEN greatest(clientele.utc(converted_date), clientele.utc(created_date)) END AS converted_at
	FROM :"source".salesforce_lead
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL
) AS here;

-- entity: opportunity
-- reads: "Opportunity", "OpportunityContactRole"("OpportunityId", "ContactId", "IsPrimary"), "OpportunityLineItem"("OpportunityId", "Product2Id", "TotalPrice"), "Lead"("ConvertedOpportunityId")
-- The kind is read in the type's words; what they do not tell is NULL. Closed
-- is an opportunity on its close date, or when it came to its last stage if
-- that was earlier, and not before it was opened.
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	here.account_id,
	person.contact_id,
	origin.lead_id,
	here.kind,
	line.product_id,
	here.stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	here.closed_at,
	here.is_won
FROM (SELECT NULL::text AS "AccountId", NULL::text AS "Type", NULL::text AS "StageName", NULL::numeric AS "Amount", NULL::text AS "OwnerId",
	NULL::timestamptz AS "CreatedDate", NULL::date AS "CloseDate", NULL::timestamptz AS "LastStageChangeDate", NULL::boolean AS "IsClosed",
	NULL::boolean AS "IsWon", NULL::boolean AS "IsDeleted") AS absent,
LATERAL (
	SELECT "Id" AS id,
		"Id"::text AS opportunity_id,
		"AccountId"::text AS account_id,
		CASE
			WHEN "Type" ~* 'renew' THEN 'renewal'
			WHEN "Type" ~* 'cross' THEN 'cross-sell'
			WHEN "Type" ~* 'up-? ?sell|upgrade|expansion|add-? ?on' THEN 'upsell'
			WHEN "Type" ~* '\mnew' THEN 'new'
		END AS kind,
		"StageName"::text AS stage,
		clientele.number("Amount") AS amount,
		"OwnerId"::text AS owner_id,
		clientele.utc("CreatedDate") AS opened_at,
		CASE WHEN "IsClosed"::boolean
			THEN greatest(least(clientele.utc("CloseDate"), clientele.utc("LastStageChangeDate")), clientele.utc("CreatedDate")) END AS closed_at,
		CASE WHEN "IsClosed"::boolean THEN "IsWon"::boolean END AS is_won
	FROM :"source"."Opportunity"
	WHERE "IsDeleted"::boolean IS NOT TRUE
) AS here
-- the primary contact; of several, the first
LEFT JOIN (
	SELECT part.*
	FROM (SELECT NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT part."OpportunityId" AS opportunity_id, part."ContactId"::text AS contact_id
		FROM :"source"."OpportunityContactRole" AS part
		WHERE "IsDeleted"::boolean IS NOT TRUE AND part."IsPrimary"::boolean
			AND NOT EXISTS (
				SELECT
				FROM :"source"."OpportunityContactRole" AS earlier
				WHERE "IsDeleted"::boolean IS NOT TRUE AND earlier."OpportunityId" = part."OpportunityId" AND earlier."IsPrimary"::boolean
					AND earlier."Id"::text COLLATE "C" < part."Id"::text)
	) AS part
) AS person ON person.opportunity_id = here.id
-- the lead that was converted into it; of several, the first
LEFT JOIN (
	SELECT part.*
	FROM (SELECT NULL::boolean AS "IsDeleted", NULL::text AS "MasterRecordId") AS absent,
	LATERAL (
		SELECT part."ConvertedOpportunityId" AS opportunity_id, part."Id"::text AS lead_id
		FROM :"source"."Lead" AS part
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL
			AND NOT EXISTS (
				SELECT
				FROM :"source"."Lead" AS earlier
				WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL AND earlier."ConvertedOpportunityId" = part."ConvertedOpportunityId"
					AND earlier."Id"::text COLLATE "C" < part."Id"::text)
	) AS part
) AS origin ON origin.opportunity_id = here.id
-- the line of the greatest amount
LEFT JOIN (
	SELECT part.*
	FROM (SELECT NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT part."OpportunityId" AS opportunity_id, part."Product2Id"::text AS product_id
		FROM :"source"."OpportunityLineItem" AS part
		WHERE "IsDeleted"::boolean IS NOT TRUE
			AND NOT EXISTS (
				SELECT
				FROM :"source"."OpportunityLineItem" AS greater
				WHERE "IsDeleted"::boolean IS NOT TRUE AND greater."OpportunityId" = part."OpportunityId"
					AND (coalesce(clientele.number(greater."TotalPrice"), 0), greater."Id"::text COLLATE "C")
						> (coalesce(clientele.number(part."TotalPrice"), 0), part."Id"::text))
	) AS part
) AS line ON line.opportunity_id = here.id;

-- entity: opportunity
-- reads: "Opportunity"
-- The kind is read in the type's words; what they do not tell is NULL. Closed
-- is an opportunity on its close date, or when it came to its last stage if
-- that was earlier, and not before it was opened.
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	here.account_id,
	here.contact_id,
	NULL::text AS lead_id,
	here.kind,
	NULL::text AS product_id,
	here.stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	here.closed_at,
	here.is_won
FROM (SELECT NULL::text AS "AccountId", NULL::text AS "ContactId", NULL::text AS "Type", NULL::text AS "StageName",
	NULL::numeric AS "Amount", NULL::text AS "OwnerId", NULL::timestamptz AS "CreatedDate", NULL::date AS "CloseDate",
	NULL::timestamptz AS "LastStageChangeDate", NULL::boolean AS "IsClosed", NULL::boolean AS "IsWon",
	NULL::boolean AS "IsDeleted") AS absent,
LATERAL (
	SELECT "Id" AS id,
		"Id"::text AS opportunity_id,
		"AccountId"::text AS account_id,
		"ContactId"::text AS contact_id,
		CASE
			WHEN "Type" ~* 'renew' THEN 'renewal'
			WHEN "Type" ~* 'cross' THEN 'cross-sell'
			WHEN "Type" ~* 'up-? ?sell|upgrade|expansion|add-? ?on' THEN 'upsell'
			WHEN "Type" ~* '\mnew' THEN 'new'
		END AS kind,
		"StageName"::text AS stage,
		clientele.number("Amount") AS amount,
		"OwnerId"::text AS owner_id,
		clientele.utc("CreatedDate") AS opened_at,
		CASE WHEN "IsClosed"::boolean
			THEN greatest(least(clientele.utc("CloseDate"), clientele.utc("LastStageChangeDate")), clientele.utc("CreatedDate")) END AS closed_at,
		CASE WHEN "IsClosed"::boolean THEN "IsWon"::boolean END AS is_won
	FROM :"source"."Opportunity"
	WHERE "IsDeleted"::boolean IS NOT TRUE
) AS here;

-- entity: opportunity
-- reads: opportunity, opportunity_contact_role(opportunity_id, contact_id, is_primary), opportunity_line_item(opportunity_id, product_2_id, total_price), lead(converted_opportunity_id)
-- The kind is read in the type's words; what they do not tell is NULL. Closed
-- is an opportunity on its close date, or when it came to its last stage if
-- that was earlier, and not before it was opened.
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	here.account_id,
	person.contact_id,
	origin.lead_id,
	here.kind,
	line.product_id,
	here.stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	here.closed_at,
	here.is_won
FROM (SELECT NULL::text AS account_id, NULL::text AS type, NULL::text AS stage_name, NULL::numeric AS amount, NULL::text AS owner_id,
	NULL::timestamptz AS created_date, NULL::date AS close_date, NULL::timestamptz AS last_stage_change_date, NULL::boolean AS is_closed,
	NULL::boolean AS is_won, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS opportunity_id,
		account_id::text AS account_id,
		CASE
			WHEN type ~* 'renew' THEN 'renewal'
			WHEN type ~* 'cross' THEN 'cross-sell'
			WHEN type ~* 'up-? ?sell|upgrade|expansion|add-? ?on' THEN 'upsell'
			WHEN type ~* '\mnew' THEN 'new'
		END AS kind,
		stage_name::text AS stage,
		clientele.number(amount) AS amount,
		owner_id::text AS owner_id,
		clientele.utc(created_date) AS opened_at,
		CASE WHEN is_closed::boolean
			THEN greatest(least(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) END AS closed_at,
		CASE WHEN is_closed::boolean THEN is_won::boolean END AS is_won
	FROM :"source".opportunity
	WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here
-- the primary contact; of several, the first
LEFT JOIN (
	SELECT part.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT part.opportunity_id AS opportunity_id, part.contact_id::text AS contact_id
		FROM :"source".opportunity_contact_role AS part
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND part.is_primary::boolean
			AND NOT EXISTS (
				SELECT
				FROM :"source".opportunity_contact_role AS earlier
				WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND earlier.opportunity_id = part.opportunity_id AND earlier.is_primary::boolean
					AND earlier.id::text COLLATE "C" < part.id::text)
	) AS part
) AS person ON person.opportunity_id = here.id
-- the lead that was converted into it; of several, the first
LEFT JOIN (
	SELECT part.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT part.converted_opportunity_id AS opportunity_id, part.id::text AS lead_id
		FROM :"source".lead AS part
		WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
			AND NOT EXISTS (
				SELECT
				FROM :"source".lead AS earlier
				WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND earlier.converted_opportunity_id = part.converted_opportunity_id
					AND earlier.id::text COLLATE "C" < part.id::text)
	) AS part
) AS origin ON origin.opportunity_id = here.id
-- the line of the greatest amount
LEFT JOIN (
	SELECT part.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT part.opportunity_id AS opportunity_id, part.product_2_id::text AS product_id
		FROM :"source".opportunity_line_item AS part
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
			AND NOT EXISTS (
				SELECT
				FROM :"source".opportunity_line_item AS greater
				WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND greater.opportunity_id = part.opportunity_id
					AND (coalesce(clientele.number(greater.total_price), 0), greater.id::text COLLATE "C")
						> (coalesce(clientele.number(part.total_price), 0), part.id::text))
	) AS part
) AS line ON line.opportunity_id = here.id;

-- entity: opportunity
-- reads: opportunity
-- The kind is read in the type's words; what they do not tell is NULL. Closed
-- is an opportunity on its close date, or when it came to its last stage if
-- that was earlier, and not before it was opened.
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	here.account_id,
	here.contact_id,
	NULL::text AS lead_id,
	here.kind,
	NULL::text AS product_id,
	here.stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	here.closed_at,
	here.is_won
FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::text AS type, NULL::text AS stage_name, NULL::numeric AS amount,
	NULL::text AS owner_id, NULL::timestamptz AS created_date, NULL::date AS close_date, NULL::timestamptz AS last_stage_change_date,
	NULL::boolean AS is_closed, NULL::boolean AS is_won, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
	NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS opportunity_id,
		account_id::text AS account_id,
		contact_id::text AS contact_id,
		CASE
			WHEN type ~* 'renew' THEN 'renewal'
			WHEN type ~* 'cross' THEN 'cross-sell'
			WHEN type ~* 'up-? ?sell|upgrade|expansion|add-? ?on' THEN 'upsell'
			WHEN type ~* '\mnew' THEN 'new'
		END AS kind,
		stage_name::text AS stage,
		clientele.number(amount) AS amount,
		owner_id::text AS owner_id,
		clientele.utc(created_date) AS opened_at,
		CASE WHEN is_closed::boolean
			THEN greatest(least(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) END AS closed_at,
		CASE WHEN is_closed::boolean THEN is_won::boolean END AS is_won
	FROM :"source".opportunity
	WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here;

-- entity: opportunity
-- reads: salesforce_opportunity, salesforce_opportunity_contact_role(opportunity_id, contact_id, is_primary)
-- The kind is read in the type's words; what they do not tell is NULL. Closed
-- is an opportunity on its close date, or when it came to its last stage if
-- that was earlier, and not before it was opened.
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	here.account_id,
	person.contact_id,
	NULL::text AS lead_id,
	here.kind,
	NULL::text AS product_id,
	here.stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	here.closed_at,
	here.is_won
FROM (SELECT NULL::text AS account_id, NULL::text AS type, NULL::text AS stage_name, NULL::numeric AS amount, NULL::text AS owner_id,
	NULL::timestamptz AS created_date, NULL::date AS close_date, NULL::timestamptz AS last_stage_change_date, NULL::boolean AS is_closed,
	NULL::boolean AS is_won, NULL::boolean AS is_deleted) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS opportunity_id,
		account_id::text AS account_id,
		CASE
			WHEN type ~* 'renew' THEN 'renewal'
			WHEN type ~* 'cross' THEN 'cross-sell'
			WHEN type ~* 'up-? ?sell|upgrade|expansion|add-? ?on' THEN 'upsell'
			WHEN type ~* '\mnew' THEN 'new'
		END AS kind,
		stage_name::text AS stage,
		clientele.number(amount) AS amount,
		owner_id::text AS owner_id,
		clientele.utc(created_date) AS opened_at,
		CASE WHEN is_closed::boolean
			THEN greatest(least(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) END AS closed_at,
		CASE WHEN is_closed::boolean THEN is_won::boolean END AS is_won
	FROM :"source".salesforce_opportunity
	WHERE is_deleted::boolean IS NOT TRUE
) AS here
-- the primary contact; of several, the first
LEFT JOIN (
	SELECT part.*
	FROM (SELECT NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT part.opportunity_id AS opportunity_id, part.contact_id::text AS contact_id
		FROM :"source".salesforce_opportunity_contact_role AS part
		WHERE is_deleted::boolean IS NOT TRUE AND part.is_primary::boolean
			AND NOT EXISTS (
				SELECT
				FROM :"source".salesforce_opportunity_contact_role AS earlier
				WHERE is_deleted::boolean IS NOT TRUE AND earlier.opportunity_id = part.opportunity_id AND earlier.is_primary::boolean
					AND earlier.id::text COLLATE "C" < part.id::text)
	) AS part
) AS person ON person.opportunity_id = here.id;

-- entity: opportunity
-- reads: salesforce_opportunity
-- The kind is read in the type's words; what they do not tell is NULL. Closed
-- is an opportunity on its close date, or when it came to its last stage if
-- that was earlier, and not before it was opened.
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	here.account_id,
	here.contact_id,
	NULL::text AS lead_id,
	here.kind,
	NULL::text AS product_id,
	here.stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	here.closed_at,
	here.is_won
FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::text AS type, NULL::text AS stage_name, NULL::numeric AS amount,
	NULL::text AS owner_id, NULL::timestamptz AS created_date, NULL::date AS close_date, NULL::timestamptz AS last_stage_change_date,
	NULL::boolean AS is_closed, NULL::boolean AS is_won, NULL::boolean AS is_deleted) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS opportunity_id,
		account_id::text AS account_id,
		contact_id::text AS contact_id,
		CASE
			WHEN type ~* 'renew' THEN 'renewal'
			WHEN type ~* 'cross' THEN 'cross-sell'
			WHEN type ~* 'up-? ?sell|upgrade|expansion|add-? ?on' THEN 'upsell'
			WHEN type ~* '\mnew' THEN 'new'
		END AS kind,
		stage_name::text AS stage,
		clientele.number(amount) AS amount,
		owner_id::text AS owner_id,
		clientele.utc(created_date) AS opened_at,
		CASE WHEN is_closed::boolean
			THEN greatest(least(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) END AS closed_at,
		CASE WHEN is_closed::boolean THEN is_won::boolean END AS is_won
	FROM :"source".salesforce_opportunity
	WHERE is_deleted::boolean IS NOT TRUE
) AS here;

-- entity: opportunity_stage
-- reads: "OpportunityHistory"("OpportunityId", "StageName", "CreatedDate")
-- Salesforce keeps a row each time that the stage, the amount, the probability
-- or the close date changes: rows that keep the stage are left out.
CREATE VIEW opportunity_stage WITH (security_invoker = true) AS
SELECT entered.opportunity_id, entered.stage, entered.entered_at
FROM (
	SELECT kept.*,
		lag(kept.stage) OVER (PARTITION BY kept.opportunity_id ORDER BY kept.entered_at, kept.id) AS stage_before
	FROM (SELECT NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id"::text COLLATE "C" AS id,
			"OpportunityId"::text AS opportunity_id,
			"StageName"::text AS stage,
			clientele.utc("CreatedDate") AS entered_at
		FROM :"source"."OpportunityHistory"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "OpportunityId" IS NOT NULL AND "StageName" IS NOT NULL
	) AS kept
) AS entered
WHERE entered.stage_before IS DISTINCT FROM entered.stage;

-- entity: opportunity_stage
-- reads: opportunity_history(opportunity_id, stage_name, created_date)
-- Salesforce keeps a row each time that the stage, the amount, the probability
-- or the close date changes: rows that keep the stage are left out.
CREATE VIEW opportunity_stage WITH (security_invoker = true) AS
SELECT entered.opportunity_id, entered.stage, entered.entered_at
FROM (
	SELECT kept.*,
		lag(kept.stage) OVER (PARTITION BY kept.opportunity_id ORDER BY kept.entered_at, kept.id) AS stage_before
	FROM (SELECT NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id::text COLLATE "C" AS id,
			opportunity_id::text AS opportunity_id,
			stage_name::text AS stage,
			clientele.utc(created_date) AS entered_at
		FROM :"source".opportunity_history
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND opportunity_id IS NOT NULL AND stage_name IS NOT NULL
	) AS kept
) AS entered
WHERE entered.stage_before IS DISTINCT FROM entered.stage;

-- entity: touchpoint
-- reads: "Task", "Event", "EmailMessage"("ActivityId", "ParentId"), "Case", "CampaignMember"("CampaignId", "HasResponded"), "Contact", "Lead"
-- Completed calls, messages and visits (tasks that are to do, and notes to
-- oneself, are none), meetings, e-mails on cases,
-- answers to campaigns. One row a person.
CREATE VIEW touchpoint WITH (security_invoker = true) AS
WITH task AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "WhoId", NULL::text AS "WhatId", NULL::text AS "AccountId", NULL::text AS "OwnerId", NULL::text AS "Subject",
		NULL::text AS "Type", NULL::text AS "TaskSubtype", NULL::text AS "Status", NULL::boolean AS "IsClosed",
		NULL::timestamptz AS "CompletedDateTime", NULL::date AS "ActivityDate", NULL::timestamptz AS "CreatedDate",
		NULL::text AS "CallType", NULL::text AS "CallDisposition", NULL::numeric AS "CallDurationInSeconds", NULL::text AS "TaskWhoIds",
		NULL::boolean AS "IsRecurrence", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id" AS id,
			"WhoId" AS who_id,
			"TaskWhoIds"::text AS who_ids,
			"AccountId"::text AS account_id,
			coalesce(clientele.utc("CompletedDateTime"), clientele.utc("ActivityDate"), clientele.utc("CreatedDate")) AS occurred_at,
			CASE
				WHEN "TaskSubtype" = 'Call' OR "Type" ~* 'call|phone' OR "CallType" IS NOT NULL OR "CallDurationInSeconds" IS NOT NULL THEN 'phone'
				WHEN "TaskSubtype" = ANY (ARRAY['Email', 'ListEmail']) OR "Type" ~* 'e-?mail' OR "Subject" ~* '^e-?mail:' THEN 'email'
				WHEN "Type" ~* 'meeting|visit|demo' THEN 'meeting'
				WHEN "TaskSubtype" ~* 'linkedin' OR "Type" ~* 'linkedin|social' THEN 'social'
				WHEN "Type" ~* 'chat|sms|text|letter' THEN lower("Type"::text)
			END AS channel,
			CASE WHEN "CallType" ~* '^inbound' OR "Type" ~* 'inbound|incoming' THEN 'inbound' ELSE 'outbound' END AS direction,
			"CallDisposition"::text AS disposition,
			clientele.number("CallDurationInSeconds") AS seconds,
			CASE left("WhatId"::text, 3) WHEN '006' THEN 'sales' WHEN '500' THEN 'service' WHEN '701' THEN 'program' END AS purpose,
			"OwnerId"::text AS owner_id,
			CASE WHEN left("WhatId"::text, 3) = '701' THEN "WhatId"::text END AS program_id
		FROM :"source"."Task"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "IsRecurrence"::boolean IS NOT TRUE AND coalesce("CallType", '') !~* '^internal'
			AND coalesce("IsClosed"::boolean, "Status" ~* '^(completed|closed|done)')
	) AS here
), email AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::boolean AS "Incoming", NULL::boolean AS "IsBounced", NULL::boolean AS "IsOpened",
		NULL::timestamptz AS "FirstOpenedDate", NULL::timestamptz AS "MessageDate", NULL::text AS "ToIds",
		NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "ActivityId" AS task_id,
			"ToIds"::text AS to_ids,
			clientele.utc("MessageDate") AS sent_at,
			CASE WHEN "Incoming"::boolean THEN 'inbound' ELSE 'outbound' END AS direction,
			CASE
				WHEN "Incoming"::boolean THEN 'replied'
				WHEN "IsBounced"::boolean THEN 'bounced'
				WHEN "IsOpened"::boolean OR "FirstOpenedDate" IS NOT NULL THEN 'opened'
			END AS outcome
		FROM :"source"."EmailMessage"
		WHERE "IsDeleted"::boolean IS NOT TRUE
	) AS here
), event AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "WhoId", NULL::text AS "WhatId", NULL::text AS "AccountId", NULL::text AS "OwnerId", NULL::text AS "Subject",
		NULL::text AS "Type", NULL::timestamptz AS "StartDateTime", NULL::timestamptz AS "EndDateTime",
		NULL::timestamptz AS "ActivityDateTime", NULL::date AS "ActivityDate", NULL::numeric AS "DurationInMinutes",
		NULL::text AS "EventWhoIds", NULL::text AS "DeclinedEventInviteeIds", NULL::boolean AS "IsChild", NULL::boolean AS "IsRecurrence",
		NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id" AS id,
			"WhoId" AS who_id,
			"EventWhoIds"::text AS who_ids,
			coalesce("DeclinedEventInviteeIds"::text, '') AS declined,
			"AccountId"::text AS account_id,
			coalesce(clientele.utc("StartDateTime"), clientele.utc("ActivityDateTime"), clientele.utc("ActivityDate")) AS occurred_at,
			CASE WHEN "Type" ~* 'call|phone' THEN 'phone' ELSE 'meeting' END AS channel,
			CASE left("WhatId"::text, 3) WHEN '006' THEN 'sales' WHEN '500' THEN 'service' WHEN '701' THEN 'program' END AS purpose,
			"OwnerId"::text AS owner_id,
			coalesce(clientele.number("DurationInMinutes"),
				round(extract(epoch FROM clientele.utc("EndDateTime") - clientele.utc("StartDateTime")) / 60, 2)) AS minutes,
			CASE WHEN left("WhatId"::text, 3) = '701' THEN "WhatId"::text END AS program_id
		FROM :"source"."Event"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "IsChild"::boolean IS NOT TRUE AND "IsRecurrence"::boolean IS NOT TRUE AND coalesce("Subject", '') !~* '^cancell?ed:'
	) AS here
), mail AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "ActivityId", NULL::boolean AS "Incoming", NULL::boolean AS "IsBounced", NULL::boolean AS "IsOpened",
		NULL::timestamptz AS "FirstOpenedDate", NULL::timestamptz AS "MessageDate", NULL::timestamptz AS "CreatedDate",
		NULL::text AS "CreatedById", NULL::text AS "Status", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id"::text AS id,
			"ParentId" AS case_id,
			coalesce(clientele.utc("MessageDate"), clientele.utc("CreatedDate")) AS sent_at,
			CASE WHEN "Incoming"::boolean THEN 'inbound' ELSE 'outbound' END AS direction,
			CASE
				WHEN "Incoming"::boolean THEN 'replied'
				WHEN "IsBounced"::boolean THEN 'bounced'
				WHEN "IsOpened"::boolean OR "FirstOpenedDate" IS NOT NULL THEN 'opened'
				ELSE 'attempted'
			END AS outcome,
			CASE WHEN "Incoming"::boolean IS NOT TRUE THEN "CreatedById"::text END AS owner_id
		FROM :"source"."EmailMessage"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "ActivityId" IS NULL AND coalesce("Status"::text, '') <> ALL (ARRAY['5', 'Draft'])
	) AS here
), ticket AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "AccountId", NULL::text AS "ContactId", NULL::boolean AS "IsDeleted",
		NULL::text AS "MasterRecordId") AS absent,
	LATERAL (
		SELECT "Id" AS id, "AccountId"::text AS account_id, "ContactId"::text AS contact_id
		FROM :"source"."Case"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL
	) AS here
), member AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "ContactId", NULL::text AS "LeadId", NULL::date AS "FirstRespondedDate", NULL::timestamptz AS "CreatedDate",
		NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id"::text AS id,
			"ContactId" AS contact_id,
			"LeadId" AS lead_id,
			coalesce(clientele.utc("FirstRespondedDate"), clientele.utc("CreatedDate")) AS responded_at,
			"CampaignId"::text AS program_id
		FROM :"source"."CampaignMember"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "HasResponded"::boolean
	) AS here
), person AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "AccountId", NULL::boolean AS "IsDeleted", NULL::text AS "MasterRecordId") AS absent,
	LATERAL (SELECT "Id" AS id, "AccountId"::text AS account_id FROM :"source"."Contact" WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL) AS here
), prospect AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::boolean AS "IsDeleted", NULL::text AS "MasterRecordId") AS absent,
	LATERAL (SELECT "Id" AS id FROM :"source"."Lead" WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL) AS here
)
SELECT task.id::text AS touchpoint_id,
	task.account_id,
	person.id::text AS contact_id,
	prospect.id::text AS lead_id,
	coalesce(email.sent_at, task.occurred_at) AS occurred_at,
	task.channel,
	coalesce(email.direction, task.direction) AS direction,
	CASE
		WHEN email.outcome IS NOT NULL THEN email.outcome
		WHEN task.channel = 'email' THEN 'attempted'
		WHEN task.channel = 'meeting' THEN 'attended'
		WHEN task.disposition ~* 'no answer|voice ?mail|busy|left|message|not reached|unreach|wrong|attempt' OR task.seconds = 0 THEN 'attempted'
		WHEN task.disposition <> '' OR task.seconds > 0 THEN 'connected'
	END AS outcome,
	task.purpose,
	task.owner_id,
	round(task.seconds / 60, 2) AS duration_minutes,
	task.program_id
FROM task
LEFT JOIN email ON email.task_id = task.id
LEFT JOIN person ON person.id = task.who_id
LEFT JOIN prospect ON prospect.id = task.who_id
WHERE task.channel IS NOT NULL AND (task.account_id IS NOT NULL OR person.id IS NOT NULL OR prospect.id IS NOT NULL)
UNION ALL
-- further people of the task; of an e-mail those to whom it went, not who was in copy
SELECT task.id::text || '/' || other.id,
	task.account_id,
	person.id::text,
	prospect.id::text,
	coalesce(email.sent_at, task.occurred_at),
	task.channel,
	coalesce(email.direction, task.direction),
	CASE
		WHEN email.outcome IS NOT NULL THEN email.outcome
		WHEN task.channel = 'email' THEN 'attempted'
		WHEN task.channel = 'meeting' THEN 'attended'
		WHEN task.disposition ~* 'no answer|voice ?mail|busy|left|message|not reached|unreach|wrong|attempt' OR task.seconds = 0 THEN 'attempted'
		WHEN task.disposition <> '' OR task.seconds > 0 THEN 'connected'
	END,
	task.purpose,
	task.owner_id,
	round(task.seconds / 60, 2),
	task.program_id
FROM task
LEFT JOIN email ON email.task_id = task.id
CROSS JOIN LATERAL regexp_split_to_table(CASE WHEN task.channel = 'email' THEN email.to_ids ELSE task.who_ids END, '[^A-Za-z0-9_-]+') AS other (id)
LEFT JOIN person ON person.id = other.id
LEFT JOIN prospect ON prospect.id = other.id
WHERE task.channel IS NOT NULL AND other.id IS DISTINCT FROM task.who_id AND (person.id IS NOT NULL OR prospect.id IS NOT NULL)
UNION ALL
-- meetings, held when their time has come
SELECT event.id::text,
	event.account_id,
	person.id::text,
	prospect.id::text,
	event.occurred_at,
	event.channel,
	'outbound',
	CASE
		WHEN strpos(event.declined, event.who_id::text) > 0 THEN 'attempted'
		WHEN event.channel = 'phone' THEN 'connected'
		ELSE 'attended'
	END,
	event.purpose,
	event.owner_id,
	event.minutes,
	event.program_id
FROM event
LEFT JOIN person ON person.id = event.who_id
LEFT JOIN prospect ON prospect.id = event.who_id
WHERE event.account_id IS NOT NULL OR person.id IS NOT NULL OR prospect.id IS NOT NULL
UNION ALL
-- further people of the meeting
SELECT event.id::text || '/' || other.id,
	event.account_id,
	person.id::text,
	prospect.id::text,
	event.occurred_at,
	event.channel,
	'outbound',
	CASE
		WHEN strpos(event.declined, other.id::text) > 0 THEN 'attempted'
		WHEN event.channel = 'phone' THEN 'connected'
		ELSE 'attended'
	END,
	event.purpose,
	event.owner_id,
	event.minutes,
	event.program_id
FROM event
CROSS JOIN LATERAL regexp_split_to_table(event.who_ids, '[^A-Za-z0-9_-]+') AS other (id)
LEFT JOIN person ON person.id = other.id
LEFT JOIN prospect ON prospect.id = other.id
WHERE other.id IS DISTINCT FROM event.who_id AND (person.id IS NOT NULL OR prospect.id IS NOT NULL)
UNION ALL
-- e-mails on cases that have no task
SELECT mail.id,
	ticket.account_id,
	ticket.contact_id,
	NULL::text,
	mail.sent_at,
	'email',
	mail.direction,
	mail.outcome,
	'service',
	mail.owner_id,
	NULL::numeric,
	NULL::text
FROM mail
JOIN ticket ON ticket.id = mail.case_id
UNION ALL
-- answers to campaigns; who was only sent something has no row
SELECT member.id,
	person.account_id,
	person.id::text,
	prospect.id::text,
	member.responded_at,
	'campaign',
	'inbound',
	'replied',
	'program',
	NULL::text,
	NULL::numeric,
	member.program_id
FROM member
LEFT JOIN person ON person.id = member.contact_id
LEFT JOIN prospect ON prospect.id = member.lead_id;

-- entity: touchpoint
-- reads: "Task", "Event", "Contact", "Lead"
-- Completed calls, messages and visits (tasks that are to do, and notes to
-- oneself, are none), and meetings. One row a person.
CREATE VIEW touchpoint WITH (security_invoker = true) AS
WITH task AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "WhoId", NULL::text AS "WhatId", NULL::text AS "AccountId", NULL::text AS "OwnerId", NULL::text AS "Subject",
		NULL::text AS "Type", NULL::text AS "TaskSubtype", NULL::text AS "Status", NULL::boolean AS "IsClosed",
		NULL::timestamptz AS "CompletedDateTime", NULL::date AS "ActivityDate", NULL::timestamptz AS "CreatedDate",
		NULL::text AS "CallType", NULL::text AS "CallDisposition", NULL::numeric AS "CallDurationInSeconds", NULL::text AS "TaskWhoIds",
		NULL::boolean AS "IsRecurrence", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id" AS id,
			"WhoId" AS who_id,
			"TaskWhoIds"::text AS who_ids,
			"AccountId"::text AS account_id,
			coalesce(clientele.utc("CompletedDateTime"), clientele.utc("ActivityDate"), clientele.utc("CreatedDate")) AS occurred_at,
			CASE
				WHEN "TaskSubtype" = 'Call' OR "Type" ~* 'call|phone' OR "CallType" IS NOT NULL OR "CallDurationInSeconds" IS NOT NULL THEN 'phone'
				WHEN "TaskSubtype" = ANY (ARRAY['Email', 'ListEmail']) OR "Type" ~* 'e-?mail' OR "Subject" ~* '^e-?mail:' THEN 'email'
				WHEN "Type" ~* 'meeting|visit|demo' THEN 'meeting'
				WHEN "TaskSubtype" ~* 'linkedin' OR "Type" ~* 'linkedin|social' THEN 'social'
				WHEN "Type" ~* 'chat|sms|text|letter' THEN lower("Type"::text)
			END AS channel,
			CASE WHEN "CallType" ~* '^inbound' OR "Type" ~* 'inbound|incoming' THEN 'inbound' ELSE 'outbound' END AS direction,
			"CallDisposition"::text AS disposition,
			clientele.number("CallDurationInSeconds") AS seconds,
			CASE left("WhatId"::text, 3) WHEN '006' THEN 'sales' WHEN '500' THEN 'service' WHEN '701' THEN 'program' END AS purpose,
			"OwnerId"::text AS owner_id,
			CASE WHEN left("WhatId"::text, 3) = '701' THEN "WhatId"::text END AS program_id
		FROM :"source"."Task"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "IsRecurrence"::boolean IS NOT TRUE AND coalesce("CallType", '') !~* '^internal'
			AND coalesce("IsClosed"::boolean, "Status" ~* '^(completed|closed|done)')
	) AS here
), event AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "WhoId", NULL::text AS "WhatId", NULL::text AS "AccountId", NULL::text AS "OwnerId", NULL::text AS "Subject",
		NULL::text AS "Type", NULL::timestamptz AS "StartDateTime", NULL::timestamptz AS "EndDateTime",
		NULL::timestamptz AS "ActivityDateTime", NULL::date AS "ActivityDate", NULL::numeric AS "DurationInMinutes",
		NULL::text AS "EventWhoIds", NULL::text AS "DeclinedEventInviteeIds", NULL::boolean AS "IsChild", NULL::boolean AS "IsRecurrence",
		NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id" AS id,
			"WhoId" AS who_id,
			"EventWhoIds"::text AS who_ids,
			coalesce("DeclinedEventInviteeIds"::text, '') AS declined,
			"AccountId"::text AS account_id,
			coalesce(clientele.utc("StartDateTime"), clientele.utc("ActivityDateTime"), clientele.utc("ActivityDate")) AS occurred_at,
			CASE WHEN "Type" ~* 'call|phone' THEN 'phone' ELSE 'meeting' END AS channel,
			CASE left("WhatId"::text, 3) WHEN '006' THEN 'sales' WHEN '500' THEN 'service' WHEN '701' THEN 'program' END AS purpose,
			"OwnerId"::text AS owner_id,
			coalesce(clientele.number("DurationInMinutes"),
				round(extract(epoch FROM clientele.utc("EndDateTime") - clientele.utc("StartDateTime")) / 60, 2)) AS minutes,
			CASE WHEN left("WhatId"::text, 3) = '701' THEN "WhatId"::text END AS program_id
		FROM :"source"."Event"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "IsChild"::boolean IS NOT TRUE AND "IsRecurrence"::boolean IS NOT TRUE AND coalesce("Subject", '') !~* '^cancell?ed:'
	) AS here
), person AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::boolean AS "IsDeleted", NULL::text AS "MasterRecordId") AS absent,
	LATERAL (SELECT "Id" AS id FROM :"source"."Contact" WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL) AS here
), prospect AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::boolean AS "IsDeleted", NULL::text AS "MasterRecordId") AS absent,
	LATERAL (SELECT "Id" AS id FROM :"source"."Lead" WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL) AS here
)
SELECT task.id::text AS touchpoint_id,
	task.account_id,
	person.id::text AS contact_id,
	prospect.id::text AS lead_id,
	task.occurred_at,
	task.channel,
	task.direction,
	CASE
		WHEN task.channel = 'email' THEN 'attempted'
		WHEN task.channel = 'meeting' THEN 'attended'
		WHEN task.disposition ~* 'no answer|voice ?mail|busy|left|message|not reached|unreach|wrong|attempt' OR task.seconds = 0 THEN 'attempted'
		WHEN task.disposition <> '' OR task.seconds > 0 THEN 'connected'
	END AS outcome,
	task.purpose,
	task.owner_id,
	round(task.seconds / 60, 2) AS duration_minutes,
	task.program_id
FROM task
LEFT JOIN person ON person.id = task.who_id
LEFT JOIN prospect ON prospect.id = task.who_id
WHERE task.channel IS NOT NULL AND (task.account_id IS NOT NULL OR person.id IS NOT NULL OR prospect.id IS NOT NULL)
UNION ALL
-- further people of the task; those of an e-mail may have been in copy alone
SELECT task.id::text || '/' || other.id,
	task.account_id,
	person.id::text,
	prospect.id::text,
	task.occurred_at,
	task.channel,
	task.direction,
	CASE
		WHEN task.channel = 'email' THEN 'attempted'
		WHEN task.channel = 'meeting' THEN 'attended'
		WHEN task.disposition ~* 'no answer|voice ?mail|busy|left|message|not reached|unreach|wrong|attempt' OR task.seconds = 0 THEN 'attempted'
		WHEN task.disposition <> '' OR task.seconds > 0 THEN 'connected'
	END,
	task.purpose,
	task.owner_id,
	round(task.seconds / 60, 2),
	task.program_id
FROM task
CROSS JOIN LATERAL regexp_split_to_table(CASE WHEN task.channel <> 'email' THEN task.who_ids END, '[^A-Za-z0-9_-]+') AS other (id)
LEFT JOIN person ON person.id = other.id
LEFT JOIN prospect ON prospect.id = other.id
WHERE task.channel IS NOT NULL AND other.id IS DISTINCT FROM task.who_id AND (person.id IS NOT NULL OR prospect.id IS NOT NULL)
UNION ALL
-- meetings, held when their time has come
SELECT event.id::text,
	event.account_id,
	person.id::text,
	prospect.id::text,
	event.occurred_at,
	event.channel,
	'outbound',
	CASE
		WHEN strpos(event.declined, event.who_id::text) > 0 THEN 'attempted'
		WHEN event.channel = 'phone' THEN 'connected'
		ELSE 'attended'
	END,
	event.purpose,
	event.owner_id,
	event.minutes,
	event.program_id
FROM event
LEFT JOIN person ON person.id = event.who_id
LEFT JOIN prospect ON prospect.id = event.who_id
WHERE event.account_id IS NOT NULL OR person.id IS NOT NULL OR prospect.id IS NOT NULL
UNION ALL
-- further people of the meeting
SELECT event.id::text || '/' || other.id,
	event.account_id,
	person.id::text,
	prospect.id::text,
	event.occurred_at,
	event.channel,
	'outbound',
	CASE
		WHEN strpos(event.declined, other.id::text) > 0 THEN 'attempted'
		WHEN event.channel = 'phone' THEN 'connected'
		ELSE 'attended'
	END,
	event.purpose,
	event.owner_id,
	event.minutes,
	event.program_id
FROM event
CROSS JOIN LATERAL regexp_split_to_table(event.who_ids, '[^A-Za-z0-9_-]+') AS other (id)
LEFT JOIN person ON person.id = other.id
LEFT JOIN prospect ON prospect.id = other.id
WHERE other.id IS DISTINCT FROM event.who_id AND (person.id IS NOT NULL OR prospect.id IS NOT NULL);

-- entity: touchpoint
-- reads: task, event, email_message(activity_id, parent_id), "case", campaign_member(campaign_id, has_responded), contact, lead
-- Completed calls, messages and visits (tasks that are to do, and notes to
-- oneself, are none), meetings, e-mails on cases,
-- answers to campaigns. One row a person.
CREATE VIEW touchpoint WITH (security_invoker = true) AS
WITH task AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS who_id, NULL::text AS what_id, NULL::text AS account_id, NULL::text AS owner_id, NULL::text AS subject,
		NULL::text AS type, NULL::text AS task_subtype, NULL::text AS status, NULL::boolean AS is_closed,
		NULL::timestamptz AS completed_date_time, NULL::date AS activity_date, NULL::timestamptz AS created_date, NULL::text AS call_type,
		NULL::text AS call_disposition, NULL::numeric AS call_duration_in_seconds, NULL::text AS task_who_ids,
		NULL::boolean AS is_recurrence, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id,
			who_id AS who_id,
			task_who_ids::text AS who_ids,
			account_id::text AS account_id,
			coalesce(clientele.utc(completed_date_time), clientele.utc(activity_date), clientele.utc(created_date)) AS occurred_at,
			CASE
				WHEN task_subtype = 'Call' OR type ~* 'call|phone' OR call_type IS NOT NULL OR call_duration_in_seconds IS NOT NULL THEN 'phone'
				WHEN task_subtype = ANY (ARRAY['Email', 'ListEmail']) OR type ~* 'e-?mail' OR subject ~* '^e-?mail:' THEN 'email'
				WHEN type ~* 'meeting|visit|demo' THEN 'meeting'
				WHEN task_subtype ~* 'linkedin' OR type ~* 'linkedin|social' THEN 'social'
				WHEN type ~* 'chat|sms|text|letter' THEN lower(type::text)
			END AS channel,
			CASE WHEN call_type ~* '^inbound' OR type ~* 'inbound|incoming' THEN 'inbound' ELSE 'outbound' END AS direction,
			call_disposition::text AS disposition,
			clientele.number(call_duration_in_seconds) AS seconds,
			CASE left(what_id::text, 3) WHEN '006' THEN 'sales' WHEN '500' THEN 'service' WHEN '701' THEN 'program' END AS purpose,
			owner_id::text AS owner_id,
			CASE WHEN left(what_id::text, 3) = '701' THEN what_id::text END AS program_id
		FROM :"source".task
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND is_recurrence::boolean IS NOT TRUE AND coalesce(call_type, '') !~* '^internal'
			AND coalesce(is_closed::boolean, status ~* '^(completed|closed|done)')
	) AS here
), email AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::boolean AS incoming, NULL::boolean AS is_bounced, NULL::boolean AS is_opened, NULL::timestamptz AS first_opened_date,
		NULL::timestamptz AS message_date, NULL::text AS to_ids, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT activity_id AS task_id,
			to_ids::text AS to_ids,
			clientele.utc(message_date) AS sent_at,
			CASE WHEN incoming::boolean THEN 'inbound' ELSE 'outbound' END AS direction,
			CASE
				WHEN incoming::boolean THEN 'replied'
				WHEN is_bounced::boolean THEN 'bounced'
				WHEN is_opened::boolean OR first_opened_date IS NOT NULL THEN 'opened'
			END AS outcome
		FROM :"source".email_message
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
	) AS here
), event AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS who_id, NULL::text AS what_id, NULL::text AS account_id, NULL::text AS owner_id, NULL::text AS subject,
		NULL::text AS type, NULL::timestamptz AS start_date_time, NULL::timestamptz AS end_date_time,
		NULL::timestamptz AS activity_date_time, NULL::date AS activity_date, NULL::numeric AS duration_in_minutes,
		NULL::text AS event_who_ids, NULL::text AS declined_event_invitee_ids, NULL::boolean AS is_child, NULL::boolean AS is_recurrence,
		NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id,
			who_id AS who_id,
			event_who_ids::text AS who_ids,
			coalesce(declined_event_invitee_ids::text, '') AS declined,
			account_id::text AS account_id,
			coalesce(clientele.utc(start_date_time), clientele.utc(activity_date_time), clientele.utc(activity_date)) AS occurred_at,
			CASE WHEN type ~* 'call|phone' THEN 'phone' ELSE 'meeting' END AS channel,
			CASE left(what_id::text, 3) WHEN '006' THEN 'sales' WHEN '500' THEN 'service' WHEN '701' THEN 'program' END AS purpose,
			owner_id::text AS owner_id,
			coalesce(clientele.number(duration_in_minutes),
				round(extract(epoch FROM clientele.utc(end_date_time) - clientele.utc(start_date_time)) / 60, 2)) AS minutes,
			CASE WHEN left(what_id::text, 3) = '701' THEN what_id::text END AS program_id
		FROM :"source".event
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND is_child::boolean IS NOT TRUE AND is_recurrence::boolean IS NOT TRUE AND coalesce(subject, '') !~* '^cancell?ed:'
	) AS here
), mail AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS activity_id, NULL::boolean AS incoming, NULL::boolean AS is_bounced, NULL::boolean AS is_opened,
		NULL::timestamptz AS first_opened_date, NULL::timestamptz AS message_date, NULL::timestamptz AS created_date,
		NULL::text AS created_by_id, NULL::text AS status, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id::text AS id,
			parent_id AS case_id,
			coalesce(clientele.utc(message_date), clientele.utc(created_date)) AS sent_at,
			CASE WHEN incoming::boolean THEN 'inbound' ELSE 'outbound' END AS direction,
			CASE
				WHEN incoming::boolean THEN 'replied'
				WHEN is_bounced::boolean THEN 'bounced'
				WHEN is_opened::boolean OR first_opened_date IS NOT NULL THEN 'opened'
				ELSE 'attempted'
			END AS outcome,
			CASE WHEN incoming::boolean IS NOT TRUE THEN created_by_id::text END AS owner_id
		FROM :"source".email_message
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND activity_id IS NULL AND coalesce(status::text, '') <> ALL (ARRAY['5', 'Draft'])
	) AS here
), ticket AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::boolean AS is_deleted, NULL::text AS master_record_id,
		NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id, account_id::text AS account_id, contact_id::text AS contact_id
		FROM :"source"."case"
		WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
	) AS here
), member AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS contact_id, NULL::text AS lead_id, NULL::date AS first_responded_date, NULL::timestamptz AS created_date,
		NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id::text AS id,
			contact_id AS contact_id,
			lead_id AS lead_id,
			coalesce(clientele.utc(first_responded_date), clientele.utc(created_date)) AS responded_at,
			campaign_id::text AS program_id
		FROM :"source".campaign_member
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND has_responded::boolean
	) AS here
), person AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS account_id, NULL::boolean AS is_deleted, NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (SELECT id AS id, account_id::text AS account_id FROM :"source".contact WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE) AS here
), prospect AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (SELECT id AS id FROM :"source".lead WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE) AS here
)
SELECT task.id::text AS touchpoint_id,
	task.account_id,
	person.id::text AS contact_id,
	prospect.id::text AS lead_id,
	coalesce(email.sent_at, task.occurred_at) AS occurred_at,
	task.channel,
	coalesce(email.direction, task.direction) AS direction,
	CASE
		WHEN email.outcome IS NOT NULL THEN email.outcome
		WHEN task.channel = 'email' THEN 'attempted'
		WHEN task.channel = 'meeting' THEN 'attended'
		WHEN task.disposition ~* 'no answer|voice ?mail|busy|left|message|not reached|unreach|wrong|attempt' OR task.seconds = 0 THEN 'attempted'
		WHEN task.disposition <> '' OR task.seconds > 0 THEN 'connected'
	END AS outcome,
	task.purpose,
	task.owner_id,
	round(task.seconds / 60, 2) AS duration_minutes,
	task.program_id
FROM task
LEFT JOIN email ON email.task_id = task.id
LEFT JOIN person ON person.id = task.who_id
LEFT JOIN prospect ON prospect.id = task.who_id
WHERE task.channel IS NOT NULL AND (task.account_id IS NOT NULL OR person.id IS NOT NULL OR prospect.id IS NOT NULL)
UNION ALL
-- further people of the task; of an e-mail those to whom it went, not who was in copy
SELECT task.id::text || '/' || other.id,
	task.account_id,
	person.id::text,
	prospect.id::text,
	coalesce(email.sent_at, task.occurred_at),
	task.channel,
	coalesce(email.direction, task.direction),
	CASE
		WHEN email.outcome IS NOT NULL THEN email.outcome
		WHEN task.channel = 'email' THEN 'attempted'
		WHEN task.channel = 'meeting' THEN 'attended'
		WHEN task.disposition ~* 'no answer|voice ?mail|busy|left|message|not reached|unreach|wrong|attempt' OR task.seconds = 0 THEN 'attempted'
		WHEN task.disposition <> '' OR task.seconds > 0 THEN 'connected'
	END,
	task.purpose,
	task.owner_id,
	round(task.seconds / 60, 2),
	task.program_id
FROM task
LEFT JOIN email ON email.task_id = task.id
CROSS JOIN LATERAL regexp_split_to_table(CASE WHEN task.channel = 'email' THEN email.to_ids ELSE task.who_ids END, '[^A-Za-z0-9_-]+') AS other (id)
LEFT JOIN person ON person.id = other.id
LEFT JOIN prospect ON prospect.id = other.id
WHERE task.channel IS NOT NULL AND other.id IS DISTINCT FROM task.who_id AND (person.id IS NOT NULL OR prospect.id IS NOT NULL)
UNION ALL
-- meetings, held when their time has come
SELECT event.id::text,
	event.account_id,
	person.id::text,
	prospect.id::text,
	event.occurred_at,
	event.channel,
	'outbound',
	CASE
		WHEN strpos(event.declined, event.who_id::text) > 0 THEN 'attempted'
		WHEN event.channel = 'phone' THEN 'connected'
		ELSE 'attended'
	END,
	event.purpose,
	event.owner_id,
	event.minutes,
	event.program_id
FROM event
LEFT JOIN person ON person.id = event.who_id
LEFT JOIN prospect ON prospect.id = event.who_id
WHERE event.account_id IS NOT NULL OR person.id IS NOT NULL OR prospect.id IS NOT NULL
UNION ALL
-- further people of the meeting
SELECT event.id::text || '/' || other.id,
	event.account_id,
	person.id::text,
	prospect.id::text,
	event.occurred_at,
	event.channel,
	'outbound',
	CASE
		WHEN strpos(event.declined, other.id::text) > 0 THEN 'attempted'
		WHEN event.channel = 'phone' THEN 'connected'
		ELSE 'attended'
	END,
	event.purpose,
	event.owner_id,
	event.minutes,
	event.program_id
FROM event
CROSS JOIN LATERAL regexp_split_to_table(event.who_ids, '[^A-Za-z0-9_-]+') AS other (id)
LEFT JOIN person ON person.id = other.id
LEFT JOIN prospect ON prospect.id = other.id
WHERE other.id IS DISTINCT FROM event.who_id AND (person.id IS NOT NULL OR prospect.id IS NOT NULL)
UNION ALL
-- e-mails on cases that have no task
SELECT mail.id,
	ticket.account_id,
	ticket.contact_id,
	NULL::text,
	mail.sent_at,
	'email',
	mail.direction,
	mail.outcome,
	'service',
	mail.owner_id,
	NULL::numeric,
	NULL::text
FROM mail
JOIN ticket ON ticket.id = mail.case_id
UNION ALL
-- answers to campaigns; who was only sent something has no row
SELECT member.id,
	person.account_id,
	person.id::text,
	prospect.id::text,
	member.responded_at,
	'campaign',
	'inbound',
	'replied',
	'program',
	NULL::text,
	NULL::numeric,
	member.program_id
FROM member
LEFT JOIN person ON person.id = member.contact_id
LEFT JOIN prospect ON prospect.id = member.lead_id;

-- entity: touchpoint
-- reads: task, event, contact, lead
-- Completed calls, messages and visits (tasks that are to do, and notes to
-- oneself, are none), and meetings. One row a person.
CREATE VIEW touchpoint WITH (security_invoker = true) AS
WITH task AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS who_id, NULL::text AS what_id, NULL::text AS account_id, NULL::text AS owner_id, NULL::text AS subject,
		NULL::text AS type, NULL::text AS task_subtype, NULL::text AS status, NULL::boolean AS is_closed,
		NULL::timestamptz AS completed_date_time, NULL::date AS activity_date, NULL::timestamptz AS created_date, NULL::text AS call_type,
		NULL::text AS call_disposition, NULL::numeric AS call_duration_in_seconds, NULL::text AS task_who_ids,
		NULL::boolean AS is_recurrence, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id,
			who_id AS who_id,
			task_who_ids::text AS who_ids,
			account_id::text AS account_id,
			coalesce(clientele.utc(completed_date_time), clientele.utc(activity_date), clientele.utc(created_date)) AS occurred_at,
			CASE
				WHEN task_subtype = 'Call' OR type ~* 'call|phone' OR call_type IS NOT NULL OR call_duration_in_seconds IS NOT NULL THEN 'phone'
				WHEN task_subtype = ANY (ARRAY['Email', 'ListEmail']) OR type ~* 'e-?mail' OR subject ~* '^e-?mail:' THEN 'email'
				WHEN type ~* 'meeting|visit|demo' THEN 'meeting'
				WHEN task_subtype ~* 'linkedin' OR type ~* 'linkedin|social' THEN 'social'
				WHEN type ~* 'chat|sms|text|letter' THEN lower(type::text)
			END AS channel,
			CASE WHEN call_type ~* '^inbound' OR type ~* 'inbound|incoming' THEN 'inbound' ELSE 'outbound' END AS direction,
			call_disposition::text AS disposition,
			clientele.number(call_duration_in_seconds) AS seconds,
			CASE left(what_id::text, 3) WHEN '006' THEN 'sales' WHEN '500' THEN 'service' WHEN '701' THEN 'program' END AS purpose,
			owner_id::text AS owner_id,
			CASE WHEN left(what_id::text, 3) = '701' THEN what_id::text END AS program_id
		FROM :"source".task
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND is_recurrence::boolean IS NOT TRUE AND coalesce(call_type, '') !~* '^internal'
			AND coalesce(is_closed::boolean, status ~* '^(completed|closed|done)')
	) AS here
), event AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS who_id, NULL::text AS what_id, NULL::text AS account_id, NULL::text AS owner_id, NULL::text AS subject,
		NULL::text AS type, NULL::timestamptz AS start_date_time, NULL::timestamptz AS end_date_time,
		NULL::timestamptz AS activity_date_time, NULL::date AS activity_date, NULL::numeric AS duration_in_minutes,
		NULL::text AS event_who_ids, NULL::text AS declined_event_invitee_ids, NULL::boolean AS is_child, NULL::boolean AS is_recurrence,
		NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id,
			who_id AS who_id,
			event_who_ids::text AS who_ids,
			coalesce(declined_event_invitee_ids::text, '') AS declined,
			account_id::text AS account_id,
			coalesce(clientele.utc(start_date_time), clientele.utc(activity_date_time), clientele.utc(activity_date)) AS occurred_at,
			CASE WHEN type ~* 'call|phone' THEN 'phone' ELSE 'meeting' END AS channel,
			CASE left(what_id::text, 3) WHEN '006' THEN 'sales' WHEN '500' THEN 'service' WHEN '701' THEN 'program' END AS purpose,
			owner_id::text AS owner_id,
			coalesce(clientele.number(duration_in_minutes),
				round(extract(epoch FROM clientele.utc(end_date_time) - clientele.utc(start_date_time)) / 60, 2)) AS minutes,
			CASE WHEN left(what_id::text, 3) = '701' THEN what_id::text END AS program_id
		FROM :"source".event
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND is_child::boolean IS NOT TRUE AND is_recurrence::boolean IS NOT TRUE AND coalesce(subject, '') !~* '^cancell?ed:'
	) AS here
), person AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (SELECT id AS id FROM :"source".contact WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE) AS here
), prospect AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (SELECT id AS id FROM :"source".lead WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE) AS here
)
SELECT task.id::text AS touchpoint_id,
	task.account_id,
	person.id::text AS contact_id,
	prospect.id::text AS lead_id,
	task.occurred_at,
	task.channel,
	task.direction,
	CASE
		WHEN task.channel = 'email' THEN 'attempted'
		WHEN task.channel = 'meeting' THEN 'attended'
		WHEN task.disposition ~* 'no answer|voice ?mail|busy|left|message|not reached|unreach|wrong|attempt' OR task.seconds = 0 THEN 'attempted'
		WHEN task.disposition <> '' OR task.seconds > 0 THEN 'connected'
	END AS outcome,
	task.purpose,
	task.owner_id,
	round(task.seconds / 60, 2) AS duration_minutes,
	task.program_id
FROM task
LEFT JOIN person ON person.id = task.who_id
LEFT JOIN prospect ON prospect.id = task.who_id
WHERE task.channel IS NOT NULL AND (task.account_id IS NOT NULL OR person.id IS NOT NULL OR prospect.id IS NOT NULL)
UNION ALL
-- further people of the task; those of an e-mail may have been in copy alone
SELECT task.id::text || '/' || other.id,
	task.account_id,
	person.id::text,
	prospect.id::text,
	task.occurred_at,
	task.channel,
	task.direction,
	CASE
		WHEN task.channel = 'email' THEN 'attempted'
		WHEN task.channel = 'meeting' THEN 'attended'
		WHEN task.disposition ~* 'no answer|voice ?mail|busy|left|message|not reached|unreach|wrong|attempt' OR task.seconds = 0 THEN 'attempted'
		WHEN task.disposition <> '' OR task.seconds > 0 THEN 'connected'
	END,
	task.purpose,
	task.owner_id,
	round(task.seconds / 60, 2),
	task.program_id
FROM task
CROSS JOIN LATERAL regexp_split_to_table(CASE WHEN task.channel <> 'email' THEN task.who_ids END, '[^A-Za-z0-9_-]+') AS other (id)
LEFT JOIN person ON person.id = other.id
LEFT JOIN prospect ON prospect.id = other.id
WHERE task.channel IS NOT NULL AND other.id IS DISTINCT FROM task.who_id AND (person.id IS NOT NULL OR prospect.id IS NOT NULL)
UNION ALL
-- meetings, held when their time has come
SELECT event.id::text,
	event.account_id,
	person.id::text,
	prospect.id::text,
	event.occurred_at,
	event.channel,
	'outbound',
	CASE
		WHEN strpos(event.declined, event.who_id::text) > 0 THEN 'attempted'
		WHEN event.channel = 'phone' THEN 'connected'
		ELSE 'attended'
	END,
	event.purpose,
	event.owner_id,
	event.minutes,
	event.program_id
FROM event
LEFT JOIN person ON person.id = event.who_id
LEFT JOIN prospect ON prospect.id = event.who_id
WHERE event.account_id IS NOT NULL OR person.id IS NOT NULL OR prospect.id IS NOT NULL
UNION ALL
-- further people of the meeting
SELECT event.id::text || '/' || other.id,
	event.account_id,
	person.id::text,
	prospect.id::text,
	event.occurred_at,
	event.channel,
	'outbound',
	CASE
		WHEN strpos(event.declined, other.id::text) > 0 THEN 'attempted'
		WHEN event.channel = 'phone' THEN 'connected'
		ELSE 'attended'
	END,
	event.purpose,
	event.owner_id,
	event.minutes,
	event.program_id
FROM event
CROSS JOIN LATERAL regexp_split_to_table(event.who_ids, '[^A-Za-z0-9_-]+') AS other (id)
LEFT JOIN person ON person.id = other.id
LEFT JOIN prospect ON prospect.id = other.id
WHERE other.id IS DISTINCT FROM event.who_id AND (person.id IS NOT NULL OR prospect.id IS NOT NULL);

-- entity: ticket
-- reads: "Case", "EmailMessage"("ParentId", "Incoming", "MessageDate")
-- The first answer is the first e-mail to the customer, or at once for a case that
-- was closed when it was made.
-- Cases have no measure of satisfaction, and none says that somebody gave up.
CREATE VIEW ticket WITH (security_invoker = true) AS
SELECT here.ticket_id,
	here.account_id,
	here.contact_id,
	here.opened_at,
	coalesce(here.settled_at_once_at, answer.sent_at) AS first_response_at,
	here.closed_at,
	here.severity,
	NULL::numeric AS satisfaction,
	NULL::boolean AS is_abandoned,
	here.channel
FROM (SELECT NULL::text AS "AccountId", NULL::text AS "ContactId", NULL::timestamptz AS "CreatedDate", NULL::timestamptz AS "ClosedDate",
	NULL::boolean AS "IsClosedOnCreate", NULL::text AS "Priority", NULL::text AS "Origin", NULL::boolean AS "IsDeleted",
	NULL::text AS "MasterRecordId") AS absent,
LATERAL (
	SELECT "Id" AS id,
		"Id"::text AS ticket_id,
		"AccountId"::text AS account_id,
		"ContactId"::text AS contact_id,
		clientele.utc("CreatedDate") AS opened_at,
		CASE WHEN "IsClosedOnCreate"::boolean THEN clientele.utc("CreatedDate") END AS settled_at_once_at,
		clientele.utc("ClosedDate") AS closed_at,
		CASE lower("Priority"::text) WHEN 'medium' THEN 'normal' WHEN 'urgent' THEN 'critical' ELSE lower("Priority"::text) END AS severity,
		lower("Origin"::text) AS channel
	FROM :"source"."Case"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL
) AS here
LEFT JOIN (
	SELECT sent.*
	FROM (SELECT NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT answer."ParentId" AS case_id, clientele.utc(answer."MessageDate") AS sent_at
		FROM :"source"."EmailMessage" AS answer
		WHERE "IsDeleted"::boolean IS NOT TRUE AND answer."Incoming"::boolean IS NOT TRUE AND answer."MessageDate" IS NOT NULL
			AND NOT EXISTS (
				SELECT
				FROM :"source"."EmailMessage" AS earlier
				WHERE "IsDeleted"::boolean IS NOT TRUE AND earlier."ParentId" = answer."ParentId" AND earlier."Incoming"::boolean IS NOT TRUE
					AND (earlier."MessageDate", earlier."Id"::text COLLATE "C") < (answer."MessageDate", answer."Id"::text))
	) AS sent
) AS answer ON answer.case_id = here.id;

-- entity: ticket
-- reads: "Case"
-- Without e-mails the first answer is known only of a case that was closed when
-- it was made.
-- Cases have no measure of satisfaction, and none says that somebody gave up.
CREATE VIEW ticket WITH (security_invoker = true) AS
SELECT here.ticket_id,
	here.account_id,
	here.contact_id,
	here.opened_at,
	here.settled_at_once_at AS first_response_at,
	here.closed_at,
	here.severity,
	NULL::numeric AS satisfaction,
	NULL::boolean AS is_abandoned,
	here.channel
FROM (SELECT NULL::text AS "AccountId", NULL::text AS "ContactId", NULL::timestamptz AS "CreatedDate", NULL::timestamptz AS "ClosedDate",
	NULL::boolean AS "IsClosedOnCreate", NULL::text AS "Priority", NULL::text AS "Origin", NULL::boolean AS "IsDeleted",
	NULL::text AS "MasterRecordId") AS absent,
LATERAL (
	SELECT "Id" AS id,
		"Id"::text AS ticket_id,
		"AccountId"::text AS account_id,
		"ContactId"::text AS contact_id,
		clientele.utc("CreatedDate") AS opened_at,
		CASE WHEN "IsClosedOnCreate"::boolean THEN clientele.utc("CreatedDate") END AS settled_at_once_at,
		clientele.utc("ClosedDate") AS closed_at,
		CASE lower("Priority"::text) WHEN 'medium' THEN 'normal' WHEN 'urgent' THEN 'critical' ELSE lower("Priority"::text) END AS severity,
		lower("Origin"::text) AS channel
	FROM :"source"."Case"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL
) AS here;

-- entity: ticket
-- reads: "case", email_message(parent_id, incoming, message_date)
-- The first answer is the first e-mail to the customer, or at once for a case that
-- was closed when it was made.
-- Cases have no measure of satisfaction, and none says that somebody gave up.
CREATE VIEW ticket WITH (security_invoker = true) AS
SELECT here.ticket_id,
	here.account_id,
	here.contact_id,
	here.opened_at,
	coalesce(here.settled_at_once_at, answer.sent_at) AS first_response_at,
	here.closed_at,
	here.severity,
	NULL::numeric AS satisfaction,
	NULL::boolean AS is_abandoned,
	here.channel
FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::timestamptz AS created_date, NULL::timestamptz AS closed_date,
	NULL::boolean AS is_closed_on_create, NULL::text AS priority, NULL::text AS origin, NULL::boolean AS is_deleted,
	NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS ticket_id,
		account_id::text AS account_id,
		contact_id::text AS contact_id,
		clientele.utc(created_date) AS opened_at,
		CASE WHEN is_closed_on_create::boolean THEN clientele.utc(created_date) END AS settled_at_once_at,
		clientele.utc(closed_date) AS closed_at,
		CASE lower(priority::text) WHEN 'medium' THEN 'normal' WHEN 'urgent' THEN 'critical' ELSE lower(priority::text) END AS severity,
		lower(origin::text) AS channel
	FROM :"source"."case"
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here
LEFT JOIN (
	SELECT sent.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT answer.parent_id AS case_id, clientele.utc(answer.message_date) AS sent_at
		FROM :"source".email_message AS answer
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND answer.incoming::boolean IS NOT TRUE AND answer.message_date IS NOT NULL
			AND NOT EXISTS (
				SELECT
				FROM :"source".email_message AS earlier
				WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND earlier.parent_id = answer.parent_id AND earlier.incoming::boolean IS NOT TRUE
					AND (earlier.message_date, earlier.id::text COLLATE "C") < (answer.message_date, answer.id::text))
	) AS sent
) AS answer ON answer.case_id = here.id;

-- entity: ticket
-- reads: "case"
-- Without e-mails the first answer is known only of a case that was closed when
-- it was made.
-- Cases have no measure of satisfaction, and none says that somebody gave up.
CREATE VIEW ticket WITH (security_invoker = true) AS
SELECT here.ticket_id,
	here.account_id,
	here.contact_id,
	here.opened_at,
	here.settled_at_once_at AS first_response_at,
	here.closed_at,
	here.severity,
	NULL::numeric AS satisfaction,
	NULL::boolean AS is_abandoned,
	here.channel
FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::timestamptz AS created_date, NULL::timestamptz AS closed_date,
	NULL::boolean AS is_closed_on_create, NULL::text AS priority, NULL::text AS origin, NULL::boolean AS is_deleted,
	NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS ticket_id,
		account_id::text AS account_id,
		contact_id::text AS contact_id,
		clientele.utc(created_date) AS opened_at,
		CASE WHEN is_closed_on_create::boolean THEN clientele.utc(created_date) END AS settled_at_once_at,
		clientele.utc(closed_date) AS closed_at,
		CASE lower(priority::text) WHEN 'medium' THEN 'normal' WHEN 'urgent' THEN 'critical' ELSE lower(priority::text) END AS severity,
		lower(origin::text) AS channel
	FROM :"source"."case"
	WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here;

-- entity: contact_employment
-- reads: "AccountContactRelation"("ContactId", "AccountId")
-- A relation that is not active and has no last day ended with its last change.
CREATE VIEW contact_employment WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::date AS "StartDate", NULL::date AS "EndDate", NULL::boolean AS "IsActive", NULL::timestamptz AS "LastModifiedDate",
	NULL::boolean AS "IsDeleted") AS absent,
LATERAL (
	SELECT "ContactId"::text AS contact_id,
		"AccountId"::text AS account_id,
		NULL::text AS title,
		clientele.utc("StartDate") AS started_at,
		coalesce(clientele.utc("EndDate"), CASE WHEN NOT "IsActive"::boolean THEN clientele.utc("LastModifiedDate") END) AS ended_at
	FROM :"source"."AccountContactRelation"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "ContactId" IS NOT NULL AND "AccountId" IS NOT NULL
) AS here;

-- entity: contact_employment
-- reads: contact(account_id, _fivetran_start, _fivetran_end)
-- From the versions of a contact that Fivetran keeps in history mode: those in
-- a row with the same account are one employment.
CREATE VIEW contact_employment WITH (security_invoker = true) AS
SELECT stay.contact_id,
	stay.account_id,
	(array_agg(stay.title ORDER BY stay.from_at DESC))[1] AS title,
	min(stay.from_at) AS started_at,
	CASE WHEN NOT bool_or(stay.is_open) THEN max(stay.until_at) END AS ended_at
FROM (
	SELECT version.*,
		count(*) FILTER (WHERE version.is_new) OVER (PARTITION BY version.contact_id ORDER BY version.from_at) AS number
	FROM (
		SELECT version.*,
			lag(version.account_id) OVER (PARTITION BY version.contact_id ORDER BY version.from_at) IS DISTINCT FROM version.account_id AS is_new
		FROM (SELECT NULL::text AS title, NULL::boolean AS _fivetran_active, NULL::boolean AS is_deleted) AS absent,
		LATERAL (
			SELECT id::text AS contact_id,
				account_id::text AS account_id,
				title::text AS title,
				clientele.utc(_fivetran_start) AS from_at,
				clientele.utc(_fivetran_end) AS until_at,
				coalesce(_fivetran_active, false) OR _fivetran_end IS NULL OR clientele.utc(_fivetran_end) >= '9999-01-01 00:00+00' AS is_open
			FROM :"source".contact
			WHERE is_deleted::boolean IS NOT TRUE
		) AS version
	) AS version
) AS stay
WHERE stay.account_id IS NOT NULL
GROUP BY stay.contact_id, stay.account_id, stay.number;

-- entity: contact_employment
-- reads: account_contact_relation(contact_id, account_id)
-- A relation that is not active and has no last day ended with its last change.
CREATE VIEW contact_employment WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::date AS start_date, NULL::date AS end_date, NULL::boolean AS is_active, NULL::timestamptz AS last_modified_date,
	NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT contact_id::text AS contact_id,
		account_id::text AS account_id,
		NULL::text AS title,
		clientele.utc(start_date) AS started_at,
		coalesce(clientele.utc(end_date), CASE WHEN NOT is_active::boolean THEN clientele.utc(last_modified_date) END) AS ended_at
	FROM :"source".account_contact_relation
	WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND contact_id IS NOT NULL AND account_id IS NOT NULL
) AS here;

-- entity: quote
-- reads: "Quote", "QuoteLineItem"("QuoteId")
-- Lines of quotes, and quotes without lines; without tax and freight where that is told.
CREATE VIEW quote WITH (security_invoker = true) AS
WITH offer AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "AccountId", NULL::text AS "ContactId", NULL::timestamptz AS "CreatedDate", NULL::date AS "ExpirationDate",
		NULL::numeric AS "TotalPrice", NULL::numeric AS "GrandTotal", NULL::text AS "Status", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id" AS id,
			"AccountId"::text AS account_id,
			"ContactId"::text AS contact_id,
			clientele.utc("CreatedDate") AS quoted_at,
			(clientele.utc("ExpirationDate") AT TIME ZONE 'UTC')::date AS expires_on,
			coalesce(clientele.number("TotalPrice"), clientele.number("GrandTotal")) AS amount,
			CASE lower("Status"::text) WHEN 'presented' THEN 'sent' WHEN 'denied' THEN 'declined' ELSE lower("Status"::text) END AS status
		FROM :"source"."Quote"
		WHERE "IsDeleted"::boolean IS NOT TRUE
	) AS here
), line AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "Product2Id", NULL::numeric AS "TotalPrice", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id"::text AS id, "QuoteId" AS quote_id, "Product2Id"::text AS product_id, clientele.number("TotalPrice") AS amount
		FROM :"source"."QuoteLineItem"
		WHERE "IsDeleted"::boolean IS NOT TRUE
	) AS here
)
SELECT line.id AS quote_id,
	offer.account_id,
	offer.contact_id,
	line.product_id,
	offer.quoted_at,
	offer.expires_on,
	line.amount,
	offer.status
FROM offer
JOIN line ON line.quote_id = offer.id
UNION ALL
SELECT offer.id::text,
	offer.account_id,
	offer.contact_id,
	NULL::text,
	offer.quoted_at,
	offer.expires_on,
	offer.amount,
	offer.status
FROM offer
WHERE NOT EXISTS (SELECT FROM line WHERE line.quote_id = offer.id);

-- entity: quote
-- reads: "Quote"
-- Without tax and freight where that is told.
CREATE VIEW quote WITH (security_invoker = true) AS
WITH offer AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "AccountId", NULL::text AS "ContactId", NULL::timestamptz AS "CreatedDate", NULL::date AS "ExpirationDate",
		NULL::numeric AS "TotalPrice", NULL::numeric AS "GrandTotal", NULL::text AS "Status", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id" AS id,
			"AccountId"::text AS account_id,
			"ContactId"::text AS contact_id,
			clientele.utc("CreatedDate") AS quoted_at,
			(clientele.utc("ExpirationDate") AT TIME ZONE 'UTC')::date AS expires_on,
			coalesce(clientele.number("TotalPrice"), clientele.number("GrandTotal")) AS amount,
			CASE lower("Status"::text) WHEN 'presented' THEN 'sent' WHEN 'denied' THEN 'declined' ELSE lower("Status"::text) END AS status
		FROM :"source"."Quote"
		WHERE "IsDeleted"::boolean IS NOT TRUE
	) AS here
)
SELECT offer.id::text AS quote_id,
	offer.account_id,
	offer.contact_id,
	NULL::text AS product_id,
	offer.quoted_at,
	offer.expires_on,
	offer.amount,
	offer.status
FROM offer;

-- entity: quote
-- reads: quote, quote_line_item(quote_id)
-- Lines of quotes, and quotes without lines; without tax and freight where that is told.
CREATE VIEW quote WITH (security_invoker = true) AS
WITH offer AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::timestamptz AS created_date, NULL::date AS expiration_date,
		NULL::numeric AS total_price, NULL::numeric AS grand_total, NULL::text AS status, NULL::boolean AS is_deleted,
		NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id,
			account_id::text AS account_id,
			contact_id::text AS contact_id,
			clientele.utc(created_date) AS quoted_at,
			(clientele.utc(expiration_date) AT TIME ZONE 'UTC')::date AS expires_on,
			coalesce(clientele.number(total_price), clientele.number(grand_total)) AS amount,
			CASE lower(status::text) WHEN 'presented' THEN 'sent' WHEN 'denied' THEN 'declined' ELSE lower(status::text) END AS status
		FROM :"source".quote
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
	) AS here
), line AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS product_2_id, NULL::numeric AS total_price, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id::text AS id, quote_id AS quote_id, product_2_id::text AS product_id, clientele.number(total_price) AS amount
		FROM :"source".quote_line_item
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
	) AS here
)
SELECT line.id AS quote_id,
	offer.account_id,
	offer.contact_id,
	line.product_id,
	offer.quoted_at,
	offer.expires_on,
	line.amount,
	offer.status
FROM offer
JOIN line ON line.quote_id = offer.id
UNION ALL
SELECT offer.id::text,
	offer.account_id,
	offer.contact_id,
	NULL::text,
	offer.quoted_at,
	offer.expires_on,
	offer.amount,
	offer.status
FROM offer
WHERE NOT EXISTS (SELECT FROM line WHERE line.quote_id = offer.id);

-- entity: quote
-- reads: quote
-- Without tax and freight where that is told.
CREATE VIEW quote WITH (security_invoker = true) AS
WITH offer AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::timestamptz AS created_date, NULL::date AS expiration_date,
		NULL::numeric AS total_price, NULL::numeric AS grand_total, NULL::text AS status, NULL::boolean AS is_deleted,
		NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id,
			account_id::text AS account_id,
			contact_id::text AS contact_id,
			clientele.utc(created_date) AS quoted_at,
			(clientele.utc(expiration_date) AT TIME ZONE 'UTC')::date AS expires_on,
			coalesce(clientele.number(total_price), clientele.number(grand_total)) AS amount,
			CASE lower(status::text) WHEN 'presented' THEN 'sent' WHEN 'denied' THEN 'declined' ELSE lower(status::text) END AS status
		FROM :"source".quote
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
	) AS here
)
SELECT offer.id::text AS quote_id,
	offer.account_id,
	offer.contact_id,
	NULL::text AS product_id,
	offer.quoted_at,
	offer.expires_on,
	offer.amount,
	offer.status
FROM offer;

-- entity: program
-- reads: "Campaign"
CREATE VIEW program WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS "Name", NULL::date AS "StartDate", NULL::date AS "EndDate", NULL::boolean AS "IsDeleted") AS absent,
LATERAL (
	SELECT "Id"::text AS program_id,
		"Name"::text AS name,
		NULL::text AS segment,
		(clientele.utc("StartDate") AT TIME ZONE 'UTC')::date AS starts_on,
		(clientele.utc("EndDate") AT TIME ZONE 'UTC')::date AS ends_on
	FROM :"source"."Campaign"
	WHERE "IsDeleted"::boolean IS NOT TRUE
) AS here;

-- entity: program
-- reads: campaign
CREATE VIEW program WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::date AS start_date, NULL::date AS end_date, NULL::boolean AS is_deleted,
	NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id::text AS program_id,
		name::text AS name,
		NULL::text AS segment,
		(clientele.utc(start_date) AT TIME ZONE 'UTC')::date AS starts_on,
		(clientele.utc(end_date) AT TIME ZONE 'UTC')::date AS ends_on
	FROM :"source".campaign
	WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here;

-- entity: program_member
-- reads: "CampaignMember"("CampaignId", "ContactId"), "Contact"("AccountId")
-- Accounts whose contacts are members. Controls are members with a status that
-- says so, such as "Control"; an account with any other member is none.
CREATE VIEW program_member WITH (security_invoker = true) AS
SELECT member.program_id,
	person.account_id,
	bool_and(member.is_control) AS is_control,
	min(member.joined_at) AS joined_at
FROM (
	SELECT here.*
	FROM (SELECT NULL::text AS "Status", NULL::timestamptz AS "CreatedDate", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "CampaignId"::text AS program_id,
			"ContactId" AS contact_id,
			coalesce("Status", '') ~* '\mcontrol\M' AS is_control,
			clientele.utc("CreatedDate") AS joined_at
		FROM :"source"."CampaignMember"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "CampaignId" IS NOT NULL
	) AS here
) AS member
JOIN (
	SELECT here.*
	FROM (SELECT NULL::boolean AS "IsDeleted", NULL::text AS "MasterRecordId") AS absent,
	LATERAL (
		SELECT "Id" AS id, "AccountId"::text AS account_id
		FROM :"source"."Contact"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL AND "AccountId" IS NOT NULL
	) AS here
) AS person ON person.id = member.contact_id
GROUP BY member.program_id, person.account_id;

-- entity: program_member
-- reads: campaign_member(campaign_id, contact_id), contact(account_id)
-- Accounts whose contacts are members. Controls are members with a status that
-- says so, such as "Control"; an account with any other member is none.
CREATE VIEW program_member WITH (security_invoker = true) AS
SELECT member.program_id,
	person.account_id,
	bool_and(member.is_control) AS is_control,
	min(member.joined_at) AS joined_at
FROM (
	SELECT here.*
	FROM (SELECT NULL::text AS status, NULL::timestamptz AS created_date, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT campaign_id::text AS program_id,
			contact_id AS contact_id,
			coalesce(status, '') ~* '\mcontrol\M' AS is_control,
			clientele.utc(created_date) AS joined_at
		FROM :"source".campaign_member
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND campaign_id IS NOT NULL
	) AS here
) AS member
JOIN (
	SELECT here.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id, account_id::text AS account_id
		FROM :"source".contact
		WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND account_id IS NOT NULL
	) AS here
) AS person ON person.id = member.contact_id
GROUP BY member.program_id, person.account_id;

-- entity: program_cost
-- reads: "Campaign"("ActualCost")
-- What a campaign cost in all, on its first day.
CREATE VIEW program_cost WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::date AS "StartDate", NULL::timestamptz AS "CreatedDate", NULL::boolean AS "IsDeleted") AS absent,
LATERAL (
	SELECT "Id"::text AS program_id,
		NULL::text AS segment,
		(coalesce(clientele.utc("StartDate"), clientele.utc("CreatedDate")) AT TIME ZONE 'UTC')::date AS spent_on,
		clientele.number("ActualCost") AS amount
	FROM :"source"."Campaign"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "ActualCost" IS NOT NULL
) AS here;

-- entity: program_cost
-- reads: campaign(actual_cost)
-- What a campaign cost in all, on its first day.
CREATE VIEW program_cost WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::date AS start_date, NULL::timestamptz AS created_date, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
	NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id::text AS program_id,
		NULL::text AS segment,
		(coalesce(clientele.utc(start_date), clientele.utc(created_date)) AT TIME ZONE 'UTC')::date AS spent_on,
		clientele.number(actual_cost) AS amount
	FROM :"source".campaign
	WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND actual_cost IS NOT NULL
) AS here;
