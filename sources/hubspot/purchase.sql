-- entity: purchase
-- reads: deal, deal_pipeline_stage(pipeline_id, stage_id), deal_company(deal_id, company_id, type_id), merged_deal(merged_deal_id), line_item, line_item_deal(line_item_id, deal_id)
-- Lines of won deals, and won deals without lines; HubSpot's own orders and
-- invoices are not copied. Lines are in the currency of their deal.
CREATE VIEW purchase WITH (security_invoker = true) AS
WITH deal AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS deal_pipeline_id, NULL::text AS deal_pipeline_stage_id, NULL::text AS owner_id,
		NULL::numeric AS property_amount, NULL::numeric AS property_amount_in_home_currency, NULL::text AS property_dealtype,
		NULL::timestamptz AS property_closedate, NULL::timestamptz AS property_createdate, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT deal_id,
			deal_pipeline_id AS pipeline_id,
			deal_pipeline_stage_id AS stage_id,
			owner_id::text AS owner_id,
			coalesce(clientele.number(property_amount_in_home_currency), clientele.number(property_amount)) AS amount,
			clientele.number(property_amount) AS amount_told,
			property_dealtype::text AS type,
			clientele.utc(property_createdate) AS opened_at,
			greatest(clientele.utc(property_closedate), clientele.utc(property_createdate)) AS closed_at
		FROM :"source".deal
		WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE AND NOT EXISTS (SELECT FROM :"source".merged_deal AS merged WHERE merged.merged_deal_id = deal.deal_id)
	) AS here
), stage AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS label, NULL::boolean AS is_closed, NULL::boolean AS closed_won, NULL::numeric AS probability) AS absent,
	LATERAL (
		SELECT pipeline_id,
			stage_id,
			label::text AS label,
			coalesce(is_closed::boolean, closed_won::boolean OR probability = 0) AS is_closed,
			coalesce(closed_won::boolean, probability = 1) AS is_won
		FROM :"source".deal_pipeline_stage
	) AS here
), company AS NOT MATERIALIZED (
	-- the primary company of a deal; else the one with the least id
	SELECT link.deal_id, link.company_id::text AS account_id
	FROM :"source".deal_company AS link
	WHERE NOT EXISTS (
		SELECT
		FROM :"source".deal_company AS other
		WHERE other.deal_id = link.deal_id
			AND (other.type_id::text IS DISTINCT FROM '5', other.company_id) < (link.type_id::text IS DISTINCT FROM '5', link.company_id))
), line AS NOT MATERIALIZED (
	SELECT link.deal_id, here.*
	FROM :"source".line_item_deal AS link
	JOIN (
		SELECT here.*
		FROM (SELECT NULL::numeric AS property_amount, NULL::numeric AS property_price, NULL::numeric AS property_quantity,
			NULL::text AS product_id, NULL::boolean AS _fivetran_deleted, NULL::boolean AS is_deleted) AS absent,
		LATERAL (
			SELECT id,
				product_id::text AS product_id,
				coalesce(clientele.number(property_amount), clientele.number(property_price) * clientele.number(property_quantity)) AS amount,
				clientele.number(property_price) * clientele.number(property_quantity) AS list_amount
			FROM :"source".line_item
			WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
		) AS here
	) AS here ON here.id = link.line_item_id
)
SELECT line.id::text AS purchase_id,
	company.account_id,
	deal.closed_at AS purchased_at,
	CASE WHEN deal.amount <> deal.amount_told THEN round(line.amount * deal.amount / nullif(deal.amount_told, 0), 2) ELSE line.amount END AS amount,
	NULL::numeric AS cost,
	line.product_id,
	CASE WHEN deal.amount <> deal.amount_told THEN round(line.list_amount * deal.amount / nullif(deal.amount_told, 0), 2) ELSE line.list_amount END AS list_amount
FROM deal
JOIN stage ON stage.pipeline_id = deal.pipeline_id AND stage.stage_id = deal.stage_id
JOIN company ON company.deal_id = deal.deal_id
JOIN line ON line.deal_id = deal.deal_id
WHERE stage.is_won
UNION ALL
SELECT deal.deal_id::text,
	company.account_id,
	deal.closed_at,
	deal.amount,
	NULL::numeric,
	NULL::text,
	NULL::numeric
FROM deal
JOIN stage ON stage.pipeline_id = deal.pipeline_id AND stage.stage_id = deal.stage_id
JOIN company ON company.deal_id = deal.deal_id
WHERE stage.is_won AND NOT EXISTS (SELECT FROM line WHERE line.deal_id = deal.deal_id);

