-- growth_split: where does the growth of revenue come from, new customers or
-- those that are there?
--
-- A row a period (policy.growth_period: year, quarter or month, UTC) with a
-- purchase in it or in the one before, up to clientele.as_of(). Each is compared
-- with the period before; the one that has not ended yet with the same part of
-- the period before, up to the same day and time in it, so that July to date is
-- not set against a whole year. The revenue of an account in a period is what it
-- bought, refunds taken off; where they exceed the purchases it counts with 0.
--   new         it never bought before the end of the time compared with
--   returned    it bought before, but brought no revenue in the time compared with
--   expanded, contracted, lost    it brought more, less, nothing any more
--   revenue = previous + new + returned + expanded - contracted - lost
--
-- requires: purchase policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW growth_split WITH (security_invoker = true) AS
WITH decided AS (
	SELECT grain,
		CASE grain WHEN 'month' THEN interval '1 month' WHEN 'quarter' THEN interval '3 months' ELSE interval '1 year' END AS step,
		minimum_cases,
		date_trunc(grain, clientele.as_of() AT TIME ZONE 'UTC') AS running
	FROM (
		SELECT coalesce(max(growth_period), 'year') AS grain,
			coalesce(max(minimum_cases), 10) AS minimum_cases
		FROM policy
	) AS said
), fact AS (
	SELECT dated.account_id,
		decided.step,
		decided.running,
		date_trunc(decided.grain, dated.purchased_at) AS period,
		greatest(coalesce(sum(dated.amount), 0), 0) AS revenue,
		-- up to the day and time at which the running period stands
		greatest(coalesce(sum(dated.amount) FILTER (WHERE dated.purchased_at <= clientele.as_of() AT TIME ZONE 'UTC' - decided.step), 0), 0) AS revenue_to_date,
		min(dated.purchased_at) FILTER (WHERE coalesce(dated.amount, 0) >= 0) AS first_purchased_at,
		count(*) FILTER (WHERE dated.amount IS NULL) AS unknown
	FROM (
		SELECT account_id,
			amount,
			purchased_at AT TIME ZONE 'UTC' AS purchased_at
		FROM purchase
		WHERE purchased_at <= clientele.as_of()
			AND purchased_at > '-infinity'
			AND account_id IS NOT NULL
	) AS dated,
		decided
	GROUP BY dated.account_id, date_trunc(decided.grain, dated.purchased_at), decided.step, decided.running
), side AS (
	-- each period of an account is one side of its own row and the other side of
	-- the next row
	SELECT account_id,
		period,
		revenue,
		0 AS previous,
		unknown,
		first_purchased_at
	FROM fact
	UNION ALL
	SELECT account_id,
		period + step,
		0,
		CASE WHEN period + step = running THEN revenue_to_date ELSE revenue END,
		0,
		first_purchased_at
	FROM fact
	WHERE period + step <= running
), customer AS (
	SELECT account_id,
		period,
		sum(revenue) AS revenue,
		sum(previous) AS previous,
		sum(unknown) AS unknown,
		-- of all its periods up to this one
		min(min(first_purchased_at)) OVER (PARTITION BY account_id ORDER BY period) AS first_purchased_at
	FROM side
	GROUP BY account_id, period
), placed AS (
	SELECT customer.period,
		customer.revenue,
		customer.previous,
		customer.unknown,
		CASE
			WHEN customer.previous > 0 AND customer.revenue = 0 THEN 'lost'
			WHEN customer.revenue = 0 THEN 'none'
			WHEN customer.previous > 0 AND customer.revenue > customer.previous THEN 'expanded'
			WHEN customer.previous > 0 AND customer.revenue < customer.previous THEN 'contracted'
			WHEN customer.previous > 0 THEN 'same'
			WHEN customer.period = decided.running
				AND customer.first_purchased_at > clientele.as_of() AT TIME ZONE 'UTC' - decided.step THEN 'new'
			WHEN customer.first_purchased_at >= customer.period THEN 'new'
			ELSE 'returned'
		END AS place
	FROM customer,
		decided
), measured AS (
	SELECT period,
		sum(unknown) AS unknown,
		sum(revenue) AS revenue,
		sum(previous) AS previous,
		count(*) FILTER (WHERE revenue > 0) AS customers,
		coalesce(sum(revenue) FILTER (WHERE place = 'new'), 0) AS new,
		coalesce(sum(revenue) FILTER (WHERE place = 'returned'), 0) AS returned,
		coalesce(sum(revenue - previous) FILTER (WHERE place = 'expanded'), 0) AS expanded,
		coalesce(sum(previous - revenue) FILTER (WHERE place = 'contracted'), 0) AS contracted,
		coalesce(sum(previous) FILTER (WHERE place = 'lost'), 0) AS lost,
		count(*) FILTER (WHERE place = 'new') AS new_customers,
		count(*) FILTER (WHERE place = 'returned') AS returned_customers,
		count(*) FILTER (WHERE place = 'expanded') AS expanded_customers,
		count(*) FILTER (WHERE place = 'contracted') AS contracted_customers,
		count(*) FILTER (WHERE place = 'lost') AS lost_customers
	FROM placed
	GROUP BY period
)
SELECT CASE decided.grain
		WHEN 'month' THEN to_char(measured.period, 'YYYY-MM')
		WHEN 'quarter' THEN to_char(measured.period, 'YYYY"-Q"Q')
		ELSE to_char(measured.period, 'YYYY')
	END AS period,
	measured.period::date AS starts_on,
	CASE WHEN measured.period = decided.running THEN clientele.as_of_date() ELSE (measured.period + decided.step)::date - 1 END AS until_on,
	measured.period < decided.running AS is_complete,
	measured.customers::integer AS customers,
	measured.revenue,
	measured.previous AS previous_revenue,
	((measured.revenue - measured.previous) / nullif(measured.previous, 0))::float8 AS growth,
	measured.new AS new_revenue,
	measured.returned AS returned_revenue,
	measured.expanded AS expanded_revenue,
	measured.contracted AS contracted_revenue,
	measured.lost AS lost_revenue,
	measured.new_customers::integer AS new_customers,
	measured.returned_customers::integer AS returned_customers,
	measured.expanded_customers::integer AS expanded_customers,
	measured.contracted_customers::integer AS contracted_customers,
	measured.lost_customers::integer AS lost_customers,
	(measured.new / nullif(measured.revenue, 0))::float8 AS new_share,
	((measured.revenue - measured.new) / nullif(measured.revenue, 0))::float8 AS existing_share,
	nullif(concat_ws('; ',
		CASE WHEN measured.previous = 0 THEN 'no revenue in the time compared with' END,
		CASE WHEN measured.period >= decided.running THEN 'not over: compared with the same part of the period before' END,
		CASE WHEN measured.customers + measured.lost_customers < decided.minimum_cases THEN 'fewer customers than policy.minimum_cases' END,
		CASE WHEN measured.unknown > 0 THEN format('%s purchases have no amount and count with 0', measured.unknown) END), '') AS reason
