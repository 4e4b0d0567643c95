--
-- Type rfm: its text, what it refuses, accessors, order and hash; and the
-- summary of a purchase_history.
--
SET search_path = clientele, public;
SET extra_float_digits = 1;
SET datestyle = 'ISO, YMD';

-- text
SELECT '(3,210,365,54.2)'::rfm AS plain,
       '(3,210,365,54.2,4.5)'::rfm AS with_log_gaps,
       '(4,210,365,54.2,,first)'::rfm AS with_first,
       '(4,210,365,54.2,4.5,first)'::rfm AS with_both;
SELECT E' \t( 3 ,\n210 , 3.65e2 , -54.20 , , FIRST ) '::rfm AS white_space_is_free,
       '(3,210,365,54.2,)'::rfm AS empty_is_unknown,
       '(0,0,0,-0.0)'::rfm AS one_zero,
       '(0,-0,+7.,.5)'::rfm AS short_numbers;
SELECT '(2147483647,0.1,0.30000000000000004,1.7976931348623157e308,5e-324)'::rfm AS extremes;
SELECT r::text::rfm = r AS round_trip
FROM (VALUES ('(3,210,365,54.2)'::rfm), ('(3,210,365,54.2,4.5)'), ('(4,210,365,54.2,,first)'), ('(1,1e-300,1e300,-0.1)')) AS v (r);

-- malformed text, line by line
SELECT ''::rfm;
SELECT '3,210,365,54.2'::rfm;
SELECT '(3,210,365,54.2'::rfm;
SELECT '(3,210,365,54.2) and more'::rfm;
SELECT '()'::rfm;
SELECT '(3,210,365)'::rfm;
SELECT '(3;210;365;54.2)'::rfm;
SELECT '(3,210;365,54.2)'::rfm;
SELECT '(3,210,365;54.2)'::rfm;
SELECT '(3.0,210,365,54.2)'::rfm;
SELECT '(-3,210,365,54.2)'::rfm;
SELECT '(three,210,365,54.2)'::rfm;
SELECT '(2147483648,210,365,54.2)'::rfm;
SELECT '(99999999999999999999,210,365,54.2)'::rfm;
SELECT '(3,,365,54.2)'::rfm;
SELECT '(3,210,0x16d,54.2)'::rfm;
SELECT '(3,210,365,54,2,4)'::rfm;
SELECT '(3,210,365,54.2,4.5,last)'::rfm;
SELECT '(3,210,365,54.2,4.5,firstly)'::rfm;
SELECT '(3,210,365,54.2,4.5,first,more)'::rfm;
SELECT '(3,210,365,1e400)'::rfm;
SELECT '(3,210,365,1e-400)'::rfm;
SELECT '(3,NaN,365,54.2)'::rfm;
SELECT '(3,210,Infinity,54.2)'::rfm;
SELECT '(3,210,365,-inf)'::rfm;
SELECT '(3,210,365,54.2,nan)'::rfm;
SELECT '(3,210,365,1e)'::rfm;
SELECT '(3,210,365,.)'::rfm;

-- well written, but no summary
SELECT '(3,366,365,54.2)'::rfm;
SELECT '(3,-1,365,54.2)'::rfm;
SELECT '(3,-2,-1,54.2)'::rfm;
SELECT '(0,1,365,0)'::rfm;
SELECT '(0,0,365,0,1)'::rfm;
SELECT '(1,1,365,0,,first)'::rfm;
SELECT '(0,0,365,0,,first)'::rfm;

-- constructor
SELECT rfm(3, 210, 365), rfm(3, 210, 365, 54.2), rfm(frequency => 1, recency => 30.5, age => 400, monetary_value => -7);
SELECT rfm(0, 0, 0) AS bought_today, rfm(2, 0, 5) AS repeats_on_one_day;
SELECT rfm(NULL, 210, 365) IS NULL AS "null", rfm(3, 210, 365, NULL) IS NULL AS null_value;
SELECT rfm(-1, 0, 365);
SELECT rfm(3, 366, 365);
SELECT rfm(3, 'NaN', 365);
SELECT rfm(3, 210, 'Infinity');
SELECT rfm(3, 210, 365, '-Infinity');
SELECT rfm(0, 5, 365);

