-- Type rfm: what a customer's purchases come to as of a day.
CREATE TYPE clientele.rfm;

CREATE FUNCTION clientele.rfm_in(cstring) RETURNS clientele.rfm
	AS 'MODULE_PATHNAME', 'clientele_rfm_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.rfm_in(cstring) IS 'Text input of type rfm.';

CREATE FUNCTION clientele.rfm_out(clientele.rfm) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_rfm_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.rfm_out(clientele.rfm) IS
'Text output of type rfm: every number in its shortest exact form.';

CREATE FUNCTION clientele.rfm_recv(internal) RETURNS clientele.rfm
	AS 'MODULE_PATHNAME', 'clientele_rfm_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.rfm_recv(internal) IS
'Binary input of type rfm: frequency int4, flags int4, then recency, age, monetary_value and log_gaps as float8.';

CREATE FUNCTION clientele.rfm_send(clientele.rfm) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_rfm_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.rfm_send(clientele.rfm) IS 'Binary output of type rfm.';

CREATE TYPE clientele.rfm (
	INPUT = clientele.rfm_in,
	OUTPUT = clientele.rfm_out,
	RECEIVE = clientele.rfm_recv,
	SEND = clientele.rfm_send,
	INTERNALLENGTH = 40,
	ALIGNMENT = double,
	STORAGE = plain
);
COMMENT ON TYPE clientele.rfm IS
'A customer''s purchases as of a day: (frequency,recency,age,monetary_value[,log_gaps[,first]]). frequency: repeat purchase days; recency and age: days from the first purchase day to the last one and to the day of the summary; monetary_value: net revenue per repeat purchase day; log_gaps: sum of the natural logarithms of the gaps in days between purchase days, empty if not known; first: the first purchase is included in frequency and monetary_value, for models of spend.';

CREATE FUNCTION clientele.rfm(frequency bigint, recency float8, age float8, monetary_value float8 DEFAULT 0)
	RETURNS clientele.rfm
	AS 'MODULE_PATHNAME', 'clientele_rfm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.rfm(bigint, float8, float8, float8) IS
'A summary that was made elsewhere, such as count(*) - 1 of the purchase days. Lengths in days since the first purchase (weeks * 7). Errors: 22023 unless frequency >= 0, 0 <= recency <= age, and recency = 0 where frequency = 0; 22003 for NaN and infinity.';

CREATE FUNCTION clientele.rfm(history clientele.purchase_history, as_of date, first_included boolean DEFAULT false)
	RETURNS clientele.rfm
	AS 'MODULE_PATHNAME', 'clientele_rfm_of_history'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION clientele.rfm(clientele.purchase_history, date, boolean) IS
'The summary of a history as of a day; later days are not seen. NULL without a purchase on or before it. frequency: purchase days after the first; recency, age: days from the first purchase day to the last one and to as_of; monetary_value: net revenue after the first purchase day, refunds subtracted, per repeat purchase day. first_included: the first purchase day counts in frequency and monetary_value, for models of spend only. Definition of the summary: Fader, Hardie and Lee (2005), Counting Your Customers the Easy Way. Errors: 22008 where as_of is infinity, 22003 where revenue overflows.';

CREATE FUNCTION clientele.rfm(history clientele.purchase_history, as_of date, opportunity interval)
	RETURNS clientele.rfm
	AS 'MODULE_PATHNAME', 'clientele_rfm_of_opportunities'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 6;
COMMENT ON FUNCTION clientele.rfm(clientele.purchase_history, date, interval) IS
'The summary of a history in opportunities to buy, for models of discrete opportunities (bg/bb) fitted with the same interval as unit: write rfm(history, as_of, opportunity => ''1 month''). Opportunities are periods of the calendar, each of which counts once however much is bought in it. Whole months are counted from January of year 1 (''1 month'', ''3 months'' from January, April, ..., ''1 year'' from January), whole days from Monday 2001-01-01 (''7 days'': weeks that begin on Monday). The period of the first purchase is period 0. Only periods that have ended count, those whose last day is as_of or before. frequency: later periods with a purchase; recency: the last of them, age: periods after period 0, both times the length of the interval in days (30.4375 a month); monetary_value: net revenue in these periods, refunds subtracted, per period with a purchase; log_gaps: not known. NULL without a purchase on or before as_of. Opportunities: Fader, Hardie and Shang (2010), Customer-Base Analysis in a Discrete-Time Noncontractual Setting. Errors: 22023 for an interval that is neither whole months nor whole days, 22008 where as_of is infinity, 22003 where revenue overflows.';

