-- model: the models that clientele.refresh_workspace fitted, and when it could
-- not, why. A row a refresh and segment; views use the latest one that can be
-- used as of the moment in question.
--
-- To run by hand: SET search_path = your_schema, clientele;
CREATE TABLE model (
	model_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	segment text NOT NULL DEFAULT 'all',
	as_of timestamptz NOT NULL,
	fitted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	family text NOT NULL,
	purchases clientele.purchase_model,
	spend clientele.spend_model,
	customers bigint NOT NULL CHECK (customers >= 0),
	repeat_customers bigint NOT NULL CHECK (repeat_customers >= 0),
	status text NOT NULL CHECK (status = ANY (ARRAY['ok', 'boundary', 'not converged', 'refused', 'given'])),
	reason text,
	UNIQUE (segment, as_of),
	CHECK ((status = 'refused') = (purchases IS NULL)),
	CHECK (status = 'ok' OR status = 'given' OR reason IS NOT NULL)
);
COMMENT ON TABLE model IS 'The fitted models, a row each time and segment, and the reason where none could be fitted.';
COMMENT ON COLUMN model.model_id IS 'Number of the fit.';
COMMENT ON COLUMN model.segment IS 'Which customers it was fitted to; all: every one.';
COMMENT ON COLUMN model.as_of IS 'The moment as of which it was fitted: nothing later was read.';
COMMENT ON COLUMN model.fitted_at IS 'When the fit was run.';
COMMENT ON COLUMN model.family IS 'Family of the purchase model.';
COMMENT ON COLUMN model.purchases IS 'The model of purchases; NULL if it was refused.';
COMMENT ON COLUMN model.spend IS 'The model of spend per purchase; NULL if it was refused.';
COMMENT ON COLUMN model.customers IS 'Number of customers that had bought.';
COMMENT ON COLUMN model.repeat_customers IS 'How many of them had bought on a second day.';
COMMENT ON COLUMN model.status IS 'ok; boundary: the data do not determine the parameters, so predictions are usable and their intervals are not; not converged: not used; refused: nothing was fitted; given: typed in.';
COMMENT ON COLUMN model.reason IS 'Why the status is not ok, or why there is no spend model.';
