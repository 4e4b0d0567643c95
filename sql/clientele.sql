--
-- The module itself: version, the setting clientele.as_of and what reads it.
--

-- the library and the installed version agree
SELECT clientele.version() = extversion AS same_version
FROM pg_extension WHERE extname = 'clientele';

-- everything lies in the schema clientele, which everybody may use
SELECT extrelocatable, extnamespace::regnamespace
FROM pg_extension WHERE extname = 'clientele';
SELECT has_schema_privilege('public', 'clientele', 'USAGE') AS usage,
       has_schema_privilege('public', 'clientele', 'CREATE') AS "create";

-- not set: the start of the transaction, and its day in UTC
SHOW clientele.as_of;
SELECT clientele.as_of() = now() AS is_now,
       clientele.as_of_date() = (now() AT TIME ZONE 'UTC')::date AS is_today;

-- a day is its first moment in UTC, whatever the session's time zone
SET clientele.as_of = '2025-01-01';
SHOW clientele.as_of;
SET timezone = 'Pacific/Auckland';
SELECT clientele.as_of() = timestamptz '2025-01-01 00:00+00' AS same, clientele.as_of_date() = date '2025-01-01' AS same_day;
SET timezone = 'America/Los_Angeles';
SELECT clientele.as_of() = timestamptz '2025-01-01 00:00+00' AS same, clientele.as_of_date() = date '2025-01-01' AS same_day;
RESET timezone;
SET timezone = 'UTC';
SET datestyle = 'ISO';

-- a moment, without a zone (UTC) and with one
SET clientele.as_of = '2025-06-30 23:30';
SELECT clientele.as_of(), clientele.as_of_date();
SET clientele.as_of = '2025-06-30 23:30-05';
SELECT clientele.as_of(), clientele.as_of_date();
SET clientele.as_of = '2025-06-30 23:30:15.123456 Europe/Berlin';
SELECT clientele.as_of(), clientele.as_of_date();
SET clientele.as_of = '2025-06-30T23:30:00Z';
SELECT clientele.as_of(), clientele.as_of_date();

-- days before 2000 and before Christ: floor, not truncation
SET clientele.as_of = '1999-12-31 23:59:59.999999';
SELECT clientele.as_of_date();
SET clientele.as_of = '1999-12-31';
SELECT clientele.as_of_date();
SET clientele.as_of = '1969-07-20 20:17:40';
SELECT clientele.as_of_date();
SET clientele.as_of = '4713-01-01 BC';
SELECT clientele.as_of(), clientele.as_of_date();
SET clientele.as_of = '4714-11-24 00:00 BC';
SELECT clientele.as_of(), clientele.as_of_date();
SET clientele.as_of = '294276-12-31 23:59:59.999999';
SELECT clientele.as_of(), clientele.as_of_date();

-- the order of day and month follows DateStyle when the setting is read; what
-- is kept does not change its meaning with DateStyle afterwards
SET datestyle = 'ISO, DMY';
SET clientele.as_of = '02.01.2025';
SHOW clientele.as_of;
SET datestyle = 'ISO, MDY';
SELECT clientele.as_of_date();
SET clientele.as_of = '02/01/2025';
SELECT clientele.as_of_date();
RESET datestyle;
SET datestyle = 'ISO';

-- set for a transaction, or in a savepoint
SET clientele.as_of = '2025-01-01';
BEGIN;
SET LOCAL clientele.as_of = '2024-01-01';
SELECT clientele.as_of_date();
SAVEPOINT s;
SET LOCAL clientele.as_of = '2023-01-01';
SELECT clientele.as_of_date();
ROLLBACK TO s;
SELECT clientele.as_of_date();
COMMIT;
SELECT clientele.as_of_date();

-- with a function
CREATE FUNCTION a_year_before() RETURNS date LANGUAGE sql STABLE
SET clientele.as_of = '2024-01-01' AS 'SELECT clientele.as_of_date()';
SELECT a_year_before(), clientele.as_of_date();
DROP FUNCTION a_year_before();

-- parallel workers see the same moment
SET clientele.as_of = '2025-03-01 12:00';
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
CREATE TABLE many AS SELECT i FROM generate_series(1, 10000) AS i;
ANALYZE many;
SELECT count(DISTINCT as_of), min(as_of)
FROM (SELECT clientele.as_of() AS as_of, i FROM many OFFSET 0) AS each_row;
SELECT count(*) FROM many WHERE clientele.as_of() = timestamptz '2025-03-01 12:00+00';
DROP TABLE many;

-- nothing set again
SET clientele.as_of = '';
SELECT clientele.as_of() = now() AS is_now;
SET clientele.as_of = '2025-01-01';
RESET clientele.as_of;
SELECT clientele.as_of() = now() AS is_now;

-- what is not a moment is refused, and the old value stays
SET clientele.as_of = '2025-01-01';
SET clientele.as_of = 'yesterday-ish';
SET clientele.as_of = '2025-02-30';
SET clientele.as_of = '2025-13-01';
SET clientele.as_of = '25:00';
SET clientele.as_of = '12:00';
SET clientele.as_of = 'infinity';
SET clientele.as_of = '-infinity';
SET clientele.as_of = 'now';
SET clientele.as_of = 'Today';
SET clientele.as_of = 'tomorrow';
SET clientele.as_of = 'yesterday 12:00';
SET clientele.as_of = 'epoch';
SET clientele.as_of = '294277-01-01';
SET clientele.as_of = '4714-11-23 BC';
SET clientele.as_of = '5000-01-01 BC';
SET clientele.as_of = ' ';
DO $$ BEGIN
    PERFORM set_config('clientele.as_of', repeat('9', 10000), false);
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE '%: refused', SQLSTATE;
END $$;
DO $$ BEGIN
    SET clientele.as_of = '2025-01-01 00:00 Nowhere/At_All';
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'refused';
END $$;
SELECT clientele.as_of_date();

-- no other setting has the name
SET clientele.as_off = '2025-01-01';
RESET clientele.as_of;

-- the planner may use as_of() for an index: STABLE, not VOLATILE
SELECT proname, provolatile, proparallel, proisstrict
FROM pg_proc WHERE pronamespace = 'clientele'::regnamespace
AND pronargs = 0 AND proname IN ('as_of', 'as_of_date', 'version') ORDER BY 1;
