-- HubSpot: its objects in a schema of this database, as Fivetran copies them
-- (contact.property_email, engagement_contact, deal_pipeline_stage).
--
-- HubSpot's ids are numbers and text here: the index that finds the rows of one
-- account is one on the text, such as
--     CREATE INDEX ON hubspot.contact ((property_associatedcompanyid::text));
--     CREATE INDEX ON hubspot.deal_company ((company_id::text));
-- and joins use ordinary ones: engagement_contact (contact_id), deal_company
-- (deal_id). Money is taken in the portal's own currency where HubSpot tells it.
-- What HubSpot does not hold, or Fivetran does not copy, is a native table.
-- Deleted rows, and contacts and deals merged into others, are not there. Times
-- without a time zone are UTC.
--
-- To run by hand, one section an entity: psql -v source=schema_of_hubspot,
-- SET search_path = your_schema, clientele;
--
-- Each "-- entity:" line begins one entity; of several for one entity the first
-- is taken whose relations and columns in "-- reads:" are there. A column that
-- an installation lacks is found in "absent" instead, and is NULL.

-- entity: account
-- reads: company
CREATE VIEW account WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS property_name, NULL::text AS property_industry, NULL::numeric AS property_numberofemployees,
	NULL::numeric AS property_annualrevenue, NULL::text AS property_country, NULL::text AS property_hubspot_owner_id,
	NULL::text AS property_hs_parent_company_id, NULL::boolean AS property_hs_is_target_account, NULL::timestamptz AS property_createdate,
	NULL::boolean AS _fivetran_deleted, NULL::boolean AS is_deleted) AS absent,
LATERAL (
	SELECT id::text AS account_id,
		property_name::text AS name,
		property_industry::text AS industry,
		CASE WHEN clientele.number(property_numberofemployees) BETWEEN 0 AND 2147483647
			THEN clientele.number(property_numberofemployees)::integer END AS employees,
		clientele.number(property_annualrevenue) AS annual_revenue,
		property_country::text AS country,
		NULL::text AS territory,
		property_hubspot_owner_id::text AS owner_id,
		property_hs_parent_company_id::text AS parent_account_id,
		property_hs_is_target_account::boolean AS is_key_account,
		clientele.utc(property_createdate) AS created_at
	FROM :"source".company
	WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
) AS here;

-- entity: product
-- reads: product
CREATE VIEW product WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS property_name, NULL::text AS property_hs_product_type, NULL::text AS property_hs_status,
	NULL::boolean AS _fivetran_deleted, NULL::boolean AS is_deleted) AS absent,
LATERAL (
	SELECT id::text AS product_id,
		property_name::text AS name,
		lower(property_hs_product_type::text) AS category,
		NULL::text AS tier,
		NULL::date AS launched_on,
		NULL::text AS prerequisite_product_id,
		NULL::text[] AS countries
	FROM :"source".product
	WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE AND coalesce(property_hs_status, '') !~* '^(inactive|archived)'
) AS here;

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

-- entity: owner
-- reads: owner(owner_id)
-- People; queues of conversations own nothing.
CREATE VIEW owner WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS first_name, NULL::text AS last_name, NULL::text AS email, NULL::text AS type, NULL::boolean AS is_active,
	NULL::boolean AS _fivetran_deleted) AS absent,
LATERAL (
	SELECT owner_id::text AS owner_id,
		coalesce(nullif(concat_ws(' ', first_name, last_name), ''), email::text) AS name,
		NULL::text AS territory,
		NULL::integer AS capacity
	FROM :"source".owner
	WHERE _fivetran_deleted IS NOT TRUE AND is_active::boolean IS NOT FALSE AND coalesce(type, 'PERSON') = 'PERSON'
) AS here;

