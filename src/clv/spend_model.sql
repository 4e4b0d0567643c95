-- The type spend_model.
CREATE TYPE clientele.spend_model;

CREATE FUNCTION clientele.spend_model_in(cstring) RETURNS clientele.spend_model
	AS 'MODULE_PATHNAME', 'clientele_spend_model_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.spend_model_in(cstring) IS 'Input of spend_model: JSON text.';

CREATE FUNCTION clientele.spend_model_out(clientele.spend_model) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_model_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.spend_model_out(clientele.spend_model) IS 'Output of spend_model: JSON text.';

CREATE FUNCTION clientele.spend_model_recv(internal) RETURNS clientele.spend_model
	AS 'MODULE_PATHNAME', 'clientele_spend_model_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.spend_model_recv(internal) IS 'Binary input of spend_model.';

CREATE FUNCTION clientele.spend_model_send(clientele.spend_model) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_model_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.spend_model_send(clientele.spend_model) IS 'Binary output of spend_model.';

CREATE TYPE clientele.spend_model (
	INPUT = clientele.spend_model_in,
	OUTPUT = clientele.spend_model_out,
	RECEIVE = clientele.spend_model_recv,
	SEND = clientele.spend_model_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.spend_model IS
'What customers spend a purchase: the gamma-gamma model, its parameters, and how they were fitted. Reads and writes JSON: {"family": "gamma-gamma", "parameters": {"p": 6.25, "q": 3.74, "gamma": 15.44}} is enough to type one in.';

CREATE FUNCTION clientele.parameters(model clientele.spend_model, confidence float8 DEFAULT 0.95) RETURNS TABLE (name text, estimate float8, std_error float8, ci_low float8, ci_high float8)
	AS 'MODULE_PATHNAME', 'clientele_parameters'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	ROWS 3;
COMMENT ON FUNCTION clientele.parameters(clientele.spend_model, float8) IS
'The parameters, a row each: estimate, standard error (delta method from the observed Hessian in the logarithms of the parameters) and confidence interval (on the logarithmic scale, so it is positive). Errors are NULL where the data does not identify the parameters and for a model that was typed in.';

CREATE FUNCTION clientele.family(model clientele.spend_model) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_family'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.family(clientele.spend_model) IS
'The name of the family of models, such as ''gamma-gamma''.';

CREATE FUNCTION clientele.status(model clientele.spend_model) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_status'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.status(clientele.spend_model) IS
'How the parameters came to be: ''ok'' (fitted, converged), ''boundary'' (the likelihood is flat or rises towards a boundary: parameters are not identified), ''not converged'', or ''given'' (typed in).';

CREATE FUNCTION clientele.converged(model clientele.spend_model) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_converged'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.converged(clientele.spend_model) IS
'Whether the fit converged to parameters that the data identifies; NULL for a model that was typed in.';

CREATE FUNCTION clientele.log_likelihood(model clientele.spend_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_log_likelihood'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.log_likelihood(clientele.spend_model) IS
'The log-likelihood at the parameters, without a prior. NULL for a model that was typed in without.';

CREATE FUNCTION clientele.aic(model clientele.spend_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_aic'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.aic(clientele.spend_model) IS
'Akaike''s information criterion, 2 k - 2 log-likelihood, k the number of parameters. Lower is better.';

CREATE FUNCTION clientele.bic(model clientele.spend_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_bic'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.bic(clientele.spend_model) IS
'Schwarz''s Bayesian information criterion, k ln(n) - 2 log-likelihood, n the number of customers. Lower is better.';

CREATE FUNCTION clientele.customers(model clientele.spend_model) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_model_customers'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.customers(clientele.spend_model) IS
'The number of customers that the model was fitted to.';

CREATE FUNCTION clientele.iterations(model clientele.spend_model) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_iterations'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.iterations(clientele.spend_model) IS
'Iterations of the optimizer (damped Newton).';

CREATE FUNCTION clientele.evaluations(model clientele.spend_model) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_evaluations'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.evaluations(clientele.spend_model) IS
'Evaluations of the likelihood with its derivatives over all cells.';

CREATE FUNCTION clientele.fit(spend_base clientele.spend_base, finite_mean boolean DEFAULT false, prior_sd float8 DEFAULT NULL) RETURNS clientele.spend_model
	AS 'MODULE_PATHNAME', 'clientele_fit_spend'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION clientele.fit(clientele.spend_base, boolean, float8) IS
'Fit the gamma-gamma model of spend (Fader and Hardie 2013) by maximum likelihood. finite_mean keeps q above 1, so that the population has a finite mean spend; without it expected_spend is an error where there is none. prior_sd: standard deviation of a normal prior on the logarithm of each parameter (spend in units of its mean), NULL for none. An error with fewer customers than parameters.';
