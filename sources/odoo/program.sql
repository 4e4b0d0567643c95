-- entity: program
-- reads: utm_campaign
CREATE VIEW program WITH (security_invoker = true) AS
SELECT here.program_id,
	coalesce(coalesce(to_jsonb(here.title) ->> 'en_US', jsonb_path_query_first(to_jsonb(here.title), '$.*') #>> '{}', to_jsonb(here.title) #>> '{}'),
		coalesce(to_jsonb(here.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(here.name), '$.*') #>> '{}', to_jsonb(here.name) #>> '{}')) AS name,
	NULL::text AS segment,
	here.starts_on,
	NULL::date AS ends_on
FROM (
	SELECT NULL::text AS name,
		NULL::text AS title,
		NULL::boolean AS active,
		NULL::boolean AS is_auto_campaign,
		NULL::timestamp AS create_date
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS program_id,
		title AS title,
		name AS name,
		create_date::date AS starts_on
	FROM :"source".utm_campaign
	WHERE active IS NOT FALSE
		AND is_auto_campaign IS NOT TRUE
) AS here;
