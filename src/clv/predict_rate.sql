-- Predictions: what kind of customer somebody is.

CREATE FUNCTION clientele.purchase_rate(model clientele.purchase_model, customer clientele.rfm, per interval DEFAULT '1 year') RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_purchase_rate'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.purchase_rate(clientele.purchase_model, clientele.rfm, interval) IS
'How often the customer buys while being one: the posterior mean of the own rate of purchases, given the summary, in purchase days per interval (a year unless said). Whether the customer is still there is not asked: p_alive says that. Under bg/bb the posterior mean of the probability of buying at an opportunity times the opportunities in the interval. An error for a family that does not tell it.';

CREATE FUNCTION clientele.purchase_rate_interval(model clientele.purchase_model, customer clientele.rfm, per interval DEFAULT '1 year', confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_purchase_rate_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION clientele.purchase_rate_interval(clientele.purchase_model, clientele.rfm, interval, float8) IS
'purchase_rate with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method, on the logarithm of the rate (under bg/bb the logit of the probability). NULL errors where the model has no covariance.';

CREATE FUNCTION clientele.dropout_probability(model clientele.purchase_model, customer clientele.rfm) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_dropout_probability'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.dropout_probability(clientele.purchase_model, clientele.rfm) IS
'How readily the customer leaves: the posterior mean of the own probability of leaving after a purchase (bg/nbd, mbg/nbd and their regular forms) or at an opportunity (bg/bb), given the summary, whether still there or not. An error for a family under which customers leave at a rate, or never.';

CREATE FUNCTION clientele.dropout_probability_interval(model clientele.purchase_model, customer clientele.rfm, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_dropout_probability_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION clientele.dropout_probability_interval(clientele.purchase_model, clientele.rfm, float8) IS
'dropout_probability with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method on the logit. NULL errors where the model has no covariance.';

CREATE FUNCTION clientele.dropout_rate(model clientele.purchase_model, customer clientele.rfm, per interval DEFAULT '1 year') RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_dropout_rate'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION clientele.dropout_rate(clientele.purchase_model, clientele.rfm, interval) IS
'How readily the customer leaves: the posterior mean of the own rate of leaving, given the summary, per interval (a year unless said), whether still there or not. Under pareto/nbd 1 / rate is a lifetime. Under ggompertz/nbd the rate changes with age: it is that of today, of one who is still there, s b / (1 + (beta - 1) e^(-b age)). An error for a family under which customers leave with a probability after a purchase, or never.';

CREATE FUNCTION clientele.dropout_rate_interval(model clientele.purchase_model, customer clientele.rfm, per interval DEFAULT '1 year', confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_dropout_rate_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION clientele.dropout_rate_interval(clientele.purchase_model, clientele.rfm, interval, float8) IS
'dropout_rate with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method on the logarithm. NULL errors where the model has no covariance.';
