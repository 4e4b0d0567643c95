-- entity: opportunity_stage
-- reads: deal_stage(deal_id, value, date_entered), deal_pipeline_stage(stage_id)
-- A row each time that a deal came to a stage; the same one again is left out.
CREATE VIEW opportunity_stage WITH (security_invoker = true) AS
SELECT entered.opportunity_id, coalesce(stage.label, entered.stage_id) AS stage, entered.entered_at
FROM (
	SELECT kept.*,
		lag(kept.stage_id) OVER (PARTITION BY kept.opportunity_id ORDER BY kept.entered_at, kept.stage_id) AS stage_before
	FROM (
		SELECT deal_id::text AS opportunity_id, value::text AS stage_id, clientele.utc(date_entered) AS entered_at
		FROM :"source".deal_stage
		WHERE deal_id IS NOT NULL AND value <> ''
	) AS kept
) AS entered
LEFT JOIN (
	SELECT here.stage_id, min(here.label) AS label
	FROM (SELECT NULL::text AS label) AS absent,
	LATERAL (SELECT stage_id::text AS stage_id, label::text AS label FROM :"source".deal_pipeline_stage) AS here
	GROUP BY here.stage_id
) AS stage ON stage.stage_id = entered.stage_id
WHERE entered.stage_before IS DISTINCT FROM entered.stage_id;

-- entity: opportunity_stage
-- reads: deal_property_history(deal_id, name, value, "timestamp"), deal_pipeline_stage(stage_id)
-- A row each time that a deal came to a stage; the same one again is left out.
CREATE VIEW opportunity_stage WITH (security_invoker = true) AS
SELECT entered.opportunity_id, coalesce(stage.label, entered.stage_id) AS stage, entered.entered_at
FROM (
	SELECT kept.*,
		lag(kept.stage_id) OVER (PARTITION BY kept.opportunity_id ORDER BY kept.entered_at, kept.stage_id) AS stage_before
	FROM (
		SELECT deal_id::text AS opportunity_id, value::text AS stage_id, clientele.utc("timestamp") AS entered_at
		FROM :"source".deal_property_history
		WHERE deal_id IS NOT NULL AND value <> '' AND name = 'dealstage'
	) AS kept
) AS entered
LEFT JOIN (
	SELECT here.stage_id, min(here.label) AS label
	FROM (SELECT NULL::text AS label) AS absent,
	LATERAL (SELECT stage_id::text AS stage_id, label::text AS label FROM :"source".deal_pipeline_stage) AS here
	GROUP BY here.stage_id
) AS stage ON stage.stage_id = entered.stage_id
WHERE entered.stage_before IS DISTINCT FROM entered.stage_id;
