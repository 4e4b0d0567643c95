-- entity: opportunity
-- reads: deal, deal_pipeline_stage(pipeline_id, stage_id), deal_company(deal_id, company_id, type_id), deal_contact(deal_id, contact_id), contact, merged_deal(merged_deal_id), line_item, line_item_deal(line_item_id, deal_id)
-- The kind is read in the type's words; "existingbusiness" does not tell which
-- one, and is NULL. A deal came from the lead that its contact is or was, unless it
-- is one of a customer.
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
				coalesce(clientele.number(property_amount), clientele.number(property_price) * clientele.number(property_quantity), 0) AS amount
			FROM :"source".line_item
			WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
		) AS here
	) AS here ON here.id = link.line_item_id
), prospect AS NOT MATERIALIZED (
	-- as in lead
	SELECT here.*
	FROM (SELECT NULL::text AS property_lifecyclestage, NULL::timestamptz AS property_hs_lifecyclestage_lead_date,
		NULL::timestamptz AS property_hs_lifecyclestage_marketingqualifiedlead_date,
		NULL::timestamptz AS property_hs_lifecyclestage_salesqualifiedlead_date, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT id::text AS lead_id
		FROM :"source".contact
		WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
			AND (property_lifecyclestage = ANY (ARRAY['lead', 'marketingqualifiedlead', 'salesqualifiedlead'])
				OR property_hs_lifecyclestage_lead_date IS NOT NULL
				OR property_hs_lifecyclestage_marketingqualifiedlead_date IS NOT NULL
				OR property_hs_lifecyclestage_salesqualifiedlead_date IS NOT NULL)
	) AS here
)
SELECT deal.deal_id::text AS opportunity_id,
	company.account_id,
	person.contact_id,
	prospect.lead_id,
	CASE
		WHEN deal.type ~* 'renew' THEN 'renewal'
		WHEN deal.type ~* 'cross' THEN 'cross-sell'
		WHEN deal.type ~* 'up-? ?sell|upgrade|expansion|add-? ?on' THEN 'upsell'
		WHEN deal.type ~* '\mnew' THEN 'new'
	END AS kind,
	good.product_id,
	coalesce(stage.label, deal.stage_id::text) AS stage,
	deal.amount,
	deal.owner_id,
	deal.opened_at,
	CASE WHEN stage.is_closed OR stage.is_won THEN deal.closed_at END AS closed_at,
	CASE WHEN stage.is_closed OR stage.is_won THEN coalesce(stage.is_won, false) END AS is_won
FROM deal
LEFT JOIN stage ON stage.pipeline_id = deal.pipeline_id AND stage.stage_id = deal.stage_id
LEFT JOIN company ON company.deal_id = deal.deal_id
LEFT JOIN person ON person.deal_id = deal.deal_id
LEFT JOIN prospect ON prospect.lead_id = person.contact_id AND coalesce(deal.type, '') !~* 'renew|cross|up-? ?sell|upgrade|expansion|add-? ?on|existing'
-- the line of the greatest amount
LEFT JOIN (
	SELECT line.deal_id, line.product_id
	FROM line
	WHERE NOT EXISTS (SELECT FROM line AS other WHERE other.deal_id = line.deal_id AND (other.amount, other.id) > (line.amount, line.id))
) AS good ON good.deal_id = deal.deal_id;

-- entity: opportunity
-- reads: deal, deal_pipeline_stage(pipeline_id, stage_id), deal_company(deal_id, company_id, type_id), deal_contact(deal_id, contact_id), contact, merged_deal(merged_deal_id)
-- The kind is read in the type's words; "existingbusiness" does not tell which
-- one, and is NULL. A deal came from the lead that its contact is or was, unless it
-- is one of a customer.
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
), prospect AS NOT MATERIALIZED (
	-- as in lead
	SELECT here.*
	FROM (SELECT NULL::text AS property_lifecyclestage, NULL::timestamptz AS property_hs_lifecyclestage_lead_date,
		NULL::timestamptz AS property_hs_lifecyclestage_marketingqualifiedlead_date,
		NULL::timestamptz AS property_hs_lifecyclestage_salesqualifiedlead_date, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT id::text AS lead_id
		FROM :"source".contact
		WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
			AND (property_lifecyclestage = ANY (ARRAY['lead', 'marketingqualifiedlead', 'salesqualifiedlead'])
				OR property_hs_lifecyclestage_lead_date IS NOT NULL
				OR property_hs_lifecyclestage_marketingqualifiedlead_date IS NOT NULL
				OR property_hs_lifecyclestage_salesqualifiedlead_date IS NOT NULL)
	) AS here
)
SELECT deal.deal_id::text AS opportunity_id,
	company.account_id,
	person.contact_id,
	prospect.lead_id,
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
LEFT JOIN person ON person.deal_id = deal.deal_id
LEFT JOIN prospect ON prospect.lead_id = person.contact_id AND coalesce(deal.type, '') !~* 'renew|cross|up-? ?sell|upgrade|expansion|add-? ?on|existing';

-- entity: opportunity
-- reads: deal, deal_pipeline_stage(pipeline_id, stage_id), deal_company(deal_id, company_id, type_id), deal_contact(deal_id, contact_id), contact
-- The kind is read in the type's words; "existingbusiness" does not tell which
-- one, and is NULL. A deal came from the lead that its contact is or was, unless it
-- is one of a customer.
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
), prospect AS NOT MATERIALIZED (
	-- as in lead
	SELECT here.*
	FROM (SELECT NULL::text AS property_lifecyclestage, NULL::timestamptz AS property_hs_lifecyclestage_lead_date,
		NULL::timestamptz AS property_hs_lifecyclestage_marketingqualifiedlead_date,
		NULL::timestamptz AS property_hs_lifecyclestage_salesqualifiedlead_date, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT id::text AS lead_id
		FROM :"source".contact
		WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
			AND (property_lifecyclestage = ANY (ARRAY['lead', 'marketingqualifiedlead', 'salesqualifiedlead'])
				OR property_hs_lifecyclestage_lead_date IS NOT NULL
				OR property_hs_lifecyclestage_marketingqualifiedlead_date IS NOT NULL
				OR property_hs_lifecyclestage_salesqualifiedlead_date IS NOT NULL)
	) AS here
)
SELECT deal.deal_id::text AS opportunity_id,
	company.account_id,
	person.contact_id,
	prospect.lead_id,
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
LEFT JOIN person ON person.deal_id = deal.deal_id
LEFT JOIN prospect ON prospect.lead_id = person.contact_id AND coalesce(deal.type, '') !~* 'renew|cross|up-? ?sell|upgrade|expansion|add-? ?on|existing';