-- entity: contact
-- reads: contact
-- Contacts that were merged into others are told by those: an index on (id)
-- WHERE property_hs_merged_object_ids IS NOT NULL finds them without reading all.
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS property_associatedcompanyid, NULL::text AS property_firstname, NULL::text AS property_lastname,
	NULL::text AS property_email, NULL::text AS property_phone, NULL::text AS property_mobilephone, NULL::text AS property_jobtitle,
	NULL::text AS property_hs_buying_role, NULL::text AS property_hs_seniority, NULL::text AS property_seniority,
	NULL::text AS property_department, NULL::boolean AS property_hs_email_optout, NULL::timestamptz AS property_createdate,
	NULL::text AS property_hs_merged_object_ids, NULL::boolean AS _fivetran_deleted, NULL::boolean AS is_deleted) AS absent,
LATERAL (
	SELECT id::text AS contact_id,
		property_associatedcompanyid::text AS account_id,
		nullif(concat_ws(' ', property_firstname, property_lastname), '') AS name,
		property_email::text AS email,
		coalesce(property_phone, property_mobilephone)::text AS phone,
		property_jobtitle::text AS title,
		lower(replace(property_hs_buying_role::text, '_', ' ')) AS role,
		lower(coalesce(property_hs_seniority, property_seniority)::text) AS seniority,
		property_department::text AS department,
		true AS is_active,
		property_hs_email_optout::boolean AS do_not_contact,
		clientele.utc(property_createdate) AS created_at,
		NULL::timestamptz AS left_at
	FROM :"source".contact AS person
	WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
		AND NOT EXISTS (
			SELECT
			FROM :"source".contact AS survivor
			CROSS JOIN LATERAL regexp_split_to_table(property_hs_merged_object_ids::text, '[^0-9A-Za-z_-]+') AS merged (id)
			WHERE property_hs_merged_object_ids IS NOT NULL AND merged.id = person.id::text AND survivor.id <> person.id)
) AS here;

-- entity: lead
-- reads: contact(property_lifecyclestage)
-- Contacts that are at the stages of a lead in their life cycle, or came through
-- them; they are contacts as well. What HubSpot calls REFERRALS is a visit from
-- another site, and nobody's recommendation.
CREATE VIEW lead WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS property_associatedcompanyid, NULL::text AS property_company, NULL::text AS property_firstname,
	NULL::text AS property_lastname, NULL::text AS property_email, NULL::text AS property_hs_analytics_source,
	NULL::text AS property_hs_lead_status, NULL::text AS property_hubspot_owner_id, NULL::timestamptz AS property_createdate,
	NULL::timestamptz AS property_hs_lifecyclestage_lead_date, NULL::timestamptz AS property_hs_lifecyclestage_marketingqualifiedlead_date,
	NULL::timestamptz AS property_hs_lifecyclestage_salesqualifiedlead_date,
	NULL::timestamptz AS property_hs_lifecyclestage_opportunity_date, NULL::boolean AS _fivetran_deleted,
	NULL::boolean AS is_deleted) AS absent,
LATERAL (
	SELECT id::text AS lead_id,
		property_associatedcompanyid::text AS account_id,
		id::text AS contact_id,
		property_company::text AS company,
		nullif(concat_ws(' ', property_firstname, property_lastname), '') AS name,
		property_email::text AS email,
		CASE property_hs_analytics_source::text WHEN 'REFERRALS' THEN 'referring site'
			ELSE lower(replace(property_hs_analytics_source::text, '_', ' ')) END AS source,
		lower(coalesce(property_hs_lead_status, property_lifecyclestage)::text) AS status,
		property_hubspot_owner_id::text AS owner_id,
		coalesce(
			least(clientele.utc(property_hs_lifecyclestage_lead_date), clientele.utc(property_hs_lifecyclestage_marketingqualifiedlead_date),
				clientele.utc(property_hs_lifecyclestage_salesqualifiedlead_date)),
			clientele.utc(property_createdate)) AS created_at,
		clientele.utc(property_hs_lifecyclestage_opportunity_date) AS converted_at
	FROM :"source".contact
	WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
		AND (property_lifecyclestage = ANY (ARRAY['lead', 'marketingqualifiedlead', 'salesqualifiedlead'])
			OR property_hs_lifecyclestage_lead_date IS NOT NULL
			OR property_hs_lifecyclestage_marketingqualifiedlead_date IS NOT NULL
			OR property_hs_lifecyclestage_salesqualifiedlead_date IS NOT NULL)
) AS here;

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

