-- What a lead model says of a lead, and why.
CREATE FUNCTION clientele.win_probability(model clientele.lead_model, features jsonb) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_win_probability'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION clientele.win_probability(clientele.lead_model, jsonb) IS
'The probability, from 0 to 1, that a lead is won. features: a JSON object, such as to_jsonb() of a row. A number is a JSON number, true (1) or false (0), or a text that is a number; a category a text, number, true or false; a set an array of those, each element counted once. A key that is not there and null are missing; other keys are not looked at. A missing number counts as the mean of the training data and its own indicator; a missing category is a level of its own, and where the training data had none, like a level that the model has not seen: the weighted mean of its levels (logistic), or nothing (naive Bayes, where what is missing drops out). NULL where the model does not say what such a value is worth (typed in without mean or weights), and where naive Bayes without smoothing has seen neither won nor lost ones like it. Naive Bayes: the prior and the counts of the lead''s team, if it has won and lost leads, else of all. With bounds and calibration, if the model has them.';

CREATE FUNCTION clientele.win_probability(model clientele.lead_model, features text) RETURNS float8
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN clientele.win_probability(model, features::jsonb);
COMMENT ON FUNCTION clientele.win_probability(clientele.lead_model, text) IS
'The same for JSON as text: what a literal or a parameter without a type is taken for. See win_probability(lead_model, jsonb).';

CREATE FUNCTION clientele.win_probability(model clientele.lead_model, numbers float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_win_probability_of_values'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.win_probability(clientele.lead_model, float8[]) IS
'The same for a model of numbers alone, given in the order of features(model); NULL, NaN or infinite: missing. Another number of them is an error.';

CREATE FUNCTION clientele.win_probability(model clientele.lead_model, numbers float8[], categories text[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_win_probability_of_values'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.win_probability(clientele.lead_model, float8[], text[]) IS
'The same for a model of numbers and categories, each in the order of features(model); NULL: missing. Another number of them, or a model with sets, is an error.';

CREATE FUNCTION clientele.logit(model clientele.lead_model, features jsonb) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_logit'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION clientele.logit(clientele.lead_model, jsonb) IS
'The log-odds ln(p / (1 - p)) that a lead is won, the sum of contributions(model, features): without bounds and calibration of the probability. See win_probability(lead_model, jsonb).';

CREATE FUNCTION clientele.logit(model clientele.lead_model, features text) RETURNS float8
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN clientele.logit(model, features::jsonb);
COMMENT ON FUNCTION clientele.logit(clientele.lead_model, text) IS
'The same for JSON as text: what a literal or a parameter without a type is taken for. See logit(lead_model, jsonb).';

CREATE FUNCTION clientele.logit(model clientele.lead_model, numbers float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_logit_of_values'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.logit(clientele.lead_model, float8[]) IS
'The same for a model of numbers alone. See win_probability(lead_model, float8[]).';

CREATE FUNCTION clientele.logit(model clientele.lead_model, numbers float8[], categories text[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_logit_of_values'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.logit(clientele.lead_model, float8[], text[]) IS
'The same for a model of numbers and categories. See win_probability(lead_model, float8[], text[]).';

CREATE FUNCTION clientele.contributions(model clientele.lead_model, features jsonb) RETURNS TABLE (feature text, value text, log_odds float8, odds_ratio float8)
	AS 'MODULE_PATHNAME', 'clientele_lead_contributions'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
	ROWS 10;
COMMENT ON FUNCTION clientele.contributions(clientele.lead_model, jsonb) IS
'What each feature adds to the log-odds that a lead is won, a row each in the order of the model (a row for each element of a set), beginning with the (intercept) and, after with_prior(), the (prior). sum(log_odds) is logit(model, features). value is NULL where it is missing; odds_ratio is exp(log_odds). Of naive Bayes the (intercept) is the prior, its value the team if that has a history.';

CREATE FUNCTION clientele.contributions(model clientele.lead_model, features text) RETURNS TABLE (feature text, value text, log_odds float8, odds_ratio float8)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	ROWS 10
	BEGIN ATOMIC
	SELECT told.feature, told.value, told.log_odds, told.odds_ratio
	FROM clientele.contributions(model, features::jsonb) AS told;
END;
COMMENT ON FUNCTION clientele.contributions(clientele.lead_model, text) IS
'The same for JSON as text: what a literal or a parameter without a type is taken for. See contributions(lead_model, jsonb).';

CREATE FUNCTION clientele.contributions(model clientele.lead_model, numbers float8[]) RETURNS TABLE (feature text, value text, log_odds float8, odds_ratio float8)
	AS 'MODULE_PATHNAME', 'clientele_lead_contributions_of_values'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
	ROWS 10;
COMMENT ON FUNCTION clientele.contributions(clientele.lead_model, float8[]) IS
'The same for a model of numbers alone. See win_probability(lead_model, float8[]).';

CREATE FUNCTION clientele.contributions(model clientele.lead_model, numbers float8[], categories text[]) RETURNS TABLE (feature text, value text, log_odds float8, odds_ratio float8)
	AS 'MODULE_PATHNAME', 'clientele_lead_contributions_of_values'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
	ROWS 10;
COMMENT ON FUNCTION clientele.contributions(clientele.lead_model, float8[], text[]) IS
'The same for a model of numbers and categories. See win_probability(lead_model, float8[], text[]).';

CREATE FUNCTION clientele.reasons(model clientele.lead_model, features jsonb, n integer DEFAULT 3) RETURNS TABLE (direction text, rank integer, feature text, value text, log_odds float8, odds_ratio float8, reason text)
	AS 'MODULE_PATHNAME', 'clientele_reasons'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
	ROWS 6;
COMMENT ON FUNCTION clientele.reasons(clientele.lead_model, jsonb, integer) IS
'The n strongest reasons ''for'' and the n strongest ''against'' a lead, by how far what a feature adds to the log-odds lies above or below the average of the training data (of naive Bayes: of the leads in the team, or in all, that had the feature; an element of a set is compared with not having it); where the model does not know the average, with a number of 0 or the reference level. reason says it in words.';
