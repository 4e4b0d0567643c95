-- The survey of a customer book: what its functions refuse, and the text forms
-- of concentration and two_samples.
SET search_path = clientele, public;
\set VERBOSITY default

-- sample_size
SELECT sample_size(0);
SELECT sample_size(-0.05);
SELECT sample_size('NaN');
SELECT sample_size('Infinity');
SELECT sample_size(1);
SELECT sample_size(5);
SELECT sample_size(0.05, 0);
SELECT sample_size(0.05, 1);
SELECT sample_size(0.05, 95);
SELECT sample_size(0.05, 'NaN');
SELECT sample_size(0.05, 0.95, 0);
SELECT sample_size(0.05, 0.95, 1);
SELECT sample_size(0.05, population => 0);
SELECT sample_size(0.05, population => -1);
SELECT sample_size(0.05, population => 9223372036854775807);
SELECT sample_size(1e-9);
SELECT sample_size(1e-300);
SELECT sample_size(1e-300, population => 9007199254740992);
SELECT sample_size(NULL), sample_size(0.05, NULL), sample_size(0.05, 0.95, NULL);

-- intervals of a proportion
SELECT wilson_interval(0, 0);
SELECT wilson_interval(2, 1);
SELECT wilson_interval(-1, 1);
SELECT wilson_interval(1, -1);
SELECT wilson_interval(1, 9223372036854775807);
SELECT wilson_interval(1, 2, 0);
SELECT wilson_interval(1, 2, 1);
SELECT wilson_interval(1, 2, 'NaN');
SELECT wilson_interval(1, 2, '-Infinity');
SELECT clopper_pearson_interval(0, 0);
SELECT jeffreys_interval(3, 2);
SELECT agresti_coull_interval(1, 2, 95);
SELECT wilson_interval(1, nullif(0, 0)), clopper_pearson_interval(NULL, 1), jeffreys_interval(1, 2, NULL), agresti_coull_interval(1, NULL);
SELECT low > 0 AND high < 1e-14 AS absurdly_large FROM clopper_pearson_interval(1, 9007199254740992);
SELECT finite_population_interval(1, 10, 9);
SELECT finite_population_interval(11, 10, 20);
SELECT finite_population_interval(0, 0, 20);
SELECT finite_population_interval(1, 10, -1);
SELECT finite_population_interval(1, 10, 20, 1.5);
SELECT finite_population_interval(1, 1000000001, 2000000000);
SELECT finite_population_interval(1, 10, 1000000000000001);

-- two rates
SELECT difference_of_proportions(1, 0, 1, 2);
SELECT difference_of_proportions(1, 2, 3, 2);
SELECT difference_of_proportions(1, 2, 1, 2, 0);
SELECT rate_ratio(-1, 1, 1, 1);
SELECT rate_ratio(1, -1, 1, 1);
SELECT rate_ratio(1, 'NaN', 1, 1);
SELECT rate_ratio(1, 1, 1, 'Infinity');
SELECT rate_ratio(1, 0, 1, 1);
SELECT rate_ratio(1, 1, 1, 0);
SELECT rate_ratio(1, 1, 1, 1, 1);
SELECT rate_ratio(1, 1e-300, 1, 1e300);
SELECT rate_ratio(0, 0, 0, 0);

-- strata
SELECT * FROM proportional_allocation('{a,b}', '{10,20}', 31);
SELECT * FROM proportional_allocation('{a,b}', '{10,20}', 5, 3);
SELECT * FROM proportional_allocation('{a,b}', '{10,20}', -1);
SELECT * FROM proportional_allocation('{a,b}', '{10,20}', 5, -1);
SELECT * FROM proportional_allocation('{a,b}', '{10,-20}', 5);
SELECT * FROM proportional_allocation('{a}', '{10,20}', 5);
SELECT * FROM proportional_allocation('{a,b}', '{10,NULL}', 5);
SELECT * FROM proportional_allocation('{a,b}', '{{10,20}}', 5);
SELECT * FROM proportional_allocation('{a,b}', '{9007199254740992,9007199254740992}', 5);
SELECT * FROM neyman_allocation('{a,b}', '{10,20}', '{1}', 5);
SELECT * FROM neyman_allocation('{a,b}', '{10,20}', '{1,-1}', 5);
SELECT * FROM neyman_allocation('{a,b}', '{10,20}', '{1,NaN}', 5);
SELECT * FROM neyman_allocation('{a,b}', '{10,20}', '{1,Infinity}', 5);
SELECT * FROM neyman_allocation('{a,b}', '{10,20}', '{0,0}', 6);
SELECT * FROM stratified_proportion('{10,20}', '{5,0}', '{1,0}');
SELECT * FROM stratified_proportion('{10,20}', '{5,21}', '{1,0}');
SELECT * FROM stratified_proportion('{10,20}', '{5,5}', '{1,6}');
SELECT * FROM stratified_proportion('{10,20}', '{5,5}', '{1}');
SELECT * FROM stratified_proportion('{10,20}', '{5,5}', '{1,1}', 2);
SELECT * FROM stratified_mean('{10,20}', '{5,5}', '{1,NaN}', '{1,1}');
SELECT * FROM stratified_mean('{10,20}', '{5,5}', '{1,1}', '{1,-1}');
SELECT * FROM stratified_mean('{10,20}', '{5,5}', '{1,1}', '{1e200,1e200}');

