-- lead_scores: how good is every open lead, of prospects and of customers, and
-- why? lead_sheet(card, kind, lead) is the sheet of one of them.
--
-- A row an open lead of all_leads as of clientele.as_of(), with the points of
-- the current card and the probability of the current model of its kind (those
-- of segment all). It is calculated when it is asked for; score_history keeps
-- what it was at each refresh. Where a number is NULL, or rests on an opinion,
-- reason says so.
--
-- requires: all_leads lead_signal scorecard_version lead_model_version current_scorecard
-- To run by hand: SET search_path = your_schema, clientele;
CREATE FUNCTION lead_sheet(card clientele.scorecard, kind text, lead_id text,
	OUT sheet clientele.score_sheet, OUT features jsonb)
RETURNS SETOF record
LANGUAGE sql STABLE ROWS 1
BEGIN ATOMIC
	-- What happened each time is no feature of a model; all else is one.
	SELECT coalesce(clientele.score_sheet(lead_sheet.card, signal.signal, signal.value, signal.occurred_at, clientele.as_of()),
			clientele.score_sheet(lead_sheet.card, '{}'::jsonb, clientele.as_of())),
		coalesce(jsonb_object_agg(signal.signal, signal.value) FILTER (WHERE signal.signal <> ALL (ARRAY['inbound_touch', 'reply', 'meeting',
			'call', 'opened_message', 'bounce', 'attempt', 'open_ticket', 'satisfaction_given', 'purchase'])), '{}')
	FROM lead_signal AS signal
	WHERE signal.kind = lead_sheet.kind
		AND signal.lead_id = lead_sheet.lead_id;
END;
COMMENT ON FUNCTION lead_sheet(clientele.scorecard, text, text) IS
'How does one lead come to its points? Takes a card, the kind of the lead and its id; returns its sheet as of clientele.as_of(), for clientele.contributions(sheet) and the like, and its features as win_probability takes them.';

CREATE VIEW lead_scores WITH (security_invoker = true) AS
WITH judge AS MATERIALIZED (
	-- once, not once a lead
	SELECT kinds.kind,
		card.basis,
		version.card,
		fitted.model,
		fitted.status,
		fitted.reason
	FROM (VALUES ('prospect'), ('upsell'), ('cross-sell'), ('renewal')) AS kinds (kind)
	LEFT JOIN current_scorecard AS card ON card.kind = kinds.kind AND card.segment = 'all'
	LEFT JOIN scorecard_version AS version ON version.scorecard_id = card.scorecard_id
	LEFT JOIN LATERAL (
		-- the latest that can be used, and if there is none, why
		SELECT lead_model_version.model, lead_model_version.status, lead_model_version.reason
		FROM lead_model_version
		WHERE lead_model_version.kind = kinds.kind
			AND lead_model_version.segment = 'all'
			AND lead_model_version.role = 'champion'
			AND lead_model_version.as_of <= clientele.as_of()
		ORDER BY lead_model_version.status = ANY (ARRAY['ok', 'separated', 'given']) DESC, lead_model_version.as_of DESC
		LIMIT 1
	) AS fitted ON true
)
SELECT lead.kind,
	lead.entity,
	lead.lead_id,
	lead.name,
	lead.account_id,
	lead.contact_id,
	lead.product_id,
	lead.owner_id,
	lead.opened_at,
	lead.amount,
	clientele.points(scored.sheet) AS points,
	clientele.fit_points(scored.sheet) AS fit_points,
	clientele.engagement_points(scored.sheet) AS engagement_points,
	clientele.band(scored.sheet) AS band,
	clientele.grade(scored.sheet) AS grade,
	CASE WHEN judge.status = ANY (ARRAY['ok', 'separated', 'given'])
		THEN clientele.win_probability(judge.model, scored.features) END AS win_probability,
	clientele.is_disqualified(scored.sheet) AS is_disqualified,
	nullif(array_to_string(clientele.vetoes(scored.sheet), ', '), '') AS vetoes,
	told.top_reasons,
	clientele.card_name(scored.sheet) AS card,
	clientele.card_version(scored.sheet) AS card_version,
	nullif(concat_ws('; ',
		CASE
			WHEN judge.card IS NULL THEN 'no scorecard for leads of this kind as of this moment'
			WHEN judge.basis = 'opinion' THEN 'the card is an opinion'
		END,
		CASE
			WHEN judge.status IS NULL THEN 'no model as of this moment: CALL clientele.refresh_workspace'
			WHEN judge.status <> ALL (ARRAY['ok', 'given']) THEN judge.reason
		END), '') AS reason
