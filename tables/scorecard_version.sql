-- scorecard_version: the rules by which leads are scored, a row a version. The current
-- one of a kind and segment is the one published last; see current_scorecard. (A
-- table named scorecard would hide the type of that name from whoever has the
-- workspace first in search_path.)
--
-- The cards that a new workspace comes with are opinions: what many companies
-- would begin with, tested against nobody's won and lost deals. They say so in
-- basis. A card from a fitted model, clientele.scorecard(model, ...), has basis
-- fitted and takes their place when it is inserted and published.
--
-- A workspace of an older version gets the rows below of which it has none:
-- rows: scorecard_version kind segment
--
-- To run by hand: SET search_path = your_schema, clientele;
CREATE TABLE scorecard_version (
	scorecard_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kind text NOT NULL CHECK (kind = ANY (ARRAY['prospect', 'upsell', 'cross-sell', 'renewal'])),
	segment text NOT NULL DEFAULT 'all',
	version integer GENERATED ALWAYS AS (clientele.version(card)) STORED,
	card clientele.scorecard NOT NULL,
	published_at timestamptz,
	basis text NOT NULL CHECK (basis = ANY (ARRAY['opinion', 'fitted'])),
	note text,
	UNIQUE (kind, segment, version)
);
COMMENT ON TABLE scorecard_version IS 'The scorecards, a row each version. Change one by inserting the next version: sheets of the old one stay explained.';
COMMENT ON COLUMN scorecard_version.scorecard_id IS 'Number of the card and version.';
COMMENT ON COLUMN scorecard_version.kind IS 'Which leads it scores: prospect, upsell, cross-sell or renewal.';
COMMENT ON COLUMN scorecard_version.segment IS 'Which part of them; all: every one for which there is no card of its own.';
COMMENT ON COLUMN scorecard_version.version IS 'The version that the card says it is.';
COMMENT ON COLUMN scorecard_version.card IS 'The card: its rules, as JSON.';
COMMENT ON COLUMN scorecard_version.published_at IS 'From when it is used; NULL: a draft.';
COMMENT ON COLUMN scorecard_version.basis IS 'opinion: somebody thinks so; fitted: its points come from won and lost deals.';
COMMENT ON COLUMN scorecard_version.note IS 'What there is to say of it.';

INSERT INTO scorecard_version (kind, card, published_at, basis, note)
SELECT kind, card::clientele.scorecard, '-infinity', 'opinion',
	'An opinion until it is fitted: the points are a beginning, tested against no won and lost deals of this company.'
