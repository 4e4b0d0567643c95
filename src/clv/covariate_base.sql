-- The type covariate_base, its aggregates and accessors.
CREATE TYPE clientele.covariate_base;

CREATE FUNCTION clientele.covariate_base_in(cstring) RETURNS clientele.covariate_base
	AS 'MODULE_PATHNAME', 'clientele_covariate_base_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.covariate_base_in(cstring) IS 'Input of covariate_base: text.';

CREATE FUNCTION clientele.covariate_base_out(clientele.covariate_base) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_covariate_base_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.covariate_base_out(clientele.covariate_base) IS 'Output of covariate_base: text.';

CREATE FUNCTION clientele.covariate_base_recv(internal) RETURNS clientele.covariate_base
	AS 'MODULE_PATHNAME', 'clientele_covariate_base_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.covariate_base_recv(internal) IS 'Binary input of covariate_base.';

CREATE FUNCTION clientele.covariate_base_send(clientele.covariate_base) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_covariate_base_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.covariate_base_send(clientele.covariate_base) IS 'Binary output of covariate_base.';

CREATE TYPE clientele.covariate_base (
	INPUT = clientele.covariate_base_in,
	OUTPUT = clientele.covariate_base_out,
	RECEIVE = clientele.covariate_base_recv,
	SEND = clientele.covariate_base_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.covariate_base IS
'Customers as a purchase model with covariates sees them: how many share each frequency, recency, age and covariates. Each customer has the same number of covariates, 1 to 30. Reads and writes {(frequency,recency,age,covariate,...)*customers,...}, times in days; then skipped where it is not 0: customers left out because a covariate of theirs is not known.';

CREATE FUNCTION clientele.covariate_base_add(clientele.covariate_base, clientele.rfm, float8[]) RETURNS clientele.covariate_base
	AS 'MODULE_PATHNAME', 'clientele_covariate_base_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 4;
COMMENT ON FUNCTION clientele.covariate_base_add(clientele.covariate_base, clientele.rfm, float8[]) IS
'Transition function of the aggregate customer_base(rfm, covariates): the base with one customer more.';

CREATE FUNCTION clientele.covariate_base_union(clientele.covariate_base, clientele.covariate_base) RETURNS clientele.covariate_base
	AS 'MODULE_PATHNAME', 'clientele_covariate_base_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.covariate_base_union(clientele.covariate_base, clientele.covariate_base) IS
'The base of the customers of both. Each customer is to be in one of them only.';

-- The same, as the planner sees it between parallel workers: see customer_base.
CREATE FUNCTION clientele.covariate_base_combine(clientele.covariate_base, clientele.covariate_base) RETURNS clientele.covariate_base
	AS 'MODULE_PATHNAME', 'clientele_covariate_base_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4000000;
COMMENT ON FUNCTION clientele.covariate_base_combine(clientele.covariate_base, clientele.covariate_base) IS
'Combine function of the aggregates customer_base that make a covariate_base: the union of two states.';

CREATE FUNCTION clientele.covariate_base_final(clientele.covariate_base) RETURNS clientele.covariate_base
	AS 'MODULE_PATHNAME', 'clientele_covariate_base_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.covariate_base_final(clientele.covariate_base) IS
'Final function of the aggregates customer_base that make a covariate_base: the state brought to rest.';

CREATE AGGREGATE clientele.customer_base(customer clientele.rfm, covariates float8[]) (
	SFUNC = clientele.covariate_base_add,
	STYPE = clientele.covariate_base,
	SSPACE = 8192,
	FINALFUNC = clientele.covariate_base_final,
	COMBINEFUNC = clientele.covariate_base_combine,
	INITCOND = '{}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.customer_base(clientele.rfm, float8[]) IS
'The customer base of summaries with covariates: counts each distinct (frequency, recency, age, covariates). covariates: 1 to 30 numbers, as many and in the same order for every customer; an error otherwise. A NULL summary is skipped; a customer whose covariates are NULL or hold NULL, NaN or infinity is left out and counted by skipped(). An error for summaries with first_included. At most 1 GB: 25 million distinct combinations with 2 covariates, 4 million with 30.';

CREATE AGGREGATE clientele.customer_base(clientele.covariate_base) (
	SFUNC = clientele.covariate_base_union,
	STYPE = clientele.covariate_base,
	SSPACE = 8192,
	FINALFUNC = clientele.covariate_base_final,
	COMBINEFUNC = clientele.covariate_base_combine,
	INITCOND = '{}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.customer_base(clientele.covariate_base) IS
'The union of bases with covariates, such as one a region or one a month of first purchase. Each customer is to be in one of them only; all have the same covariates.';

CREATE OPERATOR clientele.|| (
	LEFTARG = clientele.covariate_base,
	RIGHTARG = clientele.covariate_base,
	FUNCTION = clientele.covariate_base_union,
	COMMUTATOR = OPERATOR(clientele.||)
);
COMMENT ON OPERATOR clientele.|| (clientele.covariate_base, clientele.covariate_base) IS 'The base of the customers of both.';

CREATE FUNCTION clientele.customers(clientele.covariate_base) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_covariate_base_customers'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.customers(clientele.covariate_base) IS
'The number of customers in the base, without those skipped.';

CREATE FUNCTION clientele.repeat_customers(clientele.covariate_base) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_covariate_base_repeat_customers'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.repeat_customers(clientele.covariate_base) IS
'The number of customers in the base with at least one repeat purchase.';

CREATE FUNCTION clientele.skipped(clientele.covariate_base) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_skipped'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.skipped(clientele.covariate_base) IS
'The number of customers left out of the base because a covariate of theirs was NULL, NaN or infinite.';

CREATE FUNCTION clientele.covariates(clientele.covariate_base) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_covariates'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.covariates(clientele.covariate_base) IS
'The number of covariates of each customer in the base; 0 for a base without customers.';

CREATE FUNCTION clientele.cells(clientele.covariate_base) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_covariate_base_cells'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.cells(clientele.covariate_base) IS
'The number of distinct (frequency, recency, age, covariates) in the base: the work of a fit grows with it.';
