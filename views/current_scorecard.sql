-- current_scorecard: by which card are leads scored, and is it more than an
-- opinion? current_scorecard(segment, kind) is the card itself.
--
-- A row a kind and segment: the version published last as of clientele.as_of().
--
-- requires: scorecard_version
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW current_scorecard WITH (security_invoker = true) AS
SELECT DISTINCT ON (kind, segment) kind,
	segment,
	clientele.name(card) AS name,
	version,
	published_at,
	basis,
	note,
	scorecard_id
FROM scorecard_version
WHERE published_at <= clientele.as_of()
ORDER BY kind, segment, published_at DESC, version DESC;
COMMENT ON VIEW current_scorecard IS
'By which card are leads scored, and is it more than an opinion? A row a kind of leads and segment.';
COMMENT ON COLUMN current_scorecard.kind IS 'The leads that it scores: prospect, upsell, cross-sell or renewal.';
COMMENT ON COLUMN current_scorecard.segment IS 'Which part of them; all: every one for which there is no card of its own.';
COMMENT ON COLUMN current_scorecard.name IS 'The card''s name.';
COMMENT ON COLUMN current_scorecard.version IS 'Its version.';
COMMENT ON COLUMN current_scorecard.published_at IS 'From when it is used; -infinity: always.';
COMMENT ON COLUMN current_scorecard.basis IS 'opinion: somebody thinks so; fitted: its points come from won and lost deals.';
COMMENT ON COLUMN current_scorecard.note IS 'What there is to say of it.';
COMMENT ON COLUMN current_scorecard.scorecard_id IS 'Its number in table scorecard_version.';

CREATE FUNCTION current_scorecard(segment text, kind text) RETURNS clientele.scorecard
LANGUAGE sql STABLE
BEGIN ATOMIC
	-- the segment's own before that of all
	SELECT scorecard_version.card
	FROM scorecard_version
	WHERE scorecard_version.kind = current_scorecard.kind
		AND scorecard_version.segment = ANY (ARRAY[current_scorecard.segment, 'all'])
		AND scorecard_version.published_at <= clientele.as_of()
	ORDER BY scorecard_version.segment = current_scorecard.segment DESC, scorecard_version.published_at DESC, scorecard_version.version DESC
	LIMIT 1;
END;
COMMENT ON FUNCTION current_scorecard(text, text) IS
'Which card scores the leads of a segment and kind (prospect, upsell, cross-sell, renewal)? The one published last as of clientele.as_of(): the segment''s own, otherwise that of all; NULL: none.';