-- concentration: text in any order comes out sorted
SELECT ' { 3 , 1e2,0, -0 } SKIPPED 7 '::concentration, '{}'::concentration, '{5} asked 0.25'::concentration, '{5e-324,1.7976931348623157e308}'::concentration;
SELECT ''::concentration;
SELECT '{'::concentration;
SELECT '{1'::concentration;
SELECT '{1,}'::concentration;
SELECT '{1,x}'::concentration;
SELECT '{-1}'::concentration;
SELECT '{NaN}'::concentration;
SELECT '{Infinity}'::concentration;
SELECT '{1e999}'::concentration;
SELECT '{1} skipped'::concentration;
SELECT '{1} skipped -1'::concentration;
SELECT '{1} asked -1'::concentration;
SELECT '{1} asked 1 more'::concentration;
SELECT top_share(x, 0) FROM generate_series(1, 3) AS x;
SELECT top_share(x, NULL) FROM generate_series(1, 3) AS x;
SELECT top_share(x, x) FROM generate_series(1, 3) AS x;
SELECT share_of_top(x, 0) FROM generate_series(1, 3) AS x;
SELECT share_of_top(x, 1.5) FROM generate_series(1, 3) AS x;
SELECT share_of_top(x, 'NaN') FROM generate_series(1, 3) AS x;
SELECT share_of_top(x, 1.0 / x) FROM generate_series(1, 3) AS x;
SELECT customers_for_share(x, NULL) FROM generate_series(1, 3) AS x;
SELECT customers_for_share(x, -0.5) FROM generate_series(1, 3) AS x;
SELECT top_share('{1,2}'::concentration, 0);
SELECT share_of_top('{1,2}'::concentration, 2);
SELECT customers_for_share('{1,2}'::concentration, 'NaN');
SELECT total('{1e308,1.7e308}'::concentration);
SELECT * FROM lorenz('{1,2}'::concentration, 0);
SELECT * FROM lorenz('{1,2}'::concentration, 1000001);
SELECT concentration_union('{1} skipped 9223372036854775807', '{} skipped 1');
SELECT gini('{1e308,1.7e308}'::concentration) > 0 AS huge_values, herfindahl('{1e-300,1e-300}'::concentration) AS tiny_values;

-- two_samples
SELECT ' { 3 : 1 , 1e2+:0, -5:0, 1e+05+:1 } skipped 7 '::two_samples, '{Infinity:1,-infinity:0}'::two_samples, '{}'::two_samples;
SELECT ''::two_samples;
SELECT '{1}'::two_samples;
SELECT '{1:2}'::two_samples;
SELECT '{1:}'::two_samples;
SELECT '{1++:1}'::two_samples;
SELECT '{NaN:1}'::two_samples;
SELECT '{-:1}'::two_samples;
SELECT '{1e999:1}'::two_samples;
SELECT '{1:1'::two_samples;
SELECT '{1:1} skipped x'::two_samples;
SELECT '{1:1} more'::two_samples;
SELECT mann_whitney('{1:1,2+:0}'::two_samples);
SELECT log_rank('{1:1,-2:0}'::two_samples);
SELECT log_rank('{1:1,Infinity:0}'::two_samples);
SELECT two_samples_union('{} skipped 9223372036854775807', '{} skipped 1');
SELECT mann_whitney('{}'::two_samples), log_rank('{}'::two_samples);
