-- Refreshing account_fact: the facts of accounts that have changed.

CREATE FUNCTION clientele.fact_query(workspace text, of_some boolean) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	-- $1 is the moment, $2 the accounts: joined rather than compared with = ANY,
	-- so that the server may choose between their index and one pass.
	SELECT format($query$
		SELECT coalesce(bought.account_id, touched.account_id) AS account_id,
			bought.purchases, coalesce(bought.purchase_rows, 0) AS purchase_rows, bought.revenue, bought.first_purchased_at, bought.last_purchased_at,
			touched.touchpoints, coalesce(touched.touch_rows, 0) AS touch_rows, touched.last_touched_at
		FROM (
			SELECT purchase.account_id,
				clientele.purchase_history(purchase.purchased_at, purchase.amount) AS purchases,
				count(*) AS purchase_rows,
				sum(purchase.amount) AS revenue,
				min(purchase.purchased_at) FILTER (WHERE coalesce(purchase.amount, 0) >= 0) AS first_purchased_at,
				max(purchase.purchased_at) FILTER (WHERE coalesce(purchase.amount, 0) >= 0) AS last_purchased_at
			FROM %1$I.purchase
			%2$s
			WHERE purchase.purchased_at <= $1 AND purchase.account_id IS NOT NULL
			GROUP BY purchase.account_id
		) AS bought
		FULL JOIN (
			SELECT touchpoint.account_id,
				clientele.touchpoints(touchpoint.contact_id, touchpoint.occurred_at, touchpoint.direction) AS touchpoints,
				count(*) AS touch_rows,
				max(touchpoint.occurred_at) AS last_touched_at
			FROM %1$I.touchpoint
			%3$s
			WHERE touchpoint.occurred_at <= $1 AND touchpoint.account_id IS NOT NULL
				AND coalesce(touchpoint.outcome, '') <> ALL (ARRAY['attempted', 'bounced'])
			GROUP BY touchpoint.account_id
		) AS touched ON touched.account_id = bought.account_id
		$query$, fact_query.workspace,
		CASE WHEN fact_query.of_some THEN 'JOIN unnest($2) AS wanted (id) ON wanted.id = purchase.account_id' ELSE '' END,
		CASE WHEN fact_query.of_some THEN 'JOIN unnest($2) AS wanted (id) ON wanted.id = touchpoint.account_id' ELSE '' END);
END;
COMMENT ON FUNCTION clientele.fact_query(text, boolean) IS
'The query for the facts of the accounts of a workspace as of $1: of all, or of the accounts $2.';

CREATE FUNCTION clientele.accounts_with_news(workspace text, since timestamptz, until timestamptz) RETURNS text[]
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found text[];
BEGIN
	EXECUTE format($query$
		SELECT coalesce(array_agg(news.account_id), '{}')
		FROM (
			SELECT account_id FROM %1$I.purchase WHERE purchased_at > $1 AND purchased_at <= $2
			UNION
			SELECT account_id FROM %1$I.touchpoint WHERE occurred_at > $1 AND occurred_at <= $2
		) AS news
		WHERE news.account_id IS NOT NULL
		$query$, accounts_with_news.workspace)
	INTO found
	USING accounts_with_news.since, accounts_with_news.until;
	RETURN found;
END
$$;
COMMENT ON FUNCTION clientele.accounts_with_news(text, timestamptz, timestamptz) IS
'The accounts of a workspace with a purchase or touch after since and not after until.';

CREATE PROCEDURE clientele.refresh_facts(name text, changes text DEFAULT NULL)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	moment timestamptz := clientele.as_of();
	began timestamptz := clock_timestamp();
	schema_id oid := clientele.workspace_id(refresh_facts.name);
	mode text;
	known timestamptz;
	overlap interval;
	accounts text[];
	written bigint;
	removed bigint;
