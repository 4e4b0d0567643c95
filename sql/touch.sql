--
-- Touchpoints: text, what is refused, what is skipped, and what they tell.
--
SET search_path = clientele, public;
SET datestyle = 'SQL, DMY';
SET timezone = 'UTC';

-- text: in any order and with free white space, out in one form
SELECT '{}'::touchpoints AS nobody,
       ' { "b" : 2024-02-01 < ; "a":2024-01-05>2<,2024-01-01 > 1 } SKIPPED 3 '::touchpoints AS anyhow;
SELECT '{"a": 2024-01-05>, 2024-01-05>2<4294967295}'::touchpoints AS one_day,
       '{"a": 2024-01-05>; "a": 2024-01-06<}'::touchpoints AS one_contact;
SELECT '{-5: 2024-01-05>; 42: 2024-01-05>; -9223372036854775808: 0001-01-01 BC<; 9223372036854775807: 2024-01-05<}'::touchpoints AS numbers;
SELECT '{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11: 2024-01-05>}'::touchpoints AS uuid;
SELECT E'{"say \\"hi\\" \\\\ ; } :": 2024-01-05>; "Zoë": 2024-01-05<}'::touchpoints AS quotes;
SELECT ('{"' || repeat('x', 1000) || '": 2024-01-05>}')::touchpoints IS NOT NULL AS longest;

-- malformed text, line by line
SELECT ''::touchpoints;
SELECT '{'::touchpoints;
SELECT '{"a"}'::touchpoints;
SELECT '{"a: 2024-01-05>}'::touchpoints;
SELECT '{"": 2024-01-05>}'::touchpoints;
SELECT ('{"' || repeat('x', 1001) || '": 2024-01-05>}')::touchpoints;
SELECT '{a: 2024-01-05>}'::touchpoints;
SELECT '{12x: 2024-01-05>}'::touchpoints;
SELECT '{9223372036854775808: 2024-01-05>}'::touchpoints;
SELECT '{a0eebc99-9c0b-4ef8-bb6d6-bb9bd380a11: 2024-01-05>}'::touchpoints;
SELECT '{"a": 2024-01-05}'::touchpoints;
SELECT '{"a": 2024-02-30>}'::touchpoints;
SELECT '{"a": 05.01.2024>}'::touchpoints;
SELECT '{"a": infinity>}'::touchpoints;
SELECT '{"a": 2024-01-05>0}'::touchpoints;
SELECT '{"a": 2024-01-05>4294967296}'::touchpoints;
SELECT '{"a": 2024-01-05<1>1}'::touchpoints;
SELECT '{"a": 2024-01-05>,}'::touchpoints;
SELECT '{"a": 2024-01-05>;}'::touchpoints;
SELECT '{"a": 2024-01-05>; 5: 2024-01-05>}'::touchpoints;
SELECT '{"a": 2024-01-05>} skipped'::touchpoints;
SELECT '{"a": 2024-01-05>} skipped -1'::touchpoints;
SELECT '{"a": 2024-01-05>} and more'::touchpoints;

-- rows: what is skipped, and counted
SELECT touchpoints(contact_id, occurred_at, direction)
FROM (VALUES ('a', '2024-01-05 23:59:59.999999+00'::timestamptz, 'outbound'), ('a', '2024-01-06 00:00+00', 'inbound'),
	('b', '1999-12-31 23:59+00', 'outbound'), ('', '2024-01-05', 'outbound'), (repeat('x', 1001), '2024-01-05', 'outbound'), (repeat('x', 1048576), '2024-01-05', 'outbound'),
	(NULL, '2024-01-05', 'outbound'), ('c', NULL, 'outbound'), ('c', '2024-01-05', NULL), ('c', '2024-01-05', 'Outbound'), ('c', '2024-01-05', 'out'),
	('c', 'infinity', 'inbound'), ('c', '-infinity', 'inbound'), (NULL, NULL, 'outbound'), (NULL, NULL, NULL)) AS v (contact_id, occurred_at, direction);
SELECT touchpoints(contact_id, day, 'inbound') FROM (VALUES (7, '2024-01-05'::date), (-7, '2024-01-05'), (7, 'infinity'), (NULL, '2024-01-05')) AS v (contact_id, day);
SELECT touchpoints(NULL::text, NULL::date, 'inbound') IS NULL AS an_outer_join;
SELECT touchpoints(NULL::text, '2024-01-05'::date, 'inbound') AS only_bad_ones;

