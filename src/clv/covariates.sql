-- Models with covariates: the fit, the model of one customer, sums, tests.

CREATE FUNCTION clientele.without_covariates(base clientele.covariate_base) RETURNS clientele.customer_base
	AS 'MODULE_PATHNAME', 'clientele_without_covariates'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.without_covariates(clientele.covariate_base) IS
'The same customers without their covariates, for a fit to compare with: customers that were skipped are in neither. The logarithms of gaps between purchases, which regularity models ask for, are not known.';

CREATE FUNCTION clientele.fit(covariate_base clientele.covariate_base, family text DEFAULT 'bg/nbd', unit interval DEFAULT '7 days', prior_sd float8 DEFAULT NULL, coefficient_prior_sd float8 DEFAULT NULL) RETURNS clientele.purchase_model
	AS 'MODULE_PATHNAME', 'clientele_fit_covariates'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION clientele.fit(clientele.covariate_base, text, interval, float8, float8) IS
'Fit a purchase model with time-invariant covariates by maximum likelihood (Fader and Hardie 2007, "Incorporating time-invariant covariates into the Pareto/NBD and BG/NBD models"). family: ''pareto/nbd'' (alpha exp(-purchase z), beta exp(-dropout z); at most 30 covariates), ''bg/nbd'' or ''mbg/nbd'' (alpha exp(-purchase z), a exp(dropout_a z), b exp(dropout_b z); at most 20). The parameters are those of a customer whose covariates are 0; parameters(model) lists the coefficients as purchase_1, ... unit and prior_sd: as of fit(customer_base), the prior on the parameters of a customer of average covariates. coefficient_prior_sd: standard deviation of a normal prior, centred at 0, on each coefficient times the standard deviation of its covariate (ridge), NULL for none; 0.5 steadies many covariates. Without it a constant or collinear covariate is an error that names it.';

CREATE FUNCTION clientele.with_covariates(model clientele.purchase_model, covariates float8[]) RETURNS clientele.purchase_model
	AS 'MODULE_PATHNAME', 'clientele_with_covariates'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.with_covariates(clientele.purchase_model, float8[]) IS
'The model of a customer with these covariates: the parameters of that customer, with their covariance, for every prediction. Status and unit are those of the model; log-likelihood, customers and iterations are not known (NULL), as nothing was fitted to the one customer. NULL where a covariate is NULL, NaN or infinite: customer_base(rfm, covariates) skips such customers. An error for a wrong number of covariates.';

CREATE FUNCTION clientele.total_expected_purchases(model clientele.purchase_model, base clientele.covariate_base, horizon interval, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_total_expected_purchases_covariates'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION clientele.total_expected_purchases(clientele.purchase_model, clientele.covariate_base, interval, float8) IS
'The purchase days expected of all customers of the base together within the horizon after their day of summary, with standard error and confidence interval: what the data left open about parameters and coefficients (delta method on the logarithm), not the luck of the customers. NULL errors where the model has no covariance. Customers that were skipped are not in it.';
