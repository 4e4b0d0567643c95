-- referral_growth: do referrals grow, or is that chance?
--
-- policy.referral_window up to clientele.as_of() against the same time before
-- that. A row a measure: referrals made; the same for each customer, as more
-- customers make more of them; customers won by referrals, in the period in which
-- they were won.
--
-- requires: referral_outcome purchase subscription policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW referral_growth WITH (security_invoker = true) AS
WITH settings AS (
	SELECT coalesce(max(confidence), 0.95) AS confidence,
		(clientele.as_of() AT TIME ZONE 'UTC' - coalesce(max(referral_window), '1 year')) AT TIME ZONE 'UTC' AS middle,
		(clientele.as_of() AT TIME ZONE 'UTC' - 2 * coalesce(max(referral_window), '1 year')) AT TIME ZONE 'UTC' AS beginning
	FROM policy
), made AS (
	SELECT count(*) FILTER (WHERE outcome.referred_at > settings.middle) AS now,
		count(*) FILTER (WHERE outcome.referred_at > settings.beginning AND outcome.referred_at <= settings.middle) AS before,
		count(*) FILTER (WHERE outcome.won_at > settings.middle) AS won_now,
		count(*) FILTER (WHERE outcome.won_at > settings.beginning AND outcome.won_at <= settings.middle) AS won_before,
		min(outcome.referred_at) AS first_at
	FROM settings
	CROSS JOIN referral_outcome AS outcome
), customer AS (
	SELECT account_id, min(at) AS since
	FROM (
		SELECT account_id, min(purchased_at) AS at
		FROM purchase
		WHERE purchased_at <= clientele.as_of() AND coalesce(amount, 0) >= 0
		GROUP BY account_id
		UNION ALL
		SELECT account_id, min(coalesce(starts_on, '-infinity')::timestamp) AT TIME ZONE 'UTC' AS at
		FROM subscription
		WHERE coalesce(starts_on, '-infinity') <= clientele.as_of_date()
		GROUP BY account_id
	) AS began
	GROUP BY account_id
), exposure AS (
	SELECT coalesce(sum(extract(epoch FROM clientele.as_of() - greatest(customer.since, settings.middle)))::float8 / 86400, 0) AS now,
		coalesce(sum(extract(epoch FROM settings.middle - greatest(customer.since, settings.beginning))) FILTER (WHERE customer.since < settings.middle)::float8 / 86400, 0) AS before
	FROM customer
	CROSS JOIN settings
)
SELECT measure.name AS measure,
	settings.middle AS now_from,
	settings.beginning AS before_from,
	measure.now::integer AS events_now,
	measure.before::integer AS events_before,
	measure.exposure_now AS days_now,
	measure.exposure_before AS days_before,
	365.25 * measure.now / nullif(measure.exposure_now, 0) AS rate_now,
	365.25 * measure.before / nullif(measure.exposure_before, 0) AS rate_before,
	change.ratio,
	change.low AS ratio_low,
	change.high AS ratio_high,
	change.p_value,
	nullif(concat_ws('; ',
		CASE
			WHEN measure.exposure_now = 0 OR measure.exposure_before = 0 THEN 'no customers in one of the periods'
			WHEN measure.now + measure.before = 0 THEN 'none in either period'
			WHEN measure.before = 0 THEN 'none in the period before: there is no factor'
			WHEN change.p_value >= 1 - settings.confidence THEN 'no change that could not be chance'
		END,
		CASE WHEN made.first_at > settings.beginning
			THEN 'the first referral on record is of ' || to_char(made.first_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')
				|| ': before that they may not have been recorded' END), '') AS reason
FROM settings
CROSS JOIN made
CROSS JOIN exposure
CROSS JOIN LATERAL (
	SELECT extract(epoch FROM clientele.as_of() - settings.middle)::float8 / 86400,
		extract(epoch FROM settings.middle - settings.beginning)::float8 / 86400
) AS span (now, before)
CROSS JOIN LATERAL (VALUES
	('referrals', made.now, made.before, span.now, span.before),
	('referrals a customer', made.now, made.before, exposure.now, exposure.before),
	('customers won by referral', made.won_now, made.won_before, span.now, span.before)
) AS measure (name, now, before, exposure_now, exposure_before)
LEFT JOIN LATERAL clientele.rate_ratio(measure.now, nullif(measure.exposure_now, 0), measure.before, nullif(measure.exposure_before, 0), settings.confidence) AS change ON true;
COMMENT ON VIEW referral_growth IS
'Do referrals grow, or is that chance? A row a measure, of policy.referral_window against the same time before.';
COMMENT ON COLUMN referral_growth.measure IS 'referrals: all that were made; referrals a customer: the same for each account that had become a customer by then, whether or not it still is; customers won by referral: in the period in which they first bought or subscribed.';
COMMENT ON COLUMN referral_growth.now_from IS 'When the period now begins; it ends at the moment.';
COMMENT ON COLUMN referral_growth.before_from IS 'When the period before begins; it ends where the other begins.';
COMMENT ON COLUMN referral_growth.events_now IS 'How many in the period now.';
COMMENT ON COLUMN referral_growth.events_before IS 'How many in the period before.';
COMMENT ON COLUMN referral_growth.days_now IS 'Days of the period now; for referrals a customer, days times customers, each from its first purchase or subscription.';
COMMENT ON COLUMN referral_growth.days_before IS 'The same for the period before.';
COMMENT ON COLUMN referral_growth.rate_now IS 'How many a year of 365.25 days (and customer) in the period now.';
COMMENT ON COLUMN referral_growth.rate_before IS 'How many in the period before.';
COMMENT ON COLUMN referral_growth.ratio IS 'By what factor the rate has changed: 2 is twice as many.';
COMMENT ON COLUMN referral_growth.ratio_low IS 'Lower end of its exact interval, at policy.confidence.';
COMMENT ON COLUMN referral_growth.ratio_high IS 'Its upper end.';
COMMENT ON COLUMN referral_growth.p_value IS 'Probability of a change at least as great by chance alone.';
COMMENT ON COLUMN referral_growth.reason IS 'Why a number is NULL, or what it cannot tell, in words; NULL: a change beyond chance.';
