-- What the templates in sources/ make of columns whose type one installation
-- has otherwise than the next. Which of the functions is meant is settled by the
-- column's type when a view is made, and all of them are expanded where they are
-- called: a column that is a timestamptz already can be looked up by its index.

CREATE FUNCTION clientele.utc(moment timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN moment;
COMMENT ON FUNCTION clientele.utc(timestamptz) IS
'The moment as it is: for columns that tell moments in one installation with a time zone and in another without.';

CREATE FUNCTION clientele.utc(moment timestamp) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN moment AT TIME ZONE 'UTC';
COMMENT ON FUNCTION clientele.utc(timestamp) IS
'The moment that a date and time without a time zone means in UTC, whatever the time zone of the session.';

CREATE FUNCTION clientele.utc(moment date) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN moment::timestamp AT TIME ZONE 'UTC';
COMMENT ON FUNCTION clientele.utc(date) IS
'The beginning of a day in UTC, whatever the time zone of the session.';

CREATE FUNCTION clientele.on_day(day timestamptz, moment timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN (moment AT TIME ZONE 'UTC')::date = (day AT TIME ZONE 'UTC')::date THEN moment ELSE day END;
COMMENT ON FUNCTION clientele.on_day(timestamptz, timestamptz) IS
'The moment if it is on that day, in UTC, and the day if it is not: for columns that tell a day where another one may tell the time of it.';

CREATE FUNCTION clientele.number(amount numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN amount > '-Infinity' AND amount < 'Infinity' THEN amount END;
COMMENT ON FUNCTION clientele.number(numeric) IS
'The number, or NULL if it is infinite or NaN.';

CREATE FUNCTION clientele.number(amount float8) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN amount > '-Infinity' AND amount < 'Infinity' THEN amount::numeric END;
COMMENT ON FUNCTION clientele.number(float8) IS
'The number, to 15 digits, or NULL if it is infinite or NaN.';

CREATE FUNCTION clientele.number(amount text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
RETURN CASE WHEN amount ~ '^\s*[-+]?([0-9]{1,40}(\.[0-9]{0,40})?|\.[0-9]{1,40})([eE][-+]?[0-9]{1,2})?\s*$' THEN amount::numeric END;
COMMENT ON FUNCTION clientele.number(text) IS
'The number that a text is, with a point before the decimals, or NULL if it is none: for columns that hold numbers as free text.';
