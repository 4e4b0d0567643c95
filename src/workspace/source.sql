-- Sources: what the templates in sources/ say of the entities, and which of
-- their sections fits the tables that a schema holds.
--
-- A template of kind 'sources' is cut into sections by its lines "-- entity:
-- NAME" (one entity) and "-- reference: NAME NAME" (foreign keys between
-- entities). An entity may have several sections: the first one is taken whose
-- relations are all there, which its lines "-- reads:" name, as SQL writes them
-- and without a schema; columns that must be there follow in parentheses:
--
--     -- reads: "Account"("Id"), "User"
--
-- If none fits, the entity is the native table.

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
'The sections of a source''s template, in order: an entity with its name, or a reference (foreign keys) with the entities that it needs. Several sections of one entity are alternatives.';

CREATE FUNCTION clientele.section_reads(body text,
	OUT place integer, OUT relation text, OUT columns text[])
RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 3
BEGIN ATOMIC
	SELECT (row_number() OVER (ORDER BY line.place, word.place))::integer,
		(parse_ident(word.part[1]))[1],
		ARRAY(
			SELECT (parse_ident(inner_word.part[1]))[1]
			FROM regexp_matches(coalesce(word.part[2], ''), '("(?:[^"]|"")+"|[^\s,"]+)', 'g') WITH ORDINALITY AS inner_word (part, place)
			ORDER BY inner_word.place)
	FROM regexp_matches(section_reads.body, '(?:^|\n)-- reads:([^\n]+)', 'g') WITH ORDINALITY AS line (part, place),
		regexp_matches(line.part[1], '("(?:[^"]|"")+"|[^\s,"()]+)(?:\s*\(([^)]*)\))?', 'g') WITH ORDINALITY AS word (part, place)
	ORDER BY line.place, word.place;
END;
COMMENT ON FUNCTION clientele.section_reads(text) IS
'The relations that a section of a source says it reads, and the columns of each that must be there.';

CREATE FUNCTION clientele.missing_reads(body text, source_schema text) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT coalesce(array_agg(missing.name ORDER BY missing.place), '{}')
	FROM (
		SELECT reads.place,
			CASE WHEN relation.oid IS NULL THEN quote_ident(reads.relation)
				ELSE quote_ident(reads.relation) || ' (' || absent.names || ')' END AS name
		FROM clientele.section_reads(missing_reads.body) AS reads
		LEFT JOIN (
			pg_catalog.pg_namespace AS here
			JOIN pg_catalog.pg_class AS relation
				ON relation.relnamespace = here.oid AND relation.relkind = ANY (ARRAY['r', 'p', 'v', 'm', 'f']::"char"[])
		) ON here.nspname = missing_reads.source_schema AND relation.relname = reads.relation
		CROSS JOIN LATERAL (
			SELECT string_agg(quote_ident(needed), ', ') AS names
			FROM unnest(reads.columns) AS needed
			WHERE NOT EXISTS (
				SELECT
				FROM pg_catalog.pg_attribute
				WHERE attrelid = relation.oid AND attname = needed AND attnum > 0 AND NOT attisdropped)
		) AS absent
		WHERE relation.oid IS NULL OR absent.names IS NOT NULL
	) AS missing;
END;
COMMENT ON FUNCTION clientele.missing_reads(text, text) IS
'Which of the relations, and of the columns that must be there, a section of a source looks for in this schema in vain.';

CREATE FUNCTION clientele.source_entities(source text, source_schema text DEFAULT NULL,
	OUT place integer, OUT entity text, OUT template text, OUT missing text[], OUT body text)
RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE ROWS 20
BEGIN ATOMIC
	SELECT own.place,
		own.names[1],
		CASE WHEN theirs.is_there THEN source_entities.source ELSE 'native' END,
		coalesce(theirs.missing, '{}'),
		CASE WHEN theirs.is_there THEN theirs.body ELSE own.body END
	FROM clientele.source_sections('native') AS own
	LEFT JOIN LATERAL (
		-- The first that fits; if none does, the first, for what it misses.
		-- Without a schema to look at, the first.
		SELECT section.body, lack.missing,
			source_entities.source_schema IS NULL OR lack.missing = '{}' AS is_there
		FROM clientele.source_sections(source_entities.source) AS section
		CROSS JOIN LATERAL (
			SELECT CASE WHEN source_entities.source_schema IS NULL THEN '{}'
				ELSE clientele.missing_reads(section.body, source_entities.source_schema) END AS missing
		) AS lack
		WHERE section.kind = 'entity'
			AND section.names = own.names
		ORDER BY lack.missing <> '{}', section.place
		LIMIT 1
	) AS theirs ON true
	WHERE own.kind = 'entity'
	ORDER BY own.place;
END;
COMMENT ON FUNCTION clientele.source_entities(text, text) IS
'For each entity the section that makes it, given the tables in the schema: of the source, or native where the source has none that fits; then missing are the relations that its first section looks for in vain.';

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
'What a workspace can be built on: the sources that clientele.create_workspace and clientele.set_source take.';

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

