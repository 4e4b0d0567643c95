-- Refreshing what a workspace says of leads: the models of lead_model_plan, and
-- a score of each open lead. clientele.refresh_workspace calls both.

CREATE PROCEDURE clientele.refresh_lead_models(name text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	moment timestamptz := clientele.as_of();
	policy record;
	plan record;
	training text;
	known record;
	fitted clientele.lead_model;
	status text;
	reason text;
	metrics jsonb;
BEGIN
	CALL clientele.begin_refresh(refresh_lead_models.name);
	EXECUTE format('SELECT minimum_won, minimum_lost FROM %I.policy', refresh_lead_models.name) INTO policy;

	FOR plan IN EXECUTE format('SELECT * FROM %I.lead_model_plan ORDER BY kind, role', refresh_lead_models.name) LOOP
		training := format('SELECT * FROM %I.lead_training WHERE kind = %L', refresh_lead_models.name, plan.kind);
		EXECUTE format('SELECT count(*) FILTER (WHERE is_won) AS won, count(*) FILTER (WHERE NOT is_won) AS lost,
				min(opened_at) AS first, max(opened_at) AS last
			FROM (%s) AS training', training) INTO known;
		-- a company that has no such leads needs no notice
		CONTINUE WHEN known.won + known.lost = 0;
		fitted := NULL;
		status := 'refused';
		metrics := '{}';
		IF known.won < policy.minimum_won OR known.lost < policy.minimum_lost THEN
			reason := format('too few leads for a model: %s won, %s lost; policy.minimum_won is %s, policy.minimum_lost is %s',
				known.won, known.lost, policy.minimum_won, policy.minimum_lost);
		ELSE
			BEGIN
				fitted := clientele.fit_lead_model(training, 'is_won', plan.features, plan.family,
					ridge => plan.ridge, minimum_won => policy.minimum_won, minimum_lost => policy.minimum_lost);
				status := clientele.status(fitted);
				reason := clientele.reason(fitted);
				IF status <> 'ok' THEN
					reason := coalesce(reason, format('the fit ended as "%s"', status));
				END IF;
			EXCEPTION
				-- a plan that does not fit the data must not keep the others waiting
				WHEN data_exception OR undefined_column OR feature_not_supported OR program_limit_exceeded THEN
					reason := SQLERRM;
			END;
			IF fitted IS NOT NULL THEN
				EXECUTE format('SELECT jsonb_build_object(''on'', ''training'', ''auc'', clientele.auc(said, is_won),
						''brier'', clientele.brier(said, is_won), ''log_loss'', clientele.log_loss(said, is_won))
					FROM (SELECT clientele.win_probability($1, to_jsonb(training)) AS said, is_won FROM (%s) AS training OFFSET 0) AS judged', training)
					INTO metrics
					USING fitted;
			END IF;
		END IF;
		-- A second run as of the same moment takes the place of the first.
		EXECUTE format($query$
			INSERT INTO %1$I.lead_model_version (kind, role, version, as_of, model, trained_from, trained_until, won, lost, metrics, status, reason)
			SELECT $1, $2,
				coalesce((SELECT max(version) FROM %1$I.lead_model_version WHERE kind = $1 AND segment = 'all' AND role = $2), 0) + 1,
				$3, $4, $5, $6, $7, $8, $9, $10, $11
			ON CONFLICT (kind, segment, role, as_of) DO UPDATE
			SET fitted_at = DEFAULT, model = EXCLUDED.model, trained_from = EXCLUDED.trained_from, trained_until = EXCLUDED.trained_until,
				won = EXCLUDED.won, lost = EXCLUDED.lost, metrics = EXCLUDED.metrics, status = EXCLUDED.status, reason = EXCLUDED.reason
			$query$, refresh_lead_models.name)
		USING plan.kind, plan.role, moment, fitted, known.first, known.last, known.won, known.lost, metrics, status, reason;
		IF reason IS NOT NULL THEN
			RAISE NOTICE 'workspace "%", % of % leads: %', refresh_lead_models.name, plan.role, plan.kind, reason;
		END IF;
	END LOOP;
END
$$;
COMMENT ON PROCEDURE clientele.refresh_lead_models(text) IS
'Fits the models of leads that table lead_model_plan of a workspace names, as of clientele.as_of(), to the leads of lead_training, and keeps them in its table lead_model_version. With too little data it keeps the reason and says so. clientele.refresh_workspace calls it.';

CREATE PROCEDURE clientele.refresh_scores(name text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM clientele.workspace_id(refresh_scores.name);
	EXECUTE format('LOCK TABLE %I.model IN SHARE UPDATE EXCLUSIVE MODE', refresh_scores.name);
	-- The signals that no card names are the features of models: they are left
	-- out here rather than counted as unknown.
	EXECUTE format($query$
		WITH card AS MATERIALIZED (
			SELECT kind, %1$I.current_scorecard('all', kind) AS card, %1$I.current_model('all', kind) AS model
			FROM (SELECT DISTINCT kind FROM %1$I.lead_features) AS kinds
		), sheet AS (
			SELECT signal.kind, signal.lead_id,
				clientele.score_sheet(card.card, signal.signal, signal.value, signal.occurred_at, $1) AS sheet
			FROM %1$I.lead_signal AS signal
			JOIN card USING (kind)
			WHERE EXISTS (SELECT FROM clientele.signals(card.card) AS named WHERE named.signal = signal.signal)
			GROUP BY signal.kind, signal.lead_id
		)
		INSERT INTO %1$I.score_history (kind, lead_id, as_of, sheet, win_probability)
		SELECT lead.kind, lead.lead_id, $1,
			coalesce(sheet.sheet, clientele.score_sheet(card.card, '{}'::jsonb, $1)),
			clientele.win_probability(card.model, to_jsonb(lead))
		FROM %1$I.lead_features AS lead
		JOIN card USING (kind)
		LEFT JOIN sheet USING (kind, lead_id)
		WHERE card.card IS NOT NULL
		ON CONFLICT (kind, lead_id, as_of) DO UPDATE
		SET sheet = EXCLUDED.sheet, win_probability = EXCLUDED.win_probability
		$query$, refresh_scores.name)
	USING clientele.as_of();
END
$$;
COMMENT ON PROCEDURE clientele.refresh_scores(text) IS
'Scores every open lead of a workspace as of clientele.as_of(), by the current scorecard and model of its kind, and keeps the sheets in its table score_history. clientele.refresh_workspace calls it.';
