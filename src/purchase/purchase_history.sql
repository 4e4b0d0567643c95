-- Type purchase_history: the days on which a customer bought.
CREATE TYPE clientele.purchase_history;

CREATE FUNCTION clientele.purchase_history_in(cstring) RETURNS clientele.purchase_history
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.purchase_history_in(cstring) IS
'Text input of type purchase_history: days in any order, those of the same day are added.';

CREATE FUNCTION clientele.purchase_history_out(clientele.purchase_history) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.purchase_history_out(clientele.purchase_history) IS
'Text output of type purchase_history: days in ISO form under any DateStyle, amounts in their shortest exact form.';

CREATE FUNCTION clientele.purchase_history_recv(internal) RETURNS clientele.purchase_history
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.purchase_history_recv(internal) IS
'Binary input of type purchase_history: format version (1 byte, 1), skipped rows int8, number of days int4, then for each day, ascending: day int4 from 2000-01-01, purchases int4 without sign, amount float8.';

CREATE FUNCTION clientele.purchase_history_send(clientele.purchase_history) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.purchase_history_send(clientele.purchase_history) IS
'Binary output of type purchase_history.';

CREATE TYPE clientele.purchase_history (
	INPUT = clientele.purchase_history_in,
	OUTPUT = clientele.purchase_history_out,
	RECEIVE = clientele.purchase_history_recv,
	SEND = clientele.purchase_history_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.purchase_history IS
'A customer''s purchase days, ascending: day, amount net of refunds, number of purchases. Text {2024-01-05:120.5, 2024-02-01:80*2}; *n is the number of purchases where it is not 1, or not 0 for a refund; "skipped n" behind the braces counts rows that could not be used. Several purchases on one day are one purchase day. At most 100000 days.';

CREATE FUNCTION clientele.purchase_history_add(clientele.purchase_history, date, float8) RETURNS clientele.purchase_history
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_add_date'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.purchase_history_add(clientele.purchase_history, date, float8) IS
'A history with one more purchase (amount >= 0) or refund (amount < 0): the transition function of the aggregate purchase_history. Neither day nor amount: unchanged. One of them missing, or not finite: skipped and counted. Errors: 22003 where the amount of a day overflows, 54000 beyond 100000 days.';

CREATE FUNCTION clientele.purchase_history_add(clientele.purchase_history, date, numeric) RETURNS clientele.purchase_history
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_add_date_numeric'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.purchase_history_add(clientele.purchase_history, date, numeric) IS
'A history with one more purchase (amount >= 0) or refund (amount < 0): the transition function of the aggregate purchase_history. Neither day nor amount: unchanged. One of them missing, or not finite, or an amount beyond the range of float8: skipped and counted. Errors: 22003 where the amount of a day overflows, 54000 beyond 100000 days.';

CREATE FUNCTION clientele.purchase_history_add(clientele.purchase_history, timestamptz, float8) RETURNS clientele.purchase_history
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_add_timestamp'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.purchase_history_add(clientele.purchase_history, timestamptz, float8) IS
'A history with one more purchase (amount >= 0) or refund (amount < 0): the transition function of the aggregate purchase_history. Neither day nor amount: unchanged. One of them missing, or not finite: skipped and counted. Errors: 22003 where the amount of a day overflows, 54000 beyond 100000 days. The day is the UTC day of the moment.';

CREATE FUNCTION clientele.purchase_history_add(clientele.purchase_history, timestamptz, numeric) RETURNS clientele.purchase_history
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_add_timestamp_numeric'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.purchase_history_add(clientele.purchase_history, timestamptz, numeric) IS
'A history with one more purchase (amount >= 0) or refund (amount < 0): the transition function of the aggregate purchase_history. Neither day nor amount: unchanged. One of them missing, or not finite, or an amount beyond the range of float8: skipped and counted. Errors: 22003 where the amount of a day overflows, 54000 beyond 100000 days. The day is the UTC day of the moment.';

CREATE FUNCTION clientele.purchase_history_add(clientele.purchase_history, timestamp, float8) RETURNS clientele.purchase_history
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_add_timestamp'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.purchase_history_add(clientele.purchase_history, timestamp, float8) IS
'A history with one more purchase (amount >= 0) or refund (amount < 0): the transition function of the aggregate purchase_history. Neither day nor amount: unchanged. One of them missing, or not finite: skipped and counted. Errors: 22003 where the amount of a day overflows, 54000 beyond 100000 days. The day is the one that the timestamp names.';

CREATE FUNCTION clientele.purchase_history_add(clientele.purchase_history, timestamp, numeric) RETURNS clientele.purchase_history
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_add_timestamp_numeric'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.purchase_history_add(clientele.purchase_history, timestamp, numeric) IS
'A history with one more purchase (amount >= 0) or refund (amount < 0): the transition function of the aggregate purchase_history. Neither day nor amount: unchanged. One of them missing, or not finite, or an amount beyond the range of float8: skipped and counted. Errors: 22003 where the amount of a day overflows, 54000 beyond 100000 days. The day is the one that the timestamp names.';

CREATE FUNCTION clientele.purchase_history_union(clientele.purchase_history, clientele.purchase_history) RETURNS clientele.purchase_history
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.purchase_history_union(clientele.purchase_history, clientele.purchase_history) IS
'The days of both histories, amounts and purchases of the same day added, and skipped rows too. Errors: 22003 where an amount overflows, 54000 beyond 100000 days.';

CREATE FUNCTION clientele.purchase_history_final(clientele.purchase_history) RETURNS clientele.purchase_history
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.purchase_history_final(clientele.purchase_history) IS
'Final function of the aggregates purchase_history: the same value without room to spare.';

CREATE AGGREGATE clientele.purchase_history(purchased_on date, amount float8) (
	SFUNC = clientele.purchase_history_add,
	STYPE = clientele.purchase_history,
	SSPACE = 144,
	FINALFUNC = clientele.purchase_history_final,
	COMBINEFUNC = clientele.purchase_history_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.purchase_history(date, float8) IS
'The purchase days of the rows: day of purchase, amount in any one currency. A row with amount >= 0 is a purchase, one with amount < 0 a refund, which reduces revenue and is no purchase. A row with neither day nor amount is ignored; one that lacks either, or has an infinite day or amount or NaN, is skipped and counted, see skipped(). NULL without any row. Same result in any order of rows for amounts of at most four decimal places below 1e11. Errors: 22003 where the amount of a day overflows, 54000 beyond 100000 days.';

CREATE AGGREGATE clientele.purchase_history(purchased_on date, amount numeric) (
	SFUNC = clientele.purchase_history_add,
	STYPE = clientele.purchase_history,
	SSPACE = 144,
	FINALFUNC = clientele.purchase_history_final,
	COMBINEFUNC = clientele.purchase_history_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.purchase_history(date, numeric) IS
'The purchase days of the rows: day of purchase, amount in any one currency. A row with amount >= 0 is a purchase, one with amount < 0 a refund, which reduces revenue and is no purchase. A row with neither day nor amount is ignored; one that lacks either, or has an infinite day or amount or NaN, or an amount beyond the range of float8, is skipped and counted, see skipped(). NULL without any row. Same result in any order of rows for amounts of at most four decimal places below 1e11. Errors: 22003 where the amount of a day overflows, 54000 beyond 100000 days.';

CREATE AGGREGATE clientele.purchase_history(purchased_at timestamptz, amount float8) (
	SFUNC = clientele.purchase_history_add,
	STYPE = clientele.purchase_history,
	SSPACE = 144,
	FINALFUNC = clientele.purchase_history_final,
	COMBINEFUNC = clientele.purchase_history_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.purchase_history(timestamptz, float8) IS
'The purchase days of the rows: moment of purchase, of which the UTC day counts, amount in any one currency. For local days give (purchased_at AT TIME ZONE zone). A row with amount >= 0 is a purchase, one with amount < 0 a refund, which reduces revenue and is no purchase. A row with neither day nor amount is ignored; one that lacks either, or has an infinite day or amount or NaN, is skipped and counted, see skipped(). NULL without any row. Same result in any order of rows for amounts of at most four decimal places below 1e11. Errors: 22003 where the amount of a day overflows, 54000 beyond 100000 days.';

CREATE AGGREGATE clientele.purchase_history(purchased_at timestamptz, amount numeric) (
	SFUNC = clientele.purchase_history_add,
	STYPE = clientele.purchase_history,
	SSPACE = 144,
	FINALFUNC = clientele.purchase_history_final,
	COMBINEFUNC = clientele.purchase_history_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.purchase_history(timestamptz, numeric) IS
'The purchase days of the rows: moment of purchase, of which the UTC day counts, amount in any one currency. For local days give (purchased_at AT TIME ZONE zone). A row with amount >= 0 is a purchase, one with amount < 0 a refund, which reduces revenue and is no purchase. A row with neither day nor amount is ignored; one that lacks either, or has an infinite day or amount or NaN, or an amount beyond the range of float8, is skipped and counted, see skipped(). NULL without any row. Same result in any order of rows for amounts of at most four decimal places below 1e11. Errors: 22003 where the amount of a day overflows, 54000 beyond 100000 days.';

CREATE AGGREGATE clientele.purchase_history(purchased_at timestamp, amount float8) (
	SFUNC = clientele.purchase_history_add,
	STYPE = clientele.purchase_history,
	SSPACE = 144,
	FINALFUNC = clientele.purchase_history_final,
	COMBINEFUNC = clientele.purchase_history_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.purchase_history(timestamp, float8) IS
'The purchase days of the rows: local time of purchase, of which the day counts, amount in any one currency. A row with amount >= 0 is a purchase, one with amount < 0 a refund, which reduces revenue and is no purchase. A row with neither day nor amount is ignored; one that lacks either, or has an infinite day or amount or NaN, is skipped and counted, see skipped(). NULL without any row. Same result in any order of rows for amounts of at most four decimal places below 1e11. Errors: 22003 where the amount of a day overflows, 54000 beyond 100000 days.';

CREATE AGGREGATE clientele.purchase_history(purchased_at timestamp, amount numeric) (
	SFUNC = clientele.purchase_history_add,
	STYPE = clientele.purchase_history,
	SSPACE = 144,
	FINALFUNC = clientele.purchase_history_final,
	COMBINEFUNC = clientele.purchase_history_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.purchase_history(timestamp, numeric) IS
'The purchase days of the rows: local time of purchase, of which the day counts, amount in any one currency. A row with amount >= 0 is a purchase, one with amount < 0 a refund, which reduces revenue and is no purchase. A row with neither day nor amount is ignored; one that lacks either, or has an infinite day or amount or NaN, or an amount beyond the range of float8, is skipped and counted, see skipped(). NULL without any row. Same result in any order of rows for amounts of at most four decimal places below 1e11. Errors: 22003 where the amount of a day overflows, 54000 beyond 100000 days.';

CREATE AGGREGATE clientele.purchase_history(history clientele.purchase_history) (
	SFUNC = clientele.purchase_history_union,
	STYPE = clientele.purchase_history,
	SSPACE = 144,
	FINALFUNC = clientele.purchase_history_final,
	COMBINEFUNC = clientele.purchase_history_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.purchase_history(clientele.purchase_history) IS
'The union of histories: amounts and purchases of the same day added, skipped rows too. Errors: 22003 where an amount overflows, 54000 beyond 100000 days.';

CREATE OPERATOR clientele.|| (
	LEFTARG = clientele.purchase_history, RIGHTARG = clientele.purchase_history,
	FUNCTION = clientele.purchase_history_union,
	COMMUTATOR = OPERATOR(clientele.||)
);
COMMENT ON OPERATOR clientele.|| (clientele.purchase_history, clientele.purchase_history) IS
'The union of two histories, see purchase_history_union().';

CREATE FUNCTION clientele.skipped(clientele.purchase_history) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_skipped'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.skipped(clientele.purchase_history) IS
'Number of rows that the aggregate could not use: day or amount missing or not finite.';

CREATE FUNCTION clientele.first_purchase(clientele.purchase_history) RETURNS date
	AS 'MODULE_PATHNAME', 'clientele_first_purchase'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.first_purchase(clientele.purchase_history) IS
'The first purchase day, NULL if there is none. A day with refunds only is no purchase day.';

CREATE FUNCTION clientele.last_purchase(clientele.purchase_history) RETURNS date
	AS 'MODULE_PATHNAME', 'clientele_last_purchase'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.last_purchase(clientele.purchase_history) IS
'The last purchase day, NULL if there is none. A day with refunds only is no purchase day.';

CREATE FUNCTION clientele.last_purchase(history clientele.purchase_history, as_of date) RETURNS date
	AS 'MODULE_PATHNAME', 'clientele_last_purchase_as_of'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.last_purchase(clientele.purchase_history, date) IS
'The last purchase day on or before a day, NULL if there is none.';

CREATE FUNCTION clientele.purchases(clientele.purchase_history) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_purchases'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.purchases(clientele.purchase_history) IS
'Number of purchases, several on one day counted each; refunds are none.';

CREATE FUNCTION clientele.revenue(clientele.purchase_history) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_revenue'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.revenue(clientele.purchase_history) IS
'Net revenue: the sum of all amounts, refunds subtracted, in the currency of the amounts. Exact for amounts of at most four decimal places. Error: 22003 where it overflows.';

CREATE FUNCTION clientele.purchases_between(history clientele.purchase_history, from_day date, to_day date) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_purchases_between'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.purchases_between(clientele.purchase_history, date, date) IS
'Number of purchases from a day to a day. Both days belong to it, as with BETWEEN; NULL leaves an end open.';

CREATE FUNCTION clientele.revenue_between(history clientele.purchase_history, from_day date, to_day date) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_revenue_between'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.revenue_between(clientele.purchase_history, date, date) IS
'Net revenue from a day to a day, in the currency of the amounts. Both days belong to it, as with BETWEEN; NULL leaves an end open. Error: 22003 where it overflows.';

CREATE FUNCTION clientele.purchase_days_between(history clientele.purchase_history, from_day date, to_day date) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_purchase_days_between'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.purchase_days_between(clientele.purchase_history, date, date) IS
'Number of purchase days from a day to a day, which is what the models of purchases count: the repeat purchases of a holdout period. Both days belong to it, as with BETWEEN; NULL leaves an end open.';

CREATE FUNCTION clientele.purchase_days(history clientele.purchase_history)
	RETURNS TABLE (purchased_on date, purchases bigint, amount float8)
	AS 'MODULE_PATHNAME', 'clientele_purchase_days'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 10;
COMMENT ON FUNCTION clientele.purchase_days(clientele.purchase_history) IS
'The days of a history, ascending: day, number of purchases (0 on a day with refunds only), net amount.';

CREATE FUNCTION clientele.purchase_history_eq(clientele.purchase_history, clientele.purchase_history) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_eq'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.purchase_history_eq(clientele.purchase_history, clientele.purchase_history) IS 'Implementation of operator =.';

CREATE FUNCTION clientele.purchase_history_ne(clientele.purchase_history, clientele.purchase_history) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_ne'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.purchase_history_ne(clientele.purchase_history, clientele.purchase_history) IS 'Implementation of operator <>.';

CREATE FUNCTION clientele.purchase_history_lt(clientele.purchase_history, clientele.purchase_history) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_lt'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.purchase_history_lt(clientele.purchase_history, clientele.purchase_history) IS 'Implementation of operator <.';

CREATE FUNCTION clientele.purchase_history_le(clientele.purchase_history, clientele.purchase_history) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_le'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.purchase_history_le(clientele.purchase_history, clientele.purchase_history) IS 'Implementation of operator <=.';

CREATE FUNCTION clientele.purchase_history_gt(clientele.purchase_history, clientele.purchase_history) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_gt'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.purchase_history_gt(clientele.purchase_history, clientele.purchase_history) IS 'Implementation of operator >.';

CREATE FUNCTION clientele.purchase_history_ge(clientele.purchase_history, clientele.purchase_history) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_ge'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.purchase_history_ge(clientele.purchase_history, clientele.purchase_history) IS 'Implementation of operator >=.';

CREATE FUNCTION clientele.purchase_history_cmp(clientele.purchase_history, clientele.purchase_history) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_cmp'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.purchase_history_cmp(clientele.purchase_history, clientele.purchase_history) IS
'Less than, equal to or greater than 0 as the first argument sorts before, with or after the second.';

CREATE FUNCTION clientele.purchase_history_hash(clientele.purchase_history) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_hash'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.purchase_history_hash(clientele.purchase_history) IS 'Hash of 32 bits; equal values hash alike.';

CREATE FUNCTION clientele.purchase_history_hash_extended(clientele.purchase_history, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_purchase_history_hash_extended'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.purchase_history_hash_extended(clientele.purchase_history, bigint) IS 'Hash of 64 bits with a seed; equal values hash alike.';

CREATE OPERATOR clientele.= (
	LEFTARG = clientele.purchase_history, RIGHTARG = clientele.purchase_history,
	FUNCTION = clientele.purchase_history_eq,
	COMMUTATOR = OPERATOR(clientele.=), NEGATOR = OPERATOR(clientele.<>),
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR clientele.= (clientele.purchase_history, clientele.purchase_history) IS 'Equal in every field.';

CREATE OPERATOR clientele.<> (
	LEFTARG = clientele.purchase_history, RIGHTARG = clientele.purchase_history,
	FUNCTION = clientele.purchase_history_ne,
	COMMUTATOR = OPERATOR(clientele.<>), NEGATOR = OPERATOR(clientele.=),
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR clientele.<> (clientele.purchase_history, clientele.purchase_history) IS 'Different in some field.';

CREATE OPERATOR clientele.< (
	LEFTARG = clientele.purchase_history, RIGHTARG = clientele.purchase_history,
	FUNCTION = clientele.purchase_history_lt,
	COMMUTATOR = OPERATOR(clientele.>), NEGATOR = OPERATOR(clientele.>=),
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR clientele.< (clientele.purchase_history, clientele.purchase_history) IS 'Less than: by the days in turn, each by day, purchases and amount, a history before its continuations, then by skipped rows.';

CREATE OPERATOR clientele.<= (
	LEFTARG = clientele.purchase_history, RIGHTARG = clientele.purchase_history,
	FUNCTION = clientele.purchase_history_le,
	COMMUTATOR = OPERATOR(clientele.>=), NEGATOR = OPERATOR(clientele.>),
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR clientele.<= (clientele.purchase_history, clientele.purchase_history) IS 'Less than or equal: by the days in turn, each by day, purchases and amount, a history before its continuations, then by skipped rows.';

CREATE OPERATOR clientele.> (
	LEFTARG = clientele.purchase_history, RIGHTARG = clientele.purchase_history,
	FUNCTION = clientele.purchase_history_gt,
	COMMUTATOR = OPERATOR(clientele.<), NEGATOR = OPERATOR(clientele.<=),
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR clientele.> (clientele.purchase_history, clientele.purchase_history) IS 'Greater than: by the days in turn, each by day, purchases and amount, a history before its continuations, then by skipped rows.';

CREATE OPERATOR clientele.>= (
	LEFTARG = clientele.purchase_history, RIGHTARG = clientele.purchase_history,
	FUNCTION = clientele.purchase_history_ge,
	COMMUTATOR = OPERATOR(clientele.<=), NEGATOR = OPERATOR(clientele.<),
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR clientele.>= (clientele.purchase_history, clientele.purchase_history) IS 'Greater than or equal: by the days in turn, each by day, purchases and amount, a history before its continuations, then by skipped rows.';

CREATE OPERATOR FAMILY clientele.purchase_history_btree_ops USING btree;
COMMENT ON OPERATOR FAMILY clientele.purchase_history_btree_ops USING btree IS 'Order of purchase_history.';
CREATE OPERATOR CLASS clientele.purchase_history_btree_ops DEFAULT FOR TYPE clientele.purchase_history
	USING btree FAMILY clientele.purchase_history_btree_ops AS
	OPERATOR 1 clientele.<, OPERATOR 2 clientele.<=, OPERATOR 3 clientele.=,
	OPERATOR 4 clientele.>=, OPERATOR 5 clientele.>,
	FUNCTION 1 clientele.purchase_history_cmp(clientele.purchase_history, clientele.purchase_history);
COMMENT ON OPERATOR CLASS clientele.purchase_history_btree_ops USING btree IS
'Order of purchase_history: by the days in turn, each by day, purchases and amount, a history before its continuations, then by skipped rows.';

CREATE OPERATOR FAMILY clientele.purchase_history_hash_ops USING hash;
COMMENT ON OPERATOR FAMILY clientele.purchase_history_hash_ops USING hash IS 'Equality of purchase_history.';
CREATE OPERATOR CLASS clientele.purchase_history_hash_ops DEFAULT FOR TYPE clientele.purchase_history
	USING hash FAMILY clientele.purchase_history_hash_ops AS
	OPERATOR 1 clientele.=,
	FUNCTION 1 clientele.purchase_history_hash(clientele.purchase_history),
	FUNCTION 2 clientele.purchase_history_hash_extended(clientele.purchase_history, bigint);
COMMENT ON OPERATOR CLASS clientele.purchase_history_hash_ops USING hash IS 'Equality of purchase_history, for hash joins, hash aggregates and hash indexes.';
