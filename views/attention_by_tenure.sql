-- attention_by_tenure: do we look after old customers as we do after new ones?
--
-- A row a year of being a customer as of clientele.as_of(): the first, the second
-- up to the tenth, and all after that; years are of 365.25 days. What attention
-- is, and who is neglected, is told in attention_gap.
--
-- requires: attention_gap policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW attention_by_tenure WITH (security_invoker = true) AS
SELECT fact.tenure_year,
	fact.customers::integer AS customers,
	fact.neglected::integer AS neglected,
	share.estimate AS neglected_share,
	share.low AS neglected_share_low,
	share.high AS neglected_share_high,
	fact.orphans::integer AS orphans,
	fact.touches::float8 / fact.customers AS touches_per_customer,
	fact.revenue,
	CASE
		WHEN fact.tenure_year IS NULL THEN 'not known since when they are customers'
		WHEN fact.customers < policy.minimum_cases THEN format('fewer customers than policy.minimum_cases: %s of %s', fact.customers, policy.minimum_cases)
	END AS reason
FROM (
	-- least() takes what is not known for the greatest
	SELECT CASE WHEN tenure_days IS NOT NULL THEN least(floor(tenure_days / 365.25), 10)::integer + 1 END AS tenure_year,
		count(*) AS customers,
		count(*) FILTER (WHERE is_neglected) AS neglected,
		count(*) FILTER (WHERE is_orphan) AS orphans,
		sum(attention_touches) AS touches,
		sum(revenue) AS revenue
	FROM attention_gap
	GROUP BY 1
) AS fact
CROSS JOIN (
	SELECT coalesce(max(confidence), 0.95) AS confidence,
		coalesce(max(minimum_cases), 10) AS minimum_cases
	FROM policy
) AS policy
CROSS JOIN LATERAL clientele.wilson_interval(fact.neglected, fact.customers, policy.confidence) AS share;
COMMENT ON VIEW attention_by_tenure IS
'Do we look after old customers as we do after new ones? A row a year of being a customer.';
COMMENT ON COLUMN attention_by_tenure.tenure_year IS 'The year of being a customer, from 1; 11: all after the tenth; NULL: not known.';
COMMENT ON COLUMN attention_by_tenure.customers IS 'Number of customers in that year.';
COMMENT ON COLUMN attention_by_tenure.neglected IS 'How many of them are neglected: see attention_gap.';
COMMENT ON COLUMN attention_by_tenure.neglected_share IS 'Their share, as a fraction.';
COMMENT ON COLUMN attention_by_tenure.neglected_share_low IS 'Lower end of its interval (Wilson) at policy.confidence.';
COMMENT ON COLUMN attention_by_tenure.neglected_share_high IS 'Its upper end.';
COMMENT ON COLUMN attention_by_tenure.orphans IS 'How many of them nobody looks after.';
COMMENT ON COLUMN attention_by_tenure.touches_per_customer IS 'Touches of attention a customer within policy.attention_window.';
COMMENT ON COLUMN attention_by_tenure.revenue IS 'Their revenue so far, in the currency of the workspace.';
COMMENT ON COLUMN attention_by_tenure.reason IS 'What the share rests too little on; NULL if nothing.';
