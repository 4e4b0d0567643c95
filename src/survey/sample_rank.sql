-- A random sample that can be drawn again; how much of a list was guessed.
CREATE FUNCTION clientele.sample_rank(key text, seed bigint) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_sample_rank'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.sample_rank(text, bigint) IS
'The place of a key in a random order, uniform from 0 (included) to 1 (excluded): ORDER BY sample_rank(id, seed), id LIMIT n is a simple random sample, and WHERE sample_rank(id, seed) < 0.01 one of about 1 %. It depends on the key and the seed alone: the same on every machine and release, and rows that are added later change nobody''s rank. SipHash-2-4 (Aumasson, Bernstein 2012) of the UTF-8 bytes under the key seed (8 bytes, little-endian) and 8 zero bytes; the upper 53 bits of it, divided by 2^53.';

CREATE FUNCTION clientele.sample_rank(key bigint, seed bigint) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_sample_rank_bigint'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.sample_rank(bigint, bigint) IS
'The place of a number in a random order, from 0 to 1: the sample_rank() of its decimal digits, key::text.';

CREATE FUNCTION clientele.sample_rank(key uuid, seed bigint) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_sample_rank_uuid'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.sample_rank(uuid, bigint) IS
'The place of a uuid in a random order, from 0 to 1: the sample_rank() of its text, key::text.';

CREATE FUNCTION clientele.top_recall(guesses text[], actual text[], OUT hits integer, OUT share float8) RETURNS record
	AS 'MODULE_PATHNAME', 'clientele_top_recall'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.top_recall(text[], text[]) IS
'How many of the actual ones were guessed, such as of the ten greatest customers, and what share of them that is (the recall). The order does not matter, a name counts once however often it is there, NULL counts nowhere; names are the same if their characters are. share is NULL if actual is empty.';
