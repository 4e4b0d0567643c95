-- entity: program
-- reads: campaigns
CREATE VIEW program WITH (security_invoker = true) AS
SELECT here.program_id,
	here.name,
	NULL::text AS segment,
	here.starts_on,
	CASE WHEN here.ends_on >= coalesce(here.starts_on, here.ends_on) THEN here.ends_on END AS ends_on
FROM (
	SELECT NULL::text AS name,
		NULL::text AS is_published,
		NULL::timestamp AS publish_up,
		NULL::timestamp AS publish_down,
		NULL::timestamp AS date_added
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS program_id,
		name::text AS name,
		(to_timestamp(extract(epoch FROM coalesce(publish_up, date_added))) AT TIME ZONE 'UTC')::date AS starts_on,
		(to_timestamp(extract(epoch FROM publish_down)) AT TIME ZONE 'UTC')::date AS ends_on
	FROM :"source".campaigns
	WHERE coalesce(is_published::text, '1') <> ALL (ARRAY['0', 'f', 'false'])
) AS here;
