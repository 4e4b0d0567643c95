-- A scorecard from a model, and the scale of its points.
CREATE FUNCTION clientele.scorecard(model clientele.lead_model, name text, base_score float8 DEFAULT 600, base_odds float8 DEFAULT 50, points_to_double_odds float8 DEFAULT 20, decimals integer DEFAULT NULL, segment text DEFAULT NULL, version integer DEFAULT 1) RETURNS clientele.scorecard
	AS 'MODULE_PATHNAME', 'clientele_scorecard_from_model'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.scorecard(clientele.lead_model, text, float8, float8, float8, integer, text, integer) IS
'A card whose points come from won and lost leads: points(score_sheet(scorecard(model, ...), lead)) = offset + factor * logit(model, lead), factor = points_to_double_odds / ln 2, offset = base_score - factor * ln(base_odds) (Siddiqi 2006): a lead whose odds of being won are base_odds has base_score points, one of twice the odds points_to_double_odds more. The intercept and the prior are the base; a number has points per unit, and as many where it is missing as the model gives it; a category points by level, "otherwise" those of a level that the model has not seen; an element of a set its points every time. decimals: round the points of the card to so many, 0 to 9, those of one unit of a number to as many more as its standard deviation has digits (not at all, if the model does not know that); NULL: as they are, so that the sum is exact. Of naive Bayes the counts of the whole, not of a team. Bounds and calibration of the probability do not change points. NULL where model, name or the scale is NULL; an error where a level has infinite points (naive Bayes without smoothing) or a card cannot hold the model (names over 200 bytes, more than 1000 levels).';

CREATE FUNCTION clientele.points_from_probability(probability float8, base_score float8 DEFAULT 600, base_odds float8 DEFAULT 50, points_to_double_odds float8 DEFAULT 20) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_points_from_probability'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.points_from_probability(float8, float8, float8, float8) IS
'The points of a probability: offset + factor * ln(p / (1 - p)), factor = points_to_double_odds / ln 2, offset = base_score - factor * ln(base_odds). -Infinity for 0 and Infinity for 1; outside of these an error.';

CREATE FUNCTION clientele.probability_from_points(points float8, base_score float8 DEFAULT 600, base_odds float8 DEFAULT 50, points_to_double_odds float8 DEFAULT 20) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_probability_from_points'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.probability_from_points(float8, float8, float8, float8) IS
'The probability that points stand for, the inverse of points_from_probability(); NULL for NaN.';