-- one touch: what is refused
SELECT touch('a', '2024-01-05'::date, 'outbound'), touch(5, '2024-01-05'::date, 'inbound');
SELECT touch('', '2024-01-05'::date, 'outbound');
SELECT touch(repeat('x', 1001), '2024-01-05'::date, 'outbound');
SELECT touch('a', 'infinity'::date, 'outbound');
SELECT touch('a', 'infinity'::timestamptz, 'outbound');
SELECT touch('a', '2024-01-05'::date, 'sideways');
SELECT touch('a', '2024-01-05'::date, 'outbound') || touch(5, '2024-01-05'::date, 'inbound');
SELECT touchpoints(t) FROM (VALUES (touch('a', '2024-01-05'::date, 'outbound')), (touch(5, '2024-01-05'::date, 'inbound'))) AS v (t);
SELECT '{} skipped 4000000000'::touchpoints || '{} skipped 4000000000' AS skipped_at_most;

-- what they tell: the window is as_of - within < day <= as_of
CREATE TEMP TABLE account AS SELECT '{"a": 2024-01-01>, 2024-03-01<; "b": 2024-03-31>3; "c": 2024-04-01<; "d": 2023-01-01>}'::touchpoints AS t;
SELECT coverage(t, '90 days', '2024-03-31') AS in_90, coverage(t, '91 days', '2024-03-31') AS in_91, coverage(t, '1 day', '2024-03-31') AS that_day,
       coverage(t, '12 hours', '2024-03-31') AS half_a_day, engaged(t, '91 days', '2024-03-31') AS engaged, coverage(t, '10 years', '2024-03-31') AS ever,
       coverage_gap(t, 5, '91 days', '2024-03-31') AS gap, coverage_gap(t, 1, '91 days', '2024-03-31') AS no_gap, is_covered(t, 2, '91 days', '2024-03-31') AS covered, is_covered(t, as_of => '2024-03-31') AS by_five
FROM account;
SET clientele.as_of = '2024-04-01 12:00';
SELECT coverage(t) AS as_of_the_setting, last_touch(t), touched(t, 'c'), touched(t, 'c', '1 day'), touched(t, 'x') FROM account;
SET clientele.as_of = '2024-03-31 12:00';
SELECT coverage(t) AS as_of_the_setting, last_touch(t), touched(t, 'c'), touched(t, 'd', '1 year'), touched(t, '') FROM account;
RESET clientele.as_of;
SELECT last_touch(t, '2022-12-31') IS NULL AS not_yet, last_touch('{}', '2024-01-01') IS NULL AS never FROM account;
SELECT c.* FROM account, contacts(t, '2024-03-31') AS c;
SELECT d.* FROM account, touch_days(t) AS d;
SELECT m.* FROM account, moving_coverage(t, '2023-12-31', '2024-07-31') AS m;
SELECT skipped('{} skipped 3'::touchpoints);

-- an id is compared by its text where its type is another
SELECT touched(n, 42), touched(n, '42'), touched(n, '042x'), touched(n, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid), touched(u, 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'), touched(u, 'a0eebc99'), touched(s, 42), forget(s, 42), forget(n, '42'), forget(u, 'nobody')
FROM (VALUES ('{42: 2024-01-05>}'::touchpoints, '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11: 2024-01-05>}'::touchpoints, '{"42": 2024-01-05>}'::touchpoints)) AS v (n, u, s);
SELECT forget(t, 'a'), forget(t, 'nobody')::text = t::text AS unchanged, forget(forget(forget(forget(t, 'a'), 'b'), 'c'), 'd') AS all_of_them FROM account;

-- questions that cannot be answered
SELECT coverage(t, '0', '2024-03-31') FROM account;
SELECT coverage(t, '-1 day', '2024-03-31') FROM account;
SELECT coverage(t, '90 days', 'infinity') FROM account;
SELECT is_covered(t, 0, '90 days', '2024-03-31') FROM account;
SELECT coverage_gap(t, -1, '90 days', '2024-03-31') FROM account;
SELECT last_touch(t, '-infinity') FROM account;
SELECT count(*) FROM account, contacts(t, 'infinity');
SELECT count(*) FROM account, moving_coverage(t, '2024-01-01', 'infinity');
SELECT count(*) FROM account, moving_coverage(t, '2024-01-01', '2024-12-31', '0');
SELECT count(*) FROM account, moving_coverage(t, '2024-01-01', '2024-12-31', '1 hour');
SELECT count(*) FROM account, moving_coverage(t, '2024-01-01', '2024-12-31', '-1 month');
SELECT count(*) FROM account, moving_coverage(t, '1000-01-01', '2024-12-31', '1 day');
SELECT count(*) AS no_point FROM account, moving_coverage(t, '2024-12-31', '2024-01-01');
SELECT touchpoints_union_state('{"a": 2024-01-01>}', '{"a": 2024-01-01>}') AS outside_of_an_aggregate;
