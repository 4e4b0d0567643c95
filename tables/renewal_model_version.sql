-- renewal_model_version: the models of renewal that clientele.refresh_workspace
-- fitted to the subscriptions, and when it could not, why. A row a refresh and
-- segment; subscription_value uses the latest one that can be used as of the
-- moment in question and counts in the periods of policy.
--
-- To run by hand: SET search_path = your_schema, clientele;
CREATE TABLE renewal_model_version (
	renewal_model_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	segment text NOT NULL DEFAULT 'all',
	as_of timestamptz NOT NULL CHECK (isfinite(as_of)),
	fitted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	family text NOT NULL,
	renewal_period interval NOT NULL CHECK (renewal_period > '0'),
	model clientele.renewal_model,
	subscriptions bigint NOT NULL CHECK (subscriptions >= 0),
	churned bigint NOT NULL CHECK (churned >= 0),
	skipped bigint NOT NULL DEFAULT 0 CHECK (skipped >= 0),
	status text NOT NULL CHECK (status = ANY (ARRAY['ok', 'boundary', 'not converged', 'refused', 'given'])),
	reason text,
	UNIQUE (segment, as_of),
	CHECK (churned <= subscriptions),
	CHECK ((status = 'refused') = (model IS NULL)),
	CHECK (status = 'ok' OR status = 'given' OR reason IS NOT NULL)
);
COMMENT ON TABLE renewal_model_version IS 'The fitted models of renewal, a row each time and segment, and the reason where none could be fitted.';
COMMENT ON COLUMN renewal_model_version.renewal_model_id IS 'Number of the fit.';
COMMENT ON COLUMN renewal_model_version.segment IS 'Which customers it was fitted to; all: every one.';
COMMENT ON COLUMN renewal_model_version.as_of IS 'The moment as of which it was fitted: nothing later was read.';
COMMENT ON COLUMN renewal_model_version.fitted_at IS 'When the fit was run.';
COMMENT ON COLUMN renewal_model_version.family IS 'Family of the model: sbg or bdw.';
COMMENT ON COLUMN renewal_model_version.renewal_period IS 'The time that a period of the model is: policy.renewal_period of then.';
COMMENT ON COLUMN renewal_model_version.model IS 'The model; NULL if it was refused.';
COMMENT ON COLUMN renewal_model_version.subscriptions IS 'Number of subscriptions, running or ended, that it was fitted to, unbroken ones counted once: those of subscription_tenure.';
COMMENT ON COLUMN renewal_model_version.churned IS 'How many of them had ended.';
COMMENT ON COLUMN renewal_model_version.skipped IS 'Number of subscriptions that were left out, as their first day is not known.';
COMMENT ON COLUMN renewal_model_version.status IS 'ok; boundary: the data do not determine the parameters, so predictions are usable and their intervals are not; not converged: not used; refused: nothing was fitted; given: typed in.';
COMMENT ON COLUMN renewal_model_version.reason IS 'Why the status is not ok, or what else to know.';
