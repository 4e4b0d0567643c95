-- The workspace: an ordinary schema of the caller's with the CRM's entities and
-- the insights over them, made from the templates.
--
-- A template of kind 'tables' or 'views' is one piece; one of kind 'sources' has
-- a piece an entity (source.sql). A line "-- requires: NAME NAME" names the
-- pieces that must be there before. So a further insight or source is one more
-- file.
--
-- Functions here are parsed when the extension is made, or run with search_path
-- = pg_catalog, pg_temp and name what they use; only the templates themselves
-- run with the workspace's path.

CREATE FUNCTION clientele.workspace_id(name text) RETURNS oid
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	id oid := (SELECT oid FROM pg_namespace WHERE nspname = workspace_id.name);
BEGIN
	IF id IS NULL THEN
		RAISE EXCEPTION 'schema "%" does not exist', coalesce(workspace_id.name, '(null)')
			USING ERRCODE = 'invalid_schema_name',
				HINT = 'Make a workspace with CALL clientele.create_workspace(name).';
	END IF;
	IF (SELECT count(*) FROM pg_class
			WHERE relnamespace = id AND relkind = 'r'
				AND relname = ANY (ARRAY['workspace', 'workspace_template', 'workspace_object', 'policy', 'model'])) < 5 THEN
		RAISE EXCEPTION 'schema "%" is not a workspace of Clientele', workspace_id.name
			USING ERRCODE = 'wrong_object_type',
				DETAIL = 'A workspace has the tables workspace, workspace_template, workspace_object, policy and model.',
				HINT = 'Make a workspace with CALL clientele.create_workspace(name).';
	END IF;
	RETURN id;
END
$$;
COMMENT ON FUNCTION clientele.workspace_id(text) IS
'The oid of a workspace''s schema; an error if there is no such schema, or if it is not a workspace.';

CREATE FUNCTION clientele.schema_objects(schema_id oid,
	OUT class_id oid, OUT object_id oid, OUT kind text, OUT name text, OUT arguments text)
RETURNS SETOF record
LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 60
BEGIN ATOMIC
	SELECT 'pg_catalog.pg_class'::regclass::oid,
		relation.oid,
		CASE relation.relkind
			WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
			WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'type' ELSE 'table'
		END,
		relation.relname::text,
		''::text
	FROM pg_catalog.pg_class AS relation
	WHERE relation.relnamespace = schema_id
		AND relation.relkind = ANY (ARRAY['r', 'p', 'v', 'm', 'S', 'f', 'c']::"char"[])
		-- a sequence of a column comes and goes with its table
		AND NOT EXISTS (
			SELECT
			FROM pg_catalog.pg_depend
			WHERE classid = 'pg_catalog.pg_class'::regclass AND objid = relation.oid AND objsubid = 0
				AND refclassid = 'pg_catalog.pg_class'::regclass
				AND deptype = ANY (ARRAY['a', 'i']::"char"[]))
	UNION ALL
	SELECT 'pg_catalog.pg_proc'::regclass::oid,
		routine.oid,
		CASE routine.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
		routine.proname::text,
		oidvectortypes(routine.proargtypes)
	FROM pg_catalog.pg_proc AS routine
	WHERE routine.pronamespace = schema_id;
END;
COMMENT ON FUNCTION clientele.schema_objects(oid) IS
'The tables, views, sequences and functions of a schema.';

CREATE FUNCTION clientele.definition_hash(schema_id oid, class_id oid, object_id oid) RETURNS text
LANGUAGE plpgsql STABLE STRICT
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	definition text;
BEGIN
	-- Shown as seen from the schema itself, so that its name is not in it.
	PERFORM set_config('search_path',
		format('%I, clientele, pg_temp', (SELECT nspname FROM pg_catalog.pg_namespace WHERE oid = schema_id)), true);
	IF class_id = 'pg_catalog.pg_class'::regclass THEN
		definition := pg_catalog.pg_get_viewdef(object_id);
	ELSE
		SELECT concat_ws(';', pg_catalog.pg_get_function_arguments(oid), pg_catalog.pg_get_function_result(oid),
				provolatile, proisstrict, prosecdef, proconfig,
				coalesce(pg_catalog.pg_get_function_sqlbody(oid), prosrc))
		INTO definition
		FROM pg_catalog.pg_proc
		WHERE oid = object_id AND prokind <> 'a';
	END IF;
	RETURN encode(sha256(convert_to(definition, 'UTF8')), 'hex');