-- entity: opportunity_stage
-- reads: deal_stage(deal_id, value, date_entered), deal_pipeline_stage(stage_id)
-- A row each time that a deal came to a stage; the same one again is left out.
CREATE VIEW opportunity_stage WITH (security_invoker = true) AS
SELECT entered.opportunity_id, coalesce(stage.label, entered.stage_id) AS stage, entered.entered_at
FROM (
	SELECT kept.*,
		lag(kept.stage_id) OVER (PARTITION BY kept.opportunity_id ORDER BY kept.entered_at, kept.stage_id) AS stage_before
	FROM (
		SELECT deal_id::text AS opportunity_id, value::text AS stage_id, clientele.utc(date_entered) AS entered_at
		FROM :"source".deal_stage
		WHERE deal_id IS NOT NULL AND value <> ''
	) AS kept
) AS entered
LEFT JOIN (
	SELECT here.stage_id, min(here.label) AS label
	FROM (SELECT NULL::text AS label) AS absent,
	LATERAL (SELECT stage_id::text AS stage_id, label::text AS label FROM :"source".deal_pipeline_stage) AS here
	GROUP BY here.stage_id
) AS stage ON stage.stage_id = entered.stage_id
WHERE entered.stage_before IS DISTINCT FROM entered.stage_id;

-- entity: opportunity_stage
-- reads: deal_property_history(deal_id, name, value, "timestamp"), deal_pipeline_stage(stage_id)
-- A row each time that a deal came to a stage; the same one again is left out.
CREATE VIEW opportunity_stage WITH (security_invoker = true) AS
SELECT entered.opportunity_id, coalesce(stage.label, entered.stage_id) AS stage, entered.entered_at
FROM (
	SELECT kept.*,
		lag(kept.stage_id) OVER (PARTITION BY kept.opportunity_id ORDER BY kept.entered_at, kept.stage_id) AS stage_before
	FROM (
		SELECT deal_id::text AS opportunity_id, value::text AS stage_id, clientele.utc("timestamp") AS entered_at
		FROM :"source".deal_property_history
		WHERE deal_id IS NOT NULL AND value <> '' AND name = 'dealstage'
	) AS kept
) AS entered
LEFT JOIN (
	SELECT here.stage_id, min(here.label) AS label
	FROM (SELECT NULL::text AS label) AS absent,
	LATERAL (SELECT stage_id::text AS stage_id, label::text AS label FROM :"source".deal_pipeline_stage) AS here
	GROUP BY here.stage_id
) AS stage ON stage.stage_id = entered.stage_id
WHERE entered.stage_before IS DISTINCT FROM entered.stage_id;

