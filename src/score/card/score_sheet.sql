-- Type score_sheet: the points of a lead by a card, with their reasons.
CREATE TYPE clientele.score_sheet;

CREATE FUNCTION clientele.score_sheet_in(cstring) RETURNS clientele.score_sheet
	AS 'MODULE_PATHNAME', 'clientele_score_sheet_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION clientele.score_sheet_in(cstring) IS
'Text input of type score_sheet.';

CREATE FUNCTION clientele.score_sheet_out(clientele.score_sheet) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_score_sheet_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.score_sheet_out(clientele.score_sheet) IS
'Text output of type score_sheet.';

CREATE FUNCTION clientele.score_sheet_recv(internal) RETURNS clientele.score_sheet
	AS 'MODULE_PATHNAME', 'clientele_score_sheet_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION clientele.score_sheet_recv(internal) IS
'Binary input of type score_sheet; names are in the encoding of the database.';

CREATE FUNCTION clientele.score_sheet_send(clientele.score_sheet) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_score_sheet_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.score_sheet_send(clientele.score_sheet) IS
'Binary output of type score_sheet.';

CREATE TYPE clientele.score_sheet (
	INPUT = clientele.score_sheet_in,
	OUTPUT = clientele.score_sheet_out,
	RECEIVE = clientele.score_sheet_recv,
	SEND = clientele.score_sheet_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.score_sheet IS
'The points of a lead by a scorecard as of a moment, with their reasons: for each signal that occurred, or that gives points when it is missing, its raw points, how often and when last. It carries what it needs of the card (name, version, limits of the layers, vetoes, bands, cuts), so that it can be stored and read alone: the history of a score is the history of its reasons. Points are exact decimals: a row''s points, after they have faded, are rounded to 1e-12 (and to 15 digits), and sums are exact, whatever the order of rows and however sheets are merged. Read with points(), contributions(), vetoes() and the like. Text is JSON that reads back exactly. At most 10,000 signals; points of a row within 1e15, of a signal within 1e21.';

CREATE FUNCTION clientele.score_sheet_add(clientele.score_sheet, clientele.scorecard, text, float8, timestamptz, timestamptz) RETURNS clientele.score_sheet
	AS 'MODULE_PATHNAME', 'clientele_score_sheet_add_number'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 3;
COMMENT ON FUNCTION clientele.score_sheet_add(clientele.score_sheet, clientele.scorecard, text, float8, timestamptz, timestamptz) IS
'Transition function of the aggregate score_sheet(scorecard, text, float8, timestamptz, timestamptz).';

CREATE FUNCTION clientele.score_sheet_add(clientele.score_sheet, clientele.scorecard, text, text, timestamptz, timestamptz) RETURNS clientele.score_sheet
	AS 'MODULE_PATHNAME', 'clientele_score_sheet_add_text'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 3;
COMMENT ON FUNCTION clientele.score_sheet_add(clientele.score_sheet, clientele.scorecard, text, text, timestamptz, timestamptz) IS
'Transition function of the aggregate score_sheet(scorecard, text, text, timestamptz, timestamptz).';

CREATE FUNCTION clientele.score_sheet_union(clientele.score_sheet, clientele.score_sheet) RETURNS clientele.score_sheet
	AS 'MODULE_PATHNAME', 'clientele_score_sheet_union'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.score_sheet_union(clientele.score_sheet, clientele.score_sheet) IS
'Transition and combine function of the aggregates score_sheet: the rows of both.';

CREATE FUNCTION clientele.score_sheet_final(clientele.score_sheet) RETURNS clientele.score_sheet
	AS 'MODULE_PATHNAME', 'clientele_score_sheet_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.score_sheet_final(clientele.score_sheet) IS
'Final function of the aggregates score_sheet: the state in its one form.';

CREATE AGGREGATE clientele.score_sheet(card clientele.scorecard, signal text, value float8, occurred_at timestamptz, as_of timestamptz) (
	SFUNC = clientele.score_sheet_add,
	STYPE = clientele.score_sheet,
	SSPACE = 1024,
	FINALFUNC = clientele.score_sheet_final,
	COMBINEFUNC = clientele.score_sheet_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.score_sheet(clientele.scorecard, text, float8, timestamptz, timestamptz) IS
'The score sheet of signal rows by a card. The value is a number; for choices it is the shortest text of it. A row is a signal; its value as the card wants it; when it occurred; as_of the same moment in all rows of a sheet. What occurred after as_of is not seen. Skipped and counted (see skipped()): rows without the value that a signal needs, with a value that is no finite number where a number is needed, without a time (NULL or -infinity) where points fade or the signal does not count every time, and of more than 1e15 points. Unknown signals are counted by name, see unknown_signals(). Repeat once: the latest row (of those of one moment that of most points); once a day: that of each UTC day. Rows that have faded to nothing (window, linear decay) do not count; only last_seen knows them. A signal of which no row counts gives its missing points. A row of nothing but NULLs is none (an outer join makes such rows), but makes a sheet; rows without a card are ignored. NULL without rows. Errors: 22004 as_of NULL, 22008 infinite, 22023 rows of different cards or moments.';

CREATE AGGREGATE clientele.score_sheet(card clientele.scorecard, signal text, value text, occurred_at timestamptz, as_of timestamptz) (
	SFUNC = clientele.score_sheet_add,
	STYPE = clientele.score_sheet,
	SSPACE = 1024,
	FINALFUNC = clientele.score_sheet_final,
	COMBINEFUNC = clientele.score_sheet_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.score_sheet(clientele.scorecard, text, text, timestamptz, timestamptz) IS
'The score sheet of signal rows by a card. The value is a text; where a number is wanted it is read as one, true as 1 and false as 0. A flat signal of the value false is no row. A row is a signal; its value as the card wants it; when it occurred; as_of the same moment in all rows of a sheet. What occurred after as_of is not seen. Skipped and counted (see skipped()): rows without the value that a signal needs, with a value that is no finite number where a number is needed, without a time (NULL or -infinity) where points fade or the signal does not count every time, and of more than 1e15 points. Unknown signals are counted by name, see unknown_signals(). Repeat once: the latest row (of those of one moment that of most points); once a day: that of each UTC day. Rows that have faded to nothing (window, linear decay) do not count; only last_seen knows them. A signal of which no row counts gives its missing points. A row of nothing but NULLs is none (an outer join makes such rows), but makes a sheet; rows without a card are ignored. NULL without rows. Errors: 22004 as_of NULL, 22008 infinite, 22023 rows of different cards or moments.';

CREATE AGGREGATE clientele.score_sheet(clientele.score_sheet) (
	SFUNC = clientele.score_sheet_union,
	STYPE = clientele.score_sheet,
	SSPACE = 1024,
	FINALFUNC = clientele.score_sheet_final,
	COMBINEFUNC = clientele.score_sheet_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.score_sheet(clientele.score_sheet) IS
'The union of score sheets of one card as of one moment, such as those of the contacts of an account: the sheet of all their rows. NULLs are ignored. Error 22023 where card or moment differ.';

CREATE FUNCTION clientele.plus(a clientele.score_sheet, b clientele.score_sheet) RETURNS clientele.score_sheet
	AS 'MODULE_PATHNAME', 'clientele_score_sheet_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.plus(clientele.score_sheet, clientele.score_sheet) IS
'The sheet of the rows of both; operator +. Error 22023 where card or moment differ.';

CREATE OPERATOR clientele.+ (
	LEFTARG = clientele.score_sheet, RIGHTARG = clientele.score_sheet,
	FUNCTION = clientele.plus,
	COMMUTATOR = OPERATOR(clientele.+)
);
COMMENT ON OPERATOR clientele.+ (clientele.score_sheet, clientele.score_sheet) IS 'The sheet of the rows of both.';

CREATE FUNCTION clientele.score_sheet(card clientele.scorecard, record jsonb, as_of timestamptz DEFAULT clientele.as_of()) RETURNS clientele.score_sheet
	AS 'MODULE_PATHNAME', 'clientele_score_sheet_record'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION clientele.score_sheet(clientele.scorecard, jsonb, timestamptz) IS
'The score sheet of one record: {"signal": value, ...}, where a value is a number, a text, true or false, an object {"value": 3, "occurred_at": "2026-01-31T12:00:00Z", "times": 2} of which every key may be left out, or an array of these; each is a row, at as_of unless it says when. null and false are no row of a flat signal. occurred_at is ISO 8601, in UTC unless it says otherwise, null where it is not known; times is a whole number. What is none of this is skipped and counted ("not a row"); else as in the aggregate. Errors: 22023 if the record is not an object, 22008 if as_of is infinite.';

CREATE FUNCTION clientele.points(sheet clientele.score_sheet) RETURNS numeric
	AS 'MODULE_PATHNAME', 'clientele_score_sheet_points'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.points(clientele.score_sheet) IS
'The points of a sheet: of its signals within their limits, summed by category, axis and in total (with the base of the card), each within its limits.';

CREATE FUNCTION clientele.raw_points(sheet clientele.score_sheet) RETURNS numeric
	AS 'MODULE_PATHNAME', 'clientele_raw_points'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.raw_points(clientele.score_sheet) IS
'The points of a sheet before any cap or floor, with the base of the card.';

CREATE FUNCTION clientele.fit_points(sheet clientele.score_sheet) RETURNS numeric
	AS 'MODULE_PATHNAME', 'clientele_fit_points'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.fit_points(clientele.score_sheet) IS
'The points of the axis fit, after its cap and floor.';

CREATE FUNCTION clientele.engagement_points(sheet clientele.score_sheet) RETURNS numeric
	AS 'MODULE_PATHNAME', 'clientele_engagement_points'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.engagement_points(clientele.score_sheet) IS
'The points of the axis engagement, after its cap and floor.';

CREATE FUNCTION clientele.band(sheet clientele.score_sheet) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_band'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.band(clientele.score_sheet) IS
'The highest band that points() reaches; NULL below the lowest, or if the card has none.';

CREATE FUNCTION clientele.grade(sheet clientele.score_sheet) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_grade'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.grade(clientele.score_sheet) IS
'The grade: a letter for fit_points() and a digit for engagement_points() by the cuts of the card, which belong to the better grade; A1 is the best. NULL if the card has no grade.';

CREATE FUNCTION clientele.vetoes(sheet clientele.score_sheet) RETURNS text[]
	AS 'MODULE_PATHNAME', 'clientele_vetoes'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.vetoes(clientele.score_sheet) IS
'The names of the vetoes that hold, in the order of the card; empty if none does. The points stay to be seen. A veto of a value looks at the latest row of its signal; of rows of one moment any may veto. "days since" counts from the latest row to as_of.';

CREATE FUNCTION clientele.is_disqualified(sheet clientele.score_sheet) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_is_disqualified'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.is_disqualified(clientele.score_sheet) IS
'Whether any veto holds.';

CREATE FUNCTION clientele.contributions(
	sheet clientele.score_sheet,
	OUT signal text, OUT category text, OUT axis text,
	OUT raw_points numeric, OUT signal_points numeric, OUT points numeric,
	OUT times bigint, OUT last_seen timestamptz
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_score_sheet_contributions'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.contributions(clientele.score_sheet) IS
'What each signal brings, in the order of their names: raw_points before any limit, signal_points within the signal''s own, points after those of category, axis and total; how many rows counted, and when the latest occurred. Where a cap bites, the positive points below it shrink in proportion, where a floor bites the negative ones. What no signal accounts for (the base; a floor above all that is positive) stands in rows without a signal. sum(points) is points(sheet) and sum(raw_points) is raw_points(sheet), exactly.';

CREATE FUNCTION clientele.card_name(sheet clientele.score_sheet) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_card_name'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.card_name(clientele.score_sheet) IS
'The name of the card that made the sheet.';

CREATE FUNCTION clientele.card_version(sheet clientele.score_sheet) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_card_version'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.card_version(clientele.score_sheet) IS
'The version of the card that made the sheet.';

CREATE FUNCTION clientele.segment(sheet clientele.score_sheet) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_score_sheet_segment'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.segment(clientele.score_sheet) IS
'The segment of the card that made the sheet; NULL if it has none.';

CREATE FUNCTION clientele.as_of(sheet clientele.score_sheet) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'clientele_score_sheet_as_of'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.as_of(clientele.score_sheet) IS
'The moment as of which the sheet was made.';

CREATE FUNCTION clientele.skipped(sheet clientele.score_sheet, OUT signal text, OUT reason text, OUT rows bigint) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_score_sheet_skipped'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.skipped(clientele.score_sheet) IS
'The rows that did not count, by signal and reason: no signal, no value, not a number, no time, too many points, not a row (in a record).';

CREATE FUNCTION clientele.unknown_signals(sheet clientele.score_sheet, OUT signal text, OUT rows bigint) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_unknown_signals'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.unknown_signals(clientele.score_sheet) IS
'The rows of signals that are not on the card, by name: of the 100 names that come first by their bytes (the first 200 bytes of each), and those of all others together in a row without a name.';

CREATE FUNCTION clientele.score_changes(
	old_sheet clientele.score_sheet, new_sheet clientele.score_sheet,
	OUT signal text, OUT category text, OUT axis text,
	OUT old_points numeric, OUT new_points numeric, OUT change numeric, OUT why text
) RETURNS SETOF record
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
BEGIN ATOMIC
	WITH old AS (
		SELECT c.*, CASE WHEN c.signal IS NULL THEN concat('rest ', c.axis, ' ', c.category) ELSE concat('signal ', c.signal) END AS key
		FROM clientele.contributions(old_sheet) AS c
	), new AS (
		SELECT c.*, CASE WHEN c.signal IS NULL THEN concat('rest ', c.axis, ' ', c.category) ELSE concat('signal ', c.signal) END AS key
		FROM clientele.contributions(new_sheet) AS c
	)
	SELECT coalesce(new.signal, old.signal), CASE WHEN new.key IS NULL THEN old.category ELSE new.category END, coalesce(new.axis, old.axis),
		coalesce(old.points, 0), coalesce(new.points, 0), coalesce(new.points, 0) - coalesce(old.points, 0),
		CASE
			WHEN coalesce(new.signal, old.signal) IS NULL THEN CASE
				WHEN coalesce(new.category, old.category) IS NOT NULL THEN 'cap or floor of the category'
				WHEN coalesce(new.axis, old.axis) IS NOT NULL THEN 'cap or floor of the axis'
				ELSE 'base, cap or floor of the total' END
			WHEN old.key IS NULL THEN 'not counted before'
			WHEN new.key IS NULL THEN 'no longer counted'
			WHEN old.raw_points <> new.raw_points AND old.times <> new.times THEN format('%s rows instead of %s', new.times, old.times)
			WHEN old.raw_points <> new.raw_points THEN format('its rows give %s instead of %s', new.raw_points, old.raw_points)
			WHEN old.signal_points <> new.signal_points THEN 'its own cap or floor'
			ELSE 'cap or floor of its category, its axis or the total' END
	FROM old FULL JOIN new ON old.key = new.key
	WHERE coalesce(old.points, 0) <> coalesce(new.points, 0)
	ORDER BY abs(coalesce(new.points, 0) - coalesce(old.points, 0)) DESC, 1, 3, 2;
END;
COMMENT ON FUNCTION clientele.score_changes(clientele.score_sheet, clientele.score_sheet) IS
'Why the points of two sheets differ: of two days, or of two cards. A row for each signal whose contribution changed, the largest change first; a row without a signal is what no signal accounts for. The changes sum to the difference of the points, exactly.';

CREATE FUNCTION clientele.score_changes(
	old_card clientele.scorecard, new_card clientele.scorecard, signals text,
	as_of timestamptz DEFAULT clientele.as_of(), everyone boolean DEFAULT false, most_reasons integer DEFAULT 3,
	OUT lead_id text, OUT old_points numeric, OUT new_points numeric, OUT change numeric,
	OUT old_band text, OUT new_band text, OUT old_grade text, OUT new_grade text,
	OUT vetoes_gained text[], OUT vetoes_lost text[], OUT reasons text[]
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_score_changes'
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 1000000 ROWS 1000;
COMMENT ON FUNCTION clientele.score_changes(clientele.scorecard, clientele.scorecard, text, timestamptz, boolean, integer) IS
'Who moves, and why, if a new card takes the place of an old one: both score the same rows as of the same moment. signals: the name of a table or view, or one SELECT, with the columns lead_id, signal, value (numbers, or anything else as text) and occurred_at. A row for each lead whose points, band, grade or vetoes change (with everyone: for each lead), the largest change first, with the largest reasons in words. Errors: 42P01, 42703 and 22023 for signals that are no such rows.';