END
$$;
COMMENT ON FUNCTION clientele.definition_hash(oid, oid, oid) IS
'SHA-256 of what the server shows as the definition of a view or function; NULL for a table.';

CREATE FUNCTION clientele.workspace_objects(workspace text,
	OUT kind text, OUT name text, OUT template text, OUT is_adapted boolean)
RETURNS SETOF record
LANGUAGE plpgsql STABLE ROWS 60
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	id oid := clientele.workspace_id(workspace_objects.workspace);
BEGIN
	RETURN QUERY EXECUTE format($query$
		SELECT coalesce(here.kind, made.kind),
			coalesce(here.name, made.name)
				|| CASE WHEN coalesce(here.kind, made.kind) = ANY (ARRAY['function', 'procedure', 'aggregate'])
					THEN '(' || coalesce(here.arguments, made.arguments) || ')' ELSE '' END,
			made.template_kind || '/' || made.template_name,
			CASE
				WHEN made.name IS NULL OR here.name IS NULL OR here.kind <> made.kind THEN true
				WHEN made.definition_hash IS NULL THEN false
				WHEN made.definition_hash = clientele.definition_hash($1, here.class_id, here.object_id) THEN false
				WHEN made.server_release = current_setting('server_version_num')::integer / 10000 THEN true
			END
		FROM %1$I.workspace_object AS made
		FULL JOIN clientele.schema_objects($1) AS here
			ON here.name = made.name AND here.arguments = made.arguments
		ORDER BY made.place, 2
		$query$, workspace_objects.workspace) USING id;
END
$$;
COMMENT ON FUNCTION clientele.workspace_objects(text) IS
'What a workspace holds: each object with the template that made it (NULL: users added it), and whether users changed, dropped or added it; tables are not compared. NULL: the server is of another release than the one that made it and shows the definition differently, so that this cannot be told.';

CREATE PROCEDURE clientele.run_template(workspace text, body text, source_schema text DEFAULT NULL)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	-- This procedure's own setting of search_path is put back at its end, however
	-- it ends, so a local change cannot outlive it.
	PERFORM set_config('search_path', format('%I, clientele, pg_temp', run_template.workspace), true);
	-- In a source's template :"source" stands for the schema that it reads, as
	-- psql writes a variable, so that the file runs by hand too.
	EXECUTE replace(run_template.body, ':"source"', coalesce(quote_ident(run_template.source_schema), ''));
END
$$;
COMMENT ON PROCEDURE clientele.run_template(text, text, text) IS
'Runs the text of a template in a workspace; source_schema is what :"source" stands for.';

