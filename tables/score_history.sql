-- score_history: the score of each open lead as of each refresh. The sheet tells
-- the reasons: clientele.contributions(sheet), and between two of them
-- clientele.score_changes(old, new).
--
-- What is kept was read by whoever refreshed. Others see it if nothing that it
-- rests on is hidden from them and, where row-level security hides leads, the
-- rows of the leads that they see.
--
-- requires: lead opportunity customer_lead all_leads lead_features lead_signal
-- To run by hand: SET search_path = your_schema, clientele;
CREATE TABLE score_history (
	kind text NOT NULL,
	lead_id text NOT NULL,
	as_of timestamptz NOT NULL CHECK (isfinite(as_of)),
	sheet clientele.score_sheet NOT NULL,
	points numeric GENERATED ALWAYS AS (clientele.points(sheet)) STORED,
	win_probability float8 CHECK (win_probability >= 0 AND win_probability <= 1),
	PRIMARY KEY (kind, lead_id, as_of)
);
CREATE INDEX score_history_as_of ON score_history (as_of);
ALTER TABLE score_history ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_rows ON score_history
	USING ((SELECT clientele.sees_all('lead_features', 'all_leads') AND clientele.sees_all('lead_signal', 'all_leads')));
CREATE POLICY own_leads ON score_history FOR SELECT
	USING ((SELECT NOT (clientele.sees_all('lead_features', 'all_leads') AND clientele.sees_all('lead_signal', 'all_leads')))
		AND (kind = 'prospect' AND EXISTS (SELECT FROM lead WHERE lead.lead_id = score_history.lead_id)
			OR EXISTS (SELECT FROM opportunity WHERE opportunity.opportunity_id = score_history.lead_id)
			OR kind <> 'prospect' AND EXISTS (SELECT FROM customer_lead WHERE customer_lead.customer_lead_id = score_history.lead_id)));
COMMENT ON TABLE score_history IS 'The scores of leads over time, with their reasons. A row a lead and refresh; delete old ones at will.';
COMMENT ON COLUMN score_history.kind IS 'The kind of lead: prospect, upsell, cross-sell or renewal.';
COMMENT ON COLUMN score_history.lead_id IS 'The lead, or the opportunity of a customer.';
COMMENT ON COLUMN score_history.as_of IS 'The moment as of which it was scored.';
COMMENT ON COLUMN score_history.sheet IS 'The points with their reasons, and the card and version that gave them.';
COMMENT ON COLUMN score_history.points IS 'The total.';
COMMENT ON COLUMN score_history.win_probability IS 'What the model of then said, from 0 to 1; NULL: there was none.';
