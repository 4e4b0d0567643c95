-- entity: account
-- reads: res_partner, res_users, res_company, res_country, res_partner_industry, crm_team
CREATE VIEW account WITH (security_invoker = true) AS
SELECT here.account_id,
	here.name,
	industry.name AS industry,
	here.employees,
	here.annual_revenue,
	country.name AS country,
	team.name AS territory,
	here.user_id::text AS owner_id,
	here.parent_id::text AS parent_account_id,
	here.is_key_account,
	here.created_at
FROM (
	SELECT NULL::text AS name,
		NULL::integer AS commercial_partner_id,
		NULL::integer AS parent_id,
		NULL::integer AS industry_id,
		NULL::integer AS country_id,
		NULL::integer AS team_id,
		NULL::integer AS user_id,
		NULL::boolean AS active,
		-- of the community's partner_employee_quantity and partner_capital
		NULL::integer AS employee_quantity,
		NULL::float8 AS turnover_amount,
		NULL::timestamp AS create_date
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS account_id,
		name::text AS name,
		parent_id,
		industry_id,
		country_id,
		team_id,
		user_id,
		employee_quantity::integer AS employees,
		nullif(turnover_amount, 0)::numeric AS annual_revenue,
		NULL::boolean AS is_key_account,
		create_date AT TIME ZONE 'UTC' AS created_at
	FROM :"source".res_partner
	-- put so that the planner, which takes one row of two for this, does not take
	-- one of two hundred, as it does for a comparison of expressions
	WHERE CASE WHEN commercial_partner_id IS NULL THEN true ELSE commercial_partner_id = id END
		AND active IS NOT FALSE
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::integer AS partner_id) AS absent_0,
				LATERAL (SELECT partner_id AS partner FROM :"source".res_company) AS own
			WHERE own.partner = res_partner.id)
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::integer AS partner_id, NULL::boolean AS share) AS absent_2,
				LATERAL (SELECT partner_id AS partner, share AS is_guest FROM :"source".res_users) AS users
			WHERE users.partner = res_partner.id AND users.is_guest IS NOT TRUE)
) AS here
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_3,
		LATERAL (SELECT id, name AS name FROM :"source".res_partner_industry) AS named
	WHERE named.id = here.industry_id
) AS industry ON true
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_4,
		LATERAL (SELECT id, name AS name FROM :"source".res_country) AS named
	WHERE named.id = here.country_id
) AS country ON true
LEFT JOIN LATERAL (
	SELECT users.sale_team_id
	FROM (SELECT NULL::integer AS sale_team_id) AS absent_5,
		LATERAL (SELECT id, sale_team_id AS sale_team_id FROM :"source".res_users) AS users
	WHERE users.id = here.user_id
) AS seller ON true
LEFT JOIN LATERAL (
	-- the account's team, else the one of its salesperson
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_6,
		LATERAL (SELECT id, name AS name FROM :"source".crm_team) AS named
	WHERE named.id = coalesce(here.team_id, seller.sale_team_id)
) AS team ON true;