-- entity: touchpoint
-- reads: engagement_call(engagement_id), engagement_email(engagement_id), engagement_meeting(engagement_id), engagement_contact(engagement_id, contact_id), contact(property_associatedcompanyid), engagement_communication(engagement_id), contact_form_submission(contact_id, "timestamp")
-- Calls, e-mails and meetings, other messages and forms filled in, a row each of the contacts with which they are
-- associated; not who was only in copy. Notes and tasks are no touches; a meeting
-- that was called off or moved was none. The account is the one for which the
-- person works now.
CREATE VIEW touchpoint WITH (security_invoker = true) AS
WITH call AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::timestamptz AS property_hs_timestamp, NULL::timestamptz AS property_hs_createdate,
		NULL::text AS property_hubspot_owner_id, NULL::text AS property_hs_call_direction, NULL::text AS property_hs_call_status,
		NULL::text AS property_hs_call_disposition, NULL::numeric AS property_hs_call_duration,
		NULL::boolean AS _fivetran_deleted) AS absent,
	LATERAL (
		SELECT engagement_id,
			coalesce(clientele.utc(property_hs_timestamp), clientele.utc(property_hs_createdate)) AS occurred_at,
			'phone' AS channel,
			CASE WHEN property_hs_call_direction = 'INBOUND' THEN 'inbound' ELSE 'outbound' END AS direction,
			-- dispositions are ids: busy, no answer, voicemail, left a message, wrong number; connected
			CASE
				WHEN property_hs_call_disposition = ANY (ARRAY['9d9162e7-6cf3-4944-bf63-4dff82258764', '73a0d17f-1163-4015-bdd5-ec830791da20',
					'b2cf5968-551e-4856-9783-52b3da59a7d0', 'a4c4c377-d246-4b32-a13b-75a56a4cd0ff', '17b47fee-58de-441e-a44c-c6300d46f273']) THEN 'attempted'
				WHEN property_hs_call_disposition = 'f240bbac-87c9-4f6e-bf70-924b57d47db7' THEN 'connected'
				WHEN property_hs_call_status = ANY (ARRAY['BUSY', 'CANCELED', 'FAILED', 'MISSED', 'NO_ANSWER']) THEN 'attempted'
				WHEN clientele.number(property_hs_call_duration) > 0 THEN 'connected'
			END AS outcome,
			property_hubspot_owner_id::text AS owner_id,
			-- in milliseconds
			round(clientele.number(property_hs_call_duration) / 60000, 2) AS minutes,
			NULL::text AS in_copy,
			NULL::text AS addressed
		FROM :"source".engagement_call
		WHERE _fivetran_deleted IS NOT TRUE AND coalesce(property_hs_call_status, '') <> ALL (ARRAY['QUEUED', 'CALLING_CRM_USER'])
	) AS here
), mail AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::timestamptz AS property_hs_timestamp, NULL::timestamptz AS property_hs_createdate,
		NULL::text AS property_hubspot_owner_id, NULL::text AS property_hs_email_direction, NULL::text AS property_hs_email_status,
		NULL::numeric AS property_hs_email_open_count, NULL::text AS property_hs_email_to_email, NULL::text AS property_hs_email_cc_email,
		NULL::boolean AS _fivetran_deleted) AS absent,
	LATERAL (
		SELECT engagement_id,
			coalesce(clientele.utc(property_hs_timestamp), clientele.utc(property_hs_createdate)) AS occurred_at,
			'email' AS channel,
			CASE WHEN property_hs_email_direction = 'INCOMING_EMAIL' THEN 'inbound' ELSE 'outbound' END AS direction,
			CASE
				WHEN property_hs_email_direction = 'INCOMING_EMAIL' THEN 'replied'
				WHEN property_hs_email_status = ANY (ARRAY['BOUNCED', 'FAILED']) THEN 'bounced'
				WHEN clientele.number(property_hs_email_open_count) > 0 THEN 'opened'
				ELSE 'attempted'
			END AS outcome,
			property_hubspot_owner_id::text AS owner_id,
			NULL::numeric AS minutes,
			lower(property_hs_email_cc_email::text) AS in_copy,
			lower(property_hs_email_to_email::text) AS addressed
		FROM :"source".engagement_email
		WHERE _fivetran_deleted IS NOT TRUE AND coalesce(property_hs_email_status, '') <> ALL (ARRAY['SCHEDULED', 'SENDING'])
	) AS here
), meeting AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::timestamptz AS property_hs_timestamp, NULL::timestamptz AS property_hs_meeting_start_time,
		NULL::timestamptz AS property_hs_meeting_end_time, NULL::timestamptz AS property_hs_createdate,
		NULL::text AS property_hubspot_owner_id, NULL::text AS property_hs_meeting_outcome, NULL::boolean AS _fivetran_deleted) AS absent,
	LATERAL (
		SELECT engagement_id,
			coalesce(clientele.utc(property_hs_meeting_start_time), clientele.utc(property_hs_timestamp), clientele.utc(property_hs_createdate)) AS occurred_at,
			'meeting' AS channel,
			'outbound' AS direction,
			CASE WHEN property_hs_meeting_outcome = 'NO_SHOW' THEN 'attempted' ELSE 'attended' END AS outcome,
			property_hubspot_owner_id::text AS owner_id,
			round(extract(epoch FROM clientele.utc(property_hs_meeting_end_time) - clientele.utc(property_hs_meeting_start_time)) / 60, 2) AS minutes,
			NULL::text AS in_copy,
			NULL::text AS addressed
		FROM :"source".engagement_meeting
		WHERE _fivetran_deleted IS NOT TRUE AND coalesce(property_hs_meeting_outcome, '') <> ALL (ARRAY['CANCELED', 'RESCHEDULED'])
	) AS here
), message AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::timestamptz AS property_hs_timestamp, NULL::timestamptz AS property_hs_createdate,
		NULL::text AS property_hubspot_owner_id, NULL::text AS property_hs_communication_channel_type,
		NULL::boolean AS _fivetran_deleted) AS absent,
	LATERAL (
		SELECT engagement_id,
			coalesce(clientele.utc(property_hs_timestamp), clientele.utc(property_hs_createdate)) AS occurred_at,
			CASE property_hs_communication_channel_type WHEN 'LINKEDIN_MESSAGE' THEN 'social' WHEN 'PHYSICAL_MAIL' THEN 'letter'
				WHEN 'SMS' THEN 'sms' ELSE 'chat' END AS channel,
			'outbound' AS direction,
			'attempted' AS outcome,
			property_hubspot_owner_id::text AS owner_id,
			NULL::numeric AS minutes,
			NULL::text AS in_copy,
			NULL::text AS addressed
		FROM :"source".engagement_communication
		WHERE _fivetran_deleted IS NOT TRUE
	) AS here
), form AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS form_id) AS absent,
	LATERAL (
		SELECT contact_id, clientele.utc("timestamp") AS occurred_at, form_id::text AS form_id
		FROM :"source".contact_form_submission
	) AS here
), person AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS property_email, NULL::boolean AS _fivetran_deleted, NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT id, property_associatedcompanyid::text AS account_id, lower(property_email::text) AS email
		FROM :"source".contact
		WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
	) AS here
)
SELECT call.engagement_id::text || '/' || person.id::text AS touchpoint_id,
	person.account_id,
	person.id::text AS contact_id,
	NULL::text AS lead_id,
	call.occurred_at,
	call.channel,
	call.direction,
	call.outcome,
	NULL::text AS purpose,
	call.owner_id,
	call.minutes AS duration_minutes,
	NULL::text AS program_id
