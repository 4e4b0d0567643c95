-- entity: program
-- reads: campaigns
CREATE VIEW program WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::date AS start_date, NULL::date AS end_date, NULL::text AS deleted) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS program_id,
		name::text AS name,
		NULL::text AS segment,
		start_date::date AS starts_on,
		CASE WHEN end_date::date >= coalesce(start_date::date, end_date::date) THEN end_date::date END AS ends_on
	FROM :"source".campaigns
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here;
