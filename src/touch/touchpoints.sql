-- Type touchpoints: who was reached at an account, on which days.
CREATE TYPE clientele.touchpoints;

CREATE FUNCTION clientele.touchpoints_in(cstring) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touchpoints_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION clientele.touchpoints_in(cstring) IS
'Text input of type touchpoints.';

CREATE FUNCTION clientele.touchpoints_out(clientele.touchpoints) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_touchpoints_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION clientele.touchpoints_out(clientele.touchpoints) IS
'Text output of type touchpoints.';

CREATE FUNCTION clientele.touchpoints_recv(internal) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touchpoints_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.touchpoints_recv(internal) IS
'Binary input of type touchpoints; ids of type text are in the encoding of the database.';

CREATE FUNCTION clientele.touchpoints_send(clientele.touchpoints) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_touchpoints_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.touchpoints_send(clientele.touchpoints) IS
'Binary output of type touchpoints.';

CREATE TYPE clientele.touchpoints (
	INPUT = clientele.touchpoints_in,
	OUTPUT = clientele.touchpoints_out,
	RECEIVE = clientele.touchpoints_recv,
	SEND = clientele.touchpoints_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = int4,
	STORAGE = extended
);
COMMENT ON TYPE clientele.touchpoints IS
'The touches of an account: every contact (id text, bigint or uuid, kept exactly) with the days on which it was touched, and how often outbound and inbound. As of any day it tells how many contacts were reached within a window, for what came later is not seen. Text {"003A": 2024-01-05>2<, 2024-02-01<; "003B": 2024-03-01>} skipped 3: days with > for outbound and < for inbound and how many if not one; ids of type bigint and uuid without quotes. Days are UTC days. Ids of one value have one type and 1 to 1000 bytes; at most 500 million bytes a value.';

CREATE FUNCTION clientele.touchpoints_add(clientele.touchpoints, text, timestamptz, text) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touchpoints_add_text_timestamp'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.touchpoints_add(clientele.touchpoints, text, timestamptz, text) IS
'Transition function of the aggregate touchpoints(text, timestamptz, text).';

CREATE FUNCTION clientele.touchpoints_add(clientele.touchpoints, text, date, text) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touchpoints_add_text_date'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.touchpoints_add(clientele.touchpoints, text, date, text) IS
'Transition function of the aggregate touchpoints(text, date, text).';

CREATE FUNCTION clientele.touchpoints_add(clientele.touchpoints, bigint, timestamptz, text) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touchpoints_add_bigint_timestamp'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.touchpoints_add(clientele.touchpoints, bigint, timestamptz, text) IS
'Transition function of the aggregate touchpoints(bigint, timestamptz, text).';

CREATE FUNCTION clientele.touchpoints_add(clientele.touchpoints, bigint, date, text) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touchpoints_add_bigint_date'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.touchpoints_add(clientele.touchpoints, bigint, date, text) IS
'Transition function of the aggregate touchpoints(bigint, date, text).';

CREATE FUNCTION clientele.touchpoints_add(clientele.touchpoints, uuid, timestamptz, text) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touchpoints_add_uuid_timestamp'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.touchpoints_add(clientele.touchpoints, uuid, timestamptz, text) IS
'Transition function of the aggregate touchpoints(uuid, timestamptz, text).';

CREATE FUNCTION clientele.touchpoints_add(clientele.touchpoints, uuid, date, text) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touchpoints_add_uuid_date'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.touchpoints_add(clientele.touchpoints, uuid, date, text) IS
'Transition function of the aggregate touchpoints(uuid, date, text).';

CREATE FUNCTION clientele.touchpoints_union_state(clientele.touchpoints, clientele.touchpoints) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touchpoints_union'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.touchpoints_union_state(clientele.touchpoints, clientele.touchpoints) IS
'Transition and combine function of the aggregates touchpoints: the touches of both.';

CREATE FUNCTION clientele.touchpoints_final(clientele.touchpoints) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touchpoints_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.touchpoints_final(clientele.touchpoints) IS
'Final function of the aggregates touchpoints: the state brought to rest.';

