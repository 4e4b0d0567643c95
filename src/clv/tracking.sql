-- Tracking: actual and expected repeat purchases, period by period.

CREATE FUNCTION clientele.tracking(model clientele.purchase_model, calendar clientele.purchase_calendar, until date, period interval DEFAULT '7 days', from_day date DEFAULT NULL,
	OUT period_number integer, OUT period_end date, OUT actual bigint, OUT expected float8, OUT cumulative_actual bigint, OUT cumulative_expected float8) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_tracking'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 100;
COMMENT ON FUNCTION clientele.tracking(clientele.purchase_model, clientele.purchase_calendar, date, interval, date) IS
'Actual and expected repeat purchases by period, and all up to its end: how well a model follows what happened. A row a period that has ended by until, the last day of the data; period_end is the last day of the period. The first period begins on from_day, NULL: on the day of the first purchase of all. Cumulative numbers are of all customers since their first purchase: those that the sum of frequency(rfm(history, period_end)), and of expected_purchases(model, age), give. Expected: new customers of each day times the repeat purchases expected of a new customer since then (Fader, Hardie and Lee 2005, figure 4). period is whole days or months: months by the calendar, counted from from_day. Under bg/bb whole opportunities since the first purchase count. An error for periods that are not whole days, or not longer than 0, and for days that are not finite (SQLSTATE 22023, 22008); NULL elsewhere: no rows.';

CREATE FUNCTION clientele.tracking_interval(model clientele.purchase_model, calendar clientele.purchase_calendar, until date, period interval DEFAULT '7 days', from_day date DEFAULT NULL, confidence float8 DEFAULT 0.95,
	OUT period_number integer, OUT period_end date, OUT cumulative_actual bigint, OUT cumulative_expected float8, OUT std_error float8, OUT low float8, OUT high float8) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_tracking_interval'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000 ROWS 100;
COMMENT ON FUNCTION clientele.tracking_interval(clientele.purchase_model, clientele.purchase_calendar, date, interval, date, float8) IS
'The cumulative numbers of tracking() with the standard error and the interval that come from the covariance of the parameters (delta method on the logarithm). It is that of the expectation: what customers do scatters about it besides. NULL where the model has no covariance.';
