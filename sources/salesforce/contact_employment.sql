-- entity: contact_employment
-- reads: "AccountContactRelation"("ContactId", "AccountId")
-- A relation that is not active and has no last day ended with its last change.
CREATE VIEW contact_employment WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::date AS "StartDate", NULL::date AS "EndDate", NULL::boolean AS "IsActive", NULL::timestamptz AS "LastModifiedDate",
	NULL::boolean AS "IsDeleted") AS absent,
LATERAL (
	SELECT "ContactId"::text AS contact_id,
		"AccountId"::text AS account_id,
		NULL::text AS title,
		clientele.utc("StartDate") AS started_at,
		coalesce(clientele.utc("EndDate"), CASE WHEN NOT "IsActive"::boolean THEN clientele.utc("LastModifiedDate") END) AS ended_at
	FROM :"source"."AccountContactRelation"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "ContactId" IS NOT NULL AND "AccountId" IS NOT NULL
) AS here;

-- entity: contact_employment
-- reads: contact(account_id, _fivetran_start, _fivetran_end)
-- From the versions of a contact that Fivetran keeps in history mode: those in
-- a row with the same account are one employment.
CREATE VIEW contact_employment WITH (security_invoker = true) AS
SELECT stay.contact_id,
	stay.account_id,
	(array_agg(stay.title ORDER BY stay.from_at DESC))[1] AS title,
	min(stay.from_at) AS started_at,
	CASE WHEN NOT bool_or(stay.is_open) THEN max(stay.until_at) END AS ended_at
FROM (
	SELECT version.*,
		count(*) FILTER (WHERE version.is_new) OVER (PARTITION BY version.contact_id ORDER BY version.from_at) AS number
	FROM (
		SELECT version.*,
			lag(version.account_id) OVER (PARTITION BY version.contact_id ORDER BY version.from_at) IS DISTINCT FROM version.account_id AS is_new
		FROM (SELECT NULL::text AS title, NULL::boolean AS _fivetran_active, NULL::boolean AS is_deleted) AS absent,
		LATERAL (
			SELECT id::text AS contact_id,
				account_id::text AS account_id,
				title::text AS title,
				clientele.utc(_fivetran_start) AS from_at,
				clientele.utc(_fivetran_end) AS until_at,
				coalesce(_fivetran_active, false) OR _fivetran_end IS NULL OR clientele.utc(_fivetran_end) >= '9999-01-01 00:00+00' AS is_open
			FROM :"source".contact
			WHERE is_deleted::boolean IS NOT TRUE
		) AS version
	) AS version
) AS stay
WHERE stay.account_id IS NOT NULL
GROUP BY stay.contact_id, stay.account_id, stay.number;

-- entity: contact_employment
-- reads: account_contact_relation(contact_id, account_id)
-- A relation that is not active and has no last day ended with its last change.
CREATE VIEW contact_employment WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::date AS start_date, NULL::date AS end_date, NULL::boolean AS is_active, NULL::timestamptz AS last_modified_date,
	NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT contact_id::text AS contact_id,
		account_id::text AS account_id,
		NULL::text AS title,
		clientele.utc(start_date) AS started_at,
		coalesce(clientele.utc(end_date), CASE WHEN NOT is_active::boolean THEN clientele.utc(last_modified_date) END) AS ended_at
	FROM :"source".account_contact_relation
	WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND contact_id IS NOT NULL AND account_id IS NOT NULL
) AS here;
