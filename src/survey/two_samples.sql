-- Type two_samples: whether two groups differ.
CREATE TYPE clientele.two_samples;

CREATE FUNCTION clientele.two_samples_in(cstring) RETURNS clientele.two_samples
	AS 'MODULE_PATHNAME', 'clientele_two_samples_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.two_samples_in(cstring) IS 'Input of two_samples: text.';

CREATE FUNCTION clientele.two_samples_out(clientele.two_samples) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_two_samples_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.two_samples_out(clientele.two_samples) IS 'Output of two_samples: text.';

CREATE FUNCTION clientele.two_samples_recv(internal) RETURNS clientele.two_samples
	AS 'MODULE_PATHNAME', 'clientele_two_samples_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.two_samples_recv(internal) IS 'Binary input of two_samples.';

CREATE FUNCTION clientele.two_samples_send(clientele.two_samples) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_two_samples_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.two_samples_send(clientele.two_samples) IS 'Binary output of two_samples.';

CREATE TYPE clientele.two_samples (
	INPUT = clientele.two_samples_in,
	OUTPUT = clientele.two_samples_out,
	RECEIVE = clientele.two_samples_recv,
	SEND = clientele.two_samples_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.two_samples IS
'Values of a group and of the others, or durations of which some were still going on (censored), for mann_whitney() and log_rank(); and how many rows were skipped. It can be stored, and merged by the aggregate two_samples. Reads and writes {6:0,10+:1} skipped 3: a value, a plus sign if it was still going on then, and 1 for a member of the group. At most 67 million observations.';

CREATE FUNCTION clientele.two_samples_add(clientele.two_samples, float8, boolean) RETURNS clientele.two_samples
	AS 'MODULE_PATHNAME', 'clientele_two_samples_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.two_samples_add(clientele.two_samples, float8, boolean) IS
'Transition function of the aggregates two_samples(value, in_group) and mann_whitney(value, in_group).';

CREATE FUNCTION clientele.two_samples_add(clientele.two_samples, float8, boolean, boolean) RETURNS clientele.two_samples
	AS 'MODULE_PATHNAME', 'clientele_two_samples_add_duration'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.two_samples_add(clientele.two_samples, float8, boolean, boolean) IS
'Transition function of the aggregates two_samples(duration, event, in_group) and log_rank(duration, event, in_group).';

CREATE FUNCTION clientele.two_samples_union(clientele.two_samples, clientele.two_samples) RETURNS clientele.two_samples
	AS 'MODULE_PATHNAME', 'clientele_two_samples_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.two_samples_union(clientele.two_samples, clientele.two_samples) IS
'The observations of both.';

CREATE FUNCTION clientele.two_samples_final(clientele.two_samples) RETURNS clientele.two_samples
	AS 'MODULE_PATHNAME', 'clientele_two_samples_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.two_samples_final(clientele.two_samples) IS
'Final function of the aggregates two_samples: the state sorted, without spare room; empty without rows.';

CREATE AGGREGATE clientele.two_samples(value float8, in_group boolean) (
	SFUNC = clientele.two_samples_add,
	STYPE = clientele.two_samples,
	SSPACE = 1024,
	FINALFUNC = clientele.two_samples_final,
	COMBINEFUNC = clientele.two_samples_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.two_samples(float8, boolean) IS
'Values of a group and of the others, to be kept and asked: mann_whitney(). Rows with NULL or NaN are skipped and counted; infinite values have their place at an end. Error 54000 beyond 67 million rows.';

CREATE AGGREGATE clientele.two_samples(duration float8, event boolean, in_group boolean) (
	SFUNC = clientele.two_samples_add,
	STYPE = clientele.two_samples,
	SSPACE = 1024,
	FINALFUNC = clientele.two_samples_final,
	COMBINEFUNC = clientele.two_samples_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.two_samples(float8, boolean, boolean) IS
'Durations of a group and of the others, to be kept and asked: log_rank(). event: whether the duration ended with the event; false for who is still there. Rows with NULL, and durations that are NaN, infinite or negative, are skipped and counted. Error 54000 beyond 67 million rows.';

CREATE AGGREGATE clientele.two_samples(samples clientele.two_samples) (
	SFUNC = clientele.two_samples_union,
	STYPE = clientele.two_samples,
	SSPACE = 1024,
	FINALFUNC = clientele.two_samples_final,
	COMBINEFUNC = clientele.two_samples_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.two_samples(clientele.two_samples) IS
'The observations of all: a union of facts by day, region or shard.';

CREATE TYPE clientele.mann_whitney AS (
	u float8,
	n1 bigint,
	n2 bigint,
	z float8,
	p_value float8,
	effect float8,
	skipped bigint
);
COMMENT ON TYPE clientele.mann_whitney IS
'Whether values of a group tend to be greater than those of the others: U (pairs in which the group has the greater value, ties half), members of the group and others, z and two-sided p value of the normal approximation, the probability of superiority, and the rows that were skipped.';

CREATE FUNCTION clientele.mann_whitney(clientele.two_samples) RETURNS clientele.mann_whitney
	AS 'MODULE_PATHNAME', 'clientele_mann_whitney'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.mann_whitney(clientele.two_samples) IS
'Do values of a group tend to be greater than those of the others? u counts the pairs in which the member of the group has the greater value, ties half (Mann, Whitney, Ann. Math. Statistics 18 (1947) 50); n1 members of the group, n2 others; effect = u / (n1 n2) is the probability of superiority, 0.5 where neither is greater. z: normal approximation with the variance for ties (Hollander, Wolfe, Chicken 2014, eq. 4.13) and the correction for continuity, positive where the group is greater; p_value is two-sided. Good from about ten of each on. skipped: rows that had NULL or NaN. u, z, p_value and effect are NULL if one group is empty; z and p_value if all values are the same. Error 22023 for censored durations.';

CREATE FUNCTION clientele.mann_whitney_final(clientele.two_samples) RETURNS clientele.mann_whitney
	AS 'MODULE_PATHNAME', 'clientele_mann_whitney'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.mann_whitney_final(clientele.two_samples) IS
'Final function of the aggregate mann_whitney(value, in_group).';

CREATE AGGREGATE clientele.mann_whitney(value float8, in_group boolean) (
	SFUNC = clientele.two_samples_add,
	STYPE = clientele.two_samples,
	SSPACE = 1024,
	FINALFUNC = clientele.mann_whitney_final,
	COMBINEFUNC = clientele.two_samples_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.mann_whitney(float8, boolean) IS
'Do values of a group tend to be greater than those of the others? u counts the pairs in which the member of the group has the greater value, ties half (Mann, Whitney, Ann. Math. Statistics 18 (1947) 50); n1 members of the group, n2 others; effect = u / (n1 n2) is the probability of superiority, 0.5 where neither is greater. z: normal approximation with the variance for ties (Hollander, Wolfe, Chicken 2014, eq. 4.13) and the correction for continuity, positive where the group is greater; p_value is two-sided. Good from about ten of each on. skipped: rows that had NULL or NaN. u, z, p_value and effect are NULL if one group is empty; z and p_value if all values are the same.';

CREATE TYPE clientele.log_rank AS (
	observed float8,
	expected float8,
	variance float8,
	chi_square float8,
	p_value float8,
	n1 bigint,
	n2 bigint,
	skipped bigint
);
COMMENT ON TYPE clientele.log_rank IS
'Whether a group lasts longer than the others: events of the group that were observed and that were to be expected, the variance of their difference, chi-square (one degree of freedom) and its p value, members of the group and others, and the rows that were skipped.';

CREATE FUNCTION clientele.log_rank(clientele.two_samples) RETURNS clientele.log_rank
	AS 'MODULE_PATHNAME', 'clientele_log_rank'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.log_rank(clientele.two_samples) IS
'Does a group last longer than the others? The log-rank test (Mantel, Cancer Chemotherapy Reports 50 (1966) 163): observed events of the group, those expected if it were like the others, the hypergeometric variance of their difference summed over the times of events (ties included), chi_square = (observed - expected)^2 / variance with one degree of freedom, and its p_value. observed above expected: the group ends sooner. Who is censored at the time of an event was still at risk. n1 members of the group, n2 others; skipped: rows with NULL, or durations that are NaN, infinite or negative. Statistics are NULL if one group is empty; chi_square and p_value if no event tells the groups apart. Error 22023 for values that are no durations.';

CREATE FUNCTION clientele.log_rank_final(clientele.two_samples) RETURNS clientele.log_rank
	AS 'MODULE_PATHNAME', 'clientele_log_rank'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.log_rank_final(clientele.two_samples) IS
'Final function of the aggregate log_rank(duration, event, in_group).';

CREATE AGGREGATE clientele.log_rank(duration float8, event boolean, in_group boolean) (
	SFUNC = clientele.two_samples_add,
	STYPE = clientele.two_samples,
	SSPACE = 1024,
	FINALFUNC = clientele.log_rank_final,
	COMBINEFUNC = clientele.two_samples_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.log_rank(float8, boolean, boolean) IS
'Does a group last longer than the others? The log-rank test (Mantel, Cancer Chemotherapy Reports 50 (1966) 163): observed events of the group, those expected if it were like the others, the hypergeometric variance of their difference summed over the times of events (ties included), chi_square = (observed - expected)^2 / variance with one degree of freedom, and its p_value. observed above expected: the group ends sooner. Who is censored at the time of an event was still at risk. n1 members of the group, n2 others; skipped: rows with NULL, or durations that are NaN, infinite or negative. Statistics are NULL if one group is empty; chi_square and p_value if no event tells the groups apart.';
