-- Predictions: what a model says of a customer.

CREATE FUNCTION clientele.p_alive(model clientele.purchase_model, customer clientele.rfm, after interval DEFAULT '0') RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_p_alive'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.p_alive(clientele.purchase_model, clientele.rfm, interval) IS
'The probability that the customer is still one: on the day of the summary, or a time after it without news. Between 0 and 1. Under bg/nbd it is 1 for who never came back, for nobody leaves there before the first repeat purchase; mbg/nbd answers that better. BG/NBD: Fader, Hardie and Lee 2005; MBG/NBD: Batislam et al. 2007.';

CREATE FUNCTION clientele.expected_purchases(model clientele.purchase_model, customer clientele.rfm, horizon interval) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_expected_purchases'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION clientele.expected_purchases(clientele.purchase_model, clientele.rfm, interval) IS
'The number of purchase days expected of the customer within the horizon after the day of the summary. BG/NBD: Fader, Hardie and Lee 2005, equation 10, in a form that is regular at a = 1.';

CREATE FUNCTION clientele.expected_purchases(model clientele.purchase_model, horizon interval) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_expected_purchases_new'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION clientele.expected_purchases(clientele.purchase_model, interval) IS
'The number of repeat purchase days expected of a new customer within the horizon after the first purchase. BG/NBD: Fader, Hardie and Lee 2005, equation 9.';

CREATE FUNCTION clientele.purchase_probability(model clientele.purchase_model, customer clientele.rfm, n integer, horizon interval) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_purchase_probability'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 60;
COMMENT ON FUNCTION clientele.purchase_probability(clientele.purchase_model, clientele.rfm, integer, interval) IS
'The probability that the customer buys on exactly n days within the horizon after the day of the summary. Sums to 1 over n.';

CREATE FUNCTION clientele.purchase_probability(model clientele.purchase_model, n integer, horizon interval) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_purchase_probability_new'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 60;
COMMENT ON FUNCTION clientele.purchase_probability(clientele.purchase_model, integer, interval) IS
'The probability that a new customer has exactly n repeat purchase days within the horizon after the first purchase. BG/NBD: Fader, Hardie and Lee 2005, equation 8.';

CREATE FUNCTION clientele.discounted_expected_purchases(model clientele.purchase_model, customer clientele.rfm, annual_rate float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_discounted_expected_purchases'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION clientele.discounted_expected_purchases(clientele.purchase_model, clientele.rfm, float8) IS
'Discounted expected residual transactions (DERT): purchase days expected in all time to come, each discounted continuously at the effective annual rate (0.10 is ten percent a year of 365.25 days). Infinity where that has no end (a rate of 0 and a <= 1).';

CREATE FUNCTION clientele.discounted_expected_purchases(model clientele.purchase_model, customer clientele.rfm, annual_rate float8, horizon interval) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_discounted_expected_purchases'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.discounted_expected_purchases(clientele.purchase_model, clientele.rfm, float8, interval) IS
'Purchase days expected within the horizon, each discounted continuously at the effective annual rate (DECT).';

CREATE FUNCTION clientele.log_likelihood(model clientele.purchase_model, customer clientele.rfm) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_log_likelihood_rfm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.log_likelihood(clientele.purchase_model, clientele.rfm) IS
'The log-likelihood of one customer, times in units of the model. Its sum over the customers of a fit is log_likelihood(model).';

CREATE FUNCTION clientele.expected_spend(spend clientele.spend_model, customer clientele.rfm) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_expected_spend'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.expected_spend(clientele.spend_model, clientele.rfm) IS
'The mean value of a purchase expected of the customer: the mean of the own ones and that of the population, weighted by how many there are (Fader and Hardie 2013, equation 5). In the currency of the amounts. Net spend below zero counts as zero.';

CREATE FUNCTION clientele.expected_spend(spend clientele.spend_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_expected_spend_new'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.expected_spend(clientele.spend_model) IS
'The mean value of a purchase expected of a customer of whom none is known: p gamma / (q - 1). An error for q <= 1, where it does not exist; fit with finite_mean => true to prevent that.';

CREATE FUNCTION clientele.clv(model clientele.purchase_model, spend clientele.spend_model, customer clientele.rfm, horizon interval DEFAULT '1 year', annual_rate float8 DEFAULT 0.10, margin float8 DEFAULT 1) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_clv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION clientele.clv(clientele.purchase_model, clientele.spend_model, clientele.rfm, interval, float8, float8) IS
'Customer lifetime value over the horizon after the day of the summary: expected purchases, each discounted continuously at the effective annual rate, times expected spend, times margin (the share of revenue that is left; 1 values revenue). In the currency of the amounts.';

CREATE FUNCTION clientele.clv_interval(model clientele.purchase_model, spend clientele.spend_model, customer clientele.rfm, horizon interval DEFAULT '1 year', annual_rate float8 DEFAULT 0.10, margin float8 DEFAULT 1, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_clv_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4000;
COMMENT ON FUNCTION clientele.clv_interval(clientele.purchase_model, clientele.spend_model, clientele.rfm, interval, float8, float8, float8) IS
'clv with its standard error and confidence interval, from the covariance of the parameters of both models by the delta method on the logarithm of the value: what the data left open about the models, not the luck of the single customer. NULL errors where a model has no covariance.';