-- entity: purchase
-- reads: deal, deal_pipeline_stage(pipeline_id, stage_id), deal_company(deal_id, company_id, type_id), merged_deal(merged_deal_id)
-- Won deals; HubSpot's own orders and invoices are not copied.
CREATE VIEW purchase WITH (security_invoker = true) AS
WITH deal AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS deal_pipeline_id, NULL::text AS deal_pipeline_stage_id, NULL::text AS owner_id,
		NULL::numeric AS property_amount, NULL::numeric AS property_amount_in_home_currency, NULL::text AS property_dealtype,
		NULL::timestamptz AS property_closedate, NULL::timestamptz AS property_createdate, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT deal_id,
			deal_pipeline_id AS pipeline_id,
			deal_pipeline_stage_id AS stage_id,
			owner_id::text AS owner_id,
			coalesce(clientele.number(property_amount_in_home_currency), clientele.number(property_amount)) AS amount,
			clientele.number(property_amount) AS amount_told,
			property_dealtype::text AS type,
			clientele.utc(property_createdate) AS opened_at,
			greatest(clientele.utc(property_closedate), clientele.utc(property_createdate)) AS closed_at
		FROM :"source".deal
		WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE AND NOT EXISTS (SELECT FROM :"source".merged_deal AS merged WHERE merged.merged_deal_id = deal.deal_id)
	) AS here
), stage AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS label, NULL::boolean AS is_closed, NULL::boolean AS closed_won, NULL::numeric AS probability) AS absent,
	LATERAL (
		SELECT pipeline_id,
			stage_id,
			label::text AS label,
			coalesce(is_closed::boolean, closed_won::boolean OR probability = 0) AS is_closed,
			coalesce(closed_won::boolean, probability = 1) AS is_won
		FROM :"source".deal_pipeline_stage
	) AS here
), company AS NOT MATERIALIZED (
	-- the primary company of a deal; else the one with the least id
	SELECT link.deal_id, link.company_id::text AS account_id
	FROM :"source".deal_company AS link
	WHERE NOT EXISTS (
		SELECT
		FROM :"source".deal_company AS other
		WHERE other.deal_id = link.deal_id
			AND (other.type_id::text IS DISTINCT FROM '5', other.company_id) < (link.type_id::text IS DISTINCT FROM '5', link.company_id))
)
SELECT deal.deal_id::text AS purchase_id,
	company.account_id,
	deal.closed_at AS purchased_at,
	deal.amount,
	NULL::numeric AS cost,
	NULL::text AS product_id,
	NULL::numeric AS list_amount
FROM deal
JOIN stage ON stage.pipeline_id = deal.pipeline_id AND stage.stage_id = deal.stage_id
JOIN company ON company.deal_id = deal.deal_id
WHERE stage.is_won;

-- entity: purchase
-- reads: deal, deal_pipeline_stage(pipeline_id, stage_id), deal_company(deal_id, company_id, type_id)
-- Won deals; HubSpot's own orders and invoices are not copied.
CREATE VIEW purchase WITH (security_invoker = true) AS
WITH deal AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS deal_pipeline_id, NULL::text AS deal_pipeline_stage_id, NULL::text AS owner_id,
		NULL::numeric AS property_amount, NULL::numeric AS property_amount_in_home_currency, NULL::text AS property_dealtype,
		NULL::timestamptz AS property_closedate, NULL::timestamptz AS property_createdate, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT deal_id,
			deal_pipeline_id AS pipeline_id,
			deal_pipeline_stage_id AS stage_id,
			owner_id::text AS owner_id,
			coalesce(clientele.number(property_amount_in_home_currency), clientele.number(property_amount)) AS amount,
			clientele.number(property_amount) AS amount_told,
			property_dealtype::text AS type,
			clientele.utc(property_createdate) AS opened_at,
			greatest(clientele.utc(property_closedate), clientele.utc(property_createdate)) AS closed_at
		FROM :"source".deal
		WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
	) AS here
), stage AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS label, NULL::boolean AS is_closed, NULL::boolean AS closed_won, NULL::numeric AS probability) AS absent,
	LATERAL (
		SELECT pipeline_id,
			stage_id,
			label::text AS label,
			coalesce(is_closed::boolean, closed_won::boolean OR probability = 0) AS is_closed,
			coalesce(closed_won::boolean, probability = 1) AS is_won
		FROM :"source".deal_pipeline_stage
	) AS here
), company AS NOT MATERIALIZED (
	-- the primary company of a deal; else the one with the least id
	SELECT link.deal_id, link.company_id::text AS account_id
	FROM :"source".deal_company AS link
	WHERE NOT EXISTS (
		SELECT
		FROM :"source".deal_company AS other
		WHERE other.deal_id = link.deal_id
			AND (other.type_id::text IS DISTINCT FROM '5', other.company_id) < (link.type_id::text IS DISTINCT FROM '5', link.company_id))
)
SELECT deal.deal_id::text AS purchase_id,
	company.account_id,
	deal.closed_at AS purchased_at,
	deal.amount,
	NULL::numeric AS cost,
	NULL::text AS product_id,
	NULL::numeric AS list_amount
FROM deal
JOIN stage ON stage.pipeline_id = deal.pipeline_id AND stage.stage_id = deal.stage_id
JOIN company ON company.deal_id = deal.deal_id
WHERE stage.is_won;
