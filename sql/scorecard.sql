--
-- Scorecards: what is refused, each with its path and a hint, and what is not.
--
SET search_path = clientele, public;

-- How a text is refused.
CREATE FUNCTION pg_temp.refusal(card text, OUT state text, OUT message text, OUT detail text, OUT hint text) LANGUAGE plpgsql AS $$
BEGIN
	message := 'accepted: ' || card::clientele.scorecard::text;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
END $$;

CREATE TEMP TABLE bad (place integer GENERATED ALWAYS AS IDENTITY, card text);

-- not JSON, or no card
INSERT INTO bad (card) VALUES
(''),
('prospects'),
('{"name": "x", "signals": {"a": {"points": 1}}'),
('{"name": "x", "signals": {"a": {"points": 01}}}'),
(E'{"name": "x",\n "signals": {"a": {"points": 1}},\n}'),
('{"name": "x", "signals": {"a": {"points": 1}}} and more'),
('{"name": "x", "signals": {"a": {"points": NaN}}}'),
('{"name": "a\u0000b", "signals": {"a": {"points": 1}}}'),
('null'),
('[{"name": "x"}]'),
('{}'),
('{"name": "x"}'),
('{"signals": {"a": {"points": 1}}}');
-- keys
INSERT INTO bad (card) VALUES
('{"name": "x", "signal": {"a": {"points": 1}}}'),
('{"name": "x", "signals": {"a": {"points": 1}}, "decay": "30 days"}'),
('{"name": "x", "name": "y", "signals": {"a": {"points": 1}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "half-life": "30 days"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "weight": 2}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "cap": 3, "cap": 4}}}'),
('{"name": "x", "signals": {"a": {"points": 1}, "b": {"points": 1}, "a": {"points": 2}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "category": "web"}}, "categories": {"web": {"cap": 1}, "web": {"cap": 2}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "category": "web"}}, "categories": {"web": {"max": 1}}}'),
('{"name": "x", "signals": {"a": {"bins": [{"from": 0, "until": 10, "points": 3}]}}}'),
('{"name": "x", "signals": {"a": {"points": 1}}, "axes": {"interest": {"cap": 1}}}'),
('{"name": "x", "signals": {"a": {"points": 1}}, "total": {"capp": 1}}');
-- name, version, segment, base
INSERT INTO bad (card) VALUES
('{"name": "", "signals": {"a": {"points": 1}}}'),
('{"name": 5, "signals": {"a": {"points": 1}}}'),
(format('{"name": "%s", "signals": {"a": {"points": 1}}}', repeat('n', 201))),
('{"name": "x", "version": 0, "signals": {"a": {"points": 1}}}'),
('{"name": "x", "version": 1.5, "signals": {"a": {"points": 1}}}'),
('{"name": "x", "version": "2", "signals": {"a": {"points": 1}}}'),
('{"name": "x", "version": 2147483648, "signals": {"a": {"points": 1}}}'),
('{"name": "x", "version": 1e999, "signals": {"a": {"points": 1}}}'),
('{"name": "x", "segment": "", "signals": {"a": {"points": 1}}}'),
('{"name": "x", "segment": ["a"], "signals": {"a": {"points": 1}}}'),
('{"name": "x", "base": "10", "signals": {"a": {"points": 1}}}'),
('{"name": "x", "base": 1000000001, "signals": {"a": {"points": 1}}}');
-- signals
INSERT INTO bad (card) VALUES
('{"name": "x", "signals": {}}'),
('{"name": "x", "signals": ["a"]}'),
('{"name": "x", "signals": {"": {"points": 1}}}'),
(format('{"name": "x", "signals": {"%s": {"points": 1}}}', repeat('s', 201))),
('{"name": "x", "signals": {"a": 5}}'),
('{"name": "x", "signals": {"a": null}}'),
('{"name": "x", "signals": {"a": {}}}'),
('{"name": "x", "signals": {"a": {"points": null}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "choices": {"b": 1}}}}'),
('{"name": "x", "signals": {"a": {"points_per_unit": 1, "bins": [{"points": 1}]}}}'),
('{"name": "x", "signals": {"a": {"points": "1"}}}'),
('{"name": "x", "signals": {"a": {"points": true}}}'),
('{"name": "x", "signals": {"a": {"points": 1e400}}}'),
('{"name": "x", "signals": {"a": {"points": -1000000000.5}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "otherwise": 2}}}'),
('{"name": "x", "signals": {"a": {"points_per_unit": 1, "otherwise": 2}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "missing": "none"}}}'),
('{"name": "x", "signals": {"a.b": {"points": [1]}}}'),
('{"name": "x", "signals": {"say \"a\"": {"points": {"b": {"c": [[[[[[[[1]]]]]]]]}}}}}');
-- bins and choices
INSERT INTO bad (card) VALUES
('{"name": "x", "signals": {"a": {"bins": {"from": 0, "points": 1}}}}'),
('{"name": "x", "signals": {"a": {"bins": []}}}'),
('{"name": "x", "signals": {"a": {"bins": [5]}}}'),
('{"name": "x", "signals": {"a": {"bins": [{"from": 0, "to": 10}]}}}'),
('{"name": "x", "signals": {"a": {"bins": [{"from": 10, "to": 10, "points": 1}]}}}'),
('{"name": "x", "signals": {"a": {"bins": [{"from": 0, "to": 10, "points": 1}, {"from": 9.5, "to": 20, "points": 2}]}}}'),
('{"name": "x", "signals": {"a": {"bins": [{"from": 10, "to": 20, "points": 1}, {"from": 0, "to": 10, "points": 2}]}}}'),
('{"name": "x", "signals": {"a": {"bins": [{"to": 10, "points": 1}, {"to": 20, "points": 2}]}}}'),
('{"name": "x", "signals": {"a": {"bins": [{"from": 0, "points": 1}, {"from": 10, "to": 20, "points": 2}]}}}'),
('{"name": "x", "signals": {"a": {"bins": [{"from": "0", "points": 1}]}}}'),
('{"name": "x", "signals": {"a": {"choices": ["software"]}}}'),
('{"name": "x", "signals": {"a": {"choices": {}}}}'),
('{"name": "x", "signals": {"a": {"choices": {"software": "20"}}}}'),
('{"name": "x", "signals": {"a": {"choices": {"software": 20, "retail": 1, "software": 10}}}}'),
(format('{"name": "x", "signals": {"a": {"choices": {"%s": 1}}}}', repeat('c', 201)));
-- decay, repeat
INSERT INTO bad (card) VALUES
('{"name": "x", "signals": {"a": {"points": 1, "half_life": 30}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "half_life": "30"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "half_life": "days"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "half_life": "-30 days"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "half_life": "1e3 days"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "half_life": "0x10 days"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "half_life": ". days"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "window": "3 fortnights"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "window": "3 Days"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "window": "30 days ago"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "linear_decay": "0 days"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "linear_decay": "1001 years"}}}'),
(format('{"name": "x", "signals": {"a": {"points": 1, "linear_decay": "%s years"}}}', repeat('9', 400))),
('{"name": "x", "signals": {"a": {"points": 1, "half_life": "1 day", "window": "1 week"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "repeat": "twice"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "repeat": "once per day"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "repeat": 1}}}');
-- caps and floors, categories, axes
INSERT INTO bad (card) VALUES
('{"name": "x", "signals": {"a": {"points": 1, "cap": 1, "floor": 2}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "cap": "10"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "category": ""}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "category": 3}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "axis": "interest"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "category": "web", "axis": "fit"}}, "categories": {"web": {"axis": "engagement"}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "category": "web", "axis": "fit"}, "b": {"points": 1, "category": "web", "axis": "engagement"}}}'),
('{"name": "x", "signals": {"a": {"points": 1}}, "categories": {"web": {"cap": 40}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "category": "web"}}, "categories": {"web": {"cap": -40, "floor": 40}}}'),
('{"name": "x", "signals": {"a": {"points": 1, "category": "web"}}, "categories": {"web": 40}}'),
('{"name": "x", "signals": {"a": {"points": 1, "category": "web"}}, "categories": [{"web": {}}]}'),
('{"name": "x", "signals": {"a": {"points": 1}}, "axes": {"fit": 100}}'),
('{"name": "x", "signals": {"a": {"points": 1}}, "axes": {"fit": {"cap": 0, "floor": 1}}}'),
('{"name": "x", "signals": {"a": {"points": 1}}, "total": 100}'),
('{"name": "x", "signals": {"a": {"points": 1}}, "total": {"cap": 0, "floor": 100}}');
-- vetoes
INSERT INTO bad (card)
SELECT format('{"name": "x", "signals": {"usage_days": {"points": 1}, "n": {"points_per_unit": 1}, "industry": {"choices": {"b": 1}}}, "vetoes": %s}', vetoes)
FROM (VALUES ('{"name": "v"}'), ('["v"]'), ('[{"signal": "n", "below": 3}]'), ('[{"name": "", "signal": "n", "below": 3}]'), ('[{"name": "v"}]'), ('[{"name": "v", "signal": "n"}]'),
	('[{"name": "v", "signal": "usage_day", "below": 3}]'), ('[{"name": "v", "signal": "telephone", "below": 3}]'), ('[{"name": "v", "signal": "n", "of": "points", "below": 3}, {"name": "w", "signal": "n", "of": "sum", "below": 3}]'),
	('[{"name": "v", "of": "value", "below": 3}]'), ('[{"name": "v", "of": "fit", "below": 3}]'), ('[{"name": "v", "signal": "n", "below": 3, "above": 5}]'), ('[{"name": "v", "signal": "n", "below": "3"}]'),
	('[{"name": "v", "signal": "n", "below": 3}, {"name": "v", "signal": "n", "above": 5}]'), ('[{"name": "v", "signal": "industry", "below": 3}]'), ('[{"name": "v", "signal": "n", "any_of": ["b"]}]'),
	('[{"name": "v", "signal": "industry", "of": "times", "any_of": ["b"]}]'), ('[{"name": "v", "of": "points", "none_of": ["b"]}]'), ('[{"name": "v", "signal": "industry", "any_of": "b"}]'), ('[{"name": "v", "signal": "industry", "any_of": []}]'),
	('[{"name": "v", "signal": "industry", "none_of": ["b", 3]}]'), ('[{"name": "v", "signal": "industry", "none_of": ["b", "c", "b"]}]'), ('[{"name": "v", "signal": "n", "below": 3, "if_missing": "true"}]'),
	('[{"name": "v", "signal": "n", "of": "times", "below": 3, "if_missing": true}]'), ('[{"name": "v", "of": "points", "below": 3, "if_missing": true}]'), ('[{"name": "v", "signal": "n", "bellow": 3}]')) AS v (vetoes);
