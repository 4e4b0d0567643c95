-- profile_completeness_by_segment: what do we know of customers, and what of
-- prospects?
--
-- A row a segment, class and field as of clientele.as_of(); field is NULL for the
-- whole class, and class is all for everything. The share is the mean of those of
-- the accounts (profile_completeness). Intervals take the accounts as drawn from
-- many alike: they tell whether the next ones are likely to show the same. Shares
-- are rounded to 12 digits, so that they do not depend on the order in which
-- accounts are read.
--
-- requires: profile_facts policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW profile_completeness_by_segment WITH (security_invoker = true) AS
WITH settings AS (
	SELECT coalesce(max(profile_fields), ARRAY['contact name', 'role', 'e-mail', 'phone', 'industry', 'employees', 'country', 'title',
			'account name', 'annual revenue', 'territory', 'seniority', 'department',
			'touch', 'answer', 'interest', 'use', 'offer', 'amount', 'product', 'list price', 'cost']) AS fields,
		coalesce(max(profile_grades), ARRAY[0.9::float8, 0.75::float8, 0.6::float8, 0.4::float8]) AS grades,
		coalesce(max(confidence), 0.95) AS confidence,
		-- of less than two there is no deviation
		greatest(coalesce(max(minimum_cases), 10), 2) AS minimum_cases,
		-- so many alike that those at hand are no part of them worth counting
		1000000000000000 AS population
	FROM policy
), measured AS (
	SELECT fact.segment,
		one.class,
		one.field,
		count(*) AS accounts,
		sum(one.fields) AS fields_asked,
		sum(one.fields * one.share) AS fields_filled,
		avg(one.share) AS share,
		stddev_samp(one.share) AS deviation
	FROM profile_facts AS fact
	CROSS JOIN settings
	CROSS JOIN LATERAL (
		SELECT field.class,
			field.field,
			count(*) AS fields,
			avg(coalesce(field.filled, 0)::float8 / field.possible) AS share
		FROM (VALUES
			('firmographic', 'account name', fact.account_name, 1),
			('firmographic', 'industry', fact.industry, 1),
			('firmographic', 'employees', fact.employees, 1),
			('firmographic', 'annual revenue', fact.annual_revenue, 1),
			('firmographic', 'country', fact.country, 1),
			('firmographic', 'territory', fact.territory, 1),
			('demographic', 'contact name', fact.contact_name, greatest(fact.contacts, 1)),
			('demographic', 'title', fact.title, greatest(fact.contacts, 1)),
			('demographic', 'role', fact.role, greatest(fact.contacts, 1)),
			('demographic', 'seniority', fact.seniority, greatest(fact.contacts, 1)),
			('demographic', 'department', fact.department, greatest(fact.contacts, 1)),
			('demographic', 'e-mail', fact.email, greatest(fact.contacts, 1)),
			('demographic', 'phone', fact.phone, greatest(fact.contacts, 1)),
			('behavioural', 'touch', fact.touch, 1),
			('behavioural', 'answer', fact.answer, 1),
			('behavioural', 'interest', fact.interest, 1),
			('behavioural', 'use', fact.use, CASE WHEN fact.use IS NOT NULL THEN 1 END),
			('transactional', 'offer', fact.offer, 1),
			('transactional', 'amount', fact.amount, fact.sales),
			('transactional', 'product', fact.product, fact.sales),
			('transactional', 'list price', fact.list_price, fact.purchases),
			('transactional', 'cost', fact.cost, fact.purchases)
		) AS field (class, field, filled, possible)
		WHERE field.possible > 0
			AND field.field = ANY (settings.fields)
		GROUP BY GROUPING SETS ((field.class, field.field), (field.class), ())
		HAVING count(*) > 0
	) AS one
	GROUP BY fact.segment, one.class, one.field
), compared AS (
	SELECT pair.class,
		pair.field,
		pair.customers,
		pair.prospects,
		-- half of this mean and of that with its sign changed: half the difference
		2 * half.estimate AS difference,
		2 * half.low AS low,
		2 * half.high AS high
	FROM (
		SELECT measured.class,
			measured.field,
			coalesce(max(measured.accounts) FILTER (WHERE measured.segment = 'customer'), 0) AS customers,
			coalesce(max(measured.accounts) FILTER (WHERE measured.segment = 'prospect'), 0) AS prospects,
			max(measured.share) FILTER (WHERE measured.segment = 'customer') AS customer_share,
			max(measured.share) FILTER (WHERE measured.segment = 'prospect') AS prospect_share,
			max(measured.deviation) FILTER (WHERE measured.segment = 'customer') AS customer_deviation,
			max(measured.deviation) FILTER (WHERE measured.segment = 'prospect') AS prospect_deviation
		FROM measured
		GROUP BY measured.class, measured.field
	) AS pair
	CROSS JOIN settings
	LEFT JOIN LATERAL clientele.stratified_mean(
		CASE WHEN pair.customers >= settings.minimum_cases AND pair.prospects >= settings.minimum_cases THEN ARRAY[settings.population, settings.population] END,
		ARRAY[pair.customers, pair.prospects],
		ARRAY[pair.customer_share, -pair.prospect_share],
		ARRAY[pair.customer_deviation, pair.prospect_deviation],
		settings.confidence) AS half ON true
)
SELECT coalesce(here.class, 'all') AS class,
	here.field,
	here.segment,
	here.accounts::integer AS accounts,
	here.fields_asked::integer AS fields_asked,
	round(here.fields_filled::numeric, 9)::float8 AS fields_filled,
	round(here.share::numeric, 12)::float8 AS share,
	CASE WHEN mean.low < 0 THEN 0 ELSE round(mean.low::numeric, 12)::float8 END AS share_low,
	CASE WHEN mean.high > 1 THEN 1 ELSE round(mean.high::numeric, 12)::float8 END AS share_high,
	(SELECT chr(65 + count(*)::integer) FROM unnest(settings.grades) AS cut WHERE here.share < cut - 1e-9) AS grade,
	round(compared.difference::numeric, 12)::float8 AS difference,
	CASE WHEN compared.low < -1 THEN -1 ELSE round(compared.low::numeric, 12)::float8 END AS difference_low,
	CASE WHEN compared.high > 1 THEN 1 ELSE round(compared.high::numeric, 12)::float8 END AS difference_high,
	CASE
		WHEN compared.low > 0 THEN 'customers are better known than prospects'
		WHEN compared.high < 0 THEN 'prospects are better known than customers'
		WHEN compared.difference IS NOT NULL THEN 'no difference that chance could not make'
	END AS finding,
	CASE
		WHEN compared.difference IS NULL THEN format('too few accounts to compare: %s customers, %s prospects, policy.minimum_cases is %s',
			compared.customers, compared.prospects, settings.minimum_cases)
	END AS reason
