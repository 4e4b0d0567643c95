-- incentive_balance: for what do the company's sellers work: for new customers
-- or for those that are there?
--
-- A row an owner of opportunities that were closed in policy.incentive_window up
-- to clientele.as_of(); those that name no owner make a row without one. An
-- opportunity counts where it is closed by then; its amount, kind and owner are
-- those of today.
--
-- requires: opportunity owner policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW incentive_balance WITH (security_invoker = true) AS
SELECT fact.owner_id,
	owner.name,
	owner.territory,
	fact.won::integer AS won,
	fact.lost::integer AS lost,
	fact.value,
	fact.new_value,
	fact.expanded_value,
	fact.retained_value,
	fact.value - fact.new_value - fact.expanded_value - fact.retained_value AS unknown_value,
	(fact.new_value / nullif(fact.value, 0))::float8 AS new_share,
	((fact.expanded_value + fact.retained_value) / nullif(fact.value, 0))::float8 AS existing_share,
	fact.lost_renewal_value,
	(fact.retained_value / nullif(fact.retained_value + fact.lost_renewal_value, 0))::float8 AS renewal_rate,
	nullif(concat_ws('; ',
		CASE WHEN fact.won = 0 THEN 'nothing won' WHEN fact.won < fact.minimum_cases THEN 'fewer won deals than policy.minimum_cases' END,
		CASE WHEN fact.without_amount > 0 THEN format('%s won deals have no amount and count with 0', fact.without_amount) END,
		CASE WHEN fact.without_kind > 0 THEN format('of %s won deals it is not known what kind they are', fact.without_kind) END), '') AS reason
FROM (
	SELECT opportunity.owner_id,
		coalesce(policy.minimum_cases, 10) AS minimum_cases,
		count(*) FILTER (WHERE opportunity.is_won) AS won,
		count(*) FILTER (WHERE NOT opportunity.is_won) AS lost,
		coalesce(sum(opportunity.amount) FILTER (WHERE opportunity.is_won), 0) AS value,
		coalesce(sum(opportunity.amount) FILTER (WHERE opportunity.is_won AND opportunity.kind = 'new'), 0) AS new_value,
		coalesce(sum(opportunity.amount) FILTER (WHERE opportunity.is_won AND opportunity.kind = ANY (ARRAY['upsell', 'cross-sell'])), 0) AS expanded_value,
		coalesce(sum(opportunity.amount) FILTER (WHERE opportunity.is_won AND opportunity.kind = 'renewal'), 0) AS retained_value,
		coalesce(sum(opportunity.amount) FILTER (WHERE NOT opportunity.is_won AND opportunity.kind = 'renewal'), 0) AS lost_renewal_value,
		count(*) FILTER (WHERE opportunity.is_won AND opportunity.amount IS NULL) AS without_amount,
		count(*) FILTER (WHERE opportunity.is_won AND opportunity.kind IS NULL) AS without_kind
	FROM opportunity
	LEFT JOIN (SELECT minimum_cases, incentive_window FROM policy LIMIT 1) AS policy ON true
	WHERE opportunity.closed_at <= clientele.as_of()
		AND opportunity.closed_at > (clientele.as_of() AT TIME ZONE 'UTC' - coalesce(policy.incentive_window, '12 months')) AT TIME ZONE 'UTC'
		AND coalesce(opportunity.opened_at <= clientele.as_of(), true)
		AND opportunity.is_won IS NOT NULL
	GROUP BY opportunity.owner_id, coalesce(policy.minimum_cases, 10)
) AS fact
LEFT JOIN owner ON owner.owner_id = fact.owner_id;
COMMENT ON VIEW incentive_balance IS
'For what do the company''s sellers work: what each of them won of new customers, of customers that bought more, and of renewals. A row an owner.';
COMMENT ON COLUMN incentive_balance.owner_id IS 'Who worked on the opportunities; NULL: those that name nobody.';
COMMENT ON COLUMN incentive_balance.name IS 'The owner''s name.';
COMMENT ON COLUMN incentive_balance.territory IS 'The owner''s sales territory.';
COMMENT ON COLUMN incentive_balance.won IS 'Number of opportunities won in policy.incentive_window.';
COMMENT ON COLUMN incentive_balance.lost IS 'Number of opportunities lost in it.';
COMMENT ON COLUMN incentive_balance.value IS 'Amount of those won, in the currency of the workspace.';
COMMENT ON COLUMN incentive_balance.new_value IS 'The part of it won of new customers (kind new), in the currency of the workspace.';
COMMENT ON COLUMN incentive_balance.expanded_value IS 'The part of it won of customers that bought more (upsell, cross-sell), in the currency of the workspace.';
COMMENT ON COLUMN incentive_balance.retained_value IS 'The part of it that was kept (renewal), in the currency of the workspace.';
COMMENT ON COLUMN incentive_balance.unknown_value IS 'The part of it of which the kind is not known, in the currency of the workspace.';
COMMENT ON COLUMN incentive_balance.new_share IS 'new_value / value, a fraction.';
COMMENT ON COLUMN incentive_balance.existing_share IS '(expanded_value + retained_value) / value, a fraction.';
COMMENT ON COLUMN incentive_balance.lost_renewal_value IS 'Amount of the renewals that were lost, in the currency of the workspace.';
COMMENT ON COLUMN incentive_balance.renewal_rate IS 'retained_value / (retained_value + lost_renewal_value), a fraction; NULL without renewals.';
COMMENT ON COLUMN incentive_balance.reason IS 'What the numbers rest too little on; NULL if nothing.';
