-- stage_conversion: of the opportunities that came to a stage, how many went on,
-- how many were lost there, and how long did it take?
--
-- A row a kind of opportunity and stage, of all opportunities up to
-- clientele.as_of() whose stages the CRM has kept. Each kind has a ladder of its
-- own: began_here tells how far up customers begin. Their order is that of table
-- stage_ladder, or where it says nothing of a kind, that in which opportunities
-- came to them on average.
--
-- requires: opportunity_progress stage_ladder policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW stage_conversion WITH (security_invoker = true) AS
SELECT fact.kind,
	CASE
		WHEN bool_or(ladder.place IS NOT NULL) OVER (PARTITION BY fact.kind) THEN ladder.place
		ELSE (row_number() OVER (PARTITION BY fact.kind ORDER BY fact.mean_step, fact.stage COLLATE "C"))::integer
	END AS place,
	fact.stage,
	fact.entered::integer AS entered,
	fact.began_here::integer AS began_here,
	fact.went_on::integer AS went_on,
	fact.won_here::integer AS won_here,
	fact.lost_here::integer AS lost_here,
	fact.still_here::integer AS still_here,
	rate.conversion,
	rate.low AS conversion_low,
	rate.high AS conversion_high,
	fact.lost_here / nullif(sum(fact.lost_here) OVER (PARTITION BY fact.kind), 0)::float8 AS loss_share,
	fact.won::float8 / nullif(fact.won + fact.lost, 0) AS win_rate,
	fact.median_days,
	CASE
		WHEN fact.went_on + fact.won_here + fact.lost_here = 0 THEN 'none of them has left this stage yet'
		WHEN fact.won + fact.lost = 0 THEN 'none of them has been won or lost yet'
	END AS reason
FROM (
	SELECT each.kind,
		each.stage,
		count(*) AS entered,
		count(*) FILTER (WHERE each.first_step = 1) AS began_here,
		count(*) FILTER (WHERE NOT each.is_last) AS went_on,
		count(*) FILTER (WHERE each.is_last AND each.is_won) AS won_here,
		count(*) FILTER (WHERE each.is_last AND NOT each.is_won) AS lost_here,
		count(*) FILTER (WHERE each.is_current) AS still_here,
		count(*) FILTER (WHERE each.is_won) AS won,
		count(*) FILTER (WHERE NOT each.is_won) AS lost,
		avg(each.first_step) AS mean_step,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY each.days) FILTER (WHERE NOT each.is_current) AS median_days
	FROM (
		-- an opportunity that came to a stage twice was there once, for both times
		SELECT progress.kind,
			progress.stage,
			min(progress.step) AS first_step,
			bool_or(progress.is_last) AS is_last,
			bool_or(progress.is_current) AS is_current,
			bool_or(progress.is_won) AS is_won,
			sum(progress.days) AS days
		FROM opportunity_progress AS progress
		WHERE progress.entered_at IS NOT NULL
		GROUP BY progress.kind, progress.stage, progress.opportunity_id
	) AS each
	GROUP BY each.kind, each.stage
) AS fact
LEFT JOIN (SELECT confidence FROM policy LIMIT 1) AS policy ON true
LEFT JOIN stage_ladder AS ladder ON ladder.kind = fact.kind AND ladder.stage = fact.stage
LEFT JOIN LATERAL (
	SELECT shown.estimate AS conversion, shown.low, shown.high
	FROM clientele.wilson_interval(fact.went_on + fact.won_here, nullif(fact.went_on + fact.won_here + fact.lost_here, 0), coalesce(policy.confidence, 0.95)) AS shown
) AS rate ON true;
COMMENT ON VIEW stage_conversion IS
'Of the opportunities that came to a stage, how many went on, how many were lost there, and how long did it take? A row a kind and stage.';
COMMENT ON COLUMN stage_conversion.kind IS 'new, upsell, cross-sell or renewal.';
COMMENT ON COLUMN stage_conversion.place IS 'Place of the stage on the ladder of that kind, from 1; NULL: stage_ladder leaves it out.';
COMMENT ON COLUMN stage_conversion.stage IS 'The stage.';
COMMENT ON COLUMN stage_conversion.entered IS 'Opportunities that came to it.';
COMMENT ON COLUMN stage_conversion.began_here IS 'Those of them that began with it.';
COMMENT ON COLUMN stage_conversion.went_on IS 'Those that went on to another stage.';
COMMENT ON COLUMN stage_conversion.won_here IS 'Those that were won from it.';
COMMENT ON COLUMN stage_conversion.lost_here IS 'Those that were lost from it.';
COMMENT ON COLUMN stage_conversion.still_here IS 'Those that are in it now.';
COMMENT ON COLUMN stage_conversion.conversion IS 'Share of those that left it which went on or were won, as a fraction.';
COMMENT ON COLUMN stage_conversion.conversion_low IS 'Lower end of its Wilson interval, at policy.confidence.';
COMMENT ON COLUMN stage_conversion.conversion_high IS 'Its upper end.';
COMMENT ON COLUMN stage_conversion.loss_share IS 'Share of all losses of that kind that happened here, as a fraction.';
COMMENT ON COLUMN stage_conversion.win_rate IS 'Share won of those that came to it and were won or lost since, as a fraction.';
COMMENT ON COLUMN stage_conversion.median_days IS 'Median days in the stage, of those that left it.';
COMMENT ON COLUMN stage_conversion.reason IS 'Why a share is NULL; NULL if none is.';
