-- entity: opportunity
-- reads: deal, deal_pipeline_stage(pipeline_id, stage_id), deal_company(deal_id, company_id, type_id), deal_contact(deal_id, contact_id), merged_deal(merged_deal_id)
-- The kind is read in the type's words; "existingbusiness" does not tell which
-- one, and is NULL.
CREATE VIEW opportunity WITH (security_invoker = true) AS
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
), person AS NOT MATERIALIZED (
	-- of several contacts the one that was known first
	SELECT link.deal_id, link.contact_id::text AS contact_id
	FROM :"source".deal_contact AS link
	WHERE NOT EXISTS (SELECT FROM :"source".deal_contact AS other WHERE other.deal_id = link.deal_id AND other.contact_id < link.contact_id)
)
SELECT deal.deal_id::text AS opportunity_id,
	company.account_id,
	person.contact_id,
	NULL::text AS lead_id,
	CASE
		WHEN deal.type ~* 'renew' THEN 'renewal'
		WHEN deal.type ~* 'cross' THEN 'cross-sell'
		WHEN deal.type ~* 'up-? ?sell|upgrade|expansion|add-? ?on' THEN 'upsell'
		WHEN deal.type ~* '\mnew' THEN 'new'
	END AS kind,
	NULL::text AS product_id,
	coalesce(stage.label, deal.stage_id::text) AS stage,
	deal.amount,
	deal.owner_id,
	deal.opened_at,
	CASE WHEN stage.is_closed OR stage.is_won THEN deal.closed_at END AS closed_at,
	CASE WHEN stage.is_closed OR stage.is_won THEN coalesce(stage.is_won, false) END AS is_won
FROM deal
LEFT JOIN stage ON stage.pipeline_id = deal.pipeline_id AND stage.stage_id = deal.stage_id
LEFT JOIN company ON company.deal_id = deal.deal_id
LEFT JOIN person ON person.deal_id = deal.deal_id;

-- entity: opportunity
-- reads: deal, deal_pipeline_stage(pipeline_id, stage_id), deal_company(deal_id, company_id, type_id), deal_contact(deal_id, contact_id)
-- The kind is read in the type's words; "existingbusiness" does not tell which
-- one, and is NULL.
CREATE VIEW opportunity WITH (security_invoker = true) AS
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
), person AS NOT MATERIALIZED (
	-- of several contacts the one that was known first
	SELECT link.deal_id, link.contact_id::text AS contact_id
	FROM :"source".deal_contact AS link
	WHERE NOT EXISTS (SELECT FROM :"source".deal_contact AS other WHERE other.deal_id = link.deal_id AND other.contact_id < link.contact_id)
)
SELECT deal.deal_id::text AS opportunity_id,
	company.account_id,
	person.contact_id,
	NULL::text AS lead_id,
	CASE
		WHEN deal.type ~* 'renew' THEN 'renewal'
		WHEN deal.type ~* 'cross' THEN 'cross-sell'
		WHEN deal.type ~* 'up-? ?sell|upgrade|expansion|add-? ?on' THEN 'upsell'
		WHEN deal.type ~* '\mnew' THEN 'new'
	END AS kind,
	NULL::text AS product_id,
	coalesce(stage.label, deal.stage_id::text) AS stage,
	deal.amount,
	deal.owner_id,
	deal.opened_at,
	CASE WHEN stage.is_closed OR stage.is_won THEN deal.closed_at END AS closed_at,
	CASE WHEN stage.is_closed OR stage.is_won THEN coalesce(stage.is_won, false) END AS is_won
FROM deal
LEFT JOIN stage ON stage.pipeline_id = deal.pipeline_id AND stage.stage_id = deal.stage_id
LEFT JOIN company ON company.deal_id = deal.deal_id
LEFT JOIN person ON person.deal_id = deal.deal_id;
