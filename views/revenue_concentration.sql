-- revenue_concentration: on how few customers does the revenue hang, this year
-- and before?
--
-- A row for all time and one a calendar year (UTC) with a purchase, up to
-- clientele.as_of(). A customer of a period is an account with a purchase in it.
-- One whose refunds exceed its purchases counts with 0; purchases of unknown
-- amount count with 0 too. With n customers of revenue x, X in all, x_1 the
-- greatest:
--   herfindahl  sum (x/X)^2, from 1/n (all alike) to 1 (one has it all)
--   gini        sum (n + 1 - 2 i) x_i / (n X), from 0 (all alike) to 1 - 1/n
--
-- requires: purchase
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW revenue_concentration WITH (security_invoker = true) AS
WITH fact AS (
	SELECT account_id,
		year,
		grouping(year) = 1 AS is_all,
		sum(amount) AS net,
		greatest(coalesce(sum(amount), 0), 0) AS revenue
	FROM (
		SELECT account_id,
			amount,
			extract(year FROM purchased_at AT TIME ZONE 'UTC')::integer AS year
		FROM purchase
		WHERE purchased_at <= clientele.as_of()
			AND account_id IS NOT NULL
	) AS dated
	GROUP BY GROUPING SETS ((account_id), (account_id, year))
	HAVING count(*) FILTER (WHERE coalesce(amount, 0) >= 0) > 0
), placed AS (
	SELECT year,
		is_all,
		net,
		revenue,
		row_number() OVER greatest_first AS place,
		sum(revenue) OVER (greatest_first ROWS UNBOUNDED PRECEDING) AS cumulative,
		count(*) OVER period AS customers,
		sum(revenue) OVER period AS total
	FROM fact
	WINDOW period AS (PARTITION BY is_all, year),
		greatest_first AS (PARTITION BY is_all, year ORDER BY revenue DESC)
), measured AS (
	SELECT year,
		is_all,
		customers,
		total,
		sum(net) AS net,
		sum(revenue) FILTER (WHERE place <= 10) AS top_10,
		-- a fifth of the customers, rounded up
		sum(revenue) FILTER (WHERE place <= (customers + 4) / 5) AS top_fifth,
		min(place) FILTER (WHERE cumulative * 2 >= total) AS for_50,
		min(place) FILTER (WHERE cumulative * 5 >= total * 4) AS for_80,
		sum(revenue * revenue) AS squares,
		sum((customers + 1 - 2 * place) * revenue) AS spread
	FROM placed
	GROUP BY is_all, year, customers, total
)
SELECT CASE WHEN is_all THEN 'all' ELSE year::text END AS period,
	year,
	customers::integer AS customers,
	net AS revenue,
	(top_10 / nullif(total, 0))::float8 AS top_10_share,
	(top_fifth / nullif(total, 0))::float8 AS top_20_percent_share,
	CASE WHEN total > 0 THEN for_50::integer END AS customers_for_50_percent,
	CASE WHEN total > 0 THEN for_80::integer END AS customers_for_80_percent,
	(squares / nullif(total * total, 0))::float8 AS herfindahl,
	(total * total / nullif(squares, 0))::float8 AS effective_customers,
	(spread / nullif(customers * total, 0))::float8 AS gini,
	CASE
		WHEN total = 0 THEN 'no revenue'
		WHEN customers <= 10 THEN 'ten customers or fewer'
	END AS reason
FROM measured
UNION ALL
-- the row for all time is there even when nobody bought
SELECT 'all', NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'no purchases'
WHERE NOT EXISTS (SELECT FROM measured);
COMMENT ON VIEW revenue_concentration IS
'On how few customers does the revenue hang? A row for all time and one a calendar year (UTC).';
COMMENT ON COLUMN revenue_concentration.period IS 'all, or the calendar year; the year of the moment in question goes up to that moment.';
COMMENT ON COLUMN revenue_concentration.year IS 'The calendar year; NULL for all time.';
COMMENT ON COLUMN revenue_concentration.customers IS 'Number of accounts with a purchase in the period.';
COMMENT ON COLUMN revenue_concentration.revenue IS 'Their revenue in the period, refunds taken off, in the currency of the workspace.';
COMMENT ON COLUMN revenue_concentration.top_10_share IS 'Share of the ten greatest, as a fraction of the revenue of customers with any.';
COMMENT ON COLUMN revenue_concentration.top_20_percent_share IS 'Share of the greatest fifth of the customers (rounded up), as a fraction.';
COMMENT ON COLUMN revenue_concentration.customers_for_50_percent IS 'How many of the greatest make half of the revenue.';
COMMENT ON COLUMN revenue_concentration.customers_for_80_percent IS 'How many of the greatest make four fifths of it.';
COMMENT ON COLUMN revenue_concentration.herfindahl IS 'Herfindahl index: sum of the squared shares, from 1 / customers to 1. Times 10,000 it is the index of competition law.';
COMMENT ON COLUMN revenue_concentration.effective_customers IS '1 / herfindahl: as concentrated as so many customers of equal revenue.';
COMMENT ON COLUMN revenue_concentration.gini IS 'Gini coefficient, from 0 (all alike) to 1 - 1 / customers (one has it all); not corrected for small numbers.';
COMMENT ON COLUMN revenue_concentration.reason IS 'What the numbers rest too little on; NULL if nothing.';
