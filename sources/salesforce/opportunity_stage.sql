-- entity: opportunity_stage
-- reads: "OpportunityHistory"("OpportunityId", "StageName", "CreatedDate")
-- Salesforce keeps a row each time that the stage, the amount, the probability
-- or the close date changes: rows that keep the stage are left out.
CREATE VIEW opportunity_stage WITH (security_invoker = true) AS
SELECT entered.opportunity_id, entered.stage, entered.entered_at
FROM (
	SELECT kept.*,
		lag(kept.stage) OVER (PARTITION BY kept.opportunity_id ORDER BY kept.entered_at, kept.id) AS stage_before
	FROM (SELECT NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "Id"::text COLLATE "C" AS id,
			"OpportunityId"::text AS opportunity_id,
			"StageName"::text AS stage,
			clientele.utc("CreatedDate") AS entered_at
		FROM :"source"."OpportunityHistory"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "OpportunityId" IS NOT NULL AND "StageName" IS NOT NULL
	) AS kept
) AS entered
WHERE entered.stage_before IS DISTINCT FROM entered.stage;

-- entity: opportunity_stage
-- reads: opportunity_history(opportunity_id, stage_name, created_date)
-- Salesforce keeps a row each time that the stage, the amount, the probability
-- or the close date changes: rows that keep the stage are left out.
CREATE VIEW opportunity_stage WITH (security_invoker = true) AS
SELECT entered.opportunity_id, entered.stage, entered.entered_at
FROM (
	SELECT kept.*,
		lag(kept.stage) OVER (PARTITION BY kept.opportunity_id ORDER BY kept.entered_at, kept.id) AS stage_before
	FROM (SELECT NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id::text COLLATE "C" AS id,
			opportunity_id::text AS opportunity_id,
			stage_name::text AS stage,
			clientele.utc(created_date) AS entered_at
		FROM :"source".opportunity_history
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND opportunity_id IS NOT NULL AND stage_name IS NOT NULL
	) AS kept
) AS entered
WHERE entered.stage_before IS DISTINCT FROM entered.stage;
