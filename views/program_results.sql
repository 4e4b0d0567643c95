-- program_results: did a program bring anything that would not have come
-- without it?
--
-- A row a program that has begun, or has members, by clientele.as_of(). An
-- account of it is measured when policy.program_horizon has passed since it
-- joined or was drawn as a control: whether it bought within that time, and for
-- how much, refunds of that time taken off. Those whose time is not over are not
-- counted yet, the ones that bought already too, as they are the fast ones.
--
-- Members against controls: the difference of the shares that bought, with
-- Newcombe's interval at policy.confidence and the z test. With fewer measured
-- members or controls than policy.minimum_cases there is no result yet, which is
-- an answer. It tells of the program only where it was left to chance who became
-- a control.
--
-- requires: program program_member program_cost purchase policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW program_results WITH (security_invoker = true) AS
SELECT fact.program_id,
	fact.name,
	fact.segment,
	fact.starts_on,
	fact.ends_on,
	fact.members::integer AS members,
	fact.controls::integer AS controls,
	fact.members_measured::integer AS members_measured,
	fact.controls_measured::integer AS controls_measured,
	fact.members_bought::integer AS members_bought,
	fact.controls_bought::integer AS controls_bought,
	fact.members_bought::float8 / nullif(fact.members_measured, 0) AS member_rate,
	fact.controls_bought::float8 / nullif(fact.controls_measured, 0) AS control_rate,
	compared.difference,
	compared.low AS difference_low,
	compared.high AS difference_high,
	compared.p_value,
	CASE WHEN fact.is_enough AND fact.controls_bought > 0
		THEN (fact.members_bought::float8 / fact.members_measured) / (fact.controls_bought::float8 / fact.controls_measured) - 1
	END AS lift,
	round(fact.member_revenue, 2) AS member_revenue,
	round(fact.control_revenue, 2) AS control_revenue,
	CASE WHEN fact.is_enough THEN round((fact.member_revenue - fact.control_revenue) * fact.members_measured, 2) END AS extra_revenue,
	spent.cost,
	CASE
		WHEN NOT fact.is_enough THEN 'no result yet'
		WHEN compared.low > 0 THEN 'more bought'
		WHEN compared.high < 0 THEN 'fewer bought'
		ELSE 'no difference that could not be luck'
	END AS result,
	nullif(concat_ws('; ',
		CASE
			WHEN fact.members + fact.controls = 0 THEN 'nobody is in it'
			WHEN fact.members = 0 THEN 'no members'
			WHEN fact.controls = 0 THEN 'no controls to compare with'
			WHEN NOT fact.is_enough THEN 'fewer measured members or controls than policy.minimum_cases'
		END,
		CASE WHEN fact.members + fact.controls > fact.members_measured + fact.controls_measured
			THEN format('for %s accounts policy.program_horizon is not over', fact.members + fact.controls - fact.members_measured - fact.controls_measured)
		END), '') AS reason
FROM (
	SELECT program.program_id,
		program.name,
		program.segment,
		program.starts_on,
		program.ends_on,
		coalesce(policy.confidence, 0.95) AS confidence,
		total.*,
		least(total.members_measured, total.controls_measured) >= coalesce(policy.minimum_cases, 10) AS is_enough
	FROM program
	LEFT JOIN (SELECT confidence, minimum_cases, program_horizon FROM policy LIMIT 1) AS policy ON true
	CROSS JOIN LATERAL (
		SELECT count(*) FILTER (WHERE NOT account.is_control) AS members,
			count(*) FILTER (WHERE account.is_control) AS controls,
			count(*) FILTER (WHERE NOT account.is_control AND account.is_measured) AS members_measured,
			count(*) FILTER (WHERE account.is_control AND account.is_measured) AS controls_measured,
			count(*) FILTER (WHERE NOT account.is_control AND account.is_measured AND bought.purchases > 0) AS members_bought,
			count(*) FILTER (WHERE account.is_control AND account.is_measured AND bought.purchases > 0) AS controls_bought,
			avg(coalesce(bought.revenue, 0)) FILTER (WHERE NOT account.is_control AND account.is_measured) AS member_revenue,
			avg(coalesce(bought.revenue, 0)) FILTER (WHERE account.is_control AND account.is_measured) AS control_revenue
		FROM (
			SELECT member.account_id,
				coalesce(member.is_control, false) AS is_control,
				member.joined_at,
				(member.joined_at AT TIME ZONE 'UTC' + coalesce(policy.program_horizon, '90 days')) AT TIME ZONE 'UTC' AS until,
				(member.joined_at AT TIME ZONE 'UTC' + coalesce(policy.program_horizon, '90 days')) AT TIME ZONE 'UTC' <= clientele.as_of() AS is_measured
			FROM program_member AS member
			WHERE member.program_id = program.program_id
				AND member.joined_at <= clientele.as_of()
		) AS account
		LEFT JOIN LATERAL (
			SELECT count(*) FILTER (WHERE coalesce(purchase.amount, 0) >= 0) AS purchases,
				sum(purchase.amount) AS revenue
			FROM purchase
			WHERE purchase.account_id = account.account_id
				AND purchase.purchased_at > account.joined_at
				AND purchase.purchased_at <= account.until
				AND account.is_measured
		) AS bought ON true
	) AS total
	WHERE coalesce(program.starts_on <= clientele.as_of_date(), true)
		OR total.members + total.controls > 0
) AS fact
LEFT JOIN LATERAL clientele.difference_of_proportions(
	CASE WHEN fact.is_enough THEN fact.members_bought END, nullif(fact.members_measured, 0),
	fact.controls_bought, nullif(fact.controls_measured, 0), fact.confidence) AS compared ON true
