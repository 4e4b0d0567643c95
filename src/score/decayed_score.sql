-- Type decayed_score: points that fade by half every half-life.
CREATE TYPE clientele.decayed_score;

CREATE FUNCTION clientele.decayed_score_in(cstring) RETURNS clientele.decayed_score
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.decayed_score_in(cstring) IS
'Text input of type decayed_score.';

CREATE FUNCTION clientele.decayed_score_out(clientele.decayed_score) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.decayed_score_out(clientele.decayed_score) IS
'Text output of type decayed_score: every number in its shortest exact form.';

CREATE FUNCTION clientele.decayed_score_recv(internal) RETURNS clientele.decayed_score
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.decayed_score_recv(internal) IS
'Binary input of type decayed_score.';

CREATE FUNCTION clientele.decayed_score_send(clientele.decayed_score) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.decayed_score_send(clientele.decayed_score) IS
'Binary output of type decayed_score.';

CREATE TYPE clientele.decayed_score (
	INPUT = clientele.decayed_score_in,
	OUTPUT = clientele.decayed_score_out,
	RECEIVE = clientele.decayed_score_recv,
	SEND = clientele.decayed_score_send,
	INTERNALLENGTH = 40,
	ALIGNMENT = double,
	STORAGE = plain
);
COMMENT ON TYPE clientele.decayed_score IS
'An exponentially decaying sum of points: points given at t are worth points * 2^(-(as_of - t) / half_life). Kept as a number at a fixed origin in time, so that nothing is rewritten as time goes by and the order of two scores of one half-life is the same at any time: a btree index on a column of them gives the hottest leads at any moment. Text (mantissa,exponent,half_life,last[,rest[,skipped]]): the value at 2000-01-01 UTC is (mantissa + rest) * 2^exponent; half_life and the latest event in microseconds. points(score, as_of) shows what it is worth. 40 bytes.';

CREATE FUNCTION clientele.decayed_score_add(clientele.decayed_score, float8, timestamptz, interval) RETURNS clientele.decayed_score
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.decayed_score_add(clientele.decayed_score, float8, timestamptz, interval) IS
'Transition function of the aggregate decayed_score: the score with one event more.';

CREATE FUNCTION clientele.decayed_score_plus(clientele.decayed_score, clientele.decayed_score) RETURNS clientele.decayed_score
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_plus'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.decayed_score_plus(clientele.decayed_score, clientele.decayed_score) IS
'Implementation of operator +, and combine function of the aggregates decayed_score.';

CREATE FUNCTION clientele.decayed_score_negate(clientele.decayed_score) RETURNS clientele.decayed_score
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_negate'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.decayed_score_negate(clientele.decayed_score) IS
'Implementation of the operator - before a score.';