CREATE AGGREGATE clientele.touchpoints(contact_id text, occurred_at timestamptz, direction text) (
	SFUNC = clientele.touchpoints_add,
	STYPE = clientele.touchpoints,
	SSPACE = 256,
	FINALFUNC = clientele.touchpoints_final,
	COMBINEFUNC = clientele.touchpoints_union_state,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.touchpoints(text, timestamptz, text) IS
'The touches of an account: a row is a touch of a contact, direction ''outbound'' or ''inbound''. The caller''s filter decides what is a touch: leave out what did not reach the person (bounced, attempted) and people in copy. Order and grouping do not matter. NULL without rows. Rows without contact or time, with another direction, an infinite time, or an id that is empty or longer than 1000 bytes are skipped and counted, see skipped(); rows in which contact and time are both NULL (an outer join) are ignored. Days are UTC days; pass a date for local ones.';

CREATE AGGREGATE clientele.touchpoints(contact_id text, occurred_at date, direction text) (
	SFUNC = clientele.touchpoints_add,
	STYPE = clientele.touchpoints,
	SSPACE = 256,
	FINALFUNC = clientele.touchpoints_final,
	COMBINEFUNC = clientele.touchpoints_union_state,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.touchpoints(text, date, text) IS
'The touches of an account: a row is a touch of a contact, direction ''outbound'' or ''inbound''. The caller''s filter decides what is a touch: leave out what did not reach the person (bounced, attempted) and people in copy. Order and grouping do not matter. NULL without rows. Rows without contact or time, with another direction, an infinite time, or an id that is empty or longer than 1000 bytes are skipped and counted, see skipped(); rows in which contact and time are both NULL (an outer join) are ignored.';

CREATE AGGREGATE clientele.touchpoints(contact_id bigint, occurred_at timestamptz, direction text) (
	SFUNC = clientele.touchpoints_add,
	STYPE = clientele.touchpoints,
	SSPACE = 256,
	FINALFUNC = clientele.touchpoints_final,
	COMBINEFUNC = clientele.touchpoints_union_state,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.touchpoints(bigint, timestamptz, text) IS
'The touches of an account: a row is a touch of a contact, direction ''outbound'' or ''inbound''. The caller''s filter decides what is a touch: leave out what did not reach the person (bounced, attempted) and people in copy. Order and grouping do not matter. NULL without rows. Rows without contact or time, with another direction, an infinite time, or an id that is empty or longer than 1000 bytes are skipped and counted, see skipped(); rows in which contact and time are both NULL (an outer join) are ignored. Days are UTC days; pass a date for local ones.';

CREATE AGGREGATE clientele.touchpoints(contact_id bigint, occurred_at date, direction text) (
	SFUNC = clientele.touchpoints_add,
	STYPE = clientele.touchpoints,
	SSPACE = 256,
	FINALFUNC = clientele.touchpoints_final,
	COMBINEFUNC = clientele.touchpoints_union_state,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.touchpoints(bigint, date, text) IS
'The touches of an account: a row is a touch of a contact, direction ''outbound'' or ''inbound''. The caller''s filter decides what is a touch: leave out what did not reach the person (bounced, attempted) and people in copy. Order and grouping do not matter. NULL without rows. Rows without contact or time, with another direction, an infinite time, or an id that is empty or longer than 1000 bytes are skipped and counted, see skipped(); rows in which contact and time are both NULL (an outer join) are ignored.';

CREATE AGGREGATE clientele.touchpoints(contact_id uuid, occurred_at timestamptz, direction text) (
	SFUNC = clientele.touchpoints_add,
	STYPE = clientele.touchpoints,
	SSPACE = 256,
	FINALFUNC = clientele.touchpoints_final,
	COMBINEFUNC = clientele.touchpoints_union_state,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.touchpoints(uuid, timestamptz, text) IS
'The touches of an account: a row is a touch of a contact, direction ''outbound'' or ''inbound''. The caller''s filter decides what is a touch: leave out what did not reach the person (bounced, attempted) and people in copy. Order and grouping do not matter. NULL without rows. Rows without contact or time, with another direction, an infinite time, or an id that is empty or longer than 1000 bytes are skipped and counted, see skipped(); rows in which contact and time are both NULL (an outer join) are ignored. Days are UTC days; pass a date for local ones.';

CREATE AGGREGATE clientele.touchpoints(contact_id uuid, occurred_at date, direction text) (
	SFUNC = clientele.touchpoints_add,
	STYPE = clientele.touchpoints,
	SSPACE = 256,
	FINALFUNC = clientele.touchpoints_final,
	COMBINEFUNC = clientele.touchpoints_union_state,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.touchpoints(uuid, date, text) IS
'The touches of an account: a row is a touch of a contact, direction ''outbound'' or ''inbound''. The caller''s filter decides what is a touch: leave out what did not reach the person (bounced, attempted) and people in copy. Order and grouping do not matter. NULL without rows. Rows without contact or time, with another direction, an infinite time, or an id that is empty or longer than 1000 bytes are skipped and counted, see skipped(); rows in which contact and time are both NULL (an outer join) are ignored.';

CREATE AGGREGATE clientele.touchpoints(clientele.touchpoints) (
	SFUNC = clientele.touchpoints_union_state,
	STYPE = clientele.touchpoints,
	SSPACE = 1024,
	FINALFUNC = clientele.touchpoints_final,
	COMBINEFUNC = clientele.touchpoints_union_state,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.touchpoints(clientele.touchpoints) IS
'The union of touchpoints, such as those of single days or of the subsidiaries of a company. Touches of one contact on one day add up, so no touch is to be in two of them. NULLs are ignored. Error 42804 where ids have different types.';

CREATE FUNCTION clientele.touchpoints_union(clientele.touchpoints, clientele.touchpoints) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touchpoints_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.touchpoints_union(clientele.touchpoints, clientele.touchpoints) IS
'The touches of both; operator ||. Error 42804 where ids have different types.';

CREATE OPERATOR clientele.|| (
	LEFTARG = clientele.touchpoints, RIGHTARG = clientele.touchpoints,
	FUNCTION = clientele.touchpoints_union,
	COMMUTATOR = OPERATOR(clientele.||)
);
COMMENT ON OPERATOR clientele.|| (clientele.touchpoints, clientele.touchpoints) IS 'The touches of both.';

CREATE FUNCTION clientele.touch(contact_id text, occurred_at timestamptz, direction text) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touch_text_timestamp'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION clientele.touch(text, timestamptz, text) IS
'The touchpoints of one touch, to be added to stored ones: SET touchpoints = touchpoints || touch(contact_id, occurred_at, direction). direction: ''outbound'' or ''inbound''. Errors: 22023 for another direction or an id that is empty or longer than 1000 bytes; 22008 for an infinite time.';

CREATE FUNCTION clientele.touch(contact_id text, occurred_at date, direction text) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touch_text_date'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION clientele.touch(text, date, text) IS
'The touchpoints of one touch, to be added to stored ones: SET touchpoints = touchpoints || touch(contact_id, occurred_at, direction). direction: ''outbound'' or ''inbound''. Errors: 22023 for another direction or an id that is empty or longer than 1000 bytes; 22008 for an infinite time.';

CREATE FUNCTION clientele.touch(contact_id bigint, occurred_at timestamptz, direction text) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touch_bigint_timestamp'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION clientele.touch(bigint, timestamptz, text) IS
'The touchpoints of one touch, to be added to stored ones: SET touchpoints = touchpoints || touch(contact_id, occurred_at, direction). direction: ''outbound'' or ''inbound''. Errors: 22023 for another direction or an id that is empty or longer than 1000 bytes; 22008 for an infinite time.';

CREATE FUNCTION clientele.touch(contact_id bigint, occurred_at date, direction text) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touch_bigint_date'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION clientele.touch(bigint, date, text) IS
'The touchpoints of one touch, to be added to stored ones: SET touchpoints = touchpoints || touch(contact_id, occurred_at, direction). direction: ''outbound'' or ''inbound''. Errors: 22023 for another direction or an id that is empty or longer than 1000 bytes; 22008 for an infinite time.';

CREATE FUNCTION clientele.touch(contact_id uuid, occurred_at timestamptz, direction text) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touch_uuid_timestamp'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION clientele.touch(uuid, timestamptz, text) IS
'The touchpoints of one touch, to be added to stored ones: SET touchpoints = touchpoints || touch(contact_id, occurred_at, direction). direction: ''outbound'' or ''inbound''. Errors: 22023 for another direction or an id that is empty or longer than 1000 bytes; 22008 for an infinite time.';

CREATE FUNCTION clientele.touch(contact_id uuid, occurred_at date, direction text) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_touch_uuid_date'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION clientele.touch(uuid, date, text) IS
'The touchpoints of one touch, to be added to stored ones: SET touchpoints = touchpoints || touch(contact_id, occurred_at, direction). direction: ''outbound'' or ''inbound''. Errors: 22023 for another direction or an id that is empty or longer than 1000 bytes; 22008 for an infinite time.';
