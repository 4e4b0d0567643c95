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
