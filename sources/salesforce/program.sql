-- entity: program
-- reads: "Campaign"
CREATE VIEW program WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS "Name", NULL::date AS "StartDate", NULL::date AS "EndDate", NULL::boolean AS "IsDeleted") AS absent,
LATERAL (
	SELECT "Id"::text AS program_id,
		"Name"::text AS name,
		NULL::text AS segment,
		(clientele.utc("StartDate") AT TIME ZONE 'UTC')::date AS starts_on,
		(clientele.utc("EndDate") AT TIME ZONE 'UTC')::date AS ends_on
	FROM :"source"."Campaign"
	WHERE "IsDeleted"::boolean IS NOT TRUE
) AS here;

-- entity: program
-- reads: campaign
CREATE VIEW program WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS name, NULL::date AS start_date, NULL::date AS end_date, NULL::boolean AS is_deleted,
	NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id::text AS program_id,
		name::text AS name,
		NULL::text AS segment,
		(clientele.utc(start_date) AT TIME ZONE 'UTC')::date AS starts_on,
		(clientele.utc(end_date) AT TIME ZONE 'UTC')::date AS ends_on
	FROM :"source".campaign
	WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here;