CREATE AGGREGATE clientele.decayed_score(points float8, occurred_at timestamptz, half_life interval) (
	SFUNC = clientele.decayed_score_add,
	STYPE = clientele.decayed_score,
	SSPACE = 40,
	COMBINEFUNC = clientele.decayed_score_plus,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.decayed_score(float8, timestamptz, interval) IS
'The decaying score of events: sum of points * 2^(-(as_of - occurred_at) / half_life) at every later as_of. Points may be negative. NULL without events. Events with NULL, NaN or infinite points or a NULL or infinite time are skipped and counted, see skipped(); rows in which points and time are both NULL (an outer join) are ignored. Errors: 22023 for a half-life that is not between a second and 1000 years, or not the same in all events of a score; 22004 where it is NULL. A month counts as 30.4375 days. The order of events shows at most in the 23rd digit.';

CREATE AGGREGATE clientele.decayed_score(clientele.decayed_score) (
	SFUNC = clientele.decayed_score_plus,
	STYPE = clientele.decayed_score,
	SSPACE = 40,
	COMBINEFUNC = clientele.decayed_score_plus,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.decayed_score(clientele.decayed_score) IS
'The sum of scores of one half-life, such as those of single days or of the contacts of an account. NULL scores are ignored. Errors: 22023 for different half-lives.';

CREATE FUNCTION clientele.decayed_points(points float8, occurred_at timestamptz, half_life interval) RETURNS clientele.decayed_score
	AS 'MODULE_PATHNAME', 'clientele_decayed_points'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.decayed_points(float8, timestamptz, interval) IS
'The score of one event, to be added to a stored one: SET score = score + decayed_points(5, now(), ''30 days''). Errors: 22003 for points that are not finite, 22008 for an infinite time, 22023 for a half-life that is not between a second and 1000 years.';

CREATE FUNCTION clientele.points(score clientele.decayed_score, as_of timestamptz DEFAULT clientele.as_of()) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_points'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.points(clientele.decayed_score, timestamptz) IS
'What the score is worth at a moment, by default that of the setting clientele.as_of, or now: relative error below 1e-12. Errors: 22023 for a moment before its latest event, as a score does not know the past: build it from the events up to then; 22003 where it exceeds float8.';

CREATE FUNCTION clientele.half_life(clientele.decayed_score) RETURNS interval
	AS 'MODULE_PATHNAME', 'clientele_half_life'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.half_life(clientele.decayed_score) IS
'The half-life of the score, in days and parts of a day.';

CREATE FUNCTION clientele.last_event(clientele.decayed_score) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'clientele_last_event'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.last_event(clientele.decayed_score) IS
'The time of the latest event in the score; NULL if it has none.';

CREATE FUNCTION clientele.skipped(clientele.decayed_score) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_skipped'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.skipped(clientele.decayed_score) IS
'Events that could not be used: NULL, NaN or infinite points, or a NULL or infinite time.';

CREATE FUNCTION clientele.decayed_score_eq(clientele.decayed_score, clientele.decayed_score) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_eq'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.decayed_score_eq(clientele.decayed_score, clientele.decayed_score) IS
'Implementation of operator =.';

CREATE FUNCTION clientele.decayed_score_ne(clientele.decayed_score, clientele.decayed_score) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_ne'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.decayed_score_ne(clientele.decayed_score, clientele.decayed_score) IS
'Implementation of operator <>.';

CREATE FUNCTION clientele.decayed_score_lt(clientele.decayed_score, clientele.decayed_score) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_lt'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.decayed_score_lt(clientele.decayed_score, clientele.decayed_score) IS
'Implementation of operator <.';

CREATE FUNCTION clientele.decayed_score_le(clientele.decayed_score, clientele.decayed_score) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_le'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.decayed_score_le(clientele.decayed_score, clientele.decayed_score) IS
'Implementation of operator <=.';

CREATE FUNCTION clientele.decayed_score_gt(clientele.decayed_score, clientele.decayed_score) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_gt'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.decayed_score_gt(clientele.decayed_score, clientele.decayed_score) IS
'Implementation of operator >.';

CREATE FUNCTION clientele.decayed_score_ge(clientele.decayed_score, clientele.decayed_score) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_ge'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.decayed_score_ge(clientele.decayed_score, clientele.decayed_score) IS
'Implementation of operator >=.';

CREATE FUNCTION clientele.decayed_score_cmp(clientele.decayed_score, clientele.decayed_score) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_cmp'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.decayed_score_cmp(clientele.decayed_score, clientele.decayed_score) IS
'Order of two scores: negative, zero or positive. Error 22023 for different half-lives.';

CREATE FUNCTION clientele.decayed_score_hash(clientele.decayed_score) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_hash'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.decayed_score_hash(clientele.decayed_score) IS 'Hash of 32 bits; equal scores hash alike.';

CREATE FUNCTION clientele.decayed_score_hash_extended(clientele.decayed_score, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_decayed_score_hash_extended'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.decayed_score_hash_extended(clientele.decayed_score, bigint) IS 'Hash of 64 bits with a seed; equal scores hash alike.';

CREATE OPERATOR clientele.+ (
	LEFTARG = clientele.decayed_score, RIGHTARG = clientele.decayed_score,
	FUNCTION = clientele.decayed_score_plus,
	COMMUTATOR = OPERATOR(clientele.+)
);
COMMENT ON OPERATOR clientele.+ (clientele.decayed_score, clientele.decayed_score) IS 'The score of all events of both.';

CREATE OPERATOR clientele.- (
	RIGHTARG = clientele.decayed_score,
	FUNCTION = clientele.decayed_score_negate
);
COMMENT ON OPERATOR clientele.- (NONE, clientele.decayed_score) IS 'The score with the other sign, which takes it back when it is added.';

CREATE OPERATOR clientele.= (
	LEFTARG = clientele.decayed_score, RIGHTARG = clientele.decayed_score,
	FUNCTION = clientele.decayed_score_eq,
	COMMUTATOR = OPERATOR(clientele.=), NEGATOR = OPERATOR(clientele.<>),
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR clientele.= (clientele.decayed_score, clientele.decayed_score) IS 'As hot as: by points, at any time the same. Error 22023 for different half-lives.';

CREATE OPERATOR clientele.<> (
	LEFTARG = clientele.decayed_score, RIGHTARG = clientele.decayed_score,
	FUNCTION = clientele.decayed_score_ne,
	COMMUTATOR = OPERATOR(clientele.<>), NEGATOR = OPERATOR(clientele.=),
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR clientele.<> (clientele.decayed_score, clientele.decayed_score) IS 'Not as hot as: by points, at any time the same. Error 22023 for different half-lives.';

CREATE OPERATOR clientele.< (
	LEFTARG = clientele.decayed_score, RIGHTARG = clientele.decayed_score,
	FUNCTION = clientele.decayed_score_lt,
	COMMUTATOR = OPERATOR(clientele.>), NEGATOR = OPERATOR(clientele.>=),
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR clientele.< (clientele.decayed_score, clientele.decayed_score) IS 'Colder than: by points, at any time the same. Error 22023 for different half-lives.';

CREATE OPERATOR clientele.<= (
	LEFTARG = clientele.decayed_score, RIGHTARG = clientele.decayed_score,
	FUNCTION = clientele.decayed_score_le,
	COMMUTATOR = OPERATOR(clientele.>=), NEGATOR = OPERATOR(clientele.>),
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR clientele.<= (clientele.decayed_score, clientele.decayed_score) IS 'Colder than or as hot as: by points, at any time the same. Error 22023 for different half-lives.';

CREATE OPERATOR clientele.> (
	LEFTARG = clientele.decayed_score, RIGHTARG = clientele.decayed_score,
	FUNCTION = clientele.decayed_score_gt,
	COMMUTATOR = OPERATOR(clientele.<), NEGATOR = OPERATOR(clientele.<=),
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR clientele.> (clientele.decayed_score, clientele.decayed_score) IS 'Hotter than: by points, at any time the same. Error 22023 for different half-lives.';

CREATE OPERATOR clientele.>= (
	LEFTARG = clientele.decayed_score, RIGHTARG = clientele.decayed_score,
	FUNCTION = clientele.decayed_score_ge,
	COMMUTATOR = OPERATOR(clientele.<=), NEGATOR = OPERATOR(clientele.<),
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR clientele.>= (clientele.decayed_score, clientele.decayed_score) IS 'Hotter than or as hot as: by points, at any time the same. Error 22023 for different half-lives.';

CREATE OPERATOR FAMILY clientele.decayed_score_btree_ops USING btree;
COMMENT ON OPERATOR FAMILY clientele.decayed_score_btree_ops USING btree IS 'Order of decayed_score.';
CREATE OPERATOR CLASS clientele.decayed_score_btree_ops DEFAULT FOR TYPE clientele.decayed_score
	USING btree FAMILY clientele.decayed_score_btree_ops AS
	OPERATOR 1 clientele.<, OPERATOR 2 clientele.<=, OPERATOR 3 clientele.=,
	OPERATOR 4 clientele.>=, OPERATOR 5 clientele.>,
	FUNCTION 1 clientele.decayed_score_cmp(clientele.decayed_score, clientele.decayed_score);
COMMENT ON OPERATOR CLASS clientele.decayed_score_btree_ops USING btree IS
'Order of decayed_score: by points, at any time the same. All scores of an index have one half-life.';

CREATE OPERATOR FAMILY clientele.decayed_score_hash_ops USING hash;
COMMENT ON OPERATOR FAMILY clientele.decayed_score_hash_ops USING hash IS 'Equality of decayed_score.';
CREATE OPERATOR CLASS clientele.decayed_score_hash_ops DEFAULT FOR TYPE clientele.decayed_score
	USING hash FAMILY clientele.decayed_score_hash_ops AS
	OPERATOR 1 clientele.=,
	FUNCTION 1 clientele.decayed_score_hash(clientele.decayed_score),
	FUNCTION 2 clientele.decayed_score_hash_extended(clientele.decayed_score, bigint);
COMMENT ON OPERATOR CLASS clientele.decayed_score_hash_ops USING hash IS 'Equality of decayed_score: the same points at any time.';
