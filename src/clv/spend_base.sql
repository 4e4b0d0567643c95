-- The type spend_base, its aggregates and accessors.
CREATE TYPE clientele.spend_base;

CREATE FUNCTION clientele.spend_base_in(cstring) RETURNS clientele.spend_base
	AS 'MODULE_PATHNAME', 'clientele_spend_base_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.spend_base_in(cstring) IS 'Input of spend_base: text.';

CREATE FUNCTION clientele.spend_base_out(clientele.spend_base) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_spend_base_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.spend_base_out(clientele.spend_base) IS 'Output of spend_base: text.';

CREATE FUNCTION clientele.spend_base_recv(internal) RETURNS clientele.spend_base
	AS 'MODULE_PATHNAME', 'clientele_spend_base_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.spend_base_recv(internal) IS 'Binary input of spend_base.';

CREATE FUNCTION clientele.spend_base_send(clientele.spend_base) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_spend_base_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.spend_base_send(clientele.spend_base) IS 'Binary output of spend_base.';

CREATE TYPE clientele.spend_base (
	INPUT = clientele.spend_base_in,
	OUTPUT = clientele.spend_base_out,
	RECEIVE = clientele.spend_base_recv,
	SEND = clientele.spend_base_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.spend_base IS
'Customers as a spend model sees them: how many share each number of repeat purchases and their mean value. All that fit() needs. Reads and writes {(purchases,mean value)*customers,...}; then dropped and one_time where they are not 0.';

CREATE FUNCTION clientele.spend_base_add(clientele.spend_base, clientele.rfm) RETURNS clientele.spend_base
	AS 'MODULE_PATHNAME', 'clientele_spend_base_add'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.spend_base_add(clientele.spend_base, clientele.rfm) IS
'Transition function of the aggregate spend_base(rfm): the base with one customer more.';

CREATE FUNCTION clientele.spend_base_union(clientele.spend_base, clientele.spend_base) RETURNS clientele.spend_base
	AS 'MODULE_PATHNAME', 'clientele_spend_base_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.spend_base_union(clientele.spend_base, clientele.spend_base) IS
'The base of the customers of both. Each customer is to be in one of them only.';

-- The same, as the planner sees it between parallel workers: to ship and merge
-- large bases is as much work as to build them.
CREATE FUNCTION clientele.spend_base_combine(clientele.spend_base, clientele.spend_base) RETURNS clientele.spend_base
	AS 'MODULE_PATHNAME', 'clientele_spend_base_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4000000;
COMMENT ON FUNCTION clientele.spend_base_combine(clientele.spend_base, clientele.spend_base) IS
'Combine function of the aggregates spend_base: the union of two states.';

CREATE FUNCTION clientele.spend_base_final(clientele.spend_base) RETURNS clientele.spend_base
	AS 'MODULE_PATHNAME', 'clientele_spend_base_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.spend_base_final(clientele.spend_base) IS
'Final function of the aggregates spend_base: the state brought to rest.';

CREATE AGGREGATE clientele.spend_base(clientele.rfm) (
	SFUNC = clientele.spend_base_add,
	STYPE = clientele.spend_base,
	SSPACE = 4096,
	FINALFUNC = clientele.spend_base_final,
	COMBINEFUNC = clientele.spend_base_combine,
	INITCOND = '{}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.spend_base(clientele.rfm) IS
'The spend base of summaries: counts each distinct (frequency, monetary_value). Customers without repeat purchases and those whose monetary value is 0 or less (refunds) are left out and counted, see one_time() and dropped(). NULL summaries are skipped.';

CREATE AGGREGATE clientele.spend_base(clientele.spend_base) (
	SFUNC = clientele.spend_base_union,
	STYPE = clientele.spend_base,
	SSPACE = 4096,
	FINALFUNC = clientele.spend_base_final,
	COMBINEFUNC = clientele.spend_base_combine,
	INITCOND = '{}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.spend_base(clientele.spend_base) IS
'The union of bases, such as one a region or one a month of first purchase. Each customer is to be in one of them only.';

CREATE OPERATOR clientele.|| (
	LEFTARG = clientele.spend_base,
	RIGHTARG = clientele.spend_base,
	FUNCTION = clientele.spend_base_union,
	COMMUTATOR = OPERATOR(clientele.||)
);
COMMENT ON OPERATOR clientele.|| (clientele.spend_base, clientele.spend_base) IS 'The base of the customers of both.';

CREATE FUNCTION clientele.customers(clientele.spend_base) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_spend_base_customers'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.customers(clientele.spend_base) IS
'The number of customers that a fit takes: with repeat purchases of a mean value above 0.';

CREATE FUNCTION clientele.dropped(clientele.spend_base) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_dropped'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.dropped(clientele.spend_base) IS
'The number of customers left out since the mean value of their repeat purchases is 0 or less.';

CREATE FUNCTION clientele.one_time(clientele.spend_base) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_one_time'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.one_time(clientele.spend_base) IS
'The number of customers left out since they have no repeat purchase.';

CREATE FUNCTION clientele.cells(clientele.spend_base) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_spend_base_cells'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.cells(clientele.spend_base) IS
'The number of distinct (purchases, mean value) in the base.';

CREATE FUNCTION clientele.spend_correlation(clientele.spend_base) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_spend_correlation'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.spend_correlation(clientele.spend_base) IS
'Pearson''s correlation of the number of purchases and their mean value. The gamma-gamma model takes them to be independent: far from 0 it does not hold. NULL where one does not vary.';
