-- kept_insight: the insights whose answers are kept in a table, because they
-- take long. A row an insight; its table is called as the insight with _kept
-- after it. clientele.keep_insight adds one, clientele.stop_keeping takes one
-- away, clientele.refresh_workspace brings them up to date.
--
-- To run by hand: SET search_path = your_schema, clientele;
CREATE TABLE kept_insight (
	insight text PRIMARY KEY,
	as_of timestamptz CHECK (isfinite(as_of)),
	refreshed_at timestamptz,
	row_count bigint CHECK (row_count >= 0),
	added bigint CHECK (added >= 0),
	removed bigint CHECK (removed >= 0),
	took interval,
	reason text
);
-- Those that take ten seconds or more at 100,000 accounts (bench/workspace), or
-- nearly.
INSERT INTO kept_insight (insight) VALUES ('contact_duplicate_groups'), ('contact_duplicates'), ('coverage_gaps'), ('customer_first_queue'),
	('customer_leads'), ('lead_score_reasons'), ('lead_scores'), ('lead_signal'), ('net_revenue_retention'), ('source_health');
COMMENT ON TABLE kept_insight IS 'The insights whose answers are kept in a table of the same name with _kept after it, and how old they are. One row an insight.';
COMMENT ON COLUMN kept_insight.insight IS 'The insight: a view of this schema.';
COMMENT ON COLUMN kept_insight.as_of IS 'The moment as of which the table answers; NULL: it is still to be filled, by clientele.refresh_workspace.';
COMMENT ON COLUMN kept_insight.refreshed_at IS 'When that was asked.';
COMMENT ON COLUMN kept_insight.row_count IS 'Number of its rows.';
COMMENT ON COLUMN kept_insight.added IS 'How many of them were new or otherwise than before, the last time.';
COMMENT ON COLUMN kept_insight.removed IS 'How many rows were taken away, the last time: gone, or otherwise than before.';
COMMENT ON COLUMN kept_insight.took IS 'How long it took, the last time.';
COMMENT ON COLUMN kept_insight.reason IS 'Why the last refresh could not bring it up to date: it is as old as as_of says. NULL: it could.';