CREATE FUNCTION clientele.entity_columns(OUT entity text, OUT place integer, OUT name text, OUT type regtype, OUT description text)
RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE ROWS 150
BEGIN ATOMIC
	-- Read in the text of the native tables, a column a line.
	SELECT section.names[1],
		col.place::integer,
		col.part[1],
		col.part[2]::regtype,
		replace((regexp_match(section.body, 'COMMENT ON COLUMN ' || section.names[1] || '\.' || col.part[1] || ' IS\s+''((?:[^'']|'''')*)'''))[1], '''''', '''')
	FROM clientele.source_sections('native') AS section,
		regexp_match(section.body, 'CREATE TABLE \w+ \(\n(.*?)\n\);') AS definition,
		regexp_matches(definition[1], '(?:^|\n)\t([a-z_]\w*) ([a-z]\w*(?:\[\])?)', 'g') WITH ORDINALITY AS col (part, place)
	WHERE section.kind = 'entity'
	ORDER BY section.place, col.place;
END;
COMMENT ON FUNCTION clientele.entity_columns() IS
'The columns of the entities, with type and meaning: what a view of a source has to have, in this order.';

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

CREATE FUNCTION clientele.workspace_pieces(source text, source_schema text DEFAULT NULL, others jsonb DEFAULT '{}',
	OUT place integer, OUT kind text, OUT name text, OUT section text, OUT body text, OUT reads_schema text)
RETURNS SETOF record
LANGUAGE plpgsql STABLE ROWS 120
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	part record;
	kinds text[];
	part_names text[];
	sections text[];
	bodies text[];
	schemas text[];
	-- what each part needs, as the text of an array
	needs text[];
	waiting integer[] := '{}';
	available text[] := '{}';
	chosen integer;
BEGIN
	-- All parts: tables of the workspace, entities, references, insights.
	FOR part IN
		WITH entity AS (
			SELECT made.place, made.entity, made.template, made.body,
				CASE WHEN other.value IS NULL THEN workspace_pieces.source_schema ELSE other.value->>'source_schema' END AS schema
			FROM (
				SELECT workspace_pieces.source, workspace_pieces.source_schema
				UNION
				SELECT further.value->>'source', further.value->>'source_schema'
				FROM jsonb_each(workspace_pieces.others) AS further
			) AS used (source, source_schema)
			CROSS JOIN LATERAL clientele.source_entities(used.source, used.source_schema) AS made
			LEFT JOIN jsonb_each(workspace_pieces.others) AS other ON other.key = made.entity
			WHERE used.source = CASE WHEN other.value IS NULL THEN workspace_pieces.source ELSE other.value->>'source' END
				AND used.source_schema IS NOT DISTINCT FROM
					CASE WHEN other.value IS NULL THEN workspace_pieces.source_schema ELSE other.value->>'source_schema' END
		)
		SELECT 1 AS rank, 0 AS number, template.kind, template.name, '' AS section, template.body, NULL AS schema, '{}'::text[] AS needs
		FROM clientele.template
		WHERE template.kind = 'tables'
		UNION ALL
		SELECT 2, entity.place, 'sources', entity.template, entity.entity, entity.body, entity.schema, '{}'
		FROM entity
		UNION ALL
		-- foreign keys where all are native tables
		SELECT 3, keys.place, 'sources', 'native', array_to_string(keys.names, ' '), keys.body, NULL, keys.names
		FROM clientele.source_sections('native') AS keys
		WHERE keys.kind = 'reference'
			AND NOT EXISTS (SELECT FROM entity WHERE entity.entity = ANY (keys.names) AND entity.template <> 'native')
		UNION ALL
		SELECT 4, 0, template.kind, template.name, '', template.body, NULL, '{}'
		FROM clientele.template
		WHERE template.kind = 'views'
		ORDER BY 1, 2, 4
	LOOP
		kinds := kinds || part.kind;
		part_names := part_names || part.name;
		sections := sections || part.section;
		bodies := bodies || part.body;
		schemas := schemas || CASE WHEN part.body LIKE '%:"source"%' THEN part.schema END;
		needs := needs || (part.needs || ARRAY(
			SELECT word
			FROM regexp_matches(part.body, '(?:^|\n)-- requires: ([^\n]+)', 'g') AS line (words),
				regexp_split_to_table(btrim(words[1]), '\s+') AS word))::text;
		waiting := waiting || cardinality(kinds);
	END LOOP;

	-- Again and again the first one whose requirements are all there.
	place := 0;
	WHILE cardinality(waiting) > 0 LOOP
		chosen := (
			SELECT candidate.number
			FROM unnest(waiting) WITH ORDINALITY AS candidate (number, nth)
			WHERE needs[candidate.number]::text[] <@ available
			ORDER BY candidate.nth
			LIMIT 1);
		IF chosen IS NULL THEN
			RAISE EXCEPTION 'templates of Clientele require what does not exist, or one another'
				USING ERRCODE = 'internal_error',
					DETAIL = format('They are: %s.', (SELECT string_agg(part_names[number], ', ') FROM unnest(waiting) AS number));
		END IF;
		waiting := array_remove(waiting, chosen);
		IF kinds[chosen] <> 'sources' THEN
			available := available || part_names[chosen];
		ELSIF strpos(sections[chosen], ' ') = 0 THEN
			available := available || sections[chosen];
		END IF;
		place := place + 1;
		kind := kinds[chosen];
		name := part_names[chosen];
		section := sections[chosen];
		body := bodies[chosen];
		reads_schema := schemas[chosen];
		RETURN NEXT;
	END LOOP;
END
$$;
COMMENT ON FUNCTION clientele.workspace_pieces(text, text, jsonb) IS
'The SQL that makes a workspace on this source, piece by piece, in the order in which clientele.create_workspace runs it. others names the entities of another source: {"purchase": {"source": "native"}}; without a schema the first section of each entity is taken.';
