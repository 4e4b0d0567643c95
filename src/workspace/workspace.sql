-- The workspace: an ordinary schema of the caller's with the CRM's entities and
-- the insights over them, made from the templates.
--
-- A template of kind 'tables' or 'views' is one piece. A template of kind
-- 'sources' is cut into pieces by its lines "-- entity: NAME" (one entity) and
-- "-- reference: NAME NAME" (foreign keys between entities). A line
-- "-- requires: NAME NAME" names the pieces that must be there before. So a
-- further insight or source is one more file.
--
-- Functions here are parsed when the extension is made, or run with search_path
-- = pg_catalog, pg_temp and name what they use; only the templates themselves
-- run with the workspace's path.

CREATE FUNCTION clientele.source_sections(source text,
	OUT place integer, OUT kind text, OUT names text[], OUT body text)
RETURNS SETOF record
LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 20
BEGIN ATOMIC
	-- Each marker line begins a section; what stands before the first is the
	-- header of the file.
	SELECT section.place::integer - 1,
		marker[1],
		regexp_split_to_array(btrim(marker[2]), '\s+'),
		section.body
	FROM clientele.template,
		regexp_split_to_table(template.body, '\n(?=-- (?:entity|reference): )') WITH ORDINALITY AS section (body, place),
		regexp_match(section.body, '^-- (entity|reference): ([^\n]+)') AS marker
	WHERE template.kind = 'sources'
		AND template.name = source_sections.source
		AND marker IS NOT NULL
	ORDER BY section.place;
END;
COMMENT ON FUNCTION clientele.source_sections(text) IS
'The sections of a source''s template, in order: an entity with its name, or a reference (foreign keys) with the entities that it needs.';

CREATE FUNCTION clientele.sources(OUT source text, OUT description text)
RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE ROWS 6
BEGIN ATOMIC
	-- The first paragraph of the file's header.
	SELECT name,
		btrim(regexp_replace((regexp_match(body, '^\s*((?:-- [^\n]*\n)+)'))[1], '(?:^|\n)-- |\n$', ' ', 'g'))
	FROM clientele.template
	WHERE kind = 'sources'
	ORDER BY name COLLATE "C";
END;
COMMENT ON FUNCTION clientele.sources() IS
'What a workspace can be built on: the sources that clientele.create_workspace takes.';

