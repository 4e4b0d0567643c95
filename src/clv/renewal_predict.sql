-- Predictions of renewal models. A tenure is the number of renewals made.

CREATE FUNCTION clientele.survival(model clientele.renewal_model, periods integer) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_survival'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.survival(clientele.renewal_model, integer) IS
'The probability that a new customer renews at least so many times: S(periods). 1 for 0 periods. sBG: Fader and Hardie 2007; BdW: Fader et al. 2018.';

CREATE FUNCTION clientele.survival_interval(model clientele.renewal_model, periods integer, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_survival_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 70;
COMMENT ON FUNCTION clientele.survival_interval(clientele.renewal_model, integer, float8) IS
'survival with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method, on the logit. NULL errors where the model has no covariance.';

CREATE FUNCTION clientele.survival(model clientele.renewal_model, tenure integer, further integer) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_survival_further'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.survival(clientele.renewal_model, integer, integer) IS
'The probability that a customer who has renewed tenure times will renew the next further times as well: S(tenure + further) / S(tenure).';

CREATE FUNCTION clientele.survival_interval(model clientele.renewal_model, tenure integer, further integer, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_survival_further_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 70;
COMMENT ON FUNCTION clientele.survival_interval(clientele.renewal_model, integer, integer, float8) IS
'survival with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method, on the logit. NULL errors where the model has no covariance.';

CREATE FUNCTION clientele.churn_probability(model clientele.renewal_model, period integer) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_churn_probability'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.churn_probability(clientele.renewal_model, integer) IS
'The probability that a new customer leaves at the end of that very period: P(T = period) = S(period - 1) - S(period). 0 for period 0; sums to 1. sBG: Fader and Hardie 2007.';

CREATE FUNCTION clientele.churn_probability_interval(model clientele.renewal_model, period integer, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_churn_probability_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 70;
COMMENT ON FUNCTION clientele.churn_probability_interval(clientele.renewal_model, integer, float8) IS
'churn_probability with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method, on the logit. NULL errors where the model has no covariance.';

CREATE FUNCTION clientele.renewal_rate(model clientele.renewal_model, tenure integer) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_renewal_rate'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.renewal_rate(clientele.renewal_model, integer) IS
'The probability that a customer who has renewed tenure times renews at the next opportunity: S(tenure + 1) / S(tenure). It rises with tenure, though no customer changes under sbg: those who leave readily have left. Retention rate r(tenure + 1) of Fader and Hardie 2007.';

CREATE FUNCTION clientele.renewal_rate_interval(model clientele.renewal_model, tenure integer, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_renewal_rate_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 70;
COMMENT ON FUNCTION clientele.renewal_rate_interval(clientele.renewal_model, integer, float8) IS
'renewal_rate with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method, on the logit. NULL errors where the model has no covariance.';

CREATE FUNCTION clientele.churn_propensity(model clientele.renewal_model, tenure integer) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_churn_propensity'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.churn_propensity(clientele.renewal_model, integer) IS
'What kind of customer he is: the posterior mean of his own theta, the probability to leave at the first renewal, given that he has renewed tenure times: alpha / (alpha + beta + tenure^c). Under sbg he leaves at every renewal with theta, and this is 1 - renewal_rate.';

CREATE FUNCTION clientele.churn_propensity_interval(model clientele.renewal_model, tenure integer, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_churn_propensity_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 70;
COMMENT ON FUNCTION clientele.churn_propensity_interval(clientele.renewal_model, integer, float8) IS
'churn_propensity with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method, on the logit. NULL errors where the model has no covariance.';

CREATE FUNCTION clientele.expected_tenure(model clientele.renewal_model) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_expected_tenure_new'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION clientele.expected_tenure(clientele.renewal_model) IS
'The number of periods that a new customer is expected to pay for, the first included: E[T], the sum of S(t) from t = 0. Infinite where alpha c <= 1 (sbg: alpha <= 1): so slowly do the most loyal leave; ask within a horizon, or for a discounted number. sBG: (alpha + beta - 1) / (alpha - 1), Fader and Hardie 2007.';

CREATE FUNCTION clientele.expected_tenure_interval(model clientele.renewal_model, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_expected_tenure_new_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 280;
COMMENT ON FUNCTION clientele.expected_tenure_interval(clientele.renewal_model, float8) IS
'expected_tenure with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method, on the logarithm. NULL errors where the model has no covariance or the estimate is infinite.';

CREATE FUNCTION clientele.expected_tenure(model clientele.renewal_model, tenure integer) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_expected_tenure'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION clientele.expected_tenure(clientele.renewal_model, integer) IS
'The number of periods that a customer who has renewed tenure times is expected to pay for from now on, the current one included: the sum of S(t) / S(tenure) from t = tenure. Infinite where alpha c <= 1 (sbg: alpha <= 1): so slowly do the most loyal leave; ask within a horizon, or for a discounted number.';

CREATE FUNCTION clientele.expected_tenure_interval(model clientele.renewal_model, tenure integer, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_expected_tenure_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 280;
COMMENT ON FUNCTION clientele.expected_tenure_interval(clientele.renewal_model, integer, float8) IS
'expected_tenure with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method, on the logarithm. NULL errors where the model has no covariance or the estimate is infinite.';

CREATE FUNCTION clientele.expected_tenure(model clientele.renewal_model, tenure integer, horizon integer) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_expected_tenure_within'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION clientele.expected_tenure(clientele.renewal_model, integer, integer) IS
'The same within a horizon of periods, the current one being the first of them (the restricted mean): always finite, and no more than the horizon.';

CREATE FUNCTION clientele.expected_tenure_interval(model clientele.renewal_model, tenure integer, horizon integer, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_expected_tenure_within_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 280;
COMMENT ON FUNCTION clientele.expected_tenure_interval(clientele.renewal_model, integer, integer, float8) IS
'expected_tenure with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method, on the logarithm. NULL errors where the model has no covariance.';

CREATE FUNCTION clientele.discounted_expected_lifetime(model clientele.renewal_model, rate_per_period float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_discounted_expected_lifetime'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION clientele.discounted_expected_lifetime(clientele.renewal_model, float8) IS
'The number of periods that a new customer is expected to pay for, each discounted to the first payment, which counts in full: the sum of S(t) / (1 + rate)^t from t = 0 (DEL). Times the price of a period it is the value of a customer to be acquired. The rate is an effective one a period: power(1.10, 1 / 12.0) - 1 is ten percent a year in periods of months. sBG: 2F1(1, beta; alpha + beta; 1 / (1 + rate)), Fader and Hardie 2010.';

CREATE FUNCTION clientele.discounted_expected_lifetime_interval(model clientele.renewal_model, rate_per_period float8, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_discounted_expected_lifetime_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 280;
COMMENT ON FUNCTION clientele.discounted_expected_lifetime_interval(clientele.renewal_model, float8, float8) IS
'discounted_expected_lifetime with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method, on the logarithm. NULL errors where the model has no covariance or the estimate is infinite.';

CREATE FUNCTION clientele.discounted_expected_lifetime(model clientele.renewal_model, rate_per_period float8, horizon integer) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_discounted_expected_lifetime_within'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION clientele.discounted_expected_lifetime(clientele.renewal_model, float8, integer) IS
'The same within a horizon of periods, the first one included.';

CREATE FUNCTION clientele.discounted_expected_lifetime_interval(model clientele.renewal_model, rate_per_period float8, horizon integer, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_discounted_expected_lifetime_within_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 280;
COMMENT ON FUNCTION clientele.discounted_expected_lifetime_interval(clientele.renewal_model, float8, integer, float8) IS
'discounted_expected_lifetime with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method, on the logarithm. NULL errors where the model has no covariance.';

CREATE FUNCTION clientele.discounted_expected_renewals(model clientele.renewal_model, tenure integer, rate_per_period float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_discounted_expected_renewals'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION clientele.discounted_expected_renewals(clientele.renewal_model, integer, float8) IS
'The number of renewals to come of a customer who has renewed tenure times, discounted (DERL, discounted expected residual lifetime). The customer stands before his next renewal, and that payment counts in full, the one after it discounted by a period: the sum of S(tenure + j) / S(tenure) / (1 + rate)^(j - 1) from j = 1. Just after a renewal it is that divided by 1 + rate. Fader and Hardie 2010 write it for n = tenure + 1 periods: (beta + n - 1) / (alpha + beta + n - 1) 2F1(1, beta + n; alpha + beta + n; 1 / (1 + rate)). The rate is an effective one a period: power(1.10, 1 / 12.0) - 1 is ten percent a year in periods of months. A rate of 0 counts renewals undiscounted; that is infinite where alpha c <= 1.';

CREATE FUNCTION clientele.discounted_expected_renewals_interval(model clientele.renewal_model, tenure integer, rate_per_period float8, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_discounted_expected_renewals_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 280;
COMMENT ON FUNCTION clientele.discounted_expected_renewals_interval(clientele.renewal_model, integer, float8, float8) IS
'discounted_expected_renewals with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method, on the logarithm. NULL errors where the model has no covariance or the estimate is infinite.';

CREATE FUNCTION clientele.discounted_expected_renewals(model clientele.renewal_model, tenure integer, rate_per_period float8, horizon integer) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_discounted_expected_renewals_within'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION clientele.discounted_expected_renewals(clientele.renewal_model, integer, float8, integer) IS
'The same of the next horizon renewals alone.';

CREATE FUNCTION clientele.discounted_expected_renewals_interval(model clientele.renewal_model, tenure integer, rate_per_period float8, horizon integer, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_discounted_expected_renewals_within_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 280;
COMMENT ON FUNCTION clientele.discounted_expected_renewals_interval(clientele.renewal_model, integer, float8, integer, float8) IS
'discounted_expected_renewals with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method, on the logarithm. NULL errors where the model has no covariance.';

CREATE FUNCTION clientele.subscription_value(model clientele.renewal_model, tenure integer, price_per_period float8, rate_per_period float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_subscription_value'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION clientele.subscription_value(clientele.renewal_model, integer, float8, float8) IS
'What the renewals to come of a customer who has renewed tenure times are worth: price_per_period times discounted_expected_renewals. Give the margin of a period instead of its price for the value in margin. The payment of the current period is not in it.';

CREATE FUNCTION clientele.subscription_value_interval(model clientele.renewal_model, tenure integer, price_per_period float8, rate_per_period float8, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_subscription_value_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 280;
COMMENT ON FUNCTION clientele.subscription_value_interval(clientele.renewal_model, integer, float8, float8, float8) IS
'subscription_value with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method, on the logarithm. NULL errors where the model has no covariance or the estimate is infinite.';

CREATE FUNCTION clientele.subscription_value(model clientele.renewal_model, tenure integer, price_per_period float8, rate_per_period float8, horizon integer) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_subscription_value_within'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION clientele.subscription_value(clientele.renewal_model, integer, float8, float8, integer) IS
'The same of the next horizon renewals alone.';

CREATE FUNCTION clientele.subscription_value_interval(model clientele.renewal_model, tenure integer, price_per_period float8, rate_per_period float8, horizon integer, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_subscription_value_within_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 280;
COMMENT ON FUNCTION clientele.subscription_value_interval(clientele.renewal_model, integer, float8, float8, integer, float8) IS
'subscription_value with its standard error and confidence interval. What the data left open about the parameters: their covariance, carried over by the delta method, on the logarithm. NULL errors where the model has no covariance.';
