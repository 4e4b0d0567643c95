-- Writes doc/reference.md from the comments in the catalogues, so that the
-- reference says what \df+ and BI tools show:
--   test/reference --write
SET search_path = pg_catalog;

CREATE TEMP VIEW member AS
SELECT classid, objid, obj_description(objid, classid::regclass::name) AS comment
FROM pg_depend
WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'clientele');

-- Functions that are called by hand: not those that make up a type, an
-- aggregate or an operator. Each belongs to one section.
CREATE TEMP VIEW entry AS
SELECT p.proname AS name, p.prokind AS kind,
	replace(pg_get_function_arguments(p.oid), 'clientele.', '') AS arguments,
	CASE WHEN p.prokind <> 'p' THEN replace(pg_get_function_result(p.oid), 'clientele.', '') END AS result,
	comment,
	CASE
		WHEN p.proname = ANY (ARRAY['as_of', 'as_of_date', 'version']) THEN 1
		WHEN p.proname = ANY (ARRAY['tracking', 'tracking_interval', 'frequency_distribution', 'expected_frequency', 'holdout_error', 'holdout_sums'])
			OR 'clientele.purchase_calendar'::regtype IN (p.prorettype, p.proargtypes[0])
			OR 'clientele.holdout_sums'::regtype IN (p.prorettype, p.proargtypes[0]) THEN 8
		WHEN 'clientele.touchpoints'::regtype IN (p.prorettype, p.proargtypes[0]) THEN 9
		WHEN 'clientele.decayed_score'::regtype IN (p.prorettype, p.proargtypes[0])
			OR p.proname = ANY (ARRAY['exponential_decay', 'linear_decay', 'step_decay', 'window_points']) THEN 10
		WHEN 'clientele.calibration'::regtype IN (p.prorettype, p.proargtypes[0])
			OR p.proname = ANY (ARRAY['reliability', 'expected_calibration_error', 'hosmer_lemeshow', 'calibration_test', 'prior_correction']) THEN 15
		WHEN p.proname LIKE 'evidence%' OR p.proname = ANY (ARRAY['weight_of_evidence', 'information_value']) THEN 13
		WHEN ARRAY['clientele.scored_outcomes'::regtype, 'clientele.paired_scores'::regtype]::oid[] && (p.prorettype || p.proargtypes::oid[])
			OR p.proname LIKE 'population\_stability%' OR p.proname = ANY (ARRAY['auc', 'auc_interval', 'auc_difference', 'average_precision', 'brier', 'log_loss', 'ks', 'lift', 'gains'])
			OR p.proname = 'gini' AND p.pronargs = 2 THEN 14
		WHEN 'clientele.outcome_counts'::regtype IN (p.prorettype, p.proargtypes[0]) THEN 13
		WHEN ARRAY['clientele.lead_model'::regtype, 'clientele.training_summary'::regtype, 'clientele.logistic_step'::regtype]::oid[] && (p.prorettype || p.proargtypes::oid[])
			OR p.proname = ANY (ARRAY['outcome_from_number', 'points_from_probability', 'probability_from_points']) THEN 12
		WHEN ARRAY['clientele.scorecard'::regtype, 'clientele.score_sheet'::regtype]::oid[] && (p.prorettype || p.proargtypes::oid[]) THEN 11
		WHEN 'clientele.renewal_base'::regtype IN (p.prorettype, p.proargtypes[0])
			OR p.proargtypes[0] = 'clientele.renewal_model'::regtype AND p.proname <> 'likelihood_ratio_test' THEN 7
		WHEN regexp_replace(p.proname, '_interval$', '') = ANY (ARRAY['clv', 'residual_clv', 'new_customer_value', 'p_alive', 'purchase_probability', 'purchase_rate', 'dropout_probability', 'dropout_rate',
				'discounted_expected_purchases', 'expected_purchases', 'expected_spend', 'total_expected_purchases', 'total_clv', 'with_covariates'])
			OR (p.proname = 'log_likelihood' AND p.pronargs = 2) THEN 6
		WHEN p.prorettype = 'clientele.rfm'::regtype THEN 3
		WHEN p.prorettype = 'clientele.purchase_history'::regtype OR p.proargtypes[0] = 'clientele.purchase_history'::regtype THEN 2
		WHEN p.prorettype = ANY (ARRAY['clientele.customer_base'::regtype, 'clientele.covariate_base'::regtype, 'clientele.spend_base'::regtype])
			OR (p.proargtypes[0] = ANY (ARRAY['clientele.customer_base'::regtype, 'clientele.covariate_base'::regtype, 'clientele.spend_base'::regtype]) AND p.proname NOT IN ('fit', 'fit_best')) THEN 4
		WHEN p.proargtypes[0] = 'clientele.rfm'::regtype THEN 3
		WHEN p.proargtypes[0] = ANY (ARRAY['clientele.customer_base'::regtype, 'clientele.covariate_base'::regtype, 'clientele.spend_base'::regtype, 'clientele.purchase_model'::regtype, 'clientele.spend_model'::regtype, 'clientele.renewal_model'::regtype]) THEN 5
		WHEN p.prolang <> (SELECT oid FROM pg_language WHERE lanname = 'c') AND p.prokind <> 'a' THEN 17
		ELSE 16
	END AS section
FROM member JOIN pg_proc p ON classid = 'pg_proc'::regclass AND p.oid = objid
WHERE NOT EXISTS (SELECT FROM pg_type WHERE p.oid = ANY (ARRAY[typinput, typoutput, typreceive, typsend]::oid[]))
	-- a final function of the aggregate's own name is called over facts, too
	AND NOT EXISTS (SELECT FROM pg_aggregate JOIN pg_proc AS a ON a.oid = aggfnoid
		WHERE p.oid = ANY (ARRAY[aggtransfn, aggcombinefn, aggfinalfn]::oid[]) AND (p.oid <> aggfinalfn OR p.proname <> a.proname))
	AND NOT EXISTS (SELECT FROM pg_operator WHERE p.oid = oprcode)
	AND NOT EXISTS (SELECT FROM pg_amproc WHERE p.oid = amproc);

