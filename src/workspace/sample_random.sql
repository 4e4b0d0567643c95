-- The random numbers of the sample CRM: a hash of (seed, purpose, item, number
-- of the draw), not a sequence: each number can be drawn alone, in any order and
-- in parallel.

CREATE FUNCTION clientele.sample_key(seed bigint, purpose integer, item bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN hashint8extended(item, hashint8extended(purpose, hashint8extended(seed, 8121859)));
COMMENT ON FUNCTION clientele.sample_key(bigint, integer, bigint) IS
'The key of a stream of random numbers: one for each seed, purpose and item.';

CREATE FUNCTION clientele.sample_uniform(key bigint, draw integer) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_sample_uniform'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.sample_uniform(bigint, integer) IS
'A random number between 0 and 1, neither included: number draw of the stream key.';

CREATE FUNCTION clientele.sample_gamma(key bigint, shape float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_sample_gamma'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION clientele.sample_gamma(bigint, float8) IS
'A random number from the gamma distribution of this shape and scale 1, from the stream key. Exact (Marsaglia and Tsang 2000).';

CREATE FUNCTION clientele.sample_arrivals(key bigint, gap float8, span float8, most integer DEFAULT 2147483647, OUT draw integer, OUT elapsed float8)
RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_sample_arrivals'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 6;
COMMENT ON FUNCTION clientele.sample_arrivals(bigint, float8, float8, integer) IS
'The arrivals of a Poisson process within a time span, from the stream key: their numbers from 1, and when each comes. gap is the mean time between two of them, in the unit of span; most ends them after so many. At most a million times gap.';

CREATE FUNCTION clientele.sample_hits(key bigint, trials integer, step integer, chance float8, OUT trial integer, OUT luck float8)
RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_sample_hits'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20 ROWS 50;
COMMENT ON FUNCTION clientele.sample_hits(bigint, integer, integer, float8) IS
'Of so many trials, numbered from 0, those that hit: their random number, that of draw step times trial of the stream key, is below the chance. With that number.';
