-- effort_split: how much of our effort goes to customers, how much to prospects,
-- and is that what we want?
--
-- A row for customers, one for prospects, and one for what cannot be told, over
-- policy.effort_window up to clientele.as_of(). A touch is effort for customers
-- if its account had bought, or had a subscription that had started, by the
-- moment of the touch; before that it went to a prospect, whatever came of it.
-- Touches of leads without an account went to prospects. Counted are touches that
-- the company began, in vain or not; minutes are those of all touches; money is
-- program_cost, by its own segment or that of its program, and minutes at
-- policy.cost_per_hour. Shares are of what customers and prospects got.
--
-- requires: touchpoint purchase subscription program program_cost policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW effort_split WITH (security_invoker = true) AS
WITH settings AS (
	SELECT (clientele.as_of() AT TIME ZONE 'UTC' - named.effort_window) AT TIME ZONE 'UTC' AS since,
		named.customer_effort_share,
		named.cost_per_hour
	FROM (
		SELECT coalesce(max(effort_window), '12 months') AS effort_window,
			coalesce(max(customer_effort_share), 0.5) AS customer_effort_share,
			max(cost_per_hour) AS cost_per_hour
		FROM policy
	) AS named
), touched AS (
	SELECT CASE
			WHEN touchpoint.account_id IS NULL AND touchpoint.lead_id IS NULL THEN 'not known'
			WHEN touchpoint.occurred_at >= least(bought.since, contract.since) THEN 'customer'
			ELSE 'prospect'
		END AS segment,
		count(*) FILTER (WHERE touchpoint.direction = 'outbound') AS touches,
		count(DISTINCT touchpoint.account_id) AS accounts,
		sum(touchpoint.duration_minutes) AS minutes,
		count(*) FILTER (WHERE touchpoint.duration_minutes IS NULL) AS untimed
	FROM touchpoint
	LEFT JOIN (
		SELECT account_id,
			min(purchased_at) AS since
		FROM purchase
		WHERE purchased_at <= clientele.as_of()
			AND coalesce(amount, 0) >= 0
		GROUP BY account_id
	) AS bought ON bought.account_id = touchpoint.account_id
	LEFT JOIN (
		SELECT account_id,
			min(coalesce(starts_on::timestamp, '-infinity')) AT TIME ZONE 'UTC' AS since
		FROM subscription
		WHERE coalesce(starts_on, '-infinity') <= clientele.as_of_date()
		GROUP BY account_id
	) AS contract ON contract.account_id = touchpoint.account_id
	WHERE touchpoint.occurred_at <= clientele.as_of()
		AND touchpoint.occurred_at > (SELECT since FROM settings)
	GROUP BY 1
), spent AS (
	SELECT coalesce(program_cost.segment, program.segment, 'not known') AS segment,
		sum(program_cost.amount) AS amount
	FROM program_cost
	LEFT JOIN program ON program.program_id = program_cost.program_id
	WHERE program_cost.spent_on <= clientele.as_of_date()
		AND program_cost.spent_on > ((SELECT since FROM settings) AT TIME ZONE 'UTC')::date
	GROUP BY 1
), fact AS (
	SELECT part.segment,
		part.segment <> 'not known' AS is_known,
		coalesce(touched.touches, 0) AS touches,
		coalesce(touched.accounts, 0) AS accounts,
		coalesce(touched.minutes, 0) AS minutes,
		coalesce(touched.untimed, 0) AS untimed,
		coalesce(spent.amount, 0) AS program_cost,
		coalesce(spent.amount, 0) + coalesce(touched.minutes / 60 * settings.cost_per_hour, 0) AS cost,
		CASE part.segment
			WHEN 'customer' THEN settings.customer_effort_share
			WHEN 'prospect' THEN 1 - settings.customer_effort_share
		END AS target_share
	FROM (VALUES ('customer'), ('prospect'), ('not known')) AS part (segment)
	CROSS JOIN settings
	LEFT JOIN touched ON touched.segment = part.segment
	LEFT JOIN spent ON spent.segment = part.segment
), shared AS (
	SELECT fact.*,
		CASE WHEN is_known THEN (touches / nullif(sum(touches) OVER part, 0))::float8 END AS touch_share,
		CASE WHEN is_known THEN (minutes / nullif(sum(minutes) OVER part, 0))::float8 END AS minute_share,
		CASE WHEN is_known THEN (cost / nullif(sum(cost) OVER part, 0))::float8 END AS cost_share
	FROM fact
	WINDOW part AS (PARTITION BY is_known)
)
SELECT shared.segment,
	shared.accounts::integer AS accounts,
	shared.touches::integer AS touches,
	shared.minutes,
	shared.program_cost,
	round(shared.cost, 2) AS cost,
	shared.touch_share,
	shared.minute_share,
	shared.cost_share,
	shared.target_share,
	shared.touch_share - shared.target_share AS touches_over_target,
	shared.minute_share - shared.target_share AS minutes_over_target,
	shared.cost_share - shared.target_share AS cost_over_target,
	nullif(concat_ws('; ',
		CASE WHEN shared.is_known AND shared.touch_share IS NULL THEN 'no touches' END,
		CASE WHEN shared.is_known AND shared.minute_share IS NULL THEN 'no minutes are known'
			WHEN shared.untimed > 0 THEN format('touches without minutes: %s', shared.untimed) END,
		CASE WHEN shared.is_known AND shared.cost_share IS NULL THEN 'no costs are known' END), '') AS reason
FROM shared
-- of what cannot be told there is a row only if there is any
WHERE shared.is_known OR shared.touches > 0 OR shared.minutes <> 0 OR shared.untimed > 0 OR shared.cost <> 0;
COMMENT ON VIEW effort_split IS
'How much of our effort goes to customers, how much to prospects, and is that what we want? A row each, and one for what cannot be told.';
COMMENT ON COLUMN effort_split.segment IS 'customer: accounts that had bought, or whose subscription had started, by the moment of the touch; prospect: accounts that had not, and leads; not known: touches of neither, and costs of no segment.';
COMMENT ON COLUMN effort_split.accounts IS 'Different accounts touched, in either direction, within policy.effort_window; one that became a customer within it counts on both sides.';
COMMENT ON COLUMN effort_split.touches IS 'Touches that the company began, one a person, in vain or not.';
COMMENT ON COLUMN effort_split.minutes IS 'Minutes of all touches, in either direction, as far as they are known.';
COMMENT ON COLUMN effort_split.program_cost IS 'What was spent by program_cost, in the currency of the workspace.';
COMMENT ON COLUMN effort_split.cost IS 'program_cost, and the minutes at policy.cost_per_hour, if that is set, in the currency of the workspace.';
COMMENT ON COLUMN effort_split.touch_share IS 'Share of the touches of customers and prospects, as a fraction.';
COMMENT ON COLUMN effort_split.minute_share IS 'Share of their minutes, as a fraction.';
COMMENT ON COLUMN effort_split.cost_share IS 'Share of their cost, as a fraction.';
COMMENT ON COLUMN effort_split.target_share IS 'What it is to be: policy.customer_effort_share for customers, the rest for prospects.';
COMMENT ON COLUMN effort_split.touches_over_target IS 'touch_share - target_share: negative is too little.';
COMMENT ON COLUMN effort_split.minutes_over_target IS 'minute_share - target_share.';
COMMENT ON COLUMN effort_split.cost_over_target IS 'cost_share - target_share.';
COMMENT ON COLUMN effort_split.reason IS 'What the shares rest too little on; NULL if nothing.';
