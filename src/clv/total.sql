-- Predictions about all customers, and the choice of a model.

CREATE FUNCTION clientele.total_expected_purchases(model clientele.purchase_model, base clientele.customer_base, horizon interval, confidence float8 DEFAULT 0.95, with_chance boolean DEFAULT false, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8)
	AS 'MODULE_PATHNAME', 'clientele_total_expected_purchases'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION clientele.total_expected_purchases(clientele.purchase_model, clientele.customer_base, interval, float8, boolean) IS
'The purchase days expected of all customers of the base together within the horizon after the day of their summaries, with standard error and confidence interval. The interval holds the uncertainty of the parameters, which all customers share (their covariance, carried over to the total by the delta method on its logarithm), and not the chance of the purchases themselves; with_chance adds that: the sum of the variances of each customer''s number under the model, customers being independent. Then it is an interval for the number that will be counted. Takes 2 n + 1 expectations a cell of the base, n the parameters of the model, and with_chance some dozens of purchase_probability a cell more. NULL errors where the model has no covariance.';

CREATE TYPE clientele.total_value AS (
	customers bigint,
	skipped bigint,
	estimate float8,
	std_error float8,
	low float8,
	high float8
);
COMMENT ON TYPE clientele.total_value IS
'What total_clv answers: how many customers were added up, how many rows were skipped because of a NULL, the value of all, its standard error and confidence interval.';

CREATE FUNCTION clientele.total_clv_add(bytea, clientele.purchase_model, clientele.spend_model, clientele.rfm, interval, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_total_clv_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 600;
COMMENT ON FUNCTION clientele.total_clv_add(bytea, clientele.purchase_model, clientele.spend_model, clientele.rfm, interval, float8, float8) IS 'Transition of total_clv: adds a customer.';

CREATE FUNCTION clientele.total_clv_add(bytea, clientele.purchase_model, clientele.spend_model, clientele.rfm, interval, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_total_clv_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 600;
COMMENT ON FUNCTION clientele.total_clv_add(bytea, clientele.purchase_model, clientele.spend_model, clientele.rfm, interval, float8, float8, float8) IS 'Transition of total_clv with a confidence: adds a customer.';

CREATE FUNCTION clientele.total_clv_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_total_clv_combine'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.total_clv_combine(bytea, bytea) IS 'Combines two states of total_clv.';

CREATE FUNCTION clientele.total_clv_final(bytea) RETURNS clientele.total_value
	AS 'MODULE_PATHNAME', 'clientele_total_clv_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.total_clv_final(bytea) IS 'Final function of total_clv.';

CREATE AGGREGATE clientele.total_clv(model clientele.purchase_model, spend clientele.spend_model, customer clientele.rfm, horizon interval, annual_rate float8, margin float8) (
	SFUNC = clientele.total_clv_add,
	STYPE = bytea,
	SSPACE = 1024,
	FINALFUNC = clientele.total_clv_final,
	COMBINEFUNC = clientele.total_clv_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.total_clv(clientele.purchase_model, clientele.spend_model, clientele.rfm, interval, float8, float8) IS
'The value of many customers together: the sum of clv with its standard error and 95 percent confidence interval, as (total_clv(...)).estimate, .std_error, .low, .high, beside .customers and .skipped. What the data left open about the models, which all customers share, so that it does not average out (the delta method for the sum; on its logarithm, or on the sum itself where margins of both signs are in it), not the luck of the customers. All rows have the same two models, an error if not; horizon, annual_rate and margin may differ. Rows with a NULL are skipped and counted. NULL without rows.';

CREATE AGGREGATE clientele.total_clv(model clientele.purchase_model, spend clientele.spend_model, customer clientele.rfm, horizon interval, annual_rate float8, margin float8, confidence float8) (
	SFUNC = clientele.total_clv_add,
	STYPE = bytea,
	SSPACE = 1024,
	FINALFUNC = clientele.total_clv_final,
	COMBINEFUNC = clientele.total_clv_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.total_clv(clientele.purchase_model, clientele.spend_model, clientele.rfm, interval, float8, float8, float8) IS
'total_clv at another confidence than 95 percent, the same in all rows.';

CREATE FUNCTION clientele.fit_best(base clientele.customer_base, unit interval DEFAULT '7 days', prior_sd float8 DEFAULT NULL) RETURNS TABLE (rank integer, family text, model clientele.purchase_model, parameters integer, log_likelihood float8, aic float8, bic float8, delta_bic float8, status text)
	AS 'MODULE_PATHNAME', 'clientele_fit_best'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000
	ROWS 8;
COMMENT ON FUNCTION clientele.fit_best(clientele.customer_base, interval, float8) IS
'Fit all families to one base and rank them by BIC, the best first: the model to take is the one of rank 1. parameters counts a constant chosen by likelihood (k) as one. delta_bic is the BIC less that of rank 1; 10 is strong evidence for the first. Fits that were not identified (''boundary'') or did not converge come after those that did, whatever their BIC, so theirs may be less: a simpler family then explains the base as well. Families that cannot be fitted come last, with NULLs and the reason in status. bg/bb is left out: its likelihood is one of opportunities and cannot be compared with those of times. unit and prior_sd as in fit. No row for a NULL base; an error where no family can be fitted.';
