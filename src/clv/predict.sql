-- Predictions: what a model says of a customer.

CREATE FUNCTION clientele.p_alive(model clientele.purchase_model, customer clientele.rfm, after interval DEFAULT '0') RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_p_alive'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.p_alive(clientele.purchase_model, clientele.rfm, interval) IS
'The probability that the customer is still one: on the day of the summary, or a time after it without news. Between 0 and 1. Under bg/nbd it is 1 for who never came back, for nobody leaves there before the first repeat purchase; mbg/nbd answers that better. BG/NBD: Fader, Hardie and Lee 2005; MBG/NBD: Batislam et al. 2007.';

CREATE FUNCTION clientele.p_alive_interval(model clientele.purchase_model, customer clientele.rfm, after interval DEFAULT '0', confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_p_alive_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 400;
COMMENT ON FUNCTION clientele.p_alive_interval(clientele.purchase_model, clientele.rfm, interval, float8) IS
'p_alive with its standard error and confidence interval. What the data left open about the parameters, not the luck of the single customer: their covariance, carried over by the delta method on the logit of the probability, so that the interval stays between 0 and 1. NULL errors where the model has no covariance (typed in, or not identified).';

CREATE FUNCTION clientele.expected_purchases(model clientele.purchase_model, customer clientele.rfm, horizon interval) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_expected_purchases'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION clientele.expected_purchases(clientele.purchase_model, clientele.rfm, interval) IS
'The number of purchase days expected of the customer within the horizon after the day of the summary. BG/NBD: Fader, Hardie and Lee 2005, equation 10, in a form that is regular at a = 1.';

CREATE FUNCTION clientele.expected_purchases_interval(model clientele.purchase_model, customer clientele.rfm, horizon interval, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_expected_purchases_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 800;
COMMENT ON FUNCTION clientele.expected_purchases_interval(clientele.purchase_model, clientele.rfm, interval, float8) IS
'expected_purchases of the customer with its standard error and confidence interval. What the data left open about the parameters, not the luck of the single customer: their covariance, carried over by the delta method on the logarithm, so that the interval stays above 0. NULL errors where the model has no covariance (typed in, or not identified).';

CREATE FUNCTION clientele.expected_purchases(model clientele.purchase_model, horizon interval) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_expected_purchases_new'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION clientele.expected_purchases(clientele.purchase_model, interval) IS
'The number of repeat purchase days expected of a new customer within the horizon after the first purchase. BG/NBD: Fader, Hardie and Lee 2005, equation 9.';

CREATE FUNCTION clientele.expected_purchases_interval(model clientele.purchase_model, horizon interval, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_expected_purchases_new_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 800;
COMMENT ON FUNCTION clientele.expected_purchases_interval(clientele.purchase_model, interval, float8) IS
'expected_purchases of a new customer with its standard error and confidence interval. What the data left open about the parameters, not the luck of the single customer: their covariance, carried over by the delta method on the logarithm, so that the interval stays above 0. NULL errors where the model has no covariance (typed in, or not identified).';

CREATE FUNCTION clientele.purchase_probability(model clientele.purchase_model, customer clientele.rfm, n integer, horizon interval) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_purchase_probability'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 60;
COMMENT ON FUNCTION clientele.purchase_probability(clientele.purchase_model, clientele.rfm, integer, interval) IS
'The probability that the customer buys on exactly n days within the horizon after the day of the summary. Sums to 1 over n.';

CREATE FUNCTION clientele.purchase_probability_interval(model clientele.purchase_model, customer clientele.rfm, n integer, horizon interval, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_purchase_probability_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1500;
COMMENT ON FUNCTION clientele.purchase_probability_interval(clientele.purchase_model, clientele.rfm, integer, interval, float8) IS
'purchase_probability of the customer with its standard error and confidence interval. What the data left open about the parameters, not the luck of the single customer: their covariance, carried over by the delta method on the logit of the probability, so that the interval stays between 0 and 1. NULL errors where the model has no covariance (typed in, or not identified).';

CREATE FUNCTION clientele.purchase_probability(model clientele.purchase_model, n integer, horizon interval) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_purchase_probability_new'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 60;
COMMENT ON FUNCTION clientele.purchase_probability(clientele.purchase_model, integer, interval) IS
'The probability that a new customer has exactly n repeat purchase days within the horizon after the first purchase. BG/NBD: Fader, Hardie and Lee 2005, equation 8.';

CREATE FUNCTION clientele.purchase_probability_interval(model clientele.purchase_model, n integer, horizon interval, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_purchase_probability_new_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1500;
COMMENT ON FUNCTION clientele.purchase_probability_interval(clientele.purchase_model, integer, interval, float8) IS
'purchase_probability of a new customer with its standard error and confidence interval. What the data left open about the parameters, not the luck of the single customer: their covariance, carried over by the delta method on the logit of the probability, so that the interval stays between 0 and 1. NULL errors where the model has no covariance (typed in, or not identified).';

CREATE FUNCTION clientele.discounted_expected_purchases(model clientele.purchase_model, customer clientele.rfm, annual_rate float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_discounted_expected_purchases'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION clientele.discounted_expected_purchases(clientele.purchase_model, clientele.rfm, float8) IS
'Discounted expected residual transactions (DERT): purchase days expected in all time to come, each discounted continuously at the effective annual rate (0.10 is ten percent a year of 365.25 days). Infinity where that has no end (a rate of 0 and, of bg/nbd and mbg/nbd, a <= 1).';

CREATE FUNCTION clientele.discounted_expected_purchases(model clientele.purchase_model, customer clientele.rfm, annual_rate float8, horizon interval) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_discounted_expected_purchases'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.discounted_expected_purchases(clientele.purchase_model, clientele.rfm, float8, interval) IS
'Purchase days expected within the horizon, each discounted continuously at the effective annual rate (DECT). A horizon of 178000000 years or more is all time to come (DERT).';

CREATE FUNCTION clientele.discounted_expected_purchases_interval(model clientele.purchase_model, customer clientele.rfm, annual_rate float8, horizon interval DEFAULT '178000000 years', confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_discounted_expected_purchases_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION clientele.discounted_expected_purchases_interval(clientele.purchase_model, clientele.rfm, float8, interval, float8) IS
'discounted_expected_purchases of the customer with its standard error and confidence interval: within the horizon, and without one (178000000 years or more) in all time to come. What the data left open about the parameters, not the luck of the single customer: their covariance, carried over by the delta method on the logarithm, so that the interval stays above 0. NULL errors where the model has no covariance (typed in, or not identified). An infinite estimate has none.';

CREATE FUNCTION clientele.discounted_expected_purchases(model clientele.purchase_model, annual_rate float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_discounted_expected_purchases_new'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION clientele.discounted_expected_purchases(clientele.purchase_model, float8) IS
'Repeat purchase days expected of a new customer in all time after the first purchase, each discounted continuously at the effective annual rate: with the first purchase itself, 1 more. Infinity where that has no end.';

CREATE FUNCTION clientele.discounted_expected_purchases(model clientele.purchase_model, annual_rate float8, horizon interval) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_discounted_expected_purchases_new'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.discounted_expected_purchases(clientele.purchase_model, float8, interval) IS
'Repeat purchase days expected of a new customer within the horizon after the first purchase, each discounted continuously at the effective annual rate. A horizon of 178000000 years or more is all time to come.';

CREATE FUNCTION clientele.discounted_expected_purchases_interval(model clientele.purchase_model, annual_rate float8, horizon interval DEFAULT '178000000 years', confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_discounted_expected_purchases_new_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION clientele.discounted_expected_purchases_interval(clientele.purchase_model, float8, interval, float8) IS
'discounted_expected_purchases of a new customer with its standard error and confidence interval: within the horizon, and without one (178000000 years or more) in all time to come. What the data left open about the parameters, not the luck of the single customer: their covariance, carried over by the delta method on the logarithm, so that the interval stays above 0. NULL errors where the model has no covariance (typed in, or not identified). An infinite estimate has none.';

CREATE FUNCTION clientele.log_likelihood(model clientele.purchase_model, customer clientele.rfm) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_log_likelihood_rfm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.log_likelihood(clientele.purchase_model, clientele.rfm) IS
'The log-likelihood of one customer, times in units of the model. Its sum over the customers of a fit is log_likelihood(model). NULL under bg/cnbd-k and mbg/cnbd-k with k above 1 for an rfm that does not know the gaps between purchases.';
