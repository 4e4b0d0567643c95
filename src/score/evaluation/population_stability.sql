-- How far a population has moved from that of a base period.
CREATE FUNCTION clientele.population_stability_index(clientele.scored_outcomes, tiles integer DEFAULT 10, adjustment float8 DEFAULT 0) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_population_stability_index'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.population_stability_index(clientele.scored_outcomes, integer, float8) IS
'Population stability index: sum over bins of (current share - base share) ln(current share / base share) (Jeffreys 1946; Kullback and Leibler 1951), 0 for no change; below 0.1 is commonly called stable, above 0.25 a shift (rules of thumb of credit scoring, not tests). Bins are tiles of the base period''s scores: each ends at the score that a tile of its cases reaches, ties together, so that there may be fewer; the first and the last are open. outcome of the fact is whether a case is of the current period: scored_outcomes(score, is_current). adjustment is added to the count of each bin in both periods. Infinity if a bin is empty in one period and adjustment is 0. NULL if a period has no cases. Error 22023 for tiles not from 1 to 100,000, or an adjustment not from 0 to 1e9.';

CREATE FUNCTION clientele.population_stability_index_final(clientele.scored_outcomes) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_population_stability_index_final'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION clientele.population_stability_index_final(clientele.scored_outcomes) IS
'Final function of the aggregates population_stability_index(score, is_current) and population_stability_index(score, is_current, tiles).';

CREATE AGGREGATE clientele.population_stability_index(score float8, is_current boolean) (
	SFUNC = clientele.scored_outcomes_add,
	STYPE = clientele.scored_outcomes,
	SSPACE = 1024,
	FINALFUNC = clientele.population_stability_index_final,
	COMBINEFUNC = clientele.scored_outcomes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.population_stability_index(float8, boolean) IS
'Population stability index: sum over bins of (current share - base share) ln(current share / base share) (Jeffreys 1946; Kullback and Leibler 1951), 0 for no change; below 0.1 is commonly called stable, above 0.25 a shift (rules of thumb of credit scoring, not tests). Bins are tiles of the base period''s scores (is_current false): each ends at the score that a tile of its cases reaches, ties together; the first and the last are open. Infinity if the current period leaves a bin empty; population_stability_index(scored_outcomes(score, is_current), 10, 0.5) adjusts for that. NULL if a period has no cases. Rows whose score is NULL or NaN or whose period is NULL are skipped (skipped(scored_outcomes(score, is_current)) counts them). Ten tiles.';

CREATE AGGREGATE clientele.population_stability_index(score float8, is_current boolean, tiles integer) (
	SFUNC = clientele.scored_outcomes_add,
	STYPE = clientele.scored_outcomes,
	SSPACE = 1024,
	FINALFUNC = clientele.population_stability_index_final,
	COMBINEFUNC = clientele.scored_outcomes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.population_stability_index(float8, boolean, integer) IS
'Population stability index: sum over bins of (current share - base share) ln(current share / base share) (Jeffreys 1946; Kullback and Leibler 1951), 0 for no change; below 0.1 is commonly called stable, above 0.25 a shift (rules of thumb of credit scoring, not tests). Bins are tiles of the base period''s scores (is_current false): each ends at the score that a tile of its cases reaches, ties together; the first and the last are open. Infinity if the current period leaves a bin empty; population_stability_index(scored_outcomes(score, is_current), 10, 0.5) adjusts for that. NULL if a period has no cases. Rows whose score is NULL or NaN or whose period is NULL are skipped (skipped(scored_outcomes(score, is_current)) counts them). Error 22023 for tiles not from 1 to 100,000 or not the same in all rows, 22004 for NULL.';

CREATE FUNCTION clientele.population_stability(clientele.scored_outcomes, tiles integer DEFAULT 10, adjustment float8 DEFAULT 0, OUT bin integer, OUT low float8, OUT high float8, OUT base bigint, OUT current bigint, OUT base_share float8, OUT current_share float8, OUT index float8) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_population_stability'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;
COMMENT ON FUNCTION clientele.population_stability(clientele.scored_outcomes, integer, float8) IS
'Where a population has moved: a row for each bin, scores above low and up to high, the cases of both periods, their shares, and what the bin adds to population_stability_index(). Bins are tiles of the base period''s scores: each ends at the score that a tile of its cases reaches, ties together, so that there may be fewer; the first and the last are open. outcome of the fact is whether a case is of the current period: scored_outcomes(score, is_current). adjustment is added to the count of each bin in both periods. index is Infinity if a bin is empty in one period and adjustment is 0. No rows if a period has no cases. Error 22023 for tiles not from 1 to 100,000, or an adjustment not from 0 to 1e9.';

CREATE FUNCTION clientele.population_stability_index(base float8[], current float8[], adjustment float8 DEFAULT 0) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_population_stability_index_of_shares'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.population_stability_index(float8[], float8[], float8) IS
'Population stability index: sum over bins of (current share - base share) ln(current share / base share) (Jeffreys 1946; Kullback and Leibler 1951), 0 for no change; below 0.1 is commonly called stable, above 0.25 a shift (rules of thumb of credit scoring, not tests). base and current hold a share or a count of each bin, in the same order; either is divided by its sum. adjustment is added to the count of each bin in both periods. Infinity if a bin is empty in one period and adjustment is 0. NULL if all of a period are 0. Error 22023 for a number not from 0 to 1e300, 22004 for NULL, 2202E for arrays of different lengths.';

CREATE FUNCTION clientele.population_stability_index(clientele.outcome_counts, adjustment float8 DEFAULT 0) RETURNS float8
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
	RETURN clientele.information_value($1, adjustment);
COMMENT ON FUNCTION clientele.population_stability_index(clientele.outcome_counts, float8) IS
'Population stability index over categories, NULL being one of them, from outcome_counts(category, is_current): the same sum as information_value(). adjustment is added to the count of each category in both periods. Infinity if a category is of one period only and adjustment is 0. NULL if a period has no cases. Error 22023 for an adjustment not from 0 to 1e9.';

CREATE FUNCTION clientele.population_stability_index_final(clientele.outcome_counts) RETURNS float8
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
	RETURN clientele.information_value($1, 0);
COMMENT ON FUNCTION clientele.population_stability_index_final(clientele.outcome_counts) IS
'Final function of the aggregate population_stability_index(category, is_current).';

CREATE AGGREGATE clientele.population_stability_index(category text, is_current boolean) (
	SFUNC = clientele.outcome_counts_add,
	STYPE = clientele.outcome_counts,
	SSPACE = 1024,
	FINALFUNC = clientele.population_stability_index_final,
	COMBINEFUNC = clientele.outcome_counts_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.population_stability_index(text, boolean) IS
'Population stability index over categories: sum over them of (current share - base share) ln(current share / base share), 0 for no change; below 0.1 is commonly called stable, above 0.25 a shift (rules of thumb of credit scoring, not tests). NULL is a category of its own. Infinity if a category is of one period only; population_stability_index(outcome_counts(category, is_current), 0.5) adjusts for that. NULL if a period has no cases. Rows whose period is NULL are skipped.';
