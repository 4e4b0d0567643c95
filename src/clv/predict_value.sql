-- Predictions in money: what a purchase brings, what a customer is worth.

CREATE FUNCTION clientele.expected_spend(spend clientele.spend_model, customer clientele.rfm) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_expected_spend'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.expected_spend(clientele.spend_model, clientele.rfm) IS
'The mean value of a purchase expected of the customer: the mean of the own ones and that of the population, weighted by how many there are (Fader and Hardie 2013, equation 5). In the currency of the amounts. Net spend below zero counts as zero.';

CREATE FUNCTION clientele.expected_spend_interval(spend clientele.spend_model, customer clientele.rfm, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_expected_spend_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION clientele.expected_spend_interval(clientele.spend_model, clientele.rfm, float8) IS
'expected_spend of the customer with its standard error and confidence interval. What the data left open about the parameters, not the luck of the single customer: their covariance, carried over by the delta method on the logarithm, so that the interval stays above 0. NULL errors where the model has no covariance (typed in, or not identified).';

CREATE FUNCTION clientele.expected_spend(spend clientele.spend_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_expected_spend_new'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.expected_spend(clientele.spend_model) IS
'The mean value of a purchase expected of a customer of whom none is known: p gamma / (q - 1). An error for q <= 1, where it does not exist; fit with finite_mean => true to prevent that.';

CREATE FUNCTION clientele.expected_spend_interval(spend clientele.spend_model, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_expected_spend_new_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION clientele.expected_spend_interval(clientele.spend_model, float8) IS
'expected_spend of the population with its standard error and confidence interval. What the data left open about the parameters, not the luck of the single customer: their covariance, carried over by the delta method on the logarithm, so that the interval stays above 0. NULL errors where the model has no covariance (typed in, or not identified). No interval where a q that is only a little smaller has no mean.';

CREATE FUNCTION clientele.clv(model clientele.purchase_model, spend clientele.spend_model, customer clientele.rfm, horizon interval DEFAULT '1 year', annual_rate float8 DEFAULT 0.10, margin float8 DEFAULT 1) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_clv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.clv(clientele.purchase_model, clientele.spend_model, clientele.rfm, interval, float8, float8) IS
'Customer lifetime value over the horizon after the day of the summary: expected purchases, each discounted continuously at the effective annual rate, times expected spend, times margin (the share of revenue that is left; 1 values revenue). In the currency of the amounts. A horizon of 178000000 years or more is all time to come, as residual_clv has it.';

CREATE FUNCTION clientele.clv_interval(model clientele.purchase_model, spend clientele.spend_model, customer clientele.rfm, horizon interval DEFAULT '1 year', annual_rate float8 DEFAULT 0.10, margin float8 DEFAULT 1, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_clv_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION clientele.clv_interval(clientele.purchase_model, clientele.spend_model, clientele.rfm, interval, float8, float8, float8) IS
'clv with its standard error and confidence interval. What the data left open about both models, not the luck of the single customer: the covariances of their parameters, fitted apart and so taken as independent, carried over by the delta method on the logarithm of the value. NULL errors where a model has no covariance.';

CREATE FUNCTION clientele.residual_clv(model clientele.purchase_model, spend clientele.spend_model, customer clientele.rfm, annual_rate float8 DEFAULT 0.10, margin float8 DEFAULT 1) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_residual_clv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION clientele.residual_clv(clientele.purchase_model, clientele.spend_model, clientele.rfm, float8, float8) IS
'Customer lifetime value of all time to come after the day of the summary: discounted_expected_purchases without a horizon (DERT) times expected spend times margin; what clv tends to for long horizons. In the currency of the amounts. Infinity where the purchases have no end. Fader, Hardie and Lee 2005 (RFM and CLV).';

CREATE FUNCTION clientele.residual_clv_interval(model clientele.purchase_model, spend clientele.spend_model, customer clientele.rfm, annual_rate float8 DEFAULT 0.10, margin float8 DEFAULT 1, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_residual_clv_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION clientele.residual_clv_interval(clientele.purchase_model, clientele.spend_model, clientele.rfm, float8, float8, float8) IS
'residual_clv with its standard error and confidence interval. What the data left open about both models, not the luck of the single customer: the covariances of their parameters, fitted apart and so taken as independent, carried over by the delta method on the logarithm of the value. NULL errors where a model has no covariance. An infinite estimate has none.';

CREATE FUNCTION clientele.new_customer_value(model clientele.purchase_model, spend clientele.spend_model, horizon interval DEFAULT '1 year', annual_rate float8 DEFAULT 0.10, margin float8 DEFAULT 1, first_included boolean DEFAULT true) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_new_customer_value'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.new_customer_value(clientele.purchase_model, clientele.spend_model, interval, float8, float8, boolean) IS
'The value of a customer who is about to buy for the first time: what may be spent to win one. The first purchase (unless first_included is false) and the repeat purchases expected within the horizon after it, each discounted continuously at the effective annual rate, times the expected spend of the population, which takes first purchases to be like repeat ones, times margin. In the currency of the amounts. A horizon of 178000000 years or more is all time to come.';

CREATE FUNCTION clientele.new_customer_value_interval(model clientele.purchase_model, spend clientele.spend_model, horizon interval DEFAULT '1 year', annual_rate float8 DEFAULT 0.10, margin float8 DEFAULT 1, first_included boolean DEFAULT true, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_new_customer_value_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION clientele.new_customer_value_interval(clientele.purchase_model, clientele.spend_model, interval, float8, float8, boolean, float8) IS
'new_customer_value with its standard error and confidence interval. What the data left open about both models, not the luck of the single customer: the covariances of their parameters, fitted apart and so taken as independent, carried over by the delta method on the logarithm of the value. NULL errors where a model has no covariance.';
