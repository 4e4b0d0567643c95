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