FROM call
JOIN :"source".engagement_contact AS link ON link.engagement_id = call.engagement_id
JOIN person ON person.id = link.contact_id
UNION ALL
SELECT mail.engagement_id::text || '/' || person.id::text,
	person.account_id,
	person.id::text,
	NULL::text,
	mail.occurred_at,
	mail.channel,
	mail.direction,
	mail.outcome,
	NULL::text,
	mail.owner_id,
	mail.minutes,
	NULL::text
FROM mail
JOIN :"source".engagement_contact AS link ON link.engagement_id = mail.engagement_id
JOIN person ON person.id = link.contact_id
WHERE NOT (strpos(coalesce(mail.in_copy, ''), person.email) > 0 AND strpos(coalesce(mail.addressed, ''), person.email) = 0)
	OR person.email IS NULL
UNION ALL
SELECT meeting.engagement_id::text || '/' || person.id::text,
	person.account_id,
	person.id::text,
	NULL::text,
	meeting.occurred_at,
	meeting.channel,
	meeting.direction,
	meeting.outcome,
	NULL::text,
	meeting.owner_id,
	meeting.minutes,
	NULL::text
FROM meeting
JOIN :"source".engagement_contact AS link ON link.engagement_id = meeting.engagement_id
JOIN person ON person.id = link.contact_id
UNION ALL
SELECT message.engagement_id::text || '/' || person.id::text,
	person.account_id,
	person.id::text,
	NULL::text,
	message.occurred_at,
	message.channel,
	message.direction,
	message.outcome,
	NULL::text,
	message.owner_id,
	message.minutes,
	NULL::text
