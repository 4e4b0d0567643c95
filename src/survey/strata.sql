-- Samples of strata, and estimates from them.
CREATE FUNCTION clientele.proportional_allocation(strata text[], populations bigint[], n bigint, minimum bigint DEFAULT 0, OUT stratum text, OUT population bigint, OUT sample bigint) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_proportional_allocation'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 10;
COMMENT ON FUNCTION clientele.proportional_allocation(text[], bigint[], bigint, bigint) IS
'A sample of n divided among strata in proportion to their populations (Bowley 1926; Cochran 1977, section 5.5): a row a stratum, in the order given. At least minimum of each stratum, or all of a smaller one; never more than it has; whole numbers by largest remainders that sum to n exactly (equal remainders: the greater stratum first, then the earlier one). Error 22023 if n exceeds the population or is too small for the minimum; 2202E for arrays of different lengths, 22004 for NULL in populations.';

CREATE FUNCTION clientele.neyman_allocation(strata text[], populations bigint[], std_devs float8[], n bigint, minimum bigint DEFAULT 0, OUT stratum text, OUT population bigint, OUT sample bigint) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_neyman_allocation'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 10;
COMMENT ON FUNCTION clientele.neyman_allocation(text[], bigint[], float8[], bigint, bigint) IS
'A sample of n divided among strata so that the estimate of the whole varies least: in proportion to population times standard deviation (Neyman, J. Royal Statistical Society 97 (1934) 558; Cochran 1977, eq. 5.26). For a proportion p the standard deviation is sqrt(p (1 - p)). What a stratum would get beyond its population goes to the others; one without deviation gets the minimum as long as others have members left. Rows, minimum and rounding as proportional_allocation(). Error 22023 if n exceeds the population or is too small for the minimum, or a deviation is negative, NaN or infinite; 2202E for arrays of different lengths, 22004 for NULL in them.';

CREATE FUNCTION clientele.stratified_proportion(populations bigint[], sampled bigint[], successes bigint[], confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8) RETURNS record
	AS 'MODULE_PATHNAME', 'clientele_stratified_proportion'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.stratified_proportion(bigint[], bigint[], bigint[], float8) IS
'A share of the whole from a stratified sample: shares of the strata weighted by their populations, with the standard error that has the finite population correction (Cochran 1977, section 5.10), and Wilson''s interval with the effective sample size estimate (1 - estimate) / std_error^2 (Korn, Graubard, Survey Methodology 24 (1998) 193; Dean, Pagano, J. Survey Statistics and Methodology 3 (2015) 484). One element a stratum. Where nothing varies within the strata, the effective size is that of a simple random sample of as many. std_error and interval are NULL if of a stratum only one of several members was seen. Strata without members are left out; NULL without any. Error 22023 for a stratum of which nobody was seen, more seen than there are, or more successes than seen; 2202E for arrays of different lengths, 22004 for NULL in them.';

CREATE FUNCTION clientele.stratified_mean(populations bigint[], sampled bigint[], means float8[], std_devs float8[], confidence float8 DEFAULT 0.95, OUT estimate float8, OUT std_error float8, OUT low float8, OUT high float8) RETURNS record
	AS 'MODULE_PATHNAME', 'clientele_stratified_mean'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.stratified_mean(bigint[], bigint[], float8[], float8[], float8) IS
'A mean of the whole from a stratified sample: means of the strata weighted by their populations, with the standard error that has the finite population correction (Cochran 1977, section 5.4) and Student''s interval with Satterthwaite''s degrees of freedom (eq. 5.16). std_devs are those of the samples, as stddev_samp() gives them; that of a sample of one is not read and may be NULL. One element a stratum; in the unit of the means. std_error and interval are NULL if of a stratum only one of several members was seen. Strata without members are left out; NULL without any. Error 22023 for a stratum of which nobody was seen, more seen than there are, a mean that is not finite, or a deviation that is negative or not finite; 2202E for arrays of different lengths, 22004 for NULL in them.';
