-- What a workspace stands on: where the rows of each entity come from, how many
-- there are, how fresh, what is missing, and what that costs.

CREATE FUNCTION clientele.absent_columns(body text,
	OUT relations text[], OUT name text)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 20
BEGIN ATOMIC
	-- Each "(SELECT NULL::type AS name, ...) AS absent" holds for the relations
	-- of :"source" that follow it.
	SELECT ARRAY(
			SELECT DISTINCT (parse_ident(found.part[1]))[1]
			FROM regexp_matches(piece.text, ':"source"\.("(?:[^"]|"")+"|\w+)', 'g') AS found (part)
			ORDER BY 1),
		(parse_ident(col.part[1]))[1]
	FROM string_to_table(regexp_replace(absent_columns.body, '\(\s*SELECT\s+NULL::', chr(1) || 'NULL::', 'gi'), chr(1)) WITH ORDINALITY AS piece (text, place)
	CROSS JOIN LATERAL regexp_match(piece.text, '^(NULL::.*?)\)\s+AS\s+absent', 'i') AS head
	CROSS JOIN LATERAL regexp_matches(head[1], '\sAS\s+("(?:[^"]|"")+"|\w+)', 'gi') WITH ORDINALITY AS col (part, place)
	ORDER BY piece.place, col.place;
END;
COMMENT ON FUNCTION clientele.absent_columns(text) IS
'The columns that a section of a source can do without, each with the relations of which one may have it.';

CREATE FUNCTION clientele.explain_workspace(workspace text,
	OUT entity text, OUT source text, OUT source_schema text, OUT kind text, OUT is_adapted boolean,
	OUT reads text[], OUT row_count bigint, OUT newest timestamptz,
	OUT missing_tables text[], OUT missing_columns text[], OUT empty_columns text[], OUT poorer_insights text[], OUT notice text)
RETURNS SETOF record
LANGUAGE plpgsql STABLE ROWS 20
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	schema_id oid := clientele.workspace_id(explain_workspace.workspace);
	made record;
	main record;
	here record;
	moment timestamptz := clientele.as_of();
	names text[];
	counts bigint[];
	time_column text;
	time_type regtype;
	notices text[];
	came text[];
