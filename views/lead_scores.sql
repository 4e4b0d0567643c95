-- lead_scores: how good is every open lead, of prospects and of customers, and
-- why?
--
-- A row an open lead of lead_features as of clientele.as_of(), with the points of
-- the current card and the probability of the current model of its kind and
-- segment, or those of all; see lead_judge. It is calculated when it is asked
-- for; score_history keeps what it was at each refresh. Where a number is NULL,
-- or rests on an opinion, reason says so.
--
-- requires: lead_features lead_judge
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW lead_scores WITH (security_invoker = true) AS
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
	clientele.win_probability(judge.model, known.features) AS win_probability,
	clientele.is_disqualified(scored.sheet) AS is_disqualified,
	nullif(array_to_string(clientele.vetoes(scored.sheet), ', '), '') AS vetoes,
	nullif(array_to_string(ARRAY(
		SELECT format('%s %s%s', coalesce(part.signal, '(base and limits)'), CASE WHEN part.points > 0 THEN '+' END, trim_scale(round(part.points, 1)))
		FROM clientele.contributions(scored.sheet) AS part
		WHERE part.points <> 0
		ORDER BY abs(part.points) DESC, part.signal COLLATE "C"
		LIMIT 3), ', '), '') AS top_reasons,
	clientele.card_name(scored.sheet) AS card,
	clientele.card_version(scored.sheet) AS card_version,
	lead.segment,
	judge.card_segment,
	judge.model_segment,
	judge.lead_model_id,
	nullif(concat_ws('; ',
		CASE
			WHEN judge.card_segment IS NULL THEN 'no scorecard for leads of this kind as of this moment'
			WHEN judge.card_basis = 'opinion' THEN 'the card is an opinion'
		END,
		CASE
			WHEN judge.model_segment IS NULL THEN coalesce(judge.model_reason, 'no model as of this moment: CALL clientele.refresh_workspace')
			ELSE judge.model_reason
		END), '') AS reason
FROM lead_features AS lead
CROSS JOIN LATERAL (SELECT to_jsonb(lead) AS features OFFSET 0) AS known -- once
CROSS JOIN LATERAL lead_judge(lead.segment, lead.kind) AS judge
CROSS JOIN LATERAL lead_sheet(judge.card, known.features) AS scored;
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
COMMENT ON COLUMN lead_scores.points IS 'Its points by the current card of its kind and segment, within the card''s limits: the sum of lead_score_reasons.points.';
COMMENT ON COLUMN lead_scores.fit_points IS 'Points of the axis fit: who they are.';
COMMENT ON COLUMN lead_scores.engagement_points IS 'Points of the axis engagement: what they do.';
COMMENT ON COLUMN lead_scores.band IS 'The card''s band that the points reach, such as hot, warm, cold.';
COMMENT ON COLUMN lead_scores.grade IS 'A letter for fit and a digit for engagement; A1 is the best.';
COMMENT ON COLUMN lead_scores.win_probability IS 'Probability that it is won within policy.lead_horizon, from 0 to 1, by the current model of its kind and segment; NULL: there is none.';
COMMENT ON COLUMN lead_scores.is_disqualified IS 'Whether a veto of the card holds: no offer, whatever the points.';
COMMENT ON COLUMN lead_scores.vetoes IS 'The vetoes that hold, by name, such as little usage, many open tickets; NULL: none.';
COMMENT ON COLUMN lead_scores.top_reasons IS 'The three contributions that count most, each with its points, rounded to a tenth.';
COMMENT ON COLUMN lead_scores.card IS 'Name of the card.';
COMMENT ON COLUMN lead_scores.card_version IS 'Its version.';
COMMENT ON COLUMN lead_scores.segment IS 'The segment of its account that policy.lead_segment makes, such as industry: Food, as of today; NULL: none.';
COMMENT ON COLUMN lead_scores.card_segment IS 'Which leads the card is for: this segment, or all.';
COMMENT ON COLUMN lead_scores.model_segment IS 'Which leads the model was fitted to: this segment, or all; NULL: there is no model.';
COMMENT ON COLUMN lead_scores.lead_model_id IS 'The model, in table lead_model_version.';
COMMENT ON COLUMN lead_scores.reason IS 'Why points or probability are NULL, or to be read with care; NULL if all is well.';
