-- Type concentration: how unequal values are.
CREATE TYPE clientele.concentration;

CREATE FUNCTION clientele.concentration_in(cstring) RETURNS clientele.concentration
	AS 'MODULE_PATHNAME', 'clientele_concentration_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.concentration_in(cstring) IS 'Input of concentration: text.';

CREATE FUNCTION clientele.concentration_out(clientele.concentration) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_concentration_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.concentration_out(clientele.concentration) IS 'Output of concentration: text.';

CREATE FUNCTION clientele.concentration_recv(internal) RETURNS clientele.concentration
	AS 'MODULE_PATHNAME', 'clientele_concentration_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.concentration_recv(internal) IS 'Binary input of concentration.';

CREATE FUNCTION clientele.concentration_send(clientele.concentration) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_concentration_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.concentration_send(clientele.concentration) IS 'Binary output of concentration.';

CREATE TYPE clientele.concentration (
	INPUT = clientele.concentration_in,
	OUTPUT = clientele.concentration_out,
	RECEIVE = clientele.concentration_recv,
	SEND = clientele.concentration_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.concentration IS
'Values of customers, such as their revenue, whose inequality is asked for: finite ones, none negative, ascending, and how many rows were skipped because they had none. All measures of it take one sort together; it can be stored, and merged by the aggregate concentration. Reads and writes {0,12.5,120} skipped 3. At most 134 million values.';

CREATE FUNCTION clientele.concentration_add(clientele.concentration, float8) RETURNS clientele.concentration
	AS 'MODULE_PATHNAME', 'clientele_concentration_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.concentration_add(clientele.concentration, float8) IS
'Transition function of the aggregate concentration(value) and of the measures without a second argument.';

CREATE FUNCTION clientele.concentration_add(clientele.concentration, float8, bigint) RETURNS clientele.concentration
	AS 'MODULE_PATHNAME', 'clientele_concentration_add_count'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.concentration_add(clientele.concentration, float8, bigint) IS
'Transition function of the aggregate top_share(value, n). Error 22023 for n below 1 or not the same in all rows, 22004 for NULL.';

CREATE FUNCTION clientele.concentration_add(clientele.concentration, float8, float8) RETURNS clientele.concentration
	AS 'MODULE_PATHNAME', 'clientele_concentration_add_share'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.concentration_add(clientele.concentration, float8, float8) IS
'Transition function of the aggregates share_of_top(value, fraction) and customers_for_share(value, share). Error 22023 for a share that is not above 0 and at most 1 or not the same in all rows, 22004 for NULL.';

CREATE FUNCTION clientele.concentration_union(clientele.concentration, clientele.concentration) RETURNS clientele.concentration
	AS 'MODULE_PATHNAME', 'clientele_concentration_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.concentration_union(clientele.concentration, clientele.concentration) IS
'The values of both. Each customer is to be in one of them only.';

CREATE FUNCTION clientele.concentration_final(clientele.concentration) RETURNS clientele.concentration
	AS 'MODULE_PATHNAME', 'clientele_concentration_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.concentration_final(clientele.concentration) IS
'Final function of the aggregates concentration: the state sorted, without spare room; empty without rows.';

CREATE AGGREGATE clientele.concentration(value float8) (
	SFUNC = clientele.concentration_add,
	STYPE = clientele.concentration,
	SSPACE = 1024,
	FINALFUNC = clientele.concentration_final,
	COMBINEFUNC = clientele.concentration_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.concentration(float8) IS
'Values, one row a customer, to be kept and asked: gini(), herfindahl(), top_share(), share_of_top(), customers_for_share(), lorenz(), customers(), total(), skipped(). NULL, NaN, infinite and negative values are skipped and counted. Empty without rows. In any order of rows and however they are divided among workers the same bytes. Error 54000 beyond 134 million values.';

CREATE AGGREGATE clientele.concentration(concentration clientele.concentration) (
	SFUNC = clientele.concentration_union,
	STYPE = clientele.concentration,
	SSPACE = 1024,
	FINALFUNC = clientele.concentration_final,
	COMBINEFUNC = clientele.concentration_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.concentration(clientele.concentration) IS
'The values of all: a union of facts by day, region or shard. Each customer is to be in one of them only.';

CREATE FUNCTION clientele.customers(clientele.concentration) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_concentration_customers'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.customers(clientele.concentration) IS
'Number of values.';

CREATE FUNCTION clientele.skipped(clientele.concentration) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_concentration_skipped'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.skipped(clientele.concentration) IS
'Number of rows that had no value that can be had a share of: NULL, NaN, infinite or negative.';

CREATE FUNCTION clientele.total(clientele.concentration) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_concentration_total'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.total(clientele.concentration) IS
'Sum of the values, 0 without any. Error 22003 beyond the largest float8.';

CREATE FUNCTION clientele.gini(clientele.concentration) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_gini'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.gini(clientele.concentration) IS
'Gini coefficient, from 0 (all alike) to 1 - 1/n (one has it all): the mean absolute difference of two values, divided by twice their mean (Gini 1912); not corrected for small numbers, which n / (n - 1) times it is. NULL without values, and where all are 0.';

CREATE FUNCTION clientele.herfindahl(clientele.concentration) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_herfindahl'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.herfindahl(clientele.concentration) IS
'Herfindahl-Hirschman index: the sum of the squared shares, from 1/n (all alike) to 1 (one has it all); times 10,000 it is the index of competition law, and 1 divided by it the number of equal customers that are as concentrated (Herfindahl 1950; Hirschman 1945). NULL without values, and where all are 0.';

CREATE AGGREGATE clientele.gini(value float8) (
	SFUNC = clientele.concentration_add,
	STYPE = clientele.concentration,
	SSPACE = 1024,
	FINALFUNC = clientele.gini,
	COMBINEFUNC = clientele.concentration_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.gini(float8) IS
'Gini coefficient, from 0 (all alike) to 1 - 1/n (one has it all): the mean absolute difference of two values, divided by twice their mean (Gini 1912); not corrected for small numbers, which n / (n - 1) times it is. NULL without values, and where all are 0. NULL, NaN, infinite and negative values are skipped (skipped(concentration(value)) counts them); write greatest(value, 0) to let who has less than nothing count as one who has nothing.';

CREATE AGGREGATE clientele.herfindahl(value float8) (
	SFUNC = clientele.concentration_add,
	STYPE = clientele.concentration,
	SSPACE = 1024,
	FINALFUNC = clientele.herfindahl,
	COMBINEFUNC = clientele.concentration_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.herfindahl(float8) IS
'Herfindahl-Hirschman index: the sum of the squared shares, from 1/n (all alike) to 1 (one has it all); times 10,000 it is the index of competition law, and 1 divided by it the number of equal customers that are as concentrated (Herfindahl 1950; Hirschman 1945). NULL without values, and where all are 0. NULL, NaN, infinite and negative values are skipped (skipped(concentration(value)) counts them); write greatest(value, 0) to let who has less than nothing count as one who has nothing.';

CREATE FUNCTION clientele.top_share(clientele.concentration, n bigint) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_top_share'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.top_share(clientele.concentration, bigint) IS
'Share of the n greatest values in the total, a fraction (the concentration ratio CR_n); of fewer than n values it is 1. NULL without values, and where all are 0. Error 22023 for n below 1.';

CREATE FUNCTION clientele.top_share_final(clientele.concentration) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_top_share_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.top_share_final(clientele.concentration) IS
'Final function of the aggregate top_share(value, n).';

CREATE AGGREGATE clientele.top_share(value float8, n bigint) (
	SFUNC = clientele.concentration_add,
	STYPE = clientele.concentration,
	SSPACE = 1024,
	FINALFUNC = clientele.top_share_final,
	COMBINEFUNC = clientele.concentration_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.top_share(float8, bigint) IS
'Share of the n greatest values in the total, a fraction (the concentration ratio CR_n); of fewer than n values it is 1. NULL without values, and where all are 0. NULL, NaN, infinite and negative values are skipped (skipped(concentration(value)) counts them); write greatest(value, 0) to let who has less than nothing count as one who has nothing. Error 22023 for n below 1 or not the same in all rows, 22004 for NULL.';

CREATE FUNCTION clientele.share_of_top(clientele.concentration, fraction float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_share_of_top'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.share_of_top(clientele.concentration, float8) IS
'Share in the total of the greatest values that are a fraction of all, rounded up to whole customers: 0.2 is the greatest fifth. NULL without values, and where all are 0. Error 22023 for a share that is not above 0 and at most 1.';

CREATE FUNCTION clientele.share_of_top_final(clientele.concentration) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_share_of_top_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.share_of_top_final(clientele.concentration) IS
'Final function of the aggregate share_of_top(value, fraction).';

CREATE AGGREGATE clientele.share_of_top(value float8, fraction float8) (
	SFUNC = clientele.concentration_add,
	STYPE = clientele.concentration,
	SSPACE = 1024,
	FINALFUNC = clientele.share_of_top_final,
	COMBINEFUNC = clientele.concentration_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.share_of_top(float8, float8) IS
'Share in the total of the greatest values that are a fraction of all, rounded up to whole customers: 0.2 is the greatest fifth. NULL without values, and where all are 0. NULL, NaN, infinite and negative values are skipped (skipped(concentration(value)) counts them); write greatest(value, 0) to let who has less than nothing count as one who has nothing. Error 22023 for a share that is not above 0 and at most 1 or not the same in all rows, 22004 for NULL.';

CREATE FUNCTION clientele.customers_for_share(clientele.concentration, share float8) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_customers_for_share'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.customers_for_share(clientele.concentration, float8) IS
'How many of the greatest values make a share of the total: the fewest whose sum reaches it (to within 1e-12 of it, as 0.8 is no binary fraction). NULL without values, and where all are 0. Error 22023 for a share that is not above 0 and at most 1.';

CREATE FUNCTION clientele.customers_for_share_final(clientele.concentration) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_customers_for_share_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.customers_for_share_final(clientele.concentration) IS
'Final function of the aggregate customers_for_share(value, share).';

CREATE AGGREGATE clientele.customers_for_share(value float8, share float8) (
	SFUNC = clientele.concentration_add,
	STYPE = clientele.concentration,
	SSPACE = 1024,
	FINALFUNC = clientele.customers_for_share_final,
	COMBINEFUNC = clientele.concentration_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.customers_for_share(float8, float8) IS
'How many of the greatest values make a share of the total: the fewest whose sum reaches it (to within 1e-12 of it, as 0.8 is no binary fraction). NULL without values, and where all are 0. NULL, NaN, infinite and negative values are skipped (skipped(concentration(value)) counts them); write greatest(value, 0) to let who has less than nothing count as one who has nothing. Error 22023 for a share that is not above 0 and at most 1 or not the same in all rows, 22004 for NULL.';

CREATE FUNCTION clientele.lorenz_final(clientele.concentration) RETURNS point[]
	AS 'MODULE_PATHNAME', 'clientele_lorenz_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.lorenz_final(clientele.concentration) IS
'Final function of the aggregate lorenz(value).';

CREATE AGGREGATE clientele.lorenz(value float8) (
	SFUNC = clientele.concentration_add,
	STYPE = clientele.concentration,
	SSPACE = 1024,
	FINALFUNC = clientele.lorenz_final,
	COMBINEFUNC = clientele.concentration_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.lorenz(float8) IS
'The Lorenz curve, as an array of points from (0,0) to (1,1): x is a fraction of the customers, those with the least first, y their share in the total (Lorenz 1905). Its corners alone: between equal values it is straight. Twice the area between it and the diagonal is the Gini coefficient. NULL without values, and where all are 0. NULL, NaN, infinite and negative values are skipped (skipped(concentration(value)) counts them); write greatest(value, 0) to let who has less than nothing count as one who has nothing. Error 54000 for a curve beyond a gigabyte.';

CREATE FUNCTION clientele.lorenz(clientele.concentration, points integer DEFAULT 100, OUT customers float8, OUT share float8) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_lorenz'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 101;
COMMENT ON FUNCTION clientele.lorenz(clientele.concentration, integer) IS
'The Lorenz curve to be drawn: points + 1 rows from (0, 0) to (1, 1) in equal steps of the fraction of customers, those with the least first, and their share in the total. No rows without values, or where all are 0. Error 22023 for points not from 1 to 1,000,000.';
