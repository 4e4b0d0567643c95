-- Predictions: published figures, ranges, what they refuse. Figures with more
-- digits were recomputed at 40 digits.
SET search_path = clientele, public;
SELECT '{"family": "bg/nbd", "unit": "7 days", "parameters": {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}}'::purchase_model AS bg \gset
SELECT '{"family": "mbg/nbd", "unit": "7 days", "parameters": {"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614}}'::purchase_model AS mbg \gset
SELECT '{"family": "gamma-gamma", "parameters": {"p": 6.25, "q": 3.74, "gamma": 15.44}}'::spend_model AS gg \gset
-- customer 1 of the CDNOW sample, weeks 30.43 and 38.86 as in the papers
SELECT rfm(2, 30.43 * 7, 38.86 * 7, 22.35) AS c \gset

-- Fader, Hardie and Lee 2005: 0.726578570, 1.226; one-time buyer 0.195098052
SELECT round(p_alive(:'bg', :'c'::rfm)::numeric, 9) AS p_alive,
	round(expected_purchases(:'bg'::purchase_model, :'c'::rfm, '39 weeks')::numeric, 3) AS purchases,
	round(expected_purchases(:'bg'::purchase_model, rfm(0, 0, 38.86 * 7), '39 weeks')::numeric, 9) AS one_time;
-- under bg/nbd who never came back is alive for sure, under mbg/nbd he is not
SELECT p_alive(:'bg', rfm(0, 0, 272)) AS bg, round(p_alive(:'mbg', rfm(0, 0, 272))::numeric, 2) < 1 AS mbg;
-- Batislam et al. 2007: 0.706202265
SELECT round(p_alive(:'mbg', :'c'::rfm)::numeric, 9) AS p_alive;
-- new customers, by 30-digit integration: 0.0078260 0.0532679 0.1508652 1.0419970 1.0452433 1.8605191
SELECT days, round(expected_purchases(:'bg'::purchase_model, make_interval(days => days))::numeric, 7) AS purchases
FROM unnest(ARRAY[1, 7, 21, 223, 224, 546]) AS days;
-- by 30-digit sums: 0.57378635210 0.19939528084 0.08542975954 0.04586035385
SELECT n, round(purchase_probability(:'bg'::purchase_model, n, '39 weeks')::numeric, 11) AS probability FROM generate_series(0, 3) AS n;
-- Fader and Hardie 2013: 24.663714 and 35.218978
SELECT round(expected_spend(:'gg', rfm(2, 213, 272, 22.35))::numeric, 6) AS customer, round(expected_spend(:'gg')::numeric, 6) AS population,
	expected_spend(:'gg', rfm(0, 0, 272)) = expected_spend(:'gg') AS one_time;

-- probabilities sum to 1, and their mean is the expectation
SELECT m, round(sum(p)::numeric, 9) AS total, round(sum(n * p)::numeric, 6) = round(max(e)::numeric, 6) AS mean_is_expectation
FROM (SELECT v.m, n, purchase_probability(v.m::purchase_model, :'c'::rfm, n, '39 weeks') AS p, expected_purchases(v.m::purchase_model, :'c'::rfm, '39 weeks') AS e
	FROM (VALUES (:'bg'), (:'mbg')) AS v (m), generate_series(0, 400) AS n) AS s GROUP BY m ORDER BY m;
-- without discount and horizon to horizon the sums agree
SELECT abs(discounted_expected_purchases(:'bg', :'c'::rfm, 0, '1 year') / expected_purchases(:'bg', :'c'::rfm, '1 year') - 1) < 1e-9 AS no_rate,
	abs(discounted_expected_purchases(:'bg', :'c'::rfm, 0.1, '500 years') / discounted_expected_purchases(:'bg', :'c'::rfm, 0.1) - 1) < 1e-6 AS residual,
	discounted_expected_purchases(:'bg', :'c'::rfm, 0) AS never_ends;
-- value: purchases times spend times margin
SELECT abs(clv(:'bg', :'gg', :'c'::rfm, '1 year', 0.15, 0.3) /
	(0.3 * discounted_expected_purchases(:'bg', :'c'::rfm, 0.15, '1 year') * expected_spend(:'gg', :'c'::rfm)) - 1) < 1e-12 AS product,
	clv(:'bg', :'gg', :'c'::rfm) = clv(:'bg', :'gg', :'c'::rfm, '1 year', 0.10, 1) AS defaults,
	clv(:'bg', :'gg', :'c'::rfm, '0') AS no_horizon;
-- a model that was typed in has no errors
SELECT round(estimate::numeric, 9) = round(clv(:'bg', :'gg', :'c'::rfm)::numeric, 9) AS estimate, std_error, low, high
FROM clv_interval(:'bg', :'gg', :'c'::rfm);
-- net refunds count as spend of zero, never less
SELECT expected_spend(:'gg', rfm(2, 213, 272, -50)) = expected_spend(:'gg', rfm(2, 213, 272, 0)) AS floor, expected_spend(:'gg', rfm(2, 213, 272, -50)) > 0 AS positive;
-- alive now, and less so the longer nothing is heard
SELECT p_alive(:'mbg', :'c'::rfm, '0') = p_alive(:'mbg', :'c'::rfm) AS now, p_alive(:'mbg', :'c'::rfm, '1 year') < p_alive(:'mbg', :'c'::rfm) AS later,
	expected_purchases(:'mbg'::purchase_model, :'c'::rfm, '0') AS none;
-- NULL in, NULL out
SELECT p_alive(NULL, :'c'::rfm), p_alive(:'bg', NULL), clv(:'bg', :'gg', NULL), expected_spend(:'gg', NULL);

-- refused
SELECT p_alive(:'bg', '(3,213,272,22.35,,first)'::rfm);
SELECT p_alive(:'bg', :'c'::rfm, '-1 day');
SELECT expected_purchases(:'bg'::purchase_model, :'c'::rfm, '-1 day');
SELECT purchase_probability(:'bg'::purchase_model, :'c'::rfm, -1, '1 year');
SELECT discounted_expected_purchases(:'bg', :'c'::rfm, -0.1);
SELECT discounted_expected_purchases(:'bg', :'c'::rfm, 'Infinity');
SELECT clv(:'bg', :'gg', :'c'::rfm, annual_rate => 'NaN');
SELECT clv(:'bg', :'gg', :'c'::rfm, margin => 'Infinity');
SELECT * FROM clv_interval(:'bg', :'gg', :'c'::rfm, confidence => 1.5);
-- a population without a mean: an error, not a negative number
SELECT expected_spend('{"family": "gamma-gamma", "parameters": {"p": 6.25, "q": 0.9, "gamma": 15.44}}'::spend_model);
SELECT expected_spend('{"family": "gamma-gamma", "parameters": {"p": 6.25, "q": 0.9, "gamma": 15.44}}'::spend_model, rfm(2, 213, 272, 22.35)) > 0 AS with_own_purchases;