FROM message
JOIN :"source".engagement_contact AS link ON link.engagement_id = message.engagement_id
JOIN person ON person.id = link.contact_id
UNION ALL
SELECT concat_ws('/', 'form', form.form_id, person.id, extract(epoch FROM form.occurred_at)),
	person.account_id,
	person.id::text,
	NULL::text,
	form.occurred_at,
	'web',
	'inbound',
	'replied',
	NULL::text,
	NULL::text,
	NULL::numeric,
	NULL::text
FROM form
JOIN person ON person.id = form.contact_id;

-- entity: touchpoint
-- reads: engagement_call(engagement_id), engagement_email(engagement_id), engagement_meeting(engagement_id), engagement_contact(engagement_id, contact_id), contact(property_associatedcompanyid)
-- Calls, e-mails and meetings, a row each of the contacts with which they are
-- associated; not who was only in copy. Notes and tasks are no touches; a meeting
-- that was called off or moved was none. The account is the one for which the
-- person works now.
CREATE VIEW touchpoint WITH (security_invoker = true) AS
WITH call AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::timestamptz AS property_hs_timestamp, NULL::timestamptz AS property_hs_createdate,
		NULL::text AS property_hubspot_owner_id, NULL::text AS property_hs_call_direction, NULL::text AS property_hs_call_status,
		NULL::text AS property_hs_call_disposition, NULL::numeric AS property_hs_call_duration,
		NULL::boolean AS _fivetran_deleted) AS absent,
	LATERAL (
		SELECT engagement_id,
			coalesce(clientele.utc(property_hs_timestamp), clientele.utc(property_hs_createdate)) AS occurred_at,
			'phone' AS channel,
			CASE WHEN property_hs_call_direction = 'INBOUND' THEN 'inbound' ELSE 'outbound' END AS direction,
			-- dispositions are ids: busy, no answer, voicemail, left a message, wrong number; connected
			CASE
				WHEN property_hs_call_disposition = ANY (ARRAY['9d9162e7-6cf3-4944-bf63-4dff82258764', '73a0d17f-1163-4015-bdd5-ec830791da20',
					'b2cf5968-551e-4856-9783-52b3da59a7d0', 'a4c4c377-d246-4b32-a13b-75a56a4cd0ff', '17b47fee-58de-441e-a44c-c6300d46f273']) THEN 'attempted'
				WHEN property_hs_call_disposition = 'f240bbac-87c9-4f6e-bf70-924b57d47db7' THEN 'connected'
				WHEN property_hs_call_status = ANY (ARRAY['BUSY', 'CANCELED', 'FAILED', 'MISSED', 'NO_ANSWER']) THEN 'attempted'
				WHEN clientele.number(property_hs_call_duration) > 0 THEN 'connected'
			END AS outcome,
			property_hubspot_owner_id::text AS owner_id,
			-- in milliseconds
			round(clientele.number(property_hs_call_duration) / 60000, 2) AS minutes,
			NULL::text AS in_copy,
			NULL::text AS addressed
		FROM :"source".engagement_call
		WHERE _fivetran_deleted IS NOT TRUE AND coalesce(property_hs_call_status, '') <> ALL (ARRAY['QUEUED', 'CALLING_CRM_USER'])
	) AS here
), mail AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::timestamptz AS property_hs_timestamp, NULL::timestamptz AS property_hs_createdate,
		NULL::text AS property_hubspot_owner_id, NULL::text AS property_hs_email_direction, NULL::text AS property_hs_email_status,
		NULL::numeric AS property_hs_email_open_count, NULL::text AS property_hs_email_to_email, NULL::text AS property_hs_email_cc_email,
		NULL::boolean AS _fivetran_deleted) AS absent,
	LATERAL (
		SELECT engagement_id,
			coalesce(clientele.utc(property_hs_timestamp), clientele.utc(property_hs_createdate)) AS occurred_at,
			'email' AS channel,
			CASE WHEN property_hs_email_direction = 'INCOMING_EMAIL' THEN 'inbound' ELSE 'outbound' END AS direction,
			CASE
				WHEN property_hs_email_direction = 'INCOMING_EMAIL' THEN 'replied'
				WHEN property_hs_email_status = ANY (ARRAY['BOUNCED', 'FAILED']) THEN 'bounced'
				WHEN clientele.number(property_hs_email_open_count) > 0 THEN 'opened'
				ELSE 'attempted'
			END AS outcome,
			property_hubspot_owner_id::text AS owner_id,
			NULL::numeric AS minutes,
			lower(property_hs_email_cc_email::text) AS in_copy,
			lower(property_hs_email_to_email::text) AS addressed
		FROM :"source".engagement_email
		WHERE _fivetran_deleted IS NOT TRUE AND coalesce(property_hs_email_status, '') <> ALL (ARRAY['SCHEDULED', 'SENDING'])
	) AS here
), meeting AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::timestamptz AS property_hs_timestamp, NULL::timestamptz AS property_hs_meeting_start_time,
		NULL::timestamptz AS property_hs_meeting_end_time, NULL::timestamptz AS property_hs_createdate,
		NULL::text AS property_hubspot_owner_id, NULL::text AS property_hs_meeting_outcome, NULL::boolean AS _fivetran_deleted) AS absent,
	LATERAL (
		SELECT engagement_id,
			coalesce(clientele.utc(property_hs_meeting_start_time), clientele.utc(property_hs_timestamp), clientele.utc(property_hs_createdate)) AS occurred_at,
			'meeting' AS channel,
			'outbound' AS direction,
			CASE WHEN property_hs_meeting_outcome = 'NO_SHOW' THEN 'attempted' ELSE 'attended' END AS outcome,
			property_hubspot_owner_id::text AS owner_id,
			round(extract(epoch FROM clientele.utc(property_hs_meeting_end_time) - clientele.utc(property_hs_meeting_start_time)) / 60, 2) AS minutes,
			NULL::text AS in_copy,
			NULL::text AS addressed
		FROM :"source".engagement_meeting
		WHERE _fivetran_deleted IS NOT TRUE AND coalesce(property_hs_meeting_outcome, '') <> ALL (ARRAY['CANCELED', 'RESCHEDULED'])
	) AS here
), person AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::text AS property_email, NULL::boolean AS _fivetran_deleted, NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT id, property_associatedcompanyid::text AS account_id, lower(property_email::text) AS email
		FROM :"source".contact
		WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
	) AS here
)
SELECT call.engagement_id::text || '/' || person.id::text AS touchpoint_id,
	person.account_id,
	person.id::text AS contact_id,
	NULL::text AS lead_id,
	call.occurred_at,
	call.channel,
	call.direction,
	call.outcome,
	NULL::text AS purpose,
	call.owner_id,
	call.minutes AS duration_minutes,
	NULL::text AS program_id
