-- subscription_value: how likely is each running subscription to be renewed, how
-- often is that still to be expected, and what is it worth?
--
-- A row a subscription that runs on the day of clientele.as_of(). Its tenure is
-- that of subscription_tenure: contracts that follow one another are one. A
-- contract with a last day falls due on the day after it; one without, every
-- policy.renewal_period after the first day of the tenure. A contract over
-- several periods stands before the renewal at its end: those within it could
-- not be missed.
--
-- The numbers rest on the latest model of table renewal_model_version that was
-- fitted as of then or earlier, in periods of policy.renewal_period, to the
-- account's segment if policy.model_segment makes such and there is one. Each
-- renewal is worth the monthly amount for a period, times policy.margin, and is
-- discounted at policy.annual_rate from the day on which it falls due. What the
-- running contract still brings is in none of it: contracted_value.
--
-- Who has given notice does not renew. When that was done nobody knows, so that
-- a cancellation of a coming day counts when the moment is now, and not as of a
-- past one.
--
-- requires: subscription subscription_tenure account policy renewal_model_version
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW subscription_value WITH (security_invoker = true) AS
SELECT due.account_id,
	account.name,
	due.subscription_id,
	due.product_id,
	due.starts_on,
	due.subscribed_since,
	due.tenure,
	CASE WHEN NOT due.is_final THEN due.renewal_on END AS next_renewal_on,
	CASE WHEN due.is_final THEN 0 ELSE predicted.renewal_rate END AS renewal_rate,
	CASE WHEN NOT due.is_final THEN predicted.renewal_rate_low END AS renewal_rate_low,
	CASE WHEN NOT due.is_final THEN predicted.renewal_rate_high END AS renewal_rate_high,
	CASE WHEN due.is_final THEN 0 ELSE predicted.retention END AS retention,
	CASE WHEN due.is_final THEN 0 ELSE predicted.renewals_within END AS expected_renewals,
	CASE WHEN due.is_final THEN 0 ELSE nullif(predicted.discounted, 'Infinity') * due.discount END AS discounted_renewals,
	due.monthly_amount,
	round((due.monthly_amount::float8 * due.margin * (coalesce(due.cancelled_on, due.renewal_on) - clientele.as_of_date()) / 30.4375)::numeric, 2) AS contracted_value,
	round((CASE WHEN due.is_final THEN 0 ELSE predicted.discounted_within END * due.worth)::numeric, 2) AS horizon_value,
	round((CASE WHEN due.is_final THEN 0 ELSE nullif(predicted.discounted, 'Infinity') END * due.worth)::numeric, 2) AS value,
	round(CASE WHEN NOT due.is_final THEN least(predicted.discounted_low * due.worth, predicted.discounted_high * due.worth) END::numeric, 2) AS value_low,
	round(CASE WHEN NOT due.is_final THEN greatest(predicted.discounted_low * due.worth, predicted.discounted_high * due.worth) END::numeric, 2) AS value_high,
	due.model,
	due.renewal_model_id,
	due.model_as_of,
	CASE
		WHEN due.cancelled_on IS NOT NULL THEN 'cancelled: its last day is ' || to_char(due.cancelled_on - 1, 'YYYY-MM-DD')
		WHEN due.followed_by IS NOT NULL THEN format('renewed: subscription "%s" has taken its place', due.followed_by)
		WHEN due.annual_rate IS NULL THEN 'policy has no row'
		WHEN due.subscribed_since IS NULL THEN 'the first day is not known'
		WHEN due.renewal_model_id IS NULL THEN coalesce(
			(
				SELECT latest.reason
				FROM (
					SELECT version.status, version.reason
					FROM renewal_model_version AS version
					WHERE version.as_of <= clientele.as_of() AND version.segment = 'all' AND version.renewal_period = due.renewal_period
					ORDER BY version.as_of DESC
					LIMIT 1
				) AS latest
			), 'no model for policy.renewal_period as of this moment: CALL clientele.refresh_workspace')
		ELSE nullif(concat_ws('; ',
			CASE WHEN due.monthly_amount IS NULL THEN 'no amount, so no value' END,
			CASE WHEN predicted.discounted = 'Infinity' THEN 'the value has no end: policy.annual_rate is 0' END,
			due.model_reason), '')
	END AS reason