CREATE PROCEDURE clientele.make_entity(workspace text, entity text, source text, body text, source_schema text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	id oid;
	wrong text;
	statement text;
BEGIN
	CALL clientele.run_template(make_entity.workspace, make_entity.body, make_entity.source_schema);
	id := (SELECT oid FROM pg_class WHERE relnamespace = clientele.workspace_id(make_entity.workspace) AND relname = make_entity.entity);
	-- The insights count on the names and types of the contract.
	wrong := (
		SELECT string_agg(CASE WHEN here.attname IS NULL THEN format('Column %s, "%s" (%s), is not there.', col.place, col.name, col.type)
				ELSE format('Column %s is "%s" (%s) instead of "%s" (%s).', col.place, here.attname, here.type, col.name, col.type) END, ' ' ORDER BY col.place)
		FROM clientele.entity_columns() AS col
		LEFT JOIN (
			SELECT row_number() OVER (ORDER BY attnum) AS place, attname, atttypid::regtype AS type
			FROM pg_attribute
			WHERE attrelid = id AND attnum > 0 AND NOT attisdropped
		) AS here ON here.place = col.place
		WHERE col.entity = make_entity.entity
			AND (here.attname, here.type) IS DISTINCT FROM (col.name, col.type));
	IF wrong IS NOT NULL THEN
		RAISE EXCEPTION 'entity % of source "%" does not have the columns of an entity', make_entity.entity, make_entity.source
			USING ERRCODE = 'datatype_mismatch',
				DETAIL = wrong,
				HINT = 'clientele.entity_columns() lists what an entity has to have, in this order.';
	END IF;
	-- What the native table says of itself and its columns, where the source says
	-- nothing.
	FOR statement IN
		SELECT format('COMMENT ON %s %I.%I IS %L',
			CASE relation.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END,
			make_entity.workspace, make_entity.entity, known.description)
		FROM pg_class AS relation, clientele.entities() AS known
		WHERE relation.oid = id AND known.entity = make_entity.entity AND obj_description(id, 'pg_class') IS NULL
		UNION ALL
		SELECT format('COMMENT ON COLUMN %I.%I.%I IS %L', make_entity.workspace, make_entity.entity, col.name, col.description)
		FROM clientele.entity_columns() AS col
		JOIN pg_attribute ON attrelid = id AND attname = col.name
		WHERE col.entity = make_entity.entity AND col_description(id, attnum) IS NULL
	LOOP
		EXECUTE statement;
	END LOOP;
END
$$;
COMMENT ON PROCEDURE clientele.make_entity(text, text, text, text, text) IS
'Runs the section of a source that makes an entity of a workspace; refuses one that does not have the columns of the contract, and comments it as the native table where the source says nothing.';

CREATE FUNCTION clientele.objects_beyond(schema_id oid, known text[]) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT coalesce(jsonb_agg(to_jsonb(object) ORDER BY object.object_id), '[]')
	FROM clientele.schema_objects(objects_beyond.schema_id) AS object
	WHERE NOT format('%s/%s', object.class_id, object.object_id) = ANY (objects_beyond.known);
END;
COMMENT ON FUNCTION clientele.objects_beyond(oid, text[]) IS
'The objects of a schema that are not among those known, each written as oid of the catalogue/oid.';

CREATE PROCEDURE clientele.record_objects(workspace text, template_kind text, template_name text, template_section text, made jsonb)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format($query$
		INSERT INTO %1$I.workspace_object (place, kind, name, arguments, template_kind, template_name, template_section, definition_hash, server_release)
		SELECT (SELECT coalesce(max(place), 0) FROM %1$I.workspace_object) + number,
			kind, name, arguments, $2, $3, $4,
			clientele.definition_hash($5, class_id, object_id), current_setting('server_version_num')::integer / 10000
		FROM ROWS FROM (jsonb_to_recordset($1) AS (class_id oid, object_id oid, kind text, name text, arguments text)) WITH ORDINALITY
			AS made (class_id, object_id, kind, name, arguments, number)
		ON CONFLICT (name, arguments, kind) DO UPDATE
		SET template_kind = EXCLUDED.template_kind, template_name = EXCLUDED.template_name, template_section = EXCLUDED.template_section,
			definition_hash = EXCLUDED.definition_hash, server_release = EXCLUDED.server_release
		$query$, record_objects.workspace)
	USING record_objects.made, record_objects.template_kind, record_objects.template_name, record_objects.template_section,
		clientele.workspace_id(record_objects.workspace);
END
$$;
COMMENT ON PROCEDURE clientele.record_objects(text, text, text, text, jsonb) IS
'Notes in a workspace which template made these objects, so that it can be told later what users changed.';

CREATE PROCEDURE clientele.check_source(source text, source_schema text, entity text DEFAULT NULL)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	reads_schema boolean;
BEGIN
	IF check_source.source IS NULL
		OR NOT EXISTS (SELECT FROM clientele.sources() AS known WHERE known.source = check_source.source) THEN
		RAISE EXCEPTION 'unknown source: %', coalesce('"' || check_source.source || '"', 'NULL')
			USING ERRCODE = 'invalid_parameter_value',
				HINT = (SELECT format('clientele.sources() lists them: %s.', string_agg(known.source, ', '))
					FROM clientele.sources() AS known);
	END IF;
	IF check_source.entity IS NOT NULL
		AND NOT EXISTS (SELECT FROM clientele.source_sections(check_source.source) AS section
			WHERE section.kind = 'entity' AND section.names[1] = check_source.entity) THEN
		RAISE EXCEPTION 'source "%" has no entity "%"', check_source.source, check_source.entity
			USING ERRCODE = 'invalid_parameter_value',
				HINT = (SELECT format('Sources that have it: %s.', string_agg(known.source, ', '))
					FROM clientele.sources() AS known
					WHERE EXISTS (SELECT FROM clientele.source_sections(known.source) AS section
						WHERE section.kind = 'entity' AND section.names[1] = check_source.entity));
	END IF;
	reads_schema := EXISTS (SELECT FROM clientele.source_sections(check_source.source) AS section
		WHERE section.body LIKE '%:"source"%' AND (check_source.entity IS NULL OR section.names[1] = check_source.entity));
	IF reads_schema AND check_source.source_schema IS NULL THEN
		RAISE EXCEPTION 'source "%" needs the schema that holds its tables', check_source.source
			USING ERRCODE = 'invalid_parameter_value',
				HINT = 'Name it: source_schema => ''...''.';
	END IF;
	IF NOT reads_schema AND check_source.source_schema IS NOT NULL THEN
		RAISE EXCEPTION 'source "%" reads no other schema', check_source.source
			USING ERRCODE = 'invalid_parameter_value',
				DETAIL = format('source_schema is "%s".', check_source.source_schema),
				HINT = 'Leave source_schema out.';
	END IF;
	IF reads_schema AND NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = check_source.source_schema) THEN
		RAISE EXCEPTION 'schema "%" does not exist', check_source.source_schema
			USING ERRCODE = 'invalid_schema_name',
				HINT = 'source_schema names the schema that holds the tables of the CRM.';
	END IF;
	IF reads_schema AND NOT EXISTS (
		SELECT
		FROM clientele.source_sections(check_source.source) AS section
		WHERE section.kind = 'entity'
			AND (check_source.entity IS NULL OR section.names[1] = check_source.entity)
			AND clientele.missing_reads(section.body, check_source.source_schema) = '{}')
	THEN
		RAISE EXCEPTION 'schema "%" does not hold the tables of source "%"', check_source.source_schema, check_source.source
			USING ERRCODE = 'undefined_table',
				DETAIL = (
					SELECT string_agg(looked.line, E'\n' ORDER BY looked.place)
					FROM (
						SELECT section.place, format('%s: not there: %s', section.names[1],
							array_to_string(clientele.missing_reads(section.body, check_source.source_schema), ', ')) AS line
						FROM clientele.source_sections(check_source.source) AS section
						WHERE section.kind = 'entity' AND (check_source.entity IS NULL OR section.names[1] = check_source.entity)
						ORDER BY section.place
						LIMIT 20
					) AS looked),
				HINT = 'source_schema names the schema that holds the tables of the CRM.';
	END IF;
