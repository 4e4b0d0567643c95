-- replacement_economics: does it pay to replace the customers that are lost by
-- new ones?
--
-- One row, of policy.economics_window up to clientele.as_of() and the window of
-- the same length before it. Revenue is that of purchases, refunds taken off.
--   customers  accounts with revenue in the window before
--   kept, lost those of them with and without revenue in the window
--   won        accounts whose first purchase of all is in the window
-- What a new customer brings is measured on those that were won in the window
-- before, over one window from their first purchase on: those that were just won
-- have not had the time. What a lost customer brought is its revenue of the
-- window before. The margin is that of the purchases whose cost is known, or
-- policy.margin. Costs are those of program_cost in the window, of the segment
-- that they name, or that of their program.
--
-- requires: purchase program program_cost policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW replacement_economics WITH (security_invoker = true) AS
WITH decided AS (
	SELECT clientele.as_of() AT TIME ZONE 'UTC' AS until,
		clientele.as_of() AT TIME ZONE 'UTC' - span AS since,
		clientele.as_of() AT TIME ZONE 'UTC' - span - span AS before,
		span,
		margin,
		minimum_cases
	FROM (
		SELECT coalesce(max(economics_window), '12 months') AS span,
			coalesce(max(margin), 1) AS margin,
			coalesce(max(minimum_cases), 10) AS minimum_cases
		FROM policy
	) AS said
), dated AS (
	SELECT account_id,
		purchased_at AT TIME ZONE 'UTC' AS purchased_at,
		amount,
		cost,
		min(purchased_at AT TIME ZONE 'UTC') FILTER (WHERE coalesce(amount, 0) >= 0) OVER (PARTITION BY account_id) AS first_purchased_at
	FROM purchase
	WHERE purchased_at <= clientele.as_of()
		AND account_id IS NOT NULL
), customer AS (
	SELECT dated.account_id,
		dated.first_purchased_at > decided.since AS is_won,
		dated.first_purchased_at > decided.before AND dated.first_purchased_at <= decided.since AS was_won_before,
		coalesce(sum(dated.amount) FILTER (WHERE dated.purchased_at > decided.since), 0) AS revenue,
		coalesce(sum(dated.amount) FILTER (WHERE dated.purchased_at > decided.before AND dated.purchased_at <= decided.since), 0) AS revenue_before,
		coalesce(sum(dated.amount) FILTER (WHERE dated.purchased_at >= dated.first_purchased_at
			AND dated.purchased_at < dated.first_purchased_at + decided.span), 0) AS first_revenue,
		sum(dated.amount) FILTER (WHERE dated.purchased_at > decided.since AND dated.cost IS NOT NULL) AS costed_amount,
		sum(dated.cost) FILTER (WHERE dated.purchased_at > decided.since AND dated.amount IS NOT NULL) AS cost
	FROM dated,
		decided
	GROUP BY dated.account_id, dated.first_purchased_at, decided.since, decided.before, decided.span
), measured AS (
	SELECT count(*) FILTER (WHERE revenue_before > 0) AS customers,
		count(*) FILTER (WHERE revenue_before > 0 AND revenue > 0) AS kept,
		count(*) FILTER (WHERE revenue_before > 0 AND revenue <= 0) AS lost,
		count(*) FILTER (WHERE is_won) AS won,
		count(*) FILTER (WHERE was_won_before) AS won_before,
		avg(revenue) FILTER (WHERE revenue_before > 0 AND revenue > 0) AS revenue_of_kept,
		avg(revenue_before) FILTER (WHERE revenue_before > 0 AND revenue <= 0) AS revenue_of_lost,
		avg(first_revenue) FILTER (WHERE was_won_before) AS revenue_of_new,
		1 - sum(cost) / nullif(greatest(sum(costed_amount), 0), 0) AS margin
	FROM customer
), spent AS (
	SELECT sum(cost.amount) FILTER (WHERE coalesce(cost.segment, program.segment) = 'prospect') AS on_prospects,
		sum(cost.amount) FILTER (WHERE coalesce(cost.segment, program.segment) = 'customer') AS on_customers,
		sum(cost.amount) FILTER (WHERE coalesce(cost.segment, program.segment) IS NULL) AS on_both
	FROM program_cost AS cost
	CROSS JOIN decided
	LEFT JOIN program ON program.program_id = cost.program_id
	WHERE cost.spent_on > decided.since::date
		AND cost.spent_on <= clientele.as_of_date()
), priced AS (
	SELECT measured.customers,
		measured.kept,
		measured.lost,
		measured.won,
		measured.won_before,
		measured.revenue_of_kept,
		measured.revenue_of_lost,
		measured.revenue_of_new,
		measured.margin IS NOT NULL AS is_margin_known,
		coalesce(measured.margin, decided.margin::numeric) AS margin,
		spent.on_prospects,
		spent.on_customers,
		spent.on_both,
		spent.on_prospects / nullif(measured.won, 0) AS cost_to_win,
		spent.on_customers / nullif(measured.kept, 0) AS cost_to_keep,
		decided.minimum_cases
	FROM measured,
		spent,
		decided
), valued AS (
	SELECT *,
		revenue_of_kept * margin - cost_to_keep AS profit_of_kept,
		revenue_of_lost * margin - cost_to_keep AS profit_of_lost,
		revenue_of_new * margin - cost_to_win AS profit_of_new
	FROM priced
)
SELECT customers::integer AS customers,
	kept::integer AS kept,
	lost::integer AS lost,
	won::integer AS won,
	on_prospects AS spent_on_prospects,
	on_customers AS spent_on_customers,
	on_both AS spent_on_both,
	round(cost_to_win, 2) AS cost_to_win,
	round(cost_to_keep, 2) AS cost_to_keep,
	margin::float8 AS margin,
	round(revenue_of_kept, 2) AS revenue_of_kept,
	round(revenue_of_lost, 2) AS revenue_of_lost,
	round(revenue_of_new, 2) AS revenue_of_new,
	round(profit_of_kept, 2) AS profit_of_kept,
	round(profit_of_lost, 2) AS profit_of_lost,
	round(profit_of_new, 2) AS profit_of_new,
	round(100 * (profit_of_new - profit_of_lost), 2) AS profit_of_100_replaced,
	CASE WHEN profit_of_new > 0 AND profit_of_lost > 0 THEN (profit_of_lost / profit_of_new)::float8 END AS new_for_one_lost,
	nullif(concat_ws('; ',
		CASE WHEN customers = 0 THEN 'no customers in the window before'
			WHEN lost = 0 THEN 'no customer was lost'
			WHEN lost < minimum_cases THEN 'fewer customers lost than policy.minimum_cases' END,
		CASE WHEN won = 0 THEN 'no customer was won'
			WHEN won < minimum_cases THEN 'fewer customers won than policy.minimum_cases' END,
		CASE WHEN won_before = 0 THEN 'no customer was won in the window before'
			WHEN won_before < minimum_cases THEN 'fewer customers won in the window before than policy.minimum_cases' END,
		CASE WHEN on_prospects IS NULL THEN 'no costs of prospects are known' END,
		CASE WHEN on_customers IS NULL THEN 'no costs of customers are known' END,
		CASE WHEN on_both <> 0 THEN 'costs that name no segment are left out' END,
		CASE WHEN NOT is_margin_known THEN 'the margin is policy.margin, as no costs of purchases are known' END,
		CASE WHEN profit_of_new <= 0 THEN 'new customers bring no profit within the window: none replaces a lost one' END), '') AS reason
