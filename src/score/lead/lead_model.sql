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
'How likely a lead is to be won: a logistic regression or a categorical naive Bayes, and how it was fitted. Reads and writes JSON: {"family": "logistic", "intercept": -2.1, "features": {"employees": 0.01, "source": {"levels": {"web": 0, "referral": 1.2}}}} is enough to type one in; "features" may be an array of objects with "name", whose order predictions from arrays take, or an object, in the order in which they are typed. A number may have "estimate" (log-odds a unit), "std_error", "mean", "sd" and "missing"; a category "levels" and "missing", each with "estimate", "std_error" and "weight" (share of the training rows), a reference level having no estimate. Naive Bayes: {"family": "naive bayes", "won": 9, "lost": 5, "smoothing": 1, "features": {"outlook": {"levels": {"sunny": [2, 3], "rain": [3, 2]}}}}, counts won and lost; a set (array of texts) has "elements" instead of "levels", and may have "minimum" (observations below which an element is ignored) and "total" ([won, lost] leads of which the counts are); "teams" as {"North": [5, 9]}, counts then as {"all": [2, 3], "teams": {"North": [1, 2]}}, "team" the key of a record that names its team; "bounds" of the probability. At most 1000 features, 1000 terms, 100,000 levels of a feature, 10,000 teams.';

CREATE FUNCTION clientele.family(model clientele.lead_model) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_lead_family'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.family(clientele.lead_model) IS
'The family of the model: ''logistic'' or ''naive bayes''.';

CREATE FUNCTION clientele.status(model clientele.lead_model) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_lead_status'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.status(clientele.lead_model) IS
'How the model came to be: ''ok'' (fitted, converged), ''separated'' (features tell won from lost perfectly, so that coefficients have no maximum), ''not converged'', or ''given'' (typed in). Predictions from one that is separated or not converged warn, once a query.';

CREATE FUNCTION clientele.converged(model clientele.lead_model) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_lead_converged'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.converged(clientele.lead_model) IS
'Whether the fit converged to coefficients that the data identifies; NULL for a model that was typed in.';

CREATE FUNCTION clientele.reason(model clientele.lead_model) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_lead_reason'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.reason(clientele.lead_model) IS
'What there is to say of the fit, such as why its status is not ok; NULL if nothing.';

CREATE FUNCTION clientele.outcome(model clientele.lead_model) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_lead_outcome'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.outcome(clientele.lead_model) IS
'The column that the model was fitted to; NULL if it does not say.';

