-- How many customers bought how often, actual and expected.

CREATE FUNCTION clientele.frequency_distribution(model clientele.purchase_model, base clientele.customer_base, most integer DEFAULT 10,
	OUT frequency integer, OUT actual bigint, OUT expected float8) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_frequency_distribution'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000 ROWS 11;
COMMENT ON FUNCTION clientele.frequency_distribution(clientele.purchase_model, clientele.customer_base, integer) IS
'How many customers of the base had each number of repeat purchases, and how many the model expects of customers who are known for as long. The last row counts those with most repeat purchases and more; both columns add up to the customers. most: 0 to 100000. Chi-square statistic of the fit: sum((actual - expected) ^ 2 / expected). Fader, Hardie and Lee 2007, "Creating a fit histogram for the BG/NBD model". Under bg/bb ages must be whole opportunities. SQLSTATE 22023 otherwise.';

CREATE FUNCTION clientele.expected_frequency(model clientele.purchase_model, base clientele.customer_base, n integer) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_expected_frequency'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION clientele.expected_frequency(clientele.purchase_model, clientele.customer_base, integer) IS
'The number of customers of the base that the model expects to have exactly n repeat purchases: the sum over customers of purchase_probability(model, n, age).';
