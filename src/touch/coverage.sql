-- Coverage: what touchpoints tell.
CREATE FUNCTION clientele.coverage(touchpoints clientele.touchpoints, within interval DEFAULT '90 days', as_of date DEFAULT clientele.as_of_date()) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_coverage'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.coverage(clientele.touchpoints, interval, date) IS
'How many different contacts were touched, in either direction, within a window: contacts, not touches. The window is as_of - within < day <= as_of; what came later is not seen. within: a month counts as 30.4375 days. as_of: by default the day of the setting clientele.as_of, or today, in UTC. Errors: 22023 for a window that is not longer than zero, 22008 for an infinite day.';

CREATE FUNCTION clientele.engaged(touchpoints clientele.touchpoints, within interval DEFAULT '90 days', as_of date DEFAULT clientele.as_of_date()) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_engaged'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.engaged(clientele.touchpoints, interval, date) IS
'How many different contacts were touched within a window in both directions: we reached out, and they did. The window is as_of - within < day <= as_of; what came later is not seen. within: a month counts as 30.4375 days. as_of: by default the day of the setting clientele.as_of, or today, in UTC. Errors: 22023 for a window that is not longer than zero, 22008 for an infinite day.';

CREATE FUNCTION clientele.is_covered(touchpoints clientele.touchpoints, minimum integer DEFAULT 5, within interval DEFAULT '90 days', as_of date DEFAULT clientele.as_of_date()) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_is_covered'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.is_covered(clientele.touchpoints, integer, interval, date) IS
'Whether at least so many different contacts were touched within a window. Repeat business needs at least five contacts at a company, reached. The window is as_of - within < day <= as_of; what came later is not seen. within: a month counts as 30.4375 days. as_of: by default the day of the setting clientele.as_of, or today, in UTC. Errors: 22023 for a window that is not longer than zero, 22008 for an infinite day. 22023 for a minimum below 1.';

CREATE FUNCTION clientele.coverage_gap(touchpoints clientele.touchpoints, minimum integer DEFAULT 5, within interval DEFAULT '90 days', as_of date DEFAULT clientele.as_of_date()) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_coverage_gap'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.coverage_gap(clientele.touchpoints, integer, interval, date) IS
'How many contacts are missing to the minimum: minimum - coverage, never below 0. The window is as_of - within < day <= as_of; what came later is not seen. within: a month counts as 30.4375 days. as_of: by default the day of the setting clientele.as_of, or today, in UTC. Errors: 22023 for a window that is not longer than zero, 22008 for an infinite day. 22023 for a minimum below 1.';

CREATE FUNCTION clientele.contacts(touchpoints clientele.touchpoints, as_of date DEFAULT clientele.as_of_date(), OUT contact_id text, OUT first_touch date, OUT last_touch date, OUT outbound bigint, OUT inbound bigint) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_contacts'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 10;
COMMENT ON FUNCTION clientele.contacts(clientele.touchpoints, date) IS
'The contacts that were touched on or before a day, a row each, in the order of their ids: first and last day of a touch by then, and the number of touches in each direction.';

CREATE FUNCTION clientele.touch_days(touchpoints clientele.touchpoints, OUT contact_id text, OUT day date, OUT outbound bigint, OUT inbound bigint) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_touch_days'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 20;
COMMENT ON FUNCTION clientele.touch_days(clientele.touchpoints) IS
'Everything that touchpoints hold: a row for each contact and day, with the number of touches in each direction.';

CREATE FUNCTION clientele.last_touch(touchpoints clientele.touchpoints, as_of date DEFAULT clientele.as_of_date()) RETURNS date
	AS 'MODULE_PATHNAME', 'clientele_last_touch'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.last_touch(clientele.touchpoints, date) IS
'The latest day on or before as_of on which any contact was touched; NULL if there was none.';

CREATE FUNCTION clientele.touched(touchpoints clientele.touchpoints, contact_id text, within interval DEFAULT '1000 years', as_of date DEFAULT clientele.as_of_date()) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_touched_text'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.touched(clientele.touchpoints, text, interval, date) IS
'Whether a contact was touched within a window, by default ever. An id of another type than those of the touchpoints is compared by its text. The window is as_of - within < day <= as_of; what came later is not seen. within: a month counts as 30.4375 days. as_of: by default the day of the setting clientele.as_of, or today, in UTC. Errors: 22023 for a window that is not longer than zero, 22008 for an infinite day.';

CREATE FUNCTION clientele.touched(touchpoints clientele.touchpoints, contact_id bigint, within interval DEFAULT '1000 years', as_of date DEFAULT clientele.as_of_date()) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_touched_bigint'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.touched(clientele.touchpoints, bigint, interval, date) IS
'Whether a contact was touched within a window, by default ever. An id of another type than those of the touchpoints is compared by its text. The window is as_of - within < day <= as_of; what came later is not seen. within: a month counts as 30.4375 days. as_of: by default the day of the setting clientele.as_of, or today, in UTC. Errors: 22023 for a window that is not longer than zero, 22008 for an infinite day.';

CREATE FUNCTION clientele.touched(touchpoints clientele.touchpoints, contact_id uuid, within interval DEFAULT '1000 years', as_of date DEFAULT clientele.as_of_date()) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_touched_uuid'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.touched(clientele.touchpoints, uuid, interval, date) IS
'Whether a contact was touched within a window, by default ever. An id of another type than those of the touchpoints is compared by its text. The window is as_of - within < day <= as_of; what came later is not seen. within: a month counts as 30.4375 days. as_of: by default the day of the setting clientele.as_of, or today, in UTC. Errors: 22023 for a window that is not longer than zero, 22008 for an infinite day.';

CREATE FUNCTION clientele.forget(touchpoints clientele.touchpoints, contact_id text) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_forget_text'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.forget(clientele.touchpoints, text) IS
'The touchpoints without a contact: a person''s right to be erased. Unchanged if the contact is not among them. An id of another type than those of the touchpoints is compared by its text.';

CREATE FUNCTION clientele.forget(touchpoints clientele.touchpoints, contact_id bigint) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_forget_bigint'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.forget(clientele.touchpoints, bigint) IS
'The touchpoints without a contact: a person''s right to be erased. Unchanged if the contact is not among them. An id of another type than those of the touchpoints is compared by its text.';

CREATE FUNCTION clientele.forget(touchpoints clientele.touchpoints, contact_id uuid) RETURNS clientele.touchpoints
	AS 'MODULE_PATHNAME', 'clientele_forget_uuid'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.forget(clientele.touchpoints, uuid) IS
'The touchpoints without a contact: a person''s right to be erased. Unchanged if the contact is not among them. An id of another type than those of the touchpoints is compared by its text.';

CREATE FUNCTION clientele.moving_coverage(touchpoints clientele.touchpoints, from_day date, until date, step interval DEFAULT '1 month', within interval DEFAULT '90 days', OUT as_of date, OUT coverage integer, OUT engaged integer) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_moving_coverage'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 24;
COMMENT ON FUNCTION clientele.moving_coverage(clientele.touchpoints, date, date, interval, interval) IS
'Coverage and engaged contacts over time, from one pass: as of from_day, and of every step after it up to until. Errors: 22023 for a step shorter than a day or a window that is not longer than zero; 54000 for more than 40000 steps; 22008 for an infinite day.';

CREATE FUNCTION clientele.skipped(clientele.touchpoints) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_touchpoints_skipped'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.skipped(clientele.touchpoints) IS
'Rows that could not be used: without contact or time, with an unknown direction, an infinite time, or an id that is empty or too long.';
