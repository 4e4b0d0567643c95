--
-- Decaying scores: text, what is refused, order, and the plain rules of decay.
--
SET search_path = clientele, public;
SET extra_float_digits = 1;
SET datestyle = 'ISO, YMD';
SET timezone = 'UTC';
SET intervalstyle = 'postgres';

-- text: a score of 10 at the origin, exactly; one half-life later, 5 is as much
SELECT decayed_points(10, '2000-01-01', '30 days') AS ten_at_the_origin,
       decayed_points(5, '2000-01-31', '30 days') AS five_a_half_life_later,
       decayed_points(-10, '1999-12-02', '30 days') AS less_before;
SELECT ' ( 1.25 , 3 , 2592000000000 , -7 , 1e-17 , 4 ) '::decayed_score AS white_space_is_free,
       '(0,0,3600000000,)'::decayed_score AS no_event,
       '(-0,0,3600000000,5,-0)'::decayed_score AS one_zero;
SELECT s::text::decayed_score::text = s::text AS round_trip
FROM (VALUES (decayed_points(0.1, '2026-06-30 12:34:56.789012', '7 days 1 hour')), (decayed_points(-3e300, '4713-01-01 BC', '1000 years')), (decayed_points(5e-324, '294276-01-01', '1 second'))) AS v (s);

-- malformed text, line by line
SELECT ''::decayed_score;
SELECT '1.25,3,2592000000000,7'::decayed_score;
SELECT '(1.25,3,2592000000000,7'::decayed_score;
SELECT '(1.25,3,2592000000000,7) and more'::decayed_score;
SELECT '(1.25,3,2592000000000)'::decayed_score;
SELECT '(1.25,3.5,2592000000000,7)'::decayed_score;
SELECT '(1.25,99999999999999999999,2592000000000,7)'::decayed_score;
SELECT '(NaN,3,2592000000000,7)'::decayed_score;
SELECT '(1.25,3,2592000000000,7,1e999)'::decayed_score;
SELECT '(1.25,3,2592000000000,7,0,-1)'::decayed_score;
SELECT '(1.25,3,2592000000000,7,0,4294967296)'::decayed_score;

-- what breaks the rules of the type
SELECT '(0.5,3,2592000000000,7)'::decayed_score;
SELECT '(2,3,2592000000000,7)'::decayed_score;
SELECT '(0,3,2592000000000,7)'::decayed_score;
SELECT '(1.25,3,2592000000000,7,0.1)'::decayed_score;
SELECT '(1.25,3,999999,7)'::decayed_score;
SELECT '(1.25,3,31557600000000001,7)'::decayed_score;
SELECT '(1.25,3,2592000000000,)'::decayed_score;
SELECT '(1.25,3,2592000000000,9223372036854775807)'::decayed_score;
SELECT '(1.25,9000000000000000000,2592000000000,7)'::decayed_score;

-- events that are refused one by one, and skipped in an aggregate
SELECT decayed_points('NaN', '2026-01-01', '30 days');
SELECT decayed_points('-infinity', '2026-01-01', '30 days');
SELECT decayed_points(1, 'infinity', '30 days');
SELECT decayed_points(1, '2026-01-01', '0');
SELECT decayed_points(1, '2026-01-01', '-1 day');
SELECT decayed_points(1, '2026-01-01', '1 millisecond');
SELECT decayed_points(1, '2026-01-01', '1001 years');
SELECT decayed_points(1, '2026-01-01', '170000000 years');
SELECT points(s, '2026-01-01'), skipped(s), last_event(s), half_life(s)
FROM (SELECT decayed_score(p, t, '30 days') AS s
	FROM (VALUES (8::float8, '2025-12-02'::timestamptz), ('NaN', '2025-12-02'), ('infinity', '2025-12-02'), (1, 'infinity'), (1, '-infinity'), (1, NULL), (NULL, '2025-12-02'), (NULL, NULL)) AS v (p, t)) AS q;
SELECT decayed_score(p, t, '30 days') AS only_bad_ones FROM (VALUES (NULL::float8, '2025-12-02'::timestamptz)) AS v (p, t);
SELECT decayed_score(p, t, '30 days') IS NULL AS an_outer_join FROM (VALUES (NULL::float8, NULL::timestamptz)) AS v (p, t);
SELECT decayed_score(1, '2025-12-02', NULL);
SELECT decayed_score(1, '2025-12-02', n * interval '1 day') FROM generate_series(1, 2) AS n;
SELECT last_event(NULL::decayed_score), last_event('(0,0,3600000000,)'), half_life('(0,0,3600000000,)');

-- what a score does not know
SELECT points(decayed_points(1, '2026-01-02', '30 days'), '2026-01-01');
SELECT points(decayed_points(1, '2026-01-02', '30 days'), 'infinity');
SELECT points(decayed_points(1.5e308, '2026-01-02', '30 days') + decayed_points(1.5e308, '2026-01-02', '30 days'), '2026-01-02');
SET clientele.as_of = '2026-02-01';
SELECT points(decayed_points(1, '2026-01-02', '30 days')) AS as_of_the_setting;
RESET clientele.as_of;

-- different half-lives have neither order nor sum
SELECT decayed_points(1, '2026-01-01', '30 days') < decayed_points(1, '2026-01-01', '31 days');
SELECT decayed_points(1, '2026-01-01', '30 days') = decayed_points(1, '2026-01-01', '31 days');
SELECT decayed_points(1, '2026-01-01', '30 days') + decayed_points(1, '2026-01-01', '31 days');
SELECT decayed_score(s) FROM (VALUES (decayed_points(1, '2026-01-01', '30 days')), (decayed_points(1, '2026-01-01', '31 days'))) AS v (s);
CREATE TEMP TABLE mixed (score decayed_score);
INSERT INTO mixed VALUES (decayed_points(1, '2026-01-01', '30 days')), (decayed_points(1, '2026-01-01', '31 days'));
CREATE INDEX ON mixed (score);

-- equality for hashing: the points, not the events; in either order of addition
SELECT count(DISTINCT s) AS one_score, count(DISTINCT decayed_score_hash(s)) AS one_hash, count(DISTINCT decayed_score_hash_extended(s, 7)) AS one_long_hash
FROM (VALUES (decayed_points(10, '2000-01-01', '30 days')), (decayed_points(5, '2000-01-31', '30 days')), ('(1.25,3,2592000000000,0,-0,7)')) AS v (s);

-- the plain rules
SELECT age, exponential_decay(100, age, '1 month') AS exponential, linear_decay(100, age, '4 months') AS linear,
       step_decay(100, age, '1 month', 0.25) AS step, window_points(100, age, '1 month') AS within
FROM unnest(ARRAY['-1 day', '0', '15 days 5:15', '1 month', '2 months', '4 months', '10 years']::interval[]) AS age;
SELECT exponential_decay(1, '1 day', '0');
SELECT linear_decay(1, '1 day', '-1 day');
SELECT step_decay(1, '1 day', '0', 0.5);
SELECT step_decay(1, '1 day', '1 day', 0);
SELECT step_decay(1, '1 day', '1 day', 1.5);
SELECT step_decay(1, '1 day', '1 day', 'NaN');
SELECT window_points(1, '1 day', '0');
