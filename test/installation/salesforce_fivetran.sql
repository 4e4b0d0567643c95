-- The tables of schema salesforce, as they are, with Fivetran's names and types in
-- a new schema fivetran; every row has the marks that it adds.
CREATE SCHEMA fivetran;
CREATE FUNCTION fivetran.snake(name text) RETURNS text LANGUAGE sql AS
$$ SELECT lower(regexp_replace(replace(name, 'CUR', 'Cur'), '(?<!^)([A-Z]|2)', '_\1', 'g')) $$;
DO $$
DECLARE
	relation record;
	col record;
BEGIN
	FOR relation IN SELECT oid, relname FROM pg_class WHERE relnamespace = 'salesforce'::regnamespace AND relkind = 'r' LOOP
		EXECUTE format('CREATE TABLE fivetran.%I AS TABLE salesforce.%I', fivetran.snake(relation.relname), relation.relname);
		FOR col IN SELECT attname, atttypid FROM pg_attribute WHERE attrelid = relation.oid AND attnum > 0 AND NOT attisdropped LOOP
			EXECUTE format('ALTER TABLE fivetran.%I RENAME %I TO %I', fivetran.snake(relation.relname), col.attname, fivetran.snake(col.attname));
			IF col.atttypid = ANY (ARRAY['timestamp', 'numeric', 'varchar']::regtype[]) THEN
				EXECUTE format('ALTER TABLE fivetran.%I ALTER %I TYPE %s', fivetran.snake(relation.relname), fivetran.snake(col.attname),
					CASE col.atttypid WHEN 'timestamp'::regtype THEN format('timestamptz USING %I AT TIME ZONE ''UTC''', fivetran.snake(col.attname))
						WHEN 'numeric'::regtype THEN 'float8' ELSE 'text' END);
			END IF;
		END LOOP;
		EXECUTE format('ALTER TABLE fivetran.%I ADD _fivetran_synced timestamptz DEFAULT now(), ADD _fivetran_deleted boolean DEFAULT false, ADD _fivetran_active boolean DEFAULT true',
			fivetran.snake(relation.relname));
	END LOOP;
END $$;
