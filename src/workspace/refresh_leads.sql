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
	fitted clientele.lead_model;
	status text;
	reason text;
	metrics jsonb;
BEGIN
	CALL clientele.begin_refresh(refresh_lead_models.name);
	EXECUTE format('SELECT minimum_won, minimum_lost FROM %I.policy', refresh_lead_models.name) INTO policy;

	-- Once, not once a pass of each fit. A table of this transaction alone.
	IF to_regclass('pg_temp.clientele_lead_training') IS NOT NULL THEN
		DROP TABLE pg_temp.clientele_lead_training;
	END IF;
	EXECUTE format('CREATE TEMPORARY TABLE clientele_lead_training ON COMMIT DROP AS SELECT * FROM %I.lead_training', refresh_lead_models.name);
	ANALYZE pg_temp.clientele_lead_training;

	FOR plan IN EXECUTE format($query$
		SELECT plan.*, known.*
		FROM %1$I.lead_model_plan AS plan
		JOIN (
			SELECT CASE WHEN grouping(segment) = 1 THEN 'all' ELSE segment END AS segment, kind,
				count(*) FILTER (WHERE is_won) AS won, count(*) FILTER (WHERE NOT is_won) AS lost,
				min(opened_at) AS first, max(opened_at) AS last
			FROM pg_temp.clientele_lead_training
			GROUP BY GROUPING SETS ((kind), (kind, segment))
			HAVING grouping(segment) = 1 OR segment IS NOT NULL
		) AS known USING (kind)
		-- A company that has no such leads needs no notice, nor does a segment with
		-- too few: they are judged by the model of all.
		WHERE known.segment = 'all' OR (known.won >= $1 AND known.lost >= $2)
		ORDER BY plan.kind, plan.role, known.segment <> 'all', known.segment
		$query$, refresh_lead_models.name)
	USING policy.minimum_won, policy.minimum_lost
	LOOP
		training := format('SELECT * FROM pg_temp.clientele_lead_training WHERE kind = %L%s', plan.kind,
			CASE WHEN plan.segment <> 'all' THEN format(' AND segment = %L', plan.segment) END);
		fitted := NULL;
		status := 'refused';
		reason := NULL;
		metrics := '{}';
		IF plan.won < policy.minimum_won OR plan.lost < policy.minimum_lost THEN
			reason := format('too few leads for a model: %s won, %s lost; policy.minimum_won is %s, policy.minimum_lost is %s',
				plan.won, plan.lost, policy.minimum_won, policy.minimum_lost);
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
			INSERT INTO %1$I.lead_model_version (kind, segment, role, version, as_of, model, trained_from, trained_until, won, lost, metrics, status, reason)
			SELECT $1, $12, $2,
				coalesce((SELECT max(version) FROM %1$I.lead_model_version WHERE kind = $1 AND segment = $12 AND role = $2), 0) + 1,
				$3, $4, $5, $6, $7, $8, $9, $10, $11
			ON CONFLICT (kind, segment, role, as_of) DO UPDATE
			SET fitted_at = DEFAULT, model = EXCLUDED.model, trained_from = EXCLUDED.trained_from, trained_until = EXCLUDED.trained_until,
				won = EXCLUDED.won, lost = EXCLUDED.lost, metrics = EXCLUDED.metrics, status = EXCLUDED.status, reason = EXCLUDED.reason
			$query$, refresh_lead_models.name)
		USING plan.kind, plan.role, moment, fitted, plan.first, plan.last, plan.won, plan.lost, metrics, status, reason, plan.segment;
		IF reason IS NOT NULL AND plan.segment = 'all' THEN
			RAISE NOTICE 'workspace "%", % of % leads: %', refresh_lead_models.name, plan.role, plan.kind, reason;
		END IF;
	END LOOP;
	DROP TABLE pg_temp.clientele_lead_training;
END
$$;
COMMENT ON PROCEDURE clientele.refresh_lead_models(text) IS
'Fits the models of leads that table lead_model_plan of a workspace names, as of clientele.as_of(), to the leads of lead_training, all of a kind and those of each segment that policy.lead_segment makes, and keeps them in its table lead_model_version. With too little data it keeps the reason and says so; a segment with too little has none of its own. clientele.refresh_workspace calls it.';

CREATE PROCEDURE clientele.refresh_scores(name text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM clientele.workspace_id(refresh_scores.name);
	EXECUTE format('LOCK TABLE %I.model IN SHARE UPDATE EXCLUSIVE MODE', refresh_scores.name);
	EXECUTE format($query$
		INSERT INTO %1$I.score_history (kind, lead_id, as_of, sheet, win_probability)
		SELECT lead.kind, lead.lead_id, $1, scored.sheet, clientele.win_probability(judge.model, known.features)
		FROM %1$I.lead_features AS lead
		CROSS JOIN LATERAL (SELECT to_jsonb(lead) AS features OFFSET 0) AS known
		CROSS JOIN LATERAL %1$I.lead_judge(lead.segment, lead.kind) AS judge
		CROSS JOIN LATERAL %1$I.lead_sheet(judge.card, known.features) AS scored
		WHERE judge.card_segment IS NOT NULL
		ON CONFLICT (kind, lead_id, as_of) DO UPDATE
		SET sheet = EXCLUDED.sheet, win_probability = EXCLUDED.win_probability
		$query$, refresh_scores.name)
	USING clientele.as_of();
END
$$;
COMMENT ON PROCEDURE clientele.refresh_scores(text) IS
'Scores every open lead of a workspace as of clientele.as_of(), by the current scorecard and model of its kind and segment, and keeps the sheets in its table score_history. clientele.refresh_workspace calls it.';
