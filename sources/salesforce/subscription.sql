-- entity: subscription
-- reads: "Contract", "ServiceContract", "ContractLineItem"("ServiceContractId")
-- Contracts that were activated, lines of service contracts, and service contracts
-- without lines. A terminated one has no date of its own: the day of its last
-- change stands for it.
CREATE VIEW subscription WITH (security_invoker = true) AS
WITH whole AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "AccountId", NULL::date AS "StartDate", NULL::date AS "EndDate", NULL::integer AS "Term",
		NULL::numeric AS "TotalPrice", NULL::text AS "Status", NULL::text AS "ApprovalStatus", NULL::timestamptz AS "LastModifiedDate",
		NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id" AS id,
			"AccountId"::text AS account_id,
			(clientele.utc("StartDate") AT TIME ZONE 'UTC')::date AS starts_on,
			(clientele.utc("EndDate") AT TIME ZONE 'UTC')::date AS ends_on,
			CASE WHEN "Status" ~* '^(terminat|cancel)'
				THEN (clientele.utc("LastModifiedDate") AT TIME ZONE 'UTC')::date END AS cancelled_on,
			clientele.number("TotalPrice") AS amount,
			nullif(clientele.number("Term"), 0) AS months
		FROM :"source"."ServiceContract"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "AccountId" IS NOT NULL
			AND coalesce("Status", '') !~* '^(draft|inactive)' AND coalesce("ApprovalStatus", '') !~* '^(draft|in ?approval|reject)'
	) AS here
), line AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS "Product2Id", NULL::date AS "StartDate", NULL::date AS "EndDate", NULL::numeric AS "Quantity",
		NULL::numeric AS "TotalPrice", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id"::text AS id,
			"ServiceContractId" AS whole_id,
			"Product2Id"::text AS product_id,
			(clientele.utc("StartDate") AT TIME ZONE 'UTC')::date AS starts_on,
			(clientele.utc("EndDate") AT TIME ZONE 'UTC')::date AS ends_on,
			clientele.number("TotalPrice") AS amount,
			CASE WHEN clientele.number("Quantity") BETWEEN 0 AND 2147483647 THEN round(clientele.number("Quantity"))::integer END AS seats
		FROM :"source"."ContractLineItem"
		WHERE "IsDeleted"::boolean IS NOT TRUE
	) AS here
)
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
SELECT line.id,
	whole.account_id,
	line.product_id,
	coalesce(line.starts_on, whole.starts_on),
	coalesce(line.ends_on, whole.ends_on),
	whole.cancelled_on,
	-- a line that runs for another time than the contract has months of its own
	round(line.amount / CASE
		WHEN coalesce(line.starts_on, whole.starts_on) IS DISTINCT FROM whole.starts_on OR coalesce(line.ends_on, whole.ends_on) IS DISTINCT FROM whole.ends_on
			THEN nullif((coalesce(line.ends_on, whole.ends_on) - coalesce(line.starts_on, whole.starts_on) + 1) / 30.4375, 0)
		ELSE whole.months
	END, 2),
	line.seats
FROM whole
JOIN line ON line.whole_id = whole.id
UNION ALL
SELECT whole.id::text,
	whole.account_id,
	NULL::text,
	whole.starts_on,
	whole.ends_on,
	whole.cancelled_on,
	round(whole.amount / whole.months, 2),
	NULL::integer
FROM whole
WHERE NOT EXISTS (SELECT FROM line WHERE line.whole_id = whole.id);

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
-- reads: contract, service_contract, contract_line_item(service_contract_id)
-- Contracts that were activated, lines of service contracts, and service contracts
-- without lines. A terminated one has no date of its own: the day of its last
-- change stands for it.
CREATE VIEW subscription WITH (security_invoker = true) AS
WITH whole AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS account_id, NULL::date AS start_date, NULL::date AS end_date, NULL::integer AS term,
		NULL::numeric AS total_price, NULL::text AS status, NULL::text AS approval_status, NULL::timestamptz AS last_modified_date,
		NULL::boolean AS is_deleted,
		NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id,
			account_id::text AS account_id,
			(clientele.utc(start_date) AT TIME ZONE 'UTC')::date AS starts_on,
			(clientele.utc(end_date) AT TIME ZONE 'UTC')::date AS ends_on,
			CASE WHEN status ~* '^(terminat|cancel)'
				THEN (clientele.utc(last_modified_date) AT TIME ZONE 'UTC')::date END AS cancelled_on,
			clientele.number(total_price) AS amount,
			nullif(clientele.number(term), 0) AS months
		FROM :"source".service_contract
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND account_id IS NOT NULL
			AND coalesce(status, '') !~* '^(draft|inactive)' AND coalesce(approval_status, '') !~* '^(draft|in ?approval|reject)'
	) AS here
), line AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS product_2_id, NULL::date AS start_date, NULL::date AS end_date, NULL::numeric AS quantity,
		NULL::numeric AS total_price, NULL::boolean AS is_deleted,
		NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id::text AS id,
			service_contract_id AS whole_id,
			product_2_id::text AS product_id,
			(clientele.utc(start_date) AT TIME ZONE 'UTC')::date AS starts_on,
			(clientele.utc(end_date) AT TIME ZONE 'UTC')::date AS ends_on,
			clientele.number(total_price) AS amount,
			CASE WHEN clientele.number(quantity) BETWEEN 0 AND 2147483647 THEN round(clientele.number(quantity))::integer END AS seats
		FROM :"source".contract_line_item
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
	) AS here
)
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
SELECT line.id,
	whole.account_id,
	line.product_id,
	coalesce(line.starts_on, whole.starts_on),
	coalesce(line.ends_on, whole.ends_on),
	whole.cancelled_on,
	-- a line that runs for another time than the contract has months of its own
	round(line.amount / CASE
		WHEN coalesce(line.starts_on, whole.starts_on) IS DISTINCT FROM whole.starts_on OR coalesce(line.ends_on, whole.ends_on) IS DISTINCT FROM whole.ends_on
			THEN nullif((coalesce(line.ends_on, whole.ends_on) - coalesce(line.starts_on, whole.starts_on) + 1) / 30.4375, 0)
		ELSE whole.months
	END, 2),
	line.seats
FROM whole
JOIN line ON line.whole_id = whole.id
UNION ALL
SELECT whole.id::text,
	whole.account_id,
	NULL::text,
	whole.starts_on,
	whole.ends_on,
	whole.cancelled_on,
	round(whole.amount / whole.months, 2),
	NULL::integer
FROM whole
WHERE NOT EXISTS (SELECT FROM line WHERE line.whole_id = whole.id);

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