-- accessors
SELECT frequency(r), recency(r), age(r), monetary_value(r), log_gaps(r), first_included(r)
FROM (VALUES ('(3,210,365,54.2)'::rfm), ('(3,210,365,54.2,4.5)'), ('(4,210,365,54.2,,first)'), ('(0,0,365,0,0)'), (NULL)) AS v (r);

-- order: by the fields in turn, an unknown log_gaps last
SELECT r FROM (VALUES ('(1,2,3,4)'::rfm), ('(1,2,3,4,5)'), ('(0,0,9,9)'), ('(1,2,3,-4)'), ('(1,1,3,4)'), ('(1,2,2,4)'), ('(2,2,3,4,,first)'), ('(2,2,3,4)'), (NULL)) AS v (r)
ORDER BY r;
SELECT a < b AS lt, a <= b AS le, a = b AS eq, a <> b AS ne, a >= b AS ge, a > b AS gt, rfm_cmp(a, b)
FROM (VALUES ('(1,2,3,4)'::rfm, '(1,2,3,5)'::rfm), ('(1,2,3,4)', '(1,2,3,4)'), ('(1,2,3,5)', '(1,2,3,4)'), ('(1,2,3,4,5)', '(1,2,3,4)'), ('(2,2,3,4)', '(2,2,3,4,,first)')) AS v (a, b);
-- equal values hash alike, however they were written
SELECT rfm_hash('(0,0,1e1,-0)') = rfm_hash('(0,0,10,0)') AS hash,
       rfm_hash_extended('(0,0,1e1,-0,)', 7) = rfm_hash_extended('(0,0,10,0)', 7) AS extended,
       rfm_hash_extended('(0,0,10,0)', 7) <> rfm_hash_extended('(0,0,10,0)', 8) AS seeded,
       rfm_hash('(0,0,10,0)')::bigint & 4294967295 = rfm_hash_extended('(0,0,10,0)', 0) & 4294967295 AS seed_0_is_none;
SELECT count(DISTINCT r), count(*) FROM (VALUES ('(1,2,3,4)'::rfm), ('(1,2.0,3,4,)'), ('(1,2,3,4,5)')) AS v (r);

-- a column of it: index, hash index, binary form
CREATE TEMP TABLE summary (r rfm PRIMARY KEY);
CREATE INDEX summary_hash ON summary USING hash (r);
INSERT INTO summary SELECT rfm(i, i, 2 * i) FROM generate_series(0, 999) i;
INSERT INTO summary VALUES ('(5,5.0,1e1,0)');
SET enable_seqscan = off;
SELECT r FROM summary WHERE r = '(7,7,14,0)';
SELECT r FROM summary WHERE r > '(997,997,1994,0)' ORDER BY r;
RESET enable_seqscan;
SELECT rfm_send('(3,210,365,54.2,4.5)') AS binary;
SELECT octet_length(rfm_send('(3,210,365,54.2)')) AS bytes, pg_column_size('(3,210,365,54.2)'::rfm) AS stored_bytes;

-- the summary of a history; logarithms are shown to ten places, as their last
-- digit is the machine's
CREATE FUNCTION pg_temp.show(r rfm) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT regexp_replace(r::text, '^((?:[^,]*,){4})[^,)]+', '\1') || ' log_gaps ' || round(log_gaps(r)::numeric, 10) $$;
-- purchase days 01-05, 01-10, 03-01; gaps of 5 and 51 days; refunds of 15 and 7
SELECT pg_temp.show(rfm('{2024-01-05:100*2, 2024-01-10:50, 2024-02-01:-15, 2024-03-01:30, 2024-04-01:-7, 2025-01-01:1000}', '2024-06-01')) AS rfm,
       (50 - 15 + 30 - 7) / 2.0 AS monetary_value, date '2024-03-01' - '2024-01-05' AS recency, date '2024-06-01' - '2024-01-05' AS age, round(ln(5 * 51::numeric), 10) AS log_gaps;
