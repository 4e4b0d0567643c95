-- Filling a workspace with the sample CRM.

CREATE PROCEDURE clientele.load_sample(workspace text, accounts integer DEFAULT 2000, seed bigint DEFAULT 1, until date DEFAULT NULL)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- Compiling expressions costs more here than it saves.
SET jit = off
-- What is drawn is sorted and joined.
SET work_mem = '64MB'
AS $$
DECLARE
	-- an entity after those that it refers to
	entities text[] := ARRAY['account', 'owner', 'product', 'contact', 'lead', 'purchase', 'subscription', 'opportunity', 'opportunity_stage',
		'program', 'program_member', 'program_cost', 'touchpoint', 'usage', 'ticket', 'quote', 'referral', 'contact_employment', 'verification'];
	entity text;
	generator record;
	columns text;
	is_filled boolean;
	last_day date := coalesce(load_sample.until, clientele.as_of_date() - 1);
BEGIN
	PERFORM clientele.workspace_id(load_sample.workspace);
	IF load_sample.accounts IS NULL OR load_sample.accounts NOT BETWEEN 1 AND 10000000 THEN
		RAISE EXCEPTION 'number of accounts is out of range: %', coalesce(load_sample.accounts::text, 'NULL')
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Give a number from 1 to 10000000.';
	END IF;
	IF load_sample.seed IS NULL THEN
		RAISE EXCEPTION 'seed is NULL'
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Give any number: the same one gives the same sample.';
	END IF;
	IF last_day NOT BETWEEN '2025-01-01' AND '2100-01-01' THEN
		RAISE EXCEPTION 'last day of the sample is out of range: %', last_day
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Give a day from 2025-01-01 to 2100-01-01.';
	END IF;
	FOREACH entity IN ARRAY entities LOOP
		IF NOT EXISTS (
				SELECT
				FROM pg_class
				JOIN pg_namespace ON pg_namespace.oid = relnamespace
				WHERE nspname = load_sample.workspace AND relname = entity AND relkind = ANY (ARRAY['r', 'p']::"char"[])) THEN
			RAISE EXCEPTION 'entity % of workspace "%" is not a table', entity, load_sample.workspace
				USING ERRCODE = 'wrong_object_type',
					HINT = 'The sample goes into a workspace of its own: CALL clientele.create_workspace(name) makes one with source native.';
		END IF;
		-- Nobody else may fill it meanwhile.
		EXECUTE format('LOCK TABLE %I.%I IN SHARE ROW EXCLUSIVE MODE', load_sample.workspace, entity);
		EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I)', load_sample.workspace, entity) INTO is_filled;
		IF is_filled THEN
			RAISE EXCEPTION 'table % of workspace "%" already has rows', entity, load_sample.workspace
				USING ERRCODE = 'object_not_in_prerequisite_state',
					HINT = 'The sample goes into an empty workspace: make one with CALL clientele.create_workspace(name).';
		END IF;
	END LOOP;
	FOREACH entity IN ARRAY entities LOOP
		-- Each is filled by the function that gives its columns: sample_accounts,
		-- sample_opportunities, sample_usage. In the order of accounts, what is
		-- referred to and the indexes are near each other; times, or the first
		-- column, settle the rest, so that the order is the same every time.
		SELECT proname, pronargs, proargnames, pronargs + 1 AS first, array_length(proargnames, 1) AS last
		INTO STRICT generator
		FROM pg_proc
		WHERE pronamespace = 'clientele'::regnamespace
			AND proname = ANY (ARRAY['sample_' || entity, 'sample_' || entity || 's', 'sample_' || regexp_replace(entity, 'y$', 'ies')]);
		columns := (SELECT string_agg(quote_ident(name), ', ' ORDER BY place)
			FROM unnest(generator.proargnames[generator.first:generator.last]) WITH ORDINALITY AS listed (name, place));
		EXECUTE format('INSERT INTO %1$I.%2$I (%3$s) SELECT %3$s FROM clientele.%4$I(%5$s) ORDER BY %6$s',
			load_sample.workspace, entity, columns, generator.proname,
			CASE WHEN generator.pronargs > 0 THEN '$1, $2, $3' END,
			coalesce((SELECT string_agg(quote_ident(name), ', ' ORDER BY place)
				FROM unnest(ARRAY['account_id', 'opportunity_id', 'purchased_at', 'occurred_at', 'opened_at', 'used_on', 'entered_at', 'quoted_at', 'verified_at',
					'started_at', 'spent_on', generator.proargnames[generator.first], 'segment']) WITH ORDINALITY AS listed (name, place)
				WHERE name = ANY (generator.proargnames)), '1'))
			USING load_sample.accounts, load_sample.seed, last_day;
		EXECUTE format('ANALYZE %I.%I', load_sample.workspace, entity);
	END LOOP;
END
$$;
COMMENT ON PROCEDURE clientele.load_sample(text, integer, bigint, date) IS
'Fills an empty workspace with a sample CRM: so many accounts, four of five of them customers, and all that a CRM knows of them, drawn from the models of clientele.sample_parameters(), with the story of clientele.sample_story(), up to a last day: the day before clientele.as_of() unless said. The same seed and day give the same rows everywhere.';
