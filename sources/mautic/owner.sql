-- entity: owner
-- reads: users
CREATE VIEW owner WITH (security_invoker = true) AS
SELECT here.owner_id,
	here.name,
	NULL::text AS territory,
	NULL::integer AS capacity
FROM (SELECT NULL::text AS first_name, NULL::text AS last_name, NULL::text AS username, NULL::text AS is_published) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS owner_id,
		coalesce(nullif(concat_ws(' ', nullif(first_name::text, ''), nullif(last_name::text, '')), ''), username::text) AS name
	FROM :"source".users
	WHERE coalesce(is_published::text, '1') <> ALL (ARRAY['0', 'f', 'false'])
) AS here;
