-- Opportunities: what histories and models of them refuse, and say why.
SET search_path = clientele, public;
SELECT '{2024-01-05:100*2, 2024-01-10:50, 2024-02-11:-8, 2024-03-01:30, 2024-06-30:1}' AS h \gset
SELECT '{"family": "bg/bb", "unit": "7 days", "parameters": {"alpha": 1.204, "beta": 0.750, "gamma": 0.657, "delta": 2.783}}' AS m \gset

-- periods of the calendar that have ended, each counts once: by the month four
-- are left after January, of which March has a purchase; by the quarter and by
-- the year none has ended
SELECT rfm(:'h', '2024-06-29', opportunity => '1 month') AS months, rfm(:'h', '2024-06-30', opportunity => '1 month') AS on_its_last_day,
	rfm(:'h', '2024-06-29', opportunity => '3 months') AS quarters, rfm(:'h', '2024-12-30', opportunity => '1 year') AS years;
-- weeks begin on Monday: 2024-01-05 is a Friday, 2024-01-10 a Wednesday; a Sunday ends one
SELECT rfm(:'h', '2024-01-13', opportunity => '1 week') AS saturday, rfm(:'h', '2024-01-14', opportunity => '1 week') AS sunday,
	rfm(:'h', '2024-01-14', opportunity => '168 hours') AS hours;
-- nothing has ended yet; no purchase
SELECT rfm(:'h', '2024-01-05', opportunity => '1 month') AS first_day, rfm(:'h', '2024-01-04', opportunity => '1 month') IS NULL AS before,
	rfm('{2024-01-05:-1}', '2024-06-30', opportunity => '1 month') IS NULL AS refund_only, rfm('{}', '2024-06-30', opportunity => '1 month') IS NULL AS empty,
	rfm(:'h', '-infinity', opportunity => '1 month') IS NULL AS never;
-- the first year of all, and months that do not divide a year: 0001-01 to 0001-05 is one of five
SELECT rfm('{0001-01-01:1, 0001-05-31:1, 0001-06-01:1}', '0001-10-31', opportunity => '5 months') AS year_1,
	rfm('{0001-12-31 BC:1, 0001-01-01:1}', '0001-12-31', opportunity => '1 year') AS before_year_1,
	rfm('{2000-12-31:1, 2001-01-01:1}', '2001-01-01', opportunity => '1 day') AS days;
-- the ends of time
SELECT rfm('{4714-11-24 BC:1, 5874897-12-31:1}', '5874897-12-31', opportunity => '1 year') AS years,
	rfm('{4714-11-24 BC:1, 5874897-12-31:1}', '5874897-12-31', opportunity => '1 day') AS days;
SELECT rfm(:'h', 'infinity', opportunity => '1 month');
SELECT rfm('{2024-01-05:10, 2024-02-06:1.5e308, 2024-03-07:1.5e308}', '2024-12-31', opportunity => '1 month');
-- neither whole months nor whole days
SELECT rfm(:'h', '2024-06-30', opportunity => '1 month 1 day');
SELECT rfm(:'h', '2024-06-30', opportunity => '36 hours');
SELECT rfm(:'h', '2024-06-30', opportunity => '0');
SELECT rfm(:'h', '2024-06-30', opportunity => '-1 month');
SELECT rfm(:'h', '2024-06-30', opportunity => '1 month -1 day');
-- which of the two it is has to be said
SELECT rfm(:'h'::purchase_history, '2024-06-30', '1 month');

-- fits: whole opportunities, and no more purchases than there were
SELECT fit(customer_base(r), 'bg/bb', unit => '7 days') FROM unnest(ARRAY[rfm(1, 7, 70), rfm(2, 14, 70), rfm(1, 35, 71), rfm(0, 0, 70)]) AS r;
SELECT fit(customer_base(r), 'bg/bb', unit => '1 month') FROM unnest(ARRAY[rfm(1, 30, 304.375), rfm(2, 60.875, 121.75), rfm(0, 0, 0), rfm(0, 0, 0)]) AS r;
SELECT fit(customer_base(r), 'bg/bb', unit => '7 days') FROM unnest(ARRAY[rfm(1, 7, 70), rfm(4, 21, 70), rfm(1, 35, 70), rfm(0, 0, 70)]) AS r;
SELECT fit(customer_base(r), 'bg/bb', unit => '1 minute') FROM unnest(ARRAY[rfm(1, 7, 70), rfm(2, 14, 70), rfm(1, 35, 70), rfm(0, 0, 70)]) AS r;
SELECT fit(customer_base(r), 'bg/bb', unit => '1 month') FROM unnest(ARRAY[rfm(0, 0, 304.375), rfm(0, 0, 30.4375), rfm(0, 0, 0), rfm(0, 0, 0)]) AS r;
-- predictions, too
SELECT p_alive(:'m', rfm(1, 10, 70));
SELECT expected_purchases(:'m', rfm(1, 14, 75), '1 year');
SELECT clv(:'m', '{"family": "gamma-gamma", "parameters": {"p": 6.25, "q": 3.74, "gamma": 15.44}}', rfm(3, 14, 70));
SELECT expected_purchases(:'m', '1000000 weeks') > expected_purchases(:'m', '999999 weeks') AS far;
SELECT expected_purchases(:'m', '1000001 weeks');
-- but for rounding
SELECT p_alive(:'m', rfm(1, 14.0000001, 69.9999999)) = p_alive(:'m', rfm(1, 14, 70)) AS rounded;
-- parameters: all four, greater than zero
SELECT '{"family": "bg/bb", "unit": "7 days", "parameters": {"alpha": 1.204, "beta": 0.750, "gamma": 0.657}}'::purchase_model;
SELECT '{"family": "bg/bb", "unit": "7 days", "parameters": {"alpha": 1.204, "beta": 0.750, "gamma": 0, "delta": 1}}'::purchase_model;
