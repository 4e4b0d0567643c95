-- What a level says about an outcome.
CREATE FUNCTION clientele.weight_of_evidence(won float8, lost float8, total_won float8, total_lost float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_weight_of_evidence_plain'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.weight_of_evidence(float8, float8, float8, float8) IS
'Weight of evidence of a level, in log odds: ln((won / total_won) / (lost / total_lost)), by how much it moves the odds of being won (Good, Probability and the Weighing of Evidence, 1950). Infinity without lost ones, -Infinity without won ones; NULL with neither, or if a total is 0. Error 22023 for a count that is negative, not finite or above its total.';

CREATE FUNCTION clientele.weight_of_evidence(won float8, lost float8, total_won float8, total_lost float8, adjustment float8, levels integer) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_weight_of_evidence'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.weight_of_evidence(float8, float8, float8, float8, float8, integer) IS
'The same with an adjustment, mostly 0.5, added to each count, and so levels times to each total: finite where nobody was won or lost. levels: how many levels the feature has. Error 22023 for an adjustment that is not from 0 to 1e9, and for levels below 1.';

CREATE FUNCTION clientele.weight_of_evidence(clientele.outcome_counts, adjustment float8 DEFAULT 0.5,
		OUT level text, OUT won float8, OUT lost float8, OUT share_won float8, OUT share_lost float8, OUT weight_of_evidence float8, OUT information_value float8)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'clientele_weight_of_evidence_rows'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 10;
COMMENT ON FUNCTION clientele.weight_of_evidence(clientele.outcome_counts, float8) IS
'Levels with their won and lost ones, the shares of the level in all won and all lost (adjustment added to each count), weight_of_evidence = ln(share_won / share_lost) in log odds, and information_value = (share_won - share_lost) * weight_of_evidence, its part of information_value(). Levels ascend by bytes, the missing one (NULL) is last. Without won or without lost ones there is no evidence: NULL. With adjustment 0 a level without won (lost) ones has -Infinity (Infinity). Error 22023 for an adjustment that is not from 0 to 1e9.';

CREATE FUNCTION clientele.information_value(clientele.outcome_counts, adjustment float8 DEFAULT 0.5) RETURNS float8
	AS 'MODULE_PATHNAME', 'clientele_information_value'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.information_value(clientele.outcome_counts, float8) IS
'How much a feature tells about the outcome, at least 0: the sum over its levels of (share_won - share_lost) * weight of evidence, the symmetric divergence of the won from the lost (Kullback, Leibler 1951). A usual reading (Siddiqi, Credit Risk Scorecards, 2006): below 0.02 nothing, to 0.1 weak, to 0.3 medium, above strong, above 0.5 too good to be believed without a look at how it is known. NULL without won or without lost ones; Infinity with adjustment 0 and a level that has only one of them. Error 22023 for an adjustment that is not from 0 to 1e9.';