FROM all_leads AS lead
JOIN judge ON judge.kind = lead.kind
CROSS JOIN LATERAL lead_sheet(judge.card, lead.kind, lead.lead_id) AS scored
CROSS JOIN LATERAL (
	SELECT string_agg(said.word, ', ' ORDER BY said.place) AS top_reasons
	FROM (
		SELECT format('%s %s%s', coalesce(part.signal, '(base and limits)'), CASE WHEN part.points > 0 THEN '+' END, trim_scale(round(part.points, 1))) AS word,
			row_number() OVER (ORDER BY abs(part.points) DESC, part.signal COLLATE "C") AS place
		FROM clientele.contributions(scored.sheet) AS part
		WHERE part.points <> 0
	) AS said
	WHERE said.place <= 3
) AS told
WHERE lead.closed_at IS NULL;
COMMENT ON VIEW lead_scores IS
'How good is every open lead, of prospects and of customers (upsell, cross-sell, renewal), and why? A row a lead.';
COMMENT ON COLUMN lead_scores.kind IS 'prospect; upsell, cross-sell or renewal for a customer''s.';
COMMENT ON COLUMN lead_scores.entity IS 'Where it is kept: the lead or opportunity of the CRM, or customer_lead of the workspace.';
COMMENT ON COLUMN lead_scores.lead_id IS 'Its id there.';
COMMENT ON COLUMN lead_scores.name IS 'The company''s name.';
COMMENT ON COLUMN lead_scores.account_id IS 'The account.';
COMMENT ON COLUMN lead_scores.contact_id IS 'The contact.';
COMMENT ON COLUMN lead_scores.product_id IS 'What would be bought.';
COMMENT ON COLUMN lead_scores.owner_id IS 'Who works on it, as of today.';
COMMENT ON COLUMN lead_scores.opened_at IS 'When it began.';
COMMENT ON COLUMN lead_scores.amount IS 'Amount of its opportunities, in the currency of the workspace.';
COMMENT ON COLUMN lead_scores.points IS 'Its points by the current card of its kind, within the card''s limits: the sum of lead_score_reasons.points.';
COMMENT ON COLUMN lead_scores.fit_points IS 'Points of the axis fit: who they are.';
COMMENT ON COLUMN lead_scores.engagement_points IS 'Points of the axis engagement: what they do.';
COMMENT ON COLUMN lead_scores.band IS 'The card''s band that the points reach, such as hot, warm, cold.';
COMMENT ON COLUMN lead_scores.grade IS 'A letter for fit and a digit for engagement; A1 is the best.';
COMMENT ON COLUMN lead_scores.win_probability IS 'Probability that it is won within policy.lead_horizon, from 0 to 1, by the current model of its kind; NULL: there is none.';
COMMENT ON COLUMN lead_scores.is_disqualified IS 'Whether a veto of the card holds: no offer, whatever the points.';
COMMENT ON COLUMN lead_scores.vetoes IS 'The vetoes that hold, by name, such as little usage, many open tickets; NULL: none.';
COMMENT ON COLUMN lead_scores.top_reasons IS 'The three contributions that count most, each with its points, rounded to a tenth.';
COMMENT ON COLUMN lead_scores.card IS 'Name of the card.';
COMMENT ON COLUMN lead_scores.card_version IS 'Its version.';
COMMENT ON COLUMN lead_scores.reason IS 'Why points or probability are NULL, or to be read with care; NULL if all is well.';
