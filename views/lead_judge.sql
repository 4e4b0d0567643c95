-- lead_judge(segment, kind): by which card and which model is a lead of this
-- segment and kind judged? lead_sheet(card, lead) is what the card says of a lead.
--
-- The one place that says so: lead_scores, lead_score_reasons and
-- clientele.refresh_scores ask it for every lead. The card is that of
-- current_scorecard(segment, kind), the model that of current_model(segment,
-- kind), each the segment's own if there is one, otherwise that of all.
--
-- requires: scorecard_version lead_model_version lead_features lead_signal
-- To run by hand: SET search_path = your_schema, clientele;
CREATE FUNCTION lead_judge(segment text, kind text,
	OUT card clientele.scorecard, OUT card_segment text, OUT card_basis text,
	OUT model clientele.lead_model, OUT model_segment text, OUT lead_model_id integer, OUT model_reason text)
RETURNS SETOF record
LANGUAGE sql STABLE ROWS 1
BEGIN ATOMIC
	SELECT used.card,
		used.segment AS card_segment,
		used.basis AS card_basis,
		fitted.model,
		fitted.segment AS model_segment,
		fitted.lead_model_id,
		fitted.reason AS model_reason
	FROM (SELECT) AS one
	LEFT JOIN LATERAL (
		SELECT scorecard_version.card, scorecard_version.segment, scorecard_version.basis
		FROM scorecard_version
		WHERE scorecard_version.kind = lead_judge.kind
			AND scorecard_version.segment = ANY (ARRAY[lead_judge.segment, 'all'])
			AND scorecard_version.published_at <= clientele.as_of()
		ORDER BY scorecard_version.segment = lead_judge.segment DESC, scorecard_version.published_at DESC, scorecard_version.version DESC
		LIMIT 1
	) AS used ON true
	LEFT JOIN LATERAL (
		-- each arm reads the end of an index
		SELECT best.model, best.segment, best.lead_model_id, best.reason
		FROM (
			(SELECT 1 AS place, own.model, own.segment, own.lead_model_id, NULL AS reason
			FROM lead_model_version AS own
			WHERE own.kind = lead_judge.kind
				AND own.segment = lead_judge.segment
				AND own.segment <> 'all'
				AND own.role = 'champion'
				AND own.status = ANY (ARRAY['ok', 'given'])
				AND own.as_of <= clientele.as_of()
			ORDER BY own.as_of DESC
			LIMIT 1)
			UNION ALL
			(SELECT 2 AS place, whole.model, whole.segment, whole.lead_model_id, CASE WHEN whole.status = 'separated' THEN whole.reason END AS reason
			FROM lead_model_version AS whole
			WHERE whole.kind = lead_judge.kind
				AND whole.segment = 'all'
				AND whole.role = 'champion'
				AND whole.status = ANY (ARRAY['ok', 'separated', 'given'])
				AND whole.as_of <= clientele.as_of()
			ORDER BY whole.as_of DESC
			LIMIT 1)
			UNION ALL
			-- none: why
			(SELECT 3 AS place, NULL AS model, NULL AS segment, NULL AS lead_model_id, failed.reason
			FROM lead_model_version AS failed
			WHERE failed.kind = lead_judge.kind
				AND failed.segment = 'all'
				AND failed.role = 'champion'
				AND failed.as_of <= clientele.as_of()
			ORDER BY failed.as_of DESC
			LIMIT 1)
		) AS best
		ORDER BY best.place
		LIMIT 1
	) AS fitted ON true;
END;
COMMENT ON FUNCTION lead_judge(text, text) IS
'By which card and which model is a lead of a segment and kind judged, as of clientele.as_of()? Returns one row: the card and the model with the segment that each is of (the lead''s own, or all), whether the card is an opinion, and what there is to say of the model, or why there is none.';

CREATE FUNCTION lead_sheet(card clientele.scorecard, lead jsonb, OUT sheet clientele.score_sheet)
RETURNS SETOF clientele.score_sheet
LANGUAGE sql STABLE ROWS 1
BEGIN ATOMIC
	-- What the card does not name is there for models and for other cards.
	SELECT coalesce(clientele.score_sheet(lead_sheet.card, told.signal, told.value, told.occurred_at, clientele.as_of()),
			clientele.score_sheet(lead_sheet.card, '{}'::jsonb, clientele.as_of())) AS sheet
	FROM lead_signals(lead_sheet.lead) AS told
	WHERE told.signal = ANY (ARRAY(SELECT named.signal FROM clientele.signals(lead_sheet.card) AS named));
END;
COMMENT ON FUNCTION lead_sheet(clientele.scorecard, jsonb) IS
'How does one lead come to its points? Takes a card and the lead''s row of lead_features, to_jsonb(lead_features); returns its sheet as of clientele.as_of(), for clientele.contributions(sheet) and the like.';
