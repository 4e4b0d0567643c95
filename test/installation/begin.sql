-- An installation of a source, filled from the sample CRM, is to give what the
-- sample itself gives. This begins: the workspace "native" with the sample in
-- it, and how its ids become the source's.
SET client_min_messages = warning;
SET timezone = 'UTC';
-- Compiling expressions costs more here than it saves.
SET jit = off;
SET clientele.as_of = '2026-01-01';
SELECT no_plan();
\if :{?accounts}
\else
\set accounts 60
\endif
CREATE SCHEMA installation;
CALL clientele.create_workspace('native');
CALL clientele.load_sample('native', accounts => :accounts, until => '2025-12-31');

-- Of what a column is the id: account for parent_account_id.
CREATE FUNCTION installation.kind(column_name text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN (regexp_match(column_name, '(?:^|_)(account|contact|lead|product|owner|opportunity|purchase|subscription|quote|ticket|touchpoint|program|referral)_id$'))[1];

CREATE VIEW installation.id_column AS
SELECT entity, name, installation.kind(name) AS kind FROM clientele.entity_columns() WHERE installation.kind(name) IS NOT NULL;

-- A number for each id of the sample: 1, 2, 3 ... of a kind.
CREATE TABLE installation.number_of (kind text, native text, number integer, PRIMARY KEY (kind, native));
DO $$
DECLARE
	col record;
BEGIN
	FOR col IN SELECT * FROM installation.id_column LOOP
		EXECUTE format('INSERT INTO installation.number_of SELECT DISTINCT $1, %1$I FROM native.%2$I WHERE %1$I IS NOT NULL ON CONFLICT DO NOTHING', col.name, col.entity)
		USING col.kind;
	END LOOP;
	UPDATE installation.number_of AS one SET number = ranked.number
	FROM (SELECT kind, native, row_number() OVER (PARTITION BY kind ORDER BY native COLLATE "C") AS number FROM installation.number_of) AS ranked
	WHERE ranked.kind = one.kind AND ranked.native = one.native;
END $$;
CREATE FUNCTION installation.number(kind text, native text) RETURNS integer LANGUAGE sql STABLE
RETURN (SELECT number FROM installation.number_of WHERE number_of.kind = number.kind AND number_of.native = number.native);

-- The source's id, as text, of a row of the sample: each source says its own.
CREATE FUNCTION installation.id(kind text, native text) RETURNS text LANGUAGE sql STABLE RETURN native;

-- Gives the rows of the sample their ids in the source.
CREATE PROCEDURE installation.take_ids() LANGUAGE plpgsql AS $$
DECLARE
	one record;
BEGIN
	CREATE TABLE installation.taken AS SELECT kind, native, installation.id(kind, native) AS id FROM installation.number_of;
	ALTER TABLE installation.taken ADD PRIMARY KEY (kind, native), ALTER id SET NOT NULL, ADD UNIQUE (kind, id);
	SET LOCAL session_replication_role = replica; -- no foreign keys meanwhile
	FOR one IN
		SELECT entity, string_agg(format('%1$I = (SELECT id FROM installation.taken WHERE kind = %2$L AND native = %1$I)', name, kind), ', ') AS assignments
		FROM installation.id_column
		GROUP BY entity
	LOOP
		EXECUTE format('UPDATE native.%I SET %s', one.entity, one.assignments);
	END LOOP;
	SET LOCAL session_replication_role = origin;
END $$;

-- What the source cannot hold: of an entity a column, and what stands there
-- instead; or part "*", and which rows are kept. All else has to come back.
CREATE TABLE installation.lost (entity text, part text, becomes text, reason text NOT NULL, PRIMARY KEY (entity, part));
-- Entities for which the installation has no tables.
CREATE TABLE installation.not_there (entity text PRIMARY KEY);
-- Columns of the installation that are not in the list of the product's columns.
CREATE TABLE installation.unlisted (table_name text, column_name text, why text NOT NULL);