CREATE FUNCTION clientele.won(model clientele.lead_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_lead_won'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.won(clientele.lead_model) IS
'Won leads of the training data (sum of frequencies); NULL for a model that was typed in without.';

CREATE FUNCTION clientele.lost(model clientele.lead_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_lead_lost'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.lost(clientele.lead_model) IS
'Lost leads of the training data (sum of frequencies); NULL for a model that was typed in without.';

CREATE FUNCTION clientele.iterations(model clientele.lead_model) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_lead_iterations'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.iterations(clientele.lead_model) IS
'Newton steps of the fit; NULL if it does not say.';

CREATE FUNCTION clientele.log_likelihood(model clientele.lead_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_lead_log_likelihood'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.log_likelihood(clientele.lead_model) IS
'The log-likelihood of a logistic model at its coefficients, without a ridge''s penalty; NULL if it does not say.';

CREATE FUNCTION clientele.null_log_likelihood(model clientele.lead_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_null_log_likelihood'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.null_log_likelihood(clientele.lead_model) IS
'The log-likelihood of a model with an intercept alone, for the same data; NULL if it does not say. Deviances are -2 times these.';

CREATE FUNCTION clientele.aic(model clientele.lead_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_lead_aic'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.aic(clientele.lead_model) IS
'Akaike''s information criterion, 2 k - 2 log-likelihood, k the terms of a logistic model. Lower is better.';

CREATE FUNCTION clientele.bic(model clientele.lead_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_lead_bic'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.bic(clientele.lead_model) IS
'Schwarz''s Bayesian information criterion, k ln(n) - 2 log-likelihood, n the leads of the training data. Lower is better.';

CREATE FUNCTION clientele.prior_shift(model clientele.lead_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_prior_shift'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.prior_shift(clientele.lead_model) IS
'What with_prior() adds to the logit; 0 without.';

CREATE FUNCTION clientele.features(model clientele.lead_model) RETURNS TABLE (place integer, feature text, kind text, mean float8, sd float8, missing_share float8, levels text[], reference text, used boolean)
	AS 'MODULE_PATHNAME', 'clientele_lead_features'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	ROWS 10;
COMMENT ON FUNCTION clientele.features(clientele.lead_model) IS
'The features, a row each. kind: ''number'', ''category'' or ''set''. place: where it stands in the array that predictions take for its kind, from 1: numbers float8[], categories text[]. mean, sd, missing_share: of a number in the training data. levels: known ones of a category or elements of a set; reference: the level that the others are compared with. used: false for a number that was constant and left out.';

CREATE FUNCTION clientele.coefficients(model clientele.lead_model, confidence float8 DEFAULT 0.95) RETURNS TABLE (feature text, level text, estimate float8, std_error float8, z_value float8, p_value float8, odds_ratio float8, ci_low float8, ci_high float8)
	AS 'MODULE_PATHNAME', 'clientele_coefficients'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	ROWS 10;
COMMENT ON FUNCTION clientele.coefficients(clientele.lead_model, float8) IS
'The coefficients, a row each, the first that of the (intercept): estimate in log-odds (a unit of a number; a level against the reference, or as the level (missing) of what was missing), standard error, z = estimate / std_error, p-value of both tails, odds ratio exp(estimate), and Wald interval of the estimate. Errors are NULL where they are not known. Of naive Bayes: the prior log-odds of all leads, and the log-odds that each level adds in the whole, (count + smoothing) / total of the won against the same of the lost; levels that are ignored have no row.';

CREATE FUNCTION clientele.covariance(model clientele.lead_model) RETURNS TABLE (feature text, level text, with_feature text, with_level text, covariance float8)
	AS 'MODULE_PATHNAME', 'clientele_covariance'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	ROWS 100;
COMMENT ON FUNCTION clientele.covariance(clientele.lead_model) IS
'The covariance of the coefficients, a row for each two of them, both ways around; named as by coefficients(). No rows where it is not known.';

CREATE FUNCTION clientele.with_prior(model clientele.lead_model, sample_share float8, true_share float8) RETURNS clientele.lead_model
	AS 'MODULE_PATHNAME', 'clientele_with_prior'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.with_prior(clientele.lead_model, float8, float8) IS
'The model for leads of which the share true_share is won, where in the training data (resampled, say) it was sample_share: ln(true_share / (1 - true_share)) - ln(sample_share / (1 - sample_share)) is added to the logit, in place of any such shift before (prior correction: King and Zeng 2001, equation 7). Shares are between 0 and 1, else an error.';

CREATE FUNCTION clientele.with_prior(model clientele.lead_model, true_share float8) RETURNS clientele.lead_model
	AS 'MODULE_PATHNAME', 'clientele_with_true_share'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.with_prior(clientele.lead_model, float8) IS
'The model for leads of which the share true_share is won; the share in the training data is won(model) / (won(model) + lost(model)), an error where the model does not say. See with_prior(lead_model, float8, float8).';

CREATE FUNCTION clientele.with_calibration(model clientele.lead_model, calibration clientele.calibration) RETURNS clientele.lead_model
	AS 'MODULE_PATHNAME', 'clientele_with_calibration'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.with_calibration(clientele.lead_model, clientele.calibration) IS
'The model with a calibration of its probabilities, in place of any that it had: win_probability() is then the calibrated one. logit(), contributions() and scorecard() stay as they are.';
