-- Type outcome_counts: how many were won and lost at each level.
CREATE TYPE clientele.outcome_counts;

CREATE FUNCTION clientele.outcome_counts_in(cstring) RETURNS clientele.outcome_counts
	AS 'MODULE_PATHNAME', 'clientele_outcome_counts_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.outcome_counts_in(cstring) IS 'Input of outcome_counts: text.';

CREATE FUNCTION clientele.outcome_counts_out(clientele.outcome_counts) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_outcome_counts_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.outcome_counts_out(clientele.outcome_counts) IS 'Output of outcome_counts: text.';

CREATE FUNCTION clientele.outcome_counts_recv(internal) RETURNS clientele.outcome_counts
	AS 'MODULE_PATHNAME', 'clientele_outcome_counts_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.outcome_counts_recv(internal) IS 'Binary input of outcome_counts; levels are in the encoding of the database.';

CREATE FUNCTION clientele.outcome_counts_send(clientele.outcome_counts) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_outcome_counts_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.outcome_counts_send(clientele.outcome_counts) IS 'Binary output of outcome_counts.';

CREATE TYPE clientele.outcome_counts (
	INPUT = clientele.outcome_counts_in,
	OUTPUT = clientele.outcome_counts_out,
	RECEIVE = clientele.outcome_counts_recv,
	SEND = clientele.outcome_counts_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.outcome_counts IS
'How many were won and lost at each level of a feature (source, industry, a bin of a number), the fact behind weight_of_evidence() and information_value(), and how many rows were skipped. It can be stored, and merged by the aggregate outcome_counts or by +. Reads and writes {"cold": 20:240, "web": 60:140, null: 1:2} skipped 3: levels ascending by bytes, the missing one last, won:lost. Counts are exact: sums of weights rounded to 1e-18. Levels of at most 1000 bytes; at most 480 million bytes.';

CREATE FUNCTION clientele.outcome_counts_add(clientele.outcome_counts, text, boolean) RETURNS clientele.outcome_counts
	AS 'MODULE_PATHNAME', 'clientele_outcome_counts_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.outcome_counts_add(clientele.outcome_counts, text, boolean) IS
'Transition function of the aggregate outcome_counts(level, outcome).';

CREATE FUNCTION clientele.outcome_counts_add(clientele.outcome_counts, text, boolean, float8) RETURNS clientele.outcome_counts
	AS 'MODULE_PATHNAME', 'clientele_outcome_counts_add_weight'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.outcome_counts_add(clientele.outcome_counts, text, boolean, float8) IS
'Transition function of the aggregate outcome_counts(level, outcome, weight).';

CREATE FUNCTION clientele.outcome_counts_add(clientele.outcome_counts, text[], boolean) RETURNS clientele.outcome_counts
	AS 'MODULE_PATHNAME', 'clientele_outcome_counts_add_set'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 3;
COMMENT ON FUNCTION clientele.outcome_counts_add(clientele.outcome_counts, text[], boolean) IS
'Transition function of the aggregate outcome_counts(elements, outcome).';

CREATE FUNCTION clientele.outcome_counts_add(clientele.outcome_counts, text[], boolean, float8) RETURNS clientele.outcome_counts
	AS 'MODULE_PATHNAME', 'clientele_outcome_counts_add_set_weight'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 3;
COMMENT ON FUNCTION clientele.outcome_counts_add(clientele.outcome_counts, text[], boolean, float8) IS
'Transition function of the aggregate outcome_counts(elements, outcome, weight).';

CREATE FUNCTION clientele.outcome_counts_union(clientele.outcome_counts, clientele.outcome_counts) RETURNS clientele.outcome_counts
	AS 'MODULE_PATHNAME', 'clientele_outcome_counts_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.outcome_counts_union(clientele.outcome_counts, clientele.outcome_counts) IS
'The counts of both, added level by level. Error 22003 for a count beyond 2^63.';

CREATE FUNCTION clientele.outcome_counts_final(clientele.outcome_counts) RETURNS clientele.outcome_counts
	AS 'MODULE_PATHNAME', 'clientele_outcome_counts_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.outcome_counts_final(clientele.outcome_counts) IS
'Final function of the aggregates outcome_counts: the state with its levels in order, without spare room; empty without rows.';

CREATE AGGREGATE clientele.outcome_counts(level text, outcome boolean) (
	SFUNC = clientele.outcome_counts_add,
	STYPE = clientele.outcome_counts,
	SSPACE = 1024,
	FINALFUNC = clientele.outcome_counts_final,
	COMBINEFUNC = clientele.outcome_counts_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.outcome_counts(text, boolean) IS
'How many were won (outcome true) and lost (false) at each level. A level that is NULL (missing) is a level of its own. Rows whose outcome is NULL, and levels of more than 1000 bytes, are skipped and counted. Empty without rows. For a number, count its bins: outcome_counts(width_bucket(value, edges)::text, outcome), the edges from evidence_edges(). Error 54000 beyond 480 million bytes of levels.';

CREATE AGGREGATE clientele.outcome_counts(level text, outcome boolean, weight float8) (
	SFUNC = clientele.outcome_counts_add,
	STYPE = clientele.outcome_counts,
	SSPACE = 1024,
	FINALFUNC = clientele.outcome_counts_final,
	COMBINEFUNC = clientele.outcome_counts_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.outcome_counts(text, boolean, float8) IS
'The same, where a row stands for as many as its weight says, rounded to 1e-18. Rows whose weight is NULL, NaN, negative or beyond 1e15 are skipped and counted; a weight of 0 leaves no trace.';

CREATE AGGREGATE clientele.outcome_counts(elements text[], outcome boolean) (
	SFUNC = clientele.outcome_counts_add,
	STYPE = clientele.outcome_counts,
	SSPACE = 1024,
	FINALFUNC = clientele.outcome_counts_final,
	COMBINEFUNC = clientele.outcome_counts_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.outcome_counts(text[], boolean) IS
'How many were won and lost with each element of a set (tags, stages passed): each distinct element of the array counts once, elements that are NULL do not. An array that is NULL counts at the level NULL, an empty one nowhere; rows whose outcome is NULL, or with an element of more than 1000 bytes, are skipped and counted.';

CREATE AGGREGATE clientele.outcome_counts(elements text[], outcome boolean, weight float8) (
	SFUNC = clientele.outcome_counts_add,
	STYPE = clientele.outcome_counts,
	SSPACE = 1024,
	FINALFUNC = clientele.outcome_counts_final,
	COMBINEFUNC = clientele.outcome_counts_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.outcome_counts(text[], boolean, float8) IS
'The same for elements of a set, where a row stands for as many as its weight says, rounded to 1e-18. Rows whose weight is NULL, NaN, negative or beyond 1e15 are skipped and counted; a weight of 0 leaves no trace.';

CREATE AGGREGATE clientele.outcome_counts(counts clientele.outcome_counts) (
	SFUNC = clientele.outcome_counts_union,
	STYPE = clientele.outcome_counts,
	SSPACE = 1024,
	FINALFUNC = clientele.outcome_counts_final,
	COMBINEFUNC = clientele.outcome_counts_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.outcome_counts(clientele.outcome_counts) IS
'The counts of all, added level by level: a union of facts by day, region or shard.';

CREATE OPERATOR clientele.+ (
	LEFTARG = clientele.outcome_counts,
	RIGHTARG = clientele.outcome_counts,
	FUNCTION = clientele.outcome_counts_union,
	COMMUTATOR = OPERATOR(clientele.+)
);
COMMENT ON OPERATOR clientele.+ (clientele.outcome_counts, clientele.outcome_counts) IS
'The counts of both, added level by level.';

CREATE FUNCTION clientele.won(clientele.outcome_counts) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_outcome_counts_won'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.won(clientele.outcome_counts) IS
'How many were won at all levels, a sum of weights.';

CREATE FUNCTION clientele.lost(clientele.outcome_counts) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_outcome_counts_lost'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.lost(clientele.outcome_counts) IS
'How many were lost at all levels, a sum of weights.';

CREATE FUNCTION clientele.skipped(clientele.outcome_counts) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_outcome_counts_skipped'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.skipped(clientele.outcome_counts) IS
'Number of rows that could not be counted: no outcome, a weight that is none, or a level that is too long.';
