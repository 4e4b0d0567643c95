-- entity: program_cost
-- reads: "Campaign"("ActualCost")
-- What a campaign cost in all, on its first day.
CREATE VIEW program_cost WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::date AS "StartDate", NULL::timestamptz AS "CreatedDate", NULL::boolean AS "IsDeleted") AS absent,
LATERAL (
	SELECT "Id"::text AS program_id,
		NULL::text AS segment,
		(coalesce(clientele.utc("StartDate"), clientele.utc("CreatedDate")) AT TIME ZONE 'UTC')::date AS spent_on,
		clientele.number("ActualCost") AS amount
	FROM :"source"."Campaign"
	WHERE "IsDeleted"::boolean IS NOT TRUE AND "ActualCost" IS NOT NULL
) AS here;

-- entity: program_cost
-- reads: campaign(actual_cost)
-- What a campaign cost in all, on its first day.
CREATE VIEW program_cost WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::date AS start_date, NULL::timestamptz AS created_date, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
	NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id::text AS program_id,
		NULL::text AS segment,
		(coalesce(clientele.utc(start_date), clientele.utc(created_date)) AT TIME ZONE 'UTC')::date AS spent_on,
		clientele.number(actual_cost) AS amount
	FROM :"source".campaign
	WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND actual_cost IS NOT NULL
) AS here;
