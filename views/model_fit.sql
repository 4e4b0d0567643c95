-- model_fit: does the model of purchases follow what happened, and was it right
-- about what came after it was fitted?
--
-- A row a period of policy.tracking_period (a week) since the first purchase of
-- all that has ended before the day of clientele.as_of(), with the repeat
-- purchases that came and those that the model expects. The model is the latest
-- usable one of table model that was fitted at least policy.holdout_window ago,
-- so that there is a time to test it on; if none is that old, the oldest.
--
-- The holdout error is of the time from the model on, customer by customer, of
-- those that had bought by then; it stands in every row.
--
-- Reads the purchases of everybody, whatever row is asked for.
--
-- requires: purchase policy model
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW model_fit WITH (security_invoker = true) AS
WITH decided AS (
	SELECT coalesce(max(tracking_period), '7 days') AS period,
		clientele.as_of() AT TIME ZONE 'UTC' - coalesce(max(holdout_window), '90 days') AS cutoff
	FROM policy
), history AS MATERIALIZED (
	SELECT clientele.purchase_history(purchased_at, amount) AS history
	FROM purchase
	WHERE purchased_at <= clientele.as_of()
		AND account_id IS NOT NULL
	GROUP BY account_id
), chosen AS MATERIALIZED (
	SELECT model.model_id,
		model.family,
		model.as_of,
		model.purchases,
		(model.as_of AT TIME ZONE 'UTC')::date AS fitted_on
	FROM model,
		decided
	WHERE model.as_of <= clientele.as_of()
		AND model.segment = 'all'
		AND model.status = ANY (ARRAY['ok', 'boundary', 'given'])
	ORDER BY model.as_of AT TIME ZONE 'UTC' <= decided.cutoff DESC,
		CASE WHEN model.as_of AT TIME ZONE 'UTC' <= decided.cutoff THEN model.as_of END DESC,
		model.as_of
	LIMIT 1
), calendar AS MATERIALIZED (
	SELECT clientele.purchase_calendar(history) AS calendar
	FROM history
), tested AS MATERIALIZED (
	-- to the end of the day before: that of the moment may not be over
	SELECT clientele.holdout_error(
			(clientele.frequency(clientele.rfm(history.history, clientele.as_of_date() - 1))
				- clientele.frequency(clientele.rfm(history.history, chosen.fitted_on)))::float8,
			clientele.expected_purchases(chosen.purchases, clientele.rfm(history.history, chosen.fitted_on),
				(clientele.as_of_date() - 1 - chosen.fitted_on) * interval '1 day')) AS error
	FROM history,
		chosen
	WHERE clientele.as_of_date() - 1 > chosen.fitted_on
		AND clientele.first_purchase(history.history) <= chosen.fitted_on
)
SELECT tracked.period_number AS period,
	coalesce(lag(tracked.period_end) OVER (ORDER BY tracked.period_number) + 1, CASE WHEN tracked.period_end IS NOT NULL THEN clientele.first_day(calendar.calendar) END) AS starts_on,
	tracked.period_end AS ends_on,
	coalesce(lag(tracked.period_end) OVER (ORDER BY tracked.period_number) + 1, clientele.first_day(calendar.calendar)) > chosen.fitted_on AS is_after_fit,
	tracked.actual::integer AS actual,
	tracked.expected,
	tracked.cumulative_actual::integer AS cumulative_actual,
	tracked.cumulative_expected,
	tracked.cumulative_expected / nullif(tracked.cumulative_actual, 0) - 1 AS cumulative_error,
	(tested.error).customers::integer AS holdout_customers,
	(tested.error).actual::integer AS holdout_actual,
	(tested.error).expected AS holdout_expected,
	(tested.error).relative_error AS holdout_relative_error,
	(tested.error).mean_absolute_error AS holdout_mean_absolute_error,
	(tested.error).correlation AS holdout_correlation,
	chosen.family AS model,
	chosen.model_id,
	chosen.as_of AS model_as_of,
	CASE
		WHEN chosen.model_id IS NULL THEN coalesce(
			(
				SELECT model.reason
				FROM model
				WHERE model.as_of <= clientele.as_of() AND model.segment = 'all'
				ORDER BY model.as_of DESC
				LIMIT 1
			), 'no model as of this moment: CALL clientele.refresh_workspace')
		WHEN tracked.period_number IS NULL THEN 'no period has ended since the first purchase'
		WHEN coalesce((tested.error).customers, 0) = 0 THEN 'no time since the model was fitted: no holdout error'
		WHEN chosen.as_of AT TIME ZONE 'UTC' > decided.cutoff THEN 'no model is policy.holdout_window old: the holdout error is of less time'
	END AS reason
FROM decided
CROSS JOIN calendar
LEFT JOIN chosen ON true
LEFT JOIN tested ON true
LEFT JOIN LATERAL clientele.tracking(chosen.purchases, calendar.calendar, clientele.as_of_date() - 1, decided.period) AS tracked ON true;
COMMENT ON VIEW model_fit IS
'Does the model of purchases follow what happened, and was it right about what came after it was fitted? A row a week (policy.tracking_period).';
COMMENT ON COLUMN model_fit.period IS 'Number of the period, from 1.';
COMMENT ON COLUMN model_fit.starts_on IS 'Its first day (UTC).';
COMMENT ON COLUMN model_fit.ends_on IS 'Its last day (UTC).';
COMMENT ON COLUMN model_fit.is_after_fit IS 'Whether all of it came after the model was fitted: what the model could not have seen.';
COMMENT ON COLUMN model_fit.actual IS 'Repeat purchases that came in it: days with a purchase, beyond the first one of a customer.';
COMMENT ON COLUMN model_fit.expected IS 'Repeat purchases that the model expects in it, of customers as they came.';
COMMENT ON COLUMN model_fit.cumulative_actual IS 'Repeat purchases up to its end.';
COMMENT ON COLUMN model_fit.cumulative_expected IS 'Those that the model expects up to its end.';
COMMENT ON COLUMN model_fit.cumulative_error IS 'cumulative_expected / cumulative_actual - 1, a fraction: above 0 too much was expected.';
COMMENT ON COLUMN model_fit.holdout_customers IS 'Number of customers that had bought when the model was fitted; the same in every row, as all that begins with holdout.';
COMMENT ON COLUMN model_fit.holdout_actual IS 'Days with a purchase of theirs since then, up to the day before that of the moment in question.';
COMMENT ON COLUMN model_fit.holdout_expected IS 'Those that the model expected.';
COMMENT ON COLUMN model_fit.holdout_relative_error IS 'holdout_expected / holdout_actual - 1, a fraction.';
COMMENT ON COLUMN model_fit.holdout_mean_absolute_error IS 'Mean over these customers of the distance between both, in purchases.';
COMMENT ON COLUMN model_fit.holdout_correlation IS 'Correlation of both over these customers, from -1 to 1.';
COMMENT ON COLUMN model_fit.model IS 'Family of the model.';
COMMENT ON COLUMN model_fit.model_id IS 'The model, in table model.';
COMMENT ON COLUMN model_fit.model_as_of IS 'The moment as of which it was fitted.';
COMMENT ON COLUMN model_fit.reason IS 'Why a number is NULL, or to be read with care; NULL if all is well.';
