-- Bins of a number that tell won from lost ones.
CREATE FUNCTION clientele.evidence_edges(clientele.scored_outcomes, most_bins integer DEFAULT 10, least_share float8 DEFAULT 0.05, monotone boolean DEFAULT true) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'clientele_evidence_edges'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION clientele.evidence_edges(clientele.scored_outcomes, integer, float8, boolean) IS
'Where to cut a number into bins that tell won from lost ones: the edges between them, ascending, for width_bucket(value, edges), which gives 0 below the first edge; an edge belongs to the bin above it. Of all ways to cut, that of the greatest likelihood of the outcomes less ln(cases) for each cut (two parameters by Schwarz 1978), so that a number that tells nothing has no edges: {}. At most most_bins (1 to 100) bins, each with at least least_share of all cases; monotone: the share of won ones ascends, or descends, from bin to bin (values that disagree are pooled first: Ayer and others 1955). From more than 1000 distinct values, about 1000 quantiles are the candidates. Error 22023 for most_bins and least_share out of range.';

CREATE FUNCTION clientele.evidence_edges_final(clientele.scored_outcomes) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'clientele_evidence_edges_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION clientele.evidence_edges_final(clientele.scored_outcomes) IS
'Final function of the aggregate evidence_edges(value, outcome).';

CREATE AGGREGATE clientele.evidence_edges(value float8, outcome boolean) (
	SFUNC = clientele.scored_outcomes_add,
	STYPE = clientele.scored_outcomes,
	SSPACE = 1024,
	FINALFUNC = clientele.evidence_edges_final,
	COMBINEFUNC = clientele.scored_outcomes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.evidence_edges(float8, boolean) IS
'Where to cut a number into bins that tell won from lost ones: evidence_edges(scored_outcomes(value, outcome)), at most 10 bins of at least 5 % of the cases each, whose share of won ones ascends, or descends. Values that are NULL or NaN, and rows without an outcome, are left out; {} without rows.';

CREATE FUNCTION clientele.evidence_bins(clientele.scored_outcomes, most_bins integer DEFAULT 10, least_share float8 DEFAULT 0.05, monotone boolean DEFAULT true, adjustment float8 DEFAULT 0.5,
		OUT bin integer, OUT low float8, OUT high float8, OUT won bigint, OUT lost bigint, OUT won_share float8, OUT weight_of_evidence float8, OUT information_value float8)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_evidence_bins'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 10;
COMMENT ON FUNCTION clientele.evidence_bins(clientele.scored_outcomes, integer, float8, boolean, float8) IS
'The bins of evidence_edges() with their won and lost ones: bin from 0 as width_bucket(value, edges) gives it, values from low on and below high (NULL: no limit), share of won ones, weight of evidence and part of the information value with adjustment added to each count (see weight_of_evidence). No rows without cases. Errors 22023 for arguments out of range.';
