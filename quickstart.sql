-- What ./quickstart shows: the main answers of a workspace.
--
--   psql -X -f quickstart.sql        with search_path = crm, clientele
--
-- Each is a question to a view of the workspace; see them all with \dv+ crm.*
\set QUIET on
\pset footer off
\pset pager off
\pset null '-'
\pset numericlocale off
SET client_min_messages = warning;

\echo
\echo == The data
SELECT count(DISTINCT account_id) AS customers,
	count(*) FILTER (WHERE amount >= 0) AS orders,
	count(*) FILTER (WHERE amount < 0) AS refunds,
	min(purchased_at AT TIME ZONE 'UTC')::date AS first_order,
	max(purchased_at AT TIME ZONE 'UTC')::date AS last_order,
	round(sum(amount), 2) AS revenue,
	as_of_date() AS as_of
FROM purchase
WHERE purchased_at <= as_of();

\echo == Top customers: who brings the revenue
\echo 'Share is of the revenue of all customers; cumulative, of all down to this one.'
SELECT rank,
	name AS customer,
	round(revenue, 2) AS revenue,
	round(100 * share::numeric, 1) AS "share, %",
	round(100 * cumulative_share::numeric, 1) AS "cumulative, %",
	purchases AS orders,
	last_purchased_on AS last_order
FROM top_customers
ORDER BY rank, account_id
LIMIT 10;

\echo == Concentration: on how few customers the revenue hangs
\echo 'How many of the greatest customers make half, and four fifths, of the revenue.'
SELECT period,
	customers,
	round(revenue, 2) AS revenue,
	round(100 * top_10_share::numeric, 1) AS "top ten, %",
	round(100 * top_20_percent_share::numeric, 1) AS "top fifth, %",
	customers_for_50_percent AS "make 50 %",
	customers_for_80_percent AS "make 80 %",
	round(gini::numeric, 2) AS gini
FROM revenue_concentration
ORDER BY year IS NULL DESC, year DESC
LIMIT 6;

\echo == The most valuable customers: what the coming twelve months are expected to bring
\echo 'P(alive): the probability that one is still a customer. Orders to come: those'
\echo 'expected in the twelve months. CLV: their revenue, discounted; low to high: how'
\echo 'sure the model is of it (95 %; a customer''s own luck comes on top).'
SELECT name AS customer,
	frequency + 1 AS order_days,
	last_purchased_on AS last_order,
	round(100 * p_alive::numeric, 1) AS "P(alive), %",
	round(expected_purchases::numeric, 1) AS "orders to come",
	round(expected_spend::numeric, 2) AS per_order,
	round(clv::numeric, 2) AS clv,
	round(clv_low::numeric, 2) AS low,
	round(clv_high::numeric, 2) AS high
FROM customer_value
ORDER BY clv DESC NULLS LAST, revenue DESC, account_id
LIMIT 10;

\echo == Going quiet: customers of the top fifth by revenue that are slipping away
\echo 'Their last order is less than a year old, yet so overdue that P(alive) is below'
\echo 'a half: call them first.'
SELECT customer,
	round(revenue, 2) AS revenue,
	order_days,
	round(recency::numeric / nullif(order_days - 1, 0)) AS "ordered every (days)",
	silent AS "silent for (days)",
	round(100 * p_alive::numeric, 1) AS "P(alive), %",
	round(clv::numeric, 2) AS clv
FROM (
	SELECT account_id,
		name AS customer,
		revenue,
		frequency + 1 AS order_days,
		recency,
		days_since_last_purchase AS silent,
		p_alive,
		clv,
		ntile(5) OVER (ORDER BY revenue DESC NULLS LAST, account_id) AS fifth
	FROM customer_value
) AS customer_value
WHERE fifth = 1 AND p_alive < 0.5 AND silent < 365
ORDER BY revenue DESC, account_id
LIMIT 10;

-- Where a number is missing, or to be read with care, the view says why.
SELECT EXISTS (SELECT FROM customer_value WHERE reason IS NOT NULL) AS reasons \gset
\if :reasons
\echo == Read with care
SELECT count(*) AS customers, reason
FROM customer_value
WHERE reason IS NOT NULL
GROUP BY reason
ORDER BY count(*) DESC;
\endif

\echo == The model behind it
\echo 'Fitted to these customers by maximum likelihood; low to high: 95 % intervals.'
SELECT model.family,
	model.status,
	model.customers,
	parameter.name AS parameter,
	round(parameter.estimate::numeric, 4) AS estimate,
	round(parameter.ci_low::numeric, 4) AS low,
	round(parameter.ci_high::numeric, 4) AS high
FROM (
	SELECT *
	FROM model
	WHERE as_of <= as_of()
	ORDER BY as_of DESC
	LIMIT 1
) AS model, parameters(model.purchases) AS parameter;
