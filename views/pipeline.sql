-- pipeline: what is being negotiated, at which stage, and what of it is to be
-- expected?
--
-- A row a kind of opportunity and stage with open opportunities as of
-- clientele.as_of(): customers and new business each on a ladder of their own.
-- What is expected is the amount times the share of opportunities that were won
-- after they had come to this stage (stage_conversion.win_rate).
--
-- requires: opportunity_progress opportunity stage_conversion policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW pipeline WITH (security_invoker = true) AS
SELECT fact.kind,
	past.place,
	fact.stage,
	fact.opportunities::integer AS opportunities,
	fact.accounts::integer AS accounts,
	fact.amount,
	fact.without_amount::integer AS without_amount,
	past.win_rate,
	round((fact.amount * past.win_rate::numeric), 2) AS expected_amount,
	fact.median_age_days,
	fact.median_days_in_stage,
	fact.overdue::integer AS overdue,
	nullif(concat_ws('; ',
		CASE
			WHEN fact.stage IS NULL THEN 'which stage these are in is not known'
			WHEN fact.undated = fact.opportunities THEN 'the stage of today; since when is not known'
			WHEN fact.undated > 0 THEN format('of %s the stage of today', fact.undated)
		END,
		CASE WHEN fact.stage IS NOT NULL AND past.win_rate IS NULL THEN 'none that came to this stage has been won or lost yet' END), '') AS reason
FROM (
	SELECT progress.kind,
		progress.stage,
		count(*) AS opportunities,
		count(DISTINCT progress.account_id) AS accounts,
		sum(progress.amount) AS amount,
		count(*) FILTER (WHERE progress.amount IS NULL) AS without_amount,
		count(*) FILTER (WHERE progress.entered_at IS NULL) AS undated,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM clientele.as_of() - deal.opened_at)::float8 / 86400) AS median_age_days,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY progress.days) AS median_days_in_stage,
		count(*) FILTER (WHERE (deal.opened_at AT TIME ZONE 'UTC' + policy.lead_horizon) AT TIME ZONE 'UTC' <= clientele.as_of()) AS overdue
	FROM opportunity_progress AS progress
	JOIN opportunity AS deal ON deal.opportunity_id = progress.opportunity_id
	LEFT JOIN (SELECT lead_horizon FROM policy LIMIT 1) AS policy ON true
	WHERE progress.is_current
	GROUP BY progress.kind, progress.stage
) AS fact
LEFT JOIN stage_conversion AS past ON past.kind = fact.kind AND past.stage = fact.stage;
COMMENT ON VIEW pipeline IS
'What is being negotiated, at which stage, and what of it is to be expected? A row a kind of opportunity and stage.';
COMMENT ON COLUMN pipeline.kind IS 'new, upsell, cross-sell or renewal.';
COMMENT ON COLUMN pipeline.place IS 'Place of the stage on the ladder of that kind; see stage_conversion.';
COMMENT ON COLUMN pipeline.stage IS 'The stage.';
COMMENT ON COLUMN pipeline.opportunities IS 'Open opportunities in it.';
COMMENT ON COLUMN pipeline.accounts IS 'Different accounts of those.';
COMMENT ON COLUMN pipeline.amount IS 'Their amounts, in the currency of the workspace; NULL: none has one.';
COMMENT ON COLUMN pipeline.without_amount IS 'How many of them have no amount.';
COMMENT ON COLUMN pipeline.win_rate IS 'Share won of all that came to this stage and were won or lost since, as a fraction.';
COMMENT ON COLUMN pipeline.expected_amount IS 'Amount times win_rate, in the currency of the workspace.';
COMMENT ON COLUMN pipeline.median_age_days IS 'Median days since they were opened.';
COMMENT ON COLUMN pipeline.median_days_in_stage IS 'Median days since they came to this stage.';
COMMENT ON COLUMN pipeline.overdue IS 'How many have been open for longer than policy.lead_horizon.';
COMMENT ON COLUMN pipeline.reason IS 'Why a number is NULL, or to be read with care; NULL if all is well.';
