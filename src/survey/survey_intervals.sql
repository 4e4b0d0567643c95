-- Sample sizes, intervals of a proportion, and comparisons of two rates.
CREATE FUNCTION clientele.sample_size(margin float8, confidence float8 DEFAULT 0.95, expected float8 DEFAULT 0.5, population bigint DEFAULT NULL) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clientele_sample_size'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.sample_size(float8, float8, float8, bigint) IS
'How many members of a population a simple random sample needs for a proportion to be known within plus or minus margin: n0 = z^2 p (1 - p) / margin^2, with the finite population correction n0 / (1 + (n0 - 1) / population), rounded up (Cochran, Sampling Techniques, 1977, section 4.4). margin, confidence and expected are fractions; expected is the proportion to come, of which 0.5 asks for the largest sample; population NULL is one without end. Never more than the population. NULL if margin, confidence or expected is NULL. Error 22023 for fractions not between 0 and 1 and for a population below 1, 22003 beyond 2^53.';

CREATE FUNCTION clientele.wilson_interval(successes bigint, n bigint, confidence float8 DEFAULT 0.95, continuity boolean DEFAULT false, OUT estimate float8, OUT low float8, OUT high float8) RETURNS record
	AS 'MODULE_PATHNAME', 'clientele_wilson_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.wilson_interval(bigint, bigint, float8, boolean) IS
'The share successes / n and its score interval (Wilson, JASA 22 (1927) 209): the proportions that a z test at that confidence does not reject. With continuity: corrected for continuity (Newcombe, Statistics in Medicine 17 (1998) 857, method 4), about as wide as the exact interval. The first choice for a share of a large population. Fractions. Error 22023 for n = 0, negative counts, successes > n, or a confidence that is not between 0 and 1; 22003 beyond 2^53.';

CREATE FUNCTION clientele.clopper_pearson_interval(successes bigint, n bigint, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT low float8, OUT high float8) RETURNS record
	AS 'MODULE_PATHNAME', 'clientele_clopper_pearson_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.clopper_pearson_interval(bigint, bigint, float8) IS
'The share successes / n and its exact interval (Clopper, Pearson, Biometrika 26 (1934) 404): the proportions that neither exact one-sided binomial test rejects. It holds the true share at least as often as its confidence says, mostly more often. Fractions. Error 22023 for n = 0, negative counts, successes > n, or a confidence that is not between 0 and 1; 22003 beyond 2^53.';

CREATE FUNCTION clientele.jeffreys_interval(successes bigint, n bigint, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT low float8, OUT high float8) RETURNS record
	AS 'MODULE_PATHNAME', 'clientele_jeffreys_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.jeffreys_interval(bigint, bigint, float8) IS
'The share successes / n and its Bayesian interval: the middle of the distribution Beta(successes + 1/2, n - successes + 1/2), down to 0 without successes and up to 1 without failures (Brown, Cai, DasGupta, Statistical Science 16 (2001) 101, sections 3.1.2 and 4.3). Fractions. Error 22023 for n = 0, negative counts, successes > n, or a confidence that is not between 0 and 1; 22003 beyond 2^53.';

CREATE FUNCTION clientele.agresti_coull_interval(successes bigint, n bigint, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT low float8, OUT high float8) RETURNS record
	AS 'MODULE_PATHNAME', 'clientele_agresti_coull_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.agresti_coull_interval(bigint, bigint, float8) IS
'The share successes / n and the interval of Agresti and Coull (The American Statistician 52 (1998) 119): the textbook formula with z^2 / 2 successes and failures added. As published: it may reach below 0 or above 1. Fractions. Error 22023 for n = 0, negative counts, successes > n, or a confidence that is not between 0 and 1; 22003 beyond 2^53.';

CREATE FUNCTION clientele.finite_population_interval(successes bigint, n bigint, population bigint, confidence float8 DEFAULT 0.95, OUT estimate float8, OUT low float8, OUT high float8) RETURNS record
	AS 'MODULE_PATHNAME', 'clientele_finite_population_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.finite_population_interval(bigint, bigint, bigint, float8) IS
'The share successes / n of a sample without replacement, and the exact interval of the share in the population it was drawn from: the numbers of successes in the population that neither one-sided hypergeometric test rejects, divided by the population (Buonaccorsi, Biometrika 74 (1987) 215). The more of the population was seen the narrower; a census leaves no doubt. Fractions. Error 22023 for n = 0, negative counts, successes > n, n > population, or a confidence that is not between 0 and 1; 54000 for a sample beyond 10^9 or a population beyond 10^15.';

CREATE FUNCTION clientele.difference_of_proportions(successes bigint, n bigint, other_successes bigint, other_n bigint, confidence float8 DEFAULT 0.95, OUT difference float8, OUT low float8, OUT high float8, OUT z float8, OUT p_value float8) RETURNS record
	AS 'MODULE_PATHNAME', 'clientele_difference_of_proportions'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.difference_of_proportions(bigint, bigint, bigint, bigint, float8) IS
'successes / n - other_successes / other_n of two independent samples, as a fraction, with Newcombe''s interval made of two Wilson intervals (Statistics in Medicine 17 (1998) 873, method 10), and the two-sided z test of equal shares with the pooled variance (z and p_value; NULL where both samples are all successes or all failures). Error 22023 for n = 0, negative counts, successes > n, or a confidence that is not between 0 and 1; 22003 beyond 2^53.';

CREATE FUNCTION clientele.rate_ratio(events_now bigint, exposure_now float8, events_before bigint, exposure_before float8, confidence float8 DEFAULT 0.95, OUT ratio float8, OUT low float8, OUT high float8, OUT p_value float8) RETURNS record
	AS 'MODULE_PATHNAME', 'clientele_rate_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.rate_ratio(bigint, float8, bigint, float8, float8) IS
'By what factor a rate of events has changed: (events_now / exposure_now) / (events_before / exposure_before), with the exact interval of the ratio of two Poisson rates: given the sum of both counts one of them is binomial (Przyborowski, Wilenski, Biometrika 31 (1940) 313), and its Clopper-Pearson interval becomes that of the ratio. p_value: twice the smaller exact tail under equal rates, at most 1; it is below 1 - confidence just when the interval leaves 1 out. Exposures in any unit, such as days or customers, the same for both. Without events before, ratio, low and high are NULL, and p_value tells whether the change is more than chance; all are NULL where an exposure is 0. Error 22023 for negative counts, exposures that are negative, NaN or infinite, or 0 with events, or a confidence that is not between 0 and 1; 22003 beyond 2^53 events.';