SELECT '# Reference

Every function, aggregate, type and procedure of the extension, as the comments in the catalogue tell it (`\df+ clientele.*` shows the same). All live in the schema `clientele`. Guides: [customer lifetime value](clv.md), [renewals](renewals.md), [covariates](covariates.md), [how good is a model](validation.md), [touchpoint coverage](coverage.md), [scores that fade](decay.md), [lead scoring](scoring.md), [survey](survey.md), [the workspace](workspace.md), [its insights](insights.md), [connecting a CRM](adapting.md), [performance](performance.md).

Lengths of time are days unless a comment says otherwise; an `interval` counts a month as 30.4375 days and a year as 365.25. A day of a `timestamptz` is its UTC day.

## The setting clientele.as_of

The moment as of which the views of a workspace answer. Empty, the default, means now. A time without a time zone is UTC. `SET clientele.as_of = ''2026-01-01''` and every view answers as it would have answered then, reading nothing later.

## Types
';
SELECT format(E'**%s**  \n%s\n', typname, comment)
FROM member JOIN pg_type t ON classid = 'pg_type'::regclass AND t.oid = objid
WHERE typtype = 'b' AND typelem = 0
ORDER BY array_position(ARRAY['purchase_history', 'rfm', 'customer_base', 'covariate_base', 'spend_base', 'purchase_model', 'spend_model', 'renewal_base', 'renewal_model', 'purchase_calendar', 'holdout_sums', 'touchpoints', 'decayed_score', 'scorecard', 'score_sheet', 'lead_model', 'training_summary', 'logistic_step', 'outcome_counts', 'scored_outcomes', 'paired_scores', 'calibration', 'concentration', 'two_samples']::name[], typname), typname;

SELECT CASE WHEN lag(section) OVER w IS DISTINCT FROM section THEN
		format(E'## %s\n\n', (ARRAY['The module', 'Purchase histories', 'Summaries (rfm)', 'Bases', 'Fits and what a model tells', 'Predictions', 'Customers under contract', 'How good is a model', 'Touchpoints', 'Scores that fade', 'Scorecards and sheets', 'Models of leads', 'Evidence of won and lost', 'Is a score good', 'Calibration', 'Survey', 'The workspace'])[section])
	ELSE '' END
	|| format(E'**%s%s(%s)**%s  \n%s\n',
		CASE WHEN kind = 'p' THEN 'CALL ' WHEN kind = 'a' THEN 'aggregate ' ELSE '' END,
		name, arguments, ' → ' || result, comment)
FROM entry
WINDOW w AS (ORDER BY section, kind <> 'a', name, arguments)
ORDER BY section, kind <> 'a', name, arguments;

SELECT E'## Sources of a workspace\n';
SELECT format('- `%s`: %s', source, description) FROM clientele.sources();

-- A workspace, for its tables.
SET client_min_messages = warning;
CALL clientele.create_workspace('crm');
CREATE TEMP VIEW told_column AS
SELECT attrelid::regclass::oid AS relation, relname, attnum,
	format('| %s | %s | %s | %s |', attname, replace(replace(replace(format_type(atttypid, NULL), 'clientele.', ''), 'timestamp with time zone', 'timestamptz'), 'double precision', 'float8'),
		CASE WHEN attnotnull AND adbin IS NULL THEN 'has to be there'
			ELSE regexp_replace(replace(coalesce(pg_get_expr(adbin, adrelid), ''), 'clientele.', ''), '^(''[^'']*'')::\w[\w ]*$', '\1') END,
		replace(col_description(attrelid, attnum), '|', '\|')) AS line
FROM pg_class
JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relnamespace = 'crm'::regnamespace AND relkind = 'r';

SELECT E'\n## Entities of a workspace\n\nThe contract between a source and the insights: what these columns are called and mean is the same whatever the CRM.\n';
SELECT format(E'### %s\n%s\n\n| column | type | | |\n|---|---|---|---|\n%s\n', entity, description,
	(SELECT string_agg(line, E'\n' ORDER BY attnum) FROM told_column WHERE relname = entity))
FROM clientele.entities();

SELECT E'## Policy and other tables of a workspace\n';
SELECT format(E'### %s\n%s\n\n| column | type | default | |\n|---|---|---|---|\n%s\n', relname, obj_description(pg_class.oid, 'pg_class'),
	(SELECT string_agg(line, E'\n' ORDER BY attnum) FROM told_column WHERE relation = pg_class.oid))
FROM pg_class
WHERE relnamespace = 'crm'::regnamespace AND relkind = 'r' AND relname NOT IN (SELECT entity FROM clientele.entities()) AND relname NOT LIKE '%\_kept'
ORDER BY relname <> 'policy', relname;

SELECT E'## Insights of a workspace\n\nWith columns and examples: [insights](insights.md).\n';
SELECT format('- `%s`%s: %s', insight, CASE kind WHEN 'view' THEN '' ELSE ' (' || kind || ')' END, question) FROM clientele.insights();

SELECT E'\n## Operators\n';
SELECT format('- `%s %s %s`: %s', replace(oprleft::regtype::text, 'clientele.', ''), oprname, replace(oprright::regtype::text, 'clientele.', ''), comment)
FROM member JOIN pg_operator o ON classid = 'pg_operator'::regclass AND o.oid = objid
WHERE comment IS NOT NULL
ORDER BY oprleft::regtype::text, oprname;
