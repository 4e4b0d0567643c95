-- Score sheets: what is refused, and how it is said.
SET search_path = clientele, public;
\set VERBOSITY default
\set card '''{"name": "c", "signals": {"a": {"points": 1}, "b": {"points_per_unit": 1e9, "repeat": "once a day"}}}'''
\set other '''{"name": "c", "version": 2, "signals": {"a": {"points": 1}}}'''

-- rows
SELECT score_sheet(:card::scorecard, 'a', 1, NULL, NULL);
SELECT score_sheet(:card::scorecard, 'a', 1, NULL, 'infinity');
SELECT score_sheet(:card::scorecard, 'a', 1, NULL, '-infinity');
SELECT score_sheet(card::scorecard, 'a', 1, NULL, '2026-01-01Z') FROM (VALUES (:card), (:other)) AS c (card);
SELECT score_sheet(:card::scorecard, 'a', 1, NULL, t) FROM (VALUES ('2026-01-01Z'::timestamptz), ('2026-01-02Z')) AS c (t);
SELECT score_sheet(:card::scorecard, '{"a": {"times": 9007199254740992}, "b": [1e6, 2e6]}', 'epoch');
WITH RECURSIVE twice AS (
	SELECT 0 AS n, score_sheet('{"name": "c", "signals": {"a": {"points": 1e9}}}'::scorecard, '{"a": {"times": 1000000000000}}', 'epoch') AS s
	UNION ALL SELECT n + 1, s + s FROM twice WHERE n < 2
) SELECT n, points(s) FROM twice;

-- records
SELECT score_sheet(:card, '[]', 'epoch');
SELECT score_sheet(:card, '1', 'epoch');
SELECT score_sheet(:card, '{}', 'infinity');
SELECT score_sheet(:card, NULL, 'epoch'), score_sheet(NULL, '{}', 'epoch'), score_sheet(:card, '{}', NULL);

-- merging
SELECT score_sheet(:card, '{}', 'epoch') + score_sheet(:other, '{}', 'epoch');
SELECT score_sheet(:card, '{}', 'epoch') + score_sheet(:card, '{}', '2026-01-01Z');
SELECT score_sheet(s) FROM (VALUES (score_sheet(:card, '{}', 'epoch')), (score_sheet(:other, '{}', 'epoch'))) AS v (s);

-- text
SELECT score_sheet(:card, '{"a": 1, "b": [{"occurred_at": "2025-12-31"}, {"value": 2, "occurred_at": "2025-12-31"}], "c": 1}', '2026-01-01Z') AS sheet \gset
SELECT :'sheet'::score_sheet;
SELECT '[]'::score_sheet;
SELECT '{}'::score_sheet;
SELECT replace(:'sheet', '"version": 1', '"version": 0')::score_sheet;
SELECT replace(:'sheet', '"version": 1', '"version": 1.5')::score_sheet;
SELECT replace(:'sheet', '"version": 1', '"version": "1"')::score_sheet;
SELECT replace(:'sheet', '"card": "c"', '"card": ""')::score_sheet;
SELECT replace(:'sheet', '"card": "c"', '"card": 1')::score_sheet;
SELECT regexp_replace(:'sheet', '"identity": "[^"]*"', '"identity": "xyz"')::score_sheet;
SELECT regexp_replace(:'sheet', '"identity": "[^"]*"', '"identity": "000000000000000G"')::score_sheet;
SELECT replace(:'sheet', '"2026-01-01T00:00:00+00:00"', '"soon"')::score_sheet;
SELECT replace(:'sheet', '"as_of": "2026', '"as_of": "2024')::score_sheet;
SELECT replace(:'sheet', '"times": 1', '"times": -1')::score_sheet;
SELECT replace(:'sheet', '"times": 1', '"times": 0')::score_sheet;
SELECT replace(:'sheet', '"times": 1', '"times": 9223372036854775808')::score_sheet;
SELECT replace(:'sheet', '"axis": "engagement"', '"axis": "luck"')::score_sheet;
SELECT replace(:'sheet', '"number": 1', '"number": 0')::score_sheet;
SELECT replace(:'sheet', '"number": 1', '"number": 10000')::score_sheet;
SELECT replace(:'sheet', '"signal": "b"', '"signal": "A"')::score_sheet;
SELECT replace(:'sheet', '"repeat": "once a day"', '"repeat": "never"')::score_sheet;
SELECT replace(:'sheet', '"repeat": "once a day"', '"repeat": "once"')::score_sheet;
SELECT replace(:'sheet', '2000000000]', '2000000001]')::score_sheet;
SELECT replace(:'sheet', '"points": 2000000000', '"points": 1e40')::score_sheet;
SELECT replace(:'sheet', '"points": 1,', '"points": 0.0000000000001,')::score_sheet;
SELECT replace(:'sheet', '"points": 1,', '"points": 1, "category": 0,')::score_sheet;
SELECT replace(:'sheet', '"points": 1,', '"points": 1, "vetoes": [0],')::score_sheet;
SELECT replace(:'sheet', '"points": 1,', '"points": 1, "cap": 1, "floor": 2,')::score_sheet;
SELECT replace(:'sheet', '"points": 1,', '"points": 1, "caps": 1,')::score_sheet;
SELECT replace(:'sheet', '"rows": 1', '"rows": 0')::score_sheet;
SELECT replace(:'sheet', '"unknown signal"', '"mood"')::score_sheet;
SELECT replace(:'sheet', '"unknown signal"', '"other unknown signals"')::score_sheet;
SELECT replace(:'sheet', '"signals":', '"vetoes": [{"name": "v", "of": "value", "number": 0, "below": 1, "above": 2}], "signals":')::score_sheet;
SELECT replace(:'sheet', '"signals":', '"vetoes": [{"name": "v", "of": "value", "number": 0, "any_of": 0}], "signals":')::score_sheet;
SELECT replace(:'sheet', '"signals":', '"bands": [["cold", 1], ["hot", 2]], "signals":')::score_sheet;
SELECT replace(:'sheet', '"signals":', '"fit_cuts": [1, 1], "signals":')::score_sheet;
SELECT replace(:'sheet', '"signals":', '"fit": {"cap": 1e10}, "signals":')::score_sheet;
SELECT replace(:'sheet', '"signals":', '"rows":')::score_sheet;

-- changes
SELECT score_changes(:card, :other, 'nowhere', 'epoch');
SELECT score_changes(:card, :other, 'SELECT 1 AS lead_id, 2 AS signal', 'epoch');
SELECT score_changes(:card, :other, 'SELECT 1; SELECT 2', 'epoch');
SELECT score_changes(:card, :other, 'TABLE pg_class; DROP TABLE t', 'epoch');
SELECT score_changes(:card, :other, 'WITH x AS (SELECT 1) INSERT INTO t SELECT 1', 'epoch');
SELECT score_changes(:card, :other, 'SELECT 1 AS lead_id, ''a'' AS signal, 1 AS value, NULL AS occurred_at', 'epoch', most_reasons => -1);
SELECT score_changes(:card, :other, 'SELECT 1 AS lead_id, ''b'' AS signal, 1 AS value, now() AS occurred_at', 'infinity');
SELECT * FROM score_changes(:card, :other, '/* rows */ SELECT 1 AS lead_id, ''b'' AS signal, 1 AS value, ''1969-12-31''::date AS occurred_at;', 'epoch');
SELECT score_changes(:card, NULL, 'nowhere', 'epoch'), score_changes(NULL, score_sheet(:card, '{}', 'epoch'));