BEGIN
	EXECUTE format('SELECT * FROM %I.workspace', explain_workspace.workspace) INTO main;
	FOR made IN EXECUTE format($query$
		SELECT section.names[1] AS entity, used.name, to_jsonb(used)->>'source_schema' AS source_schema, used.body,
			used.body LIKE '%%:"source"%%' AS reads_schema, object.is_adapted,
			offered.template AS offered, offered.missing
		FROM clientele.source_sections('native') AS section
		LEFT JOIN %1$I.workspace_template AS used ON used.kind = 'sources' AND used.section = section.names[1]
		LEFT JOIN clientele.workspace_objects(%1$L) AS object ON object.name = section.names[1]
		LEFT JOIN clientele.source_entities($1, $2) AS offered ON offered.entity = section.names[1]
		WHERE section.kind = 'entity'
		ORDER BY section.place
		$query$, explain_workspace.workspace) USING main.source, main.source_schema
	LOOP
		notices := '{}';
		entity := made.entity;
		source := made.name;
		source_schema := CASE WHEN made.reads_schema THEN coalesce(made.source_schema, main.source_schema) END;
		is_adapted := made.is_adapted;
		kind := NULL;
		row_count := NULL;
		newest := NULL;
		missing_tables := '{}';
		missing_columns := '{}';
		empty_columns := '{}';
		poorer_insights := '{}';
		reads := '{}';
		SELECT oid, CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'table' END AS kind
		INTO here
		FROM pg_class
		WHERE relnamespace = schema_id AND relname = made.entity AND relkind = ANY ('{r,p,v,m,f}');
		kind := here.kind;

		IF source IS NULL THEN
			notices := notices || 'the workspace is older than this entity: CALL clientele.upgrade_workspace(...)'::text;
		ELSIF kind IS NULL THEN
			notices := notices || 'it was dropped'::text;
		ELSIF is_adapted THEN
			notices := notices || 'adapted by its owner'::text;
		ELSIF is_adapted IS NULL THEN
			notices := notices || 'made on another release of the server: whether it was adapted cannot be told'::text;
		END IF;

		-- what it reads: in fact, whoever wrote the view
		IF kind = 'view' OR kind = 'materialized view' THEN
			reads := ARRAY(
				SELECT DISTINCT format('%s.%I', relation.relnamespace::regnamespace, relation.relname)
				FROM pg_rewrite
				JOIN pg_depend ON pg_depend.classid = 'pg_rewrite'::regclass AND pg_depend.objid = pg_rewrite.oid AND refclassid = 'pg_class'::regclass
				JOIN pg_class AS relation ON relation.oid = refobjid
				WHERE ev_class = here.oid AND relation.oid <> here.oid
				ORDER BY 1);
		END IF;
		-- columns that the template can do without, and does
		IF kind = 'view' AND is_adapted IS NOT TRUE THEN
			SELECT coalesce(array_agg(format('%I.%I', absent.relations[1], absent.name)) FILTER (WHERE NOT known.is_read), '{}'),
				coalesce(array_agg(format('%I.%I', absent.relations[1], absent.name)) FILTER (WHERE NOT known.is_read AND known.is_there), '{}')
			INTO missing_columns, came
			FROM clientele.absent_columns(made.body) AS absent
			CROSS JOIN LATERAL (
				SELECT count(*) > 0 AS is_there,
					coalesce(bool_or(EXISTS (
						SELECT
						FROM pg_rewrite
						JOIN pg_depend ON pg_depend.classid = 'pg_rewrite'::regclass AND pg_depend.objid = pg_rewrite.oid
						WHERE ev_class = here.oid AND refclassid = 'pg_class'::regclass AND refobjid = attrelid AND refobjsubid = attnum)), false) AS is_read
				FROM pg_namespace
				JOIN pg_class AS relation ON relation.relnamespace = pg_namespace.oid
				JOIN pg_attribute ON attrelid = relation.oid AND attnum > 0 AND NOT attisdropped
				WHERE nspname = explain_workspace.source_schema AND relation.relname = ANY (absent.relations) AND attname = absent.name
			) AS known;
			IF missing_columns <> came THEN
				notices := notices || 'columns that the CRM does not have are NULL'::text;
			END IF;
			IF came <> '{}' THEN
				notices := notices || format('not read yet, though there: %s; CALL clientele.set_source(%L, %L, %L, %L)',
					array_to_string(came, ', '), explain_workspace.workspace, entity, source, source_schema);
			END IF;
		ELSIF source = 'native' AND main.source <> 'native' THEN
			missing_tables := made.missing;
			IF missing_tables <> '{}' THEN
				notices := notices || format('source "%s" does not find its tables; a native table stands in', main.source);
			ELSIF made.offered <> 'native' THEN
				notices := notices || format('source "%s" has it, too: CALL clientele.set_source(%L, %L, %L, %L)',
					main.source, explain_workspace.workspace, entity, main.source, main.source_schema);
			ELSE
				notices := notices || format('source "%s" does not know it; a native table stands in', main.source);
			END IF;
		END IF;

		-- rows, freshness, and columns without a single value
		IF kind IS NOT NULL THEN
			names := NULL;
			time_column := NULL;
			SELECT array_agg(col.name ORDER BY col.place),
				(array_agg(col.name ORDER BY col.place) FILTER (WHERE col.type = ANY ('{date,timestamptz}'::regtype[])))[1],
				(array_agg(col.type ORDER BY col.place) FILTER (WHERE col.type = ANY ('{date,timestamptz}'::regtype[])))[1]
			INTO names, time_column, time_type
			FROM clientele.entity_columns() AS col
			JOIN pg_attribute ON attrelid = here.oid AND attname = col.name AND NOT attisdropped
			WHERE col.entity = made.entity;
			BEGIN
				EXECUTE format('SELECT count(*), %s, ARRAY[%s] FROM %I.%I',
					CASE WHEN time_column IS NULL THEN 'NULL'
						WHEN time_type = 'date'::regtype THEN format('max(%1$I::timestamp AT TIME ZONE ''UTC'') FILTER (WHERE %1$I::timestamp AT TIME ZONE ''UTC'' <= $1)', time_column)
						ELSE format('max(%1$I) FILTER (WHERE %1$I <= $1)', time_column) END,
					(SELECT string_agg(format('count(%I)', name), ', ' ORDER BY place) FROM unnest(names) WITH ORDINALITY AS col (name, place)),
					explain_workspace.workspace, entity)
				INTO row_count, newest, counts
				USING moment;
				empty_columns := ARRAY(
					SELECT col.name
					FROM unnest(names, counts) WITH ORDINALITY AS col (name, filled, place)
					WHERE col.filled = 0
					ORDER BY col.place);
				IF row_count = 0 THEN
					notices := notices || 'no rows'::text;
				END IF;
			EXCEPTION WHEN OTHERS THEN
				-- one that cannot be read does not keep the others from being told
				notices := notices || format('cannot be read: %s', SQLERRM);
			END;
			poorer_insights := ARRAY(
				SELECT insight.name
				FROM (
					SELECT reader.relname::text, refobjsubid
					FROM pg_depend
					JOIN pg_rewrite ON pg_depend.classid = 'pg_rewrite'::regclass AND pg_depend.objid = pg_rewrite.oid
					JOIN pg_class AS reader ON reader.oid = ev_class
					WHERE refclassid = 'pg_class'::regclass AND refobjid = here.oid AND reader.relnamespace = schema_id AND reader.oid <> here.oid
					UNION ALL
					SELECT routine.proname::text, refobjsubid
					FROM pg_depend
					JOIN pg_proc AS routine ON pg_depend.classid = 'pg_proc'::regclass AND pg_depend.objid = routine.oid
					WHERE refclassid = 'pg_class'::regclass AND refobjid = here.oid AND routine.pronamespace = schema_id
				) AS insight (name, number)
				JOIN pg_attribute ON attrelid = here.oid AND attnum = insight.number
				WHERE attname = ANY (empty_columns)
				GROUP BY insight.name
				ORDER BY insight.name COLLATE "C");
		END IF;
		notice := array_to_string(notices, '; ');
		RETURN NEXT;
	END LOOP;
END
$$;
COMMENT ON FUNCTION clientele.explain_workspace(text) IS
'For each entity of a workspace: its source, the tables that it reads, the number of rows, the latest time in it up to clientele.as_of(), the tables and columns of the source that are not there, the columns of the entity without any value (all, when it has no rows), the insights that read those columns themselves, and in words what to know. It reads every entity once.';