FROM (
	SELECT running.*,
		fitted.renewal_model_id,
		fitted.family AS model,
		fitted.as_of AS model_as_of,
		fitted.reason AS model_reason,
		made.tenure,
		next.renewal_on,
		-- how many renewals fall due within the horizon
		CASE WHEN next.renewal_on > running.horizon_on THEN 0
			ELSE clientele.whole_periods(next.renewal_on, running.horizon_on, running.renewal_period) + 1 END AS renewals,
		power(1 + running.annual_rate, running.period_months / 12) - 1 AS period_rate,
		-- of the next renewal, as seen from the day
		power(1 + running.annual_rate, (clientele.as_of_date() - next.renewal_on) / 365.25) AS discount,
		-- of a renewal, discounted likewise
		running.monthly_amount::float8 * running.period_months * running.margin
			* power(1 + running.annual_rate, (clientele.as_of_date() - next.renewal_on) / 365.25) AS worth
	FROM (
		SELECT contract.subscription_id,
			contract.account_id,
			contract.product_id,
			contract.starts_on,
			contract.ends_on,
			contract.monthly_amount,
			tenure.starts_on AS subscribed_since,
			notice.cancelled_on,
			follower.subscription_id AS followed_by,
			notice.cancelled_on IS NOT NULL OR follower.subscription_id IS NOT NULL AS is_final,
			(clientele.as_of() AT TIME ZONE 'UTC' + policy.horizon)::date AS horizon_on,
			policy.annual_rate,
			policy.margin,
			policy.confidence,
			policy.model_segment,
			period.renewal_period,
			period.renewal_grace,
			date_part('year', period.renewal_period) * 12 + date_part('month', period.renewal_period) + date_part('day', period.renewal_period) / 30.4375 AS period_months
		FROM subscription AS contract
		JOIN subscription_tenure AS tenure ON tenure.account_id = contract.account_id
			AND tenure.product_id IS NOT DISTINCT FROM contract.product_id
			AND coalesce(tenure.starts_on, '-infinity') <= coalesce(contract.starts_on, '-infinity')
			AND coalesce(tenure.ends_on, 'infinity') >= coalesce(contract.starts_on, '-infinity')
		LEFT JOIN (
			SELECT horizon, annual_rate, margin, confidence, model_segment, renewal_period, renewal_grace
			FROM policy
			LIMIT 1
		) AS policy ON true
		CROSS JOIN LATERAL (
			SELECT coalesce(policy.renewal_period, '1 year') AS renewal_period,
				coalesce(policy.renewal_grace, '30 days') AS renewal_grace
		) AS period
		CROSS JOIN LATERAL (
			SELECT CASE WHEN clientele.as_of() >= now() THEN contract.cancelled_on END AS cancelled_on
		) AS notice
		-- where this one is about to end, the contract that goes on
		LEFT JOIN LATERAL (
			SELECT next.subscription_id
			FROM subscription AS next
			WHERE next.account_id = contract.account_id
				AND next.product_id IS NOT DISTINCT FROM contract.product_id
				AND next.subscription_id <> contract.subscription_id
				AND next.starts_on > contract.starts_on
				AND next.starts_on >= contract.ends_on + 1 - period.renewal_grace
				AND next.starts_on <= clientele.as_of_date()
				AND coalesce(next.ends_on, 'infinity') > contract.ends_on
				AND coalesce(next.cancelled_on, 'infinity') > clientele.as_of_date()
			ORDER BY next.starts_on, next.subscription_id
			LIMIT 1
		) AS follower ON contract.ends_on + 1 - period.renewal_grace <= clientele.as_of_date()
		WHERE coalesce(contract.starts_on, '-infinity') <= clientele.as_of_date()
			AND coalesce(contract.ends_on, 'infinity') >= clientele.as_of_date()
			AND coalesce(contract.cancelled_on, 'infinity') > clientele.as_of_date()
	) AS running
	LEFT JOIN account AS member ON member.account_id = running.account_id AND running.model_segment IS NOT NULL
	LEFT JOIN (
		SELECT DISTINCT ON (renewal_period) renewal_period, renewal_model_id, family, as_of, reason
		FROM renewal_model_version
		WHERE as_of <= clientele.as_of()
			AND segment = 'all'
			AND status = ANY (ARRAY['ok', 'boundary', 'given'])
		ORDER BY renewal_period, as_of DESC
	) AS whole ON whole.renewal_period = running.renewal_period
	LEFT JOIN (
		SELECT DISTINCT ON (segment, renewal_period) segment, renewal_period, renewal_model_id, family, as_of, reason
		FROM renewal_model_version
		WHERE as_of <= clientele.as_of()
			AND segment <> 'all'
			AND status = ANY (ARRAY['ok', 'given'])
		ORDER BY segment, renewal_period, as_of DESC
	) AS special ON special.renewal_period = running.renewal_period
		AND special.segment = running.model_segment || ': ' ||
			CASE running.model_segment WHEN 'industry' THEN member.industry WHEN 'country' THEN member.country WHEN 'territory' THEN member.territory END
	CROSS JOIN LATERAL (
		-- the model of its segment, if that has one
		SELECT coalesce(special.renewal_model_id, whole.renewal_model_id) AS renewal_model_id,
			coalesce(special.family, whole.family) AS family,
			coalesce(special.as_of, whole.as_of) AS as_of,
			CASE WHEN special.renewal_model_id IS NULL THEN whole.reason ELSE special.reason END AS reason
	) AS fitted
	CROSS JOIN LATERAL (
		SELECT CASE WHEN running.ends_on IS NULL THEN clientele.whole_periods(running.subscribed_since, clientele.as_of_date(), running.renewal_period)
			ELSE greatest(clientele.whole_periods(running.subscribed_since, (running.ends_on - running.renewal_grace)::date, running.renewal_period), 0) END AS tenure
	) AS made
	CROSS JOIN LATERAL (
		SELECT coalesce(running.ends_on + 1, (running.subscribed_since + (made.tenure + 1) * running.renewal_period)::date) AS renewal_on
	) AS next
) AS due
LEFT JOIN account ON account.account_id = due.account_id
LEFT JOIN LATERAL (
	-- OFFSET 0: each is asked once, however often it is used above
	SELECT rate.estimate AS renewal_rate,
		rate.low AS renewal_rate_low,
		rate.high AS renewal_rate_high,
		clientele.survival(version.model, due.tenure, due.renewals) AS retention,
		clientele.discounted_expected_renewals(version.model, due.tenure, 0, due.renewals) AS renewals_within,
		clientele.discounted_expected_renewals(version.model, due.tenure, due.period_rate, due.renewals) AS discounted_within,
		every.estimate AS discounted,
		every.low AS discounted_low,
		every.high AS discounted_high
	FROM renewal_model_version AS version
	CROSS JOIN LATERAL clientele.renewal_rate_interval(version.model, due.tenure, due.confidence) AS rate
	CROSS JOIN LATERAL clientele.discounted_expected_renewals_interval(version.model, due.tenure, due.period_rate, due.confidence) AS every
	WHERE version.renewal_model_id = due.renewal_model_id
	OFFSET 0
) AS predicted ON true;
COMMENT ON VIEW subscription_value IS
'How likely is each running subscription to be renewed, how often is that still to be expected, and what is it worth? A row a running subscription.';
COMMENT ON COLUMN subscription_value.account_id IS 'The account.';
COMMENT ON COLUMN subscription_value.name IS 'Its name.';
COMMENT ON COLUMN subscription_value.subscription_id IS 'The subscription that runs.';
COMMENT ON COLUMN subscription_value.product_id IS 'What is subscribed to.';
COMMENT ON COLUMN subscription_value.starts_on IS 'First day of this contract; NULL: not known.';
COMMENT ON COLUMN subscription_value.subscribed_since IS 'First day of the first of the contracts that it follows without a break, its own if there is none.';
COMMENT ON COLUMN subscription_value.tenure IS 'How often it was renewed, counted in periods of policy.renewal_period, when the next renewal falls due.';
COMMENT ON COLUMN subscription_value.next_renewal_on IS 'The day on which the next renewal falls due: the day after the last one agreed on, or the next anniversary; NULL: there will be none.';
COMMENT ON COLUMN subscription_value.renewal_rate IS 'Probability that it is renewed then, from 0 to 1: that of subscriptions of this tenure.';
COMMENT ON COLUMN subscription_value.renewal_rate_low IS 'Lower end of its interval, which comes from the uncertainty of the model''s parameters, at policy.confidence.';
COMMENT ON COLUMN subscription_value.renewal_rate_high IS 'Its upper end.';
COMMENT ON COLUMN subscription_value.retention IS 'Probability that it still runs at the end of policy.horizon, from 0 to 1: 1 if no renewal falls due by then.';
COMMENT ON COLUMN subscription_value.expected_renewals IS 'Renewals to expect within policy.horizon.';
COMMENT ON COLUMN subscription_value.discounted_renewals IS 'Renewals to expect for all time, each discounted at policy.annual_rate from the day on which it falls due. Without discount there is often no end to them.';
COMMENT ON COLUMN subscription_value.monthly_amount IS 'Revenue a month, in the currency of the workspace.';
COMMENT ON COLUMN subscription_value.contracted_value IS 'What the running contract brings until the next renewal or its cancellation, times policy.margin, not discounted, in the currency of the workspace. It is not in the values that follow.';
COMMENT ON COLUMN subscription_value.horizon_value IS 'Value of the renewals that fall due within policy.horizon, each the amount of a period, discounted, times policy.margin, in the currency of the workspace.';
COMMENT ON COLUMN subscription_value.value IS 'The same of all renewals to come: discounted_renewals times the amount of a period times policy.margin.';
COMMENT ON COLUMN subscription_value.value_low IS 'Lower end of the interval of value that comes from the uncertainty of the model''s parameters, at policy.confidence. What becomes of this one customer comes on top.';
COMMENT ON COLUMN subscription_value.value_high IS 'Its upper end.';
COMMENT ON COLUMN subscription_value.model IS 'Family of the model used.';
COMMENT ON COLUMN subscription_value.renewal_model_id IS 'The model used, in table renewal_model_version.';
COMMENT ON COLUMN subscription_value.model_as_of IS 'The moment as of which that model was fitted.';
COMMENT ON COLUMN subscription_value.reason IS 'Why a number is NULL or 0, or to be read with care; NULL if all is well.';
