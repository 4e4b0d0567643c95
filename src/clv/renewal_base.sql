-- The type renewal_base, its aggregates and accessors.
CREATE TYPE clientele.renewal_base;

CREATE FUNCTION clientele.renewal_base_in(cstring) RETURNS clientele.renewal_base
	AS 'MODULE_PATHNAME', 'clientele_renewal_base_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.renewal_base_in(cstring) IS 'Input of renewal_base: text.';

CREATE FUNCTION clientele.renewal_base_out(clientele.renewal_base) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_renewal_base_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.renewal_base_out(clientele.renewal_base) IS 'Output of renewal_base: text.';

CREATE FUNCTION clientele.renewal_base_recv(internal) RETURNS clientele.renewal_base
	AS 'MODULE_PATHNAME', 'clientele_renewal_base_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.renewal_base_recv(internal) IS 'Binary input of renewal_base.';

CREATE FUNCTION clientele.renewal_base_send(clientele.renewal_base) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_renewal_base_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.renewal_base_send(clientele.renewal_base) IS 'Binary output of renewal_base.';

CREATE TYPE clientele.renewal_base (
	INPUT = clientele.renewal_base_in,
	OUTPUT = clientele.renewal_base_out,
	RECEIVE = clientele.renewal_base_recv,
	SEND = clientele.renewal_base_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.renewal_base IS
'Customers under contract, counted by tenure: for each number of periods how many left at the end of the last of them, and how many renewed that often and are active (right-censored). All that fit() needs; up to 100,000 periods. Reads and writes {(periods,churned,active),...}, such as {(1,369,0),(2,163,0),(2,0,468)}, and then the rows that were skipped, if any.';

CREATE FUNCTION clientele.renewal_base_add(clientele.renewal_base, integer, boolean) RETURNS clientele.renewal_base
	AS 'MODULE_PATHNAME', 'clientele_renewal_base_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.renewal_base_add(clientele.renewal_base, integer, boolean) IS
'Transition function of the aggregate renewal_base(integer, boolean): the base with one customer more.';

CREATE FUNCTION clientele.renewal_base_add(clientele.renewal_base, integer, boolean, bigint) RETURNS clientele.renewal_base
	AS 'MODULE_PATHNAME', 'clientele_renewal_base_add_customers'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.renewal_base_add(clientele.renewal_base, integer, boolean, bigint) IS
'Transition function of the aggregate renewal_base(integer, boolean, bigint): the base with so many customers more.';

CREATE FUNCTION clientele.renewal_base_union(clientele.renewal_base, clientele.renewal_base) RETURNS clientele.renewal_base
	AS 'MODULE_PATHNAME', 'clientele_renewal_base_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.renewal_base_union(clientele.renewal_base, clientele.renewal_base) IS
'The base of the customers of both. Each customer is to be in one of them only.';

CREATE FUNCTION clientele.renewal_base_final(clientele.renewal_base) RETURNS clientele.renewal_base
	AS 'MODULE_PATHNAME', 'clientele_renewal_base_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.renewal_base_final(clientele.renewal_base) IS
'Final function of the aggregates renewal_base: the state brought to rest.';

CREATE AGGREGATE clientele.renewal_base(integer, boolean) (
	SFUNC = clientele.renewal_base_add,
	STYPE = clientele.renewal_base,
	SSPACE = 1024,
	FINALFUNC = clientele.renewal_base_final,
	COMBINEFUNC = clientele.renewal_base_union,
	INITCOND = '{}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.renewal_base(integer, boolean) IS
'Customers under contract, one a row: (periods, churned). churned: the customer paid for that many periods and did not renew at the end of the last one (1 or more; he left at his renewal number periods). Not churned: he has renewed that often and is a customer (0 or more; right-censored). Rows with a NULL or with periods out of their range (above 100,000 too) are skipped and counted: skipped(renewal_base). Conventions of Fader and Hardie 2007: P(T = periods) and S(periods).';

CREATE AGGREGATE clientele.renewal_base(integer, boolean, bigint) (
	SFUNC = clientele.renewal_base_add,
	STYPE = clientele.renewal_base,
	SSPACE = 1024,
	FINALFUNC = clientele.renewal_base_final,
	COMBINEFUNC = clientele.renewal_base_union,
	INITCOND = '{}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.renewal_base(integer, boolean, bigint) IS
'The same from counts: (periods, churned, customers), so many customers a row, as a cohort table has them. A negative or NULL number of customers is a row that is skipped and counted.';

CREATE AGGREGATE clientele.renewal_base(clientele.renewal_base) (
	SFUNC = clientele.renewal_base_union,
	STYPE = clientele.renewal_base,
	SSPACE = 1024,
	FINALFUNC = clientele.renewal_base_final,
	COMBINEFUNC = clientele.renewal_base_union,
	INITCOND = '{}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.renewal_base(clientele.renewal_base) IS
'The union of bases, such as one a cohort or one a region. Each customer is to be in one of them only.';

CREATE OPERATOR clientele.|| (
	LEFTARG = clientele.renewal_base,
	RIGHTARG = clientele.renewal_base,
	FUNCTION = clientele.renewal_base_union,
	COMMUTATOR = OPERATOR(clientele.||)
);
COMMENT ON OPERATOR clientele.|| (clientele.renewal_base, clientele.renewal_base) IS 'The base of the customers of both.';

CREATE FUNCTION clientele.renewal_base_from_survivors(survivors bigint[]) RETURNS clientele.renewal_base
	AS 'MODULE_PATHNAME', 'clientele_renewal_base_from_survivors'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.renewal_base_from_survivors(bigint[]) IS
'The base of one cohort from how many of it are left after 0, 1, 2, ... periods, as papers print it: ARRAY[1000, 631, 468]. Who is left after the last is active. An error where a number is NULL or negative, or greater than the one before.';

CREATE FUNCTION clientele.customers(clientele.renewal_base) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_renewal_base_customers'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.customers(clientele.renewal_base) IS
'The number of customers, churned and active.';

CREATE FUNCTION clientele.churned(clientele.renewal_base) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_renewal_base_churned'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.churned(clientele.renewal_base) IS
'The number of customers who left.';

CREATE FUNCTION clientele.active(clientele.renewal_base) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_renewal_base_active'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.active(clientele.renewal_base) IS
'The number of customers who are active.';

CREATE FUNCTION clientele.skipped(clientele.renewal_base) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_renewal_base_skipped'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.skipped(clientele.renewal_base) IS
'The number of rows that were skipped as none of a customer: a NULL, periods below 1 of who churned, below 0 of who is active or above 100,000, a negative number of customers.';

CREATE FUNCTION clientele.tenures(renewal_base clientele.renewal_base) RETURNS TABLE (periods integer, churned bigint, active bigint)
	AS 'MODULE_PATHNAME', 'clientele_tenures'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	ROWS 12;
COMMENT ON FUNCTION clientele.tenures(clientele.renewal_base) IS
'The counts, a row for each number of periods that has customers: how many left at the end of the last period, how many have renewed that often and are active.';

CREATE FUNCTION clientele.retention(renewal_base clientele.renewal_base) RETURNS TABLE (period integer, at_risk bigint, churned bigint, retention_rate float8, survival float8)
	AS 'MODULE_PATHNAME', 'clientele_retention'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	ROWS 12;
COMMENT ON FUNCTION clientele.retention(clientele.renewal_base) IS
'What was observed, a row for each renewal from the first: customers who came to it (at_risk), those who left at it, the share that renewed, and the product of these shares so far, which is Kaplan and Meier''s estimate of survival. Who is active drops out of at_risk after his last renewal. The plot to hold renewal_rate() and survival() of a model against.';