CREATE FUNCTION clientele.frequency(clientele.rfm) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_frequency'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.frequency(clientele.rfm) IS
'Number of repeat purchase days; of all purchase days where the first one is included.';

CREATE FUNCTION clientele.recency(clientele.rfm) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_recency'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.recency(clientele.rfm) IS
'Days from the first to the last purchase day: the later the last purchase, the larger. 0 without a repeat purchase.';

CREATE FUNCTION clientele.age(clientele.rfm) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_age'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.age(clientele.rfm) IS
'Days from the first purchase day to the day of the summary.';

CREATE FUNCTION clientele.monetary_value(clientele.rfm) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_monetary_value'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.monetary_value(clientele.rfm) IS
'Net revenue per repeat purchase day, in the currency of the amounts; 0 without a repeat purchase. Negative where refunds exceed it.';

CREATE FUNCTION clientele.log_gaps(clientele.rfm) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_log_gaps'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.log_gaps(clientele.rfm) IS
'Sum of the natural logarithms of the gaps, in days, between successive purchase days, for models of regularity. NULL if not known.';

CREATE FUNCTION clientele.first_included(clientele.rfm) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_first_included'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.first_included(clientele.rfm) IS
'Whether frequency and monetary_value include the first purchase day: for models of spend only.';

CREATE FUNCTION clientele.rfm_eq(clientele.rfm, clientele.rfm) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_rfm_eq'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.rfm_eq(clientele.rfm, clientele.rfm) IS 'Implementation of operator =.';

CREATE FUNCTION clientele.rfm_ne(clientele.rfm, clientele.rfm) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_rfm_ne'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.rfm_ne(clientele.rfm, clientele.rfm) IS 'Implementation of operator <>.';

CREATE FUNCTION clientele.rfm_lt(clientele.rfm, clientele.rfm) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_rfm_lt'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.rfm_lt(clientele.rfm, clientele.rfm) IS 'Implementation of operator <.';

CREATE FUNCTION clientele.rfm_le(clientele.rfm, clientele.rfm) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_rfm_le'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.rfm_le(clientele.rfm, clientele.rfm) IS 'Implementation of operator <=.';

CREATE FUNCTION clientele.rfm_gt(clientele.rfm, clientele.rfm) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_rfm_gt'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.rfm_gt(clientele.rfm, clientele.rfm) IS 'Implementation of operator >.';

CREATE FUNCTION clientele.rfm_ge(clientele.rfm, clientele.rfm) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_rfm_ge'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.rfm_ge(clientele.rfm, clientele.rfm) IS 'Implementation of operator >=.';

CREATE FUNCTION clientele.rfm_cmp(clientele.rfm, clientele.rfm) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_rfm_cmp'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.rfm_cmp(clientele.rfm, clientele.rfm) IS
'Less than, equal to or greater than 0 as the first argument sorts before, with or after the second.';

CREATE FUNCTION clientele.rfm_hash(clientele.rfm) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_rfm_hash'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.rfm_hash(clientele.rfm) IS 'Hash of 32 bits; equal values hash alike.';

