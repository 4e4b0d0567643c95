-- current_model(segment, kind): which model judges the leads?
--
-- requires: lead_model_version
-- To run by hand: SET search_path = your_schema, clientele;
CREATE FUNCTION current_model(segment text, kind text) RETURNS clientele.lead_model
LANGUAGE sql STABLE
BEGIN ATOMIC
	-- the segment's own before that of all
	SELECT lead_model_version.model
	FROM lead_model_version
	WHERE lead_model_version.kind = current_model.kind
		AND lead_model_version.segment = ANY (ARRAY[current_model.segment, 'all'])
		AND lead_model_version.role = 'champion'
		AND lead_model_version.status = ANY (ARRAY['ok', 'separated', 'given'])
		AND lead_model_version.as_of <= clientele.as_of()
	ORDER BY lead_model_version.segment = current_model.segment DESC, lead_model_version.as_of DESC
	LIMIT 1;
END;
COMMENT ON FUNCTION current_model(text, text) IS
'Which model judges the leads of a segment and kind (prospect, upsell, cross-sell, renewal)? The latest champion fitted as of clientele.as_of() or before that can be used: the segment''s own, otherwise that of all; NULL: none.';
