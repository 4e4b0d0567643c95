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