LEFT JOIN LATERAL (
	SELECT sum(program_cost.amount) AS cost
	FROM program_cost
	WHERE program_cost.program_id = fact.program_id
		AND program_cost.spent_on <= clientele.as_of_date()
) AS spent ON true;
COMMENT ON VIEW program_results IS
'Did a program bring anything that would not have come without it: members against controls, with an interval. "No result yet" is an answer. A row a program.';
COMMENT ON COLUMN program_results.program_id IS 'The program.';
COMMENT ON COLUMN program_results.name IS 'Its name.';
COMMENT ON COLUMN program_results.segment IS 'customer or prospect: whom it is for; NULL: both.';
COMMENT ON COLUMN program_results.starts_on IS 'Its first day.';
COMMENT ON COLUMN program_results.ends_on IS 'Its last day, as planned today; NULL: it goes on.';
COMMENT ON COLUMN program_results.members IS 'Number of accounts that were in it so far.';
COMMENT ON COLUMN program_results.controls IS 'Number of accounts that were left out so far to compare with.';
COMMENT ON COLUMN program_results.members_measured IS 'How many of the members joined so long ago that policy.program_horizon has passed. All that follows is of these.';
COMMENT ON COLUMN program_results.controls_measured IS 'How many of the controls were drawn so long ago.';
COMMENT ON COLUMN program_results.members_bought IS 'How many members bought within policy.program_horizon of joining.';
COMMENT ON COLUMN program_results.controls_bought IS 'How many controls bought within policy.program_horizon of being drawn.';
COMMENT ON COLUMN program_results.member_rate IS 'members_bought / members_measured, a fraction.';
COMMENT ON COLUMN program_results.control_rate IS 'controls_bought / controls_measured, a fraction.';
COMMENT ON COLUMN program_results.difference IS 'member_rate - control_rate, as a fraction.';
COMMENT ON COLUMN program_results.difference_low IS 'Lower end of the interval of the difference at policy.confidence.';
COMMENT ON COLUMN program_results.difference_high IS 'Its upper end.';
COMMENT ON COLUMN program_results.p_value IS 'How likely at least such a difference is by luck alone (z test, two-sided); NULL where all bought or nobody did.';
COMMENT ON COLUMN program_results.lift IS 'member_rate / control_rate - 1, a fraction; NULL where no control bought.';
COMMENT ON COLUMN program_results.member_revenue IS 'Mean revenue of a member within policy.program_horizon, in the currency of the workspace.';
COMMENT ON COLUMN program_results.control_revenue IS 'Mean revenue of a control within it, in the currency of the workspace.';
COMMENT ON COLUMN program_results.extra_revenue IS '(member_revenue - control_revenue) x members_measured, in the currency of the workspace: what the program brought beyond what would have come, without an interval.';
COMMENT ON COLUMN program_results.cost IS 'What was spent on it so far, in the currency of the workspace; NULL: nothing is known.';
COMMENT ON COLUMN program_results.result IS 'more bought, fewer bought: the interval of the difference leaves 0 out; no difference that could not be luck; no result yet.';
COMMENT ON COLUMN program_results.reason IS 'Why there is no result, or what is still to come; NULL if all is well.';