FROM valued;
COMMENT ON VIEW replacement_economics IS
'Does it pay to replace the customers that are lost by new ones: what does one cost to win and one to keep, and what did 100 lost and 100 won do to the profit? One row, of policy.economics_window.';
COMMENT ON COLUMN replacement_economics.customers IS 'Number of accounts with revenue in the window before.';
COMMENT ON COLUMN replacement_economics.kept IS 'How many of them have revenue in the window.';
COMMENT ON COLUMN replacement_economics.lost IS 'How many of them have none.';
COMMENT ON COLUMN replacement_economics.won IS 'Number of accounts whose first purchase is in the window.';
COMMENT ON COLUMN replacement_economics.spent_on_prospects IS 'What was spent on prospects in the window, in the currency of the workspace.';
COMMENT ON COLUMN replacement_economics.spent_on_customers IS 'What was spent on customers in the window beside what they bought, in the currency of the workspace.';
COMMENT ON COLUMN replacement_economics.spent_on_both IS 'What was spent in the window without saying on whom, in the currency of the workspace; in no other number.';
COMMENT ON COLUMN replacement_economics.cost_to_win IS 'spent_on_prospects / won, in the currency of the workspace.';
COMMENT ON COLUMN replacement_economics.cost_to_keep IS 'spent_on_customers / kept, in the currency of the workspace.';
COMMENT ON COLUMN replacement_economics.margin IS 'Share of revenue that is left after the cost of what was bought, a fraction: of the purchases in the window whose cost is known, or else policy.margin.';
COMMENT ON COLUMN replacement_economics.revenue_of_kept IS 'Mean revenue of a kept customer in the window, in the currency of the workspace.';
COMMENT ON COLUMN replacement_economics.revenue_of_lost IS 'Mean revenue of a lost customer in the window before, in the currency of the workspace.';
COMMENT ON COLUMN replacement_economics.revenue_of_new IS 'Mean revenue of a new customer within policy.economics_window of its first purchase, measured on those that were won in the window before; in the currency of the workspace.';
COMMENT ON COLUMN replacement_economics.profit_of_kept IS 'revenue_of_kept x margin - cost_to_keep, in the currency of the workspace.';
COMMENT ON COLUMN replacement_economics.profit_of_lost IS 'revenue_of_lost x margin - cost_to_keep: what a lost customer would bring had it been kept, in the currency of the workspace.';
COMMENT ON COLUMN replacement_economics.profit_of_new IS 'revenue_of_new x margin - cost_to_win, in the currency of the workspace.';
COMMENT ON COLUMN replacement_economics.profit_of_100_replaced IS 'What 100 customers lost and 100 won do to the profit of a window: 100 x (profit_of_new - profit_of_lost), in the currency of the workspace.';
COMMENT ON COLUMN replacement_economics.new_for_one_lost IS 'How many new customers it takes to replace the profit of one that was lost: profit_of_lost / profit_of_new; NULL where either is no profit.';
COMMENT ON COLUMN replacement_economics.reason IS 'Why a number is NULL, or what it rests too little on; NULL if all is well.';
