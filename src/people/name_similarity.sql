-- How alike two names are, by pg_trgm where it is installed.
CREATE FUNCTION clientele.name_similarity(name text, other text) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_name_similarity'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION clientele.name_similarity(text, text) IS
'How alike two names are, from 0 to 1: similarity() of pg_trgm, the share of the groups of three letters that both have, whatever the order of the words. NULL where pg_trgm is not installed, or its function may not be called; it is found whatever its schema, and the extension does not depend on it.';