FROM measured,
	decided
WHERE measured.customers > 0
	OR measured.previous > 0;
COMMENT ON VIEW growth_split IS
'Where does the growth of revenue come from: new customers, or those that are there, and how much was lost? A row a period (policy.growth_period), compared with the one before.';
COMMENT ON COLUMN growth_split.period IS 'The year, quarter or month (UTC), such as 2026, 2026-Q1, 2026-03.';
COMMENT ON COLUMN growth_split.starts_on IS 'Its first day.';
COMMENT ON COLUMN growth_split.until_on IS 'Its last day, or the day in question if it has not ended.';
COMMENT ON COLUMN growth_split.is_complete IS 'Whether it has ended. If not, it is compared with the same part of the period before.';
COMMENT ON COLUMN growth_split.customers IS 'Number of accounts with revenue in it.';
COMMENT ON COLUMN growth_split.revenue IS 'Their revenue, refunds taken off, in the currency of the workspace.';
COMMENT ON COLUMN growth_split.previous_revenue IS 'Revenue of the time compared with, in the currency of the workspace.';
COMMENT ON COLUMN growth_split.growth IS 'revenue / previous_revenue - 1, a fraction.';
COMMENT ON COLUMN growth_split.new_revenue IS 'Revenue of customers that never bought before, in the currency of the workspace.';
COMMENT ON COLUMN growth_split.returned_revenue IS 'Revenue of customers that bought before, but brought nothing in the time compared with, in the currency of the workspace.';
COMMENT ON COLUMN growth_split.expanded_revenue IS 'By how much those that brought more brought more, in the currency of the workspace.';
COMMENT ON COLUMN growth_split.contracted_revenue IS 'By how much those that brought less, but something, brought less, in the currency of the workspace.';
COMMENT ON COLUMN growth_split.lost_revenue IS 'What those brought in the time compared with that bring nothing now, in the currency of the workspace.';
COMMENT ON COLUMN growth_split.new_customers IS 'Number of customers that never bought before.';
COMMENT ON COLUMN growth_split.returned_customers IS 'Number of those that came back.';
COMMENT ON COLUMN growth_split.expanded_customers IS 'Number of those that brought more.';
COMMENT ON COLUMN growth_split.contracted_customers IS 'Number of those that brought less.';
COMMENT ON COLUMN growth_split.lost_customers IS 'Number of those that bring nothing any more.';
COMMENT ON COLUMN growth_split.new_share IS 'new_revenue / revenue, a fraction: the mix of new and existing customers.';
COMMENT ON COLUMN growth_split.existing_share IS '1 - new_share, a fraction.';
COMMENT ON COLUMN growth_split.reason IS 'What the numbers rest too little on, or are to be read with care for; NULL if nothing.';
