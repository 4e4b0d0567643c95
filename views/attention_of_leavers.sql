-- attention_of_leavers: had customers who left less attention before than others
-- who stayed?
--
-- One row as of clientele.as_of(): all pairs of attention_before_leaving that have
-- a twin. That who left had less attention does not say that it left for that:
-- who is about to leave may also be harder to reach.
--
-- requires: attention_before_leaving policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW attention_of_leavers WITH (security_invoker = true) AS
SELECT fact.leavers::integer AS leavers,
	fact.pairs::integer AS pairs,
	fact.touches_per_leaver,
	fact.touches_per_twin,
	fact.neglected_leavers::float8 / nullif(fact.pairs, 0) AS neglected_share_of_leavers,
	fact.neglected_twins::float8 / nullif(fact.pairs, 0) AS neglected_share_of_twins,
	test.difference,
	test.low AS difference_low,
	test.high AS difference_high,
	test.p_value,
	CASE
		WHEN test.p_value IS NULL THEN NULL
		WHEN test.p_value >= 1 - policy.confidence THEN 'no difference that chance could not make'
		WHEN test.difference > 0 THEN 'who left had been neglected more often'
		ELSE 'who left had been neglected less often'
	END AS finding,
	CASE
		WHEN fact.leavers = 0 THEN 'nobody has left; purchases alone tell nobody has, unless policy.customer_window is set'
		WHEN fact.pairs < policy.minimum_cases THEN format('too few pairs to compare: %s, policy.minimum_cases is %s', fact.pairs, policy.minimum_cases)
		WHEN test.p_value IS NULL THEN 'all were neglected, or none'
	END AS reason
FROM (
	SELECT count(*) AS leavers,
		count(twin_account_id) AS pairs,
		avg(attention_touches) FILTER (WHERE twin_account_id IS NOT NULL)::float8 AS touches_per_leaver,
		avg(twin_attention_touches)::float8 AS touches_per_twin,
		count(*) FILTER (WHERE twin_account_id IS NOT NULL AND attention_touches = 0) AS neglected_leavers,
		count(*) FILTER (WHERE twin_attention_touches = 0) AS neglected_twins
	FROM attention_before_leaving
) AS fact
CROSS JOIN (
	SELECT coalesce(max(confidence), 0.95) AS confidence,
		coalesce(max(minimum_cases), 10) AS minimum_cases
	FROM policy
) AS policy
LEFT JOIN LATERAL clientele.difference_of_proportions(fact.neglected_leavers,
	CASE WHEN fact.pairs >= policy.minimum_cases THEN fact.pairs END, fact.neglected_twins, fact.pairs, policy.confidence) AS test ON true;
COMMENT ON VIEW attention_of_leavers IS
'Had customers who left less attention before than others who stayed? One row over all pairs of attention_before_leaving.';
COMMENT ON COLUMN attention_of_leavers.leavers IS 'Number of former customers.';
COMMENT ON COLUMN attention_of_leavers.pairs IS 'How many of them have a twin that stayed.';
COMMENT ON COLUMN attention_of_leavers.touches_per_leaver IS 'Touches of attention of those within policy.attention_window before they left, on average.';
COMMENT ON COLUMN attention_of_leavers.touches_per_twin IS 'Those of their twins in the same days, on average.';
COMMENT ON COLUMN attention_of_leavers.neglected_share_of_leavers IS 'Share of them that had none, as a fraction.';
COMMENT ON COLUMN attention_of_leavers.neglected_share_of_twins IS 'Share of twins that had none, as a fraction.';
COMMENT ON COLUMN attention_of_leavers.difference IS 'The first share less the second; NULL below policy.minimum_cases pairs.';
COMMENT ON COLUMN attention_of_leavers.difference_low IS 'Lower end of its interval (Newcombe) at policy.confidence, as if no twin stood beside two.';
COMMENT ON COLUMN attention_of_leavers.difference_high IS 'Its upper end.';
COMMENT ON COLUMN attention_of_leavers.p_value IS 'Two-sided p value of equal shares.';
COMMENT ON COLUMN attention_of_leavers.finding IS 'What that says at policy.confidence, in words.';
COMMENT ON COLUMN attention_of_leavers.reason IS 'Why there is no comparison; NULL if there is one.';
