-- net_revenue_retention: what has become of the revenue of the customers of a
-- day, a year later?
--
-- A row a month (its first day, UTC) and basis, for the months from which
-- policy.retention_period has passed by clientele.as_of(), and
-- policy.retention_cohorts of them at most. The revenue of an account that
-- stands on a day is
--   subscriptions  the monthly amounts of those that run on it
--   purchases      what it bought in policy.retention_window before it, refunds
--                  taken off
-- and never the sum of both, as the bills of subscriptions may be purchases. An
-- account of which nothing stands on the first day, as it is new or its refunds
-- exceed its purchases, is left out, whatever it brings later. The others are
-- looked at again policy.retention_period later:
--   end = start + expansion - contraction - churn
--   net retention    end / start
--   gross retention  (start - contraction - churn) / start
-- A customer of whom nothing is left then is churn, one of whom less is left a
-- contraction. Months of purchases begin when the data is as old as the window:
-- before that the first side would be too small.
--
-- The amount of a subscription is that of today; a change of the amount within a
-- subscription shows only where it is a subscription of its own.
--
-- requires: purchase subscription policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW net_revenue_retention WITH (security_invoker = true) AS
WITH decided AS (
	SELECT coalesce(max(retention_period), '12 months') AS period,
		coalesce(max(retention_window), '12 months') AS span,
		coalesce(max(retention_cohorts), 36) AS cohorts,
		coalesce(max(minimum_cases), 10) AS minimum_cases
	FROM policy
), month AS (
	-- the moments at which both windows begin and end, once a month and not once a row
	SELECT day.day::date AS day,
		(day.day + decided.period)::date AS later,
		(day.day - decided.span) AT TIME ZONE 'UTC' AS begins_at,
		day.day AT TIME ZONE 'UTC' AS ends_at,
		(date_trunc('day', day.day + decided.period) - decided.span) AT TIME ZONE 'UTC' AS later_begins_at,
		date_trunc('day', day.day + decided.period) AT TIME ZONE 'UTC' AS later_ends_at,
		decided.minimum_cases
	FROM decided,
		generate_series(date_trunc('month', clientele.as_of_date()::timestamp - decided.period) - (decided.cohorts - 1) * interval '1 month',
			date_trunc('month', clientele.as_of_date()::timestamp - decided.period), '1 month') AS day (day)
), measured AS (
	SELECT 'subscriptions' AS basis,
		month.day,
		month.later,
		month.minimum_cases,
		total.*
	FROM month,
		LATERAL (
			SELECT count(*) AS customers,
				count(*) FILTER (WHERE stands_later > 0) AS kept,
				sum(stands) AS stands,
				sum(greatest(stands_later - stands, 0)) AS expansion,
				sum(stands - stands_later) FILTER (WHERE stands_later > 0 AND stands_later < stands) AS contraction,
				sum(stands) FILTER (WHERE stands_later = 0) AS churn,
				sum(unknown) AS unknown
			FROM (
				SELECT coalesce(sum(monthly_amount) FILTER (WHERE runs), 0) AS stands,
					greatest(coalesce(sum(monthly_amount) FILTER (WHERE runs_later), 0), 0) AS stands_later,
					count(*) FILTER (WHERE monthly_amount IS NULL) AS unknown
				FROM (
					SELECT account_id,
						monthly_amount,
						coalesce(starts_on <= month.day, true) AND coalesce(ends_on >= month.day, true)
							AND coalesce(cancelled_on > month.day, true) AS runs,
						coalesce(starts_on <= month.later, true) AND coalesce(ends_on >= month.later, true)
							AND coalesce(cancelled_on > month.later, true) AS runs_later
					FROM subscription
					WHERE account_id IS NOT NULL
				) AS contract
				WHERE runs OR runs_later
				GROUP BY account_id
			) AS customer
			WHERE stands > 0
		) AS total
	UNION ALL
	SELECT 'purchases' AS basis,
		month.day,
		month.later,
		month.minimum_cases,
		total.*
	FROM month,
		LATERAL (
			SELECT count(*) AS customers,
				count(*) FILTER (WHERE stands_later > 0) AS kept,
				sum(stands) AS stands,
				sum(greatest(stands_later - stands, 0)) AS expansion,
				sum(stands - stands_later) FILTER (WHERE stands_later > 0 AND stands_later < stands) AS contraction,
				sum(stands) FILTER (WHERE stands_later = 0) AS churn,
				sum(unknown) AS unknown
			FROM (
				SELECT coalesce(sum(amount) FILTER (WHERE purchased_at < month.ends_at), 0) AS stands,
					greatest(coalesce(sum(amount) FILTER (WHERE purchased_at >= month.later_begins_at), 0), 0) AS stands_later,
					count(*) FILTER (WHERE amount IS NULL) AS unknown
				FROM purchase
				WHERE account_id IS NOT NULL
					AND purchased_at >= month.begins_at
					AND purchased_at < month.later_ends_at
					-- of windows that do not touch, what is between them counts in neither
					AND (purchased_at < month.ends_at
						OR purchased_at >= month.later_begins_at)
				GROUP BY account_id
			) AS customer
			WHERE stands > 0
		) AS total
	WHERE month.begins_at >= (
			SELECT date_trunc('month', min(purchased_at) AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
			FROM purchase
			WHERE purchased_at > '-infinity'
		)
)
SELECT basis,
	day AS cohort_month,
	later AS measured_on,
	customers::integer AS customers,
	kept::integer AS customers_kept,
	stands AS start_revenue,
	expansion,
	coalesce(contraction, 0) AS contraction,
	coalesce(churn, 0) AS churn,
	stands + expansion - coalesce(contraction, 0) - coalesce(churn, 0) AS end_revenue,
	((stands + expansion - coalesce(contraction, 0) - coalesce(churn, 0)) / stands)::float8 AS net_retention,
	((stands - coalesce(contraction, 0) - coalesce(churn, 0)) / stands)::float8 AS gross_retention,
	(coalesce(churn, 0) / stands)::float8 AS gross_revenue_churn,
	((expansion - coalesce(contraction, 0) - coalesce(churn, 0)) / stands)::float8 AS net_change,
	kept::float8 / customers AS customer_retention,
	nullif(concat_ws('; ',
		CASE WHEN customers < minimum_cases THEN 'fewer customers than policy.minimum_cases' END,
		CASE WHEN unknown > 0 THEN format('%s %s of these customers have no amount and count with 0', unknown, basis) END), '') AS reason
FROM measured
WHERE customers > 0;
COMMENT ON VIEW net_revenue_retention IS
'What has become of the revenue of the customers of a day, a year (policy.retention_period) later? New customers are left out. A row a month and basis.';
COMMENT ON COLUMN net_revenue_retention.basis IS 'subscriptions: revenue is the monthly amounts of the subscriptions that run on the day; purchases: what was bought in policy.retention_window before the day, refunds taken off. Not to be added up.';
COMMENT ON COLUMN net_revenue_retention.cohort_month IS 'First day of the month (UTC): the customers are those of this day.';
COMMENT ON COLUMN net_revenue_retention.measured_on IS 'The day on which they are looked at again: policy.retention_period later.';
COMMENT ON COLUMN net_revenue_retention.customers IS 'Number of accounts with revenue on the first day.';
COMMENT ON COLUMN net_revenue_retention.customers_kept IS 'How many of them have revenue on the later day.';
COMMENT ON COLUMN net_revenue_retention.start_revenue IS 'Their revenue on the first day, in the currency of the workspace: a month''s of subscriptions, that of policy.retention_window of purchases.';
COMMENT ON COLUMN net_revenue_retention.expansion IS 'By how much those of them that bring more bring more on the later day, in the currency of the workspace.';
COMMENT ON COLUMN net_revenue_retention.contraction IS 'By how much those that bring less, but something, bring less, in the currency of the workspace.';
COMMENT ON COLUMN net_revenue_retention.churn IS 'Revenue on the first day of those that bring nothing on the later one, in the currency of the workspace.';
COMMENT ON COLUMN net_revenue_retention.end_revenue IS 'Revenue of the same customers on the later day: start_revenue + expansion - contraction - churn, in the currency of the workspace.';
COMMENT ON COLUMN net_revenue_retention.net_retention IS 'end_revenue / start_revenue, a fraction: above 1 the customers of the day grew by more than was lost.';
COMMENT ON COLUMN net_revenue_retention.gross_retention IS 'The same without the expansion, a fraction: what was kept.';
COMMENT ON COLUMN net_revenue_retention.gross_revenue_churn IS 'churn / start_revenue, a fraction.';
COMMENT ON COLUMN net_revenue_retention.net_change IS 'net_retention - 1, a fraction.';
COMMENT ON COLUMN net_revenue_retention.customer_retention IS 'customers_kept / customers, a fraction.';
COMMENT ON COLUMN net_revenue_retention.reason IS 'What the numbers rest too little on; NULL if nothing.';