-- bands and grades
INSERT INTO bad (card)
SELECT format('{"name": "x", "signals": {"a": {"points": 1}}, %s}', rest)
FROM (VALUES ('"bands": ["hot"]'), ('"bands": {"hot": "80"}'), ('"bands": {"": 80}'), ('"bands": {"hot": 80, "hot": 70}'), ('"bands": {"hot": 80, "warm": 80.0}'), ('"bands": {"hot": null}'),
	('"grade": [70, 40]'), ('"grade": {"fit": [70, 40]}'), ('"grade": {"fit": 70, "engagement": [70]}'), ('"grade": {"fit": [], "engagement": [70]}'), ('"grade": {"fit": [40, 70], "engagement": [70]}'),
	('"grade": {"fit": [70, 70], "engagement": [70]}'), ('"grade": {"fit": [70, "40"], "engagement": [70]}'), ('"grade": {"fit": [9, 8, 7, 6, 5, 4, 3, 2, 1], "engagement": [70]}'), ('"grade": {"fit": [70], "engagement": [70], "total": [70]}')) AS r (rest);
-- limits
INSERT INTO bad (card) VALUES
((SELECT format('{"name": "x", "signals": {%s}}', string_agg(format('"s%s": {"points": 1}', i), ', ')) FROM generate_series(1, 10001) AS i)),
((SELECT format('{"name": "x", "signals": {%s}}', string_agg(format('"s%s": {"points": 1, "category": "c%s"}', i, i), ', ')) FROM generate_series(1, 1001) AS i)),
((SELECT format('{"name": "x", "signals": {"a": {"bins": [%s]}}}', string_agg(format('{"from": %s, "to": %s, "points": 1}', i, i + 1), ', ')) FROM generate_series(1, 1001) AS i)),
((SELECT format('{"name": "x", "signals": {"a": {"choices": {%s}}}}', string_agg(format('"c%s": 1', i), ', ')) FROM generate_series(1, 1001) AS i)),
((SELECT format('{"name": "x", "signals": {"a": {"points": 1}}, "vetoes": [%s]}', string_agg(format('{"name": "v%s", "signal": "a", "of": "times", "above": %s}', i, i), ', ')) FROM generate_series(1, 65) AS i)),
((SELECT format('{"name": "x", "signals": {"a": {"points": 1}}, "vetoes": [{"name": "v", "signal": "a", "any_of": [%s]}]}', string_agg(format('"t%s"', i), ', ')) FROM generate_series(1, 1001) AS i)),
((SELECT format('{"name": "x", "signals": {"a": {"points": 1}}, "bands": {%s}}', string_agg(format('"b%s": %s', i, i), ', ')) FROM generate_series(1, 33) AS i)),
('{"name": "x", "signals": {"a": {"points": 1}}, "total": [' || repeat('0,', 1000000) || '0]}'),
('{"name": "x", "signals": {"a": {"points": 1}}' || repeat(' ', 33554432) || '}');

