-- Kept insights: the answer of an insight in a table, for those that take long.
-- The table of insight X is X_kept. It is brought up to date by difference: the
-- rows that stand in it already are not touched, and readers see the old
-- answer until the transaction is committed.

CREATE FUNCTION clientele.kept_name(insight text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN insight || '_kept';
COMMENT ON FUNCTION clientele.kept_name(text) IS
'The name of the table that keeps the answer of an insight.';

CREATE FUNCTION clientele.kept_columns(workspace text, insight text, OUT stands boolean, OUT fits boolean)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	schema_id oid := clientele.workspace_id(kept_columns.workspace);
	kept_id oid := clientele.relation_id(schema_id, clientele.kept_name(kept_columns.insight));
	insight_id oid := clientele.relation_id(schema_id, kept_columns.insight);
BEGIN
	stands := kept_id IS NOT NULL;
	-- the columns of the view, in their order, then kept_since
	fits := (
		SELECT array_agg((attname, atttypid, atttypmod, attcollation)::text ORDER BY attnum)
		FROM pg_attribute
		WHERE attrelid = insight_id AND attnum > 0
	) = (
		SELECT array_agg((attname, atttypid, atttypmod, attcollation)::text ORDER BY attnum) FILTER (WHERE attname <> 'kept_since')
		FROM pg_attribute
		WHERE attrelid = kept_id AND attnum > 0 AND NOT attisdropped
	);
END
$$;
COMMENT ON FUNCTION clientele.kept_columns(text, text) IS
'Whether the table that keeps the answer of an insight stands, and whether it has the columns of the insight.';

CREATE PROCEDURE clientele.make_kept(workspace text, insight text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	schema_id oid := clientele.workspace_id(make_kept.workspace);
	kept text := clientele.kept_name(make_kept.insight);
	insight_id oid := clientele.relation_id(schema_id, make_kept.insight);
	old_id oid := clientele.relation_id(schema_id, kept);
	grants text[];
	shown_by text := '';
	has_account boolean;
	objects jsonb;
	statement text;
BEGIN
	IF old_id IS NOT NULL THEN
		grants := ARRAY(SELECT clientele.relation_grants(old_id));
		EXECUTE format('DROP TABLE %I.%I', make_kept.workspace, kept);
	ELSE
		-- a new one is for the readers of the insight
		grants := ARRAY(
			SELECT format('GRANT SELECT ON %I.%I TO %s', make_kept.workspace, kept, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END)
			FROM pg_class
			CROSS JOIN LATERAL aclexplode(relacl) AS acl
			WHERE pg_class.oid = insight_id AND acl.privilege_type = 'SELECT' AND acl.grantee <> relowner);
	END IF;
	EXECUTE format('CREATE TABLE %1$I.%2$I (LIKE %1$I.%3$I INCLUDING COMMENTS, kept_since timestamptz NOT NULL)',
		make_kept.workspace, kept, make_kept.insight);
	EXECUTE format('COMMENT ON COLUMN %I.%I.kept_since IS %L', make_kept.workspace, kept,
		'As of which moment the row was first as it is now; the table as a whole is as of kept_insight.as_of.');
	EXECUTE format('COMMENT ON TABLE %I.%I IS %L', make_kept.workspace, kept,
		concat_ws(' ', format('The answer of %s as of kept_insight.as_of, kept by clientele.refresh_workspace.', make_kept.insight),
			obj_description(insight_id, 'pg_class')));

	-- Who sees what: all, who could have read all of it; the rows of one's
	-- accounts, where these are what is hidden.
	has_account := EXISTS (SELECT FROM pg_attribute WHERE attrelid = insight_id AND attname = 'account_id' AND atttypid = 'text'::regtype)
		AND clientele.relation_id(schema_id, 'account') IS NOT NULL;
	IF has_account THEN
		EXECUTE format('CREATE INDEX ON %I.%I (account_id)', make_kept.workspace, kept);
		shown_by := format(', %L', format('%I.account', make_kept.workspace));
	END IF;
	EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', make_kept.workspace, kept);
	EXECUTE format('CREATE POLICY all_rows ON %I.%I USING ((SELECT clientele.sees_all(%L%s)))', make_kept.workspace, kept,
		format('%I.%I', make_kept.workspace, make_kept.insight), shown_by);
	IF has_account THEN
		EXECUTE format('CREATE POLICY own_accounts ON %1$I.%2$I FOR SELECT
			USING ((SELECT NOT clientele.sees_all(%3$L%4$s)) AND EXISTS (SELECT FROM %1$I.account WHERE account.account_id = %2$I.account_id))',
			make_kept.workspace, kept, format('%I.%I', make_kept.workspace, make_kept.insight), shown_by);
	END IF;
	FOREACH statement IN ARRAY grants LOOP
		EXECUTE statement;
	END LOOP;
	EXECUTE format('UPDATE %I.kept_insight SET as_of = NULL, refreshed_at = NULL, row_count = NULL, added = NULL, removed = NULL, took = NULL, reason = NULL
		WHERE insight = $1', make_kept.workspace) USING make_kept.insight;
	objects := (
		SELECT jsonb_agg(to_jsonb(object))
		FROM clientele.schema_objects(schema_id) AS object
		WHERE object.name = kept AND object.class_id = 'pg_class'::regclass);
	CALL clientele.record_objects(make_kept.workspace, 'kept', make_kept.insight, '', objects);
END
$$;
COMMENT ON PROCEDURE clientele.make_kept(text, text) IS
'Makes the empty table that keeps the answer of an insight, for those who may read that; in the place of one that has other columns, with its grants.';

CREATE FUNCTION clientele.fill_kept(workspace text, insight text, OUT row_count bigint, OUT added bigint, OUT removed bigint)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- what there is to say of an answer, its column reason says
SET client_min_messages = error
AS $$
DECLARE
	moment timestamptz := clientele.as_of();
	began timestamptz := clock_timestamp();
	kept_id oid := clientele.relation_id(clientele.workspace_id(fill_kept.workspace), clientele.kept_name(fill_kept.insight));
	insight_id oid := clientele.relation_id(clientele.workspace_id(fill_kept.workspace), fill_kept.insight);
	state record;
	names text;
	answered text;
	stood text;
BEGIN
	SELECT * INTO state FROM clientele.kept_columns(fill_kept.workspace, fill_kept.insight);
	IF insight_id IS NULL OR NOT state.stands THEN
		RAISE EXCEPTION '% does not exist', CASE WHEN insight_id IS NULL THEN format('view "%s"', fill_kept.insight)
				ELSE format('table "%s"', clientele.kept_name(fill_kept.insight)) END
			USING ERRCODE = 'undefined_table',
				HINT = format('CALL clientele.keep_insight(%L, %L) or clientele.stop_keeping(%1$L, %2$L).', fill_kept.workspace, fill_kept.insight);
	ELSIF NOT state.fits THEN
		RAISE EXCEPTION 'view "%" has other columns than its kept table', fill_kept.insight
			USING ERRCODE = 'datatype_mismatch',
				HINT = format('CALL clientele.keep_insight(%L, %L) makes the table anew.', fill_kept.workspace, fill_kept.insight);
	END IF;
	-- Kept answers are for everybody: they are not made of a part of the rows.
	IF row_security_active(kept_id) THEN
		PERFORM clientele.sees_all(insight_id);
	END IF;

	SELECT string_agg(format('%I', attname), ', ' ORDER BY attnum),
		string_agg(format('(fresh.answer).%I', attname), ', ' ORDER BY attnum),
		string_agg(format('stood.%I', attname), ', ' ORDER BY attnum)
	INTO names, answered, stood
	FROM pg_attribute
	WHERE attrelid = insight_id AND attnum > 0;
	-- Rows are compared as a whole, by a hash of their exact values: an insight
	-- need not have a key, and may have equal rows, which are numbered.
	EXECUTE format($query$
		WITH fresh AS MATERIALIZED (
			SELECT asked.answer, asked.digest, row_number() OVER (PARTITION BY asked.digest) AS copy
			FROM (SELECT ROW(%6$s)::%1$I.%2$I AS answer, sha256(record_send(ROW(%6$s))) AS digest FROM %1$I.%2$I AS stood OFFSET 0) AS asked
		), old AS MATERIALIZED (
			SELECT looked.place, looked.digest, row_number() OVER (PARTITION BY looked.digest ORDER BY looked.place) AS copy
			FROM (SELECT stood.ctid AS place, sha256(record_send(ROW(%6$s))) AS digest FROM %1$I.%3$I AS stood OFFSET 0) AS looked
		), gone AS (
			DELETE FROM %1$I.%3$I
			WHERE ctid = ANY (ARRAY(
				SELECT old.place
				FROM old
				WHERE NOT EXISTS (SELECT FROM fresh WHERE fresh.digest = old.digest AND fresh.copy = old.copy)))
			RETURNING 1
		), come AS (
			INSERT INTO %1$I.%3$I (%4$s, kept_since)
			SELECT %5$s, $1
			FROM fresh
			WHERE NOT EXISTS (SELECT FROM old WHERE old.digest = fresh.digest AND old.copy = fresh.copy)
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM fresh), (SELECT count(*) FROM come), (SELECT count(*) FROM gone)
		$query$, fill_kept.workspace, fill_kept.insight, clientele.kept_name(fill_kept.insight), names, answered, stood)
	INTO row_count, added, removed
	USING moment;
	EXECUTE format('UPDATE %I.kept_insight
		SET as_of = $2, refreshed_at = $3, row_count = $4, added = $5, removed = $6, took = clock_timestamp() - $3, reason = NULL
		WHERE insight = $1', fill_kept.workspace)
	USING fill_kept.insight, moment, began, row_count, added, removed;
END
$$;
COMMENT ON FUNCTION clientele.fill_kept(text, text) IS
'Asks an insight as of clientele.as_of() and brings its kept table to that answer: rows that are gone or otherwise are removed, those that are new or otherwise added, the rest is not touched. Tells how many.';

CREATE PROCEDURE clientele.refresh_kept(name text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	moment timestamptz := clientele.as_of();
	one record;
	later text[] := '{}';
BEGIN
	CALL clientele.begin_refresh(refresh_kept.name);
	FOR one IN EXECUTE format('SELECT insight, as_of FROM %I.kept_insight ORDER BY insight COLLATE "C"', refresh_kept.name) LOOP
		IF one.as_of > moment THEN
			later := later || one.insight;
			CONTINUE;
		END IF;
		BEGIN
			PERFORM clientele.fill_kept(refresh_kept.name, one.insight);
		EXCEPTION WHEN OTHERS THEN
			-- one that cannot be asked does not keep the others from it
			EXECUTE format('UPDATE %I.kept_insight SET reason = $2 WHERE insight = $1', refresh_kept.name)
				USING one.insight, format('as of %s: %s', moment, SQLERRM);
			RAISE WARNING 'workspace "%": insight % is kept as it was: %', refresh_kept.name, one.insight, SQLERRM;
		END;
	END LOOP;
	IF later <> '{}' THEN
		RAISE NOTICE 'workspace "%": kept as of a later moment, and left so: %', refresh_kept.name, array_to_string(later, ', ');
	END IF;
END
$$;
COMMENT ON PROCEDURE clientele.refresh_kept(text) IS
'Asks every insight of kept_insight of a workspace as of clientele.as_of() and brings its kept table to that answer, without a lock that readers would wait for. One that fails stays as it was, and kept_insight.reason tells why. One that is kept as of a later moment is left alone. clientele.refresh_workspace calls it.';

CREATE PROCEDURE clientele.keep_insight(name text, insight text, fill boolean DEFAULT true)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
	schema_id oid := clientele.workspace_id(keep_insight.name);
	kept text := clientele.kept_name(keep_insight.insight);
	state record;
	is_known boolean;
BEGIN
	CALL clientele.hold_workspace(keep_insight.name);
	IF NOT EXISTS (SELECT FROM pg_class WHERE oid = clientele.relation_id(schema_id, keep_insight.insight) AND relkind = 'v')
		OR EXISTS (SELECT FROM clientele.entities() AS known WHERE known.entity = keep_insight.insight) THEN
		RAISE EXCEPTION 'workspace "%" has no insight %', keep_insight.name, coalesce('"' || keep_insight.insight || '"', 'NULL')
			USING ERRCODE = 'undefined_table',
				HINT = 'An insight that can be kept is a view of the workspace, of Clientele or your own, and no entity.';
	END IF;
	IF octet_length(kept) > current_setting('max_identifier_length')::integer THEN
		RAISE EXCEPTION 'name of the kept table is too long: "%"', kept
			USING ERRCODE = 'name_too_long',
				HINT = 'Give the view a shorter name.';
	END IF;
	EXECUTE format('SELECT EXISTS (SELECT FROM %I.kept_insight WHERE insight = $1)', keep_insight.name) INTO is_known USING keep_insight.insight;
	SELECT * INTO state FROM clientele.kept_columns(keep_insight.name, keep_insight.insight);
	IF state.stands AND NOT is_known THEN
		RAISE EXCEPTION 'workspace "%" has a relation "%" already', keep_insight.name, kept
			USING ERRCODE = 'duplicate_table',
				HINT = 'The kept answer needs that name: rename the relation.';
	END IF;
	EXECUTE format('INSERT INTO %I.kept_insight (insight) VALUES ($1) ON CONFLICT (insight) DO NOTHING', keep_insight.name) USING keep_insight.insight;
	IF state.fits IS NOT TRUE THEN
		CALL clientele.make_kept(keep_insight.name, keep_insight.insight);
	END IF;
	IF keep_insight.fill THEN
		CALL clientele.begin_refresh(keep_insight.name);
		PERFORM clientele.fill_kept(keep_insight.name, keep_insight.insight);
	END IF;
END
$$;
COMMENT ON PROCEDURE clientele.keep_insight(text, text, boolean) IS
'Keeps the answer of an insight of a workspace, of a view of yours too, in a table of its name with _kept after it, which each clientele.refresh_workspace brings up to date: for insights that take long. Who may read the insight may read the table, if nothing that the insight rests on is hidden from it, or the rows of the accounts that it sees. fill: at once, as of clientele.as_of(); otherwise by the next refresh. Of one that is kept already: makes its table anew if the view has other columns now.';

CREATE PROCEDURE clientele.stop_keeping(name text, insight text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	is_known boolean;
BEGIN
	CALL clientele.hold_workspace(stop_keeping.name);
	EXECUTE format('WITH gone AS (DELETE FROM %I.kept_insight WHERE insight = $1 RETURNING 1) SELECT EXISTS (SELECT FROM gone)', stop_keeping.name)
		INTO is_known USING stop_keeping.insight;
	IF NOT is_known THEN
		RAISE EXCEPTION 'workspace "%" does not keep an insight %', stop_keeping.name, coalesce('"' || stop_keeping.insight || '"', 'NULL')
			USING ERRCODE = 'undefined_object',
				HINT = format('Those that it keeps: SELECT insight FROM %I.kept_insight.', stop_keeping.name);
	END IF;
	EXECUTE format('DROP TABLE IF EXISTS %I.%I', stop_keeping.name, clientele.kept_name(stop_keeping.insight));
	EXECUTE format('DELETE FROM %I.workspace_object WHERE template_kind = ''kept'' AND template_name = $1', stop_keeping.name) USING stop_keeping.insight;
END
$$;
COMMENT ON PROCEDURE clientele.stop_keeping(text, text) IS
'Drops the table that keeps the answer of an insight; the insight itself stays. An error if something of yours depends on the table.';

CREATE PROCEDURE clientele.complete_kept(workspace text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	one record;
BEGIN
	FOR one IN EXECUTE format('SELECT kept.insight, state.stands
		FROM %1$I.kept_insight AS kept
		CROSS JOIN LATERAL clientele.kept_columns(%1$L, kept.insight) AS state
		WHERE clientele.relation_id(clientele.workspace_id(%1$L), kept.insight) IS NOT NULL AND state.fits IS NOT TRUE
		ORDER BY kept.insight COLLATE "C"', complete_kept.workspace)
	LOOP
		BEGIN
			CALL clientele.make_kept(complete_kept.workspace, one.insight);
			IF one.stands THEN
				RAISE NOTICE 'workspace "%": made anew, to be filled by the next refresh: %', complete_kept.workspace, clientele.kept_name(one.insight);
			END IF;
		EXCEPTION WHEN dependent_objects_still_exist THEN
			RAISE NOTICE 'workspace "%": not touched: % (cannot be made anew: %)', complete_kept.workspace, clientele.kept_name(one.insight), SQLERRM;
		END;
	END LOOP;
END
$$;
COMMENT ON PROCEDURE clientele.complete_kept(text) IS
'Makes the tables of kept_insight of a workspace that are not there, or do not have the columns of their insights.';
