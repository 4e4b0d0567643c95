-- entity: purchase
-- reads: "Order", "OrderItem"("OrderId"), "Opportunity"("AccountId"), "OpportunityLineItem"("OpportunityId")
-- Lines of activated orders, and activated orders without lines. Who keeps no
-- orders at all buys by winning opportunities. A reduction order is a refund. An
-- order is of its effective date, at the time of activation if that was then.
CREATE VIEW purchase WITH (security_invoker = true) AS
WITH bought AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "AccountId", NULL::date AS "EffectiveDate", '-infinity'::timestamptz AS "ActivatedDate",
		NULL::timestamptz AS "CreatedDate", NULL::text AS "Status", NULL::numeric AS "TotalAmount", NULL::boolean AS "IsReductionOrder",
		NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id" AS id,
			"AccountId"::text AS account_id,
			coalesce(clientele.on_day(clientele.utc("EffectiveDate"), clientele.utc("ActivatedDate")), nullif(clientele.utc("ActivatedDate"), '-infinity'), clientele.utc("CreatedDate")) AS purchased_at,
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
			greatest(least(clientele.on_day(clientele.utc("CloseDate"), clientele.utc("LastStageChangeDate")), clientele.utc("LastStageChangeDate")), clientele.utc("CreatedDate")) AS purchased_at,
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
			greatest(least(clientele.on_day(clientele.utc("CloseDate"), clientele.utc("LastStageChangeDate")), clientele.utc("LastStageChangeDate")), clientele.utc("CreatedDate")) AS purchased_at,
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
			greatest(least(clientele.on_day(clientele.utc("CloseDate"), clientele.utc("LastStageChangeDate")), clientele.utc("LastStageChangeDate")), clientele.utc("CreatedDate")) AS purchased_at,
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
-- orders at all buys by winning opportunities. A reduction order is a refund. An
-- order is of its effective date, at the time of activation if that was then.
CREATE VIEW purchase WITH (security_invoker = true) AS
WITH bought AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS account_id, NULL::date AS effective_date, '-infinity'::timestamptz AS activated_date,
		NULL::timestamptz AS created_date, NULL::text AS status, NULL::numeric AS total_amount, NULL::boolean AS is_reduction_order,
		NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id,
			account_id::text AS account_id,
			coalesce(clientele.on_day(clientele.utc(effective_date), clientele.utc(activated_date)), nullif(clientele.utc(activated_date), '-infinity'), clientele.utc(created_date)) AS purchased_at,
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
			greatest(least(clientele.on_day(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) AS purchased_at,
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
			greatest(least(clientele.on_day(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) AS purchased_at,
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
			greatest(least(clientele.on_day(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) AS purchased_at,
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
			coalesce(clientele.on_day(clientele.utc(effective_date), clientele.utc(activated_date)), nullif(clientele.utc(activated_date), '-infinity'), clientele.utc(created_date)) AS purchased_at,
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
			greatest(least(clientele.on_day(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) AS purchased_at,
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
			greatest(least(clientele.on_day(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) AS purchased_at,
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
