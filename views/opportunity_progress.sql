-- opportunity_progress: which stages did each opportunity come to, and how long
-- did it stay in each?
--
-- A row an opportunity and stage, each time, as of clientele.as_of(). Stages that
-- the CRM enters when it closes an opportunity (won, lost) are no stages of the
-- way: next says how it ended. An opportunity without a history of stages has
-- one row, with the stage of today if it is still open today.
--
-- requires: opportunity opportunity_stage
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW opportunity_progress WITH (security_invoker = true) AS
SELECT fact.opportunity_id,
	fact.account_id,
	fact.kind,
	fact.owner_id,
	fact.amount,
	fact.step::integer AS step,
	fact.stage,
	fact.entered_at,
	coalesce(fact.next_at, fact.closed_at) AS left_at,
	extract(epoch FROM coalesce(fact.next_at, fact.closed_at, clientele.as_of()) - fact.entered_at)::float8 / 86400 AS days,
	CASE
		WHEN fact.next_at IS NOT NULL THEN fact.next_stage
		WHEN fact.closed_at IS NULL THEN NULL
		WHEN fact.is_won THEN 'won'
		WHEN NOT fact.is_won THEN 'lost'
		ELSE 'closed'
	END AS next,
	fact.next_at IS NULL AND fact.closed_at IS NULL AS is_current,
	fact.next_at IS NULL AS is_last,
	CASE WHEN fact.closed_at IS NOT NULL THEN fact.is_won END AS is_won,
	CASE
		WHEN fact.entered_at IS NULL AND fact.stage IS NULL THEN 'which stage it is in is not known'
		WHEN fact.entered_at IS NULL THEN 'the stage of today; since when is not known'
	END AS reason
FROM (
	SELECT deal.opportunity_id,
		deal.account_id,
		coalesce(deal.kind, 'new') AS kind,
		deal.owner_id,
		deal.amount,
		visit.stage,
		visit.entered_at,
		ended.closed_at,
		deal.is_won,
		row_number() OVER way AS step,
		lead(visit.entered_at) OVER way AS next_at,
		lead(visit.stage) OVER way AS next_stage
	FROM opportunity AS deal
	CROSS JOIN LATERAL (SELECT CASE WHEN deal.closed_at <= clientele.as_of() THEN deal.closed_at END) AS ended (closed_at)
	JOIN opportunity_stage AS visit ON visit.opportunity_id = deal.opportunity_id
	WHERE (deal.opened_at IS NULL OR deal.opened_at <= clientele.as_of())
		AND visit.entered_at <= clientele.as_of()
		AND (ended.closed_at IS NULL OR visit.entered_at < ended.closed_at)
	WINDOW way AS (PARTITION BY deal.opportunity_id, deal.account_id ORDER BY visit.entered_at, visit.stage COLLATE "C")
	UNION ALL
	SELECT deal.opportunity_id,
		deal.account_id,
		coalesce(deal.kind, 'new') AS kind,
		deal.owner_id,
		deal.amount,
		-- one that was closed since says what it was closed as
		CASE WHEN deal.closed_at IS NULL THEN deal.stage END AS stage,
		NULL AS entered_at,
		NULL AS closed_at,
		NULL AS is_won,
		1 AS step,
		NULL AS next_at,
		NULL AS next_stage
	FROM opportunity AS deal
	WHERE (deal.opened_at IS NULL OR deal.opened_at <= clientele.as_of())
		AND (deal.closed_at IS NULL OR deal.closed_at > clientele.as_of())
		AND NOT EXISTS (
			SELECT
			FROM opportunity_stage
			WHERE opportunity_stage.opportunity_id = deal.opportunity_id
				AND opportunity_stage.entered_at <= clientele.as_of())
) AS fact;
COMMENT ON VIEW opportunity_progress IS
'Which stages did each opportunity come to, and how long did it stay in each? A row an opportunity and stage, each time.';
COMMENT ON COLUMN opportunity_progress.opportunity_id IS 'The opportunity.';
COMMENT ON COLUMN opportunity_progress.account_id IS 'Who would buy.';
COMMENT ON COLUMN opportunity_progress.kind IS 'new (also where the CRM does not say), upsell, cross-sell or renewal.';
COMMENT ON COLUMN opportunity_progress.owner_id IS 'Who works on it, as of today.';
COMMENT ON COLUMN opportunity_progress.amount IS 'Its amount, in the currency of the workspace.';
COMMENT ON COLUMN opportunity_progress.step IS 'Which of its stages this was, from 1.';
COMMENT ON COLUMN opportunity_progress.stage IS 'The stage.';
COMMENT ON COLUMN opportunity_progress.entered_at IS 'When it came to it.';
COMMENT ON COLUMN opportunity_progress.left_at IS 'When it went on or was closed; NULL: it is still there.';
COMMENT ON COLUMN opportunity_progress.days IS 'Days in the stage, so far if it is still there.';
COMMENT ON COLUMN opportunity_progress.next IS 'The stage after it; won, lost, or closed (the CRM does not say how); NULL: it is still there.';
COMMENT ON COLUMN opportunity_progress.is_current IS 'Whether it is in this stage now.';
COMMENT ON COLUMN opportunity_progress.is_last IS 'Whether this is its last stage so far.';
COMMENT ON COLUMN opportunity_progress.is_won IS 'Whether the opportunity was won; NULL: it is open, or the CRM does not say.';
COMMENT ON COLUMN opportunity_progress.reason IS 'What is not known; NULL if all is.';
