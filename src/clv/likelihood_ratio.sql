-- Tests of one model against another that holds it.

CREATE FUNCTION clientele.likelihood_ratio_test(restricted clientele.purchase_model, complete clientele.purchase_model, OUT statistic float8, OUT degrees integer, OUT p_value float8)
	AS 'MODULE_PATHNAME', 'clientele_likelihood_ratio_test'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.likelihood_ratio_test(clientele.purchase_model, clientele.purchase_model) IS
'Whether the complete model is worth its parameters: twice the difference of the log-likelihoods, its degrees of freedom, and the probability of as much or more if the restricted model is true. Nested pairs: a family with no or fewer covariates in the same family with more (chi-square; that the fewer are among the more, a model cannot tell); pareto/nbd in ggompertz/nbd (b = 0 is a boundary: half chi-square of 1 degree, half 0; Self and Liang 1987); nbd in pareto/nbd (nobody leaves, where s and beta are not identified: chi-square of 2 degrees, conservative). Errors: other pairs, fits with priors, that did not converge, of unlike many customers or in another unit.';

CREATE FUNCTION clientele.likelihood_ratio_test(restricted clientele.renewal_model, complete clientele.renewal_model, OUT statistic float8, OUT degrees integer, OUT p_value float8)
	AS 'MODULE_PATHNAME', 'clientele_likelihood_ratio_test'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.likelihood_ratio_test(clientele.renewal_model, clientele.renewal_model) IS
'Whether bdw is worth its third parameter beside sbg (c = 1, chi-square of 1 degree): does the hazard of the single customer change with tenure? Twice the difference of the log-likelihoods, degrees of freedom, and the probability of as much or more if sbg is true. Errors: other pairs, fits with priors, that did not converge, or of unlike many customers.';
