-- Compares the workspace "crm", made of the installation of a source that was
-- filled from the sample, with the workspace "native", which holds the sample:
-- entity by entity, then insight by insight.

-- A row, with its numbers to eight decimals: money that is a sum of chances
-- differs in the last digits when it is summed in another order.
CREATE FUNCTION installation.line(one jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE
RETURN (SELECT jsonb_object_agg(key, CASE jsonb_typeof(value) WHEN 'number' THEN to_jsonb(round(value::numeric, 8)) ELSE value END) FROM jsonb_each(one));

-- Differences in two sets of rows, told in a text; NULL: there are none.
CREATE FUNCTION installation.difference(here text, there text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	told text;
BEGIN
	EXECUTE format($query$
		WITH a AS MATERIALIZED (SELECT installation.line(to_jsonb(one)) AS line FROM (%s) AS one), b AS MATERIALIZED (SELECT installation.line(to_jsonb(one)) AS line FROM (%s) AS one),
			only_a AS (TABLE a EXCEPT ALL TABLE b), only_b AS (TABLE b EXCEPT ALL TABLE a)
		SELECT nullif(concat_ws(E'\n',
			CASE WHEN EXISTS (TABLE only_a) THEN (SELECT count(*) FROM only_a) || ' of ' || (SELECT count(*) FROM a) || ' in native alone:' END,
			(SELECT string_agg(line::text, E'\n') FROM (SELECT line FROM only_a ORDER BY line LIMIT 4) AS first),
			CASE WHEN EXISTS (TABLE only_b) THEN (SELECT count(*) FROM only_b) || ' of ' || (SELECT count(*) FROM b) || ' in crm alone:' END,
			(SELECT string_agg(line::text, E'\n') FROM (SELECT line FROM only_b ORDER BY line LIMIT 4) AS first)), '')$query$, here, there) INTO told;
	RETURN told;
END $$;

-- Columns of an entity in which rows of the same id differ, with an example.
CREATE FUNCTION installation.columns_that_differ(entity text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	told text;
	key text := (SELECT name FROM clientele.entity_columns() AS col WHERE col.entity = columns_that_differ.entity AND place = 1);
BEGIN
	EXECUTE format($query$
		SELECT string_agg(format('%%s: %%s rows, such as %%s: %%s, not %%s', name, rows, example[1], coalesce(example[2], 'NULL'), coalesce(example[3], 'NULL')), E'\n')
		FROM (
			SELECT here.key AS name, count(*) AS rows, min(ARRAY[native.%2$I, there.value, here.value]) AS example
			FROM native.%1$I AS native
			JOIN crm.%1$I AS crm USING (%2$I)
			CROSS JOIN LATERAL jsonb_each_text(to_jsonb(native)) AS here
			JOIN LATERAL jsonb_each_text(to_jsonb(crm)) AS there ON there.key = here.key
			WHERE here.value IS DISTINCT FROM there.value
			GROUP BY here.key
		) AS one$query$, entity, key) INTO told;
	RETURN told;
END $$;

SELECT diag('no such column: ' || entity || '.' || part)
FROM installation.lost
WHERE part <> '*' AND NOT EXISTS (SELECT FROM clientele.entity_columns() AS col WHERE col.entity = lost.entity AND col.name = part);
SELECT set_eq($$SELECT entity FROM clientele.explain_workspace('crm') WHERE source = 'native' AND missing_tables <> '{}' AND (SELECT workspace.source FROM crm.workspace) <> 'custom'$$,
	'TABLE installation.not_there', 'the tables of the other entities are found');

-- What the source cannot hold is taken from the sample. What is said to be lost is:
-- of columns that the sample fills, some value is another one.
CREATE TABLE installation.kept (entity text, part text, told text);
DO $$
DECLARE
	one record;
	told text;
BEGIN
	SET LOCAL session_replication_role = replica; -- no foreign keys meanwhile
	FOR one IN SELECT * FROM installation.lost WHERE part = '*' LOOP
		EXECUTE format('WITH gone AS (DELETE FROM native.%I WHERE (%s) IS NOT TRUE RETURNING 1) SELECT CASE WHEN NOT EXISTS (TABLE gone) THEN ''all rows are kept'' END',
			one.entity, one.becomes) INTO told;
		INSERT INTO installation.kept VALUES (one.entity, one.part, told);
	END LOOP;
	FOR one IN SELECT * FROM installation.lost WHERE part <> '*' LOOP
		EXECUTE format('SELECT CASE WHEN bool_and(%2$I IS NOT DISTINCT FROM (%3$s)) AND count(%2$I) > 0 THEN ''all values are kept'' END FROM native.%1$I', one.entity, one.part, one.becomes)
		INTO told;
		INSERT INTO installation.kept VALUES (one.entity, one.part, told);
	END LOOP;
	FOR one IN SELECT entity, string_agg(format('%I = %s', part, becomes), ', ') AS assignments FROM installation.lost WHERE part <> '*' GROUP BY entity LOOP
		EXECUTE format('UPDATE native.%I SET %s', one.entity, one.assignments);
	END LOOP;
END $$;
SELECT is(told, NULL, format('%s %s cannot be kept: %s', lost.entity, lost.part, reason)) FROM installation.lost JOIN installation.kept USING (entity, part) ORDER BY lost.entity, part;

-- Times without a time zone are UTC, wherever the reader is.
SET timezone = 'Pacific/Auckland';
CREATE TABLE installation.held AS SELECT entity, source FROM clientele.explain_workspace('crm');
SELECT is(concat_ws(E'\n', installation.difference('TABLE native.' || entity, 'TABLE crm.' || entity),
		CASE WHEN installation.difference('TABLE native.' || entity, 'TABLE crm.' || entity) IS NOT NULL THEN installation.columns_that_differ(entity) END),
	'', entity || ' comes back')
FROM installation.held
WHERE source <> 'native';
-- what it does not hold at all is the workspace's own
DO $$
DECLARE
	name text;
BEGIN
	SET LOCAL session_replication_role = replica;
	FOR name IN SELECT entity FROM installation.held WHERE source = 'native' LOOP
		EXECUTE format('INSERT INTO crm.%1$I TABLE native.%1$I', name);
	END LOOP;
END $$;
ANALYZE;

-- ---- the insights ----------------------------------------------------------------
CALL clientele.refresh_workspace('native');
CALL clientele.refresh_workspace('crm');
-- Sums in another order differ in the last digits.
SET extra_float_digits = -5;
SELECT is(installation.difference('TABLE native.' || quote_ident(insight), 'TABLE crm.' || quote_ident(insight)), NULL, 'the same answers: ' || insight)
FROM clientele.insights()
WHERE kind <> 'function'
ORDER BY insight;
-- and as they were before half of a year
SET clientele.as_of = '2025-07-01';
SELECT is(installation.difference('TABLE native.' || quote_ident(insight), 'TABLE crm.' || quote_ident(insight)), NULL, 'the same answers as of a past day: ' || insight)
FROM clientele.insights()
WHERE kind <> 'function'
ORDER BY insight;
SET clientele.as_of = '2026-01-01';
SELECT is(installation.difference(format('SELECT * FROM native.%s', call), format('SELECT * FROM crm.%s', call)), NULL, 'the same answers: ' || call)
FROM (
	SELECT format('top_customer_recall(%L)', (SELECT array_agg(account_id ORDER BY account_id) FROM native.account WHERE right(account_id, 1) = '7')) AS call
	UNION ALL SELECT 'verification_plan()'
	UNION ALL SELECT 'verification_sample(7)'
	UNION ALL SELECT format('next_product_audience(%L)', product_id) FROM native.product
) AS called
ORDER BY call COLLATE "C";
RESET extra_float_digits;
-- not because there is nothing to say
SELECT cmp_ok((xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM crm.%I', insight), false, true, '')))[1]::text::integer, '>', 0, insight || ' has something to say')
FROM unnest(ARRAY['account_segment', 'top_customers', 'customer_value', 'touchpoint_coverage', 'coverage_gaps', 'lead_scores', 'pipeline', 'stage_conversion', 'response_parity',
	'customer_first_queue']) AS insight;
RESET timezone;

-- ---- the names of columns ----------------------------------------------------------
\getenv shared CLIENTELE_SHARED
\if :{?shared}
\else
\set shared ../shared
\endif
\set list :shared /crm/columns.csv
SELECT pg_stat_file(:'list', true) IS NOT NULL AS is_there \gset
\if :is_there
CREATE TABLE installation.listed (system text, table_name text, column_name text, type text, source text, commit text);
SELECT format('COPY installation.listed FROM %L (FORMAT csv, HEADER)', :'list') AS statement \gset
:statement;
SELECT is_empty(format($$
	SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
	WHERE relnamespace = %1$L::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
		AND NOT EXISTS (SELECT FROM installation.listed WHERE system LIKE %2$L AND table_name = relname AND column_name = attname)
		AND NOT EXISTS (SELECT FROM installation.unlisted WHERE table_name = relname AND column_name IN (attname, '*'))
	ORDER BY 1, 2$$, :'installed', :'system'), 'the installation''s columns are those of the product');
\else
SELECT skip('no list of the columns of CRMs (CLIENTELE_SHARED)');
\endif