FROM call
JOIN :"source".engagement_contact AS link ON link.engagement_id = call.engagement_id
JOIN person ON person.id = link.contact_id
UNION ALL
SELECT mail.engagement_id::text || '/' || person.id::text,
	person.account_id,
	person.id::text,
	NULL::text,
	mail.occurred_at,
	mail.channel,
	mail.direction,
	mail.outcome,
	NULL::text,
	mail.owner_id,
	mail.minutes,
	NULL::text
FROM mail
JOIN :"source".engagement_contact AS link ON link.engagement_id = mail.engagement_id
JOIN person ON person.id = link.contact_id
WHERE NOT (strpos(coalesce(mail.in_copy, ''), person.email) > 0 AND strpos(coalesce(mail.addressed, ''), person.email) = 0)
	OR person.email IS NULL
UNION ALL
SELECT meeting.engagement_id::text || '/' || person.id::text,
	person.account_id,
	person.id::text,
	NULL::text,
	meeting.occurred_at,
	meeting.channel,
	meeting.direction,
	meeting.outcome,
	NULL::text,
	meeting.owner_id,
	meeting.minutes,
	NULL::text
FROM meeting
JOIN :"source".engagement_contact AS link ON link.engagement_id = meeting.engagement_id
JOIN person ON person.id = link.contact_id;