SELECT pg_temp.show(rfm('{2024-01-05:100*2, 2024-01-10:50, 2024-02-01:-15, 2024-03-01:30, 2024-04-01:-7, 2025-01-01:1000}', '2024-06-01', true)) AS first_included,
       (100 + 50 - 15 + 30 - 7) / 3.0::float8 AS monetary_value;
-- as of each day of interest: later days are not seen
SELECT as_of, pg_temp.show(rfm('{2024-01-05:100*2, 2024-01-10:50, 2024-02-01:-15, 2024-03-01:30}', as_of)) AS rfm, pg_temp.show(rfm('{2024-01-05:100*2, 2024-01-10:50, 2024-02-01:-15, 2024-03-01:30}', as_of, true)) AS first_included
FROM (VALUES (date '-infinity'), ('2024-01-04'), ('2024-01-05'), ('2024-01-09'), ('2024-01-10'), ('2024-01-31'), ('2024-02-01'), ('2024-03-01'), ('2024-03-02')) AS v (as_of);
-- no purchase
SELECT rfm('{}', '2024-06-01') IS NULL AS empty, rfm('{2024-01-05:-1}', '2024-06-01') IS NULL AS refund_only, rfm('{2024-01-05:-1}', '2024-06-01', true) IS NULL AS refund_only_first;
-- a refund before the first purchase belongs to no summary
SELECT pg_temp.show(rfm('{2024-01-01:-50, 2024-01-05:10, 2024-01-06:20}', '2024-01-06')) AS rfm, pg_temp.show(rfm('{2024-01-01:-50, 2024-01-05:10, 2024-01-06:20}', '2024-01-06', true)) AS first_included;
-- refunds alone after the first purchase: no repeat purchase, no value
SELECT pg_temp.show(rfm('{2024-01-05:10, 2024-01-06:-20}', '2024-01-08')) AS rfm, pg_temp.show(rfm('{2024-01-05:10, 2024-01-06:-20}', '2024-01-08', true)) AS first_included;
-- more is given back than was bought; a purchase of 0 counts
SELECT pg_temp.show(rfm('{2024-01-05:10, 2024-01-06:0, 2024-01-07:-20}', '2024-01-08')) AS rfm;
-- cents are added exactly
SELECT pg_temp.show(rfm('{2024-01-05:10, 2024-01-06:0.1, 2024-01-07:0.2, 2024-01-08:0.3}', '2024-01-08')) AS rfm;
-- NULL
SELECT rfm(NULL::purchase_history, '2024-01-01') IS NULL AS history, rfm('{2024-01-05:10}', NULL::date) IS NULL AS as_of, rfm('{2024-01-05:10}'::purchase_history, '2024-01-06', NULL::boolean) IS NULL AS first_included;
-- the ends of time
SELECT pg_temp.show(rfm('{4714-11-24 BC:1, 5874897-12-31:1}', '5874897-12-31')) AS whole_range_of_dates;
SELECT rfm('{2024-01-05:10}', 'infinity');
SELECT rfm('{2024-01-05:10, 2024-01-06:1.5e308, 2024-01-07:1.5e308}', '2024-02-01');
-- thousands of gaps: the product of them does not overflow
SELECT r.frequency, r.recency, abs(r.log_gaps / (500 * (ln(1::float8) + ln(9::float8) + ln(90::float8) + ln(900::float8))) - 1) < 1e-14 AS log_gaps
FROM (SELECT frequency(s), recency(s), log_gaps(s)
      FROM (SELECT rfm(purchase_history(date '2000-01-01' + 1000 * (i / 4) + (ARRAY[0, 1, 10, 100])[1 + i % 4], 1), '3500-01-01') AS s
            FROM generate_series(0, 2000) i) AS _) AS r;
