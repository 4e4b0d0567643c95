-- stage_ladder: the order of the stages of each kind of opportunity, where the
-- company wants to say it. Empty: the order in which opportunities came to them.
--
-- To run by hand: SET search_path = your_schema, clientele;
CREATE TABLE stage_ladder (
	kind text NOT NULL CHECK (kind = ANY (ARRAY['new', 'upsell', 'cross-sell', 'renewal'])),
	stage text NOT NULL,
	place integer NOT NULL CHECK (place > 0),
	PRIMARY KEY (kind, stage)
);
COMMENT ON TABLE stage_ladder IS 'The order of the stages of each kind of opportunity. Empty for a kind: the order in which its opportunities came to them.';
COMMENT ON COLUMN stage_ladder.kind IS 'new, upsell, cross-sell or renewal.';
COMMENT ON COLUMN stage_ladder.stage IS 'The stage, as the CRM calls it.';
COMMENT ON COLUMN stage_ladder.place IS 'Its place, from 1.';
