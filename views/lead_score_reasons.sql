-- lead_score_reasons: where do the points of each lead come from?
--
-- A row an open lead and signal that the current card of its kind and segment knows, as of
-- clientele.as_of(). The points of a lead's rows sum to lead_scores.points
-- exactly: where a cap or a floor of the card bites, each gives its part.
--
-- requires: lead_features lead_judge
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW lead_score_reasons WITH (security_invoker = true) AS
SELECT lead.kind,
	lead.lead_id,
	lead.name,
	lead.account_id,
	row_number() OVER (PARTITION BY lead.kind, lead.lead_id, lead.account_id ORDER BY abs(part.points) DESC, part.signal COLLATE "C")::integer AS place,
	part.signal,
	part.category,
	part.axis,
	part.points,
	part.signal_points,
	part.raw_points,
	part.times::integer AS times,
	part.last_seen,
	CASE
		WHEN part.signal IS NULL THEN 'given to everyone by the card, or a limit of it'
		WHEN part.times = 0 THEN format('nothing is known of %s', part.signal)
		ELSE format('%s%s, last on %s', part.signal, CASE WHEN part.times > 1 THEN format(', %s times', part.times) END,
				to_char(part.last_seen AT TIME ZONE 'UTC', 'YYYY-MM-DD'))
			|| CASE WHEN part.points <> part.raw_points THEN '; limited by the card' ELSE '' END
	END AS reason
FROM lead_features AS lead
CROSS JOIN LATERAL lead_judge(lead.segment, lead.kind) AS judge
CROSS JOIN LATERAL lead_sheet(judge.card, to_jsonb(lead)) AS scored
CROSS JOIN LATERAL clientele.contributions(scored.sheet) AS part;
COMMENT ON VIEW lead_score_reasons IS
'Where do the points of each open lead come from? A row a lead and signal; they sum to its points.';
COMMENT ON COLUMN lead_score_reasons.kind IS 'prospect; upsell, cross-sell or renewal for a customer''s.';
COMMENT ON COLUMN lead_score_reasons.lead_id IS 'The lead, as in lead_scores.';
COMMENT ON COLUMN lead_score_reasons.name IS 'The company''s name.';
COMMENT ON COLUMN lead_score_reasons.account_id IS 'The account.';
COMMENT ON COLUMN lead_score_reasons.place IS 'Place among the lead''s reasons, by what it adds or takes.';
COMMENT ON COLUMN lead_score_reasons.signal IS 'The signal of the card; NULL: what no signal accounts for, the base of the card or a floor.';
COMMENT ON COLUMN lead_score_reasons.category IS 'Its category on the card.';
COMMENT ON COLUMN lead_score_reasons.axis IS 'fit or engagement.';
COMMENT ON COLUMN lead_score_reasons.points IS 'What it adds to the lead''s points, after all limits of the card.';
COMMENT ON COLUMN lead_score_reasons.signal_points IS 'What it would add by the signal''s own limits alone.';
COMMENT ON COLUMN lead_score_reasons.raw_points IS 'What it would add without any limit; faded with age where the card says so.';
COMMENT ON COLUMN lead_score_reasons.times IS 'How many times it counted.';
COMMENT ON COLUMN lead_score_reasons.last_seen IS 'When it was seen last.';
COMMENT ON COLUMN lead_score_reasons.reason IS 'The same in words.';