CREATE FUNCTION clientele.rfm_hash_extended(clientele.rfm, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_rfm_hash_extended'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.rfm_hash_extended(clientele.rfm, bigint) IS 'Hash of 64 bits with a seed; equal values hash alike.';

CREATE OPERATOR clientele.= (
	LEFTARG = clientele.rfm, RIGHTARG = clientele.rfm,
	FUNCTION = clientele.rfm_eq,
	COMMUTATOR = OPERATOR(clientele.=), NEGATOR = OPERATOR(clientele.<>),
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR clientele.= (clientele.rfm, clientele.rfm) IS 'Equal in every field.';

CREATE OPERATOR clientele.<> (
	LEFTARG = clientele.rfm, RIGHTARG = clientele.rfm,
	FUNCTION = clientele.rfm_ne,
	COMMUTATOR = OPERATOR(clientele.<>), NEGATOR = OPERATOR(clientele.=),
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR clientele.<> (clientele.rfm, clientele.rfm) IS 'Different in some field.';

CREATE OPERATOR clientele.< (
	LEFTARG = clientele.rfm, RIGHTARG = clientele.rfm,
	FUNCTION = clientele.rfm_lt,
	COMMUTATOR = OPERATOR(clientele.>), NEGATOR = OPERATOR(clientele.>=),
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR clientele.< (clientele.rfm, clientele.rfm) IS 'Less than: by frequency, recency, age, monetary_value, log_gaps (unknown last), then the first purchase included or not.';

CREATE OPERATOR clientele.<= (
	LEFTARG = clientele.rfm, RIGHTARG = clientele.rfm,
	FUNCTION = clientele.rfm_le,
	COMMUTATOR = OPERATOR(clientele.>=), NEGATOR = OPERATOR(clientele.>),
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR clientele.<= (clientele.rfm, clientele.rfm) IS 'Less than or equal: by frequency, recency, age, monetary_value, log_gaps (unknown last), then the first purchase included or not.';

CREATE OPERATOR clientele.> (
	LEFTARG = clientele.rfm, RIGHTARG = clientele.rfm,
	FUNCTION = clientele.rfm_gt,
	COMMUTATOR = OPERATOR(clientele.<), NEGATOR = OPERATOR(clientele.<=),
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR clientele.> (clientele.rfm, clientele.rfm) IS 'Greater than: by frequency, recency, age, monetary_value, log_gaps (unknown last), then the first purchase included or not.';

CREATE OPERATOR clientele.>= (
	LEFTARG = clientele.rfm, RIGHTARG = clientele.rfm,
	FUNCTION = clientele.rfm_ge,
	COMMUTATOR = OPERATOR(clientele.<=), NEGATOR = OPERATOR(clientele.<),
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR clientele.>= (clientele.rfm, clientele.rfm) IS 'Greater than or equal: by frequency, recency, age, monetary_value, log_gaps (unknown last), then the first purchase included or not.';

CREATE OPERATOR FAMILY clientele.rfm_btree_ops USING btree;
COMMENT ON OPERATOR FAMILY clientele.rfm_btree_ops USING btree IS 'Order of rfm.';
CREATE OPERATOR CLASS clientele.rfm_btree_ops DEFAULT FOR TYPE clientele.rfm
	USING btree FAMILY clientele.rfm_btree_ops AS
	OPERATOR 1 clientele.<, OPERATOR 2 clientele.<=, OPERATOR 3 clientele.=,
	OPERATOR 4 clientele.>=, OPERATOR 5 clientele.>,
	FUNCTION 1 clientele.rfm_cmp(clientele.rfm, clientele.rfm);
COMMENT ON OPERATOR CLASS clientele.rfm_btree_ops USING btree IS
'Order of rfm: by frequency, recency, age, monetary_value, log_gaps (unknown last), then the first purchase included or not.';

CREATE OPERATOR FAMILY clientele.rfm_hash_ops USING hash;
COMMENT ON OPERATOR FAMILY clientele.rfm_hash_ops USING hash IS 'Equality of rfm.';
CREATE OPERATOR CLASS clientele.rfm_hash_ops DEFAULT FOR TYPE clientele.rfm
	USING hash FAMILY clientele.rfm_hash_ops AS
	OPERATOR 1 clientele.=,
	FUNCTION 1 clientele.rfm_hash(clientele.rfm),
	FUNCTION 2 clientele.rfm_hash_extended(clientele.rfm, bigint);
COMMENT ON OPERATOR CLASS clientele.rfm_hash_ops USING hash IS 'Equality of rfm, for hash joins, hash aggregates and hash indexes.';
