-- entity: opportunity
-- reads: crm_lead, crm_stage, res_partner, sale_order
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	here.lead_id,
	-- of who had ordered before it is not known what kind it is
	CASE
		WHEN NOT EXISTS (
			SELECT
			FROM (SELECT NULL::integer AS partner_id, NULL::text AS state, NULL::timestamp AS date_order) AS absent_4
			CROSS JOIN LATERAL (
				SELECT partner_id,
					date_order AT TIME ZONE 'UTC' AS ordered_at
				FROM :"source".sale_order
				WHERE state = ANY (ARRAY['sale', 'done'])
			) AS ordered
			CROSS JOIN LATERAL (SELECT NULL::integer AS commercial_partner_id) AS absent_5
			CROSS JOIN LATERAL (SELECT id, commercial_partner_id FROM :"source".res_partner) AS buyer
			WHERE buyer.id = ordered.partner_id
				AND buyer.commercial_partner_id = partner.commercial_partner_id
				AND ordered.ordered_at < here.opened_at) THEN 'new'
	END AS kind,
	NULL::text AS product_id,
	stage.name AS stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	CASE WHEN here.is_lost OR stage.is_won THEN here.closed_at END AS closed_at,
	CASE WHEN here.is_lost THEN false WHEN stage.is_won THEN true END AS is_won
FROM (
	SELECT NULL::text AS type,
		NULL::boolean AS active,
		NULL::float8 AS probability,
		NULL::integer AS partner_id,
		NULL::integer AS stage_id,
		NULL::integer AS user_id,
		-- expected_revenue was planned_revenue before release 14
		NULL::numeric AS expected_revenue,
		NULL::numeric AS planned_revenue,
		NULL::timestamp AS create_date,
		NULL::timestamp AS write_date,
		NULL::timestamp AS date_conversion,
		NULL::timestamp AS date_closed,
		NULL::timestamp AS date_last_stage_update
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS opportunity_id,
		CASE WHEN date_conversion IS NOT NULL THEN id::text END AS lead_id,
		partner_id,
		stage_id,
		active IS NOT FALSE AS is_active,
		active IS FALSE AND probability = 0 AS is_lost,
		coalesce(expected_revenue, planned_revenue)::numeric AS amount,
		user_id::text AS owner_id,
		coalesce(date_conversion, create_date) AT TIME ZONE 'UTC' AS opened_at,
		coalesce(date_closed, date_last_stage_update, write_date) AT TIME ZONE 'UTC' AS closed_at
	FROM :"source".crm_lead
	WHERE type = 'opportunity'
) AS here
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name,
		named.is_won
	FROM (SELECT NULL::text AS name, NULL::boolean AS is_won) AS absent_2,
		LATERAL (SELECT id, name AS name, is_won AS is_won FROM :"source".crm_stage) AS named
	WHERE named.id = here.stage_id
) AS stage ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = here.partner_id
) AS partner ON true
-- archived, but neither lost nor won: put away
WHERE here.is_active OR here.is_lost OR stage.is_won;

-- entity: opportunity
-- reads: crm_lead, crm_stage, res_partner
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	here.lead_id,
	NULL::text AS kind,
	NULL::text AS product_id,
	stage.name AS stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	CASE WHEN here.is_lost OR stage.is_won THEN here.closed_at END AS closed_at,
	CASE WHEN here.is_lost THEN false WHEN stage.is_won THEN true END AS is_won
FROM (
	SELECT NULL::text AS type,
		NULL::boolean AS active,
		NULL::float8 AS probability,
		NULL::integer AS partner_id,
		NULL::integer AS stage_id,
		NULL::integer AS user_id,
		-- expected_revenue was planned_revenue before release 14
		NULL::numeric AS expected_revenue,
		NULL::numeric AS planned_revenue,
		NULL::timestamp AS create_date,
		NULL::timestamp AS write_date,
		NULL::timestamp AS date_conversion,
		NULL::timestamp AS date_closed,
		NULL::timestamp AS date_last_stage_update
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS opportunity_id,
		CASE WHEN date_conversion IS NOT NULL THEN id::text END AS lead_id,
		partner_id,
		stage_id,
		active IS NOT FALSE AS is_active,
		active IS FALSE AND probability = 0 AS is_lost,
		coalesce(expected_revenue, planned_revenue)::numeric AS amount,
		user_id::text AS owner_id,
		coalesce(date_conversion, create_date) AT TIME ZONE 'UTC' AS opened_at,
		coalesce(date_closed, date_last_stage_update, write_date) AT TIME ZONE 'UTC' AS closed_at
	FROM :"source".crm_lead
	WHERE type = 'opportunity'
) AS here
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name,
		named.is_won
	FROM (SELECT NULL::text AS name, NULL::boolean AS is_won) AS absent_2,
		LATERAL (SELECT id, name AS name, is_won AS is_won FROM :"source".crm_stage) AS named
	WHERE named.id = here.stage_id
) AS stage ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = here.partner_id
) AS partner ON true
-- archived, but neither lost nor won: put away
WHERE here.is_active OR here.is_lost OR stage.is_won;
