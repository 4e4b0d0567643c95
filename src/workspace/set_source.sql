-- Another source for one entity of a workspace. What reads the entity stays as
-- it is, with its grants and comments: while the entity is exchanged, the views
-- and functions that read it are held by stand-ins of the same columns.

CREATE FUNCTION clientele.relation_grants(relation oid) RETURNS SETOF text
LANGUAGE sql STABLE STRICT
BEGIN ATOMIC
	SELECT format('GRANT %s%s ON %s TO %s%s', item.privilege_type, item.columns, format('%I.%I', namespace.nspname, class.relname),
		CASE item.grantee WHEN 0 THEN 'PUBLIC' ELSE item.grantee::regrole::text END,
		CASE WHEN item.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
	FROM pg_catalog.pg_class AS class
	JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
	CROSS JOIN LATERAL (
		SELECT privilege_type, '' AS columns, grantee, is_grantable
		FROM aclexplode(class.relacl)
		WHERE grantee <> class.relowner
		UNION ALL
		SELECT acl.privilege_type, format(' (%I)', attname), acl.grantee, acl.is_grantable
		FROM pg_catalog.pg_attribute
		CROSS JOIN LATERAL aclexplode(attacl) AS acl
		WHERE attrelid = class.oid AND attnum > 0 AND NOT attisdropped
	) AS item
	WHERE class.oid = relation;
END;
COMMENT ON FUNCTION clientele.relation_grants(oid) IS
'The GRANT statements that give a table or view the privileges that others have on it now.';

CREATE FUNCTION clientele.relation_readers(relation oid,
	OUT class_id oid, OUT object_id oid, OUT described text, OUT stand_in text, OUT definition text)
RETURNS SETOF record
LANGUAGE plpgsql STABLE STRICT
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	-- Definitions are shown with every name qualified: search_path is empty here
	-- but for pg_catalog. No stand-in: it cannot be replaced in place.
	RETURN QUERY
	SELECT DISTINCT ON (reader.oid) 'pg_class'::regclass::oid, reader.oid, pg_describe_object('pg_class'::regclass, reader.oid, 0),
		CASE WHEN reader.relkind = 'v' THEN head.text || (
			SELECT 'SELECT ' || string_agg(
				format('NULL::%s%s AS %I', format_type(atttypid, atttypmod),
					CASE WHEN attcollation <> 0 AND attcollation <> typcollation THEN ' COLLATE ' || attcollation::regcollation END, attname),
				', ' ORDER BY attnum)
			FROM pg_attribute
			JOIN pg_type ON pg_type.oid = atttypid
			WHERE attrelid = reader.oid AND attnum > 0 AND NOT attisdropped) END,
		head.text || pg_get_viewdef(reader.oid)
	FROM pg_depend
	JOIN pg_rewrite ON pg_depend.classid = 'pg_rewrite'::regclass AND pg_depend.objid = pg_rewrite.oid
	JOIN pg_class AS reader ON reader.oid = pg_rewrite.ev_class
	CROSS JOIN LATERAL (
		SELECT format('CREATE OR REPLACE VIEW %s%s AS ', reader.oid::regclass,
			CASE WHEN reader.reloptions IS NOT NULL THEN ' WITH (' || array_to_string(reader.reloptions, ', ') || ')' ELSE '' END)
	) AS head (text)
	WHERE refclassid = 'pg_class'::regclass AND refobjid = relation_readers.relation
		AND reader.oid <> relation_readers.relation;
	RETURN QUERY
	SELECT DISTINCT 'pg_proc'::regclass::oid, routine.oid, pg_describe_object('pg_proc'::regclass, routine.oid, 0),
		replace(pg_get_functiondef(routine.oid), pg_get_function_sqlbody(routine.oid), 'AS '''''),
		pg_get_functiondef(routine.oid)
	FROM pg_depend
	JOIN pg_proc AS routine ON pg_depend.classid = 'pg_proc'::regclass AND pg_depend.objid = routine.oid
	WHERE refclassid = 'pg_class'::regclass AND refobjid = relation_readers.relation
		AND prosqlbody IS NOT NULL;
	-- policies of other tables; meanwhile they let nobody through
	RETURN QUERY
	SELECT DISTINCT 'pg_policy'::regclass::oid, policy.oid, pg_describe_object('pg_policy'::regclass, policy.oid, 0),
		head.text || CASE WHEN polqual IS NOT NULL THEN ' USING (false)' ELSE '' END
			|| CASE WHEN polwithcheck IS NOT NULL THEN ' WITH CHECK (false)' ELSE '' END,
		head.text || coalesce(' USING (' || pg_get_expr(polqual, polrelid) || ')', '')
			|| coalesce(' WITH CHECK (' || pg_get_expr(polwithcheck, polrelid) || ')', '')
	FROM pg_depend
	JOIN pg_policy AS policy ON pg_depend.classid = 'pg_policy'::regclass AND pg_depend.objid = policy.oid
	CROSS JOIN LATERAL (SELECT format('ALTER POLICY %I ON %s', polname, polrelid::regclass)) AS head (text)
	WHERE refclassid = 'pg_class'::regclass AND refobjid = relation_readers.relation
		AND polrelid <> relation_readers.relation;
END
$$;
COMMENT ON FUNCTION clientele.relation_readers(oid) IS
'The views, functions and policies of other tables that read a table or view directly, each with the statement that makes it, and one that makes a stand-in of the same columns that reads nothing; NULL for a materialized view, which has none.';

CREATE PROCEDURE clientele.hold_workspace(workspace text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM clientele.workspace_id(hold_workspace.workspace);
	EXECUTE format('LOCK TABLE %I.workspace IN SHARE ROW EXCLUSIVE MODE', hold_workspace.workspace);
	-- made before it was noted which schema each template reads
	IF NOT EXISTS (SELECT FROM pg_attribute
			WHERE attrelid = format('%I.workspace_template', hold_workspace.workspace)::regclass AND attname = 'source_schema') THEN
		EXECUTE format('ALTER TABLE %1$I.workspace_template ADD COLUMN source_schema text', hold_workspace.workspace);
		EXECUTE format('UPDATE %1$I.workspace_template SET source_schema = workspace.source_schema
			FROM %1$I.workspace WHERE body LIKE ''%%:"source"%%''', hold_workspace.workspace);
	END IF;
END
$$;
COMMENT ON PROCEDURE clientele.hold_workspace(text) IS
'Takes the lock under which a workspace is changed: one at a time, readers and refreshes are not held up.';

CREATE PROCEDURE clientele.set_source(workspace text, entity text, source text, source_schema text DEFAULT NULL)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	schema_id oid := clientele.workspace_id(set_source.workspace);
	old_relation record;
	chosen record;
	reader record;
	readers jsonb;
	as_made text[];
	grants text[];
	statement text;
	keys record;
	has_rows boolean;
	is_done boolean := false;
	lost text;
BEGIN
	CALL clientele.hold_workspace(set_source.workspace);
	IF set_source.entity IS NULL
		OR NOT EXISTS (SELECT FROM clientele.entities() AS known WHERE known.entity = set_source.entity) THEN
		RAISE EXCEPTION 'unknown entity: %', coalesce('"' || set_source.entity || '"', 'NULL')
			USING ERRCODE = 'invalid_parameter_value',
				HINT = (SELECT format('clientele.entities() lists them: %s.', string_agg(known.entity, ', '))
					FROM clientele.entities() AS known);
	END IF;
	CALL clientele.check_source(set_source.source, set_source.source_schema, set_source.entity);
	SELECT made.body, CASE WHEN made.body LIKE '%:"source"%' THEN set_source.source_schema END AS reads_schema
	INTO chosen
	FROM clientele.source_entities(set_source.source, set_source.source_schema) AS made
	WHERE made.entity = set_source.entity;
	SELECT oid, relkind, relowner::regrole::text AS owner INTO old_relation
	FROM pg_class
	WHERE relnamespace = schema_id AND relname = set_source.entity AND relkind = ANY ('{r,p,v,m,f}');

	IF old_relation.relkind = 'r' AND set_source.source = 'native' THEN
		RAISE NOTICE 'entity % of workspace "%" is a native table already', set_source.entity, set_source.workspace;
		RETURN;
	END IF;
	IF old_relation.relkind <> 'v' THEN
		-- What only a table holds does not go silently.
		EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I)', set_source.workspace, set_source.entity) INTO has_rows;
		IF has_rows OR old_relation.relkind <> 'r' THEN
			RAISE EXCEPTION 'entity % of workspace "%" holds rows', set_source.entity, set_source.workspace
				USING ERRCODE = 'object_not_in_prerequisite_state',
					DETAIL = 'With another source the table goes, and its rows with it.',
					HINT = format('Keep them elsewhere if need be, then empty it: TRUNCATE %I.%I.', set_source.workspace, set_source.entity);
		END IF;
		lost := (
			SELECT string_agg(named.description, ', ' ORDER BY named.description)
			FROM (
				SELECT pg_describe_object('pg_policy'::regclass, oid, 0) FROM pg_policy WHERE polrelid = old_relation.oid
				UNION ALL
				SELECT pg_describe_object('pg_trigger'::regclass, oid, 0) FROM pg_trigger WHERE tgrelid = old_relation.oid AND NOT tgisinternal
			) AS named (description));
		IF lost IS NOT NULL THEN
			RAISE EXCEPTION 'entity % of workspace "%" has policies or triggers', set_source.entity, set_source.workspace
				USING ERRCODE = 'object_not_in_prerequisite_state',
					DETAIL = format('They would go with the table: %s.', lost),
					HINT = 'Drop them first; rows of the other source are protected where they are.';
		END IF;
	ELSIF EXISTS (SELECT FROM clientele.workspace_objects(set_source.workspace) AS object
			WHERE object.name = set_source.entity AND object.is_adapted) THEN
		RAISE NOTICE 'view % of workspace "%" was adapted; it is replaced', set_source.entity, set_source.workspace
			USING DETAIL = format('It was: %s', pg_get_viewdef(old_relation.oid));
	END IF;

	-- A view in the place of a view, where the columns allow it.
	IF old_relation.relkind = 'v' AND set_source.source <> 'native' THEN
		BEGIN
			CALL clientele.make_entity(set_source.workspace, set_source.entity, set_source.source,
				regexp_replace(chosen.body, '^CREATE VIEW', 'CREATE OR REPLACE VIEW', 'gn'), chosen.reads_schema);
			is_done := true;
		EXCEPTION WHEN invalid_table_definition OR feature_not_supported THEN
			NULL;
		END;
	END IF;
	IF NOT is_done THEN
		as_made := ARRAY(
			SELECT format('%s/%s', here.class_id, here.object_id)
			FROM clientele.schema_objects(schema_id) AS here
			JOIN clientele.workspace_objects(set_source.workspace) AS object
				ON object.name = here.name || CASE WHEN here.class_id = 'pg_proc'::regclass THEN '(' || here.arguments || ')' ELSE '' END
			WHERE object.is_adapted = false);
		readers := (SELECT jsonb_agg(to_jsonb(one)) FROM clientele.relation_readers(old_relation.oid) AS one);
		IF EXISTS (SELECT FROM jsonb_to_recordset(readers) AS one (stand_in text) WHERE one.stand_in IS NULL) THEN
			RAISE EXCEPTION 'entity % of workspace "%" is read by what cannot be kept', set_source.entity, set_source.workspace
				USING ERRCODE = 'dependent_objects_still_exist',
					DETAIL = (SELECT string_agg(one.described, E'\n') FROM jsonb_to_recordset(readers) AS one (described text, stand_in text) WHERE one.stand_in IS NULL),
					HINT = 'Drop them first, and make them again afterwards.';
		END IF;
		SET LOCAL check_function_bodies = off;
		FOR statement IN SELECT one.stand_in FROM jsonb_to_recordset(readers) AS one (stand_in text) LOOP
			EXECUTE statement;
		END LOOP;
		-- foreign keys between the workspace's own tables
		FOR keys IN
			SELECT conname, relation.relname
			FROM pg_constraint
			JOIN pg_class AS relation ON relation.oid = conrelid
			WHERE confrelid = old_relation.oid AND conrelid <> old_relation.oid AND contype = 'f' AND relation.relnamespace = schema_id
		LOOP
			EXECUTE format('ALTER TABLE %I.%I DROP CONSTRAINT %I', set_source.workspace, keys.relname, keys.conname);
		END LOOP;
		EXECUTE format('DELETE FROM %I.workspace_template WHERE kind = ''sources'' AND section LIKE ''%% %%'' AND $1 = ANY (string_to_array(section, '' ''))',
			set_source.workspace) USING set_source.entity;
		grants := ARRAY(SELECT clientele.relation_grants(old_relation.oid));
		IF old_relation.oid IS NOT NULL THEN
			EXECUTE format('DROP %s %I.%I', CASE old_relation.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, set_source.workspace, set_source.entity);
		END IF;
		CALL clientele.make_entity(set_source.workspace, set_source.entity, set_source.source, chosen.body, chosen.reads_schema);
		IF old_relation.owner <> current_user::regrole::text THEN
			EXECUTE format('ALTER TABLE %I.%I OWNER TO %s', set_source.workspace, set_source.entity, old_relation.owner);
		END IF;
		FOREACH statement IN ARRAY grants LOOP
			EXECUTE statement;
		END LOOP;
		FOR statement IN SELECT one.definition FROM jsonb_to_recordset(readers) AS one (definition text) LOOP
			EXECUTE statement;
		END LOOP;
		-- foreign keys of a native table, where the rows allow them
		FOR keys IN
			SELECT section.names, section.body
			FROM clientele.source_sections('native') AS section
			WHERE set_source.source = 'native'
				AND section.kind = 'reference' AND set_source.entity = ANY (section.names)
				AND (SELECT count(*) FROM pg_class WHERE relnamespace = schema_id AND relkind = 'r' AND relname = ANY (section.names))
					= cardinality(section.names)
			ORDER BY section.place
		LOOP
			BEGIN
				CALL clientele.run_template(set_source.workspace, keys.body);
				EXECUTE format('INSERT INTO %I.workspace_template (kind, name, section, version, body) VALUES (''sources'', ''native'', $1, $2, $3)',
					set_source.workspace)
				USING array_to_string(keys.names, ' '), clientele.version(), keys.body;
			EXCEPTION WHEN foreign_key_violation THEN
				RAISE NOTICE 'workspace "%": rows of % are not in %; there is no foreign key between them', set_source.workspace, keys.names[1], keys.names[2]
					USING HINT = format('When they are: %s', regexp_replace(regexp_replace(keys.body, '^-- [^\n]*\n', ''), '\s+', ' ', 'g'));
			END;
		END LOOP;
		-- What was as the templates made it still is, however it is shown now.
		EXECUTE format('UPDATE %I.workspace_object AS made
			SET definition_hash = clientele.definition_hash($1, here.class_id, here.object_id), server_release = current_setting(''server_version_num'')::integer / 10000
			FROM clientele.schema_objects($1) AS here, jsonb_to_recordset($2) AS reader (class_id oid, object_id oid)
			WHERE here.name = made.name AND here.arguments = made.arguments AND here.kind = made.kind
				AND here.class_id = reader.class_id AND here.object_id = reader.object_id
				AND format(''%%s/%%s'', here.class_id, here.object_id) = ANY ($3)', set_source.workspace)
			USING schema_id, readers, as_made;
	END IF;

	EXECUTE format('DELETE FROM %I.workspace_template WHERE kind = ''sources'' AND section = $1', set_source.workspace) USING set_source.entity;
	EXECUTE format('INSERT INTO %I.workspace_template (kind, name, section, version, body, source_schema) VALUES (''sources'', $1, $2, $3, $4, $5)',
		set_source.workspace)
		USING set_source.source, set_source.entity, clientele.version(), chosen.body, chosen.reads_schema;
	EXECUTE format('DELETE FROM %I.workspace_object WHERE template_kind = ''sources'' AND name = $1 AND arguments = ''''', set_source.workspace)
		USING set_source.entity;
	readers := (SELECT jsonb_agg(to_jsonb(here)) FROM clientele.schema_objects(schema_id) AS here
		WHERE here.name = set_source.entity AND here.class_id = 'pg_class'::regclass);
	CALL clientele.record_objects(set_source.workspace, 'sources', set_source.source, set_source.entity, readers);
END
$$;
COMMENT ON PROCEDURE clientele.set_source(text, text, text, text) IS
'Takes one entity of a workspace from another source (one of clientele.sources(); source_schema is where its tables are), such as purchases from the finance system: CALL clientele.set_source(''crm'', ''purchase'', ''native''). What reads the entity stays as it is. A native table with rows is not given up: empty it first. The same source again: finds tables and columns that have come since.';
