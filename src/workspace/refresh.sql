-- Refreshing a workspace: what the insights need that takes time to compute.

CREATE PROCEDURE clientele.begin_refresh(workspace text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	is_there boolean;
BEGIN
	PERFORM clientele.workspace_id(begin_refresh.workspace);
	EXECUTE format('LOCK TABLE %I.model IN SHARE UPDATE EXCLUSIVE MODE', begin_refresh.workspace);
	EXECUTE format('SELECT EXISTS (SELECT FROM %I.policy)', begin_refresh.workspace) INTO is_there;
	IF NOT is_there THEN
		RAISE EXCEPTION 'table policy of workspace "%" has no row', begin_refresh.workspace
			USING ERRCODE = 'no_data_found',
				HINT = format('INSERT INTO %I.policy DEFAULT VALUES.', begin_refresh.workspace);
	END IF;
END
$$;
COMMENT ON PROCEDURE clientele.begin_refresh(text) IS
'Takes the lock under which models of a workspace are fitted, one refresh at a time while readers are not held up; an error if its policy has no row.';

CREATE PROCEDURE clientele.refresh_purchase_models(name text, from_facts boolean DEFAULT false)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	-- the moment, once: a later call of clientele.as_of() could not differ within
	-- a transaction, but the row and the query below are to agree by more than that
	moment timestamptz := clientele.as_of();
	policy record;
	facts text;
	is_fresh boolean := false;
	known record;
	customers bigint;
	repeat_customers bigint;
	paying_customers bigint;
	purchases clientele.purchase_model;
	spend clientele.spend_model;
	status text;
	reason text;
	spend_reason text;
BEGIN
	CALL clientele.begin_refresh(refresh_purchase_models.name);
	EXECUTE format('SELECT * FROM %I.policy', refresh_purchase_models.name) INTO policy;
	IF refresh_purchase_models.from_facts THEN
		EXECUTE format('SELECT EXISTS (SELECT FROM %I.fact_refresh WHERE as_of = $1)', refresh_purchase_models.name) INTO is_fresh USING moment;
	END IF;
	facts := CASE WHEN is_fresh
		THEN 'SELECT account_id, clientele.rfm(purchases, clientele.as_of_date()) AS rfm FROM %I.account_fact WHERE purchases IS NOT NULL'
		ELSE 'SELECT account_id, clientele.rfm(clientele.purchase_history(purchased_at, amount), clientele.as_of_date()) AS rfm
			FROM %I.purchase
			WHERE purchased_at <= $1
				AND account_id IS NOT NULL
			GROUP BY account_id' END;

	-- One pass: all customers, and those of each segment.
	FOR known IN EXECUTE format($query$
		SELECT CASE WHEN grouping(segment.name) = 1 THEN 'all' ELSE segment.name END AS segment,
			clientele.customer_base(fact.rfm) AS base, clientele.spend_base(fact.rfm) AS spenders
		FROM (%2$s) AS fact
		LEFT JOIN (
			SELECT account_id,
				$2 || ': ' || CASE $2 WHEN 'industry' THEN industry WHEN 'country' THEN country WHEN 'territory' THEN territory END AS name
			FROM %1$I.account
			WHERE $2 IS NOT NULL
		) AS segment ON segment.account_id = fact.account_id
		WHERE fact.rfm IS NOT NULL
		GROUP BY GROUPING SETS ((), (segment.name))
		HAVING grouping(segment.name) = 1 OR segment.name IS NOT NULL
		ORDER BY grouping(segment.name) DESC, 1
		$query$, refresh_purchase_models.name, format(facts, refresh_purchase_models.name))
	USING moment, policy.model_segment
	LOOP
		customers := coalesce(clientele.customers(known.base), 0);
		repeat_customers := coalesce(clientele.repeat_customers(known.base), 0);
		paying_customers := coalesce(clientele.customers(known.spenders), 0);
		purchases := NULL;
		spend := NULL;
		status := 'refused';
		reason := NULL;
		spend_reason := NULL;

		IF customers < policy.minimum_customers THEN
			reason := format('too few customers for a model: %s, policy.minimum_customers is %s', customers, policy.minimum_customers);
		ELSIF repeat_customers < policy.minimum_repeat_customers THEN
			reason := format('too few customers with a second purchase for a model: %s, policy.minimum_repeat_customers is %s',
				repeat_customers, policy.minimum_repeat_customers);
		ELSE
			purchases := clientele.fit(known.base, policy.family, policy.model_unit, policy.prior_sd);
			status := clientele.status(purchases);
			IF status = 'boundary' THEN
				reason := 'the purchases do not determine the parameters of the model: intervals are missing or cannot be trusted; policy.prior_sd = 3 steadies the fit';
			ELSIF status <> 'ok' THEN
				reason := format('the fit of the purchase model ended as "%s"', status);
			END IF;
			-- The mean spend of the population is to exist, for the sake of customers
			-- of whom little is known.
			IF paying_customers < policy.minimum_repeat_customers THEN
				spend_reason := format('too few customers with revenue from a second purchase for a model of spend: %s, policy.minimum_repeat_customers is %s',
					paying_customers, policy.minimum_repeat_customers);
			ELSE
				spend := clientele.fit(known.spenders, true, policy.prior_sd);
				IF clientele.status(spend) = 'not converged' THEN
					spend := NULL;
					spend_reason := 'the fit of the spend model ended as "not converged"';
				ELSIF clientele.status(spend) <> 'ok' THEN
					spend_reason := 'the amounts do not determine the parameters of the spend model: intervals of the value are missing or cannot be trusted';
				END IF;
			END IF;
			reason := nullif(concat_ws('; ', reason, spend_reason), '');
		END IF;

		-- A second run as of the same moment takes the place of the first.
		EXECUTE format($query$
			INSERT INTO %I.model (segment, as_of, family, purchases, spend, customers, repeat_customers, status, reason)
			VALUES ($9, $1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (segment, as_of) DO UPDATE
			SET fitted_at = DEFAULT, family = EXCLUDED.family, purchases = EXCLUDED.purchases, spend = EXCLUDED.spend,
				customers = EXCLUDED.customers, repeat_customers = EXCLUDED.repeat_customers,
				status = EXCLUDED.status, reason = EXCLUDED.reason
			$query$, refresh_purchase_models.name)
		USING moment, policy.family, purchases, spend, customers, repeat_customers, status, reason, known.segment;

		-- a segment without a model of its own has that of all
		IF reason IS NOT NULL AND known.segment = 'all' THEN
			RAISE NOTICE 'workspace "%": %', refresh_purchase_models.name, reason;
		END IF;
	END LOOP;
END
$$;
COMMENT ON PROCEDURE clientele.refresh_purchase_models(text, boolean) IS
'Fits the models of purchases and spend of a workspace as of clientele.as_of(), to all customers and to each segment that policy.model_segment makes, and keeps them in its table model; with too little data it keeps the reason. from_facts: it reads account_fact, if that is as of the same moment, instead of the purchases: right after clientele.refresh_facts the models are the same. clientele.refresh_workspace calls it.';

CREATE PROCEDURE clientele.refresh_workspace(name text, when_busy text DEFAULT 'wait')
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- what is compiled just in time here is asked once: that costs more than it saves
SET jit = off
AS $$
BEGIN
	PERFORM clientele.workspace_id(refresh_workspace.name);
	-- One refresh at a time. Readers, and writers of other tables, are not held up.
	IF refresh_workspace.when_busy = 'wait' THEN
		EXECUTE format('LOCK TABLE %I.model IN SHARE UPDATE EXCLUSIVE MODE', refresh_workspace.name);
	ELSIF refresh_workspace.when_busy = 'skip' THEN
		BEGIN
			EXECUTE format('LOCK TABLE %I.model IN SHARE UPDATE EXCLUSIVE MODE NOWAIT', refresh_workspace.name);
		EXCEPTION WHEN lock_not_available THEN
			RAISE NOTICE 'workspace "%" is being refreshed by another session: nothing done', refresh_workspace.name;
			RETURN;
		END;
	ELSE
		RAISE EXCEPTION 'invalid value for when_busy: %', coalesce('"' || refresh_workspace.when_busy || '"', 'NULL')
			USING ERRCODE = 'invalid_parameter_value',
				HINT = 'It is ''wait'' or ''skip''.';
	END IF;

	CALL clientele.refresh_facts(refresh_workspace.name);
	CALL clientele.refresh_purchase_models(refresh_workspace.name, from_facts => true);
	CALL clientele.refresh_renewal_models(refresh_workspace.name);
	CALL clientele.refresh_lead_models(refresh_workspace.name);
	CALL clientele.refresh_scores(refresh_workspace.name);
	CALL clientele.refresh_kept(refresh_workspace.name);
END
$$;
COMMENT ON PROCEDURE clientele.refresh_workspace(text, text) IS
'Brings account_fact of a workspace up to clientele.as_of(), fits its models, reading nothing later, and keeps them in its tables model, renewal_model_version and lead_model_version, scores every open lead into score_history, and asks the insights of kept_insight again: run it when the data has changed, such as once a night. With too little data it keeps the reason and says so. All of it or, on an error, nothing, except that a kept insight that cannot be asked stays as it was, which kept_insight.reason tells; it may be run again at any time. Of two at once, one waits for the other (when_busy: wait) or does nothing (skip); readers wait for neither.';
