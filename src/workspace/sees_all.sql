-- Whether anything is hidden from somebody of what a view rests on. The tables
-- in which a workspace keeps answers ask this in their policies: an answer was
-- made of what its refresher saw.

CREATE FUNCTION clientele.defining_object(class_id oid, object_id oid,
	OUT part_class_id oid, OUT part_id oid)
RETURNS SETOF record
LANGUAGE sql STABLE STRICT ROWS 1
BEGIN ATOMIC
	-- A view that does not run as its invoker lends its owner's rights: it is as
	-- good as a table.
	SELECT 'pg_catalog.pg_rewrite'::regclass::oid, pg_rewrite.oid
	FROM pg_catalog.pg_rewrite
	JOIN pg_catalog.pg_class ON pg_class.oid = pg_rewrite.ev_class
	WHERE defining_object.class_id = 'pg_catalog.pg_class'::regclass
		AND pg_rewrite.ev_class = defining_object.object_id
		AND pg_class.relkind = 'v'
		AND EXISTS (SELECT FROM pg_options_to_table(pg_class.reloptions) WHERE option_name = 'security_invoker' AND option_value::boolean)
	UNION ALL
	SELECT defining_object.class_id, defining_object.object_id
	WHERE defining_object.class_id = 'pg_catalog.pg_proc'::regclass;
END;
COMMENT ON FUNCTION clientele.defining_object(oid, oid) IS
'The object that knows in the catalogue what a view that runs as its invoker, or a function, is made of: the rule of the view, the function itself.';

CREATE FUNCTION clientele.rests_on(relation oid,
	OUT relation_id oid, OUT column_number integer)
RETURNS SETOF record
LANGUAGE sql STABLE STRICT ROWS 300
BEGIN ATOMIC
	WITH RECURSIVE reached (class_id, object_id) AS (
		SELECT 'pg_catalog.pg_class'::regclass::oid, rests_on.relation
		UNION
		SELECT pg_depend.refclassid, pg_depend.refobjid
		FROM reached
		CROSS JOIN LATERAL clientele.defining_object(reached.class_id, reached.object_id) AS part
		JOIN pg_catalog.pg_depend ON pg_depend.classid = part.part_class_id AND pg_depend.objid = part.part_id
		WHERE pg_depend.refclassid = ANY (ARRAY['pg_catalog.pg_class'::regclass, 'pg_catalog.pg_proc'::regclass]::oid[])
			AND pg_depend.deptype = 'n'
	)
	SELECT rests_on.relation, 0
	UNION
	SELECT pg_depend.refobjid, pg_depend.refobjsubid
	FROM reached
	CROSS JOIN LATERAL clientele.defining_object(reached.class_id, reached.object_id) AS part
	JOIN pg_catalog.pg_depend ON pg_depend.classid = part.part_class_id AND pg_depend.objid = part.part_id
	JOIN pg_catalog.pg_class ON pg_class.oid = pg_depend.refobjid
	WHERE pg_depend.refclassid = 'pg_catalog.pg_class'::regclass
		AND pg_depend.deptype = 'n'
		AND pg_class.relkind = ANY (ARRAY['r', 'p', 'v', 'm', 'f']::"char"[]);
END;
COMMENT ON FUNCTION clientele.rests_on(oid) IS
'The relations that a view is made of, directly or through other views that run as their invoker and through SQL functions (BEGIN ATOMIC; what a function has in a text is not known), with the columns that are read; column 0: none in particular. Itself is among them.';

CREATE FUNCTION clientele.sees_all(relation regclass, shown_by regclass DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql STABLE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	missing text;
	is_hidden boolean;
BEGIN
	SELECT min(format('%s %s', CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'table' END, relname))
			FILTER (WHERE NOT CASE
				WHEN relation_id = sees_all.relation THEN has_table_privilege(relation_id, 'SELECT')
				WHEN column_number = 0 THEN has_any_column_privilege(relation_id, 'SELECT')
				ELSE has_column_privilege(relation_id, column_number::smallint, 'SELECT') END),
		bool_or(relrowsecurity AND row_security_active(relation_id))
	INTO missing, is_hidden
	FROM clientele.rests_on(sees_all.relation)
	JOIN pg_class ON pg_class.oid = relation_id;
	IF missing IS NOT NULL THEN
		RAISE EXCEPTION 'permission denied for %', missing
			USING ERRCODE = 'insufficient_privilege',
				DETAIL = format('What is kept here was made with it, by way of %s.', sees_all.relation);
	END IF;
	IF NOT is_hidden THEN
		RETURN true;
	END IF;
	IF EXISTS (
		SELECT
		FROM clientele.rests_on(sees_all.shown_by)
		JOIN pg_class ON pg_class.oid = relation_id
		WHERE relrowsecurity AND row_security_active(relation_id))
	THEN
		RETURN false;
	END IF;
	RAISE EXCEPTION 'row-level security hides from role "%" some of what % is made of', current_user, sees_all.relation
		USING ERRCODE = 'insufficient_privilege',
			DETAIL = 'What is kept here was made by somebody who sees other rows.',
			HINT = format('Ask %s itself: it answers by the rows that one sees.', sees_all.relation);
END
$$;
COMMENT ON FUNCTION clientele.sees_all(regclass, regclass) IS
'Whether the current role sees all rows of all that a view is made of. false: row-level security hides some, and hides rows of shown_by too, by which it can be told what to show. An error (42501) where it hides some and shown_by is not given or shown in full, or where a privilege is missing. For the policies of the tables in which a workspace keeps answers.';
