-- The type customer_base, its aggregates and accessors.
CREATE TYPE clientele.customer_base;

CREATE FUNCTION clientele.customer_base_in(cstring) RETURNS clientele.customer_base
	AS 'MODULE_PATHNAME', 'clientele_customer_base_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.customer_base_in(cstring) IS 'Input of customer_base: text.';

CREATE FUNCTION clientele.customer_base_out(clientele.customer_base) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_customer_base_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.customer_base_out(clientele.customer_base) IS 'Output of customer_base: text.';

CREATE FUNCTION clientele.customer_base_recv(internal) RETURNS clientele.customer_base
	AS 'MODULE_PATHNAME', 'clientele_customer_base_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.customer_base_recv(internal) IS 'Binary input of customer_base.';

CREATE FUNCTION clientele.customer_base_send(clientele.customer_base) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_customer_base_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.customer_base_send(clientele.customer_base) IS 'Binary output of customer_base.';

CREATE TYPE clientele.customer_base (
	INPUT = clientele.customer_base_in,
	OUTPUT = clientele.customer_base_out,
	RECEIVE = clientele.customer_base_recv,
	SEND = clientele.customer_base_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.customer_base IS
'Customers as a purchase model sees them: how many share each frequency, recency and age. All that fit() needs, whatever the number of customers. Reads and writes {(frequency,recency,age)*customers,...}, days; then log_gaps, log_gaps_rest (in 1e-12) and without_log_gaps where they are not 0: the sum of the logarithms of the gaps between purchases.';

CREATE FUNCTION clientele.customer_base_add(clientele.customer_base, clientele.rfm) RETURNS clientele.customer_base
	AS 'MODULE_PATHNAME', 'clientele_customer_base_add'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.customer_base_add(clientele.customer_base, clientele.rfm) IS
'Transition function of the aggregate customer_base(rfm): the base with one customer more.';

CREATE FUNCTION clientele.customer_base_union(clientele.customer_base, clientele.customer_base) RETURNS clientele.customer_base
	AS 'MODULE_PATHNAME', 'clientele_customer_base_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.customer_base_union(clientele.customer_base, clientele.customer_base) IS
'The base of the customers of both. Each customer is to be in one of them only.';

-- The same, as the planner sees it between parallel workers: to ship and merge
-- large bases is as much work as to build them.
CREATE FUNCTION clientele.customer_base_combine(clientele.customer_base, clientele.customer_base) RETURNS clientele.customer_base
	AS 'MODULE_PATHNAME', 'clientele_customer_base_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4000000;
COMMENT ON FUNCTION clientele.customer_base_combine(clientele.customer_base, clientele.customer_base) IS
'Combine function of the aggregates customer_base: the union of two states.';

CREATE FUNCTION clientele.customer_base_final(clientele.customer_base) RETURNS clientele.customer_base
	AS 'MODULE_PATHNAME', 'clientele_customer_base_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.customer_base_final(clientele.customer_base) IS
'Final function of the aggregates customer_base: the state brought to rest.';

CREATE AGGREGATE clientele.customer_base(clientele.rfm) (
	SFUNC = clientele.customer_base_add,
	STYPE = clientele.customer_base,
	SSPACE = 4096,
	FINALFUNC = clientele.customer_base_final,
	COMBINEFUNC = clientele.customer_base_combine,
	INITCOND = '{}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.customer_base(clientele.rfm) IS
'The customer base of summaries: counts each distinct (frequency, recency, age). NULL summaries are skipped; an error for summaries with first_included. At most some 16 million distinct combinations.';

CREATE AGGREGATE clientele.customer_base(clientele.customer_base) (
	SFUNC = clientele.customer_base_union,
	STYPE = clientele.customer_base,
	SSPACE = 4096,
	FINALFUNC = clientele.customer_base_final,
	COMBINEFUNC = clientele.customer_base_combine,
	INITCOND = '{}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.customer_base(clientele.customer_base) IS
'The union of bases, such as one a region or one a month of first purchase. Each customer is to be in one of them only.';

CREATE OPERATOR clientele.|| (
	LEFTARG = clientele.customer_base,
	RIGHTARG = clientele.customer_base,
	FUNCTION = clientele.customer_base_union,
	COMMUTATOR = OPERATOR(clientele.||)
);
COMMENT ON OPERATOR clientele.|| (clientele.customer_base, clientele.customer_base) IS 'The base of the customers of both.';

CREATE FUNCTION clientele.customers(clientele.customer_base) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_customer_base_customers'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.customers(clientele.customer_base) IS
'The number of customers in the base.';

CREATE FUNCTION clientele.repeat_customers(clientele.customer_base) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_repeat_customers'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.repeat_customers(clientele.customer_base) IS
'The number of customers in the base with at least one repeat purchase.';

CREATE FUNCTION clientele.repeat_purchases(clientele.customer_base) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_repeat_purchases'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.repeat_purchases(clientele.customer_base) IS
'The number of repeat purchases of all customers in the base.';

CREATE FUNCTION clientele.cells(clientele.customer_base) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_customer_base_cells'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.cells(clientele.customer_base) IS
'The number of distinct (frequency, recency, age) in the base: the work of a fit grows with it.';