END
$$;
COMMENT ON PROCEDURE clientele.check_source(text, text, text) IS
'Refuses a source that does not exist, does not have the entity, or does not find its tables in the schema.';

CREATE PROCEDURE clientele.build_workspace(name text, source text, source_schema text, others jsonb DEFAULT '{}')
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	schema_id oid := (SELECT oid FROM pg_namespace WHERE nspname = build_workspace.name);
	piece record;
	one jsonb;
	fresh jsonb;
	known text[] := '{}';
	-- what each piece made: [{"kind", "name", "section", "body", "reads_schema", "objects"}, ...]
	made jsonb[] := '{}';
BEGIN
	FOR piece IN SELECT * FROM clientele.workspace_pieces(build_workspace.source, build_workspace.source_schema, build_workspace.others) LOOP
		IF piece.kind = 'sources' AND piece.name <> 'native' THEN
			CALL clientele.make_entity(build_workspace.name, piece.section, piece.name, piece.body, piece.reads_schema);
		ELSE
			CALL clientele.run_template(build_workspace.name, piece.body, piece.reads_schema);
		END IF;
		fresh := clientele.objects_beyond(schema_id, known);
		known := known || ARRAY(SELECT format('%s/%s', object->>'class_id', object->>'object_id') FROM jsonb_array_elements(fresh) AS object);
		made := made || (to_jsonb(piece) || jsonb_build_object('objects', fresh));
	END LOOP;

	EXECUTE format('INSERT INTO %I.workspace (source, source_schema, version) VALUES ($1, $2, $3)', build_workspace.name)
		USING build_workspace.source, build_workspace.source_schema, clientele.version();
	EXECUTE format('INSERT INTO %I.workspace_template (kind, name, section, version, body, source_schema)
		SELECT piece->>''kind'', piece->>''name'', piece->>''section'', $2, piece->>''body'', piece->>''reads_schema'' FROM unnest($1) AS piece',
		build_workspace.name)
		USING made, clientele.version();
	FOREACH one IN ARRAY made LOOP
		CALL clientele.record_objects(build_workspace.name, one->>'kind', one->>'name', one->>'section', one->'objects');
	END LOOP;
	CALL clientele.complete_kept(build_workspace.name);
