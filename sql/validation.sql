-- How good is a model: what the functions answer for small input, and refuse.
SET search_path = clientele, public;
\set VERBOSITY default

-- purchase_calendar: text in any order comes out sorted, days are added
SELECT '{ 1997-01-02 : 9 + 3 , 1997-01-01:12, 1997-01-02:1} without_purchase 2'::purchase_calendar;
SELECT '{}'::purchase_calendar, '{1997-01-01:1} SKIPPED 7'::purchase_calendar;
SET DateStyle = 'German';
SELECT '{0044-03-15 BC:1+0, 2024-02-29:0+1}'::purchase_calendar;
RESET DateStyle;
SELECT purchase_calendar(h) FROM unnest(ARRAY['{2024-01-05:10*2, 2024-01-06:-3, 2024-01-07:1}', '{2024-01-05:1}', '{2024-01-05:-1}', NULL]::purchase_history[]) AS h;
SELECT '{2024-01-05:1}'::purchase_calendar || '{2024-01-04:2, 2024-01-05:1+2} skipped 3';
SELECT * FROM days('{2024-01-04:2, 2024-01-05:1+2}'::purchase_calendar);
-- text that does not parse
SELECT ''::purchase_calendar;
SELECT '{'::purchase_calendar;
SELECT '{1997-01-01}'::purchase_calendar;
SELECT '{1997-01-01:}'::purchase_calendar;
SELECT '{1997-01-01:1+}'::purchase_calendar;
SELECT '{1997-01-01:-1}'::purchase_calendar;
SELECT '{1997-01-01:1.5}'::purchase_calendar;
SELECT '{1997-02-29:1}'::purchase_calendar;
SELECT '{1.1.1997:1}'::purchase_calendar;
SELECT '{infinity:1}'::purchase_calendar;
SELECT '{1997-01-01:4294967296}'::purchase_calendar;
SELECT '{1997-01-01:4294967295,1997-01-01:1}'::purchase_calendar;
SELECT '{1997-01-01:1+99999999999999999999}'::purchase_calendar;
SELECT '{1997-01-01:1,}'::purchase_calendar;
SELECT '{1997-01-01:1} skipped'::purchase_calendar;
SELECT '{1997-01-01:1} skipped -1'::purchase_calendar;
SELECT '{1997-01-01:1} without_purchase 1 skipped 1'::purchase_calendar;
SELECT '{1997-01-01:1} garbage'::purchase_calendar;
-- counts that cannot be
SELECT '{1997-01-01:0}'::purchase_calendar;
SELECT '{1997-01-01:1+1}'::purchase_calendar;
SELECT '{1997-01-01:2, 1997-01-02:5+3}'::purchase_calendar;
-- too much
SELECT '{1997-01-01:4294967295}'::purchase_calendar || '{1997-01-01:1}';
SELECT '{} skipped 9223372036854775807'::purchase_calendar || '{} skipped 1';
SELECT purchase_calendar_add('{1997-01-01:4294967295}', '{1997-01-01:1}');

-- tracking
\set bg '{"family": "bg/nbd", "unit": "7 days", "parameters": {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}}'
\set calendar '{1997-01-01:100, 1997-01-03:50+20}'
SELECT period_number, period_end, actual, round(expected::numeric, 6) AS expected, cumulative_actual, round(cumulative_expected::numeric, 6) AS cumulative_expected
FROM tracking(:'bg', :'calendar', '1997-01-15');
SELECT period_number, period_end, actual FROM tracking(:'bg', :'calendar', '1997-01-15', from_day => '1997-01-03', period => '5 days');
SELECT * FROM tracking(:'bg', :'calendar', 'infinity');
SELECT * FROM tracking(:'bg', :'calendar', '-infinity');
SELECT * FROM tracking(:'bg', :'calendar', '1997-01-15', from_day => '-infinity');
SELECT * FROM tracking(:'bg', :'calendar', '1997-01-15', '0');
SELECT * FROM tracking(:'bg', :'calendar', '1997-01-15', '-7 days');
SELECT * FROM tracking(:'bg', :'calendar', '1997-01-15', '36 hours');
SELECT * FROM tracking(:'bg', :'calendar', '1997-01-15', '1 month -3 days');
SELECT * FROM tracking_interval(:'bg', :'calendar', '1997-01-15', confidence => 1);

-- frequency distribution
\set base '{(0,0,70)*60, (1,20,70)*20, (3,50,70)*5, (0,0,35)*30, (12,30,35)}'
SELECT frequency, actual, round(expected::numeric, 6) AS expected FROM frequency_distribution(:'bg', :'base', 4);
SELECT round(expected_frequency(:'bg', :'base', 2)::numeric, 6);
SELECT * FROM frequency_distribution(:'bg', :'base', -1);
SELECT * FROM frequency_distribution(:'bg', :'base', 100001);
SELECT expected_frequency(:'bg', :'base', -1);
SELECT count(*) FROM frequency_distribution(:'bg', NULL);

-- holdout error
SELECT (holdout_error(actual, expected)).* FROM (VALUES (0::float8, 0.5::float8), (1, 0.5), (2, 2.5), (NULL, 1), ('NaN', 1)) AS v (actual, expected);
SELECT holdout_sums(actual, expected) FROM (VALUES (1, 0.5), (2, 2.5)) AS v (actual, expected);
SELECT holdout_error('(2,0,3,0,3,0,1,0,0.5,0,5,0,6.5,0,5.5,0)'::holdout_sums);
SELECT holdout_error(1e101, 1);
SELECT holdout_error(1, -1e101);
SELECT ''::holdout_sums;
SELECT '(2,0)'::holdout_sums;
SELECT '(2,0,3,0,3,0,1,0,0.5,0,5,0,6.5,0,5.5)'::holdout_sums;
SELECT '(2,0,3,0,3,0,1,0,0.5,0,5,0,6.5,0,5.5,0'::holdout_sums;
SELECT '(2,0,3,0,3,0,1,0,0.5,0,5,0,6.5,0,5.5,0) x'::holdout_sums;
SELECT '(2,0,3,0,3,0,-1,0,0.5,0,5,0,6.5,0,5.5,0)'::holdout_sums;
SELECT '(2,0,3,1,3,0,1,0,0.5,0,5,0,6.5,0,5.5,0)'::holdout_sums;
SELECT '(0,0,3,0,3,0,1,0,0.5,0,5,0,6.5,0,5.5,0)'::holdout_sums;
SELECT '(2,0,3,0,3,0,1,0,0.5,0,5,0,6.5,0,5.5,NaN)'::holdout_sums;
SELECT holdout_sums_union(s, s) FROM (SELECT '(9223372036854775807,0,3,0,3,0,1,0,0.5,0,5,0,6.5,0,5.5,0)'::holdout_sums AS s) AS v;
SELECT holdout_sums_union(s, s) FROM (SELECT '(2,0,1.7e308,0,3,0,1,0,0.5,0,5,0,6.5,0,5.5,0)'::holdout_sums AS s) AS v;