FROM measured AS here
CROSS JOIN settings
LEFT JOIN compared ON coalesce(compared.class, '') = coalesce(here.class, '') AND coalesce(compared.field, '') = coalesce(here.field, '')
LEFT JOIN LATERAL clientele.stratified_mean(
	CASE WHEN here.accounts >= settings.minimum_cases THEN ARRAY[settings.population] END,
	ARRAY[here.accounts],
	ARRAY[here.share],
	ARRAY[here.deviation],
	settings.confidence) AS mean ON true;
COMMENT ON VIEW profile_completeness_by_segment IS
'What do we know of customers, and what of prospects? A row a segment, class and field; field is NULL for the whole class, class is all for everything.';
COMMENT ON COLUMN profile_completeness_by_segment.class IS 'firmographic, demographic, behavioural or transactional; see profile_facts. all: all of them.';
COMMENT ON COLUMN profile_completeness_by_segment.field IS 'The field, of policy.profile_fields; NULL: all of the class.';
COMMENT ON COLUMN profile_completeness_by_segment.segment IS 'customer, former customer or prospect.';
COMMENT ON COLUMN profile_completeness_by_segment.accounts IS 'Accounts of the segment of which it is asked.';
COMMENT ON COLUMN profile_completeness_by_segment.fields_asked IS 'Fields that are asked of them, each once an account.';
COMMENT ON COLUMN profile_completeness_by_segment.fields_filled IS 'How many of them are filled; one that some contacts or purchases of an account have, counts in part.';
COMMENT ON COLUMN profile_completeness_by_segment.share IS 'Mean share that is filled, as a fraction: of the accounts'' own shares.';
COMMENT ON COLUMN profile_completeness_by_segment.share_low IS 'Lower end of its interval (Student) at policy.confidence; NULL below policy.minimum_cases accounts.';
COMMENT ON COLUMN profile_completeness_by_segment.share_high IS 'Its upper end.';
COMMENT ON COLUMN profile_completeness_by_segment.grade IS 'A, B, C, ...: of that share, by policy.profile_grades.';
COMMENT ON COLUMN profile_completeness_by_segment.difference IS 'Share of customers minus that of prospects; the same in the rows of all segments. NULL below policy.minimum_cases accounts of either.';
COMMENT ON COLUMN profile_completeness_by_segment.difference_low IS 'Lower end of its interval (Welch) at policy.confidence.';
COMMENT ON COLUMN profile_completeness_by_segment.difference_high IS 'Its upper end.';
COMMENT ON COLUMN profile_completeness_by_segment.finding IS 'What that says, in words.';
COMMENT ON COLUMN profile_completeness_by_segment.reason IS 'What the comparison rests on too little; NULL if nothing.';
