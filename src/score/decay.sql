-- How points fade, one event at a time.
CREATE FUNCTION clientele.exponential_decay(points float8, age interval, half_life interval) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_exponential_decay'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.exponential_decay(float8, interval, interval) IS
'Points that halve every half-life: points * 2^(-age / half_life). An age below zero counts as zero. A month counts as 30.4375 days. Error 22023 for a half-life that is not longer than zero. The aggregate decayed_score sums it over events and needs no rewriting.';

CREATE FUNCTION clientele.linear_decay(points float8, age interval, span interval) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_linear_decay'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.linear_decay(float8, interval, interval) IS
'Points that fade evenly to nothing over the span: points * max(0, 1 - age / span). An age below zero counts as zero. A month counts as 30.4375 days. Error 22023 for a span that is not longer than zero.';

CREATE FUNCTION clientele.step_decay(points float8, age interval, step interval, share float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_step_decay'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.step_decay(float8, interval, interval, float8) IS
'Points that lose a share of what they were at first after every whole step, down to nothing: points * max(0, 1 - share * floor(age / step)). A rule of marketing suites: step ''1 month'' and share 0.25 leave 75 % after a month and nothing after four. An age below zero counts as zero. A month counts as 30.4375 days. Error 22023 for a step that is not longer than zero or a share that is not greater than 0 and at most 1.';

CREATE FUNCTION clientele.window_points(points float8, age interval, within interval) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_window_points'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.window_points(float8, interval, interval) IS
'Points that count in full within a window and not at all outside: points where 0 <= age < within, else 0; that is as_of - within < occurred_at <= as_of, so an event of the future is not in it. A month counts as 30.4375 days. Error 22023 for a window that is not longer than zero.';
