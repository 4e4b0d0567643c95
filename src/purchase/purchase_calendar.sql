-- Type purchase_calendar: how many customers came and came back, day by day.
CREATE TYPE clientele.purchase_calendar;

CREATE FUNCTION clientele.purchase_calendar_in(cstring) RETURNS clientele.purchase_calendar
	AS 'MODULE_PATHNAME', 'clientele_purchase_calendar_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.purchase_calendar_in(cstring) IS
'Text input of type purchase_calendar: days in any order, those of the same day are added.';

CREATE FUNCTION clientele.purchase_calendar_out(clientele.purchase_calendar) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_purchase_calendar_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.purchase_calendar_out(clientele.purchase_calendar) IS
'Text output of type purchase_calendar: days in ISO form under any DateStyle.';

CREATE FUNCTION clientele.purchase_calendar_recv(internal) RETURNS clientele.purchase_calendar
	AS 'MODULE_PATHNAME', 'clientele_purchase_calendar_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.purchase_calendar_recv(internal) IS
'Binary input of type purchase_calendar: format version (1 byte, 1), skipped rows int8, histories without purchase int8, number of days int4, then for each day, ascending: day int4 from 2000-01-01, new customers int4 without sign, repeat purchases int8.';

CREATE FUNCTION clientele.purchase_calendar_send(clientele.purchase_calendar) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_purchase_calendar_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.purchase_calendar_send(clientele.purchase_calendar) IS
'Binary output of type purchase_calendar.';

CREATE TYPE clientele.purchase_calendar (
	INPUT = clientele.purchase_calendar_in,
	OUTPUT = clientele.purchase_calendar_out,
	RECEIVE = clientele.purchase_calendar_recv,
	SEND = clientele.purchase_calendar_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.purchase_calendar IS
'How many customers came and came back, day by day: all that tracking() needs to know of any number of customers. Text {1997-01-01:12+0, 1997-01-02:9+3}: day, customers whose first purchase day it is, customers who bought again; behind the braces "skipped n" (rows that histories could not use) and "without_purchase n" (histories without a purchase day). At most 1000000 days.';

CREATE FUNCTION clientele.purchase_calendar_add(clientele.purchase_calendar, clientele.purchase_history) RETURNS clientele.purchase_calendar
	AS 'MODULE_PATHNAME', 'clientele_purchase_calendar_add'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.purchase_calendar_add(clientele.purchase_calendar, clientele.purchase_history) IS
'Transition function of the aggregate purchase_calendar(purchase_history): the calendar with one customer more.';

CREATE FUNCTION clientele.purchase_calendar_union(clientele.purchase_calendar, clientele.purchase_calendar) RETURNS clientele.purchase_calendar
	AS 'MODULE_PATHNAME', 'clientele_purchase_calendar_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.purchase_calendar_union(clientele.purchase_calendar, clientele.purchase_calendar) IS
'The calendar of the customers of both: the counts of each day are added. Each customer is to be in one of them only. Errors: 54000 beyond 1000000 days or 4294967295 new customers on a day.';

CREATE FUNCTION clientele.purchase_calendar_final(clientele.purchase_calendar) RETURNS clientele.purchase_calendar
	AS 'MODULE_PATHNAME', 'clientele_purchase_calendar_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.purchase_calendar_final(clientele.purchase_calendar) IS
'Final function of the aggregates purchase_calendar: the same value without room to spare.';

CREATE AGGREGATE clientele.purchase_calendar(history clientele.purchase_history) (
	SFUNC = clientele.purchase_calendar_add,
	STYPE = clientele.purchase_calendar,
	SSPACE = 16384,
	FINALFUNC = clientele.purchase_calendar_final,
	COMBINEFUNC = clientele.purchase_calendar_union,
	INITCOND = '{}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.purchase_calendar(clientele.purchase_history) IS
'The calendar of customers, one history a customer: by day, for how many it is the first purchase day and how many bought again. As in rfm(), a day with several purchases counts once, the first one is not a repeat purchase, and refunds are no purchases. A history without a purchase is counted apart, see without_purchase(), as are the rows that the histories had to skip, see skipped(). NULL is ignored. Same bytes in any order. Errors: 54000 beyond 1000000 days.';

CREATE AGGREGATE clientele.purchase_calendar(calendar clientele.purchase_calendar) (
	SFUNC = clientele.purchase_calendar_union,
	STYPE = clientele.purchase_calendar,
	SSPACE = 16384,
	FINALFUNC = clientele.purchase_calendar_final,
	COMBINEFUNC = clientele.purchase_calendar_union,
	INITCOND = '{}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.purchase_calendar(clientele.purchase_calendar) IS
'The union of calendars, such as one a region: the counts of each day are added. Each customer is to be in one of them only. Same bytes in any order. Errors: 54000 beyond 1000000 days.';

CREATE OPERATOR clientele.|| (
	LEFTARG = clientele.purchase_calendar, RIGHTARG = clientele.purchase_calendar,
	FUNCTION = clientele.purchase_calendar_union,
	COMMUTATOR = OPERATOR(clientele.||)
);
COMMENT ON OPERATOR clientele.|| (clientele.purchase_calendar, clientele.purchase_calendar) IS
'The calendar of the customers of both, see purchase_calendar_union().';

CREATE FUNCTION clientele.customers(clientele.purchase_calendar) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_purchase_calendar_customers'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.customers(clientele.purchase_calendar) IS
'The number of customers in the calendar.';

CREATE FUNCTION clientele.repeat_purchases(clientele.purchase_calendar) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_purchase_calendar_repeat_purchases'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.repeat_purchases(clientele.purchase_calendar) IS
'The number of repeat purchase days of all customers in the calendar.';

CREATE FUNCTION clientele.skipped(clientele.purchase_calendar) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_purchase_calendar_skipped'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.skipped(clientele.purchase_calendar) IS
'Number of rows that the histories of the calendar could not use: the sum of their skipped().';

CREATE FUNCTION clientele.without_purchase(clientele.purchase_calendar) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_purchase_calendar_without_purchase'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.without_purchase(clientele.purchase_calendar) IS
'Number of histories without a purchase day (empty, or refunds only): they are no customers of the calendar.';

CREATE FUNCTION clientele.first_day(clientele.purchase_calendar) RETURNS date
	AS 'MODULE_PATHNAME', 'clientele_purchase_calendar_first_day'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.first_day(clientele.purchase_calendar) IS
'The first day on which somebody bought, NULL if there is none.';

CREATE FUNCTION clientele.last_day(clientele.purchase_calendar) RETURNS date
	AS 'MODULE_PATHNAME', 'clientele_purchase_calendar_last_day'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.last_day(clientele.purchase_calendar) IS
'The last day on which somebody bought, NULL if there is none.';

CREATE FUNCTION clientele.days(clientele.purchase_calendar,
	OUT day date, OUT new_customers bigint, OUT repeat_purchases bigint) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_purchase_calendar_days'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 500;
COMMENT ON FUNCTION clientele.days(clientele.purchase_calendar) IS
'The days of the calendar as rows, ascending: customers whose first purchase day it is, and customers who bought again. Days on which nobody bought are left out.';
