-- Calibration: what its functions refuse, and the JSON of the type.
SET search_path = clientele, public;
\set VERBOSITY default

-- the text
SELECT '[]'::calibration;
SELECT '1'::calibration;
SELECT 'null'::calibration;
SELECT '{}'::calibration;
SELECT '{"method": 1}'::calibration;
SELECT '{"method": "plat", "slope": 1, "intercept": 0}'::calibration;
SELECT '{"method": "platt", "slop": 1}'::calibration;
SELECT '{"method": "platt"}'::calibration;
SELECT '{"method": "platt", "slope": 1}'::calibration;
SELECT '{"method": "platt", "slope": "1", "intercept": 0}'::calibration;
SELECT '{"method": "platt", "slope": true, "intercept": 0}'::calibration;
SELECT '{"method": "platt", "slope": [1], "intercept": 0}'::calibration;
SELECT '{"method": "platt", "slope": 1, "intercept": 0, "of": "logit"}'::calibration;
SELECT '{"method": "platt", "slope": 1, "intercept": 0, "of": 1}'::calibration;
SELECT '{"method": "platt", "slope": 1, "intercept": 0, "points": []}'::calibration;
SELECT '{"method": "platt", "slope": 1, "intercept": 0, "won": -1}'::calibration;
SELECT '{"method": "platt", "slope": 1, "intercept": 0, "lost": 1.5}'::calibration;
SELECT '{"method": "platt", "slope": 1, "intercept": 0, "lost": 1e30}'::calibration;
SELECT '{"method": "platt", "slope": 1, "intercept": 0, "won": "many"}'::calibration;
SELECT '{"method": "isotonic"}'::calibration;
SELECT '{"method": "isotonic", "points": []}'::calibration;
SELECT '{"method": "isotonic", "points": {"1": 0.5}}'::calibration;
SELECT '{"method": "isotonic", "points": [1, 0.5]}'::calibration;
SELECT '{"method": "isotonic", "points": [[1]]}'::calibration;
SELECT '{"method": "isotonic", "points": [[1, 0.5, 2]]}'::calibration;
SELECT '{"method": "isotonic", "points": [["NaN", 0.5]]}'::calibration;
SELECT '{"method": "isotonic", "points": [[1, "0.5"]]}'::calibration;
SELECT '{"method": "isotonic", "points": [[1, 1.5]]}'::calibration;
SELECT '{"method": "isotonic", "points": [[1, -0.5]]}'::calibration;
SELECT '{"method": "isotonic", "points": [[1, 0.5], [1, 0.6]]}'::calibration;
SELECT '{"method": "isotonic", "points": [["Infinity", 0.5], [1, 0.6]]}'::calibration;
SELECT '{"method": "isotonic", "points": [[1, 0.5], [2, 0.4]]}'::calibration;
SELECT '{"method": "isotonic", "points": [[1, 0.5]], "slope": 1}'::calibration;
SELECT '{"method": "isotonic", "points": [[1, 0.5]], "of": "score"}'::calibration;
SELECT format('{"method": "isotonic", "points": [%s]}', string_agg('[0, 1]', ','))::calibration FROM generate_series(1, 1000001);

-- calibrate
SELECT calibrate('{"method": "platt", "of": "log odds", "slope": 1, "intercept": 0}', 1.5);
SELECT calibrate('{"method": "platt", "of": "log odds", "slope": 1, "intercept": 0}', -1e-300);
SELECT calibrate('{"method": "platt", "of": "log odds", "slope": 1, "intercept": 0}', 'Infinity');
SELECT calibrate(NULL, 1), calibrate('{"method": "platt", "slope": 1, "intercept": 0}', NULL);

-- platt
SELECT platt('{1:1/2,Infinity:1/2}');
SELECT platt('{-Infinity:1/2,0:1/2}');
SELECT platt('Infinity'::float8, true);
SELECT platt('{1:0/2,2:2/2}', smoothed => false);
SELECT platt('{1:0/2,2:1/2,3:1/1}', smoothed => false);
SELECT platt('{1:2/2,2:2/2}', smoothed => false);
SELECT platt('{1:0/2}', smoothed => false);
SELECT platt('{1:1/2,2:1/2}', smoothed => true, of => 'odds');
SELECT platt('{1:1/2,2:1/2}', smoothed => true, of => 'log odds');
SELECT platt('{0:1/2,0.5:1/2}', smoothed => true, of => 'log odds');
SELECT platt('{0.5:1/2,1:1/2}', smoothed => true, of => 'log odds');
SELECT platt('{-1.7e308:1/4,1.7e308:3/4}');
SELECT platt('{0:1/4,5e-324:3/4}');
SELECT platt(NULL::scored_outcomes), platt('{1:1/2}', smoothed => NULL), platt('{1:1/2}', smoothed => true, of => NULL), isotonic(NULL::scored_outcomes);

-- bins
SELECT * FROM reliability('{1:1/2,2:1/2}');
SELECT * FROM reliability('{-0.1:1/2}');
SELECT * FROM reliability('{Infinity:1/2}');
SELECT * FROM reliability('{0.5:1/2}', 0);
SELECT * FROM reliability('{0.5:1/2}', -1);
SELECT * FROM reliability('{0.5:1/2}', 100001);
SELECT * FROM reliability('{0.5:1/2}', 10, 'depth');
SELECT * FROM reliability('{0.5:1/2}', 10, 'count', 1);
SELECT * FROM reliability('{0.5:1/2}', 10, 'count', 'NaN');
SELECT expected_calibration_error('{1.5:1/2}');
SELECT expected_calibration_error('{0.5:1/2}', 0);
SELECT expected_calibration_error('{0.5:1/2}', 10, '');
SELECT expected_calibration_error(7, true);
SELECT hosmer_lemeshow('{1.5:1/2}');
SELECT hosmer_lemeshow('{0.5:1/2}', 1);
SELECT hosmer_lemeshow('{0.5:1/2}', 2147483647);

-- Cox's test
SELECT calibration_test('{1.5:1/2}');
SELECT calibration_test('{0:1/2}');
SELECT calibration_test('{0.5:1/2,1:1/2}');

-- prior correction
SELECT prior_correction(1.5, 0.5, 0.1);
SELECT prior_correction('-Infinity', 0.5, 0.1);
SELECT prior_correction(0.5, 0, 0.1);
SELECT prior_correction(0.5, 0.5, 1);
SELECT prior_correction(0.5, 50, 10);
SELECT prior_correction(0.5, 'NaN', 0.1);
SELECT prior_correction(NULL, 0.5, 0.1), prior_correction(0.5, NULL, 0.1), prior_correction(0.5, 0.5, NULL);
