-- Refreshing a workspace: what the insights need that takes time to compute.

CREATE PROCEDURE clientele.refresh_workspace(name text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	-- the moment, once: a later call of clientele.as_of() could not differ within
	-- a transaction, but the row and the query below are to agree by more than that
	moment timestamptz := clientele.as_of();
	policy record;
	base clientele.customer_base;
	spenders clientele.spend_base;
	customers bigint;
	repeat_customers bigint;
	paying_customers bigint;
	purchases clientele.purchase_model;
	spend clientele.spend_model;
	status text := 'refused';
	reason text;
	spend_reason text;
BEGIN
	PERFORM clientele.workspace_id(refresh_workspace.name);
	-- One refresh at a time: a second one waits here, then goes on with all that
	-- the first one left. Readers, and writers of other tables, are not held up.
	EXECUTE format('LOCK TABLE %I.model IN SHARE UPDATE EXCLUSIVE MODE', refresh_workspace.name);

	EXECUTE format('SELECT * FROM %I.policy', refresh_workspace.name) INTO policy;
	IF policy.is_policy IS NULL THEN
		RAISE EXCEPTION 'table policy of workspace "%" has no row', refresh_workspace.name
			USING ERRCODE = 'no_data_found',
				HINT = format('INSERT INTO %I.policy DEFAULT VALUES.', refresh_workspace.name);
	END IF;

	EXECUTE format($query$
		SELECT clientele.customer_base(fact.rfm), clientele.spend_base(fact.rfm)
		FROM (
			SELECT clientele.rfm(clientele.purchase_history(purchased_at, amount), clientele.as_of_date()) AS rfm
			FROM %I.purchase
			WHERE purchased_at <= $1
				AND account_id IS NOT NULL
			GROUP BY account_id
		) AS fact
		WHERE fact.rfm IS NOT NULL
		$query$, refresh_workspace.name)
	INTO base, spenders
	USING moment;
	customers := coalesce(clientele.customers(base), 0);
	repeat_customers := coalesce(clientele.repeat_customers(base), 0);
	paying_customers := coalesce(clientele.customers(spenders), 0);

	IF customers < policy.minimum_customers THEN
		reason := format('too few customers for a model: %s, policy.minimum_customers is %s', customers, policy.minimum_customers);
	ELSIF repeat_customers < policy.minimum_repeat_customers THEN
		reason := format('too few customers with a second purchase for a model: %s, policy.minimum_repeat_customers is %s',
			repeat_customers, policy.minimum_repeat_customers);
	ELSE
		purchases := clientele.fit(base, policy.family, policy.model_unit, policy.prior_sd);
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
			spend := clientele.fit(spenders, true, policy.prior_sd);
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
		VALUES ('all', $1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (segment, as_of) DO UPDATE
		SET fitted_at = DEFAULT, family = EXCLUDED.family, purchases = EXCLUDED.purchases, spend = EXCLUDED.spend,
			customers = EXCLUDED.customers, repeat_customers = EXCLUDED.repeat_customers,
			status = EXCLUDED.status, reason = EXCLUDED.reason
		$query$, refresh_workspace.name)
	USING moment, policy.family, purchases, spend, customers, repeat_customers, status, reason;

	IF reason IS NOT NULL THEN
		RAISE NOTICE 'workspace "%": %', refresh_workspace.name, reason;
	END IF;

	CALL clientele.refresh_lead_models(refresh_workspace.name);
	CALL clientele.refresh_scores(refresh_workspace.name);
END
$$;
COMMENT ON PROCEDURE clientele.refresh_workspace(text) IS
'Fits the models of a workspace as of clientele.as_of(), reading nothing later, and keeps them in its tables model and lead_model_version, and scores every open lead into score_history: run it when the data has changed, such as once a night. With too little data it keeps the reason and says so. It may be run again at any time; of two at once, one waits for the other, and readers wait for neither.';
