-- entity: owner
-- reads: res_users, res_partner, crm_team, crm_team_member
CREATE VIEW owner WITH (security_invoker = true) AS
SELECT here.owner_id,
	person.name,
	member.territory,
	member.capacity
FROM (SELECT NULL::integer AS partner_id, NULL::boolean AS share, NULL::boolean AS active) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		id::text AS owner_id,
		partner_id
	FROM :"source".res_users
	WHERE share IS NOT TRUE
		AND active IS NOT FALSE
) AS here
LEFT JOIN LATERAL (
	SELECT named.name
	FROM (SELECT NULL::text AS name) AS absent_2,
		LATERAL (SELECT id, name::text AS name FROM :"source".res_partner) AS named
	WHERE named.id = here.partner_id
) AS person ON true
LEFT JOIN LATERAL (
	SELECT (array_agg(coalesce(to_jsonb(team.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(team.name), '$.*') #>> '{}', to_jsonb(team.name) #>> '{}')
			ORDER BY teams.id))[1] AS territory,
		-- Odoo's is of 30 days
		round(sum(nullif(teams.assignment_max, 0)) * 7 / 30.0)::integer AS capacity
	FROM (SELECT NULL::integer AS user_id, NULL::integer AS crm_team_id, NULL::integer AS assignment_max, NULL::boolean AS active) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			user_id,
			crm_team_id,
			assignment_max,
			active IS NOT FALSE AS is_member
		FROM :"source".crm_team_member
	) AS teams
	LEFT JOIN LATERAL (
		SELECT named.name
		FROM (SELECT NULL::text AS name) AS absent_4,
			LATERAL (SELECT id, name AS name FROM :"source".crm_team) AS named
		WHERE named.id = teams.crm_team_id
	) AS team ON true
	WHERE teams.user_id = here.id
		AND teams.is_member
) AS member ON true;
