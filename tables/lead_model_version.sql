-- lead_model_version: the models that say how likely a lead is to be won, and how good
-- each of them was. A row a fit; views use the latest champion that can be used
-- as of the moment in question.
--
-- To run by hand: SET search_path = your_schema, clientele;
CREATE TABLE lead_model_version (
	lead_model_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kind text NOT NULL CHECK (kind = ANY (ARRAY['prospect', 'upsell', 'cross-sell', 'renewal'])),
	segment text NOT NULL DEFAULT 'all',
	role text NOT NULL DEFAULT 'champion' CHECK (role = ANY (ARRAY['champion', 'challenger', 'retired'])),
	version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
	as_of timestamptz NOT NULL CHECK (isfinite(as_of)),
	fitted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	model clientele.lead_model,
	trained_from timestamptz CHECK (isfinite(trained_from)),
	trained_until timestamptz CHECK (isfinite(trained_until)),
	won bigint NOT NULL CHECK (won >= 0),
	lost bigint NOT NULL CHECK (lost >= 0),
	metrics jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(metrics) = 'object'),
	status text NOT NULL CHECK (status = ANY (ARRAY['ok', 'separated', 'not converged', 'refused', 'given'])),
	reason text,
	UNIQUE (kind, segment, role, as_of),
	CHECK ((status = 'refused') = (model IS NULL)),
	CHECK (status = 'ok' OR status = 'given' OR reason IS NOT NULL),
	CHECK (trained_from <= trained_until),
	CHECK (trained_until <= as_of)
);
COMMENT ON TABLE lead_model_version IS 'The fitted models of leads, a row a fit, and the reason where none could be fitted.';
COMMENT ON COLUMN lead_model_version.lead_model_id IS 'Number of the fit.';
COMMENT ON COLUMN lead_model_version.kind IS 'Which leads it judges: prospect, upsell, cross-sell or renewal.';
COMMENT ON COLUMN lead_model_version.segment IS 'Which part of them; all: every one for which there is no model of its own.';
COMMENT ON COLUMN lead_model_version.role IS 'champion: the one that is used; challenger: it runs beside it to be compared; retired: kept to be looked at.';
COMMENT ON COLUMN lead_model_version.version IS 'Number of the fit among those of this kind, segment and role.';
COMMENT ON COLUMN lead_model_version.as_of IS 'The moment as of which it was fitted: nothing later was read, no outcome that came to be known later either.';
COMMENT ON COLUMN lead_model_version.fitted_at IS 'When the fit was run.';
COMMENT ON COLUMN lead_model_version.model IS 'The model; NULL if it was refused.';
COMMENT ON COLUMN lead_model_version.trained_from IS 'When the first of the leads that it was fitted to was opened.';
COMMENT ON COLUMN lead_model_version.trained_until IS 'When the last of them was opened.';
COMMENT ON COLUMN lead_model_version.won IS 'How many of them were won.';
COMMENT ON COLUMN lead_model_version.lost IS 'How many were not.';
COMMENT ON COLUMN lead_model_version.metrics IS 'How good it was, by name, such as {"auc": 0.78, "brier": 0.16, "on": "training"}.';
COMMENT ON COLUMN lead_model_version.status IS 'ok; separated: some features tell won from lost without error, so that coefficients have no best value; not converged: not used; refused: nothing was fitted; given: typed in.';
COMMENT ON COLUMN lead_model_version.reason IS 'Why the status is not ok.';
