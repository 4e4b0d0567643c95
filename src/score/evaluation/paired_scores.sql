-- Type paired_scores: whether one score ranks better than another.
CREATE TYPE clientele.paired_scores;

CREATE FUNCTION clientele.paired_scores_in(cstring) RETURNS clientele.paired_scores
	AS 'MODULE_PATHNAME', 'clientele_paired_scores_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.paired_scores_in(cstring) IS
'Input of paired_scores: text.';

CREATE FUNCTION clientele.paired_scores_out(clientele.paired_scores) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_paired_scores_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.paired_scores_out(clientele.paired_scores) IS
'Output of paired_scores: text.';

CREATE FUNCTION clientele.paired_scores_recv(internal) RETURNS clientele.paired_scores
	AS 'MODULE_PATHNAME', 'clientele_paired_scores_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.paired_scores_recv(internal) IS
'Binary input of paired_scores.';

CREATE FUNCTION clientele.paired_scores_send(clientele.paired_scores) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_paired_scores_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.paired_scores_send(clientele.paired_scores) IS
'Binary output of paired_scores.';

CREATE TYPE clientele.paired_scores (
	INPUT = clientele.paired_scores_in,
	OUTPUT = clientele.paired_scores_out,
	RECEIVE = clientele.paired_scores_recv,
	SEND = clientele.paired_scores_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.paired_scores IS
'Two scores of the same cases, such as those of the champion and the challenger, and what became of the cases, for auc_difference(); and how many rows were skipped. It can be stored, and merged by the aggregate paired_scores. Reads and writes {(0.2,0.3):0/3,(0.7,0.4):2/5} skipped 3: the scores, how many were won of how many. At most 44 million pairs of scores.';

CREATE FUNCTION clientele.paired_scores_add(clientele.paired_scores, float8, float8, boolean) RETURNS clientele.paired_scores
	AS 'MODULE_PATHNAME', 'clientele_paired_scores_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.paired_scores_add(clientele.paired_scores, float8, float8, boolean) IS
'Transition function of the aggregates paired_scores(score_a, score_b, outcome) and auc_difference(score_a, score_b, outcome).';

CREATE FUNCTION clientele.paired_scores_union(clientele.paired_scores, clientele.paired_scores) RETURNS clientele.paired_scores
	AS 'MODULE_PATHNAME', 'clientele_paired_scores_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.paired_scores_union(clientele.paired_scores, clientele.paired_scores) IS
'The cases of both. Each case is to be in one of them only.';

CREATE FUNCTION clientele.paired_scores_final(clientele.paired_scores) RETURNS clientele.paired_scores
	AS 'MODULE_PATHNAME', 'clientele_paired_scores_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.paired_scores_final(clientele.paired_scores) IS
'Final function of the aggregates paired_scores: the state sorted and added up, without spare room; empty without rows.';

CREATE AGGREGATE clientele.paired_scores(score_a float8, score_b float8, outcome boolean) (
	SFUNC = clientele.paired_scores_add,
	STYPE = clientele.paired_scores,
	SSPACE = 1024,
	FINALFUNC = clientele.paired_scores_final,
	COMBINEFUNC = clientele.paired_scores_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.paired_scores(float8, float8, boolean) IS
'Two scores of the same cases and what became of them, true for won, to be kept and asked: auc_difference(). Rows that lack a score (NULL or NaN) or the outcome are skipped for both scores, and counted; infinite scores have their place at an end. In any order of rows and however they are divided among workers the same bytes. Error 54000 beyond 44 million pairs.';

CREATE AGGREGATE clientele.paired_scores(pairs clientele.paired_scores) (
	SFUNC = clientele.paired_scores_union,
	STYPE = clientele.paired_scores,
	SSPACE = 1024,
	FINALFUNC = clientele.paired_scores_final,
	COMBINEFUNC = clientele.paired_scores_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.paired_scores(clientele.paired_scores) IS
'The cases of all: a union of facts by day, region or shard. Each case is to be in one of them only.';

CREATE FUNCTION clientele.cases(clientele.paired_scores) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_paired_scores_cases'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.cases(clientele.paired_scores) IS
'Number of cases, won and lost.';

CREATE FUNCTION clientele.skipped(clientele.paired_scores) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_paired_scores_skipped'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.skipped(clientele.paired_scores) IS
'Number of rows that lacked a score (NULL or NaN) or an outcome.';

CREATE TYPE clientele.auc_difference AS (
	auc_a float8,
	auc_b float8,
	difference float8,
	std_error float8,
	z float8,
	p_value float8,
	low float8,
	high float8
);
COMMENT ON TYPE clientele.auc_difference IS
'Whether one score ranks better than another on the same cases: both areas under the ROC curve, their difference a - b, its standard error, z and two-sided p value, and the confidence interval of the difference.';

CREATE FUNCTION clientele.auc_difference(clientele.paired_scores, confidence float8 DEFAULT 0.95) RETURNS clientele.auc_difference
	AS 'MODULE_PATHNAME', 'clientele_auc_difference'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.auc_difference(clientele.paired_scores, float8) IS
'Does score a rank better than score b? The paired test of DeLong, DeLong and Clarke-Pearson 1988 (Biometrics 44:837) on the same cases: both areas under the ROC curve, difference = auc_a - auc_b, its standard error with the covariance of the two, z = difference / std_error, two-sided p_value of the normal approximation, and the interval of the difference. All are NULL if nobody was won or nobody lost; std_error with fewer than two of either; z, p_value, low and high also where std_error is 0, as for scores that rank alike. Error 22023 for a confidence not between 0 and 1.';

CREATE FUNCTION clientele.auc_difference_final(clientele.paired_scores) RETURNS clientele.auc_difference
	AS 'MODULE_PATHNAME', 'clientele_auc_difference_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.auc_difference_final(clientele.paired_scores) IS
'Final function of the aggregate auc_difference(score_a, score_b, outcome).';

CREATE AGGREGATE clientele.auc_difference(score_a float8, score_b float8, outcome boolean) (
	SFUNC = clientele.paired_scores_add,
	STYPE = clientele.paired_scores,
	SSPACE = 1024,
	FINALFUNC = clientele.auc_difference_final,
	COMBINEFUNC = clientele.paired_scores_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.auc_difference(float8, float8, boolean) IS
'Does score a rank better than score b? The paired test of DeLong, DeLong and Clarke-Pearson 1988 (Biometrics 44:837) on the same cases: both areas under the ROC curve, difference = auc_a - auc_b, its standard error with the covariance of the two, z = difference / std_error, two-sided p_value of the normal approximation, and the interval of the difference at 95 %. All are NULL if nobody was won or nobody lost; std_error with fewer than two of either; z, p_value, low and high also where std_error is 0, as for scores that rank alike. Rows that lack a score (NULL or NaN) or the outcome are skipped for both.';