-- entity: ticket
-- reads: ticket, ticket_company(ticket_id, company_id), ticket_contact(ticket_id, contact_id)
-- Of several companies and contacts of a ticket the ones that were known first.
CREATE VIEW ticket WITH (security_invoker = true) AS
WITH request AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::timestamptz AS property_createdate, NULL::timestamptz AS property_first_agent_reply_date,
		NULL::timestamptz AS property_closed_date, NULL::text AS property_hs_ticket_priority, NULL::text AS property_source_type,
		NULL::boolean AS _fivetran_deleted, NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT id,
			clientele.utc(property_createdate) AS opened_at,
			clientele.utc(property_first_agent_reply_date) AS first_response_at,
			clientele.utc(property_closed_date) AS closed_at,
			CASE lower(property_hs_ticket_priority::text) WHEN 'medium' THEN 'normal' WHEN 'urgent' THEN 'critical'
				ELSE lower(property_hs_ticket_priority::text) END AS severity,
			lower(property_source_type::text) AS channel
		FROM :"source".ticket
		WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
	) AS here
), company AS NOT MATERIALIZED (
	SELECT link.ticket_id, link.company_id::text AS account_id
	FROM :"source".ticket_company AS link
	WHERE NOT EXISTS (SELECT FROM :"source".ticket_company AS other WHERE other.ticket_id = link.ticket_id AND other.company_id < link.company_id)
), person AS NOT MATERIALIZED (
	SELECT link.ticket_id, link.contact_id::text AS contact_id
	FROM :"source".ticket_contact AS link
	WHERE NOT EXISTS (SELECT FROM :"source".ticket_contact AS other WHERE other.ticket_id = link.ticket_id AND other.contact_id < link.contact_id)
)
SELECT request.id::text AS ticket_id,
	company.account_id,
	person.contact_id,
	request.opened_at,
	request.first_response_at,
	request.closed_at,
	request.severity,
	NULL::numeric AS satisfaction,
	NULL::boolean AS is_abandoned,
	request.channel
FROM request
LEFT JOIN company ON company.ticket_id = request.id
LEFT JOIN person ON person.ticket_id = request.id;

-- entity: contact_employment
-- reads: contact_property_history(contact_id, name, value, "timestamp")
-- From the history of the company with which a contact is associated.
CREATE VIEW contact_employment WITH (security_invoker = true) AS
SELECT stay.contact_id,
	stay.account_id,
	NULL::text AS title,
	stay.started_at,
	stay.ended_at
FROM (
	SELECT change.contact_id,
		change.account_id,
		change.changed_at AS started_at,
		lead(change.changed_at) OVER (PARTITION BY change.contact_id ORDER BY change.changed_at) AS ended_at
	FROM (
		SELECT told.*,
			row_number() OVER (PARTITION BY told.contact_id ORDER BY told.changed_at) = 1
				OR lag(told.account_id) OVER (PARTITION BY told.contact_id ORDER BY told.changed_at) IS DISTINCT FROM told.account_id AS is_new
		FROM (
			SELECT contact_id::text AS contact_id, nullif(value::text, '') AS account_id, clientele.utc("timestamp") AS changed_at
			FROM :"source".contact_property_history
			WHERE name = 'associatedcompanyid' AND contact_id IS NOT NULL
		) AS told
	) AS change
	WHERE change.is_new
) AS stay
WHERE stay.account_id IS NOT NULL;
