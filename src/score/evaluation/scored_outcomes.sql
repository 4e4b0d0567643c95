-- Type scored_outcomes: scores and what became of them.
CREATE TYPE clientele.scored_outcomes;

CREATE FUNCTION clientele.scored_outcomes_in(cstring) RETURNS clientele.scored_outcomes
	AS 'MODULE_PATHNAME', 'clientele_scored_outcomes_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.scored_outcomes_in(cstring) IS 'Input of scored_outcomes: text.';

CREATE FUNCTION clientele.scored_outcomes_out(clientele.scored_outcomes) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_scored_outcomes_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.scored_outcomes_out(clientele.scored_outcomes) IS 'Output of scored_outcomes: text.';

CREATE FUNCTION clientele.scored_outcomes_recv(internal) RETURNS clientele.scored_outcomes
	AS 'MODULE_PATHNAME', 'clientele_scored_outcomes_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.scored_outcomes_recv(internal) IS 'Binary input of scored_outcomes.';

CREATE FUNCTION clientele.scored_outcomes_send(clientele.scored_outcomes) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_scored_outcomes_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.scored_outcomes_send(clientele.scored_outcomes) IS 'Binary output of scored_outcomes.';

CREATE TYPE clientele.scored_outcomes (
	INPUT = clientele.scored_outcomes_in,
	OUTPUT = clientele.scored_outcomes_out,
	RECEIVE = clientele.scored_outcomes_recv,
	SEND = clientele.scored_outcomes_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.scored_outcomes IS
'Scores and what became of them: of each score how many cases had it and how many of them were won, and how many rows were skipped. Every measure of a score is read from it: auc(), average_precision(), brier(), log_loss(), ks(), lift(), gains(), thresholds(), calibration. It can be stored, and merged by the aggregate scored_outcomes. Reads and writes {0.2:0/3,0.7:2/5} skipped 3: a score, how many were won of how many; scores may be Infinity or -Infinity. At most 67 million scores (each outcome of a score counts as one) and 2^53 cases.';

CREATE FUNCTION clientele.scored_outcomes_add(clientele.scored_outcomes, float8, boolean) RETURNS clientele.scored_outcomes
	AS 'MODULE_PATHNAME', 'clientele_scored_outcomes_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.scored_outcomes_add(clientele.scored_outcomes, float8, boolean) IS
'Transition function of the aggregate scored_outcomes(score, outcome) and of the measures of a score.';

CREATE FUNCTION clientele.scored_outcomes_union(clientele.scored_outcomes, clientele.scored_outcomes) RETURNS clientele.scored_outcomes
	AS 'MODULE_PATHNAME', 'clientele_scored_outcomes_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.scored_outcomes_union(clientele.scored_outcomes, clientele.scored_outcomes) IS
'The cases of both. Each case is to be in one of them only.';

CREATE FUNCTION clientele.scored_outcomes_final(clientele.scored_outcomes) RETURNS clientele.scored_outcomes
	AS 'MODULE_PATHNAME', 'clientele_scored_outcomes_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.scored_outcomes_final(clientele.scored_outcomes) IS
'Final function of the aggregates scored_outcomes: the state sorted and added up, without spare room; empty without rows.';

CREATE AGGREGATE clientele.scored_outcomes(score float8, outcome boolean) (
	SFUNC = clientele.scored_outcomes_add,
	STYPE = clientele.scored_outcomes,
	SSPACE = 1024,
	FINALFUNC = clientele.scored_outcomes_final,
	COMBINEFUNC = clientele.scored_outcomes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.scored_outcomes(float8, boolean) IS
'Scores (points, or probabilities) and what became of them, true for won, to be kept and asked: auc(), average_precision(), brier(), log_loss(), ks(), gini(), lift(), gains(), thresholds() and the calibrations. Rows whose score is NULL or NaN or whose outcome is NULL are skipped and counted; an infinite score has its place at an end. Empty without rows. In any order of rows and however they are divided among workers the same bytes. Error 54000 beyond 67 million scores.';

CREATE AGGREGATE clientele.scored_outcomes(outcomes clientele.scored_outcomes) (
	SFUNC = clientele.scored_outcomes_union,
	STYPE = clientele.scored_outcomes,
	SSPACE = 1024,
	FINALFUNC = clientele.scored_outcomes_final,
	COMBINEFUNC = clientele.scored_outcomes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.scored_outcomes(clientele.scored_outcomes) IS
'The cases of all: a union of facts by day, region or shard. Each case is to be in one of them only.';

CREATE FUNCTION clientele.cases(clientele.scored_outcomes) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_scored_outcomes_cases'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.cases(clientele.scored_outcomes) IS
'Number of cases, won and lost.';

CREATE FUNCTION clientele.won(clientele.scored_outcomes) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_scored_outcomes_won'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.won(clientele.scored_outcomes) IS
'Number of cases that were won.';

CREATE FUNCTION clientele.lost(clientele.scored_outcomes) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_scored_outcomes_lost'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.lost(clientele.scored_outcomes) IS
'Number of cases that were lost.';

CREATE FUNCTION clientele.skipped(clientele.scored_outcomes) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_scored_outcomes_skipped'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.skipped(clientele.scored_outcomes) IS
'Number of rows that had no score (NULL or NaN) or no outcome (NULL).';

CREATE FUNCTION clientele.outcomes(clientele.scored_outcomes, OUT score float8, OUT won bigint, OUT lost bigint) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_outcomes'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 1000;
COMMENT ON FUNCTION clientele.outcomes(clientele.scored_outcomes) IS
'A row for each score, ascending: how many cases that had it were won, how many lost.';
