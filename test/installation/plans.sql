-- How a filter on one account, contact or lead reaches the tables of the
-- installation: with the indexes that the source advises, none of the given
-- tables is read as a whole. (Small tables are always read so, therefore the
-- planner is told not to where it can do otherwise.)
CREATE FUNCTION installation.read_as_a_whole(query text, tables text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	told text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS off) ' || query LOOP
		IF line ~ ('(Seq Scan|Index Only Scan|Index Scan).* on (' || tables || ')( |$)') THEN
			told := told || regexp_replace(line, '^[ >-]+', '') || E'\n';
		ELSIF line ~ 'Index Cond' THEN
			-- the scan of the line before has a condition
			told := regexp_replace(told, 'Index (Only )?Scan[^\n]*\n$', '');
		END IF;
	END LOOP;
	RETURN told;
END $$;
SET enable_seqscan = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_material = off;
SET enable_memoize = off;
