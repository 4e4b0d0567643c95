-- The type purchase_model.
CREATE TYPE clientele.purchase_model;

CREATE FUNCTION clientele.purchase_model_in(cstring) RETURNS clientele.purchase_model
	AS 'MODULE_PATHNAME', 'clientele_purchase_model_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.purchase_model_in(cstring) IS 'Input of purchase_model: JSON text.';

CREATE FUNCTION clientele.purchase_model_out(clientele.purchase_model) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_model_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.purchase_model_out(clientele.purchase_model) IS 'Output of purchase_model: JSON text.';

CREATE FUNCTION clientele.purchase_model_recv(internal) RETURNS clientele.purchase_model
	AS 'MODULE_PATHNAME', 'clientele_purchase_model_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.purchase_model_recv(internal) IS 'Binary input of purchase_model.';

CREATE FUNCTION clientele.purchase_model_send(clientele.purchase_model) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_model_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.purchase_model_send(clientele.purchase_model) IS 'Binary output of purchase_model.';

CREATE TYPE clientele.purchase_model (
	INPUT = clientele.purchase_model_in,
	OUTPUT = clientele.purchase_model_out,
	RECEIVE = clientele.purchase_model_recv,
	SEND = clientele.purchase_model_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.purchase_model IS
'How customers buy and leave: a family of models, its parameters, and how they were fitted. Reads and writes JSON: {"family": "bg/nbd", "unit": "7 days", "parameters": {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}} is enough to type one in.';

CREATE FUNCTION clientele.parameters(model clientele.purchase_model, confidence float8 DEFAULT 0.95) RETURNS TABLE (name text, estimate float8, std_error float8, ci_low float8, ci_high float8)
	AS 'MODULE_PATHNAME', 'clientele_parameters'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	ROWS 4;
COMMENT ON FUNCTION clientele.parameters(clientele.purchase_model, float8) IS
'The parameters, a row each: estimate, standard error (delta method from the observed Hessian in the logarithms of the parameters) and confidence interval (on the logarithmic scale, so it is positive). Errors are NULL where the data does not identify the parameters and for a model that was typed in. alpha is in units of the model.';

CREATE FUNCTION clientele.family(model clientele.purchase_model) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_family'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.family(clientele.purchase_model) IS
'The name of the family of models, such as ''bg/nbd''.';

CREATE FUNCTION clientele.unit(model clientele.purchase_model) RETURNS interval
	AS 'MODULE_PATHNAME', 'clientele_unit'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.unit(clientele.purchase_model) IS
'The unit of time that the parameters are in.';

CREATE FUNCTION clientele.status(model clientele.purchase_model) RETURNS text
	AS 'MODULE_PATHNAME', 'clientele_status'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.status(clientele.purchase_model) IS
'How the parameters came to be: ''ok'' (fitted, converged), ''boundary'' (the likelihood is flat or rises towards a boundary: parameters are not identified), ''not converged'', or ''given'' (typed in).';

CREATE FUNCTION clientele.converged(model clientele.purchase_model) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_converged'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.converged(clientele.purchase_model) IS
'Whether the fit converged to parameters that the data identifies; NULL for a model that was typed in.';

CREATE FUNCTION clientele.log_likelihood(model clientele.purchase_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_log_likelihood'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.log_likelihood(clientele.purchase_model) IS
'The log-likelihood at the parameters, without a prior; with times in units of the model. NULL for a model that was typed in without.';

CREATE FUNCTION clientele.aic(model clientele.purchase_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_aic'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.aic(clientele.purchase_model) IS
'Akaike''s information criterion, 2 k - 2 log-likelihood, k the number of parameters. Lower is better.';

CREATE FUNCTION clientele.bic(model clientele.purchase_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_bic'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.bic(clientele.purchase_model) IS
'Schwarz''s Bayesian information criterion, k ln(n) - 2 log-likelihood, n the number of customers. Lower is better.';

CREATE FUNCTION clientele.customers(model clientele.purchase_model) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_model_customers'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.customers(clientele.purchase_model) IS
'The number of customers that the model was fitted to.';

CREATE FUNCTION clientele.iterations(model clientele.purchase_model) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_iterations'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.iterations(clientele.purchase_model) IS
'Iterations of the optimizer (damped Newton).';

CREATE FUNCTION clientele.evaluations(model clientele.purchase_model) RETURNS integer
	AS 'MODULE_PATHNAME', 'clientele_evaluations'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.evaluations(clientele.purchase_model) IS
'Evaluations of the likelihood with its derivatives over all cells.';

CREATE FUNCTION clientele.fit(customer_base clientele.customer_base, family text DEFAULT 'bg/nbd', unit interval DEFAULT '7 days', prior_sd float8 DEFAULT NULL) RETURNS clientele.purchase_model
	AS 'MODULE_PATHNAME', 'clientele_fit_purchases'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION clientele.fit(clientele.customer_base, text, interval, float8) IS
'Fit a purchase model by maximum likelihood (analytic gradient and Hessian, damped Newton in the logarithms of the parameters). family: ''bg/nbd'' (Fader, Hardie and Lee 2005) or ''mbg/nbd'' (Batislam, Denizel and Filiztekin 2007; Hoppe and Wagner 2007), in which a customer can also leave right after the first purchase; ''pareto/nbd'' (Schmittlein, Morrison and Colombo 1987), in which a customer can leave at any moment; ''ggompertz/nbd'' (Bemmaor and Glady 2012), in which the risk of leaving changes with age: it grows for beta above 1, and where it does not, pareto/nbd is its limit and the fit ends at the boundary; ''nbd'' (Ehrenberg 1959), in which nobody leaves; ''bg/cnbd-k'' or ''mbg/cnbd-k'' (Reutterer, Platzer and Schroeder 2021), the same with regular purchases: the gaps between them have an Erlang distribution of shape k, chosen from 1 to 12 by likelihood, or given, as in ''bg/cnbd-3''; choosing takes the gaps, which rfm(purchase_history, as_of) knows, and a base without them is an error; k given, they are needed for the log-likelihood alone; ''bg/bb'' (Fader, Hardie and Shang 2010), customers who buy or not at each of a row of opportunities: for it unit is one opportunity, summaries are those of rfm(history, as_of, opportunity => the same interval), and a base whose recency or age is not a whole number of units, more than 100,000 of them, or less than its purchases, is an error. unit: the unit of time of the parameters. prior_sd: standard deviation of a normal prior on the logarithm of each parameter (time in units of the mean age), NULL for none; 3 is weak and steadies small samples. An error with no repeat purchase or fewer customers than parameters; a fit that is not identified says so in status(model).';
