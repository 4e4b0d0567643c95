-- Type calibration: from a score to a probability that keeps its word.
CREATE TYPE clientele.calibration;

CREATE FUNCTION clientele.calibration_in(cstring) RETURNS clientele.calibration
	AS 'MODULE_PATHNAME', 'clientele_calibration_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.calibration_in(cstring) IS 'Input of calibration: JSON.';

CREATE FUNCTION clientele.calibration_out(clientele.calibration) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_calibration_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.calibration_out(clientele.calibration) IS 'Output of calibration: JSON.';

CREATE FUNCTION clientele.calibration_recv(internal) RETURNS clientele.calibration
	AS 'MODULE_PATHNAME', 'clientele_calibration_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.calibration_recv(internal) IS 'Binary input of calibration.';

CREATE FUNCTION clientele.calibration_send(clientele.calibration) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_calibration_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.calibration_send(clientele.calibration) IS 'Binary output of calibration.';

CREATE TYPE clientele.calibration (
	INPUT = clientele.calibration_in,
	OUTPUT = clientele.calibration_out,
	RECEIVE = clientele.calibration_recv,
	SEND = clientele.calibration_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.calibration IS
'What a score turned out to be worth: a map from the score to the probability of winning, as JSON. {"method": "platt", "slope": 1.2, "intercept": -0.4} is the probability 1 / (1 + exp(-(intercept + slope * score))), with "of": "log odds" that of ln(score / (1 - score)) in place of the score (Platt 1999 writes A = -slope and B = -intercept); {"method": "isotonic", "points": [[0.1, 0.05], [0.5, 0.3]]} is the broken line through these places, flat beyond them. "won" and "lost" tell how many cases it was fitted to. At most 1,000,000 places.';

CREATE FUNCTION clientele.calibrate(clientele.calibration, score float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_calibrate'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.calibrate(clientele.calibration, float8) IS
'Probability from 0 to 1 of a score, as calibrated. NULL for NaN; an infinite score has the probability that the curve comes to. Error 22003 for a score that is not from 0 to 1 where the calibration is one of log odds.';

CREATE FUNCTION clientele.method(clientele.calibration) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_calibration_method'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.method(clientele.calibration) IS
'How the calibration was made: platt or isotonic.';

CREATE FUNCTION clientele.slope(clientele.calibration) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_calibration_slope'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.slope(clientele.calibration) IS
'By how much the log odds of winning rise with one point of the score, or of its log odds: -A of Platt 1999. NULL of isotonic regression.';

CREATE FUNCTION clientele.intercept(clientele.calibration) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_calibration_intercept'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.intercept(clientele.calibration) IS
'The log odds of winning at a score of 0, or at log odds of 0: -B of Platt 1999. NULL of isotonic regression.';

CREATE FUNCTION clientele.calibration_points(clientele.calibration, OUT score float8, OUT probability float8) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_calibration_points'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 100;
COMMENT ON FUNCTION clientele.calibration_points(clientele.calibration) IS
'The places of an isotonic calibration, ascending; between two of them the probability is on the straight line, beyond the ends it stays as it is. No rows of a calibration of Platt''s.';
