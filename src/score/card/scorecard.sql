-- Type scorecard: the rules of a lead score.
CREATE TYPE clientele.scorecard;

CREATE FUNCTION clientele.scorecard_in(cstring) RETURNS clientele.scorecard
	AS 'MODULE_PATHNAME', 'clientele_scorecard_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.scorecard_in(cstring) IS
'Input of scorecard: JSON text.';

CREATE FUNCTION clientele.scorecard_out(clientele.scorecard) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_scorecard_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.scorecard_out(clientele.scorecard) IS
'Output of scorecard: canonical JSON text.';

CREATE FUNCTION clientele.scorecard_recv(internal) RETURNS clientele.scorecard
	AS 'MODULE_PATHNAME', 'clientele_scorecard_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.scorecard_recv(internal) IS
'Binary input of scorecard: a byte, the version of the format, and JSON text.';

CREATE FUNCTION clientele.scorecard_send(clientele.scorecard) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_scorecard_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.scorecard_send(clientele.scorecard) IS
'Binary output of scorecard.';

CREATE TYPE clientele.scorecard (
	INPUT = clientele.scorecard_in,
	OUTPUT = clientele.scorecard_out,
	RECEIVE = clientele.scorecard_recv,
	SEND = clientele.scorecard_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.scorecard IS
'The rules of a lead score, checked once and compiled. Reads and writes JSON; {"name": "prospects", "signals": {"visit": {"points": 1, "half_life": "30 days", "cap": 10}}} is enough. Keys: name; version (1); segment; base (points that everyone has); signals (1 to 10,000); categories, {"web": {"cap": 40, "floor": -10, "axis": "engagement"}}; axes, {"fit": {"cap": 100, "floor": 0}, "engagement": {}}; total, {"cap": 100, "floor": 0}; vetoes; bands, {"hot": 80, "cold": 0}, each from its points on; grade, {"fit": [70, 40], "engagement": [70, 40]}, descending cuts, at most 8 an axis: A1 is the best. A signal has exactly one of points (of a row), points_per_unit (of its value), bins ([{"from": 0, "to": 10, "points": 3}, ...], from <= value < to, ascending) and choices ({"software": 20}, by text); otherwise (points of a value in no bin or choice, 0); missing (points without any row, 0); at most one of half_life, window and linear_decay, a number and a unit from second to year (a month 30.4375, a year 365.25 days), 1 second to 1000 years; repeat, "every time", "once" (the latest) or "once a day" (UTC); cap and floor; category; axis, "fit" or "engagement" (the category''s, else engagement). A veto has a name, what it looks at (signal and of: "value", "times", "days since" or "points"; without a signal of: "fit points", "engagement points" or "points"), exactly one of below, at_most, above, at_least, any_of, none_of, and if_missing (whether it holds without a row). Numbers are at most 1e9 from 0; names 1 to 200 bytes; at most 1,000 categories, 1,000 bins or choices a signal, 64 vetoes, 32 bands. Errors 22P02, 22023, 22003 and 54000 name the path. The text that comes out is canonical: what is as it would be without is left out, and equal cards have equal texts.';

CREATE FUNCTION clientele.scorecard(card jsonb) RETURNS clientele.scorecard
	AS 'MODULE_PATHNAME', 'clientele_scorecard_from_jsonb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.scorecard(jsonb) IS
'A scorecard from jsonb; errors as from text. jsonb keeps the last of two equal keys: text is checked more closely.';

CREATE FUNCTION clientele.jsonb(card clientele.scorecard) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'clientele_scorecard_to_jsonb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.jsonb(clientele.scorecard) IS
'A scorecard as jsonb: its canonical JSON.';

CREATE CAST (jsonb AS clientele.scorecard) WITH FUNCTION clientele.scorecard(jsonb) AS ASSIGNMENT;
COMMENT ON CAST (jsonb AS clientele.scorecard) IS 'A scorecard from jsonb; errors as from text.';
CREATE CAST (clientele.scorecard AS jsonb) WITH FUNCTION clientele.jsonb(clientele.scorecard) AS ASSIGNMENT;
COMMENT ON CAST (clientele.scorecard AS jsonb) IS 'A scorecard as jsonb: its canonical JSON.';

CREATE FUNCTION clientele.name(card clientele.scorecard) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_scorecard_name'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.name(clientele.scorecard) IS
'The name of a scorecard.';

CREATE FUNCTION clientele.version(card clientele.scorecard) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_scorecard_version'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.version(clientele.scorecard) IS
'The version of a scorecard, 1 or more.';

CREATE FUNCTION clientele.segment(card clientele.scorecard) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_scorecard_segment'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.segment(clientele.scorecard) IS
'The segment of leads that a scorecard is for; NULL if it does not say.';

CREATE FUNCTION clientele.with_version(card clientele.scorecard, version integer) RETURNS clientele.scorecard
	AS 'MODULE_PATHNAME', 'clientele_with_version'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.with_version(clientele.scorecard, integer) IS
'The scorecard with another version, 1 or more; error 22003 otherwise.';

CREATE FUNCTION clientele.signals(card clientele.scorecard) RETURNS TABLE (signal text, kind text, points float8, decay text, span interval, repeat text, category text, axis text, cap float8, floor float8)
	AS 'MODULE_PATHNAME', 'clientele_signals'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	ROWS 20;
COMMENT ON FUNCTION clientele.signals(clientele.scorecard) IS
'The signals of a scorecard, a row each, by the bytes of their names: how a row becomes points (kind points, points_per_unit, bins or choices; points of a row or of a unit, NULL for bins and choices), how they fade (decay half_life, window or linear_decay over a span of days and time; NULL: they do not), which rows count (repeat), category (NULL: none), axis, cap and floor (NULL: none). The whole rules are in jsonb(scorecard).';

CREATE FUNCTION clientele.scorecard_eq(clientele.scorecard, clientele.scorecard) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_scorecard_eq'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.scorecard_eq(clientele.scorecard, clientele.scorecard) IS
'The same rules: the same canonical text.';

CREATE FUNCTION clientele.scorecard_ne(clientele.scorecard, clientele.scorecard) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_scorecard_ne'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.scorecard_ne(clientele.scorecard, clientele.scorecard) IS
'Different rules: different canonical texts.';

CREATE FUNCTION clientele.scorecard_lt(clientele.scorecard, clientele.scorecard) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_scorecard_lt'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.scorecard_lt(clientele.scorecard, clientele.scorecard) IS
'Before, by the bytes of the canonical text.';

CREATE FUNCTION clientele.scorecard_le(clientele.scorecard, clientele.scorecard) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_scorecard_le'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.scorecard_le(clientele.scorecard, clientele.scorecard) IS
'Before or the same, by the bytes of the canonical text.';

CREATE FUNCTION clientele.scorecard_gt(clientele.scorecard, clientele.scorecard) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_scorecard_gt'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.scorecard_gt(clientele.scorecard, clientele.scorecard) IS
'After, by the bytes of the canonical text.';

CREATE FUNCTION clientele.scorecard_ge(clientele.scorecard, clientele.scorecard) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_scorecard_ge'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.scorecard_ge(clientele.scorecard, clientele.scorecard) IS
'After or the same, by the bytes of the canonical text.';

CREATE FUNCTION clientele.scorecard_cmp(clientele.scorecard, clientele.scorecard) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_scorecard_cmp'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.scorecard_cmp(clientele.scorecard, clientele.scorecard) IS
'Order of scorecards, by the bytes of their canonical texts: -1, 0 or 1.';

CREATE FUNCTION clientele.scorecard_hash(clientele.scorecard) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_scorecard_hash'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.scorecard_hash(clientele.scorecard) IS
'Hash of 32 bits; equal scorecards hash alike.';

CREATE FUNCTION clientele.scorecard_hash_extended(clientele.scorecard, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_scorecard_hash_extended'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.scorecard_hash_extended(clientele.scorecard, bigint) IS
'Hash of 64 bits with a seed; equal scorecards hash alike.';

CREATE OPERATOR clientele.= (
	LEFTARG = clientele.scorecard, RIGHTARG = clientele.scorecard,
	FUNCTION = clientele.scorecard_eq,
	COMMUTATOR = OPERATOR(clientele.=), NEGATOR = OPERATOR(clientele.<>),
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR clientele.= (clientele.scorecard, clientele.scorecard) IS 'The same rules: the same canonical text.';

CREATE OPERATOR clientele.<> (
	LEFTARG = clientele.scorecard, RIGHTARG = clientele.scorecard,
	FUNCTION = clientele.scorecard_ne,
	COMMUTATOR = OPERATOR(clientele.<>), NEGATOR = OPERATOR(clientele.=),
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR clientele.<> (clientele.scorecard, clientele.scorecard) IS 'Different rules: different canonical texts.';

CREATE OPERATOR clientele.< (
	LEFTARG = clientele.scorecard, RIGHTARG = clientele.scorecard,
	FUNCTION = clientele.scorecard_lt,
	COMMUTATOR = OPERATOR(clientele.>), NEGATOR = OPERATOR(clientele.>=),
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR clientele.< (clientele.scorecard, clientele.scorecard) IS 'Before, by the bytes of the canonical text.';

CREATE OPERATOR clientele.<= (
	LEFTARG = clientele.scorecard, RIGHTARG = clientele.scorecard,
	FUNCTION = clientele.scorecard_le,
	COMMUTATOR = OPERATOR(clientele.>=), NEGATOR = OPERATOR(clientele.>),
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR clientele.<= (clientele.scorecard, clientele.scorecard) IS 'Before or the same, by the bytes of the canonical text.';

CREATE OPERATOR clientele.> (
	LEFTARG = clientele.scorecard, RIGHTARG = clientele.scorecard,
	FUNCTION = clientele.scorecard_gt,
	COMMUTATOR = OPERATOR(clientele.<), NEGATOR = OPERATOR(clientele.<=),
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR clientele.> (clientele.scorecard, clientele.scorecard) IS 'After, by the bytes of the canonical text.';

CREATE OPERATOR clientele.>= (
	LEFTARG = clientele.scorecard, RIGHTARG = clientele.scorecard,
	FUNCTION = clientele.scorecard_ge,
	COMMUTATOR = OPERATOR(clientele.<=), NEGATOR = OPERATOR(clientele.<),
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR clientele.>= (clientele.scorecard, clientele.scorecard) IS 'After or the same, by the bytes of the canonical text.';

CREATE OPERATOR FAMILY clientele.scorecard_btree_ops USING btree;
COMMENT ON OPERATOR FAMILY clientele.scorecard_btree_ops USING btree IS 'Order of scorecard.';
CREATE OPERATOR CLASS clientele.scorecard_btree_ops DEFAULT FOR TYPE clientele.scorecard
	USING btree FAMILY clientele.scorecard_btree_ops AS
	OPERATOR 1 clientele.<, OPERATOR 2 clientele.<=, OPERATOR 3 clientele.=,
	OPERATOR 4 clientele.>=, OPERATOR 5 clientele.>,
	FUNCTION 1 clientele.scorecard_cmp(clientele.scorecard, clientele.scorecard);
COMMENT ON OPERATOR CLASS clientele.scorecard_btree_ops USING btree IS
'Order of scorecard: by the bytes of the canonical text.';

CREATE OPERATOR FAMILY clientele.scorecard_hash_ops USING hash;
COMMENT ON OPERATOR FAMILY clientele.scorecard_hash_ops USING hash IS 'Equality of scorecard.';
CREATE OPERATOR CLASS clientele.scorecard_hash_ops DEFAULT FOR TYPE clientele.scorecard
	USING hash FAMILY clientele.scorecard_hash_ops AS
	OPERATOR 1 clientele.=,
	FUNCTION 1 clientele.scorecard_hash(clientele.scorecard),
	FUNCTION 2 clientele.scorecard_hash_extended(clientele.scorecard, bigint);
COMMENT ON OPERATOR CLASS clientele.scorecard_hash_ops USING hash IS 'Equality of scorecard: the same rules.';
