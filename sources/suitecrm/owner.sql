-- entity: owner
-- reads: users
CREATE VIEW owner WITH (security_invoker = true) AS
SELECT here.owner_id,
	here.name,
	NULL::text AS territory,
	NULL::integer AS capacity
FROM (
	SELECT NULL::text AS first_name,
		NULL::text AS last_name,
		NULL::text AS user_name,
		NULL::text AS status,
		NULL::text AS is_group,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS owner_id,
		coalesce(nullif(concat_ws(' ', nullif(first_name::text, ''), nullif(last_name::text, '')), ''), user_name::text) AS name
	FROM :"source".users
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND (status::text = 'Active' OR status IS NULL)
		AND coalesce(is_group::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here;
