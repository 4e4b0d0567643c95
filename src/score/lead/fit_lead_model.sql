-- fit_lead_model(): from leads whose outcome is known to a model.
CREATE FUNCTION clientele.outcome_from_number(outcome float8) RETURNS boolean
	AS 'MODULE_PATHNAME', 'clientele_outcome_from_number'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION clientele.outcome_from_number(float8) IS
'The outcome of a lead from a number: true (won) for 1, false (lost) for 0; error 22023 for anything else. fit_lead_model() reads outcomes that are numbers with it.';

CREATE FUNCTION clientele.fit_lead_model(training text, outcome text, features text[], family text DEFAULT 'logistic',
	weight text DEFAULT NULL, frequency text DEFAULT NULL, ridge float8 DEFAULT 0, smoothing float8 DEFAULT 0.1,
	team text DEFAULT NULL, minimum_won integer DEFAULT 40, minimum_lost integer DEFAULT 40,
	minimum_observations integer DEFAULT 50, maximum_levels integer DEFAULT 100) RETURNS clientele.lead_model
	AS 'MODULE_PATHNAME', 'clientele_fit_lead_model'
	LANGUAGE C VOLATILE PARALLEL UNSAFE COST 1000000;
COMMENT ON FUNCTION clientele.fit_lead_model(text, text, text[], text, text, text, float8, float8, text, integer, integer, integer, integer) IS
'A model of how likely a lead is to be won, fitted to leads whose outcome is known. training: the name of a table or view, or one SELECT; outcome: its column that is true or 1 for won, false or 0 for lost, NULL (skipped) where it is not known; features: its columns. Family ''logistic'' (maximum likelihood by Newton steps, each one parallel aggregate, logistic_step): numbers are slopes; boolean, text, enums and uuid categories, a term for each level but the bytewise first. A number that is missing (NULL, NaN, infinite) counts as the mean and has an indicator of its own; a missing category is a level of its own. ridge: ridge / 2 times the sum of squares of all terms but the intercept, in the features'' own units, is taken from the log-likelihood. Constant and collinear features are left out, with a notice. Where the outcome is told apart perfectly the model has status ''separated'' and a warning names the features. weight: a column by which the log-likelihood of a row is multiplied; frequency: a column that says how many leads a row stands for. Rows without outcome, and with a weight or frequency that is NULL, negative or not finite, are skipped, with a notice. smoothing, team and minimum_observations are of naive Bayes. Error 22023 for fewer than minimum_won won or minimum_lost lost leads, or a category of more than maximum_levels levels. Every pass reads the training set again, in one snapshot: keep an expensive query in a table. NULL for a NULL argument but weight, frequency and team.';