CREATE TEMP TABLE refused AS
SELECT place, left(card, 300) AS card, r.* FROM bad, pg_temp.refusal(card) AS r;
\pset format unaligned
SELECT left(shown, 120) || CASE WHEN length(shown) > 120 THEN '...' ELSE '' END AS card, state, message, detail, hint
FROM refused, replace(card, '{"name": "x", "signals": {"usage_days": {"points": 1}, "n": {"points_per_unit": 1}, "industry": {"choices": {"b": 1}}}', '{...') AS shown
ORDER BY place;
\pset format aligned
-- none was accepted; every one has a path of its own or words of its own
SELECT count(*) FILTER (WHERE state IS NULL) AS accepted, count(*) > 140 AS many, count(DISTINCT (state, detail, hint)) > 130 AS told_apart FROM refused;
-- so deep that the server's parser gives up
SELECT state, message FROM pg_temp.refusal(repeat('[', 1000000));

-- what is accepted
SELECT '{"signals": {"b": {"points": 1.50, "repeat": "every time", "axis": "engagement"}, "a": {"points": -0}}, "name": "x", "version": 1, "base": 0, "vetoes": [], "bands": null, "categories": {}, "axes": {}, "total": {}, "segment": null}'::scorecard AS defaults_left_out;
SELECT '{"name": "x", "signals": {"a": {"choices": {"b": 1, "": 2, "B": 3}, "otherwise": 0, "missing": 0, "category": "c", "axis": "fit"}, "b": {"points": 1, "category": "c"}}}'::scorecard AS in_order;
SELECT '{"name": "x", "signals": {"a": {"bins": [{"points": 5}]}, "b": {"bins": [{"to": 0, "points": -1}, {"from": 10, "points": 1}], "otherwise": 1e-7}}}'::scorecard AS open_bins;
SELECT '{"name": "x", "signals": {"a": {"points": 1}}, "bands": {"low": -1e9, "high": 12345.678901234567}, "total": {"cap": 0, "floor": 0}}'::scorecard AS numbers;
SELECT '{"name": "Zoë \"the\" \\ \u0001\u00e9", "signals": {"a b.c": {"points": 1}}}'::scorecard AS texts;
SELECT with_version('{"name": "x", "signals": {"a": {"points": 1}}}', 2), with_version('{"name": "x", "version": 5, "signals": {"a": {"points": 1}}}', 1);
SELECT with_version('{"name": "x", "signals": {"a": {"points": 1}}}', 0);
SELECT with_version(NULL, 1) IS NULL AS no_card, with_version('{"name": "x", "signals": {"a": {"points": 1}}}', NULL) IS NULL AS no_version;
SELECT scorecard('{"name": "x", "signals": {"a": {"points": "1"}}}'::jsonb);
SELECT scorecard('"x"'::jsonb);
SELECT name(card), version(card), segment(card) FROM (VALUES ('{"name": "x", "signals": {"a": {"points": 1}}}'::scorecard), ('{"name": "y", "segment": "customer", "version": 7, "signals": {"a": {"points": 1}}}')) AS c (card);
SELECT * FROM signals('{"name": "x", "signals": {"visit": {"points": 1, "half_life": "1 month", "cap": 10, "category": "web"}, "opened": {"points_per_unit": -0.5, "window": "36 hours", "repeat": "once", "floor": -5}, "size": {"bins": [{"points": 1}], "axis": "fit", "linear_decay": "1 year"}, "industry": {"choices": {"retail": 1}, "repeat": "once a day"}}}');
