-- The schema is open to all: functions hold no secrets, tables carry grants of
-- their own.
GRANT USAGE ON SCHEMA clientele TO PUBLIC;

CREATE FUNCTION clientele.as_of() RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'clientele_as_of'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.as_of() IS
'The moment as of which the views of a workspace answer: the setting clientele.as_of when it is set (a time without a time zone is UTC), otherwise now().';

CREATE FUNCTION clientele.as_of_date() RETURNS date
	AS 'MODULE_PATHNAME', 'clientele_as_of_date'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.as_of_date() IS
'The UTC day of clientele.as_of(): the day that facts are evaluated as of in the views of a workspace.';

CREATE FUNCTION clientele.version() RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_version'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.version() IS
'The version of the loaded library. It differs from the version in pg_extension after an upgrade of the files until ALTER EXTENSION clientele UPDATE.';