BEGIN
	CALL clientele.begin_refresh(refresh_facts.name);
	EXECUTE format('SELECT coalesce($1, policy.fact_changes), policy.fact_overlap, (SELECT as_of FROM %1$I.fact_refresh) FROM %1$I.policy', refresh_facts.name)
		INTO mode, overlap, known
		USING refresh_facts.changes;
	IF mode <> ALL (ARRAY['new', 'compared', 'all']) THEN
		RAISE EXCEPTION 'invalid value for changes: "%"', mode
			USING ERRCODE = 'invalid_parameter_value',
				HINT = 'It is ''new'', ''compared'' or ''all''.';
	END IF;
	-- Kept facts are for everybody: they are not made of a part of the rows.
	IF row_security_active(clientele.relation_id(schema_id, 'account_fact')) THEN
		PERFORM clientele.sees_all(clientele.relation_id(schema_id, 'purchase'));
		PERFORM clientele.sees_all(clientele.relation_id(schema_id, 'touchpoint'));
	END IF;
	IF known > moment THEN
		RAISE NOTICE 'workspace "%": account_fact is as of %, and is left so: it belongs to the latest moment', refresh_facts.name, known;
		RETURN;
	END IF;

	IF known IS NULL OR mode = 'all' THEN
		mode := 'all';
		EXECUTE format('DELETE FROM %I.account_fact', refresh_facts.name);
		GET DIAGNOSTICS removed = ROW_COUNT;
		EXECUTE format($query$
			INSERT INTO %I.account_fact (account_id, as_of, purchases, purchase_rows, revenue, first_purchased_at, last_purchased_at,
				touchpoints, touch_rows, last_touched_at)
			SELECT account_id, $1, purchases, purchase_rows, revenue, first_purchased_at, last_purchased_at, touchpoints, touch_rows, last_touched_at
			FROM (%s) AS fresh
			$query$, refresh_facts.name, clientele.fact_query(refresh_facts.name, false))
		USING moment;
		GET DIAGNOSTICS written = ROW_COUNT;
		removed := greatest(removed - written, 0);
	ELSE
		IF mode = 'new' THEN
			accounts := clientele.accounts_with_news(refresh_facts.name, (known AT TIME ZONE 'UTC' - overlap) AT TIME ZONE 'UTC', moment);
		END IF;
		-- To build a fact takes no longer than to tell by a sum whether it has
		-- changed; so facts themselves are compared, byte by byte, which
		-- overlooks nothing. What is as it was is not written.
		EXECUTE format($query$
			WITH differing AS MATERIALIZED (
				SELECT fresh.*, kept.account_id AS kept_id
				FROM (%2$s) AS fresh
				FULL JOIN (SELECT account_fact.* FROM %1$I.account_fact %3$s) AS kept ON kept.account_id = fresh.account_id
				WHERE ROW(fresh.purchases, fresh.purchase_rows, fresh.revenue, fresh.first_purchased_at, fresh.last_purchased_at,
						fresh.touchpoints, fresh.touch_rows, fresh.last_touched_at)::record
					*<> ROW(kept.purchases, kept.purchase_rows, kept.revenue, kept.first_purchased_at, kept.last_purchased_at,
						kept.touchpoints, kept.touch_rows, kept.last_touched_at)::record
			), gone AS (
				DELETE FROM %1$I.account_fact
				WHERE account_id IN (SELECT kept_id FROM differing WHERE account_id IS NULL)
				RETURNING 1
			), changed AS (
				UPDATE %1$I.account_fact AS kept
				SET as_of = $1, purchases = differing.purchases, purchase_rows = differing.purchase_rows, revenue = differing.revenue,
					first_purchased_at = differing.first_purchased_at, last_purchased_at = differing.last_purchased_at,
					touchpoints = differing.touchpoints, touch_rows = differing.touch_rows, last_touched_at = differing.last_touched_at
				FROM differing
				WHERE kept.account_id = differing.account_id AND differing.kept_id IS NOT NULL
				RETURNING 1
			), added AS (
				INSERT INTO %1$I.account_fact (account_id, as_of, purchases, purchase_rows, revenue, first_purchased_at, last_purchased_at,
					touchpoints, touch_rows, last_touched_at)
				SELECT account_id, $1, purchases, purchase_rows, revenue, first_purchased_at, last_purchased_at, touchpoints, touch_rows, last_touched_at
				FROM differing
				WHERE kept_id IS NULL
				RETURNING 1
			)
			SELECT (SELECT count(*) FROM changed) + (SELECT count(*) FROM added), (SELECT count(*) FROM gone)
			$query$, refresh_facts.name, clientele.fact_query(refresh_facts.name, mode = 'new'),
			CASE WHEN mode = 'new' THEN 'JOIN unnest($2) AS wanted (id) ON wanted.id = account_fact.account_id' ELSE '' END)
		INTO written, removed
		USING moment, accounts;
	END IF;

	EXECUTE format($query$
		INSERT INTO %I.fact_refresh (as_of, refreshed_at, changes, written, removed, took) VALUES ($1, $2, $3, $4, $5, clock_timestamp() - $2)
		ON CONFLICT (is_fact_refresh) DO UPDATE
		SET as_of = EXCLUDED.as_of, refreshed_at = EXCLUDED.refreshed_at, changes = EXCLUDED.changes,
			written = EXCLUDED.written, removed = EXCLUDED.removed, took = EXCLUDED.took
		$query$, refresh_facts.name)
	USING moment, began, mode, written, removed;
END
$$;
COMMENT ON PROCEDURE clientele.refresh_facts(text, text) IS
'Brings account_fact of a workspace up to clientele.as_of(), reading nothing later. changes says how the accounts that have changed are found: new, compared or all; NULL: as policy.fact_changes says. The rows of the others are not written. As of an earlier moment than the facts have, they are left alone. clientele.refresh_workspace calls it.';
