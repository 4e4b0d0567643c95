-- The type lead_model.
CREATE TYPE clientele.lead_model;

CREATE FUNCTION clientele.lead_model_in(cstring) RETURNS clientele.lead_model
	AS 'MODULE_PATHNAME', 'clientele_lead_model_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.lead_model_in(cstring) IS 'Input of lead_model: JSON text.';

CREATE FUNCTION clientele.lead_model_out(clientele.lead_model) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_lead_model_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.lead_model_out(clientele.lead_model) IS 'Output of lead_model: JSON text.';

CREATE FUNCTION clientele.lead_model_recv(internal) RETURNS clientele.lead_model
	AS 'MODULE_PATHNAME', 'clientele_lead_model_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.lead_model_recv(internal) IS 'Binary input of lead_model.';

CREATE FUNCTION clientele.lead_model_send(clientele.lead_model) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_lead_model_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.lead_model_send(clientele.lead_model) IS 'Binary output of lead_model.';

CREATE TYPE clientele.lead_model (
	INPUT = clientele.lead_model_in,
	OUTPUT = clientele.lead_model_out,
	RECEIVE = clientele.lead_model_recv,
	SEND = clientele.lead_model_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.lead_model IS
'How likely a lead is to be won: a logistic regression or a categorical naive Bayes, and how it was fitted. Reads and writes JSON: {"family": "logistic", "intercept": -2.1, "features": {"employees": 0.01, "source": {"levels": {"web": 0, "referral": 1.2}}}} is enough to type one in; "features" may be an array of objects with "name", whose order predictions from arrays take, or an object, whose features stand in the order of jsonb (shorter names first). A number may have "estimate" (log-odds a unit), "std_error", "mean", "sd" and "missing"; a category "levels" and "missing", each with "estimate", "std_error" and "weight" (share of the training rows), a reference level having no estimate. Naive Bayes: {"family": "naive bayes", "won": 9, "lost": 5, "smoothing": 1, "features": {"outlook": {"levels": {"sunny": [2, 3], "rain": [3, 2]}}}}, counts won and lost; a set (array of texts) has "elements" instead of "levels", and may have "minimum" (observations below which an element is ignored) and "total" ([won, lost] leads of which the counts are); "teams" as {"North": [5, 9]}, counts then as {"all": [2, 3], "teams": {"North": [1, 2]}}, "team" the key of a record that names its team; "bounds" of the probability. At most 1000 features, 1000 terms, 100,000 levels of a feature, 10,000 teams.';
