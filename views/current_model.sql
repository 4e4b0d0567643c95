-- current_model: by which model are leads judged, and how sure is that?
-- current_model(segment, kind) is the model itself.
--
-- A row a kind and segment: the latest champion fitted as of clientele.as_of() or
-- before that can be used, and where none of all can be used, the latest with the
-- reason. A segment's own has to be sound: one that tells won from lost without
-- error (status separated) is used for all only, where there is no other.
--
-- requires: lead_model_version
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW current_model WITH (security_invoker = true) AS
SELECT DISTINCT ON (fitted.kind, fitted.segment) fitted.kind,
	fitted.segment,
	fitted.version,
	fitted.as_of,
	fitted.status,
	usable.is_usable,
	fitted.won::integer AS won,
	fitted.lost::integer AS lost,
	fitted.reason,
	fitted.lead_model_id
FROM lead_model_version AS fitted
CROSS JOIN LATERAL (
	SELECT fitted.status = ANY (ARRAY['ok', 'given']) OR (fitted.status = 'separated' AND fitted.segment = 'all')
) AS usable (is_usable)
WHERE fitted.role = 'champion'
	AND fitted.as_of <= clientele.as_of()
	AND (usable.is_usable OR fitted.segment = 'all')
ORDER BY fitted.kind, fitted.segment, usable.is_usable DESC, fitted.as_of DESC;
COMMENT ON VIEW current_model IS
'By which model are leads judged, and how sure is that? A row a kind of leads and segment.';
COMMENT ON COLUMN current_model.kind IS 'The leads that it judges: prospect, upsell, cross-sell or renewal.';
COMMENT ON COLUMN current_model.segment IS 'Which part of them; all: every one for which there is no model of its own.';
COMMENT ON COLUMN current_model.version IS 'Number of the fit among those of this kind and segment.';
COMMENT ON COLUMN current_model.as_of IS 'The moment as of which it was fitted.';
COMMENT ON COLUMN current_model.status IS 'ok, separated or given, see lead_model_version; not converged or refused: no model of all can be used.';
COMMENT ON COLUMN current_model.is_usable IS 'Whether leads are judged by it.';
COMMENT ON COLUMN current_model.won IS 'How many of the leads that it was fitted to were won.';
COMMENT ON COLUMN current_model.lost IS 'How many were not.';
COMMENT ON COLUMN current_model.reason IS 'Why the status is not ok.';
COMMENT ON COLUMN current_model.lead_model_id IS 'Its number in table lead_model_version.';

CREATE FUNCTION current_model(segment text, kind text) RETURNS clientele.lead_model
LANGUAGE sql STABLE
BEGIN ATOMIC
	-- the segment's own before that of all
	SELECT lead_model_version.model
	FROM current_model AS used
	JOIN lead_model_version ON lead_model_version.lead_model_id = used.lead_model_id
	WHERE used.kind = current_model.kind
		AND used.segment = ANY (ARRAY[current_model.segment, 'all'])
		AND used.is_usable
	ORDER BY used.segment = current_model.segment DESC
	LIMIT 1;
END;
COMMENT ON FUNCTION current_model(text, text) IS
'Which model judges the leads of a segment and kind (prospect, upsell, cross-sell, renewal)? The latest champion fitted as of clientele.as_of() or before that can be used: the segment''s own, otherwise that of all; NULL: none.';