CREATE FUNCTION clientele.entities(OUT entity text, OUT description text)
RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE ROWS 20
BEGIN ATOMIC
	SELECT section.names[1],
		replace((regexp_match(section.body, 'COMMENT ON (?:TABLE|VIEW) \w+ IS\s+''((?:[^'']|'''')*)'''))[1], '''''', '''')
	FROM clientele.source_sections('native') AS section
	WHERE section.kind = 'entity'
	ORDER BY section.place;
END;
COMMENT ON FUNCTION clientele.entities() IS
'What a workspace knows of the CRM: its entities, each a table or a view of that name, and what a row of it is.';

CREATE FUNCTION clientele.insights(OUT insight text, OUT kind text, OUT question text)
RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE ROWS 40
BEGIN ATOMIC
	SELECT told[2],
		lower(told[1]),
		replace(told[3], '''''', '''')
	FROM clientele.template,
		regexp_matches(body, 'COMMENT ON (VIEW|MATERIALIZED VIEW|FUNCTION) (\w+)(?:\([^)]*\))? IS\s+''((?:[^'']|'''')*)''', 'g') WITH ORDINALITY AS comment (told, place)
	WHERE template.kind = 'views'
	ORDER BY template.name COLLATE "C", place;
END;
COMMENT ON FUNCTION clientele.insights() IS
'What a workspace answers: its insights, each a view or a function of that name, and the question that it answers.';

CREATE FUNCTION clientele.workspace_pieces(source text,
	OUT place integer, OUT kind text, OUT name text, OUT section text, OUT body text)
RETURNS SETOF record
LANGUAGE plpgsql STABLE STRICT ROWS 60
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	pieces jsonb;
	chosen jsonb;
	available jsonb := '[]';
	waiting text;
BEGIN
	-- All pieces: tables of the workspace, entities, references, insights.
	SELECT jsonb_agg(to_jsonb(part) ORDER BY part.rank, part.number, part.name COLLATE "C")
	INTO pieces
	FROM (
		SELECT 1 AS rank, 0 AS number, template.kind, template.name, '' AS section, template.body,
			ARRAY[template.name] AS provides, '{}'::text[] AS needs
		FROM clientele.template
		WHERE template.kind = 'tables'
		UNION ALL
		-- an entity of the source, or where it has none, the native table
		SELECT 2, own.place, 'sources', CASE WHEN theirs.body IS NULL THEN 'native' ELSE workspace_pieces.source END,
			own.names[1], coalesce(theirs.body, own.body), own.names, '{}'
		FROM clientele.source_sections('native') AS own
		LEFT JOIN clientele.source_sections(workspace_pieces.source) AS theirs
			ON theirs.kind = 'entity' AND theirs.names = own.names
		WHERE own.kind = 'entity'
		UNION ALL
		-- foreign keys where all are native tables
		SELECT 3, keys.place, 'sources', 'native', array_to_string(keys.names, ' '), keys.body, '{}', keys.names
		FROM clientele.source_sections('native') AS keys
		WHERE keys.kind = 'reference'
			AND (workspace_pieces.source = 'native' OR NOT EXISTS (
				SELECT
				FROM clientele.source_sections(workspace_pieces.source) AS theirs
				WHERE theirs.kind = 'entity' AND theirs.names[1] = ANY (keys.names)))
		UNION ALL
		SELECT 4, 0, template.kind, template.name, '', template.body, ARRAY[template.name], '{}'
		FROM clientele.template
		WHERE template.kind = 'views'
	) AS part;

	-- Again and again the first one whose requirements are all there.
	place := 0;
	WHILE jsonb_array_length(pieces) > 0 LOOP
		SELECT candidate.piece
		INTO chosen
		FROM jsonb_array_elements(pieces) WITH ORDINALITY AS candidate (piece, number)
		WHERE candidate.piece->'needs' <@ available
			AND coalesce(
				to_jsonb(regexp_split_to_array(btrim((regexp_match(candidate.piece->>'body', '(?:^|\n)-- requires: ([^\n]+)'))[1]), '\s+')),
				'[]') <@ available
		ORDER BY candidate.number
		LIMIT 1;
		IF NOT FOUND THEN
			SELECT string_agg(left_over.piece->>'name', ', ') INTO waiting
			FROM jsonb_array_elements(pieces) AS left_over (piece);
			RAISE EXCEPTION 'templates of Clientele require what does not exist, or one another'
				USING ERRCODE = 'internal_error', DETAIL = 'They are: ' || waiting || '.';
		END IF;
		SELECT coalesce(jsonb_agg(rest.piece ORDER BY rest.number), '[]')
		INTO pieces
		FROM jsonb_array_elements(pieces) WITH ORDINALITY AS rest (piece, number)
		WHERE rest.piece <> chosen;
		available := available || (chosen->'provides');
		place := place + 1;
		kind := chosen->>'kind';
		name := chosen->>'name';
		section := chosen->>'section';
		body := chosen->>'body';
		RETURN NEXT;
	END LOOP;
END
$$;
COMMENT ON FUNCTION clientele.workspace_pieces(text) IS
'The SQL that makes a workspace on this source, piece by piece, in the order in which clientele.create_workspace runs it.';

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

CREATE PROCEDURE clientele.create_workspace(name text, source text DEFAULT 'native', source_schema text DEFAULT NULL)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	reads_schema boolean;
	schema_id oid;
	piece record;
	place integer := 0;
	-- what each piece made: [{"class", "object", "kind", "name", ...}, ...]
	made jsonb := '[]';
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
	IF create_workspace.source IS NULL
		OR NOT EXISTS (SELECT FROM clientele.sources() AS known WHERE known.source = create_workspace.source) THEN
		RAISE EXCEPTION 'unknown source: %', coalesce('"' || create_workspace.source || '"', 'NULL')
			USING ERRCODE = 'invalid_parameter_value',
				HINT = (SELECT format('clientele.sources() lists them: %s.', string_agg(known.source, ', '))
					FROM clientele.sources() AS known);
	END IF;

	-- In a source's template :"source" stands for the schema that it reads, as
	-- psql writes a variable, so that the file runs by hand too.
	reads_schema := EXISTS (SELECT FROM clientele.source_sections(create_workspace.source) AS section
		WHERE section.body LIKE '%:"source"%');
	IF reads_schema AND create_workspace.source_schema IS NULL THEN
		RAISE EXCEPTION 'source "%" needs the schema that holds its tables', create_workspace.source
			USING ERRCODE = 'invalid_parameter_value',
				HINT = format('CALL clientele.create_workspace(%L, %L, source_schema => ''...'').',
					create_workspace.name, create_workspace.source);
	END IF;
	IF NOT reads_schema AND create_workspace.source_schema IS NOT NULL THEN
		RAISE EXCEPTION 'source "%" reads no other schema', create_workspace.source
			USING ERRCODE = 'invalid_parameter_value',
				DETAIL = format('source_schema is "%s".', create_workspace.source_schema),
				HINT = 'Leave source_schema out.';
	END IF;
	IF reads_schema AND NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = create_workspace.source_schema) THEN
		RAISE EXCEPTION 'schema "%" does not exist', create_workspace.source_schema
			USING ERRCODE = 'invalid_schema_name',
				HINT = 'source_schema names the schema that holds the tables of the CRM.';
	END IF;

	EXECUTE format('CREATE SCHEMA %I', create_workspace.name);
	EXECUTE format('COMMENT ON SCHEMA %I IS %L', create_workspace.name,
		'Workspace of Clientele: the entities of the CRM, and insights as of clientele.as_of().');
	schema_id := (SELECT oid FROM pg_namespace WHERE nspname = create_workspace.name);

	FOR piece IN SELECT * FROM clientele.workspace_pieces(create_workspace.source) LOOP
		-- This procedure's own setting of search_path is put back at its end,
		-- however it ends, so a local change cannot outlive it.
		PERFORM set_config('search_path', format('%I, clientele, pg_temp', create_workspace.name), true);
		EXECUTE replace(piece.body, ':"source"', coalesce(quote_ident(create_workspace.source_schema), ''));
		PERFORM set_config('search_path', 'pg_catalog, pg_temp', true);
		made := made || coalesce(
			(
				SELECT jsonb_agg(to_jsonb(object)
					|| jsonb_build_object('template_kind', piece.kind, 'template_name', piece.name, 'template_section', piece.section)
					ORDER BY object.object_id)
				FROM clientele.schema_objects(schema_id) AS object
				WHERE NOT EXISTS (
					SELECT
					FROM jsonb_array_elements(made) AS before (object)
					WHERE (before.object->>'class_id')::oid = object.class_id
						AND (before.object->>'object_id')::oid = object.object_id)
			), '[]');
	END LOOP;

	EXECUTE format('INSERT INTO %I.workspace (source, source_schema, version) VALUES ($1, $2, $3)', create_workspace.name)
		USING create_workspace.source, create_workspace.source_schema, clientele.version();
	EXECUTE format('INSERT INTO %I.workspace_template (kind, name, section, version, body)
		SELECT kind, name, section, $2, body FROM clientele.workspace_pieces($1)', create_workspace.name)
		USING create_workspace.source, clientele.version();
	EXECUTE format('INSERT INTO %I.workspace_object (place, kind, name, arguments, template_kind, template_name, template_section, definition_hash, server_release)
		SELECT number, kind, name, arguments, template_kind, template_name, template_section,
			clientele.definition_hash($2, class_id, object_id), current_setting(''server_version_num'')::integer / 10000
		FROM ROWS FROM (jsonb_to_recordset($1) AS (class_id oid, object_id oid, kind text, name text, arguments text,
			template_kind text, template_name text, template_section text)) WITH ORDINALITY
			AS made (class_id, object_id, kind, name, arguments, template_kind, template_name, template_section, number)',
		create_workspace.name)
		USING made, schema_id;
END
$$;
COMMENT ON PROCEDURE clientele.create_workspace(text, text, text) IS
'Makes a workspace: a schema of the caller''s with the entities of the CRM (from the source named, one of clientele.sources(); source_schema is where its tables are), the insights over them, policy and model. All of it or, on an error, nothing.';

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
