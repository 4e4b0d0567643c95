-- What the older version of a workspace made, for clientele.upgrade_workspace:
-- its texts, which the workspace keeps, are run once more in a schema that is gone
-- again at the end.

CREATE PROCEDURE clientele.recall_definitions(workspace text, fresh text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET client_min_messages = warning
AS $$
DECLARE
	reference text := recall_definitions.fresh;
	before text := recall_definitions.fresh || '_before';
	server_release integer := current_setting('server_version_num')::integer / 10000;
	piece record;
	is_told boolean;
	is_as_now boolean;
BEGIN
	-- Each release of the server shows a definition in its own way. On another one
	-- than that on which it was noted, what the same text makes here is noted anew.
	EXECUTE format('SELECT NOT EXISTS (SELECT FROM %I.workspace_object WHERE definition_hash IS NOT NULL AND server_release <> $1)', recall_definitions.workspace)
		INTO is_told USING server_release;
	IF is_told THEN
		RETURN;
	END IF;
	EXECUTE format('SELECT NOT EXISTS (
			SELECT FROM %I.workspace_template AS older LEFT JOIN %I.workspace_template AS newer USING (kind, name, section)
			WHERE older.body IS DISTINCT FROM newer.body)', recall_definitions.workspace, recall_definitions.fresh)
		INTO is_as_now;
	IF NOT is_as_now THEN
		reference := before;
		EXECUTE format('CREATE SCHEMA %I', before);
		FOR piece IN EXECUTE format('SELECT older.body, older.source_schema
			FROM %1$I.workspace_template AS older
			JOIN (
				SELECT template_kind, template_name, template_section, min(place) AS place
				FROM %1$I.workspace_object
				GROUP BY 1, 2, 3
			) AS made ON (made.template_kind, made.template_name, made.template_section) = (older.kind, older.name, older.section)
			ORDER BY made.place', recall_definitions.workspace)
		LOOP
			BEGIN
				CALL clientele.run_template(before, piece.body, piece.source_schema);
			EXCEPTION WHEN syntax_error_or_access_rule_violation OR feature_not_supported OR data_exception THEN
				-- of what it makes, and of what rests on that, it cannot be told
				NULL;
			END;
		END LOOP;
	END IF;
	EXECUTE format('UPDATE %I.workspace_object AS made
		SET definition_hash = clientele.definition_hash($1, theirs.class_id, theirs.object_id), server_release = $2
		FROM clientele.schema_objects($1) AS theirs
		WHERE theirs.kind = made.kind AND theirs.name = made.name AND theirs.arguments = made.arguments
			AND made.definition_hash IS NOT NULL AND made.server_release <> $2', recall_definitions.workspace)
		USING (SELECT oid FROM pg_namespace WHERE nspname = reference), server_release;
	IF reference = before THEN
		EXECUTE format('DROP SCHEMA %I CASCADE', before);
	END IF;
END
$$;
COMMENT ON PROCEDURE clientele.recall_definitions(text, text) IS
'On another release of the server than that on which a workspace was made, notes how this one shows what its templates make, so that it can be told again what users adapted. clientele.upgrade_workspace calls it; fresh is the workspace of the installed version that it compares with.';

CREATE PROCEDURE clientele.upgrade_rows(workspace text, fresh text, name text, body text, old_body text, INOUT added text[])
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET client_min_messages = warning
AS $$
DECLARE
	here oid := clientele.relation_id(clientele.workspace_id(upgrade_rows.workspace), upgrade_rows.name);
	there oid := clientele.relation_id(clientele.workspace_id(upgrade_rows.fresh), upgrade_rows.name);
	key_columns text[] := regexp_split_to_array((regexp_match(upgrade_rows.body, format('(?:^|\n)-- rows: %s ([^\n]+)', upgrade_rows.name)))[1], '\s+');
	before text := upgrade_rows.fresh || '_before';
	key text;
	columns text;
	known text[] := '{}';
	came text[];
BEGIN
	IF key_columns IS NULL THEN
		RETURN;
	END IF;
	key := (SELECT format('jsonb_build_array(%s)::text', string_agg(format('to_jsonb(one.%I)', col), ', ' ORDER BY place))
		FROM unnest(key_columns) WITH ORDINALITY AS given (col, place));
	columns := (
		SELECT string_agg(quote_ident(theirs.attname), ', ' ORDER BY theirs.attnum)
		FROM pg_attribute AS theirs
		JOIN pg_attribute AS own ON own.attrelid = here AND own.attname = theirs.attname AND NOT own.attisdropped
		WHERE theirs.attrelid = there AND theirs.attnum > 0 AND NOT theirs.attisdropped
			AND theirs.attidentity = '' AND own.attidentity = '' AND theirs.attgenerated = '' AND own.attgenerated = '');
	-- What the older version brought and is not there any more was deleted: it does
	-- not come back. A text that cannot be run any more says nothing, so nothing comes.
	EXECUTE format('CREATE SCHEMA %I', before);
	BEGIN
		CALL clientele.run_template(before, upgrade_rows.old_body);
		EXECUTE format('SELECT coalesce(array_agg(%s), ''{}'') FROM %I.%I AS one', key, before, upgrade_rows.name) INTO known;
	EXCEPTION WHEN syntax_error_or_access_rule_violation OR feature_not_supported OR data_exception OR integrity_constraint_violation THEN
		known := NULL;
		RAISE WARNING 'workspace "%": the rows that a newer version has for table % are left out: %', upgrade_rows.workspace, upgrade_rows.name, SQLERRM;
	END;
	EXECUTE format('DROP SCHEMA %I CASCADE', before);
	EXECUTE format($query$
		WITH missing AS (
			SELECT one.*, %2$s AS row_key
			FROM %3$I.%4$I AS one
			WHERE NOT %2$s = ANY ($1)
				AND %2$s NOT IN (SELECT %2$s FROM %1$I.%4$I AS one)
		), inserted AS (
			INSERT INTO %1$I.%4$I (%5$s) SELECT %5$s FROM missing
			ON CONFLICT DO NOTHING
		)
		SELECT array_agg(DISTINCT format('a row of %%s: %%s', $2, translate(row_key, '[]"', ''))) FROM missing
		$query$, upgrade_rows.workspace, key, upgrade_rows.fresh, upgrade_rows.name, columns)
		INTO came
		USING known, upgrade_rows.name;
	upgrade_rows.added := upgrade_rows.added || coalesce(came, '{}');
END
$$;
COMMENT ON PROCEDURE clientele.upgrade_rows(text, text, text, text, text, text[]) IS
'Gives a table of a workspace the rows that its template has in the fresh one, where a line "-- rows: TABLE COLUMN ..." of the template names what tells them apart: only those of which there is none, and that the older text did not bring. Rows that are there stay as they are.';
