-- How far predictions were from what happened.
CREATE TYPE clientele.holdout_sums;

CREATE FUNCTION clientele.holdout_sums_in(cstring) RETURNS clientele.holdout_sums
	AS 'MODULE_PATHNAME', 'clientele_holdout_sums_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.holdout_sums_in(cstring) IS
'Text input of type holdout_sums.';

CREATE FUNCTION clientele.holdout_sums_out(clientele.holdout_sums) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_holdout_sums_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.holdout_sums_out(clientele.holdout_sums) IS
'Text output of type holdout_sums.';

CREATE FUNCTION clientele.holdout_sums_recv(internal) RETURNS clientele.holdout_sums
	AS 'MODULE_PATHNAME', 'clientele_holdout_sums_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.holdout_sums_recv(internal) IS
'Binary input of type holdout_sums: format version (1 byte, 1), customers int8, skipped int8, two float8 for each of the 7 sums.';

CREATE FUNCTION clientele.holdout_sums_send(clientele.holdout_sums) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_holdout_sums_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.holdout_sums_send(clientele.holdout_sums) IS
'Binary output of type holdout_sums.';

CREATE TYPE clientele.holdout_sums (
	INPUT = clientele.holdout_sums_in,
	OUTPUT = clientele.holdout_sums_out,
	RECEIVE = clientele.holdout_sums_recv,
	SEND = clientele.holdout_sums_send,
	INTERNALLENGTH = 128,
	ALIGNMENT = double,
	STORAGE = plain
);
COMMENT ON TYPE clientele.holdout_sums IS
'All that the measures of holdout_error() need of any number of customers: counts, and 7 sums of 32 digits each (actual, expected, absolute error, squared error, squares of actual and expected, their product). To be kept, and merged by the aggregate holdout_sums.';

CREATE TYPE clientele.holdout_error AS (
	customers bigint,
	skipped bigint,
	actual float8,
	expected float8,
	relative_error float8,
	mean_error float8,
	mean_absolute_error float8,
	root_mean_squared_error float8,
	correlation float8
);
COMMENT ON TYPE clientele.holdout_error IS
'How far predictions were from what happened: customers compared and pairs skipped, the sums of both sides, relative error of the sum (expected / actual - 1, NULL if actual is 0), means over customers of the error expected - actual (above 0: too much was expected), of its absolute value and of its square (the root of it), and the correlation of actual and expected (NULL for less than two customers, or if one side does not vary).';

CREATE FUNCTION clientele.holdout_sums_add(clientele.holdout_sums, actual float8, expected float8) RETURNS clientele.holdout_sums
	AS 'MODULE_PATHNAME', 'clientele_holdout_sums_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.holdout_sums_add(clientele.holdout_sums, float8, float8) IS
'Sums with one customer more: the transition function of the aggregates holdout_sums and holdout_error. A pair of which one is missing, NaN or infinite is skipped and counted. Error 22003 beyond 1e100.';

CREATE FUNCTION clientele.holdout_sums_union(clientele.holdout_sums, clientele.holdout_sums) RETURNS clientele.holdout_sums
	AS 'MODULE_PATHNAME', 'clientele_holdout_sums_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.holdout_sums_union(clientele.holdout_sums, clientele.holdout_sums) IS
'The sums of the customers of both.';

CREATE FUNCTION clientele.holdout_error_final(clientele.holdout_sums) RETURNS clientele.holdout_error
	AS 'MODULE_PATHNAME', 'clientele_holdout_error'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.holdout_error_final(clientele.holdout_sums) IS
'Final function of the aggregate holdout_error(actual, expected).';

CREATE FUNCTION clientele.holdout_error(clientele.holdout_sums) RETURNS clientele.holdout_error
	AS 'MODULE_PATHNAME', 'clientele_holdout_error'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.holdout_error(clientele.holdout_sums) IS
'The measures that stored sums come to.';

CREATE AGGREGATE clientele.holdout_sums(actual float8, expected float8) (
	SFUNC = clientele.holdout_sums_add,
	STYPE = clientele.holdout_sums,
	COMBINEFUNC = clientele.holdout_sums_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.holdout_sums(float8, float8) IS
'Sums of what happened and what was expected, one row a customer, to be kept and merged; holdout_error(sums) gives the measures. Pairs of which one is NULL, NaN or infinite are skipped and counted. NULL without any row. Error 22003 beyond 1e100.';

CREATE AGGREGATE clientele.holdout_sums(sums clientele.holdout_sums) (
	SFUNC = clientele.holdout_sums_union,
	STYPE = clientele.holdout_sums,
	COMBINEFUNC = clientele.holdout_sums_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.holdout_sums(clientele.holdout_sums) IS
'The union of sums, such as one a region. Each customer is to be in one of them only.';

CREATE AGGREGATE clientele.holdout_error(actual float8, expected float8) (
	SFUNC = clientele.holdout_sums_add,
	STYPE = clientele.holdout_sums,
	FINALFUNC = clientele.holdout_error_final,
	COMBINEFUNC = clientele.holdout_sums_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.holdout_error(float8, float8) IS
'How far predictions were from what happened, one row a customer: a row of type holdout_error; (holdout_error(actual, expected)).* shows its columns. Pairs of which one is NULL, NaN or infinite are skipped and counted. In any order of rows and however they are divided among workers the same measures, but for the last digit. Error 22003 beyond 1e100.';