FROM (VALUES
	('prospect', '{
		"name": "prospect",
		"segment": "prospect",
		"signals": {
			"company_size": {"choices": {"1-19": 5, "20-99": 10, "100-499": 20, "500+": 25}, "category": "company"},
			"seniority": {"choices": {"junior": 0, "manager": 10, "director": 20, "executive": 25}, "category": "person"},
			"source": {"choices": {"referral": 20, "event": 10, "web": 5}, "category": "origin"},
			"inbound_touch": {"points": 10, "half_life": "30 days", "repeat": "once a day", "cap": 30, "category": "interest"},
			"reply": {"points": 8, "half_life": "30 days", "cap": 24, "category": "interest"},
			"meeting": {"points": 15, "half_life": "45 days", "cap": 45, "category": "interest"},
			"call": {"points": 5, "half_life": "30 days", "cap": 15, "category": "interest"},
			"opened_message": {"points": 1, "half_life": "14 days", "repeat": "once a day", "cap": 5, "category": "interest"},
			"bounce": {"points": -10, "half_life": "90 days", "floor": -20, "category": "interest"}
		},
		"categories": {"company": {"axis": "fit"}, "person": {"axis": "fit"}, "origin": {"axis": "fit"}, "interest": {"cap": 60, "axis": "engagement"}},
		"axes": {"fit": {"cap": 60}, "engagement": {"cap": 60, "floor": -20}},
		"total": {"cap": 100, "floor": 0},
		"vetoes": [{"name": "cannot be reached", "signal": "bounce", "of": "times", "above": 2}],
		"bands": {"hot": 60, "warm": 35, "cold": 0},
		"grade": {"fit": [45, 30, 15], "engagement": [35, 20, 8]}
	}'),
	('upsell', '{
		"name": "upsell",
		"segment": "customer",
		"signals": {
			"usage_days": {"bins": [{"from": 3, "to": 8, "points": 10}, {"from": 8, "points": 20}], "category": "use"},
			"usage_share": {"bins": [{"from": 0.5, "to": 0.8, "points": 8}, {"from": 0.8, "points": 20}], "category": "use"},
			"active_users": {"points_per_unit": 1, "cap": 10, "category": "use"},
			"days_since_purchase": {"bins": [{"to": 90, "points": 10}, {"from": 90, "to": 365, "points": 5}], "category": "trade"},
			"is_key_account": {"choices": {"true": 10}, "category": "trade"},
			"inbound_touch": {"points": 8, "half_life": "30 days", "repeat": "once a day", "cap": 24, "category": "interest"},
			"reply": {"points": 4, "half_life": "30 days", "cap": 12, "category": "interest"},
			"meeting": {"points": 10, "half_life": "45 days", "cap": 30, "category": "interest"},
			"satisfaction_given": {"bins": [{"to": 3, "points": -8}, {"from": 4, "points": 4}], "half_life": "180 days", "cap": 8, "floor": -24, "category": "service"},
			"open_ticket": {"choices": {"low": -2, "normal": -5, "high": -10, "critical": -20}, "otherwise": -5, "floor": -40, "category": "service"}
		},
		"categories": {"use": {"cap": 45, "axis": "fit"}, "trade": {"axis": "fit"}, "interest": {"cap": 45, "axis": "engagement"}, "service": {"axis": "engagement"}},
		"axes": {"fit": {"cap": 60}, "engagement": {"cap": 50, "floor": -40}},
		"total": {"cap": 100, "floor": 0},
		"vetoes": [
			{"name": "little usage", "signal": "usage_days", "below": 2},
			{"name": "many open tickets", "signal": "open_ticket", "of": "times", "above": 2}
		],
		"bands": {"hot": 55, "warm": 30, "cold": 0},
		"grade": {"fit": [40, 25, 10], "engagement": [30, 15, 5]}
	}'),
	('cross-sell', '{
		"name": "cross-sell",
		"segment": "customer",
		"signals": {
			"products_owned": {"bins": [{"from": 2, "to": 4, "points": 10}, {"from": 4, "points": 15}], "category": "trade"},
			"purchases": {"bins": [{"from": 2, "to": 6, "points": 5}, {"from": 6, "points": 10}], "category": "trade"},
			"days_since_purchase": {"bins": [{"to": 90, "points": 10}, {"from": 90, "to": 365, "points": 5}], "category": "trade"},
			"is_key_account": {"choices": {"true": 10}, "category": "trade"},
			"usage_days": {"bins": [{"from": 3, "to": 8, "points": 5}, {"from": 8, "points": 15}], "category": "use"},
			"contacts_reached": {"bins": [{"from": 2, "to": 5, "points": 5}, {"from": 5, "points": 12}], "category": "reach"},
			"inbound_touch": {"points": 8, "half_life": "30 days", "repeat": "once a day", "cap": 24, "category": "interest"},
			"reply": {"points": 4, "half_life": "30 days", "cap": 12, "category": "interest"},
			"meeting": {"points": 10, "half_life": "45 days", "cap": 30, "category": "interest"},
			"satisfaction_given": {"bins": [{"to": 3, "points": -8}, {"from": 4, "points": 4}], "half_life": "180 days", "cap": 8, "floor": -24, "category": "service"},
			"open_ticket": {"choices": {"low": -2, "normal": -5, "high": -10, "critical": -20}, "otherwise": -5, "floor": -40, "category": "service"}
		},
		"categories": {"use": {"axis": "fit"}, "trade": {"cap": 40, "axis": "fit"}, "reach": {"axis": "engagement"}, "interest": {"cap": 45, "axis": "engagement"}, "service": {"axis": "engagement"}},
		"axes": {"fit": {"cap": 50}, "engagement": {"cap": 55, "floor": -40}},
		"total": {"cap": 100, "floor": 0},
		"vetoes": [
			{"name": "little usage", "signal": "usage_days", "below": 1},
			{"name": "many open tickets", "signal": "open_ticket", "of": "times", "above": 2}
		],
		"bands": {"hot": 55, "warm": 30, "cold": 0},
		"grade": {"fit": [35, 20, 10], "engagement": [30, 15, 5]}
	}'),
	('renewal', '{
		"name": "renewal",
		"segment": "customer",
		"base": 30,
		"signals": {
			"subscription_days_left": {"bins": [{"to": 30, "points": 15}, {"from": 30, "to": 90, "points": 10}, {"from": 90, "to": 180, "points": 3}], "category": "trade"},
			"products_owned": {"bins": [{"from": 2, "points": 10}], "category": "trade"},
			"usage_days": {"bins": [{"to": 2, "points": -20}, {"from": 3, "to": 8, "points": 10}, {"from": 8, "points": 20}], "category": "use"},
			"usage_share": {"bins": [{"to": 0.2, "points": -10}, {"from": 0.5, "points": 10}], "category": "use"},
			"contacts_reached": {"bins": [{"to": 1, "points": -10}, {"from": 2, "to": 5, "points": 5}, {"from": 5, "points": 15}], "category": "reach"},
			"inbound_touch": {"points": 4, "half_life": "45 days", "repeat": "once a day", "cap": 12, "category": "interest"},
			"meeting": {"points": 8, "half_life": "60 days", "cap": 24, "category": "interest"},
			"satisfaction_given": {"bins": [{"to": 3, "points": -10}, {"from": 4, "points": 5}], "half_life": "180 days", "cap": 10, "floor": -30, "category": "service"},
			"open_ticket": {"choices": {"low": -2, "normal": -5, "high": -10, "critical": -20}, "otherwise": -5, "floor": -40, "category": "service"}
		},
		"categories": {"trade": {"axis": "fit"}, "use": {"axis": "fit"}, "reach": {"axis": "engagement"}, "interest": {"cap": 30, "axis": "engagement"}, "service": {"axis": "engagement"}},
		"axes": {"fit": {"cap": 50, "floor": -30}, "engagement": {"cap": 50, "floor": -50}},
		"total": {"cap": 100, "floor": 0},
		"bands": {"safe": 65, "open": 35, "at risk": 0},
		"grade": {"fit": [35, 20, 0], "engagement": [30, 15, 0]}
	}')
) AS opinion (kind, card);