END
$$;
COMMENT ON PROCEDURE clientele.build_workspace(text, text, text, jsonb) IS
'Fills an empty schema with what clientele.workspace_pieces of these arguments makes, and notes there what was made.';

CREATE PROCEDURE clientele.create_workspace(name text, source text DEFAULT 'native', source_schema text DEFAULT NULL)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF create_workspace.name IS NULL OR create_workspace.name = '' THEN
		RAISE EXCEPTION 'a workspace needs a name'
			USING ERRCODE = 'invalid_parameter_value',
				HINT = 'Give the name of the schema to make, such as ''crm''.';
	END IF;
	IF octet_length(create_workspace.name) > current_setting('max_identifier_length')::integer THEN
		RAISE EXCEPTION 'name of the workspace is too long'
			USING ERRCODE = 'name_too_long',
				DETAIL = format('It has %s bytes; the name of a schema may have %s.',
					octet_length(create_workspace.name), current_setting('max_identifier_length'));
	END IF;
	IF starts_with(create_workspace.name, 'pg_') OR create_workspace.name = ANY (ARRAY['clientele', 'information_schema']) THEN
		RAISE EXCEPTION 'name "%" is reserved', create_workspace.name
			USING ERRCODE = 'reserved_name',
				HINT = 'Give another name to the workspace, such as ''crm''.';
	END IF;
	IF EXISTS (SELECT FROM pg_namespace WHERE nspname = create_workspace.name) THEN
		RAISE EXCEPTION 'schema "%" already exists', create_workspace.name
			USING ERRCODE = 'duplicate_schema',
				HINT = 'Give another name, or drop a workspace of this name with CALL clientele.drop_workspace(name).';
	END IF;
	CALL clientele.check_source(create_workspace.source, create_workspace.source_schema);

	EXECUTE format('CREATE SCHEMA %I', create_workspace.name);
	EXECUTE format('COMMENT ON SCHEMA %I IS %L', create_workspace.name,
		'Workspace of Clientele: the entities of the CRM, and insights as of clientele.as_of().');
	CALL clientele.build_workspace(create_workspace.name, create_workspace.source, create_workspace.source_schema);
END
$$;
COMMENT ON PROCEDURE clientele.create_workspace(text, text, text) IS
'Makes a workspace: a schema of the caller''s with the entities of the CRM (from the source named, one of clientele.sources(); source_schema is where its tables are; what it does not hold becomes a native table), the insights over them, policy and model. All of it or, on an error, nothing. An entity may come from elsewhere: clientele.set_source.';

