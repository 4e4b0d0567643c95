-- The type renewal_model.
CREATE TYPE clientele.renewal_model;

CREATE FUNCTION clientele.renewal_model_in(cstring) RETURNS clientele.renewal_model
	AS 'MODULE_PATHNAME', 'clientele_renewal_model_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.renewal_model_in(cstring) IS 'Input of renewal_model: JSON text.';

CREATE FUNCTION clientele.renewal_model_out(clientele.renewal_model) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_model_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.renewal_model_out(clientele.renewal_model) IS 'Output of renewal_model: JSON text.';

CREATE FUNCTION clientele.renewal_model_recv(internal) RETURNS clientele.renewal_model
	AS 'MODULE_PATHNAME', 'clientele_renewal_model_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.renewal_model_recv(internal) IS 'Binary input of renewal_model.';

CREATE FUNCTION clientele.renewal_model_send(clientele.renewal_model) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_model_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.renewal_model_send(clientele.renewal_model) IS 'Binary output of renewal_model.';

CREATE TYPE clientele.renewal_model (
	INPUT = clientele.renewal_model_in,
	OUTPUT = clientele.renewal_model_out,
	RECEIVE = clientele.renewal_model_recv,
	SEND = clientele.renewal_model_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.renewal_model IS
'How customers under contract renew: a shifted beta-geometric (sbg) or beta-discrete-Weibull (bdw) model, its parameters, and how they were fitted. Reads and writes JSON: {"family": "sbg", "parameters": {"alpha": 0.668, "beta": 3.806}} is enough to type one in; bdw has a third parameter c.';

CREATE FUNCTION clientele.parameters(model clientele.renewal_model, confidence float8 DEFAULT 0.95) RETURNS TABLE (name text, estimate float8, std_error float8, ci_low float8, ci_high float8)
	AS 'MODULE_PATHNAME', 'clientele_parameters'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	ROWS 3;
COMMENT ON FUNCTION clientele.parameters(clientele.renewal_model, float8) IS
'The parameters, a row each: estimate, standard error (delta method from the observed Hessian in the logarithms of the parameters) and confidence interval (on the logarithmic scale, so it is positive). Errors are NULL where the data does not identify the parameters and for a model that was typed in.';

CREATE FUNCTION clientele.family(model clientele.renewal_model) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_family'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.family(clientele.renewal_model) IS
'The name of the family of models, such as ''sbg''.';

CREATE FUNCTION clientele.status(model clientele.renewal_model) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_status'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.status(clientele.renewal_model) IS
'How the parameters came to be: ''ok'' (fitted, converged), ''boundary'' (the likelihood is flat or rises towards a boundary: parameters are not identified), ''not converged'', or ''given'' (typed in).';

CREATE FUNCTION clientele.converged(model clientele.renewal_model) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_converged'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.converged(clientele.renewal_model) IS
'Whether the fit converged to parameters that the data identifies; NULL for a model that was typed in.';

CREATE FUNCTION clientele.log_likelihood(model clientele.renewal_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_log_likelihood'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.log_likelihood(clientele.renewal_model) IS
'The log-likelihood at the parameters, without a prior. NULL for a model that was typed in without.';

CREATE FUNCTION clientele.aic(model clientele.renewal_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_aic'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.aic(clientele.renewal_model) IS
'Akaike''s information criterion, 2 k - 2 log-likelihood, k the number of parameters. Lower is better.';

CREATE FUNCTION clientele.bic(model clientele.renewal_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_bic'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.bic(clientele.renewal_model) IS
'Schwarz''s Bayesian information criterion, k ln(n) - 2 log-likelihood, n the number of customers. Lower is better.';

CREATE FUNCTION clientele.customers(model clientele.renewal_model) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_model_customers'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.customers(clientele.renewal_model) IS
'The number of customers that the model was fitted to.';

CREATE FUNCTION clientele.iterations(model clientele.renewal_model) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_iterations'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.iterations(clientele.renewal_model) IS
'Iterations of the optimizer (damped Newton).';

CREATE FUNCTION clientele.evaluations(model clientele.renewal_model) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_evaluations'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.evaluations(clientele.renewal_model) IS
'Evaluations of the likelihood with its derivatives over all cells.';

CREATE FUNCTION clientele.fit(renewal_base clientele.renewal_base, family text DEFAULT 'sbg', prior_sd float8 DEFAULT NULL) RETURNS clientele.renewal_model
	AS 'MODULE_PATHNAME', 'clientele_fit_renewals'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION clientele.fit(clientele.renewal_base, text, float8) IS
'Fit a model of renewals by maximum likelihood. Families: ''sbg'', the shifted beta-geometric model (Fader and Hardie 2007: each customer leaves at every renewal with a probability theta of his own, theta ~ Beta(alpha, beta)), and ''bdw'', the beta-discrete-Weibull model (Fader, Hardie, Liu, Davin and Steenburgh 2018: he is there after t renewals with (1 - theta)^(t^c); c above 1: each customer leaves more readily with time, below 1 less). prior_sd: standard deviation of a normal prior on the logarithm of each parameter, centred at 1, NULL for none. Status ''boundary'' where the data do not identify the parameters: nobody left, all left at once, customers do not differ, too few renewals seen. An error where fewer customers than parameters came to a renewal.';