CREATE FUNCTION clientele.workspace_dependents(workspace text) RETURNS SETOF text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	id oid := clientele.workspace_id(workspace_dependents.workspace);
BEGIN
	RETURN QUERY EXECUTE format($query$
		-- All that would go with the schema, as DROP ... CASCADE finds it: what
		-- depends on it in turn, and what such an object is an inner part of.
		WITH RECURSIVE goes (class_id, object_id, sub_id) AS (
			SELECT 'pg_namespace'::regclass::oid, $1, 0
			UNION
			SELECT link.class_id, link.object_id, link.sub_id
			FROM goes
			CROSS JOIN LATERAL (
				SELECT classid, objid, objsubid
				FROM pg_depend
				WHERE refclassid = goes.class_id AND refobjid = goes.object_id
					AND (goes.sub_id = 0 OR refobjsubid = goes.sub_id)
				UNION ALL
				SELECT refclassid, refobjid, 0
				FROM pg_depend
				WHERE classid = goes.class_id AND objid = goes.object_id AND deptype = 'i'
			) AS link (class_id, object_id, sub_id)
		)
		SELECT pg_describe_object(class_id, object_id, sub_id) AS described
		FROM goes
		WHERE class_id <> 'pg_namespace'::regclass
			-- leave out parts of something else that goes: columns, indexes, types,
			-- defaults, triggers, constraints of a table that goes too
			AND NOT EXISTS (
				SELECT
				FROM pg_depend
				JOIN goes AS whole
					ON whole.class_id = refclassid AND whole.object_id = refobjid
					AND (whole.sub_id = 0 OR whole.sub_id = refobjsubid)
				WHERE classid = goes.class_id AND objid = goes.object_id AND objsubid = goes.sub_id
					AND deptype <> 'n')
			AND NOT (sub_id <> 0 AND EXISTS (
				SELECT
				FROM goes AS whole
				WHERE whole.class_id = goes.class_id AND whole.object_id = goes.object_id AND whole.sub_id = 0))
			-- and what the templates made
			AND NOT EXISTS (
				SELECT
				FROM clientele.schema_objects($1) AS here
				JOIN %1$I.workspace_object AS made
					ON made.kind = here.kind AND made.name = here.name AND made.arguments = here.arguments
				WHERE here.class_id = goes.class_id AND here.object_id = goes.object_id)
		ORDER BY described
		$query$, workspace_dependents.workspace) USING id;
END
$$;
COMMENT ON FUNCTION clientele.workspace_dependents(text) IS
'The objects of others that would go with a workspace if it were dropped: in its schema or, anywhere, depending on it.';

CREATE PROCEDURE clientele.drop_workspace(name text, cascade boolean DEFAULT false)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- DROP SCHEMA tells each object that goes with it; of the workspace's own that
-- is no news, and others are told below.
SET client_min_messages = warning
AS $$
DECLARE
	others text := (SELECT string_agg(dependent, E'\n') FROM clientele.workspace_dependents(drop_workspace.name) AS dependent);
BEGIN
	IF others IS NOT NULL AND cascade IS NOT TRUE THEN
		RAISE EXCEPTION 'cannot drop workspace "%": other objects are in it or depend on it', drop_workspace.name
			USING ERRCODE = 'dependent_objects_still_exist',
				DETAIL = others,
				HINT = format('Move or drop them first, or let them go with it: CALL clientele.drop_workspace(%L, cascade => true).', drop_workspace.name);
	END IF;
	EXECUTE format('DROP SCHEMA %I CASCADE', drop_workspace.name);
	IF others IS NOT NULL THEN
		RAISE INFO 'dropped with workspace "%": %', drop_workspace.name, replace(others, E'\n', ', ');
	END IF;
END
$$;
COMMENT ON PROCEDURE clientele.drop_workspace(text, boolean) IS
'Drops a workspace with all that it holds: the tables of the native source too. Refuses a schema that is no workspace, and one with objects of others in it or depending on it, which it names, unless cascade is true.';
